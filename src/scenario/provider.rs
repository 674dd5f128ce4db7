//! What one care provider costs in an ordinary week, 4 weeks, month and year, and its rate as the SVB keeps it.
//!
//! An ordinary week has no holidays and nobody away. How a week becomes a month says the catalogue. This must not know
//! budgets.

use super::flow::Paid;
use crate::budget::{Inputs, View, convert, restated};
use crate::catalogue::ConventionSet;
use crate::dossier::{CostAmount, Hired, Work};
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Definition, Figure, Leaf, Measure, NodeId, Recorder, Step};
use jiff::civil::Date;
use std::sync::Arc;

/// A care provider with what is paid.
#[derive(Debug, Clone)]
pub struct ProviderOutlook {
    /// Place among those who are paid for the line.
    pub place: usize,
    /// As it was filled in; may be empty.
    pub name: String,
    /// Dutch name of the kind.
    pub kind: Arc<str>,
    /// First day at work.
    pub from: Date,
    /// Last day at work.
    pub to: Date,
    /// Cost per week, 4 weeks, month and year at the rates of `day`; a view without a method is absent.
    pub views: [Option<View<NodeId>>; 4],
    /// The catalogue's names of the ways to these views.
    pub methods: [Option<Arc<str>>; 4],
    /// The day whose rates these are.
    pub day: Date,
    /// Per piece of work its rate as the SVB keeps it, per hour, or why there is none.
    pub svb: Vec<Result<Figure<NodeId>, String>>,
    /// Everything that is paid, over all periods together.
    pub total: Option<Figure<NodeId>>,
}

/// The rate of a piece of work on a day.
pub(super) fn rate_on(work: &Work, day: Date) -> Euro {
    let later = work.later.iter().rev().find(|later| later.from <= day);
    later.map_or(work.rate.amount, |later| later.amount)
}

/// The cost of ordinary work per its own period.
fn pace(
    calc: &mut Calculator<'_, Recorder>,
    work: &Work,
    day: Date,
) -> Result<Option<(Figure<NodeId>, Frequency)>, QuantityError> {
    let (extent, unit) = (work.extent, work.rate.per);
    let amount = rate_on(work, day).exact();
    if work.is_fixed() {
        let Some(per) = unit.frequency() else {
            return Ok(None);
        };
        let step = Step::new("vast loon", Measure::EuroPer(per));
        return Ok(Some((
            calc.leaf(step, Leaf::Input(format_args!("work.rate")), amount),
            per,
        )));
    }
    if extent.per == Frequency::Total {
        return Ok(None);
    }
    let measure = Measure::VolumePer(extent.unit, extent.per);
    let step = Step::new("afgesproken omvang", measure);
    let volume = Exact::from(extent.volume);
    let mut volume = calc.leaf(step, Leaf::Input(format_args!("work.extent")), volume);
    if let Some(every @ 2..) = work.every {
        let weeks = Step::new("eens in zoveel weken", Measure::Weeks);
        let weeks = calc.leaf(
            weeks,
            Leaf::Input(format_args!("work.every")),
            Exact::from(i64::from(every)),
        );
        volume = calc.div(step, volume, weeks)?;
    }
    if extent.unit != unit {
        let factor = Step::new("omrekenen van de eenheid", Measure::Number);
        let Some(factor) = calc.define(factor, Definition::Units(extent.unit, unit)) else {
            return Ok(None);
        };
        let step = Step::new("afgesproken omvang", Measure::VolumePer(unit, extent.per));
        volume = calc.div(step, volume, factor)?;
    }
    let step = Step::new("afgesproken tarief", Measure::EuroPerUnit(unit));
    let rate = calc.leaf(step, Leaf::Input(format_args!("work.rate")), amount);
    let step = Step::new("kosten van het werk", Measure::EuroPer(extent.per));
    Ok(Some((calc.mul(step, volume, rate)?, extent.per)))
}

/// All costs of an ordinary period together, in the period of the first; nothing without a way from one to another.
fn together(
    calc: &mut Calculator<'_, Recorder>,
    set: &ConventionSet,
    hired: &Hired,
    on_top: Exact,
    day: Date,
) -> Result<Option<(Figure<NodeId>, Frequency)>, QuantityError> {
    let mut sum: Option<(Figure<NodeId>, Frequency)> = None;
    let mut add = |calc: &mut Calculator<'_, Recorder>,
                   (figure, per): (Figure<NodeId>, Frequency)|
     -> Result<bool, QuantityError> {
        let Some((before, goal)) = sum else {
            sum = Some((figure, per));
            return Ok(true);
        };
        let Some(figure) = convert(calc, &set.views, figure, (per, goal), Measure::EuroPer)? else {
            return Ok(false);
        };
        let step = Step::new("kosten samen", Measure::EuroPer(goal));
        sum = Some((calc.add(step, before, figure)?, goal));
        Ok(true)
    };
    for work in &hired.work {
        let Some((mut cost, per)) = pace(calc, work, day)? else {
            return Ok(None);
        };
        if !on_top.is_zero() {
            let part = Step::new("100% en wat erbij komt", Measure::Percent);
            let part = calc.leaf(
                part,
                Leaf::Input(format_args!("costs")),
                on_top.add(Exact::from(100))?,
            );
            let step = Step::new("met werkgeverslasten", Measure::EuroPer(per));
            cost = calc.percent(step, part, cost)?;
        }
        if !add(calc, (cost, per))? {
            return Ok(None);
        }
    }
    for cost in &hired.costs {
        let CostAmount::Every(rate) = cost.amount else {
            continue;
        };
        let Some(per) = rate.per.frequency() else {
            continue;
        };
        let step = Step::new("kosten naast het tarief", Measure::EuroPer(per));
        let figure = calc.leaf(
            step,
            Leaf::Input(format_args!("costs")),
            rate.amount.exact(),
        );
        if !add(calc, (figure, per))? {
            return Ok(None);
        }
    }
    Ok(sum)
}

/// What a provider costs.
pub(super) fn outlook(
    inputs: &Inputs<'_>,
    set: Option<&ConventionSet>,
    (place, hired, kind): (usize, &Hired, Arc<str>),
    paid: &Paid,
    last: Date,
    recorder: &mut Recorder,
) -> Result<ProviderOutlook, QuantityError> {
    let mut calc = Calculator { tracer: recorder };
    let day = inputs.calculation_date.clamp(paid.from, paid.to);
    let mut views = [const { None }; 4];
    let mut methods = [const { None }; 4];
    if let Some(set) = set
        && let Some((cost, per)) = together(&mut calc, set, hired, paid.on_top, day)?
    {
        views = restated(&mut calc, set, cost, per)?;
        methods = Frequency::VIEWS.map(|goal| set.method(per, goal).map(Arc::clone));
    }
    let national = inputs.library.national(inputs.municipality);
    let mut svb = Vec::with_capacity(hired.work.len());
    for work in &hired.work {
        let unit: Unit = work.rate.per;
        let measure = match unit.frequency().filter(|_| work.is_fixed()) {
            Some(per) => Measure::EuroPer(per),
            None => Measure::EuroPerUnit(unit),
        };
        let step = Step::new("afgesproken tarief", measure);
        let rate = calc.leaf(
            step,
            Leaf::Input(format_args!("work.rate")),
            rate_on(work, day).exact(),
        );
        svb.push(if work.is_fixed() {
            Err(format!(
                "een vast loon per {} heeft geen uurtarief",
                unit.singular()
            ))
        } else {
            let answer = national.svb_rate(rate, unit, day, &mut calc)?;
            answer.figure.map(|found| found.figure)
        });
    }
    Ok(ProviderOutlook {
        place,
        name: hired.name.clone(),
        kind,
        from: paid.from,
        to: paid.to,
        views,
        methods,
        day,
        svb,
        total: paid.paid_to(&mut calc, last)?,
    })
}
