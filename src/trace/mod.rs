//! A calculation as a tree: every figure with what it came from.
//!
//! An evaluator works on [`Figure`]s through a [`Calculator`]. With the [`Silent`] tracer that
//! costs nothing beyond the arithmetic; with a [`Recorder`] each step becomes a [`Node`] that
//! screen, letter and list read. So the number and its explanation come from the same run.
//! This room must not know catalogues or dossiers: where a leaf came from is said by its
//! [`Provenance`], which the rooms above fill in. A [`Listing`] writes a calculation out in numbered
//! lines that a reader can redo by hand.

mod calculator;
mod lines;
mod words;

pub use calculator::{Calculator, Figure, Leaf, Recorder, Silent, Step, Tracer};
pub use lines::{Line, Listing, Source, title};
pub use words::{exact, rounding_words, shown};

use crate::quantity::{Exact, Frequency, QuantityError, Rounding, Unit};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How far a figure or convention can be relied upon. A result has the worst of what it touched.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[repr(usize)]
pub enum Status {
    /// Published or confirmed by a decision, or typed by a person.
    #[default]
    Established,
    /// Nobody published it: it only shows how the program works.
    Example,
}

/// Where a figure or a convention comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// File that answered, with its version: `leiden-2018 (versie 1)`.
    pub file: String,
    /// What it is called there: `tarief ho, informeel, zwaartesoort midden`.
    pub place: String,
    /// Article or publication, in words.
    pub source: String,
    /// Example or established.
    pub status: Status,
    /// First day on which it is in force there.
    pub from: Option<Date>,
    /// Last day, if there is one.
    pub to: Option<Date>,
    /// A remark for the reader.
    pub note: Option<String>,
}

/// What a number counts, for printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Money.
    Euro,
    /// Money per unit: a rate.
    EuroPerUnit(Unit),
    /// Money per period.
    EuroPer(Frequency),
    /// A volume of a unit.
    Volume(Unit),
    /// A volume of a unit per period.
    VolumePer(Unit, Frequency),
    /// A bare factor or count.
    Number,
    /// Percent: 70 is 70%.
    Percent,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Periods or parts of periods.
    Periods,
}

/// A node's place in its [`Trace`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(u32);

/// What is true by definition. The list is closed and each says its own value, so that no other number can stand in a
/// calculation without a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Definition {
    /// How many of the first unit are in one of the second: 60 minutes in an hour.
    Units(Unit, Unit),
    /// How many of the first period are in one of the second: 28 days in 4 weeks, 12 months in a year.
    Periods(Frequency, Frequency),
    /// Days in the month of this day.
    DaysOfMonth(Date),
    /// Days in the year of this day.
    DaysOfYear(Date),
}

impl Definition {
    /// The value; nothing when the two do not compare.
    pub fn value(self) -> Option<Exact> {
        match self {
            Self::Units(of, one) => of.per(one),
            Self::Periods(of, one) => of.per(one),
            Self::DaysOfMonth(day) => Some(i64::from(day.days_in_month()).into()),
            Self::DaysOfYear(day) => Some(i64::from(day.days_in_year()).into()),
        }
    }
}

/// What a node did with its children, or where a leaf came from.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// Typed by a person; the path of the field, such as `provisions[0].line.hours[0].hours[1].volume`.
    Input(Box<str>),
    /// A published or example figure.
    Figure(Arc<Provenance>),
    /// A convention of a catalogue, such as 13 × 4 weeks in a year.
    Convention(Arc<Provenance>),
    /// True by definition: 60 minutes in an hour, 7 days in a week.
    Definition(Definition),
    /// A count over typed dates, both ends inclusive.
    Count(Date, Date),
    /// Sum of the children.
    Add,
    /// First child minus the others.
    Subtract,
    /// Product of the children.
    Multiply,
    /// First child divided by the second.
    Divide,
    /// Percentage: first child ÷ 100 × second child.
    Percent,
    /// Smallest child.
    Least,
    /// Largest child.
    Greatest,
    /// First child rounded; the second child is the convention's step.
    Round(Rounding),
    /// The only child under another name, when a rule chose it.
    Choose,
}

/// One step of a calculation.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is, in Dutch, for the reader.
    pub label: &'static str,
    /// More about this one: a name from a catalogue or dossier.
    pub subject: Option<Arc<str>>,
    /// The dates that it is about.
    pub dates: Option<(Date, Date)>,
    /// What the number counts.
    pub measure: Measure,
    /// What was done.
    pub op: Op,
    /// The value, exact.
    pub value: Exact,
    /// The worst status below and here.
    pub status: Status,
    first_child: u32,
    children: u32,
}

/// A recorded calculation: nodes in the order in which they were made, children before parents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    nodes: Vec<Node>,
    links: Vec<NodeId>,
}

impl Trace {
    /// The node with this id, if it belongs to this trace.
    pub fn get(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(usize::try_from(id.0).ok()?)
    }

    /// The children of a node, in reading order.
    pub fn children(&self, node: &Node) -> &[NodeId] {
        let first = usize::try_from(node.first_child).unwrap_or(usize::MAX);
        let count = usize::try_from(node.children).unwrap_or(0);
        self.links
            .get(first..first.saturating_add(count))
            .unwrap_or(&[])
    }

    /// All nodes with their ids, children before parents.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        (0u32..).map(NodeId).zip(&self.nodes)
    }

    /// Computes a node anew from its children (a leaf gives its own value, a definition what it says).
    /// With this, a stored calculation can be checked without the program that made it.
    pub fn recompute(&self, node: &Node) -> Result<Exact, QuantityError> {
        let children = self.children(node).iter();
        node.worked(children.filter_map(|id| Some(self.get(*id)?.value)))
    }

    /// What a figure would be if no amount behind it were rounded; hours and rates stay as they are.
    pub fn unrounded(&self, figure: NodeId) -> Result<Exact, QuantityError> {
        let mut behind = BTreeSet::new();
        let mut open = vec![figure];
        while let Some(id) = open.pop() {
            if let (true, Some(node)) = (behind.insert(id), self.get(id)) {
                open.extend(self.children(node));
            }
        }
        // Children stand before parents.
        let mut values: BTreeMap<NodeId, Exact> = BTreeMap::new();
        for id in behind {
            let Some(node) = self.get(id) else { continue };
            let children = self.children(node).iter();
            let mut children = children.filter_map(|id| values.get(id).copied());
            let value = match &node.op {
                Op::Round(_) if matches!(node.measure, Measure::Euro | Measure::EuroPer(_)) => {
                    children.next().unwrap_or(node.value)
                }
                _ => node.worked(children)?,
            };
            values.insert(id, value);
        }
        Ok(values.get(&figure).copied().unwrap_or(Exact::ZERO))
    }

    /// Forgets everything but keeps the memory, for the next calculation.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.links.clear();
    }
}

impl Node {
    /// What this step makes of these values, one for each child.
    fn worked(&self, mut values: impl Iterator<Item = Exact>) -> Result<Exact, QuantityError> {
        let mut next = || values.next().unwrap_or(Exact::ZERO);
        Ok(match &self.op {
            Op::Input(_) | Op::Figure(_) | Op::Convention(_) | Op::Count(..) => self.value,
            Op::Definition(definition) => {
                definition.value().ok_or(QuantityError::DivisionByZero)?
            }
            Op::Add => values.try_fold(Exact::ZERO, Exact::add)?,
            Op::Subtract => {
                let first = next();
                values.try_fold(first, Exact::sub)?
            }
            Op::Multiply => values.try_fold(Exact::ONE, Exact::mul)?,
            Op::Divide => {
                let first = next();
                first.div(next())?
            }
            Op::Percent => {
                let first = next();
                first.mul(next())?.div(Exact::from(100))?
            }
            Op::Least => {
                let first = next();
                values.fold(first, Exact::min)
            }
            Op::Greatest => {
                let first = next();
                values.fold(first, std::cmp::max)
            }
            Op::Round(rounding) => rounding.apply(next())?,
            Op::Choose => next(),
        })
    }

    /// Whether this is where a calculation starts.
    pub fn is_leaf(&self) -> bool {
        self.children == 0
    }

    /// Source of a leaf.
    pub fn provenance(&self) -> Option<&Provenance> {
        match &self.op {
            Op::Figure(provenance) | Op::Convention(provenance) => Some(provenance),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(status: Status) -> Arc<Provenance> {
        Arc::new(Provenance {
            file: "proef".into(),
            place: "tarief".into(),
            source: "artikel 1".into(),
            status,
            from: None,
            to: None,
            note: None,
        })
    }

    #[test]
    fn every_node_is_what_its_children_make_it_and_keeps_the_worst_status() {
        let mut recorder = Recorder::default();
        let mut c = Calculator {
            tracer: &mut recorder,
        };
        let euro = Step::new("bedrag", Measure::Euro);
        let (example, real) = (source(Status::Example), source(Status::Established));
        let rate = c.leaf(euro, Leaf::Figure(&real), "27.50".parse().unwrap());
        let share = c.leaf(euro, Leaf::Convention(&example), Exact::from(55));
        let part = c.percent(euro, share, rate).unwrap();
        let cents = c.round(euro, part, &Rounding::CENT, &real).unwrap();
        let weeks = Definition::Periods(Frequency::Week, Frequency::TwoWeeks);
        let two = c.define(euro, weeks).unwrap();
        let half = c.div(euro, cents, two).unwrap();
        let less = c.sub(euro, rate, half).unwrap();
        let low = c.least(euro, less, cents);
        let high = c.greatest(euro, low, half);
        let all = c.sum(euro, &[high, low, less]).unwrap();
        let end = c.choose(euro, all, &real);
        assert_eq!(rate.status, Status::Established);
        assert_eq!(end.status, Status::Example);
        let trace = recorder.trace;
        assert!(trace.nodes().count() > 10);
        for (_, node) in trace.nodes() {
            assert_eq!(trace.recompute(node).unwrap(), node.value, "{}", node.label);
        }
        assert_eq!(trace.get(cents.node).unwrap().value.to_string(), "1513/100");
        // 55% × 27,50 = 15,125; half of that off 27,50 is 19,9375, in place of 19,935.
        assert_eq!(trace.unrounded(cents.node).unwrap().to_string(), "121/8");
        assert_eq!(trace.unrounded(less.node).unwrap().to_string(), "319/16");
    }
}
