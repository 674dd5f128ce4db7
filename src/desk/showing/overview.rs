//! The figures of the whole dossier. They are sums of totals over dates only, never of amounts per period.

use super::calculation::Calculation;
use super::words::{NOT_KNOWN, money, span};
use crate::desk::view::{BudgetView, LineView};
use crate::desk::widgets::figure::Figure;
use crate::desk::widgets::text::Tone;
use crate::desk::widgets::tree::Row;
use crate::dossier::{Dossier, Evaluation, Sum, Sums, YearSummary};
use crate::trace::Status;
use jiff::civil::Date;

/// In kind, pgb and together, per calendar year and over the whole term.
pub(super) fn overview(
    dossier: &Dossier,
    evaluation: &Evaluation,
    today: Date,
    lines: &[LineView],
) -> BudgetView {
    let summary = &evaluation.summary;
    let year = summary
        .years
        .iter()
        .find(|year| year.from.year() == today.year())
        .or_else(|| summary.years.first());
    let maxima = summary.years_are_maxima;
    let figure = match year {
        Some(year) => {
            let sum = of(&year.sums.together);
            let dates = span(year.from, year.to);
            Figure {
                label: format!(
                    "Hele dossier, totaal in {}{}",
                    year.from.year(),
                    at_most(maxima)
                ),
                note: if sum.note.is_empty() {
                    dates
                } else {
                    format!("{dates}. {}", sum.note)
                },
                ..sum
            }
        }
        None => Figure {
            label: "Hele dossier".to_owned(),
            amount: NOT_KNOWN.to_owned(),
            note: if dossier.provisions.is_empty() {
                "Er is nog geen voorziening. Voeg er links een toe.".to_owned()
            } else {
                "Nog geen enkele regel heeft een bedrag.".to_owned()
            },
            ..Figure::default()
        },
    };
    let mut totals = Vec::new();
    for year in &summary.years {
        let name = format!("{}{}", year.from.year(), at_most(maxima));
        let dates = span(year.from, year.to);
        totals.extend(rows(&name, &year.sums, &dates));
        totals.extend(average(year));
    }
    if summary.term.together.lines > 0 {
        let (name, note) = if summary.term_is_complete {
            ("Hele periode", "van alle regels samen")
        } else {
            (
                "Tot zover bekend",
                "nog niet van alle regels is alles bekend",
            )
        };
        totals.extend(rows(name, &summary.term, note));
    }
    let mut remarks = Vec::new();
    if year.is_some() && !summary.term_is_complete {
        remarks.push((
            Tone::Info,
            "Niet elke regel heeft een einddatum met een bekend tarief. De hele periode is daarom nog niet op te tellen."
                .to_owned(),
        ));
    }
    if maxima {
        remarks.push((
            Tone::Info,
            "De bedragen per jaar zijn een hoogste bedrag. Ze tellen niet op.".to_owned(),
        ));
    }
    let trace = calculation(evaluation);
    let mut sources: Vec<String> = Vec::new();
    for source in lines.iter().flat_map(|line| &line.budget.sources) {
        if !sources.contains(source) {
            sources.push(source.clone());
        }
    }
    BudgetView {
        figure,
        remarks,
        example: evaluation.status == Status::Example,
        adjusted: lines.iter().any(|line| line.budget.adjusted),
        totals,
        trace,
        sources,
        ..BudgetView::default()
    }
}

/// How the totals came about, step by step.
fn calculation(evaluation: &Evaluation) -> Vec<Row> {
    let summary = &evaluation.summary;
    let mut rows = Calculation::new(&evaluation.trace);
    let mut add = |sums: &Sums, name: &str| {
        if let Some(node) = sums.together.node {
            rows.add(node, name);
        }
    };
    for year in &summary.years {
        add(&year.sums, &format!("Totaal in {}", year.from.year()));
    }
    if summary.term_is_complete {
        add(&summary.term, "Totaal over de hele periode");
    }
    for year in &summary.years {
        if let Some(average) = &year.average_per_month {
            rows.add(
                average.node,
                &format!("{}, gemiddeld per maand", year.from.year()),
            );
        }
    }
    rows.finish().0
}

fn at_most(maxima: bool) -> &'static str {
    if maxima { ", ten hoogste" } else { "" }
}

/// In kind and pgb apart where both occur, and together.
fn rows(name: &str, sums: &Sums, note: &str) -> Vec<Figure> {
    let both = sums.in_kind.lines > 0 && sums.pgb.lines > 0;
    let row = |kind: &str, sum: &Sum, dates: &str| {
        let mut figure = of(sum);
        figure.label = format!("{name}, {kind}");
        if figure.note.is_empty() {
            dates.clone_into(&mut figure.note);
        }
        figure
    };
    let mut rows = Vec::new();
    if sums.in_kind.lines > 0 {
        rows.push(row(
            "zorg in natura",
            &sums.in_kind,
            if both { "" } else { note },
        ));
    }
    if sums.pgb.lines > 0 {
        rows.push(row("pgb", &sums.pgb, if both { "" } else { note }));
    }
    if both {
        rows.push(row("samen", &sums.together, note));
    }
    rows
}

/// The year divided by the months that it counts.
fn average(year: &YearSummary) -> Option<Figure> {
    let average = year.average_per_month.as_ref()?;
    Some(Figure {
        label: format!("{}, gemiddeld per maand", year.from.year()),
        amount: money(average.rounded),
        note: "totaal ÷ aantal maanden".to_owned(),
        ..Figure::default()
    })
}

/// A sum, or that it is not known, with the part that is.
fn of(sum: &Sum) -> Figure {
    if sum.unknown == 0 {
        return Figure {
            amount: money(sum.known),
            ..Figure::default()
        };
    }
    let known = sum.lines.saturating_sub(sum.unknown);
    Figure {
        amount: NOT_KNOWN.to_owned(),
        note: if known == 0 {
            "Van geen enkele regel is het bedrag bekend.".to_owned()
        } else {
            let amount = money(sum.known);
            format!(
                "Bekend is {amount}, van {known} van de {} regels.",
                sum.lines
            )
        },
        ..Figure::default()
    }
}
