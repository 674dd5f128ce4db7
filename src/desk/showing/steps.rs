//! How far each part of the dossier is: empty, busy, complete, or with a problem.
//!
//! A part is complete when nothing in it keeps the letter from being made.

use super::problems::place;
use crate::budget::Library;
use crate::desk::view::Part;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, Evaluation, InvestigationStep, StepState};
use crate::letter::needed;
use std::collections::HashMap;

/// The state of every part.
pub(super) fn states(
    dossier: &Dossier,
    evaluation: &Evaluation,
    library: &Library,
) -> HashMap<Part, StepState> {
    let parts = |problems: &[Problem]| -> Vec<Part> {
        let errors = problems
            .iter()
            .filter(|one| one.severity == Severity::Error);
        errors
            .map(|one| place(dossier, library, &one.field).0)
            .collect()
    };
    let wrong = parts(&evaluation.problems);
    let lacking = parts(&needed(dossier, evaluation, library));
    let empty = |part: Part| {
        let blank = Dossier::new(&dossier.municipality);
        match part {
            Part::Client => dossier.client == blank.client,
            Part::Decision => {
                dossier.dates == blank.dates
                    && dossier.contact == blank.contact
                    && dossier.signatory == blank.signatory
            }
            Part::Investigation | Part::Line(_) => false,
        }
    };
    let lines = (0..dossier.provisions.len()).map(Part::Line);
    let all = [Part::Client, Part::Investigation, Part::Decision];
    all.into_iter()
        .chain(lines)
        .map(|part| {
            let state = if wrong.contains(&part) {
                StepState::Problem
            } else if part == Part::Investigation {
                investigated(dossier, library)
            } else if empty(part) {
                StepState::Empty
            } else if lacking.contains(&part) {
                StepState::Busy
            } else {
                StepState::Complete
            };
            (part, state)
        })
        .collect()
}

/// The investigation is as far as its steps together.
fn investigated(dossier: &Dossier, library: &Library) -> StepState {
    let list = dossier.priors(library).unwrap_or_default();
    let states = InvestigationStep::ALL.map(|step| dossier.step_state(step, &list));
    let all = |wanted: StepState| states.iter().all(|state| *state == wanted);
    if states.contains(&StepState::Problem) {
        StepState::Problem
    } else if all(StepState::Empty) {
        StepState::Empty
    } else if all(StepState::Complete) {
        StepState::Complete
    } else {
        StepState::Busy
    }
}
