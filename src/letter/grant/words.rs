//! Filling in sentences, and quantities as a letter writes them.

use super::super::blocks::Text;
use crate::quantity::dutch::{amount, capital, date_long, euro, hours_and_minutes, number};
use crate::quantity::{Exact, Frequency, Rounding, RoundingMode, Unit};
use crate::trace::{Measure, shown};
use jiff::civil::{Date, Weekday};

/// A sentence ([`crate::texts::Sentences`]) as text with stress, filled in. A name without a value stays, braces and all.
pub(in crate::letter) fn fill(template: &str, values: &[(&str, &str)]) -> Text {
    let mut text = Text::default();
    for (place, piece) in template.split('*').enumerate() {
        let piece = filled(piece, values);
        if piece.is_empty() {
            continue;
        }
        text = if place % 2 == 1 {
            text.strong(piece)
        } else {
            text.then(piece)
        };
    }
    text
}

/// The same, added to a text after a space.
pub(super) fn add(text: Text, template: &str, values: &[(&str, &str)]) -> Text {
    let mut text = if text.runs.is_empty() {
        text
    } else {
        text.then(" ")
    };
    text.runs.extend(fill(template, values).runs);
    text
}

/// A sentence without stress, filled in.
pub(in crate::letter) fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let Some((name, tail)) = after.split_once("}}") else {
            rest = after;
            break;
        };
        match values.iter().find(|(known, _)| *known == name.trim()) {
            Some((_, value)) => out.push_str(value),
            None => {
                out.push_str("{{");
                out.push_str(name);
                out.push_str("}}");
            }
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// A name as it stands within a sentence: `huishoudelijke ondersteuning`, but `HO`.
pub(super) fn mid(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            let mut text: String = first.to_lowercase().collect();
            text.push(second);
            text.push_str(letters.as_str());
            text
        }
        _ => name.to_owned(),
    }
}

/// What somebody typed as a whole sentence: a capital, and a full stop at the end.
pub(in crate::letter) fn sentence(typed: &str) -> String {
    let text = capital(typed.trim());
    match text.chars().last() {
        Some('.' | '!' | '?' | '…' | ':') | None => text,
        Some(_) => format!("{text}."),
    }
}

/// An amount of money with its period: `€ 175,51 per 4 weken`.
pub(super) fn money(value: rust_decimal::Decimal, per: Frequency) -> String {
    match per {
        Frequency::Total => euro(value),
        per => format!("{} {}", euro(value), per.dutch()),
    }
}

/// How much, in words: `174 minuten per week (2 uur en 54 minuten)`. Exact; a number without an end is shown to two
/// decimals with "ongeveer" before it.
pub(super) fn volume(value: Exact, unit: Unit, per: Frequency, piece: Option<&str>) -> String {
    if let (Unit::Minute, Some(minutes)) = (unit, value.whole())
        && let Ok(minutes) = i64::try_from(minutes)
        && minutes >= 60
    {
        let words = hours_and_minutes(minutes);
        return format!("{} ({words})", shown(value, Measure::VolumePer(unit, per)));
    }
    if let (Unit::Piece, Some(piece)) = (unit, piece) {
        return format!("{} × {piece} {}", about(value), per.dutch());
    }
    with_unit(value, unit, per)
}

/// A number with unit and period, to two decimals; hours that need more as hours and minutes.
pub(super) fn with_unit(value: Exact, unit: Unit, per: Frequency) -> String {
    format!("{} {}", number_of(value, unit), per.dutch())
}

/// A number with its unit, likewise.
pub(super) fn number_of(value: Exact, unit: Unit) -> String {
    if unit == Unit::Hour
        && !two_decimals(value)
        && let Ok(in_minutes) = value.mul(Exact::from(60))
        && let Some(minutes) = in_minutes
            .whole()
            .and_then(|minutes| i64::try_from(minutes).ok())
    {
        return hours_and_minutes(minutes);
    }
    let name = if value == Exact::ONE {
        unit.singular()
    } else {
        unit.plural()
    };
    format!("{} {name}", about(value))
}

/// A number to at most two decimals, with "ongeveer" before it when that is not all.
pub(super) fn about(value: Exact) -> String {
    let text = rounded(value);
    if two_decimals(value) {
        text
    } else {
        format!("ongeveer {text}")
    }
}

/// A number rounded to at most two decimals.
fn rounded(value: Exact) -> String {
    let rounded = hundredths(value);
    match rounded.finite_decimal() {
        Some(decimal) => number(decimal.normalize()),
        None => shown(rounded, Measure::Number),
    }
}

/// A column of numbers whose rows are added where it stands: each row is the rounded sum up to and including it, less the
/// one before it, so that what is printed adds up. All have two decimals where one of them has any.
pub(super) struct Adding {
    sum: Exact,
    whole: bool,
}

impl Adding {
    /// A column of these numbers.
    pub(super) fn of(values: impl IntoIterator<Item = Exact>) -> Self {
        let mut values = values.into_iter();
        Self {
            sum: Exact::ZERO,
            whole: values.all(|value| value.whole().is_some()),
        }
    }

    /// Adds a row: what is printed for it.
    pub(super) fn row(&mut self, value: Exact) -> String {
        let before = self.sum;
        self.sum = before.add(value).unwrap_or(before);
        self.since(before)
    }

    /// What was added so far.
    pub(super) fn so_far(&self) -> Exact {
        self.sum
    }

    /// The sum of the rows that were added since.
    pub(super) fn since(&self, before: Exact) -> String {
        let difference = hundredths(self.sum).sub(hundredths(before));
        match difference.ok().and_then(Exact::finite_decimal) {
            Some(decimal) if self.whole => number(decimal.normalize()),
            Some(decimal) => amount(decimal),
            None => shown(self.sum, Measure::Number),
        }
    }
}

/// Whether two decimals show all of a number.
pub(super) fn two_decimals(value: Exact) -> bool {
    hundredths(value) == value
}

fn hundredths(value: Exact) -> Exact {
    let hundredth = Rounding {
        mode: RoundingMode::HalfUp,
        step: Exact::ratio(1, 100),
    };
    hundredth.apply(value).unwrap_or(value)
}

/// A day of the week and a date: `maandag 13 april 2026`.
pub(super) fn day_and_date(date: Date) -> String {
    let day = match date.weekday() {
        Weekday::Monday => "maandag",
        Weekday::Tuesday => "dinsdag",
        Weekday::Wednesday => "woensdag",
        Weekday::Thursday => "donderdag",
        Weekday::Friday => "vrijdag",
        Weekday::Saturday => "zaterdag",
        Weekday::Sunday => "zondag",
    };
    format!("{day} {}", date_long(date))
}

/// A date that does not break: no line ends between day and month.
pub(in crate::letter) fn date(date: Date) -> String {
    let text = date_long(date);
    match text.split_once(' ') {
        Some((day, rest)) => format!("{day}\u{a0}{rest}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_filled_in_with_its_stress() {
        let text = fill(
            "U krijgt *{{ what }}* van {{who}}.",
            &[("what", "2 uur"), ("who", "ons *")],
        );
        let runs: Vec<_> = text
            .runs
            .iter()
            .map(|r| (r.text.as_str(), r.strong))
            .collect();
        assert_eq!(
            runs,
            [
                ("U krijgt ", false),
                ("2 uur", true),
                (" van ons *.", false)
            ]
        );
        assert_eq!(filled("{{ a }} en {{ b }}", &[("a", "1")]), "1 en {{ b }}");
    }

    #[test]
    fn names_and_sentences_keep_their_capitals() {
        assert_eq!(mid("Begeleiding individueel"), "begeleiding individueel");
        assert_eq!(mid("HO"), "HO");
        assert_eq!(sentence(" u kunt niet bukken "), "U kunt niet bukken.");
        assert_eq!(sentence("Waarom?"), "Waarom?");
    }

    #[test]
    fn quantities_are_exact_or_say_that_they_are_not() {
        let week = Frequency::Week;
        assert_eq!(
            volume(Exact::from(174), Unit::Minute, week, None),
            "174 minuten per week (2 uur en 54 minuten)"
        );
        assert_eq!(
            volume(Exact::from(1), Unit::Hour, week, None),
            "1 uur per week"
        );
        assert_eq!(
            volume(Exact::ratio(9000, 52), Unit::Minute, week, None),
            "ongeveer 173,08 minuten per week"
        );
        assert_eq!(
            volume(Exact::ratio(28, 3), Unit::Hour, week, None),
            "9 uur en 20 minuten per week"
        );
        assert_eq!(
            volume(Exact::from(3), Unit::Piece, week, Some("rit")),
            "3 × rit per week"
        );
    }
}
