//! A backup that is put back undoes no destruction, gives no number again, and has nobody overwrite a colleague.

use crate::places::{
    NAME, Place, TODAY, at, based, damage_slots, deciding, destroy, example, first_phrase, id,
    named, new_save, on_each, phrase, put_back, save,
};
use maatwerk::register::{
    Address, Deed, DossierId, Effort, Kind, Made, Passphrase, Register, Role, Saved, backups,
};
use std::path::{Path, PathBuf};

const DAY: i64 = 24 * 3600;

#[test]
fn work_of_before_a_backup_was_put_back_overwrites_nothing_that_was_saved_since() {
    on_each(|place| {
        let mut register = place.found();
        let folder = place.folder.path().join("kopie");
        let one = id();
        save(&mut register, one, 0, &example());
        let backup = register.back_up(&folder, at(10)).expect("made");
        save(&mut register, one, 1, &named("Kwijt"));
        let begun = based(&mut register, one, 2);
        put_back(&mut register, &backup.path, &folder, at(20));
        let mut colleague = place.open();
        let again = save(&mut colleague, one, 1, &named("Collega"));
        let mine = named("Van daarvoor");
        let told = register.save(&new_save(one, begun, &mine), at(30));
        assert_eq!(told, Ok(Saved::Changed { current: again }));
        let there = register.peek(one, None).expect("there");
        assert_eq!(there.dossier, named("Collega"));
        // Nor does a decision that was to be made definitive on it.
        let deciding = deciding(new_save(one, begun, &mine), TODAY);
        let told = register.make_definitive(&deciding, at(31), |_, _| Ok(Vec::new()));
        assert_eq!(told, Ok(Made::Changed { current: again }));
    });
}

#[test]
fn work_of_before_a_damaged_register_was_replaced_overwrites_nothing_either() {
    let place = Place::file();
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let mut register = place.found();
    let folder = place.folder.path().join("kopie");
    let one = id();
    save(&mut register, one, 0, &example());
    let backup = register.back_up(&folder, at(10)).expect("made");
    save(&mut register, one, 1, &named("Kwijt"));
    let begun = based(&mut register, one, 2);
    drop(register);
    std::fs::write(path, b"SQLite format 3\0 en verder niets").expect("damaged");
    Register::rescue(path, &backup.path, at(20)).expect("put back");
    let mut register = place.open();
    save(&mut register, one, 1, &named("Collega"));
    let mine = named("Van daarvoor");
    let told = register.save(&new_save(one, begun, &mine), at(30));
    assert_eq!(told, Ok(Saved::Changed { current: 2 }));
}

/// The file of a register, and a folder for its backups.
fn files(place: &Place) -> (PathBuf, PathBuf) {
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    (path.clone(), place.folder.path().join("kopie"))
}

/// What the log says after unlocking.
fn told(register: &mut Register) -> Vec<Deed> {
    let lines = register.log().expect("read").into_iter();
    lines.map(|line| line.line.expect("opens").deed).collect()
}

#[test]
fn a_register_that_opens_and_is_whole_gives_way_to_no_backup_without_a_passphrase() {
    let place = Place::file();
    let (path, folder) = files(&place);
    let mut register = place.found();
    let backup = register.back_up(&folder, at(10)).expect("made");
    save(&mut register, id(), 0, &named("Blijft"));
    drop(register);
    let refused = Register::rescue(&path, &backup.path, at(20)).expect_err("refused");
    assert_eq!(refused.kind, Kind::Refused);
    assert!(refused.to_string().contains("zonder --beschadigd"));
    let mut register = place.open();
    assert_eq!(register.index().expect("open").entries().len(), 1);
    assert!(!told(&mut register).contains(&Deed::Rescued));
}

#[test]
fn a_damaged_register_that_somebody_has_open_gives_way_once_it_is_closed() {
    let place = Place::file();
    let (path, folder) = files(&place);
    let mut register = place.found();
    let backup = register.back_up(&folder, at(10)).expect("made");
    damage_slots(&path);
    let refused = Register::rescue(&path, &backup.path, at(20)).expect_err("refused");
    assert_eq!(refused.kind, Kind::Busy);
    drop(register);
    Register::rescue(&path, &backup.path, at(20)).expect("put back");
}

#[test]
fn what_took_the_place_of_a_damaged_register_stands_in_the_log_once_with_its_moment() {
    let place = Place::file();
    let (path, folder) = files(&place);
    let backup = place.found().back_up(&folder, at(10)).expect("made");
    damage_slots(&path);
    Register::rescue(&path, &backup.path, at(20)).expect("put back");
    for _ in 0..2 {
        let mut register = place.open();
        let lines = register.log().expect("read").into_iter();
        let lines = lines.filter_map(|line| line.line);
        let moments: Vec<_> = lines
            .filter(|line| line.deed == Deed::Rescued)
            .map(|line| line.at)
            .collect();
        assert_eq!(moments, [at(20)]);
        assert_eq!(register.check(None).expect("checked").faults, []);
    }
}

#[test]
fn a_file_put_aside_that_is_a_whole_register_is_never_taken_away() {
    let place = Place::file();
    let (path, _) = files(&place);
    drop(place.found());
    let named = |stamp: &str| {
        place
            .folder
            .path()
            .join(format!("register.{stamp}.beschadigd"))
    };
    let (whole, broken) = (named("19700101T000020Z"), named("19700101T000021Z"));
    std::fs::copy(&path, &whole).expect("copied");
    std::fs::copy(&path, &broken).expect("copied");
    damage_slots(&broken);
    Register::drop_put_aside(&path, at(200 * DAY));
    assert!(whole.exists() && !broken.exists());
}

fn revisions(register: &mut Register, id: DossierId) -> Vec<i64> {
    let versions = register.revisions(id).expect("listed").into_iter();
    versions.map(|version| version.base.revision).collect()
}

#[test]
fn no_number_of_a_revision_is_given_again_after_a_backup_was_put_back() {
    on_each(|place| {
        let mut register = place.found();
        let (_, folder) = match place.address {
            Address::File(_) => files(place),
            Address::Server(_) => (PathBuf::new(), place.folder.path().join("kopie")),
        };
        let (one, late) = (id(), id());
        save(&mut register, one, 0, &named("Eerst"));
        let backup = register.back_up(&folder, at(10)).expect("made");
        for (base, name) in [(1, "Tweede"), (2, "Derde")] {
            save(&mut register, one, base, &named(name));
        }
        save(&mut register, late, 0, &named("Laat"));
        // Twice, so that what was kept is kept on.
        for second in [20, 21] {
            put_back(&mut register, &backup.path, &folder, at(second));
        }
        assert_eq!(save(&mut register, one, 1, &named("Weer tweede")), 4);
        assert_eq!(save(&mut register, one, 4, &named("Weer derde")), 5);
        assert_eq!(revisions(&mut register, one), [1, 4, 5]);
        assert_eq!(save(&mut register, late, 0, &named("Weer laat")), 2);
        assert_eq!(register.check(None).expect("checked").faults, []);
    });
}

#[test]
fn a_register_that_is_replaced_keeps_what_was_destroyed_and_what_was_numbered_as_far_as_anything_tells()
 {
    // Told by the file itself, or by a later backup where that is gone.
    for is_gone in [false, true] {
        let place = Place::file();
        let (path, folder) = files(&place);
        let mut register = place.found();
        let (one, doomed) = (id(), id());
        save(&mut register, one, 0, &named("Eerst"));
        save(&mut register, doomed, 0, &named("Weg"));
        let backup = register.back_up(&folder, at(10)).expect("made");
        save(&mut register, one, 1, &named("Tweede"));
        let dossier = example();
        let decided = deciding(
            new_save(id(), maatwerk::register::Base::NEW, &dossier),
            TODAY,
        );
        let made = register.make_definitive(&decided, at(11), |_, _| Ok(Vec::new()));
        let Ok(Made::Done { number, .. }) = made else {
            panic!("{made:?}");
        };
        destroy(&mut register, doomed, at(12));
        if is_gone {
            register.back_up(&folder, at(13)).expect("made");
        }
        drop(register);
        if is_gone {
            std::fs::remove_file(&path).expect("gone");
        } else {
            damage_slots(&path);
        }
        Register::rescue(&path, &backup.path, at(20)).expect("put back");
        let mut register = place.open();
        let told = register.peek(doomed, None).expect_err("destroyed");
        assert_eq!(told.kind, Kind::Missing);
        assert_eq!(register.destructions().expect("read").len(), 1);
        assert_eq!(save(&mut register, one, 1, &named("Weer tweede")), 3);
        let again = deciding(
            new_save(id(), maatwerk::register::Base::NEW, &dossier),
            TODAY,
        );
        let made = register.make_definitive(&again, at(21), |_, _| Ok(Vec::new()));
        assert!(
            matches!(&made, Ok(Made::Done { number: next, .. }) if *next != number),
            "{made:?}"
        );
        assert_eq!(register.check(None).expect("checked").faults, []);
    }
}

/// Whether a dossier is in any backup in a folder.
fn held(register: &mut Register, folder: &Path, id: DossierId) -> bool {
    let files = backups(folder, register.id()).into_iter();
    let mut counts = files.map(|backup| {
        let file = rusqlite::Connection::open(backup.path).expect("opens");
        let statement = "SELECT count(*) FROM revision WHERE dossier = ?1";
        file.query_one(statement, [id.0], |row| row.get::<_, i64>(0))
            .expect("read")
    });
    counts.any(|count| count > 0)
}

#[test]
fn what_was_destroyed_is_in_no_backup_after_three_months_also_where_none_was_made_since() {
    on_each(|place| {
        let mut register = place.found();
        let folder = place.folder.path().join("kopie");
        let (one, doomed) = (id(), id());
        save(&mut register, one, 0, &named("Blijft"));
        save(&mut register, doomed, 0, &named("Weg"));
        register.back_up(&folder, at(0)).expect("made");
        destroy(&mut register, doomed, at(DAY));
        // No backup followed: the disk was full, or the schedule is off.
        register.thin_out(&folder, at(83 * DAY));
        assert!(
            held(&mut register, &folder, doomed),
            "still within its term"
        );
        register.thin_out(&folder, at(84 * DAY));
        assert!(!held(&mut register, &folder, doomed));
        assert!(held(&mut register, &folder, one), "there is a backup");
        // Without anything that was destroyed the newest stays, whatever its age.
        let there = backups(&folder, register.id());
        register.thin_out(&folder, at(400 * DAY));
        assert_eq!(backups(&folder, register.id()), there);
    });
}

#[test]
fn who_may_open_a_register_stays_as_it_is_when_a_backup_is_put_back() {
    on_each(|place| {
        let founded = place.founded();
        let mut register = founded.register;
        let folder = place.folder.path().join("kopie");
        let (karim, new) = (
            phrase("heel andere woorden hier"),
            phrase("weer andere woorden"),
        );
        let add = |register: &mut Register, name: &str, role, second| {
            let added = register.add_slot(name, role, &karim, Effort::TRIAL, at(second));
            added.expect("added");
        };
        add(&mut register, "Karim", Role::Full, 1);
        add(&mut register, "Blijft", Role::Finance, 2);
        save(&mut register, id(), 0, &example());
        let backup = register.back_up(&folder, at(10)).expect("made");
        register.remove_slot("Karim", at(11)).expect("taken away");
        add(&mut register, "Later", Role::Full, 12);
        let changed = register.change_passphrase(&first_phrase(), &new, Effort::TRIAL, at(13));
        changed.expect("changed");
        let renewed = register.renew_recovery(at(14)).expect("renewed");
        let before = register.slots().expect("listed");
        // Twice, so that what was kept is kept on.
        for second in [20, 21] {
            put_back(&mut register, &backup.path, &folder, at(second));
            assert_eq!(register.slots().expect("listed"), before);
            assert_eq!(register.check(None).expect("checked").faults, []);
        }
        drop(register);
        let mut register = Register::open(&place.address).expect("opens");
        let mut refused = |name: &str, phrase: &Passphrase| {
            let told = register.unlock(name, phrase, at(30));
            told.err().map(|failure| failure.kind)
        };
        assert_eq!(refused("Karim", &karim), Some(Kind::Denied));
        assert_eq!(refused(NAME, &first_phrase()), Some(Kind::WrongPassphrase));
        for (name, phrase) in [(NAME, &new), ("Blijft", &karim), ("Later", &karim)] {
            assert_eq!(refused(name, phrase), None, "{name}");
        }
        let told = register.recover(&founded.recovery, at(31));
        assert_eq!(
            told.map_err(|failure| failure.kind),
            Err(Kind::WrongPassphrase)
        );
        register.recover(&renewed, at(32)).expect("opens");
    });
}

#[test]
fn who_comes_in_again_is_told_where_a_damaged_register_is_replaced() {
    let place = Place::file();
    let (path, folder) = files(&place);
    let mut register = place.found();
    let karim = phrase("heel andere woorden hier");
    let added = register.add_slot("Karim", Role::Full, &karim, Effort::TRIAL, at(1));
    added.expect("added");
    let backup = register.back_up(&folder, at(10)).expect("made");
    register.remove_slot("Karim", at(11)).expect("taken away");
    drop(register);
    std::fs::remove_file(&path).expect("gone");
    let rescued = Register::rescue(&path, &backup.path, at(20)).expect("put back");
    assert_eq!(rescued.people, [NAME, "Karim"]);
    assert_eq!(
        rescued.access(),
        "Wie erbij mag, is weer zoals toen de kopie werd gemaakt: Sanne, Karim. De wachtzinnen en de herstelsleutel zijn \
         ook die van toen. Mag iemand er niet meer bij? Trek die toegang dan opnieuw in."
    );
}
