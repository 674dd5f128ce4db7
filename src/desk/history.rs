//! Undo and redo over a whole document: snapshots, each with the name of what was done.

use std::collections::VecDeque;
use std::sync::Arc;

/// How many steps can be undone.
const STEPS: usize = 200;

/// A document with its past and its undone future. Documents are shared, so a step costs one document of memory.
pub struct History<D> {
    now: Arc<D>,
    /// What each step was, with the document before it; the last one is undone first.
    past: VecDeque<(&'static str, Arc<D>)>,
    /// What each undone step was, with the document after it; the last one is redone first.
    future: Vec<(&'static str, Arc<D>)>,
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
        self.past.push_back((what, before));
        if self.past.len() > STEPS {
            self.past.pop_front();
        }
        self.future.clear();
        true
    }

    /// Takes back the last step; gives its name.
    pub fn undo(&mut self) -> Option<&'static str> {
        let (what, before) = self.past.pop_back()?;
        let after = std::mem::replace(&mut self.now, before);
        self.future.push((what, after));
        Some(what)
    }

    /// Does the step again that was undone last; gives its name.
    pub fn redo(&mut self) -> Option<&'static str> {
        let (what, after) = self.future.pop()?;
        let before = std::mem::replace(&mut self.now, after);
        self.past.push_back((what, before));
        Some(what)
    }

    /// The name of the step that would be undone.
    pub fn undoes(&self) -> Option<&'static str> {
        self.past.back().map(|(what, _)| *what)
    }

    /// The name of the step that would be redone.
    pub fn redoes(&self) -> Option<&'static str> {
        self.future.last().map(|(what, _)| *what)
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
        assert_eq!(history.undo(), Some("drie maken"));
        assert_eq!((**history.now(), history.redoes()), (2, Some("drie maken")));
        assert_eq!(history.undo(), Some("twee maken"));
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo(), Some("twee maken"));
        assert_eq!(history.redo(), Some("drie maken"));
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
}
