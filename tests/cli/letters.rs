//! Letters to files and folders.

use super::{EXAMPLE, changed, example, folder, program, text_of, written};
use crate::bad_input::line_of;
use maatwerk::cli::Exit;
use std::fs;
use std::path::Path;

#[test]
fn letters_are_named_after_their_dossier_and_the_same_twice() {
    let (one, two) = (folder(), folder());
    for out in [&one, &two] {
        let done = program(&[
            "brief",
            EXAMPLE,
            "fixtures/dossiers/waakvlam.ron",
            "-o",
            text_of(out.path()),
        ]);
        assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
        assert_eq!(done.out.lines().count(), 2);
    }
    for name in ["voorbeeld.pdf", "waakvlam.pdf"] {
        let bytes = fs::read(one.path().join(name)).expect("a letter");
        assert!(bytes.starts_with(b"%PDF"));
        assert_eq!(bytes, fs::read(two.path().join(name)).expect("a letter"));
    }
}

#[test]
fn a_problem_in_one_dossier_does_not_stop_the_others() {
    let (_folder, bad) = changed("999993653", "999993654");
    let out = folder();
    let target = out.path().join("nieuw");
    let done = program(&[
        "brief",
        "/nergens.ron",
        text_of(&bad),
        EXAMPLE,
        "-o",
        text_of(&target),
    ]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(target.join("voorbeeld.pdf").exists());
    assert!(!target.join("dossier.pdf").exists());
    assert!(done.err.contains("geen geldig BSN") && done.err.contains("het bestand bestaat niet"));
    assert!(
        done.err.ends_with("Geen brief: 2 van 3 dossiers.\n"),
        "{}",
        done.err
    );
}

#[test]
fn what_a_letter_lacks_is_told_at_its_line() {
    let (_folder, path) = changed(
        "mandate: \"Mandaatbesluit Leiden (voorbeeld)\"",
        "mandate: \"\"",
    );
    let out = folder();
    let done = program(&["brief", text_of(&path), "-o", text_of(out.path())]);
    assert_eq!(done.exit, Some(Exit::Problems));
    let place = format!(
        "{}:{}:18: signatory.mandate: ",
        path.display(),
        line_of("mandate:")
    );
    assert!(done.err.starts_with(&place), "{}", done.err);
}

#[test]
fn two_dossiers_of_one_name_do_not_overwrite_each_other() {
    let (_folder, other) = written(example().as_bytes());
    let renamed = other.with_file_name("Voorbeeld.ron");
    fs::rename(&other, &renamed).expect("renamed");
    let out = folder();
    let done = program(&[
        "brief",
        EXAMPLE,
        text_of(&renamed),
        "-o",
        text_of(out.path()),
    ]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(done.err.contains("heeft al deze naam"), "{}", done.err);
    assert_eq!(fs::read_dir(out.path()).expect("folder").count(), 1);
}

#[test]
fn a_letter_never_takes_the_place_of_something_else() {
    let (_folder, path) = written(example().as_bytes());
    let done = program(&["brief", text_of(&path), "-o", text_of(&path)]);
    assert_eq!(done.exit, Some(Exit::WrongUse));
    assert!(
        done.err.contains("een bestand dat geen brief is"),
        "{}",
        done.err
    );
    assert_eq!(fs::read_to_string(&path).expect("the dossier"), example());
    let out = folder();
    let one = out.path().join("brief.pdf");
    let done = program(&["brief", EXAMPLE, text_of(&path), "-o", text_of(&one)]);
    assert_eq!(done.exit, Some(Exit::WrongUse));
    assert!(!one.exists());
}

#[test]
fn a_folder_that_is_not_there_or_not_writable_is_told() {
    let out = folder();
    let target = out.path().join("geen map").join("brief.pdf");
    let done = program(&["brief", EXAMPLE, "-o", text_of(&target)]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(
        done.err.contains("de map voor dit bestand bestaat niet"),
        "{}",
        done.err
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_folder_keeps_its_old_letter() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("permissions");
    };
    let out = folder();
    let target = out.path().join("voorbeeld.pdf");
    fs::write(&target, "oud").expect("written");
    mode(out.path(), 0o555);
    // To the superuser no folder is read-only: then it is somebody else who writes, with a copy of the program.
    let is_superuser = fs::write(out.path().join("proef"), "").is_ok();
    let err = if is_superuser {
        let open = folder();
        mode(open.path(), 0o755);
        let (copy, example) = (
            open.path().join("maatwerk"),
            open.path().join("voorbeeld.ron"),
        );
        fs::copy(env!("CARGO_BIN_EXE_maatwerk"), &copy).expect("the program");
        fs::copy(EXAMPLE, &example).expect("the example");
        let done = std::process::Command::new("setpriv")
            .args(["--reuid", "65534", "--clear-groups"])
            .arg(&copy)
            .args(["brief", text_of(&example), "-o", text_of(out.path())])
            .current_dir(open.path())
            .output()
            .expect("setpriv runs");
        assert_eq!(done.status.code(), Some(1));
        String::from_utf8(done.stderr).expect("UTF-8")
    } else {
        let done = program(&["brief", EXAMPLE, "-o", text_of(out.path())]);
        assert_eq!(done.exit, Some(Exit::Problems));
        done.err
    };
    mode(out.path(), 0o755);
    assert!(err.contains("u mag in deze map niet schrijven"), "{err}");
    assert_eq!(fs::read(&target).expect("the letter"), b"oud");
}

#[test]
fn the_report_of_an_investigation_is_written_and_an_empty_one_is_told_by_its_steps() {
    let folder = folder();
    let out = text_of(folder.path());
    let empty = "fixtures/dossiers/brief-tijdelijk.ron";
    let investigated = "fixtures/investigation/onderzoek.ron";
    let done = program(&["onderzoek", investigated, empty, "-o", out]);
    assert_eq!(done.exit, Some(Exit::Problems));
    let report = folder.path().join("onderzoek.pdf");
    assert!(done.out.contains(text_of(&report)), "{}", done.out);
    assert!(fs::read(&report).expect("the report").starts_with(b"%PDF-"));
    assert!(
        done.err.contains("investigation.request.text: de stap"),
        "{}",
        done.err
    );
    assert!(
        done.err.ends_with("Geen verslag: 1 van 2 dossiers.\n"),
        "{}",
        done.err
    );
    assert!(!folder.path().join("brief-tijdelijk.pdf").exists());
}

#[test]
fn a_name_that_does_not_fit_in_the_window_of_the_envelope_is_told() {
    let long = |word: &str, times| word.repeat(times).trim_end().to_owned();
    let text = example()
        .replacen(
            "surname: \"Meer\"",
            &format!("surname: \"{}\"", long("Meer ", 38)),
            1,
        )
        .replacen(
            "\"Hooigracht\"",
            &format!("\"{}\"", long("Hooigracht ", 7)),
            1,
        );
    let (_folder, path) = written(text.as_bytes());
    let out = folder();
    let done = program(&["brief", text_of(&path), "-o", text_of(out.path())]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(done.err.contains("Het adres heeft"), "{}", done.err);
    assert!(!out.path().join("dossier.pdf").exists());
}

#[test]
fn a_slip_in_the_ending_of_a_letter_makes_no_folder() {
    let out = folder();
    let slip = out.path().join("brief.pfd");
    let done = program(&["brief", EXAMPLE, "-o", text_of(&slip)]);
    assert_eq!(done.exit, Some(Exit::WrongUse));
    assert!(done.err.contains("eindigt niet op .pdf"), "{}", done.err);
    assert!(!slip.exists());
    // Who means a folder says so.
    let folder = format!("{}/", text_of(&slip));
    let done = program(&["brief", EXAMPLE, "-o", &folder]);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.err);
    assert!(slip.join("voorbeeld.pdf").exists());
}

#[test]
fn an_extent_or_a_rate_of_a_thousand_billion_is_told_at_its_field() {
    let told_of = |from: &str, to: &str, told: &str| {
        let text =
            fs::read_to_string("fixtures/dossiers/brief-open-eind.ron").expect("it is there");
        assert!(text.contains(from), "{from}");
        let (_folder, path) = written(text.replacen(from, to, 1).as_bytes());
        let out = folder();
        let letter = out.path().join("brief.pdf");
        let done = program(&["brief", text_of(&path), "-o", text_of(&letter)]);
        assert_eq!(done.exit, Some(Exit::Problems));
        let err = done.err.replace('\u{a0}', " ");
        assert!(err.contains(told), "{err}");
        assert!(!letter.exists());
    };
    // 50 billion hours a week at 20,00.
    told_of(
        "volume: \"3\"",
        "volume: \"50000000000\"",
        "volume: 50.000.000.000 uur per week past niet in die tijd.",
    );
    told_of(
        "kind: \"netwerk\"",
        "kind: \"netwerk\", agreed: (amount: \"1000000000000\", per: Hour)",
        "agreed: een bedrag van € 1.000.000.000.000,00 kan niet kloppen.",
    );
}

#[cfg(unix)]
mod printer {
    use super::*;
    use crate::{Around, program_in};
    use maatwerk::printing::Printer;
    use std::os::unix::fs::PermissionsExt as _;

    fn print(commands: &Path, arguments: &[&str]) -> crate::Done {
        let around = Around {
            printer: Some(Printer::new(commands.into(), commands.join("afdrukken"))),
            ..Around::default()
        };
        program_in(around, arguments)
    }

    #[test]
    fn letters_go_to_the_printer_and_into_no_file_unless_one_is_asked() {
        let commands = folder();
        let lp = commands.path().join("lp");
        fs::write(&lp, "#!/bin/sh\ncat >> \"${0%/*}/got\"\n").expect("written");
        fs::set_permissions(&lp, fs::Permissions::from_mode(0o755)).expect("it can be run");
        let done = print(commands.path(), &["brief", EXAMPLE, "--afdrukken"]);
        assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
        assert_eq!(done.out, "");
        let out = folder();
        let file = out.path().join("brief.pdf");
        let arguments = ["brief", EXAMPLE, "--afdrukken", "-o", text_of(&file)];
        let done = print(commands.path(), &arguments);
        assert_eq!(done.exit, Some(Exit::Done));
        let letter = fs::read(&file).expect("a letter");
        let got = fs::read(commands.path().join("got")).expect("they were printed");
        assert_eq!(got, [letter.as_slice(), letter.as_slice()].concat());
    }

    #[test]
    fn without_a_print_command_that_is_told_and_nothing_is_left_behind() {
        let commands = folder();
        let done = print(commands.path(), &["brief", EXAMPLE, "--afdrukken"]);
        assert_eq!(done.exit, Some(Exit::Problems));
        assert!(
            done.err.contains("geen opdracht om af te drukken"),
            "{}",
            done.err
        );
        assert!(
            done.err.contains("Niet afgedrukt: 1 van 1 dossier"),
            "{}",
            done.err
        );
        let left = fs::read_dir(commands.path().join("afdrukken")).expect("a folder");
        assert_eq!(left.count(), 0);
    }
}
