//! A backup in the place of a register in a file that is damaged or gone: which there are, and the swap.
//!
//! All of it is done before anybody unlocks, so nothing here can read what is sealed, or write in the log: a mark stays
//! behind, and whoever unlocks first has it become a line. A register that opens and is whole gives way to nothing here.
//! Work that was not saved lies in the journal, under the id of the register, which a backup keeps: it is offered again
//! afterwards.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use super::audit;
use super::backup::{BACKUP_WEEKS, Backup, all_backups, backups, sound, stamp, stamp_read};
use super::copying::{bring_up, copy_to, unwritable};
use super::failure::{Failure, Kind};
use super::keys::Role;
use super::marks::{self, Mark};
use super::moving::settle;
use super::progress::Progress;
use super::restore::{Since, seen_in};
use super::session::Register;
use super::store::{Address, Database, Row, Store, all, folder_of, is_held, one};

/// What stands behind the stamp in the name of a damaged file that was put aside.
const DAMAGED: &str = ".beschadigd";

/// A backup, as it is offered where no register opens, with what can be seen of it without a passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spare {
    /// When it was made.
    pub at: Timestamp,
    /// The file.
    pub path: PathBuf,
    /// How many dossiers it has; nothing if it does not open.
    pub dossiers: Option<usize>,
    /// Who can unlock it.
    pub people: Vec<String>,
}

/// The backups in a folder, of whatever register, newest first.
pub fn spares(folder: &Path) -> Vec<Spare> {
    let backups = all_backups(folder).into_iter().rev();
    backups
        .map(|(_, Backup { at, path })| {
            let (dossiers, people) = seen(&path).unzip();
            Spare {
                at,
                path,
                dossiers,
                people: people.unwrap_or_default(),
            }
        })
        .collect()
}

/// How many dossiers a backup has and who can unlock it; nothing if it does not open.
fn seen(backup: &Path) -> Option<(usize, Vec<String>)> {
    let mut store = Store::backup(backup).ok()?;
    store.format().ok()??;
    let count = "SELECT count(*) FROM dossier";
    let read = store.read(|database| {
        let dossiers = one(database, count, &[], Row::int)?;
        Ok((dossiers, people(database)?))
    });
    let (dossiers, people) = read.ok()?;
    Some((usize::try_from(dossiers?).ok()?, people))
}

/// Who can unlock it with a passphrase.
fn people(database: &mut dyn Database) -> Result<Vec<String>, Failure> {
    let statement = "SELECT name, role FROM slot ORDER BY id";
    let slots = all(database, statement, &[], |row| {
        Ok((row.text()?, row.int()?))
    })?;
    let people = slots.into_iter().filter_map(|(name, role)| {
        let is_person = Role::from_number(role)? != Role::Recovery;
        is_person.then_some(name)
    });
    Ok(people.collect())
}

/// What came of putting a backup in the place of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    /// Where the damaged file is now, if there was one.
    pub aside: Option<PathBuf>,
    /// Who can unlock it now: whoever could when the backup was made.
    pub people: Vec<String>,
}

impl Rescued {
    /// Who comes in again and with what, for whoever has to look whether that is still right.
    pub fn access(&self) -> String {
        format!(
            "Wie erbij mag, is weer zoals toen de kopie werd gemaakt: {}. De wachtzinnen en de herstelsleutel zijn ook die \
             van toen. Mag iemand er niet meer bij? Trek die toegang dan opnieuw in.",
            self.people.join(", ")
        )
    }
}

/// The damaged files that were put aside beside the file of a register, with the moment of that.
fn put_aside(register: &Path) -> Vec<(Timestamp, PathBuf)> {
    let folder = folder_of(register);
    let start = register.with_extension("");
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let found = paths.filter_map(|path| {
        let name = path.file_name()?.to_str()?;
        let rest = name.strip_prefix(start.file_name()?.to_str()?)?;
        let (stamp, end) = rest.strip_prefix('.')?.split_once(DAMAGED)?;
        let at = ["", "-wal", "-shm"]
            .contains(&end)
            .then(|| stamp_read(stamp));
        Some((at??, path))
    });
    found.collect()
}

/// Whether a register in a file opens, and all that can be seen of it without a passphrase is whole. Error: it cannot be
/// told, or it is of another version of the program.
fn is_sound(path: &Path) -> Result<bool, Failure> {
    let opened = Register::open(&Address::from(path));
    let looked = opened.and_then(|mut register| {
        Ok(register.store.faults()?.is_empty() && register.slots_are_whole()?)
    });
    match looked {
        Ok(sound) => Ok(sound),
        Err(failure) => match failure.kind {
            Kind::Missing | Kind::Foreign | Kind::Damaged | Kind::Failed => Ok(false),
            _ => Err(failure),
        },
    }
}

/// The main file of a register, of the one named or of what SQLite keeps beside it.
fn main_file(path: &Path) -> PathBuf {
    let shown = path.to_string_lossy();
    let start = ["-wal", "-shm"]
        .iter()
        .find_map(|end| shown.strip_suffix(end));
    start.map_or_else(|| path.to_owned(), PathBuf::from)
}

impl Register {
    /// Takes away the damaged files that [`Register::rescue`] put aside beside this one, as long after that as a backup is
    /// kept. One that is a whole register after all stays: it may be the only one.
    pub fn drop_put_aside(path: &Path, now: Timestamp) {
        let mut aside = put_aside(path);
        aside.retain(|(at, _)| now.duration_since(*at).as_hours() >= BACKUP_WEEKS * 7 * 24);
        // Each is looked at before anything of it goes.
        aside.retain(|(_, path)| {
            let main = main_file(path);
            !main.exists() || matches!(is_sound(&main), Ok(false))
        });
        for (_, path) in aside {
            // One that cannot be removed now is tried again the next time.
            let _ = fs::remove_file(path);
        }
    }

    /// Puts a backup where a register in a file is damaged or gone. The damaged file is kept beside it, under a name
    /// that this answers. Who may open it is as the backup has it, because without a key nothing else can be vouched for:
    /// [`Rescued::access`] tells that. What else was done since the backup is not in it, but for what may not be undone, as
    /// far as the damaged file and the other backups beside this one still tell it: what was destroyed, and numbers that were
    /// given.
    /// The log says so as of the next unlocking. Errors: the register opens and is whole, or a program has it open.
    pub fn rescue(path: &Path, backup: &Path, now: Timestamp) -> Result<Rescued, Failure> {
        let (mut from, format) = sound(backup, None)?;
        let shown = path.display().to_string();
        if is_sound(path)? {
            return Err(Failure::new(
                Kind::Refused,
                "dit register gaat open en is heel; er is niets vervangen",
                "Open het met uw wachtzin en zet de reservekopie daar terug, of gebruik herstel zonder --beschadigd.",
            )
            .at(shown));
        }
        if is_held(path) {
            return Err(Failure::new(
                Kind::Busy,
                "een ander programma heeft dit register open; er is niets vervangen",
                "Sluit het register overal, en probeer het opnieuw.",
            )
            .at(shown));
        }
        let register = from.read(audit::head)?.register;
        let people = from.read(people)?;
        let mut since = Since::default();
        let others = backups(folder_of(backup), register)
            .into_iter()
            .map(|other| Store::backup(&other.path));
        let damaged = Store::connect(&Address::from(path), false);
        for mut store in std::iter::once(damaged).chain(others).flatten() {
            seen_in(&mut since, &mut store, &register.0);
        }
        let fresh = path.with_extension(format!("{}.nieuw", stamp(now)));
        copy_to(&mut from, &fresh, format, &Progress::default())?;
        let carried = carry_over(&fresh, since, now);
        if carried.is_err() {
            let _ = fs::remove_file(&fresh);
        }
        carried?;
        let mut at = now;
        let aside = loop {
            let aside = path.with_extension(format!("{}{DAMAGED}", stamp(at)));
            if !aside.exists() {
                break aside;
            }
            at = at
                .checked_add(SignedDuration::from_secs(1))
                .map_err(|_| unwritable(path))?;
        };
        let swapped = swap(path, &aside, &fresh);
        if swapped.is_err() {
            // Half of a swap leaves no register, and the backup to begin again with.
            let _ = fs::remove_file(&fresh);
        }
        swapped.map_err(|_| unwritable(path))?;
        let aside = aside.exists().then_some(aside);
        Ok(Rescued { aside, people })
    }
}

impl Register {
    /// Puts a backup where no register is any more and nothing else either: in an empty database on a server. As
    /// [`Register::rescue`], with what may not be undone as far as the other backups beside this one still tell it. Error:
    /// nothing is put there, also where the work was stopped.
    pub fn rescue_to(
        address: &Address,
        backup: &Path,
        progress: &Progress,
        now: Timestamp,
    ) -> Result<Rescued, Failure> {
        let (mut from, format) = sound(backup, None)?;
        let register = from.read(audit::head)?.register;
        let people = from.read(people)?;
        let mut since = Since::default();
        for other in backups(folder_of(backup), register) {
            if let Ok(mut store) = Store::backup(&other.path) {
                seen_in(&mut since, &mut store, &register.0);
            }
        }
        let mut target = Store::connect(address, true)?;
        target.format()?;
        from.read(|from| {
            target.write(|to| {
                settle(from, to, format, progress)?;
                marks::stay(to)?;
                since.carry_over(to)?;
                marks::leave(to, Mark::Rescued, now)
            })
        })?;
        Ok(Rescued {
            aside: None,
            people,
        })
    }
}

/// Brings a fresh copy up to the format of now, and has it know what was done since and that it was put back.
fn carry_over(fresh: &Path, since: Since, now: Timestamp) -> Result<(), Failure> {
    let mut store = Store::connect(&Address::from(fresh), false)?;
    store.write(|database| {
        bring_up(database)?;
        since.carry_over(database)?;
        marks::stay(database)?;
        marks::leave(database, Mark::Rescued, now)
    })?;
    store.scrub()
}

/// Moves a register aside with what SQLite keeps beside it, and a fresh one to its place.
fn swap(path: &Path, aside: &Path, fresh: &Path) -> std::io::Result<()> {
    for end in ["-wal", "-shm", ""] {
        let named = |path: &Path| {
            let mut name = path.as_os_str().to_owned();
            name.push(end);
            PathBuf::from(name)
        };
        if named(path).exists() {
            fs::rename(named(path), named(aside))?;
        }
    }
    fs::rename(fresh, path)
}
