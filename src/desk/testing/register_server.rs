//! The window on a register on a real PostgreSQL server: made, worked in, and the server stopped in the middle.

use std::fs;
use std::sync::Arc;

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use self::server::{Server, Way, not_checked, shim};
use super::program::{click, ctrl, fill, press, surname, type_in};
use super::register::{
    NAME, Office, example, is_locked, make, phrase, rows, save, save_by_key, search, unlock,
};
use super::register_door::{SERVER, elsewhere, says, set};
use super::unchecked;
use crate::budget::Library;
use crate::desk::app::{Desk, Gate};
use crate::desk::keeper::{Home, Kept};
use crate::register::{Address, Base, Kind, Register, Save, Work};

#[path = "../../../tests/register/server.rs"]
#[expect(dead_code, reason = "the tests of the register need all of it")]
mod server;

/// A server that runs; nothing, and a line that says so, where none is installed.
fn running() -> Option<Server> {
    let server = Server::start();
    if server.is_none() {
        not_checked("the window on a PostgreSQL server: none of the distribution is installed.");
    }
    server
}

const LOST: &str = "De verbinding met de server is weggevallen. Uw werk blijft bewaard op deze computer. Probeer het opnieuw als de server er weer is.";
const SILENT: &str = "De server is niet te bereiken. Uw werk blijft bewaard op deze computer. Controleer het netwerk of vraag de beheerder.";

/// How a server is begun, if it is; the address; and what is told.
type Refusal<'a> = (Option<(bool, &'a str)>, &'a str, &'a str);

fn is_changed(harness: &Harness<'_, Desk>) -> bool {
    harness.state().document().unwrap().is_changed()
}

#[test]
fn a_server_that_stops_while_somebody_edits_is_told_and_saving_goes_on_when_it_is_back() {
    let Some(mut server) = running() else { return };
    let office = Office::on_server(&server.address("postgres"));
    let mut harness = office.window();
    make(&mut harness);
    ctrl(&mut harness, Key::N);
    type_in(&mut harness, "Achternaam van de cliënt", "Zonneveld");
    press(&mut harness, Key::Enter);
    save_by_key(&mut harness);

    server.stop();
    fill(&mut harness, "Achternaam", "Maan");
    ctrl(&mut harness, Key::S);
    assert!(says(&harness, LOST));
    assert!(is_changed(&harness));
    // Again, and still nothing is lost.
    ctrl(&mut harness, Key::S);
    assert!(says(&harness, SILENT));
    assert_eq!(surname(&harness), "Maan");
    assert!(server.begin(true));
    ctrl(&mut harness, Key::S);
    assert!(says(&harness, "Opgeslagen in het register als versie 2."));
    assert!(!is_changed(&harness));
    // What was sent before the line broke was saved once.
    let mut register = Register::open(&office.address).unwrap();
    register
        .unlock(
            NAME,
            &phrase(super::register::WORDS),
            office.home().clock.as_ref()(),
        )
        .unwrap();
    let id = register.index().unwrap().entries()[0].id;
    assert_eq!(register.revisions(id).unwrap().len(), 2);
}

#[test]
fn what_is_typed_is_in_the_journal_while_a_server_is_silent_about_what_was_left() {
    let Some(server) = running() else { return };
    let office = Office::on_server(&server.address("postgres")).with_people();
    let way = Way::to(server.port);
    let home = Home {
        address: Address::parse(&way.address(&server, 5)).unwrap(),
        ..office.home()
    };
    let mut kept = Kept::new(home, Arc::new(Library::shipped().unwrap()));
    kept.open().unwrap();
    kept.unlock(NAME, &phrase(super::register::WORDS)).unwrap();
    let journal = kept.journal();
    let held = way.cut();
    for asks in [
        |kept: &mut Kept| kept.pending().map(drop),
        |kept: &mut Kept| kept.take_up(Register::new_id()?).map(drop),
        |kept: &mut Kept| kept.discard(Register::new_id()?),
    ] {
        let asking = std::thread::spawn(move || (asks(&mut kept).unwrap_err().kind, kept));
        held.recv().unwrap();
        let id = Register::new_id().unwrap();
        let work = Work {
            dossier_id: id,
            base: Base::NEW,
            follows: None,
            at: office.home().clock.as_ref()(),
            field: String::new(),
            file: None,
            saved: None,
            typed: Vec::new(),
            dossier: example("Maan"),
        };
        journal.take().keep(&work).unwrap();
        assert!(!asking.is_finished(), "the journal waited for the server");
        let (told, back) = asking.join().unwrap();
        assert_eq!(told, Kind::Unreachable);
        kept = back;
    }
    way.mend();
    assert_eq!(kept.pending().unwrap().len(), 3);
}

#[test]
fn a_line_that_is_cut_while_somebody_edits_is_told_and_saving_goes_on_when_it_is_back() {
    let Some(server) = running() else { return };
    let way = Way::to(server.port);
    let office = Office::on_server(&way.address(&server, 2)).with_people();
    let id = Register::new_id().unwrap();
    save(&mut office.colleague("Karim"), id, 0, &example("Zonneveld"));
    let mut harness = office.unlocked(NAME);
    search(&mut harness, "zonneveld");
    press(&mut harness, Key::Enter);
    drop(way.cut());
    fill(&mut harness, "Achternaam", "Maan");
    ctrl(&mut harness, Key::S);
    assert!(says(
        &harness,
        "De server antwoordt niet meer. Uw werk blijft bewaard op deze computer."
    ));
    assert!(is_changed(&harness));
    // The window is gone, as by a crash; the work is there when the line is.
    drop(harness);
    way.mend();
    office.pass(600);
    let mut harness = office.unlocked(NAME);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Maan");
    save_by_key(&mut harness);
}

#[test]
fn work_on_a_server_that_is_down_survives_locking_and_the_end_of_the_program() {
    let Some(mut server) = running() else { return };
    let office = Office::on_server(&server.address("postgres")).with_people();
    let id = Register::new_id().unwrap();
    save(&mut office.colleague("Karim"), id, 0, &example("Zonneveld"));
    let mut harness = office.unlocked(NAME);
    search(&mut harness, "zonneveld");
    press(&mut harness, Key::Enter);
    server.stop();
    fill(&mut harness, "Achternaam", "Maan");
    ctrl(&mut harness, Key::L);
    assert!(harness.state().document().is_none());
    assert!(!says(&harness, "Maan"));
    harness.get_by_role_and_label(Role::Heading, "Het register gaat niet open");
    // The lease that could not be given back has lapsed.
    office.pass(600);
    assert!(server.begin(true));
    click(&mut harness, Role::Button, "Probeer opnieuw");
    unlock(&mut harness, NAME);
    assert_eq!(surname(&harness), "Maan");
    assert!(is_changed(&harness));

    server.stop();
    fill(&mut harness, "Achternaam", "Ster");
    // The window is gone, as by a crash.
    drop(harness);
    office.pass(600);
    let mut harness = office.window();
    assert!(says(&harness, SILENT));
    assert!(!says(&harness, "reservekopie"), "nothing is damaged");
    assert!(server.begin(true));
    click(&mut harness, Role::Button, "Probeer opnieuw");
    unlock(&mut harness, NAME);
    click(&mut harness, Role::Button, "Ga verder");
    assert_eq!(surname(&harness), "Ster");
    save_by_key(&mut harness);
}

#[test]
fn a_register_on_a_server_is_chosen_made_and_kept_from_the_door() {
    let Some(server) = running() else { return };
    let office = Office::founded();
    let address = server.address("postgres");
    let mut harness = elsewhere(&office);
    click(
        &mut harness,
        Role::RadioButton,
        "Een server van de gemeente",
    );
    type_in(&mut harness, SERVER, &address);
    press(&mut harness, Key::Enter);
    assert_eq!(set(&office), None);
    make(&mut harness);
    assert_eq!(set(&office), Some(Address::parse(&address).unwrap()));
    assert_eq!(rows(&harness), 0);
    ctrl(&mut harness, Key::L);
    assert!(is_locked(&harness));
    assert!(says(
        &harness,
        &format!("server localhost:{}/postgres", server.port)
    ));
    assert!(!says(&harness, "postgres@"), "no user, no password");
}

#[test]
fn a_server_that_will_not_do_is_told_with_what_to_do() {
    let Some(mut server) = Server::make() else {
        not_checked("servers that refuse: no PostgreSQL of the distribution is installed.");
        return;
    };
    let address = server.address("postgres");
    let (bare, _) = address.split_once('?').unwrap();
    let (bare, strange) = (bare.to_owned(), address.replace("localhost", "127.0.0.1"));
    let nowhere = server.address("nergens");
    let unknown = "Het certificaat van de server is ondertekend door iemand die deze computer niet kent. Vraag de beheerder";
    let other = "Het certificaat van de server is voor een andere naam dan er in het adres staat. Controleer de naam";
    let cases: [Refusal<'_>; 8] = [
        (None, &address, SILENT),
        (
            Some((false, "")),
            &address,
            "De server biedt geen beveiligde verbinding (TLS). Vraag de beheerder om TLS aan te zetten",
        ),
        (Some((true, "")), &bare, unknown),
        (Some((true, "")), &strange, other),
        (
            Some((true, "")),
            &nowhere,
            "Deze database bestaat niet op de server. Controleer het adres, of vraag de beheerder de database te maken.",
        ),
        (
            Some((true, "-c fsync=off")),
            &address,
            "(fsync staat uit). Vraag de beheerder om fsync aan te zetten.",
        ),
        (
            Some((true, "-c full_page_writes=off")),
            &address,
            "(full_page_writes staat uit). Vraag de beheerder om full_page_writes aan te zetten.",
        ),
        (
            Some((true, "")),
            "postgres://niemand@localhost/wmo?sslrootcert=/nergens.pem",
            "Het bestand met certificaten (sslrootcert) is niet te lezen. Kijk of het bestaat",
        ),
    ];
    for (begun, address, words) in cases {
        if let Some((tls, more)) = begun {
            assert!(server.begin_with(tls, more), "{words}");
        }
        let told = |harness: &Harness<'_, Desk>| {
            let told = harness.query_all_by_label_contains(words).count();
            assert_eq!(told, 1, "{words}");
        };
        let mut harness = Office::on_server(address).window();
        harness.get_by_role_and_label(Role::Heading, "Het register gaat niet open");
        told(&harness);
        click(&mut harness, Role::Button, "Probeer opnieuw");
        told(&harness);
        let office = Office::founded();
        let mut harness = elsewhere(&office);
        click(
            &mut harness,
            Role::RadioButton,
            "Een server van de gemeente",
        );
        type_in(&mut harness, SERVER, address);
        press(&mut harness, Key::Enter);
        told(&harness);
        assert_eq!(set(&office), None);
        if begun.is_some() {
            server.stop();
        }
    }
    // Tables of another program, and a register of a newer one.
    assert!(server.begin(true));
    assert!(server.sql("CREATE SCHEMA maatwerk"));
    assert!(server.sql("CREATE TABLE maatwerk.klant (naam text)"));
    let told = |words: &str| assert!(says(&Office::on_server(&address).window(), words));
    told("iets van een ander programma. Kies een andere database op de server.");
    assert!(server.sql("DROP SCHEMA maatwerk CASCADE"));
    drop(Office::on_server(&address).with_people());
    assert!(server.sql("UPDATE maatwerk.register SET format = 99"));
    told("Het heeft indeling 99; deze versie kent");
}

#[test]
fn a_server_whose_disk_is_full_is_told_and_saving_goes_on_when_there_is_room() {
    let (Some(mut server), Some((_folder, shim))) = (Server::make(), shim()) else {
        not_checked("a window on a full server: no PostgreSQL of the distribution is installed.");
        return;
    };
    let full = server.can_be_full(&shim);
    assert!(server.begin(true));
    let office = Office::on_server(&server.address("postgres")).with_people();
    let id = Register::new_id().unwrap();
    let mut karim = office.colleague("Karim");
    save(&mut karim, id, 0, &example("Zonneveld"));
    let mut harness = office.unlocked(NAME);
    search(&mut harness, "zonneveld");
    press(&mut harness, Key::Enter);
    fill(&mut harness, "Achternaam", "Maan");
    fs::write(&full, b"").unwrap();
    // What is left in the last page is filled first, by others.
    let mut others = 0;
    let told = loop {
        let save = Save {
            id: Register::new_id().unwrap(),
            base: Base::NEW,
            dossier: &example("Wolk"),
            token: Register::new_id().unwrap(),
            follows: None,
        };
        if let Err(failure) = karim.save(&save, office.home().clock.as_ref()()) {
            break failure;
        }
        others += 1;
        assert!(others < 500, "the disk never filled");
    };
    assert_eq!(told.kind, Kind::Full);
    ctrl(&mut harness, Key::S);
    assert!(says(
        &harness,
        "De schijf van de server is vol: er is niets gewijzigd. Uw werk blijft bewaard op deze computer. Waarschuw de beheerder."
    ));
    assert!(is_changed(&harness));
    fs::remove_file(&full).unwrap();
    save_by_key(&mut harness);
    assert!(matches!(harness.state().gate(), Gate::Open(_)));
    assert_eq!(karim.peek(id, None).unwrap().revision, 2);
}
