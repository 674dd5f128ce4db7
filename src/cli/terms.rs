//! `termijnen`: which statutory clocks of a dossier run on a day, until when, and which are late.

use super::arguments::Terms;
use super::dossiers::{self, Opened};
use super::{Exit, Surroundings, json};
use crate::document::Problem;
use crate::dossier::{Clock, ClockKind, ClockState};
use crate::quantity::dutch::date_long;
use jiff::civil::Date;
use serde::Serialize;
use std::io;

/// How wide the names in front of the terms are.
const NAMES: usize = 20;

/// The clocks of a dossier for other programs; `docs/json.md` says what each holds.
#[derive(Serialize)]
struct ClocksJson<'a> {
    file: &'a str,
    number: &'a str,
    on: Date,
    problems: Vec<json::ProblemJson>,
    clocks: Vec<ClockJson>,
}

/// A clock.
#[derive(Serialize)]
struct ClockJson {
    clock: ClockKind,
    article: &'static str,
    counted_from: Option<Date>,
    counted_end: Option<Date>,
    last_day: Option<Date>,
    extended: bool,
    last_day_by_law: Option<Date>,
    state: &'static str,
    done_on: Option<Date>,
    suspended_until: Option<Date>,
    late: bool,
}

/// Prints the clocks of every dossier, in the order in which they were named.
pub(super) fn run(
    wanted: &Terms,
    today: Date,
    surroundings: &mut Surroundings<'_>,
) -> io::Result<Exit> {
    dossiers::print(&wanted.dossiers, wanted.json, surroundings, |opened| {
        let mut problems = opened.dossier.check_dates();
        problems.extend(opened.dossier.check_review());
        let problems = opened.located(problems);
        let text = match wanted.json {
            true => json::written(&of_dossier(opened, today, &problems))?,
            false => text(opened, today),
        };
        Ok((text, problems))
    })
}

fn text(opened: &Opened, today: Date) -> String {
    let dossier = &opened.dossier;
    let mut lines = vec![opened.file.clone()];
    let mut row = |name: &str, value: &str| {
        lines.push(format!("  {name:<NAMES$}{value}").trim_end().to_owned());
    };
    if !dossier.number.is_empty() {
        row("Zaak", &dossier.number);
    }
    row("Dag", &date_long(today));
    let clocks = dossier.course().clocks(today);
    if clocks.is_empty() {
        let why = match dossier.dates.report {
            Some(day) if day > today => format!("de melding is van {}", date_long(day)),
            Some(_) | None => "de datum van de melding ontbreekt".to_owned(),
        };
        row("Termijnen", &format!("er loopt niets: {why}"));
    }
    for clock in &clocks {
        let mark = if clock.is_late() { "TE LAAT  " } else { "" };
        row(
            clock.kind.dutch(),
            &format!("{mark}{}: {}", clock.ends(), clock.stands()),
        );
        row("", &clock.basis());
        if clock.kind != ClockKind::Decision {
            continue;
        }
        for one in &dossier.dates.suspensions {
            let days = match (one.from, one.to) {
                (Some(from), Some(to)) => {
                    format!("van {} tot en met {}", date_long(from), date_long(to))
                }
                (Some(from), None) => format!("vanaf {}", date_long(from)),
                (None, _) => continue,
            };
            let (ground, article) = (one.ground.dutch(), one.ground.article());
            row("", &format!("opgeschort {days}: {ground} ({article})"));
            row("", &one.reason);
        }
        if let Some(extension) = dossier.dates.extension.as_ref()
            && let Some(day) = extension.last_day
        {
            let told = extension.told.map_or_else(String::new, |told| {
                format!(", aan de cliënt verteld op {}", date_long(told))
            });
            row("", &format!("verlengd tot en met {}{told}", date_long(day)));
            row("", &extension.reason);
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn of_dossier<'a>(opened: &'a Opened, today: Date, problems: &[Problem]) -> ClocksJson<'a> {
    let dossier = &opened.dossier;
    ClocksJson {
        file: &opened.file,
        number: &dossier.number,
        on: today,
        problems: problems.iter().map(json::problem).collect(),
        clocks: dossier
            .course()
            .clocks(today)
            .iter()
            .map(of_clock)
            .collect(),
    }
}

fn of_clock(clock: &Clock) -> ClockJson {
    let (state, done_on, suspended_until) = match clock.state {
        ClockState::Running { .. } => ("Running", None, None),
        ClockState::Late { .. } => ("Late", None, None),
        ClockState::Suspended { until } => ("Suspended", None, until),
        ClockState::Met { on } => ("Met", Some(on), None),
        ClockState::MetLate { on } => ("MetLate", Some(on), None),
        ClockState::Unrecorded => ("Unrecorded", None, None),
        ClockState::Lapsed => ("Lapsed", None, None),
        ClockState::Waiting => ("Waiting", None, None),
    };
    ClockJson {
        clock: clock.kind,
        article: clock.kind.article(),
        counted_from: clock.event,
        counted_end: clock.counted_end,
        last_day: clock.last_day,
        extended: clock.by_law.is_some(),
        last_day_by_law: clock.by_law.or(clock.last_day),
        state,
        done_on,
        suspended_until,
        late: clock.is_late(),
    }
}
