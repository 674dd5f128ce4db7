//! The program in its window: it takes commands from keys, menus and panels, and carries them out.
//!
//! In a frame nothing is read from disk and nothing is evaluated; that happens when a command or a committed field asks for
//! it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::{App, Frame as WindowFrame};
use egui::containers::menu::MenuBar;
use egui::{
    Align, Button, CentralPanel, Context, Frame, Id, Layout, Margin, Panel, ScrollArea, Theme, Ui,
    ViewportCommand,
};
use jiff::civil::Date;

use super::command::{Command, Menu};
use super::document::{Document, words};
use super::editing::{Editing, Place};
use super::files::{Answer, Asking, Purpose};
use super::finder::{Finder, Found};
use super::forms::begin::{Beginning, Begun};
use super::forms::line::fresh_provision;
use super::forms::{Change, Form, part_ui};
use super::panels::start::{Asked, start_ui};
use super::panels::tariffs::{TariffState, tariffs_ui};
use super::recent::RecentFiles;
use super::shell::Shell;
use super::theme::{self, Palette};
use super::view::Part;
use super::widgets::dialog::{Notice, NoticeAnswer, notice_ui, question_ui};
use super::widgets::text::{Tone, heading_ui, message_ui, muted_ui};
use crate::budget::Library;
use crate::document::{Problem, write_atomic};
use crate::dossier::Dossier;
use crate::letter::grant;

/// What waits until unsaved work is saved or let go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Then {
    /// Begin a dossier.
    Begin,
    /// Ask for a file to open.
    AskOpen,
    /// Open this file.
    Open(PathBuf),
    /// Leave the program.
    Quit,
}

/// The window and everything that it shows.
pub struct Desk {
    library: Arc<Library>,
    today: Date,
    document: Option<Document>,
    shell: Shell,
    editing: Editing,
    /// The part whose form was drawn last; a field of it may still have to commit.
    shown: Part,
    finder: Option<Finder>,
    beginning: Option<Beginning>,
    recent: RecentFiles,
    notice: Option<Notice>,
    /// Everything that was wrong with a file that did not open.
    faults: Vec<Problem>,
    asking: Option<Asking>,
    /// What waits for the answer to "save your work?".
    question: Option<Then>,
    /// What goes on after the dossier was saved.
    after_save: Option<Then>,
    /// Whether the window may close.
    leaves: bool,
    /// A command that waits until the fields of this frame have committed.
    queued: Option<Command>,
    title: String,
    tariffs: TariffState,
    /// Whether the tariff screen is in front.
    shows_tariffs: bool,
}

impl Desk {
    /// The window with the dossier in the file `dossier`, or without one. `today` is the day on which is calculated.
    pub fn new(
        ctx: &Context,
        library: Arc<Library>,
        today: Date,
        recent: RecentFiles,
        dossier: Option<PathBuf>,
    ) -> Self {
        theme::install(ctx);
        let mut desk = Self {
            library,
            today,
            document: None,
            shell: Shell::default(),
            editing: Editing::default(),
            shown: Part::default(),
            finder: None,
            beginning: None,
            recent,
            notice: None,
            faults: Vec::new(),
            asking: None,
            question: None,
            after_save: None,
            leaves: false,
            queued: None,
            title: String::new(),
            tariffs: TariffState::new(today),
            shows_tariffs: false,
        };
        if let Some(path) = dossier {
            desk.open_file(&path);
        }
        desk
    }

    /// The open dossier.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// The part that is shown in the middle.
    pub fn chosen(&self) -> Part {
        self.shell.chosen()
    }

    /// Whether `command` is possible now.
    fn can(&self, ctx: &Context, command: Command) -> bool {
        let document = self.document.as_ref();
        let on_line = matches!(self.shell.chosen(), Part::Line(_));
        match command {
            Command::New
            | Command::Open
            | Command::Quit
            | Command::FindCommand
            | Command::ToggleTheme => true,
            Command::ZoomIn => ctx.zoom_factor() < theme::MOST_ZOOM,
            Command::ZoomOut | Command::ZoomReset => ctx.zoom_factor() > theme::LEAST_ZOOM,
            Command::Undo => document.is_some_and(|document| document.undoes().is_some()),
            Command::Redo => document.is_some_and(|document| document.redoes().is_some()),
            Command::Save
            | Command::SaveAs
            | Command::MakeLetter
            | Command::AddLine
            | Command::UnfoldCalculation
            | Command::NextPanel => document.is_some(),
            Command::ShowDossier => document.is_some() || self.shows_tariffs,
            Command::DuplicateLine | Command::RemoveLine => document.is_some() && on_line,
            Command::PreviousLine | Command::NextLine => {
                document.is_some_and(|document| !document.view().lines.is_empty())
            }
            Command::NextProblem => {
                document.is_some_and(|document| !document.view().problems.is_empty())
            }
            Command::ShowTariffs => !self.shows_tariffs,
        }
    }

    /// Carries out a command.
    fn run(&mut self, ctx: &Context, command: Command) {
        if command.is_about_dossier() {
            // What it does must be seen.
            self.shows_tariffs = false;
        }
        match command {
            Command::New => self.guard(ctx, Then::Begin),
            Command::Open => self.guard(ctx, Then::AskOpen),
            Command::Quit => self.guard(ctx, Then::Quit),
            Command::Save => match self.document.as_ref().and_then(Document::path) {
                Some(path) => {
                    let path = path.to_owned();
                    self.save(ctx, path);
                }
                None => self.ask(ctx, Purpose::Save),
            },
            Command::SaveAs => self.ask(ctx, Purpose::Save),
            Command::FindCommand => self.finder = Some(Finder::default()),
            Command::Undo | Command::Redo => self.undo_or_redo(command == Command::Undo),
            Command::AddLine => self.add_line(),
            Command::DuplicateLine => self.duplicate_line(),
            Command::RemoveLine => self.remove_line(),
            Command::ToggleTheme => ctx.set_theme(match ctx.theme() {
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::Light,
            }),
            Command::ZoomIn => ctx.set_zoom_factor(theme::zoom_step(ctx.zoom_factor(), true)),
            Command::ZoomOut => ctx.set_zoom_factor(theme::zoom_step(ctx.zoom_factor(), false)),
            Command::ZoomReset => ctx.set_zoom_factor(theme::LEAST_ZOOM),
            Command::PreviousLine
            | Command::NextLine
            | Command::NextProblem
            | Command::UnfoldCalculation
            | Command::NextPanel => {
                if let Some(document) = &self.document {
                    let (shell, view) = (&mut self.shell, document.view());
                    match command {
                        Command::PreviousLine => shell.step_line(view, true),
                        Command::NextLine => shell.step_line(view, false),
                        Command::NextProblem => shell.next_problem(view, &mut self.editing),
                        Command::UnfoldCalculation => shell.toggle_calculation(view),
                        _ => shell.focus_next_column(),
                    }
                }
            }
            Command::MakeLetter => self.make_letter(ctx),
            Command::ShowDossier => {}
            Command::ShowTariffs => self.show_tariffs(),
        }
    }

    /// Shows the tariffs, those of the chosen line first.
    fn show_tariffs(&mut self) {
        self.shows_tariffs = true;
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return;
        };
        if let Some(provision) = document.dossier().provisions.get(index) {
            self.tariffs.ask_for(&provision.line);
        }
    }

    /// The municipality of the dossier, or the first that there is.
    fn municipality(&self) -> &str {
        let known = self.library.catalogues.municipalities().next();
        match (&self.document, known) {
            (Some(document), _) => &document.dossier().municipality,
            (None, Some(first)) => &first.code,
            (None, None) => "",
        }
    }

    /// Does `then` when no work can be lost by it; else asks first.
    fn guard(&mut self, ctx: &Context, then: Then) {
        if self.has_unsaved_work() {
            self.question = Some(then);
        } else {
            self.go_on(ctx, then);
        }
    }

    fn has_unsaved_work(&self) -> bool {
        let typed = self.editing.rejected().next().is_some();
        self.document
            .as_ref()
            .is_some_and(|document| document.is_changed() || typed)
    }

    fn go_on(&mut self, ctx: &Context, then: Then) {
        match then {
            Then::Begin => {
                let municipality = self
                    .document
                    .as_ref()
                    .map(|document| document.dossier().municipality.as_str());
                self.beginning = Some(Beginning::new(&self.library, municipality));
            }
            Then::AskOpen => self.ask(ctx, Purpose::Open),
            Then::Open(path) => self.open_file(&path),
            Then::Quit => {
                self.leaves = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    fn ask(&mut self, ctx: &Context, purpose: Purpose) {
        let path = self.document.as_ref().and_then(Document::path);
        // The name of a file says nothing about the client.
        let proposal = match (purpose, path) {
            (Purpose::Open, Some(path)) => path.parent().map(Path::to_owned).unwrap_or_default(),
            (Purpose::Open, None) => PathBuf::new(),
            (Purpose::Save, Some(path)) => path.to_owned(),
            (Purpose::Save, None) => PathBuf::from("dossier.ron"),
            (Purpose::Letter, Some(path)) => path.with_extension("pdf"),
            (Purpose::Letter, None) => PathBuf::from("beschikking.pdf"),
        };
        self.asking = Some(Asking::begin(ctx, purpose, proposal));
    }

    fn open_file(&mut self, path: &Path) {
        self.faults.clear();
        match Document::open(path, Arc::clone(&self.library), self.today) {
            Ok(document) => {
                self.recent.remember(path);
                self.show(document);
            }
            Err(problems) => {
                if !path.exists() {
                    self.recent.forget(path);
                }
                let first = problems.first().map(ToString::to_string);
                self.tell(Some(Tone::Fault), &first.unwrap_or_default());
                self.faults = problems;
            }
        }
    }

    /// Puts a document in the window, from its beginning.
    fn show(&mut self, document: Document) {
        self.document = Some(document);
        self.shell = Shell::default();
        self.shown = Part::default();
        self.shows_tariffs = false;
        self.editing.clear();
        self.notice = None;
        self.faults.clear();
    }

    fn save(&mut self, ctx: &Context, path: PathBuf) {
        let Some(document) = &mut self.document else {
            return;
        };
        match document.save(path.clone()) {
            Ok(()) => {
                self.recent.remember(&path);
                self.tell(None, &format!("Opgeslagen in {}.", path.display()));
                if let Some(then) = self.after_save.take() {
                    self.go_on(ctx, then);
                }
            }
            Err(problem) => {
                self.after_save = None;
                self.tell(Some(Tone::Fault), &problem.to_string());
            }
        }
    }

    /// Makes the letter, and asks where to write it when nothing stands in its way.
    fn make_letter(&mut self, ctx: &Context) {
        let Some(document) = &self.document else {
            return;
        };
        match grant(
            document.dossier(),
            document.evaluation(),
            document.library(),
        ) {
            Ok(_) => self.ask(ctx, Purpose::Letter),
            Err(problems) => self.tell_no_letter(&problems),
        }
    }

    /// Says why there is no letter, and goes to the first field that is in the way.
    fn tell_no_letter(&mut self, problems: &[Problem]) {
        let Some(first) = problems.first() else {
            return;
        };
        let more = match problems.len() {
            0 | 1 => String::new(),
            2 => " Er is nog 1 ander punt.".to_owned(),
            number => format!(" Er zijn nog {} andere punten.", number.saturating_sub(1)),
        };
        let text = format!("De brief is niet gemaakt. {}{more}", words(first));
        self.tell(Some(Tone::Fault), &text);
        if !first.field.is_empty() {
            self.shell.choose(part_of(&first.field));
            self.editing.jump_to(Place::of_path(&first.field));
        }
    }

    fn write_letter(&mut self, path: &Path) {
        let Some(document) = &self.document else {
            return;
        };
        let made = grant(
            document.dossier(),
            document.evaluation(),
            document.library(),
        )
        .and_then(|letter| letter.to_pdf().map_err(|problem| vec![problem]));
        match made {
            Ok(bytes) => match write_atomic(path, &bytes) {
                Ok(()) => {
                    let text = format!("De brief staat in {}.", path.display());
                    self.tell(None, &text);
                }
                Err(problem) => self.tell(Some(Tone::Fault), &problem.to_string()),
            },
            Err(problems) => self.tell_no_letter(&problems),
        }
    }

    fn tell(&mut self, tone: Option<Tone>, text: &str) {
        self.notice = Some(Notice {
            tone,
            text: text.to_owned(),
            can_undo: false,
        });
    }

    fn undo_or_redo(&mut self, undo: bool) {
        let Some(document) = &mut self.document else {
            return;
        };
        let (what, word) = if undo {
            (document.undo(&mut self.editing), "Ongedaan gemaakt")
        } else {
            (document.redo(&mut self.editing), "Opnieuw gedaan")
        };
        if let Some(what) = what {
            self.tell(None, &format!("{word}: {}.", what.to_lowercase()));
        }
    }

    /// Does a step; gives whether the dossier really changed.
    fn step(&mut self, change: Change) -> bool {
        let editing = &mut self.editing;
        self.document
            .as_mut()
            .is_some_and(|document| document.step(change, editing))
    }

    /// Does a step on the lines, and chooses the line `choose`.
    fn step_lines(&mut self, what: &'static str, dossier: Dossier, choose: Option<usize>) {
        let change = Change {
            what,
            dossier,
            moved: true,
        };
        if self.step(change) {
            self.shell.choose(choose.map_or(Part::Client, Part::Line));
        }
    }

    fn add_line(&mut self) {
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
        let place = super::forms::provision_place(index);
        self.editing.jump_to(place.field("line").field("product"));
    }

    /// The day on which a first line begins: the decision, else today; or the last day that has a catalogue.
    fn start_day(&self, dossier: &Dossier) -> Date {
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

    fn duplicate_line(&mut self) {
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return;
        };
        let mut dossier = document.dossier().clone();
        let Some(copy) = dossier.provisions.get(index).cloned() else {
            return;
        };
        let next = index.saturating_add(1);
        dossier.provisions.insert(next, copy);
        self.step_lines("Regel verdubbelen", dossier, Some(next));
    }

    fn remove_line(&mut self) {
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return;
        };
        let mut dossier = document.dossier().clone();
        if index >= dossier.provisions.len() {
            return;
        }
        dossier.provisions.remove(index);
        let left = dossier.provisions.len().checked_sub(1);
        let choose = left.map(|last| index.min(last));
        self.step_lines("Regel verwijderen", dossier, choose);
        self.notice = Some(Notice {
            tone: None,
            text: format!("Regel {} is verwijderd.", index.saturating_add(1)),
            can_undo: true,
        });
    }

    fn menu_ui(&mut self, ui: &mut Ui) {
        MenuBar::new().ui(ui, |ui| {
            for menu in Menu::ALL {
                ui.menu_button(menu.name(), |ui| {
                    for (index, group) in menu.groups().iter().enumerate() {
                        if index > 0 {
                            ui.separator();
                        }
                        for command in *group {
                            let entry = Button::new(self.entry_name(*command))
                                .shortcut_text(command.keys(ui.ctx()));
                            let response = ui.add_enabled(self.can(ui.ctx(), *command), entry);
                            if response.on_hover_text(command.help()).clicked() {
                                self.queued = Some(*command);
                            }
                        }
                    }
                    if menu == Menu::Dossier {
                        self.recent_ui(ui);
                    }
                });
            }
            let state = self.file_state();
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                muted_ui(ui, &state);
            });
        });
    }

    /// The name of a command in its menu; undo and redo say what.
    fn entry_name(&self, command: Command) -> String {
        let document = self.document.as_ref();
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

    fn recent_ui(&mut self, ui: &mut Ui) {
        if self.recent.files().is_empty() {
            return;
        }
        ui.separator();
        muted_ui(ui, "Eerder geopend");
        let mut wanted = None;
        for file in self.recent.files() {
            let response = ui.button(&file.name).on_hover_text(&file.folder);
            if response.clicked() {
                wanted = Some(file.path.clone());
            }
        }
        if let Some(path) = wanted {
            let ctx = ui.ctx().clone();
            self.guard(&ctx, Then::Open(path));
        }
    }

    /// Which file, and whether it is up to date.
    fn file_state(&self) -> String {
        let Some(document) = &self.document else {
            return String::new();
        };
        let name = document
            .path()
            .and_then(Path::file_name)
            .map_or("nog geen bestand".into(), |name| name.to_string_lossy());
        if document.is_changed() {
            format!("{name}, niet opgeslagen wijzigingen")
        } else {
            name.into_owned()
        }
    }

    /// Takes the command that was typed. A field that is being typed in loses the focus, so that it commits first.
    fn take_keys(&mut self, ctx: &Context) {
        if self.is_asking() {
            return;
        }
        let focused = ctx.memory(egui::Memory::focused);
        let typing = focused.filter(|id| self.editing.is_typing(*id));
        // Inside a text that is being typed, undo is about the typing.
        let mine = |command| typing.is_none() || !matches!(command, Command::Undo | Command::Redo);
        let pressed = Command::pressed(ctx, |command| {
            mine(command) && (self.can(ctx, command) || typing.is_some())
        });
        if pressed.is_some() {
            self.queued = pressed;
        }
        if let (Some(_), Some(id)) = (pressed, typing) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
    }

    /// Whether something stands over the window that must be answered first.
    fn is_asking(&self) -> bool {
        self.finder.is_some()
            || self.beginning.is_some()
            || self.question.is_some()
            || self.asking.is_some()
    }

    /// Asks about unsaved work before the window closes, and takes a file that was dropped on it.
    fn take_wishes(&mut self, ctx: &Context) {
        let closes = ctx.input(|input| input.viewport().close_requested());
        if closes && !self.leaves {
            let focused = ctx.memory(egui::Memory::focused);
            let typing = focused.filter(|id| self.editing.is_typing(*id));
            if typing.is_some() || self.has_unsaved_work() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                if let Some(id) = typing {
                    ctx.memory_mut(|memory| memory.surrender_focus(id));
                }
                self.queued = Some(Command::Quit);
            }
        }
        let dropped = ctx.input(|input| {
            let file = input.raw.dropped_files.first();
            file.map(|file| file.path().to_owned())
        });
        if let Some(path) = dropped
            && !self.is_asking()
        {
            self.guard(ctx, Then::Open(path));
        }
    }

    fn start_ui(&mut self, ui: &mut Ui) {
        let asked = ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let asked = start_ui(ui, self.recent.files());
                if !self.faults.is_empty() {
                    ui.add_space(theme::LARGE);
                    heading_ui(ui, "Wat er mis is met het bestand");
                    for problem in &self.faults {
                        message_ui(ui, Tone::Fault, &problem.to_string());
                    }
                }
                asked
            })
            .inner;
        match asked {
            Some(Asked::Do(command)) => self.queued = Some(command),
            Some(Asked::Open(path)) => {
                let ctx = ui.ctx().clone();
                self.guard(&ctx, Then::Open(path));
            }
            None => {}
        }
    }

    fn dossier_ui(&mut self, ui: &mut Ui) {
        let Some(document) = &mut self.document else {
            return;
        };
        let mut change = None;
        let shown = &mut self.shown;
        let asked = self.shell.show_ui(
            ui,
            document.view(),
            &mut self.editing,
            |ui, editing, part| {
                // A field of the part that was shown before commits first, in a frame of its own.
                let focused = ui.memory(egui::Memory::focused);
                let typing = focused.filter(|id| part != *shown && editing.is_typing(*id));
                let part = match typing {
                    Some(id) => {
                        ui.memory_mut(|memory| memory.surrender_focus(id));
                        ui.ctx().request_repaint();
                        std::mem::replace(shown, part)
                    }
                    None => {
                        *shown = part;
                        part
                    }
                };
                let mut form = Form::new(
                    document.dossier(),
                    document.evaluation(),
                    document.library(),
                    document.messages(),
                    editing,
                );
                part_ui(ui, &mut form, part);
                change = form.change;
            },
        );
        if let Some(change) = change {
            document.step(change, &mut self.editing);
            // What is shown beside the form belongs to the new dossier.
            ui.ctx().request_repaint();
        }
        document.note_rejected(&self.editing, self.shown);
        if asked.is_some() {
            self.queued = asked;
        }
    }

    /// Everything that can stand over the window.
    fn over_ui(&mut self, ctx: &Context) {
        if let Some(mut finder) = self.finder.take() {
            match finder.show_ui(ctx, |command| self.can(ctx, command)) {
                Found::Nothing => self.finder = Some(finder),
                Found::Close => {}
                Found::Do(command) => self.queued = Some(command),
            }
        }
        if let Some(mut beginning) = self.beginning.take() {
            match beginning.show_ui(ctx, &self.library) {
                Begun::Waiting => self.beginning = Some(beginning),
                Begun::Nothing => {}
                Begun::Dossier(dossier) => {
                    let library = Arc::clone(&self.library);
                    self.show(Document::new(*dossier, None, library, self.today));
                    let first = Place::of_path("client.person.initials");
                    self.editing.jump_to(first);
                }
            }
        }
        if let Some(mut asking) = self.asking.take() {
            match asking.poll_ui(ctx) {
                Answer::Waiting => self.asking = Some(asking),
                Answer::Nothing => self.after_save = None,
                Answer::File(path) => match asking.purpose {
                    Purpose::Open => self.open_file(&path),
                    Purpose::Save => self.save(ctx, path),
                    Purpose::Letter => self.write_letter(&path),
                },
            }
        }
        if let Some(then) = self.question.clone() {
            let verbs = ["Opslaan", "Niet opslaan", "Annuleren"];
            let text = "Dit dossier heeft wijzigingen die nog niet in een bestand staan.";
            let answer = question_ui(ctx, "unsaved", "Wilt u het dossier opslaan?", text, &verbs);
            if answer.is_some() {
                self.question = None;
            }
            match answer {
                Some(0) => {
                    self.after_save = Some(then);
                    self.queued = Some(Command::Save);
                }
                Some(1) => {
                    self.editing.clear();
                    self.go_on(ctx, then);
                }
                _ => {}
            }
        }
    }

    fn notice_ui(&mut self, ui: &mut Ui) {
        let Some(notice) = &self.notice else { return };
        let answer = Panel::bottom("notice")
            .frame(Frame::NONE)
            .show(ui, |ui| notice_ui(ui, notice))
            .inner;
        match answer {
            Some(NoticeAnswer::Undo) => {
                self.notice = None;
                self.queued = Some(Command::Undo);
            }
            Some(NoticeAnswer::Dismiss) => self.notice = None,
            None => {}
        }
    }

    /// The title of the window says which dossier, and whether it is saved.
    fn title(&mut self, ctx: &Context) {
        let title = match &self.document {
            None => "Maatwerk".to_owned(),
            Some(document) => {
                let mark = if document.is_changed() { "* " } else { "" };
                format!("{mark}{} – Maatwerk", document.view().client)
            }
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Draws the whole window.
    pub fn show_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.take_wishes(&ctx);
        self.take_keys(&ctx);
        let palette = Palette::of(ui);
        Panel::top("menu")
            .frame(
                Frame::new()
                    .fill(palette.ground)
                    .inner_margin(Margin::symmetric(8, 2)),
            )
            .show(ui, |ui| self.menu_ui(ui));
        self.notice_ui(ui);
        let margin = if self.document.is_some() || self.shows_tariffs {
            Margin::ZERO
        } else {
            Margin::symmetric(32, 12)
        };
        let frame = Frame::new().fill(palette.surface).inner_margin(margin);
        CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            ui.push_id(Id::unique("screen"), |ui| {
                if self.shows_tariffs {
                    let library = Arc::clone(&self.library);
                    let municipality = self.municipality().to_owned();
                    tariffs_ui(ui, &mut self.tariffs, &library, &municipality);
                } else if self.document.is_some() {
                    self.dossier_ui(ui);
                } else {
                    self.start_ui(ui);
                }
            });
        });
        self.over_ui(&ctx);
        if let Some(command) = self.queued.take() {
            if self.can(&ctx, command) {
                self.run(&ctx, command);
            }
            ctx.request_repaint();
        }
        self.title(&ctx);
    }
}

/// What must be chosen for the field at this path to be visible.
fn part_of(path: &str) -> Part {
    let index = path
        .strip_prefix("provisions[")
        .and_then(|rest| rest.split(']').next()?.parse().ok());
    match index {
        Some(index) => Part::Line(index),
        None if ["dates", "contact", "signatory"]
            .iter()
            .any(|name| path.starts_with(name)) =>
        {
            Part::Decision
        }
        None => Part::Client,
    }
}

impl App for Desk {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut WindowFrame) {
        self.show_ui(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
