//! The real program on a folder of letters: stopped by the system, and on a disk that is full. Nothing is ever half written,
//! and the same command goes on where it was.

use super::{EXAMPLE, all_of, folder, text_of};
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// A folder with so many dossiers.
fn dossiers(count: usize) -> TempDir {
    let folder = folder();
    for number in 0..count {
        let target = folder.path().join(format!("dossier-{number:03}.ron"));
        fs::copy(EXAMPLE, target).expect("copied");
    }
    folder
}

fn begun(from: &Path, to: &Path) -> Child {
    let program = Command::new(env!("CARGO_BIN_EXE_maatwerk"))
        .args(["brief", text_of(from), "--alle", "-o", text_of(to)])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    program.expect("the program starts")
}

fn ended(child: Child) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = child.wait_with_output().expect("it ends");
    (status.code(), String::from_utf8(stderr).expect("UTF-8"))
}

/// The letters of a folder, each of them whole; nothing else is there but the record.
fn letters(folder: &Path) -> usize {
    let mut count = 0;
    for path in all_of(folder) {
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if name == "maatwerk-brieven.txt" {
            continue;
        }
        assert!(name.ends_with(".pdf"), "{name} is left behind");
        let bytes = fs::read(&path).expect("a letter");
        let whole = bytes.starts_with(b"%PDF") && bytes.trim_ascii_end().ends_with(b"%%EOF");
        assert!(whole, "{name} is not whole");
        count += 1;
    }
    count
}

#[test]
fn a_batch_that_is_stopped_finishes_the_letter_in_hand_and_goes_on_later() {
    const COUNT: usize = 60;
    let from = dossiers(COUNT);
    for signal in ["-INT", "-TERM"] {
        let to = folder();
        let child = begun(from.path(), to.path());
        // The first letter says that it is under way.
        while !all_of(to.path()).any(|path| path.extension().is_some_and(|end| end == "pdf")) {
            std::thread::yield_now();
        }
        let sent = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(sent.expect("kill is there").success());
        let (code, said) = ended(child);
        assert_eq!(code, Some(1), "{signal}: {said}");
        assert!(
            said.contains("nog niet gedaan. Geef dezelfde opdracht opnieuw"),
            "{said}"
        );
        let made = letters(to.path());
        assert!((1..COUNT).contains(&made), "{signal}: {made}");
        let (code, said) = ended(begun(from.path(), to.path()));
        assert_eq!(code, Some(0), "{said}");
        assert!(
            said.contains(&format!("Al klaar en niet veranderd: {made} van {COUNT}")),
            "{said}"
        );
        assert_eq!(letters(to.path()), COUNT);
    }
}

/// A small disk of its own, where this machine allows that.
struct SmallDisk(TempDir);

impl SmallDisk {
    fn new() -> Option<Self> {
        let folder = folder();
        let mounted = Command::new("mount")
            .args([
                "-t",
                "tmpfs",
                "-o",
                "size=256k",
                "tmpfs",
                text_of(folder.path()),
            ])
            .stderr(Stdio::null())
            .status();
        mounted.ok()?.success().then_some(Self(folder))
    }

    fn make_room(&self) {
        let mounted = Command::new("mount")
            .args(["-o", "remount,size=64m", text_of(self.0.path())])
            .status();
        assert!(mounted.expect("mount is there").success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let gone = Command::new("umount").arg(self.0.path()).status();
        assert!(
            gone.is_ok_and(|status| status.success()),
            "the disk is let go"
        );
    }
}

#[test]
fn a_disk_that_is_full_halfway_leaves_no_half_letter_and_the_rest_follows_when_there_is_room() {
    const COUNT: usize = 20;
    let Some(disk) = SmallDisk::new() else {
        println!(
            "skipped: no small disk can be mounted here; the test with a limit on files stands in for it"
        );
        return;
    };
    let (from, to) = (dossiers(COUNT), disk.0.path());
    let (code, said) = ended(begun(from.path(), to));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("schijf") && said.contains("vol"), "{said}");
    let made = letters(to);
    assert!((1..COUNT).contains(&made), "{made}: {said}");
    disk.make_room();
    let (code, said) = ended(begun(from.path(), to));
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(letters(to), COUNT);
}

#[test]
fn letters_that_the_system_refuses_to_write_are_named_and_leave_nothing_behind() {
    let (from, to) = (dossiers(3), folder());
    // No file may be longer than a few kilobytes; the record of the batch is shorter.
    let command = format!(
        "trap '' XFSZ; ulimit -f 8; exec {} brief {} --alle -o {}",
        env!("CARGO_BIN_EXE_maatwerk"),
        text_of(from.path()),
        text_of(to.path())
    );
    let child = Command::new("sh")
        .args(["-c", &command])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let (code, said) = ended(child.expect("it starts"));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Geen brief: 3 van 3 dossiers."), "{said}");
    for number in 0..3 {
        assert!(said.contains(&format!("dossier-{number:03}.pdf")), "{said}");
    }
    assert_eq!(letters(to.path()), 0);
    let (code, said) = ended(begun(from.path(), to.path()));
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(letters(to.path()), 3);
}
