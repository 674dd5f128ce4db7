//! Which parts of a text cannot be relied upon, so that a check of the meaning does not complain about what follows
//! from a mistake that has been told already.
//!
//! It knows field paths and nothing of what they hold.

use std::collections::BTreeSet;

/// The parts of a document that were wrong, missing or incomplete. Empty for a document without mistakes.
///
/// ```
/// use maatwerk::document::Doubt;
/// let mut doubt = Doubt::default();
/// doubt.wrong("axes[2].id");
/// assert!(doubt.about("axes") && doubt.about("axes[2].id"));
/// assert!(!doubt.about("axes[1]") && !doubt.about("axes[20]") && !doubt.about("ax"));
/// doubt.wrong("products[0].label");
/// assert!(doubt.about_names("axes") && !doubt.about_names("products"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Doubt {
    wrong: BTreeSet<String>,
    incomplete: BTreeSet<String>,
}

impl Doubt {
    /// Adds an element that is wrong, with all that is in it.
    pub fn wrong(&mut self, path: impl Into<String>) {
        self.wrong.insert(path.into());
    }

    /// Adds an element that may lack some of what the author wrote; what can be seen of it is right.
    pub fn incomplete(&mut self, path: impl Into<String>) {
        self.incomplete.insert(path.into());
    }

    /// Whether something in the element with this path, or around it, is wrong.
    pub fn about(&self, path: &str) -> bool {
        let wrong = |other: &String| is_in(other, path) || is_in(path, other);
        self.wrong.iter().any(wrong) || self.incomplete.iter().any(|other| is_in(other, path))
    }

    /// Whether the list or table with this path may have entries that cannot be found by their `id` or key: then
    /// "there is no such" cannot be said.
    pub fn about_names(&self, list: &str) -> bool {
        let nameless = |other: &String| {
            let entry = other
                .strip_prefix(list)
                .and_then(|rest| rest.strip_prefix('['));
            let inside = entry.and_then(|entry| entry.split_once(']'));
            is_in(list, other) || inside.is_some_and(|(_, field)| matches!(field, "" | ".id"))
        };
        self.wrong.iter().any(nameless) || self.incomplete.contains(list)
    }
}

/// Whether one path is another, or leads into it.
fn is_in(path: &str, around: &str) -> bool {
    match path.strip_prefix(around) {
        Some(rest) => around.is_empty() || rest.is_empty() || rest.starts_with(['.', '[']),
        None => false,
    }
}
