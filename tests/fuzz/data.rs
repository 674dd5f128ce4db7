//! Dossiers and data files.

use crate::{fuzz, seeds, times};
use jiff::civil::{Date, date};
use maatwerk::budget::{FileKind, Library};
use maatwerk::catalogue::{SourceFile, shipped_files};
use maatwerk::document::Problem;
use maatwerk::dossier::Dossier;
use maatwerk::letter;

const TODAY: Date = date(2018, 3, 1);

/// A dossier that was read is worked out and written as a letter, or that is refused; written down it reads back.
fn use_up(dossier: &Dossier, library: &Library) -> bool {
    let text = dossier.to_text().expect("what was read can be written");
    let again = Dossier::read("opnieuw.ron", text.as_bytes());
    assert_eq!(again.as_ref(), Ok(dossier));
    let evaluation = dossier.evaluate(library, TODAY);
    let letter = letter::grant(dossier, &evaluation, library, None);
    letter.map_or_else(|problems| refused(&problems), |_| true);
    true
}

/// What is refused is refused for a reason.
fn refused(problems: &[Problem]) -> bool {
    assert!(!problems.is_empty(), "refused without a reason");
    false
}

#[test]
fn a_changed_dossier_is_refused_with_reasons_or_worked_out_and_reads_back() {
    let library = Library::shipped().expect("sound");
    let seeds = seeds(&["fixtures/dossiers", "tests/fuzz/corpus/dossier"], "ron");
    fuzz(
        "dossier",
        &seeds,
        times(1_500, 200_000),
        |input| match Dossier::read("dossier.ron", input) {
            Ok(dossier) => use_up(&dossier, &library),
            Err(problems) => refused(&problems),
        },
    );
}

#[test]
fn a_changed_data_file_is_refused_with_reasons_or_worked_with() {
    let folders = [
        "assets/catalogues",
        "assets/norms",
        "assets/national",
        "fixtures/catalogues",
        "tests/fuzz/corpus/catalogue",
    ];
    let files = seeds(&folders, "ron");
    let dossiers: Vec<Dossier> = seeds(&["fixtures/dossiers"], "ron")
        .iter()
        .filter_map(|text| Dossier::read("dossier.ron", text).ok())
        .collect();
    let municipalities: Vec<SourceFile<'_>> = shipped_files()
        .iter()
        .filter(|file| FileKind::of(file.text) == Some(FileKind::Municipality))
        .copied()
        .collect();
    let proof = include_str!("../../fixtures/catalogues/proefgemeente.ron");
    fuzz("catalogue", &files, times(1_000, 100_000), |input| {
        let Ok(text) = std::str::from_utf8(input) else {
            return false;
        };
        let mut around = municipalities.clone();
        around.push(SourceFile {
            name: "proefgemeente.ron",
            text: proof,
        });
        around.push(SourceFile {
            name: "veranderd.ron",
            text,
        });
        match Library::closed(&around) {
            Ok(library) => {
                for dossier in &dossiers {
                    dossier.evaluate(&library, TODAY);
                }
                true
            }
            Err(problems) => refused(&problems),
        }
    });
}

#[test]
fn a_changed_stored_dossier_is_refused_or_worked_out() {
    let library = Library::shipped().expect("sound");
    let mut seeds: Vec<Vec<u8>> = seeds(&["fixtures/dossiers"], "ron")
        .iter()
        .filter_map(|text| Dossier::read("dossier.ron", text).ok())
        .map(|dossier| serde_json::to_vec(&dossier).expect("written"))
        .collect();
    seeds.extend(crate::seeds(&["tests/fuzz/corpus/register"], "json"));
    fuzz("stored", &seeds, times(1_500, 200_000), |input| {
        let tree = serde_json::from_slice(input).ok();
        let dossier = tree.and_then(|tree| Dossier::from_stored(tree).ok());
        dossier.is_some_and(|dossier| use_up(&dossier, &library))
    });
}
