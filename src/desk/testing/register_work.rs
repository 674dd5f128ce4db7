//! The screens of the register in the whole window: a decision made definitive, versions, backups, destroying, dossiers
//! out and in, by role and name.

use std::path::Path;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, Queryable as _};

use super::job::read_back;
use super::program::{Start, click, ctrl, fill, give_path, keys, press, settle, surname};
use super::register::{NAME, Office, phrase, rows, save, save_by_key, search, secret, unlock};
use super::register_screens::{library, named};
use crate::desk::app::Desk;
use crate::desk::document::Reads;
use crate::register::{Deed, DossierId, Kind, Register, State, backups};

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// A window on a register with these dossiers, one revision after the other, in which Sanne works.
fn window(
    office: &Office,
    revisions: &[crate::dossier::Dossier],
) -> (Harness<'static, Desk>, DossierId) {
    let id = Register::new_id().unwrap();
    let mut register = office.colleague(NAME);
    for (base, dossier) in (0..).zip(revisions) {
        save(&mut register, id, base, dossier);
    }
    drop(register);
    let mut harness = office.window_with(Start {
        library: Some(library()),
        ..Start::default()
    });
    unlock(&mut harness, NAME);
    (harness, id)
}

fn open(harness: &mut Harness<'_, Desk>, words: &str) {
    search(harness, words);
    press(harness, Key::Enter);
}

fn screen(harness: &mut Harness<'_, Desk>, key: Key) {
    keys(harness, CTRL_SHIFT, key);
}

fn row(harness: &mut Harness<'_, Desk>, part: &str) {
    let fits = |node: &AccessKitNode<'_>| {
        node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.contains(part))
    };
    harness.get_by(fits).scroll_to_me();
    settle(harness);
    harness.get_by(fits).click();
    settle(harness);
}

fn says(harness: &Harness<'_, Desk>, part: &str) {
    let found = harness.query_all_by_label_contains(part).next();
    assert!(found.is_some(), "the window does not say: {part}");
}

fn deeds(office: &Office) -> Vec<String> {
    let log = office.colleague(NAME).log().unwrap();
    let lines = log.into_iter().filter_map(|line| line.line);
    lines.map(|line| line.deed.dutch()).collect()
}

fn printed(harness: &mut Harness<'_, Desk>, letter: &Path) -> Option<String> {
    give_path(harness, letter);
    says(harness, "De brief staat in");
    read_back(letter)
}

#[test]
fn no_decision_becomes_definitive_on_a_day_that_was_given() {
    let office = Office::founded();
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    open(harness, "zonneveld");
    harness.state_mut().stay();
    screen(harness, Key::D);
    says(harness, "Niets staat in de weg");
    click(
        harness,
        Role::CheckBox,
        "Ik heb de brief gelezen en het besluit klopt",
    );
    click(harness, Role::Button, "Maak definitief");
    says(harness, "Dit venster rekent niet met vandaag.");
    says(harness, "Niets staat in de weg");
}

#[test]
fn a_decision_is_blocked_mended_numbered_printed_proven_and_followed_up() {
    let office = Office::founded();
    let letter = office.folder.path().join("besluit.pdf");
    let mut lacking = named("Zonneveld");
    lacking.client.bsn = None;
    let (mut harness, id) = window(&office, &[lacking]);
    let harness = &mut harness;
    open(harness, "zonneveld");
    screen(harness, Key::D);
    says(harness, "1 punt staat nog in de weg");
    row(harness, "Cliënt, BSN");
    let field = harness.get_by_role_and_label(Role::TextInput, "BSN");
    assert!(field.is_focused());
    field.type_text("999993653");
    press(harness, Key::Tab);

    // What is not saved yet becomes definitive with it.
    screen(harness, Key::D);
    says(harness, "Niets staat in de weg");
    click(
        harness,
        Role::CheckBox,
        "Ik heb de brief gelezen en het besluit klopt",
    );
    click(harness, Role::Button, "Maak definitief");
    says(harness, "Besluit 2018-000001 is definitief");
    click(harness, Role::Button, "Reken het bewijs na");
    says(
        harness,
        "Het bewijs klopt: elke stap en elk bedrag komt opnieuw hetzelfde uit",
    );

    // The letter has a number and no stamp, and stands in the log.
    click(harness, Role::Button, "Maak de brief…");
    if let Some(text) = printed(harness, &letter) {
        assert!(text.contains("2018-000001"), "{text}");
        assert!(
            !text.contains("ONTWERP") && !text.contains("CONCEPT"),
            "{text}"
        );
    }
    let done = deeds(&office);
    assert!(done.contains(&"afgedrukt, versie 2".to_owned()), "{done:?}");

    // Nothing changes it any more.
    let document = harness.state().document().unwrap();
    assert_eq!(document.reads(), Some(&Reads::Definitive));
    let before = document.dossier().clone();
    ctrl(harness, Key::Num1);
    says(harness, "besluit 2018-000001");
    ctrl(harness, Key::R);
    assert_eq!(harness.state().document().unwrap().dossier(), &before);

    // A change is a new decision, on a copy.
    screen(harness, Key::D);
    click(
        harness,
        Role::Button,
        "Nieuw dossier op basis van dit besluit",
    );
    assert_eq!(surname(harness), "Zonneveld");
    fill(harness, "Achternaam", "Maan");
    ctrl(harness, Key::PageDown);
    says(harness, "Zoals in");
    save_by_key(harness);
    // Opened again later, the decision still stands beside its fields.
    ctrl(harness, Key::Num3);
    let later = &mut office.unlocked(NAME);
    open(later, "maan");
    ctrl(later, Key::PageDown);
    says(later, "Zoals in");
    let mut register = office.colleague(NAME);
    let entries = register.index().unwrap().entries();
    assert_eq!(entries.len(), 2);
    let follower = entries.iter().find(|entry| entry.id != id).unwrap();
    assert_eq!(follower.about.meta.follows, Some(id));
    let first = register.peek(id, None).unwrap();
    assert_eq!(first.dossier, before);
    let number = "2018-000001".to_owned();
    assert_eq!(first.meta.state, State::Definitive { number });
}

#[test]
fn a_decision_opened_again_is_for_reading_and_its_altered_receipt_is_told() {
    let office = Office::founded();
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    open(harness, "zonneveld");
    screen(harness, Key::D);
    click(
        harness,
        Role::CheckBox,
        "Ik heb de brief gelezen en het besluit klopt",
    );
    click(harness, Role::Button, "Maak definitief");
    ctrl(harness, Key::Num3);
    open(harness, "zonneveld");
    let document = harness.state().document().unwrap();
    assert_eq!(document.reads(), Some(&Reads::Definitive));
    assert_eq!(document.decision_number(), Some("2018-000001"));
    let total = document.evaluation().summary.term.together.known;
    ctrl(harness, Key::Num3);

    // Where its tariffs are not known any more, its figures are those of its receipt.
    let mut elsewhere = office.window_with(Start::default());
    let harness = &mut elsewhere;
    unlock(harness, NAME);
    open(harness, "zonneveld");
    let document = harness.state().document().unwrap();
    assert_eq!(document.evaluation().problems, []);
    assert_eq!(document.evaluation().summary.term.together.known, total);
    let letter = office.folder.path().join("nog-een.pdf");
    ctrl(harness, Key::P);
    if let Some(text) = printed(harness, &letter) {
        assert!(text.contains("2018-000001"), "{text}");
    }
    let path = office.folder.path().join("register.db");
    let behind = rusqlite::Connection::open(path).unwrap();
    let altered = "UPDATE decision SET receipt = zeroblob(length(receipt))";
    behind.execute(altered, []).unwrap();
    screen(harness, Key::D);
    click(harness, Role::Button, "Reken het bewijs na");
    says(harness, "beschadigd of veranderd buiten het programma om");
}

#[test]
fn an_old_version_is_read_and_taken_back() {
    let office = Office::founded();
    let (mut harness, id) = window(&office, &[named("Zonneveld"), named("Maanveld")]);
    let harness = &mut harness;
    open(harness, "maanveld");
    screen(harness, Key::H);
    row(harness, "Versie 1");
    click(harness, Role::Button, "Neem terug als nieuwe versie");
    says(harness, "Versie 1 is teruggenomen als versie 3.");
    ctrl(harness, Key::Num1);
    assert_eq!(surname(harness), "Zonneveld");
    // It is the open dossier, to be changed and saved.
    fill(harness, "Straat", "Kerkplein");
    save_by_key(harness);
    assert_eq!(office.colleague(NAME).peek(id, None).unwrap().revision, 4);

    screen(harness, Key::H);
    row(harness, "Versie 2");
    click(harness, Role::Button, "Open om te lezen");
    assert_eq!(surname(harness), "Maanveld");
    says(harness, "Dit is versie 2, om te lezen.");
    let document = harness.state().document().unwrap();
    assert_eq!(document.reads(), Some(&Reads::Earlier));
}

#[test]
fn a_backup_is_made_at_unlocking_and_put_back() {
    let office = Office::founded();
    let (mut harness, id) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    let folder = office.home().backups;
    let register = office.colleague(NAME).id();
    assert_eq!(backups(&folder, register).len(), 1);
    open(harness, "zonneveld");
    office.pass(60);
    fill(harness, "Achternaam", "Maanveld");
    save_by_key(harness);
    screen(harness, Key::R);
    click(harness, Role::Button, "Zet deze kopie terug…");
    says(harness, "Wilt u de kopie van 1-3-2018, 08:");
    click(harness, Role::Button, "Zet de kopie terug");
    says(harness, "De reservekopie is teruggezet.");
    assert!(
        harness.state().document().is_none(),
        "it is another one now"
    );
    assert_eq!(
        office.colleague(NAME).peek(id, None).unwrap().dossier,
        named("Zonneveld")
    );
    assert_eq!(backups(&folder, register).len(), 2);
    ctrl(harness, Key::Num3);
    assert_eq!(rows(harness), 1);
    says(harness, "Zonneveld");
}

#[test]
fn the_folder_for_backups_is_chosen_once_a_copy_stands_there_and_holds_for_those_that_are_due() {
    let office = Office::founded();
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    let (own, register) = (office.home().backups, office.colleague(NAME).id());
    let stick = office.folder.path().join("stick");
    let chosen = stick.join("kopie");
    let choose = |harness: &mut Harness<'_, Desk>| {
        click(harness, Role::Button, "Andere map voor de kopieën…");
        give_path(harness, &chosen);
    };
    office.pass(60);
    screen(harness, Key::R);
    click(harness, Role::Button, "Maak nu een reservekopie");
    choose(harness);
    says(harness, "map voor reservekopieën is er niet");
    assert_eq!(office.home().chosen_backups, None);
    std::fs::create_dir(&stick).unwrap();
    choose(harness);
    says(harness, "De reservekopieën komen voortaan in");
    says(
        harness,
        &format!("De kopieën staan in {}", chosen.display()),
    );
    assert_eq!(office.home().chosen_backups, Some(chosen.clone()));
    let there = || (backups(&own, register).len(), backups(&chosen, register));
    let (before, first) = there();
    assert_eq!((before, first.len()), (2, 1));

    // At another start: the one that is due comes there, and what has passed its term goes from both folders.
    office.pass(100 * 24 * 60 * 60);
    let mut harness = office.unlocked(NAME);
    let (left, second) = there();
    assert_eq!((left, second.len()), (1, 1));
    assert_ne!(first, second);
    drop(harness);
    // With the disk taken out that is told.
    std::fs::rename(&stick, office.folder.path().join("weg")).unwrap();
    office.pass(2 * 24 * 60 * 60);
    harness = office.unlocked(NAME);
    says(&harness, "map voor reservekopieën is er niet");
}

#[test]
fn a_destroyed_dossier_is_gone_from_the_window_and_the_list() {
    let office = Office::founded();
    let (mut harness, id) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    open(harness, "zonneveld");
    screen(harness, Key::B);
    let sure = "Ja, vernietig het open dossier voorgoed, op verzoek van de cliënt";
    click(harness, Role::CheckBox, sure);
    click(harness, Role::Button, "Vernietig dit dossier");
    says(harness, "Het dossier is vernietigd.");
    assert!(harness.state().document().is_none());
    ctrl(harness, Key::Num3);
    assert_eq!(rows(harness), 0);
    let gone = office.colleague(NAME).peek(id, None).unwrap_err();
    assert_eq!(gone.kind, Kind::Missing);
    let log = office.colleague(NAME).log().unwrap();
    let destroyed = Deed::Destroyed {
        dossier: id,
        on_request: true,
    };
    let lines = log.into_iter().filter_map(|line| line.line);
    assert!(lines.into_iter().any(|line| line.deed == destroyed));
}

#[test]
fn what_is_exported_from_the_window_is_imported_again() {
    let office = Office::founded();
    let file = office.folder.path().join("uit.maatwerk");
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    screen(harness, Key::B);
    for label in ["Wachtzin voor het bestand", "Dezelfde wachtzin nog eens"] {
        secret(harness, label, "een zin voor onderweg");
    }
    click(harness, Role::Button, "Voer uit…");
    give_path(harness, &file);
    says(harness, "1 dossier staat in");
    let label = "Wachtzin van het bestand, als het er een heeft";
    secret(harness, label, "een zin voor onderweg");
    click(harness, Role::Button, "Kies een bestand…");
    give_path(harness, &file);
    says(harness, "0 dossiers ingevoerd uit");
    click(
        harness,
        Role::Button,
        "Voer deze toch in, als nog een dossier",
    );
    says(harness, "1 dossier ingevoerd uit");
    ctrl(harness, Key::Num3);
    assert_eq!(rows(harness), 2);
    let wrong = phrase("een andere zin hier");
    let mut input = std::io::BufReader::new(std::fs::File::open(&file).unwrap());
    let read = crate::register::documents(&mut input, Some(&wrong), |_, _| Ok(()));
    assert_eq!(read.unwrap_err().kind, Kind::WrongPassphrase);
}

#[test]
fn locking_empties_the_screens_of_the_register() {
    let office = Office::founded();
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    screen(harness, Key::G);
    says(harness, "Zonneveld");
    ctrl(harness, Key::L);
    assert!(harness.query_by_label_contains("Zonneveld").is_none());
    assert!(
        harness
            .query_by_label_contains("Regels van het logboek")
            .is_none()
    );
}

#[test]
fn a_letter_of_unsaved_work_is_saved_first_so_that_the_log_names_its_version() {
    let office = Office::founded();
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    open(harness, "zonneveld");
    fill(harness, "Achternaam", "Maanveld");
    let letter = office.folder.path().join("brief.pdf");
    keys(harness, Modifiers::COMMAND, Key::P);
    give_path(harness, &letter);
    says(harness, "Dat bestand is niet beveiligd.");
    assert!(letter.is_file());
    assert!(!harness.state().document().unwrap().is_changed());
    let deeds = deeds(&office);
    assert!(
        deeds.iter().any(|deed| deed == "afgedrukt, versie 2"),
        "{deeds:?}"
    );
}

#[test]
fn finance_reads_no_names_in_an_old_version_and_writes_no_copy_of_it() {
    let office = Office::founded();
    let id = Register::new_id().unwrap();
    let mut register = office.colleague(NAME);
    save(&mut register, id, 0, &named("Zonneveld"));
    save(&mut register, id, 1, &named("Maanveld"));
    let mut harness = office.window_with(Start {
        library: Some(library()),
        ..Start::default()
    });
    let harness = &mut harness;
    unlock(harness, "Fin");
    press(harness, Key::Enter);
    screen(harness, Key::H);
    row(harness, "Versie 1");
    click(harness, Role::Button, "Open om te lezen");
    let document = harness.state().document().unwrap();
    assert_eq!(document.reads(), Some(&Reads::Finance));
    says(harness, "Niet zichtbaar voor u.");
    screen(harness, Key::S);
    assert!(harness.query_by_label("Maak de kopie").is_none());
}

/// Frames until the window says what it waits for.
fn wait_on(harness: &mut Harness<'_, Desk>) {
    for _ in 0..12 {
        harness.step();
    }
}

#[test]
fn long_work_says_what_it_does_and_stops_when_asked() {
    let office = Office::founded();
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    screen(harness, Key::R);
    let held = harness.state_mut().hold_register();
    let button = harness.get_by_role_and_label(Role::Button, "Controleer het register");
    button.click();
    wait_on(harness);
    says(harness, "Bezig met controleren");
    harness.get_by_role_and_label(Role::Button, "Stop").click();
    wait_on(harness);
    says(harness, "Bezig met stoppen");
    drop(held);
    settle(harness);
    says(harness, "Het werk is gestopt voordat het klaar was");
    // And once more, to its end.
    click(harness, Role::Button, "Controleer het register");
    says(harness, "Het register is heel");

    // Of a backup that is stopped nothing is left.
    let held = harness.state_mut().hold_register();
    let button = harness.get_by_role_and_label(Role::Button, "Maak nu een reservekopie");
    button.click();
    wait_on(harness);
    says(harness, "Bezig met de reservekopie");
    harness.get_by_role_and_label(Role::Button, "Stop").click();
    wait_on(harness);
    drop(held);
    settle(harness);
    says(harness, "De reservekopie is gestopt voordat zij klaar was");
}

#[test]
fn a_check_does_not_keep_a_window_that_locks_from_locking() {
    let office = Office::founded();
    let (mut harness, _) = window(&office, &[named("Zonneveld")]);
    let harness = &mut harness;
    screen(harness, Key::R);
    let held = harness.state_mut().hold_register();
    let button = harness.get_by_role_and_label(Role::Button, "Controleer het register");
    button.click();
    wait_on(harness);
    let progress = harness.state().progress_of_register();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    wait_on(harness);
    assert!(progress.is_stopped());
    drop(held);
    settle(harness);
}
