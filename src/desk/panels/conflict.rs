//! The question that comes when somebody else saved the same dossier meanwhile: what is different, and which goes on.

use egui::accesskit::Role;
use egui::{Context, Id, ScrollArea};

use super::register::rows::differences_ui;
use crate::desk::showing::differences::DifferenceView;
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::dialog::{is_left, sheet};
use crate::desk::widgets::text::{heading_ui, muted_ui, prose_ui};
use crate::register::{Loaded, State};

/// What somebody else saved, and how the open dossier differs from it.
pub struct Conflict {
    /// Their version.
    pub theirs: Loaded,
    /// Who saved it, when, as which version.
    said: String,
    differences: Vec<DifferenceView>,
    is_known: bool,
}

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
    /// A conflict with `theirs`, which was saved at the moment `when`.
    pub fn new(theirs: Loaded, when: &str, differences: Vec<DifferenceView>) -> Self {
        let by = &theirs.meta.by;
        let done = match &theirs.meta.state {
            State::Draft => format!(
                "{by} heeft op {when} versie {} opgeslagen.",
                theirs.revision
            ),
            State::Definitive { number } => {
                format!(
                    "{by} heeft op {when} besluit {number} definitief gemaakt. Dat verandert niet meer."
                )
            }
        };
        let said =
            format!("{done} Er is niets overschreven. Dit is wat er in uw versie anders is:");
        Self {
            theirs,
            said,
            differences,
            is_known: false,
        }
    }

    /// Draws the question over the window; gives the answer when there is one.
    pub fn show_ui(&mut self, ctx: &Context) -> Option<Answer> {
        let title = "Een collega heeft dit dossier intussen gewijzigd";
        let modal = sheet(ctx, Id::unique("conflict")).show(ctx, |ui| {
            ui.set_width(620.0_f32.min(ctx.content_rect().width() - theme::PART));
            heading_ui(ui, title);
            prose_ui(ui, &self.said);
            let room = (ctx.content_rect().height() - 320.0).clamp(80.0, 360.0);
            ScrollArea::vertical().max_height(room).show(ui, |ui| {
                if self.differences.is_empty() {
                    muted_ui(ui, "Er is geen verschil: beide versies zijn gelijk.");
                }
                differences_ui(ui, "Verschillen", &self.differences);
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
                ("Sla mijn versie op", Answer::Mine, "Neem hun versie")
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
}
