//! Every agreed rate held against wage floor and minimum wage, at each date (R27).
//!
//! The floors come from the national tables. Where these know none, the consultant enters one with its source or writes
//! down why not. This must not know budgets.

use super::LineOutlook;
use super::checks::{Check, CheckOutcome, Rule};
use super::provider::rate_on;
use crate::budget::{Inputs, convert};
use crate::calendar::Period;
use crate::catalogue::ConventionSet;
use crate::dossier::{Contract, Hired, Holidays, OwnFloor, Work};
use crate::national::{Activity, FloorKind, Relation, WageOutcome, WageQuestion};
use crate::quantity::dutch::{date_short, euro};
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Leaf, Measure, Silent, Step, shown};
use jiff::civil::Date;

/// The kinds of work whose floors a line has to keep to: its own, else those of its parts.
fn activities(inputs: &Inputs<'_>, line: &LineOutlook) -> Vec<Option<Activity>> {
    let answer = inputs
        .library
        .catalogues
        .on(inputs.municipality, line.line.from);
    let Ok(answer) = answer else {
        return vec![None];
    };
    let Some(product) = answer.catalogue.product_file(&line.line.product) else {
        return vec![None];
    };
    let own = product.wage_floor.into_iter();
    let parts = product.parts.iter().filter_map(|part| {
        let part = answer.catalogue.product_file(&part.product)?;
        part.wage_floor
    });
    let mut found: Vec<Option<Activity>> = own.chain(parts).map(Some).collect();
    found.dedup();
    match found.is_empty() {
        true => vec![None],
        false => found,
    }
}

/// How the provider stands towards the budget holder: as its kind does, and as the contract says.
fn relations(inputs: &Inputs<'_>, line: &LineOutlook, hired: &Hired) -> Vec<Relation> {
    let answer = inputs
        .library
        .catalogues
        .on(inputs.municipality, line.line.from);
    let kind = answer
        .ok()
        .and_then(|answer| answer.catalogue.provider(&hired.kind));
    let Some(kind) = kind else {
        return Vec::new();
    };
    let mut found = vec![kind.relation];
    let is_person = !matches!(
        kind.relation,
        Relation::Institution | Relation::SelfEmployed
    );
    match hired.contract {
        Some(Contract::Employment) => found.push(Relation::Employment),
        Some(Contract::Assignment) if is_person => found.push(Relation::Assignment),
        _ => {}
    }
    found.dedup();
    found
}

/// An amount for work in euro per hour on a day, or why there is none.
pub(super) fn per_hour(
    inputs: &Inputs<'_>,
    set: Option<&ConventionSet>,
    (work, amount): (&Work, Euro),
    day: Date,
) -> Result<Result<Exact, String>, QuantityError> {
    let mut calc = Calculator {
        tracer: &mut Silent,
    };
    let amount = amount.exact();
    let unit = work.rate.per;
    let step = Step::new("afgesproken tarief", Measure::EuroPerUnit(unit));
    let rate = calc.leaf(step, Leaf::Input(format_args!("work.rate")), amount);
    if !work.is_fixed() {
        let national = inputs.library.national(inputs.municipality);
        let answer = national.svb_rate(rate, unit, day, &mut calc)?;
        return Ok(answer.figure.map(|found| found.figure.value));
    }
    // A fixed wage ÷ the hours of the same period.
    let no_way = || "de catalogus zegt niet hoeveel uur in die periode valt".to_owned();
    let extent = work.extent;
    let (Some(set), Some(per)) = (set, unit.frequency()) else {
        return Ok(Err(no_way()));
    };
    let every = i64::from(work.every.unwrap_or(1)).max(1);
    let volume = Exact::from(extent.volume).div(Exact::from(every))?;
    match hours_per(set, (volume, extent.unit, extent.per), per)? {
        Some(hours) => amount.div(hours).map(Ok),
        None => Ok(Err(no_way())),
    }
}

/// A volume as hours per period, as the catalogue converts; nothing when there is no way to it.
pub(super) fn hours_per(
    set: &ConventionSet,
    (volume, unit, per): (Exact, Unit, Frequency),
    goal: Frequency,
) -> Result<Option<Exact>, QuantityError> {
    let Some(minutes) = unit.minutes().filter(|_| per != Frequency::Total) else {
        return Ok(None);
    };
    let mut calc = Calculator {
        tracer: &mut Silent,
    };
    let hours = volume.mul(Exact::from(minutes))?.div(Exact::from(60))?;
    let step = Step::new("uren", Measure::Volume(Unit::Hour));
    let hours = calc.leaf(step, Leaf::Input(format_args!("work.extent")), hours);
    let measure = |per| Measure::VolumePer(Unit::Hour, per);
    let hours = convert(&mut calc, &set.conversions, hours, (per, goal), measure)?;
    Ok(hours.map(|hours| hours.value))
}

/// One outcome with the last day on which it holds.
struct Found {
    until: Option<Date>,
    outcome: CheckOutcome,
    words: String,
    source: Option<String>,
    needs_floor: bool,
}

fn found(outcome: CheckOutcome, words: impl Into<String>) -> Found {
    Found {
        until: None,
        outcome,
        words: words.into(),
        source: None,
        needs_floor: false,
    }
}

/// How bad an outcome is, to keep the worst.
pub(super) fn weight(outcome: CheckOutcome) -> u8 {
    match outcome {
        CheckOutcome::Fails => 3,
        CheckOutcome::NotTestable => 2,
        CheckOutcome::Holds => 1,
        CheckOutcome::Says => 0,
    }
}

fn on_day(
    inputs: &Inputs<'_>,
    line: &LineOutlook,
    hired: &Hired,
    work: &Work,
    day: Date,
) -> Result<Found, QuantityError> {
    let relations = relations(inputs, line, hired);
    if relations.is_empty() {
        return Ok(found(
            CheckOutcome::NotTestable,
            format!("de soort «{}» staat niet in de catalogus", hired.kind),
        ));
    }
    let set = super::conventions(&line.line, &line.budget);
    let rate = match per_hour(inputs, set, (work, rate_on(work, day)), day)? {
        Ok(rate) => rate,
        Err(why) => return Ok(found(CheckOutcome::NotTestable, why)),
    };
    let agreed = shown(rate, Measure::EuroPerUnit(Unit::Hour));
    let national = inputs.library.national(inputs.municipality);
    let mut calc = Calculator {
        tracer: &mut Silent,
    };
    let mut worst: Option<Found> = None;
    let mut until: Option<Date> = None;
    for relation in relations {
        for activity in activities(inputs, line) {
            let question = WageQuestion {
                rate,
                activity,
                relation,
                full_time_week: hired.full_time_week,
                day,
            };
            let check = national.wage_check(&question, &mut calc)?;
            until = crate::catalogue::earliest(until, check.valid_until);
            let mut one = match check.outcome {
                WageOutcome::Passes(floor) | WageOutcome::Fails(floor) => {
                    let least = shown(floor.figure.value, Measure::EuroPerUnit(Unit::Hour));
                    let which = match floor.kind {
                        FloorKind::MinimumWage => "het minimumloon met vakantiebijslag",
                        FloorKind::CaoVvt => "de ondergrens van de cao VVT",
                    };
                    let (outcome, how) = match rate < floor.figure.value {
                        true => (CheckOutcome::Fails, "minder dan"),
                        false => (CheckOutcome::Holds, "niet minder dan"),
                    };
                    let mut one = found(outcome, format!("{agreed} is {how} {which}, {least}"));
                    let source = &floor.source;
                    one.source = Some(format!("{} ({})", source.source, source.file));
                    one
                }
                WageOutcome::NotTestable(why) => own_floor(hired, rate, &agreed, &why),
                WageOutcome::NotApplicable(why) => found(CheckOutcome::Says, why),
            };
            let worse = worst
                .as_ref()
                .is_none_or(|worst| weight(worst.outcome) < weight(one.outcome));
            if worse {
                one.until = until;
                worst = Some(one);
            }
        }
    }
    let mut worst = worst.unwrap_or_else(|| found(CheckOutcome::Says, "er geldt geen ondergrens"));
    worst.until = until;
    Ok(worst)
}

/// A rate held against what the consultant entered, where the tables know nothing.
fn own_floor(hired: &Hired, rate: Exact, agreed: &str, why: &str) -> Found {
    match &hired.floor {
        Some(OwnFloor::Amount { per_hour, source }) => {
            let (outcome, how) = match rate < per_hour.exact() {
                true => (CheckOutcome::Fails, "minder dan"),
                false => (CheckOutcome::Holds, "niet minder dan"),
            };
            let least = euro(per_hour.0);
            let words = format!("{agreed} is {how} het ingevulde bedrag van {least} per uur");
            Found {
                source: Some(source.clone()),
                ..found(outcome, words)
            }
        }
        Some(OwnFloor::Reason(reason)) => found(
            CheckOutcome::NotTestable,
            format!("{why}; opgeschreven is: {}", reason.trim_end_matches('.')),
        ),
        None => Found {
            needs_floor: true,
            ..found(CheckOutcome::NotTestable, why.to_owned())
        },
    }
}

/// The wage checks of a care provider: one for each stretch of days with the same outcome.
pub(super) fn wages(
    inputs: &Inputs<'_>,
    line: &LineOutlook,
    (place, hired): (usize, &Hired),
    (from, to): (Date, Date),
    path: &str,
) -> Result<Vec<Check>, QuantityError> {
    let mut checks = Vec::new();
    // A number and no name: what follows is also printed for whoever reads along.
    let who = format!("Zorgverlener {}", place.saturating_add(1));
    let feasts = hired.work.iter().enumerate().filter_map(|(place, work)| {
        let Holidays::Rate(amount) = work.holidays else {
            return None;
        };
        let mut feast = work.clone();
        feast.rate.amount = amount;
        feast.later.clear();
        Some((place, "holidays", feast))
    });
    let ordinary = hired.work.iter().enumerate();
    let ordinary = ordinary.map(|(place, work)| (place, "rate.amount", work.clone()));
    for (at, name, work) in ordinary.chain(feasts) {
        let work = &work;
        let mut spans: Vec<(Period, Found)> = Vec::new();
        let mut day = from;
        while day <= to {
            let found = on_day(inputs, line, hired, work, day)?;
            let mut later = work.later.iter().map(|later| later.from);
            let next = later.find(|first| *first > day);
            let changes = next.and_then(|first| first.yesterday().ok());
            let until = crate::catalogue::earliest(found.until, changes);
            let until = until.map_or(to, |until| until.min(to)).max(day);
            match spans.last_mut() {
                Some((span, last))
                    if last.outcome == found.outcome && last.words == found.words =>
                {
                    *span = Period::new(span.from(), until).unwrap_or(*span);
                }
                _ => {
                    if let Ok(span) = Period::new(day, until) {
                        spans.push((span, found));
                    }
                }
            }
            match until.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        for (span, found) in spans {
            let days = format!(
                "Van {} tot en met {}",
                date_short(span.from()),
                date_short(span.to())
            );
            let ask = match found.needs_floor {
                true => " Vul een bedrag in met de bron, of schrijf op waarom niet.",
                false => "",
            };
            let words = format!("{days}: {}.{ask}", found.words.trim_end_matches('.'));
            let field = match found.needs_floor {
                true => format!("{path}.floor"),
                false => format!("{path}.work[{at}].{name}"),
            };
            let mut check = Check::new(Rule::Wage, found.outcome, words).field(field);
            check.source = found.source;
            check.about = Some((who.clone(), span));
            if !checks.contains(&check) {
                checks.push(check);
            }
        }
    }
    Ok(checks)
}
