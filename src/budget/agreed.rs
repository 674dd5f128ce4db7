//! A rate agreed with a care provider, where the catalogue lets the lower of tariff and agreed rate count (R26).

use super::hours::{convert, too_large, volume_in};
use super::walk::{Active, PartView, Place, Stop, Walk};
use super::{Agreed, Volume};
use crate::catalogue::file::Stage;
use crate::document::Problem;
use crate::quantity::{Exact, Frequency, Rate, Unit};
use crate::trace::{Definition, Figure, Leaf, Measure, Step, Tracer, shown};

/// So many times the tariff, or so small a part of it, an agreed rate hardly ever is.
const FAR: i64 = 5;

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The agreed rate that is to be held against the tariff; without one what to say of it.
    pub(super) fn agreed(
        &self,
        view: &PartView<'a, T::Node>,
        (_, provider): Active<'a>,
    ) -> (Option<Rate>, Option<Agreed>) {
        let agreed = provider.and_then(|provider| provider.agreed);
        if view.set.real_cost_if_lower.value {
            (agreed, None)
        } else {
            (None, agreed.map(|_| Agreed::NotUsed))
        }
    }

    /// An agreed rate of many times the tariff, or a small part of it, deserves a look: mostly a comma is missing.
    pub(super) fn check_agreed(&mut self, agreed: Rate, tariff: Exact, unit: Unit, field: Place) {
        let typed = agreed.amount.exact();
        // What is too large to multiply is far off too.
        let is_many = |one: Exact, other: Exact| {
            let many = other.mul(Exact::from(FAR));
            many.is_ok_and(|many| one >= many)
        };
        let far = match unit == agreed.per {
            true if is_many(typed, tariff) => "hoger",
            true if is_many(tariff, typed) => "lager",
            _ => return,
        };
        let measure = Measure::EuroPerUnit(unit);
        self.tell_once(
            Problem::warning(format!(
                "het afgesproken tarief ({}) is veel {far} dan het tarief van de gemeente ({})",
                shown(typed, measure),
                shown(tariff, measure)
            ))
            .field(format!("{}.agreed", field.path()))
            .hint("Kijk of het bedrag en de eenheid kloppen, en of de komma goed staat."),
        );
    }

    /// The tariff, where the catalogue says that a lower agreed rate beside it does not count.
    pub(super) fn in_spite_of_agreed(
        &mut self,
        view: &PartView<'a, T::Node>,
        tariff: Figure<T::Node>,
        unit: Unit,
    ) -> Figure<T::Node> {
        let step = Step::new("tarief", Measure::EuroPerUnit(unit));
        let rule = &view.set.real_cost_if_lower.provenance;
        self.calc.choose(step, tariff, rule)
    }

    /// The lower of tariff and agreed rate, per unit of the tariff.
    pub(super) fn lower_rate(
        &mut self,
        view: &PartView<'a, T::Node>,
        rate: Figure<T::Node>,
        unit: Unit,
        agreed: Rate,
        field: Place,
    ) -> Result<(Figure<T::Node>, Agreed), Stop> {
        let measure = Measure::EuroPerUnit(unit);
        let mut cost = self.calc.leaf(
            Step::new("afgesproken tarief", Measure::EuroPerUnit(agreed.per)),
            Leaf::Input(format_args!("{field}.agreed.amount")),
            agreed.amount.exact(),
        );
        if agreed.per != unit {
            let step = Step::new("omrekenen van de eenheid", Measure::Number);
            let factor = self.calc.define(step, Definition::Units(agreed.per, unit));
            let factor = factor.ok_or_else(|| incomparable(agreed, unit.singular(), field))?;
            cost = self
                .calc
                .mul(Step::new("afgesproken tarief", measure), cost, factor)
                .map_err(|error| too_large(error, &field.path()))?;
        }
        let step = Step::new("werkelijk tarief als dat lager is", measure);
        Ok(self.lower(view, step, rate, cost))
    }

    /// The lower of a fixed amount and what the provider really costs in that period.
    pub(super) fn lower_amount(
        &mut self,
        view: &PartView<'a, T::Node>,
        amount: Figure<T::Node>,
        (agreed, period): (Rate, Frequency),
        volumes: &[Volume<T::Node>],
        field: Place,
    ) -> Result<(Figure<T::Node>, Agreed), Stop> {
        let big = |error| too_large(error, &field.path());
        let measure = Measure::EuroPer(period);
        let rate = self.calc.leaf(
            Step::new("afgesproken tarief", Measure::EuroPerUnit(agreed.per)),
            Leaf::Input(format_args!("{field}.agreed.amount")),
            agreed.amount.exact(),
        );
        let cost = if let Some(own) = agreed.per.frequency() {
            let ways = &view.set.views;
            let cost = convert(&mut self.calc, ways, rate, (own, period), Measure::EuroPer);
            match (cost.map_err(big)?, view.set.rounding(Stage::Period)) {
                (Some(cost), Some(rule)) if own != period => {
                    let step = Step::new("bedrag per periode, afgerond", measure);
                    let cost = self.calc.round(step, cost, &rule.value, &rule.provenance);
                    Some(cost.map_err(big)?)
                }
                (cost, _) => cost,
            }
        } else {
            // The fixed amount is for all of it; a cost of one kind alone says nothing.
            let one_kind = (volumes.iter())
                .all(|volume| (volume.per == Frequency::Total) == (period == Frequency::Total));
            let goal = (agreed.per, period);
            match volume_in(&mut self.calc, view.set, volumes, goal).map_err(big)? {
                Some(volume) if one_kind => {
                    Some(self.multiply(view, volume, rate, goal).map_err(big)?)
                }
                _ => None,
            }
        };
        let cost = cost.ok_or_else(|| incomparable(agreed, period.dutch(), field))?;
        let step = Step::new("werkelijke kosten als die lager zijn", measure);
        Ok(self.lower(view, step, amount, cost))
    }

    fn lower(
        &mut self,
        view: &PartView<'a, T::Node>,
        step: Step<'_>,
        tariff: Figure<T::Node>,
        cost: Figure<T::Node>,
    ) -> (Figure<T::Node>, Agreed) {
        let what = match cost.value < tariff.value {
            true => Agreed::Lower,
            false => Agreed::NotLower,
        };
        let lower = self.calc.least(step, tariff, cost);
        let rule = &view.set.real_cost_if_lower.provenance;
        (self.calc.choose(step, lower, rule), what)
    }
}

/// An agreed rate that nobody can hold against the tariff is not passed over.
fn incomparable(agreed: Rate, tariff: &str, field: Place) -> Stop {
    let tariff = tariff.strip_prefix("per ").unwrap_or(tariff);
    Problem::error(format!(
        "een afgesproken tarief per {} is niet te vergelijken met een tarief per {tariff}",
        agreed.per.singular(),
    ))
    .field(format!("{}.agreed", field.path()))
    .hint(format!("Vul het tarief in per {tariff}."))
    .into()
}
