//! The screens about the register in the window: carrying their jobs to the register, and doing what their answers ask.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, Ui};

use super::fetching::Fetched;
use super::keeping::Keeper;
use super::{Desk, Screen, Then};
use crate::desk::command::Command;
use crate::desk::disk::Disk;
use crate::desk::document::{Document, InRegister, Keeping, Reads, words};
use crate::desk::editing::{Editing, Place};
use crate::desk::files::Purpose;
use crate::desk::forms::Change;
use crate::desk::panels::register::{
    Around, Asked, Job, News, Open, Paper, Screen as Front, Screens, backups, keeping,
};
use crate::desk::view::Part;
use crate::desk::widgets::button::back_ui;
use crate::desk::widgets::text::Tone;
use crate::dossier::Dossier;
use crate::register::{Backup, Deed, DossierId, Failure, Kind, Loaded, Register, State};

/// What the window keeps of the screens about the register.
#[derive(Default)]
pub(super) struct Records {
    pub(super) screens: Screens,
    /// The thread that makes a backup when one is due, beside that of the register, so that nobody waits for it.
    copies: Option<Disk<(), Result<Option<Backup>, Failure>>>,
}

impl Records {
    #[cfg(test)]
    pub(super) fn wait(&mut self) -> bool {
        self.copies.as_mut().is_some_and(Disk::wait)
    }
}

impl Desk {
    /// The screen about the register that a command shows; nothing for other commands.
    pub(super) fn front_of(command: Command) -> Option<Front> {
        Some(match command {
            Command::ShowVersions => Front::Versions,
            Command::ShowDecision => Front::Definitive,
            Command::ShowLog => Front::Log,
            Command::ShowBackups => Front::Backups,
            Command::ShowKeeping => Front::Keeping,
            Command::ShowPeople => Front::People,
            _ => return None,
        })
    }

    /// The open dossier, as the screens about the register need it.
    fn open_in_register(&self) -> Option<Open> {
        let document = self.document.as_ref()?;
        let place = document.in_register()?;
        Some(Open {
            id: place.id,
            base: place.base,
            dossier: Arc::clone(document.now()),
            follows: place.follows,
            writes: place.reads.is_none(),
            by_oneself: matches!(
                place.reads,
                Some(Reads::Held {
                    by_oneself: true,
                    ..
                })
            ),
            changed: document.is_changed(),
        })
    }

    /// Shows a screen about the register.
    pub(super) fn show_records(&mut self, front: Front) {
        let open = self.open_in_register();
        self.records.screens.show(front, open.as_ref());
        self.screen = Screen::Records;
    }

    /// Has the screen in front read again what it shows.
    fn read_records_again(&mut self) {
        if self.screen == Screen::Records {
            self.show_records(self.records.screens.front());
        }
    }

    pub(super) fn records_ui(&mut self, ui: &mut Ui) {
        let back = if self.document.is_some() {
            "Terug naar het dossier"
        } else {
            "Terug naar de werkvoorraad"
        };
        if back_ui(ui, back) {
            self.queued = Some(match self.document {
                Some(_) => Command::ShowDossier,
                None => Command::ShowCaseload,
            });
        }
        let open = self.open_in_register();
        let full = self.has_full_access();
        match self.records.screens.show_ui(ui, open.as_ref(), full) {
            None => {}
            Some(Asked::Job(job)) => self.carry_to_register(job),
            Some(Asked::GoTo(field)) => {
                self.screen = Screen::Dossier;
                self.shell.choose(Part::of_path(&field));
                self.editing.jump_to(Place::of_path(&field));
                ui.ctx().request_repaint();
            }
            Some(Asked::ChooseFile(what)) => self.ask(ui.ctx(), Purpose::Register(what)),
            Some(Asked::Letter) => self.queued = Some(Command::MakeLetter),
        }
    }

    fn around(&self) -> Option<Around> {
        let home = self.door.home.as_ref()?;
        Some(Around {
            library: Arc::clone(&self.library),
            today: self.today,
            zone: home.zone.clone(),
            backups: home.backup_folder().to_owned(),
            effort: home.effort,
            progress: self.records.screens.progress(),
        })
    }

    /// Has a job done in the register; its answer goes to the screen that asked. One that closes the open dossier waits
    /// until the work on that is kept, and is not done where that fails.
    fn carry_to_register(&mut self, job: Job) {
        if self.given_day.is_some() && job.is_of_today() {
            self.records.screens.fail(&Failure::new(
                Kind::Refused,
                "dit venster rekent niet met vandaag",
                "Start het programma zonder --datum, en doe het dan.",
            ));
            return;
        }
        if !job.replaces() {
            return self.carry_at_once(job);
        }
        self.try_journal_again();
        self.note_work();
        self.ask_register(
            |_| Ok(()),
            move |desk, _, _| {
                if desk.is_journal_failing() {
                    desk.records.screens.fail(&Failure::new(
                        Kind::Refused,
                        "er is niets teruggezet: uw laatste wijzigingen in het open dossier zijn nog nergens bewaard",
                        "Maak ruimte op de schijf, of sla het dossier op. Zet daarna de kopie terug.",
                    ));
                } else {
                    desk.carry_at_once(job);
                }
            },
        );
    }

    fn carry_at_once(&mut self, job: Job) {
        let Some(around) = self.around() else { return };
        let sent = self.document.as_ref();
        let sent = sent.map(|document| Arc::clone(document.now()));
        self.ask_register(
            move |kept| {
                let now = kept.now();
                Ok(job.carry_out(kept.register()?, &around, now))
            },
            move |desk, ctx, answer| match answer {
                Ok(answer) => {
                    if let Some(news) = desk.records.screens.take(answer) {
                        desk.take_news(ctx, news, sent.as_ref());
                    }
                }
                Err(failure) => desk.records.screens.fail(&failure),
            },
        );
    }

    /// Writes the account of the open dossier, readable by everybody, as it stands in the register.
    pub(super) fn write_account(&mut self, path: PathBuf) {
        let (Some(open), Some(around)) = (self.open_in_register(), self.around()) else {
            return;
        };
        self.ask_register(
            move |kept| {
                let now = kept.now();
                let wanted = (open.id, None, path.as_path());
                keeping::paper(kept.register()?, Paper::Account, wanted, &around, now)
            },
            |desk, _, written| match written {
                Ok(said) => desk.tell(None, &said),
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Does what a job made known; `sent` is the open dossier as it was when the job was asked.
    fn take_news(&mut self, ctx: &Context, news: News, sent: Option<&Arc<Dossier>>) {
        self.search_again(true);
        match news {
            News::Read(loaded, words) => {
                let document = self.document_of(*loaded, Some(Reads::Earlier));
                self.wish_to_show(ctx, document, words);
            }
            News::Stands(loaded, words) => {
                self.put_in_place(*loaded, sent, &words);
            }
            News::FollowUp(dossier, follows) => match Register::new_id() {
                Ok(id) => {
                    let document = self.following(*dossier, id, follows);
                    let words = "Dit is een nieuw dossier. Het begint met een kopie van het besluit waarop het volgt.";
                    self.wish_to_show(ctx, document, words.to_owned());
                }
                Err(failure) => self.tell_failure(&failure),
            },
            News::Gone { ids, words } => {
                self.close_if(|place| ids.contains(&place.id));
                // Reading what is kept forgets what was kept of them.
                self.read_unsaved();
                self.tell(None, &words);
            }
            News::Replaced(words) => {
                self.close_if(|_| true);
                self.tell(None, &words);
            }
            News::BackupsIn(folder) => self.keep_backups_in(folder),
            News::Changed(words) | News::Done(words) => self.tell(None, &words),
        }
        ctx.request_repaint();
    }

    fn document_of(&self, loaded: Loaded, reads: Option<Reads>) -> Document {
        let base = loaded.base();
        let Loaded {
            id, dossier, meta, ..
        } = loaded;
        let definitive = matches!(meta.state, State::Definitive { .. });
        let reads = if self.has_full_access() {
            reads.or(definitive.then_some(Reads::Definitive))
        } else {
            // Whatever is read, names are not shown.
            Some(Reads::Finance)
        };
        let keeping = Keeping::Register(InRegister {
            id,
            base,
            follows: meta.follows,
            state: meta.state,
            reads,
        });
        Document::new(dossier, keeping, Arc::clone(&self.library), self.today)
    }

    /// Shows a dossier once no work can be lost by it, and says these words about it then.
    fn wish_to_show(&mut self, ctx: &Context, document: Document, words: String) {
        let fetched = Fetched::with_words(document, words);
        self.wish(ctx, Then::Show(Box::new(fetched)));
    }

    /// Shows the open dossier as it now stands in the register, at the part that was chosen, and says these words. What
    /// was changed since it was `sent` is no part of it: that is kept as a step on top, and said.
    fn put_in_place(&mut self, loaded: Loaded, sent: Option<&Arc<Dossier>>, words: &str) {
        let id = loaded.id;
        self.tell(None, words);
        let Some(open) = self.document.as_ref().filter(|_| self.writes_in(id)) else {
            return;
        };
        let newer = Arc::clone(open.now());
        let newer = sent
            .is_none_or(|sent| !Arc::ptr_eq(sent, &newer))
            .then_some(newer);
        let definitive = matches!(loaded.meta.state, State::Definitive { .. });
        let mut document = self.document_of(loaded, None);
        self.forget_sheets();
        self.editing.clear();
        let is_newer = newer.is_some();
        let mut left = None;
        if let Some(newer) = newer {
            let change = Change {
                what: "Wijzigingen van intussen",
                dossier: Dossier::clone(&newer),
                moved: true,
            };
            let rest = if document.step(change, &mut self.editing) {
                "Wat u intussen hebt gewijzigd, staat erbovenop en is nog niet opgeslagen. Ongedaan maken haalt het weg."
            } else {
                left = Some(Box::new(Dossier::clone(&newer)));
                "Wat u intussen hebt gewijzigd, staat niet in het besluit. U kunt er een vervolg van maken. Tot dan blijft het bewaard in uw werkvoorraad."
            };
            self.tell(Some(Tone::Warning), &format!("{words} {rest}"));
        }
        self.hold(&document);
        self.keeper.left = left;
        self.document = Some(document);
        self.ask_register(
            move |kept| {
                let forgotten = if is_newer { Ok(()) } else { kept.forget(id) };
                if definitive {
                    kept.register()?.release(id)?;
                }
                forgotten
            },
            |desk, _, forgotten| {
                if let Err(failure) = forgotten {
                    desk.tell_failure(&failure);
                }
            },
        );
    }

    /// A new dossier that follows up a decision. What it begins with is work that is not saved yet.
    pub(super) fn following(
        &self,
        dossier: Dossier,
        id: DossierId,
        follows: DossierId,
    ) -> Document {
        let blank = Dossier::new(&dossier.municipality);
        let keeping = Keeping::Register(InRegister {
            follows: Some(follows),
            ..InRegister::begun(id)
        });
        let mut document = Document::new(blank, keeping, Arc::clone(&self.library), self.today);
        document.compare_with_decision(dossier.clone());
        let change = Change {
            what: "Vervolg op een besluit",
            dossier,
            moved: false,
        };
        document.step(change, &mut Editing::default());
        document
    }

    /// Closes the open dossier if it is one of the register for which this holds: it is not there any more.
    fn close_if(&mut self, gone: impl Fn(&InRegister) -> bool) {
        let open = self.document.as_ref().and_then(Document::in_register);
        if open.is_some_and(gone) {
            self.document = None;
            self.keeper = Keeper::default();
            self.editing.clear();
            self.forget_sheets();
            self.read_records_again();
            self.read_unsaved();
        }
    }

    /// Writes in the log that the open dossier is printed, and only then has `write` done. What is not saved yet is saved
    /// first, so that the log can say which revision it is. A loose dossier has no log.
    pub(super) fn note_printed(&mut self, write: impl FnOnce(&mut Self) + Send + 'static) {
        let document = self.document.as_ref();
        let Some((document, place)) = document.and_then(|open| Some((open, open.in_register()?)))
        else {
            write(self);
            return;
        };
        let (id, revision) = (place.id, place.base.revision);
        if document.is_changed() {
            let printed = Arc::clone(document.now());
            self.save_in_register();
            if self.is_saving() {
                self.keeper.prints = Some((printed, Box::new(write)));
            }
        } else {
            self.note_print_of(id, revision, write);
        }
    }

    /// The same for this revision of this dossier.
    pub(super) fn note_print_of(
        &mut self,
        dossier: DossierId,
        revision: i64,
        write: impl FnOnce(&mut Self) + Send + 'static,
    ) {
        self.ask_register(
            move |kept| {
                let now = kept.now();
                kept.register()?
                    .note(Deed::Printed { dossier, revision }, now)
            },
            |desk, _, noted| match noted {
                Ok(()) => write(desk),
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Has the backups come in this folder from now on: the first one stands there.
    fn keep_backups_in(&mut self, folder: PathBuf) {
        let chosen = folder.clone();
        self.ask_register(
            move |kept| kept.keep_backups_in(chosen),
            move |desk, _, kept| {
                match kept {
                    Ok(()) => {
                        let text = format!(
                            "De reservekopieën komen voortaan in {}. De eerste staat er. Kopieën in een andere map blijven daar staan.",
                            folder.display()
                        );
                        if let Some(home) = &mut desk.door.home {
                            home.chosen_backups = Some(folder);
                        }
                        desk.tell(None, &text);
                    }
                    Err(failure) => {
                        let text = format!(
                            "De reservekopie is gemaakt, maar de map is niet bewaard in de instellingen. {}",
                            words(&failure.problem)
                        );
                        desk.tell(Some(Tone::Fault), &text);
                    }
                }
                desk.read_records_again();
            },
        );
    }

    /// Has a backup made beside everything else, if one is due.
    pub(super) fn back_up_if_due(&mut self, ctx: &Context) {
        let Some(home) = self.door.home.clone() else {
            return;
        };
        let window = ctx.clone();
        self.ask_register(
            |kept| {
                let now = kept.now();
                Ok((kept.register()?.schedule()?, now))
            },
            move |desk, _, due| match due {
                Ok((schedule, now)) => {
                    let copies = desk
                        .records
                        .copies
                        .get_or_insert_with(|| Disk::start((), || Ok(None)));
                    copies.wake(window);
                    copies.ask(move |()| {
                        let folders = (home.backup_folder(), home.backups.as_path());
                        backups::make_if_due(&home.address, schedule, folders, now)
                    });
                }
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Says what came of a backup that was due.
    pub(super) fn take_copies(&mut self) {
        while let Some(made) = self.records.copies.as_mut().and_then(Disk::answer) {
            match made {
                // Another screen shows no backups, and what is being done in it must stay.
                Ok(Some(_)) if self.records.screens.front() == Front::Backups => {
                    self.read_records_again();
                }
                Ok(_) => {}
                Err(failure) => self.tell_failure(&failure),
            }
        }
    }
}
