//! Deeds that cannot be undone, done by two at once: destroying a dossier, and making a decision definitive.

use crate::child::{command, myself, run, text_of};
use crate::long::times;
use crate::places::{
    NAME, Place, TODAY, at, based, deciding, destroy, example, id, named, new_save, on_each, save,
};
use maatwerk::register::{
    Address, Base, Deed, Destroyed, DossierId, Failure, Ground, Holder, Kind, LEASE, Made,
    Register, Saved, State, kept_until,
};
use std::collections::BTreeMap;
use std::sync::Barrier;
use std::thread;

/// What stands in the log about destroying.
fn destructions(register: &mut Register) -> usize {
    let log = register.log().expect("read").into_iter();
    log.filter_map(|numbered| numbered.line)
        .filter(|line| matches!(line.deed, Deed::Destroyed { .. }))
        .count()
}

#[test]
fn a_dossier_that_somebody_saved_since_is_not_destroyed() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        let seen = based(&mut register, one, 1);
        save(&mut place.open(), one, 1, &named("Later"));
        for ground in [Ground::Request, Ground::Expired(kept_until(at(1)))] {
            let told = register.destroy(one, seen, ground, at(9));
            assert_eq!(told, Ok(Destroyed::Changed { current: 2 }));
        }
        // The number alone is not enough: another revision can have it after a backup was put back.
        let other = Base {
            revision: 2,
            token: seen.token,
        };
        let told = register.destroy(one, other, Ground::Request, at(9));
        assert_eq!(told, Ok(Destroyed::Changed { current: 2 }));
        let there = register.peek(one, None).expect("there");
        assert_eq!(there.dossier, named("Later"));
        assert_eq!(register.destructions().expect("read"), []);
        assert_eq!(destructions(&mut register), 0);
        let done = register.destroy(one, there.base(), Ground::Request, at(10));
        assert_eq!(done, Ok(Destroyed::Done));
        assert_eq!(destructions(&mut register), 1);
    });
}

#[test]
fn a_dossier_is_kept_until_its_term_has_passed_unless_the_client_asks() {
    on_each(|place| {
        let mut register = place.found();
        let (one, two) = (id(), id());
        for id in [one, two] {
            save(&mut register, id, 0, &example());
        }
        let seen = based(&mut register, one, 1);
        let until = kept_until(at(0));
        let before = Ground::Expired(until.yesterday().expect("a day"));
        let told = register.destroy(one, seen, before, at(9));
        assert_eq!(told, Ok(Destroyed::Kept { until }));
        assert!(register.peek(one, None).is_ok());
        // The list says the same, with what it was seen as.
        assert_eq!(
            register.expired(until.yesterday().expect("a day")),
            Ok(Vec::new())
        );
        let listed = register.expired(until).expect("listed");
        let listed: BTreeMap<_, _> = listed
            .into_iter()
            .map(|(base, entry)| (entry.id, base))
            .collect();
        assert_eq!(listed.len(), 2);
        assert_eq!(listed[&one], seen);
        let done = register.destroy(one, seen, Ground::Expired(until), at(9));
        assert_eq!(done, Ok(Destroyed::Done));
        destroy(&mut register, two, at(9));
        let why: Vec<bool> = register
            .destructions()
            .expect("read")
            .into_iter()
            .map(|(_, record)| record.expect("whole").on_request)
            .collect();
        assert_eq!(why.len(), 2);
        assert!(why.contains(&true) && why.contains(&false));
    });
}

#[test]
fn a_dossier_that_somebody_else_has_open_is_not_destroyed() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        let seen = based(&mut register, one, 1);
        let mut colleague = place.open();
        colleague.lease(one, at(10)).expect("theirs");
        let told = register.destroy(one, seen, Ground::Request, at(20));
        let name = NAME.to_owned();
        let since = at(10);
        assert_eq!(told, Ok(Destroyed::Open(Holder { name, since })));
        assert!(register.peek(one, None).is_ok());
        // What is not renewed has lapsed, and what is one's own is in nobody's way.
        let later = at(10).checked_add(LEASE).expect("a moment");
        register.lease(one, later).expect("lapsed");
        let done = register.destroy(one, seen, Ground::Request, later);
        assert_eq!(done, Ok(Destroyed::Done));
    });
}

/// What came of a save and of a destruction of the same dossier, in whichever order: one of them was done, and the other
/// heard that.
fn agree(
    register: &mut Register,
    one: DossierId,
    saved: &Result<Saved, Failure>,
    destroyed: &Result<Destroyed, Failure>,
) {
    let there = register.peek(one, None);
    match (saved, destroyed) {
        (Ok(Saved::Done { revision: 2 }), Ok(Destroyed::Changed { current: 2 })) => {
            assert_eq!(there.expect("there").dossier, named("Later"));
        }
        (Err(failure), Ok(Destroyed::Done)) => {
            assert_eq!(failure.kind, Kind::Missing, "{failure}");
            assert_eq!(there.expect_err("gone").kind, Kind::Missing);
            assert_eq!(register.revisions(one).expect("read"), []);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn of_a_save_and_a_destruction_one_is_done_and_the_other_is_told_in_both_orders_and_at_once() {
    on_each(|place| {
        let mut register = place.found();
        let mut colleague = place.open();
        let dossier = named("Later");
        let later = |one, seen| new_save(one, seen, &dossier);
        for saves_first in [true, false] {
            let one = id();
            save(&mut register, one, 0, &example());
            let seen = based(&mut register, one, 1);
            let first = saves_first.then(|| register.save(&later(one, seen), at(3)));
            let destroyed = colleague.destroy(one, seen, Ground::Request, at(4));
            let saved = first.unwrap_or_else(|| register.save(&later(one, seen), at(5)));
            assert_eq!(saved.is_ok(), saves_first);
            agree(&mut register, one, &saved, &destroyed);
            // Nor is what is gone made definitive.
            if !saves_first {
                let decided = deciding(later(one, seen), TODAY);
                let told = register.make_definitive(&decided, at(6), |_, _| Ok(Vec::new()));
                assert_eq!(told.expect_err("gone").kind, Kind::Missing);
            }
        }
        let mut done = [0, 0];
        for _ in 0..times(40, 400) {
            let one = id();
            save(&mut register, one, 0, &example());
            let seen = based(&mut register, one, 1);
            let begin = Barrier::new(2);
            let (saved, destroyed) = thread::scope(|scope| {
                let saved = scope.spawn(|| {
                    begin.wait();
                    register.save(&later(one, seen), at(3))
                });
                begin.wait();
                let destroyed = colleague.destroy(one, seen, Ground::Request, at(4));
                (saved.join().expect("ended"), destroyed)
            });
            done[usize::from(saved.is_ok())] += 1;
            agree(&mut register, one, &saved, &destroyed);
        }
        println!(
            "{} destroyed, {} saved first, {}",
            done[0],
            done[1],
            place.kind()
        );
        assert_eq!(register.check(None).expect("checked").faults, []);
    });
}

/// The decisions of a register: which number each dossier has.
fn decided(place: &Place) -> BTreeMap<String, String> {
    let register = place.open();
    let index = register.index().expect("open");
    let entries = index.entries().iter();
    let numbers = entries.map(|entry| match &entry.about.meta.state {
        State::Definitive { number } => (entry.id.to_string(), number.clone()),
        State::Draft => panic!("a decision without a number"),
    });
    numbers.collect()
}

#[test]
fn two_programs_that_decide_at_once_give_every_decision_a_number_of_its_own() {
    // Of each of the two.
    let turns = times(40, 400);
    on_each(|place| {
        drop(place.found());
        let address = text_of(&place.address);
        let start = || {
            let mut program = myself();
            command(&mut program, "decide", &address, id(), turns);
            run(program)
        };
        let mut told = BTreeMap::new();
        for child in &mut [start(), start()] {
            while let Some(line) = child.next() {
                let (id, number) = line.split_once(' ').expect("a dossier and its number");
                told.insert(id.to_owned(), number.to_owned());
            }
            assert!(child.process.wait().expect("ended").success());
        }
        assert_eq!(decided(place), told);
        let mut numbers: Vec<String> = told.into_values().collect();
        numbers.sort();
        let expected = (1..=2 * turns).map(|turn| format!("2026-{turn:06}"));
        assert_eq!(numbers, expected.collect::<Vec<_>>());
        assert_eq!(place.open().check(None).expect("checked").faults, []);
        let made = place.open().make_definitive(
            &deciding(new_save(id(), Base::NEW, &example()), TODAY),
            at(9),
            |_, _| Ok(Vec::new()),
        );
        let next = format!("2026-{:06}", 2 * turns + 1);
        assert!(matches!(made, Ok(Made::Done { number, .. }) if number == next));
    });
}

#[test]
fn a_receipt_that_an_older_program_left_behind_is_told_and_goes_with_the_next_destruction() {
    let place = Place::file();
    let mut register = place.found();
    let (gone, next) = (id(), id());
    save(&mut register, gone, 0, &example());
    save(&mut register, next, 0, &example());
    destroy(&mut register, gone, at(5));
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let file = rusqlite::Connection::open(path).expect("opens");
    let left = "INSERT INTO decision (number, year, turn, dossier, receipt) \
                VALUES ('2026-000001', 2026, 1, ?1, zeroblob(64))";
    file.execute(left, [gone.0]).expect("left");
    let faults = register.check(None).expect("checked").faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].text.contains("zijn bewijsstuk staat er nog"));
    destroy(&mut register, next, at(6));
    assert_eq!(register.check(None).expect("checked").faults, []);
}
