//! The data that an evaluation leans on: what the program brings along, what the municipality's folder adds, and what is
//! named with `--catalogus`.
//!
//! Added files stand beside those of the program. The same catalogue (one id) in a higher version takes the place of the
//! lower one; two answers for one question are an error. A file that is letter for letter one of the program's own
//! counts once, so that the files inside the program can be checked with it too. Texts of letters stand in the folder
//! `brieven` of the municipality's folder.

use crate::budget::{FileKind, Library};
use crate::catalogue::{MunicipalityFile, SourceFile, shipped_files};
use crate::document::{
    Hex, MAX_BYTES, MAX_PICTURE_BYTES, Outline, Picture, Problem, decode, read, read_file,
};
use crate::scenario::ScenarioFile;
use crate::texts::{OwnText, Texts};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A dossier of a client.
    Dossier,
    /// Scenarios to take home.
    Home,
    /// Data to calculate with.
    Data(FileKind),
}

impl Kind {
    /// What a file with this text holds, by a field that only one kind has; nothing when it has none of them.
    fn of(text: &str) -> Option<Self> {
        let outline = Outline::new(text);
        if ["client", "provisions"]
            .iter()
            .any(|field| outline.place(field).is_some())
        {
            return Some(Self::Dossier);
        }
        if ScenarioFile::is_one(&outline) {
            return Some(Self::Home);
        }
        FileKind::of(text).map(Self::Data)
    }

    /// Dutch name.
    pub(super) fn dutch(self) -> &'static str {
        match self {
            Self::Dossier => "dossier",
            Self::Home => "scenariobestand",
            Self::Data(kind) => kind.dutch(),
        }
    }
}

/// A data file that was read.
#[derive(Debug)]
pub(super) struct Given {
    /// As the user named it.
    pub(super) name: String,
    /// Its text.
    pub(super) text: String,
    /// What it holds.
    pub(super) kind: Kind,
}

/// Reads a file and tells what it holds. Errors: it cannot be read, is no RON, or holds something else.
pub(super) fn open(path: &Path) -> Result<Given, Vec<Problem>> {
    let name = path.display().to_string();
    let bytes = read_file(path, MAX_BYTES).map_err(|problem| vec![problem])?;
    let text = decode(&name, &bytes, MAX_BYTES).map_err(|problem| vec![problem])?;
    match Kind::of(text) {
        Some(kind) => Ok(Given {
            text: text.to_owned(),
            kind,
            name,
        }),
        None => Err(unknown(&name, &bytes)),
    }
}

/// Of a file without any known field: its mistakes in writing, else that it is something else.
fn unknown(name: &str, bytes: &[u8]) -> Vec<Problem> {
    if Texts::is_one(name) {
        return vec![
            Problem::error("dit is een tekst van een brief")
                .hint("Zet eigen teksten in de map «brieven» van de gemeente. Met --map MAP kijkt het programma ze alle na.")
                .in_file(name),
        ];
    }
    let text = decode(name, bytes, MAX_BYTES)
        .unwrap_or_default()
        .trim_start();
    if !text.is_empty() && !text.starts_with(['(', '#', '/']) {
        return vec![
            Problem::error("dit is geen bestand van maatwerk: het begint niet met een haakje")
                .hint("Een werkblad of een document leest het programma niet. Begin bij een voorbeeld: maatwerk voorbeelden -o MAP")
                .in_file(name),
        ];
    }
    match read::<ron::Value>(name, bytes) {
        Err(problems) => problems,
        Ok(_) => vec![
            Problem::error("dit bestand is geen dossier, catalogus, gemeentebestand, normenkader of landelijke tabel")
                .hint("Kijk of het goede bestand gekozen is, of vergelijk het met een voorbeeld.")
                .in_file(name),
        ],
    }
}

/// All data: the program's own, all `.ron` files of the folder, and these files.
/// Errors: all problems of all files, each with file, line and column.
pub(super) fn load(files: &[PathBuf], folder: Option<&Path>) -> Result<Library, Vec<Problem>> {
    library(&around(files, folder)?, folder)
}

/// Fingerprint of all data beside the program's own, and of the program: another one may mean other letters.
pub(super) fn fingerprint(
    files: &[PathBuf],
    folder: Option<&Path>,
    library: &Library,
) -> Result<Hex<32>, Vec<Problem>> {
    let mut hasher = Sha256::new();
    hasher.update(env!("CARGO_PKG_VERSION"));
    let own = around(files, folder)?;
    let shipped = shipped_files().iter().map(|file| file.text);
    for text in shipped.chain(own.iter().map(|file| file.text.as_str())) {
        hasher.update(Sha256::digest(text.as_bytes()));
    }
    for file in library.catalogues.municipalities() {
        if let Some(logo) = library.logo(&file.code) {
            hasher.update(Sha256::digest(logo.colours()));
        }
    }
    hasher.update(crate::letter::texts_fingerprint(&library.texts).0);
    Ok(Hex(hasher.finalize().into()))
}

/// A text of a letter of the municipality: its file and what stands in it.
struct OwnFile {
    file: String,
    name: String,
    text: String,
}

/// The texts of letters in the folder of the municipality, if it has any.
fn own_texts(folder: Option<&Path>) -> Result<Vec<OwnFile>, Vec<Problem>> {
    let Some(folder) = folder.map(|folder| folder.join("brieven")) else {
        return Ok(Vec::new());
    };
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let paths = files_of(&folder, "txt", "de map met eigen brieven").map_err(|one| vec![one])?;
    let mut problems = Vec::new();
    let mut found = Vec::new();
    for path in paths {
        let file = path.display().to_string();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let text = read_file(&path, MAX_BYTES)
            .and_then(|bytes| decode(&file, &bytes, MAX_BYTES).map(str::to_owned));
        match text {
            Ok(text) => found.push(OwnFile {
                name: name.into_owned(),
                text,
                file,
            }),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(found)
    } else {
        Err(problems)
    }
}

/// The data files of the folder and those that are named, read.
pub(super) fn around(files: &[PathBuf], folder: Option<&Path>) -> Result<Vec<Given>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut given = Vec::new();
    let in_folder = folder.map(|folder| files_of(folder, "ron", "de map van de gemeente"));
    let in_folder = match in_folder.transpose() {
        Ok(paths) => paths.unwrap_or_default(),
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    };
    for path in in_folder.iter().chain(files) {
        match open(path) {
            Ok(file) if file.kind == Kind::Dossier => problems.push(
                Problem::error("dit is een dossier, geen catalogus of tabel")
                    .hint("Noem dossiers vóór --catalogus, en bewaar ze buiten de map van de gemeente.")
                    .in_file(file.name),
            ),
            Ok(file) if file.kind == Kind::Home => problems.push(
                Problem::error("dit is een scenariobestand, geen catalogus of tabel")
                    .hint("Bewaar scenariobestanden buiten de map van de gemeente.")
                    .in_file(file.name),
            ),
            Ok(file) => given.push(file),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() {
        return Ok(given);
    }
    if let Err(more) = library(&given, None) {
        problems.extend(more);
    }
    Err(problems)
}

/// The program's own data with these files added, and the texts of letters of the municipality's folder.
pub(super) fn library(given: &[Given], folder: Option<&Path>) -> Result<Library, Vec<Problem>> {
    let mut added: Vec<SourceFile<'_>> = Vec::new();
    for file in given {
        let mut known = shipped_files().iter().chain(&added);
        if !known.any(|known| known.text == file.text) {
            added.push(SourceFile {
                name: &file.name,
                text: &file.text,
            });
        }
    }
    let (own, logos) = (own_texts(folder), logos(given));
    let library = Library::with(&added)?;
    let (own, logos) = (own?, logos?);
    let own: Vec<OwnText<'_>> = own
        .iter()
        .map(|own| OwnText {
            file: &own.file,
            name: &own.name,
            text: &own.text,
        })
        .collect();
    Ok(library.with_texts(&own)?.with_logos(logos))
}

/// The logos that municipality files name, by code. Errors: each that is not there or is no picture, at its line.
fn logos(given: &[Given]) -> Result<BTreeMap<String, Arc<Picture>>, Vec<Problem>> {
    let mut logos = BTreeMap::new();
    let mut problems = Vec::new();
    for file in given {
        if file.kind != Kind::Data(FileKind::Municipality) {
            continue;
        }
        // What else is wrong with the file is told where it is loaded.
        let Ok(municipality) = read::<MunicipalityFile>(&file.name, file.text.as_bytes()) else {
            continue;
        };
        let Some(logo) = &municipality.style.logo else {
            continue;
        };
        let path = Path::new(&file.name).with_file_name(&logo.file);
        let picture = read_file(&path, MAX_PICTURE_BYTES).and_then(|bytes| Picture::read(&bytes));
        match picture {
            Ok(picture) => {
                logos.insert(municipality.code, Arc::new(picture));
            }
            Err(problem) => {
                let message = format!("het logo {}: {}", path.display(), problem.message);
                let problem = Problem::error(message).hint(problem.hint);
                let problem = problem.field("style.logo.file").in_file(&file.name);
                problems.push(Outline::new(&file.text).positioned(problem));
            }
        }
    }
    if problems.is_empty() {
        Ok(logos)
    } else {
        Err(problems)
    }
}

/// The files of a folder that end like this, by name; `what` is what the folder is.
pub(super) fn files_of(folder: &Path, end: &str, what: &str) -> Result<Vec<PathBuf>, Problem> {
    let cannot = |_| {
        Problem::error(format!("{what} is niet te lezen"))
            .hint("Kijk of de map bestaat en of u haar mag openen.")
            .in_file(folder.display().to_string())
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(cannot)? {
        let path = entry.map_err(cannot)?.path();
        if path
            .extension()
            .is_some_and(|found| found.eq_ignore_ascii_case(end))
        {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
