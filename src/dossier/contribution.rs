//! The own contribution of each provision, as a step of the calculation: letter and receipt read the same outcome.

use super::file::{Dossier, Outcome};
use crate::budget::Library;
use crate::national::ContributionOutcome;
use crate::trace::{Calculator, Figure, Leaf, Measure, NodeId, Recorder, Status, Step};

/// What a letter says about the own contribution for one provision.
#[derive(Debug, Clone)]
pub struct Contribution {
    /// Whether it is due, and how much at most.
    pub outcome: ContributionOutcome,
    /// The amount as a figure of the calculation, where there is one.
    pub figure: Option<Figure<NodeId>>,
    /// Worst status of what says whether it is due, and of its amount.
    pub status: Status,
}

impl Dossier {
    /// The own contribution of each provision; nothing for a refused one and where no product is known.
    pub(super) fn contributions(
        &self,
        library: &Library,
        recorder: &mut Recorder,
    ) -> Vec<Option<Contribution>> {
        let mut calc = Calculator { tracer: recorder };
        let each = self.provisions.iter().map(|provision| {
            let line = &provision.line;
            if provision.outcome != Outcome::Granted {
                return None;
            }
            let code = self.municipality.as_str();
            let answer = library.catalogues.on(code, line.from).ok()?;
            let product = answer.catalogue.product(&line.product)?;
            let found = library.own_contribution(code, product, line.from);
            let outcome = found.unwrap_or_else(|error| ContributionOutcome::NotKnown {
                reason: error.to_string(),
            });
            let due = calc.rule(&product.own_contribution.provenance);
            let (figure, status) = match &outcome {
                ContributionOutcome::Maximum {
                    amount,
                    per,
                    source,
                } => {
                    let step = Step::new(
                        "eigen bijdrage van het hele huishouden, ten hoogste",
                        Measure::EuroPer(*per),
                    );
                    let most = calc.leaf(step, Leaf::Figure(source), amount.exact());
                    let step = Step {
                        label: "voor deze hulp geldt een eigen bijdrage",
                        ..step
                    };
                    let most = calc.because(step, most, due);
                    (Some(most), most.status)
                }
                ContributionOutcome::IncomeDependent { source, .. } => {
                    let rule = calc.rule(source);
                    (None, due.status.max(rule.status))
                }
                ContributionOutcome::NotDue
                | ContributionOutcome::NotKnown { .. }
                | ContributionOutcome::OwnRegime => (None, due.status),
            };
            Some(Contribution {
                outcome,
                figure,
                status,
            })
        });
        each.collect()
    }
}
