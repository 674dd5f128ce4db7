//! The parts of the window around the form: the head of the dossier, its lines, the budget, the problems. Each draws a part of
//! the [`View`](super::view::View) and gives back what was asked.

pub mod budget;
pub mod caseload;
pub mod conflict;
pub mod elsewhere;
pub mod entry;
pub mod head;
pub mod help;
pub mod lines;
pub mod preview;
pub mod problems;
pub mod register;
pub mod scenarios;
pub mod spares;
pub mod start;
pub mod tariffs;
pub mod timeline;
