//! What a change of a line does, in rows: as it becomes, as it is now, and the difference.

use super::words::{NOT_KNOWN, money};
use crate::desk::widgets::figure::{Change, Direction, Figure};
use crate::dossier::{Compared, Effect};
use crate::quantity::dutch::{capital, fraction, hours_and_minutes, signed_euro};
use crate::quantity::{Euro, Exact, Frequency};
use std::cmp::Ordering;

/// A row for the hours, for each period and for each stretch of dates.
pub fn effect(effect: &Effect) -> Vec<Figure> {
    let mut rows = vec![hours("Uren per week".to_owned(), &effect.minutes)];
    let changed = effect
        .parts
        .iter()
        .filter(|(_, part)| part.before != part.after);
    rows.extend(changed.map(|(name, part)| hours(capital(name), part)));
    for (per, view) in Frequency::VIEWS.into_iter().zip(&effect.views) {
        rows.push(amounts(format!("Bedrag {}", per.dutch()), view));
    }
    let at_most = if effect.years_are_maxima {
        ", ten hoogste"
    } else {
        ""
    };
    for (year, sums) in &effect.years {
        rows.push(amounts(format!("Kalenderjaar {year}{at_most}"), sums));
    }
    rows.push(amounts("Hele periode".to_owned(), &effect.term));
    rows
}

fn direction<V: Ord>(compared: &Compared<V>) -> Option<Direction> {
    let (after, before) = (compared.after.as_ref()?, compared.before.as_ref()?);
    Some(match after.cmp(before) {
        Ordering::Greater => Direction::More,
        Ordering::Less => Direction::Less,
        Ordering::Equal => Direction::Same,
    })
}

fn row(label: String, amount: Option<String>, now: Option<String>) -> Figure {
    let or = |words: Option<String>| words.unwrap_or_else(|| NOT_KNOWN.to_owned());
    Figure {
        label,
        amount: or(amount),
        note: format!("nu {}", or(now)),
        ..Figure::default()
    }
}

fn amounts(label: String, sums: &Compared<Euro>) -> Figure {
    let change = direction(sums).and_then(|direction| {
        let text = match direction {
            Direction::Same => "gelijk".to_owned(),
            _ => signed_euro(sums.difference().ok()??.0),
        };
        Some(Change { direction, text })
    });
    Figure {
        change,
        ..row(label, sums.after.map(money), sums.before.map(money))
    }
}

fn hours(label: String, minutes: &Compared<Exact>) -> Figure {
    let change = direction(minutes).and_then(|direction| {
        let difference = minutes.after?.sub(minutes.before?).ok()?;
        let (sign, size) = match direction {
            Direction::Same => return Some((direction, "gelijk".to_owned())),
            Direction::More => ("+", difference),
            Direction::Less => ("−", difference.negated().ok()?),
        };
        Some((direction, format!("{sign}{}", duration(size))))
    });
    Figure {
        change: change.map(|(direction, text)| Change { direction, text }),
        ..row(
            label,
            minutes.after.map(duration),
            minutes.before.map(duration),
        )
    }
}

/// Minutes as hours and minutes; with decimals where they are not whole.
fn duration(minutes: Exact) -> String {
    let whole = minutes.whole().and_then(|whole| i64::try_from(whole).ok());
    whole.map_or_else(
        || {
            let (above, below) = minutes.reduced();
            format!("{} minuten", fraction(above, below, 2))
        },
        hours_and_minutes,
    )
}
