//! The catalogue as it stands in a file: plain data, nothing worked out.
//!
//! `assets/catalogues/LEESMIJ.md` explains the format for people who write one. Amounts are
//! quoted strings. Every figure and every convention has a source and a status.

use crate::quantity::{Euro, Exact, Frequency, Percentage, Rounding, Unit};
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
    pub sources: BTreeMap<String, Source>,
    /// Axes that products are divided by.
    pub axes: Vec<Axis>,
    /// Who can deliver with a pgb. The id `zin` means in kind and is not listed.
    pub providers: Vec<ProviderKind>,
    /// The norm set that new dossiers start with.
    #[serde(default)]
    pub norm_set: Option<NormSetName>,
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
    /// When the value follows from the hours worked out with a norm set.
    #[serde(default)]
    pub follows: Option<Follows>,
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

/// How a care provider stands towards the budget holder, for wage checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// An institution or company.
    Institution,
    /// Self-employed, an entrepreneur.
    SelfEmployed,
    /// Partner, family, friend, neighbour.
    Informal,
}

/// Name and version of a norm set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormSetName {
    /// Id of the set.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// A convention with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed<V> {
    /// What was agreed.
    pub value: V,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
    /// A remark.
    #[serde(default)]
    pub note: Option<String>,
}

/// How amounts are made. Nothing here has a silent default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// Short name that products cite.
    pub id: String,
    /// The period over which hours × rate is worked out first.
    pub base: Agreed<Base>,
    /// How an extent per week, month … becomes one per another period.
    #[serde(default)]
    pub conversions: Vec<Conversion>,
    /// How an amount is restated per week, 4 weeks, month, year.
    pub views: Vec<View>,
    /// How dates are counted for totals.
    pub totals: Agreed<Counting>,
    /// Where the rounding of totals stands.
    pub total_rounding: Agreed<TotalRounding>,
    /// Roundings, each at its stage; a stage that is absent is exact.
    pub roundings: Vec<RoundingRule>,
    /// Several kinds of provider in one line.
    pub mixed: Agreed<Mixed>,
    /// The period over which a pgb may be spent.
    pub budget_period: Agreed<BudgetPeriod>,
    /// Whether a lower agreed rate of a provider replaces the tariff (R26).
    pub real_cost_if_lower: Agreed<bool>,
    /// Whether in kind and pgb may both be granted within one product, on other dates.
    pub mix_of_delivery: Agreed<bool>,
}

/// The period over which hours × rate is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Base {
    /// The period of the extent itself.
    OfExtent,
    /// Always this one.
    Every(Frequency),
}

/// `1 × from` is `factor × to`, by agreement: hours a month × 12/52 are hours a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// From this period.
    pub from: Frequency,
    /// To this one.
    pub to: Frequency,
    /// What an amount per `from` is multiplied by.
    pub factor: Exact,
    /// Dutch name of the method.
    pub name: String,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
}

/// How an amount per `from` is restated per `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// The period of the view.
    pub to: Frequency,
    /// From the amount (or view) per this period.
    pub from: Frequency,
    /// What it is multiplied by, such as `13`, `1/12` or `365/7`.
    pub factor: Exact,
    /// Dutch name of the method: `13 × 4 weken`.
    pub name: String,
    /// Whether the rounded or the exact figure goes on.
    pub takes: Takes,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
}

/// Which of two figures goes on into the next step (R33).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Takes {
    /// The rounded one.
    Rounded,
    /// The exact one.
    Exact,
}

/// How dates are counted when a period is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Counting {
    /// Per day, both ends counted: days ÷ length of the unit (week 7, 4 weeks 28, month its own
    /// days, year 365 or 366).
    PerDay,
    /// Every ISO week touched counts whole (iWmo IV078).
    WeeksTouched,
    /// Every period of the amount that is touched counts whole (R38).
    WholePeriods,
    /// Whole calendar months, and part of a month by its days.
    MonthsProRata,
}

/// Where totals are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TotalRounding {
    /// Only at the end; parts by cumulative rounding, so that they add up.
    AtEnd,
    /// Every week, 4 weeks, month or year apart; the total is their sum.
    PerPeriod,
}

/// A rounding and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundingRule {
    /// Where.
    pub at: Stage,
    /// How.
    pub rounding: Rounding,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
}

/// The places in a calculation where a rounding can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The rate, after a percentage, before multiplying.
    Rate,
    /// The rate per minute, before multiplying.
    MinuteRate,
    /// The volume in the unit of the rate, before multiplying (R34).
    Volume,
    /// The amount per period.
    Period,
    /// A view.
    View,
    /// A total.
    Total,
}

/// Several kinds of provider in one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mixed {
    /// Each part at its own rate.
    PerPart,
    /// The whole at the amount of the heaviest kind at work that day.
    Heaviest,
}

/// The period over which a pgb may be spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BudgetPeriod {
    /// Calendar year, nothing carried over.
    CalendarYear,
    /// The whole term.
    WholeTerm,
    /// Each month apart.
    Month,
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

/// The kind of work, for the wage floor of informal help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activity {
    /// Household work.
    Household,
    /// Begeleiding.
    Begeleiding,
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
    #[serde(default)]
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

/// How granted support becomes money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strategy {
    /// A fixed amount per period.
    FixedAmount,
    /// The granted volume × the rate.
    GrantedTimesRate,
    /// The band's own budget volume × the rate.
    BandTimesRate,
}

/// A price: one product, one provider, one combination, through the years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TariffLine {
    /// For this product.
    pub product: String,
    /// `zin`, or a kind of provider.
    pub provider: String,
    /// For these choices.
    #[serde(default)]
    pub when: When,
    /// How it becomes money.
    pub strategy: Strategy,
    /// The unit of the amounts.
    pub per: Unit,
    /// What is known about the unit: inferred units are example data (decisions 17).
    #[serde(default)]
    pub unit_status: Status,
    /// The amounts, by date.
    pub values: Vec<Value>,
}

/// A maximum for a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CeilingLine {
    /// For this product.
    pub product: String,
    /// For these kinds of provider; empty: for every one, in kind included.
    #[serde(default)]
    pub providers: Vec<String>,
    /// For these choices.
    #[serde(default)]
    pub when: When,
    /// The period of the amounts.
    pub per: Frequency,
    /// The amounts, by date.
    pub values: Vec<Value>,
    /// Above this extent a written reason is asked, which lifts the ceiling.
    #[serde(default)]
    pub lifted_above: Option<Limit>,
}

/// What a tariff or ceiling is from a date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// First day; absent: the first day of the catalogue.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day; absent: the day before the next value, or the last day of the catalogue.
    #[serde(default)]
    pub to: Option<Date>,
    /// How much.
    pub amount: Amount,
    /// Short name of the source.
    pub source: String,
    /// Example or established.
    pub status: Status,
    /// Other amount for decisions taken before a date.
    #[serde(default)]
    pub transition: Option<Transition>,
    /// A remark for the reader.
    #[serde(default)]
    pub note: Option<String>,
}

/// Who keeps an older amount, and until when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// For a grant whose last (re-)indication is before this day.
    pub decided_before: Date,
    /// At the latest until this day; absent: until re-indication.
    #[serde(default)]
    pub until: Option<Date>,
    /// What it keeps.
    pub keeps: Kept,
}

/// What an older decision keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Kept {
    /// The value just before this one, in this file.
    Previous,
    /// This amount.
    Amount(Amount),
}

/// How much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Amount {
    /// An amount as published.
    Euro(Euro),
    /// A percentage of another tariff.
    Percent {
        /// How much of it: `70`.
        percentage: Percentage,
        /// Of the tariff for this provider.
        provider: String,
        /// Of this product; absent: the same.
        #[serde(default)]
        product: Option<String>,
        /// Choices that differ from those of the line.
        #[serde(default)]
        when: When,
        /// The tariff as it stood on this day; absent: on the same day.
        #[serde(default)]
        on: Option<Date>,
    },
    /// A percentage of a national table's value on the same day.
    Outside {
        /// How much of it: `100`.
        percentage: Percentage,
        /// Which table.
        table: OutsideTable,
    },
    /// By offer: the line brings its own amount.
    Offer,
    /// Cannot be had in this way.
    NotAvailable,
    /// Nobody knows, and why.
    NotKnown(String),
    /// No maximum (ceilings only).
    NoMaximum,
}

/// National tables that a tariff can follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutsideTable {
    /// Statutory minimum wage per hour, 21 and older.
    MinimumWage,
    /// Top of the cao VVT scale for household help, with holiday allowance and leave.
    HouseholdWage,
    /// Top of FWG 30 of the cao VVT, with holiday allowance and leave.
    BegeleidingWage,
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
