//! Hours of begeleiding by goal and activity: they add up, and the band follows from their sum.

use crate::cases::line;
use crate::trace::complaints;
use jiff::civil::date;
use maatwerk::budget::{Inputs, Library, LineBudget, evaluate};
use maatwerk::document::Severity;
use maatwerk::quantity::{Exact, Frequency, Unit};
use maatwerk::trace::{NodeId, Recorder, Trace};

fn of(rows: &str, choices: &str) -> (LineBudget<NodeId>, Trace) {
    let line = line(&format!(
        r#"(product: "begeleiding", choices: {{"kind": (value: "basis"){choices}}}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Activities([{rows}]))], delivery: InKind(provider: ""))"#
    ));
    let library = Library::shipped().expect("the shipped files are right");
    let inputs = Inputs {
        library: &library,
        municipality: "0546",
        calculation_date: date(2018, 1, 1),
        decision_date: None,
    };
    let mut recorder = Recorder::default();
    let budget = evaluate(&inputs, &line, &mut recorder);
    (budget, recorder.trace)
}

fn row(goal: &str, activity: &str, volume: &str, per: &str) -> String {
    format!(
        r#"(goal: "{goal}", activity: "{activity}", extent: (volume: "{volume}", unit: Minute, per: {per})), "#
    )
}

fn fields(budget: &LineBudget<NodeId>) -> Vec<String> {
    let errors = budget.problems.iter();
    let errors = errors.filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| problem.field.clone()).collect()
}

/// 60 and 45 minutes a week and 60 per two weeks are 135 minutes a week: the band above 2 hours, 600,00 per 4 weeks.
#[test]
fn activities_add_up_per_period_and_the_band_follows_from_all_of_them() {
    let rows = row("orde in de post", "de post doornemen", "60", "Week")
        + &row("orde in de post", "rekeningen betalen", "45", "Week")
        + &row(
            "mensen ontmoeten",
            "samen naar het buurthuis",
            "60",
            "TwoWeeks",
        );
    let (budget, trace) = of(&rows, "");
    let wrong = complaints(&budget, &trace);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(fields(&budget), [""; 0]);
    let volumes = &budget.granted[0].volumes;
    let volumes: Vec<Exact> = volumes.iter().map(|volume| volume.figure.value).collect();
    assert_eq!(volumes, [Exact::from(105), Exact::from(60)]);
    // Both are one figure of the trace, in the unit of the band.
    let together = budget.granted[0].together.expect("there are two");
    assert_eq!((together.unit, together.per), (Unit::Hour, Frequency::Week));
    assert_eq!(together.figure.value, Exact::ratio(135, 60));
    let (money, _) = budget.main_amount().expect("an amount");
    assert_eq!(money.euro().expect("known").0.to_string(), "600.00");
    // Without the last one it is 105 minutes: a band lower, and another choice is told at its field.
    let rows = row("orde in de post", "de post doornemen", "105", "Week");
    let (budget, _) = of(&rows, "");
    assert!(budget.granted[0].together.is_none());
    let (money, _) = budget.main_amount().expect("an amount");
    assert_eq!(money.euro().expect("known").0.to_string(), "300.00");
    let (budget, _) = of(&rows, r#", "band": (value: "2-4")"#);
    assert_eq!(fields(&budget), ["choices.band"]);
}

#[test]
fn what_is_missing_of_an_activity_is_told_at_its_own_field() {
    for (rows, field) in [
        (String::new(), "hours[0].hours"),
        (
            row("", "de post doornemen", "60", "Week"),
            "hours[0].hours[0].goal",
        ),
        (row("orde", " ", "60", "Week"), "hours[0].hours[0].activity"),
        (
            row("orde", "post", "60", "Week") + &row("orde", "geld", "0", "Week"),
            "hours[0].hours[1].extent.volume",
        ),
        (row("orde", "post", "20000", "Week"), "hours[0].hours"),
        (row("orde", "post", "7.5", "Week"), "hours[0].hours"),
    ] {
        let (budget, _) = of(&rows, "");
        assert_eq!(fields(&budget), [field], "{rows}");
    }
}
