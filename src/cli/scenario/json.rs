//! Scenarios for other programs; `docs/json.md` says what each field holds.

use crate::cli::dossiers::Opened;
use crate::cli::json::{
    FigureJson, LineJson, MoneyJson, NodeJson, Numbers, ProblemJson, ViewJson, problem,
};
use crate::document::Problem;
use crate::quantity::{Euro, Exact, Frequency, Percentage, Unit};
use crate::scenario::{
    Bought, Cell, Check, CheckOutcome, Difference, Lasts, LineOutlook, Outlook, Pot,
    ProviderOutlook, Row, Rule, Scope, Value, What, compare,
};
use crate::trace::{Figure, NodeId, Status};
use jiff::civil::Date;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct DossierJson<'a> {
    file: &'a str,
    number: &'a str,
    calculated_on: Date,
    problems: Vec<ProblemJson>,
    scenarios: Vec<ScenarioJson<'a>>,
    comparison: Vec<RowJson<'a>>,
}

#[derive(Serialize)]
pub(super) struct ScenarioJson<'a> {
    name: &'a str,
    status: Status,
    together: TogetherJson,
    lines: Vec<ScenarioLineJson<'a>>,
    checks: Vec<CheckJson<'a>>,
    months: Vec<MonthJson>,
    trace: Vec<NodeJson<'a>>,
}

#[derive(Serialize)]
struct TogetherJson {
    per_month: Option<Euro>,
    per_month_from: Option<Date>,
    per_month_to: Option<Date>,
    budget: Option<Euro>,
    spent: Option<Euro>,
    left: Option<Euro>,
    short: Option<Euro>,
    top_up: Option<Euro>,
    enough: Option<bool>,
    runs_out: Option<Date>,
    runs_out_line: Option<usize>,
    known_to: Option<Date>,
    lines_in_kind: Option<Euro>,
    everything: Option<Euro>,
    in_kind: Option<Euro>,
    all_in_kind: Option<Euro>,
}

#[derive(Serialize)]
struct ScenarioLineJson<'a> {
    provision: usize,
    line: Option<usize>,
    label: &'a str,
    from: Date,
    to: Option<Date>,
    delivery: &'static str,
    budget: LineJson<'a>,
    large_period: usize,
    periods: Vec<PotJson<'a>>,
    providers: Vec<ProviderJson<'a>>,
    months: Vec<MonthJson>,
}

#[derive(Serialize)]
struct PotJson<'a> {
    from: Date,
    to: Date,
    budget: MoneyJson<'a>,
    per_month: Option<FigureJson>,
    spent: Option<FigureJson>,
    left: Option<FigureJson>,
    enough: Option<bool>,
    used_percent: Option<Exact>,
    lasts: Option<&'static str>,
    lasts_until: Option<Date>,
    top_up: Option<TopUpJson>,
    work: Option<WorkJson>,
    in_kind: Option<Euro>,
    in_kind_not_known: Option<&'a str>,
}

#[derive(Serialize)]
struct TopUpJson {
    total: FigureJson,
    week: FigureJson,
    month: FigureJson,
    year: FigureJson,
}

#[derive(Serialize)]
struct WorkJson {
    unit: Unit,
    chosen: FigureJson,
    bought: FigureJson,
    rise: Option<Percentage>,
    after_rise: Option<FigureJson>,
    chosen_per_week: Exact,
    bought_per_week: Exact,
    after_rise_per_week: Option<Exact>,
}

#[derive(Serialize)]
struct ProviderJson<'a> {
    provider: usize,
    kind: &'a str,
    from: Date,
    to: Date,
    rates_of: Date,
    views: Vec<ViewJson<'a>>,
    svb: Vec<SvbJson<'a>>,
    total: Option<FigureJson>,
}

#[derive(Serialize)]
struct SvbJson<'a> {
    per_hour: Option<FigureJson>,
    not_known: Option<&'a str>,
}

#[derive(Serialize)]
struct MonthJson {
    from: Date,
    to: Date,
    planned: Option<Euro>,
    spent: Option<Euro>,
    left: Option<Euro>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_provider: Option<Vec<Euro>>,
}

#[derive(Serialize)]
struct CheckJson<'a> {
    rule: Rule,
    outcome: CheckOutcome,
    line: Option<usize>,
    words: &'a str,
    source: Option<&'a str>,
    field: &'a str,
}

#[derive(Serialize)]
struct RowJson<'a> {
    line: Option<&'a str>,
    what: What,
    from: Option<Date>,
    to: Option<Date>,
    cells: Vec<CellJson>,
}

#[derive(Serialize)]
struct CellJson {
    kind: &'static str,
    value: Option<String>,
    difference: Option<String>,
    changed: bool,
}

/// The scenarios of a dossier.
pub(super) fn of_dossier<'a>(
    opened: &'a Opened,
    (outlooks, rows): (&'a [Outlook], &'a [Row]),
    problems: &[Problem],
    today: Date,
) -> DossierJson<'a> {
    DossierJson {
        file: &opened.file,
        number: &opened.dossier.number,
        calculated_on: today,
        problems: problems.iter().map(problem).collect(),
        scenarios: outlooks.iter().map(of_scenario).collect(),
        comparison: rows.iter().map(of_row).collect(),
    }
}

/// The rows of a comparison; none when it does not fit in numbers.
pub(super) fn rows(outlooks: &[Outlook]) -> Vec<Row> {
    compare(outlooks).unwrap_or_default()
}

fn of_scenario(outlook: &Outlook) -> ScenarioJson<'_> {
    let numbers = Numbers::of(&outlook.trace);
    let all = &outlook.together;
    ScenarioJson {
        name: &outlook.name,
        status: outlook.status,
        together: TogetherJson {
            per_month: all.per_month,
            per_month_from: all.days.map(|(from, _)| from),
            per_month_to: all.days.map(|(_, to)| to),
            budget: all.budget,
            spent: all.spent,
            left: all.left,
            short: all.short,
            top_up: all.top_up,
            enough: all.is_enough(),
            runs_out: all.runs_out.map(|(day, _)| day),
            runs_out_line: all.runs_out.map(|(_, line)| line),
            known_to: all.known_to,
            lines_in_kind: outlook.with_in_kind().and_then(|(in_kind, _)| in_kind),
            everything: outlook.with_in_kind().map_or(all.budget, |(_, all)| all),
            in_kind: all.in_kind,
            all_in_kind: all.all_in_kind,
        },
        lines: outlook
            .lines
            .iter()
            .map(|line| of_line(&numbers, line))
            .collect(),
        checks: outlook.checks.iter().map(of_check).collect(),
        months: outlook
            .months
            .iter()
            .map(|month| MonthJson {
                from: month.month,
                to: month.month.last_of_month(),
                planned: month.planned,
                spent: month.spent,
                left: month.left,
                by_provider: None,
            })
            .collect(),
        trace: numbers.trace(&outlook.trace),
    }
}

fn of_line<'a>(numbers: &Numbers, line: &'a LineOutlook) -> ScenarioLineJson<'a> {
    ScenarioLineJson {
        provision: line.provision,
        line: line.chosen,
        label: &line.label,
        from: line.line.from,
        to: line.line.to,
        delivery: if line.is_pgb() { "Pgb" } else { "InKind" },
        budget: numbers.line(&line.budget),
        large_period: line.large,
        periods: line.pots.iter().map(|pot| of_pot(numbers, pot)).collect(),
        providers: line
            .providers
            .iter()
            .map(|one| of_provider(numbers, one))
            .collect(),
        months: line
            .months
            .iter()
            .map(|month| MonthJson {
                from: month.from,
                to: month.to,
                planned: month.planned,
                spent: month.spent,
                left: month.left,
                by_provider: Some(month.by_provider.clone()),
            })
            .collect(),
    }
}

fn of_pot<'a>(numbers: &Numbers, pot: &'a Pot) -> PotJson<'a> {
    let figure = |figure: Option<Figure<NodeId>>| figure.map(|figure| numbers.figure(&figure));
    let (lasts, until) = match pot.lasts {
        Some(Lasts::Whole) => (Some("Whole"), None),
        Some(Lasts::Until(day)) => (Some("Until"), Some(day)),
        Some(Lasts::NotADay) => (Some("NotADay"), None),
        None => (None, None),
    };
    PotJson {
        from: pot.from,
        to: pot.to,
        budget: numbers.money(&pot.budget),
        per_month: figure(pot.per_month),
        spent: figure(pot.spent),
        left: figure(pot.left),
        enough: pot.is_enough(),
        used_percent: pot.used(),
        lasts,
        lasts_until: until,
        top_up: pot.top_up.map(|top_up| TopUpJson {
            total: numbers.figure(&top_up.total),
            week: numbers.figure(&top_up.week),
            month: numbers.figure(&top_up.month),
            year: numbers.figure(&top_up.year),
        }),
        work: pot.work.map(|work| of_work(numbers, &work)),
        in_kind: pot.in_kind.euro(),
        in_kind_not_known: pot.in_kind.reason().map(|reason| &**reason),
    }
}

fn of_work(numbers: &Numbers, work: &Bought) -> WorkJson {
    let (chosen, bought, risen) = work.per_week;
    WorkJson {
        unit: work.unit,
        chosen: numbers.figure(&work.planned),
        bought: numbers.figure(&work.buys),
        rise: work.after_rise.map(|(rise, _)| rise),
        after_rise: work.after_rise.map(|(_, figure)| numbers.figure(&figure)),
        chosen_per_week: chosen,
        bought_per_week: bought,
        after_rise_per_week: risen,
    }
}

fn of_provider<'a>(numbers: &Numbers, provider: &'a ProviderOutlook) -> ProviderJson<'a> {
    let views = Frequency::VIEWS.into_iter().zip(&provider.views);
    ProviderJson {
        provider: provider.place,
        kind: &provider.kind,
        from: provider.from,
        to: provider.to,
        rates_of: provider.day,
        views: views
            .zip(&provider.methods)
            .filter_map(|((per, view), method)| {
                Some(numbers.view(per, view.as_ref()?, method.as_ref()?))
            })
            .collect(),
        svb: provider
            .svb
            .iter()
            .map(|rate| SvbJson {
                per_hour: rate.as_ref().ok().map(|rate| numbers.figure(rate)),
                not_known: rate.as_ref().err().map(String::as_str),
            })
            .collect(),
        total: provider.total.map(|total| numbers.figure(&total)),
    }
}

fn of_check(check: &Check) -> CheckJson<'_> {
    CheckJson {
        rule: check.rule,
        outcome: check.outcome,
        line: check.line,
        words: match check.rule {
            // What the consultant wrote about a person.
            Rule::Able | Rule::Motivated | Rule::Quality => "",
            _ => &check.words,
        },
        source: check.source.as_deref(),
        field: &check.field,
    }
}

fn of_row(row: &Row) -> RowJson<'_> {
    let days = match row.scope {
        Scope::Period(from, to) => Some((from, to)),
        Scope::Whole | Scope::Most => None,
    };
    RowJson {
        line: row.line.as_deref(),
        what: row.what,
        from: days.map(|(from, _)| from),
        to: days.map(|(_, to)| to),
        cells: row.cells.iter().map(of_cell).collect(),
    }
}

fn of_cell(cell: &Cell) -> CellJson {
    let (kind, value) = match &cell.value {
        Value::Money(amount) => ("Money", Some(amount.0.to_string())),
        Value::Work(work, _) => ("Work", Some(work.to_string())),
        Value::Words(words) => ("Words", Some(words.to_string())),
        Value::Day(day) => ("Day", Some(day.to_string())),
        Value::Never => ("Never", None),
        Value::InKind => ("InKind", None),
        Value::Pgb => ("Pgb", None),
        Value::NoPgb => ("NoPgb", None),
        Value::Yes => ("Yes", None),
        Value::YesTo(day) => ("YesTo", Some(day.to_string())),
        Value::No => ("No", None),
        Value::NotKnown => ("NotKnown", None),
        Value::Nothing => ("Nothing", None),
    };
    CellJson {
        kind,
        value,
        difference: cell.difference.map(|one| match one {
            Difference::Money(amount) => amount.0.to_string(),
            Difference::Work(work, _) => work.to_string(),
            Difference::Days(days) => days.to_string(),
        }),
        changed: cell.changed,
    }
}
