//! The appendix of a letter: the calculation in numbered lines, from the same trace as the screen, with its sources.

use super::super::blocks::{Block, CalculationLine, Labelled, Level, List, Text};
use super::words::{self, fill, filled};
use super::{Case, Grant, texts};
use crate::budget::{Amounts, GrantedPart, LineBudget, Money};
use crate::catalogue::file::Measured;
use crate::dossier::LetterKind;
use crate::quantity::Frequency;
use crate::quantity::dutch::capital;
use crate::trace::{Line, Measure, NodeId, Status, shown};

/// The figures of a granted provision that the letter prints, in reading order.
pub(super) fn figures(grant: &Grant<'_>) -> Vec<NodeId> {
    let budget = grant.budget;
    let mut nodes = Vec::new();
    for part in &budget.granted {
        if let Some(worked) = &part.worked {
            let several = worked.parts.len() > 1;
            if several {
                nodes.extend(worked.parts.iter().map(|part| part.in_own_unit.node));
            }
            nodes.push(worked.in_own_unit.node);
            nodes.push(worked.granted.node);
            if several {
                nodes.extend(worked.parts.iter().map(|part| part.shown.node));
            }
            if worked.aggravated {
                nodes.push(worked.before_aggravating.node);
            }
            nodes.extend(worked.extra_visits.map(|visits| visits.node));
        }
        nodes.extend(part.volumes.iter().map(|volume| volume.figure.node));
    }
    if grant.is_pgb() {
        nodes.extend(money(budget));
    }
    nodes.extend(grant.contribution.figure.map(|most| most.node));
    nodes
}

/// The amounts of a pgb, in reading order.
fn money(budget: &LineBudget<NodeId>) -> Vec<NodeId> {
    let mut nodes = Vec::new();
    let euro = |money: &Money<NodeId>| money.figure().map(|figure| figure.node);
    let euros = |amount: &Amounts<Money<NodeId>>| -> Vec<NodeId> {
        amount.iter().filter_map(euro).collect()
    };
    for segment in &budget.segments {
        for part in &segment.parts {
            for provider in &part.providers {
                nodes.extend(provider.rate.map(|(rate, _)| rate.node));
            }
            nodes.extend(part.cut.iter().map(|cut| cut.node));
            let providers = part.providers.iter();
            nodes.extend(providers.flat_map(|provider| euros(&provider.amount)));
            nodes.extend(euros(&part.amount));
        }
        nodes.extend(euros(&segment.amount));
    }
    if let [segment] = budget.segments.as_slice()
        && segment.per != Frequency::Month
        && let [_, _, Some(month), _] = &segment.views
    {
        nodes.push(month.node);
    }
    nodes.extend(budget.years.iter().filter_map(|year| euro(&year.money)));
    nodes.extend(budget.term.iter().filter_map(|term| euro(&term.money)));
    nodes
}

/// The pages with the calculation; nothing where nothing was granted.
pub(super) fn blocks(case: &Case<'_>) -> Vec<Block> {
    if case.grants().next().is_none() {
        return Vec::new();
    }
    let mut blocks = vec![
        Block::PageBreak,
        Block::Heading(Level::Title, texts::APPENDIX.into()),
        Block::Paragraph(texts::APPENDIX_INTRO.into()),
        Block::Paragraph(texts::APPENDIX_ROUNDING.into()),
    ];
    for (grant, lines) in case.grants().zip(&case.listing.groups) {
        let names = names(case, grant);
        blocks.push(Block::Heading(
            Level::Section,
            grant.heading.as_str().into(),
        ));
        let set = lines.iter().map(|line| calculation_line(line, &names));
        blocks.push(Block::Calculation(set.collect()));
        // A letter that ends help speaks of no choice, so it explains none.
        let scales = match case.dossier.occasion.kind {
            LetterKind::Ending => Vec::new(),
            _ => scales(case, grant),
        };
        if !scales.is_empty() {
            blocks.push(Block::List(List {
                numbered: false,
                items: scales,
            }));
        }
        let assumes = assumes(grant);
        if !assumes.is_empty() {
            blocks.push(Block::Paragraph(texts::APPENDIX_ASSUMES.into()));
            blocks.push(Block::List(List {
                numbered: false,
                items: assumes,
            }));
        }
    }
    if !case.listing.sources.is_empty() {
        blocks.push(Block::Heading(
            Level::Section,
            texts::APPENDIX_SOURCES.into(),
        ));
        let sources = case.listing.sources.iter().map(|source| {
            let template = match source.status {
                Status::Example => texts::APPENDIX_SOURCE_EXAMPLE,
                Status::Established => texts::APPENDIX_SOURCE,
            };
            let text = fill(
                template,
                &[("source", &source.source), ("file", &source.file)],
            );
            Labelled::new(format!("[{}]", source.mark), text)
        });
        blocks.push(Block::KeyValue(sources.collect()));
    }
    blocks
}

/// What the letter calls a line, and whether it is a result that counts.
struct Named {
    number: usize,
    name: String,
    strong: bool,
}

/// The lines that the letter itself speaks of: granted time, rates, amounts per period, totals.
fn names(case: &Case<'_>, grant: &Grant<'_>) -> Vec<Named> {
    let mut names: Vec<Named> = Vec::new();
    let mut add = |node: NodeId, name: String, strong: bool| {
        if let Some(number) = case.listing.number(node) {
            names.push(Named {
                number,
                name,
                strong,
            });
        }
    };
    let budget = grant.budget;
    let day = crate::quantity::dutch::date_short;
    if let Some(total) = &budget.term {
        let values = [("from", day(total.from)), ("to", day(total.to))];
        if let Some(figure) = total.money.figure() {
            let name = match budget.open_from {
                Some(_) => texts::LINE_KNOWN,
                None => texts::LINE_TERM,
            };
            add(figure.node, filled(name, &borrowed(&values)), true);
        }
    }
    for total in &budget.years {
        let year = total.from.year().to_string();
        let values = [
            ("year", year),
            ("from", day(total.from)),
            ("to", day(total.to)),
        ];
        if let Some(figure) = total.money.figure() {
            add(
                figure.node,
                filled(texts::LINE_YEAR, &borrowed(&values)),
                true,
            );
        }
    }
    for segment in &budget.segments {
        for (money, per) in segment.amount.each(segment.per) {
            let values = [
                ("per", per.dutch().to_owned()),
                ("from", day(segment.from)),
                ("to", day(segment.to)),
            ];
            if let Some(figure) = money.figure() {
                let name = filled(texts::LINE_AMOUNT, &borrowed(&values));
                add(figure.node, name, true);
            }
        }
        let [_, _, month, year] = &segment.views;
        for (view, name) in [(month, texts::LINE_MONTH), (year, texts::LINE_WHOLE_YEAR)] {
            if let Some(view) = view {
                add(view.node, name.to_owned(), false);
            }
        }
        for part in segment.parts.iter().filter(|_| grant.is_pgb()) {
            if let Some((ceiling, per)) = part.ceiling {
                let values = [
                    ("what", words::mid(&part.label)),
                    ("per", per.dutch().to_owned()),
                ];
                add(
                    ceiling.node,
                    filled(texts::LINE_CEILING, &borrowed(&values)),
                    false,
                );
            }
            for provider in &part.providers {
                let mut who = provider.kind.to_string();
                if segment.parts.len() > 1 {
                    who = format!("{}, {who}", words::mid(&part.label));
                }
                if let Some((rate, _)) = provider.rate {
                    let name = filled(texts::LINE_RATE, &[("who", &who)]);
                    add(rate.node, name, false);
                }
                for (volume, per) in provider.volume.each(part.per) {
                    let values = [("who", who.as_str()), ("per", per.dutch())];
                    add(volume.node, filled(texts::LINE_VOLUME, &values), false);
                }
                for (money, per) in provider.amount.each(part.per) {
                    let values = [("who", who.as_str()), ("per", per.dutch())];
                    if let Some(figure) = money.figure() {
                        add(figure.node, filled(texts::LINE_SHARE, &values), false);
                    }
                }
            }
        }
    }
    for part in &budget.granted {
        let what = words::mid(&part.label);
        for volume in &part.volumes {
            let name = filled(texts::LINE_GRANTED, &[("what", &what)]);
            add(volume.figure.node, name, true);
        }
    }
    for worked in budget
        .granted
        .iter()
        .filter_map(|part| part.worked.as_ref())
    {
        for part in &worked.parts {
            let values = [("part", part.name.as_ref()), ("per", worked.per.dutch())];
            add(part.shown.node, filled(texts::LINE_PART, &values), false);
        }
        let before = worked.before_aggravating.node;
        add(before, texts::LINE_BEFORE.to_owned(), false);
    }
    names
}

fn borrowed<'v, const N: usize>(
    values: &'v [(&'static str, String); N],
) -> [(&'static str, &'v str); N] {
    values
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()))
}

fn calculation_line(line: &Line, names: &[Named]) -> CalculationLine {
    let named = names.iter().find(|named| named.number == line.number);
    let note = match &line.exact {
        Some(exact) => filled(
            texts::APPENDIX_EXACT,
            &[("formula", &line.formula), ("exact", exact)],
        ),
        None => line.formula.clone(),
    };
    CalculationLine {
        number: line.number.to_string(),
        depth: 0,
        text: named.map_or(line.what.as_str(), |named| &named.name).into(),
        note: Text::plain(note),
        amount: line.result.clone(),
        strong: named.is_some_and(|named| named.strong),
    }
}

/// Which choice follows from the hours, and why: the measured time and the edges of the choice.
fn scales(case: &Case<'_>, grant: &Grant<'_>) -> Vec<Text> {
    let mut found = Vec::new();
    let Some(segment) = grant.budget.segments.first() else {
        return found;
    };
    for (part, granted) in segment.parts.iter().zip(&grant.budget.granted) {
        for (place, axis) in grant.catalogue.file.axes.iter().enumerate() {
            let name = part.part.as_deref();
            let (Some(value), Some(scale)) = (part.choices.get(place), grant.scale(name, place))
            else {
                continue;
            };
            let known = grant.catalogue.axis_value(place, value);
            let edges = grant.edges(name, place, value);
            let (Some(known), Some(edges)) = (known, edges) else {
                continue;
            };
            let time = match scale.measures {
                Measured::BeforeAggravation => match before_aggravation(case, granted) {
                    Some(time) => time,
                    None => texts::APPENDIX_CHOSEN.to_owned(),
                },
                Measured::Granted => texts::APPENDIX_GRANTED_TIME.to_owned(),
            };
            let overridden = part.overrides.iter().any(|made| made.axis == place);
            let time = if overridden {
                filled(texts::APPENDIX_OVERRIDDEN, &[("time", &time)])
            } else {
                time
            };
            let same = edges == known.label;
            found.push(fill(
                if same {
                    texts::APPENDIX_SCALE_SAME
                } else {
                    texts::APPENDIX_SCALE
                },
                &[
                    ("axis", &capital(&axis.label)),
                    ("value", &known.label),
                    ("edges", &edges),
                    ("time", &time),
                ],
            ));
        }
    }
    found
}

/// The choices of policy that the norm sets lean on, each once: a reader can see whether they are those of the municipality.
fn assumes(grant: &Grant<'_>) -> Vec<Text> {
    let mut found: Vec<&str> = Vec::new();
    let granted = grant.budget.granted.iter();
    let worked = granted.filter_map(|part| part.worked.as_ref());
    for one in worked.flat_map(|worked| worked.assumes.iter()) {
        if !found.contains(&&*one.choice.value) {
            found.push(&one.choice.value);
        }
    }
    found.into_iter().map(Text::plain).collect()
}

/// The time that the scale is laid along; nothing when no norm set was used.
fn before_aggravation(case: &Case<'_>, granted: &GrantedPart<NodeId>) -> Option<String> {
    let worked = granted.worked.as_ref()?;
    let before = worked.before_aggravating;
    let per_week = Measure::VolumePer(crate::quantity::Unit::Minute, Frequency::Week);
    let time = shown(before.value, per_week);
    Some(match case.listing.number(before.node) {
        Some(number) => filled(
            texts::APPENDIX_BEFORE_LINE,
            &[("time", &time), ("number", &number.to_string())],
        ),
        None => filled(texts::APPENDIX_BEFORE, &[("time", &time)]),
    })
}
