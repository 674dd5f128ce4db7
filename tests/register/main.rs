//! The register through its public face: on SQLite, and on PostgreSQL where a server can be started.

mod bad_input;
mod child;
mod conformance;
mod decisions;
mod faults;
mod finance;
mod formats;
mod keeping;
mod log;
mod places;
mod server;
