//! The calculation as a numbered list, numbered as in the appendix of the letter.

use super::numbers::plain;
use crate::budget::{LineBudget, Money};
use crate::dossier::{Summary, Sums};
use crate::quantity::dutch::date_short;
use crate::trace::{Figure, Line, NodeId, Source, Status};
use jiff::civil::Date;

/// Every figure of a line that is shown, in reading order.
pub(super) fn figures(line: &LineBudget<NodeId>) -> Vec<NodeId> {
    let mut roots = Vec::new();
    let figure = |roots: &mut Vec<NodeId>, figure: Option<Figure<NodeId>>| {
        roots.extend(figure.map(|figure| figure.node));
    };
    let money = |roots: &mut Vec<NodeId>, money: &Money<NodeId>| figure(roots, money.figure());
    for part in &line.granted {
        let volumes = part.volumes.iter().chain(&part.together);
        roots.extend(volumes.map(|volume| volume.figure.node));
        if let Some(worked) = &part.worked {
            roots.extend(worked.parts.iter().map(|part| part.shown.node));
            figure(&mut roots, worked.extra_visits);
        }
    }
    for segment in &line.segments {
        for part in &segment.parts {
            for provider in &part.providers {
                figure(&mut roots, provider.rate.map(|(rate, _)| rate));
                roots.extend(provider.volume.iter().map(|figure| figure.node));
                let before = provider.before_ceiling.iter();
                let before = before.flat_map(|before| before.iter());
                for amount in before.chain(provider.amount.iter()) {
                    money(&mut roots, amount);
                }
                money(&mut roots, &provider.total);
            }
            roots.extend(part.before_ceiling.iter().map(|figure| figure.node));
            figure(&mut roots, part.ceiling.map(|(ceiling, _)| ceiling));
            roots.extend(part.cut.iter().map(|figure| figure.node));
            for amount in part.amount.iter() {
                money(&mut roots, amount);
            }
        }
        for amount in segment.amount.iter() {
            money(&mut roots, amount);
        }
        for view in segment.views.iter().flatten() {
            roots.push(view.node);
        }
        money(&mut roots, &segment.total);
    }
    for total in line.years.iter().chain(&line.term) {
        money(&mut roots, &total.money);
    }
    roots
}

/// Every figure of the whole dossier, in reading order.
pub(super) fn figures_of_all(summary: &Summary) -> Vec<NodeId> {
    let of = |sums: &Sums| [sums.in_kind.node, sums.pgb.node, sums.together.node];
    let years = summary.years.iter().flat_map(|year| {
        let average = year.average_per_month.as_ref().map(|average| average.node);
        of(&year.sums).into_iter().chain([average])
    });
    years.chain(of(&summary.term)).flatten().collect()
}

/// One step: `[12] bedrag: 11,6 uur [10] × € 15,13 per uur [11] = € 175,508`.
pub(super) fn step(line: &Line) -> String {
    let exact = line
        .exact
        .as_ref()
        .map(|exact| format!(" (precies {exact})"));
    let example = if line.status == Status::Example {
        " *"
    } else {
        ""
    };
    let what = format!("[{}] {}: {}", line.number, line.what, line.formula);
    plain(&format!(
        "{what} = {}{}{example}",
        line.result,
        exact.unwrap_or_default()
    ))
}

/// One source.
pub(super) fn source(source: &Source) -> String {
    let example = if source.status == Status::Example {
        " *"
    } else {
        ""
    };
    plain(&format!(
        "[{}] {} ({}){example}",
        source.mark, source.source, source.file
    ))
}

/// `1-1-2018 tot en met 31-12-2018`.
pub(super) fn span(from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) if to == from => date_short(from),
        Some(to) => format!("{} tot en met {}", date_short(from), date_short(to)),
        None => format!("vanaf {}", date_short(from)),
    }
}
