//! How much help: the extent, the choices that belong to it, and how a norm set came to it.

use super::super::blocks::{Block, Column, Level, List, Table, TableRow, Text};
use super::words::{self, Adding, add, fill, filled};
use super::{Case, Grant, paragraph};
use crate::budget::{GrantedPart, LineBudget, Volume};
use crate::catalogue::file::{Closed, Measured, Product};
use crate::catalogue::{ProductEntry, ScaleEntry};
use crate::indication::{Activity, Hours};
use crate::norms::{HoursLine, LineKind, NormSet, NormUnit, WorkedHours};
use crate::quantity::dutch::{capital, listed};
use crate::quantity::{Exact, Frequency, Unit};
use crate::texts::Sentences;
use crate::trace::{Measure, NodeId, rounding_words, shown};

/// How much, with choices and norm.
pub(super) fn blocks(case: &Case<'_>, grant: &Grant<'_>) -> Vec<Block> {
    let say = grant.say;
    let mut blocks = vec![Block::Heading(Level::Subsection, say.of("how_much").into())];
    let granted = &grant.budget.granted;
    let mut text = Text::default();
    for part in granted {
        let extent = extent(grant.file, part);
        text = if granted.len() > 1 {
            let part = words::mid(&part.label);
            add(
                text,
                say.of("amount_of_part"),
                &[("part", &part), ("extent", &extent)],
            )
        } else {
            add(text, say.of("amount_of_help"), &[("extent", &extent)])
        };
        if let Some(together) = &part.together {
            let extent = words::with_unit(together.figure.value, together.unit, together.per);
            text = add(text, say.of("amount_together"), &[("extent", &extent)]);
        }
        text = match grant.provision.line.hours_of(part.part.as_deref()) {
            Some(Hours::Band) => add(text, say.of("from_band"), &[]),
            Some(Hours::Typed(_) | Hours::Activities(_)) if granted.len() > 1 => {
                let part = words::mid(&part.label);
                add(text, say.of("without_norm_part"), &[("part", &part)])
            }
            Some(Hours::Typed(_) | Hours::Activities(_)) => add(text, say.of("without_norm"), &[]),
            Some(Hours::Norm(_)) | None => text,
        };
        if part.volumes.iter().any(|volume| volume.unit == Unit::Point) {
            text = add(text, say.of("points"), &[]);
        }
        if let Some(visits) = part.worked.as_ref().and_then(|worked| worked.extra_visits) {
            let per = Frequency::Week.dutch();
            let visits = filled(
                say.of("visits_times"),
                &[("times", &words::about(visits.value)), ("per", per)],
            );
            text = add(text, say.of("visits"), &[("visits", &visits)]);
        }
    }
    blocks.push(Block::Paragraph(text));
    let choices = choices(grant);
    if !choices.is_empty() {
        blocks.push(paragraph(say.of("choices"), &[]));
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
        blocks.push(paragraph(say.of("heavier"), &[("text", &reason)]));
    }
    for part in &grant.provision.line.hours {
        if let Hours::Activities(rows) = &part.hours {
            let of_part =
                |granted: &&GrantedPart<NodeId>| granted.part.as_deref() == part.part.as_deref();
            let sum = granted.iter().find(of_part).and_then(sum);
            blocks.push(activities(say, rows, sum));
        }
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
            say.of("norm")
        } else {
            say.of("norm_again")
        };
        let time = if granted.len() > 1 {
            filled(
                say.of("norm_time_part"),
                &[("part", &words::mid(&part.label))],
            )
        } else {
            say.of("norm_time").to_owned()
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
        blocks.extend(norm(say, set, worked));
        if work.is_standard() && !work.standard_reason.trim().is_empty() {
            let reason = words::sentence(&work.standard_reason);
            blocks.push(paragraph(say.of("norm_standard"), &[("reason", &reason)]));
        }
        first = false;
    }
    blocks
}

/// Whether the name of a value says its edges already: `0 tot en met 2 uur per week`.
pub(super) fn says(label: &str, edges: &str) -> bool {
    label.strip_prefix("0 ").unwrap_or(label) == edges
}

/// The choices of a provision, each with what it means: `Zwaartesoort: Midden (meer dan 120 …)`.
fn choices(grant: &Grant<'_>) -> Vec<Text> {
    let say = grant.say;
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
            let meaning = match edges {
                Some(edges) => Some(edges).filter(|edges| !says(&known.label, edges)),
                None => known.meaning.clone(),
            };
            let label = capital(&axis.label);
            let text = match meaning.filter(|meaning| *meaning != known.label) {
                Some(meaning) => fill(
                    say.of("choice_meaning"),
                    &[
                        ("axis", &label),
                        ("value", &known.label),
                        ("meaning", &meaning),
                    ],
                ),
                None => fill(
                    say.of("choice"),
                    &[("axis", &label), ("value", &known.label)],
                ),
            };
            if !found.contains(&text) {
                found.push(text);
            }
        }
    }
    found
}

/// How much, of all parts.
pub(super) fn of_all_parts(file: Option<&Product>, budget: &LineBudget<NodeId>) -> String {
    let several = budget.granted.len() > 1;
    let parts = budget.granted.iter().map(|part| {
        let extent = extent(file, part);
        if several {
            format!("{extent} {}", words::mid(&part.label))
        } else {
            extent
        }
    });
    listed(&parts.collect::<Vec<String>>())
}

/// The extent of a part in words.
fn extent(file: Option<&Product>, part: &GrantedPart<NodeId>) -> String {
    let piece = file.and_then(|file| file.piece_name.as_deref());
    let volumes = part.volumes.iter();
    let volumes: Vec<String> = volumes
        .map(|volume| words::volume(volume.figure.value, volume.unit, volume.per, piece))
        .collect();
    listed(&volumes)
}

/// For each activity what it is for, and how much time it takes.
fn activities(say: &Sentences, rows: &[Activity], sum: Option<Volume<NodeId>>) -> Block {
    let several = rows.len() > 1;
    let rows = rows.iter().map(|row| {
        let extent = &row.extent;
        let time = words::with_unit(Exact::from(extent.volume), extent.unit, extent.per);
        TableRow::new([
            words::sentence(&row.goal),
            words::sentence(&row.activity),
            time,
        ])
    });
    let sum = sum.filter(|_| several).map(|sum| {
        let time = words::with_unit(sum.figure.value, sum.unit, sum.per);
        TableRow::total([say.of("table_together").to_owned(), String::new(), time])
    });
    Block::Table(Table {
        columns: vec![
            Column::words(say.of("table_goal")),
            Column::words(say.of("table_activity")),
            Column::amounts(say.of("table_time")),
        ],
        rows: rows.chain(sum).collect(),
    })
}

/// All of the time of a part in one unit and period.
fn sum(part: &GrantedPart<NodeId>) -> Option<Volume<NodeId>> {
    match part.volumes.as_slice() {
        [one] => Some(*one),
        _ => part.together,
    }
}

/// How the norm set came to the time: a table with reasons, and the rounding in words.
fn norm(say: &Sentences, set: &NormSet, worked: &WorkedHours<NodeId>) -> Vec<Block> {
    let unit = worked.unit;
    let heading = capital(&format!("{} {}", plural(unit.unit()), unit.per().dutch()));
    let mut rows = Vec::new();
    let several = worked.parts.len() > 1;
    let lines = || worked.parts.iter().flat_map(|part| &part.lines);
    let timed = lines().filter(|line| line.kind != LineKind::Visits);
    let mut column = Adding::of(timed.map(|line| line.value.value));
    let precise = lines().all(|line| words::two_decimals(line.value.value));
    for part in &worked.parts {
        let before = column.so_far();
        for line in &part.lines {
            rows.push(row(say, &part.name, line, unit, &mut column));
        }
        if several {
            let name = filled(say.of("norm_part_together"), &[("part", &part.name)]);
            rows.push(TableRow::total([name, column.since(before), String::new()]));
        }
    }
    let all = column.since(Exact::ZERO);
    rows.push(TableRow::total([
        say.of("norm_all_together").to_owned(),
        all,
        String::new(),
    ]));
    let mut blocks = vec![Block::Table(Table {
        columns: vec![
            Column::words(say.of("table_what")),
            Column::amounts(heading),
            Column::words(say.of("table_why")),
        ],
        rows,
    })];
    if !precise {
        blocks.push(paragraph(say.of("norm_two_decimals"), &[]));
    }
    blocks.push(Block::Paragraph(outcome(say, set, worked)));
    blocks
}

fn outcome(say: &Sentences, set: &NormSet, worked: &WorkedHours<NodeId>) -> Text {
    let (unit, per) = (worked.unit, worked.per);
    let sum = words::with_unit(worked.in_own_unit.value, unit.unit(), unit.per());
    let exact = words::with_unit(worked.exact.value, Unit::Minute, per);
    let granted = words::volume(worked.granted.value, Unit::Minute, per, None);
    let mut text = if unit.unit() == Unit::Minute && unit.per() == per {
        fill(say.of("norm_outcome"), &[("sum", &sum)])
    } else {
        fill(say.of("norm_restated"), &[("sum", &sum), ("exact", &exact)])
    };
    text = if worked.exact.value == worked.granted.value {
        add(text, say.of("norm_exact"), &[("granted", &granted)])
    } else {
        let measure = Measure::VolumePer(Unit::Minute, per);
        let rounded = rounding_words(&set.rounding.value, measure);
        add(
            text,
            say.of("norm_rounded"),
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
            text,
            say.of("norm_parts"),
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
fn row(
    say: &Sentences,
    part: &str,
    line: &HoursLine<NodeId>,
    unit: NormUnit,
    column: &mut Adding,
) -> TableRow {
    let mut name = capital(&line.name);
    if matches!(line.kind, LineKind::Base | LineKind::Own) && *line.name != *part {
        name = format!("{}: {}", capital(part), line.name);
    }
    if let Some(counted) = line.counted.as_deref().filter(|_| line.count > 1) {
        name = format!("{name} ({} × {counted})", line.count);
    }
    if let Some(own) = line.own
        && (unit.unit(), unit.per()) != (Unit::Minute, own.per)
    {
        // As it was filled in: the column is in the unit of the norm set.
        let typed = words::with_unit(Exact::from(own.minutes), Unit::Minute, own.per);
        name = format!("{name} ({typed})");
    }
    let value = match line.kind {
        LineKind::Base | LineKind::Own => column.row(line.value.value),
        LineKind::Visits => column.row(Exact::ZERO),
        LineKind::Factor | LineKind::Reduction(_) => {
            let magnitude = column.row(line.value.value);
            match magnitude.strip_prefix('−') {
                Some(less) => format!("− {less}"),
                None => format!("+ {magnitude}"),
            }
        }
    };
    let reason = line
        .reason
        .as_deref()
        .map(words::sentence)
        .unwrap_or_default();
    let reason = match line.kind {
        LineKind::Base => say.of("norm_base").to_owned(),
        LineKind::Visits => filled(say.of("norm_visits"), &[("reason", &reason)]),
        LineKind::Own | LineKind::Factor if line.deviates => {
            filled(say.of("norm_deviates"), &[("reason", &reason)])
        }
        LineKind::Own => filled(say.of("norm_own"), &[("reason", &reason)]),
        LineKind::Factor if line.own.is_some() => {
            filled(say.of("norm_own"), &[("reason", &reason)])
        }
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
        let say = self.say;
        let scale = self.scale(part, axis)?;
        let step = scale.step_of(value)?;
        let unit = format!("{} {}", scale.unit.plural(), scale.per.dutch());
        let unit = match scale.measures {
            Measured::Granted => unit,
            Measured::BeforeAggravation => {
                filled(say.of("without_aggravation"), &[("edges", &unit)])
            }
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
