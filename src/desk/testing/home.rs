//! The simple window at home: opened with a file, hours and rates tried, and sent back, by role and name.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};
use jiff::civil::date;
use tempfile::TempDir;

use super::files::drop_file;
use super::keyboard::{fill as fill_by_keys, focused, tab, walk, write};
use super::names;
use super::program::{Start, click, ctrl, fill, give_path, keys, press, settle, start, type_in};
use super::scenarios::leiden;
use super::{LOOKS, LOW, assert_nothing_is_cut_off};
use crate::budget::Library;
use crate::desk::app::Desk;
use crate::dossier::Dossier;
use crate::plain::PlainWords;
use crate::scenario::ScenarioFile;

const SIZE: Vec2 = vec2(1280.0, 900.0);

pub(super) fn file() -> (TempDir, PathBuf) {
    let bytes = std::fs::read(leiden()).unwrap();
    let dossier = Dossier::read("leiden.ron", &bytes).unwrap();
    let library = Library::shipped().unwrap();
    let made = ScenarioFile::of(&dossier, &library, date(2018, 1, 15)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("thuis.ron");
    std::fs::write(&path, made.to_text().unwrap()).unwrap();
    (folder, path)
}

fn home(size: Vec2, look: Theme) -> (Harness<'static, Desk>, TempDir) {
    let (folder, path) = file();
    let harness = start(Start {
        size,
        look,
        file: Some(path),
        ..Start::default()
    });
    (harness, folder)
}

#[test]
fn a_file_for_home_opens_the_simple_window_without_the_menus_of_the_desk() {
    let (harness, _folder) = home(SIZE, Theme::Light);
    harness.get_by_role_and_label(Role::Heading, "Uw pgb: wat kunt u ermee doen?");
    assert!(
        harness
            .query_by_role_and_label(Role::Button, "Dossier")
            .is_none()
    );
    assert!(harness.query_by_label("Regel toevoegen").is_none());
    harness.get_by_label("U kunt gemiddeld €\u{a0}190,66 per maand uitgeven.");
    harness.get_by_label(
        "Dat is genoeg voor de hele periode: 1 januari 2018 tot en met 31 december 2018.",
    );
}

#[test]
fn a_file_for_home_that_is_dropped_opens_the_simple_window_or_is_laid_beside_its_dossier() {
    let (_folder, path) = file();
    let mut harness = start(Start::default());
    drop_file(&mut harness, &path);
    harness.get_by_role_and_label(Role::Heading, "Uw pgb: wat kunt u ermee doen?");
    let mut harness = start(Start {
        file: Some(leiden()),
        ..Start::default()
    });
    drop_file(&mut harness, &path);
    harness.get_by_role_and_label(Role::Heading, "Voorstel van de budgethouder");
    assert!(harness.state().document().is_some());
}

#[test]
fn a_file_that_is_dropped_on_a_changed_plan_asks_first() {
    let (mut harness, _folder) = home(SIZE, Theme::Light);
    click(&mut harness, Role::Button, "Maak een nieuw plan");
    let (_other, path) = file();
    drop_file(&mut harness, &path);
    click(&mut harness, Role::Button, "Annuleren");
    harness.get_by_role_and_label(Role::Tab, "Mijn plan 4");
}

#[test]
fn a_rate_is_tried_and_sent_back_and_the_grant_stays_as_it_is() {
    let (mut harness, folder) = home(SIZE, Theme::Light);
    click(&mut harness, Role::Tab, "Zestien euro per uur");
    fill(&mut harness, "Tarief", "15");
    assert!(
        harness
            .query_all_by_label_contains("U houdt €\u{a0}0,00 over.")
            .count()
            > 0
    );
    click(&mut harness, Role::Button, "Terugsturen…");
    let back = folder.path().join("terug.ron");
    give_path(&mut harness, &back);
    let bytes = std::fs::read(&back).unwrap();
    let sent = ScenarioFile::read("terug.ron", &bytes).unwrap();
    let rate = sent.scenarios[1].lines[0].hired[0].work[0].rate.amount;
    assert_eq!(rate.0.to_string(), "15");
    assert!(
        harness
            .query_all_by_label_contains("Stuur dat bestand naar de gemeente")
            .count()
            > 0
    );
    // Nothing is lost any more by leaving.
    ctrl(&mut harness, Key::Q);
    assert!(harness.state().is_leaving());
}

#[test]
fn the_answer_at_home_follows_each_digit_and_esc_puts_it_back() {
    let (mut harness, _folder) = home(SIZE, Theme::Light);
    click(&mut harness, Role::Tab, "Zestien euro per uur");
    let over = "U houdt €\u{a0}0,00 over.";
    let said = |harness: &Harness<'_, Desk>| {
        (
            harness.query_all_by_label("niet genoeg").count() > 0,
            harness.query_all_by_label_contains(over).count() > 0,
        )
    };
    assert_eq!(said(&harness), (true, false));
    type_in(&mut harness, "Tarief", "15");
    assert_eq!(said(&harness), (false, true));
    type_in(&mut harness, "Tarief", "0");
    assert_eq!(said(&harness), (true, false));
    press(&mut harness, Key::Backspace);
    assert_eq!(said(&harness), (false, true));
    press(&mut harness, Key::Escape);
    assert_eq!(said(&harness), (true, false));
    // Nothing was changed: leaving asks nothing.
    ctrl(&mut harness, Key::Q);
    assert!(harness.state().is_leaving());
}

#[test]
fn at_home_neither_choices_nor_the_hours_of_the_grant_can_be_changed() {
    let (mut harness, _folder) = home(SIZE, Theme::Light);
    for plan in [
        "Zoals toegekend",
        "Zestien euro per uur",
        "Alles met een pgb",
    ] {
        click(&mut harness, Role::Tab, plan);
        for label in [
            "Andere keuzes of uren dan toegekend",
            "Leveringsvorm",
            "Zelf invullen",
            "Omvang",
        ] {
            assert!(
                harness.query_all_by_label(label).count() == 0,
                "{plan}: {label}"
            );
        }
    }
}

#[test]
fn leaving_with_a_changed_plan_asks_first_and_undo_takes_it_back() {
    let (mut harness, _folder) = home(SIZE, Theme::Light);
    click(&mut harness, Role::Button, "Maak een nieuw plan");
    harness.get_by_role_and_label(Role::Tab, "Mijn plan 4");
    ctrl(&mut harness, Key::Q);
    assert!(!harness.state().is_leaving());
    click(&mut harness, Role::Button, "Annuleren");
    ctrl(&mut harness, Key::Z);
    assert!(
        harness
            .query_by_role_and_label(Role::Tab, "Mijn plan 4")
            .is_none()
    );
    ctrl(&mut harness, Key::Q);
    assert!(harness.state().is_leaving());
}

/// From the file to the proposal with the keyboard alone, in a window of this size; with what is answered on the way.
fn play_and_send(size: Vec2) {
    let (mut harness, folder) = home(size, Theme::Light);
    let harness = &mut harness;
    let answer = |harness: &Harness<'_, Desk>| -> String {
        let line = harness.query_all_by_role(Role::Status).find_map(|node| {
            let label = node.accesskit_node().label()?;
            label.starts_with("Zestien").then_some(label)
        });
        line.unwrap_or_default()
    };
    walk(harness, Role::Tab, "Zoals toegekend");
    press(harness, Key::ArrowRight);
    press(harness, Key::Space);
    let is_small = size == LOW;
    let says = |harness: &Harness<'_, Desk>, said: &str| match is_small {
        // It stays in sight above what is filled in.
        true => assert_eq!(answer(harness), format!("Zestien euro per uur: {said}")),
        false => assert_eq!(answer(harness), ""),
    };
    says(
        harness,
        "€\u{a0}190,66 per maand, niet genoeg. Te kort: €\u{a0}131,53",
    );
    walk(harness, Role::TextInput, "Tarief");
    write(harness, "15");
    says(harness, "€\u{a0}189,02 per maand, genoeg. ");
    tab(harness);
    walk_back(harness, "Hoeveel");
    write(harness, "120");
    // 2 × 15,00 × 365/7 = 1.564,29.
    says(
        harness,
        "€\u{a0}189,02 per maand, genoeg. Over: €\u{a0}703,92",
    );
    walk(harness, Role::Button, "Zorgverlener toevoegen");
    press(harness, Key::Space);
    assert_eq!(
        focused(harness),
        Some((Role::TextInput, "Hoeveel".to_owned()))
    );
    write(harness, "60");
    // An hour more a week for 16,00: 834,29.
    walk(harness, Role::TextInput, "Tarief");
    write(harness, "16");
    tab(harness);
    says(
        harness,
        "€\u{a0}190,66 per maand, niet genoeg. Te kort: €\u{a0}110,68",
    );
    // What stands in the menu of a small window, and beside it in a large one.
    if is_small {
        walk(harness, Role::Button, "Meer");
        press(harness, Key::Space);
        walk(harness, Role::Button, "Licht of donker");
        press(harness, Key::Escape);
        assert_eq!(focused(harness), Some((Role::Button, "Meer".to_owned())));
    }
    walk(harness, Role::Button, "Terugsturen…");
    press(harness, Key::Space);
    let back = folder.path().join("terug.pgb");
    fill_by_keys(harness, "Pad van het bestand", &back.display().to_string());
    press(harness, Key::Enter);
    if !back.is_file() {
        walk(harness, Role::Button, "Opslaan");
        press(harness, Key::Space);
    }
    let bytes = std::fs::read(&back).unwrap();
    let sent = ScenarioFile::read("terug.pgb", &bytes).unwrap();
    let given = ScenarioFile::read(
        "t.ron",
        &std::fs::read(folder.path().join("thuis.ron")).unwrap(),
    );
    let given = given.unwrap();
    assert_eq!(sent.scenarios[0], given.scenarios[0]);
    let hired = &sent.scenarios[1].lines[0].hired;
    let said = |one: &crate::dossier::Hired| {
        let work = &one.work[0];
        (
            one.kind.clone(),
            work.extent.volume.to_string(),
            work.rate.amount.0.to_string(),
        )
    };
    let hired: Vec<_> = hired.iter().map(said).collect();
    let expected = [("120", "15"), ("60", "16")];
    let expected =
        expected.map(|(volume, rate)| ("informeel".to_owned(), volume.to_owned(), rate.to_owned()));
    assert_eq!(hired, expected);
}

/// Walks back with Shift+Tab to the field with this name.
fn walk_back(harness: &mut Harness<'_, Desk>, name: &str) {
    for _ in 0..120 {
        if focused(harness).is_some_and(|(_, label)| label == name) {
            return;
        }
        keys(harness, Modifiers::SHIFT, Key::Tab);
    }
    panic!("Shift+Tab does not come to {name}");
}

#[test]
fn a_plan_is_changed_gets_a_helper_and_is_sent_back_with_the_keyboard_alone() {
    play_and_send(SIZE);
}

#[test]
fn a_plan_is_changed_and_sent_back_with_the_keyboard_alone_at_twice_the_size() {
    play_and_send(LOW);
}

#[test]
fn who_was_added_at_home_can_go_again_and_who_stands_in_the_file_stays() {
    let (mut harness, _folder) = home(SIZE, Theme::Light);
    let gone = |harness: &Harness<'_, Desk>| {
        let buttons = harness.query_all_by_role(Role::Button);
        let named =
            buttons.filter(|node| node.accesskit_node().label().as_deref() == Some("Haal weg"));
        named.count()
    };
    assert_eq!(gone(&harness), 0);
    click(&mut harness, Role::Button, "Zorgverlener toevoegen");
    assert_eq!(gone(&harness), 1);
    names::check(&harness, "home");
    click(&mut harness, Role::Button, "Haal weg");
    let hired = &harness.state().at_home().unwrap().now().scenarios[0].lines[0].hired;
    assert_eq!(hired.len(), 1);
}

#[test]
fn at_twice_the_size_the_bar_leaves_three_quarters_of_the_window() {
    let (harness, _folder) = home(LOW, Theme::Light);
    let answer = harness.get_by_role(Role::Status).rect();
    assert!(answer.bottom() < LOW.y / 4.0, "{answer:?}");
}

#[test]
fn a_file_whose_grant_was_changed_does_not_open_and_says_why() {
    let (_folder, path) = file();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replacen("27.50", "37.50", 1)).unwrap();
    let harness = start(Start {
        file: Some(path),
        ..Start::default()
    });
    let told = "het vaste deel van dit bestand is veranderd";
    assert!(harness.query_all_by_label_contains(told).count() > 0);
}

#[test]
fn every_control_at_home_has_a_name_of_its_own_and_nothing_is_cut_off() {
    for size in [vec2(512.0, 350.0), LOW, vec2(1024.0, 700.0), SIZE] {
        let (mut harness, _folder) = home(size, Theme::Light);
        click(&mut harness, Role::Tab, "Alles met een pgb");
        settle(&mut harness);
        names::check(&harness, "home");
        let roles = [Role::TextInput, Role::Button, Role::Heading];
        assert_nothing_is_cut_off(&harness, &roles, size);
    }
}

/// Every sentence that the window shows, in each of its plans.
#[test]
fn what_the_window_says_at_home_is_plain_dutch() {
    let words = PlainWords::shipped().unwrap();
    let (mut harness, _folder) = home(SIZE, Theme::Light);
    let mut found = Vec::new();
    for plan in [
        "Zoals toegekend",
        "Zestien euro per uur",
        "Alles met een pgb",
    ] {
        click(&mut harness, Role::Tab, plan);
        let labels = harness.query_all_by(|node| {
            let label = node.label().or_else(|| node.value());
            label.is_some_and(|label| label.ends_with(['.', '?']))
        });
        let said: Vec<String> = labels
            .filter_map(|node| {
                let node = node.accesskit_node();
                node.label().or_else(|| node.value())
            })
            .collect();
        assert!(said.len() > 8, "{said:#?}");
        let text = said.join("\n").replace('\u{a0}', " ");
        let explained = "Pgb: persoonsgebonden budget: geld waarmee u zelf hulp koopt.";
        harness.get_by_label(explained);
        found.extend(words.check(&text, &["Pgb"]));
    }
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{told:#?}");
}

#[test]
fn pictures_of_the_window_at_home() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let (mut harness, _folder) = home(SIZE, look);
        click(&mut harness, Role::Tab, "Zestien euro per uur");
        harness.snapshot(format!("home_{name}"));
        results.extend_harness(&mut harness);
        // At twice the size, while a rate is typed and with the menu open.
        let (mut low, _folder) = home(LOW, look);
        click(&mut low, Role::Tab, "Zestien euro per uur");
        type_in(&mut low, "Tarief", "15");
        low.snapshot(format!("home_low_{name}"));
        press(&mut low, Key::Escape);
        click(&mut low, Role::Button, "Meer");
        low.snapshot(format!("home_menu_{name}"));
        results.extend_harness(&mut low);
    }
}
