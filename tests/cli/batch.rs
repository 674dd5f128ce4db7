//! Letters of a whole folder, stopped and resumed, and a municipality's own texts of letters.

use super::{Around, Done, EXAMPLE, folder, program, program_in, text_of};
use maatwerk::cli::Exit;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with two dossiers and a broken one.
fn dossiers() -> TempDir {
    let folder = folder();
    for name in ["voorbeeld", "waakvlam"] {
        let from = format!("fixtures/dossiers/{name}.ron");
        fs::copy(from, folder.path().join(format!("{name}.ron"))).expect("copied");
    }
    fs::write(folder.path().join("stuk.ron"), "(format: 1,").expect("written");
    folder
}

fn all(from: &Path, to: &Path) -> Done {
    program(&["brief", text_of(from), "--alle", "-o", text_of(to)])
}

#[test]
fn a_batch_goes_on_where_it_was_and_makes_anew_what_changed() {
    let (from, to) = (dossiers(), folder());
    let first = all(from.path(), to.path());
    assert_eq!(first.exit, Some(Exit::Problems));
    assert_eq!(first.out.lines().count(), 2, "{}", first.out);
    assert!(
        first.err.contains("stuk.ron:1") && first.err.contains("Geen brief: 1 van 3 dossiers.")
    );

    let second = all(from.path(), to.path());
    assert_eq!(second.out, "");
    let same = "Al klaar en niet veranderd: 2 van 3 dossiers.";
    assert!(second.err.contains(same), "{}", second.err);

    // What is not as it was made is made again: another dossier, a letter that was touched, a letter that is gone.
    let dossier = from.path().join("voorbeeld.ron");
    let text = fs::read_to_string(&dossier).expect("read");
    fs::write(&dossier, text.replacen("number: \"", "number: \"N", 1)).expect("written");
    let letter = to.path().join("waakvlam.pdf");
    let whole = fs::read(&letter).expect("read");
    fs::write(&letter, &whole[..100]).expect("written");
    let third = all(from.path(), to.path());
    assert_eq!(third.out.lines().count(), 2, "{}", third.out);
    assert_eq!(fs::read(&letter).expect("read"), whole);
    fs::remove_file(&letter).expect("removed");
    assert_eq!(all(from.path(), to.path()).out.lines().count(), 1);
    // Another day of calculation is another letter.
    let (from, to) = (text_of(from.path()), text_of(to.path()));
    let later = program(&["brief", from, "--alle", "-o", to, "--datum", "3-3-2026"]);
    assert_eq!(later.out.lines().count(), 2, "{}", later.out);
}

#[test]
fn a_line_of_the_record_that_was_cut_off_counts_for_nothing() {
    let (from, to) = (dossiers(), folder());
    all(from.path(), to.path());
    let record = to.path().join("maatwerk-brieven.txt");
    let bytes = fs::read(&record).expect("the record");
    fs::write(&record, &bytes[..bytes.len() - 20]).expect("written");
    let done = all(from.path(), to.path());
    assert_eq!(done.out.lines().count(), 1, "{}", done.out);
    assert!(
        all(from.path(), to.path())
            .err
            .contains("niet veranderd: 2 van 3")
    );
}

#[test]
fn a_batch_that_is_stopped_says_what_is_left() {
    let (from, to) = (dossiers(), folder());
    let around = Around {
        stopped: true,
        ..Around::default()
    };
    let (from, to) = (text_of(from.path()), text_of(to.path()));
    let done = program_in(around, &["brief", from, "--alle", "-o", to]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(
        done.err
            .contains("Gestopt: 3 van 3 dossiers nog niet gedaan."),
        "{}",
        done.err
    );
    assert!(fs::read_dir(to).expect("the folder").all(|file| {
        file.expect("a file")
            .path()
            .extension()
            .is_none_or(|end| end != "pdf")
    }));
}

#[test]
fn a_batch_needs_dossiers_and_a_folder_for_letters() {
    let (empty, to) = (folder(), folder());
    let done = all(empty.path(), to.path());
    assert_eq!(done.exit, Some(Exit::WrongUse));
    assert!(
        done.err.contains("in deze map staan geen dossiers"),
        "{}",
        done.err
    );
    let done = all(Path::new(EXAMPLE), &to.path().join("brief.pdf"));
    assert_eq!(done.exit, Some(Exit::WrongUse));
    assert!(
        done.err.contains("met --alle gaan de brieven naar een map"),
        "{}",
        done.err
    );
}

/// A municipality's folder with a text of a letter of its own.
fn own(name: &str, text: &str) -> TempDir {
    let folder = folder();
    fs::create_dir(folder.path().join("brieven")).expect("made");
    fs::write(folder.path().join("brieven").join(name), text).expect("written");
    folder
}

fn with_own(map: &TempDir, letter: &Path) -> Done {
    program(&[
        "brief",
        EXAMPLE,
        "-o",
        text_of(letter),
        "--map",
        text_of(map.path()),
    ])
}

#[test]
fn a_municipality_has_its_own_text_and_is_told_which_file_answers() {
    let to = folder();
    let (usual, mine) = (to.path().join("een.pdf"), to.path().join("twee.pdf"));
    let done = program(&["brief", EXAMPLE, "-o", text_of(&usual)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    let map = own(
        "veranderingen.txt",
        "## Bel ons\n\nBel {{ telephone }} als er iets verandert.\n",
    );
    let done = with_own(&map, &mine);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.err);
    let file = map.path().join("brieven").join("veranderingen.txt");
    assert_eq!(
        done.err,
        format!("Eigen brieftekst veranderingen.txt: {}\n", file.display())
    );
    let usual = fs::read(usual).expect("a letter");
    assert_ne!(usual, fs::read(&mine).expect("a letter"));
    // One sentence of its own is enough; the others stay.
    let map = own("zinnen.txt", "## pgb\nUw eigen budget\n");
    let done = with_own(&map, &mine);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.err);
    assert_ne!(usual, fs::read(mine).expect("a letter"));
}

#[test]
fn what_is_wrong_with_an_own_text_is_told_with_file_and_line() {
    let to = folder();
    let letter = to.path().join("brief.pdf");
    for (name, text, place, words) in [
        (
            "veranderingen.txt",
            "een\n{% if %}",
            ":2",
            "niet goed geschreven",
        ),
        (
            "veranderingen.txt",
            "een\n\n{{ telefoon }}",
            ":3",
            "noemt iets dat er niet is",
        ),
        (
            "veranderingen.txt",
            "een\n\n{% include \"vervolg.txt\" %}",
            ":3",
            "deze brieftekst is er niet: «include \"vervolg.txt\"»",
        ),
        (
            "veranderingen.txt",
            "[[\nzonder einde",
            "",
            "klopt niet: «[[»",
        ),
        (
            "zinnen.txt",
            "{# van ons #}\n## pgb_amount\nU krijgt geld.",
            ":2",
            "vult iets anders in",
        ),
        (
            "verandering.txt",
            "een",
            "",
            "geen brieftekst met de naam «verandering.txt»",
        ),
    ] {
        let map = own(name, text);
        let done = with_own(&map, &letter);
        assert_eq!(done.exit, Some(Exit::Problems), "{text}");
        let file = map.path().join("brieven").join(name);
        let start = format!("{}{place}", file.display());
        let told = done
            .err
            .lines()
            .any(|line| line.starts_with(&start) && line.contains(words));
        assert!(
            told || place.is_empty() && done.err.contains(words),
            "{start} {words}: {}",
            done.err
        );
        assert!(!letter.exists());
    }
}

#[test]
fn an_own_text_that_is_hard_to_read_is_told_with_its_line_and_may_be_used() {
    let text = "## Bel ons\n\nBel {{ telephone }}.\nDerhalve belt u ons o.a. op maandag.\n";
    let map = own("veranderingen.txt", text);
    let done = program(&["controleer", EXAMPLE, "--map", text_of(map.path())]);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.out);
    let file = map.path().join("brieven").join("veranderingen.txt");
    let place = format!("{}:4:1: ", file.display());
    for advice in [
        "schrijf voor «derhalve» liever: daarom",
        "schrijf «o.a.» voluit",
    ] {
        let told = |line: &str| line.starts_with(&place) && line.contains(advice);
        assert!(done.out.lines().any(told), "{advice}: {}", done.out);
    }
    let plain = own("veranderingen.txt", "Bel ons als er iets verandert.\n");
    let done = program(&["controleer", EXAMPLE, "--map", text_of(plain.path())]);
    assert!(!done.out.contains("moeilijk te lezen"), "{}", done.out);
}

#[test]
fn an_own_text_that_says_nothing_is_refused() {
    let to = folder();
    let map = own("veranderingen.txt", "{# later #}\n");
    let done = with_own(&map, &to.path().join("brief.pdf"));
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(
        done.err
            .contains("veranderingen.txt: deze brieftekst is leeg"),
        "{}",
        done.err
    );
}
