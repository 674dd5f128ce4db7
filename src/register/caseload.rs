//! What is due: the statutory clocks of a dossier on a day, and the counts of a first screen.
//!
//! Which clocks run is said by the dossier's [`Course`](crate::dossier::Course); this says which of them asks for work.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dossiers::State;
use super::index::{About, Entry, Index};
use crate::dossier::{ClockKind, ClockState};

/// How many days before a last day something counts as soon.
const SOON: i32 = 7;
/// How many days before its end a grant asks for attention: an investigation and a decision take eight weeks.
const ENDING: i32 = 8 * 7;

/// What has to be done next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The day of the report is not filled in.
    Report,
    /// Investigating, within six weeks from the report (Wmo 2015 art. 2.3.2).
    Investigate,
    /// Waiting for the application of the client.
    Apply,
    /// Deciding, within two weeks from the application (Wmo 2015 art. 2.3.5).
    Decide,
    /// Waiting until the term of the decision runs again.
    Suspended,
    /// Making it definitive and sending it.
    Send,
    /// Evaluating with the client on the agreed day (Wmo 2015 art. 2.3.9).
    Review,
    /// A grant ends soon.
    Ending,
    /// Nothing.
    Nothing,
}

impl Step {
    /// In words.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Report => "datum melding ontbreekt",
            Self::Investigate => "onderzoek afronden",
            Self::Apply => "wacht op de aanvraag",
            Self::Decide => "besluiten",
            Self::Suspended => "besluiten, termijn opgeschort",
            Self::Send => "definitief maken en versturen",
            Self::Review => "evalueren met de cliënt",
            Self::Ending => "toekenning loopt af",
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

/// What is due for a dossier on a day.
pub fn due(about: &About, today: Date) -> Due {
    let days_to = |day: Date| today.until(day).map_or(i32::MAX, |span| span.get_days());
    let by = |step, day: Date| {
        let left = days_to(day);
        Due {
            step,
            last_day: Some(day),
            urgency: match left {
                _ if left < 0 => Urgency::Late,
                _ if left <= SOON => Urgency::Soon,
                _ => Urgency::Waiting,
            },
        }
    };
    let waiting = |step| Due {
        step,
        last_day: None,
        urgency: Urgency::Waiting,
    };
    if matches!(about.meta.state, State::Definitive { .. }) {
        // What follows it up takes along the evaluation that was agreed.
        let review = about.course.review.filter(|_| !about.is_followed);
        let review = review.filter(|_| about.course.reviewed.is_none_or(|day| today < day));
        let ending = about
            .ends
            .filter(|end| (0..=ENDING).contains(&days_to(*end)));
        let found = [(Step::Review, review), (Step::Ending, ending)];
        let found = found
            .iter()
            .filter_map(|(step, day)| Some((*step, (*day)?)));
        return found.min_by_key(|(_, day)| *day).map_or(
            Due {
                step: Step::Nothing,
                last_day: None,
                urgency: Urgency::Done,
            },
            |(step, day)| by(step, day),
        );
    }
    if about
        .course
        .decision
        .is_some_and(|decision| decision <= today)
    {
        return waiting(Step::Send);
    }
    // The last step of the procedure that was begun is the one to go on with; objecting follows a decision.
    let clocks = about.course.clocks(today);
    let next = clocks.iter().rev().find_map(|clock| {
        let step = match clock.kind {
            ClockKind::Investigation => Step::Investigate,
            ClockKind::Application => Step::Apply,
            ClockKind::Decision => Step::Decide,
            ClockKind::PersonalPlan | ClockKind::Objection | ClockKind::Review => return None,
        };
        let step = match clock.state {
            ClockState::Suspended { .. } => Step::Suspended,
            _ => step,
        };
        Some(clock.last_day.map_or(waiting(step), |day| by(step, day)))
    });
    next.unwrap_or(waiting(Step::Report))
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
