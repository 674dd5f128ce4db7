//! Cumulative rounding: the pieces of a line are rounded so that they add up to the rounded whole (decisions 8, 9).

use super::walk::{PartAmounts, PartView, Roundings, Walk};
use crate::catalogue::Sourced;
use crate::quantity::{QuantityError, Rounding};
use crate::trace::{Calculator, Figure, Measure, Step, Tracer};

/// Cumulative rounding: part n = round(sum to n) − what was given to n−1, so that the parts add up to
/// the rounded whole (decisions 8).
#[derive(Debug, Clone, Copy)]
pub(super) struct Running<N> {
    exact: Option<Figure<N>>,
    given: Option<Figure<N>>,
}

impl<N> Default for Running<N> {
    fn default() -> Self {
        Self {
            exact: None,
            given: None,
        }
    }
}

impl<N: Copy> Running<N> {
    /// The rounded amount of the next piece.
    pub fn next<T: Tracer<Node = N>>(
        &mut self,
        calc: &mut Calculator<'_, T>,
        exact: Figure<N>,
        rule: &Sourced<Rounding>,
    ) -> Result<Figure<N>, QuantityError> {
        let euro = |label| Step::new(label, Measure::Euro);
        let sum = self.sum(calc, exact)?;
        let label = if self.given.is_none() {
            "bedrag, afgerond"
        } else {
            "tot en met dit deel, afgerond"
        };
        let rounded = calc.round(euro(label), sum, &rule.value, &rule.provenance)?;
        let piece = match self.given {
            None => rounded,
            Some(before) => calc.sub(euro("bedrag van dit deel"), rounded, before)?,
        };
        self.exact = Some(sum);
        self.given = Some(rounded);
        Ok(piece)
    }

    /// A piece whose rounded amount was settled elsewhere.
    pub fn take<T: Tracer<Node = N>>(
        &mut self,
        calc: &mut Calculator<'_, T>,
        exact: Figure<N>,
        given: Figure<N>,
    ) -> Result<(), QuantityError> {
        self.exact = Some(self.sum(calc, exact)?);
        self.given = Some(match self.given {
            None => given,
            Some(before) => {
                let step = Step::new("gegeven tot en met dit deel", Measure::Euro);
                calc.add(step, before, given)?
            }
        });
        Ok(())
    }

    fn sum<T: Tracer<Node = N>>(
        &self,
        calc: &mut Calculator<'_, T>,
        exact: Figure<N>,
    ) -> Result<Figure<N>, QuantityError> {
        match self.exact {
            None => Ok(exact),
            Some(before) => {
                let step = Step::new("bedrag tot en met dit deel", Measure::Euro);
                calc.add(step, before, exact)
            }
        }
    }
}

/// The running sum of a part and provider; of a whole part without a provider.
fn running<N: Copy>(
    roundings: &mut Roundings<N>,
    key: (usize, Option<usize>),
) -> Option<&mut Running<N>> {
    let place = roundings.iter().position(|(known, _)| *known == key);
    let place = place.unwrap_or_else(|| {
        roundings.push((key, Running::default()));
        roundings.len().saturating_sub(1)
    });
    roundings.get_mut(place).map(|(_, running)| running)
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// Rounds the shares of a piece so that they add up with those of the pieces before.
    pub(super) fn cumulative(
        &mut self,
        view: &PartView<'a, T::Node>,
        part: &PartAmounts<T::Node>,
        figures: &mut [Figure<T::Node>],
        (whole, capped): (Figure<T::Node>, bool),
        rule: &Sourced<Rounding>,
    ) -> Result<(), QuantityError> {
        let calc = &mut self.calc;
        // Under a ceiling the sum is what is rounded; the last provider takes the remainder. The sum runs along where
        // nothing is cut too, so that no cent gets lost where the ceiling starts to cut.
        let several = figures.len() > 1 && part.ceiling.is_some();
        let line_key = (view.place, None);
        let mut left = None;
        if several
            && capped
            && let Some(line) = running(&mut self.running, line_key)
        {
            left = Some(line.next(calc, whole, rule)?);
        }
        let last = figures.len().saturating_sub(1);
        for (place, (figure, share)) in figures.iter_mut().zip(&part.shares).enumerate() {
            let key = (view.place, Some(share.provider.unwrap_or(0)));
            let Some(running) = running(&mut self.running, key) else {
                continue;
            };
            *figure = match left {
                Some(left) if place == last => {
                    running.take(calc, *figure, left)?;
                    left
                }
                _ => running.next(calc, *figure, rule)?,
            };
            if let Some(rest) = left {
                let step = Step::new("rest voor de laatste zorgverlener", Measure::Euro);
                left = Some(calc.sub(step, rest, *figure)?);
            }
        }
        if several
            && !capped
            && let Some(line) = running(&mut self.running, line_key)
        {
            let given = Step::new("bedrag over de dagen", Measure::Euro);
            let given = calc.sum(given, &*figures)?;
            line.take(calc, whole, given)?;
        }
        Ok(())
    }
}
