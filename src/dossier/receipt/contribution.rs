//! What the letter says about the own contribution of each provision.
//!
//! This room must not know how that is worded.

use super::super::{Dossier, Outcome};
use super::LOOK;
use super::steps::Source;
use crate::budget::Library;
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
    /// The own contribution of each provision of a dossier.
    pub(super) fn of(dossier: &Dossier, library: &Library) -> Self {
        let code = dossier.municipality.as_str();
        let provisions = dossier.provisions.iter();
        let each = provisions.map(|provision| {
            let line = &provision.line;
            if provision.outcome != Outcome::Granted {
                return None;
            }
            let answer = library.catalogues.on(code, line.from).ok()?;
            let product = answer.catalogue.product(&line.product)?;
            let found = library.own_contribution(code, product, line.from);
            Some(match found {
                Ok(ContributionOutcome::NotDue) => Contribution::NotDue,
                Ok(ContributionOutcome::OwnRegime) => Contribution::OwnRegime,
                Ok(ContributionOutcome::Maximum {
                    amount,
                    per,
                    source,
                }) => Contribution::Maximum(amount, per, Source((*source).clone())),
                Ok(ContributionOutcome::IncomeDependent {
                    per,
                    reason,
                    source,
                }) => Contribution::IncomeDependent(per, reason, Source((*source).clone())),
                Ok(ContributionOutcome::NotKnown { reason }) => Contribution::NotKnown(reason),
                Err(error) => Contribution::NotKnown(error.to_string()),
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
