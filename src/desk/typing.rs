//! What a typed text means: dates, amounts and durations by the rules of [`dutch`], for the parsers of fields.
//!
//! An empty text is no value; whether one is needed is a problem of the document, not of the typing.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::editing::Rejected;
use crate::quantity::dutch::{self, DurationUnit, TypingError};

impl From<TypingError> for Rejected {
    fn from(error: TypingError) -> Self {
        let proposals = error
            .readings()
            .map_or_else(Vec::new, |(thousands, decimals)| vec![thousands, decimals]);
        Self {
            message: error.to_string(),
            proposals,
        }
    }
}

/// `None` for an empty text, else what `parse` makes of it.
fn optional<T>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, TypingError>,
) -> Result<Option<T>, Rejected> {
    if text.trim().is_empty() {
        Ok(None)
    } else {
        Ok(Some(parse(text)?))
    }
}

/// A date such as `2-3-2026`, or none.
///
/// # Errors
/// When the text is no date that exists.
pub fn date(text: &str) -> Result<Option<Date>, Rejected> {
    optional(text, dutch::parse_date)
}

/// A date that must be there.
///
/// # Errors
/// When the text is empty or no date that exists.
pub fn needed_date(text: &str) -> Result<Date, Rejected> {
    Ok(dutch::parse_date(text)?)
}

/// A number or amount such as `1.234,56`, or none.
///
/// # Errors
/// When the text is no number, or one with two readings; it then proposes both.
pub fn amount(text: &str) -> Result<Option<Decimal>, Rejected> {
    optional(text, dutch::parse_amount)
}

/// A duration such as `2:30`, `2u30`, `2,5 uur` or `150 min`, in minutes, or none. A bare number counts in `bare`.
///
/// # Errors
/// When the text is no duration of whole minutes.
pub fn minutes(text: &str, bare: DurationUnit) -> Result<Option<i64>, Rejected> {
    optional(text, |text| dutch::parse_minutes(text, Some(bare)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ambiguous_number_proposes_texts_that_are_accepted() {
        let rejected = amount("1.234").unwrap_err();
        assert_eq!(rejected.proposals, ["1234", "1,234"]);
        for proposal in &rejected.proposals {
            assert!(amount(proposal).is_ok(), "{proposal}");
        }
    }

    #[test]
    fn an_empty_text_is_no_value() {
        assert_eq!(date("  "), Ok(None));
        assert_eq!(amount(""), Ok(None));
        assert_eq!(minutes("", DurationUnit::Minutes), Ok(None));
        assert!(needed_date("").is_err());
    }

    #[test]
    fn a_duration_is_read_in_each_way_of_writing_it() {
        for text in ["2:30", "2u30", "2,5 uur", "150 min", "150"] {
            assert_eq!(
                minutes(text, DurationUnit::Minutes),
                Ok(Some(150)),
                "{text}"
            );
        }
    }
}
