//! Scenarios: what they answer, held against figures worked out by hand and against a simulation day by day.

mod bad_input;
mod beside;
mod home;
mod periods;
mod rules;
mod simulation;
mod worked;

use jiff::civil::Date;
use maatwerk::budget::Library;
use maatwerk::document::read_text;
use maatwerk::dossier::{Dossier, Scenario};
use maatwerk::quantity::{Euro, Rounding};
use maatwerk::scenario::{Outlook, evaluate};
use maatwerk::trace::{Figure, NodeId};

/// The example dossier of the program: household support with a pgb, begeleiding in kind, all of 2018.
fn example() -> Dossier {
    let text = include_bytes!("../../fixtures/dossiers/voorbeeld.ron");
    Dossier::read("voorbeeld.ron", text).expect("the example is sound")
}

fn scenario(text: &str) -> Scenario {
    read_text("scenario", text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The example with these scenarios.
fn with(scenarios: &[&str]) -> Dossier {
    let mut dossier = example();
    dossier.scenarios = scenarios.iter().map(|text| scenario(text)).collect();
    dossier
}

fn outlook(dossier: &Dossier, place: usize, day: Date) -> Outlook {
    let library = Library::shipped().expect("the program's own files are sound");
    evaluate(dossier, place, &library, day).expect("the scenario is there")
}

/// A figure to the cent.
fn cents(figure: Option<Figure<NodeId>>) -> String {
    let figure = figure.expect("the figure is known");
    let euro = Euro::rounded(figure.value, &Rounding::CENT).expect("it fits");
    euro.0.to_string()
}

/// One informal helper for the hours that are granted, at this rate.
fn helper(rate: &str) -> String {
    format!(
        r#"(name: "Zoals nu", lines: [(provision: 0, product: "ho", hired: [(
            name: "mevrouw A. Yilmaz", kind: "informeel", contract: Some(Assignment),
            work: [(extent: (volume: "174", unit: Minute, per: Week), rate: (amount: "{rate}", per: Hour))],
        )])])"#
    )
}
