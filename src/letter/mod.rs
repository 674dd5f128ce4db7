//! The letter: content blocks, laid out on pages, written as a PDF.
//!
//! Nothing here computes an amount: it sets what it is given.

pub mod blocks;
pub mod fonts;
pub mod layout;
pub mod pages;
pub mod pdf;

#[cfg(test)]
mod sample;
