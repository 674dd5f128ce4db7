//! A save that is broken off at any moment leaves the old file or the new one, never a mix.
//!
//! A process of its own saves in a loop and says after each save which one it was; it is killed without warning, and
//! the file must be whole and no older than the last save that was told. The program itself is stopped in the middle
//! of a letter by a limit on the size of files.
#![cfg(unix)]

use maatwerk::document::write_atomic;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Says which file to save to; only the process that is going to be killed has it.
const TARGET: &str = "MAATWERK_SAVE_UNTIL_KILLED";

/// The content of a save: its number, over and over. Long and short ones take turns.
fn content(number: usize) -> Vec<u8> {
    let lines = if number.is_multiple_of(2) {
        60_000
    } else {
        6_000
    };
    format!("{number}\n").repeat(lines).into_bytes()
}

/// The number of the save that a file holds, if it is whole.
fn number_of(bytes: &[u8]) -> Option<usize> {
    let first = bytes.split(|byte| *byte == b'\n').next()?;
    let number = std::str::from_utf8(first).ok()?.parse().ok()?;
    (content(number) == bytes).then_some(number)
}

/// What was left beside the file in its folder.
fn left_over(folder: &Path) -> usize {
    fs::read_dir(folder).expect("the folder is there").count() - 1
}

/// No test: what the process does that is going to be killed.
#[test]
#[ignore = "runs until it is killed"]
fn save_until_killed() {
    let Some(target) = std::env::var_os(TARGET) else {
        return;
    };
    for number in 1.. {
        write_atomic(Path::new(&target), &content(number)).expect("it can be saved");
        println!("saved {number}");
        std::io::stdout().flush().expect("somebody reads");
    }
}

#[test]
fn a_process_killed_while_it_saves_leaves_a_whole_file_no_older_than_what_it_told() {
    let mut during = 0;
    for round in 0..40 {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("dossier.ron");
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["save_until_killed", "--exact", "--ignored", "--nocapture"])
            .env(TARGET, &target)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut told = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        let mut last = 0;
        while last <= round % 7 {
            line.clear();
            told.read_line(&mut line).expect("it tells");
            last = saved(&line).unwrap_or(last);
        }
        // A different moment each time: some work that takes longer every round.
        let work: usize = (0..round * 40_000)
            .map(|n| n.trailing_ones() as usize)
            .sum();
        assert!(work < usize::MAX);
        child.kill().expect("it runs until it is killed");
        let status = child.wait().expect("it ends");
        assert_eq!(status.signal(), Some(9), "round {round}: {status}");
        let mut rest = String::new();
        told.read_to_string(&mut rest).expect("it told");
        last = rest.lines().filter_map(saved).next_back().unwrap_or(last);
        let bytes = fs::read(&target).expect("it was saved once at least");
        let number = number_of(&bytes);
        assert!(
            number.is_some_and(|number| number == last || number == last + 1),
            "round {round}: {last} told, {number:?} found in {} bytes",
            bytes.len()
        );
        during += usize::from(left_over(folder.path()) > 0);
    }
    assert!(during > 0, "no kill came while something was being written");
}

fn saved(line: &str) -> Option<usize> {
    line.rsplit_once("saved ")?.1.trim().parse().ok()
}

/// The program writes a letter, in a shell that sets limits first.
fn letter(limits: &str, target: &Path) -> Output {
    let dossier = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/dossiers/voorbeeld.ron");
    Command::new("sh")
        .args(["-c", &format!("{limits}; exec \"$0\" \"$@\"")])
        .arg(env!("CARGO_BIN_EXE_maatwerk"))
        .arg("brief")
        .arg(dossier)
        .arg("-o")
        .arg(target)
        .output()
        .expect("a shell")
}

#[test]
fn a_letter_that_no_longer_fits_leaves_the_old_one_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = folder.path().join("brief.pdf");
    assert!(letter(":", &target).status.success());
    let whole = fs::read(&target).expect("the letter");
    assert!(whole.len() > 20_000 && whole.starts_with(b"%PDF-"));
    fs::write(&target, b"de oude brief").expect("written");
    // The system refuses to write on: the program tells it.
    let refused = letter("trap '' XFSZ; ulimit -f 8", &target);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(1), "{told}");
    assert!(
        told.contains(
            "brief.pdf: het bestand is te groot voor deze schijf. Kies een andere plaats."
        ),
        "{told}"
    );
    assert!(fs::read(&target).expect("the letter") == b"de oude brief");
    assert_eq!(left_over(folder.path()), 0);
    // The system ends the program in the middle of the write.
    let ended = letter("ulimit -c 0; ulimit -f 8", &target);
    assert!(ended.status.signal().is_some(), "{}", ended.status);
    assert!(fs::read(&target).expect("the letter") == b"de oude brief");
    assert_eq!(left_over(folder.path()), 1);
    assert!(letter(":", &target).status.success());
    assert!(fs::read(&target).expect("the letter") == whole);
    assert_eq!(left_over(folder.path()), 0, "the next save tidies up");
}

#[test]
fn what_another_program_is_writing_stays_and_what_a_dead_one_left_goes() {
    let folder = tempfile::tempdir().expect("a folder");
    let busy = folder.path().join(".maatwerk-bezig.tmp");
    let dead = folder.path().join(".maatwerk-dood.tmp");
    let other = folder.path().join(".anders.tmp");
    for file in [&busy, &dead, &other] {
        fs::write(file, b"half").expect("it can be written");
    }
    let held = fs::File::open(&busy).expect("it is there");
    held.lock().expect("a lock");
    write_atomic(&folder.path().join("dossier.ron"), b"heel").expect("it can be saved");
    assert!(busy.exists() && other.exists() && !dead.exists());
}

#[test]
fn many_saves_in_one_folder_do_not_take_each_others_files_for_left_over() {
    let folder = tempfile::tempdir().expect("a folder");
    std::thread::scope(|scope| {
        for writer in 0..8 {
            let target = folder.path().join(format!("dossier-{writer}.ron"));
            scope.spawn(move || {
                for number in 0..40 {
                    write_atomic(&target, number.to_string().as_bytes()).expect("it can be saved");
                }
            });
        }
    });
    assert_eq!(
        left_over(folder.path()),
        7,
        "eight dossiers and nothing else"
    );
}
