//! Copying a register as a whole, into a file or into another register: table by table, of whatever format.
//!
//! It must not know when a copy is made, or what it is for.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::failure::{Failure, Kind};
use super::progress::Progress;
use super::seal::{digest, random};
use super::store::{
    Address, Cell, Database, FORMAT, REGISTER, Row, Steps, Store, TABLES, Table, Value, folder_of,
    one,
};
use crate::document::Hex;

/// The beginning of a name that is not finished yet.
const UNFINISHED: &str = ".maatwerk-in-aanbouw-";
/// The end of it, where it is already in its folder.
const CARRIED: &str = ".deel";

/// How many rows the tables have, and the sum of their fingerprints: two registers with the same are the same, whatever the
/// order of the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    rows: BTreeMap<&'static str, usize>,
    sum: [u8; 32],
}

impl Tally {
    /// How many rows a table has.
    pub(super) fn of(&self, table: &str) -> usize {
        self.rows.get(table).copied().unwrap_or(0)
    }

    fn add(&mut self, table: &'static str, cells: &[Cell]) {
        let rows = self.rows.entry(table).or_default();
        *rows = rows.saturating_add(1);
        let pieces = cells.iter().map(|cell| match cell {
            Cell::Null => Vec::new(),
            Cell::Int(value) => value.to_be_bytes().to_vec(),
            Cell::Text(value) => value.clone().into_bytes(),
            Cell::Bytes(value) => value.clone(),
        });
        let pieces: Vec<Vec<u8>> = std::iter::once(table.as_bytes().to_vec())
            .chain(pieces)
            .collect();
        let pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        for (sum, byte) in self.sum.iter_mut().zip(digest(&pieces)) {
            *sum ^= byte;
        }
    }
}

/// The tables of a format that are copied: all but the leases.
fn copied(format: i64) -> impl Iterator<Item = &'static Table> {
    TABLES
        .iter()
        .filter(move |(table, since, _)| *since <= format && *table != "lease")
}

/// Hands every row of the tables of a format to `each`; tells how far it is, and stops where that is asked.
fn walk(
    database: &mut dyn Database,
    format: i64,
    progress: &Progress,
    each: &mut dyn FnMut(&'static Table, Vec<Cell>) -> Result<(), Failure>,
) -> Result<Tally, Failure> {
    let mut total = 0_usize;
    for (table, ..) in copied(format) {
        let count = format!("SELECT count(*) FROM {table}");
        let count = one(database, &count, &[], Row::int)?.unwrap_or(0);
        total = total.saturating_add(usize::try_from(count).unwrap_or(0));
    }
    progress.begin(total);
    let mut tally = Tally::default();
    for table in copied(format) {
        let (name, _, columns) = table;
        let rows = format!("SELECT {} FROM {name}", columns.join(", "));
        database.walk(&rows, &[], &mut |row| {
            progress.step()?;
            let cells: Vec<Cell> = row.rest().collect();
            tally.add(name, &cells);
            each(table, cells)
        })?;
    }
    Ok(tally)
}

/// What the tables of a format hold, to be held against what was copied.
pub(super) fn tally(
    database: &mut dyn Database,
    format: i64,
    progress: &Progress,
) -> Result<Tally, Failure> {
    walk(database, format, progress, &mut |_, _| Ok(()))
}

/// Copies all tables of a format but the leases into empty ones. Answers what was copied.
pub(super) fn copy(
    from: &mut dyn Database,
    to: &mut dyn Database,
    format: i64,
    progress: &Progress,
) -> Result<Tally, Failure> {
    walk(from, format, progress, &mut |(table, _, columns), cells| {
        let places: Vec<String> = (1..=columns.len())
            .map(|place| format!("${place}"))
            .collect();
        let insert = format!(
            "INSERT INTO {table} ({}) VALUES ({})",
            columns.join(", "),
            places.join(", ")
        );
        let values: Option<Vec<Value<'_>>> = cells
            .iter()
            .map(|cell| match cell {
                Cell::Int(value) => Some(Value::Int(*value)),
                Cell::Text(value) => Some(Value::Text(value)),
                Cell::Bytes(value) => Some(Value::Bytes(value)),
                Cell::Null => None,
            })
            .collect();
        let values = values.ok_or_else(|| Failure::damaged("een rij in het register"))?;
        to.execute(&insert, &values).map(drop)
    })
}

/// The steps that lead to a format.
fn upto(format: i64) -> Steps {
    let count = REGISTER.iter().filter(|(step, _)| *step <= format).count();
    REGISTER.get(..count).unwrap_or_default()
}

/// Takes the steps to the format of now, in the transaction that is running; another program may have done it meanwhile.
pub(super) fn bring_up(database: &mut dyn Database) -> Result<(), Failure> {
    let format = database.format()?.unwrap_or(FORMAT);
    Store::migrate(database, REGISTER, format)?;
    let statement = "UPDATE register SET format = $1";
    database.execute(statement, &[Value::Int(FORMAT)]).map(drop)
}

pub(super) fn unwritable(path: &Path) -> Failure {
    Failure::new(
        Kind::Failed,
        "de reservekopie is niet te schrijven",
        "Kies een andere map, of maak ruimte vrij.",
    )
    .at(path.display().to_string())
}

/// The same, where the disk says why.
pub(super) fn refused(folder: &Path, error: &io::Error) -> Failure {
    use io::ErrorKind as Of;
    let (kind, message, hint) = match error.kind() {
        Of::StorageFull | Of::QuotaExceeded | Of::FileTooLarge => return full(folder),
        Of::PermissionDenied | Of::ReadOnlyFilesystem => (
            Kind::ReadOnly,
            "in de map voor reservekopieën mag u niet schrijven",
            "Kies een andere map, of vraag de beheerder om schrijfrechten.",
        ),
        Of::NotFound
        | Of::NotADirectory
        | Of::StaleNetworkFileHandle
        | Of::HostUnreachable
        | Of::NetworkUnreachable
        | Of::NetworkDown => (
            Kind::Nowhere,
            "de map voor reservekopieën is er niet",
            "Sluit de schijf of de netwerkmap weer aan, maak de map, of kies een andere map.",
        ),
        _ => return unwritable(folder),
    };
    Failure::new(kind, message, hint).at(folder.display().to_string())
}

fn full(folder: &Path) -> Failure {
    Failure::new(
        Kind::Full,
        "er is geen ruimte meer voor een reservekopie",
        "Maak ruimte vrij op deze schijf, of kies een andere map.",
    )
    .at(folder.display().to_string())
}

fn stopped() -> Failure {
    Failure::new(
        Kind::Stopped,
        "de reservekopie is gestopt voordat zij klaar was, en er is niets van blijven staan",
        "Begin opnieuw als u haar wel wilt.",
    )
}

/// Writes a copy of a register of a format to a file that is not there yet: whole, or not at all, also when it is stopped.
/// The database is made on this computer and then carried to its place as a file, because that may be in a folder of the
/// network.
pub(super) fn copy_to(
    store: &mut Store,
    target: &Path,
    format: i64,
    progress: &Progress,
) -> Result<(), Failure> {
    let folder = folder_of(target);
    let workplace = store.workplace(folder);
    let name = format!("{UNFINISHED}{}", Hex(random::<8>()?));
    let made = workplace.join(&name);
    let carried = folder.join(format!("{name}{CARRIED}"));
    let done = make_copy(store, &made, format, progress)
        .map_err(|failure| match failure.kind {
            Kind::Full => full(&workplace),
            Kind::Stopped => stopped(),
            _ => failure,
        })
        .and_then(|()| {
            carry(&made, &carried, progress)
                .and_then(|()| fs::rename(&carried, target))
                .map_err(|error| match error.kind() {
                    io::ErrorKind::Interrupted => stopped(),
                    _ => refused(folder, &error),
                })
        });
    if done.is_ok() {
        // The new name must be on the disk as well. A folder that cannot be flushed is no failure.
        let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    for end in ["", "-wal", "-shm"] {
        let mut name = made.clone().into_os_string();
        name.push(end);
        let _ = fs::remove_file(name);
    }
    let _ = fs::remove_file(carried);
    done
}

/// Makes the database of a copy, on this computer, and looks whether it is whole.
fn make_copy(
    store: &mut Store,
    made: &Path,
    format: i64,
    progress: &Progress,
) -> Result<(), Failure> {
    let mut file = Store::connect(&Address::File(made.to_owned()), true)?;
    store.read(|from| {
        file.write(|to| {
            Store::migrate(to, upto(format), 0)?;
            copy(from, to, format, progress).map(drop)
        })
    })?;
    file.scrub()?;
    match file.faults()?.first() {
        None => Ok(()),
        Some(_) => Err(unwritable(made)),
    }
}

/// Copies a file to one that its owner alone can read, down to the disk, unless somebody stops it.
fn carry(made: &Path, carried: &Path, progress: &Progress) -> io::Result<()> {
    let mut from = fs::File::open(made)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut to = options.open(carried)?;
    // So that another program that tidies up sees that somebody writes it. Not every disk knows locks.
    let _ = to.try_lock();
    let mut room = vec![0; 1 << 20];
    let mut length = 0_u64;
    loop {
        if progress.is_stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let count = from.read(&mut room)?;
        let Some(piece) = room.get(..count).filter(|piece| !piece.is_empty()) else {
            break;
        };
        to.write_all(piece)?;
        length = length.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
    }
    to.sync_all()?;
    if to.metadata()?.len() == length {
        Ok(())
    } else {
        Err(io::ErrorKind::WriteZero.into())
    }
}

/// Takes away what a backup that was cut off left behind in this folder.
pub(super) fn tidy(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if !name.starts_with(UNFINISHED) {
            continue;
        }
        // One that another program writes just now is not left behind.
        let is_held = name.ends_with(CARRIED)
            && fs::File::open(entry.path())
                .is_ok_and(|file| matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)));
        if !is_held {
            let _ = fs::remove_file(entry.path());
        }
    }
}
