//! Reading amounts, plain numbers and percentages.

use super::error::shown;
use super::{MAX_TYPED_BYTES, TypingError, only_digits, trimmed, without_sign};
use rust_decimal::Decimal;

/// Most digits before the comma that are accepted.
pub const MAX_WHOLE_DIGITS: usize = 15;

/// Most digits behind the comma that are accepted.
pub const MAX_DECIMALS: usize = 10;

/// Reads an amount in euros.
///
/// Understood are a comma as decimal sign (`1234,56`), with or without points between all
/// thousands (`1.234,56`); a point as decimal sign when it cannot be anything else (`1234.56`,
/// `0.125`); the euro sign in front, a sign (`-`, `−` or `+`) before or behind it, and `,-` for
/// whole euros. The decimals that were typed stay: `12,50` keeps two.
///
/// # Errors
///
/// [`TypingError::Ambiguous`] with both readings for a point with exactly three digits behind it
/// (`1.234`, `1234.567`); another [`TypingError`] for anything that is no number (`1e3`, `1_000`,
/// `1.23.4`, `1 234`, digits of other scripts), and for more than [`MAX_WHOLE_DIGITS`] digits
/// before or [`MAX_DECIMALS`] behind the comma.
///
/// ```
/// use maatwerk::quantity::dutch::{TypingError, parse_amount};
/// use rust_decimal::Decimal;
///
/// for typed in ["1.234,56", "1234,56", "1234.56", "€ 1.234,56", "€1234,56"] {
///     assert_eq!(parse_amount(typed)?, Decimal::new(1234_56, 2));
/// }
/// assert_eq!(parse_amount("-3")?, Decimal::from(-3));
/// assert_eq!(parse_amount("€ 12,-")?, Decimal::from(12));
/// assert_eq!(
///     parse_amount("1.234"),
///     Err(TypingError::Ambiguous {
///         typed: "1.234".to_owned(),
///         thousands: Decimal::from(1234),
///         decimals: Decimal::new(1234, 3),
///     })
/// );
/// assert_eq!(
///     parse_amount("1.234").unwrap_err().hint(),
///     "Bedoelt u 1234 of 1,234? Typ het zo."
/// );
/// # Ok::<(), TypingError>(())
/// ```
pub fn parse_amount(typed: &str) -> Result<Decimal, TypingError> {
    let text = trimmed(typed);
    if text.is_empty() {
        return Err(TypingError::Empty { example: "1234,56" });
    }
    let (mut negative, mut rest) = without_sign(text);
    let signed = rest.len() != text.len();
    if let Some(behind) = rest.strip_prefix('€') {
        rest = trimmed(behind);
        if !signed {
            (negative, rest) = without_sign(rest);
        }
    }
    match rest.strip_suffix(",-") {
        Some(whole) => read_number(typed, negative, &format!("{whole},00")),
        None => read_number(typed, negative, rest),
    }
}

/// Reads a percentage, with or without the sign: `70%`, `70 %`, `12,5%` or `55`.
///
/// The result counts in percents: `70%` gives 70, not 0,70.
///
/// # Errors
///
/// As [`parse_amount`].
///
/// ```
/// use maatwerk::quantity::dutch::parse_percentage;
/// use rust_decimal::Decimal;
///
/// assert_eq!(parse_percentage("70%")?, Decimal::from(70));
/// assert_eq!(parse_percentage("55")?, Decimal::from(55));
/// assert_eq!(parse_percentage("0,75 %")?, Decimal::new(75, 2));
/// # Ok::<(), maatwerk::quantity::dutch::TypingError>(())
/// ```
pub fn parse_percentage(typed: &str) -> Result<Decimal, TypingError> {
    let text = trimmed(typed);
    if text.is_empty() {
        return Err(TypingError::Empty { example: "70%" });
    }
    let (negative, rest) = without_sign(text);
    let rest = rest.strip_suffix('%').map_or(rest, trimmed);
    read_number(typed, negative, rest)
}

/// Reads the digits, points and commas of a number; sign, currency and unit are already off.
///
/// `typed` is the whole text, for the message.
pub(super) fn read_number(typed: &str, negative: bool, text: &str) -> Result<Decimal, TypingError> {
    if text.len() > MAX_TYPED_BYTES {
        return Err(TypingError::TooManyDigits {
            typed: shown(typed),
        });
    }
    let stranger = text
        .chars()
        .find(|c| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    match stranger {
        Some(c) if c.is_whitespace() => {
            return Err(TypingError::SpaceInside {
                typed: shown(typed),
            });
        }
        Some(character) => {
            return Err(TypingError::UnexpectedCharacter {
                typed: shown(typed),
                character,
            });
        }
        None => {}
    }
    let misplaced = || TypingError::MisplacedSeparator {
        typed: shown(typed),
    };
    let missing = || TypingError::MissingDigits {
        typed: shown(typed),
    };

    if let Some((whole, decimals)) = text.split_once(',') {
        if decimals.contains([',', '.']) {
            return Err(misplaced());
        }
        if whole.is_empty() || decimals.is_empty() {
            return Err(missing());
        }
        let whole = without_thousands(whole).ok_or_else(misplaced)?;
        return assemble(typed, negative, &whole, decimals);
    }
    match text.split_once('.') {
        None if text.is_empty() => Err(missing()),
        None => assemble(typed, negative, text, ""),
        Some((_, behind)) if behind.contains('.') => {
            let whole = without_thousands(text).ok_or_else(misplaced)?;
            assemble(typed, negative, &whole, "")
        }
        Some((whole, behind)) if whole.is_empty() || behind.is_empty() => Err(missing()),
        // Thousands never start with a zero, so `0.125` has one reading only.
        Some((whole, behind)) if behind.len() == 3 && whole.bytes().any(|byte| byte != b'0') => {
            Err(TypingError::Ambiguous {
                typed: shown(typed),
                thousands: assemble(typed, negative, &format!("{whole}{behind}"), "")?,
                decimals: assemble(typed, negative, whole, behind)?,
            })
        }
        Some((whole, behind)) => assemble(typed, negative, whole, behind),
    }
}

/// Takes the points out of `1.234.567`; `None` where they do not stand between all thousands.
fn without_thousands(text: &str) -> Option<String> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    if !only_digits(first) {
        return None;
    }
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 || first.starts_with('0') {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// Makes the number from the digits before and behind the decimal sign.
fn assemble(
    typed: &str,
    negative: bool,
    whole: &str,
    decimals: &str,
) -> Result<Decimal, TypingError> {
    let too_many = || TypingError::TooManyDigits {
        typed: shown(typed),
    };
    if whole.len() > MAX_WHOLE_DIGITS || decimals.len() > MAX_DECIMALS {
        return Err(too_many());
    }
    let magnitude: i128 = format!("{whole}{decimals}")
        .parse()
        .map_err(|_| too_many())?;
    let mantissa = if negative {
        magnitude.checked_neg().ok_or_else(too_many)?
    } else {
        magnitude
    };
    let scale = u32::try_from(decimals.len()).map_err(|_| too_many())?;
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| too_many())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::dutch::{amount, euro, number, percentage, signed_euro};
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn amounts_are_read_as_the_dutch_write_them() {
        for (typed, value) in [
            ("0", "0"),
            ("12", "12"),
            ("007", "7"),
            ("1234,56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1.234.567", "1234567"),
            ("1.234.567,8", "1234567.8"),
            ("1234.56", "1234.56"),
            ("12.5", "12.5"),
            ("1.2345", "1.2345"),
            ("0.125", "0.125"),
            ("000.125", "0.125"),
            ("1,234", "1.234"),
            ("12,50", "12.50"),
            ("€ 12,50", "12.50"),
            ("€12,50", "12.50"),
            ("€\u{a0}12,50", "12.50"),
            ("  € 12,50\t", "12.50"),
            ("\u{a0}12,50\u{a0}", "12.50"),
            ("12,-", "12.00"),
            ("€ 1.250,-", "1250.00"),
            ("-3", "-3"),
            ("\u{2212}3", "-3"),
            ("+3", "3"),
            ("-€ 12,00", "-12.00"),
            ("€ -12,00", "-12.00"),
            ("€ \u{2212}12,00", "-12.00"),
            ("-0", "0"),
            ("999999999999999,9999999999", "999999999999999.9999999999"),
        ] {
            let read = parse_amount(typed).unwrap_or_else(|error| panic!("{typed}: {error}"));
            assert_eq!(read, decimal(value), "{typed}");
            assert_eq!(read.scale(), decimal(value).scale(), "decimals of {typed}");
        }
        assert!(!parse_amount("-0").unwrap().is_sign_negative());
    }

    #[test]
    fn a_point_with_three_digits_behind_it_is_asked_back_with_both_readings() {
        for (typed, thousands, decimals) in [
            ("1.234", "1234", "1.234"),
            ("€ 12.345", "12345", "12.345"),
            ("-1.500", "-1500", "-1.500"),
            ("1234.567", "1234567", "1234.567"),
            ("010.500", "10500", "10.500"),
        ] {
            match parse_amount(typed) {
                Err(TypingError::Ambiguous {
                    thousands: first,
                    decimals: second,
                    ..
                }) => {
                    assert_eq!(first, decimal(thousands), "{typed}");
                    assert_eq!(second, decimal(decimals), "{typed}");
                }
                other => panic!("{typed}: {other:?}"),
            }
            let (first, second) = parse_amount(typed).unwrap_err().readings().unwrap();
            assert_eq!(parse_amount(&first), Ok(decimal(thousands)));
            assert_eq!(parse_amount(&second), Ok(decimal(decimals)));
        }
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_reason() {
        let unexpected = |typed: &str, expected: char| {
            assert!(
                matches!(parse_amount(typed), Err(TypingError::UnexpectedCharacter { character, .. }) if character == expected),
                "{typed}: {:?}",
                parse_amount(typed)
            );
        };
        unexpected("1e3", 'e');
        unexpected("1_000", '_');
        unexpected("1'000", '\'');
        unexpected("$12", '$');
        unexpected("12€", '€');
        unexpected("--3", '-');
        unexpected("-€ -3", '-');
        unexpected("€€3", '€');
        unexpected("٣", '٣');
        unexpected("１２", '１');
        unexpected("NaN", 'N');
        unexpected("0x1F", 'x');
        unexpected("1\u{0}", '\u{0}');

        let misplaced = |typed: &str| {
            assert!(
                matches!(
                    parse_amount(typed),
                    Err(TypingError::MisplacedSeparator { .. })
                ),
                "{typed}: {:?}",
                parse_amount(typed)
            );
        };
        for typed in [
            "1.23.4",
            "1,234.56",
            "1,234,567",
            "1..234",
            "1.2345,6",
            "1234.567,89",
            "0.123.456",
            "12.34,56",
            ".123,4",
            "1.234.56",
            "01.234.567",
            "0.125,5",
        ] {
            misplaced(typed);
        }

        for typed in ["€", "-", "€ -", ",", ".", ",5", ".5", "5,", "5.", ",-", "%"] {
            assert!(parse_amount(typed).is_err(), "{typed}");
        }
        for typed in ["1 234", "1 234,56", "12 ,5", "1\u{a0}234", "- 3", "1\n2"] {
            assert!(
                matches!(parse_amount(typed), Err(TypingError::SpaceInside { .. })),
                "{typed:?}"
            );
        }
        for typed in ["", "   ", "\u{a0}"] {
            assert!(
                matches!(parse_amount(typed), Err(TypingError::Empty { .. })),
                "{typed:?}"
            );
        }
        for typed in [
            "1234567890123456",
            "1,12345678901",
            &"9".repeat(5_000),
            &"9".repeat(64),
        ] {
            assert!(
                matches!(parse_amount(typed), Err(TypingError::TooManyDigits { .. })),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_slip_of_the_comma_never_changes_the_amount_in_silence() {
        // A form that lost the comma once made 41 726,00 of 417,26.
        assert_eq!(parse_amount("417,26"), Ok(decimal("417.26")));
        assert_eq!(parse_amount("417.26"), Ok(decimal("417.26")));
        assert!(parse_amount("41.726").is_err());
    }

    #[test]
    fn percentages_are_read_with_and_without_the_sign() {
        for (typed, value) in [
            ("70%", "70"),
            ("70 %", "70"),
            ("55", "55"),
            ("12,5%", "12.5"),
            ("0,75", "0.75"),
        ] {
            assert_eq!(parse_percentage(typed), Ok(decimal(value)), "{typed}");
        }
        for typed in ["", "%", "70%%", "70 procent", "€ 70", "1.250%"] {
            assert!(parse_percentage(typed).is_err(), "{typed}");
        }
    }

    /// Any value that can be typed: 15 digits before and 10 behind the comma.
    fn typeable() -> impl Strategy<Value = Decimal> {
        (-999_999_999_999_999_i128..=999_999_999_999_999, 0_u32..=10)
            .prop_map(|(mantissa, scale)| Decimal::from_i128_with_scale(mantissa, scale))
    }

    proptest! {
        #[test]
        fn a_printed_amount_reads_back_as_itself(value in typeable()) {
            prop_assert_eq!(parse_amount(&euro(value)), Ok(value));
            prop_assert_eq!(parse_amount(&signed_euro(value)), Ok(value));
            prop_assert_eq!(parse_amount(&amount(value)), Ok(value));
            prop_assert_eq!(parse_amount(&number(value)), Ok(value));
            prop_assert_eq!(parse_percentage(&percentage(value)), Ok(value));
        }

        #[test]
        fn a_number_keeps_the_decimals_that_were_typed(value in typeable()) {
            let read = parse_amount(&number(value)).unwrap();
            prop_assert_eq!(read.scale(), value.scale());
            prop_assert_eq!(number(read), number(value));
        }

        #[test]
        fn any_text_is_read_or_refused_without_a_panic(text in any::<String>()) {
            let _ = parse_amount(&text).map_err(|error| error.to_string());
            let _ = parse_percentage(&text).map_err(|error| error.to_string());
        }

        #[test]
        fn any_mix_of_digits_and_separators_means_one_thing_or_is_refused(text in "[-€ ]{0,2}[0-9.,]{1,12}") {
            if let Ok(value) = parse_amount(&text) {
                // The digits are those that were typed, in that order.
                let typed: String = text.chars().filter(char::is_ascii_digit).collect();
                let printed: String = number(value).chars().filter(char::is_ascii_digit).collect();
                prop_assert_eq!(typed.trim_start_matches('0'), printed.trim_start_matches('0'));
            }
        }

    }
}
