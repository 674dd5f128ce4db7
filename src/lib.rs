//! `maatwerk`: Wmo indications and budgets, exact to the cent, with the calculation behind every figure.
//!
//! The rooms from the ground up; each uses only rooms above it in this list.
#![forbid(unsafe_code)]

pub mod quantity;
pub mod calendar;
pub mod trace;
pub mod document;
pub mod catalogue;
pub mod national;
pub mod norms;
pub mod indication;
pub mod budget;
pub mod dossier;
pub mod letter;
pub mod desk;
pub mod cli;
