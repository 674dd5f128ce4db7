//! The shape of the JSON, field by field; `docs/json.md` says what each holds.

use crate::catalogue::file::BudgetPeriod;
use crate::indication::Activity;
use crate::quantity::{Euro, Exact, Frequency, Rounding, Unit};
use crate::trace::Status;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// A file that holds no dossier that can be read.
#[derive(Serialize)]
pub(super) struct Unread {
    pub(super) file: String,
    pub(super) problems: Vec<ProblemJson>,
}

/// A problem, as in a message.
#[derive(Serialize)]
pub(in crate::cli) struct ProblemJson {
    pub(super) severity: &'static str,
    pub(super) file: String,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) field: String,
    pub(super) message: String,
    pub(super) hint: String,
}

/// A dossier with what it comes to.
#[derive(Serialize)]
pub(super) struct DossierJson<'a> {
    pub(super) file: &'a str,
    pub(super) number: &'a str,
    pub(super) municipality: MunicipalityJson<'a>,
    pub(super) calculated_on: Date,
    pub(super) decided_on: Option<Date>,
    pub(super) status: Status,
    pub(super) problems: Vec<ProblemJson>,
    pub(super) provisions: Vec<ProvisionJson<'a>>,
    pub(super) summary: SummaryJson,
    pub(super) trace: Vec<NodeJson<'a>>,
}

/// Which municipality.
#[derive(Serialize)]
pub(super) struct MunicipalityJson<'a> {
    pub(super) code: &'a str,
    pub(super) name: Option<&'a str>,
}

/// Totals of the dossier.
#[derive(Serialize)]
pub(super) struct SummaryJson {
    pub(super) years: Vec<YearJson>,
    pub(super) years_are_maxima: bool,
    pub(super) term: Option<TermJson>,
}

/// Totals of a calendar year.
#[derive(Serialize)]
pub(super) struct YearJson {
    pub(super) from: Date,
    pub(super) to: Date,
    #[serde(flatten)]
    pub(super) sums: SumsJson,
    pub(super) average_per_month: Option<AverageJson>,
}

/// Totals of the whole term.
#[derive(Serialize)]
pub(super) struct TermJson {
    pub(super) from: Date,
    pub(super) to: Date,
    #[serde(flatten)]
    pub(super) sums: SumsJson,
}

/// What a month of the counted days comes to.
#[derive(Serialize)]
pub(super) struct AverageJson {
    pub(super) euro: Euro,
    pub(super) exact: Exact,
    pub(super) status: Status,
    pub(super) node: usize,
}

/// In kind, pgb and together.
#[derive(Serialize)]
pub(super) struct SumsJson {
    pub(super) in_kind: SumJson,
    pub(super) pgb: SumJson,
    pub(super) together: SumJson,
}

/// A sum; with unknown lines it is the known part.
#[derive(Serialize)]
pub(super) struct SumJson {
    pub(super) known: Euro,
    pub(super) node: Option<usize>,
    pub(super) lines: usize,
    pub(super) unknown_lines: usize,
}

/// A provision.
#[derive(Serialize)]
pub(super) struct ProvisionJson<'a> {
    pub(super) product: &'a str,
    pub(super) label: Option<&'a str>,
    pub(super) from: Date,
    pub(super) to: Option<Date>,
    pub(super) delivery: &'static str,
    pub(super) refused: Option<&'a str>,
    pub(super) withdrawn: Option<&'a str>,
    pub(super) overridden: Vec<OverriddenJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) activities: Vec<&'a Activity>,
    pub(super) budget: Option<LineJson<'a>>,
}

/// A value that a person put in the place of a computed one.
#[derive(Serialize)]
pub(super) struct OverriddenJson {
    pub(super) field: String,
    pub(super) reason: String,
    pub(super) on: Option<Date>,
}

/// What a provision comes to.
#[derive(Serialize)]
pub(in crate::cli) struct LineJson<'a> {
    pub(super) status: Status,
    pub(super) granted_status: Status,
    pub(super) calculated: bool,
    pub(super) offer_used: bool,
    pub(super) granted: Vec<GrantedJson<'a>>,
    pub(super) large_segment: usize,
    pub(super) segments: Vec<SegmentJson<'a>>,
    pub(super) years: Vec<TotalJson<'a>>,
    pub(super) years_are_maxima: bool,
    pub(super) term: Option<TotalJson<'a>>,
    pub(super) open_from: Option<Date>,
    pub(super) endless_from: Option<Date>,
    pub(super) budget_period: Option<BudgetPeriod>,
}

/// What is granted of a part.
#[derive(Serialize)]
pub(super) struct GrantedJson<'a> {
    pub(super) part: Option<&'a str>,
    pub(super) label: &'a str,
    pub(super) volumes: Vec<VolumeJson>,
    pub(super) together: Option<VolumeJson>,
    pub(super) norm: Option<NormJson<'a>>,
}

/// How much of what, how often.
#[derive(Serialize)]
pub(super) struct VolumeJson {
    #[serde(flatten)]
    pub(super) figure: FigureJson,
    pub(super) unit: Unit,
    pub(super) per: Frequency,
}

/// How a norm set came to it.
#[derive(Serialize)]
pub(super) struct NormJson<'a> {
    pub(super) outcome: VolumeJson,
    pub(super) minutes: VolumeJson,
    pub(super) parts: Vec<NormPartJson<'a>>,
    pub(super) intensive: bool,
    pub(super) extra_visits_per_week: Option<FigureJson>,
    pub(super) assumes: Vec<AssumptionJson<'a>>,
}

/// A choice of policy that the norm set leans on.
#[derive(Serialize)]
pub(super) struct AssumptionJson<'a> {
    pub(super) name: &'a str,
    pub(super) choice: &'a str,
    pub(super) confirmed: bool,
}

/// A part of the norm set.
#[derive(Serialize)]
pub(super) struct NormPartJson<'a> {
    pub(super) part: &'a str,
    pub(super) label: &'a str,
    pub(super) minutes: VolumeJson,
}

/// Days in which nothing changes.
#[derive(Serialize)]
pub(super) struct SegmentJson<'a> {
    pub(super) from: Date,
    pub(super) to: Date,
    pub(super) catalogue: CatalogueJson<'a>,
    pub(super) amount: MoneyJson<'a>,
    pub(super) per: Frequency,
    pub(super) once: Option<MoneyJson<'a>>,
    pub(super) views: Vec<ViewJson<'a>>,
    pub(super) total: MoneyJson<'a>,
    pub(super) parts: Vec<PartJson<'a>>,
}

/// The catalogue that answered.
#[derive(Serialize)]
pub(super) struct CatalogueJson<'a> {
    pub(super) id: &'a str,
    pub(super) version: &'a str,
    pub(super) file: &'a str,
}

/// A part of the product in a segment.
#[derive(Serialize)]
pub(super) struct PartJson<'a> {
    pub(super) part: Option<&'a str>,
    pub(super) label: &'a str,
    pub(super) choices: BTreeMap<&'a str, &'a str>,
    pub(super) overrides: Vec<OverrideJson<'a>>,
    pub(super) amount: MoneyJson<'a>,
    pub(super) per: Frequency,
    pub(super) once: Option<MoneyJson<'a>>,
    pub(super) before_ceiling: Option<FigureJson>,
    pub(super) ceiling: Option<CeilingJson>,
    pub(super) ceiling_lifted: bool,
    pub(super) cut: Option<FigureJson>,
    pub(super) once_cut: Option<FigureJson>,
    pub(super) providers: Vec<ProviderJson<'a>>,
}

/// A choice against what follows from the hours.
#[derive(Serialize)]
pub(super) struct OverrideJson<'a> {
    pub(super) axis: &'a str,
    pub(super) value: &'a str,
    pub(super) reason: &'a str,
}

/// A maximum with its period.
#[derive(Serialize)]
pub(super) struct CeilingJson {
    #[serde(flatten)]
    pub(super) figure: FigureJson,
    pub(super) per: Frequency,
}

/// One care provider.
#[derive(Serialize)]
pub(super) struct ProviderJson<'a> {
    pub(super) provider: Option<usize>,
    pub(super) kind: &'a str,
    pub(super) rate: Option<RateJson>,
    pub(super) volume: Option<FigureJson>,
    pub(super) agreed: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) adjusted: Option<AdjustedJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) before_ceiling: Option<MoneyJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) once_before_ceiling: Option<MoneyJson<'a>>,
    pub(super) amount: MoneyJson<'a>,
    pub(super) once: Option<MoneyJson<'a>>,
    pub(super) once_volume: Option<FigureJson>,
    pub(super) total: MoneyJson<'a>,
}

/// A price that a person put in the place of that of the catalogue.
#[derive(Serialize)]
pub(super) struct AdjustedJson {
    pub(super) own: usize,
    pub(super) computed: Option<RateJson>,
}

/// A rate with its unit.
#[derive(Serialize)]
pub(super) struct RateJson {
    #[serde(flatten)]
    pub(super) figure: FigureJson,
    pub(super) per: Unit,
}

/// A rate restated per another period.
#[derive(Serialize)]
pub(in crate::cli) struct ViewJson<'a> {
    pub(super) per: Frequency,
    pub(super) euro: Euro,
    pub(super) exact: Exact,
    pub(super) method: &'a str,
    pub(super) status: Status,
    pub(super) node: usize,
}

/// Money, or why it is not known.
#[derive(Serialize, Default)]
pub(in crate::cli) struct MoneyJson<'a> {
    pub(super) euro: Option<Euro>,
    pub(super) exact: Option<Exact>,
    pub(super) not_known: Option<&'a str>,
    pub(super) status: Option<Status>,
    pub(super) node: Option<usize>,
}

/// Money over days.
#[derive(Serialize)]
pub(super) struct TotalJson<'a> {
    pub(super) from: Date,
    pub(super) to: Date,
    #[serde(flatten)]
    pub(super) money: MoneyJson<'a>,
}

/// An exact figure.
#[derive(Serialize)]
pub(in crate::cli) struct FigureJson {
    pub(super) exact: Exact,
    pub(super) decimal: Option<String>,
    pub(super) status: Status,
    pub(super) node: usize,
}

/// A step of the calculation.
#[derive(Serialize)]
pub(in crate::cli) struct NodeJson<'a> {
    pub(super) id: usize,
    pub(super) label: &'a str,
    pub(super) subject: Option<&'a str>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    #[serde(flatten)]
    pub(super) measure: MeasureJson,
    pub(super) exact: Exact,
    pub(super) decimal: Option<String>,
    pub(super) status: Status,
    pub(super) operation: &'static str,
    pub(super) children: Vec<usize>,
    pub(super) input: Option<&'a str>,
    pub(super) counted: Option<[Date; 2]>,
    pub(super) rounding: Option<Rounding>,
    pub(super) source: Option<SourceJson<'a>>,
}

/// What a number counts.
#[derive(Serialize)]
pub(super) struct MeasureJson {
    pub(super) measure: &'static str,
    pub(super) unit: Option<Unit>,
    pub(super) per: Option<Frequency>,
}

/// Where a leaf comes from.
#[derive(Serialize)]
pub(super) struct SourceJson<'a> {
    pub(super) file: &'a str,
    pub(super) place: &'a str,
    pub(super) source: &'a str,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) note: Option<&'a str>,
}
