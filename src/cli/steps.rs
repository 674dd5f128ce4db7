//! The calculation as a numbered list: every step with what it was made from, down to sources and typed figures.

use super::numbers;
use crate::budget::{LineBudget, Money};
use crate::quantity::dutch::date_short;
use crate::quantity::{Rounding, RoundingMode};
use crate::trace::{Figure, Measure, Node, NodeId, Op, Provenance, Status, Trace};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Every figure of a line that is shown, as roots of its calculation.
fn roots(line: &LineBudget<NodeId>) -> Vec<NodeId> {
    let mut roots = Vec::new();
    let figure = |roots: &mut Vec<NodeId>, figure: Option<Figure<NodeId>>| {
        roots.extend(figure.map(|figure| figure.node));
    };
    let money = |roots: &mut Vec<NodeId>, money: &Money<NodeId>| figure(roots, money.figure());
    for part in &line.granted {
        roots.extend(part.volumes.iter().map(|volume| volume.figure.node));
        if let Some(worked) = &part.worked {
            roots.extend(worked.parts.iter().map(|part| part.shown.node));
            figure(&mut roots, worked.extra_visits);
        }
    }
    for segment in &line.segments {
        for part in &segment.parts {
            for provider in &part.providers {
                figure(&mut roots, provider.rate.map(|(rate, _)| rate));
                figure(&mut roots, provider.volume);
                money(&mut roots, &provider.amount);
                money(&mut roots, &provider.total);
            }
            figure(&mut roots, part.before_ceiling);
            figure(&mut roots, part.ceiling.map(|(ceiling, _)| ceiling));
            figure(&mut roots, part.cut);
            money(&mut roots, &part.amount);
        }
        money(&mut roots, &segment.amount);
        for view in segment.views.iter().flatten() {
            figure(&mut roots, Some(view.figure));
        }
        money(&mut roots, &segment.total);
    }
    for total in line.years.iter().chain(&line.term) {
        money(&mut roots, &total.money);
    }
    roots
}

/// A calculation as text.
pub(super) struct Calculation {
    /// The steps, numbered from 1, each after the steps that it is made from.
    pub(super) steps: Vec<String>,
    /// The sources that the steps name, lettered.
    pub(super) sources: Vec<String>,
}

/// The calculation of a line.
pub(super) fn numbered(trace: &Trace, line: &LineBudget<NodeId>) -> Calculation {
    let mut writer = Writer {
        trace,
        places: BTreeMap::new(),
        sources: Vec::new(),
    };
    let mut open = roots(line);
    let mut is_root = true;
    while !open.is_empty() {
        let mut next = Vec::new();
        for id in open {
            if let Some(node) = trace.get(id)
                && (is_root || !inline(node))
                && writer.places.insert(id, 0).is_none()
            {
                next.extend_from_slice(trace.children(node));
            }
        }
        is_root = false;
        open = next;
    }
    for (number, place) in (1usize..).zip(writer.places.values_mut()) {
        *place = number;
    }
    writer.written()
}

/// Definitions and conventions have no step of their own: they stand in the step that uses them.
fn inline(node: &Node) -> bool {
    matches!(node.op, Op::Definition | Op::Convention(_))
}

struct Writer<'a> {
    trace: &'a Trace,
    /// The number of each step.
    places: BTreeMap<NodeId, usize>,
    /// The sources named so far.
    sources: Vec<String>,
}

impl Writer<'_> {
    fn written(mut self) -> Calculation {
        let places: Vec<(NodeId, usize)> = self.places.iter().map(|(id, n)| (*id, *n)).collect();
        let width = places.len().to_string().len();
        let mut steps = Vec::with_capacity(places.len());
        for (id, number) in places {
            let Some(node) = self.trace.get(id) else {
                continue;
            };
            let value = numbers::figure(node.value, node.measure);
            let about = node.subject.as_ref().map(|subject| format!(" ({subject})"));
            let dates = node
                .dates
                .map(|(from, to)| format!(", {}", span(from, Some(to))));
            let (about, dates) = (about.unwrap_or_default(), dates.unwrap_or_default());
            let how = self.how(node);
            steps.push(format!(
                "[{number:width$}] {}{about}{dates}: {how}{value}",
                node.label
            ));
        }
        let sources = (0usize..).zip(&self.sources);
        Calculation {
            steps,
            sources: sources
                .map(|(place, text)| format!("{}. {text}", letter(place)))
                .collect(),
        }
    }

    /// A source by its letter; `bron c`.
    fn source(&mut self, source: &Provenance) -> String {
        let text = sourced(source);
        let known = self.sources.iter().position(|known| *known == text);
        let place = known.unwrap_or_else(|| {
            self.sources.push(text);
            self.sources.len().saturating_sub(1)
        });
        let example = if source.status == Status::Example {
            ", voorbeeld"
        } else {
            ""
        };
        format!("bron {}{example}", letter(place))
    }

    /// A step that another one uses: its value with its number, or with what it is.
    fn used(&mut self, id: NodeId) -> Option<String> {
        let node = self.trace.get(id)?;
        let value = numbers::figure(node.value, node.measure);
        let name = match &node.subject {
            Some(subject) => subject.to_string(),
            None => node.label.to_owned(),
        };
        Some(match (self.places.get(&id), &node.op) {
            (Some(number), _) => format!("{value} [{number}]"),
            (None, Op::Convention(source)) => {
                let source = self.source(source);
                format!("{value} ({name}; {source})")
            }
            (None, _) => format!("{value} ({name})"),
        })
    }

    /// How a node came to its value, up to the equals sign.
    fn how(&mut self, node: &Node) -> String {
        let children = self.trace.children(node);
        let rule = match (&node.op, children.get(1)) {
            (Op::Round(_) | Op::Choose, Some(rule)) => {
                let rule = self.trace.get(*rule).and_then(Node::provenance);
                rule.map(|rule| format!(" ({})", self.source(rule)))
            }
            _ => None,
        };
        let rule = rule.unwrap_or_default();
        let all: Vec<String> = children.iter().filter_map(|id| self.used(*id)).collect();
        let (first, rest) = match all.split_first() {
            Some((first, rest)) => (first.as_str(), rest),
            None => ("", [].as_slice()),
        };
        let second = rest.first().map_or("", String::as_str);
        match &node.op {
            Op::Input(_) => "ingevuld: ".to_owned(),
            Op::Figure(source) | Op::Convention(source) => format!("{}: ", self.source(source)),
            Op::Definition => "per definitie: ".to_owned(),
            Op::Count(..) => "geteld: ".to_owned(),
            Op::Add => format!("{} = ", all.join(" + ")),
            Op::Subtract => format!("{} = ", all.join(" − ")),
            Op::Multiply => format!("{} = ", all.join(" × ")),
            Op::Divide => format!("{} = ", all.join(" ÷ ")),
            Op::Percent => format!("{first} van {second} = "),
            Op::Least => format!("het laagste van {} = ", all.join(" en ")),
            Op::Greatest => format!("het hoogste van {} = ", all.join(" en ")),
            Op::Round(rounding) => format!("{first} {}{rule} = ", rounded(rounding, node.measure)),
            Op::Choose => format!("{first}, volgens de afspraak{rule} = "),
        }
    }
}

/// a, b, … z, aa, ab …
fn letter(place: usize) -> String {
    let last = u8::try_from(place.checked_rem(26).unwrap_or(0)).unwrap_or(0);
    let last = char::from(b'a'.saturating_add(last));
    match place.checked_div(26).and_then(|more| more.checked_sub(1)) {
        Some(more) => format!("{}{last}", letter(more)),
        None => last.to_string(),
    }
}

/// `1-1-2018 tot en met 31-12-2018`.
pub(super) fn span(from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) if to == from => date_short(from),
        Some(to) => format!("{} tot en met {}", date_short(from), date_short(to)),
        None => format!("vanaf {}", date_short(from)),
    }
}

fn rounded(rounding: &Rounding, measure: Measure) -> String {
    let way = match rounding.mode {
        RoundingMode::HalfUp => "afgerond",
        RoundingMode::Up => "naar boven afgerond",
        RoundingMode::Down => "naar beneden afgerond",
    };
    format!("{way} op {}", numbers::step(rounding.step, measure))
}

/// Where a leaf comes from.
fn sourced(source: &Provenance) -> String {
    let mut text = format!("{} ({}, {}", source.source, source.file, source.place);
    if let Some(from) = source.from {
        text.push_str(", ");
        text.push_str(&span(from, source.to));
    }
    text.push(')');
    if source.status == Status::Example {
        text.push_str(" VOORBEELD");
    }
    text
}
