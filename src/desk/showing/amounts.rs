//! The amounts of a line in rows: what they are made of, restated, and over dates.

use super::words::{NOT_KNOWN, money, per, sentence, span};
use crate::budget::{Adjusted, LineBudget, Money, PartSegment, Segment, Total};
use crate::desk::widgets::figure::Figure;
use crate::indication::Line;
use crate::quantity::dutch::capital;
use crate::quantity::{Euro, Exact, Frequency, Rounding};
use crate::trace::{Measure, NodeId, shown};

/// An amount or the words in its place.
pub(super) fn of(sum: &Money<NodeId>) -> Figure {
    match sum {
        Money::Known { rounded, .. } => Figure {
            amount: money(*rounded),
            ..Figure::default()
        },
        Money::NotKnown(reason) => Figure {
            amount: NOT_KNOWN.to_owned(),
            note: sentence(reason),
            ..Figure::default()
        },
    }
}

/// A total with its dates, and the reason when it is not known.
pub(super) fn dated(total: &Total<NodeId>) -> Figure {
    let mut figure = of(&total.money);
    let dates = span(total.from, total.to);
    figure.note = if figure.note.is_empty() {
        dates
    } else {
        format!("{dates}. {}", figure.note)
    };
    figure
}

/// The amount per another period, each with the name of its method.
pub(super) fn views(segment: &Segment<NodeId>) -> Vec<Figure> {
    let recurring = segment.amount.recurring.as_ref();
    if recurring.is_none_or(|money| money.euro().is_none()) {
        return Vec::new();
    }
    Frequency::VIEWS
        .into_iter()
        .zip(&segment.views)
        .filter(|(goal, _)| *goal != segment.per)
        .map(|(goal, view)| {
            let (amount, note) = match (view, segment.method(goal)) {
                (Some(view), Some(method)) => (money(view.rounded), method.to_string()),
                _ => (
                    NOT_KNOWN.to_owned(),
                    "De catalogus zegt niet hoe dit wordt omgerekend.".to_owned(),
                ),
            };
            Figure {
                label: per(goal),
                amount,
                note,
                ..Figure::default()
            }
        })
        .collect()
}

/// What the amount is made of: parts, providers, and what a ceiling cuts off.
pub(super) fn made_of(segment: &Segment<NodeId>) -> Vec<Figure> {
    let several = segment.parts.len() > 1;
    let mut rows = Vec::new();
    for part in &segment.parts {
        for provider in &part.providers {
            let label = match (several, provider.provider) {
                (true, _) => format!("{}, {}", part.label, provider.kind),
                (false, _) => capital(&provider.kind),
            };
            for (sum, per) in provider.uncut(part.per) {
                let how = match (provider.volume.of(per), &provider.rate) {
                    (Some(volume), Some((rate, unit))) => format!(
                        "{} × {}",
                        shown(volume.value, Measure::VolumePer(*unit, per)),
                        shown(rate.value, Measure::EuroPerUnit(*unit))
                    ),
                    _ => "vast bedrag".to_owned(),
                };
                let mut how = how;
                if let Some(adjusted) = &provider.adjusted {
                    how = format!("{how}, {}", instead_of(adjusted));
                }
                let after = provider.amount.of(per).and_then(Money::euro);
                if let (Some(after), true) = (after, cut(part, per).is_some()) {
                    how = format!("{how}; na het plafond {}", money(after));
                }
                let mut figure = of(sum);
                figure.label.clone_from(&label);
                per.dutch().clone_into(&mut figure.unit);
                figure.note = if figure.note.is_empty() {
                    how
                } else {
                    figure.unit.clear();
                    figure.note
                };
                rows.push(figure);
            }
        }
        rows.extend(ceiling(part));
    }
    rows
}

/// What a ceiling cuts off of what comes back every so often, or is in total.
fn cut(part: &PartSegment<NodeId>, per: Frequency) -> Option<Exact> {
    let cut = part.cut.of(per).map(|cut| cut.value);
    cut.filter(|cut| !cut.is_zero())
}

/// Whether a ceiling makes the amount of a part lower.
pub(super) fn cuts(part: &PartSegment<NodeId>) -> bool {
    part.cut.iter().any(|cut| !cut.value.is_zero())
}

/// The ceiling of a part, and what it cuts off.
fn ceiling(part: &PartSegment<NodeId>) -> Option<Figure> {
    let (ceiling, per) = part.ceiling.as_ref()?;
    let less = [part.per, Frequency::Total].into_iter().find_map(|per| {
        let less = Euro::rounded(cut(part, per)?, &Rounding::CENT).ok()?;
        Some(format!(
            "het bedrag wordt {} {} lager",
            money(less),
            per.dutch()
        ))
    });
    Some(Figure {
        label: "Plafond".to_owned(),
        amount: shown(ceiling.value, Measure::Euro),
        unit: per.dutch().to_owned(),
        note: less.unwrap_or_else(|| "niet bereikt".to_owned()),
        change: None,
    })
}

/// What a price of the line's own counts in the place of.
fn instead_of(adjusted: &Adjusted<NodeId>) -> String {
    match adjusted.computed {
        Some((rate, unit)) => format!(
            "aangepast, in plaats van {}",
            shown(rate.value, Measure::EuroPerUnit(unit))
        ),
        None => "aangepast, want het tarief is niet bekend".to_owned(),
    }
}

/// Whether a person put a price in the place of a computed one somewhere in a line.
pub(super) fn is_adjusted(budget: &LineBudget<NodeId>) -> bool {
    let parts = budget.segments.iter().flat_map(|segment| &segment.parts);
    let mut paid = parts.flat_map(|part| &part.providers);
    paid.any(|paid| paid.adjusted.is_some())
}

/// Each price of the line's own, with its reason.
pub(super) fn own_prices(line: &Line) -> impl Iterator<Item = String> {
    line.own_prices.iter().map(|own| {
        let price = shown(
            own.price.amount.exact(),
            Measure::EuroPerUnit(own.price.per),
        );
        format!("Aangepast tarief: {price}. {}", sentence(&own.reason))
            .trim_end()
            .to_owned()
    })
}
