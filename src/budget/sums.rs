//! What the pieces of a line add up to: calendar years, and the whole term.

use super::hours::too_large;
use super::walk::{Amount, Summand, Walk};
use super::{LineBudget, Money, Total};
use crate::quantity::Exact;
use crate::trace::{Measure, Step, Tracer};
use std::sync::Arc;

impl<T: Tracer> Walk<'_, '_, T> {
    /// Calendar years and whole term, from the pieces.
    pub(super) fn sum(&mut self, budget: &mut LineBudget<T::Node>) {
        let pieces = std::mem::take(&mut self.pieces);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
            return;
        };
        let whole = (first.from, last.to);
        let mut start = 0usize;
        while let Some(piece) = pieces.get(start) {
            let year = piece.from.year();
            let count = pieces
                .iter()
                .skip(start)
                .take_while(|p| p.from.year() == year)
                .count();
            let slice = pieces
                .get(start..start.saturating_add(count))
                .unwrap_or(&[]);
            if let Some(total) = self.total_of(slice, |piece| {
                piece.in_year.as_ref().unwrap_or(&piece.money)
            }) {
                budget.years.push(total);
            }
            start = start.saturating_add(count.max(1));
        }
        if self.line.to.is_some() {
            budget.term = self
                .total_of(&pieces, |piece| &piece.money)
                .map(|total| Total {
                    from: whole.0,
                    to: whole.1,
                    ..total
                });
        }
    }

    fn total_of(
        &mut self,
        pieces: &[Summand<T::Node>],
        amount: impl Fn(&Summand<T::Node>) -> &Amount<T::Node>,
    ) -> Option<Total<T::Node>> {
        let (from, to) = (pieces.first()?.from, pieces.last()?.to);
        let mut exact = Exact::ZERO;
        for piece in pieces {
            let add = match amount(piece) {
                Ok((_, add)) => *add,
                Err(reason) => {
                    return Some(Total {
                        from,
                        to,
                        money: Money::NotKnown(Arc::clone(reason)),
                        exact: Exact::ZERO,
                    });
                }
            };
            match exact.add(add) {
                Ok(sum) => exact = sum,
                Err(error) => {
                    self.problems.push(*too_large(error, "hours"));
                    return None;
                }
            }
        }
        let step = Step::new("totaal", Measure::Euro).during(from, to);
        let figures = pieces
            .iter()
            .filter_map(|piece| amount(piece).as_ref().ok());
        let sum = self.calc.sum(step, figures.map(|(figure, _)| figure));
        match sum.and_then(Money::of) {
            Ok(money) => Some(Total {
                from,
                to,
                money,
                exact,
            }),
            Err(error) => {
                self.problems.push(*too_large(error, "hours"));
                None
            }
        }
    }
}
