//! Before a file is written: whether something stands there that would be lost, and the question about it.
//!
//! It looks beside the window, and compares with what was read or saved last. Writing itself stands in `files`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Context;

use super::Desk;
use super::files::{Done, Wrote};
use crate::desk::files::Purpose;
use crate::desk::widgets::dialog::question_ui;
use crate::document::{MAX_BYTES, read_file};
use crate::dossier::Dossier;
use crate::examples;

/// What writing to a file would take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing: there is no such file, or it holds the dossier as it was read or saved last.
    Nothing,
    /// A file that this window did not read or write.
    Another,
    /// What somebody put in the file of the dossier since it was read or saved.
    Changed,
}

/// A file that is written only after a person says yes.
pub(super) struct Taken {
    purpose: Purpose,
    path: PathBuf,
    standing: Standing,
}

impl Desk {
    /// Writes to a file at once where nothing is lost by it; else asks first.
    pub(super) fn write_if_free(&mut self, purpose: Purpose, path: PathBuf) {
        let own = self
            .document
            .as_ref()
            .filter(|document| purpose == Purpose::Save && document.path() == Some(path.as_path()));
        let known = own.map(|own| own.saved().cloned());
        self.ask_disk(move || {
            let standing = standing(&path, known.as_ref());
            Done::Looked(purpose, path, standing)
        });
    }

    /// Goes on with a file once it is known what stands there.
    pub(super) fn take_looked(&mut self, purpose: Purpose, path: PathBuf, standing: Standing) {
        if standing == Standing::Nothing {
            self.write(purpose, path);
        } else {
            self.taken = Some(Taken {
                purpose,
                path,
                standing,
            });
        }
    }

    /// Writes what is asked for, over whatever stands there.
    pub(super) fn write(&mut self, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::Save => self.save(path),
            Purpose::Letter => self.write_letter(path),
            Purpose::Report => self.write_report(path),
            Purpose::GiveHome => self.write_home(path),
            Purpose::SendBack => self.write_sent(path),
            Purpose::Overview => self.write_overview(path),
            Purpose::Account => self.write_account(path),
            Purpose::Examples => self.write_examples(path),
            Purpose::Register(what) => self.records.screens.take_file(what, path),
            // These read, and go their own way.
            Purpose::Open
            | Purpose::TakeOver
            | Purpose::Proposal
            | Purpose::Place
            | Purpose::Spare => {}
        }
    }

    pub(super) fn write_examples(&mut self, path: PathBuf) {
        self.ask_disk(move || {
            let written = examples::write(&path).map(|_| ());
            Done::Written(path, Wrote::Examples, written)
        });
    }

    /// The question about a file that holds something.
    pub(super) fn taken_ui(&mut self, ctx: &Context) {
        let Some(taken) = self.taken.take() else {
            return;
        };
        let path = taken.path.display();
        let changed = taken.standing == Standing::Changed;
        let (title, text) = if changed {
            (
                "Wilt u de wijziging van een ander vervangen?",
                format!(
                    "In {path} staat iets anders dan toen u het opende of opsloeg. Als u het vervangt, is dat weg."
                ),
            )
        } else {
            (
                "Wilt u dit bestand vervangen?",
                format!("{path} bestaat al. Als u het vervangt, is wat erin staat weg."),
            )
        };
        let verbs = ["Vervang het", "Kies een ander bestand", "Annuleren"];
        match question_ui(ctx, "taken", title, &text, &verbs) {
            None => self.taken = Some(taken),
            Some(0) => self.write(taken.purpose, taken.path),
            Some(1) => self.ask(ctx, taken.purpose),
            Some(_) => {
                let saved = self.after_save.take();
                self.turn_down(saved);
                self.let_go = None;
            }
        }
    }
}

/// What stands in a file: in that of the dossier, which was `known` to hold this or something else, or in another.
fn standing(path: &Path, known: Option<&Option<Arc<Dossier>>>) -> Standing {
    // What cannot be looked at is told by the writing.
    if !path.exists() {
        return Standing::Nothing;
    }
    let Some(known) = known else {
        return Standing::Another;
    };
    let bytes = read_file(path, MAX_BYTES).ok();
    let read = bytes.and_then(|bytes| Dossier::read("", &bytes).ok());
    if read.is_some_and(|read| known.as_ref().is_some_and(|known| read == **known)) {
        Standing::Nothing
    } else {
        Standing::Changed
    }
}
