//! Hourly rates of a pgb below a wage floor that is known (R27): in the way of a definitive decision, unless somebody wrote
//! down why. A rate for which no floor is known is no reason to wait.

use super::file::{Dossier, Provision};
use crate::budget::{Library, LineBudget, Segment};
use crate::document::Problem;
use crate::indication::Delivery;
use crate::national::{Activity, WageOutcome, WageQuestion};
use crate::quantity::Unit;
use crate::quantity::dutch::date_long;
use crate::trace::{Calculator, Measure, NodeId, Silent, shown};

impl Dossier {
    /// The first rate of each line that is below a known floor, told where the reason would stand.
    pub(super) fn below_floor(
        &self,
        library: &Library,
        lines: &[Option<LineBudget<NodeId>>],
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (place, (provision, budget)) in self.provisions.iter().zip(lines).enumerate() {
            let reason = provision.motivation.below_floor.trim();
            let segments = budget.iter().flat_map(|budget| &budget.segments);
            let mut segments = segments.filter(|_| reason.is_empty());
            let found = segments.find_map(|segment| self.below(library, provision, segment));
            let field = format!("provisions[{place}].motivation.below_floor");
            problems.extend(found.map(|problem| problem.field(field)));
        }
        problems
    }

    fn below(
        &self,
        library: &Library,
        provision: &Provision,
        segment: &Segment<NodeId>,
    ) -> Option<Problem> {
        let Delivery::Pgb { providers } = &provision.line.delivery else {
            return None;
        };
        let national = library.national(&self.municipality);
        for part in &segment.parts {
            let activity = activity(segment, &provision.line.product, part.part.as_deref());
            for paid in &part.providers {
                let provider = paid.provider.and_then(|at| providers.get(at));
                let kind = provider.and_then(|who| segment.catalogue.provider(&who.kind));
                let (Some(kind), Some((rate, Unit::Hour))) = (kind, paid.rate) else {
                    continue;
                };
                let mut day = segment.from;
                loop {
                    let question = WageQuestion {
                        rate: rate.value,
                        activity,
                        relation: kind.relation,
                        full_time_week: None,
                        day,
                    };
                    let mut calculator = Calculator {
                        tracer: &mut Silent,
                    };
                    let check = national.wage_check(&question, &mut calculator).ok()?;
                    if let WageOutcome::Fails(floor) = check.outcome {
                        let measure = Measure::EuroPerUnit(Unit::Hour);
                        return Some(
                            Problem::warning(format!(
                                "het tarief voor {} ({}) is vanaf {} lager dan het minimum: {}",
                                paid.kind,
                                shown(rate.value, measure),
                                date_long(day),
                                shown(floor.figure.value, measure),
                            ))
                            .hint(
                                "Kies een hoger tarief, of schrijf op waarom dit tarief toch kan.",
                            ),
                        );
                    }
                    let next = check.valid_until.filter(|until| *until < segment.to);
                    match next.and_then(|until| until.tomorrow().ok()) {
                        Some(next) if next > day => day = next,
                        _ => break,
                    }
                }
            }
        }
        None
    }
}

/// Which work a part of a product is.
fn activity(segment: &Segment<NodeId>, product: &str, part: Option<&str>) -> Option<Activity> {
    let file = segment.catalogue.product_file(product)?;
    let of_part = part.and_then(|id| {
        let part = file.parts.iter().find(|part| part.id == id)?;
        segment.catalogue.product_file(&part.product)?.wage_floor
    });
    of_part.or(file.wage_floor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn found(name: &str, reason: &str) -> Vec<Problem> {
        let file = format!(
            "{}/fixtures/dossiers/{name}.ron",
            env!("CARGO_MANIFEST_DIR")
        );
        let mut dossier = Dossier::read(name, &std::fs::read(file).unwrap()).unwrap();
        reason.clone_into(&mut dossier.provisions[0].motivation.below_floor);
        let library = Library::shipped().unwrap();
        dossier.evaluate(&library, date(2023, 3, 1)).below_floor
    }

    #[test]
    fn a_rate_below_a_floor_that_is_known_is_told_from_its_first_day_until_somebody_says_why() {
        // Ermelo 2023, help from the network at 20,00; the floor of the cao holds from 16 August 2023.
        let problems = found("brief-open-eind", "");
        let [problem] = problems.as_slice() else {
            panic!("{problems:?}");
        };
        assert_eq!(problem.field, "provisions[0].motivation.below_floor");
        for told in ["20,00 per uur", "16 augustus 2023", "22,11 per uur"] {
            assert!(problem.message.contains(told), "{problem}");
        }
        assert_eq!(
            found("brief-open-eind", "u bent zelf familie en wilde dit zo"),
            []
        );
        // 15,13 in 2018 is above the minimum wage.
        assert_eq!(found("brief-pgb", ""), []);
    }
}
