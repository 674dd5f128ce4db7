//! The investigation in the whole window: its report, and the answers of an earlier dossier.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use jiff::civil::date;

use super::program::{Start, click, ctrl, fixture, give_path, keys, settle, start};
use crate::desk::view::Part;
use crate::dossier::Dossier;

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn investigated() -> PathBuf {
    let root = env!("CARGO_MANIFEST_DIR");
    PathBuf::from(root).join("fixtures/investigation/onderzoek.ron")
}

#[test]
fn the_report_of_the_investigation_is_written_and_one_that_cannot_be_goes_to_its_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = start(Start {
        file: Some(investigated()),
        ..Start::default()
    });
    let report = folder.path().join("verslag.pdf");
    keys(&mut harness, CTRL_SHIFT, Key::V);
    give_path(&mut harness, &report);
    harness.get_by_label_contains("Het verslag staat in");
    assert!(std::fs::read(&report).unwrap().starts_with(b"%PDF-"));

    let mut harness = start(Start {
        file: Some(fixture("brief-tijdelijk.ron")),
        ..Start::default()
    });
    keys(&mut harness, CTRL_SHIFT, Key::V);
    settle(&mut harness);
    harness.get_by_label_contains("Het verslag is niet gemaakt");
    assert!(matches!(harness.state().chosen(), Part::Investigation));
}

#[test]
fn answers_of_an_earlier_dossier_are_taken_over_in_one_step_that_can_be_undone() {
    let mut harness = start(Start {
        file: Some(fixture("brief-tijdelijk.ron")),
        ..Start::default()
    });
    let empty = |harness: &egui_kittest::Harness<'_, crate::desk::app::Desk>| {
        let document = harness.state().document().unwrap();
        document.dossier().investigation.is_empty()
    };
    assert!(empty(&harness));
    keys(&mut harness, CTRL_SHIFT, Key::J);
    give_path(&mut harness, &investigated());
    harness.get_by_label_contains("12 antwoorden zijn overgenomen uit Z/18/000460");
    let document = harness.state().document().unwrap();
    let network = &document.dossier().investigation.network;
    assert_eq!(network.text, "uw buurvrouw strijkt voor u");
    assert!(network.taken.as_ref().is_some_and(|taken| !taken.checked));
    ctrl(&mut harness, Key::Z);
    assert!(empty(&harness));
}

#[test]
fn an_earlier_decision_stands_beside_the_fields_that_it_had_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = std::fs::read(fixture("brief-pgb.ron")).unwrap();
    let mut earlier = Dossier::read("brief-pgb.ron", &bytes).unwrap();
    earlier.number = "Z/17/000100".to_owned();
    earlier.provisions[0].line.to = Some(date(2018, 12, 1));
    let file = folder.path().join("eerder.ron");
    std::fs::write(&file, earlier.to_text().unwrap()).unwrap();
    let mut harness = start(Start {
        file: Some(fixture("brief-pgb.ron")),
        ..Start::default()
    });
    keys(&mut harness, CTRL_SHIFT, Key::J);
    give_path(&mut harness, &file);
    ctrl(&mut harness, Key::PageDown);
    ctrl(&mut harness, Key::PageDown);
    harness.get_by_label_contains(
        "Einddatum eerder (Z/17/000100): 1 december 2018. Nu 30 dagen later.",
    );
    assert!(
        harness
            .query_by_label_contains("Ingangsdatum eerder")
            .is_none()
    );
    // As it was decided then, the whole provision says so with its origin.
    super::program::fill(&mut harness, "Einddatum", "1-12-2018");
    harness.get_by_label("Zoals in Z/17/000100.");
    harness.get_by_label("overgenomen");
    assert!(
        harness
            .query_by_label_contains("Einddatum eerder")
            .is_none()
    );
}

#[test]
fn the_report_is_asked_for_from_its_own_step() {
    let mut harness = start(Start {
        file: Some(investigated()),
        ..Start::default()
    });
    keys(&mut harness, CTRL_SHIFT, Key::PageDown);
    let chosen = harness.state().chosen();
    assert!(matches!(chosen, Part::Investigation), "{chosen:?}");
    // Without a way to a printer it says so, and that a file can be printed.
    click(&mut harness, Role::Button, "Onderzoeksverslag afdrukken");
    harness.get_by_label_contains(
        "Dit programma weet hier geen weg naar de printer. Sla het verslag op als pdf en druk dat af.",
    );
    // The message offers that file too.
    let offers: Vec<_> = harness
        .get_all_by_role_and_label(Role::Button, "Onderzoeksverslag maken…")
        .collect();
    assert_eq!(offers.len(), 2);
    offers[1].click();
    drop(offers);
    harness.run();
    harness.get_by_label("Pad van het bestand");
}
