//! One provision: what it is for, how much, by whom, and why; or why not.

use super::super::blocks::{Block, Level, List, Text};
use super::words::{self, add, date, fill, filled};
use super::{Case, Decided, Grant, Refusal, hours, paragraph, pgb, texts};
use crate::budget::GrantedPart;
use crate::dossier::Motivation;
use crate::indication::Delivery;
use crate::norms::{HoursLine, LineKind};
use crate::quantity::dutch::capital;
use crate::trace::NodeId;

/// The part of the letter about one provision.
pub(super) fn blocks(case: &Case<'_>, decided: &Decided<'_>) -> Vec<Block> {
    match decided {
        Decided::Granted(grant) => granted(case, grant),
        Decided::Refused(refusal) => refused(case, refusal),
    }
}

fn granted(case: &Case<'_>, grant: &Grant<'_>) -> Vec<Block> {
    let why = &grant.provision.motivation;
    let mut blocks = vec![Block::Heading(
        Level::Section,
        grant.heading.as_str().into(),
    )];
    if let Some(purpose) = grant.file.and_then(|file| file.purpose.as_deref()) {
        blocks.push(Block::Paragraph(words::sentence(purpose).into()));
    }
    if let Some(moved) = &grant.provision.moved_end {
        let reason = words::sentence(&moved.reason);
        blocks.push(match moved.granted {
            Some(was) => paragraph(
                texts::MOVED_END,
                &[("was", &date(was)), ("reason", &reason)],
            ),
            None => paragraph(texts::MOVED_END_OPEN, &[("reason", &reason)]),
        });
    }
    blocks.push(Block::Heading(Level::Subsection, texts::RESULTS.into()));
    blocks.push(list(&why.results));
    blocks.push(Block::Heading(Level::Subsection, texts::ACTIVITIES.into()));
    blocks.push(list(&why.activities));
    blocks.extend(hours::blocks(case, grant));
    match &grant.provision.line.delivery {
        Delivery::InKind { provider } => blocks.extend(in_kind(grant, provider.trim())),
        Delivery::Pgb { providers } => blocks.extend(pgb::blocks(case, grant, providers)),
    }
    blocks.extend(reasons(case, grant));
    blocks
}

/// What somebody typed as points, each a sentence.
fn list(items: &[String]) -> Block {
    let items = items.iter().filter(|item| !item.trim().is_empty());
    Block::List(List {
        numbered: false,
        items: items.map(|item| words::sentence(item).into()).collect(),
    })
}

fn in_kind(grant: &Grant<'_>, provider: &str) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Level::Subsection, texts::WHO.into())];
    blocks.push(if provider.is_empty() {
        paragraph(texts::IN_KIND_OPEN, &[])
    } else {
        paragraph(texts::IN_KIND, &[("provider", provider)])
    });
    let mut amounts = grant
        .budget
        .segments
        .iter()
        .flat_map(|segment| segment.amount.iter());
    let unknown = amounts.any(|amount| amount.euro().is_none());
    if unknown {
        blocks.push(paragraph(texts::IN_KIND_UNKNOWN_PRICE, &[]));
    } else if let Some(last) = pgb::last_known(grant) {
        blocks.push(paragraph(
            texts::IN_KIND_OPEN_TAIL,
            &[("last", &date(last))],
        ));
    }
    blocks
}

fn reasons(case: &Case<'_>, grant: &Grant<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(Level::Subsection, texts::REASONS.into()),
        Block::Paragraph(add(investigation(case), texts::ONLY_THE_REST, &[])),
    ];
    blocks.extend(motivation(&grant.provision.motivation));
    let deviations = deviations(grant);
    let norm = grant
        .budget
        .granted
        .iter()
        .any(|part| part.worked.is_some());
    blocks.push(if deviations.is_empty() {
        paragraph(
            if norm {
                texts::NO_DEVIATION_NORM
            } else {
                texts::NO_DEVIATION
            },
            &[],
        )
    } else {
        paragraph(texts::DEVIATIONS, &[("text", &deviations.join(" "))])
    });
    blocks
}

/// That there was an investigation, and into what.
fn investigation(case: &Case<'_>) -> Text {
    let report = case.dossier.dates.report.map(date).unwrap_or_default();
    fill(texts::INVESTIGATION, &[("report", &report)])
}

/// The steps of the investigation as they were written down; a refusal may have no reasons beside its ground.
fn motivation(why: &Motivation) -> Vec<Block> {
    [
        (texts::LIMITATIONS, &why.limitations),
        (texts::OWN_STRENGTH, &why.own_strength),
        (texts::CUSTOMARY_HELP, &why.customary_help),
        (texts::PRIOR, &why.prior),
        (texts::WHY, &why.reasons),
    ]
    .into_iter()
    .filter(|(_, text)| !text.trim().is_empty())
    .map(|(template, text)| paragraph(template, &[("text", &words::sentence(text))]))
    .collect()
}

fn refused(case: &Case<'_>, refusal: &Refusal<'_>) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading(Level::Section, refusal.heading.as_str().into()),
        paragraph(texts::GROUND, &[("text", &words::sentence(refusal.ground))]),
        Block::Paragraph(investigation(case)),
    ];
    blocks.extend(motivation(&refusal.provision.motivation));
    blocks
}

/// Where norm, severity or ceiling were left, each with its reason.
fn deviations(grant: &Grant<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for part in &grant.budget.granted {
        found.extend(norm_lines(part).filter(|line| line.deviates).map(|line| {
            let reason = line.reason.as_deref().unwrap_or_default();
            format!("{}: {}", capital(&line.name), words::sentence(reason))
        }));
    }
    let segments = &grant.budget.segments;
    for segment in segments {
        let made = segment.parts.iter().flat_map(|part| &part.overrides);
        for made in made {
            let axis = segment.catalogue.file.axes.get(made.axis);
            let value = segment.catalogue.axis_value(made.axis, made.value);
            let (Some(axis), Some(value)) = (axis, value) else {
                continue;
            };
            let text = filled(
                texts::DEVIATES_CHOICE,
                &[
                    ("axis", &words::mid(&axis.label)),
                    ("value", &value.label),
                    ("reason", &words::sentence(&made.reason)),
                ],
            );
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    let mut parts = segments.iter().flat_map(|segment| &segment.parts);
    if let Some(reason) = &grant.provision.line.ceiling_reason
        && parts.any(|part| part.ceiling_lifted)
    {
        let reason = words::sentence(reason);
        found.push(filled(texts::DEVIATES_CEILING, &[("reason", &reason)]));
    }
    found
}

fn norm_lines(part: &GrantedPart<NodeId>) -> impl Iterator<Item = &HoursLine<NodeId>> {
    let parts = part.worked.iter().flat_map(|worked| &worked.parts);
    parts
        .flat_map(|part| &part.lines)
        .filter(|line| line.kind != LineKind::Base)
}

/// The choices of a provision, each with what it means: `Zwaartesoort: Midden (meer dan 120 …)`.
pub(super) fn choices(grant: &Grant<'_>) -> Vec<Text> {
    let mut found: Vec<Text> = Vec::new();
    let Some(segment) = grant.budget.segments.first() else {
        return found;
    };
    for part in &segment.parts {
        for (place, axis) in grant.catalogue.file.axes.iter().enumerate() {
            let Some(value) = part.choices.get(place) else {
                continue;
            };
            let Some(known) = grant.catalogue.axis_value(place, value) else {
                continue;
            };
            let edges = grant.edges(part.part.as_deref(), place, value);
            let meaning = edges.or_else(|| known.meaning.clone());
            let label = capital(&axis.label);
            let text = match meaning.filter(|meaning| *meaning != known.label) {
                Some(meaning) => fill(
                    texts::CHOICE_MEANING,
                    &[
                        ("axis", &label),
                        ("value", &known.label),
                        ("meaning", &meaning),
                    ],
                ),
                None => fill(texts::CHOICE, &[("axis", &label), ("value", &known.label)]),
            };
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found
}
