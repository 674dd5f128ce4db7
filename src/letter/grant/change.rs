//! What a line was before this decision, and by how much it differs now, where both can be said in one measure.

use super::super::blocks::Text;
use super::super::sheet::sentence;
use super::words::{self, date, fill};
use super::{Grant, amount, hours};
use crate::budget::{LineBudget, Segment};
use crate::catalogue::Catalogue;
use crate::dossier::{Dossier, Evaluation, MovedEnd, RevisionGround, minutes};
use crate::indication::Line;
use crate::quantity::{Euro, Exact, Frequency, Unit};
use crate::trace::NodeId;
use jiff::civil::Date;
use minijinja::context;
use minijinja::value::Value;

/// A line as it was before this decision: it ended where the new one goes on, or an objection was made to it.
pub(in crate::letter) struct Before<'a> {
    pub(super) line: &'a Line,
    pub(super) budget: &'a LineBudget<NodeId>,
    catalogue: &'a Catalogue,
    /// Why it ended; nothing for what a contested decision granted.
    moved: Option<&'a MovedEnd>,
    revised_on: Option<RevisionGround>,
}

impl<'a> Before<'a> {
    /// The line of the dossier that goes on as another.
    pub(super) fn replaced(
        dossier: &'a Dossier,
        evaluation: &'a Evaluation,
        place: usize,
    ) -> Option<Self> {
        let provision = dossier.provisions.get(place)?;
        let budget = evaluation.lines.get(place)?.as_ref()?;
        Some(Self {
            moved: provision.moved_end.as_ref(),
            revised_on: provision.revised_on,
            ..Self::new(&provision.line, budget)?
        })
    }

    /// The line of the decision that the objection is about.
    pub(super) fn contested(
        dossier: &'a Dossier,
        evaluation: &'a Evaluation,
        place: usize,
    ) -> Option<Self> {
        let line = dossier.occasion.contested.as_ref()?.get(place)?;
        Self::new(line, evaluation.contested.get(place)?)
    }

    fn new(line: &'a Line, budget: &'a LineBudget<NodeId>) -> Option<Self> {
        Some(Self {
            line,
            budget,
            catalogue: budget.segments.first()?.catalogue.as_ref(),
            moved: None,
            revised_on: None,
        })
    }

    fn extent(&self) -> String {
        let file = self.catalogue.product_file(&self.line.product);
        hours::of_all_parts(file, self.budget)
    }

    /// The stretch that held on a day: the last one where the line had ended by then.
    fn segment_on(&self, day: Date) -> Option<&Segment<NodeId>> {
        let segments = &self.budget.segments;
        let begun = segments.iter().rfind(|segment| segment.from <= day);
        begun.or(segments.first())
    }
}

/// On which ground of the law the line was changed or ended by this decision.
pub(super) fn revised_on(grant: &Grant<'_>) -> Option<RevisionGround> {
    match &grant.before {
        Some(before) => before.revised_on,
        None => grant.provision.revised_on,
    }
}

/// The line as it was: how much, until when, its amount, its choices where they are others, and why it changed.
pub(super) fn before(old: &Before<'_>, new: &Grant<'_>) -> Value {
    let segment = old.segment_on(new.provision.line.from);
    let last = segment.and_then(|segment| {
        let recurring = segment.amount.recurring.as_ref()?;
        Some(amount(recurring, segment.per))
    });
    context! {
        to => old.line.to.map(date),
        extent => old.extent(),
        amount => last,
        choices => choices(old, new),
        reason => old.moved.and_then(|moved| sentence(&moved.reason)),
    }
}

/// The choices that are others now: the axis with the value that it had and the one that it has.
fn choices(old: &Before<'_>, new: &Grant<'_>) -> Vec<Value> {
    let said = |catalogue: &Catalogue, segment: Option<&Segment<NodeId>>| {
        let parts = segment.map_or(&[][..], |segment| segment.parts.as_slice());
        let mut found: Vec<(String, String)> = Vec::new();
        for part in parts {
            for (place, axis) in catalogue.file.axes.iter().enumerate() {
                let value = part.choices.get(place);
                let value = value.and_then(|value| catalogue.axis_value(place, value));
                if let Some(value) = value {
                    found.push((axis.label.clone(), value.label.clone()));
                }
            }
        }
        found
    };
    let was = said(old.catalogue, old.segment_on(new.provision.line.from));
    let now = said(new.catalogue, new.budget.segments.first());
    let mut told: Vec<Value> = Vec::new();
    for (axis, value) in &now {
        let before = was.iter().find(|(known, _)| known == axis);
        if let Some((_, before)) = before.filter(|(_, before)| before != value) {
            told.push(context! { axis => words::mid(axis), was => before, now => value });
        }
    }
    told
}

/// How much more or less it is; nothing where it is the same, or cannot be said in one measure.
pub(super) fn difference(before: &Before<'_>, after: &Grant<'_>) -> Value {
    let (time, money) = (time(before, after), in_money(before, after));
    context! {
        time => time.as_ref().map(|found| found.text.as_str()),
        more_time => time.as_ref().is_some_and(|found| found.more),
        money => money.as_ref().map(|found| found.text.as_str()),
        more_money => money.as_ref().is_some_and(|found| found.more),
    }
}

/// The differences as sums that the reader can redo, for the appendix.
pub(super) fn redone(before: &Before<'_>, after: &Grant<'_>) -> Vec<Text> {
    let found = [time(before, after), in_money(before, after)];
    let redone = found.into_iter().flatten().map(|found| {
        let sum = match found.more {
            true => after.say.of("appendix_more"),
            false => after.say.of("appendix_less"),
        };
        let values = [
            ("now", found.now.as_str()),
            ("was", found.was.as_str()),
            ("difference", found.text.as_str()),
        ];
        fill(sum, &values)
    });
    redone.collect()
}

/// What something was, what it is now, and by how much that differs.
struct Difference {
    was: String,
    now: String,
    text: String,
    more: bool,
}

fn time(before: &Before<'_>, after: &Grant<'_>) -> Option<Difference> {
    let per = after.budget.granted.first()?.volumes.first()?.per;
    let of = |budget: &LineBudget<NodeId>| {
        let mut parts = budget.granted.iter();
        parts.try_fold(Exact::ZERO, |sum, part| {
            sum.add(minutes(&part.volumes, per)?).ok()
        })
    };
    let (was, now) = (of(before.budget)?, of(after.budget)?);
    let more = now.sub(was).ok()?;
    if more.is_zero() {
        return None;
    }
    let size = if more.is_negative() {
        more.negated().ok()?
    } else {
        more
    };
    let said = |minutes| words::volume(minutes, Unit::Minute, per, None);
    Some(Difference {
        was: said(was),
        now: said(now),
        text: said(size),
        more: !more.is_negative(),
    })
}

fn in_money(before: &Before<'_>, after: &Grant<'_>) -> Option<Difference> {
    let old = before.segment_on(after.provision.line.from)?;
    let new = after.budget.segments.first()?;
    let euro = |segment: &Segment<NodeId>| segment.amount.recurring.as_ref()?.euro();
    // In kind the letter tells no amounts.
    if old.per != new.per || !before.line.delivery.is_pgb() || !after.is_pgb() {
        return None;
    }
    let (was, now) = (euro(old)?, euro(new)?);
    let (text, more) = more(was, now, new.per)?;
    let said = |amount: Euro| words::money(amount.0, new.per);
    Some(Difference {
        was: said(was),
        now: said(now),
        text,
        more,
    })
}

/// The difference of two amounts per period, and whether it is more; nothing where there is none.
pub(super) fn more(old: Euro, new: Euro, per: Frequency) -> Option<(String, bool)> {
    let more = new.minus(old).ok()?;
    let text = words::money(more.0.abs(), per);
    (more != Euro::ZERO).then(|| (text, more > Euro::ZERO))
}
