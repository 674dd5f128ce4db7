//! The figures that are printed, as text and as JSON.

use super::{EXAMPLE, dossiers, program, text_of, written};
use maatwerk::cli::Exit;
use maatwerk::document::read_text;
use maatwerk::dossier::Dossier;
use maatwerk::indication::Hours;
use maatwerk::norms::HoursWork;
use maatwerk::quantity::{Exact, Rounding};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Amounts worked out by hand from the tariffs and conventions; how stands at the head of each dossier.
const WORKED: &[(&str, &[&str])] = &[
    (
        "voorbeeld",
        &[
            "174 minuten per week",
            "€ 175,51 per 4 weken",
            "€ 190,14",
            "€ 2.281,63",
            "€ 2.287,90",
            "€ 7.821,43",
        ],
    ),
    (
        "ho-licht-standaard",
        &[
            "99 minuten per week",
            "Licht, standaard",
            "€ 181,50 per 4 weken",
            "€ 2.365,98",
        ],
    ),
    (
        "ho-licht-intensief",
        &[
            "129 minuten per week",
            "Licht, intensief",
            "€ 236,50 per 4 weken",
        ],
    ),
    (
        "ho-midden-intensief",
        &[
            "280 minuten per week",
            "Midden, intensief",
            "€ 256,67",
            "€ 179,67",
            "€ 436,34 per 4 weken",
        ],
    ),
    (
        "ho-zwaar-standaard",
        &[
            "229 minuten per week",
            "Zwaar, standaard",
            "€ 293,88 per 4 weken",
        ],
    ),
    (
        "ho-zwaar-intensief",
        &[
            "479 minuten per week",
            "Zwaar, intensief",
            "€ 878,17 per 4 weken",
        ],
    ),
    (
        "thuisondersteuning",
        &["€ 319,00", "€ 300,00", "€ 619,00 per 4 weken"],
    ),
    (
        "thuisondersteuning-intensief-pgb",
        &[
            "204 minuten per week",
            "€ 205,77",
            "€ 160,00",
            "€ 365,77 per 4 weken",
        ],
    ),
    (
        "begeleiding-basis-zin",
        &["1,5 uur per week", "€ 300,00 per 4 weken", "€ 11.742,86"],
    ),
    (
        "begeleiding-basis-pgb-plafond",
        &[
            "€ 600,00 per 4 weken",
            "van € 800,00 naar € 600,00 per 4 weken",
        ],
    ),
    (
        "begeleiding-speciaal-pgb",
        &[
            "meer dan 4 tot en met 8 uur",
            "€ 49,50 per uur",
            "€ 990,00 per 4 weken",
        ],
    ),
    (
        "begeleiding-afgesproken-tarief",
        &["€ 35,00 per uur", "€ 420,00 per 4 weken"],
    ),
    (
        "begeleiding-2017-twee-banden",
        &["€ 400,00 per 4 weken", "€ 4.371,43"],
    ),
    (
        "begeleiding-offerte",
        &["€ 2.150,00 per 4 weken", "€ 28.026,79"],
    ),
    ("waakvlam", &["€ 75,00 per 4 weken"]),
    (
        "dagbesteding-met-vervoer",
        &["€ 576,00 per 4 weken", "€ 192,00 per 4 weken"],
    ),
    (
        "dagbesteding-over-de-jaarwisseling",
        &["€ 1.419,43", "€ 1.388,57"],
    ),
    (
        "dagbesteding-eerst-natura-dan-pgb",
        &["€ 3.723,43", "€ 2.838,86"],
    ),
    ("kortdurend-verblijf", &["€ 55,38 per 4 weken"]),
    (
        "verblijf-in-totaal",
        &["€ 3.600,00 in totaal", "€ 2.850,00 in totaal"],
    ),
    (
        "beschermd-wonen-zonder-einde",
        &["€ 3.920,00 per 4 weken", "€ 51.100,00", "loopt door"],
    ),
    ("meer-omvangen", &["€ 220,00 per 4 weken", "€ 2.987,86"]),
    (
        "toegekend-en-afgewezen",
        &[
            "€ 99,86 per 4 weken",
            "afgewezen: u kunt met hulp van uw zoon",
        ],
    ),
    (
        "oegstgeest-zwaarste-soort",
        &["€ 150,50 per maand", "€ 292,50 per maand", "€ 2.289,03"],
    ),
    (
        "oegstgeest-open-staart",
        &[
            "€ 294,50 per maand",
            "€ 1.767,00",
            "tarief na 31 december 2023 nog niet vastgesteld",
        ],
    ),
    (
        "someren-plafond-over-twee-jaren",
        &["€ 5.886,39", "€ 1.942,54", "€ 7.828,93"],
    ),
    ("someren-punten", &["€ 1.661,55"]),
    (
        "someren-drie-tarieven",
        &[
            "€ 19,80 per punt",
            "€ 20,39 per punt",
            "€ 20,99 per punt",
            "€ 3.066,61",
        ],
    ),
    (
        "meerinzicht-groep-en-vervoer",
        &[
            "€ 144,00 per week",
            "€ 58,04 per week",
            "€ 7.508,57",
            "€ 3.026,37",
        ],
    ),
    ("meerinzicht-huishouden", &["€ 19,88 per week"]),
];

#[test]
fn every_figure_worked_out_by_hand_is_printed() {
    for (name, figures) in WORKED {
        let done = program(&["bereken", &format!("fixtures/dossiers/{name}.ron")]);
        assert_eq!(done.exit, Some(Exit::Done), "{name}: {}", done.err);
        for figure in *figures {
            assert!(
                done.out.contains(figure),
                "{name} has no {figure}:\n{}",
                done.out
            );
        }
    }
}

#[test]
fn every_dossier_prints_what_stands_beside_it() {
    let write = std::env::var_os("MAATWERK_GOUD").is_some();
    for path in dossiers() {
        let name = text_of(&path).replace('\\', "/");
        let done = program(&["bereken", &name]);
        assert_eq!(
            (done.exit, done.err.as_str()),
            (Some(Exit::Done), ""),
            "{name}"
        );
        let beside = path.with_extension("txt");
        if write {
            fs::write(&beside, &done.out).expect("written");
        }
        let expected = fs::read_to_string(&beside)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        for (expected, printed) in expected.lines().zip(done.out.lines()) {
            assert_eq!(printed, expected, "{name}");
        }
        assert_eq!(done.out.lines().count(), expected.lines().count(), "{name}");
    }
}

#[test]
fn the_json_of_the_example_keeps_its_shape_and_its_figures() {
    let done = program(&["bereken", EXAMPLE, "--json"]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    let beside = Path::new("fixtures/dossiers/voorbeeld.json");
    if std::env::var_os("MAATWERK_GOUD").is_some() {
        fs::write(beside, &done.out).expect("written");
    }
    let expected = fs::read_to_string(beside)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    let amount = &json["dossiers"][0]["provisions"][0]["budget"]["segments"][0]["amount"];
    assert_eq!(amount["euro"], "175.51");
    assert_eq!(amount["exact"], "17551/100");
    let total = &json["dossiers"][0]["provisions"][0]["budget"]["term"];
    // 175,51 × 365 ÷ 28, before rounding.
    assert_eq!(
        (&total["euro"], &total["exact"]),
        (&"2287.90".into(), &"1281223/560".into())
    );
    for (expected, printed) in expected.lines().zip(done.out.lines()) {
        assert_eq!(printed, expected);
    }
    assert_eq!(done.out.lines().count(), expected.lines().count());
}

/// Every number in a JSON document.
fn numbers(value: &serde_json::Value, found: &mut Vec<serde_json::Number>) {
    match value {
        serde_json::Value::Number(number) => found.push(number.clone()),
        serde_json::Value::Array(items) => items.iter().for_each(|item| numbers(item, found)),
        serde_json::Value::Object(fields) => {
            fields.values().for_each(|field| numbers(field, found))
        }
        _ => {}
    }
}

#[test]
fn json_of_all_dossiers_has_whole_numbers_only_and_nodes_that_exist() {
    let paths = dossiers();
    let mut arguments = vec!["bereken", "--json"];
    arguments.extend(paths.iter().map(|path| text_of(path)));
    let done = program(&arguments);
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    let mut found = Vec::new();
    numbers(&json, &mut found);
    assert!(
        found.iter().all(serde_json::Number::is_u64),
        "an amount is a number"
    );
    let all = json["dossiers"].as_array().expect("a list");
    assert_eq!(all.len(), paths.len());
    for dossier in all {
        let trace = dossier["trace"].as_array().expect("a list");
        for (place, node) in trace.iter().enumerate() {
            assert_eq!(node["id"], place);
            let children = node["children"].as_array().expect("a list");
            assert!(
                children
                    .iter()
                    .all(|child| child.as_u64() < node["id"].as_u64())
            );
        }
    }
}

/// Names of fields, and the values that are names in English; what a catalogue names is its own.
fn names(json: &serde_json::Value, found: &mut BTreeSet<String>) {
    match json {
        serde_json::Value::Object(fields) => {
            for (field, value) in fields {
                found.insert(field.clone());
                let own = ["choices", "label", "name", "what", "about"];
                if !own.contains(&field.as_str()) {
                    names(value, found);
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        serde_json::Value::String(text)
            if text.starts_with(|first: char| first.is_ascii_uppercase())
                && text.chars().all(|sign| sign.is_ascii_alphabetic()) =>
        {
            found.insert(text.clone());
        }
        _ => {}
    }
}

#[test]
fn every_field_and_every_named_value_of_the_json_stands_in_its_page() {
    let page = include_str!("../../docs/json.md");
    let code = page.split('`').skip(1).step_by(2);
    let told: BTreeSet<&str> = code
        .flat_map(|code| code.split(|sign: char| !sign.is_ascii_alphanumeric() && sign != '_'))
        .collect();
    let paths = dossiers();
    let mut arguments = vec!["bereken", "--json"];
    arguments.extend(paths.iter().map(|path| text_of(path)));
    let json = serde_json::from_str(&program(&arguments).out).expect("JSON");
    let mut found = BTreeSet::new();
    names(&json, &mut found);
    assert!(found.len() > 60, "{}", found.len());
    let missing: Vec<_> = found
        .iter()
        .filter(|name| !told.contains(name.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn a_norm_set_that_is_there_as_a_file_only_stands_in_the_json_with_what_it_leans_on() {
    let mut text = fs::read_to_string("fixtures/dossiers/ho-licht-standaard.ron").expect("dossier");
    for (from, to) in [
        (
            r#"id: "kpmg-hhm-hbel-2021", version: "1""#,
            r#"id: "ander", version: "3""#,
        ),
        ("schoon-huis", "nat"),
        ("volledige-overname", "heel"),
        ("eigen-kracht", "bad"),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let (_folder, path) = written(text.as_bytes());
    let set = "fixtures/norms/ander.ron";
    let done = program(&["bereken", text_of(&path), "--catalogus", set, "--json"]);
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    let norm = &json["dossiers"][0]["provisions"][0]["budget"]["granted"][0]["norm"];
    assert_eq!(norm["outcome"]["exact"], "100", "{}", done.err);
    assert_eq!(norm["outcome"]["per"], "TwoWeeks");
    assert_eq!(norm["parts"][0]["label"], "natte ruimten");
    assert_eq!(norm["parts"][0]["minutes"]["exact"], "50");
    assert_eq!(norm["assumes"][0]["name"], "ramen");
    assert_eq!(norm["assumes"][0]["confirmed"], false);
}

/// A published outcome of hours.
#[derive(serde::Deserialize)]
struct Published {
    name: String,
    work: HoursWork,
    in_own_unit: Exact,
    exact: Exact,
    granted: i64,
    parts: Vec<i64>,
    aggravated: bool,
    #[serde(default)]
    extra_visits: i64,
}

#[test]
fn every_published_outcome_of_hours_is_printed_as_it_was_published() {
    let text = include_str!("../../fixtures/published/uren.ron");
    let rows: Vec<Published> = read_text("uren.ron", text).expect("the published outcomes");
    let mut dossier = fs::read("fixtures/dossiers/ho-licht-standaard.ron")
        .map(|bytes| Dossier::read("ho.ron", &bytes).expect("a dossier"))
        .expect("the fixture");
    assert!(rows.len() > 8);
    for row in rows {
        let line = &mut dossier.provisions[0].line;
        line.choices.clear();
        line.hours[0].hours = Hours::Norm(row.work.clone());
        let (_folder, path) = written(dossier.to_text().expect("text").as_bytes());
        let sets = ["fixtures/norms/proef.ron", "fixtures/norms/rbobr-2019.ron"];
        let words = ["bereken", text_of(&path), "--catalogus", sets[0], sets[1]];
        let printed = program(&words).out;
        let granted = format!("Toegekend {} minuten", row.granted);
        let squeezed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        let thousands = granted.replace(" 6500 ", " 6.500 ");
        assert!(
            squeezed.contains(&granted) || squeezed.contains(&thousands),
            "{}: {printed}",
            row.name
        );
        let done = program(&[words.as_slice(), &["--json"]].concat());
        let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
        let found = &json["dossiers"][0]["provisions"][0]["budget"]["granted"][0];
        let exact = |value: &serde_json::Value| -> Exact {
            serde_json::from_value(value["exact"].clone()).expect("a figure")
        };
        let norm = &found["norm"];
        let cents = |value| Rounding::CENT.apply(value).expect("in range");
        assert_eq!(exact(&norm["outcome"]), row.in_own_unit, "{}", row.name);
        assert_eq!(cents(exact(&norm["minutes"])), row.exact, "{}", row.name);
        assert_eq!(
            exact(&found["volumes"][0]),
            row.granted.into(),
            "{}",
            row.name
        );
        let parts = norm["parts"].as_array().expect("parts").iter();
        let parts: Vec<Exact> = parts.map(|part| exact(&part["minutes"])).collect();
        let published: Vec<Exact> = row.parts.iter().copied().map(Exact::from).collect();
        assert_eq!(parts, published, "{}", row.name);
        assert_eq!(norm["intensive"], row.aggravated, "{}", row.name);
        let visits = &norm["extra_visits_per_week"];
        let visits = match visits.is_null() {
            true => Exact::ZERO,
            false => exact(visits),
        };
        assert_eq!(visits, row.extra_visits.into(), "{}", row.name);
    }
}

#[test]
fn begeleiding_by_goal_and_activity_is_printed_with_its_kind_its_band_and_what_the_hours_are_for() {
    let file = Path::new("fixtures/dossiers/begeleiding-speciaal-pgb.ron");
    let text = fs::read_to_string(file).expect("it is there").replace(
        r#"Typed([(volume: "5", unit: Hour, per: Week)])"#,
        r#"Activities([
            (goal: "orde in de post", activity: "samen de post doornemen", extent: (volume: "90", unit: Minute, per: Week)),
            (goal: "geen schulden", activity: "rekeningen betalen", extent: (volume: "210", unit: Minute, per: Week)),
        ])"#,
    );
    let (_folder, path) = written(text.as_bytes());
    let done = program(&["bereken", text_of(&path), "--datum", "2018-03-01"]);
    for part in [
        "300 minuten per week",
        "90 minuten per week samen de post doornemen, voor orde in de post",
        "210 minuten per week rekeningen betalen, voor geen schulden",
        "speciaal, meer dan 4 tot en met 8 uur per week",
        "€ 990,00 per 4 weken",
    ] {
        assert!(done.out.contains(part), "{part} in {}", done.out);
    }
    let done = program(&["bereken", text_of(&path), "--datum", "2018-03-01", "--json"]);
    for part in ["samen de post doornemen", "geen schulden", "speciaal"] {
        assert!(done.out.contains(part), "{part} in {}", done.out);
    }
}
