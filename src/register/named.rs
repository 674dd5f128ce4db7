//! What products are called, for searching: the names of the catalogues, and what was chosen of a product or follows from
//! its hours.
//!
//! It must not know how the list of dossiers is kept.

use std::collections::HashMap;

use crate::budget::Library;
use crate::dossier::Evaluation;

/// The names of products, by municipality and short name.
#[derive(Debug, Default)]
pub(super) struct Names(HashMap<String, HashMap<String, Vec<String>>>);

impl Names {
    /// Those of these catalogues, also of older versions.
    pub(super) fn of_library(library: &Library) -> Self {
        let mut names = HashMap::new();
        for municipality in library.catalogues.municipalities() {
            let mut of: HashMap<String, Vec<String>> = HashMap::new();
            for catalogue in library.catalogues.of(&municipality.code) {
                for product in &catalogue.products {
                    let known = of.entry(product.id.clone()).or_default();
                    let name = product.label.to_string();
                    if !known.contains(&name) {
                        known.extend(inflected(&name));
                        known.push(name);
                    }
                }
            }
            names.insert(municipality.code.clone(), of);
        }
        Self(names)
    }

    /// What a product is called.
    pub(super) fn of(&self, municipality: &str, product: &str) -> &[String] {
        let of = self.0.get(municipality);
        of.and_then(|of| of.get(product))
            .map_or(&[][..], Vec::as_slice)
    }
}

/// The words that people use for one in a name with another ending: "individuele begeleiding" for "begeleiding individueel".
fn inflected(name: &str) -> Option<String> {
    let stems = name.split(' ').filter_map(|word| word.strip_suffix("eel"));
    let words: Vec<String> = stems.map(|stem| format!("{stem}ele")).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// What was chosen of products or follows from their hours, in the words of the catalogue.
pub(super) fn chosen(evaluation: &Evaluation) -> Vec<String> {
    let mut words = Vec::new();
    for segment in evaluation
        .lines
        .iter()
        .flatten()
        .flat_map(|line| &line.segments)
    {
        for (place, axis) in segment.catalogue.file.axes.iter().enumerate() {
            let values = segment.parts.iter().filter_map(|part| {
                let value = part.choices.get(place)?;
                Some(axis.values.get(value)?.label.clone())
            });
            words.extend(values);
        }
    }
    words.sort();
    words.dedup();
    words
}
