//! Who may open a register: the slots, which there are, giving and taking them, and other passphrases and recovery keys.
//!
//! It must not know what is unlocked with them.

use jiff::Timestamp;

use super::audit;
use super::deed::Deed;
use super::failure::{Failure, Kind};
use super::keys::{
    Effort, Keys, Lock, Opener, Passphrase, RecoveryKey, Role, SlotPlace, close_slot, is_whole,
    open_slot,
};
use super::seal::{Id, digest};
use super::session::{Register, Session};
use super::store::{Database, FORMAT, Row, Value, all, one};
use crate::document::Hex;

/// The name of the slot of the recovery key.
pub(super) const RECOVERY: &str = "herstelsleutel";

/// A slot, as it is listed before unlocking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Number, kept in the log.
    pub number: i64,
    /// Name; readable without any key.
    pub name: String,
    /// What it opens.
    pub role: Role,
}

impl Slot {
    /// Looks whether this slot is there as it was unlocked with, in the transaction that is running.
    pub(super) fn is_still_there(&self, database: &mut dyn Database) -> Result<(), Failure> {
        let statement = "SELECT name, role FROM slot WHERE id = $1";
        let there = one(database, statement, &[Value::Int(self.number)], |row| {
            Ok((row.text()?, row.int()?))
        })?;
        match there {
            Some((name, role)) if name == self.name && role == self.role.number() => Ok(()),
            _ => Err(withdrawn(self)),
        }
    }
}

impl Register {
    /// The slots, in the order in which they were made, the recovery key too.
    pub fn slots(&mut self) -> Result<Vec<Slot>, Failure> {
        let rows = self.store.read(rows)?;
        Ok(rows.into_iter().map(|row| row.slot).collect())
    }

    /// Whether every slot is as it was sealed, without opening any.
    pub(super) fn slots_are_whole(&mut self) -> Result<bool, Failure> {
        let rows = self.store.read(rows)?;
        let mut rows = rows.iter();
        Ok(rows.all(|row| is_whole(&place(&self.id, &row.slot), &row.sealed)))
    }

    /// Gives somebody a slot. Errors: no full access oneself, the name is taken.
    pub fn add_slot(
        &mut self,
        name: &str,
        role: Role,
        passphrase: &Passphrase,
        effort: Effort,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let name = slot_name(name)?;
        if role == Role::Recovery {
            return Err(Failure::new(
                Kind::Refused,
                "een herstelsleutel heeft geen wachtzin",
                "Kies volledige toegang of financiën.",
            ));
        }
        let id = self.id;
        let (mut store, session) = self.working()?;
        session.keys.person()?;
        store.write(|database| {
            let taken = all(database, "SELECT name FROM slot", &[], Row::text)?;
            // In a list nobody tells «Finn» from «finn».
            if let Some(name) = taken.iter().find(|taken| is_same_name(taken, name)) {
                return Err(Failure::new(
                    Kind::Refused,
                    format!("er is al een toegang met de naam «{name}»"),
                    "Kies een andere naam.",
                ));
            }
            let number = highest(database, FORMAT)?.saturating_add(1);
            let slot = Slot {
                number,
                name: name.to_owned(),
                role,
            };
            let lock = Lock::Passphrase(passphrase, effort);
            let digest = add_slot(database, &id, &session.keys, &slot, &lock)?;
            let deed = Deed::SlotAdded {
                slot: number,
                name: name.to_owned(),
                finance: role == Role::Finance,
                digest,
            };
            audit::append(database, &session.keys.figures, &session.line(now, deed)).map(drop)
        })
    }

    /// Takes a slot away. Errors: it is one's own, the recovery key's, or the last with full access.
    pub fn remove_slot(&mut self, name: &str, now: Timestamp) -> Result<(), Failure> {
        let slots = self.slots()?;
        let slot = slots
            .into_iter()
            .find(|slot| slot.name == name)
            .ok_or_else(|| no_such_slot(name))?;
        let (mut store, session) = self.working()?;
        session.keys.person()?;
        if slot.number == session.slot.number || slot.role == Role::Recovery {
            return Err(Failure::new(
                Kind::Refused,
                "uw eigen toegang en de herstelsleutel kunt u niet intrekken",
                "Vraag een collega om uw toegang in te trekken.",
            ));
        }
        store.write(|database| {
            let statement = "DELETE FROM slot WHERE id = $1";
            database.execute(statement, &[Value::Int(slot.number)])?;
            let deed = Deed::SlotRemoved {
                slot: slot.number,
                name: slot.name.clone(),
            };
            audit::append(database, &session.keys.figures, &session.line(now, deed)).map(drop)
        })?;
        store.whoever().scrub_if_possible();
        Ok(())
    }

    /// Another passphrase for one's own slot; no record is touched. Errors: `old` is wrong, or the register was opened
    /// with the recovery key.
    pub fn change_passphrase(
        &mut self,
        old: &Passphrase,
        new: &Passphrase,
        effort: Effort,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let id = self.id;
        let (mut store, session) = self.working()?;
        let slot = &session.slot;
        store.write(|database| {
            let statement = "SELECT sealed FROM slot WHERE id = $1";
            let sealed = one(database, statement, &[Value::Int(slot.number)], |row| {
                row.bytes()
            })?;
            let sealed = sealed.ok_or_else(|| no_such_slot(&slot.name))?;
            let keys = open_slot(&place(&id, slot), &sealed, &Opener::Passphrase(old))?;
            let lock = Lock::Passphrase(new, effort);
            let sealed = close_slot(&place(&id, slot), &keys, &lock)?;
            close_anew(database, session, slot, &sealed, now)
        })?;
        store.whoever().scrub_if_possible();
        Ok(())
    }

    /// Another passphrase for the slot of somebody who lost it, given by somebody with full access: a colleague, or who
    /// holds the recovery key. The slot stays the same one, with its unsaved work and settings; no record is touched.
    /// Errors: no full access oneself, no such slot, or it is that of the recovery key.
    pub fn give_passphrase(
        &mut self,
        name: &str,
        new: &Passphrase,
        effort: Effort,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let slots = self.slots()?;
        let slot = slots
            .into_iter()
            .find(|slot| slot.name == name && slot.role != Role::Recovery)
            .ok_or_else(|| no_such_slot(name))?;
        let id = self.id;
        let (mut store, session) = self.working()?;
        session.keys.person()?;
        let lock = Lock::Passphrase(new, effort);
        let sealed = close_slot(&place(&id, &slot), &session.keys, &lock)?;
        store.write(|database| close_anew(database, session, &slot, &sealed, now))?;
        store.whoever().scrub_if_possible();
        Ok(())
    }

    /// A new recovery key in place of the one that there was, which opens nothing any more. Needs full access; no record is
    /// touched. It is shown once.
    pub fn renew_recovery(&mut self, now: Timestamp) -> Result<RecoveryKey, Failure> {
        let id = self.id;
        let slots = self.slots()?;
        let slot = slots
            .into_iter()
            .find(|slot| slot.role == Role::Recovery)
            .ok_or_else(|| no_such_slot(RECOVERY))?;
        let key = RecoveryKey::generate();
        let (mut store, session) = self.working()?;
        let sealed = close_slot(&place(&id, &slot), &session.keys, &Lock::Recovery(&key))?;
        store.write(|database| close_anew(database, session, &slot, &sealed, now))?;
        store.whoever().scrub_if_possible();
        Ok(key)
    }
}

pub(super) fn place<'a>(register: &'a Id, slot: &'a Slot) -> SlotPlace<'a> {
    SlotPlace {
        register,
        number: slot.number,
        name: &slot.name,
        role: slot.role,
    }
}

/// Puts what another passphrase or recovery key opens in a slot, and a line about it in the log. Error: the slot is gone.
fn close_anew(
    database: &mut dyn Database,
    session: &Session,
    slot: &Slot,
    sealed: &[u8],
    now: Timestamp,
) -> Result<(), Failure> {
    let statement = "UPDATE slot SET sealed = $1 WHERE id = $2";
    let values = [Value::Bytes(sealed), Value::Int(slot.number)];
    if database.execute(statement, &values)? == 0 {
        return Err(no_such_slot(&slot.name));
    }
    let deed = Deed::PassphraseChanged {
        slot: slot.number,
        digest: Hex(digest(&[sealed])),
    };
    audit::append(database, &session.keys.figures, &session.line(now, deed)).map(drop)
}

/// Adds a slot; answers the fingerprint that the log remembers.
pub(super) fn add_slot(
    database: &mut dyn Database,
    register: &Id,
    keys: &Keys,
    slot: &Slot,
    lock: &Lock<'_>,
) -> Result<Hex<32>, Failure> {
    let sealed = close_slot(&place(register, slot), keys, lock)?;
    put(database, slot, &sealed)?;
    Ok(Hex(digest(&[&sealed])))
}

/// A number that no slot above it ever had. Numbers are in the log, and the lines of the log are counted, so one that was
/// taken away is not given again; where a backup was put back the log is shorter, and the table says it.
pub(super) fn highest(database: &mut dyn Database, format: i64) -> Result<i64, Failure> {
    let mut highest = 0;
    for (statement, since) in [
        ("SELECT COALESCE(max(id), 0) FROM slot", 1),
        ("SELECT seq FROM register", 1),
        ("SELECT highest FROM slot_given", 4),
    ] {
        if since <= format {
            let known = one(database, statement, &[], Row::int)?;
            highest = known.unwrap_or(0).max(highest);
        }
    }
    Ok(highest)
}

/// A slot with what lies in it, sealed.
pub(super) struct SlotRow {
    pub(super) slot: Slot,
    pub(super) sealed: Vec<u8>,
}

/// The slots in the order in which they were made, with what lies in them.
pub(super) fn rows(database: &mut dyn Database) -> Result<Vec<SlotRow>, Failure> {
    let statement = "SELECT id, name, role, sealed FROM slot ORDER BY id";
    all(database, statement, &[], |row| {
        let slot = Slot {
            number: row.int()?,
            name: row.text()?,
            role: Role::from_number(row.int()?).ok_or_else(|| Failure::damaged("een toegang"))?,
        };
        let sealed = row.bytes()?;
        Ok(SlotRow { slot, sealed })
    })
}

/// Puts a slot in its table.
pub(super) fn put(database: &mut dyn Database, slot: &Slot, sealed: &[u8]) -> Result<(), Failure> {
    let statement = "INSERT INTO slot (id, name, role, sealed) VALUES ($1, $2, $3, $4)";
    let values = [
        Value::Int(slot.number),
        Value::Text(&slot.name),
        Value::Int(slot.role.number()),
        Value::Bytes(sealed),
    ];
    database.execute(statement, &values).map(drop)
}

/// A name for a slot. Errors: empty, too long, with a letter that nobody sees, or that of the recovery key.
pub(super) fn slot_name(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    let told = |message: &str, hint: &str| Err(Failure::new(Kind::Refused, message, hint));
    if name.is_empty() || name.chars().count() > 60 {
        return told(
            "een toegang heeft een naam van hoogstens 60 tekens",
            "Vul uw naam of een schuilnaam in; die naam is leesbaar zonder wachtzin.",
        );
    }
    if name.chars().any(char::is_control) {
        return told(
            "in deze naam staat een teken dat niet te zien is",
            "Typ de naam opnieuw, op één regel.",
        );
    }
    if is_same_name(name, RECOVERY) {
        return told(
            "deze naam is voor de herstelsleutel",
            "Kies een andere naam.",
        );
    }
    Ok(name)
}

/// Whether two names are the same but for capitals.
fn is_same_name(one: &str, other: &str) -> bool {
    let lower = |name: &str| {
        name.chars()
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    lower(one) == lower(other)
}

/// The slot of somebody who works is gone.
fn withdrawn(slot: &Slot) -> Failure {
    let hint = match slot.role {
        // There is no journal without the key of names.
        Role::Finance => {
            "Wat al is opgeslagen, staat in het register. Wat u in een los bestand niet had opgeslagen, is niet meer te openen."
        }
        Role::Full | Role::Recovery => {
            "Wat al is opgeslagen, staat in het register. Was er nog werk niet opgeslagen? Dat staat versleuteld op deze \
             computer: een collega met volledige toegang krijgt het hier aangeboden na het ontgrendelen."
        }
    };
    let name = &slot.name;
    let message = format!("de toegang van «{name}» tot dit register is ingetrokken");
    Failure::new(Kind::Withdrawn, message, hint)
}

pub(super) fn no_such_slot(name: &str) -> Failure {
    Failure::new(
        Kind::Denied,
        format!("er is geen toegang met de naam «{name}»"),
        "Kies een naam uit de lijst, of vraag een collega om toegang.",
    )
}
