//! The program `maatwerk`: asks the clock and the platform what only they know, and hands the rest to `cli` and `desk`.
#![forbid(unsafe_code)]

use directories::ProjectDirs;
use jiff::Timestamp;
use jiff::civil::Date;
use maatwerk::cli::{self, Exit, Next, Surroundings};
use maatwerk::desk;
use maatwerk::desk::keeper::Home;
use maatwerk::register::{Address, Effort};
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let mut out = BufWriter::new(io::stdout().lock());
    // Not locked: the bar of many letters draws from other threads.
    let mut err = io::stderr();
    let next = cli::run(
        std::env::args_os(),
        &mut Surroundings {
            today: today(),
            settings: settings("instellingen.ron"),
            register: register(),
            watched: err.is_terminal(),
            out: &mut out,
            err: &mut err,
        },
    );
    let exit = match next {
        Next::Exit(exit) => exit,
        Next::Window {
            dossier,
            library,
            today,
            register,
        } => match desk::open(
            dossier,
            *library,
            today,
            settings("venster.ron"),
            register.and_then(home),
        ) {
            Ok(()) => Exit::Done,
            Err(why) => {
                // When this cannot be written either, the exit code still says it.
                let _ = writeln!(err, "{why}");
                Exit::WrongUse
            }
        },
    };
    ExitCode::from(exit.code())
}

/// The one place that asks for the day: today on the calendar of this computer.
#[expect(
    clippy::disallowed_methods,
    reason = "everything below gets the day as an argument"
)]
fn today() -> Date {
    jiff::Zoned::now().date()
}

/// A file in the folder that the platform has for the settings of a program.
fn settings(file: &str) -> Option<PathBuf> {
    Some(folders()?.config_dir().join(file))
}

/// The register in the folder that the platform has for data that stay on this computer.
fn register() -> Option<PathBuf> {
    Some(folders()?.data_local_dir().join("register.db"))
}

/// The register of the window, with what it keeps beside it on this computer.
fn home(address: Address) -> Option<Home> {
    let data = folders()?.data_local_dir().to_owned();
    Some(Home {
        address,
        journal: data.join("onopgeslagen.db"),
        backups: data.join("reservekopieen"),
        effort: Effort::NORMAL,
        clock: Arc::new(now),
    })
}

/// What time it is, for the log of the register and for locking it after a while.
#[expect(
    clippy::disallowed_methods,
    reason = "everything below gets the clock as an argument"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("nl", "", "maatwerk")
}
