//! The database under a register: the same statements for SQLite and PostgreSQL, with one way to fail.
//!
//! Statements number their values `$1`, `$2` …, which both databases read.
//! This must not know what is kept: it sees whole numbers, texts and bytes.

mod explain;
mod looking;
mod place;
mod postgres;
mod schema;
mod sqlite;

use std::fmt;
use std::path::{Path, PathBuf};

use super::failure::{Failure, Kind};

pub(super) use schema::{FORMAT, JOURNAL, REGISTER, Steps, TABLES, Table};
pub(super) use sqlite::{Purpose, is_held};

/// Where a register is.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A file on this computer.
    File(PathBuf),
    /// A PostgreSQL server, as a connection address that begins with `postgres://` or `postgresql://`.
    Server(String),
}

impl Address {
    /// Reads an address as typed: a connection address, or else the path of a file.
    /// Error: there is nothing, or an address that no server can have. Whether something is there is not looked at.
    pub fn parse(typed: &str) -> Result<Self, Failure> {
        let typed = typed.trim();
        if typed.starts_with("postgres://") || typed.starts_with("postgresql://") {
            postgres::check(typed)?;
            return Ok(Self::Server(typed.to_owned()));
        }
        if typed.is_empty() || typed.contains("://") || typed.contains('\0') {
            return Err(Failure::new(
                Kind::Refused,
                "dit is geen plaats voor een register",
                "Noem een bestand op deze computer, of een server: postgres://gebruiker@server/database.",
            ));
        }
        Ok(Self::File(PathBuf::from(typed)))
    }

    /// The path, or the server and database; never a password.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Server(text) => postgres::shown(text),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.shown())
    }
}

impl From<&Path> for Address {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

/// A value that goes into a statement.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// A value that comes out of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// One row of an answer; its cells are taken from left to right.
pub(super) struct Row(std::vec::IntoIter<Cell>);

impl Row {
    fn new(cells: Vec<Cell>) -> Self {
        Self(cells.into_iter())
    }

    pub(super) fn int(&mut self) -> Result<i64, Failure> {
        match self.0.next() {
            Some(Cell::Int(value)) => Ok(value),
            _ => Err(misshapen()),
        }
    }

    pub(super) fn text(&mut self) -> Result<String, Failure> {
        match self.0.next() {
            Some(Cell::Text(value)) => Ok(value),
            _ => Err(misshapen()),
        }
    }

    pub(super) fn bytes(&mut self) -> Result<Vec<u8>, Failure> {
        match self.0.next() {
            Some(Cell::Bytes(value)) => Ok(value),
            _ => Err(misshapen()),
        }
    }

    /// All that is left.
    pub(super) fn rest(self) -> impl Iterator<Item = Cell> {
        self.0
    }

    /// Bytes of a known length, such as an id.
    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], Failure> {
        self.bytes()?.try_into().map_err(|_| misshapen())
    }
}

fn misshapen() -> Failure {
    Failure::damaged("een rij in het register")
}

/// A connection to one of the two databases.
pub(super) trait Database: Send {
    /// Begins a transaction: one that writes waits until no other does, one that reads sees one moment throughout.
    fn begin(&mut self, write: bool) -> Result<(), Failure>;
    fn commit(&mut self) -> Result<(), Failure>;
    /// Gives up the transaction; whatever stands in the way of that ends it too.
    fn rollback(&mut self);
    /// Runs one statement; answers how many rows it touched.
    fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64, Failure>;
    /// Hands every row of the answer to `each`.
    fn query(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row) -> Result<(), Failure>,
    ) -> Result<(), Failure>;
    /// The same for an answer that can be long, in a transaction: however long it takes as a whole, it is not given up as
    /// long as rows come.
    fn walk(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.query(statement, values, each)
    }
    /// The format of the tables, nothing if there are none. Error: something else is there.
    fn format(&mut self) -> Result<Option<i64>, Failure>;
    /// Runs a step of the schema and notes the format that it leads to, within a transaction.
    fn step(&mut self, statements: &str, format: i64) -> Result<(), Failure>;
    /// What the database itself finds wrong; nothing if all is well.
    fn faults(&mut self) -> Result<Vec<String>, Failure>;
    /// Removes what deleted and replaced rows left behind.
    fn scrub(&mut self) -> Result<(), Failure>;
}

/// A register's database, open.
pub(super) struct Store {
    database: Box<dyn Database>,
    shown: String,
    /// The folder of a register in a file.
    folder: Option<PathBuf>,
}

impl Store {
    /// Connects; `create` makes an empty database where there is no file yet. Does not look at the tables.
    pub(super) fn connect(address: &Address, create: bool) -> Result<Self, Failure> {
        let shown = address.shown();
        let database: Result<Box<dyn Database>, Failure> = match address {
            Address::File(path) => {
                let file = sqlite::File::open(path, Purpose::Register, create);
                file.map(|file| Box::new(file) as Box<dyn Database>)
            }
            Address::Server(text) => {
                postgres::Server::connect(text).map(|server| Box::new(server) as Box<dyn Database>)
            }
        };
        Ok(Self {
            database: database.map_err(|failure| failure.at(&shown))?,
            shown,
            folder: match address {
                Address::File(path) => Some(folder_of(path).to_owned()),
                Address::Server(_) => None,
            },
        })
    }

    /// Opens a backup to read it, wherever it is: also where nothing may be written.
    pub(super) fn backup(path: &Path) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        let file = sqlite::File::open(path, Purpose::Backup, false).map_err(|f| f.at(&shown))?;
        Ok(Self {
            database: Box::new(file),
            shown,
            folder: None,
        })
    }

    /// Opens the journal in a file, or makes it.
    pub(super) fn journal(path: &Path) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        let file = sqlite::File::open(path, Purpose::Journal, true).map_err(|f| f.at(&shown))?;
        Ok(Self {
            database: Box::new(file),
            shown,
            folder: None,
        })
    }

    /// A folder on this computer where a copy can be made that is to go to `target`: beside a register in a file; else there
    /// itself, or among the temporary files where that is elsewhere.
    pub(super) fn workplace(&self, target: &Path) -> PathBuf {
        match &self.folder {
            Some(folder) => folder.clone(),
            None if place::must_be_local(target).is_ok() => target.to_owned(),
            None => std::env::temp_dir(),
        }
    }

    /// Where it is, for people.
    pub(super) fn shown(&self) -> &str {
        &self.shown
    }

    /// The format of the tables, whatever it is. Error: something else is there.
    pub(super) fn version(&mut self) -> Result<Option<i64>, Failure> {
        self.database.format().map_err(|f| f.at(&self.shown))
    }

    /// The format of the tables of a register. Errors: not a register, or of a newer program.
    pub(super) fn format(&mut self) -> Result<Option<i64>, Failure> {
        match self.version()? {
            Some(format) if format > FORMAT => Err(Failure::new(
                Kind::Newer,
                "dit register is gemaakt met een nieuwere versie van maatwerk",
                format!("Het heeft indeling {format}; deze versie kent {FORMAT}. Installeer de nieuwe versie."),
            )
            .at(&self.shown)),
            other => Ok(other),
        }
    }

    /// Takes the steps after a format (0: none), in the transaction that is running.
    pub(super) fn migrate(
        database: &mut dyn Database,
        steps: Steps,
        from: i64,
    ) -> Result<(), Failure> {
        for (format, statements) in steps {
            if *format > from {
                database.step(statements, *format)?;
            }
        }
        Ok(())
    }

    /// Does something that writes: all of it, or nothing.
    pub(super) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.within(true, work)
    }

    /// Reads, all at one moment.
    pub(super) fn read<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Database) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.within(false, work)
    }

    fn within<T>(
        &mut self,
        write: bool,
        work: impl FnOnce(&mut dyn Database) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let database = self.database.as_mut();
        let done = database.begin(write).and_then(|()| {
            let result = work(database).and_then(|value| database.commit().map(|()| value));
            if result.is_err() {
                database.rollback();
            }
            result
        });
        done.map_err(|failure| failure.at(&self.shown))
    }

    pub(super) fn faults(&mut self) -> Result<Vec<String>, Failure> {
        self.database.faults().map_err(|f| f.at(&self.shown))
    }

    pub(super) fn scrub(&mut self) -> Result<(), Failure> {
        self.database.scrub().map_err(|f| f.at(&self.shown))
    }

    /// The same after something that is done and must be told as done. What cannot be removed now, SQLite removes after the
    /// next write, and PostgreSQL by its own autovacuum.
    pub(super) fn scrub_if_possible(&mut self) {
        let _ = self.database.scrub();
    }
}

/// The folder of a file, also of one that is named without any.
pub(super) fn folder_of(path: &Path) -> &Path {
    let folder = path.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// The one row of an answer, or nothing.
pub(super) fn one<T>(
    database: &mut dyn Database,
    statement: &str,
    values: &[Value<'_>],
    read: impl Fn(&mut Row) -> Result<T, Failure>,
) -> Result<Option<T>, Failure> {
    let mut found = None;
    database.query(statement, values, &mut |mut row| {
        found = Some(read(&mut row)?);
        Ok(())
    })?;
    Ok(found)
}

/// All rows of an answer.
pub(super) fn all<T>(
    database: &mut dyn Database,
    statement: &str,
    values: &[Value<'_>],
    read: impl Fn(&mut Row) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let mut found = Vec::new();
    database.query(statement, values, &mut |mut row| {
        found.push(read(&mut row)?);
        Ok(())
    })?;
    Ok(found)
}

/// All rows of an answer that can be long, in a transaction.
pub(super) fn every<T>(
    database: &mut dyn Database,
    statement: &str,
    values: &[Value<'_>],
    read: impl Fn(&mut Row) -> Result<T, Failure>,
) -> Result<Vec<T>, Failure> {
    let mut found = Vec::new();
    database.walk(statement, values, &mut |mut row| {
        found.push(read(&mut row)?);
        Ok(())
    })?;
    Ok(found)
}
