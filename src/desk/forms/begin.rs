//! Beginning a dossier: for which municipality, and for whom.

use egui::{Context, Id, Key};
use serde::{Deserialize, Serialize};

use crate::budget::Library;
use crate::desk::editing::{Editing, Place};
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, list_ui};
use crate::desk::widgets::dialog::sheet_ui;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::text::{heading_ui, muted_ui};
use crate::dossier::Dossier;

/// A dossier that is about to be begun.
#[derive(Serialize, Deserialize)]
pub struct Beginning {
    editing: Editing,
    municipality: String,
    surname: String,
}

/// What came of it in this frame.
pub enum Begun {
    /// The person is still filling it in.
    Waiting,
    /// Begin this dossier.
    Dossier(Box<Dossier>),
    /// No dossier after all.
    Nothing,
}

fn place() -> Place {
    Place::root().field("begin")
}

impl Beginning {
    /// The form, with `municipality` chosen if it is known.
    pub fn new(library: &Library, municipality: Option<&str>) -> Self {
        let mut editing = Editing::default();
        editing.jump_to(place().field("municipality"));
        let first = library.catalogues.municipalities().next();
        let chosen = municipality
            .filter(|code| library.catalogues.municipality(code).is_some())
            .or(first.map(|file| file.code.as_str()));
        Self {
            editing,
            municipality: chosen.unwrap_or_default().to_owned(),
            surname: String::new(),
        }
    }

    /// Puts the keyboard in the field with this id.
    pub fn jump_to(&mut self, field: Id) {
        self.editing.jump_to_widget(field);
    }

    /// Draws the form over the window.
    pub fn show_ui(&mut self, ctx: &Context, library: &Library) -> Begun {
        let (answer, leaves) = sheet_ui(ctx, (Id::unique("begin"), "Nieuw dossier"), |ui| {
            ui.set_width(420.0_f32.min(ctx.content_rect().width() - theme::PART));
            heading_ui(ui, "Nieuw dossier");
            muted_ui(
                ui,
                "De gemeente bepaalt welke producten en tarieven gelden.",
            );
            let enter = ui.input(|input| input.key_pressed(Key::Enter));
            let choices: Vec<_> = library
                .catalogues
                .municipalities()
                .map(|file| Choice::new(file.code.clone(), &file.name))
                .collect();
            let picked = list_ui(
                ui,
                &mut self.editing,
                (place().field("municipality"), "Gemeente"),
                Width::Name,
                Some(&self.municipality),
                "Kies een gemeente",
                &choices,
                None,
            );
            if let Some(code) = picked {
                self.municipality = code;
            }
            let field = Field::new(place().field("surname"), "Achternaam van de cliënt");
            let typing = ui.memory(|memory| memory.has_focus(place().field("surname").id()));
            if let Some(text) = field.text_ui(ui, &mut self.editing, &self.surname) {
                self.surname = text;
            }
            ui.add_space(theme::SMALL);
            ui.horizontal(|ui| {
                let begin = primary_ui(ui, "Begin het dossier").clicked();
                if secondary_ui(ui, "Ga terug").clicked() {
                    Begun::Nothing
                } else if begin || (typing && enter) {
                    let mut dossier = Dossier::new(&self.municipality);
                    dossier.client.person.surname.clone_from(&self.surname);
                    Begun::Dossier(Box::new(dossier))
                } else {
                    Begun::Waiting
                }
            })
            .inner
        });
        match answer {
            Begun::Waiting if leaves => Begun::Nothing,
            begun => begun,
        }
    }
}
