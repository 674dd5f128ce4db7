//! Unsaved work: offered again to who left it, of every window, and never over what somebody saved.

use crate::places::{Place, at, based, destroy, example, id, named, on_each, save};
use maatwerk::register::{Base, DossierId, Journal, Kind, Pending, Register, Work};
use rusqlite::Connection;
use std::path::Path;

/// Work on a dossier, with this name of the client.
fn work(dossier_id: DossierId, base: Base, name: &str, second: i64) -> Work {
    Work {
        dossier_id,
        base,
        follows: None,
        at: at(second),
        field: "client.person.surname".to_owned(),
        file: None,
        saved: None,
        typed: Vec::new(),
        dossier: named(name),
    }
}

/// The surnames in what is offered; nothing for what is damaged.
fn offered(journal: &mut Journal, register: &mut Register) -> Vec<String> {
    let pending = journal.pending(register).expect("read").into_iter();
    pending
        .map(|pending| match pending {
            Pending::Work(work) | Pending::Orphaned(work) => work.dossier.client.person.surname,
            Pending::Damaged(_) => String::new(),
        })
        .collect()
}

#[test]
fn unsaved_work_is_offered_again_to_the_person_who_left_it() {
    on_each(|place| {
        let path = place.folder.path().join("journaal.db");
        let mut register = place.found();
        let (one, new) = (id(), id());
        save(&mut register, one, 0, &example());
        let begun = based(&mut register, one, 1);
        let mut journal = Journal::open(&path).expect("made");
        journal
            .keep(&register, &work(one, begun, "Half", 5))
            .expect("kept");
        journal
            .keep(&register, &work(one, begun, "Halver", 5))
            .expect("kept");
        journal
            .keep(&register, &work(new, Base::NEW, "Nieuw", 5))
            .expect("kept");
        register.lock();
        let locked = journal
            .keep(&register, &work(one, begun, "Weg", 5))
            .expect_err("locked");
        assert_eq!(locked.kind, Kind::Denied);
        drop((journal, register));

        let mut register = place.open();
        let mut journal = Journal::open(&path).expect("opens");
        let mut pending = journal.pending(&mut register).expect("read");
        pending.sort_by_key(|pending| match pending {
            Pending::Work(work) | Pending::Orphaned(work) => work.base.revision,
            Pending::Damaged(_) => -1,
        });
        let expected = [
            work(new, Base::NEW, "Nieuw", 5),
            work(one, begun, "Halver", 5),
        ];
        assert_eq!(pending, expected.map(|work| Pending::Work(Box::new(work))));
        // Saved, but stopped before it was tidied up: nothing is offered.
        save(&mut register, one, 1, &named("Halver"));
        journal.discard(&mut register, new).expect("forgotten");
        assert_eq!(journal.pending(&mut register).expect("read"), []);
        let bytes = std::fs::read(&path).expect("read");
        assert!(!bytes.windows(6).any(|piece| piece == b"Halver"));
    });
}

#[test]
fn unsaved_work_on_a_dossier_that_was_destroyed_is_forgotten() {
    on_each(|place| {
        let (one, new) = (id(), id());
        let mut register = place.found();
        save(&mut register, one, 0, &example());
        let mut journal = Journal::open(&place.folder.path().join("journaal.db")).expect("made");
        let begun = based(&mut register, one, 1);
        for work in [work(one, begun, "Half", 5), work(new, Base::NEW, "Half", 5)] {
            journal.keep(&register, &work).expect("kept");
        }
        let mut colleague = place.open();
        destroy(&mut colleague, one, at(6));
        let pending = journal.pending(&mut register).expect("read");
        assert_eq!(
            pending,
            [Pending::Work(Box::new(work(new, Base::NEW, "Half", 5)))]
        );
    });
}

#[test]
fn two_windows_of_one_person_keep_work_on_one_dossier_apart() {
    on_each(|place| {
        let path = place.folder.path().join("journaal.db");
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        let begun = based(&mut register, one, 1);
        let mut left = Journal::open(&path).expect("made");
        let mut right = Journal::open(&path).expect("made");
        left.keep(&register, &work(one, begun, "Links", 5))
            .expect("kept");
        right
            .keep(&register, &work(one, begun, "Rechts", 6))
            .expect("kept");
        // A third is started meanwhile, and both are offered there, the last one first.
        let mut third = Journal::open(&path).expect("opens");
        assert_eq!(offered(&mut third, &mut register), ["Rechts", "Links"]);
        // Each of the two goes on with its own.
        let own = left.take_up(&mut register, one).expect("read");
        assert_eq!(own.map(|work| work.at), Some(at(5)));
        // The left one saves and is done; nothing of the right one is gone.
        save(&mut register, one, 1, &named("Links"));
        left.done(&register, one).expect("done");
        assert_eq!(offered(&mut third, &mut register), ["Rechts"]);
    });
}

#[test]
fn work_that_is_gone_on_with_leaves_no_copy_and_takes_nothing_that_changed_since() {
    on_each(|place| {
        let path = place.folder.path().join("journaal.db");
        let mut register = place.found();
        let (one, two) = (id(), id());
        let mut stopped = Journal::open(&path).expect("made");
        for (dossier, name) in [(one, "Een"), (two, "Twee")] {
            let work = work(dossier, Base::NEW, name, 5);
            stopped.keep(&register, &work).expect("kept");
        }
        let mut next = Journal::open(&path).expect("opens");
        let taken = next.take_up(&mut register, one).expect("read");
        let taken = taken.expect("work");
        // Nothing is gone before it is kept again, and then there is one.
        assert_eq!(offered(&mut stopped, &mut register).len(), 2);
        next.keep(&register, &Work { at: at(6), ..taken })
            .expect("kept");
        assert_eq!(offered(&mut stopped, &mut register).len(), 2);
        next.done(&register, one).expect("done");
        assert_eq!(offered(&mut next, &mut register), ["Twee"]);
        // The other had not stopped after all.
        next.take_up(&mut register, two)
            .expect("read")
            .expect("work");
        let more = work(two, Base::NEW, "Twee en meer", 7);
        stopped.keep(&register, &more).expect("kept");
        next.done(&register, two).expect("done");
        assert_eq!(offered(&mut next, &mut register), ["Twee en meer"]);
        next.discard(&mut register, two).expect("thrown away");
        assert_eq!(offered(&mut next, &mut register), [""; 0]);
    });
}

/// Changes the file of a journal by hand.
fn by_hand(path: &Path, statement: &str) {
    let file = Connection::open(path).expect("opens");
    file.execute_batch(statement).expect("changed");
}

#[test]
fn damaged_work_is_told_and_hides_none_of_the_rest_on_the_same_dossier() {
    let place = Place::file();
    let path = place.folder.path().join("journaal.db");
    let mut register = place.found();
    let one = id();
    let mut journal = Journal::open(&path).expect("made");
    journal
        .keep(&register, &work(one, Base::NEW, "Weg", 5))
        .expect("kept");
    by_hand(&path, "UPDATE work SET sealed = x'00'");
    let mut other = Journal::open(&path).expect("opens");
    other
        .keep(&register, &work(one, Base::NEW, "Heel", 6))
        .expect("kept");
    assert_eq!(offered(&mut other, &mut register), ["Heel", ""]);
    other.discard(&mut register, one).expect("thrown away");
    assert_eq!(offered(&mut other, &mut register), [""]);
    other.discard(&mut register, one).expect("thrown away");
    assert_eq!(offered(&mut other, &mut register), [""; 0]);
}

#[test]
fn work_of_a_journal_of_the_first_format_is_offered() {
    let place = Place::file();
    let path = place.folder.path().join("journaal.db");
    let mut register = place.found();
    let mut journal = Journal::open(&path).expect("made");
    journal
        .keep(&register, &work(id(), Base::NEW, "Vroeger", 5))
        .expect("kept");
    drop(journal);
    by_hand(
        &path,
        "ALTER TABLE work RENAME TO later;
         CREATE TABLE work (
             register BLOB NOT NULL, slot INTEGER NOT NULL, dossier BLOB NOT NULL, sealed BLOB NOT NULL,
             PRIMARY KEY (register, slot, dossier)
         ) STRICT;
         INSERT INTO work SELECT register, slot, dossier, sealed FROM later;
         DROP TABLE later;
         PRAGMA user_version = 1;",
    );
    let mut journal = Journal::open(&path).expect("brought up");
    assert_eq!(offered(&mut journal, &mut register), ["Vroeger"]);
}

#[test]
fn a_base_that_an_older_program_wrote_fits_no_revision() {
    let mut written = serde_json::to_value(work(id(), Base::NEW, "Vroeger", 5)).expect("written");
    written["base"] = 3.into();
    let read: Work = serde_json::from_value(written).expect("read");
    let expected = Base {
        revision: 3,
        ..Base::NEW
    };
    assert_eq!(read.base, expected);
}
