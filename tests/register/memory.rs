//! What is in the memory of a program that works with a slot of finance: no name, no number of a person, no word of research.

#![cfg(target_os = "linux")]

use crate::child::{command, finance_phrase, myself, run, text_of};
use crate::long::Dice;
use crate::places::{NAME, Place, at, example, id, on_each, save};
use crate::program::program;
use crate::server::shim;
use maatwerk::dossier::bsn::Bsn;
use maatwerk::register::{DossierId, Effort, Role};
use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

/// What finance may not see, made up while running so that it stands in no program itself.
struct Planted {
    dossier: DossierId,
    name: String,
    bsn: Bsn,
    research: String,
}

/// The number of the case.
const NUMBER: &str = "2026-004711";

impl Planted {
    /// In a register here that finance may open.
    fn at(place: &Place) -> Self {
        let mut dice = Dice::new(Instant::now().elapsed().subsec_nanos().into());
        let mut word = || -> String {
            let letters = (0..16).map(|_| char::from(b'a' + dice.roll(26) as u8));
            letters.collect()
        };
        let (name, research) = (word(), word());
        let bsn = loop {
            let digits = format!("9999{:05}", dice.roll(100_000));
            if let Ok(bsn) = Bsn::parse(&digits) {
                break bsn;
            }
        };
        let mut dossier = example();
        dossier.number = NUMBER.to_owned();
        dossier.client.person.surname.clone_from(&name);
        dossier.client.bsn = Some(bsn);
        dossier.investigation.limitations.text = format!("{research} gaat niet meer.");
        dossier.provisions[0].motivation.reasons = format!("{name} kan het niet.");
        let mut register = place.found();
        let one = id();
        save(&mut register, one, 0, &dossier);
        register
            .add_slot(
                "Finance",
                Role::Finance,
                &finance_phrase(),
                Effort::TRIAL,
                at(1),
            )
            .expect("added");
        Self {
            dossier: one,
            name,
            bsn,
            research,
        }
    }

    /// Which of them are in the memory of a program: name, number, research.
    fn seen_in(&self, program: &Child) -> [bool; 3] {
        let process = program.id();
        let maps = fs::read_to_string(format!("/proc/{process}/maps")).expect("read");
        let mut memory = fs::File::open(format!("/proc/{process}/mem")).expect("opened");
        let digits = self.bsn.digits();
        let planted = [&self.name, &digits, &self.research];
        let finders = planted.map(|text| memchr::memmem::Finder::new(text.as_bytes()));
        let (mut bytes, mut seen) = (0, [false; 3]);
        for line in maps.lines() {
            let mut words = line.split_whitespace();
            let (Some(range), Some(mode)) = (words.next(), words.next()) else {
                continue;
            };
            let Some((from, to)) = range.split_once('-') else {
                continue;
            };
            let place = |text| u64::from_str_radix(text, 16).expect("an address");
            let (from, to) = (place(from), place(to));
            if !mode.starts_with("rw") {
                continue;
            }
            memory.seek(SeekFrom::Start(from)).expect("there");
            let mut content = Vec::new();
            // Some ranges belong to the kernel and cannot be read.
            let _ = (&mut memory).take(to - from).read_to_end(&mut content);
            bytes += content.len();
            for (seen, finder) in seen.iter_mut().zip(&finders) {
                *seen |= finder.find(&content).is_some();
            }
        }
        assert!(bytes > 100_000, "{bytes}");
        seen
    }
}

#[test]
fn with_a_slot_of_finance_no_name_is_in_the_memory_of_who_reads_all_of_a_dossier() {
    on_each(|place| {
        let planted = Planted::at(place);
        for (task, seen) in [("finance", false), ("full", true)] {
            let mut program = myself();
            command(
                &mut program,
                task,
                &text_of(&place.address),
                planted.dossier,
                1,
            );
            program.stdin(Stdio::piped());
            let mut child = run(program);
            assert_eq!(child.next().as_deref(), Some("ready"));
            let found = planted.seen_in(&child.process);
            assert_eq!(found, [seen; 3], "{task} {}", place.kind());
            drop(child.process.stdin.take());
            assert!(child.process.wait().expect("ended").success());
        }
    });
}

/// Waits until a program stands still.
fn stands_still(program: &mut Child) {
    let status = format!("/proc/{}/status", program.id());
    loop {
        let text = fs::read_to_string(&status).expect("it is there");
        if text.contains("State:\tT") {
            return;
        }
        assert_eq!(program.try_wait().expect("asked"), None, "it ended");
        std::thread::yield_now();
    }
}

#[test]
fn with_a_slot_of_finance_no_name_is_in_the_memory_of_the_real_program() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    on_each(|place| {
        let planted = Planted::at(place);
        let folder = place.folder.path();
        // Each writes all that it may see.
        for (slot, phrase, told, seen) in [
            (
                "Finance",
                "woorden voor de finance",
                "verantwoording",
                false,
            ),
            (NAME, "vier losse woorden samen", "inzage", true),
        ] {
            let secret = folder.join("wachtzin");
            fs::write(&secret, phrase).expect("written");
            let written = folder.join("uit").join(format!("{slot}.txt"));
            fs::create_dir_all(folder.join("uit")).expect("made");
            let words = [told, NUMBER, "--onbeschermd", "--ja", "--naam", slot];
            let mut program: Command = program(&place.address, &words);
            // It stands still when it begins to write what it read.
            let mut program = program
                .arg("-o")
                .arg(&written)
                .arg("--wachtzin-bestand")
                .arg(&secret)
                .env("LD_PRELOAD", &shim)
                .env("FAIL_KIND", "stop")
                .env("FAIL_PATH", "/uit/")
                .env("FAIL_FIRST", "1")
                .env("FAIL_TIMES", "1")
                .stdout(Stdio::null())
                .spawn()
                .expect("the program runs");
            stands_still(&mut program);
            let found = planted.seen_in(&program);
            assert_eq!(found, [seen; 3], "{slot} {}", place.kind());
            let on = Command::new("kill")
                .args(["-CONT", &program.id().to_string()])
                .status();
            assert!(on.expect("kill runs").success());
            assert!(program.wait().expect("ended").success());
            assert!(
                fs::read_to_string(&written)
                    .expect("written")
                    .contains(NUMBER)
            );
        }
    });
}
