//! The same line in kind and as a pgb per kind of care provider, with the difference to how it stands.

use super::line::first_error;
use super::words::{NOT_KNOWN, money, problem, sentence};
use crate::budget::{Alternative, Inputs, LineBudget, Money, alternatives};
use crate::catalogue::file::{Amount, IN_KIND};
use crate::catalogue::{Selection, in_force};
use crate::desk::widgets::figure::{Change, Direction, Figure};
use crate::indication::Line;
use crate::quantity::dutch::{capital, signed_euro};
use crate::quantity::{Euro, Frequency};
use std::cmp::Ordering;

/// A row per way to deliver the line.
pub(super) fn compare<N: Copy>(
    inputs: &Inputs<'_>,
    line: &Line,
    budget: &LineBudget<N>,
) -> Vec<Figure> {
    let now = budget
        .main_amount()
        .and_then(|(money, per)| Some((money.euro()?, per)));
    let ways = alternatives(inputs, line);
    let mut rows = Vec::with_capacity(ways.len().saturating_add(1));
    if let Some((amount, per)) = now.filter(|_| !ways.iter().any(|way| way.chosen)) {
        rows.push(Figure {
            label: "Zoals nu".to_owned(),
            amount: money(amount),
            unit: per.dutch().to_owned(),
            note: String::new(),
            change: Some(chosen()),
        });
    }
    rows.extend(ways.iter().map(|way| row(inputs, line, way, now)));
    rows
}

fn chosen() -> Change {
    Change {
        direction: Direction::Same,
        text: "gekozen".to_owned(),
    }
}

fn row(
    inputs: &Inputs<'_>,
    line: &Line,
    way: &Alternative,
    now: Option<(Euro, Frequency)>,
) -> Figure {
    let label = if way.id == IN_KIND {
        capital(&way.label)
    } else {
        format!("Pgb, {}", way.label)
    };
    let mut row = Figure {
        label,
        change: way.chosen.then(chosen),
        ..Figure::default()
    };
    match way.amount() {
        Some((Money::Known { rounded, .. }, per)) => {
            row.amount = money(*rounded);
            per.dutch().clone_into(&mut row.unit);
            if !way.chosen {
                row.change = now.and_then(|now| change(way, (*rounded, per), now));
            }
        }
        Some((Money::NotKnown(reason), _)) => {
            NOT_KNOWN.clone_into(&mut row.amount);
            row.note = sentence(reason);
        }
        None => {
            let (amount, note) = impossible(inputs, line, way);
            amount.clone_into(&mut row.amount);
            row.note = note;
        }
    }
    row
}

/// The difference with how the line stands now, per the period of now.
fn change(
    way: &Alternative,
    (amount, per): (Euro, Frequency),
    (now, now_per): (Euro, Frequency),
) -> Option<Change> {
    let amount = if per == now_per {
        amount
    } else {
        let segment = way.budget.segments.get(way.budget.large)?;
        let place = Frequency::VIEWS.iter().position(|view| *view == now_per)?;
        segment.views.get(place)?.as_ref()?.rounded
    };
    let difference = amount.minus(now).ok()?;
    let direction = match difference.cmp(&Euro::ZERO) {
        Ordering::Greater => Direction::More,
        Ordering::Less => Direction::Less,
        Ordering::Equal => Direction::Same,
    };
    let text = match direction {
        Direction::Same => "gelijk".to_owned(),
        _ if per == now_per => signed_euro(difference.0),
        _ => format!("{} {}", signed_euro(difference.0), now_per.dutch()),
    };
    Some(Change { direction, text })
}

/// Why there is no amount: the word for its cell, and the reason.
fn impossible(inputs: &Inputs<'_>, line: &Line, way: &Alternative) -> (&'static str, String) {
    let why = first_error(&way.budget.problems).map_or_else(String::new, problem);
    let word = match offered(inputs, line, &way.id) {
        Offered::Never => "niet mogelijk",
        Offered::NoPrice => "geen tarief",
        Offered::OnOffer => "op offerte",
        Offered::Priced => NOT_KNOWN,
    };
    (word, why)
}

enum Offered {
    Never,
    NoPrice,
    OnOffer,
    Priced,
}

/// What the catalogue of the first day says about this way.
fn offered(inputs: &Inputs<'_>, line: &Line, id: &str) -> Offered {
    let Ok(answer) = inputs.library.catalogues.on(inputs.municipality, line.from) else {
        return Offered::NoPrice;
    };
    let catalogue = answer.catalogue;
    let Some(product) = catalogue.product(&line.product) else {
        return Offered::NoPrice;
    };
    let chosen = line
        .choices
        .iter()
        .map(|(axis, choice)| (axis.as_str(), choice.value.as_str()));
    let chosen = catalogue.select(chosen).unwrap_or(Selection::NONE);
    let own = std::iter::once((product, chosen));
    let parts = product.parts.iter().filter_map(|part| {
        let of = catalogue.products.get(part.product)?;
        Some((of, chosen.overlaid(&part.fixed)))
    });
    let mut answer = Offered::Priced;
    for (product, chosen) in own.take(usize::from(product.parts.is_empty())).chain(parts) {
        let decided = inputs.decision_date.unwrap_or(inputs.calculation_date);
        let Some(tariff) = product.tariff(id, &chosen) else {
            answer = Offered::NoPrice;
            continue;
        };
        match in_force(&tariff.values, line.from, decided).map(|found| found.amount) {
            Some(Amount::NotAvailable) => return Offered::Never,
            Some(Amount::Offer) => answer = Offered::OnOffer,
            Some(_) => {}
            None => answer = Offered::NoPrice,
        }
    }
    answer
}
