//! Dates: reading and writing.

use super::error::shown;
use super::{MAX_TYPED_BYTES, TypingError, only_digits, trimmed};
use jiff::civil::Date;

/// First year that can be typed; the oldest clients were born after it.
pub const FIRST_YEAR: i16 = 1900;

/// Last year that can be typed.
pub const LAST_YEAR: i16 = 2199;

/// The months as they are written, January first.
const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// Reads a date.
///
/// Understood are day, month and year with `-`, `/` or `.` between them (`2-3-2026`,
/// `02/03/2026`), eight digits (`02032026`), the month as a word or its usual short form
/// (`2 maart 2026`, `2 mrt 2026`), and year, month and day as computers write it (`2026-03-02`).
///
/// # Errors
///
/// [`TypingError::TwoDigitYear`] for `2-3-26`, because the century is a guess;
/// [`TypingError::NoSuchDay`] and [`TypingError::NoSuchMonth`] for a date that does not exist, with
/// the reason; [`TypingError::YearOutOfRange`] outside [`FIRST_YEAR`] to [`LAST_YEAR`];
/// [`TypingError::NotADate`] for anything else.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::quantity::dutch::parse_date;
///
/// for typed in ["2-3-2026", "02-03-2026", "02032026", "2/3/2026", "2 maart 2026", "2026-03-02"] {
///     assert_eq!(parse_date(typed)?, date(2026, 3, 2));
/// }
/// assert_eq!(
///     parse_date("29-2-2026").unwrap_err().message(),
///     "De datum ‘29-2-2026’ bestaat niet: februari 2026 heeft 28 dagen, want het is geen schrikkeljaar."
/// );
/// # Ok::<(), maatwerk::quantity::dutch::TypingError>(())
/// ```
pub fn parse_date(typed: &str) -> Result<Date, TypingError> {
    let text = trimmed(typed);
    if text.is_empty() {
        return Err(TypingError::Empty {
            example: "2-3-2026",
        });
    }
    let not_a_date = || TypingError::NotADate {
        typed: shown(typed),
    };
    if text.len() > MAX_TYPED_BYTES {
        return Err(not_a_date());
    }
    if only_digits(text) {
        let (day, rest) = text.split_at_checked(2).ok_or_else(not_a_date)?;
        let (month, year) = rest.split_at_checked(2).ok_or_else(not_a_date)?;
        return from_texts(typed, day, month, year);
    }
    if text.chars().any(char::is_alphabetic) {
        let mut words = text.split_whitespace();
        return match (words.next(), words.next(), words.next(), words.next()) {
            (Some(day), Some(name), Some(year), None) => {
                let month = month_by_name(name).ok_or_else(not_a_date)?;
                from_texts(typed, day, &month.to_string(), year)
            }
            _ => Err(not_a_date()),
        };
    }
    let separator = text
        .chars()
        .find(|c| matches!(c, '-' | '/' | '.'))
        .ok_or_else(not_a_date)?;
    let mut parts = text.split(separator);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day), None) if year.len() == 4 => {
            from_texts(typed, day, month, year)
        }
        (Some(day), Some(month), Some(year), None) => from_texts(typed, day, month, year),
        _ => Err(not_a_date()),
    }
}

/// The date of three texts of digits, or the reason why there is none.
fn from_texts(typed: &str, day: &str, month: &str, year: &str) -> Result<Date, TypingError> {
    let not_a_date = || TypingError::NotADate {
        typed: shown(typed),
    };
    if ![day, month, year].into_iter().all(only_digits) || day.len() > 2 || month.len() > 2 {
        return Err(not_a_date());
    }
    match year.len() {
        4 => {}
        2 => {
            return Err(TypingError::TwoDigitYear {
                typed: shown(typed),
            });
        }
        _ => return Err(not_a_date()),
    }
    let day: i8 = day.parse().map_err(|_| not_a_date())?;
    let month: i8 = month.parse().map_err(|_| not_a_date())?;
    let year: i16 = year.parse().map_err(|_| not_a_date())?;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
        return Err(TypingError::YearOutOfRange {
            typed: shown(typed),
            year,
        });
    }
    let Ok(first) = Date::new(year, month, 1) else {
        return Err(TypingError::NoSuchMonth {
            typed: shown(typed),
            month,
        });
    };
    Date::new(year, month, day).map_err(|_| TypingError::NoSuchDay {
        typed: shown(typed),
        day,
        month,
        year,
        last_day: first.days_in_month(),
    })
}

/// The month that a word stands for: its name, or a short form with or without a point.
fn month_by_name(word: &str) -> Option<i8> {
    let word = word.to_lowercase();
    let word = word.strip_suffix('.').unwrap_or(&word);
    let position = MONTHS
        .iter()
        .position(|name| *name == word)
        .or(match word {
            "jan" => Some(0),
            "feb" | "febr" => Some(1),
            "mrt" => Some(2),
            "apr" => Some(3),
            "jun" => Some(5),
            "jul" => Some(6),
            "aug" => Some(7),
            "sep" | "sept" => Some(8),
            "okt" => Some(9),
            "nov" => Some(10),
            "dec" => Some(11),
            _ => None,
        })?;
    i8::try_from(position).ok()?.checked_add(1)
}

/// The name of a month, 1 to 12: `maart`. Any other number gives an empty text.
///
/// ```
/// assert_eq!(maatwerk::quantity::dutch::month_name(3), "maart");
/// ```
#[must_use]
pub fn month_name(month: i8) -> &'static str {
    let position = month
        .checked_sub(1)
        .and_then(|zero_based| usize::try_from(zero_based).ok());
    position
        .and_then(|position| MONTHS.get(position))
        .copied()
        .unwrap_or("")
}

/// Writes a date in figures, without zeros in front: `2-3-2026`.
///
/// ```
/// use jiff::civil::date;
///
/// assert_eq!(maatwerk::quantity::dutch::date_short(date(2026, 3, 2)), "2-3-2026");
/// ```
#[must_use]
pub fn date_short(date: Date) -> String {
    format!("{}-{}-{}", date.day(), date.month(), date.year())
}

/// Writes a date in full, as in letters: `2 maart 2026`.
///
/// ```
/// use jiff::civil::date;
///
/// assert_eq!(maatwerk::quantity::dutch::date_long(date(2026, 3, 2)), "2 maart 2026");
/// ```
#[must_use]
pub fn date_long(date: Date) -> String {
    format!(
        "{} {} {}",
        date.day(),
        month_name(date.month()),
        date.year()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for typed in [
            "2-3-2026",
            "02-03-2026",
            "2-03-2026",
            "02032026",
            "2/3/2026",
            "2.3.2026",
            "2 maart 2026",
            "02 Maart 2026",
            "2 MAART 2026",
            "2  mrt  2026",
            "2 mrt. 2026",
            "2\u{a0}maart\u{a0}2026",
            "2026-03-02",
            "2026-3-2",
            "2026/03/02",
            "  2-3-2026 ",
        ] {
            assert_eq!(parse_date(typed), Ok(date(2026, 3, 2)), "{typed}");
        }
        assert_eq!(parse_date("29-2-2028"), Ok(date(2028, 2, 29)));
        assert_eq!(parse_date("29-2-2000"), Ok(date(2000, 2, 29)));
        assert_eq!(parse_date("1-1-1900"), Ok(date(1900, 1, 1)));
        assert_eq!(parse_date("31-12-2199"), Ok(date(2199, 12, 31)));
        for (position, short) in [
            "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
        ]
        .iter()
        .enumerate()
        {
            let month = i8::try_from(position + 1).unwrap();
            assert_eq!(
                parse_date(&format!("5 {short} 2026")),
                Ok(date(2026, month, 5))
            );
        }
    }

    #[test]
    fn a_date_that_does_not_exist_says_why() {
        for (typed, expected) in [
            (
                "31-4-2026",
                "De datum ‘31-4-2026’ bestaat niet: april 2026 heeft 30 dagen.",
            ),
            (
                "30-2-2028",
                "De datum ‘30-2-2028’ bestaat niet: februari 2028 heeft 29 dagen.",
            ),
            (
                "29-2-2100",
                "De datum ‘29-2-2100’ bestaat niet: februari 2100 heeft 28 dagen, want het is geen schrikkeljaar.",
            ),
            (
                "0-3-2026",
                "De datum ‘0-3-2026’ bestaat niet: maart 2026 heeft 31 dagen.",
            ),
            (
                "3-13-2026",
                "In ‘3-13-2026’ staat maand 13. Die bestaat niet.",
            ),
            ("3-0-2026", "In ‘3-0-2026’ staat maand 0. Die bestaat niet."),
            ("20260302", "In ‘20260302’ staat het jaar 302."),
            ("2-3-0026", "In ‘2-3-0026’ staat het jaar 26."),
            ("2-3-1899", "In ‘2-3-1899’ staat het jaar 1899."),
            ("2-3-2200", "In ‘2-3-2200’ staat het jaar 2200."),
        ] {
            assert_eq!(parse_date(typed).unwrap_err().message(), expected);
        }
    }

    #[test]
    fn a_year_of_two_digits_is_refused_because_the_century_is_a_guess() {
        for typed in ["2-3-26", "02/03/26", "2 maart 26", "020326", "1-5-41"] {
            let error = parse_date(typed).unwrap_err();
            assert_eq!(
                error,
                TypingError::TwoDigitYear {
                    typed: typed.to_owned()
                }
            );
            assert_eq!(
                error.hint(),
                "Typ het jaar met vier cijfers, zoals 2-3-2026."
            );
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for typed in [
            "2-3",
            "2-3-2026-1",
            "2-3/2026",
            "2--2026",
            "-2-3-2026",
            "2 - 3 - 2026",
            "2-3-20266",
            "2-3-202",
            "maart 2026",
            "2 maart",
            "2 march 2026",
            "2 maart 2026 om 3",
            "maandag 2 maart 2026",
            "2-mrt-2026",
            "12345",
            "1234567",
            "123456789",
            "1",
            "２-3-2026",
            "٢-3-2026",
            "vandaag",
            "2e maart 2026",
            "2:3:2026",
            "100-1-2026",
            "1-100-2026",
        ] {
            assert!(
                matches!(parse_date(typed), Err(TypingError::NotADate { .. })),
                "{typed}: {:?}",
                parse_date(typed)
            );
        }
        assert!(matches!(parse_date(" "), Err(TypingError::Empty { .. })));
    }

    #[test]
    fn a_month_outside_the_year_has_no_name() {
        for month in [i8::MIN, -1, 0, 13, i8::MAX] {
            assert_eq!(month_name(month), "");
        }
    }

    proptest! {
        #[test]
        fn a_printed_date_reads_back_as_itself(year in FIRST_YEAR..=LAST_YEAR, day in 0_i16..=365) {
            let value = date(year, 1, 1).checked_add(jiff::Span::new().days(day)).unwrap();
            prop_assume!(value.year() <= LAST_YEAR);
            prop_assert_eq!(parse_date(&date_short(value)), Ok(value));
            prop_assert_eq!(parse_date(&date_long(value)), Ok(value));
            prop_assert_eq!(parse_date(&value.to_string()), Ok(value));
            let digits = format!("{:02}{:02}{:04}", value.day(), value.month(), value.year());
            prop_assert_eq!(parse_date(&digits), Ok(value));
        }

        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in any::<String>()) {
            let _ = parse_date(&text).map_err(|error| error.to_string());
        }

        #[test]
        fn any_three_figures_are_a_date_or_an_error(text in "[0-9]{1,4}[-/. ][0-9]{1,3}[-/. ][0-9]{1,5}") {
            let _ = parse_date(&text).map_err(|error| error.to_string());
        }
    }
}
