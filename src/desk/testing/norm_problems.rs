//! What is wrong with hours of a norm set, each kind: F8 brings the keyboard to it, and the message stands there.

use egui::Key;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::keyboard::focused;
use super::program::{Start, fixture, press, start};

const CLEAN: &str = r#"part: "schoon-huis", start: Base("volledige-overname")"#;
const FACTOR: &str = r#"factor: "huishouden", reason: "uw zoon woont thuis""#;
const LESS: &str = r#"ground: CustomaryHelp, minutes: (minutes: 5, per: Week), reason: "uw zoon""#;

/// Opens a dossier whose hours are built of `parts`, and goes with F8 to the problem that says `words`.
fn comes_to(parts: &str, words: &str) {
    works(
        &format!(r#"set: (id: "kpmg-hhm-hbel-2021", version: "1"), per: Week, parts: [{parts}]"#),
        words,
    );
}

fn works(work: &str, words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dossier.ron");
    let text = std::fs::read_to_string(fixture("brief-zin.ron")).unwrap();
    let (before, rest) = text.split_once("hours: [(hours: Norm((").unwrap();
    let (_, after) = rest.split_once(")))],").unwrap();
    let text = format!("{before}hours: [(hours: Norm(({work})))],{after}");
    std::fs::write(&file, text).unwrap();
    let harness = &mut start(Start {
        file: Some(file),
        ..Start::default()
    });
    let problems = &harness.state().document().unwrap().view().problems;
    let mut told = problems.iter();
    let Some(place) = told.position(|problem| problem.text.contains(words)) else {
        let texts: Vec<_> = problems.iter().map(|problem| &problem.text).collect();
        panic!("{words} is not told: {texts:?}");
    };
    for _ in 0..=place {
        press(harness, Key::F8);
    }
    let at = focused(harness);
    assert!(at.is_some(), "{words}: nothing has the keyboard");
    let mut nodes = harness.root().children_recursive();
    let stop = nodes.find(|node| node.accesskit_node().is_focused());
    let stop = stop.unwrap().rect();
    let beside = harness.query_all_by_label_contains(words).any(|message| {
        let message = message.rect();
        let apart = (message.center().y - stop.center().y).abs();
        apart < 260.0 && message.x_range().intersects(stop.x_range())
    });
    assert!(beside, "{words}: it does not stand at {at:?}");
}

#[test]
fn f8_comes_to_every_kind_of_problem_of_a_norm_and_its_message_stands_there() {
    comes_to("", "nog geen onderdeel gekozen");
    comes_to(
        r#"(part: "niets", start: Base("x"))"#,
        "heeft geen onderdeel",
    );
    comes_to(&format!("({CLEAN}), ({CLEAN})"), "staat er twee keer");
    comes_to(
        r#"(part: "schoon-huis", start: Base("niets"))"#,
        "heeft geen basis",
    );
    let own = |part: &str, minutes: i64, reason: &str| {
        format!(
            r#"(part: "{part}", start: Own(minutes: (minutes: {minutes}, per: Week), reason: "{reason}"))"#
        )
    };
    comes_to(&own("was", -5, "x"), "-5 minuten per week kan niet");
    comes_to(&own("was", 5, ""), "reden van de eigen minuten");
    comes_to(&own("was", 0, "x"), "blijft geen tijd over");
    let all = [own("was", 10_080, "x"), own("regie", 10_080, "x")].join(",");
    comes_to(&all, "meer minuten dan er");
    let factors = |factors: &str| format!("({CLEAN}, factors: [{factors}])");
    for (factor, words) in [
        (r#"(factor: "niets", reason: "x")"#.to_owned(), "heeft geen factor"),
        (format!("({FACTOR}), ({FACTOR})"), "staat er twee keer"),
        (
            r#"(factor: "beperkingen-enig", reason: "x"), (factor: "beperkingen-veel", reason: "x")"#
                .to_owned(),
            "sluiten elkaar uit",
        ),
        (format!("({FACTOR}, count: 2)"), "aantal 2"),
        (
            r#"(factor: "kamer-in-gebruik", count: 0, reason: "x")"#.to_owned(),
            "aantal 0",
        ),
        (
            r#"(factor: "vaker-bezoek", own: (minutes: 5, per: Week), reason: "x")"#.to_owned(),
            "telt alleen bezoeken",
        ),
        (
            r#"(factor: "extra-vervuiling", reason: "x")"#.to_owned(),
            "geen waarde bekend",
        ),
        (
            format!("({FACTOR}, own: (minutes: 99999, per: Week))"),
            "99999 minuten per week kan niet",
        ),
        (
            r#"(factor: "huishouden", reason: "")"#.to_owned(),
            "ontbreekt",
        ),
    ] {
        comes_to(&factors(&factor), words);
    }
    let less = |reduction: &str| format!("({CLEAN}, reductions: [({reduction})])");
    comes_to(
        &less(&LESS.replace('5', "0")),
        "0 minuten per week kan niet",
    );
    comes_to(&less(&LESS.replace("uw zoon", "")), "ontbreekt");
    comes_to(&less(&LESS.replace('5', "500")), "komt onder nul");
    comes_to(&format!("({CLEAN})"), "een standaarduitkomst");
    works(
        &format!(r#"set: (id: "kpmg-hhm-hbel-2021", version: "1"), per: Day, parts: [({CLEAN})]"#),
        "per dag kan hier niet",
    );
    works(
        &format!(r#"set: (id: "niets", version: "1"), per: Week, parts: [({CLEAN})]"#),
        "Normenkader niets",
    );
}
