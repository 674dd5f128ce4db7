//! Scenarios of the open dossier: making and removing them, taking them home, what comes back, and the overview on paper.
//!
//! The screen is drawn in `panels/scenarios`; files are read and written beside the window.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, Ui};

use super::files::{Done, Wrote};
use super::{Confirm, Desk, Screen, Then};
use crate::desk::command::Command;
use crate::desk::document::{Document, words};
use crate::desk::editing::Place;
use crate::desk::files::Purpose;
use crate::desk::forms::Change;
use crate::desk::home::Home;
use crate::desk::panels::head::banner_ui;
use crate::desk::panels::scenarios::returned::Answer;
use crate::desk::widgets::dialog::Notice;
use crate::desk::widgets::text::Tone;
use crate::document::{MAX_BYTES, Outline, Problem, decode, read_file, write_atomic};
use crate::dossier::{Dossier, Scenario};
use crate::letter::{Letter, overview};
use crate::scenario::{ScenarioFile, as_granted, names_going_home};

/// Whether a file holds scenarios to take home. A file that cannot be read is told by whoever opens it.
pub(super) fn is_for_home(path: &Path) -> bool {
    let bytes = read_file(path, MAX_BYTES).ok();
    let text = bytes
        .as_deref()
        .and_then(|bytes| decode("", bytes, MAX_BYTES).ok());
    text.is_some_and(|text| ScenarioFile::is_one(&Outline::new(text)))
}

impl Desk {
    pub(super) fn scenarios_ui(&mut self, ui: &mut Ui) {
        let banner = self.banner();
        if banner.is_some_and(|banner| banner_ui(ui, &banner)) {
            self.take_offer();
        }
        let worker = self.worker();
        let Some(document) = &mut self.document else {
            return;
        };
        let asked = self.scenarios.show_ui(ui, document);
        if let Some(change) = asked.change {
            if document.step_by(&worker, change, &mut self.scenarios.editing) {
                self.notice = None;
            }
            ui.ctx().request_repaint();
        }
        self.queued = asked.command.or(self.queued.take());
    }

    /// Does a step on the list of scenarios, and shows the scenario at `choose`.
    fn step_scenarios(&mut self, what: &'static str, dossier: Dossier, choose: usize) -> bool {
        let worker = self.worker();
        let change = Change {
            what,
            dossier,
            moved: true,
        };
        let editing = &mut self.scenarios.editing;
        let document = self.document.as_mut();
        let changed = document.is_some_and(|document| document.step_by(&worker, change, editing));
        self.scenarios.chosen = choose;
        self.screen = Screen::Scenarios;
        changed
    }

    pub(super) fn add_scenario(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        let mut dossier = document.dossier().clone();
        let at = dossier.scenarios.len();
        let wanted = match at {
            0 => "Zoals toegekend".to_owned(),
            _ => format!("Scenario {}", at.saturating_add(1)),
        };
        let name = dossier.fresh_scenario_name(&wanted);
        let scenario = as_granted(&dossier, document.evaluation(), &name);
        dossier.scenarios.push(scenario);
        self.step_scenarios("Scenario toevoegen", dossier, at);
        let place = Place::root().field("scenarios").item(at).field("name");
        self.scenarios.editing.jump_to(place);
    }

    pub(super) fn duplicate_scenario(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        let chosen = self.scenarios.chosen;
        let mut dossier = document.dossier().clone();
        let Some(mut copy) = dossier.scenarios.get(chosen).cloned() else {
            return;
        };
        copy.name = dossier.fresh_scenario_name(&format!("{} (kopie)", copy.name));
        let next = chosen.saturating_add(1);
        dossier.scenarios.insert(next, copy);
        self.step_scenarios("Scenario verdubbelen", dossier, next);
    }

    pub(super) fn remove_scenario(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        let chosen = self.scenarios.chosen;
        let mut dossier = document.dossier().clone();
        if chosen >= dossier.scenarios.len() {
            return;
        }
        let gone = dossier.scenarios.remove(chosen);
        let choose = chosen.min(dossier.scenarios.len().saturating_sub(1));
        if self.step_scenarios("Scenario verwijderen", dossier, choose) {
            self.notice = Some(Notice {
                tone: None,
                text: format!("«{}» is verwijderd.", gone.name),
                offers: &[Command::Undo],
            });
        }
    }

    /// The scenarios of the open dossier for home, as text. Errors: all that stands in the way.
    fn for_home(document: &Document) -> Result<String, Vec<Problem>> {
        let file = ScenarioFile::of(document.dossier(), document.library(), document.today())?;
        file.to_text().map_err(|problem| vec![problem])
    }

    /// Asks where the file for home is to be written, when nothing stands in its way; of a name in it first whether that
    /// may go home.
    pub(super) fn give_home(&mut self, ctx: &Context) {
        match self.document.as_ref().map(Self::for_home) {
            Some(Ok(_)) if self.name_going_home().is_some() => {
                self.confirm = Some(Confirm::NamesHome);
            }
            Some(Ok(_)) => self.ask(ctx, Purpose::GiveHome),
            Some(Err(problems)) => self.tell_scenario("Het bestand is niet gemaakt.", &problems),
            None => {}
        }
    }

    /// The field of the first name of the dossier that would go home.
    fn name_going_home(&self) -> Option<String> {
        let dossier = self.document.as_ref()?.dossier();
        let first = names_going_home(dossier).into_iter().next();
        first.map(|problem| problem.field)
    }

    /// Goes to the first name that would go home.
    pub(super) fn go_to_name(&mut self) {
        if let Some(field) = self.name_going_home() {
            self.go_to_scenario(&field);
        }
    }

    /// Shows the scenario that a field belongs to, and goes to the field.
    fn go_to_scenario(&mut self, field: &str) {
        let place = field.strip_prefix("scenarios[");
        let number = place.and_then(|rest| rest.split(']').next()?.parse().ok());
        if let Some(number) = number {
            self.screen = Screen::Scenarios;
            self.scenarios.chosen = number;
            self.scenarios.editing.jump_to(Place::of_path(field));
        }
    }

    pub(super) fn write_home(&mut self, path: PathBuf) {
        match self.document.as_ref().map(Self::for_home) {
            Some(Ok(text)) => self.note_printed(move |desk| {
                desk.ask_disk(move || {
                    let written = write_atomic(&path, text.as_bytes());
                    Done::Written(path, Wrote::Home, written)
                });
            }),
            Some(Err(problems)) => self.tell_scenario("Het bestand is niet gemaakt.", &problems),
            None => {}
        }
    }

    /// Says what went wrong with scenarios, and goes to the first field of one that is in the way.
    fn tell_scenario(&mut self, what: &str, problems: &[Problem]) {
        let Some(first) = problems.first() else {
            return;
        };
        let text = format!("{what} {}", words(first));
        self.tell(Some(Tone::Fault), &text);
        self.go_to_scenario(&first.field);
    }

    /// The overview of the scenarios; nothing without a dossier. Errors: all that stands in its way.
    fn overview(&mut self) -> Option<Result<Letter, Vec<Problem>>> {
        let document = self.document.as_ref()?;
        let worked = (self.scenarios.outlooks(document), document.today());
        Some(overview(document.dossier(), document.library(), worked))
    }

    /// Makes the overview, and asks where to write it when nothing stands in its way.
    pub(super) fn make_overview(&mut self, ctx: &Context) {
        match self.overview() {
            Some(Ok(_)) => self.ask(ctx, Purpose::Overview),
            Some(Err(problems)) => self.tell_scenario("Het overzicht is niet gemaakt.", &problems),
            None => {}
        }
    }

    pub(super) fn write_overview(&mut self, path: PathBuf) {
        match self.overview() {
            Some(Ok(letter)) => self.note_printed(move |desk| {
                desk.ask_disk(move || {
                    let pages = letter.to_pdf();
                    let written = pages.and_then(|bytes| write_atomic(&path, &bytes));
                    Done::Written(path, Wrote::Overview, written)
                });
            }),
            Some(Err(problems)) => self.tell_scenario("Het overzicht is niet gemaakt.", &problems),
            None => {}
        }
    }

    /// Says what was written, and goes on with what waited for it.
    pub(super) fn tell_written(&mut self, ctx: &Context, path: PathBuf, wrote: Wrote) {
        let place = path.display();
        match wrote {
            Wrote::Overview => {
                self.notice = Some(Notice {
                    tone: None,
                    text: format!("Het overzicht staat in {place}. Dat bestand is niet beveiligd."),
                    offers: &[Command::ShowLetter, Command::ShowLetterFolder],
                });
                self.letter = Some(path);
            }
            Wrote::Examples => {
                let text = format!(
                    "De voorbeelden staan in {place}. Begin bij LEESMIJ.md in de map catalogi."
                );
                self.tell(None, &text);
            }
            Wrote::Home => {
                let text = format!(
                    "De scenario's staan in {place}. Er staan geen namen, burgerservicenummer of onderzoek in."
                );
                self.tell(None, &text);
            }
            Wrote::Sent(dossier) => {
                let text =
                    format!("Uw voorstel staat in {place}. Stuur dat bestand naar de gemeente.");
                self.tell(None, &text);
                if let Some(home) = &mut self.home {
                    home.mark_saved(dossier);
                    home.forget_typed();
                }
                if let Some(then) = self.after_save.take() {
                    self.wish(ctx, then);
                }
            }
        }
    }

    /// Reads what came back from home, and lays it beside the open dossier.
    pub(super) fn read_proposal(&mut self, path: PathBuf) {
        let Some(document) = &self.document else {
            return;
        };
        let (dossier, library) = (
            Arc::clone(document.now()),
            Arc::clone(document.shared_library()),
        );
        let today = document.today();
        self.ask_disk(move || {
            let name = path.display().to_string();
            let bytes = read_file(&path, MAX_BYTES).map_err(|problem| vec![problem]);
            let file = bytes.and_then(|bytes| ScenarioFile::read(&name, &bytes));
            let returned = file.and_then(|file| file.returned(&dossier, &library, today));
            Done::Returned(returned.map(Box::new))
        });
    }

    /// What came back from home, while it is looked at.
    pub(super) fn returned_ui(&mut self, ctx: &Context) {
        let Some(sheet) = self.returned.take() else {
            return;
        };
        match sheet.show_ui(ctx) {
            Answer::Waiting => self.returned = Some(sheet),
            Answer::Nothing => {}
            Answer::TakeOver(scenario) => self.take_over_scenario(*scenario),
        }
    }

    /// Takes what came back over as a scenario of its own; the dossier's own ones stay.
    fn take_over_scenario(&mut self, mut scenario: Scenario) {
        let Some(document) = &self.document else {
            return;
        };
        let mut dossier = document.dossier().clone();
        scenario.name = dossier.fresh_scenario_name(&format!("{} (voorstel)", scenario.name));
        let name = scenario.name.clone();
        let at = dossier.scenarios.len();
        dossier.scenarios.push(scenario);
        if self.step_scenarios("Voorstel overnemen", dossier, at) {
            self.notice = Some(Notice {
                tone: None,
                text: format!("Het voorstel staat erbij als «{name}»."),
                offers: &[Command::Undo],
            });
        }
    }

    /// Opens a file; scenarios that come back to the dossier that is open are laid beside it.
    pub(super) fn open_or_propose(&mut self, ctx: &Context, path: PathBuf) {
        if self.document.is_none() {
            self.wish(ctx, Then::Open(path));
            return;
        }
        self.ask_disk(move || Done::Sorted {
            is_for_home: is_for_home(&path),
            path,
        });
    }

    /// The screen of a file for home.
    pub(super) fn home_ui(&mut self, ui: &mut Ui) {
        let closes = !matches!(self.gate(), super::Gate::Without);
        let Some(home) = &mut self.home else { return };
        let asked = home.show_ui(ui, closes);
        self.queued = asked.or(self.queued.take());
    }

    /// Shows a file for home in place of everything else.
    pub(super) fn show_home(&mut self, home: Home) {
        self.let_dossier_go();
        self.document = None;
        self.home = Some(home);
        self.forget_sheets();
        self.notice = None;
        self.faults.clear();
    }

    /// Writes what was changed at home, to be sent back.
    pub(super) fn write_sent(&mut self, path: PathBuf) {
        let Some(home) = &self.home else { return };
        let (text, sent) = (home.proposal(), Arc::clone(home.now()));
        self.ask_disk(move || {
            let written = text.and_then(|text| write_atomic(&path, text.as_bytes()));
            Done::Written(path, Wrote::Sent(sent), written)
        });
    }
}
