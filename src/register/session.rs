//! A register that is open: making one, unlocking it with a slot, locking it, and who has which slot.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::audit::{self, Deed, Head, Line};
use super::failure::{Failure, Kind};
use super::index::Index;
use super::keys::{
    Effort, Keys, Lock, Opener, Passphrase, RecoveryKey, Role, SlotPlace, close_slot, open_slot,
};
use super::named::{self, Names};
use super::progress::Progress;
use super::seal::{Id, digest, random};
use super::store::{Address, Database, FORMAT, REGISTER, Row, Store, Value, all, one};
use crate::budget::Library;
use crate::document::Hex;
use crate::dossier::Dossier;

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

/// Who works in the register now, and with which keys.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) keys: Keys,
    pub(super) slot: Slot,
    /// Random, so that a lease tells this session from another of the same person.
    pub(super) token: Id,
    pub(super) index: Index,
}

impl Session {
    /// A line of the log about something done now.
    pub(super) fn line(&self, now: Timestamp, deed: Deed) -> Line {
        Line {
            at: now,
            slot: self.slot.number,
            name: self.slot.name.clone(),
            deed,
        }
    }
}

/// A register. Locked when opened: what is in it can be read after [`Register::unlock`].
pub struct Register {
    pub(super) store: Store,
    pub(super) id: Id,
    session: Option<Session>,
    pub(super) progress: Progress,
    library: Option<Arc<Library>>,
    pub(super) names: Arc<Names>,
}

/// What [`Register::found`] gives: the register, unlocked, and the recovery key to print and keep.
#[derive(Debug)]
pub struct Founded {
    /// Unlocked with the first slot.
    pub register: Register,
    /// Shown once.
    pub recovery: RecoveryKey,
}

impl std::fmt::Debug for Register {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Register({}, {})", self.store.shown(), Hex(self.id))
    }
}

impl Register {
    /// Makes a register with a first slot. Errors: there is one already, or something else.
    pub fn found(
        address: &Address,
        name: &str,
        passphrase: &Passphrase,
        effort: Effort,
        now: Timestamp,
    ) -> Result<Founded, Failure> {
        let name = slot_name(name)?;
        let mut store = Store::connect(address, true)?;
        let taken = || {
            Failure::new(
                Kind::Foreign,
                "hier staat al een register",
                "Open het, of kies een andere plaats voor een nieuw register.",
            )
        };
        if store.format()?.is_some() {
            return Err(taken().at(store.shown()));
        }
        let id: Id = random()?;
        let recovery = RecoveryKey::generate();
        let session = Session {
            keys: Keys::generate()?,
            slot: Slot {
                number: 1,
                name: name.to_owned(),
                role: Role::Full,
            },
            token: random()?,
            index: Index::default(),
        };
        let keys = &session.keys;
        store.write(|database| {
            // Another program may have made one meanwhile.
            if database.format()?.is_some() {
                return Err(taken());
            }
            Store::migrate(database, REGISTER, 0)?;
            database.execute(
                "INSERT INTO register (one, program, id, format, seq, head) VALUES (1, 'maatwerk', $1, $2, 0, $3)",
                &[
                    Value::Bytes(&id),
                    Value::Int(FORMAT),
                    Value::Bytes(&audit::beginning(&id)),
                ],
            )?;
            let first = Lock::Passphrase(passphrase, effort);
            add_slot(database, &id, keys, &session.slot, &first)?;
            let spare = Slot {
                number: 2,
                name: RECOVERY.to_owned(),
                role: Role::Recovery,
            };
            add_slot(database, &id, keys, &spare, &Lock::Recovery(&recovery))?;
            audit::append(database, &keys.figures, &session.line(now, Deed::Founded))
        })?;
        Ok(Founded {
            register: Self {
                store,
                id,
                session: Some(session),
                progress: Progress::default(),
                library: None,
                names: Arc::default(),
            },
            recovery,
        })
    }

    /// Opens a register, locked. Errors: not there, not a register, damaged, of a newer program, of an older one
    /// ([`Register::upgrade`] first).
    pub fn open(address: &Address) -> Result<Self, Failure> {
        let mut store = Store::connect(address, false)?;
        match store.format()? {
            Some(format) if format == FORMAT => {}
            Some(_) => {
                return Err(Failure::new(
                    Kind::Older,
                    "dit register is van een oudere versie van maatwerk",
                    "Werk het bij; daarbij wordt eerst een reservekopie gemaakt.",
                )
                .at(store.shown()));
            }
            None => {
                return Err(Failure::new(
                    Kind::Missing,
                    "hier is geen register",
                    "Kijk of de plaats klopt, of maak een nieuw register.",
                )
                .at(store.shown()));
            }
        }
        let head = store.read(audit::head)?;
        Ok(Self {
            store,
            id: head.register.0,
            session: None,
            progress: Progress::default(),
            library: None,
            names: Arc::default(),
        })
    }

    /// From now on products are found by their names in these catalogues too, and by what is chosen of them in what is
    /// saved from now on.
    pub fn know(&mut self, library: Arc<Library>) {
        self.names = Arc::new(Names::of_library(&library));
        self.library = Some(library);
        if let Some(session) = &mut self.session {
            session.index.go_by(&self.names);
        }
    }

    /// Whether the catalogues are known.
    pub(super) fn knows(&self) -> bool {
        self.library.is_some()
    }

    /// What is chosen in a dossier, in words; nothing where the catalogues are not known.
    pub(super) fn chosen(&self, dossier: &Dossier, now: Timestamp) -> Option<Vec<String>> {
        let day = now.to_zoned(TimeZone::UTC).date();
        let library = self.library.as_deref()?;
        Some(named::chosen(&dossier.evaluate(library, day)))
    }

    /// The slots, in the order in which they were made, the recovery key too.
    pub fn slots(&mut self) -> Result<Vec<Slot>, Failure> {
        self.store.read(|database| {
            all(
                database,
                "SELECT id, name, role FROM slot ORDER BY id",
                &[],
                |row| {
                    Ok(Slot {
                        number: row.int()?,
                        name: row.text()?,
                        role: Role::from_number(row.int()?)
                            .ok_or_else(|| Failure::damaged("een toegang"))?,
                    })
                },
            )
        })
    }

    /// Unlocks with the slot of this name, and tries no other. Reads the search index.
    pub fn unlock(
        &mut self,
        name: &str,
        passphrase: &Passphrase,
        now: Timestamp,
    ) -> Result<(), Failure> {
        self.unlock_with(name, &Opener::Passphrase(passphrase), now)
    }

    /// Unlocks with the recovery key.
    pub fn recover(&mut self, key: &RecoveryKey, now: Timestamp) -> Result<(), Failure> {
        self.unlock_with(RECOVERY, &Opener::Recovery(key), now)
    }

    fn unlock_with(
        &mut self,
        name: &str,
        opener: &Opener<'_>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let slot = self.slots()?.into_iter().find(|slot| slot.name == name);
        let recovery = matches!(opener, Opener::Recovery(_));
        let slot = slot
            .filter(|slot| (slot.role == Role::Recovery) == recovery)
            .ok_or_else(|| no_such_slot(name))?;
        let id = self.id;
        let sealed = self.store.read(|database| {
            let statement = "SELECT sealed FROM slot WHERE id = $1";
            one(database, statement, &[Value::Int(slot.number)], |row| {
                row.bytes()
            })
        })?;
        let sealed = sealed.ok_or_else(|| no_such_slot(name))?;
        let keys = open_slot(&place(&id, &slot), &sealed, opener)?;
        let index = self
            .store
            .read(|database| Index::read(database, &id, &keys, &self.names))?;
        let session = Session {
            keys,
            slot,
            token: random()?,
            index,
        };
        self.session = Some(session);
        let noted = self.note(Deed::Unlocked, now);
        if noted.is_err() {
            self.session = None;
        }
        noted
    }

    /// Forgets the keys and everything that was read with them. Unsaved work is for the journal before this.
    pub fn lock(&mut self) {
        self.session = None;
    }

    /// The slot that it is unlocked with; nothing when it is locked.
    pub fn slot(&self) -> Option<&Slot> {
        self.session.as_ref().map(|session| &session.slot)
    }

    /// The id of the register.
    pub fn id(&self) -> Hex<16> {
        Hex(self.id)
    }

    /// Where the register is, for people.
    pub fn shown(&self) -> &str {
        self.store.shown()
    }

    /// What is needed to work in it. Error: it is locked.
    pub(super) fn working(&mut self) -> Result<(&mut Store, &mut Session), Failure> {
        match &mut self.session {
            Some(session) => Ok((&mut self.store, session)),
            None => Err(locked()),
        }
    }

    pub(super) fn session(&self) -> Result<&Session, Failure> {
        self.session.as_ref().ok_or_else(locked)
    }

    /// Adds a line to the log about something that changed nothing: printing, say.
    pub fn note(&mut self, deed: Deed, now: Timestamp) -> Result<(), Failure> {
        let (store, session) = self.working()?;
        let line = session.line(now, deed);
        store.write(|database| audit::append(database, &session.keys.figures, &line).map(drop))
    }

    /// The end of the log, to keep elsewhere.
    pub fn head(&mut self) -> Result<Head, Failure> {
        self.store.read(audit::head)
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
        let (store, session) = self.working()?;
        session.keys.person()?;
        let id = Self::id_of(store)?;
        store.write(|database| {
            let taken = one(
                database,
                "SELECT id FROM slot WHERE name = $1",
                &[Value::Text(name)],
                Row::int,
            )?;
            if taken.is_some() {
                return Err(Failure::new(
                    Kind::Refused,
                    format!("er is al een toegang met de naam «{name}»"),
                    "Kies een andere naam.",
                ));
            }
            // Numbers are in the log, so one that was taken away is not given again.
            let last = one(database, "SELECT max(id) FROM slot", &[], Row::int)?;
            let used = one(database, "SELECT seq FROM register", &[], Row::int)?;
            let number = last.max(used).unwrap_or(0).saturating_add(1);
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

    fn id_of(store: &mut Store) -> Result<Id, Failure> {
        store.read(audit::head).map(|head| head.register.0)
    }

    /// Takes a slot away. Errors: it is one's own, the recovery key's, or the last with full access.
    pub fn remove_slot(&mut self, name: &str, now: Timestamp) -> Result<(), Failure> {
        let slots = self.slots()?;
        let slot = slots
            .into_iter()
            .find(|slot| slot.name == name)
            .ok_or_else(|| no_such_slot(name))?;
        let (store, session) = self.working()?;
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
        store.scrub_if_possible();
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
        let (store, session) = self.working()?;
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
            database.execute(
                "UPDATE slot SET sealed = $1 WHERE id = $2",
                &[Value::Bytes(&sealed), Value::Int(slot.number)],
            )?;
            let deed = Deed::PassphraseChanged {
                slot: slot.number,
                digest: Hex(digest(&[&sealed])),
            };
            audit::append(database, &session.keys.figures, &session.line(now, deed)).map(drop)
        })?;
        store.scrub_if_possible();
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
        let (store, session) = self.working()?;
        session.keys.person()?;
        let lock = Lock::Passphrase(new, effort);
        let sealed = close_slot(&place(&id, &slot), &session.keys, &lock)?;
        let deed = Deed::PassphraseChanged {
            slot: slot.number,
            digest: Hex(digest(&[&sealed])),
        };
        store.write(|database| {
            let touched = database.execute(
                "UPDATE slot SET sealed = $1 WHERE id = $2",
                &[Value::Bytes(&sealed), Value::Int(slot.number)],
            )?;
            if touched == 0 {
                return Err(no_such_slot(&slot.name));
            }
            audit::append(database, &session.keys.figures, &session.line(now, deed)).map(drop)
        })?;
        store.scrub_if_possible();
        Ok(())
    }
}

impl Register {
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
        let (store, session) = self.working()?;
        let sealed = close_slot(&place(&id, &slot), &session.keys, &Lock::Recovery(&key))?;
        store.write(|database| {
            database.execute(
                "UPDATE slot SET sealed = $1 WHERE id = $2",
                &[Value::Bytes(&sealed), Value::Int(slot.number)],
            )?;
            let deed = Deed::PassphraseChanged {
                slot: slot.number,
                digest: Hex(digest(&[&sealed])),
            };
            audit::append(database, &session.keys.figures, &session.line(now, deed)).map(drop)
        })?;
        store.scrub_if_possible();
        Ok(key)
    }
}

fn place<'a>(register: &'a Id, slot: &'a Slot) -> SlotPlace<'a> {
    SlotPlace {
        register,
        number: slot.number,
        name: &slot.name,
        role: slot.role,
    }
}

/// Adds a slot; answers the fingerprint that the log remembers.
fn add_slot(
    database: &mut dyn Database,
    register: &Id,
    keys: &Keys,
    slot: &Slot,
    lock: &Lock<'_>,
) -> Result<Hex<32>, Failure> {
    let sealed = close_slot(&place(register, slot), keys, lock)?;
    database.execute(
        "INSERT INTO slot (id, name, role, sealed) VALUES ($1, $2, $3, $4)",
        &[
            Value::Int(slot.number),
            Value::Text(&slot.name),
            Value::Int(slot.role.number()),
            Value::Bytes(&sealed),
        ],
    )?;
    Ok(Hex(digest(&[&sealed])))
}

/// A name for a slot. Errors: empty, too long, or that of the recovery key.
fn slot_name(name: &str) -> Result<&str, Failure> {
    let name = name.trim();
    let told = |message: &str, hint: &str| Err(Failure::new(Kind::Refused, message, hint));
    if name.is_empty() || name.chars().count() > 60 {
        return told(
            "een toegang heeft een naam van hoogstens 60 tekens",
            "Vul uw naam of een schuilnaam in; die naam is leesbaar zonder wachtzin.",
        );
    }
    if name == RECOVERY {
        return told(
            "deze naam is voor de herstelsleutel",
            "Kies een andere naam.",
        );
    }
    Ok(name)
}

fn no_such_slot(name: &str) -> Failure {
    Failure::new(
        Kind::Denied,
        format!("er is geen toegang met de naam «{name}»"),
        "Kies een naam uit de lijst, of vraag een collega om toegang.",
    )
}

fn locked() -> Failure {
    Failure::new(
        Kind::Denied,
        "het register is op slot",
        "Open het met uw wachtzin.",
    )
}
