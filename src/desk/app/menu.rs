//! The menu bar: its entries, the files that were open before, and how the open one stands.

use egui::containers::menu::MenuBar;
use egui::{Align, Button, Layout, Ui};

use super::{Desk, Gate, Then};
use crate::desk::command::{Command, Menu};
use crate::desk::document::{Document, Keeping};
use crate::desk::theme;
use crate::desk::widgets::button::focus_ring_within;
use crate::desk::widgets::menu::menu_ui;
use crate::desk::widgets::text::muted_ui;
use crate::register::Base;

impl Desk {
    pub(super) fn menu_ui(&mut self, ui: &mut Ui) {
        MenuBar::new().ui(ui, |ui| {
            ui.spacing_mut().button_padding.x = theme::SMALL;
            for menu in Menu::ALL {
                if menu == Menu::Register && *self.gate() == Gate::Without {
                    continue;
                }
                let button = menu_ui(ui, menu.name(), |ui| self.entries_ui(ui, menu));
                focus_ring_within(ui, &button);
            }
            let state = self.file_state(ui.input(|input| input.time));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                muted_ui(ui, &state);
            });
        });
    }

    fn entries_ui(&mut self, ui: &mut Ui, menu: Menu) {
        ui.spacing_mut().button_padding.x = theme::SMALL;
        for (index, group) in menu.groups().iter().enumerate() {
            if index > 0 {
                ui.separator();
            }
            for command in *group {
                let entry =
                    Button::new(self.entry_name(*command)).shortcut_text(command.keys(ui.ctx()));
                let hindrance = self.hindrance(ui.ctx(), *command);
                let mut response = ui.add_enabled(hindrance.is_none(), entry);
                focus_ring_within(ui, &response);
                if let Some(why) = hindrance {
                    response = response.on_disabled_hover_text(why);
                }
                if response.on_hover_text(command.help()).clicked() {
                    self.queued = Some(*command);
                }
            }
        }
        if menu == Menu::Dossier {
            self.recent_ui(ui);
        }
    }

    /// The name of a command in its menu; undo and redo say what.
    pub(super) fn entry_name(&self, command: Command) -> String {
        let document = self.document.as_ref();
        let document = document.filter(|_| !self.door.is_covered());
        let what = match command {
            Command::Undo => document.and_then(Document::undoes),
            Command::Redo => document.and_then(Document::redoes),
            _ => None,
        };
        match what {
            Some(what) => format!("{}: {}", command.name(), what.to_lowercase()),
            None => command.name().to_owned(),
        }
    }

    pub(super) fn recent_ui(&mut self, ui: &mut Ui) {
        if self.settings.recent().is_empty() || self.hides_recent() {
            return;
        }
        ui.separator();
        muted_ui(ui, "Eerder geopend");
        for file in self.settings.recent() {
            let response = ui.button(&file.name).on_hover_text(&file.folder);
            focus_ring_within(ui, &response);
            if response.clicked() {
                self.wished = Some(Then::Open(file.path.clone()));
            }
        }
    }

    /// Whether the names of files that were open are not for whoever sits here now.
    pub(super) fn hides_recent(&self) -> bool {
        let door = &self.door;
        door.is_covered() || door.is_left || matches!(self.gate(), Gate::Busy | Gate::Locked(_))
    }

    /// Which file, and whether it is up to date.
    pub(super) fn file_state(&self, now: f64) -> String {
        if self.door.is_covered() {
            return "afgedekt".to_owned();
        }
        if self.document.is_none() && matches!(self.gate(), Gate::Locked(_)) {
            return "register op slot".to_owned();
        }
        if self
            .busy_since
            .is_some_and(|since| now - since >= theme::PATIENCE)
        {
            let what = if self.door.is_busy() {
                "bezig met het register…"
            } else {
                "bezig met een bestand…"
            };
            return what.to_owned();
        }
        let Some(document) = &self.document else {
            return String::new();
        };
        let name = match document.keeping() {
            Keeping::Nowhere => "nog geen bestand".into(),
            Keeping::File(path) => path.file_name().unwrap_or_default().to_string_lossy(),
            Keeping::Register(place) if place.base == Base::NEW => {
                "nog niet in het register".into()
            }
            Keeping::Register(place) => format!("register, versie {}", place.base.revision).into(),
        };
        if document.reads().is_some() {
            format!("{name}, alleen lezen")
        } else if document.is_changed() {
            format!("{name}, niet opgeslagen wijzigingen")
        } else {
            name.into_owned()
        }
    }
}
