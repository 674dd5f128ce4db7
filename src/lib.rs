//! `maatwerk`: Wmo indications and budgets, exact to the cent, with the calculation behind every figure.
//!
//! The rooms from the ground up; each uses only rooms above it in this list (`tests/house.rs` says which).
#![forbid(unsafe_code)]

pub mod quantity;
pub mod calendar;
pub mod trace;
pub mod document;
pub mod plain;
pub mod texts;
pub mod national;
pub mod norms;
pub mod catalogue;
pub mod indication;
pub mod budget;
pub mod dossier;
pub mod scenario;
pub mod register;
pub mod settings;
pub mod examples;
pub mod printing;
#[allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    reason = "positions on a page are floats in points; amounts arrive as text"
)]
pub mod letter;
#[allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    reason = "positions on a screen are floats in pixels; amounts arrive as text"
)]
pub mod desk;
pub mod cli;
