//! Views: the amount of a line restated per week, 4 weeks, month and year.

use super::View;
use super::walk::{PartView, Walk};
use crate::catalogue::file::{Stage, Takes};
use crate::catalogue::{ConventionSet, Sourced};
use crate::quantity::{Euro, Frequency, QuantityError, Rounding};
use crate::trace::{Definition, Figure, Leaf, Measure, Step, Tracer};
use smallvec::SmallVec;
use std::sync::Arc;

/// A period with its view: the exact figure and the rounded one.
struct Made<N> {
    per: Frequency,
    exact: Figure<N>,
    rounded: Figure<N>,
}

/// Room for the four views without asking for memory.
type Few<V> = SmallVec<[V; 4]>;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The views of an amount. A line without an amount per period has none.
    pub(super) fn views(
        &mut self,
        parts: &[PartView<'a, T::Node>],
        amount: &Result<Option<Figure<T::Node>>, Arc<str>>,
        per: Frequency,
    ) -> Result<[Option<View<T::Node>>; 4], QuantityError> {
        let mut views = [const { None }; 4];
        let (Ok(Some(amount)), Some(part)) = (amount, parts.first()) else {
            return Ok(views);
        };
        let Some(rule) = part.set.rounding(Stage::View) else {
            return Ok(views);
        };
        // Every period on the way is worked out once and shared by the views that lie behind it.
        let mut made = Few::new();
        for (slot, goal) in views.iter_mut().zip(Frequency::VIEWS) {
            let Some(place) = self.view(part.set, rule, *amount, (per, goal), &mut made)? else {
                continue;
            };
            let Some(view) = made.get(place) else {
                continue;
            };
            *slot = Some(View {
                rounded: Euro::from_exact(view.rounded.value)?,
                exact: view.exact.value,
                status: view.rounded.status,
                node: view.rounded.node,
            });
        }
        Ok(views)
    }

    /// The place of a view among those made; nothing when the catalogue gives no way.
    fn view(
        &mut self,
        set: &'a ConventionSet,
        rule: &Sourced<Rounding>,
        amount: Figure<T::Node>,
        (from, to): (Frequency, Frequency),
        made: &mut Few<Made<T::Node>>,
    ) -> Result<Option<usize>, QuantityError> {
        if let Some(place) = made.iter().position(|view| view.per == to) {
            return Ok(Some(place));
        }
        let step = Step::new("bedrag", Measure::EuroPer(to));
        let exact = if from == to {
            amount
        } else {
            let Some(hop) = set.views.last_hop(from, to) else {
                return Ok(None);
            };
            let Some(before) = self.view(set, rule, amount, (from, hop.from), made)? else {
                return Ok(None);
            };
            let Some(before) = made.get(before) else {
                return Ok(None);
            };
            let own = hop.from == from;
            let goes_on = if own || hop.takes == Takes::Exact {
                before.exact
            } else {
                before.rounded
            };
            let name = Step::new("omrekenen", Measure::Number).about(&hop.name);
            let factor = match &hop.convention {
                Some(rule) => Some(self.calc.leaf(name, Leaf::Convention(rule), hop.factor)),
                None => self
                    .calc
                    .define(name, Definition::Periods(hop.from, hop.to)),
            };
            let Some(factor) = factor else {
                return Ok(None);
            };
            self.calc.mul(step, goes_on, factor)?
        };
        let rounded = self
            .calc
            .round(step, exact, &rule.value, &rule.provenance)?;
        made.push(Made {
            per: to,
            exact,
            rounded,
        });
        Ok(Some(made.len().saturating_sub(1)))
    }
}
