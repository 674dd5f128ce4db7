//! Dossiers from files: read, evaluated, printed one after another, and every problem at its line.

use super::{Exit, Surroundings, json, report};
use crate::budget::Library;
use crate::document::{MAX_BYTES, Outline, Problem, decode, read_file};
use crate::dossier::{Dossier, Evaluation};
use crate::scenario::ScenarioFile;
use jiff::civil::Date;
use rayon::prelude::*;
use std::io;
use std::path::{Path, PathBuf};

/// How many dossiers are worked out before the first of them is written: all cores busy, and memory bounded.
const AT_ONCE: usize = 256;

/// A dossier with the text that it was read from.
pub(super) struct Opened {
    /// The file as the user named it.
    pub(super) file: String,
    /// What is in it.
    pub(super) dossier: Dossier,
    text: String,
}

/// Reads a dossier. Errors: every problem, with file, line, column and field.
pub(super) fn open(path: &Path) -> Result<Opened, Vec<Problem>> {
    let bytes = read_file(path, MAX_BYTES).map_err(|problem| vec![problem])?;
    parse(&path.display().to_string(), &bytes)
}

/// What is printed of a dossier, and its problems.
pub(super) type Printed = io::Result<(String, Vec<Problem>)>;

/// Prints what `made` says of every dossier, for reading or as JSON, in the order in which they were named.
pub(super) fn print(
    paths: &[PathBuf],
    as_json: bool,
    surroundings: &mut Surroundings<'_>,
    made: impl Fn(&Opened) -> Printed + Sync,
) -> io::Result<Exit> {
    let (head, between, tail) = match as_json {
        true => (json::head(), json::BETWEEN, json::TAIL),
        false => (String::new(), "\n", ""),
    };
    let one = |path: &PathBuf| match open(path) {
        Ok(opened) => made(&opened),
        Err(problems) if as_json => Ok((json::unread(path, &problems)?, problems)),
        Err(problems) => Ok((String::new(), problems)),
    };
    let mut found = Vec::new();
    let mut first = true;
    surroundings.out.write_all(head.as_bytes())?;
    for some in paths.chunks(AT_ONCE) {
        let all: Vec<Printed> = some.par_iter().map(one).collect();
        for printed in all {
            let (text, problems) = printed?;
            if !first && !text.is_empty() {
                surroundings.out.write_all(between.as_bytes())?;
            }
            first &= text.is_empty();
            surroundings.out.write_all(text.as_bytes())?;
            found.extend(problems);
        }
    }
    surroundings.out.write_all(tail.as_bytes())?;
    surroundings.out.flush()?;
    report::problems(surroundings.err, &found)?;
    Ok(report::exit(&found))
}

/// A dossier from the bytes of a file with this name.
pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Opened, Vec<Problem>> {
    let dossier = Dossier::read(file, bytes);
    let text = decode(file, bytes, MAX_BYTES).map_err(|problem| vec![problem])?;
    if dossier.is_err() && ScenarioFile::is_one(&Outline::new(text)) {
        return Err(vec![
            Problem::error("dit is een scenariobestand, geen dossier")
                .hint(format!(
                    "Noem hier dossiers. Dit bestand leest u met: maatwerk budgethouder {file}"
                ))
                .in_file(file),
        ]);
    }
    Ok(Opened {
        file: file.to_owned(),
        dossier: dossier?,
        text: text.to_owned(),
    })
}

impl Opened {
    /// What it comes to on a day; the problems carry file, line and column.
    pub(super) fn evaluate(&self, library: &Library, today: Date) -> Evaluation {
        let mut evaluation = self.dossier.evaluate(library, today);
        evaluation.problems = self.located(std::mem::take(&mut evaluation.problems));
        evaluation
    }

    /// Problems that know their field, each with file, line and column.
    pub(super) fn located(&self, problems: Vec<Problem>) -> Vec<Problem> {
        if problems.is_empty() {
            return problems;
        }
        let outline = Outline::new(&self.text);
        problems
            .into_iter()
            .map(|problem| match problem.file.is_empty() {
                true => outline.positioned(problem.in_file(&self.file)),
                // Of another file, such as a text of letters.
                false => problem,
            })
            .collect()
    }
}

/// Whether two names are of one file that is there.
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether a file can be written where nothing is yet. Errors: it is one of the files that are read, or another one.
pub(super) fn is_free(target: &Path, read: &[PathBuf]) -> Result<(), Problem> {
    let message = if read.iter().any(|one| is_same_file(one, target)) {
        "dit is het dossier zelf: het blijft zoals het is"
    } else if target.symlink_metadata().is_ok() {
        "dit bestand is er al"
    } else {
        return Ok(());
    };
    let problem = Problem::error(message).hint("Kies een andere naam.");
    Err(problem.in_file(target.display().to_string()))
}
