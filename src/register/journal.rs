//! Work that is not saved yet, kept on the person's own computer after every committed change.
//!
//! A file of its own beside no register in particular: a server that is down does not stop it. It must not know when
//! something is saved; who saves says so with [`Journal::done`].

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::dossiers::DossierId;
use super::failure::{Failure, Kind};
use super::retention::destroyed;
use super::seal::{Place, What, seal, unseal};
use super::session::Register;
use super::store::{JOURNAL, Store, Value, all};
use crate::document::Hex;
use crate::dossier::Dossier;

/// A dossier as somebody is working on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Work {
    /// Which.
    pub dossier_id: DossierId,
    /// The revision that it began from; 0 for a new dossier.
    pub base: i64,
    /// For a new dossier: the one whose decision it follows up.
    pub follows: Option<DossierId>,
    /// When the last change was committed.
    pub at: Timestamp,
    /// The field that was worked in, to return to.
    pub field: String,
    /// The file that it stands in, for a dossier that is not in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
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

/// What was found at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pending {
    /// Work to offer again.
    Work(Box<Work>),
    /// Something was kept here that does not open any more.
    Damaged(DossierId),
}

/// The file with unsaved work.
pub struct Journal {
    store: Store,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Journal({})", self.store.shown())
    }
}

fn place<'a>(register: &'a [u8; 16], slot: i64, dossier: &'a DossierId) -> Place<'a> {
    Place {
        register,
        what: What::Journal,
        revision: slot,
        record: &dossier.0,
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
        Ok(Self { store })
    }

    /// Keeps work: when it returns, it is on the disk. It takes the place of what was kept of this dossier before.
    pub fn keep(&mut self, register: &Register, work: &Work) -> Result<(), Failure> {
        let session = register.session()?;
        let slot = session.slot.number;
        let text = serde_json::to_vec(work)
            .map_err(|_| Failure::internal("het dossier is niet te schrijven"))?;
        let text = zeroize::Zeroizing::new(text);
        let place = place(&register.id, slot, &work.dossier_id);
        let sealed = seal(session.keys.person()?, &place, &text)?;
        self.store.write(|database| {
            database
                .execute(
                    "INSERT INTO work (register, slot, dossier, sealed) VALUES ($1, $2, $3, $4) \
                     ON CONFLICT (register, slot, dossier) DO UPDATE SET sealed = $4",
                    &[
                        Value::Bytes(&register.id),
                        Value::Int(slot),
                        Value::Bytes(&work.dossier_id.0),
                        Value::Bytes(&sealed),
                    ],
                )
                .map(drop)
        })
    }

    /// Forgets work, because it was saved or because the person does not want it.
    pub fn done(&mut self, register: &Register, dossier: DossierId) -> Result<(), Failure> {
        let slot = register.session()?.slot.number;
        self.store.write(|database| {
            database
                .execute(
                    "DELETE FROM work WHERE register = $1 AND slot = $2 AND dossier = $3",
                    &[
                        Value::Bytes(&register.id),
                        Value::Int(slot),
                        Value::Bytes(&dossier.0),
                    ],
                )
                .map(drop)
        })
    }

    /// Forgets the work, of whoever, on dossiers that were destroyed in this register.
    fn drop_destroyed(&mut self, register: &mut Register) -> Result<(), Failure> {
        let id = register.id;
        let (store, session) = register.working()?;
        let gone = store.read(|database| destroyed(database, &session.keys, &id))?;
        self.store.write(|database| {
            for (dossier, _) in gone {
                database.execute(
                    "DELETE FROM work WHERE register = $1 AND dossier = $2",
                    &[Value::Bytes(&id), Value::Bytes(&dossier.0)],
                )?;
            }
            Ok(())
        })
    }

    /// What this person left unsaved in this register. Work that was saved all the same, or whose dossier was destroyed,
    /// is forgotten in silence.
    pub fn pending(&mut self, register: &mut Register) -> Result<Vec<Pending>, Failure> {
        self.drop_destroyed(register)?;
        let session = register.session()?;
        let (slot, id) = (session.slot.number, register.id);
        let Ok(key) = session.keys.person() else {
            return Ok(Vec::new());
        };
        let rows = self.store.read(|database| {
            all(
                database,
                "SELECT dossier, sealed FROM work WHERE register = $1 AND slot = $2 ORDER BY dossier",
                &[Value::Bytes(&id), Value::Int(slot)],
                |row| Ok((Hex(row.array()?), row.bytes()?)),
            )
        })?;
        let mut kept = Vec::new();
        for (dossier, sealed) in rows {
            let work = unseal(key, &place(&id, slot, &dossier), &sealed)
                .ok()
                .and_then(|text| serde_json::from_slice::<Work>(&text).ok());
            kept.push((dossier, work));
        }
        let mut pending = Vec::new();
        for (dossier, work) in kept {
            let Some(work) = work else {
                pending.push(Pending::Damaged(dossier));
                continue;
            };
            let saved = register.peek(dossier, None);
            if work.typed.is_empty() && saved.is_ok_and(|saved| saved.dossier == work.dossier) {
                self.done(register, dossier)?;
            } else {
                pending.push(Pending::Work(Box::new(work)));
            }
        }
        Ok(pending)
    }
}
