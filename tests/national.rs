//! National figures through the public face: what was published, what is refused, and an answer for
//! every day.

use jiff::civil::Date;
use maatwerk::national::{
    Activity, ContributionOutcome, ContributionRule, FloorKind, FullTimeWeek, Lookup, National,
    Parameter, Relation, SvbUnit, WageOutcome, WageQuestion,
};
use maatwerk::quantity::{Exact, Unit};
use maatwerk::trace::{Calculator, Leaf, Measure, Recorder, Silent, Status, Step};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Published {
    figures: Vec<FigureRow>,
    not_known: Vec<NotKnownRow>,
    per_hour: Vec<PerHourRow>,
    thresholds: Vec<ThresholdRow>,
    allowances: Vec<AllowanceRow>,
    contributions: Vec<ContributionRow>,
    svb: Vec<SvbRow>,
    checks: Vec<CheckRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureRow {
    id: String,
    day: Date,
    value: Exact,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NotKnownRow {
    id: String,
    day: Date,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PerHourRow {
    day: Date,
    #[serde(default)]
    week: Option<u8>,
    per_hour: Exact,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdRow {
    day: Date,
    leave: bool,
    amount: Exact,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowanceRow {
    wage: Exact,
    with_holiday: Exact,
    with_leave: Exact,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ContributionRow {
    start: Date,
    says: String,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SvbRow {
    unit: String,
    amount: Exact,
    rate: Exact,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckRow {
    rate: Exact,
    #[serde(default)]
    work: Option<String>,
    who: String,
    #[serde(default)]
    week: Option<u8>,
    day: Date,
    says: String,
    #[serde(default)]
    until: Option<Date>,
    source: String,
}

fn national() -> National {
    National::shipped().expect("the shipped figures are right")
}

fn published() -> Published {
    let text = include_str!("../fixtures/published/landelijk.ron");
    maatwerk::document::read_text("landelijk.ron", text).unwrap()
}

fn parameter(id: &str) -> Parameter {
    Parameter::ALL
        .into_iter()
        .find(|parameter| parameter.id() == id)
        .expect(id)
}

fn week(hours: Option<u8>) -> Option<FullTimeWeek> {
    hours.map(|hours| match hours {
        36 => FullTimeWeek::Hours36,
        38 => FullTimeWeek::Hours38,
        40 => FullTimeWeek::Hours40,
        _ => panic!("a full-time week of {hours} hours"),
    })
}

#[test]
fn every_published_figure_is_in_force_on_its_day() {
    let national = national();
    for row in published().figures {
        assert!(!row.source.is_empty());
        let found = national.lookup(parameter(&row.id), row.day);
        let Lookup::Known(value, span) = found else {
            panic!("{row:?}: {found:?}")
        };
        assert_eq!(value, row.value, "{row:?}");
        assert!(span.from <= row.day && span.to.is_none_or(|to| row.day <= to));
        assert_eq!(found.valid_until(), span.to);
    }
}

#[test]
fn what_nobody_published_is_not_known_and_says_why() {
    let national = national();
    for row in published().not_known {
        assert!(!row.source.is_empty());
        let found = national.lookup(parameter(&row.id), row.day);
        assert!(
            matches!(found, Lookup::NotKnown(reason, _) if !reason.is_empty()),
            "{row:?}"
        );
    }
}

#[test]
fn the_minimum_wage_per_hour_follows_from_the_weekly_wage_upwards() {
    let national = national();
    for row in published().per_hour {
        let mut calculator = Calculator {
            tracer: &mut Silent,
        };
        let wage = national
            .minimum_wage_per_hour(row.day, week(row.week), &mut calculator)
            .unwrap();
        assert_eq!(
            wage.figure.unwrap().figure.value,
            row.per_hour,
            "{}",
            row.source
        );
    }
}

#[test]
fn allowances_are_rounded_up_once_at_the_end() {
    let national = national();
    let published = published();
    let mut calculator = Calculator {
        tracer: &mut Silent,
    };
    for row in published.thresholds {
        let found = national
            .minimum_wage_threshold(row.day, None, row.leave, &mut calculator)
            .unwrap()
            .figure
            .unwrap();
        assert_eq!(found.figure.value, row.amount, "{}", row.source);
    }
    let day = "2025-01-01".parse().unwrap();
    for row in published.allowances {
        let step = Step::new("loon", Measure::EuroPerUnit(Unit::Hour));
        let wage = calculator.leaf(step, Leaf::Input(format_args!("wage")), row.wage);
        for (leave, expected) in [(false, row.with_holiday), (true, row.with_leave)] {
            let found = national
                .with_allowances(wage, day, leave, &mut calculator)
                .unwrap();
            assert_eq!(
                found.figure.unwrap().figure.value,
                expected,
                "{}",
                row.source
            );
        }
    }
}

#[test]
fn a_letter_names_the_own_contribution_of_the_year_of_the_start() {
    let national = national();
    for row in published().contributions {
        let found = national
            .own_contribution(ContributionRule::Due, row.start)
            .unwrap();
        let says = match found {
            ContributionOutcome::Maximum {
                amount,
                per,
                source,
            } => {
                // Couples of whom one is below AOW age pay nothing: the letter says so.
                assert!(
                    source
                        .note
                        .as_ref()
                        .is_some_and(|note| note.contains("AOW"))
                );
                format!("{} {per:?}", amount.0)
            }
            ContributionOutcome::IncomeDependent { per, reason, .. } => {
                assert!(reason.contains("inkomen"));
                format!("afhankelijk van inkomen {per:?}")
            }
            ContributionOutcome::NotKnown { reason } => {
                assert!(!reason.is_empty());
                "niet bekend".to_owned()
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(says, row.says, "{} {}", row.start, row.source);
    }
    let day = "2026-03-02".parse().unwrap();
    for (rule, outcome) in [
        (ContributionRule::NotDue, ContributionOutcome::NotDue),
        (ContributionRule::OwnRegime, ContributionOutcome::OwnRegime),
    ] {
        assert_eq!(national.own_contribution(rule, day).unwrap(), outcome);
    }
}

#[test]
fn an_amount_per_svb_unit_becomes_an_hourly_rate_with_five_decimals() {
    let national = national();
    let units = [
        SvbUnit::Dagdeel,
        SvbUnit::Night,
        SvbUnit::Day,
        SvbUnit::Etmaal,
        SvbUnit::Weekend,
        SvbUnit::Midweek,
        SvbUnit::Week,
    ];
    for row in published().svb {
        let unit = units
            .into_iter()
            .find(|unit| Parameter::SvbHours(*unit).id() == row.unit)
            .unwrap();
        let mut calculator = Calculator {
            tracer: &mut Silent,
        };
        let step = Step::new("bedrag", Measure::EuroPerUnit(Unit::Etmaal));
        let amount = calculator.leaf(step, Leaf::Input(format_args!("amount")), row.amount);
        let day = "2018-06-01".parse().unwrap();
        let found = national
            .svb_hourly_rate(amount, unit, day, &mut calculator)
            .unwrap();
        assert_eq!(
            found.figure.unwrap().figure.value,
            row.rate,
            "{}",
            row.source
        );
    }
}

#[test]
fn a_wage_check_passes_fails_or_says_that_it_cannot() {
    let national = national();
    for row in published().checks {
        assert!(!row.source.is_empty());
        let question = WageQuestion {
            rate: row.rate,
            activity: row.work.as_deref().map(|work| match work {
                "huishouden" => Activity::Household,
                "begeleiding" => Activity::Begeleiding,
                other => panic!("{other}"),
            }),
            relation: match row.who.as_str() {
                "informeel" => Relation::Informal,
                "opdracht" => Relation::Assignment,
                "arbeidsovereenkomst" => Relation::Employment,
                "ondernemer" => Relation::SelfEmployed,
                "instelling" => Relation::Institution,
                other => panic!("{other}"),
            },
            full_time_week: week(row.week),
            day: row.day,
        };
        let mut recorder = Recorder::default();
        let check = national
            .wage_check(
                &question,
                &mut Calculator {
                    tracer: &mut recorder,
                },
            )
            .unwrap();
        let floor = |floor: &maatwerk::national::Floor<_>| {
            assert!(!floor.source.source.is_empty());
            let kind = match floor.kind {
                FloorKind::MinimumWage => "minimumloon",
                FloorKind::CaoVvt => "cao",
            };
            format!("{} {kind}", floor.figure.value.finite_decimal().unwrap())
        };
        let says = match &check.outcome {
            WageOutcome::Passes(found) => format!("goed {}", floor(found)),
            WageOutcome::Fails(found) => format!("te laag {}", floor(found)),
            WageOutcome::NotTestable(reason) => {
                assert!(!reason.is_empty());
                "niet te toetsen".to_owned()
            }
            WageOutcome::NotApplicable(_) => "niet van toepassing".to_owned(),
        };
        assert_eq!(says, row.says, "{row:?}");
        assert_eq!(check.valid_until, row.until, "{row:?}");
        for (_, node) in recorder.trace.nodes() {
            assert_eq!(
                recorder.trace.recompute(node).unwrap(),
                node.value,
                "{}",
                node.label
            );
        }
    }
}

#[test]
fn every_day_from_2015_to_2027_has_exactly_one_answer_that_holds_until_the_next_change() {
    let national = national();
    let changes = national.changes();
    assert!(changes.len() > 20);
    let last_day: Date = "2027-12-31".parse().unwrap();
    for parameter in Parameter::ALL {
        let spans = &national.series(parameter).unwrap().spans;
        let mut day: Date = "2015-01-01".parse().unwrap();
        let mut answers = 0;
        while day <= last_day {
            let found = national.lookup(parameter, day);
            let Some(until) = found.valid_until() else {
                break;
            };
            assert!(until >= day, "{parameter:?} {day}");
            // The same answer on the last day, another one the day after.
            assert_eq!(
                national.lookup(parameter, until),
                found,
                "{parameter:?} {day}"
            );
            day = until.tomorrow().unwrap();
            assert_ne!(
                national.lookup(parameter, day),
                found,
                "{parameter:?} {day}"
            );
            answers += 1;
        }
        assert!(answers <= spans.len() + 1);
    }
    // Where one table ends and another goes on, no day is lost or told twice.
    for (older, newer) in [
        (Parameter::MinimumWagePerWeek, Parameter::MinimumWagePerHour),
        (
            Parameter::ContributionPerFourWeeks,
            Parameter::ContributionPerMonth,
        ),
    ] {
        let last = national
            .series(older)
            .unwrap()
            .spans
            .last()
            .unwrap()
            .to
            .unwrap();
        let first = national.series(newer).unwrap().spans[0].from;
        assert_eq!(last.tomorrow().unwrap(), first, "{older:?}");
    }
    // One standard case over every date on which something changes, and the day before.
    let around = changes
        .iter()
        .flat_map(|day| [day.yesterday().unwrap(), *day]);
    for day in around.filter(|day| day.year() >= 2015) {
        for relation in [
            Relation::Informal,
            Relation::Assignment,
            Relation::Employment,
        ] {
            for activity in [None, Some(Activity::Household), Some(Activity::Begeleiding)] {
                let rate = Exact::from(25);
                let question = WageQuestion {
                    rate,
                    activity,
                    relation,
                    full_time_week: None,
                    day,
                };
                let check = national.wage_check(
                    &question,
                    &mut Calculator {
                        tracer: &mut Silent,
                    },
                );
                let check = check.unwrap();
                assert!(check.valid_until.is_none_or(|until| until >= day), "{day}");
                // 25 euro is above every floor that is known.
                assert!(
                    matches!(
                        check.outcome,
                        WageOutcome::Passes(_) | WageOutcome::NotTestable(_)
                    ),
                    "{day} {relation:?}"
                );
            }
        }
        national
            .own_contribution(ContributionRule::Due, day)
            .unwrap();
    }
}

#[test]
fn an_inferred_day_is_example_until_a_municipality_confirms_it() {
    let mut national = national();
    let day: Date = "2023-10-01".parse().unwrap();
    let status = |national: &National| {
        let mut calculator = Calculator {
            tracer: &mut Silent,
        };
        let answer = national.figure(Parameter::FloorHousehold, day, &mut calculator);
        answer.figure.unwrap().figure.status
    };
    assert_eq!(status(&national), Status::Example);
    let floor = |file: &str, place: &str| {
        file == "informele-hulp" && place == "ondergrens informele hulp, huishouden"
    };
    assert_eq!(national.confirm(|file, _| file == "svb-2", "college"), 0);
    assert_eq!(national.confirm(floor, "het college (besluit 12)"), 1);
    assert_eq!(status(&national), Status::Established);
}

#[test]
fn a_file_of_the_municipality_takes_over_from_a_day_on() {
    let text = |from: &str, supersedes: &str| {
        format!(
            r#"(format: 1, id: "minimumloon-2026", version: "1", name: "Minimumloon juli 2026",
                parameters: [(id: "minimumloon-per-uur", name: "wettelijk minimumloon per uur",
                    unit: EuroPer(Hour), {supersedes}
                    values: [(from: "{from}", value: Known("15.00"), source: "proef", status: Example)])])"#
        )
    };
    let newer = text("2026-07-01", r#"supersedes_from: "2026-07-01","#);
    let national = National::shipped_with([("nieuw.ron", newer.as_str())]).unwrap();
    let at = |day: &str| match national.lookup(Parameter::MinimumWagePerHour, day.parse().unwrap())
    {
        Lookup::Known(value, span) => Some((value, span.to)),
        _ => None,
    };
    assert_eq!(
        at("2026-06-30").unwrap().1,
        Some("2026-06-30".parse().unwrap())
    );
    assert_eq!(at("2026-07-01").unwrap().0, Exact::from(15));
    let message = |text: &str| {
        let problems = National::shipped_with([("nieuw.ron", text)]).unwrap_err();
        problems
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" | ")
    };
    let twice = message(&text("2026-07-01", ""));
    assert!(twice.contains("staat in meer dan één bestand"), "{twice}");
    let other = message(&text("2026-08-01", r#"supersedes_from: "2026-07-01","#));
    assert!(other.contains("parameters[0].supersedes_from"), "{other}");
    let early = message(&text("2010-01-01", r#"supersedes_from: "2010-01-01","#));
    assert!(
        early.contains("heeft geen waarde vlak voor 1 januari 2010"),
        "{early}"
    );
}

#[test]
fn a_file_that_is_not_right_is_refused_at_its_field() {
    let shipped = [
        include_str!("../assets/national/minimumloon.ron"),
        include_str!("../assets/national/informele-hulp.ron"),
        include_str!("../assets/national/eigen-bijdrage.ron"),
        include_str!("../assets/national/svb.ron"),
    ];
    for (from, to, field, message) in [
        ("format: 1", "format: 7", "format", "nieuwere versie"),
        ("format: 1", "format: 0", "format", "formaat 0"),
        (
            "minimumloon-per-week\"",
            "loon\"",
            "parameters[0].id",
            "«loon»",
        ),
        (
            "unit: EuroPer(Week)",
            "unit: EuroPer(Day)",
            "parameters[0].unit",
            "andere eenheid",
        ),
        (
            "from: \"2018-01-01\"",
            "from: \"2018-01-02\"",
            "parameters[0].values[1].from",
            "gat",
        ),
        (
            "from: \"2018-01-01\"",
            "from: \"2017-12-31\"",
            "parameters[0].values[1].from",
            "overlap",
        ),
        (
            "to: \"2017-12-31\"",
            "to: None",
            "parameters[0].values[1].from",
            "geen einde",
        ),
        (
            "Known(\"364.15\")",
            "Known(\"0\")",
            "parameters[0].values[1].value",
            "nul",
        ),
        (
            "Known(\"364.15\")",
            "Known(\"1/3\")",
            "parameters[0].values[1].value",
            "breuk",
        ),
        (
            "NotKnown(\"het bedrag van deze periode is hier niet opgenomen\")",
            "NotKnown(\" \")",
            "parameters[0].values[0].value",
            "leeg",
        ),
        (
            "source: \"SVB, tabel 2025\"",
            "source: \"\"",
            "parameters[4].values[0].source",
            "leeg",
        ),
        (
            "step: \"0.01\"",
            "step: \"0\"",
            "roundings[0].value.step",
            "meer dan nul",
        ),
        (
            "id: \"met-opslagen\"",
            "id: \"met-opslag\"",
            "roundings[1].id",
            "«met-opslag»",
        ),
    ] {
        let changed = shipped[0].replacen(from, to, 1);
        assert_ne!(changed, shipped[0], "{from}");
        let files = [changed.as_str(), shipped[1], shipped[2], shipped[3]];
        let problems = National::read(files.map(|text| ("proef.ron", text))).unwrap_err();
        let problem = problems.iter().find(|problem| problem.field == field);
        let problem = problem.unwrap_or_else(|| panic!("{from}: {problems:?}"));
        assert!(problem.message.contains(message), "{problem}");
        assert!(
            !problem.hint.is_empty() && problem.line.is_some(),
            "{problem}"
        );
        // A mistake in writing elsewhere is told beside it, and nothing that follows from the two.
        if field == "format" {
            continue;
        }
        let (before, after) = changed.rsplit_once("status: Example").unwrap();
        let both = format!("{before}status: Voorbeeld{after}");
        let problems = National::read([("proef.ron", both.as_str())]).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|it| it.field.as_str()).collect();
        assert_eq!(fields, [field, "parameters[4].values[2].status"]);
    }
    // The own contribution is rounded down to a multiple.
    let odd = shipped[2].replacen("Known(\"20.60\")", "Known(\"20.70\")", 1);
    assert_ne!(odd, shipped[2]);
    let files = [shipped[0], shipped[1], &odd, shipped[3]];
    let problems = National::read(files.map(|text| ("proef.ron", text))).unwrap_err();
    let told = problems
        .iter()
        .map(|it| (it.field.as_str(), it.message.as_str()));
    let told: Vec<_> = told.collect();
    let wanted = "dit is geen veelvoud van 1/5 euro";
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].0.ends_with(".value") && told[0].1 == wanted,
        "{told:?}"
    );
    // Days that could not be read leave no gap.
    let day = shipped[0].replacen("to: \"2017-12-31\"", "to: \"2017-12-32\"", 1);
    let problems = National::read([("proef.ron", day.as_str())]).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    let unknown = shipped[0].replacen("status:", "stand:", 1);
    let problem = &National::read([("proef.ron", unknown.as_str())]).unwrap_err()[0];
    assert!(problem.line.is_some(), "{problem}");
    let missing = National::read([("svb.ron", shipped[3])]).unwrap_err();
    assert!(
        missing
            .iter()
            .any(|problem| problem.message.contains("minimumloon-per-uur"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_higher_rate_never_turns_a_pass_into_a_fail(
        days in 0..4_500i64,
        cents in 1..5_000i64,
        more in 0..1_000i64,
        relation in prop_oneof![
            Just(Relation::Informal), Just(Relation::Assignment), Just(Relation::Employment)
        ],
    ) {
        let national = national();
        let day: Date = "2015-01-01".parse().unwrap();
        let day = day.checked_add(jiff::Span::new().days(days)).unwrap();
        let fails = |cents: i64| {
            let question = WageQuestion {
                rate: Exact::new(i128::from(cents), 100).unwrap(),
                activity: Some(Activity::Household),
                relation,
                full_time_week: None,
                day,
            };
            let check = national.wage_check(&question, &mut Calculator { tracer: &mut Silent });
            matches!(check.unwrap().outcome, WageOutcome::Fails(_))
        };
        prop_assert!(!fails(cents + more) || fails(cents));
    }

    #[test]
    fn a_day_longer_full_time_week_never_raises_the_floor(days in 0..3_286i64, leave: bool) {
        let national = national();
        let day: Date = "2015-01-01".parse().unwrap();
        let day = day.checked_add(jiff::Span::new().days(days)).unwrap();
        let floor = |week| {
            let mut calculator = Calculator { tracer: &mut Silent };
            let found = national.minimum_wage_threshold(day, Some(week), leave, &mut calculator);
            found.unwrap().figure.map(|found| found.figure.value).ok()
        };
        let (long, short) = (floor(FullTimeWeek::Hours40), floor(FullTimeWeek::Hours36));
        prop_assert_eq!(long.is_some(), short.is_some());
        prop_assert!(long <= short);
    }
}
