//! A window of somebody whose access was taken away, or of which another file took the place of the register: it locks, says
//! why, and what was not saved is not lost.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::program::{Start, click, ctrl, fill, press, settle, start, surname, type_in};
use super::register::{NAME, Office, is_locked, make, unlock};
use crate::desk::app::Desk;
use crate::register::DossierId;

const WITHDRAWN: &str = "De toegang van «Sanne» tot dit register is ingetrokken";

/// Sanne in the dossier of Zonneveld, with a change that is not saved.
fn working() -> (Office, DossierId, Harness<'static, Desk>) {
    let (office, id) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Achternaam", "Maneschijn");
    (office, id, harness)
}

fn take_away(office: &Office) {
    let mut colleague = office.colleague("Karim");
    let now = "2018-03-01T09:00:00Z".parse().unwrap();
    colleague.remove_slot(NAME, now).unwrap();
}

/// The window shows nothing any more and says why, and a colleague goes on with the work.
#[track_caller]
fn is_out(office: &Office, id: DossierId, mut harness: Harness<'static, Desk>) {
    assert!(is_locked(&harness));
    harness.get_by_label_contains(WITHDRAWN);
    assert!(harness.state().document().is_none());
    assert!(harness.query_by_label_contains("Maneschijn").is_none());
    assert!(
        harness
            .query_by_role_and_label(Role::RadioButton, NAME)
            .is_none()
    );
    assert_eq!(
        office.colleague("Karim").peek(id, None).unwrap().revision,
        1
    );
    unlock(&mut harness, "Karim");
    assert!(harness.query_by_label_contains(WITHDRAWN).is_none());
    harness.get_by_label_contains("van iemand van wie de toegang is ingetrokken");
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Maneschijn");
    ctrl(&mut harness, Key::S);
    let saved = office.colleague("Karim").peek(id, None).unwrap();
    assert_eq!(saved.dossier.client.person.surname, "Maneschijn");
    ctrl(&mut harness, Key::Num3);
    assert!(harness.query_by_label("Ga verder").is_none());
}

#[test]
fn who_saves_after_the_access_was_taken_away_is_locked_out_and_a_colleague_goes_on() {
    let (office, id, mut harness) = working();
    take_away(&office);
    ctrl(&mut harness, Key::S);
    settle(&mut harness);
    is_out(&office, id, harness);
}

#[test]
fn a_window_finds_out_by_itself_that_the_access_was_taken_away() {
    let (office, id, mut harness) = working();
    take_away(&office);
    office.pass(41);
    settle(&mut harness);
    settle(&mut harness);
    is_out(&office, id, harness);
}

#[test]
fn a_dossier_that_is_opened_then_is_not_shown() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    take_away(&office);
    press(&mut harness, Key::Enter);
    settle(&mut harness);
    assert!(is_locked(&harness));
    harness.get_by_label_contains(WITHDRAWN);
    assert!(harness.state().document().is_none());
}

#[cfg(unix)]
#[test]
fn a_window_of_which_the_register_was_replaced_opens_what_stands_there_now_and_goes_on_with_the_work()
 {
    let (office, id, mut harness) = working();
    let path = office.folder.path().join("register.db");
    let backup = office
        .colleague("Karim")
        .back_up(
            office.folder.path(),
            "2018-03-01T09:00:00Z".parse().unwrap(),
        )
        .unwrap();
    std::fs::rename(backup.path, &path).unwrap();
    for end in ["-wal", "-shm"] {
        // What SQLite keeps beside a file belongs to the one that was there.
        std::fs::remove_file(office.folder.path().join(format!("register.db{end}"))).unwrap();
    }
    ctrl(&mut harness, Key::S);
    settle(&mut harness);
    assert!(is_locked(&harness));
    harness.get_by_label_contains("is verplaatst of vervangen terwijl het open was");
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Maneschijn");
    ctrl(&mut harness, Key::S);
    let saved = office.colleague("Karim").peek(id, None).unwrap();
    assert_eq!(saved.dossier.client.person.surname, "Maneschijn");
}

#[cfg(unix)]
#[test]
fn the_folder_that_is_made_for_a_register_and_its_journal_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let office = Office::new();
    let (outer, inner) = (
        office.folder.path().join("a"),
        office.folder.path().join("a/b"),
    );
    let journal = office.folder.path().join("werk");
    let mut home = office.home();
    home.address = crate::register::Address::File(inner.join("register.db"));
    home.own = inner.join("register.db");
    home.journal = journal.join("journaal.db");
    let mut harness = start(Start {
        register: Some(home),
        ..Start::default()
    });
    make(&mut harness);
    ctrl(&mut harness, Key::N);
    type_in(&mut harness, "Achternaam van de cliënt", "Zonneveld");
    press(&mut harness, Key::Enter);
    for folder in [outer, inner, journal] {
        let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700, "{}", folder.display());
    }
}
