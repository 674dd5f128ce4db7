//! Published amounts of a pgb, as `scenario --json` says them.

use super::{folder, program, text_of};
use maatwerk::document::read;
use maatwerk::dossier::{Dossier, Hired, Scenario, ScenarioLine};
use maatwerk::indication::Line;
use serde::Deserialize;
use serde_json::Value;

/// A published amount.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    source: String,
    municipality: String,
    line: Line,
    hired: Vec<Hired>,
    /// Places in the line of the scenario, each with what stands there.
    at: Vec<(String, String)>,
    /// Rules, each with its outcome and words that are in it.
    checks: Vec<(String, String, String)>,
}

/// What is wrong with the JSON of a case.
fn wrong(case: &Case) -> Vec<String> {
    let mut dossier = Dossier::read("voorbeeld.ron", super::example().as_bytes()).unwrap();
    dossier.municipality.clone_from(&case.municipality);
    dossier.dates.decision = Some(case.line.from);
    dossier.provisions.truncate(1);
    dossier.provisions[0].line = case.line.clone();
    dossier.scenarios = vec![Scenario {
        name: "Gepubliceerd".into(),
        lines: vec![ScenarioLine {
            provision: 0,
            product: case.line.product.clone(),
            hired: case.hired.clone(),
            ..ScenarioLine::default()
        }],
        ..Scenario::default()
    }];
    let folder = folder();
    let path = folder.path().join("dossier.ron");
    std::fs::write(&path, dossier.to_text().unwrap()).unwrap();
    let day = case.line.from.to_string();
    let done = program(&[
        "scenario",
        text_of(&path),
        "--json",
        "--datum",
        &day,
        "--catalogus",
        "fixtures/catalogues/weekgemeente.ron",
        "fixtures/catalogues/weekbedragen.ron",
    ]);
    let json: Value = match serde_json::from_str(&done.out) {
        Ok(json) => json,
        Err(error) => return vec![format!("{error}: {}", done.err)],
    };
    let scenario = &json["dossiers"][0]["scenarios"][0];
    let line = &scenario["lines"][0];
    let mut told = Vec::new();
    for (place, expected) in &case.at {
        let found = line.pointer(place);
        let found = found.map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned));
        if found.as_ref() != Some(expected) {
            told.push(format!("{place} is {found:?}, not {expected}"));
        }
    }
    let all = scenario["checks"].as_array().unwrap();
    for (rule, outcome, words) in &case.checks {
        let is = |check: &&Value| {
            check["rule"] == **rule
                && check["outcome"] == **outcome
                && check["words"].as_str().unwrap().contains(words)
        };
        if all.iter().find(is).is_none() {
            let same: Vec<_> = all.iter().filter(|check| check["rule"] == **rule).collect();
            told.push(format!("{rule} is not {outcome} {words}: {same:#?}"));
        }
    }
    if !told.is_empty() {
        told.push(done.err);
    }
    told
}

#[test]
fn published_amounts_of_a_pgb_come_out_in_a_scenario() {
    let text = include_bytes!("../../fixtures/published/pgb.ron");
    let cases: Vec<Case> = read("pgb.ron", text).unwrap_or_else(|told| panic!("{told:#?}"));
    assert!(cases.len() > 60);
    let wrong: Vec<String> = (cases.iter())
        .flat_map(|case| {
            assert!(!case.source.is_empty() && case.at.len() + case.checks.len() > 0);
            let told = wrong(case).into_iter();
            told.map(|told| format!("{}: {told}", case.name))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
