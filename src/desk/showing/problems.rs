//! Problems with the name of their place in Dutch, and where to jump to.

use super::words::problem as words;
use crate::budget::Library;
use crate::desk::editing::Place;
use crate::desk::view::{Part, ProblemView, View};
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::Tone;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, label};

/// All problems of a dossier, errors first.
pub fn problems(dossier: &Dossier, library: &Library, problems: &[Problem]) -> Vec<ProblemView> {
    let mut views: Vec<ProblemView> = problems
        .iter()
        .map(|problem| {
            let (part, place_name) = place(dossier, library, &problem.field);
            ProblemView {
                tone: tone(problem.severity),
                place_name,
                text: words(problem),
                place: Place::of_path(&problem.field),
                part,
            }
        })
        .collect();
    views.sort_by_key(|view| view.tone != Tone::Fault);
    views
}

/// Marks each line with the worst that the list of problems has on it.
pub fn mark_lines(view: &mut View) {
    for (index, line) in view.lines.iter_mut().enumerate() {
        let mine = view
            .problems
            .iter()
            .filter(|problem| problem.part == Part::Line(index));
        let has = |tone| mine.clone().any(|problem| problem.tone == tone);
        let mark = match (has(Tone::Fault), has(Tone::Warning)) {
            (true, _) => Some(Chip::Fault),
            (false, true) => Some(Chip::Warning),
            (false, false) => None,
        };
        line.chips.retain(|chip| match chip {
            Chip::Fault | Chip::Warning => false,
            Chip::Good => mark != Some(Chip::Fault),
            _ => true,
        });
        line.chips.splice(..0, mark);
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Fault,
        Severity::Warning => Tone::Warning,
    }
}

/// The part of the window and the name of a field: "Regel 2, einddatum".
pub fn place(dossier: &Dossier, library: &Library, path: &str) -> (Part, String) {
    let parts: Vec<&str> = path
        .split(['.', '[', ']'])
        .filter(|part| !part.is_empty())
        .collect();
    let part = match parts.as_slice() {
        ["provisions", number, ..] => Part::Line(number.parse().unwrap_or(0)),
        ["investigation", ..] => Part::Investigation,
        [
            "contact" | "signatory" | "occasion" | "wordings" | "revision_ground" | "review"
            | "dates",
            ..,
        ] => Part::Decision,
        _ => Part::Client,
    };
    (part, label(dossier, Some(library), &parts).0)
}
