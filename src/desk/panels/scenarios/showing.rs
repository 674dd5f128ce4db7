//! From what scenarios come to, to what the screen shows: every text ready, made once after each change.
//!
//! Nothing is worked out here. A share or a point of a plot is made of its exact amount at the last step, for drawing
//! alone. It must not know controls.

use rust_decimal::prelude::ToPrimitive as _;
use std::cmp::Ordering;

use crate::desk::document::{messages, words};
use crate::desk::editing::Place;
use crate::desk::forms::Messages;
use crate::desk::widgets::figure::{Change, Direction, Figure};
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::Tone;
use crate::document::Severity;
use crate::dossier::Dossier;
use crate::quantity::dutch::{capital, date_long, euro, month_name};
use crate::quantity::{Euro, Exact, Rounding};
use crate::scenario::{
    Cell, CheckOutcome, Difference, LineOutlook, MonthTogether, Outlook, Row, Value, What, answer,
    at_home, compare, costs, difference, label, names_going_home, period, plain_checks, value, who,
};
use crate::trace::Status;

/// Everything that the screen shows.
#[derive(Default)]
pub(crate) struct View {
    /// Per scenario, in their order.
    pub(crate) columns: Vec<Column>,
    /// All lines together, then each line.
    pub(super) groups: Vec<Group>,
    /// What is wrong at each field, and what the rules say there.
    pub(crate) messages: Messages,
    /// What is wrong at each field alone, for who lives with it.
    pub(crate) plain_messages: Messages,
}

/// One scenario.
pub(crate) struct Column {
    pub(crate) name: String,
    /// Its place in words: "basis", "scenario 2".
    pub(crate) place: String,
    /// The largest figure.
    pub(crate) figure: Figure,
    /// The answer in a sentence, and how good that is.
    pub(crate) answer: (Chip, String),
    /// What is over or short, and the whole answer in one line as a screen reader says it.
    pub(crate) in_short: (String, String),
    /// The same per line for who lives with it.
    pub(crate) at_home: Vec<(String, Vec<String>)>,
    /// What rules mean for who lives with it.
    pub(crate) warned: Vec<String>,
    pub(crate) is_example: bool,
    pub(crate) bar: Bar,
    pub(crate) course: Course,
    /// Per budget period and per care provider of each line: what it is about, and its figures.
    pub(super) details: Vec<(String, Vec<String>)>,
    pub(super) checks: Vec<CheckView>,
    /// Problems that have no field of their own here.
    pub(super) remarks: Vec<(Tone, String)>,
}

/// Rows about the same.
pub(super) struct Group {
    pub(super) title: String,
    pub(super) rows: Vec<RowView>,
}

/// One row of the comparison.
pub(super) struct RowView {
    pub(super) label: String,
    /// The most important ones are stressed.
    pub(super) is_large: bool,
    pub(super) cells: Vec<CellView>,
    /// The whole row, as a screen reader says it.
    pub(super) spoken: String,
}

/// One scenario in a row.
pub(super) struct CellView {
    pub(super) text: String,
    /// Whether it answers yes or no.
    pub(super) mark: Option<Chip>,
    /// How it differs from the first, if it does.
    pub(super) change: Option<Change>,
}

/// Where the money of a scenario goes.
#[derive(Default)]
pub(crate) struct Bar {
    pub(crate) parts: Vec<BarPart>,
    /// All in words.
    pub(crate) spoken: String,
}

/// A part of a bar.
pub(crate) struct BarPart {
    /// Who, or what is over or short.
    pub(crate) label: String,
    pub(crate) amount: String,
    pub(crate) kind: BarKind,
    /// Its share of the widest bar, for drawing.
    pub(crate) share: f32,
}

/// What a part of a bar is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum BarKind {
    /// Paid to the care provider with this number.
    Paid(usize),
    /// What of the budget is left.
    Left,
    /// What the budget lacks; it lies over the end of what is paid.
    Short,
}

/// The budget month by month.
#[derive(Default)]
pub(crate) struct Course {
    /// Per month: its name, planned, spent, left.
    pub(crate) months: Vec<(String, [String; 3])>,
    /// The same as points of a plot, as far as they are known.
    pub(crate) points: [Vec<[f64; 2]>; 3],
    /// The first month, as year and month.
    pub(crate) first: (i16, i8),
}

/// A rule with how it came out.
pub(super) struct CheckView {
    /// Its number with its rule: what a screen reader says of it.
    pub(super) name: String,
    pub(super) chip: Chip,
    pub(super) outcome: &'static str,
    pub(super) rule: &'static str,
    pub(super) words: String,
    pub(super) source: String,
    pub(super) field: Option<Place>,
}

/// What the screen shows of these scenarios.
pub(crate) fn view(dossier: &Dossier, outlooks: &[Outlook]) -> View {
    let widest = outlooks.iter().map(length).max().unwrap_or(Euro::ZERO);
    let problems = outlooks.iter().flat_map(|outlook| &outlook.problems);
    let problems: Vec<_> = problems.cloned().collect();
    let plain_messages = messages(&problems);
    let columns = outlooks.iter().enumerate();
    let columns = columns.map(|(place, outlook)| column(place, outlook, widest));
    View {
        columns: columns.collect(),
        groups: groups(outlooks),
        messages: all_messages((dossier, outlooks), plain_messages.clone()),
        plain_messages,
    }
}

/// Problems, names that would go home and rules at their fields, in that order.
fn all_messages((dossier, outlooks): (&Dossier, &[Outlook]), problems: Messages) -> Messages {
    let mut all = problems;
    for named in names_going_home(dossier) {
        let at = all.entry(Place::of_path(&named.field));
        at.or_insert_with(|| (Tone::Warning, words(&named)));
    }
    for check in outlooks.iter().flat_map(|outlook| &outlook.checks) {
        let tone = match check.outcome {
            CheckOutcome::Fails => Tone::Warning,
            CheckOutcome::NotTestable => Tone::Info,
            CheckOutcome::Holds | CheckOutcome::Says => continue,
        };
        if check.field.is_empty() {
            continue;
        }
        let said = match &check.source {
            Some(source) => format!("{} Bron: {source}.", check.words),
            None => check.words.clone(),
        };
        let at = all.entry(Place::of_path(&check.field));
        at.or_insert((tone, said));
    }
    all
}

fn column(place: usize, outlook: &Outlook, widest: Euro) -> Column {
    let all = &outlook.together;
    let number = place.saturating_add(1);
    let in_words = match place {
        0 => "basis".to_owned(),
        _ => format!("scenario {number}"),
    };
    let name = match outlook.name.trim() {
        "" => format!("Scenario {number}"),
        name => name.to_owned(),
    };
    let chip = match all.is_enough() {
        Some(true) => Chip::Good,
        Some(false) => Chip::Fault,
        None => Chip::Open,
    };
    let remarks = outlook.problems.iter();
    let remarks = remarks.filter(|one| !one.field.starts_with("scenarios"));
    let warned = plain_checks(outlook);
    let unit = match all.days {
        Some((from, _)) => format!("per maand in {}", from.year()),
        None => "per maand".to_owned(),
    };
    let bar = bar(outlook, widest);
    let month = known(all.per_month);
    let rest = bar
        .parts
        .iter()
        .rfind(|part| !matches!(part.kind, BarKind::Paid(_)));
    let rest = rest.map_or_else(String::new, |part| {
        format!("{}: {}", part.label, part.amount)
    });
    let enough = match all.known_to.filter(|_| chip == Chip::Good) {
        Some(day) => format!("{} tot en met {}", enough(chip), date_long(day)),
        None => enough(chip).to_owned(),
    };
    let spoken = format!("{name}: {month} {unit}, {enough}. {rest}");
    Column {
        in_short: (rest, spoken),
        figure: Figure {
            label: format!("{name}: te besteden"),
            amount: month,
            unit,
            ..Figure::default()
        },
        answer: (chip, answer(outlook)),
        at_home: outlook
            .lines
            .iter()
            .filter(|line| line.is_pgb())
            .map(|line| (line.label.to_string(), at_home(line)))
            .collect(),
        warned,
        is_example: outlook.status == Status::Example,
        details: details(outlook),
        bar,
        course: course(&outlook.months),
        checks: outlook
            .checks
            .iter()
            .enumerate()
            .map(|(number, check)| {
                let line = check.line.and_then(|at| outlook.lines.get(at));
                let about = line.map_or_else(String::new, |line| format!("{}: ", line.label));
                CheckView {
                    name: format!("{}. {}", number.saturating_add(1), check.rule.dutch()),
                    chip: match check.outcome {
                        CheckOutcome::Holds => Chip::Good,
                        CheckOutcome::Fails => Chip::Warning,
                        CheckOutcome::NotTestable => Chip::Open,
                        CheckOutcome::Says => Chip::Neutral,
                    },
                    outcome: check.outcome.dutch(),
                    rule: check.rule.dutch(),
                    words: format!("{about}{}", check.words),
                    source: check
                        .source
                        .as_ref()
                        .map_or_else(String::new, |source| format!("Bron: {source}")),
                    field: (!check.field.is_empty()).then(|| Place::of_path(&check.field)),
                }
            })
            .collect(),
        remarks: remarks
            .map(|problem| {
                let tone = match problem.severity {
                    Severity::Error => Tone::Fault,
                    Severity::Warning => Tone::Warning,
                };
                (tone, words(problem))
            })
            .collect(),
        name,
        place: in_words,
    }
}

/// Whether it is enough, in a word.
pub(super) fn enough(chip: Chip) -> &'static str {
    match chip {
        Chip::Good => "genoeg",
        Chip::Fault => "niet genoeg",
        _ => "niet te zeggen",
    }
}

fn known(amount: Option<Euro>) -> String {
    value(&amount.map_or(Value::NotKnown, Value::Money))
}

/// Rows in their groups.
fn groups(outlooks: &[Outlook]) -> Vec<Group> {
    let rows = compare(outlooks).unwrap_or_default();
    let names: Vec<&str> = outlooks.iter().map(|one| one.name.as_str()).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut about = None;
    for row in &rows {
        if about != Some(&row.line) {
            about = Some(&row.line);
            let title = row.line.as_deref().unwrap_or("Alle pgb's samen");
            groups.push(Group {
                title: title.to_owned(),
                rows: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut() {
            group.rows.push(row_view(row, &names));
        }
    }
    groups
}

fn row_view(row: &Row, names: &[&str]) -> RowView {
    let cells: Vec<CellView> = row.cells.iter().map(cell_view).collect();
    let said = cells.iter().zip(names).map(|(cell, name)| {
        let change = cell.change.as_ref();
        let change = change.map_or_else(String::new, |change| format!(" ({})", change.text));
        format!("{name} {}{change}", cell.text)
    });
    let label = label(row);
    RowView {
        is_large: matches!(row.what, What::PerMonth | What::Enough | What::RunsOut),
        spoken: format!("{label}: {}", said.collect::<Vec<_>>().join("; ")),
        label,
        cells,
    }
}

fn cell_view(cell: &Cell) -> CellView {
    let change = cell.changed.then(|| match cell.difference {
        Some(one) => Change {
            direction: direction(one),
            text: difference(one),
        },
        None => Change {
            direction: Direction::Same,
            text: "anders".to_owned(),
        },
    });
    CellView {
        text: value(&cell.value),
        mark: match cell.value {
            Value::Yes | Value::YesTo(_) => Some(Chip::Good),
            Value::No => Some(Chip::Fault),
            _ => None,
        },
        change,
    }
}

fn direction(one: Difference) -> Direction {
    let order = match one {
        Difference::Money(amount) => amount.cmp(&Euro::ZERO),
        Difference::Work(work, _) => work.cmp(&Exact::ZERO),
        Difference::Days(days) => days.cmp(&0),
    };
    match order {
        Ordering::Greater => Direction::More,
        Ordering::Less => Direction::Less,
        Ordering::Equal => Direction::Same,
    }
}

/// All budget periods, and all who are paid.
fn details(outlook: &Outlook) -> Vec<(String, Vec<String>)> {
    let said = |rows: Vec<(&str, String)>| -> Vec<String> {
        let rows = rows.into_iter();
        rows.map(|(label, text)| format!("{}: {text}", capital(label)))
            .collect()
    };
    let mut all = Vec::new();
    for line in outlook.lines.iter().filter(|line| line.is_pgb()) {
        let label = &line.label;
        for pot in &line.pots {
            let days = format!("{} tot en met {}", date_long(pot.from), date_long(pot.to));
            all.push((format!("{label}: {days}"), said(period(line, pot))));
        }
        for one in &line.providers {
            let name = format!("{label}: {}, {}", who(one), one.kind);
            all.push((name, said(costs(one))));
        }
    }
    all
}

/// How long the bar of a scenario is: all that is spent, and what is left.
fn length(outlook: &Outlook) -> Euro {
    let all = &outlook.together;
    let spent = all.spent.or(all.budget).unwrap_or(Euro::ZERO);
    spent.plus(all.left.unwrap_or(Euro::ZERO)).unwrap_or(spent)
}

fn bar(outlook: &Outlook, widest: Euro) -> Bar {
    let all = &outlook.together;
    let mut parts = Vec::new();
    let mut add = |label: String, amount: Euro, kind: BarKind| {
        parts.push(BarPart {
            label,
            amount: euro(amount.0),
            kind,
            share: share(amount, widest),
        });
    };
    let pgb = outlook.lines.iter().filter(|line| line.is_pgb());
    let several = pgb.clone().count() > 1;
    let providers = pgb.flat_map(|line| line.providers.iter().map(move |one| (line, one)));
    for (number, (line, provider)) in providers.enumerate() {
        let name = match several {
            true => format!("{}: {}", line.label, who(provider)),
            false => who(provider),
        };
        let total = provider.total.map_or(Exact::ZERO, |total| total.value);
        if let Ok(total) = Euro::rounded(total, &Rounding::CENT) {
            add(name, total, BarKind::Paid(number));
        }
    }
    let is_pgb = outlook.lines.iter().any(LineOutlook::is_pgb);
    let is_hired = |line: &LineOutlook| line.has_wrong_provider || !line.providers.is_empty();
    let nobody = match outlook.lines.iter().any(is_hired) {
        true => None,
        false => all.budget,
    };
    let left = all.left.or(nobody);
    if let Some(left) = left.filter(|left| *left > Euro::ZERO) {
        add("Over".to_owned(), left, BarKind::Left);
    }
    if let Some(short) = all.short.filter(|short| *short > Euro::ZERO) {
        add("Te kort".to_owned(), short, BarKind::Short);
    }
    if left.is_none() && is_pgb {
        parts.push(BarPart {
            label: "Over".to_owned(),
            amount: "nog niet bekend".to_owned(),
            kind: BarKind::Left,
            share: 0.0,
        });
    }
    let said: Vec<String> = parts
        .iter()
        .map(|part| format!("{} {}", part.label, part.amount))
        .collect();
    Bar {
        spoken: match said.is_empty() {
            true => "nog niet bekend".to_owned(),
            false => said.join(", "),
        },
        parts,
    }
}

/// The part of the widest bar, for drawing.
fn share(amount: Euro, widest: Euro) -> f32 {
    let (amount, widest) = (amount.0.to_f32(), widest.0.to_f32());
    match (amount, widest) {
        (Some(amount), Some(widest)) if widest > 0.0 => amount / widest,
        _ => 0.0,
    }
}

fn course(months: &[MonthTogether]) -> Course {
    let mut course = Course::default();
    let Some(first) = months.first() else {
        return course;
    };
    course.first = (first.month.year(), first.month.month());
    for (number, month) in months.iter().enumerate() {
        let values = [month.planned, month.spent, month.left];
        let name = format!("{} {}", month_name(month.month.month()), month.month.year());
        course.months.push((name, values.map(known)));
        for (points, value) in course.points.iter_mut().zip(values) {
            if let Some(y) = value.and_then(|value| value.0.to_f64()) {
                points.push([number as f64, y]);
            }
        }
    }
    course
}
