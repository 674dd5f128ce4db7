//! The exact fraction between two roundings.
//!
//! Own code instead of a general rational type: those reduce at every step, which costs ten
//! times the arithmetic itself, and a budget is thousands of steps. Here a fraction is reduced
//! only when it is about to overflow, compared or shown.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

/// What can go wrong in exact arithmetic.
// As wide as a register: beside a fraction a byte would be copied with the bytes around it, which is slow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[repr(usize)]
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
// Two registers: an evaluation is for a good part the moving of figures.
#[derive(Clone, Copy)]
pub struct Exact {
    /// Above the line; of a long fraction its place in [`LONG`].
    numerator: i64,
    /// Below the line; below zero for a fraction that does not fit in 64 bits.
    denominator: NonZero<i64>,
}

/// The fractions that do not fit in 64 bits, in lowest terms. Each is kept once, for as long as the program runs: only
/// a slip of the keyboard makes one.
static LONG: Mutex<Long> = Mutex::new(Long {
    parts: Vec::new(),
    places: BTreeMap::new(),
});

struct Long {
    parts: Vec<(i128, i128)>,
    places: BTreeMap<(i128, i128), i64>,
}

pub(super) const WHOLE: NonZero<i64> = match NonZero::new(1) {
    Some(one) => one,
    None => NonZero::<i64>::MAX,
};

const HUNDRED: NonZero<i64> = match NonZero::new(100) {
    Some(hundred) => hundred,
    None => WHOLE,
};

const IS_LONG: NonZero<i64> = NonZero::<i64>::MIN;

/// Product of two numbers of 64 bits; it always fits.
#[inline]
fn wide(a: i64, b: NonZero<i64>) -> i128 {
    i128::from(a).wrapping_mul(i128::from(b.get()))
}

/// Quotient and remainder, the short way when both fit in 64 bits.
#[inline]
fn divide(a: i128, b: i128) -> Option<(i128, i128)> {
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
    a.checked_abs().unwrap_or(1).max(1)
}

/// A fraction in lowest terms.
fn lowest((numerator, denominator): (i128, i128)) -> (i128, i128) {
    let divisor = greatest_common_divisor(numerator, denominator);
    (
        numerator.checked_div(divisor).unwrap_or(numerator),
        denominator.checked_div(divisor).unwrap_or(denominator),
    )
}

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self::kept(0, WHOLE);
    /// One.
    pub const ONE: Self = Self::kept(1, WHOLE);

    pub(super) const fn kept(numerator: i64, denominator: NonZero<i64>) -> Self {
        Self {
            numerator,
            denominator,
        }
    }

    /// The fraction `numerator / denominator`. Errors: denominator zero, or out of range.
    #[inline]
    pub fn new(numerator: i128, denominator: i128) -> Result<Self, QuantityError> {
        match denominator.cmp(&0) {
            Ordering::Greater => Ok(Self::of(numerator, denominator)),
            Ordering::Equal => Err(QuantityError::DivisionByZero),
            Ordering::Less => {
                let numerator = numerator.checked_neg().ok_or(QuantityError::Overflow)?;
                let denominator = denominator.checked_neg().ok_or(QuantityError::Overflow)?;
                Ok(Self::of(numerator, denominator))
            }
        }
    }

    /// A fraction with a denominator above zero.
    #[inline]
    fn of(numerator: i128, denominator: i128) -> Self {
        Self::short(numerator, denominator).unwrap_or_else(|| Self::long((numerator, denominator)))
    }

    #[inline]
    fn short(numerator: i128, denominator: i128) -> Option<Self> {
        let denominator = NonZero::new(denominator.try_into().ok()?)?;
        Some(Self::kept(numerator.try_into().ok()?, denominator))
    }

    #[cold]
    fn long(parts: (i128, i128)) -> Self {
        let parts = lowest(parts);
        Self::short(parts.0, parts.1).unwrap_or_else(|| {
            let mut long = LONG.lock().unwrap_or_else(PoisonError::into_inner);
            let next = i64::try_from(long.parts.len()).unwrap_or(i64::MAX);
            let place = *long.places.entry(parts).or_insert(next);
            if place == next {
                long.parts.push(parts);
            }
            Self::kept(place, IS_LONG)
        })
    }

    /// Numerator and denominator, when they fit in 64 bits: nearly always.
    #[inline]
    pub(super) fn in_short(self) -> Option<(i64, NonZero<i64>)> {
        (self.denominator.get() > 0).then_some((self.numerator, self.denominator))
    }

    #[cold]
    fn in_long(self) -> (i128, i128) {
        let long = LONG.lock().unwrap_or_else(PoisonError::into_inner);
        let place = usize::try_from(self.numerator).unwrap_or(usize::MAX);
        // Every long fraction has its place.
        long.parts.get(place).copied().unwrap_or((0, 1))
    }

    /// A small fraction known when the program is written, such as `1/4`.
    pub const fn ratio(numerator: i32, denominator: u32) -> Self {
        let denominator = match NonZero::new(denominator as i64) {
            Some(denominator) => denominator,
            None => WHOLE,
        };
        Self::kept(numerator as i64, denominator)
    }

    /// Numerator and positive denominator in lowest terms.
    pub fn reduced(self) -> (i128, i128) {
        lowest(self.parts())
    }

    /// Numerator and positive denominator as they are kept.
    #[inline]
    pub(super) fn parts(self) -> (i128, i128) {
        match self.in_short() {
            Some((numerator, denominator)) => (numerator.into(), denominator.get().into()),
            None => self.in_long(),
        }
    }

    /// Sum. Error: overflow.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked: it returns a Result"
    )]
    #[inline]
    pub fn add(self, other: Self) -> Result<Self, QuantityError> {
        if let (Some((a, b)), Some((c, d))) = (self.in_short(), other.in_short()) {
            if b == d {
                if let Some(sum) = a.checked_add(c) {
                    return Ok(Self::kept(sum, b));
                }
            } else if let (Some(left), Some(right)) =
                (a.checked_mul(d.get()), c.checked_mul(b.get()))
                && let (Some(sum), Some(common)) = (left.checked_add(right), b.checked_mul(d))
            {
                return Ok(Self::kept(sum, common));
            }
        }
        self.add_long(other)
    }

    /// The sum where it does not fit in 64 bits as it stands: over the least common denominator.
    #[cold]
    fn add_long(self, other: Self) -> Result<Self, QuantityError> {
        let ((a, b), (c, d)) = (self.reduced(), other.reduced());
        let common = greatest_common_divisor(b, d);
        let sum = (|| {
            let up_a = d.checked_div(common)?;
            let up_c = b.checked_div(common)?;
            let left = a.checked_mul(up_a)?;
            let right = c.checked_mul(up_c)?;
            Some(Self::of(left.checked_add(right)?, b.checked_mul(up_a)?))
        })();
        sum.ok_or(QuantityError::Overflow)
    }

    /// Difference. Error: overflow.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked: it returns a Result"
    )]
    #[inline]
    pub fn sub(self, other: Self) -> Result<Self, QuantityError> {
        self.add(other.negated()?)
    }

    /// The same value with the other sign. Error: overflow.
    #[inline]
    pub fn negated(self) -> Result<Self, QuantityError> {
        if let Some((numerator, denominator)) = self.in_short()
            && let Some(numerator) = numerator.checked_neg()
        {
            return Ok(Self::kept(numerator, denominator));
        }
        let (numerator, denominator) = self.parts();
        let numerator = numerator.checked_neg().ok_or(QuantityError::Overflow)?;
        Ok(Self::of(numerator, denominator))
    }

    /// Product. Error: overflow.
    #[expect(
        clippy::should_implement_trait,
        reason = "checked: it returns a Result"
    )]
    #[inline]
    pub fn mul(self, other: Self) -> Result<Self, QuantityError> {
        if let (Some((a, b)), Some((c, d))) = (self.in_short(), other.in_short())
            && let (Some(numerator), Some(denominator)) = (a.checked_mul(c), b.checked_mul(d))
        {
            return Ok(Self::kept(numerator, denominator));
        }
        self.mul_long(other)
    }

    /// The product where it does not fit in 64 bits as it stands: reduced crosswise it comes out in lowest terms.
    #[cold]
    fn mul_long(self, other: Self) -> Result<Self, QuantityError> {
        let ((a, b), (c, d)) = (self.reduced(), other.reduced());
        let ((a, d), (c, b)) = (lowest((a, d)), lowest((c, b)));
        match (a.checked_mul(c), b.checked_mul(d)) {
            (Some(numerator), Some(denominator)) => Ok(Self::of(numerator, denominator)),
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
        if let Some((above, below)) = other.in_short()
            && above > 0
            && let Some(above) = NonZero::new(above)
        {
            return self.mul(Self::kept(below.get(), above));
        }
        self.div_long(other)
    }

    /// The quotient where the divisor is zero, negative or long.
    #[cold]
    fn div_long(self, other: Self) -> Result<Self, QuantityError> {
        let (above, below) = other.parts();
        self.mul(Self::new(below, above)?)
    }

    /// The smaller of two values.
    #[inline]
    pub fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    /// Whether this is below zero.
    pub fn is_negative(self) -> bool {
        self.parts().0 < 0
    }

    /// Whether this is zero.
    pub fn is_zero(self) -> bool {
        self.parts().0 == 0
    }

    /// The whole number, if it is one.
    pub fn whole(self) -> Option<i128> {
        let (above, below) = self.parts();
        let (quotient, rest) = divide(above, below)?;
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
    #[inline]
    fn from(value: i64) -> Self {
        Self::kept(value, WHOLE)
    }
}

impl From<Decimal> for Exact {
    #[inline]
    fn from(value: Decimal) -> Self {
        // The usual case: a whole number, or a number of cents.
        let parts = match value.scale() {
            0 => Some(WHOLE),
            2 => Some(HUNDRED),
            _ => None,
        };
        match (parts, i64::try_from(value.mantissa())) {
            (Some(parts), Ok(number)) => Self::kept(number, parts),
            // A Decimal holds at most 28 decimals, so the power of ten always fits.
            _ => Self::of(
                value.mantissa(),
                10i128.checked_pow(value.scale()).unwrap_or(1),
            ),
        }
    }
}

impl PartialEq for Exact {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Exact {}
impl PartialOrd for Exact {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Exact {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.in_short(), other.in_short()) {
            (Some((a, b)), Some((c, d))) if b == d => a.cmp(&c),
            (Some((a, b)), Some((c, d))) => wide(a, d).cmp(&wide(c, b)),
            _ => compare_stepwise(self.parts(), other.parts()),
        }
    }
}

/// Compares by whole parts, then by the inverse of what remains, so that nothing can overflow.
#[cold]
fn compare_stepwise(mut a: (i128, i128), mut b: (i128, i128)) -> Ordering {
    let mut swapped = false;
    loop {
        let (whole_a, rest_a) = (a.0.div_euclid(a.1), a.0.rem_euclid(a.1));
        let (whole_b, rest_b) = (b.0.div_euclid(b.1), b.0.rem_euclid(b.1));
        let order = match whole_a.cmp(&whole_b) {
            Ordering::Equal if rest_a == 0 || rest_b == 0 => rest_a.cmp(&rest_b),
            Ordering::Equal => {
                (a, b) = ((a.1, rest_a), (b.1, rest_b));
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
    fn a_fraction_beyond_64_bits_keeps_its_value() {
        let large = 10i128.pow(30);
        let value = Exact::new(large + 1, 3).unwrap();
        let other = Exact::new(large, 7).unwrap();
        assert_eq!(value.to_string(), format!("{}/3", large + 1));
        assert_eq!(value.sub(other).unwrap().add(other).unwrap(), value);
        assert_eq!(value.div(value).unwrap(), Exact::ONE);
        assert!(other < value);
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
        fn a_decimal_of_any_length_keeps_its_value(number: i128, scale in 0_u32..=8) {
            let number = number >> 40;
            let decimal = Decimal::from_i128_with_scale(number, scale);
            prop_assert_eq!(Exact::from(decimal), Exact::new(number, 10_i128.pow(scale)).unwrap());
            let few = Decimal::new(i64::try_from(number >> 40).unwrap(), scale);
            let few_exact = Exact::new(number >> 40, 10_i128.pow(scale)).unwrap();
            prop_assert_eq!(Exact::from(few), few_exact);
        }

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
