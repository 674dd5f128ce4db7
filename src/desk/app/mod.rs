//! The program in its window: it takes commands from keys, menus and panels, and carries them out.
//!
//! In a frame nothing is evaluated and no file is touched: evaluating happens when a command or a committed field asks for
//! it, and files are read and written beside the window.

mod caseload;
mod commands;
mod investigation;
mod journalling;
mod door;
mod files;
mod fetching;
mod keeping;
mod menu;
mod over;
mod places;
mod possible;
mod presence;
mod preview;
mod records;
mod scenarios;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use eframe::{App, Frame as WindowFrame};
use egui::{CentralPanel, Context, Frame, Id, Margin, Panel, ScrollArea, Ui, ViewportCommand};
use jiff::Zoned;
use jiff::civil::Date;

use self::caseload::Searching;
use self::commands::now;
use self::door::Door;
pub use self::door::Gate;
use self::fetching::Fetched;
use self::files::Answered;
use self::keeping::Keeper;
use self::preview::Printed;
use self::records::Records;
use self::writing::Taken;
use super::command::Command;
use super::disk::Disk;
use super::document::{Document, Reads};
use super::editing::{Editing, Place};
use super::files::Asking;
use super::finder::Finder;
use super::forms::begin::Beginning;
use super::forms::changing::Changing;
use super::forms::{Form, part_ui};
use super::home::Home as AtHome;
use super::keeper::Home;
use super::keys::InOrder;
use super::panels::caseload::CaseloadState;
use super::panels::conflict::Conflict;
use super::panels::head::{day_ui, head_ui};
use super::panels::scenarios::ScenarioScreen;
use super::panels::scenarios::returned::Sheet;
use super::panels::start::{Asked, start_ui};
use super::panels::tariffs::{TariffState, tariffs_ui};
use super::settings::Settings;
use super::shell::Shell;
use super::sight::InSight;
use super::theme::{self, Palette};
use super::view::{Part, Timeline};
use super::widgets::button::back_ui;
use super::widgets::dialog::Notice;
use super::widgets::text::{Tone, heading_ui, message_ui, prose_ui, title_ui};
use crate::budget::Library;
use crate::document::Problem;
use crate::dossier::Dossier;
use crate::quantity::dutch::date_long;
use crate::register::{DossierId, State};

/// How one opens a file or folder outside this program.
pub type OpenOutside = fn(&Path) -> std::io::Result<()>;

/// What waits until unsaved work is saved or let go.
enum Then {
    /// Begin a dossier.
    Begin,
    /// Ask for a file to open.
    AskOpen,
    /// Open this file.
    Open(PathBuf),
    /// Show this dossier, which was read.
    Show(Box<Fetched>),
    /// Open this dossier of the register.
    Fetch(DossierId),
    /// Go on with this work that was not saved.
    Resume(DossierId),
    /// Put the file for home away.
    CloseHome,
    /// Leave the program.
    Quit,
}

/// What is done only after a person says yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Confirm {
    /// Write a readable copy of a dossier of the register.
    PlainCopy,
    /// Write a readable account of a dossier of the register.
    PlainAccount,
    /// Give a file for home with a name of the dossier in it.
    NamesHome,
    /// Throw away work that was not saved.
    Discard(DossierId),
    /// Leave with work behind the door that is kept nowhere.
    LeaveWork,
    /// Leave with a recovery key that was not written down.
    LeaveKey,
}

/// The window and everything that it shows.
pub struct Desk {
    library: Arc<Library>,
    today: Date,
    /// What says which day it is; without it the day stays.
    clock: Option<fn() -> Zoned>,
    /// In words, that the window works with a day that was given, and not with today.
    given_day: Option<String>,
    document: Option<Document>,
    shell: Shell,
    editing: Editing,
    /// The part whose form was drawn last; a field of it may still have to commit.
    shown: Part,
    finder: Option<Finder>,
    beginning: Option<Beginning>,
    changing: Option<Changing>,
    timeline: Option<Timeline>,
    /// The field that is being explained, with its label.
    explained: Option<(Place, String)>,
    /// The button on which it was asked, if it was.
    explained_on: Option<egui::Id>,
    /// What had the keyboard before a sheet came over it.
    beneath: Option<Id>,
    /// Whether a sheet stood over the window in the last frame.
    was_asking: bool,
    /// Whether that has the keyboard again in this frame.
    gives_back: bool,
    settings: Settings,
    disk: Disk<(), Answered>,
    /// How often everything was forgotten: what was asked of a file before that is not shown any more.
    forgotten: u64,
    door: Door,
    keeper: Keeper,
    caseload: CaseloadState,
    searching: Searching,
    conflict: Option<Conflict>,
    confirm: Option<Confirm>,
    /// The file that is written only after a person says yes.
    taken: Option<Taken>,
    /// When the work on files began, in seconds of the window, while there is any.
    busy_since: Option<f64>,
    /// Whether a dossier is being read.
    opens_file: bool,
    /// Opens a file or folder with the program that the system has for it.
    opens: OpenOutside,
    /// The letter that was written last.
    letter: Option<PathBuf>,
    notice: Option<Notice>,
    /// Everything that was wrong with a file that did not open.
    faults: Vec<Problem>,
    asking: Option<Asking>,
    /// What is done at the end of this frame, when no work can be lost by it.
    wished: Option<Then>,
    /// What waits until the work on files is done.
    waits: Option<Then>,
    /// What waits for the answer to "save your work?".
    question: Option<Then>,
    /// What goes on after the dossier was saved.
    after_save: Option<Then>,
    /// The dossier as it was when its changes were let go.
    let_go: Option<Arc<Dossier>>,
    /// Whether the window may close.
    leaves: bool,
    /// A command that waits until the fields of this frame have committed.
    queued: Option<Command>,
    title: String,
    tariffs: TariffState,
    scenarios: ScenarioScreen,
    /// What came back from home, while it is looked at.
    returned: Option<Sheet>,
    /// A file for home; it fills the window.
    home: Option<AtHome>,
    screen: Screen,
    records: Records,
    paper: Printed,
}

/// What is drawn under the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Front {
    /// Where a person begins who works on loose files.
    Start,
    /// Making or unlocking the register.
    Door,
    Caseload,
    Dossier,
    Tariffs,
    Scenarios,
    Records,
    Letter,
    /// A file for home.
    Home,
}

/// What a person chose to fill the window with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// The open dossier; without one, where a person begins.
    #[default]
    Dossier,
    /// Which tariffs are in force.
    Tariffs,
    /// The scenarios of the open dossier.
    Scenarios,
    /// What the register knows: versions, log, backups and so on.
    Records,
    /// What is due in the register; while it is locked, its door.
    Caseload,
    /// The pages of the letter of the open dossier.
    Letter,
}

impl Desk {
    /// The window with the dossier in the file `dossier`, or without one, and with the register at `register` if there is
    /// one. `today` is the day on which is calculated.
    ///
    /// Dossier and register are read from now on, while the system is still making the window.
    pub fn new(
        library: Arc<Library>,
        today: Date,
        settings: Settings,
        opens: OpenOutside,
        dossier: Option<PathBuf>,
        register: Option<Home>,
    ) -> Self {
        let mut desk = Self {
            door: Door::new(register, &library),
            library,
            today,
            clock: None,
            given_day: None,
            document: None,
            shell: Shell::new(settings.one_page()),
            editing: Editing::default(),
            shown: Part::default(),
            finder: None,
            beginning: None,
            changing: None,
            timeline: None,
            explained: None,
            explained_on: None,
            beneath: None,
            was_asking: false,
            gives_back: false,
            settings,
            disk: Disk::start((), Answered::broken),
            forgotten: 0,
            keeper: Keeper::default(),
            caseload: CaseloadState::default(),
            searching: Searching::default(),
            conflict: None,
            confirm: None,
            taken: None,
            busy_since: None,
            opens_file: false,
            opens,
            letter: None,
            notice: None,
            faults: Vec::new(),
            asking: None,
            wished: None,
            waits: None,
            question: None,
            after_save: None,
            let_go: None,
            leaves: false,
            queued: None,
            title: String::new(),
            tariffs: TariffState::new(today),
            scenarios: ScenarioScreen::default(),
            returned: None,
            home: None,
            screen: Screen::default(),
            records: Records::default(),
            paper: Printed::default(),
        };
        if let Some(path) = dossier {
            desk.open_file(whole(path));
        }
        desk.look_at_register();
        desk
    }

    /// Takes its place in the window, before the first frame.
    pub fn enter(&mut self, ctx: &Context) {
        theme::install(ctx);
        self.settings.apply(ctx);
        self.disk.wake(ctx.clone());
        self.door.wake(ctx);
        self.take_done(ctx);
        ctx.add_plugin(InOrder::new(self.opens_file));
        ctx.add_plugin(InSight::default());
    }

    /// The open dossier.
    pub fn document(&self) -> Option<&Document> {
        self.document.as_ref()
    }

    /// The part that is shown in the middle.
    pub fn chosen(&self) -> Part {
        self.shell.chosen()
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

    /// Whether something stands over the window that must be answered first.
    fn is_asking(&self) -> bool {
        self.finder.is_some()
            || self.beginning.is_some()
            || self.changing.is_some()
            || self.timeline.is_some()
            || self.explained.is_some()
            || self.question.is_some()
            || self.asking.is_some()
            || self.records.screens.is_asking()
            || self.conflict.is_some()
            || self.confirm.is_some()
            || self.taken.is_some()
            || self.returned.is_some()
    }

    /// What is drawn, by what was chosen and what there is.
    fn front(&self) -> Front {
        let has_register = *self.gate() != Gate::Without;
        match self.screen {
            _ if self.door.is_covered() || self.door.shows_recovery() => Front::Door,
            _ if self.home.is_some() => Front::Home,
            Screen::Tariffs => Front::Tariffs,
            Screen::Scenarios if self.document.is_some() => Front::Scenarios,
            Screen::Records if self.slot().is_some() => Front::Records,
            Screen::Dossier if self.document.is_some() => Front::Dossier,
            Screen::Letter if self.document.is_some() => Front::Letter,
            Screen::Dossier | Screen::Letter
                if !has_register || self.door.is_loose || self.opens_file =>
            {
                Front::Start
            }
            Screen::Dossier
            | Screen::Letter
            | Screen::Scenarios
            | Screen::Caseload
            | Screen::Records => {
                if self.slot().is_some() {
                    Front::Caseload
                } else if has_register {
                    Front::Door
                } else {
                    Front::Start
                }
            }
        }
    }

    /// Whether something has been going on for so long that the window says so.
    fn is_slow(&self, ctx: &Context) -> bool {
        let now = ctx.input(|input| input.time);
        self.busy_since
            .is_some_and(|since| now - since >= theme::PATIENCE)
    }

    fn tariffs_ui(&mut self, ui: &mut Ui) {
        let back = if self.document.is_some() {
            "Terug naar het dossier"
        } else {
            "Terug naar het begin"
        };
        if back_ui(ui, back) {
            self.queued = Some(Command::ShowDossier);
        }
        let municipality = self.municipality().to_owned();
        tariffs_ui(ui, &mut self.tariffs, &self.library, &municipality);
    }

    fn start_ui(&mut self, ui: &mut Ui) {
        if self.opens_file {
            // The dossier takes this place as soon as it is there.
            return;
        }
        let asked = ScrollArea::vertical()
            .auto_shrink([false, false])
            .show(ui, |ui| {
                let recent = if self.hides_recent() {
                    &[]
                } else {
                    self.settings.recent()
                };
                let asked = start_ui(ui, recent);
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
            Some(Asked::Open(path)) => self.wished = Some(Then::Open(path)),
            None => {}
        }
    }

    fn dossier_ui(&mut self, ui: &mut Ui) {
        let banner = self.banner();
        let Some(document) = &self.document else {
            return;
        };
        if head_ui(ui, document.view(), banner.as_ref()) {
            self.take_offer();
        }
        let worker = self.worker();
        let Some(document) = &mut self.document else {
            return;
        };
        let (mut change, mut recalculates) = (None, None);
        let mut by_form = None;
        let reads = document.reads().is_some();
        let withheld = document.reads() == Some(&Reads::Finance);
        let shown = &mut self.shown;
        let one_page = self.shell.is_one_page();
        // In which part each refused text was found first.
        let mut found: Vec<(Place, Part)> = Vec::new();
        let asked = self.shell.show_ui(
            ui,
            (document.view(), !reads),
            &mut self.editing,
            |ui, editing, part| {
                // A field of the part that was shown before commits first, in a frame of its own.
                let alone = !one_page || matches!(part, Part::Line(_));
                let focused = ui.memory(egui::Memory::focused).filter(|_| alone);
                let typing = focused.filter(|id| part != *shown && editing.is_typing(*id));
                let part = match typing {
                    Some(id) => {
                        ui.memory_mut(|memory| memory.surrender_focus(id));
                        ui.ctx().request_repaint();
                        std::mem::replace(shown, part)
                    }
                    None if alone => {
                        *shown = part;
                        part
                    }
                    None => part,
                };
                let mut form = Form::new(
                    document.dossier(),
                    document.evaluation(),
                    document.library(),
                    document.messages(),
                    editing,
                )
                .with_clocks(&document.view().clocks)
                .with_earlier(&document.view().earlier)
                .with_made(&document.view().made)
                .with_intensified(&document.view().intensified);
                if withheld && part == Part::Client {
                    title_ui(ui, "Cliënt");
                    prose_ui(ui, "Niet zichtbaar voor u.");
                    return;
                }
                if reads {
                    theme::read_only(ui);
                }
                // On one page several forms are drawn, and what one of them changed stays.
                form.change = change.take();
                part_ui(ui, &mut form, part);
                change = form.change;
                recalculates = recalculates.take().or(form.recalculates);
                by_form = by_form.or(form.asks);
                for (place, _) in editing.rejected() {
                    if !found.iter().any(|(known, _)| *known == place) {
                        found.push((place, part));
                    }
                }
            },
        );
        self.queued = self.queued.or(by_form);
        if let Some((line, set)) = recalculates {
            self.changing = Some(Changing::with_set(line, set, now(document, self.today)));
        }
        if let Some(change) = change {
            if document.step_by(&worker, change, &mut self.editing) {
                self.notice = None;
            }
            // What is shown beside the form belongs to the new dossier.
            ui.ctx().request_repaint();
        }
        if document.note_rejected(&self.editing, &found) {
            // What a field refused is work too.
            self.keeper.again();
        }
        if asked.is_some() {
            self.queued = asked;
        }
    }

    /// The title of the window says that there is a dossier and whether it is saved, and never whose it is: titles are
    /// read over shoulders and kept by other programs.
    fn title(&mut self, ctx: &Context) {
        let title = match &self.document {
            None => "Maatwerk".to_owned(),
            Some(_) if self.door.is_covered() => "Maatwerk".to_owned(),
            Some(document) => {
                let mark = if document.is_changed() { "* " } else { "" };
                let what = match document.in_register().map(|place| &place.state) {
                    Some(State::Definitive { number }) => format!("besluit {number}"),
                    Some(State::Draft) | None => "dossier".to_owned(),
                };
                format!("{mark}{what} – Maatwerk")
            }
        };
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Keeps since when files are being worked on; after a while the window says so.
    fn note_busy(&mut self, ctx: &Context) {
        if !self.disk.is_busy() && !self.door.is_busy() {
            self.busy_since = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let since = *self.busy_since.get_or_insert(now);
        if now - since < theme::PATIENCE {
            ctx.request_repaint_after(Duration::from_secs_f64(theme::PATIENCE));
        }
    }

    /// Waits for files and register; gives whether there was anything to wait for.
    #[cfg(test)]
    pub(super) fn wait_for_disk(&mut self) -> bool {
        let read = self.disk.wait();
        let copied = self.records.wait();
        let printed = self.paper.wait();
        self.door.wait() || read || copied || printed
    }

    /// Lets files wait until what this gives is dropped.
    #[cfg(test)]
    pub(super) fn hold_disk(&mut self) -> std::sync::mpsc::Sender<()> {
        let (go, waits) = std::sync::mpsc::channel::<()>();
        self.disk.ask(move |()| {
            // It ends when the other side is dropped.
            let _ = waits.recv();
            Answered::nothing()
        });
        go
    }

    /// Lets the register wait until what this gives is dropped.
    #[cfg(test)]
    pub(super) fn hold_register(&mut self) -> std::sync::mpsc::Sender<()> {
        let (go, waits) = std::sync::mpsc::channel::<()>();
        let wait = move |_: &mut _| {
            // It ends when the other side is dropped.
            let _ = waits.recv();
            Ok(())
        };
        self.ask_register(wait, |_, _, _| {});
        go
    }

    /// The field that had the keyboard last, with its label.
    #[cfg(test)]
    pub(super) fn field_entered(&self) -> Option<(Place, &str)> {
        self.field_in_front()
    }

    /// Where the work that a screen of the register waits for tells how far it is.
    #[cfg(test)]
    pub(super) fn progress_of_register(&self) -> crate::register::Progress {
        self.records.screens.progress()
    }

    /// The title of the window.
    #[cfg(test)]
    pub(super) fn shown_title(&self) -> &str {
        &self.title
    }

    /// The file for home that fills the window.
    #[cfg(test)]
    pub(super) fn at_home(&self) -> Option<&AtHome> {
        self.home.as_ref()
    }

    /// What stands in memory of those who locked.
    #[cfg(test)]
    pub(super) fn left_behind(&self) -> Vec<u8> {
        self.door.left_behind()
    }

    /// Whether the window was told to close. A test that looks for the order itself may look at another frame.
    #[cfg(test)]
    pub(super) fn is_leaving(&self) -> bool {
        self.leaves
    }

    /// Follows a clock from now on: a window that stays open overnight is not of yesterday.
    pub fn go_by(&mut self, clock: fn() -> Zoned) {
        self.clock = Some(clock);
    }

    /// Works with a day that was given, and says so for as long as the window is open: nobody takes it for today.
    pub fn stay(&mut self) {
        self.given_day = Some(format!(
            "Dit venster rekent met {}, niet met vandaag (optie --datum).",
            date_long(self.today)
        ));
    }

    /// Works with another day from now on. What shows a day of its own, such as a decision as it was made, keeps it.
    pub(super) fn turn_to(&mut self, day: Date) {
        let before = std::mem::replace(&mut self.today, day);
        if before == day {
            return;
        }
        if let Some(document) = &mut self.document {
            document.turn_to(before, day);
        }
        self.search_again(true);
    }

    /// Draws the whole window.
    pub fn show_ui(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.take_done(&ctx);
        self.take_replies(&ctx);
        self.take_copies();
        self.take_prints();
        self.keep_watch(&ctx);
        self.take_wishes(&ctx);
        self.take_keys(&ctx);
        let palette = Palette::of(ui);
        let front = self.front();
        if front != Front::Home {
            Panel::top("menu")
                .frame(
                    Frame::new()
                        .fill(palette.ground)
                        .inner_margin(Margin::symmetric(8, 2)),
                )
                .show(ui, |ui| self.menu_ui(ui));
        }
        if let Some(words) = &self.given_day {
            day_ui(ui, words);
        }
        self.notice_ui(ui);
        let margin = match front {
            Front::Start | Front::Door => Margin::symmetric(32, 12),
            Front::Dossier
            | Front::Tariffs
            | Front::Scenarios
            | Front::Caseload
            | Front::Records
            | Front::Letter
            | Front::Home => Margin::ZERO,
        };
        let frame = Frame::new().fill(palette.surface).inner_margin(margin);
        CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            ui.push_id(Id::unique("screen"), |ui| match front {
                Front::Tariffs => self.tariffs_ui(ui),
                Front::Scenarios => self.scenarios_ui(ui),
                Front::Home => self.home_ui(ui),
                Front::Records => self.records_ui(ui),
                Front::Dossier => self.dossier_ui(ui),
                Front::Start => self.start_ui(ui),
                Front::Door => self.door_ui(ui),
                Front::Caseload => self.caseload_ui(ui),
                Front::Letter => self.letter_ui(ui),
            });
        });
        if self.door.is_covered() {
            self.leaving_ui(&ctx);
        } else {
            self.over_ui(&ctx);
            self.end_frame(&ctx);
        }
        if let Some(command) = self.queued.take() {
            if self.can(&ctx, command) {
                self.run(&ctx, command);
            }
            ctx.request_repaint();
        }
        if let Some(then) = self.wished.take() {
            self.guard(&ctx, then);
            ctx.request_repaint();
        }
        if self.waits.is_some() && !self.is_held_up() {
            ctx.request_repaint();
        }
        self.return_keyboard(&ctx);
        self.note_work();
        self.title(&ctx);
        self.remember(&ctx);
        self.note_busy(&ctx);
        // What is typed while the first dossier is being read is for that dossier.
        let waits = self.opens_file && self.document.is_none();
        let before =
            ctx.with_plugin(|keys: &mut InOrder| std::mem::replace(&mut keys.waits, waits));
        if before == Some(true) && !waits {
            ctx.request_repaint();
        }
    }
}

/// The path from the root, so that what is said and opened does not hang on where the program was started.
fn whole(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

impl Drop for Desk {
    /// Colleagues can have the dossier at once, however the window goes.
    fn drop(&mut self) {
        self.records.screens.stop_looking();
        self.paper.tidy();
        self.release_lease();
    }
}

impl App for Desk {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut WindowFrame) {
        if let Some(clock) = self.clock {
            self.turn_to(clock().date());
        }
        self.show_ui(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
