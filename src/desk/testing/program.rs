//! The whole program in its window, from a new dossier to the letter, by role and name.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node, SnapshotResults};
use jiff::civil::date;

use super::{LOOKS, USUAL, assert_nothing_is_cut_off, picture_options};
use crate::budget::Library;
use crate::desk::app::{Desk, OpenOutside};
use crate::desk::command::Command;
use crate::desk::keeper::Home;
use crate::desk::settings::Settings;
use crate::desk::view::Part;

/// How the program is started in a test.
pub(super) struct Start {
    pub(super) size: Vec2,
    pub(super) look: Theme,
    pub(super) file: Option<PathBuf>,
    pub(super) settings: Option<PathBuf>,
    pub(super) opens: OpenOutside,
    pub(super) register: Option<Home>,
    /// Another library than the shipped one.
    pub(super) library: Option<Library>,
    /// Whether the day was given on the command line.
    pub(super) given_day: bool,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            size: USUAL,
            look: Theme::Light,
            file: None,
            settings: None,
            opens: |_| Ok(()),
            register: None,
            library: None,
            given_day: false,
        }
    }
}

/// The program on 1 March 2018, drawn until it stands still.
pub(super) fn start(how: Start) -> Harness<'static, Desk> {
    let mut harness = begin(how);
    settle(&mut harness);
    harness
}

fn pressed(modifiers: Modifiers, key: Key) -> Event {
    Event::Key {
        key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers,
    }
}

/// The program in its first frame.
fn begin(how: Start) -> Harness<'static, Desk> {
    let Start {
        size,
        look,
        file,
        settings,
        opens,
        register,
        library,
        given_day,
    } = how;
    let remembers = settings.is_some();
    Harness::builder()
        .with_size(size)
        .with_theme(look)
        .with_options(picture_options())
        .with_max_steps(12)
        .build_eframe(move |creation| {
            let library = library.unwrap_or_else(|| Library::shipped().unwrap());
            let library = Arc::new(library);
            let day = date(2018, 3, 1);
            let ctx = &creation.egui_ctx;
            let settings = Settings::load(settings);
            let mut desk = Desk::new(library, day, settings, opens, file, register);
            desk.enter(ctx);
            if given_day {
                desk.stay();
            }
            if !remembers {
                ctx.set_theme(look);
            }
            desk
        })
}

fn program(size: Vec2, look: Theme, file: Option<PathBuf>) -> Harness<'static, Desk> {
    start(Start {
        size,
        look,
        file,
        ..Start::default()
    })
}

/// Draws until nothing moves and no file is being read or written any more.
pub(super) fn settle(harness: &mut Harness<'_, Desk>) {
    harness.run();
    while harness.state_mut().wait_for_disk() {
        harness.run();
    }
}

pub(super) fn fixture(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/dossiers");
    folder.join(name)
}

/// A copy of a fixture that may be written to.
pub(super) fn copy(folder: &Path, name: &str) -> PathBuf {
    let file = folder.join("dossier.ron");
    std::fs::copy(fixture(name), &file).unwrap();
    file
}

/// Types in a field, in place of what stands there.
pub(super) fn type_in(harness: &mut Harness<'_, Desk>, label: &str, text: &str) {
    let typed = |node: &Node<'_>| {
        let role = node.accesskit_node().role();
        matches!(role, Role::TextInput | Role::MultilineTextInput)
    };
    let fields = harness.query_all_by_label(label).filter(typed).count();
    assert_eq!(fields, 1, "{label}");
    harness
        .query_all_by_label(label)
        .find(typed)
        .unwrap()
        .focus();
    harness.run();
    let field = harness.query_all_by_label(label).find(typed);
    field.unwrap().type_text(text);
    settle(harness);
}

/// Types in a field and commits it with Tab.
pub(super) fn fill(harness: &mut Harness<'_, Desk>, label: &str, text: &str) {
    type_in(harness, label, text);
    press(harness, Key::Tab);
}

pub(super) fn press(harness: &mut Harness<'_, Desk>, key: Key) {
    harness.key_press(key);
    settle(harness);
}

pub(super) fn ctrl(harness: &mut Harness<'_, Desk>, key: Key) {
    keys(harness, Modifiers::COMMAND, key);
}

pub(super) fn keys(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    settle(harness);
}

/// Gives a command by its own keys.
pub(super) fn give(harness: &mut Harness<'_, Desk>, command: Command) {
    let keys = command.shortcuts().next().unwrap();
    harness.key_press_modifiers(keys.modifiers, keys.logical_key);
    settle(harness);
}

/// Clicks with the mouse, once it is in view.
pub(super) fn click(harness: &mut Harness<'_, Desk>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).scroll_to_me();
    settle(harness);
    harness.get_by_role_and_label(role, label).click();
    settle(harness);
}

/// Types a path where a file is asked for, and says yes.
pub(super) fn give_path(harness: &mut Harness<'_, Desk>, path: &Path) {
    type_in(harness, "Pad van het bestand", &path.display().to_string());
    press(harness, Key::Enter);
}

pub(super) fn surname(harness: &Harness<'_, Desk>) -> String {
    let document = harness.state().document().unwrap();
    document.dossier().client.person.surname.clone()
}

pub(super) fn lines(harness: &Harness<'_, Desk>) -> usize {
    harness
        .state()
        .document()
        .unwrap()
        .dossier()
        .provisions
        .len()
}

#[test]
fn the_tariffs_of_the_chosen_line_are_shown_by_keyboard_and_left_again() {
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    ctrl(&mut harness, Key::PageDown);
    ctrl(&mut harness, Key::Num2);
    harness.get_by_role_and_label(Role::Heading, "Tarieven");
    harness.get_by_label_contains(
        "Huishoudelijke ondersteuning, informele hulp: €\u{a0}15,13 per uur",
    );
    ctrl(&mut harness, Key::Num1);
    assert!(
        harness
            .query_by_role_and_label(Role::Heading, "Tarieven")
            .is_none()
    );
    harness.get_by_role_and_label(Role::Heading, "Voorzieningen");
}

#[test]
fn the_search_shows_what_is_not_possible_with_why_and_does_not_do_it() {
    let mut harness = program(USUAL, Theme::Light, None);
    ctrl(&mut harness, Key::K);
    type_in(&mut harness, "Opdracht zoeken", "regel verdubbelen");
    let entry = "Regel verdubbelen, kan nu niet: Open eerst een dossier.";
    let node = harness.get_by_role_and_label(Role::ListBoxOption, entry);
    assert!(node.accesskit_node().is_disabled());
    press(&mut harness, Key::Enter);
    let sheets = harness.query_all_by_role(Role::Dialog);
    assert!(sheets.count() > 0, "it stays");
    press(&mut harness, Key::Escape);
    // What can be done goes before what can not.
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    ctrl(&mut harness, Key::K);
    type_in(&mut harness, "Opdracht zoeken", "regel");
    let entries = harness.query_all_by_role(Role::ListBoxOption);
    let possible: Vec<bool> = entries
        .filter_map(|node| {
            let node = node.accesskit_node();
            let label = node.label()?;
            let of_search = Command::all().any(|command| label.starts_with(command.name()));
            of_search.then(|| !node.is_disabled())
        })
        .collect();
    assert!(
        possible.is_sorted_by(|one, next| one >= next),
        "{possible:?}"
    );
    assert!(possible.contains(&true) && possible.contains(&false));
    harness.get_by_label("Regel verwijderen, kan nu niet: Kies eerst een regel.");
    press(&mut harness, Key::Enter);
    assert_eq!(lines(&harness), 2, "the first that is possible adds a line");
}

#[test]
fn a_day_that_was_given_is_said_on_every_screen() {
    let words = "Dit venster rekent met 1 maart 2018, niet met vandaag (optie --datum).";
    let told = |harness: &Harness<'_, Desk>| harness.query_all_by_label(words).count();
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    assert_eq!(told(&harness), 0);
    harness = start(Start {
        file: Some(fixture("brief-pgb.ron")),
        given_day: true,
        ..Start::default()
    });
    for screen in [
        Command::NextLine,
        Command::ShowTariffs,
        Command::ShowScenarios,
        Command::ShowPreview,
    ] {
        give(&mut harness, screen);
        assert_eq!(told(&harness), 1, "{screen:?}");
    }
}

#[test]
fn a_dossier_is_begun_given_a_line_and_saved_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nieuw.ron");
    let mut harness = program(USUAL, Theme::Light, None);
    ctrl(&mut harness, Key::N);
    type_in(&mut harness, "Achternaam van de cliënt", "Jansen");
    press(&mut harness, Key::Enter);
    assert_eq!(surname(&harness), "Jansen");
    ctrl(&mut harness, Key::R);
    assert_eq!(lines(&harness), 1);
    ctrl(&mut harness, Key::S);
    give_path(&mut harness, &file);
    assert!(file.is_file());
    assert!(!harness.state().document().unwrap().is_changed());
    harness.get_by_label_contains("Opgeslagen in");
}

#[test]
fn a_text_that_is_being_typed_is_saved_with_the_dossier() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let mut harness = program(USUAL, Theme::Light, Some(file.clone()));
    type_in(&mut harness, "Achternaam", "Zonneveld");
    ctrl(&mut harness, Key::S);
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("Zonneveld")
    );
}

#[test]
fn a_change_is_undone_and_done_again() {
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    type_in(&mut harness, "Achternaam", "Zonneveld");
    press(&mut harness, Key::Tab);
    assert_eq!(surname(&harness), "Zonneveld");
    ctrl(&mut harness, Key::Z);
    assert_eq!(surname(&harness), "Bergh");
    ctrl(&mut harness, Key::Y);
    assert_eq!(surname(&harness), "Zonneveld");
}

#[test]
fn a_file_that_is_no_dossier_opens_nothing_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kapot.ron");
    std::fs::write(&file, "(format: 1, client: (").unwrap();
    let harness = program(USUAL, Theme::Light, Some(file.clone()));
    assert!(harness.state().document().is_none());
    assert!(harness.query_all_by_label_contains("kapot.ron").count() > 0);
    assert_eq!(
        std::fs::read_to_string(&file).unwrap(),
        "(format: 1, client: ("
    );
}

#[test]
fn the_letter_of_a_complete_dossier_is_written_where_it_is_asked() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let mut harness = program(USUAL, Theme::Light, Some(file));
    ctrl(&mut harness, Key::P);
    let letter = folder.path().join("brief.pdf");
    give_path(&mut harness, &letter);
    assert!(std::fs::read(&letter).unwrap().starts_with(b"%PDF"));
}

#[test]
fn what_somebody_else_wrote_in_the_file_meanwhile_is_replaced_only_after_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let holds = |text: &str| std::fs::read_to_string(&file).unwrap().contains(text);
    let mut harness = program(USUAL, Theme::Light, Some(file.clone()));
    let theirs = std::fs::read_to_string(&file).unwrap();
    let theirs = theirs.replace("\"Bergh\"", "\"Van een ander\"");
    std::fs::write(&file, &theirs).unwrap();
    type_in(&mut harness, "Achternaam", "Zonneveld");
    ctrl(&mut harness, Key::S);
    assert!(harness.query_by_role(Role::AlertDialog).is_some());
    click(&mut harness, Role::Button, "Annuleren");
    assert!(holds("Van een ander") && !holds("Zonneveld"));
    assert!(harness.state().document().unwrap().is_changed());
    ctrl(&mut harness, Key::S);
    click(&mut harness, Role::Button, "Vervang het");
    assert!(holds("Zonneveld") && !holds("Van een ander"));
    // From then on it is the window's own again, and so is a file that is gone.
    for name in ["Eerste", "Tweede"] {
        type_in(&mut harness, "Achternaam", name);
        ctrl(&mut harness, Key::S);
        assert!(harness.query_by_role(Role::AlertDialog).is_none());
        assert!(holds(name));
        std::fs::remove_file(&file).unwrap();
    }
}

#[test]
fn a_letter_or_a_copy_takes_the_place_of_another_file_only_after_a_yes() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let other = folder.path().join("ander.ron");
    let letter = folder.path().join("ander.ron.pdf");
    for taken in [&other, &letter] {
        std::fs::write(taken, "van iemand").unwrap();
    }
    let untouched = |path| std::fs::read(path).unwrap() == b"van iemand";
    let mut harness = program(USUAL, Theme::Light, Some(file));
    ctrl(&mut harness, Key::P);
    give_path(&mut harness, &other);
    assert!(untouched(&other) && untouched(&letter));
    click(&mut harness, Role::Button, "Kies een ander bestand");
    give_path(&mut harness, &folder.path().join("brief"));
    assert!(folder.path().join("brief.pdf").is_file());
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    give_path(&mut harness, &other);
    click(&mut harness, Role::Button, "Annuleren");
    assert!(untouched(&other) && untouched(&letter));
    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    give_path(&mut harness, &other);
    click(&mut harness, Role::Button, "Vervang het");
    assert!(!untouched(&other));
}

#[test]
fn keys_that_come_in_one_frame_are_all_obeyed_in_their_order() {
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    // As on a slow connection: to the line, double it, take that back, double it twice.
    for key in [Key::PageDown, Key::D, Key::Z, Key::D, Key::D] {
        harness
            .input_mut()
            .events
            .push(pressed(Modifiers::COMMAND, key));
    }
    settle(&mut harness);
    assert_eq!(lines(&harness), 3);
}

#[test]
fn what_is_pressed_and_typed_before_tab_in_one_frame_is_for_what_had_the_keyboard() {
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    harness
        .get_by_role_and_label(Role::RadioButton, "vrouw")
        .focus();
    settle(&mut harness);
    let typed = [
        pressed(Modifiers::NONE, Key::ArrowRight),
        pressed(Modifiers::NONE, Key::Space),
        pressed(Modifiers::NONE, Key::Tab),
        Event::Text("999993653".to_owned()),
        pressed(Modifiers::NONE, Key::Tab),
        Event::Text("17".to_owned()),
        pressed(Modifiers::NONE, Key::Tab),
    ];
    harness.input_mut().events.extend(typed);
    settle(&mut harness);
    let client = &harness.state().document().unwrap().dossier().client;
    assert_eq!(client.person.sex, crate::dossier::person::Sex::Male);
    let bsn = client.bsn.as_ref().map(crate::dossier::bsn::Bsn::digits);
    assert_eq!(bsn.as_deref(), Some("999993653"));
    assert_eq!(client.client_number, "17");
}

#[test]
fn what_is_typed_after_the_space_bar_in_one_frame_is_for_where_that_brought_the_keyboard() {
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    click(&mut harness, Role::Tab, "Besluit");
    let button = harness.get_by_role_and_label(Role::Button, "Opschorting toevoegen");
    button.focus();
    settle(&mut harness);
    let typed = [
        pressed(Modifiers::NONE, Key::Space),
        Event::Text(" ".to_owned()),
        Event::Text("20-2-2018".to_owned()),
        pressed(Modifiers::NONE, Key::Tab),
    ];
    harness.input_mut().events.extend(typed);
    settle(&mut harness);
    let dates = &harness.state().document().unwrap().dossier().dates;
    assert_eq!(dates.suspensions[0].from, Some(date(2018, 2, 20)));
    // In a text a space is a space.
    let field = harness.get_by_role_and_label(Role::TextInput, "Reden van de opschorting");
    field.focus();
    settle(&mut harness);
    let typed = [
        Event::Text("op".to_owned()),
        pressed(Modifiers::NONE, Key::Space),
        Event::Text(" ".to_owned()),
        Event::Text("reis".to_owned()),
        pressed(Modifiers::NONE, Key::Tab),
    ];
    harness.input_mut().events.extend(typed);
    settle(&mut harness);
    let dates = &harness.state().document().unwrap().dossier().dates;
    assert_eq!(dates.suspensions[0].reason, "op reis");
}

#[test]
fn keys_that_come_while_the_dossier_is_being_read_are_for_the_dossier() {
    let typed = [
        pressed(Modifiers::NONE, Key::F6),
        pressed(Modifiers::NONE, Key::Tab),
        pressed(Modifiers::NONE, Key::Tab),
        pressed(Modifiers::NONE, Key::Tab),
        Event::Text("Zonneveld".to_owned()),
        pressed(Modifiers::NONE, Key::Enter),
    ];
    let mut harness = begin(Start {
        file: Some(fixture("brief-pgb.ron")),
        ..Start::default()
    });
    harness.input_mut().events.extend(typed);
    settle(&mut harness);
    assert_eq!(surname(&harness), "Zonneveld");
}

#[test]
fn a_proposed_file_name_does_not_name_the_client() {
    let mut harness = program(USUAL, Theme::Light, None);
    ctrl(&mut harness, Key::N);
    type_in(&mut harness, "Achternaam van de cliënt", "Jansen");
    press(&mut harness, Key::Enter);
    ctrl(&mut harness, Key::S);
    let proposal = harness
        .get_by_role_and_label(Role::TextInput, "Pad van het bestand")
        .value();
    assert_eq!(proposal.as_deref(), Some("dossier.ron"));
}

#[test]
fn leaving_with_unsaved_work_asks_and_going_back_loses_nothing() {
    let mut harness = program(USUAL, Theme::Light, Some(fixture("brief-pgb.ron")));
    type_in(&mut harness, "Achternaam", "Zonneveld");
    ctrl(&mut harness, Key::Q);
    assert!(harness.query_by_role(Role::AlertDialog).is_some());
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_role(Role::AlertDialog).is_none());
    assert_eq!(surname(&harness), "Zonneveld");
}

#[test]
fn nothing_of_a_real_dossier_is_cut_off_at_any_size_and_zoom() {
    for (width, height) in [(1024.0, 700.0), (2560.0, 1440.0)] {
        for zoom in [1.0, 1.5, 2.0] {
            let size = vec2(width, height) / zoom;
            let mut harness = program(size, Theme::Light, Some(fixture("brief-pgb.ron")));
            ctrl(&mut harness, Key::PageDown);
            let roles = [
                Role::Heading,
                Role::Button,
                Role::TextInput,
                Role::RadioButton,
            ];
            assert_nothing_is_cut_off(&harness, &roles, size);
        }
    }
}

/// A window that holds a menu and little more.
const MENU: Vec2 = vec2(640.0, 480.0);

#[test]
fn pictures_of_the_program() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut start = program(USUAL, look, None);
        start.snapshot(format!("start_{name}"));
        results.extend_harness(&mut start);
        // What can not be done without a dossier stands below what can.
        ctrl(&mut start, Key::K);
        type_in(&mut start, "Opdracht zoeken", "dossier");
        start.snapshot(format!("finder_{name}"));
        results.extend_harness(&mut start);
        // The keyboard on the menu bar, and in the menu that it opened.
        let mut menu = program(MENU, look, None);
        for key in [Key::Tab, Key::Space, Key::ArrowDown] {
            press(&mut menu, key);
        }
        menu.snapshot(format!("menu_entry_{name}"));
        press(&mut menu, Key::Escape);
        menu.snapshot(format!("menu_bar_{name}"));
        results.extend_harness(&mut menu);
        let mut harness = program(USUAL, look, Some(fixture("brief-pgb.ron")));
        ctrl(&mut harness, Key::PageDown);
        ctrl(&mut harness, Key::B);
        assert!(matches!(harness.state().chosen(), Part::Line(0)));
        harness.snapshot(format!("program_{name}"));
        results.extend_harness(&mut harness);
    }
    let size = vec2(1024.0, 700.0);
    let mut small = program(size, Theme::Light, Some(fixture("brief-beide.ron")));
    ctrl(&mut small, Key::PageDown);
    small.snapshot("program_small");
    results.extend_harness(&mut small);
}
