//! All data that an evaluation leans on, loaded and checked together.

use crate::catalogue::file::OwnContribution;
use crate::catalogue::{Catalogues, Confirmation, ProductEntry, SourceFile, shipped_files};
use crate::document::{Outline, Picture, Problem};
use crate::national::{ContributionOutcome, ContributionRule, National};
use crate::norms::NormSets;
use crate::quantity::QuantityError;
use crate::texts::{OwnText, Texts};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Catalogues, national tables and norm sets.
#[derive(Debug, Clone)]
pub struct Library {
    /// Tariffs and conventions per municipality.
    pub catalogues: Catalogues,
    /// Texts of letters.
    pub texts: Arc<Texts>,
    /// The logos of municipalities, by code.
    logos: BTreeMap<String, Arc<Picture>>,
    shared: Tables,
    /// Tables of municipalities that confirmed something in them, by code.
    confirmed: BTreeMap<String, Tables>,
}

#[derive(Debug, Clone)]
struct Tables {
    national: National,
    norms: NormSets,
}

/// What a data file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A catalogue of tariffs.
    Catalogue,
    /// A municipality.
    Municipality,
    /// National figures.
    National,
    /// A norm set.
    NormSet,
}

impl FileKind {
    /// The kind of a data file, by the field that only this kind has; nothing when it has none.
    pub fn of(text: &str) -> Option<Self> {
        let outline = Outline::new(text);
        let has = |field| outline.place(field).is_some();
        [
            ("college", Self::Municipality),
            ("tariffs", Self::Catalogue),
            ("parameters", Self::National),
            ("weeks_per_year", Self::NormSet),
        ]
        .into_iter()
        .find(|(field, _)| has(field))
        .map(|(_, kind)| kind)
    }

    /// The Dutch name.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Catalogue => "catalogus",
            Self::Municipality => "gemeentebestand",
            Self::National => "landelijke tabel",
            Self::NormSet => "normenkader",
        }
    }
}

impl Library {
    /// What the program brings along. Errors: all problems of all files.
    pub fn shipped() -> Result<Self, Vec<Problem>> {
        Self::with(&[])
    }

    /// What the program brings along, with files of the municipality added: catalogues,
    /// municipalities, national figures and norm sets.
    /// Errors: all problems of all files, each with file, line and column.
    pub fn with(added: &[SourceFile<'_>]) -> Result<Self, Vec<Problem>> {
        Self::load(shipped_files(), added)
    }

    /// Only these catalogues and municipalities; national figures and norm sets among them are
    /// added to those of the program. Errors: all problems of all files, with file, line, column.
    pub fn of(files: &[SourceFile<'_>]) -> Result<Self, Vec<Problem>> {
        Self::load(&[], files)
    }

    /// Only what is in these files, which hold what one calculation used: nothing of the program's own, and nothing
    /// that has to be there. Errors: all problems of all files, with file, line, column.
    pub fn closed(files: &[SourceFile<'_>]) -> Result<Self, Vec<Problem>> {
        let kind = |file: &SourceFile<'_>| FileKind::of(file.text);
        let of = |wanted: FileKind| {
            let found = files.iter().filter(move |file| kind(file) == Some(wanted));
            found.map(|file| (file.name, file.text))
        };
        let tables = |file: &&SourceFile<'_>| {
            !matches!(kind(file), Some(FileKind::National | FileKind::NormSet))
        };
        let catalogues: Vec<SourceFile<'_>> = files.iter().filter(tables).copied().collect();
        let mut problems = Vec::new();
        let mut keep = |found: Vec<Problem>| problems.extend(found);
        let national = National::closed(of(FileKind::National))
            .map_err(&mut keep)
            .ok();
        let norms = NormSets::read(of(FileKind::NormSet))
            .map_err(&mut keep)
            .ok();
        let catalogues = Catalogues::load(&catalogues, None).map_err(&mut keep).ok();
        let texts = Texts::shipped().map_err(&mut keep).ok();
        match (catalogues, national, norms, texts) {
            (Some(catalogues), Some(national), Some(norms), Some(texts)) => {
                Ok(Self::joined(catalogues, texts, Tables { national, norms }))
            }
            _ => Err(problems),
        }
    }

    fn load(shipped: &[SourceFile<'_>], added: &[SourceFile<'_>]) -> Result<Self, Vec<Problem>> {
        // The texts need nothing of the rest; read beside it they cost the window no time.
        match rayon::join(|| Self::data(shipped, added), Texts::shipped) {
            (Ok((catalogues, tables)), Ok(texts)) => Ok(Self::joined(catalogues, texts, tables)),
            (data, texts) => {
                let problems = [data.err(), texts.err()];
                Err(problems.into_iter().flatten().flatten().collect())
            }
        }
    }

    /// Catalogues and tables. Errors: all problems of all files.
    fn data(
        shipped: &[SourceFile<'_>],
        added: &[SourceFile<'_>],
    ) -> Result<(Catalogues, Tables), Vec<Problem>> {
        let mut problems = Vec::new();
        let mut catalogues = shipped.to_vec();
        let (mut national, mut norms) = (Vec::new(), Vec::new());
        for file in added {
            match FileKind::of(file.text) {
                Some(FileKind::National) => national.push((file.name, file.text)),
                Some(FileKind::NormSet) => norms.push((file.name, file.text)),
                // A file that is none of these is read as a catalogue, which says what is missing.
                _ => catalogues.push(*file),
            }
        }
        let mut keep = |found: Vec<Problem>| problems.extend(found);
        let national = National::shipped_with(national).map_err(&mut keep).ok();
        let sets = NormSets::shipped()
            .map_err(&mut keep)
            .ok()
            .and_then(|mut sets| {
                let failed = norms
                    .iter()
                    .filter_map(|(name, text)| sets.add(name, text).err());
                let found: Vec<Problem> = failed.flatten().collect();
                if found.is_empty() {
                    return Some(sets);
                }
                keep(found);
                None
            });
        let tables = national.as_ref().zip(sets.as_ref());
        let tables: Option<Vec<_>> = tables
            .map(|(national, sets)| national.provenances().chain(sets.provenances()).collect());
        let catalogues = Catalogues::load(&catalogues, tables.as_deref())
            .map_err(&mut keep)
            .ok();
        match (catalogues, national, sets) {
            (Some(catalogues), Some(national), Some(norms)) => {
                Ok((catalogues, Tables { national, norms }))
            }
            _ => Err(problems),
        }
    }

    /// The tables as each municipality confirmed them.
    fn joined(catalogues: Catalogues, texts: Arc<Texts>, shared: Tables) -> Self {
        let confirmed = catalogues
            .municipalities()
            .filter_map(|file| Some((file.code.clone(), shared.confirmed(&file.confirmations)?)))
            .collect();
        Self {
            catalogues,
            texts,
            logos: BTreeMap::new(),
            shared,
            confirmed,
        }
    }

    /// The same data, with logos of municipalities, by code.
    pub fn with_logos(self, logos: BTreeMap<String, Arc<Picture>>) -> Self {
        Self { logos, ..self }
    }

    /// The logo of a municipality, where it has one and its file was read.
    pub fn logo(&self, municipality: &str) -> Option<&Arc<Picture>> {
        self.logos.get(municipality)
    }

    /// The same data, with a municipality's own texts in the place of those of the program.
    /// Errors: all texts that cannot be used, with file and line.
    pub fn with_texts(self, own: &[OwnText<'_>]) -> Result<Self, Vec<Problem>> {
        if own.is_empty() {
            return Ok(self);
        }
        let texts = Arc::new(Texts::with(own)?);
        Ok(Self { texts, ..self })
    }

    /// What a letter says about the own contribution for a product, where support starts on this day (decisions 22).
    /// Error: the amount is too large.
    pub fn own_contribution(
        &self,
        municipality: &str,
        product: &ProductEntry,
        start: Date,
    ) -> Result<ContributionOutcome, QuantityError> {
        let rule = match product.own_contribution.value {
            OwnContribution::Due => ContributionRule::Due,
            OwnContribution::NotDue => ContributionRule::NotDue,
            OwnContribution::OwnRegime => ContributionRule::OwnRegime,
        };
        self.national(municipality).own_contribution(rule, start)
    }

    fn tables(&self, municipality: &str) -> &Tables {
        self.confirmed.get(municipality).unwrap_or(&self.shared)
    }

    /// Wages, own contribution and other national figures, as a municipality confirmed them.
    pub fn national(&self, municipality: &str) -> &National {
        &self.tables(municipality).national
    }

    /// Norm sets for hours, as a municipality confirmed them.
    pub fn norms(&self, municipality: &str) -> &NormSets {
        &self.tables(municipality).norms
    }
}

impl Tables {
    /// A copy with these confirmations, if they cover anything in it.
    fn confirmed(&self, confirmations: &[Confirmation]) -> Option<Self> {
        let mut copy = self.clone();
        let mut count = 0usize;
        for confirmation in confirmations {
            let by = format!("{} ({})", confirmation.by, confirmation.decision);
            let covers = |id: &str, place: &str| confirmation.covers(id, place);
            count = count
                .saturating_add(copy.national.confirm(covers, &by))
                .saturating_add(copy.norms.confirm(covers, &by));
        }
        (count > 0).then_some(copy)
    }
}
