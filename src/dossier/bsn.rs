//! The citizen service number (burgerservicenummer, BSN).
//!
//! A value of type [`Bsn`] has passed the check; it shows itself only to who asks for its digits, so that it does not
//! slip into a log or a message.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// A BSN that passes the eleven-check: nine digits, weights 9 8 7 6 5 4 3 2 −1, sum divisible by 11, not all zero
/// (Wet algemene bepalingen burgerservicenummer; the check as in the official iWmo rules).
///
/// In a document it is text of nine digits. There is no `Display`, and `Debug` hides the digits: use [`Bsn::digits`].
///
/// ```
/// use maatwerk::dossier::bsn::Bsn;
/// let bsn = Bsn::parse("999993653").unwrap();
/// assert_eq!(bsn.digits(), "999993653");
/// assert_eq!(format!("{bsn:?}"), "Bsn(*********)");
/// assert!(Bsn::parse("123456789").is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bsn(u32);

/// Why a text is not a BSN, in Dutch; never with the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BsnError {
    /// Something else than digits, spaces and dots.
    #[error("het BSN heeft een teken dat geen cijfer is. Vul alleen cijfers in.")]
    NotDigits,
    /// Not eight or nine digits.
    #[error(
        "het BSN heeft {0} cijfers. Een BSN heeft 9 cijfers; kijk het na op het identiteitsbewijs."
    )]
    Length(usize),
    /// Fails the eleven-check, or is all zeros.
    #[error(
        "dit is geen geldig BSN: de cijfers kloppen niet met elkaar. Kijk het na op het identiteitsbewijs."
    )]
    Check,
}

impl Bsn {
    /// Reads a BSN as typed: nine digits, or eight (the leading zero is added); spaces and dots between them are
    /// passed over.
    pub fn parse(text: &str) -> Result<Self, BsnError> {
        let mut value = 0_u32;
        let mut count = 0_usize;
        for character in text.trim().chars().filter(|c| !matches!(c, ' ' | '.')) {
            let digit = character.to_digit(10).ok_or(BsnError::NotDigits)?;
            count = count.saturating_add(1);
            value = value.saturating_mul(10).saturating_add(digit);
        }
        if !(8..=9).contains(&count) {
            return Err(BsnError::Length(count));
        }
        if value == 0 || !passes_eleven_check(value) {
            return Err(BsnError::Check);
        }
        Ok(Bsn(value))
    }

    /// The nine digits.
    pub fn digits(&self) -> String {
        format!("{:09}", self.0)
    }

    /// Whether the number lies in the range 9999xxxxx that is kept for test data and belongs to nobody (test set of the
    /// BRP).
    pub fn is_test(&self) -> bool {
        self.0 / 100_000 == 9_999
    }
}

/// Weights 2 to 9 from the last digit but one to the first, and −1 for the last.
fn passes_eleven_check(value: u32) -> bool {
    let mut rest = value / 10;
    let mut sum = 0_u32;
    for weight in 2..=9_u32 {
        sum = sum.saturating_add(weight.saturating_mul(rest % 10));
        rest /= 10;
    }
    // The last digit is at most 9 and −1 is 10 modulo 11: no negative numbers needed.
    sum.saturating_add((value % 10).saturating_mul(10))
        .is_multiple_of(11)
}

impl fmt::Debug for Bsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bsn(*********)")
    }
}

impl Serialize for Bsn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.digits())
    }
}

impl<'de> Deserialize<'de> for Bsn {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Bsn::parse(&text).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        digits: String,
        valid: bool,
        test: bool,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rows {
        #[expect(dead_code, reason = "stands in the file for who reads it")]
        source: String,
        rows: Vec<Row>,
    }

    #[test]
    fn every_published_test_value_passes_or_fails_as_published() {
        let bytes = include_bytes!("../../fixtures/published/bsn.ron");
        let table: Rows = document::read("bsn.ron", bytes).expect("fixture");
        for row in table.rows {
            let bsn = Bsn::parse(&row.digits);
            assert_eq!(bsn.is_ok(), row.valid, "{}", row.digits);
            assert_eq!(
                bsn.is_ok_and(|bsn| bsn.is_test()),
                row.test,
                "{}",
                row.digits
            );
        }
    }

    #[test]
    fn eight_digits_get_their_leading_zero_and_spaces_and_dots_are_passed_over() {
        assert_eq!(
            Bsn::parse("12345672").map(|bsn| bsn.digits()),
            Ok("012345672".to_owned())
        );
        assert_eq!(
            Bsn::parse(" 9999.93.653 ").map(|bsn| bsn.digits()),
            Ok("999993653".to_owned())
        );
    }

    #[test]
    fn what_is_not_a_number_of_nine_digits_is_told_apart() {
        let rows = [
            ("", BsnError::Length(0)),
            ("1234567", BsnError::Length(7)),
            ("9999936530", BsnError::Length(10)),
            ("99999365x", BsnError::NotDigits),
            ("-99993653", BsnError::NotDigits),
            ("٩٩٩٩٩٣٦٥٣", BsnError::NotDigits),
            ("000000000", BsnError::Check),
            ("00000000", BsnError::Check),
        ];
        for (text, expected) in rows {
            assert_eq!(Bsn::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn the_number_is_in_no_message_and_in_no_debug_output() {
        let text = "(bsn: \"999993654\")";
        #[derive(Debug, Deserialize)]
        struct Holder {
            #[expect(dead_code, reason = "only read to see the message")]
            bsn: Bsn,
        }
        let told = document::read::<Holder>("x.ron", text.as_bytes()).expect_err("fails the check");
        let told: Vec<String> = told.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "x.ron:1:7: bsn: dit is geen geldig BSN: de cijfers kloppen niet met elkaar. Kijk het na op het identiteitsbewijs."
            ]
        );
        assert_eq!(
            format!("{:?}", Bsn::parse("999993653")),
            "Ok(Bsn(*********))"
        );
    }

    proptest! {
        #[test]
        fn a_number_passes_exactly_if_the_weighted_sum_is_a_multiple_of_eleven(value in 1..1_000_000_000_u32) {
            let text = format!("{value:09}");
            let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
            let sum: i32 = text.bytes().zip(weights).map(|(byte, weight)| i32::from(byte - b'0') * weight).sum();
            let parsed = Bsn::parse(&text);
            prop_assert_eq!(parsed.is_ok(), sum % 11 == 0);
            if let Ok(bsn) = parsed {
                prop_assert_eq!(bsn.digits(), text);
            }
        }

        #[test]
        fn one_wrong_digit_is_always_noticed(at in 0..9_usize, other in 1..10_u8) {
            let mut digits = *b"999993653";
            digits[at] = b'0' + (digits[at] - b'0' + other) % 10;
            prop_assert_eq!(Bsn::parse(&String::from_utf8_lossy(&digits)), Err(BsnError::Check));
        }
    }
}
