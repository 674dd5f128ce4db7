//! Each point of domain.md section 6: one setting changed, and the figure, status, sentence or
//! error that changes with it.

use crate::cases::{files, line, observe, points, proef_library, seen, traced};
use std::collections::BTreeMap;

/// Whether a text is what was expected: `~` in front asks only that it holds the rest.
fn fits(expected: &str, found: &str) -> bool {
    match expected.strip_prefix('~') {
        Some(part) => found.contains(part),
        None => found == expected,
    }
}

fn wrong(
    side: &str,
    expected: &BTreeMap<String, String>,
    seen: &BTreeMap<String, String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for (key, value) in expected {
        match seen.get(key) {
            Some(found) if fits(value, found) => {}
            Some(found) => wrong.push(format!(
                "{side}, {key}: «{value}» verwacht, «{found}» gezien"
            )),
            None => {
                let rest = seen.get("laden").or_else(|| seen.get("problemen"));
                wrong.push(format!(
                    "{side}, {key}: «{value}» verwacht, maar er is niets; {rest:?}"
                ));
            }
        }
    }
    wrong
}

#[test]
fn a_setting_that_changes_changes_what_follows_from_it_and_as_worked_out_by_hand() {
    let mut complaints = Vec::new();
    for point in points() {
        for case in &point.cases {
            let (before, after) = (seen(case, false), seen(case, true));
            let mut found = wrong("voor", &case.before, &before);
            found.extend(wrong("na", &case.after, &after));
            let moved = case
                .after
                .keys()
                .chain(case.before.keys())
                .any(|key| before.get(key) != after.get(key));
            if !moved {
                found.push("de wijziging verandert niets van wat er staat".into());
            }
            if case.note.trim().is_empty() {
                found.push("de afleiding ontbreekt".into());
            }
            complaints.extend(
                found
                    .into_iter()
                    .map(|text| format!("{}. {}: {text}", point.point, case.name)),
            );
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn each_of_the_sixteen_points_has_its_fixtures() {
    let numbers: Vec<u8> = points().iter().map(|point| point.point).collect();
    assert_eq!(numbers, (1..=16).collect::<Vec<u8>>());
    for point in points() {
        assert!(!point.title.is_empty());
        assert!(point.cases.len() >= 2, "{}", point.title);
    }
}

#[test]
fn a_case_changes_one_setting() {
    for point in points() {
        for case in &point.cases {
            let changes = case.change.len();
            assert_eq!(changes, 1, "{}: dat is niet één instelling", case.name);
        }
    }
}

/// Every choice that the format offers is made somewhere in the fixtures.
#[test]
fn every_variant_of_the_format_occurs_in_a_fixture() {
    let mut all = String::new();
    for case in points().iter().flat_map(|point| &point.cases) {
        for (_, text) in files(case, false).into_iter().chain(files(case, true)) {
            all.push_str(&text);
        }
    }
    let wanted = [
        // Base, counting, rounding of totals.
        "value: OfExtent",
        "Every(",
        "value: PerDay",
        "value: WeeksTouched",
        "value: WholePeriods",
        "value: MonthsProRata",
        "value: AtEnd",
        "value: PerPeriod",
        // Stages, modes and steps.
        "at: Rate",
        "at: MinuteRate",
        "at: Volume",
        "at: Period",
        "at: View",
        "at: Total",
        "mode: HalfUp",
        "mode: Up",
        "mode: Down",
        "step: \"0.05\"",
        "step: \"0.5\"",
        "step: \"1\"",
        // What goes on, mixed providers, budget periods.
        "takes: Rounded",
        "takes: Exact",
        "value: PerPart",
        "value: Heaviest",
        "value: CalendarYear",
        "value: WholeTerm",
        "budget_period: (value: Month",
        "real_cost_if_lower: (value: false",
        "mix_of_delivery: (value: true",
        // Strategies and amounts.
        "strategy: FixedAmount",
        "strategy: GrantedTimesRate",
        "strategy: BandTimesRate",
        "Euro(",
        "Percent(",
        "Outside(",
        "amount: Offer",
        "amount: NotAvailable",
        "NotKnown(",
        "amount: NoMaximum",
        "table: MinimumWage",
        "table: HouseholdWage",
        "table: BegeleidingWage",
        // Percentages of another line, product, day.
        "on: \"",
        "product: \"hulp\", when",
        // Transitions, scales, ceilings.
        "keeps: Previous",
        "keeps: Amount",
        "until: \"",
        "closed: Upper",
        "closed: Lower",
        "measures: Granted",
        "measures: BeforeAggravation",
        "Aggravation(",
        "lifted_above",
        "providers: [",
        "unit_status: Example",
        // Files among themselves.
        "supersedes",
        "preview: true",
        "endings",
        "published",
        "in_force",
        // Own contribution, hours, parts.
        "value: Due",
        "value: NotDue",
        "value: OwnRegime",
        "hours: Band",
        "hours: NormSet",
        "at_most",
        "fixed: {",
        "grantable: false",
        // Units.
        "per: Minute",
        "per: Hour",
        "per: Dagdeel",
        "per: Etmaal",
        "per: Day",
        "per: Week",
        "per: FourWeeks",
        "per: Month",
        "per: Year",
        "per: Once",
        "per: Piece",
        "per: Point",
    ];
    let missing: Vec<&str> = wanted
        .into_iter()
        .filter(|text| !all.contains(text))
        .collect();
    assert!(missing.is_empty(), "nergens: {missing:?}");
}

/// Extents in every unit and frequency, one or several in a line, and in total. The sum per period
/// is what rate × volume is worked out from.
#[test]
fn an_extent_can_be_in_every_unit_and_frequency_and_several_add_up() {
    let library = proef_library();
    let hour = r#"product: "weekhulp", delivery: Pgb(providers: [(kind: "informeel")])"#;
    let in_four = r#"product: "hulp", choices: {"severity": (value: "midden")}, delivery: InKind(provider: "")"#;
    let part = r#"product: "dagdelen", delivery: InKind(provider: "")"#;
    let night = r#"product: "logeren", delivery: InKind(provider: "")"#;
    let ride = r#"product: "vervoer", choices: {"distance": (value: "ver")}, delivery: InKind(provider: "")"#;
    let point = r#"product: "punten", delivery: Pgb(providers: [(kind: "informeel")])"#;
    for (what, extents, per, term) in [
        // 10,75 an hour, in the period of the extent; 365 days.
        (hour, "(5, Hour, Week)", "53.75 per week", "2802.68"),
        (hour, "(300, Minute, Week)", "53.75 per week", "2802.68"),
        // 1 hour a day: 10,75 × 365 = 3.923,75.
        (hour, "(1, Hour, Day)", "10.75 per dag", "3923.75"),
        // 150 minutes per two weeks: 2,5 × 10,75 = 26,875; × 365/14 = 700,67.
        (
            hour,
            "(150, Minute, TwoWeeks)",
            "26.88 per 2 weken",
            "700.67",
        ),
        (
            hour,
            "(20, Hour, FourWeeks)",
            "215.00 per 4 weken",
            "2802.68",
        ),
        (hour, "(10, Hour, Month)", "107.50 per maand", "1290.00"),
        (hour, "(150, Hour, Year)", "1612.50 per jaar", "1612.50"),
        // A dagdeel is 4 hours: 43,00.
        (hour, "(1, Dagdeel, Week)", "43.00 per week", "2242.14"),
        // In total: 40 × 10,75 = 430,00, whatever the dates.
        (hour, "(40, Hour, Total)", "430.00 in totaal", "430.00"),
        // 5 h and 90 minutes a week and 30 minutes a day: 5 + 1,5 + 3,5 = 10 h.
        (
            hour,
            "(5, Hour, Week) (90, Minute, Week) (30, Minute, Day)",
            "107.50 per week",
            "5605.36",
        ),
        // Every week 5 hours, and 10 hours once: 53,75 per week; 2.802,68 + 107,50.
        (
            hour,
            "(5, Hour, Week) (10, Hour, Total)",
            "53.75 per week",
            "2910.18",
        ),
        // Hours per month become hours per 4 weeks as the catalogue says: 13 × 12/52 = 3 a week,
        // 12 × 27,50 = 330,00, from July 12 × 28,10 = 337,20: 181/28 and 184/28 of them.
        (
            in_four,
            "(13, Hour, Month)",
            "330.00 per 4 weken",
            "4349.10",
        ),
        (
            in_four,
            "(12, Hour, FourWeeks)",
            "330.00 per 4 weken",
            "4349.10",
        ),
        (
            in_four,
            "(6, Hour, TwoWeeks)",
            "330.00 per 4 weken",
            "4349.10",
        ),
        (part, "(2, Dagdeel, Week)", "288.00 per 4 weken", "3754.29"),
        (part, "(8, Hour, Week)", "288.00 per 4 weken", "3754.29"),
        (night, "(14, Etmaal, Year)", "2520.00 per jaar", "2520.00"),
        (ride, "(2, Day, Week)", "60.36 per week", "3147.34"),
        (point, "(200, Point, Year)", "3296.00 per jaar", "3296.00"),
    ] {
        let extents: String = extents
            .split(')')
            .filter_map(|text| {
                let mut words = text.split_once('(')?.1.split(", ");
                let (volume, unit, per) = (words.next()?, words.next()?, words.next()?);
                Some(format!(
                    r#"(volume: "{volume}", unit: {unit}, per: {per}),"#
                ))
            })
            .collect();
        let text = format!(
            r#"({what}, from: "2018-01-01", to: "2018-12-31", hours: [(hours: Typed([{extents}]))])"#
        );
        let line = line(&text);
        let (budget, trace) = traced(&library, &line, line.from);
        let seen = observe(&library, &line, &budget, &trace);
        assert_eq!(
            seen.get("bedrag 1").map(String::as_str),
            Some(per),
            "{text} {seen:?}"
        );
        assert_eq!(
            seen.get("termijn").map(String::as_str),
            Some(term),
            "{text}"
        );
    }
}
