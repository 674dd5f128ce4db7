//! From dossier and evaluation to what the window shows: every text ready, made once after each committed change.
//!
//! Nothing is computed here that the rooms below have not worked out; amounts are only put into words. It must not know
//! controls, colours or files on disk.

mod amounts;
mod calculation;
pub mod caseload;
mod clocks;
mod compare;
pub mod differences;
mod conventions;
mod earlier;
mod effect;
mod line;
mod overview;
mod problems;
mod published;
mod steps;
pub mod tariffs;
mod timeline;
#[cfg(test)]
mod tests;
mod words;

pub use earlier::Earlier;
pub use effect::effect;
pub use problems::{mark_lines, place, problems};
pub use timeline::timeline;

use super::editing::Place;
use super::view::{Part, View};
use super::widgets::mark::Chip;
use crate::budget::{self, Library};
use crate::dossier::{Dossier, Evaluation, StepState};
use crate::quantity::dutch::{date_long, date_short};
use crate::trace::Status;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::HashMap;
use std::sync::Arc;

/// Everything that the window shows of a dossier that was evaluated with this library on this day.
pub fn view(dossier: &Dossier, evaluation: &Evaluation, library: &Library, today: Date) -> View {
    let example = evaluation.status == Status::Example;
    let mut chips = Vec::new();
    if example {
        chips.push((Chip::Example, Chip::Example.word().to_owned()));
    }
    let state = if example { "CONCEPT" } else { "ONTWERP" };
    chips.push((Chip::Neutral, state.to_owned()));
    let states = steps::states(dossier, evaluation, library);
    let mut lines: Vec<_> = dossier
        .provisions
        .iter()
        .zip(&evaluation.lines)
        .map(|(provision, budget)| {
            let shown = line::Shown {
                dossier,
                evaluation,
                library,
                today,
                provision,
            };
            shown.view(budget.as_ref())
        })
        .collect();
    for (index, line) in lines.iter_mut().enumerate() {
        match states.get(&Part::Line(index)) {
            Some(StepState::Busy) => line.chips.push(Chip::Busy),
            Some(StepState::Complete) => line.chips.push(Chip::Good),
            _ => {}
        }
    }
    let overview = overview::overview(dossier, evaluation, today, &lines);
    let mut view = View {
        client: dossier
            .client
            .person
            .name_line()
            .unwrap_or_else(|| "Nieuwe cliënt".to_owned()),
        about: about(dossier, library),
        chips,
        overview: Arc::new(overview),
        lines,
        made: made(dossier),
        intensified: intensified(dossier, evaluation, library, today),
        earlier: HashMap::new(),
        states,
        clocks: clocks::clocks(dossier, today),
        problems: problems(dossier, library, &evaluation.problems),
    };
    mark_lines(&mut view);
    view
}

/// At each overridden field, who made it so and when.
fn made(dossier: &Dossier) -> HashMap<Place, String> {
    let overridden = dossier.overridden().into_iter().map(|one| {
        let words = match dossier.made(&one.field) {
            Some(made) if made.by.is_empty() => format!("Op {}.", date_long(made.on)),
            Some(made) => format!("Door {}, op {}.", made.by, date_long(made.on)),
            None => "Niet vastgelegd door wie.".to_owned(),
        };
        (Place::of_path(&one.field), words)
    });
    overridden.collect()
}

/// At each choice of the intensive variant, what it changes.
fn intensified(
    dossier: &Dossier,
    evaluation: &Evaluation,
    library: &Library,
    today: Date,
) -> HashMap<Place, String> {
    let inputs = dossier.inputs(library, today);
    let lines = dossier.provisions.iter().zip(&evaluation.lines).enumerate();
    let found = lines.filter_map(|(index, (provision, budget))| {
        let found = budget::intensified(&inputs, &provision.line, budget.as_ref()?)?;
        let field = format!("provisions[{index}].line.choices.{}", found.axis);
        Some((Place::of_path(&field), found.words()))
    });
    found.collect()
}

/// A moment as people write it: `2-3-2026, 14:05`.
pub fn moment(at: Timestamp, zone: &TimeZone) -> String {
    let there = at.to_zoned(zone.clone());
    let time = there.time();
    format!(
        "{}, {:02}:{:02}",
        date_short(there.date()),
        time.hour(),
        time.minute()
    )
}

/// Birth date, municipality and number, as far as they are known.
fn about(dossier: &Dossier, library: &Library) -> String {
    let client = &dossier.client;
    let mut parts = Vec::new();
    if let Some(day) = client.person.birth_date {
        parts.push(format!("Geboren {}", date_long(day)));
    }
    if let Some(municipality) = library.catalogues.municipality(&dossier.municipality) {
        parts.push(municipality.name.clone());
    }
    if !client.client_number.is_empty() {
        parts.push(format!("cliëntnummer {}", client.client_number));
    }
    if !dossier.number.is_empty() {
        parts.push(format!("zaak {}", dossier.number));
    }
    parts.join(" · ")
}
