//! Help, wrong use, and the program as it is started.

use super::{EXAMPLE, folder, program};
use maatwerk::cli::Exit;
use std::fs;
use std::process::{Command, Stdio};

#[test]
fn wrong_use_is_explained_in_dutch_with_exit_2() {
    for (arguments, words) in [
        (&["bereken"][..], "Er ontbreekt <DOSSIER>….\n"),
        (
            &["bereken", "--catalogus", "a.ron", "b.ron"],
            "zet bestanden vóór --catalogus",
        ),
        (
            &["bereken", EXAMPLE, "--jsn"],
            "Optie «--jsn» bestaat hier niet",
        ),
        (&["bereken", EXAMPLE, "--datum", "2-3-26"], "vier cijfers"),
        (
            &["bereken", EXAMPLE, "--datum", "31-2-2026"],
            "bestaat niet",
        ),
        (&["bereken", EXAMPLE, "--datum"], "ontbreekt een waarde"),
        (&["bereken", EXAMPLE, "--json", "--json"], "meer dan eens"),
        (
            &["brief", EXAMPLE],
            "Er ontbreekt --uitvoer <BESTAND_OF_MAP>.\n",
        ),
        (&["onderzoek", EXAMPLE], "Er ontbreekt --uitvoer"),
        (&["berken", EXAMPLE], "«berken» is geen opdracht"),
        (
            &["berken"],
            "Opdrachten zijn bereken, brief, onderzoek, controleer, voorbeelden, register, termijnen, scenario en budgethouder",
        ),
        (&["-x"], "Optie «-x» bestaat hier niet"),
        (&["controleer"], "Er ontbreekt <BESTAND>"),
    ] {
        let done = program(arguments);
        assert_eq!(done.exit, Some(Exit::WrongUse), "{arguments:?}");
        assert!(done.err.contains(words), "{arguments:?}: {}", done.err);
        assert!(
            done.err.contains("Uitleg: maatwerk"),
            "{arguments:?}: {}",
            done.err
        );
        let english = [
            "error",
            "Usage",
            "unexpected",
            "argument",
            "required",
            "help'",
        ];
        assert!(
            !english.iter().any(|word| done.err.contains(word)),
            "{}",
            done.err
        );
        assert_eq!(done.out, "");
    }
}

#[test]
fn help_is_in_dutch_for_every_command() {
    for arguments in [
        &["--help"][..],
        &["-h"],
        &["bereken", "--help"],
        &["brief", "--help"],
        &["controleer", "--help"],
        &["termijnen", "--help"],
        &["scenario", "--help"],
        &["budgethouder", "--help"],
        &["onderzoek", "--help"],
    ] {
        let done = program(arguments);
        assert_eq!(
            (done.exit, done.err.as_str()),
            (Some(Exit::Done), ""),
            "{arguments:?}"
        );
        assert!(done.out.contains("Gebruik: maatwerk"), "{}", done.out);
        let english = [
            "Usage",
            "Options",
            "Arguments",
            "Commands",
            "Print",
            "possible",
            "default",
        ];
        assert!(
            !english.iter().any(|word| done.out.contains(word)),
            "{}",
            done.out
        );
    }
    assert!(program(&["--versie"]).out.starts_with("maatwerk "));
}

#[test]
fn without_a_command_the_window_opens() {
    assert_eq!(program(&[]).exit, None);
    assert_eq!(program(&[EXAMPLE]).exit, None);
}

#[test]
fn the_day_of_calculation_can_be_chosen() {
    let path = "fixtures/dossiers/beschermd-wonen-zonder-einde.ron";
    let done = program(&["bereken", path, "--datum", "1-2-2020"]);
    assert!(
        done.out
            .contains("Berekend op                 1 februari 2020"),
        "{}",
        done.out
    );
    assert!(
        done.out.contains("geteld tot en met 31 december 2021"),
        "{}",
        done.out
    );
}

#[test]
fn the_program_without_a_display_says_so_in_one_line() {
    let done = Command::new(env!("CARGO_BIN_EXE_maatwerk"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("XDG_CONFIG_HOME", folder().path())
        .output()
        .expect("the program runs");
    if cfg!(all(unix, not(target_os = "macos"))) {
        assert_eq!(done.status.code(), Some(2));
        let said = String::from_utf8(done.stderr).expect("UTF-8");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains("maatwerk bereken"), "{said}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_a_reader_that_goes_away_is_no_problem() {
    let start = |out: Stdio| {
        Command::new(env!("CARGO_BIN_EXE_maatwerk"))
            .args(["bereken", EXAMPLE])
            .env("XDG_CONFIG_HOME", folder().path())
            .stdout(out)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs")
    };
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("a full disk");
    let done = start(full.into()).wait_with_output().expect("an end");
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stderr).expect("UTF-8");
    assert!(said.contains("de schijf is vol"), "{said}");
    let mut child = start(Stdio::piped());
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("an end");
    assert_eq!((done.status.code(), done.stderr), (Some(0), Vec::new()));
}
