//! The core held against figures that were worked out by hand, and against attack.
//!
//! `points`: fixtures for each point of what a catalogue must be able to say.

mod cases;
mod points;
