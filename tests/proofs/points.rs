//! Each point of domain.md section 6: one setting changed, and the figure, status, sentence or
//! error that changes with it.

use crate::cases::{line, observe, points, proef_library, seen, traced};
use std::collections::{BTreeMap, BTreeSet};

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

/// Fields that no amount follows from: words for the reader, codes for others, and rules between the lines of a dossier.
const NO_AMOUNT: [&str; 13] = [
    "article",
    "articles",
    "category",
    "excludes",
    "hours",
    "how_much",
    "meaning",
    "norm_set",
    "note",
    "piece_name",
    "purpose",
    "remark",
    "wage_floor",
];

/// The choices that the source of the format offers, and the fields that may be left out.
fn offered() -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for source in [
        include_str!("../../src/catalogue/file/mod.rs"),
        include_str!("../../src/catalogue/file/conventions.rs"),
        include_str!("../../src/catalogue/file/prices.rs"),
        include_str!("../../src/quantity/extent.rs"),
        include_str!("../../src/quantity/rounding.rs"),
    ] {
        let mut of: Option<&str> = None;
        let mut optional = false;
        for row in source.lines() {
            if let Some(name) = row.strip_prefix("pub enum ") {
                of = name.split(' ').next();
            } else if row.starts_with('}') {
                of = None;
            }
            let word = row.trim().trim_start_matches("pub ");
            let word = word.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let word = word.into_iter().next().unwrap_or_default();
            let variant = row.starts_with("    ")
                && !row.starts_with("     ")
                && word.starts_with(|letter: char| letter.is_ascii_uppercase());
            // Where hours come from is for the form of the window.
            if of.is_some_and(|name| name != "HoursFrom") && variant {
                found.insert(word);
            }
            if row.contains("serde(default") {
                optional = true;
            } else if optional && row.contains(": ") {
                found.insert(word);
                optional = false;
            }
        }
    }
    found
}

/// Every choice that the format offers stands in a setting that a fixture changes, and so changes what comes out: see
/// [`a_setting_that_changes_changes_what_follows_from_it_and_as_worked_out_by_hand`].
#[test]
fn every_choice_of_the_format_changes_what_comes_out_of_a_fixture() {
    let points = points();
    let changes = points.iter().flat_map(|point| &point.cases);
    let changes = changes.flat_map(|case| &case.change);
    let changed: BTreeSet<&str> = changes
        .flat_map(|change| [&change.find, &change.replace])
        .flat_map(|text| text.split(|letter: char| !letter.is_alphanumeric() && letter != '_'))
        .collect();
    let offered = offered();
    assert!(offered.len() > 60, "{offered:?}");
    let missing: Vec<&&str> = offered
        .iter()
        .filter(|word| !changed.contains(**word) && !NO_AMOUNT.contains(word))
        .collect();
    assert!(missing.is_empty(), "nergens: {missing:?}");
    let idle: Vec<&&str> = NO_AMOUNT
        .iter()
        .filter(|word| !offered.contains(**word))
        .collect();
    assert!(idle.is_empty(), "not in the format: {idle:?}");
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
