//! The locked window: what was typed comes back, nothing acts before the passphrase, and closing loses nothing unasked.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::program::{Start, click, copy, ctrl, fill, keys, press, settle, surname, type_in};
use super::register::{NAME, Office, WORDS, frames, is_locked, lock_key, secret, unlock};
use crate::desk::app::Desk;
use crate::desk::command::Command;

const REFUSED: &str = "31-2-1948";
const LEAVE_WORK: &str = "Wilt u sluiten zonder dit werk?";
const LEAVE_KEY: &str = "Is de herstelsleutel opgeschreven?";
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn asks(harness: &Harness<'_, Desk>, title: &str) -> bool {
    let found = harness.query_by_role_and_label(Role::AlertDialog, title);
    found.is_some()
}

fn birth(harness: &Harness<'_, Desk>) -> Option<String> {
    let field = harness.get_by_role_and_label(Role::TextInput, "Geboortedatum");
    field.value()
}

/// Sanne in the dossier of Zonneveld, where a field refused a text.
fn refused(office: &Office) -> Harness<'static, Desk> {
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Geboortedatum", REFUSED);
    assert!(!harness.state().document().unwrap().is_changed());
    harness
}

/// Fin with a loose dossier that was changed, which no journal keeps.
fn loose_of_finance(folder: &tempfile::TempDir, office: &Office) -> Harness<'static, Desk> {
    let mut harness = office.window_with(Start {
        file: Some(copy(folder.path(), "brief-pgb.ron")),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num3);
    unlock(&mut harness, "Fin");
    ctrl(&mut harness, Key::Num1);
    fill(&mut harness, "Achternaam", "Ster");
    harness
}

#[test]
fn a_text_that_a_field_refused_is_in_that_field_again_after_unlocking() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = refused(&office);
    ctrl(&mut harness, Key::L);
    assert!(is_locked(&harness));
    unlock(&mut harness, NAME);
    assert_eq!(birth(&harness).as_deref(), Some(REFUSED));
    let problems = &harness.state().document().unwrap().view().problems;
    let listed = problems
        .iter()
        .find(|problem| problem.place_name == "Cliënt, geboortedatum");
    assert!(listed.is_some(), "it is listed");
    // Nor does a crash lose it.
    drop(harness);
    office.pass(600);
    let mut harness = office.unlocked(NAME);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(birth(&harness).as_deref(), Some(REFUSED));
    // Put right, nothing is left to be offered.
    fill(&mut harness, "Geboortedatum", "28-2-1948");
    ctrl(&mut harness, Key::S);
    drop(harness);
    office.pass(600);
    let harness = office.unlocked(NAME);
    assert!(harness.query_by_label("Ga verder").is_none());
}

#[test]
fn no_refused_text_stands_readable_on_the_disk() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Geboortedatum", "geheimzinnig");
    ctrl(&mut harness, Key::L);
    drop(harness);
    for file in std::fs::read_dir(office.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap_or_default();
        assert!(!bytes.windows(12).any(|part| part == b"geheimzinnig"));
    }
}

#[test]
fn a_refused_text_that_was_taken_back_is_not_offered_again() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = refused(&office);
    type_in(&mut harness, "Geboortedatum", "");
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Tab);
    drop(harness);
    office.pass(600);
    let harness = office.unlocked(NAME);
    assert!(harness.query_by_label("Ga verder").is_none());
}

#[test]
fn a_refused_text_in_a_loose_dossier_of_a_person_without_a_journal_is_kept_behind_the_door() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = office.window_with(Start {
        file: Some(copy(folder.path(), "brief-pgb.ron")),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num3);
    unlock(&mut harness, "Fin");
    ctrl(&mut harness, Key::Num1);
    fill(&mut harness, "Geboortedatum", REFUSED);
    for _ in 0..2 {
        ctrl(&mut harness, Key::L);
        assert!(is_locked(&harness));
        unlock(&mut harness, "Fin");
        assert_eq!(birth(&harness).as_deref(), Some(REFUSED));
    }
}

#[test]
fn on_a_locked_window_no_command_acts_but_those_that_show_nothing_of_anybody() {
    let free = [
        Command::Quit,
        Command::FindCommand,
        Command::ToggleTheme,
        Command::SystemTheme,
        Command::ZoomIn,
        Command::ZoomOut,
        Command::ZoomReset,
    ];
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = loose_of_finance(&folder, &office);
    ctrl(&mut harness, Key::L);
    assert!(is_locked(&harness));
    for command in Command::all().filter(|command| !free.contains(command)) {
        for shortcut in command.shortcuts() {
            keys(&mut harness, shortcut.modifiers, shortcut.logical_key);
            harness.get_by_role_and_label(Role::Heading, "Ontgrendel het register");
            assert!(harness.state().document().is_none(), "{command:?}");
            for role in [Role::AlertDialog, Role::Dialog] {
                assert_eq!(harness.query_all_by_role(role).count(), 0, "{command:?}");
            }
            let file = harness.query_by_label("Pad van het bestand");
            assert!(file.is_none(), "{command:?}");
        }
        assert!(is_locked(&harness), "{command:?}");
    }
    unlock(&mut harness, "Fin");
    assert_eq!(surname(&harness), "Ster");
}

#[test]
fn what_one_person_left_behind_the_door_is_not_shown_to_another() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = loose_of_finance(&folder, &office);
    ctrl(&mut harness, Key::L);
    // At another register nobody could get at it.
    assert!(harness.query_by_label("Andere plaats…").is_none());
    unlock(&mut harness, NAME);
    assert!(harness.state().document().is_none());
    ctrl(&mut harness, Key::Num1);
    assert!(harness.query_by_label_contains("Ster").is_none());
    ctrl(&mut harness, Key::L);
    unlock(&mut harness, "Fin");
    assert_eq!(surname(&harness), "Ster");
}

#[test]
fn closing_a_locked_window_asks_about_work_that_is_nowhere_else() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = loose_of_finance(&folder, &office);
    ctrl(&mut harness, Key::L);
    ctrl(&mut harness, Key::Q);
    assert!(asks(&harness, LEAVE_WORK));
    press(&mut harness, Key::Escape);
    assert!(!harness.state().is_leaving());
    unlock(&mut harness, "Fin");
    assert_eq!(surname(&harness), "Ster");
    ctrl(&mut harness, Key::L);
    ctrl(&mut harness, Key::Q);
    click(&mut harness, Role::Button, "Sluit en verlies het werk");
    assert!(harness.state().is_leaving());
}

#[test]
fn a_locked_window_whose_work_is_in_the_journal_closes_at_once() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Achternaam", "Maan");
    ctrl(&mut harness, Key::L);
    ctrl(&mut harness, Key::Q);
    assert!(harness.state().is_leaving());
}

#[test]
fn a_window_that_is_closed_while_it_locks_closes_once_the_work_is_kept() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Achternaam", "Maan");
    let held = harness.state_mut().hold_register();
    lock_key(&mut harness);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    frames(&mut harness);
    assert!(!harness.state().is_leaving());
    drop(held);
    settle(&mut harness);
    assert!(harness.state().is_leaving());
}

#[test]
fn closing_a_covered_window_says_that_its_work_is_kept_nowhere() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    let journal = rusqlite::Connection::open(office.home().journal).unwrap();
    journal
        .execute_batch("ALTER TABLE work RENAME TO away")
        .unwrap();
    fill(&mut harness, "Achternaam", "Maan");
    ctrl(&mut harness, Key::L);
    ctrl(&mut harness, Key::Q);
    assert!(asks(&harness, LEAVE_WORK));
    assert!(harness.query_by_label_contains("Maan").is_none());
    press(&mut harness, Key::Escape);
    assert!(!harness.state().is_leaving());
    secret(&mut harness, "Wachtzin", WORDS);
    press(&mut harness, Key::Enter);
    assert_eq!(surname(&harness), "Maan");
}

#[test]
fn closing_asks_first_while_a_recovery_key_is_not_written_down() {
    let office = Office::new();
    let mut harness = office.window();
    type_in(&mut harness, "Uw naam", NAME);
    secret(&mut harness, "Nieuwe wachtzin", WORDS);
    secret(&mut harness, "Nog een keer", WORDS);
    press(&mut harness, Key::Enter);
    ctrl(&mut harness, Key::Q);
    assert!(asks(&harness, LEAVE_KEY));
    press(&mut harness, Key::Escape);
    assert!(!harness.state().is_leaving());
    let text = "Ik heb de sleutel opgeschreven en bewaar hem op een veilige plaats";
    click(&mut harness, Role::CheckBox, text);
    click(&mut harness, Role::Button, "Ga verder");

    keys(&mut harness, CTRL_SHIFT, Key::M);
    click(&mut harness, Role::Button, "Maak een nieuwe herstelsleutel");
    ctrl(&mut harness, Key::Q);
    assert!(asks(&harness, LEAVE_KEY));
    press(&mut harness, Key::Escape);
    // Nor while it waits behind the lock.
    ctrl(&mut harness, Key::L);
    ctrl(&mut harness, Key::Q);
    assert!(asks(&harness, LEAVE_KEY));
    click(&mut harness, Role::Button, "Sluit het programma");
    assert!(harness.state().is_leaving());
}
