//! All norm sets that the program knows, by id and version.

use super::file::SetFile;
use super::{FORMAT, HoursWork, NormSet, NormSetRef, check};
use crate::document::{Outline, Problem, read_as_far};
use crate::trace::{Provenance, Status};
use std::sync::Arc;

/// The sets inside the program.
const SHIPPED: [(&str, &str); 4] = [
    (
        "kpmg-hhm-hbel-2021.ron",
        include_str!("../../assets/norms/kpmg-hhm-hbel-2021.ron"),
    ),
    (
        "kpmg-hhm-tilburg.ron",
        include_str!("../../assets/norms/kpmg-hhm-tilburg.ron"),
    ),
    (
        "hhm-2025.ron",
        include_str!("../../assets/norms/hhm-2025.ron"),
    ),
    (
        "zelf-in-te-vullen.ron",
        include_str!("../../assets/norms/zelf-in-te-vullen.ron"),
    ),
];

/// Norm sets by id and version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NormSets {
    sets: Vec<NormSet>,
}

impl NormSets {
    /// The sets inside the program. Errors: as [`NormSets::read`]; the program's own tests see that
    /// there are none.
    pub fn shipped() -> Result<Self, Vec<Problem>> {
        Self::read(SHIPPED)
    }

    /// Names and texts of the sets inside the program.
    pub fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
        SHIPPED.into_iter()
    }

    /// Reads files, each given as its name and content. Errors: all problems of all files; two
    /// files with the same set and version is one of them.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut sets = Self::default();
        let mut problems = Vec::new();
        for (name, text) in files {
            if let Err(more) = sets.add(name, text) {
                problems.extend(more);
            }
        }
        if problems.is_empty() {
            Ok(sets)
        } else {
            Err(problems)
        }
    }

    /// Reads one more file, such as one in a municipality's folder. A file with the content of one
    /// that is there already adds nothing. Errors: its problems; nothing is added then.
    pub fn add(&mut self, name: &str, text: &str) -> Result<(), Vec<Problem>> {
        let mut set = parse(name, text)?;
        if let Some(other) = self.find(&set.reference()) {
            set.file_name.clone_from(&other.file_name);
            if set == *other {
                return Ok(());
            }
            return Err(vec![
                Problem::error(format!(
                    "normenkader {} versie {} staat ook in {}",
                    set.id, set.version, other.file_name
                ))
                .field("version")
                .hint("Geef het nieuwe bestand een eigen versie, of haal een van beide weg.")
                .in_file(name),
            ]);
        }
        self.sets.push(set);
        Ok(())
    }

    /// The set with this id and version.
    pub fn find(&self, reference: &NormSetRef) -> Option<&NormSet> {
        self.sets
            .iter()
            .find(|set| set.id == reference.id && set.version == reference.version)
    }

    /// The set that this work was done with. Error: it is not here; an old case never gets another
    /// version by itself (R05).
    pub fn set_of(&self, work: &HoursWork) -> Result<&NormSet, Problem> {
        self.find(&work.set).ok_or_else(|| {
            let versions: Vec<_> = self
                .sets
                .iter()
                .filter(|set| set.id == work.set.id)
                .map(|set| format!("versie {}", set.version))
                .collect();
            let hint = if versions.is_empty() {
                let names: Vec<_> = self.sets.iter().map(|set| set.id.as_str()).collect();
                format!("Wel aanwezig: {}.", names.join(", "))
            } else {
                format!(
                    "Wel aanwezig: {}. Voeg het bestand toe, of kies zelf een andere versie.",
                    versions.join(", ")
                )
            };
            Problem::error(format!(
                "normenkader {} versie {} is er niet",
                work.set.id, work.set.version
            ))
            .field("set")
            .hint(hint)
        })
    }

    /// All sets, in the order in which they were read.
    pub fn iter(&self) -> impl Iterator<Item = &NormSet> {
        self.sets.iter()
    }

    /// Where every figure and convention comes from, with the id of its set.
    pub fn provenances(&self) -> impl Iterator<Item = (&str, &Provenance)> {
        let sets = self.sets.iter();
        sets.flat_map(|set| set.provenances().map(|from| (set.id.as_str(), &**from)))
    }

    /// Takes example figures and conventions as established, because a municipality confirmed them:
    /// those of which `covers` says so by the id of the set and the place of the figure (as in
    /// [`Provenance::place`](crate::trace::Provenance::place)). `by` says who and by which decision.
    /// Other municipalities need a copy without. Gives how many there were.
    pub fn confirm(&mut self, covers: impl Fn(&str, &str) -> bool, by: &str) -> usize {
        let mut confirmed = 0usize;
        for set in &mut self.sets {
            let id = set.id.clone();
            for provenance in set.provenances_mut() {
                if provenance.status == Status::Example && covers(&id, &provenance.place) {
                    let provenance = Arc::make_mut(provenance);
                    provenance.status = Status::Established;
                    provenance.source = format!("{}; bevestigd door {by}", provenance.source);
                    confirmed = confirmed.saturating_add(1);
                }
            }
        }
        confirmed
    }
}

/// What is written wrong and what makes no sense, in one go.
fn parse(name: &str, text: &str) -> Result<NormSet, Vec<Problem>> {
    let (read, mut problems) = read_as_far::<SetFile>(name, text.as_bytes(), FORMAT);
    let Some((file, doubt)) = read else {
        return Err(problems);
    };
    match check::check(name, file, doubt) {
        Ok(set) if problems.is_empty() => return Ok(set),
        Ok(_) => {}
        Err(found) => {
            let outline = Outline::new(text);
            let placed = found.into_iter();
            problems.extend(placed.map(|problem| outline.positioned(problem.in_file(name))));
            problems.sort_by_key(|problem| (problem.line, problem.column));
        }
    }
    Err(problems)
}
