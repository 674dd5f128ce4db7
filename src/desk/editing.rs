//! What a person is typing and has not committed yet, and the field that the window should jump to.
//!
//! The document holds committed values only. A text that was refused ("31-2-2026") stays in its field with the reason until
//! it is put right or taken back, and is listed with the other problems, so that it cannot be lost unnoticed. This module
//! knows no document and no screen.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};

use egui::Id;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A place in the document that a field edits, built like the paths of problems: `regels[1].tot`.
///
/// It is a hash (FNV-1a), so that building one in every frame costs nothing, and the same in every version of the program,
/// so that a text that was refused can be kept with its place.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    number: u64,
    /// The same for all items of a list and all entries of a map.
    kind: u64,
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for Place {}

impl Hash for Place {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl Place {
    /// The document itself.
    pub fn root() -> Self {
        Self::of_number(0xCBF2_9CE4_8422_2325)
    }

    /// The place with this number.
    pub fn of_number(number: u64) -> Self {
        Self {
            number,
            kind: number,
        }
    }

    /// What kind of field it is: the same for every item of a list and every entry of a map.
    pub fn kind(self) -> u64 {
        self.kind
    }

    /// The number by which it is kept.
    pub fn number(self) -> u64 {
        self.number
    }

    /// The field `name` of this place.
    pub fn field(self, name: &str) -> Self {
        let step = |hash| step(hash, 0, name.as_bytes());
        Self {
            number: step(self.number),
            kind: step(self.kind),
        }
    }

    /// The entry called `name` of the map at this place.
    pub fn entry(self, name: &str) -> Self {
        Self {
            number: step(self.number, 0, name.as_bytes()),
            kind: step(self.kind, 1, &[]),
        }
    }

    /// The item with this number (from 0) of the list at this place.
    pub fn item(self, index: usize) -> Self {
        Self {
            number: step(self.number, 1, &index.to_le_bytes()),
            kind: step(self.kind, 1, &[]),
        }
    }

    /// The place that the path of a problem names, such as `regels[1].tot`.
    pub fn of_path(path: &str) -> Self {
        path.split(['.', '[', ']'])
            .filter(|part| !part.is_empty())
            .fold(Self::root(), |place, part| match part.parse::<usize>() {
                Ok(index) => place.item(index),
                Err(_) => place.field(part),
            })
    }

    /// The id of the widget that edits this place.
    pub fn id(self) -> Id {
        Id::unique(("place", self.number))
    }
}

/// One step further; `sort` keeps a name and a number, and where they begin, apart.
fn step(hash: u64, sort: u8, bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
    bytes.iter().fold(step(hash, &sort), step)
}

/// Why a typed text is no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// What to do, in Dutch: "Vul een datum in zoals 2-3-2026."
    pub message: String,
    /// Texts that would be accepted, to choose from: `1.234,00` and `1,234` for an ambiguous `1.234`.
    pub proposals: Vec<String>,
}

impl Rejected {
    /// A refusal that has no proposals.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            proposals: Vec::new(),
        }
    }
}

/// A text in a field that is not in the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The label of the field, for the list of problems.
    pub label: String,
    /// The text as typed.
    pub text: String,
    /// Why it was refused; `None` while it is being typed.
    pub rejected: Option<Rejected>,
    /// The text of the committed value when typing began.
    pub base: String,
}

/// All drafts of a window, and where it should jump.
#[derive(Default)]
pub struct Editing {
    drafts: HashMap<Place, Draft>,
    /// The widget to jump to.
    jump: Option<Id>,
    /// The field that had the keyboard last, with its label.
    entered: Option<(Place, String)>,
    /// Whether it said so since the last frame, and the widget that had the keyboard then.
    says_so: bool,
    widget: Option<Id>,
    /// The field whose text is tried out while it is typed, with that text.
    tried: Option<(Place, String)>,
}

impl Editing {
    /// Says that the field at `place` has the keyboard.
    pub fn enter(&mut self, place: Place, label: &str) {
        self.says_so = true;
        if !self
            .entered
            .as_ref()
            .is_some_and(|(known, _)| *known == place)
        {
            self.entered = Some((place, label.to_owned()));
        }
    }

    /// The field that had the keyboard last, with its label.
    pub fn entered(&self) -> Option<(Place, &str)> {
        self.entered
            .as_ref()
            .map(|(place, label)| (*place, label.as_str()))
    }

    /// At the end of a frame, what has the keyboard then: it belongs to the field that said that it has it.
    pub fn end_frame(&mut self, focused: Option<Id>) {
        if std::mem::take(&mut self.says_so) {
            self.widget = focused;
        }
    }

    /// Whether the keyboard is elsewhere than in the field that had it last, such as on a button.
    pub fn is_left_for(&self, focused: Id) -> bool {
        self.widget != Some(focused)
    }

    /// Asks for the keyboard focus at `place`; the field takes it as soon as it is drawn.
    pub fn jump_to(&mut self, place: Place) {
        self.jump_to_widget(place.id());
    }

    /// The same for the field whose widget has this id.
    pub fn jump_to_widget(&mut self, id: Id) {
        self.jump = Some(id);
    }

    /// Whether the window should jump to `place`; says yes once.
    pub fn take_jump(&mut self, place: Place) -> bool {
        self.jump.take_if(|wanted| *wanted == place.id()).is_some()
    }

    /// Forgets everything that was not committed: the document was replaced, or its lists moved.
    pub fn clear(&mut self) {
        self.drafts.clear();
        self.tried = None;
    }

    /// The refused texts, in no particular order.
    pub fn rejected(&self) -> impl Iterator<Item = (Place, &Draft)> {
        self.drafts
            .iter()
            .filter(|(_, draft)| draft.rejected.is_some())
            .map(|(place, draft)| (*place, draft))
    }

    /// Whether the text in the field at `place` was refused.
    pub fn is_rejected(&self, place: Place) -> bool {
        let draft = self.drafts.get(&place);
        draft.is_some_and(|draft| draft.rejected.is_some())
    }

    /// Whether something is being typed at `id` that is not in the document yet.
    pub fn is_typing(&self, id: Id) -> bool {
        self.drafts.keys().any(|place| place.id() == id)
    }

    /// Whether `text` at `place` is another than was tried out last; from now on it is the last.
    pub(super) fn tries(&mut self, place: Place, text: &str) -> bool {
        let same = |(at, last): &(Place, String)| *at == place && last == text;
        let is_new = !self.tried.as_ref().is_some_and(same);
        if is_new {
            self.tried = Some((place, text.to_owned()));
        }
        is_new
    }

    /// The field whose text is tried out while it is typed.
    pub fn tried(&self) -> Option<Place> {
        self.tried.as_ref().map(|(place, _)| *place)
    }

    /// Says that the text at `place` is not tried out any more; gives whether it was.
    pub fn forget_tried(&mut self, place: Place) -> bool {
        self.tried.take_if(|(at, _)| *at == place).is_some()
    }

    /// The draft at `place`, unless the committed value has become another since it was typed.
    pub(super) fn take(&mut self, place: Place, committed: &str) -> Option<Draft> {
        self.drafts
            .remove(&place)
            .filter(|draft| draft.base == committed)
    }

    /// Keeps `draft` at `place`.
    pub(super) fn keep(&mut self, place: Place, draft: Draft) {
        self.drafts.insert(place, draft);
    }
}

/// The drafts alone, to be kept.
impl Serialize for Editing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let drafts = self.drafts.iter();
        serializer.collect_seq(drafts.map(|(place, draft)| (place.number(), draft)))
    }
}

impl<'de> Deserialize<'de> for Editing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let drafts = Vec::<(u64, Draft)>::deserialize(deserializer)?.into_iter();
        let drafts = drafts.map(|(number, draft)| (Place::of_number(number), draft));
        Ok(Self {
            drafts: drafts.collect(),
            ..Self::default()
        })
    }
}

impl Draft {
    /// A text in the field called `label` that differs from `committed`, refused or still being typed.
    pub(super) fn new(
        label: &str,
        committed: &str,
        text: String,
        rejected: Option<Rejected>,
    ) -> Self {
        Self {
            label: label.to_owned(),
            text,
            rejected,
            base: committed.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_problem_names_the_place_that_a_field_builds() {
        let built = Place::root().field("regels").item(1).field("tot");
        assert_eq!(Place::of_path("regels[1].tot"), built);
        assert_ne!(Place::of_path("regels[0].tot"), built);
        assert_eq!(Place::of_path(""), Place::root());
        assert_eq!(Place::of_path("regels[1.tot"), built);
        assert_ne!(Place::of_path("ab.c"), Place::of_path("a.bc"));
        // Kept with a text that was refused: another number here would lose where that stood.
        assert_eq!(
            Place::of_path("client.bsn").number(),
            9_893_287_833_924_027_651
        );
    }

    #[test]
    fn a_jump_is_taken_once_and_only_by_its_own_field() {
        let mut editing = Editing::default();
        let place = Place::of_path("client.bsn");
        editing.jump_to(place);
        assert!(!editing.take_jump(Place::of_path("client.naam")));
        assert!(editing.take_jump(place));
        assert!(!editing.take_jump(place));
    }

    #[test]
    fn a_refused_text_is_dropped_when_the_value_under_it_changes() {
        let mut editing = Editing::default();
        let place = Place::of_path("regels[0].van");
        let refused = Some(Rejected::new("Deze datum bestaat niet."));
        editing.keep(
            place,
            Draft::new(
                "Ingangsdatum",
                "1 januari 2018",
                "31-2-2018".to_owned(),
                refused,
            ),
        );
        assert_eq!(editing.rejected().count(), 1);
        assert!(editing.take(place, "1 februari 2018").is_none());
        assert_eq!(editing.rejected().count(), 0);
    }
}
