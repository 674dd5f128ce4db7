//! What a person sets for oneself in a register, such as saved searches: sealed, and along wherever that person works.
//!
//! It must not know what a setting means.

use zeroize::Zeroizing;

use super::failure::Failure;
use super::seal::{Id, Place, What, seal, unseal};
use super::session::{Register, Session};
use super::store::{Row, Value, one};

fn place<'a>(register: &'a Id, session: &Session, name: &'a str) -> Place<'a> {
    Place {
        register,
        what: What::Setting,
        revision: session.slot.number,
        record: name.as_bytes(),
    }
}

impl Register {
    /// A setting of the person who works now; nothing if it was never set. The name is readable for everybody, so it
    /// says what is set and nothing more.
    pub fn setting(&mut self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
        let register = self.id;
        let (store, session) = self.working()?;
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
            .map(|sealed| unseal(key, &place(&register, session, name), &sealed))
            .transpose()
    }

    /// Sets it. A search can hold a name, so it lies under the key of names where the person has that.
    pub fn set_setting(&mut self, name: &str, value: &[u8]) -> Result<(), Failure> {
        let register = self.id;
        let (store, session) = self.working()?;
        let key = session
            .keys
            .person
            .as_ref()
            .unwrap_or(&session.keys.figures);
        let sealed = seal(key, &place(&register, session, name), value)?;
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
