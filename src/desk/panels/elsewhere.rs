//! Choosing another place for the register: a file on this computer, or a server.
//!
//! It draws and says what was asked; whether a register can be opened there it must not know.

use std::path::Path;

use egui::{Key, Ui};

use super::entry::{failure_ui, page_ui};
use crate::desk::document::words;
use crate::desk::editing::{Editing, Place};
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, segments_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::text::{Tone, message_ui, muted_ui, title_ui};
use crate::register::{Address, Failure};

/// What was asked.
#[derive(Debug)]
pub enum Asked {
    /// Look what is at this place, and go on there.
    Try(Address),
    /// Ask for a file.
    Choose,
    /// Stay with the register that there is.
    Back,
}

/// Where a register can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Server,
}

/// What is being filled in.
pub struct Elsewhere {
    editing: Editing,
    kind: Kind,
    file: String,
    server: String,
    /// What is wrong with what was filled in.
    refused: Option<String>,
    /// Why there is no going on at the place that was tried.
    refusal: Option<Failure>,
    /// Whether the register that there is was named when the program was started.
    is_named: bool,
}

fn place(name: &str) -> Place {
    Place::root().field("andere plaats").field(name)
}

impl Elsewhere {
    /// With the register that there is, and the file of who names none, to begin at.
    pub fn new(now: &Address, own: &Path, is_named: bool) -> Self {
        let mut editing = Editing::default();
        let (kind, file) = match now {
            Address::File(path) => (Kind::File, path.as_path()),
            // The address can hold a password, which stands on no screen.
            Address::Server(_) => (Kind::Server, own),
        };
        editing.jump_to(place("waar"));
        Self {
            editing,
            kind,
            file: file.display().to_string(),
            server: String::new(),
            refused: None,
            refusal: None,
            is_named,
        }
    }

    /// Takes the file that was chosen.
    pub fn take_file(&mut self, path: &Path) {
        self.file = path.display().to_string();
        self.refused = None;
        self.editing.clear();
        self.editing.jump_to(place("bestand"));
    }

    /// Says why there is no going on at the place that was tried.
    pub fn refuse(&mut self, failure: Failure) {
        self.refusal = Some(failure);
        self.editing.jump_to(self.field());
    }

    fn field(&self) -> Place {
        place(match self.kind {
            Kind::File => "bestand",
            Kind::Server => "server",
        })
    }

    /// Draws the page; the register that there is stands at `at`.
    pub fn show_ui(&mut self, ui: &mut Ui, at: &str) -> Option<Asked> {
        page_ui(ui, |ui| {
            title_ui(ui, "Kies een andere plaats");
            muted_ui(ui, &format!("Nu: {at}"));
            if self.is_named {
                message_ui(
                    ui,
                    Tone::Info,
                    "Deze plaats is genoemd bij het starten, met --register. Dat geldt alleen voor deze keer. Wat u hier kiest, geldt ook als u later start zonder --register.",
                );
            }
            failure_ui(ui, self.refusal.as_ref());
            let kinds = [
                Choice::new(Kind::File, "Een bestand op deze computer"),
                Choice::new(Kind::Server, "Een server van de gemeente"),
            ];
            let at = (place("waar"), "Waar staat het register?");
            if let Some(kind) =
                segments_ui(ui, &mut self.editing, at, Some(&self.kind), &kinds, None)
            {
                self.kind = kind;
                self.refused = None;
                self.refusal = None;
                self.editing.jump_to(self.field());
            }
            let typing = ui.memory(|memory| memory.has_focus(self.field().id()));
            let enter = typing && ui.input(|input| input.key_pressed(Key::Enter));
            let mut asked = match self.kind {
                Kind::File => self.file_ui(ui),
                Kind::Server => {
                    self.server_ui(ui);
                    None
                }
            };
            ui.add_space(theme::SMALL);
            ui.horizontal_wrapped(|ui| {
                if primary_ui(ui, "Proberen").clicked() || enter {
                    asked = self.tried();
                }
                if secondary_ui(ui, "Ga terug").clicked() {
                    asked = Some(Asked::Back);
                }
            });
            asked
        })
    }

    fn file_ui(&mut self, ui: &mut Ui) -> Option<Asked> {
        let message = self.refused.as_deref().map(|text| (Tone::Fault, text));
        let field = Field::new(self.field(), "Bestand of map")
            .message(message)
            .width(Width::Full);
        if let Some(file) = field.text_ui(ui, &mut self.editing, &self.file) {
            self.file = file;
            self.refused = None;
        }
        muted_ui(
            ui,
            "Staat daar nog geen register, dan kunt u er een maken. Een netwerkmap kan niet.",
        );
        secondary_ui(ui, "Kies een bestand…")
            .clicked()
            .then_some(Asked::Choose)
    }

    fn server_ui(&mut self, ui: &mut Ui) {
        let message = self.refused.as_deref().map(|text| (Tone::Fault, text));
        let field = Field::new(self.field(), "Adres van de server")
            .message(message)
            .hint("postgres://gebruiker@server/database")
            .width(Width::Full);
        if let Some(server) = field.text_ui(ui, &mut self.editing, &self.server) {
            self.server = server;
            self.refused = None;
        }
        muted_ui(
            ui,
            "Dit adres krijgt u van de beheerder. Het komt leesbaar in de instellingen op deze computer, ook een wachtwoord dat erin staat.",
        );
    }

    /// The place that was filled in, or nothing and a message.
    fn tried(&mut self) -> Option<Asked> {
        self.refusal = None;
        let typed = match self.kind {
            Kind::File => &self.file,
            Kind::Server => &self.server,
        };
        let refused = match (self.kind, Address::parse(typed)) {
            (Kind::Server, Ok(Address::File(_))) => {
                "Dit is geen adres van een server. Schrijf het zo: postgres://gebruiker@server/database."
                    .to_owned()
            }
            (_, Ok(address)) => return Some(Asked::Try(address)),
            (_, Err(failure)) => words(&failure.problem),
        };
        self.refused = Some(refused);
        self.editing.jump_to(self.field());
        None
    }
}
