//! All of a register in another place: everything the same there, or nothing there at all.

use crate::child::text_of;
use crate::decisions::definitive;
use crate::long::{Dice, times};
use crate::places::{
    NAME, Place, at, destroy, id, named, new_save, on_each, phrase, put_back, save,
};
use crate::program::{ended, program};
use maatwerk::register::{
    Address, Base, Deed, DossierId, Effort, Failure, Journal, Kind, Numbered, Pending, Progress,
    Register, Role, Slot, Work, backups,
};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// A dossier: its versions in words, and its receipt.
type Kept = (DossierId, Vec<(Base, String)>, Option<Vec<u8>>);

/// All that a register tells of itself.
#[derive(Debug, PartialEq)]
struct Told {
    dossiers: Vec<Kept>,
    log: Vec<Numbered>,
    slots: Vec<Slot>,
    setting: Option<Vec<u8>>,
    faults: usize,
}

/// What a register tells, but for the lines of the log that unlocking it adds: those are answered apart.
fn told(register: &mut Register, lines: usize) -> (Told, Vec<Deed>) {
    let entries = register.index().expect("open").entries();
    let mut ids: Vec<DossierId> = entries.iter().map(|entry| entry.id).collect();
    ids.sort();
    let mut dossiers = Vec::new();
    for id in ids {
        let mut versions = Vec::new();
        for version in register.revisions(id).expect("listed") {
            let loaded = register.peek(id, Some(version.base.revision));
            let dossier = loaded.expect("opens").dossier;
            versions.push((version.base, format!("{:?} {dossier:?}", version.meta)));
        }
        let receipt = register.receipt(id).ok().map(|bytes| bytes.to_vec());
        dossiers.push((id, versions, receipt));
    }
    let mut log = register.log().expect("read");
    let since = log.split_off(lines);
    let since = since.into_iter().map(|line| line.line.expect("opens").deed);
    let told = Told {
        dossiers,
        log,
        slots: register.slots().expect("listed"),
        setting: register
            .setting("zoekopdrachten")
            .expect("read")
            .map(|text| text.to_vec()),
        faults: register.check(None).expect("checked").faults.len(),
    };
    (told, since.collect())
}

/// Another place of the same kind, where nothing is yet.
fn another(place: &Place) -> Place {
    match &place.address {
        Address::File(_) => Place::file(),
        Address::Server(_) => Place::server().expect("there is one"),
    }
}

/// A register with some of everything; the last dossier is definitive, the second was destroyed.
fn furnish(place: &Place) -> (Register, [DossierId; 3]) {
    let mut register = place.found();
    let ids = [id(), id(), id()];
    let [one, two, three] = ids;
    save(&mut register, one, 0, &named("Een"));
    save(&mut register, two, 0, &named("Twee"));
    let copies = place.folder.path().join("kopie");
    let copy = register.back_up(&copies, at(2)).expect("made").path;
    save(&mut register, one, 1, &named("Later"));
    put_back(&mut register, &copy, &copies, at(3));
    destroy(&mut register, two, at(4));
    definitive(&mut register, three, 0, &named("Drie"));
    let other = phrase("heel andere woorden hier");
    for name in ["Karim", "Finn"] {
        let role = match name {
            "Finn" => Role::Finance,
            _ => Role::Full,
        };
        let added = register.add_slot(name, role, &other, Effort::TRIAL, at(5));
        added.expect("added");
    }
    register.remove_slot("Karim", at(6)).expect("removed");
    let set = register.set_setting("zoekopdrachten", b"wijk");
    set.expect("set");
    register.note_copy(at(7)).expect("noted");
    (register, ids)
}

fn relocate(from: &Place, to: &Place, progress: &Progress) -> Result<usize, Kind> {
    Register::relocate(&from.address, &to.address, progress, at(8))
        .map(|moved| {
            assert_eq!(moved.faults, Vec::<String>::new());
            moved.lines
        })
        .map_err(|failure| failure.kind)
}

#[test]
fn all_of_a_register_is_the_same_in_its_other_place_whichever_kind_the_two_are() {
    on_each(|from| {
        on_each(|to| {
            let from = &another(from);
            let (mut register, [one, two, three]) = furnish(from);
            let lines = register.log().expect("read").len();
            let (here, none) = told(&mut register, lines);
            assert_eq!((here.faults, here.dossiers.len(), none.len()), (0, 2, 0));
            drop(register);
            assert_eq!(relocate(from, to, &Progress::default()), Ok(lines));

            let mut arrived = to.open();
            let (there, since) = told(&mut arrived, lines);
            assert_eq!(there, here, "{} to {}", from.kind(), to.kind());
            assert_eq!(since, [Deed::Arrived, Deed::Unlocked]);
            Register::stay(&from.address, at(9)).expect("taken back");
            let mut stays = from.open();
            let log = stays.log().expect("read");
            let of_nobody = |line: &Numbered| line.line.as_ref().is_some_and(|l| l.by() != NAME);
            assert_eq!(
                log[lines..].iter().filter(|line| of_nobody(line)).count(),
                2
            );
            let (stays, since) = told(&mut stays, lines);
            assert_eq!(stays, here);
            assert_eq!(since, [Deed::Moved, Deed::Stayed, Deed::Unlocked]);

            // No number is given again, and what was destroyed stays so.
            assert_eq!(save(&mut arrived, one, 1, &named("Nieuw")), 3);
            assert_eq!(
                definitive(&mut arrived, id(), 0, &named("Vier")),
                "2026-000002"
            );
            assert!(arrived.peek(two, None).is_err());
            let change = named("Anders");
            let base = arrived.peek(three, None).expect("there").base();
            let change = new_save(three, base, &change);
            assert!(arrived.save(&change, at(9)).is_err(), "it is definitive");
            // A backup of before is one of this register too.
            let copies = from.folder.path().join("kopie");
            let before = backups(&copies, arrived.id()).remove(0).path;
            put_back(&mut arrived, &before, &to.folder.path().join("k"), at(10));
            assert_eq!(arrived.check(None).expect("checked").faults, []);
        });
    });
}

#[test]
fn nobody_works_in_a_register_that_was_moved_until_that_is_taken_back() {
    on_each(|from| {
        let to = Place::file();
        let (mut idle, [one, ..]) = furnish(from);
        assert!(relocate(from, &to, &Progress::default()).is_ok());
        let is_moved = |failure: Failure| {
            assert_eq!(failure.kind, Kind::Moved);
            let told = failure.problem.message;
            assert!(told.contains(&to.address.shown()), "{told}");
        };
        // Who had it open hears it at whatever comes first.
        is_moved(idle.refresh().expect_err("moved"));
        let base = Base {
            revision: 2,
            ..Base::NEW
        };
        is_moved(
            idle.save(&new_save(one, base, &named("Anders")), at(9))
                .expect_err("moved"),
        );
        is_moved(idle.lease(one, at(9)).expect_err("moved"));
        is_moved(Register::open(&from.address).expect_err("moved"));
        let third = another(from);
        let again = Register::relocate(&from.address, &third.address, &Progress::default(), at(9));
        is_moved(again.expect_err("moved"));

        Register::stay(&from.address, at(10)).expect("taken back");
        assert!(idle.refresh().is_ok());
        assert_eq!(save(&mut from.open(), one, 1, &named("Anders")), 3);
        let twice = Register::stay(&from.address, at(11)).expect_err("nothing to take back");
        assert_eq!(twice.kind, Kind::Refused);
    });
}

#[test]
fn work_that_was_not_saved_is_offered_in_the_other_place() {
    on_each(|to| {
        let from = Place::file();
        let (mut register, [one, ..]) = furnish(&from);
        let path = from.folder.path().join("journaal.db");
        let work = Work {
            dossier_id: one,
            base: register.peek(one, None).expect("there").base(),
            follows: None,
            at: at(8),
            field: String::new(),
            typed: Vec::new(),
            file: None,
            saved: None,
            dossier: named("Getypt"),
        };
        let mut journal = Journal::open(&path).expect("made");
        journal.keep(&register, &work).expect("kept");
        drop((journal, register));
        relocate(&from, to, &Progress::default()).expect("moved");
        let mut journal = Journal::open(&path).expect("whole");
        match journal.pending(&mut to.open()).expect("read").as_slice() {
            [Pending::Work(work)] => assert_eq!(work.dossier, named("Getypt")),
            other => panic!("{other:?}"),
        }
    });
}

#[test]
fn a_place_where_something_is_takes_no_register_and_stays_as_it_is() {
    on_each(|to| {
        let from = Place::file();
        drop(furnish(&from));
        let mut other = to.found();
        save(&mut other, id(), 0, &named("Blijft"));
        let before = other.head().expect("read");
        assert_eq!(
            relocate(&from, to, &Progress::default()),
            Err(Kind::Foreign)
        );
        assert_eq!(
            relocate(&from, &from, &Progress::default()),
            Err(Kind::Foreign)
        );
        assert_eq!(other.head().expect("read"), before);
        let log = from.open().log().expect("read");
        let moved = |line: &Numbered| line.line.as_ref().is_some_and(|l| l.deed == Deed::Moved);
        assert!(!log.iter().any(moved));
    });
}

#[test]
fn a_register_in_which_somebody_has_a_dossier_open_goes_nowhere() {
    on_each(|from| {
        let to = Place::file();
        let (mut register, [one, ..]) = furnish(from);
        let _ = register.lease(one, at(7)).expect("taken");
        assert_eq!(relocate(from, &to, &Progress::default()), Err(Kind::Busy));
        // The lease of a program that was killed lapses.
        let later = Register::relocate(&from.address, &to.address, &Progress::default(), at(300));
        assert!(later.is_ok());
    });
}

#[test]
fn a_move_that_is_stopped_leaves_the_other_place_empty_and_can_begin_again() {
    on_each(|to| {
        let from = Place::file();
        drop(furnish(&from));
        let stopped = Progress::stopped_by(Arc::new(AtomicBool::new(true)));
        assert_eq!(relocate(&from, to, &stopped), Err(Kind::Stopped));
        let missing = Register::open(&to.address).expect_err("empty");
        assert_eq!(missing.kind, Kind::Missing);
        if let Address::File(path) = &to.address {
            assert!(!path.exists());
        }
        relocate(&from, to, &Progress::default()).expect("moved");
        assert_eq!(to.open().check(None).expect("checked").faults, []);
    });
}

#[test]
fn a_move_that_is_killed_leaves_nothing_or_all_of_it_and_can_begin_again() {
    on_each(|to| {
        let from = Place::file();
        let mut register = from.found();
        for number in 0..40 {
            save(&mut register, id(), 0, &named(&format!("Naam{number}")));
        }
        let lines = register.log().expect("read").len();
        drop(register);
        let begun = |to: &Place| {
            let mut program = program(&from.address, &["verhuis", &text_of(&to.address)]);
            program.stdout(std::process::Stdio::null());
            program
        };
        let whole = |to: &Place| {
            let log = to.open().log().expect("read");
            assert!(log.len() > lines, "{}", log.len());
            assert_eq!(to.open().check(None).expect("checked").faults, []);
        };
        let (first, since) = (another(to), Instant::now());
        let (code, _, problems) = ended(&mut begun(&first));
        assert_eq!((code, problems.as_str()), (Some(0), ""));
        let takes = usize::try_from(since.elapsed().as_micros()).expect("short");
        whole(&first);
        Register::stay(&from.address, at(8)).expect("taken back");

        let (mut dice, mut empty) = (Dice::new(5), 0);
        let kills = times(12, 200);
        for _ in 0..kills {
            let to = another(to);
            let mut child = begun(&to).spawn().expect("starts");
            let until = Instant::now() + Duration::from_micros(dice.roll(takes) as u64);
            while Instant::now() < until {
                std::thread::yield_now();
            }
            child.kill().expect("killed");
            child.wait().expect("ended");
            // What stands here is closed once all of it is there.
            let _ = Register::stay(&from.address, at(9));
            match Register::open(&to.address).map_err(|failure| failure.kind) {
                Ok(_) => {}
                // An empty file is what a beginning that was cut off leaves behind.
                Err(Kind::Missing | Kind::Damaged | Kind::Foreign) => {
                    empty += 1;
                    let (code, _, problems) = ended(&mut begun(&to));
                    assert_eq!((code, problems.as_str()), (Some(0), ""));
                }
                Err(other) => panic!("{other:?}"),
            }
            whole(&to);
            let _ = Register::stay(&from.address, at(9));
        }
        println!(
            "{kills} kills of a move, {}: {empty} left nothing",
            first.kind()
        );
    });
}

#[test]
fn a_backup_fills_an_empty_database_and_no_other_and_what_was_destroyed_stays_so() {
    on_each(|to| {
        if matches!(to.address, Address::File(_)) {
            return;
        }
        let from = Place::file();
        let (mut register, [one, two, _]) = furnish(&from);
        let copies = from.folder.path().join("kopie");
        register.back_up(&copies, at(20)).expect("made");
        let mut there = backups(&copies, register.id());
        let oldest = there.remove(0).path;
        let words = [
            "herstel",
            oldest.to_str().expect("text"),
            "--ja",
            "--beschadigd",
        ];
        let (code, said, problems) = ended(&mut program(&to.address, &words));
        assert_eq!((code, problems.as_str()), (Some(0), ""));
        assert!(said.contains(NAME), "{said}");
        let mut back = to.open();
        let log = back.log().expect("read");
        let deeds: Vec<Deed> = log
            .into_iter()
            .map(|line| line.line.expect("opens").deed)
            .collect();
        assert!(deeds.ends_with(&[Deed::Rescued, Deed::Unlocked]));
        // The newer backup beside it knows what was done since.
        assert!(back.peek(two, None).is_err());
        assert_eq!(save(&mut back, one, 1, &named("Nieuw")), 3);
        let (code, _, problems) = ended(&mut program(&to.address, &words));
        assert_eq!(code, Some(1));
        assert!(
            problems.contains("hier staat al een register"),
            "{problems}"
        );
    });
}
