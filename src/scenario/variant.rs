//! A scenario laid over the lines of a dossier: a dossier of its own, so that the one evaluation says what its budget is
//! and what does not go together.
//!
//! This must not know what anything costs.

use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, Motivation, Outcome, Provision, Scenario, ScenarioLine, trim};
use crate::indication::{Delivery, Line};
use crate::quantity::dutch::date_long;

/// Where a line of the variant comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin<'a> {
    /// Its place among the provisions of the dossier.
    pub(super) provision: usize,
    /// The scenario's line with its place; absent for a line that stays as it is granted.
    pub(super) chosen: Option<(usize, &'a ScenarioLine)>,
}

/// A dossier as a scenario has it.
#[derive(Debug)]
pub(super) struct Variant<'a> {
    /// With the lines alone, and no client.
    pub(super) dossier: Dossier,
    /// Per line.
    pub(super) origins: Vec<Origin<'a>>,
    /// What of the scenario does not fit the dossier, at `lines[…]`.
    pub(super) problems: Vec<Problem>,
}

/// Lays a scenario over the granted lines of a dossier.
pub(super) fn lay<'a>(scenario: &'a Scenario, dossier: &Dossier) -> Variant<'a> {
    let mut bare = Dossier::new(&dossier.municipality);
    bare.dates.decision = dossier.dates.decision;
    let mut variant = Variant {
        dossier: bare,
        origins: Vec::new(),
        problems: check_places(scenario, dossier),
    };
    for (place, provision) in dossier.provisions.iter().enumerate() {
        if provision.outcome != Outcome::Granted {
            continue;
        }
        let lines = scenario.lines.iter().enumerate();
        let mut mine = lines
            .filter(|(_, line)| line.provision == place && line.product == provision.line.product)
            .peekable();
        if mine.peek().is_none() {
            variant.push(place, None, provision.line.clone());
        }
        for (at, chosen) in mine {
            let line = laid(chosen, &provision.line);
            let days = check_days(chosen, &provision.line);
            let path = format!("lines[{at}]");
            let problems = days.into_iter().map(|problem| problem.within(&path));
            variant.problems.extend(problems);
            variant.push(place, Some((at, chosen)), line);
        }
    }
    variant
}

/// A granted line with what a scenario chose for it.
pub fn laid(chosen: &ScenarioLine, granted: &Line) -> Line {
    let mut line = granted.clone();
    line.from = chosen.from.unwrap_or(line.from);
    line.to = chosen.to.or(line.to);
    if let Some(delivery) = &chosen.delivery {
        line.delivery.clone_from(delivery);
    }
    if !chosen.hours.is_empty() {
        line.hours.clone_from(&chosen.hours);
    }
    for (axis, choice) in &chosen.choices {
        line.choices.insert(axis.clone(), choice.clone());
    }
    if chosen.delivery.is_none() {
        trim(&mut line);
    }
    line
}

impl<'a> Variant<'a> {
    fn push(&mut self, provision: usize, chosen: Option<(usize, &'a ScenarioLine)>, line: Line) {
        self.dossier.provisions.push(Provision {
            outcome: Outcome::Granted,
            line,
            moved_end: None,
            revised_on: None,
            motivation: Motivation::default(),
        });
        self.origins.push(Origin { provision, chosen });
    }

    /// Problems of the variant at the fields where they can be mended: of the scenario, as `lines[…]`, or of the line as
    /// granted, as `provisions[…]`. What the dossier tells of itself is left out.
    pub(super) fn own(&self, problems: Vec<Problem>) -> Vec<Problem> {
        let own = problems.into_iter().filter_map(|problem| {
            let rest = problem.field.strip_prefix("provisions[")?;
            let (place, rest) = rest.split_once("].line")?;
            let rest = rest.trim_start_matches('.').to_owned();
            let origin = self.origins.get(place.parse::<usize>().ok()?)?;
            let (at, chosen) = origin.chosen?;
            let head = rest.split(['.', '[']).next().unwrap_or_default();
            let chosen_here = match head {
                "from" | "to" => true,
                "delivery" => chosen.delivery.is_some(),
                "choices" | "hours" => chosen.has_own_need(),
                _ => false,
            };
            // A try-out needs no reason for its hours: only what is granted does.
            let asks_why = head == "hours" && rest.ends_with("].reason");
            let told = problem.severity == Severity::Error
                || (chosen_here && !matches!(head, "from" | "to") && !asks_why);
            let field = match chosen_here {
                true => format!("lines[{at}].{rest}"),
                false => format!("provisions[{}].line.{rest}", origin.provision),
            };
            told.then(|| problem.field(field))
        });
        own.collect()
    }
}

/// Lines of a scenario that are about no granted line of the dossier.
fn check_places(scenario: &Scenario, dossier: &Dossier) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, line) in scenario.lines.iter().enumerate() {
        let number = line.provision.saturating_add(1);
        let provision = dossier.provisions.get(line.provision);
        let message = match provision {
            None => format!("regel {number} is er niet in dit dossier"),
            Some(provision) if provision.line.product != line.product => format!(
                "regel {number} is nu «{}», en niet «{}»",
                provision.line.product, line.product
            ),
            Some(provision) if provision.outcome != Outcome::Granted => {
                format!("regel {number} is niet toegekend")
            }
            Some(_) => continue,
        };
        problems.push(
            Problem::error(message)
                .field(format!("lines[{at}].provision"))
                .hint("Kies een regel die is toegekend, of haal deze keuze weg."),
        );
    }
    problems
}

fn check_days(chosen: &ScenarioLine, granted: &Line) -> Vec<Problem> {
    let mut problems = Vec::new();
    let last = granted.to;
    for (field, day) in [("from", chosen.from), ("to", chosen.to)] {
        let Some(day) = day else { continue };
        if day < granted.from || last.is_some_and(|last| day > last) {
            let end = last.map_or_else(String::new, |last| {
                format!(" tot en met {}", date_long(last))
            });
            problems.push(
                Problem::error(format!(
                    "{} ligt niet in de periode van deze regel",
                    date_long(day)
                ))
                .field(field)
                .hint(format!(
                    "Vul een dag in vanaf {}{end}.",
                    date_long(granted.from)
                )),
            );
        }
    }
    let in_kind = match &chosen.delivery {
        Some(delivery) => matches!(delivery, Delivery::InKind { .. }),
        None => matches!(granted.delivery, Delivery::InKind { .. }),
    };
    if in_kind && !chosen.hired.is_empty() {
        problems.push(
            Problem::error("bij zorg in natura kiest de cliënt geen zorgverleners")
                .field("hired")
                .hint("Kies voor een pgb, of haal de zorgverleners weg."),
        );
    }
    problems
}
