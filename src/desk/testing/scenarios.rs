//! The scenarios of a dossier in the window: compared, changed, undone, taken home and sent back, by role and name.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};

use super::names;
use super::program::{Start, click, ctrl, fill, give_path, keys, press, settle, start, type_in};
use super::{LOOKS, USUAL, assert_nothing_is_cut_off};
use crate::desk::app::Desk;
use crate::dossier::Scenario;

/// Sees that something on the screen says these words; else shows all that begins with the same word.
fn says(harness: &Harness<'_, Desk>, words: &str) {
    let there = harness.query_all_by_label_contains(words).count() > 0;
    let start = words.split(' ').next().unwrap_or_default();
    let near = harness.query_all_by_label_contains(start);
    let near: Vec<String> = near
        .map(|node| format!("{:?}", node.accesskit_node().label()))
        .collect();
    assert!(there, "{words}\n{near:#?}");
}

const OTHER_NEED: &str = "Andere keuzes of uren dan toegekend";
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

pub(super) fn leiden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scenarios/leiden-2018.ron")
}

/// The program with a dossier of three scenarios, on their screen.
fn scenarios(size: Vec2, look: Theme) -> Harness<'static, Desk> {
    let mut harness = start(Start {
        size,
        look,
        file: Some(leiden()),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num4);
    harness
}

fn of(harness: &Harness<'_, Desk>) -> Vec<Scenario> {
    let document = harness.state().document().unwrap();
    document.dossier().scenarios.clone()
}

fn rate(scenario: &Scenario) -> String {
    let hired = &scenario.lines[0].hired[0];
    hired.work[0].rate.amount.0.to_string()
}

#[test]
fn scenarios_stand_beside_each_other_with_signed_differences_and_words_for_what_changed() {
    let harness = scenarios(USUAL, Theme::Light);
    harness.get_by_role_and_label(Role::Heading, "Scenario's");
    let all = "Uitgaven: Zoals toegekend €\u{a0}2.287,87; Zestien euro per uur €\u{a0}2.419,43 (+€\u{a0}131,56)";
    assert!(harness.query_all_by_label_contains(all).count() > 0);
    let enough =
        "Genoeg: Zoals toegekend ja; Zestien euro per uur nee (anders); Alles met een pgb ja";
    assert!(harness.query_all_by_label_contains(enough).count() > 0);
    let until =
        "Eerste dag zonder budget: Zoals toegekend geen; Zestien euro per uur 12-12-2018 (anders)";
    assert!(harness.query_all_by_label_contains(until).count() > 0);
    harness.get_by_label(
        "Zestien euro per uur: mevrouw A. Yilmaz €\u{a0}2.419,43, Te kort €\u{a0}131,53",
    );
    harness.get_by_label("Zoals toegekend: te besteden: €\u{a0}190,66 per maand");
    harness.get_by_label(
        "december 2018: gepland €\u{a0}194,31, uitgegeven €\u{a0}194,31, over €\u{a0}0,03",
    );
}

#[test]
fn f6_goes_round_the_panes_of_the_scenarios_and_stays_on_them() {
    for size in [USUAL, vec2(640.0, 400.0)] {
        let mut harness = scenarios(size, Theme::Light);
        let focused = |harness: &Harness<'_, Desk>| {
            let mut nodes = harness.root().children_recursive();
            let node = nodes.find(|node| node.accesskit_node().is_focused())?;
            node.accesskit_node().label()
        };
        assert_eq!(focused(&harness).as_deref(), Some("Toevoegen"), "{size:?}");
        for pane in ["Vergelijken", "Invullen", "Toevoegen", "Vergelijken"] {
            press(&mut harness, Key::F6);
            assert_eq!(focused(&harness).as_deref(), Some(pane), "{size:?}");
            harness.get_by_role_and_label(Role::Heading, "Scenario's");
        }
        // From there Tab goes on in that pane.
        press(&mut harness, Key::F6);
        press(&mut harness, Key::Tab);
        assert!(harness.state().field_entered().is_some() || focused(&harness).is_some());
    }
    // Without a scenario there is one pane.
    let mut harness = start(Start {
        file: Some(super::program::fixture("voorbeeld.ron")),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num4);
    for _ in 0..2 {
        press(&mut harness, Key::F6);
        harness.get_by_role_and_label(Role::Heading, "Scenario's");
        let mut nodes = harness.root().children_recursive();
        assert!(nodes.any(|node| node.accesskit_node().is_focused()));
    }
}

#[test]
fn a_rate_is_changed_in_the_chosen_scenario_and_undone() {
    let mut harness = scenarios(USUAL, Theme::Light);
    click(&mut harness, Role::Tab, "Zestien euro per uur, scenario 2");
    let bad = "Dat is niet genoeg: vanaf 12 december 2018 is er geen geld meer.";
    assert!(harness.query_all_by_label_contains(bad).count() > 0);
    fill(&mut harness, "Tarief", "15");
    assert_eq!(rate(&of(&harness)[1]), "15");
    // Below the tariff of 15,13 the budget is what is paid.
    harness.get_by_label("Zestien euro per uur: mevrouw A. Yilmaz €\u{a0}2.268,21");
    ctrl(&mut harness, Key::Z);
    assert_eq!(rate(&of(&harness)[1]), "16.00");
    harness.get_by_role_and_label(Role::Heading, "Scenario's");
    harness.get_by_label(
        "Zestien euro per uur: mevrouw A. Yilmaz €\u{a0}2.419,43, Te kort €\u{a0}131,53",
    );
}

#[test]
fn answers_follow_each_digit_of_a_rate_and_the_dossier_only_what_is_committed() {
    let mut harness = scenarios(USUAL, Theme::Light);
    click(&mut harness, Role::Tab, "Zestien euro per uur, scenario 2");
    let short = "Zestien euro per uur: mevrouw A. Yilmaz €\u{a0}2.419,43, Te kort €\u{a0}131,53";
    let enough = "Zestien euro per uur: mevrouw A. Yilmaz €\u{a0}2.268,21";
    let untouched = |harness: &Harness<'_, Desk>| {
        let document = harness.state().document().unwrap();
        assert_eq!(rate(&document.dossier().scenarios[1]), "16.00");
        assert!(document.undoes().is_none() && !document.is_unsaved());
    };
    says(&harness, short);
    type_in(&mut harness, "Tarief", "1");
    says(
        &harness,
        "Zestien euro per uur: mevrouw A. Yilmaz €\u{a0}151,21",
    );
    untouched(&harness);
    type_in(&mut harness, "Tarief", "5");
    says(&harness, enough);
    untouched(&harness);
    // What is no value leaves the answers as they were, and says nothing yet.
    type_in(&mut harness, "Tarief", ",");
    says(&harness, enough);
    press(&mut harness, Key::Escape);
    says(&harness, short);
    untouched(&harness);
    // The rules follow too.
    type_in(&mut harness, "Tarief", "1513");
    says(&harness, "in centen");
    untouched(&harness);
    press(&mut harness, Key::Escape);
    assert!(harness.query_all_by_label_contains("in centen").count() == 0);
    type_in(&mut harness, "Tarief", "15");
    type_in(&mut harness, "Tarief", ",");
    // Refused, it is no value to answer from any more.
    press(&mut harness, Key::Enter);
    says(&harness, short);
    press(&mut harness, Key::Escape);
    type_in(&mut harness, "Tarief", "1");
    type_in(&mut harness, "Tarief", "5");
    press(&mut harness, Key::Tab);
    says(&harness, enough);
    assert_eq!(rate(&of(&harness)[1]), "15");
    ctrl(&mut harness, Key::Z);
    says(&harness, short);
    untouched(&harness);
}

#[test]
fn other_hours_than_granted_are_answered_while_they_are_typed() {
    let mut harness = scenarios(USUAL, Theme::Light);
    click(&mut harness, Role::CheckBox, OTHER_NEED);
    click(&mut harness, Role::RadioButton, "standaard");
    click(&mut harness, Role::RadioButton, "Zelf invullen");
    let before = of(&harness);
    type_in(&mut harness, "Omvang", "120");
    says(&harness, "Omvang per week: Zoals toegekend 2 uur;");
    assert!(of(&harness) == before);
    press(&mut harness, Key::Escape);
    assert!(
        harness
            .query_all_by_label_contains("Omvang per week: Zoals toegekend 2 uur;")
            .count()
            == 0
    );
}

#[test]
fn each_period_and_each_care_provider_stands_there_with_all_its_figures() {
    let mut harness = scenarios(USUAL, Theme::Light);
    click(&mut harness, Role::Tab, "Zestien euro per uur, scenario 2");
    for words in [
        "Huishoudelijke ondersteuning: 1 januari 2018 tot en met 31 december 2018",
        "Toereikend: tot en met 11 december 2018",
        "Te kort: €\u{a0}131,53",
        "Zelf bijbetalen: €\u{a0}2,53 per week, €\u{a0}10,97 per maand of €\u{a0}131,53 per jaar",
        "Huishoudelijke ondersteuning: mevrouw A. Yilmaz, informele hulp",
        "Per week: €\u{a0}46,40 (",
        "Per jaar: €\u{a0}2.412,80 (",
        "Bij de SVB: €\u{a0}16,00000 per uur",
        "Te koop na een stijging: Zoals toegekend -; Zestien euro per uur 2,61 uur (anders)",
    ] {
        says(&harness, words);
    }
}

#[test]
fn a_slip_is_told_at_its_field_and_no_figure_is_made_of_it() {
    let mut harness = scenarios(USUAL, Theme::Light);
    fill(&mut harness, "Tarief", "1513");
    assert!(harness.query_all_by_label_contains("in centen").count() > 0);
    let spent = "Uitgaven: Zoals toegekend niet bekend";
    assert!(harness.query_all_by_label_contains(spent).count() > 0);
    type_in(&mut harness, "Tarief", "zestien");
    press(&mut harness, Key::Enter);
    assert_eq!(rate(&of(&harness)[0]), "1513");
    ctrl(&mut harness, Key::Q);
    harness.get_by_role_and_label(Role::Button, "Niet opslaan");
}

#[test]
fn a_scenario_is_added_copied_named_made_the_base_and_removed_each_in_one_step() {
    let mut harness = scenarios(USUAL, Theme::Light);
    let names = |harness: &Harness<'_, Desk>| -> Vec<String> {
        of(harness).into_iter().map(|one| one.name).collect()
    };
    keys(&mut harness, CTRL_SHIFT, Key::N);
    assert_eq!(names(&harness)[3], "Scenario 4");
    // It begins as is granted: the same helper for the same hours at the tariff.
    let fresh = of(&harness).remove(3);
    assert_eq!(
        fresh.lines[0].hired[0].work,
        of(&harness)[0].lines[0].hired[0].work
    );
    fill(&mut harness, "Naam van het scenario", "Ook zo");
    assert_eq!(names(&harness)[3], "Ook zo");
    keys(&mut harness, CTRL_SHIFT, Key::F);
    assert_eq!(names(&harness)[4], "Ook zo (kopie)");
    click(&mut harness, Role::Button, "Maak dit de basis");
    assert_eq!(names(&harness)[0], "Ook zo (kopie)");
    keys(&mut harness, CTRL_SHIFT, Key::W);
    assert_eq!(names(&harness).len(), 4);
    assert_eq!(names(&harness)[0], "Zoals toegekend");
    for _ in 0..5 {
        ctrl(&mut harness, Key::Z);
    }
    assert_eq!(names(&harness).len(), 3);
}

#[test]
fn care_providers_costs_and_patterns_are_filled_in_by_name() {
    let mut harness = scenarios(USUAL, Theme::Light);
    click(&mut harness, Role::Button, "Reiskosten toevoegen");
    fill(&mut harness, "Reiskosten", "12,50");
    click(
        &mut harness,
        Role::CheckBox,
        "Niet elke week of elke dag hetzelfde",
    );
    click(&mut harness, Role::CheckBox, "dinsdag");
    fill(&mut harness, "Eens in", "2");
    click(&mut harness, Role::RadioButton, "Komt niet");
    click(
        &mut harness,
        Role::Button,
        "Ander tarief vanaf een latere dag",
    );
    fill(&mut harness, "Wordt", "16");
    let hired = of(&harness)[0].lines[0].hired[0].clone();
    assert_eq!(hired.costs.len(), 1);
    let work = &hired.work[0];
    assert_eq!((work.days.len(), work.every), (1, Some(2)));
    assert_eq!(work.holidays, crate::dossier::Holidays::Off);
    assert_eq!(work.later[0].amount.0.to_string(), "16");
    click(&mut harness, Role::Button, "Zorgverlener toevoegen");
    assert_eq!(of(&harness)[0].lines[0].hired.len(), 2);
    let told = "bij deze zorgverlener staat niet wat hij doet";
    let told = harness.query_all_by_label_contains(&told[6..]).count();
    assert!(told > 0);
}

#[test]
fn a_name_of_the_dossier_in_what_goes_home_is_told_at_its_field_and_asked_about() {
    let mut harness = scenarios(USUAL, Theme::Light);
    let told = "hier staat een naam uit het dossier: «Yilmaz»";
    let count = |harness: &Harness<'_, Desk>| {
        let told = harness.query_all_by(|node| {
            let said = node.label().or_else(|| node.value()).unwrap_or_default();
            said.to_lowercase().contains(&told.to_lowercase())
        });
        told.count()
    };
    assert_eq!(count(&harness), 0);
    click(&mut harness, Role::Button, "Meegeven naar huis…");
    assert!(harness.query_by_role(Role::AlertDialog).is_none());
    click(&mut harness, Role::Button, "Ga terug");
    fill(&mut harness, "Naam van het scenario", "Samen met Yilmaz");
    assert_eq!(count(&harness), 1);
    click(&mut harness, Role::Tab, "Alles met een pgb, scenario 3");
    click(&mut harness, Role::Button, "Meegeven naar huis…");
    assert!(harness.query_by_role(Role::AlertDialog).is_some());
    press(&mut harness, Key::Escape);
    // The keyboard is in the field with the name.
    let field = harness.get_by_role_and_label(Role::TextInput, "Naam van het scenario");
    assert!(field.is_focused());
    assert_eq!(field.value().as_deref(), Some("Samen met Yilmaz"));
    click(&mut harness, Role::Button, "Meegeven naar huis…");
    click(&mut harness, Role::Button, "Geef het bestand mee");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("thuis.pgb");
    give_path(&mut harness, &path);
    assert!(std::fs::read_to_string(&path).unwrap().contains("Yilmaz"));
}

#[test]
fn other_hours_than_granted_count_in_one_scenario_and_are_undone() {
    let mut harness = scenarios(USUAL, Theme::Light);
    let granted = harness
        .state()
        .document()
        .unwrap()
        .dossier()
        .provisions
        .clone();
    click(&mut harness, Role::Tab, "Zestien euro per uur, scenario 2");
    click(&mut harness, Role::CheckBox, OTHER_NEED);
    assert!(
        harness
            .query_all_by_label_contains("Nu zoals toegekend: ")
            .count()
            > 0
    );
    click(&mut harness, Role::RadioButton, "Zelf invullen");
    fill(&mut harness, "Omvang", "120");
    // Hours that are typed say nothing of what makes them heavier.
    says(
        &harness,
        "Budget: Zoals toegekend €\u{a0}2.287,90; Zestien euro per uur niet bekend",
    );
    click(&mut harness, Role::RadioButton, "standaard");
    let line = of(&harness)[1].lines[0].clone();
    assert_eq!((line.hours.len(), line.choices.len()), (1, 1));
    // 2 hours × 4 × 15,13 = 121,04 per 4 weeks, × 365/28.
    let budget = "Budget: Zoals toegekend €\u{a0}2.287,90; Zestien euro per uur €\u{a0}1.577,84 (−€\u{a0}710,06)";
    says(&harness, budget);
    let row = "Omvang per week: Zoals toegekend 2,9 uur; Zestien euro per uur 2 uur (−0,9 uur)";
    says(&harness, row);
    let told = "Toegekend: Midden, standaard; 2,9 uur per week. In dit scenario: Licht, standaard; 2 uur per week.";
    says(&harness, told);
    names::check(&harness, "other hours");
    let now = harness
        .state()
        .document()
        .unwrap()
        .dossier()
        .provisions
        .clone();
    assert!(now == granted, "the grant stays");
    for _ in 0..3 {
        ctrl(&mut harness, Key::Z);
    }
    assert!(!of(&harness)[1].lines[0].has_own_need());
}

#[test]
fn another_band_than_granted_is_chosen_marked_and_given_up_again() {
    let mut harness = scenarios(USUAL, Theme::Light);
    click(&mut harness, Role::Tab, "Zestien euro per uur, scenario 2");
    click(&mut harness, Role::Button, "Vul deze regel in");
    let boxes = harness.get_all_by_role_and_label(Role::CheckBox, OTHER_NEED);
    boxes.last().unwrap().click();
    settle(&mut harness);
    // What was chosen in the grant can not be left out here.
    assert!(
        harness
            .query_all_by_label_contains("volgt uit de uren")
            .count()
            == 0
    );
    click(
        &mut harness,
        Role::RadioButton,
        "meer dan 4 tot en met 8 uur per week",
    );
    let line = of(&harness)[1].lines[1].clone();
    assert_eq!(line.choices["band"].value, "4-8");
    assert!(line.hours.is_empty() && line.choices.len() == 1);
    let row = "Keuzes: Zoals toegekend basis, meer dan 2 tot en met 4 uur per week; Zestien euro per uur basis, meer dan 4 tot en met 8 uur per week (anders)";
    says(&harness, row);
    let boxes = harness.get_all_by_role_and_label(Role::CheckBox, OTHER_NEED);
    boxes.last().unwrap().click();
    settle(&mut harness);
    assert!(!of(&harness)[1].lines[1].has_own_need());
}

#[test]
fn what_comes_back_from_home_is_a_difference_and_becomes_a_scenario_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("thuis.ron");
    let mut harness = scenarios(USUAL, Theme::Light);
    ctrl(&mut harness, Key::H);
    give_path(&mut harness, &file);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Yilmaz") && text.contains("16.00"));
    std::fs::write(&file, text.replace("16.00", "15.00")).unwrap();
    ctrl(&mut harness, Key::M);
    give_path(&mut harness, &file);
    harness.get_by_label("Het besluit in het bestand is dat van het dossier.");
    harness.get_by_label(
        "Huishoudelijke ondersteuning, zorgverlener 1, uren 1, tarief: in het dossier «€\u{a0}16,00», in het bestand «€\u{a0}15,00»",
    );
    assert_eq!(
        harness
            .query_all_by_label("Hier is niets veranderd.")
            .count(),
        2
    );
    let over = "Neem «Zestien euro per uur» over";
    harness
        .get_by_role_and_label(Role::Button, over)
        .scroll_to_me();
    harness.run();
    click(&mut harness, Role::Button, over);
    let all = of(&harness);
    assert_eq!(all.len(), 4);
    assert_eq!(all[3].name, "Zestien euro per uur (voorstel)");
    assert_eq!(
        (rate(&all[1]).as_str(), rate(&all[3]).as_str()),
        ("16.00", "15.00")
    );
    // Names that stayed behind are there again.
    assert_eq!(all[3].lines[0].hired[0].name, "mevrouw A. Yilmaz");
    ctrl(&mut harness, Key::Z);
    assert_eq!(of(&harness).len(), 3);
}

#[test]
fn a_file_for_home_that_is_opened_beside_a_dossier_is_a_proposal() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("thuis.ron");
    let mut harness = scenarios(USUAL, Theme::Light);
    ctrl(&mut harness, Key::H);
    give_path(&mut harness, &file);
    ctrl(&mut harness, Key::O);
    give_path(&mut harness, &file);
    harness.get_by_role_and_label(Role::Heading, "Voorstel van de budgethouder");
    assert!(harness.state().document().is_some());
    press(&mut harness, Key::Escape);
    assert!(
        harness
            .query_by_role_and_label(Role::Heading, "Voorstel van de budgethouder")
            .is_none()
    );
}

#[test]
fn the_overview_is_written_where_it_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("overzicht");
    let mut harness = scenarios(USUAL, Theme::Light);
    ctrl(&mut harness, Key::I);
    give_path(&mut harness, &file);
    let written = std::fs::read(folder.path().join("overzicht.pdf")).unwrap();
    assert!(written.starts_with(b"%PDF"));
}

#[test]
fn every_control_of_the_scenarios_has_a_name_of_its_own() {
    let mut harness = scenarios(USUAL, Theme::Light);
    names::check(&harness, "scenarios");
    click(&mut harness, Role::Tab, "Alles met een pgb, scenario 3");
    names::check(&harness, "several providers and lines");
}

#[test]
fn nothing_is_cut_off_in_windows_of_all_sizes() {
    for size in [
        vec2(512.0, 350.0),
        vec2(1024.0, 700.0),
        vec2(2560.0, 1440.0),
    ] {
        let mut harness = scenarios(size, Theme::Light);
        let roles = [Role::TextInput, Role::Button, Role::Heading];
        assert_nothing_is_cut_off(&harness, &roles, size);
        if size.x < 1040.0 {
            click(&mut harness, Role::Tab, "Invullen");
            assert_nothing_is_cut_off(&harness, &roles, size);
        }
    }
}

#[test]
fn a_dossier_without_scenarios_offers_the_first() {
    let mut harness = start(Start {
        file: Some(super::program::fixture("voorbeeld.ron")),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num4);
    click(&mut harness, Role::Button, "Maak het eerste scenario");
    let all = of(&harness);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].name, "Zoals toegekend");
    settle(&mut harness);
    harness.get_by_label("Zoals toegekend: te besteden: €\u{a0}190,66 per maand");
}

#[test]
fn pictures_of_the_comparison() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut harness = scenarios(vec2(1280.0, 2900.0), look);
        click(&mut harness, Role::Tab, "Zestien euro per uur, scenario 2");
        harness.snapshot(format!("scenarios_{name}"));
        results.extend_harness(&mut harness);
    }
}

#[test]
fn looking_closer_darker_or_at_another_scenario_changes_nothing_of_the_file() {
    let mut harness = scenarios(USUAL, Theme::Light);
    let text = |harness: &Harness<'_, Desk>| {
        let document = harness.state().document().expect("a dossier");
        document.dossier().to_text().expect("it can be written")
    };
    let before = text(&harness);
    for key in [Key::Plus, Key::Plus, Key::Minus, Key::Num0] {
        ctrl(&mut harness, key);
        assert_eq!(text(&harness), before, "{key:?}");
    }
    for name in [
        "Zestien euro per uur, scenario 2",
        "Alles met een pgb, scenario 3",
    ] {
        click(&mut harness, Role::Tab, name);
        assert_eq!(text(&harness), before, "{name}");
    }
    for key in [Key::Num1, Key::Num4] {
        ctrl(&mut harness, key);
        assert_eq!(text(&harness), before, "{key:?}");
    }
    let dark = scenarios(USUAL, Theme::Dark);
    assert_eq!(text(&dark), before);
    assert!(!harness.state().document().expect("a dossier").is_unsaved());
}
