//! The calculation behind every figure: each leaf says where it came from, each step follows from
//! its parts, and what is shown adds up.

use crate::cases::{files, inputs, library, lines, points, traced};
use maatwerk::budget::{Library, LineBudget, Money, Segment, evaluate};
use maatwerk::catalogue::file::Strategy;
use maatwerk::indication::{CareProvider, Choice, Delivery, Hours, Line, PartHours};
use maatwerk::quantity::{Euro, Exact, Extent, Frequency, Unit};
use maatwerk::trace::{Measure, NodeId, Op, Recorder, Trace};
use std::collections::BTreeMap;

/// Everything that a trace must be, for any line. The answer is what is wrong.
pub fn complaints(budget: &LineBudget<NodeId>, trace: &Trace) -> Vec<String> {
    let mut wrong = Vec::new();
    for (_, node) in trace.nodes() {
        let label = node.label;
        if label.is_empty() {
            wrong.push("een stap zonder naam".into());
        }
        match &node.op {
            Op::Input(field) if field.is_empty() => wrong.push(format!("{label}: veld ontbreekt")),
            Op::Figure(source) | Op::Convention(source) => {
                for (what, text) in [
                    ("bron", &source.source),
                    ("bestand", &source.file),
                    ("plaats", &source.place),
                ] {
                    if text.trim().is_empty() {
                        wrong.push(format!("{label}: {what} ontbreekt"));
                    }
                }
                if node.status != source.status {
                    wrong.push(format!("{label}: andere status dan de bron"));
                }
            }
            Op::Count(from, to) => {
                if to < from {
                    wrong.push(format!("{label}: telt van {from} tot {to}"));
                }
                let days = from.until(*to).unwrap().get_days() + 1;
                if node.measure == Measure::Days && node.value != Exact::from(i64::from(days)) {
                    wrong.push(format!(
                        "{label}: {} dagen in plaats van {days}",
                        node.value
                    ));
                }
            }
            Op::Input(_) | Op::Definition(_) => {}
            _ => {
                if trace.children(node).is_empty() {
                    wrong.push(format!("{label}: een bewerking zonder delen"));
                }
                let worst = trace
                    .children(node)
                    .iter()
                    .filter_map(|id| trace.get(*id))
                    .map(|n| n.status)
                    .max();
                if worst != Some(node.status) {
                    wrong.push(format!(
                        "{label}: status {:?}, delen {worst:?}",
                        node.status
                    ));
                }
            }
        }
        if node.is_leaf() != trace.children(node).is_empty() {
            wrong.push(format!("{label}: blad of niet"));
        }
        match trace.recompute(node) {
            Ok(value) if value == node.value => {}
            other => wrong.push(format!(
                "{label}: {} staat er, {other:?} volgt eruit",
                node.value
            )),
        }
    }
    for segment in &budget.segments {
        wrong.extend(segment_complaints(segment, trace));
    }
    wrong.extend(sums(budget, trace));
    wrong
}

/// A figure stands in the trace under its own value.
fn rooted(name: &str, money: &Money<NodeId>, trace: &Trace) -> Vec<String> {
    let Some(figure) = money.figure() else {
        return Vec::new();
    };
    match trace.get(figure.node) {
        Some(node) if node.value == figure.value && node.status == figure.status => Vec::new(),
        other => vec![format!(
            "{name}: {} staat niet in de berekening: {other:?}",
            figure.value
        )],
    }
}

fn segment_complaints(segment: &Segment<NodeId>, trace: &Trace) -> Vec<String> {
    let name = format!("{} t/m {}", segment.from, segment.to);
    let mut wrong = Vec::new();
    for amount in segment.amount.iter() {
        wrong.extend(rooted(&format!("{name}, bedrag"), amount, trace));
    }
    wrong.extend(rooted(&format!("{name}, totaal"), &segment.total, trace));
    for (view, per) in segment.views.iter().zip(Frequency::VIEWS) {
        let Some(view) = view else { continue };
        let node = trace.get(view.node);
        if node.is_none_or(|node| node.value != view.rounded.exact()) {
            wrong.push(format!(
                "{name}, {}: niet wat de berekening zegt",
                per.dutch()
            ));
        }
    }
    let mut of_providers = Exact::ZERO;
    let mut all_known = true;
    for part in &segment.parts {
        for amount in part.amount.iter() {
            let name = format!("{name}, {}", part.label);
            wrong.extend(rooted(&name, amount, trace));
        }
        let mut amounts = [Exact::ZERO; 2];
        for provider in &part.providers {
            wrong.extend(rooted(
                &format!("{name}, {} totaal", provider.kind),
                &provider.total,
                trace,
            ));
            match provider.total.figure() {
                Some(total) => of_providers = of_providers.add(total.value).unwrap(),
                None => all_known = false,
            }
            let both = [&provider.amount.recurring, &provider.amount.once];
            for (sum, amount) in amounts.iter_mut().zip(both) {
                if let Some(figure) = amount.as_ref().and_then(Money::figure) {
                    *sum = sum.add(figure.value).unwrap();
                }
            }
        }
        let both = [&part.amount.recurring, &part.amount.once];
        for (sum, amount) in amounts.into_iter().zip(both) {
            let figure = amount.as_ref().and_then(Money::figure);
            if let (true, Some(amount)) = (all_known, figure)
                && sum != amount.value
            {
                wrong.push(format!(
                    "{name}, {}: zorgverleners {sum}, deel {}",
                    part.label, amount.value
                ));
            }
        }
    }
    if let (true, Some(total)) = (all_known, segment.total.figure())
        && of_providers != total.value
    {
        wrong.push(format!(
            "{name}: zorgverleners samen {of_providers}, totaal {}",
            total.value
        ));
    }
    wrong
}

/// The shown parts add up to the shown totals.
fn sums(budget: &LineBudget<NodeId>, trace: &Trace) -> Vec<String> {
    let mut wrong = Vec::new();
    let add = |sum: Euro, money: &Money<NodeId>| sum.plus(money.euro()?).ok();
    let mut parts = budget.segments.iter();
    let segments = parts.try_fold(Euro::ZERO, |sum, segment| add(sum, &segment.total));
    let mut all = budget.years.iter();
    let years = all.try_fold(Euro::ZERO, |sum, year| add(sum, &year.money));
    for total in budget.years.iter().chain(&budget.term) {
        wrong.extend(rooted(
            &format!("totaal {} t/m {}", total.from, total.to),
            &total.money,
            trace,
        ));
    }
    if let Some(term) = budget.term.as_ref().and_then(|term| term.money.euro()) {
        if segments.is_some() && segments != Some(term) {
            wrong.push(format!("delen {segments:?}, termijn {term:?}"));
        }
        if !budget.years_are_maxima && years.is_some() && years != Some(term) {
            wrong.push(format!("jaren {years:?}, termijn {term:?}"));
        }
    }
    for pair in budget.segments.windows(2) {
        if pair[0].to.tomorrow().ok() != Some(pair[1].from) {
            wrong.push(format!("na {} komt {}", pair[0].to, pair[1].from));
        }
    }
    wrong
}

#[test]
fn every_figure_of_every_fixture_follows_from_sourced_leaves_and_adds_up() {
    let mut all = Vec::new();
    let mut nodes = 0;
    for case in points().iter().flat_map(|point| &point.cases) {
        for changed in [false, true] {
            let Ok(library) = library(&files(case, changed)) else {
                continue;
            };
            let (budget, trace) =
                traced(&library, &case.line, case.today.unwrap_or(case.line.from));
            nodes += trace.nodes().count();
            all.extend(
                complaints(&budget, &trace)
                    .into_iter()
                    .map(|text| format!("{}: {text}", case.name)),
            );
        }
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
    assert!(nodes > 3_000, "{nodes}");
}

/// Every price of every shipped catalogue, on its own line over a year and more.
#[test]
fn every_price_of_every_shipped_catalogue_has_a_calculation_that_holds() {
    let library = Library::shipped().unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let mut all = Vec::new();
    let mut known = 0;
    for municipality in library.catalogues.municipalities() {
        for catalogue in library.catalogues.of(&municipality.code) {
            for tariff in &catalogue.file.tariffs {
                let Some(line) = line_of(catalogue, tariff) else {
                    continue;
                };
                let mut recorder = Recorder::default();
                let mut inputs = inputs(&library, line.from);
                inputs.municipality = &municipality.code;
                let budget = evaluate(&inputs, &line, &mut recorder);
                let name = format!(
                    "{}, {} {} {:?}",
                    catalogue.name, tariff.product, tariff.provider, tariff.when
                );
                known += usize::from(
                    budget
                        .segments
                        .iter()
                        .any(|segment| segment.amount.iter().any(|a| a.euro().is_some())),
                );
                all.extend(
                    complaints(&budget, &recorder.trace)
                        .into_iter()
                        .map(|text| format!("{name}: {text}")),
                );
                let errors: Vec<String> = budget.problems.iter().map(ToString::to_string).collect();
                if budget.segments.is_empty()
                    && !errors.iter().any(|text| text.contains("niet mogelijk"))
                {
                    all.push(format!("{name}: {}", errors.join(" | ")));
                }
            }
        }
    }
    assert!(all.is_empty(), "\n{}", all.join("\n"));
    assert!(known > 50, "{known}");
}

/// A line that uses a tariff.
fn line_of(
    catalogue: &maatwerk::catalogue::Catalogue,
    tariff: &maatwerk::catalogue::file::TariffLine,
) -> Option<Line> {
    let product = catalogue.product_file(&tariff.product)?;
    if !product.grantable {
        return None;
    }
    let mut choices = BTreeMap::new();
    for id in &product.axes {
        let axis = &catalogue.file.axes[catalogue.axis(id)?];
        let value = tariff.when.get(id).unwrap_or(&axis.values[0].id);
        let reason = Some("zo gekozen voor de proef".to_owned());
        choices.insert(
            id.clone(),
            Choice {
                value: value.clone(),
                reason,
            },
        );
    }
    let (unit, volume) = match (tariff.strategy, tariff.per) {
        (Strategy::FixedAmount, _) | (_, Unit::Minute) => (Unit::Minute, 90),
        (_, unit) => (unit, 3),
    };
    let per = if matches!(unit, Unit::Point) {
        Frequency::Year
    } else {
        Frequency::Week
    };
    let extent = Extent {
        volume: volume.into(),
        unit,
        per,
    };
    let hours = |part: Option<&String>| PartHours::new(part.cloned(), Hours::Typed(vec![extent]));
    let delivery = if tariff.provider == "zin" {
        Delivery::InKind {
            provider: String::new(),
        }
    } else {
        Delivery::Pgb {
            providers: vec![CareProvider {
                name: String::new(),
                kind: tariff.provider.clone(),
                share: Vec::new(),
                from: None,
                to: None,
                agreed: None,
                set_rate: None,
            }],
        }
    };
    Some(Line {
        product: product.id.clone(),
        choices,
        from: catalogue.file.from,
        to: catalogue
            .file
            .from
            .checked_add(jiff::Span::new().days(400))
            .ok(),
        hours: if product.parts.is_empty() {
            vec![hours(None)]
        } else {
            product
                .parts
                .iter()
                .map(|part| hours(Some(&part.id)))
                .collect()
        },
        delivery,
        first_granted: None,
        reindicated: None,
        offer: None,
        ceiling_reason: None,
        own_prices: Vec::new(),
    })
}

#[test]
fn the_same_line_with_and_without_a_listener_comes_to_the_same() {
    for case in points().iter().flat_map(|point| &point.cases) {
        let Ok(library) = library(&files(case, true)) else {
            continue;
        };
        let today = case.today.unwrap_or(case.line.from);
        let (loud, _) = traced(&library, &case.line, today);
        let silent = evaluate(
            &inputs(&library, today),
            &case.line,
            &mut maatwerk::trace::Silent,
        );
        assert_eq!(loud.problems, silent.problems, "{}", case.name);
        assert_eq!(loud.status, silent.status, "{}", case.name);
        let euro = |money: &Option<Euro>| money.map(|euro| euro.0.to_string());
        assert_eq!(
            loud.term.as_ref().map(|term| euro(&term.money.euro())),
            silent.term.as_ref().map(|term| euro(&term.money.euro())),
            "{}",
            case.name
        );
    }
}
