//! A recorded calculation as rows of a tree: what each step is, what it came to, and how, in Dutch.
//!
//! A step that several others use is worked out once, at its first place; elsewhere a row points back to its number. Nothing
//! is computed here.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::widgets::tree::Row;
use crate::quantity::{Exact, Rounding, RoundingMode, dutch};
use crate::trace::{Measure, Node, NodeId, Op, Status, Trace};

/// Most digits behind the comma that a step shows before it is cut with `…`.
const DIGITS: u32 = 6;

/// The calculation below `roots` as rows in reading order. Each root comes with a name of its own.
pub fn rows(trace: &Trace, roots: &[(String, NodeId)]) -> Vec<Row> {
    let mut rows = Rows {
        trace,
        done: HashMap::new(),
        rows: Vec::new(),
    };
    for (index, (name, root)) in roots.iter().enumerate() {
        rows.add(*root, 0, Some(name), key(0, index, name));
    }
    rows.rows
}

struct Rows<'a> {
    trace: &'a Trace,
    /// The number of the row at which a step was worked out.
    done: HashMap<NodeId, usize>,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn add(&mut self, id: NodeId, depth: usize, name: Option<&str>, key_here: u64) {
        let Some(node) = self.trace.get(id) else {
            return;
        };
        let children = self.trace.children(node);
        let earlier = self.done.get(&id).copied().filter(|_| !children.is_empty());
        let note = match earlier {
            Some(number) => format!("uitgewerkt bij stap {number}"),
            None => how(self.trace, node),
        };
        let number = self.rows.len().saturating_add(1);
        let words = name.map_or_else(|| label(node), str::to_owned);
        self.rows.push(Row {
            key: key_here,
            depth,
            has_children: earlier.is_none() && !children.is_empty(),
            label: format!("{number}. {words}"),
            value: value(node.value, node.measure),
            note,
            example: node.status == Status::Example,
        });
        if earlier.is_some() {
            return;
        }
        self.done.insert(id, number);
        for (index, child) in children.iter().enumerate() {
            let label = self.trace.get(*child).map_or("", |node| node.label);
            self.add(
                *child,
                depth.saturating_add(1),
                None,
                key(key_here, index, label),
            );
        }
    }
}

fn key(above: u64, index: usize, label: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (above, index, label).hash(&mut hasher);
    hasher.finish()
}

/// What a step is, with what and when it is about.
fn label(node: &Node) -> String {
    let what = capital(node.label);
    let about = node
        .subject
        .as_ref()
        .map_or_else(String::new, |subject| format!(": {subject}"));
    match node.dates {
        Some((from, to)) if !matches!(node.op, Op::Count(..)) => {
            let (from, to) = (dutch::date_short(from), dutch::date_short(to));
            format!("{what}{about}, {from} t/m {to}")
        }
        _ => format!("{what}{about}"),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// A number with its unit.
pub fn value(value: Exact, measure: Measure) -> String {
    let number = || {
        let (numerator, denominator) = value.reduced();
        dutch::fraction(numerator, denominator, DIGITS)
    };
    let money = || match value.finite_decimal() {
        Some(decimal) => dutch::euro(decimal),
        None => format!("€\u{a0}{}", number()),
    };
    let one = value == Exact::ONE;
    let counted = |singular: &str, plural: &str| {
        format!("{} {}", number(), if one { singular } else { plural })
    };
    match measure {
        Measure::Euro => money(),
        Measure::EuroPerUnit(unit) => format!("{} per {}", money(), unit.singular()),
        Measure::EuroPer(frequency) => format!("{} {}", money(), frequency.dutch()),
        Measure::Volume(unit) => counted(unit.singular(), unit.plural()),
        Measure::VolumePer(unit, frequency) => format!(
            "{} {}",
            counted(unit.singular(), unit.plural()),
            frequency.dutch()
        ),
        Measure::Number => number(),
        Measure::Percent => format!("{}%", number()),
        Measure::Days => counted("dag", "dagen"),
        Measure::Weeks => counted("week", "weken"),
        Measure::Periods => counted("periode", "perioden"),
    }
}

/// How a step was made, or where it came from.
fn how(trace: &Trace, node: &Node) -> String {
    let parts: Vec<String> = trace
        .children(node)
        .iter()
        .filter_map(|id| trace.get(*id))
        .map(|child| value(child.value, child.measure))
        .collect();
    let two = |between: &str| match parts.as_slice() {
        [one, other, ..] => format!("{one}{between}{other}"),
        _ => String::new(),
    };
    match &node.op {
        Op::Input(_) => "ingevuld".to_owned(),
        Op::Figure(from) => source(&from.source, &from.file),
        Op::Convention(from) => source(&from.source, &from.file),
        Op::Definition => "vaste verhouding".to_owned(),
        Op::Count(from, to) => format!(
            "{} t/m {}, beide dagen tellen mee",
            dutch::date_short(*from),
            dutch::date_short(*to)
        ),
        Op::Add if parts.len() > 4 => format!("som van {} bedragen", parts.len()),
        Op::Add => parts.join(" + "),
        Op::Subtract => parts.join(" − "),
        Op::Multiply => parts.join(" × "),
        Op::Divide => two(" ÷ "),
        Op::Percent => two(" van "),
        Op::Least => format!("de laagste: {}", parts.join(" of ")),
        Op::Greatest => format!("de hoogste: {}", parts.join(" of ")),
        Op::Round(rounding) => rounded(rounding),
        Op::Choose => "volgens de afspraak".to_owned(),
    }
}

fn source(source: &str, file: &str) -> String {
    if source.is_empty() {
        file.to_owned()
    } else {
        format!("{source} · {file}")
    }
}

fn rounded(rounding: &Rounding) -> String {
    let step = match rounding.step {
        cent if cent == Exact::ratio(1, 100) => "hele centen".to_owned(),
        one if one == Exact::ONE => "hele getallen".to_owned(),
        other => {
            let (numerator, denominator) = other.reduced();
            format!(
                "een veelvoud van {}",
                dutch::fraction(numerator, denominator, DIGITS)
            )
        }
    };
    let way = match rounding.mode {
        RoundingMode::HalfUp => "vanaf de helft naar boven",
        RoundingMode::Up => "naar boven",
        RoundingMode::Down => "naar beneden",
    };
    format!("afgerond op {step}, {way}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Frequency, Unit};
    use crate::trace::{Calculator, Leaf, Recorder, Step};

    #[test]
    fn a_calculation_reads_from_the_outcome_down_to_what_was_typed() {
        let mut recorder = Recorder::default();
        let mut calculator = Calculator {
            tracer: &mut recorder,
        };
        let hours = Step::new("uren", Measure::VolumePer(Unit::Hour, Frequency::FourWeeks));
        let hours = calculator.leaf(
            hours,
            Leaf::Input("regels[0].omvang"),
            "11.6".parse().unwrap(),
        );
        let rate = calculator.leaf(
            Step::new("tarief", Measure::EuroPerUnit(Unit::Hour)),
            Leaf::Definition,
            "15.13".parse().unwrap(),
        );
        let amount = Step::new("omvang × tarief", Measure::EuroPer(Frequency::FourWeeks));
        let amount = calculator.mul(amount, hours, rate).unwrap();
        let twice = calculator
            .add(Step::new("samen", Measure::Euro), amount, amount)
            .unwrap();
        let shown: Vec<_> = rows(&recorder.trace, &[("Bedrag".to_owned(), twice.node)])
            .into_iter()
            .map(|row| (row.depth, row.has_children, row.label, row.value, row.note))
            .collect();
        let row = |depth, open, label: &str, value: &str, note: &str| {
            (
                depth,
                open,
                label.to_owned(),
                value.replace("€ ", "€\u{a0}"),
                note.replace("€ ", "€\u{a0}"),
            )
        };
        assert_eq!(
            shown,
            [
                row(
                    0,
                    true,
                    "1. Bedrag",
                    "€ 351,016",
                    "€ 175,508 per 4 weken + € 175,508 per 4 weken"
                ),
                row(
                    1,
                    true,
                    "2. Omvang × tarief",
                    "€ 175,508 per 4 weken",
                    "11,6 uur per 4 weken × € 15,13 per uur"
                ),
                row(2, false, "3. Uren", "11,6 uur per 4 weken", "ingevuld"),
                row(2, false, "4. Tarief", "€ 15,13 per uur", "vaste verhouding"),
                row(
                    1,
                    false,
                    "5. Omvang × tarief",
                    "€ 175,508 per 4 weken",
                    "uitgewerkt bij stap 2"
                ),
            ]
        );
    }

    #[test]
    fn a_figure_without_end_is_cut_with_an_ellipsis() {
        assert_eq!(
            value(Exact::ratio(10, 3), Measure::Volume(Unit::Hour)),
            "3,333333… uur"
        );
        assert_eq!(
            value(Exact::ratio(10, 3), Measure::Euro),
            "€\u{a0}3,333333…"
        );
        assert_eq!(value(Exact::ONE, Measure::Volume(Unit::Minute)), "1 minuut");
    }
}
