//! The letter: what it says as content blocks, laid out on pages, written as a PDF.
//!
//! [`grant`](mod@grant) says what stands in a grant letter, [`report`](report()) in the report of an investigation,
//! [`overview`](overview()) in the overview of scenarios; `sheet`
//! and `markup` make blocks of what a template says, the others set what they are given. Nothing here computes an amount.

pub mod blocks;
pub mod fonts;
pub mod grant;
pub mod layout;
mod markup;
mod overview;
pub mod pages;
pub mod pdf;
mod report;
mod sheet;
mod unprintable;

pub use grant::{Letter, grant, needed, printed, texts_fingerprint};
pub use overview::overview;
pub use pdf::read_aloud;
pub use report::report;
pub use unprintable::unprintable;

#[cfg(test)]
mod sample;
