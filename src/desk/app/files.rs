//! Opening, saving and printing, and the question that stands before work could be lost.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use super::fetching::Fetched;
use super::scenarios::is_for_home;
use super::writing::Standing;
use super::{Confirm, Desk, Screen, Then};
use crate::budget::Library;
use crate::desk::command::Command;
use crate::desk::document::{Document, Keeping, words};
use crate::desk::editing::Place;
use crate::desk::files::{Asking, Purpose};
use crate::desk::forms::begin::Beginning;
use crate::desk::home::Home;
use crate::desk::panels::preview::Laid;
use crate::desk::panels::register::{ForFile, Paper};
use crate::desk::panels::scenarios::ScenarioScreen;
use crate::desk::panels::scenarios::returned::Sheet;
use crate::desk::settings;
use crate::desk::shell::Shell;
use crate::desk::view::Part;
use crate::desk::widgets::dialog::Notice;
use crate::desk::widgets::text::Tone;
use crate::document::{Problem, write_atomic};
use crate::dossier::{Dossier, Evaluation};
use crate::printing::Sort;
use crate::scenario::Returned;
use jiff::civil::Date;

/// What came of work on a file.
pub(super) enum Done {
    /// A dossier was read.
    Opened(Box<Document>),
    /// A dossier could not be read, because there is no such file (`missing`) or for all these reasons.
    NotOpened {
        path: PathBuf,
        missing: bool,
        problems: Vec<Problem>,
    },
    /// What stands in the file that is to be written.
    Looked(Purpose, PathBuf, Standing),
    /// The dossier as it was when saving was asked, in this file.
    Saved(PathBuf, Arc<Dossier>, Result<(), Problem>),
    /// A readable copy of a dossier of the register, in this file.
    Copied(PathBuf, Result<(), Problem>),
    /// The letter.
    Letter(PathBuf, Result<(), Problem>),
    /// The pages of the letter, or all that stands in their way, of the dossier that came to this.
    Laid(Arc<Evaluation>, Box<Laid>),
    /// The report of the investigation.
    Report(PathBuf, Result<(), Problem>),
    /// Something on paper or for home, with what of it is told.
    Written(PathBuf, Wrote, Result<(), Problem>),
    /// A file for home was read.
    Home(Box<Home>),
    /// What came back from home, beside the open dossier.
    Returned(Result<Box<Returned>, Vec<Problem>>),
    /// What a file is that was asked for while a dossier is open.
    Sorted {
        /// Whether it holds scenarios to take home.
        is_for_home: bool,
        path: PathBuf,
    },
    /// An earlier dossier was read, to take over its investigation.
    Earlier(PathBuf, Result<Box<Dossier>, Vec<Problem>>),
    /// A file or folder was handed to the program that the system has for it.
    Shown(PathBuf, bool),
    /// A letter was handed to the program that the system has for it, to be printed there.
    ToPrint(Sort, bool),
    /// What the window remembers; without it the program works all the same.
    Remembered,
    /// What stood ready for a printer is gone.
    Tidied,
    /// The work was not done to its end.
    Broken,
}

/// What was written.
pub(super) enum Wrote {
    /// The overview of the scenarios.
    Overview,
    /// The data of the program.
    Examples,
    /// Scenarios to take home.
    Home,
    /// What goes back from home, as it was then.
    Sent(Arc<Dossier>),
}

/// What came of work on a file, and how often everything had been forgotten when it was asked.
pub(super) struct Answered(u64, Done);

impl Answered {
    /// Of work that was not done to its end; that is said whenever it was asked.
    pub(super) fn broken() -> Self {
        Self(u64::MAX, Done::Broken)
    }

    #[cfg(test)]
    pub(super) fn nothing() -> Self {
        Self(u64::MAX, Done::Remembered)
    }
}

impl Done {
    /// Whether something was not written that should have been.
    fn failed(&self) -> bool {
        matches!(
            self,
            Self::Saved(_, _, Err(_))
                | Self::Letter(_, Err(_))
                | Self::Report(_, Err(_))
                | Self::Copied(_, Err(_))
                | Self::Written(_, _, Err(_))
        )
    }
}

impl Desk {
    /// Does `then` when no work can be lost by it; else asks first. What is being written is finished before.
    pub(super) fn guard(&mut self, ctx: &Context, then: Then) {
        // A dossier that comes now takes the place of no sheet or question that a person is answering.
        let intrudes = matches!(then, Then::Show(_)) && self.is_asking();
        if self.disk.is_busy() || self.is_saving() || self.door.is_locking() || intrudes {
            let before = self.waits.replace(then);
            self.turn_down(before);
        } else if matches!(then, Then::Quit)
            && let Some(confirm) = self.before_leaving()
        {
            self.confirm = Some(confirm);
        } else if self.has_unsaved_work() {
            let before = self.question.replace(then);
            self.turn_down(before);
        } else {
            self.go_on(ctx, then);
        }
    }

    /// What must be said, before the window closes, of what is lost by it and does not stand in the open dossier.
    fn before_leaving(&self) -> Option<Confirm> {
        let unkept = self.door.is_covered() && self.is_journal_failing();
        if unkept || self.door.keeps_behind() {
            Some(Confirm::LeaveWork)
        } else if self.door.recovery.is_some() || self.records.screens.has_recovery() {
            Some(Confirm::LeaveKey)
        } else {
            None
        }
    }

    pub(super) fn has_unsaved_work(&self) -> bool {
        if let Some(home) = &self.home {
            return home.is_unsaved();
        }
        let mut refused = self.editing.rejected();
        let typed = refused
            .next()
            .or(self.scenarios.editing.rejected().next())
            .is_some();
        self.document.as_ref().is_some_and(|document| {
            let let_go = self
                .let_go
                .as_ref()
                .is_some_and(|dossier| Arc::ptr_eq(dossier, document.now()));
            (document.is_changed() && !let_go) || typed
        })
    }

    pub(super) fn go_on(&mut self, ctx: &Context, then: Then) {
        match then {
            Then::Begin => {
                let municipality = self
                    .document
                    .as_ref()
                    .map(|document| document.dossier().municipality.as_str());
                self.beginning = Some(Beginning::new(&self.library, municipality));
            }
            Then::AskOpen => self.ask(ctx, Purpose::Open),
            Then::Open(path) => self.open_file(path),
            Then::Show(fetched) => self.show_fetched(*fetched),
            Then::Fetch(id) => self.fetch(id),
            Then::Resume(id) => self.resume(id),
            Then::CloseHome => {
                self.home = None;
                self.show_caseload();
            }
            Then::Quit => {
                self.let_dossier_go();
                self.leave(ctx);
            }
        }
    }

    /// Closes the window.
    pub(super) fn leave(&mut self, ctx: &Context) {
        self.leaves = true;
        ctx.send_viewport_cmd(ViewportCommand::Close);
    }

    pub(super) fn ask(&mut self, ctx: &Context, purpose: Purpose) {
        let path = self.document.as_ref().and_then(Document::path);
        // The name of a file says nothing about the client.
        let proposal = match (purpose, path) {
            (Purpose::Open | Purpose::TakeOver | Purpose::Proposal, Some(path)) => {
                path.parent().map(Path::to_owned).unwrap_or_default()
            }
            (Purpose::Open | Purpose::TakeOver | Purpose::Proposal, None)
            | (Purpose::Place | Purpose::Spare, _) => PathBuf::new(),
            (Purpose::GiveHome, Some(path)) => path.with_file_name("voor-thuis.pgb"),
            (Purpose::GiveHome, None) => PathBuf::from("voor-thuis.pgb"),
            (Purpose::Overview, Some(path)) => path.with_file_name("overzicht.pdf"),
            (Purpose::Overview, None) => PathBuf::from("overzicht.pdf"),
            (Purpose::Account, _) => PathBuf::from(ACCOUNT),
            (Purpose::Examples, _) => PathBuf::from("voorbeelden"),
            (Purpose::SendBack, _) => {
                let home = self.home.as_ref().map(Home::path);
                home.unwrap_or(Path::new("")).with_file_name("voorstel.pgb")
            }
            (Purpose::Save, Some(path)) => path.to_owned(),
            (Purpose::Save, None) => PathBuf::from("dossier.ron"),
            (Purpose::Letter, Some(path)) => path.with_extension("pdf"),
            (Purpose::Letter, None) => PathBuf::from("beschikking.pdf"),
            (Purpose::Report, Some(path)) => path.with_file_name("onderzoeksverslag.pdf"),
            (Purpose::Report, None) => PathBuf::from("onderzoeksverslag.pdf"),
            (Purpose::Register(what), _) => PathBuf::from(match what {
                ForFile::Export => "dossiers.maatwerk",
                ForFile::Paper {
                    what: Paper::Access,
                    plain: true,
                } => "inzage.txt",
                ForFile::Paper {
                    what: Paper::Access,
                    plain: false,
                } => "inzage.txt.age",
                ForFile::Paper {
                    what: Paper::Account,
                    plain: true,
                } => ACCOUNT,
                ForFile::Paper {
                    what: Paper::Account,
                    plain: false,
                } => "verantwoording.txt.age",
                ForFile::Import | ForFile::Backup | ForFile::Backups => "",
            }),
        };
        self.asking = Some(Asking::begin(ctx, purpose, proposal));
    }

    /// Reads a dossier; it is shown once it is there.
    pub(in crate::desk) fn open_file(&mut self, path: PathBuf) {
        self.faults.clear();
        self.opens_file = true;
        let (library, today) = (Arc::clone(&self.library), self.today);
        self.ask_disk(move || match is_for_home(&path) {
            true => match Home::open(&path, today) {
                Ok(home) => Done::Home(Box::new(home)),
                Err(problems) => Done::NotOpened {
                    missing: false,
                    path,
                    problems,
                },
            },
            false => Self::open_dossier(path, library, today),
        });
    }

    fn open_dossier(path: PathBuf, library: Arc<Library>, today: Date) -> Done {
        match Document::open(&path, library, today) {
            Ok(document) => Done::Opened(Box::new(document)),
            Err(problems) => Done::NotOpened {
                missing: !path.exists(),
                path,
                problems,
            },
        }
    }

    /// Puts a document in the window, from its beginning.
    pub(super) fn show(&mut self, document: Document) {
        if let Some(path) = document.path() {
            self.settings.remember(path);
        }
        self.let_dossier_go();
        self.hold(&document);
        self.document = Some(document);
        self.home = None;
        self.shell = Shell::new(self.settings.one_page());
        self.shown = Part::default();
        self.screen = Screen::Dossier;
        self.letter = None;
        self.let_go = None;
        self.editing.clear();
        self.forget_sheets();
        self.notice = None;
        self.faults.clear();
    }

    /// Puts away what stands over the window about the dossier that was open until now.
    pub(super) fn forget_sheets(&mut self) {
        self.conflict = None;
        self.scenarios = ScenarioScreen::default();
        self.returned = None;
        self.changing = None;
        self.timeline = None;
        self.confirm
            .take_if(|confirm| matches!(confirm, Confirm::PlainCopy | Confirm::PlainAccount));
    }

    /// Saves the dossier as it is now.
    pub(in crate::desk) fn save(&mut self, path: PathBuf) {
        let Some(document) = &self.document else {
            return;
        };
        let dossier = Arc::clone(document.now());
        if let Some(id) = document.in_register().map(|place| place.id) {
            self.note_copy(id, move |desk| {
                desk.ask_disk(move || {
                    let written = write_plain(&path, &dossier);
                    Done::Copied(path, written)
                });
            });
            return;
        }
        self.ask_disk(move || {
            let saved = write_plain(&path, &dossier);
            Done::Saved(path, dossier, saved)
        });
    }

    /// Has work on a file done beside the window.
    pub(super) fn ask_disk(&mut self, job: impl FnOnce() -> Done + Send + 'static) {
        let forgotten = self.forgotten;
        self.disk.ask(move |()| Answered(forgotten, job()));
    }

    /// Makes the letter, and asks where to write it when nothing stands in its way.
    pub(super) fn make_letter(&mut self, ctx: &Context) {
        let Some(document) = &mut self.document else {
            return;
        };
        match document.letter() {
            Ok(_) => self.ask(ctx, Purpose::Letter),
            Err(problems) => self.tell_no_letter(&problems),
        }
    }

    /// Says why there is no letter, and goes to the first field that is in the way.
    pub(super) fn tell_no_letter(&mut self, problems: &[Problem]) {
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
        self.shell.list_problems();
        if !first.field.is_empty() {
            self.shell.choose(Part::of_path(&first.field));
            self.editing.jump_to(Place::of_path(&first.field));
        }
    }

    pub(super) fn write_letter(&mut self, path: PathBuf) {
        let Some(document) = &mut self.document else {
            return;
        };
        match document.letter() {
            Ok(letter) => self.note_printed(move |desk| {
                desk.ask_disk(move || {
                    let pages = letter.to_pdf();
                    let written = pages.and_then(|bytes| write_atomic(&path, &bytes));
                    Done::Letter(path, written)
                });
            }),
            Err(problems) => self.tell_no_letter(&problems),
        }
    }

    /// Opens the letter that was written last, or the folder that it is in, outside this window.
    pub(super) fn show_letter(&mut self, whole_folder: bool) {
        let Some(letter) = &self.letter else { return };
        let path = match letter.parent() {
            Some(folder) if whole_folder => folder.to_owned(),
            _ => letter.clone(),
        };
        let open = self.opens;
        self.ask_disk(move || {
            let opened = open(&path).is_ok();
            Done::Shown(path, opened)
        });
    }

    /// Takes what came of the work on files.
    pub(super) fn take_done(&mut self, ctx: &Context) {
        while let Some(Answered(asked, done)) = self.disk.answer() {
            if asked < self.forgotten {
                // Who locked since may not be who sits here: no dossier, and no name of a file.
                if done.failed() {
                    let text = "Een bestand dat vóór het vergrendelen werd geschreven, is niet gelukt. Ontgrendel het register en probeer het opnieuw.";
                    self.tell(Some(Tone::Fault), text);
                }
                continue;
            }
            match done {
                Done::Opened(document) => {
                    self.opens_file = false;
                    self.offer(ctx, Fetched::of(*document));
                }
                Done::NotOpened {
                    path,
                    missing,
                    problems,
                } => {
                    self.opens_file = false;
                    self.let_go = None;
                    if missing {
                        self.settings.forget(&path);
                    }
                    let first = problems.first().map(ToString::to_string);
                    self.tell(Some(Tone::Fault), &first.unwrap_or_default());
                    self.faults = problems;
                }
                Done::Looked(purpose, path, standing) => {
                    self.take_looked(purpose, path, standing);
                }
                Done::Copied(path, Ok(())) => {
                    let text = format!(
                        "Er staat een kopie in {}. Dat bestand is niet beveiligd.",
                        path.display()
                    );
                    self.tell(None, &text);
                }
                Done::Saved(path, dossier, Ok(())) => {
                    self.settings.remember(&path);
                    self.tell(None, &format!("Opgeslagen in {}.", path.display()));
                    // One that went into the register meanwhile has its place there.
                    if let Some(document) = &mut self.document
                        && document.in_register().is_none()
                    {
                        document.mark_saved(Keeping::File(path), dossier);
                        self.keeper.again();
                    }
                    if let Some(then) = self.after_save.take() {
                        self.wish(ctx, then);
                    }
                }
                Done::Saved(_, _, Err(problem)) | Done::Copied(_, Err(problem)) => {
                    self.stop_waiting();
                    self.tell(Some(Tone::Fault), &problem.to_string());
                }
                Done::Letter(path, Ok(())) => {
                    self.notice = Some(Notice {
                        tone: None,
                        text: format!(
                            "De brief staat in {}. Dat bestand is niet beveiligd.",
                            path.display()
                        ),
                        offers: &[Command::ShowLetter, Command::ShowLetterFolder],
                    });
                    self.letter = Some(path);
                }
                Done::Letter(_, Err(problem)) => {
                    self.stop_waiting();
                    if problem.file.is_empty() {
                        self.tell_no_letter(&[problem]);
                    } else {
                        self.tell(Some(Tone::Fault), &problem.to_string());
                    }
                }
                Done::Laid(of, laid) => self.paper.take(&of, *laid),
                Done::Report(path, Ok(())) => {
                    self.notice = Some(Notice {
                        tone: None,
                        text: format!("Het verslag staat in {}.", path.display()),
                        offers: &[Command::ShowLetter, Command::ShowLetterFolder],
                    });
                    self.letter = Some(path);
                }
                Done::Report(_, Err(problem)) => {
                    self.stop_waiting();
                    self.tell(Some(Tone::Fault), &problem.to_string());
                }
                Done::Written(path, wrote, Ok(())) => self.tell_written(ctx, path, wrote),
                Done::Written(_, _, Err(problem)) => {
                    self.stop_waiting();
                    self.tell(Some(Tone::Fault), &problem.to_string());
                }
                Done::Home(home) => {
                    self.opens_file = false;
                    self.show_home(*home);
                }
                Done::Returned(Ok(returned)) => self.returned = Some(Sheet::new(*returned)),
                Done::Returned(Err(problems)) => {
                    let first = problems.first().map(ToString::to_string);
                    self.tell(Some(Tone::Fault), &first.unwrap_or_default());
                }
                Done::Sorted {
                    is_for_home: true,
                    path,
                } if self.document.is_some() => self.read_proposal(path),
                Done::Sorted { path, .. } => self.wish(ctx, Then::Open(path)),
                Done::Earlier(path, Ok(earlier)) => self.put_taken_over(&path, &earlier),
                Done::Earlier(_, Err(problems)) => {
                    let first = problems.first().map(ToString::to_string);
                    self.tell(Some(Tone::Fault), &first.unwrap_or_default());
                }
                Done::Shown(path, false) => {
                    let text = format!(
                        "Dit systeem heeft geen programma om {} te openen. Open het zelf.",
                        path.display()
                    );
                    self.tell(Some(Tone::Fault), &text);
                }
                Done::ToPrint(sort, false) => self.tell_to_save(sort, sort.no_viewer()),
                Done::Shown(_, true) | Done::ToPrint(_, true) | Done::Remembered | Done::Tidied => {
                }
                Done::Broken => {
                    self.opens_file = false;
                    self.let_go = None;
                    self.stop_waiting();
                    let text = "Het lezen of schrijven is niet gelukt door een fout in dit programma. Sla het dossier op onder een andere naam.";
                    self.tell(Some(Tone::Fault), text);
                }
            }
        }
        if self.wished.is_none()
            && !self.is_held_up()
            && let Some(then) = self.waits.take()
        {
            self.wish(ctx, then);
        }
    }

    /// Whether what waits has to wait longer: for a file, a save or an answer.
    pub(super) fn is_held_up(&self) -> bool {
        self.disk.is_busy() || self.is_saving() || self.door.is_locking() || self.is_asking()
    }

    /// Remembers colours, size and files when they changed.
    pub(super) fn remember(&mut self, ctx: &Context) {
        self.settings.note(ctx);
        if let Some((place, text)) = self.settings.to_write() {
            self.ask_disk(move || {
                // Without it the program works all the same.
                let _ = settings::write(&place, &text);
                Done::Remembered
            });
        }
    }

    pub(super) fn tell(&mut self, tone: Option<Tone>, text: &str) {
        self.notice = Some(Notice {
            tone,
            text: text.to_owned(),
            offers: &[],
        });
    }

    /// Asks about unsaved work before the window closes, and takes a file that was dropped on it.
    pub(super) fn take_wishes(&mut self, ctx: &Context) {
        let closes = ctx.input(|input| input.viewport().close_requested());
        if closes && !self.leaves {
            let typing = self.typed_in(ctx).is_some();
            let held = self.disk.is_busy() || self.is_saving() || self.door.is_locking();
            if typing || self.has_unsaved_work() || held || self.before_leaving().is_some() {
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                self.wish(ctx, Then::Quit);
            }
        }
        let (dropped, several) = ctx.input(|input| {
            let files = &input.raw.dropped_files;
            let first = files.first().map(|file| file.path().to_owned());
            (first, files.len() > 1)
        });
        if let Some(path) = dropped
            && !self.is_asking()
            && !self.is_shut_out()
        {
            match several {
                true => self.tell(Some(Tone::Warning), SEVERAL_DROPPED),
                false => self.open_or_propose(ctx, path),
            }
        }
    }

    /// Does `then` at the end of this frame, once the field that is being typed in has committed.
    pub(super) fn wish(&mut self, ctx: &Context, then: Then) {
        if let Some(id) = self.typed_in(ctx) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        let before = self.wished.replace(then);
        self.turn_down(before);
    }

    /// The field that has the keyboard and holds a text that was not committed.
    pub(super) fn typed_in(&self, ctx: &Context) -> Option<egui::Id> {
        let focused = ctx.memory(egui::Memory::focused);
        let home = self.home.as_ref();
        focused.filter(|id| {
            self.editing.is_typing(*id)
                || self.scenarios.editing.is_typing(*id)
                || home.is_some_and(|home| home.is_typing(*id))
        })
    }
}

/// The name that a readable account is proposed under.
const ACCOUNT: &str = "verantwoording.txt";

/// Said when more than one file is let go over the window.
const SEVERAL_DROPPED: &str = "Er is niets geopend. Sleep één bestand tegelijk naar dit venster.";

/// Writes a dossier as text that everybody can read.
fn write_plain(path: &Path, dossier: &Dossier) -> Result<(), Problem> {
    let text = dossier.to_text();
    text.and_then(|text| write_atomic(path, text.as_bytes()))
}
