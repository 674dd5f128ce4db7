//! How much help: the extent, the choices that belong to it, and how a norm set came to it.

use super::super::blocks::{Block, Column, Level, List, Table, TableRow, Text};
use super::words::{self, add, fill, filled};
use super::{Case, Grant, paragraph, texts};
use crate::budget::GrantedPart;
use crate::catalogue::file::{Closed, Measured};
use crate::catalogue::{ProductEntry, ScaleEntry};
use crate::indication::Hours;
use crate::norms::{HoursLine, LineKind, NormSet, WorkedHours};
use crate::quantity::dutch::{capital, listed};
use crate::quantity::{Exact, Frequency, Unit};
use crate::trace::{Measure, NodeId, rounding_words, shown};

/// How much, with choices and norm.
pub(super) fn blocks(case: &Case<'_>, grant: &Grant<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(Level::Subsection, texts::HOW_MUCH.into())];
    let granted = &grant.budget.granted;
    let mut text = Text::default();
    for part in granted {
        let extent = extent(grant, part);
        text = if granted.len() > 1 {
            let part = words::mid(&part.label);
            add(
                text,
                texts::AMOUNT_OF_PART,
                &[("part", &part), ("extent", &extent)],
            )
        } else {
            add(text, texts::AMOUNT_OF_HELP, &[("extent", &extent)])
        };
        text = match grant.provision.line.hours_of(part.part.as_deref()) {
            Some(Hours::Band) => add(text, texts::FROM_BAND, &[]),
            Some(Hours::Typed(_)) if granted.len() > 1 => {
                let part = words::mid(&part.label);
                add(text, texts::WITHOUT_NORM_PART, &[("part", &part)])
            }
            Some(Hours::Typed(_)) => add(text, texts::WITHOUT_NORM, &[]),
            Some(Hours::Norm(_)) | None => text,
        };
        if part.volumes.iter().any(|volume| volume.unit == Unit::Point) {
            text = add(text, texts::POINTS, &[]);
        }
        if let Some(visits) = part.worked.as_ref().and_then(|worked| worked.extra_visits) {
            let per = Frequency::Week.dutch();
            let visits = format!("{} keer {per}", words::about(visits.value));
            text = add(text, texts::VISITS, &[("visits", &visits)]);
        }
    }
    blocks.push(Block::Paragraph(text));
    let choices = choices(grant);
    if !choices.is_empty() {
        blocks.push(paragraph(texts::CHOICES, &[]));
        blocks.push(Block::List(List {
            numbered: false,
            items: choices,
        }));
    }
    for reason in granted
        .iter()
        .filter_map(|part| part.aggravation.as_deref())
    {
        let reason = words::sentence(reason);
        blocks.push(paragraph(texts::HEAVIER, &[("text", &reason)]));
    }
    let mut first = true;
    for part in granted {
        let Some(worked) = &part.worked else { continue };
        let hours = grant.provision.line.hours_of(part.part.as_deref());
        let Some(Hours::Norm(work)) = hours else {
            continue;
        };
        let Ok(set) = case.library.norms(&case.dossier.municipality).set_of(work) else {
            continue;
        };
        let intro = if first {
            texts::NORM
        } else {
            texts::NORM_AGAIN
        };
        let time = if granted.len() > 1 {
            format!("de tijd voor {}", words::mid(&part.label))
        } else {
            "de tijd".to_owned()
        };
        blocks.push(paragraph(
            intro,
            &[
                ("time", &time),
                ("norm", &set.name),
                ("version", &work.set.version),
                ("source", set.source.trim_end_matches('.')),
            ],
        ));
        blocks.extend(norm(set, worked));
        first = false;
    }
    blocks
}

/// The choices of a provision, each with what it means: `Zwaartesoort: Midden (meer dan 120 …)`.
fn choices(grant: &Grant<'_>) -> Vec<Text> {
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

/// The extent of a part in words.
pub(super) fn extent(grant: &Grant<'_>, part: &GrantedPart<NodeId>) -> String {
    let piece = grant.file.and_then(|file| file.piece_name.as_deref());
    let volumes = part.volumes.iter();
    let volumes: Vec<String> = volumes
        .map(|volume| words::volume(volume.figure.value, volume.unit, volume.per, piece))
        .collect();
    listed(&volumes)
}

/// How the norm set came to the time: a table with reasons, and the rounding in words.
fn norm(set: &NormSet, worked: &WorkedHours<NodeId>) -> Vec<Block> {
    let unit = worked.unit;
    let heading = capital(&format!("{} {}", plural(unit.unit()), unit.per().dutch()));
    let mut rows = Vec::new();
    let several = worked.parts.len() > 1;
    let mut precise = words::two_decimals(worked.in_own_unit.value);
    for part in &worked.parts {
        for line in &part.lines {
            precise &= words::two_decimals(line.value.value);
            rows.push(row(&part.name, line));
        }
        if several {
            let name = format!("Samen: {}", part.name);
            rows.push(TableRow::total([
                name,
                words::rounded(part.in_own_unit.value),
                String::new(),
            ]));
        }
    }
    let all = words::rounded(worked.in_own_unit.value);
    rows.push(TableRow::total([
        "Alles samen".to_owned(),
        all,
        String::new(),
    ]));
    let mut blocks = vec![Block::Table(Table {
        columns: vec![
            Column::words("Wat"),
            Column::amounts(heading),
            Column::words("Waarom"),
        ],
        rows,
    })];
    if !precise {
        blocks.push(paragraph(texts::NORM_TWO_DECIMALS, &[]));
    }
    blocks.push(Block::Paragraph(outcome(set, worked)));
    blocks
}

fn outcome(set: &NormSet, worked: &WorkedHours<NodeId>) -> Text {
    let (unit, per) = (worked.unit, worked.per);
    let sum = words::with_unit(worked.in_own_unit.value, unit.unit(), unit.per());
    let exact = words::with_unit(worked.exact.value, Unit::Minute, per);
    let granted = words::volume(worked.granted.value, Unit::Minute, per, None);
    let mut text = if unit.unit() == Unit::Minute && unit.per() == per {
        fill(texts::NORM_OUTCOME, &[("sum", &sum)])
    } else {
        fill(texts::NORM_RESTATED, &[("sum", &sum), ("exact", &exact)])
    };
    text = if worked.exact.value == worked.granted.value {
        add(text, texts::NORM_EXACT, &[("granted", &granted)])
    } else {
        let measure = Measure::VolumePer(Unit::Minute, per);
        let rounded = rounding_words(&set.rounding.value, measure);
        add(
            text,
            texts::NORM_ROUNDED,
            &[("rounded", &rounded), ("granted", &granted)],
        )
    };
    if worked.parts.len() > 1 {
        let parts: Vec<String> = worked
            .parts
            .iter()
            .map(|part| format!("{} {}", part.name, minutes(part.shown.value)))
            .collect();
        let together = shown(worked.granted.value, Measure::VolumePer(Unit::Minute, per));
        text = add(
            text.then(" "),
            texts::NORM_PARTS,
            &[("parts", &parts.join("; ")), ("granted", &together)],
        );
    }
    text
}

fn minutes(value: Exact) -> String {
    shown(value, Measure::Volume(Unit::Minute))
}

/// `uren`: a table heads its column with more than one of them.
fn plural(unit: Unit) -> &'static str {
    match unit {
        Unit::Hour => "uren",
        _ => unit.plural(),
    }
}

/// One base, factor or reduction of a part.
fn row(part: &str, line: &HoursLine<NodeId>) -> TableRow {
    let mut name = capital(&line.name);
    if matches!(line.kind, LineKind::Base | LineKind::Own) && *line.name != *part {
        name = format!("{}: {}", capital(part), line.name);
    }
    if let Some(counted) = line.counted.as_deref().filter(|_| line.count > 1) {
        name = format!("{name} ({} × {counted})", line.count);
    }
    let magnitude = words::rounded(line.value.value);
    let value = match line.kind {
        LineKind::Base | LineKind::Own => magnitude,
        LineKind::Visits => "0".to_owned(),
        LineKind::Factor | LineKind::Reduction(_) if line.value.value.is_negative() => {
            magnitude.replacen('−', "− ", 1)
        }
        LineKind::Factor | LineKind::Reduction(_) => format!("+ {magnitude}"),
    };
    let reason = line
        .reason
        .as_deref()
        .map(words::sentence)
        .unwrap_or_default();
    let reason = match line.kind {
        LineKind::Base => texts::NORM_BASE.to_owned(),
        LineKind::Visits => filled(texts::NORM_VISITS, &[("reason", &reason)]),
        LineKind::Own | LineKind::Factor if line.deviates => {
            filled(texts::NORM_DEVIATES, &[("reason", &reason)])
        }
        LineKind::Own => filled(texts::NORM_OWN, &[("reason", &reason)]),
        LineKind::Factor if line.own.is_some() => filled(texts::NORM_OWN, &[("reason", &reason)]),
        LineKind::Factor | LineKind::Reduction(_) => reason,
    };
    TableRow::new([name, value, reason])
}

impl Grant<'_> {
    /// The product that a part follows; without parts the product itself.
    fn product_of(&self, part: Option<&str>) -> Option<&ProductEntry> {
        let Some(id) = part else {
            return Some(self.product);
        };
        let entry = self.product.parts.iter().find(|entry| entry.id == id)?;
        self.catalogue.products.get(entry.product)
    }

    /// The scale of an axis for a part.
    pub(super) fn scale(&self, part: Option<&str>, axis: usize) -> Option<&ScaleEntry> {
        self.product_of(part)?.scale(axis)
    }

    /// From where to where a value of an axis goes: `meer dan 120 tot en met 210 minuten per week`.
    pub(super) fn edges(&self, part: Option<&str>, axis: usize, value: usize) -> Option<String> {
        let scale = self.scale(part, axis)?;
        let step = scale.step_of(value)?;
        let unit = format!("{} {}", scale.unit.plural(), scale.per.dutch());
        let unit = match scale.measures {
            Measured::Granted => unit,
            Measured::BeforeAggravation => filled(texts::WITHOUT_AGGRAVATION, &[("edges", &unit)]),
        };
        let low = words::about(step.over);
        let high = step.to.map(words::about);
        Some(match (scale.closed, high) {
            (Closed::Upper, Some(high)) if step.over.is_zero() => {
                format!("tot en met {high} {unit}")
            }
            (Closed::Upper, Some(high)) => format!("meer dan {low} tot en met {high} {unit}"),
            (Closed::Upper, None) => format!("meer dan {low} {unit}"),
            (Closed::Lower, Some(high)) => format!("{low} tot {high} {unit}"),
            (Closed::Lower, None) => format!("{low} {unit} of meer"),
        })
    }
}
