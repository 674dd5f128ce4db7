//! Hours of huishoudelijke ondersteuning: norm sets as data, and the work of a consultant on one.
//!
//! [`NormSet`] is a published set of norm times (parts, base values, signed factors), read from a
//! file with the source and status of every figure; [`NormSets`] holds all sets and versions.
//! [`HoursWork`] is what a consultant fills in for one client; [`evaluate()`] turns it into exact and
//! granted minutes, with a trace and everything that is wrong or missing.
//!
//! A set keeps the unit in which it was published; the way from there to minutes per week (60
//! minutes, the set's own number of weeks in a year) is part of the trace. Nothing is rounded
//! before the one rounding that makes granted minutes (domain section 7, decisions 6, 19 and 20).
//!
//! ```
//! use maatwerk::norms::{HoursWork, NormSets, evaluate};
//! use maatwerk::quantity::Exact;
//! use maatwerk::trace::Silent;
//!
//! let sets = NormSets::shipped().map_err(|problems| format!("{problems:?}"))?;
//! let work: HoursWork = ron::from_str(
//!     r#"(
//!         set: (id: "kpmg-hhm-hbel-2021", version: "1"),
//!         per: Week,
//!         parts: [(
//!             part: "schoon-huis",
//!             start: Base("volledige-overname"),
//!             factors: [(factor: "kamer-in-gebruik", count: 2, reason: "Twee slaapkamers.")],
//!         )],
//!     )"#,
//! )?;
//! let outcome = evaluate(sets.set_of(&work)?, &work, &mut Silent);
//! // 108 + 2 × 16 = 140 hours a year = 161,54 minutes a week.
//! let granted = outcome.hours.map(|hours| hours.granted.value);
//! assert_eq!(granted, Some(Exact::from(162)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! This room must not know catalogues, dossiers, letters or the window: which severity follows from
//! the minutes is said elsewhere.

mod check;
mod evaluate;
mod file;
mod inspect;
mod sets;
mod work;

pub use evaluate::{HoursLine, HoursOutcome, LineKind, PartHours, WorkedHours, evaluate};
pub use sets::NormSets;
pub use work::{
    FactorUse, HoursWork, MOST_COUNT, NormSetRef, OwnMinutes, PartWork, Reduction, ReductionGround,
    Start,
};

use crate::quantity::{Exact, Frequency, Rounding, Unit};
use crate::trace::{Measure, Provenance, Status};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The format number of the norm set files that this program reads.
pub const FORMAT: u32 = 1;

/// The unit in which a norm set was published; it is kept (domain section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum NormUnit {
    /// Hours per year.
    HoursPerYear,
    /// Minutes per week.
    MinutesPerWeek,
    /// Minutes per two weeks.
    MinutesPerTwoWeeks,
}

impl NormUnit {
    /// Hour or minute.
    pub fn unit(self) -> Unit {
        match self {
            Self::HoursPerYear => Unit::Hour,
            Self::MinutesPerWeek | Self::MinutesPerTwoWeeks => Unit::Minute,
        }
    }

    /// The period of the unit.
    pub fn per(self) -> Frequency {
        match self {
            Self::HoursPerYear => Frequency::Year,
            Self::MinutesPerWeek => Frequency::Week,
            Self::MinutesPerTwoWeeks => Frequency::TwoWeeks,
        }
    }

    /// What a number in this unit counts, for printing.
    pub fn measure(self) -> Measure {
        Measure::VolumePer(self.unit(), self.per())
    }
}

/// A norm value, or the reason why nobody knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NormValue {
    /// In the unit of the set (a factor on visits: visits per week).
    Known(Exact),
    /// Not published; the consultant fills minutes with a reason.
    NotKnown(String),
}

/// A figure or convention with where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<V> {
    /// What it is.
    pub value: V,
    /// Where it came from.
    pub provenance: Arc<Provenance>,
}

/// A choice of policy that a set leans on (R10): its times fit only where that choice was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// Short name, unique in the set.
    pub name: Arc<str>,
    /// The choice in a sentence; an example until a municipality confirms that it chose the same.
    pub choice: Sourced<Arc<str>>,
}

impl Assumption {
    /// Whether the municipality made this choice too.
    pub fn is_confirmed(&self) -> bool {
        self.choice.provenance.status == Status::Established
    }
}

/// What a factor changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Effect {
    /// The time.
    #[default]
    Time,
    /// Only the number of visits that is printed (decisions 20).
    Visits,
}

/// A named starting value of a part, such as `volledige overname`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base {
    /// Short name, unique in its part.
    pub id: String,
    /// Dutch name.
    pub name: Arc<str>,
    /// In the unit of the set; zero or more.
    pub norm: Sourced<NormValue>,
}

/// A factor: what makes the time more or less than the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    /// Short name, unique in its part.
    pub id: String,
    /// Dutch name.
    pub name: Arc<str>,
    /// Signed; in the unit of the set, or in visits per week.
    pub norm: Sourced<NormValue>,
    /// What is counted when the value is per piece: `kamer`. Without it a factor counts once.
    pub per: Option<String>,
    /// Of the factors of a part with the same group at most one can be used.
    pub group: Option<String>,
    /// Whether it is an aggravating circumstance, which makes the intensive variant.
    pub aggravating: bool,
    /// What it changes.
    pub effect: Effect,
}

/// A part of the support, granted and shown apart (R04).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Short name, unique in the set.
    pub id: String,
    /// Dutch name.
    pub name: Arc<str>,
    /// Values to start from; empty when none is known: then it starts from own minutes.
    pub bases: Vec<Base>,
    /// Factors that can be used here.
    pub factors: Vec<Factor>,
    /// A remark for the consultant.
    pub note: Option<String>,
}

impl Part {
    /// The base value with this short name.
    pub fn base(&self, id: &str) -> Option<&Base> {
        self.bases.iter().find(|base| base.id == id)
    }

    /// Where it starts before a person chooses: its first base that has a value, else own minutes that are still to be
    /// filled in.
    pub fn start(&self) -> Start {
        let known = |base: &&Base| matches!(base.norm.value, NormValue::Known(_));
        self.bases.iter().find(known).map_or_else(
            || Start::Own {
                minutes: OwnMinutes {
                    minutes: 0,
                    per: Frequency::Week,
                },
                reason: String::new(),
            },
            |base| Start::Base(base.id.clone()),
        )
    }

    /// The factor with this short name.
    pub fn factor(&self, id: &str) -> Option<&Factor> {
        self.factors.iter().find(|factor| factor.id == id)
    }
}

/// One version of one norm set, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormSet {
    /// The file that it came from.
    pub file_name: String,
    /// Short name, the same for all versions.
    pub id: String,
    /// Version; an old case keeps its own (R05).
    pub version: String,
    /// Dutch name.
    pub name: Arc<str>,
    /// Where the set was published, in words.
    pub source: String,
    /// Year from which it is used; nothing when not known. It does not bar earlier or later dates
    /// (decisions 19).
    pub from_year: Option<i16>,
    /// Unit of all its values.
    pub unit: NormUnit,
    /// Weeks in a year; belongs to the set (decisions 19). Between 52 and 53.
    pub weeks_per_year: Sourced<Exact>,
    /// How exact minutes become granted minutes; the step is a whole number of minutes.
    pub rounding: Sourced<Rounding>,
    /// The choices of policy that it leans on.
    pub assumes: Arc<[Assumption]>,
    /// Parts, in the order in which they are shown.
    pub parts: Vec<Part>,
    /// A remark for the consultant.
    pub note: Option<String>,
    /// Its content as a file, without remarks and layout of whoever wrote it.
    text: Arc<str>,
}

impl NormSet {
    /// Its content as the text of a norm set file: the same for all files that say the same, however they are laid out.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part with this short name.
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.id == id)
    }

    /// Name and version, as work on it stores them.
    pub fn reference(&self) -> NormSetRef {
        NormSetRef {
            id: self.id.clone(),
            version: self.version.clone(),
        }
    }

    /// Everything in the set that has a source, in the order of the file.
    pub fn provenances(&self) -> impl Iterator<Item = &Arc<Provenance>> {
        let parts = self.parts.iter().flat_map(|part| {
            let bases = part.bases.iter().map(|base| &base.norm.provenance);
            bases.chain(part.factors.iter().map(|factor| &factor.norm.provenance))
        });
        let assumes = self.assumes.iter().map(|one| &one.choice.provenance);
        [&self.weeks_per_year.provenance, &self.rounding.provenance]
            .into_iter()
            .chain(assumes)
            .chain(parts)
    }

    fn provenances_mut(&mut self) -> impl Iterator<Item = &mut Arc<Provenance>> {
        let parts = self.parts.iter_mut().flat_map(|part| {
            let bases = part.bases.iter_mut().map(|base| &mut base.norm.provenance);
            bases.chain(
                part.factors
                    .iter_mut()
                    .map(|factor| &mut factor.norm.provenance),
            )
        });
        let assumes = Arc::make_mut(&mut self.assumes).iter_mut();
        [
            &mut self.weeks_per_year.provenance,
            &mut self.rounding.provenance,
        ]
        .into_iter()
        .chain(assumes.map(|one| &mut one.choice.provenance))
        .chain(parts)
    }
}
