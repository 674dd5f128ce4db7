//! Writing amounts, plain numbers, percentages and exact fractions.

use super::{MINUS, NO_BREAK_SPACE};
use rust_decimal::Decimal;

/// Most digits that [`fraction`] prints behind the comma.
const MAX_FRACTION_DIGITS: u32 = 38;

/// Writes an amount in euros: `€ 1.234,56`.
///
/// Always at least two decimals, and every decimal that is stored beyond them: nothing is
/// rounded. Points between the thousands, a no-break space (U+00A0) behind the sign, and a real
/// minus (U+2212) in front of a negative amount.
///
/// ```
/// use maatwerk::quantity::dutch::euro;
/// use rust_decimal::Decimal;
///
/// assert_eq!(euro(Decimal::new(1234_56, 2)), "€\u{a0}1.234,56");
/// assert_eq!(euro(Decimal::from(-12)), "\u{2212}€\u{a0}12,00");
/// assert_eq!(euro(Decimal::new(15_125, 3)), "€\u{a0}15,125");
/// ```
#[must_use]
pub fn euro(value: Decimal) -> String {
    with_sign(is_negative(value).then_some(MINUS), value)
}

/// Writes a difference in euros: `+€ 12,00`, `−€ 12,00`, and `€ 0,00` without a sign.
///
/// ```
/// use maatwerk::quantity::dutch::signed_euro;
/// use rust_decimal::Decimal;
///
/// assert_eq!(signed_euro(Decimal::from(12)), "+€\u{a0}12,00");
/// assert_eq!(signed_euro(Decimal::from(-12)), "\u{2212}€\u{a0}12,00");
/// assert_eq!(signed_euro(Decimal::ZERO), "€\u{a0}0,00");
/// ```
#[must_use]
pub fn signed_euro(value: Decimal) -> String {
    let sign = if value.is_zero() {
        None
    } else if is_negative(value) {
        Some(MINUS)
    } else {
        Some('+')
    };
    with_sign(sign, value)
}

/// Writes an amount as [`euro`] does, without the euro sign: `1.234,56`.
///
/// For columns and fields that say themselves that they hold euros.
///
/// ```
/// use maatwerk::quantity::dutch::amount;
/// use rust_decimal::Decimal;
///
/// assert_eq!(amount(Decimal::new(-3_471_215, 1)), "\u{2212}347.121,50");
/// ```
#[must_use]
pub fn amount(value: Decimal) -> String {
    let magnitude = grouped(value);
    if is_negative(value) {
        format!("{MINUS}{magnitude}")
    } else {
        magnitude
    }
}

/// Writes a number with a comma and every stored decimal: `2,50`.
///
/// No points between thousands, because `1.234` typed back would have two readings.
///
/// ```
/// use maatwerk::quantity::dutch::number;
/// use rust_decimal::Decimal;
///
/// assert_eq!(number(Decimal::new(250, 2)), "2,50");
/// assert_eq!(number(Decimal::from(-1234)), "\u{2212}1234");
/// ```
#[must_use]
pub fn number(value: Decimal) -> String {
    let text = value.abs().to_string().replace('.', ",");
    if is_negative(value) {
        format!("{MINUS}{text}")
    } else {
        text
    }
}

/// Writes a percentage with every stored decimal: `70%`, `12,5%`. The value counts in percents.
///
/// ```
/// use maatwerk::quantity::dutch::percentage;
/// use rust_decimal::Decimal;
///
/// assert_eq!(percentage(Decimal::new(75, 2)), "0,75%");
/// ```
#[must_use]
pub fn percentage(value: Decimal) -> String {
    format!("{}%", number(value))
}

/// Writes the exact fraction `num / den` as a decimal, for reading only.
///
/// At most `decimals` digits behind the comma (and never more than 38). A fraction that ends
/// before prints no further zeros; one that does not is **cut, not rounded**, and marked with
/// `…`. Nobody calculates with this text.
///
/// A denominator of zero, which no calculation produces, reads `onbepaald`.
///
/// ```
/// use maatwerk::quantity::dutch::fraction;
///
/// assert_eq!(fraction(5, 2, 4), "2,5");
/// assert_eq!(fraction(348, 2, 4), "174");
/// assert_eq!(fraction(10, 3, 4), "3,3333…");
/// assert_eq!(fraction(-2, 3, 2), "\u{2212}0,66…");
/// assert_eq!(fraction(1, 0, 2), "onbepaald");
/// ```
#[must_use]
pub fn fraction(num: i128, den: i128, decimals: u32) -> String {
    let divisor = den.unsigned_abs();
    let dividend = num.unsigned_abs();
    let (Some(whole), Some(mut rest)) =
        (dividend.checked_div(divisor), dividend.checked_rem(divisor))
    else {
        return "onbepaald".to_owned();
    };
    let mut text = String::new();
    if num != 0 && (num < 0) != (den < 0) {
        text.push(MINUS);
    }
    text.push_str(&whole.to_string());
    for position in 0..decimals.min(MAX_FRACTION_DIGITS) {
        if rest == 0 {
            break;
        }
        if position == 0 {
            text.push(',');
        }
        let (digit, remainder) = next_digit(rest, divisor);
        text.push(char::from(digit));
        rest = remainder;
    }
    if rest != 0 {
        text.push('…');
    }
    text
}

/// The next digit of a long division, as ASCII, and what remains.
///
/// Adds `rest` ten times instead of multiplying by ten: `rest` and `divisor` stay at or below
/// 2^127, so no sum leaves the 128 bits.
fn next_digit(rest: u128, divisor: u128) -> (u8, u128) {
    let mut digit = b'0';
    let mut sum = 0_u128;
    for _ in 0..10 {
        sum = sum.saturating_add(rest);
        if sum >= divisor {
            sum = sum.saturating_sub(divisor);
            digit = digit.saturating_add(1);
        }
    }
    (digit, sum)
}

/// Below zero; a stored "minus zero" is not.
fn is_negative(value: Decimal) -> bool {
    value.is_sign_negative() && !value.is_zero()
}

/// Sign, euro sign and magnitude.
fn with_sign(sign: Option<char>, value: Decimal) -> String {
    let mut text = String::new();
    text.extend(sign);
    text.push('€');
    text.push(NO_BREAK_SPACE);
    text.push_str(&grouped(value));
    text
}

/// The magnitude with points between the thousands and at least two decimals.
fn grouped(value: Decimal) -> String {
    let plain = value.abs().to_string();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    for (done, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(done);
        if done > 0 && left.is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text.push(',');
    text.push_str(decimals);
    for _ in decimals.len()..2 {
        text.push('0');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::dutch::parse_amount;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn printing_shows_every_stored_decimal_and_never_rounds() {
        assert_eq!(euro(decimal("0")), "€\u{a0}0,00");
        assert_eq!(euro(decimal("0.5")), "€\u{a0}0,50");
        assert_eq!(euro(decimal("999.995")), "€\u{a0}999,995");
        assert_eq!(euro(decimal("12.5000")), "€\u{a0}12,5000");
        assert_eq!(euro(decimal("1000")), "€\u{a0}1.000,00");
        assert_eq!(euro(decimal("-1234567.89")), "\u{2212}€\u{a0}1.234.567,89");
        assert_eq!(
            euro(Decimal::MAX),
            "€\u{a0}79.228.162.514.264.337.593.543.950.335,00"
        );
        assert_eq!(percentage(decimal("0.75")), "0,75%");
        let mut minus_zero = Decimal::ZERO;
        minus_zero.set_sign_negative(true);
        assert_eq!(euro(minus_zero), "€\u{a0}0,00");
        assert_eq!(number(minus_zero), "0");
    }

    #[test]
    fn a_fraction_is_cut_and_marked_never_rounded() {
        assert_eq!(fraction(2, 3, 4), "0,6666…");
        assert_eq!(fraction(9000, 52, 2), "173,07…");
        assert_eq!(fraction(1, 8, 3), "0,125");
        assert_eq!(fraction(1, 8, 2), "0,12…");
        assert_eq!(fraction(1, 3, 0), "0…");
        assert_eq!(fraction(-1, 1000, 2), "\u{2212}0,00…");
        assert_eq!(fraction(0, -7, 2), "0");
        assert_eq!(fraction(-6, -4, 2), "1,5");
        assert_eq!(fraction(i128::MIN, i128::MIN, 3), "1");
        assert_eq!(fraction(i128::MAX, i128::MIN, 3), "\u{2212}0,999…");
        assert_eq!(
            fraction(i128::MIN, 1, 3),
            "\u{2212}170141183460469231731687303715884105728"
        );
        assert_eq!(
            fraction(1, 3, u32::MAX)
                .chars()
                .filter(|c| *c == '3')
                .count(),
            38
        );
    }

    proptest! {
        #[test]
        fn a_cut_fraction_lies_less_than_one_last_digit_below_the_exact_one(
            num in 0_i128..1_000_000_000_000, den in 1_i128..1_000_000, decimals in 0_u32..8,
        ) {
            let text = fraction(num, den, decimals);
            let exact = !text.ends_with('…');
            let shown = parse_amount(text.trim_end_matches('…')).unwrap();
            // Whole last digits: shown ≤ exact < shown + 1, multiplied out.
            let scale = 10_i128.pow(decimals);
            let units = shown.checked_mul(Decimal::from_i128_with_scale(scale, 0)).unwrap().normalize().mantissa();
            let below = units.checked_mul(den).unwrap();
            let exactly = num.checked_mul(scale).unwrap();
            prop_assert!(below <= exactly && exactly < below.checked_add(den).unwrap(), "{}", text);
            prop_assert_eq!(exact, below == exactly);
        }
    }
}
