//! Backups on other disks: in a folder of the network, on one that is full, gone or protected, and brought back from there.

use crate::places::{Place, at, damage_slots, id, named, on_each, put_back, save};
use crate::program::{ended, failing, program, seen_as_share, unlocking};
use crate::server::shim;
use maatwerk::register::{Address, Damage, Kind, Progress, Register, spares};
use std::fs;
use std::path::{Path, PathBuf};

/// The name of the only client in a register.
fn surname(register: &mut Register) -> String {
    let only = register.index().expect("open").entries()[0].id;
    let loaded = register.peek(only, None).expect("there");
    loaded.dossier.client.person.surname
}

/// What is in a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("a file").path()).collect()
}

/// Protects a file and its folder against writing.
fn protect(file: &Path) {
    for path in [file, file.parent().expect("a folder")] {
        let mut mode = fs::metadata(path).expect("there").permissions();
        mode.set_readonly(true);
        fs::set_permissions(path, mode).expect("set");
    }
}

/// A register with a backup of when its only client was called Eerst, who is called Later now.
fn with_a_backup(folder: &str) -> (Place, PathBuf) {
    let place = Place::file();
    let mut register = place.found();
    let one = id();
    save(&mut register, one, 0, &named("Eerst"));
    let folder = place.folder.path().join(folder);
    let copy = register.back_up(&folder, at(2)).expect("made").path;
    save(&mut register, one, 1, &named("Later"));
    (place, copy)
}

/// The file of a register.
fn file_of(place: &Place) -> &Path {
    match &place.address {
        Address::File(path) => path,
        Address::Server(_) => panic!("a file"),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_backup_goes_to_a_folder_of_the_network_and_is_put_back_from_there() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    let (place, _) = with_a_backup("hier");
    let share = place.folder.path().join("share");
    fs::create_dir(&share).expect("made");
    let folder = share.to_str().expect("text");
    let mut program = program(&place.address, &["kopie", "-o", folder]);
    seen_as_share(&mut program, &shim, &share);
    let (code, said, problems) = ended(&mut program);
    assert_eq!((code, problems.as_str()), (Some(0), ""));
    let copy = PathBuf::from(said.trim());
    assert_eq!(files(&share), [copy.as_path()]);
    assert_eq!(spares(&share)[0].dossiers, Some(1));
    let mut register = place.open();
    let one = register.index().expect("open").entries()[0].id;
    save(&mut register, one, 2, &named("Nieuwst"));
    drop(register);
    for words in [
        &["herstel", said.trim(), "--ja"][..],
        &["herstel", said.trim(), "--ja", "--beschadigd"],
    ] {
        if words.contains(&"--beschadigd") {
            damage_slots(file_of(&place));
        }
        let mut program = unlocking(&place.address, words, place.folder.path());
        seen_as_share(&mut program, &shim, &share);
        let (code, _, problems) = ended(&mut program);
        assert_eq!((code, problems.as_str()), (Some(0), ""), "{words:?}");
        assert_eq!(surname(&mut place.open()), "Later");
    }
    // Beside the one that was put back stands the state that it took the place of, and nothing else.
    assert_eq!(files(&share).len(), 2);
    assert!(
        files(&share)
            .iter()
            .all(|file| file.extension().is_some_and(|end| end == "reservekopie"))
    );
}

#[test]
fn a_backup_that_is_protected_against_writing_is_looked_into_and_put_back() {
    let (place, copy) = with_a_backup("vast");
    protect(&copy);
    let before = fs::read(&copy).expect("read");
    let folder = copy.parent().expect("a folder");
    let mut register = place.open();
    assert_eq!(spares(folder)[0].dossiers, Some(1));
    assert_eq!(register.entries_of(&copy).expect("opens").len(), 1);
    put_back(
        &mut register,
        &copy,
        &place.folder.path().join("kopie"),
        at(3),
    );
    assert_eq!(surname(&mut register), "Eerst");
    drop(register);
    assert_eq!(fs::read(&copy).expect("read"), before);
    assert_eq!(files(folder), [copy.as_path()]);
}

#[test]
fn a_backup_of_which_the_file_itself_is_broken_changes_nothing_and_says_to_take_another() {
    let (place, copy) = with_a_backup("hier");
    let mut bytes = fs::read(&copy).expect("read");
    for byte in bytes.iter_mut().skip(3 * 4096) {
        *byte = 0x55;
    }
    fs::write(&copy, bytes).expect("written");
    let mut register = place.open();
    let elsewhere = place.folder.path().join("elders");
    let restored = register.restore(&copy, &elsewhere, Damage::Accepted, at(3));
    let looked = register.entries_of(&copy);
    for told in [restored.expect_err("told"), looked.expect_err("told")] {
        assert_eq!(told.kind, Kind::Damaged);
        assert!(
            told.to_string()
                .ends_with("Kies een andere kopie. Is er geen andere, bewaar dit bestand dan en vraag de beheerder om hulp."),
            "{told}"
        );
    }
    assert_eq!(surname(&mut register), "Later");
    drop(register);
    let told = Register::rescue(file_of(&place), &copy, at(4)).expect_err("told");
    assert_eq!(told.kind, Kind::Damaged);
    assert_eq!(surname(&mut place.open()), "Later");
}

#[test]
#[cfg(target_os = "linux")]
fn a_backup_on_a_disk_that_takes_nothing_is_put_back_and_the_copy_of_now_goes_elsewhere() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    let (place, copy) = with_a_backup("vast");
    let copy = copy.to_str().expect("text");
    let run = |words: &[&str]| {
        let mut program = unlocking(&place.address, words, place.folder.path());
        // Of everybody, and of who may do everything too.
        failing(&mut program, &shim, "closed", "/vast/");
        ended(&mut program)
    };
    let (code, _, told) = run(&["herstel", copy, "--ja"]);
    assert_eq!(code, Some(1));
    assert!(
        told.contains("in de map voor reservekopieën mag u niet schrijven. Kies een andere map"),
        "{told}"
    );
    assert_eq!(surname(&mut place.open()), "Later");
    let elsewhere = place.folder.path().join("elders");
    let folder = elsewhere.to_str().expect("text");
    let (code, _, told) = run(&["herstel", copy, "--ja", "-o", folder]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    assert_eq!(surname(&mut place.open()), "Eerst");
    assert_eq!(files(&elsewhere).len(), 1);
    damage_slots(file_of(&place));
    let (code, _, told) = run(&["herstel", copy, "--ja", "--beschadigd"]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    assert_eq!(surname(&mut place.open()), "Eerst");
}

#[test]
#[cfg(target_os = "linux")]
fn a_disk_for_backups_that_fails_is_told_by_its_fault_and_leaves_no_half_backup() {
    let Some((_folder, shim)) = shim() else {
        return;
    };
    let (place, _) = with_a_backup("hier");
    let there = place.folder.path().join("kopie");
    fs::create_dir(&there).expect("made");
    let folder = there.to_str().expect("text");
    let beside = || {
        let found = files(place.folder.path()).into_iter();
        found
            .filter(|file| file.to_string_lossy().contains("in-aanbouw"))
            .count()
    };
    for (kind, part, told) in [
        ("write", "/kopie/", "de reservekopie is niet te schrijven"),
        ("flush", "/kopie/", "de reservekopie is niet te schrijven"),
        (
            "full",
            "/kopie/",
            "kopie: er is geen ruimte meer voor een reservekopie. Maak ruimte vrij",
        ),
        (
            "closed",
            "/kopie/",
            "in de map voor reservekopieën mag u niet schrijven",
        ),
        // On the disk of the register itself, where it is made first.
        (
            "full",
            "/.maatwerk-in-aanbouw",
            ": er is geen ruimte meer voor een reservekopie. Maak ruimte vrij",
        ),
    ] {
        let mut failed = program(&place.address, &["kopie", "-o", folder]);
        failing(&mut failed, &shim, kind, part);
        let (code, _, said) = ended(&mut failed);
        assert_eq!(code, Some(1), "{kind}: {said}");
        assert!(said.contains(told), "{kind}: {said}");
        assert_eq!(files(&there), Vec::<PathBuf>::new(), "{kind}");
        assert_eq!(beside(), 0, "{kind}");
    }
    // What is written piece by piece is written whole.
    let mut short = program(&place.address, &["kopie", "-o", folder]);
    failing(&mut short, &shim, "short", "/kopie/");
    let (code, copy, said) = ended(&mut short);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(beside(), 0);
    let mut register = place.open();
    assert_eq!(
        register
            .entries_of(Path::new(copy.trim()))
            .expect("whole")
            .len(),
        1
    );
    assert_eq!(register.check(None).expect("checked").faults, []);
}

#[test]
fn a_folder_for_backups_of_which_the_disk_is_gone_is_told_and_not_made_anew() {
    let (place, _) = with_a_backup("hier");
    let gone = place.folder.path().join("stick/kopie");
    let failure = place.open().back_up(&gone, at(3)).expect_err("gone");
    assert_eq!(failure.kind, Kind::Nowhere);
    assert_eq!(
        failure.problem.message,
        "de map voor reservekopieën is er niet"
    );
    assert!(!gone.parent().expect("a folder").exists());
}

#[test]
fn a_copy_with_changes_in_a_file_beside_it_is_not_put_back_without_them() {
    let (place, copy) = with_a_backup("hier");
    let mut log = copy.clone().into_os_string();
    log.push("-wal");
    fs::write(&log, b"changes").expect("written");
    let failure = place.open().entries_of(&copy).expect_err("not whole");
    assert_eq!(failure.kind, Kind::Refused);
    assert!(failure.problem.message.contains("-wal"), "{failure}");
}

#[test]
fn a_backup_that_another_program_writes_just_now_is_not_tidied_away() {
    let (place, copy) = with_a_backup("hier");
    let folder = copy.parent().expect("a folder");
    let [left, written] =
        ["a", "b"].map(|name| folder.join(format!(".maatwerk-in-aanbouw-{name}.deel")));
    fs::write(&left, b"half").expect("written");
    let writing = fs::File::create(&written).expect("made");
    writing.try_lock().expect("ours");
    place.open().back_up(folder, at(3)).expect("made");
    assert!(written.exists() && !left.exists());
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing_behind_and_says_so() {
    on_each(|place| {
        let mut register = place.found();
        for number in 0..3 {
            save(&mut register, id(), 0, &named(&format!("Naam{number}")));
        }
        let folder = place.folder.path().join("kopie");
        let stopped = Progress::default();
        stopped.stop();
        register.watch(stopped);
        let told = register.back_up(&folder, at(5)).expect_err("stopped");
        assert_eq!(told.kind, Kind::Stopped);
        assert!(
            told.to_string().contains("de reservekopie is gestopt"),
            "{told}"
        );
        assert_eq!(files(&folder), Vec::<PathBuf>::new());
        let beside = files(place.folder.path());
        let left = |path: &PathBuf| path.to_string_lossy().contains("aanbouw");
        assert!(!beside.iter().any(left), "{beside:?}");
        let watched = Progress::default();
        register.watch(watched.clone());
        register.back_up(&folder, at(6)).expect("made");
        let (done, total) = watched.so_far();
        assert!(done == total && done > 6, "{done} {total}");
    });
}
