//! The register of the window: how far open it is, asking it for work, and opening and locking it.
//!
//! The register itself lives on a thread of its own ([`Kept`]); here is only what the window knows of it. A screen that
//! needs something of it calls [`Desk::ask_register`].

mod locking;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, Id, Ui};
use jiff::Timestamp;
use zeroize::Zeroizing;

use self::locking::{Behind, Returned, returned};
use super::{Desk, Screen};
use crate::budget::Library;
use crate::desk::disk::Disk;
use crate::desk::keeper::{Found, Home, Kept, Scribe, Shared};
use crate::desk::panels::elsewhere::Elsewhere;
use crate::desk::panels::entry::{Asked, Doorstep, Entry};
use crate::desk::panels::register::progress_ui;
use crate::desk::panels::spares::Spares;
use crate::desk::widgets::text::{Tone, prose_ui};
use crate::register::{Failure, Kind, Passphrase, Progress, Role, Slot};

/// How far the register of the window is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gate {
    /// The window has no register: it works on loose files only.
    Without,
    /// It is being looked at, opened or locked.
    Busy,
    /// There is no register at the address yet.
    Absent,
    /// The register is of an older version of the program.
    Older,
    /// It cannot be used now, for this reason.
    Shut(Failure),
    /// Locked, with these slots.
    Locked(Vec<Slot>),
    /// Unlocked with this slot.
    Open(Slot),
}

/// What is done with an answer, on the thread of the window.
type Answer = Box<dyn FnOnce(&mut Desk, &Context) + Send>;

/// What the thread of the register hands back: what to do with the answer, on the thread of the window.
pub(super) struct Reply {
    /// How often the register had been opened or closed when this was asked. An answer of before must not be shown: it
    /// can hold names.
    turn: u64,
    then: Answer,
}

impl Reply {
    /// Of a job that nobody waits for any more.
    fn nothing() -> Self {
        Self {
            turn: u64::MAX,
            then: Box::new(|_, _| {}),
        }
    }
}

/// What the window knows of its register.
pub(super) struct Door {
    pub(super) gate: Gate,
    pub(super) home: Option<Home>,
    keeper: Option<Disk<Kept, Reply>>,
    journal: Option<Disk<Shared, Reply>>,
    turn: u64,
    /// Where it is, for people.
    pub(super) shown: String,
    pub(super) entry: Entry,
    /// Why the last attempt to make, unlock or replace it did not work.
    pub(super) refusal: Option<Failure>,
    /// Why the window locks although nobody asked, until it did.
    locked_out: Option<Failure>,
    /// The backups that can take its place, read when it does not open.
    pub(super) spares: Spares,
    /// Whether those are shown.
    pub(super) shows_spares: bool,
    /// The choosing of another place, while that is shown.
    pub(super) elsewhere: Option<Elsewhere>,
    /// Where the register was before another, empty place was chosen.
    pub(super) former: Option<String>,
    /// How far the putting of it in that place is, while that is done.
    pub(super) bringing: Option<Progress>,
    /// Whether it was locked by somebody who has not unlocked since.
    pub(super) is_left: bool,
    /// A recovery key that was just made, until it is written down, with the number of the slot that made it: nobody else
    /// gets to see it.
    pub(super) recovery: Option<(i64, Zeroizing<String>)>,
    /// Whether the person works on loose files for now.
    pub(super) is_loose: bool,
    /// What is shown again once the dossier is there that was open before locking.
    pub(super) back: Option<Returned>,
    /// What was left behind the lock, each for the person who locked it in.
    pub(super) behind: Vec<Behind>,
    /// Whether the door was asked for from a dossier, which is shown again after it.
    pub(super) returns: bool,
    /// When a key or the mouse was last used.
    last_input: Timestamp,
    /// When the lease was last renewed.
    last_beat: Timestamp,
    /// The field that had the keyboard in the last frame.
    field: Option<Id>,
    cover: Cover,
}

/// Whether something stands before what the window shows while the register is unlocked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Cover {
    #[default]
    Nothing,
    /// The window locks as soon as all work is in the journal.
    Locking,
    /// It could not lock without losing work: only a passphrase uncovers it.
    Refused,
}

impl Door {
    /// The door of the register at `home`, which nobody has looked at yet; products are found by their names in `library`.
    pub(super) fn new(home: Option<Home>, library: &Arc<Library>) -> Self {
        let kept = home.clone();
        let kept = kept.map(|home| Kept::new(home, Arc::clone(library)));
        let journal = kept.as_ref().map(Kept::journal);
        Self {
            gate: if home.is_some() {
                Gate::Busy
            } else {
                Gate::Without
            },
            shown: home
                .as_ref()
                .map(|home| home.address.shown())
                .unwrap_or_default(),
            home,
            keeper: kept.map(|kept| Disk::start(kept, Reply::nothing)),
            journal: journal.map(|journal| Disk::start(journal, Reply::nothing)),
            turn: 0,
            entry: Entry::default(),
            refusal: None,
            locked_out: None,
            spares: Spares::default(),
            shows_spares: false,
            elsewhere: None,
            former: None,
            bringing: None,
            is_left: false,
            recovery: None,
            is_loose: false,
            back: None,
            behind: Vec::new(),
            returns: false,
            last_input: Timestamp::UNIX_EPOCH,
            last_beat: Timestamp::UNIX_EPOCH,
            field: None,
            cover: Cover::Nothing,
        }
    }

    /// What time it is; the beginning of time where there is no register, and nothing to note it with.
    pub(super) fn now(&self) -> Timestamp {
        let clock = self.home.as_ref().map(|home| &home.clock);
        clock.map_or(Timestamp::UNIX_EPOCH, |clock| clock())
    }

    /// Whether work waits here that closing the window would lose.
    pub(super) fn keeps_behind(&self) -> bool {
        self.behind.iter().any(Behind::is_only_here)
    }

    /// Whether a recovery key still has to be written down by the person who works now.
    pub(super) fn shows_recovery(&self) -> bool {
        let made_by = self.recovery.as_ref().map(|(slot, _)| *slot);
        matches!(&self.gate, Gate::Open(slot) if made_by == Some(slot.number))
    }

    /// Whether what the window shows is covered, because it locks or could not lock.
    pub(super) fn is_covered(&self) -> bool {
        self.cover != Cover::Nothing
    }

    /// Whether the register is being locked.
    pub(super) fn is_locking(&self) -> bool {
        self.cover == Cover::Locking
    }

    /// From now on the window draws a frame after each answer.
    pub(super) fn wake(&self, ctx: &Context) {
        if let Some(keeper) = &self.keeper {
            keeper.wake(ctx.clone());
        }
        if let Some(journal) = &self.journal {
            journal.wake(ctx.clone());
        }
    }

    /// What says when the journal has written all that was asked of it so far; nothing if it has.
    fn journal_written(&mut self) -> Option<Receiver<()>> {
        let journal = self.journal.as_mut().filter(|journal| journal.is_busy())?;
        let (done, written) = channel();
        journal.ask(move |_| {
            // The register may be gone.
            let _ = done.send(());
            Reply::nothing()
        });
        Some(written)
    }

    /// Whether answers are still to come.
    pub(super) fn is_busy(&self) -> bool {
        self.keeper.as_ref().is_some_and(Disk::is_busy)
    }

    #[cfg(test)]
    pub(super) fn left_behind(&self) -> Vec<u8> {
        self.behind
            .iter()
            .flat_map(Behind::bytes)
            .copied()
            .collect()
    }

    #[cfg(test)]
    pub(super) fn wait(&mut self) -> bool {
        let written = self.journal.as_mut().is_some_and(Disk::wait);
        self.keeper.as_mut().is_some_and(Disk::wait) || written
    }
}

impl Desk {
    /// Has `job` done on the thread of the register, after what was asked before, and `then` with what came of it on the
    /// thread of the window. Without a register nothing happens, and `then` is not called either when the register was
    /// locked or unlocked meanwhile: what it would show belongs to whoever asked.
    ///
    /// ```text
    /// self.ask_register(
    ///     move |kept| kept.register()?.revisions(id),
    ///     |desk, _, revisions| match revisions {
    ///         Ok(revisions) => desk.versions.show(revisions),
    ///         Err(failure) => desk.tell_failure(&failure),
    ///     },
    /// );
    /// ```
    pub fn ask_register<T: Send + 'static>(
        &mut self,
        job: impl FnOnce(&mut Kept) -> Result<T, Failure> + Send + 'static,
        then: impl FnOnce(&mut Self, &Context, Result<T, Failure>) + Send + 'static,
    ) {
        let turn = self.door.turn;
        let written = self.door.journal_written();
        let Some(keeper) = &mut self.door.keeper else {
            return;
        };
        keeper.ask(move |kept| {
            if let Some(written) = written {
                // It ends when everything before is written, or could not be.
                let _ = written.recv();
            }
            reply(turn, move || job(kept), then)
        });
    }

    /// The same on the thread of the journal, which waits for no register. What is asked of the register after it finds it
    /// done.
    pub(super) fn ask_journal<T: Send + 'static>(
        &mut self,
        job: impl FnOnce(&mut Scribe) -> Result<T, Failure> + Send + 'static,
        then: impl FnOnce(&mut Self, &Context, Result<T, Failure>) + Send + 'static,
    ) {
        let turn = self.door.turn;
        if let Some(journal) = &mut self.door.journal {
            journal.ask(move |shared| reply(turn, || job(&mut shared.take()), then));
        }
    }

    /// Does what came of the work in the journal and in the register, of the journal first: the register waited for it.
    pub(super) fn take_replies(&mut self, ctx: &Context) {
        loop {
            let next = self.door.keeper.as_mut().and_then(Disk::answer);
            while let Some(reply) = self.door.journal.as_mut().and_then(Disk::answer) {
                self.take_reply(ctx, reply);
            }
            let Some(reply) = next else { return };
            self.take_reply(ctx, reply);
        }
    }

    fn take_reply(&mut self, ctx: &Context, reply: Reply) {
        if reply.turn == self.door.turn {
            (reply.then)(self, ctx);
        }
    }

    /// Shows the register at another place than it is, for a picture.
    #[cfg(test)]
    pub(in crate::desk) fn show_place(&mut self, place: &str) {
        place.clone_into(&mut self.door.shown);
    }

    /// How far the register is open.
    pub fn gate(&self) -> &Gate {
        &self.door.gate
    }

    /// Who works in the register now; nothing if it is not unlocked.
    pub fn slot(&self) -> Option<&Slot> {
        match &self.door.gate {
            Gate::Open(slot) => Some(slot),
            _ => None,
        }
    }

    /// Whether the person who works in the register may see names and save.
    pub fn has_full_access(&self) -> bool {
        self.slot().is_some_and(|slot| slot.role != Role::Finance)
    }

    /// Says what went wrong in the register.
    pub fn tell_failure(&mut self, failure: &Failure) {
        let text = crate::desk::document::words(&failure.problem);
        self.tell(Some(Tone::Fault), &text);
    }

    /// Looks at the register at the address; the first thing that is asked of it.
    pub(super) fn look_at_register(&mut self) {
        self.door.gate = match self.door.home {
            Some(_) => Gate::Busy,
            None => Gate::Without,
        };
        self.door.refusal = None;
        self.ask_register(Kept::open, |desk, _, found| desk.stand_before(found));
    }

    /// Takes in what stands at the address.
    pub(super) fn stand_before(&mut self, found: Result<Found, Failure>) {
        let stands = matches!(found, Ok(Found::Older | Found::Locked(_)));
        self.door.gate = match found {
            Ok(Found::Nothing) => Gate::Absent,
            Ok(Found::Older) => Gate::Older,
            Ok(Found::Locked(slots)) => Gate::Locked(slots),
            Err(failure) => Gate::Shut(failure),
        };
        if stands {
            self.keep_place();
        } else {
            self.read_spares();
        }
    }

    /// Draws the door: making, unlocking, or why it does not open.
    pub(super) fn door_ui(&mut self, ui: &mut Ui) {
        if self.place_ui(ui) {
            return;
        }
        let is_slow = self.is_slow(ui.ctx());
        let shows_recovery = self.door.shows_recovery();
        let has_spares = self.offers_spares();
        let keeps_behind = self.door.keeps_behind();
        let Door {
            gate,
            entry,
            shown,
            refusal,
            recovery,
            home,
            cover,
            former,
            bringing,
            ..
        } = &mut self.door;
        let step = Doorstep {
            at: shown,
            refusal: refusal.as_ref(),
            has_spares,
            // A key that nobody wrote down yet, or work that is nowhere else, belongs to this register.
            moves: recovery.is_none() && !keeps_behind && *cover == Cover::Nothing,
            former: former.as_deref(),
        };
        let asked = match gate {
            _ if *cover == Cover::Locking => {
                prose_ui(ui, "Even geduld: het register gaat op slot.");
                None
            }
            Gate::Open(slot) if *cover == Cover::Refused => {
                entry.unlock_ui(ui, std::slice::from_ref(slot), step)
            }
            Gate::Open(_) if shows_recovery => {
                let key = recovery.as_ref().map_or("", |(_, key)| key.as_str());
                entry.recovery_ui(ui, key)
            }
            Gate::Without | Gate::Open(_) => None,
            Gate::Busy => {
                if let Some(progress) = bringing {
                    progress_ui(ui, "Bezig met overzetten", progress, true);
                } else if is_slow {
                    prose_ui(ui, "Even geduld: het register gaat open.");
                }
                None
            }
            Gate::Absent => entry.found_ui(ui, step),
            Gate::Older => {
                let backups = home.as_ref().map(|home| home.backups.display().to_string());
                entry.upgrade_ui(ui, step, &backups.unwrap_or_default())
            }
            Gate::Shut(failure) => entry.shut_ui(ui, step, failure),
            Gate::Locked(slots) => entry.unlock_ui(ui, slots, step),
        };
        match asked {
            None => return,
            Some(Asked::Unlock(name, passphrase)) if self.door.is_covered() => {
                self.uncover(name, passphrase);
            }
            // What is covered is only seen by who has its passphrase.
            Some(_) if self.door.is_covered() => {}
            Some(Asked::Kept) => {
                self.door.recovery = None;
                self.door.entry.forget();
                self.caseload.begin();
            }
            Some(Asked::Found(name, passphrase)) => self.found_register(name, passphrase),
            Some(Asked::Bring) => self.bring_register(),
            Some(Asked::Unlock(name, passphrase)) => self.unlock_register(name, passphrase),
            Some(Asked::Recover(key, name, passphrase)) => {
                self.try_to_open(move |kept| kept.recover(&key, &name, &passphrase));
            }
            Some(Asked::Upgrade) => {
                self.door.gate = Gate::Busy;
                self.ask_register(Kept::upgrade, |desk, _, found| desk.stand_before(found));
            }
            Some(Asked::Retry) => self.look_at_register(),
            Some(Asked::Spares) => self.door.shows_spares = true,
            Some(Asked::Elsewhere) => self.choose_place(),
            Some(Asked::Loose) => {
                self.door.entry.forget();
                self.door.is_loose = true;
                self.screen = Screen::Dossier;
            }
        }
        ui.ctx().request_repaint();
    }

    /// Makes a register at the address, for a person with this name and passphrase; the window then shows the recovery key.
    pub fn found_register(&mut self, name: String, passphrase: Passphrase) {
        self.door.gate = Gate::Busy;
        self.ask_register(
            move |kept| kept.found(&name, &passphrase),
            |desk, _, founded| match founded {
                Ok((slot, recovery)) => {
                    desk.door.recovery = Some((slot.number, recovery.text()));
                    desk.entered(slot);
                    desk.keep_place();
                }
                Err(failure) => {
                    desk.door.gate = Gate::Absent;
                    desk.door.refusal = Some(failure);
                }
            },
        );
    }

    /// Unlocks the register with the slot of this name.
    pub fn unlock_register(&mut self, name: String, passphrase: Passphrase) {
        self.try_to_open(move |kept| kept.unlock(&name, &passphrase));
    }

    fn try_to_open(
        &mut self,
        job: impl FnOnce(&mut Kept) -> Result<Slot, Failure> + Send + 'static,
    ) {
        let Gate::Locked(slots) = std::mem::replace(&mut self.door.gate, Gate::Busy) else {
            return;
        };
        let (behind, bench) = (self.door.behind.clone(), self.bench());
        self.ask_register(
            move |kept| {
                let slot = job(kept)?;
                let returned = returned(kept, &bench, slot.number, behind);
                Ok((slot, returned))
            },
            |desk, ctx, opened| match opened {
                Ok((slot, returned)) => {
                    desk.entered(slot);
                    desk.come_back(returned);
                    desk.back_up_if_due(ctx);
                    desk.renew_list(false);
                }
                Err(failure) => {
                    desk.door.gate = Gate::Locked(slots);
                    desk.door.refusal = Some(failure);
                    desk.read_spares();
                }
            },
        );
    }

    /// Goes on with the register unlocked.
    fn entered(&mut self, slot: Slot) {
        self.turn_register();
        self.door.refusal = None;
        self.door.entry.forget();
        self.door.entry.suggest(&slot.name);
        self.door.is_loose = false;
        self.door.is_left = false;
        self.door.last_input = self.door.now();
        self.door.last_beat = self.door.now();
        self.door.gate = Gate::Open(slot);
        self.begin_caseload();
        // What is open without a register stays open.
        if self.document.is_none() {
            self.screen = Screen::Caseload;
        } else if std::mem::take(&mut self.door.returns) {
            self.screen = Screen::Dossier;
        }
    }

    /// From now on answers to what was asked before are dropped unseen.
    pub(super) fn turn_register(&mut self) {
        self.door.turn = self.door.turn.saturating_add(1);
    }
}

/// Does a job, of which a fault must not leave its screen waiting. Where the access was taken away, another file took the
/// place of the register, or all of it went elsewhere, the window locks.
fn reply<T: Send + 'static>(
    turn: u64,
    job: impl FnOnce() -> Result<T, Failure>,
    then: impl FnOnce(&mut Desk, &Context, Result<T, Failure>) + Send + 'static,
) -> Reply {
    let done = catch_unwind(AssertUnwindSafe(job)).unwrap_or_else(|_| Err(broken()));
    Reply {
        turn,
        then: Box::new(move |desk, ctx| {
            let failure = done.as_ref().err();
            let out = failure
                .filter(|why| matches!(why.kind, Kind::Withdrawn | Kind::Replaced | Kind::Moved));
            let out = out.cloned();
            then(desk, ctx, done);
            if let Some(why) = out {
                desk.lock_out(why);
            }
        }),
    }
}

fn broken() -> Failure {
    Failure::new(
        Kind::Failed,
        "dit is niet gelukt door een fout in dit programma",
        "Uw opgeslagen werk is veilig. Probeer het opnieuw, of meld het bij de beheerder.",
    )
}
