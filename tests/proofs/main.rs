//! The core held against figures that were worked out by hand, and against attack.
//!
//! `granted`: what comes back and what is in total, and who does what of it.
//! `activities`: hours by goal and activity. `points`: fixtures for each point of what a catalogue must be able to say. `trace`: every figure
//! recomputes from its parts. `dossiers`: the same for every fixture dossier, by an evaluator of its
//! own. `own`: prices that a person put in the place of computed ones. `slips`: extents that nobody means, and extents in total. `shipped`: lines on the shipped catalogues that invite a wrong amount. `strange`: a catalogue that looks like no other, up to its letter. `properties`: what must
//! hold for any input, with `naive` arithmetic beside it.

mod activities;
mod cases;
mod dossiers;
mod granted;
mod loading;
mod naive;
mod own;
mod points;
mod properties;
mod sensitivity;
mod shipped;
mod slips;
mod strange;
mod trace;
