//! Inputs that nobody would write: dossiers, data files and records of a register, changed at random.
//!
//! Each target takes the fixtures and what lies in `tests/fuzz/corpus`, changes a copy a few times and hands it to the
//! program, which may refuse it but must not stop, and may not believe what is wrong. The numbers are the same every
//! time; with `MAATWERK_LONG` set there are many more of them. What stopped the program goes into the corpus.

#[path = "../register/articles.rs"]
mod articles;
mod change;
mod data;
mod register;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

pub use change::{Dice, changed};

/// How many inputs: a few always, many when asked.
pub fn times(short: u64, long: u64) -> u64 {
    if std::env::var_os("MAATWERK_LONG").is_some() {
        long
    } else {
        short
    }
}

/// The texts of all files with this end in these folders, by name.
pub fn seeds(folders: &[&str], end: &str) -> Vec<Vec<u8>> {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(house.join(folder)).expect("a folder of seeds") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|own| own == end) {
                found.push((path.clone(), fs::read(&path).expect("a seed")));
            }
        }
    }
    assert!(!found.is_empty(), "no seeds in {folders:?}");
    found.sort();
    found.into_iter().map(|(_, text)| text).collect()
}

/// Tries every seed as it is and then so many changed ones; `target` says whether it could do something with it, which
/// must be so for one in twenty. An input that stops it is kept as a file, and named.
pub fn fuzz(name: &str, seeds: &[Vec<u8>], count: u64, target: impl Fn(&[u8]) -> bool) {
    let mut used = 0;
    let given = seeds.iter().cloned();
    let made = (0..count).map(|number| changed(&mut Dice::new(number), seeds));
    for (number, input) in given.chain(made).enumerate() {
        let done = catch_unwind(AssertUnwindSafe(|| target(&input)));
        used += u64::from(matches!(done, Ok(true)));
        if done.is_err() {
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{number}"));
            fs::write(&kept, &input).expect("kept");
            panic!(
                "{name}: input {number} stops it; kept as {}",
                kept.display()
            );
        }
    }
    assert!(
        used > count / 20,
        "{name}: only {used} of {count} were of use"
    );
}
