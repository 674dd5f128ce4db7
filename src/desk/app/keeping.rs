//! The open dossier and the register: saving, journalling every change, and a change by somebody else.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;
use egui::text_edit::TextEditState;
use egui::util::IdTypeMap;
use jiff::Timestamp;

use super::fetching::Bench;
use super::{Desk, Screen, Then};
use crate::desk::document::{Document, InRegister, Keeping, Reads};
use crate::desk::editing::Editing;
use crate::desk::forms::Change;
use crate::desk::panels::caseload::CaseloadState;
use crate::desk::panels::conflict::Conflict;
use crate::desk::panels::register::versions::evaluated;
use crate::desk::panels::scenarios::ScenarioScreen;
use crate::desk::panels::tariffs::TariffState;
use crate::desk::shell::Shell;
use crate::desk::showing::differences::apart;
use crate::desk::showing::moment;
use crate::desk::view::Part;
use crate::desk::widgets::text::Tone;
use crate::dossier::Dossier;
use crate::register::{
    Base, Decided, Deed, DossierId, Failure, Hex, Loaded, Register, Save, Saved, State,
};

/// Writes what is printed, once it stands in the log.
pub(super) type Print = Box<dyn FnOnce(&mut Desk) + Send>;

/// What the window keeps about saving the open dossier.
#[derive(Default)]
pub(super) struct Keeper {
    /// The dossier as it stands in the journal, or needs not to.
    pub(super) journalled: Option<Arc<Dossier>>,
    /// Under which id a dossier that is not in the register stands in the journal.
    pub(super) loose: Option<DossierId>,
    /// Work that was not saved when the decision became definitive, which a follow-up can begin with.
    pub(super) left: Option<Box<Dossier>>,
    /// A save whose answer did not come yet, or never: sent again, it happens once.
    sent: Option<(Arc<Dossier>, Base, Hex<16>)>,
    /// Whether the dossier as it is now is to be saved too, on top of the revision that the answer names.
    saves_again: bool,
    /// Whether the journal failed, which is told once.
    pub(super) fails: bool,
    /// Whether a save is under way.
    saves: bool,
    /// What was last said about a colleague in this dossier, which is said once.
    pub(super) warned: Option<&'static str>,
    /// What is written once the dossier, as it is printed, is a revision.
    pub(super) prints: Option<(Arc<Dossier>, Print)>,
    /// The file that a loose dossier stood in when it was put in the register.
    pub(super) leaves: Option<PathBuf>,
}

impl Keeper {
    /// Looks anew whether the open dossier must stand in the journal.
    pub(super) fn again(&mut self) {
        self.journalled = None;
    }
}

impl Desk {
    /// Whether a save would make a revision that says nothing new: it would move the end of the time that it is kept, and
    /// meet a colleague's work with nothing.
    pub(super) fn is_as_saved(&self, place: &InRegister) -> bool {
        let document = self.document.as_ref();
        place.base != Base::NEW && document.is_some_and(|document| !document.is_unsaved())
    }

    /// Saves the open dossier as a revision.
    pub(super) fn save_in_register(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        let Some(place) = document.in_register().cloned() else {
            return;
        };
        if place.reads.is_some() {
            return;
        }
        let now = Arc::clone(document.now());
        if self.keeper.saves {
            let sent = self.keeper.sent.as_ref();
            self.keeper.saves_again = sent.is_none_or(|(sent, ..)| !Arc::ptr_eq(sent, &now));
            return;
        }
        // A save without an answer may have happened, and then this one stands on it.
        let sent = self.keeper.sent.take();
        let sent = sent.filter(|(_, base, _)| *base == place.base);
        let (dossier, token) = match sent {
            Some((sent, _, token)) => (sent, Ok(token)),
            None => (Arc::clone(&now), Register::new_id()),
        };
        let token = match token {
            Ok(token) => token,
            Err(failure) => return self.tell_failure(&failure),
        };
        self.keeper.saves_again = !Arc::ptr_eq(&dossier, &now);
        self.keeper.sent = Some((Arc::clone(&dossier), place.base, token));
        self.keeper.saves = true;
        let InRegister {
            id, base, follows, ..
        } = place;
        let saving = Arc::clone(&dossier);
        self.ask_register(
            move |kept| {
                let now = kept.now();
                let save = Save {
                    id,
                    base,
                    dossier: &saving,
                    token,
                    follows,
                };
                let register = kept.register()?;
                let saved = register.save(&save, now)?;
                if base == Base::NEW {
                    // From now on colleagues can open it too.
                    register.lease(id, now)?;
                }
                Ok(saved)
            },
            move |desk, ctx, saved| desk.take_saved(ctx, id, dossier, saved),
        );
    }

    fn take_saved(
        &mut self,
        ctx: &Context,
        id: DossierId,
        dossier: Arc<Dossier>,
        saved: Result<Saved, Failure>,
    ) {
        self.keeper.saves = false;
        let again = std::mem::take(&mut self.keeper.saves_again) && self.writes_in(id);
        let prints = self.keeper.prints.take();
        match saved {
            Ok(Saved::Done { revision }) => {
                let sent = self.keeper.sent.take();
                self.search_again(true);
                let (write, later) = match prints {
                    Some((printed, write)) if Arc::ptr_eq(&printed, &dossier) => {
                        (Some(write), None)
                    }
                    later => (None, later),
                };
                if self.writes_in(id)
                    && let Some(document) = &mut self.document
                    && let Some(mut place) = document.in_register().cloned()
                {
                    let token = sent.map_or(Base::NEW.token, |(.., token)| token);
                    place.base = Base { revision, token };
                    document.mark_saved(Keeping::Register(place), dossier);
                    // What was changed since stands on this revision now.
                    self.keeper.journalled = None;
                }
                let mut text = format!("Opgeslagen in het register als versie {revision}.");
                if let Some(file) = self.keeper.leaves.take() {
                    let more = format!(
                        " Het bestand {} staat er nog, en is niet beveiligd.",
                        file.display()
                    );
                    text.push_str(&more);
                }
                self.tell(None, &text);
                if let Some(write) = write {
                    self.note_print_of(id, revision, write);
                }
                if again {
                    // What waits for this dossier to be saved waits for that.
                    self.keeper.prints = later;
                    self.save_in_register();
                } else if let Some(then) = self.after_save.take() {
                    self.wish(ctx, then);
                }
            }
            Ok(Saved::Changed { current }) => {
                self.keeper.sent = None;
                // Nothing takes the place of the dossier while its two versions are compared.
                self.stop_waiting();
                self.look_at_theirs(id, current);
            }
            Err(failure) => {
                self.stop_waiting();
                self.tell_failure(&failure);
            }
        }
    }

    /// Reads what was saved elsewhere meanwhile, and shows who changed what.
    fn look_at_theirs(&mut self, id: DossierId, current: i64) {
        let Some(document) = self.document.as_ref().filter(|_| self.writes_in(id)) else {
            return;
        };
        let mine = Arc::clone(document.now());
        // What both versions began from.
        let base = Arc::clone(document.saved().unwrap_or(&mine));
        let worker = self.worker();
        let Bench { library, today } = self.bench();
        self.ask_register(
            move |kept| {
                let (now, zone) = (kept.now(), kept.home().zone.clone());
                let theirs = kept.register()?.load(id, Some(current), now)?;
                let [of_base, of_mine] =
                    [&base, &mine].map(|dossier| dossier.evaluate(&library, today));
                let (of_theirs, note) = evaluated(kept.register()?, &theirs, (&library, today));
                let decided = |dossier, evaluation| Decided {
                    dossier,
                    evaluation,
                };
                let by_oneself = theirs.meta.by == worker;
                let other = match by_oneself {
                    true => "andere venster",
                    false => &theirs.meta.by,
                };
                let apart = apart(
                    decided(&base, &of_base),
                    decided(&theirs.dossier, &of_theirs),
                    decided(&mine, &of_mine),
                    (other, &library),
                )?;
                let when = moment(theirs.meta.at, &zone);
                Ok(Conflict::new(theirs, &when, by_oneself, (apart, note)))
            },
            move |desk, _, conflict| match conflict {
                Ok(conflict) if desk.writes_in(id) => desk.conflict = Some(conflict),
                Ok(_) => {}
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Saves the own version on top of theirs.
    pub(super) fn keep_mine(&mut self, theirs: &Loaded) {
        if !self.writes_in(theirs.id) {
            return;
        }
        if let Some(place) = self.document.as_mut().and_then(Document::in_register_mut) {
            place.base = theirs.base();
        }
        self.save_in_register();
    }

    /// Goes on with their version; undoing brings the own one back.
    pub(super) fn take_theirs(&mut self, theirs: Loaded) {
        if !self.writes_in(theirs.id) {
            return;
        }
        let Some(document) = &mut self.document else {
            return;
        };
        let (definitive, base) = (
            matches!(theirs.meta.state, State::Definitive { .. }),
            theirs.base(),
        );
        let mine = Arc::clone(document.now());
        let change = Change {
            what: "Andere versie overnemen",
            dossier: theirs.dossier,
            moved: true,
        };
        document.step(change, &mut self.editing);
        if let Some(mut place) = document.in_register().cloned() {
            place.base = base;
            place.state = theirs.meta.state;
            place.reads = definitive.then_some(Reads::Definitive);
            let now = Arc::clone(document.now());
            document.mark_saved(Keeping::Register(place), now);
        }
        self.keeper.journalled = None;
        if definitive {
            // It stays in the journal until a follow-up has it.
            self.keeper.left = Some(Box::new(Dossier::clone(&mine)));
            self.ask_register(
                move |kept| kept.register()?.release(theirs.id),
                |_, _, _| {},
            );
        } else {
            let text =
                "U werkt verder met de andere versie. Ongedaan maken brengt uw eigen versie terug.";
            self.tell(Some(Tone::Info), text);
        }
    }

    /// Whether this dossier is the open one, to be changed.
    pub(super) fn writes_in(&self, id: DossierId) -> bool {
        let document = self.document.as_ref();
        document.is_some_and(|document| document.is_dossier(id) && document.reads().is_none())
    }

    /// Lets the open dossier go: its changes were saved or are not wanted, and others may have it.
    pub(super) fn let_dossier_go(&mut self) {
        self.forget_loose();
        let id = self.document.as_ref().and_then(Document::leased);
        if let Some(id) = id
            && self.has_full_access()
        {
            self.forget_work(id);
        }
        self.release_lease();
        self.keeper = Keeper::default();
    }

    /// Whether the open dossier is being saved in the register.
    pub(super) fn is_saving(&self) -> bool {
        self.keeper.saves
    }

    /// Takes a document in hand: one without changes needs no place in the journal.
    pub(super) fn hold(&mut self, document: &Document) {
        self.keeper = Keeper::default();
        if !document.is_unsaved() {
            self.keeper.journalled = Some(Arc::clone(document.now()));
        }
    }

    /// Nothing waits for the work on files any more: it did not go as it should.
    pub(super) fn stop_waiting(&mut self) {
        let (saved, waits) = (self.after_save.take(), self.waits.take());
        self.turn_down(saved);
        self.turn_down(waits);
    }

    /// Forgets everything that says something about a person: dossier, lists, texts that were typed.
    pub(super) fn forget_everything(&mut self, ctx: &Context) {
        self.forgotten = self.forgotten.saturating_add(1);
        self.opens_file = false;
        self.document = None;
        self.home = None;
        self.keeper = Keeper::default();
        self.editing = Editing::default();
        self.shell = Shell::new(self.settings.one_page());
        self.shown = Part::default();
        self.caseload = CaseloadState::default();
        self.records.screens.forget();
        self.paper.forget();
        self.scenarios = ScenarioScreen::default();
        self.returned = None;
        self.conflict = None;
        self.confirm = None;
        self.taken = None;
        self.finder = None;
        self.beginning = None;
        self.changing = None;
        self.timeline = None;
        self.explained = None;
        self.beneath = None;
        self.tariffs = TariffState::new(self.today);
        self.asking = None;
        self.question = None;
        self.wished = None;
        // Who closed the window while it was locking, still wants that.
        self.waits.take_if(|then| !matches!(then, Then::Quit));
        self.after_save = None;
        self.let_go = None;
        self.letter = None;
        self.notice = None;
        self.faults.clear();
        self.screen = Screen::Caseload;
        // The texts that fields keep to undo typing.
        ctx.data_mut(IdTypeMap::remove_by_type::<TextEditState>);
        if let Some(id) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        ctx.request_repaint();
    }

    /// Writes in the log that a readable copy of this dossier leaves the register, and only then has `write` done.
    pub(super) fn note_copy(
        &mut self,
        id: DossierId,
        write: impl FnOnce(&mut Self) + Send + 'static,
    ) {
        self.ask_register(
            move |kept| {
                let now = kept.now();
                let deed = Deed::Exported {
                    dossier: Some(id),
                    plain: true,
                };
                kept.register()?.note(deed, now)
            },
            |desk, _, noted| match noted {
                Ok(()) => write(desk),
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Has the list brought up to what this program writes in it, piece by piece, so that what is asked meanwhile comes in
    /// between; `renewed` says whether a piece was already.
    pub(super) fn renew_list(&mut self, renewed: bool) {
        self.ask_register(
            |kept| kept.register()?.renew(),
            move |desk, _, done| match done {
                Ok(0) if renewed => desk.search_again(true),
                // What cannot be done now is done after the next unlocking.
                Ok(0) | Err(_) => {}
                Ok(_) => desk.renew_list(true),
            },
        );
    }

    /// What time it is; the beginning of time where the window has no clock.
    pub(super) fn now(&self) -> Timestamp {
        self.door.now()
    }
}
