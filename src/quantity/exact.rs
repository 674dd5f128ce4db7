//! The exact fraction between two roundings.
//!
//! Own code instead of a general rational type: those reduce at every step, which costs ten
//! times the arithmetic itself, and a budget is thousands of steps. Here a fraction is reduced
//! only when it is about to overflow, compared or shown.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// What can go wrong in exact arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// The value does not fit in 127 bits, even after reducing.
    #[error("het getal is te groot om exact mee te rekenen")]
    Overflow,
    /// The divisor was zero.
    #[error("delen door nul kan niet")]
    DivisionByZero,
}

/// An exact fraction with a positive denominator; not necessarily reduced.
///
/// ```
/// use maatwerk::quantity::Exact;
/// // 3 h 20 is exactly 10/3 hour.
/// let hours = Exact::from(200).div(Exact::from(60))?;
/// assert_eq!(hours, Exact::new(10, 3)?);
/// # Ok::<(), maatwerk::quantity::QuantityError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Exact {
    numerator: i128,
    denominator: i128,
}

/// Product of two numbers of 64 bits; it always fits.
#[inline]
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a).wrapping_mul(i128::from(b))
}

/// Quotient and remainder, the short way when both fit in 64 bits.
#[inline]
pub(super) fn divide(a: i128, b: i128) -> Option<(i128, i128)> {
    match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) => Some((i128::from(a.checked_div(b)?), i128::from(a.checked_rem(b)?))),
        _ => Some((a.checked_div(b)?, a.checked_rem(b)?)),
    }
}

fn greatest_common_divisor(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        let Some((_, rest)) = divide(a, b) else {
            return 1;
        };
        (a, b) = (b, rest);
    }
    a.checked_abs().unwrap_or(1)
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// One.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// The fraction `numerator / denominator`. Errors: denominator zero, or out of range.
    #[inline]
    pub fn new(numerator: i128, denominator: i128) -> Result<Self, QuantityError> {
        match denominator.cmp(&0) {
            Ordering::Greater => Ok(Self {
                numerator,
                denominator,
            }),
            Ordering::Equal => Err(QuantityError::DivisionByZero),
            Ordering::Less => Ok(Self {
                numerator: numerator.checked_neg().ok_or(QuantityError::Overflow)?,
                denominator: denominator.checked_neg().ok_or(QuantityError::Overflow)?,
            }),
        }
    }

    /// A small fraction known when the program is written, such as `1/4`.
    pub const fn ratio(numerator: i32, denominator: u32) -> Self {
        let denominator = if denominator == 0 { 1 } else { denominator };
        Self {
            numerator: numerator as i128,
            denominator: denominator as i128,
        }
    }

    /// Numerator and positive denominator in lowest terms.
    pub fn reduced(self) -> (i128, i128) {
        let divisor = greatest_common_divisor(self.numerator, self.denominator).max(1);
        (
            self.numerator
                .checked_div(divisor)
                .unwrap_or(self.numerator),
            self.denominator
                .checked_div(divisor)
                .unwrap_or(self.denominator),
        )
    }

    fn lowest(self) -> Self {
        let (numerator, denominator) = self.reduced();
        Self {
            numerator,
            denominator,
        }
    }

    pub(super) const fn whole_number(numerator: i128) -> Self {
        Self {
            numerator,
            denominator: 1,
        }
    }

    pub(super) const fn parts(self) -> (i128, i128) {
        (self.numerator, self.denominator)
    }

    /// Numerators and denominators of two fractions, when all fit in 64 bits: nearly always.
    #[inline]
    fn short(self, other: Self) -> Option<((i64, i64), (i64, i64))> {
        let mine = (self.numerator, self.denominator);
        let yours = (other.numerator, other.denominator);
        match (mine.0.try_into(), mine.1.try_into()) {
            (Ok(a), Ok(b)) => match (yours.0.try_into(), yours.1.try_into()) {
                (Ok(c), Ok(d)) => Some(((a, b), (c, d))),
                _ => None,
            },
            _ => None,
        }
    }

    /// Sum. Error: overflow.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked: it returns a Result"
    )]
    #[inline]
    pub fn add(self, other: Self) -> Result<Self, QuantityError> {
        let (numerator, denominator) = if self.denominator == other.denominator {
            let sum = self.numerator.checked_add(other.numerator);
            (sum, self.denominator)
        } else if let Some(((a, b), (c, d))) = self.short(other) {
            (wide(a, d).checked_add(wide(c, b)), wide(b, d))
        } else {
            (None, 1)
        };
        match numerator {
            Some(numerator) => Ok(Self {
                numerator,
                denominator,
            }),
            None => self.add_long(other),
        }
    }

    /// The sum of fractions that do not fit in 64 bits: over the least common denominator.
    #[cold]
    fn add_long(self, other: Self) -> Result<Self, QuantityError> {
        let (a, b) = (self.lowest(), other.lowest());
        let common = greatest_common_divisor(a.denominator, b.denominator);
        let sum = (|| {
            let up_a = b.denominator.checked_div(common)?;
            let up_b = a.denominator.checked_div(common)?;
            let left = a.numerator.checked_mul(up_a)?;
            let right = b.numerator.checked_mul(up_b)?;
            Some(
                Self {
                    numerator: left.checked_add(right)?,
                    denominator: a.denominator.checked_mul(up_a)?,
                }
                .lowest(),
            )
        })();
        sum.ok_or(QuantityError::Overflow)
    }

    /// Difference. Error: overflow.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked: it returns a Result"
    )]
    pub fn sub(self, other: Self) -> Result<Self, QuantityError> {
        self.add(other.negated()?)
    }

    /// The same value with the other sign. Error: overflow.
    pub fn negated(self) -> Result<Self, QuantityError> {
        let numerator = self
            .numerator
            .checked_neg()
            .ok_or(QuantityError::Overflow)?;
        Ok(Self {
            numerator,
            denominator: self.denominator,
        })
    }

    /// Product. Error: overflow.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked: it returns a Result"
    )]
    #[inline]
    pub fn mul(self, other: Self) -> Result<Self, QuantityError> {
        match self.short(other) {
            Some(((a, b), (c, d))) => Ok(Self {
                numerator: wide(a, c),
                denominator: wide(b, d),
            }),
            None => self.mul_long(other),
        }
    }

    /// The product of fractions that do not fit in 64 bits: reduced crosswise it comes out in lowest terms.
    #[cold]
    fn mul_long(self, other: Self) -> Result<Self, QuantityError> {
        let (a, b) = (self.lowest(), other.lowest());
        let left = Self {
            numerator: a.numerator,
            denominator: b.denominator,
        }
        .lowest();
        let right = Self {
            numerator: b.numerator,
            denominator: a.denominator,
        }
        .lowest();
        let numerator = left.numerator.checked_mul(right.numerator);
        let denominator = left.denominator.checked_mul(right.denominator);
        match (numerator, denominator) {
            (Some(numerator), Some(denominator)) => Ok(Self {
                numerator,
                denominator,
            }),
            _ => Err(QuantityError::Overflow),
        }
    }

    /// Quotient. Errors: division by zero, overflow.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked: it returns a Result"
    )]
    #[inline]
    pub fn div(self, other: Self) -> Result<Self, QuantityError> {
        self.mul(Self::new(other.denominator, other.numerator)?)
    }

    /// The smaller of two values.
    pub fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    /// Whether this is below zero.
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// The whole number, if it is one.
    pub fn whole(self) -> Option<i128> {
        let (quotient, rest) = divide(self.numerator, self.denominator)?;
        (rest == 0).then_some(quotient)
    }

    /// The decimal number, if it has a finite one that fits; otherwise nothing.
    /// For showing only: arithmetic goes on with the fraction.
    pub fn finite_decimal(self) -> Option<Decimal> {
        let (mut numerator, denominator) = self.reduced();
        let mut rest = denominator;
        let (mut twos, mut fives) = (0u32, 0u32);
        while rest.checked_rem(2)? == 0 {
            rest = rest.checked_div(2)?;
            twos = twos.checked_add(1)?;
        }
        while rest.checked_rem(5)? == 0 {
            rest = rest.checked_div(5)?;
            fives = fives.checked_add(1)?;
        }
        if rest != 1 {
            return None;
        }
        let scale = twos.max(fives);
        for _ in twos..scale {
            numerator = numerator.checked_mul(2)?;
        }
        for _ in fives..scale {
            numerator = numerator.checked_mul(5)?;
        }
        Decimal::try_from_i128_with_scale(numerator, scale).ok()
    }
}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self {
            numerator: i128::from(value),
            denominator: 1,
        }
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        // A Decimal holds at most 28 decimals, so the power of ten always fits.
        let denominator = 10i128.checked_pow(value.scale()).unwrap_or(1);
        Self {
            numerator: value.mantissa(),
            denominator,
        }
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Exact {}
impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Exact {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        match self.short(*other) {
            Some(((a, b), (c, d))) => wide(a, d).cmp(&wide(c, b)),
            None => compare_stepwise(*self, *other),
        }
    }
}

/// Compares by whole parts, then by the inverse of what remains, so that nothing can overflow.
#[cold]
fn compare_stepwise(a: Exact, b: Exact) -> Ordering {
    let (mut a, mut b, mut swapped) = (a, b, false);
    loop {
        let (whole_a, rest_a) = (
            a.numerator.div_euclid(a.denominator),
            a.numerator.rem_euclid(a.denominator),
        );
        let (whole_b, rest_b) = (
            b.numerator.div_euclid(b.denominator),
            b.numerator.rem_euclid(b.denominator),
        );
        let order = match whole_a.cmp(&whole_b) {
            Ordering::Equal if rest_a == 0 || rest_b == 0 => rest_a.cmp(&rest_b),
            Ordering::Equal => {
                a = Exact {
                    numerator: a.denominator,
                    denominator: rest_a,
                };
                b = Exact {
                    numerator: b.denominator,
                    denominator: rest_b,
                };
                swapped = !swapped;
                continue;
            }
            unequal => unequal,
        };
        return if swapped { order.reverse() } else { order };
    }
}

impl fmt::Display for Exact {
    /// Lowest terms: `10/3`, or `5` when whole.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (numerator, denominator) = self.reduced();
        if denominator == 1 {
            write!(out, "{numerator}")
        } else {
            write!(out, "{numerator}/{denominator}")
        }
    }
}
impl fmt::Debug for Exact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl std::str::FromStr for Exact {
    type Err = String;
    /// Reads `13`, `365/7` or `0.5`, as they stand in catalogues.
    fn from_str(text: &str) -> Result<Self, String> {
        let number = |part: &str| {
            super::parse_plain_decimal(part)
                .map(Self::from)
                .map_err(|problem| problem.to_string())
        };
        match text.split_once('/') {
            None => number(text),
            Some((above, below)) => number(above)?
                .div(number(below)?)
                .map_err(|problem| format!("{problem}; schrijf een breuk als \"365/7\"")),
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dividing_by_zero_is_an_error_and_not_a_panic() {
        assert_eq!(
            Exact::ONE.div(Exact::ZERO),
            Err(QuantityError::DivisionByZero)
        );
        assert_eq!(Exact::new(1, 0), Err(QuantityError::DivisionByZero));
    }

    #[test]
    fn overflow_is_an_error_and_not_a_panic() {
        let huge = Exact::new(i128::MAX, 1).unwrap();
        assert_eq!(huge.mul(huge), Err(QuantityError::Overflow));
        assert_eq!(huge.add(huge), Err(QuantityError::Overflow));
        assert!(Exact::new(i128::MIN, 1).unwrap().negated().is_err());
    }

    #[test]
    fn values_near_the_edge_still_compare() {
        let a = Exact::new(i128::MAX, i128::MAX - 1).unwrap();
        let b = Exact::new(i128::MAX - 1, i128::MAX - 2).unwrap();
        assert!(a < b);
        assert!(b > a);
    }

    #[test]
    fn a_fraction_prints_in_lowest_terms_and_reads_back() {
        let value = Exact::new(200, 60).unwrap();
        assert_eq!(value.to_string(), "10/3");
        assert_eq!("10/3".parse::<Exact>().unwrap(), value);
        assert_eq!("0.5".parse::<Exact>().unwrap(), Exact::ratio(1, 2));
    }

    #[test]
    fn only_a_finite_decimal_is_shown_as_one() {
        assert_eq!(
            Exact::ratio(1, 8).finite_decimal(),
            Some(Decimal::new(125, 3))
        );
        assert_eq!(Exact::ratio(1, 3).finite_decimal(), None);
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_itself(a in -1_000_000i64..1_000_000, b in 1i64..1_000_000, c in -1_000_000i64..1_000_000, d in 1i64..1_000_000) {
            let x = Exact::new(a.into(), b.into()).unwrap();
            let y = Exact::new(c.into(), d.into()).unwrap();
            prop_assert_eq!(x.add(y).unwrap().sub(y).unwrap(), x);
            if c != 0 { prop_assert_eq!(x.mul(y).unwrap().div(y).unwrap(), x); }
            prop_assert_eq!(x.to_string().parse::<Exact>().unwrap(), x);
        }

        #[test]
        fn huge_fractions_never_panic(a: i128, b in 1i128.., c: i128, d in 1i128..) {
            let x = Exact::new(a, b).unwrap();
            let y = Exact::new(c, d).unwrap();
            let _ = (x.add(y), x.sub(y), x.mul(y), x.div(y), x.cmp(&y), x.finite_decimal());
        }
    }
}
