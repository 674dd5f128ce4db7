//! Input that is broken, hostile or wrong: told in Dutch at its place, and nothing is lost.

use super::{EXAMPLE, TODAY, changed, dossiers, example, folder, program, text_of, written};
use maatwerk::budget::Library;
use maatwerk::cli::Exit;
use maatwerk::dossier::Dossier;
use maatwerk::letter;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// Checks that a dossier is refused with exit 1 at this line and field, in words that hold this.
#[track_caller]
fn refused(path: &Path, place: &str, words: &str) {
    let name = text_of(path);
    let folder = folder();
    let letter = folder.path().join("brief.pdf");
    fs::write(&letter, "oud").expect("written");
    for arguments in [
        vec!["bereken", name],
        vec!["bereken", name, "--json"],
        vec!["brief", name, "-o", text_of(&letter)],
        vec!["controleer", name],
    ] {
        let done = program(&arguments);
        assert_eq!(
            done.exit,
            Some(Exit::Problems),
            "{arguments:?}: {}{}",
            done.out,
            done.err
        );
        let said = if arguments[0] == "controleer" {
            &done.out
        } else {
            &done.err
        };
        let start = format!("{name}{place}");
        let line = said
            .lines()
            .find(|line| line.starts_with(&start) && line.contains(words));
        assert!(
            line.is_some(),
            "{arguments:?}: no {start:?} with {words:?} in\n{said}"
        );
    }
    assert_eq!(fs::read(&letter).expect("the letter"), b"oud");
}

/// The line of the example on which a text stands, from 1.
pub(super) fn line_of(text: &str) -> usize {
    let place = example().lines().position(|line| line.contains(text));
    place.expect("the example has this text") + 1
}

#[test]
fn a_wrong_bsn_is_told_at_its_line() {
    let (_folder, path) = changed("999993653", "999993654");
    refused(
        &path,
        &format!(":{}:14: client.bsn: ", line_of("bsn:")),
        "geen geldig BSN",
    );
}

#[test]
fn an_end_before_the_start_is_told_at_the_end() {
    let (_folder, path) = changed("to: \"2018-12-31\"", "to: \"2017-12-31\"");
    let place = format!(
        ":{}:21: provisions[0].line.to: ",
        line_of("to: \"2018-12-31\"")
    );
    refused(
        &path,
        &place,
        "de einddatum 31 december 2017 ligt voor de begindatum 1 januari 2018",
    );
}

#[test]
fn a_negative_and_an_absurd_extent_are_told_at_the_hours() {
    let place = format!(":{}:", line_of("hours: [(hours: Band)]"));
    for (volume, words) in [
        ("-3", "meer dan nul"),
        ("0", "meer dan nul"),
        ("200", "past niet in die tijd"),
        ("99999999999999999999", "past niet in die tijd"),
        ("99999999999999999999999999999", "heeft te veel cijfers"),
    ] {
        let typed =
            format!("hours: [(hours: Typed([(volume: \"{volume}\", unit: Hour, per: Week)]))]");
        let (_folder, path) = changed("hours: [(hours: Band)]", &typed);
        refused(&path, &place, words);
    }
}

#[test]
fn a_number_that_is_no_number_is_told_at_its_place() {
    let typed = "hours: [(hours: Typed([(volume: \"1e9\", unit: Hour, per: Week)]))]";
    let (_folder, path) = changed("hours: [(hours: Band)]", typed);
    refused(
        &path,
        &format!(":{}:", line_of("hours: [(hours: Band)]")),
        "is geen getal",
    );
}

#[test]
fn an_unknown_key_is_told_at_its_line() {
    let (_folder, path) = changed("client_number:", "clientnummer:");
    refused(
        &path,
        &format!(":{}:", line_of("client_number:")),
        "clientnummer",
    );
}

#[test]
fn an_unknown_product_and_an_unknown_municipality_are_told_at_their_field() {
    let (_folder, path) = changed("product: \"ho\"", "product: \"hoo\"");
    refused(&path, &format!(":{}:", line_of("product: \"ho\"")), "hoo");
    let (_folder, path) = changed("municipality: \"0546\"", "municipality: \"0001\"");
    refused(
        &path,
        &format!(":{}:19: municipality: ", line_of("municipality:")),
        "niet bekend",
    );
}

#[test]
fn an_unknown_kind_of_provider_or_band_is_told_with_those_that_there_are() {
    let (_folder, path) = changed("kind: \"informeel\"", "kind: \"buurman\"");
    let kinds = "Kies uit: «instelling», «zzp», «informeel».";
    refused(
        &path,
        &format!(":{}:", line_of("kind: \"informeel\"")),
        kinds,
    );
    let (_folder, path) = changed("(value: \"2-4\")", "(value: \"2-5\")");
    let place = ":95:26: provisions[1].line.choices.band: ";
    refused(&path, place, "Kies uit: «0-2», «2-4», «4-8», «8+».");
}

#[test]
fn one_slip_is_one_error() {
    let example = example();
    for (was, is, errors) in [
        ("birth_date: \"1941", "birth_date: \"2941", 1),
        ("municipality: \"0546\"", "municipality: \"0001\"", 1),
    ] {
        assert!(example.contains(was), "{was}");
        let (_folder, path) = changed(was, is);
        let done = program(&["controleer", text_of(&path)]);
        let found = done.out.lines().filter(|line| line.contains(".ron:"));
        assert_eq!(found.count(), errors, "{}", done.out);
    }
}

#[test]
fn a_truncated_dossier_says_where_it_stops() {
    let text = example();
    for length in [1, 200, 1_000, text.len() / 2, text.len() - 3] {
        let end = (0..=length)
            .rev()
            .find(|end| text.is_char_boundary(*end))
            .unwrap_or(0);
        let (_folder, path) = written(&text.as_bytes()[..end]);
        refused(&path, ":", "");
    }
}

#[test]
fn an_empty_dossier_says_that_it_is_empty() {
    for bytes in [&b""[..], b"  \n\n", b"\xEF\xBB\xBF"] {
        let (_folder, path) = written(bytes);
        refused(&path, ": ", "het bestand is leeg");
    }
}

#[test]
fn something_else_than_text_is_no_dossier() {
    let (_folder, path) = written(b"\xFF\xFE(\0f\0o\0r\0m\0a\0t\0");
    refused(&path, ": ", "UTF-16");
    let (_folder, path) = written(b"(format: 1,\n number: \"\xC3\x28\")");
    refused(&path, ":2:11: ", "geen UTF-8");
    let (_folder, path) = written(&[0; 4096]);
    refused(&path, ":1:1: ", "");
}

#[test]
fn hostile_nesting_is_refused_and_does_not_break_the_stack() {
    for bracket in ["(", "[", "{\"a\":", "Some("] {
        let text = format!("(format: 1, client: {}", bracket.repeat(200_000));
        let (_folder, path) = written(text.as_bytes());
        refused(&path, ":1:", "");
    }
}

#[test]
fn a_dossier_of_a_newer_program_says_so_and_nothing_else() {
    let (_folder, path) = changed("format: 1,", "format: 7,");
    let place = format!(":{}:13: format: ", line_of("format: 1,"));
    refused(&path, &place, "nieuwere versie van maatwerk");
    assert_eq!(program(&["bereken", text_of(&path)]).err.lines().count(), 1);
}

#[test]
fn a_file_of_100_megabytes_is_refused_without_reading_it() {
    let folder = folder();
    let path = folder.path().join("groot.ron");
    let file = fs::File::create(&path).expect("file");
    file.set_len(100 * 1024 * 1024).expect("a sparse file");
    refused(&path, ": ", "het bestand is te groot: hoogstens 20 MB");
}

#[test]
fn a_missing_file_and_a_folder_are_told_by_name() {
    let folder = folder();
    refused(
        &folder.path().join("nergens.ron"),
        ": ",
        "het bestand bestaat niet",
    );
    refused(folder.path(), ": ", "dit is een map");
}

#[test]
fn every_problem_of_every_file_is_told_at_once() {
    let (_one, bsn) = changed("999993653", "999993654");
    let (_two, product) = changed("product: \"ho\"", "product: \"hoo\"");
    let done = program(&["bereken", text_of(&bsn), EXAMPLE, text_of(&product)]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(done.err.contains(text_of(&bsn)) && done.err.contains(text_of(&product)));
    assert!(done.out.contains("€ 175,51 per 4 weken"));
}

fn library() -> &'static Library {
    static LIBRARY: LazyLock<Library> =
        LazyLock::new(|| Library::shipped().expect("the program's own files are sound"));
    &LIBRARY
}

proptest! {
    #[test]
    fn a_dossier_with_any_damage_never_panics(
        which in 0usize..1_000,
        damage in prop::collection::vec((0usize..100_000, 0usize..40, prop::sample::select(vec![
            "", "(", ")", "[", "]", "\"", ",", "-", "0", "99999999999999999999", "\0", "é", "Some(", "//", "1e9",
            "per: Total", "9999-12-31", "-9999-01-01", "2018-02-30", "volume: \"0.000000000000000000000000001\"",
        ])), 1..6),
    ) {
        let paths = dossiers();
        let path = &paths[which % paths.len()];
        let mut text = fs::read_to_string(path).expect("a fixture");
        for (place, length, put) in damage {
            let near = |place: usize| (0..=place.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let start = near(place % (text.len() + 1));
            let end = near(start + length).max(start);
            text.replace_range(start..end, put);
        }
        if let Ok(dossier) = Dossier::read("beschadigd.ron", text.as_bytes()) {
            let evaluation = dossier.evaluate(library(), TODAY);
            // Whether there is a letter does not matter here.
            let _ = letter::grant(&dossier, &evaluation, library(), None);
        }
    }

    #[test]
    fn a_dossier_with_other_numbers_and_dates_never_panics(
        volume in "-?[0-9]{1,28}(\\.[0-9]{1,10})?",
        from in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        to in "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])",
        unit in prop::sample::select(vec!["Minute", "Hour", "Dagdeel", "Etmaal", "Day", "Week", "Month", "Year", "Once", "Piece", "Point"]),
        per in prop::sample::select(vec!["Day", "Week", "TwoWeeks", "FourWeeks", "Month", "Year", "Total"]),
    ) {
        let text = example()
            .replace("hours: [(hours: Band)]", &format!("hours: [(hours: Typed([(volume: \"{volume}\", unit: {unit}, per: {per})]))]"))
            .replace("from: \"2018-01-01\"", &format!("from: \"{from}\""))
            .replace("to: \"2018-12-31\"", &format!("to: \"{to}\""));
        if let Ok(dossier) = Dossier::read("dossier.ron", text.as_bytes()) {
            let evaluation = dossier.evaluate(library(), TODAY);
            // Whether there is a letter does not matter here.
            let _ = letter::grant(&dossier, &evaluation, library(), None);
        }
    }
}

#[test]
fn a_provision_that_could_not_be_calculated_says_so() {
    let (_folder, path) = changed("kind: \"informeel\"", "kind: \"buurman\"");
    let done = program(&["bereken", text_of(&path)]);
    assert!(done.err.contains("bestaat niet in"), "{}", done.err);
    let status = |words: &str| format!("  Status                      {words}\n");
    assert!(done.out.contains(&status("niet berekend")), "{}", done.out);
    assert!(
        done.out.contains("; niet alles is berekend\n"),
        "{}",
        done.out
    );
}

#[test]
fn a_refused_provision_that_ends_before_it_begins_is_told_at_its_end() {
    let text = fs::read_to_string("fixtures/dossiers/brief-afwijzing.ron").expect("the dossier");
    let ends = text.replace("to: \"2019-02-28\"", "to: \"2018-02-28\"");
    let (_folder, path) = written(ends.as_bytes());
    let done = program(&["bereken", text_of(&path)]);
    let words =
        "provisions[1].line.to: de einddatum 28 februari 2018 ligt voor de begindatum 1 maart 2018";
    assert!(done.err.contains(words), "{}\n{ends}", done.err);
}

#[test]
fn a_character_that_no_letter_can_print_is_told_at_its_field() {
    let (_folder, path) = changed("surname: \"Meer", "surname: \"漢Meer");
    let line = line_of("  surname: \"Meer");
    let place = format!("{}:{line}:", path.display());
    let words = "het teken ‘漢’ (U+6F22) staat niet in het lettertype van de brief";
    let told = |text: &str| {
        let mut lines = text.lines();
        lines.any(|line| {
            let named = line.contains("client.person.surname: ") && line.contains(words);
            named && line.starts_with(&place)
        })
    };
    let done = program(&["controleer", text_of(&path)]);
    assert!(told(&done.out), "{}", done.out);
    let out = folder();
    let done = program(&["brief", text_of(&path), "-o", text_of(out.path())]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(told(&done.err), "{}", done.err);
    // A text that stands in no letter keeps no letter back.
    let (_folder, path) = changed("\"Slaaghwijk\"", "\"漢\"");
    let done = program(&["brief", text_of(&path), "-o", text_of(out.path())]);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.err);
}
