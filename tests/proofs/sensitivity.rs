//! Each input of a case, changed, moves the result; what a case does not touch does not.

use crate::cases::{CODE, files, fresh_library, inputs, line, observe, text_of, traced};
use jiff::civil::{Date, date};
use maatwerk::budget::{Inputs, Library, LineBudget, evaluate};
use maatwerk::indication::Line;
use maatwerk::trace::{NodeId, Recorder, Silent, Trace};
use std::collections::BTreeMap;

fn library_of(text: String) -> Library {
    let files = [
        ("proefgemeente.ron".into(), text_of("proefgemeente.ron")),
        ("proef.ron".into(), text),
    ];
    fresh_library(&files).unwrap()
}

fn run(library: &Library, line: &Line) -> (LineBudget<NodeId>, Trace) {
    traced(library, line, date(2018, 1, 1))
}

/// Each input of a case moves what comes out, alone.
#[test]
fn each_input_of_a_line_changed_moves_the_result() {
    let library = library_of(text_of("proef.ron").replace(
        "(from: \"2018-07-01\", amount: Euro(\"28.10\"),",
        "(from: \"2018-07-01\", amount: Euro(\"28.10\"), transition: (decided_before: \"2018-07-01\", keeps: Previous),",
    ).replace(
        "(amount: Euro(\"385.00\"), source: \"blad\", status: Established),
        ]),",
        "(amount: Euro(\"385.00\"), source: \"blad\", status: Established),
        ], lifted_above: (volume: \"240\", unit: Minute, per: Week, source: \"blad\", status: Established)),",
    ));
    let full = r#"(product: "hulp", choices: {"severity": (value: "licht")}, from: "2018-01-10", to: "2018-12-20",
        hours: [(hours: Typed([(volume: "150", unit: Minute, per: Week)]))],
        delivery: Pgb(providers: [
            (kind: "informeel", share: [(extent: (volume: "60", unit: Minute, per: Week))], agreed: (amount: "14.00", per: Hour), to: "2018-11-30"),
            (kind: "zzp", share: [(extent: (volume: "90", unit: Minute, per: Week))], from: "2018-02-01"),
        ]), first_granted: "2017-03-01", reindicated: "2018-03-01")"#;
    let small = r#"(product: "begeleiding", choices: {"kind": (value: "basis")}, from: "2018-01-10",
        hours: [(hours: Typed([(volume: "6", unit: Hour, per: Week)]))], delivery: InKind(provider: ""),
        offer: (amount: "900.00", per: FourWeeks, source: "offerte"))"#;
    let band = r#"(product: "begeleiding", choices: {"kind": (value: "basis"), "band": (value: "klein")}, from: "2018-01-10", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "3", unit: Hour, per: Week)]))], delivery: InKind(provider: ""))"#;
    let once_decided = full.replace(", reindicated: \"2018-03-01\"", "");
    let much = r#"(product: "hulp", choices: {"severity": (value: "midden")}, from: "2018-01-10", to: "2018-12-20",
        hours: [(hours: Typed([(volume: "280", unit: Minute, per: Week)]))], delivery: InKind(provider: ""))"#;
    let mut still = Vec::new();
    for (base, find, replace) in [
        (full, "\"hulp\"", "\"weekhulp\""),
        (full, "\"licht\"", "\"midden\""),
        (full, "2018-01-10", "2018-01-11"),
        (full, "2018-12-20", "2018-12-21"),
        (full, "\"150\"", "\"151\""),
        (
            full,
            "unit: Minute, per: Week)]))]",
            "unit: Hour, per: Week)]))]",
        ),
        (
            full,
            "unit: Minute, per: Week)]))]",
            "unit: Minute, per: TwoWeeks)]))]",
        ),
        (full, "kind: \"zzp\"", "kind: \"instelling\""),
        (full, "\"60\"", "\"59\""),
        (full, "\"90\", unit: Minute", "\"1\", unit: Hour"),
        (
            full,
            "\"90\", unit: Minute, per: Week",
            "\"90\", unit: Minute, per: TwoWeeks",
        ),
        (full, "\"14.00\"", "\"14.01\""),
        (full, "per: Hour", "per: Minute"),
        (full, "2018-11-30", "2018-11-29"),
        (full, "2018-02-01", "2018-02-02"),
        (
            full,
            ", reindicated: \"2018-03-01\"",
            ", reindicated: \"2018-08-01\"",
        ),
        (
            full,
            ", reindicated: \"2018-03-01\"",
            ", reindicated: \"2018-07-01\"",
        ),
        (
            full,
            "Pgb(providers: [",
            "Pgb(providers: [(kind: \"instelling\", share: [(extent: (volume: \"1\", unit: Minute, per: Week))]),",
        ),
        (&once_decided, "\"2017-03-01\"", "\"2018-08-01\""),
        (
            much,
            "delivery:",
            "ceiling_reason: \"elke dag hulp\", delivery:",
        ),
        (small, "source: \"offerte\"", "source: \" \""),
        (small, "\"900.00\"", "\"901.00\""),
        (small, "per: FourWeeks, source", "per: Month, source"),
        (
            small,
            "InKind(provider: \"\")",
            "Pgb(providers: [(kind: \"instelling\")])",
        ),
        (
            small,
            "from: \"2018-01-10\",",
            "from: \"2018-01-10\", to: \"2018-12-31\",",
        ),
        (small, "\"basis\"", "\"speciaal\", reason: \"\""),
        (
            band,
            "value: \"klein\"",
            "value: \"klein\", reason: \"de uren zijn tijdelijk\"",
        ),
        (band, "\"klein\"", "\"middel\""),
    ] {
        assert_eq!(base.matches(find).count(), 1, "{find}");
        let [before, after] = [base.to_owned(), base.replace(find, replace)].map(|text| {
            let line = line(&text);
            let (budget, trace) = run(&library, &line);
            let mut seen = observe(&library, &line, &budget, &trace);
            seen.retain(|key, _| {
                [
                    "bedrag",
                    "totaal",
                    "jaar",
                    "termijn",
                    "problemen",
                    "keuzes",
                    "zonder",
                ]
                .iter()
                .any(|start| key.starts_with(start))
            });
            seen
        });
        if before == after {
            still.push(format!("{find} → {replace}"));
        }
    }
    assert!(still.is_empty(), "{still:#?}");
}

/// The day of calculation, the day of decision and the municipality are inputs too.
#[test]
fn the_days_of_an_evaluation_and_its_municipality_move_the_result() {
    let case = crate::cases::points()
        .into_iter()
        .flat_map(|point| point.cases)
        .find(|case| case.name == "lopende besluiten houden het oude tarief tot herindicatie")
        .unwrap();
    let library = crate::cases::library(&files(&case, true)).unwrap();
    let mut line = case.line.clone();
    line.first_granted = None;
    let result = |line: &Line,
                  today: Date,
                  decided: Option<Date>,
                  municipality: &str|
     -> BTreeMap<String, String> {
        let inputs = Inputs {
            library: &library,
            municipality,
            calculation_date: today,
            decision_date: decided,
        };
        let mut recorder = Recorder::default();
        let budget = evaluate(&inputs, line, &mut recorder);
        observe(&library, line, &budget, &recorder.trace)
    };
    let base = result(&line, date(2018, 6, 30), None, CODE);
    assert_ne!(base, result(&line, date(2018, 7, 1), None, CODE));
    assert_ne!(
        base,
        result(&line, date(2018, 6, 30), Some(date(2018, 7, 1)), CODE)
    );
    assert_eq!(
        base,
        result(&line, date(2018, 7, 1), Some(date(2018, 6, 30)), CODE)
    );
    assert_ne!(base, result(&line, date(2018, 6, 30), None, "0000"));
    line.to = None;
    let early = result(&line, date(2017, 6, 30), None, CODE);
    assert_ne!(early, result(&line, date(2018, 6, 30), None, CODE));
    let segment = |today| evaluate(&inputs(&library, today), &line, &mut Silent).large;
    assert_eq!(
        (segment(date(2018, 2, 1)), segment(date(2019, 2, 1))),
        (0, 1)
    );
}

/// A figure that is Example does not taint a line that does not touch it.
#[test]
fn an_example_that_is_not_touched_does_not_taint() {
    let text = text_of("proef.ron").replace(
        "Euro(\"14.51\"), source: \"blad\", status: Established",
        "Euro(\"14.51\"), source: \"ons\", status: Example",
    );
    let municipality = text_of("proefgemeente.ron").replace(
        "(catalogue: \"proef\", what: \"alles\"",
        "(catalogue: \"proef\", what: \"per-week\"",
    );
    let library = fresh_library(&[
        ("proefgemeente.ron".into(), municipality),
        ("proef.ron".into(), text),
    ])
    .unwrap();
    for (distance, status) in [("ver", "Established"), ("dichtbij", "Example")] {
        let line = line(&format!(
            "(product: \"vervoer\", choices: {{\"distance\": (value: \"{distance}\")}}, from: \"2018-01-10\", to: \"2018-12-20\", \
             hours: [(hours: Typed([(volume: \"2\", unit: Day, per: Week)]))], delivery: InKind(provider: \"\"))"
        ));
        let (budget, _) = run(&library, &line);
        assert_eq!(format!("{:?}", budget.status), status, "{distance}");
    }
}
