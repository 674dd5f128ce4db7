//! Stretches of a budget period: days on which one rate of a care provider holds, each with what is done and what that
//! costs, so that a reader can redo it.
//!
//! They are exact: payments are whole cents, and their sum can be a part of a cent more or less. This must not know how a
//! stretch is printed.

use super::flow::{Flow, Paid, days, within};
use super::hire::hire;
use super::{LineOutlook, Pot};
use crate::calendar::{day_from_number, day_number};
use crate::dossier::Hired;
use crate::quantity::{Exact, Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Silent};
use jiff::civil::Date;

/// Days on which one rate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// Place among those who are paid for the line.
    pub provider: usize,
    /// How much is done, or how many periods are paid.
    pub count: Exact,
    /// Of what: an amount for each unit that is done, or for each period.
    pub of: Each,
    /// The amount for each.
    pub rate: Exact,
    /// What comes on top of it, in percent.
    pub on_top: Exact,
    /// All together.
    pub cost: Exact,
}

/// What an amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// A unit of work.
    Unit(Unit),
    /// A period.
    Period(Frequency),
}

/// The stretches of a budget period of a line on which these are paid; those who are filled in wrongly are left out.
///
/// # Errors
/// A number is too large.
pub fn stretches(
    line: &LineOutlook,
    pot: &Pot,
    hired: &[Hired],
) -> Result<Vec<Stretch>, QuantityError> {
    let mut all = Vec::new();
    let Some(last) = line.pots.last() else {
        return Ok(all);
    };
    for (provider, hired) in hired.iter().enumerate() {
        let (Some(paid), _) = hire(hired, (line.line.from, last.to)) else {
            continue;
        };
        let days = (paid.from.max(pot.from), paid.to.min(pot.to));
        of_one(&paid, (provider, days), &mut all)?;
    }
    Ok(all)
}

fn of_one(
    paid: &Paid,
    (provider, days): (usize, (Date, Date)),
    all: &mut Vec<Stretch>,
) -> Result<(), QuantityError> {
    let work = paid.work.iter();
    let work = work.map(|work| (&work.done, Each::Unit(work.unit), work.rate, paid.on_top));
    let wages = paid.wages.iter();
    let wages = wages.map(|flow| (flow, Each::Period(flow.per), flow.value, paid.on_top));
    let beside = paid.beside.iter();
    let beside = beside.map(|flow| (flow, Each::Period(flow.per), flow.value, Exact::ZERO));
    for (flow, of, rate, on_top) in work.chain(wages).chain(beside) {
        let Some((from, to)) = span(flow, days) else {
            continue;
        };
        let mut calc = Calculator {
            tracer: &mut Silent,
        };
        let goal = match of {
            Each::Unit(unit) => Some(unit),
            Each::Period(_) => None,
        };
        let Some(flows) = flow.over(&mut calc, goal, days)? else {
            continue;
        };
        let (count, sum) = match of {
            Each::Unit(_) => (flows.value, flows.value.mul(rate)?),
            Each::Period(_) if rate.is_zero() => continue,
            Each::Period(_) => (flows.value.div(rate)?, flows.value),
        };
        let hundred = Exact::from(100);
        all.push(Stretch {
            from,
            to,
            provider,
            count,
            of,
            rate,
            on_top,
            cost: sum.mul(on_top.add(hundred)?)?.div(hundred)?,
        });
    }
    Ok(())
}

/// The first and the last day of a flow within some days.
fn span(flow: &Flow, (from, to): (Date, Date)) -> Option<(Date, Date)> {
    let here = within(&flow.stretches, (day_number(from), day_number(to)));
    if days(&here) <= 0 {
        return None;
    }
    let first = here.iter().map(|(first, _)| *first).min()?;
    let last = here.iter().map(|(_, last)| *last).max()?;
    Some((day_from_number(first).ok()?, day_from_number(last).ok()?))
}
