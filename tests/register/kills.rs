//! Killing and racing: nothing that was confirmed is lost, whatever the moment, and no two programs lose each other's turn.

use crate::child::{Running, command, myself, run, text_of};
use crate::long::{Dice, times};
use crate::places::{NAME, Place, at, first_phrase, id, named, on_each, save};
use maatwerk::register::{Address, DossierId, Journal, Pending, Register, backups};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The number in the name of what is saved as the current revision.
pub fn revision_and_name(
    register: &mut Register,
    id: DossierId,
    revision: Option<i64>,
) -> (i64, String) {
    let loaded = register
        .load(id, revision, at(1))
        .expect("every revision opens");
    (loaded.revision, loaded.dossier.client.person.surname)
}

/// What was confirmed is there, or the save after it that was not yet answered. Answers which of them it is.
pub fn kept(register: &mut Register, id: DossierId, confirmed: i64) -> i64 {
    let (revision, name) = revision_and_name(register, id, None);
    assert!(
        (confirmed..=confirmed + 1).contains(&revision),
        "{confirmed}: {revision}"
    );
    assert_eq!(name, format!("Naam{revision}"));
    revision
}

/// How often at which moment a child was killed.
#[derive(Default)]
struct Moments(BTreeMap<String, usize>);

impl Moments {
    /// Starts a child, lets it work on to some moment and kills it; answers the last number that it confirmed.
    fn kill(&mut self, program: Command, dice: &mut Dice, confirmed: i64) -> i64 {
        let mut child = run(program);
        let (mut last, mut confirmed) = (String::new(), confirmed);
        let mut hear = |line: String| {
            if let Some(number) = line.strip_prefix("after ") {
                confirmed = number.parse().expect("a number");
            }
            last = line;
        };
        // Some turns, on to one of the three moments, and then somewhere within the time that a write takes.
        let moment = ["before", "during", "during", "during", "after"][dice.roll(5)];
        let turn = 1 + dice.roll(4);
        let mut turns = 0;
        while turns < turn {
            let line = child.next().expect("the child works on");
            turns += usize::from(line.starts_with(moment));
            hear(line);
        }
        let until = Instant::now() + Duration::from_micros(dice.roll(1_500) as u64);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        end(&mut child);
        while let Some(line) = child.next() {
            hear(line);
        }
        let moment = last.split(' ').next().unwrap_or_default().to_owned();
        *self.0.entry(moment).or_default() += 1;
        confirmed
    }

    /// Says how often at which moment, and holds that at least a third was during a write.
    fn tell(&self, what: &str) {
        let kills: usize = self.0.values().sum();
        println!("{kills} kills of {what}: {:?}", self.0);
        let during = self.0.get("during").copied().unwrap_or(0);
        assert!(during * 3 >= kills, "a third during a write: {:?}", self.0);
    }
}

fn end(child: &mut Running) {
    child.process.kill().expect("killed");
    child.process.wait().expect("ended");
}

/// A child with this task on the register at a place.
fn child(task: &str, place: &Place, one: DossierId) -> Command {
    let mut program = myself();
    command(&mut program, task, &text_of(&place.address), one, 1_000);
    program
}

#[test]
fn a_program_that_is_killed_at_any_moment_loses_nothing_that_it_confirmed() {
    on_each(|place| {
        let kills = times(200, 2_000);
        let one = id();
        save(&mut place.found(), one, 0, &named("Naam1"));
        let copies = place.folder.path().join("kopie");
        let (mut dice, mut moments) = (Dice::new(7), Moments::default());
        let mut confirmed = 1;
        for kill in 0..kills {
            let mut program = child("save", place, one);
            program.env("MAATWERK_COPIES", &copies);
            confirmed = moments.kill(program, &mut dice, confirmed);
            let mut register = place.open();
            confirmed = kept(&mut register, one, confirmed);
            // A backup that has its name is whole; one that was cut off has none.
            if let Some(newest) = backups(&copies, register.id()).pop() {
                let mut backup = Register::open(&Address::from(&*newest.path)).expect("whole");
                backup
                    .unlock(NAME, &first_phrase(), at(1))
                    .expect("unlocks");
                let (revision, name) = revision_and_name(&mut backup, one, None);
                assert_eq!(name, format!("Naam{revision}"));
            }
            if kill % 50 == 0 || kill + 1 == kills {
                assert_eq!(register.check(None).expect("checked").faults, []);
            }
        }
        moments.tell(&format!("saves, {}", place.kind()));
    });
}

/// The number in the name of the work that is offered, else of what is saved.
pub fn last_work(register: &mut Register, journal: &Path, one: DossierId) -> i64 {
    let mut journal = Journal::open(journal).expect("whole");
    let name = match journal.pending(register).expect("read").pop() {
        Some(Pending::Work(work) | Pending::Orphaned(work)) => work.dossier.client.person.surname,
        Some(Pending::Damaged(_)) => panic!("work that was kept does not open"),
        None => revision_and_name(register, one, None).1,
    };
    let number = name.strip_prefix("Naam").expect("a name of the child");
    number.parse().expect("a number")
}

#[test]
fn a_program_that_is_killed_while_it_keeps_unsaved_work_loses_none_that_was_kept() {
    on_each(|place| {
        let kills = times(200, 2_000);
        let one = id();
        save(&mut place.found(), one, 0, &named("Naam1"));
        let journal = place.folder.path().join("journaal.db");
        let (mut dice, mut moments) = (Dice::new(13), Moments::default());
        let mut confirmed = 1;
        for kill in 0..kills {
            let mut program = child("keep", place, one);
            program
                .env("MAATWERK_JOURNAL", &journal)
                .env("MAATWERK_NUMBER", confirmed.to_string());
            confirmed = moments.kill(program, &mut dice, confirmed);
            let mut register = place.open();
            let there = last_work(&mut register, &journal, one);
            assert!(
                (confirmed..=confirmed + 1).contains(&there),
                "{confirmed}: {there}"
            );
            confirmed = there;
            if kill % 50 == 0 || kill + 1 == kills {
                assert_eq!(register.check(None).expect("checked").faults, []);
            }
        }
        moments.tell(&format!("unsaved work, the register {}", place.kind()));
    });
}

#[test]
fn two_programs_on_one_dossier_lose_no_turn() {
    // Of each of the two.
    let turns = times(500, 5_000);
    on_each(|place| {
        let one = id();
        save(&mut place.found(), one, 0, &named("Naam1"));
        let address = text_of(&place.address);
        let start = || {
            let mut program = myself();
            command(&mut program, "race", &address, one, turns);
            run(program)
        };
        let mut children = [start(), start()];
        let mut seen = Vec::new();
        for child in &mut children {
            while let Some(line) = child.next() {
                let revision = line.strip_prefix("after ").expect("only confirmations");
                seen.push(revision.parse::<i64>().expect("a number"));
            }
            assert!(child.process.wait().expect("ended").success());
        }
        seen.sort_unstable();
        let expected: Vec<i64> = (2..=1 + 2 * i64::try_from(turns).expect("few")).collect();
        assert_eq!(seen, expected);
        let mut register = place.open();
        assert_eq!(
            register.revisions(one).expect("listed").len(),
            seen.len() + 1
        );
        assert_eq!(register.check(None).expect("checked").faults, []);
        println!("{} turns of two programs, {}", seen.len(), place.kind());
    });
}
