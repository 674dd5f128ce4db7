//! A scenario to begin with: the lines as they are granted, each with the care providers of its pgb at the granted hours
//! and rate.
//!
//! What the grant does not say stays empty, so that the field asks for it. This must not know screens.

use crate::budget::LineBudget;
use crate::dossier::{Dossier, Evaluation, Hired, Scenario, ScenarioLine, Work};
use crate::indication::{CareProvider, Delivery};
use crate::quantity::{Euro, Extent, Rate};
use crate::trace::NodeId;

/// A scenario that spends the grant of a dossier as it is.
pub fn as_granted(dossier: &Dossier, evaluation: &Evaluation, name: &str) -> Scenario {
    let mut scenario = Scenario {
        name: name.to_owned(),
        ..Scenario::default()
    };
    let all = dossier.provisions.iter().zip(&evaluation.lines);
    for (place, (provision, budget)) in all.enumerate() {
        let Some(budget) = budget else {
            continue;
        };
        let hired = match &provision.line.delivery {
            Delivery::InKind { .. } => Vec::new(),
            Delivery::Pgb { providers } => providers
                .iter()
                .enumerate()
                .map(|(number, provider)| hired(number, provider, budget))
                .collect(),
        };
        scenario.lines.push(ScenarioLine {
            provision: place,
            product: provision.line.product.clone(),
            hired,
            ..ScenarioLine::default()
        });
    }
    scenario
}

fn hired(number: usize, provider: &CareProvider, budget: &LineBudget<NodeId>) -> Hired {
    let parts = budget.segments.iter().flat_map(|segment| &segment.parts);
    let mut amounts = parts.flat_map(|part| &part.providers);
    let amount = amounts.find(|one| one.provider == Some(number));
    let rate = amount.and_then(|one| {
        let (rate, unit) = one.rate.as_ref()?;
        Some(Rate {
            amount: Euro::from_exact(rate.value).ok()?,
            per: *unit,
        })
    });
    let granted = budget.granted.iter().flat_map(|part| &part.volumes);
    let granted = granted.filter_map(|volume| {
        Some(Extent {
            volume: volume.figure.value.finite_decimal()?,
            unit: volume.unit,
            per: volume.per,
        })
    });
    let extents: Vec<Extent> = match provider.share.as_slice() {
        [] => granted.collect(),
        shares => shares.iter().map(|share| share.extent).collect(),
    };
    let work = rate.into_iter().flat_map(|rate| {
        extents
            .iter()
            .map(move |extent| Work::ordinary(*extent, rate))
    });
    Hired {
        name: provider.name.clone(),
        kind: provider.kind.clone(),
        from: provider.from,
        to: provider.to,
        work: work.collect(),
        ..Hired::default()
    }
}
