//! A window that is locked or covered names nobody: on no screen, to no screen reader, and in nothing that is kept of it.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::program::{click, ctrl, fill, keys, press, settle, surname};
use super::register::{NAME, Office, WORDS, example, is_locked, secret, unlock};
use super::register_left::{loose, says, write};
use crate::desk::app::{Desk, Gate};
use crate::desk::command::{Command, Menu};

/// Everything that a person or a screen reader can find, with the title.
fn everything(harness: &Harness<'_, Desk>) -> String {
    let mut found = harness.state().shown_title().to_owned();
    for node in harness.query_all_by(|_| true) {
        let node = node.accesskit_node();
        let texts = [node.label(), node.value(), node.description()];
        for text in texts.into_iter().flatten() {
            found.push('\n');
            found.push_str(&text);
        }
    }
    found
}

/// Nothing that can be reached without a passphrase says any of these.
pub(super) fn assert_names_nobody(harness: &mut Harness<'_, Desk>, secrets: &[&str]) {
    let check = |harness: &Harness<'_, Desk>, at: &str| {
        let found = everything(harness).to_lowercase();
        for secret in secrets {
            let line = found
                .lines()
                .find(|line| line.contains(&secret.to_lowercase()));
            assert_eq!(line, None, "{secret}, after {at}");
        }
    };
    check(harness, "locking");
    for menu in Menu::ALL {
        if harness
            .query_by_role_and_label(Role::Button, menu.name())
            .is_some()
        {
            click(harness, Role::Button, menu.name());
            check(harness, menu.name());
            press(harness, Key::Escape);
        }
    }
    for command in Command::all().filter(|command| *command != Command::Quit) {
        for shortcut in command.shortcuts() {
            keys(harness, shortcut.modifiers, shortcut.logical_key);
            check(harness, command.name());
            // The search for a command stands over the others.
            press(harness, Key::Escape);
        }
    }
    check(harness, "every key");
}

/// A file with the name of its client, who lives in it.
fn named_file(folder: &Path) -> std::path::PathBuf {
    let file = folder.join("ouwehand.ron");
    write(&file, &example("Ouwehand"));
    file
}

const SECRETS: [&str; 4] = ["Ouwehand", "ouwehand.ron", "999900006", "Veldwachter"];

#[test]
fn a_locked_window_names_nobody_whatever_key_is_pressed() {
    for (who, saves) in [(NAME, false), (NAME, true), ("Fin", false)] {
        let office = Office::founded();
        let folder = tempfile::tempdir().unwrap();
        let mut harness = loose(&office, &named_file(folder.path()), who);
        fill(&mut harness, "Voorletters", "Veldwachter");
        if saves {
            // What is said then names the file.
            ctrl(&mut harness, Key::S);
            assert!(says(&harness, "ouwehand.ron"));
        }
        // What a field is for is explained.
        harness
            .get_by_role_and_label(Role::TextInput, "BSN")
            .focus();
        settle(&mut harness);
        press(&mut harness, Key::F1);
        ctrl(&mut harness, Key::L);
        assert!(is_locked(&harness), "{who}");
        assert_names_nobody(&mut harness, &SECRETS);
        // Nor is it readable in what is kept of it.
        let left = harness.state().left_behind();
        assert!(!left.is_empty());
        for secret in SECRETS {
            let found = left
                .windows(secret.len())
                .any(|part| part == secret.as_bytes());
            assert!(!found, "{secret}");
        }
        unlock(&mut harness, who);
        assert_eq!(surname(&harness), "Ouwehand");
    }
}

#[test]
fn a_covered_window_names_nobody_whatever_key_is_pressed() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = loose(&office, &named_file(folder.path()), NAME);
    fill(&mut harness, "Voorletters", "V.");
    let journal = rusqlite::Connection::open(office.home().journal).unwrap();
    journal
        .execute_batch("ALTER TABLE work RENAME TO away")
        .unwrap();
    fill(&mut harness, "Voorletters", "Veldwachter");
    ctrl(&mut harness, Key::L);
    assert!(matches!(harness.state().gate(), Gate::Open(_)), "covered");
    assert_names_nobody(&mut harness, &SECRETS);
    secret(&mut harness, "Wachtzin", WORDS);
    press(&mut harness, Key::Enter);
    assert_eq!(surname(&harness), "Ouwehand");
}

#[test]
fn a_file_that_could_not_be_written_is_told_over_the_door_without_its_name() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let file = named_file(folder.path());
    let mut harness = loose(&office, &file, NAME);
    fill(&mut harness, "Voorletters", "Veldwachter");
    // Where the file should come stands a folder.
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    let held = harness.state_mut().hold_disk();
    harness.state_mut().save(file);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    while !is_locked(&harness) {
        std::thread::yield_now();
        harness.run();
    }
    drop(held);
    settle(&mut harness);
    assert!(says(&harness, "Een bestand dat vóór het vergrendelen"));
    assert_names_nobody(&mut harness, &SECRETS);
}
