//! The data of the program, written to a folder for who makes files of their own: catalogues, municipalities, norm sets,
//! national tables and texts of letters, each beside its explanation.
//!
//! It writes only what is not there yet, and knows no command line and no window.

use crate::catalogue::shipped_files;
use crate::document::{Problem, write_new};
use crate::national::National;
use crate::norms::NormSets;
use crate::texts::Texts;
use std::path::{Path, PathBuf};

/// A folder of examples: its name, its explanation and its files.
type Shelf = (
    &'static str,
    &'static str,
    Vec<(&'static str, &'static str)>,
);

/// The name of each explanation.
const EXPLANATION: &str = "LEESMIJ.md";

fn shelves() -> [Shelf; 4] {
    let catalogues = shipped_files().iter().map(|file| (file.name, file.text));
    [
        (
            "catalogi",
            include_str!("../assets/catalogues/LEESMIJ.md"),
            catalogues.collect(),
        ),
        (
            "normenkaders",
            include_str!("../assets/norms/LEESMIJ.md"),
            NormSets::sources().collect(),
        ),
        (
            "landelijk",
            include_str!("../assets/national/LEESMIJ.md"),
            National::sources().collect(),
        ),
        (
            "brieven",
            include_str!("../assets/letters/LEESMIJ.md"),
            Texts::sources().collect(),
        ),
    ]
}

/// Writes all of them to a folder, which is made where it is not there yet, and tells which files it wrote.
///
/// # Errors
/// One of the files is there already, and then nothing is written; or the folder takes no files.
pub fn write(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    for (shelf, explanation, items) in shelves() {
        let all = items.into_iter().chain([(EXPLANATION, explanation)]);
        files.extend(all.map(|(name, text)| (folder.join(shelf).join(name), text)));
    }
    if let Some((there, _)) = files.iter().find(|(path, _)| path.exists()) {
        return Err(
            Problem::error("dit bestand is er al; er is niets geschreven")
                .hint("Kies een lege of een nieuwe map.")
                .in_file(there.display().to_string()),
        );
    }
    for (path, text) in &files {
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|_| {
            Problem::error("deze map is niet te maken")
                .hint("Kies een map waarin u mag schrijven.")
                .in_file(parent.display().to_string())
        })?;
        write_new(path, text.as_bytes())?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
