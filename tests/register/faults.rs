//! Failing disks and servers, and what can be read in memory: nothing that was confirmed is lost, and no name is found.

use crate::child::{command, myself, run, text_of};
use crate::kills::{kept, last_work, revision_and_name};
use crate::places::{
    NAME, Place, at, based, example, first_phrase, id, named, new_save, phrase, save,
};
use crate::server::{Server, Way, not_checked, shim};
use maatwerk::register::{
    Address, Damage, Deed, Destroyed, DossierId, Effort, Ground, Journal, Kind, Pending, Register,
    Restored, Save, Saved, Work,
};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

#[test]
fn a_line_to_the_server_that_is_cut_is_told_in_time_and_work_goes_on_when_it_is_back() {
    let Some(server) = Server::start() else {
        not_checked("a line that is cut: no PostgreSQL of the distribution is installed.");
        return;
    };
    let way = Way::to(server.port);
    let address = Address::parse(&way.address(&server, 1)).expect("an address");
    let founded = Register::found(&address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let folder = tempfile::tempdir().expect("folder");
    let mut journal = Journal::open(&folder.path().join("journaal.db")).expect("made");
    let one = id();
    assert_eq!(save(&mut register, one, 0, &named("Naam0")), 1);
    let mut revision = 1;
    for turn in 1..4 {
        let dossier = named(&format!("Naam{turn}"));
        let work = Work {
            dossier_id: one,
            base: based(&mut register, one, revision),
            follows: None,
            at: at(turn),
            field: "client".to_owned(),
            file: None,
            saved: None,
            typed: Vec::new(),
            dossier: dossier.clone(),
        };
        let token = id();
        let save = Save {
            id: one,
            base: work.base,
            dossier: &dossier,
            token,
            follows: None,
        };
        drop(way.cut());
        // What is kept on this computer waits for no server.
        journal.keep(&register, &work).expect("kept");
        let began = Instant::now();
        let failure = register.save(&save, at(turn)).expect_err("cut");
        assert_eq!(failure.kind, Kind::Unreachable, "{failure:?}");
        let told = "de server antwoordt niet meer";
        assert_eq!(failure.problem.message, told);
        // Asked again it does not wait for the old line, and is told too.
        let failure = register.save(&save, at(turn)).expect_err("still cut");
        assert_eq!(failure.problem.message, "de server is niet te bereiken");
        assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
        let opened = Register::open(&address).expect_err("still cut");
        assert_eq!(opened.kind, Kind::Unreachable);
        way.mend();
        // What was held back may arrive all the same; it is saved once.
        let saved = register.save(&save, at(turn)).expect("saves");
        revision += 1;
        assert_eq!(saved, Saved::Done { revision });
        let loaded = register.peek(one, None).expect("there");
        assert_eq!((loaded.revision, &loaded.dossier), (revision, &dossier));
        assert_eq!(journal.pending(&mut register).expect("asked"), []);
    }
    assert_eq!(register.check(None).expect("checked").faults, []);
}

#[test]
fn a_server_that_stops_in_the_middle_is_told_and_work_goes_on_when_it_is_back() {
    let Some(mut server) = Server::start() else {
        not_checked("a server that stops: no PostgreSQL of the distribution is installed.");
        return;
    };
    let folder = tempfile::tempdir().expect("folder");
    let address = Address::parse(&server.address("postgres")).expect("an address");
    let founded = Register::found(&address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let mut journal = Journal::open(&folder.path().join("journaal.db")).expect("made");
    let one = id();
    save(&mut register, one, 0, &example());
    for round in 1..4 {
        let begun = based(&mut register, one, round);
        server.stop();
        let dossier = named(&format!("Ronde{round}"));
        let work = Work {
            dossier_id: one,
            base: begun,
            follows: None,
            at: at(round),
            field: String::new(),
            file: None,
            saved: None,
            typed: Vec::new(),
            dossier: dossier.clone(),
        };
        journal
            .keep(&register, &work)
            .expect("kept without the server");
        let late = new_save(one, begun, &dossier);
        for _ in 0..2 {
            let told = register.save(&late, at(round)).expect_err("down");
            assert_eq!(told.kind, Kind::Unreachable, "{told}");
        }
        assert!(server.begin(true));
        let offered = journal.pending(&mut register).expect("read");
        assert_eq!(offered, [Pending::Work(Box::new(work))]);
        let done = register.save(&late, at(round)).expect("it is back");
        assert_eq!(
            done,
            Saved::Done {
                revision: round + 1
            }
        );
        assert_eq!(journal.pending(&mut register).expect("read"), []);
    }
    assert_eq!(register.check(None).expect("checked").faults, []);
}

/// A child that saves, or keeps work, under a failing disk; answers the last number that it confirmed and the kinds of
/// failure.
fn suffer(place: &Place, program: Command, task: &str, one: DossierId) -> (i64, Vec<String>) {
    let (mut confirmed, mut failures) = (1, Vec::new());
    let mut program = program;
    command(&mut program, task, &text_of(&place.address), one, 40);
    let mut child = run(program);
    while let Some(line) = child.next() {
        if let Some(revision) = line.strip_prefix("after ") {
            confirmed = revision.parse().expect("a number");
        } else if line.starts_with("failed") || line.starts_with("stuck") {
            failures.push(line);
        }
    }
    assert!(
        child.process.wait().expect("ended").success(),
        "{failures:?}"
    );
    (confirmed, failures)
}

/// After a failing disk: everything that was confirmed is there and all is sound.
fn whole(place: &Place, one: DossierId, confirmed: i64) {
    let mut register = place.open();
    let revision = kept(&mut register, one, confirmed);
    for earlier in 1..=revision {
        let (_, name) = revision_and_name(&mut register, one, Some(earlier));
        assert_eq!(name, format!("Naam{earlier}"));
    }
    assert_eq!(register.check(None).expect("checked").faults, []);
    save(&mut register, one, revision, &named("Verder"));
}

#[test]
fn a_disk_that_is_full_is_told_and_loses_nothing() {
    for blocks in [200, 240, 300, 400] {
        let place = Place::file();
        let one = id();
        save(&mut place.found(), one, 0, &named("Naam1"));
        // No file may grow over so many blocks of 512 bytes, and the signal for that is passed over.
        let mut shell = Command::new("sh");
        shell.args([
            "-c",
            &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""),
        ]);
        shell
            .arg("sh")
            .arg(std::env::current_exe().expect("this program"));
        let (confirmed, failures) = suffer(&place, shell, "save", one);
        assert!(
            !failures.is_empty(),
            "{blocks}: nothing failed, {confirmed} saved"
        );
        whole(&place, one, confirmed);
    }
}

#[test]
fn a_server_whose_disk_is_full_is_told_and_work_goes_on_when_there_is_room() {
    let (Some(mut server), Some((_folder, shim))) = (Server::make(), shim()) else {
        not_checked("a server with a full disk: no PostgreSQL of the distribution is installed.");
        return;
    };
    let full = server.can_be_full(&shim);
    assert!(server.begin(true));
    let address = Address::parse(&server.address("postgres")).expect("an address");
    let founded = Register::found(&address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let one = id();
    save(&mut register, one, 0, &named("Naam1"));
    fs::write(&full, b"").expect("full");
    let mut revision = 1;
    // What is left in the last page is filled first.
    let told = loop {
        let dossier = named(&format!("Naam{}", revision + 1));
        let save = new_save(one, based(&mut register, one, revision), &dossier);
        match register.save(&save, at(revision)) {
            Ok(Saved::Done { revision: next }) => revision = next,
            Ok(other) => panic!("{other:?}"),
            Err(failure) => break failure,
        }
        assert!(revision < 500, "the disk never filled");
    };
    assert_eq!(told.kind, Kind::Full, "{told}");
    fs::remove_file(&full).expect("room again");
    let (there, name) = revision_and_name(&mut register, one, None);
    assert_eq!((there, name), (revision, format!("Naam{revision}")));
    save(&mut register, one, revision, &named("Verder"));
    assert_eq!(register.check(None).expect("checked").faults, []);
}

/// The kinds of faults of a disk, each with how often at least it has to happen and to be told over all tries. What is written
/// in shorter pieces is written all the same, so there is nothing to tell.
const KINDS: [(&str, usize, usize); 5] = [
    ("write", 15, 8),
    ("short", 15, 0),
    ("full", 15, 8),
    ("flush", 15, 8),
    ("read", 6, 5),
];

/// Which calls of a kind fail first, one try each; so many of them do.
const FIRST: [usize; 9] = [1, 2, 3, 5, 8, 13, 21, 34, 55];
const TIMES: usize = 3;

/// Has the calls of this kind from this one on fail, on files with this in their name; the file that this answers counts
/// them.
fn faulty(program: &mut Command, shim: &Path, kind: &str, first: usize, place: &Place) -> PathBuf {
    let count = place.folder.path().join("geteld");
    program
        .env("LD_PRELOAD", shim)
        .env("FAIL_KIND", kind)
        .env("FAIL_FIRST", first.to_string())
        .env("FAIL_TIMES", TIMES.to_string())
        .env("FAIL_COUNT", &count);
    count
}

/// How many calls failed.
fn counted(count: &Path) -> usize {
    fs::read(count).map_or(0, |bytes| bytes.len())
}

#[test]
fn reading_writing_and_flushing_that_fail_are_told_and_lose_nothing() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    for (kind, least, told_least) in KINDS {
        let (mut happened, mut told) = (0, 0);
        for first in FIRST {
            let place = Place::file();
            let one = id();
            save(&mut place.found(), one, 0, &named("Naam1"));
            let mut program = myself();
            let count = faulty(&mut program, &shim, kind, first, &place);
            let (confirmed, failures) = suffer(&place, program, "save", one);
            happened += counted(&count);
            told += failures.len();
            whole(&place, one, confirmed);
        }
        println!("{kind}: {happened} happened, {told} were told");
        assert!(happened >= least, "{kind}: only {happened} happened");
        assert!(
            told >= told_least,
            "{kind}: only {told} of {happened} were told"
        );
    }
}

#[test]
fn no_kind_of_write_is_confirmed_that_could_not_be_flushed() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    let place = Place::file();
    let one = id();
    save(&mut place.found(), one, 0, &named("Naam1"));
    let folder = place.folder.path();
    let mut program = myself();
    command(&mut program, "each", &text_of(&place.address), one, 1);
    program
        .env("MAATWERK_FOLDER", folder)
        .env("LD_PRELOAD", &shim)
        .env("FAIL_KIND", "flush")
        .env("FAIL_PATH", folder)
        .env("FAIL_WHEN", folder.join("faalt"))
        .env("FAIL_FIRST", "1")
        .env("FAIL_TIMES", "1000000");
    let mut child = run(program);
    let said: Vec<String> = std::iter::from_fn(|| child.next()).collect();
    assert!(child.process.wait().expect("ended").success(), "{said:?}");
    let kinds = ["log", "journal", "backup", "save", "setting", "destroy"];
    let mut expected: Vec<String> = kinds
        .iter()
        .flat_map(|kind| [format!("{kind} Failed"), format!("{kind} done")])
        .collect();
    // What was told to have failed may lie on the disk all the same, and then nothing is left to destroy.
    expected.pop();
    expected.push("destroy Missing".to_owned());
    assert_eq!(said, expected);
    let mut register = place.open();
    assert_eq!(register.check(None).expect("checked").faults, []);
    let gone = register.peek(one, None).expect_err("destroyed");
    assert_eq!(gone.kind, Kind::Missing);
}

#[test]
fn unsaved_work_on_a_disk_that_fails_is_told_and_what_was_kept_stays() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    for (kind, least, told_least) in KINDS {
        let (mut happened, mut told) = (0, 0);
        for first in FIRST {
            let place = Place::file();
            let one = id();
            save(&mut place.found(), one, 0, &named("Naam1"));
            let journal = place.folder.path().join("journaal.db");
            Journal::open(&journal).expect("made");
            let mut program = myself();
            let count = faulty(&mut program, &shim, kind, first, &place);
            program
                .env("FAIL_PATH", "journaal.db")
                .env("MAATWERK_JOURNAL", &journal)
                .env("MAATWERK_NUMBER", "1");
            let (confirmed, failures) = suffer(&place, program, "keep", one);
            happened += counted(&count);
            told += failures.len();
            let mut register = place.open();
            let there = last_work(&mut register, &journal, one);
            // Work of which the flush failed may be there all the same.
            assert!(there >= confirmed, "{kind} {first}: {confirmed}, {there}");
            assert_eq!(register.check(None).expect("checked").faults, []);
        }
        println!("{kind}: {happened} happened, {told} were told");
        assert!(happened >= least, "{kind}: only {happened} happened");
        assert!(
            told >= told_least,
            "{kind}: only {told} of {happened} were told"
        );
    }
}

/// Does everything after which what was deleted is cleaned up, and says of each what was told.
pub fn cleaned_up(
    register: &mut Register,
    one: DossierId,
    folder: &Path,
    say: &mut dyn FnMut(&str),
) {
    let backup = register
        .back_up(&folder.join("kopie"), at(4))
        .expect("made");
    let (first, other) = (first_phrase(), phrase("woorden voor een collega"));
    let seen = register.peek(one, None).expect("there").base();
    let refused = Damage::Refused;
    fs::write(folder.join("faalt"), b"").expect("failing");
    let told = [
        register.change_passphrase(&first, &first, Effort::TRIAL, at(5)),
        register.give_passphrase("Karim", &other, Effort::TRIAL, at(6)),
        register.remove_slot("Karim", at(7)),
        register.renew_recovery(at(8)).map(drop),
        register
            .destroy(one, seen, Ground::Request, at(9))
            .map(|done| assert_eq!(done, Destroyed::Done)),
        register
            .restore(&backup.path, &folder.join("kopie"), refused, at(10))
            .map(|done| assert!(matches!(done, Restored::Done { .. }))),
    ];
    for told in told {
        say(&format!("{:?}", told.map_err(|failure| failure.kind)));
    }
}

/// What is left after that: every deed was done.
fn is_cleaned_up(mut register: Register, one: DossierId) {
    assert_eq!(register.check(None).expect("checked").faults, []);
    assert_eq!(
        register.peek(one, None).expect_err("gone").kind,
        Kind::Missing
    );
    // The slot that was taken away stays away, although the backup has it.
    let names: Vec<String> = register
        .slots()
        .expect("listed")
        .into_iter()
        .map(|slot| slot.name)
        .collect();
    assert_eq!(names, [NAME, "herstelsleutel"]);
    let deeds = register.log().expect("read").into_iter();
    let restored = deeds
        .filter_map(|numbered| numbered.line)
        .filter(|line| matches!(line.deed, Deed::Restored { .. }));
    assert_eq!(restored.count(), 1);
}

fn with_karim(register: &mut Register) -> DossierId {
    let karim = phrase("nog niet dezelfde woorden");
    let role = maatwerk::register::Role::Full;
    register
        .add_slot("Karim", role, &karim, Effort::TRIAL, at(1))
        .expect("added");
    let one = id();
    save(register, one, 0, &named("Naam1"));
    one
}

#[test]
fn a_deed_that_is_done_is_told_as_done_although_cleaning_up_after_it_fails() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    let place = Place::file();
    let one = with_karim(&mut place.found());
    let folder = place.folder.path();
    let mut program = myself();
    command(&mut program, "clean", &text_of(&place.address), one, 1);
    program
        .env("MAATWERK_FOLDER", folder)
        .env("LD_PRELOAD", &shim)
        .env("FAIL_KIND", "truncate")
        .env("FAIL_PATH", "register.db-wal")
        .env("FAIL_WHEN", folder.join("faalt"))
        .env("FAIL_COUNT", folder.join("gefaald"))
        .env("FAIL_FIRST", "1")
        .env("FAIL_TIMES", "1000000");
    let mut child = run(program);
    let said: Vec<String> = std::iter::from_fn(|| child.next()).collect();
    assert!(child.process.wait().expect("ended").success(), "{said:?}");
    assert_eq!(said, ["Ok(())"; 6]);
    assert!(folder.join("gefaald").exists(), "nothing failed");
    is_cleaned_up(place.open(), one);
}

#[test]
fn a_deed_on_a_server_that_is_done_is_told_as_done_although_cleaning_up_after_it_fails() {
    let (Some(mut server), Some((_folder, shim))) = (Server::make(), shim()) else {
        not_checked(
            "a server that cannot clean up: no PostgreSQL of the distribution is installed.",
        );
        return;
    };
    // What only cleaning up writes: which pages have nothing but what everybody sees.
    let full = server.can_have_no_room(&shim, "_vm");
    assert!(server.begin(true));
    let address = Address::parse(&server.address("postgres")).expect("an address");
    let founded = Register::found(&address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let one = with_karim(&mut register);
    let folder = tempfile::tempdir().expect("folder");
    fs::write(&full, b"").expect("full");
    let mut said = Vec::new();
    cleaned_up(&mut register, one, folder.path(), &mut |line| {
        said.push(line.to_owned())
    });
    assert_eq!(said, ["Ok(())"; 6]);
    let log = fs::read_to_string(server.folder.join("server.log")).expect("read");
    assert!(
        log.contains("_vm") && log.contains("No space left on device"),
        "nothing failed"
    );
    fs::remove_file(&full).expect("room again");
    is_cleaned_up(register, one);
}
