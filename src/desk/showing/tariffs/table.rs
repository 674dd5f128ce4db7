//! Every tariff and maximum of a catalogue on a day, as rows with ready texts.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::catalogue::{Catalogue, InForce, ProductEntry, Selection, in_force};
use crate::desk::showing::published::{amount, priced_amount, unit_words};
use crate::desk::showing::words::open_span;
use crate::quantity::dutch::capital;
use crate::trace::Status;

/// One row of the table.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Short name of the product.
    pub product: String,
    /// In kind, or a kind of provider.
    pub provider: String,
    /// The choices of the row, by short names.
    pub choices: BTreeMap<String, String>,
    /// Dutch name of the product.
    pub label: String,
    /// Delivery and choices in words.
    pub detail: String,
    /// The amount as it was published, or words.
    pub amount: String,
    /// Its unit: `per uur`.
    pub unit: String,
    /// From when to when.
    pub validity: String,
    /// Article or publication.
    pub source: String,
    /// Whether it is example data.
    pub example: bool,
    /// Whether it is a maximum.
    pub ceiling: bool,
    /// Everything that can be searched for, in small letters.
    words: String,
}

impl Entry {
    /// Whether every word of a text occurs in the row.
    pub fn answers(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        text.split_whitespace()
            .all(|word| self.words.contains(word))
    }
}

/// Every tariff and maximum of a catalogue on a day.
pub(super) fn table(catalogue: &Catalogue, day: Date) -> Vec<Entry> {
    let mut entries = Vec::new();
    for product in &catalogue.products {
        for tariff in &product.tariffs {
            if let Some(found) = in_force(&tariff.values, day, day) {
                let way = catalogue.provider_name(&tariff.provider);
                let unit = unit_words(catalogue, product, tariff.per);
                let key = (tariff.provider.as_str(), &tariff.when);
                entries.push(entry(catalogue, product, key, (&way, false), &unit, found));
            }
        }
        for ceiling in &product.ceilings {
            if let Some(found) = in_force(&ceiling.values, day, day) {
                let of = ceiling.providers.first().map_or("", String::as_str);
                let kinds: Vec<String> = ceiling
                    .providers
                    .iter()
                    .map(|id| catalogue.provider_name(id).to_string())
                    .collect();
                let way = if kinds.is_empty() {
                    "plafond".to_owned()
                } else {
                    format!("plafond, {}", kinds.join(", "))
                };
                let key = (of, &ceiling.when);
                let unit = ceiling.per.dutch();
                entries.push(entry(catalogue, product, key, (&way, true), unit, found));
            }
        }
    }
    entries
}

fn entry(
    catalogue: &Catalogue,
    product: &ProductEntry,
    (provider, when): (&str, &Selection),
    (way, ceiling): (&str, bool),
    unit: &str,
    found: InForce<'_>,
) -> Entry {
    let choices = catalogue.describe(when);
    let detail = if choices.is_empty() {
        capital(way)
    } else {
        format!("{} · {choices}", capital(way))
    };
    let label = product.label.to_string();
    let amount = amount(catalogue, found.amount);
    let unit = if priced_amount(found.amount) {
        unit
    } else {
        ""
    };
    let source = found.value.provenance.source.clone();
    let example = found.value.provenance.status == Status::Example;
    let status = if example { "voorbeeld" } else { "vastgesteld" };
    let words = format!("{label} {detail} {amount} {unit} {source} {status}").to_lowercase();
    Entry {
        product: product.id.clone(),
        provider: provider.to_owned(),
        choices: chosen(catalogue, *when),
        label,
        detail,
        amount,
        unit: unit.to_owned(),
        validity: open_span(found.value.from, found.until),
        source,
        example,
        ceiling,
        words,
    }
}

/// Choices by their short names.
fn chosen(catalogue: &Catalogue, when: Selection) -> BTreeMap<String, String> {
    let axes = catalogue.file.axes.iter().enumerate();
    axes.filter_map(|(place, axis)| {
        let value = axis.values.get(when.get(place)?)?;
        Some((axis.id.clone(), value.id.clone()))
    })
    .collect()
}
