//! Figures as text for a terminal: as everywhere, but with plain spaces, so that they can be searched for.

use crate::budget::Money;
use crate::quantity::{Euro, Exact, Frequency, Unit, dutch};
use crate::trace::{Measure, shown};

/// An amount.
pub(super) fn euro(value: Euro) -> String {
    plain(&dutch::euro(value.0))
}

/// Money, or why it is not known.
pub(super) fn money<N: Copy>(money: &Money<N>) -> String {
    match money {
        Money::Known { rounded, .. } => euro(*rounded),
        Money::NotKnown(reason) => format!("niet bekend: {reason}"),
    }
}

/// Money per period, or why it is not known.
pub(super) fn money_per<N: Copy>(amount: &Money<N>, per: Frequency) -> String {
    match amount {
        Money::Known { .. } => format!("{} {}", money(amount), per.dutch()),
        Money::NotKnown(_) => money(amount),
    }
}

/// A volume per period: `174 minuten per week`.
pub(super) fn volume(value: Exact, unit: Unit, per: Frequency) -> String {
    figure(value, Measure::VolumePer(unit, per))
}

/// A figure with what it counts.
pub(super) fn figure(value: Exact, measure: Measure) -> String {
    plain(&shown(value, measure))
}

/// A text with spaces that break like any other.
pub(super) fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}
