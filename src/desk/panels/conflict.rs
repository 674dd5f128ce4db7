//! The question that comes when the same dossier was saved elsewhere meanwhile, by somebody else or by the same person: who
//! changed what, and which version goes on.

use egui::accesskit::Role;
use egui::{Context, Id, ScrollArea, Ui};

use super::register::rows::differences_ui;
use crate::desk::showing::differences::Apart;
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::dialog::{is_left, sheet};
use crate::desk::widgets::text::{heading_ui, muted_ui, prose_ui, subheading_ui};
use crate::register::{Loaded, State};

/// What was saved elsewhere meanwhile, and who changed what.
pub struct Conflict {
    /// Their version.
    pub theirs: Loaded,
    /// Who saved it, when, as which version.
    said: String,
    words: Words,
    /// The name over what only they changed.
    by_them: String,
    apart: Apart,
    /// What is to be said about the data behind the figures.
    note: Option<&'static str>,
    is_known: bool,
}

/// What is said of a colleague's version, or of one's own from another window.
struct Words {
    title: &'static str,
    both: &'static str,
    by_me: &'static str,
    keep: &'static str,
    take: &'static str,
    lost_by_keeping: &'static str,
    lost_by_taking: &'static str,
}

const COLLEAGUE: Words = Words {
    title: "Een collega heeft dit dossier intussen gewijzigd",
    both: "Allebei gewijzigd",
    by_me: "Alleen door u gewijzigd",
    keep: "Sla mijn versie op",
    take: "Neem hun versie",
    lost_by_keeping: "Als u uw versie opslaat, staat dit er niet in.",
    lost_by_taking: "Als u hun versie neemt, staat dit er niet in. Ongedaan maken haalt het terug.",
};

const ONESELF: Words = Words {
    title: "U heeft dit dossier intussen in een ander venster gewijzigd",
    both: "In beide vensters gewijzigd",
    by_me: "Alleen in dit venster gewijzigd",
    keep: "Sla de versie van dit venster op",
    take: "Neem de versie van het andere venster",
    lost_by_keeping: "Als u de versie van dit venster opslaat, staat dit er niet in.",
    lost_by_taking: "Als u de versie van het andere venster neemt, staat dit er niet in. Ongedaan maken haalt het terug.",
};

/// Which goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The own version, saved on top of theirs.
    Mine,
    /// Theirs, in place of the own one.
    Theirs,
    /// Theirs, which is definitive; the own version goes on as a follow-up.
    FollowUp,
    /// The own version goes in a file beside.
    File,
    /// Neither yet.
    Later,
}

impl Conflict {
    /// A conflict with `theirs`, which was saved at the moment `when`, by the same person or by somebody else.
    /// The note says with what the figures of a definitive decision were worked out.
    pub fn new(
        theirs: Loaded,
        when: &str,
        by_oneself: bool,
        (apart, note): (Apart, Option<&'static str>),
    ) -> Self {
        let (who, elsewhere) = match by_oneself {
            true => ("U", " in een ander venster"),
            false => (theirs.meta.by.as_str(), ""),
        };
        let done = match &theirs.meta.state {
            State::Draft => format!(
                "{who} heeft op {when}{elsewhere} versie {} opgeslagen.",
                theirs.revision
            ),
            State::Definitive { number } => {
                format!(
                    "{who} heeft op {when}{elsewhere} besluit {number} definitief gemaakt. Dat verandert niet meer."
                )
            }
        };
        let by_them = match by_oneself {
            true => "Alleen in het andere venster gewijzigd".to_owned(),
            false => format!("Alleen door {who} gewijzigd"),
        };
        Self {
            said: format!("{done} Er is niets overschreven. Kies welke versie verdergaat."),
            words: if by_oneself { ONESELF } else { COLLEAGUE },
            by_them,
            theirs,
            apart,
            note,
            is_known: false,
        }
    }

    /// Draws the question over the window; gives the answer when there is one.
    pub fn show_ui(&mut self, ctx: &Context) -> Option<Answer> {
        let title = self.words.title;
        let modal = sheet(ctx, Id::unique("conflict")).show(ctx, |ui| {
            ui.set_width(620.0_f32.min(ctx.content_rect().width() - theme::PART));
            heading_ui(ui, title);
            prose_ui(ui, &self.said);
            let room = (ctx.content_rect().height() - 320.0).clamp(80.0, 360.0);
            ScrollArea::vertical().max_height(room).show(ui, |ui| {
                if self.apart.is_empty() {
                    muted_ui(ui, "Er is geen verschil: beide versies zijn gelijk.");
                }
                if let Some(note) = self.note {
                    muted_ui(ui, note);
                }
                self.apart_ui(ui);
            });
            ui.add_space(theme::SMALL);
            let mut answer = None;
            let definitive = matches!(self.theirs.meta.state, State::Definitive { .. });
            let (mine, goes_on, theirs) = if definitive {
                (
                    "Maak een vervolg met mijn versie",
                    Answer::FollowUp,
                    "Lees het besluit",
                )
            } else {
                (self.words.keep, Answer::Mine, self.words.take)
            };
            ui.horizontal_wrapped(|ui| {
                let choices = [
                    (primary_ui(ui, mine), goes_on),
                    (secondary_ui(ui, theirs), Answer::Theirs),
                    (
                        secondary_ui(ui, "Bewaar mijn versie als bestand"),
                        Answer::File,
                    ),
                ];
                let later = secondary_ui(ui, "Beslis later");
                // Whoever goes on typing does not choose between two versions by accident.
                if !self.is_known {
                    self.is_known = true;
                    later.request_focus();
                }
                answer = choices
                    .into_iter()
                    .chain([(later, Answer::Later)])
                    .find_map(|(button, answer)| button.clicked().then_some(answer));
            });
            answer
        });
        ctx.accesskit_node_builder(modal.response.id, |node| {
            node.set_role(Role::AlertDialog);
            node.set_label(title);
            node.set_modal();
        });
        let leaves = is_left(&modal);
        modal.inner.or(leaves.then_some(Answer::Later))
    }

    /// Draws who changed what, and which of it does not go on with which answer.
    fn apart_ui(&self, ui: &mut Ui) {
        let definitive = matches!(self.theirs.meta.state, State::Definitive { .. });
        let words = &self.words;
        let groups = [
            (words.both, &self.apart.both, ""),
            (&self.by_them, &self.apart.theirs, words.lost_by_keeping),
            (words.by_me, &self.apart.mine, words.lost_by_taking),
        ];
        for (name, differences, lost) in groups {
            if differences.is_empty() {
                continue;
            }
            subheading_ui(ui, name);
            if !lost.is_empty() && !definitive {
                muted_ui(ui, lost);
            }
            differences_ui(ui, name, differences);
            ui.add_space(theme::MEDIUM);
        }
    }
}
