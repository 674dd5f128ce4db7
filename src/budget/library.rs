//! All data that an evaluation leans on, loaded and checked together.

use crate::catalogue::{Catalogues, SourceFile, shipped_files};
use crate::document::Problem;
use crate::national::National;
use crate::norms::NormSets;

/// Catalogues, national tables and norm sets.
#[derive(Debug, Clone)]
pub struct Library {
    /// Tariffs and conventions per municipality.
    pub catalogues: Catalogues,
    /// Wages, own contribution and other national figures.
    pub national: National,
    /// Norm sets for hours.
    pub norms: NormSets,
}

impl Library {
    /// What the program brings along. Errors: all problems of all files.
    pub fn shipped() -> Result<Self, Vec<Problem>> {
        Self::with(&[])
    }

    /// What the program brings along, with files of the municipality added.
    /// Errors: all problems of all files, each with file, line and column.
    pub fn with(added: &[SourceFile<'_>]) -> Result<Self, Vec<Problem>> {
        let mut files = shipped_files().to_vec();
        files.extend_from_slice(added);
        Self::of(&files)
    }

    /// Only these catalogues and municipalities, with the national tables and norm sets of the
    /// program. Errors: all problems of all files, each with file, line and column.
    pub fn of(files: &[SourceFile<'_>]) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut keep = |found: Vec<Problem>| problems.extend(found);
        let catalogues = Catalogues::load(files).map_err(&mut keep).ok();
        let national = National::shipped().map_err(&mut keep).ok();
        let norms = NormSets::shipped().map_err(&mut keep).ok();
        match (catalogues, national, norms) {
            (Some(catalogues), Some(national), Some(norms)) => Ok(Self {
                catalogues,
                national,
                norms,
            }),
            _ => Err(problems),
        }
    }
}
