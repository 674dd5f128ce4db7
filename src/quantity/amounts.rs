//! Money, minutes, percentages and rates: decimals at the edges of a calculation.

use super::rounding::to_decimal;
use super::{Exact, QuantityError, Rounding, Unit};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A number in a file that is not a plain decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseDecimalError {
    /// Other signs than those of a number.
    #[error(
        "«{0}» is geen getal; schrijf het als \"1234.56\", tussen aanhalingstekens en met een punt"
    )]
    NoNumber(String),
    /// More digits than fit.
    #[error("«{0}» heeft te veel cijfers; 28 is het meeste")]
    TooLong(String),
}

/// Reads a plain decimal as it stands in a file: digits, at most one point, an optional minus.
/// No exponent, no underscore, no grouping. What people type is read by [`super::dutch`].
pub fn parse_plain_decimal(text: &str) -> Result<Decimal, ParseDecimalError> {
    let shown = || text.chars().take(40).collect();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !plain(whole) || !plain(decimals) {
        return Err(ParseDecimalError::NoNumber(shown()));
    }
    Decimal::from_str_exact(text).map_err(|_| ParseDecimalError::TooLong(shown()))
}

macro_rules! decimal_serde {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <Cow<'de, str>>::deserialize(deserializer)?;
                parse_plain_decimal(&text)
                    .map(Self)
                    .map_err(serde::de::Error::custom)
            }
        }
        impl $name {
            /// The value as an exact fraction.
            pub fn exact(self) -> Exact {
                Exact::from(self.0)
            }
        }
    };
}

/// An amount of money as published, typed or rounded. Decimals are kept as they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Euro(pub Decimal);
decimal_serde!(Euro);

impl Euro {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The amount that a rounding leaves. Errors: overflow.
    pub fn rounded(value: Exact, rounding: &Rounding) -> Result<Self, QuantityError> {
        to_decimal(rounding.apply(value)?).map(Self)
    }

    /// An exact value that is already a multiple of a decimal step. Error: it is not.
    #[inline]
    pub fn from_exact(value: Exact) -> Result<Self, QuantityError> {
        to_decimal(value).map(Self)
    }

    /// Sum. Error: overflow.
    pub fn plus(self, other: Self) -> Result<Self, QuantityError> {
        self.0
            .checked_add(other.0)
            .map(Self)
            .ok_or(QuantityError::Overflow)
    }

    /// Difference. Error: overflow.
    pub fn minus(self, other: Self) -> Result<Self, QuantityError> {
        self.0
            .checked_sub(other.0)
            .map(Self)
            .ok_or(QuantityError::Overflow)
    }
}

/// A percentage: `70` is 70%.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percentage(pub Decimal);
decimal_serde!(Percentage);

/// Whole minutes, as granted (R07: the exchange knows no part of a minute).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Minutes(pub i64);

impl Minutes {
    /// The value as an exact fraction.
    pub fn exact(self) -> Exact {
        Exact::from(self.0)
    }

    /// Sum. Error: overflow.
    pub fn plus(self, other: Self) -> Result<Self, QuantityError> {
        self.0
            .checked_add(other.0)
            .map(Self)
            .ok_or(QuantityError::Overflow)
    }
}

/// An amount per unit. Never a bare amount (R46).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How much.
    pub amount: Euro,
    /// For one of these.
    pub per: Unit,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_a_file_is_digits_with_at_most_one_point() {
        for good in ["0", "150.50", "-3", "0.00001", "1234567.89"] {
            assert_eq!(parse_plain_decimal(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "1e3",
            "1_000.5",
            "1,5",
            "1.2.3",
            "+1",
            " 1",
            "--1",
            "٣",
            "99999999999999999999999999999999",
        ] {
            assert!(parse_plain_decimal(bad).is_err(), "{bad}");
        }
    }
}
