//! The register beside the window: one thread owns it, with the journal of unsaved work, and does what is asked in order.
//!
//! This is what runs on that thread. It knows no screen: a screen asks through [`Desk::ask_register`], and gets its answer
//! on the thread of the window. Nothing that was read with the keys stays here after [`Kept::lock`].
//!
//! [`Desk::ask_register`]: super::app::Desk::ask_register

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use crate::budget::Library;
use crate::document::Problem;
use crate::dossier::Dossier;
use crate::register::{
    Address, DossierId, Effort, Failure, Hex, Journal, Kind, Moved, Offered, Passphrase, Pen,
    Pending, Progress, RecoveryKey, Register, Rescued, Slot, Spare, Work, WorkOf, spares,
};
use crate::settings::{write_backups, write_register};

/// The clock: what time it is.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Where the register of a window is, and what it needs beside it.
#[derive(Clone)]
pub struct Home {
    /// The register itself.
    pub address: Address,
    /// Whether whoever started the program named it: then it holds for this time only.
    pub is_named: bool,
    /// The register of who names none, in the program's own folder, which is made when it is not there.
    pub own: PathBuf,
    /// The settings file, where another place is kept; nothing where the platform has no place for one.
    pub settings: Option<PathBuf>,
    /// The file on this computer for work that is not saved yet.
    pub journal: PathBuf,
    /// The program's own folder on this computer for backups.
    pub backups: PathBuf,
    /// The folder that was chosen for them instead.
    pub chosen_backups: Option<PathBuf>,
    /// How much work one guess of a passphrase takes, for slots that are made here.
    pub effort: Effort,
    /// The clock, for the log and for locking after a while.
    pub clock: Clock,
    /// Where the clock of this computer stands.
    pub zone: TimeZone,
}

impl Home {
    /// The folder in which backups come.
    pub fn backup_folder(&self) -> &Path {
        self.chosen_backups.as_deref().unwrap_or(&self.backups)
    }

    /// Has this written in the settings file.
    fn set(&self, write: impl FnOnce(&Path) -> Result<(), Vec<Problem>>) -> Result<(), Failure> {
        let told = |problem| Failure {
            kind: Kind::Failed,
            problem,
        };
        let Some(file) = &self.settings else {
            let message = "dit systeem heeft geen plaats voor instellingen";
            return Err(told(Problem::error(message)));
        };
        write(file).map_err(|problems| {
            let first = problems.into_iter().next();
            told(first.unwrap_or_else(|| Problem::error("de instelling is niet te schrijven")))
        })
    }
}

/// What stands at the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing yet: a register can be made.
    Nothing,
    /// A register of an older version, to be brought up to date first.
    Older,
    /// A register, locked, with these slots; that of the recovery key is among them.
    Locked(Vec<Slot>),
}

/// The journal of unsaved work, which is written on a thread of its own: however long the register takes, what is typed
/// is kept at once.
pub struct Scribe {
    /// The file on this computer.
    path: PathBuf,
    journal: Option<Journal>,
    /// Of who unlocked.
    pen: Option<Pen>,
}

impl Scribe {
    /// The journal, which is opened or made when it is first needed, with the pen of who works.
    fn parts(&mut self) -> Result<(&mut Journal, Option<&Pen>), Failure> {
        let journal = match self.journal.take() {
            Some(journal) => journal,
            None => Journal::open(&self.path)?,
        };
        Ok((self.journal.insert(journal), self.pen.as_ref()))
    }

    /// Keeps work that is not saved yet; it is on the disk when this returns.
    pub fn keep(&mut self, work: &Work) -> Result<(), Failure> {
        let (journal, pen) = self.parts()?;
        journal.keep_with(pen.ok_or_else(nothing_open)?, work)
    }

    /// Forgets kept work: it was saved, or is not wanted.
    pub fn forget(&mut self, dossier: DossierId) -> Result<(), Failure> {
        let (journal, pen) = self.parts()?;
        journal.done_with(pen.ok_or_else(nothing_open)?, dossier)
    }
}

/// The journal for whichever thread needs it. The register's takes it only to read what was left.
#[derive(Clone)]
pub struct Shared(Arc<Mutex<Scribe>>);

impl Shared {
    /// Waits for the journal; what a job that failed left of it is whole.
    pub fn take(&self) -> MutexGuard<'_, Scribe> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the thread of the register owns.
pub struct Kept {
    home: Home,
    register: Option<Register>,
    journal: Shared,
    /// Whether another place was chosen that does not stand in the settings yet.
    has_moved: bool,
    /// Where the register was before another place was chosen.
    former: Option<Address>,
    /// What products are called.
    library: Arc<Library>,
}

/// What tells a dossier in a file from another, to be kept beside work on it.
pub fn fingerprint(dossier: &Dossier) -> Option<Hex<32>> {
    let text = serde_json::to_vec(dossier).ok()?;
    Some(Hex(Sha256::digest(text).into()))
}

fn nothing_open() -> Failure {
    Failure::new(
        Kind::Denied,
        "er is geen register open",
        "Open het register met uw wachtzin.",
    )
}

impl Kept {
    /// Nothing is open yet.
    pub fn new(home: Home, library: Arc<Library>) -> Self {
        let scribe = Scribe {
            path: home.journal.clone(),
            journal: None,
            pen: None,
        };
        Self {
            home,
            register: None,
            journal: Shared(Arc::new(Mutex::new(scribe))),
            has_moved: false,
            former: None,
            library,
        }
    }

    /// The journal, for a thread of its own.
    pub fn journal(&self) -> Shared {
        self.journal.clone()
    }

    /// From now on the journal writes for who unlocked, if anybody did who may.
    fn hand_pen(&mut self) {
        let pen = self.register.as_ref().map(Pen::of);
        self.journal.take().pen = pen.and_then(Result::ok);
    }

    /// Where everything is.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        (self.home.clock)()
    }

    /// The register, for what a screen asks of it. Error: none is open.
    pub fn register(&mut self) -> Result<&mut Register, Failure> {
        self.register.as_mut().ok_or_else(nothing_open)
    }

    /// Looks what is at the address, and opens it, locked. What was open is closed first.
    pub fn open(&mut self) -> Result<Found, Failure> {
        self.register = None;
        let mut register = match Register::open(&self.home.address) {
            Err(failure) if failure.kind == Kind::Missing => return Ok(Found::Nothing),
            Err(failure) if failure.kind == Kind::Nowhere && self.is_own() => {
                return Ok(Found::Nothing);
            }
            Err(failure) if failure.kind == Kind::Older => return Ok(Found::Older),
            opened => opened?,
        };
        let slots = register.slots()?;
        register.know(Arc::clone(&self.library));
        self.register = Some(register);
        Ok(Found::Locked(slots))
    }

    fn is_own(&self) -> bool {
        matches!(&self.home.address, Address::File(path) if *path == self.home.own)
    }

    /// Looks what is at another place, and goes on there; answers that place too. For a folder that is the register in it.
    /// Error: nothing can be opened or made there, and all is as it was.
    pub fn move_to(&mut self, address: Address) -> Result<(Address, Found), Failure> {
        let address = match address {
            Address::File(path) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                let file = self.home.own.file_name();
                Address::File(match file.filter(|_| path.is_dir()) {
                    Some(file) => path.join(file),
                    None => path,
                })
            }
            server @ Address::Server(_) => server,
        };
        let before = std::mem::replace(&mut self.home.address, address.clone());
        let register = self.register.take();
        match self.open() {
            Ok(found) => {
                self.has_moved = true;
                // From an empty place that was tried first, the register is still where it was before that.
                if register.is_some() {
                    self.former = Some(before);
                }
                Ok((address, found))
            }
            Err(failure) => {
                self.home.address = before;
                self.register = register;
                Err(failure)
            }
        }
    }

    /// Puts all of the register of the place before in this one, where nothing is yet, and opens it, locked. Error: nothing is
    /// here, and the one before stays as it was.
    pub fn bring(&mut self, progress: &Progress) -> Result<(Moved, Found), Failure> {
        let former = self.former.as_ref().ok_or_else(nothing_open)?;
        let moved = Register::relocate(former, &self.home.address, progress, self.now())?;
        Ok((moved, self.open()?))
    }

    /// Keeps the place that was chosen in the settings, once a register stands there.
    pub fn keep_place(&mut self) -> Result<(), Failure> {
        if !std::mem::take(&mut self.has_moved) {
            return Ok(());
        }
        let address = &self.home.address;
        self.home.set(|file| write_register(file, address))
    }

    /// Has the backups come in this folder from now on, and keeps that in the settings. Error: it is not kept, and all is as
    /// it was.
    pub fn keep_backups_in(&mut self, folder: PathBuf) -> Result<(), Failure> {
        self.home.set(|file| write_backups(file, &folder))?;
        self.home.chosen_backups = Some(folder);
        Ok(())
    }

    /// The backups that can take the place of a register that does not open: none for one on a server.
    pub fn spares(&self) -> Vec<Spare> {
        match self.home.address {
            Address::File(_) => {
                let home = &self.home;
                let folders = home.chosen_backups.iter().chain([&home.backups]);
                let mut found: Vec<Spare> = folders.flat_map(|folder| spares(folder)).collect();
                found.sort_by_key(|spare| Reverse(spare.at));
                found.dedup_by(|spare, other| spare.path == other.path);
                found
            }
            Address::Server(_) => Vec::new(),
        }
    }

    /// Puts a backup in the place of a register that is damaged or gone, and opens it, locked. Answers what came
    /// of that.
    pub fn rescue(&mut self, backup: &Path) -> Result<(Rescued, Found), Failure> {
        let Address::File(path) = &self.home.address else {
            return Err(Failure::new(
                Kind::Refused,
                "alleen een register in een bestand is zo te vervangen",
                "Vraag de beheerder om de database op de server te herstellen.",
            ));
        };
        // A file that is open cannot be moved everywhere.
        self.register = None;
        let rescued = Register::rescue(path, backup, (self.home.clock)());
        let found = self.open();
        Ok((rescued?, found?))
    }

    /// Makes a register at the address, unlocked; answers the slot of who made it, and the recovery key.
    pub fn found(
        &mut self,
        name: &str,
        passphrase: &Passphrase,
    ) -> Result<(Slot, RecoveryKey), Failure> {
        let now = self.now();
        let Home {
            address, effort, ..
        } = &self.home;
        let mut founded = Register::found(address, name, passphrase, *effort, now)?;
        founded.register.know(Arc::clone(&self.library));
        let slot = founded.register.slot().cloned().ok_or_else(nothing_open)?;
        self.register = Some(founded.register);
        self.hand_pen();
        Ok((slot, founded.recovery))
    }

    /// Brings an older register up to date after a backup, and opens it, locked.
    pub fn upgrade(&mut self) -> Result<Found, Failure> {
        let now = self.now();
        Register::upgrade(&self.home.address, &self.home.backups, now)?;
        self.open()
    }

    /// Unlocks with a passphrase; answers the slot.
    pub fn unlock(&mut self, name: &str, passphrase: &Passphrase) -> Result<Slot, Failure> {
        let now = self.now();
        let register = self.register()?;
        register.unlock(name, passphrase, now)?;
        let slot = register.slot().cloned();
        self.hand_pen();
        slot.ok_or_else(nothing_open)
    }

    /// Whether this passphrase opens the register, which stays unlocked as it is. Error: it does not.
    pub fn verify(&self, name: &str, passphrase: &Passphrase) -> Result<(), Failure> {
        // Unlocking anew would give up the leases of the session that there is.
        Register::open(&self.home.address)?.unlock(name, passphrase, self.now())
    }

    /// Unlocks with the recovery key, gives the slot of this name another passphrase, and goes on with that slot.
    pub fn recover(
        &mut self,
        key: &RecoveryKey,
        name: &str,
        passphrase: &Passphrase,
    ) -> Result<Slot, Failure> {
        let (now, effort) = (self.now(), self.home.effort);
        let register = self.register()?;
        register.recover(key, now)?;
        let given = register.give_passphrase(name, passphrase, effort, now);
        register.lock();
        given?;
        self.unlock(name, passphrase)
    }

    /// Forgets the keys and all that was read with them; answers the slots.
    pub fn lock(&mut self) -> Result<Vec<Slot>, Failure> {
        let register = self.register()?;
        // A lease that stays lapses by itself.
        let _ = register.release_others(None);
        register.lock();
        let slots = register.slots();
        self.hand_pen();
        slots
    }

    /// Closes a register of which the file was replaced, and looks what stands there now, locked.
    pub fn reopen(&mut self) -> Result<Found, Failure> {
        self.register = None;
        self.hand_pen();
        self.open()
    }

    /// Does this with the journal and what of it is to be offered. The journal is not held while the register is asked: a
    /// server may take long, and what is typed meanwhile is kept.
    fn with_offered<T>(
        &mut self,
        work: impl FnOnce(&mut Journal, Offered) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let register = self.register.as_mut().ok_or_else(nothing_open)?;
        let asked = WorkOf::of(register)?;
        let rows = self.journal.take().parts()?.0.look(&asked)?;
        let offered = rows.sort_out(register);
        work(self.journal.take().parts()?.0, offered)
    }

    /// Forgets kept work: what was done took it in.
    pub fn forget(&mut self, dossier: DossierId) -> Result<(), Failure> {
        self.journal.take().forget(dossier)
    }

    /// Throws away work that was left unsaved.
    pub fn discard(&mut self, dossier: DossierId) -> Result<(), Failure> {
        self.with_offered(|journal, offered| journal.discard_of(offered, dossier))
    }

    /// The work on a dossier that was left unsaved, to go on with.
    pub fn take_up(&mut self, dossier: DossierId) -> Result<Option<Work>, Failure> {
        self.with_offered(|journal, offered| journal.take_up_of(offered, dossier))
    }

    /// The work that was left unsaved.
    pub fn pending(&mut self) -> Result<Vec<Pending>, Failure> {
        self.with_offered(Journal::pending_of)
    }
}
