//! What a line was before it changed, and by how much it differs now, where both can be said in one measure.

use super::super::sheet::sentence;
use super::words::{self, date};
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
        time => time.as_ref().map(|(text, _)| text.as_str()),
        more_time => time.as_ref().is_some_and(|(_, more)| *more),
        money => money.as_ref().map(|(text, _)| text.as_str()),
        more_money => money.as_ref().is_some_and(|(_, more)| *more),
    }
}

fn time(before: &Grant<'_>, after: &Grant<'_>) -> Option<(String, bool)> {
    let per = after.budget.granted.first()?.volumes.first()?.per;
    let of = |grant: &Grant<'_>| {
        let mut parts = grant.budget.granted.iter();
        parts.try_fold(Exact::ZERO, |sum, part| {
            sum.add(minutes(&part.volumes, per)?).ok()
        })
    };
    let more = of(after)?.sub(of(before)?).ok()?;
    if more.is_zero() {
        return None;
    }
    let size = if more.is_negative() {
        more.negated().ok()?
    } else {
        more
    };
    let text = words::volume(size, Unit::Minute, per, None);
    Some((text, !more.is_negative()))
}

fn in_money(before: &Grant<'_>, after: &Grant<'_>) -> Option<(String, bool)> {
    let (old, new) = (
        before.budget.segments.last()?,
        after.budget.segments.first()?,
    );
    let euro = |segment: &crate::budget::Segment<_>| segment.amount.recurring.as_ref()?.euro();
    // In kind the letter tells no amounts.
    if old.per != new.per || !before.is_pgb() || !after.is_pgb() {
        return None;
    }
    more(euro(old)?, euro(new)?, new.per)
}

/// The difference of two amounts per period, and whether it is more; nothing where there is none.
pub(super) fn more(old: Euro, new: Euro, per: Frequency) -> Option<(String, bool)> {
    let more = new.minus(old).ok()?;
    let text = words::money(more.0.abs(), per);
    (more != Euro::ZERO).then(|| (text, more > Euro::ZERO))
}
