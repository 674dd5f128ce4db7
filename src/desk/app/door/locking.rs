//! Locking the register, on request or after a while, and showing again what was left behind the lock.
//!
//! What is not in the journal is sealed with the keys of the person who works, and only their passphrase brings it back:
//! the dossier with its steps, and the sheet and the field that were being filled in.

use std::sync::Arc;

use egui::{Context, Id};
use jiff::SignedDuration;

use super::{Cover, Gate};
use crate::desk::app::commands::now;
use crate::desk::app::fetching::Bench;
use crate::desk::app::{Desk, Screen};
use crate::desk::command::Command;
use crate::desk::document::Document;
use crate::desk::home::Home as AtHome;
use crate::desk::keeper::{Found, Kept};
use crate::desk::left::{Left, Open};
use crate::register::{Failure, Kind, LEASE, Passphrase};

/// What somebody left behind the lock.
#[derive(Clone)]
pub(in crate::desk::app) struct Behind {
    /// The number of the slot: nobody else can open it.
    slot: i64,
    sealed: Arc<Vec<u8>>,
    /// The field that had the keyboard.
    field: Option<Id>,
    /// Whether it is kept nowhere else, so that closing the window would lose it.
    only_here: bool,
}

impl Behind {
    pub(super) fn is_only_here(&self) -> bool {
        self.only_here
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> &[u8] {
        &self.sealed
    }
}

/// What was left, opened again.
pub(in crate::desk::app) struct Returned {
    left: Left,
    field: Option<Id>,
    /// The dossier, if it is a loose one.
    loose: Option<Document>,
    /// The file for home that filled the window.
    home: Option<AtHome>,
}

/// Opens what this slot left behind last.
pub(super) fn returned(
    kept: &mut Kept,
    bench: &Bench,
    slot: i64,
    behind: Vec<Behind>,
) -> Option<Result<Returned, Failure>> {
    let mine = behind
        .into_iter()
        .rev()
        .find(|behind| behind.slot == slot)?;
    let mut open = || {
        let text = kept.register()?.take_aside(&mine.sealed)?;
        let mut left = Left::of_text(&text)?;
        Ok(Returned {
            loose: left.take_loose(&bench.library, bench.today),
            home: left.take_home(bench.today, mine.field)?,
            left,
            field: mine.field,
        })
    };
    Some(open())
}

impl Desk {
    /// Locks the register, with all work that is not saved sealed first. What the window shows is covered at once. Answers
    /// to what was asked before are dropped unseen.
    pub fn lock_register(&mut self) {
        if self.slot().is_none() || self.door.is_locking() {
            return;
        }
        self.try_journal_again();
        self.note_work();
        let left = Left::of(
            self.document.as_ref(),
            self.loose_work(),
            self.shell.chosen(),
        );
        let left = left
            .with_sheets(self.changing.as_ref(), self.beginning.as_ref())
            .and_then(|left| left.with_home(self.home.as_ref()));
        self.door.cover = Cover::Locking;
        self.notice = None;
        self.records.screens.stop_looking();
        // In order after every change that is still on its way to the journal.
        self.ask_register(
            move |kept| {
                let left = left?;
                if left.is_nothing() {
                    return Ok(None);
                }
                kept.register()?.set_aside(&left.to_text()?).map(Some)
            },
            |desk, ctx, sealed| match sealed {
                Ok(_) if desk.is_journal_failing() => {
                    desk.refuse_to_lock(Failure::new(
                        Kind::Failed,
                        "het register is niet op slot: uw laatste wijzigingen zijn nog nergens bewaard",
                        "Maak ruimte op de schijf: dan gaat het vanzelf op slot. Of ga verder met uw wachtzin, en sla op.",
                    ));
                }
                Ok(sealed) => desk.shut(ctx, sealed),
                Err(failure) => desk.refuse_to_lock(failure),
            },
        );
    }

    /// Locks because this person may not come in any more, or because another file took the place of the register, and says
    /// so at the door. Work that was not saved stays in the journal.
    pub(super) fn lock_out(&mut self, why: Failure) {
        if self.slot().is_some() {
            self.door.locked_out = Some(why);
            self.lock_register();
        }
    }

    fn refuse_to_lock(&mut self, why: Failure) {
        self.door.cover = Cover::Refused;
        self.notice = None;
        self.door.refusal = Some(why);
    }

    /// Locks after all, once the work is kept that was in the way.
    pub(in crate::desk::app) fn lock_if_refused(&mut self) {
        if self.door.cover == Cover::Refused {
            self.lock_register();
        }
    }

    /// Shows again what was covered, to who has the passphrase.
    pub(super) fn uncover(&mut self, name: String, passphrase: Passphrase) {
        self.ask_register(
            move |kept| kept.verify(&name, &passphrase),
            |desk, _, opened| match opened {
                Ok(()) if desk.door.cover == Cover::Refused => {
                    desk.door.cover = Cover::Nothing;
                    desk.door.refusal = None;
                    desk.door.entry.forget();
                }
                Ok(()) => {}
                Err(failure) => desk.door.refusal = Some(failure),
            },
        );
    }

    /// Locks, and forgets everything that the window knows of a person but for what is `sealed`.
    fn shut(&mut self, ctx: &Context, sealed: Option<Vec<u8>>) {
        let Some(slot) = self.slot().cloned() else {
            return;
        };
        let only_here = self.is_only_here();
        // Who locks again leaves what is open now; work that is nowhere else waits for its turn.
        let behind = &mut self.door.behind;
        behind.retain(|behind| behind.slot != slot.number || behind.only_here);
        behind.extend(sealed.map(|sealed| Behind {
            slot: slot.number,
            sealed: Arc::new(sealed),
            field: self.door.field,
            only_here,
        }));
        self.door.back = None;
        if let Some(key) = self.records.screens.take_recovery() {
            // A key that nobody wrote down yet is shown again to who made it.
            self.door.recovery = Some((slot.number, key));
        }
        self.door.cover = Cover::Nothing;
        self.door.refusal = self.door.locked_out.take();
        let refusal = self.door.refusal.as_ref();
        let replaced = refusal.is_some_and(|why| why.kind == Kind::Replaced);
        self.release_lease();
        self.door.gate = Gate::Busy;
        self.door.is_left = true;
        self.forget_everything(ctx);
        self.turn_register();
        self.door.entry.suggest(&slot.name);
        self.ask_register(
            move |kept| match replaced {
                true => kept.reopen(),
                false => kept.lock().map(Found::Locked),
            },
            |desk, _, found| desk.stand_before(found),
        );
    }

    /// Shows again what was left behind the lock, unless another dossier was opened meanwhile: then it waits.
    pub(super) fn come_back(&mut self, returned: Option<Result<Returned, Failure>>) {
        let number = self.slot().map(|slot| slot.number);
        let behind = self.door.behind.iter();
        let last = behind
            .enumerate()
            .rev()
            .find(|(_, behind)| Some(behind.slot) == number);
        let is_taken = self.document.is_some() || self.home.is_some();
        let (Some(returned), Some((at, _)), false) = (returned, last, is_taken) else {
            return;
        };
        self.door.behind.remove(at);
        let mut returned = match returned {
            Ok(returned) => returned,
            Err(failure) => return self.tell_failure(&failure),
        };
        self.home = returned.home.take();
        match (returned.left.open.clone(), returned.loose.take()) {
            (Open::Loose { journalled, .. }, Some(mut document)) => {
                returned.left.compare_again(&mut document);
                self.show(document);
                self.keeper.loose = journalled;
                let typed = returned.left.take_typed();
                if let Some(document) = &mut self.document {
                    document.put_back(typed, &mut self.editing);
                }
                self.go_on_from(returned);
            }
            (Open::InRegister { id, .. }, _) => {
                self.screen = Screen::Dossier;
                self.door.back = Some(returned);
                self.fetch(id);
            }
            (Open::Nothing | Open::Loose { .. }, _) => self.go_on_from(returned),
        }
    }

    /// Whether the open dossier, just read, is the one that was left; its steps are then those of before.
    pub(in crate::desk::app) fn take_back(&mut self) -> Option<(Returned, bool)> {
        let mut returned = self.door.back.take()?;
        let place = self.document.as_ref().and_then(Document::in_register);
        let place = place.map(|place| (place.id, place.base));
        let Open::InRegister { id, base } = returned.left.open else {
            return None;
        };
        if place.map(|(id, _)| id) != Some(id) {
            return None;
        }
        if let Some(document) = &mut self.document {
            returned.left.compare_again(document);
        }
        let steps = returned.left.take_steps();
        let steps = steps.filter(|_| place == Some((id, base)));
        let same = match (&mut self.document, steps) {
            (Some(document), Some(steps)) => document.go_on_from(steps),
            _ => false,
        };
        Some((returned, same))
    }

    /// Goes to the part, the sheet and the field that were left.
    pub(in crate::desk::app) fn go_on_from(&mut self, mut returned: Returned) {
        let field = returned.field;
        if let Some(mut beginning) = returned.left.take_beginning() {
            if let Some(field) = field {
                beginning.jump_to(field);
            }
            self.beginning = Some(beginning);
        }
        let Some(document) = &self.document else {
            return;
        };
        self.shell.choose(returned.left.part());
        let changing = returned.left.take_changing();
        let changing = changing.filter(|_| document.reads().is_none());
        self.changing = changing.and_then(|mut sheet| {
            sheet
                .go_on(now(document, self.today), field)
                .then_some(sheet)
        });
        if let Some(field) = field.filter(|_| self.changing.is_none()) {
            self.editing.jump_to_widget(field);
        }
    }

    /// Locks after a while without a key or the mouse, and tells colleagues now and then that the dossier is still open.
    pub(in crate::desk::app) fn keep_watch(&mut self, ctx: &Context) {
        if self.slot().is_none() {
            return;
        }
        let now = self.door.now();
        if ctx.input(|input| !input.events.is_empty()) {
            self.door.last_input = now;
        }
        // What had the keyboard before this frame's keys; a menu or a button takes it from a field.
        let field = ctx.memory(egui::Memory::focused);
        let in_sheet = self.changing.is_some() || self.beginning.is_some();
        if field.is_some_and(|id| self.editing.is_typing(id)) || in_sheet || !self.is_asking() {
            self.door.field = field.or(self.door.field);
        }
        let idle = now.duration_since(self.door.last_input);
        let patience = SignedDuration::from_mins(i64::from(self.settings.lock_after()));
        if idle >= patience {
            self.door.last_input = now;
            if let Some(id) = self.typed_in(ctx) {
                // What is being typed is committed first.
                ctx.memory_mut(|memory| memory.surrender_focus(id));
            }
            self.queued = Some(Command::Lock);
        }
        if now.duration_since(self.door.last_beat) >= BEAT {
            self.door.last_beat = now;
            self.try_journal_again();
            self.beat();
        }
        let next = patience.saturating_sub(idle).min(BEAT);
        ctx.request_repaint_after(next.unsigned_abs());
    }
}

/// How often a lease is renewed: twice before it lapses.
const BEAT: SignedDuration = SignedDuration::from_secs(LEASE.as_secs() / 3);
