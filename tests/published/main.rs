//! Money through the public face: every published amount, every worked figure, and every day on
//! which something changes. The cases are data in `fixtures/published`, each with its source.
//!
//! `program` loads the data, `sheets` reads the tariff sheets as printed, `worked` evaluates cases
//! with their trace, `days` walks over every date on which a shipped catalogue changes.

#[cfg(test)]
mod days;
#[cfg(test)]
mod program;
#[cfg(test)]
mod sheets;
#[cfg(test)]
mod worked;
