//! Totals over dates: a segment, a calendar year, the whole term.
//!
//! A line is laid out in pieces, each within one segment and one calendar year. Every total is a
//! sum of pieces, so that parts add up to the cent (decisions 8, 9); only under "weeks touched"
//! are calendar years maxima of their own (decisions 12).

use super::hours::convert;
use super::walk::Few;
use crate::calendar::{Period, day_number};
use crate::catalogue::file::{Counting, Stage, TotalRounding};
use crate::catalogue::{ConventionSet, Sourced};
use crate::quantity::{Exact, Frequency, QuantityError, Rounding};
use crate::trace::{Calculator, Definition, Figure, Leaf, Measure, Step, Tracer};
use jiff::civil::Date;

/// A piece of a line: days within one segment and one calendar year.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub from: Date,
    pub to: Date,
    /// First day of the whole line: periods are counted from here.
    pub line_from: Date,
    /// First day of what is being totalled: a week or period that began in it counts only once.
    pub counted_from: Date,
}

impl Piece {
    fn period(self) -> Option<Period> {
        Period::new(self.from, self.to).ok()
    }
}

const PERIODS: Step<'static> = Step::new("aantal perioden", Measure::Periods);

/// How many periods of `per` the piece counts, by a counting method.
/// Nothing when the method cannot count this period.
pub(super) fn count<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    method: &Sourced<Counting>,
    piece: Piece,
    per: Frequency,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    let Some(period) = piece.period() else {
        return Ok(None);
    };
    match method.value {
        Counting::PerDay => per_day(calc, piece, period, per),
        Counting::MonthsProRata => match per {
            Frequency::Month => per_day(calc, piece, period, per),
            Frequency::Year => {
                let Some(months) = per_day(calc, piece, period, Frequency::Month)? else {
                    return Ok(None);
                };
                let twelve = Step::new("maanden in een jaar", Measure::Number);
                let year = Definition::Periods(Frequency::Month, Frequency::Year);
                let twelve = calc.define(twelve, year);
                let step = PERIODS.during(piece.from, piece.to);
                twelve
                    .map(|twelve| calc.div(step, months, twelve))
                    .transpose()
            }
            _ => per_day(calc, piece, period, per),
        },
        Counting::WeeksTouched if per == Frequency::Week => {
            let weeks = match piece.from.yesterday() {
                Ok(before) if piece.from > piece.counted_from => {
                    period.iso_weeks_touched_after(before)
                }
                _ => period.iso_weeks_touched(),
            };
            Ok(Some(counted(
                calc,
                piece,
                "kalenderweken die geraakt worden",
                weeks,
            )))
        }
        Counting::WeeksTouched => Ok(None),
        Counting::WholePeriods => {
            let started = match per {
                Frequency::Day => Some(period.days()),
                Frequency::Week => Some(started(piece, 7)),
                Frequency::TwoWeeks => Some(started(piece, 14)),
                Frequency::FourWeeks => Some(started(piece, 28)),
                Frequency::Month => Some(touched(piece, Date::first_of_month, period.by_month())),
                Frequency::Year => Some(touched(piece, Date::first_of_year, period.by_year())),
                Frequency::Total => None,
            };
            let label = "hele perioden die geraakt worden";
            Ok(started.map(|number| counted(calc, piece, label, number)))
        }
    }
}

fn counted<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    piece: Piece,
    label: &'static str,
    number: i32,
) -> Figure<T::Node> {
    let step = Step::new(label, Measure::Periods).during(piece.from, piece.to);
    calc.leaf(
        step,
        Leaf::Count(piece.from, piece.to),
        Exact::from(i64::from(number)),
    )
}

/// Periods of so many days, counted from the first day of the line, that start in the piece.
fn started(piece: Piece, length: i32) -> i32 {
    let since = |day: Date| day_number(day).saturating_sub(day_number(piece.line_from));
    let up_to = |day: i32| {
        if day < 0 {
            0
        } else {
            day.div_euclid(length).saturating_add(1)
        }
    };
    let before = if piece.from > piece.counted_from {
        up_to(since(piece.from).saturating_sub(1))
    } else {
        // What is totalled starts here: the running period counts.
        since(piece.from).div_euclid(length)
    };
    up_to(since(piece.to)).saturating_sub(before)
}

/// Calendar periods touched, leaving out one that what is totalled touched before the piece.
fn touched(piece: Piece, first_of: fn(Date) -> Date, parts: crate::calendar::Parts) -> i32 {
    let all = i32::try_from(parts.count()).unwrap_or(i32::MAX);
    let before = piece.from > piece.counted_from && first_of(piece.from) < piece.from;
    all.saturating_sub(i32::from(before))
}

/// The months of a period, of a part of a month its days. Error: overflow.
pub fn months<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    period: Period,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    let from = period.from();
    let piece = Piece {
        from,
        to: period.to(),
        line_from: from,
        counted_from: from,
    };
    per_day(calc, piece, period, Frequency::Month)
}

/// Days ÷ length of the period: week 7, 4 weeks 28, month its own days, year 365 or 366.
fn per_day<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    piece: Piece,
    period: Period,
    per: Frequency,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    let step = PERIODS.during(piece.from, piece.to);
    if per == Frequency::Total {
        return Ok(None);
    }
    if !matches!(per, Frequency::Month | Frequency::Year) {
        let days = super::lookup::days(calc, piece.from, piece.to);
        if per == Frequency::Day {
            return Ok(Some(days));
        }
        let label = Step::new("dagen in de periode", Measure::Days);
        let length = calc.define(label, Definition::Periods(Frequency::Day, per));
        return length
            .map(|length| calc.div(step, days, length))
            .transpose();
    }
    let parts = match per {
        Frequency::Month => period.by_month(),
        _ => period.by_year(),
    };
    let (mut whole, mut sum): (i32, Option<Figure<T::Node>>) = (0, None);
    let mut add = |calc: &mut Calculator<'_, T>, figure| -> Result<(), QuantityError> {
        sum = Some(match sum {
            None => figure,
            Some(before) => calc.add(step, before, figure)?,
        });
        Ok(())
    };
    let (mut first, mut last) = (piece.to, piece.from);
    for part in parts {
        if part.is_whole() {
            whole = whole.saturating_add(1);
            first = first.min(part.covered.from());
            last = part.covered.to();
            continue;
        }
        let (from, to) = (part.covered.from(), part.covered.to());
        let days = super::lookup::days(calc, from, to);
        let label = Step::new("dagen in die maand of dat jaar", Measure::Days).during(from, to);
        let unit = match per {
            Frequency::Month => Definition::DaysOfMonth(from),
            _ => Definition::DaysOfYear(from),
        };
        let Some(length) = calc.define(label, unit) else {
            continue;
        };
        let share = calc.div(PERIODS.during(from, to), days, length)?;
        add(calc, share)?;
    }
    if whole > 0 {
        let label = match per {
            Frequency::Month => "hele maanden",
            _ => "hele jaren",
        };
        let step = Step::new(label, Measure::Periods).during(first, last);
        let whole = calc.leaf(
            step,
            Leaf::Count(first, last),
            Exact::from(i64::from(whole)),
        );
        add(calc, whole)?;
    }
    Ok(sum)
}

/// An amount per period over a piece, exact. Nothing when the method cannot count its period.
pub(super) fn over<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    amount: Figure<T::Node>,
    per: Frequency,
    piece: Piece,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    let goal = match set.totals.value {
        Counting::WeeksTouched => Frequency::Week,
        Counting::MonthsProRata if !matches!(per, Frequency::Month | Frequency::Year) => {
            Frequency::Month
        }
        _ => per,
    };
    let Some(amount) = convert(calc, &set.views, amount, (per, goal), Measure::EuroPer)? else {
        return Ok(None);
    };
    let money = Step::new("bedrag over de dagen", Measure::Euro).during(piece.from, piece.to);
    if set.total_rounding.value == TotalRounding::PerPeriod
        && let Some(rule) = set.rounding(Stage::Total)
    {
        return per_period(calc, set, rule, (amount, goal), piece);
    }
    let Some(periods) = count(calc, &set.totals, piece, goal)? else {
        return Ok(None);
    };
    let periods = calc.choose(PERIODS, periods, &set.totals.provenance);
    calc.mul(money, amount, periods).map(Some)
}

/// Every period of the piece rounded apart; the total is their sum. Whole periods come to the same each, so that a
/// line of a thousand years costs no more than one of a month. Nothing when the method cannot count the period.
fn per_period<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    rule: &Sourced<Rounding>,
    (amount, per): (Figure<T::Node>, Frequency),
    piece: Piece,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    let Some(period) = piece.period() else {
        return Ok(None);
    };
    let over = Step::new("bedrag over de dagen", Measure::Euro).during(piece.from, piece.to);
    let mut rounded: Few<Figure<T::Node>> = Few::new();
    let mut whole: Option<(Period, i64)> = None;
    let of_period = |calc: &mut Calculator<'_, T>, period: Period| {
        let (from, to) = (period.from(), period.to());
        let small = Piece { from, to, ..piece };
        let Some(periods) = count(calc, &set.totals, small, per)? else {
            return Ok(None);
        };
        let step = Step::new("bedrag van deze periode", Measure::Euro).during(from, to);
        let exact = calc.mul(step, amount, periods)?;
        calc.round(step, exact, &rule.value, &rule.provenance)
            .map(Some)
    };
    let parts = match per {
        Frequency::Month => period.by_month(),
        Frequency::Year => period.by_year(),
        Frequency::Week => period.by_iso_week(),
        _ => period.by_four_weeks(piece.line_from),
    };
    for part in parts {
        match &mut whole {
            Some((_, number)) if part.is_whole() => *number = number.saturating_add(1),
            None if part.is_whole() => whole = Some((part.covered, 1)),
            _ => match of_period(calc, part.covered)? {
                Some(one) => rounded.push(one),
                None => return Ok(None),
            },
        }
    }
    if let Some((first, number)) = whole {
        let Some(one) = of_period(calc, first)? else {
            return Ok(None);
        };
        let step = Step::new("aantal hele perioden", Measure::Periods);
        let step = step.during(piece.from, piece.to);
        let number = calc.leaf(step, Leaf::Count(piece.from, piece.to), number.into());
        rounded.push(calc.mul(over, one, number)?);
    }
    calc.sum(over, &rounded).map(Some)
}
