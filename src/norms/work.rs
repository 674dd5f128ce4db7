//! What a consultant fills in to build the hours of one client; stored in a line of a dossier.

use super::{NormSet, NormValue};
use crate::quantity::Frequency;
use serde::{Deserialize, Serialize};

/// The most that a factor can be counted; more rooms than this is a slip of the keyboard.
pub const MOST_COUNT: u32 = 50;

/// Id and version of a norm set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NormSetRef {
    /// Short name of the set.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// The work on the hours of one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HoursWork {
    /// The set that it was done with; an old case keeps its version (R05).
    pub set: NormSetRef,
    /// The period over which minutes are granted: week, two weeks, 4 weeks, month or year (R06).
    pub per: Frequency,
    /// The parts that are granted, in the order in which they are shown; each at most once.
    pub parts: Vec<PartWork>,
    /// Why the standard outcome is right for this person, where nothing takes more or less time (R09); else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub standard_reason: String,
}

impl HoursWork {
    /// Nothing granted yet, per week.
    pub fn new(set: &NormSet) -> Self {
        Self {
            set: set.reference(),
            per: Frequency::Week,
            parts: Vec::new(),
            standard_reason: String::new(),
        }
    }

    /// Whether it is what the norm set has for everybody: a base value, and nothing of this person.
    pub fn is_standard(&self) -> bool {
        let based = |part: &PartWork| matches!(part.start, Start::Base(_));
        let personal = |part: &PartWork| !part.factors.is_empty() || !part.reductions.is_empty();
        self.parts.iter().any(based) && !self.parts.iter().any(personal)
    }

    /// The same work with another set (R11), and the short names of what that set does not have and was left out. A base
    /// of which it has no value becomes its first one that has, or own minutes; own minutes, counts, reasons and reductions stay.
    pub fn with_set(&self, set: &NormSet) -> (Self, Vec<String>) {
        let mut left_out = Vec::new();
        let mut parts = Vec::new();
        for part in &self.parts {
            let Some(norm) = set.part(&part.part) else {
                left_out.push(part.part.clone());
                continue;
            };
            let mut part = part.clone();
            if let Start::Base(id) = &part.start {
                let value = norm.base(id).map(|base| &base.norm.value);
                if !matches!(value, Some(NormValue::Known(_))) {
                    left_out.push(id.clone());
                    part.start = norm.start();
                }
            }
            part.factors.retain(|used| {
                let known = norm.factor(&used.factor).is_some();
                if !known {
                    left_out.push(used.factor.clone());
                }
                known
            });
            parts.push(part);
        }
        let work = Self {
            set: set.reference(),
            per: self.per,
            parts,
            standard_reason: self.standard_reason.clone(),
        };
        (work, left_out)
    }
}

/// The work on one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartWork {
    /// Short name of the part in the set.
    pub part: String,
    /// Where it starts.
    pub start: Start,
    /// Factors that apply.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub factors: Vec<FactorUse>,
    /// What others do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reductions: Vec<Reduction>,
}

/// Where a part starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Start {
    /// At a base value of the norm set, by its short name.
    Base(String),
    /// At minutes of the consultant: the norm set has no value, or does not fit this person (R08).
    Own {
        /// Zero or more.
        minutes: OwnMinutes,
        /// Why these.
        reason: String,
    },
}

/// Minutes that the consultant fills in. They keep their own period, so that another granted
/// period does not change what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnMinutes {
    /// Whole minutes (R07).
    pub minutes: i64,
    /// Per week, two weeks, 4 weeks, month or year.
    pub per: Frequency,
}

/// A factor that applies to this client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorUse {
    /// Short name of the factor in the set.
    pub factor: String,
    /// How many: 1 unless the factor is per piece, such as per room. At most [`MOST_COUNT`].
    #[serde(default = "once")]
    pub count: u32,
    /// Minutes in place of the norm's value: needed when the set does not know it, else a deviation
    /// (R08). Signed, for the factor as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnMinutes>,
    /// Why it applies (R02).
    pub reason: String,
}

const fn once() -> u32 {
    1
}

/// Support that others give, so that less is granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reduction {
    /// On which ground.
    pub ground: ReductionGround,
    /// How much less; above zero.
    pub minutes: OwnMinutes,
    /// Who does what.
    pub reason: String,
}

/// Why others' support comes first (CRvB 21-3-2018, ECLI:NL:CRVB:2018:819).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReductionGround {
    /// Gebruikelijke hulp: what housemates normally do for each other.
    CustomaryHelp,
    /// Mantelzorg.
    InformalCare,
    /// The social network.
    Network,
    /// A general provision.
    GeneralProvision,
}

impl ReductionGround {
    /// All of them, in the order of the ruling.
    pub const ALL: [Self; 4] = [
        Self::CustomaryHelp,
        Self::InformalCare,
        Self::Network,
        Self::GeneralProvision,
    ];

    /// Dutch name.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::CustomaryHelp => "gebruikelijke hulp",
            Self::InformalCare => "mantelzorg",
            Self::Network => "hulp uit het netwerk",
            Self::GeneralProvision => "algemene voorziening",
        }
    }
}
