//! What comes back and what is in total, who does what of it, and what the evaluation says it did.

use crate::cases::{library, line, observe, proef_library, text_of, traced};
use crate::trace::complaints;
use maatwerk::budget::{Library, LineBudget};
use maatwerk::document::{Problem, Severity};
use maatwerk::quantity::{Exact, Rounding};
use maatwerk::trace::{NodeId, Status};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The test catalogue with one text replaced by another, wherever it stands.
fn patched(find: &str, replace: &str) -> Arc<Library> {
    let text = text_of("proef.ron");
    assert!(text.contains(find), "{find}");
    let files = [
        ("proefgemeente.ron".to_owned(), text_of("proefgemeente.ron")),
        ("proef.ron".to_owned(), text.replace(find, replace)),
    ];
    library(&files).expect("the changed catalogue is sound")
}

/// The test catalogue, changed, as its sources are: without the confirmation of its municipality.
fn unconfirmed(change: impl Fn(String) -> String) -> Arc<Library> {
    let lines = text_of("proefgemeente.ron");
    let lines = lines
        .lines()
        .filter(|line| !line.contains("catalogue: \"proef\""));
    let town = lines.collect::<Vec<_>>().join("\n");
    let files = [
        ("proefgemeente.ron".to_owned(), town),
        ("proef.ron".to_owned(), change(text_of("proef.ron"))),
    ];
    library(&files).expect("the changed catalogue is sound")
}

/// A line over 2018: product and choices, extents, delivery, and more fields.
fn of(product: &str, hours: &str, rest: &str) -> String {
    format!(
        r#"(product: {product}, from: "2018-01-01", to: "2018-12-31", hours: [{hours}], {rest})"#
    )
}

fn typed(extents: &[(&str, &str, &str)]) -> String {
    let extents = extents
        .iter()
        .map(|(volume, unit, per)| format!("(volume: \"{volume}\", unit: {unit}, per: {per})"));
    format!("Typed([{}])", extents.collect::<Vec<_>>().join(", "))
}

fn hours(extents: &[(&str, &str, &str)]) -> String {
    format!("(hours: {})", typed(extents))
}

fn share(volume: &str, unit: &str, per: &str) -> String {
    format!("(extent: (volume: \"{volume}\", unit: {unit}, per: {per}))")
}

fn budget(library: &Library, text: &str) -> (LineBudget<NodeId>, BTreeMap<String, String>) {
    let line = line(text);
    let (budget, trace) = traced(library, &line, line.from);
    let wrong = complaints(&budget, &trace);
    assert!(wrong.is_empty(), "{text}\n{}", wrong.join("\n"));
    let seen = observe(library, &line, &budget, &trace);
    (budget, seen)
}

fn expect(seen: &BTreeMap<String, String>, wanted: &[(&str, &str)]) {
    for (key, value) in wanted {
        assert_eq!(
            seen.get(*key).map(String::as_str),
            Some(*value),
            "{key}: {seen:#?}"
        );
    }
}

/// The one problem of a line: its field, and that its message holds a text.
fn told(budget: &LineBudget<NodeId>, severity: Severity, field: &str, message: &str) {
    let fits = |problem: &&Problem| {
        problem.severity == severity && problem.field == field && problem.message.contains(message)
    };
    let found = budget.problems.iter().find(fits);
    let found = found.unwrap_or_else(|| panic!("{field}, {message}: {:#?}", budget.problems));
    assert!(!found.hint.is_empty());
}

const MIDDEN: &str = r#""hulp", choices: {"severity": (value: "midden")}"#;
const IN_KIND: &str = r#"delivery: InKind(provider: "")"#;

/// 40 hours in total: 40 × 27,50 = 1.100,00 at the first tariff and 40 × 28,10 = 1.124,00 at the second.
/// 181/365 of the first is 545,479…, 184/365 of the second 566,619…; together 1.112,098….
#[test]
fn each_segment_shows_its_own_part_of_what_is_in_total() {
    let text = of(MIDDEN, &hours(&[("40", "Hour", "Total")]), IN_KIND);
    let (budget, seen) = budget(&proef_library(), &text);
    assert_eq!(budget.problems, []);
    expect(
        &seen,
        &[
            ("bedrag 1", "545.48 in totaal"),
            ("bedrag 2", "566.62 in totaal"),
            ("zorgverlener 1.1.1", "545.48"),
            ("omvang 1.1.1", "1448/73"),
            ("termijn", "1112.10"),
        ],
    );
}

/// 400 hours in total would be 5.454,79 and 5.666,19; 385,00 per 4 weeks is 2.488,75 over 181 days and 2.530,00
/// over 184.
#[test]
fn a_ceiling_per_period_cuts_what_is_in_total_where_it_is_shown() {
    let text = of(MIDDEN, &hours(&[("400", "Hour", "Total")]), IN_KIND);
    let (_, seen) = budget(&proef_library(), &text);
    expect(
        &seen,
        &[
            ("bedrag 1", "2488.75 in totaal"),
            ("bedrag 2", "2530.00 in totaal"),
            ("zorgverlener 1.1.1", "2488.75"),
            ("termijn", "5018.75"),
        ],
    );
    assert!(seen.contains_key("boven plafond 1.1"));
}

/// 12 hours per 4 weeks × 27,50 = 330,00, over 181 days 2.133,2142…: 355,5357… is left under the ceiling for the
/// 2.727,40 of 200 hours in total.
#[test]
fn what_is_in_total_gets_the_room_that_what_comes_back_leaves_under_the_ceiling() {
    let extents = [("3", "Hour", "Week"), ("200", "Hour", "Total")];
    let (_, seen) = budget(&proef_library(), &of(MIDDEN, &hours(&extents), IN_KIND));
    expect(
        &seen,
        &[
            ("bedrag 1", "330.00 per 4 weken"),
            ("ineens 1", "355.54"),
            ("ineens 1.1", "355.54"),
            ("totaal 1", "2488.75"),
        ],
    );
}

/// 5 × 10,75 = 53,75 a week is 2.795,00 a year, over a ceiling of 1.000,00. The catalogue does not say what that is a
/// week, so no amount a week is shown; 1 hour stays below it.
#[test]
fn an_amount_that_a_ceiling_of_another_period_cuts_is_not_shown_as_if_it_did_not() {
    let library = patched(
        "(product: \"punten\", per: Year, values: [",
        "(product: \"weekhulp\", per: Year, values: [(amount: Euro(\"1000.00\"), source: \"blad\", status: Established)]),
        (product: \"punten\", per: Year, values: [",
    );
    let pgb = r#"delivery: Pgb(providers: [(kind: "informeel")])"#;
    let of_hours = |volume| of(r#""weekhulp""#, &hours(&[(volume, "Hour", "Week")]), pgb);
    let (_, seen) = budget(&library, &of_hours("5"));
    let words = "niet bekend: het plafond per jaar telt, en de catalogus zegt niet hoe dat een bedrag per week wordt";
    expect(
        &seen,
        &[
            ("bedrag 1", &format!("{words} per week")),
            ("zorgverlener 1.1.1", words),
        ],
    );
    expect(&seen, &[("termijn", "1000.00"), ("per week 1", "geen")]);
    let (_, seen) = budget(&library, &of_hours("1"));
    expect(&seen, &[("bedrag 1", "10.75 per week")]);
}

#[test]
fn shares_are_held_against_what_was_granted_of_their_own_kind() {
    let granted = hours(&[("5", "Hour", "Week"), ("10", "Hour", "Total")]);
    let of_two = |a: &[String], b: &[String], dates: (&str, &str)| {
        let delivery = format!(
            r#"delivery: Pgb(providers: [(kind: "informeel", share: [{}]{}), (kind: "zzp", share: [{}]{})])"#,
            a.join(", "),
            dates.0,
            b.join(", "),
            dates.1
        );
        budget(&proef_library(), &of(r#""weekhulp""#, &granted, &delivery)).0
    };
    let week = |volume| share(volume, "Hour", "Week");
    let total = |volume| share(volume, "Hour", "Total");
    let fine = of_two(&[week("3"), total("6")], &[week("2"), total("4")], ("", ""));
    assert_eq!(fine.problems, []);
    let much = of_two(&[week("3"), total("8")], &[week("2"), total("4")], ("", ""));
    told(
        &much,
        Severity::Error,
        "delivery",
        "samen 12 van de 10 uur in totaal",
    );
    // One after the other is as much.
    let halves = (", to: \"2018-06-30\"", ", from: \"2018-07-01\"");
    let later = of_two(&[week("5"), total("8")], &[week("5"), total("4")], halves);
    told(
        &later,
        Severity::Error,
        "delivery",
        "samen 12 van de 10 uur in totaal",
    );
    let little = of_two(&[week("3"), total("6")], &[week("2")], ("", ""));
    told(
        &little,
        Severity::Warning,
        "delivery",
        "samen 6 van de 10 uur in totaal",
    );
    let more = of_two(&[week("3"), total("11")], &[week("2")], ("", ""));
    told(
        &more,
        Severity::Error,
        "delivery.providers[0].share",
        "meer dan is toegekend",
    );
}

#[test]
fn a_share_in_total_of_what_only_comes_back_is_told_at_its_field() {
    let delivery = format!(
        r#"delivery: Pgb(providers: [(kind: "informeel", share: [{}])])"#,
        share("2", "Hour", "Total")
    );
    let text = of(r#""weekhulp""#, &hours(&[("5", "Hour", "Week")]), &delivery);
    let (budget, _) = budget(&proef_library(), &text);
    told(
        &budget,
        Severity::Error,
        "delivery.providers[0].share",
        "niet ermee te vergelijken",
    );
}

/// A share in total is for the days of that provider: 10 × 10,75 = 107,50, all of it in the second half of the year.
#[test]
fn a_share_in_total_is_spread_over_the_days_of_its_provider() {
    let delivery = format!(
        r#"delivery: Pgb(providers: [(kind: "informeel", share: [{}], to: "2018-06-30"), (kind: "informeel", share: [{}], from: "2018-07-01")])"#,
        share("30", "Hour", "Total"),
        share("10", "Hour", "Total")
    );
    let text = of(
        r#""weekhulp""#,
        &hours(&[("40", "Hour", "Total")]),
        &delivery,
    );
    let (budget, seen) = budget(&proef_library(), &text);
    assert_eq!(budget.problems, []);
    expect(&seen, &[("totaal 1", "322.50"), ("totaal 2", "107.50")]);
}

#[test]
fn a_fixed_amount_is_shared_only_where_both_kinds_are_shared_alike() {
    let delivery = |shares: &[String]| {
        format!(
            r#"delivery: Pgb(providers: [(kind: "informeel", share: [{}])])"#,
            shares.join(", ")
        )
    };
    let granted = hours(&[("4", "Hour", "Week"), ("10", "Hour", "Total")]);
    let product = r#""maandhulp", choices: {"severity": (value: "midden")}"#;
    // Under the rule of the heaviest kind nobody's share matters.
    let library = patched("Heaviest", "PerPart");
    let both = [share("2", "Hour", "Week"), share("5", "Hour", "Total")];
    let (half, seen) = budget(&library, &of(product, &granted, &delivery(&both)));
    assert!(
        half.problems
            .iter()
            .all(|p| p.severity == Severity::Warning)
    );
    expect(&seen, &[("bedrag 1", "75.25 per maand")]);
    let other = [share("2", "Hour", "Week"), share("4", "Hour", "Total")];
    let (uneven, _) = budget(&library, &of(product, &granted, &delivery(&other)));
    told(
        &uneven,
        Severity::Error,
        "delivery.providers[0].share",
        "niet te verdelen",
    );
    let (one, _) = budget(&library, &of(product, &granted, &delivery(&both[..1])));
    told(
        &one,
        Severity::Error,
        "delivery.providers[0].share",
        "niet te verdelen",
    );
}

/// Above 4 hours begeleiding is on offer; with an offer as ceiling 24 hours × 45,00 = 1.080,00 is the most.
#[test]
fn an_offer_per_hour_is_a_ceiling_and_one_that_does_not_compare_is_told() {
    let library = patched("(amount: NoMaximum", "(amount: Offer");
    let product = r#""begeleiding", choices: {"kind": (value: "basis")}"#;
    let line = |hours: &str, offer: &str| {
        let rest = format!(
            r#"delivery: Pgb(providers: [(kind: "instelling")]), offer: Some((amount: "45.00", per: {offer}, source: "offerte"))"#
        );
        budget(&library, &of(product, hours, &rest))
    };
    let six = hours(&[("6", "Hour", "Week")]);
    let (per_hour, seen) = line(&six, "Hour");
    assert_eq!(per_hour.problems, []);
    assert!(per_hour.offer_used);
    expect(
        &seen,
        &[
            ("bedrag 1", "1080.00 per 4 weken"),
            ("plafond 1.1", "1080 per 4 weken"),
        ],
    );
    let (piece, _) = line(&six, "Piece");
    told(
        &piece,
        Severity::Error,
        "offer",
        "niet te vergelijken met wat is toegekend",
    );
    let (period, seen) = line(&six, "FourWeeks");
    assert!(period.offer_used);
    expect(&seen, &[("bedrag 1", "45.00 per 4 weken")]);
    // 6 hours a week and 10 once: 24 × 45,00 a period and 450,00 once.
    let (_, seen) = line(
        &hours(&[("6", "Hour", "Week"), ("10", "Hour", "Total")]),
        "Hour",
    );
    expect(
        &seen,
        &[("bedrag 1", "1080.00 per 4 weken"), ("ineens 1", "450.00")],
    );
}

#[test]
fn an_offer_that_counts_nowhere_is_a_warning() {
    let rest =
        format!(r#"{IN_KIND}, offer: Some((amount: "45.00", per: Hour, source: "offerte"))"#);
    let text = of(MIDDEN, &hours(&[("2", "Hour", "Week")]), &rest);
    let (budget, _) = budget(&proef_library(), &text);
    assert!(!budget.offer_used);
    told(&budget, Severity::Warning, "offer", "telt nergens mee");
}

#[test]
fn what_became_of_an_agreed_rate_is_recorded_and_one_that_does_not_compare_is_told() {
    let agreed = |library: &Library, product: &str, amount: &str, per: &str| {
        let rest = format!(
            r#"delivery: Pgb(providers: [(kind: "informeel", agreed: (amount: "{amount}", per: {per}))])"#
        );
        budget(
            library,
            &of(product, &hours(&[("2", "Hour", "Week")]), &rest),
        )
    };
    let proef = proef_library();
    let week = r#""weekhulp""#;
    expect(
        &agreed(&proef, week, "10.00", "Hour").1,
        &[("afspraak 1.1.1", "Lower")],
    );
    expect(
        &agreed(&proef, week, "10.75", "Hour").1,
        &[("afspraak 1.1.1", "NotLower")],
    );
    let unused = patched(
        "real_cost_if_lower: (value: true",
        "real_cost_if_lower: (value: false",
    );
    expect(
        &agreed(&unused, week, "10.00", "Hour").1,
        &[("afspraak 1.1.1", "NotUsed")],
    );
    let fixed = r#""maandhulp", choices: {"severity": (value: "midden")}"#;
    let (piece, _) = agreed(&proef, fixed, "10.00", "Piece");
    told(
        &piece,
        Severity::Error,
        "delivery.providers[0].agreed",
        "niet te vergelijken",
    );
}

#[test]
fn a_provider_who_is_never_at_work_on_the_line_is_told_at_the_date() {
    for (dates, field) in [
        (r#"from: "2019-01-01""#, "from"),
        (r#"to: "2017-12-31""#, "to"),
        (r#"from: "2018-05-01", to: "2018-04-30""#, "to"),
    ] {
        let delivery =
            format!(r#"delivery: Pgb(providers: [(kind: "informeel"), (kind: "zzp", {dates})])"#);
        let text = of(r#""weekhulp""#, &hours(&[("5", "Hour", "Week")]), &delivery);
        let (budget, _) = budget(&proef_library(), &text);
        let field = format!("delivery.providers[1].{field}");
        told(&budget, Severity::Error, &field, "deze zorgverlener");
    }
}

const HOME: &str = r#""thuis", choices: {"severity": (value: "midden")}"#;

fn two_parts() -> String {
    format!(
        r#"(part: "huis", hours: {}), (part: "steun", hours: {})"#,
        typed(&[("120", "Minute", "Week")]),
        typed(&[("60", "Minute", "Week")])
    )
}

/// 8 hours × 55% of 27,50 = 15,13 is 121,04 by the neighbour; 4 hours × 50,00 by the institution.
#[test]
fn the_parts_of_a_product_can_be_done_by_different_providers() {
    let of_part = |part: &str, volume: &str| {
        format!(r#"(part: "{part}", extent: (volume: "{volume}", unit: Minute, per: Week))"#)
    };
    let split = format!(
        r#"delivery: Pgb(providers: [(kind: "informeel", share: [{}]), (kind: "instelling", share: [{}])])"#,
        of_part("huis", "120"),
        of_part("steun", "60")
    );
    let (both, seen) = budget(&proef_library(), &of(HOME, &two_parts(), &split));
    assert_eq!(both.problems, []);
    expect(
        &seen,
        &[
            ("deel 1.1", "121.04"),
            ("deel 1.2", "200.00"),
            ("soort 1.1.1", "informeel"),
            ("soort 1.2.1", "instelling"),
            ("bedrag 1", "321.04 per 4 weken"),
        ],
    );
    let one = format!(
        r#"delivery: Pgb(providers: [(kind: "informeel", share: [{}])])"#,
        of_part("huis", "120")
    );
    let (half, seen) = budget(&proef_library(), &of(HOME, &two_parts(), &one));
    told(
        &half,
        Severity::Warning,
        "delivery",
        "samen 0 van de 60 minuten per week",
    );
    expect(
        &seen,
        &[("bedrag 1", "121.04 per 4 weken"), ("deel 1.2", "geen")],
    );
}

#[test]
fn hours_and_shares_of_unknown_or_double_parts_are_told_at_their_field() {
    let more = |part: &str| {
        format!(
            "{}, (part: \"{part}\", hours: {})",
            two_parts(),
            typed(&[("30", "Minute", "Week")])
        )
    };
    let (unknown, _) = budget(&proef_library(), &of(HOME, &more("tuin"), IN_KIND));
    told(
        &unknown,
        Severity::Error,
        "hours[2]",
        "«tuin» is geen onderdeel",
    );
    let (twice, _) = budget(&proef_library(), &of(HOME, &more("huis"), IN_KIND));
    told(&twice, Severity::Error, "hours[2]", "twee keer");
    let delivery = r#"delivery: Pgb(providers: [(kind: "informeel", share: [(part: "tuin", extent: (volume: "5", unit: Hour, per: Week)), (extent: (volume: "5", unit: Hour, per: Week))])])"#;
    let text = of(r#""weekhulp""#, &hours(&[("5", "Hour", "Week")]), delivery);
    let (share, _) = budget(&proef_library(), &text);
    told(
        &share,
        Severity::Error,
        "delivery.providers[0].share[0]",
        "«tuin» is geen onderdeel",
    );
}

#[test]
fn only_a_pgb_has_a_period_to_spend_it_in() {
    let extent = hours(&[("2", "Hour", "Week")]);
    let pgb = r#"delivery: Pgb(providers: [(kind: "informeel")])"#;
    let (_, seen) = budget(&proef_library(), &of(MIDDEN, &extent, pgb));
    expect(&seen, &[("budgetperiode", "CalendarYear")]);
    let (_, seen) = budget(&proef_library(), &of(MIDDEN, &extent, IN_KIND));
    expect(&seen, &[("budgetperiode", "geen")]);
}

#[test]
fn a_line_of_which_nothing_came_has_the_status_of_what_it_touched() {
    let library = unconfirmed(|text| {
        text.replace(
            r#"(amount: Euro("14.30"), source: "blad", status: Established)"#,
            r#"(amount: Euro("14.30"), source: "ons", status: Example)"#,
        )
    });
    let delivery =
        r#"delivery: Pgb(providers: [(kind: "zzp", agreed: (amount: "1.00", per: Piece))])"#;
    let text = of(r#""weekhulp""#, &hours(&[("5", "Hour", "Week")]), delivery);
    let (failed, _) = budget(&library, &text);
    assert!(!failed.is_calculated());
    assert_eq!(failed.status, Status::Example);
}

#[test]
fn days_without_a_provider_have_no_amount_and_not_one_of_zero() {
    let delivery = r#"delivery: Pgb(providers: [(kind: "informeel", to: "2018-06-30")])"#;
    let text = of(r#""weekhulp""#, &hours(&[("5", "Hour", "Week")]), delivery);
    let (gap, seen) = budget(&proef_library(), &text);
    told(
        &gap,
        Severity::Error,
        "delivery",
        "vanaf 1 juli 2018 is er geen zorgverlener",
    );
    let words = "niet bekend: op deze dagen is er geen zorgverlener";
    expect(&seen, &[("totaal 2", words), ("termijn", words)]);
}

/// Two providers of 100 and 110 minutes a week are under the ceiling until July and above it after. Whatever the first
/// day, the total is the rounded sum of the exact parts. With the tariffs the other way round the ceiling cuts first;
/// then each provider is rounded again, and the two are less than a cent off.
#[test]
fn no_cent_is_lost_where_a_ceiling_starts_or_stops_to_cut() {
    let delivery = format!(
        r#"delivery: Pgb(providers: [(kind: "instelling", share: [{}]), (kind: "instelling", share: [{}])])"#,
        share("100", "Minute", "Week"),
        share("110", "Minute", "Week")
    );
    let lower = patched("Euro(\"27.50\")", "Euro(\"29.50\")");
    for month in 1..=6 {
        for day in 1..=28 {
            let text = of(MIDDEN, &hours(&[("210", "Minute", "Week")]), &delivery)
                .replace("2018-01-01", &format!("2018-{month:02}-{day:02}"));
            let (starts, _) = budget(&proef_library(), &text);
            let term = starts.term.expect("it has an end");
            let rounded = Rounding::CENT.apply(term.exact).expect("it fits");
            let shown = term.money.euro().expect("it is known").exact();
            assert_eq!(shown, rounded, "vanaf {day}-{month}");
            let text = text
                .replace("\"110\"", "\"104\"")
                .replace("\"210\"", "\"204\"");
            let (stops, _) = budget(&lower, &text);
            let term = stops.term.expect("it has an end");
            let shown = term.money.euro().expect("it is known").exact();
            let off = shown.sub(term.exact).expect("it fits");
            let cent = Exact::ratio(1, 100);
            assert!(
                off <= cent && off.negated().expect("it fits") <= cent,
                "vanaf {day}-{month}: {off}"
            );
        }
    }
}

/// 20 minutes a week is 3,5833…: 52 whole weeks of 3,58, and one day of 0,51.
#[test]
fn totals_rounded_period_by_period_count_whole_periods_at_once() {
    let library = without_end();
    let extent = hours(&[("20", "Minute", "Week")]);
    let pgb = r#"delivery: Pgb(providers: [(kind: "informeel")])"#;
    let line_text = of(r#""weekhulp""#, &extent, pgb);
    let (_, seen) = budget(&library, &line_text);
    expect(&seen, &[("termijn", "186.67")]);
    let long = line(&line_text.replace("2018-12-31", "9999-12-31"));
    let (budget, trace) = traced(&library, &long, long.from);
    assert_eq!(budget.years.len(), 7982);
    assert!(trace.nodes().count() < 250_000, "{}", trace.nodes().count());
}

/// The test catalogue without an end, its totals rounded period by period.
fn without_end() -> Arc<Library> {
    let text = text_of("proef.ron")
        .replace("to: \"2019-12-31\",", "")
        .replace(
            "total_rounding: (value: AtEnd",
            "total_rounding: (value: PerPeriod",
        );
    let files = [
        ("proefgemeente.ron".to_owned(), text_of("proefgemeente.ron")),
        ("proef.ron".to_owned(), text),
    ];
    library(&files).expect("the changed catalogue is sound")
}

#[test]
fn extent_and_choices_have_a_status_of_their_own_and_the_period_to_spend_in_counts_for_a_pgb() {
    let pgb = r#"delivery: Pgb(providers: [(kind: "informeel")])"#;
    let statuses = |library: &Library, product: &str, delivery: &str| {
        let text = of(product, &hours(&[("3", "Hour", "Week")]), delivery);
        let (budget, _) = budget(library, &text);
        (budget.granted_status, budget.status)
    };
    let (sure, example) = (Status::Established, Status::Example);
    let guidance = r#""begeleiding", choices: {"kind": (value: "basis")}"#;
    let as_it_is = unconfirmed(|text| text);
    assert_eq!(statuses(&as_it_is, r#""weekhulp""#, pgb), (sure, example));
    assert_eq!(statuses(&as_it_is, guidance, IN_KIND), (sure, example));
    let edges = unconfirmed(|text| {
        let (before, after) = text.split_once("scales: [").expect("it has scales");
        let after = after.replacen("status: Established", "status: Example", 1);
        format!("{before}scales: [{after}")
    });
    assert_eq!(statuses(&edges, guidance, IN_KIND), (example, example));
    let period = unconfirmed(|text| {
        let text = text.replace("status: Example", "status: Established");
        let value = "budget_period: (value: CalendarYear, source: \"ons\", status: ";
        text.replace(&format!("{value}Established"), &format!("{value}Example"))
    });
    assert_eq!(statuses(&period, r#""weekhulp""#, pgb), (sure, example));
    assert_eq!(statuses(&period, guidance, IN_KIND), (sure, sure));
}
