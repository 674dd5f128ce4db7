//! Work that is not saved yet, kept on the person's own computer after every committed change.
//!
//! A file of its own beside no register in particular: a server that is down does not stop it. It must not know when
//! something is saved; who saves says so with [`Journal::done`].

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::dossiers::{Base, DossierId};
use super::failure::{Failure, Kind};
use super::keys::Key;
use super::retention::destroyed;
use super::seal::{Id, Place, What, random, seal, unseal};
use super::session::Register;
use super::store::{Database, JOURNAL, Row as StoredRow, Store, Value, all};
use crate::document::Hex;
use crate::dossier::Dossier;

/// A dossier as somebody is working on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Which.
    pub dossier_id: DossierId,
    /// The revision that it began from.
    #[serde(deserialize_with = "stored_base")]
    pub base: Base,
    /// For a new dossier: the one whose decision it follows up.
    pub follows: Option<DossierId>,
    /// When the last change was committed.
    pub at: Timestamp,
    /// The field that was worked in, to return to.
    pub field: String,
    /// The file that it stands in, for a dossier that is not in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
    /// The fingerprint of the dossier as it was read from that file, or saved there, last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<Hex<32>>,
    /// Texts that fields refused and that are still to be put right; they are not in the dossier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typed: Vec<Typed>,
    /// The dossier with all committed changes.
    #[serde(deserialize_with = "stored")]
    pub dossier: Dossier,
}

/// A text that a field refused, with all that is needed to show it there again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    /// The number of the field; the window knows which.
    pub place: u64,
    /// The part of the dossier that the field stands in.
    pub field: String,
    /// The name of the field.
    pub label: String,
    /// As it was typed.
    pub text: String,
    /// What the field held before.
    pub base: String,
    /// Why it was refused.
    pub message: String,
    /// Texts that would be accepted.
    pub proposals: Vec<String>,
}

/// A dossier of whatever format.
fn stored<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Dossier, D::Error> {
    let tree = serde_json::Value::deserialize(deserializer)?;
    Dossier::from_stored(tree).map_err(de::Error::custom)
}

/// A base, or what an older program wrote: the number alone, which fits no revision, so that nothing is overwritten.
fn stored_base<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Base, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Whole(Base),
        Number(i64),
    }
    Ok(match Stored::deserialize(deserializer)? {
        Stored::Whole(base) => base,
        Stored::Number(revision) => Base {
            revision,
            ..Base::NEW
        },
    })
}

/// What was found at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// Work to offer again.
    Work(Box<Work>),
    /// The same of somebody whose access was taken away: who sees names and works on this computer can go on with it.
    Orphaned(Box<Work>),
    /// Something was kept here that does not open any more.
    Damaged(DossierId),
}

/// The file with unsaved work. Each that is open keeps work of its own, so that two windows of one person do not write
/// over one another.
pub struct Journal {
    store: Store,
    /// Tells what this one keeps from what others do.
    window: Id,
    /// The rows of others that this one went on with.
    taken: HashMap<DossierId, Row>,
}

/// Work as it lies in the file.
#[derive(Clone, PartialEq, Eq)]
struct Row {
    slot: i64,
    dossier: DossierId,
    window: Id,
    sealed: Vec<u8>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Journal({})", self.store.shown())
    }
}

/// Whose work, in which register.
#[derive(Clone, Copy)]
struct Whose {
    register: Id,
    slot: i64,
}

impl Whose {
    fn of(register: &Register) -> Result<Self, Failure> {
        Ok(Self {
            register: register.id,
            slot: register.session()?.slot.number,
        })
    }

    /// Whether a row is of the person oneself.
    fn wrote(&self, row: &Row) -> bool {
        row.slot == self.slot
    }

    /// Takes a row out if it still says what it said.
    fn drop_row(self, database: &mut dyn Database, row: &Row) -> Result<(), Failure> {
        let statement = "DELETE FROM work WHERE register = $1 AND slot = $2 AND dossier = $3 AND window = $4 AND sealed = $5";
        let values = [
            Value::Bytes(&self.register),
            Value::Int(row.slot),
            Value::Bytes(&row.dossier.0),
            Value::Bytes(&row.window),
            Value::Bytes(&row.sealed),
        ];
        database.execute(statement, &values).map(drop)
    }
}

/// Where work lies: whose, and of which dossier.
fn place<'a>(register: &'a Id, slot: i64, dossier: &'a DossierId) -> Place<'a> {
    Place {
        register,
        what: What::Journal,
        revision: slot,
        record: &dossier.0,
    }
}

/// What the register says before the journal is looked into: whose work is looked for, and which dossiers are gone.
pub struct WorkOf {
    whose: Whose,
    /// Nothing for who sees no names.
    key: Option<Key>,
    destroyed: Vec<DossierId>,
    /// The numbers of the slots that there are: who has another one can not come back for what was left.
    slots: Vec<i64>,
}

impl WorkOf {
    /// Of the person who unlocked this register.
    pub fn of(register: &mut Register) -> Result<Self, Failure> {
        let (whose, id) = (Whose::of(register)?, register.id);
        let (mut store, session) = register.working()?;
        let (gone, slots) = store.read(|database| {
            let gone = destroyed(database, &session.keys, &id)?;
            let slots = all(database, "SELECT id FROM slot", &[], StoredRow::int)?;
            Ok((gone, slots))
        })?;
        Ok(Self {
            whose,
            key: session.keys.person().ok().map(Key::again),
            destroyed: gone.into_iter().map(|(dossier, _)| dossier).collect(),
            slots,
        })
    }
}

/// What was found in the journal, before the register says which of it was saved all the same.
pub struct Rows {
    whose: Whose,
    rows: Vec<(Row, Option<Work>)>,
}

/// What of it is to be offered.
pub struct Offered {
    whose: Whose,
    /// By dossier, for each the own one first and then the latest; with the work that lies in them, or nothing where that
    /// does not open.
    rows: Vec<(Row, Option<Work>)>,
    /// What was saved all the same.
    saved: Vec<Row>,
}

impl Rows {
    /// Asks the register what of it was saved.
    pub fn sort_out(self, register: &mut Register) -> Offered {
        let (saved, rows) = self.rows.into_iter().partition(|(row, work)| {
            work.as_ref().is_some_and(|work| {
                let saved = work
                    .typed
                    .is_empty()
                    .then(|| register.peek(row.dossier, None));
                saved.is_some_and(|saved| saved.is_ok_and(|saved| saved.dossier == work.dossier))
            })
        });
        let saved: Vec<(Row, Option<Work>)> = saved;
        Offered {
            whose: self.whose,
            rows,
            saved: saved.into_iter().map(|(row, _)| row).collect(),
        }
    }
}

/// What it takes to keep work without the register, which may be busy or not answer: whose it is, and the key.
pub struct Pen {
    whose: Whose,
    key: Key,
}

impl Pen {
    /// That of the person who unlocked this register. Error: it is locked, or the person sees no names.
    pub fn of(register: &Register) -> Result<Self, Failure> {
        Ok(Self {
            whose: Whose::of(register)?,
            key: register.session()?.keys.person()?.again(),
        })
    }
}

impl Journal {
    /// Opens the journal in this file, or makes it.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let mut store = Store::journal(path)?;
        let newest = JOURNAL.last().map_or(0, |(format, _)| *format);
        let format = store.version()?.unwrap_or(0);
        if format > newest {
            return Err(Failure::new(
                Kind::Newer,
                "het bewaarde werk is van een nieuwere versie van maatwerk",
                "Installeer de nieuwe versie.",
            )
            .at(store.shown()));
        }
        if format < newest {
            store.write(|database| Store::migrate(database, JOURNAL, format))?;
        }
        Ok(Self {
            store,
            window: random()?,
            taken: HashMap::new(),
        })
    }

    /// Keeps work: when it returns, it is on the disk. It takes the place of what this journal kept of this dossier
    /// before, and of what [`Journal::take_up`] gave of it.
    pub fn keep(&mut self, register: &Register, work: &Work) -> Result<(), Failure> {
        self.keep_with(&Pen::of(register)?, work)
    }

    /// The same, without the register.
    pub fn keep_with(&mut self, pen: &Pen, work: &Work) -> Result<(), Failure> {
        let whose = pen.whose;
        let text = serde_json::to_vec(work)
            .map_err(|_| Failure::internal("het dossier is niet te schrijven"))?;
        let text = zeroize::Zeroizing::new(text);
        let place = place(&whose.register, whose.slot, &work.dossier_id);
        let sealed = seal(&pen.key, &place, &text)?;
        let taken = self.taken.get(&work.dossier_id);
        let window = self.window;
        self.store.write(|database| {
            if let Some(row) = taken {
                whose.drop_row(database, row)?;
            }
            database
                .execute(
                    "INSERT INTO work (register, slot, dossier, window, sealed) VALUES ($1, $2, $3, $4, $5) \
                     ON CONFLICT (register, slot, dossier, window) DO UPDATE SET sealed = $5",
                    &[
                        Value::Bytes(&whose.register),
                        Value::Int(whose.slot),
                        Value::Bytes(&work.dossier_id.0),
                        Value::Bytes(&window),
                        Value::Bytes(&sealed),
                    ],
                )
                .map(drop)
        })?;
        self.taken.remove(&work.dossier_id);
        Ok(())
    }

    /// Forgets what this journal kept of a dossier or took up of it, because it was saved or because the person does not
    /// want it. What another window keeps of it stays, and what it changed in what was taken up too.
    pub fn done(&mut self, register: &Register, dossier: DossierId) -> Result<(), Failure> {
        self.done_for(Whose::of(register)?, dossier)
    }

    /// The same, without the register.
    pub fn done_with(&mut self, pen: &Pen, dossier: DossierId) -> Result<(), Failure> {
        self.done_for(pen.whose, dossier)
    }

    fn done_for(&mut self, whose: Whose, dossier: DossierId) -> Result<(), Failure> {
        let (taken, window) = (self.taken.get(&dossier), self.window);
        self.store.write(|database| {
            if let Some(row) = taken {
                whose.drop_row(database, row)?;
            }
            database
                .execute(
                    "DELETE FROM work WHERE register = $1 AND slot = $2 AND dossier = $3 AND window = $4",
                    &[
                        Value::Bytes(&whose.register),
                        Value::Int(whose.slot),
                        Value::Bytes(&dossier.0),
                        Value::Bytes(&window),
                    ],
                )
                .map(drop)
        })?;
        self.taken.remove(&dossier);
        Ok(())
    }

    /// What this person left in this register, as it lies here, and what somebody did whose slot is gone. Work on dossiers that were destroyed, of whoever, is
    /// forgotten.
    pub fn look(&mut self, asked: &WorkOf) -> Result<Rows, Failure> {
        let whose = asked.whose;
        let forgotten = self.store.write(|database| {
            let mut forgotten = 0_u64;
            for dossier in &asked.destroyed {
                let rows = database.execute(
                    "DELETE FROM work WHERE register = $1 AND dossier = $2",
                    &[Value::Bytes(&whose.register), Value::Bytes(&dossier.0)],
                )?;
                forgotten = forgotten.saturating_add(rows);
            }
            Ok(forgotten)
        })?;
        if forgotten > 0 {
            self.store.scrub_if_possible();
        }
        let Some(key) = &asked.key else {
            let rows = Vec::new();
            return Ok(Rows { whose, rows });
        };
        let rows = self.store.read(|database| {
            all(
                database,
                "SELECT slot, dossier, window, sealed FROM work WHERE register = $1",
                &[Value::Bytes(&whose.register)],
                |row| {
                    Ok(Row {
                        slot: row.int()?,
                        dossier: Hex(row.array()?),
                        window: row.array()?,
                        sealed: row.bytes()?,
                    })
                },
            )
        })?;
        let rows = rows.into_iter();
        let offered = rows.filter(|row| whose.wrote(row) || !asked.slots.contains(&row.slot));
        let opened = offered.map(|row| {
            let place = place(&whose.register, row.slot, &row.dossier);
            let text = unseal(key, &place, &row.sealed).ok();
            let work = text.and_then(|text| serde_json::from_slice::<Work>(&text).ok());
            (row, work)
        });
        let mut rows: Vec<(Row, Option<Work>)> = opened.collect();
        rows.sort_by_key(|(row, work)| {
            let at = work.as_ref().map(|work| work.at);
            let order = (!whose.wrote(row), row.window != self.window);
            (row.dossier, order, Reverse(at))
        });
        Ok(Rows { whose, rows })
    }

    /// The rows that are left once what was saved all the same is forgotten.
    fn left(&mut self, offered: Offered) -> Result<Vec<(Row, Option<Work>)>, Failure> {
        self.drop_rows(offered.whose, &offered.saved)?;
        Ok(offered.rows)
    }

    fn drop_rows(&mut self, whose: Whose, rows: &[Row]) -> Result<(), Failure> {
        if rows.is_empty() {
            return Ok(());
        }
        self.store.write(|database| {
            let mut rows = rows.iter();
            rows.try_for_each(|row| whose.drop_row(database, row))
        })
    }

    /// What this person left unsaved in this register. Work that was saved all the same is forgotten in silence.
    pub fn pending_of(&mut self, offered: Offered) -> Result<Vec<Pending>, Failure> {
        let whose = offered.whose;
        let left = self.left(offered)?.into_iter();
        let pending = left.map(|(row, work)| match work {
            Some(work) if whose.wrote(&row) => Pending::Work(Box::new(work)),
            Some(work) => Pending::Orphaned(Box::new(work)),
            None => Pending::Damaged(row.dossier),
        });
        Ok(pending.collect())
    }

    /// The unsaved work on a dossier to go on with: what this journal keeps of it itself, or else what another one left.
    /// That goes away once it is kept or done here.
    pub fn take_up_of(
        &mut self,
        offered: Offered,
        dossier: DossierId,
    ) -> Result<Option<Work>, Failure> {
        let whose = offered.whose;
        let found = self.left(offered)?.into_iter().find_map(|(row, work)| {
            let fits = row.dossier == dossier;
            fits.then_some(row).zip(work)
        });
        Ok(found.map(|(row, work)| self.taken_up(whose, row, work)))
    }

    fn taken_up(&mut self, whose: Whose, row: Row, work: Work) -> Work {
        if row.window != self.window || !whose.wrote(&row) {
            self.taken.insert(row.dossier, row);
        }
        work
    }

    /// Forgets the work on a dossier that [`Journal::take_up`] would give, because the person does not want it; where none
    /// opens, what is damaged.
    pub fn discard_of(&mut self, offered: Offered, dossier: DossierId) -> Result<(), Failure> {
        let whose = offered.whose;
        let mut rows = self.left(offered)?;
        rows.retain(|(row, _)| row.dossier == dossier);
        let opens = rows.iter().position(|(_, work)| work.is_some());
        match opens.map(|at| rows.swap_remove(at)) {
            Some((row, Some(work))) => drop(self.taken_up(whose, row, work)),
            _ => {
                let damaged: Vec<Row> = rows.into_iter().map(|(row, _)| row).collect();
                self.drop_rows(whose, &damaged)?;
            }
        }
        self.done_for(whose, dossier)
    }

    fn offered(&mut self, register: &mut Register) -> Result<Offered, Failure> {
        let asked = WorkOf::of(register)?;
        Ok(self.look(&asked)?.sort_out(register))
    }

    /// [`Journal::take_up_of`] with a register that nothing else waits for.
    pub fn take_up(
        &mut self,
        register: &mut Register,
        dossier: DossierId,
    ) -> Result<Option<Work>, Failure> {
        let offered = self.offered(register)?;
        self.take_up_of(offered, dossier)
    }

    /// [`Journal::discard_of`] with a register that nothing else waits for.
    pub fn discard(&mut self, register: &mut Register, dossier: DossierId) -> Result<(), Failure> {
        let offered = self.offered(register)?;
        self.discard_of(offered, dossier)
    }

    /// [`Journal::pending_of`] with a register that nothing else waits for.
    pub fn pending(&mut self, register: &mut Register) -> Result<Vec<Pending>, Failure> {
        let offered = self.offered(register)?;
        self.pending_of(offered)
    }
}
