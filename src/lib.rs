//! `maatwerk`: Wmo indications and budgets, exact to the cent, with the calculation behind every figure.
//!
//! The rooms from the ground up; each uses only rooms above it in this list.
#![forbid(unsafe_code)]

pub mod budget;
pub mod calendar;
pub mod catalogue;
pub mod cli;
pub mod desk;
pub mod document;
pub mod dossier;
pub mod indication;
pub mod letter;
pub mod national;
pub mod norms;
pub mod quantity;
pub mod trace;
