//! The simple window for who lives with the budget: a file for home with what is granted fixed, and hours and rates to try.
//!
//! It works with the data inside the file alone; reading and writing files is for the window around it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Button, CentralPanel, Context, Frame, Id, Margin, Panel, ScrollArea, Ui};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::command::Command;
use super::document::words;
use super::editing::Editing;
use super::forms::scenario::home_ui;
use super::forms::{Change, Form};
use super::history::{History, Name, Trail};
use super::panels::scenarios::{Kept, Trial, bar_ui, course_ui, enough_ui, short_answer_ui};
use super::theme::{self, Palette};
use super::widgets::button::{focus_ring_within, icon_text_ui, primary_ui};
use super::widgets::choice::{Choice, tabs_ui};
use super::widgets::figure::one_figure_ui;
use super::widgets::icon::Icon;
use super::widgets::menu::menu_ui;
use super::widgets::text::{Tone, heading_ui, message_ui, muted_ui, prose_ui, title_ui};
use crate::budget::Library;
use crate::document::{MAX_BYTES, Problem, read_file};
use crate::dossier::{Dossier, Evaluation, Scenario};
use crate::plain::PlainWords;
use crate::quantity::dutch::date_long;
use crate::scenario::ScenarioFile;
use crate::trace::Status;

/// How much larger type is than on the desk.
const LARGER: f32 = 1.2;
/// From this width, in points, the answer stands beside what is filled in.
const TWO_COLUMNS: f32 = 980.0;

/// A file for home in its window.
pub struct Home {
    path: PathBuf,
    file: ScenarioFile,
    library: Arc<Library>,
    evaluation: Evaluation,
    history: History<Dossier>,
    editing: Editing,
    chosen: usize,
    kept: Option<Kept>,
    /// What is being typed, tried out.
    trial: Trial,
    /// The day on which it is looked at.
    today: Date,
    /// What to know before the rest.
    remarks: Vec<(Tone, String)>,
    about: String,
    /// Hard words with their meaning.
    meanings: Vec<String>,
}

/// What is left of a file for home when the window locks, as it is kept.
#[derive(Serialize, Deserialize)]
struct Away<E> {
    path: PathBuf,
    /// The text of the file.
    file: String,
    /// The plans, with the steps that led to them.
    plans: Trail<Vec<Scenario>>,
    chosen: usize,
    editing: E,
}

/// Makes all type larger than on the desk.
fn enlarge(ui: &mut Ui) {
    for font in ui.style_mut().text_styles.values_mut() {
        font.size *= LARGER;
    }
}

impl Home {
    /// Reads a file for home on a day. Errors: all that keeps it from being read or leaned on.
    pub fn open(path: &Path, today: Date) -> Result<Self, Vec<Problem>> {
        let bytes = read_file(path, MAX_BYTES).map_err(|problem| vec![problem])?;
        Self::of_text(path, &bytes, today)
    }

    /// What is left of it, to be kept; nothing if it cannot be written, which would be a fault of the program.
    pub fn left(&self) -> Option<Value> {
        let away = Away {
            path: self.path.clone(),
            file: self.file.to_text().ok()?,
            plans: self.history.trail(|step| step.scenarios.clone()),
            chosen: self.chosen,
            editing: &self.editing,
        };
        serde_json::to_value(away).ok()
    }

    /// Goes on with what [`Home::left`] kept, in the field that had the keyboard; nothing if it cannot be read.
    pub fn of_left(left: Value, today: Date, field: Option<Id>) -> Option<Self> {
        let away: Away<Editing> = serde_json::from_value(left).ok()?;
        let mut home = Self::of_text(&away.path, away.file.as_bytes(), today).ok()?;
        let granted = Arc::clone(home.now());
        home.history = History::of_trail(away.plans, |scenarios| {
            Arc::new(Dossier {
                scenarios,
                ..Dossier::clone(&granted)
            })
        });
        home.chosen = away.chosen;
        home.editing = away.editing;
        if let Some(field) = field {
            home.editing.jump_to_widget(field);
        }
        Some(home)
    }

    fn of_text(path: &Path, bytes: &[u8], today: Date) -> Result<Self, Vec<Problem>> {
        let file = ScenarioFile::read(&path.display().to_string(), bytes)?;
        let library = Arc::new(file.library()?);
        let dossier = file.dossier();
        let evaluation = dossier.evaluate(&library, file.calculated());
        let mut remarks: Vec<(Tone, String)> = (file.age(today).iter())
            .map(|problem| (Tone::Warning, words(problem)))
            .collect();
        if evaluation.status == Status::Example {
            let words =
                "Let op: dit is een voorbeeld. De gemeente heeft deze bedragen niet vastgesteld.";
            remarks.push((Tone::Warning, words.to_owned()));
        }
        let meanings = PlainWords::shipped()?.meanings_in("pgb");
        let meanings = meanings
            .iter()
            .map(|one| format!("{}: {}", one.word, one.means));
        let about = format!(
            "Dit bestand is van de gemeente {}. Het is gemaakt op {}. Wat u heeft gekregen, staat vast. Met uren en tarieven kunt u proberen wat past.",
            file.municipality(&library),
            date_long(file.calculated())
        );
        Ok(Self {
            path: path.to_owned(),
            history: History::new(dossier),
            file,
            library,
            evaluation,
            editing: Editing::default(),
            chosen: 0,
            kept: None,
            trial: Trial::default(),
            today,
            remarks,
            about,
            meanings: meanings.collect(),
        })
    }

    /// Where the file stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is granted with the scenarios as they are now.
    pub fn now(&self) -> &Arc<Dossier> {
        self.history.now()
    }

    /// Whether something was changed that was not written.
    pub fn is_unsaved(&self) -> bool {
        self.history.is_changed() || self.editing.rejected().next().is_some()
    }

    /// Says that `dossier`, as it once was, is written.
    pub fn mark_saved(&mut self, dossier: Arc<Dossier>) {
        self.history.mark_saved(dossier);
    }

    /// Whether a text is being typed at a widget.
    pub fn is_typing(&self, id: egui::Id) -> bool {
        self.editing.is_typing(id)
    }

    /// Forgets what was typed and refused.
    pub fn forget_typed(&mut self) {
        self.editing.clear();
    }

    /// The name of the step that would be undone.
    pub fn undoes(&self) -> Option<&str> {
        self.history.undoes()
    }

    /// The name of the step that would be redone.
    pub fn redoes(&self) -> Option<&str> {
        self.history.redoes()
    }

    /// Takes back the last step, or does it again; gives its name.
    pub fn undo_or_redo(&mut self, undo: bool) -> Option<Name> {
        self.editing.clear();
        match undo {
            true => self.history.undo(),
            false => self.history.redo(),
        }
    }

    /// The file with what was changed, to be sent back. Error: as [`ScenarioFile::to_text`].
    pub fn proposal(&self) -> Result<String, Problem> {
        let mut file = self.file.clone();
        file.scenarios.clone_from(&self.now().scenarios);
        file.to_text()
    }

    /// Adds a copy of the chosen plan.
    fn copy(&mut self) {
        let mut dossier = Dossier::clone(self.now());
        let Some(mut plan) = dossier.scenarios.get(self.chosen).cloned() else {
            return;
        };
        let number = dossier.scenarios.len().saturating_add(1);
        plan.name = dossier.fresh_scenario_name(&format!("Mijn plan {number}"));
        if !plan.id.is_empty() {
            plan.copy_of = std::mem::take(&mut plan.id);
        }
        dossier.scenarios.push(plan);
        self.chosen = dossier.scenarios.len().saturating_sub(1);
        self.history.step("Plan maken", dossier);
        self.editing.clear();
    }

    /// Draws the window; `closes` says that there is a desk to go back to. Gives the command that was asked.
    pub fn show_ui(&mut self, ui: &mut Ui, closes: bool) -> Option<Command> {
        enlarge(ui);
        let tried = (self.trial).of(ui.ctx(), &mut self.editing, self.history.now());
        let kept = Kept::of(
            self.kept.take(),
            &tried,
            &self.library,
            (self.file.calculated(), self.today),
        );
        let mut asked = None;
        let palette = Palette::of(ui);
        let frame = |fill| {
            Frame::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(24, 14))
        };
        let wide = ui.available_width() >= TWO_COLUMNS;
        let mut bar = frame(palette.surface);
        if !wide {
            bar.inner_margin = Margin::symmetric(24, 6);
        }
        Panel::top("home bar").frame(bar).show(ui, |ui| {
            asked = self.bar_ui(ui, (closes, wide));
            // Beside the form the answer is always in sight.
            if let Some(column) = kept.view.columns.get(self.chosen).filter(|_| !wide) {
                short_answer_ui(ui, column);
            }
        });
        if wide {
            Panel::right("home answer")
                .resizable(false)
                .exact_size(ui.available_width() * 0.52)
                .frame(frame(palette.sunken))
                .show(ui, |ui| {
                    ScrollArea::vertical()
                        .id_salt("home answer")
                        .auto_shrink([false, false])
                        .show(ui, |ui| self.answer_ui(ui, &kept));
                });
        }
        CentralPanel::no_frame()
            .frame(frame(palette.ground))
            .show(ui, |ui| {
                ScrollArea::vertical()
                    .id_salt("home form")
                    .auto_shrink([false, false])
                    .show(ui, |ui| {
                        self.form_ui(ui, &kept);
                        if !wide {
                            ui.add_space(theme::GROUP);
                            self.answer_ui(ui, &kept);
                        }
                        ui.add_space(theme::PART);
                    });
            });
        self.kept = Some(kept);
        asked
    }

    /// What can be done with the file: in a small window the rarer things in a menu.
    fn bar_ui(&mut self, ui: &mut Ui, (closes, wide): (bool, bool)) -> Option<Command> {
        let mut asked = None;
        let more = [
            (Command::Redo, self.redoes().is_some()),
            (Command::ZoomIn, true),
            (Command::ZoomOut, true),
            (Command::ToggleTheme, true),
            (Command::ShowDossier, true),
        ];
        let more =
            (more.into_iter()).filter(|(command, _)| closes || *command != Command::ShowDossier);
        ui.horizontal_wrapped(|ui| {
            let title = match wide {
                true => "Uw pgb: wat kunt u ermee doen?",
                false => "Uw pgb",
            };
            title_ui(ui, title);
            ui.add_space(theme::MEDIUM);
            if primary_ui(ui, "Terugsturen…").clicked() {
                asked = Some(Command::Save);
            }
            let undoes = self.undoes().is_some();
            let mut command_ui = |ui: &mut Ui, (command, enabled): (Command, bool)| {
                let text = match command {
                    Command::ShowDossier => "Sluit dit bestand",
                    command => command.name(),
                };
                let button = ui.add_enabled(enabled, Button::new(text));
                if button.clicked() {
                    asked = Some(command);
                }
                button
            };
            command_ui(ui, (Command::Undo, undoes));
            if wide {
                for one in more {
                    command_ui(ui, one);
                }
                return;
            }
            menu_ui(ui, "Meer", |ui| {
                enlarge(ui);
                for one in more {
                    let entry = command_ui(ui, one);
                    focus_ring_within(ui, &entry);
                }
            });
        });
        asked
    }

    /// The plans, and the chosen one with its hours and rates.
    fn form_ui(&mut self, ui: &mut Ui, kept: &Kept) {
        prose_ui(ui, &self.about);
        for meaning in &self.meanings {
            muted_ui(ui, meaning);
        }
        for (tone, words) in &self.remarks {
            message_ui(ui, *tone, words);
        }
        ui.add_space(theme::SMALL);
        self.chosen = self.chosen.min(kept.outlooks.len().saturating_sub(1));
        let plans = kept.view.columns.iter().enumerate();
        let plans: Vec<_> = plans
            .map(|(place, column)| Choice::new(place, column.name.as_str()))
            .collect();
        heading_ui(ui, "Uw plannen");
        if let Some(chosen) = tabs_ui(ui, ("Uw plannen", false), &self.chosen, &plans) {
            self.chosen = chosen;
        }
        let Some(outlook) = kept.outlooks.get(self.chosen) else {
            return;
        };
        let now = Arc::clone(self.now());
        let mut form = Form::new(
            &now,
            &self.evaluation,
            &self.library,
            &kept.view.plain_messages,
            &mut self.editing,
        )
        .trying();
        ui.push_id(self.chosen, |ui| {
            home_ui(ui, &mut form, self.chosen, outlook);
        });
        let (change, typed) = (form.change, form.typed);
        self.trial.take(ui.ctx(), &self.editing, &now, typed);
        if let Some(Change { what, dossier, .. }) = change {
            self.history.step(what, dossier);
            ui.ctx().request_repaint();
        }
        if icon_text_ui(ui, Icon::Copy, "Maak een nieuw plan").clicked() {
            self.copy();
            ui.ctx().request_repaint();
        }
        muted_ui(
            ui,
            "Vragen? Bel de gemeente. Wat u verandert, geldt pas als de gemeente het goedkeurt.",
        );
    }

    /// What the chosen plan comes to.
    fn answer_ui(&self, ui: &mut Ui, kept: &Kept) {
        let Some(column) = kept.view.columns.get(self.chosen) else {
            return;
        };
        one_figure_ui(ui, &column.figure);
        let (chip, said) = &column.answer;
        enough_ui(ui, *chip);
        if column.at_home.len() > 1 {
            prose_ui(ui, said);
        }
        for (label, all) in &column.at_home {
            ui.add_space(theme::SMALL);
            heading_ui(ui, label);
            for said in all {
                prose_ui(ui, said);
            }
        }
        for words in &column.warned {
            message_ui(ui, Tone::Warning, words);
        }
        ui.add_space(theme::MEDIUM);
        heading_ui(ui, "Waar uw geld heen gaat");
        for column in &kept.view.columns {
            bar_ui(ui, &column.name, &column.bar);
        }
        ui.add_space(theme::MEDIUM);
        heading_ui(ui, "Uw geld per maand");
        course_ui(ui, &column.course);
        ui.add_space(theme::PART);
    }

    /// The field that has the keyboard and holds a text that was not committed.
    pub fn typed_in(&self, ctx: &Context) -> Option<egui::Id> {
        let focused = ctx.memory(egui::Memory::focused);
        focused.filter(|id| self.editing.is_typing(*id))
    }
}
