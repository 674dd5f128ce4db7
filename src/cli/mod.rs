//! The command line: the same dossiers, figures and letters as in the window, for scripts and for many at once.
//!
//! | command | does |
//! |---|---|
//! | `maatwerk [DOSSIER]` | asks `main` to open the window |
//! | `maatwerk bereken DOSSIER…` | prints the calculation, as text or as JSON (`docs/json.md`) |
//! | `maatwerk brief DOSSIER… -o …` | writes letters |
//! | `maatwerk onderzoek DOSSIER… -o …` | writes reports of the investigation |
//! | `maatwerk controleer FILE…` | checks dossiers, catalogues and tables |
//! | `maatwerk voorbeelden -o FOLDER` | writes the data of the program to a folder, to begin from |
//! | `maatwerk register …` | makes, fills, lists, checks and copies a register |
//! | `maatwerk scenario DOSSIER…` | prints what ways to spend a pgb come to, or writes one to take home |
//! | `maatwerk budgethouder FILE` | prints a scenario file in plain words |
//! | `maatwerk termijnen DOSSIER…` | prints which statutory clocks run, and which are late |
//!
//! Nothing is worked out here: one evaluation feeds window, letter and this. This room must not know the window, and it
//! reads no clock and no environment: [`Surroundings`] brings both. What it writes goes to handles, so that a reader that
//! goes away (`maatwerk bereken … | head`) is no accident.

mod arguments;
mod batch;
mod calculate;
mod check;
mod dossiers;
mod examples;
mod json;
mod letters;
mod printable;
mod numbers;
mod page;
mod register;
mod report;
mod scenario;
mod sources;
mod steps;
mod terms;

use crate::budget::Library;
use crate::document::Problem;
use crate::printing::Printer;
use crate::register::Address;
use crate::settings::Settings;
use arguments::{Arguments, Command, Given, Wish};
use jiff::Zoned;
use jiff::civil::Date;
use letters::Paper;
use printable::Printable;
use std::ffi::OsString;
use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use zeroize::Zeroizing;

/// What the command line takes from the world around it.
pub struct Surroundings<'a> {
    /// Now, on the clock and the calendar of the user.
    pub now: Zoned,
    /// The file with the user's settings, where the platform has a place for it.
    pub settings: Option<PathBuf>,
    /// The register of a user who names none, where the platform has a place for it.
    pub register: Option<PathBuf>,
    /// For results.
    pub out: &'a mut dyn Write,
    /// For messages.
    pub err: &'a mut dyn Write,
    /// What comes in, for a passphrase that another program gives.
    pub input: &'a mut dyn BufRead,
    /// Asks for a secret, which is not shown while it is typed. Error: nobody is there to type it.
    pub ask: &'a mut dyn FnMut(&str) -> io::Result<Zeroizing<String>>,
    /// Whether there is a display to open a window on.
    pub display: bool,
    /// Whether somebody watches the messages: then long work shows a bar.
    pub watched: bool,
    /// The way to the printer, where the platform has a place for what waits for it.
    pub printer: Option<Printer>,
    /// From now on the user's wish to stop (Ctrl+C) does not end the program at once: what it gives then becomes true.
    pub stop: &'a mut dyn FnMut() -> Arc<AtomicBool>,
}

/// How the work ended, for the one who started the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All done.
    Done,
    /// The input has problems; all of them were told.
    Problems,
    /// The command line was not understood.
    WrongUse,
}

impl Exit {
    /// The exit code: 0, 1 or 2.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Problems => 1,
            Self::WrongUse => 2,
        }
    }
}

/// What is left to do after [`run`].
#[derive(Debug)]
pub enum Next {
    /// Nothing.
    Exit(Exit),
    /// Open the window.
    Window {
        /// With this dossier.
        dossier: Option<PathBuf>,
        /// With this data.
        library: Box<Library>,
        /// As if it is this day, if one was asked for.
        today: Option<Date>,
        /// With this register; nothing where the platform has no place for one and none was named.
        register: Option<Address>,
        /// Whether that register was named on this command line.
        names_register: bool,
    },
}

/// Runs one command line; the first argument is the name of the program.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    surroundings: &mut Surroundings<'_>,
) -> Next {
    let surroundings = &mut Surroundings {
        now: surroundings.now.clone(),
        settings: surroundings.settings.clone(),
        register: surroundings.register.clone(),
        out: &mut Printable(surroundings.out),
        err: &mut Printable(surroundings.err),
        input: surroundings.input,
        ask: surroundings.ask,
        display: surroundings.display,
        watched: surroundings.watched,
        printer: surroundings.printer.clone(),
        stop: surroundings.stop,
    };
    let wish = arguments::parse(arguments);
    let result = match wish {
        Wish::Do(arguments) => act(&arguments, surroundings),
        Wish::Show(text) => write!(surroundings.out, "{text}").map(|()| Next::Exit(Exit::Done)),
        Wish::Explain(text) => {
            write!(surroundings.err, "{text}").map(|()| Next::Exit(Exit::WrongUse))
        }
    };
    let result = result.and_then(|next| surroundings.out.flush().map(|()| next));
    result.unwrap_or_else(|error| Next::Exit(cannot_write(&error, surroundings)))
}

fn act(arguments: &Arguments, surroundings: &mut Surroundings<'_>) -> io::Result<Next> {
    let given = match &arguments.command {
        Some(Command::Bereken(calculate)) => &calculate.given,
        Some(Command::Brief(letters)) => &letters.given,
        Some(Command::Onderzoek(reports)) => &reports.given,
        Some(Command::Controleer(check)) => &check.given,
        Some(Command::Register(wanted)) => {
            return register::run(wanted, surroundings).map(Next::Exit);
        }
        Some(Command::Voorbeelden(wanted)) => {
            return examples::run(wanted, surroundings).map(Next::Exit);
        }
        Some(Command::Termijnen(wanted)) => {
            let today = wanted.datum.unwrap_or(surroundings.now.date());
            return terms::run(wanted, today, surroundings).map(Next::Exit);
        }
        Some(Command::Budgethouder(wanted)) => {
            let shows = surroundings.display && !wanted.tekst && !scenario::is_other(&wanted.file);
            return match shows {
                true => home_window(&wanted.file, surroundings),
                false => scenario::home(&wanted.file, surroundings).map(Next::Exit),
            };
        }
        Some(Command::Scenario(wanted)) => &wanted.given,
        None => &arguments.given,
    };
    let today = given.datum.unwrap_or(surroundings.now.date());
    if let Some(Command::Controleer(check)) = &arguments.command {
        return check::run(check, today, surroundings).map(Next::Exit);
    }
    if let (None, Some(path)) = (&arguments.command, &arguments.dossier)
        && !path.exists()
    {
        let text = arguments::no_such_command(path);
        return write!(surroundings.err, "{text}").map(|()| Next::Exit(Exit::WrongUse));
    }
    if let (None, Some(path)) = (&arguments.command, &arguments.dossier)
        && scenario::is_home(path)
    {
        return match surroundings.display {
            true => home_window(path, surroundings),
            false => scenario::home(path, surroundings).map(Next::Exit),
        };
    }
    let library = folder(given, surroundings)
        .and_then(|folder| sources::load(&given.catalogus, folder.as_deref()));
    let register = match &arguments.command {
        None => register_of(arguments.register.as_ref(), surroundings),
        Some(_) => Ok(None),
    };
    let both = library.and_then(|library| Ok((library, register?)));
    let (library, register) = match both {
        Ok(both) => both,
        Err(problems) => {
            report::problems(surroundings.err, &problems)?;
            return Ok(Next::Exit(Exit::Problems));
        }
    };
    match &arguments.command {
        Some(Command::Bereken(wanted)) => {
            calculate::run(wanted, &library, today, surroundings).map(Next::Exit)
        }
        Some(Command::Brief(wanted)) => {
            let targets = (wanted.output.as_deref(), wanted.afdrukken);
            let files = (wanted.dossiers.as_slice(), targets);
            let shared = wanted.alle.then(|| {
                let folder = folder(given, surroundings)?;
                sources::fingerprint(&given.catalogus, folder.as_deref(), &library)
            });
            match shared.transpose() {
                Ok(shared) => {
                    let paper = Paper::Decision(shared);
                    letters::run(paper, files, &library, today, surroundings).map(Next::Exit)
                }
                Err(problems) => {
                    report::problems(surroundings.err, &problems)?;
                    Ok(Next::Exit(Exit::Problems))
                }
            }
        }
        Some(Command::Onderzoek(wanted)) => {
            let targets = (Some(wanted.output.as_path()), false);
            let files = (wanted.dossiers.as_slice(), targets);
            letters::run(Paper::Report, files, &library, today, surroundings).map(Next::Exit)
        }
        Some(Command::Scenario(wanted)) => {
            scenario::run(wanted, &library, today, surroundings).map(Next::Exit)
        }
        Some(
            Command::Controleer(_)
            | Command::Register(_)
            | Command::Voorbeelden(_)
            | Command::Termijnen(_)
            | Command::Budgethouder(_),
        ) => Ok(Next::Exit(Exit::Done)),
        None => Ok(Next::Window {
            dossier: arguments.dossier.clone(),
            library: Box::new(library),
            today: given.datum,
            register,
            names_register: arguments.register.is_some(),
        }),
    }
}

/// The window of a file for home, with nothing but what the program brings along: no register and no municipality's folder.
fn home_window(path: &Path, surroundings: &mut Surroundings<'_>) -> io::Result<Next> {
    match Library::shipped() {
        Ok(library) => Ok(Next::Window {
            dossier: Some(path.to_owned()),
            library: Box::new(library),
            today: None,
            register: None,
            names_register: false,
        }),
        Err(problems) => {
            report::problems(surroundings.err, &problems)?;
            Ok(Next::Exit(Exit::Problems))
        }
    }
}

/// What is set for this computer.
fn settings(surroundings: &Surroundings<'_>) -> Result<Settings, Vec<Problem>> {
    let file = surroundings.settings.as_deref();
    file.map_or_else(|| Ok(Settings::default()), Settings::read)
}

/// The municipality's folder: the one that is named, else the one that is set.
fn folder(given: &Given, surroundings: &Surroundings<'_>) -> Result<Option<PathBuf>, Vec<Problem>> {
    match &given.map {
        Some(named) => Ok(Some(named.clone())),
        None => Ok(settings(surroundings)?.folder),
    }
}

/// The register: the one that is named, else the one that is set, else the one of the platform.
fn register_of(
    named: Option<&Address>,
    surroundings: &Surroundings<'_>,
) -> Result<Option<Address>, Vec<Problem>> {
    if let Some(named) = named {
        return Ok(Some(named.clone()));
    }
    let own = || surroundings.register.clone().map(Address::File);
    Ok(settings(surroundings)?.register.or_else(own))
}

/// What to say when a handle does not take what is written. A reader that has seen enough is no problem.
fn cannot_write(error: &io::Error, surroundings: &mut Surroundings<'_>) -> Exit {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Exit::Done;
    }
    let message = if error.kind() == io::ErrorKind::StorageFull {
        "de uitvoer is niet helemaal geschreven: de schijf is vol"
    } else {
        "de uitvoer is niet helemaal geschreven"
    };
    let problem = Problem::error(message).hint("Kies een andere plaats voor de uitvoer.");
    // When messages cannot be written either, the exit code is all that is left to say it with.
    let _ = report::problems(surroundings.err, &[problem]);
    Exit::Problems
}
