//! Databases that are none of ours, or not whole, at the door: one message each with what to do, and nothing damaged.

use std::fs;
use std::path::Path;

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use rusqlite::Connection;

use super::program::click;
use super::register::{NAME, Office, is_locked, unlock};
use super::register_door::{damage, elsewhere, register_of, says, set, try_path};
use crate::desk::app::{Desk, Gate};

/// A way to spoil a register, whether a backup may then take its place, and what is told.
type Case = (&'static str, fn(&Office), bool, &'static str);

fn behind(office: &Office, statements: &str) {
    let file = Connection::open(register_of(office)).unwrap();
    file.execute_batch(statements).unwrap();
}

fn of_another_program(office: &Office) {
    fs::remove_file(register_of(office)).unwrap();
    behind(office, "CREATE TABLE adres (naam TEXT)");
}

fn read_only(office: &Office) {
    let path = register_of(office);
    let mut mode = fs::metadata(&path).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&path, mode).unwrap();
}

const CASES: [Case; 6] = [
    (
        "of another program",
        of_another_program,
        false,
        "Dit is een database van een ander programma. Kies een ander bestand.",
    ),
    (
        "no database",
        |office| fs::write(register_of(office), "geen database").unwrap(),
        false,
        "Dit bestand is geen register van maatwerk. Kies een ander bestand. Een los dossier opent u met Openen.",
    ),
    (
        "newer",
        |office| behind(office, "PRAGMA user_version = 99"),
        false,
        "Dit register is gemaakt met een nieuwere versie van maatwerk. Het heeft indeling 99; deze versie kent",
    ),
    (
        "read-only",
        read_only,
        false,
        "Het register is tegen schrijven beveiligd. Haal de beveiliging van het bestand, of vraag de beheerder.",
    ),
    (
        "half-copied",
        damage,
        true,
        "Dit register is maar half gekopieerd: er ontbreekt een stuk aan het eind. Kopieer het opnieuw terwijl het programma gesloten is, of zet een reservekopie terug.",
    ),
    (
        "empty",
        |office| fs::write(register_of(office), "").unwrap(),
        true,
        "Het register is een leeg bestand. Zet een reservekopie terug, of maak een nieuw register.",
    ),
];

/// The window says this, once.
fn assert_told(harness: &Harness<'_, Desk>, words: &str, what: &str) {
    let told = harness.query_all_by_label_contains(words).count();
    assert_eq!(told, 1, "{what}: {words}");
}

#[test]
fn a_file_that_will_not_do_is_told_with_what_to_do_and_left_as_it_is() {
    for (what, spoil, is_damaged, words) in CASES {
        let spoiled = Office::founded();
        spoil(&spoiled);
        let path = register_of(&spoiled);
        let before = fs::read(&path).unwrap();

        let mut harness = spoiled.window();
        harness.get_by_role_and_label(Role::Heading, "Het register gaat niet open");
        assert_told(&harness, words, what);
        click(&mut harness, Role::Button, "Probeer opnieuw");
        assert_told(&harness, words, what);
        let offers = harness.query_by_label("Zet een reservekopie terug…");
        assert_eq!(offers.is_some(), is_damaged, "{what}");
        drop(harness);

        let office = Office::founded();
        let mut harness = elsewhere(&office);
        try_path(&mut harness, &path);
        assert_told(&harness, words, what);
        click(&mut harness, Role::Button, "Ga terug");
        assert!(is_locked(&harness));
        unlock(&mut harness, NAME);
        assert_eq!(set(&office), None, "{what}");
        assert_eq!(fs::read(&path).unwrap(), before, "{what}");
    }
}

#[test]
fn a_register_that_another_program_holds_is_told_and_opens_when_it_is_let_go() {
    let office = Office::founded();
    let other = Connection::open(register_of(&office)).unwrap();
    // For itself alone, from the first thing that it reads.
    other
        .execute_batch("PRAGMA locking_mode = exclusive; BEGIN EXCLUSIVE; COMMIT;")
        .unwrap();
    let mut harness = office.window();
    let words = "Een ander programma houdt het register bezet. Sluit dat programma, of probeer het zo nog eens.";
    assert_told(&harness, words, "held");
    assert!(!says(&harness, "reservekopie"), "nothing is damaged");
    drop(other);
    click(&mut harness, Role::Button, "Probeer opnieuw");
    assert!(is_locked(&harness));
}

#[test]
fn what_is_no_file_is_told_at_the_door_and_a_folder_can_hold_a_register() {
    let office = Office::new();
    fs::create_dir(register_of(&office)).unwrap();
    let mut harness = office.window();
    let words = "Op deze plaats staat een map, geen bestand. Noem het bestand in die map, of kies een andere naam.";
    assert_told(&harness, words, "folder");
    click(&mut harness, Role::Button, "Andere plaats…");
    let folder: &Path = &register_of(&office);
    try_path(&mut harness, folder);
    assert_eq!(*harness.state().gate(), Gate::Absent);
}
