//! One line of the indication: its entry at the left and its figures at the right.

use super::amounts::{cuts, dated, is_adjusted, made_of, of, own_prices, views};
use super::calculation::Calculation;
use super::compare::compare;
use super::words::{NOT_KNOWN, NOT_SETTLED, NOTHING, money, open_span, problem, sentence, span};
use crate::budget::{Library, LineBudget, Money};
use crate::catalogue::file::BudgetPeriod;
use crate::catalogue::{Catalogue, NoAnswer};
use crate::desk::view::{BudgetView, LineView};
use crate::desk::widgets::figure::Figure;
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::Tone;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, Evaluation, Outcome, Provision};
use crate::indication::Delivery;
use crate::quantity::Frequency;
use crate::quantity::dutch::{capital, date_long, listed};
use crate::trace::{Measure, NodeId, Status, shown};
use jiff::civil::Date;
use std::sync::Arc;

type Budget = LineBudget<NodeId>;

/// A line with all that belongs to it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) evaluation: &'a Evaluation,
    pub(super) library: &'a Library,
    pub(super) today: Date,
    pub(super) provision: &'a Provision,
}

/// An amount with the word that stands in its place when there is none, and why.
struct Worded {
    amount: String,
    unit: String,
    why: String,
}

impl<'a> Shown<'a> {
    /// The line as it is shown; `budget` is nothing for a refused one.
    pub(super) fn view(self, budget: Option<&Budget>) -> LineView {
        let line = &self.provision.line;
        let title = self.title();
        let delivery = self.delivery();
        let large = self.large(budget);
        let figure = Figure {
            label: format!("{title}, {delivery}"),
            amount: large.amount.clone(),
            unit: large.unit.clone(),
            note: large.why.clone(),
            change: None,
        };
        let mut details = Vec::new();
        let choices = self.choices(budget);
        if !choices.is_empty() {
            details.push(capital(&choices));
        }
        let extent = budget.map(extent).unwrap_or_default();
        if !extent.is_empty() {
            details.push(extent.clone());
        }
        details.push(delivery);
        LineView {
            title,
            detail: details.join(" · "),
            extent,
            period: open_span(line.from, line.to),
            amount: large.amount,
            unit: large.unit,
            chips: self.chips(budget),
            budget: Arc::new(self.budget(budget, figure)),
        }
    }

    /// The catalogue that answers on the first day.
    fn catalogue(self) -> Option<&'a Arc<Catalogue>> {
        let catalogues = &self.library.catalogues;
        let answer = catalogues.on(&self.dossier.municipality, self.provision.line.from);
        answer.ok().map(|answer| answer.catalogue)
    }

    fn title(self) -> String {
        title(self.dossier, self.library, self.provision)
    }

    /// How it is delivered: `zorg in natura`, `pgb, informele hulp`.
    fn delivery(self) -> String {
        match &self.provision.line.delivery {
            Delivery::InKind { .. } => "zorg in natura".to_owned(),
            Delivery::Pgb { providers } => match (providers.as_slice(), self.catalogue()) {
                ([], _) => "pgb, zorgverlener nog niet gekozen".to_owned(),
                ([one], Some(catalogue)) => format!("pgb, {}", catalogue.provider_name(&one.kind)),
                ([_], None) => "pgb".to_owned(),
                (several, _) => format!("pgb, {} zorgverleners", several.len()),
            },
        }
    }

    /// The choices, those that follow from the hours included.
    fn choices(self, budget: Option<&Budget>) -> String {
        if let Some(segment) = budget.and_then(|budget| budget.segments.get(budget.large))
            && let Some(part) = segment.parts.first()
        {
            return segment.catalogue.describe(&part.choices);
        }
        let line = &self.provision.line;
        let Some(catalogue) = self.catalogue() else {
            return String::new();
        };
        let chosen = line
            .choices
            .iter()
            .map(|(axis, choice)| (axis.as_str(), choice.value.as_str()));
        catalogue
            .select(chosen)
            .map_or_else(|_| String::new(), |chosen| catalogue.describe(&chosen))
    }

    fn chips(self, budget: Option<&Budget>) -> Vec<Chip> {
        let mut chips = Vec::new();
        let Some(budget) = budget else { return chips };
        if budget.status == Status::Example {
            chips.push(Chip::Example);
        }
        if is_adjusted(budget) {
            chips.push(Chip::Adjusted);
        }
        if self.tail(budget).is_some() {
            chips.push(Chip::Open);
        }
        chips
    }

    /// The first day without a known tariff, for a line with or without an end.
    fn tail(self, budget: &Budget) -> Option<Date> {
        budget.open_from.or_else(|| {
            let last = self.library.catalogues.last_day(&self.dossier.municipality);
            let after = last?.tomorrow().ok()?;
            budget.endless_from.filter(|from| *from == after)
        })
    }

    /// The one large figure.
    fn large(self, budget: Option<&Budget>) -> Worded {
        let words = |amount: &str, why: String| Worded {
            amount: amount.to_owned(),
            unit: String::new(),
            why,
        };
        let Some(budget) = budget else {
            return match &self.provision.outcome {
                Outcome::Withdrawn { reason } => words("ingetrokken", sentence(reason)),
                Outcome::Refused { ground } => words("afgewezen", sentence(ground)),
                Outcome::Granted => words(NOT_KNOWN, String::new()),
            };
        };
        let Some(segment) = budget.segments.get(budget.large) else {
            let line = &self.provision.line;
            let answer = self
                .library
                .catalogues
                .on(&self.dossier.municipality, line.from);
            let why = first_error(&budget.problems).map(problem);
            return match answer {
                Err(NoAnswer::AfterLast(last)) => {
                    words(NOT_SETTLED, format!("Het tarief na {}.", date_long(last)))
                }
                _ => words(NOT_KNOWN, why.unwrap_or_default()),
            };
        };
        let Some((amount, per)) = budget.main_amount() else {
            return words(NOT_KNOWN, String::new());
        };
        match amount {
            Money::Known { rounded, .. } => Worded {
                amount: money(*rounded),
                unit: per.dutch().to_owned(),
                why: if budget.segments.len() > 1 && per != Frequency::Total {
                    sentence(&format!("van {}", span(segment.from, segment.to)))
                } else {
                    String::new()
                },
            },
            Money::NotKnown(reason) => words(NOT_KNOWN, sentence(reason)),
        }
    }

    fn budget(self, budget: Option<&Budget>, mut figure: Figure) -> BudgetView {
        let Some(budget) = budget else {
            return BudgetView {
                figure,
                ..BudgetView::default()
            };
        };
        let segment = budget.segments.get(budget.large);
        let (trace, files) = self.trace(budget);
        let mut compare = compare(
            &self.dossier.inputs(self.library, self.today),
            &self.provision.line,
            budget,
        );
        // What keeps the line itself from having an amount is said once, by the figure.
        let why = figure.note.as_str();
        let same = compare
            .iter_mut()
            .filter(|row| !why.is_empty() && row.note == why);
        for row in same {
            NOTHING.clone_into(&mut row.amount);
            row.note.clear();
        }
        let remarks = self.remarks(budget);
        if remarks.iter().any(|(_, words)| *words == figure.note) {
            figure.note.clear();
        }
        BudgetView {
            figure,
            remarks,
            example: budget.status == Status::Example,
            adjusted: is_adjusted(budget),
            made_of: segment.map_or_else(Vec::new, made_of),
            views: segment.map_or_else(Vec::new, views),
            totals: self.totals(budget),
            compare,
            trace,
            sources: sources(budget, &files),
        }
    }

    fn remarks(self, budget: &Budget) -> Vec<(Tone, String)> {
        let mut remarks = Vec::new();
        let mine = budget.problems.iter();
        remarks.extend(
            mine.filter(|p| p.severity == Severity::Error)
                .map(|p| (Tone::Fault, problem(p))),
        );
        let own = own_prices(&self.provision.line);
        remarks.extend(own.map(|words| (Tone::Info, words)));
        if let Some(from) = self.tail(budget) {
            let last = from.yesterday().unwrap_or(from);
            remarks.push((
                Tone::Warning,
                format!("Het tarief na {} is {NOT_SETTLED}.", date_long(last)),
            ));
        }
        let segment = budget.segments.get(budget.large);
        if let Some(segment) = segment {
            if segment.amount.recurring.is_none() && segment.amount.once.is_some() {
                remarks.push((
                    Tone::Info,
                    "Dit is een bedrag in totaal. Het is niet om te rekenen naar een week of maand."
                        .to_owned(),
                ));
            }
            if segment.parts.iter().any(cuts) {
                remarks.push((
                    Tone::Info,
                    "Het plafond van de gemeente is toegepast.".to_owned(),
                ));
            }
        }
        if budget.years_are_maxima {
            remarks.push((
                Tone::Info,
                "Een week die twee jaren raakt, telt in beide jaren mee. De bedragen per jaar zijn daarom een hoogste bedrag en tellen niet op."
                    .to_owned(),
            ));
        }
        if self.provision.line.delivery.is_pgb()
            && let Some(period) = budget.budget_period
        {
            let words = match period {
                BudgetPeriod::CalendarYear => {
                    "Te besteden per kalenderjaar. Wat overblijft, gaat niet mee naar het volgende jaar."
                }
                BudgetPeriod::WholeTerm => "Te besteden over de hele periode.",
                BudgetPeriod::Month => "Te besteden per maand.",
            };
            remarks.push((Tone::Info, words.to_owned()));
        }
        remarks
    }

    /// Totals with the dates that they cover: segments, calendar years and the whole term.
    fn totals(self, budget: &Budget) -> Vec<Figure> {
        let mut totals = Vec::new();
        if budget.segments.len() > 1 {
            for segment in &budget.segments {
                totals.push(Figure {
                    label: capital(&span(segment.from, segment.to)),
                    note: match segment.total.reason() {
                        Some(reason) => sentence(reason),
                        None => segment.catalogue.name.to_string(),
                    },
                    ..of(&segment.total)
                });
            }
        }
        for year in &budget.years {
            let ceiling = if budget.years_are_maxima {
                ", ten hoogste"
            } else {
                ""
            };
            totals.push(Figure {
                label: format!("Kalenderjaar {}{ceiling}", year.from.year()),
                ..dated(year)
            });
        }
        if let Some(term) = &budget.term {
            let label = match budget.open_from {
                Some(_) => "Tot zover bekend",
                None => "Hele periode",
            };
            totals.push(Figure {
                label: label.to_owned(),
                ..dated(term)
            });
        }
        let words = |label: String, amount: &str, note: &str| Figure {
            label,
            amount: amount.to_owned(),
            note: note.to_owned(),
            ..Figure::default()
        };
        if let Some(from) = self.tail(budget) {
            let last = from.yesterday().unwrap_or(from);
            totals.push(words(
                format!("Tarief na {}", date_long(last)),
                NOT_SETTLED,
                &open_span(from, self.provision.line.to),
            ));
        } else if let Some(from) = budget.endless_from {
            totals.push(words(
                format!("Vanaf {}", date_long(from)),
                "loopt door",
                "De regel heeft geen einddatum.",
            ));
        }
        totals
    }

    /// The calculation: extents, amounts, views and totals, each unfolding to its sources.
    fn trace(self, budget: &Budget) -> (Vec<crate::desk::widgets::tree::Row>, Vec<String>) {
        let mut rows = Calculation::new(&self.evaluation.trace);
        let several = budget.granted.len() > 1;
        for part in &budget.granted {
            for volume in &part.volumes {
                let name = if several {
                    format!("Toegekend: {}", part.label)
                } else {
                    "Toegekend".to_owned()
                };
                rows.add(volume.figure.node, &name);
            }
        }
        let one = budget.segments.len() == 1;
        let during = |name: String, from, to| {
            if one {
                name
            } else {
                format!("{name}, {}", span(from, to))
            }
        };
        for segment in &budget.segments {
            for (money, per) in segment.amount.each(segment.per) {
                if let Some(figure) = money.figure() {
                    let name = format!("Bedrag {}", per.dutch());
                    rows.add(figure.node, &during(name, segment.from, segment.to));
                }
            }
        }
        if let Some(segment) = budget.segments.get(budget.large) {
            // The longest first: a month often comes from the year.
            for (goal, view) in Frequency::VIEWS.into_iter().zip(&segment.views).rev() {
                if let Some(view) = view.as_ref().filter(|_| goal != segment.per) {
                    rows.add(view.node, &format!("Omgerekend {}", goal.dutch()));
                }
            }
        }
        if !one {
            for segment in &budget.segments {
                if let Some(figure) = segment.total.figure() {
                    rows.add(
                        figure.node,
                        &during("Totaal".to_owned(), segment.from, segment.to),
                    );
                }
            }
        }
        for year in &budget.years {
            if let Some(figure) = year.money.figure() {
                rows.add(figure.node, &format!("Totaal {}", year.from.year()));
            }
        }
        if let Some(figure) = budget.term.as_ref().and_then(|term| term.money.figure()) {
            rows.add(figure.node, "Totaal hele periode");
        }
        rows.finish()
    }
}

/// What a reader calls a line: its product, by the catalogue of its first day.
pub(super) fn title(dossier: &Dossier, library: &Library, provision: &Provision) -> String {
    let line = &provision.line;
    let answer = library.catalogues.on(&dossier.municipality, line.from);
    let catalogue = answer.ok().map(|answer| answer.catalogue);
    let product = catalogue.and_then(|catalogue| catalogue.product(&line.product));
    match product {
        Some(product) => product.label.to_string(),
        None if line.product.is_empty() => "Nieuwe regel".to_owned(),
        None => line.product.clone(),
    }
}

/// The granted extent in words: `174 minuten per week`.
fn extent(budget: &Budget) -> String {
    let several = budget.granted.len() > 1;
    let parts: Vec<String> = budget
        .granted
        .iter()
        .map(|part| {
            let volumes: Vec<String> = part
                .volumes
                .iter()
                .map(|v| shown(v.figure.value, Measure::VolumePer(v.unit, v.per)))
                .collect();
            if several {
                format!("{}: {}", part.label, listed(&volumes))
            } else {
                listed(&volumes)
            }
        })
        .collect();
    parts.join(", ")
}

/// Which files answered: those of the tariffs first, then all others that a figure came from.
fn sources(budget: &Budget, files: &[String]) -> Vec<String> {
    let mut sources: Vec<String> = Vec::new();
    let tariffs = budget
        .segments
        .iter()
        .map(|segment| segment.catalogue.name.to_string());
    for name in tariffs.chain(files.iter().cloned()) {
        let source = format!("Bron: {name}");
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sources
}

/// The first problem that keeps an amount from being known.
pub(super) fn first_error(problems: &[Problem]) -> Option<&Problem> {
    problems
        .iter()
        .find(|problem| problem.severity == Severity::Error)
}
