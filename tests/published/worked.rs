//! Worked figures: cases with what must come out, and their calculation node by node.

use super::program::{Program, TEST, euro, fixture};
use jiff::civil::Date;
use maatwerk::budget::{LineBudget, Money, View, evaluate};
use maatwerk::indication::Line;
use maatwerk::quantity::{Exact, Frequency, Rounding};
use maatwerk::trace::{NodeId, Op, Recorder, Silent, Status, Trace};
use serde::Deserialize;
use std::collections::BTreeSet;

/// One case that is worked out. What a case does not name is not checked, except that a case
/// without `problem` has no problems at all.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    source: String,
    municipality: String,
    line: Line,
    /// The day on which is calculated; absent: the first day of the line.
    #[serde(default)]
    calculated: Option<Date>,
    #[serde(default)]
    decided: Option<Date>,
    /// Of the first segment, as are the six that follow.
    #[serde(default)]
    amount: Option<String>,
    #[serde(default)]
    per: Option<Frequency>,
    #[serde(default)]
    amount_status: Option<Status>,
    #[serde(default)]
    rate: Option<String>,
    #[serde(default)]
    cut: Option<String>,
    #[serde(default)]
    providers: Vec<String>,
    #[serde(default)]
    choices: Option<String>,
    #[serde(default)]
    week: Option<String>,
    #[serde(default)]
    four_weeks: Option<String>,
    #[serde(default)]
    month: Option<String>,
    #[serde(default)]
    year: Option<String>,
    #[serde(default)]
    no_views: bool,
    /// Intermediate figures that stand in the calculation, in two decimals.
    #[serde(default)]
    in_trace: Vec<String>,
    /// First day and total of each segment.
    #[serde(default)]
    segments: Vec<(Date, String)>,
    #[serde(default)]
    years: Vec<(i16, String)>,
    #[serde(default)]
    maxima: bool,
    #[serde(default)]
    term: Option<String>,
    #[serde(default)]
    no_term: bool,
    #[serde(default)]
    term_to: Option<Date>,
    #[serde(default)]
    open_from: Option<Date>,
    #[serde(default)]
    endless_from: Option<Date>,
    #[serde(default)]
    not_known: Option<String>,
    #[serde(default)]
    problem: Option<String>,
    #[serde(default)]
    status: Option<Status>,
}

fn cases() -> Vec<Case> {
    fixture(
        "geld.ron",
        include_str!("../../fixtures/published/geld.ron"),
    )
}

#[test]
fn every_worked_figure_comes_out() {
    let program = Program::new();
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for case in cases() {
        assert!(!case.source.is_empty(), "{}", case.name);
        assert!(names.insert(case.name.clone()), "{}: twice", case.name);
        let calculated = case.calculated.unwrap_or(case.line.from);
        let inputs = program.inputs(&case.municipality, calculated, case.decided);
        let mut recorder = Recorder::default();
        let budget = evaluate(&inputs, &case.line, &mut recorder);
        let silent = evaluate(&inputs, &case.line, &mut Silent);
        let mut differs = differences(&case, &budget);
        if amounts(&budget) != amounts(&silent) {
            differs.push("traced and silent differ".into());
        }
        differs.extend(trace_problems(&recorder.trace));
        differs.extend(unrooted(&budget, &recorder.trace));
        let steps: BTreeSet<String> = recorder
            .trace
            .nodes()
            .filter_map(|(_, node)| Rounding::CENT.apply(node.value).ok())
            .map(decimal)
            .collect();
        let unseen = case.in_trace.iter().filter(|step| !steps.contains(*step));
        differs.extend(unseen.map(|step| format!("{step} does not stand in the calculation")));
        if !differs.is_empty() {
            wrong.push(format!("{}\n    {}", case.name, differs.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn differences(case: &Case, budget: &LineBudget<NodeId>) -> Vec<String> {
    let mut differs = Vec::new();
    let mut same = |what: &str, wanted: Option<String>, found: Option<String>| {
        if wanted.is_some() && wanted != found {
            differs.push(format!("{what}: wanted {wanted:?}, found {found:?}"));
        }
    };
    let first = budget.segments.first();
    let part = first.and_then(|segment| segment.parts.first());
    same(
        "amount",
        case.amount.clone(),
        first.and_then(|s| s.amount.first()).map(euro),
    );
    same(
        "per",
        case.per.map(|per| format!("{per:?}")),
        first.map(|s| format!("{:?}", s.per)),
    );
    same(
        "status of the amount",
        case.amount_status.map(|s| format!("{s:?}")),
        first
            .and_then(|s| s.amount.first()?.figure())
            .map(|figure| format!("{:?}", figure.status)),
    );
    let rate = part
        .and_then(|part| part.providers.first()?.rate)
        .map(|(figure, _)| decimal(figure.value));
    same("rate", case.rate.clone(), rate);
    let cut = part
        .and_then(|part| part.cut.first())
        .map(|cut| decimal(cut.value));
    same("cut", case.cut.clone(), cut);
    if !case.providers.is_empty() {
        let found = part.map(|part| {
            let amounts: Vec<String> = (part.providers.iter())
                .filter_map(|p| p.amount.first())
                .map(euro)
                .collect();
            amounts.join(" + ")
        });
        same("providers", Some(case.providers.join(" + ")), found);
    }
    let chosen = first
        .zip(part)
        .map(|(segment, part)| segment.catalogue.describe(&part.choices));
    same("choices", case.choices.clone(), chosen);
    let views = [&case.week, &case.four_weeks, &case.month, &case.year];
    for (place, wanted) in views.into_iter().enumerate() {
        let view = first.and_then(|segment| segment.views[place].as_ref());
        let found = view.map(|view: &View<NodeId>| format!("{:.2}", view.rounded.0));
        same(Frequency::VIEWS[place].dutch(), wanted.clone(), found);
    }
    let has_views = first.is_some_and(|segment| segment.views.iter().any(Option::is_some));
    same(
        "views",
        case.no_views.then_some("false".into()),
        Some(has_views.to_string()),
    );
    if !case.segments.is_empty() {
        let found: Vec<(Date, String)> = budget
            .segments
            .iter()
            .map(|segment| (segment.from, euro(&segment.total)))
            .collect();
        same(
            "segments",
            Some(format!("{:?}", case.segments)),
            Some(format!("{found:?}")),
        );
    }
    if !case.years.is_empty() {
        let found: Vec<(i16, String)> = budget
            .years
            .iter()
            .map(|total| (total.from.year(), euro(&total.money)))
            .collect();
        same(
            "years",
            Some(format!("{:?}", case.years)),
            Some(format!("{found:?}")),
        );
    }
    same(
        "maxima",
        Some(case.maxima.to_string()),
        Some(budget.years_are_maxima.to_string()),
    );
    let term = budget.term.as_ref().map(|total| euro(&total.money));
    same("term", case.term.clone(), term.clone());
    let until = budget.term.as_ref().map(|total| total.to.to_string());
    same("term to", case.term_to.map(|day| day.to_string()), until);
    if case.no_term {
        same(
            "term",
            Some("none".into()),
            Some(term.unwrap_or("none".into())),
        );
    }
    let date = |date: Option<Date>| date.map_or("none".to_owned(), |date| date.to_string());
    same(
        "open from",
        Some(date(case.open_from)),
        Some(date(budget.open_from)),
    );
    if case.endless_from.is_some() {
        same(
            "endless from",
            Some(date(case.endless_from)),
            Some(date(budget.endless_from)),
        );
    }
    if let Some(says) = &case.not_known {
        let reason = first
            .and_then(|s| s.amount.first())
            .map(euro)
            .unwrap_or_default();
        if !reason.starts_with("niet bekend: ") || !reason.contains(says.as_str()) {
            differs.push(format!("not known: wanted «{says}», found «{reason}»"));
        }
    }
    let problems: Vec<String> = budget.problems.iter().map(ToString::to_string).collect();
    match &case.problem {
        None if !problems.is_empty() => differs.push(format!("problems: {problems:?}")),
        Some(says)
            if !problems
                .iter()
                .any(|problem| problem.contains(says.as_str())) =>
        {
            differs.push(format!("problem: wanted «{says}», found {problems:?}"));
        }
        _ => {}
    }
    for problem in &budget.problems {
        if problem.field.is_empty() || problem.hint.is_empty() {
            differs.push(format!("a problem without field or hint: {problem}"));
        }
    }
    if let Some(status) = case.status
        && status != budget.status
    {
        differs.push(format!(
            "status: wanted {status:?}, found {:?}",
            budget.status
        ));
    }
    differs
}

fn decimal(value: Exact) -> String {
    let finite = value.finite_decimal().map(|decimal| decimal.to_string());
    finite.unwrap_or_else(|| value.to_string())
}

/// All rounded amounts of a budget, for comparing two runs.
fn amounts<N: Copy>(budget: &LineBudget<N>) -> Vec<String> {
    let segments = budget.segments.iter().flat_map(|segment| {
        let views = segment
            .views
            .iter()
            .flatten()
            .map(|v| v.rounded.0.to_string());
        [
            euro(segment.amount.first().expect("an amount")),
            euro(&segment.total),
        ]
        .into_iter()
        .chain(views)
    });
    let totals = budget.years.iter().chain(&budget.term);
    segments
        .chain(totals.map(|total| euro(&total.money)))
        .chain(budget.problems.iter().map(ToString::to_string))
        .collect()
}

/// Every node follows from its children, carries the worst status below it, and every leaf is a
/// typed input, a sourced figure or convention, a definition or a count of dates.
fn trace_problems(trace: &Trace) -> Vec<String> {
    let mut wrong = Vec::new();
    for (_, node) in trace.nodes() {
        let mut say = |what: &str| wrong.push(format!("trace: {what} at «{}»", node.label));
        match trace.recompute(node) {
            Ok(value) if value == node.value => {}
            other => say(&format!("{:?} ≠ {other:?}", node.value)),
        }
        let leaf_op = matches!(
            node.op,
            Op::Input(_) | Op::Figure(_) | Op::Convention(_) | Op::Definition(_) | Op::Count(..)
        );
        if leaf_op != node.is_leaf() {
            say("a leaf that is no leaf");
        }
        let below = trace
            .children(node)
            .iter()
            .filter_map(|id| trace.get(*id))
            .map(|child| child.status)
            .max();
        let own = node.provenance().map(|provenance| provenance.status);
        let worst = below.max(own).unwrap_or(Status::Established);
        if worst != node.status {
            say("not the worst status of what it touched");
        }
        if let Some(provenance) = node.provenance()
            && (provenance.source.is_empty() || provenance.file.is_empty())
        {
            say("a figure without source");
        }
    }
    wrong
}

/// Every amount that a reader sees stands in the trace with the same value.
fn unrooted(budget: &LineBudget<NodeId>, trace: &Trace) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |what: &str, money: &Money<NodeId>| {
        let Some(figure) = money.figure() else { return };
        match trace.get(figure.node) {
            Some(node) if node.value == figure.value && node.status == figure.status => {}
            node => wrong.push(format!("{what} does not stand in the trace: {node:?}")),
        }
    };
    for segment in &budget.segments {
        segment
            .amount
            .iter()
            .for_each(|amount| check("the amount", amount));
        check("the total of a segment", &segment.total);
        for part in &segment.parts {
            part.amount
                .iter()
                .for_each(|amount| check("the amount of a part", amount));
            for provider in &part.providers {
                provider
                    .amount
                    .iter()
                    .for_each(|amount| check("the amount of a provider", amount));
                check("the total of a provider", &provider.total);
            }
        }
    }
    for total in budget.years.iter().chain(&budget.term) {
        check("a total", &total.money);
    }
    wrong
}

#[test]
fn a_line_that_the_trace_shows_as_established_touched_no_example() {
    let program = Program::new();
    for case in cases() {
        let calculated = case.calculated.unwrap_or(case.line.from);
        let inputs = program.inputs(&case.municipality, calculated, case.decided);
        let budget = evaluate(&inputs, &case.line, &mut Silent);
        let known = (budget.segments.iter())
            .flat_map(|s| s.amount.iter())
            .any(|amount| amount.euro().is_some());
        if case.municipality == "0546" && known {
            assert_eq!(budget.status, Status::Example, "{}", case.name);
        }
        if case.municipality == TEST {
            assert_eq!(budget.status, Status::Established, "{}", case.name);
        }
    }
}
