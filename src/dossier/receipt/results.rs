//! What came of a calculation, amount by amount, each with the step that it comes from.
//!
//! This room must not know how an amount is printed.

use super::super::Evaluation;
use super::LOOK;
use super::steps::{Steps, places};
use crate::budget::{LineBudget, Money, Volume};
use crate::document::Problem;
use crate::quantity::dutch::date_long;
use crate::quantity::{Euro, Exact, Frequency, Unit};
use crate::trace::{Measure, NodeId, shown};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Per provision what it comes to; nothing for a refused one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Results(Vec<Option<Vec<Outcome>>>);

/// One of the figures that a provision comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    what: What,
    dates: Option<(Date, Date)>,
    worth: Worth,
    /// Place of its step; absent where nobody knows the amount.
    step: Option<usize>,
}

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum What {
    /// What is granted.
    Granted(Unit, Frequency),
    /// Money of a stretch of days: what comes back, or in total.
    Amount(Frequency),
    /// The same restated per another period.
    View(Frequency),
    /// Over the days of a stretch.
    Stretch,
    /// Over a calendar year.
    Year,
    /// Over the whole term.
    Term,
}

/// How much.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Worth {
    Volume(Exact),
    Euro(Euro),
    NotKnown(String),
}

impl Results {
    /// What an evaluation comes to.
    pub(super) fn of(evaluation: &Evaluation) -> Self {
        let places = places(&evaluation.trace);
        let lines = evaluation.lines.iter();
        Self(
            lines
                .map(|line| Some(outcomes(line.as_ref()?, &places)))
                .collect(),
        )
    }

    /// What does not fit the steps that it comes from.
    pub(super) fn check(&self, steps: &Steps) -> Vec<Problem> {
        let mut told = Vec::new();
        for (place, outcome) in self.each() {
            let value = match &outcome.worth {
                Worth::NotKnown(_) => continue,
                Worth::Volume(value) => *value,
                Worth::Euro(euro) => euro.exact(),
            };
            if outcome.step.and_then(|step| steps.value(step)) != Some(value) {
                let message = format!("{outcome} is niet de uitkomst van zijn stap");
                told.push(Problem::error(message).field(place).hint(LOOK));
            }
        }
        told
    }

    /// What comes out differently elsewhere.
    pub(super) fn differences(&self, anew: &Self) -> Vec<Problem> {
        let mut told = Vec::new();
        let shape = |results: &Self| -> Vec<Option<usize>> {
            results
                .0
                .iter()
                .map(|line| line.as_ref().map(Vec::len))
                .collect()
        };
        if shape(self) != shape(anew) {
            told.push(
                Problem::error("opnieuw berekend komen er meer of minder bedragen uit")
                    .field("results")
                    .hint(LOOK),
            );
        }
        for ((place, was), (_, now)) in self.each().zip(anew.each()) {
            if (was.what, was.dates, &was.worth) != (now.what, now.dates, &now.worth) {
                let message = format!("{was} wordt opnieuw berekend {now}");
                told.push(Problem::error(message).field(place).hint(LOOK));
            }
        }
        told
    }

    /// Per provision its figures in lines for people.
    pub(super) fn told(&self, steps: &Steps) -> Vec<Vec<String>> {
        let lines = self.0.iter();
        lines
            .map(|line| told(line.as_deref().unwrap_or_default(), steps))
            .collect()
    }

    fn each(&self) -> impl Iterator<Item = (String, &Outcome)> {
        let lines = self.0.iter().enumerate();
        lines.flat_map(|(line, outcomes)| {
            let outcomes = outcomes.iter().flatten().enumerate();
            outcomes.map(move |(place, outcome)| (format!("results[{line}][{place}]"), outcome))
        })
    }
}

/// All figures of a line, in reading order.
fn outcomes(line: &LineBudget<NodeId>, places: &HashMap<NodeId, usize>) -> Vec<Outcome> {
    let step = |node: NodeId| places.get(&node).copied();
    let money = |what, dates, money: &Money<NodeId>| Outcome {
        what,
        dates: Some(dates),
        worth: match money {
            Money::Known { rounded, .. } => Worth::Euro(*rounded),
            Money::NotKnown(reason) => Worth::NotKnown((**reason).to_owned()),
        },
        step: money.figure().and_then(|figure| step(figure.node)),
    };
    let granted = line.granted.iter().flat_map(|part| &part.volumes);
    let granted = granted.map(|Volume { figure, unit, per }| Outcome {
        what: What::Granted(*unit, *per),
        dates: None,
        worth: Worth::Volume(figure.value),
        step: step(figure.node),
    });
    let mut all: Vec<Outcome> = granted.collect();
    for segment in &line.segments {
        let dates = (segment.from, segment.to);
        let amounts = segment.amount.each(segment.per);
        all.extend(amounts.map(|(amount, per)| money(What::Amount(per), dates, amount)));
        let views = Frequency::VIEWS.into_iter().zip(&segment.views);
        all.extend(views.filter_map(|(per, view)| {
            let view = view.as_ref()?;
            Some(Outcome {
                what: What::View(per),
                dates: Some(dates),
                worth: Worth::Euro(view.rounded),
                step: step(view.node),
            })
        }));
        all.push(money(What::Stretch, dates, &segment.total));
    }
    let years = line.years.iter().map(|total| (What::Year, total));
    let totals = years.chain(line.term.iter().map(|total| (What::Term, total)));
    all.extend(totals.map(|(what, total)| money(what, (total.from, total.to), &total.money)));
    all
}

/// The figures of one provision in lines for people; what only restates another stays out.
fn told(outcomes: &[Outcome], steps: &Steps) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let has_totals = outcomes
        .iter()
        .any(|outcome| matches!(outcome.what, What::Year | What::Term));
    for outcome in outcomes {
        let what = match outcome.what {
            What::Granted(..) => "Omvang",
            What::Amount(_) => "Bedrag",
            What::View(_) => continue,
            What::Stretch if has_totals => continue,
            What::Stretch | What::Term => "Totaal",
            What::Year => "Totaal in het kalenderjaar",
        };
        if matches!(outcome.what, What::Amount(_)) {
            for rate in outcome
                .step
                .map(|step| steps.rates(step))
                .unwrap_or_default()
            {
                if !lines.contains(&rate) {
                    lines.push(rate);
                }
            }
        }
        lines.push(format!("{what}: {outcome}"));
    }
    lines
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.worth {
            Worth::NotKnown(reason) => write!(f, "«niet bekend: {reason}»")?,
            Worth::Volume(value) => match self.what {
                What::Granted(unit, per) => {
                    write!(f, "{}", shown(*value, Measure::VolumePer(unit, per)))?
                }
                _ => write!(f, "{}", shown(*value, Measure::Number))?,
            },
            Worth::Euro(amount) => {
                let measure = match self.what {
                    What::Amount(per) | What::View(per) => Measure::EuroPer(per),
                    _ => Measure::Euro,
                };
                write!(f, "{}", shown(amount.exact(), measure))?
            }
        }
        match self.dates {
            Some((from, to)) => write!(f, " ({} tot en met {})", date_long(from), date_long(to)),
            None => Ok(()),
        }
    }
}
