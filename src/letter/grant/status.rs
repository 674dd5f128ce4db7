//! How far what is printed can be relied upon (decisions 17): what the letter does not print does not count.

use super::{Case, Grant};
use crate::trace::Status;

/// The worst status of the figures and choices that stand in the letter.
pub(super) fn printed(case: &Case<'_>) -> Status {
    let grants = case.grants().map(of_grant);
    grants.fold(case.municipality.status, Status::max)
}

fn of_grant(grant: &Grant<'_>) -> Status {
    let mut status = grant.product.own_contribution.provenance.status;
    for part in &grant.budget.granted {
        for volume in &part.volumes {
            status = status.max(volume.figure.status);
        }
    }
    if let Some(segment) = grant.budget.segments.first() {
        for part in &segment.parts {
            for axis in 0..grant.catalogue.file.axes.len() {
                if part.choices.get(axis).is_none() {
                    continue;
                }
                if let Some(scale) = grant.scale(part.part.as_deref(), axis) {
                    status = status.max(scale.provenance.status);
                }
                if let Some(rule) = grant.catalogue.follows_source(axis) {
                    status = status.max(rule.status);
                }
            }
        }
    }
    if grant.is_pgb() {
        status = status.max(grant.budget.status);
        if let Some(set) = grant.catalogue.conventions_of(grant.product) {
            status = status.max(set.budget_period.provenance.status);
        }
    }
    status
}
