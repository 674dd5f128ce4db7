//! Answers worked out by hand, and published amounts.

use super::{cents, example, helper, outlook, scenario, with};
use jiff::civil::date;
use maatwerk::dossier::{Dossier, ScenarioLine};
use maatwerk::quantity::Frequency;
use maatwerk::scenario::{Lasts, LineOutlook};

const DAY: jiff::civil::Date = date(2018, 1, 15);

fn first(dossier: &Dossier) -> LineOutlook {
    let outlook = outlook(dossier, 0, DAY);
    assert_eq!(outlook.problems, []);
    outlook.lines[0].clone()
}

#[test]
fn the_helper_of_the_example_at_sixteen_euros_is_paid_until_11_december() {
    // 2,9 uur × 16,00 = 46,40 per week; × 365/7 = 2.419,43. Budget 2.287,90. Per day 6,62857…: day 345 is 2.286,86, day
    // 346 is 2.293,49. Short 131,53: ÷ 365/7 = 2,5225 → 2,53 per week; ÷ 12 = 10,9608 → 10,97 per month.
    let line = first(&with(&[&helper("16.00")]));
    let pot = line.pot().expect("a budget period");
    assert_eq!(pot.budget.euro().unwrap().0.to_string(), "2287.90");
    assert_eq!(cents(pot.per_month), "190.66");
    assert_eq!(cents(pot.spent), "2419.43");
    assert_eq!(cents(pot.left), "-131.53");
    assert_eq!(pot.is_enough(), Some(false));
    assert_eq!(pot.lasts, Some(Lasts::Until(date(2018, 12, 11))));
    let top_up = pot.top_up.expect("it is short");
    assert_eq!(cents(Some(top_up.total)), "131.53");
    assert_eq!(cents(Some(top_up.week)), "2.53");
    assert_eq!(cents(Some(top_up.month)), "10.97");
    assert_eq!(cents(Some(top_up.year)), "131.53");
    // 2.419,43 ÷ 2.287,90 is 105,7489…%.
    let used = pot.used().expect("it is known").mul(100.into()).unwrap();
    assert!(used > 10_574.into() && used < 10_575.into());
    // In kind: 11,6 uur × 27,50 = 319,00 per 4 weken; × 365/28 = 4.158,39.
    assert_eq!(pot.in_kind.euro().unwrap().0.to_string(), "4158.39");
}

#[test]
fn at_fourteen_euros_the_budget_is_what_is_paid_and_a_rate_that_does_not_count_buys_more_hours() {
    // 2,9 × 14,00 × 365/7 = 2.117,00: where the real cost counts, that is the budget.
    let lower = first(&with(&[&helper("14.00")]));
    let pot = lower.pot().expect("a budget period");
    assert_eq!(pot.budget.euro().unwrap().0.to_string(), "2117.00");
    assert_eq!(cents(pot.left), "0.00");
    // Costs beside the rate keep it from being all that is paid: the budget stays, with 170,90 left. Hours: 2,9 × 2.287,90
    // ÷ 2.117,00 = 3,13411 per week; 5% dearer: ÷ 1,05 = 2,98487.
    let text = helper("14.00").replace("lines:", "rise: Some(\"5\"), lines:");
    let text = text.replace(
        "work: [",
        "costs: [(kind: Employer, amount: OfWork(\"0\"))], work: [",
    );
    let line = first(&with(&[&text]));
    let pot = line.pot().expect("a budget period");
    assert_eq!(cents(pot.spent), "2117.00");
    assert_eq!(cents(pot.left), "170.90");
    assert_eq!(pot.lasts, Some(Lasts::Whole));
    assert!(pot.top_up.is_none());
    let work = pot.work.expect("hours");
    let (planned, buys, risen) = work.per_week;
    assert_eq!(planned.to_string(), "29/10");
    assert_eq!(
        buys,
        "2.9"
            .parse::<maatwerk::quantity::Exact>()
            .unwrap()
            .mul("2287.90".parse().unwrap())
            .unwrap()
            .div("2117".parse().unwrap())
            .unwrap()
    );
    assert_eq!(risen.unwrap(), buys.div("1.05".parse().unwrap()).unwrap());
}

#[test]
fn a_helper_at_the_tariff_costs_what_the_letter_says_per_period() {
    // decisions, Leiden 2018: 175,51 per 4 weeks, 2.281,63 a year, 190,14 a month; SVB: 15,13000 per hour.
    let line = first(&with(&[&helper("15.13")]));
    let provider = &line.providers[0];
    let views = provider
        .views
        .clone()
        .map(|view| view.unwrap().rounded.0.to_string());
    assert_eq!(views, ["43.88", "175.51", "190.14", "2281.63"]);
    assert_eq!(provider.methods[3].as_deref(), Some("13 × 4 weken"));
    let svb = provider.svb[0].as_ref().unwrap();
    assert_eq!(svb.value.to_string(), "1513/100");
}

#[test]
fn published_amounts_per_week_come_out() {
    // ECLI:NL:RBROT:2018:4385: 5 × 10,00 = 50,00 and 5 × 10,75 = 53,75; ECLI:NL:RBDHA:2022:9574: 35 × 37,80 = 1.323,00.
    for (hours, rate, week) in [
        ("5", "10.00", "50.00"),
        ("5", "10.75", "53.75"),
        ("35", "37.80", "1323.00"),
    ] {
        let text = helper(rate).replace(
            "volume: \"174\", unit: Minute",
            &format!("volume: \"{hours}\", unit: Hour"),
        );
        let line = first(&with(&[&text]));
        let view = line.providers[0].views[Frequency::VIEWS
            .iter()
            .position(|per| *per == Frequency::Week)
            .unwrap()]
        .clone();
        assert_eq!(view.unwrap().rounded.0.to_string(), week);
    }
}

#[test]
fn a_professional_and_an_informal_helper_share_one_grant() {
    // ECLI:NL:RBGEL:2017:659: 4 hours professional and 6 hours informal. Leiden 2018: 4 × 4 × 27,50 + 4 × 6 × 15,13 =
    // 440,00 + 363,12 = 803,12 per 4 weeks, above the ceiling of Zwaar (660,00), which a reason lifts above 360 minutes.
    let mut dossier = with(&[
        r#"(name: "Twee helpers", lines: [(provision: 0, product: "ho",
        hours: [(hours: Typed([(volume: "600", unit: Minute, per: Week)]))],
        choices: {"severity": (value: "zwaar"), "intensity": (value: "standaard")},
        delivery: Some(Pgb(providers: [
            (kind: "instelling", share: [(extent: (volume: "240", unit: Minute, per: Week))]),
            (kind: "informeel", share: [(extent: (volume: "360", unit: Minute, per: Week))]),
        ])),
        hired: [
            (name: "Zorg Thuis", kind: "instelling", contract: Some(Institution), work: [(extent: (volume: "4", unit: Hour, per: Week), rate: (amount: "27.50", per: Hour))]),
            (name: "buurvrouw", kind: "informeel", contract: Some(Assignment), work: [(extent: (volume: "6", unit: Hour, per: Week), rate: (amount: "15.13", per: Hour))]),
        ])])"#,
    ]);
    dossier.provisions[0].line.ceiling_reason =
        Some("Er is meer hulp nodig dan het plafond.".into());
    let line = first(&dossier);
    let segment = &line.budget.segments[0];
    assert_eq!(
        segment
            .amount
            .recurring
            .as_ref()
            .unwrap()
            .euro()
            .unwrap()
            .0
            .to_string(),
        "803.12"
    );
    assert_eq!(line.providers.len(), 2);
    // (4 × 27,50 + 6 × 15,13) × 365/7 = 200,78 × 365/7 = 10.469,24; each rounded by itself.
    assert_eq!(cents(line.pot().unwrap().spent), "10469.24");
}

#[test]
fn a_fixed_monthly_wage_runs_on_while_away_and_costs_beside_the_rate_count() {
    // 200,00 a month × 12 = 2.400,00; employer costs 20% on top: 2.880,00; travel 10,00 a month: 3.000,00.
    let text = r#"(name: "Vast", lines: [(provision: 0, product: "ho", hired: [(kind: "informeel",
        work: [(extent: (volume: "174", unit: Minute, per: Week), rate: (amount: "200", per: Month))],
        away: [(from: "2018-07-01", to: "2018-07-31")],
        costs: [(kind: Employer, amount: OfWork("20")), (kind: Travel, amount: Every((amount: "10", per: Month)))],
    )])])"#;
    let line = first(&with(&[text]));
    assert_eq!(cents(line.pot().unwrap().spent), "3000.00");
    assert!(line.providers[0].svb[0].is_err());
}

#[test]
fn a_pattern_a_sunday_rate_a_holiday_and_a_rise_are_counted_by_the_calendar() {
    // Two hours on every other Monday at 15,00, not on holidays; an hour on Sunday at 20,00, from 1 July 22,00. The days
    // are counted here one by one; 2018 begins on a Monday.
    let text = r#"(name: "Patroon", lines: [(provision: 0, product: "ho", hired: [(kind: "informeel", work: [
        (extent: (volume: "2", unit: Hour, per: Week), days: [Monday], every: Some(2), rate: (amount: "15", per: Hour), holidays: Off),
        (extent: (volume: "1", unit: Hour, per: Week), days: [Sunday], rate: (amount: "20", per: Hour), later: [(from: "2018-07-01", amount: "22")]),
    ])])])"#;
    let line = first(&with(&[text]));
    let mut mondays = 0;
    let (mut early, mut late) = (0, 0);
    let mut day = date(2018, 1, 1);
    while day <= date(2018, 12, 31) {
        let week = (day.day_of_year() - 1) / 7;
        if day.weekday() == jiff::civil::Weekday::Monday
            && week % 2 == 0
            && maatwerk::calendar::holiday(day).is_none()
        {
            mondays += 1;
        }
        if day.weekday() == jiff::civil::Weekday::Sunday {
            if day < date(2018, 7, 1) {
                early += 1
            } else {
                late += 1
            }
        }
        day = day.tomorrow().unwrap();
    }
    let expected = mondays * 30 + early * 20 + late * 22;
    assert_eq!(cents(line.pot().unwrap().spent), format!("{expected}.00"));
}

#[test]
fn in_kind_and_pgb_within_one_product_stand_on_days_of_their_own_or_op043_says_so() {
    let both = |to: &str| {
        format!(
            r#"(name: "Beide", lines: [
        (provision: 1, product: "begeleiding", to: Some("{to}")),
        (provision: 1, product: "begeleiding", from: Some("2018-07-01"), delivery: Some(Pgb(providers: [(kind: "zzp")])), hired: [(kind: "zzp", name: "A", work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "37.50", per: Hour))])]),
        (provision: 0, product: "ho", hired: [(kind: "informeel", work: [(extent: (volume: "174", unit: Minute, per: Week), rate: (amount: "15.13", per: Hour))])]),
    ])"#
        )
    };
    let sound = outlook(&with(&[&both("2018-06-30")]), 0, DAY);
    assert_eq!(sound.problems, []);
    assert_eq!(sound.lines.len(), 3);
    // 3 × 4 × 37,50 = 450,00 per 4 weeks; × 184/28 = 2.957,14.
    let pgb = &sound.lines[2];
    assert_eq!(
        pgb.pot().unwrap().budget.euro().unwrap().0.to_string(),
        "2957.14"
    );
    let wrong = outlook(&with(&[&both("2018-07-31")]), 0, DAY);
    let told: Vec<_> = wrong
        .problems
        .iter()
        .filter(|one| one.hint.contains("OP043"))
        .collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].field, "scenarios[0].lines[1].from");
}

#[test]
fn a_price_in_kind_that_nobody_published_is_not_known_and_never_zero() {
    let text = include_bytes!("../../fixtures/dossiers/oegstgeest-zwaarste-soort.ron");
    let mut dossier = Dossier::read("o.ron", text).unwrap();
    dossier.scenarios = vec![scenario(
        r#"(name: "Een", lines: [(provision: 0, product: "ho", hired: [(kind: "instelling", work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "25", per: Hour))])])])"#,
    )];
    let outlook = outlook(&dossier, 0, date(2023, 4, 1));
    let pot = outlook.lines[0].pot().unwrap();
    assert!(pot.in_kind.reason().is_some());
    assert_eq!(outlook.together.in_kind, None);
    // Heaviest kind at work that day: 150,50 × (3 + 17/31) + 292,50 × 6 = 2.289,03.
    assert_eq!(pot.budget.euro().unwrap().0.to_string(), "2289.03");
}

#[test]
fn a_band_scaled_from_a_day_is_two_lines_of_the_scenario() {
    let text = r#"(name: "Opschalen", lines: [
        (provision: 1, product: "begeleiding", to: Some("2018-06-30"), delivery: Some(Pgb(providers: [(kind: "zzp")])), hired: [(kind: "zzp", work: [(extent: (volume: "3", unit: Hour, per: Week), rate: (amount: "37.50", per: Hour))])]),
        (provision: 1, product: "begeleiding", from: Some("2018-07-01"), choices: {"band": (value: "4-8")}, delivery: Some(Pgb(providers: [(kind: "zzp")])), hired: [(kind: "zzp", work: [(extent: (volume: "6", unit: Hour, per: Week), rate: (amount: "37.50", per: Hour))])]),
        (provision: 0, product: "ho", hired: [(kind: "informeel", work: [(extent: (volume: "174", unit: Minute, per: Week), rate: (amount: "15.13", per: Hour))])]),
    ])"#;
    let outlook = outlook(&with(&[text]), 0, DAY);
    assert_eq!(outlook.problems, []);
    let budgets: Vec<String> = outlook.lines[1..]
        .iter()
        .map(|line| line.pot().unwrap().budget.euro().unwrap().0.to_string())
        .collect();
    // 450,00 × 181/28 and 900,00 × 184/28.
    assert_eq!(budgets, ["2908.93", "5914.29"]);
    // All months of all lines add up to what is spent.
    let spent = outlook
        .months
        .iter()
        .map(|month| month.spent.unwrap().0)
        .sum::<rust_decimal::Decimal>();
    assert_eq!(Some(spent), outlook.together.spent.map(|euro| euro.0));
}

#[test]
fn a_scenario_follows_its_line_when_lines_are_added_and_taken_away() {
    let mut dossier = with(&[&helper("15.13")]);
    let copy = dossier.provisions[1].clone();
    dossier.insert_provision(0, copy);
    let place = |dossier: &Dossier| {
        dossier.scenarios[0]
            .lines
            .iter()
            .map(|line: &ScenarioLine| line.provision)
            .collect::<Vec<_>>()
    };
    assert_eq!(place(&dossier), [1]);
    dossier.remove_provision(0);
    assert_eq!(place(&dossier), [0]);
    dossier.remove_provision(0);
    assert!(place(&dossier).is_empty());
}

#[test]
fn a_dossier_with_scenarios_reads_back_as_written_and_one_without_is_written_as_before() {
    let dossier = with(&[&helper("16.00")]);
    let text = dossier.to_text().unwrap();
    assert_eq!(Dossier::read("d.ron", text.as_bytes()).unwrap(), dossier);
    assert!(!example().to_text().unwrap().contains("scenarios"));
}

#[test]
fn looking_at_a_scenario_changes_nothing_of_the_dossier() {
    let dossier = with(&[&helper("15.125")]);
    let before = dossier.to_text().unwrap();
    for day in [DAY, date(2018, 6, 1), date(2019, 1, 1)] {
        let _ = outlook(&dossier, 0, day);
    }
    assert_eq!(dossier.to_text().unwrap(), before);
}

#[test]
fn every_step_behind_an_answer_recomputes_from_its_parts() {
    let text = helper("16.00").replace("lines:", "rise: Some(\"5\"), lines:");
    let outlook = outlook(&with(&[&text]), 0, DAY);
    for (_, node) in outlook.trace.nodes() {
        assert_eq!(
            outlook.trace.recompute(node).unwrap(),
            node.value,
            "{}",
            node.label
        );
    }
    let pot = outlook.lines[0].pot().unwrap();
    for figure in [
        pot.per_month,
        pot.spent,
        pot.left,
        pot.top_up.map(|top_up| top_up.month),
        pot.work.map(|work| work.buys),
    ] {
        let figure = figure.unwrap();
        assert_eq!(outlook.trace.get(figure.node).unwrap().value, figure.value);
    }
}
