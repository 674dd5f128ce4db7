//! Totals of a dossier over its provisions, each a step of the calculation. From totals over dates only, never from
//! amounts per period (decisions 14).

use super::file::Provision;
use crate::budget::{LineBudget, Money, View, months};
use crate::calendar::Period;
use crate::catalogue::Sourced;
use crate::quantity::{Euro, Frequency, QuantityError, Rounding};
use crate::trace::{Calculator, Figure, Measure, NodeId, Recorder, Step};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Totals of a dossier: in kind and pgb apart and together (R53).
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Per calendar year.
    pub years: Vec<YearSummary>,
    /// Whether some years are maxima that must not be summed.
    pub years_are_maxima: bool,
    /// Over the whole term of the lines that have one.
    pub term: Sums,
    /// First and last day of `term`; nothing when no line has a term.
    pub term_days: Option<(Date, Date)>,
    /// Whether every line has an end within the known tariffs, so that `term` is complete.
    pub term_is_complete: bool,
}

/// Totals of one calendar year.
#[derive(Debug, Clone)]
pub struct YearSummary {
    /// First day that is counted.
    pub from: Date,
    /// Last day that is counted.
    pub to: Date,
    /// The sums.
    pub sums: Sums,
    /// What a month comes to on average: the total of everything ÷ the months from the first to the last day, rounded as
    /// the catalogue of the first line rounds a view. Nothing while a part of the total is not known.
    pub average_per_month: Option<View<NodeId>>,
}

/// Sums apart and together.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// In kind.
    pub in_kind: Sum,
    /// Persoonsgebonden budget.
    pub pgb: Sum,
    /// Together.
    pub together: Sum,
}

/// A sum of known amounts, with the number of lines whose amount nobody knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// What is known.
    pub known: Euro,
    /// The step that it comes from; nothing while no amount is known.
    pub node: Option<NodeId>,
    /// Lines without a known amount: with one of them the sum reads "niet bekend".
    pub unknown: usize,
    /// Lines in the sum.
    pub lines: usize,
}

/// Amounts of lines, each with whether it is a pgb.
type Amounts<'l> = Vec<(bool, &'l Money<NodeId>)>;

/// The totals of lines. Error: they are too large to add.
pub(super) fn summary(
    provisions: &[Provision],
    lines: &[Option<LineBudget<NodeId>>],
    recorder: &mut Recorder,
) -> Result<Summary, QuantityError> {
    let mut calc = Calculator { tracer: recorder };
    let mut summary = Summary {
        term_is_complete: true,
        ..Summary::default()
    };
    let mut years: BTreeMap<i16, ((Date, Date), Amounts<'_>)> = BTreeMap::new();
    let mut term: Amounts<'_> = Vec::new();
    let wider = |(a, b): (Date, Date), (from, to): (Date, Date)| (a.min(from), b.max(to));
    for (provision, line) in provisions.iter().zip(lines) {
        let Some(line) = line else { continue };
        let pgb = provision.line.delivery.is_pgb();
        summary.years_are_maxima |= line.years_are_maxima;
        for total in &line.years {
            let days = (total.from, total.to);
            let year = years.entry(total.from.year());
            let (known, amounts) = year.or_insert_with(|| (days, Vec::new()));
            *known = wider(*known, days);
            amounts.push((pgb, &total.money));
        }
        match &line.term {
            Some(total) => {
                let days = (total.from, total.to);
                summary.term_days =
                    Some(summary.term_days.map_or(days, |known| wider(known, days)));
                term.push((pgb, &total.money));
            }
            None => summary.term_is_complete = false,
        }
        summary.term_is_complete &= line.open_from.is_none();
    }
    let rule = (lines.iter().flatten()).find_map(|line| line.segments.first()?.view_rounding());
    for (days, amounts) in years.into_values() {
        let sums = sums(&mut calc, days, &amounts)?;
        let average = match rule {
            Some(rule) => average(&mut calc, days, &sums.together, rule)?,
            None => None,
        };
        summary.years.push(YearSummary {
            from: days.0,
            to: days.1,
            sums,
            average_per_month: average,
        });
    }
    if let Some(days) = summary.term_days {
        summary.term = sums(&mut calc, days, &term)?;
    }
    Ok(summary)
}

fn sums(
    calc: &mut Calculator<'_, Recorder>,
    days: (Date, Date),
    amounts: &[(bool, &Money<NodeId>)],
) -> Result<Sums, QuantityError> {
    let mut of = |label, kind: Option<bool>| {
        let amounts = amounts.iter();
        let counted = amounts.filter(|(pgb, _)| kind.is_none_or(|kind| kind == *pgb));
        let step = Step::new(label, Measure::Euro).during(days.0, days.1);
        sum(calc, step, counted.map(|(_, money)| *money))
    };
    Ok(Sums {
        in_kind: of("totaal zorg in natura", Some(false))?,
        pgb: of("totaal pgb", Some(true))?,
        together: of("totaal van het hele dossier", None)?,
    })
}

fn sum<'l>(
    calc: &mut Calculator<'_, Recorder>,
    step: Step<'_>,
    amounts: impl Iterator<Item = &'l Money<NodeId>>,
) -> Result<Sum, QuantityError> {
    let mut sum = Sum::default();
    let mut figures: Vec<Figure<NodeId>> = Vec::new();
    for money in amounts {
        sum.lines = sum.lines.saturating_add(1);
        match money.figure() {
            Some(figure) => figures.push(figure),
            None => sum.unknown = sum.unknown.saturating_add(1),
        }
    }
    if !figures.is_empty() {
        let all = calc.sum(step, &figures)?;
        sum.known = Euro::from_exact(all.value)?;
        sum.node = Some(all.node);
    }
    Ok(sum)
}

fn average(
    calc: &mut Calculator<'_, Recorder>,
    (from, to): (Date, Date),
    total: &Sum,
    rule: &Sourced<Rounding>,
) -> Result<Option<View<NodeId>>, QuantityError> {
    let period = Period::new(from, to).ok();
    let known = total.node.filter(|_| total.unknown == 0);
    let (Some(node), Some(period)) = (known, period) else {
        return Ok(None);
    };
    let status = calc.tracer.trace.get(node).map(|node| node.status);
    let total = Figure {
        value: total.known.exact(),
        status: status.unwrap_or_default(),
        node,
    };
    let Some(count) = months(calc, period)? else {
        return Ok(None);
    };
    let step = Step::new("gemiddeld per maand", Measure::EuroPer(Frequency::Month));
    let step = step.during(from, to);
    let exact = calc.div(step, total, count)?;
    let rounded = calc.round(step, exact, &rule.value, &rule.provenance)?;
    Ok(Some(View {
        rounded: Euro::from_exact(rounded.value)?,
        exact: exact.value,
        status: rounded.status,
        node: rounded.node,
    }))
}
