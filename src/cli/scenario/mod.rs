//! `scenario`: what the scenarios of a dossier come to, for reading or as JSON, and a scenario file to take home.

mod home;
mod json;
mod text;

use super::arguments::Scenarios;
use super::dossiers::{self, Opened};
use super::sources::{self, Kind};
use super::{Exit, Surroundings, json as shared, report};
use crate::budget::Library;
use crate::document::{MAX_BYTES, Problem, decode, read_file, write_atomic};
use crate::dossier::Dossier;
use crate::letter;
use crate::scenario::{Outlook, ScenarioFile, evaluate, names_going_home};
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// Prints the scenarios of every dossier, in the order in which they were named.
pub(super) fn run(
    wanted: &Scenarios,
    library: &Library,
    today: Date,
    surroundings: &mut Surroundings<'_>,
) -> io::Result<Exit> {
    if let Some(file) = &wanted.meegeven {
        return written(&wanted.dossiers, file, surroundings, |opened| {
            let named = names_going_home(&opened.dossier);
            let made = ScenarioFile::of(&opened.dossier, library, today);
            let made = made.map_err(|problems| opened.located(problems))?;
            let text = made.to_text().map_err(|problem| vec![problem])?;
            Ok((text.into_bytes(), opened.located(named)))
        });
    }
    if let Some(file) = &wanted.proposal {
        return proposal(&wanted.dossiers, file, library, today, surroundings);
    }
    if let Some(file) = &wanted.overzicht {
        return written(&wanted.dossiers, file, surroundings, |opened| {
            let outlooks = outlooks(&opened.dossier, library, today);
            let made = letter::overview(&opened.dossier, library, (&outlooks, today));
            let made = made.map_err(|problems| opened.located(problems))?;
            let pdf = made.to_pdf().map_err(|problem| vec![problem])?;
            Ok((pdf, Vec::new()))
        });
    }
    dossiers::print(&wanted.dossiers, wanted.json, surroundings, |opened| {
        let outlooks = outlooks(&opened.dossier, library, today);
        let mut problems = problems(opened, &outlooks);
        if outlooks.is_empty() {
            problems.extend(opened.located(vec![nothing()]));
        }
        let text = match wanted.json {
            true => {
                let rows = json::rows(&outlooks);
                let parts = (outlooks.as_slice(), rows.as_slice());
                shared::written(&json::of_dossier(opened, parts, &problems, today))?
            }
            false => text::of_dossier(opened, &outlooks, today),
        };
        Ok((text, problems))
    })
}

fn nothing() -> Problem {
    Problem::error("dit dossier heeft geen scenario's")
        .field("scenarios")
        .hint("Voeg een scenario toe, of gebruik «maatwerk bereken» voor het besluit zelf.")
}

/// What each scenario of a dossier comes to.
pub(super) fn outlooks(dossier: &Dossier, library: &Library, today: Date) -> Vec<Outlook> {
    let places = 0..dossier.scenarios.len();
    places
        .filter_map(|place| evaluate(dossier, place, library, today))
        .collect()
}

/// The problems of scenarios, each once, at their place in the file.
pub(super) fn problems(opened: &Opened, outlooks: &[Outlook]) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for problem in outlooks.iter().flat_map(|outlook| &outlook.problems) {
        if !problems.contains(problem) {
            problems.push(problem.clone());
        }
    }
    opened.located(problems)
}

/// The one dossier that a file for home is about.
fn only(paths: &[PathBuf]) -> Result<Opened, Vec<Problem>> {
    match paths {
        [path] => dossiers::open(path),
        _ => Err(vec![
            Problem::error("een bestand voor thuis of een overzicht gaat over één dossier")
                .hint("Noem één dossier."),
        ]),
    }
}

fn told(surroundings: &mut Surroundings<'_>, problems: &[Problem]) -> io::Result<Exit> {
    surroundings.out.flush()?;
    report::problems(surroundings.err, problems)?;
    Ok(report::exit(problems))
}

/// Writes to a file what `made` makes of the one dossier, with what deserves a look.
fn written(
    paths: &[PathBuf],
    file: &Path,
    surroundings: &mut Surroundings<'_>,
    made: impl FnOnce(&Opened) -> Result<(Vec<u8>, Vec<Problem>), Vec<Problem>>,
) -> io::Result<Exit> {
    let done = only(paths).and_then(|opened| {
        dossiers::is_free(file, paths).map_err(|problem| vec![problem])?;
        let (bytes, told) = made(&opened)?;
        write_atomic(file, &bytes).map_err(|problem| vec![problem])?;
        Ok(told)
    });
    if done.is_ok() {
        writeln!(surroundings.out, "{}", file.display())?;
    }
    told(surroundings, &done.unwrap_or_else(|problems| problems))
}

/// Whether a file holds scenarios to take home. A file that cannot be read is told by whoever opens it.
pub(super) fn is_home(path: &Path) -> bool {
    sources::open(path).is_ok_and(|given| given.kind == Kind::Home)
}

/// Whether a file holds something else that the program knows: a window for home would be of no use.
pub(super) fn is_other(path: &Path) -> bool {
    sources::open(path).is_ok_and(|given| given.kind != Kind::Home)
}

/// A scenario file with its text. Errors: all that keeps it from being read or leaned on.
fn read_home(path: &Path) -> Result<(ScenarioFile, String), Vec<Problem>> {
    let name = path.display().to_string();
    if let Ok(given) = sources::open(path)
        && given.kind != Kind::Home
    {
        let what = given.kind.dutch();
        let hint = match given.kind {
            Kind::Dossier => format!(
                "Maak er eerst een bestand voor thuis van: maatwerk scenario {name} --meegeven thuis.ron"
            ),
            Kind::Home | Kind::Data(_) => {
                "Kies het bestand dat u van de gemeente kreeg.".to_owned()
            }
        };
        let message = format!("dit is een {what}, geen bestand voor thuis");
        return Err(vec![Problem::error(message).hint(hint).in_file(name)]);
    }
    let bytes = read_file(path, MAX_BYTES).map_err(|problem| vec![problem])?;
    let file = ScenarioFile::read(&name, &bytes)?;
    let text = decode(&name, &bytes, MAX_BYTES).map_err(|problem| vec![problem])?;
    Ok((file, text.to_owned()))
}

/// Prints a scenario file for who lives with it.
pub(super) fn home(path: &Path, surroundings: &mut Surroundings<'_>) -> io::Result<Exit> {
    let opened = read_home(path)
        .and_then(|(file, text)| file.library().map(|library| (file, text, library)));
    let (file, text, library) = match opened {
        Ok(opened) => opened,
        Err(problems) => return told(surroundings, &problems),
    };
    let today = surroundings.now.date();
    let outlooks = file.outlooks(&library, today);
    let municipality = file.municipality(&library);
    write!(
        surroundings.out,
        "{}",
        home::text(&file, municipality, &outlooks)
    )?;
    let name = path.display().to_string();
    let problems = file.located((&name, &text), &outlooks, today);
    told(surroundings, &problems)
}

/// All problems of a scenario file.
pub(super) fn check_home(name: &str, text: &str, today: Date) -> Vec<Problem> {
    let file = ScenarioFile::read(name, text.as_bytes());
    let opened = file.and_then(|file| file.library().map(|library| (file, library)));
    match opened {
        Ok((file, library)) => file.located((name, text), &file.outlooks(&library, today), today),
        Err(problems) => problems,
    }
}

/// Shows what comes back from home beside the dossier.
fn proposal(
    paths: &[PathBuf],
    path: &Path,
    library: &Library,
    today: Date,
    surroundings: &mut Surroundings<'_>,
) -> io::Result<Exit> {
    let both = only(paths).and_then(|opened| Ok((opened, read_home(path)?)));
    let (opened, (file, _)) = match both {
        Ok(both) => both,
        Err(problems) => return told(surroundings, &problems),
    };
    match file.returned(&opened.dossier, library, today) {
        Ok(returned) => {
            write!(surroundings.out, "{}", home::returned(&returned))?;
            told(surroundings, &[])
        }
        Err(problems) => told(surroundings, &problems),
    }
}
