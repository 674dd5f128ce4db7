//! The two ways to work, in steps and on one page, and the help on every field, by keyboard.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::civil::date;

use super::program::{
    Start, click, ctrl, fill, fixture, give, keys, press, start, surname, type_in,
};
use crate::desk::app::Desk;
use crate::desk::command::{Command, Menu};
use crate::desk::help::help;
use crate::desk::view::Part;
use crate::desk::widgets::text::Tone;
use crate::dossier::{Dossier, Investigation, InvestigationStep, StepState};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

fn open(name: &str) -> Harness<'static, Desk> {
    start(Start {
        file: Some(fixture(name)),
        ..Start::default()
    })
}

#[test]
fn every_step_is_reached_by_keyboard_in_its_order_and_back_and_says_how_far_it_is() {
    let mut dossier = Dossier::read(
        "voorbeeld.ron",
        &std::fs::read(fixture("voorbeeld.ron")).unwrap(),
    )
    .unwrap();
    dossier.investigation = Investigation::default();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dossier.ron");
    std::fs::write(&file, dossier.to_text().unwrap()).unwrap();
    let harness = &mut start(Start {
        file: Some(file),
        ..Start::default()
    });
    let parts = [
        Part::Client,
        Part::Investigation,
        Part::Decision,
        Part::Line(0),
        Part::Line(1),
    ];
    for part in parts {
        assert_eq!(harness.state().chosen(), part);
        keys(harness, CTRL_SHIFT, Key::PageDown);
    }
    assert_eq!(
        harness.state().chosen(),
        Part::Line(1),
        "it stays at the last"
    );
    for part in parts.iter().rev().skip(1) {
        keys(harness, CTRL_SHIFT, Key::PageUp);
        assert_eq!(harness.state().chosen(), *part);
    }
    let state = |harness: &Harness<'_, Desk>, name: &str| {
        let node = harness.get_by_role_and_label(Role::Tab, name);
        node.accesskit_node().description().unwrap_or_default()
    };
    assert_eq!(state(harness, "Cliënt"), "compleet");
    assert_eq!(state(harness, "Onderzoek, met problemen"), "leeg");
    assert_eq!(state(harness, "Besluit"), "compleet");
    click(harness, Role::Button, "Volgende stap: Onderzoek");
    assert_eq!(harness.state().chosen(), Part::Investigation);
    fill(
        harness,
        "Wat vraagt de cliënt, in eigen woorden?",
        "Hulp in huis.",
    );
    assert_eq!(state(harness, "Onderzoek"), "bezig");
    click(harness, Role::Tab, "Besluit");
    type_in(harness, "Mandaat", "");
    press(harness, Key::Delete);
    press(harness, Key::Tab);
    assert_eq!(state(harness, "Besluit"), "bezig");
}

#[test]
fn one_page_has_every_part_commits_what_was_typed_and_is_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("venster.ron");
    let begin = || {
        start(Start {
            file: Some(fixture("voorbeeld.ron")),
            settings: Some(settings.clone()),
            ..Start::default()
        })
    };
    let harness = &mut begin();
    keys(harness, CTRL_SHIFT, Key::A);
    let page = |harness: &Harness<'_, Desk>| {
        ["Cliënt", "Onderzoek", "Besluit"].iter().all(|name| {
            harness
                .query_all_by_role_and_label(Role::Heading, name)
                .count()
                > 0
        })
    };
    assert!(page(harness));
    // A line opens where it stands; a text that was typed elsewhere is not lost by it.
    type_in(harness, "Achternaam", "Zonneveld");
    click(harness, Role::Button, "Regel 2: Begeleiding individueel");
    assert_eq!(harness.state().chosen(), Part::Line(1));
    assert_eq!(surname(harness), "Zonneveld");
    // What is refused is listed in the part where it stands.
    type_in(harness, "Geboortedatum", "31-2-1941");
    press(harness, Key::Tab);
    let problems = &harness.state().document().unwrap().view().problems;
    assert_eq!(problems[0].part, Part::Client);
    let again = begin();
    assert!(page(&again));
}

#[test]
fn every_command_stands_in_its_menu_with_its_keys_and_the_possible_ones_in_the_search() {
    let harness = &mut open("voorbeeld.ron");
    for menu in Menu::ALL {
        // Without a register its menu is not there.
        if menu == Menu::Register {
            continue;
        }
        click(harness, Role::Button, menu.name());
        for command in menu.groups().iter().flat_map(|group| group.iter()) {
            let keys = command.keys(&harness.ctx);
            let found = harness.query_all_by_role(Role::Button).any(|node| {
                let name = node.accesskit_node().label().unwrap_or_default();
                name.starts_with(command.name()) && name.contains(&keys)
            });
            assert!(found, "{command:?} with {keys}");
        }
        press(harness, Key::Escape);
    }
    ctrl(harness, Key::K);
    let shown: BTreeSet<String> = harness
        .query_all_by_role(Role::ListBoxOption)
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    for command in [
        Command::Save,
        Command::ToggleOnePage,
        Command::ZoomIn,
        Command::ShowTimeline,
    ] {
        assert!(shown.contains(command.name()), "{command:?}");
    }
}

#[test]
fn f1_explains_the_field_with_its_article_and_goes_back_to_it() {
    let harness = &mut open("voorbeeld.ron");
    click(harness, Role::Tab, "Besluit");
    type_in(harness, "Datum verzending", "12-12-2017");
    press(harness, Key::F1);
    harness.get_by_role_and_label(Role::Dialog, "Uitleg bij dit veld");
    harness.get_by_label_contains("Algemene termijnenwet artikel 1 en 3");
    press(harness, Key::Escape);
    let field = harness.get_by_role_and_label(Role::TextInput, "Datum verzending");
    assert!(field.accesskit_node().is_focused());
    // What was typed was committed, not lost.
    let sent = harness.state().document().unwrap().dossier().dates.sending;
    assert_eq!(sent, Some(jiff::civil::date(2017, 12, 12)));
}

/// Walks with Tab through all that the chosen part holds, and gives the fields without help.
fn unexplained(harness: &mut Harness<'_, Desk>) -> (usize, BTreeSet<String>) {
    let mut missing = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut last = String::new();
    for _ in 0..80 {
        press(harness, Key::Tab);
        if let Some((place, label)) = harness.state().field_entered() {
            if label != last {
                seen.insert(label.to_owned());
                label.clone_into(&mut last);
            }
            if help(place).unwrap().is_none() {
                missing.insert(label.to_owned());
            }
        }
    }
    (seen.len(), missing)
}

#[test]
fn every_field_that_the_keyboard_reaches_has_its_help() {
    for (name, steps) in [
        ("voorbeeld.ron", 5),
        ("begeleiding-offerte.ron", 4),
        ("begeleiding-per-activiteit.ron", 4),
        ("ho-drie-onderdelen.ron", 4),
        ("thuisondersteuning-intensief-pgb.ron", 4),
        ("meerinzicht-huishouden.ron", 4),
    ] {
        let harness = &mut open(name);
        for _ in 0..steps {
            press(harness, Key::F6);
            let part = harness.state().chosen();
            let (seen, missing) = unexplained(harness);
            assert!(seen > 2, "{name} {part:?}: the keyboard reaches {seen}");
            assert!(missing.is_empty(), "{name} {part:?}: {missing:?}");
            keys(harness, CTRL_SHIFT, Key::PageDown);
        }
    }
}

#[test]
fn every_field_of_a_sheet_has_its_help_and_a_button_has_none() {
    for (name, command) in [
        ("begeleiding-basis-zin.ron", Command::ScaleLine),
        ("begeleiding-basis-zin.ron", Command::ExtendLine),
        ("begeleiding-basis-zin.ron", Command::StartLineEarlier),
        ("begeleiding-basis-zin.ron", Command::EndLine),
        ("begeleiding-basis-zin.ron", Command::WithdrawLine),
        ("ho-licht-standaard.ron", Command::ScaleLine),
        ("ho-licht-standaard.ron", Command::RecalculateHours),
    ] {
        let harness = &mut open(name);
        ctrl(harness, Key::PageDown);
        give(harness, command);
        let (seen, missing) = unexplained(harness);
        assert!(seen > 0, "{command:?}");
        assert!(missing.is_empty(), "{name} {command:?}: {missing:?}");
        // F1 works over the sheet, and gives the keyboard back to the field.
        harness.get_by_label("Waarom").focus();
        harness.run();
        press(harness, Key::F1);
        harness.get_by_label_contains("Het komt in de brief.");
        press(harness, Key::Escape);
        assert!(harness.get_by_label("Waarom").is_focused(), "{command:?}");
        harness
            .get_by_role_and_label(Role::Button, "Ga terug")
            .focus();
        harness.run();
        press(harness, Key::F1);
        harness.get_by_label("Ga naar een veld en druk op F1. Dan staat hier wat erin hoort.");
        press(harness, Key::Escape);
        let button = harness.get_by_role_and_label(Role::Button, "Ga terug");
        assert!(button.is_focused(), "{command:?}");
    }
}

#[test]
fn every_field_of_a_scenario_with_other_hours_has_its_help() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let harness = &mut start(Start {
        file: Some(folder.join("fixtures/scenarios/leiden-2018.ron")),
        ..Start::default()
    });
    ctrl(harness, Key::Num4);
    let other = "Andere keuzes of uren dan toegekend";
    click(harness, Role::CheckBox, other);
    let (seen, missing) = unexplained(harness);
    assert!(seen > 5, "{seen}");
    assert!(missing.is_empty(), "{missing:?}");
}

/// A way to spoil a dossier.
type Spoil = fn(&mut Dossier);

const SPOILS: [Spoil; 7] = [
    |dossier| *dossier = Dossier::new(&dossier.municipality),
    |dossier| dossier.client.person.surname.clear(),
    |dossier| dossier.signatory.name.clear(),
    |dossier| dossier.dates.decision = Some(date(2017, 1, 1)),
    |dossier| dossier.provisions[0].motivation.reasons.clear(),
    |dossier| dossier.provisions[0].line.to = Some(date(2001, 1, 1)),
    |dossier| dossier.provisions[0].line.product = "bestaat-niet".to_owned(),
];

/// What the steps of an open dossier say must be what keeps its letter from being made.
fn steps_are_right(name: &str, harness: &Harness<'_, Desk>, met: &mut BTreeSet<String>) {
    let Some(document) = harness.state().document() else {
        panic!("{name} is not open");
    };
    let view = document.view();
    let in_the_way = document.letter_as_it_is()().err().unwrap_or_default();
    let of = |problem: &crate::document::Problem| Part::of_path(&problem.field);
    let in_the_way: Vec<Part> = in_the_way.iter().map(of).collect();
    for part in view.parts().filter(|part| *part != Part::Investigation) {
        let state = view.state(part);
        met.insert(format!("{state:?}"));
        assert_eq!(
            state == StepState::Complete,
            !in_the_way.contains(&part),
            "{name}: {part:?} is {state:?}, and in the way are {in_the_way:?}"
        );
        let mut faults = view.problems.iter().filter(|one| one.tone == Tone::Fault);
        assert_eq!(
            state == StepState::Problem,
            faults.any(|one| one.part == part),
            "{name}: {part:?} is {state:?}"
        );
    }
    // Of the investigation its own steps say how far it is.
    let list = document.dossier().priors(document.library()).unwrap();
    let steps = InvestigationStep::ALL.map(|step| document.dossier().step_state(step, &list));
    let state = view.state(Part::Investigation);
    for each in [StepState::Empty, StepState::Complete] {
        let all = steps.iter().all(|step| *step == each);
        assert_eq!(state == each, all, "{name}: {state:?} of {steps:?}");
    }
}

#[test]
fn a_step_is_complete_exactly_when_nothing_in_it_keeps_the_letter_from_being_made() {
    let mut met = BTreeSet::new();
    for entry in std::fs::read_dir(fixture("")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|end| end == "ron") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            steps_are_right(&name, &open(&name), &mut met);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    for (number, spoil) in SPOILS.into_iter().enumerate() {
        let bytes = std::fs::read(fixture("brief-pgb.ron")).unwrap();
        let mut dossier = Dossier::read("brief-pgb.ron", &bytes).unwrap();
        spoil(&mut dossier);
        let file = folder.path().join(format!("{number}.ron"));
        std::fs::write(&file, dossier.to_text().unwrap()).unwrap();
        let harness = start(Start {
            file: Some(file),
            ..Start::default()
        });
        steps_are_right(&format!("spoiled {number}"), &harness, &mut met);
    }
    let all = ["Busy", "Complete", "Empty", "Problem"].map(str::to_owned);
    assert_eq!(met, BTreeSet::from(all));
}
