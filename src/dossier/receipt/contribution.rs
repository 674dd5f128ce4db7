//! What the letter says about the own contribution of each provision.
//!
//! This room must not know how that is worded.

use super::super::Evaluation;
use super::LOOK;
use super::steps::Source;
use crate::document::Problem;
use crate::national::ContributionOutcome;
use crate::quantity::{Euro, Frequency};
use serde::{Deserialize, Serialize};

/// Per provision; nothing for a refused one and where no product is known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Contributions(Vec<Option<Contribution>>);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Contribution {
    NotDue,
    OwnRegime,
    Maximum(Euro, Frequency, Source),
    IncomeDependent(Frequency, String, Source),
    NotKnown(String),
}

impl Contributions {
    /// The own contribution of each provision of an evaluation.
    pub(super) fn of(evaluation: &Evaluation) -> Self {
        let each = evaluation.contributions.iter().map(|found| {
            Some(match found.as_ref()?.outcome.clone() {
                ContributionOutcome::NotDue => Contribution::NotDue,
                ContributionOutcome::OwnRegime => Contribution::OwnRegime,
                ContributionOutcome::Maximum {
                    amount,
                    per,
                    source,
                } => Contribution::Maximum(amount, per, Source((*source).clone())),
                ContributionOutcome::IncomeDependent {
                    per,
                    reason,
                    source,
                } => Contribution::IncomeDependent(per, reason, Source((*source).clone())),
                ContributionOutcome::NotKnown { reason } => Contribution::NotKnown(reason),
            })
        });
        Self(each.collect())
    }

    /// Whether an amount is looked up in the national tables.
    pub(super) fn is_due(&self) -> bool {
        let none =
            |one: &Contribution| matches!(one, Contribution::NotDue | Contribution::OwnRegime);
        self.0.iter().flatten().any(|one| !none(one))
    }

    /// What comes out differently elsewhere.
    pub(super) fn differences(&self, anew: &Self) -> Vec<Problem> {
        if self.0.len() != anew.0.len() {
            let problem = Problem::error("het bewijs gaat over meer of minder voorzieningen");
            return vec![problem.field("contributions").hint(LOOK)];
        }
        let pairs = self.0.iter().zip(&anew.0).enumerate();
        pairs
            .filter(|(_, (was, now))| was != now)
            .map(|(place, _)| {
                Problem::error("de eigen bijdrage komt anders uit")
                    .field(format!("contributions[{place}]"))
                    .hint(LOOK)
            })
            .collect()
    }
}
