//! A register that answers late or not at all: no work is lost or comes in another dossier, whatever a person does
//! meanwhile.

use std::sync::mpsc::{Sender, channel};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};

use super::program::{
    Start, click, copy, ctrl, fill, give_path, keys, press, settle, surname, type_in,
};
use super::register::{NAME, Office, example, save, unlock};
use super::register_screens::destroy;
use crate::desk::app::{Desk, Gate};
use crate::desk::view::Part;
use crate::register::{DossierId, Failure, Lease, Register};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const UNSAVED: &str = "Wilt u het dossier opslaan?";

/// Sanne at work in the first of two dossiers, of Zonneveld and Maan.
fn at_work(office: &Office) -> (Harness<'static, Desk>, [DossierId; 2]) {
    let ids = ["Zonneveld", "Maan"].map(|name| {
        let id = Register::new_id().unwrap();
        save(&mut office.colleague("Karim"), id, 0, &example(name));
        id
    });
    let mut harness = office.window();
    unlock(&mut harness, NAME);
    row(&mut harness, "Zonneveld");
    settle(&mut harness);
    assert_eq!(surname(&harness), "Zonneveld");
    (harness, ids)
}

/// Lets the register wait with its answers until what this gives is dropped.
#[must_use]
fn hold(harness: &mut Harness<'_, Desk>) -> Sender<()> {
    let (go, waits) = channel::<()>();
    harness.state_mut().ask_register(
        move |_| {
            // It ends when the other side is dropped.
            let _ = waits.recv();
            Ok(())
        },
        |_, _, _: Result<(), Failure>| {},
    );
    go
}

fn release(harness: &mut Harness<'_, Desk>, held: Sender<()>) {
    drop(held);
    settle(harness);
}

/// A key while the register is held.
fn tap(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    harness.key_press_modifiers(modifiers, key);
    harness.run();
}

/// Types in a field and commits, while the register is held.
fn write(harness: &mut Harness<'_, Desk>, label: &str, text: &str) {
    harness
        .get_by_role_and_label(Role::TextInput, label)
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, label)
        .type_text(text);
    harness.run();
    tap(harness, Modifiers::NONE, Key::Tab);
}

/// Asks for a dossier in the list, while the register is held or not.
fn ask_for(harness: &mut Harness<'_, Desk>, name: &str) {
    tap(harness, Modifiers::COMMAND, Key::Num3);
    row(harness, name);
}

fn row(harness: &mut Harness<'_, Desk>, part: &str) {
    let fits = |node: &AccessKitNode<'_>| {
        node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.contains(part))
    };
    harness.get_by(fits).click();
    harness.run();
}

fn says(harness: &Harness<'_, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

fn asks(harness: &Harness<'_, Desk>, title: &str) -> bool {
    harness
        .query_by_role_and_label(Role::AlertDialog, title)
        .is_some()
}

fn street(harness: &Harness<'_, Desk>) -> String {
    let document = harness.state().document().unwrap();
    let address = document.dossier().client.address.as_ref();
    address.map_or_else(String::new, |address| address.street.clone())
}

/// Behind the back of the program, in the file of the register.
fn behind(office: &Office, statement: &str) {
    let path = office.folder.path().join("register.db");
    let behind = rusqlite::Connection::open(path).unwrap();
    behind.execute_batch(statement).unwrap();
}

#[test]
fn a_conflict_is_settled_in_its_own_dossier_whatever_was_asked_for_meanwhile() {
    let office = Office::founded();
    let (mut harness, [first, second]) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Voorletters", "Q.");
    save(&mut office.colleague("Karim"), first, 1, &example("Ster"));
    let held = hold(harness);
    tap(harness, Modifiers::COMMAND, Key::S);
    ask_for(harness, "Maan");
    release(harness, held);
    assert!(!asks(harness, UNSAVED));
    click(harness, Role::Button, "Neem hun versie");
    assert_eq!(surname(harness), "Ster");
    let document = harness.state().document().unwrap();
    assert!(document.is_dossier(first));
    let other = office.colleague("Karim").peek(second, None).unwrap();
    assert_eq!(other.revision, 1);
}

/// The surnames of the revisions of a dossier, oldest first.
fn surnames(office: &Office, id: DossierId) -> Vec<String> {
    let mut register = office.colleague("Karim");
    let revisions = register.revisions(id).unwrap().into_iter();
    revisions
        .map(|version| {
            let revision = Some(version.base.revision);
            let loaded = register.peek(id, revision).unwrap();
            loaded.dossier.client.person.surname
        })
        .collect()
}

#[test]
fn saving_again_while_a_save_still_runs_conflicts_with_nobody() {
    let office = Office::founded();
    let (mut harness, [first, _]) = at_work(&office);
    let harness = &mut harness;
    let held = hold(harness);
    write(harness, "Achternaam", "Ster");
    tap(harness, Modifiers::COMMAND, Key::S);
    // Again, with nothing changed; then twice with more.
    tap(harness, Modifiers::COMMAND, Key::S);
    for name in ["Sterre", "Sterren"] {
        write(harness, "Achternaam", name);
        tap(harness, Modifiers::COMMAND, Key::S);
    }
    release(harness, held);
    assert!(!says(harness, "Neem hun versie"));
    assert!(says(harness, "Opgeslagen in het register als versie 3."));
    assert!(!harness.state().document().unwrap().is_changed());
    assert_eq!(surnames(&office, first), ["Zonneveld", "Ster", "Sterren"]);
}

#[test]
fn what_waits_for_a_save_waits_for_the_one_that_was_asked_last() {
    let office = Office::founded();
    let (mut harness, [first, _]) = at_work(&office);
    let harness = &mut harness;
    let held = hold(harness);
    write(harness, "Achternaam", "Ster");
    tap(harness, Modifiers::COMMAND, Key::S);
    write(harness, "Achternaam", "Sterren");
    tap(harness, Modifiers::COMMAND, Key::S);
    tap(harness, Modifiers::COMMAND, Key::Q);
    release(harness, held);
    assert!(!asks(harness, UNSAVED));
    assert!(harness.state().is_leaving());
    assert_eq!(surnames(&office, first), ["Zonneveld", "Ster", "Sterren"]);
}

#[test]
fn a_save_without_an_answer_is_sent_again_before_the_next() {
    let office = Office::founded();
    let (mut harness, [first, _]) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Achternaam", "Ster");
    behind(
        &office,
        "CREATE TRIGGER full BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    ctrl(harness, Key::S);
    fill(harness, "Achternaam", "Sterren");
    ctrl(harness, Key::S);
    assert_eq!(surnames(&office, first), ["Zonneveld"]);
    behind(&office, "DROP TRIGGER full");
    ctrl(harness, Key::S);
    assert!(!says(harness, "Neem hun versie"));
    assert!(!harness.state().document().unwrap().is_changed());
    assert_eq!(surnames(&office, first), ["Zonneveld", "Ster", "Sterren"]);
}

#[test]
fn a_dossier_that_comes_late_asks_before_it_takes_the_place_of_work() {
    let office = Office::founded();
    let (mut harness, [first, second]) = at_work(&office);
    let held = hold(&mut harness);
    ask_for(&mut harness, "Maan");
    tap(&mut harness, Modifiers::COMMAND, Key::Num1);
    write(&mut harness, "Achternaam", "Ster");
    release(&mut harness, held);
    assert!(asks(&harness, UNSAVED));
    press(&mut harness, Key::Escape);
    assert_eq!(surname(&harness), "Ster");
    assert!(harness.state().document().unwrap().is_dossier(first));
    // What was not wanted is free for a colleague at once; what is open is not.
    settle(&mut harness);
    let now = "2018-03-01T08:00:00Z".parse().unwrap();
    let mut karim = office.colleague("Karim");
    assert_eq!(karim.lease(second, now), Ok(Lease::Ours));
    assert!(matches!(karim.lease(first, now), Ok(Lease::Theirs(_))));
    drop(harness);
    office.pass(600);
    let mut harness = office.window();
    unlock(&mut harness, NAME);
    assert!(says(&harness, "Ster, van"));
}

#[test]
fn a_dossier_that_comes_late_waits_for_the_sheet_that_is_open() {
    let office = Office::founded();
    let (mut harness, [first, second]) = at_work(&office);
    let harness = &mut harness;
    let held = hold(harness);
    ask_for(harness, "Maan");
    tap(harness, Modifiers::COMMAND, Key::Num1);
    tap(harness, Modifiers::COMMAND, Key::N);
    release(harness, held);
    assert!(harness.state().document().unwrap().is_dossier(first));
    press(harness, Key::Escape);
    settle(harness);
    assert!(harness.state().document().unwrap().is_dossier(second));
}

#[test]
fn work_that_was_let_go_for_a_dossier_that_does_not_open_still_counts_as_unsaved() {
    let office = Office::founded();
    let (mut harness, [_, second]) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Achternaam", "Ster");
    let now = "2018-03-01T09:00:00Z".parse().unwrap();
    destroy(&mut office.colleague("Karim"), second, now);
    ask_for(harness, "Maan");
    settle(harness);
    click(harness, Role::Button, "Niet opslaan");
    assert_eq!(surname(harness), "Ster");
    ctrl(harness, Key::Num1);
    ctrl(harness, Key::Q);
    assert!(asks(harness, UNSAVED));
}

#[test]
fn a_loose_dossier_that_the_register_does_not_take_is_still_kept() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = office.window_with(Start {
        file: Some(copy(folder.path(), "brief-pgb.ron")),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num3);
    unlock(&mut harness, NAME);
    ctrl(&mut harness, Key::Num1);
    fill(&mut harness, "Achternaam", "Ster");
    behind(
        &office,
        "CREATE TRIGGER full BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    click(&mut harness, Role::Button, "Zet in het register");
    assert!(!says(&harness, "Opgeslagen in het register"));
    ctrl(&mut harness, Key::L);
    drop(harness);
    let mut harness = office.window();
    unlock(&mut harness, NAME);
    assert_eq!(harness.query_all_by_label("Ga verder").count(), 1);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Ster");
}

#[test]
fn loose_work_of_a_person_without_a_journal_is_still_there_after_locking() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = office.window_with(Start {
        file: Some(copy(folder.path(), "brief-pgb.ron")),
        ..Start::default()
    });
    let harness = &mut harness;
    ctrl(harness, Key::Num3);
    unlock(harness, "Fin");
    ctrl(harness, Key::Num1);
    fill(harness, "Achternaam", "Ster");
    ctrl(harness, Key::L);
    assert!(matches!(harness.state().gate(), Gate::Locked(_)));
    assert!(!says(harness, "Ster"), "it stands behind the door");
    unlock(harness, "Fin");
    ctrl(harness, Key::Num1);
    assert_eq!(surname(harness), "Ster");
    assert!(harness.state().document().unwrap().is_changed());
}

#[test]
fn what_is_open_is_not_offered_to_be_thrown_away() {
    let office = Office::founded();
    let (mut harness, _) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Achternaam", "Ster");
    ctrl(harness, Key::Num3);
    assert!(!says(harness, "Gooi weg"));
}

#[test]
fn what_is_changed_while_a_version_is_taken_back_stands_on_top_of_it() {
    let office = Office::founded();
    let (mut harness, [first, _]) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Achternaam", "Ster");
    ctrl(harness, Key::S);
    keys(harness, CTRL_SHIFT, Key::H);
    row(harness, "Versie 1");
    settle(harness);
    let held = hold(harness);
    harness
        .get_by_role_and_label(Role::Button, "Neem terug als nieuwe versie")
        .click();
    harness.run();
    tap(harness, Modifiers::COMMAND, Key::Num1);
    write(harness, "Straat", "Kerkplein");
    release(harness, held);
    assert_eq!(
        (surname(harness), street(harness)),
        ("Ster".to_owned(), "Kerkplein".to_owned())
    );
    assert!(says(harness, "staat erbovenop"));
    let document = harness.state().document().unwrap();
    assert!(document.is_changed());
    assert_eq!(
        document.in_register().map(|place| place.base.revision),
        Some(3)
    );
    ctrl(harness, Key::Z);
    assert_eq!(surname(harness), "Zonneveld");
    assert!(harness.state().document().unwrap().is_dossier(first));
}

#[test]
fn a_dossier_read_in_an_old_version_opens_in_its_newest_from_the_list() {
    let office = Office::founded();
    let (mut harness, _) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Achternaam", "Ster");
    ctrl(harness, Key::S);
    keys(harness, CTRL_SHIFT, Key::H);
    row(harness, "Versie 1");
    settle(harness);
    click(harness, Role::Button, "Open om te lezen");
    assert_eq!(surname(harness), "Zonneveld");
    ask_for(harness, "Ster");
    settle(harness);
    assert_eq!(surname(harness), "Ster");
    assert_eq!(harness.state().document().unwrap().reads(), None);
}

#[test]
fn words_about_a_version_that_was_not_opened_are_said_of_no_other_dossier() {
    let office = Office::founded();
    let (mut harness, _) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Achternaam", "Ster");
    ctrl(harness, Key::S);
    fill(harness, "Voorletters", "Q.");
    keys(harness, CTRL_SHIFT, Key::H);
    row(harness, "Versie 1");
    settle(harness);
    click(harness, Role::Button, "Open om te lezen");
    assert!(asks(harness, UNSAVED));
    press(harness, Key::Escape);
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    ctrl(harness, Key::S);
    ctrl(harness, Key::O);
    give_path(harness, &file);
    assert_eq!(surname(harness), "Bergh");
    assert!(!says(harness, "Dit is versie"));
}

#[test]
fn a_loose_file_without_changes_is_there_again_after_locking_at_the_same_part() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = office.window_with(Start {
        file: Some(copy(folder.path(), "brief-pgb.ron")),
        ..Start::default()
    });
    let harness = &mut harness;
    ctrl(harness, Key::Num3);
    unlock(harness, NAME);
    ctrl(harness, Key::Num1);
    ctrl(harness, Key::PageDown);
    ctrl(harness, Key::L);
    assert!(harness.state().document().is_none());
    unlock(harness, NAME);
    assert_eq!(surname(harness), "Bergh");
    assert_eq!(harness.state().chosen(), Part::Line(0));
}

#[test]
fn a_file_that_is_gone_after_locking_is_work_that_is_nowhere_else() {
    let office = Office::founded();
    let (mut harness, _) = at_work(&office);
    let harness = &mut harness;
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    ctrl(harness, Key::O);
    give_path(harness, &file);
    ctrl(harness, Key::PageDown);
    ctrl(harness, Key::L);
    std::fs::remove_file(&file).unwrap();
    unlock(harness, NAME);
    assert_eq!(surname(harness), "Bergh");
    assert!(harness.state().document().unwrap().is_changed());
    ctrl(harness, Key::Num3);
    type_in(harness, "Zoeken", "maan");
    press(harness, Key::Enter);
    assert!(asks(harness, UNSAVED));
    click(harness, Role::Button, "Niet opslaan");
    assert_eq!(surname(harness), "Maan");
    assert_eq!(harness.state().chosen(), Part::Client);
}

#[test]
fn a_readable_copy_is_not_written_where_the_log_does_not_take_it() {
    let office = Office::founded();
    let (mut harness, _) = at_work(&office);
    let harness = &mut harness;
    behind(
        &office,
        "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END",
    );
    keys(harness, CTRL_SHIFT, Key::S);
    click(harness, Role::Button, "Maak de kopie");
    let file = office.folder.path().join("kopie.ron");
    give_path(harness, &file);
    assert!(!file.exists());
}

#[test]
fn a_file_that_comes_after_locking_is_not_shown() {
    let office = Office::founded();
    let (mut harness, _) = at_work(&office);
    let harness = &mut harness;
    let folder = tempfile::tempdir().unwrap();
    let held = harness.state_mut().hold_disk();
    let file = copy(folder.path(), "brief-pgb.ron");
    harness.state_mut().open_file(file);
    harness.run();
    tap(harness, Modifiers::COMMAND, Key::L);
    while !matches!(harness.state().gate(), Gate::Locked(_)) {
        std::thread::yield_now();
        harness.run();
    }
    release(harness, held);
    assert!(harness.state().document().is_none());
    assert!(!says(harness, "Bergh"));
}

#[test]
fn what_a_colleague_did_is_said_once() {
    let office = Office::founded();
    let (mut harness, [first, _]) = at_work(&office);
    let harness = &mut harness;
    let warning = "Een collega heeft intussen een nieuwe versie opgeslagen";
    save(&mut office.colleague("Karim"), first, 1, &example("Ster"));
    office.pass(45);
    settle(harness);
    assert!(says(harness, warning));
    fill(harness, "Voorletters", "Q.");
    assert!(!says(harness, warning));
    office.pass(45);
    settle(harness);
    assert!(!says(harness, warning));
}

#[test]
fn work_that_waits_because_a_colleague_has_the_dossier_is_told() {
    let office = Office::founded();
    let (mut harness, [first, _]) = at_work(&office);
    let harness = &mut harness;
    fill(harness, "Achternaam", "Ster");
    ctrl(harness, Key::L);
    let now = "2018-03-01T08:00:00Z".parse().unwrap();
    office.colleague("Karim").lease(first, now).unwrap();
    unlock(harness, NAME);
    assert_eq!(surname(harness), "Zonneveld");
    assert!(says(
        harness,
        "werk aan dit dossier dat nog niet is opgeslagen"
    ));
    ctrl(harness, Key::Num3);
    assert!(says(harness, "Ster, van"));
}

#[test]
fn views_that_cannot_be_read_are_told_and_not_written_over() {
    let office = Office::founded();
    let keep = |harness: &mut Harness<'_, Desk>, name: &str| {
        type_in(harness, "Zoeken", "maan");
        click(harness, Role::Button, "Bewaar deze weergave");
        type_in(harness, "Naam van de weergave", name);
        press(harness, Key::Enter);
    };
    let mut harness = office.window();
    unlock(&mut harness, NAME);
    keep(&mut harness, "Mijn maan");
    drop(harness);
    behind(
        &office,
        "UPDATE setting SET sealed = zeroblob(4) WHERE name = 'weergaven'",
    );
    let mut harness = office.window();
    unlock(&mut harness, NAME);
    keep(&mut harness, "Een andere");
    assert!(says(&harness, "beschadigd"));
    let path = office.folder.path().join("register.db");
    let kept = rusqlite::Connection::open(path).unwrap().query_row(
        "SELECT length(sealed) FROM setting WHERE name = 'weergaven'",
        [],
        |row| row.get::<_, i64>(0),
    );
    assert_eq!(kept, Ok(4));
}
