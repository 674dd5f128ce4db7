//! A norm set as it stands in a file: plain data, nothing checked.

use super::{Effect, NormUnit, NormValue};
use crate::quantity::{Exact, Rounding};
use crate::trace::Status;
use serde::{Deserialize, Serialize};

/// One file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetFile {
    pub format: u32,
    pub id: String,
    pub version: String,
    pub name: String,
    pub source: String,
    #[serde(default)]
    pub from_year: Option<i16>,
    pub unit: NormUnit,
    pub weeks_per_year: Agreed<Exact>,
    pub rounding: Agreed<Rounding>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assumes: Vec<AssumptionFile>,
    pub parts: Vec<PartFile>,
    #[serde(default)]
    pub note: Option<String>,
}

/// A setting of the set with its source.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Agreed<V> {
    pub value: V,
    pub source: String,
    pub status: Status,
    #[serde(default)]
    pub note: Option<String>,
}

/// A choice of policy that the set leans on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssumptionFile {
    pub name: String,
    pub choice: String,
    pub source: String,
    pub status: Status,
    #[serde(default)]
    pub note: Option<String>,
}

/// A part.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartFile {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub bases: Vec<BaseFile>,
    #[serde(default)]
    pub factors: Vec<FactorFile>,
    #[serde(default)]
    pub note: Option<String>,
}

/// A base value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BaseFile {
    pub id: String,
    pub name: String,
    pub value: NormValue,
    pub source: String,
    pub status: Status,
    #[serde(default)]
    pub note: Option<String>,
}

/// A factor.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactorFile {
    pub id: String,
    pub name: String,
    pub value: NormValue,
    #[serde(default)]
    pub per: Option<String>,
    #[serde(default)]
    pub group: Option<String>,
    pub aggravating: bool,
    #[serde(default)]
    pub effect: Effect,
    pub source: String,
    pub status: Status,
    #[serde(default)]
    pub note: Option<String>,
}
