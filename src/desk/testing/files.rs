//! Files in the window: dropped, saved elsewhere, opened again, and everything that can go wrong, without losing work.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{DroppedFile, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::program::{
    Start, click, copy, ctrl, fixture, give_path, keys, lines, press, settle, start, surname,
    type_in,
};
use crate::desk::app::Desk;

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A file that is let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        panic!("the program reads dropped files by itself")
    }
}

pub(super) fn drop_file(harness: &mut Harness<'_, Desk>, file: &Path) {
    drop_files(harness, &[file]);
}

fn drop_files(harness: &mut Harness<'_, Desk>, files: &[&Path]) {
    for file in files {
        let dropped = Arc::new(Dropped((*file).to_owned()));
        harness.input_mut().dropped_files.push(dropped);
    }
    settle(harness);
}

fn open(file: &Path) -> Harness<'static, Desk> {
    start(Start {
        file: Some(file.to_owned()),
        ..Start::default()
    })
}

fn path(harness: &Harness<'_, Desk>) -> PathBuf {
    let document = harness.state().document().unwrap();
    document.path().unwrap().to_owned()
}

fn is_changed(harness: &Harness<'_, Desk>) -> bool {
    harness.state().document().unwrap().is_changed()
}

#[test]
fn a_file_that_is_dropped_on_the_window_opens() {
    let mut harness = start(Start::default());
    drop_file(&mut harness, &fixture("brief-pgb.ron"));
    assert_eq!(surname(&harness), "Bergh");
    harness.get_by_role_and_label(Role::TextInput, "Achternaam");
}

#[test]
fn of_two_files_that_are_dropped_at_once_none_opens_and_the_window_says_so() {
    let mut harness = open(&fixture("brief-pgb.ron"));
    let (one, other) = (fixture("brief-zin.ron"), fixture("voorbeeld.ron"));
    drop_files(&mut harness, &[&one, &other]);
    harness.get_by_label_contains("Sleep één bestand tegelijk");
    assert_eq!(path(&harness), fixture("brief-pgb.ron"));
    drop_file(&mut harness, &one);
    assert_eq!(path(&harness), one);
}

#[test]
fn a_catalogue_or_rubbish_that_is_dropped_is_told_and_the_dossier_stays() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let catalogue = root.join("assets/catalogues/leiden-2018.ron");
    let picture = folder.path().join("foto.png");
    std::fs::write(&picture, [0x89, b'P', b'N', b'G', 0, 0xFF]).unwrap();
    let text = folder.path().join("brief.txt");
    std::fs::write(&text, "Beste mevrouw, ik bel u morgen.").unwrap();
    for (file, told) in [
        (&catalogue, "geen dossier, maar: catalogus"),
        (&picture, "foto.png"),
        (&text, "brief.txt"),
    ] {
        let mut harness = open(&fixture("brief-pgb.ron"));
        drop_file(&mut harness, file);
        let found = harness.query_all_by_label_contains(told).count();
        assert!(found > 0, "{told}");
        assert_eq!(path(&harness), fixture("brief-pgb.ron"));
        assert!(!is_changed(&harness));
    }
}

#[test]
fn a_file_that_is_dropped_on_unsaved_work_asks_first_and_then_opens() {
    let mut harness = open(&fixture("brief-pgb.ron"));
    // Still being typed, not committed.
    type_in(&mut harness, "Achternaam", "Zonneveld");
    drop_file(&mut harness, &fixture("brief-zin.ron"));
    harness.get_by_role_and_label(Role::AlertDialog, "Wilt u het dossier opslaan?");
    click(&mut harness, Role::Button, "Annuleren");
    assert_eq!(surname(&harness), "Zonneveld");
    drop_file(&mut harness, &fixture("brief-zin.ron"));
    click(&mut harness, Role::Button, "Niet opslaan");
    assert_ne!(surname(&harness), "Zonneveld");
    assert_eq!(path(&harness), fixture("brief-zin.ron"));
}

#[test]
fn work_that_was_let_go_for_a_file_that_does_not_open_still_counts_as_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(&fixture("brief-pgb.ron"));
    type_in(&mut harness, "Achternaam", "Zonneveld");
    drop_file(&mut harness, &folder.path().join("weg.ron"));
    click(&mut harness, Role::Button, "Niet opslaan");
    harness.get_by_label_contains("het bestand bestaat niet");
    assert_eq!(surname(&harness), "Zonneveld");
    ctrl(&mut harness, Key::Q);
    harness.get_by_role_and_label(Role::AlertDialog, "Wilt u het dossier opslaan?");
}

#[test]
fn unsaved_work_is_saved_before_another_file_opens() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let mut harness = open(&file);
    type_in(&mut harness, "Achternaam", "Zonneveld");
    drop_file(&mut harness, &fixture("brief-zin.ron"));
    click(&mut harness, Role::Button, "Opslaan");
    assert_eq!(path(&harness), fixture("brief-zin.ron"));
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("Zonneveld")
    );
}

#[test]
fn saving_as_another_file_leaves_the_first_one_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let first = copy(folder.path(), "brief-pgb.ron");
    let before = std::fs::read(&first).unwrap();
    let second = folder.path().join("anders.ron");
    let mut harness = open(&first);
    type_in(&mut harness, "Achternaam", "Zonneveld");
    keys(&mut harness, CTRL_SHIFT, Key::S);
    give_path(&mut harness, &second);
    assert_eq!(std::fs::read(&first).unwrap(), before);
    assert!(
        std::fs::read_to_string(&second)
            .unwrap()
            .contains("Zonneveld")
    );
    assert_eq!(path(&harness), second);
    // From now on it is the file of the dossier.
    type_in(&mut harness, "Voorletters", "Q.");
    ctrl(&mut harness, Key::S);
    assert!(std::fs::read_to_string(&second).unwrap().contains("\"Q.\""));
    assert!(!is_changed(&harness));
}

#[test]
fn files_that_were_open_before_are_there_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("venster.ron");
    let file = copy(folder.path(), "brief-pgb.ron");
    let begin = |file: Option<PathBuf>| {
        start(Start {
            file,
            settings: Some(settings.clone()),
            ..Start::default()
        })
    };
    drop(begin(Some(file.clone())));
    let mut harness = begin(None);
    harness.get_by_role_and_label(Role::Heading, "Eerder geopend");
    click(&mut harness, Role::Button, "dossier.ron");
    assert_eq!(surname(&harness), "Bergh");
    drop(harness);
    // A file that is gone says so, and is not offered again.
    std::fs::remove_file(&file).unwrap();
    let mut harness = begin(None);
    click(&mut harness, Role::Button, "dossier.ron");
    assert!(harness.state().document().is_none());
    assert!(
        harness
            .query_all_by_label_contains("het bestand bestaat niet")
            .count()
            > 0
    );
    assert!(harness.query_by_label("Eerder geopend").is_none());
}

#[test]
fn colours_and_size_are_there_again_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("venster.ron");
    let begin = || {
        start(Start {
            settings: Some(settings.clone()),
            ..Start::default()
        })
    };
    let kept = || std::fs::read_to_string(&settings).unwrap();
    let mut harness = begin();
    ctrl(&mut harness, Key::T);
    ctrl(&mut harness, Key::Plus);
    ctrl(&mut harness, Key::Plus);
    drop(harness);
    assert!(kept().contains("theme: Dark"), "{}", kept());
    let mut harness = begin();
    assert!((harness.ctx.zoom_factor() - 1.25).abs() < 0.001);
    keys(&mut harness, CTRL_SHIFT, Key::T);
    drop(harness);
    assert!(kept().contains("theme: System"), "{}", kept());
}

#[test]
fn a_line_is_doubled_removed_and_brought_back() {
    let mut harness = open(&fixture("brief-pgb.ron"));
    ctrl(&mut harness, Key::PageDown);
    click(&mut harness, Role::Button, "Regel verdubbelen");
    assert_eq!(lines(&harness), 2);
    let document = harness.state().document().unwrap();
    let provisions = &document.dossier().provisions;
    assert_eq!(provisions[0], provisions[1]);
    click(&mut harness, Role::Button, "Regel verwijderen");
    assert_eq!(lines(&harness), 1);
    harness.get_by_label_contains("Regel 2 is verwijderd.");
    click(&mut harness, Role::Button, "Ongedaan maken");
    assert_eq!(lines(&harness), 2);
    ctrl(&mut harness, Key::Z);
    assert_eq!(lines(&harness), 1);
    assert!(!is_changed(&harness));
    ctrl(&mut harness, Key::Y);
    assert_eq!(lines(&harness), 2);
    assert!(is_changed(&harness));
}

/// Tries to save `file` after a change, which must fail with words that hold `why`, leave the file as it is and lose nothing.
fn cannot_save(harness: &mut Harness<'_, Desk>, file: &Path, why: &str) {
    let before = std::fs::read(file).unwrap_or_default();
    ctrl(harness, Key::S);
    harness.get_by_label_contains(why);
    assert!(is_changed(harness));
    assert_eq!(surname(harness), "Zonneveld");
    assert_eq!(std::fs::read(file).unwrap_or_default(), before);
    // Leaving does not slip by it either.
    ctrl(harness, Key::Q);
    click(harness, Role::Button, "Opslaan");
    harness.get_by_label_contains(why);
    assert!(is_changed(harness));
    assert_eq!(surname(harness), "Zonneveld");
}

#[test]
fn a_file_that_is_protected_is_not_overwritten_and_the_work_can_be_saved_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let mut rights = std::fs::metadata(&file).unwrap().permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(&file, rights).unwrap();
    let mut harness = open(&file);
    type_in(&mut harness, "Achternaam", "Zonneveld");
    cannot_save(&mut harness, &file, "tegen schrijven beveiligd");
    let other = folder.path().join("anders.ron");
    keys(&mut harness, CTRL_SHIFT, Key::S);
    give_path(&mut harness, &other);
    assert!(!is_changed(&harness));
    assert!(
        std::fs::read_to_string(&other)
            .unwrap()
            .contains("Zonneveld")
    );
}

#[test]
fn a_folder_that_has_gone_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("weg");
    std::fs::create_dir(&inner).unwrap();
    let file = copy(&inner, "brief-pgb.ron");
    let mut harness = open(&file);
    type_in(&mut harness, "Achternaam", "Zonneveld");
    std::fs::remove_dir_all(&inner).unwrap();
    cannot_save(&mut harness, &file, "de map voor dit bestand bestaat niet");
}

/// `/proc` takes no new files, and a device takes no place of a file.
#[cfg(target_os = "linux")]
#[test]
fn a_place_that_takes_no_file_is_said_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let mut harness = open(&file);
    type_in(&mut harness, "Achternaam", "Zonneveld");
    let device = folder.path().join("vol.ron");
    std::os::unix::fs::symlink("/dev/full", &device).unwrap();
    for place in [PathBuf::from("/proc/dossier.ron"), device] {
        keys(&mut harness, CTRL_SHIFT, Key::S);
        give_path(&mut harness, &place);
        assert!(harness.query_by_label_contains("Opgeslagen in").is_none());
        let name = place.display().to_string();
        let said = harness.query_all_by_label_contains(&name);
        assert!(said.count() > 0);
        assert!(is_changed(&harness));
        assert_eq!(path(&harness), file, "the dossier keeps its file");
    }
    assert_eq!(surname(&harness), "Zonneveld");
}

#[test]
fn a_letter_that_cannot_be_written_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = open(&fixture("brief-pgb.ron"));
    ctrl(&mut harness, Key::P);
    give_path(&mut harness, &folder.path().join("weg").join("brief.pdf"));
    harness.get_by_label_contains("de map voor dit bestand bestaat niet");
    assert!(harness.query_by_label("Brief openen").is_none());
}

#[test]
fn a_written_letter_and_its_folder_are_opened_outside_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let letter = folder.path().join("brief.pdf");
    let mut harness = start(Start {
        file: Some(fixture("brief-pgb.ron")),
        // What is opened leaves a mark beside the letter.
        opens: |path| {
            let is_folder = path.is_dir();
            let folder = if is_folder {
                path
            } else {
                path.parent().unwrap()
            };
            let mark = if is_folder { "map" } else { "brief" };
            std::fs::write(folder.join(mark), "")
        },
        ..Start::default()
    });
    ctrl(&mut harness, Key::P);
    give_path(&mut harness, &letter);
    click(&mut harness, Role::Button, "Brief openen");
    assert!(folder.path().join("brief").is_file());
    assert!(!folder.path().join("map").exists());
    keys(&mut harness, CTRL_SHIFT, Key::O);
    assert!(folder.path().join("map").is_file());
}

#[test]
fn a_system_that_cannot_open_the_letter_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let mut harness = start(Start {
        file: Some(fixture("brief-pgb.ron")),
        opens: |_| Err(std::io::ErrorKind::NotFound.into()),
        ..Start::default()
    });
    ctrl(&mut harness, Key::P);
    give_path(&mut harness, &folder.path().join("brief.pdf"));
    click(&mut harness, Role::Button, "Map openen");
    harness.get_by_label_contains("Dit systeem heeft geen programma om");
}

#[test]
fn leaving_while_the_file_is_written_waits_for_it_instead_of_asking() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let mut harness = open(&file);
    type_in(&mut harness, "Achternaam", "Zonneveld");
    press(&mut harness, Key::Enter);
    // Both are asked before the disk has answered.
    for key in [Key::S, Key::Q] {
        harness.key_press_modifiers(Modifiers::COMMAND, key);
    }
    for _ in 0..50 {
        harness.step();
        assert!(harness.query_by_role(Role::AlertDialog).is_none());
        if harness.state().is_leaving() {
            break;
        }
        harness.state_mut().wait_for_disk();
    }
    assert!(harness.state().is_leaving());
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("Zonneveld"));
    assert!(!is_changed(&harness));
}

#[test]
fn a_change_made_while_the_file_is_written_stays_unsaved() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let mut harness = open(&file);
    type_in(&mut harness, "Achternaam", "Zonneveld");
    // The save is asked and the next change made before the disk has answered.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::S);
    harness.step();
    harness.step();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::R);
    harness.step();
    harness.step();
    settle(&mut harness);
    assert_eq!(lines(&harness), 2);
    assert!(is_changed(&harness));
    press(&mut harness, Key::Escape);
    ctrl(&mut harness, Key::S);
    assert!(!is_changed(&harness));
}

#[test]
fn the_data_of_the_program_goes_to_a_new_folder_and_never_over_what_is_there() {
    let mut harness = start(Start::default());
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("voorbeelden");
    keys(&mut harness, CTRL_SHIFT, Key::Q);
    give_path(&mut harness, &target);
    harness.get_by_label_contains("Begin bij LEESMIJ.md in de map catalogi.");
    let catalogue = target.join("catalogi").join("leiden-2018.ron");
    std::fs::write(&catalogue, "van mij").unwrap();
    keys(&mut harness, CTRL_SHIFT, Key::Q);
    give_path(&mut harness, &target);
    harness.get_by_label_contains("er is niets geschreven");
    assert_eq!(std::fs::read_to_string(&catalogue).unwrap(), "van mij");
}
