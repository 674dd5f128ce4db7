//! A register that is open: making one, unlocking it with a slot, locking it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::audit::{self, Head, Line};
use super::deed::Deed;
use super::failure::{Failure, Kind};
use super::index::Index;
use super::keys::{Effort, Keys, Lock, Opener, Passphrase, RecoveryKey, Role, open_slot};
use super::marks;
use super::named::{self, Names};
use super::progress::Progress;
use super::seal::{Id, random};
use super::slots::{RECOVERY, Slot, add_slot, no_such_slot, place, slot_name};
use super::store::{Address, Database, FORMAT, REGISTER, Store, Value, one};
use crate::budget::Library;
use crate::document::Hex;
use crate::dossier::Dossier;

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

/// The database for who unlocked: everything that is read or written there begins with a look whether that person may
/// still come in, and whether the register is still here. A colleague can have taken the slot away since, or put all of it
/// in another place.
pub(super) struct Admitted<'a> {
    store: &'a mut Store,
    slot: Slot,
}

impl Admitted<'_> {
    /// Does something that writes: all of it, or nothing.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let slot = &self.slot;
        self.store.write(|database| {
            marks::is_here(database)?;
            slot.is_still_there(database)?;
            work(database)
        })
    }

    /// Reads, all at one moment.
    pub(super) fn read<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let slot = &self.slot;
        self.store.read(|database| {
            marks::is_here(database)?;
            slot.is_still_there(database)?;
            work(database)
        })
    }

    /// The database itself, for what a person may do whose slot is gone: give back what was held, and copy or look through
    /// the whole without showing anything of it.
    pub(super) fn whoever(&mut self) -> &mut Store {
        self.store
    }
}

/// A register. Locked when opened: what is in it can be read after [`Register::unlock`].
pub struct Register {
    pub(super) store: Store,
    pub(super) id: Id,
    session: Option<Session>,
    pub(super) progress: Progress,
    pub(super) library: Option<Arc<Library>>,
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
    /// ([`Register::upgrade`] first), put in another place.
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
        let head = store.read(|database| {
            marks::is_here(database)?;
            audit::head(database)
        });
        let head = head.map_err(|failure| failure.at(store.shown()))?;
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
        let noted = self.note_unlocked(now);
        if noted.is_err() {
            self.session = None;
        }
        noted
    }

    /// Adds that somebody unlocked to the log, after what was done before anybody could.
    fn note_unlocked(&mut self, now: Timestamp) -> Result<(), Failure> {
        let (mut store, session) = self.working()?;
        store.write(|database| {
            let key = &session.keys.figures;
            for (at, deed) in marks::take(database)? {
                audit::append(database, key, &Line::of_nobody(at, deed))?;
            }
            audit::append(database, key, &session.line(now, Deed::Unlocked)).map(drop)
        })
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
    pub(super) fn working(&mut self) -> Result<(Admitted<'_>, &mut Session), Failure> {
        let session = self.session.as_mut().ok_or_else(locked)?;
        let slot = session.slot.clone();
        let store = &mut self.store;
        Ok((Admitted { store, slot }, session))
    }

    pub(super) fn session(&self) -> Result<&Session, Failure> {
        self.session.as_ref().ok_or_else(locked)
    }

    /// Adds a line to the log about something that changed nothing: printing, say.
    pub fn note(&mut self, deed: Deed, now: Timestamp) -> Result<(), Failure> {
        let (mut store, session) = self.working()?;
        let line = session.line(now, deed);
        store.write(|database| audit::append(database, &session.keys.figures, &line).map(drop))
    }

    /// The end of the log, to keep elsewhere.
    pub fn head(&mut self) -> Result<Head, Failure> {
        self.store.read(audit::head)
    }
}

fn locked() -> Failure {
    Failure::new(
        Kind::Denied,
        "het register is op slot",
        "Open het met uw wachtzin.",
    )
}
