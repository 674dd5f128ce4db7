//! Conventions as they stand in a file: how amounts are made.

use crate::quantity::{Exact, Frequency, Rounding};
use crate::trace::Status;
use serde::{Deserialize, Serialize};

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
