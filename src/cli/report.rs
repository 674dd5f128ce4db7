//! Telling problems: one line each, errors first counted at the end.

use super::Exit;
use crate::document::{Problem, Severity};
use std::io::{self, Write};

/// Writes problems, one a line: `bestand:regel:kolom: veld: melding. hint`.
pub(super) fn problems(out: &mut dyn Write, problems: &[Problem]) -> io::Result<()> {
    for problem in problems {
        writeln!(out, "{problem}")?;
    }
    Ok(())
}

/// Whether one of them stops the work.
pub(super) fn has_errors(problems: &[Problem]) -> bool {
    problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
}

/// The exit that belongs to these problems: warnings are no reason to fail.
pub(super) fn exit(problems: &[Problem]) -> Exit {
    if has_errors(problems) {
        Exit::Problems
    } else {
        Exit::Done
    }
}
