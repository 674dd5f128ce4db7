//! The appendix of a letter: the calculation in numbered lines, from the same trace as the screen, with its sources.

use super::super::blocks::{Block, CalculationLine, Labelled, Level, List, Text};
use super::hours::says;
use super::words::{self, fill, filled};
use super::{Case, Grant, change};
use crate::budget::{Amounts, GrantedPart, LineBudget, Money};
use crate::catalogue::file::Measured;
use crate::dossier::LetterKind;
use crate::quantity::Frequency;
use crate::quantity::dutch::capital;
use crate::texts::Sentences;
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
        let volumes = part.volumes.iter().chain(&part.together);
        nodes.extend(volumes.map(|volume| volume.figure.node));
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
            for provider in &part.providers {
                nodes.extend(
                    provider
                        .before_ceiling
                        .iter()
                        .flat_map(|before| euros(before)),
                );
                nodes.extend(euros(&provider.amount));
            }
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
    let say = case.library.texts.sentences();
    let mut blocks = vec![
        Block::PageBreak,
        Block::Heading(Level::Title, say.of("appendix").into()),
    ];
    blocks.extend(introduction(case, say));
    for (grant, lines) in case.grants().zip(&case.listing.groups) {
        let names = names(case, grant);
        blocks.push(Block::Heading(
            Level::Section,
            grant.heading.as_str().into(),
        ));
        let set = lines.iter().map(|line| calculation_line(say, line, &names));
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
        let differences = grant.before.as_ref().map(|old| change::redone(old, grant));
        blocks.extend(differences.into_iter().flatten().map(Block::Paragraph));
        let assumes = assumes(grant);
        if !assumes.is_empty() {
            blocks.push(Block::Paragraph(say.of("appendix_assumes").into()));
            blocks.push(Block::List(List {
                numbered: false,
                items: assumes,
            }));
        }
    }
    if !case.listing.sources.is_empty() {
        blocks.push(Block::Heading(
            Level::Section,
            say.of("appendix_sources").into(),
        ));
        let sources = case.listing.sources.iter().map(|source| {
            let template = match source.status {
                Status::Example => say.of("appendix_source_example"),
                Status::Established => say.of("appendix_source"),
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

/// How to read the calculation: only what this one has. Where nothing is worked out, nothing can be redone.
fn introduction(case: &Case<'_>, say: &Sentences) -> Vec<Block> {
    let any = |holds: &dyn Fn(&Line) -> bool| case.listing.groups.iter().flatten().any(holds);
    let worked_out = any(&|line| {
        let signs = ["regel", " × ", " ÷ ", " + ", " − ", "afgerond"];
        line.exact.is_some() || signs.iter().any(|sign| line.formula.contains(sign))
    });
    let mut intro = match worked_out {
        true => say.of("appendix_intro").to_owned(),
        false => say.of("appendix_intro_told").to_owned(),
    };
    let has_ceiling = any(&|line| line.formula.contains("plafond") || line.what.contains("lafond"));
    for (has, sentence) in [
        (
            !case.listing.sources.is_empty(),
            say.of("appendix_intro_sources"),
        ),
        (has_ceiling, say.of("appendix_intro_ceilings")),
    ] {
        if has {
            intro.push(' ');
            intro.push_str(sentence);
        }
    }
    let mut blocks = vec![Block::Paragraph(intro.as_str().into())];
    if worked_out {
        blocks.push(Block::Paragraph(say.of("appendix_rounding").into()));
    }
    blocks
}

/// What is left of a sum in which lines are added and taken away again; nothing where none is.
fn cancelled(formula: &str) -> Option<String> {
    let is_line = |term: &str| {
        let number = term.strip_prefix("regel");
        let number = number.and_then(|rest| rest.strip_prefix([' ', '\u{a0}']));
        number.is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let mut added: Vec<&str> = Vec::new();
    let mut taken: Vec<&str> = Vec::new();
    for part in formula.split(" + ") {
        let mut terms = part.split(" − ");
        added.extend(terms.next());
        taken.extend(terms);
    }
    if taken.is_empty() || !added.iter().chain(&taken).all(|term| is_line(term)) {
        return None;
    }
    for term in &taken {
        let same = added.iter().position(|other| other == term)?;
        added.remove(same);
    }
    match added.as_slice() {
        [left] => Some((*left).to_owned()),
        _ => None,
    }
}

/// The lines that the letter itself speaks of: granted time, rates, amounts per period, totals.
fn names(case: &Case<'_>, grant: &Grant<'_>) -> Vec<Named> {
    let say = grant.say;
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
                Some(_) => say.of("line_known"),
                None => say.of("line_term"),
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
                filled(say.of("line_year"), &borrowed(&values)),
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
                let name = filled(say.of("line_amount"), &borrowed(&values));
                add(figure.node, name, true);
            }
        }
        let [_, _, month, year] = &segment.views;
        for (view, name) in [
            (month, say.of("line_month")),
            (year, say.of("line_whole_year")),
        ] {
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
                    filled(say.of("line_ceiling"), &borrowed(&values)),
                    false,
                );
            }
            for provider in &part.providers {
                let mut who = provider.kind.to_string();
                if segment.parts.len() > 1 {
                    who = format!("{}, {who}", words::mid(&part.label));
                }
                if let Some((rate, _)) = provider.rate {
                    let name = filled(say.of("line_rate"), &[("who", &who)]);
                    add(rate.node, name, false);
                }
                for (volume, per) in provider.volume.each(part.per) {
                    let values = [("who", who.as_str()), ("per", per.dutch())];
                    add(volume.node, filled(say.of("line_volume"), &values), false);
                }
                for (money, per) in provider.amount.each(part.per) {
                    let values = [("who", who.as_str()), ("per", per.dutch())];
                    if let Some(figure) = money.figure() {
                        add(figure.node, filled(say.of("line_share"), &values), false);
                    }
                }
            }
        }
    }
    for part in &budget.granted {
        let what = words::mid(&part.label);
        for volume in &part.volumes {
            let name = filled(say.of("line_granted"), &[("what", &what)]);
            add(volume.figure.node, name, true);
        }
        if let Some(together) = &part.together {
            let name = filled(say.of("line_together"), &[("what", &what)]);
            add(together.figure.node, name, true);
        }
    }
    for worked in budget
        .granted
        .iter()
        .filter_map(|part| part.worked.as_ref())
    {
        for part in &worked.parts {
            let values = [("part", part.name.as_ref()), ("per", worked.per.dutch())];
            add(part.shown.node, filled(say.of("line_part"), &values), false);
        }
        let before = worked.before_aggravating.node;
        add(before, say.of("line_before").to_owned(), false);
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

fn calculation_line(say: &Sentences, line: &Line, names: &[Named]) -> CalculationLine {
    let named = names.iter().find(|named| named.number == line.number);
    let formula = match cancelled(&line.formula) {
        Some(left) => {
            let values = [("left", left.as_str()), ("formula", &line.formula)];
            filled(say.of("appendix_cancelled"), &values)
        }
        None => line.formula.clone(),
    };
    let note = match &line.exact {
        Some(exact) => filled(
            say.of("appendix_exact"),
            &[("formula", &formula), ("exact", exact)],
        ),
        None => formula,
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
    let say = grant.say;
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
                    None => say.of("appendix_chosen").to_owned(),
                },
                Measured::Granted => match &granted.together {
                    Some(sum) => {
                        let time = words::with_unit(sum.figure.value, sum.unit, sum.per);
                        pointed(case, &time, sum.figure.node)
                    }
                    None => say.of("appendix_granted_time").to_owned(),
                },
            };
            let overridden = part.overrides.iter().any(|made| made.axis == place);
            let time = if overridden {
                filled(say.of("appendix_overridden"), &[("time", &time)])
            } else {
                time
            };
            let same = says(&known.label, &edges);
            found.push(fill(
                if same {
                    say.of("appendix_scale_same")
                } else {
                    say.of("appendix_scale")
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
    Some(pointed(case, &time, before.node))
}

/// A measured time, with the line of the calculation that it stands in.
fn pointed(case: &Case<'_>, time: &str, node: NodeId) -> String {
    let say = case.library.texts.sentences();
    match case.listing.number(node) {
        Some(number) => filled(
            say.of("appendix_before_line"),
            &[("time", time), ("number", &number.to_string())],
        ),
        None => filled(say.of("appendix_before"), &[("time", time)]),
    }
}
