//! What a care provider costs, in closed form: the cost over any days without walking them.
//!
//! Work becomes [`Flow`]s: so much per period over stretches of days. A quantity per week is spread over the days of the
//! week, or over the weekdays on which the provider comes; per month over the days of that month; in total over all days
//! at work. A fixed wage and costs beside the rate run on while the provider is away.
//!
//! Between two roundings all is exact. What is paid is whole cents: what is left of a cent goes on to the next payment,
//! so that months add up to their total. This must not know budgets, catalogues or checks.

use crate::calendar::{Period, day_from_number, day_number};
use crate::quantity::{Exact, Frequency, QuantityError, Rounding, Unit};
use crate::trace::{
    Calculator, Definition, Figure, Leaf, Measure, Provenance, Silent, Status, Step, Tracer,
};
use jiff::civil::Date;
use std::sync::{Arc, LazyLock};

/// Days by their number, both ends included.
pub(super) type Stretch = (i32, i32);

/// Why payments are in cents.
pub(super) static PAYMENT: LazyLock<Arc<Provenance>> = LazyLock::new(|| {
    own_rule(
        "betalen in hele centen",
        "een betaling is in hele centen; wat van een cent overblijft gaat mee naar de volgende",
    )
});

/// A rule of the program itself.
pub(super) fn own_rule(place: &str, source: &str) -> Arc<Provenance> {
    Arc::new(Provenance {
        file: "maatwerk".to_owned(),
        place: place.to_owned(),
        source: source.to_owned(),
        status: Status::Established,
        from: None,
        to: None,
        note: None,
    })
}

/// How what belongs to a period is laid over its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spread {
    /// Over all days; the period has so many.
    Even(i64),
    /// Over the days of the week in the mask (bit 0 is Monday), in one of so many weeks counted from this Monday.
    Coming { mask: u8, every: i32, monday: i32 },
    /// Over the days of each month.
    Month,
    /// Over the days of each year.
    Year,
}

impl Spread {
    /// All days of a period.
    pub(super) fn even(per: Frequency) -> Self {
        match per {
            Frequency::Month => Self::Month,
            Frequency::Year => Self::Year,
            Frequency::Day | Frequency::Total => Self::Even(1),
            Frequency::Week => Self::Even(7),
            Frequency::TwoWeeks => Self::Even(14),
            Frequency::FourWeeks => Self::Even(28),
        }
    }
}

/// So much per period, over stretches of days.
#[derive(Debug, Clone)]
pub(super) struct Flow {
    pub(super) stretches: Vec<Stretch>,
    pub(super) spread: Spread,
    pub(super) per: Frequency,
    /// Per period: an amount, or a quantity of `unit`.
    pub(super) value: Exact,
    /// The unit of a quantity; absent for an amount.
    pub(super) unit: Option<Unit>,
}

/// Work that is paid by the hour or another unit.
#[derive(Debug, Clone)]
pub(super) struct WorkFlow {
    pub(super) done: Flow,
    pub(super) rate: Exact,
    /// What the rate is for.
    pub(super) unit: Unit,
}

/// A care provider's costs.
#[derive(Debug, Clone)]
pub(super) struct Paid {
    /// First day at work.
    pub(super) from: Date,
    /// Last day at work.
    pub(super) to: Date,
    /// What is paid by the hour.
    pub(super) work: Vec<WorkFlow>,
    /// Fixed wages.
    pub(super) wages: Vec<Flow>,
    /// What is done for them.
    pub(super) wage_work: Vec<Flow>,
    /// Part of the cost of work that comes on top, in percent.
    pub(super) on_top: Exact,
    /// Costs of a fixed amount per period.
    pub(super) beside: Vec<Flow>,
}

/// What some days cost, and what is done in them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spent<N> {
    /// What grows with the hours.
    pub(super) by_work: Option<Figure<N>>,
    /// What does not.
    pub(super) fixed: Option<Figure<N>>,
}

fn percent(on_top: Exact) -> Result<Exact, QuantityError> {
    on_top.add(Exact::from(100))
}

/// The day of the week of a day number: 0 is Monday.
pub(super) fn weekday(day: i32) -> i32 {
    day.saturating_add(3).rem_euclid(7)
}

/// How many days before `monday + days` the provider comes, counted from that Monday.
fn coming_before(mask: u8, every: i32, days: i32) -> i64 {
    let all = i64::from(mask.count_ones());
    let cycle = every.saturating_mul(7).max(7);
    let rounds = i64::from(days.div_euclid(cycle));
    let rest = days.rem_euclid(cycle).clamp(0, 7);
    let some = 1u32.checked_shl(rest.unsigned_abs()).unwrap_or(0);
    let inside = u32::from(mask) & some.saturating_sub(1);
    rounds
        .saturating_mul(all)
        .saturating_add(i64::from(inside.count_ones()))
}

/// The days that two stretches share.
fn shared(one: Stretch, other: Stretch) -> Option<Stretch> {
    let (from, to) = (one.0.max(other.0), one.1.min(other.1));
    (from <= to).then_some((from, to))
}

/// What of the stretches lies in one.
pub(super) fn within(stretches: &[Stretch], one: Stretch) -> Vec<Stretch> {
    stretches
        .iter()
        .filter_map(|stretch| shared(*stretch, one))
        .collect()
}

/// The stretches without some days.
pub(super) fn without(stretches: &[Stretch], one: Stretch) -> Vec<Stretch> {
    let mut left = Vec::with_capacity(stretches.len().saturating_add(1));
    for stretch in stretches {
        let before = (stretch.0, stretch.1.min(one.0.saturating_sub(1)));
        let after = (stretch.0.max(one.1.saturating_add(1)), stretch.1);
        match shared(*stretch, one) {
            None => left.push(*stretch),
            Some(_) => left.extend([before, after].into_iter().filter(|(a, b)| a <= b)),
        }
    }
    left
}

/// The number of days in stretches.
pub(super) fn days(stretches: &[Stretch]) -> i64 {
    let each = stretches
        .iter()
        .map(|(from, to)| i64::from(to.saturating_sub(*from)).saturating_add(1));
    each.sum()
}

fn period((from, to): Stretch) -> Option<Period> {
    let (from, to) = (day_from_number(from).ok()?, day_from_number(to).ok()?);
    Period::new(from, to).ok()
}

/// Months in a period, parts of a month by its days.
pub(super) fn months(period: Period) -> Result<Exact, QuantityError> {
    let (above, below) = period.month_count().as_fraction();
    Exact::new(above.into(), below.into())
}

/// Years in a period, parts of a year by its days.
pub(super) fn years(period: Period) -> Result<Exact, QuantityError> {
    let mut sum = Exact::ZERO;
    for part in period.by_year() {
        let days = Exact::from(i64::from(part.days()));
        sum = sum.add(days.div(Exact::from(i64::from(part.unit_days)))?)?;
    }
    Ok(sum)
}

impl Flow {
    /// Days, months or years of this flow within some days.
    fn count(&self, days: Stretch) -> Result<Exact, QuantityError> {
        let mut sum = Exact::ZERO;
        let mut number = 0_i64;
        for stretch in &self.stretches {
            let Some(part) = shared(*stretch, days) else {
                continue;
            };
            match self.spread {
                Spread::Even(_) => number = number.saturating_add(self::days(&[part])),
                Spread::Coming {
                    mask,
                    every,
                    monday,
                } => {
                    let before = |day: i32| coming_before(mask, every, day.saturating_sub(monday));
                    let all = before(part.1.saturating_add(1)).saturating_sub(before(part.0));
                    number = number.saturating_add(all);
                }
                Spread::Month | Spread::Year => {
                    let Some(part) = period(part) else { continue };
                    sum = sum.add(match self.spread {
                        Spread::Month => months(part)?,
                        _ => years(part)?,
                    })?;
                }
            }
        }
        sum.add(Exact::from(number))
    }

    /// How many periods of this flow lie within some days; nothing when none.
    fn periods<T: Tracer>(
        &self,
        calc: &mut Calculator<'_, T>,
        (from, to): (Date, Date),
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
        let count = self.count((day_number(from), day_number(to)))?;
        if count.is_zero() {
            return Ok(None);
        }
        let (label, measure) = match self.spread {
            Spread::Even(_) => ("dagen", Measure::Days),
            Spread::Coming { .. } => ("dagen waarop deze zorgverlener komt", Measure::Days),
            Spread::Month => (
                "maanden, een deel van een maand naar zijn dagen",
                Measure::Periods,
            ),
            Spread::Year => (
                "jaren, een deel van een jaar naar zijn dagen",
                Measure::Periods,
            ),
        };
        let step = Step::new(label, measure).during(from, to);
        let count = calc.leaf(step, Leaf::Count(from, to), count);
        let periods = Step::new("aantal perioden", Measure::Periods).during(from, to);
        let length = match self.spread {
            Spread::Month | Spread::Year => return Ok(Some(count)),
            Spread::Even(_) if self.per == Frequency::Day => return Ok(Some(count)),
            Spread::Even(all) if self.per == Frequency::Total => {
                let step = Step::new("alle dagen aan het werk", Measure::Days);
                Some(calc.leaf(step, Leaf::Input(format_args!("work")), Exact::from(all)))
            }
            Spread::Even(_) => {
                let step = Step::new("dagen in de periode", Measure::Days);
                calc.define(step, Definition::Periods(Frequency::Day, self.per))
            }
            Spread::Coming { mask, .. } => {
                let step = Step::new(
                    "dagen per week waarop deze zorgverlener komt",
                    Measure::Days,
                );
                let days = Exact::from(i64::from(mask.count_ones()));
                Some(calc.leaf(step, Leaf::Input(format_args!("work.days")), days))
            }
        };
        length
            .map(|length| calc.div(periods, count, length))
            .transpose()
    }

    /// What flows in some days: an amount, or a quantity in `goal`. Nothing when nothing does.
    pub(super) fn over<T: Tracer>(
        &self,
        calc: &mut Calculator<'_, T>,
        goal: Option<Unit>,
        days: (Date, Date),
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
        let Some(periods) = self.periods(calc, days)? else {
            return Ok(None);
        };
        let (label, measure) = match self.unit {
            Some(unit) => ("afgesproken omvang", Measure::VolumePer(unit, self.per)),
            None => ("afgesproken bedrag", Measure::EuroPer(self.per)),
        };
        let mut each = calc.leaf(
            Step::new(label, measure),
            Leaf::Input(format_args!("work")),
            self.value,
        );
        if let (Some(unit), Some(goal)) = (self.unit, goal)
            && unit != goal
        {
            let step = Step::new("omrekenen van de eenheid", Measure::Number);
            if let Some(factor) = calc.define(step, Definition::Units(unit, goal)) {
                let step = Step::new("afgesproken omvang", Measure::VolumePer(goal, self.per));
                each = calc.div(step, each, factor)?;
            }
        }
        let measure = match goal.or(self.unit) {
            Some(unit) => Measure::Volume(unit),
            None => Measure::Euro,
        };
        let label = match self.unit {
            Some(_) => "omvang in deze dagen",
            None => "bedrag in deze dagen",
        };
        let step = Step::new(label, measure).during(days.0, days.1);
        calc.mul(step, each, periods).map(Some)
    }
}

/// A sum that starts with nothing.
pub(super) fn plus<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    step: Step<'_>,
    sum: Option<Figure<T::Node>>,
    next: Option<Figure<T::Node>>,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    match (sum, next) {
        (Some(sum), Some(next)) => calc.add(step, sum, next).map(Some),
        (one, other) => Ok(one.or(other)),
    }
}

impl Paid {
    /// What some days cost, exact.
    pub(super) fn spent<T: Tracer>(
        &self,
        calc: &mut Calculator<'_, T>,
        days: (Date, Date),
    ) -> Result<Spent<T::Node>, QuantityError> {
        let cost = Step::new("kosten van het werk", Measure::Euro).during(days.0, days.1);
        let wage = Step::new("vast loon", Measure::Euro).during(days.0, days.1);
        let beside = Step::new("vaste kosten", Measure::Euro).during(days.0, days.1);
        let (mut by_work, mut wages, mut fixed) = (None, None, None);
        for work in &self.work {
            let Some(done) = work.done.over(calc, Some(work.unit), days)? else {
                continue;
            };
            let step = Step::new("afgesproken tarief", Measure::EuroPerUnit(work.unit));
            let rate = calc.leaf(step, Leaf::Input(format_args!("work.rate")), work.rate);
            let one = calc.mul(cost, done, rate)?;
            by_work = plus(calc, cost, by_work, Some(one))?;
        }
        for one in &self.wages {
            let one = one.over(calc, None, days)?;
            wages = plus(calc, wage, wages, one)?;
        }
        if !self.on_top.is_zero() {
            let on_top = percent(self.on_top)?;
            for (step, sum) in [(cost, &mut by_work), (wage, &mut wages)] {
                if let Some(before) = *sum {
                    let on_top = calc.leaf(
                        Step::new("100% en wat erbij komt", Measure::Percent),
                        Leaf::Input(format_args!("costs")),
                        on_top,
                    );
                    *sum = Some(calc.percent(step, on_top, before)?);
                }
            }
        }
        for one in &self.beside {
            let one = one.over(calc, None, days)?;
            fixed = plus(calc, beside, fixed, one)?;
        }
        let fixed = plus(calc, beside, wages, fixed)?;
        Ok(Spent { by_work, fixed })
    }

    /// What is done in some days, in this unit; nothing when nothing is.
    pub(super) fn done<T: Tracer>(
        &self,
        calc: &mut Calculator<'_, T>,
        unit: Unit,
        days: (Date, Date),
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
        let step = Step::new("omvang samen", Measure::Volume(unit)).during(days.0, days.1);
        let mut sum = None;
        let flows = self.work.iter().map(|work| &work.done);
        for flow in flows.chain(&self.wage_work) {
            let one = flow.over(calc, Some(unit), days)?;
            sum = plus(calc, step, sum, one)?;
        }
        Ok(sum)
    }

    /// What is paid from the first day at work up to and including a day, in whole cents; nothing when nothing is.
    pub(super) fn paid_to<T: Tracer>(
        &self,
        calc: &mut Calculator<'_, T>,
        day: Date,
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
        let last = day.min(self.to);
        if last < self.from {
            return Ok(None);
        }
        let days = (self.from, last);
        let spent = self.spent(calc, days)?;
        let step = Step::new("kosten tot en met die dag", Measure::Euro).during(days.0, days.1);
        let Some(sum) = plus(calc, step, spent.by_work, spent.fixed)? else {
            return Ok(None);
        };
        let step = Step::new("betaald in hele centen", Measure::Euro).during(days.0, days.1);
        calc.round(step, sum, &Rounding::CENT, &PAYMENT).map(Some)
    }

    /// What is paid over some days: up to the last less up to the day before the first, so that parts add up.
    pub(super) fn paid<T: Tracer>(
        &self,
        calc: &mut Calculator<'_, T>,
        (from, to): (Date, Date),
    ) -> Result<Option<Figure<T::Node>>, QuantityError> {
        let all = self.paid_to(calc, to)?;
        let before = match from.yesterday() {
            Ok(before) => self.paid_to(calc, before)?,
            Err(_) => None,
        };
        let step = Step::new("betaald in deze dagen", Measure::Euro).during(from, to);
        match (all, before) {
            (Some(all), Some(before)) => calc.sub(step, all, before).map(Some),
            (all, _) => Ok(all),
        }
    }

    /// The amount of [`Paid::paid_to`], without its calculation.
    pub(super) fn amount_to(&self, day: Date) -> Result<Exact, QuantityError> {
        let mut calc = Calculator {
            tracer: &mut Silent,
        };
        let paid = self.paid_to(&mut calc, day)?;
        Ok(paid.map_or(Exact::ZERO, |paid| paid.value))
    }

    /// The unit in which all work can be counted; nothing when there is none.
    pub(super) fn unit(&self) -> Option<Unit> {
        let flows = self.work.iter().map(|work| &work.done);
        let mut units = flows.chain(&self.wage_work).filter_map(|flow| flow.unit);
        let first = units.next()?;
        let goal = match first.minutes() {
            Some(_) => Unit::Hour,
            None => first,
        };
        units
            .all(|unit| unit.per(goal).is_some())
            .then_some(goal)
            .filter(|goal| first.per(*goal).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_of_a_pattern_are_those_that_a_calendar_shows() {
        // From Wednesday 3 January 2018; Tuesday and Sunday, every other week.
        let from = day_number(date(2018, 1, 3));
        let monday = from - weekday(from);
        let (mask, every) = (0b100_0010, 2);
        for last in from..from + 80 {
            let slow = (from..=last).filter(|day| {
                let week = (day - monday) / 7;
                week % every == 0 && mask & (1 << weekday(*day)) != 0
            });
            let flow = Flow {
                stretches: vec![(from, last)],
                spread: Spread::Coming {
                    mask,
                    every,
                    monday,
                },
                per: Frequency::Week,
                value: Exact::ONE,
                unit: None,
            };
            let slow = i64::try_from(slow.count()).unwrap();
            assert_eq!(flow.count((from, last)).unwrap(), Exact::from(slow));
        }
    }

    #[test]
    fn stretches_lose_the_days_that_are_taken_out() {
        assert_eq!(without(&[(1, 10)], (4, 5)), [(1, 3), (6, 10)]);
        assert_eq!(without(&[(1, 10)], (1, 10)), []);
        assert_eq!(without(&[(1, 3), (5, 9)], (3, 5)), [(1, 2), (6, 9)]);
        assert_eq!(within(&[(1, 3), (5, 9)], (2, 6)), [(2, 3), (5, 6)]);
        assert_eq!(days(&[(1, 3), (5, 5)]), 4);
    }
}
