//! The open dossier: its history, where it is kept, what it comes to and what is shown of it.
//!
//! Evaluation and view are worked out once for each committed change, never in a frame. The date of today is given.

mod place;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

pub use self::place::{InRegister, Keeping, Reads};
use super::editing::{Draft, Editing, Place, Rejected};
use super::forms::{Change, Messages};
use super::history::{History, Name};
use super::showing::{self, Earlier};
use super::view::{Part, ProblemView, View};
use super::widgets::mark::Chip;
use super::widgets::text::Tone;
use crate::budget::{FileKind, Library};
use crate::document::{MAX_BYTES, Outline, Problem, Severity, decode, read_file};
use crate::dossier::{Dossier, Evaluation};
use crate::letter::{Letter, grant, unprintable};
use crate::quantity::dutch::capital;
use crate::register::{DossierId, State, Typed, withholds};

/// What stands in the place of a name that a person may not see.
const NAMELESS: &str = "Naam niet zichtbaar voor u";

fn is_withheld(keeping: &Keeping) -> bool {
    matches!(keeping, Keeping::Register(place) if place.reads == Some(Reads::Finance))
}

/// What a dossier comes to, without what would be missing in a part that this person may not see.
fn worked_out(dossier: &Dossier, keeping: &Keeping, library: &Library, today: Date) -> Evaluation {
    let mut evaluation = dossier.evaluate(library, today);
    if is_withheld(keeping) {
        evaluation
            .problems
            .retain(|problem| !withholds(&problem.field));
    }
    evaluation
}

/// A dossier in the window.
pub struct Document {
    history: History<Dossier>,
    keeping: Keeping,
    library: Arc<Library>,
    today: Date,
    evaluation: Arc<Evaluation>,
    messages: Messages,
    /// As worked out from the dossier, without what is only being typed.
    worked: View,
    /// With the refused texts among its problems.
    view: View,
    /// Whether a letter was asked for and could not be made: what it still needs is then listed until it can.
    wants_letter: bool,
    /// The earlier decision that it is held against, if there is one.
    earlier: Option<Earlier>,
    /// The texts that fields refused, with the part that each stands in.
    rejected: HashMap<Place, (Part, Draft)>,
}

impl Document {
    /// A dossier as it stands where it is kept, or one that is kept nowhere yet.
    pub fn new(dossier: Dossier, keeping: Keeping, library: Arc<Library>, today: Date) -> Self {
        Self::with_steps(History::new(dossier), keeping, library, today)
    }

    /// A dossier with the steps that led to it.
    pub fn with_steps(
        history: History<Dossier>,
        keeping: Keeping,
        library: Arc<Library>,
        today: Date,
    ) -> Self {
        let evaluation = Arc::new(worked_out(history.now(), &keeping, &library, today));
        let mut document = Self {
            messages: Messages::new(),
            history,
            keeping,
            library,
            today,
            evaluation,
            worked: View::default(),
            view: View::default(),
            wants_letter: false,
            earlier: None,
            rejected: HashMap::new(),
        };
        document.put_in_words();
        document
    }

    /// Reads a dossier from a file.
    ///
    /// # Errors
    /// All its problems, each with file, line and field.
    pub fn open(path: &Path, library: Arc<Library>, today: Date) -> Result<Self, Vec<Problem>> {
        let bytes = read_file(path, MAX_BYTES).map_err(|problem| vec![problem])?;
        let name = path.display().to_string();
        let dossier = Dossier::read(&name, &bytes).map_err(|problems| {
            decode(&name, &bytes, MAX_BYTES).map_or(problems.clone(), |text| {
                if let Some(kind) = FileKind::of(text) {
                    return vec![no_dossier(kind).in_file(&name)];
                }
                let outline = Outline::new(text);
                let positioned = problems.into_iter().map(|p| outline.positioned(p));
                positioned.collect()
            })
        })?;
        let keeping = Keeping::File(path.to_owned());
        Ok(Self::new(dossier, keeping, library, today))
    }

    /// Says that `dossier`, as it once was, now stands in `keeping`, which is its place from then on.
    pub fn mark_saved(&mut self, keeping: Keeping, dossier: Arc<Dossier>) {
        self.history.mark_saved(dossier);
        self.keeping = keeping;
    }

    /// Says that it is kept elsewhere from now on, where it was not saved yet.
    pub fn move_to(&mut self, keeping: Keeping) {
        self.forget_saved();
        self.keeping = keeping;
    }

    /// Says that where it is kept stands something else than was read or saved last.
    pub fn forget_saved(&mut self) {
        self.history.forget_saved();
    }

    /// The steps that led to it.
    pub fn steps(&self) -> &History<Dossier> {
        &self.history
    }

    /// Has the steps of `history` in place of its own, if they lead to the same dossier; gives whether they do.
    pub fn go_on_from(&mut self, history: History<Dossier>) -> bool {
        self.history.go_on_from(history)
    }

    /// Whether it is this one of the register.
    pub fn is_dossier(&self, id: DossierId) -> bool {
        self.in_register().is_some_and(|place| place.id == id)
    }

    /// Where it is kept.
    pub fn keeping(&self) -> &Keeping {
        &self.keeping
    }

    /// Its place in the register, if it is kept there.
    pub fn in_register(&self) -> Option<&InRegister> {
        match &self.keeping {
            Keeping::Register(place) => Some(place),
            Keeping::Nowhere | Keeping::File(_) => None,
        }
    }

    /// The same, to note that it changed.
    pub fn in_register_mut(&mut self) -> Option<&mut InRegister> {
        match &mut self.keeping {
            Keeping::Register(place) => Some(place),
            Keeping::Nowhere | Keeping::File(_) => None,
        }
    }

    /// The dossier as it was read or saved last; nothing if it was never saved where it is kept.
    pub fn saved(&self) -> Option<&Arc<Dossier>> {
        self.history.saved()
    }

    /// Why it can be read only; nothing if it can be changed.
    pub fn reads(&self) -> Option<&Reads> {
        self.in_register()?.reads.as_ref()
    }

    /// Which dossier of the register it has taken to write in.
    pub fn leased(&self) -> Option<DossierId> {
        let place = self.in_register().filter(|place| place.reads.is_none());
        place.map(|place| place.id)
    }

    /// The dossier as it is now, to be kept as it is.
    pub fn now(&self) -> &Arc<Dossier> {
        self.history.now()
    }

    /// The dossier as it is now.
    pub fn dossier(&self) -> &Dossier {
        self.history.now()
    }

    /// The file, if it has one.
    pub fn path(&self) -> Option<&Path> {
        match &self.keeping {
            Keeping::File(path) => Some(path),
            Keeping::Nowhere | Keeping::Register(_) => None,
        }
    }

    /// What it comes to.
    pub fn evaluation(&self) -> &Arc<Evaluation> {
        &self.evaluation
    }

    /// The catalogues, norm sets and tables that it is worked out with.
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The same, to be shared.
    pub fn shared_library(&self) -> &Arc<Library> {
        &self.library
    }

    /// The day on which it is worked out.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The number of its decision, once that is definitive.
    pub fn decision_number(&self) -> Option<&str> {
        match &self.in_register()?.state {
            State::Definitive { number } => Some(number),
            State::Draft => None,
        }
    }

    /// The decision letter.
    ///
    /// # Errors
    /// All that stands in its way. It is listed with the other problems from then on, until the letter can be made.
    pub fn letter(&mut self) -> Result<Letter, Vec<Problem>> {
        let made = grant(
            self.history.now(),
            &self.evaluation,
            &self.library,
            self.decision_number(),
        );
        self.wants_letter = made.is_err();
        self.put_in_words();
        made
    }

    /// Makes the letter as it would be now, beside the window.
    pub fn letter_as_it_is(&self) -> impl FnOnce() -> Result<Letter, Vec<Problem>> + Send + use<> {
        let (dossier, evaluation) = (Arc::clone(self.now()), Arc::clone(&self.evaluation));
        let library = Arc::clone(&self.library);
        let number = self.decision_number().map(str::to_owned);
        move || grant(&dossier, &evaluation, &library, number.as_deref())
    }

    /// What is wrong at each field.
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// What the window shows of it.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// Whether it differs from its file.
    pub fn is_changed(&self) -> bool {
        self.history.is_changed()
    }

    /// Whether there is work that a save or a correction still has to take in: changes, or texts that fields refused.
    pub fn is_unsaved(&self) -> bool {
        self.is_changed() || !self.rejected.is_empty()
    }

    /// The name of the step that would be undone.
    pub fn undoes(&self) -> Option<&str> {
        if self.reads().is_some() {
            return None;
        }
        self.history.undoes()
    }

    /// The name of the step that would be redone.
    pub fn redoes(&self) -> Option<&str> {
        if self.reads().is_some() {
            return None;
        }
        self.history.redoes()
    }

    /// Does one step of the person `by`, whose name stays with what is overridden in it. Gives whether the dossier really
    /// changed.
    pub fn step_by(&mut self, by: &str, mut change: Change, editing: &mut Editing) -> bool {
        let before = self.history.now();
        if change.dossier != **before {
            change.dossier.sign_overrides(before, by, self.today);
        }
        self.step(change, editing)
    }

    /// Does one step. Gives whether the dossier really changed; one that can be read only does not.
    pub fn step(&mut self, change: Change, editing: &mut Editing) -> bool {
        if self.reads().is_some() {
            return false;
        }
        let Change {
            what,
            dossier,
            moved,
        } = change;
        let changed = self.history.step(what, dossier);
        if changed {
            if moved {
                editing.clear();
            }
            self.work_out();
        }
        changed
    }

    /// Takes back the last step; gives its name.
    pub fn undo(&mut self, editing: &mut Editing) -> Option<Name> {
        let what = self.history.undo()?;
        editing.clear();
        self.work_out();
        Some(what)
    }

    /// Does the step again that was undone last; gives its name.
    pub fn redo(&mut self, editing: &mut Editing) -> Option<Name> {
        let what = self.history.redo()?;
        editing.clear();
        self.work_out();
        Some(what)
    }

    /// Works it out for `day`, if it was worked out for the day `before` it.
    pub fn turn_to(&mut self, before: Date, day: Date) {
        if self.today == before {
            self.today = day;
            self.work_out();
        }
    }

    /// The earlier dossier that it is held against, if there is one.
    pub fn earlier(&self) -> Option<&Earlier> {
        self.earlier.as_ref()
    }

    /// Holds it against an earlier dossier, called `name`, from now on.
    pub fn compare_with(&mut self, name: &str, earlier: Dossier) {
        self.earlier = Some(Earlier::new(name, earlier, &self.library, self.today));
        self.put_in_words();
    }

    /// Holds it against the decision that it follows up, as that goes on in this dossier.
    pub fn compare_with_decision(&mut self, earlier: Dossier) {
        let name = match earlier.number.trim() {
            "" => "het vorige besluit".to_owned(),
            number => number.to_owned(),
        };
        self.compare_with(&name, earlier);
    }

    fn work_out(&mut self) {
        let dossier = Arc::clone(self.history.now());
        let evaluation = worked_out(&dossier, &self.keeping, &self.library, self.today);
        self.evaluation = Arc::new(evaluation);
        self.put_in_words();
    }

    fn put_in_words(&mut self) {
        let dossier = Arc::clone(self.history.now());
        self.worked = showing::view(&dossier, &self.evaluation, &self.library, self.today);
        mark(&mut self.worked, &self.keeping);
        if let Some(earlier) = &self.earlier {
            self.worked.earlier = earlier.at_fields(&dossier, &self.evaluation, &self.library);
        }
        let mut problems = self.evaluation.problems.clone();
        let odd = unprintable(&dossier);
        let more = !odd.is_empty() || self.wants_letter;
        problems.extend(odd);
        if self.wants_letter {
            let needed = grant(&dossier, &self.evaluation, &self.library, None).err();
            self.wants_letter = needed.is_some();
            for problem in needed.into_iter().flatten() {
                if !problems.contains(&problem) {
                    problems.push(problem);
                }
            }
        }
        if more {
            self.worked.problems = showing::problems(&dossier, &self.library, &problems);
        }
        self.messages = messages(&problems);
        self.list_rejected();
    }

    /// Takes the refused texts of the fields into the list of problems; `found` says in which part new
    /// ones stand. Gives whether they are others than before.
    pub fn note_rejected(&mut self, editing: &Editing, found: &[(Place, Part)]) -> bool {
        let same = editing.rejected().count() == self.rejected.len()
            && editing.rejected().all(|(place, draft)| {
                let known = self.rejected.get(&place);
                known.is_some_and(|(_, known)| known == draft)
            });
        if same {
            return false;
        }
        let rejected = editing.rejected().map(|(place, draft)| {
            let found = found.iter().find(|(known, _)| *known == place);
            let found = found.map_or(Part::Client, |(_, part)| *part);
            let known = self.rejected.get(&place).map_or(found, |(part, _)| *part);
            (place, (known, draft.clone()))
        });
        self.rejected = rejected.collect();
        self.list_rejected();
        true
    }

    /// The texts that fields refused, to be kept.
    pub fn typed(&self) -> Vec<Typed> {
        let typed = self.rejected.iter().map(|(place, (part, draft))| {
            let rejected = draft.rejected.as_ref();
            Typed {
                place: place.number(),
                field: part.path(),
                label: draft.label.clone(),
                text: draft.text.clone(),
                base: draft.base.clone(),
                message: rejected.map_or_else(String::new, |rejected| rejected.message.clone()),
                proposals: rejected.map_or_else(Vec::new, |rejected| rejected.proposals.clone()),
            }
        });
        typed.collect()
    }

    /// Puts refused texts that were kept in their fields again.
    pub fn put_back(&mut self, typed: Vec<Typed>, editing: &mut Editing) {
        for kept in typed {
            let place = Place::of_number(kept.place);
            let rejected = Rejected {
                message: kept.message,
                proposals: kept.proposals,
            };
            let draft = Draft::new(&kept.label, &kept.base, kept.text, Some(rejected));
            editing.keep(place, draft.clone());
            self.rejected
                .insert(place, (Part::of_path(&kept.field), draft));
        }
        self.list_rejected();
    }

    fn list_rejected(&mut self) {
        self.view = self.worked.clone();
        // What was refused stands in the place of what the value itself lacks.
        let rejected = &self.rejected;
        self.view
            .problems
            .retain(|problem| !rejected.contains_key(&problem.place));
        let words = |draft: &Draft| {
            let rejected = draft.rejected.as_ref();
            rejected.map_or_else(String::new, |rejected| rejected.message.clone())
        };
        let mut refused: Vec<_> = self.rejected.iter().collect();
        refused.sort_by_key(|(place, (_, draft))| (draft.label.clone(), place.number()));
        for (at, (place, (part, draft))) in refused.into_iter().enumerate() {
            let label = draft.label.to_lowercase();
            let problem = ProblemView {
                tone: Tone::Fault,
                place_name: match part {
                    Part::Client => format!("Cliënt, {label}"),
                    Part::Investigation => format!("Onderzoek, {label}"),
                    Part::Decision => format!("Besluit, {label}"),
                    Part::Line(index) => format!("Regel {}, {label}", index.saturating_add(1)),
                },
                text: words(draft),
                place: *place,
                part: *part,
            };
            self.view.problems.insert(at, problem);
        }
        showing::mark_lines(&mut self.view);
    }
}

/// Takes in what the place of a dossier says about it: a name that is withheld, a decision that is definitive.
fn mark(view: &mut View, keeping: &Keeping) {
    if is_withheld(keeping) {
        view.client = NAMELESS.to_owned();
    }
    if let Keeping::Register(InRegister {
        state: State::Definitive { number },
        ..
    }) = keeping
    {
        view.chips.retain(|(chip, _)| *chip != Chip::Neutral);
        view.chips.push((Chip::Good, format!("besluit {number}")));
    }
}

/// The worst problem of each field.
pub fn messages(problems: &[Problem]) -> Messages {
    let mut messages = Messages::new();
    for problem in problems {
        let tone = match problem.severity {
            Severity::Error => Tone::Fault,
            Severity::Warning => Tone::Warning,
        };
        let text = words(problem);
        messages
            .entry(Place::of_path(&problem.field))
            .and_modify(|(known, known_text)| {
                if *known == Tone::Warning && tone == Tone::Fault {
                    (*known, *known_text) = (tone, text.clone());
                }
            })
            .or_insert((tone, text));
    }
    messages
}

/// That a file holds data to calculate with, where a dossier was wanted.
fn no_dossier(kind: FileKind) -> Problem {
    Problem::error(format!(
        "in dit bestand staat geen dossier, maar: {}",
        kind.dutch()
    ))
    .hint("Zet het bestand in de map van de gemeente. Dan rekent het programma ermee.")
}

/// What is wrong and what to do, as whole sentences.
pub fn words(problem: &Problem) -> String {
    let mut words = capital(&problem.message);
    if !words.ends_with(['.', '?', '!']) {
        words.push('.');
    }
    if !problem.hint.is_empty() {
        words.push(' ');
        words.push_str(&problem.hint);
    }
    words
}

#[cfg(test)]
mod tests;
