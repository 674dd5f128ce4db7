//! Each point of domain.md section 6: one setting changed, and the figure, status, sentence or
//! error that changes with it.

use crate::cases::{files, points, seen};
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
            assert!(!case.change.is_empty(), "{}", case.name);
            assert!(
                case.change.len() <= 2,
                "{}: dat is meer dan één instelling",
                case.name
            );
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
