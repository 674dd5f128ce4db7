//! All lines of a dossier along one axis of days, in order of the dossier.

use super::line::title;
use super::words::{month_short, open_span};
use crate::budget::Library;
use crate::desk::view::{Axis, Bar, BarState, LineView, Timeline};
use crate::desk::widgets::text::Tone;
use crate::document::Severity;
use crate::dossier::{Dossier, Evaluation, Outcome};
use crate::quantity::dutch::{date_long, date_short};
use jiff::ToSpan as _;
use jiff::civil::Date;

/// The lines with their days, and the axis that holds them all and `today`.
pub fn timeline(
    dossier: &Dossier,
    evaluation: &Evaluation,
    library: &Library,
    today: Date,
    views: &[LineView],
) -> Timeline {
    let lines = || dossier.provisions.iter().map(|provision| &provision.line);
    let granted = dossier
        .provisions
        .iter()
        .filter_map(|provision| provision.moved_end.as_ref()?.granted);
    let ends = lines().filter_map(|line| line.to).chain(granted);
    let first = lines()
        .map(|line| line.from)
        .min()
        .unwrap_or(today)
        .min(today);
    let last = lines()
        .map(|line| line.from)
        .chain(ends)
        .max()
        .unwrap_or(today)
        .max(today);
    let first = first.first_of_month();
    // Room after the last day for what has no end.
    let last = last.checked_add(3.months()).unwrap_or(last).last_of_month();
    let at = |day: Date| days(first, day);
    let bars = dossier
        .provisions
        .iter()
        .enumerate()
        .map(|(index, provision)| {
            let line = &provision.line;
            let path = format!("provisions[{index}]");
            let mine = evaluation.problems.iter();
            let mine = mine.filter(|problem| problem.field.starts_with(&format!("{path}.")));
            let tone = mine
                .map(|problem| problem.severity)
                .max_by_key(|severity| matches!(severity, Severity::Error));
            let (state, word) = match &provision.outcome {
                Outcome::Granted if line.delivery.is_pgb() => (BarState::Pgb, "pgb"),
                Outcome::Granted => (BarState::InKind, "zorg in natura"),
                Outcome::Refused { .. } => (BarState::Void, "afgewezen"),
                Outcome::Withdrawn { .. } => (BarState::Void, "ingetrokken"),
            };
            let moved = provision.moved_end.as_ref();
            let view = views.get(index);
            let text = |of: &dyn Fn(&LineView) -> String| view.map(of).unwrap_or_default();
            Bar {
                title: format!(
                    "{}. {}",
                    index.saturating_add(1),
                    title(dossier, library, provision)
                ),
                detail: text(&|view| view.detail.clone()),
                period: open_span(line.from, line.to),
                days: [
                    date_short(line.from),
                    line.to.map_or_else(|| "open".to_owned(), date_short),
                ],
                extent: text(&|view| view.extent.clone()),
                amount: text(&|view| match view.unit.as_str() {
                    "" => view.amount.clone(),
                    unit => format!("{} {unit}", view.amount),
                }),
                state,
                word: word.to_owned(),
                tone: tone.map(|severity| match severity {
                    Severity::Error => Tone::Fault,
                    Severity::Warning => Tone::Warning,
                }),
                from: at(line.from),
                to: line.to.map(|to| at(to).saturating_add(1)),
                first_end: moved.map(|moved| moved.granted.map_or_else(|| at(last), at)),
                moved: moved.map_or_else(String::new, |moved| match moved.granted {
                    Some(day) => format!("eerst tot en met {}", date_long(day)),
                    None => "eerst zonder einddatum".to_owned(),
                }),
            }
        });
    Timeline {
        bars: bars.collect(),
        axis: Axis {
            days: at(last),
            ticks: ticks(first, last),
            today: at(today),
        },
    }
}

/// Days from one day to another.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// The first days of months, quarters or years, few enough to read.
fn ticks(first: Date, last: Date) -> Vec<(i32, String)> {
    let step = match days(first, last) {
        0..=400 => 1,
        401..=1200 => 3,
        _ => 12,
    };
    let mut ticks = Vec::new();
    let mut day = first;
    while day <= last {
        if day.month().saturating_sub(1) % step == 0 {
            let name = match day.month() {
                1 => day.year().to_string(),
                month => month_short(month).to_owned(),
            };
            ticks.push((days(first, day), name));
        }
        let Ok(next) = day.checked_add(1.month()) else {
            break;
        };
        day = next;
    }
    ticks
}
