//! The receipt of a decision: it redoes without difference, and every change to it is told.

use jiff::civil::Date;
use maatwerk::budget::Library;
use maatwerk::document::Severity;
use maatwerk::dossier::{Dossier, Receipt};
use std::path::Path;

/// A fixture with the day on which it is calculated here: that on which its first provision begins.
fn fixture(name: &str) -> (Dossier, Date) {
    let path = Path::new("fixtures/dossiers").join(format!("{name}.ron"));
    let text = std::fs::read(path).expect("the fixture is there");
    let dossier = Dossier::read(name, &text).expect("the fixture is sound");
    let day = dossier.provisions[0].line.from;
    (dossier, day)
}

fn receipt(name: &str) -> Receipt {
    let library = Library::shipped().expect("the shipped data are sound");
    let (dossier, day) = fixture(name);
    let evaluation = dossier.evaluate(&library, day);
    Receipt::of("2026-000001", &dossier, &evaluation, &library, day).expect("it can be written")
}

fn text(name: &str) -> String {
    receipt(name).to_text().expect("it can be written")
}

/// What is told when the receipt of a fixture is changed: every problem as a line.
fn told(name: &str, was: &str, now: &str) -> Vec<String> {
    let text = text(name);
    assert!(text.contains(was), "«{was}» is not in the receipt:\n{text}");
    redone(&text.replacen(was, now, 1))
}

fn redone(text: &str) -> Vec<String> {
    let receipt = Receipt::read("bewijs.ron", text.as_bytes()).expect("it can be read");
    let told = receipt.redo();
    told.iter().map(ToString::to_string).collect()
}

#[test]
fn the_receipt_of_every_fixture_reads_back_and_redoes_without_difference() {
    let mut count = 0;
    for entry in std::fs::read_dir("fixtures/dossiers").expect("the fixtures are there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "ron") {
            continue;
        }
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let receipt = receipt(name);
        let text = receipt.to_text().expect("it can be written");
        let read = Receipt::read("bewijs.ron", text.as_bytes()).expect("it can be read");
        assert!(read == receipt, "{name} reads back as it was");
        let told: Vec<_> = read.redo().iter().map(ToString::to_string).collect();
        assert_eq!(told, [""; 0], "{name}");
        count += 1;
    }
    assert!(count >= 30, "{count}");
}
