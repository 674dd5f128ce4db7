//! What a person sets for oneself in a register, such as saved searches: sealed, and along wherever that person works.
//!
//! It must not know what a setting means.

use zeroize::Zeroizing;

use super::failure::Failure;
use super::keys::Keys;
use super::marks::NOBODY;
use super::seal::{Id, Place, What, seal, unseal};
use super::session::Register;
use super::store::{Database, Row, Value, all, one};

fn place<'a>(register: &'a Id, slot: i64, name: &'a str) -> Place<'a> {
    Place {
        register,
        what: What::Setting,
        revision: slot,
        record: name.as_bytes(),
    }
}

/// The slots of which a setting does not open, or stands at another slot or under another name. Those that lie under a
/// key that is not there are passed over.
pub(super) fn damaged(
    database: &mut dyn Database,
    keys: &Keys,
    register: &Id,
) -> Result<Vec<i64>, Failure> {
    let Some(person) = &keys.person else {
        return Ok(Vec::new());
    };
    let rows = all(
        database,
        "SELECT slot, name, sealed FROM setting WHERE slot > $1",
        &[Value::Int(NOBODY)],
        |row| Ok((row.int()?, row.text()?, row.bytes()?)),
    )?;
    let damaged = rows.into_iter().filter_map(|(slot, name, sealed)| {
        let place = place(register, slot, &name);
        let opens = |key| unseal(key, &place, &sealed).is_ok();
        (!opens(person) && !opens(&keys.figures)).then_some(slot)
    });
    Ok(damaged.collect())
}

impl Register {
    /// A setting of the person who works now; nothing if it was never set. The name is readable for everybody, so it
    /// says what is set and nothing more.
    pub fn setting(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        let found = store.read(|database| {
            one(
                database,
                "SELECT sealed FROM setting WHERE slot = $1 AND name = $2",
                &[Value::Int(session.slot.number), Value::Text(name)],
                Row::bytes,
            )
        })?;
        let key = session
            .keys
            .person
            .as_ref()
            .unwrap_or(&session.keys.figures);
        found
            .map(|sealed| unseal(key, &place(&register, session.slot.number, name), &sealed))
            .transpose()
    }

    /// Sets it. A search can hold a name, so it lies under the key of names where the person has that.
    pub fn set_setting(&mut self, name: &str, value: &[u8]) -> Result<(), Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        let key = session
            .keys
            .person
            .as_ref()
            .unwrap_or(&session.keys.figures);
        let sealed = seal(key, &place(&register, session.slot.number, name), value)?;
        store.write(|database| {
            database
                .execute(
                    "INSERT INTO setting (slot, name, sealed) VALUES ($1, $2, $3) \
                     ON CONFLICT (slot, name) DO UPDATE SET sealed = $3",
                    &[
                        Value::Int(session.slot.number),
                        Value::Text(name),
                        Value::Bytes(&sealed),
                    ],
                )
                .map(drop)
        })
    }
}
