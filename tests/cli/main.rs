//! The command line from the outside: arguments in, text, messages and exit code out.
//!
//! Beside each dossier in `fixtures/dossiers` stands what `bereken` prints of it, as a `.txt`. After a change that was
//! meant: `MAATWERK_GOUD=schrijf cargo test --locked --test cli`, and read the difference. The figures worked out by
//! hand stand in [`figures::WORKED`] and, with their derivation, at the head of each dossier; no run of the program writes those.

#[path = "../register/articles.rs"]
mod articles;
mod bad_input;
mod batch;
mod figures;
mod finance;
mod letters;
mod municipality;
mod published;
mod register;
mod scenario;
#[cfg(unix)]
mod stopped;
mod terms;
mod usage;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use maatwerk::cli::{Exit, Next, Surroundings, run};
use maatwerk::printing::Printer;
use maatwerk::register::Address;
use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use zeroize::Zeroizing;

const TODAY: Date = date(2018, 1, 15);

/// Where the platform has the register of who names none.
const OWN: &str = "gegevens/register.db";

/// What a command line came to.
struct Done {
    /// Nothing when the window is to open.
    exit: Option<Exit>,
    /// Where the window looks for the register.
    register: Option<Address>,
    out: String,
    err: String,
}

/// What stands around a command line.
#[derive(Default)]
struct Around<'a> {
    settings: Option<PathBuf>,
    /// What comes in.
    input: &'a str,
    /// What is typed, secret by secret.
    typed: &'a [&'a str],
    /// Whether somebody stops long work.
    stopped: bool,
    /// The way to the printer.
    printer: Option<Printer>,
}

fn program_in(around: Around<'_>, arguments: &[&str]) -> Done {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("maatwerk").chain(arguments.iter().copied());
    let noon = TODAY.at(12, 0, 0, 0).to_zoned(TimeZone::UTC);
    let mut typed = around.typed.iter();
    let mut register = None;
    let next = run(
        arguments.map(OsString::from),
        &mut Surroundings {
            now: noon.expect("a moment"),
            settings: around.settings,
            register: Some(PathBuf::from(OWN)),
            out: &mut out,
            err: &mut err,
            input: &mut around.input.as_bytes(),
            ask: &mut |_| match typed.next() {
                Some(secret) => Ok(Zeroizing::new((*secret).to_owned())),
                None => Err(ErrorKind::NotConnected.into()),
            },
            display: false,
            watched: false,
            printer: around.printer,
            stop: &mut || Arc::new(AtomicBool::new(around.stopped)),
        },
    );
    Done {
        exit: match next {
            Next::Exit(exit) => Some(exit),
            Next::Window {
                register: found, ..
            } => {
                register = found;
                None
            }
        },
        register,
        out: String::from_utf8(out).expect("UTF-8"),
        err: String::from_utf8(err).expect("UTF-8"),
    }
}

fn program_with(settings: Option<PathBuf>, arguments: &[&str]) -> Done {
    let around = Around {
        settings,
        ..Around::default()
    };
    program_in(around, arguments)
}

fn program(arguments: &[&str]) -> Done {
    program_with(None, arguments)
}

/// All files of a folder.
fn all_of(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let files = fs::read_dir(folder).expect("a folder");
    files.map(|file| file.expect("a file").path())
}

fn text_of(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn dossiers() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir("fixtures/dossiers")
        .expect("the folder of dossiers")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "ron"))
        .collect();
    paths.sort();
    paths
}

const EXAMPLE: &str = "fixtures/dossiers/voorbeeld.ron";

fn example() -> String {
    fs::read_to_string(EXAMPLE).expect("the example dossier")
}

/// The example with one piece of text replaced, as a file in a folder of its own.
fn changed(from: &str, to: &str) -> (TempDir, PathBuf) {
    let text = example();
    assert!(text.contains(from), "the example has no {from:?}");
    written(text.replacen(from, to, 1).as_bytes())
}

fn written(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = folder();
    let path = folder.path().join("dossier.ron");
    fs::write(&path, bytes).expect("written");
    (folder, path)
}
