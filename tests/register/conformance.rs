//! What a register does, the same on both databases.

use crate::places::{
    NAME, TODAY, at, based, example, first_phrase, id, named, new_save, on_each, phrase, save,
};
use maatwerk::register::{
    Base, Effort, Kind, LEASE, Lease, Passphrase, Query, RecoveryKey, Register, Role, Save, Saved,
    State, WITHHELD,
};

#[test]
fn what_is_saved_is_read_back_after_opening_again() {
    on_each(|place| {
        let mut register = place.found();
        let (one, two) = (id(), id());
        assert_eq!(save(&mut register, one, 0, &named("Jansen")), 1);
        assert_eq!(save(&mut register, two, 0, &named("de Boer")), 1);
        assert_eq!(save(&mut register, one, 1, &named("Janssen")), 2);
        drop(register);
        let mut register = place.open();
        let loaded = register.load(one, None, at(9)).expect("there");
        assert_eq!(loaded.dossier, named("Janssen"));
        assert_eq!((loaded.revision, loaded.meta.by.as_str()), (2, NAME));
        let first = register.load(one, Some(1), at(9)).expect("there");
        assert_eq!(first.dossier, named("Jansen"));
        assert_eq!(register.index().expect("open").entries().len(), 2);
        let revisions = register.revisions(one).expect("listed");
        assert_eq!(revisions.len(), 2);
        assert_eq!(revisions[1].base, loaded.base());
        let meta = revisions[1].meta.as_ref().expect("whole");
        assert_eq!((meta.at, &meta.state), (at(1), &State::Draft));
        let missing = register.load(id(), None, at(9)).expect_err("not there");
        assert_eq!(missing.kind, Kind::Missing);
    });
}

#[test]
fn a_change_underneath_is_told_and_nothing_is_overwritten() {
    on_each(|place| {
        let mut first = place.found();
        let one = id();
        save(&mut first, one, 0, &example());
        let mut second = place.open();
        save(&mut second, one, 1, &named("Tweede"));
        let token = Register::new_id().expect("token");
        let dossier = named("Eerste");
        let late = Save {
            id: one,
            base: based(&mut first, one, 1),
            dossier: &dossier,
            token,
            follows: None,
        };
        let told = first.save(&late, at(5)).expect("told");
        assert_eq!(told, Saved::Changed { current: 2 });
        let there = first.load(one, None, at(6)).expect("there");
        assert_eq!(there.dossier, named("Tweede"));
        assert_eq!(first.refresh().expect("reads"), [one]);
        let entry = first.index().expect("open").entry(one).expect("listed");
        assert_eq!(entry.revision, 2);
        // Made anew on what is there now, it is saved.
        let again = Save {
            base: based(&mut first, one, 2),
            ..late
        };
        assert_eq!(
            first.save(&again, at(7)).expect("saves"),
            Saved::Done { revision: 3 }
        );
    });
}

#[test]
fn a_save_that_is_sent_twice_happens_once() {
    on_each(|place| {
        let mut register = place.found();
        let dossier = example();
        let save = new_save(id(), Base::NEW, &dossier);
        for _ in 0..2 {
            let saved = register.save(&save, at(1)).expect("saves");
            assert_eq!(saved, Saved::Done { revision: 1 });
        }
        assert_eq!(register.revisions(save.id).expect("listed").len(), 1);
    });
}

#[test]
fn only_the_right_passphrase_of_the_right_slot_unlocks() {
    on_each(|place| {
        let mut register = place.found();
        let other = phrase("heel andere woorden hier");
        register
            .add_slot("Karim", Role::Full, &other, Effort::TRIAL, at(1))
            .expect("added");
        for name in [
            "Karim",
            "karim",
            " KARIM",
            "Herstelsleutel",
            "Ka\u{7}rim",
            "Ka\nrim",
        ] {
            let taken = register.add_slot(name, Role::Full, &other, Effort::TRIAL, at(1));
            assert_eq!(taken.expect_err(name).kind, Kind::Refused);
        }
        drop(register);
        let mut register = Register::open(&place.address).expect("opens");
        let kind = |register: &mut Register, name: &str, phrase: &Passphrase| {
            register
                .unlock(name, phrase, at(2))
                .err()
                .map(|failure| failure.kind)
        };
        assert_eq!(
            kind(&mut register, NAME, &other),
            Some(Kind::WrongPassphrase)
        );
        assert_eq!(
            kind(&mut register, "Karim", &first_phrase()),
            Some(Kind::WrongPassphrase)
        );
        // Nobody has the slot of the recovery key by a passphrase.
        for name in ["Niemand", "herstelsleutel"] {
            assert_eq!(kind(&mut register, name, &other), Some(Kind::Denied));
        }
        assert_eq!(register.slot(), None);
        let locked = register.load(id(), None, at(2)).expect_err("locked");
        assert_eq!(locked.problem.message, "het register is op slot");
        assert_eq!(kind(&mut register, "Karim", &other), None);
        assert_eq!(
            register.slot().map(|slot| slot.name.as_str()),
            Some("Karim")
        );
        register.remove_slot(NAME, at(3)).expect("taken away");
        register.lock();
        assert_eq!(
            kind(&mut register, NAME, &first_phrase()),
            Some(Kind::Denied)
        );
    });
}

#[test]
fn who_lost_a_passphrase_gets_another_for_the_same_slot_from_a_colleague_or_the_recovery_key() {
    on_each(|place| {
        let mut register = place.found();
        let (lost, given) = (
            phrase("heel andere woorden hier"),
            phrase("weer andere woorden"),
        );
        register
            .add_slot("Karim", Role::Finance, &lost, Effort::TRIAL, at(1))
            .expect("added");
        let number = |register: &mut Register| {
            let slots = register.slots().expect("listed");
            slots
                .iter()
                .find(|slot| slot.name == "Karim")
                .map(|slot| slot.number)
        };
        let before = number(&mut register);
        for nobody in ["Niemand", "herstelsleutel"] {
            let refused = register.give_passphrase(nobody, &given, Effort::TRIAL, at(2));
            assert_eq!(refused.expect_err("refused").kind, Kind::Denied);
        }
        register
            .give_passphrase("Karim", &given, Effort::TRIAL, at(2))
            .expect("given");
        assert_eq!(number(&mut register), before);
        register.lock();
        let old = register.unlock("Karim", &lost, at(3)).expect_err("old");
        assert_eq!(old.kind, Kind::WrongPassphrase);
        register.unlock("Karim", &given, at(3)).expect("opens");
        // Who sees figures alone still does, and gives nobody a passphrase.
        assert_eq!(register.slot().map(|slot| slot.role), Some(Role::Finance));
        let refused = register.give_passphrase(NAME, &given, Effort::TRIAL, at(4));
        assert_eq!(refused.expect_err("refused").kind, Kind::Denied);
        assert!(register.check(None).expect("checked").faults.is_empty());
    });
}

#[test]
fn another_passphrase_opens_the_same_records_and_the_old_one_none() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        let new = phrase("nieuwe woorden van maart");
        let wrong = register.change_passphrase(&new, &new, Effort::TRIAL, at(2));
        assert_eq!(wrong.expect_err("wrong").kind, Kind::WrongPassphrase);
        register
            .change_passphrase(&first_phrase(), &new, Effort::TRIAL, at(3))
            .expect("changed");
        register.lock();
        let old = register
            .unlock(NAME, &first_phrase(), at(4))
            .expect_err("old");
        assert_eq!(old.kind, Kind::WrongPassphrase);
        register.unlock(NAME, &new, at(5)).expect("unlocks");
        assert_eq!(
            register.load(one, None, at(6)).expect("there").dossier,
            example()
        );
    });
}

#[test]
fn the_recovery_key_of_the_creation_opens_the_register() {
    on_each(|place| {
        let founded = place.founded();
        let printed = founded.recovery.text();
        let mut register = founded.register;
        let one = id();
        save(&mut register, one, 0, &example());
        register.lock();
        let typed = RecoveryKey::parse(&printed).expect("read");
        register.recover(&typed, at(2)).expect("opens");
        assert_eq!(
            register.load(one, None, at(3)).expect("there").dossier,
            example()
        );
        register
            .add_slot(
                "Nieuw",
                Role::Full,
                &phrase("opnieuw begonnen hier"),
                Effort::TRIAL,
                at(4),
            )
            .expect("a way in again");
    });
}

#[test]
fn a_new_recovery_key_opens_the_register_and_the_old_one_does_not() {
    on_each(|place| {
        let founded = place.founded();
        let mut register = founded.register;
        let renewed = register.renew_recovery(at(1)).expect("renewed");
        assert_eq!(register.check(None).expect("checked").faults, []);
        let other = phrase("woorden voor de finance");
        register
            .add_slot("Finance", Role::Finance, &other, Effort::TRIAL, at(2))
            .expect("added");
        register.lock();
        let old = register.recover(&founded.recovery, at(3));
        assert_eq!(old.expect_err("old").kind, Kind::WrongPassphrase);
        register.recover(&renewed, at(4)).expect("opens");
        register.lock();
        register.unlock("Finance", &other, at(5)).expect("unlocks");
        let denied = register.renew_recovery(at(6));
        assert_eq!(denied.expect_err("denied").kind, Kind::Denied);
    });
}

#[test]
fn finance_sees_products_and_hours_and_no_name() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        let other = phrase("woorden voor de finance");
        register
            .add_slot("Finance", Role::Finance, &other, Effort::TRIAL, at(1))
            .expect("added");
        register.lock();
        register.unlock("Finance", &other, at(2)).expect("unlocks");
        let seen = register.load(one, None, at(3)).expect("there").dossier;
        let whole = example();
        assert_eq!(seen.provisions.len(), whole.provisions.len());
        for (seen, whole) in seen.provisions.iter().zip(&whole.provisions) {
            assert_eq!(seen.line.product, whole.line.product);
            assert_eq!(seen.line.from, whole.line.from);
            assert_eq!(seen.motivation.limitations, "");
        }
        let text = format!("{seen:?} {:?}", register.index().expect("open").entries());
        assert!(text.contains(WITHHELD));
        for name in [
            "Meer",
            "Jansen",
            "Yilmaz",
            "Hooigracht",
            "999993653",
            "kleinzoon",
            "Sanne de Wit",
        ] {
            assert!(!text.contains(name), "{name}: {text}");
        }
        let late = new_save(one, based(&mut register, one, 1), &whole);
        let refused = register.save(&late, at(4));
        assert_eq!(refused.expect_err("denied").kind, Kind::Denied);
    });
}

#[test]
fn the_second_to_open_a_dossier_hears_who_has_it_since_when() {
    on_each(|place| {
        let mut first = place.found();
        let one = id();
        save(&mut first, one, 0, &example());
        let mut second = place.open();
        assert_eq!(first.lease(one, at(10)).expect("ours"), Lease::Ours);
        let Lease::Theirs(holder) = second.lease(one, at(60)).expect("told") else {
            panic!("two at once");
        };
        assert_eq!((holder.name.as_str(), holder.since), (NAME, at(10)));
        // Renewed, it stays theirs; not renewed, it lapses.
        assert_eq!(first.lease(one, at(100)).expect("ours"), Lease::Ours);
        assert!(matches!(second.lease(one, at(150)), Ok(Lease::Theirs(_))));
        let later = at(100).checked_add(LEASE).expect("a moment");
        assert_eq!(second.lease(one, later).expect("lapsed"), Lease::Ours);
        // A clock that is far ahead keeps nobody out for as long.
        let wrong = at(1_000_000);
        assert_eq!(second.lease(one, wrong).expect("ours"), Lease::Ours);
        assert_eq!(first.lease(one, at(300)).expect("free"), Lease::Ours);
        assert_eq!(second.lease(one, wrong).expect("free"), Lease::Ours);
        second.release(one).expect("released");
        assert_eq!(first.lease(one, later).expect("free"), Lease::Ours);
    });
}

#[test]
fn a_dossier_is_taken_over_from_a_program_of_the_same_person_and_from_no_colleague() {
    on_each(|place| {
        let mut first = place.found();
        let one = id();
        save(&mut first, one, 0, &example());
        let other = phrase("heel andere woorden hier");
        first
            .add_slot("Karim", Role::Full, &other, Effort::TRIAL, at(1))
            .expect("added");
        let mut karim = Register::open(&place.address).expect("opens");
        karim.unlock("Karim", &other, at(2)).expect("unlocks");
        assert_eq!(first.lease(one, at(10)), Ok(Lease::Ours));
        let mut again = place.open();
        assert!(matches!(karim.take_over(one, at(11)), Ok(Lease::Theirs(_))));
        assert_eq!(again.take_over(one, at(11)), Ok(Lease::Ours));
        assert!(matches!(first.lease(one, at(12)), Ok(Lease::Theirs(_))));
    });
}

#[test]
fn what_is_typed_finds_names_without_accents_and_numbers() {
    on_each(|place| {
        let mut register = place.found();
        for name in ["Čapek", "Jansen", "Janssen"] {
            save(&mut register, id(), 0, &named(name));
        }
        let count = |register: &mut Register, words: &str| {
            register
                .find(&Query::words(words), TODAY)
                .expect("open")
                .len()
        };
        for (words, found) in [
            ("", 3),
            ("capek", 1),
            ("JANS", 3),
            ("janss", 1),
            ("999993653", 3),
            ("slaaghwijk janss", 1),
            ("2017-04711", 3),
            ("ontwerp ho", 3),
            ("nergens", 0),
        ] {
            assert_eq!(count(&mut register, words), found, "{words}");
        }
        register.lock();
        register
            .unlock(NAME, &first_phrase(), at(3))
            .expect("unlocks");
        assert_eq!(count(&mut register, "capek"), 1);
    });
}

#[test]
fn what_a_person_sets_comes_back_for_that_person_alone() {
    on_each(|place| {
        let mut register = place.found();
        let other = phrase("woorden voor de finance");
        register
            .add_slot("Finance", Role::Finance, &other, Effort::TRIAL, at(1))
            .expect("added");
        for value in [b"wijk".as_slice(), b"buurt"] {
            register.set_setting("zoekopdrachten", value).expect("set");
        }
        register.lock();
        register.unlock("Finance", &other, at(2)).expect("unlocks");
        assert_eq!(register.setting("zoekopdrachten").expect("read"), None);
        register.set_setting("zoekopdrachten", b"pgb").expect("set");
        register.lock();
        register
            .unlock(NAME, &first_phrase(), at(3))
            .expect("unlocks");
        let set = register
            .setting("zoekopdrachten")
            .expect("read")
            .expect("set");
        assert_eq!(set.as_slice(), b"buurt");
    });
}
