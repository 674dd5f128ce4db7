//! The open dossier and the register: opening, saving, journalling every change, and a change by somebody else.

use std::sync::Arc;

use egui::Context;
use egui::text_edit::TextEditState;
use jiff::Timestamp;
use jiff::civil::Date;

use super::files::part_of;
use super::{Desk, Screen, Then};
use crate::budget::Library;
use crate::desk::document::{Document, InRegister, Keeping, Reads};
use crate::desk::editing::{Editing, Place};
use crate::desk::forms::Change;
use crate::desk::keeper::Kept;
use crate::desk::panels::caseload::CaseloadState;
use crate::desk::panels::conflict::Conflict;
use crate::desk::shell::Shell;
use crate::desk::showing::{self, moment};
use crate::desk::view::Part;
use crate::desk::widgets::text::Tone;
use crate::dossier::{Dossier, Receipt};
use crate::register::{
    Decided, Deed, DossierId, Failure, Hex, Lease, Loaded, Pending, Register, Save, Saved, State,
    Work, differences,
};

/// A dossier that comes out of the register, or out of the journal.
pub(super) struct Fetched {
    document: Document,
    /// What to say about it.
    notice: Option<String>,
    /// The part that was worked in, for work that was not saved.
    part: Option<Part>,
}

/// How a dossier is taken to write in it.
type TakeLease = fn(&mut Register, DossierId, Timestamp) -> Result<Lease, Failure>;

/// What the window keeps about saving the open dossier.
#[derive(Default)]
pub(super) struct Keeper {
    /// The dossier as it stands in the journal, or needs not to.
    journalled: Option<Arc<Dossier>>,
    /// Under which id a dossier that is not in the register stands in the journal.
    loose: Option<DossierId>,
    /// A save whose answer did not come: sent again, it happens once.
    sent: Option<(Arc<Dossier>, i64, Hex<16>)>,
    /// Whether the journal failed, which is told once.
    fails: bool,
    /// Whether a save is under way.
    saves: bool,
}

impl Keeper {
    /// Looks anew whether the open dossier must stand in the journal.
    pub(super) fn again(&mut self) {
        self.journalled = None;
    }
}

impl Desk {
    /// Opens a dossier of the register, with the work on it that was not saved.
    pub(super) fn fetch(&mut self, id: DossierId) {
        self.fetch_with(id, Register::lease);
    }

    fn fetch_with(&mut self, id: DossierId, lease: TakeLease) {
        let full = self.has_full_access();
        let bench = self.bench();
        self.opens_file = true;
        self.ask_register(
            move |kept| {
                let work = if full { work_on(kept, id)? } else { None };
                bench.fetch(kept, id, work, full.then_some(lease))
            },
            |desk, _, fetched| {
                desk.opens_file = false;
                match fetched {
                    Ok(fetched) => desk.show_fetched(fetched),
                    Err(failure) => desk.tell_failure(&failure),
                }
            },
        );
    }

    fn bench(&self) -> Bench {
        Bench {
            library: Arc::clone(&self.library),
            today: self.today,
        }
    }

    fn show_fetched(&mut self, fetched: Fetched) {
        let Fetched {
            document,
            notice,
            part,
        } = fetched;
        let back = self.door.back.take();
        self.show(document);
        if let Some(part) = part {
            self.shell.choose(part);
        }
        if let Some(back) = back {
            self.shell.choose(back.part);
            if let Some(field) = back.field {
                self.editing.jump_to(Place::of_id(field));
            }
        }
        if let Some(notice) = notice {
            self.tell(Some(Tone::Info), &notice);
        }
    }

    /// A dossier that is about to be begun: in the register where there is one that is open, else loose.
    pub(super) fn begin(&mut self, dossier: Dossier) {
        let library = Arc::clone(&self.library);
        let id = if self.has_full_access() {
            match Register::new_id() {
                Ok(id) => Some(id),
                Err(failure) => return self.tell_failure(&failure),
            }
        } else {
            None
        };
        let Some(id) = id else {
            return self.show(Document::new(
                dossier,
                Keeping::Nowhere,
                library,
                self.today,
            ));
        };
        let blank = Dossier::new(&dossier.municipality);
        let keeping = Keeping::Register(InRegister::begun(id));
        let mut document = Document::new(blank, keeping, library, self.today);
        // What was filled in already is work: from here on it is journalled.
        let change = Change {
            what: "Nieuw dossier",
            dossier,
            moved: false,
        };
        document.step(change, &mut Editing::default());
        self.show(document);
    }

    /// Puts the loose dossier that is open in the register.
    pub(super) fn take_in(&mut self) {
        let Some(document) = &mut self.document else {
            return;
        };
        match Register::new_id() {
            Ok(id) => {
                document.move_to(Keeping::Register(InRegister::begun(id)));
                self.forget_loose();
                self.save_in_register();
            }
            Err(failure) => self.tell_failure(&failure),
        }
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
        let dossier = Arc::clone(document.now());
        let again = self
            .keeper
            .sent
            .take()
            .filter(|(sent, base, _)| *base == place.base && Arc::ptr_eq(sent, &dossier));
        let token = match again.map_or_else(Register::new_id, |(_, _, token)| Ok(token)) {
            Ok(token) => token,
            Err(failure) => return self.tell_failure(&failure),
        };
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
                if base == 0 {
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
        match saved {
            Ok(Saved::Done { revision }) => {
                self.keeper.sent = None;
                self.search_again(true);
                let document = self.document.as_mut();
                let open = document.filter(|document| document.is_dossier(id));
                if let Some(document) = open
                    && let Some(mut place) = document.in_register().cloned()
                {
                    place.base = revision;
                    document.mark_saved(Keeping::Register(place), dossier);
                    // What was changed since stands on this revision now.
                    self.keeper.journalled = None;
                }
                self.tell(
                    None,
                    &format!("Opgeslagen in het register als versie {revision}."),
                );
                if let Some(then) = self.after_save.take() {
                    self.wish(ctx, then);
                }
            }
            Ok(Saved::Changed { current }) => {
                self.keeper.sent = None;
                self.after_save = None;
                self.look_at_theirs(id, current);
            }
            Err(failure) => {
                self.after_save = None;
                self.waits = None;
                self.tell_failure(&failure);
            }
        }
    }

    /// Reads what somebody else saved meanwhile, and shows how it differs.
    fn look_at_theirs(&mut self, id: DossierId, current: i64) {
        let Some(document) = &self.document else {
            return;
        };
        let mine = Arc::clone(document.now());
        let Bench { library, today } = self.bench();
        self.ask_register(
            move |kept| {
                let (now, zone) = (kept.now(), kept.home().zone.clone());
                let theirs = kept.register()?.load(id, Some(current), now)?;
                let (before, after) = (
                    theirs.dossier.evaluate(&library, today),
                    mine.evaluate(&library, today),
                );
                let found = differences(
                    Decided {
                        dossier: &theirs.dossier,
                        evaluation: &before,
                    },
                    Decided {
                        dossier: &mine,
                        evaluation: &after,
                    },
                )?;
                let when = moment(theirs.meta.at, &zone);
                let found = showing::differences::differences(&mine, &library, &found);
                Ok(Conflict::new(theirs, &when, found))
            },
            |desk, _, conflict| match conflict {
                Ok(conflict) => desk.conflict = Some(conflict),
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Saves the own version on top of theirs.
    pub(super) fn keep_mine(&mut self, theirs: &Loaded) {
        if let Some(place) = self.document.as_mut().and_then(Document::in_register_mut) {
            place.base = theirs.revision;
        }
        self.save_in_register();
    }

    /// Goes on with their version; undoing brings the own one back.
    pub(super) fn take_theirs(&mut self, theirs: Loaded) {
        let Some(document) = &mut self.document else {
            return;
        };
        let definitive = matches!(theirs.meta.state, State::Definitive { .. });
        let change = Change {
            what: "Versie van een collega overnemen",
            dossier: theirs.dossier,
            moved: true,
        };
        document.step(change, &mut self.editing);
        if let Some(mut place) = document.in_register().cloned() {
            place.base = theirs.revision;
            place.state = theirs.meta.state;
            place.reads = definitive.then_some(Reads::Definitive);
            let now = Arc::clone(document.now());
            document.mark_saved(Keeping::Register(place), now);
        }
        self.keeper.journalled = None;
        let text = "U werkt verder met de versie van uw collega. Ongedaan maken brengt uw eigen versie terug.";
        self.tell(Some(Tone::Info), text);
    }

    /// Keeps what changed since the last frame in the journal, or forgets it when it is no longer unsaved.
    pub(super) fn note_work(&mut self) {
        let Some(document) = &self.document else {
            return;
        };
        if !self.has_full_access() || document.reads().is_some() {
            return;
        }
        let now = document.now();
        let known = self.keeper.journalled.as_ref();
        if known.is_some_and(|known| Arc::ptr_eq(known, now)) {
            return;
        }
        self.keeper.journalled = Some(Arc::clone(now));
        let changed = document.is_changed();
        let Some(id) = self.journal_id() else {
            return;
        };
        if changed {
            self.journal(id);
        } else {
            self.forget_work(id);
        }
    }

    /// Under which id the open dossier stands in the journal.
    fn journal_id(&mut self) -> Option<DossierId> {
        let place = self.document.as_ref()?.in_register();
        if let Some(place) = place {
            return Some(place.id);
        }
        if self.keeper.loose.is_none() {
            self.keeper.loose = Register::new_id().ok();
        }
        self.keeper.loose
    }

    fn journal(&mut self, id: DossierId) {
        let Some(document) = &self.document else {
            return;
        };
        let place = document.in_register();
        let work = Work {
            dossier_id: id,
            base: place.map_or(0, |place| place.base),
            follows: place.and_then(|place| place.follows),
            at: self.now(),
            field: path_of(self.shell.chosen()),
            file: document.path().map(ToOwned::to_owned),
            dossier: Dossier::clone(document.now()),
        };
        self.ask_register(
            move |kept| kept.journal(&work),
            |desk, _, kept| desk.note_journal(&kept),
        );
    }

    fn forget_work(&mut self, id: DossierId) {
        self.ask_register(
            move |kept| kept.forget(id),
            |desk, _, forgotten| desk.note_journal(&forgotten),
        );
    }

    fn note_journal(&mut self, done: &Result<(), Failure>) {
        match done {
            Ok(()) => self.keeper.fails = false,
            Err(_) if self.keeper.fails => {}
            Err(failure) => {
                self.keeper.fails = true;
                self.tell_failure(failure);
            }
        }
    }

    /// The loose dossier needs no place in the journal any more.
    pub(super) fn forget_loose(&mut self) {
        if let Some(id) = self.keeper.loose.take()
            && self.has_full_access()
        {
            self.forget_work(id);
        }
    }

    /// Lets the open dossier go: its changes were saved or are not wanted, and others may have it.
    pub(super) fn let_dossier_go(&mut self) {
        self.forget_loose();
        let place = self.document.as_ref().and_then(Document::in_register);
        let id = place
            .filter(|place| place.reads.is_none())
            .map(|place| place.id);
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
        if !document.is_changed() {
            self.keeper.journalled = Some(Arc::clone(document.now()));
        }
    }

    /// Whether the journal does not take what changed.
    pub(super) fn is_journal_failing(&self) -> bool {
        self.keeper.fails
    }

    /// Under which id the open loose dossier stands in the journal, if it does.
    pub(super) fn loose_work(&self) -> Option<DossierId> {
        self.keeper.loose
    }

    /// Gives the dossier back, so that a colleague can have it.
    pub(super) fn release_lease(&mut self) {
        let place = self.document.as_ref().and_then(Document::in_register);
        let id = place
            .filter(|place| place.reads.is_none())
            .map(|place| place.id);
        if let Some(id) = id
            && self.has_full_access()
        {
            // A lease that stays lapses by itself.
            self.ask_register(move |kept| kept.register()?.release(id), |_, _, _| {});
        }
    }

    /// Forgets everything that says something about a person: dossier, lists, texts that were typed.
    pub(super) fn forget_everything(&mut self, ctx: &Context) {
        self.document = None;
        self.keeper = Keeper::default();
        self.editing = Editing::default();
        self.shell = Shell::default();
        self.shown = Part::default();
        self.caseload = CaseloadState::default();
        self.records.screens.forget();
        self.conflict = None;
        self.confirm = None;
        self.finder = None;
        self.beginning = None;
        self.asking = None;
        self.question = None;
        self.wished = None;
        self.waits = None;
        self.after_save = None;
        self.let_go = None;
        self.letter = None;
        self.notice = None;
        self.faults.clear();
        self.screen = Screen::Caseload;
        // The texts that fields keep to undo typing.
        ctx.data_mut(|data| data.remove_by_type::<TextEditState>());
        if let Some(id) = ctx.memory(egui::Memory::focused) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
        ctx.request_repaint();
    }

    /// Goes on with work that was left unsaved.
    pub(super) fn resume(&mut self, id: DossierId) {
        let bench = self.bench();
        self.opens_file = true;
        self.ask_register(
            move |kept| {
                let work = work_on(kept, id)?;
                match work {
                    Some(work) if work.base == 0 => {
                        let loose = work.file.is_some().then_some(id);
                        Ok((bench.begun_again(work), loose))
                    }
                    work => Ok((bench.fetch(kept, id, work, Some(Register::lease))?, None)),
                }
            },
            |desk, _, resumed| {
                desk.opens_file = false;
                match resumed {
                    Ok((fetched, loose)) => {
                        desk.show_fetched(fetched);
                        desk.keeper.loose = loose;
                    }
                    Err(failure) => desk.tell_failure(&failure),
                }
            },
        );
    }

    /// Throws away work that was left unsaved.
    pub(super) fn discard(&mut self, id: DossierId) {
        self.caseload.unsaved.retain(|unsaved| unsaved.id != id);
        self.forget_work(id);
    }

    /// Tries to get a dossier for writing that was open elsewhere; where that is with the person's own name, in a program
    /// that stopped perhaps, it is taken over.
    pub(super) fn try_to_write(&mut self) {
        let place = self.document.as_ref().and_then(Document::in_register);
        let Some((id, reads)) = place.map(|place| (place.id, place.reads.clone())) else {
            return;
        };
        match reads {
            Some(Reads::Held {
                by_oneself: true, ..
            }) => self.fetch_with(id, Register::take_over),
            _ => self.fetch(id),
        }
    }

    /// Writes in the log that a readable copy left the register.
    pub(super) fn note_copy(&mut self) {
        let place = self.document.as_ref().and_then(Document::in_register);
        let Some(id) = place.map(|place| place.id) else {
            return;
        };
        self.ask_register(
            move |kept| {
                let now = kept.now();
                let deed = Deed::Exported {
                    dossier: Some(id),
                    plain: true,
                };
                kept.register()?.note(deed, now)
            },
            |desk, _, noted| {
                if let Err(failure) = noted {
                    desk.tell_failure(&failure);
                }
            },
        );
    }

    /// Renews the lease, and takes in what colleagues did. Answers through the window.
    pub(super) fn beat(&mut self) {
        let place = self.document.as_ref().and_then(Document::in_register);
        let ours = place
            .filter(|place| place.base > 0 && place.reads.is_none())
            .map(|place| (place.id, place.base));
        self.ask_register(
            move |kept| {
                let now = kept.now();
                let register = kept.register()?;
                let changed = !register.refresh()?.is_empty();
                let Some((id, base)) = ours else {
                    return Ok((changed, None, None));
                };
                let current = register.index()?.entry(id).map(|entry| entry.revision);
                let lease = register.lease(id, now)?;
                Ok((changed, current.filter(|now| *now > base), Some(lease)))
            },
            |desk, _, beat| match beat {
                Ok((changed, newer, lease)) => {
                    if changed {
                        desk.search_again(true);
                    }
                    let text = match (newer, lease) {
                        (Some(_), _) => {
                            "Een collega heeft intussen een nieuwe versie opgeslagen. Sla op om de verschillen te zien."
                        }
                        (None, Some(Lease::Theirs(_))) => {
                            "Een collega heeft dit dossier nu ook open. Bij opslaan gaat er niets verloren."
                        }
                        (None, _) => return,
                    };
                    let open = desk.document.as_ref().and_then(Document::in_register);
                    let same = open.zip(newer).is_none_or(|(open, newer)| open.base < newer);
                    if same {
                        desk.tell(Some(Tone::Warning), text);
                    }
                }
                // The line may be down for a while; saving says so.
                Err(_) => {}
            },
        );
    }

    /// What time it is; the beginning of time where the window has no clock.
    pub(super) fn now(&self) -> Timestamp {
        self.door.now()
    }

    /// Goes to a screen once the open dossier may be replaced.
    pub(super) fn open_from_list(&mut self, ctx: &Context, id: DossierId) {
        let open = self.document.as_ref();
        if open.is_some_and(|document| document.is_dossier(id)) {
            self.screen = Screen::Dossier;
        } else {
            self.wish(ctx, Then::Fetch(id));
        }
        ctx.request_repaint();
    }
}

/// The unsaved work on this dossier.
fn work_on(kept: &mut Kept, id: DossierId) -> Result<Option<Work>, Failure> {
    let pending = kept.pending()?;
    Ok(pending.into_iter().find_map(|pending| match pending {
        Pending::Work(work) if work.dossier_id == id => Some(*work),
        Pending::Work(_) | Pending::Damaged(_) => None,
    }))
}

/// With what a dossier is worked out, on the thread of the register.
struct Bench {
    library: Arc<Library>,
    today: Date,
}

impl Bench {
    fn document(&self, dossier: Dossier, keeping: Keeping) -> Document {
        Document::new(dossier, keeping, Arc::clone(&self.library), self.today)
    }

    /// The data and the day with which a definitive decision was calculated, so that its figures stay those of then; where
    /// its receipt cannot be read, those of now, with words that say so.
    fn as_then(&self, register: &mut Register, id: DossierId) -> (Self, Option<&'static str>) {
        let read = |register: &mut Register| {
            let bytes = register.receipt(id).ok()?;
            let receipt = Receipt::read("bewijs", &bytes).ok()?;
            Some(Self {
                library: Arc::new(receipt.library().ok()?),
                today: receipt.calculated(),
            })
        };
        match read(register) {
            Some(then) => (then, None),
            None => (
                Self {
                    library: Arc::clone(&self.library),
                    today: self.today,
                },
                Some(
                    "Het bewijs van dit besluit is niet te lezen. De bedragen zijn berekend met de gegevens van nu en kunnen \
                     anders zijn dan in het besluit. Controleer het register.",
                ),
            ),
        }
    }

    /// Work on a dossier that is not in the register yet.
    fn begun_again(&self, work: Work) -> Fetched {
        let blank = || Dossier::new(&work.dossier.municipality);
        let document = match work.file {
            Some(path) => Document::open(&path, Arc::clone(&self.library), self.today)
                .unwrap_or_else(|_| self.document(blank(), Keeping::File(path))),
            None => {
                let place = InRegister {
                    follows: work.follows,
                    ..InRegister::begun(work.dossier_id)
                };
                self.document(blank(), Keeping::Register(place))
            }
        };
        Fetched {
            document: again(document, work.dossier),
            notice: None,
            part: Some(part_of(&work.field)),
        }
    }

    /// Reads a dossier to write in it if that is possible, with the unsaved work on it.
    fn fetch(
        &self,
        kept: &mut Kept,
        id: DossierId,
        work: Option<Work>,
        lease: Option<TakeLease>,
    ) -> Result<Fetched, Failure> {
        let (now, zone) = (kept.now(), kept.home().zone.clone());
        let register = kept.register()?;
        let lease = match lease {
            Some(take) => Some(take(register, id, now)?),
            None => None,
        };
        let loaded = register.load(id, None, now)?;
        let reads = match (lease, &loaded.meta.state) {
            (None, _) => Some(Reads::Finance),
            (Some(_), State::Definitive { .. }) => Some(Reads::Definitive),
            (Some(Lease::Theirs(holder)), State::Draft) => Some(Reads::Held {
                by_oneself: register.slot().is_some_and(|slot| slot.name == holder.name),
                name: holder.name,
                since: moment(holder.since, &zone),
            }),
            (Some(Lease::Ours), State::Draft) => None,
        };
        if reads == Some(Reads::Definitive) {
            register.release(id)?;
        }
        let Loaded {
            revision,
            dossier,
            meta,
            ..
        } = loaded;
        let place = |base, reads| {
            Keeping::Register(InRegister {
                id,
                base,
                follows: None,
                state: meta.state.clone(),
                reads,
            })
        };
        let Some(work) = work.filter(|_| reads.is_none()) else {
            let definitive = matches!(meta.state, State::Definitive { .. });
            let keeping = place(revision, reads);
            let (document, notice) = if definitive {
                let (then, notice) = self.as_then(register, id);
                (then.document(dossier, keeping), notice)
            } else {
                (self.document(dossier, keeping), None)
            };
            return Ok(Fetched {
                document,
                notice: notice.map(str::to_owned),
                part: None,
            });
        };
        let part = Some(part_of(&work.field));
        let keeping = place(work.base, None);
        let (saved, notice) = if work.base == revision {
            let text = "Dit is uw werk dat nog niet was opgeslagen. Ongedaan maken brengt de opgeslagen versie terug.";
            (dossier, text)
        } else {
            let text = "Dit is uw werk dat nog niet was opgeslagen. Een collega heeft intussen een nieuwe versie opgeslagen: sla op om de verschillen te zien.";
            (register.load(id, Some(work.base), now)?.dossier, text)
        };
        Ok(Fetched {
            document: again(self.document(saved, keeping), work.dossier),
            notice: Some(notice.to_owned()),
            part,
        })
    }
}

/// The document with unsaved work as its last step.
fn again(mut document: Document, dossier: Dossier) -> Document {
    let change = Change {
        what: "Niet opgeslagen werk terughalen",
        dossier,
        moved: true,
    };
    document.step(change, &mut Editing::default());
    document
}

/// A part as it stands in the journal.
fn path_of(part: Part) -> String {
    match part {
        Part::Client => "client".to_owned(),
        Part::Investigation => "investigation".to_owned(),
        Part::Decision => "dates".to_owned(),
        Part::Line(index) => format!("provisions[{index}]"),
    }
}
