//! How far what is printed can be relied upon (decisions 17): what the letter does not print does not count.

use super::{Case, Grant};
use crate::budget::LineBudget;
use crate::indication::Line;
use crate::trace::{NodeId, Status};

/// The worst status of the figures and choices that stand in the letter.
pub(super) fn printed(case: &Case<'_>) -> Status {
    let grants = case.grants().map(of_grant);
    let before = case.grants().filter_map(|grant| grant.before.as_ref());
    let before = before.map(|old| of_budget(old.budget, old.line));
    grants
        .chain(before)
        .fold(case.municipality.status, Status::max)
}

/// Without a pgb a letter prints no amount: extent and choices are all that it takes from the evaluation.
fn of_grant(grant: &Grant<'_>) -> Status {
    let of_budget = of_budget(grant.budget, &grant.provision.line);
    grant.contribution.status.max(of_budget)
}

fn of_budget(budget: &LineBudget<NodeId>, line: &Line) -> Status {
    if line.delivery.is_pgb() {
        budget.granted_status.max(budget.status)
    } else {
        budget.granted_status
    }
}
