//! A register on a PostgreSQL server, over TLS.
//!
//! The tables stand in a schema of their own, `maatwerk`, so that a database may hold other things too. The address may
//! carry two words that are ours: `sslrootcert=FILE` names the certificates that vouch for the server (default: those
//! of this computer), and every other setting is the server's own. The line is always encrypted and the name of the
//! server always checked.

use std::sync::Arc;
use std::time::Duration;

use postgres::config::SslMode;
use postgres::types::{ToSql, Type};
use postgres::{Client, Config};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{Cell, Database, Row, Value, explain};
use crate::register::failure::{Failure, Kind};

/// The oldest server that will do, as it numbers itself.
const OLDEST: i64 = 150_000;

/// What every session asks for: a commit is on the server's disk when it returns; nobody waits for ever; names are
/// looked up in our schema alone.
const SESSION: &str = "
SET synchronous_commit = on;
SET lock_timeout = '20s';
SET statement_timeout = '120s';
SET idle_in_transaction_session_timeout = '120s';
SET client_min_messages = warning;
SET search_path = maatwerk, pg_temp;
";

/// A connection to a server.
pub(super) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
    /// Nothing after the line broke; then the next transaction connects again.
    client: Option<Client>,
    running: bool,
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
            // A server that does not answer any more is told within a minute, also when the line was cut.
            .keepalives_idle(Duration::from_secs(30))
            .keepalives_interval(Duration::from_secs(5))
            .keepalives_retries(5)
            .tcp_user_timeout(Duration::from_secs(45));
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(10));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|_| Failure::internal("de beveiliging van de lijn is niet te starten"))?
            .with_root_certificates(trusted(certificates.as_deref())?)
            .with_no_client_auth();
        let mut server = Self {
            config,
            tls: MakeRustlsConnect::new(tls),
            client: None,
            running: false,
        };
        server.client()?;
        Ok(server)
    }

    fn client(&mut self) -> Result<&mut Client, Failure> {
        let client = match self.client.take() {
            Some(client) if !client.is_closed() => client,
            _ if self.running => return Err(explain::lost()),
            _ => {
                let client = self.config.connect(self.tls.clone());
                let mut client = client.map_err(|error| explain::of_server(&error))?;
                fit(&mut client)?;
                client
            }
        };
        Ok(self.client.insert(client))
    }

    fn with<T>(
        &mut self,
        work: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, Failure> {
        let done = work(self.client()?);
        done.map_err(|error| {
            let failure = explain::of_server(&error);
            if failure.kind == Kind::Unreachable || error.is_closed() {
                self.client = None;
            }
            failure
        })
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

/// Checks the server and sets the session up.
fn fit(client: &mut Client) -> Result<(), Failure> {
    let mut asked = |question: &str| -> Result<String, Failure> {
        let row = client
            .query_one(question, &[])
            .map_err(|e| explain::of_server(&e))?;
        row.try_get(0).map_err(|error| explain::of_server(&error))
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
    client
        .batch_execute(SESSION)
        .map_err(|error| explain::of_server(&error))
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
        self.with(|client| {
            client.batch_execute(if write {
                // Every statement sees what is committed then; the lock makes writers wait for each other.
                "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
            } else {
                "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
            })
        })?;
        self.running = true;
        if write {
            let locked = self.with(|client| {
                client.batch_execute("SELECT pg_advisory_xact_lock(hashtextextended(current_database() || '.maatwerk', 0))")
            });
            if let Err(failure) = locked {
                self.rollback();
                return Err(failure);
            }
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), Failure> {
        self.with(|client| client.batch_execute("COMMIT"))?;
        self.running = false;
        Ok(())
    }

    fn rollback(&mut self) {
        self.running = false;
        let undone = self
            .client
            .as_mut()
            .is_some_and(|client| client.batch_execute("ROLLBACK").is_ok());
        if !undone {
            self.client = None;
        }
    }

    fn execute(&mut self, statement: &str, values: &[Value<'_>]) -> Result<u64, Failure> {
        let values = bound(values);
        let values: Vec<(&(dyn ToSql + Sync), Type)> = values
            .iter()
            .map(|(value, kind)| (value.as_ref(), kind.clone()))
            .collect();
        self.with(|client| client.execute_typed(statement, &values))
    }

    fn query(
        &mut self,
        statement: &str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        use fallible_iterator::FallibleIterator as _;
        let values = bound(values);
        let values: Vec<(&(dyn ToSql + Sync), Type)> = values
            .iter()
            .map(|(value, kind)| (value.as_ref(), kind.clone()))
            .collect();
        self.with(|client| {
            let mut rows = client.query_typed_raw(statement, values)?;
            while let Some(row) = rows.next()? {
                let cells: Result<Vec<Cell>, postgres::Error> =
                    (0..row.len()).map(|at| cell(&row, at)).collect();
                if let Err(failure) = each(Row::new(cells?)) {
                    return Ok(Err(failure));
                }
            }
            Ok(Ok(()))
        })?
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
        self.with(|client| {
            client.batch_execute("CREATE SCHEMA IF NOT EXISTS maatwerk")?;
            client.batch_execute(&statements)
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
            self.with(|client| client.batch_execute(&format!("VACUUM {table}")))?;
        }
        Ok(())
    }
}

fn cell(row: &postgres::Row, at: usize) -> Result<Cell, postgres::Error> {
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
