//! Figures as text for a terminal: exact where that is finite, else cut and marked with `…`.

use crate::budget::Money;
use crate::quantity::dutch;
use crate::quantity::{Euro, Exact, Frequency, Unit};
use crate::trace::Measure;
use std::fmt::Write as _;

/// Digits behind the comma of a figure that has no end.
const DECIMALS: u32 = 6;

/// An amount, with a plain space behind the sign so that it can be searched for.
pub(super) fn euro(value: Euro) -> String {
    plain(&dutch::euro(value.0))
}

/// Money, or why it is not known.
pub(super) fn money<N: Copy>(money: &Money<N>) -> String {
    match money {
        Money::Known { rounded, .. } => euro(*rounded),
        Money::NotKnown(reason) => format!("niet bekend: {reason}"),
    }
}

/// Money per period, or why it is not known.
pub(super) fn money_per<N: Copy>(amount: &Money<N>, per: Frequency) -> String {
    match amount {
        Money::Known { .. } => format!("{} {}", money(amount), per.dutch()),
        Money::NotKnown(_) => money(amount),
    }
}

/// A volume per period: `174 minuten per week`.
pub(super) fn volume(value: Exact, unit: Unit, per: Frequency) -> String {
    format!("{} {}", count(value, unit), per.dutch())
}

/// A figure with what it counts.
pub(super) fn figure(value: Exact, measure: Measure) -> String {
    match measure {
        Measure::Euro => exact_euro(value),
        Measure::EuroPerUnit(unit) => format!("{} per {}", exact_euro(value), unit.singular()),
        Measure::EuroPer(per) => format!("{} {}", exact_euro(value), per.dutch()),
        Measure::Volume(unit) => count(value, unit),
        Measure::VolumePer(unit, per) => volume(value, unit, per),
        Measure::Number => factor(value),
        Measure::Percent => format!("{}%", number(value)),
        Measure::Days => format!("{} dagen", number(value)),
        Measure::Weeks => format!("{} weken", number(value)),
        Measure::Periods => format!("{} perioden", number(value)),
    }
}

/// The step of a rounding, without the period of what is rounded.
pub(super) fn step(value: Exact, measure: Measure) -> String {
    match measure {
        Measure::Euro | Measure::EuroPerUnit(_) | Measure::EuroPer(_) => exact_euro(value),
        Measure::Volume(unit) | Measure::VolumePer(unit, _) => count(value, unit),
        Measure::Number | Measure::Percent | Measure::Days | Measure::Weeks | Measure::Periods => {
            number(value)
        }
    }
}

/// A factor: a fraction without a finite decimal as a fraction.
pub(super) fn factor(value: Exact) -> String {
    match value.finite_decimal() {
        Some(_) => number(value),
        None => value.to_string(),
    }
}

/// A bare number.
pub(super) fn number(value: Exact) -> String {
    let (numerator, denominator) = value.reduced();
    dutch::fraction(numerator, denominator, DECIMALS)
}

fn count(value: Exact, unit: Unit) -> String {
    let name = if value == Exact::ONE {
        unit.singular()
    } else {
        unit.plural()
    };
    format!("{} {name}", number(value))
}

fn exact_euro(value: Exact) -> String {
    match value.finite_decimal() {
        Some(decimal) => plain(&dutch::euro(decimal)),
        None => {
            let text = number(value);
            let (sign, digits) = match text.strip_prefix('\u{2212}') {
                Some(digits) => ("\u{2212}", digits),
                None => ("", text.as_str()),
            };
            let (whole, rest) = digits.split_once(',').unwrap_or((digits, ""));
            let mut grouped = String::new();
            for (done, digit) in whole.chars().enumerate() {
                if done > 0 && whole.len().saturating_sub(done).is_multiple_of(3) {
                    grouped.push('.');
                }
                grouped.push(digit);
            }
            let mut text = format!("{sign}€ {grouped}");
            if !rest.is_empty() {
                // Writing to a String cannot fail.
                let _ = write!(text, ",{rest}");
            }
            text
        }
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_without_an_end_is_cut_and_keeps_its_points() {
        let third = Exact::new(17_659_183, 3).unwrap();
        assert_eq!(figure(third, Measure::Euro), "€ 5.886.394,333333…");
        let minus = third.negated().unwrap();
        assert_eq!(figure(minus, Measure::Euro), "\u{2212}€ 5.886.394,333333…");
        assert_eq!(
            figure(Exact::ratio(1, 3), Measure::EuroPer(Frequency::Week)),
            "€ 0,333333… per week"
        );
    }

    #[test]
    fn one_is_singular_and_the_rest_is_not() {
        let piece = |n: i64| figure(Exact::from(n), Measure::Volume(Unit::Dagdeel));
        assert_eq!(piece(1), "1 dagdeel");
        assert_eq!(piece(4), "4 dagdelen");
    }
}
