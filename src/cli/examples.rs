//! `voorbeelden`: the data of the program as files, to begin from.

use super::arguments::Examples;
use super::{Exit, Surroundings, report};
use crate::examples;
use crate::quantity::dutch::counted;
use std::io;

/// Writes the files and says where to begin.
pub(super) fn run(wanted: &Examples, surroundings: &mut Surroundings<'_>) -> io::Result<Exit> {
    match examples::write(&wanted.output) {
        Ok(files) => {
            writeln!(
                surroundings.out,
                "{} geschreven in {}: catalogi en gemeenten, normenkaders, landelijke tabellen en teksten van brieven. Begin bij {}.",
                counted(files.len(), "bestand", "bestanden"),
                wanted.output.display(),
                wanted.output.join("catalogi").join("LEESMIJ.md").display(),
            )?;
            Ok(Exit::Done)
        }
        Err(problem) => {
            report::problems(surroundings.err, &[problem])?;
            Ok(Exit::Problems)
        }
    }
}
