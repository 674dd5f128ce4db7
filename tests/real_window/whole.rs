//! A whole dossier in the real window: the keys that the test of the window found on its way (`desk/testing/keyboard.rs`
//! writes them beside this, with the dossier that came of them), given to the program by the system.

use super::{Display, at_home, example, not_checked, possible, read};
use std::process::Command;

/// A step a line: keys by the names of xdotool, or text to type.
const STEPS: &str = include_str!("dossier.keys");
/// What they make.
const MADE: &str = include_str!("dossier.ron");

#[test]
fn a_whole_dossier_is_made_saved_and_printed_with_the_keyboard_alone() {
    if !possible() {
        return;
    }
    let home = tempfile::tempdir().expect("a folder");
    let home = home.path();
    let [file, letter] = ["nieuw.ron", "brief.pdf"].map(|name| home.join(name));
    let mut display = Display::start();
    display.pause = "20";
    let mut program = Command::new("timeout");
    program
        .arg("400")
        .arg(env!("CARGO_BIN_EXE_maatwerk"))
        .args(["--datum", "1-3-2018"])
        .arg(example(home));
    let mut program = at_home(&mut program, home, &display)
        .spawn()
        .expect("the program starts");
    let window = display.take_keyboard();
    let is_saved = || {
        let title = display.tool(&["getwindowname", &window]);
        file.is_file() && !title.stdout.starts_with(b"*")
    };
    let paths = |text: &str| {
        let text = text.replace("{dossier}", &file.display().to_string());
        text.replace("{letter}", &letter.display().to_string())
    };
    for step in STEPS.lines() {
        if step == "key ctrl+p" {
            assert!((0..2_000).any(|_| is_saved()), "it is saved");
        }
        match step.split_once(' ') {
            Some(("key", keys)) => display.press(&keys.split(' ').collect::<Vec<_>>()),
            Some(("type", text)) => display.write(&paths(text)),
            _ => panic!("no step: {step}"),
        }
    }
    let title = || display.tool(&["getwindowname", &window]);
    let is_there = (0..2_000).any(|_| letter.is_file() || !title().status.success());
    assert!(is_there && letter.is_file(), "the letter is on disk");
    display.press(&["ctrl+q"]);
    assert_eq!(program.wait().expect("the program ends").code(), Some(0));
    let made = std::fs::read_to_string(&file).expect("saved");
    assert_eq!(made, MADE.replace("\r\n", "\n"));
    // The dossier that was open all the while is as it was.
    let fixture = std::path::Path::new("fixtures/dossiers/voorbeeld.ron");
    assert_eq!(read(&home.join("dossier.ron")), read(fixture));
    let text = Command::new("pdftotext").arg(&letter).arg("-").output();
    match text {
        Ok(text) => {
            let text = String::from_utf8_lossy(&text.stdout);
            for part in ["A.B. de Jansen", "175,51", "Uw zoon woont thuis"] {
                assert!(text.contains(part), "{part} in {text}");
            }
        }
        Err(_) => not_checked("the text of the letter, because pdftotext is missing."),
    }
}
