//! Where a dossier is kept, and why it can be read only.

use std::path::PathBuf;

use crate::register::{Base, DossierId, State};

/// Where a dossier is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Keeping {
    /// Nowhere yet.
    Nowhere,
    /// In this file, which protects nothing.
    File(PathBuf),
    /// In the register.
    Register(InRegister),
}

/// A dossier that is, or will be, in the register.
#[derive(Clone, Debug, PartialEq)]
pub struct InRegister {
    /// Which.
    pub id: DossierId,
    /// The revision that it was based on.
    pub base: Base,
    /// For a dossier that was never saved: the one whose decision it follows up.
    pub follows: Option<DossierId>,
    /// Draft or definitive, in that revision.
    pub state: State,
    /// Why it can be read only; nothing if it can be changed.
    pub reads: Option<Reads>,
}

impl InRegister {
    /// A new dossier, which a save puts in the register.
    pub fn begun(id: DossierId) -> Self {
        Self {
            id,
            base: Base::NEW,
            follows: None,
            state: State::Draft,
            reads: None,
        }
    }
}

/// Why a dossier can be read and not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Somebody else has it open.
    Held {
        /// Who.
        name: String,
        /// Since when, as people write it.
        since: String,
        /// Whether that is the same person, elsewhere or in a program that stopped.
        by_oneself: bool,
        /// Whether it was let go since.
        is_free: bool,
    },
    /// The slot is one of finance, which sees no names and changes nothing.
    Finance,
    /// Its decision is definitive.
    Definitive,
    /// It is an older revision.
    Earlier,
}
