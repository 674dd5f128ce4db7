//! What each budget period holds, and how far it goes: budget, spent, left, until when, what closes a gap, how many hours.
//!
//! The budget comes from the evaluation of the line and is only divided here as its catalogue says. This must not know
//! what kinds of cost there are.

use super::flow::{Paid, own_rule, plus};
use crate::budget::{Inputs, LineBudget, Money, Total, evaluate};
use crate::calendar::Period;
use crate::catalogue::file::BudgetPeriod;
use crate::indication::{Delivery, Line};
use crate::quantity::{Euro, Exact, Percentage, QuantityError, Rounding, RoundingMode, Unit};
use crate::trace::{
    Calculator, Figure, Leaf, Measure, NodeId, Provenance, Recorder, Silent, Step, Tracer,
};
use jiff::civil::Date;
use std::sync::{Arc, LazyLock};

/// One budget period of a line, with how far its budget goes.
#[derive(Debug, Clone)]
pub struct Pot {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// What may be spent in these days.
    pub budget: Money<NodeId>,
    /// The budget ÷ the months of the period, to read: what can be spent per month.
    pub per_month: Option<Figure<NodeId>>,
    /// What is spent; nothing when nobody is paid, or somebody is filled in wrongly.
    pub spent: Option<Figure<NodeId>>,
    /// Budget less what is spent: below zero it is short.
    pub left: Option<Figure<NodeId>>,
    /// How long the budget lasts at this pace.
    pub lasts: Option<Lasts>,
    /// What closes the gap; absent when there is none.
    pub top_up: Option<TopUp>,
    /// Whether there would be no gap if no amount were rounded.
    pub is_short_by_rounding: bool,
    /// How much work the budget buys.
    pub work: Option<Bought>,
    /// What each care provider is paid per month, in the same months as `per_month`; absent for who is not at work in
    /// this period, and empty when somebody is filled in wrongly.
    pub by_provider: Vec<Option<PaidPerMonth>>,
    /// What the same support in kind costs in these days.
    pub in_kind: Money<()>,
}

impl Pot {
    /// How much of the budget is spent, in percent (R80); nothing when that cannot be said.
    pub fn used(&self) -> Option<Exact> {
        let budget = self.budget.euro()?.exact();
        let spent = self.spent?.value.mul(Exact::from(100)).ok()?;
        spent.div(budget).ok()
    }

    /// The own payment per month that closes the gap; zero when there is none, nothing when that cannot be said.
    pub fn top_up_month(&self) -> Option<Euro> {
        match self.top_up {
            Some(top_up) => Euro::from_exact(top_up.month.value).ok(),
            None => self.left.map(|_| Euro::ZERO),
        }
    }

    /// Whether the budget is enough; nothing when that cannot be said.
    pub fn is_enough(&self) -> Option<bool> {
        self.left.map(|left| !left.value.is_negative())
    }
}

/// What a care provider is paid in a budget period, per month of the days at work in it.
#[derive(Debug, Clone, Copy)]
pub struct PaidPerMonth {
    /// First day at work in the period.
    pub from: Date,
    /// Last day at work in the period.
    pub to: Date,
    /// Per month.
    pub month: Figure<NodeId>,
}

/// How long a budget lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasts {
    /// To the end of the period.
    Whole,
    /// Up to and including this day.
    Until(Date),
    /// Not even the first day.
    NotADay,
}

/// An own payment that closes a gap, in whole cents upward.
#[derive(Debug, Clone, Copy)]
pub struct TopUp {
    /// Over the period.
    pub total: Figure<NodeId>,
    /// Per week.
    pub week: Figure<NodeId>,
    /// Per month.
    pub month: Figure<NodeId>,
    /// Per year.
    pub year: Figure<NodeId>,
}

/// How much work a budget buys at the agreed rates, in the proportions that were chosen.
#[derive(Debug, Clone, Copy)]
pub struct Bought {
    /// Of what: hours, or the unit of the rate.
    pub unit: Unit,
    /// What was chosen, over the period.
    pub planned: Figure<NodeId>,
    /// What the budget buys, over the period.
    pub buys: Figure<NodeId>,
    /// What it buys when the rates rise by this much.
    pub after_rise: Option<(Percentage, Figure<NodeId>)>,
    /// The same per week: chosen, bought, bought after the rise.
    pub per_week: (Exact, Exact, Option<Exact>),
}

static AVERAGE: LazyLock<Arc<Provenance>> = LazyLock::new(|| {
    own_rule(
        "gemiddelde per maand",
        "het budget van de periode gedeeld door haar maanden, om te lezen op de cent",
    )
});

static CLOSES: LazyLock<Arc<Provenance>> = LazyLock::new(|| {
    own_rule(
        "eigen betaling naar boven",
        "naar boven afgerond op de cent, zodat het tekort sluit",
    )
});

/// Up to the cent.
const UP: Rounding = Rounding {
    mode: RoundingMode::Up,
    step: Exact::ratio(1, 100),
};

/// A budget over days.
pub(super) struct Share<N> {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) money: Money<N>,
}

/// A line's budget per period, as its catalogue divides it. Empty where nothing was calculated, and where a period over
/// the whole term has no end.
pub(super) fn shares<T: Tracer>(
    inputs: &Inputs<'_>,
    line: &Line,
    budget: &LineBudget<T::Node>,
    period: BudgetPeriod,
    tracer: &mut T,
) -> Result<Vec<Share<T::Node>>, QuantityError> {
    let totals = match period {
        BudgetPeriod::CalendarYear => budget.years.as_slice(),
        BudgetPeriod::WholeTerm => budget.term.as_slice(),
        BudgetPeriod::Month => return months(inputs, line, budget, tracer),
    };
    let each = totals.iter().map(|total| Share {
        from: total.from,
        to: total.to,
        money: total.money.clone(),
    });
    Ok(each.collect())
}

/// Budgets per month: the budget up to the end of the month less that up to the end of the month before.
fn months<T: Tracer>(
    inputs: &Inputs<'_>,
    line: &Line,
    budget: &LineBudget<T::Node>,
    tracer: &mut T,
) -> Result<Vec<Share<T::Node>>, QuantityError> {
    let last = budget.years.last().map(|year| year.to);
    let Some(period) = last.and_then(|last| Period::new(line.from, last).ok()) else {
        return Ok(Vec::new());
    };
    let once = budget.granted.iter().flat_map(|part| &part.volumes);
    let once = once.into_iter().any(crate::budget::Volume::is_once);
    let mut before: Option<Figure<T::Node>> = None;
    let mut shares = Vec::new();
    for month in period.by_month() {
        let (from, to) = (month.covered.from(), month.covered.to());
        if once {
            let reason = "een omvang in totaal hoort niet bij een budget per maand";
            let money = Money::NotKnown(Arc::from(reason));
            shares.push(Share { from, to, money });
            continue;
        }
        let cut = Line {
            to: Some(to),
            ..line.clone()
        };
        let term = evaluate(inputs, &cut, tracer).term;
        let money = match term.map(|term| term.money) {
            Some(Money::Known {
                rounded,
                status,
                node,
            }) => {
                let all = Figure {
                    value: rounded.exact(),
                    status,
                    node,
                };
                let mut calc = Calculator { tracer };
                let step = Step::new("budget van deze maand", Measure::Euro).during(from, to);
                let mine = match before.replace(all) {
                    Some(before) => calc.sub(step, all, before)?,
                    None => all,
                };
                Money::Known {
                    rounded: Euro::from_exact(mine.value)?,
                    status: mine.status,
                    node: mine.node,
                }
            }
            Some(unknown @ Money::NotKnown(_)) => unknown,
            None => Money::NotKnown(Arc::from("voor deze maand is er geen budget berekend")),
        };
        shares.push(Share { from, to, money });
    }
    Ok(shares)
}

/// The same line in kind.
fn as_in_kind(line: &Line) -> Line {
    Line {
        delivery: Delivery::InKind {
            provider: String::new(),
        },
        ..line.clone()
    }
}

/// What the same line comes to in kind.
pub(super) fn kind_alone(inputs: &Inputs<'_>, line: &Line) -> LineBudget<()> {
    evaluate(inputs, &as_in_kind(line), &mut Silent)
}

/// What the same in kind comes to over all periods together; nothing when nothing was calculated.
pub(super) fn kind_together(
    alone: &LineBudget<()>,
    shares: &[Share<()>],
) -> Result<Option<Total<()>>, QuantityError> {
    if alone.years_are_maxima {
        return Ok(alone.term.clone());
    }
    let years = alone
        .years
        .iter()
        .map(|year| (year.from, year.to, &year.money));
    let shares = shares
        .iter()
        .map(|share| (share.from, share.to, &share.money));
    let mut all: Vec<_> = shares.collect();
    if all.is_empty() {
        all = years.collect();
    }
    let (Some(first), Some(last)) = (all.first(), all.last()) else {
        return Ok(alone.term.clone());
    };
    let mut total = Total {
        from: first.0,
        to: last.1,
        money: Money::Known {
            rounded: Euro::ZERO,
            status: alone.status,
            node: (),
        },
        exact: Exact::ZERO,
    };
    for (_, _, money) in all {
        total.money = match (&total.money, money) {
            (Money::Known { rounded, .. }, Money::Known { rounded: next, .. }) => Money::Known {
                rounded: rounded.plus(*next)?,
                status: alone.status,
                node: (),
            },
            (Money::NotKnown(why), _) | (_, Money::NotKnown(why)) => {
                Money::NotKnown(Arc::clone(why))
            }
        };
    }
    total.exact = total.money.euro().map_or(Exact::ZERO, Euro::exact);
    Ok(Some(total))
}

/// What the same line in kind comes to over the same periods.
pub(super) fn in_kind(
    inputs: &Inputs<'_>,
    line: &Line,
    budget: &LineBudget<()>,
    period: BudgetPeriod,
) -> Result<Vec<Share<()>>, QuantityError> {
    shares(inputs, &as_in_kind(line), budget, period, &mut Silent)
}

/// What is asked of a period beside its budget.
pub(super) struct Question<'a> {
    /// Who is paid; nothing when somebody is filled in wrongly, or nobody is.
    pub(super) paid: Option<&'a [Paid]>,
    /// By how much the rates could rise.
    pub(super) rise: Option<Percentage>,
}

/// How far the budget of a period goes.
pub(super) fn pot(
    share: Share<NodeId>,
    in_kind: Money<()>,
    question: &Question<'_>,
    recorder: &mut Recorder,
) -> Result<Pot, QuantityError> {
    let days = (share.from, share.to);
    let mut calc = Calculator { tracer: recorder };
    let mut pot = Pot {
        from: share.from,
        to: share.to,
        per_month: None,
        spent: None,
        left: None,
        lasts: None,
        top_up: None,
        is_short_by_rounding: false,
        work: None,
        by_provider: Vec::new(),
        in_kind,
        budget: share.money,
    };
    let budget = pot.budget.figure();
    let months = match Period::new(share.from, share.to) {
        Ok(period) => super::flow::months(period)?,
        Err(_) => return Ok(pot),
    };
    if let Some(budget) = budget {
        pot.per_month = Some(average(&mut calc, budget, months, days, &Rounding::CENT)?);
    }
    let Some(paid) = question.paid else {
        return Ok(pot);
    };
    let spent = spent(&mut calc, paid, days)?;
    pot.spent = Some(spent);
    for one in paid {
        pot.by_provider.push(per_month_of(&mut calc, one, days)?);
    }
    let Some(budget) = budget else {
        return Ok(pot);
    };
    let step = Step::new("over of te kort", Measure::Euro).during(days.0, days.1);
    let left = calc.sub(step, budget, spent)?;
    pot.left = Some(left);
    pot.lasts = Some(lasts(paid, budget.value, days)?);
    if left.value.is_negative() {
        let total = Step::new("eigen betaling", Measure::Euro).during(days.0, days.1);
        let total = calc.sub(total, spent, budget)?;
        pot.top_up = Some(TopUp {
            total,
            week: per_week_up(&mut calc, total, days)?,
            month: average(&mut calc, total, months, days, &UP)?,
            year: per_year_up(&mut calc, total, days)?,
        });
        let trace = &calc.tracer.trace;
        pot.is_short_by_rounding = trace.unrounded(budget.node)? >= trace.unrounded(spent.node)?;
    }
    let gap = left.value.is_negative();
    pot.work = bought(&mut calc, paid, (budget, days, gap), question.rise)?;
    Ok(pot)
}

/// An amount over the period per month, rounded.
fn average(
    calc: &mut Calculator<'_, Recorder>,
    amount: Figure<NodeId>,
    months: Exact,
    (from, to): (Date, Date),
    rounding: &Rounding,
) -> Result<Figure<NodeId>, QuantityError> {
    use crate::quantity::Frequency::Month;
    let count = Step::new(
        "maanden, een deel van een maand naar zijn dagen",
        Measure::Periods,
    );
    let count = calc.leaf(count.during(from, to), Leaf::Count(from, to), months);
    let step = Step::new("gemiddeld per maand", Measure::EuroPer(Month)).during(from, to);
    let exact = calc.div(step, amount, count)?;
    let rule = if *rounding == UP { &CLOSES } else { &AVERAGE };
    calc.round(step, exact, rounding, rule)
}

/// What a care provider is paid per month of the days at work in a period; nothing when there are none.
fn per_month_of(
    calc: &mut Calculator<'_, Recorder>,
    paid: &Paid,
    (from, to): (Date, Date),
) -> Result<Option<PaidPerMonth>, QuantityError> {
    let days = (paid.from.max(from), paid.to.min(to));
    let Ok(period) = Period::new(days.0, days.1) else {
        return Ok(None);
    };
    let Some(amount) = paid.paid(calc, days)? else {
        return Ok(None);
    };
    let months = super::flow::months(period)?;
    let month = average(calc, amount, months, days, &Rounding::CENT)?;
    let (from, to) = days;
    Ok(Some(PaidPerMonth { from, to, month }))
}

/// How many weeks some days are.
fn weeks(
    calc: &mut Calculator<'_, Recorder>,
    (from, to): (Date, Date),
) -> Result<Option<Figure<NodeId>>, QuantityError> {
    use crate::quantity::Frequency::{Day, Week};
    let Ok(period) = Period::new(from, to) else {
        return Ok(None);
    };
    let days = Exact::from(i64::from(period.days()));
    let step = Step::new("dagen", Measure::Days).during(from, to);
    let days = calc.leaf(step, Leaf::Count(from, to), days);
    let seven = Step::new("dagen in de periode", Measure::Days);
    let seven = calc.define(seven, crate::trace::Definition::Periods(Day, Week));
    let step = Step::new("weken", Measure::Weeks).during(from, to);
    seven.map(|seven| calc.div(step, days, seven)).transpose()
}

fn per_week_up(
    calc: &mut Calculator<'_, Recorder>,
    total: Figure<NodeId>,
    days: (Date, Date),
) -> Result<Figure<NodeId>, QuantityError> {
    let step = Step::new(
        "eigen betaling",
        Measure::EuroPer(crate::quantity::Frequency::Week),
    );
    match weeks(calc, days)? {
        Some(weeks) => {
            let exact = calc.div(step, total, weeks)?;
            calc.round(step, exact, &UP, &CLOSES)
        }
        None => Ok(total),
    }
}

fn per_year_up(
    calc: &mut Calculator<'_, Recorder>,
    total: Figure<NodeId>,
    (from, to): (Date, Date),
) -> Result<Figure<NodeId>, QuantityError> {
    let Ok(period) = Period::new(from, to) else {
        return Ok(total);
    };
    let count = Step::new(
        "jaren, een deel van een jaar naar zijn dagen",
        Measure::Periods,
    );
    let years = super::flow::years(period)?;
    let count = calc.leaf(count.during(from, to), Leaf::Count(from, to), years);
    let step = Step::new(
        "eigen betaling",
        Measure::EuroPer(crate::quantity::Frequency::Year),
    );
    let exact = calc.div(step, total, count)?;
    calc.round(step, exact, &UP, &CLOSES)
}

/// What all providers are paid in some days.
fn spent(
    calc: &mut Calculator<'_, Recorder>,
    paid: &[Paid],
    days: (Date, Date),
) -> Result<Figure<NodeId>, QuantityError> {
    let step = Step::new("uitgaven", Measure::Euro).during(days.0, days.1);
    let mut sum = None;
    for one in paid {
        let next = one.paid(calc, days)?;
        sum = plus(calc, step, sum, next)?;
    }
    Ok(match sum {
        Some(sum) => sum,
        None => calc.leaf(step, Leaf::Count(days.0, days.1), Exact::ZERO),
    })
}

/// What all providers were paid up to and including a day.
pub(super) fn paid_to(paid: &[Paid], day: Date) -> Result<Exact, QuantityError> {
    let mut sum = Exact::ZERO;
    for one in paid {
        sum = sum.add(one.amount_to(day)?)?;
    }
    Ok(sum)
}

/// The last day on which what is paid since the first does not go above the budget. Payments never go down, so halving
/// the days finds it.
fn lasts(paid: &[Paid], budget: Exact, (from, to): (Date, Date)) -> Result<Lasts, QuantityError> {
    use crate::calendar::{day_from_number, day_number};
    let before = match from.yesterday() {
        Ok(before) => paid_to(paid, before)?,
        Err(_) => Exact::ZERO,
    };
    let most = budget.add(before)?;
    let fits = |day: i32| -> Result<bool, QuantityError> {
        let day = day_from_number(day).unwrap_or(to);
        Ok(paid_to(paid, day)? <= most)
    };
    if fits(day_number(to))? {
        return Ok(Lasts::Whole);
    }
    // `good` fits or lies before the first day; `bad` does not fit.
    let mut good = day_number(from).saturating_sub(1);
    let mut bad = day_number(to);
    while bad.saturating_sub(good) > 1 {
        let middle = good.midpoint(bad);
        match fits(middle)? {
            true => good = middle,
            false => bad = middle,
        }
    }
    Ok(match day_from_number(good) {
        Ok(day) if day >= from => Lasts::Until(day),
        _ => Lasts::NotADay,
    })
}

/// How much work the budget buys: what was chosen × what the budget has for it ÷ what it costs.
fn bought(
    calc: &mut Calculator<'_, Recorder>,
    paid: &[Paid],
    (budget, days, is_short): (Figure<NodeId>, (Date, Date), bool),
    rise: Option<Percentage>,
) -> Result<Option<Bought>, QuantityError> {
    let Some(unit) = paid.first().and_then(Paid::unit) else {
        return Ok(None);
    };
    if paid.iter().any(|one| one.unit() != Some(unit)) {
        return Ok(None);
    }
    let volume = Step::new("gekozen omvang", Measure::Volume(unit)).during(days.0, days.1);
    let cost = Step::new("kosten van het werk", Measure::Euro).during(days.0, days.1);
    let beside = Step::new("vaste kosten", Measure::Euro).during(days.0, days.1);
    let (mut done, mut by_work, mut fixed) = (None, None, None);
    for one in paid {
        let from = days.0.max(one.from);
        let to = days.1.min(one.to);
        if to < from {
            continue;
        }
        let next = one.done(calc, unit, (from, to))?;
        done = plus(calc, volume, done, next)?;
        let spent = one.spent(calc, (from, to))?;
        by_work = plus(calc, cost, by_work, spent.by_work)?;
        fixed = plus(calc, beside, fixed, spent.fixed)?;
    }
    let (Some(planned), Some(by_work), Some(weeks)) = (done, by_work, weeks(calc, days)?) else {
        return Ok(None);
    };
    let step = Step::new("budget voor het werk", Measure::Euro).during(days.0, days.1);
    let mut room = match fixed {
        Some(fixed) => calc.sub(step, budget, fixed)?,
        None => budget,
    };
    if room.value.is_negative() {
        let none = Step::new("niets over", Measure::Euro);
        let none = calc.leaf(none, Leaf::Count(days.0, days.1), Exact::ZERO);
        room = calc.greatest(step, room, none);
    }
    let step = Step::new("omvang die het budget koopt", Measure::Volume(unit));
    let step = step.during(days.0, days.1);
    let buys = |calc: &mut Calculator<'_, Recorder>, cost| {
        let whole = calc.mul(step, planned, room)?;
        calc.div(step, whole, cost)
    };
    let mut now = buys(calc, by_work)?;
    if !is_short {
        // Payments are whole cents: what was chosen is bought, also where its exact cost is a part of a cent more.
        now = calc.greatest(step, now, planned);
    }
    let after_rise = match rise {
        Some(rise) => {
            let more = Step::new("100% en de stijging", Measure::Percent);
            let value = rise.exact().add(Exact::from(100))?;
            let more = calc.leaf(more, Leaf::Input(format_args!("rise")), value);
            let dearer = calc.percent(cost, more, by_work)?;
            match dearer.value.is_zero() {
                true => None,
                false => Some((rise, buys(calc, dearer)?)),
            }
        }
        None => None,
    };
    let per_week = |figure: Figure<NodeId>| figure.value.div(weeks.value);
    let risen = after_rise.map(|(_, figure)| per_week(figure)).transpose()?;
    Ok(Some(Bought {
        unit,
        planned,
        buys: now,
        after_rise,
        per_week: (per_week(planned)?, per_week(now)?, risen),
    }))
}
