//! The scenarios of the open dossier beside each other, and the chosen one to fill in.
//!
//! What they come to is worked out anew only when the dossier, the data or the day change, and then only for a scenario
//! that changed itself.

mod bars;
mod course;
pub mod returned;
mod showing;
mod table;
mod trial;

pub(crate) use bars::bar_ui;
pub(crate) use course::course_ui;
pub(crate) use showing::{Column, View};
pub(crate) use trial::Trial;

use std::sync::Arc;

use egui::accesskit::{Live, Role};
use egui::{Button, CentralPanel, Frame, Id, Margin, Panel, RichText, ScrollArea, Ui, UiBuilder};
use jiff::civil::Date;

use self::table::table_ui;
use crate::budget::Library;
use crate::desk::command::Command;
use crate::desk::document::Document;
use crate::desk::editing::Editing;
use crate::desk::forms::scenario::scenario_ui;
use crate::desk::forms::{Change, Form};
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::button::{icon_text_ui, quiet_ui};
use crate::desk::widgets::choice::{Choice, tabs_ui};
use crate::desk::widgets::figure::one_figure_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::{Chip, chip_text_ui, chip_ui};
use crate::desk::widgets::scroll;
use crate::desk::widgets::text::{
    heading_ui, message_ui, muted_ui, prose_ui, subheading_ui, title_ui,
};
use crate::dossier::Dossier;
use crate::scenario::{Outlook, evaluate_seen};

/// From this width, in points, the scenario is filled in beside the comparison.
const TWO_COLUMNS: f32 = 1040.0;

/// What scenarios come to, with all that it was worked out from.
pub(crate) struct Kept {
    dossier: Arc<Dossier>,
    library: Arc<Library>,
    days: (Date, Date),
    pub(crate) outlooks: Vec<Outlook>,
    pub(crate) view: View,
}

impl Kept {
    /// What the scenarios of a dossier come to, calculated on the first of two days and looked at on the second; what did
    /// not change since `before` is taken from there.
    pub(crate) fn of(
        before: Option<Self>,
        dossier: &Arc<Dossier>,
        library: &Arc<Library>,
        days: (Date, Date),
    ) -> Self {
        let same = before.filter(|kept| Arc::ptr_eq(&kept.library, library) && kept.days == days);
        let mut known: Vec<Option<Outlook>> = Vec::new();
        let mut old = None;
        match same {
            Some(kept) if Arc::ptr_eq(&kept.dossier, dossier) => return kept,
            Some(kept) if same_grant(&kept.dossier, dossier) => {
                known = kept.outlooks.into_iter().map(Some).collect();
                old = Some(kept.dossier);
            }
            _ => {}
        }
        let mut outlooks = Vec::with_capacity(dossier.scenarios.len());
        for (place, scenario) in dossier.scenarios.iter().enumerate() {
            let then = old.as_ref().and_then(|old| old.scenarios.get(place));
            let stays = then == Some(scenario);
            let taken = known
                .get_mut(place)
                .filter(|_| stays)
                .and_then(Option::take);
            let outlook = taken.or_else(|| evaluate_seen(dossier, place, library, days));
            outlooks.extend(outlook);
        }
        Self {
            view: showing::view(dossier, &outlooks),
            outlooks,
            dossier: Arc::clone(dossier),
            library: Arc::clone(library),
            days,
        }
    }
}

/// Whether all that a scenario is laid over is the same.
fn same_grant(one: &Dossier, other: &Dossier) -> bool {
    one.municipality == other.municipality
        && one.dates == other.dates
        && one.provisions == other.provisions
}

/// Which side is in front where not both fit.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Side {
    #[default]
    Compare,
    Fill,
}

/// A part of the screen that F6 moves the keyboard to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Pane {
    /// What can be done with all scenarios.
    #[default]
    Commands,
    /// All beside each other.
    Compare,
    /// The chosen one, to fill in.
    Fill,
}

/// What is chosen and typed on the screen.
#[derive(Default)]
pub struct ScenarioScreen {
    /// The scenario that is shown and filled in.
    pub chosen: usize,
    /// What is being typed.
    pub editing: Editing,
    side: Side,
    kept: Option<Kept>,
    /// What is being typed, tried out.
    trial: Trial,
    /// The pane that the keyboard was last moved to.
    last_focus: Pane,
    /// The pane that the keyboard should move to in this frame.
    wants_focus: Option<Pane>,
}

/// What was asked in this frame.
#[derive(Default)]
pub struct Asked {
    /// A change of the dossier.
    pub change: Option<Change>,
    /// A command.
    pub command: Option<Command>,
}

impl ScenarioScreen {
    /// Puts the keyboard on the first command that there is.
    pub fn begin(&mut self) {
        self.move_to(Pane::Commands);
    }

    /// Moves the keyboard to the next pane.
    pub fn focus_next_pane(&mut self) {
        self.move_to(match self.last_focus {
            Pane::Commands => Pane::Compare,
            Pane::Compare => Pane::Fill,
            Pane::Fill => Pane::Commands,
        });
    }

    fn move_to(&mut self, pane: Pane) {
        self.last_focus = pane;
        self.wants_focus = Some(pane);
        match pane {
            Pane::Commands => {}
            Pane::Compare => self.side = Side::Compare,
            Pane::Fill => self.side = Side::Fill,
        }
    }

    /// Where the keyboard enters a pane.
    fn entry_ui(&mut self, ui: &mut Ui, pane: Pane, name: &str) {
        let wanted = self.wants_focus.take_if(|wanted| *wanted == pane).is_some();
        scroll::entry_ui(ui, (Id::unique(("scenarios", pane)), name), wanted);
    }

    /// Brings what is kept up to date with `dossier`, the document or what is being typed in it; does nothing when nothing changed.
    fn refresh(&mut self, document: &Document, dossier: &Arc<Dossier>) -> Kept {
        let library = document.shared_library();
        let days = (document.today(), document.today());
        let kept = Kept::of(self.kept.take(), dossier, library, days);
        let last = kept.outlooks.len().saturating_sub(1);
        self.chosen = self.chosen.min(last);
        kept
    }

    /// What the scenarios of a dossier come to.
    pub fn outlooks(&mut self, document: &Document) -> &[Outlook] {
        let kept = self.refresh(document, document.now());
        let kept = self.kept.insert(kept);
        &kept.outlooks
    }

    /// Draws the screen in all of `ui`.
    pub fn show_ui(&mut self, ui: &mut Ui, document: &Document) -> Asked {
        let tried = self.trial.of(ui.ctx(), &mut self.editing, document.now());
        let kept = self.refresh(document, &tried);
        if kept.outlooks.is_empty() && self.wants_focus.is_some() {
            self.begin();
        }
        let mut asked = Asked::default();
        let palette = Palette::of(ui);
        let writes = document.reads().is_none();
        let frame = |fill| {
            Frame::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(16, 12))
        };
        let wide = ui.available_width() >= TWO_COLUMNS;
        Panel::top("scenario bar")
            .frame(frame(palette.surface))
            .show(ui, |ui| {
                let lands = self.wants_focus.take_if(|pane| *pane == Pane::Commands);
                let lands = lands.is_some();
                asked.command = bar_of_commands_ui(ui, (writes, kept.outlooks.is_empty()), lands);
                if !wide && !kept.outlooks.is_empty() {
                    let sides = [
                        Choice::new(Side::Compare, "Vergelijken"),
                        Choice::new(Side::Fill, "Invullen"),
                    ];
                    if let Some(side) = tabs_ui(ui, ("Kanten", false), &self.side, &sides) {
                        self.side = side;
                    }
                }
            });
        if kept.outlooks.is_empty() {
            CentralPanel::no_frame()
                .frame(frame(palette.surface))
                .show(ui, |ui| empty_ui(ui, writes, &mut asked));
            self.kept = Some(kept);
            return asked;
        }
        if wide {
            let room = (ui.available_width() * 0.36).clamp(452.0, 560.0);
            Panel::right("scenario form")
                .resizable(false)
                .exact_size(room)
                .frame(frame(palette.sunken))
                .show(ui, |ui| self.form_ui(ui, document, &kept, &mut asked));
        }
        CentralPanel::no_frame()
            .frame(frame(palette.surface))
            .show(ui, |ui| {
                if wide || self.side == Side::Compare {
                    self.compare_ui(ui, &kept);
                } else {
                    self.form_ui(ui, document, &kept, &mut asked);
                }
            });
        self.kept = Some(kept);
        asked
    }

    /// The chosen scenario, to fill in.
    fn form_ui(&mut self, ui: &mut Ui, document: &Document, kept: &Kept, asked: &mut Asked) {
        let chosen = self.chosen;
        let both = kept.view.columns.get(chosen).zip(kept.outlooks.get(chosen));
        let Some((column, outlook)) = both else {
            return;
        };
        self.entry_ui(ui, Pane::Fill, "Invullen");
        ScrollArea::vertical()
            .id_salt(("scenario form", chosen))
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.set_max_width(ui.available_width().min(620.0));
                heading_ui(ui, &format!("Invullen: {}", column.name));
                for (tone, words) in &column.remarks {
                    message_ui(ui, *tone, words);
                }
                if document.reads().is_some() {
                    theme::read_only(ui);
                } else if chosen > 0 && quiet_ui(ui, "Maak dit de basis").clicked() {
                    let mut dossier = document.dossier().clone();
                    if chosen < dossier.scenarios.len() {
                        let scenario = dossier.scenarios.remove(chosen);
                        dossier.scenarios.insert(0, scenario);
                    }
                    asked.change = Some(Change {
                        what: "Basis kiezen",
                        dossier,
                        moved: true,
                    });
                    self.chosen = 0;
                    return;
                }
                let mut form = Form::new(
                    document.dossier(),
                    document.evaluation(),
                    document.library(),
                    &kept.view.messages,
                    &mut self.editing,
                )
                .trying();
                ui.push_id(chosen, |ui| scenario_ui(ui, &mut form, chosen, outlook));
                let typed = form.typed;
                asked.change = form.change;
                self.trial
                    .take(ui.ctx(), &self.editing, document.now(), typed);
                ui.add_space(theme::PART);
            });
    }

    /// The answer of the chosen scenario, and all beside each other.
    fn compare_ui(&mut self, ui: &mut Ui, kept: &Kept) {
        self.entry_ui(ui, Pane::Compare, "Vergelijken");
        ScrollArea::vertical()
            .id_salt("scenario comparison")
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let view = &kept.view;
                let Some(column) = view.columns.get(self.chosen) else {
                    return;
                };
                answer_ui(ui, column);
                ui.add_space(theme::MEDIUM);
                if let Some(chosen) = table_ui(ui, view, self.chosen) {
                    self.chosen = chosen;
                }
                ui.add_space(theme::GROUP);
                heading_ui(ui, "Waar het geld heen gaat");
                let list = UiBuilder::new().accessibility_role(Role::List);
                ui.scope_builder(list, |ui| {
                    let scope = ui.unique_id();
                    ui.ctx().accesskit_node_builder(scope, |node| {
                        node.set_label("Waar het geld heen gaat");
                    });
                    ui.spacing_mut().item_spacing.y = theme::MEDIUM;
                    for column in &view.columns {
                        bar_ui(ui, &column.name, &column.bar);
                    }
                });
                ui.add_space(theme::GROUP);
                heading_ui(ui, &format!("Verloop van het budget: {}", column.name));
                course_ui(ui, &column.course);
                ui.add_space(theme::GROUP);
                details_ui(ui, column);
                ui.add_space(theme::GROUP);
                self.rules_ui(ui, column);
                ui.add_space(theme::PART);
            });
    }

    /// The rules of the chosen scenario, each with its source and the way to its field.
    fn rules_ui(&mut self, ui: &mut Ui, column: &Column) {
        heading_ui(ui, &format!("Regels: {}", column.name));
        for check in &column.checks {
            group_ui(ui, &check.name, |ui| {
                ui.horizontal_wrapped(|ui| {
                    chip_text_ui(ui, check.chip, check.outcome);
                    subheading_ui(ui, check.rule);
                    if let Some(place) = check.field
                        && quiet_ui(ui, "Ga naar het veld").clicked()
                    {
                        self.side = Side::Fill;
                        self.editing.jump_to(place);
                    }
                });
                prose_ui(ui, &check.words);
                if !check.source.is_empty() {
                    muted_ui(ui, &check.source);
                }
                ui.add_space(theme::SMALL);
            });
        }
    }
}

/// Each budget period and each care provider of a scenario, with all its figures.
fn details_ui(ui: &mut Ui, column: &Column) {
    heading_ui(
        ui,
        &format!("Per periode en per zorgverlener: {}", column.name),
    );
    for (name, figures) in &column.details {
        group_ui(ui, name, |ui| {
            subheading_ui(ui, name);
            ui.spacing_mut().item_spacing.y = theme::GAP;
            for figure in figures {
                prose_ui(ui, figure);
            }
            ui.add_space(theme::SMALL);
        });
    }
}

/// The largest figure of a scenario with its sentence.
fn answer_ui(ui: &mut Ui, column: &Column) {
    one_figure_ui(ui, &column.figure);
    let (chip, words) = &column.answer;
    ui.horizontal_wrapped(|ui| {
        enough_ui(ui, *chip);
        if column.is_example {
            chip_ui(ui, Chip::Example);
        }
    });
    prose_ui(ui, words);
}

/// The answer of a scenario in one line, said again when it changes.
pub(crate) fn short_answer_ui(ui: &mut Ui, column: &Column) {
    ui.horizontal_wrapped(|ui| {
        let amount = RichText::new(&column.figure.amount).text_style(theme::strong());
        let said = ui.label(amount);
        ui.ctx().accesskit_node_builder(said.id, |node| {
            node.set_role(Role::Status);
            node.set_label(column.in_short.1.as_str());
            node.set_live(Live::Polite);
        });
        ui.label(column.figure.unit.as_str());
        enough_ui(ui, column.answer.0);
        ui.label(column.in_short.0.as_str());
    });
}

/// Whether it is enough, in a word.
pub(crate) fn enough_ui(ui: &mut Ui, chip: Chip) {
    chip_text_ui(ui, chip, showing::enough(chip));
}

/// What can be done with all scenarios; the first that can be gets the keyboard when it `lands` here.
fn bar_of_commands_ui(
    ui: &mut Ui,
    (writes, is_empty): (bool, bool),
    mut lands: bool,
) -> Option<Command> {
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        title_ui(ui, "Scenario's");
        for (command, text, enabled) in [
            (Command::AddScenario, "Toevoegen", writes && !is_empty),
            (
                Command::DuplicateScenario,
                "Verdubbelen",
                writes && !is_empty,
            ),
            (Command::RemoveScenario, "Verwijderen", writes && !is_empty),
            (Command::MakeOverview, "Overzicht maken…", !is_empty),
            (Command::GiveHome, "Meegeven naar huis…", !is_empty),
            (Command::OpenProposal, "Voorstel openen…", writes),
            (Command::ShowDossier, "Terug naar het dossier", true),
        ] {
            let button = ui.add_enabled(enabled, Button::new(text));
            if enabled && std::mem::take(&mut lands) {
                button.request_focus();
            }
            if button.on_hover_text(command.help()).clicked() {
                asked = Some(command);
            }
        }
    });
    asked
}

fn empty_ui(ui: &mut Ui, writes: bool, asked: &mut Asked) {
    prose_ui(
        ui,
        "Hier komen manieren om het pgb te besteden, naast elkaar. Het eerste scenario begint zoals de hulp is toegekend.",
    );
    if writes && icon_text_ui(ui, Icon::Plus, "Maak het eerste scenario").clicked() {
        asked.command = Some(Command::AddScenario);
    }
}
