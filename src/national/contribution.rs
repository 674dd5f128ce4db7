//! The own contribution: announced in a letter, never billed (domain section 9).

use super::{Lookup, National, Parameter, period_of};
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Frequency, QuantityError};
use crate::trace::Provenance;
use jiff::civil::Date;
use std::sync::Arc;

/// Whether an own contribution is due for a product; a municipality says so per product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContributionRule {
    /// Due: one maximum per household for all provisions together.
    Due,
    /// Not due.
    NotDue,
    /// A regime of its own (beschermd wonen, opvang): no amount, the letter refers to the CAK.
    OwnRegime,
}

/// What a letter says about the own contribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContributionOutcome {
    /// Not due.
    NotDue,
    /// At most this much per household; the CAK sets it.
    Maximum {
        /// How much.
        amount: Euro,
        /// Per 4 weeks (2019) or per month (2020 on).
        per: Frequency,
        /// Where it comes from; its note says who pays nothing.
        source: Arc<Provenance>,
    },
    /// Dependent on income: no amount.
    IncomeDependent {
        /// How often it is paid.
        per: Frequency,
        /// Why there is no amount, in Dutch.
        reason: String,
        /// Where that comes from.
        source: Arc<Provenance>,
    },
    /// The amount of the year is not known.
    NotKnown {
        /// Why, in Dutch.
        reason: String,
    },
    /// A regime of its own: no amount, refer to the CAK.
    OwnRegime,
}

impl National {
    /// The own contribution in a letter about support that starts on this day: the amount of the
    /// year of the start date (decisions 22). Errors: overflow.
    pub fn own_contribution(
        &self,
        rule: ContributionRule,
        start: Date,
    ) -> Result<ContributionOutcome, QuantityError> {
        match rule {
            ContributionRule::Due => {}
            ContributionRule::NotDue => return Ok(ContributionOutcome::NotDue),
            ContributionRule::OwnRegime => return Ok(ContributionOutcome::OwnRegime),
        }
        let mut parameter = Parameter::ContributionPerFourWeeks;
        let mut found = self.lookup(parameter, start);
        if let Lookup::AfterLast(_) = found {
            parameter = Parameter::ContributionPerMonth;
            found = self.lookup(parameter, start);
        }
        let per = period_of(parameter);
        Ok(match found {
            Lookup::Known(amount, span) => ContributionOutcome::Maximum {
                amount: Euro::from_exact(amount)?,
                per,
                source: Arc::clone(&span.provenance),
            },
            Lookup::WithoutAmount(reason, span) => ContributionOutcome::IncomeDependent {
                per,
                reason: reason.to_owned(),
                source: Arc::clone(&span.provenance),
            },
            Lookup::NotKnown(reason, _) => ContributionOutcome::NotKnown {
                reason: reason.to_owned(),
            },
            Lookup::BeforeFirst(first) => ContributionOutcome::NotKnown {
                reason: format!(
                    "de eigen bijdrage is hier bekend vanaf {}",
                    date_long(first)
                ),
            },
            Lookup::AfterLast(last) => ContributionOutcome::NotKnown {
                reason: format!(
                    "de eigen bijdrage is hier bekend tot en met {}",
                    date_long(last)
                ),
            },
        })
    }
}
