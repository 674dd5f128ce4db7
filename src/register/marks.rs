//! What was done to a register while nobody could write in its log: a mark stays behind, and whoever unlocks first has it
//! become a line.
//!
//! One thing stays: that all of the register was put in another place. Then nobody works in it until that is taken back, or
//! two registers would go on giving the same numbers.
//!
//! It must not hold anything that is sealed elsewhere: a mark is a moment and what was done, readable for everybody.

use jiff::Timestamp;

use super::backup::{stamp, stamp_read};
use super::deed::Deed;
use super::failure::{Failure, Kind};
use super::store::{Database, Row, Value, all, one};

/// The slot under which marks stand among the settings: nobody's.
pub(super) const NOBODY: i64 = 0;

/// The slot under which stands where the register went: nobody's either.
const ELSEWHERE: i64 = -1;

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
    /// That it was put in another place, was taken back.
    Stayed,
}

impl Mark {
    const ALL: [Self; 5] = [
        Self::Rescued,
        Self::Copied,
        Self::Moved,
        Self::Arrived,
        Self::Stayed,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Rescued => "teruggezet",
            Self::Copied => "kopie",
            Self::Moved => "overgezet",
            Self::Arrived => "aangekomen",
            Self::Stayed => "gebleven",
        }
    }

    fn deed(self) -> Deed {
        match self {
            Self::Rescued => Deed::Rescued,
            Self::Copied => Deed::Copied,
            Self::Moved => Deed::Moved,
            Self::Arrived => Deed::Arrived,
            Self::Stayed => Deed::Stayed,
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

/// Writes down that all of the register is in another place from now on, named for people.
pub(super) fn go_elsewhere(database: &mut dyn Database, place: &str) -> Result<(), Failure> {
    let values = [Value::Int(ELSEWHERE), Value::Bytes(place.as_bytes())];
    let statement = "INSERT INTO setting (slot, name, sealed) VALUES ($1, 'overgezet', $2)";
    database.execute(statement, &values).map(drop)
}

/// Takes that back. Whether it stood there.
pub(super) fn stay(database: &mut dyn Database) -> Result<bool, Failure> {
    let statement = "DELETE FROM setting WHERE slot = $1";
    let taken = database.execute(statement, &[Value::Int(ELSEWHERE)])?;
    Ok(taken > 0)
}

/// Error: all of the register was put in another place, where the work goes on.
pub(super) fn is_here(database: &mut dyn Database) -> Result<(), Failure> {
    let statement = "SELECT sealed FROM setting WHERE slot = $1";
    let Some(place) = one(database, statement, &[Value::Int(ELSEWHERE)], Row::bytes)? else {
        return Ok(());
    };
    let place = String::from_utf8_lossy(&place);
    Err(Failure::new(
        Kind::Moved,
        format!("dit register is overgezet naar {place}; hier wordt niet meer gewerkt"),
        "Werk daar verder: kies Andere plaats…, of zet die plaats in instellingen.ron achter register. Was het overzetten een \
         vergissing? Herroep het dan met: maatwerk register verhuis --terug --ja",
    ))
}
