//! A register in a SQLite file.

use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::looking::{look, unchanging};
use super::{Cell, Database, Row, Value, explain};
use crate::register::failure::{Failure, Kind};

/// What a file is for. The number marks it as ours, in the place that SQLite keeps for that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::register) enum Purpose {
    /// A register: the letters `MtWk`.
    Register,
    /// A journal: the letters `MtWj`.
    Journal,
    /// A backup of a register, to be read: nothing is written to it or beside it, wherever it is.
    Backup,
}

impl Purpose {
    fn number(self) -> i64 {
        match self {
            Self::Register | Self::Backup => 0x4D74_576B,
            Self::Journal => 0x4D74_576A,
        }
    }
}

/// How long a writer waits for another, in milliseconds.
const PATIENCE: u64 = 5_000;

/// What SQLite answers where every commit waits until it is on the disk.
const FULL: i64 = 2;

/// An open file.
pub(super) struct File {
    path: PathBuf,
    purpose: Purpose,
    /// Nothing after an error of the disk: what is in memory then says nothing about the file, so it is opened anew.
    connection: Option<Connection>,
    /// A transaction is running: another connection must not take over halfway.
    running: bool,
    /// That transaction writes.
    writing: bool,
    /// Which file it is. Another that takes its name, such as a copy that was moved there, is none of ours.
    identity: Option<Identity>,
    /// Another program read while the log was to be emptied of what was deleted: tried again after every write.
    scrubs: bool,
}

impl File {
    /// Opens a file, or with `create` makes one.
    pub(super) fn open(path: &Path, purpose: Purpose, create: bool) -> Result<Self, Failure> {
        look(path, purpose, create)?;
        let mut file = Self {
            path: path.to_owned(),
            purpose,
            connection: None,
            running: false,
            writing: false,
            identity: None,
            scrubs: false,
        };
        file.connection()?;
        file.identity = identity(path);
        Ok(file)
    }

    /// The connection, made anew where an error of the disk took it away.
    fn connection(&mut self) -> Result<&mut Connection, Failure> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None if self.running => {
                return Err(Failure::internal(
                    "het register is halverwege een wijziging losgeraakt",
                ));
            }
            None => connect(&self.path, self.purpose)?,
        };
        Ok(self.connection.insert(connection))
    }

    /// A failure in Dutch; after one of the disk the connection goes.
    fn failed(&mut self, error: &rusqlite::Error) -> Failure {
        let failure = explain::of_file(error);
        if matches!(failure.kind, Kind::Failed | Kind::Full | Kind::Damaged) {
            self.connection = None;
        }
        failure
    }

    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> Result<T, rusqlite::Error>,
    ) -> Result<T, Failure> {
        let done = work(self.connection()?);
        done.map_err(|error| self.failed(&error))
    }

    /// Carries the log into the file and empties it; answers whether that was done.
    fn empty_log(&mut self) -> Result<bool, Failure> {
        let busy: i64 = self.with(|connection| {
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        })?;
        Ok(busy == 0)
    }

    /// Tries again to empty the log, and waits for nobody. What cannot be done now is tried after the next write.
    fn scrub_again(&mut self) {
        let patience = |connection: &mut Connection, milliseconds| {
            connection.busy_timeout(std::time::Duration::from_millis(milliseconds))
        };
        let done = self
            .with(|connection| patience(connection, 0))
            .and_then(|()| self.empty_log());
        self.scrubs = !matches!(done, Ok(true));
        // A connection that is gone is made anew with its patience.
        let _ = self.with(|connection| patience(connection, PATIENCE));
    }

    /// Looks whether the file that is open is still the one of that name. Else what is written goes where nobody finds it.
    fn is_in_place(&self) -> Result<(), Failure> {
        if self.purpose != Purpose::Register || identity(&self.path) == self.identity {
            return Ok(());
        }
        Err(Failure::new(
            Kind::Replaced,
            "het bestand van het register is verplaatst of vervangen terwijl het open was: er is niets opgeslagen",
            "Uw werk blijft bewaard op deze computer. Open het register opnieuw met uw wachtzin; dan kunt u verder met uw werk.",
        ))
    }

    fn pragma(&mut self, name: &str) -> Result<i64, Failure> {
        self.with(|connection| connection.pragma_query_value(None, name, |row| row.get(0)))
    }
}

/// What tells a file from another: its device and its number there. Windows lets nobody move or replace a file that SQLite
/// has open: it opens files so that nobody may delete them meanwhile.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let about = std::fs::metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<Identity> {
    None
}

fn connect(path: &Path, purpose: Purpose) -> Result<Connection, Failure> {
    let address = (purpose == Purpose::Backup).then(|| unchanging(path));
    let address = address.transpose()?;
    let opened = || -> Result<Option<Connection>, rusqlite::Error> {
        let connection = match &address {
            Some(address) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?
            }
            None => {
                let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                Connection::open_with_flags(path, flags)?
            }
        };
        connection.busy_timeout(std::time::Duration::from_millis(PATIENCE))?;
        connection.set_prepared_statement_cache_capacity(64);
        // Nothing in the file may run or call anything.
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        let application: i64 =
            connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if application != purpose.number() && (application != 0 || tables > 0) {
            return Ok(None);
        }
        if purpose == Purpose::Backup {
            return Ok(Some(connection));
        }
        // Commits are on the disk when they return; what is deleted is overwritten; nothing goes to temporary files.
        let mode: String =
            connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
        connection.pragma_update(None, "synchronous", "full")?;
        connection.pragma_update(None, "secure_delete", true)?;
        connection.pragma_update(None, "temp_store", "memory")?;
        let full: i64 = connection.pragma_query_value(None, "synchronous", |row| row.get(0))?;
        let erases: i64 = connection.pragma_query_value(None, "secure_delete", |row| row.get(0))?;
        Ok((mode == "wal" && full == FULL && erases == 1).then_some(connection))
    };
    match opened() {
        Ok(Some(connection)) => Ok(connection),
        Ok(None) => Err(foreign()),
        Err(error) => Err(explain::of_file(&error)),
    }
}

/// Whether somebody else has the database in this file open: who has, holds a lock on it for as long. Nobody, as far as can
/// be told, where SQLite cannot read it.
pub(in crate::register) fn is_held(path: &Path) -> bool {
    let tried = || -> Result<(), rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(std::time::Duration::ZERO)?;
        connection.pragma_update(None, "locking_mode", "exclusive")?;
        connection.execute_batch("BEGIN EXCLUSIVE; ROLLBACK")
    };
    let busy = |error: &rusqlite::Error| {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        matches!(
            error.sqlite_error_code(),
            Some(DatabaseBusy | DatabaseLocked)
        )
    };
    tried().err().as_ref().is_some_and(busy)
}

fn foreign() -> Failure {
    Failure::new(
        Kind::Foreign,
        "dit is een database van een ander programma",
        "Kies een ander bestand.",
    )
}

impl Database for File {
    fn begin(&mut self, write: bool) -> Result<(), Failure> {
        if write {
            self.is_in_place()?;
        }
        self.with(|connection| {
            connection.execute_batch(if write { "BEGIN IMMEDIATE" } else { "BEGIN" })
        })?;
        (self.running, self.writing) = (true, write);
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Failure> {
        self.with(|connection| connection.execute_batch("COMMIT"))?;
        self.running = false;
        if std::mem::take(&mut self.writing) {
            self.is_in_place()?;
        }
        if self.scrubs {
            self.scrub_again();
        }
        Ok(())
    }

    fn rollback(&mut self) {
        self.running = false;
        let undone = self.connection.as_mut().is_some_and(|connection| {
            connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok()
        });
        if !undone {
            self.connection = None;
        }
    }

    fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64, Failure> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(statement)?;
            bind(&mut statement, values)?;
            statement.raw_execute()
        })
        .map(|rows| u64::try_from(rows).unwrap_or(u64::MAX))
    }

    fn query(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(statement)?;
            bind(&mut statement, values)?;
            let columns = statement.column_count();
            let mut rows = statement.raw_query();
            while let Some(row) = rows.next()? {
                let cells = (0..columns).map(|at| row.get_ref(at).map(cell));
                let row = Row::new(cells.collect::<Result<_, _>>()?);
                if let Err(failure) = each(row) {
                    return Ok(Err(failure));
                }
            }
            Ok(Ok(()))
        })?
    }

    fn format(&mut self) -> Result<Option<i64>, Failure> {
        if self.pragma("application_id")? != self.purpose.number() {
            return Ok(None);
        }
        self.pragma("user_version").map(Some)
    }

    fn step(&mut self, statements: &str, format: i64) -> Result<(), Failure> {
        let mark = self.purpose.number();
        self.with(|connection| {
            connection.execute_batch(&statements.replace("\n);", "\n) STRICT;"))?;
            connection.pragma_update(None, "application_id", mark)?;
            connection.pragma_update(None, "user_version", format)
        })
    }

    fn faults(&mut self) -> Result<Vec<String>, Failure> {
        self.with(|connection| {
            let mut statement = connection.prepare("PRAGMA integrity_check(100)")?;
            let found = statement.query_map([], |row| row.get::<_, String>(0))?;
            let found: Vec<String> = found.collect::<Result<_, _>>()?;
            Ok(found.into_iter().filter(|line| line != "ok").collect())
        })
    }

    fn scrub(&mut self) -> Result<(), Failure> {
        // The log beside the file still has what was replaced; secure_delete saw to the file itself.
        // A program that reads just now holds that up; what was done is done, so that is no failure.
        self.scrubs = true;
        self.scrubs = !self.empty_log()?;
        Ok(())
    }
}

fn bind(
    statement: &mut rusqlite::CachedStatement<'_>,
    values: &[Value<'_>],
) -> Result<(), rusqlite::Error> {
    for (place, value) in values.iter().enumerate() {
        // By its name: SQLite itself would number them in the order in which they first stand in the statement.
        let name = format!("${}", place.saturating_add(1));
        let name = name.as_str();
        match value {
            Value::Int(value) => statement.raw_bind_parameter(name, value)?,
            Value::Text(value) => statement.raw_bind_parameter(name, value)?,
            Value::Bytes(value) => statement.raw_bind_parameter(name, value)?,
        }
    }
    Ok(())
}

fn cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null | ValueRef::Real(_) => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Text(value) => Cell::Text(String::from_utf8_lossy(value).into_owned()),
        ValueRef::Blob(value) => Cell::Bytes(value.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn made(folder: &Path, purpose: Purpose) -> File {
        let mut file = File::open(&folder.join("a.db"), purpose, true).expect("made");
        file.begin(true).expect("begun");
        file.step("CREATE TABLE t (a BLOB NOT NULL\n);", 1)
            .expect("made");
        file.commit().expect("written");
        file
    }

    fn put(file: &mut File, statement: &str, text: &[u8]) {
        file.begin(true).expect("begun");
        file.execute(statement, &[Value::Bytes(text)])
            .expect("done");
        file.commit().expect("written");
    }

    #[test]
    fn a_commit_waits_for_the_disk_and_what_is_deleted_is_overwritten_after_an_error_of_the_disk_too()
     {
        for purpose in [Purpose::Register, Purpose::Journal] {
            let folder = tempfile::tempdir().expect("folder");
            let mut file = made(folder.path(), purpose);
            for _ in 0..2 {
                assert_eq!(file.pragma("synchronous"), Ok(FULL));
                assert_eq!(file.pragma("secure_delete"), Ok(1));
                file.connection = None;
            }
        }
    }

    #[test]
    fn what_another_program_keeps_in_the_log_goes_with_the_first_write_after_it() {
        let folder = tempfile::tempdir().expect("folder");
        let mut file = made(folder.path(), Purpose::Register);
        put(&mut file, "INSERT INTO t (a) VALUES ($1)", b"Zonneveld");
        let mut reader =
            File::open(&folder.path().join("a.db"), Purpose::Register, false).expect("opens");
        reader.begin(false).expect("begun");
        let mut seen = 0;
        reader
            .query("SELECT a FROM t", &[], &mut |_| {
                seen += 1;
                Ok(())
            })
            .expect("read");
        assert_eq!(seen, 1);
        put(&mut file, "DELETE FROM t WHERE a = $1", b"Zonneveld");
        file.with(|connection| connection.busy_timeout(std::time::Duration::ZERO))
            .expect("set");
        file.scrub().expect("done as far as it goes");
        let lies = || {
            ["a.db", "a.db-wal"].into_iter().any(|name| {
                let bytes = fs::read(folder.path().join(name)).unwrap_or_default();
                bytes.windows(9).any(|piece| piece == b"Zonneveld")
            })
        };
        assert!(file.scrubs && lies());
        reader.commit().expect("done");
        put(&mut file, "INSERT INTO t (a) VALUES ($1)", b"iets anders");
        assert!(!file.scrubs && !lies());
    }
}
