//! The clocks of a dossier in words.

use crate::desk::view::ClockView;
use crate::desk::widgets::mark::Chip;
use crate::dossier::{Clock, ClockState, Dossier};
use jiff::civil::Date;

/// How many days before a last day it is worth a warning.
const SOON: i32 = 7;

/// All clocks of a dossier on a day.
pub fn clocks(dossier: &Dossier, today: Date) -> Vec<ClockView> {
    let clocks = dossier.course().clocks(today);
    clocks.iter().map(view).collect()
}

fn view(clock: &Clock) -> ClockView {
    ClockView {
        name: clock.kind.dutch(),
        ends: clock.ends(),
        stands: clock.stands(),
        basis: clock.basis(),
        chip: match clock.state {
            _ if clock.is_late() => Chip::Fault,
            ClockState::Running { .. } | ClockState::Met { .. } if clock.past_law.is_some() => {
                Chip::Warning
            }
            ClockState::Running { left } if left <= SOON && !clock.kind.is_of_client() => {
                Chip::Warning
            }
            ClockState::Running { .. } | ClockState::Suspended { .. } => Chip::Open,
            ClockState::Met { .. } => Chip::Good,
            ClockState::Unrecorded
            | ClockState::Lapsed
            | ClockState::Waiting
            | ClockState::Late { .. }
            | ClockState::MetLate { .. } => Chip::Neutral,
        },
    }
}
