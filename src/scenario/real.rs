//! Agreed rates below the tariff of the budget, where the catalogue then grants what is really paid (R26).
//!
//! On days on which everybody of a kind is paid one such rate, it goes into the line as its agreed rate, so that the one
//! evaluation says what the budget becomes. Where that cannot be (two rates on one day, another rate on holidays, a fixed
//! wage, costs beside the rate) the budget stays, and a check says so. A fixed wage and costs beside the rate count in
//! what an hour really costs; a fixed amount of the catalogue counts per hour that it is for. This must not know how a
//! check looks.

use super::flow::Paid;
use super::hire::{hire, rates};
use super::wages::{hours_per, per_hour};
use crate::budget::{Inputs, LineBudget, PartSegment, ProviderAmount};
use crate::calendar::{day_from_number, day_number};
use crate::catalogue::ConventionSet;
use crate::dossier::{Hired, Holidays, Work};
use crate::indication::{CareProvider, Delivery, Line, PartExtent};
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Rate, Unit};
use crate::trace::{Calculator, NodeId, Provenance, Silent};
use jiff::civil::Date;
use std::sync::Arc;

/// A rate below the tariff of the budget, over some days.
#[derive(Debug, Clone)]
pub(super) struct Lower {
    /// Who is paid it: the place among those who are paid for the line.
    pub(super) hired: usize,
    /// Which of their work.
    pub(super) work: usize,
    /// Whether it is the rate on holidays.
    pub(super) on_holidays: bool,
    /// First day.
    pub(super) from: Date,
    /// Last day, included.
    pub(super) to: Date,
    /// What is agreed.
    pub(super) rate: Rate,
    /// What that comes to in the unit of the tariff with all costs, where it is a fixed wage or costs come beside it.
    pub(super) real: Option<Exact>,
    /// The tariff of the budget.
    pub(super) tariff: Tariff,
    /// The rule of the catalogue.
    pub(super) rule: Arc<Provenance>,
    /// The care provider of the line whose agreed rate it is; absent where the budget does not reckon with it.
    pub(super) counts: Option<usize>,
}

/// What a budget reckons with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tariff {
    /// How much per unit.
    pub(super) rate: Exact,
    /// Of what.
    pub(super) unit: Unit,
    /// The fixed amount per period that the rate comes from, if it does.
    pub(super) fixed: Option<(Euro, Frequency)>,
}

/// A rate with the days on which it holds.
struct Piece {
    hired: usize,
    work: usize,
    on_holidays: bool,
    days: (i32, i32),
    rate: Rate,
    /// In the unit of the tariff; nothing when there is no way to it.
    like_tariff: Option<Exact>,
    /// Whether this rate is all that its days cost, in a unit that compares with the tariff.
    is_all: bool,
    /// Whether a fixed wage or costs beside the rate count too.
    has_more: bool,
}

/// Whether an hour of somebody costs another amount than the rates say.
fn has_more(hired: &Hired) -> bool {
    !hired.costs.is_empty() || hired.work.iter().any(Work::is_fixed)
}

/// A rate in the unit of a tariff; nothing when there is no way to it.
fn in_unit(
    inputs: &Inputs<'_>,
    set: &ConventionSet,
    (work, amount): (&Work, Euro),
    unit: Unit,
    day: Date,
) -> Result<Option<Exact>, QuantityError> {
    if let Some(factor) = work.rate.per.per(unit) {
        return amount.exact().mul(factor).map(Some);
    }
    let Some(hours) = Unit::Hour.per(unit) else {
        return Ok(None);
    };
    let each = per_hour(inputs, Some(set), (work, amount), day)?;
    each.ok().map(|each| each.mul(hours)).transpose()
}

/// What those of a kind are paid on some days.
fn pieces(
    inputs: &Inputs<'_>,
    set: &ConventionSet,
    (kind, hired): (&str, &[Hired]),
    (from, to): (Date, Date),
    unit: Unit,
) -> Result<Vec<Piece>, QuantityError> {
    let mut all = Vec::new();
    let those = hired.iter().enumerate().filter(|(_, one)| one.kind == kind);
    for (place, one) in those {
        let first = one.from.map_or(from, |day| day.max(from));
        let last = one.to.map_or(to, |day| day.min(to));
        if last < first {
            continue;
        }
        let days = (day_number(first), day_number(last));
        let has_more = has_more(one);
        for (at, work) in one.work.iter().enumerate() {
            let holidays = match work.holidays {
                // With more than the rates all days count together.
                Holidays::Rate(amount) if !has_more => Some((true, days, amount)),
                Holidays::Rate(_) | Holidays::Usual | Holidays::Off => None,
            };
            let ordinary = rates(work, days);
            let ordinary = ordinary.into_iter().map(|(days, rate)| (false, days, rate));
            for (on_holidays, (start, end), amount) in ordinary.chain(holidays) {
                let (start, end) = (start.max(days.0), end.min(days.1));
                let Ok(day) = day_from_number(start) else {
                    continue;
                };
                if end < start {
                    continue;
                }
                all.push(Piece {
                    hired: place,
                    work: at,
                    on_holidays,
                    days: (start, end),
                    rate: Rate {
                        amount,
                        per: work.rate.per,
                    },
                    like_tariff: in_unit(inputs, set, (work, amount), unit, day)?,
                    is_all: !on_holidays && !has_more && work.rate.per.per(unit).is_some(),
                    has_more,
                });
            }
        }
    }
    Ok(all)
}

/// What the budget reckons with for a care provider; nothing when there is no way to compare.
fn tariff(
    set: &ConventionSet,
    (budget, part): (&LineBudget<NodeId>, &PartSegment<NodeId>),
    (one, provider): (&ProviderAmount<NodeId>, &CareProvider),
) -> Result<Option<Tariff>, QuantityError> {
    if let Some((rate, unit)) = &one.rate {
        return Ok(Some(Tariff {
            rate: rate.value,
            unit: *unit,
            fixed: None,
        }));
    }
    let recurring = |(_, per): &(_, Frequency)| *per != Frequency::Total;
    let Some((amount, per)) = one.uncut(part.per).find(recurring) else {
        return Ok(None);
    };
    let Some(amount) = amount.euro() else {
        return Ok(None);
    };
    let mut parts = budget.granted.iter();
    let granted = parts.find(|granted| granted.part == part.part);
    let granted = granted.into_iter().flat_map(|part| &part.volumes);
    let granted = granted.map(|volume| (volume.figure.value, volume.unit, volume.per));
    let mine = |share: &&PartExtent| share.part.as_deref() == part.part.as_deref();
    let shares = provider.share.iter().filter(mine).map(|share| {
        let extent = share.extent;
        (Exact::from(extent.volume), extent.unit, extent.per)
    });
    let mut all: Vec<_> = shares.collect();
    if all.is_empty() {
        all = granted.collect();
    }
    let mut hours = Exact::ZERO;
    for volume in all {
        match hours_per(set, volume, per)? {
            Some(more) => hours = hours.add(more)?,
            None => return Ok(None),
        }
    }
    if hours.is_zero() {
        return Ok(None);
    }
    Ok(Some(Tariff {
        rate: amount.exact().div(hours)?,
        unit: Unit::Hour,
        fixed: Some((amount, per)),
    }))
}

/// What somebody costs in some days for each unit that is done: with fixed wages and with costs beside the rate. Nothing
/// when there is no way to it.
fn with_all_costs(
    paid: &Paid,
    unit: Unit,
    days: (Date, Date),
) -> Result<Option<Exact>, QuantityError> {
    let flows = paid.work.iter().map(|work| &work.done);
    let mut units = flows.chain(&paid.wage_work).filter_map(|flow| flow.unit);
    if units.any(|own| own.per(unit).is_none()) {
        return Ok(None);
    }
    let mut calc = Calculator {
        tracer: &mut Silent,
    };
    let spent = paid.spent(&mut calc, days)?;
    let mut parts = [spent.by_work, spent.fixed].into_iter().flatten();
    let spent = parts.try_fold(Exact::ZERO, |sum, one| sum.add(one.value))?;
    let done = paid.done(&mut calc, unit, days)?;
    let done = done.filter(|done| !done.value.is_zero());
    done.map(|done| spent.div(done.value)).transpose()
}

/// The rates of a scenario that are below the tariffs of the budget of a line, where the catalogue then grants what is paid.
pub(super) fn lower(
    inputs: &Inputs<'_>,
    line: &Line,
    budget: &LineBudget<NodeId>,
    hired: &[Hired],
) -> Result<Vec<Lower>, QuantityError> {
    let mut found = Vec::new();
    let (Delivery::Pgb { providers }, Some(end)) = (&line.delivery, budget.segments.last()) else {
        return Ok(found);
    };
    let whole = (line.from, end.to);
    let paid: Vec<Option<Paid>> = (hired.iter())
        .map(|one| hire(one, whole).0.filter(|_| has_more(one)))
        .collect();
    for segment in &budget.segments {
        let catalogue = &segment.catalogue;
        let product = catalogue.product(&line.product);
        let set = product.and_then(|product| catalogue.conventions_of(product));
        let Some(set) = set.filter(|set| set.real_cost_if_lower.value) else {
            continue;
        };
        let parts = segment.parts.iter();
        for (part, one) in parts.flat_map(|part| part.providers.iter().map(move |one| (part, one)))
        {
            let provider = one.provider.and_then(|at| Some((at, providers.get(at)?)));
            let Some((place, provider)) = provider else {
                continue;
            };
            let Some(tariff) = tariff(set, (budget, part), (one, provider))? else {
                continue;
            };
            let days = (segment.from, segment.to);
            let all = pieces(inputs, set, (&provider.kind, hired), days, tariff.unit)?;
            let in_total = |share: &PartExtent| share.extent.per == Frequency::Total;
            let can_be_cut = !provider.share.iter().any(in_total);
            for (start, end) in stretches(&all) {
                let active = || {
                    let here = move |piece: &&Piece| piece.days.0 <= start && end <= piece.days.1;
                    all.iter().filter(here)
                };
                let (Ok(from), Ok(to)) = (day_from_number(start), day_from_number(end)) else {
                    continue;
                };
                let first = active().next().and_then(|piece| piece.like_tariff);
                let is_one =
                    can_be_cut && active().all(|piece| piece.is_all && piece.like_tariff == first);
                let mut before = None;
                for piece in active() {
                    let real = match paid.get(piece.hired).and_then(Option::as_ref) {
                        // All work of somebody together, once.
                        Some(_) if before == Some(piece.hired) => continue,
                        Some(paid) => with_all_costs(paid, tariff.unit, (from, to))?,
                        None if piece.has_more => None,
                        None => piece.like_tariff,
                    };
                    before = Some(piece.hired);
                    let Some(real) = real.filter(|real| *real < tariff.rate) else {
                        continue;
                    };
                    found.push(Lower {
                        hired: piece.hired,
                        work: piece.work,
                        on_holidays: piece.on_holidays,
                        from,
                        to,
                        rate: piece.rate,
                        real: piece.has_more.then_some(real),
                        tariff,
                        rule: Arc::clone(&set.real_cost_if_lower.provenance),
                        counts: is_one.then_some(place),
                    });
                }
            }
        }
    }
    Ok(found)
}

/// The stretches of days between two changes of what is paid.
fn stretches(pieces: &[Piece]) -> Vec<(i32, i32)> {
    let first = pieces.iter().map(|piece| piece.days.0);
    let after = pieces.iter().map(|piece| piece.days.1.saturating_add(1));
    let mut cuts: Vec<i32> = first.chain(after).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let each = cuts.iter().zip(cuts.iter().skip(1));
    each.map(|(from, next)| (*from, next.saturating_sub(1)))
        .collect()
}

/// Puts the rates that count into the care providers of a line whose budget ends on a day.
pub(super) fn agree(line: &mut Line, lower: &[Lower], end: Date) {
    let (first, last) = (line.from, line.to);
    let Delivery::Pgb { providers } = &mut line.delivery else {
        return;
    };
    let mut all = Vec::with_capacity(providers.len());
    for (place, provider) in providers.drain(..).enumerate() {
        let mine = lower.iter().filter(|one| one.counts == Some(place));
        let mut mine: Vec<_> = mine.map(|one| (one.from, one.to, one.rate)).collect();
        mine.sort_by_key(|one| one.0);
        mine.dedup();
        let mut spans: Vec<(Date, Date, Rate)> = Vec::new();
        for (from, to, rate) in mine {
            match spans.last_mut() {
                Some(before)
                    if before.2 == rate && before.1.tomorrow().is_ok_and(|next| next == from) =>
                {
                    before.1 = to;
                }
                _ => spans.push((from, to, rate)),
            }
        }
        let mut next = provider.from.unwrap_or(first);
        let last = provider.to.or(last).unwrap_or(end);
        let part = |from: Date, to: Date, agreed| CareProvider {
            from: (from > first).then_some(from).or(provider.from),
            to: (to < last).then_some(to).or(provider.to),
            agreed,
            ..provider.clone()
        };
        for (from, to, rate) in spans {
            if let Ok(before) = from.yesterday()
                && next <= before
            {
                all.push(part(next, before, provider.agreed));
            }
            all.push(part(from, to, Some(rate)));
            next = to.tomorrow().unwrap_or(to);
        }
        if next <= last {
            all.push(part(next, last, provider.agreed));
        }
    }
    *providers = all;
}
