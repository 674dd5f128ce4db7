//! The calendar against published outcomes: statutory terms, and the counts of days, weeks and
//! months that published budgets rest on.

use jiff::civil::Date;
use maatwerk::calendar::{
    Period, Term, decision_term, investigation_term, objection_term, personal_plan_term,
};
use serde::Deserialize;
use std::path::Path;

/// Which of the statutory terms a row is about.
#[derive(Debug, Clone, Copy, Deserialize)]
enum Which {
    Objection,
    Investigation,
    PersonalPlan,
    Decision,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermRow {
    term: Which,
    event: Date,
    counted_end: Date,
    last_day: Date,
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodRow {
    from: Date,
    to: Date,
    days: i32,
    iso_weeks: i32,
    months: (i64, i64),
    years: Vec<(i32, i32)>,
    source: String,
}

/// The rows of a file in `fixtures/published`, or what is wrong with it.
fn rows<Row: serde::de::DeserializeOwned>(
    file: &str,
) -> Result<Vec<Row>, Box<dyn std::error::Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/published")
        .join(file);
    Ok(ron::from_str(&std::fs::read_to_string(path)?)?)
}

#[test]
fn every_published_term_ends_on_its_published_day() {
    let rows: Vec<TermRow> = rows("termijnen.ron").unwrap();
    assert!(rows.len() >= 13);
    for row in rows {
        let term = match row.term {
            Which::Objection => objection_term(row.event),
            Which::Investigation => investigation_term(row.event),
            Which::PersonalPlan => personal_plan_term(row.event),
            Which::Decision => decision_term(row.event),
        };
        let expected = Term {
            event: row.event,
            counted_end: row.counted_end,
            last_day: row.last_day,
        };
        assert_eq!(term, Ok(expected), "{}", row.source);
        assert!(!row.source.is_empty());
    }
}

#[test]
fn every_published_count_of_days_weeks_and_months_is_met() {
    let rows: Vec<PeriodRow> = rows("perioden.ron").unwrap();
    assert!(rows.len() >= 6);
    for row in rows {
        let period = Period::new(row.from, row.to).unwrap();
        assert_eq!(period.days(), row.days, "{}", row.source);
        assert_eq!(period.iso_weeks_touched(), row.iso_weeks, "{}", row.source);
        assert_eq!(
            period.month_count().as_fraction(),
            row.months,
            "{}",
            row.source
        );
        let years: Vec<(i32, i32)> = period
            .by_year()
            .map(|part| (part.days(), part.unit_days))
            .collect();
        assert_eq!(years, row.years, "{}", row.source);
    }
}
