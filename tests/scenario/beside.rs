//! Scenarios beside each other: differences with the first, with their sign.

use super::{helper, outlook, with};
use jiff::civil::date;
use maatwerk::quantity::Euro;
use maatwerk::scenario::{Difference, Row, Value, What, compare, difference, value};

fn rows(rates: &[&str]) -> Vec<Row> {
    let texts: Vec<String> = rates.iter().map(|rate| helper(rate)).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let dossier = with(&texts);
    let all: Vec<_> = (0..texts.len())
        .map(|place| outlook(&dossier, place, date(2018, 1, 15)))
        .collect();
    compare(&all).unwrap()
}

fn row<'a>(rows: &'a [Row], line: Option<&str>, what: What) -> &'a Row {
    rows.iter()
        .find(|row| row.line.as_deref() == line && row.what == what)
        .expect("the row is there")
}

fn euro(text: &str) -> Euro {
    Euro(text.parse().unwrap())
}

#[test]
fn differences_are_those_with_the_first_scenario_and_have_a_sign() {
    // 2.117,00 at 14,00; 2.419,43 at 16,00; 2.268,21 at 15,00. Below the tariff of 15,13 the budget is what is paid.
    let rows = rows(&["16.00", "14.00", "15.00"]);
    let spent = row(&rows, None, What::Spent);
    let values: Vec<Value> = spent.cells.iter().map(|cell| cell.value.clone()).collect();
    assert_eq!(
        values,
        ["2419.43", "2117.00", "2268.21"].map(|text| Value::Money(euro(text)))
    );
    let differences: Vec<_> = spent.cells.iter().map(|cell| cell.difference).collect();
    assert_eq!(
        differences,
        [
            None,
            Some(Difference::Money(euro("-302.43"))),
            Some(Difference::Money(euro("-151.22")))
        ]
    );
    assert_eq!(
        spent
            .cells
            .iter()
            .map(|cell| cell.changed)
            .collect::<Vec<_>>(),
        [false, true, true]
    );
    let budget = row(&rows, None, What::Budget);
    let values: Vec<Value> = budget.cells.iter().map(|cell| cell.value.clone()).collect();
    assert_eq!(
        values,
        ["2287.90", "2117.00", "2268.21"].map(|text| Value::Money(euro(text)))
    );
    let out = row(&rows, Some("Huishoudelijke ondersteuning"), What::RunsOut);
    assert_eq!(out.cells[0].value, Value::Day(date(2018, 12, 12)));
    assert_eq!(out.cells[1].value, Value::Never);
    assert_eq!(out.cells[1].difference, None);
}

#[test]
fn a_later_day_without_budget_is_so_many_days_more() {
    // 20,00: 58 × n/7 ≤ 2.287,90 holds for 276 days, so from 4 October; 16,00 from 12 December: 69 days later.
    let rows = rows(&["20.00", "16.00"]);
    let out = row(&rows, None, What::RunsOut);
    assert_eq!(out.cells[0].value, Value::Day(date(2018, 10, 4)));
    assert_eq!(out.cells[1].difference, Some(Difference::Days(69)));
}

#[test]
fn what_is_not_known_of_one_has_no_difference() {
    let sound = helper("15.00");
    let wrong = helper("1500");
    let dossier = with(&[&sound, &wrong]);
    let all: Vec<_> = (0..2)
        .map(|place| outlook(&dossier, place, date(2018, 1, 15)))
        .collect();
    let rows = compare(&all).unwrap();
    let spent = row(&rows, None, What::Spent);
    assert_eq!(
        (spent.cells[1].value.clone(), spent.cells[1].difference),
        (Value::NotKnown, None)
    );
}

#[test]
fn differences_in_hours_are_those_of_the_printed_figures_and_none_where_these_are_the_same() {
    let rows = rows(&["15.13", "20.00", "15.13"]);
    let bought = row(&rows, Some("Huishoudelijke ondersteuning"), What::Bought);
    let printed: Vec<String> = bought.cells.iter().map(|cell| value(&cell.value)).collect();
    assert_eq!(printed, ["2,9 uur", "2,19 uur", "2,9 uur"]);
    let less = bought.cells[1].difference.map(difference);
    assert_eq!(less.as_deref(), Some("\u{2212}0,71 uur"));
    assert_eq!(bought.cells[2].difference, None);
    assert!(!bought.cells[2].changed);
}

#[test]
fn scenarios_over_other_days_name_their_days() {
    let whole = helper("15.13");
    let part = whole.replace(
        "product: \"ho\",",
        "product: \"ho\", from: Some(\"2018-06-01\"),",
    );
    let dossier = with(&[&whole, &part]);
    let both = [0, 1].map(|place| outlook(&dossier, place, date(2018, 1, 15)));
    let rows = compare(&both).unwrap();
    let days = row(&rows, Some("Huishoudelijke ondersteuning"), What::Days);
    assert_eq!(value(&days.cells[1].value), "1-6-2018 t/m 31-12-2018");
    assert!(days.cells[1].changed);
    // The same printed hours, though the exact ones differ.
    let bought = row(&rows, Some("Huishoudelijke ondersteuning"), What::Bought);
    assert_ne!(bought.cells[0].value, bought.cells[1].value);
    assert!(!bought.cells[1].changed);
}

#[test]
fn pgb_and_care_in_kind_stand_apart_and_together() {
    let rows = rows(&["15.13"]);
    let first = |what: What| value(&row(&rows, None, what).cells[0].value);
    assert_eq!(first(What::Budget), "€\u{a0}2.287,90");
    assert_eq!(first(What::LinesInKind), "€\u{a0}7.821,43");
    assert_eq!(first(What::Everything), "€\u{a0}10.109,33");
}
