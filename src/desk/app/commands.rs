//! Which commands are possible, what each does, and the menus and keys that give them.

use egui::{Context, Theme, ThemePreference};
use jiff::civil::Date;

use super::{Confirm, Desk, Gate, Screen, Then};
use crate::desk::command::Command;
use crate::desk::document::{Document, Keeping, Reads};
use crate::desk::editing::{Editing, Place};
use crate::desk::files::Purpose;
use crate::desk::finder::Finder;
use crate::desk::forms::changing::{Answer, Changing, Kind, Now};
use crate::desk::forms::line::fresh_provision;
use crate::desk::forms::{Change, provision_place};
use crate::desk::help::help;
use crate::desk::panels::help::help_ui;
use crate::desk::panels::timeline::{self, timeline_ui};
use crate::desk::showing::timeline;
use crate::desk::theme;
use crate::desk::view::Part;
use crate::desk::widgets::dialog::Notice;
use crate::dossier::{Dossier, Outcome};
use crate::register::Base;

/// The open dossier, as a sheet over it reads it.
pub(super) fn now(document: &Document, today: Date) -> Now<'_> {
    Now {
        dossier: document.dossier(),
        evaluation: document.evaluation(),
        library: document.library(),
        today,
    }
}

impl Desk {
    /// Whether `command` is possible now.
    pub(super) fn can(&self, ctx: &Context, command: Command) -> bool {
        let document = self.document.as_ref();
        let on_line = matches!(self.shell.chosen(), Part::Line(_));
        let writes = document.is_some_and(|document| document.reads().is_none());
        let hides_names =
            document.is_some_and(|document| document.reads() == Some(&Reads::Finance));
        let may = match command {
            // What shows and changes nothing of anybody.
            Command::Quit
            | Command::ToggleTheme
            | Command::SystemTheme
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset => true,
            Command::FindCommand => !self.door.is_covered(),
            Command::Lock => !self.door.is_locking(),
            _ => !self.is_shut_out(),
        };
        if !may {
            return false;
        }
        if let Some(home) = &self.home {
            return match command {
                Command::Undo => home.undoes().is_some(),
                Command::Redo => home.redoes().is_some(),
                Command::ZoomIn => ctx.zoom_factor() < theme::MOST_ZOOM,
                Command::ZoomOut | Command::ZoomReset => ctx.zoom_factor() > theme::LEAST_ZOOM,
                Command::ShowDossier => *self.gate() != Gate::Without,
                Command::Lock => self.slot().is_some(),
                Command::Save | Command::Open | Command::Quit | Command::ToggleTheme => true,
                _ => false,
            };
        }
        let scenarios = document.map_or(0, |document| document.dossier().scenarios.len());
        match command {
            Command::New
            | Command::Open
            | Command::Quit
            | Command::FindCommand
            | Command::ToggleTheme => true,
            Command::ShowLetter | Command::ShowLetterFolder => self.letter.is_some(),
            Command::SystemTheme => {
                ctx.options(|options| options.theme_preference) != ThemePreference::System
            }
            Command::ZoomIn => ctx.zoom_factor() < theme::MOST_ZOOM,
            Command::ZoomOut | Command::ZoomReset => ctx.zoom_factor() > theme::LEAST_ZOOM,
            Command::Undo => document.is_some_and(|document| document.undoes().is_some()),
            Command::Redo => document.is_some_and(|document| document.redoes().is_some()),
            Command::Save | Command::AddLine | Command::TakeOver => writes,
            Command::SaveAs
            | Command::ShowPreview
            | Command::MakeLetter
            | Command::PrintLetter
            | Command::MakeReport
            | Command::PrintReport => document.is_some() && !hides_names,
            Command::UnfoldCalculation
            | Command::NextPanel
            | Command::NextStep
            | Command::PreviousStep
            | Command::ToggleOnePage => document.is_some(),
            Command::ExplainField => self.field_in_front().is_some(),
            Command::Lock => self.slot().is_some(),
            Command::ShowCaseload => {
                *self.gate() != Gate::Without && self.screen != Screen::Caseload
            }
            Command::ShowDossier => {
                self.screen != Screen::Dossier
                    && (document.is_some() || self.screen == Screen::Tariffs)
            }
            Command::DuplicateLine | Command::RemoveLine => writes && on_line,
            Command::ScaleLine
            | Command::ExtendLine
            | Command::StartLineEarlier
            | Command::EndLine
            | Command::WithdrawLine
            | Command::RecalculateHours => writes && self.line_can_change(),
            Command::ShowTimeline => document.is_some(),
            Command::PreviousLine | Command::NextLine => {
                document.is_some_and(|document| !document.view().lines.is_empty())
            }
            Command::NextProblem => {
                document.is_some_and(|document| !document.view().problems.is_empty())
            }
            Command::ShowVersions | Command::ShowDecision => {
                self.slot().is_some()
                    && document.is_some_and(|document| document.in_register().is_some())
            }
            Command::EditHere => document
                .is_some_and(|document| matches!(document.reads(), Some(Reads::Held { .. }))),
            Command::MakeAccount => {
                let place = document.and_then(Document::in_register);
                self.slot().is_some() && place.is_some_and(|place| place.base != Base::NEW)
            }
            Command::ShowLog
            | Command::ShowBackups
            | Command::ShowKeeping
            | Command::ShowPeople => self.slot().is_some(),
            Command::ShowTariffs => self.screen != Screen::Tariffs,
            Command::ShowScenarios => document.is_some() && self.screen != Screen::Scenarios,
            Command::AddScenario | Command::OpenProposal => writes,
            Command::DuplicateScenario | Command::RemoveScenario => {
                writes && scenarios > 0 && self.screen == Screen::Scenarios
            }
            Command::GiveHome | Command::MakeOverview => scenarios > 0 && !hides_names,
            Command::WriteExamples => true,
        }
    }

    /// Whether whoever sits here has not come in: the window locks or is locked, and nobody chose to work on loose files.
    pub(super) fn is_shut_out(&self) -> bool {
        let locked = matches!(self.gate(), Gate::Busy | Gate::Locked(_));
        let is_loose = self.door.is_loose || self.document.is_some() || self.home.is_some();
        self.door.is_covered() || (locked && !is_loose)
    }

    /// Carries out a command.
    pub(super) fn run(&mut self, ctx: &Context, command: Command) {
        // What was said is about what was done before.
        self.notice = None;
        if self.home.is_some() && command == Command::ShowDossier {
            self.guard(ctx, Then::CloseHome);
            return;
        }
        let stays = matches!(self.screen, Screen::Scenarios | Screen::Letter)
            && matches!(command, Command::Undo | Command::Redo);
        if command.is_about_dossier() && !stays {
            // What it does must be seen.
            self.screen = Screen::Dossier;
        }
        match command {
            Command::New => self.guard(ctx, Then::Begin),
            Command::Open => self.guard(ctx, Then::AskOpen),
            Command::Quit => self.guard(ctx, Then::Quit),
            Command::Save if self.home.is_some() => self.ask(ctx, Purpose::SendBack),
            Command::Save => match self.document.as_ref().map(Document::keeping) {
                Some(Keeping::Register(place)) if self.is_as_saved(place) => {
                    let text = format!(
                        "Er is niets veranderd sinds versie {}.",
                        place.base.revision
                    );
                    self.tell(None, &text);
                }
                Some(Keeping::Register(_)) => self.save_in_register(),
                Some(Keeping::File(path)) => self.write_if_free(Purpose::Save, path.clone()),
                Some(Keeping::Nowhere) if self.has_full_access() => self.take_in(),
                Some(Keeping::Nowhere) | None => self.ask(ctx, Purpose::Save),
            },
            Command::SaveAs => match self.document.as_ref().and_then(Document::in_register) {
                Some(_) => self.confirm = Some(Confirm::PlainCopy),
                None => self.ask(ctx, Purpose::Save),
            },
            Command::MakeAccount => self.confirm = Some(Confirm::PlainAccount),
            Command::EditHere => self.try_to_write(),
            Command::Lock => self.lock_register(),
            Command::ShowCaseload => self.show_caseload(),
            Command::FindCommand => self.finder = Some(Finder::default()),
            Command::Undo | Command::Redo => self.undo_or_redo(command == Command::Undo),
            Command::AddLine => self.add_line(),
            Command::DuplicateLine => self.duplicate_line(),
            Command::RemoveLine => self.remove_line(),
            Command::ScaleLine => self.change_line(Kind::Scale),
            Command::ExtendLine => self.change_line(Kind::Extend),
            Command::StartLineEarlier => self.change_line(Kind::StartEarlier),
            Command::EndLine => self.change_line(Kind::End),
            Command::WithdrawLine => self.change_line(Kind::Withdraw),
            Command::RecalculateHours => self.change_line(Kind::Recalculate),
            Command::ShowTimeline => self.show_timeline(),
            Command::ExplainField => {
                let entered = self.field_in_front();
                self.explained = entered.map(|(place, label)| (place, label.to_owned()));
            }
            Command::ToggleOnePage => {
                self.shell.show_one_page(!self.shell.is_one_page());
                self.settings.set_one_page(self.shell.is_one_page());
            }
            Command::ToggleTheme => ctx.set_theme(match ctx.theme() {
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::Light,
            }),
            Command::SystemTheme => ctx.set_theme(ThemePreference::System),
            Command::ZoomIn => ctx.set_zoom_factor(theme::zoom_step(ctx.zoom_factor(), true)),
            Command::ZoomOut => ctx.set_zoom_factor(theme::zoom_step(ctx.zoom_factor(), false)),
            Command::ZoomReset => ctx.set_zoom_factor(theme::LEAST_ZOOM),
            Command::PreviousLine
            | Command::NextLine
            | Command::NextProblem
            | Command::UnfoldCalculation
            | Command::NextPanel
            | Command::NextStep
            | Command::PreviousStep => {
                if let Some(document) = &self.document {
                    let (shell, view) = (&mut self.shell, document.view());
                    match command {
                        Command::PreviousLine => shell.step_line(view, true),
                        Command::NextLine => shell.step_line(view, false),
                        Command::PreviousStep => shell.step(view, true),
                        Command::NextStep => shell.step(view, false),
                        Command::NextProblem => shell.next_problem(view, &mut self.editing),
                        Command::UnfoldCalculation => shell.toggle_calculation(view),
                        _ => shell.focus_next_column(),
                    }
                }
            }
            Command::ShowPreview => {
                self.screen = Screen::Letter;
                self.paper.begin();
            }
            Command::MakeLetter => self.make_letter(ctx),
            Command::PrintLetter => self.print_letter(ctx),
            Command::MakeReport => self.make_report(ctx),
            Command::PrintReport => self.print_report(ctx),
            Command::TakeOver => self.ask(ctx, Purpose::TakeOver),
            Command::ShowLetter => self.show_letter(false),
            Command::ShowLetterFolder => self.show_letter(true),
            Command::ShowDossier => self.shell.begin(),
            Command::ShowTariffs => self.show_tariffs(),
            Command::ShowScenarios => {
                self.screen = Screen::Scenarios;
                self.scenarios.begin();
            }
            Command::AddScenario => self.add_scenario(),
            Command::DuplicateScenario => self.duplicate_scenario(),
            Command::RemoveScenario => self.remove_scenario(),
            Command::GiveHome => self.give_home(ctx),
            Command::OpenProposal => self.ask(ctx, Purpose::Proposal),
            Command::MakeOverview => self.make_overview(ctx),
            Command::WriteExamples => self.ask(ctx, Purpose::Examples),
            Command::ShowVersions
            | Command::ShowDecision
            | Command::ShowLog
            | Command::ShowBackups
            | Command::ShowKeeping
            | Command::ShowPeople => {
                if let Some(front) = Self::front_of(command) {
                    self.show_records(front);
                    self.records.screens.begin();
                }
            }
        }
    }

    pub(super) fn undo_or_redo(&mut self, undo: bool) {
        let editing = &mut self.editing;
        self.scenarios.editing.clear();
        let what = match (&mut self.home, &mut self.document) {
            (Some(home), _) => home.undo_or_redo(undo),
            (None, Some(document)) if undo => document.undo(editing),
            (None, Some(document)) => document.redo(editing),
            (None, None) => None,
        };
        let word = match undo {
            true => "Ongedaan gemaakt",
            false => "Opnieuw gedaan",
        };
        if let Some(what) = what {
            self.tell(None, &format!("{word}: {}.", what.to_lowercase()));
        }
    }

    /// Does a step; gives whether the dossier really changed.
    pub(super) fn step(&mut self, change: Change) -> bool {
        let worker = self.worker();
        let editing = &mut self.editing;
        self.document
            .as_mut()
            .is_some_and(|document| document.step_by(&worker, change, editing))
    }

    /// Who works here: whoever unlocked the register, else the consultant of the dossier.
    pub(super) fn worker(&self) -> String {
        let slot = self.slot().map(|slot| slot.name.clone());
        let contact = self
            .document
            .as_ref()
            .map(|document| &document.dossier().contact.name);
        slot.or_else(|| contact.cloned()).unwrap_or_default()
    }

    /// Does a step on the lines, and chooses the line `choose`.
    pub(super) fn step_lines(
        &mut self,
        what: &'static str,
        dossier: Dossier,
        choose: Option<usize>,
    ) {
        let change = Change {
            what,
            dossier,
            moved: true,
        };
        if self.step(change) {
            self.shell.choose(choose.map_or(Part::Client, Part::Line));
        }
    }

    pub(super) fn add_line(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        let mut dossier = document.dossier().clone();
        let index = dossier.provisions.len();
        let last = dossier.provisions.last().map(|p| (p.line.from, p.line.to));
        let from = last.map_or_else(|| self.start_day(&dossier), |(from, _)| from);
        let mut provision = fresh_provision(&self.library, &dossier.municipality, from, "");
        provision.line.to = last.and_then(|(_, to)| to);
        dossier.provisions.push(provision);
        self.step_lines("Regel toevoegen", dossier, Some(index));
        let place = provision_place(index);
        self.editing.jump_to(place.field("line").field("product"));
    }

    /// The day on which a first line begins: the decision, else today; or the last day that has a catalogue.
    pub(super) fn start_day(&self, dossier: &Dossier) -> Date {
        let day = dossier.dates.decision.unwrap_or(self.today);
        let catalogues = &self.library.catalogues;
        if catalogues.on(&dossier.municipality, day).is_ok() {
            return day;
        }
        catalogues
            .of(&dossier.municipality)
            .last()
            .map_or(day, |catalogue| catalogue.file.from)
    }

    pub(super) fn duplicate_line(&mut self) {
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return;
        };
        let mut dossier = document.dossier().clone();
        let Some(copy) = dossier.provisions.get(index).cloned() else {
            return;
        };
        let next = index.saturating_add(1);
        dossier.insert_provision(next, copy);
        self.step_lines("Regel verdubbelen", dossier, Some(next));
    }

    pub(super) fn remove_line(&mut self) {
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return;
        };
        let mut dossier = document.dossier().clone();
        if index >= dossier.provisions.len() {
            return;
        }
        dossier.remove_provision(index);
        let left = dossier.provisions.len().checked_sub(1);
        let choose = left.map(|last| index.min(last));
        self.step_lines("Regel verwijderen", dossier, choose);
        self.notice = Some(Notice {
            tone: None,
            text: format!("Regel {} is verwijderd.", index.saturating_add(1)),
            offers: &[Command::Undo],
        });
    }

    /// Whether the chosen line is one that was granted, in a dossier that may be changed.
    fn line_can_change(&self) -> bool {
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return false;
        };
        let provision = document.dossier().provisions.get(index);
        document.reads().is_none()
            && provision.is_some_and(|provision| provision.outcome == Outcome::Granted)
    }

    fn change_line(&mut self, kind: Kind) {
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return;
        };
        self.changing = Some(Changing::new(kind, index, now(document, self.today)));
    }

    fn show_timeline(&mut self) {
        self.timeline = self.document.as_ref().map(|document| {
            let Now {
                dossier,
                evaluation,
                library,
                today,
            } = now(document, self.today);
            let lines = &document.view().lines;
            let details = |index: usize| {
                let line = lines.get(index);
                line.map_or_else(String::new, |line| line.detail.clone())
            };
            timeline(dossier, evaluation, library, today, details)
        });
    }

    /// The field of the sheet or the screen in front that had the keyboard last, with its label.
    pub(super) fn field_in_front(&self) -> Option<(Place, &str)> {
        match (&self.changing, self.screen) {
            (Some(changing), _) => changing.entered(),
            (None, Screen::Scenarios) => self.scenarios.editing.entered(),
            (None, _) => self.editing.entered(),
        }
    }

    /// What is being typed in the sheet or on the screen in front.
    fn editing_in_front(&mut self) -> &mut Editing {
        match (&mut self.changing, self.screen) {
            (Some(changing), _) => changing.editing(),
            (None, Screen::Scenarios) => &mut self.scenarios.editing,
            (None, _) => &mut self.editing,
        }
    }

    /// Asks about the field with the keyboard; on a button there is none.
    fn explain_by_key(&mut self, ctx: &Context) {
        let focused = ctx.memory(egui::Memory::focused);
        let button = focused.filter(|id| self.editing_in_front().is_left_for(*id));
        let entered = self.field_in_front();
        self.explained = match button {
            Some(_) => Some((Place::root(), "Dit is geen veld".to_owned())),
            None => entered.map(|(place, label)| (place, label.to_owned())),
        };
        self.explained_on = button;
    }

    /// At the end of a frame: which widget the field with the keyboard is.
    pub(super) fn end_frame(&mut self, ctx: &Context) {
        let focused = ctx.memory(egui::Memory::focused);
        self.editing_in_front().end_frame(focused);
    }

    /// What belongs in the field that was asked about, while that is shown.
    pub(super) fn explain_ui(&mut self, ctx: &Context) {
        let Some((place, label)) = self.explained.take() else {
            return;
        };
        let help = help(place).ok().flatten();
        if help_ui(ctx, &label, help) {
            if self.explained_on.is_none() {
                self.editing_in_front().jump_to(place);
            }
            ctx.request_repaint();
        } else {
            self.explained = Some((place, label));
        }
    }

    /// The timeline, while it is shown.
    pub(super) fn timeline_ui(&mut self, ctx: &Context) {
        let Some(timeline) = self.timeline.take() else {
            return;
        };
        match timeline_ui(ctx, &timeline) {
            timeline::Answer::Waiting => self.timeline = Some(timeline),
            timeline::Answer::Nothing => {}
            timeline::Answer::Line(index) => self.shell.choose(Part::Line(index)),
        }
    }

    /// The sheet of a change of a line, while there is one.
    pub(super) fn changing_ui(&mut self, ctx: &Context) {
        let (Some(mut changing), Some(document)) = (self.changing.take(), &self.document) else {
            return;
        };
        match changing.show_ui(ctx, now(document, self.today)) {
            Answer::Waiting => self.changing = Some(changing),
            Answer::Nothing => {}
            Answer::Do(change, choose) => {
                let what = change.what;
                if self.step(*change) {
                    self.shell.choose(Part::Line(choose));
                    self.notice = Some(Notice {
                        tone: None,
                        text: format!("Gedaan: {}.", what.to_lowercase()),
                        offers: &[Command::Undo],
                    });
                }
            }
        }
    }

    /// Takes the command that was typed. A field that is being typed in loses the focus, so that it commits first.
    pub(super) fn take_keys(&mut self, ctx: &Context) {
        let explains = |desk: &Self| {
            let sheet = desk.changing.is_some() && desk.explained.is_none();
            sheet || !desk.is_asking() && desk.can(ctx, Command::ExplainField)
        };
        if self.typed_in(ctx).is_none()
            && explains(self)
            && Command::pressed(ctx, |command| command == Command::ExplainField).is_some()
        {
            self.explain_by_key(ctx);
            return;
        }
        if self.is_asking() {
            // Who has to go locks in the middle of a sheet: it is there again afterwards.
            let locks = |command| command == Command::Lock && self.can(ctx, command);
            if let Some(pressed) = Command::pressed(ctx, locks) {
                self.queued = Some(pressed);
            }
            return;
        }
        let typing = self.typed_in(ctx);
        // Inside a text that is being typed, undo is about the typing.
        let mine = |command| typing.is_none() || !matches!(command, Command::Undo | Command::Redo);
        let pressed = Command::pressed(ctx, |command| {
            mine(command) && (self.can(ctx, command) || typing.is_some())
        });
        if pressed.is_some() {
            self.queued = pressed;
        }
        if let (Some(_), Some(id)) = (pressed, typing) {
            // The field commits, and has the keyboard again after that.
            ctx.memory_mut(|memory| memory.surrender_focus(id));
            self.beneath = Some(id);
            self.gives_back = true;
        }
    }

    /// Shows the tariffs, those of the chosen line first.
    pub(super) fn show_tariffs(&mut self) {
        self.screen = Screen::Tariffs;
        self.tariffs.begin();
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return;
        };
        if let Some(provision) = document.dossier().provisions.get(index) {
            self.tariffs.ask_for(&provision.line);
        }
    }
}
