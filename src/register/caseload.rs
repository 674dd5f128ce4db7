//! What is due: the statutory clocks of a dossier on a day, and the counts of a first screen.
//!
//! Which clocks run is said by the dossier's [`Course`](crate::dossier::Course); this says which of them asks for work.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dossiers::State;
use super::entry::{About, Entry};
use super::index::Index;
use crate::dossier::{Clock, ClockKind, ClockState};

/// How many days before a last day something counts as soon.
const SOON: i32 = 7;
/// How many days before its end a grant asks for attention, and how many after it nobody's next step is late: an
/// investigation and a decision take eight weeks.
const ENDING: i32 = 8 * 7;

/// What has to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The day of the report is not filled in.
    Report,
    /// The client may still hand in a personal plan (Wmo 2015 art. 2.3.2).
    Plan,
    /// Investigating, within six weeks from the report (Wmo 2015 art. 2.3.2).
    Investigate,
    /// Waiting for the application of the client.
    Apply,
    /// Deciding, within two weeks from the application (Wmo 2015 art. 2.3.5).
    Decide,
    /// Waiting until the term of the decision runs again.
    Suspended,
    /// Making it definitive and sending it: the term of the decision ends when the client has it.
    Send,
    /// The client may object (Awb art. 6:7).
    Objection,
    /// Evaluating with the client on the agreed day (Wmo 2015 art. 2.3.9).
    Review,
    /// A grant ends soon.
    Ending,
    /// A grant ended, and nothing follows it up.
    Ended,
    /// Nothing.
    Nothing,
}

impl Step {
    /// In words.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Report => "datum melding ontbreekt",
            Self::Plan => "persoonlijk plan is mogelijk",
            Self::Investigate => "onderzoek afronden",
            Self::Apply => "wacht op de aanvraag",
            Self::Decide => "besluiten",
            Self::Suspended => "besluiten, termijn opgeschort",
            Self::Send => "definitief maken en versturen",
            Self::Objection => "bezwaar is mogelijk",
            Self::Review => "evalueren met de cliënt",
            Self::Ending => "toekenning loopt af",
            Self::Ended => "afgelopen zonder vervolg",
            Self::Nothing => "niets te doen",
        }
    }
}

/// How urgent that is; a later one is more urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Urgency {
    /// Nothing to do.
    Done,
    /// To do, without a term or with days enough.
    Waiting,
    /// The last day is within a week.
    Soon,
    /// The last day has passed.
    Late,
}

impl Urgency {
    /// In words.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Done => "klaar",
            Self::Waiting => "wacht",
            Self::Soon => "binnen een week",
            Self::Late => "te laat",
        }
    }
}

/// What has to be done next, and when at the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub step: Step,
    /// The last day by law, where there is one.
    pub last_day: Option<Date>,
    /// On the day that was asked.
    pub urgency: Urgency,
}

impl Due {
    /// To do, and no day says when at the latest.
    fn someday(step: Step) -> Self {
        Self {
            step,
            last_day: None,
            urgency: Urgency::Waiting,
        }
    }

    /// To be done by the college on this day at the latest.
    fn by(step: Step, day: Date, today: Date) -> Self {
        let urgency = match days_to(day, today) {
            left if left < 0 => Urgency::Late,
            left if left <= SOON => Urgency::Soon,
            _ => Urgency::Waiting,
        };
        Self {
            step,
            last_day: Some(day),
            urgency,
        }
    }

    /// What a running term leaves to the client, who is never late.
    fn of_client(step: Step, term: &Clock) -> Self {
        Self {
            last_day: term.last_day,
            ..Self::someday(step)
        }
    }

    /// The last day, where it is the college that must act.
    pub fn must_by(self) -> Option<Date> {
        let waits = matches!(self.step, Step::Plan | Step::Objection);
        self.last_day.filter(|_| !waits)
    }
}

fn days_to(day: Date, today: Date) -> i32 {
    today.until(day).map_or(i32::MAX, |span| span.get_days())
}

/// The clock of this kind, if it runs.
fn running(clocks: &[Clock], kind: ClockKind) -> Option<&Clock> {
    let mut running = clocks
        .iter()
        .filter(|clock| matches!(clock.state, ClockState::Running { .. }));
    running.find(|clock| clock.kind == kind)
}

/// What is due for a dossier on a day.
pub fn due(about: &About, today: Date) -> Due {
    let clocks = about.course.clocks(today);
    if matches!(about.meta.state, State::Definitive { .. }) {
        return after_decision(about, &clocks, today);
    }
    let decision = about.course.decision;
    if decision.is_some_and(|decision| decision <= today) {
        // A decision is given when it is sent: its term runs until then.
        let term = clocks
            .iter()
            .find(|clock| clock.kind == ClockKind::Decision);
        let last_day = term.and_then(|term| term.last_day);
        return last_day.map_or(Due::someday(Step::Send), |day| {
            Due::by(Step::Send, day, today)
        });
    }
    // The last step of the procedure that was begun is the one to go on with; objecting follows a decision.
    let next = clocks.iter().rev().find_map(|clock| {
        let step = match clock.kind {
            ClockKind::Investigation => match running(&clocks, ClockKind::PersonalPlan) {
                // The plan comes before the investigation (Wmo 2015 art. 2.3.2 lid 2 and 3).
                Some(term) => return Some(Due::of_client(Step::Plan, term)),
                None => Step::Investigate,
            },
            ClockKind::Application => Step::Apply,
            ClockKind::Decision => Step::Decide,
            ClockKind::PersonalPlan | ClockKind::Objection | ClockKind::Review => return None,
        };
        let step = match clock.state {
            ClockState::Suspended { .. } => Step::Suspended,
            _ => step,
        };
        let last_day = clock.last_day;
        Some(last_day.map_or(Due::someday(step), |day| Due::by(step, day, today)))
    });
    next.unwrap_or(Due::someday(Step::Report))
}

/// What is due after a definitive decision: the most urgent of it.
fn after_decision(about: &About, clocks: &[Clock], today: Date) -> Due {
    let objection = running(clocks, ClockKind::Objection);
    // What follows it up takes along the evaluation that was agreed.
    let review = about.course.review.filter(|_| !about.is_followed);
    let review = review.filter(|_| about.course.reviewed.is_none_or(|day| today < day));
    let end = about.ends.and_then(|end| match days_to(end, today) {
        0..=ENDING => Some(Due::by(Step::Ending, end, today)),
        left if left > ENDING || about.is_followed => None,
        left if left < -ENDING => Some(Due::someday(Step::Ended)),
        _ => Some(Due::by(Step::Ended, end, today)),
    });
    let found = [
        objection.map(|term| Due::of_client(Step::Objection, term)),
        review.map(|day| Due::by(Step::Review, day, today)),
        end,
    ];
    let found = found.into_iter().flatten();
    let first = found.min_by_key(|due| (Reverse(due.urgency), due.last_day.unwrap_or(Date::MAX)));
    first.unwrap_or(Due {
        step: Step::Nothing,
        last_day: None,
        urgency: Urgency::Done,
    })
}

/// How many of a group are how urgent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Past their last day.
    pub late: usize,
    /// Within a week of it.
    pub soon: usize,
    /// To do, later.
    pub waiting: usize,
    /// Nothing to do.
    pub done: usize,
}

impl Counts {
    fn add(&mut self, urgency: Urgency) {
        let count = match urgency {
            Urgency::Late => &mut self.late,
            Urgency::Soon => &mut self.soon,
            Urgency::Waiting => &mut self.waiting,
            Urgency::Done => &mut self.done,
        };
        *count = count.saturating_add(1);
    }
}

/// The first screen: all together, by consultant and by neighbourhood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Caseload {
    /// All dossiers.
    pub all: Counts,
    /// By name of the consultant; an empty name where there is none.
    pub consultants: BTreeMap<String, Counts>,
    /// By neighbourhood; an empty name where there is none.
    pub neighbourhoods: BTreeMap<String, Counts>,
}

impl Index {
    /// Counts everything on a day.
    pub fn caseload(&self, today: Date) -> Caseload {
        let mut caseload = Caseload::default();
        for Entry { who, about, .. } in &self.entries {
            let urgency = due(about, today).urgency;
            caseload.all.add(urgency);
            let Some(who) = who else { continue };
            for (counts, name) in [
                (&mut caseload.consultants, &who.consultant),
                (&mut caseload.neighbourhoods, &who.neighbourhood),
            ] {
                match counts.get_mut(name) {
                    Some(counts) => counts.add(urgency),
                    None => counts.entry(name.clone()).or_default().add(urgency),
                }
            }
        }
        caseload
    }
}
