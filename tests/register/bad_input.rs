//! Databases that are none of ours, or not whole: one clear message each, and nothing damaged.

use crate::places::{NAME, Place, at, based, example, first_phrase, id, named, new_save, save};
use crate::program::{ended, failing, program, seen_as_share, unlocking};
use crate::server::{Server, not_checked, shim};
use maatwerk::register::{Address, Effort, Failure, Kind, Register};
use std::fs;
use std::path::{Path, PathBuf};

fn path(place: &Place) -> PathBuf {
    match &place.address {
        Address::File(path) => path.clone(),
        Address::Server(_) => unreachable!("a file"),
    }
}

/// What opening this says.
fn told(path: &Path) -> Failure {
    Register::open(&Address::from(path)).expect_err("refused")
}

/// A register in a file with one dossier, closed.
fn closed() -> Place {
    let place = Place::file();
    save(&mut place.found(), id(), 0, &example());
    place
}

#[test]
fn what_is_not_there_or_something_else_is_told() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("x.db");
    assert_eq!(told(&file).kind, Kind::Missing);
    assert!(!file.exists());
    assert_eq!(told(&folder.path().join("niet/x.db")).kind, Kind::Nowhere);
    let problem = told(folder.path());
    assert_eq!(problem.kind, Kind::Foreign);
    assert!(
        problem.to_string().contains("staat een map, geen bestand"),
        "{problem}"
    );
    let problem = told(Path::new("/dev/null"));
    assert_eq!(problem.kind, Kind::Foreign);
    assert!(
        problem
            .to_string()
            .contains("staat een apparaat of verbinding"),
        "{problem}"
    );
    fs::write(&file, b"(format: 1, client: ())").expect("written");
    let problem = told(&file);
    assert_eq!(problem.kind, Kind::Foreign);
    assert_eq!(
        problem.problem.message,
        "dit bestand is geen register van maatwerk"
    );
    fs::write(&file, b"").expect("written");
    assert_eq!(told(&file).kind, Kind::Damaged);
}

#[test]
#[cfg(target_os = "linux")]
fn a_register_that_may_not_or_can_not_be_read_is_not_told_to_be_something_else() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    let place = closed();
    for (kind, part) in [
        (
            "deny",
            "u mag dit bestand niet lezen. Vraag de beheerder om toegang",
        ),
        (
            "read",
            "dit bestand is niet te lezen: de schijf meldt een fout. Probeer het opnieuw",
        ),
    ] {
        let mut program = program(&place.address, &["mensen"]);
        failing(&mut program, &shim, kind, "register.db");
        let (code, _, said) = ended(&mut program);
        assert_eq!(code, Some(1), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(part), "{said}");
    }
    assert_eq!(place.open().index().expect("open").entries().len(), 1);
}

#[test]
fn a_database_of_another_program_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("adressen.db");
    let other = rusqlite::Connection::open(&file).expect("made");
    other
        .execute_batch("CREATE TABLE adres (naam TEXT)")
        .expect("made");
    drop(other);
    let before = fs::read(&file).expect("read");
    assert_eq!(told(&file).kind, Kind::Foreign);
    let found = Register::found(
        &Address::from(&*file),
        NAME,
        &first_phrase(),
        Effort::TRIAL,
        at(0),
    );
    assert_eq!(found.expect_err("refused").kind, Kind::Foreign);
    assert_eq!(fs::read(&file).expect("read"), before);
}

#[test]
fn a_register_of_a_newer_program_is_told_as_such() {
    let place = closed();
    let path = path(&place);
    let file = rusqlite::Connection::open(&path).expect("opens");
    file.pragma_update(None, "user_version", 99).expect("set");
    drop(file);
    let problem = told(&path);
    assert_eq!(problem.kind, Kind::Newer);
    assert!(problem.to_string().contains("indeling 99"), "{problem}");
}

#[test]
fn a_second_register_is_not_made_over_the_first() {
    let place = closed();
    let again = Register::found(&place.address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    assert_eq!(
        again.expect_err("refused").problem.message,
        "hier staat al een register"
    );
    assert_eq!(place.open().index().expect("open").entries().len(), 1);
}

#[test]
fn a_file_that_is_protected_against_writing_is_told() {
    let place = closed();
    let path = path(&place);
    let mut mode = fs::metadata(&path).expect("there").permissions();
    mode.set_readonly(true);
    fs::set_permissions(&path, mode).expect("set");
    assert_eq!(told(&path).kind, Kind::ReadOnly);
}

#[test]
fn a_half_copied_register_is_told_at_every_length() {
    let place = closed();
    let whole = fs::read(path(&place)).expect("read");
    let folder = tempfile::tempdir().expect("folder");
    let half = folder.path().join("half.db");
    for part in 1..16 {
        fs::write(&half, &whole[..whole.len() * part / 16]).expect("written");
        let problem = told(&half);
        assert_eq!(problem.kind, Kind::Damaged, "{part}: {problem}");
    }
    fs::write(&half, &whole[..60]).expect("written");
    assert_eq!(told(&half).kind, Kind::Foreign);
}

#[test]
fn a_register_that_another_program_holds_is_told_and_waits_for_nobody() {
    let place = closed();
    let mut register = place.open();
    let other = rusqlite::Connection::open(path(&place)).expect("opens");
    other.execute_batch("BEGIN EXCLUSIVE").expect("held");
    // The file says how long a writer waits; here nobody lets go, so the test does after it was told.
    let dossier = example();
    let told = register.save(
        &maatwerk::register::Save {
            id: id(),
            base: maatwerk::register::Base::NEW,
            dossier: &dossier,
            token: id(),
            follows: None,
        },
        at(1),
    );
    assert_eq!(told.expect_err("held").kind, Kind::Busy);
    other.execute_batch("ROLLBACK").expect("let go");
    save(&mut register, id(), 0, &dossier);
}

#[test]
fn a_server_that_is_down_without_tls_or_unknown_is_told() {
    let Some(mut server) = Server::make() else {
        not_checked("servers that refuse: no PostgreSQL of the distribution is installed.");
        return;
    };
    let kind = |address: &str| {
        Register::open(&Address::parse(address).expect("an address"))
            .expect_err("refused")
            .kind
    };
    let address = server.address("postgres");
    assert_eq!(kind(&address), Kind::Unreachable);
    assert!(server.begin(false));
    assert_eq!(kind(&address), Kind::Insecure);
    server.stop();
    assert!(server.begin(true));
    assert_eq!(kind(&address), Kind::Missing);
    assert_eq!(kind(&server.address("nergens")), Kind::Nowhere);
    // Nobody vouches for it, or it goes by another name.
    let (bare, _) = address.split_once('?').expect("settings");
    assert_eq!(kind(bare), Kind::Insecure);
    assert_eq!(
        kind(&address.replace("localhost", "127.0.0.1")),
        Kind::Insecure
    );
    let unreadable = Address::parse("postgres://[?").expect_err("refused");
    assert_eq!(unreadable.kind, Kind::Refused);
    server.stop();
    assert!(server.begin_with(true, "-c fsync=off"));
    assert_eq!(kind(&address), Kind::Unfit);
}

#[test]
fn something_else_in_the_schema_of_that_name_is_left_alone() {
    let Some(mut server) = Server::start() else {
        not_checked("servers with other tables: no PostgreSQL of the distribution is installed.");
        return;
    };
    let address = Address::parse(&server.address("postgres")).expect("an address");
    assert!(server.sql("CREATE SCHEMA maatwerk"));
    assert!(server.sql("CREATE TABLE maatwerk.klant (naam text)"));
    let open = Register::open(&address).expect_err("refused");
    assert_eq!(open.kind, Kind::Foreign);
    let found = Register::found(&address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    assert_eq!(found.expect_err("refused").kind, Kind::Foreign);
}

#[test]
#[cfg(target_os = "linux")]
fn a_network_folder_is_refused_with_the_reason_and_nothing_is_made_there() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    let folder = tempfile::tempdir().expect("folder");
    let place = closed();
    for (folder, words) in [
        (folder.path(), &["maak", "--naam", NAME][..]),
        (place.folder.path(), &["lijst"]),
    ] {
        let before = fs::read(folder.join("register.db")).ok();
        let address = Address::File(folder.join("register.db"));
        let mut program = unlocking(&address, words, folder);
        seen_as_share(&mut program, &shim, folder);
        let (code, _, said) = ended(&mut program);
        assert_eq!(code, Some(1), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        for part in [
            "register.db: een register kan niet in een netwerkmap staan: daar raken wijzigingen weg",
            "Kies een map op deze computer.",
            "PostgreSQL-server",
        ] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(fs::read(folder.join("register.db")).ok(), before);
    }
    assert_eq!(place.open().index().expect("open").entries().len(), 1);
}

#[test]
fn a_file_that_was_replaced_under_an_open_register_takes_no_save_and_that_is_told() {
    let place = Place::file();
    let path = &path(&place);
    let mut register = place.found();
    let one = id();
    save(&mut register, one, 0, &example());
    let backup = register.back_up(place.folder.path(), at(5)).expect("made");
    save(&mut register, one, 1, &named("Tweede"));
    let later = named("Derde");
    let on = based(&mut register, one, 2);
    std::fs::rename(&backup.path, path).expect("moved over it");
    let told = register.save(&new_save(one, on, &later), at(6));
    let told = told.expect_err("told");
    assert_eq!(told.kind, Kind::Replaced);
    assert!(
        told.to_string().contains("verplaatst of vervangen"),
        "{told}"
    );
    // Nor where it is gone.
    std::fs::remove_file(path).expect("gone");
    let told = register.save(&new_save(one, on, &later), at(7));
    assert_eq!(told.map_err(|failure| failure.kind), Err(Kind::Replaced));
}
