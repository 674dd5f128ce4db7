//! The screens about the register: versions, making definitive, the log, backups, keeping and destroying, people and
//! keys.
//!
//! Each screen draws its state and says what it asks. Work in the register is a [`Job`]: it is carried out elsewhere, in
//! order, and its [`Answer`] comes back to the screen that asked. What a window must do besides (go to a field, ask for a
//! file, show a dossier) is an [`Asked`] or a [`News`]. A screen computes nothing and opens nothing itself.

pub mod backups;
pub mod definitive;
mod jobs;
pub mod keeping;
pub mod log;
pub mod people;
pub mod rows;
pub mod versions;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use egui::{CentralPanel, Frame, Margin, Panel, ScrollArea, Ui};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use zeroize::Zeroizing;

pub use self::jobs::{Answer, Job, News};
use self::jobs::{Made, Told};
use super::super::document::words;
use super::super::showing::moment;
use super::super::theme::{self, Palette};
use super::super::widgets::button::secondary_ui;
use super::super::widgets::choice::{Choice, tabs_ui};
use super::super::widgets::secret::Secret;
use super::super::widgets::text::{Tone, message_ui, muted_ui, title_ui};
use crate::budget::Library;
use crate::dossier::Dossier;
use crate::register::{Base, DossierId, Effort, Entry, Failure, Passphrase, Progress, Register};

/// Widest content of a screen, in points: what belongs together on a line stays in one glance.
const WIDEST: f32 = 820.0;

/// What the work in the register needs to know from outside it.
#[derive(Clone)]
pub struct Around {
    /// Catalogues, norm sets and tables.
    pub library: Arc<Library>,
    /// The day on which is calculated.
    pub today: Date,
    /// Where the clock of this computer stands.
    pub zone: TimeZone,
    /// The folder for backups.
    pub backups: PathBuf,
    /// How much work a guess of a new passphrase takes.
    pub effort: Effort,
    /// Where long work tells how far it is.
    pub progress: Progress,
}

impl Around {
    /// A moment as people write it: `2-3-2026, 14:05`.
    fn moment(&self, at: Timestamp) -> String {
        moment(at, &self.zone)
    }
}

/// The open dossier, as far as it stands in the register.
#[derive(Clone, Debug)]
pub struct Open {
    /// Which.
    pub id: DossierId,
    /// The revision that it was opened in or last saved as.
    pub base: Base,
    /// As it is now, with what is not saved.
    pub dossier: Arc<Dossier>,
    /// For one that was never saved: the one whose decision it follows up.
    pub follows: Option<DossierId>,
    /// Whether it may be changed: it is no older version, and nobody else has it open.
    pub writes: bool,
    /// Whether the same person has it open, in another window or in a program that stopped.
    pub by_oneself: bool,
    /// Whether it differs from that revision.
    pub changed: bool,
}

/// One of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// The versions of the open dossier.
    #[default]
    Versions,
    /// Making the decision definitive, and its receipt.
    Definitive,
    /// Who did what.
    Log,
    /// Backups.
    Backups,
    /// What may go, and dossiers in and out.
    Keeping,
    /// Who may open the register.
    People,
}

impl Screen {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 6] = [
        Self::Versions,
        Self::Definitive,
        Self::Log,
        Self::Backups,
        Self::Keeping,
        Self::People,
    ];

    /// The name on its tab.
    pub fn name(self) -> &'static str {
        match self {
            Self::Versions => "Versies",
            Self::Definitive => "Besluit",
            Self::Log => "Logboek",
            Self::Backups => "Reservekopieën",
            Self::Keeping => "Bewaren",
            Self::People => "Mensen en sleutels",
        }
    }

    /// The name above it.
    fn title(self) -> &'static str {
        match self {
            Self::Versions => "Versies van dit dossier",
            Self::Definitive => "Besluit definitief maken",
            Self::Log => "Logboek",
            Self::Backups => "Reservekopieën",
            Self::Keeping => "Bewaren en vernietigen",
            Self::People => "Mensen en sleutels",
        }
    }
}

/// What a screen asks.
#[derive(Debug)]
pub enum Asked {
    /// This work in the register.
    Job(Job),
    /// Go to this field of the open dossier.
    GoTo(String),
    /// Ask for a file; the answer goes to [`Screens::take_file`].
    ChooseFile(ForFile),
    /// Make the letter of the open dossier.
    Letter,
}

/// What a file is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForFile {
    /// To write dossiers to that leave the register.
    Export,
    /// To write what is told of one dossier to.
    Paper {
        /// What that is.
        what: Paper,
        /// Readable by everybody, not closed with a passphrase.
        plain: bool,
    },
    /// To take dossiers from.
    Import,
    /// A backup that stands elsewhere.
    Backup,
    /// The folder in which backups come from now on.
    Backups,
}

/// What the register tells of one dossier on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// All that is known, for the person concerned.
    Access,
    /// The account of the decision, without the client's name, for who controls the spending.
    Account,
}

impl Paper {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Access => "inzage",
            Self::Account => "verantwoording",
        }
    }
}

/// Work in the register that is being done.
struct Waiting {
    /// The screen that asked.
    screen: Screen,
    /// Since when, in seconds of the window.
    since: f64,
    what: &'static str,
    can_stop: bool,
    only_looks: bool,
    progress: Progress,
}

impl Waiting {
    fn show_ui(&self, ui: &mut Ui) {
        progress_ui(ui, self.what, &self.progress, self.can_stop);
    }
}

/// Draws how far work is, and the way to stop it if it may be stopped.
pub fn progress_ui(ui: &mut Ui, what: &str, progress: &Progress, can_stop: bool) {
    let (done, total) = progress.so_far();
    let stops = progress.is_stopped();
    let words = match (stops, done, total) {
        (true, ..) => "Bezig met stoppen…".to_owned(),
        (_, 0, _) => format!("{what}…"),
        (_, done, 0) => format!("{what}: {done}"),
        (_, done, total) => format!("{what}: {done} van {total}"),
    };
    ui.horizontal_wrapped(|ui| {
        muted_ui(ui, &words);
        if can_stop && !stops && secondary_ui(ui, "Stop").clicked() {
            progress.stop();
        }
    });
    // Somebody is looking at it.
    let often = Duration::from_millis(500);
    ui.ctx().request_repaint_after(often);
}

/// The screens with what they show.
#[derive(Default)]
pub struct Screens {
    front: Screen,
    /// The dossier that was open when the screen in front was shown.
    about: Option<DossierId>,
    versions: versions::VersionsState,
    definitive: definitive::DefinitiveState,
    log: log::LogState,
    backups: backups::BackupsState,
    keeping: keeping::KeepingState,
    people: people::PeopleState,
    /// What is waited for.
    waits: Option<Waiting>,
    /// What went wrong with the last job of the screen in front.
    fault: Option<String>,
    /// What is asked as soon as nothing is waited for.
    next: Option<Job>,
    /// Whether the tab in front should get the keyboard.
    wants_focus: bool,
}

impl Screens {
    /// Shows the backups at another place and under another name than they have, for a picture.
    #[cfg(test)]
    pub fn show_backups_at(&mut self, folder: &str, name: &str) {
        self.backups.show_at(folder, name);
    }

    /// The screen in front.
    pub fn front(&self) -> Screen {
        self.front
    }

    /// Puts a screen in front and has it read what it shows, of the dossier that is open if it is about one.
    pub fn show(&mut self, screen: Screen, open: Option<&Open>) {
        self.front = screen;
        self.about = open.map(|open| open.id);
        self.fault = None;
        self.next = match screen {
            Screen::Versions => self.versions.begin(open).map(Job::Versions),
            Screen::Definitive => self.definitive.begin(open).map(Job::Definitive),
            Screen::Log => Some(Job::Log(self.log.begin())),
            Screen::Backups => Some(Job::Backups(backups::Job::List)),
            Screen::Keeping => Some(Job::Keeping(keeping::Job::List)),
            Screen::People => Some(Job::People(people::Job::List)),
        };
    }

    /// Puts the keyboard on the tab of the screen in front.
    pub fn begin(&mut self) {
        self.wants_focus = true;
    }

    /// Forgets everything: the register was locked.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Whether a new recovery key still has to be written down.
    pub fn has_recovery(&self) -> bool {
        self.people.recovery.is_some()
    }

    /// The new recovery key that was not written down yet, which is not shown here any more.
    pub fn take_recovery(&mut self) -> Option<Zeroizing<String>> {
        self.people.recovery.take()
    }

    /// Takes the answer of a job; gives what the window has to do with it.
    pub fn take(&mut self, answer: Answer) -> Option<News> {
        let Answer {
            screen,
            about,
            told,
            news,
        } = answer;
        self.waits.take_if(|waits| waits.screen == screen);
        if about.is_some() && about != self.about {
            // Another dossier was opened meanwhile.
            return news;
        }
        match told {
            Ok(told) => {
                if screen == self.front {
                    self.fault = None;
                }
                match told {
                    Told::Versions(told) => self.versions.take(told),
                    Told::Definitive(told) => self.definitive.take(told),
                    Told::Log(told) => self.log.take(told),
                    Told::Backups(told) => self.backups.take(told),
                    Told::Keeping(told) => self.keeping.take(told),
                    Told::People(told) => self.people.take(told),
                }
            }
            Err(failure) => {
                if screen == self.front {
                    self.fault = Some(words(&failure.problem));
                }
            }
        }
        news
    }

    /// Takes in that a job was not done at all.
    pub fn fail(&mut self, failure: &Failure) {
        self.waits = None;
        self.fault = Some(words(&failure.problem));
    }

    /// Takes the file that was asked for.
    pub fn take_file(&mut self, what: ForFile, path: PathBuf) {
        self.next = match what {
            ForFile::Export | ForFile::Paper { .. } | ForFile::Import => {
                self.keeping.take_file(what, path).map(Job::Keeping)
            }
            ForFile::Backup => Some(Job::Backups(backups::Job::LookInto(path))),
            ForFile::Backups => Some(Job::Backups(backups::Job::MakeIn(path))),
        };
    }

    /// Where the work that is being done tells how far it is.
    pub fn progress(&self) -> Progress {
        let waits = self.waits.as_ref();
        waits.map_or_else(Progress::default, |waits| waits.progress.clone())
    }

    /// Stops what only looks at the register: nobody waits for it any more.
    pub fn stop_looking(&self) {
        if let Some(waits) = self.waits.as_ref().filter(|waits| waits.only_looks) {
            waits.progress.stop();
        }
    }

    /// Whether a question stands over the window.
    pub fn is_asking(&self) -> bool {
        self.backups.is_asking() || self.people.is_asking()
    }

    /// Draws the screen in front in all of `ui`, for a person who has full access or not; gives what it asks.
    pub fn show_ui(&mut self, ui: &mut Ui, open: Option<&Open>, full: bool) -> Option<Asked> {
        let palette = Palette::of(ui);
        let now = ui.input(|input| input.time);
        let late = self
            .waits
            .as_ref()
            .is_some_and(|waits| now - waits.since > theme::PATIENCE);
        if self.waits.is_some() && !late {
            let wait = Duration::from_secs_f64(theme::PATIENCE);
            ui.ctx().request_repaint_after(wait);
        }
        let mut picked = None;
        let bar = Frame::new()
            .fill(palette.ground)
            .inner_margin(Margin::symmetric(12, 4));
        Panel::top("register tabs").frame(bar).show(ui, |ui| {
            let choices = Screen::ALL.map(|screen| Choice::new(screen, screen.name()));
            let row = ("Register", std::mem::take(&mut self.wants_focus));
            picked = tabs_ui(ui, row, &self.front, &choices);
        });
        let frame = Frame::new()
            .fill(palette.surface)
            .inner_margin(Margin::symmetric(16, 12));
        let asked = CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            title_ui(ui, self.front.title());
            if let Some(waits) = self.waits.as_ref().filter(|_| late) {
                waits.show_ui(ui);
            }
            if let Some(fault) = &self.fault {
                message_ui(ui, Tone::Fault, fault);
            }
            ui.add_space(theme::GAP);
            ScrollArea::vertical()
                .id_salt(self.front)
                .auto_shrink([false, false])
                .show(ui, |ui| {
                    ui.set_max_width(ui.available_width().min(WIDEST));
                    let asked = self.front_ui(ui, (open, full), late);
                    ui.add_space(theme::PART);
                    asked
                })
                .inner
        });
        // A second press while the first is being carried out would do it twice.
        let free = self.waits.is_none();
        let asked = match asked.inner {
            // Another filter is looked for as soon as the list of the one before is there.
            Some(Asked::Job(job @ Job::Log(log::Job::List(_)))) if !free => {
                self.next = Some(job);
                None
            }
            Some(Asked::Job(_)) if !free => None,
            asked => asked,
        };
        if let Some(screen) = picked {
            self.show(screen, open);
            ui.ctx().request_repaint();
        }
        let asked = asked.or_else(|| self.next.take_if(|_| free).map(Asked::Job));
        if let Some(Asked::Job(job)) = &asked {
            let (what, can_stop) = job.doing();
            self.waits = Some(Waiting {
                screen: job.screen(),
                since: now,
                what,
                can_stop,
                only_looks: job.is_only_looking(),
                progress: Progress::default(),
            });
        }
        asked
    }

    fn front_ui(
        &mut self,
        ui: &mut Ui,
        (open, full): (Option<&Open>, bool),
        late: bool,
    ) -> Option<Asked> {
        let asked = ui.add_enabled_ui(!late, |ui| match self.front {
            Screen::Versions => versions::versions_ui(ui, &mut self.versions, open),
            Screen::Definitive => definitive::definitive_ui(ui, &mut self.definitive, open, full),
            Screen::Log => log::log_ui(ui, &mut self.log),
            Screen::Backups => backups::backups_ui(ui, &mut self.backups, open, full),
            Screen::Keeping => keeping::keeping_ui(ui, &mut self.keeping, open, full),
            Screen::People => people::people_ui(ui, &mut self.people),
        });
        asked.inner
    }
}

/// What a dossier of the register is called; nothing if it is not there.
fn dossier_name(register: &Register, id: DossierId) -> Option<String> {
    Some(called(register.index().ok()?.entry(id)?))
}

/// What a dossier is called in a list: the client if names may be seen, and its number.
fn called(entry: &Entry) -> String {
    let number = entry.about.number.as_str();
    let name = entry.who.as_ref().map_or("", |who| who.name.as_str());
    match (name, number) {
        ("", "") => "dossier zonder naam en nummer".to_owned(),
        ("", number) => format!("zaak {number}"),
        (name, "") => name.to_owned(),
        (name, number) => format!("{name}, zaak {number}"),
    }
}

/// A passphrase that was typed twice the same; else what is wrong.
fn twice(first: &Secret, again: &Secret) -> Result<Passphrase, String> {
    let passphrase = Passphrase::choose(first.text()).map_err(|failure| words(&failure.problem))?;
    if first.text() == again.text() {
        Ok(passphrase)
    } else {
        Err("De twee wachtzinnen zijn niet gelijk. Typ ze opnieuw.".to_owned())
    }
}
