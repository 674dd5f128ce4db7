//! Who was let in and may not come in any more: nothing more is read or written with what is still open.

use crate::places::{
    NAME, Place, TODAY, at, based, deciding, destroy, example, first_phrase, id, named, new_save,
    on_each, phrase, put_back, save,
};
use maatwerk::register::{
    Address, Base, Damage, Deed, Effort, Failure, Ground, Journal, Kind, Lease, Pending,
    Protection, Register, Role, Work,
};

const KARIM: &str = "Karim";

/// Gives somebody access, and answers the register as that person has it open.
fn let_in(place: &Place, register: &mut Register, name: &str, role: Role) -> Register {
    let words = phrase("heel andere woorden hier");
    register
        .add_slot(name, role, &words, Effort::TRIAL, at(2))
        .expect("added");
    let mut theirs = Register::open(&place.address).expect("opens");
    theirs.unlock(name, &words, at(3)).expect("unlocks");
    theirs
}

#[track_caller]
fn is_withdrawn<T: std::fmt::Debug>(done: Result<T, Failure>) {
    assert_eq!(done.expect_err("refused").kind, Kind::Withdrawn);
}

#[test]
fn who_has_no_access_any_more_reads_and_writes_nothing_with_what_is_still_open() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        let folder = place.folder.path().join("kopie");
        let backup = register.back_up(&folder, at(1)).expect("made");
        let mut theirs = let_in(place, &mut register, KARIM, Role::Full);
        let seen = based(&mut theirs, one, 1);
        assert_eq!(theirs.lease(one, at(4)), Ok(Lease::Ours));
        register.remove_slot(KARIM, at(5)).expect("taken away");
        let lines = register.log().expect("read").len();

        let words = phrase("heel andere woorden hier");
        let dossier = named("Van wie weg is");
        let saving = new_save(one, seen, &dossier);
        is_withdrawn(theirs.save(&saving, at(6)));
        let decided = deciding(saving, TODAY);
        is_withdrawn(theirs.make_definitive(&decided, at(6), |_, _| Ok(Vec::new())));
        is_withdrawn(theirs.load(one, None, at(6)));
        is_withdrawn(theirs.peek(one, None));
        is_withdrawn(theirs.revisions(one));
        is_withdrawn(theirs.refresh());
        is_withdrawn(theirs.log());
        is_withdrawn(theirs.lease(one, at(6)));
        is_withdrawn(theirs.take_over(one, at(6)));
        is_withdrawn(theirs.note(Deed::Copied, at(6)));
        is_withdrawn(theirs.set_setting("zoekopdrachten", b"wijk"));
        is_withdrawn(theirs.setting("zoekopdrachten"));
        is_withdrawn(theirs.destroy(one, seen, Ground::Request, at(6)));
        is_withdrawn(theirs.restore(&backup.path, &folder, Damage::Refused, at(6)));
        is_withdrawn(theirs.add_slot("Piet", Role::Full, &words, Effort::TRIAL, at(6)));
        is_withdrawn(theirs.remove_slot(NAME, at(6)));
        is_withdrawn(theirs.change_passphrase(&words, &first_phrase(), Effort::TRIAL, at(6)));
        is_withdrawn(theirs.give_passphrase(NAME, &words, Effort::TRIAL, at(6)));
        is_withdrawn(theirs.renew_recovery(at(6)));
        let mut out = Vec::new();
        let plain = Protection::PlainConfirmed;
        is_withdrawn(theirs.export(None, plain, &mut out, at(6)));
        is_withdrawn(theirs.access(
            one,
            plain,
            (&mut out, &mut Vec::new()),
            (at(6), &jiff::tz::TimeZone::UTC),
        ));
        assert_eq!(out, [0_u8; 0]);

        // What was held is given back all the same, and nothing else happened.
        theirs.release(one).expect("given back");
        assert_eq!(register.lease(one, at(7)), Ok(Lease::Ours));
        let there = register.peek(one, None).expect("there");
        assert_eq!((there.revision, there.dossier), (1, example()));
        assert_eq!(register.log().expect("read").len(), lines);
        assert_eq!(register.check(None).expect("checked").faults, []);

        // Access that is given again is another one.
        let mut again = let_in(place, &mut register, KARIM, Role::Full);
        assert_eq!(save(&mut again, one, 1, &named("Weer terug")), 2);
        is_withdrawn(theirs.load(one, None, at(8)));
    });
}

#[test]
fn a_role_that_changed_holds_for_what_is_still_open() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        let mut theirs = let_in(place, &mut register, KARIM, Role::Full);
        register.remove_slot(KARIM, at(5)).expect("taken away");
        let mut of_now = let_in(place, &mut register, KARIM, Role::Finance);
        of_now.load(one, None, at(6)).expect("reads figures");
        is_withdrawn(theirs.load(one, None, at(6)));
    });
}

#[test]
fn no_number_of_an_access_is_given_again_whichever_backup_is_put_back() {
    on_each(|place| {
        let mut register = place.found();
        let folder = place.folder.path().join("kopie");
        let backup = register.back_up(&folder, at(1)).expect("made");
        for _ in 0..20 {
            save(&mut register, id(), 0, &example());
        }
        let number = |register: &Register| register.slot().expect("open").number;
        let mut theirs = let_in(place, &mut register, KARIM, Role::Full);
        register.remove_slot(KARIM, at(5)).expect("taken away");
        // Twice, so that what was kept is kept on.
        for second in [20, 21] {
            put_back(&mut register, &backup.path, &folder, at(second));
        }
        let again = let_in(place, &mut register, KARIM, Role::Full);
        assert!(number(&again) > number(&theirs));
        is_withdrawn(theirs.refresh());
        assert_eq!(register.check(None).expect("checked").faults, []);
    });
}

#[test]
fn nor_where_a_damaged_register_was_replaced() {
    let place = Place::file();
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let folder = place.folder.path().join("kopie");
    let mut register = place.found();
    let backup = register.back_up(&folder, at(1)).expect("made");
    let doomed = id();
    save(&mut register, doomed, 0, &example());
    destroy(&mut register, doomed, at(2));
    let theirs = let_in(&place, &mut register, KARIM, Role::Full);
    let before = theirs.slot().expect("open").number;
    register.remove_slot(KARIM, at(5)).expect("taken away");
    drop((register, theirs));
    crate::places::damage_slots(path);
    Register::rescue(path, &backup.path, at(20)).expect("put back");
    let mut register = place.open();
    let again = let_in(&place, &mut register, KARIM, Role::Full);
    assert!(again.slot().expect("open").number > before);
}

#[test]
fn work_of_who_has_no_access_any_more_is_offered_to_a_colleague_on_that_computer() {
    on_each(|place| {
        let path = place.folder.path().join("journaal.db");
        let mut register = place.found();
        let theirs = let_in(place, &mut register, KARIM, Role::Full);
        let mut finance = let_in(place, &mut register, "Fin", Role::Finance);
        let work = Work {
            dossier_id: id(),
            base: Base::NEW,
            follows: None,
            at: at(5),
            field: String::new(),
            file: None,
            saved: None,
            typed: Vec::new(),
            dossier: named("Half af"),
        };
        let mut journal = Journal::open(&path).expect("made");
        journal.keep(&theirs, &work).expect("kept");
        drop((journal, theirs));
        let mut journal = Journal::open(&path).expect("opens");
        // As long as they may come in it is theirs.
        assert_eq!(journal.pending(&mut register), Ok(Vec::new()));
        register.remove_slot(KARIM, at(6)).expect("taken away");
        assert_eq!(journal.pending(&mut finance), Ok(Vec::new()));
        let orphaned = Pending::Orphaned(Box::new(work.clone()));
        assert_eq!(journal.pending(&mut register), Ok(vec![orphaned]));
        let taken = journal.take_up(&mut register, work.dossier_id);
        assert_eq!(taken, Ok(Some(work.clone())));
        // Kept by who went on with it, it is theirs, and there once.
        journal.keep(&register, &work).expect("kept");
        let own = Pending::Work(Box::new(work.clone()));
        assert_eq!(journal.pending(&mut register), Ok(vec![own]));
        journal.done(&register, work.dossier_id).expect("forgotten");
        assert_eq!(journal.pending(&mut register), Ok(Vec::new()));
    });
}
