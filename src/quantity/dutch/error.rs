//! Why a typed text was not understood, in Dutch, with what to do about it.

use super::{FIRST_YEAR, LAST_YEAR, month_name, number};
use super::{MAX_DECIMALS, MAX_MINUTES, MAX_WHOLE_DIGITS};
use rust_decimal::Decimal;
use std::fmt;

/// Characters of the typed text that a message repeats.
const SHOWN_CHARACTERS: usize = 40;

/// Why a typed amount, percentage, duration or date was not taken.
///
/// [`message`](TypingError::message) says what is the matter, [`hint`](TypingError::hint) what to
/// type instead; printed as a whole it reads as both. The field `typed` holds what was typed,
/// without spaces around it and cut at 40 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypingError {
    /// Nothing was typed.
    Empty {
        /// A text that would have been understood.
        example: &'static str,
    },
    /// A point with exactly three digits behind it: `1.234` is 1234 or 1,234.
    ///
    /// The two readings are those of the number alone, with its sign; a unit typed behind it is
    /// not applied. [`TypingError::readings`] gives both as texts that can be typed.
    Ambiguous {
        /// What was typed.
        typed: String,
        /// The value if the point separates thousands.
        thousands: Decimal,
        /// The value if the point is a decimal sign.
        decimals: Decimal,
    },
    /// A character that has no place in a number: a letter, `_`, a digit of another script.
    UnexpectedCharacter {
        /// What was typed.
        typed: String,
        /// The first character that does not belong there.
        character: char,
    },
    /// A space between the digits.
    SpaceInside {
        /// What was typed.
        typed: String,
    },
    /// No digit where one must stand: `€`, `-`, `12,` or `,5`.
    MissingDigits {
        /// What was typed.
        typed: String,
    },
    /// Points or commas at places where neither thousands nor decimals put them: `1.23.4`.
    MisplacedSeparator {
        /// What was typed.
        typed: String,
    },
    /// More digits than [`MAX_WHOLE_DIGITS`] before or [`MAX_DECIMALS`] behind the comma.
    TooManyDigits {
        /// What was typed.
        typed: String,
    },
    /// A text that is no duration.
    NotADuration {
        /// What was typed.
        typed: String,
    },
    /// A bare number where hours and minutes are both possible.
    MissingUnit {
        /// What was typed.
        typed: String,
    },
    /// Sixty or more minutes behind the hours: `2:75`.
    MinutesPastHour {
        /// What was typed.
        typed: String,
        /// The minutes that were typed behind the hours.
        minutes: i64,
    },
    /// A duration that is no whole number of minutes: `2,51 uur` is 150,6 minutes.
    NotWholeMinutes {
        /// What was typed.
        typed: String,
        /// The duration in minutes, exact.
        minutes: Decimal,
    },
    /// A duration below zero.
    NegativeDuration {
        /// What was typed.
        typed: String,
    },
    /// More than [`MAX_MINUTES`].
    DurationTooLong {
        /// What was typed.
        typed: String,
    },
    /// A text that is no date.
    NotADate {
        /// What was typed.
        typed: String,
    },
    /// A year of two digits: 26 may be 1926 or 2026.
    TwoDigitYear {
        /// What was typed.
        typed: String,
    },
    /// A year before [`FIRST_YEAR`] or after [`LAST_YEAR`]: nearly always a slip of the finger.
    YearOutOfRange {
        /// What was typed.
        typed: String,
        /// The year that was typed.
        year: i16,
    },
    /// A month that does not exist.
    NoSuchMonth {
        /// What was typed.
        typed: String,
        /// The month that was typed.
        month: i8,
    },
    /// A day that this month does not have.
    NoSuchDay {
        /// What was typed.
        typed: String,
        /// The day that was typed.
        day: i8,
        /// The month, 1 to 12.
        month: i8,
        /// The year.
        year: i16,
        /// How many days this month has in this year.
        last_day: i8,
    },
}

impl TypingError {
    /// What is the matter, in one Dutch sentence.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Empty { .. } => "Er is niets ingevuld.".to_owned(),
            Self::Ambiguous { typed, .. } => {
                format!(
                    "‘{typed}’ kan twee dingen betekenen: de punt kan voor duizend staan of voor de komma."
                )
            }
            Self::UnexpectedCharacter { typed, character } => {
                format!(
                    "In ‘{typed}’ staat ‘{}’. Dat hoort niet in een getal.",
                    visible(*character)
                )
            }
            Self::SpaceInside { typed } => {
                format!("In ‘{typed}’ staat een spatie tussen de cijfers.")
            }
            Self::MissingDigits { typed } => format!("In ‘{typed}’ ontbreekt een cijfer."),
            Self::MisplacedSeparator { typed } => {
                format!("In ‘{typed}’ staan de punten en komma’s niet op een gewone plaats.")
            }
            Self::TooManyDigits { typed } => format!("‘{typed}’ heeft te veel cijfers."),
            Self::NotADuration { typed } => format!("‘{typed}’ is geen duur."),
            Self::MissingUnit { typed } => {
                format!("Bij ‘{typed}’ staat niet of het uren of minuten zijn.")
            }
            Self::MinutesPastHour { typed, minutes } => {
                format!(
                    "In ‘{typed}’ staan {minutes} minuten achter de uren. Een uur heeft 60 minuten."
                )
            }
            Self::NotWholeMinutes { typed, minutes } => {
                format!(
                    "‘{typed}’ is {} minuten. Dat is geen heel aantal.",
                    number(*minutes)
                )
            }
            Self::NegativeDuration { typed } => format!("‘{typed}’ is minder dan nul."),
            Self::DurationTooLong { typed } => {
                format!("‘{typed}’ is te lang: het maximum is {MAX_MINUTES} minuten.")
            }
            Self::NotADate { typed } => format!("‘{typed}’ is geen datum."),
            Self::TwoDigitYear { typed } => {
                format!("In ‘{typed}’ heeft het jaar geen vier cijfers.")
            }
            Self::YearOutOfRange { typed, year } => format!("In ‘{typed}’ staat het jaar {year}."),
            Self::NoSuchMonth { typed, month } => {
                format!("In ‘{typed}’ staat maand {month}. Die bestaat niet.")
            }
            Self::NoSuchDay {
                typed,
                month,
                year,
                last_day,
                ..
            } => {
                let name = month_name(*month);
                let why = if *month == 2 && *last_day == 28 {
                    ", want het is geen schrikkeljaar"
                } else {
                    ""
                };
                format!(
                    "De datum ‘{typed}’ bestaat niet: {name} {year} heeft {last_day} dagen{why}."
                )
            }
        }
    }

    /// What to do about it, in one or two Dutch sentences.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::Empty { example } => format!("Typ bijvoorbeeld {example}."),
            Self::Ambiguous { .. } => match self.readings() {
                Some((thousands, decimals)) => format!("Bedoelt u {thousands} of {decimals}? Typ het zo."),
                None => String::new(),
            },
            Self::UnexpectedCharacter { .. } => {
                "Gebruik alleen cijfers, met een komma voor de decimalen, zoals 1234,56.".to_owned()
            }
            Self::SpaceInside { .. } => "Typ het getal zonder spaties, zoals 1234,56.".to_owned(),
            Self::MissingDigits { .. } => {
                "Zet voor en achter de komma minstens één cijfer, zoals 0,50.".to_owned()
            }
            Self::MisplacedSeparator { .. } => {
                "Typ één komma voor de decimalen, en geen of alle punten voor de duizendtallen: 1234,56 of 1.234,56."
                    .to_owned()
            }
            Self::TooManyDigits { .. } => format!(
                "Typ ten hoogste {MAX_WHOLE_DIGITS} cijfers voor de komma en {MAX_DECIMALS} erachter."
            ),
            Self::NotADuration { .. } | Self::DurationTooLong { .. } => {
                "Typ bijvoorbeeld 2:30, 2u30, 2,5 uur of 150 min.".to_owned()
            }
            Self::MissingUnit { typed } => format!("Typ {typed} uur of {typed} min."),
            Self::MinutesPastHour { minutes, .. } => {
                format!("Typ minder dan 60 minuten achter de uren, of alleen minuten, zoals {minutes} min.")
            }
            Self::NotWholeMinutes { .. } => {
                "Typ hele minuten, zoals 2:30 of 150 min.".to_owned()
            }
            Self::NegativeDuration { .. } => "Typ een duur van nul of meer, zoals 0:30.".to_owned(),
            Self::NotADate { .. } => {
                "Typ dag, maand en jaar, zoals 2-3-2026, 02032026 of 2 maart 2026.".to_owned()
            }
            Self::TwoDigitYear { .. } => "Typ het jaar met vier cijfers, zoals 2-3-2026.".to_owned(),
            Self::YearOutOfRange { .. } => {
                format!("Typ een jaar van {FIRST_YEAR} tot en met {LAST_YEAR}.")
            }
            Self::NoSuchMonth { .. } => {
                "Typ eerst de dag en dan de maand, zoals 2-3-2026 voor 2 maart 2026.".to_owned()
            }
            Self::NoSuchDay { last_day, .. } => format!("Typ een dag van 1 tot en met {last_day}."),
        }
    }

    /// Both readings of an ambiguous text, thousands first, each as a text to type instead.
    ///
    /// Everything around the number stays, so that the screen can offer the two as buttons and
    /// parse the chosen one again. `None` for every other error.
    ///
    /// ```
    /// use maatwerk::quantity::dutch::parse_minutes;
    ///
    /// let error = parse_minutes("1.500 min", None).unwrap_err();
    /// assert_eq!(error.readings(), Some(("1500 min".to_owned(), "1,500 min".to_owned())));
    /// ```
    #[must_use]
    pub fn readings(&self) -> Option<(String, String)> {
        match self {
            Self::Ambiguous { typed, .. } => {
                Some((typed.replacen('.', "", 1), typed.replacen('.', ",", 1)))
            }
            _ => None,
        }
    }
}

impl fmt::Display for TypingError {
    /// Message and hint, one after the other.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.message(), self.hint())
    }
}

impl std::error::Error for TypingError {}

/// What a message repeats of a typed text: at most 40 characters, without control characters.
pub(super) fn shown(typed: &str) -> String {
    let mut characters = super::trimmed(typed).chars().map(visible);
    let mut text: String = characters.by_ref().take(SHOWN_CHARACTERS).collect();
    if characters.next().is_some() {
        text.push('…');
    }
    text
}

/// A character that can stand in a message: controls would break the line.
fn visible(character: char) -> char {
    if character.is_control() {
        '\u{fffd}'
    } else {
        character
    }
}

#[cfg(test)]
mod tests {
    use crate::quantity::dutch::{parse_amount, parse_date, parse_minutes};

    #[test]
    fn a_message_repeats_at_most_forty_characters_and_no_control_character() {
        let error = parse_amount(&"x".repeat(10_000)).unwrap_err();
        assert!(error.to_string().chars().count() < 200, "{error}");
        let error = parse_date("2\n3").unwrap_err();
        assert!(!error.to_string().contains('\n'), "{error}");
    }

    #[test]
    fn every_error_says_what_is_wrong_and_what_to_type() {
        let errors = [
            parse_amount("").unwrap_err(),
            parse_amount("1.234").unwrap_err(),
            parse_amount("1e3").unwrap_err(),
            parse_amount("1 2").unwrap_err(),
            parse_amount("€").unwrap_err(),
            parse_amount("1.23.4").unwrap_err(),
            parse_amount("1234567890123456").unwrap_err(),
            parse_minutes("morgen", None).unwrap_err(),
            parse_minutes("150", None).unwrap_err(),
            parse_minutes("2:75", None).unwrap_err(),
            parse_minutes("2,51 uur", None).unwrap_err(),
            parse_minutes("-5 min", None).unwrap_err(),
            parse_minutes("99999999 min", None).unwrap_err(),
            parse_date("gisteren").unwrap_err(),
            parse_date("2-3-26").unwrap_err(),
            parse_date("2-3-3026").unwrap_err(),
            parse_date("2-13-2026").unwrap_err(),
            parse_date("31-4-2026").unwrap_err(),
        ];
        for error in errors {
            assert!(error.message().ends_with('.'), "{error:?}");
            assert!(error.hint().ends_with('.'), "{error:?}");
            assert_eq!(
                error.to_string(),
                format!("{} {}", error.message(), error.hint())
            );
        }
    }
}
