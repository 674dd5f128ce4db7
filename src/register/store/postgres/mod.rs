//! A register on a PostgreSQL server, over TLS.
//!
//! The tables stand in a schema of their own, `maatwerk`, so that a database may hold other things too. The address may
//! carry two words that are ours: `sslrootcert=FILE` names the certificates that vouch for the server (default: those
//! of this computer), and every other setting is the server's own. The line is always encrypted and the name of the
//! server always checked.
//!
//! `address` reads and shows addresses, `statements` asks and reads answers.
//!
//! A server that is silent is waited for no longer than the address says (`connect_timeout` and `tcp_user_timeout`, in
//! seconds), also where the line still seems to be there: a box on the way may keep it up without passing anything on.

mod address;
mod statements;

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, Error};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::explain;
use crate::register::failure::{Failure, Kind};
pub(super) use address::{check, shown};
use address::{config_of, trusted};

/// The oldest server that will do, as it numbers itself.
const OLDEST: i64 = 150_000;

/// How long connecting may take.
const CONNECTED_WITHIN: Duration = Duration::from_secs(10);
/// How long the server may be silent while it is asked something.
const ANSWERS_WITHIN: Duration = Duration::from_secs(60);
/// How long a writer waits for another at most.
const WAITS_AT_MOST: Duration = Duration::from_secs(20);
/// How long saying goodbye may take.
const FAREWELL: Duration = Duration::from_millis(200);

/// What every session asks for: a commit is on the server's disk when it returns; names are looked up in our schema alone;
/// and a session whose line is gone holds nobody up for long.
const SESSION: &str = "
SET synchronous_commit = on;
SET idle_in_transaction_session_timeout = '120s';
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 5;
SET tcp_user_timeout = 45000;
SET client_min_messages = warning;
SET search_path = maatwerk, pg_temp;
";

/// Asks the server to give up what takes too long by itself, a little before it would be taken for silent: then it is told
/// as that, and the line stays.
fn limits(patience: Duration) -> String {
    let part = |of: u32, parts: u32| {
        let part = patience
            .checked_div(parts)
            .and_then(|part| part.checked_mul(of));
        part.unwrap_or(patience)
    };
    let waits = part(1, 3).min(WAITS_AT_MOST).as_millis();
    let works = part(5, 6).as_millis();
    format!("SET lock_timeout = {waits}; SET statement_timeout = {works};")
}

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
        let session = format!("{SESSION}{}", limits(self.patience));
        self.over_line(async |client| client.batch_execute(&session).await)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_gives_up_a_statement_before_it_is_taken_for_silent() {
        let seconds = Duration::from_secs;
        assert_eq!(
            limits(ANSWERS_WITHIN),
            "SET lock_timeout = 20000; SET statement_timeout = 50000;"
        );
        assert_eq!(
            limits(seconds(6)),
            "SET lock_timeout = 2000; SET statement_timeout = 5000;"
        );
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
}
