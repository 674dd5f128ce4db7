//! The course over time: per month what is planned, what is spent and what is left, as a table that a plot can draw.
//!
//! What is planned is the budget of the period over its days, in the proportions of the stretches between two changes of
//! tariff; where none of these weighs a cent, evenly. Months add up to their period to the cent. This must not know how a plot looks.

use super::flow::Paid;
use super::pots::Pot;
use crate::budget::LineBudget;
use crate::calendar::Period;
use crate::quantity::{Euro, Exact, QuantityError, Rounding};
use crate::trace::NodeId;
use jiff::civil::Date;

/// One month of a line, or the part of it that lies in a budget period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// The part of the budget that belongs to these days.
    pub planned: Option<Euro>,
    /// What is paid in these days.
    pub spent: Option<Euro>,
    /// What of the budget of its period is left after these days; below zero it is short.
    pub left: Option<Euro>,
    /// What each care provider is paid, in their order.
    pub by_provider: Vec<Euro>,
}

/// How the budget of a line weighs over days: money per day between two changes.
struct Weights(Vec<(Date, Date, Exact)>);

impl Weights {
    fn of(budget: &LineBudget<NodeId>) -> Option<Self> {
        let stretches = budget.segments.iter().map(|segment| {
            let days = Period::new(segment.from, segment.to).ok()?.days();
            let total = segment.total.euro()?.exact();
            let per_day = total.div(Exact::from(i64::from(days))).ok()?;
            Some((segment.from, segment.to, per_day))
        });
        let stretches: Option<Vec<_>> = stretches.collect();
        stretches.map(Self)
    }

    fn over(&self, from: Date, to: Date) -> Result<Exact, QuantityError> {
        let mut sum = Exact::ZERO;
        for (first, last, per_day) in &self.0 {
            if let Ok(days) = Period::new(from.max(*first), to.min(*last)) {
                sum = sum.add(per_day.mul(Exact::from(i64::from(days.days())))?)?;
            }
        }
        Ok(sum)
    }
}

/// How many days there are from the first to the last.
fn days(from: Date, to: Date) -> Exact {
    let days = Period::new(from, to).map_or(0, Period::days);
    Exact::from(i64::from(days))
}

fn cents(value: Exact) -> Result<Euro, QuantityError> {
    Euro::rounded(value, &Rounding::CENT)
}

/// The months of a line.
pub(super) fn months(
    budget: &LineBudget<NodeId>,
    pots: &[Pot],
    paid: Option<&[Paid]>,
) -> Result<Vec<Month>, QuantityError> {
    let weights = Weights::of(budget);
    let mut months = Vec::new();
    for pot in pots {
        let Ok(period) = Period::new(pot.from, pot.to) else {
            continue;
        };
        let whole = pot.budget.euro();
        let all = weights
            .as_ref()
            .map(|w| w.over(pot.from, pot.to))
            .transpose()?;
        let mut before: Vec<Exact> = Vec::new();
        for one in paid.unwrap_or_default() {
            before.push(match pot.from.yesterday() {
                Ok(day) => one.amount_to(day)?,
                Err(_) => Exact::ZERO,
            });
        }
        let (mut planned_before, mut left) = (Euro::ZERO, whole);
        for part in period.by_month() {
            let (from, to) = (part.covered.from(), part.covered.to());
            let planned_to = match (whole, &weights, all) {
                (Some(whole), Some(weights), Some(all)) => {
                    let share = match all.is_zero() {
                        true => days(pot.from, to).div(days(pot.from, pot.to))?,
                        false => weights.over(pot.from, to)?.div(all)?,
                    };
                    Some(cents(whole.exact().mul(share)?)?)
                }
                _ => None,
            };
            let planned = planned_to.map(|to| to.minus(planned_before)).transpose()?;
            planned_before = planned_to.unwrap_or(planned_before);
            let mut by_provider = Vec::with_capacity(before.len());
            let mut spent = Euro::ZERO;
            for (one, before) in paid.unwrap_or_default().iter().zip(&mut before) {
                let now = one.amount_to(to)?;
                let mine = Euro::from_exact(now.sub(*before)?)?;
                *before = now;
                spent = spent.plus(mine)?;
                by_provider.push(mine);
            }
            left = left.map(|left| left.minus(spent)).transpose()?;
            months.push(Month {
                from,
                to,
                planned,
                spent: paid.is_some().then_some(spent),
                left: left.filter(|_| paid.is_some()),
                by_provider,
            });
        }
    }
    Ok(months)
}

/// A month of all lines together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthTogether {
    /// The first day of the month.
    pub month: Date,
    /// The part of the budgets that belongs to it; nothing while a line of it does not know.
    pub planned: Option<Euro>,
    /// What is paid in it.
    pub spent: Option<Euro>,
    /// What of all budgets is left after it, what is short taken off.
    pub left: Option<Euro>,
}

/// Adds the months of lines up, month by month.
pub(super) fn together(months: &[&Month]) -> Result<Vec<MonthTogether>, QuantityError> {
    let first = |month: &Month| month.from.first_of_month();
    let mut firsts: Vec<Date> = months.iter().map(|month| first(month)).collect();
    firsts.sort_unstable();
    firsts.dedup();
    let mut all = Vec::with_capacity(firsts.len());
    for day in firsts {
        let mut sums = [Some(Euro::ZERO); 3];
        for one in months.iter().filter(|month| first(month) == day) {
            for (sum, next) in sums.iter_mut().zip([one.planned, one.spent, one.left]) {
                *sum = match (*sum, next) {
                    (Some(sum), Some(next)) => Some(sum.plus(next)?),
                    _ => None,
                };
            }
        }
        let [planned, spent, left] = sums;
        all.push(MonthTogether {
            month: day,
            planned,
            spent,
            left,
        });
    }
    Ok(all)
}
