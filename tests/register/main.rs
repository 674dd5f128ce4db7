//! The register through its public face: on SQLite, and on PostgreSQL where a server can be started.

mod bad_input;
mod conformance;
mod decisions;
mod formats;
mod log;
mod places;
mod server;
