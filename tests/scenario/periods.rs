//! More than one budget period: nothing of one is said of another, and what is short is never hidden.

use super::{helper, outlook, with};
use jiff::civil::{Date, date};
use maatwerk::dossier::Dossier;
use maatwerk::quantity::Euro;
use maatwerk::scenario::{
    CheckOutcome, Rule, Scope, Value, What, answer, at_home, compare, costs, evaluate_seen, label,
    period, value,
};

const DAY: Date = date(2018, 1, 15);

/// The example up to the end of 2020, its helper at 15,00 and from 2020 on at 20,00.
fn three_years() -> Dossier {
    let text = helper("15.00").replace(
        "per: Hour))]",
        "per: Hour), later: [(from: \"2020-01-01\", amount: \"20.00\")])]",
    );
    let mut dossier = with(&[&text]);
    for provision in &mut dossier.provisions {
        provision.line.to = Some(date(2020, 12, 31));
    }
    dossier
}

#[test]
fn what_is_short_in_a_later_year_is_said_at_home_before_what_is_enough_today() {
    let outlook = outlook(&three_years(), 0, DAY);
    // 2,9 hours at 15,00 and at the tariff of 15,13; in 2020 366/7 weeks at 20,00 cost 3.032,57.
    let line = &outlook.lines[0];
    assert_eq!(line.pots.len(), 3);
    let said = at_home(line);
    let at = |words: &str| said.iter().position(|one| one.contains(words));
    let short = at("Dat is niet genoeg").expect("it is said");
    let enough = at("Dat is genoeg voor de hele periode: 1 januari 2018").expect("of today");
    assert!(short < enough, "{said:#?}");
    let gap = line.pots[2].top_up.unwrap().total;
    let gap = Euro::from_exact(gap.value).unwrap();
    assert_eq!(outlook.together.short, Some(gap));
    assert!(
        at(&maatwerk::quantity::dutch::euro(gap.0)).is_some(),
        "{said:#?}"
    );
    assert!(at("In de andere perioden is het genoeg.").is_some());
}

#[test]
fn a_file_of_an_earlier_day_is_looked_at_on_the_day_of_today() {
    let dossier = three_years();
    let library = maatwerk::budget::Library::shipped().unwrap();
    let now = evaluate_seen(&dossier, 0, &library, (DAY, date(2020, 3, 1))).unwrap();
    assert_eq!(now.lines[0].large, 2);
    assert_eq!(
        now.together.days,
        Some((date(2020, 1, 1), date(2020, 12, 31)))
    );
    assert!(at_home(&now.lines[0])[1].starts_with("Dat is niet genoeg"));
    let then = outlook(&dossier, 0, DAY);
    assert_eq!(then.lines[0].large, 0);
    assert_eq!(then.together.budget, now.together.budget);
}

#[test]
fn the_top_up_closes_the_gap_of_every_period_and_rows_of_one_period_name_it() {
    let outlook = outlook(&three_years(), 0, DAY);
    let (short, top_up) = (
        outlook.together.short.unwrap(),
        outlook.together.top_up.unwrap(),
    );
    assert!(short > Euro::ZERO);
    // 2020 alone is short, over 12 months.
    assert!(top_up.exact().mul(12.into()).unwrap() >= short.exact());
    let rows = compare(&[outlook]).unwrap();
    for line in [None, Some("Huishoudelijke ondersteuning")] {
        let row = |what: What| {
            let mut all = rows.iter();
            all.find(|row| row.what == what && row.line.as_deref() == line)
                .expect("the row is there")
        };
        assert_eq!(row(What::TopUp).cells[0].value, Value::Money(top_up));
        assert_eq!(
            label(row(What::TopUp)),
            "Zelf bijbetalen per maand, ten hoogste"
        );
        assert_eq!(label(row(What::PerMonth)), "Te besteden per maand (2018)");
        assert_eq!(label(row(What::Short)), "Te kort");
        assert_eq!(row(What::Budget).scope, Scope::Whole);
    }
}

#[test]
fn the_answer_of_several_periods_names_the_one_that_the_month_is_of() {
    let outlook = outlook(&three_years(), 0, DAY);
    let said = answer(&outlook);
    assert!(
        said.starts_with("U kunt van 1 januari 2018 tot en met 31 december 2018 "),
        "{said}"
    );
    assert!(said.contains("niet genoeg"), "{said}");
}

#[test]
fn the_price_in_kind_of_a_line_without_an_end_is_over_the_same_years_as_its_pgb() {
    let mut dossier = with(&[
        r#"(name: "In natura", lines: [(provision: 1, product: "begeleiding")])"#,
        r#"(name: "Pgb", lines: [(provision: 1, product: "begeleiding", delivery: Some(Pgb(providers: [(kind: "zzp")])), hired: [
            (kind: "zzp", work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "37.50", per: Hour))])])])"#,
    ]);
    for provision in &mut dossier.provisions {
        provision.line.to = None;
    }
    let all: Vec<_> = (0..2).map(|place| outlook(&dossier, place, DAY)).collect();
    let rows = compare(&all).unwrap();
    let row = rows
        .iter()
        .find(|row| {
            row.what == What::InKind && row.line.as_deref() == Some("Begeleiding individueel")
        })
        .expect("the row is there");
    // 600,00 × 730/28 in two years of 7.821,43.
    assert_eq!(
        row.cells[0].value,
        Value::Money(Euro("15642.86".parse().unwrap()))
    );
    assert!(!row.cells[1].changed, "{row:#?}");
    let whole = rows.iter().find(|row| row.what == What::AllInKind).unwrap();
    assert!(!whole.cells[1].changed, "{whole:#?}");
}

#[test]
fn a_scenario_without_a_pgb_says_so_and_what_it_costs_in_kind() {
    let dossier = with(&[
        &helper("15.13"),
        r#"(name: "Alles in natura", lines: [(provision: 0, product: "ho", delivery: Some(InKind(provider: "")))])"#,
    ]);
    let all: Vec<_> = (0..2).map(|place| outlook(&dossier, place, DAY)).collect();
    let rows = compare(&all).unwrap();
    for what in [What::PerMonth, What::Budget, What::Short, What::Enough] {
        let row = rows
            .iter()
            .find(|row| row.line.is_none() && row.what == what);
        let cell = &row.expect("the row is there").cells[1];
        assert_eq!(value(&cell.value), "geen pgb", "{what:?}");
    }
    // 4.158,39 and 7.821,43.
    let whole = rows.iter().find(|row| row.what == What::AllInKind).unwrap();
    for cell in &whole.cells {
        assert_eq!(value(&cell.value), "€\u{a0}11.979,82");
    }
}

#[test]
fn a_budget_above_the_price_in_kind_is_told_of_each_period_the_worst_first() {
    // A ruling set a rate of its own that is more than in kind (27,50), from 2019 on.
    let text = r#"(name: "Duur", lines: [(provision: 0, product: "ho", delivery: Some(Pgb(providers: [
        (kind: "informeel", to: Some("2018-12-31")),
        (kind: "informeel", from: Some("2019-01-01"), set_rate: Some((amount: "30.00", per: Hour, decision: "Rechtbank, 2018"))),
        ])), hired: [(kind: "informeel", work: [(extent: (volume: "174", unit: Minute, per: Week), rate: (amount: "30.00", per: Hour))])])])"#;
    let mut dossier = with(&[text]);
    dossier.provisions[0].line.to = Some(date(2019, 12, 31));
    let outlook = outlook(&dossier, 0, DAY);
    let found: Vec<_> = outlook
        .checks
        .iter()
        .filter(|check| check.rule == Rule::InKind)
        .collect();
    assert_eq!(found.len(), 2, "{found:#?}");
    assert_eq!(found[0].outcome, CheckOutcome::Fails);
    assert!(
        found[0]
            .words
            .starts_with("Van 1-1-2019 tot en met 31-12-2019"),
        "{}",
        found[0].words
    );
    assert_eq!(found[1].outcome, CheckOutcome::Holds);
}

#[test]
fn a_real_shortage_is_not_laid_on_rounding() {
    let outlook = outlook(&with(&[&helper("15.14")]), 0, DAY);
    let pot = outlook.lines[0].pot().unwrap();
    assert_eq!(pot.is_enough(), Some(false));
    assert!(!pot.is_short_by_rounding);
    assert!(!answer(&outlook).contains("afronden"));
}

#[test]
fn where_the_budget_is_enough_it_buys_no_less_than_was_chosen() {
    // Decisions 7: 11,6 × 14,99 = 173,884 → 173,88 per 4 weeks goes on, × 365/28 = 2.266,65; paid is 2.266,70.
    // 2,9 × 15,13 × 365/7 = 2.287,8721: with cents rounded it is 2.287,87 of 2.287,90. At 14,99 the rounding per 4 weeks
    // makes the budget five cents less than what is paid.
    for (rate, enough) in [
        ("15.13", true),
        ("15.00", true),
        ("14.00", true),
        ("14.99", false),
    ] {
        let outlook = outlook(&with(&[&helper(rate)]), 0, DAY);
        let pot = outlook.lines[0].pot().unwrap();
        assert_eq!(pot.is_enough(), Some(enough), "{rate}");
        let (chosen, bought, _) = pot.work.unwrap().per_week;
        assert_eq!(bought >= chosen, enough, "{rate}");
        assert_eq!(pot.is_short_by_rounding, !enough, "{rate}");
        let said = at_home(&outlook.lines[0]).join(" ");
        assert_eq!(said.contains("alleen door afronden"), !enough, "{said}");
    }
}

#[test]
fn what_is_enough_up_to_the_last_known_tariff_is_not_called_enough_for_the_whole_period() {
    let bytes = include_bytes!("../../fixtures/dossiers/oegstgeest-open-staart.ron");
    let mut dossier = Dossier::read("o.ron", bytes).unwrap();
    dossier.scenarios = vec![super::scenario(
        r#"(name: "A", lines: [(provision: 0, product: "ho", hired: [(kind: "zzp", contract: Some(Assignment),
            work: [(extent: (volume: "2", unit: Hour, per: Week), rate: (amount: "24.50", per: Hour))])])])"#,
    )];
    let outlook = outlook(&dossier, 0, date(2023, 7, 10));
    let line = &outlook.lines[0];
    let rows = period(line, &line.pots[0]);
    let rows: Vec<String> = rows
        .iter()
        .map(|(what, said)| format!("{what} {said}"))
        .collect();
    for said in [answer(&outlook), at_home(line).join(" "), rows.join(" ")] {
        assert!(said.contains("tot en met 31 december 2023"), "{said}");
        assert!(said.contains("arief na 31 december 2023"), "{said}");
        assert!(!said.contains("hele periode"), "{said}");
    }
    let compared = compare(&[outlook]).unwrap();
    let enough = compared.iter().filter(|row| row.what == What::Enough);
    for row in enough {
        assert_eq!(row.cells[0].value, Value::YesTo(date(2023, 12, 31)));
    }
    // Oegstgeest names no way from a week to a month or a year.
    let outlook = super::outlook(&dossier, 0, date(2023, 7, 10));
    let costs = costs(&outlook.lines[0].providers[0]);
    for per in ["per maand", "per jaar"] {
        let (_, said) = costs.iter().find(|(what, _)| *what == per).unwrap();
        assert!(said.starts_with("niet bekend: de catalogus"), "{said}");
    }
}
