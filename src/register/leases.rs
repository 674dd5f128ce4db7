//! Who has a dossier open, since when: courtesy between colleagues, no lock.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::dossiers::DossierId;
use super::failure::Failure;
use super::seal::{Id, Place, What, seal, unseal};
use super::session::{Register, Session};
use super::store::{Database, Value, one};

/// How long a lease holds without being renewed. A program that stopped is no longer in the way after this, nor is one
/// on a computer whose clock is further off than this: what protects is the revision that a save is based on.
pub const LEASE: SignedDuration = SignedDuration::from_secs(120);

/// Who has a dossier open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holder {
    /// Name of the slot.
    pub name: String,
    /// Since when, by that person's clock.
    pub since: Timestamp,
}

/// The answer to who may write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lease {
    /// This session has the dossier.
    Ours,
    /// Somebody else has: open it for reading.
    Theirs(Holder),
}

/// Who has a dossier open, as far as the lease on it has not lapsed.
pub(super) enum Held {
    /// Nobody.
    Free,
    /// This session, since then.
    Ours(Timestamp),
    /// Another one.
    Theirs(Holder),
}

fn place<'a>(register: &'a Id, id: &'a DossierId) -> Place<'a> {
    Place {
        register,
        what: What::Holder,
        revision: 0,
        record: &id.0,
    }
}

/// Looks who has a dossier open, in the transaction that is running.
pub(super) fn held(
    database: &mut dyn Database,
    session: &Session,
    register: &Id,
    id: DossierId,
    now: Timestamp,
) -> Result<Held, Failure> {
    let lease = one(
        database,
        "SELECT session, since, beat, holder FROM lease WHERE dossier = $1",
        &[Value::Bytes(&id.0)],
        |row| Ok((row.array::<16>()?, row.int()?, row.int()?, row.bytes()?)),
    )?;
    let Some((token, began, last, holder)) = lease else {
        return Ok(Held::Free);
    };
    if token == session.token {
        return Ok(Held::Ours(Timestamp::from_second(began).unwrap_or(now)));
    }
    if now.as_second().abs_diff(last) >= LEASE.as_secs().unsigned_abs() {
        return Ok(Held::Free);
    }
    let text = unseal(&session.keys.figures, &place(register, &id), &holder)?;
    let damaged = |_| Failure::damaged("de aantekening wie een dossier open heeft");
    serde_json::from_slice(&text)
        .map(Held::Theirs)
        .map_err(damaged)
}

impl Register {
    /// Takes or renews the lease on a dossier. Called when opening it to write, and again within [`LEASE`].
    pub fn lease(&mut self, id: DossierId, now: Timestamp) -> Result<Lease, Failure> {
        self.lease_unless(id, now, |_, _| true)
    }

    /// Takes the lease over from another session of the same person, such as a program that was killed a moment ago. That
    /// of somebody else stays theirs.
    pub fn take_over(&mut self, id: DossierId, now: Timestamp) -> Result<Lease, Failure> {
        self.lease_unless(id, now, |holder, own| holder.name != own)
    }

    /// Takes the lease unless another session holds it and `keeps` says, of its holder and the own name, that it stays.
    fn lease_unless(
        &mut self,
        id: DossierId,
        now: Timestamp,
        keeps: fn(&Holder, &str) -> bool,
    ) -> Result<Lease, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        let place = place(&register, &id);
        store.write(|database| {
            let mut since = now;
            match held(database, session, &register, id, now)? {
                Held::Ours(began) => since = began,
                Held::Theirs(holder) if keeps(&holder, &session.slot.name) => {
                    return Ok(Lease::Theirs(holder));
                }
                Held::Theirs(_) | Held::Free => {}
            }
            let holder = Holder {
                name: session.slot.name.clone(),
                since,
            };
            let text = serde_json::to_vec(&holder)
                .map_err(|_| Failure::internal("de aantekening is niet te schrijven"))?;
            let holder = seal(&session.keys.figures, &place, &text)?;
            database.execute(
                "INSERT INTO lease (dossier, session, since, beat, holder) VALUES ($1, $2, $3, $4, $5) \
                 ON CONFLICT (dossier) DO UPDATE SET session = $2, since = $3, beat = $4, holder = $5",
                &[
                    Value::Bytes(&id.0),
                    Value::Bytes(&session.token),
                    Value::Int(since.as_second()),
                    Value::Int(now.as_second()),
                    Value::Bytes(&holder),
                ],
            )?;
            Ok(Lease::Ours)
        })
    }

    /// Who has the dossier open, beside this session. It takes nothing.
    pub fn holder(&mut self, id: DossierId, now: Timestamp) -> Result<Option<Holder>, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        let held = store.read(|database| held(database, session, &register, id, now))?;
        Ok(match held {
            Held::Theirs(holder) => Some(holder),
            Held::Ours(_) | Held::Free => None,
        })
    }

    /// Gives back every lease of this session but that on `kept`: what it opened besides is not open any more.
    pub fn release_others(&mut self, kept: Option<DossierId>) -> Result<(), Failure> {
        let (mut store, session) = self.working()?;
        // No dossier has the id without a byte.
        let kept = kept.as_ref().map_or(&[][..], |id| &id.0);
        store.whoever().write(|database| {
            database
                .execute(
                    "DELETE FROM lease WHERE session = $1 AND dossier <> $2",
                    &[Value::Bytes(&session.token), Value::Bytes(kept)],
                )
                .map(drop)
        })
    }

    /// Gives the lease back, when the dossier is closed.
    pub fn release(&mut self, id: DossierId) -> Result<(), Failure> {
        let (mut store, session) = self.working()?;
        store.whoever().write(|database| {
            database
                .execute(
                    "DELETE FROM lease WHERE dossier = $1 AND session = $2",
                    &[Value::Bytes(&id.0), Value::Bytes(&session.token)],
                )
                .map(drop)
        })
    }
}
