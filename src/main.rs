//! The program `maatwerk`: asks the clock and the platform what only they know, and hands the rest to `cli` and `desk`.
#![forbid(unsafe_code)]

use console::Term;
use directories::ProjectDirs;
use jiff::Zoned;
use jiff::tz::TimeZone;
use maatwerk::cli::{self, Exit, Next, Surroundings};
use maatwerk::desk;
use maatwerk::desk::keeper::Home;
use maatwerk::printing::Printer;
use maatwerk::register::{Address, Effort};
use maatwerk::settings::Settings;
use std::io::{self, BufWriter, IsTerminal as _, Write as _};
use std::panic::PanicHookInfo;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zeroize::Zeroizing;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|fault| {
        // When this cannot be written either, nothing can be told.
        let _ = writeln!(io::stderr(), "{}", place_of(fault));
    }));
    let mut out = BufWriter::new(io::stdout().lock());
    // Not locked: the bar of many letters draws from other threads.
    let mut err = io::stderr();
    let next = cli::run(
        std::env::args_os(),
        &mut Surroundings {
            now: now(),
            settings: settings("instellingen.ron"),
            register: register(),
            display: desk::has_display(|name| std::env::var_os(name)),
            watched: err.is_terminal(),
            out: &mut out,
            err: &mut err,
            input: &mut io::stdin().lock(),
            ask: &mut ask,
            printer: printer(),
            stop: &mut stop,
        },
    );
    let exit = match next {
        Next::Exit(exit) => exit,
        Next::Window {
            dossier,
            library,
            today,
            register,
            names_register,
        } => match desk::open(
            dossier,
            *library,
            (today, now),
            settings("venster.ron"),
            register.and_then(|address| home(address, names_register)),
            printer(),
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

/// What is told of a fault of the program itself: its place alone, because its words can quote a dossier.
fn place_of(fault: &PanicHookInfo<'_>) -> String {
    let place = fault.location().map(ToString::to_string);
    format!(
        "Er is een fout in het programma, op {}. Geef deze plaats door aan de beheerder.",
        place.unwrap_or_else(|| "een onbekende plaats".to_owned())
    )
}

/// From now on Ctrl+C, or the system, asks the work to stop where that leaves nothing half done, instead of ending the program in the middle.
fn stop() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // Where the system has no such wish, the program ends as it always did; a letter is still whole or not there.
        let _ = signal_hook::flag::register(signal, Arc::clone(&stop));
    }
    stop
}

/// Asks for a secret on the terminal, which does not show it.
fn ask(what: &str) -> io::Result<Zeroizing<String>> {
    let terminal = Term::stderr();
    if !terminal.is_term() {
        return Err(io::ErrorKind::NotConnected.into());
    }
    terminal.write_str(what)?;
    terminal.read_secure_line().map(Zeroizing::new)
}

/// A file in the folder that the platform has for the settings of a program.
fn settings(file: &str) -> Option<PathBuf> {
    Some(folders()?.config_dir().join(file))
}

/// The register in the folder that the platform has for data that stay on this computer.
fn register() -> Option<PathBuf> {
    Some(folders()?.data_local_dir().join("register.db"))
}

/// The way to the printer, with the folder where a letter may wait for it.
fn printer() -> Option<Printer> {
    let folder = folders()?.data_local_dir().join("afdrukken");
    let path = std::env::var_os("PATH").unwrap_or_default();
    Some(Printer::new(path, folder))
}

/// The register of the window, with what it keeps beside it on this computer; `is_named` says that the command line named
/// it.
fn home(address: Address, is_named: bool) -> Option<Home> {
    let data = folders()?.data_local_dir().to_owned();
    let file = settings("instellingen.ron");
    // A file that holds something else was told on the command line.
    let set = file.as_deref().map(Settings::read);
    let set = set.and_then(Result::ok).unwrap_or_default();
    Some(Home {
        address,
        is_named,
        own: register()?,
        settings: file,
        journal: data.join("onopgeslagen.db"),
        backups: data.join("reservekopieen"),
        chosen_backups: set.backups,
        effort: Effort::NORMAL,
        clock: Arc::new(|| now().timestamp()),
        zone: TimeZone::system(),
    })
}

/// The one place that asks the clock of this computer.
#[expect(
    clippy::disallowed_methods,
    reason = "everything below gets the time as an argument"
)]
fn now() -> Zoned {
    Zoned::now()
}

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("nl", "", "maatwerk")
}

#[cfg(test)]
mod tests {
    use super::place_of;
    use std::sync::{Arc, Mutex};

    #[test]
    fn a_fault_of_the_program_tells_its_place_and_not_what_it_was_about() {
        let told = Arc::new(Mutex::new(String::new()));
        let hears = Arc::clone(&told);
        std::panic::set_hook(Box::new(move |fault| {
            if let Ok(mut told) = hears.lock() {
                *told = place_of(fault);
            }
        }));
        let fault = std::panic::catch_unwind(|| panic!("mevrouw Aalders"));
        drop(std::panic::take_hook());
        assert!(fault.is_err());
        let told = told.lock().unwrap().clone();
        assert!(
            told.contains("src/main.rs:") && !told.contains("Aalders"),
            "{told}"
        );
    }
}
