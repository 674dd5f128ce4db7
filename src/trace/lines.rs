//! A recorded calculation as numbered lines that a reader can redo by hand, for paper and list.
//!
//! A step stands there once, however often it is used; others refer to it by its number. Figures that a step starts
//! from stand in its formula, each with a mark for its source. This room must not know what the calculation is about.

use super::words::{exact, rounding_words, shown};
use super::{Measure, Node, NodeId, Op, Provenance, Status, Trace};
use crate::quantity::dutch::date_short;
use crate::quantity::{Exact, Rounding};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

/// How many operations stand in one formula at most.
const MOST_OPERATIONS: usize = 4;

/// A calculation written out.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The lines, in as many groups as were asked for. Numbers go on from group to group.
    pub groups: Vec<Vec<Line>>,
    /// The sources that the lines refer to by their mark, in order of mark.
    pub sources: Vec<Source>,
    numbers: BTreeMap<NodeId, usize>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// The step itself.
    pub node: NodeId,
    /// What it is, in Dutch.
    pub what: String,
    /// How it is made: values, numbers of other lines, marks of sources, and the rounding in words.
    pub formula: String,
    /// The result with its unit; `…` where the decimals go on.
    pub result: String,
    /// The exact result as a fraction, where decimals cannot show it.
    pub exact: Option<String>,
    /// Whether it leans on example data.
    pub status: Status,
}

/// Where figures and conventions come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The mark in the formulas: `a`, `b` …
    pub mark: String,
    /// The publication, with the article.
    pub source: String,
    /// The file that answered, with its version.
    pub file: String,
    /// Example or established.
    pub status: Status,
}

impl Listing {
    /// Writes out the steps behind `groups`: each group in reading order, what a step needs before the step itself.
    pub fn new(trace: &Trace, groups: &[Vec<NodeId>]) -> Self {
        Writer::new(trace, groups).write(groups)
    }

    /// The number of the line that holds a step, if it has one.
    pub fn number(&self, node: NodeId) -> Option<usize> {
        self.numbers.get(&node).copied()
    }
}

/// Two steps with the same of all this are the same to a reader.
#[derive(PartialEq, Eq, Hash)]
struct Key<'t> {
    label: &'static str,
    subject: Option<&'t str>,
    dates: Option<(Date, Date)>,
    op: (u8, Option<(&'t str, &'t str, &'t str)>),
    value: (i128, i128),
    children: Vec<NodeId>,
}

/// What is known about a step before it is written.
#[derive(Default, Clone)]
struct Plan {
    /// The step that stands for it, when several are the same.
    same: Option<NodeId>,
    /// How many steps use it, and whether it was asked for.
    uses: usize,
    asked: bool,
    /// Whether it gets a line of its own.
    own_line: bool,
    /// Operations in its formula.
    operations: usize,
    /// What made it count, each with the name of that choice.
    chosen_by: Vec<(&'static str, NodeId)>,
    number: Option<usize>,
}

struct Writer<'t> {
    trace: &'t Trace,
    plans: BTreeMap<NodeId, Plan>,
    sources: Vec<Source>,
    next: usize,
}

impl<'t> Writer<'t> {
    fn new(trace: &'t Trace, groups: &[Vec<NodeId>]) -> Self {
        let mut writer = Self {
            trace,
            plans: BTreeMap::new(),
            sources: Vec::new(),
            next: 1,
        };
        writer.reach(groups);
        writer.unite();
        writer.count(groups);
        writer.divide();
        writer
    }

    /// Everything behind what was asked for.
    fn reach(&mut self, groups: &[Vec<NodeId>]) {
        let mut open: Vec<NodeId> = groups.iter().flatten().copied().collect();
        while let Some(id) = open.pop() {
            if self.plans.contains_key(&id) {
                continue;
            }
            let Some(node) = self.trace.get(id) else {
                continue;
            };
            self.plans.insert(id, Plan::default());
            open.extend(self.trace.children(node));
        }
    }

    /// Steps that say the same become one; a choice becomes what was chosen, with the rule beside it.
    fn unite(&mut self) {
        let mut known: HashMap<Key<'t>, NodeId> = HashMap::with_capacity(self.plans.len());
        let ids: Vec<NodeId> = self.plans.keys().copied().collect();
        for id in ids {
            let Some(node) = self.trace.get(id) else {
                continue;
            };
            let children: Vec<NodeId> = self.children(node);
            let same = if node.op == Op::Choose {
                let mut children = children.into_iter();
                let chosen = children.next();
                if let (Some(chosen), Some(rule)) = (chosen, children.next()) {
                    self.choose(chosen, node.label, rule);
                }
                chosen
            } else {
                let key = Key {
                    label: node.label,
                    subject: node.subject.as_deref(),
                    dates: node.dates,
                    op: kind_of(&node.op),
                    value: node.value.reduced(),
                    children,
                };
                Some(*known.entry(key).or_insert(id))
            };
            if let Some(plan) = self.plans.get_mut(&id) {
                plan.same = same.filter(|same| *same != id);
            }
        }
    }

    /// Notes a rule that made a step count, once per place where it comes from.
    fn choose(&mut self, chosen: NodeId, label: &'static str, rule: NodeId) {
        let trace = self.trace;
        let place = |rule| Some(trace.get(rule)?.provenance()?.place.as_str());
        let plan = self.plans.entry(chosen).or_default();
        let mut known = plan.chosen_by.iter();
        let again =
            |other: NodeId| other == rule || (place(rule).is_some() && place(other) == place(rule));
        if !known.any(|(_, other)| again(*other)) {
            plan.chosen_by.push((label, rule));
        }
    }

    /// The step that stands for this one.
    fn resolved(&self, id: NodeId) -> NodeId {
        self.plans.get(&id).and_then(|plan| plan.same).unwrap_or(id)
    }

    fn children(&self, node: &Node) -> Vec<NodeId> {
        let children = self.trace.children(node);
        children.iter().map(|child| self.resolved(*child)).collect()
    }

    fn count(&mut self, groups: &[Vec<NodeId>]) {
        for id in groups.iter().flatten() {
            let id = self.resolved(*id);
            if let Some(plan) = self.plans.get_mut(&id) {
                plan.asked = true;
            }
        }
        let ids: Vec<NodeId> = self.plans.keys().copied().collect();
        for id in ids {
            let skipped = self.plans.get(&id).is_none_or(|plan| plan.same.is_some());
            let Some(node) = self.trace.get(id).filter(|_| !skipped) else {
                continue;
            };
            let mut children = self.children(node);
            children.dedup();
            for child in children {
                if let Some(plan) = self.plans.get_mut(&child) {
                    plan.uses = plan.uses.saturating_add(1);
                }
            }
        }
    }

    /// Which steps get a line: what was asked for, what is used twice, every rounding and comparison, and what would
    /// make a formula too long.
    fn divide(&mut self) {
        let ids: Vec<NodeId> = self.plans.keys().copied().collect();
        for id in ids {
            let Some(plan) = self.plans.get(&id).filter(|plan| plan.same.is_none()) else {
                continue;
            };
            let Some(node) = self.trace.get(id) else {
                continue;
            };
            let weighty = matches!(node.op, Op::Round(_) | Op::Least | Op::Greatest);
            let mut own_line = plan.asked || (!node.is_leaf() && (plan.uses > 1 || weighty));
            let children = self.children(node);
            let inlined = |writer: &Self, child: &NodeId| {
                let plan = writer.plans.get(child);
                plan.map_or(0, |p| if p.own_line { 0 } else { p.operations })
            };
            let mut operations = usize::from(!node.is_leaf());
            for child in &children {
                operations = operations.saturating_add(inlined(self, child));
            }
            if operations > MOST_OPERATIONS {
                for child in &children {
                    if inlined(self, child) > 0
                        && let Some(plan) = self.plans.get_mut(child)
                    {
                        plan.own_line = true;
                    }
                }
                operations = 1;
            }
            own_line |= plan_has_rule(self.plans.get(&id)) && !node.is_leaf();
            if let Some(plan) = self.plans.get_mut(&id) {
                plan.own_line = own_line;
                plan.operations = operations;
            }
        }
    }

    fn write(mut self, groups: &[Vec<NodeId>]) -> Listing {
        let mut listing = Listing::default();
        for group in groups {
            let mut lines = Vec::new();
            for id in group {
                self.emit(self.resolved(*id), &mut lines);
            }
            listing.groups.push(lines);
        }
        for id in self.plans.keys() {
            let number = self.plans.get(&self.resolved(*id)).and_then(|p| p.number);
            if let Some(number) = number {
                listing.numbers.insert(*id, number);
            }
        }
        listing.sources = self.sources;
        listing
    }

    /// Writes a step after all that it needs.
    fn emit(&mut self, id: NodeId, lines: &mut Vec<Line>) {
        let trace = self.trace;
        let Some(node) = trace.get(id) else { return };
        let Some(plan) = self.plans.get(&id) else {
            return;
        };
        if plan.number.is_some() {
            return;
        }
        let own_line = plan.own_line;
        for child in self.children(node) {
            self.emit(child, lines);
        }
        if !own_line {
            return;
        }
        let number = self.next;
        self.next = number.saturating_add(1);
        let line = Line {
            number,
            node: id,
            what: title(node),
            formula: self.formula(id, node),
            result: shown(node.value, node.measure),
            exact: exact(node.value),
            status: node.status,
        };
        if let Some(plan) = self.plans.get_mut(&id) {
            plan.number = Some(number);
        }
        lines.push(line);
    }

    /// The formula of a line, with rounding, rules and sources.
    fn formula(&mut self, id: NodeId, node: &'t Node) -> String {
        let mut text = match &node.op {
            Op::Round(rounding) => self.rounded(node, rounding),
            _ if node.is_leaf() => self.origin(node),
            _ => self.operation(node).0,
        };
        let rules = self.plans.get(&id).map(|plan| plan.chosen_by.clone());
        for (label, rule) in rules.unwrap_or_default() {
            let words = self.rule(label, rule);
            let _ = write!(text, "; {words}");
        }
        text
    }

    /// What made a step count: an agreement of a catalogue by its name, else the choice in its own words with the figure
    /// that it leans on.
    fn rule(&mut self, label: &str, rule: NodeId) -> String {
        let Some(node) = self.trace.get(rule) else {
            return label.to_owned();
        };
        let source = node.provenance();
        // A place may begin with the set that the convention belongs to.
        let agreed = source.and_then(|source| source.place.rsplit_once("afspraak "));
        let mut text = match agreed {
            Some((_, name)) => format!("volgens de afspraak over {name}"),
            None if node.measure == Measure::Number => label.to_owned(),
            None => format!("{label} {}", shown(node.value, node.measure)),
        };
        if let Some(source) = source {
            let mark = self.mark(source);
            let _ = write!(text, " [{mark}]");
        }
        text
    }

    fn rounded(&mut self, node: &'t Node, rounding: &Rounding) -> String {
        let children = self.children(node);
        let Some(first) = children.first().copied() else {
            return String::new();
        };
        let mut text = self.term(first).0;
        let inner = self.trace.get(first);
        let inlined = self.plans.get(&first).is_some_and(|p| p.number.is_none());
        let changed = |inner: &&Node| inlined && !inner.is_leaf() && inner.value != node.value;
        if let Some(inner) = inner.filter(changed) {
            let _ = write!(text, " = {}", shown(inner.value, inner.measure));
            if let Some(exact) = exact(inner.value) {
                let _ = write!(text, " ({exact})");
            }
        }
        let _ = write!(text, ", {}", rounding_words(rounding, node.measure));
        let rule = children.get(1).and_then(|rule| self.trace.get(*rule));
        if let Some(Op::Convention(rule)) = rule.map(|rule| &rule.op) {
            let _ = write!(text, " [{}]", self.mark(rule));
        }
        text
    }

    /// A step as part of a formula, and how tightly it binds: 3 alone, 2 a product, 1 a sum.
    fn term(&mut self, id: NodeId) -> (String, u8) {
        let trace = self.trace;
        let Some(node) = trace.get(id) else {
            return (String::new(), 3);
        };
        if let Some(number) = self.plans.get(&id).and_then(|plan| plan.number) {
            return (format!("regel\u{a0}{number}"), 3);
        }
        if node.is_leaf() {
            return (self.chosen_leaf(id, node), 3);
        }
        self.operation(node)
    }

    /// A figure to start from, with the limit or price that made it count.
    fn chosen_leaf(&mut self, id: NodeId, node: &'t Node) -> String {
        let mut text = self.leaf(node);
        let rules = self.plans.get(&id).map(|plan| plan.chosen_by.clone());
        for (label, rule) in rules.unwrap_or_default() {
            let source = self.trace.get(rule).and_then(Node::provenance);
            if source.is_none_or(|source| source.place.contains("afspraak ")) {
                continue;
            }
            let words = self.rule(label, rule);
            match text.strip_suffix(')') {
                Some(start) => text = format!("{start}; {words})"),
                None => text = format!("{text} ({words})"),
            }
        }
        text
    }

    fn operation(&mut self, node: &'t Node) -> (String, u8) {
        let children = self.children(node);
        match &node.op {
            Op::Add => (self.sum(&children), 1),
            Op::Subtract => (self.joined(&children, " − ", 1, 2), 1),
            Op::Multiply | Op::Percent => {
                let counted: Vec<NodeId> = children
                    .iter()
                    .copied()
                    .filter(|id| !self.is_once(*id))
                    .collect();
                (self.joined(&counted, " × ", 2, 3), 2)
            }
            Op::Divide => (self.joined(&children, " ÷ ", 2, 3), 2),
            Op::Least => (self.compared("het laagste van", &children), 1),
            Op::Greatest => (self.compared("het hoogste van", &children), 1),
            // A choice is resolved before, a rounding always has a line, the others are leaves.
            Op::Round(_)
            | Op::Choose
            | Op::Input(_)
            | Op::Figure(_)
            | Op::Convention(_)
            | Op::Definition(_)
            | Op::Count(..) => (self.leaf(node), 3),
        }
    }

    /// Whether this is a typed count of one: `1 ×` says nothing to a reader.
    fn is_once(&self, id: NodeId) -> bool {
        let node = self.trace.get(id);
        node.is_some_and(|node| {
            matches!(node.op, Op::Input(_))
                && node.measure == Measure::Number
                && node.value == Exact::ONE
        })
    }

    fn joined(&mut self, children: &[NodeId], between: &str, first: u8, others: u8) -> String {
        let mut text = String::new();
        for (place, child) in children.iter().enumerate() {
            let (term, binds) = self.term(*child);
            let wanted = if place == 0 { first } else { others };
            if place > 0 {
                text.push_str(between);
            }
            if binds < wanted {
                let _ = write!(text, "({term})");
            } else {
                text.push_str(&term);
            }
        }
        text
    }

    fn sum(&mut self, children: &[NodeId]) -> String {
        let mut text = String::new();
        for child in children {
            let (term, _) = self.term(*child);
            match (text.is_empty(), term.strip_prefix('−')) {
                (true, _) => text.push_str(&term),
                (false, Some(less)) => {
                    let _ = write!(text, " − {less}");
                }
                (false, None) => {
                    let _ = write!(text, " + {term}");
                }
            }
        }
        text
    }

    fn compared(&mut self, words: &str, children: &[NodeId]) -> String {
        let mut text = words.to_owned();
        for (place, child) in children.iter().enumerate() {
            let (term, _) = self.term(*child);
            let _ = write!(text, "{} {term}", if place == 0 { "" } else { " en" });
        }
        text
    }

    /// A figure to start from: its value, what it is, and its source.
    fn leaf(&mut self, node: &'t Node) -> String {
        let name = match &node.op {
            Op::Figure(source) if source.place.starts_with("plafond") => "plafond",
            _ => node.subject.as_deref().unwrap_or(node.label),
        };
        let bare = node.measure == Measure::Number;
        let value = match &node.op {
            Op::Convention(_) | Op::Definition(_) if bare => ratio(node.value),
            _ => shown(node.value, node.measure),
        };
        match &node.op {
            Op::Figure(source) | Op::Convention(source) => {
                let mark = self.mark(source);
                format!("{value} ({name}) [{mark}]")
            }
            Op::Count(from, to) => {
                let (from, to) = (date_short(*from), date_short(*to));
                format!("{value} ({from} tot en met {to})")
            }
            _ => format!("{value} ({name})"),
        }
    }

    /// Where a figure with a line of its own comes from.
    fn origin(&mut self, node: &'t Node) -> String {
        match &node.op {
            Op::Figure(source) | Op::Convention(source) => {
                format!("volgens bron [{}]", self.mark(source))
            }
            Op::Count(from, to) => {
                format!(
                    "geteld van {} tot en met {}",
                    date_short(*from),
                    date_short(*to)
                )
            }
            Op::Input(_) => match node.measure {
                Measure::Euro | Measure::EuroPer(_) | Measure::EuroPerUnit(_) => {
                    "bedrag zoals opgegeven".to_owned()
                }
                _ => "vastgesteld in het onderzoek".to_owned(),
            },
            _ => "vaste waarde".to_owned(),
        }
    }

    fn mark(&mut self, provenance: &Provenance) -> String {
        let same = |known: &&Source| {
            known.source == provenance.source
                && known.file == provenance.file
                && known.status == provenance.status
        };
        if let Some(known) = self.sources.iter().find(same) {
            return known.mark.clone();
        }
        let mark = letters(self.sources.len());
        self.sources.push(Source {
            mark: mark.clone(),
            source: provenance.source.clone(),
            file: provenance.file.clone(),
            status: provenance.status,
        });
        mark
    }
}

fn plan_has_rule(plan: Option<&Plan>) -> bool {
    plan.is_some_and(|plan| !plan.chosen_by.is_empty())
}

/// What sets an operation apart from another one with the same children.
fn kind_of(op: &Op) -> (u8, Option<(&str, &str, &str)>) {
    fn source(provenance: &Provenance) -> Option<(&str, &str, &str)> {
        Some((&provenance.file, &provenance.place, &provenance.source))
    }
    match op {
        Op::Input(field) => (0, Some((field, "", ""))),
        Op::Figure(provenance) => (1, source(provenance)),
        Op::Convention(provenance) => (2, source(provenance)),
        Op::Definition(_) => (3, None),
        Op::Count(..) => (4, None),
        Op::Add => (5, None),
        Op::Subtract => (6, None),
        Op::Multiply => (7, None),
        Op::Divide => (8, None),
        Op::Percent => (9, None),
        Op::Least => (10, None),
        Op::Greatest => (11, None),
        Op::Round(_) => (12, None),
        Op::Choose => (13, None),
    }
}

/// What a line is about: its name, of what, and over which days.
pub fn title(node: &Node) -> String {
    let mut letters = node.label.chars();
    let mut text: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    text.push_str(letters.as_str());
    if let Some(subject) = &node.subject {
        let _ = write!(text, ": {subject}");
    }
    let counted = matches!(node.op, Op::Count(..));
    if let Some((from, to)) = node.dates.filter(|_| !counted) {
        let _ = write!(text, ", {} tot en met {}", date_short(from), date_short(to));
    }
    text
}

/// Marks in order: `a` to `z`, then `aa`, `ab` …
fn letters(place: usize) -> String {
    let mut text = String::new();
    let mut rest = Some(place);
    while let Some(place) = rest {
        let letter = u8::try_from(place.checked_rem(26).unwrap_or(0)).unwrap_or(0);
        text.insert(0, char::from(b'a'.saturating_add(letter)));
        rest = place.checked_div(26).and_then(|next| next.checked_sub(1));
    }
    text
}

/// A factor as it was agreed: `13`, `1/12`.
fn ratio(value: Exact) -> String {
    let (above, below) = value.reduced();
    if below == 1 {
        return shown(value, Measure::Number);
    }
    format!("{above}/{below}")
}

#[cfg(test)]
mod tests {
    use super::super::{Calculator, Leaf, Recorder, Step};
    use super::*;
    use crate::quantity::{Frequency, Unit};
    use std::sync::Arc;

    fn source(text: &str, status: Status) -> Arc<Provenance> {
        Arc::new(Provenance {
            file: "proef, versie 1".into(),
            place: "afspraak proef".into(),
            source: text.into(),
            status,
            from: None,
            to: None,
            note: None,
        })
    }

    #[test]
    fn a_calculation_stands_in_numbered_lines_that_name_each_other_and_their_sources() {
        let mut recorder = Recorder::default();
        let mut c = Calculator {
            tracer: &mut recorder,
        };
        let (sheet, ours) = (
            source("blad, artikel 1", Status::Established),
            source("afspraak", Status::Example),
        );
        let rate = Step::new("tarief", Measure::EuroPerUnit(Unit::Hour));
        let full = c.leaf(rate, Leaf::Figure(&sheet), "27.50".parse().unwrap());
        let share = Step::new("percentage", Measure::Percent);
        let share = c.leaf(share, Leaf::Figure(&sheet), Exact::from(55));
        let informal = c.percent(rate, share, full).unwrap();
        let informal = c.round(rate, informal, &Rounding::CENT, &ours).unwrap();
        let hours = Step::new(
            "omvang",
            Measure::VolumePer(Unit::Hour, Frequency::FourWeeks),
        );
        let hours = c.leaf(
            hours,
            Leaf::Input(format_args!("hours")),
            "11.6".parse().unwrap(),
        );
        let amount = Step::new("bedrag", Measure::EuroPer(Frequency::FourWeeks));
        let exact = c.mul(amount, hours, informal).unwrap();
        let first = c.round(amount, exact, &Rounding::CENT, &ours).unwrap();
        let exact = c.mul(amount, hours, informal).unwrap();
        let again = c.round(amount, exact, &Rounding::CENT, &ours).unwrap();
        let listing = Listing::new(&recorder.trace, &[vec![first.node], vec![again.node]]);
        let lines: Vec<String> = listing
            .groups
            .iter()
            .flatten()
            .map(|l| format!("{} {}: {} = {}", l.number, l.what, l.formula, l.result))
            .collect();
        assert_eq!(
            lines,
            [
                "1 Tarief: 55% (percentage) [a] × €\u{a0}27,50 per uur (tarief) [a] = €\u{a0}15,125 per uur, afgerond op hele centen [b] = €\u{a0}15,13 per uur",
                "2 Bedrag: 11,6 uur per 4 weken (omvang) × regel\u{a0}1 = €\u{a0}175,508 per 4 weken, afgerond op hele centen [b] = €\u{a0}175,51 per 4 weken",
            ]
        );
        assert_eq!(listing.number(again.node), Some(2));
        let marks: Vec<_> = listing
            .sources
            .iter()
            .map(|s| (s.mark.as_str(), s.status))
            .collect();
        assert_eq!(marks, [("a", Status::Established), ("b", Status::Example)]);
    }

    #[test]
    fn marks_go_on_after_z() {
        assert_eq!(
            [0, 25, 26, 51, 52, 701, 702].map(letters),
            ["a", "z", "aa", "az", "ba", "zz", "aaa"]
        );
    }
}
