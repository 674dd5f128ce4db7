//! Catalogues and folders of a municipality, and checking them.

use super::{EXAMPLE, dossiers, folder, program, program_with, text_of, written};
use maatwerk::cli::Exit;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A dossier of the municipality of the test catalogue.
fn test_dossier() -> (TempDir, PathBuf) {
    let text = r#"(
    format: 1,
    municipality: "9999",
    client: (person: (initials: "A.", surname: "Proef")),
    provisions: [(line: (
        product: "hulp",
        choices: {"severity": (value: "midden")},
        from: "2018-01-01",
        to: "2018-12-31",
        hours: [(hours: Typed([(volume: "60", unit: Minute, per: Week)]))],
        delivery: InKind(provider: ""),
    ))],
)"#;
    written(text.as_bytes())
}

const CATALOGUE: &str = "fixtures/catalogues/proef.ron";
const MUNICIPALITY: &str = "fixtures/catalogues/proefgemeente.ron";

/// The test catalogue with another version and price, as a file.
fn other_version(folder: &Path, name: &str, version: &str, price: &str) -> PathBuf {
    let text = fs::read_to_string(CATALOGUE).expect("the test catalogue");
    let text = text
        .replacen("version: \"1\"", &format!("version: \"{version}\""), 1)
        .replacen("Euro(\"27.50\")", &format!("Euro(\"{price}\")"), 1);
    let path = folder.join(name);
    fs::write(&path, text).expect("written");
    path
}

#[test]
fn a_named_catalogue_is_added_to_those_of_the_program() {
    let (_folder, path) = test_dossier();
    let path = text_of(&path);
    let done = program(&["bereken", path]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(
        done.err.contains("gemeente «9999» is niet bekend"),
        "{}",
        done.err
    );
    // 1 hour × 4 × 27,50.
    let done = program(&[
        "bereken",
        path,
        EXAMPLE,
        "--catalogus",
        CATALOGUE,
        MUNICIPALITY,
    ]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    assert!(done.out.contains("€ 110,00 per 4 weken") && done.out.contains("€ 175,51 per 4 weken"));
}

#[test]
fn the_highest_version_of_a_catalogue_wins_in_whatever_order() {
    let (_folder, path) = test_dossier();
    let files = folder();
    let ten = other_version(files.path(), "tien.ron", "10", "30.00");
    let nine = other_version(files.path(), "negen.ron", "9", "29.00");
    let (ten, nine) = (text_of(&ten), text_of(&nine));
    for order in [
        [CATALOGUE, ten, nine],
        [ten, nine, CATALOGUE],
        [nine, CATALOGUE, ten],
    ] {
        let mut arguments = vec!["bereken", text_of(&path), "--catalogus", MUNICIPALITY];
        arguments.extend(order);
        let done = program(&arguments);
        assert!(
            done.out.contains("€ 120,00 per 4 weken"),
            "{order:?}: {}{}",
            done.out,
            done.err
        );
    }
}

#[test]
fn two_answers_for_one_question_are_an_error() {
    let (_folder, path) = test_dossier();
    let files = folder();
    let same = other_version(files.path(), "zelfde.ron", "1", "30.00");
    let done = program(&[
        "bereken",
        text_of(&path),
        "--catalogus",
        MUNICIPALITY,
        CATALOGUE,
        text_of(&same),
    ]);
    assert_eq!((done.exit, done.out.as_str()), (Some(Exit::Problems), ""));
    assert!(
        done.err.contains("allebei antwoord") && done.err.contains("hogere `version`"),
        "{}",
        done.err
    );
}

#[test]
fn the_folder_of_the_municipality_is_named_or_stands_in_the_settings() {
    let (_folder, path) = test_dossier();
    let data = folder();
    for file in [CATALOGUE, MUNICIPALITY] {
        let name = Path::new(file).file_name().expect("a name");
        fs::copy(file, data.path().join(name)).expect("copied");
    }
    fs::write(data.path().join("lees mij.txt"), "geen catalogus").expect("written");
    let done = program(&["bereken", text_of(&path), "--map", text_of(data.path())]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    let settings = folder();
    let file = settings.path().join("instellingen.ron");
    fs::write(&file, format!("(map: {:?})", text_of(data.path()))).expect("written");
    let done = program_with(Some(file.clone()), &["bereken", text_of(&path)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    fs::write(&file, "(mep: \"x\")").expect("written");
    let done = program_with(Some(file), &["bereken", text_of(&path)]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(done.err.contains("instellingen.ron:1:2: "), "{}", done.err);
}

#[test]
fn a_dossier_in_the_place_of_a_catalogue_is_told() {
    let done = program(&["bereken", EXAMPLE, "--catalogus", EXAMPLE]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(
        done.err.contains("dit is een dossier, geen catalogus"),
        "{}",
        done.err
    );
}

#[test]
fn all_files_of_the_program_and_all_dossiers_are_in_order() {
    let mut paths = dossiers();
    for folder in ["assets/catalogues", "assets/norms", "assets/national"] {
        let files = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("entry").path());
        paths.extend(files.filter(|path| path.extension().is_some_and(|end| end == "ron")));
    }
    let mut arguments = vec!["controleer"];
    arguments.extend(paths.iter().map(|path| text_of(path)));
    let done = program(&arguments);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.out);
    let good = done
        .out
        .lines()
        .filter(|line| line.ends_with("in orde"))
        .count();
    assert_eq!(good, paths.len());
    assert!(
        done.out
            .ends_with("gecontroleerd: 0 fouten, 0 waarschuwingen\n")
    );
}

#[test]
fn a_catalogue_with_mistakes_is_told_by_line_and_the_dossiers_are_checked_all_the_same() {
    let files = folder();
    let text = fs::read_to_string(CATALOGUE).expect("the test catalogue");
    let broken = files.path().join("stuk.ron");
    fs::write(&broken, text.replacen("title:", "titel:", 1)).expect("written");
    let done = program(&[
        "controleer",
        text_of(&broken),
        MUNICIPALITY,
        EXAMPLE,
        "README.md",
    ]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(
        done.out.contains("stuk.ron:") && done.out.contains("titel"),
        "{}",
        done.out
    );
    assert!(
        done.out.contains("voorbeeld.ron: dossier, in orde"),
        "{}",
        done.out
    );
    assert!(done.out.contains("README.md:1:"), "{}", done.out);
}

/// A municipality's folder with this house style and this file as its logo.
fn styled(style: &str, logo: Option<&[u8]>) -> TempDir {
    let map = folder();
    let text = fs::read_to_string(MUNICIPALITY).expect("the test municipality");
    let text = text.replacen(
        "    regulation:",
        &format!("    style: ({style}),\n    regulation:"),
        1,
    );
    fs::write(map.path().join("gemeente.ron"), text).expect("written");
    fs::copy(CATALOGUE, map.path().join("proef.ron")).expect("copied");
    if let Some(logo) = logo {
        fs::write(map.path().join("logo.png"), logo).expect("written");
    }
    map
}

fn picture(width: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = png::Encoder::new(&mut bytes, width, 1)
        .write_header()
        .expect("a header");
    writer
        .write_image_data(&vec![0; width as usize])
        .expect("its pixels");
    writer.finish().expect("its end");
    bytes
}

#[test]
fn a_house_style_that_cannot_be_used_is_told_with_its_file_and_field() {
    const LOGO: &str = "logo: (file: \"logo.png\", text: \"Wapen\")";
    let large = vec![0_u8; 1_000_001];
    for (style, logo, field, words) in [
        (
            LOGO,
            None,
            "style.logo.file",
            "logo.png: het bestand bestaat niet",
        ),
        (
            LOGO,
            Some(&b"<svg/>"[..]),
            "style.logo.file",
            "logo.png: dit is geen plaatje",
        ),
        (
            LOGO,
            Some(&picture(2401)),
            "style.logo.file",
            "te groot: 2401 bij 1 beeldpunten",
        ),
        (LOGO, Some(&large), "style.logo.file", "logo.png: "),
        (
            "logo: (file: \"logo.png\", text: \" \")",
            Some(&picture(9)),
            "style.logo.text",
            "wat het logo voorstelt",
        ),
        (
            "logo: (file: \"../logo.png\", text: \"Wapen\")",
            None,
            "style.logo.file",
            "geen naam van een bestand",
        ),
        (
            "headings: \"blauw\"",
            None,
            "style.headings",
            "«blauw» is geen kleur",
        ),
        (
            "headings: \"#FFDD00\"",
            None,
            "style.headings",
            "te licht voor koppen",
        ),
    ] {
        let map = styled(style, logo);
        let done = program(&["controleer", EXAMPLE, "--map", text_of(map.path())]);
        assert_eq!(done.exit, Some(Exit::Problems), "{style}: {}", done.out);
        let file = map.path().join("gemeente.ron");
        let told = done.out.lines().any(|line| {
            let placed = line.starts_with(&format!("{}:", file.display())) && line.contains(field);
            placed && line.contains(words)
        });
        assert!(told, "{style}: {}", done.out);
    }
    let map = styled(LOGO, Some(&picture(9)));
    let done = program(&["controleer", EXAMPLE, "--map", text_of(map.path())]);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.out);
}
