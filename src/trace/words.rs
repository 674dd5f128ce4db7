//! Values of a calculation in words, with their unit, for a reader. Nothing is rounded: decimals that go on are cut and
//! say so.

use super::Measure;
use crate::quantity::dutch::{MAX_DECIMALS, euro, fraction, number};
use crate::quantity::{Exact, Frequency, Rounding, RoundingMode, Unit};

/// How many decimals of a number without an end are shown. What has an end is shown whole, up to [`MAX_DECIMALS`]: no
/// rate has more (R48).
const DECIMALS: u32 = 4;

/// The exact value as a fraction, if it has no finite decimal within the shown ones.
pub fn exact(value: Exact) -> Option<String> {
    if decimal(value).is_some() {
        return None;
    }
    let (above, below) = value.reduced();
    let sign = if above < 0 { "−" } else { "" };
    Some(format!("{sign}{}/{below}", above.unsigned_abs()))
}

/// The decimal number, if all its decimals are shown.
fn decimal(value: Exact) -> Option<rust_decimal::Decimal> {
    value
        .finite_decimal()
        .filter(|decimal| usize::try_from(decimal.scale()).is_ok_and(|scale| scale <= MAX_DECIMALS))
}

/// An exact value with its unit, in Dutch: `€ 15,13 per uur`, `174 minuten per week`. Decimals without an end are cut
/// after the fourth and end in `…`; nothing is rounded.
///
/// ```
/// use maatwerk::quantity::{Exact, Frequency, Unit};
/// use maatwerk::trace::{Measure, shown};
/// let third = Exact::new(10, 3)?;
/// assert_eq!(shown(third, Measure::VolumePer(Unit::Hour, Frequency::Week)), "3,3333… uur per week");
/// assert_eq!(shown("15.125".parse()?, Measure::EuroPerUnit(Unit::Hour)), "€\u{a0}15,125 per uur");
/// let svb = "13.75125".parse()?;
/// assert_eq!(shown(svb, Measure::EuroPerUnit(Unit::Hour)), "€\u{a0}13,75125 per uur");
/// let minutes = Exact::new(90_000_000, 7)?;
/// assert_eq!(shown(minutes, Measure::Volume(Unit::Minute)), "12.857.142,8571… minuten");
/// assert_eq!(shown(minutes.negated()?, Measure::Euro), "−€\u{a0}12.857.142,8571…");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn shown(value: Exact, measure: Measure) -> String {
    let decimal = decimal(value).map(|decimal| decimal.normalize());
    let plain = || {
        grouped(&match decimal {
            Some(decimal) => number(decimal),
            None => {
                let (above, below) = value.reduced();
                fraction(above, below, DECIMALS)
            }
        })
    };
    let money = || match decimal {
        Some(decimal) => euro(decimal),
        None => long_euro(value),
    };
    let of = |unit: Unit| {
        let one = value == Exact::ONE;
        format!(
            "{} {}",
            plain(),
            if one { unit.singular() } else { unit.plural() }
        )
    };
    let counted = |one: &str, more: &str| {
        format!(
            "{} {}",
            plain(),
            if value == Exact::ONE { one } else { more }
        )
    };
    match measure {
        Measure::Euro | Measure::EuroPer(Frequency::Total) => money(),
        Measure::EuroPerUnit(Unit::Once) => money(),
        Measure::EuroPerUnit(unit) => format!("{} per {}", money(), unit.singular()),
        Measure::EuroPer(per) => format!("{} {}", money(), per.dutch()),
        Measure::Volume(unit) => of(unit),
        Measure::VolumePer(unit, per) => format!("{} {}", of(unit), per.dutch()),
        Measure::Number => plain(),
        Measure::Percent => format!("{}%", plain()),
        Measure::Days => counted("dag", "dagen"),
        Measure::Weeks => counted("week", "weken"),
        Measure::Periods => counted("periode", "perioden"),
    }
}

/// A number with points between the thousands, for reading only: `1.285,7142…`.
fn grouped(text: &str) -> String {
    let (sign, text) = match text.strip_prefix('−') {
        Some(text) => ("−", text),
        None => ("", text),
    };
    let whole = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut grouped = sign.to_owned();
    for (place, letter) in text.chars().enumerate() {
        let left = whole.saturating_sub(place);
        if place > 0 && left > 0 && left.is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(letter);
    }
    grouped
}

/// Money whose decimals go on: `€ 2.287,8982…`.
fn long_euro(value: Exact) -> String {
    let (above, below) = value.reduced();
    let text = grouped(&fraction(above, below, DECIMALS));
    match text.strip_prefix('−') {
        Some(text) => format!("−€\u{a0}{text}"),
        None => format!("€\u{a0}{text}"),
    }
}

/// A rounding in words: `naar boven afgerond op hele minuten`.
pub fn rounding_words(rounding: &Rounding, measure: Measure) -> String {
    let mode = match rounding.mode {
        RoundingMode::HalfUp => "afgerond",
        RoundingMode::Up => "naar boven afgerond",
        RoundingMode::Down => "naar beneden afgerond",
    };
    let step = rounding.step;
    let money = matches!(
        measure,
        Measure::Euro | Measure::EuroPer(_) | Measure::EuroPerUnit(_)
    );
    let whole = step == Exact::ONE;
    let to = match measure {
        _ if money && step == Exact::ratio(1, 100) => "hele centen".to_owned(),
        _ if money && whole => "hele euro's".to_owned(),
        // The rate that the SVB keeps.
        _ if money && step == Exact::ratio(1, 100_000) => "5 decimalen".to_owned(),
        _ if money => format!("een veelvoud van {}", shown(step, Measure::Euro)),
        Measure::Volume(unit) | Measure::VolumePer(unit, _) if whole => match unit {
            Unit::Hour | Unit::Year => "hele uren".to_owned(),
            _ => format!("hele {}", unit.plural()),
        },
        _ if whole => "hele getallen".to_owned(),
        _ => format!("een veelvoud van {}", shown(step, Measure::Number)),
    };
    format!("{mode} op {to}")
}
