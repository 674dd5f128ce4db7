//! What goes before a tailored provision, as a list that an investigation walks along: general provisions of the
//! municipality, and provisions by another law.
//!
//! The list is data (`assets/investigation/voorgaand.ron`); a municipality adds its own in its file. This must not know what
//! a dossier says about it.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::document::{Problem, read_versioned};

/// The format that this program reads.
const FORMAT: u32 = 1;

/// The list inside the program.
const SHIPPED: (&str, &str) = (
    "voorgaand.ron",
    include_str!("../../assets/investigation/voorgaand.ron"),
);

/// The file as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorsFile {
    #[serde(rename = "format")]
    _format: u32,
    provisions: Vec<PriorProvision>,
}

/// A general provision, or one by another law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorProvision {
    /// Short name by which dossiers refer to it.
    pub id: String,
    /// Dutch name.
    pub label: String,
    /// What it is, in a sentence.
    pub about: String,
}

/// The list inside the program, read once. Errors: all its problems; the program's own tests see that there are none.
pub fn priors() -> Result<&'static [PriorProvision], Vec<Problem>> {
    static LIST: OnceLock<Result<Vec<PriorProvision>, Vec<Problem>>> = OnceLock::new();
    let list = LIST.get_or_init(|| {
        let file: PriorsFile = read_versioned(SHIPPED.0, SHIPPED.1.as_bytes(), FORMAT)?;
        Ok(file.provisions)
    });
    list.as_deref().map_err(Clone::clone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_list_has_what_an_investigation_must_look_at_each_once() {
        let list = priors().unwrap();
        let ids: HashSet<&str> = list.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids.len(), list.len());
        for id in [
            "mantelzorgondersteuning",
            "sociale-basis",
            "eenzaamheid",
            "schuldhulp",
            "was-en-strijk",
            "zvw",
            "wlz",
        ] {
            assert!(ids.contains(id), "{id}");
        }
        assert!(list.iter().all(|one| one.about.ends_with('.')));
    }
}
