//! From a checked file to a catalogue that is quick to ask.
//!
//! What the check let through fits together; what does not is left out here without a word. This module must not
//! complain: that is the work of [`super::check`].

use super::file::{
    Amount, CatalogueFile, CeilingLine, Follows, Kept, Limit, Part, Scale, TariffLine, Transition,
    Value,
};
use super::{
    Catalogue, Ceiling, Confirmation, ConventionSet, DatedValue, KeptAmount, PartEntry,
    ProductEntry, ScaleEntry, Selection, Sourced, SourcedLimit, Step, Tariff, earliest,
    selection_of,
};
use crate::trace::{Provenance, Status};
use jiff::civil::Date;
use std::sync::Arc;

impl Catalogue {
    /// Makes a checked file quick to ask. Confirmations of the municipality count from here on (decisions 17).
    pub(super) fn new(
        file: &CatalogueFile,
        file_name: &str,
        confirmations: &[Confirmation],
    ) -> Self {
        let builder = Builder {
            file,
            confirmations,
        };
        Self {
            file_name: file_name.to_owned(),
            name: Arc::from(format!("{}, versie {}", file.id, file.version)),
            last: file.to,
            provider_names: file
                .providers
                .iter()
                .map(|kind| Arc::from(kind.label.as_str()))
                .collect(),
            in_kind: Arc::from("zorg in natura"),
            follows: builder.follows(),
            conventions: builder.conventions(),
            products: products(file, confirmations),
            file: file.clone(),
        }
    }
}

/// The products of a file with all that belongs to them.
pub(super) fn products(file: &CatalogueFile, confirmations: &[Confirmation]) -> Vec<ProductEntry> {
    let builder = Builder {
        file,
        confirmations,
    };
    let mut products: Vec<ProductEntry> = file
        .products
        .iter()
        .map(|product| builder.product(product))
        .collect();
    let place = |id: &str| file.products.iter().position(|product| product.id == id);
    let mut owner = |id: &str, add: &mut dyn FnMut(&mut ProductEntry)| {
        if let Some(entry) = place(id).and_then(|place| products.get_mut(place)) {
            add(entry);
        }
    };
    for line in &file.tariffs {
        owner(&line.product, &mut |entry| {
            entry.tariffs.extend(builder.tariff(line));
        });
    }
    for line in &file.ceilings {
        owner(&line.product, &mut |entry| {
            entry.ceilings.extend(builder.ceiling(line));
        });
    }
    for scale in &file.scales {
        owner(&scale.product, &mut |entry| {
            entry.scales.extend(builder.scale(scale));
        });
    }
    products
}

/// Dutch name of a price: product, provider (`zin` is in kind, nothing leaves it out) and choices.
pub(super) fn label(
    file: &CatalogueFile,
    product: &str,
    provider: Option<&str>,
    when: Selection,
) -> String {
    let found = file.products.iter().find(|entry| entry.id == product);
    let mut label = found.map_or(product, |entry| &entry.label).to_owned();
    if let Some(provider) = provider {
        let kind = file.providers.iter().find(|kind| kind.id == provider);
        label.push_str(", ");
        label.push_str(kind.map_or("zorg in natura", |kind| &kind.label));
    }
    for (place, axis) in file.axes.iter().enumerate() {
        if let Some(value) = when.get(place).and_then(|value| axis.values.get(value)) {
            label.push_str(", ");
            label.push_str(&value.label);
        }
    }
    label
}

/// First and last day of each value, with the dates that a file may leave out filled in.
pub(super) fn days(file: &CatalogueFile, values: &[Value]) -> Vec<(Date, Option<Date>)> {
    let mut days: Vec<(Date, Option<Date>)> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let after_previous = || days.last().and_then(|(_, to)| (*to)?.tomorrow().ok());
        let from = value.from.or_else(after_previous).unwrap_or(file.from);
        let next = values.get(at.saturating_add(1)).and_then(|next| next.from);
        let until_next = next.and_then(|next| next.yesterday().ok());
        let to = value.to.or_else(|| earliest(until_next, file.to));
        days.push((from, to));
    }
    days
}

struct Builder<'a> {
    file: &'a CatalogueFile,
    confirmations: &'a [Confirmation],
}

impl Builder<'_> {
    /// The provenance of a figure or convention. A confirmation of the municipality makes an
    /// example established there.
    fn provenance(
        &self,
        place: String,
        (source, status, note): (&str, Status, Option<&str>),
        (from, to): (Option<Date>, Option<Date>),
    ) -> Arc<Provenance> {
        let mut text = match self.file.sources.get(source) {
            Some(known) => match &known.article {
                Some(article) => format!("{}, {article}", known.title),
                None => known.title.clone(),
            },
            None => source.to_owned(),
        };
        let mut status = status;
        if status == Status::Example
            && let Some(confirmed) = self
                .confirmations
                .iter()
                .find(|c| c.covers(&self.file.id, &place))
        {
            status = Status::Established;
            text = format!(
                "{text}; bevestigd door {} ({})",
                confirmed.by, confirmed.decision
            );
        }
        Arc::new(Provenance {
            file: format!("{}, versie {}", self.file.id, self.file.version),
            place,
            source: text,
            status,
            from: from.or(Some(self.file.from)),
            to: to.or(self.file.to),
            note: note.map(str::to_owned),
        })
    }

    /// The provenance of something that holds as long as the catalogue.
    fn always(&self, place: String, source: &str, status: Status) -> Arc<Provenance> {
        self.provenance(place, (source, status, None), (None, None))
    }

    fn conventions(&self) -> Vec<ConventionSet> {
        let sets = self.file.conventions.iter();
        sets.map(|set| {
            ConventionSet::new(set, |place, source, status, note| {
                let place = format!("{}: {place}", set.id);
                self.provenance(place, (source, status, note), (None, None))
            })
        })
        .collect()
    }

    /// Per axis the source of the rule by which it follows from the hours.
    fn follows(&self) -> Vec<Option<Arc<Provenance>>> {
        let axes = self.file.axes.iter();
        axes.map(|axis| {
            let Follows::Aggravation { source, status, .. } = axis.follows.as_ref()?;
            Some(self.always(format!("keuze {}", axis.id), source, *status))
        })
        .collect()
    }

    /// A product, without prices and scales.
    fn product(&self, product: &super::file::Product) -> ProductEntry {
        let file = self.file;
        let axis = |id: &String| file.axes.iter().position(|axis| axis.id == *id);
        let sets = &file.conventions;
        let conventions = sets.iter().position(|set| set.id == product.conventions);
        let own = &product.own_contribution;
        ProductEntry {
            id: product.id.clone(),
            label: Arc::from(product.label.as_str()),
            conventions: conventions.unwrap_or(0),
            axes: product.axes.iter().filter_map(axis).collect(),
            tariffs: Vec::new(),
            ceilings: Vec::new(),
            scales: Vec::new(),
            parts: product
                .parts
                .iter()
                .filter_map(|part| self.part(part))
                .collect(),
            own_contribution: Sourced {
                value: own.value,
                provenance: self.provenance(
                    format!("eigen bijdrage {}", product.id),
                    (&own.source, own.status, own.note.as_deref()),
                    (None, None),
                ),
            },
        }
    }

    fn part(&self, part: &Part) -> Option<PartEntry> {
        let mut products = self.file.products.iter();
        let limit = part.at_most.as_ref();
        Some(PartEntry {
            id: part.id.clone(),
            label: Arc::from(part.label.as_str()),
            product: products.position(|other| other.id == part.product)?,
            fixed: selection_of(&self.file.axes, &part.fixed)?,
            at_most: limit.map(|limit| self.limit(limit, format!("grens deel {}", part.id))),
        })
    }

    fn limit(&self, limit: &Limit, place: String) -> SourcedLimit {
        SourcedLimit {
            volume: limit.volume,
            unit: limit.unit,
            per: limit.per,
            provenance: self.always(place, &limit.source, limit.status),
        }
    }

    fn tariff(&self, line: &TariffLine) -> Option<Tariff> {
        let when = selection_of(&self.file.axes, &line.when)?;
        let label = label(self.file, &line.product, Some(&line.provider), when);
        let place = format!("tarief {}/{label}", line.product);
        Some(Tariff {
            provider: line.provider.clone(),
            when,
            strategy: line.strategy,
            per: line.per,
            values: self.values(&line.values, &place, line.unit_status),
            label: Arc::from(label),
        })
    }

    fn ceiling(&self, line: &CeilingLine) -> Option<Ceiling> {
        let when = selection_of(&self.file.axes, &line.when)?;
        let label = label(self.file, &line.product, None, when);
        let place = format!("plafond {}/{label}", line.product);
        let limit = line.lifted_above.as_ref();
        Some(Ceiling {
            providers: line.providers.clone(),
            when,
            per: line.per,
            values: self.values(&line.values, &place, Status::Established),
            lifted_above: limit.map(|limit| self.limit(limit, format!("grens plafond {label}"))),
        })
    }

    fn values(&self, values: &[Value], place: &str, unit_status: Status) -> Vec<DatedValue> {
        let dated = values.iter().zip(days(self.file, values));
        dated
            .map(|(value, (from, to))| {
                let status = value.status.max(unit_status);
                DatedValue {
                    from,
                    to,
                    amount: value.amount.clone(),
                    overlay: self.overlay(&value.amount),
                    kept: (value.transition.as_ref())
                        .and_then(|transition| self.kept(transition, place, (from, to))),
                    transition: value.transition.clone(),
                    provenance: self.provenance(
                        place.to_owned(),
                        (&value.source, status, value.note.as_deref()),
                        (Some(from), to),
                    ),
                }
            })
            .collect()
    }

    /// The amount that older decisions keep, if it is written out.
    fn kept(
        &self,
        transition: &Transition,
        place: &str,
        (from, to): (Date, Option<Date>),
    ) -> Option<KeptAmount> {
        let Kept::Amount {
            amount,
            per,
            strategy,
            source,
            status,
        } = &transition.keeps
        else {
            return None;
        };
        let until = earliest(transition.until, to);
        Some(KeptAmount {
            amount: amount.clone(),
            overlay: self.overlay(amount),
            per: *per,
            strategy: *strategy,
            provenance: self.provenance(
                format!("{place}, oudere besluiten"),
                (source, *status, None),
                (Some(from), until),
            ),
        })
    }

    /// The choices that a percentage lays over those of a line.
    fn overlay(&self, amount: &Amount) -> Selection {
        match amount {
            Amount::Percent { when, .. } => selection_of(&self.file.axes, when),
            _ => None,
        }
        .unwrap_or(Selection::NONE)
    }

    fn scale(&self, scale: &Scale) -> Option<ScaleEntry> {
        let mut axes = self.file.axes.iter();
        let place = axes.position(|axis| axis.id == scale.axis)?;
        let values = &self.file.axes.get(place)?.values;
        let steps = scale.steps.iter().filter_map(|step| {
            let value = values.iter().position(|value| value.id == step.value)?;
            let own = format!("rekenuren {}/{}", scale.product, step.value);
            let status = step.status.unwrap_or(scale.status);
            Some(Step {
                value,
                over: step.over,
                to: step.to,
                calculation: step.calculation,
                budget: step.budget,
                provenance: self.always(own, &scale.source, status),
            })
        });
        let own = format!("grenzen {}/{}", scale.product, scale.axis);
        Some(ScaleEntry {
            axis: place,
            measures: scale.measures,
            unit: scale.unit,
            per: scale.per,
            closed: scale.closed,
            steps: steps.collect(),
            provenance: self.always(own, &scale.source, scale.status),
        })
    }
}
