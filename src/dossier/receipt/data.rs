//! The files that a calculation and its letter leaned on: name, version, fingerprint, and of their content what it needs.
//!
//! This room must not know what the figures in them are for.

use super::super::{Dossier, Evaluation, Outcome};
use super::contribution::Contributions;
use super::unwritable;
use crate::budget::{Library, parameters_of};
use crate::catalogue::file::{Amount, CatalogueFile, Kept, Supersedes};
use crate::catalogue::{Catalogue, MunicipalityFile, SourceFile};
use crate::document::{Hex, Problem};
use crate::indication::{Hours, Line};
use crate::national::Parameter;
use crate::norms::NormSet;
use crate::trace::{Provenance, Trace};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A file with what was used of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataFile {
    /// Name of the file as it was loaded.
    name: String,
    /// Short name by which others refer to it, or the code of the municipality.
    id: String,
    /// Version of the content, where it has one.
    version: Option<String>,
    /// SHA-256 of the whole content, written without remarks and layout.
    fingerprint: Hex<32>,
    /// What was used of it, as a file that can be loaded.
    content: String,
}

impl DataFile {
    fn new<T: Serialize>(
        name: &str,
        id: &str,
        version: Option<&str>,
        whole: &T,
        used: &T,
    ) -> Result<Self, Problem> {
        let whole = ron::to_string(whole).map_err(unwritable)?;
        let style = ron::ser::PrettyConfig::new()
            .depth_limit(3)
            .indentor("    ");
        Ok(Self {
            name: name.to_owned(),
            id: id.to_owned(),
            version: version.map(str::to_owned),
            fingerprint: fingerprint(&whole),
            content: ron::ser::to_string_pretty(used, style).map_err(unwritable)?,
        })
    }

    /// The content, to load it.
    pub fn source(&self) -> SourceFile<'_> {
        SourceFile {
            name: &self.name,
            text: &self.content,
        }
    }
}

/// The field of the file with this name.
pub(super) fn place(files: &[DataFile], name: &str) -> String {
    let place = files.iter().position(|file| file.name == name);
    place.map_or_else(
        || "files".to_owned(),
        |place| format!("files[{place}].content"),
    )
}

fn fingerprint(text: &str) -> Hex<32> {
    Hex(Sha256::digest(text.as_bytes()).into())
}

/// The files that the evaluation of a dossier and its letter leaned on: the municipality, its catalogues, national tables
/// and norm sets.
pub(super) fn touched(
    dossier: &Dossier,
    evaluation: &Evaluation,
    contributions: &Contributions,
    library: &Library,
) -> Result<Vec<DataFile>, Problem> {
    let mut parameters = Vec::new();
    if contributions.is_due() {
        parameters.extend(Parameter::CONTRIBUTION);
    }
    let lines = dossier.provisions.iter().map(|provision| &provision.line);
    if lines.into_iter().any(|line| line.delivery.is_pgb()) {
        parameters.extend(Parameter::SVB_TERMS);
    }
    slice(
        dossier,
        evaluation,
        &[&evaluation.trace],
        &parameters,
        library,
    )
}

/// As much of all data as a dossier needs: what its evaluation and other calculations leaned on, and these parameters of the
/// national tables. Error: something cannot be written as RON, which would be a fault of the program.
pub fn slice(
    dossier: &Dossier,
    evaluation: &Evaluation,
    traces: &[&Trace],
    parameters: &[Parameter],
    library: &Library,
) -> Result<Vec<DataFile>, Problem> {
    let code = dossier.municipality.as_str();
    let mut files = Vec::new();
    if let Some(whole) = library.catalogues.municipality(code) {
        let name = format!("gemeente-{code}.ron");
        let used = municipality(whole, traces);
        files.push(DataFile::new(&name, code, None, whole, &used)?);
    }
    let mut parameters: Vec<Parameter> = parameters.to_vec();
    let used = catalogues(dossier, evaluation, library);
    let mut before: Option<String> = None;
    for catalogue in library.catalogues.of(code) {
        if used.iter().any(|one| Arc::ptr_eq(one, catalogue)) {
            let whole = &catalogue.file;
            let cut = cut(catalogue, dossier, before.replace(whole.id.clone()));
            let everything = cut
                .products
                .iter()
                .map(|product| product.id.clone())
                .collect();
            for amount in amounts(&cut, &everything) {
                if let Amount::Outside { table, .. } = amount {
                    parameters.extend(parameters_of(*table));
                }
            }
            let name = &catalogue.file_name;
            files.push(DataFile::new(
                name,
                &whole.id,
                Some(&whole.version),
                whole,
                &cut,
            )?);
        }
    }
    for file in library.national(code).files(&parameters) {
        files.push(DataFile {
            name: file.name.clone(),
            id: file.id.clone(),
            version: Some(file.version.clone()),
            fingerprint: fingerprint(&file.text),
            content: file.text.to_string(),
        });
    }
    for set in library.norms(code).iter().filter(|set| uses(dossier, set)) {
        files.push(DataFile {
            name: set.file_name.clone(),
            id: set.id.clone(),
            version: Some(set.version.clone()),
            fingerprint: fingerprint(set.text()),
            content: set.text().to_owned(),
        });
    }
    Ok(files)
}

/// The lines that the evaluation works out.
fn calculated(dossier: &Dossier) -> impl Iterator<Item = &Line> {
    let granted = dossier.provisions.iter();
    let granted = granted.filter(|one| one.outcome == Outcome::Granted);
    let granted = granted.map(|one| &one.line);
    granted.chain(dossier.contested())
}

/// The catalogues of all segments, and those that say what a provision is on its first day.
fn catalogues<'a>(
    dossier: &Dossier,
    evaluation: &'a Evaluation,
    library: &'a Library,
) -> Vec<&'a Arc<Catalogue>> {
    let lines = evaluation.lines.iter().flatten();
    let lines = lines.chain(&evaluation.contested);
    let segments = lines.flat_map(|line| &line.segments);
    let first = calculated(dossier).filter_map(|line| {
        let answer = library.catalogues.on(&dossier.municipality, line.from);
        answer.ok().map(|answer| answer.catalogue)
    });
    segments
        .map(|segment| &segment.catalogue)
        .chain(first)
        .collect()
}

/// Whether a provision was built with a norm set.
fn uses(dossier: &Dossier, set: &NormSet) -> bool {
    let lines = dossier.provisions.iter().map(|provision| &provision.line);
    let lines = lines.chain(dossier.contested());
    let mut hours = lines.flat_map(|line| &line.hours);
    hours.any(|part| matches!(&part.hours, Hours::Norm(work) if work.set == set.reference()))
}

/// The municipality with the confirmations that the calculation leaned on.
fn municipality(whole: &MunicipalityFile, traces: &[&Trace]) -> MunicipalityFile {
    let nodes = traces.iter().flat_map(|trace| trace.nodes());
    let sources: Vec<&Provenance> = nodes.filter_map(|(_, node)| node.provenance()).collect();
    let mut used = whole.clone();
    used.confirmations.retain(|confirmation| {
        sources.iter().any(|source| {
            let id = source.file.split_once(", versie").map_or("", |(id, _)| id);
            confirmation.covers(id, &source.place)
        })
    });
    used
}

/// A catalogue with only the products of a dossier, and those that their prices follow, so that it can be loaded by
/// itself. It takes over from the one `before` it in the receipt, whatever stood in between.
fn cut(catalogue: &Catalogue, dossier: &Dossier, before: Option<String>) -> CatalogueFile {
    let mut file = catalogue.file.clone();
    let mut kept: BTreeSet<String> = calculated(dossier)
        .map(|line| line.product.clone())
        .collect();
    loop {
        let more: BTreeSet<String> = followed(&file, &kept);
        if more.is_subset(&kept) {
            break;
        }
        kept.extend(more);
    }
    file.products.retain(|product| kept.contains(&product.id));
    for product in &mut file.products {
        product.excludes.retain(|other| kept.contains(other));
    }
    file.tariffs.retain(|tariff| kept.contains(&tariff.product));
    file.ceilings
        .retain(|ceiling| kept.contains(&ceiling.product));
    file.scales.retain(|scale| kept.contains(&scale.product));
    let products = &file.products;
    file.conventions
        .retain(|set| products.iter().any(|product| product.conventions == set.id));
    file.endings.clear();
    file.supersedes = before.map(|id| Supersedes {
        id,
        from: file.from,
    });
    file.municipalities = vec![dossier.municipality.clone()];
    file
}

/// The products that these are made of, or whose prices theirs are a percentage of.
fn followed(file: &CatalogueFile, kept: &BTreeSet<String>) -> BTreeSet<String> {
    let products = file
        .products
        .iter()
        .filter(|product| kept.contains(&product.id));
    let parts = products.flat_map(|product| &product.parts);
    let other = amounts(file, kept)
        .into_iter()
        .filter_map(|amount| match amount {
            Amount::Percent { product, .. } => product.as_ref(),
            Amount::Euro(_)
            | Amount::Outside { .. }
            | Amount::Offer
            | Amount::NotAvailable
            | Amount::NotKnown(_)
            | Amount::NoMaximum => None,
        });
    parts
        .map(|part| &part.product)
        .chain(other)
        .cloned()
        .collect()
}

/// Every amount in the prices of these products.
fn amounts<'f>(file: &'f CatalogueFile, kept: &BTreeSet<String>) -> Vec<&'f Amount> {
    let tariffs = file
        .tariffs
        .iter()
        .filter(|tariff| kept.contains(&tariff.product));
    let ceilings = file
        .ceilings
        .iter()
        .filter(|ceiling| kept.contains(&ceiling.product));
    let values = tariffs.flat_map(|tariff| &tariff.values);
    let values = values.chain(ceilings.flat_map(|ceiling| &ceiling.values));
    values
        .flat_map(|value| {
            let older = value
                .transition
                .as_ref()
                .map(|transition| &transition.keeps);
            let older = older.and_then(|keeps| match keeps {
                Kept::Amount { amount, .. } => Some(amount),
                Kept::Previous => None,
            });
            older.into_iter().chain([&value.amount])
        })
        .collect()
}
