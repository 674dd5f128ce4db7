//! The journal of the open dossier: every committed change is kept at once, until it is saved or not wanted.

use std::sync::Arc;

use super::Desk;
use crate::desk::document::Document;
use crate::desk::home::Home as AtHome;
use crate::desk::keeper::fingerprint;
use crate::dossier::Dossier;
use crate::register::{Base, DossierId, Failure, Register, Work};

impl Desk {
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
        let unsaved = document.is_unsaved();
        let Some(id) = self.journal_id() else {
            return;
        };
        if unsaved {
            self.journal(id);
        } else {
            self.ask_journal(
                move |journal| journal.forget(id),
                |desk, _, forgotten| desk.note_journal(&forgotten),
            );
        }
    }

    /// Whether what is open is work that is nowhere else: a loose dossier that is not saved and that the journal does not
    /// have, because this person has no journal; or plans in a file for home that were not sent back.
    pub(super) fn is_only_here(&self) -> bool {
        let plans = self.home.as_ref().is_some_and(AtHome::is_unsaved);
        plans
            || self.document.as_ref().is_some_and(|document| {
                let known = self.keeper.journalled.as_ref();
                document.in_register().is_none()
                    && document.is_unsaved()
                    && known.is_none_or(|known| !Arc::ptr_eq(known, document.now()))
            })
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
        let saved = document.path().and(document.saved()).cloned();
        let mut work = Work {
            dossier_id: id,
            base: place.map_or(Base::NEW, |place| place.base),
            follows: place.and_then(|place| place.follows),
            at: self.now(),
            field: self.shell.chosen().path(),
            file: document.path().map(ToOwned::to_owned),
            saved: None,
            typed: document.typed(),
            dossier: Dossier::clone(document.now()),
        };
        // A dossier that went into the register stands in the journal under its id there.
        let before = self.keeper.loose.take_if(|loose| *loose != id);
        self.ask_journal(
            move |journal| {
                work.saved = saved.as_deref().and_then(fingerprint);
                journal.keep(&work)?;
                before.map_or(Ok(()), |before| journal.forget(before))
            },
            |desk, _, kept| desk.note_journal(&kept),
        );
    }

    pub(super) fn forget_work(&mut self, id: DossierId) {
        self.ask_journal(
            move |journal| journal.forget(id),
            |desk, _, forgotten| {
                // Work that stays is offered again; nothing is lost. What was forgotten says nothing of what is kept.
                if forgotten.is_err() {
                    desk.note_journal(&forgotten);
                }
            },
        );
    }

    fn note_journal(&mut self, done: &Result<(), Failure>) {
        match done {
            Ok(()) => {
                self.keeper.fails = false;
                self.lock_if_refused();
            }
            Err(_) if self.keeper.fails => {}
            Err(failure) => {
                self.keeper.fails = true;
                self.tell_failure(failure);
            }
        }
    }

    /// Has what the journal did not take written again.
    pub(super) fn try_journal_again(&mut self) {
        if self.keeper.fails {
            self.keeper.journalled = None;
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

    /// Whether the journal does not take what changed in the open dossier.
    pub(super) fn is_journal_failing(&self) -> bool {
        let unsaved = self.document.as_ref().is_some_and(Document::is_unsaved);
        self.keeper.fails && unsaved
    }

    /// Under which id the open loose dossier stands in the journal, if it does.
    pub(super) fn loose_work(&self) -> Option<DossierId> {
        self.keeper.loose
    }
}
