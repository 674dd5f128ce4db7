//! What can be seen of a file before SQLite opens it: that it is there, whole, ours to read and write, and on this computer.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::place::must_be_local;
use super::sqlite::Purpose;
use super::{explain, folder_of};
use crate::register::failure::{Failure, Kind};

/// What can be seen without SQLite: no folder, a network folder, another file, half a file.
pub(super) fn look(path: &Path, purpose: Purpose, create: bool) -> Result<(), Failure> {
    let told = |kind, message: &str, hint: &str| Err(Failure::new(kind, message, hint));
    let folder = folder_of(path);
    if create && !folder.exists() {
        make_folder(folder);
    }
    match fs::metadata(folder) {
        Ok(about) if about.is_dir() => {}
        Err(error) if !is_absent(&error) => return Err(explain::of_disk("deze map", &error)),
        _ => {
            return told(
                Kind::Nowhere,
                "de map voor het register bestaat niet",
                "Kijk of de plaats klopt, maak de map, of kies een andere plaats.",
            );
        }
    }
    // A backup is only read, so it may be anywhere.
    if purpose != Purpose::Backup {
        must_be_local(folder)?;
    }
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if !is_absent(&error) => return Err(unread(&error)),
        Err(_) if create => return make(path),
        Err(_) => {
            return told(
                Kind::Missing,
                "hier is geen register",
                "Kijk of de plaats klopt, of maak een nieuw register.",
            );
        }
    };
    if about.is_dir() {
        return told(
            Kind::Foreign,
            "op deze plaats staat een map, geen bestand",
            "Noem het bestand in die map, of kies een andere naam.",
        );
    }
    if !about.is_file() {
        return told(
            Kind::Foreign,
            "op deze plaats staat een apparaat of verbinding, geen bestand",
            "Kies een gewoon bestand op een schijf.",
        );
    }
    if purpose != Purpose::Backup && about.permissions().readonly() {
        return told(
            Kind::ReadOnly,
            "het register is tegen schrijven beveiligd",
            "Haal de beveiliging van het bestand, of vraag de beheerder.",
        );
    }
    if about.len() == 0 {
        // An empty file is what a creation that was cut off leaves behind.
        return if create {
            Ok(())
        } else {
            told(
                Kind::Damaged,
                "het register is een leeg bestand",
                "Zet een reservekopie terug, of maak een nieuw register.",
            )
        };
    }
    let mut start = [0_u8; 100];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    let is_short = match read {
        Ok(()) => false,
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => true,
        Err(error) => return Err(unread(&error)),
    };
    if is_short || !start.starts_with(b"SQLite format 3\0") {
        return told(
            Kind::Foreign,
            "dit bestand is geen register van maatwerk",
            "Kies een ander bestand. Een los dossier opent u met Openen.",
        );
    }
    let number = |from: usize, length: usize| {
        let bytes = start.get(from..from.saturating_add(length));
        bytes
            .unwrap_or_default()
            .iter()
            .fold(0_u64, |sum, byte| sum.wrapping_shl(8) | u64::from(*byte))
    };
    let page = match number(16, 2) {
        1 => 65_536,
        size => size,
    };
    // With a log beside it the file itself may lag behind.
    let log = fs::metadata(beside(path, "-wal")).is_ok_and(|about| about.len() > 0);
    if log && purpose == Purpose::Backup {
        return told(
            Kind::Refused,
            "deze kopie is niet afgesloten: wat het laatst is gewijzigd, staat nog in het bestand op -wal ernaast",
            "Zet beide bestanden samen in een map op deze computer, en open ze daar een keer als register.",
        );
    }
    if !log && about.len() < page.saturating_mul(number(28, 4)) {
        return told(
            Kind::Damaged,
            "dit register is maar half gekopieerd: er ontbreekt een stuk aan het eind",
            "Kopieer het opnieuw terwijl het programma gesloten is, of zet een reservekopie terug.",
        );
    }
    Ok(())
}

/// Whether an error says that there is nothing.
fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory)
}

fn unread(error: &io::Error) -> Failure {
    explain::of_disk("dit bestand", error)
}

/// A path as an address for SQLite, with the word that has it read a file that nobody changes: no lock, and nothing beside it.
pub(super) fn unchanging(path: &Path) -> Result<String, Failure> {
    let path = std::path::absolute(path).map_err(|error| unread(&error))?;
    let bytes = path.as_os_str().as_encoded_bytes();
    let mut address = "file://".to_owned();
    // Of Windows: a letter of a drive comes behind a stroke, a server behind two of its own.
    if cfg!(windows) && !bytes.starts_with(b"\\\\") {
        address.push('/');
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'/' | b':' | b'.' | b'-' | b'_' => address.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(*byte)),
            byte => {
                // A text takes everything.
                let _ = write!(address, "%{byte:02X}");
            }
        }
    }
    address.push_str("?immutable=1");
    Ok(address)
}

/// The file that SQLite keeps beside its database.
fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

/// A folder that its owner alone can read. What goes wrong is told by who looks for it next.
fn make_folder(folder: &Path) {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let _ = builder.create(folder);
}

/// An empty file that its owner alone can read; SQLite gives the files beside it the same mode.
fn make(path: &Path) -> Result<(), Failure> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|_| {
        Failure::new(
            Kind::Denied,
            "hier kan geen register worden gemaakt",
            "Kies een map waarin u mag schrijven.",
        )
    })
}
