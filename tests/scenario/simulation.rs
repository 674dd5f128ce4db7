//! Random scenarios, day by day: what is paid on each day by its own rule, added up, against the answers in closed form.
//! `MAATWERK_LONG=1` tries 10,000.

use super::example;
use jiff::civil::{Date, date};
use maatwerk::budget::Library;
use maatwerk::calendar::{day_number, holiday};
use maatwerk::catalogue::SourceFile;
use maatwerk::document::read_text;
use maatwerk::dossier::{
    Away, Cost, CostAmount, CostKind, Dossier, Hired, Holidays, LaterRate, Scenario, ScenarioLine,
    Weekday, Work,
};
use maatwerk::quantity::{Euro, Exact, Extent, Frequency, Percentage, Rate, Rounding, Unit};
use maatwerk::scenario::{Lasts, evaluate};
use proptest::prelude::*;
use rust_decimal::Decimal;

const FROM: Date = date(2018, 2, 10);
const TO: Date = date(2020, 5, 20);

fn day_after(first: Date, days: i32) -> Date {
    maatwerk::calendar::days_after(first, days).unwrap()
}

fn span() -> i32 {
    day_number(TO) - day_number(FROM)
}

fn amounts(most: i64) -> impl Strategy<Value = Euro> {
    (100..most).prop_map(|cents| Euro(Decimal::new(cents, 2)))
}

fn work() -> impl Strategy<Value = Work> {
    let often = prop_oneof![
        Just(Frequency::Week),
        Just(Frequency::Week),
        Just(Frequency::TwoWeeks),
        Just(Frequency::FourWeeks),
        Just(Frequency::Month),
        Just(Frequency::Year),
        Just(Frequency::Total),
    ];
    let later = prop::option::of((1..span(), amounts(6000)));
    let days = prop::collection::vec(0_usize..7, 0..4);
    let holidays = prop_oneof![
        Just(None),
        Just(Some(Holidays::Off)),
        amounts(6000).prop_map(|amount| Some(Holidays::Rate(amount)))
    ];
    let fixed = prop::option::weighted(
        0.2,
        (
            prop_oneof![Just(Unit::Week), Just(Unit::Month), Just(Unit::Year)],
            amounts(90000),
        ),
    );
    (
        1_i64..2400,
        often,
        days,
        1_u8..4,
        amounts(6000),
        later,
        holidays,
        fixed,
    )
        .prop_map(
            |(minutes, per, days, every, amount, later, holidays, fixed)| {
                let weekly = per == Frequency::Week;
                let days: Vec<Weekday> = days
                    .into_iter()
                    .filter_map(|day| Weekday::ALL.get(day).copied())
                    .collect();
                let different = Weekday::ALL.iter().filter(|day| days.contains(day));
                let most = 1440 * i64::try_from(different.count()).unwrap();
                let minutes = match weekly && most > 0 {
                    true => minutes.min(most),
                    false => minutes,
                };
                Work {
                    extent: Extent {
                        volume: Decimal::from(if per == Frequency::Total {
                            minutes / 2 + 1
                        } else {
                            minutes
                        }),
                        unit: Unit::Minute,
                        per,
                    },
                    days: if weekly { days } else { Vec::new() },
                    every: weekly.then_some(every),
                    rate: match fixed {
                        Some((per, amount)) => Rate { amount, per },
                        None => Rate {
                            amount,
                            per: Unit::Hour,
                        },
                    },
                    later: later
                        .map(|(after, amount)| LaterRate {
                            from: day_after(FROM, after),
                            amount,
                        })
                        .into_iter()
                        .collect(),
                    holidays: holidays.filter(|_| fixed.is_none()).unwrap_or_default(),
                }
            },
        )
}

fn hired() -> impl Strategy<Value = Hired> {
    let days = (0..span(), 0..span());
    let away = prop::collection::vec((0..span(), 0..30_i32), 0..3);
    let costs = prop::option::of((0_i64..25, amounts(3000)));
    (days, prop::collection::vec(work(), 1..3), away, costs).prop_map(
        |((a, b), work, away, costs)| {
            let (from, to) = (day_after(FROM, a.min(b)), day_after(FROM, a.max(b)));
            let mut hired = Hired {
                kind: "informeel".into(),
                from: Some(from),
                to: Some(to),
                work,
                ..Hired::default()
            };
            for work in &mut hired.work {
                work.later
                    .retain(|later| later.from > from && later.from <= to);
            }
            for (start, days) in away {
                let start = day_after(FROM, start);
                let end = day_after(start, days);
                if from <= start && end <= to {
                    hired.away.push(Away {
                        from: start,
                        to: end,
                    });
                }
            }
            if let Some((part, amount)) = costs {
                hired.costs = vec![
                    Cost {
                        kind: CostKind::Employer,
                        amount: CostAmount::OfWork(Percentage(Decimal::from(part))),
                    },
                    Cost {
                        kind: CostKind::Travel,
                        amount: CostAmount::Every(Rate {
                            amount,
                            per: Unit::Month,
                        }),
                    },
                ];
            }
            hired
        },
    )
}

/// The catalogue of Leiden 2018 under another convention.
fn library(budget_period: &str, counting: &str, rounding: &str) -> Library {
    let text = include_str!("../../assets/catalogues/leiden-2018.ron")
        .replace(
            "budget_period: (value: CalendarYear",
            &format!("budget_period: (value: {budget_period}"),
        )
        .replace(
            "totals: (value: PerDay",
            &format!("totals: (value: {counting}"),
        )
        .replace(
            "total_rounding: (value: AtEnd",
            &format!("total_rounding: (value: {rounding}"),
        );
    let files = [
        SourceFile {
            name: "leiden-2018.ron",
            text: &text,
        },
        SourceFile {
            name: "leiden-2015.ron",
            text: include_str!("../../assets/catalogues/leiden-2015.ron"),
        },
        SourceFile {
            name: "gemeente-leiden.ron",
            text: include_str!("../../assets/catalogues/gemeente-leiden.ron"),
        },
    ];
    Library::of(&files).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn present(hired: &Hired, day: Date) -> bool {
    hired.from.is_none_or(|from| from <= day)
        && hired.to.is_none_or(|to| day <= to)
        && !hired
            .away
            .iter()
            .any(|away| away.from <= day && day <= away.to)
}

/// The length of a period on a day.
fn length(per: Frequency, day: Date) -> i64 {
    match per {
        Frequency::Day | Frequency::Total => 1,
        Frequency::Week => 7,
        Frequency::TwoWeeks => 14,
        Frequency::FourWeeks => 28,
        Frequency::Month => i64::from(day.days_in_month()),
        Frequency::Year => i64::from(day.days_in_year()),
    }
}

fn comes(hired: &Hired, work: &Work, day: Date) -> bool {
    if !present(hired, day) || (work.holidays == Holidays::Off && holiday(day).is_some()) {
        return false;
    }
    let monday = |day: Date| day_number(day) - i32::from(day.weekday().to_monday_zero_offset());
    let week = (monday(day) - monday(hired.from.unwrap())) / 7;
    let of_week = Weekday::ALL[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap()];
    week % i32::from(work.every.unwrap_or(1)) == 0
        && (work.days.is_empty() || work.days.contains(&of_week))
}

fn all_days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(jiff::Span::new().days(1))
        .take_while(move |day| *day <= to)
}

/// The days on which each piece of work is done.
fn days_at_work(hired: &Hired) -> Vec<i64> {
    let count = |work: &Work| {
        let days = all_days(hired.from.unwrap(), hired.to.unwrap());
        i64::try_from(days.filter(|day| comes(hired, work, *day)).count()).unwrap()
    };
    hired.work.iter().map(count).collect()
}

/// What a provider costs on one day.
fn on(hired: &Hired, at_work: &[i64], day: Date) -> Exact {
    if hired.from.is_some_and(|from| day < from) || hired.to.is_some_and(|to| day > to) {
        return Exact::ZERO;
    }
    let mut sum = Exact::ZERO;
    for (work, at_work) in hired.work.iter().zip(at_work) {
        let rate = work
            .later
            .iter()
            .rfind(|later| later.from <= day)
            .map_or(work.rate.amount, |later| later.amount);
        if work.is_fixed() {
            let per = work.rate.per.frequency().unwrap();
            sum = sum
                .add(rate.exact().div(length(per, day).into()).unwrap())
                .unwrap();
            continue;
        }
        if !comes(hired, work, day) {
            continue;
        }
        let rate = match work.holidays {
            Holidays::Rate(amount) if holiday(day).is_some() => amount,
            _ => rate,
        };
        let mut different = work.days.clone();
        different.sort_unstable();
        different.dedup();
        let parts = match work.extent.per {
            Frequency::Week if !different.is_empty() => i64::try_from(different.len()).unwrap(),
            Frequency::Total => *at_work,
            per => length(per, day),
        };
        let hours = Exact::from(work.extent.volume)
            .div(60.into())
            .unwrap()
            .div(parts.into())
            .unwrap();
        sum = sum.add(hours.mul(rate.exact()).unwrap()).unwrap();
    }
    for cost in &hired.costs {
        if let CostAmount::OfWork(part) = cost.amount {
            let factor = part
                .exact()
                .add(100.into())
                .unwrap()
                .div(100.into())
                .unwrap();
            sum = sum.mul(factor).unwrap();
        }
    }
    for cost in &hired.costs {
        if let CostAmount::Every(rate) = cost.amount {
            sum = sum
                .add(
                    rate.amount
                        .exact()
                        .div(length(rate.per.frequency().unwrap(), day).into())
                        .unwrap(),
                )
                .unwrap();
        }
    }
    sum
}

/// A line of a random scenario: its days, and who is paid.
#[derive(Debug, Clone)]
struct Paid {
    from: Date,
    to: Date,
    people: Vec<Hired>,
}

/// The days of a line within those of all, with the people on those days.
fn paid() -> impl Strategy<Value = Paid> {
    let people = prop::collection::vec(hired(), 1..4);
    (0..120_i32, 0..120_i32, people).prop_map(|(after, before, people)| {
        let (from, to) = (day_after(FROM, after), day_after(TO, -before));
        let within = |mut one: Hired| {
            let days = (one.from.unwrap().max(from), one.to.unwrap().min(to));
            let (first, last) = if days.0 <= days.1 { days } else { (from, to) };
            (one.from, one.to) = (Some(first), Some(last));
            one.away
                .retain(|away| first <= away.from && away.to <= last);
            for work in &mut one.work {
                work.later
                    .retain(|later| first < later.from && later.from <= last);
            }
            one
        };
        let people = people.into_iter().map(within).collect();
        Paid { from, to, people }
    })
}

/// Household support, and two kinds of begeleiding: as many lines as there are random ones.
fn dossier(lines: &[Paid]) -> Dossier {
    let mut dossier = example();
    let other = dossier.provisions[1].clone();
    dossier.provisions.push(other);
    dossier.provisions.truncate(lines.len());
    let mut scenario = Scenario {
        name: "proef".into(),
        ..Scenario::default()
    };
    for (place, paid) in lines.iter().enumerate() {
        let line = &mut dossier.provisions[place].line;
        (line.from, line.to) = (paid.from, Some(paid.to));
        if place == 2 {
            line.choices.get_mut("kind").unwrap().value = "speciaal".into();
        }
        if place > 0 {
            line.delivery =
                read_text("delivery", "Pgb(providers: [(kind: \"informeel\")])").unwrap();
        }
        scenario.lines.push(ScenarioLine {
            provision: place,
            product: line.product.clone(),
            hired: paid.people.clone(),
            ..ScenarioLine::default()
        });
    }
    dossier.scenarios = vec![scenario];
    dossier
}

fn cents(value: Exact) -> Exact {
    Rounding::CENT.apply(value).unwrap()
}

fn cases() -> ProptestConfig {
    let cases = match std::env::var_os("MAATWERK_LONG") {
        Some(_) => 10_000,
        None => ProptestConfig::default().cases.max(1_024),
    };
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Every budget period under every counting, with the two ways to round a total where these add up.
const CONVENTIONS: [(&str, &str, &str); 13] = [
    ("CalendarYear", "PerDay", "AtEnd"),
    ("WholeTerm", "PerDay", "AtEnd"),
    ("Month", "PerDay", "AtEnd"),
    ("CalendarYear", "WholePeriods", "AtEnd"),
    ("WholeTerm", "WholePeriods", "AtEnd"),
    ("Month", "WholePeriods", "AtEnd"),
    ("CalendarYear", "MonthsProRata", "AtEnd"),
    ("WholeTerm", "MonthsProRata", "AtEnd"),
    ("Month", "MonthsProRata", "AtEnd"),
    ("CalendarYear", "PerDay", "PerPeriod"),
    ("CalendarYear", "MonthsProRata", "PerPeriod"),
    ("Month", "MonthsProRata", "PerPeriod"),
    // Its years are maxima, and not meant to add up.
    ("CalendarYear", "WeeksTouched", "AtEnd"),
];

thread_local! {
    static LIBRARIES: Vec<Library> = CONVENTIONS
        .map(|(period, counting, rounding)| library(period, counting, rounding))
        .into();
}

/// What the long form found: a stretch that comes to less than a cent in a month that has a budget.
#[test]
fn a_month_whose_stretches_come_to_nothing_has_a_plan_too() {
    let minute = |last: Date| -> Hired {
        read_text(
            "hired",
            &format!(
                r#"(kind: "informeel", from: Some("2018-02-17"), to: Some("{last}"), work: [(
                extent: (volume: "1", unit: Minute, per: Week), rate: (amount: "1.00", per: Hour))])"#
            ),
        )
        .unwrap()
    };
    let dossier = dossier(&[Paid {
        from: date(2018, 2, 17),
        to: date(2020, 4, 10),
        people: vec![minute(date(2020, 3, 14)), minute(date(2018, 2, 17))],
    }]);
    for (period, counting, rounding) in CONVENTIONS {
        let library = library(period, counting, rounding);
        let outlook = evaluate(&dossier, 0, &library, FROM).unwrap();
        let months = &outlook.lines[0].months;
        let planned = months.iter().all(|month| month.planned.is_some());
        assert!(
            planned && !months.is_empty(),
            "{period} {counting} {rounding}"
        );
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn run_out_dates_and_sums_are_those_of_a_simulation_day_by_day(
        lines in prop::collection::vec(paid(), 1..4),
        which in 0..CONVENTIONS.len(),
        today in 0..800_i32,
    ) {
        let dossier = dossier(&lines);
        let outlook = LIBRARIES.with(|all| evaluate(&dossier, 0, &all[which], day_after(FROM, today)).unwrap());
        // Too many hours, and a wage for a minute's work.
        let is_known = |one: &maatwerk::document::Problem| ["168 uur", "400,00 per uur"].iter().any(|words| one.message.contains(words));
        prop_assert!(outlook.problems.iter().all(is_known), "{:#?}", outlook.problems);
        prop_assume!(outlook.problems.is_empty());
        prop_assert_eq!(outlook.lines.len(), lines.len());
        let (mut all_spent, mut all_budget) = (Exact::ZERO, Exact::ZERO);
        let (mut all_left, mut all_short) = (Exact::ZERO, Exact::ZERO);
        let mut runs_out: Option<(Date, usize)> = None;
        for (place, (line, given)) in outlook.lines.iter().zip(&lines).enumerate() {
            let people = &given.people;
            prop_assert!(!line.pots.is_empty());
            // Every provider's exact cost up to each day, and what is paid of it in whole cents.
            let at_work: Vec<_> = people.iter().map(days_at_work).collect();
            let mut exact = vec![Exact::ZERO; people.len()];
            let mut paid = vec![Exact::ZERO; people.len()];
            let mut sum = Exact::ZERO;
            for pot in &line.pots {
                let budget = pot.budget.euro().unwrap().exact();
                let before = sum;
                let mut until = None;
                for day in all_days(pot.from, pot.to) {
                    for (place, hired) in people.iter().enumerate() {
                        exact[place] = exact[place].add(on(hired, &at_work[place], day)).unwrap();
                        paid[place] = cents(exact[place]);
                    }
                    sum = paid.iter().fold(Exact::ZERO, |sum, one| sum.add(*one).unwrap());
                    if sum.sub(before).unwrap() <= budget {
                        until = Some(day);
                    }
                }
                let spent = sum.sub(before).unwrap();
                let left = budget.sub(spent).unwrap();
                prop_assert_eq!(pot.spent.unwrap().value, spent);
                prop_assert_eq!(pot.left.unwrap().value, left);
                let lasts = match until {
                    Some(day) if day == pot.to => Lasts::Whole,
                    Some(day) => Lasts::Until(day),
                    None => Lasts::NotADay,
                };
                prop_assert_eq!(pot.lasts.unwrap(), lasts);
                // Months add up to their period: planned, spent, and the last one has what is left.
                let months: Vec<_> = line.months.iter().filter(|month| pot.from <= month.from && month.to <= pot.to).collect();
                let add = |value: &dyn Fn(&maatwerk::scenario::Month) -> Euro| months.iter().fold(Euro::ZERO, |sum, month| sum.plus(value(month)).unwrap());
                prop_assert_eq!(add(&|month| month.spent.unwrap()).exact(), spent);
                prop_assert_eq!(add(&|month| month.planned.unwrap()).exact(), budget);
                prop_assert_eq!(months.last().unwrap().left.unwrap().exact(), left);
                for month in months {
                    let each = month.by_provider.iter().fold(Euro::ZERO, |sum, one| sum.plus(*one).unwrap());
                    prop_assert_eq!(Some(each), month.spent);
                }
                all_budget = all_budget.add(budget).unwrap();
                match left.is_negative() {
                    true => all_short = all_short.sub(left).unwrap(),
                    false => all_left = all_left.add(left).unwrap(),
                }
                let out = match lasts {
                    Lasts::Whole => None,
                    Lasts::Until(day) => Some(day.tomorrow().unwrap()),
                    Lasts::NotADay => Some(pot.from),
                };
                if let Some(day) = out.filter(|day| runs_out.is_none_or(|(first, _)| *day < first)) {
                    runs_out = Some((day, place));
                }
            }
            for (provider, paid) in line.providers.iter().zip(&paid) {
                prop_assert_eq!(provider.total.map_or(Exact::ZERO, |total| total.value), *paid);
            }
            // The budgets of all periods are the whole budget.
            let whole = line.pots.iter().fold(Euro::ZERO, |sum, pot| sum.plus(pot.budget.euro().unwrap()).unwrap());
            prop_assert_eq!(line.budget.years_are_maxima, CONVENTIONS[which].1 == "WeeksTouched");
            if !line.budget.years_are_maxima {
                prop_assert_eq!(Some(whole), line.budget.term.as_ref().unwrap().money.euro());
            }
            all_spent = all_spent.add(sum).unwrap();
        }
        // All lines together are their sum: per period, per month, and in the first day without money.
        let all = &outlook.together;
        prop_assert_eq!(all.spent.unwrap().exact(), all_spent);
        prop_assert_eq!(all.budget.unwrap().exact(), all_budget);
        prop_assert_eq!(all.left.unwrap().exact(), all_left);
        prop_assert_eq!(all.short.unwrap().exact(), all_short);
        prop_assert_eq!(all.runs_out, runs_out);
        let add = |value: &dyn Fn(&maatwerk::scenario::MonthTogether) -> Option<Euro>| outlook.months.iter().fold(Euro::ZERO, |sum, month| sum.plus(value(month).unwrap()).unwrap());
        prop_assert_eq!(add(&|month| month.spent).exact(), all_spent);
        prop_assert_eq!(add(&|month| month.planned).exact(), all_budget);
    }
}
