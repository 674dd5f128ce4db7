//! Opening, saving and printing, and the question that stands before work could be lost.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, ViewportCommand};

use super::{Desk, Then};
use crate::desk::command::Command;
use crate::desk::document::{Document, words};
use crate::desk::editing::Place;
use crate::desk::files::{Asking, Purpose};
use crate::desk::forms::begin::Beginning;
use crate::desk::shell::Shell;
use crate::desk::view::Part;
use crate::desk::widgets::dialog::Notice;
use crate::desk::widgets::text::Tone;
use crate::document::{Problem, write_atomic};

impl Desk {
    /// Does `then` when no work can be lost by it; else asks first.
    pub(super) fn guard(&mut self, ctx: &Context, then: Then) {
        if self.has_unsaved_work() {
            self.question = Some(then);
        } else {
            self.go_on(ctx, then);
        }
    }

    pub(super) fn has_unsaved_work(&self) -> bool {
        let typed = self.editing.rejected().next().is_some();
        self.document
            .as_ref()
            .is_some_and(|document| document.is_changed() || typed)
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
            Then::Open(path) => self.open_file(&path),
            Then::Quit => {
                self.leaves = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    pub(super) fn ask(&mut self, ctx: &Context, purpose: Purpose) {
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

    pub(super) fn open_file(&mut self, path: &Path) {
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
    pub(super) fn show(&mut self, document: Document) {
        self.document = Some(document);
        self.shell = Shell::default();
        self.shown = Part::default();
        self.shows_tariffs = false;
        self.editing.clear();
        self.notice = None;
        self.faults.clear();
    }

    pub(super) fn save(&mut self, ctx: &Context, path: &Path) {
        let Some(document) = &mut self.document else {
            return;
        };
        match document.save(path.to_path_buf()) {
            Ok(()) => {
                self.recent.remember(path);
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
            self.shell.choose(part_of(&first.field));
            self.editing.jump_to(Place::of_path(&first.field));
        }
    }

    pub(super) fn write_letter(&mut self, path: &Path) {
        let Some(document) = &mut self.document else {
            return;
        };
        let made = document
            .letter()
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

    pub(super) fn tell(&mut self, tone: Option<Tone>, text: &str) {
        self.notice = Some(Notice {
            tone,
            text: text.to_owned(),
            can_undo: false,
        });
    }

    /// Asks about unsaved work before the window closes, and takes a file that was dropped on it.
    pub(super) fn take_wishes(&mut self, ctx: &Context) {
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
