//! The calculation as rows that unfold: each step with its formula, down to the source of every figure.
//!
//! A step that was already worked out higher up is not worked out again: its row names the place.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::words::{open_span, sentence, span};
use crate::desk::widgets::tree::Row;
use crate::quantity::Exact;
use crate::quantity::dutch::capital;
use crate::trace::{
    Measure, Node, NodeId, Op, Provenance, Status, Trace, exact, rounding_words, shown, title,
};

/// More terms than this in a sum are counted instead of written out.
const MOST_TERMS: usize = 4;

/// Writes the steps behind figures as rows.
pub(super) struct Calculation<'t> {
    trace: &'t Trace,
    rows: Vec<Row>,
    /// The name of the figure under which a step was worked out.
    told: HashMap<NodeId, String>,
    /// The name of the figure that is being worked out.
    figure: String,
    /// How many figures came before it; two may have the same name.
    figures: usize,
    /// The files that answered, in order of use.
    files: Vec<String>,
}

/// Where a row stands: its depth and the key of the row above it.
#[derive(Clone, Copy)]
struct Spot {
    depth: usize,
    above: u64,
    nth: usize,
}

impl<'t> Calculation<'t> {
    pub(super) fn new(trace: &'t Trace) -> Self {
        Self {
            trace,
            rows: Vec::new(),
            told: HashMap::new(),
            figure: String::new(),
            figures: 0,
            files: Vec::new(),
        }
    }

    /// Adds the steps behind a figure under a name of its own.
    pub(super) fn add(&mut self, id: NodeId, name: &str) {
        let spot = Spot {
            depth: 0,
            above: 0,
            nth: self.figures,
        };
        self.figures = self.figures.saturating_add(1);
        name.clone_into(&mut self.figure);
        self.step(id, spot, Some(name));
    }

    /// The rows in reading order, and the files that answered.
    pub(super) fn finish(self) -> (Vec<Row>, Vec<String>) {
        (self.rows, self.files)
    }

    /// The step itself where a rule only chose it, with the rules that did.
    fn chosen(&self, id: NodeId) -> (NodeId, Vec<NodeId>) {
        let (mut at, mut rules) = (id, Vec::new());
        while let Some(node) = self.trace.get(at).filter(|node| node.op == Op::Choose) {
            let mut children = self.trace.children(node).iter();
            let Some(next) = children.next() else { break };
            at = *next;
            rules.extend(children);
        }
        (at, rules)
    }

    fn step(&mut self, id: NodeId, spot: Spot, name: Option<&str>) {
        let trace = self.trace;
        let (id, mut rules) = self.chosen(id);
        let Some(node) = trace.get(id) else { return };
        let label = name.map_or_else(|| label_of(node), str::to_owned);
        let key = key(spot, &label);
        let mut row = Row {
            key,
            depth: spot.depth,
            has_children: true,
            value: shown(node.value, node.measure),
            note: String::new(),
            example: node.status == Status::Example,
            label,
        };
        if node.is_leaf() {
            self.leaf(node, row);
            return;
        }
        if let Some(place) = self.told.get(&id) {
            row.has_children = false;
            row.note = format!("Hierboven uitgewerkt, onder «{place}».");
            self.rows.push(row);
            return;
        }
        self.told.insert(id, self.figure.clone());
        let mut under: Vec<NodeId> = trace.children(node).to_vec();
        if let Op::Round(rounding) = &node.op {
            // One row for the operation and its rounding: the exact figure stands in the note.
            let mut children = under.into_iter();
            let inner = children.next().map(|inner| self.chosen(inner));
            rules.extend(children);
            under = Vec::new();
            if let Some((inner, more)) = inner {
                rules.splice(0..0, more);
                let words = rounding_words(rounding, node.measure);
                let before = trace.get(inner);
                let known = self.told.contains_key(&inner);
                let merged = before.filter(|before| {
                    !known && !before.is_leaf() && !matches!(before.op, Op::Round(_))
                });
                row.note = match (merged, before) {
                    (Some(before), _) => {
                        self.told.insert(inner, self.figure.clone());
                        under = trace.children(before).to_vec();
                        format!("{} = {}, {words}", self.formula(before), unrounded(before))
                    }
                    (None, Some(before)) => {
                        under = vec![inner];
                        format!("{}, {words}", unrounded(before))
                    }
                    (None, None) => words,
                };
            }
        } else {
            row.note = self.formula(node);
            if let Some(fraction) = exact(node.value) {
                row.note = format!("{} (precies {fraction})", row.note);
            }
        }
        row.has_children = !under.is_empty() || !rules.is_empty();
        self.rows.push(row);
        let depth = spot.depth.saturating_add(1);
        let place = |nth| Spot {
            depth,
            above: key,
            nth,
        };
        let count = under.len();
        for (nth, child) in under.into_iter().enumerate() {
            self.step(child, place(nth), None);
        }
        for (nth, rule) in rules.into_iter().enumerate() {
            let spot = place(count.saturating_add(nth));
            match trace.get(rule) {
                Some(node) if node.is_leaf() => self.rule(node, spot),
                _ => self.step(rule, spot, None),
            }
        }
    }

    /// What made a step count: an agreement without a value of its own, or a limit.
    fn rule(&mut self, node: &Node, spot: Spot) {
        let label = node
            .provenance()
            .map_or_else(|| label_of(node), |provenance| rule_name(&provenance.place));
        let row = Row {
            key: key(spot, &label),
            depth: spot.depth,
            has_children: true,
            label,
            value: match node.measure {
                Measure::Number => String::new(),
                _ => shown(node.value, node.measure),
            },
            note: String::new(),
            example: node.status == Status::Example,
        };
        self.leaf(node, row);
    }

    /// A figure that the calculation starts from, with where it came from under it.
    fn leaf(&mut self, node: &Node, mut row: Row) {
        let (word, provenance) = match &node.op {
            Op::Figure(provenance) => ("uit", Some(provenance)),
            Op::Convention(provenance) => ("afspraak in", Some(provenance)),
            Op::Input(_) => ("getypt", None),
            Op::Count(from, to) => {
                row.has_children = false;
                row.note = format!("geteld: {}", span(*from, *to));
                self.rows.push(row);
                return;
            }
            _ => ("vaste waarde, door definitie", None),
        };
        if node.measure == Measure::Number
            && matches!(node.op, Op::Convention(_) | Op::Definition(_))
            && !row.value.is_empty()
        {
            row.value = factor(node.value);
        }
        let Some(provenance) = provenance else {
            row.has_children = false;
            word.clone_into(&mut row.note);
            self.rows.push(row);
            return;
        };
        row.note = format!("{word} {}", provenance.file);
        if !self.files.contains(&provenance.file) {
            self.files.push(provenance.file.clone());
        }
        let (depth, above, example) = (row.depth.saturating_add(1), row.key, row.example);
        self.rows.push(row);
        for (nth, (label, value)) in source_of(provenance).into_iter().enumerate() {
            let spot = Spot { depth, above, nth };
            self.rows.push(Row {
                key: key(spot, label),
                depth,
                has_children: false,
                label: label.to_owned(),
                value,
                note: String::new(),
                example: example && label == "Status",
            });
        }
    }

    /// How a step is made, with the values of what it is made from.
    fn formula(&self, node: &Node) -> String {
        let terms: Vec<String> = self
            .trace
            .children(node)
            .iter()
            .filter_map(|id| self.trace.get(self.chosen(*id).0))
            .map(term)
            .collect();
        match &node.op {
            Op::Add if terms.len() > MOST_TERMS => format!("som van {} delen", terms.len()),
            Op::Add => terms.join(" + ").replace("+ −", "− "),
            Op::Subtract => terms.join(" − "),
            Op::Multiply | Op::Percent => terms.join(" × "),
            Op::Divide => terms.join(" ÷ "),
            Op::Least => format!("het laagste van {}", terms.join(" en ")),
            Op::Greatest => format!("het hoogste van {}", terms.join(" en ")),
            _ => terms.join(", "),
        }
    }
}

/// The name of a convention, without the set that it stands in: `Afspraak afronding van totalen`.
fn rule_name(place: &str) -> String {
    match place.split_once(": ") {
        Some((_, name)) if name.starts_with("afspraak") => capital(name),
        _ => capital(place),
    }
}

/// What a step is, with a capital.
fn label_of(node: &Node) -> String {
    match &node.op {
        _ if node.label == "bedrag"
            && let Measure::EuroPer(per) = node.measure =>
        {
            format!("Bedrag {}", per.dutch())
        }
        // The days of a count stand in its note.
        Op::Count(..) => capital(node.label),
        _ => title(node),
    }
}

/// A value within a formula.
fn term(node: &Node) -> String {
    match (&node.op, node.measure) {
        (Op::Convention(_) | Op::Definition(_), Measure::Number) => factor(node.value),
        _ => shown(node.value, node.measure),
    }
}

/// A factor as it was agreed: `13`, `1/12`, `0,55`.
fn factor(value: Exact) -> String {
    match value.whole() {
        Some(_) => shown(value, Measure::Number),
        None => value.to_string(),
    }
}

/// The value before a rounding, with its fraction where decimals cannot show it.
fn unrounded(node: &Node) -> String {
    let value = shown(node.value, node.measure);
    match exact(node.value) {
        Some(fraction) => format!("{value} (precies {fraction})"),
        None => value,
    }
}

/// Where a figure came from, line by line.
fn source_of(provenance: &Provenance) -> Vec<(&'static str, String)> {
    let mut lines = vec![("Bron", provenance.source.clone())];
    if let Some(from) = provenance.from {
        lines.push(("Geldig", open_span(from, provenance.to)));
    }
    lines.push(("Plaats", provenance.place.clone()));
    if provenance.status == Status::Example {
        lines.push(("Status", "voorbeeld".to_owned()));
    }
    if let Some(note) = &provenance.note {
        lines.push(("Opmerking", sentence(note)));
    }
    lines
}

/// Stays the same when figures change: made of the labels on the way and the place among its neighbours.
fn key(spot: Spot, label: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (spot.above, spot.nth, label).hash(&mut hasher);
    hasher.finish()
}
