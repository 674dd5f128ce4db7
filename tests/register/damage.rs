//! One record that is damaged is named, and hides none of the rest.

use crate::places::{NAME, Place, at, destroy, example, first_phrase, id, named, save};
use jiff::tz::TimeZone;
use maatwerk::register::{
    Address, DossierId, Effort, Imported, Incoming, Kind, Passphrase, Protection, Register,
};
use rusqlite::Connection;

/// Changes the file of a register by hand.
fn by_hand(place: &Place, statement: &str) {
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let file = Connection::open(path).expect("opens");
    file.execute_batch(statement).expect("changed");
}

/// A register with a dossier of three revisions, one of which gets another value in a column.
fn damaged(revision: i64, column: &str) -> (Place, Register, DossierId) {
    let place = Place::file();
    let mut register = place.found();
    let one = id();
    for (base, name) in (0..).zip(["Eerst", "Toen", "Nu"]) {
        save(&mut register, one, base, &named(name));
    }
    let statement = format!("UPDATE revision SET {column} = x'00' WHERE revision = {revision}");
    by_hand(&place, &statement);
    (place, register, one)
}

#[test]
fn a_damaged_old_revision_is_named_and_the_others_stay_readable() {
    for column in ["person", "figures"] {
        let (_place, mut register, one) = damaged(2, column);
        let versions = register.revisions(one).expect("listed");
        let whole: Vec<(i64, bool)> = versions
            .iter()
            .map(|version| (version.base.revision, version.is_whole))
            .collect();
        assert_eq!(whole, [(1, true), (2, false), (3, true)]);
        assert_eq!(versions[1].meta.is_some(), column == "person");
        let told = register.load(one, Some(2), at(9)).expect_err("damaged");
        assert_eq!(told.kind, Kind::Damaged);
        let loaded = register.load(one, None, at(9)).expect("opens");
        assert_eq!(loaded.dossier, named("Nu"));
        save(&mut register, one, 3, &named("Later"));

        let mut text = Vec::new();
        let plain = Protection::PlainConfirmed;
        register
            .access(
                one,
                plain,
                (&mut text, &mut Vec::new()),
                (at(10), &TimeZone::UTC),
            )
            .expect("written");
        let text = String::from_utf8(text).expect("text");
        for expected in ["Eerst", "Nu", "Later", "Versie 2"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        let told = "Deze versie is beschadigd en niet meer te lezen.";
        assert_eq!(text.matches(told).count(), 1, "{text}");
    }
}

#[test]
fn a_damaged_record_of_a_destruction_hides_no_other() {
    let place = Place::file();
    let mut register = place.found();
    let gone = [id(), id()];
    for (one, second) in gone.iter().zip(50..) {
        save(&mut register, *one, 0, &example());
        destroy(&mut register, *one, at(second));
    }
    let first = format!(
        "UPDATE destruction SET sealed = x'00' WHERE dossier = x'{}'",
        gone[0]
    );
    by_hand(&place, &first);
    let records = register.destructions().expect("read");
    let whole: Vec<(DossierId, bool)> = records
        .iter()
        .map(|(id, record)| (*id, record.is_some()))
        .collect();
    assert_eq!(whole, [(gone[0], false), (gone[1], true)]);
}

#[test]
fn a_damaged_line_of_the_log_is_located_and_the_lines_around_it_stay_readable() {
    for column in ["hash", "sealed"] {
        let place = Place::file();
        let mut register = place.found();
        for _ in 0..3 {
            save(&mut register, id(), 0, &example());
        }
        by_hand(
            &place,
            &format!("UPDATE audit SET {column} = x'00' WHERE seq = 3"),
        );
        let lines = register.log().expect("read");
        let lost: Vec<i64> = lines
            .iter()
            .filter(|numbered| numbered.line.is_none())
            .map(|numbered| numbered.seq)
            .collect();
        let faults = register.check(None).expect("checked").faults;
        assert!(faults[0].text.contains("regel 3"), "{faults:?}");
        if column == "hash" {
            assert_eq!(lost, [0; 0]);
        } else {
            assert_eq!(lost, [3]);
        }
        // It opens, and goes on.
        register.lock();
        register
            .unlock(NAME, &first_phrase(), at(9))
            .expect("unlocks");
        save(&mut register, id(), 0, &example());
    }
}

/// Thirty dossiers that left a register, closed with this passphrase.
fn exported(secret: &Passphrase) -> Vec<u8> {
    let place = Place::file();
    let mut register = place.found();
    for turn in 0..30 {
        save(&mut register, id(), 0, &named(&format!("Naam{turn}")));
    }
    let mut out = Vec::new();
    let closed = Protection::Closed(secret, Effort::TRIAL);
    register
        .export(None, closed, &mut out, at(9))
        .expect("written");
    out
}

#[test]
fn what_stops_an_import_half_way_hides_nothing_of_what_was_taken_in() {
    let secret = first_phrase();
    let mut file = exported(&secret);
    // A file that breaks off, one that is altered near its end, and a register that takes no more.
    let whole = file.clone();
    let cut = file[..file.len() - 10].to_vec();
    let last = file.len() - 20;
    file[last] ^= 1;
    for (bytes, fails) in [(cut, false), (file, false), (whole, true)] {
        let place = Place::file();
        let mut register = place.found();
        if fails {
            by_hand(
                &place,
                "CREATE TRIGGER full BEFORE INSERT ON revision WHEN (SELECT count(*) FROM revision) >= 7
                 BEGIN SELECT RAISE(ABORT, 'full'); END",
            );
        }
        let done = register.import(
            &mut bytes.as_slice(),
            ("uit.age", Some(&secret)),
            Incoming::New,
            at(10),
        );
        let Imported { taken, told, .. } = done.expect("some of it was taken in");
        assert_eq!(told.len(), 1, "{told:?}");
        let count = taken.len();
        assert!(
            (1..30).contains(&count) && (!fails || count == 7),
            "{count}"
        );
        assert_eq!(register.index().expect("open").entries().len(), count);
        let start = format!("uit.age: na dossier {count} is er niets meer ingevoerd: ");
        let told = told[0].to_string();
        assert!(told.starts_with(&start), "{told}");
        assert_eq!(told.contains("dit bestand is beschadigd"), !fails, "{told}");
        assert!(!told.contains("register.db"), "{told}");
    }
}

#[test]
fn an_import_of_which_nothing_came_in_is_an_error_about_the_file() {
    let secret = first_phrase();
    let file = exported(&secret);
    let place = Place::file();
    let mut register = place.found();
    let start = &file[..300];
    let told = register.import(
        &mut &*start,
        ("uit.age", Some(&secret)),
        Incoming::New,
        at(10),
    );
    let told = told.expect_err("nothing came in");
    assert_eq!(
        (told.kind, told.problem.file.as_str()),
        (Kind::Damaged, "uit.age")
    );
    assert_eq!(register.index().expect("open").entries().len(), 0);
}
