//! A folder of letters: what was made from what, so that a batch that was stopped goes on where it was.
//!
//! Beside the letters stands a file with a line for each: the fingerprint of all that it was made from, of the letter
//! itself, and its name. A letter is left alone when both are still the same. A line that was cut off counts for nothing.

use crate::document::{Hex, Problem};
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The name of the file beside the letters.
const NAME: &str = "maatwerk-brieven.txt";

/// What is known of the letters in a folder.
pub(super) struct Batch {
    /// The fingerprint of what all letters are made from: data, texts, program.
    shared: Hex<32>,
    /// The day of calculation.
    today: Date,
    known: BTreeMap<String, (String, String)>,
    notes: Mutex<File>,
}

impl Batch {
    /// The letters of a folder, as far as they were written down. Error: the folder cannot be written to.
    pub(super) fn open(folder: &Path, shared: Hex<32>, today: Date) -> Result<Self, Problem> {
        let path = folder.join(NAME);
        let text = fs::read(&path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let known = text.lines().filter_map(|line| {
            let mut parts = line.splitn(3, ' ');
            let (made_from, letter, name) = (parts.next()?, parts.next()?, parts.next()?);
            Some((name.to_owned(), (made_from.to_owned(), letter.to_owned())))
        });
        let known = known.collect();
        let notes = File::options().create(true).append(true).open(&path);
        let mut notes = notes.map_err(|_| cannot(&path))?;
        // After a line that was cut off the next one begins anew.
        if !text.is_empty() && !text.ends_with('\n') {
            notes.write_all(b"\n").map_err(|_| cannot(&path))?;
        }
        Ok(Self {
            shared,
            today,
            known,
            notes: Mutex::new(notes),
        })
    }

    /// The fingerprint of all that the letter of a dossier is made from.
    pub(super) fn made_from(&self, dossier: &[u8]) -> Hex<32> {
        let mut hasher = Sha256::new();
        hasher.update(self.shared.0);
        hasher.update(self.today.to_string());
        hasher.update(dossier);
        Hex(hasher.finalize().into())
    }

    /// Whether a letter is there, made from this and not touched since.
    pub(super) fn has(&self, target: &Path, made_from: Hex<32>) -> bool {
        let known = name(target).and_then(|name| self.known.get(&name));
        known.is_some_and(|(from, letter)| {
            *from == made_from.to_string()
                && fs::read(target).is_ok_and(|bytes| *letter == of(&bytes).to_string())
        })
    }

    /// Writes down that a letter is there. Error: that cannot be written; the letter itself is whole.
    pub(super) fn note(
        &self,
        target: &Path,
        made_from: Hex<32>,
        letter: &[u8],
    ) -> Result<(), Problem> {
        let Some(name) = name(target) else {
            return Ok(());
        };
        let line = format!("{made_from} {} {name}\n", of(letter));
        let mut notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let written = notes.write_all(line.as_bytes());
        written.map_err(|_| cannot(&target.with_file_name(NAME)))
    }
}

/// The name of a letter, if it can stand on a line.
fn name(target: &Path) -> Option<String> {
    let name = target.file_name()?.to_str()?;
    (!name.contains('\n')).then(|| name.to_owned())
}

fn of(bytes: &[u8]) -> Hex<32> {
    Hex(Sha256::digest(bytes).into())
}

fn cannot(path: &Path) -> Problem {
    Problem::error("wat er al klaar is, is niet op te schrijven")
        .hint("Kijk of u in deze map mag schrijven en of de schijf niet vol is.")
        .in_file(path.display().to_string())
}

/// The dossiers that are named: of a folder all its `.ron` files, by name. Error: a folder cannot be read.
pub(super) fn dossiers_in(named: &[PathBuf]) -> Result<Vec<PathBuf>, Problem> {
    let mut found = Vec::new();
    for path in named {
        if path.is_dir() {
            found.extend(super::sources::files_of(path, "ron", "deze map")?);
        } else {
            found.push(path.clone());
        }
    }
    Ok(found)
}
