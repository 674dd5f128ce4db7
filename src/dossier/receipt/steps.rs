//! The steps of a calculation as plain data: kept, checked one by one, and compared with those of another calculation.
//!
//! This room must not know what the calculation is about.

use super::LOOK;
use crate::document::Problem;
use crate::quantity::dutch::capital;
use crate::quantity::{Exact, Frequency, Rounding, Unit};
use crate::trace::{
    Definition, Leaf, Measure, NodeId, Op, Provenance, Recorder, Status, Trace, Tracer, shown,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// A calculation: its sources, and its steps in the order in which they were made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Steps {
    sources: Vec<Source>,
    list: Vec<Step>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    what: String,
    subject: Option<String>,
    dates: Option<(Date, Date)>,
    #[serde(with = "MeasureForm")]
    counts: Measure,
    how: How,
    /// Places of the steps that it was made from; each comes before it.
    from: Vec<usize>,
    value: Exact,
    status: Status,
}

/// What a step did, or where a figure comes from; numbers are places in the sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum How {
    Typed(String),
    Figure(usize),
    Convention(usize),
    Definition(#[serde(with = "DefinitionForm")] Definition),
    Count(Date, Date),
    Add,
    Subtract,
    Multiply,
    Divide,
    Percent,
    Least,
    Greatest,
    Round(Rounding),
    Choose,
}

/// Where figures and conventions come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Source(#[serde(with = "ProvenanceForm")] pub(super) Provenance);

#[derive(Serialize, Deserialize)]
#[serde(remote = "Provenance", deny_unknown_fields)]
struct ProvenanceForm {
    file: String,
    place: String,
    source: String,
    status: Status,
    from: Option<Date>,
    to: Option<Date>,
    note: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Measure")]
enum MeasureForm {
    Euro,
    EuroPerUnit(Unit),
    EuroPer(Frequency),
    Volume(Unit),
    VolumePer(Unit, Frequency),
    Number,
    Percent,
    Days,
    Weeks,
    Periods,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Definition")]
enum DefinitionForm {
    Units(Unit, Unit),
    Periods(Frequency, Frequency),
    DaysOfMonth(Date),
    DaysOfYear(Date),
}

/// The place of each step of a trace.
pub(super) fn places(trace: &Trace) -> HashMap<NodeId, usize> {
    let ids = trace.nodes().map(|(id, _)| id);
    ids.enumerate().map(|(place, id)| (id, place)).collect()
}

impl Steps {
    /// The steps of a trace.
    pub(super) fn of<'t>(trace: &'t Trace) -> Self {
        let places = places(trace);
        let mut sources = Vec::new();
        let mut known = HashMap::new();
        let mut cite = |from: &'t Provenance| {
            let words = [&from.file, &from.place, &from.source].map(String::as_str);
            let key = (words, from.status, from.from, from.to, from.note.as_deref());
            *known.entry(key).or_insert_with(|| {
                sources.push(Source(from.clone()));
                sources.len().saturating_sub(1)
            })
        };
        let list = trace.nodes().map(|(_, node)| Step {
            what: node.label.to_owned(),
            subject: node.subject.as_deref().map(str::to_owned),
            dates: node.dates,
            counts: node.measure,
            how: match &node.op {
                Op::Input(field) => How::Typed((**field).to_owned()),
                Op::Figure(from) => How::Figure(cite(from)),
                Op::Convention(from) => How::Convention(cite(from)),
                Op::Definition(definition) => How::Definition(*definition),
                Op::Count(from, to) => How::Count(*from, *to),
                Op::Add => How::Add,
                Op::Subtract => How::Subtract,
                Op::Multiply => How::Multiply,
                Op::Divide => How::Divide,
                Op::Percent => How::Percent,
                Op::Least => How::Least,
                Op::Greatest => How::Greatest,
                Op::Round(rounding) => How::Round(*rounding),
                Op::Choose => How::Choose,
            },
            from: {
                let children = trace.children(node).iter();
                children.filter_map(|id| places.get(id).copied()).collect()
            },
            value: node.value,
            status: node.status,
        });
        let list = list.collect();
        Self { sources, list }
    }

    /// The value of a step.
    pub(super) fn value(&self, place: usize) -> Option<Exact> {
        self.list.get(place).map(|step| step.value)
    }

    /// Computes every step from those that it was made from, and tells each that does not come out.
    pub(super) fn check(&self) -> Vec<Problem> {
        let mut told = Vec::new();
        let mut recorder = Recorder::default();
        let mut ids: Vec<NodeId> = Vec::with_capacity(self.list.len());
        for (place, step) in self.list.iter().enumerate() {
            let from: Vec<NodeId> = step
                .from
                .iter()
                .filter_map(|at| ids.get(*at).copied())
                .collect();
            let id = step.rebuild(&mut recorder, &from);
            ids.push(id);
            let whole = from.len() == step.from.len();
            if let Some(message) = self.wrong(step, whole, &recorder.trace, id) {
                let message = format!(
                    "stap {} ({}) {message}",
                    place.saturating_add(1),
                    step.name()
                );
                told.push(
                    Problem::error(message)
                        .field(format!("steps.list[{place}]"))
                        .hint(LOOK),
                );
            }
        }
        told
    }

    /// What is wrong with one step, which stands in `trace` as `id`.
    fn wrong(&self, step: &Step, whole: bool, trace: &Trace, id: NodeId) -> Option<String> {
        if !whole {
            return Some("gebruikt een stap die er niet is of pas later komt".to_owned());
        }
        let value = match trace.recompute(trace.get(id)?) {
            Ok(value) => value,
            Err(error) => return Some(format!("is niet na te rekenen: {error}")),
        };
        if value != step.value {
            return Some(format!(
                "is volgens dit bewijs {}, maar komt uit op {}",
                shown(step.value, step.counts),
                shown(value, step.counts)
            ));
        }
        let parts = || step.from.iter().filter_map(|at| self.list.get(*at));
        let status = match step.how {
            How::Figure(at) | How::Convention(at) => match self.sources.get(at) {
                None => return Some("noemt een bron die er niet is".to_owned()),
                Some(Source(source)) => source.status,
            },
            _ => parts().map(|part| part.status).max().unwrap_or_default(),
        };
        if status != step.status {
            return Some(
                "zegt iets anders over voorbeeld of vastgesteld dan zijn bronnen".to_owned(),
            );
        }
        match &step.how {
            How::Round(rounding) if parts().nth(1)?.value != rounding.step => {
                Some("rondt anders af dan de afspraak die ernaast staat".to_owned())
            }
            _ => None,
        }
    }

    /// The rates and maxima that a step leans on, in words: of what each was made itself stays out.
    pub(super) fn rates(&self, place: usize) -> Vec<String> {
        let mut rates = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            let Some(step) = self.list.get(place).filter(|_| seen.insert(place)) else {
                continue;
            };
            match step.counts {
                Measure::EuroPerUnit(_) => {
                    let value = shown(step.value, step.counts);
                    rates.push(format!("{}: {value}", capital(&step.what)));
                }
                _ => open.extend(step.from.iter().rev()),
            }
        }
        rates
    }

    /// What is not the same in another calculation of the same.
    pub(super) fn differences(&self, anew: &Self) -> Vec<Problem> {
        let mut told = Vec::new();
        let pairs = || self.list.iter().zip(&anew.list).enumerate();
        let unlike = || pairs().filter(|(_, (was, now))| was != now);
        if let Some((place, (was, now))) = unlike().next() {
            let message = format!(
                "{} van de {} stappen gaan opnieuw berekend anders; de eerste is stap {} ({}): stond er als {}, wordt {} ({})",
                unlike().count(),
                self.list.len(),
                place.saturating_add(1),
                was.name(),
                shown(was.value, was.counts),
                shown(now.value, now.counts),
                now.name(),
            );
            told.push(
                Problem::error(message)
                    .field(format!("steps.list[{place}]"))
                    .hint(LOOK),
            );
        }
        if self.list.len() != anew.list.len() {
            let message = format!(
                "de berekening heeft {} stappen; opnieuw berekend zijn het er {}",
                self.list.len(),
                anew.list.len()
            );
            told.push(Problem::error(message).field("steps.list").hint(LOOK));
        }
        let sources = self.sources.iter().zip(&anew.sources).enumerate();
        for (place, (Source(was), Source(now))) in sources.filter(|(_, (was, now))| was != now) {
            let message = format!(
                "de bron «{}, {}» ({}) is opnieuw berekend «{}, {}» ({})",
                was.file, was.place, was.source, now.file, now.place, now.source
            );
            told.push(
                Problem::error(message)
                    .field(format!("steps.sources[{place}]"))
                    .hint(LOOK),
            );
        }
        told
    }
}

impl Step {
    /// What it is, with what it is about.
    fn name(&self) -> String {
        match &self.subject {
            Some(subject) => format!("{}: {subject}", self.what),
            None => self.what.clone(),
        }
    }

    /// The step in a trace, to compute it as every calculation is computed.
    fn rebuild(&self, recorder: &mut Recorder, from: &[NodeId]) -> NodeId {
        let step = crate::trace::Step::new("", self.counts);
        let op = match &self.how {
            How::Typed(_) | How::Figure(_) | How::Convention(_) => {
                return recorder.leaf(step, Leaf::Input(format_args!("")), self.value, self.status);
            }
            How::Definition(definition) => {
                return recorder.leaf(step, Leaf::Definition(*definition), self.value, self.status);
            }
            How::Count(from, to) => {
                return recorder.leaf(step, Leaf::Count(*from, *to), self.value, self.status);
            }
            How::Add => Op::Add,
            How::Subtract => Op::Subtract,
            How::Multiply => Op::Multiply,
            How::Divide => Op::Divide,
            How::Percent => Op::Percent,
            How::Least => Op::Least,
            How::Greatest => Op::Greatest,
            How::Round(rounding) => Op::Round(*rounding),
            How::Choose => Op::Choose,
        };
        recorder.node(step, || op, self.value, self.status, from)
    }
}
