//! Colleagues in the same register: who has the open dossier, what they saved meanwhile, and giving it back to them.

use super::{Desk, Then};
use crate::desk::document::{Document, Reads};
use crate::desk::widgets::text::Tone;
use crate::register::{Base, DossierId, Lease};

impl Desk {
    /// Gives the dossier back, so that a colleague can have it.
    pub(super) fn release_lease(&mut self) {
        let id = self.document.as_ref().and_then(Document::leased);
        if let Some(id) = id
            && self.has_full_access()
        {
            // A lease that stays lapses by itself.
            self.ask_register(move |kept| kept.register()?.release(id), |_, _, _| {});
        }
    }

    /// Does not go on with this after all. A dossier that it would have shown is given back.
    pub(super) fn turn_down(&mut self, then: Option<Then>) {
        let Some(Then::Show(fetched)) = then else {
            return;
        };
        let open = self.document.as_ref().and_then(Document::leased);
        if fetched.leased().is_some_and(|id| open != Some(id)) {
            // A lease that stays lapses by itself.
            self.ask_register(
                move |kept| kept.register()?.release_others(open),
                |_, _, _| {},
            );
        }
    }

    /// Renews the lease, and takes in what colleagues did. Answers through the window.
    pub(super) fn beat(&mut self) {
        let place = self.document.as_ref().and_then(Document::in_register);
        let ours = place
            .filter(|place| place.base != Base::NEW && place.reads.is_none())
            .map(|place| (place.id, place.base.revision));
        let held = place.filter(|place| matches!(place.reads, Some(Reads::Held { .. })));
        if let Some(id) = held.map(|place| place.id) {
            self.look_whether_free(id);
        }
        let worker = self.worker();
        self.ask_register(
            move |kept| {
                let now = kept.now();
                let register = kept.register()?;
                let changed = !register.refresh()?.is_empty();
                let Some((id, base)) = ours else {
                    return Ok((changed, None, None));
                };
                let current = register.index()?.entry(id);
                let current = current.filter(|entry| entry.revision > base);
                let newer = current.map(|entry| (entry.revision, entry.about.meta.by == worker));
                let lease = register.lease(id, now)?;
                Ok((changed, newer, Some(lease)))
            },
            move |desk, _, beat| {
                // The line may be down for a while; saving says so.
                let Ok((changed, newer, lease)) = beat else {
                    return;
                };
                if changed {
                    desk.search_again(true);
                }
                let open = desk.document.as_ref().and_then(Document::in_register);
                let asked = ours.map(|(id, _)| id);
                let Some(open) = open.filter(|open| open.reads.is_none() && asked == Some(open.id))
                else {
                    return;
                };
                let newer = newer.filter(|(newer, _)| open.base.revision < *newer);
                let text = match (newer, lease) {
                    (Some((_, true)), _) => Some(
                        "U heeft in een ander venster een nieuwe versie opgeslagen. Sla op om de verschillen te zien.",
                    ),
                    (Some((_, false)), _) => Some(
                        "Een collega heeft intussen een nieuwe versie opgeslagen. Sla op om de verschillen te zien.",
                    ),
                    (None, Some(Lease::Theirs(_))) => Some(
                        "Dit dossier is nu ook ergens anders open. Bij opslaan gaat er niets verloren.",
                    ),
                    (None, _) => None,
                };
                let before = std::mem::replace(&mut desk.keeper.warned, text);
                if let Some(text) = text.filter(|_| before != text) {
                    desk.tell(Some(Tone::Warning), text);
                }
            },
        );
    }

    /// Finds out whether who had the open dossier has let it go, so that it can be said.
    fn look_whether_free(&mut self, id: DossierId) {
        self.ask_register(
            move |kept| {
                let now = kept.now();
                kept.register()?.holder(id, now)
            },
            move |desk, _, holder| {
                let document = desk.document.as_mut();
                let Some(document) = document.filter(|document| document.is_dossier(id)) else {
                    return;
                };
                if let Some(place) = document.in_register_mut()
                    && let Some(Reads::Held { is_free, .. }) = &mut place.reads
                    && let Ok(holder) = holder
                {
                    *is_free = holder.is_none();
                }
            },
        );
    }
}
