//! The main job in the window: from a new dossier to the letter on disk, by role and name alone.

use std::path::Path;
use std::process::Command;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::program::{Start, click, ctrl, fill, give_path, settle, start, surname};
use super::unchecked::not_checked;
use crate::desk::app::Desk;
use crate::dossier::Dossier;

/// Opens the list `label` and takes the entry that begins with `entry`.
fn choose(harness: &mut Harness<'_, Desk>, label: &str, entry: &str) {
    click(harness, Role::ComboBox, label);
    let found = harness
        .query_all_by_label_contains(entry)
        .find(|node| {
            let node = node.accesskit_node();
            node.label().is_some_and(|name| name.starts_with(entry)) && node.role() == Role::Button
        })
        .unwrap_or_else(|| panic!("{label} has no {entry}"));
    found.click();
    settle(harness);
}

/// The text of a PDF by an outside tool, in one line; `None`, with a line that says so, where there is no such tool.
pub(super) fn read_back(letter: &Path) -> Option<String> {
    let Ok(output) = Command::new("pdftotext").arg(letter).arg("-").output() else {
        not_checked("the text of the letter, because pdftotext is missing.");
        return None;
    };
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_new_dossier_becomes_a_letter() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nieuw.ron");
    let letter = folder.path().join("brief.pdf");
    let harness = &mut start(Start::default());

    // A new dossier.
    click(harness, Role::Button, "Nieuw dossier maken");
    choose(harness, "Gemeente", "Leiden");
    fill(harness, "Achternaam van de cliënt", "Jansen");
    click(harness, Role::Button, "Begin het dossier");
    assert_eq!(surname(harness), "Jansen");

    // The client.
    for (label, text) in [
        ("Voorletters", "A.B."),
        ("Voorvoegsel", "de"),
        ("Geboortedatum", "12-3-1948"),
        ("BSN", "999993653"),
        ("Cliëntnummer", "100235"),
        ("Straat", "Hooigracht"),
        ("Huisnummer", "12"),
        ("Postcode", "2312KM"),
        ("Woonplaats", "Leiden"),
        ("Zaaknummer", "Z/18/000452"),
    ] {
        fill(harness, label, text);
    }
    click(harness, Role::RadioButton, "vrouw");

    // The decision.
    click(harness, Role::Tab, "Besluit");
    for (label, text) in [
        ("Datum melding", "1-2-2018"),
        ("Datum aanvraag", "15-2-2018"),
        ("Datum besluit", "26-2-2018"),
        ("Datum verzending", "27-2-2018"),
        ("Naam contactpersoon", "A. de Wit"),
        ("Telefoon", "071 000 00 01"),
        ("E-mail", "a.dewit@voorbeeld.example"),
        ("Naam ondertekenaar", "mr. P.A. Jansen"),
        ("Functie", "teamleider"),
        ("Mandaat", "mandaatbesluit Wmo, artikel 3"),
    ] {
        fill(harness, label, text);
    }

    // A line with its period, its hours and its delivery.
    click(harness, Role::Button, "Regel toevoegen");
    choose(harness, "Product", "Huishoudelijke ondersteuning");
    fill(harness, "Ingangsdatum", "1-3-2018");
    fill(harness, "Einddatum", "28-2-2019");
    click(harness, Role::RadioButton, "Zelf invullen");
    fill(harness, "Omvang", "174");
    click(harness, Role::RadioButton, "Midden");
    click(harness, Role::RadioButton, "standaard");
    click(harness, Role::RadioButton, "Persoonsgebonden budget (pgb)");
    fill(harness, "Naam zorgverlener", "mevrouw S. de Boer");
    for (label, text) in [
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
        fill(harness, label, text);
    }

    // The budget stands beside it: 174 minutes × 4 ÷ 60 × € 15,13.
    harness.get_by_label_contains("Bedrag per 4 weken: €\u{a0}175,51 per 4 weken");

    // Saved, and read back from the disk.
    ctrl(harness, Key::S);
    give_path(harness, &file);
    harness.get_by_label_contains("Opgeslagen in");
    let saved = Dossier::read("nieuw.ron", &std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(&saved, harness.state().document().unwrap().dossier());

    // Printed, and read back with an outside tool.
    ctrl(harness, Key::P);
    give_path(harness, &letter);
    harness.get_by_label_contains("De brief staat in");
    assert!(std::fs::read(&letter).unwrap().starts_with(b"%PDF"));
    if let Some(text) = read_back(&letter) {
        for part in [
            "A.B. de Jansen",
            "Hooigracht 12",
            "Huishoudelijke ondersteuning",
            "175,51",
            "1 maart 2018",
            "28 februari 2019",
            "mevrouw S. de Boer",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
        assert!(!text.contains("999993653"), "the letter names no BSN");
    }
}
