//! Scenarios beside each other: what each comes to, and the difference with the first.
//!
//! Nothing is computed here but differences. What is not known of one of two has no difference. This must not know how a
//! comparison looks.

use super::words::work;
use super::{Lasts, LineOutlook, Outlook, Pot};
use crate::budget::LineBudget;
use crate::calendar::day_number;
use crate::dossier::minutes;
use crate::quantity::dutch::date_short;
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Rounding, RoundingMode, Unit};
use crate::trace::{Figure, NodeId};
use jiff::civil::Date;
use std::sync::Arc;

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
pub enum What {
    /// In kind or a pgb.
    Delivery,
    /// The days of the line; only where scenarios differ in them.
    Days,
    /// The choices that the budget is worked out with; only where scenarios differ in them.
    Choices,
    /// How much help the budget is worked out with; only where scenarios differ in it.
    Extent,
    /// What can be spent per month.
    PerMonth,
    /// Whether that is enough.
    Enough,
    /// The budget over all periods.
    Budget,
    /// What the lines in kind cost; only where there are any.
    LinesInKind,
    /// All budgets with what the lines in kind cost; only where there are any of these.
    Everything,
    /// What is spent.
    Spent,
    /// What is left over.
    Left,
    /// What is short.
    Short,
    /// What must be paid beside the budget per month.
    TopUp,
    /// The first day without budget.
    RunsOut,
    /// Hours per week as chosen.
    Chosen,
    /// Hours per week that the budget buys.
    Bought,
    /// Hours per week that it buys once rates rise; only where somebody asks.
    AfterRise,
    /// What the same support in kind costs.
    InKind,
    /// What all support would cost in kind, that of lines in kind too.
    AllInKind,
}

impl What {
    /// The name on screen.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Delivery => "Vorm",
            Self::Days => "Dagen",
            Self::Choices => "Keuzes",
            Self::Extent => "Omvang per week",
            Self::PerMonth => "Te besteden per maand",
            Self::Enough => "Genoeg",
            Self::Budget => "Budget",
            Self::LinesInKind => "Zorg in natura",
            Self::Everything => "Alles samen",
            Self::Spent => "Uitgaven",
            Self::Left => "Over",
            Self::Short => "Te kort",
            Self::TopUp => "Zelf bijbetalen per maand",
            Self::RunsOut => "Eerste dag zonder budget",
            Self::Chosen => "Gekozen per week",
            Self::Bought => "Te koop per week",
            Self::AfterRise => "Te koop na een stijging",
            Self::InKind => "Dezelfde hulp in natura",
            Self::AllInKind => "Alle hulp in natura",
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An amount.
    Money(Euro),
    /// How much work per week.
    Work(Exact, Unit),
    /// What was chosen, in words.
    Words(Arc<str>),
    /// A day.
    Day(Date),
    /// It lasts: there is no such day.
    Never,
    /// In kind.
    InKind,
    /// A pgb.
    Pgb,
    /// No line of the scenario is a pgb.
    NoPgb,
    /// It is so.
    Yes,
    /// It is so up to and including this day; what comes after is not known yet.
    YesTo(Date),
    /// It is not.
    No,
    /// Not known.
    NotKnown,
    /// The scenario has no such line.
    Nothing,
}

/// How much a value differs from that of the first scenario; above zero is more, or later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// Money.
    Money(Euro),
    /// Work per week.
    Work(Exact, Unit),
    /// Days.
    Days(i32),
}

/// One scenario in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it comes to.
    pub value: Value,
    /// Less that of the first scenario, where both are known and alike.
    pub difference: Option<Difference>,
    /// Whether it is another value than in the first scenario.
    pub changed: bool,
}

/// Which days a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All days of the budgets, also where these are one period.
    Whole,
    /// One of several budget periods: that of the day that is looked at.
    Period(Date, Date),
    /// The one of several budget periods in which it is most.
    Most,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The name of the line; absent for all lines together.
    pub line: Option<Arc<str>>,
    /// What it is about.
    pub what: What,
    /// Which days it is about.
    pub scope: Scope,
    /// Per scenario, in their order.
    pub cells: Vec<Cell>,
}

fn known(value: Option<Euro>) -> Value {
    value.map_or(Value::NotKnown, Value::Money)
}

fn euro(figure: Option<Figure<NodeId>>) -> Option<Euro> {
    Euro::from_exact(figure?.value).ok()
}

fn answer(value: Option<bool>, known_to: Option<Date>) -> Value {
    match value {
        Some(true) => known_to.map_or(Value::Yes, Value::YesTo),
        Some(false) => Value::No,
        None => Value::NotKnown,
    }
}

/// The value of a row for all lines together.
fn of_all(outlook: &Outlook, what: What) -> Value {
    let all = &outlook.together;
    if matches!(what, What::LinesInKind | What::Everything) {
        return match (outlook.with_in_kind(), what) {
            (Some((in_kind, _)), What::LinesInKind) => known(in_kind),
            (Some((_, together)), _) => known(together),
            (None, What::LinesInKind) => Value::Nothing,
            (None, _) => known(all.budget),
        };
    }
    if what != What::AllInKind && !outlook.lines.iter().any(LineOutlook::is_pgb) {
        return match outlook.lines.is_empty() {
            true => Value::NotKnown,
            false => Value::NoPgb,
        };
    }
    match what {
        What::PerMonth => known(all.per_month),
        What::Enough => answer(all.is_enough(), all.known_to),
        What::Budget => known(all.budget),
        What::Spent => known(all.spent),
        What::Left => known(all.left),
        What::Short => known(all.short),
        What::TopUp => known(all.top_up),
        What::InKind => known(all.in_kind),
        What::AllInKind => known(all.all_in_kind),
        What::RunsOut => match (all.runs_out, all.short) {
            (Some((day, _)), _) => Value::Day(day),
            (None, Some(_)) => Value::Never,
            (None, None) => Value::NotKnown,
        },
        What::Delivery
        | What::Days
        | What::LinesInKind
        | What::Everything
        | What::Choices
        | What::Extent
        | What::Chosen
        | What::Bought
        | What::AfterRise => Value::Nothing,
    }
}

fn sum(line: &LineOutlook, of: impl Fn(&Pot) -> Option<Euro>) -> Value {
    let mut sum = Euro::ZERO;
    for pot in &line.pots {
        match of(pot).and_then(|next| sum.plus(next).ok()) {
            Some(next) => sum = next,
            None => return Value::NotKnown,
        }
    }
    match line.pots.is_empty() {
        true => Value::NotKnown,
        false => Value::Money(sum),
    }
}

/// The value of a row for one line.
fn of_line(line: &LineOutlook, what: What) -> Value {
    if what == What::Delivery {
        return match line.is_pgb() {
            true => Value::Pgb,
            false => Value::InKind,
        };
    }
    match what {
        What::Days => return days(line),
        What::Choices => return choices(&line.budget),
        What::Extent => return extent(&line.budget),
        _ => {}
    }
    if what == What::InKind {
        let total = line.in_kind.as_ref();
        return known(total.and_then(|total| total.money.euro()));
    }
    if !line.is_pgb() {
        return Value::Nothing;
    }
    let work = |of: fn((Exact, Exact, Option<Exact>)) -> Exact| {
        let work = line.pot().and_then(|pot| pot.work);
        work.map_or(Value::NotKnown, |work| {
            Value::Work(of(work.per_week), work.unit)
        })
    };
    match what {
        What::PerMonth => known(line.pot().and_then(|pot| euro(pot.per_month))),
        What::Enough => answer(line.is_enough(), line.known_to()),
        What::TopUp => {
            let each: Option<Vec<Euro>> = line.pots.iter().map(Pot::top_up_month).collect();
            known(each.and_then(|each| each.into_iter().max()))
        }
        What::Budget => sum(line, |pot| pot.budget.euro()),
        What::Spent => sum(line, |pot| euro(pot.spent)),
        What::Left => sum(line, |pot| Some(euro(pot.left)?.max(Euro::ZERO))),
        What::Short => sum(line, |pot| {
            let left = euro(pot.left)?;
            Some(Euro::ZERO.minus(left).ok()?.max(Euro::ZERO))
        }),
        What::Chosen => work(|(chosen, _, _)| chosen),
        What::Bought => work(|(_, bought, _)| bought),
        What::AfterRise => {
            let work = line.pot().and_then(|pot| pot.work);
            let risen = work.and_then(|work| Some(Value::Work(work.per_week.2?, work.unit)));
            risen.unwrap_or(Value::Nothing)
        }
        What::RunsOut => {
            let out = line.pots.iter().find_map(|pot| match pot.lasts {
                None => Some(Value::NotKnown),
                Some(Lasts::Whole) => None,
                Some(Lasts::NotADay) => Some(Value::Day(pot.from)),
                Some(Lasts::Until(day)) => day.tomorrow().ok().map(Value::Day),
            });
            out.unwrap_or(match line.pots.is_empty() {
                true => Value::NotKnown,
                false => Value::Never,
            })
        }
        What::InKind
        | What::AllInKind
        | What::Delivery
        | What::Days
        | What::Choices
        | What::LinesInKind
        | What::Everything
        | What::Extent => Value::Nothing,
    }
}

/// The days of a line.
fn days(line: &LineOutlook) -> Value {
    let from = date_short(line.line.from);
    let days = match line.line.to {
        Some(to) => format!("{from} t/m {}", date_short(to)),
        None => format!("vanaf {from}"),
    };
    Value::Words(days.into())
}

/// The choices that a line is worked out with, those that follow from its hours included.
pub fn choices(budget: &LineBudget<NodeId>) -> Value {
    let Some(segment) = budget.segments.first() else {
        return Value::NotKnown;
    };
    let mut words: Vec<&str> = Vec::new();
    for part in &segment.parts {
        for axis in 0..segment.catalogue.file.axes.len() {
            let chosen = part.choices.get(axis);
            let value = chosen.and_then(|value| segment.catalogue.axis_value(axis, value));
            let label = value.map(|value| value.label.as_str());
            words.extend(label.filter(|label| !words.contains(label)));
        }
    }
    match words.is_empty() {
        true => Value::Nothing,
        false => Value::Words(words.join(", ").into()),
    }
}

/// How much help a line is worked out with: hours per week, or what else it counts in.
pub fn extent(budget: &LineBudget<NodeId>) -> Value {
    let volumes: Vec<_> = budget
        .granted
        .iter()
        .flat_map(|part| &part.volumes)
        .copied()
        .collect();
    let hours = minutes(&volumes, Frequency::Week).and_then(|all| all.div(Exact::from(60)).ok());
    match (hours, volumes.is_empty()) {
        (_, true) => Value::Nothing,
        (Some(hours), _) => Value::Work(hours, Unit::Hour),
        (None, _) => {
            let each = volumes.iter();
            let each =
                each.map(|one| format!("{} {}", work(one.figure.value, one.unit), one.per.dutch()));
            Value::Words(each.collect::<Vec<_>>().join(" en ").into())
        }
    }
}

fn difference(value: &Value, base: &Value) -> Result<Option<Difference>, QuantityError> {
    Ok(match (value, base) {
        (Value::Money(value), Value::Money(base)) => Some(Difference::Money(value.minus(*base)?)),
        (Value::Work(value, unit), Value::Work(base, same)) if unit == same => {
            // Of the figures as they are printed: who subtracts them finds the same.
            let printed = Rounding {
                mode: RoundingMode::Down,
                step: Exact::ratio(1, 100),
            };
            let less = printed.apply(*value)?.sub(printed.apply(*base)?)?;
            Some(Difference::Work(less, *unit))
        }
        (Value::Day(value), Value::Day(base)) => {
            let days = day_number(*value).saturating_sub(day_number(*base));
            Some(Difference::Days(days))
        }
        _ => None,
    })
}

fn row(
    line: Option<Arc<str>>,
    (what, scope): (What, Scope),
    values: Vec<Value>,
) -> Result<Option<Row>, QuantityError> {
    let Some(base) = values.first().cloned() else {
        return Ok(None);
    };
    let same = values.iter().all(|value| *value == base);
    let is_told = match what {
        What::Days | What::Choices | What::Extent => !same,
        _ => !same || base != Value::Nothing,
    };
    if !is_told {
        return Ok(None);
    }
    let mut cells = Vec::with_capacity(values.len());
    for (place, value) in values.into_iter().enumerate() {
        let difference = match place {
            0 => None,
            _ => difference(&value, &base)?,
        };
        let prints_same = matches!(difference, Some(Difference::Work(less, _)) if less.is_zero());
        cells.push(Cell {
            difference: difference.filter(|_| !prints_same),
            changed: value != base && !prints_same,
            value,
        });
    }
    Ok(Some(Row {
        line,
        what,
        scope,
        cells,
    }))
}

/// The place of a line in a dossier, and which it is of the lines that a scenario makes of it.
type Key = (usize, usize);

fn keys(outlook: &Outlook) -> Vec<(Key, &LineOutlook)> {
    let mut found: Vec<(Key, &LineOutlook)> = Vec::with_capacity(outlook.lines.len());
    for line in &outlook.lines {
        let same = found
            .iter()
            .filter(|((place, _), _)| *place == line.provision);
        found.push(((line.provision, same.count()), line));
    }
    found
}

/// Which days a row is about, where `days` are those of the period that is looked at among several.
fn scope(what: What, days: Option<(Date, Date)>, several: bool) -> Scope {
    match (what, days) {
        (What::PerMonth | What::Chosen | What::Bought | What::AfterRise, Some((from, to))) => {
            Scope::Period(from, to)
        }
        (What::TopUp, _) if several => Scope::Most,
        _ => Scope::Whole,
    }
}

/// Scenarios beside each other, the first as the one that others are held against. Errors: overflow.
pub fn compare(outlooks: &[Outlook]) -> Result<Vec<Row>, QuantityError> {
    const ALL: [What; 12] = [
        What::PerMonth,
        What::Enough,
        What::RunsOut,
        What::Left,
        What::Short,
        What::TopUp,
        What::Budget,
        What::LinesInKind,
        What::Everything,
        What::Spent,
        What::InKind,
        What::AllInKind,
    ];
    const LINE: [What; 16] = [
        What::Delivery,
        What::Days,
        What::Choices,
        What::Extent,
        What::PerMonth,
        What::Enough,
        What::RunsOut,
        What::Left,
        What::Short,
        What::TopUp,
        What::Budget,
        What::Spent,
        What::Chosen,
        What::Bought,
        What::AfterRise,
        What::InKind,
    ];
    let mut rows = Vec::new();
    let mixed = outlooks
        .iter()
        .any(|outlook| outlook.with_in_kind().is_some());
    for what in ALL {
        if what == What::Everything && !mixed {
            continue;
        }
        let values = outlooks.iter().map(|outlook| of_all(outlook, what));
        let mut days = outlooks.iter().filter_map(|outlook| outlook.together.days);
        let pots = outlooks.iter().flat_map(|outlook| &outlook.lines);
        let several = pots.clone().any(|line| line.pots.len() > 1);
        let scope = scope(what, days.next(), several);
        rows.extend(row(None, (what, scope), values.collect())?);
    }
    let lines: Vec<_> = outlooks.iter().map(keys).collect();
    let mut all: Vec<(Key, &Arc<str>)> = Vec::new();
    for (key, line) in lines.iter().flatten() {
        if !all.iter().any(|(known, _)| known == key) {
            all.push((*key, &line.label));
        }
    }
    all.sort_by_key(|(key, _)| *key);
    for (key, label) in all {
        for what in LINE {
            let values = lines.iter().map(|lines| {
                let line = lines.iter().find(|(own, _)| *own == key);
                line.map_or(Value::Nothing, |(_, line)| of_line(line, what))
            });
            let mine = lines.iter().flatten().filter(|(own, _)| *own == key);
            let mut days = mine.filter(|(_, line)| line.pots.len() > 1);
            let pot = days.find_map(|(_, line)| line.pot());
            let days = pot.map(|pot| (pot.from, pot.to));
            let scope = scope(what, days, days.is_some());
            rows.extend(row(
                Some(Arc::clone(label)),
                (what, scope),
                values.collect(),
            )?);
        }
    }
    Ok(rows)
}
