//! Parts of a text that a person may word otherwise for one letter, and how that wording takes their place.
//!
//! A text says which of its parts may be: `{% filter aanpasbaar("name", "Name on the screen") %}…{% endfilter %}`. Such a part
//! holds no value that was filled in, so that a wording can never keep an old figure. What a person typed has no signs
//! but `- ` and `1. ` before the points of a list, and `*` around stress.

use super::{FENCE, fenced, unfenced};
use minijinja::value::{Object, Value};
use minijinja::{Error, ErrorKind, State};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The name of the filter in a text.
pub(super) const FILTER: &str = "aanpasbaar";
/// The name under which a text that is being filled in knows the wordings.
pub(super) const KNOWN_AS: &str = "wordings";
/// What stands before the points of a list.
const POINTS: [&str; 2] = ["- ", "1. "];

/// A part of a letter that may be worded otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changeable {
    /// Its short name.
    pub id: String,
    /// Its name on the screen.
    pub name: String,
    /// What the text says: a paragraph or a point on each line.
    pub standard: String,
}

/// The wordings of one letter, and the parts that were met while it was filled in.
#[derive(Debug, Default)]
pub struct Wordings {
    own: BTreeMap<String, String>,
    met: Mutex<Vec<Changeable>>,
}

impl Wordings {
    /// With these wordings, by the short name of their part.
    pub fn new(own: BTreeMap<String, String>) -> Self {
        Self {
            own,
            met: Mutex::default(),
        }
    }

    /// The parts that were met, in the order of the letter, each once.
    pub fn met(&self) -> Vec<Changeable> {
        let met = self.met.lock();
        met.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The standard of a part, or what a person wrote in its place.
    fn worded(&self, id: String, name: String, standard: String) -> Value {
        let own = self.own.get(&id).filter(|own| !own.trim().is_empty());
        let said = own.map(|own| as_text(own));
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        if met.iter().all(|one| one.id != id) {
            met.push(Changeable {
                id,
                name,
                standard: as_typed(&standard),
            });
        }
        Value::from_safe_string(said.unwrap_or(standard))
    }
}

impl Object for Wordings {}

/// The filter itself. Error: the part holds a value that was filled in.
pub(super) fn filter(
    state: &State<'_, '_>,
    standard: String,
    id: String,
    name: String,
) -> Result<Value, Error> {
    if standard.contains(FENCE) {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            "een aanpasbaar deel noemt geen gegevens",
        ));
    }
    let known = state.lookup(KNOWN_AS);
    Ok(
        match known
            .as_ref()
            .and_then(Value::downcast_object_ref::<Wordings>)
        {
            Some(wordings) => wordings.worded(id, name, standard),
            None => Value::from_safe_string(standard),
        },
    )
}

/// A part of a text as a person types it: a paragraph or a point on each line.
fn as_typed(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines().map(str::trim) {
        let point = POINTS.iter().any(|sign| line.starts_with(sign));
        match lines.last_mut() {
            Some(last) if goes_on && !point && !line.is_empty() => {
                last.push(' ');
                last.push_str(line);
            }
            _ if line.is_empty() => {}
            _ => lines.push(line.to_owned()),
        }
        goes_on = !line.is_empty();
    }
    unfenced(&lines.join("\n"))
}

/// What a person typed as a part of a text.
fn as_text(typed: &str) -> String {
    let mut text = String::with_capacity(typed.len().saturating_mul(2));
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let point = POINTS
            .iter()
            .find_map(|sign| Some((*sign, line.strip_prefix(sign)?)));
        let (sign, words) = point.unwrap_or(("\n", line));
        text.push_str(sign);
        // A star without its other half is a star.
        if words.matches('*').count() % 2 == 0 {
            let pieces: Vec<String> = words.split('*').map(fenced).collect();
            text.push_str(&pieces.join("*"));
        } else {
            text.push_str(&fenced(words));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_reads_as_it_is_typed_and_back() {
        let text = "Een zin\ndie *doorgaat*.\n\nNog een.\n- punt\n- twee\n";
        let typed = as_typed(text);
        assert_eq!(typed, "Een zin die *doorgaat*.\nNog een.\n- punt\n- twee");
        assert_eq!(as_typed(&as_text(&typed)), typed);
    }

    #[test]
    fn what_a_person_types_makes_no_heading_frame_or_table() {
        let text = as_text("# kop\n[[\n| a | b\n1 * 2\n~ groet\n@foot voet");
        assert!(
            text.lines()
                .all(|line| line.is_empty() || line.starts_with(FENCE))
        );
        assert!(!text.contains(['*', '|']));
    }
}
