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
        (
            "per: Hour))]",
            "per: Hour))], costs: [(kind: Employer, amount: OfWork(\"2000\"))]",
            format!("{hired}[0].costs[0].amount"),
            "meer dan 100%",
        ),
        (
            "per: Hour))]",
            "per: Hour))], costs: [(kind: Travel, amount: Every((amount: \"125000\", per: Month)))]",
            format!("{hired}[0].costs[0].amount"),
            "per maand",
        ),
        (
            "rate: (amount: \"15.13\", per: Hour)",
            "rate: (amount: \"20114\", per: Month)",
            format!("{hired}[0].work[0].rate.amount"),
            "meer dan € 400,00 per uur",
        ),
        (
            "rate: (amount: \"15.13\", per: Hour)",
            "rate: (amount: \"4400\", per: Week)",
            format!("{hired}[0].work[0].rate.amount"),
            "meer dan € 400,00 per uur",
        ),
        (
            "extent: (volume: \"174\", unit: Minute, per: Week), rate: (amount: \"15.13\", per: Hour)",
            "extent: (volume: \"1\", unit: Day, per: Week), rate: (amount: \"12000\", per: Day)",
            format!("{hired}[0].work[0].rate.amount"),
            "meer dan € 400,00 per uur",
        ),
        (
            "volume: \"174\", unit: Minute, per: Week)",
            "volume: \"30\", unit: Hour, per: Week), days: [Tuesday]",
            format!("{hired}[0].work[0].days"),
            "ten hoogste 24 uur",
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
fn a_rise_below_zero_or_above_all_is_told_and_an_ordinary_one_is_not() {
    for (rise, is_told) in [
        ("-50", true),
        ("-100", true),
        ("101", true),
        ("0", false),
        ("5", false),
    ] {
        let text = helper("15.13").replace("lines:", &format!("rise: Some(\"{rise}\"), lines:"));
        let found = outlook(&with(&[&text]), 0, date(2018, 1, 15)).problems;
        let told = found.iter().any(|one| one.field == "scenarios[0].rise");
        assert_eq!(told, is_told, "{rise}: {found:#?}");
    }
}

#[test]
fn a_wage_and_costs_that_occur_are_let_through() {
    for (find, replace) in [
        (
            "rate: (amount: \"15.13\", per: Hour)",
            "rate: (amount: \"201.14\", per: Month)",
        ),
        (
            "rate: (amount: \"15.13\", per: Hour)",
            "rate: (amount: \"44\", per: Week)",
        ),
        (
            "per: Hour))]",
            "per: Hour))], costs: [(kind: Employer, amount: OfWork(\"23\")), (kind: Travel, amount: Every((amount: \"125\", per: Month)))]",
        ),
    ] {
        let text = helper("15.13");
        assert!(text.contains(find));
        let found = outlook(&with(&[&text.replace(find, replace)]), 0, date(2018, 1, 15));
        assert_eq!(found.problems, [], "{replace}");
    }
}

#[test]
fn a_second_scenario_with_the_name_of_the_first_is_told() {
    let dossier = with(&[&helper("15.13"), &helper("15.50")]);
    let day = date(2018, 1, 15);
    assert_eq!(outlook(&dossier, 0, day).problems, []);
    let found = outlook(&dossier, 1, day).problems;
    assert_eq!(found[0].field, "scenarios[1].name");
    assert!(
        found[0].message.contains("scenario 1 heet ook"),
        "{found:#?}"
    );
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
