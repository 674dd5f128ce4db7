//! The program `maatwerk`.
#![forbid(unsafe_code)]

fn main() {}
