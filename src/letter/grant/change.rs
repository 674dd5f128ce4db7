//! What a line was before it changed, and by how much it differs now, where both can be said in one measure.

use super::super::blocks::Text;
use super::super::sheet::sentence;
use super::words::{self, date, fill};
use super::{Grant, amount};
use crate::dossier::minutes;
use crate::quantity::{Euro, Exact, Frequency, Unit};
use minijinja::context;
use minijinja::value::Value;

/// The line as it was: how much, until when, its last amount, and why it changed.
pub(super) fn before(grant: &Grant<'_>) -> Value {
    let line = &grant.provision.line;
    let moved = grant.provision.moved_end.as_ref();
    let last = grant.budget.segments.last().and_then(|segment| {
        let recurring = segment.amount.recurring.as_ref()?;
        Some(amount(recurring, segment.per))
    });
    context! {
        to => line.to.map(date),
        extent => grant.extent(),
        amount => last,
        reason => moved.and_then(|moved| sentence(&moved.reason)),
    }
}

/// How much more or less it is; nothing where it is the same, or cannot be said in one measure.
pub(super) fn difference(before: &Grant<'_>, after: &Grant<'_>) -> Value {
    let (time, money) = (time(before, after), in_money(before, after));
    context! {
        time => time.as_ref().map(|found| found.text.as_str()),
        more_time => time.as_ref().is_some_and(|found| found.more),
        money => money.as_ref().map(|found| found.text.as_str()),
        more_money => money.as_ref().is_some_and(|found| found.more),
    }
}

/// The differences as sums that the reader can redo, for the appendix.
pub(super) fn redone(before: &Grant<'_>, after: &Grant<'_>) -> Vec<Text> {
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

fn time(before: &Grant<'_>, after: &Grant<'_>) -> Option<Difference> {
    let per = after.budget.granted.first()?.volumes.first()?.per;
    let of = |grant: &Grant<'_>| {
        let mut parts = grant.budget.granted.iter();
        parts.try_fold(Exact::ZERO, |sum, part| {
            sum.add(minutes(&part.volumes, per)?).ok()
        })
    };
    let (was, now) = (of(before)?, of(after)?);
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

fn in_money(before: &Grant<'_>, after: &Grant<'_>) -> Option<Difference> {
    let (old, new) = (
        before.budget.segments.last()?,
        after.budget.segments.first()?,
    );
    let euro = |segment: &crate::budget::Segment<_>| segment.amount.recurring.as_ref()?.euro();
    // In kind the letter tells no amounts.
    if old.per != new.per || !before.is_pgb() || !after.is_pgb() {
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
