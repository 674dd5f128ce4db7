//! Keeping and destroying: fifteen years from the last change (Wmo 2015 art. 5.3.4), sooner on request (art. 5.3.5).
//!
//! It does not say who may destroy; who did stands in the log.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::audit;
use super::deed::Deed;
use super::dossiers::{Base, DossierId, State, current, gone};
use super::entry::{Entry, entry_of};
use super::failure::Failure;
use super::index::Index;
use super::keys::Keys;
use super::leases::{Held, Holder, held};
use super::restore::erase;
use super::seal::{Id, Place, What, seal, unseal};
use super::session::{Register, Session};
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

/// Why a dossier is destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Its term has passed on this day.
    Expired(Date),
    /// The client asked for it.
    Request,
}

/// What came of destroying a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Destroyed {
    /// It is gone.
    Done,
    /// Somebody saved another revision than was seen, and nothing was changed.
    Changed {
        /// The one that is there now.
        current: i64,
    },
    /// Its term has not passed, and nothing was changed.
    Kept {
        /// The first day on which it may be destroyed.
        until: Date,
    },
    /// Somebody else has it open, and nothing was changed.
    Open(Holder),
}

/// Whether a dossier was destroyed, by whomever.
pub(super) fn is_destroyed(database: &mut dyn Database, id: DossierId) -> Result<bool, Failure> {
    let statement = "SELECT changed FROM destruction WHERE dossier = $1";
    one(database, statement, &[Value::Bytes(&id.0)], Row::int).map(|found| found.is_some())
}

impl Register {
    /// The dossiers whose term has passed on a day, as [`Index::expired`] has them, each with the revision that it is
    /// listed with, to destroy that one and no other.
    pub fn expired(&mut self, today: Date) -> Result<Vec<(Base, Entry)>, Failure> {
        let (mut store, session) = self.working()?;
        let expired = session.index.expired(today);
        store.read(|database| {
            let with_base = expired.into_iter().map(|entry| {
                let statement = "SELECT token FROM revision WHERE dossier = $1 AND revision = $2";
                let values = [Value::Bytes(&entry.id.0), Value::Int(entry.revision)];
                let token = one(database, statement, &values, Row::array)?;
                let base = Base {
                    revision: entry.revision,
                    token: token.map_or(Base::NEW.token, Hex),
                };
                Ok((base, entry.clone()))
            });
            with_base.collect()
        })
    }

    /// Destroys a dossier with all its revisions and its receipt; a record stays. Only as the person saw it (`seen`), while
    /// nobody else has it open, and not before its term unless the client asks. The caller makes a new backup, so that
    /// the older ones, which still hold it, pass their term. Error: it is not there any more.
    pub fn destroy(
        &mut self,
        id: DossierId,
        seen: Base,
        ground: Ground,
        now: Timestamp,
    ) -> Result<Destroyed, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        session.keys.person()?;
        let on_request = ground == Ground::Request;
        let deed = Deed::Destroyed {
            dossier: id,
            on_request,
        };
        let line = session.line(now, deed);
        let working: &Session = session;
        let keys = &working.keys;
        let done = store.write(|database| {
            // By a colleague, or by oneself where the answer was lost.
            if is_destroyed(database, id)? {
                return Err(gone());
            }
            let there = current(database, id)?.ok_or_else(gone)?;
            if there != seen {
                let current = there.revision;
                return Ok(Destroyed::Changed { current });
            }
            if let Held::Theirs(holder) = held(database, working, &register, id, now)? {
                return Ok(Destroyed::Open(holder));
            }
            let about = entry_of(database, &register, keys, id)?
                .ok_or_else(gone)?
                .about;
            let until = kept_until(about.meta.at);
            if matches!(ground, Ground::Expired(today) if today < until) {
                return Ok(Destroyed::Kept { until });
            }
            let record = Destruction {
                at: now,
                by: working.slot.name.clone(),
                on_request,
                number: about.number,
                decision: match about.meta.state {
                    State::Definitive { number } => Some(number),
                    State::Draft => None,
                },
                changed: about.meta.at,
            };
            let text = serde_json::to_vec(&record)
                .map_err(|_| Failure::internal("de aantekening is niet te schrijven"))?;
            let sealed = seal(&keys.figures, &place(&register, &id), &text)?;
            erase(database, &id.0)?;
            let changed = audit::append(database, &keys.figures, &line)?;
            database.execute(
                "INSERT INTO destruction (dossier, changed, sealed) VALUES ($1, $2, $3)",
                &[
                    Value::Bytes(&id.0),
                    Value::Int(changed),
                    Value::Bytes(&sealed),
                ],
            )?;
            Ok(Destroyed::Done)
        })?;
        if done == Destroyed::Done {
            session.index.remove(id);
            store.whoever().scrub_if_possible();
        }
        Ok(done)
    }

    /// The records of all destructions, in the order in which they were done; no record for one that is damaged.
    pub fn destructions(&mut self) -> Result<Vec<(DossierId, Option<Destruction>)>, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
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
