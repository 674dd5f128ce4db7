//! What is asked of a server, and how its answers are read.

use std::pin::pin;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use tokio::time::timeout;
use tokio_postgres::Error;
use tokio_postgres::types::{ToSql, Type};

use super::super::{Cell, Database, Row, TABLES, Value, explain};
use super::{Server, limits};
use crate::register::failure::{Failure, Kind};

/// How many rows of a long answer are asked for first, and how many at once at most. Each piece is a statement of its own to
/// the server, so that only a piece has to come in time; the first is small, because nothing is known of the line yet.
const PIECES: [usize; 2] = [8, 256];

/// How long taking away what deleted rows left behind may take, per table; it is one statement, and cannot be cut up.
const SCRUBBED_WITHIN: Duration = Duration::from_secs(600);

/// The types and the values of a statement.
fn bound<'a>(values: &'a [Value<'a>]) -> Vec<(Box<dyn ToSql + Sync + 'a>, Type)> {
    values
        .iter()
        .map(|value| -> (Box<dyn ToSql + Sync + 'a>, Type) {
            match value {
                Value::Int(value) => (Box::new(*value), Type::INT8),
                Value::Text(value) => (Box::new(*value), Type::TEXT),
                Value::Bytes(value) => (Box::new(*value), Type::BYTEA),
            }
        })
        .collect()
}

impl Database for Server {
    fn begin(&mut self, write: bool) -> Result<(), Failure> {
        let statement = if write {
            // Every statement sees what is committed then; the lock makes writers wait for each other.
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
        } else {
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        };
        self.with(async |client| client.batch_execute(statement).await)?;
        self.running = true;
        if write {
            let lock = "SELECT pg_advisory_xact_lock(hashtextextended(current_database() || '.maatwerk', 0))";
            let locked = self.with(async |client| client.batch_execute(lock).await);
            if let Err(failure) = locked {
                self.rollback();
                return Err(failure);
            }
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Failure> {
        self.with(async |client| client.batch_execute("COMMIT").await)?;
        self.running = false;
        Ok(())
    }

    fn rollback(&mut self) {
        self.running = false;
        let undone = self.over_line(async |client| client.batch_execute("ROLLBACK").await);
        if undone.is_err() {
            self.hang_up();
        }
    }

    fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64, Failure> {
        let values = bound(values);
        let values: Vec<(&(dyn ToSql + Sync), Type)> = values
            .iter()
            .map(|(value, kind)| (value.as_ref(), kind.clone()))
            .collect();
        self.with(async |client| client.execute_typed(statement, &values).await)
    }

    fn query(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let values = bound(values);
        let values: Vec<(&(dyn ToSql + Sync), Type)> = values
            .iter()
            .map(|(value, kind)| (value.as_ref(), kind.clone()))
            .collect();
        let rows = self.with(async |client| client.query_typed_raw(statement, values).await)?;
        let (mut rows, patience) = (pin!(rows), self.patience);
        loop {
            let next = async { timeout(patience, rows.try_next()).await };
            let next = self.engine.block_on(next);
            let Some(row) = self.told(next.map_err(|_| explain::silent()))? else {
                return Ok(());
            };
            let cells: Result<Vec<Cell>, Error> = (0..row.len()).map(|at| cell(&row, at)).collect();
            each(Row::new(self.told(Ok(cells))?))?;
        }
    }

    fn walk(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let declared = format!("DECLARE walk NO SCROLL CURSOR FOR {statement}");
        self.execute(&declared, values)?;
        let [mut piece, most] = PIECES;
        loop {
            let mut there = 0_usize;
            self.query(&format!("FETCH {piece} FROM walk"), &[], &mut |row| {
                there = there.saturating_add(1);
                each(row)
            })?;
            if there < piece {
                return self.execute("CLOSE walk", &[]).map(drop);
            }
            piece = piece.saturating_mul(2).min(most);
        }
    }

    fn format(&mut self) -> Result<Option<i64>, Failure> {
        let tables = "SELECT relname::text FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace \
                      WHERE nspname = 'maatwerk' AND relkind = 'r'";
        let mut found = Vec::new();
        self.query(tables, &[], &mut |mut row| {
            found.push(row.text()?);
            Ok(())
        })?;
        if found.is_empty() {
            return Ok(None);
        }
        let foreign = || {
            Failure::new(
                Kind::Foreign,
                "in deze database staat onder de naam maatwerk iets van een ander programma",
                "Kies een andere database op de server.",
            )
        };
        if !found.iter().any(|name| name == "register") {
            return Err(foreign());
        }
        let mut format = None;
        let asked = self.query(
            "SELECT program, format FROM register",
            &[],
            &mut |mut row| {
                if row.text()? == "maatwerk" {
                    format = Some(row.int()?);
                }
                Ok(())
            },
        );
        match asked {
            Ok(()) => format.map(Some).ok_or_else(foreign),
            Err(failure) if failure.kind == Kind::Failed => Err(foreign()),
            Err(failure) => Err(failure),
        }
    }

    fn step(&mut self, statements: &str, _: i64) -> Result<(), Failure> {
        // The format stands in the table `register`.
        let statements = statements
            .replace(" BLOB", " BYTEA")
            .replace(" INTEGER", " BIGINT");
        self.with(async |client| {
            client
                .batch_execute("CREATE SCHEMA IF NOT EXISTS maatwerk")
                .await?;
            client.batch_execute(&statements).await
        })
    }

    fn faults(&mut self) -> Result<Vec<String>, Failure> {
        // The server's own tool (pg_amcheck) is for its administrator; here every row is read, which is what counts.
        let mut faults = Vec::new();
        for (table, _, _) in TABLES {
            let rows = format!("SELECT * FROM {table}");
            let read = self
                .begin(false)
                .and_then(|()| self.walk(&rows, &[], &mut |_| Ok(())));
            self.rollback();
            match read {
                Ok(()) => {}
                Err(failure) if failure.kind == Kind::Damaged => {
                    faults.push(format!("tabel {table} is niet te lezen"));
                }
                Err(failure) => return Err(failure),
            }
        }
        Ok(faults)
    }

    fn scrub(&mut self) -> Result<(), Failure> {
        self.connected()?;
        let patience = std::mem::replace(&mut self.patience, SCRUBBED_WITHIN);
        let mut done = self.limited();
        for table in ["slot", "dossier", "revision", "decision"] {
            let statement = format!("VACUUM {table}");
            done = done.and_then(|()| {
                self.over_line(async |client| client.batch_execute(&statement).await)
            });
        }
        self.patience = patience;
        done.and(self.limited())
    }
}

impl Server {
    /// Tells the server how long something may take from now on; a line that does not know that is of no use.
    fn limited(&mut self) -> Result<(), Failure> {
        let limits = limits(self.patience);
        let told = self.over_line(async |client| client.batch_execute(&limits).await);
        if told.is_err() {
            self.hang_up();
        }
        told
    }
}

fn cell(row: &tokio_postgres::Row, at: usize) -> Result<Cell, Error> {
    let kind = row.columns().get(at).map(|column| column.type_().clone());
    Ok(match kind {
        Some(Type::INT8) => row
            .try_get::<_, Option<i64>>(at)?
            .map_or(Cell::Null, Cell::Int),
        Some(Type::TEXT) => row
            .try_get::<_, Option<String>>(at)?
            .map_or(Cell::Null, Cell::Text),
        Some(Type::BYTEA) => row
            .try_get::<_, Option<Vec<u8>>>(at)?
            .map_or(Cell::Null, Cell::Bytes),
        _ => Cell::Null,
    })
}
