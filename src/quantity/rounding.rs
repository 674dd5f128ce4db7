//! A rounding is a value, not a call: it comes from a catalogue's convention.

use super::exact::WHOLE;
use super::{Exact, QuantityError};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::num::NonZero;

/// Which way a rounding goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RoundingMode {
    /// To the nearest step; exactly half goes away from zero.
    HalfUp,
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
}

/// Rounding to a multiple of a step: a cent, 5 cents, half a euro, a whole minute.
///
/// ```
/// use maatwerk::quantity::{Exact, Rounding, RoundingMode};
/// let cent = Rounding { mode: RoundingMode::HalfUp, step: "0.01".parse()? };
/// let rate = Exact::new(15_125, 1_000)?; // 55% of 27,50
/// assert_eq!(cent.apply(rate)?, Exact::new(1_513, 100)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rounding {
    /// Which way.
    pub mode: RoundingMode,
    /// The step in the unit of what is rounded; above zero.
    pub step: Exact,
}

impl Rounding {
    /// To the cent, half away from zero.
    pub const CENT: Self = Self {
        mode: RoundingMode::HalfUp,
        step: Exact::ratio(1, 100),
    };

    /// The multiple of the step. Errors: overflow, or a step of zero.
    #[inline]
    pub fn apply(&self, value: Exact) -> Result<Exact, QuantityError> {
        // A number of cents stays what it is.
        if let (Some((_, below)), Some((1, step))) = (value.in_short(), self.step.in_short())
            && below == step
        {
            return Ok(value);
        }
        self.nearest(value)
            .ok_or_else(|| match self.step.is_zero() {
                true => QuantityError::DivisionByZero,
                false => QuantityError::Overflow,
            })
    }

    /// The number of `parts` of a whole that lies nearest; nothing where that does not fit in 64 bits.
    #[inline]
    fn part_nearest_to(
        &self,
        (above, below): (i64, NonZero<i64>),
        parts: NonZero<i64>,
    ) -> Option<Exact> {
        let above = above.checked_mul(parts.get())?;
        let number = above.checked_div(below.get())?;
        let rest = above.checked_rem(below.get())?;
        let (rest, below) = (rest.unsigned_abs(), below.get().unsigned_abs());
        let away = self.goes_away(rest != 0, rest >= below.saturating_sub(rest));
        let number = number.checked_add(if away { above.signum() } else { 0 })?;
        Some(Exact::kept(number, parts))
    }

    fn nearest(&self, value: Exact) -> Option<Exact> {
        // The usual step is one part of a whole, such as a cent.
        if let (Some(value), Some((1, parts))) = (value.in_short(), self.step.in_short())
            && let Some(rounded) = self.part_nearest_to(value, parts)
        {
            return Some(rounded);
        }
        self.nearest_step(value)
    }

    fn nearest_step(&self, value: Exact) -> Option<Exact> {
        let steps = value.div(self.step).ok()?;
        let whole = match steps.in_short() {
            Some(steps) => self.part_nearest_to(steps, WHOLE)?,
            None => {
                let (above, below) = steps.parts();
                let rest = above.checked_rem(below)?.unsigned_abs();
                let is_half = rest >= below.unsigned_abs().saturating_sub(rest);
                let away = self.goes_away(rest != 0, is_half);
                let steps = above.checked_div(below)?;
                Exact::new(steps.checked_add(if away { above.signum() } else { 0 })?, 1).ok()?
            }
        };
        whole.mul(self.step).ok()
    }

    /// Whether what is left below a step goes to the step that lies farther from zero: whether anything is left, and
    /// whether that is half a step or more.
    #[inline]
    fn goes_away(&self, is_some: bool, is_half: bool) -> bool {
        match self.mode {
            RoundingMode::Down => false,
            RoundingMode::Up => is_some,
            RoundingMode::HalfUp => is_half,
        }
    }
}

/// The decimal number of a rounded value; the number of decimals follows the step.
#[inline]
pub(super) fn to_decimal(value: Exact) -> Result<Decimal, QuantityError> {
    // The usual case: a number of cents.
    if let Some((above, below)) = value.in_short()
        && below.get() == 100
    {
        return Ok(Decimal::new(above, 2));
    }
    value.finite_decimal().ok_or(QuantityError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_part_of_a_whole_is_rounded_as_any_other_step(
            (above, below) in (any::<i64>(), 1_i64..100_000),
            parts in 1_u32..1_000,
        ) {
            for mode in [RoundingMode::HalfUp, RoundingMode::Up, RoundingMode::Down] {
                let rounding = Rounding { mode, step: Exact::ratio(1, parts) };
                for above in [above, above % 1_000_000] {
                    let value = Exact::new(above.into(), below.into()).unwrap();
                    prop_assert_eq!(rounding.apply(value).ok(), rounding.nearest_step(value));
                }
            }
        }
    }

    fn round(mode: RoundingMode, step: &str, value: &str) -> String {
        let rounding = Rounding {
            mode,
            step: step.parse().unwrap(),
        };
        rounding
            .apply(value.parse().unwrap())
            .unwrap()
            .finite_decimal()
            .unwrap()
            .to_string()
    }

    #[test]
    fn every_mode_and_step_rounds_as_its_name_says() {
        use RoundingMode::*;
        for (mode, step, value, expected) in [
            (HalfUp, "0.01", "15.125", "15.13"),
            (HalfUp, "0.01", "15.1249", "15.12"),
            (HalfUp, "0.01", "-15.125", "-15.13"),
            (Up, "0.01", "10.9201", "10.93"),
            (Down, "0.01", "10.9299", "10.92"),
            (Up, "1", "173.0769", "174"),
            (Up, "1", "174", "174"),
            (HalfUp, "0.05", "1.025", "1.05"),
            (Down, "0.2", "21.79", "21.6"),
            (HalfUp, "0.5", "150.24", "150"),
            (HalfUp, "0.5", "150.25", "150.5"),
            (HalfUp, "1", "0.5", "1"),
        ] {
            assert_eq!(
                round(mode, step, value),
                expected,
                "{mode:?} {step} {value}"
            );
        }
    }
}
