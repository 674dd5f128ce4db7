//! Keeping and destroying: fifteen years from the last change (Wmo 2015 art. 5.3.4), sooner on request (art. 5.3.5).
//!
//! It does not say who may destroy; who did stands in the log.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::audit::{self, Deed};
use super::dossiers::DossierId;
use super::dossiers::{State, gone};
use super::failure::Failure;
use super::index::{Entry, Index};
use super::keys::Keys;
use super::restore::erase;
use super::seal::{Id, Place, What, seal, unseal};
use super::session::Register;
use super::store::{Database, Row, Value, all, one};
use crate::document::Hex;

/// How many years a dossier is kept after its last change.
pub const YEARS: i16 = 15;

/// The record of a destruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Destruction {
    /// When.
    pub at: Timestamp,
    /// By whom: the name of the slot then.
    pub by: String,
    /// Because the client asked, and not because the term had passed.
    pub on_request: bool,
    /// Case number.
    pub number: String,
    /// Number of the decision, if it was definitive.
    pub decision: Option<String>,
    /// When it was last changed.
    pub changed: Timestamp,
}

/// The first day on which a dossier that was last changed at this moment may be destroyed.
pub fn kept_until(changed: Timestamp) -> Date {
    let day = changed.to_zoned(TimeZone::UTC).date();
    let years = jiff::Span::new().years(i64::from(YEARS)).days(1);
    day.checked_add(years).unwrap_or(Date::MAX)
}

impl Index {
    /// The dossiers whose term has passed on a day, the longest ago first.
    pub fn expired(&self, today: Date) -> Vec<&Entry> {
        let mut expired: Vec<&Entry> = self
            .entries()
            .iter()
            .filter(|entry| kept_until(entry.about.meta.at) <= today)
            .collect();
        expired.sort_by_key(|entry| (entry.about.meta.at, entry.id));
        expired
    }
}

impl Register {
    /// Destroys a dossier with all its revisions and its receipt; a record stays. The caller makes a new backup, so that
    /// the older ones, which still hold it, pass their term.
    pub fn destroy(
        &mut self,
        id: DossierId,
        on_request: bool,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let register = self.id;
        let (store, session) = self.working()?;
        session.keys.person()?;
        let entry = session.index.entry(id).ok_or_else(gone)?;
        let meta = &entry.about.meta;
        let record = Destruction {
            at: now,
            by: session.slot.name.clone(),
            on_request,
            number: entry.about.number.clone(),
            decision: match &meta.state {
                State::Definitive { number } => Some(number.clone()),
                State::Draft => None,
            },
            changed: meta.at,
        };
        let text = serde_json::to_vec(&record)
            .map_err(|_| Failure::internal("de aantekening is niet te schrijven"))?;
        let place = place(&register, &id);
        let sealed = seal(&session.keys.figures, &place, &text)?;
        let line = session.line(
            now,
            Deed::Destroyed {
                dossier: id,
                on_request,
            },
        );
        store.write(|database| {
            // By a colleague, or by oneself where the answer was lost.
            let statement = "SELECT changed FROM destruction WHERE dossier = $1";
            if one(database, statement, &[Value::Bytes(&id.0)], Row::int)?.is_some() {
                return Err(gone());
            }
            erase(database, &id.0)?;
            let changed = audit::append(database, &session.keys.figures, &line)?;
            database
                .execute(
                    "INSERT INTO destruction (dossier, changed, sealed) VALUES ($1, $2, $3)",
                    &[
                        Value::Bytes(&id.0),
                        Value::Int(changed),
                        Value::Bytes(&sealed),
                    ],
                )
                .map(drop)
        })?;
        session.index.remove(id);
        store.scrub_if_possible();
        Ok(())
    }

    /// The records of all destructions, in the order in which they were done; no record for one that is damaged.
    pub fn destructions(&mut self) -> Result<Vec<(DossierId, Option<Destruction>)>, Failure> {
        let register = self.id;
        let (store, session) = self.working()?;
        let mut records = store.read(|database| destroyed(database, &session.keys, &register))?;
        records.sort_by_key(|(_, record)| record.as_ref().map(|record| record.at));
        Ok(records)
    }
}

/// All records of destructions; nothing for one that does not open.
pub(super) fn destroyed(
    database: &mut dyn Database,
    keys: &Keys,
    register: &Id,
) -> Result<Vec<(DossierId, Option<Destruction>)>, Failure> {
    let rows = all(
        database,
        "SELECT dossier, sealed FROM destruction ORDER BY changed",
        &[],
        |row| Ok((row.array().ok(), row.bytes().unwrap_or_default())),
    )?;
    let opened = rows.into_iter().filter_map(|(id, sealed)| {
        let id = Hex(id?);
        let text = unseal(&keys.figures, &place(register, &id), &sealed).ok();
        Some((id, text.and_then(|text| serde_json::from_slice(&text).ok())))
    });
    Ok(opened.collect())
}

fn place<'a>(register: &'a Id, id: &'a DossierId) -> Place<'a> {
    Place {
        register,
        what: What::Destruction,
        revision: 0,
        record: &id.0,
    }
}
