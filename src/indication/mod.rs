//! What is granted: lines of product, choices, hours, dates and delivery form.
//!
//! These are the inputs of an evaluation as a consultant fills them in; what they come to is
//! worked out in `budget`. Texts for the letter stand beside them in the dossier, not here.
//! This room must not know amounts, clients or files.

use crate::document::Problem;
use crate::norms::HoursWork;
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Exact, Extent, Rate, Unit};
use crate::trace::Measure;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One provision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Short name of the product in the catalogue.
    pub product: String,
    /// Choices per axis. An axis that follows from the hours may be left out.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "crate::document::unique"
    )]
    pub choices: BTreeMap<String, Choice>,
    /// First day.
    pub from: Date,
    /// Last day, included; absent: open end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// How much, per part of the product.
    pub hours: Vec<PartHours>,
    /// In kind, or a budget.
    pub delivery: Delivery,
    /// Day on which this provision was first granted, when that is not this decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_granted: Option<Date>,
    /// Day of the last re-indication, when that is not this decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reindicated: Option<Date>,
    /// The amount of an offer, where the catalogue has the price on offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<Offer>,
    /// Why more is granted than the ceiling of the catalogue foresees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling_reason: Option<String>,
    /// Prices that a person put in the place of computed ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_prices: Vec<OwnPrice>,
}

/// A chosen value of an axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Short name of the value.
    pub value: String,
    /// Why, when it is another one than follows from the hours (decisions 15).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The hours of a product, or of one of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartHours {
    /// Short name of the part, for a product that is made of parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// How much.
    pub hours: Hours,
    /// Why they were filled in, where the catalogue has them built with a norm set; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Where the extent comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Hours {
    /// Typed: one or more extents, which are added.
    Typed(Vec<Extent>),
    /// Typed for each activity with the goal that it serves; they are added.
    Activities(Vec<Activity>),
    /// Built with a norm set.
    Norm(HoursWork),
    /// The calculation hours of the chosen band.
    Band,
}

impl PartHours {
    /// Hours of a part, with no reason of their own.
    pub fn new(part: Option<String>, hours: Hours) -> Self {
        Self {
            part,
            hours,
            reason: String::new(),
        }
    }
}

impl Hours {
    /// What was filled in, in words; nothing where the hours follow from a norm set or a band.
    pub fn shown(&self) -> String {
        let extents: Vec<&Extent> = match self {
            Self::Typed(extents) => extents.iter().collect(),
            Self::Activities(rows) => rows.iter().map(|row| &row.extent).collect(),
            Self::Norm(_) | Self::Band => Vec::new(),
        };
        let words = extents.iter().map(|extent| {
            let measure = Measure::VolumePer(extent.unit, extent.per);
            crate::trace::shown(Exact::from(extent.volume), measure)
        });
        crate::quantity::dutch::listed(&words.collect::<Vec<_>>())
    }
}

/// Time for one activity, and the goal that it serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// What the client wants to reach.
    #[serde(default)]
    pub goal: String,
    /// What is done for it.
    #[serde(default)]
    pub activity: String,
    /// How much.
    pub extent: Extent,
}

/// In kind or a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Delivery {
    /// Zorg in natura.
    InKind {
        /// Who provides it; may be empty until it is known.
        provider: String,
    },
    /// Persoonsgebonden budget.
    Pgb {
        /// Who is hired; at least one.
        providers: Vec<CareProvider>,
    },
}

impl Delivery {
    /// Whether this is a budget of one's own.
    pub fn is_pgb(&self) -> bool {
        matches!(self, Self::Pgb { .. })
    }
}

/// Somebody hired with a pgb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CareProvider {
    /// Name; may be empty until it is known.
    #[serde(default)]
    pub name: String,
    /// Short name of the kind in the catalogue.
    pub kind: String,
    /// The share of the extent, per part; empty: all of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub share: Vec<PartExtent>,
    /// First day, when later than that of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day, when earlier than that of the line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Agreed rate. Where the catalogue says so, the lower of tariff and agreed rate counts (R26).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Rate>,
    /// The rate that a decision on objection or a ruling set, which goes before every tariff (R61).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set_rate: Option<SetRate>,
}

/// A rate that a decision on objection or a ruling set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRate {
    /// How much.
    pub amount: Euro,
    /// For one of these: an hour, 4 weeks, a month …
    pub per: Unit,
    /// Which decision or ruling, of which day.
    pub decision: String,
}

/// An extent of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartExtent {
    /// Short name of the part, for a product that is made of parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// How much.
    pub extent: Extent,
}

/// A rate, or an amount per period, that a person put in the place of the one of the catalogue (R63).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnPrice {
    /// Short name of the part, for a product that is made of parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Short name of the kind of care provider in the catalogue; absent: in kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// How much: a rate for what is counted, or an amount for a period.
    pub price: Rate,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// Who approved of it; empty while nobody did.
    #[serde(default)]
    pub approved_by: String,
}

/// An amount that was offered by a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// How much.
    pub amount: Euro,
    /// For one of these: an hour, 4 weeks, a month …
    pub per: Unit,
    /// Which offer, by whom, of which day.
    pub source: String,
}

impl Line {
    /// The hours of a part (`None`: of a product without parts).
    pub fn hours_of(&self, part: Option<&str>) -> Option<&Hours> {
        let hours = self.hours.get(self.hours_at(part)?)?;
        Some(&hours.hours)
    }

    /// Where in the list of hours those of a part stand.
    pub fn hours_at(&self, part: Option<&str>) -> Option<usize> {
        let of_part = |hours: &PartHours| hours.part.as_deref() == part;
        self.hours.iter().position(of_part)
    }

    /// An end before the begin, told at the end.
    pub fn wrong_end(&self) -> Option<Problem> {
        let to = self.to.filter(|to| *to < self.from)?;
        let from = date_long(self.from);
        Some(
            Problem::error(format!(
                "de einddatum {} ligt voor de begindatum {from}",
                date_long(to)
            ))
            .field("to")
            .hint(format!("Vul een einddatum in op of na {from}.")),
        )
    }
}
