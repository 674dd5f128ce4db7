//! Evaluating the support with the client (Wmo 2015 art. 2.3.9): on the agreed day, per result, and how satisfied.
//!
//! The results are those of the provisions; this keeps what was found about each by its words. This must not know how a
//! form looks.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dates::absurd;
use super::file::{Dossier, Outcome};
use crate::document::Problem;
use crate::quantity::dutch::date_long;

/// What was agreed and found; the default is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Review {
    /// The day that was agreed for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Date>,
    /// At what time, as it stands in the invitation: `10.30 uur`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub time: String,
    /// Where, as it stands in the invitation: `bij u thuis`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The day on which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<Date>,
    /// What was found about the results, those that were looked at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ResultReview>,
    /// How satisfied the client is: 1 (not at all) to 5 (very).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<u8>,
    /// What was said besides.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub remarks: String,
}

/// What was found about one result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultReview {
    /// The result, in the words of the provision.
    pub result: String,
    /// Whether it was reached.
    pub reached: Reached,
}

/// Whether a result was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Reached {
    /// It was.
    Yes,
    /// In part.
    Partly,
    /// It was not.
    No,
}

impl Reached {
    /// All, in the order of a choice on screen.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Partly, Self::No];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Yes => "bereikt",
            Self::Partly => "deels bereikt",
            Self::No => "niet bereikt",
        }
    }
}

impl Review {
    /// How satisfied a client can be, from least to most.
    pub const SATISFACTION: std::ops::RangeInclusive<u8> = 1..=5;

    /// Whether nothing was agreed or found.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What was found about a result.
    pub fn of(&self, result: &str) -> Option<Reached> {
        let found = self.results.iter().find(|one| one.result == result);
        found.map(|one| one.reached)
    }

    /// Writes down what was found about a result.
    pub fn set(&mut self, result: &str, reached: Reached) {
        match self.results.iter_mut().find(|one| one.result == result) {
            Some(one) => one.reached = reached,
            None => self.results.push(ResultReview {
                result: result.to_owned(),
                reached,
            }),
        }
    }
}

impl Dossier {
    /// The results of everything that is granted, each once, in the order of the provisions.
    pub fn results(&self) -> Vec<&str> {
        let mut results: Vec<&str> = Vec::new();
        for provision in &self.provisions {
            if provision.outcome != Outcome::Granted {
                continue;
            }
            for result in &provision.motivation.results {
                if !results.contains(&result.as_str()) {
                    results.push(result);
                }
            }
        }
        results
    }

    /// Problems of the evaluation with the client, each with its field.
    pub fn check_review(&self) -> Vec<Problem> {
        let review = &self.review;
        let mut problems = Vec::new();
        for (field, name, date) in [
            ("agreed", "de afspraak voor de evaluatie", review.agreed),
            ("held", "de evaluatie", review.held),
        ] {
            let Some(date) = date else { continue };
            problems.extend(absurd(date).map(|problem| problem.field(field)));
            if let Some(decision) = self.dates.decision.filter(|decision| date < *decision) {
                problems.push(
                    Problem::error(format!(
                        "de datum van {name} ({}) ligt voor die van het besluit ({})",
                        date_long(date),
                        date_long(decision)
                    ))
                    .field(field)
                    .hint("Pas een van beide data aan."),
                );
            }
        }
        if let Some(satisfaction) = review.satisfaction
            && !Review::SATISFACTION.contains(&satisfaction)
        {
            problems.push(
                Problem::error(format!("de tevredenheid kan geen {satisfaction} zijn"))
                    .field("satisfaction")
                    .hint("Kies een cijfer van 1 tot en met 5."),
            );
        }
        if review.held.is_some() && self.results().iter().any(|one| review.of(one).is_none()) {
            problems.push(
                Problem::warning("nog niet bij elk resultaat staat of het is bereikt")
                    .field("results")
                    .hint("Kies bij elk resultaat: bereikt, deels of niet."),
            );
        }
        problems
            .into_iter()
            .map(|problem| problem.within("review"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn decided() -> Dossier {
        let mut dossier = Dossier::new("0546");
        dossier.dates.decision = Some(date(2018, 3, 5));
        dossier
    }

    fn told(review: Review) -> Vec<String> {
        let dossier = Dossier {
            review,
            ..decided()
        };
        let problems = dossier.check_review().into_iter();
        problems.map(|problem| problem.field).collect()
    }

    #[test]
    fn a_dossier_with_an_evaluation_is_read_as_it_was_written_and_one_without_writes_none() {
        let mut dossier = decided();
        assert!(!dossier.to_text().unwrap().contains("review"));
        dossier.review.agreed = Some(date(2018, 9, 3));
        dossier.review.set("Een schoon huis.", Reached::Partly);
        dossier.review.set("Een schoon huis.", Reached::Yes);
        assert_eq!(dossier.review.results.len(), 1);
        dossier.review.satisfaction = Some(4);
        let text = dossier.to_text().unwrap();
        assert_eq!(Dossier::read("x.ron", text.as_bytes()).unwrap(), dossier);
    }

    #[test]
    fn what_cannot_be_is_told_at_its_field() {
        let agreed = |day| Review {
            agreed: Some(day),
            ..Review::default()
        };
        assert_eq!(told(agreed(date(2018, 9, 3))), [""; 0]);
        assert_eq!(told(agreed(date(2018, 3, 4))), ["review.agreed"]);
        let held = Review {
            held: Some(date(2018, 3, 4)),
            ..Review::default()
        };
        assert_eq!(told(held), ["review.held"]);
        for (satisfaction, wrong) in [(0, true), (1, false), (5, false), (6, true)] {
            let review = Review {
                satisfaction: Some(satisfaction),
                ..Review::default()
            };
            assert_eq!(!told(review).is_empty(), wrong, "{satisfaction}");
        }
    }
}
