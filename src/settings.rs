//! What is set for this computer in `instellingen.ron`: the folder of the municipality and where the register is.
//!
//! People keep this file by hand, so writing changes one field and leaves their remarks alone. It must not know who
//! asks, or what was named on the command line.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::document::{MAX_BYTES, Outline, Problem, decode, read, read_file, write_atomic};
use crate::register::Address;

/// The field that names the register.
const REGISTER: &str = "register";
/// The field that names the folder for backups.
const BACKUPS: &str = "reservekopieen";

/// What is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The folder of the municipality.
    pub folder: Option<PathBuf>,
    /// Where the register is.
    pub register: Option<Address>,
    /// The folder for the backups that the window makes.
    pub backups: Option<PathBuf>,
}

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Written {
    map: Option<PathBuf>,
    register: Option<String>,
    reservekopieen: Option<PathBuf>,
}

impl Settings {
    /// Reads the settings; a file that is not there sets nothing. A path in it counts from its own folder.
    /// Errors: every problem, with file, line, column and field.
    pub fn read(file: &Path) -> Result<Self, Vec<Problem>> {
        if !file.exists() {
            return Ok(Self::default());
        }
        let name = file.display().to_string();
        let bytes = read_file(file, MAX_BYTES).map_err(|problem| vec![problem])?;
        let written: Written = read(&name, &bytes)?;
        let folder = file.parent().unwrap_or(Path::new(""));
        let register = written.register.as_deref().map(Address::parse).transpose();
        let register = register.map_err(|failure| {
            let problem = failure.problem.field(REGISTER).in_file(&name);
            let text = String::from_utf8_lossy(&bytes);
            vec![Outline::new(&text).positioned(problem)]
        })?;
        Ok(Self {
            folder: written.map.map(|path| folder.join(path)),
            backups: written.reservekopieen.map(|path| folder.join(path)),
            register: register.map(|address| match address {
                Address::File(path) => Address::File(folder.join(path)),
                server @ Address::Server(_) => server,
            }),
        })
    }
}

/// Writes in the settings `file` where the register is, and makes the file if it is not there.
/// Errors: the file holds something else than settings, or can not be written; then it is as it was.
pub fn write_register(file: &Path, address: &Address) -> Result<(), Vec<Problem>> {
    let typed = match address {
        Address::File(path) => path.to_str(),
        Address::Server(typed) => Some(typed.as_str()),
    };
    write(file, REGISTER, typed)
}

/// Writes in the settings `file` in which folder backups come, and makes the file if it is not there.
/// Errors: the file holds something else than settings, or can not be written; then it is as it was.
pub fn write_backups(file: &Path, folder: &Path) -> Result<(), Vec<Problem>> {
    write(file, BACKUPS, folder.to_str())
}

/// Writes this text in a field; nothing is a path that is no text.
fn write(file: &Path, field: &str, typed: Option<&str>) -> Result<(), Vec<Problem>> {
    let name = file.display().to_string();
    let bytes = if file.exists() {
        read_file(file, MAX_BYTES).map_err(|problem| vec![problem])?
    } else {
        b"(\n)\n".to_vec()
    };
    read::<Written>(&name, &bytes)?;
    let text = decode(&name, &bytes, MAX_BYTES).map_err(|problem| vec![problem])?;
    let unwritable = || {
        let message = "deze plaats past niet in een instelling";
        let problem = Problem::error(message).hint("Kies een map met een gewone naam.");
        vec![problem.field(field).in_file(&name)]
    };
    let value = ron::to_string(typed.ok_or_else(unwritable)?).map_err(|_| unwritable())?;
    let outline = Outline::new(text);
    let (place, new) = match outline.span(field) {
        Some(place) => (place, value),
        None => {
            let start = outline.span("").map_or(0, |all| all.start);
            let bracket = text.get(start..).and_then(|rest| rest.find('('));
            let after = bracket
                .ok_or_else(unwritable)?
                .saturating_add(start)
                .saturating_add(1);
            (after..after, format!("\n    {field}: {value},"))
        }
    };
    let mut text = text.to_owned();
    text.replace_range(place, &new);
    if let Some(folder) = file.parent() {
        // What went wrong here, goes wrong below and is told there.
        let _ = std::fs::create_dir_all(folder);
    }
    write_atomic(file, text.as_bytes()).map_err(|problem| vec![problem])
}
