//! Durations in whole minutes: reading and writing.

use super::error::shown;
use super::read_number::read_number;
use super::{
    MAX_TYPED_BYTES, MINUS, NO_BREAK_SPACE, TypingError, only_digits, trimmed, without_sign,
};
use rust_decimal::Decimal;

/// Longest duration that is accepted, in minutes: about 19 years. What is absurd for a line of an
/// indication is decided there.
pub const MAX_MINUTES: i64 = 9_999_999;

/// Minutes in an hour.
const MINUTES_PER_HOUR: i64 = 60;

/// What a number without a unit counts in, in fields that say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DurationUnit {
    /// Minutes: `150` is 2 hours and 30 minutes.
    Minutes,
    /// Hours: `2,5` is 2 hours and 30 minutes.
    Hours,
}

/// Reads a duration as whole minutes.
///
/// Understood are `2:30`, `2u30`, `2u`, `2 uur`, `2,5 uur`, `2 uur en 30 minuten`, `150 min` and
/// `150 minuten`, with `h` for `u` too, and capitals as small letters. A bare number (`150`) is
/// read in the unit `bare`, which the field names beside itself; with `None` it is asked back.
///
/// # Errors
///
/// [`TypingError::NotWholeMinutes`] if it is no whole number of minutes (`2,51 uur`),
/// [`TypingError::MissingUnit`] for a bare number without `bare`, [`TypingError::Ambiguous`] for
/// `1.500 min`; others for a negative duration, more than [`MAX_MINUTES`], 60 or more minutes
/// behind hours, and what is no duration at all.
///
/// ```
/// use maatwerk::quantity::dutch::{DurationUnit, parse_minutes};
///
/// for typed in ["2:30", "2u30", "2,5 uur", "150 min", "150 minuten", "2 uur en 30 minuten"] {
///     assert_eq!(parse_minutes(typed, None)?, 150);
/// }
/// assert_eq!(parse_minutes("2u", None)?, 120);
/// assert_eq!(parse_minutes("150", Some(DurationUnit::Minutes))?, 150);
/// assert_eq!(parse_minutes("2,5", Some(DurationUnit::Hours))?, 150);
/// assert_eq!(
///     parse_minutes("2,51 uur", None).unwrap_err().message(),
///     "‘2,51 uur’ is 150,6 minuten. Dat is geen heel aantal."
/// );
/// # Ok::<(), maatwerk::quantity::dutch::TypingError>(())
/// ```
pub fn parse_minutes(typed: &str, bare: Option<DurationUnit>) -> Result<i64, TypingError> {
    let text = trimmed(typed);
    if text.is_empty() {
        return Err(TypingError::Empty {
            example: "2:30 of 150 min",
        });
    }
    let not_a_duration = || TypingError::NotADuration {
        typed: shown(typed),
    };
    if text.len() > MAX_TYPED_BYTES {
        return Err(not_a_duration());
    }
    let text = text.to_lowercase();
    let (negative, text) = without_sign(&text);

    let total = if let Some((hours, rest)) = text.split_once(':') {
        clock(typed, hours, rest)?
    } else {
        let pieces = pieces(text).ok_or_else(not_a_duration)?;
        match pieces.as_slice() {
            [Piece::Number(count)] => {
                let unit = bare.ok_or_else(|| TypingError::MissingUnit {
                    typed: shown(typed),
                });
                // A number that is none is the better thing to complain about.
                let value = read_number(typed, false, count)?;
                whole_minutes(typed, value, unit?)?
            }
            [Piece::Number(count), Piece::Word(word)] => {
                let unit = unit_of(word).ok_or_else(not_a_duration)?;
                whole_minutes(typed, read_number(typed, false, count)?, unit)?
            }
            [Piece::Number(hours), Piece::Word(word), Piece::Number(rest)]
                if unit_of(word) == Some(DurationUnit::Hours) =>
            {
                clock(typed, hours, rest)?
            }
            [
                Piece::Number(hours),
                Piece::Word(word),
                between @ ..,
                Piece::Number(rest),
                Piece::Word(last),
            ] if unit_of(word) == Some(DurationUnit::Hours)
                && unit_of(last) == Some(DurationUnit::Minutes)
                && matches!(between, [] | [Piece::Word("en")]) =>
            {
                hours_and_rest(typed, hours, rest)?
            }
            _ => return Err(not_a_duration()),
        }
    };
    if negative && total != 0 {
        return Err(TypingError::NegativeDuration {
            typed: shown(typed),
        });
    }
    if total > MAX_MINUTES {
        return Err(TypingError::DurationTooLong {
            typed: shown(typed),
        });
    }
    Ok(total)
}

/// A run of digits and separators, or a word.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Number(&'a str),
    Word(&'a str),
}

/// Cuts `2 uur en 30 min.` into numbers and words; `None` for any other character.
fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches([' ', NO_BREAK_SPACE]);
        let Some(first) = rest.chars().next() else {
            return Some(found);
        };
        let belongs: fn(char) -> bool = if first.is_ascii_digit() {
            |c| c.is_ascii_digit() || matches!(c, '.' | ',')
        } else if first.is_ascii_alphabetic() {
            |c| c.is_ascii_alphabetic()
        } else {
            return None;
        };
        let end = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (piece, behind) = rest.split_at_checked(end)?;
        if first.is_ascii_digit() {
            found.push(Piece::Number(piece));
            rest = behind;
        } else {
            found.push(Piece::Word(piece));
            rest = behind.strip_prefix('.').unwrap_or(behind);
        }
    }
}

/// The unit that a word stands for.
fn unit_of(word: &str) -> Option<DurationUnit> {
    match word {
        "u" | "uur" | "uren" | "h" => Some(DurationUnit::Hours),
        "m" | "min" | "minuut" | "minuten" => Some(DurationUnit::Minutes),
        _ => None,
    }
}

/// Hours and minutes as on a clock: the minutes have two digits, because `2:5` may mean 2:50.
fn clock(typed: &str, hours: &str, minutes: &str) -> Result<i64, TypingError> {
    if minutes.len() != 2 {
        return Err(TypingError::NotADuration {
            typed: shown(typed),
        });
    }
    hours_and_rest(typed, hours, minutes)
}

/// Whole hours and fewer than sixty minutes.
fn hours_and_rest(typed: &str, hours: &str, minutes: &str) -> Result<i64, TypingError> {
    let not_a_duration = || TypingError::NotADuration {
        typed: shown(typed),
    };
    if !only_digits(hours) || !only_digits(minutes) {
        return Err(not_a_duration());
    }
    let too_long = || TypingError::DurationTooLong {
        typed: shown(typed),
    };
    let minutes: i64 = minutes.parse().map_err(|_| not_a_duration())?;
    if minutes >= MINUTES_PER_HOUR {
        return Err(TypingError::MinutesPastHour {
            typed: shown(typed),
            minutes,
        });
    }
    let hours: i64 = hours.parse().map_err(|_| too_long())?;
    hours
        .checked_mul(MINUTES_PER_HOUR)
        .and_then(|whole| whole.checked_add(minutes))
        .ok_or_else(too_long)
}

/// A decimal number of hours or minutes as whole minutes.
fn whole_minutes(typed: &str, value: Decimal, unit: DurationUnit) -> Result<i64, TypingError> {
    let too_long = || TypingError::DurationTooLong {
        typed: shown(typed),
    };
    let minutes = match unit {
        DurationUnit::Minutes => value,
        DurationUnit::Hours => value
            .checked_mul(Decimal::from(MINUTES_PER_HOUR))
            .ok_or_else(too_long)?,
    }
    .normalize();
    if minutes.scale() != 0 {
        return Err(TypingError::NotWholeMinutes {
            typed: shown(typed),
            minutes,
        });
    }
    i64::try_from(minutes.mantissa()).map_err(|_| too_long())
}

/// Writes minutes as minutes: `174 minuten`, `1 minuut`.
///
/// ```
/// use maatwerk::quantity::dutch::minutes;
///
/// assert_eq!(minutes(174), "174 minuten");
/// assert_eq!(minutes(1), "1 minuut");
/// ```
#[must_use]
pub fn minutes(count: i64) -> String {
    let magnitude = count.unsigned_abs();
    let unit = if magnitude == 1 { "minuut" } else { "minuten" };
    format!("{}{magnitude} {unit}", sign(count))
}

/// Writes minutes as hours and minutes: `2 uur en 54 minuten`, `3 uur`, `45 minuten`.
///
/// ```
/// use maatwerk::quantity::dutch::hours_and_minutes;
///
/// assert_eq!(hours_and_minutes(174), "2 uur en 54 minuten");
/// assert_eq!(hours_and_minutes(180), "3 uur");
/// assert_eq!(hours_and_minutes(61), "1 uur en 1 minuut");
/// assert_eq!(hours_and_minutes(0), "0 minuten");
/// ```
#[must_use]
pub fn hours_and_minutes(count: i64) -> String {
    let magnitude = count.unsigned_abs();
    let (hours, rest) = (magnitude / 60, magnitude % 60);
    let unit = if rest == 1 { "minuut" } else { "minuten" };
    let sign = sign(count);
    match (hours, rest) {
        (0, rest) => format!("{sign}{rest} {unit}"),
        (hours, 0) => format!("{sign}{hours} uur"),
        (hours, rest) => format!("{sign}{hours} uur en {rest} {unit}"),
    }
}

/// A minus for what lies below zero.
fn sign(count: i64) -> String {
    if count < 0 {
        MINUS.to_string()
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_are_read_in_every_usual_form() {
        for (typed, expected) in [
            ("2:30", 150),
            ("0:45", 45),
            ("02:05", 125),
            ("100:00", 6000),
            ("2u30", 150),
            ("2U30", 150),
            ("2h30", 150),
            ("2 u 30", 150),
            ("2u", 120),
            ("2 uur", 120),
            ("2 uren", 120),
            ("2,5 uur", 150),
            ("2.5 uur", 150),
            ("2,5u", 150),
            ("0,1 uur", 6),
            ("2,55 uur", 153),
            ("150 min", 150),
            ("150 min.", 150),
            ("150min", 150),
            ("150 minuten", 150),
            ("150,0 minuten", 150),
            ("1 minuut", 1),
            ("2 uur 30 min", 150),
            ("2 uur en 30 minuten", 150),
            ("2\u{a0}uur en 5\u{a0}minuten", 125),
            ("2u30m", 150),
            ("  2:30  ", 150),
            ("+2:30", 150),
            ("-0:00", 0),
            ("9999999 min", MAX_MINUTES),
        ] {
            assert_eq!(parse_minutes(typed, None), Ok(expected), "{typed}");
        }
    }

    #[test]
    fn a_bare_number_counts_in_the_unit_of_its_field_or_is_asked_back() {
        assert_eq!(parse_minutes("150", Some(DurationUnit::Minutes)), Ok(150));
        assert_eq!(parse_minutes("2,5", Some(DurationUnit::Hours)), Ok(150));
        assert_eq!(parse_minutes("150 min", Some(DurationUnit::Hours)), Ok(150));
        let error = parse_minutes("150", None).unwrap_err();
        assert_eq!(
            error,
            TypingError::MissingUnit {
                typed: "150".to_owned()
            }
        );
        assert_eq!(error.hint(), "Typ 150 uur of 150 min.");
    }

    #[test]
    fn what_is_no_whole_number_of_minutes_says_how_many_it_is() {
        for (typed, minutes) in [
            ("2,51 uur", "150.6"),
            ("0,3333 uur", "19.998"),
            ("2,5 min", "2.5"),
            ("0.125 uur", "7.500"),
        ] {
            let expected = TypingError::NotWholeMinutes {
                typed: typed.to_owned(),
                minutes: Decimal::from_str_exact(minutes).unwrap(),
            };
            assert_eq!(parse_minutes(typed, None), Err(expected));
        }
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for typed in [
            "2:5",
            "2:305",
            ":30",
            "2:",
            "2::30",
            "2:30:00",
            "2,5:30",
            "2u5",
            "2,5u30",
            "2 uur 5",
            "uur",
            "min",
            "twee uur",
            "2 dagen",
            "2 uur en",
            "en 2 uur",
            "2 uur en en 5 min",
            "30 min 2 uur",
            "2 min 30",
            "1 500 min",
            "2 uur 30 uur",
            "2:30 uur",
            "٢:30",
            "2;30",
            "--2:30",
            "1/2 uur",
        ] {
            assert!(
                matches!(
                    parse_minutes(typed, None),
                    Err(TypingError::NotADuration { .. })
                ),
                "{typed}: {:?}",
                parse_minutes(typed, None)
            );
        }
        assert!(matches!(
            parse_minutes("", None),
            Err(TypingError::Empty { .. })
        ));
        assert!(matches!(
            parse_minutes("1.500 min", None),
            Err(TypingError::Ambiguous { .. })
        ));
        assert!(matches!(
            parse_minutes("1.500", None),
            Err(TypingError::Ambiguous { .. })
        ));
        assert!(matches!(
            parse_minutes("1.23.4 uur", None),
            Err(TypingError::MisplacedSeparator { .. })
        ));
        assert!(matches!(
            parse_minutes("2:60", None),
            Err(TypingError::MinutesPastHour { minutes: 60, .. })
        ));
        assert!(matches!(
            parse_minutes("2 uur en 90 min", None),
            Err(TypingError::MinutesPastHour { .. })
        ));
        assert!(matches!(
            parse_minutes("-2:30", None),
            Err(TypingError::NegativeDuration { .. })
        ));
        assert!(matches!(
            parse_minutes("\u{2212}30 min", None),
            Err(TypingError::NegativeDuration { .. })
        ));
        for typed in [
            "10000000 min",
            "999999999999999 uur",
            "99999999999999999999:00",
            "200000:00",
        ] {
            assert!(
                matches!(
                    parse_minutes(typed, None),
                    Err(TypingError::DurationTooLong { .. })
                ),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_duration_is_written_in_the_singular_and_the_plural() {
        assert_eq!(hours_and_minutes(60), "1 uur");
        assert_eq!(hours_and_minutes(59), "59 minuten");
        assert_eq!(hours_and_minutes(1), "1 minuut");
        assert_eq!(hours_and_minutes(-61), "\u{2212}1 uur en 1 minuut");
        assert_eq!(minutes(0), "0 minuten");
        assert_eq!(minutes(-5), "\u{2212}5 minuten");
        assert_eq!(minutes(i64::MIN), "\u{2212}9223372036854775808 minuten");
    }

    proptest! {
        #[test]
        fn a_printed_duration_reads_back_as_itself(count in 0..=MAX_MINUTES) {
            prop_assert_eq!(parse_minutes(&minutes(count), None), Ok(count));
            prop_assert_eq!(parse_minutes(&hours_and_minutes(count), None), Ok(count));
            let clock = format!("{}:{:02}", count / 60, count % 60);
            prop_assert_eq!(parse_minutes(&clock, None), Ok(count));
        }

        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in any::<String>()) {
            let _ = parse_minutes(&text, Some(DurationUnit::Minutes)).map_err(|error| error.to_string());
        }

        #[test]
        fn any_mix_of_numbers_and_units_stays_in_range(text in "[-+]?[0-9]{0,12}[ :.,]?(u|uur|min| en )?[0-9]{0,4}(min)?") {
            if let Ok(count) = parse_minutes(&text, Some(DurationUnit::Hours)) {
                prop_assert!((0..=MAX_MINUTES).contains(&count));
            }
        }
    }
}
