//! One record that is damaged is named, and hides none of the rest.

use crate::places::{NAME, Place, at, example, first_phrase, id, named, save};
use maatwerk::register::{Address, DossierId, Kind, Protection, Register};
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
            .access(one, plain, &mut text, at(10))
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
        register.destroy(*one, true, at(second)).expect("destroyed");
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
