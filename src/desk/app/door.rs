//! The register of the window: how far open it is, asking it for work, and opening and closing it.
//!
//! The register itself lives on a thread of its own ([`Kept`]); here is only what the window knows of it. A screen that
//! needs something of it calls [`Desk::ask_register`].

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui::Context;
use zeroize::Zeroizing;

use super::Desk;
use crate::desk::disk::Disk;
use crate::desk::keeper::{Found, Home, Kept};
use crate::register::{Failure, Kind, Passphrase, Role, Slot};

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

/// What the thread of the register hands back: what to do with the answer, on the thread of the window.
pub(super) struct Reply {
    /// How often the register had been opened or closed when this was asked. An answer of before must not be shown: it
    /// can hold names.
    turn: u64,
    then: Box<dyn FnOnce(&mut Desk, &Context) + Send>,
}

/// What the window knows of its register.
pub(super) struct Door {
    pub(super) gate: Gate,
    pub(super) home: Option<Home>,
    keeper: Option<Disk<Kept, Reply>>,
    turn: u64,
    /// Why the last attempt to make or unlock it did not work.
    pub(super) refusal: Option<Failure>,
    /// The recovery key of a register that was just made, until it is written down.
    pub(super) recovery: Option<Zeroizing<String>>,
}

impl Door {
    /// The door of the register at `home`, which nobody has looked at yet.
    pub(super) fn new(home: Option<Home>) -> Self {
        let keeper = home.clone().map(|home| {
            Disk::start(Kept::new(home), || Reply {
                turn: u64::MAX,
                then: Box::new(|_, _| {}),
            })
        });
        Self {
            gate: if home.is_some() {
                Gate::Busy
            } else {
                Gate::Without
            },
            home,
            keeper,
            turn: 0,
            refusal: None,
            recovery: None,
        }
    }

    /// From now on the window draws a frame after each answer.
    pub(super) fn wake(&self, ctx: &Context) {
        if let Some(keeper) = &self.keeper {
            keeper.wake(ctx.clone());
        }
    }

    /// Whether answers are still to come.
    pub(super) fn is_busy(&self) -> bool {
        self.keeper.as_ref().is_some_and(Disk::is_busy)
    }

    #[cfg(test)]
    pub(super) fn wait(&mut self) -> bool {
        self.keeper.as_mut().is_some_and(Disk::wait)
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
        let Some(keeper) = &mut self.door.keeper else {
            return;
        };
        keeper.ask(move |kept| {
            // A fault in one job must not leave its screen waiting.
            let done = catch_unwind(AssertUnwindSafe(|| job(kept)));
            let done = done.unwrap_or_else(|_| Err(broken()));
            Reply {
                turn,
                then: Box::new(move |desk, ctx| then(desk, ctx, done)),
            }
        });
    }

    /// Does what came of the work in the register.
    pub(super) fn take_replies(&mut self, ctx: &Context) {
        while let Some(reply) = self.door.keeper.as_mut().and_then(Disk::answer) {
            if reply.turn == self.door.turn {
                (reply.then)(self, ctx);
            }
        }
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
        self.tell(Some(crate::desk::widgets::text::Tone::Fault), &text);
    }

    /// Looks at the register at the address; the first thing that is asked of it.
    pub(super) fn look_at_register(&mut self) {
        self.door.gate = match self.door.home {
            Some(_) => Gate::Busy,
            None => Gate::Without,
        };
        self.ask_register(Kept::open, |desk, _, found| desk.stand_before(found));
    }

    /// Takes in what stands at the address.
    pub(super) fn stand_before(&mut self, found: Result<Found, Failure>) {
        self.door.gate = match found {
            Ok(Found::Nothing) => Gate::Absent,
            Ok(Found::Older) => Gate::Older,
            Ok(Found::Locked(slots)) => Gate::Locked(slots),
            Err(failure) => Gate::Shut(failure),
        };
    }

    /// Makes a register at the address, for a person with this name and passphrase; the window then shows the recovery key.
    pub fn found_register(&mut self, name: String, passphrase: Passphrase) {
        self.door.gate = Gate::Busy;
        self.ask_register(
            move |kept| kept.found(&name, &passphrase),
            |desk, _, founded| match founded {
                Ok((slot, recovery)) => {
                    desk.door.recovery = Some(recovery.text());
                    desk.entered(slot);
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
        let Gate::Locked(slots) = std::mem::replace(&mut self.door.gate, Gate::Busy) else {
            return;
        };
        self.ask_register(
            move |kept| kept.unlock(&name, &passphrase),
            |desk, ctx, unlocked| match unlocked {
                Ok(slot) => {
                    desk.entered(slot);
                    desk.back_up_if_due(ctx);
                }
                Err(failure) => {
                    desk.door.gate = Gate::Locked(slots);
                    desk.door.refusal = Some(failure);
                }
            },
        );
    }

    /// Goes on with the register unlocked.
    fn entered(&mut self, slot: Slot) {
        self.door.turn = self.door.turn.saturating_add(1);
        self.door.refusal = None;
        self.door.gate = Gate::Open(slot);
    }

    /// Locks the register. Answers to what was asked before are dropped unseen.
    pub fn lock_register(&mut self) {
        self.door.turn = self.door.turn.saturating_add(1);
        self.door.gate = Gate::Busy;
        self.records.screens.forget();
        self.ask_register(Kept::lock, |desk, _, slots| {
            desk.stand_before(slots.map(Found::Locked));
        });
    }
}

fn broken() -> Failure {
    Failure::new(
        Kind::Failed,
        "dit is niet gelukt door een fout in dit programma",
        "Uw opgeslagen werk is veilig. Probeer het opnieuw, of meld het bij de beheerder.",
    )
}
