//! Every date on which something changes in a shipped catalogue, and the day before.

use super::program::{Program, TEST, dated, fixture, select};
use jiff::civil::Date;
use maatwerk::budget::{Inputs, evaluate};
use maatwerk::catalogue::{Catalogue, NoAnswer, ProductEntry, Selection, Tariff};
use maatwerk::document::Severity;
use maatwerk::indication::{CareProvider, Choice, Delivery, Hours, Line, Offer, PartHours};
use maatwerk::quantity::{Euro, Extent, Frequency, Unit};
use maatwerk::trace::Silent;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What may be missing within a catalogue, because the sheet does not have it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Missing {
    source: String,
    catalogue: String,
    product: String,
    #[serde(default)]
    provider: Option<String>,
    #[serde(default)]
    when: BTreeMap<String, String>,
    /// Part of the reason or message.
    says: String,
}

fn missing() -> Vec<Missing> {
    let text = include_str!("../../fixtures/published/ontbreekt.ron");
    fixture("ontbreekt.ron", text)
}

/// Every day on which something changes for a municipality, and the day before.
fn changes(catalogues: &[Arc<Catalogue>]) -> BTreeSet<Date> {
    let mut days = BTreeSet::new();
    let after = |day: Option<Date>| day.and_then(|day| day.tomorrow().ok());
    for catalogue in catalogues {
        days.insert(catalogue.file.from);
        days.extend(after(catalogue.last));
        for value in dated(catalogue).flatten() {
            days.insert(value.from);
            days.extend(after(value.to));
            if let Some(kept) = &value.transition {
                days.insert(kept.decided_before);
                days.extend(after(kept.until));
            }
        }
        days.extend(
            catalogue
                .file
                .endings
                .iter()
                .filter_map(|e| after(Some(e.last))),
        );
    }
    let before: Vec<Date> = days.iter().filter_map(|day| day.yesterday().ok()).collect();
    days.extend(before);
    days
}

/// Every combination of the axes of a product.
fn combinations(catalogue: &Catalogue, product: &ProductEntry) -> Vec<BTreeMap<String, String>> {
    let mut all = vec![BTreeMap::new()];
    for axis in product.axes.iter().map(|axis| &catalogue.file.axes[*axis]) {
        all = all
            .iter()
            .flat_map(|chosen: &BTreeMap<String, String>| {
                axis.values.iter().map(|value| {
                    let mut more = chosen.clone();
                    more.insert(axis.id.clone(), value.id.clone());
                    more
                })
            })
            .collect();
    }
    all
}

fn extent(volume: &str, unit: Unit, per: Frequency) -> Hours {
    let volume = volume.parse().unwrap();
    Hours::Typed(vec![Extent { volume, unit, per }])
}

/// A standard amount of support that fits the choices and the unit of the tariff.
fn standard(product: &ProductEntry, choices: Selection, tariff: Option<&Tariff>) -> Hours {
    let band = product.scales.iter().find_map(|scale| {
        let step = scale.step_of(choices.get(scale.axis)?)?;
        matches!(scale.unit, Unit::Hour).then_some(step)
    });
    if let Some(step) = band {
        let most = step
            .to
            .unwrap_or(step.over.add("2".parse().unwrap()).unwrap());
        return extent(&most.to_string(), Unit::Hour, Frequency::Week);
    }
    match tariff.map(|tariff| tariff.per) {
        Some(Unit::Dagdeel) => extent("4", Unit::Dagdeel, Frequency::Week),
        Some(Unit::Etmaal) => extent("2", Unit::Etmaal, Frequency::Month),
        Some(Unit::Day) => extent("2", Unit::Day, Frequency::Week),
        Some(Unit::Point) => extent("200", Unit::Point, Frequency::Year),
        _ => extent("110", Unit::Minute, Frequency::Week),
    }
}

fn delivery(provider: &str) -> Delivery {
    if provider == "zin" {
        return Delivery::InKind {
            provider: String::new(),
        };
    }
    Delivery::Pgb {
        providers: vec![CareProvider {
            name: String::new(),
            kind: provider.into(),
            share: Vec::new(),
            from: None,
            to: None,
            agreed: None,
            set_rate: None,
        }],
    }
}

fn one_day(
    catalogue: &Catalogue,
    product: &ProductEntry,
    when: &BTreeMap<String, String>,
    provider: &str,
    day: Date,
) -> Line {
    let choices = select(catalogue, when);
    let hours = if product.parts.is_empty() {
        let tariff = product.tariff(provider, &choices);
        vec![PartHours::new(None, standard(product, choices, tariff))]
    } else {
        let parts = product.parts.iter().map(|part| {
            let extent = extent("110", Unit::Minute, Frequency::Week);
            PartHours::new(Some(part.id.clone()), extent)
        });
        parts.collect()
    };
    let choice = |value: &String| Choice {
        value: value.clone(),
        // Nobody works these hours out, so a choice against them has its reason.
        reason: Some("test".into()),
    };
    Line {
        product: product.id.clone(),
        choices: when
            .iter()
            .map(|(axis, value)| (axis.clone(), choice(value)))
            .collect(),
        from: day,
        to: Some(day),
        hours,
        delivery: delivery(provider),
        first_granted: None,
        reindicated: None,
        offer: Some(Offer {
            amount: Euro("1000.00".parse().unwrap()),
            per: Unit::FourWeeks,
            source: "offerte van de test".into(),
        }),
        ceiling_reason: None,
        own_prices: Vec::new(),
    }
}

/// What a line comes to on its one day: nothing special, or why there is no amount.
fn outcome(inputs: &Inputs<'_>, line: &Line) -> Option<String> {
    let budget = evaluate(inputs, line, &mut Silent);
    // Most of these lines do not ask for the offer that they have, and are told so.
    let mut errors = (budget.problems.iter()).filter(|problem| problem.severity == Severity::Error);
    if let Some(problem) = errors.next() {
        return Some(problem.to_string());
    }
    let term = budget.term.expect("a line with an end has a total");
    term.money.reason().map(ToString::to_string)
}

#[test]
fn on_every_day_of_every_catalogue_each_line_gives_an_amount_or_a_gap_that_the_sheet_has() {
    let program = Program::new();
    let declared = missing();
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for municipality in program.catalogues().municipalities() {
        let code = municipality.code.as_str();
        if code == TEST {
            continue;
        }
        let catalogues = program.catalogues().of(code);
        for day in changes(catalogues) {
            let catalogue = match program.catalogues().on(code, day) {
                Ok(answer) => answer.catalogue,
                Err(no) => {
                    let before = day < catalogues[0].file.from;
                    let after = program
                        .catalogues()
                        .last_day(code)
                        .is_some_and(|last| day > last);
                    let expected = match no {
                        NoAnswer::BeforeFirst(_) => before,
                        NoAnswer::AfterLast(_) => after,
                        NoAnswer::Gap(..) | NoAnswer::UnknownMunicipality => false,
                    };
                    assert!(expected, "{code} on {day}: {no:?}");
                    continue;
                }
            };
            let inputs = program.inputs(code, day, None);
            let providers = catalogue.file.providers.iter().map(|kind| kind.id.as_str());
            let providers: Vec<&str> = std::iter::once("zin").chain(providers).collect();
            for product in &catalogue.products {
                for when in combinations(catalogue, product) {
                    for provider in &providers {
                        let line = one_day(catalogue, product, &when, provider, day);
                        let gap = declared.iter().position(|gap| {
                            gap.catalogue == catalogue.file.id
                                && gap.product == product.id
                                && gap.provider.as_deref().is_none_or(|id| id == *provider)
                                && gap.when.iter().all(|(axis, v)| when.get(axis) == Some(v))
                        });
                        let found = outcome(&inputs, &line);
                        let place = format!(
                            "{}/{}/{provider} {when:?} {day}",
                            catalogue.name, product.id
                        );
                        match (gap, found) {
                            (None, None) => {}
                            (Some(gap), Some(says)) if says.contains(&declared[gap].says) => {
                                used.insert(gap);
                            }
                            (gap, found) => wrong.push(format!(
                                "{place}: found {found:?}, declared {:?}",
                                gap.map(|gap| &declared[gap].says)
                            )),
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for (place, gap) in declared.iter().enumerate() {
        assert!(!gap.source.is_empty());
        assert!(used.contains(&place), "declared but never found: {gap:?}");
    }
}

#[test]
fn older_decisions_get_what_the_sheet_says_until_its_last_day_or_reindication() {
    let program = Program::new();
    for (code, product, when, provider, decided, says) in [
        (
            "0579",
            "ho",
            ("severity", "midden"),
            "zzp",
            "2022-12-31",
            "overgangstarieven",
        ),
        (
            "0847",
            "ho",
            ("category", "plus"),
            "informeel",
            "2017-12-31",
            "op uren",
        ),
    ] {
        let when = BTreeMap::from([(when.0.to_owned(), when.1.to_owned())]);
        let decided: Date = decided.parse().unwrap();
        for day in [Date::constant(2023, 1, 1), Date::constant(2023, 12, 31)] {
            let catalogue = program.catalogues().on(code, day).unwrap().catalogue;
            let inputs = program.inputs(code, day, Some(day));
            let entry = catalogue.product(product).unwrap();
            let mut line = one_day(catalogue, entry, &when, provider, day);
            assert_eq!(outcome(&inputs, &line), None);
            line.first_granted = Some(decided);
            let kept = outcome(&inputs, &line).expect("an older decision keeps its own tariff");
            assert!(kept.contains(says), "{kept}");
            line.reindicated = decided.tomorrow().ok();
            assert_eq!(outcome(&inputs, &line), None, "{code}: after re-indication");
        }
    }
}

#[test]
fn splitting_a_line_at_any_change_or_in_between_leaves_the_exact_amount_as_it_is() {
    let program = Program::new();
    for municipality in program.catalogues().municipalities() {
        let code = municipality.code.as_str();
        if code == TEST {
            continue;
        }
        for catalogue in program.catalogues().of(code) {
            let first = catalogue.file.from;
            let last = first.saturating_add(jiff::Span::new().years(1)).yesterday();
            let last = last.unwrap();
            let splits = changes(program.catalogues().of(code));
            let between =
                [17, 100, 243].map(|days| first.saturating_add(jiff::Span::new().days(days)));
            let splits = splits.into_iter().chain(between);
            let splits: BTreeSet<Date> =
                splits.filter(|day| *day > first && *day <= last).collect();
            let inputs = program.inputs(code, first, None);
            for product in &catalogue.products {
                for when in combinations(catalogue, product) {
                    let providers = catalogue.file.providers.iter().map(|kind| kind.id.as_str());
                    for provider in std::iter::once("zin").chain(providers) {
                        let whole = Line {
                            to: Some(last),
                            ..one_day(catalogue, product, &when, provider, first)
                        };
                        let counted = |line: &Line| {
                            let budget = evaluate(&inputs, line, &mut Silent);
                            let term = budget.term.filter(|_| budget.problems.is_empty())?;
                            term.money.euro().map(|_| term.exact)
                        };
                        let Some(exact) = counted(&whole) else {
                            continue;
                        };
                        for day in &splits {
                            let before = Line {
                                to: day.yesterday().ok(),
                                ..whole.clone()
                            };
                            let after = Line {
                                from: *day,
                                ..whole.clone()
                            };
                            let parts = counted(&before).unwrap().add(counted(&after).unwrap());
                            let place = format!("{}/{}/{provider}", catalogue.name, product.id);
                            assert_eq!(parts.unwrap(), exact, "{place} {when:?} split on {day}");
                        }
                    }
                }
            }
        }
    }
}
