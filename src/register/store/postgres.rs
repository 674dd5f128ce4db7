//! A register on a PostgreSQL server, over TLS.
//!
//! The tables stand in a schema of their own, `maatwerk`, so that a database may hold other things too. The address may
//! carry two words that are ours: `sslrootcert=FILE` names the certificates that vouch for the server (default: those
//! of this computer), and every other setting is the server's own. The line is always encrypted and the name of the
//! server always checked.
//!
//! A server that is silent is waited for no longer than the address says (`connect_timeout` and `tcp_user_timeout`, in
//! seconds), also where the line still seems to be there: a box on the way may keep it up without passing anything on.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::TryStreamExt as _;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Cell, Database, Row, Value, explain};
use crate::register::failure::{Failure, Kind};

/// The oldest server that will do, as it numbers itself.
const OLDEST: i64 = 150_000;

/// How long connecting may take.
const CONNECTED_WITHIN: Duration = Duration::from_secs(10);
/// How long the server may be silent while it is asked something. Longer than any statement may take, so that one that the
/// server gives up is told as that.
const ANSWERS_WITHIN: Duration = Duration::from_secs(60);
/// How long saying goodbye may take.
const FAREWELL: Duration = Duration::from_millis(200);

/// What every session asks for: a commit is on the server's disk when it returns; nobody waits for ever; names are
/// looked up in our schema alone; and a session whose line is gone holds nobody up for long.
const SESSION: &str = "
SET synchronous_commit = on;
SET lock_timeout = '20s';
SET statement_timeout = '50s';
SET idle_in_transaction_session_timeout = '120s';
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 5;
SET tcp_user_timeout = 45000;
SET client_min_messages = warning;
SET search_path = maatwerk, pg_temp;
";

/// A connection to a server.
pub(super) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
    /// How long it may be silent.
    patience: Duration,
    /// What moves the bytes, while something is asked.
    engine: Runtime,
    /// Nothing after the line broke; then the next transaction connects again.
    line: Option<Line>,
    running: bool,
}

/// A line to it.
struct Line {
    client: Client,
    /// What goes over it.
    traffic: JoinHandle<()>,
}

/// The server and database of an address, without user and password.
pub(super) fn shown(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split_once('?').map_or(rest, |(rest, _)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    format!("server {rest}")
}

/// The address without `sslrootcert`, and the file that this names.
fn certificates_of(address: &str) -> (String, Option<String>) {
    let Some((base, settings)) = address.split_once('?') else {
        return (address.to_owned(), None);
    };
    let mut file = None;
    let mut others = Vec::new();
    for setting in settings.split('&') {
        match setting.strip_prefix("sslrootcert=") {
            Some(path) => file = Some(unescaped(path)),
            None => others.push(setting),
        }
    }
    let address = if others.is_empty() {
        base.to_owned()
    } else {
        format!("{base}?{}", others.join("&"))
    };
    (address, file)
}

/// A part of an address with its `%20` and the like taken out.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What an address asks for, and the file with certificates that it names.
fn config_of(address: &str) -> Result<(Config, Option<String>), Failure> {
    let (address, certificates) = certificates_of(address);
    let config = address.parse().map_err(|_| {
        Failure::new(
            Kind::Refused,
            "dit adres van een server is niet te lezen",
            "Schrijf het zo: postgres://gebruiker@server/database.",
        )
    })?;
    Ok((config, certificates))
}

/// Whether an address can be read.
pub(super) fn check(address: &str) -> Result<(), Failure> {
    config_of(address).map(drop)
}

fn trusted(file: Option<&str>) -> Result<RootCertStore, Failure> {
    let mut roots = RootCertStore::empty();
    match file {
        Some(file) => {
            let unread = || {
                Failure::new(
                    Kind::Insecure,
                    "het bestand met certificaten (sslrootcert) is niet te lezen",
                    "Kijk of het bestaat en certificaten in PEM-vorm bevat.",
                )
            };
            for certificate in CertificateDer::pem_file_iter(file).map_err(|_| unread())? {
                let certificate = certificate.map_err(|_| unread())?;
                roots.add(certificate).map_err(|_| unread())?;
            }
        }
        None => {
            // A certificate of the system that cannot be read vouches for nobody; the others still do.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if roots.is_empty() {
        return Err(Failure::new(
            Kind::Insecure,
            "er zijn geen certificaten om de server mee te controleren",
            "Zet sslrootcert=BESTAND in het adres; de beheerder van de server heeft dat bestand.",
        ));
    }
    Ok(roots)
}

impl Server {
    /// Connects and checks that the server will do.
    pub(super) fn connect(address: &str) -> Result<Self, Failure> {
        let (mut config, certificates) = config_of(address)?;
        config
            .ssl_mode(SslMode::Require)
            .application_name("maatwerk")
            .keepalives_idle(Duration::from_secs(30))
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(5);
        let patience = config.get_tcp_user_timeout().copied();
        let patience = patience.unwrap_or(ANSWERS_WITHIN);
        config.tcp_user_timeout(patience);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| Failure::internal("de beveiliging van de lijn is niet te starten"))?
            .with_root_certificates(trusted(certificates.as_deref())?)
            .with_no_client_auth();
        let engine = Builder::new_current_thread().enable_all().build();
        let mut server = Self {
            config,
            tls: MakeRustlsConnect::new(tls),
            patience,
            engine: engine
                .map_err(|_| Failure::internal("de lijn naar de server is niet te starten"))?,
            line: None,
            running: false,
        };
        server.connected()?;
        Ok(server)
    }

    /// Connects, where there is no line.
    fn connected(&mut self) -> Result<(), Failure> {
        if self
            .line
            .as_ref()
            .is_some_and(|line| !line.client.is_closed())
        {
            return Ok(());
        }
        self.hang_up();
        if self.running {
            return Err(explain::lost());
        }
        let limit = self.config.get_connect_timeout().copied();
        let limit = limit.unwrap_or(CONNECTED_WITHIN);
        let (config, tls) = (&self.config, self.tls.clone());
        let connecting = async { timeout(limit, config.connect(tls)).await };
        let connected = self.engine.block_on(connecting);
        let connected = connected.map_err(|_| explain::unreachable())?;
        let (client, connection) = connected.map_err(|error| explain::of_server(&error))?;
        let traffic = self.engine.spawn(async {
            // What goes wrong on the line is told to who asks something over it.
            let _ = connection.await;
        });
        self.line = Some(Line { client, traffic });
        let fits = self.fit();
        if fits.is_err() {
            self.hang_up();
        }
        fits
    }

    /// Lets the line go, whatever was still to come over it.
    fn hang_up(&mut self) {
        if let Some(line) = self.line.take() {
            line.traffic.abort();
        }
    }

    /// Asks something over the line that there is.
    fn over_line<T>(
        &mut self,
        work: impl AsyncFnOnce(&Client) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let Some(line) = &self.line else {
            return Err(explain::lost());
        };
        let (client, patience) = (&line.client, self.patience);
        let done = self
            .engine
            .block_on(async { timeout(patience, work(client)).await });
        self.told(done.map_err(|_| explain::silent()))
    }

    /// What came of asking; a line that is of no use any more is let go.
    fn told<T>(&mut self, done: Result<Result<T, Error>, Failure>) -> Result<T, Failure> {
        let (failure, is_closed) = match done {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => (explain::of_server(&error), error.is_closed()),
            Err(failure) => (failure, true),
        };
        if failure.kind == Kind::Unreachable || is_closed {
            self.hang_up();
        }
        Err(failure)
    }

    fn with<T>(
        &mut self,
        work: impl AsyncFnOnce(&Client) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        self.connected()?;
        self.over_line(work)
    }

    /// Checks the server and sets the session up.
    fn fit(&mut self) -> Result<(), Failure> {
        let mut asked = |question: &str| -> Result<String, Failure> {
            self.over_line(async |client| client.query_one(question, &[]).await?.try_get(0))
        };
        let number = asked("SHOW server_version_num")?;
        if let Some(failure) = too_old(&number, &asked("SHOW server_version")?) {
            return Err(failure);
        }
        for setting in ["fsync", "full_page_writes"] {
            if asked(&format!("SHOW {setting}"))? != "on" {
                return Err(Failure::new(
                    Kind::Unfit,
                    format!(
                        "deze server bevestigt wat nog niet op de schijf staat ({setting} staat uit)"
                    ),
                    format!("Vraag de beheerder om {setting} aan te zetten."),
                ));
            }
        }
        self.over_line(async |client| client.batch_execute(SESSION).await)
    }
}

impl Drop for Server {
    /// The server hears that nobody is there any more, if it listens.
    fn drop(&mut self) {
        if let Some(Line { client, traffic }) = self.line.take() {
            drop(client);
            // One that does not hear it finds the line closed.
            let _ = self
                .engine
                .block_on(async { timeout(FAREWELL, traffic).await });
        }
    }
}

/// Why a server that numbers itself so, and calls itself that, will not do; one that does not number itself is too old.
fn too_old(number: &str, name: &str) -> Option<Failure> {
    let is_old = number.parse::<i64>().unwrap_or(0) < OLDEST;
    is_old.then(|| {
        Failure::new(
            Kind::Unfit,
            format!("de server is te oud: PostgreSQL {name}"),
            "Vraag de beheerder om PostgreSQL 15 of nieuwer.",
        )
    })
}

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
        for (table, _, _) in super::TABLES {
            match self.query(&format!("SELECT * FROM {table}"), &[], &mut |_| Ok(())) {
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
        for table in ["slot", "dossier", "revision", "decision"] {
            let statement = format!("VACUUM {table}");
            self.with(async |client| client.batch_execute(&statement).await)?;
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_user_and_password() {
        assert_eq!(
            shown("postgres://jan:geheim@db.gemeente.nl:5432/wmo?sslrootcert=x"),
            "server db.gemeente.nl:5432/wmo"
        );
        assert_eq!(shown("postgresql://db/wmo"), "server db/wmo");
    }

    #[test]
    fn a_server_before_15_is_too_old_and_that_is_told_with_what_to_do() {
        for (number, name, old) in [
            ("90624", "9.6.24", true),
            ("140019", "14.19 (Debian 14.19-1)", true),
            ("150000", "15.0", false),
            ("180001", "18.1", false),
            ("", "", true),
        ] {
            let told = too_old(number, name).map(|failure| {
                assert_eq!(failure.kind, Kind::Unfit);
                let problem = failure.problem;
                format!("{}. {}", problem.message, problem.hint)
            });
            let words = format!(
                "de server is te oud: PostgreSQL {name}. Vraag de beheerder om PostgreSQL 15 of nieuwer."
            );
            assert_eq!(told, old.then_some(words));
        }
    }

    #[test]
    fn the_file_with_certificates_is_taken_out_of_the_address() {
        assert_eq!(
            certificates_of(
                "postgres://db/wmo?sslrootcert=%2Fetc%2Fmijn%20ca.pem&connect_timeout=3"
            ),
            (
                "postgres://db/wmo?connect_timeout=3".to_owned(),
                Some("/etc/mijn ca.pem".to_owned())
            )
        );
        assert_eq!(
            certificates_of("postgres://db/wmo?sslrootcert=ca.pem"),
            ("postgres://db/wmo".to_owned(), Some("ca.pem".to_owned()))
        );
        assert_eq!(
            certificates_of("postgres://db/wmo"),
            ("postgres://db/wmo".to_owned(), None)
        );
    }
}
