//! Dossiers from files: read, evaluated, and every problem at its line.

use crate::budget::Library;
use crate::document::{MAX_BYTES, Outline, Problem, decode, read_file};
use crate::dossier::{Dossier, Evaluation};
use jiff::civil::Date;
use std::path::Path;

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

/// A dossier from the bytes of a file with this name.
pub(super) fn parse(file: &str, bytes: &[u8]) -> Result<Opened, Vec<Problem>> {
    let dossier = Dossier::read(file, bytes)?;
    let text = decode(file, bytes, MAX_BYTES).map_err(|problem| vec![problem])?;
    Ok(Opened {
        file: file.to_owned(),
        dossier,
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
