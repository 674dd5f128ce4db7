//! What is left behind the lock: it comes back as it was, to who left it, and until then says nothing of anybody.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::program::{
    Start, click, copy, ctrl, fill, fixture, give, give_path, keys, press, settle, surname, type_in,
};
use super::register::{NAME, Office, example, found, is_locked, save, save_by_key, search, unlock};
use super::register_silent::assert_names_nobody;
use crate::desk::app::Desk;
use crate::desk::command::Command;
use crate::dossier::Dossier;

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const REPLACES: &str = "Wilt u de wijziging van een ander vervangen?";

pub(super) fn says(harness: &Harness<'_, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

fn asks(harness: &Harness<'_, Desk>, title: &str) -> bool {
    let found = harness.query_by_role_and_label(Role::AlertDialog, title);
    found.is_some()
}

/// The window with a loose file, in which this person unlocked the register.
pub(super) fn loose(office: &Office, file: &Path, name: &str) -> Harness<'static, Desk> {
    let mut harness = office.window_with(Start {
        file: Some(file.to_owned()),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num3);
    unlock(&mut harness, name);
    ctrl(&mut harness, Key::Num1);
    harness
}

/// Sanne in the dossier of Zonneveld.
fn at_work(office: &Office) -> Harness<'static, Desk> {
    let mut harness = office.unlocked(NAME);
    search(&mut harness, "zonneveld");
    press(&mut harness, Key::Enter);
    harness
}

/// Locks by leaving the window alone.
fn leave_alone(harness: &mut Harness<'_, Desk>, office: &Office) {
    office.pass(16 * 60);
    settle(harness);
    assert!(is_locked(harness));
}

pub(super) fn write(file: &Path, dossier: &Dossier) {
    std::fs::write(file, dossier.to_text().unwrap()).unwrap();
}

fn field(harness: &Harness<'_, Desk>, label: &str) -> (Option<String>, bool) {
    let role = |role| harness.query_by_role_and_label(role, label);
    let node = role(Role::TextInput).or_else(|| role(Role::MultilineTextInput));
    node.map_or((None, false), |node| (node.value(), node.is_focused()))
}

#[test]
fn a_file_that_another_program_changed_is_not_overwritten_after_a_crash_or_a_lock() {
    for locks in [false, true] {
        let office = Office::founded();
        let folder = tempfile::tempdir().unwrap();
        let file = copy(folder.path(), "brief-pgb.ron");
        let mut harness = loose(&office, &file, NAME);
        fill(&mut harness, "Achternaam", "Ster");
        if locks {
            ctrl(&mut harness, Key::L);
            write(&file, &example("Maan"));
            unlock(&mut harness, NAME);
        } else {
            drop(harness);
            office.pass(600);
            write(&file, &example("Maan"));
            harness = office.unlocked(NAME);
            click(&mut harness, Role::Button, "Ga verder");
        }
        assert_eq!(surname(&harness), "Ster");
        ctrl(&mut harness, Key::S);
        assert!(asks(&harness, REPLACES), "locks: {locks}");
        press(&mut harness, Key::Escape);
        let there = std::fs::read(&file).unwrap();
        let there = Dossier::read("", &there).unwrap();
        assert_eq!(there.client.person.surname, "Maan");
        assert!(harness.state().document().unwrap().is_changed());
        // Undoing does not make it a dossier that is saved.
        ctrl(&mut harness, Key::Z);
        assert!(harness.state().document().unwrap().is_changed());
    }
}

#[test]
fn a_file_that_nobody_changed_is_saved_unasked_after_a_crash_or_a_lock() {
    for locks in [false, true] {
        let office = Office::founded();
        let folder = tempfile::tempdir().unwrap();
        let file = copy(folder.path(), "brief-pgb.ron");
        let mut harness = loose(&office, &file, NAME);
        fill(&mut harness, "Achternaam", "Ster");
        if locks {
            ctrl(&mut harness, Key::L);
            unlock(&mut harness, NAME);
        } else {
            drop(harness);
            office.pass(600);
            harness = office.unlocked(NAME);
            click(&mut harness, Role::Button, "Ga verder");
        }
        ctrl(&mut harness, Key::S);
        assert!(!asks(&harness, REPLACES), "locks: {locks}");
        assert!(!harness.state().document().unwrap().is_changed());
        let there = Dossier::read("", &std::fs::read(&file).unwrap()).unwrap();
        assert_eq!(there.client.person.surname, "Ster");
    }
}

#[test]
fn what_a_dossier_is_held_against_stands_beside_its_fields_after_locking_too() {
    let folder = tempfile::tempdir().unwrap();
    let (office, _) = Office::with_a_dossier();
    let file = copy(folder.path(), "brief-pgb.ron");
    for mut harness in [at_work(&office), loose(&office, &file, NAME)] {
        give(&mut harness, Command::TakeOver);
        give_path(&mut harness, &fixture("brief-beide.ron"));
        ctrl(&mut harness, Key::PageDown);
        let told = |harness: &Harness<'_, Desk>| {
            let mut told: Vec<String> = harness
                .state()
                .document()
                .unwrap()
                .view()
                .earlier
                .values()
                .cloned()
                .collect();
            told.sort();
            told
        };
        let before = told(&harness);
        assert!(!before.is_empty());
        ctrl(&mut harness, Key::L);
        unlock(&mut harness, NAME);
        assert_eq!(told(&harness), before);
    }
}

#[test]
fn every_step_can_be_undone_and_redone_after_locking() {
    let (office, id) = Office::with_a_dossier();
    let mut harness = at_work(&office);
    fill(&mut harness, "Achternaam", "Maan");
    save_by_key(&mut harness);
    fill(&mut harness, "Achternaam", "Ster");
    fill(&mut harness, "Achternaam", "Komeet");
    ctrl(&mut harness, Key::Z);
    assert_eq!(surname(&harness), "Ster");
    ctrl(&mut harness, Key::L);
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Ster");
    assert!(!says(&harness, "Ongedaan maken brengt"));
    keys(&mut harness, CTRL_SHIFT, Key::Z);
    assert_eq!(surname(&harness), "Komeet");
    for expected in ["Ster", "Maan", "Zonneveld"] {
        ctrl(&mut harness, Key::Z);
        assert_eq!(surname(&harness), expected);
        let changed = harness.state().document().unwrap().is_changed();
        assert_eq!(changed, expected != "Maan");
    }
    // On what a colleague saved meanwhile the steps of before do not fit.
    ctrl(&mut harness, Key::Y);
    assert!(!harness.state().document().unwrap().is_changed());
    let base = office.colleague("Karim").peek(id, None).unwrap().revision;
    ctrl(&mut harness, Key::L);
    save(&mut office.colleague("Karim"), id, base, &example("Zon"));
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Zon");
    ctrl(&mut harness, Key::Z);
    assert_eq!(surname(&harness), "Zon");
}

#[test]
fn the_own_version_comes_back_by_undoing_after_a_colleagues_was_taken_and_the_window_locked() {
    let (office, id) = Office::with_a_dossier();
    let mut harness = at_work(&office);
    fill(&mut harness, "Achternaam", "Ster");
    save(&mut office.colleague("Karim"), id, 1, &example("Maan"));
    ctrl(&mut harness, Key::S);
    click(&mut harness, Role::Button, "Neem hun versie");
    assert_eq!(surname(&harness), "Maan");
    ctrl(&mut harness, Key::L);
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Maan");
    ctrl(&mut harness, Key::Z);
    assert_eq!(surname(&harness), "Ster");
    save_by_key(&mut harness);
    let saved = office.colleague("Karim").peek(id, None).unwrap();
    assert_eq!(saved.dossier.client.person.surname, "Ster");
}

#[test]
fn a_new_dossier_that_is_being_begun_is_there_again_after_locking() {
    let (office, _) = Office::with_a_dossier();
    for (idle, open) in [(false, false), (true, false), (false, true)] {
        let mut harness = if open {
            at_work(&office)
        } else {
            office.unlocked(NAME)
        };
        ctrl(&mut harness, Key::N);
        let label = "Achternaam van de cliënt";
        type_in(&mut harness, label, "Komeet");
        if idle {
            leave_alone(&mut harness, &office);
        } else {
            ctrl(&mut harness, Key::L);
        }
        assert!(is_locked(&harness));
        assert!(!says(&harness, "Komeet"));
        unlock(&mut harness, NAME);
        assert_eq!(field(&harness, label), (Some("Komeet".to_owned()), true));
        press(&mut harness, Key::Enter);
        assert_eq!(surname(&harness), "Komeet");
    }
}

#[test]
fn a_change_of_a_line_that_is_being_filled_in_is_there_again_after_locking() {
    let (office, _) = Office::with_a_dossier();
    for idle in [false, true] {
        let mut harness = at_work(&office);
        ctrl(&mut harness, Key::PageDown);
        keys(&mut harness, CTRL_SHIFT, Key::E);
        fill(&mut harness, "Laatste dag", "31-8-2018");
        type_in(&mut harness, "Waarom", "Mevrouw redt het weer");
        if idle {
            leave_alone(&mut harness, &office);
        } else {
            ctrl(&mut harness, Key::L);
        }
        assert!(is_locked(&harness));
        assert!(!says(&harness, "redt het weer"));
        unlock(&mut harness, NAME);
        assert_eq!(
            field(&harness, "Laatste dag").0.as_deref(),
            Some("31 augustus 2018")
        );
        assert_eq!(
            field(&harness, "Waarom"),
            (Some("Mevrouw redt het weer".to_owned()), true)
        );
        assert!(says(&harness, "Wat er verandert vanaf"));
        click(&mut harness, Role::Button, "Beëindig de regel");
        let document = harness.state().document().unwrap();
        let end = document.dossier().provisions[0].line.to;
        assert_eq!(end, Some(jiff::civil::date(2018, 8, 31)));
        ctrl(&mut harness, Key::Z);
        ctrl(&mut harness, Key::L);
    }
}

#[test]
fn what_is_typed_is_in_the_journal_while_the_register_is_held() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = at_work(&office);
    let journal = rusqlite::Connection::open(office.home().journal).unwrap();
    let kept = || -> i64 {
        let all = "SELECT count(*) FROM work";
        journal.query_row(all, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(kept(), 0);
    let held = harness.state_mut().hold_register();
    harness
        .get_by_role_and_label(Role::TextInput, "Achternaam")
        .focus();
    harness.run();
    harness
        .get_by_role_and_label(Role::TextInput, "Achternaam")
        .type_text("Ster");
    harness.run();
    harness.key_press(Key::Tab);
    harness.run();
    while kept() == 0 {
        std::thread::yield_now();
    }
    drop(held);
    settle(&mut harness);
    // Saved, it is forgotten again.
    save_by_key(&mut harness);
    assert_eq!(kept(), 0);
}

#[test]
fn putting_a_backup_back_says_that_the_open_dossier_closes_and_keeps_its_work() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = at_work(&office);
    fill(&mut harness, "Achternaam", "Ster");
    keys(&mut harness, CTRL_SHIFT, Key::R);
    click(&mut harness, Role::Button, "Zet deze kopie terug…");
    assert!(says(&harness, "Het open dossier gaat dicht."));
    assert!(says(&harness, "staat daarna in uw werkvoorraad"));
    click(&mut harness, Role::Button, "Zet de kopie terug");
    assert!(says(&harness, "De reservekopie is teruggezet."));
    assert!(harness.state().document().is_none());
    ctrl(&mut harness, Key::Num3);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Ster");
}

#[test]
fn no_backup_is_put_back_while_the_work_on_the_open_dossier_is_kept_nowhere() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = at_work(&office);
    fill(&mut harness, "Achternaam", "Ster");
    let journal = rusqlite::Connection::open(office.home().journal).unwrap();
    journal
        .execute_batch("ALTER TABLE work RENAME TO away")
        .unwrap();
    fill(&mut harness, "Achternaam", "Maan");
    keys(&mut harness, CTRL_SHIFT, Key::R);
    click(&mut harness, Role::Button, "Zet deze kopie terug…");
    click(&mut harness, Role::Button, "Zet de kopie terug");
    assert!(says(&harness, "Er is niets teruggezet"));
    assert_eq!(surname(&harness), "Maan");
}

#[test]
fn a_loose_dossier_says_that_it_is_not_kept_and_leads_to_a_register_and_back() {
    let office = Office::new();
    let file = fixture("brief-pgb.ron");
    let mut harness = office.window_with(Start {
        file: Some(file),
        ..Start::default()
    });
    assert!(says(&harness, "wordt niet tussentijds bewaard"));
    click(&mut harness, Role::Button, "Maak een register");
    found(&mut harness);
    // The dossier is in front again.
    assert_eq!(surname(&harness), "Bergh");
    harness.get_by_role_and_label(Role::TextInput, "Achternaam");
    assert!(!says(&harness, "wordt niet tussentijds bewaard"));
    // From here on it is kept, also after the window is gone.
    fill(&mut harness, "Achternaam", "Ster");
    drop(harness);
    office.pass(600);
    let mut harness = office.unlocked(NAME);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Ster");
}

const AT_HOME: &str = "Uw pgb: wat kunt u ermee doen?";

/// Somebody in a file for home, where a plan was chosen, a rate was changed and a text was refused.
fn at_home(office: &Office, name: &str) -> (Harness<'static, Desk>, tempfile::TempDir) {
    let mut harness = office.unlocked(name);
    let (folder, path) = super::home::file();
    ctrl(&mut harness, Key::O);
    give_path(&mut harness, &path);
    harness.get_by_role_and_label(Role::Heading, AT_HOME);
    click(&mut harness, Role::Tab, "Zestien euro per uur");
    fill(&mut harness, "Tarief", "15");
    fill(&mut harness, "Tarief", "veel");
    (harness, folder)
}

#[test]
fn a_file_for_home_is_sealed_behind_the_lock_and_comes_back_at_the_same_field() {
    let (office, _) = Office::with_a_dossier();
    for name in [NAME, "Fin"] {
        let (mut harness, _folder) = at_home(&office, name);
        leave_alone(&mut harness, &office);
        assert!(!says(&harness, AT_HOME));
        assert_names_nobody(&mut harness, &["per maand uitgeven", "thuis.ron"]);
        assert!(harness.state().at_home().is_none(), "it is forgotten");
        let sealed = harness.state().left_behind();
        assert!(sealed.len() > 1000, "{}", sealed.len());
        for word in ["Zestien euro", "thuis.ron", "veel"] {
            let found = memchr::memmem::find(&sealed, word.as_bytes());
            assert_eq!(found, None, "{word}");
        }
        // It is nowhere else.
        ctrl(&mut harness, Key::Q);
        assert!(asks(&harness, "Wilt u sluiten zonder dit werk?"));
        press(&mut harness, Key::Escape);
        // Nor is it for anybody else.
        unlock(&mut harness, "Karim");
        assert!(!says(&harness, AT_HOME));
        ctrl(&mut harness, Key::L);
        unlock(&mut harness, name);
        harness.get_by_role_and_label(Role::Heading, AT_HOME);
        assert_eq!(field(&harness, "Tarief").0.as_deref(), Some("veel"));
        fill(&mut harness, "Tarief", "15,50");
        // Every step can still be undone.
        for _ in 0..2 {
            click(&mut harness, Role::Button, "Ongedaan maken");
        }
        let home = harness.state().at_home().unwrap();
        assert!(!home.is_unsaved() && home.undoes().is_none());
        for _ in 0..2 {
            click(&mut harness, Role::Button, "Opnieuw doen");
        }
        assert!(harness.state().at_home().unwrap().is_unsaved());
    }
}

#[test]
fn the_field_that_was_being_typed_in_at_home_has_the_keyboard_again_after_unlocking() {
    let (office, _) = Office::with_a_dossier();
    let (mut harness, _folder) = at_home(&office, NAME);
    type_in(&mut harness, "Tarief", "14");
    ctrl(&mut harness, Key::L);
    unlock(&mut harness, NAME);
    assert_eq!(field(&harness, "Tarief"), (Some("14,00".to_owned()), true));
}

#[test]
fn a_file_for_home_can_be_filled_in_and_sent_back_while_the_register_is_locked() {
    let office = Office::founded();
    let (folder, path) = super::home::file();
    let mut harness = office.window_with(Start {
        file: Some(path),
        ..Start::default()
    });
    assert!(is_locked(&harness));
    click(&mut harness, Role::Tab, "Zestien euro per uur");
    fill(&mut harness, "Tarief", "15");
    click(&mut harness, Role::Button, "Terugsturen…");
    let back = folder.path().join("terug.ron");
    give_path(&mut harness, &back);
    assert!(back.exists());
}
