//! The letter in the window: its pages, the texts that may be changed, and the way to the printer.

use std::fs;

use egui::accesskit::Role;
use egui::{Key, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};

use super::program::{Start, click, copy, ctrl, fill, fixture, press, settle, start};
use super::{LOOKS, USUAL, assert_nothing_is_cut_off};
use crate::desk::app::Desk;
use crate::desk::theme;
use crate::desk::view::Part;
use crate::dossier::Dossier;

const PART: &str = "Veranderingen doorgeven";

fn letter_of(name: &str, size: Vec2, look: Theme) -> Harness<'static, Desk> {
    let mut harness = start(Start {
        size,
        look,
        file: Some(fixture(name)),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num5);
    harness
}

/// The text of every page, as it is read aloud.
fn pages(harness: &Harness<'_, Desk>) -> Vec<String> {
    let pages = harness.query_all_by_role(Role::Document);
    pages
        .filter_map(|page| page.accesskit_node().value())
        .collect()
}

fn wording(harness: &Harness<'_, Desk>) -> Option<String> {
    let dossier = harness.state().document().unwrap().dossier();
    dossier
        .wordings
        .get("veranderingen")
        .map(|own| own.text.clone())
}

#[test]
fn the_pages_are_those_of_the_pdf_and_are_read_in_its_order() {
    let harness = &mut letter_of("brief-pgb.ron", USUAL, Theme::Light);
    let pages = pages(harness);
    assert!(pages.len() >= 3, "{} pages", pages.len());
    let whole = pages.join("\n");
    let dossier = harness.state().document().unwrap();
    let letter = dossier.letter_as_it_is()().unwrap();
    assert_eq!(letter.pages().unwrap().pages.len(), pages.len());
    let place = |text: &str| {
        whole
            .find(text)
            .unwrap_or_else(|| panic!("{text} is not read"))
    };
    let order = [
        "CONCEPT",
        "Geachte",
        "Ons besluit",
        "Geef veranderingen door",
        "Bijlage",
    ];
    assert!(order.map(place).is_sorted());
    let first = format!("Bladzijde 1 van {}", pages.len());
    harness.get_by_role_and_label(Role::Document, &first);
}

#[test]
fn pages_are_turned_by_keyboard_and_made_larger_and_smaller() {
    let harness = &mut letter_of("brief-pgb.ron", USUAL, Theme::Light);
    let count = pages(harness).len();
    let number = |harness: &Harness<'_, Desk>, number: usize| {
        let name = format!("Bladzijde {number} van {count}");
        harness
            .query_all_by_role_and_label(Role::Label, &name)
            .count()
    };
    assert_eq!(number(harness, 1), 1);
    press(harness, Key::PageDown);
    assert_eq!(number(harness, 2), 1);
    press(harness, Key::PageDown);
    assert_eq!(number(harness, 3), 1);
    press(harness, Key::PageUp);
    assert_eq!(number(harness, 2), 1);
    let width = |harness: &Harness<'_, Desk>| {
        let mut pages = harness.query_all_by_role(Role::Document);
        pages.next().unwrap().rect().width()
    };
    let before = width(harness);
    click(harness, Role::Button, "Bladzijde groter");
    assert!(width(harness) > before);
    // The page that was in sight stays in sight.
    assert_eq!(number(harness, 2), 1);
    click(harness, Role::Button, "Bladzijde kleiner");
    click(harness, Role::Button, "Bladzijde kleiner");
    assert!(width(harness) < before);
    click(harness, Role::Button, "Passend");
    assert!((width(harness) - before).abs() < 0.5);
}

#[test]
fn a_standard_text_that_is_changed_is_marked_kept_in_the_dossier_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let harness = &mut start(Start {
        file: Some(file.clone()),
        ..Start::default()
    });
    ctrl(harness, Key::Num5);
    fill(
        harness,
        PART,
        "Bel ons als er iets verandert.\n- uw adres\n# geen kop",
    );
    settle(harness);
    assert!(wording(harness).is_some_and(|text| text.starts_with("Bel ons")));
    let whole = pages(harness).join("\n");
    assert!(whole.contains("Bel ons als er iets verandert.") && whole.contains("# geen kop"));
    assert!(!whole.contains("Vertel het ons meteen"));
    harness.get_by_label("aangepast");
    ctrl(harness, Key::S);
    let kept = Dossier::read("dossier.ron", &fs::read(&file).unwrap()).unwrap();
    assert!(
        kept.wordings["veranderingen"]
            .instead_of
            .contains("Vertel het ons meteen")
    );
    ctrl(harness, Key::Z);
    assert_eq!(wording(harness), None);
    // Undoing stays on the screen of the letter.
    assert!(pages(harness).join("\n").contains("Vertel het ons meteen"));
    fill(harness, PART, "Iets anders.");
    click(
        harness,
        Role::Button,
        &format!("Terug naar de standaardtekst van {PART}"),
    );
    assert_eq!(wording(harness), None);
}

#[test]
fn a_changed_text_that_is_hard_to_read_gets_advice_and_stays() {
    let harness = &mut letter_of("brief-pgb.ron", USUAL, Theme::Light);
    fill(
        harness,
        PART,
        "Uw aanvraag wordt behandeld en er wordt besloten, o.a. door ons.",
    );
    settle(harness);
    harness.get_by_label_contains("de zin is lijdend");
    harness.get_by_label_contains("schrijf «o.a.» voluit");
    assert!(wording(harness).is_some());
}

#[test]
fn what_a_consultant_typed_gets_advice_in_the_form_and_beside_the_pages_and_stays() {
    let harness = &mut start(Start {
        file: Some(fixture("brief-pgb.ron")),
        ..Start::default()
    });
    ctrl(harness, Key::PageDown);
    ctrl(harness, Key::PageDown);
    let tip = "schrijf «o.a.» voluit";
    assert!(harness.query_by_label_contains(tip).is_none());
    fill(harness, "Eigen kracht", "U kunt zelf o.a. koken");
    settle(harness);
    harness.get_by_label_contains(tip);
    ctrl(harness, Key::Num5);
    harness.get_by_label_contains(tip);
    assert!(pages(harness).join("\n").contains("U kunt zelf o.a. koken"));
    fill(harness, "Eigen kracht", "U kunt zelf onder andere koken");
    settle(harness);
    assert!(harness.query_by_label_contains(tip).is_none());
}

#[test]
fn the_report_of_the_investigation_has_its_pages_too_and_says_what_stands_in_its_way() {
    let root = env!("CARGO_MANIFEST_DIR");
    let harness = &mut start(Start {
        file: Some(format!("{root}/fixtures/investigation/onderzoek.ron").into()),
        ..Start::default()
    });
    ctrl(harness, Key::Num5);
    click(harness, Role::Tab, "Onderzoeksverslag");
    settle(harness);
    let whole = pages(harness).join("\n");
    for words in ["Verslag van ons onderzoek", "buurvrouw strijkt voor u"] {
        assert!(whole.contains(words), "{whole}");
    }
    click(harness, Role::Tab, "Brief");
    settle(harness);
    let letter = pages(harness).join("\n");
    assert!(!letter.contains("Verslag van ons onderzoek"), "{letter}");
    click(harness, Role::Tab, "Onderzoeksverslag");
    settle(harness);
    assert_eq!(pages(harness).join("\n"), whole);
    click(harness, Role::Button, "Opslaan als pdf…");
    harness.get_by_label("Pad van het bestand");

    let harness = &mut letter_of("brief-tijdelijk.ron", USUAL, Theme::Light);
    click(harness, Role::Tab, "Onderzoeksverslag");
    settle(harness);
    assert!(pages(harness).is_empty());
    harness.get_by_label("Het onderzoeksverslag kan nog niet");
    // The way to the first step that is still empty.
    {
        let mut ways = harness.get_all_by_role_and_label(Role::Button, "Ga naar dit veld");
        ways.next().expect("a way").click();
    }
    settle(harness);
    assert!(matches!(harness.state().chosen(), Part::Investigation));
}

#[test]
fn what_a_consultant_typed_for_this_client_is_changed_beside_the_pages() {
    let harness = &mut letter_of("brief-pgb.ron", USUAL, Theme::Light);
    fill(harness, "Eigen kracht", "U kunt zelf koken op maandag");
    settle(harness);
    assert!(
        pages(harness)
            .join("\n")
            .contains("U kunt zelf koken op maandag.")
    );
}

#[test]
fn what_keeps_the_letter_from_being_made_is_listed_with_the_way_to_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let text = fs::read_to_string(&file).unwrap();
    let name = text.lines().find(|line| line.contains("mandate:")).unwrap();
    fs::write(&file, text.replace(name, "mandate: \"\",")).unwrap();
    let harness = &mut start(Start {
        file: Some(file),
        ..Start::default()
    });
    ctrl(harness, Key::Num5);
    assert!(pages(harness).is_empty());
    harness.get_by_label_contains(
        "het mandaat van wie ondertekent ontbreekt".trim_start_matches("het "),
    );
    click(harness, Role::Button, "Ga naar dit veld");
    let field = harness.get_by_role_and_label(Role::TextInput, "Mandaat");
    assert!(field.accesskit_node().is_focused());
}

#[test]
fn nothing_of_the_letter_is_cut_off_at_any_size_and_zoom() {
    for (width, height) in [(1024.0, 700.0), (2560.0, 1440.0)] {
        for zoom in theme::ZOOM_STEPS {
            let size = vec2(width, height) / zoom;
            let harness = &mut letter_of("brief-pgb.ron", size, Theme::Light);
            let roles = [
                Role::Heading,
                Role::Button,
                Role::MultilineTextInput,
                Role::Document,
            ];
            assert_nothing_is_cut_off(harness, &roles, size);
        }
    }
}

#[cfg(unix)]
mod printer {
    use super::*;
    use crate::printing::Printer;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;

    const CTRL_SHIFT: egui::Modifiers = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);

    /// Prints the example letter with the commands of this folder.
    fn print(folder: &Path) -> Harness<'static, Desk> {
        let mut harness = letter_of("brief-pgb.ron", USUAL, Theme::Light);
        let printer = Printer::new(folder.into(), folder.join("afdrukken"));
        harness.state_mut().print_with(printer);
        super::super::program::keys(&mut harness, CTRL_SHIFT, Key::K);
        harness
    }

    fn command(folder: &Path, text: &str) {
        let file = folder.join("lp");
        fs::write(&file, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn the_letter_goes_to_the_print_command() {
        let folder = tempfile::tempdir().unwrap();
        command(folder.path(), "cat > \"${0%/*}/got\"");
        let harness = print(folder.path());
        harness.get_by_label_contains("De brief is aan de printer gegeven.");
        let got = fs::read(folder.path().join("got")).unwrap();
        let document = harness.state().document().unwrap();
        assert_eq!(got, document.letter_as_it_is()().unwrap().to_pdf().unwrap());
    }

    #[test]
    fn a_printer_that_refuses_is_told_in_its_words() {
        let folder = tempfile::tempdir().unwrap();
        command(
            folder.path(),
            "cat > /dev/null; echo 'geen papier' >&2; exit 1",
        );
        print(folder.path()).get_by_label_contains("geen papier");
    }

    #[test]
    fn without_a_print_command_the_letter_opens_and_its_file_goes_with_the_window() {
        let folder = tempfile::tempdir().unwrap();
        let harness = print(folder.path());
        harness.get_by_label_contains("Dit systeem heeft geen afdrukopdracht. De brief opent");
        let files = || {
            fs::read_dir(folder.path().join("afdrukken"))
                .unwrap()
                .count()
        };
        assert_eq!(files(), 1);
        drop(harness);
        assert_eq!(files(), 0);
    }

    #[test]
    fn without_a_print_command_and_a_viewer_the_window_offers_to_make_a_pdf() {
        let folder = tempfile::tempdir().unwrap();
        let mut harness = start(Start {
            file: Some(fixture("brief-pgb.ron")),
            opens: |_| Err(std::io::ErrorKind::NotFound.into()),
            ..Start::default()
        });
        let kept = folder.path().join("afdrukken");
        let printer = Printer::new(folder.path().into(), kept.clone());
        harness.state_mut().print_with(printer);
        super::super::program::keys(&mut harness, CTRL_SHIFT, Key::K);
        settle(&mut harness);
        harness.get_by_label_contains("geen afdrukopdracht en geen programma voor pdf");
        assert_eq!(fs::read_dir(kept).unwrap().count(), 0);
        click(&mut harness, Role::Button, "Brief maken…");
        harness.get_by_label("Pad van het bestand");
    }

    #[test]
    fn a_letter_that_was_left_for_a_printer_goes_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let files = folder.path().join("afdrukken");
        let printer = || Printer::new(folder.path().into(), files.clone());
        // The program is killed before it can remove it.
        let left = printer().print(crate::printing::Sort::Letter, b"%PDF");
        let Ok(crate::printing::Handed::File(left)) = left else {
            panic!("it stands in a file");
        };
        assert!(left.exists());
        let mut harness = start(Start::default());
        harness.state_mut().print_with(printer());
        settle(&mut harness);
        assert!(!left.exists());
    }
}

#[test]
fn pictures_of_the_letter() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let harness = &mut letter_of("brief-pgb.ron", USUAL, look);
        fill(harness, PART, "Bel ons als er iets verandert.");
        settle(harness);
        harness.snapshot(format!("letter_{name}"));
        results.extend_harness(harness);
    }
    let harness = &mut letter_of("brief-pgb.ron", vec2(512.0, 350.0), Theme::Light);
    harness.snapshot("letter_small_200");
    results.extend_harness(harness);
}
