//! Extents that nobody means, extents that stay as they were granted, and extents in total.

use crate::cases::{fresh_library, line, proef_library, text_of, traced};
use jiff::civil::date;
use maatwerk::budget::{Library, LineBudget, Money};
use maatwerk::document::Severity;
use maatwerk::trace::NodeId;

fn result(library: &Library, text: &str) -> LineBudget<NodeId> {
    traced(library, &line(text), date(2018, 1, 1)).0
}

/// The errors of a line on the test catalogue: field and message.
fn errors(text: &str) -> Vec<(String, String)> {
    let budget = result(&proef_library(), text);
    let problems = budget.problems.into_iter();
    problems
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| (problem.field, problem.message))
        .collect()
}

fn typed(extents: &str) -> String {
    format!(
        r#"(product: "hulp", choices: {{"severity": (value: "midden")}}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([{extents}]))], delivery: InKind(provider: ""))"#
    )
}

fn one(found: Vec<(String, String)>) -> (String, String) {
    assert_eq!(found.len(), 1, "{found:?}");
    found.into_iter().next().unwrap_or_default()
}

/// Informal help of 2 hours a week, its tariff 10,75 an hour, with what was agreed or set.
fn paid(rest: &str) -> Vec<(Severity, String, String)> {
    let text = format!(
        r#"(product: "weekhulp", from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "2", unit: Hour, per: Week)]))], {rest})"#
    );
    let problems = result(&proef_library(), &text).problems.into_iter();
    problems
        .map(|problem| (problem.severity, problem.field, problem.message))
        .collect()
}

#[test]
fn an_agreed_rate_far_from_the_tariff_is_told_at_its_field() {
    let agreed = |amount: &str| {
        paid(&format!(
            r#"delivery: Pgb(providers: [(kind: "informeel", agreed: (amount: "{amount}", per: Hour))])"#
        ))
    };
    for (amount, far) in [
        ("2500.00", "veel hoger"),
        ("53.75", "veel hoger"),
        ("0.25", "veel lager"),
        ("2.15", "veel lager"),
    ] {
        let found = agreed(amount);
        let [(severity, field, message)] = found.as_slice() else {
            panic!("{amount}: {found:?}");
        };
        assert_eq!(*severity, Severity::Warning);
        assert_eq!(field, "delivery.providers[0].agreed");
        assert!(
            message.contains(far) && message.contains("10,75 per uur"),
            "{message}"
        );
    }
    assert_eq!(agreed("53.74"), []);
    assert_eq!(agreed("2.16"), []);
}

#[test]
fn a_typed_price_of_a_thousand_billion_is_told_at_its_field() {
    let billions = r#"(amount: "1000000000000", per: Hour"#;
    for (rest, field) in [
        (
            format!(r#"delivery: Pgb(providers: [(kind: "informeel", agreed: {billions}))])"#),
            "delivery.providers[0].agreed",
        ),
        (
            format!(
                r#"delivery: Pgb(providers: [(kind: "informeel", set_rate: {billions}, decision: "besluit"))])"#
            ),
            "delivery.providers[0].set_rate.amount",
        ),
        (
            format!(
                r#"delivery: InKind(provider: ""), own_prices: [(price: {billions}), reason: "zo", approved_by: "B")]"#
            ),
            "own_prices[0].price",
        ),
        (
            format!(
                r#"delivery: InKind(provider: ""), offer: Some({billions}, source: "offerte"))"#
            ),
            "offer",
        ),
    ] {
        let found = paid(&rest);
        let told = found
            .iter()
            .find(|(severity, at, _)| *severity == Severity::Error && at == field);
        let (_, _, message) = told.unwrap_or_else(|| panic!("{field}: {found:?}"));
        assert_eq!(
            message.replace('\u{a0}', " "),
            "een bedrag van € 1.000.000.000.000,00 kan niet kloppen"
        );
    }
}

#[test]
fn a_norm_that_leaves_no_time_is_no_grant() {
    let text = r#"(product: "hulp", choices: {"severity": (value: "licht", reason: "zo besproken")}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Norm((set: (id: "kpmg-hhm-hbel-2021", version: "1"), per: Week, parts: [(
            part: "schoon-huis", start: Own(minutes: (minutes: MINUTES, per: Week), reason: "er is weinig nodig"))])))],
        delivery: InKind(provider: ""))"#;
    let of = |minutes: &str| errors(&text.replace("MINUTES", minutes));
    let messages: Vec<String> = of("0").into_iter().map(|(_, message)| message).collect();
    assert!(
        messages.contains(&"er blijft geen tijd over om toe te kennen".to_owned()),
        "{messages:?}"
    );
    assert_eq!(of("1"), []);
}

#[test]
fn extents_that_fit_apart_and_not_together_are_a_slip_at_the_one_too_many() {
    let hundred = "(volume: \"100\", unit: Hour, per: Week),";
    assert_eq!(errors(&typed(hundred)), []);
    let (field, message) = one(errors(&typed(&hundred.repeat(2))));
    assert_eq!(field, "hours[0].hours[1].volume");
    assert_eq!(
        message,
        "100 uur per week past niet in de tijd naast de rest van de omvang"
    );
    // A week has 168 hours: the one after that is too many, however small each is.
    let many = "(volume: \"1\", unit: Hour, per: Week),".repeat(5_000);
    assert_eq!(one(errors(&typed(&many))).0, "hours[0].hours[168].volume");
    // Hours and minutes are one kind of time, whatever their period.
    let mixed = "(volume: \"84\", unit: Hour, per: Week), (volume: \"20160\", unit: Minute, per: FourWeeks),";
    assert_eq!(errors(&typed(mixed)), []);
    let mixed = mixed.replace("20160", "20161");
    assert_eq!(one(errors(&typed(&mixed))).0, "hours[0].hours[1].volume");
}

#[test]
fn the_parts_of_a_product_together_fit_in_the_time_too() {
    let of = |hours: &str| {
        errors(&format!(
            r#"(product: "thuis", choices: {{"severity": (value: "midden")}}, from: "2018-01-01", to: "2018-12-31",
            hours: [(part: "huis", hours: Typed([(volume: "{hours}", unit: Hour, per: Week)])),
                (part: "steun", hours: Typed([(volume: "120", unit: Minute, per: Week)]))],
            delivery: InKind(provider: ""))"#
        ))
    };
    assert_eq!(of("166"), []);
    assert_eq!(one(of("167")).0, "hours[1].hours[0].volume");
}

#[test]
fn granted_time_is_whole_minutes() {
    for (volume, unit, whole) in [
        ("30.5", "Minute", false),
        ("30", "Minute", true),
        ("1.25", "Hour", true),
        ("1.33", "Hour", false),
    ] {
        let extent = format!("(volume: \"{volume}\", unit: {unit}, per: Week)");
        let found = errors(&typed(&extent));
        assert_eq!(found.is_empty(), whole, "{volume} {unit}: {found:?}");
        if !whole {
            let (field, message) = one(found);
            assert_eq!(field, "hours[0].hours[0].volume");
            assert!(
                message.ends_with("is geen heel aantal minuten"),
                "{message}"
            );
        }
    }
}

/// The test catalogue, and from July on one that says something else.
fn with_a_later(was: &str, says: &str) -> Library {
    let proef = text_of("proef.ron");
    assert!(proef.contains(was));
    let later = proef
        .replace(
            "    id: \"proef\",",
            "    id: \"proef-later\",\n    supersedes: (id: \"proef\", from: \"2018-07-01\"),",
        )
        .replace("    from: \"2018-01-01\",", "    from: \"2018-07-01\",")
        .replace(
            "            (amount: Euro(\"27.50\"), source: \"blad\", status: Established),\n",
            "",
        )
        .replace(was, says);
    fresh_library(&[
        ("proefgemeente.ron".into(), text_of("proefgemeente.ron")),
        ("proef.ron".into(), proef),
        ("later.ron".into(), later),
    ])
    .unwrap_or_else(|problems| panic!("{problems:?}"))
}

#[test]
fn hours_that_a_band_filled_in_stay_when_a_later_catalogue_fills_in_others() {
    let library = with_a_later("calculation: \"3\"", "calculation: \"3.5\"");
    let of = |from: &str| {
        let budget = result(
            &library,
            &format!(
                r#"(product: "begeleiding", choices: {{"kind": (value: "basis"), "band": (value: "middel")}}, from: "{from}", to: "2018-12-31",
                hours: [(hours: Band)], delivery: Pgb(providers: [(kind: "informeel")]))"#
            ),
        );
        assert!(budget.problems.is_empty(), "{:?}", budget.problems);
        let amounts = budget.segments.iter();
        let amounts: Vec<String> = amounts
            .map(|segment| format!("{:?}", segment.amount.first().and_then(Money::euro)))
            .collect();
        (
            budget.granted[0].volumes[0].figure.value.to_string(),
            amounts,
        )
    };
    // 3 hours × 4 × 20,00, also after the change; who is granted help from July on has 3,5 hours.
    let euro = |text: &str| {
        format!(
            "{:?}",
            Some(maatwerk::quantity::Euro(text.parse().unwrap()))
        )
    };
    assert_eq!(
        of("2018-01-01"),
        ("3".into(), vec![euro("240.00"), euro("240.00")])
    );
    assert_eq!(of("2018-07-01"), ("7/2".into(), vec![euro("280.00")]));
}

#[test]
fn an_extent_in_total_has_no_band_and_no_ceiling_of_one() {
    let text = r#"(product: "begeleiding", choices: {"kind": (value: "basis")}, from: "2018-01-01", to: "2018-01-28",
        hours: [(hours: Typed([(volume: "20", unit: Hour, per: Total)]))], delivery: Pgb(providers: [(kind: "KIND")]))"#;
    // 20 × 50,00: the 600,00 per 4 weeks of the band above two hours is no maximum here, nor is the band asked for.
    let budget = result(&proef_library(), &text.replace("KIND", "instelling"));
    assert!(budget.problems.is_empty(), "{:?}", budget.problems);
    let term = budget.term.as_ref().and_then(|term| term.money.euro());
    assert_eq!(term.map(|euro| euro.0.to_string()), Some("1000.00".into()));
    assert!(budget.segments[0].parts[0].ceiling.is_none());
    // In kind there is only a price per band.
    let in_kind = text.replace(
        "Pgb(providers: [(kind: \"KIND\")])",
        "InKind(provider: \"\")",
    );
    let (field, message) = one(errors(&in_kind));
    assert_eq!(field, "delivery");
    assert_eq!(
        message,
        "Begeleiding heeft alleen een prijs per bandbreedte, en een omvang in totaal heeft geen bandbreedte"
    );
}

#[test]
fn new_edges_do_not_move_a_running_line_to_another_band_in_silence() {
    let edges =
        "(value: \"klein\", over: \"0\", to: \"2\", calculation: \"1.5\", budget: \"1.75\"),
                (value: \"middel\", over: \"2\",";
    let moved = edges
        .replace("to: \"2\"", "to: \"3\"")
        .replace("over: \"2\"", "over: \"3\"");
    let library = with_a_later(edges, &moved);
    let told = |band: &str| {
        let budget = result(
            &library,
            &format!(
                r#"(product: "begeleiding", choices: {{"kind": (value: "basis"){band}}}, from: "2018-01-01", to: "2018-12-31",
                hours: [(hours: Typed([(volume: "3", unit: Hour, per: Week)]))], delivery: Pgb(providers: [(kind: "informeel")]))"#
            ),
        );
        let problems = budget.problems.into_iter();
        problems
            .map(|problem| (problem.field, problem.message))
            .collect()
    };
    assert_eq!(
        one(told("")),
        (
            "to".to_owned(),
            "bij dezelfde omvang hoort vanaf 1 juli 2018 een andere bandbreedte: eerst «2 tot en met 4 uur», dan «tot en met 2 uur»".to_owned()
        )
    );
    // Who chose the band keeps it, with a reason.
    let kept = r#", "band": (value: "middel", reason: "zo was het")"#;
    assert_eq!(told(kept), Vec::new());
}
