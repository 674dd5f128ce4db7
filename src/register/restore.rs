//! Putting a backup back, and what must outlive that: what was destroyed, and the numbers that were given.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::audit;
use super::backup::{Backup, sound, stamped};
use super::check::{Checked, SaidOfSlot, SaidOfSlots, inspect};
use super::copying::copy;
use super::deed::Deed;
use super::failure::Failure;
use super::index::Index;
use super::keys::Role;
use super::marks;
use super::seal::{Id, digest, random};
use super::session::Register;
use super::slots::{SlotRow, highest, put, rows};
use super::store::{Database, FORMAT, Row, Store, TABLES, Value, all, one};
use crate::document::Hex;

/// What was done in a register since a backup of it was made, and is not undone by putting that backup back. All of it
/// is read and written without a key.
#[derive(Default)]
pub(super) struct Since {
    /// Per dossier that was destroyed, the record.
    destroyed: BTreeMap<Id, Vec<u8>>,
    /// Numbers of decisions: the year and which one it is of that year.
    numbers: BTreeMap<String, (i64, i64)>,
    /// Per dossier the highest number that a revision ever had.
    revisions: BTreeMap<Id, i64>,
    /// The highest number that a slot can have had.
    slot: i64,
}

impl Since {
    /// Takes in what the register or a backup of this format knows.
    pub(super) fn read(&mut self, database: &mut dyn Database, format: i64) -> Result<(), Failure> {
        let destroyed = "SELECT dossier, sealed FROM destruction";
        let destroyed = all(database, destroyed, &[], |row| {
            Ok((row.array()?, row.bytes()?))
        })?;
        let numbers = "SELECT number, year, turn FROM decision";
        let numbers = all(database, numbers, &[], |row| {
            Ok((row.text()?, (row.int()?, row.int()?)))
        })?;
        let mut revisions = "SELECT id, revision FROM dossier".to_owned();
        if format >= 3 {
            revisions.push_str(" UNION ALL SELECT dossier, revision FROM given");
        }
        let revisions = all(database, &revisions, &[], |row| {
            Ok((row.array()?, row.int()?))
        })?;
        self.slot = highest(database, format)?.max(self.slot);
        self.destroyed.extend(destroyed);
        self.numbers.extend(numbers);
        for (dossier, revision) in revisions {
            let highest = self.revisions.entry(dossier).or_insert(revision);
            *highest = revision.max(*highest);
        }
        Ok(())
    }

    /// Writes it into a register of the format of now, in the place of which a backup was put.
    pub(super) fn carry_over(self, database: &mut dyn Database) -> Result<(), Failure> {
        // So that whoever has the list in memory notices: as of the line that comes next.
        let changed = audit::head(database)?.seq.saturating_add(1);
        for (dossier, sealed) in &self.destroyed {
            erase(database, dossier)?;
            database.execute(
                "INSERT INTO destruction (dossier, changed, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[
                    Value::Bytes(dossier),
                    Value::Int(changed),
                    Value::Bytes(sealed),
                ],
            )?;
        }
        for (number, (year, turn)) in &self.numbers {
            // Of a decision that the backup does not know only the number stays.
            let nobody: Id = random()?;
            database.execute(
                "INSERT INTO decision (number, year, turn, dossier, receipt) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT DO NOTHING",
                &[
                    Value::Text(number),
                    Value::Int(*year),
                    Value::Int(*turn),
                    Value::Bytes(&nobody),
                    Value::Bytes(&[]),
                ],
            )?;
        }
        let slot = highest(database, FORMAT)?.max(self.slot);
        database.execute("DELETE FROM slot_given", &[])?;
        let statement = "INSERT INTO slot_given (one, highest) VALUES (1, $1)";
        database.execute(statement, &[Value::Int(slot)])?;
        database.execute("DELETE FROM given", &[])?;
        let there = all(database, "SELECT id, revision FROM dossier", &[], |row| {
            Ok((row.array()?, row.int()?))
        })?;
        let there: BTreeMap<Id, i64> = there.into_iter().collect();
        for (dossier, revision) in &self.revisions {
            let is_known = there.get(dossier).is_some_and(|now| now >= revision);
            if !is_known && !self.destroyed.contains_key(dossier) {
                database.execute(
                    "INSERT INTO given (dossier, revision) VALUES ($1, $2)",
                    &[Value::Bytes(dossier), Value::Int(*revision)],
                )?;
            }
        }
        Ok(())
    }
}

/// The number for the revision after this one: none that another revision ever had.
pub(super) fn next(
    database: &mut dyn Database,
    dossier: &Id,
    current: i64,
) -> Result<i64, Failure> {
    let statement = "SELECT revision FROM given WHERE dossier = $1";
    let given = one(database, statement, &[Value::Bytes(dossier)], Row::int)?;
    Ok(current.max(given.unwrap_or(0)).saturating_add(1))
}

/// What a file knows of what may not be undone; nothing of one that does not open, or is of another register.
pub(super) fn seen_in(since: &mut Since, store: &mut Store, register: &[u8]) {
    // One that is damaged gives what it still gives, and stops nobody.
    let _ = store.format().and_then(|format| {
        store.read(|database| match format {
            Some(format) if audit::head(database)?.register.0 == register => {
                since.read(database, format)
            }
            _ => Ok(()),
        })
    });
}

/// What came of putting a backup back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Restored {
    /// It is the register now.
    Done {
        /// The backup of the state before.
        before: Backup,
        /// What the register has now, with what is damaged in it where that was accepted.
        checked: Checked,
    },
    /// This is damaged in it, and nothing was changed.
    Damaged(Checked),
}

/// What to do with a backup in which something is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Leave the register as it is.
    Refused,
    /// Put the backup back all the same: a person saw what is damaged, and goes on without it.
    Accepted,
}

impl Register {
    /// Puts a backup back, all of it or nothing, after a backup of the present state in `folder`. First every record of it
    /// is read. Numbers of decisions and of revisions that were given since are not given again, what was destroyed since
    /// stays destroyed, who may open it stays as it is now, and the log says that it was done. What is damaged and accepted stays where it is, so that
    /// [`Register::check`] goes on to tell it. Error: it is another register's, or no whole database any more.
    pub fn restore(
        &mut self,
        backup: &Path,
        folder: &Path,
        damage: Damage,
        now: Timestamp,
    ) -> Result<Restored, Failure> {
        let register = self.id;
        let (mut from, format) = sound(backup, Some(&register))?;
        let names = Arc::clone(&self.names);
        let progress = self.progress.clone();
        let (mut store, session) = self.working()?;
        session.keys.person()?;
        let keys = &session.keys;
        // Read and copied at one moment of it.
        let (restored, index) = from.read(|from| {
            let mut checked = Checked::default();
            let said = inspect(
                from,
                (keys, &register, format),
                None,
                &progress,
                &mut checked,
            )?;
            if damage == Damage::Refused && !checked.faults.is_empty() {
                return Ok((Restored::Damaged(checked), None));
            }
            // Nothing is thinned out before it is back: the one that is put back may be the oldest.
            let to = (folder, &progress);
            let before = stamped(store.whoever(), Hex(register), FORMAT, to, now)?;
            let index = store.write(|database| {
                let head = audit::head(database)?;
                let mut since = Since::default();
                since.read(database, FORMAT)?;
                let access = rows(database)?;
                for (table, _, _) in TABLES {
                    database.execute(&format!("DELETE FROM {table}"), &[])?;
                }
                copy(from, database, format, &progress)?;
                database.execute("UPDATE register SET format = $1", &[Value::Int(FORMAT)])?;
                // The backup may be one of a register that was moved to this place.
                marks::stay(database)?;
                since.carry_over(database)?;
                let line = session.line(now, Deed::Restored { before: head });
                audit::append(database, &session.keys.figures, &line)?;
                for deed in keep_access(database, &access, said)? {
                    audit::append(database, &session.keys.figures, &session.line(now, deed))?;
                }
                Index::read(database, &register, &session.keys, &names)
            })?;
            Ok((Restored::Done { before, checked }, Some(index)))
        })?;
        if let Some(index) = index {
            session.index = index;
            store.whoever().scrub_if_possible();
            // A file that is open cannot be removed everywhere.
            drop(from);
            self.thin_out(folder, now);
        }
        Ok(restored)
    }
}

/// Puts the slots of now in the place of those of a backup: who was refused since stays out, and every passphrase and the
/// recovery key stay the last ones. The keys in them are the same. Answers what the log of the backup has to be told.
fn keep_access(
    database: &mut dyn Database,
    access: &[SlotRow],
    mut said: SaidOfSlots,
) -> Result<Vec<Deed>, Failure> {
    let then = all(database, "SELECT id, sealed FROM slot", &[], |row| {
        // What is misshapen in the backup is another than that of now.
        Ok((row.int()?, row.bytes().unwrap_or_default()))
    })?;
    let then: BTreeMap<i64, Vec<u8>> = then.into_iter().collect();
    database.execute("DELETE FROM slot", &[])?;
    let mut deeds = Vec::new();
    for SlotRow { slot, sealed } in access {
        put(database, slot, sealed)?;
        let (number, name) = (slot.number, slot.name.clone());
        let digest = Hex(digest(&[sealed]));
        match said.remove(&number) {
            Some(said) if said.name == name && said.role == Some(slot.role) => {
                let is_same = match said.digest {
                    Some(said) => said == digest,
                    None => then.get(&number) == Some(sealed),
                };
                if !is_same {
                    deeds.push(Deed::PassphraseChanged {
                        slot: number,
                        digest,
                    });
                }
                continue;
            }
            Some(SaidOfSlot { name, .. }) => {
                deeds.push(Deed::SlotRemoved { slot: number, name });
            }
            None => {}
        }
        deeds.push(Deed::SlotAdded {
            slot: number,
            name,
            finance: slot.role == Role::Finance,
            digest,
        });
    }
    for (slot, SaidOfSlot { name, .. }) in said {
        deeds.push(Deed::SlotRemoved { slot, name });
    }
    Ok(deeds)
}

/// Removes a dossier from all tables; of a definitive decision the number stays. An older program left the receipt of what
/// it destroyed in a file: that goes too.
pub(super) fn erase(database: &mut dyn Database, dossier: &Id) -> Result<(), Failure> {
    let id = [Value::Bytes(dossier)];
    for statement in [
        "DELETE FROM revision WHERE dossier = $1",
        "DELETE FROM dossier WHERE id = $1",
        "DELETE FROM lease WHERE dossier = $1",
        "DELETE FROM given WHERE dossier = $1",
    ] {
        database.execute(statement, &id)?;
    }
    database
        .execute(
            "UPDATE decision SET receipt = $1 \
             WHERE dossier = $2 OR dossier IN (SELECT dossier FROM destruction)",
            &[Value::Bytes(&[]), Value::Bytes(dossier)],
        )
        .map(drop)
}
