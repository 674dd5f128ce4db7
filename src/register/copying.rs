//! Copying a register as a whole, into a file or into another register: table by table, of whatever format.
//!
//! It must not know when a copy is made, or what it is for.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use super::failure::{Failure, Kind};
use super::seal::random;
use super::store::{
    Address, Cell, Database, FORMAT, REGISTER, Steps, Store, TABLES, Value, folder_of,
};
use crate::document::Hex;

/// The beginning of a name that is not finished yet.
const UNFINISHED: &str = ".maatwerk-in-aanbouw-";
/// The end of it, where it is already in its folder.
const CARRIED: &str = ".deel";

/// Copies all tables of a format but the leases into empty ones.
pub(super) fn copy(
    from: &mut dyn Database,
    to: &mut dyn Database,
    format: i64,
) -> Result<(), Failure> {
    let there = TABLES
        .iter()
        .filter(|(table, since, _)| *since <= format && *table != "lease");
    for (table, _, columns) in there {
        let names = columns.join(", ");
        let places: Vec<String> = (1..=columns.len())
            .map(|place| format!("${place}"))
            .collect();
        let insert = format!(
            "INSERT INTO {table} ({names}) VALUES ({})",
            places.join(", ")
        );
        from.walk(&format!("SELECT {names} FROM {table}"), &[], &mut |row| {
            let cells: Vec<Cell> = row.rest().collect();
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
        })?;
    }
    Ok(())
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

/// Writes a copy of a register of a format to a file that is not there yet: whole, or not at all. The database is made on
/// this computer and then carried to its place as a file, because that may be in a folder of the network.
pub(super) fn copy_to(store: &mut Store, target: &Path, format: i64) -> Result<(), Failure> {
    let folder = folder_of(target);
    let workplace = store.workplace(folder);
    let name = format!("{UNFINISHED}{}", Hex(random::<8>()?));
    let made = workplace.join(&name);
    let carried = folder.join(format!("{name}{CARRIED}"));
    let done = make_copy(store, &made, format)
        .map_err(|failure| match failure.kind {
            Kind::Full => full(&workplace),
            _ => failure,
        })
        .and_then(|()| {
            carry(&made, &carried)
                .and_then(|()| fs::rename(&carried, target))
                .map_err(|error| refused(folder, &error))
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
fn make_copy(store: &mut Store, made: &Path, format: i64) -> Result<(), Failure> {
    let mut file = Store::connect(&Address::File(made.to_owned()), true)?;
    store.read(|from| {
        file.write(|to| {
            Store::migrate(to, upto(format), 0)?;
            copy(from, to, format)
        })
    })?;
    file.scrub()?;
    match file.faults()?.first() {
        None => Ok(()),
        Some(_) => Err(unwritable(made)),
    }
}

/// Copies a file to one that its owner alone can read, down to the disk.
fn carry(made: &Path, carried: &Path) -> io::Result<()> {
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
