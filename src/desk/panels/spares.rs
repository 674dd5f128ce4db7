//! Choosing a backup for the place of a register that does not open, or is gone.
//!
//! It shows what it is given and says what was asked; how a backup is put back it must not know.

use std::path::PathBuf;

use egui::Ui;
use jiff::tz::TimeZone;

use super::entry::{failure_ui, page_ui};
use super::register::rows::{Row, rows_ui};
use crate::desk::showing::moment;
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, quiet_ui, secondary_ui};
use crate::desk::widgets::text::{muted_ui, prose_ui, title_ui};
use crate::quantity::dutch::{counted, listed};
use crate::register::{Failure, Spare};

/// What was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Put this backup in the place of the register.
    Put(PathBuf),
    /// Ask for a file with a backup.
    Choose,
    /// Go back to the door.
    Back,
}

/// The backups that there are.
#[derive(Default)]
pub struct Spares {
    rows: Vec<Row>,
    paths: Vec<PathBuf>,
    chosen: usize,
    /// Why the last one was not put back.
    refusal: Option<Failure>,
}

impl Spares {
    /// With these backups, the newest first.
    pub fn of(spares: Vec<Spare>, zone: &TimeZone) -> Self {
        let rows = spares.iter().map(|spare| Row {
            title: moment(spare.at, zone),
            detail: match spare.dossiers {
                None => "Deze kopie gaat niet open.".to_owned(),
                Some(dossiers) => format!(
                    "{}, toegang voor {}",
                    counted(dossiers, "dossier", "dossiers"),
                    listed(&spare.people)
                ),
            },
            ..Row::default()
        });
        Self {
            rows: rows.collect(),
            paths: spares.into_iter().map(|spare| spare.path).collect(),
            chosen: 0,
            refusal: None,
        }
    }

    /// Says why a backup was not put back.
    pub fn refuse(&mut self, failure: Failure) {
        self.refusal = Some(failure);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// Draws the page, for the register at `at`.
    pub fn show_ui(&mut self, ui: &mut Ui, at: &str) -> Option<Asked> {
        page_ui(ui, |ui| {
            title_ui(ui, "Zet een reservekopie terug");
            muted_ui(ui, at);
            failure_ui(ui, self.refusal.as_ref());
            prose_ui(
                ui,
                "Het register wordt weer zoals het was toen de kopie is gemaakt. Wat daarna is opgeslagen, staat er niet in.",
            );
            muted_ui(
                ui,
                "Staat er nu een beschadigd bestand, dan blijft dat bewaard onder een andere naam. Werk dat u nog niet had opgeslagen, ziet u weer na het ontgrendelen.",
            );
            let chosen = self.chosen;
            let pressed = rows_ui(ui, "Reservekopieën", &self.rows, |index| index == chosen);
            self.chosen = pressed.unwrap_or(chosen);
            if self.is_empty() {
                muted_ui(ui, "Er is geen reservekopie op de gewone plaats.");
            }
            ui.add_space(theme::SMALL);
            let mut asked = None;
            ui.horizontal_wrapped(|ui| {
                if let Some(path) = self.paths.get(self.chosen)
                    && primary_ui(ui, "Zet deze kopie terug").clicked()
                {
                    asked = Some(Asked::Put(path.clone()));
                }
                if secondary_ui(ui, "Ga terug").clicked() {
                    asked = Some(Asked::Back);
                }
            });
            if quiet_ui(ui, "Kies een kopie op een andere plaats…").clicked() {
                asked = Some(Asked::Choose);
            }
            asked
        })
    }
}
