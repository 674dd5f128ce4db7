//! Catalogues: what a municipality grants, at which price, by which conventions, from when to when.
//!
//! [`file`](mod@file) is the format, `check` finds all that is wrong with a file, `build` makes it
//! quick to ask, [`Catalogues`] is the set that answers for a municipality and a day. A figure keeps
//! its source and status all the way. No municipality has code of its own here: what differs is data.
//! This room must not know indications, dossiers or the window, and does no I/O.

mod build;
mod catalogues;
mod check;
mod conventions;
pub mod file;
mod municipality;
mod percentages;
mod shipped;

pub use catalogues::{Answer, Catalogues, NoAnswer, Table};
pub use conventions::{ConventionSet, Hop, Path};
pub use municipality::{Confirmation, HouseStyle, Logo, LowerTariff, MunicipalityFile, Office};
pub use shipped::{SourceFile, shipped_files};

use crate::quantity::{Exact, Frequency, Unit};
use crate::trace::{Measure, Provenance, shown};
use file::{
    Amount, AxisValue, CatalogueFile, Closed, Follows, Measured, OwnContribution, Strategy,
    Transition, When,
};
use jiff::civil::Date;
use std::sync::Arc;

/// The most axes that one catalogue can have.
pub const MAX_AXES: usize = 8;

/// A figure or convention with where it came from.
#[derive(Debug, Clone)]
pub struct Sourced<V> {
    /// What it is.
    pub value: V,
    /// Where it came from.
    pub provenance: Arc<Provenance>,
}

/// A choice per axis of a catalogue, in a form that compares at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection([u8; MAX_AXES]);

impl Selection {
    /// Nothing chosen: as a condition it fits every choice.
    pub const NONE: Self = Self([u8::MAX; MAX_AXES]);

    /// Whether `self`, as a condition, fits these choices.
    #[inline]
    pub fn fits(&self, choices: &Self) -> bool {
        // Without a way out halfway, so that all axes compare at once.
        let axes = self.0.iter().zip(choices.0);
        axes.fold(true, |fits, (want, have)| {
            fits & ((*want == u8::MAX) | (*want == have))
        })
    }

    /// Whether two conditions can both fit one choice.
    pub fn meets(&self, other: &Self) -> bool {
        self.0
            .iter()
            .zip(other.0)
            .all(|(a, b)| *a == u8::MAX || b == u8::MAX || *a == b)
    }

    /// The value chosen for an axis.
    pub fn get(&self, axis: usize) -> Option<usize> {
        self.0
            .get(axis)
            .filter(|value| **value != u8::MAX)
            .map(|value| usize::from(*value))
    }

    /// The same with one more choice.
    #[must_use]
    pub fn with(mut self, axis: usize, value: usize) -> Self {
        if let (Some(place), Ok(value)) = (self.0.get_mut(axis), u8::try_from(value)) {
            *place = value;
        }
        self
    }

    /// These choices, with those of `other` laid over them.
    #[must_use]
    pub fn overlaid(mut self, other: &Self) -> Self {
        for (place, value) in self.0.iter_mut().zip(other.0) {
            if value != u8::MAX {
                *place = value;
            }
        }
        self
    }
}

/// A checked catalogue, quick to ask.
#[derive(Debug, Clone)]
pub struct Catalogue {
    /// As it stands in the file.
    pub file: CatalogueFile,
    /// The file that it came from.
    pub file_name: String,
    /// `leiden-2018, versie 1`, for traces and letters.
    pub name: Arc<str>,
    /// Last day on which it answers, when a later one supersedes it or it ends itself.
    pub last: Option<Date>,
    /// Names of the kinds of provider, as in the file.
    provider_names: Vec<Arc<str>>,
    /// Name of in kind.
    in_kind: Arc<str>,
    /// Where the rules by which axes follow from the hours come from, by place of the axis.
    follows: Vec<Option<Arc<Provenance>>>,
    /// Convention sets, as in the file.
    pub conventions: Vec<ConventionSet>,
    /// Products, as in the file.
    pub products: Vec<ProductEntry>,
}

/// A product with all that belongs to it.
#[derive(Debug, Clone)]
pub struct ProductEntry {
    /// Short name.
    pub id: String,
    /// Dutch name.
    pub label: Arc<str>,
    /// Place of its convention set.
    pub conventions: usize,
    /// Places of its axes.
    pub axes: Vec<usize>,
    /// Its prices.
    pub tariffs: Vec<Tariff>,
    /// Its maxima.
    pub ceilings: Vec<Ceiling>,
    /// Its scales.
    pub scales: Vec<ScaleEntry>,
    /// What it is made of.
    pub parts: Vec<PartEntry>,
    /// Whether an own contribution is due.
    pub own_contribution: Sourced<OwnContribution>,
}

/// A price through the years.
#[derive(Debug, Clone)]
pub struct Tariff {
    /// In kind, or a kind of provider.
    pub provider: String,
    /// Dutch name: `huishoudelijke ondersteuning, informeel, Midden`.
    pub label: Arc<str>,
    /// For these choices.
    pub when: Selection,
    /// How it becomes money.
    pub strategy: Strategy,
    /// Unit of the amounts.
    pub per: Unit,
    /// Amounts by date, oldest first.
    pub values: Vec<DatedValue>,
}

/// A maximum through the years.
#[derive(Debug, Clone)]
pub struct Ceiling {
    /// For these kinds of provider; empty: every one.
    pub providers: Vec<String>,
    /// For these choices.
    pub when: Selection,
    /// Period of the amounts.
    pub per: Frequency,
    /// Amounts by date, oldest first.
    pub values: Vec<DatedValue>,
    /// Above this extent a written reason is asked and lifts it.
    pub lifted_above: Option<SourcedLimit>,
}

/// A volume per period, with its source.
#[derive(Debug, Clone)]
pub struct SourcedLimit {
    /// How much.
    pub volume: Exact,
    /// Of what.
    pub unit: Unit,
    /// How often.
    pub per: Frequency,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
}

impl SourcedLimit {
    /// As a reader sees it: `120 minuten per week`.
    pub fn shown(&self) -> String {
        shown(self.volume, Measure::VolumePer(self.unit, self.per))
    }
}

/// An amount from a day to a day.
#[derive(Debug, Clone)]
pub struct DatedValue {
    /// First day.
    pub from: Date,
    /// Last day, if there is one.
    pub to: Option<Date>,
    /// How much.
    pub amount: Amount,
    /// The choices that a percentage lays over those of the line.
    pub overlay: Selection,
    /// Who keeps an older amount, and until when.
    pub transition: Option<Transition>,
    /// The amount that older decisions keep, where it is not the value just before this one.
    pub kept: Option<KeptAmount>,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
}

/// An amount that older decisions keep.
#[derive(Debug, Clone)]
pub struct KeptAmount {
    /// How much.
    pub amount: Amount,
    /// The choices that a percentage lays over those of the line.
    pub overlay: Selection,
    /// Its unit, where that is another one.
    pub per: Option<Unit>,
    /// How it becomes money, where that is another way.
    pub strategy: Option<Strategy>,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
}

/// A scale with its source.
#[derive(Debug, Clone)]
pub struct ScaleEntry {
    /// Place of its axis.
    pub axis: usize,
    /// What is laid along it.
    pub measures: Measured,
    /// Unit of the edges.
    pub unit: Unit,
    /// Period of the edges.
    pub per: Frequency,
    /// Which side belongs to a step.
    pub closed: Closed,
    /// Steps, low to high.
    pub steps: Vec<Step>,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
}

/// One step of a scale.
#[derive(Debug, Clone)]
pub struct Step {
    /// Place of the axis value.
    pub value: usize,
    /// Lower edge.
    pub over: Exact,
    /// Upper edge, or open.
    pub to: Option<Exact>,
    /// Volume that a new line starts with.
    pub calculation: Option<Exact>,
    /// The band's own budget volume.
    pub budget: Option<Exact>,
    /// Where its volumes come from.
    pub provenance: Arc<Provenance>,
}

/// A part of a product.
#[derive(Debug, Clone)]
pub struct PartEntry {
    /// Short name.
    pub id: String,
    /// Dutch name.
    pub label: Arc<str>,
    /// Place of the product that it follows.
    pub product: usize,
    /// Choices fixed for the part.
    pub fixed: Selection,
    /// The most that it may be.
    pub at_most: Option<SourcedLimit>,
}

impl ScaleEntry {
    /// The step that a volume (in the scale's unit and period) falls in.
    pub fn step(&self, volume: Exact) -> Option<&Step> {
        self.steps.iter().find(|step| match self.closed {
            Closed::Upper => volume > step.over && step.to.is_none_or(|to| volume <= to),
            Closed::Lower => volume >= step.over && step.to.is_none_or(|to| volume < to),
        })
    }

    /// The step of an axis value.
    pub fn step_of(&self, value: usize) -> Option<&Step> {
        self.steps.iter().find(|step| step.value == value)
    }
}

impl ProductEntry {
    /// The price for a provider and these choices.
    #[inline]
    pub fn tariff(&self, provider: &str, choices: &Selection) -> Option<&Tariff> {
        self.tariffs
            .iter()
            .find(|t| t.when.fits(choices) && t.provider == provider)
    }

    /// Whether there would be a price for a provider if choices that were not made were.
    pub fn has_tariff_for_some(&self, provider: &str, choices: &Selection) -> bool {
        let mut tariffs = self.tariffs.iter();
        tariffs.any(|tariff| tariff.provider == provider && tariff.when.meets(choices))
    }

    /// The maximum for a provider and these choices.
    #[inline]
    pub fn ceiling(&self, provider: &str, choices: &Selection) -> Option<&Ceiling> {
        self.ceilings.iter().find(|c| {
            c.when.fits(choices)
                && (c.providers.is_empty() || c.providers.iter().any(|p| p == provider))
        })
    }

    /// The choices that were not made and on which a maximum for a provider hangs.
    pub fn ceiling_hangs_on(
        &self,
        provider: &str,
        choices: &Selection,
    ) -> impl Iterator<Item = usize> {
        let open = self
            .axes
            .iter()
            .copied()
            .filter(|&axis| choices.get(axis).is_none());
        open.filter(move |&axis| {
            self.ceilings.iter().any(|c| {
                c.when.get(axis).is_some()
                    && c.when.meets(choices)
                    && (c.providers.is_empty() || c.providers.iter().any(|p| p == provider))
            })
        })
    }

    fn provenances(&self) -> impl Iterator<Item = &Arc<Provenance>> {
        let limits = self
            .ceilings
            .iter()
            .flat_map(|ceiling| &ceiling.lifted_above);
        let limits = limits.chain(self.parts.iter().flat_map(|part| &part.at_most));
        let tariffs = self.tariffs.iter().flat_map(|tariff| &tariff.values);
        let values = tariffs.chain(self.ceilings.iter().flat_map(|ceiling| &ceiling.values));
        let scales = self.scales.iter().flat_map(|scale| {
            let steps = scale.steps.iter().map(|step| &step.provenance);
            steps.chain([&scale.provenance])
        });
        let kept = values
            .clone()
            .filter_map(|value| Some(&value.kept.as_ref()?.provenance));
        let values = values.map(|value| &value.provenance);
        values
            .chain(kept)
            .chain(limits.map(|limit| &limit.provenance))
            .chain(scales)
            .chain([&self.own_contribution.provenance])
    }

    /// The scale of an axis.
    pub fn scale(&self, axis: usize) -> Option<&ScaleEntry> {
        self.scales.iter().find(|scale| scale.axis == axis)
    }
}

/// The value in force on a day.
#[derive(Debug, Clone, Copy)]
pub struct InForce<'a> {
    /// The value.
    pub value: &'a DatedValue,
    /// Its amount, or the one that an older decision keeps.
    pub amount: &'a Amount,
    /// The choices that a percentage lays over those of the line.
    pub overlay: &'a Selection,
    /// Unit of the amount, where it is not that of the tariff.
    pub per: Option<Unit>,
    /// How the amount becomes money, where it is not as the tariff says.
    pub strategy: Option<Strategy>,
    /// Where the amount comes from.
    pub provenance: &'a Arc<Provenance>,
    /// The last day on which this answer holds, if there is one.
    pub until: Option<Date>,
}

/// The value in force on `day` for a grant last (re-)indicated on `decided`.
/// Nothing when the day lies outside all values.
#[inline]
pub fn in_force(values: &[DatedValue], day: Date, decided: Date) -> Option<InForce<'_>> {
    let place = values.iter().rposition(|value| value.from <= day)?;
    let value = values.get(place)?;
    if value.to.is_some_and(|to| day > to) {
        return None;
    }
    if let Some(transition) = &value.transition
        && decided < transition.decided_before
        && transition.until.is_none_or(|until| day <= until)
    {
        let until = earliest(transition.until, value.to);
        return match &value.kept {
            Some(kept) => Some(InForce {
                value,
                amount: &kept.amount,
                overlay: &kept.overlay,
                per: kept.per,
                strategy: kept.strategy,
                provenance: &kept.provenance,
                until,
            }),
            None => {
                let before = value.from.yesterday().ok()?;
                let kept = in_force(values.get(..place)?, before, decided)?;
                Some(InForce { until, ..kept })
            }
        };
    }
    Some(InForce {
        value,
        amount: &value.amount,
        overlay: &value.overlay,
        per: None,
        strategy: None,
        provenance: &value.provenance,
        until: value.to,
    })
}

/// The earlier of two last days, where none means no end.
pub fn earliest(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, None) => a,
        (None, b) => b,
    }
}

/// Why choices do not fit a catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSelection {
    /// No such axis for this product.
    UnknownAxis(String),
    /// No such value of this axis: axis, value.
    UnknownValue(String, String),
}

impl Catalogue {
    /// A product by its short name.
    pub fn product(&self, id: &str) -> Option<&ProductEntry> {
        self.products.iter().find(|product| product.id == id)
    }

    /// The product as it stands in the file.
    pub fn product_file(&self, id: &str) -> Option<&file::Product> {
        self.file.products.iter().find(|product| product.id == id)
    }

    /// Whether the hours of a product, or of one of its parts, are built with the norm set that this catalogue names.
    pub fn builds_hours(&self, product: &str, part: Option<&str>) -> bool {
        let product = match part {
            None => Some(product),
            Some(part) => self.product(product).and_then(|entry| {
                let part = entry.parts.iter().find(|known| known.id == part)?;
                Some(self.products.get(part.product)?.id.as_str())
            }),
        };
        let file = product.and_then(|product| self.product_file(product));
        self.file.norm_set.is_some()
            && file.is_some_and(|file| file.hours == file::HoursFrom::NormSet)
    }

    /// The conventions of a product.
    pub fn conventions_of(&self, product: &ProductEntry) -> Option<&ConventionSet> {
        self.conventions.get(product.conventions)
    }

    /// Whether an axis says how much there is of a product: so the file says, or a scale or the work on the hours decides it.
    pub fn is_how_much(&self, product: &ProductEntry, axis: usize) -> bool {
        let marked = |axis: &file::Axis| axis.how_much || axis.follows.is_some();
        self.file.axes.get(axis).is_some_and(marked) || product.scale(axis).is_some()
    }

    /// Place of an axis.
    pub fn axis(&self, id: &str) -> Option<usize> {
        self.file.axes.iter().position(|axis| axis.id == id)
    }

    /// A value of an axis by its place.
    pub fn axis_value(&self, axis: usize, value: usize) -> Option<&AxisValue> {
        self.file.axes.get(axis)?.values.get(value)
    }

    /// The rule by which an axis follows from the work on the hours.
    pub fn follows(&self, axis: usize) -> Option<&Follows> {
        self.file.axes.get(axis)?.follows.as_ref()
    }

    /// Where the rule by which an axis follows from the hours comes from.
    pub fn follows_source(&self, axis: usize) -> Option<&Arc<Provenance>> {
        self.follows.get(axis)?.as_ref()
    }

    /// Choices in words → choices that compare at once.
    pub fn select<'a>(
        &self,
        choices: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Selection, NoSelection> {
        let mut selection = Selection::NONE;
        for (axis_id, value_id) in choices {
            let axis = self
                .axis(axis_id)
                .ok_or_else(|| NoSelection::UnknownAxis(axis_id.into()))?;
            let value = self
                .file
                .axes
                .get(axis)
                .and_then(|axis| axis.values.iter().position(|value| value.id == value_id))
                .ok_or_else(|| NoSelection::UnknownValue(axis_id.into(), value_id.into()))?;
            selection = selection.with(axis, value);
        }
        Ok(selection)
    }

    /// Dutch words for choices: `Midden, intensief`.
    pub fn describe(&self, selection: &Selection) -> String {
        let mut words = String::new();
        for axis in 0..self.file.axes.len() {
            let label = selection
                .get(axis)
                .and_then(|value| self.axis_value(axis, value));
            if let Some(value) = label {
                if !words.is_empty() {
                    words.push_str(", ");
                }
                words.push_str(&value.label);
            }
        }
        words
    }

    /// Dutch name of a kind of provider, or of in kind.
    pub fn provider_name(&self, id: &str) -> Arc<str> {
        let place = self.file.providers.iter().position(|kind| kind.id == id);
        let name = place.and_then(|place| self.provider_names.get(place));
        Arc::clone(name.unwrap_or(&self.in_kind))
    }

    /// Where every figure and convention comes from.
    pub fn provenances(&self) -> impl Iterator<Item = &Arc<Provenance>> {
        let sets = self.conventions.iter().flat_map(ConventionSet::provenances);
        let products = self.products.iter().flat_map(ProductEntry::provenances);
        self.follows.iter().flatten().chain(sets).chain(products)
    }

    /// A kind of provider by its short name.
    pub fn provider(&self, id: &str) -> Option<&file::ProviderKind> {
        self.file.providers.iter().find(|kind| kind.id == id)
    }
}

/// A condition of a file in a form that compares at once.
fn selection_of(catalogue_axes: &[file::Axis], when: &When) -> Option<Selection> {
    let mut selection = Selection::NONE;
    for (axis_id, value_id) in when {
        let axis = catalogue_axes.iter().position(|axis| axis.id == *axis_id)?;
        let values = &catalogue_axes.get(axis)?.values;
        selection = selection.with(axis, values.iter().position(|value| value.id == *value_id)?);
    }
    Some(selection)
}
