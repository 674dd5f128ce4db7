//! What was done to a register while nobody could write in its log: a mark stays behind, and whoever unlocks first has it
//! become a line.
//!
//! It must not hold anything that is sealed elsewhere: a mark is a moment and what was done, readable for everybody.

use jiff::Timestamp;

use super::backup::{stamp, stamp_read};
use super::deed::Deed;
use super::failure::Failure;
use super::store::{Database, Row, Value, all};

/// The slot under which marks stand among the settings: nobody's.
pub(super) const NOBODY: i64 = 0;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A backup took the place of a damaged register.
    Rescued,
    /// Somebody made a backup.
    Copied,
    /// All of it was put in another place too.
    Moved,
    /// All of it came from another place.
    Arrived,
}

impl Mark {
    const ALL: [Self; 4] = [Self::Rescued, Self::Copied, Self::Moved, Self::Arrived];

    fn name(self) -> &'static str {
        match self {
            Self::Rescued => "teruggezet",
            Self::Copied => "kopie",
            Self::Moved => "overgezet",
            Self::Arrived => "aangekomen",
        }
    }

    fn deed(self) -> Deed {
        match self {
            Self::Rescued => Deed::Rescued,
            Self::Copied => Deed::Copied,
            Self::Moved => Deed::Moved,
            Self::Arrived => Deed::Arrived,
        }
    }
}

/// Leaves a mark.
pub(super) fn leave(
    database: &mut dyn Database,
    mark: Mark,
    now: Timestamp,
) -> Result<(), Failure> {
    let name = format!("{} {}", stamp(now), mark.name());
    let values = [Value::Int(NOBODY), Value::Text(&name), Value::Bytes(&[])];
    let statement =
        "INSERT INTO setting (slot, name, sealed) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    database.execute(statement, &values).map(drop)
}

/// Takes all marks away, and answers what they say, oldest first.
pub(super) fn take(database: &mut dyn Database) -> Result<Vec<(Timestamp, Deed)>, Failure> {
    let nobody = [Value::Int(NOBODY)];
    let statement = "SELECT name FROM setting WHERE slot = $1 ORDER BY name";
    let names = all(database, statement, &nobody, Row::text)?;
    if !names.is_empty() {
        database.execute("DELETE FROM setting WHERE slot = $1", &nobody)?;
    }
    let said = names.iter().filter_map(|name| {
        let (at, what) = name.split_once(' ')?;
        let mark = Mark::ALL.into_iter().find(|mark| mark.name() == what)?;
        Some((stamp_read(at)?, mark.deed()))
    });
    Ok(said.collect())
}
