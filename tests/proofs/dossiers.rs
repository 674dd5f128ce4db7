//! Every step behind every fixture dossier, worked out anew by an evaluator of its own: from the kind of operation and
//! the children alone, with fractions that share no code with the program. And every leaf is held against where it
//! says it comes from: the dossier, the data file, a definition, or the calendar.

use crate::cases::{fixtures, lines};
use jiff::civil::Date;
use maatwerk::budget::Library;
use maatwerk::catalogue::shipped_files;
use maatwerk::dossier::Dossier;
use maatwerk::quantity::{Exact, Frequency, RoundingMode, Unit};
use maatwerk::trace::{Definition, Measure, Node, Op, Provenance, Trace};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// A fraction in lowest terms, below the line above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fraction(i128, i128);

impl Fraction {
    fn new(above: i128, below: i128) -> Self {
        assert_ne!(below, 0);
        let (mut a, mut b) = (above.unsigned_abs(), below.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let common = i128::try_from(a.max(1)).unwrap() * below.signum();
        Self(above / common, below / common)
    }

    fn of(value: Exact) -> Self {
        let (above, below) = value.reduced();
        Self::new(above, below)
    }

    /// `12`, `12.50` or `13/4` as a data file writes it; nothing for another text.
    fn read(text: &str) -> Option<Self> {
        if let Some((above, below)) = text.split_once('/') {
            let (above, below) = (Self::read(above.trim())?, Self::read(below.trim())?);
            return (below.0 != 0).then(|| above.over(below));
        }
        let (sign, text) = match text.strip_prefix('-') {
            Some(text) => (-1, text),
            None => (1, text),
        };
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = format!("{whole}{decimals}");
        if whole.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let below = 10i128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        Some(Self::new(sign * digits.parse::<i128>().ok()?, below))
    }

    fn plus(self, other: Self) -> Self {
        let up = |a: Self, b: Self| a.0.checked_mul(b.1).unwrap();
        let above = up(self, other).checked_add(up(other, self)).unwrap();
        Self::new(above, self.1.checked_mul(other.1).unwrap())
    }

    fn minus(self, other: Self) -> Self {
        self.plus(Self(-other.0, other.1))
    }

    fn times(self, other: Self) -> Self {
        // Crosswise first, so that the products stay small.
        let (a, b) = (Self::new(self.0, other.1), Self::new(other.0, self.1));
        Self::new(a.0.checked_mul(b.0).unwrap(), a.1.checked_mul(b.1).unwrap())
    }

    fn over(self, other: Self) -> Self {
        self.times(Self::new(other.1, other.0))
    }

    fn compare(self, other: Self) -> Ordering {
        self.minus(other).0.cmp(&0)
    }

    /// The multiple of the step that a mode chooses.
    fn rounded(self, mode: RoundingMode, step: Self) -> Self {
        let steps = self.over(step);
        let down = steps.0.abs() / steps.1;
        let rest = steps.0.abs() % steps.1;
        let away = match mode {
            RoundingMode::Down => false,
            RoundingMode::Up => rest > 0,
            RoundingMode::HalfUp => rest * 2 >= steps.1,
        };
        Self::new((down + i128::from(away)) * steps.0.signum(), 1).times(step)
    }
}

/// What a step comes to by its kind and its children; nothing for a leaf.
fn worked_out(trace: &Trace, node: &Node) -> Option<Fraction> {
    let children: Vec<Fraction> = trace
        .children(node)
        .iter()
        .map(|id| Fraction::of(trace.get(*id).unwrap().value))
        .collect();
    let [first, rest @ ..] = children.as_slice() else {
        return None;
    };
    let pick = |wanted: Ordering| {
        rest.iter().fold(*first, |best, next| {
            if next.compare(best) == wanted {
                *next
            } else {
                best
            }
        })
    };
    Some(match (&node.op, rest) {
        (Op::Add, _) => rest.iter().fold(*first, |sum, next| sum.plus(*next)),
        (Op::Subtract, _) => rest.iter().fold(*first, |left, next| left.minus(*next)),
        (Op::Multiply, _) => rest.iter().fold(*first, |all, next| all.times(*next)),
        (Op::Divide, [by]) => first.over(*by),
        (Op::Percent, [of]) => first.times(*of).over(Fraction(100, 1)),
        (Op::Least, [_, ..]) => pick(Ordering::Less),
        (Op::Greatest, [_, ..]) => pick(Ordering::Greater),
        (Op::Round(rounding), [step]) => {
            assert_eq!(*step, Fraction::of(rounding.step), "{}", node.label);
            first.rounded(rounding.mode, *step)
        }
        (Op::Choose, [_]) => *first,
        (op, _) => panic!("{}: {op:?} met {} delen", node.label, children.len()),
    })
}

/// All that could be meant by a number in a text: with quotes or without.
fn numbers(text: &str) -> BTreeSet<Fraction> {
    let mark = |c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '/'));
    let quoted = text.split('"').filter_map(Fraction::read);
    text.split(mark)
        .filter_map(Fraction::read)
        .chain(quoted)
        .collect()
}

/// The data files of the program by the name that a calculation gives them: `leiden-2018, versie 1`.
fn data() -> Vec<(String, BTreeSet<Fraction>)> {
    fn files(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files(&path, found);
            } else if path.extension().is_some_and(|end| end == "ron") {
                found.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut texts: Vec<String> = Vec::new();
    files(&fixtures().with_file_name("assets"), &mut texts);
    assert!(texts.len() >= shipped_files().len());
    let named = |text: &String| {
        let field = |name: &str| {
            let (_, after) = text.split_once(&format!("\n    {name}: \""))?;
            Some(after.split('"').next()?.to_owned())
        };
        let name = format!("{}, versie {}", field("id")?, field("version")?);
        Some((name, numbers(text)))
    };
    texts.iter().filter_map(named).collect()
}

/// How many of the one are in one of the other, by a table of its own.
fn defined(definition: Definition) -> i128 {
    use Definition::{DaysOfMonth, DaysOfYear, Periods, Units};
    let year = |day: Date| i32::from(day.year());
    match definition {
        Units(Unit::Minute, Unit::Hour) => 60,
        Units(Unit::Minute, Unit::Dagdeel) => 240,
        Units(Unit::Hour, Unit::Dagdeel) => 4,
        Periods(Frequency::Day, Frequency::Week) => 7,
        Periods(Frequency::Day, Frequency::TwoWeeks) => 14,
        Periods(Frequency::Day, Frequency::FourWeeks) => 28,
        Periods(Frequency::Week, Frequency::TwoWeeks) => 2,
        Periods(Frequency::Week, Frequency::FourWeeks) => 4,
        Periods(Frequency::TwoWeeks, Frequency::FourWeeks) => 2,
        Periods(Frequency::Month, Frequency::Year) => 12,
        DaysOfYear(day) if year(day) % 4 == 0 && year(day) % 100 != 0 => 366,
        DaysOfYear(_) => 365,
        DaysOfMonth(day) if day.month() == 2 => defined(DaysOfYear(day)) - 337,
        DaysOfMonth(day) if [4, 6, 9, 11].contains(&day.month()) => 30,
        DaysOfMonth(_) => 31,
        other => panic!("{other:?} staat niet in de tabel"),
    }
}

/// The same, also where the larger one is asked in parts of the smaller: a week is 1/4 of 4 weeks.
fn true_by_definition(definition: Definition, value: Fraction) -> bool {
    match definition {
        Definition::Periods(of, one) if of.per(one).is_some_and(|n| n < Exact::ONE) => {
            value == Fraction(1, defined(Definition::Periods(one, of)))
        }
        definition => value == Fraction(defined(definition), 1),
    }
}

/// Days, weeks, months and years of a stretch of days, counted one by one.
fn counted(node: &Node, from: Date, to: Date) -> Option<i128> {
    let days: Vec<Date> = from
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= to)
        .collect();
    let different = |of: fn(&Date) -> (i16, i8)| {
        i128::try_from(days.iter().map(of).collect::<BTreeSet<_>>().len()).unwrap()
    };
    Some(match (node.measure, node.label) {
        (Measure::Days, _) => i128::try_from(days.len()).unwrap(),
        (_, "hele maanden") => different(|day| (day.year(), day.month())),
        (_, "hele jaren") => different(|day| (day.year(), 0)),
        (_, "kalenderweken die geraakt worden") => different(|day| {
            let week = day.iso_week_date();
            (week.year(), week.week())
        }),
        _ => return None,
    })
}

/// What is wrong with where a leaf says it comes from.
fn leaf(
    node: &Node,
    typed: &BTreeSet<Fraction>,
    data: &[(String, BTreeSet<Fraction>)],
) -> Option<String> {
    let value = Fraction::of(node.value);
    let stands_in = |source: &Provenance| {
        let file = data.iter().find(|(name, _)| *name == source.file);
        file.is_some_and(|(_, numbers)| numbers.contains(&value))
    };
    match &node.op {
        // What is counted and not typed, such as a factor that applies, counts once.
        Op::Input(field) if !field.is_empty() => (!typed.contains(&value)
            && value != Fraction(1, 1))
        .then(|| format!("{value:?} is niet getypt ({field})")),
        Op::Figure(source) => (!stands_in(source) || source.source.trim().is_empty())
            .then(|| format!("{value:?} staat niet in {}", source.file)),
        // A convention that chooses has no number of its own.
        Op::Convention(source) => ((!stands_in(source) && value != Fraction(1, 1))
            || source.source.trim().is_empty())
        .then(|| format!("{value:?} staat niet in {}", source.file)),
        Op::Definition(definition) => (!true_by_definition(*definition, value))
            .then(|| format!("{value:?} is niet {definition:?}")),
        Op::Count(from, to) => match counted(node, *from, *to) {
            Some(count) => (value != Fraction(count, 1))
                .then(|| format!("{value:?} geteld, {count} van {from} tot en met {to}")),
            None => Some(format!("onbekende telling van {from} tot en met {to}")),
        },
        other => Some(format!("{other:?} is geen begin")),
    }
}

#[test]
fn every_step_of_every_dossier_follows_from_its_parts_and_every_leaf_from_where_it_came_from() {
    let library = Library::shipped().unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let data = data();
    let (mut wrong, mut steps, mut leaves, mut dossiers) = (Vec::new(), 0, 0, 0);
    for entry in std::fs::read_dir(fixtures().join("dossiers")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "ron") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let dossier = Dossier::read(&name, text.as_bytes())
            .unwrap_or_else(|problems| panic!("{}", lines(&problems)));
        let today = dossier
            .dates
            .decision
            .or(dossier
                .provisions
                .first()
                .map(|provision| provision.line.from))
            .or(dossier.dates.report)
            .unwrap();
        let trace = dossier.evaluate(&library, today).trace;
        let typed = numbers(&text);
        dossiers += 1;
        for (_, node) in trace.nodes() {
            let complaint = match worked_out(&trace, node) {
                Some(value) => {
                    steps += 1;
                    (value != Fraction::of(node.value))
                        .then(|| format!("{} staat er, {value:?} volgt eruit", node.value))
                }
                None => {
                    leaves += 1;
                    leaf(node, &typed, &data)
                }
            };
            wrong.extend(complaint.map(|text| format!("{name}: {}: {text}", node.label)));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(
        dossiers > 30 && steps > 1_000 && leaves > 1_000,
        "{dossiers} {steps} {leaves}"
    );
}
