//! A whole dossier, from nothing to the letter on disk, with the keyboard alone: no click, and no focus that Tab did not give.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::NodeT as _;

use super::USUAL;
use super::job::read_back;
use super::program::{Start, ctrl, keys, press, settle, start};
use crate::desk::app::Desk;
use crate::desk::view::Part;

/// Role and name of what has the keyboard.
fn focused(harness: &Harness<'_, Desk>) -> Option<(Role, String)> {
    let mut nodes = harness.root().children_recursive();
    let found = nodes.find(|node| node.accesskit_node().is_focused())?;
    let node = found.accesskit_node();
    Some((node.role(), node.label().unwrap_or_default()))
}

/// Walks on with Tab to the control with this role and name.
fn walk(harness: &mut Harness<'_, Desk>, role: Role, name: &str) {
    let mut met = Vec::new();
    for _ in 0..120 {
        if let Some((at, label)) = focused(harness) {
            if at == role && label.starts_with(name) {
                return;
            }
            met.push(label);
        }
        press(harness, Key::Tab);
    }
    panic!("Tab does not come to {role:?} {name}; it met {met:?}");
}

/// Types in the field that has the keyboard, in place of what stands there.
fn write(harness: &mut Harness<'_, Desk>, text: &str) {
    harness
        .input_mut()
        .events
        .push(Event::Text(text.to_owned()));
    settle(harness);
}

fn fill(harness: &mut Harness<'_, Desk>, name: &str, text: &str) {
    let fields = [Role::TextInput, Role::MultilineTextInput];
    let mut met = Vec::new();
    for _ in 0..120 {
        if let Some((at, label)) = focused(harness) {
            if fields.contains(&at) && label == name {
                write(harness, text);
                press(harness, Key::Tab);
                return;
            }
            met.push(label);
        }
        press(harness, Key::Tab);
    }
    panic!("Tab does not come to the field {name}; it met {met:?}");
}

fn choose(harness: &mut Harness<'_, Desk>, name: &str) {
    walk(harness, Role::RadioButton, name);
    press(harness, Key::Space);
}

/// Opens the list that has the keyboard, and takes an entry of it.
fn pick(harness: &mut Harness<'_, Desk>, list: &str, entry: &str) {
    walk(harness, Role::ComboBox, list);
    press(harness, Key::Space);
    walk(harness, Role::Button, entry);
    press(harness, Key::Space);
}

#[test]
fn a_whole_dossier_is_made_with_the_keyboard_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nieuw.ron");
    let letter = folder.path().join("brief.pdf");
    let harness = &mut start(Start::default());
    ctrl(harness, Key::N);
    pick(harness, "Gemeente", "Leiden");
    fill(harness, "Achternaam van de cliënt", "Jansen");
    walk(harness, Role::Button, "Begin het dossier");
    press(harness, Key::Space);
    for (name, text) in [
        ("Voorletters", "A.B."),
        ("Voorvoegsel", "de"),
        ("Geboortedatum", "12-3-1948"),
    ] {
        fill(harness, name, text);
    }
    choose(harness, "vrouw");
    for (name, text) in [
        ("BSN", "999993653"),
        ("Cliëntnummer", "100235"),
        ("Straat", "Hooigracht"),
        ("Huisnummer", "12"),
        ("Postcode", "2312KM"),
        ("Woonplaats", "Leiden"),
        ("Zaaknummer", "Z/18/000452"),
    ] {
        fill(harness, name, text);
    }
    // On to the decision, past the investigation.
    let next = Modifiers::COMMAND | Modifiers::SHIFT;
    keys(harness, next, Key::PageDown);
    keys(harness, next, Key::PageDown);
    assert_eq!(harness.state().chosen(), Part::Decision);
    for (name, text) in [
        ("Datum melding", "1-2-2018"),
        ("Datum aanvraag", "15-2-2018"),
        ("Datum besluit", "26-2-2018"),
        ("Datum verzending", "27-2-2018"),
        ("Naam contactpersoon", "A. de Wit"),
        ("Telefoon", "071 000 00 01"),
        ("Naam ondertekenaar", "mr. P.A. Jansen"),
        ("Functie", "teamleider"),
        ("Mandaat", "mandaatbesluit Wmo, artikel 3"),
    ] {
        fill(harness, name, text);
    }
    ctrl(harness, Key::R);
    pick(harness, "Product", "Huishoudelijke ondersteuning");
    fill(harness, "Ingangsdatum", "1-3-2018");
    fill(harness, "Einddatum", "28-2-2019");
    choose(harness, "Midden");
    choose(harness, "standaard");
    choose(harness, "Zelf invullen");
    fill(harness, "Omvang", "174");
    choose(harness, "Persoonsgebonden budget (pgb)");
    fill(harness, "Naam zorgverlener", "mevrouw S. de Boer");
    for (name, text) in [
        ("Beperkingen", "door reuma kunt u niet meer stofzuigen"),
        ("Eigen kracht", "u stoft zelf af"),
        ("Gebruikelijke hulp", "u woont alleen"),
        ("Wat voorgaat", "uw dochter doet de boodschappen"),
        ("Waarom deze voorziening", "u heeft elke week hulp nodig"),
        ("Resultaten", "uw huis is schoon"),
        ("Activiteiten", "stofzuigen en dweilen"),
        ("Doel van het pgb", "u koopt hulp bij het schoonmaken"),
        ("Eisen aan de kwaliteit", "de hulp komt op vaste dagen"),
    ] {
        fill(harness, name, text);
    }
    ctrl(harness, Key::S);
    fill(harness, "Pad van het bestand", &file.display().to_string());
    press(harness, Key::Enter);
    if !file.is_file() {
        walk(harness, Role::Button, "Opslaan");
        press(harness, Key::Space);
    }
    assert!(file.is_file(), "saved");
    ctrl(harness, Key::P);
    fill(
        harness,
        "Pad van het bestand",
        &letter.display().to_string(),
    );
    if !letter.is_file() {
        press(harness, Key::Enter);
    }
    if !letter.is_file() {
        walk(harness, Role::Button, "Brief maken");
        press(harness, Key::Space);
    }
    assert!(std::fs::read(&letter).unwrap().starts_with(b"%PDF"));
    if let Some(text) = read_back(&letter) {
        for part in ["A.B. de Jansen", "175,51", "mevrouw S. de Boer"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}

#[test]
fn a_dossier_that_is_begun_has_the_keyboard_in_its_first_field_also_where_the_columns_take_turns() {
    for size in [USUAL, vec2(640.0, 400.0), vec2(512.0, 350.0)] {
        let harness = &mut start(Start {
            size,
            ..Start::default()
        });
        ctrl(harness, Key::N);
        fill(harness, "Achternaam van de cliënt", "Jansen");
        walk(harness, Role::Button, "Begin het dossier");
        press(harness, Key::Space);
        let first = (Role::TextInput, "Voorletters".to_owned());
        assert_eq!(focused(harness), Some(first), "{size:?}");
    }
}
