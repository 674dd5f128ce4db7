//! Lines on the shipped catalogues that invite a wrong amount: each gives the right one, or a problem at its field.

use crate::cases::line;
use maatwerk::budget::{Inputs, Library, LineBudget, evaluate};
use maatwerk::document::Severity;
use maatwerk::quantity::Euro;
use maatwerk::trace::Silent;
use std::sync::LazyLock;

const LEIDEN: &str = "0546";
const OEGSTGEEST: &str = "0579";

static SHIPPED: LazyLock<Library> =
    LazyLock::new(|| Library::shipped().expect("the shipped data are sound"));

fn budget(municipality: &str, text: &str) -> LineBudget<()> {
    let line = line(&format!("({text})"));
    let inputs = Inputs {
        library: &SHIPPED,
        municipality,
        calculation_date: line.from,
        decision_date: Some(line.from),
    };
    evaluate(&inputs, &line, &mut Silent)
}

fn told(budget: &LineBudget<()>, field: &str, message: &str) {
    let found = budget.problems.iter().any(|problem| {
        problem.severity == Severity::Error
            && problem.field == field
            && problem.message.contains(message)
    });
    assert!(found, "{field}, {message}: {:#?}", budget.problems);
}

fn sound(budget: &LineBudget<()>) {
    let wrong = budget
        .problems
        .iter()
        .find(|p| p.severity == Severity::Error);
    assert!(wrong.is_none(), "{wrong:?}");
}

fn term(budget: &LineBudget<()>) -> Option<Euro> {
    budget.term.as_ref().and_then(|term| term.money.euro())
}

fn euro(text: &str) -> Option<Euro> {
    Some(Euro(text.parse().expect("an amount")))
}

fn ho(choices: &str, extent: &str, delivery: &str) -> String {
    format!(
        r#"product: "ho", choices: {{{choices}}}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([{extent}]))], delivery: {delivery}"#
    )
}

const MINUTES: &str = r#"(volume: "280", unit: Minute, per: Week)"#;
const INSTITUTION: &str = r#"Pgb(providers: [(kind: "instelling")])"#;

#[test]
fn a_severity_below_typed_hours_is_refused_without_a_reason() {
    let light = r#""severity": (value: "licht"), "intensity": (value: "standaard")"#;
    let light = budget(LEIDEN, &ho(light, MINUTES, INSTITUTION));
    told(&light, "choices.severity", "daaruit volgt «Zwaar»");
    let heavy = r#""severity": (value: "zwaar"), "intensity": (value: "standaard")"#;
    sound(&budget(LEIDEN, &ho(heavy, MINUTES, INSTITUTION)));
    let follows = r#""intensity": (value: "standaard")"#;
    sound(&budget(LEIDEN, &ho(follows, MINUTES, INSTITUTION)));
}

#[test]
fn an_intensive_variant_of_typed_hours_asks_what_makes_it_heavier() {
    let bare = r#""severity": (value: "midden"), "intensity": (value: "intensief")"#;
    let bare = budget(LEIDEN, &ho(bare, MINUTES, INSTITUTION));
    told(
        &bare,
        "choices.intensity.reason",
        "verzwarende omstandigheid",
    );
    let why = r#""severity": (value: "midden"), "intensity": (value: "intensief", reason: "stof")"#;
    let why = budget(LEIDEN, &ho(why, MINUTES, INSTITUTION));
    sound(&why);
    assert_eq!(why.granted[0].aggravation.as_deref(), Some("stof"));
    let hour = r#"(volume: "60", unit: Minute, per: Week)"#;
    let above =
        r#""severity": (value: "zwaar"), "intensity": (value: "intensief", reason: "stof")"#;
    let above = budget(LEIDEN, &ho(above, hour, INSTITUTION));
    told(&above, "choices.severity", "ten hoogste «Licht»");
}

#[test]
fn an_offer_for_all_of_it_is_no_ceiling_for_an_amount_per_period() {
    let offered = r#"product: "begeleiding", choices: {"kind": (value: "basis")}, from: "2018-03-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "10", unit: Hour, per: Week)]))], delivery: Pgb(providers: [(kind: "instelling")]),
        offer: (amount: "15000.00", per: Once, source: "Offerte 1")"#;
    told(&budget(LEIDEN, offered), "offer", "ineens");
}

/// Lid 3: nobody knows the amount until the re-indication; 179,00 × (3 + 19/31) = 646,71 from then on.
#[test]
fn a_reindication_counts_from_its_own_day() {
    let again = r#"product: "ho", choices: {"severity": (value: "midden")}, from: "2023-02-10", to: "2023-10-19",
        hours: [(hours: Typed([(volume: "150", unit: Minute, per: Week)]))], delivery: Pgb(providers: [(kind: "zzp")]),
        first_granted: "2022-06-01", reindicated: "2023-07-01""#;
    let budget = budget(OEGSTGEEST, again);
    let totals: Vec<_> = budget.segments.iter().map(|s| s.total.euro()).collect();
    assert_eq!(totals, [None, euro("646.71")]);
    assert_eq!(term(&budget), None);
}

#[test]
fn an_extent_in_total_never_gets_a_fixed_amount_every_period() {
    let band = r#"product: "begeleiding", choices: {"kind": (value: "basis"), "band": (value: "4-8")},
        from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "1", unit: Hour, per: Total)]))], delivery: InKind(provider: "")"#;
    told(&budget(LEIDEN, band), "hours", "in totaal");
}

/// 500 hours in 30 weeks are 1.000 minutes a week; 400 hours in a year are 460.
#[test]
fn hours_in_total_count_against_limits_per_week() {
    let home = r#"product: "thuisondersteuning", choices: {"severity": (value: "midden"), "intensity": (value: "standaard")},
        from: "2018-06-01", to: "2018-12-31", hours: [
            (part: "ho", hours: Typed([(volume: "150", unit: Minute, per: Week)])),
            (part: "begeleiding", hours: Typed([(volume: "100", unit: Minute, per: Week), (volume: "500", unit: Hour, per: Total)])),
        ], delivery: InKind(provider: "")"#;
    told(
        &budget(LEIDEN, home),
        "hours",
        "meer dan 120 minuten per week",
    );
    let heavy = r#""severity": (value: "zwaar"), "intensity": (value: "standaard")"#;
    let hours = r#"(volume: "400", unit: Hour, per: Total)"#;
    told(
        &budget(LEIDEN, &ho(heavy, hours, INSTITUTION)),
        "ceiling_reason",
        "360",
    );
}

#[test]
fn an_agreed_rate_or_an_offer_of_nothing_is_refused() {
    let agreed = r#"product: "begeleiding", choices: {"kind": (value: "basis")}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "4", unit: Hour, per: Week)]))],
        delivery: Pgb(providers: [(kind: "instelling", agreed: (amount: "0.00", per: Hour))])"#;
    told(
        &budget(LEIDEN, agreed),
        "delivery.providers[0].agreed",
        "meer dan nul",
    );
    let offer = r#"product: "begeleiding", choices: {"kind": (value: "basis")}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "10", unit: Hour, per: Week)]))], delivery: Pgb(providers: [(kind: "instelling")]),
        offer: (amount: "-100.00", per: FourWeeks, source: "Offerte 1")"#;
    let offer = budget(LEIDEN, offer);
    told(&offer, "offer", "meer dan nul");
    assert!(offer.segments.is_empty());
}

/// 70,00 a month is 840,00 a year, 64,62 per 4 weeks; that figure goes on: 64,62 × 365/28 = 842,37.
#[test]
fn an_agreed_amount_of_another_period_goes_on_as_it_is_rounded() {
    let monthly = r#"product: "begeleiding-waakvlam", choices: {}, from: "2018-01-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "1", unit: Hour, per: Week)]))],
        delivery: Pgb(providers: [(kind: "instelling", agreed: (amount: "70.00", per: Month))])"#;
    assert_eq!(term(&budget(LEIDEN, monthly)), euro("842.37"));
}

#[test]
fn the_amount_of_the_heaviest_kind_does_not_depend_on_shares() {
    let share = |share: &str| {
        format!(
            r#"product: "ho", choices: {{"severity": (value: "midden")}}, from: "2023-02-10", to: "2023-10-19",
            hours: [(hours: Typed([(volume: "150", unit: Minute, per: Week)]))],
            delivery: Pgb(providers: [(kind: "zzp"{share})])"#
        )
    };
    let part = share(r#", share: [(extent: (volume: "100", unit: Minute, per: Week))]"#);
    let part = budget(OEGSTGEEST, &part);
    assert_eq!(term(&part), term(&budget(OEGSTGEEST, &share(""))));
    assert!(term(&part).is_some());
    let hints = part.problems.iter().map(|problem| problem.hint.as_str());
    assert_eq!(hints.collect::<Vec<_>>(), ["Verdeel ook de rest."]);
}

/// 50 dagdelen at 36,00.
#[test]
fn the_large_figure_of_an_extent_in_total_is_all_of_it_or_unknown_without_an_end() {
    let days = |to: &str| {
        format!(
            r#"product: "dagbesteding", choices: {{}}, from: "2017-10-01"{to},
            hours: [(hours: Typed([(volume: "50", unit: Dagdeel, per: Total)]))], delivery: InKind(provider: "")"#
        )
    };
    let ended = budget(LEIDEN, &days(r#", to: "2018-02-14""#));
    let large = ended.main_amount().and_then(|(money, _)| money.euro());
    assert_eq!(large, euro("1800.00"));
    let endless = budget(LEIDEN, &days(""));
    let (money, _) = endless.main_amount().expect("there is a figure to show");
    let reason = money.reason().map(AsRef::as_ref);
    assert_eq!(reason, Some("een omvang in totaal vraagt een einddatum"));
}

#[test]
fn more_etmalen_in_total_than_there_are_days_are_refused() {
    let stay = r#"product: "beschermd-wonen", choices: {}, from: "2018-01-01", to: "2018-01-31",
        hours: [(hours: Typed([(volume: "60", unit: Etmaal, per: Total)]))], delivery: InKind(provider: "")"#;
    told(
        &budget(LEIDEN, stay),
        "hours[0].hours[0].volume",
        "past niet in die tijd",
    );
}

#[test]
fn a_product_that_begins_later_says_from_when() {
    let early = r#"product: "ho", choices: {}, from: "2017-06-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "60", unit: Minute, per: Week)]))], delivery: InKind(provider: "")"#;
    let early = budget(LEIDEN, early);
    told(&early, "product", "bestaat niet op 1 juni 2017");
    assert_eq!(
        early.problems[0].hint,
        "Laat de regel beginnen op of na 1 januari 2018."
    );
    let slip = early_of("huishouden");
    assert!(
        slip.problems[0].hint.starts_with("Kies uit: ") && slip.problems[0].hint.contains("«ho»")
    );
}

fn early_of(product: &str) -> LineBudget<()> {
    budget(
        LEIDEN,
        &format!(
            r#"product: "{product}", choices: {{}}, from: "2018-06-01", to: "2018-12-31",
            hours: [(hours: Typed([(volume: "60", unit: Minute, per: Week)]))], delivery: InKind(provider: "")"#
        ),
    )
}
