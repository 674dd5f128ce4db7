//! A price that a person put in the place of that of the catalogue (R63), on the shipped example of Leiden.

use crate::cases::{library, line, lines, proef_library, text_of, traced};
use crate::trace::complaints;
use jiff::civil::date;
use maatwerk::budget::Library;
use maatwerk::document::{Problem, Severity};
use maatwerk::dossier::{Dossier, Evaluation};
use maatwerk::indication::{Delivery, OwnPrice, SetRate};
use maatwerk::quantity::{Euro, Exact, Rate, Unit};
use maatwerk::trace::{Listing, Status};

const REASON: &str = "er is geen andere hulp te vinden";

fn own(amount: &str, per: Unit) -> OwnPrice {
    OwnPrice {
        part: None,
        kind: Some("informeel".to_owned()),
        price: Rate {
            amount: Euro(amount.parse().expect("an amount")),
            per,
        },
        reason: REASON.to_owned(),
        approved_by: "K. Bakker".to_owned(),
    }
}

/// 11,6 hours per 4 weeks of informal help: 175,51 at the tariff of 15,13, with a ceiling of 385,00.
fn evaluated(own: Vec<OwnPrice>) -> (Dossier, Evaluation) {
    let file = std::fs::read("fixtures/dossiers/brief-pgb.ron").expect("it is there");
    let mut dossier = Dossier::read("brief-pgb.ron", &file).expect("it is sound");
    dossier.provisions[0].line.own_prices = own;
    let evaluation = evaluation(&dossier);
    (dossier, evaluation)
}

fn evaluation(dossier: &Dossier) -> Evaluation {
    let library = Library::shipped().expect("the shipped files are right");
    dossier.evaluate(&library, date(2018, 1, 1))
}

fn amount(evaluation: &Evaluation) -> String {
    let line = evaluation.lines[0].as_ref().expect("it is granted");
    let wrong = complaints(line, &evaluation.trace);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (money, per) = line.main_amount().expect("there is an amount");
    format!("{} {}", money.euro().expect("it is known").0, per.dutch())
}

fn told(problems: &[Problem], severity: Severity, field: &str) -> bool {
    let mut problems = problems.iter();
    problems.any(|one| one.severity == severity && one.field.ends_with(field))
}

#[test]
fn an_own_rate_or_amount_counts_and_what_it_replaces_stays_known() {
    for (price, per, expected) in [
        ("20.00", Unit::Hour, "232.00 per 4 weken"),
        ("0.30", Unit::Minute, "208.80 per 4 weken"),
        // A rate keeps its ceiling, an amount that a person filled in stands.
        ("40.00", Unit::Hour, "385.00 per 4 weken"),
        ("400.00", Unit::FourWeeks, "400.00 per 4 weken"),
        ("250.00", Unit::Month, "250.00 per maand"),
    ] {
        let (_, evaluation) = evaluated(vec![own(price, per)]);
        assert_eq!(amount(&evaluation), expected);
        let line = evaluation.lines[0].as_ref().expect("granted");
        let paid = &line.segments[0].parts[0].providers[0];
        let adjusted = paid.adjusted.as_ref().expect("it is adjusted");
        let (computed, unit) = adjusted.computed.expect("the tariff is known");
        assert_eq!((adjusted.own, unit), (0, Unit::Hour));
        assert_eq!(computed.value, Exact::ratio(1513, 100));
    }
    assert_eq!(amount(&evaluated(Vec::new()).1), "175.51 per 4 weken");
}

#[test]
fn the_calculation_gives_the_reason_and_does_not_lean_on_the_tariff_that_was_replaced() {
    let (_, evaluation) = evaluated(vec![own("20.00", Unit::Hour)]);
    let line = evaluation.lines[0].as_ref().expect("granted");
    let rate = line.segments[0].parts[0].providers[0].rate.expect("a rate");
    assert_eq!(rate.0.status, Status::Established);
    let (money, _) = line.main_amount().expect("an amount");
    let node = money.figure().expect("known").node;
    let listing = Listing::new(&evaluation.trace, &[vec![node]]);
    let formulas: Vec<&str> = listing.groups[0]
        .iter()
        .map(|line| &*line.formula)
        .collect();
    let said = formulas.iter().any(|formula| formula.contains(REASON));
    assert!(said, "{formulas:?}");
    assert!(!formulas.iter().any(|formula| formula.contains("15,13")));
}

#[test]
fn an_own_price_asks_for_its_reason_and_its_approval_and_one_that_counts_nowhere_is_told() {
    let path = |field: &str| format!("provisions[0].line.own_prices[0]{field}");
    let mut bare = own("20.00", Unit::Hour);
    bare.reason.clear();
    bare.approved_by.clear();
    let (_, evaluation) = evaluated(vec![bare]);
    assert!(told(
        &evaluation.problems,
        Severity::Error,
        &path(".reason")
    ));
    let approval = path(".approved_by");
    assert!(told(&evaluation.problems, Severity::Warning, &approval));
    let (_, evaluation) = evaluated(vec![own("0.00", Unit::Hour)]);
    assert!(told(&evaluation.problems, Severity::Error, &path(".price")));
    let mut other = own("20.00", Unit::Hour);
    other.kind = Some("zzp".to_owned());
    let (_, evaluation) = evaluated(vec![other]);
    assert!(told(&evaluation.problems, Severity::Warning, &path("")));
    assert_eq!(amount(&evaluation), "175.51 per 4 weken");
    // Of two for the same help the first counts.
    let two = vec![own("20.00", Unit::Hour), own("21.00", Unit::Hour)];
    let (_, evaluation) = evaluated(two);
    assert_eq!(amount(&evaluation), "232.00 per 4 weken");
    let second = "provisions[0].line.own_prices[1]";
    assert!(told(&evaluation.problems, Severity::Warning, second));
}

#[test]
fn an_own_price_beside_a_rate_that_a_decision_set_is_an_error_and_either_alone_counts() {
    let (mut dossier, _) = evaluated(vec![own("20.00", Unit::Hour)]);
    let Delivery::Pgb { providers } = &mut dossier.provisions[0].line.delivery else {
        panic!("it is a personal budget");
    };
    providers[0].set_rate = Some(SetRate {
        amount: Euro("18.00".parse().expect("an amount")),
        per: Unit::Hour,
        decision: "besluit op bezwaar van 3 april 2018".to_owned(),
    });
    let both = evaluation(&dossier);
    let at = "provisions[0].line.own_prices[0].price";
    let told: Vec<&Problem> = both.problems.iter().filter(|p| p.field == at).collect();
    assert_eq!(told.len(), 1, "{:?}", both.problems);
    assert_eq!(told[0].severity, Severity::Error);
    assert!(told[0].message.contains("kies één van beide"));
    let passed_over = both.problems.iter().any(|p| p.message.contains("nergens"));
    let paid = both.lines[0].as_ref().and_then(|line| line.main_amount());
    assert!(!passed_over && paid.is_none());
    dossier.provisions[0].line.own_prices.clear();
    assert_eq!(amount(&evaluation(&dossier)), "208.80 per 4 weken");
}

/// 11,6 hours per 4 weeks at 40,00 is 464,00, and at 30,00 it is 348,00; the ceiling is 385,00.
#[test]
fn a_rate_that_a_decision_set_is_not_cut_by_a_ceiling_and_that_it_is_higher_is_told() {
    let set = |amount: &str, per| {
        Some(SetRate {
            amount: Euro(amount.parse().expect("an amount")),
            per,
            decision: "besluit op bezwaar van 3 april 2018".to_owned(),
        })
    };
    for (rate, per, expected, above) in [
        ("40.00", Unit::Hour, "464.00 per 4 weken", true),
        ("30.00", Unit::Hour, "348.00 per 4 weken", false),
        ("400.00", Unit::FourWeeks, "400.00 per 4 weken", true),
        ("385.00", Unit::FourWeeks, "385.00 per 4 weken", false),
    ] {
        let (mut dossier, _) = evaluated(Vec::new());
        let Delivery::Pgb { providers } = &mut dossier.provisions[0].line.delivery else {
            panic!("it is a personal budget");
        };
        providers[0].set_rate = set(rate, per);
        let evaluation = evaluation(&dossier);
        assert_eq!(amount(&evaluation), expected);
        let line = evaluation.lines[0].as_ref().expect("granted");
        let part = &line.segments[0].parts[0];
        assert!(part.ceiling.is_none() && part.cut.recurring.is_none());
        let mut problems = evaluation.problems.iter();
        let ceiling =
            problems.find(|problem| problem.message.contains("€\u{a0}385,00 per 4 weken"));
        let told_so = ceiling.map(|problem| (problem.severity, problem.field.as_str()));
        let field = "provisions[0].line.delivery";
        let expected = above.then_some((Severity::Warning, field));
        assert_eq!(told_so, expected, "{rate}: {:?}", evaluation.problems);
    }
}

#[test]
fn who_made_an_own_price_is_kept_with_its_value_and_reason() {
    let (before, _) = evaluated(Vec::new());
    let (mut dossier, _) = evaluated(vec![own("20.00", Unit::Hour)]);
    dossier.sign_overrides(&before, "S. de Wit", date(2018, 1, 2));
    let overridden = dossier.overridden();
    assert_eq!(overridden[0].field, "provisions[0].line.own_prices[0]");
    assert_eq!(overridden[0].reason, REASON);
    assert!(
        overridden[0].value.contains("€\u{a0}20,00"),
        "{overridden:?}"
    );
    let made = dossier.made(&overridden[0].field).expect("it is known");
    assert_eq!(made.by, "S. de Wit");
    let text = dossier.to_text().expect("it is written");
    assert_eq!(Dossier::read("a.ron", text.as_bytes()), Ok(dossier));
}

/// The test municipality, where all is confirmed but the price of help, which is an example.
fn with_an_example_price() -> std::sync::Arc<Library> {
    let files = ["proefgemeente.ron", "proef.ron"].map(|name| {
        let text = text_of(name)
            .replace(
                "(catalogue: \"proef\", what: \"alles\"",
                "(catalogue: \"proef\", what: \"gewoon\"",
            )
            .replace(
                "(amount: Euro(\"27.50\"), source: \"blad\", status: Established)",
                "(amount: Euro(\"27.50\"), source: \"blad\", status: Example)",
            );
        (name.to_owned(), text)
    });
    library(&files).unwrap_or_else(|problems| panic!("{}", lines(&problems)))
}

#[test]
fn a_line_has_the_status_of_the_price_that_counts_and_not_of_the_one_that_it_replaces() {
    let status = |library: &Library, change: &str, provider: &str| {
        let line = line(&format!(
            r#"(
                product: "hulp",
                choices: {{"severity": (value: "midden")}},
                from: "2018-01-01",
                to: "2018-06-30",
                hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]))],
                delivery: Pgb(providers: [(kind: "informeel"{provider})]),
                {change}
            )"#
        ));
        let (budget, trace) = traced(library, &line, date(2018, 1, 1));
        let wrong = complaints(&budget, &trace);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        (budget.status, budget.granted_status)
    };
    let example = with_an_example_price();
    let (no, own) = (
        "",
        r#"own_prices: [(kind: "informeel", price: (amount: "18.00", per: Hour), reason: "geen ander", approved_by: "K. Bakker")],"#,
    );
    let set = r#", set_rate: (amount: "18.00", per: Hour, decision: "besluit 3")"#;
    let settled = Status::Established;
    assert_eq!(status(&example, no, ""), (Status::Example, settled));
    // A price of one's own and a rate that a decision set stand by themselves.
    assert_eq!(status(&example, own, ""), (settled, settled));
    assert_eq!(status(&example, no, set), (settled, settled));
    // It takes the place of the price alone: an example that still counts, still shows.
    let other = own.replace("informeel", "zzp");
    assert_eq!(status(&example, &other, ""), (Status::Example, settled));
    let confirmed = proef_library();
    for (change, provider) in [(no, ""), (own, ""), (no, set)] {
        assert_eq!(status(&confirmed, change, provider), (settled, settled));
    }
    // On a convention that is an example everything leans, also a price of one's own.
    let leans = library(&[
        ("proefgemeente.ron".into(), {
            let text = text_of("proefgemeente.ron");
            let start = text
                .find("        (catalogue: \"proef\"")
                .expect("it is there");
            let end = text[start..].find('\n').expect("a line") + start;
            format!("{}{}", &text[..start], &text[end..])
        }),
        ("proef.ron".into(), text_of("proef.ron")),
    ]);
    let leans = leans.unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    assert_eq!(status(&leans, own, "").0, Status::Example);
}
