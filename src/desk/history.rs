//! Undo and redo over a whole document: snapshots, each with the name of what was done.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// How many steps can be undone.
const STEPS: usize = 200;

/// What a step was, in Dutch.
pub type Name = Cow<'static, str>;

/// A document with its past and its undone future. Documents are shared, so a step costs one document of memory.
pub struct History<D> {
    now: Arc<D>,
    /// What each step was, with the document before it; the last one is undone first.
    past: VecDeque<(Name, Arc<D>)>,
    /// What each undone step was, with the document after it; the last one is redone first.
    future: Vec<(Name, Arc<D>)>,
    /// The document as it is saved; nothing if it is not saved at all.
    saved: Option<Arc<D>>,
}

impl<D: PartialEq> History<D> {
    /// A document as it is saved, or a new one that holds no work yet.
    pub fn new(document: D) -> Self {
        let now = Arc::new(document);
        Self {
            saved: Some(Arc::clone(&now)),
            now,
            past: VecDeque::new(),
            future: Vec::new(),
        }
    }

    /// The document as it is now.
    pub fn now(&self) -> &Arc<D> {
        &self.now
    }

    /// Does one step, called `what` in Dutch: "Einddatum wijzigen". Gives whether the document really changed; what was
    /// undone can then no longer be redone.
    pub fn step(&mut self, what: &'static str, document: D) -> bool {
        if *self.now == document {
            return false;
        }
        let before = std::mem::replace(&mut self.now, Arc::new(document));
        self.past.push_back((what.into(), before));
        if self.past.len() > STEPS {
            self.past.pop_front();
        }
        self.future.clear();
        true
    }

    /// Takes back the last step; gives its name.
    pub fn undo(&mut self) -> Option<Name> {
        let (what, before) = self.past.pop_back()?;
        let after = std::mem::replace(&mut self.now, before);
        self.future.push((what.clone(), after));
        Some(what)
    }

    /// Does the step again that was undone last; gives its name.
    pub fn redo(&mut self) -> Option<Name> {
        let (what, after) = self.future.pop()?;
        let before = std::mem::replace(&mut self.now, after);
        self.past.push_back((what.clone(), before));
        Some(what)
    }

    /// The name of the step that would be undone.
    pub fn undoes(&self) -> Option<&str> {
        self.past.back().map(|(what, _)| what.as_ref())
    }

    /// The name of the step that would be redone.
    pub fn redoes(&self) -> Option<&str> {
        self.future.last().map(|(what, _)| what.as_ref())
    }

    /// Says that `document` is now saved. It may be older than the present one, when saving took a while.
    pub fn mark_saved(&mut self, document: Arc<D>) {
        self.saved = Some(document);
    }

    /// The document as it is saved, if it is.
    pub fn saved(&self) -> Option<&Arc<D>> {
        self.saved.as_ref()
    }

    /// Says that the document is not saved anywhere.
    pub fn forget_saved(&mut self) {
        self.saved = None;
    }

    /// Whether the document differs from the one that is saved.
    pub fn is_changed(&self) -> bool {
        let saved = self.saved.as_ref();
        saved.is_none_or(|saved| !Arc::ptr_eq(saved, &self.now) && *saved != self.now)
    }

    /// The document among the steps that equals this one.
    pub fn find(&self, document: &D) -> Option<&Arc<D>> {
        let past = self.past.iter().map(|(_, step)| step);
        let future = self.future.iter().map(|(_, step)| step);
        let all = past.chain(future).chain(&self.saved).chain([&self.now]);
        all.into_iter().find(|step| ***step == *document)
    }

    /// Has the past and the future of `other` in place of its own, if that is the same document now.
    pub fn go_on_from(&mut self, other: Self) -> bool {
        let same = *other.now == *self.now;
        if same {
            (self.past, self.future) = (other.past, other.future);
        }
        same
    }

    /// All steps, each document as `keep` makes it.
    pub fn trail<T>(&self, keep: impl Fn(&Arc<D>) -> T) -> Trail<T> {
        let named = |(what, step): &(Name, Arc<D>)| (what.clone(), keep(step));
        Trail {
            now: keep(&self.now),
            past: self.past.iter().map(named).collect(),
            future: self.future.iter().map(named).collect(),
            saved: self.saved.as_ref().map(&keep),
        }
    }

    /// The document with the steps that were kept.
    pub fn of_trail<T>(trail: Trail<T>, take: impl Fn(T) -> Arc<D>) -> Self {
        let named = |(what, step): (Name, T)| (what, take(step));
        let now = take(trail.now);
        let saved = trail.saved.map(&take);
        Self {
            // As one document where they are equal, so that looking whether it changed costs nothing.
            saved: saved.map(|saved| {
                if saved == now {
                    Arc::clone(&now)
                } else {
                    saved
                }
            }),
            past: trail.past.into_iter().map(named).collect(),
            future: trail.future.into_iter().map(named).collect(),
            now,
        }
    }
}

/// A document with its past and its undone future, to be kept; `T` is a document as it is kept.
#[derive(Serialize, Deserialize)]
pub struct Trail<T> {
    now: T,
    past: Vec<(Name, T)>,
    future: Vec<(Name, T)>,
    saved: Option<T>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_and_redo_give_back_each_step_by_name() {
        let mut history = History::new(1);
        assert!(history.step("twee maken", 2));
        assert!(history.step("drie maken", 3));
        assert_eq!(history.undoes(), Some("drie maken"));
        assert_eq!(history.undo().as_deref(), Some("drie maken"));
        assert_eq!((**history.now(), history.redoes()), (2, Some("drie maken")));
        assert_eq!(history.undo().as_deref(), Some("twee maken"));
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo().as_deref(), Some("twee maken"));
        assert_eq!(history.redo().as_deref(), Some("drie maken"));
        assert_eq!(history.redo(), None);
        assert_eq!(**history.now(), 3);
    }

    #[test]
    fn a_new_step_ends_what_could_be_redone_and_an_equal_document_is_no_step() {
        let mut history = History::new(1);
        history.step("twee maken", 2);
        history.undo();
        assert!(!history.step("niets doen", 1));
        assert_eq!(history.redoes(), Some("twee maken"));
        history.step("vier maken", 4);
        assert_eq!(history.redoes(), None);
    }

    #[test]
    fn a_document_is_changed_until_it_is_saved_or_undone() {
        let mut history = History::new(1);
        assert!(!history.is_changed());
        history.step("twee maken", 2);
        assert!(history.is_changed());
        history.undo();
        assert!(!history.is_changed());
        history.redo();
        history.mark_saved(Arc::clone(history.now()));
        assert!(!history.is_changed());
        history.undo();
        assert!(
            history.is_changed(),
            "undoing past a save differs from the file"
        );
    }

    #[test]
    fn the_past_is_bounded() {
        let mut history = History::new(0);
        for number in 1..=1000 {
            history.step("tellen", number);
        }
        let steps = std::iter::from_fn(|| history.undo()).count();
        assert_eq!((steps, **history.now()), (200, 800));
    }

    #[test]
    fn a_trail_gives_back_every_step_and_what_was_saved() {
        let mut history = History::new(1);
        history.step("twee maken", 2);
        history.mark_saved(Arc::clone(history.now()));
        history.step("drie maken", 3);
        history.undo();
        let mut again = History::of_trail(history.trail(|step| **step), Arc::new);
        assert!(!again.is_changed());
        assert_eq!(again.redo().as_deref(), Some("drie maken"));
        assert!(again.is_changed());
        assert_eq!(
            (again.undo().is_some(), again.undo().is_some()),
            (true, true)
        );
        assert_eq!(**again.now(), 1);
        let mut read = History::new(2);
        assert!(!read.go_on_from(again), "another document");
        assert_eq!(read.undoes(), None);
        assert!(read.go_on_from(history));
        assert_eq!(read.undoes(), Some("twee maken"));
    }
}
