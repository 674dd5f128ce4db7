//! Flipped bits in the file of a register: each is told or harmless, and none yields a wrong figure.

use crate::child::finance_phrase;
use crate::long::{Dice, times};
use crate::places::{
    NAME, Place, TODAY, at, based, deciding, destroy, first_phrase, id, named, new_save, phrase,
    save,
};
use maatwerk::dossier::Dossier;
use maatwerk::register::{
    Address, Damage, DossierId, Effort, Entry, Failure, Head, Line, Meta, Query, Register,
    Restored, Role, Schedule, Slot, backups,
};
use std::fs;
use std::path::{Path, PathBuf};

/// Everything that a person is shown of a register.
#[derive(Debug, PartialEq)]
struct Shown {
    dossiers: Vec<(Meta, Dossier)>,
    revisions: Vec<Vec<Revision>>,
    /// The same as a slot of finance sees them, with the receipt.
    figures: Vec<Vec<Revision>>,
    figures_receipt: Vec<u8>,
    receipts: Vec<Option<Vec<u8>>>,
    /// The search index, and what is found in it for words.
    index: Vec<Entry>,
    found: Vec<Vec<DossierId>>,
    people: Vec<Slot>,
    log: Vec<Line>,
    setting: Option<Vec<u8>>,
    schedule: Schedule,
    backups: Vec<PathBuf>,
    destroyed: Vec<DossierId>,
}

/// The register that is flipped, closed, with some of everything in it.
struct Whole {
    ids: Vec<DossierId>,
    copies: PathBuf,
    lines: usize,
}

const WORDS: [&str; 4] = ["", "bakker", "999993653", "2026-000001"];

impl Whole {
    fn make(place: &Place) -> Self {
        let mut register = place.found();
        let role = Role::Finance;
        let finance = finance_phrase();
        register
            .add_slot("Finance", role, &finance, Effort::TRIAL, at(1))
            .expect("added");
        let karim = phrase("woorden voor een collega");
        register
            .add_slot("Karim", Role::Full, &karim, Effort::TRIAL, at(1))
            .expect("added");
        register
            .change_passphrase(&first_phrase(), &first_phrase(), Effort::TRIAL, at(2))
            .expect("changed");
        let ids: Vec<DossierId> = (0..4).map(|_| id()).collect();
        for (one, name) in ids.iter().zip(["Aalders", "Bakker", "Cohen", "Dijk"]) {
            save(&mut register, *one, 0, &named("Eerder"));
            save(&mut register, *one, 1, &named(name));
        }
        let last = named("Aalders");
        let begun = based(&mut register, ids[0], 2);
        let made =
            register.make_definitive(
                &deciding(new_save(ids[0], begun, &last), TODAY),
                at(20),
                |number, dossier| {
                    Ok(format!("{number} {}", dossier.client.person.surname).into_bytes())
                },
            );
        made.expect("definitive");
        register.lease(ids[1], at(21)).expect("ours");
        destroy(&mut register, ids[3], at(22));
        register
            .set_setting("zoekopdrachten", b"wijk")
            .expect("set");
        register.set_schedule(Schedule::Weekly).expect("set");
        let copies = place.folder.path().join("kopie");
        register.back_up(&copies, at(23)).expect("made");
        Self {
            ids: ids[..3].to_vec(),
            copies,
            lines: register.log().expect("read").len(),
        }
    }

    /// Everything that it shows. Error: something was told, in reading or in the check that a person can ask for.
    fn read(&self, file: &Path) -> Result<Shown, Failure> {
        let mut register = Register::open(&Address::from(file))?;
        let people = register.slots()?;
        register.unlock(NAME, &first_phrase(), at(30))?;
        let mut shown = Shown {
            dossiers: Vec::new(),
            revisions: Vec::new(),
            figures: Vec::new(),
            figures_receipt: Vec::new(),
            receipts: Vec::new(),
            index: register.index()?.entries().to_vec(),
            found: Vec::new(),
            people,
            log: Vec::new(),
            setting: register.setting("zoekopdrachten")?.map(|set| set.to_vec()),
            schedule: register.schedule()?,
            backups: backups(&self.copies, register.id())
                .into_iter()
                .map(|backup| backup.path)
                .collect(),
            destroyed: Vec::new(),
        };
        let told = |what: &str| Failure::new(maatwerk::register::Kind::Damaged, what, "");
        shown.index.sort_by_key(|entry| entry.id);
        for (place, one) in self.ids.iter().enumerate() {
            let loaded = register.peek(*one, None)?;
            shown.dossiers.push((loaded.meta, loaded.dossier));
            shown.revisions.push(all_of(&mut register, *one)?);
            let receipt = match place {
                0 => Some(register.receipt(*one)?.to_vec()),
                _ => None,
            };
            shown.receipts.push(receipt);
        }
        for words in WORDS {
            let found = register.find(&Query::words(words), TODAY)?;
            let mut found: Vec<DossierId> = found.iter().map(|entry| entry.id).collect();
            found.sort();
            shown.found.push(found);
        }
        for (id, record) in register.destructions()? {
            record.ok_or_else(|| told("a destruction"))?;
            shown.destroyed.push(id);
        }
        // What this reading itself wrote stands behind the rest.
        let log = register.log()?.into_iter().take(self.lines);
        let log: Option<Vec<Line>> = log.map(|numbered| numbered.line).collect();
        shown.log = log.ok_or_else(|| told("the log"))?;
        if let Some(fault) = register.check(None)?.faults.first() {
            return Err(told(&fault.text));
        }
        register.unlock("Finance", &finance_phrase(), at(30))?;
        for one in &self.ids {
            shown.figures.push(all_of(&mut register, *one)?);
        }
        shown.figures_receipt = register.receipt(self.ids[0])?.to_vec();
        Ok(shown)
    }

    /// What is read of dossiers and receipts, whatever was told of the rest, is what was saved.
    fn is_never_wrong(&self, file: &Path, expected: &Shown) {
        let Ok(mut register) = Register::open(&Address::from(file)) else {
            return;
        };
        if register.unlock(NAME, &first_phrase(), at(31)).is_err() {
            return;
        }
        for (place, one) in self.ids.iter().enumerate() {
            are_known(&mut register, *one, &expected.revisions[place]);
            if let Ok(receipt) = register.receipt(*one) {
                assert_eq!(Some(receipt.to_vec()), expected.receipts[place]);
            }
        }
        for entry in register.index().expect("open").entries() {
            let known = expected.index.iter().find(|known| known.id == entry.id);
            let known = known.expect("a dossier that was saved");
            assert_eq!(
                (&entry.who, &entry.about.number),
                (&known.who, &known.about.number)
            );
        }
        if let Ok(Some(set)) = register.setting("zoekopdrachten") {
            assert_eq!(Some(set.to_vec()), expected.setting);
        }
        if register
            .unlock("Finance", &finance_phrase(), at(32))
            .is_err()
        {
            return;
        }
        for (one, figures) in self.ids.iter().zip(&expected.figures) {
            are_known(&mut register, *one, figures);
        }
        if let Ok(receipt) = register.receipt(self.ids[0]) {
            assert_eq!(receipt.to_vec(), expected.figures_receipt);
        }
    }
}

/// A revision as it is read: its number, what it says about itself, and all in it that may be read.
type Revision = (i64, Meta, Dossier);

/// Every revision of a dossier. Error: one is told to be damaged.
fn all_of(register: &mut Register, id: DossierId) -> Result<Vec<Revision>, Failure> {
    let versions = register.revisions(id)?.into_iter();
    let read = versions.map(|version| {
        let revision = version.base.revision;
        let loaded = register.peek(id, Some(revision))?;
        let meta = version.meta.filter(|_| version.is_whole);
        let damaged = || Failure::new(maatwerk::register::Kind::Damaged, "a version", "");
        Ok((revision, meta.ok_or_else(damaged)?, loaded.dossier))
    });
    read.collect()
}

/// Whatever opens of a dossier, the current revision or an older one, is one that was saved. An older revision in the
/// place of the current one is found by the check.
fn are_known(register: &mut Register, id: DossierId, saved: &[Revision]) {
    for asked in std::iter::once(None).chain((1..=4).map(Some)) {
        if let Ok(loaded) = register.peek(id, asked) {
            assert!(asked.is_none_or(|asked| asked == loaded.revision));
            let read = (loaded.revision, loaded.meta, loaded.dossier);
            assert!(saved.contains(&read), "a revision that was never saved");
        }
    }
}

#[test]
fn every_flipped_bit_is_told_or_harmless() {
    let flips = times(1_500, 10_000);
    let place = Place::file();
    let made = Whole::make(&place);
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let whole = fs::read(path).expect("read");
    // In memory where there is such a folder: here nothing hangs on the disk.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    let folder = folder.expect("folder");
    let written = |bytes: &[u8]| {
        let file = folder.path().join("flip.db");
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("flip.db{end}")));
        }
        fs::write(&file, bytes).expect("written");
        file
    };
    let expected = made.read(&written(&whole)).expect("whole");
    assert_eq!(expected.dossiers[1].1, named("Bakker"));
    assert_eq!(expected.backups.len(), 1);
    assert_eq!(expected.found[1], [made.ids[1]]);
    let mut dice = Dice::new(11);
    let (mut told, mut harmless) = (0, 0);
    for _ in 0..flips {
        let bit = dice.roll(whole.len() * 8);
        let mut altered = whole.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        match made.read(&written(&altered)) {
            Ok(shown) => {
                assert_eq!(shown, expected, "bit {bit}");
                harmless += 1;
            }
            Err(_) => told += 1,
        }
        made.is_never_wrong(&written(&altered), &expected);
    }
    println!(
        "{flips} flipped bits of {} bytes: {told} told, {harmless} harmless",
        whole.len()
    );
    assert!(told > flips / 10);
}

/// Puts a copy of these bytes back in a fresh register of those; answers the register, its end before, and what came of
/// it.
fn tried(
    folder: &Path,
    (live, copy): (&[u8], &[u8]),
    damage: Damage,
) -> (PathBuf, Register, Head, Result<Restored, Failure>) {
    for entry in fs::read_dir(folder).expect("listed").flatten() {
        let path = entry.path();
        if path.is_file() {
            fs::remove_file(path).expect("removed");
        }
    }
    let (file, from) = (folder.join("live.db"), folder.join("kopie.db"));
    fs::write(&file, live).expect("written");
    fs::write(&from, copy).expect("written");
    let mut register = Register::open(&Address::from(file.as_path())).expect("opens");
    register
        .unlock(NAME, &first_phrase(), at(40))
        .expect("unlocks");
    let head = register.head().expect("read");
    let done = register.restore(&from, folder, damage, at(41));
    (file, register, head, done)
}

#[test]
fn every_flipped_bit_of_a_backup_is_told_before_it_is_put_back_or_harmless() {
    let flips = times(300, 4_000);
    let place = Place::file();
    let made = Whole::make(&place);
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    let copy = fs::read_dir(&made.copies).expect("listed").next();
    let copy = fs::read(copy.expect("one").expect("an entry").path()).expect("read");
    let later = named("Sindsdien");
    save(&mut place.open(), made.ids[1], 2, &later);
    let live = fs::read(path).expect("read");
    let memory = Path::new("/dev/shm");
    let folder = match memory.is_dir() {
        true => tempfile::tempdir_in(memory),
        false => tempfile::tempdir(),
    };
    let folder = folder.expect("folder");
    let folder = folder.path();

    let (file, register, _, done) = tried(folder, (&live, &copy), Damage::Refused);
    assert!(matches!(done, Ok(Restored::Done { checked, .. }) if checked.faults.is_empty()));
    drop(register);
    let expected = made.read(&file).expect("whole");
    assert_eq!(expected.dossiers[1].1, named("Bakker"));
    let mut dice = Dice::new(17);
    let (mut refused, mut harmless, mut accepted) = (0, 0, 0);
    for _ in 0..flips {
        let bit = dice.roll(copy.len() * 8);
        let mut altered = copy.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        let (file, mut register, before, done) = tried(folder, (&live, &altered), Damage::Refused);
        let listed = match done {
            Ok(Restored::Done { checked, .. }) => {
                assert_eq!(checked.faults, [], "bit {bit}");
                drop(register);
                assert_eq!(made.read(&file).as_ref(), Ok(&expected), "bit {bit}");
                harmless += 1;
                continue;
            }
            Ok(Restored::Damaged(checked)) => {
                assert!(!checked.faults.is_empty());
                true
            }
            Err(failure) => {
                assert!(
                    failure.problem.file.ends_with("kopie.db"),
                    "bit {bit}: {failure}"
                );
                false
            }
        };
        refused += 1;
        assert_eq!(register.head(), Ok(before), "bit {bit}");
        let there = register.peek(made.ids[1], None).expect("there");
        assert_eq!((there.revision, &there.dossier), (3, &later));
        assert_eq!(
            register.check(None).expect("checked").faults,
            [],
            "bit {bit}"
        );
        drop(register);
        if !listed {
            continue;
        }
        // Accepted, what is damaged goes on to be told, and nothing is shown that was never saved.
        let (file, mut register, _, done) = tried(folder, (&live, &altered), Damage::Accepted);
        if let Ok(Restored::Done { checked, .. }) = done {
            accepted += 1;
            assert!(!checked.faults.is_empty());
            // Who may come in stays as it was: a damaged access of a backup does not come back with it.
            let mut told = checked.faults.iter();
            let of_access = told.all(|fault| fault.text.starts_with("toegang "));
            let left = register.check(None).expect("checked").faults;
            assert_eq!(left.is_empty(), of_access, "bit {bit}: {checked:?}");
            drop(register);
            made.is_never_wrong(&file, &expected);
        }
    }
    println!(
        "{flips} flipped bits of a backup of {} bytes: {refused} refused, {accepted} of them accepted after that, {harmless} harmless",
        copy.len()
    );
    assert!(refused > flips / 10 && accepted > 0);
}
