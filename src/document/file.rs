//! Files read with a limit and written whole or not at all.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::Problem;
use super::reading::too_large;

/// The bytes of a file of at most `limit` bytes; nothing is read of a larger one. Anything but a plain file is refused.
///
/// The problem says in Dutch what stands in the way: no such file, a folder, no permission.
pub fn read_file(path: &Path, limit: usize) -> Result<Vec<u8>, Problem> {
    let name = path.display().to_string();
    let failed = |error: io::Error| explain(&error, path, "gelezen");
    let about = fs::metadata(path).map_err(failed)?;
    if about.is_dir() {
        return Err(Problem::error("dit is een map, geen bestand")
            .hint("Kies een bestand in deze map.")
            .in_file(name));
    }
    if !about.is_file() {
        return Err(Problem::error("dit is geen gewoon bestand")
            .hint("Kies een bestand op de schijf.")
            .in_file(name));
    }
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    if about.len() > most {
        return Err(too_large(limit).in_file(name));
    }
    let mut bytes = Vec::new();
    // The file may grow while it is read: never take more than one byte over the limit.
    File::open(path)
        .and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() > limit {
        return Err(too_large(limit).in_file(name));
    }
    Ok(bytes)
}

/// Writes a file so that a crash or a power cut leaves the old content or the new, never a mix.
///
/// The bytes go to a temporary file in the same folder (`.maatwerk-….tmp`, removed again on failure; one that a killed
/// program left is removed by the next save in that folder), are flushed to the disk, and take the place of the target in one rename; the target is never removed first. On Unix the folder is
/// flushed too. A new file can be read by its owner alone (mode 0600); an existing one keeps its mode; a link keeps
/// pointing where it points. A target that is protected against writing is refused. On Windows a file that another
/// program has open is tried again for about a second.
///
/// The problem says in Dutch what stood in the way and what to do; the old file is then unchanged.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    write_atomic_by(path, |file| {
        file.write_all(bytes)
            .map_err(|error| explain(&error, path, "opgeslagen"))
    })
}

/// Writes a file that is not there yet, as any file of the user: its folder says who may read it.
/// Error: there is one already, or what stood in the way.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    let written = made.and_then(|mut file| file.write_all(bytes));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Problem::error("er staat al een bestand met deze naam")
            .hint("Kies een andere plaats.")
            .in_file(path.display().to_string()),
        _ => explain(&error, path, "opgeslagen"),
    })
}

/// As [`write_atomic`], for a content too large to have in memory: `fill` writes it, and its problem leaves the old file
/// unchanged.
pub fn write_atomic_by(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let failed = |error: io::Error| explain(&error, path, "opgeslagen");
    let target = resolve(path).map_err(failed)?;
    let existing = match fs::metadata(&target) {
        Ok(about) => Some(about),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if let Some(about) = &existing {
        if about.is_dir() {
            return Err(refused(
                path,
                "op deze plaats staat een map met dezelfde naam",
                "Kies een andere naam.",
            ));
        }
        if !about.is_file() {
            return Err(refused(
                path,
                "op deze plaats staat geen gewoon bestand",
                "Kies een andere naam.",
            ));
        }
        if about.permissions().readonly() {
            return Err(refused(
                path,
                "het bestand is tegen schrijven beveiligd",
                "Sla het op onder een andere naam, of haal de beveiliging weg.",
            ));
        }
    }
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    remove_left_over(folder);
    let mut temporary = held(folder).map_err(failed)?;
    fill(temporary.as_file_mut())?;
    temporary.as_file().sync_all().map_err(failed)?;
    if let Some(about) = existing {
        temporary
            .as_file()
            .set_permissions(about.permissions())
            .map_err(failed)?;
    }
    put_in_place(temporary, &target).map_err(failed)?;
    flush_folder(folder).map_err(|_| {
        refused(
            path,
            "het bestand is geschreven, maar de schijf heeft dat niet bevestigd",
            "Sla voor de zekerheid nog eens op.",
        )
    })
}

/// How the name of a file that is being written begins and ends.
const TEMPORARY: (&str, &str) = (".maatwerk-", ".tmp");

/// A new file to write in, held by a lock for as long as it is open, so that no other save takes it for left over. One
/// that is taken away before the lock holds is made again. Where a file system has no locks, nobody removes anything.
fn held(folder: &Path) -> io::Result<NamedTempFile> {
    for _ in 0..16 {
        let file = tempfile::Builder::new()
            .prefix(TEMPORARY.0)
            .suffix(TEMPORARY.1)
            .tempfile_in(folder)?;
        let is_taken = matches!(file.as_file().try_lock(), Err(TryLockError::WouldBlock));
        if !is_taken && file.path().try_exists()? {
            return Ok(file);
        }
    }
    Err(ErrorKind::ResourceBusy.into())
}

/// Removes what a program that was killed while it saved has left. Who still writes holds a lock on it, and a file
/// system without locks lets nothing be removed. What does not succeed is left for the next time: the save goes on.
fn remove_left_over(folder: &Path) {
    let Ok(files) = fs::read_dir(folder) else {
        return;
    };
    for file in files.flatten() {
        let name = file.file_name();
        let ours = (name.to_str())
            .is_some_and(|name| name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1));
        let is_file = file.file_type().is_ok_and(|kind| kind.is_file());
        if ours
            && is_file
            && let Ok(opened) = File::options().write(true).open(file.path())
            && opened.try_lock().is_ok()
        {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// The file itself where the path is a link to it.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => fs::canonicalize(path),
        _ => Ok(path.to_owned()),
    }
}

#[cfg(not(windows))]
fn put_in_place(temporary: NamedTempFile, target: &Path) -> io::Result<()> {
    temporary
        .persist(target)
        .map(drop)
        .map_err(|error| error.error)
}

/// On Windows a virus scanner or another program may hold the target for a moment: access denied (5) and sharing
/// violation (32) are tried again, seven times with growing pauses, 1.3 seconds in all.
#[cfg(windows)]
#[expect(
    clippy::disallowed_methods,
    reason = "Windows gives no sign when another program lets go of a file"
)]
fn put_in_place(mut temporary: NamedTempFile, target: &Path) -> io::Result<()> {
    let mut pause = std::time::Duration::from_millis(10);
    for _ in 0..7 {
        match temporary.persist(target) {
            Ok(_) => return Ok(()),
            Err(error) if matches!(error.error.raw_os_error(), Some(5 | 32)) => {
                temporary = error.file;
                std::thread::sleep(pause);
                pause = pause.saturating_mul(2);
            }
            Err(error) => return Err(error.error),
        }
    }
    temporary
        .persist(target)
        .map(drop)
        .map_err(|error| error.error)
}

/// Has the disk confirm the new name. Some network file systems cannot do that for a folder; that is no failure.
#[cfg(unix)]
fn flush_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

#[cfg(not(unix))]
fn flush_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn refused(path: &Path, message: &str, hint: &str) -> Problem {
    Problem::error(message)
        .hint(hint)
        .in_file(path.display().to_string())
}

/// An error of the system in Dutch; `deed` is what could not be done ("gelezen", "opgeslagen").
fn explain(error: &io::Error, path: &Path, deed: &str) -> Problem {
    let missing_folder = error.kind() == ErrorKind::NotFound && deed == "opgeslagen";
    let (message, hint) = match error.kind() {
        ErrorKind::NotFound if missing_folder => (
            "de map voor dit bestand bestaat niet",
            "Maak de map aan of kies een andere plaats.",
        ),
        ErrorKind::NotFound => (
            "het bestand bestaat niet",
            "Kijk of de naam en de map kloppen.",
        ),
        ErrorKind::PermissionDenied if deed == "opgeslagen" => (
            "u mag in deze map niet schrijven, of een ander programma heeft het bestand open",
            "Sla het op in een andere map of sluit het andere programma.",
        ),
        ErrorKind::PermissionDenied => (
            "u mag dit bestand niet lezen",
            "Vraag de beheerder om toegang.",
        ),
        ErrorKind::ReadOnlyFilesystem => (
            "op deze schijf kan niet worden geschreven",
            "Kies een andere plaats.",
        ),
        ErrorKind::StorageFull => (
            "de schijf is vol",
            "Maak ruimte vrij of kies een andere plaats.",
        ),
        ErrorKind::QuotaExceeded => (
            "uw ruimte op deze schijf is op",
            "Maak ruimte vrij of kies een andere plaats.",
        ),
        ErrorKind::FileTooLarge => (
            "het bestand is te groot voor deze schijf",
            "Kies een andere plaats.",
        ),
        ErrorKind::NotADirectory => (
            "een deel van deze plaats is geen map",
            "Kijk of de map klopt.",
        ),
        ErrorKind::IsADirectory => ("dit is een map, geen bestand", "Kies een bestand."),
        _ if cfg!(windows) && error.raw_os_error() == Some(32) => (
            "een ander programma heeft het bestand open",
            "Sluit het andere programma en probeer het opnieuw.",
        ),
        ErrorKind::InvalidFilename => (
            "deze bestandsnaam kan niet",
            "Kies een kortere naam zonder vreemde tekens.",
        ),
        _ => {
            let code = error
                .raw_os_error()
                .map_or_else(String::new, |code| format!(" (foutcode {code})"));
            let message = format!("het bestand kan niet worden {deed}{code}");
            return refused(
                path,
                &message,
                "Probeer het opnieuw of kies een andere plaats.",
            );
        }
    };
    refused(path, message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("temporary folder")
    }

    /// The names in a folder, to see that nothing is left behind.
    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("folder")
            .map(|entry| {
                entry
                    .expect("entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_and_a_replaced_one_have_exactly_the_bytes() {
        let folder = folder();
        let path = folder.path().join("één dossier.ron");
        for bytes in [
            b"(a: 1)".as_slice(),
            b"",
            &[0, 255, 10],
            &vec![b'x'; 1_000_000],
        ] {
            write_atomic(&path, bytes).expect("written");
            assert_eq!(read_file(&path, bytes.len()).expect("read"), bytes);
            assert_eq!(names(folder.path()), ["één dossier.ron"]);
        }
    }

    #[test]
    fn a_file_over_the_limit_is_refused_before_it_is_read() {
        let folder = folder();
        let path = folder.path().join("groot.ron");
        let file = File::create(&path).expect("file");
        file.set_len(100 * 1024 * 1024).expect("sparse file");
        let problem = read_file(&path, 20 * 1024 * 1024).expect_err("too large");
        assert_eq!(problem.message, "het bestand is te groot: hoogstens 20 MB");
        assert!(problem.file.ends_with("groot.ron"));
        assert_eq!(
            read_file(&path, 10).expect_err("too large").message,
            "het bestand is te groot: hoogstens 10 bytes"
        );
    }

    #[test]
    fn what_is_not_there_or_is_a_folder_is_told_in_dutch() {
        let folder = folder();
        let path = folder.path().join("niet.ron");
        assert_eq!(
            read_file(&path, 10).expect_err("missing").message,
            "het bestand bestaat niet"
        );
        assert_eq!(
            read_file(folder.path(), 10).expect_err("folder").message,
            "dit is een map, geen bestand"
        );
        let message = |path: &Path| write_atomic(path, b"x").expect_err("refused").message;
        assert_eq!(
            message(folder.path()),
            "op deze plaats staat een map met dezelfde naam"
        );
        assert_eq!(
            message(&folder.path().join("geen map/a.ron")),
            "de map voor dit bestand bestaat niet"
        );
        fs::write(&path, b"oud").expect("file");
        assert_eq!(
            message(&path.join("a.ron")),
            "een deel van deze plaats is geen map"
        );
        assert_eq!(names(folder.path()), ["niet.ron"]);
        assert_eq!(fs::read(&path).expect("file"), b"oud");
    }

    #[test]
    fn a_protected_file_is_refused_and_unchanged() {
        let folder = folder();
        let path = folder.path().join("a.ron");
        fs::write(&path, b"oud").expect("file");
        let mut permissions = fs::metadata(&path).expect("file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("permissions");
        let problem = write_atomic(&path, b"nieuw").expect_err("protected");
        assert_eq!(problem.message, "het bestand is tegen schrijven beveiligd");
        assert_eq!(fs::read(&path).expect("file"), b"oud");
        assert_eq!(names(folder.path()), ["a.ron"]);
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).expect("file").permissions().mode() & 0o777
        }

        #[test]
        fn a_new_file_is_private_and_an_existing_one_keeps_its_mode() {
            let folder = folder();
            let path = folder.path().join("a.ron");
            write_atomic(&path, b"1").expect("written");
            assert_eq!(mode(&path), 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
            write_atomic(&path, b"2").expect("written");
            assert_eq!(mode(&path), 0o640);
        }

        #[test]
        fn a_link_keeps_pointing_at_the_file_that_is_written() {
            let folder = folder();
            let (path, link) = (folder.path().join("a.ron"), folder.path().join("link.ron"));
            fs::write(&path, b"oud").expect("file");
            symlink("a.ron", &link).expect("link");
            write_atomic(&link, b"nieuw").expect("written");
            assert!(fs::symlink_metadata(&link).expect("link").is_symlink());
            assert_eq!(fs::read(&path).expect("file"), b"nieuw");
        }

        #[test]
        fn a_folder_without_permission_to_write_leaves_the_old_file() {
            let folder = folder();
            let path = folder.path().join("a.ron");
            fs::write(&path, b"oud").expect("file");
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555))
                .expect("permissions");
            // The administrator of the machine may write here all the same; then there is nothing to see.
            let allowed = File::create(folder.path().join("proef")).is_ok();
            let outcome = write_atomic(&path, b"nieuw");
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))
                .expect("permissions");
            if !allowed {
                let problem = outcome.expect_err("no permission");
                assert!(
                    problem
                        .message
                        .starts_with("u mag in deze map niet schrijven"),
                    "{problem}"
                );
                assert_eq!(fs::read(&path).expect("file"), b"oud");
                assert_eq!(names(folder.path()), ["a.ron"]);
            }
        }

        #[cfg(target_os = "linux")]
        #[test]
        fn a_place_where_nobody_may_write_is_told_in_dutch() {
            let problem =
                write_atomic(Path::new("/proc/self/maatwerk.ron"), b"x").expect_err("refused");
            assert!(
                !problem.message.is_empty() && !problem.hint.is_empty(),
                "{problem}"
            );
            assert!(!problem.message.contains("os error"), "{problem}");
        }

        #[cfg(target_os = "linux")]
        #[test]
        fn a_full_disk_is_told_in_dutch() {
            let mut full = fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .expect("device");
            let error = full.write_all(b"x").expect_err("full");
            let problem = explain(&error, Path::new("a.ron"), "opgeslagen");
            assert_eq!(
                problem.to_string(),
                "a.ron: de schijf is vol. Maak ruimte vrij of kies een andere plaats."
            );
        }

        #[test]
        fn a_device_is_neither_read_nor_replaced() {
            let null = Path::new("/dev/null");
            assert_eq!(
                read_file(null, 10).expect_err("device").message,
                "dit is geen gewoon bestand"
            );
            assert_eq!(
                write_atomic(null, b"x").expect_err("device").message,
                "op deze plaats staat geen gewoon bestand"
            );
        }
    }

    #[test]
    fn every_error_of_the_system_gets_a_sentence_and_advice() {
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::StorageFull,
            ErrorKind::QuotaExceeded,
            ErrorKind::FileTooLarge,
            ErrorKind::NotADirectory,
            ErrorKind::IsADirectory,
            ErrorKind::InvalidFilename,
            ErrorKind::Other,
        ];
        for kind in kinds {
            for deed in ["gelezen", "opgeslagen"] {
                let problem = explain(&io::Error::from(kind), Path::new("a.ron"), deed);
                assert!(
                    !problem.message.is_empty() && problem.hint.ends_with('.'),
                    "{kind:?}"
                );
            }
        }
    }
}
