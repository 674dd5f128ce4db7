//! The kit of the window: every control that the screens are made of, each with an accessible name, a focus ring of two
//! points and a border of at least 3:1. It knows no dossier, no catalogue and no figure that it shows.

pub mod button;
pub mod choice;
pub mod dialog;
pub mod field;
pub mod figure;
pub mod group;
pub mod icon;
pub mod mark;
pub mod menu;
pub mod scroll;
pub mod secret;
pub mod text;
pub mod tree;
