//! Exact arithmetic that tells a tracer what it does: with [`Silent`] it costs nothing more, with a [`Recorder`] every
//! step becomes a node.

use super::{Definition, Measure, Node, NodeId, Op, Provenance, Status, Trace};
use crate::quantity::{Exact, QuantityError, Rounding};
use jiff::civil::Date;
use std::fmt;
use std::sync::Arc;

/// What a step is about; cheap to pass, only a [`Recorder`] keeps it.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// What it is, in Dutch.
    pub label: &'static str,
    /// More about this one.
    pub subject: Option<&'a Arc<str>>,
    /// The dates that it is about.
    pub dates: Option<(Date, Date)>,
    /// What the number counts.
    pub measure: Measure,
}

impl<'a> Step<'a> {
    /// A step with a label and what it counts.
    pub const fn new(label: &'static str, measure: Measure) -> Self {
        Self {
            label,
            subject: None,
            dates: None,
            measure,
        }
    }

    /// The same, about one named thing.
    pub const fn about(self, subject: &'a Arc<str>) -> Self {
        Self {
            subject: Some(subject),
            ..self
        }
    }

    /// The same, about these dates (both included).
    pub const fn during(self, from: Date, to: Date) -> Self {
        Self {
            dates: Some((from, to)),
            ..self
        }
    }
}

/// Where a leaf comes from; cheap to pass, only a [`Recorder`] keeps it.
#[derive(Debug, Clone, Copy)]
pub enum Leaf<'a> {
    /// Typed, with the path of its field: `hours[0].hours[1].volume`. Written out by a [`Recorder`] alone.
    Input(fmt::Arguments<'a>),
    /// A figure of a catalogue or table.
    Figure(&'a Arc<Provenance>),
    /// A convention of a catalogue.
    Convention(&'a Arc<Provenance>),
    /// True by definition.
    Definition(Definition),
    /// A count over typed dates.
    Count(Date, Date),
}

/// Keeps the steps of a calculation, or not.
pub trait Tracer {
    /// How a step is referred to later.
    type Node: Copy;
    /// Whether steps are kept: without that no words need to be made for them.
    const KEEPS: bool;
    /// From here typed fields lie within this one, until [`Tracer::leave`] is given the answer.
    fn enter(&mut self, field: fmt::Arguments<'_>) -> usize;
    /// Typed fields lie again where they lay before [`Tracer::enter`] gave this answer.
    fn leave(&mut self, mark: usize);
    /// A figure that the calculation starts from.
    fn leaf(&mut self, step: Step<'_>, leaf: Leaf<'_>, value: Exact, status: Status) -> Self::Node;
    /// A figure made from others; what was done is only asked by who keeps it.
    fn node(
        &mut self,
        step: Step<'_>,
        op: impl FnOnce() -> Op,
        value: Exact,
        status: Status,
        children: &[Self::Node],
    ) -> Self::Node;
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Tracer for Silent {
    type Node = ();
    const KEEPS: bool = false;
    #[inline(always)]
    fn enter(&mut self, _: fmt::Arguments<'_>) -> usize {
        0
    }
    #[inline(always)]
    fn leave(&mut self, _: usize) {}
    #[inline(always)]
    fn leaf(&mut self, _: Step<'_>, _: Leaf<'_>, _: Exact, _: Status) {}
    #[inline(always)]
    fn node(&mut self, _: Step<'_>, _: impl FnOnce() -> Op, _: Exact, _: Status, _: &[()]) {}
}

/// Keeps every step in a [`Trace`].
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    /// What was kept.
    pub trace: Trace,
    /// The field that typed fields lie within.
    within: String,
}

impl Recorder {
    /// Goes on with a calculation.
    pub fn going_on(trace: Trace) -> Self {
        Self {
            trace,
            ..Self::default()
        }
    }

    /// The path of a field, seen from where the calculation started.
    fn path(&self, field: fmt::Arguments<'_>) -> String {
        let field = field.to_string();
        match self.within.as_str() {
            "" => field,
            within if field.starts_with('[') => format!("{within}{field}"),
            within => format!("{within}.{field}"),
        }
    }

    fn push(
        &mut self,
        step: Step<'_>,
        op: Op,
        value: Exact,
        status: Status,
        links: &[NodeId],
    ) -> NodeId {
        let id = NodeId(u32::try_from(self.trace.nodes.len()).unwrap_or(u32::MAX));
        let first_child = u32::try_from(self.trace.links.len()).unwrap_or(u32::MAX);
        self.trace.links.extend_from_slice(links);
        self.trace.nodes.push(Node {
            label: step.label,
            subject: step.subject.cloned(),
            dates: step.dates,
            measure: step.measure,
            op,
            value,
            status,
            first_child,
            children: u32::try_from(links.len()).unwrap_or(0),
        });
        id
    }
}

impl Tracer for Recorder {
    type Node = NodeId;
    const KEEPS: bool = true;
    fn enter(&mut self, field: fmt::Arguments<'_>) -> usize {
        let mark = self.within.len();
        self.within = self.path(field);
        mark
    }
    fn leave(&mut self, mark: usize) {
        self.within.truncate(mark);
    }
    fn leaf(&mut self, step: Step<'_>, leaf: Leaf<'_>, value: Exact, status: Status) -> NodeId {
        let op = match leaf {
            Leaf::Input(field) => Op::Input(self.path(field).into()),
            Leaf::Figure(provenance) => Op::Figure(Arc::clone(provenance)),
            Leaf::Convention(provenance) => Op::Convention(Arc::clone(provenance)),
            Leaf::Definition(definition) => Op::Definition(definition),
            Leaf::Count(from, to) => Op::Count(from, to),
        };
        self.push(step, op, value, status, &[])
    }
    fn node(
        &mut self,
        step: Step<'_>,
        op: impl FnOnce() -> Op,
        value: Exact,
        status: Status,
        children: &[NodeId],
    ) -> NodeId {
        self.push(step, op(), value, status, children)
    }
}

/// A value on its way through a calculation.
#[derive(Debug, Clone, Copy)]
pub struct Figure<N> {
    /// Exact value.
    pub value: Exact,
    /// The worst status of what it touched.
    pub status: Status,
    /// Its step.
    pub node: N,
}

/// Exact arithmetic that tells a tracer what it does.
#[derive(Debug)]
pub struct Calculator<'t, T: Tracer> {
    /// Who listens.
    pub tracer: &'t mut T,
}

type Made<N> = Result<Figure<N>, QuantityError>;

// Always in line: a step that nobody keeps is then not even made.
impl<T: Tracer> Calculator<'_, T> {
    /// A figure to start from. Its status is that of its source; typed values, definitions and
    /// counts are established.
    #[inline(always)]
    pub fn leaf(&mut self, step: Step<'_>, leaf: Leaf<'_>, value: Exact) -> Figure<T::Node> {
        let status = match leaf {
            Leaf::Figure(provenance) | Leaf::Convention(provenance) => provenance.status,
            _ => Status::Established,
        };
        let node = self.tracer.leaf(step, leaf, value, status);
        Figure {
            value,
            status,
            node,
        }
    }

    #[inline(always)]
    fn step(
        &mut self,
        step: Step<'_>,
        op: impl FnOnce() -> Op,
        value: Exact,
        a: Figure<T::Node>,
        b: Figure<T::Node>,
    ) -> Figure<T::Node> {
        let status = a.status.max(b.status);
        let node = self.tracer.node(step, op, value, status, &[a.node, b.node]);
        Figure {
            value,
            status,
            node,
        }
    }

    /// `a + b`.
    #[inline(always)]
    pub fn add(&mut self, s: Step<'_>, a: Figure<T::Node>, b: Figure<T::Node>) -> Made<T::Node> {
        Ok(self.step(s, || Op::Add, a.value.add(b.value)?, a, b))
    }

    /// `a − b`.
    #[inline(always)]
    pub fn sub(&mut self, s: Step<'_>, a: Figure<T::Node>, b: Figure<T::Node>) -> Made<T::Node> {
        Ok(self.step(s, || Op::Subtract, a.value.sub(b.value)?, a, b))
    }

    /// `a × b`.
    #[inline(always)]
    pub fn mul(&mut self, s: Step<'_>, a: Figure<T::Node>, b: Figure<T::Node>) -> Made<T::Node> {
        Ok(self.step(s, || Op::Multiply, a.value.mul(b.value)?, a, b))
    }

    /// `a ÷ b`.
    #[inline(always)]
    pub fn div(&mut self, s: Step<'_>, a: Figure<T::Node>, b: Figure<T::Node>) -> Made<T::Node> {
        Ok(self.step(s, || Op::Divide, a.value.div(b.value)?, a, b))
    }

    /// `percentage` percent of `of`.
    #[inline(always)]
    pub fn percent(
        &mut self,
        s: Step<'_>,
        percentage: Figure<T::Node>,
        of: Figure<T::Node>,
    ) -> Made<T::Node> {
        let value = percentage.value.mul(of.value)?.div(Exact::from(100))?;
        Ok(self.step(s, || Op::Percent, value, percentage, of))
    }

    /// The smaller of two.
    #[inline(always)]
    pub fn least(
        &mut self,
        s: Step<'_>,
        a: Figure<T::Node>,
        b: Figure<T::Node>,
    ) -> Figure<T::Node> {
        self.step(s, || Op::Least, a.value.min(b.value), a, b)
    }

    /// The larger of two.
    #[inline(always)]
    pub fn greatest(
        &mut self,
        s: Step<'_>,
        a: Figure<T::Node>,
        b: Figure<T::Node>,
    ) -> Figure<T::Node> {
        self.step(s, || Op::Greatest, a.value.max(b.value), a, b)
    }

    /// What is true by definition; nothing when the two do not compare.
    #[inline(always)]
    pub fn define(&mut self, step: Step<'_>, definition: Definition) -> Option<Figure<T::Node>> {
        let value = definition.value()?;
        Some(self.leaf(step, Leaf::Definition(definition), value))
    }

    /// Sum of many. Of one it is that one; an empty sum is zero.
    #[inline(always)]
    pub fn sum<'f>(
        &mut self,
        s: Step<'_>,
        parts: impl IntoIterator<Item = &'f Figure<T::Node>>,
    ) -> Made<T::Node>
    where
        T::Node: 'f,
    {
        let mut parts = parts.into_iter();
        match (parts.next(), parts.next()) {
            (Some(one), None) => Ok(*one),
            (Some(a), Some(b)) => match parts.next() {
                None => self.add(s, *a, *b),
                third => self.sum_of(s, [a, b].into_iter().chain(third).chain(parts)),
            },
            (None, _) => self.sum_of(s, std::iter::empty()),
        }
    }

    fn sum_of<'f>(
        &mut self,
        s: Step<'_>,
        parts: impl Iterator<Item = &'f Figure<T::Node>>,
    ) -> Made<T::Node>
    where
        T::Node: 'f,
    {
        let mut value = Exact::ZERO;
        let mut status = Status::Established;
        let mut nodes = Vec::new();
        for part in parts {
            value = value.add(part.value)?;
            status = status.max(part.status);
            nodes.push(part.node);
        }
        let node = self.tracer.node(s, || Op::Add, value, status, &nodes);
        Ok(Figure {
            value,
            status,
            node,
        })
    }

    /// `a` rounded as a convention says; the convention is a leaf beside it.
    #[inline(always)]
    pub fn round(
        &mut self,
        s: Step<'_>,
        a: Figure<T::Node>,
        rounding: &Rounding,
        convention: &Arc<Provenance>,
    ) -> Made<T::Node> {
        let value = rounding.apply(a.value)?;
        let step = Step::new("afronding", Measure::Number);
        let rule = self.leaf(step, Leaf::Convention(convention), rounding.step);
        Ok(self.step(s, || Op::Round(*rounding), value, a, rule))
    }

    /// `a` under another name, when `rule` chose it among others.
    #[inline(always)]
    pub fn choose(
        &mut self,
        s: Step<'_>,
        a: Figure<T::Node>,
        rule: &Arc<Provenance>,
    ) -> Figure<T::Node> {
        let because = self.rule(rule);
        self.because(s, a, because)
    }

    /// `a` under another name, when what `rule` says made it count.
    #[inline(always)]
    pub fn because(
        &mut self,
        s: Step<'_>,
        a: Figure<T::Node>,
        rule: Figure<T::Node>,
    ) -> Figure<T::Node> {
        self.step(s, || Op::Choose, a.value, a, rule)
    }

    /// A rule without a number of its own.
    #[inline(always)]
    pub fn rule(&mut self, rule: &Arc<Provenance>) -> Figure<T::Node> {
        let step = Step::new("afspraak", Measure::Number);
        self.leaf(step, Leaf::Convention(rule), Exact::ONE)
    }
}
