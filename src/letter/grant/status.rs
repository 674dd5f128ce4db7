//! How far what is printed can be relied upon (decisions 17): what the letter does not print does not count.

use super::{Case, Grant};
use crate::trace::Status;

/// The worst status of the figures and choices that stand in the letter.
pub(super) fn printed(case: &Case<'_>) -> Status {
    let before = case.grants().filter_map(|grant| grant.before.as_deref());
    let grants = case.grants().chain(before).map(of_grant);
    grants.fold(case.municipality.status, Status::max)
}

/// Without a pgb a letter prints no amount: extent and choices are all that it takes from the evaluation.
fn of_grant(grant: &Grant<'_>) -> Status {
    let own_contribution = grant.contribution.status;
    let status = own_contribution.max(grant.budget.granted_status);
    if grant.is_pgb() {
        status.max(grant.budget.status)
    } else {
        status
    }
}
