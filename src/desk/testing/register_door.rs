//! The door of the register when it should stand elsewhere, is damaged or is gone: by keyboard, role and name.

use std::fs;
use std::path::{Path, PathBuf};

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};

use super::LOOKS;
use super::names::check;
use super::program::{Start, click, ctrl, fill, give_path, press, settle, start, surname, type_in};
use super::register::{
    NAME, Office, WORDS, example, is_locked, pictured, rows, save, save_by_key, secret, unlock,
};
use crate::desk::app::{Desk, Gate};
use crate::desk::keeper::Home;
use crate::register::{Address, Kind, Register};
use crate::settings::Settings;

const FILE: &str = "Bestand of map";
pub(super) const SERVER: &str = "Adres van de server";

pub(super) fn says(harness: &Harness<'_, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

pub(super) fn register_of(office: &Office) -> PathBuf {
    office.folder.path().join("register.db")
}

/// Where the settings of this office say that the register is.
pub(super) fn set(office: &Office) -> Option<Address> {
    let file = office.folder.path().join("instellingen.ron");
    Settings::read(&file).unwrap().register
}

/// Cuts the end off the register, as a copy that was broken off.
pub(super) fn damage(office: &Office) {
    let path = register_of(office);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
}

/// The choosing of another place, from the door.
pub(super) fn elsewhere(office: &Office) -> Harness<'static, Desk> {
    let mut harness = office.window();
    click(&mut harness, Role::Button, "Andere plaats…");
    harness.get_by_role_and_label(Role::Heading, "Kies een andere plaats");
    harness
}

pub(super) fn try_path(harness: &mut Harness<'_, Desk>, path: &Path) {
    type_in(harness, FILE, &path.display().to_string());
    press(harness, Key::Enter);
}

/// A second register than that of the office.
fn other() -> Office {
    let other = Office::founded();
    save(
        &mut other.colleague("Karim"),
        Register::new_id().unwrap(),
        0,
        &example("Maan"),
    );
    other
}

#[test]
fn a_register_at_another_place_is_opened_by_keyboard_and_is_there_at_the_next_start() {
    let (office, other) = (Office::founded(), other());
    let mut harness = office.window();
    // After the passphrase and the buttons beside it.
    for _ in 0..4 {
        press(&mut harness, Key::Tab);
    }
    let way = harness.get_by_role_and_label(Role::Button, "Andere plaats…");
    assert!(way.is_focused());
    press(&mut harness, Key::Enter);
    let kind = harness.get_by_role_and_label(Role::RadioButton, "Een bestand op deze computer");
    assert!(kind.is_focused());
    try_path(&mut harness, &register_of(&other));
    harness.get_by_role_and_label(Role::Heading, "Ontgrendel het register");
    assert!(says(&harness, &register_of(&other).display().to_string()));
    assert_eq!(set(&office), Some(Address::File(register_of(&other))));
    unlock(&mut harness, NAME);
    assert_eq!(rows(&harness), 1);
    assert!(says(&harness, "Maan"));
}

#[test]
fn in_an_empty_folder_a_register_is_made_and_only_then_is_the_place_kept() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = elsewhere(&office);
    try_path(&mut harness, folder.path());
    harness.get_by_role_and_label(Role::Heading, "Maak uw register");
    assert_eq!(set(&office), None);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    type_in(&mut harness, "Uw naam", NAME);
    secret(&mut harness, "Nieuwe wachtzin", WORDS);
    secret(&mut harness, "Nog een keer", WORDS);
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "AGE-SECRET-KEY-1 "));
    let made = Address::File(folder.path().join("register.db"));
    assert_eq!(set(&office), Some(made.clone()));
    Register::open(&made).unwrap();
}

#[test]
fn a_register_is_put_in_another_place_with_all_that_is_in_it_and_opens_there_from_then_on() {
    let office = Office::founded();
    let mut colleague = office.colleague("Karim");
    let one = Register::new_id().unwrap();
    save(&mut colleague, one, 0, &example("Maan"));
    save(&mut colleague, one, 1, &example("Zon"));
    drop(colleague);
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("register.db");
    let mut harness = elsewhere(&office);
    // An empty place that was tried by mistake stands in the way of nothing.
    try_path(&mut harness, &folder.path().join("vergissing.db"));
    click(&mut harness, Role::Button, "Andere plaats…");
    try_path(&mut harness, &there);
    let way = "Zet dat register hierheen over";
    harness.get_by_role_and_label(Role::Button, way);
    assert!(says(&harness, &register_of(&office).display().to_string()));
    click(&mut harness, Role::Button, way);
    harness.get_by_role_and_label(Role::Heading, "Ontgrendel het register");
    assert!(says(&harness, "en is nagelezen: 1 dossier, 2 versies"));
    assert_eq!(set(&office), Some(Address::File(there.clone())));
    unlock(&mut harness, NAME);
    assert!(rows(&harness) == 1 && says(&harness, "Zon"));
    // The one before is still there, and nobody works in it.
    let before = Register::open(&Address::File(register_of(&office)));
    assert_eq!(before.unwrap_err().kind, Kind::Moved);
}

#[test]
fn a_register_that_can_not_be_put_in_another_place_stays_and_that_is_told() {
    let office = Office::founded();
    let mut colleague = office.colleague("Karim");
    let one = Register::new_id().unwrap();
    save(&mut colleague, one, 0, &example("Maan"));
    let now = office.home().clock.as_ref()();
    let _ = colleague.lease(one, now).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = elsewhere(&office);
    try_path(&mut harness, &folder.path().join("register.db"));
    click(&mut harness, Role::Button, "Zet dat register hierheen over");
    assert!(says(
        &harness,
        "Iemand heeft een dossier van dit register open"
    ));
    harness.get_by_role_and_label(Role::Heading, "Maak uw register");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    assert_eq!(set(&office), None);
}

#[test]
fn a_place_that_will_not_do_is_told_and_the_register_that_there_is_still_opens() {
    let office = Office::founded();
    let text = office.folder.path().join("brief.txt");
    fs::write(&text, "geen register").unwrap();
    let mut harness = elsewhere(&office);
    try_path(&mut harness, &text);
    assert!(says(&harness, "Dit bestand is geen register van maatwerk"));
    try_path(&mut harness, &office.folder.path().join("weg").join("x.db"));
    assert!(says(&harness, "De map voor het register bestaat niet"));
    assert!(!office.folder.path().join("weg").exists());
    // What is typed as a server must be one.
    click(
        &mut harness,
        Role::RadioButton,
        "Een server van de gemeente",
    );
    assert!(!says(&harness, "bestaat niet"));
    type_in(&mut harness, SERVER, "db.gemeente.example");
    click(&mut harness, Role::Button, "Proberen");
    assert!(says(&harness, "Dit is geen adres van een server"));
    // A port that nobody listens on.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let ca = office.folder.path().join("ca.pem");
    let authority = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    fs::write(&ca, authority.cert.pem()).unwrap();
    let address = format!(
        "postgres://wmo@localhost:{port}/wmo?sslrootcert={}",
        ca.display()
    );
    type_in(&mut harness, SERVER, &address);
    press(&mut harness, Key::Enter);
    assert!(says(&harness, "De server is niet te bereiken"));
    click(&mut harness, Role::Button, "Ga terug");
    assert_eq!(set(&office), None);
    unlock(&mut harness, NAME);
    assert!(matches!(harness.state().gate(), Gate::Open(_)));
}

#[test]
fn a_place_that_was_named_at_the_start_says_that_it_holds_for_this_time_only() {
    let (office, other) = (Office::founded(), other());
    let named = |is_named| {
        let mut harness = start(Start {
            register: Some(Home {
                is_named,
                ..office.home()
            }),
            ..Start::default()
        });
        click(&mut harness, Role::Button, "Andere plaats…");
        harness
    };
    assert!(!says(&named(false), "--register"));
    let mut harness = named(true);
    assert!(says(&harness, "Dat geldt alleen voor deze keer"));
    try_path(&mut harness, &register_of(&other));
    assert_eq!(set(&office), Some(Address::File(register_of(&other))));
    click(&mut harness, Role::Button, "Andere plaats…");
    assert!(!says(&harness, "--register"), "this one was chosen");
}

#[test]
fn a_place_that_cannot_be_kept_in_the_settings_is_told_and_holds_for_now() {
    let (office, other) = (Office::founded(), other());
    fs::write(office.folder.path().join("instellingen.ron"), "(stuk").unwrap();
    let mut harness = elsewhere(&office);
    try_path(&mut harness, &register_of(&other));
    assert!(says(
        &harness,
        "Deze plaats van het register is niet bewaard voor de volgende keer"
    ));
    unlock(&mut harness, NAME);
    assert!(says(&harness, "Maan"));
    let file = office.folder.path().join("instellingen.ron");
    assert_eq!(fs::read_to_string(file).unwrap(), "(stuk");
}

#[test]
fn a_file_for_the_register_can_be_chosen_and_the_way_back_changes_nothing() {
    let (office, other) = (Office::founded(), other());
    let mut harness = elsewhere(&office);
    click(&mut harness, Role::Button, "Kies een bestand…");
    give_path(&mut harness, &register_of(&other));
    let field = harness.get_by_role_and_label(Role::TextInput, FILE);
    let chosen = register_of(&other).display().to_string();
    assert_eq!(field.value().as_deref(), Some(chosen.as_str()));
    click(&mut harness, Role::Button, "Ga terug");
    assert!(says(&harness, &register_of(&office).display().to_string()));
    click(&mut harness, Role::Button, "Andere plaats…");
    click(&mut harness, Role::Button, "Kies een bestand…");
    give_path(&mut harness, &register_of(&other));
    click(&mut harness, Role::Button, "Proberen");
    assert!(is_locked(&harness));
    assert_eq!(set(&office), Some(Address::File(register_of(&other))));
}

#[test]
fn a_recovery_key_that_nobody_wrote_down_keeps_the_window_at_its_register() {
    let office = Office::new();
    let mut harness = office.window();
    type_in(&mut harness, "Uw naam", NAME);
    secret(&mut harness, "Nieuwe wachtzin", WORDS);
    secret(&mut harness, "Nog een keer", WORDS);
    press(&mut harness, Key::Enter);
    ctrl(&mut harness, Key::L);
    assert!(is_locked(&harness));
    assert!(!says(&harness, "Andere plaats…"));
}

#[test]
fn files_of_who_locked_are_not_named_at_another_place_either() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let mut harness = office.window_with(Start {
        file: Some(super::program::copy(folder.path(), "brief-pgb.ron")),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num3);
    unlock(&mut harness, NAME);
    ctrl(&mut harness, Key::L);
    let empty = tempfile::tempdir().unwrap();
    click(&mut harness, Role::Button, "Andere plaats…");
    try_path(&mut harness, empty.path());
    click(&mut harness, Role::Button, "Werk met losse bestanden");
    harness.get_by_role_and_label(Role::Heading, "Maatwerk");
    assert!(!says(&harness, "dossier.ron"));
}

/// Sanne saves a dossier after the only backup, types on, and the program is gone.
fn work_after_a_backup(office: &Office, begins: impl FnOnce(&mut Harness<'_, Desk>)) {
    // Unlocking makes the backup.
    let mut harness = office.unlocked(NAME);
    begins(&mut harness);
    save_by_key(&mut harness);
    fill(&mut harness, "Achternaam", "Ster");
    drop(harness);
    office.pass(600);
}

/// Puts the only backup back at the door.
fn put_back(harness: &mut Harness<'_, Desk>) {
    click(harness, Role::Button, "Zet een reservekopie terug…");
    harness.get_by_role_and_label(Role::Heading, "Zet een reservekopie terug");
    click(harness, Role::Button, "Zet deze kopie terug");
    assert!(says(harness, "De reservekopie is nu het register."));
    assert!(says(harness, "‘Controleer het register’"));
}

#[test]
fn a_damaged_register_gives_way_to_a_backup_and_unsaved_work_is_offered_again() {
    let (office, id) = Office::with_a_dossier();
    work_after_a_backup(&office, |harness| {
        press(harness, Key::Enter);
        fill(harness, "Achternaam", "Maan");
    });
    damage(&office);
    let half = fs::read(register_of(&office)).unwrap();
    let mut harness = office.window();
    harness.get_by_role_and_label(Role::Heading, "Het register gaat niet open");
    assert!(says(&harness, "maar half gekopieerd"));
    click(&mut harness, Role::Button, "Zet een reservekopie terug…");
    assert!(says(
        &harness,
        "1-3-2018, 08:00, 1 dossier, toegang voor Sanne, Karim en Fin"
    ));
    click(&mut harness, Role::Button, "Ga terug");
    put_back(&mut harness);
    let aside = office
        .folder
        .path()
        .join("register.20180301T081000Z.beschadigd");
    assert_eq!(fs::read(aside).unwrap(), half, "the damaged file is kept");
    unlock(&mut harness, NAME);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Ster");
    assert!(says(&harness, "want dat is teruggezet"));
    // What stands there now may be a colleague's: it is shown before it is replaced.
    ctrl(&mut harness, Key::S);
    click(&mut harness, Role::Button, "Sla mijn versie op");
    let mut karim = office.colleague("Karim");
    let saved = karim.peek(id, None).unwrap();
    assert_eq!(
        (saved.revision, saved.dossier.client.person.surname.as_str()),
        (2, "Ster")
    );
    let before = karim.peek(id, Some(1)).unwrap();
    assert_eq!(before.dossier.client.person.surname, "Zonneveld");
}

#[test]
fn unsaved_work_on_a_dossier_that_no_backup_has_is_offered_and_saved_again() {
    let office = Office::founded();
    work_after_a_backup(&office, |harness| {
        ctrl(harness, Key::N);
        type_in(harness, "Achternaam van de cliënt", "Maan");
        press(harness, Key::Enter);
    });
    damage(&office);
    let mut harness = office.window();
    put_back(&mut harness);
    unlock(&mut harness, NAME);
    assert_eq!(rows(&harness), 0);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Ster");
    assert!(says(
        &harness,
        "Het dossier staat niet meer in het register"
    ));
    save_by_key(&mut harness);
    ctrl(&mut harness, Key::Num3);
    assert_eq!(rows(&harness), 1);
    assert!(!says(&harness, "Ga verder"));
}

#[test]
fn where_a_register_is_gone_its_backups_are_offered_before_another_is_made() {
    let (office, _) = Office::with_a_dossier();
    assert!(!says(&Office::new().window(), "reservekopie"));
    drop(office.unlocked(NAME));
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", register_of(&office).display()));
    }
    let mut harness = office.window();
    harness.get_by_role_and_label(Role::Heading, "Maak uw register");
    assert!(says(&harness, "Stond hier al een register?"));
    put_back(&mut harness);
    assert!(!says(&harness, "Het beschadigde bestand"));
    unlock(&mut harness, NAME);
    assert_eq!(rows(&harness), 1);
}

#[test]
fn damage_that_shows_at_unlocking_is_told_and_a_backup_that_does_not_open_changes_nothing() {
    let (office, _) = Office::with_a_dossier();
    drop(office.unlocked(NAME));
    let behind = rusqlite::Connection::open(register_of(&office)).unwrap();
    behind
        .execute_batch("UPDATE dossier SET person = zeroblob(64), figures = zeroblob(64)")
        .unwrap();
    behind
        .execute_batch("UPDATE slot SET sealed = zeroblob(64)")
        .unwrap();
    drop(behind);
    let broken = office.folder.path().join("kapot.reservekopie");
    fs::write(&broken, "kapot").unwrap();
    let mut harness = office.window();
    unlock(&mut harness, NAME);
    assert!(says(&harness, "is beschadigd of verwisseld"));
    click(&mut harness, Role::Button, "Zet een reservekopie terug…");
    click(
        &mut harness,
        Role::Button,
        "Kies een kopie op een andere plaats…",
    );
    give_path(&mut harness, &broken);
    assert!(says(&harness, "Dit bestand is geen register van maatwerk"));
    click(&mut harness, Role::Button, "Zet deze kopie terug");
    unlock(&mut harness, NAME);
    assert_eq!(rows(&harness), 1);
}

#[test]
fn every_control_of_the_door_has_a_name_of_its_own() {
    let (office, _) = Office::with_a_dossier();
    drop(office.unlocked(NAME));
    let mut harness = elsewhere(&office);
    check(&harness, "file");
    click(
        &mut harness,
        Role::RadioButton,
        "Een server van de gemeente",
    );
    check(&harness, "server");
    click(&mut harness, Role::Button, "Ga terug");
    check(&harness, "unlock");
    drop(harness);
    damage(&office);
    let mut harness = office.window();
    check(&harness, "shut");
    click(&mut harness, Role::Button, "Zet een reservekopie terug…");
    check(&harness, "backups");
}

#[test]
fn pictures_of_the_door() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let (office, _) = Office::with_a_dossier();
        let picture = |harness: &mut Harness<'_, Desk>, what: &str| {
            // The place is another one in each run.
            harness.state_mut().show_place("/srv/wmo/register.db");
            harness.run();
            harness.snapshot(format!("door_{what}_{name}"));
        };
        drop(office.unlocked(NAME));
        office.pass(30 * 60 * 60);
        drop(office.unlocked(NAME));
        let mut harness = pictured(&office, look);
        click(&mut harness, Role::Button, "Andere plaats…");
        type_in(&mut harness, FILE, "/srv/wmo/weg/register.db");
        press(&mut harness, Key::Enter);
        picture(&mut harness, "elsewhere");
        results.extend_harness(&mut harness);
        drop(harness);
        damage(&office);
        let mut harness = pictured(&office, look);
        click(&mut harness, Role::Button, "Zet een reservekopie terug…");
        settle(&mut harness);
        picture(&mut harness, "backups");
        results.extend_harness(&mut harness);
    }
}
