//! Prices as they stand in a file: tariffs and ceilings through the years.

use super::{Limit, When};
use crate::document::unique;
use crate::quantity::{Euro, Frequency, Percentage, Unit};
use crate::trace::Status;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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
    #[serde(default, deserialize_with = "unique")]
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
    #[serde(default, deserialize_with = "unique")]
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
    /// This amount, which may be for another unit and become money in another way: hours instead of points (R15).
    Amount {
        /// How much.
        amount: Amount,
        /// The unit of the amount; absent: that of the line.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        per: Option<Unit>,
        /// How it becomes money; absent: as the line says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        strategy: Option<Strategy>,
        /// Short name of the source.
        source: String,
        /// Example or established.
        status: Status,
    },
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
        #[serde(default, deserialize_with = "unique")]
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
