//! The dossier: who asks, what was found and what is decided.
//!
//! It must not know how a dossier is shown, printed or kept.

pub mod address;
pub mod bsn;
pub mod person;
