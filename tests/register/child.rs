//! A second program on a register, to be killed, raced and failed: this test program again, told by its surroundings
//! what to do.
//!
//! It says on its output what it is about to do and what was confirmed; the test that started it holds the register to
//! that.

use crate::places::{NAME, TODAY, at, deciding, first_phrase, named, new_save, phrase};
use maatwerk::register::{
    Address, Base, Deed, Destroyed, DossierId, Effort, Ground, Journal, Kind, Made, Passphrase,
    Protection, Query, Register, Save, Saved, Work,
};
use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// What marks a line of the child among those of the test runner.
const MARK: &str = ">>";

/// The last line that a child said, and what was confirmed before.
pub struct Running {
    pub process: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    /// The next line of the child; nothing when it has ended.
    pub fn next(&mut self) -> Option<String> {
        loop {
            let line = self.lines.next()?.ok()?;
            if let Some((_, said)) = line.split_once(MARK) {
                return Some(said.to_owned());
            }
        }
    }
}

/// A command that runs this test program as a child with this task, on this dossier.
pub fn command(program: &mut Command, task: &str, address: &str, id: DossierId, turns: usize) {
    program
        .args([
            "child::works_as_told",
            "--exact",
            "--nocapture",
            "--test-threads=1",
        ])
        .env("MAATWERK_TASK", task)
        .env("MAATWERK_ADDRESS", address)
        .env("MAATWERK_DOSSIER", id.to_string())
        .env("MAATWERK_TURNS", turns.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
}

pub fn run(mut program: Command) -> Running {
    let mut process = program.spawn().expect("the child starts");
    let out = process.stdout.take().expect("output");
    Running {
        process,
        lines: BufReader::new(out).lines(),
    }
}

/// This test program, not started yet.
pub fn myself() -> Command {
    Command::new(std::env::current_exe().expect("this program"))
}

/// The passphrase of the slot of finance.
pub fn finance_phrase() -> Passphrase {
    phrase("woorden voor de finance")
}

/// The address as it goes to a child.
pub fn text_of(address: &Address) -> String {
    match address {
        Address::File(path) => path.display().to_string(),
        Address::Server(text) => text.clone(),
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let said = writeln!(out, "{MARK}{line}").and_then(|()| out.flush());
    said.expect("the test listens");
}

#[test]
fn works_as_told() {
    let told = |name: &str| std::env::var(format!("MAATWERK_{name}"));
    let Ok(task) = told("TASK") else {
        return;
    };
    let address = Address::parse(&told("ADDRESS").expect("an address")).expect("an address");
    if task == "plant" {
        let folder = told("FOLDER").expect("a folder");
        crate::traces::plant(&address, Path::new(&folder), &mut || {
            say("ready");
            let _ = std::io::stdin().read_line(&mut String::new());
        });
        return;
    }
    let id: DossierId = told("DOSSIER").expect("an id").parse().expect("an id");
    let turns: i64 = told("TURNS").expect("a number").parse().expect("a number");
    let mut register = match Register::open(&address) {
        Ok(register) => register,
        Err(failure) => return say(&format!("stuck {:?}", failure.kind)),
    };
    let (slot, secret) = match task.as_str() {
        "finance" => ("Finance", finance_phrase()),
        _ => (NAME, first_phrase()),
    };
    if let Err(failure) = register.unlock(slot, &secret, at(1)) {
        return say(&format!("stuck {:?}", failure.kind));
    }
    match task.as_str() {
        "save" => save(&mut register, id, turns),
        "keep" => {
            let number = told("NUMBER").expect("a number");
            let path = told("JOURNAL").expect("a journal");
            match Journal::open(Path::new(&path)) {
                Ok(journal) => {
                    let number = number.parse().expect("a number");
                    keep(&mut register, journal, id, number, turns);
                }
                Err(failure) => say(&format!("stuck {:?}", failure.kind)),
            }
        }
        "race" => race(&mut register, id, turns),
        "each" => each(&mut register, id),
        "clean" => {
            let folder = told("FOLDER").expect("a folder");
            crate::faults::cleaned_up(&mut register, id, Path::new(&folder), &mut say);
        }
        "decide" => decide(&mut register, turns),
        "finance" | "full" => read(&mut register, id),
        other => panic!("{other}"),
    }
}

/// What a save of this dossier stands on now; asked again for as long as the disk or another program is in the way.
fn current(register: &mut Register, id: DossierId) -> Base {
    loop {
        match register.peek(id, None) {
            Ok(loaded) => return loaded.base(),
            Err(failure) => say(&format!("failed {:?}", failure.kind)),
        }
    }
}

/// Saves revision after revision, each with its number in the name, and goes on after a failure.
fn save(register: &mut Register, id: DossierId, turns: i64) {
    let copies = std::env::var_os("MAATWERK_COPIES");
    let mut base = current(register, id);
    for _ in 0..turns {
        let next = base.revision + 1;
        say(&format!("before {next}"));
        let dossier = named(&format!("Naam{next}"));
        let save = new_save(id, base, &dossier);
        say(&format!("during {next}"));
        match register.save(&save, at(next)) {
            Ok(Saved::Done { revision }) => {
                say(&format!("after {revision}"));
                let token = save.token;
                base = Base { revision, token };
                if let (Some(folder), 0) = (&copies, revision % 3) {
                    // Ten days apart, so that the schedule takes old ones away meanwhile.
                    let made = register.back_up(Path::new(folder), at(revision * 864_000));
                    made.expect("a backup");
                }
            }
            // What failed may be on the disk after all; then it is the next base.
            Ok(Saved::Changed { current: found }) => {
                say(&format!("found {found}"));
                base = current(register, id);
            }
            Err(failure) => say(&format!("failed {:?}", failure.kind)),
        }
    }
}

/// Keeps work, each with the next number in the name, and saves it now and then as the window does: first the save, then
/// the journal forgets it.
fn keep(register: &mut Register, mut journal: Journal, id: DossierId, number: i64, turns: i64) {
    let mut base = current(register, id);
    while let Err(failure) = journal.take_up(register, id) {
        say(&format!("failed {:?}", failure.kind));
    }
    for next in number + 1..=number + turns {
        say(&format!("before {next}"));
        let dossier = named(&format!("Naam{next}"));
        let work = Work {
            dossier_id: id,
            base,
            follows: None,
            at: at(next),
            field: "client".to_owned(),
            typed: Vec::new(),
            file: None,
            saved: None,
            dossier: dossier.clone(),
        };
        say(&format!("during {next}"));
        match journal.keep(register, &work) {
            Ok(()) => say(&format!("after {next}")),
            Err(failure) => {
                say(&format!("failed {:?}", failure.kind));
                continue;
            }
        }
        if next % 4 == 0 {
            let save = new_save(id, base, &dossier);
            match register.save(&save, at(next)).expect("saves") {
                Saved::Done { revision } => {
                    let token = save.token;
                    base = Base { revision, token };
                }
                Saved::Changed { current } => panic!("changed: {current}"),
            }
            if let Err(failure) = journal.done(register, id) {
                say(&format!("failed {:?}", failure.kind));
            }
        }
    }
}

/// Every kind of write once while no flush works, which must be told, and once when it does.
fn each(register: &mut Register, id: DossierId) {
    let folder = std::env::var("MAATWERK_FOLDER").expect("a folder");
    let folder = Path::new(&folder);
    let failing = folder.join("faalt");
    let mut journal = Journal::open(&folder.join("journaal.db")).expect("made");
    let dossier = named("Later");
    let save = new_save(id, current(register, id), &dossier);
    let printed = Deed::Printed {
        dossier: id,
        revision: 1,
    };
    let work = Work {
        dossier_id: id,
        base: save.base,
        follows: None,
        at: at(3),
        field: String::new(),
        file: None,
        saved: None,
        typed: Vec::new(),
        dossier: dossier.clone(),
    };
    for kind in ["log", "journal", "backup", "save", "setting", "destroy"] {
        for is_failing in [true, false] {
            if is_failing {
                std::fs::write(&failing, b"").expect("failing");
            } else {
                std::fs::remove_file(&failing).expect("whole");
            }
            let done = match kind {
                "log" => register.note(printed.clone(), at(2)),
                "journal" => journal.keep(register, &work),
                "backup" => register.back_up(&folder.join("kopie"), at(4)).map(drop),
                "save" => register.save(&save, at(5)).map(drop),
                "setting" => register.set_setting("zoekopdrachten", b"wijk"),
                _ => {
                    let seen = Base {
                        revision: save.base.revision + 1,
                        token: save.token,
                    };
                    let done = register.destroy(id, seen, Ground::Request, at(6));
                    done.map(|done| assert_eq!(done, Destroyed::Done))
                }
            };
            say(&match done {
                Ok(()) => format!("{kind} done"),
                Err(failure) => format!("{kind} {:?}", failure.kind),
            });
        }
    }
}

/// Makes one new dossier after another definitive.
fn decide(register: &mut Register, turns: i64) {
    for turn in 0..turns {
        let id = Register::new_id().expect("an id");
        let dossier = named(&format!("Besluit{turn}"));
        let deciding = deciding(new_save(id, Base::NEW, &dossier), TODAY);
        let number = loop {
            let made = register.make_definitive(&deciding, at(turn), |number, _| {
                Ok(number.as_bytes().to_vec())
            });
            match made {
                Ok(Made::Done { number, .. }) => break number,
                Ok(other) => panic!("{other:?}"),
                Err(failure) if matches!(failure.kind, Kind::Busy | Kind::Unreachable) => {}
                Err(failure) => panic!("{failure}"),
            }
        };
        say(&format!("{id} {number}"));
    }
}

/// Reads everything, and keeps it until the test has looked.
fn read(register: &mut Register, id: DossierId) {
    let loaded = register.load(id, None, at(2)).expect("there");
    let found = register
        .find(&Query::words("ho"), TODAY)
        .expect("open")
        .len();
    say("ready");
    let _ = std::io::stdin().read_line(&mut String::new());
    assert_eq!((loaded.revision, found), (1, 1));
}

/// Saves on top of whatever is there, until this program did its turns.
fn race(register: &mut Register, id: DossierId, turns: i64) {
    let mut base = current(register, id);
    let mut done = 0;
    while done < turns {
        let dossier = named(&format!("Beurt{done}"));
        let token = Register::new_id().expect("token");
        loop {
            let save = Save {
                id,
                base,
                dossier: &dossier,
                token,
                follows: None,
            };
            match register.save(&save, at(base.revision)) {
                Ok(Saved::Done { revision }) => {
                    say(&format!("after {revision}"));
                    base = Base { revision, token };
                    done += 1;
                    break;
                }
                Ok(Saved::Changed { .. }) => base = current(register, id),
                Err(failure) if matches!(failure.kind, Kind::Busy | Kind::Unreachable) => {}
                Err(failure) => panic!("{failure}"),
            }
        }
    }
    // All this is public and has to be there for the window as well.
    let found = register.find(&Query::words("beurt"), TODAY).expect("open");
    assert!(!found.is_empty());
    let closed = Protection::Closed(&first_phrase(), Effort::TRIAL);
    register
        .export(Some(&[id]), closed, &mut Vec::new(), at(1))
        .expect("written");
}
