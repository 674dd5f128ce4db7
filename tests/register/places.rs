//! Registers to test with: fresh ones on each database, and dossiers of invented people.

use crate::articles::library_with_articles;
use crate::server::fresh_database;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use maatwerk::budget::Library;
use maatwerk::dossier::Dossier;
use maatwerk::register::{
    Address, Backup, Base, Damage, Deciding, Destroyed, DossierId, Effort, Founded, Ground,
    Passphrase, Register, Restored, Save, Saved,
};
use maatwerk::trace::Status;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

pub const NAME: &str = "Sanne";
pub const TODAY: Date = date(2026, 3, 2);

/// A moment, so many seconds after the first.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + seconds).expect("a moment")
}

pub fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text).expect("a passphrase")
}

pub fn first_phrase() -> Passphrase {
    phrase("vier losse woorden samen")
}

/// A place for a register that is not made yet.
pub struct Place {
    pub address: Address,
    pub folder: TempDir,
}

impl Place {
    pub fn file() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        Self {
            address: Address::File(folder.path().join("register.db")),
            folder,
        }
    }

    pub fn server() -> Option<Self> {
        Some(Self {
            address: Address::parse(&fresh_database()?).expect("an address"),
            folder: tempfile::tempdir().expect("folder"),
        })
    }

    /// What it is, for a line that says what was tried.
    pub fn kind(&self) -> &'static str {
        match self.address {
            Address::File(_) => "on SQLite",
            Address::Server(_) => "on PostgreSQL",
        }
    }

    /// A register here, unlocked.
    pub fn found(&self) -> Register {
        self.founded().register
    }

    pub fn founded(&self) -> Founded {
        Register::found(&self.address, NAME, &first_phrase(), Effort::TRIAL, at(0)).expect("made")
    }

    /// The register that is here, unlocked by a second program.
    pub fn open(&self) -> Register {
        let mut register = Register::open(&self.address).expect("opens");
        register
            .unlock(NAME, &first_phrase(), at(1))
            .expect("unlocks");
        register
    }
}

/// Runs a test on every database that there is.
pub fn on_each(test: impl Fn(&Place)) {
    test(&Place::file());
    if let Some(place) = Place::server() {
        test(&place);
    }
}

/// The example dossier.
pub fn example() -> Dossier {
    let bytes = include_bytes!("../../fixtures/dossiers/voorbeeld.ron");
    Dossier::read("voorbeeld.ron", bytes).expect("fixture")
}

/// The example dossier with this surname.
pub fn named(surname: &str) -> Dossier {
    let mut dossier = example();
    dossier.client.person.surname = surname.to_owned();
    dossier
}

pub fn id() -> DossierId {
    Register::new_id().expect("an id")
}

/// A save of a dossier that follows no other.
pub fn new_save(id: DossierId, base: Base, dossier: &Dossier) -> Save<'_> {
    Save {
        id,
        base,
        dossier,
        token: Register::new_id().expect("a token"),
        follows: None,
    }
}

/// What work on this revision of a dossier stands on.
pub fn based(register: &mut Register, id: DossierId, revision: i64) -> Base {
    if revision == 0 {
        return Base::NEW;
    }
    let loaded = register.peek(id, Some(revision));
    loaded.expect("there").base()
}

/// Saves a dossier that must not have changed.
pub fn save(register: &mut Register, id: DossierId, base: i64, dossier: &Dossier) -> i64 {
    let save = new_save(id, based(register, id, base), dossier);
    match register.save(&save, at(base)).expect("saves") {
        Saved::Done { revision } => revision,
        Saved::Changed { current } => panic!("changed: {current}"),
    }
}

/// Damages every access to a register in a file, so that nobody unlocks it any more and the rest still tells.
pub fn damage_slots(path: &Path) {
    let file = rusqlite::Connection::open(path).expect("opens");
    file.execute_batch("UPDATE slot SET sealed = zeroblob(64)")
        .expect("damaged");
}

/// Destroys a dossier as it stands now, because the client asks.
pub fn destroy(register: &mut Register, id: DossierId, now: Timestamp) {
    let seen = register.peek(id, None).expect("there").base();
    let done = register.destroy(id, seen, Ground::Request, now);
    assert_eq!(done, Ok(Destroyed::Done));
}

/// Puts a whole backup back; answers the backup of the state before.
pub fn put_back(register: &mut Register, backup: &Path, folder: &Path, now: Timestamp) -> Backup {
    let done = register.restore(backup, folder, Damage::Refused, now);
    match done.expect("put back") {
        Restored::Done { before, checked } => {
            assert_eq!(checked.faults, []);
            before
        }
        Restored::Damaged(checked) => panic!("{checked:?}"),
    }
}

/// The program's own data, with articles for Leiden.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(library_with_articles)
}

/// A decision that is to become definitive on a day, with a letter that prints nothing of an example.
pub fn deciding(save: Save<'_>, today: Date) -> Deciding<'_> {
    Deciding {
        save,
        library: library(),
        printed: Status::Established,
        today,
    }
}
