//! The clocks of a dossier: which terms run on a day, until when, and which are late. The one place that says it.
//!
//! The terms themselves come from `calendar`. Only the term of the decision can stand still (Awb 4:15) or be put off
//! (Awb 4:14): both speak of giving a decision, and the Wmo 2015 has nothing of the kind for the investigation. The clock
//! of the evaluation has no term of the law: Wmo 2015 art. 2.3.9 says that it is done from time to time. This must not
//! know how a list or a window looks.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::file::{Dossier, Ground};
use crate::calendar::{
    CalendarError, OpenPeriod, Term, day_number, decision_term, investigation_term, objection_term,
    personal_plan_term,
};
use crate::quantity::dutch::date_long;

/// The days that decide which clocks run, without any text: enough for a list of many dossiers.
///
/// Written with names of one letter, because a register keeps one with each dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Day of the report.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub report: Option<Date>,
    /// Day on which the client handed in a personal plan.
    #[serde(rename = "l", default, skip_serializing_if = "Option::is_none")]
    pub personal_plan: Option<Date>,
    /// Day on which the client got the outcome of the investigation.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub investigation: Option<Date>,
    /// Day of the application.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Date>,
    /// Days on which the term of the decision stands still: first and last.
    #[serde(rename = "u", default, skip_serializing_if = "Vec::is_empty")]
    pub suspensions: Vec<(Date, Option<Date>)>,
    /// Last day that the client was told instead of the one by law.
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    pub extended_to: Option<Date>,
    /// Day of the decision.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Date>,
    /// Day of sending.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub sending: Option<Date>,
    /// Day that was agreed for evaluating with the client.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Date>,
    /// Day on which that was done.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Date>,
}

/// Which clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum ClockKind {
    /// The client may hand in a personal plan, seven days from the report.
    PersonalPlan,
    /// Investigating, six weeks from the report.
    Investigation,
    /// The client may apply after the investigation; no term.
    Application,
    /// Deciding, two weeks from the application.
    Decision,
    /// The client may object, six weeks from sending.
    Objection,
    /// Evaluating with the client, on the agreed day.
    Review,
}

impl ClockKind {
    /// Dutch name.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::PersonalPlan => "Persoonlijk plan",
            Self::Investigation => "Onderzoek",
            Self::Application => "Aanvraag",
            Self::Decision => "Beslissing",
            Self::Objection => "Bezwaar",
            Self::Review => "Evaluatie",
        }
    }

    /// The article that sets the term.
    pub fn article(self) -> &'static str {
        match self {
            Self::PersonalPlan => "artikel 2.3.2 lid 2 Wmo 2015",
            Self::Investigation => "artikel 2.3.2 lid 1 Wmo 2015",
            Self::Application => "artikel 2.3.5 Wmo 2015",
            Self::Decision => "artikel 2.3.5 lid 2 Wmo 2015",
            Self::Objection => "artikel 6:7 Awb",
            Self::Review => "artikel 2.3.9 Wmo 2015",
        }
    }

    /// Whether it is the client who may do something within the term, and is never late.
    pub fn is_of_client(self) -> bool {
        matches!(self, Self::PersonalPlan | Self::Objection)
    }

    /// How long the term is and from what.
    fn length(self) -> &'static str {
        match self {
            Self::PersonalPlan => "7 dagen na de melding",
            Self::Investigation => "6 weken na de melding",
            Self::Application => "na het onderzoek",
            Self::Decision => "2 weken na de aanvraag",
            Self::Objection => "6 weken na de verzending",
            Self::Review => "afgesproken met de cliënt",
        }
    }
}

/// How a clock stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ClockState {
    /// It runs: so many days until its last day, 0 on that day itself.
    Running {
        /// Days left.
        left: i32,
    },
    /// Its last day has passed, so many days ago, and it is not done.
    Late {
        /// Days past the last one.
        by: i32,
    },
    /// It stands still today.
    Suspended {
        /// The last day of that, where it is known.
        until: Option<Date>,
    },
    /// Done in time.
    Met {
        /// When.
        on: Date,
    },
    /// Done after its last day.
    MetLate {
        /// When.
        on: Date,
    },
    /// It must be done, because the next step was taken, but the day was not written down.
    Unrecorded,
    /// A term of the client that has passed.
    Lapsed,
    /// It has no term; the client has the next move.
    Waiting,
}

/// One clock of a dossier, as it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// Which.
    pub kind: ClockKind,
    /// The day that it counts from, which itself does not count.
    pub event: Option<Date>,
    /// The last day by counting alone, without weekends, holidays and extension.
    pub counted_end: Option<Date>,
    /// The last day. Nothing if there is none, or if it depends on how long the clock stands still.
    pub last_day: Option<Date>,
    /// The last day by law, where [`Self::last_day`] is the one that the client was told instead (Awb 4:14).
    pub by_law: Option<Date>,
    /// How many days it went on, or goes on until today, after that day of the law; nothing as long as it did not.
    pub past_law: Option<i32>,
    /// How it stands.
    pub state: ClockState,
}

impl Course {
    /// All clocks of the dossier on a day, in the order of the procedure. What happens after `today` has not happened.
    ///
    /// A day that the calendar cannot count on from gives no clock; the check of the dossier tells it at its field.
    pub fn clocks(&self, today: Date) -> Vec<Clock> {
        let reached = |day: Option<Date>| day.filter(|day| *day <= today);
        let mut clocks = Vec::new();
        if let Some(report) = reached(self.report) {
            if let Ok(term) = personal_plan_term(report) {
                let state = of_client(term, reached(self.personal_plan), today);
                clocks.push(clock(ClockKind::PersonalPlan, term, state));
            }
            if let Ok(term) = investigation_term(report) {
                let done = reached(self.investigation);
                let went_on = reached(self.application).or(reached(self.decision));
                let state = if done.is_none() && went_on.is_some() {
                    ClockState::Unrecorded
                } else {
                    of_college(term.last_day, done, today)
                };
                clocks.push(clock(ClockKind::Investigation, term, state));
            }
        }
        if let Some(application) = reached(self.application) {
            clocks.extend(self.decision_clock(application, today).ok());
        } else if reached(self.investigation).is_some() && reached(self.decision).is_none() {
            clocks.push(Clock {
                kind: ClockKind::Application,
                event: self.investigation,
                counted_end: None,
                last_day: None,
                by_law: None,
                past_law: None,
                state: ClockState::Waiting,
            });
        }
        if let Some(sending) = reached(self.sending)
            && let Ok(term) = objection_term(sending)
        {
            let state = of_client(term, None, today);
            clocks.push(clock(ClockKind::Objection, term, state));
        }
        if let Some(agreed) = self.review {
            clocks.push(Clock {
                kind: ClockKind::Review,
                event: None,
                counted_end: None,
                last_day: Some(agreed),
                by_law: None,
                past_law: None,
                state: of_college(agreed, reached(self.reviewed), today),
            });
        }
        clocks
    }

    /// The term of the decision with all that moves it. Error: it ends beyond the calendar.
    pub(super) fn decision_clock(
        &self,
        application: Date,
        today: Date,
    ) -> Result<Clock, CalendarError> {
        // A pause that ends before it starts pauses nothing; the check of the dossier tells it.
        let pauses: Vec<OpenPeriod> = self
            .suspensions
            .iter()
            .filter_map(|(from, to)| OpenPeriod::new(*from, *to).ok())
            .collect();
        let term = decision_term(application)?.standing_still(&pauses)?;
        let extended = self
            .extended_to
            .filter(|told| term.is_some_and(|term| term.last_day < *told));
        let by_law = term.map(|term| term.last_day);
        let last_day = extended.or(by_law);
        let done = self.decision.filter(|day| *day <= today);
        let pause = pauses.iter().find(|pause| pause.contains(today));
        let state = match (done, last_day, pause) {
            (None, _, Some(pause)) => ClockState::Suspended { until: pause.to() },
            (Some(on), None, _) => ClockState::Met { on },
            (done, Some(last_day), _) => of_college(last_day, done, today),
            // The pause without end is still to come.
            (None, None, None) => ClockState::Waiting,
        };
        Ok(Clock {
            kind: ClockKind::Decision,
            event: Some(application),
            counted_end: term.map(|term| term.counted_end),
            last_day,
            by_law: by_law.filter(|_| extended.is_some()),
            past_law: by_law
                .filter(|_| extended.is_some())
                .map(|by_law| days_between(by_law, done.unwrap_or(today)))
                .filter(|days| *days > 0),
            state,
        })
    }
}

fn clock(kind: ClockKind, term: Term, state: ClockState) -> Clock {
    Clock {
        kind,
        event: Some(term.event),
        counted_end: Some(term.counted_end),
        last_day: Some(term.last_day),
        by_law: None,
        past_law: None,
        state,
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    day_number(to).saturating_sub(day_number(from))
}

/// A term of the client, who is never late.
fn of_client(term: Term, done: Option<Date>, today: Date) -> ClockState {
    match of_college(term.last_day, done, today) {
        ClockState::Late { .. } => ClockState::Lapsed,
        state => state,
    }
}

/// A term that the college has to keep.
fn of_college(last_day: Date, done: Option<Date>, today: Date) -> ClockState {
    let left = days_between(today, last_day);
    match done {
        Some(on) if on <= last_day => ClockState::Met { on },
        Some(on) => ClockState::MetLate { on },
        None if left < 0 => ClockState::Late {
            by: left.saturating_neg(),
        },
        None => ClockState::Running { left },
    }
}

fn days(count: i32) -> String {
    match count {
        1 => "1 dag".to_owned(),
        count => format!("{count} dagen"),
    }
}

impl Clock {
    /// Whether the college is late: not done in time, or done too late. A client never is.
    pub fn is_late(&self) -> bool {
        let late = matches!(
            self.state,
            ClockState::Late { .. } | ClockState::MetLate { .. }
        );
        late && !self.kind.is_of_client()
    }

    /// When it ends, in Dutch: `uiterlijk 19 februari 2018`, with the last day by law where the client was told another.
    pub fn ends(&self) -> String {
        let told = self.last_day.map(|day| (day, self.by_law));
        match (told, self.state) {
            (Some((day, Some(by_law))), _) => format!(
                "uiterlijk {} (volgens de wet {})",
                date_long(day),
                date_long(by_law)
            ),
            (Some((day, None)), _) => format!("uiterlijk {}", date_long(day)),
            (None, ClockState::Waiting) if self.kind == ClockKind::Application => {
                "geen termijn".to_owned()
            }
            (None, _) => "laatste dag nog niet bekend".to_owned(),
        }
    }

    /// How it stands, in Dutch: `nog 3 dagen`, `4 dagen te laat`. What an extension hides is said beside it.
    pub fn stands(&self) -> String {
        let stands = self.stands_by_last_day();
        match self.past_law {
            Some(past) => format!("{stands}; volgens de wet {} te laat", days(past)),
            None => stands,
        }
    }

    fn stands_by_last_day(&self) -> String {
        match self.state {
            ClockState::Running { left: 0 } => "vandaag is de laatste dag".to_owned(),
            ClockState::Running { left } => format!("nog {}", days(left)),
            ClockState::Late { by } => format!("{} te laat", days(by)),
            ClockState::Suspended { until: Some(day) } => {
                format!("opgeschort tot en met {}", date_long(day))
            }
            ClockState::Suspended { until: None } => {
                "opgeschort, het einde is nog niet bekend".to_owned()
            }
            ClockState::Met { on } if self.past_law.is_some() => {
                format!("binnen de verlenging, op {}", date_long(on))
            }
            ClockState::Met { on } => format!("op tijd, op {}", date_long(on)),
            ClockState::MetLate { on } => format!("te laat, op {}", date_long(on)),
            ClockState::Unrecorded => "afgerond, de dag is niet ingevuld".to_owned(),
            ClockState::Lapsed => "voorbij".to_owned(),
            ClockState::Waiting if self.kind == ClockKind::Application => {
                "wacht op de cliënt".to_owned()
            }
            ClockState::Waiting => "loopt".to_owned(),
        }
    }

    /// Where it comes from, in Dutch: `6 weken na de melding van 8 januari 2018 (artikel 2.3.2 lid 1 Wmo 2015)`.
    pub fn basis(&self) -> String {
        let event = self
            .event
            .map(|day| format!(" van {}", date_long(day)))
            .unwrap_or_default();
        let mut basis = format!("{}{event} ({})", self.kind.length(), self.kind.article());
        if self.by_law.is_some() {
            basis.push_str(", verlengd (artikel 4:14 lid 1 Awb)");
        } else if let (Some(counted), Some(last)) = (self.counted_end, self.last_day)
            && counted != last
        {
            let counted = date_long(counted);
            basis = format!("{basis}; {counted} is geen werkdag (Algemene termijnenwet)");
        }
        basis
    }
}

impl Ground {
    /// All, in the order of a choice on screen.
    pub const ALL: [Self; 5] = [
        Self::Incomplete,
        Self::ForeignInformation,
        Self::Consent,
        Self::Applicant,
        Self::ForceMajeure,
    ];

    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Incomplete => "aanvraag aanvullen",
            Self::ForeignInformation => "informatie uit het buitenland",
            Self::Consent => "uitstel met instemming",
            Self::Applicant => "vertraging door de aanvrager",
            Self::ForceMajeure => "overmacht",
        }
    }

    /// The article that allows it.
    pub fn article(self) -> &'static str {
        match self {
            Self::Incomplete => "artikel 4:15 lid 1 onder a Awb",
            Self::ForeignInformation => "artikel 4:15 lid 1 onder b Awb",
            Self::Consent => "artikel 4:15 lid 2 onder a Awb",
            Self::Applicant => "artikel 4:15 lid 2 onder b Awb",
            Self::ForceMajeure => "artikel 4:15 lid 2 onder c Awb",
        }
    }
}

impl Dossier {
    /// The last day to decide about the application, with all that moves it. Nothing without an application, or while
    /// nobody knows how long the term stands still.
    pub fn last_day_to_decide(&self) -> Option<Date> {
        let application = self.dates.application?;
        let clock = self.course().decision_clock(application, application);
        clock.ok()?.last_day
    }

    /// The days that decide which clocks run.
    pub fn course(&self) -> Course {
        let dates = &self.dates;
        Course {
            report: dates.report,
            personal_plan: dates.personal_plan,
            investigation: dates.investigation,
            application: dates.application,
            suspensions: dates
                .suspensions
                .iter()
                .filter_map(|one| Some((one.from?, one.ends())))
                .collect(),
            extended_to: dates.extension.as_ref().and_then(|one| one.last_day),
            decision: dates.decision,
            sending: dates.sending,
            review: self.review.agreed,
            reviewed: self.review.held,
        }
    }
}
