//! The screen without a dossier: what comes here, and how to begin.

use std::path::{Path, PathBuf};

use egui::Ui;

use crate::desk::command::Command;
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, quiet_ui, secondary_ui};
use crate::desk::widgets::text::{heading_ui, muted_ui, prose_ui, title_ui};

/// What was asked on the start screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Do this.
    Do(Command),
    /// Open this file.
    Open(PathBuf),
}

/// A file that was open before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Its name without the folder.
    pub name: String,
    /// The folder.
    pub folder: String,
    /// The whole path.
    pub path: PathBuf,
}

impl Recent {
    /// How `path` is shown.
    pub fn of(path: &Path) -> Self {
        let name = path
            .file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned();
        let folder = path
            .parent()
            .map(|folder| folder.display().to_string())
            .unwrap_or_default();
        Self {
            name,
            folder,
            path: path.to_owned(),
        }
    }
}

/// Draws the start screen; gives what was asked.
pub fn start_ui(ui: &mut Ui, recent: &[Recent]) -> Option<Asked> {
    let mut asked = None;
    ui.vertical(|ui| {
        ui.set_max_width(theme::READING_WIDTH);
        ui.add_space(theme::PART);
        title_ui(ui, "Maatwerk");
        prose_ui(
            ui,
            "Hier komt het dossier van een cliënt: de voorzieningen, de uren en het budget, met de berekening achter elk bedrag.",
        );
        ui.add_space(theme::SMALL);
        ui.horizontal_wrapped(|ui| {
            if primary_ui(ui, "Nieuw dossier maken").clicked() {
                asked = Some(Asked::Do(Command::New));
            }
            if secondary_ui(ui, "Dossier openen…").clicked() {
                asked = Some(Asked::Do(Command::Open));
            }
        });
        muted_ui(ui, "U kunt ook een dossierbestand op dit venster slepen.");
        if !recent.is_empty() {
            ui.add_space(theme::LARGE);
            heading_ui(ui, "Eerder geopend");
            for file in recent {
                ui.horizontal_wrapped(|ui| {
                    if quiet_ui(ui, &file.name).clicked() {
                        asked = Some(Asked::Open(file.path.clone()));
                    }
                    muted_ui(ui, &file.folder);
                });
            }
        }
    });
    asked
}
