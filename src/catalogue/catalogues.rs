//! The set of catalogues: which file answers for a municipality on a day.

use super::file::{CatalogueFile, FORMAT};
use super::{Catalogue, MunicipalityFile, SourceFile, earliest};
use crate::document::{Outline, Problem, read_versioned};
use jiff::civil::Date;
use std::sync::Arc;

/// All catalogues and municipalities that are loaded.
#[derive(Debug, Clone, Default)]
pub struct Catalogues {
    municipalities: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    file: MunicipalityFile,
    /// Oldest first, without overlap.
    catalogues: Vec<Arc<Catalogue>>,
    /// Next year's, only to look at.
    previews: Vec<Arc<Catalogue>>,
}

/// The catalogue in force on a day.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    /// The catalogue.
    pub catalogue: &'a Arc<Catalogue>,
    /// Last day on which it answers, if there is one.
    pub until: Option<Date>,
}

/// Why no catalogue answers. Never a fall-back to an older figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAnswer {
    /// No catalogue for this municipality.
    UnknownMunicipality,
    /// The day lies before the first catalogue, which starts on this day.
    BeforeFirst(Date),
    /// The day lies between the last day of one and the first day of the next.
    Gap(Date, Date),
    /// The day lies after the last known day: open.
    AfterLast(Date),
}

impl Catalogues {
    /// Loads files that are catalogues or municipalities. Later files add to earlier ones.
    /// Errors: all problems of all files, each with file, line and column.
    pub fn load(files: &[SourceFile<'_>]) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut unread = false;
        let mut municipalities: Vec<(String, MunicipalityFile)> = Vec::new();
        let mut catalogues: Vec<(String, CatalogueFile, String)> = Vec::new();
        for file in files {
            if is_municipality(file.text) {
                match read_versioned::<MunicipalityFile>(file.name, file.text.as_bytes(), 1) {
                    Ok(read) => {
                        positioned(&mut problems, file, read.check());
                        municipalities.retain(|(_, known)| known.code != read.code);
                        municipalities.push((file.name.to_owned(), read));
                    }
                    Err(found) => {
                        unread = true;
                        problems.extend(found);
                    }
                }
            } else {
                match read_versioned::<CatalogueFile>(file.name, file.text.as_bytes(), FORMAT) {
                    Ok(read) => {
                        // The highest version of a catalogue takes the place of the lower ones,
                        // in whatever order they come; two with one version stay, and collide.
                        let version = version_parts(&read.version);
                        catalogues.retain(|(_, known, _)| {
                            known.id != read.id || version_parts(&known.version) >= version
                        });
                        let higher = catalogues.iter().any(|(_, known, _)| {
                            known.id == read.id && version_parts(&known.version) > version
                        });
                        if !higher {
                            catalogues.push((file.name.to_owned(), read, file.text.to_owned()));
                        }
                    }
                    Err(found) => problems.extend(found),
                }
            }
        }
        let mut set = Self::default();
        for (_, municipality) in municipalities {
            set.add(municipality, &catalogues, &mut problems);
        }
        for (name, file, text) in &catalogues {
            let source = SourceFile { name, text };
            if file
                .municipalities
                .iter()
                .any(|code| set.municipality(code).is_some())
            {
                // Built and checked above.
            } else if let Err(found) = Catalogue::build(file.clone(), name, &[]) {
                positioned(&mut problems, &source, found);
            }
            for (place, code) in file.municipalities.iter().enumerate() {
                // A municipality file that cannot be read, and a code that is none, are told already.
                let a_code = code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit());
                if set.municipality(code).is_some() || unread || !a_code {
                    continue;
                }
                let problem = Problem::error(format!("gemeente {code} heeft geen gemeentebestand"))
                    .field(format!("municipalities[{place}]"))
                    .hint("Zet er een gemeentebestand met deze code bij.");
                positioned(&mut problems, &source, vec![problem]);
            }
        }
        if problems.is_empty() {
            Ok(set)
        } else {
            Err(distinct(problems))
        }
    }

    fn add(
        &mut self,
        municipality: MunicipalityFile,
        files: &[(String, CatalogueFile, String)],
        problems: &mut Vec<Problem>,
    ) {
        let mut built = Vec::new();
        let mut previews = Vec::new();
        for (name, file, text) in files {
            if !file.municipalities.contains(&municipality.code) {
                continue;
            }
            match Catalogue::build(file.clone(), name, &municipality.confirmations) {
                Ok(catalogue) if file.preview => previews.push(Arc::new(catalogue)),
                Ok(catalogue) => built.push(catalogue),
                Err(found) => positioned(problems, &SourceFile { name, text }, found),
            }
        }
        built.sort_by_key(|catalogue| catalogue.file.from);
        let mut overlaps = Vec::new();
        supersede(&mut built, &mut overlaps);
        for problem in overlaps {
            let text = files.iter().find(|(name, ..)| *name == problem.file);
            let text = text.map_or("", |(_, _, text)| text);
            problems.push(Outline::new(text).positioned(problem));
        }
        self.municipalities.push(Entry {
            file: municipality,
            catalogues: built.into_iter().map(Arc::new).collect(),
            previews,
        });
    }

    /// The catalogue in force for a municipality on a day.
    #[inline]
    pub fn on(&self, municipality: &str, day: Date) -> Result<Answer<'_>, NoAnswer> {
        let entry = self
            .municipalities
            .iter()
            .find(|entry| entry.file.code == municipality)
            .ok_or(NoAnswer::UnknownMunicipality)?;
        let all = &entry.catalogues;
        let first = all.first().ok_or(NoAnswer::UnknownMunicipality)?;
        let Some(place) = all.iter().rposition(|catalogue| catalogue.file.from <= day) else {
            return Err(NoAnswer::BeforeFirst(first.file.from));
        };
        let catalogue = all.get(place).unwrap_or(first);
        match catalogue.last {
            Some(last) if day > last => Err(match all.get(place.saturating_add(1)) {
                Some(next) => NoAnswer::Gap(last, next.file.from),
                None => NoAnswer::AfterLast(last),
            }),
            until => Ok(Answer { catalogue, until }),
        }
    }

    /// The last day with a known tariff, if there is an end.
    pub fn last_day(&self, municipality: &str) -> Option<Date> {
        self.of(municipality)
            .last()
            .and_then(|catalogue| catalogue.last)
    }

    /// All catalogues of a municipality, oldest first.
    pub fn of(&self, municipality: &str) -> &[Arc<Catalogue>] {
        self.municipalities
            .iter()
            .find(|entry| entry.file.code == municipality)
            .map_or(&[], |entry| &entry.catalogues)
    }

    /// Catalogues of a municipality that are not in force yet, to look at (R20).
    pub fn previews(&self, municipality: &str) -> &[Arc<Catalogue>] {
        self.municipalities
            .iter()
            .find(|entry| entry.file.code == municipality)
            .map_or(&[], |entry| &entry.previews)
    }

    /// A municipality by its code.
    pub fn municipality(&self, code: &str) -> Option<&MunicipalityFile> {
        self.municipalities
            .iter()
            .map(|entry| &entry.file)
            .find(|file| file.code == code)
    }

    /// All municipalities, as loaded.
    pub fn municipalities(&self) -> impl Iterator<Item = &MunicipalityFile> {
        self.municipalities.iter().map(|entry| &entry.file)
    }
}

/// A version by its numbers, so that 10 comes after 9; what is no number compares as text.
fn version_parts(version: &str) -> Vec<(u64, &str)> {
    let parts = version.split(|c: char| !c.is_alphanumeric());
    parts
        .map(|part| part.parse().map_or((0, part), |number| (number, "")))
        .collect()
}

/// Whether a text is a municipality file: those have a `college`.
fn is_municipality(text: &str) -> bool {
    Outline::new(text).place("college").is_some()
}

fn positioned(problems: &mut Vec<Problem>, file: &SourceFile<'_>, found: Vec<Problem>) {
    if found.is_empty() {
        return;
    }
    let outline = Outline::new(file.text);
    problems.extend(
        found
            .into_iter()
            .map(|p| outline.positioned(p.in_file(file.name))),
    );
}

/// Lets each catalogue that says so end the older one; any other overlap is a problem (decisions 1).
fn supersede(built: &mut [Catalogue], problems: &mut Vec<Problem>) {
    for place in 1..built.len() {
        let Some((before, rest)) = built.split_at_mut_checked(place) else {
            continue;
        };
        let (Some(older), Some(newer)) = (before.last_mut(), rest.first()) else {
            continue;
        };
        let named = newer
            .file
            .supersedes
            .as_ref()
            .is_some_and(|s| s.id == older.file.id);
        let day_before = newer.file.from.yesterday().ok();
        if named {
            older.last = earliest(older.last, day_before);
        }
        if older.last.is_none_or(|last| last >= newer.file.from) {
            problems.push(
                Problem::error(format!(
                    "op {} geven «{}» en «{}» allebei antwoord",
                    newer.file.from, older.file.id, newer.file.id
                ))
                .in_file(&newer.file_name)
                .field("from")
                .hint(if newer.file.id == older.file.id {
                    "Geef de nieuwere een hogere `version`; dan vervangt die de oudere."
                } else {
                    "Laat de oudere eerder eindigen, of zet `supersedes` in de nieuwere."
                }),
            );
        }
    }
}

/// The same file can be built for several municipalities; its problems count once.
fn distinct(problems: Vec<Problem>) -> Vec<Problem> {
    let mut seen: Vec<Problem> = Vec::new();
    for problem in problems {
        if !seen.contains(&problem) {
            seen.push(problem);
        }
    }
    seen
}
