//! The log and the check: who did what, and where something was changed behind the program's back.

use crate::places::{
    NAME, Place, TODAY, at, deciding, example, first_phrase, id, named, new_save, on_each, phrase,
    put_back, save,
};
use maatwerk::register::{Address, Base, Deed, Effort, Fault, Head, Register, Role};
use rusqlite::Connection;

/// What checking finds.
fn faults(register: &mut Register, kept: Option<&Head>) -> Vec<Fault> {
    register.check(kept).expect("checked").faults
}

/// The database of a register, for changing it behind its back.
fn behind(place: &Place) -> Connection {
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    Connection::open(path).expect("opens")
}

#[test]
fn a_sound_register_has_no_faults_and_its_log_says_what_was_done() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        save(&mut register, one, 1, &named("Anders"));
        register.load(one, Some(1), at(5)).expect("there");
        let printed = Deed::Printed {
            dossier: one,
            revision: 2,
        };
        register.note(printed, at(6)).expect("noted");
        let checked = register.check(None).expect("checked");
        assert_eq!(checked.faults, []);
        assert_eq!(
            (checked.dossiers, checked.revisions, checked.lines),
            (1, 2, 5)
        );
        let said: Vec<String> = register
            .log()
            .expect("reads")
            .into_iter()
            .map(|line| {
                let line = line.line.expect("opens");
                assert_eq!(line.name, NAME);
                line.deed.dutch()
            })
            .collect();
        assert_eq!(
            said,
            [
                "register gemaakt",
                "opgeslagen als versie 1",
                "opgeslagen als versie 2",
                "geopend, versie 1",
                "afgedrukt, versie 2"
            ]
        );
    });
}

#[test]
fn one_record_that_was_put_back_is_found() {
    let place = Place::file();
    let mut register = place.found();
    let (one, two) = (id(), id());
    save(&mut register, one, 0, &example());
    save(&mut register, two, 0, &example());
    let file = behind(&place);
    file.execute_batch("CREATE TABLE kept AS SELECT * FROM dossier")
        .expect("kept");
    save(&mut register, one, 1, &named("Anders"));
    file.execute_batch(
        "DELETE FROM revision WHERE revision = 2;
         UPDATE dossier SET (revision, person, figures) = (SELECT revision, person, figures FROM kept WHERE kept.id = dossier.id);
         DROP TABLE kept;",
    )
    .expect("put back");
    register.lock();
    register
        .unlock(NAME, &first_phrase(), at(9))
        .expect("unlocks");
    let found = faults(&mut register, None);
    assert!(
        found.iter().all(|fault| fault.dossier == Some(one)),
        "{found:?}"
    );
    let said: Vec<_> = found.iter().map(|fault| fault.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "dit dossier staat op versie 1, volgens het logboek op 2: het is teruggezet",
            "versie 2 ontbreekt, maar staat wel in het logboek"
        ]
    );
    assert_eq!(
        register.load(two, None, at(9)).expect("there").dossier,
        example()
    );
}

#[test]
fn a_whole_register_that_was_put_back_is_found_with_the_end_of_the_log_kept_elsewhere() {
    let place = Place::file();
    let mut register = place.found();
    save(&mut register, id(), 0, &example());
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    drop(register);
    let older = std::fs::read(path).expect("read");
    let mut register = place.open();
    save(&mut register, id(), 0, &example());
    let kept: Head = register
        .head()
        .expect("an end")
        .to_string()
        .parse()
        .expect("a line of text");
    assert_eq!(faults(&mut register, Some(&kept)), []);
    save(&mut register, id(), 0, &example());
    assert_eq!(faults(&mut register, Some(&kept)), []);
    drop(register);
    std::fs::write(path, older).expect("put back");
    let mut register = place.open();
    assert_eq!(faults(&mut register, None), []);
    let found = faults(&mut register, Some(&kept));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].text.starts_with("het hele register is teruggezet"),
        "{found:?}"
    );
    // Worked on since, it has another history.
    for _ in 0..3 {
        save(&mut register, id(), 0, &example());
    }
    let found = faults(&mut register, Some(&kept));
    assert!(
        found[0].text.contains("een andere geschiedenis"),
        "{found:?}"
    );
}

#[test]
fn an_end_of_the_log_from_before_a_backup_was_put_back_is_told_as_that_with_who_did_it() {
    on_each(|place| {
        let mut register = place.found();
        let folder = place.folder.path().join("kopie");
        let backup = register.back_up(&folder, at(10)).expect("made");
        save(&mut register, id(), 0, &example());
        let early = register.head().expect("an end");
        save(&mut register, id(), 0, &example());
        let last = register.head().expect("an end");
        put_back(&mut register, &backup.path, &folder, at(20));
        let now = register.head().expect("an end");
        for (kept, said) in [
            (last, "de bewaarde stand is die van vlak daarvoor"),
            (early, "de bewaarde stand staat niet in dit logboek"),
        ] {
            let found = faults(&mut register, Some(&kept));
            assert_eq!(found.len(), 1);
            let text = &found[0].text;
            assert!(
                text.contains("teruggezet naar een reservekopie, door «Sanne» (regel 2 "),
                "{text}"
            );
            assert!(text.ends_with(said), "{text}");
            assert!(found[0].hint.contains("ewaar vanaf nu de stand van nu"));
        }
        assert_eq!(faults(&mut register, Some(&now)), []);
        // An end that is longer than anything that was ever replaced is no excuse.
        let made_up = Head { seq: 99, ..last };
        let found = faults(&mut register, Some(&made_up));
        assert!(
            found[0].text.starts_with("het hele register is teruggezet"),
            "{found:?}"
        );
    });
}

#[test]
fn every_tampering_with_the_log_is_located() {
    for (tampering, located) in [
        ("DELETE FROM audit WHERE seq = 3", "tussen 2 en 4"),
        (
            "UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE seq = 2) WHERE seq = 3",
            "regel 3",
        ),
        (
            "UPDATE audit SET hash = zeroblob(32) WHERE seq = 3",
            "regel 3",
        ),
        (
            "UPDATE audit SET seq = 99 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; UPDATE audit SET seq = 4 WHERE seq = 99",
            "regel 3",
        ),
        ("DELETE FROM audit WHERE seq = 5", "het eind klopt niet"),
        (
            "UPDATE register SET head = zeroblob(32)",
            "het eind klopt niet",
        ),
    ] {
        let place = Place::file();
        let mut register = place.found();
        for _ in 0..4 {
            save(&mut register, id(), 0, &example());
        }
        assert_eq!(faults(&mut register, None), []);
        behind(&place).execute_batch(tampering).expect("tampered");
        let found = faults(&mut register, None);
        assert!(
            found.iter().any(|fault| fault.text.contains(located)),
            "{tampering}: {found:?}"
        );
    }
}

#[test]
fn records_that_change_places_are_told_and_the_rest_stays_readable() {
    for swap in [
        "UPDATE revision SET person = (SELECT person FROM o WHERE o.dossier <> revision.dossier)",
        "UPDATE revision SET figures = (SELECT person FROM o WHERE o.dossier = revision.dossier)",
        "UPDATE revision SET person = substr(person, 1, 100)",
        "UPDATE revision SET revision = 2; UPDATE dossier SET revision = 2",
    ] {
        let place = Place::file();
        let mut register = place.found();
        let (one, two) = (id(), id());
        save(&mut register, one, 0, &example());
        save(&mut register, two, 0, &named("Anders"));
        behind(&place)
            .execute_batch(&format!(
                "CREATE TEMP TABLE o AS SELECT * FROM revision; {swap}"
            ))
            .expect("swapped");
        for dossier in [one, two] {
            let told = register.load(dossier, None, at(3)).expect_err("told");
            assert!(
                told.problem.message.contains("beschadigd of veranderd"),
                "{told}"
            );
        }
        assert!(faults(&mut register, None).len() >= 2);
        let three = id();
        save(&mut register, three, 0, &example());
        assert_eq!(
            register.load(three, None, at(4)).expect("there").dossier,
            example()
        );
    }
}

#[test]
fn a_slot_that_was_put_back_to_an_older_passphrase_is_found() {
    let place = Place::file();
    let mut register = place.found();
    let file = behind(&place);
    file.execute_batch("CREATE TEMP TABLE kept AS SELECT * FROM slot")
        .expect("kept");
    let new = phrase("nieuwe woorden van maart");
    register
        .change_passphrase(&first_phrase(), &new, Effort::TRIAL, at(3))
        .expect("changed");
    assert_eq!(faults(&mut register, None), []);
    file.execute_batch(
        "UPDATE slot SET sealed = (SELECT sealed FROM kept WHERE kept.id = slot.id)",
    )
    .expect("put back");
    let found = faults(&mut register, None);
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].text,
        "toegang 1 is een andere dan volgens het logboek"
    );
}

#[test]
fn a_slot_with_another_name_or_role_a_moved_setting_and_a_changed_number_are_found() {
    let other = "is een andere dan volgens het logboek";
    for (change, told) in [
        ("UPDATE slot SET name = 'Karin' WHERE name = 'Karim'", other),
        ("UPDATE slot SET role = 2 WHERE name = 'Karim'", other),
        ("UPDATE slot SET name = 'sleutel' WHERE id = 2", other),
        ("UPDATE slot SET name = 'Sanna' WHERE id = 1", other),
        ("UPDATE slot SET id = 9 WHERE name = 'Karim'", other),
        (
            "INSERT INTO slot SELECT 9, 'Vreemde', role, sealed FROM slot WHERE id = 1",
            other,
        ),
        (
            "DELETE FROM slot WHERE name = 'Karim'",
            "ontbreekt, maar is volgens het logboek niet ingetrokken",
        ),
        (
            "UPDATE setting SET slot = 3",
            "een instelling van toegang 3 is beschadigd of verplaatst",
        ),
        (
            "UPDATE setting SET name = 'anders'",
            "een instelling van toegang 1 is beschadigd of verplaatst",
        ),
        (
            "UPDATE setting SET sealed = zeroblob(64)",
            "een instelling van toegang 1 is beschadigd of verplaatst",
        ),
        (
            "UPDATE decision SET turn = 7",
            "het nummer van besluit 2026-000001 is veranderd",
        ),
        (
            "UPDATE decision SET year = 2025",
            "het nummer van besluit 2026-000001 is veranderd",
        ),
    ] {
        let place = Place::file();
        let mut register = place.found();
        let karim = phrase("woorden voor een collega");
        register
            .add_slot("Karim", Role::Full, &karim, Effort::TRIAL, at(1))
            .expect("added");
        register.set_setting("weergaven", b"wijk").expect("set");
        let dossier = example();
        let deciding = deciding(new_save(id(), Base::NEW, &dossier), TODAY);
        register
            .make_definitive(&deciding, at(2), |_, _| Ok(Vec::new()))
            .expect("definitive");
        assert_eq!(faults(&mut register, None), []);
        behind(&place).execute_batch(change).expect("changed");
        let found = faults(&mut register, None);
        assert!(
            found.iter().any(|fault| fault.text.contains(told)),
            "{change}: {found:?}"
        );
    }
}

#[test]
fn a_slot_that_was_taken_away_on_purpose_is_no_fault() {
    let place = Place::file();
    let mut register = place.found();
    let karim = phrase("woorden voor een collega");
    register
        .add_slot("Karim", Role::Full, &karim, Effort::TRIAL, at(1))
        .expect("added");
    register
        .give_passphrase("Karim", &first_phrase(), Effort::TRIAL, at(2))
        .expect("given");
    register.renew_recovery(at(3)).expect("renewed");
    assert_eq!(faults(&mut register, None), []);
    register.remove_slot("Karim", at(4)).expect("taken away");
    assert_eq!(faults(&mut register, None), []);
}

#[test]
fn the_old_passphrase_leaves_no_slot_behind_in_the_file() {
    let place = Place::file();
    let mut register = place.found();
    let old: Vec<u8> = behind(&place)
        .query_row("SELECT sealed FROM slot WHERE id = 1", [], |row| row.get(0))
        .expect("read");
    let new = phrase("nieuwe woorden van maart");
    register
        .change_passphrase(&first_phrase(), &new, Effort::TRIAL, at(3))
        .expect("changed");
    let piece = &old[old.len() - 60..];
    for entry in std::fs::read_dir(place.folder.path()).expect("folder") {
        let bytes = std::fs::read(entry.expect("a file").path()).expect("read");
        assert!(memchr::memmem::find(&bytes, piece).is_none());
    }
}
