//! What a decision takes away from before its own day (decisions 21, R17): told at the field, and in the way of making it
//! definitive unless the ground of Wmo 2015 art. 2.3.10 is recorded.
//!
//! Two looks at one question: within a dossier, at lines whose end was moved; and against the decision that it follows up.
//! What is in the client's favour may reach back (R19) and is not told.

use super::evaluation::Evaluation;
use super::file::{Dossier, Outcome, Provision};
use super::together::is_granted;
use crate::budget::{Library, LineBudget, Volume, evaluate};
use crate::catalogue::earliest;
use crate::document::Problem;
use crate::indication::Line;
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Exact, Frequency};
use crate::trace::{NodeId, Silent};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// A dossier and its evaluation, of one decision.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// What it comes to.
    pub evaluation: &'a Evaluation,
}

/// The days that a line no longer has since its end was moved.
struct Lost {
    from: Date,
    /// Last day; absent: without end.
    to: Option<Date>,
}

fn lost(provision: &Provision) -> Option<Lost> {
    let granted = provision.moved_end.as_ref()?.granted;
    let from = match &provision.outcome {
        Outcome::Withdrawn { .. } => provision.line.from,
        Outcome::Granted => provision.line.to?.tomorrow().ok()?,
        Outcome::Refused { .. } => return None,
    };
    granted
        .is_none_or(|granted| granted >= from)
        .then_some(Lost { from, to: granted })
}

fn worse(from: Date, day: Date) -> Problem {
    Problem::warning(format!(
        "deze voorziening wordt minder vanaf {}, en dat is voor de dag van het besluit ({})",
        date_long(from),
        date_long(day)
    ))
    .hint(
        "Laat de wijziging ingaan op of na de dag van het besluit, of leg bij Besluit de grond van artikel 2.3.10 Wmo 2015 vast.",
    )
}

impl Dossier {
    /// Whether it is written down why this decision may take away what an earlier one gave.
    pub fn has_ground(&self) -> bool {
        !self.revision_ground.trim().is_empty()
    }

    /// What lines with a moved end take away over days before the decision, or before `today` while it has no day.
    pub(super) fn taken_back(
        &self,
        library: &Library,
        today: Date,
        lines: &[Option<LineBudget<NodeId>>],
    ) -> Vec<Problem> {
        let day = self.dates.decision.unwrap_or(today);
        let mut problems: Vec<Problem> = Vec::new();
        if self.has_ground() {
            return problems;
        }
        for (place, provision) in self.provisions.iter().enumerate() {
            let Some(lost) = lost(provision).filter(|lost| lost.from < day) else {
                continue;
            };
            let last = earliest(lost.to, day.yesterday().ok());
            let withdrawn = matches!(provision.outcome, Outcome::Withdrawn { .. });
            let restored = withdrawn.then(|| {
                let line = Line {
                    to: lost.to,
                    ..provision.line.clone()
                };
                evaluate(&self.inputs(library, today), &line, &mut Silent)
            });
            let mut open = Some(lost.from);
            while let Some(first) = open.filter(|first| last.is_none_or(|last| *first <= last)) {
                let Some((at, next)) = self.instead_of(place, first) else {
                    let field = if withdrawn { "outcome" } else { "line.to" };
                    let field = format!("provisions[{place}].{field}");
                    problems.push(worse(first, day).field(field));
                    break;
                };
                let new = lines.get(at).and_then(Option::as_ref);
                let old = lines.get(place).and_then(Option::as_ref);
                let less = new.is_some_and(|new| match (&restored, old) {
                    (Some(old), _) => gives_less(new, old),
                    (None, Some(old)) => gives_less(new, old),
                    (None, None) => false,
                });
                if less {
                    let field = format!("provisions[{at}].line.from");
                    if !problems.iter().any(|told| told.field == field) {
                        problems.push(worse(first, day).field(field));
                    }
                }
                open = next.to.and_then(|to| to.tomorrow().ok());
            }
        }
        problems
    }

    /// The line that gives the same product on a day instead of the one at `place`.
    fn instead_of(&self, place: usize, day: Date) -> Option<(usize, &Line)> {
        let product = &self.provisions.get(place)?.line.product;
        let others = self.provisions.iter().enumerate();
        others
            .filter(|(at, other)| *at != place && is_granted(other))
            .map(|(at, other)| (at, &other.line))
            .find(|(_, line)| {
                line.product == *product && line.from <= day && line.to.is_none_or(|to| to >= day)
            })
    }
}

/// Provisions that give less than an earlier decision over days before `day`, that of the new one; nothing where a ground
/// for it is recorded.
pub fn taken_back_since(new: Decided<'_>, earlier: Decided<'_>, day: Date) -> Vec<Problem> {
    let mut told = BTreeSet::new();
    let mut problems = Vec::new();
    if new.dossier.has_ground() {
        return problems;
    }
    let before = earlier
        .dossier
        .provisions
        .iter()
        .zip(&earlier.evaluation.lines);
    for (old, old_budget) in before.filter(|(old, _)| is_granted(old)) {
        let now = new.dossier.provisions.iter().zip(&new.evaluation.lines);
        for (place, (provision, budget)) in now.enumerate() {
            let (line, was) = (&provision.line, &old.line);
            let from = line.from.max(was.from);
            let overlap = from < day
                && line.product == was.product
                && line.to.is_none_or(|to| to >= from)
                && was.to.is_none_or(|to| to >= from);
            let less = !is_granted(provision)
                || match (budget, old_budget) {
                    (Some(new), Some(old)) => gives_less(new, old),
                    _ => false,
                };
            if overlap && less && told.insert(place) {
                let field = format!("provisions[{place}].line.from");
                problems.push(worse(from, day).field(field));
            }
        }
    }
    problems
}

/// Whether one line gives fewer hours or less money than another, where both can be said in the same measure.
fn gives_less<A: Copy, B: Copy>(new: &LineBudget<A>, old: &LineBudget<B>) -> bool {
    fewer_hours(new, old) || less_money(new, old)
}

/// Whether a part of one line has fewer hours than that part of another, where both can be said in the same measure.
pub fn fewer_hours<A: Copy, B: Copy>(new: &LineBudget<A>, old: &LineBudget<B>) -> bool {
    new.granted.iter().any(|part| {
        let was = old.granted.iter().find(|was| was.part == part.part);
        let per = was
            .and_then(|was| was.volumes.first())
            .map(|volume| volume.per);
        let both = was.zip(per);
        both.is_some_and(|(was, per)| less(minutes(&part.volumes, per), minutes(&was.volumes, per)))
    })
}

/// Whether one line gives less money a week than another, where both are known.
pub fn less_money<A, B>(new: &LineBudget<A>, old: &LineBudget<B>) -> bool {
    a_week(new)
        .zip(a_week(old))
        .is_some_and(|(new, old)| new < old)
}

/// The money of a week in the first segment.
fn a_week<N>(line: &LineBudget<N>) -> Option<Euro> {
    let segment = line.segments.first()?;
    let week = segment.views.first()?.as_ref()?;
    Some(week.rounded)
}

fn less(new: Option<Exact>, old: Option<Exact>) -> bool {
    new.zip(old).is_some_and(|(new, old)| new < old)
}

/// Minutes per `per` of all extents together; nothing where that can not be said.
pub fn minutes<N: Copy>(volumes: &[Volume<N>], per: Frequency) -> Option<Exact> {
    let mut sum = Exact::ZERO;
    for volume in volumes {
        let each = Exact::new(volume.unit.minutes()?.into(), 1).ok()?;
        let times = volume.per.per(per)?;
        let extent = volume.figure.value.mul(each).ok()?.mul(times).ok()?;
        sum = sum.add(extent).ok()?;
    }
    Some(sum)
}
