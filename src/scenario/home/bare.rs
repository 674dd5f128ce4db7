//! What stays behind when scenarios go home: names, texts, and the work on hours.
//!
//! Hours go as they came out, and choices as they were made. This must not know the file that they go in.

use super::super::{Outlook, evaluate};
use crate::budget::{Library, LineBudget};
use crate::document::Problem;
use crate::dossier::{Conditions, Dossier, OwnFloor, Scenario};
use crate::indication::{Choice, Delivery, Hours, Line, PartHours};
use crate::quantity::{Extent, Unit};
use crate::trace::NodeId;
use jiff::civil::Date;

/// What stands where a text was left out. Not empty, because a reason that is given can change an amount.
pub(super) const LEFT_OUT: &str = "(weggelaten)";

/// Texts and names that stay behind.
pub(super) fn bare_delivery(delivery: &mut Delivery) {
    match delivery {
        Delivery::InKind { provider } => provider.clear(),
        Delivery::Pgb { providers } => {
            for provider in providers {
                provider.name.clear();
                if let Some(set) = &mut provider.set_rate {
                    LEFT_OUT.clone_into(&mut set.decision);
                }
            }
        }
    }
}

fn bare_choice(choice: &mut Choice) {
    if let Some(reason) = &mut choice.reason {
        LEFT_OUT.clone_into(reason);
    }
}

/// The reason of hours that were filled in.
fn bare_reason(hours: &mut PartHours) {
    if !hours.reason.is_empty() {
        LEFT_OUT.clone_into(&mut hours.reason);
    }
}

/// A granted line without texts, names and the work on its hours: hours as they were granted, and the choices as they came
/// out.
pub(super) fn bare_line(line: &Line, budget: &LineBudget<NodeId>) -> Option<Line> {
    let mut bare = line.clone();
    bare_delivery(&mut bare.delivery);
    if let Some(offer) = &mut bare.offer {
        LEFT_OUT.clone_into(&mut offer.source);
    }
    if let Some(reason) = &mut bare.ceiling_reason {
        LEFT_OUT.clone_into(reason);
    }
    bare.choices.values_mut().for_each(bare_choice);
    for own in &mut bare.own_prices {
        for text in [&mut own.reason, &mut own.approved_by] {
            if !text.is_empty() {
                LEFT_OUT.clone_into(text);
            }
        }
    }
    let mut worked = false;
    for hours in &mut bare.hours {
        bare_reason(hours);
        match &hours.hours {
            Hours::Typed(_) | Hours::Band => continue,
            Hours::Activities(all) => {
                let extents = all.iter().map(|one| one.extent).collect();
                hours.hours = Hours::Typed(extents);
                continue;
            }
            Hours::Norm(_) => worked = true,
        }
        let mut parts = budget.granted.iter();
        let granted = parts.find(|part| part.part.as_deref() == hours.part.as_deref())?;
        let extents = granted.volumes.iter().map(|volume| {
            Some(Extent {
                volume: volume.figure.value.finite_decimal()?,
                unit: Unit::Minute,
                per: volume.per,
            })
        });
        hours.hours = Hours::Typed(extents.collect::<Option<Vec<_>>>()?);
    }
    let segment = budget.segments.first()?;
    if worked {
        let product = segment.catalogue.product(&line.product)?;
        for part in &segment.parts {
            for (place, axis) in segment.catalogue.file.axes.iter().enumerate() {
                let own = product.axes.contains(&place);
                let value = part
                    .choices
                    .get(place)
                    .and_then(|value| axis.values.get(value));
                if let (true, Some(value)) = (own, value) {
                    let choice = Choice {
                        value: value.id.clone(),
                        reason: Some(LEFT_OUT.to_owned()),
                    };
                    bare.choices.entry(axis.id.clone()).or_insert(choice);
                }
            }
        }
    }
    Some(bare)
}

/// Hours of a scenario that were built with a norm set, as they came out: the work on them stays behind.
fn bare_hours(scenario: &mut Scenario, outlook: &Outlook) -> Result<(), Problem> {
    let norm = |hours: &PartHours| matches!(hours.hours, Hours::Norm(_) | Hours::Activities(_));
    for (at, line) in scenario.lines.iter_mut().enumerate() {
        if !line.hours.iter().any(norm) {
            continue;
        }
        let mut laid = outlook.lines.iter().filter(|one| one.chosen == Some(at));
        let bare = laid
            .next()
            .and_then(|one| bare_line(&one.line, &one.budget));
        let Some(bare) = bare else {
            return Err(Problem::error(
                "deze uren zijn niet zonder gegevens over de persoon mee te geven",
            )
            .field(format!("lines[{at}].hours"))
            .hint("Typ de uren in, of haal deze keuze weg."));
        };
        (line.hours, line.choices) = (bare.hours, bare.choices);
    }
    Ok(())
}

/// The scenarios of a dossier with the hours as they came out. Error: hours that nothing came of.
pub(super) fn without_norms(
    dossier: &Dossier,
    library: &Library,
    today: Date,
) -> Result<Vec<Scenario>, Vec<Problem>> {
    let mut scenarios = dossier.scenarios.clone();
    for (place, scenario) in scenarios.iter_mut().enumerate() {
        if let Some(outlook) = evaluate(dossier, place, library, today) {
            let bare = bare_hours(scenario, &outlook);
            bare.map_err(|problem| vec![problem.within(&format!("scenarios[{place}]"))])?;
        }
    }
    Ok(scenarios)
}

/// A scenario without names, conditions and reasons.
pub(super) fn bare_scenario(scenario: &Scenario, places: &[usize]) -> Scenario {
    let mut bare = scenario.clone();
    bare.conditions = Conditions::default();
    bare.lines.retain_mut(|line| {
        let place = places.iter().position(|place| *place == line.provision);
        line.provision = place.unwrap_or(line.provision);
        line.lower_reason.clear();
        line.choices.values_mut().for_each(bare_choice);
        line.hours.iter_mut().for_each(bare_reason);
        if let Some(delivery) = &mut line.delivery {
            bare_delivery(delivery);
        }
        for hired in &mut line.hired {
            hired.name.clear();
            if let Some(OwnFloor::Reason(reason)) = &mut hired.floor {
                LEFT_OUT.clone_into(reason);
            }
        }
        place.is_some()
    });
    bare
}
