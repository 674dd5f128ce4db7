//! The rules of a pgb: how each comes out, and what it says.

use super::{example, helper, outlook, scenario, with};
use jiff::civil::{Date, date};
use maatwerk::dossier::Dossier;
use maatwerk::scenario::{Check, CheckOutcome, Rule};

const DAY: Date = date(2018, 1, 15);

fn of(dossier: &Dossier, day: Date, rule: Rule) -> Vec<Check> {
    let outlook = outlook(dossier, 0, day);
    outlook
        .checks
        .into_iter()
        .filter(|check| check.rule == rule)
        .collect()
}

fn one(dossier: &Dossier, rule: Rule) -> Check {
    let found = of(dossier, DAY, rule);
    assert_eq!(found.len(), 1, "{found:#?}");
    found[0].clone()
}

/// Oegstgeest 2023: household support with an informal helper up to 30 June, an institution after it.
fn oegstgeest(text: &str) -> Dossier {
    let bytes = include_bytes!("../../fixtures/dossiers/oegstgeest-zwaarste-soort.ron");
    let mut dossier = Dossier::read("o.ron", bytes).unwrap();
    dossier.scenarios = vec![scenario(text)];
    dossier
}

#[test]
fn a_rate_below_the_minimum_wage_of_2018_fails_with_its_source_and_the_unknown_half_year_asks_for_one()
 {
    // 364,15 ÷ 36 × 1,08, rounded up: 10,93 (SVB); from 1 July 2018 it is not known.
    let low = of(&with(&[&helper("10.92")]), DAY, Rule::Wage);
    assert_eq!(low[0].outcome, CheckOutcome::Fails);
    assert!(
        low[0].words.contains("10,93") && low[0].words.contains("1-1-2018 tot en met 30-6-2018"),
        "{low:#?}"
    );
    assert!(low[0].source.is_some());
    assert_eq!(
        low[0].field,
        "scenarios[0].lines[0].hired[0].work[0].rate.amount"
    );
    assert_eq!(low[1].outcome, CheckOutcome::NotTestable);
    assert_eq!(low[1].field, "scenarios[0].lines[0].hired[0].floor");
    let enough = of(&with(&[&helper("10.93")]), DAY, Rule::Wage);
    assert_eq!(enough[0].outcome, CheckOutcome::Holds);
}

#[test]
fn what_the_consultant_enters_is_used_where_the_tables_know_nothing_and_a_reason_is_kept() {
    let text =
        |floor: &str| helper("11.00").replace("work: [", &format!("floor: Some({floor}), work: ["));
    let entered = of(
        &with(&[&text(
            "Amount(per_hour: \"11.10\", source: \"Staatscourant\")",
        )]),
        DAY,
        Rule::Wage,
    );
    assert_eq!(
        (entered[0].outcome, entered[1].outcome),
        (CheckOutcome::Holds, CheckOutcome::Fails)
    );
    assert_eq!(entered[1].source.as_deref(), Some("Staatscourant"));
    let just = text("Amount(per_hour: \"11.00\", source: \"Staatscourant\")");
    let just = of(&with(&[&just]), DAY, Rule::Wage);
    assert_eq!(just[1].outcome, CheckOutcome::Holds, "as much is enough");
    let reason = of(
        &with(&[&text("Reason(\"Wordt nagevraagd.\")")]),
        DAY,
        Rule::Wage,
    );
    assert_eq!(reason[1].outcome, CheckOutcome::NotTestable);
    assert!(reason[1].words.contains("Wordt nagevraagd"));
    let nameless = outlook(
        &with(&[&text("Amount(per_hour: \"11.10\", source: \"\")")]),
        0,
        DAY,
    );
    assert!(
        nameless
            .problems
            .iter()
            .any(|one| one.field.ends_with("hired[0].floor"))
    );
}

#[test]
fn informal_help_keeps_to_the_cao_from_16_august_2023_at_each_date() {
    let dossier = oegstgeest(
        r#"(name: "Een", lines: [(provision: 0, product: "ho", delivery: Some(Pgb(providers: [(kind: "informeel")])), hired: [
        (kind: "informeel", work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "19.00", per: Hour))])])])"#,
    );
    let found = of(&dossier, date(2023, 4, 1), Rule::Wage);
    let spans: Vec<_> = found
        .iter()
        .map(|one| (one.outcome, one.words.split(':').next().unwrap().to_owned()))
        .collect();
    let expected = [
        // Minimum wage: 446,40 and 460,40 ÷ 36 × 1,08 = 13,40 and 13,82.
        (CheckOutcome::Holds, "Van 15-3-2023 tot en met 30-6-2023"),
        (CheckOutcome::Holds, "Van 1-7-2023 tot en met 15-8-2023"),
        // Cao: 18,82, then 19,80.
        (CheckOutcome::Holds, "Van 16-8-2023 tot en met 30-9-2023"),
        (CheckOutcome::Fails, "Van 1-10-2023 tot en met 31-12-2023"),
    ];
    assert_eq!(
        spans,
        expected.map(|(outcome, words)| (outcome, words.to_owned()))
    );
}

#[test]
fn a_lower_rate_on_holidays_keeps_to_the_floor_too() {
    let text = helper("15.13").replace("per: Hour))]", "per: Hour), holidays: Rate(\"9.00\"))]");
    let found = of(&with(&[&text]), DAY, Rule::Wage);
    let low = found
        .iter()
        .find(|one| one.outcome == CheckOutcome::Fails)
        .expect("it is told");
    assert_eq!(low.field, "scenarios[0].lines[0].hired[0].work[0].holidays");
}

#[test]
fn an_institution_has_no_floor_and_a_fixed_wage_is_divided_by_its_hours() {
    let text = helper("27.50").replace("kind: \"informeel\"", "kind: \"instelling\"");
    let found = one(&with(&[&text]), Rule::Wage);
    assert_eq!(found.outcome, CheckOutcome::Says);
    // 100,00 a month ÷ (2,9 × 52/12 = 12,5667 hours) = 7,96 an hour.
    let text = helper("100").replace("per: Hour", "per: Month");
    let found = of(&with(&[&text]), DAY, Rule::Wage);
    assert_eq!(found[0].outcome, CheckOutcome::Fails);
    assert!(found[0].words.contains("7,9575"), "{found:#?}");
    assert_eq!(
        one(&with(&[&text]), Rule::FixedWage).outcome,
        CheckOutcome::Fails
    );
    let mut allowed = with(&[&text]);
    allowed.provisions[0].motivation.monthly_wage_allowed = true;
    assert_eq!(one(&allowed, Rule::FixedWage).outcome, CheckOutcome::Holds);
}

#[test]
fn the_price_in_kind_is_the_upper_limit_and_a_lower_pgb_says_why() {
    let found = one(&with(&[&helper("15.13")]), Rule::InKind);
    assert_eq!(found.outcome, CheckOutcome::Holds);
    for words in ["2.287,90", "4.158,39", "15,13"] {
        assert!(found.words.contains(words), "{}", found.words);
    }
    // Nobody published the price in kind of Oegstgeest.
    let dossier = oegstgeest(
        r#"(name: "Een", lines: [(provision: 0, product: "ho", hired: [(kind: "instelling", work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "25", per: Hour))])])])"#,
    );
    let found = of(&dossier, date(2023, 4, 1), Rule::InKind);
    assert_eq!(found[0].outcome, CheckOutcome::NotTestable);
}

#[test]
fn a_ceiling_that_cuts_is_told_with_what_it_cuts() {
    let text = helper("27.50").replace("product: \"ho\",", r#"product: "ho", delivery: Some(Pgb(providers: [(kind: "instelling")])), hours: [(hours: Typed([(volume: "230", unit: Minute, per: Week)]))], choices: {"severity": (value: "midden", reason: Some("proef")), "intensity": (value: "standaard")},"#).replace("kind: \"informeel\", contract", "kind: \"instelling\", contract");
    // 230 × 4 ÷ 60 × 27,50 = 421,67 per 4 weeks; Midden has at most 385,00.
    let found = one(&with(&[&text]), Rule::Ceiling);
    assert_eq!(found.outcome, CheckOutcome::Fails, "{found:#?}");
    for words in ["421,67", "385,00", "36,67"] {
        assert!(found.words.contains(words), "{}", found.words);
    }
    let under = one(&with(&[&helper("15.13")]), Rule::Ceiling);
    assert_eq!(under.outcome, CheckOutcome::Holds);
    assert!(under.source.is_some());
}

#[test]
fn another_kind_than_the_budget_reckons_with_is_told_and_a_mix_says_how_it_counts() {
    let text = helper("19.25").replace("kind: \"informeel\", contract", "kind: \"zzp\", contract");
    let found = one(&with(&[&text]), Rule::Mixed);
    assert_eq!(found.outcome, CheckOutcome::Fails);
    assert!(found.words.contains("zelfstandige"));
    let dossier = oegstgeest(
        r#"(name: "Twee", lines: [(provision: 0, product: "ho", hired: [
        (kind: "informeel", to: Some("2023-06-30"), work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "19", per: Hour))]),
        (kind: "instelling", from: Some("2023-07-01"), work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "25", per: Hour))])])])"#,
    );
    let found = of(&dossier, date(2023, 4, 1), Rule::Mixed);
    assert!(found[0].words.contains("zwaarste soort"), "{found:#?}");
}

#[test]
fn a_lower_rate_than_the_tariff_asks_for_the_real_cost() {
    let found = one(&with(&[&helper("14.00")]), Rule::RealCost);
    assert!(found.words.contains("14,00") && found.words.contains("15,13"));
    assert_eq!(of(&with(&[&helper("15.13")]), DAY, Rule::RealCost), []);
}

#[test]
fn help_without_a_contract_stays_under_the_maximum_of_its_month_where_that_is_known() {
    let mut dossier = example();
    dossier.provisions.truncate(1);
    dossier.provisions[0].line.from = date(2025, 1, 1);
    dossier.provisions[0].line.to = Some(date(2025, 12, 31));
    let with = |rate: &str, year: i16| {
        let mut dossier = dossier.clone();
        dossier.provisions[0].line.from = date(year, 1, 1);
        dossier.provisions[0].line.to = Some(date(year, 12, 31));
        dossier.scenarios = vec![scenario(
            &helper(rate)
                .replace("Assignment", "Without")
                .replace("\"174\"", "\"60\""),
        )];
        of(&dossier, DAY, Rule::WithoutContract)[0].clone()
    };
    // January 2025: 31/7 × 30,00 = 132,86 and 31/7 × 32,00 = 141,71; the maximum is 141,00.
    assert_eq!(with("30.00", 2025).outcome, CheckOutcome::Holds);
    let high = with("32.00", 2025);
    assert_eq!(high.outcome, CheckOutcome::Fails);
    assert!(
        high.words.contains("januari 2025") && high.words.contains("141,71"),
        "{}",
        high.words
    );
    assert_eq!(with("32.00", 2018).outcome, CheckOutcome::NotTestable);
}

#[test]
fn conditions_count_with_their_words_only() {
    let text = |conditions: &str| {
        helper("15.13").replace("lines:", &format!("conditions: ({conditions}), lines:"))
    };
    let all = [
        ("able", Rule::Able, "a"),
        ("motivated", Rule::Motivated, "b"),
        ("quality", Rule::Quality, "c"),
    ];
    for (name, rule, letter) in all {
        for (condition, outcome) in [
            ("()", CheckOutcome::NotTestable),
            ("(met: Some(true))", CheckOutcome::NotTestable),
            (
                "(met: Some(true), words: \"Dat is besproken.\")",
                CheckOutcome::Holds,
            ),
            (
                "(met: Some(false), words: \"Dat lukt niet.\")",
                CheckOutcome::Fails,
            ),
        ] {
            let dossier = with(&[&text(&format!("{name}: {condition}"))]);
            let found = one(&dossier, rule);
            assert_eq!(found.outcome, outcome, "{name}: {condition}");
            assert_eq!(found.field, format!("scenarios[0].conditions.{name}"));
            let source = format!("Wmo 2015, artikel 2.3.6 lid 2 onder {letter}");
            assert_eq!(found.source.as_deref(), Some(&*source));
            if let Some((_, words)) = condition.split_once("words: \"") {
                assert!(
                    found.words.contains(&words[..words.len() - 2]),
                    "{}",
                    found.words
                );
            }
            // One of them says nothing of the others.
            for (_, other, _) in all.into_iter().filter(|(_, other, _)| *other != rule) {
                assert_eq!(one(&dossier, other).outcome, CheckOutcome::NotTestable);
            }
        }
    }
}

#[test]
fn a_plan_is_complete_with_name_contract_purpose_quality_and_no_days_without_help() {
    assert_eq!(
        one(&with(&[&helper("15.13")]), Rule::Plan).outcome,
        CheckOutcome::Holds
    );
    for (find, replace, words) in [
        (
            "name: \"mevrouw A. Yilmaz\",",
            "",
            "de naam van zorgverlener 1",
        ),
        (
            "contract: Some(Assignment),",
            "",
            "het contract van zorgverlener 1",
        ),
        (
            "contract: Some(Assignment),",
            "contract: Some(Assignment), to: Some(\"2018-11-30\"),",
            "vanaf 1 december 2018",
        ),
        (
            "contract: Some(Assignment),",
            "contract: Some(Assignment), from: Some(\"2018-02-01\"),",
            "vanaf 1 januari 2018",
        ),
    ] {
        let text = helper("15.13");
        assert!(text.contains(find));
        let found = one(&with(&[&text.replace(find, replace)]), Rule::Plan);
        assert_eq!(found.outcome, CheckOutcome::Fails);
        assert!(found.words.contains(words), "{}", found.words);
    }
    let mut dossier = with(&[&helper("15.13")]);
    dossier.provisions[0].motivation.quality.clear();
    assert!(one(&dossier, Rule::Plan).words.contains("kwaliteit"));
    let mut dossier = with(&[&helper("15.13")]);
    dossier.provisions[0].motivation.purpose.clear();
    assert!(one(&dossier, Rule::Plan).words.contains("waar het pgb"));
    let nobody = with(&[r#"(name: "Niemand", lines: [(provision: 0, product: "ho")])"#]);
    assert!(
        one(&nobody, Rule::Plan)
            .words
            .contains("wie Huishoudelijke")
    );
}

#[test]
fn whether_an_own_contribution_is_due_is_said_for_every_line() {
    let found = of(&with(&[&helper("15.13")]), DAY, Rule::OwnContribution);
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|one| one.outcome == CheckOutcome::Says && one.words.contains("inkomen")),
        "{found:#?}"
    );
}

#[test]
fn a_rate_with_all_that_comes_beside_it_is_held_against_the_tariff_as_what_is_really_paid() {
    // 14,00 and 20% is 16,80: more than 15,13.
    for (costs, rate, outcome) in [
        ("(kind: Employer, amount: OfWork(\"20\"))", "14.00", None),
        (
            "(kind: Employer, amount: OfWork(\"8\"))",
            "14.00",
            Some("15,12"),
        ),
        ("(kind: Employer, amount: OfWork(\"0\"))", "15.13", None),
        // 2,9 × 365/7 hours; 240,00 ÷ 151,2142… is 1,5871… an hour.
        (
            "(kind: Travel, amount: Every((amount: \"20\", per: Month)))",
            "13.54",
            Some("15,1271…"),
        ),
        (
            "(kind: Travel, amount: Every((amount: \"20\", per: Month)))",
            "13.55",
            None,
        ),
    ] {
        let text = helper(rate).replace("work: [", &format!("costs: [{costs}], work: ["));
        let found = of(&with(&[&text]), DAY, Rule::RealCost);
        assert_eq!(found.len(), usize::from(outcome.is_some()), "{found:#?}");
        if let (Some(words), Some(check)) = (outcome, found.first()) {
            assert_eq!(check.outcome, CheckOutcome::Fails);
            assert!(check.words.contains(words), "{}", check.words);
        }
    }
    // A fixed wage above the tariff: 200,00 × 12 ÷ 151,2142… is 15,87.
    let wage = helper("200").replace("per: Hour", "per: Month");
    assert_eq!(of(&with(&[&wage]), DAY, Rule::RealCost), []);
}

#[test]
fn a_fixed_amount_of_the_catalogue_gives_way_to_what_is_really_paid() {
    // Oegstgeest: 150,50 a month for 174 minutes a week with informal help, 2,9 × 52/12 = 12,5667 hours: 11,98 an hour.
    let paid = |work: &str| {
        oegstgeest(&format!(
            r#"(name: "Een", lines: [(provision: 0, product: "ho", delivery: Some(Pgb(providers: [(kind: "informeel")])), hired: [
            (kind: "informeel", work: [(extent: (volume: "174", unit: Minute, per: Week), {work})])])])"#
        ))
    };
    let day = date(2023, 4, 1);
    let budget = |dossier: &Dossier| {
        let outlook = outlook(dossier, 0, day);
        let pot = outlook.lines[0].pot().unwrap();
        pot.budget.euro().unwrap().0.to_string()
    };
    // 150,50 × (9 + 17/31).
    let more = paid("rate: (amount: \"13.00\", per: Hour)");
    assert_eq!(of(&more, day, Rule::RealCost), []);
    assert_eq!(budget(&more), "1437.03");
    // 10,00 × 12,5666… = 125,666… a month; × (9 + 17/31).
    let less = paid("rate: (amount: \"10.00\", per: Hour)");
    let found = of(&less, day, Rule::RealCost);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].outcome, CheckOutcome::Says);
    for words in ["10,00 per uur", "150,50 per maand", "11,9761… per uur"] {
        assert!(found[0].words.contains(words), "{}", found[0].words);
    }
    assert_eq!(budget(&less), "1199.91");
    // A fixed wage below it does not go into the budget by itself, and is told.
    let wage = paid("rate: (amount: \"120.00\", per: Month)");
    let found = of(&wage, day, Rule::RealCost);
    assert_eq!(found[0].outcome, CheckOutcome::Fails, "{found:#?}");
    assert!(
        found[0].words.contains("120,00 per maand"),
        "{}",
        found[0].words
    );
    assert_eq!(budget(&wage), "1437.03");
}

#[test]
fn the_own_contribution_of_the_year_is_said_with_its_amount_and_one_that_is_not_due_too() {
    let mut dossier = with(&[&helper("15.13")]);
    dossier.provisions.truncate(1);
    for (year, words) in [
        (2019, "17,50 per 4 weken"),
        (2023, "19,00 per maand"),
        (2026, "21,80 per maand"),
    ] {
        let line = &mut dossier.provisions[0].line;
        (line.from, line.to) = (date(year, 1, 1), Some(date(year, 6, 30)));
        let found = one(&dossier, Rule::OwnContribution);
        assert_eq!(found.outcome, CheckOutcome::Says);
        assert!(found.words.contains(words), "{}", found.words);
        assert!(found.source.is_some());
    }
    let line = &mut dossier.provisions[0].line;
    line.product = "kortdurend-verblijf".into();
    line.choices.clear();
    line.hours = maatwerk::document::read_text(
        "hours",
        "[(hours: Typed([(volume: \"1\", unit: Etmaal, per: Week)]))]",
    )
    .unwrap();
    dossier.scenarios[0].lines.clear();
    let found = one(&dossier, Rule::OwnContribution);
    assert!(
        found.words.contains("geen eigen bijdrage"),
        "{}",
        found.words
    );
}

#[test]
fn why_a_pgb_is_lower_than_in_kind_is_said_with_the_reason_that_was_written_down() {
    let text = helper("15.13").replace(
        "hired: [",
        "lower_reason: \"Haar buurvrouw vraagt niet meer.\", hired: [",
    );
    let found = one(&with(&[&text]), Rule::InKind);
    assert_eq!(found.outcome, CheckOutcome::Holds);
    for words in [
        "Het tarief is voor informele hulp",
        "Haar buurvrouw vraagt niet meer.",
    ] {
        assert!(found.words.contains(words), "{}", found.words);
    }
}

#[test]
fn a_ceiling_that_a_reason_lifts_cuts_nothing() {
    let text = helper("15.13").replace("product: \"ho\",", r#"product: "ho", hours: [(hours: Typed([(volume: "370", unit: Minute, per: Week)]))], choices: {"severity": (value: "zwaar"), "intensity": (value: "standaard")}, delivery: Some(Pgb(providers: [(kind: "instelling")])),"#);
    let mut dossier = with(&[&text]);
    assert_eq!(one(&dossier, Rule::Ceiling).outcome, CheckOutcome::Fails);
    dossier.provisions[0].line.ceiling_reason = Some("Er is meer hulp nodig.".into());
    let found = one(&dossier, Rule::Ceiling);
    assert_eq!(found.outcome, CheckOutcome::Holds);
    assert!(found.words.contains("reden"), "{}", found.words);
}

#[test]
fn exactly_the_maximum_without_a_contract_is_allowed_and_a_cent_more_is_not() {
    let of_month = |amount: &str| {
        let mut dossier = example();
        dossier.provisions.truncate(1);
        dossier.provisions[0].line.from = date(2025, 1, 1);
        dossier.provisions[0].line.to = Some(date(2025, 12, 31));
        let text = helper(amount)
            .replace("Assignment", "Without")
            .replace("per: Hour", "per: Month");
        dossier.scenarios = vec![scenario(&text)];
        of(&dossier, DAY, Rule::WithoutContract)[0].outcome
    };
    assert_eq!(of_month("141.00"), CheckOutcome::Holds);
    assert_eq!(of_month("141.01"), CheckOutcome::Fails);
}

#[test]
fn a_later_rate_is_held_against_the_floor_from_its_first_day_on() {
    let text = helper("15.13").replace(
        "per: Hour))]",
        "per: Hour), later: [(from: \"2018-03-01\", amount: \"10.92\")])]",
    );
    let found = of(&with(&[&text]), DAY, Rule::Wage);
    let low = found.iter().find(|one| one.outcome == CheckOutcome::Fails);
    let words = &low.expect("it is told").words;
    assert!(
        words.starts_with("Van 1-3-2018 tot en met 30-6-2018"),
        "{words}"
    );
    for (day, rate) in [(date(2018, 2, 28), "15.13"), (date(2018, 3, 1), "10.92")] {
        let outlook = outlook(&with(&[&text]), 0, day);
        let svb = outlook.lines[0].providers[0].svb[0].as_ref().unwrap();
        assert_eq!(svb.value, rate.parse().unwrap(), "{day}");
    }
}

#[test]
fn a_lower_rate_in_another_unit_later_or_on_holidays_is_told_and_counts_where_it_can() {
    for (find, replace, outcome, words) in [
        (
            "amount: \"15.13\", per: Hour",
            "amount: \"0.20\", per: Minute",
            CheckOutcome::Says,
            "0,20 per minuut",
        ),
        (
            "amount: \"15.13\", per: Hour",
            "amount: \"40\", per: Dagdeel",
            CheckOutcome::Says,
            "40,00 per dagdeel",
        ),
        (
            "per: Hour))]",
            "per: Hour), later: [(from: \"2018-07-01\", amount: \"12\")])]",
            CheckOutcome::Says,
            "Van 1-7-2018 tot en met 31-12-2018",
        ),
        (
            "per: Hour))]",
            "per: Hour), holidays: Rate(\"12\"))]",
            CheckOutcome::Fails,
            "op feestdagen",
        ),
        (
            "amount: \"15.13\", per: Hour",
            "amount: \"150\", per: Month",
            CheckOutcome::Fails,
            "150,00 per maand",
        ),
        // 150,00 a month ÷ (2,9 × 52/12) hours would be 11,94; over the days of 2018 it is 150 × 12 ÷ (2,9 × 365/7).
        (
            "amount: \"15.13\", per: Hour",
            "amount: \"150\", per: Month",
            CheckOutcome::Fails,
            "11,9036…",
        ),
        (
            "work: [",
            "costs: [(kind: Employer, amount: OfWork(\"1\"))], work: [",
            CheckOutcome::Fails,
            "14,00 per uur is met alles wat vast is €\u{a0}14,14 per uur",
        ),
    ] {
        let rate = if find == "work: [" { "14.00" } else { "15.13" };
        let text = helper(rate);
        assert!(text.contains(find), "{find}");
        let found = one(&with(&[&text.replace(find, replace)]), Rule::RealCost);
        assert_eq!(found.outcome, outcome, "{found:#?}");
        assert!(found.words.contains(words), "{}", found.words);
    }
}

#[test]
fn a_plan_for_a_part_of_the_grant_says_which_days_it_leaves_out() {
    let part = |days: &str| {
        helper("15.13").replace("product: \"ho\",", &format!("product: \"ho\", {days},"))
    };
    for (days, field, words) in [
        (
            "from: Some(\"2018-06-01\")",
            "scenarios[0].lines[0].from",
            "van 1 januari 2018 tot en met 31 mei 2018",
        ),
        (
            "to: Some(\"2018-10-31\")",
            "scenarios[0].lines[0].to",
            "van 1 november 2018 tot en met 31 december 2018",
        ),
    ] {
        let dossier = with(&[&part(days)]);
        let plan = one(&dossier, Rule::Plan);
        assert_eq!(plan.outcome, CheckOutcome::Fails);
        assert!(plan.words.contains(words), "{}", plan.words);
        let outlook = outlook(&dossier, 0, DAY);
        let told = outlook.problems.iter().filter(|one| one.field == field);
        let told: Vec<_> = told.map(|one| one.message.as_str()).collect();
        assert!(told.iter().any(|one| one.contains(words)), "{told:#?}");
    }
}

#[test]
fn a_helper_who_is_filled_in_wrongly_is_no_gap_in_the_plan() {
    let plan = one(&with(&[&helper("174000")]), Rule::Plan);
    assert_eq!(plan.outcome, CheckOutcome::Fails);
    assert!(plan.words.contains("de juiste gegevens"), "{}", plan.words);
    assert!(!plan.words.contains("vanaf 1 januari"), "{}", plan.words);
}
