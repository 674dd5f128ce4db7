//! What scenarios would come to with what is being typed, before it is committed.
//!
//! It holds a dossier beside the real one, for as long as the keyboard is in the field. Nothing is stored of it and it is no
//! step; what it comes to is worked out as ever.

use std::sync::Arc;

use egui::{Context, Memory};

use crate::desk::editing::{Editing, Place};
use crate::desk::forms::Change;
use crate::dossier::Dossier;

/// A dossier with what is being typed in one of its fields.
#[derive(Default)]
pub(crate) struct Trial {
    made: Option<Made>,
}

struct Made {
    /// The field that is typed in.
    place: Place,
    /// The dossier that the field belongs to.
    committed: Arc<Dossier>,
    /// The same with what is typed.
    tried: Arc<Dossier>,
}

impl Trial {
    /// The dossier to answer from: `now` with what is being typed in it, or `now` itself.
    pub(crate) fn of(
        &mut self,
        ctx: &Context,
        editing: &mut Editing,
        now: &Arc<Dossier>,
    ) -> Arc<Dossier> {
        let place = editing.tried();
        let focused = ctx.memory(Memory::focused);
        let is_typed = place.is_some_and(|place| focused == Some(place.id()));
        let fits = self
            .made
            .as_ref()
            .is_none_or(|made| Some(made.place) == place && Arc::ptr_eq(&made.committed, now));
        if !is_typed || !fits {
            self.made = None;
            place.inspect(|place| {
                editing.forget_tried(*place);
            });
        }
        let made = self.made.as_ref();
        Arc::clone(made.map_or(now, |made| &made.tried))
    }

    /// Answers from what a form of `now` was given while it was typed, from the next frame on.
    pub(crate) fn take(
        &mut self,
        ctx: &Context,
        editing: &Editing,
        now: &Arc<Dossier>,
        typed: Option<Change>,
    ) {
        if let Some((place, change)) = editing.tried().zip(typed) {
            self.made = Some(Made {
                place,
                committed: Arc::clone(now),
                tried: Arc::new(change.dossier),
            });
            ctx.request_repaint();
        }
    }
}
