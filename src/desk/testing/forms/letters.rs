//! The facts that only one kind of letter needs, filled in by label until the dossier is that of the example, and the
//! letter that comes of it.

use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};

use super::{Sheet, click, fill, harness, sheet_ui, window};
use crate::desk::testing::LOOKS;
use crate::desk::view::Part;
use crate::dossier::{Dossier, Occasion};
use crate::indication::Hours;
use crate::letter::{Letter, grant};

fn example(name: &str) -> Dossier {
    let bytes = std::fs::read(format!("fixtures/dossiers/{name}.ron")).unwrap();
    Dossier::read(name, &bytes).unwrap()
}

/// Types a text of several lines in its field and leaves it.
fn write(harness: &mut Harness<'_, Sheet>, label: &str, text: &str) {
    let field = |harness: &Harness<'_, Sheet>, typed: Option<&str>| {
        let field = harness.get_by_role_and_label(Role::MultilineTextInput, label);
        match typed {
            Some(text) => field.type_text(text),
            None => field.focus(),
        }
    };
    field(harness, None);
    harness.run();
    field(harness, Some(text));
    harness.run();
    harness.key_press(Key::Tab);
    harness.run();
}

fn choose(harness: &mut Harness<'_, Sheet>, list: &str, choice: &str) {
    click(harness, Role::ComboBox, list);
    // A long list scrolls.
    harness
        .get_by_role_and_label(Role::Button, choice)
        .scroll_to_me();
    harness.run();
    click(harness, Role::Button, choice);
}

fn letter(sheet: &Sheet) -> Letter {
    grant(&sheet.dossier, &sheet.evaluation, &sheet.library, None)
        .unwrap_or_else(|problems| panic!("{problems:?}"))
}

fn pdf(sheet: &Sheet) -> Vec<u8> {
    letter(sheet).to_pdf().expect("it can be written")
}

#[test]
fn a_decision_on_an_objection_is_filled_in_by_label_and_becomes_its_letter() {
    let wanted = example("brief-bezwaarbesluit");
    let mut before = wanted.clone();
    before.occasion = Occasion::default();
    before.provisions[0].line.hours = wanted.occasion.contested.as_ref().unwrap()[0].hours.clone();
    let mut harness = harness(Sheet::new(before, Part::Decision));
    harness.run();
    choose(&mut harness, "Soort brief", "Besluit op bezwaar");
    fill(&mut harness, "Datum eerdere besluit", "22-12-2017");
    fill(&mut harness, "Bezwaar ontvangen", "15-1-2018");
    click(&mut harness, Role::RadioButton, "deels gegrond");
    choose(&mut harness, "Hoorzitting", "gehoord");
    fill(&mut harness, "Hoorzitting gehouden", "19-2-2018");
    harness.get_by_label_contains("Het eerdere besluit is nog niet vastgelegd.");
    click(&mut harness, Role::Button, "Leg het eerdere besluit vast");
    harness.get_by_label_contains("met 1 toegekende voorziening");
    write(
        &mut harness,
        "Rechtbank voor beroep",
        &wanted.occasion.court,
    );
    write(&mut harness, "Uitleg in de brief", &wanted.occasion.text);
    assert_eq!(harness.state().dossier.occasion, wanted.occasion);
    // What is decided now differs from what stands fixed.
    harness.state_mut().part = Part::Line(0);
    harness.run();
    fill(&mut harness, "Omvang", "3");
    let Hours::Typed(typed) = harness.state().hours() else {
        panic!("typed hours");
    };
    assert_eq!(typed.len(), 1);
    harness.state_mut().dossier.provisions[0].line.hours = wanted.provisions[0].line.hours.clone();
    harness.state_mut().work_out();
    assert_eq!(harness.state().dossier, wanted);
    let example = Sheet::new(wanted, Part::Decision);
    assert!(pdf(harness.state()) == pdf(&example));
}

#[test]
fn a_suspension_is_filled_in_by_label_and_becomes_its_letter() {
    let wanted = example("brief-opschorting");
    let mut before = wanted.clone();
    before.occasion = Occasion::default();
    before.dates.suspensions.clear();
    let mut harness = harness(Sheet::new(before, Part::Decision));
    harness.run();
    choose(
        &mut harness,
        "Soort brief",
        "Langere termijn of opschorting",
    );
    fill(&mut harness, "Brief verstuurd", "20-2-2018");
    click(&mut harness, Role::Button, "Opschorting toevoegen");
    fill(&mut harness, "Eerste dag opschorting", "21-2-2018");
    choose(
        &mut harness,
        "Grond van de opschorting",
        "aanvraag aanvullen",
    );
    fill(&mut harness, "Aanvullen tot en met", "6-3-2018");
    let reason = "uw handtekening ontbreekt op de aanvraag";
    fill(&mut harness, "Reden van de opschorting", reason);
    assert_eq!(harness.state().dossier, wanted);
    let example = Sheet::new(wanted, Part::Decision);
    assert!(pdf(harness.state()) == pdf(&example));
}

#[test]
fn pictures_of_the_forms_of_letters() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        for (of, file, height) in [
            ("objection", "brief-bezwaarbesluit", 1500.0),
            ("suspension", "brief-opschorting", 1250.0),
        ] {
            let sheet = Sheet::new(example(file), Part::Decision);
            let mut harness = window(vec2(584.0, height), look, sheet, sheet_ui);
            harness.run();
            harness.snapshot(format!("form_{of}_{name}"));
            results.extend_harness(&mut harness);
        }
    }
}
