//! National figures as they stand in a file: plain data, nothing checked.

use super::{ParameterUnit, Value};
use crate::quantity::Rounding;
use crate::trace::Status;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NationalFile {
    pub format: u32,
    pub id: String,
    pub version: String,
    pub name: String,
    #[serde(default)]
    pub roundings: Vec<RoundingFile>,
    pub parameters: Vec<ParameterFile>,
}

/// A rounding.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoundingFile {
    pub id: String,
    pub name: String,
    pub value: Rounding,
    pub source: String,
    pub status: Status,
    #[serde(default)]
    pub note: Option<String>,
}

/// A parameter: its unit and its values.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ParameterFile {
    pub id: String,
    pub name: String,
    pub unit: ParameterUnit,
    /// From this day the values here replace those of another file, which end the day before.
    #[serde(default)]
    pub supersedes_from: Option<Date>,
    pub values: Vec<SpanFile>,
}

/// A value with its days.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpanFile {
    pub from: Date,
    #[serde(default)]
    pub to: Option<Date>,
    pub value: Value,
    pub source: String,
    pub status: Status,
    #[serde(default)]
    pub note: Option<String>,
}
