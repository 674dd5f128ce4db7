//! Views: the amount of a line restated per week, 4 weeks, month and year.

use super::View;
use super::walk::{PartView, Walk};
use crate::catalogue::file::{Stage, Takes};
use crate::catalogue::{ConventionSet, Sourced};
use crate::quantity::{Euro, Frequency, QuantityError, Rounding};
use crate::trace::{Calculator, Definition, Figure, Leaf, Measure, Step, Tracer};
use std::sync::Arc;

/// What an amount is per another period.
#[derive(Clone, Copy)]
struct Made<N> {
    exact: Figure<N>,
    rounded: Figure<N>,
}

/// By the place of their period in [`Frequency`].
type AllMade<N> = [Option<Made<N>>; 6];

impl<T: Tracer> Walk<'_, '_, T> {
    /// The views of an amount. A line without an amount per period has none.
    pub(super) fn views(
        &mut self,
        parts: &[PartView<'_, T::Node>],
        amount: &Result<Option<Figure<T::Node>>, Arc<str>>,
        per: Frequency,
    ) -> Result<[Option<View<T::Node>>; 4], QuantityError> {
        match (amount, parts.first()) {
            (Ok(Some(amount)), Some(part)) => restated(&mut self.calc, part.set, *amount, per),
            _ => Ok([const { None }; 4]),
        }
    }
}

/// An amount per period restated per week, 4 weeks, month and year, by the methods of a convention set. A view that the
/// set gives no method for is absent. Errors: overflow.
pub fn restated<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    amount: Figure<T::Node>,
    per: Frequency,
) -> Result<[Option<View<T::Node>>; 4], QuantityError> {
    let mut views = [const { None }; 4];
    let Some(rule) = set.rounding(Stage::View) else {
        return Ok(views);
    };
    // Every period on the way is worked out once and shared by the views that lie behind it.
    let mut made = [None; 6];
    for (slot, goal) in views.iter_mut().zip(Frequency::VIEWS) {
        view(calc, (set, rule), amount, (per, goal), &mut made)?;
        if let Some(Some(Made { exact, rounded })) = made.get(goal as usize) {
            *slot = Some(View {
                rounded: Euro::from_exact(rounded.value)?,
                exact: exact.value,
                status: rounded.status,
                node: rounded.node,
            });
        }
    }
    Ok(views)
}

/// Makes one view, unless it was made before or the catalogue gives no way.
fn view<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    (set, rule): (&ConventionSet, &Sourced<Rounding>),
    amount: Figure<T::Node>,
    (from, to): (Frequency, Frequency),
    made: &mut AllMade<T::Node>,
) -> Result<(), QuantityError> {
    if let Some(Some(_)) = made.get(to as usize) {
        return Ok(());
    }
    let step = Step::new("bedrag", Measure::EuroPer(to));
    let exact = if from == to {
        amount
    } else {
        let Some(hop) = set.views.last_hop(from, to) else {
            return Ok(());
        };
        view(calc, (set, rule), amount, (from, hop.from), made)?;
        let Some(Some(before)) = made.get(hop.from as usize) else {
            return Ok(());
        };
        let own = hop.from == from;
        let goes_on = if own || hop.takes == Takes::Exact {
            before.exact
        } else {
            before.rounded
        };
        let name = Step::new("omrekenen", Measure::Number).about(&hop.name);
        let factor = match &hop.convention {
            Some(rule) => Some(calc.leaf(name, Leaf::Convention(rule), hop.factor)),
            None => calc.define(name, Definition::Periods(hop.from, hop.to)),
        };
        let Some(factor) = factor else {
            return Ok(());
        };
        calc.mul(step, goes_on, factor)?
    };
    let rounded = calc.round(step, exact, &rule.value, &rule.provenance)?;
    if let Some(slot) = made.get_mut(to as usize) {
        *slot = Some(Made { exact, rounded });
    }
    Ok(())
}
