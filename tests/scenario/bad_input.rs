//! What is filled in wrongly is told at its field, and no figure is made of it.

use super::{helper, outlook, with};
use jiff::civil::date;

/// What one change of the helper leads to: the field, and words of the message.
fn told(find: &str, replace: &str) -> Vec<(String, String)> {
    let text = helper("15.13");
    assert!(text.contains(find), "{find}");
    let outlook = outlook(
        &with(&[&text.replacen(find, replace, 1)]),
        0,
        date(2018, 1, 15),
    );
    if let Some(pot) = outlook.lines.first().and_then(|line| line.pot()) {
        assert!(pot.spent.is_none(), "a figure was made of {replace}");
        assert_eq!(outlook.together.spent, None);
    }
    outlook
        .problems
        .into_iter()
        .map(|one| (one.field, one.message))
        .collect()
}

#[test]
fn each_slip_is_told_at_its_own_field() {
    let hired = "scenarios[0].lines[0].hired";
    for (find, replace, field, words) in [
        (
            "\"15.13\"",
            "\"1513\"",
            format!("{hired}[0].work[0].rate.amount"),
            "is meer dan € 400,00 per uur",
        ),
        (
            "\"15.13\"",
            "\"0\"",
            format!("{hired}[0].work[0].rate.amount"),
            "meer dan nul",
        ),
        (
            "volume: \"174\", unit: Minute",
            "volume: \"169\", unit: Hour",
            format!("{hired}[0].work[0].extent.volume"),
            "past niet in die tijd",
        ),
        (
            "unit: Minute",
            "unit: Etmaal",
            format!("{hired}[0].work[0].extent.volume"),
            "past niet in die tijd",
        ),
        (
            "volume: \"174\", unit: Minute",
            "volume: \"2\", unit: Etmaal",
            format!("{hired}[0].work[0].rate.per"),
            "past niet bij een omvang in etmalen",
        ),
        (
            "kind: \"informeel\",",
            "kind: \"informeel\", from: Some(\"2017-12-31\"),",
            format!("{hired}[0].from"),
            "buiten de periode",
        ),
        (
            "kind: \"informeel\",",
            "kind: \"informeel\", to: Some(\"2019-01-01\"),",
            format!("{hired}[0].to"),
            "buiten de periode",
        ),
        (
            "kind: \"informeel\",",
            "kind: \"informeel\", from: Some(\"2018-03-01\"), to: Some(\"2018-02-01\"),",
            format!("{hired}[0].to"),
            "voor de eerste dag",
        ),
        (
            "kind: \"informeel\",",
            "kind: \"informeel\", away: [(from: \"2019-02-01\", to: \"2019-02-02\")],",
            format!("{hired}[0].away[0].from"),
            "niet in de periode",
        ),
        (
            "per: Week)",
            "per: Month), days: [Sunday]",
            format!("{hired}[0].work[0].days"),
            "per maand",
        ),
        (
            "per: Week)",
            "per: Month), every: Some(2)",
            format!("{hired}[0].work[0].every"),
            "per maand",
        ),
        (
            "per: Week)",
            "per: Week), every: Some(0)",
            format!("{hired}[0].work[0].every"),
            "0 weken",
        ),
        (
            "per: Hour)",
            "per: Hour), later: [(from: \"2019-05-01\", amount: \"16\")]",
            format!("{hired}[0].work[0].later[0].from"),
            "niet tussen",
        ),
        (
            "per: Hour))]",
            "per: Hour))], costs: [(kind: Employer, amount: OfWork(\"-1\"))]",
            format!("{hired}[0].costs[0].amount"),
            "onder nul",
        ),
    ] {
        let told = told(find, replace);
        assert!(
            told.iter()
                .any(|(at, message)| *at == field && message.contains(words)),
            "{replace}: {told:#?}"
        );
    }
}

#[test]
fn an_empty_scenario_and_a_line_without_anybody_are_told() {
    let day = date(2018, 1, 15);
    let empty = outlook(&with(&["(name: \"Leeg\")"]), 0, day);
    assert!(
        empty
            .problems
            .iter()
            .any(|one| one.field == "scenarios[0].lines" && one.message.contains("leeg"))
    );
    assert_eq!(empty.together.spent, None);
    let nobody = outlook(
        &with(&["(name: \"Niemand\", lines: [(provision: 0, product: \"ho\")])"]),
        0,
        day,
    );
    assert!(
        nobody
            .problems
            .iter()
            .any(|one| one.field == "scenarios[0].lines[0].hired")
    );
    assert_eq!(nobody.together.spent, None);
}

#[test]
fn a_line_that_is_not_there_or_another_product_now_is_told() {
    let day = date(2018, 1, 15);
    for (find, replace, words) in [
        ("provision: 0", "provision: 7", "regel 8 is er niet"),
        (
            "provision: 0",
            "provision: 1",
            "regel 2 is nu «begeleiding»",
        ),
    ] {
        let outlook = outlook(&with(&[&helper("15.13").replace(find, replace)]), 0, day);
        let told = outlook
            .problems
            .iter()
            .find(|one| one.field == "scenarios[0].lines[0].provision");
        assert!(
            told.is_some_and(|one| one.message.contains(words)),
            "{:#?}",
            outlook.problems
        );
    }
}

#[test]
fn days_outside_the_line_and_helpers_in_kind_are_told() {
    let day = date(2018, 1, 15);
    for outside in ["2017-12-31", "2019-02-01"] {
        let text = helper("15.13").replace(
            "product: \"ho\",",
            &format!("product: \"ho\", from: Some(\"{outside}\"),"),
        );
        let found = outlook(&with(&[&text]), 0, day).problems;
        let told = "ligt niet in de periode van deze regel";
        assert!(
            found
                .iter()
                .any(|one| one.field == "scenarios[0].lines[0].from" && one.message.contains(told)),
            "{outside}: {found:#?}"
        );
    }
    let text = helper("15.13").replace(
        "product: \"ho\",",
        "product: \"ho\", delivery: Some(InKind(provider: \"\")),",
    );
    let kind = outlook(&with(&[&text]), 0, day);
    assert!(
        kind.problems
            .iter()
            .any(|one| one.field == "scenarios[0].lines[0].hired"),
        "{:#?}",
        kind.problems
    );
}
