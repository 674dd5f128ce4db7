//! What each command does, and the keys that give it.

use egui::{Context, Theme, ThemePreference};
use jiff::civil::Date;

use super::{Confirm, Desk, Screen, Then};
use crate::desk::command::Command;
use crate::desk::document::{Document, Keeping};
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
use crate::dossier::Dossier;

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
    /// Carries out a command.
    pub(super) fn run(&mut self, ctx: &Context, command: Command) {
        // What was said is about what was done before.
        self.notice = None;
        if self.home.is_some() && command == Command::ShowDossier {
            self.guard(ctx, Then::CloseHome);
            return;
        }
        let stays = match command {
            Command::Undo | Command::Redo => {
                matches!(self.screen, Screen::Scenarios | Screen::Letter)
            }
            Command::NextPanel => true,
            _ => false,
        };
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
            Command::NextPanel => self.focus_next_panel(),
            Command::PreviousLine
            | Command::NextLine
            | Command::NextProblem
            | Command::UnfoldCalculation
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
                        _ => shell.toggle_calculation(view),
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

    /// Moves the keyboard to the next part of the screen, where that has no parts to its first control.
    fn focus_next_panel(&mut self) {
        match self.screen {
            Screen::Dossier => self.shell.focus_next_column(),
            Screen::Scenarios => self.scenarios.focus_next_pane(),
            Screen::Tariffs => self.tariffs.begin(),
            Screen::Records => self.records.screens.begin(),
            Screen::Caseload => self.caseload.begin(),
            Screen::Letter => self.paper.begin(),
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
            timeline(dossier, evaluation, library, today, lines)
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
