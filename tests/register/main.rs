//! The register through its public face: on SQLite, and on PostgreSQL where a server can be started.
//!
//! The server and the failing disks are those of Unix.

#![cfg(unix)]

mod access;
mod articles;
mod bad_input;
mod caseload;
mod certificates;
mod child;
mod conformance;
mod copies;
mod damage;
mod decisions;
mod deeds;
mod faults;
mod finance;
mod flips;
mod formats;
mod hostile;
mod journal;
mod keeping;
mod kills;
mod log;
mod long;
mod memory;
mod moving;
mod patience;
mod places;
mod program;
mod restore;
mod safety;
mod server;
mod traces;
mod unchecked;
mod withdrawn;
