//! Views: the amount of a line restated per week, 4 weeks, month and year.

use super::View;
use super::hours::factor;
use super::walk::{PartView, Walk};
use crate::catalogue::file::{Stage, Takes};
use crate::catalogue::{ConventionSet, Sourced};
use crate::quantity::{Euro, Frequency, QuantityError, Rounding};
use crate::trace::{Calculator, Figure, Measure, Step, Tracer};
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
    keep(calc, rule, amount, per, &mut made)?;
    for (slot, goal) in views.iter_mut().zip(Frequency::VIEWS) {
        make(calc, (set, rule), (per, goal), &mut made)?;
        if let Some(Made { exact, rounded }) = of(&made, goal) {
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

/// What an amount is per a period, where it was made.
#[inline]
fn of<N>(made: &AllMade<N>, per: Frequency) -> Option<&Made<N>> {
    made.get(per as usize)?.as_ref()
}

/// Makes what an amount is per another period, unless it was made before or the catalogue gives no way.
#[inline]
fn make<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    how: (&ConventionSet, &Sourced<Rounding>),
    (from, to): (Frequency, Frequency),
    made: &mut AllMade<T::Node>,
) -> Result<(), QuantityError> {
    match of(made, to) {
        Some(_) => Ok(()),
        None => by_hop(calc, how, (from, to), made),
    }
}

/// By the last hop of the way, after all that goes before it.
fn by_hop<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    (set, rule): (&ConventionSet, &Sourced<Rounding>),
    (from, to): (Frequency, Frequency),
    made: &mut AllMade<T::Node>,
) -> Result<(), QuantityError> {
    let Some(hop) = set.views.last_hop(from, to) else {
        return Ok(());
    };
    make(calc, (set, rule), (from, hop.from), made)?;
    let Some(before) = of(made, hop.from) else {
        return Ok(());
    };
    let own = hop.from == from;
    let goes_on = if own || hop.takes == Takes::Exact {
        before.exact
    } else {
        before.rounded
    };
    let factor = factor(calc, hop);
    let exact = calc.mul(Step::new("bedrag", Measure::EuroPer(to)), goes_on, factor)?;
    keep(calc, rule, exact, to, made)
}

/// Rounds what an amount is per a period, and keeps both.
#[inline]
fn keep<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    rule: &Sourced<Rounding>,
    exact: Figure<T::Node>,
    per: Frequency,
    made: &mut AllMade<T::Node>,
) -> Result<(), QuantityError> {
    let step = Step::new("bedrag", Measure::EuroPer(per));
    let rounded = calc.round(step, exact, &rule.value, &rule.provenance)?;
    if let Some(slot) = made.get_mut(per as usize) {
        *slot = Some(Made { exact, rounded });
    }
    Ok(())
}
