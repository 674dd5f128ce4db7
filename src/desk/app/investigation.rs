//! The report of the investigation, and taking over the answers of an earlier one.

use std::path::{Path, PathBuf};

use egui::Context;

use super::Desk;
use super::files::Done;
use crate::desk::document::{Document, words};
use crate::desk::editing::Place;
use crate::desk::files::Purpose;
use crate::desk::forms::Change;
use crate::desk::view::Part;
use crate::desk::widgets::text::Tone;
use crate::document::{MAX_BYTES, Problem, read_file, write_atomic};
use crate::dossier::Dossier;
use crate::letter::{Letter, report};
use crate::printing::Sort;

impl Desk {
    /// The report of the investigation of the open dossier. Errors: all that stands in its way.
    fn report(document: &Document) -> Result<Letter, Vec<Problem>> {
        report(document.dossier(), document.library())
    }

    /// Makes the report, and asks where to write it when nothing stands in its way.
    pub(super) fn make_report(&mut self, ctx: &Context) {
        match self.document.as_ref().map(Self::report) {
            Some(Ok(_)) => self.ask(ctx, Purpose::Report),
            Some(Err(problems)) => self.tell_no_report(&problems),
            None => {}
        }
    }

    /// Hands the report to the printer, when nothing stands in its way.
    pub(super) fn print_report(&mut self, ctx: &Context) {
        match self.document.as_ref().map(Self::report) {
            Some(Ok(report)) => self.print(ctx, report, Sort::Report),
            Some(Err(problems)) => self.tell_no_report(&problems),
            None => {}
        }
    }

    /// Says why there is no report, and goes to the first field that is in the way.
    fn tell_no_report(&mut self, problems: &[Problem]) {
        let Some(first) = problems.first() else {
            return;
        };
        let more = match problems.len() {
            0 | 1 => String::new(),
            2 => " Er is nog 1 ander punt.".to_owned(),
            number => format!(" Er zijn nog {} andere punten.", number.saturating_sub(1)),
        };
        let text = format!("Het verslag is niet gemaakt. {}{more}", words(first));
        self.tell(Some(Tone::Fault), &text);
        self.shell.choose(Part::of_path(&first.field));
        self.editing.jump_to(Place::of_path(&first.field));
    }

    pub(super) fn write_report(&mut self, path: PathBuf) {
        match self.document.as_ref().map(Self::report) {
            Some(Ok(letter)) => self.note_printed(move |desk| {
                desk.ask_disk(move || {
                    let pages = letter.to_pdf();
                    let written = pages.and_then(|bytes| write_atomic(&path, &bytes));
                    Done::Report(path, written)
                });
            }),
            Some(Err(problems)) => self.tell_no_report(&problems),
            None => {}
        }
    }

    /// Reads an earlier dossier, to take over its investigation.
    pub(super) fn take_over(&mut self, path: PathBuf) {
        self.ask_disk(move || {
            let bytes = read_file(&path, MAX_BYTES).map_err(|problem| vec![problem]);
            let read = bytes.and_then(|bytes| Dossier::read(&path.display().to_string(), &bytes));
            Done::Earlier(path, read.map(Box::new))
        });
    }

    /// Takes over the investigation of a dossier that was read.
    pub(super) fn put_taken_over(&mut self, path: &Path, earlier: &Dossier) {
        let Some(document) = &mut self.document else {
            return;
        };
        let from = match earlier.number.trim() {
            "" => path.file_name().unwrap_or_default().to_string_lossy(),
            number => number.into(),
        };
        let mut dossier = document.dossier().clone();
        let count = dossier
            .investigation
            .take_over(&earlier.investigation, &from);
        let text = match count {
            0 => format!(
                "Er is niets overgenomen: {from} heeft geen antwoord dat hier nog ontbreekt."
            ),
            1 => format!("1 antwoord is overgenomen uit {from}. Kijk na of het nog klopt."),
            count => format!(
                "{count} antwoorden zijn overgenomen uit {from}. Kijk na of ze nog kloppen."
            ),
        };
        let change = Change {
            what: "Onderzoek overnemen",
            dossier,
            moved: true,
        };
        document.compare_with(&from, earlier.clone());
        document.step(change, &mut self.editing);
        self.shell.choose(Part::Investigation);
        self.tell(None, &text);
    }
}
