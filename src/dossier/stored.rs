//! Dossiers as they were stored, of this format or an older one.
//!
//! A stored dossier is a tree of names and values. An older one is brought up by one function for each format in
//! between. This must not know where dossiers are stored.

use serde_json::Value;

use super::{Dossier, FORMAT};

/// What brings a dossier of the format before this one up to it. A field that it changes may be absent: a part of a
/// dossier is brought up in the same way as the whole.
type Step = (u32, fn(&mut Value));

/// One function for each format after the first; none yet.
const STEPS: &[Step] = &[];

/// Why a stored dossier can not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoredError {
    /// It was made by a newer version of the program.
    #[error("dit dossier is gemaakt met een nieuwere versie van maatwerk (indeling {0})")]
    Newer(u64),
    /// It is no dossier of any format.
    #[error("dit is geen dossier")]
    Unreadable,
}

impl Dossier {
    /// The dossier of a stored tree. Errors: it is newer than this program, or no dossier.
    pub fn from_stored(mut tree: Value) -> Result<Self, StoredError> {
        bring_up(&mut tree)?;
        serde_json::from_value(tree).map_err(|_| StoredError::Unreadable)
    }
}

/// Brings a stored dossier, or a part of one that holds the field `format`, up to the format of this program.
pub fn bring_up(tree: &mut Value) -> Result<(), StoredError> {
    through(tree, STEPS, FORMAT)
}

fn through(tree: &mut Value, steps: &[Step], newest: u32) -> Result<(), StoredError> {
    let format = tree.get("format").and_then(Value::as_u64);
    let format = format.ok_or(StoredError::Unreadable)?;
    if format == 0 {
        return Err(StoredError::Unreadable);
    }
    if format > newest.into() {
        return Err(StoredError::Newer(format));
    }
    for (to, step) in steps.iter().filter(|(to, _)| u64::from(*to) > format) {
        step(tree);
        if let Some(stored) = tree.get_mut("format") {
            *stored = (*to).into();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Formats that never were: in the second a name got longer, in the third a field came.
    const MADE_UP: &[Step] = &[
        (2, |tree| {
            let old = tree.as_object_mut().and_then(|tree| tree.remove("gem"));
            if let Some(old) = old {
                tree["municipality"] = old;
            }
        }),
        (3, |tree| tree["urgent"] = false.into()),
    ];

    #[test]
    fn an_older_dossier_is_brought_up_step_by_step_from_its_own_format() {
        let up = |mut tree: Value| through(&mut tree, MADE_UP, 3).map(|()| tree);
        let newest = json!({"format": 3, "municipality": "0546", "urgent": false});
        assert_eq!(up(json!({"format": 1, "gem": "0546"})), Ok(newest.clone()));
        let second = json!({"format": 2, "municipality": "0546"});
        assert_eq!(up(second), Ok(newest.clone()));
        assert_eq!(up(newest.clone()), Ok(newest));
        // A part of a dossier need not have what a step changes.
        let part = json!({"format": 3, "urgent": false});
        assert_eq!(up(json!({"format": 1})), Ok(part));
        assert_eq!(up(json!({"format": 4})), Err(StoredError::Newer(4)));
        for none in [
            json!({}),
            json!([]),
            json!({"format": 0}),
            json!({"format": "1"}),
        ] {
            assert_eq!(up(none), Err(StoredError::Unreadable));
        }
    }

    #[test]
    fn each_format_after_the_first_has_its_step() {
        let steps = STEPS.iter().map(|(to, _)| *to);
        assert!(steps.eq((1..FORMAT).map(|from| from + 1)));
    }
}
