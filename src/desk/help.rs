//! What belongs in a field, and on which article or standard that rests: the text behind F1.
//!
//! The texts are data (`assets/help/velden.ron`), one for each kind of field. This module knows no dossier and no screen.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use super::editing::Place;
use crate::document::{Problem, read_versioned};

/// The format that this program reads.
const FORMAT: u32 = 1;

/// The file inside the program.
const SHIPPED: (&str, &str) = ("velden.ron", include_str!("../../assets/help/velden.ron"));

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct HelpFile {
    #[serde(rename = "format")]
    _format: u32,
    fields: Vec<FieldHelp>,
}

/// What belongs in one kind of field.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldHelp {
    /// Its path, as in a problem; a number stands for any item of a list, `*` for any entry of a map.
    pub field: String,
    /// What belongs in it.
    pub text: String,
    /// The article, ruling or standard that says so.
    pub source: String,
}

fn kind(path: &str) -> u64 {
    let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
    let place = parts.fold(Place::root(), |place, part| {
        match (part, part.parse::<usize>()) {
            ("*", _) => place.entry(part),
            (_, Ok(index)) => place.item(index),
            (name, Err(_)) => place.field(name),
        }
    });
    place.kind()
}

/// The help on the field at `place`; nothing where there is none. Errors: the problems of the file; the program's own tests
/// see that there are none.
pub fn help(place: Place) -> Result<Option<&'static FieldHelp>, Vec<Problem>> {
    static LIST: OnceLock<Result<HashMap<u64, FieldHelp>, Vec<Problem>>> = OnceLock::new();
    let list = LIST.get_or_init(|| {
        let file: HelpFile = read_versioned(SHIPPED.0, SHIPPED.1.as_bytes(), FORMAT)?;
        let mut list = HashMap::new();
        for field in file.fields {
            // A scenario tries other choices and hours with the same fields.
            let elsewhere = field.field.strip_prefix("provisions[0].line.");
            if let Some(rest) =
                elsewhere.filter(|rest| rest.starts_with("choices") || rest.starts_with("hours"))
            {
                let place = format!("scenarios[0].lines[0].{rest}");
                list.insert(kind(&place), field.clone());
            }
            list.insert(kind(&field.field), field);
        }
        Ok(list)
    });
    match list {
        Ok(list) => Ok(list.get(&place.kind())),
        Err(problems) => Err(problems.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_field_is_explained_once_in_a_sentence_with_its_source() {
        let file: HelpFile =
            read_versioned(SHIPPED.0, SHIPPED.1.as_bytes(), FORMAT).expect("the file is right");
        let mut seen = std::collections::HashSet::new();
        for one in &file.fields {
            assert!(seen.insert(kind(&one.field)), "twice: {}", one.field);
            assert!(one.text.ends_with(['.', '?']), "{}", one.field);
            assert!(!one.source.trim().is_empty(), "{}", one.field);
        }
    }

    #[test]
    fn an_item_of_a_list_and_an_entry_of_a_map_share_their_help() {
        let first = help(Place::of_path("provisions[0].line.from")).unwrap();
        let third = help(Place::of_path("provisions[2].line.from")).unwrap();
        assert!(first.is_some());
        assert_eq!(first, third);
        let choices = Place::of_path("provisions[1].line.choices");
        assert!(help(choices.entry("severity")).unwrap().is_some());
        assert!(help(Place::root().field("nergens")).unwrap().is_none());
    }
}
