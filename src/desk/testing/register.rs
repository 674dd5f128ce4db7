//! The register in the window: made, unlocked, worked in, locked and found again, by role and name.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use egui::accesskit::Role;
use egui::{Key, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::program::{
    Start, click, copy, ctrl, fill, fixture, give, give_path, press, settle, start, surname,
    type_in,
};
use super::{LOOKS, USUAL};
use crate::desk::app::{Desk, Gate};
use crate::desk::command::Command;
use crate::desk::document::Reads;
use crate::desk::keeper::Home;
use crate::dossier::Dossier;
use crate::register::{
    Address, Base, DossierId, Effort, Passphrase, Register, Role as Access, Save, Saved,
};
use crate::settings::Settings;

pub(super) const NAME: &str = "Sanne";
pub(super) const WORDS: &str = "vier losse woorden hier";

/// A folder with a register, and the clock of its window.
pub(super) struct Office {
    pub(super) folder: tempfile::TempDir,
    pub(super) address: Address,
    /// Seconds since the beginning.
    clock: Arc<AtomicI64>,
}

pub(super) fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

/// 1 March 2018, so many seconds after eight.
fn at(seconds: i64) -> Timestamp {
    let eight: Timestamp = "2018-03-01T08:00:00Z".parse().unwrap();
    eight + jiff::SignedDuration::from_secs(seconds)
}

impl Office {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            address: Address::File(folder.path().join("register.db")),
            folder,
            clock: Arc::default(),
        }
    }

    /// With its register, that is not made yet, on a server.
    pub(super) fn on_server(address: &str) -> Self {
        Self {
            address: Address::parse(address).unwrap(),
            ..Self::new()
        }
    }

    /// With a register in which Sanne has full access and Fin sees figures.
    pub(super) fn founded() -> Self {
        Self::new().with_people()
    }

    /// The same with a register of these people.
    pub(super) fn with_people(self) -> Self {
        let office = self;
        let founded = Register::found(&office.address, NAME, &phrase(WORDS), Effort::TRIAL, at(0));
        let mut register = founded.unwrap().register;
        for (name, access) in [("Karim", Access::Full), ("Fin", Access::Finance)] {
            register
                .add_slot(name, access, &phrase(WORDS), Effort::TRIAL, at(0))
                .unwrap();
        }
        office
    }

    /// With one dossier in it, of Zonneveld, that Karim saved.
    pub(super) fn with_a_dossier() -> (Self, DossierId) {
        let office = Self::founded();
        let id = Register::new_id().unwrap();
        save(&mut office.colleague("Karim"), id, 0, &example("Zonneveld"));
        (office, id)
    }

    /// Another person or program in the same register.
    pub(super) fn colleague(&self, name: &str) -> Register {
        let mut register = Register::open(&self.address).unwrap();
        register.unlock(name, &phrase(WORDS), at(1)).unwrap();
        register
    }

    pub(super) fn home(&self) -> Home {
        let clock = Arc::clone(&self.clock);
        let settings = self.folder.path().join("instellingen.ron");
        Home {
            address: self.address.clone(),
            is_named: false,
            own: self.folder.path().join("register.db"),
            chosen_backups: Settings::read(&settings).unwrap_or_default().backups,
            settings: Some(settings),
            journal: self.folder.path().join("journaal.db"),
            backups: self.folder.path().join("kopie"),
            effort: Effort::TRIAL,
            clock: Arc::new(move || at(clock.load(Ordering::Relaxed))),
            zone: TimeZone::UTC,
        }
    }

    pub(super) fn window(&self) -> Harness<'static, Desk> {
        self.window_with(Start::default())
    }

    pub(super) fn window_with(&self, how: Start) -> Harness<'static, Desk> {
        start(Start {
            register: Some(self.home()),
            ..how
        })
    }

    /// A window in which this person has unlocked.
    pub(super) fn unlocked(&self, name: &str) -> Harness<'static, Desk> {
        let mut harness = self.window();
        unlock(&mut harness, name);
        harness
    }

    /// Lets time pass.
    pub(super) fn pass(&self, seconds: i64) {
        self.clock.fetch_add(seconds, Ordering::Relaxed);
    }
}

pub(super) fn example(surname: &str) -> Dossier {
    let bytes = std::fs::read(fixture("brief-pgb.ron")).unwrap();
    let mut dossier = Dossier::read("brief-pgb.ron", &bytes).unwrap();
    dossier.client.person.surname = surname.to_owned();
    dossier
}

/// What work on this revision of a dossier stands on.
pub(super) fn based(register: &mut Register, id: DossierId, revision: i64) -> Base {
    match revision {
        0 => Base::NEW,
        revision => register.peek(id, Some(revision)).unwrap().base(),
    }
}

/// Saves a dossier as a revision after `base`.
pub(super) fn save(register: &mut Register, id: DossierId, base: i64, dossier: &Dossier) {
    let save = Save {
        id,
        base: based(register, id, base),
        dossier,
        token: Register::new_id().unwrap(),
        follows: None,
    };
    let saved = register.save(&save, at(2)).unwrap();
    assert_eq!(saved, Saved::Done { revision: base + 1 });
}

/// Types in a field for a secret.
pub(super) fn secret(harness: &mut Harness<'_, Desk>, label: &str, text: &str) {
    harness
        .get_by_role_and_label(Role::PasswordInput, label)
        .focus();
    settle(harness);
    harness
        .get_by_role_and_label(Role::PasswordInput, label)
        .type_text(text);
    settle(harness);
}

pub(super) fn unlock(harness: &mut Harness<'_, Desk>, name: &str) {
    harness.get_by_role_and_label(Role::Heading, "Ontgrendel het register");
    if harness
        .query_by_role_and_label(Role::RadioButton, name)
        .is_some()
    {
        click(harness, Role::RadioButton, name);
    }
    secret(harness, "Wachtzin", WORDS);
    press(harness, Key::Enter);
}

/// Makes the register at the door, and begins in it.
pub(super) fn make(harness: &mut Harness<'_, Desk>) {
    found(harness);
    harness.get_by_role_and_label(Role::Heading, "Werkvoorraad");
}

/// Makes the register at the door, and writes down its recovery key.
pub(super) fn found(harness: &mut Harness<'_, Desk>) {
    harness.get_by_role_and_label(Role::Heading, "Maak uw register");
    type_in(harness, "Uw naam", NAME);
    secret(harness, "Nieuwe wachtzin", WORDS);
    secret(harness, "Nog een keer", WORDS);
    press(harness, Key::Enter);
    // The recovery key stands there until it is written down.
    harness.get_by_label_contains("AGE-SECRET-KEY-1 ");
    let text = "Ik heb de sleutel opgeschreven en bewaar hem op een veilige plaats";
    // The keyboard is where it is needed.
    assert!(
        harness
            .get_by_role_and_label(Role::CheckBox, text)
            .is_focused()
    );
    press(harness, Key::Space);
    press(harness, Key::Tab);
    press(harness, Key::Enter);
    assert!(
        harness
            .query_by_label_contains("AGE-SECRET-KEY-1 ")
            .is_none()
    );
}

pub(super) fn search(harness: &mut Harness<'_, Desk>, words: &str) {
    type_in(harness, "Zoeken", words);
}

/// How many dossiers the list shows.
pub(super) fn rows(harness: &Harness<'_, Desk>) -> usize {
    harness.query_all_by_role(Role::ListBoxOption).count()
}

pub(super) fn is_locked(harness: &Harness<'_, Desk>) -> bool {
    matches!(harness.state().gate(), Gate::Locked(_))
}

pub(super) fn save_by_key(harness: &mut Harness<'_, Desk>) {
    ctrl(harness, Key::S);
    harness.get_by_label_contains("Opgeslagen in het register");
}

#[test]
fn a_register_is_made_worked_in_locked_and_unlocked_at_the_same_field() {
    let office = Office::new();
    let mut harness = office.window();
    make(&mut harness);

    ctrl(&mut harness, Key::N);
    type_in(&mut harness, "Achternaam van de cliënt", "Zonneveld");
    press(&mut harness, Key::Enter);
    save_by_key(&mut harness);
    ctrl(&mut harness, Key::Num3);
    assert_eq!(rows(&harness), 1);
    harness.get_by_label_contains("Zonneveld");
    search(&mut harness, "niemand");
    assert_eq!(rows(&harness), 0);
    press(&mut harness, Key::Escape);
    assert_eq!(rows(&harness), 1);
    search(&mut harness, "zonne");
    press(&mut harness, Key::Enter);
    assert_eq!(surname(&harness), "Zonneveld");

    // Being typed, not committed and not saved when it is locked.
    type_in(&mut harness, "Straat", "Kerkplein");
    ctrl(&mut harness, Key::L);
    assert!(is_locked(&harness));
    assert!(harness.state().document().is_none());
    assert!(harness.query_by_label_contains("Zonneveld").is_none());
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Zonneveld");
    let field = harness.get_by_role_and_label(Role::TextInput, "Straat");
    assert!(field.is_focused());
    assert_eq!(field.value().as_deref(), Some("Kerkplein"));
    assert!(harness.state().document().unwrap().is_changed());
}

#[test]
fn a_passphrase_that_is_short_or_typed_differently_makes_no_register() {
    let office = Office::new();
    let mut harness = office.window();
    type_in(&mut harness, "Uw naam", NAME);
    secret(&mut harness, "Nieuwe wachtzin", "kort");
    press(&mut harness, Key::Enter);
    click(&mut harness, Role::Button, "Maak het register");
    harness.get_by_label_contains("De wachtzin is te kort");
    secret(&mut harness, "Nieuwe wachtzin", "er en nog iets meer");
    secret(&mut harness, "Nog een keer", "iets heel anders");
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("andere zin dan hierboven");
    assert_eq!(*harness.state().gate(), Gate::Absent);
    assert!(!office.folder.path().join("register.db").exists());
}

#[test]
fn without_a_register_loose_files_still_open() {
    let office = Office::new();
    let mut harness = office.window();
    click(&mut harness, Role::Button, "Werk met losse bestanden");
    harness.get_by_role_and_label(Role::Heading, "Maatwerk");
    drop(harness);
    let harness = office.window_with(Start {
        file: Some(fixture("brief-pgb.ron")),
        ..Start::default()
    });
    assert_eq!(surname(&harness), "Bergh");
    harness.get_by_label_contains("niet beveiligd en wordt niet tussentijds bewaard.");
    drop(harness);
    let harness = start(Start {
        file: Some(fixture("brief-pgb.ron")),
        ..Start::default()
    });
    harness.get_by_label_contains("niet beveiligd en wordt niet tussentijds bewaard.");
}

#[test]
fn a_wrong_passphrase_is_told_and_the_right_one_still_opens() {
    let office = Office::founded();
    let mut harness = office.window();
    secret(&mut harness, "Wachtzin", "heel andere woorden");
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("De wachtzin klopt niet");
    assert!(is_locked(&harness));
    unlock(&mut harness, NAME);
    assert!(matches!(harness.state().gate(), Gate::Open(slot) if slot.name == NAME));
}

#[test]
fn the_recovery_key_opens_and_gives_the_same_slot_another_passphrase() {
    let office = Office::new();
    let founded = Register::found(&office.address, NAME, &phrase(WORDS), Effort::TRIAL, at(0));
    let key = founded.unwrap().recovery.text();
    let mut harness = office.window();
    click(
        &mut harness,
        Role::Button,
        "Wachtzin kwijt? Gebruik de herstelsleutel",
    );
    secret(&mut harness, "Herstelsleutel", &key.to_lowercase());
    secret(
        &mut harness,
        "Nieuwe wachtzin",
        "vergeten en opnieuw bedacht",
    );
    secret(&mut harness, "Nog een keer", "vergeten en opnieuw bedacht");
    press(&mut harness, Key::Enter);
    assert!(matches!(harness.state().gate(), Gate::Open(slot) if slot.name == NAME));
    drop(harness);
    let mut register = Register::open(&office.address).unwrap();
    let new = phrase("vergeten en opnieuw bedacht");
    register.unlock(NAME, &new, at(9)).unwrap();
}

#[test]
fn something_that_is_no_register_is_told_and_loose_files_stay_possible() {
    let office = Office::new();
    std::fs::write(office.folder.path().join("register.db"), "geen database").unwrap();
    let mut harness = office.window();
    harness.get_by_role_and_label(Role::Heading, "Het register gaat niet open");
    click(&mut harness, Role::Button, "Probeer opnieuw");
    harness.get_by_role_and_label(Role::Heading, "Het register gaat niet open");
    click(&mut harness, Role::Button, "Werk met losse bestanden");
    ctrl(&mut harness, Key::Num3);
    harness.get_by_role_and_label(Role::Heading, "Het register gaat niet open");
}

#[test]
fn what_somebody_else_has_open_is_for_reading_until_it_is_given_back() {
    let office = Office::founded();
    let id = Register::new_id().unwrap();
    let mut karim = office.colleague("Karim");
    save(&mut karim, id, 0, &example("Zonneveld"));
    karim.lease(id, at(0)).unwrap();
    let mut harness = office.unlocked(NAME);
    search(&mut harness, "zonneveld");
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains(
        "Alleen lezen: Karim heeft dit dossier open sinds 1-3-2018, 08:00. Zodra Karim het loslaat",
    );
    harness.get_by_label("register, versie 1, alleen lezen");
    let field = harness.get_by_role_and_label(Role::TextInput, "Achternaam");
    assert!(field.accesskit_node().is_disabled());
    let adds = harness.get_by_role_and_label(Role::Button, "Regel toevoegen");
    assert!(adds.accesskit_node().is_disabled());
    let reads = harness.state().document().unwrap().reads().cloned();
    assert!(matches!(reads, Some(Reads::Held { .. })));
    ctrl(&mut harness, Key::R);
    assert_eq!(super::program::lines(&harness), 1, "nothing is added");
    // As long as Karim has it, trying says so.
    give(&mut harness, Command::EditHere);
    harness.get_by_label_contains("Karim heeft dit dossier nog open, sinds 1-3-2018, 08:00.");
    let reads = harness.state().document().unwrap().reads().cloned();
    assert!(matches!(reads, Some(Reads::Held { .. })));
    karim.release(id).unwrap();
    office.pass(60);
    settle(&mut harness);
    harness.get_by_label_contains("Alleen lezen: Karim heeft dit dossier losgelaten.");
    karim.lease(id, at(60)).unwrap();
    karim.release(id).unwrap();
    give(&mut harness, Command::EditHere);
    harness.get_by_label_contains("U kunt dit dossier nu bewerken.");
    assert_eq!(harness.state().document().unwrap().reads(), None);
    let field = harness.get_by_role_and_label(Role::TextInput, "Achternaam");
    assert!(!field.accesskit_node().is_disabled());
    let offer = harness.query_by_role_and_label(Role::Button, "Bewerk het hier");
    assert!(offer.is_none());
    fill(&mut harness, "Achternaam", "Maan");
    save_by_key(&mut harness);
}

#[test]
fn what_a_program_of_the_same_person_held_when_it_was_killed_is_taken_over() {
    let office = Office::founded();
    let id = Register::new_id().unwrap();
    let mut killed = office.colleague(NAME);
    save(&mut killed, id, 0, &example("Zonneveld"));
    killed.lease(id, at(0)).unwrap();
    drop(killed);
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("Alleen lezen: u heeft dit dossier zelf al open");
    // The decision says so too, with the way to go on.
    give(&mut harness, Command::ShowDecision);
    let told = "U heeft dit dossier zelf al open, in een ander venster of in een programma dat is gestopt. Ga terug";
    harness.get_by_label_contains(told);
    assert!(harness.query_by_label("Maak definitief").is_none());
    give(&mut harness, Command::ShowDossier);
    click(&mut harness, Role::Button, "Bewerk het hier");
    fill(&mut harness, "Achternaam", "Maan");
    save_by_key(&mut harness);
}

#[test]
fn a_change_underneath_is_shown_and_never_overwritten() {
    let office = Office::founded();
    let id = Register::new_id().unwrap();
    let mut karim = office.colleague("Karim");
    save(&mut karim, id, 0, &example("Zonneveld"));
    let open = |office: &Office, initials| {
        let mut harness = office.unlocked(NAME);
        press(&mut harness, Key::Enter);
        fill(&mut harness, "Voorletters", initials);
        harness
    };
    let mut harness = open(&office, "Q.");
    save(&mut karim, id, 1, &example("Maan"));
    ctrl(&mut harness, Key::S);
    let title = "Een collega heeft dit dossier intussen gewijzigd";
    harness.get_by_role_and_label(Role::AlertDialog, title);
    harness.get_by_role_and_label(Role::Heading, "Alleen door Karim gewijzigd");
    harness.get_by_label_contains("achternaam (tekst): Maan, was: Zonneveld");
    harness.get_by_role_and_label(Role::Heading, "Alleen door u gewijzigd");
    harness.get_by_label_contains("voorletters (tekst): Q., was: ");
    // Whoever just goes on with Enter decides later: nothing is lost on either side.
    press(&mut harness, Key::Enter);
    assert_eq!(karim.revisions(id).unwrap().len(), 2);
    assert_eq!(surname(&harness), "Zonneveld");
    assert!(harness.state().document().unwrap().is_changed());
    ctrl(&mut harness, Key::S);
    click(&mut harness, Role::Button, "Neem hun versie");
    assert_eq!(surname(&harness), "Maan");
    ctrl(&mut harness, Key::Z);
    assert_eq!(surname(&harness), "Zonneveld");
    save_by_key(&mut harness);
    karim.refresh().unwrap();
    let revisions = karim.revisions(id).unwrap();
    assert_eq!(revisions.len(), 3, "theirs is still there");
    drop(harness);

    let mut harness = open(&office, "R.");
    let mut theirs = example("Ster");
    theirs.client.person.initials = "S.".to_owned();
    save(&mut karim, id, 3, &theirs);
    ctrl(&mut harness, Key::S);
    harness.get_by_role_and_label(Role::Heading, "Allebei gewijzigd");
    harness.get_by_label_contains("voorletters (tekst): u: R., Karim: S.; was: Q.");
    click(&mut harness, Role::Button, "Sla mijn versie op");
    harness.get_by_label_contains("Opgeslagen in het register als versie 5");
    ctrl(&mut harness, Key::S);
    harness.get_by_label_contains("Er is niets veranderd sinds versie 5.");
    assert_eq!(karim.revisions(id).unwrap().len(), 5);
}

#[test]
fn what_the_same_person_saved_in_another_window_is_not_called_a_colleagues() {
    let (office, id) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Voorletters", "Q.");
    save(&mut office.colleague(NAME), id, 1, &example("Maan"));
    office.pass(60);
    settle(&mut harness);
    harness.get_by_label_contains("U heeft in een ander venster een nieuwe versie opgeslagen.");
    ctrl(&mut harness, Key::S);
    let title = "U heeft dit dossier intussen in een ander venster gewijzigd";
    harness.get_by_role_and_label(Role::AlertDialog, title);
    harness.get_by_role_and_label(Role::Heading, "Alleen in het andere venster gewijzigd");
    harness.get_by_role_and_label(Role::Heading, "Alleen in dit venster gewijzigd");
    let mut colleague = harness.query_all_by_label_contains("ollega");
    assert!(colleague.next().is_none());
    drop(colleague);
    click(
        &mut harness,
        Role::Button,
        "Neem de versie van het andere venster",
    );
    assert_eq!(surname(&harness), "Maan");
}

#[test]
fn work_that_was_not_saved_is_offered_again_and_thrown_away_only_after_a_question() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Achternaam", "Maan");
    // The window is gone, as by a crash.
    drop(harness);
    office.pass(600);
    let mut harness = office.unlocked(NAME);
    harness.get_by_label_contains("Maan, van 1-3-2018, 08:00");
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Maan");
    // What is open is not offered beside itself.
    ctrl(&mut harness, Key::Num3);
    assert!(harness.query_by_label("Gooi weg").is_none());
    ctrl(&mut harness, Key::Num1);
    ctrl(&mut harness, Key::Z);
    assert_eq!(
        surname(&harness),
        "Zonneveld",
        "the saved version is below it"
    );
    ctrl(&mut harness, Key::Y);
    drop(harness);
    office.pass(600);

    let mut harness = office.unlocked(NAME);
    click(&mut harness, Role::Button, "Gooi weg");
    harness.get_by_role_and_label(Role::AlertDialog, "Wilt u dit werk weggooien?");
    click(&mut harness, Role::Button, "Gooi het weg");
    drop(harness);
    let harness = office.unlocked(NAME);
    assert!(harness.query_by_label("Gooi weg").is_none());
}

#[test]
fn undoing_everything_leaves_nothing_unsaved() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Achternaam", "Maan");
    ctrl(&mut harness, Key::Z);
    drop(harness);
    let harness = office.unlocked(NAME);
    assert!(harness.query_by_label("Ga verder").is_none());
}

#[test]
fn finance_sees_figures_and_no_names_and_changes_nothing() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked("Fin");
    assert_eq!(rows(&harness), 1);
    press(&mut harness, Key::Enter);
    assert!(harness.state().document().is_some());
    assert!(harness.query_by_label_contains("Zonneveld").is_none());
    harness.get_by_label("Niet zichtbaar voor u.");
    // What it may not see is not told as missing.
    let view = harness.state().document().unwrap().view();
    assert!(view.problems.is_empty(), "{:?}", view.problems);
    assert!(harness.query_by_label_contains("probleem").is_none());
    ctrl(&mut harness, Key::PageDown);
    ctrl(&mut harness, Key::D);
    assert_eq!(super::program::lines(&harness), 1);
    ctrl(&mut harness, Key::S);
    assert!(harness.query_by_label_contains("Opgeslagen").is_none());
}

#[test]
fn the_window_locks_by_itself_after_a_while_without_keys() {
    let office = Office::founded();
    let mut harness = office.unlocked(NAME);
    office.pass(14 * 60);
    settle(&mut harness);
    assert!(!is_locked(&harness));
    press(&mut harness, Key::ArrowDown);
    office.pass(14 * 60);
    settle(&mut harness);
    assert!(!is_locked(&harness));
    office.pass(2 * 60);
    settle(&mut harness);
    assert!(is_locked(&harness));
}

/// A few frames, while nothing of files and register is done.
pub(super) fn frames(harness: &mut Harness<'_, Desk>) {
    for _ in 0..6 {
        harness.step();
    }
}

pub(super) fn lock_key(harness: &mut Harness<'_, Desk>) {
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::L);
    frames(harness);
}

#[test]
fn locking_hides_everything_at_once_however_slow_the_register_is() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    assert!(
        harness
            .query_all_by_label_contains("Zonneveld")
            .next()
            .is_some()
    );
    let held = harness.state_mut().hold_register();
    lock_key(&mut harness);
    assert!(harness.query_by_label_contains("Zonneveld").is_none());
    assert!(!is_locked(&harness), "the register is still busy");
    drop(held);
    settle(&mut harness);
    assert!(is_locked(&harness));
}

#[test]
fn work_that_nothing_keeps_is_covered_and_locks_as_soon_as_it_is_kept() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    search(&mut harness, "zonneveld");
    press(&mut harness, Key::Enter);
    let journal = rusqlite::Connection::open(office.home().journal).unwrap();
    journal
        .execute_batch("ALTER TABLE work RENAME TO away")
        .unwrap();
    fill(&mut harness, "Achternaam", "Maan");
    ctrl(&mut harness, Key::L);
    assert!(!is_locked(&harness));
    harness.get_by_label_contains("uw laatste wijzigingen zijn nog nergens bewaard");
    assert!(harness.query_by_label_contains("Maan").is_none());
    secret(&mut harness, "Wachtzin", "heel andere woorden");
    press(&mut harness, Key::Enter);
    harness.get_by_label_contains("De wachtzin klopt niet");
    assert!(harness.query_by_label_contains("Maan").is_none());
    secret(&mut harness, "Wachtzin", WORDS);
    press(&mut harness, Key::Enter);
    assert_eq!(surname(&harness), "Maan");
    harness.get_by_role_and_label(Role::TextInput, "Achternaam");

    ctrl(&mut harness, Key::L);
    journal
        .execute_batch("ALTER TABLE away RENAME TO work")
        .unwrap();
    office.pass(60);
    settle(&mut harness);
    assert!(is_locked(&harness));
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Maan");
}

#[test]
fn a_recovery_key_is_never_on_a_locked_window_and_waits_for_who_made_it() {
    let office = Office::new();
    let mut harness = office.window();
    type_in(&mut harness, "Uw naam", NAME);
    secret(&mut harness, "Nieuwe wachtzin", WORDS);
    secret(&mut harness, "Nog een keer", WORDS);
    press(&mut harness, Key::Enter);
    let idle = |harness: &mut Harness<'_, Desk>| {
        office.pass(16 * 60);
        settle(harness);
        assert!(is_locked(harness));
        assert!(harness.query_by_label_contains("SECR").is_none());
        unlock(harness, NAME);
    };
    idle(&mut harness);
    harness.get_by_label_contains("AGE-SECRET-KEY-1 ");
    let text = "Ik heb de sleutel opgeschreven en bewaar hem op een veilige plaats";
    click(&mut harness, Role::CheckBox, text);
    click(&mut harness, Role::Button, "Ga verder");

    super::program::keys(
        &mut harness,
        egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT),
        Key::M,
    );
    click(&mut harness, Role::Button, "Maak een nieuwe herstelsleutel");
    idle(&mut harness);
    harness.get_by_label_contains("AGE-SECRET-KEY-1 ");
    // Not for somebody else.
    office
        .colleague(NAME)
        .add_slot("Karim", Access::Full, &phrase(WORDS), Effort::TRIAL, at(3))
        .unwrap();
    ctrl(&mut harness, Key::L);
    unlock(&mut harness, "Karim");
    assert!(harness.query_by_label_contains("SECR").is_none());
}

#[test]
fn a_loose_file_goes_into_the_register_when_asked() {
    let office = Office::founded();
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "brief-pgb.ron");
    let before = std::fs::read(&file).unwrap();
    let mut harness = office.window_with(Start {
        file: Some(file.clone()),
        ..Start::default()
    });
    ctrl(&mut harness, Key::Num3);
    unlock(&mut harness, NAME);
    ctrl(&mut harness, Key::Num1);
    ctrl(&mut harness, Key::L);
    assert!(harness.state().document().is_none());
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Bergh", "the file is open again");
    click(&mut harness, Role::Button, "Zet in het register");
    harness.get_by_label_contains("Opgeslagen in het register als versie 1");
    harness.get_by_label_contains("dossier.ron staat er nog, en is niet beveiligd");
    assert_eq!(std::fs::read(&file).unwrap(), before);
    // The name of a file can be that of a client: it is not for whoever finds the window locked.
    ctrl(&mut harness, Key::L);
    click(&mut harness, Role::Button, "Dossier");
    assert!(harness.query_by_label_contains("dossier.ron").is_none());
    let mut karim = office.colleague("Karim");
    karim.refresh().unwrap();
    assert_eq!(karim.index().unwrap().entries().len(), 1);
}

#[test]
fn a_copy_that_is_not_protected_is_asked_for_twice_and_noted() {
    let (office, id) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    let ctrl_shift = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);
    super::program::keys(&mut harness, ctrl_shift, Key::S);
    click(&mut harness, Role::Button, "Maak de kopie");
    let file = office.folder.path().join("kopie.ron");
    give_path(&mut harness, &file);
    assert!(file.is_file());
    let place = harness.state().document().unwrap().in_register().cloned();
    assert_eq!(
        place.map(|place| place.id),
        Some(id),
        "it stays in the register"
    );
    let log = office.colleague("Karim").log().unwrap();
    let plain = log.iter().any(|numbered| {
        let said = format!("{numbered:?}");
        said.contains("Exported") && said.contains("plain: true")
    });
    assert!(plain);
}

#[test]
fn a_copy_that_cannot_be_noted_is_not_written() {
    let (office, _) = Office::with_a_dossier();
    let mut harness = office.unlocked(NAME);
    press(&mut harness, Key::Enter);
    let ctrl_shift = egui::Modifiers::COMMAND.plus(egui::Modifiers::SHIFT);
    super::program::keys(&mut harness, ctrl_shift, Key::S);
    click(&mut harness, Role::Button, "Maak de kopie");
    let spoiled = rusqlite::Connection::open(office.folder.path().join("register.db")).unwrap();
    spoiled
        .execute_batch("ALTER TABLE audit RENAME TO away")
        .unwrap();
    let file = office.folder.path().join("kopie.ron");
    give_path(&mut harness, &file);
    assert!(!file.exists());
}

#[test]
fn a_search_is_kept_under_a_name_for_the_next_time() {
    let office = Office::founded();
    let mut karim = office.colleague("Karim");
    for name in ["Zonneveld", "Maan"] {
        save(&mut karim, Register::new_id().unwrap(), 0, &example(name));
    }
    let mut harness = office.unlocked(NAME);
    assert_eq!(rows(&harness), 2);
    search(&mut harness, "maan");
    click(&mut harness, Role::Button, "Bewaar deze weergave");
    type_in(&mut harness, "Naam van de weergave", "Mijn maan");
    press(&mut harness, Key::Enter);
    drop(harness);
    let mut harness = office.unlocked(NAME);
    click(&mut harness, Role::ComboBox, "Weergave");
    click(&mut harness, Role::Button, "Mijn maan");
    assert_eq!(rows(&harness), 1);
}

#[test]
fn no_file_beside_the_register_and_no_title_names_a_client() {
    let office = Office::founded();
    let mut harness = office.unlocked(NAME);
    ctrl(&mut harness, Key::N);
    type_in(&mut harness, "Achternaam van de cliënt", "Geheimenstein");
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Voorletters", "Q.");
    save_by_key(&mut harness);
    fill(&mut harness, "Straat", "Geheimenstein");
    assert_eq!(harness.state().shown_title(), "* dossier – Maatwerk");
    let check = || {
        let mut files = 0;
        let mut open = vec![office.folder.path().to_owned()];
        while let Some(path) = open.pop() {
            files += 1;
            let name = path.to_string_lossy().to_lowercase();
            assert!(!name.contains("geheimenstein"), "{name}");
            let bytes = std::fs::read(&path).unwrap_or_default();
            let found = bytes.windows(13).any(|part| part == b"Geheimenstein");
            assert!(!found, "{name}");
            let within = std::fs::read_dir(&path).into_iter().flatten();
            open.extend(within.map(|entry| entry.unwrap().path()));
        }
        // The register, the journal and a backup in its folder at least.
        assert!(files >= 4, "{files}");
    };
    check();
    drop(harness);
    check();
}

#[test]
fn pictures_of_the_register() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let office = Office::new();
        let mut harness = pictured(&office, look);
        // The place is another one in each run.
        harness.state_mut().show_place("/srv/wmo/register.db");
        harness.run();
        harness.snapshot(format!("register_first_{name}"));
        results.extend_harness(&mut harness);

        let office = Office::founded();
        let mut karim = office.colleague("Karim");
        for (number, surname) in ["Zonneveld", "Maan", "Ster", "Wolk"]
            .into_iter()
            .enumerate()
        {
            let mut dossier = example(surname);
            let dates = &mut dossier.dates;
            dates.decision = None;
            dates.application = None;
            let report = jiff::civil::date(2018, 1, [10, 20, 30, 31][number]);
            dates.report = Some(report);
            let save_id = crate::register::Hex([number as u8; 16]);
            save(&mut karim, save_id, 0, &dossier);
        }
        let mut harness = pictured(&office, look);
        harness.state_mut().show_place("/srv/wmo/register.db");
        harness.run();
        harness.snapshot(format!("register_unlock_{name}"));
        results.extend_harness(&mut harness);
        unlock(&mut harness, NAME);
        harness.snapshot(format!("caseload_{name}"));
        results.extend_harness(&mut harness);
    }
}

pub(super) fn pictured(office: &Office, look: Theme) -> Harness<'static, Desk> {
    office.window_with(Start {
        size: USUAL,
        look,
        ..Start::default()
    })
}
