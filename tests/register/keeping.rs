//! Backups, restoring, destroying, and dossiers that leave and come in.

use crate::places::{
    NAME, Place, TODAY, at, deciding, destroy, example, first_phrase, id, named, new_save, on_each,
    phrase, put_back, save,
};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use maatwerk::dossier::Dossier;
use maatwerk::register::{
    Address, Base, Damage, Deed, DossierId, Effort, Imported, Incoming, Kind, Made, Progress,
    Protection, Register, Role, Schedule, backups, documents, kept_until, spares, thin,
};
use proptest::prelude::*;
use std::io::BufReader;

fn names(register: &Register) -> Vec<String> {
    let mut names: Vec<String> = register
        .index()
        .expect("open")
        .entries()
        .iter()
        .map(|entry| entry.who.as_ref().expect("full access").order.clone())
        .collect();
    names.sort();
    names
}

fn definitive(register: &mut Register, name: &str) -> String {
    let dossier = named(name);
    let save = new_save(id(), Base::NEW, &dossier);
    let receipt = |_: &str, _: &Dossier| Ok(b"bewijs".to_vec());
    match register.make_definitive(&deciding(save, TODAY), at(20), receipt) {
        Ok(Made::Done { number, .. }) => number,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_backup_put_back_gives_the_register_of_then_without_reusing_numbers_or_raising_the_dead() {
    on_each(|place| {
        let folder = place.folder.path().join("kopieën");
        let mut register = place.found();
        let doomed = id();
        save(&mut register, id(), 0, &named("Aalders"));
        save(&mut register, doomed, 0, &named("Bakker"));
        assert_eq!(definitive(&mut register, "Cohen"), "2026-000001");
        let backup = register.back_up(&folder, at(100)).expect("made");
        assert_eq!(
            backups(&folder, register.id()),
            std::slice::from_ref(&backup)
        );

        let mut colleague = place.open();
        save(&mut register, id(), 0, &named("Dekker"));
        assert_eq!(definitive(&mut register, "Evers"), "2026-000002");
        destroy(&mut register, doomed, at(110));
        put_back(&mut register, &backup.path, &folder, at(120));
        assert_eq!(names(&register), ["Aalders M. van der", "Cohen M. van der"]);
        assert_eq!(definitive(&mut register, "Fokker"), "2026-000003");
        assert_eq!(register.check(None).expect("checked").faults, []);
        assert_eq!(
            register.load(doomed, None, at(125)).expect_err("gone").kind,
            Kind::Missing
        );
        assert_eq!(register.revisions(doomed).expect("read"), []);
        // Who had it open sees the same.
        colleague.refresh().expect("reads");
        assert_eq!(names(&colleague), names(&register));
        register.lock();
        register
            .unlock(NAME, &first_phrase(), at(130))
            .expect("unlocks");
        assert_eq!(names(&register).len(), 3);
    });
}

#[test]
fn a_backup_is_read_without_putting_it_back_but_what_was_destroyed_is_not_in_it() {
    on_each(|place| {
        let folder = place.folder.path().join("kopieën");
        let mut register = place.found();
        let (one, doomed) = (id(), id());
        save(&mut register, one, 0, &named("Aalders"));
        save(&mut register, doomed, 0, &named("Bakker"));
        let backup = register.back_up(&folder, at(100)).expect("made");
        save(&mut register, one, 1, &named("Later"));
        destroy(&mut register, doomed, at(110));
        let entries = register.entries_of(&backup.path).expect("read");
        let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
        assert_eq!(ids, [one]);
        let loaded = register.load_of(&backup.path, one, at(120)).expect("there");
        assert_eq!((loaded.revision, loaded.dossier), (1, named("Aalders")));
        let gone = register.load_of(&backup.path, doomed, at(121));
        assert_eq!(gone.expect_err("destroyed").kind, Kind::Missing);
        // The register is as it was, but for the line that says who read it.
        let there = register.peek(one, None).expect("there");
        assert_eq!(there.dossier, named("Later"));
        let last = register
            .log()
            .expect("read")
            .pop()
            .and_then(|last| last.line);
        let opened = Deed::Opened {
            dossier: one,
            revision: 1,
        };
        assert_eq!(last.expect("a line").deed, opened);
    });
}

#[test]
fn the_oldest_backup_can_be_put_back_although_its_term_has_passed_and_the_present_state_is_kept() {
    on_each(|place| {
        let folder = place.folder.path().join("kopieën");
        let mut register = place.found();
        save(&mut register, id(), 0, &named("Aalders"));
        let oldest = register.back_up(&folder, at(100)).expect("made");
        save(&mut register, id(), 0, &named("Bakker"));
        // Its name is free for no other, also when the clock says the same second.
        for seconds in [100, 200 * 24 * 3600] {
            let before = put_back(&mut register, &oldest.path, &folder, at(seconds));
            assert_eq!(names(&register), ["Aalders M. van der"]);
            assert!(before.path != oldest.path && before.path.exists());
            let kept = register.entries_of(&before.path).expect("read");
            assert_eq!(kept.len(), if seconds == 100 { 2 } else { 1 });
        }
        assert!(!oldest.path.exists());
    });
}

#[test]
fn how_often_a_backup_is_made_is_kept_per_person() {
    on_each(|place| {
        let mut register = place.found();
        assert_eq!(register.schedule().expect("read"), Schedule::Daily);
        register.set_schedule(Schedule::Weekly).expect("set");
        drop(register);
        let mut register = place.open();
        assert_eq!(register.schedule().expect("read"), Schedule::Weekly);
    });
    let hours = |hours: i64| at(hours * 3600);
    for (schedule, after, due) in [
        (Schedule::Off, 10_000, false),
        (Schedule::Daily, 19, false),
        (Schedule::Daily, 20, true),
        (Schedule::Weekly, 163, false),
        (Schedule::Weekly, 164, true),
        // A clock that stood wrong does not hold the next one up.
        (Schedule::Weekly, -5, true),
    ] {
        let told = schedule.is_due(Some(hours(0)), hours(after));
        assert_eq!(told, due, "{schedule:?} after {after}");
    }
    assert!(Schedule::Daily.is_due(None, hours(0)));
}

#[test]
fn a_damaged_register_is_put_aside_and_a_backup_takes_its_place() {
    let place = Place::file();
    let folder = place.folder.path().join("kopie");
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let mut register = place.found();
    save(&mut register, id(), 0, &example());
    let backup = register.back_up(&folder, at(5)).expect("made");
    drop(register);
    std::fs::write(path, vec![0; 5000]).expect("damaged");
    assert_eq!(
        Register::open(&place.address).expect_err("told").kind,
        Kind::Foreign
    );
    let rescued = Register::rescue(path, &backup.path, at(6)).expect("rescued");
    let aside = rescued.aside;
    assert_eq!(
        std::fs::read(aside.expect("kept")).expect("read"),
        vec![0; 5000]
    );
    assert_eq!(place.open().index().expect("open").entries().len(), 1);
}

#[test]
fn a_second_damaged_file_of_the_same_moment_leaves_the_first_where_it_is() {
    let place = Place::file();
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let backup = place.found().back_up(place.folder.path(), at(5));
    let backup = backup.expect("made").path;
    let asides = [b"een".as_slice(), b"twee"].map(|bytes| {
        std::fs::write(path, bytes).expect("damaged");
        let aside = Register::rescue(path, &backup, at(6))
            .expect("rescued")
            .aside;
        (aside.expect("kept"), bytes)
    });
    for (aside, bytes) in asides {
        assert_eq!(std::fs::read(aside).expect("read"), bytes);
    }
    let left = std::fs::read_dir(place.folder.path()).expect("listed");
    let unfinished = left.filter(|entry| {
        let name = entry.as_ref().expect("an entry").file_name();
        name.to_string_lossy().ends_with(".nieuw")
    });
    assert_eq!(unfinished.count(), 0);
}

#[test]
fn backups_of_every_register_are_listed_with_dossiers_and_people_before_anybody_unlocks() {
    let folder = tempfile::tempdir().expect("folder");
    let (one, other) = (Place::file(), Place::file());
    let mut register = one.found();
    register.back_up(folder.path(), at(5)).expect("made");
    for surname in ["Jansen", "de Boer"] {
        save(&mut register, id(), 0, &named(surname));
    }
    register
        .add_slot("Karim", Role::Full, &first_phrase(), Effort::TRIAL, at(6))
        .expect("added");
    register.back_up(folder.path(), at(9)).expect("made");
    let broken = other.found().back_up(folder.path(), at(7)).expect("made");
    let bytes = std::fs::read(&broken.path).expect("read");
    std::fs::write(&broken.path, &bytes[..bytes.len() / 2]).expect("cut");
    std::fs::write(folder.path().join("brief.txt"), "brief").expect("written");
    let listed: Vec<_> = spares(folder.path())
        .into_iter()
        .map(|spare| (spare.at, spare.dossiers, spare.people.join(" ")))
        .collect();
    let expected = [
        (at(9), Some(2), format!("{NAME} Karim")),
        (at(7), None, String::new()),
        (at(5), Some(0), NAME.to_owned()),
    ];
    assert_eq!(listed, expected);
    assert_eq!(spares(&folder.path().join("weg")), []);
}

#[test]
fn a_backup_of_another_register_or_a_damaged_one_is_refused_and_nothing_changes() {
    let place = Place::file();
    let mut register = place.found();
    save(&mut register, id(), 0, &example());
    let other = Place::file();
    let strange = other
        .found()
        .back_up(other.folder.path(), at(1))
        .expect("made");
    let refused = register
        .restore(&strange.path, place.folder.path(), Damage::Refused, at(2))
        .expect_err("refused");
    assert_eq!(refused.kind, Kind::Refused);
    let own = register.back_up(place.folder.path(), at(3)).expect("made");
    let bytes = std::fs::read(&own.path).expect("read");
    std::fs::write(&own.path, &bytes[..bytes.len() / 2]).expect("cut");
    assert_eq!(
        register
            .restore(&own.path, place.folder.path(), Damage::Accepted, at(4))
            .expect_err("refused")
            .kind,
        Kind::Damaged
    );
    assert_eq!(register.index().expect("open").entries().len(), 1);
    assert_eq!(register.check(None).expect("checked").faults, []);
}

#[test]
fn old_backups_go_by_the_schedule_when_a_new_one_is_made() {
    let place = Place::file();
    let folder = place.folder.path().join("kopie");
    let mut register = place.found();
    let day = 24 * 3600;
    std::fs::create_dir(&folder).expect("folder");
    let cut_off = folder.join(".maatwerk-in-aanbouw-0123-wal");
    std::fs::write(&cut_off, b"half").expect("written");
    for days in 0..100 {
        register.back_up(&folder, at(days * day)).expect("made");
    }
    let there = backups(&folder, register.id());
    assert!(!cut_off.exists());
    // Fourteen days, and a Monday-to-Sunday week each before that.
    assert!((14 + 9..=14 + 12).contains(&there.len()), "{}", there.len());
    let oldest = at(99 * day).duration_since(there[0].at);
    assert!(oldest.as_hours() < 12 * 7 * 24, "{oldest:?}");
}

#[test]
fn a_destroyed_dossier_leaves_its_record_and_never_comes_back() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &example());
        save(&mut register, one, 1, &named("Anders"));
        destroy(&mut register, one, at(50));
        assert_eq!(
            register.load(one, None, at(51)).expect_err("gone").kind,
            Kind::Missing
        );
        let records = register.destructions().expect("read");
        assert_eq!(records.len(), 1);
        let (id, Some(record)) = &records[0] else {
            panic!("damaged");
        };
        assert_eq!(
            (*id, record.by.as_str(), record.on_request),
            (one, NAME, true)
        );
        assert_eq!(record.number, "2017-04711");
        assert_eq!(register.check(None).expect("checked").faults, []);
        // Sent again by a program that did not know, it stays gone.
        let dossier = example();
        let late = new_save(one, Base::NEW, &dossier);
        assert_eq!(
            register.save(&late, at(52)).expect_err("gone").kind,
            Kind::Missing
        );
    });
}

#[test]
fn a_dossier_that_is_taken_away_with_a_made_up_record_is_found() {
    let place = Place::file();
    let mut register = place.found();
    let one = id();
    save(&mut register, one, 0, &example());
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let behind = rusqlite::Connection::open(path).expect("opens");
    behind
        .execute_batch(
            "INSERT INTO destruction (dossier, changed, sealed) SELECT id, 3, zeroblob(105) FROM dossier;
             DELETE FROM revision; DELETE FROM dossier;",
        )
        .expect("taken away");
    let faults = register.check(None).expect("checked").faults;
    let said: Vec<_> = faults.iter().map(|fault| fault.text.as_str()).collect();
    assert_eq!(
        said,
        [
            "de aantekening van de vernietiging is beschadigd of nagemaakt",
            "versie 1 ontbreekt, maar staat wel in het logboek",
            "dit dossier ontbreekt, maar is volgens het logboek niet vernietigd"
        ]
    );
}

#[test]
fn fifteen_years_after_the_last_change_a_dossier_may_go() {
    let place = Place::file();
    let mut register = place.found();
    save(&mut register, id(), 0, &example());
    let changed: Timestamp = at(0);
    let first = kept_until(changed);
    assert_eq!(first, jiff::civil::date(2041, 2, 3));
    let index = register.index().expect("open");
    assert_eq!(index.expired(TODAY).len(), 0);
    assert_eq!(index.expired(first.yesterday().expect("a day")).len(), 0);
    assert_eq!(index.expired(first).len(), 1);
}

#[test]
fn dossiers_go_out_closed_and_come_in_again() {
    on_each(|place| {
        let mut register = place.found();
        for name in ["Aalders", "Bakker", "Cohen"] {
            save(&mut register, id(), 0, &named(name));
        }
        let secret = phrase("een zin voor onderweg");
        let mut closed = Vec::new();
        let protection = Protection::Closed(&secret, Effort::TRIAL);
        let (count, unread) = register
            .export(None, protection, &mut closed, at(9))
            .expect("written");
        assert_eq!((count, unread.len()), (3, 0));
        assert!(!closed.windows(6).any(|piece| piece == b"Bakker"));

        let other = Place::file();
        let mut fresh = other.found();
        let other = first_phrase();
        let new = Incoming::New;
        let given = ("uit.age", Some(&other));
        let wrong = fresh.import(&mut closed.as_slice(), given, new, at(1));
        assert_eq!(wrong.expect_err("wrong").kind, Kind::WrongPassphrase);
        let none = fresh.import(&mut closed.as_slice(), ("uit.age", None), new, at(1));
        assert_eq!(none.expect_err("closed").kind, Kind::WrongPassphrase);
        let cut = &closed[..closed.len() - 10];
        let cut = documents(&mut BufReader::new(cut), Some(&secret), |_, _| Ok(()));
        assert_eq!(cut.expect_err("cut").kind, Kind::Damaged);
        let given = ("uit.age", Some(&secret));
        let done = fresh.import(&mut closed.as_slice(), given, new, at(2));
        let done = done.expect("read");
        let counts = (done.taken.len(), done.there.len(), done.told.len());
        assert_eq!(counts, (3, 0, 0));
        assert_eq!(names(&fresh), names(&register));
    });
}

#[test]
fn what_is_in_the_register_already_is_told_and_comes_in_twice_only_when_that_is_asked() {
    on_each(|place| {
        let mut register = place.found();
        let ids: Vec<DossierId> = (0..4).map(|_| id()).collect();
        let mut nameless = named("Aalders");
        nameless.client.bsn = None;
        let mut numberless = nameless.clone();
        numberless.number.clear();
        let mut other = named("Dam");
        other.number = "ander".to_owned();
        for (id, dossier) in ids
            .iter()
            .zip([&other, &nameless, &numberless, &named("Bakker")])
        {
            save(&mut register, *id, 0, dossier);
        }
        let mut file = Vec::new();
        let all = register.export(Some(&ids), Protection::PlainConfirmed, &mut file, at(9));
        assert_eq!(all.expect("written").0, 4);
        let import = |register: &mut Register, which| {
            let done = register.import(&mut file.as_slice(), ("uit.ron", None), which, at(10));
            let Imported { taken, there, told } = done.expect("read");
            assert_eq!(told, []);
            let there: Vec<_> = there
                .iter()
                .map(|twin| (twin.number, twin.id, twin.is_same))
                .collect();
            (taken.len(), there)
        };
        // All of them are new elsewhere, also those of one client and one number.
        let fresh = Place::file();
        assert_eq!(import(&mut fresh.found(), Incoming::New), (4, Vec::new()));
        // Changed since: the case is known by its number and BSN; without a number only the words tell.
        save(&mut register, ids[3], 1, &named("Bakker-Dam"));
        let mut changed = numberless.clone();
        changed.contact.telephone = "071 123 45 67".to_owned();
        save(&mut register, ids[2], 1, &changed);
        let twins = vec![(1, ids[0], true), (2, ids[1], true), (4, ids[3], false)];
        assert_eq!(import(&mut register, Incoming::New), (1, twins));
        assert_eq!(
            import(&mut register, Incoming::Only(&[2, 4])),
            (2, Vec::new())
        );
        assert_eq!(import(&mut register, Incoming::All), (4, Vec::new()));
        assert_eq!(register.index().expect("open").entries().len(), 11);
    });
}

/// Takes what is written, and asks the work to stop after a while.
struct Impatient {
    progress: Progress,
    writes: usize,
}

impl std::io::Write for Impatient {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.writes += 1;
        if self.writes == 2 {
            self.progress.stop();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn long_work_tells_how_far_it_is_and_stops_between_two_dossiers() {
    let place = Place::file();
    let mut register = place.found();
    for name in ["Aalders", "Bakker", "Cohen"] {
        let one = id();
        save(&mut register, one, 0, &named(name));
        save(&mut register, one, 1, &named(name));
    }
    let progress = Progress::default();
    register.watch(progress.clone());
    register.check(None).expect("whole");
    assert_eq!(progress.so_far(), (6, 6));

    let mut out = Impatient {
        progress: progress.clone(),
        writes: 0,
    };
    let stopped = register.export(None, Protection::PlainConfirmed, &mut out, at(9));
    assert_eq!(stopped.expect_err("stopped").kind, Kind::Stopped);
    assert_eq!(progress.so_far(), (1, 3));
    let stopped = register.check(None);
    assert_eq!(stopped.expect_err("stopped").kind, Kind::Stopped);

    // What was taken in before the stop is there, and is told.
    register.watch(Progress::default());
    let mut all = Vec::new();
    register
        .export(None, Protection::PlainConfirmed, &mut all, at(10))
        .expect("written");
    let progress = Progress::default();
    progress.stop();
    register.watch(progress);
    let done = register.import(
        &mut all.as_slice(),
        ("uit.ron", None),
        Incoming::All,
        at(11),
    );
    let Imported { taken, told, .. } = done.expect("told");
    assert_eq!(taken.len(), 0);
    assert!(told[0].to_string().contains("gestopt"), "{}", told[0]);
}

#[test]
fn one_plain_dossier_is_the_loose_file_as_it_always_was() {
    let place = Place::file();
    let mut register = place.found();
    let one = id();
    save(&mut register, one, 0, &example());
    let mut plain = Vec::new();
    register
        .export(Some(&[one]), Protection::PlainConfirmed, &mut plain, at(9))
        .expect("written");
    let text = String::from_utf8(plain.clone()).expect("text");
    assert_eq!(text, example().to_text().expect("text"));
    let broken = text.replacen("decision: \"2017-12-08\"", "decision: \"morgen\"", 1);
    let done = register.import(
        &mut broken.as_bytes(),
        ("uit.ron", None),
        Incoming::New,
        at(10),
    );
    let Imported { taken, told, .. } = done.expect("read");
    assert_eq!(taken.len(), 0);
    assert!(
        told[0].to_string().starts_with("uit.ron, dossier 1:"),
        "{}",
        told[0]
    );
    let log: Vec<String> = register
        .log()
        .expect("read")
        .into_iter()
        .filter_map(|line| line.line.map(|line| line.deed.dutch()))
        .collect();
    assert!(
        log.contains(&"dossier uitgevoerd, zonder beveiliging".to_owned()),
        "{log:?}"
    );
}

#[test]
fn the_person_concerned_gets_every_revision_and_who_did_what() {
    let place = Place::file();
    let mut register = place.found();
    let one = id();
    save(&mut register, one, 0, &named("Vroeger"));
    save(&mut register, one, 1, &named("Later"));
    save(&mut register, id(), 0, &named("Iemand Anders"));
    register.load(one, None, at(7)).expect("there");
    let mut text = Vec::new();
    register
        .access(
            one,
            Protection::PlainConfirmed,
            (&mut text, &mut Vec::new()),
            (at(8), &TimeZone::UTC),
        )
        .expect("written");
    let text = String::from_utf8(text).expect("UTF-8");
    for wanted in [
        "Vroeger",
        "Later",
        "Versie 2, ontwerp",
        "Sanne: geopend, versie 2",
        "Sanne: inzage voor de cliënt gemaakt",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(!text.contains("Iemand Anders"));
}

proptest! {
    #[test]
    fn thinning_keeps_the_newest_one_of_each_recent_day_and_nothing_older_than_twelve_weeks(
        hours in prop::collection::vec(0..4000_i64, 1..200),
    ) {
        let mut moments: Vec<Timestamp> = hours.iter().map(|hour| at(hour * 3600)).collect();
        moments.sort();
        moments.dedup();
        let now = *moments.last().expect("one");
        let gone = thin(&moments, now);
        let kept: Vec<_> = moments.iter().filter(|at| !gone.contains(at)).copied().collect();
        prop_assert!(kept.contains(&now));
        let old = SignedDuration::from_hours(12 * 7 * 24);
        prop_assert!(kept.iter().all(|at| *at == now || now.duration_since(*at) < old));
        let recent = SignedDuration::from_hours(24);
        for at in moments.iter().filter(|at| now.duration_since(**at) < recent) {
            prop_assert!(kept.contains(at));
        }
        // Of every day of the last fortnight that had one, one is left; thinning again takes nothing away.
        let day = |at: Timestamp| at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let fortnight = SignedDuration::from_hours(14 * 24);
        for at in moments.iter().filter(|at| now.duration_since(**at) < fortnight) {
            prop_assert!(kept.iter().any(|other| day(*other) == day(*at)));
        }
        prop_assert_eq!(thin(&kept, now), Vec::<Timestamp>::new());
    }
}
