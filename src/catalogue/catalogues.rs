//! The set of catalogues: which file answers for a municipality on a day.

use super::check::check;
use super::file::{CatalogueFile, FORMAT};
use super::municipality::is_code;
use super::{Catalogue, MunicipalityFile, SourceFile, earliest};
use crate::document::{Outline, Problem, Severity, read_as_far};
use crate::trace::Provenance;
use jiff::civil::Date;
use std::sync::Arc;

/// All catalogues and municipalities that are loaded.
#[derive(Debug, Clone, Default)]
pub struct Catalogues {
    municipalities: Vec<Entry>,
    warnings: Vec<Problem>,
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

/// Where a figure comes from that does not stand in a catalogue, with the id of its file.
pub type Table<'p> = (&'p str, &'p Provenance);

/// A catalogue file with the text that it was read from.
struct Read<'t> {
    source: SourceFile<'t>,
    file: CatalogueFile,
    /// Whether nothing is wrong with it, so that it can be asked.
    sound: bool,
}

impl Catalogues {
    /// Loads files that are catalogues or municipalities. Later files add to earlier ones.
    /// `tables` are the other data that a municipality can confirm, norm sets and national tables, by their id;
    /// nothing when those could not be read. Errors: all problems of all files, each with file, line and column.
    pub fn load(
        files: &[SourceFile<'_>],
        tables: Option<&[Table<'_>]>,
    ) -> Result<Self, Vec<Problem>> {
        let mut loading = Loading::default();
        for source in files {
            if is_municipality(source.text) {
                loading.municipality(*source);
            } else {
                loading.catalogue(*source);
            }
        }
        let mut set = Self::default();
        for (source, municipality) in std::mem::take(&mut loading.municipalities) {
            let entry = loading.entry(municipality);
            loading.check_confirmations(&source, &entry, tables);
            set.municipalities.push(entry);
        }
        loading.check_references(&set);
        if loading.problems.iter().any(is_error) {
            Err(loading.problems)
        } else {
            set.warnings = loading.problems;
            Ok(set)
        }
    }

    /// What can be loaded and will not work as it stands, each with file, line and column.
    pub fn warnings(&self) -> &[Problem] {
        &self.warnings
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

fn is_error(problem: &Problem) -> bool {
    problem.severity == Severity::Error
}

/// Files on their way to a set.
#[derive(Default)]
struct Loading<'t> {
    municipalities: Vec<(SourceFile<'t>, MunicipalityFile)>,
    catalogues: Vec<Read<'t>>,
    /// Whether a file could not be read so far that its names are known.
    municipality_missing: bool,
    catalogue_missing: bool,
    problems: Vec<Problem>,
}

impl<'t> Loading<'t> {
    /// Adds problems of a file, in the order of its text.
    fn tell(&mut self, source: &SourceFile<'_>, found: Vec<Problem>) {
        if found.is_empty() {
            return;
        }
        let outline = Outline::new(source.text);
        let placed = |problem: Problem| match problem.line {
            Some(_) => problem,
            None => outline.positioned(problem.in_file(source.name)),
        };
        let mut found: Vec<Problem> = found.into_iter().map(placed).collect();
        found.sort_by_key(|problem| (problem.line, problem.column));
        self.problems.extend(found);
    }

    fn municipality(&mut self, source: SourceFile<'t>) {
        let (read, mut found) =
            read_as_far::<MunicipalityFile>(source.name, source.text.as_bytes(), 1);
        if let Some((read, doubt)) = read {
            let content = read.check().into_iter();
            found.extend(content.filter(|problem| !doubt.about(&problem.field)));
            if doubt.about("code") {
                self.municipality_missing = true;
            } else {
                self.municipalities
                    .retain(|(_, other)| other.code != read.code);
                self.municipalities.push((source, read));
            }
        } else {
            self.municipality_missing = true;
        }
        self.tell(&source, found);
    }

    fn catalogue(&mut self, source: SourceFile<'t>) {
        let (read, mut found) =
            read_as_far::<CatalogueFile>(source.name, source.text.as_bytes(), FORMAT);
        let Some((file, doubt)) = read else {
            self.catalogue_missing = true;
            return self.tell(&source, found);
        };
        // Without these it cannot be said when and for whom the file answers.
        let placed = [
            "id",
            "version",
            "from",
            "to",
            "supersedes",
            "municipalities",
            "preview",
        ]
        .iter()
        .all(|field| !doubt.about(field))
            && !file.id.is_empty();
        found.extend(check(&file, doubt));
        let sound = !found.iter().any(is_error);
        self.tell(&source, found);
        if !placed {
            self.catalogue_missing = true;
            return;
        }
        // The highest version of a catalogue takes the place of the lower ones, in whatever order they
        // come; two with one version stay, and collide.
        let version = version_parts(&file.version);
        let same = |known: &Read<'_>| known.file.id == file.id;
        self.catalogues
            .retain(|known| !same(known) || version_parts(&known.file.version) >= version);
        let mut others = self.catalogues.iter();
        if !others.any(|known| same(known) && version_parts(&known.file.version) > version) {
            self.catalogues.push(Read {
                source,
                file,
                sound,
            });
        }
    }

    /// The catalogues of a municipality, in order.
    fn entry(&mut self, municipality: MunicipalityFile) -> Entry {
        let mut built = Vec::new();
        let mut previews = Vec::new();
        for read in &self.catalogues {
            if !read.sound || !read.file.municipalities.contains(&municipality.code) {
                continue;
            }
            let made = Catalogue::new(&read.file, read.source.name, &municipality.confirmations);
            if read.file.preview {
                previews.push(Arc::new(made));
            } else {
                built.push(made);
            }
        }
        built.sort_by_key(|catalogue| catalogue.file.from);
        for problem in supersede(&mut built) {
            let mut reads = self.catalogues.iter();
            let text = reads.find(|read| read.source.name == problem.file);
            let text = text.map_or("", |read| read.source.text);
            let problem = Outline::new(text).positioned(problem);
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        Entry {
            file: municipality,
            catalogues: built.into_iter().map(Arc::new).collect(),
            previews,
        }
    }

    /// Every confirmation is about something: a file that is known, and a figure or convention in it.
    fn check_confirmations(
        &mut self,
        source: &SourceFile<'_>,
        entry: &Entry,
        tables: Option<&[Table<'_>]>,
    ) {
        let mut found = Vec::new();
        let all_known = tables.is_some() && !self.catalogue_missing;
        let tables = tables.unwrap_or(&[]);
        for (place, confirmation) in entry.file.confirmations.iter().enumerate() {
            let id = confirmation.catalogue.as_str();
            let reads = self.catalogues.iter().filter(|read| read.file.id == id);
            let unsound = reads.clone().any(|read| !read.sound);
            // A file with mistakes has its say about those first; an empty one is told already.
            if unsound || confirmation.what.trim().is_empty() {
                continue;
            }
            let mut own = entry.catalogues.iter().chain(&entry.previews);
            let mut of_tables = tables.iter().filter(|(table, _)| *table == id);
            let covered = own.any(|catalogue| {
                let mut places = catalogue.provenances();
                places.any(|p| confirmation.covers(&catalogue.file.id, &p.place))
            }) || of_tables.any(|(table, p)| confirmation.covers(table, &p.place));
            if covered {
                continue;
            }
            let known = reads.count() > 0 || tables.iter().any(|(table, _)| *table == id);
            let path = format!("confirmations[{place}]");
            if known {
                found.push(
                    Problem::error(format!(
                        "«{}» is in «{id}» geen cijfer of afspraak van deze gemeente",
                        confirmation.what
                    ))
                    .field(format!("{path}.what"))
                    .hint(
                        "Neem de naam over die het tarievenscherm toont, of het begin daarvan tot een \
                         dubbele punt, schuine streep of komma; of schrijf alles.",
                    ),
                );
            } else if all_known {
                found.push(
                    Problem::error(format!(
                        "«{id}» is geen catalogus, normenkader of landelijke tabel die er is"
                    ))
                    .field(format!("{path}.catalogue"))
                    .hint("Neem het `id` over uit het bestand dat u bevestigt."),
                );
            }
        }
        self.tell(source, found);
    }

    /// Every catalogue names municipalities and an older catalogue that are there.
    fn check_references(&mut self, set: &Catalogues) {
        for at in 0..self.catalogues.len() {
            let Some(read) = self.catalogues.get(at) else {
                continue;
            };
            let mut found = Vec::new();
            for (place, code) in read.file.municipalities.iter().enumerate() {
                // A municipality file that cannot be read, and a code that is none, are told already.
                if set.municipality(code).is_some() || self.municipality_missing || !is_code(code) {
                    continue;
                }
                found.push(
                    Problem::error(format!("gemeente {code} heeft geen gemeentebestand"))
                        .field(format!("municipalities[{place}]"))
                        .hint("Zet er een gemeentebestand met deze code bij."),
                );
            }
            if let Some(older) = &read.file.supersedes
                && !self
                    .catalogues
                    .iter()
                    .any(|other| other.file.id == older.id)
                && !self.catalogue_missing
            {
                found.push(
                    Problem::error(format!(
                        "er is geen catalogus «{}» om te vervangen",
                        older.id
                    ))
                    .field("supersedes.id")
                    .hint("Neem het `id` over van de oudere catalogus, of haal `supersedes` weg."),
                );
            }
            let source = read.source;
            self.tell(&source, found);
        }
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
    // Most files do not even have the word: of those nobody needs the outline.
    text.contains("college") && Outline::new(text).place("college").is_some()
}

/// Lets each catalogue that says so end the older one; any other overlap is a problem (decisions 1).
fn supersede(built: &mut [Catalogue]) -> Vec<Problem> {
    let mut problems = Vec::new();
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
    problems
}
