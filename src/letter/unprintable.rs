//! Characters in a dossier that no letter can print, because its typeface lacks them: each told at its field.

use super::blocks::Content;
use super::layout::{lacking, missing_glyphs};
use crate::document::Problem;
use crate::dossier::Dossier;
use serde_json::Value;
use std::fmt::Write as _;

/// A text of a dossier with characters that cannot be printed.
struct Odd {
    /// The path of its field.
    field: String,
    characters: Vec<char>,
}

/// Everything in a dossier that its letters could not print, as warnings: not every text stands in every letter.
pub fn unprintable(dossier: &Dossier) -> Vec<Problem> {
    let odd = odd(dossier);
    odd.iter()
        .flat_map(|odd| {
            odd.characters
                .iter()
                .map(|letter| told(Problem::warning, odd, *letter))
        })
        .collect()
}

/// What keeps this letter of a dossier from being printed, as far as it comes from the dossier.
pub(super) fn in_the_way(dossier: &Dossier, content: &Content) -> Vec<Problem> {
    let odd = odd(dossier);
    if odd.is_empty() {
        return Vec::new();
    }
    let missing = missing_glyphs(content).unwrap_or_default();
    let printed = |letter: char| missing.iter().any(|missing| missing.character == letter);
    odd.iter()
        .flat_map(|odd| {
            let letters = odd.characters.iter().filter(|letter| printed(**letter));
            letters.map(|letter| told(Problem::error, odd, *letter))
        })
        .collect()
}

fn told(how: fn(String) -> Problem, odd: &Odd, letter: char) -> Problem {
    let code = u32::from(letter);
    let shown = if letter.is_control() {
        String::new()
    } else {
        format!(" ‘{letter}’")
    };
    how(format!(
        "het teken{shown} (U+{code:04X}) staat niet in het lettertype van de brief"
    ))
    .field(odd.field.clone())
    .hint("Vervang dit teken of laat het weg.")
}

fn odd(dossier: &Dossier) -> Vec<Odd> {
    let mut found = Vec::new();
    // A dossier that cannot be written has worse problems, and they are told elsewhere.
    if let Ok(whole) = serde_json::to_value(dossier) {
        look(&whole, &mut String::new(), &mut found);
    }
    found
}

fn look(value: &Value, path: &mut String, found: &mut Vec<Odd>) {
    let length = path.len();
    match value {
        Value::Object(fields) => {
            for (name, child) in fields {
                // The name of a variant, such as `Refused`, stands in no path.
                if !name.starts_with(char::is_uppercase) {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                look(child, path, found);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for (place, child) in items.iter().enumerate() {
                let _ = write!(path, "[{place}]");
                look(child, path, found);
                path.truncate(length);
            }
        }
        Value::String(text)
            if !text.is_ascii() || text.contains(|c: char| c.is_ascii_control()) =>
        {
            let characters = lacking(text).unwrap_or_default();
            if !characters.is_empty() {
                found.push(Odd {
                    field: path.clone(),
                    characters,
                });
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
