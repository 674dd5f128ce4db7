//! From what was filled in of a care provider to what flows: every slip is told at its field, never passed over.
//!
//! This must not know budgets.

use super::flow::{Flow, Paid, Spread, Stretch, WorkFlow, days, weekday, within, without};
use crate::budget::check_extent;
use crate::calendar::{day_from_number, day_number, holiday};
use crate::document::Problem;
use crate::dossier::{Cost, CostAmount, Hired, Holidays, OwnFloor, Weekday, Work};
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Exact, Frequency, Unit};
use jiff::civil::Date;

/// Above this an amount per hour is not a rate, but a rate in cents or a month's wage.
const MOST_PER_HOUR: i64 = 400;

/// Above this a cost beside the rate is no cost per month, but an amount in cents.
const MOST_COST_PER_MONTH: i64 = 2_500;

/// The most hours of a week.
const HOURS_PER_WEEK: i64 = 168;

fn error(field: impl Into<String>, message: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem::error(message).field(field).hint(hint)
}

/// What a provider costs; with problems at the provider's own fields. Nothing when days or work are wrong.
pub(super) fn hire(hired: &Hired, line: (Date, Date)) -> (Option<Paid>, Vec<Problem>) {
    let mut problems = Vec::new();
    let Some((from, to)) = at_work(hired, line, &mut problems) else {
        return (None, problems);
    };
    let whole: Stretch = (day_number(from), day_number(to));
    let mut paid = Paid {
        from,
        to,
        work: Vec::new(),
        wages: Vec::new(),
        wage_work: Vec::new(),
        on_top: Exact::ZERO,
        beside: Vec::new(),
    };
    let here = present(hired, (from, to), &mut problems);
    if hired.work.is_empty() {
        problems.push(error(
            "work",
            "bij deze zorgverlener staat niet wat hij doet",
            "Vul in hoeveel uur deze zorgverlener helpt, en voor welk tarief.",
        ));
    }
    for (place, work) in hired.work.iter().enumerate() {
        let found = check_work(work, (from, to));
        let wrong = !found.is_empty();
        let path = format!("work[{place}]");
        problems.extend(found.into_iter().map(|problem| problem.within(&path)));
        if !wrong {
            flows(work, whole, &here, &mut paid);
        }
    }
    problems.extend(too_many_hours(hired));
    for (place, cost) in hired.costs.iter().enumerate() {
        match check_cost(cost, whole, &mut paid) {
            Ok(()) => {}
            Err(problem) => problems.push(problem.within(&format!("costs[{place}]"))),
        }
    }
    if let Some(OwnFloor::Amount { per_hour, source }) = &hired.floor {
        let hour = (Unit::Hour, Some(Exact::from(60)));
        problems.extend(check_rate(*per_hour, hour, "floor"));
        if source.trim().is_empty() {
            problems.push(error(
                "floor",
                "bij dit laagste loon staat niet waar het vandaan komt",
                "Zet de bron erbij.",
            ));
        }
    }
    let sound = problems.is_empty();
    (sound.then_some(paid), problems)
}

/// First and last day at work.
fn at_work(
    hired: &Hired,
    (first, last): (Date, Date),
    problems: &mut Vec<Problem>,
) -> Option<(Date, Date)> {
    let (from, to) = (hired.from.unwrap_or(first), hired.to.unwrap_or(last));
    let span = format!("{} tot en met {}", date_long(first), date_long(last));
    let outside = |day: Date, what: &str| {
        format!(
            "deze zorgverlener {what} op {}, buiten de periode {span}",
            date_long(day)
        )
    };
    let hint = "Pas de datum aan, of haal haar weg: dan geldt de hele periode.";
    if from < first || from > last {
        problems.push(error("from", outside(from, "begint"), hint));
    } else if to < first || to > last {
        problems.push(error("to", outside(to, "houdt op"), hint));
    } else if to < from {
        let message = format!(
            "deze zorgverlener houdt op {} op, voor de eerste dag {}",
            date_long(to),
            date_long(from)
        );
        problems.push(error("to", message, "Pas een van beide data aan."));
    } else {
        return Some((from, to));
    }
    None
}

/// The days at work on which the provider is not away.
fn present(hired: &Hired, (from, to): (Date, Date), problems: &mut Vec<Problem>) -> Vec<Stretch> {
    let mut here = vec![(day_number(from), day_number(to))];
    for (place, away) in hired.away.iter().enumerate() {
        let field = |name: &str| format!("away[{place}].{name}");
        if away.to < away.from {
            problems.push(error(
                field("to"),
                "de laatste dag ligt voor de eerste",
                "Pas een van beide data aan.",
            ));
        } else if away.from < from || away.to > to {
            problems.push(error(
                field("from"),
                "deze dagen liggen niet in de periode van de zorgverlener",
                format!(
                    "Vul dagen in van {} tot en met {}.",
                    date_long(from),
                    date_long(to)
                ),
            ));
        } else {
            here = without(&here, (day_number(away.from), day_number(away.to)));
        }
    }
    here
}

/// A rate that nobody means: for an hour of its own time, of a fixed wage for an hour of the work that it is for.
fn check_amount(work: &Work, amount: Euro, field: &str) -> Option<Problem> {
    let unit = work.rate.per;
    let hours = match unit.frequency().filter(|_| work.is_fixed()) {
        Some(per) => wage_minutes(work, per),
        None => match unit {
            Unit::Etmaal => Some(Exact::from(24 * 60)),
            Unit::Day => Some(Exact::from(8 * 60)),
            _ => unit.minutes().map(Exact::from),
        },
    };
    check_rate(amount, (unit, hours), field)
}

/// The minutes of work in a period with as many days as it can have: enough to see what nobody means.
fn wage_minutes(work: &Work, per: Frequency) -> Option<Exact> {
    let extent = work.extent;
    let minutes = Exact::from(extent.volume).mul(Exact::from(extent.unit.minutes()?));
    let days = |per: Frequency| per.most_days().map(Exact::from);
    let every = Exact::from(i64::from(work.every.unwrap_or(1).max(1)));
    let in_period = minutes.ok()?.mul(days(per)?).ok()?;
    let each = in_period.div(days(extent.per)?).ok()?.div(every).ok()?;
    (!each.is_zero()).then_some(each)
}

/// More hours on the days of the week on which somebody comes than these days have.
fn too_long_days(work: &Work) -> Option<Problem> {
    let days = Weekday::ALL.iter().filter(|day| work.days.contains(day));
    let hours = i64::try_from(days.count()).ok()?.saturating_mul(24);
    let extent = work.extent;
    let minutes = Exact::from(extent.volume).mul(Exact::from(extent.unit.minutes()?));
    let is_long = minutes.ok()? > Exact::from(hours.saturating_mul(60));
    (hours > 0 && extent.per == Frequency::Week && is_long).then(|| {
        error(
            "days",
            format!("op deze dagen passen ten hoogste {hours} uur"),
            "Kies meer dagen, of minder uren.",
        )
    })
}

/// A rate that nobody means, in so many minutes of work where that is known.
fn check_rate(
    amount: Euro,
    (unit, minutes): (Unit, Option<Exact>),
    field: &str,
) -> Option<Problem> {
    if amount <= Euro::ZERO {
        return Some(error(
            field,
            "het tarief moet meer dan nul zijn",
            "Vul het afgesproken bruto tarief in.",
        ));
    }
    let most = minutes?.mul(Exact::from(MOST_PER_HOUR)).ok()?;
    let much = amount.exact().mul(Exact::from(60)).ok()? > most;
    much.then(|| {
        error(
            field,
            format!(
                "{} per {} is meer dan € {MOST_PER_HOUR},00 per uur",
                crate::quantity::dutch::euro(amount.0),
                unit.singular()
            ),
            "Staat het bedrag in centen? Vul het in euro's in.",
        )
    })
}

fn check_work(work: &Work, (from, to): (Date, Date)) -> Vec<Problem> {
    let mut problems = Vec::new();
    let extent = work.extent;
    if let Err(problem) = check_extent(&extent, Some((from, to))) {
        problems.push(problem.within("extent"));
    }
    let weekly = extent.per == Frequency::Week;
    if !work.days.is_empty() && !weekly {
        problems.push(error(
            "days",
            format!(
                "dagen van de week passen niet bij een omvang {}",
                extent.per.dutch()
            ),
            "Vul de omvang per week in, of haal de dagen weg.",
        ));
    }
    match work.every {
        Some(0) => problems.push(error(
            "every",
            "eens in de 0 weken kan niet",
            "Vul 1 in voor elke week, 2 voor om de week.",
        )),
        Some(2..) if !weekly => problems.push(error(
            "every",
            format!(
                "«niet elke week» past niet bij een omvang {}",
                extent.per.dutch()
            ),
            "Vul de omvang in van een week waarin de zorgverlener komt.",
        )),
        _ => {}
    }
    let unit = work.rate.per;
    problems.extend(check_amount(work, work.rate.amount, "rate.amount"));
    if let Some(problem) = too_long_days(work) {
        problems.push(problem);
    }
    if work.is_fixed() {
        if !work.holidays.is_usual() {
            problems.push(error(
                "holidays",
                "een vast loon is op feestdagen hetzelfde",
                "Haal de afspraak over feestdagen weg, of vul een tarief per uur in.",
            ));
        }
    } else if extent.unit.per(unit).is_none() {
        problems.push(error(
            "rate.per",
            format!(
                "een tarief per {} past niet bij een omvang in {}",
                unit.singular(),
                extent.unit.plural()
            ),
            format!("Vul het tarief in per {}.", extent.unit.singular()),
        ));
    }
    if let Holidays::Rate(amount) = work.holidays {
        problems.extend(check_amount(work, amount, "holidays"));
    }
    let mut before = from;
    for (place, later) in work.later.iter().enumerate() {
        let field = |name: &str| format!("later[{place}].{name}");
        problems.extend(check_amount(work, later.amount, &field("amount")));
        if later.from <= before || later.from > to {
            problems.push(error(
                field("from"),
                format!(
                    "dit tarief begint op {}, niet tussen {} en {}",
                    date_long(later.from),
                    date_long(before),
                    date_long(to)
                ),
                "Zet latere tarieven op volgorde, binnen de periode van de zorgverlener.",
            ));
        }
        before = before.max(later.from);
    }
    problems
}

/// All work of a provider together in more hours than a week has.
fn too_many_hours(hired: &Hired) -> Option<Problem> {
    let mut sum = Exact::ZERO;
    for work in &hired.work {
        let extent = work.extent;
        let (minutes, weeks) = (extent.unit.minutes()?, extent.per.per(Frequency::Week)?);
        let mine = Exact::from(extent.volume).mul(Exact::from(minutes));
        sum = sum.add(mine.ok()?.mul(weeks).ok()?).ok()?;
    }
    let most = HOURS_PER_WEEK.saturating_mul(60);
    (hired.work.len() > 1 && sum > Exact::from(most)).then(|| {
        error(
            "work",
            format!("samen is dit meer dan {HOURS_PER_WEEK} uur per week"),
            "Controleer de uren van deze zorgverlener.",
        )
    })
}

/// The rates of work with the days on which each holds.
pub(super) fn rates(work: &Work, (from, to): Stretch) -> Vec<(Stretch, Euro)> {
    let mut pieces = vec![((from, to), work.rate.amount)];
    for later in &work.later {
        let first = day_number(later.from);
        if let Some(last) = pieces.last_mut() {
            last.0.1 = first.saturating_sub(1);
        }
        pieces.push(((first, to), later.amount));
    }
    pieces
}

fn holidays_in(here: &[Stretch]) -> Vec<i32> {
    let each = here.iter().flat_map(|(from, to)| *from..=*to);
    each.filter(|day| day_from_number(*day).is_ok_and(|day| holiday(day).is_some()))
        .collect()
}

fn flows(work: &Work, whole: Stretch, here: &[Stretch], paid: &mut Paid) {
    let extent = work.extent;
    let feasts = match work.holidays {
        Holidays::Usual => Vec::new(),
        Holidays::Off | Holidays::Rate(_) => holidays_in(here),
    };
    let ordinary = feasts
        .iter()
        .fold(here.to_vec(), |left, day| without(&left, (*day, *day)));
    let mask = work.days.iter().fold(0_u8, |mask, day| {
        mask | 1_u8.wrapping_shl(u32::from(*day as u8))
    });
    let every = i32::from(work.every.unwrap_or(1));
    let spread = if mask != 0 || every > 1 {
        Spread::Coming {
            mask: if mask == 0 { 0b111_1111 } else { mask },
            every,
            monday: whole.0.saturating_sub(weekday(whole.0)),
        }
    } else if extent.per == Frequency::Total {
        let at_work = match work.holidays {
            Holidays::Off => days(&ordinary),
            Holidays::Usual | Holidays::Rate(_) => days(here),
        };
        Spread::Even(at_work)
    } else {
        Spread::even(extent.per)
    };
    let done = |stretches: Vec<Stretch>| Flow {
        stretches,
        spread,
        per: extent.per,
        value: Exact::from(extent.volume),
        unit: Some(extent.unit),
    };
    let unit = work.rate.per;
    if work.is_fixed() {
        let per = unit.frequency().unwrap_or(Frequency::Month);
        for (days, amount) in rates(work, whole) {
            paid.wages.push(Flow {
                stretches: vec![days],
                spread: Spread::even(per),
                per,
                value: amount.exact(),
                unit: None,
            });
        }
        paid.wage_work.push(done(here.to_vec()));
        return;
    }
    for (days, amount) in rates(work, whole) {
        paid.work.push(WorkFlow {
            done: done(within(&ordinary, days)),
            rate: amount.exact(),
            unit,
        });
    }
    if let Holidays::Rate(amount) = work.holidays {
        paid.work.push(WorkFlow {
            done: done(feasts.iter().map(|day| (*day, *day)).collect()),
            rate: amount.exact(),
            unit,
        });
    }
}

fn check_cost(cost: &Cost, whole: Stretch, paid: &mut Paid) -> Result<(), Problem> {
    let below = |field: &str| {
        error(
            field,
            format!("{} onder nul kunnen niet", cost.kind.dutch()),
            "Vul een bedrag van nul of meer in.",
        )
    };
    match cost.amount {
        CostAmount::OfWork(part) => {
            if part.exact().is_negative() {
                return Err(below("amount"));
            }
            if part.exact() > Exact::from(100) {
                return Err(error(
                    "amount",
                    format!("{} van meer dan 100% kunnen niet", cost.kind.dutch()),
                    "Vul een percentage in, zoals 20.",
                ));
            }
            let sum = paid.on_top.add(part.exact());
            paid.on_top =
                sum.map_err(|found| error("amount", found.to_string(), "Controleer het getal."))?;
        }
        CostAmount::Every(rate) => {
            let per = rate.per.frequency().filter(|per| *per != Frequency::Total);
            let per = per.ok_or_else(|| {
                error(
                    "amount",
                    format!("kosten per {} kunnen hier niet", rate.per.singular()),
                    "Vul de kosten in per week, 4 weken, maand of jaar.",
                )
            })?;
            if rate.amount < Euro::ZERO {
                return Err(below("amount"));
            }
            let months = per
                .most_days()
                .map(|days| Exact::ratio(31, 1).div(Exact::from(days)));
            let in_month = months.and_then(|months| rate.amount.exact().mul(months.ok()?).ok());
            if in_month.is_some_and(|amount| amount > Exact::from(MOST_COST_PER_MONTH)) {
                return Err(error(
                    "amount",
                    format!(
                        "{} per {} is meer dan € 2.500,00 per maand",
                        crate::quantity::dutch::euro(rate.amount.0),
                        rate.per.singular()
                    ),
                    "Staat het bedrag in centen? Vul het in euro's in.",
                ));
            }
            paid.beside.push(Flow {
                stretches: vec![whole],
                spread: Spread::even(per),
                per,
                value: rate.amount.exact(),
                unit: None,
            });
        }
    }
    Ok(())
}
