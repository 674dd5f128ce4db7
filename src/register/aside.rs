//! What a window sets aside while it is locked: sealed, for the person whose work it is.
//!
//! It must not know what that is, and keeps it nowhere: whoever asked holds it.

use zeroize::Zeroizing;

use super::failure::Failure;
use super::keys::Key;
use super::seal::{Place, What, seal, unseal};
use super::session::{Register, Session};

/// Finance has no key of names, and what it sets aside has none.
fn key(session: &Session) -> &Key {
    session
        .keys
        .person
        .as_ref()
        .unwrap_or(&session.keys.figures)
}

impl Register {
    fn aside(&self, slot: i64) -> Place<'_> {
        Place {
            register: &self.id,
            what: What::Aside,
            revision: slot,
            record: b"",
        }
    }

    /// Seals what is set aside before locking. Error: it is locked already.
    pub fn set_aside(&self, text: &[u8]) -> Result<Vec<u8>, Failure> {
        let session = self.session()?;
        seal(key(session), &self.aside(session.slot.number), text)
    }

    /// Opens what was set aside by who unlocked now. Error: it is of somebody else, or of another register.
    pub fn take_aside(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let session = self.session()?;
        unseal(key(session), &self.aside(session.slot.number), sealed)
    }
}
