//! The letter and the report in the window: their pages, made beside the window after each change, and the way to the
//! printer.

use std::sync::Arc;

use egui::{Context, Ui};

use super::files::Done;
use super::{Desk, Screen};
use crate::desk::command::Command;
use crate::desk::disk::Disk;
use crate::desk::document::{Document, Reads};
use crate::desk::editing::Place;
use crate::desk::forms::Form;
use crate::desk::panels::preview::{Asked, Laid, Paper, PreviewState, preview_ui};
use crate::desk::view::Part;
use crate::desk::widgets::button::back_ui;
use crate::desk::widgets::dialog::Notice;
use crate::desk::widgets::text::Tone;
use crate::document::Problem;
use crate::dossier::Evaluation;
use crate::letter::{Letter, report};
use crate::printing::{Handed, Printer, Sort};

/// What came of printing.
type Given = Result<(Sort, Handed), Problem>;

/// What the window keeps of what it prints.
#[derive(Default)]
pub(super) struct Printed {
    state: PreviewState,
    /// Which pages were asked, and what the dossier came to then.
    asked: Option<(Paper, Arc<Evaluation>)>,
    printer: Option<Printer>,
    /// The thread that waits for the printer, beside that of the files, so that no save waits for it.
    prints: Option<Disk<(), Given>>,
}

impl Printed {
    /// Takes pages; those of a dossier that changed meanwhile come too late.
    pub(super) fn take(&mut self, of: &Arc<Evaluation>, laid: Laid) {
        if self.asked_for(laid.paper, of) {
            self.state.show(laid);
        }
    }

    /// Puts the keyboard on the screen of the letter.
    pub(super) fn begin(&mut self) {
        self.state.begin();
    }

    fn asked_for(&self, paper: Paper, of: &Arc<Evaluation>) -> bool {
        let asked = self.asked.as_ref();
        asked.is_some_and(|asked| asked.0 == paper && Arc::ptr_eq(&asked.1, of))
    }

    /// Forgets what it shows, and removes what stands ready for a printer.
    pub(super) fn forget(&mut self) {
        self.state = PreviewState::default();
        self.asked = None;
        self.tidy();
    }

    pub(super) fn tidy(&self) {
        if let Some(printer) = &self.printer {
            printer.tidy();
        }
    }

    #[cfg(test)]
    pub(super) fn wait(&mut self) -> bool {
        self.prints.as_mut().is_some_and(Disk::wait)
    }
}

impl Desk {
    /// Has letters printed by this printer from now on; what an earlier run left for it is removed.
    pub fn print_with(&mut self, printer: Printer) {
        let left = printer.clone();
        self.paper.printer = Some(printer);
        self.ask_disk(move || {
            left.tidy();
            Done::Tidied
        });
    }

    /// The pages of the letter beside the texts that may be changed.
    pub(super) fn letter_ui(&mut self, ui: &mut Ui) {
        if back_ui(ui, "Terug naar het dossier") {
            self.queued = Some(Command::ShowDossier);
        }
        self.lay_out();
        let worker = self.worker();
        let Some(document) = &mut self.document else {
            return;
        };
        let reads = document.reads().is_some();
        if document.reads() == Some(&Reads::Finance) {
            self.screen = Screen::Dossier;
            return;
        }
        let mut form = Form::new(
            document.dossier(),
            document.evaluation(),
            document.library(),
            document.messages(),
            &mut self.editing,
        )
        .with_made(&document.view().made)
        .with_intensified(&document.view().intensified);
        let asked = preview_ui(ui, &mut self.paper.state, &mut form, reads);
        let change = form.change.take();
        if let Some(change) = change
            && document.step_by(&worker, change, &mut self.editing)
        {
            self.notice = None;
            ui.ctx().request_repaint();
        }
        match asked {
            None => {}
            Some(Asked::Do(command)) => self.queued = Some(command),
            Some(Asked::GoTo(field)) => {
                self.screen = Screen::Dossier;
                self.shell.choose(Part::of_path(&field));
                self.editing.jump_to(Place::of_path(&field));
                ui.ctx().request_repaint();
            }
        }
    }

    /// Asks for the pages when the dossier is not the one that they were asked for.
    fn lay_out(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        let (paper, now) = (self.paper.state.paper, document.evaluation());
        if self.paper.asked_for(paper, now) {
            return;
        }
        let of = Arc::clone(now);
        self.paper.asked = Some((paper, Arc::clone(&of)));
        let letter = document.letter_as_it_is();
        let (dossier, library) = (Arc::clone(document.now()), Arc::clone(&self.library));
        self.ask_disk(move || {
            let made = match paper {
                Paper::Letter => letter(),
                Paper::Report => report(&dossier, &library),
            };
            let laid = Laid::of(paper, made, &dossier, &library);
            Done::Laid(of, Box::new(laid))
        });
    }

    /// Hands the letter to the printer, when nothing stands in its way.
    pub(super) fn print_letter(&mut self, ctx: &Context) {
        match self.document.as_mut().map(Document::letter) {
            Some(Ok(letter)) => self.print(ctx, letter, Sort::Letter),
            Some(Err(problems)) => self.tell_no_letter(&problems),
            None => {}
        }
    }

    /// Hands a letter or a report to the printer.
    pub(super) fn print(&mut self, ctx: &Context, letter: Letter, sort: Sort) {
        let Some(printer) = self.paper.printer.clone() else {
            self.tell_to_save(sort, sort.no_way());
            return;
        };
        let window = ctx.clone();
        self.note_printed(move |desk| {
            let prints = desk.paper.prints.get_or_insert_with(|| {
                let broken = || Err(Problem::error("het afdrukken is niet gelukt"));
                Disk::start((), broken)
            });
            prints.wake(window);
            prints.ask(move |()| {
                let handed = letter.to_pdf().and_then(|pdf| printer.print(sort, &pdf));
                handed.map(|handed| (sort, handed))
            });
            desk.tell(None, &sort.going());
        });
    }

    /// Says what came of printing; a letter in a file is opened, to be printed there.
    pub(super) fn take_prints(&mut self) {
        while let Some(handed) = self.paper.prints.as_mut().and_then(Disk::answer) {
            match handed {
                Ok((sort, Handed::Printed(_))) => self.tell(None, &sort.gone()),
                Ok((sort, Handed::File(path))) => {
                    let open = self.opens;
                    self.ask_disk(move || {
                        let opened = open(&path).is_ok();
                        if !opened {
                            // Nobody takes it; what cannot go now goes at the next start.
                            let _ = std::fs::remove_file(&path);
                        }
                        Done::ToPrint(sort, opened)
                    });
                    self.tell(None, &sort.opens());
                }
                Err(problem) if problem.file.is_empty() => self.tell_no_print(&problem),
                Err(problem) => self.tell(Some(Tone::Fault), &problem.to_string()),
            }
        }
    }

    /// Says that there is no way to a printer, and offers to make the PDF instead.
    pub(super) fn tell_to_save(&mut self, sort: Sort, text: String) {
        self.notice = Some(Notice {
            tone: Some(Tone::Fault),
            text,
            offers: match sort {
                Sort::Letter => &[Command::MakeLetter],
                Sort::Report => &[Command::MakeReport],
            },
        });
    }

    fn tell_no_print(&mut self, problem: &Problem) {
        let text = crate::desk::document::words(problem);
        self.tell(Some(Tone::Fault), &text);
    }
}
