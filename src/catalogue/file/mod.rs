//! The catalogue as it stands in a file: plain data, nothing worked out.
//!
//! `assets/catalogues/LEESMIJ.md` explains the format for people who write one. Amounts are
//! quoted strings. Every figure and every convention has a source and a status.

mod conventions;
mod prices;

pub use crate::national::{Activity, Relation};
pub use conventions::{
    Agreed, Base, BudgetPeriod, Conventions, Conversion, Counting, Mixed, RoundingRule, Stage,
    Takes, TotalRounding, View,
};
pub use prices::{
    Amount, CeilingLine, Kept, OutsideTable, Strategy, TariffLine, Transition, Value,
};

use crate::document::unique;
use crate::norms::NormSetRef;
use crate::quantity::{Exact, Frequency, Unit};
use crate::trace::Status;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The format version that this program reads and writes.
pub const FORMAT: u32 = 1;

/// The id of the price in kind among the providers of a tariff.
pub const IN_KIND: &str = "zin";

/// Axis name → value name; what a tariff or ceiling is for. An axis that is absent here means:
/// for every value of it.
pub type When = BTreeMap<String, String>;

/// One catalogue: what a municipality grants from a date, and at which price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueFile {
    /// Format version, now [`FORMAT`].
    pub format: u32,
    /// Name by which others refer to it, such as `leiden-2018`.
    pub id: String,
    /// For people.
    pub title: String,
    /// Version of the content, counted up at each change.
    pub version: String,
    /// CBS codes of the municipalities it serves.
    pub municipalities: Vec<String>,
    /// First day on which it has effect.
    pub from: Date,
    /// Last day; absent: no end known or meant.
    #[serde(default)]
    pub to: Option<Date>,
    /// Day of publication (R13).
    #[serde(default)]
    pub published: Option<Date>,
    /// Day on which the regulation came into force; `from` may lie before it (R13).
    #[serde(default)]
    pub in_force: Option<Date>,
    /// The older catalogue that ends the day before this one starts.
    #[serde(default)]
    pub supersedes: Option<Supersedes>,
    /// Next year's figures, to look at but not to decide with (R20).
    #[serde(default)]
    pub preview: bool,
    /// A remark for the reader.
    #[serde(default)]
    pub note: Option<String>,
    /// Where the figures come from, by the short name that they cite.
    #[serde(deserialize_with = "unique")]
    pub sources: BTreeMap<String, Source>,
    /// Axes that products are divided by.
    pub axes: Vec<Axis>,
    /// Who can deliver with a pgb. The id `zin` means in kind and is not listed.
    pub providers: Vec<ProviderKind>,
    /// The norm set that new dossiers start with.
    #[serde(default)]
    pub norm_set: Option<NormSetRef>,
    /// Sets of conventions; each product names one.
    pub conventions: Vec<Conventions>,
    /// What can be granted.
    pub products: Vec<Product>,
    /// Where a choice follows from hours.
    #[serde(default)]
    pub scales: Vec<Scale>,
    /// Prices.
    pub tariffs: Vec<TariffLine>,
    /// Maxima.
    #[serde(default)]
    pub ceilings: Vec<CeilingLine>,
    /// Choices of an older catalogue that end, with what comes after.
    #[serde(default)]
    pub endings: Vec<Ending>,
}

/// Which older catalogue ends, and when this one takes over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supersedes {
    /// Id of the older one.
    pub id: String,
    /// First day of this one; the older one ends the day before.
    pub from: Date,
}

/// Where a figure was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name of the regulation or sheet, with place of publication.
    pub title: String,
    /// Article, table or page.
    #[serde(default)]
    pub article: Option<String>,
    /// A remark, such as what is inferred.
    #[serde(default)]
    pub note: Option<String>,
}

/// A way in which products are divided: severity, intensity, kind, band, distance …
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Short name.
    pub id: String,
    /// Dutch name on screen and paper.
    pub label: String,
    /// Its values, in order.
    pub values: Vec<AxisValue>,
    /// Whether it says how much there is of a product, and not what it is: two lines that differ in nothing else are of
    /// the same product.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub how_much: bool,
    /// When the value follows from the hours worked out with a norm set.
    #[serde(default)]
    pub follows: Option<Follows>,
}

impl Axis {
    /// The Dutch name of a value.
    pub fn label_of(&self, value: &str) -> Option<&str> {
        let known = self.values.iter().find(|known| known.id == value);
        known.map(|known| known.label.as_str())
    }

    /// Whether a value is the one that stands for at least one aggravating factor.
    pub fn is_aggravated(&self, value: &str) -> bool {
        matches!(&self.follows, Some(Follows::Aggravation { with, .. }) if with == value)
    }
}

/// One value of an axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AxisValue {
    /// Short name.
    pub id: String,
    /// Dutch name.
    pub label: String,
    /// What it means, for help and letter.
    #[serde(default)]
    pub meaning: Option<String>,
}

/// A rule by which an axis follows from the work on the hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Follows {
    /// One value without, another with at least one aggravating factor (decisions 20).
    Aggravation {
        /// Value without aggravating factor.
        without: String,
        /// Value with one or more.
        with: String,
        /// Source of the rule.
        source: String,
        /// Its status.
        status: Status,
    },
}

/// A kind of care provider for a pgb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderKind {
    /// Short name.
    pub id: String,
    /// Dutch name.
    pub label: String,
    /// Higher is heavier, for the rule of the heaviest kind.
    pub rank: u32,
    /// Which wage rules hold for it.
    pub relation: Relation,
}

/// What can be granted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// Short name; never given to something else later (R59).
    pub id: String,
    /// Dutch name.
    pub label: String,
    /// iWmo product category, two digits.
    #[serde(default)]
    pub category: Option<String>,
    /// Axes that it is divided by.
    #[serde(default)]
    pub axes: Vec<String>,
    /// Short name of its conventions.
    pub conventions: String,
    /// Where its hours come from.
    #[serde(default)]
    pub hours: HoursFrom,
    /// Whether an own contribution is due.
    pub own_contribution: Agreed<OwnContribution>,
    /// Which wage floor holds for informal help.
    #[serde(default)]
    pub wage_floor: Option<Activity>,
    /// Whether it can be granted by itself; a part of another product cannot.
    #[serde(default = "yes")]
    pub grantable: bool,
    /// The products that it is made of.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Short names of products that it takes the place of: they are not granted on the same days (R54).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excludes: Vec<String>,
    /// What one piece or point is called: `rit`, `punt`.
    #[serde(default)]
    pub piece_name: Option<String>,
    /// Articles of the municipality's own regulation, for the letter.
    #[serde(default)]
    pub articles: Vec<String>,
    /// What it is for, in plain words, for the letter.
    #[serde(default)]
    pub purpose: Option<String>,
    /// Why it has no price here, when it is no grant (a general provision).
    #[serde(default)]
    pub remark: Option<String>,
}

fn yes() -> bool {
    true
}

/// Where the hours of a product come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum HoursFrom {
    /// Typed by the consultant.
    #[default]
    Typed,
    /// Built with a norm set.
    NormSet,
    /// First filled with the calculation hours of the band.
    Band,
}

/// Whether an own contribution is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OwnContribution {
    /// Due.
    Due,
    /// Not due.
    NotDue,
    /// A regime of its own (beschermd wonen, opvang): no amount, refer to the CAK.
    OwnRegime,
}

/// One part of a product that is made of parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Short name within the product.
    pub id: String,
    /// Dutch name.
    pub label: String,
    /// The product whose tariffs, scales and ceilings it follows.
    pub product: String,
    /// Choices that are fixed for the part.
    #[serde(default, deserialize_with = "unique")]
    pub fixed: When,
    /// The most that this part may be; above it these are two provisions.
    #[serde(default)]
    pub at_most: Option<Limit>,
}

/// A volume per period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// How much.
    pub volume: Exact,
    /// Of what.
    pub unit: Unit,
    /// How often.
    pub per: Frequency,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
}

/// A scale: which value of an axis follows from how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// For this product.
    pub product: String,
    /// For this axis.
    pub axis: String,
    /// What is laid along it.
    pub measures: Measured,
    /// Unit of the edges.
    pub unit: Unit,
    /// Period of the edges.
    pub per: Frequency,
    /// Which side of a step belongs to it.
    pub closed: Closed,
    /// The steps, from low to high, without gap or overlap.
    pub steps: Vec<ScaleStep>,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
}

/// What is laid along a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Measured {
    /// The granted extent.
    Granted,
    /// The minutes of the norm set before aggravating factors.
    BeforeAggravation,
}

/// Which edge of a step belongs to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Closed {
    /// Over `over` up to and including `to`.
    Upper,
    /// From `over` up to but not including `to`.
    Lower,
}

/// One step of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleStep {
    /// Value of the axis.
    pub value: String,
    /// Lower edge.
    pub over: Exact,
    /// Upper edge; absent: open.
    #[serde(default)]
    pub to: Option<Exact>,
    /// Volume that a new line starts with.
    #[serde(default)]
    pub calculation: Option<Exact>,
    /// The band's own budget volume, for the strategy that uses it (R29).
    #[serde(default)]
    pub budget: Option<Exact>,
    /// Status of `calculation` and `budget` when it is worse than that of the edges.
    #[serde(default)]
    pub status: Option<Status>,
}

/// A choice of an older catalogue that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// Product of the older catalogue.
    pub product: String,
    /// Axis, when one value of it ends and not the product.
    #[serde(default)]
    pub axis: Option<String>,
    /// The value that ends.
    #[serde(default)]
    pub value: Option<String>,
    /// Last day.
    pub last: Date,
    /// What a conversion would propose, in words.
    pub successor: String,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
}
