//! Scenarios for reading: answers largest first, who is paid, the rules, the months, what differs, and the calculation.

use crate::cli::calculate::mark;
use crate::cli::dossiers::Opened;
use crate::cli::numbers::{self, euro, money};
use crate::cli::page::Page;
use crate::cli::steps;
use crate::quantity::Euro;
use crate::quantity::dutch::date_long;
use crate::scenario::{
    Check, LineOutlook, Outlook, Pot, ProviderOutlook, Row, compare, costs, difference, label,
    period, value,
};
use crate::trace::{Listing, NodeId};
use jiff::civil::Date;

/// How wide a column of a table is.
const COLUMN: usize = 16;

/// What all scenarios of a dossier come to.
pub(super) fn of_dossier(opened: &Opened, outlooks: &[Outlook], today: Date) -> String {
    let mut page = Page::default();
    page.line(&opened.file);
    if !opened.dossier.number.is_empty() {
        page.row(0, "Zaak", &opened.dossier.number);
    }
    page.row(0, "Berekend op", &date_long(today));
    for (number, outlook) in (1usize..).zip(outlooks) {
        page.line("");
        page.line(&format!("Scenario {number}. {}", outlook.name));
        scenario(&mut page, outlook);
    }
    comparison(&mut page, outlooks);
    page.into_text()
}

/// One scenario.
fn scenario(page: &mut Page, outlook: &Outlook) {
    let together = &outlook.together;
    page.row(0, "Status", mark(outlook.status));
    if outlook.lines.iter().filter(|line| line.is_pgb()).count() > 1 {
        page.line("  Alle pgb's samen");
        let days = together.days.map_or_else(String::new, |(from, to)| {
            format!(" ({})", steps::span(from, Some(to)))
        });
        let month = format!("{}{days}", known(together.per_month));
        page.row(1, "te besteden per maand", &month);
        page.row(1, "budget", &known(together.budget));
        page.row(1, "uitgaven", &known(together.spent));
        page.row(1, "over", &known(together.left));
        page.row(1, "te kort", &known(together.short));
        page.row(1, "dezelfde hulp in natura", &known(together.in_kind));
        if let Some(day) = together.known_to {
            let text = format!("tarief na {} nog niet vastgesteld", date_long(day));
            page.row(1, "let op", &text);
        }
    }
    if let Some((in_kind, all)) = outlook.with_in_kind() {
        page.line("  Pgb en zorg in natura");
        page.row(1, "zorg in natura", &known(in_kind));
        page.row(1, "alles samen", &known(all));
    }
    for line in &outlook.lines {
        self::line(page, line);
    }
    if !outlook.checks.is_empty() {
        page.line("  Regels");
    }
    for check in &outlook.checks {
        self::check(page, check, outlook);
    }
    if !outlook.months.is_empty() {
        page.line("  Verloop");
        page.cells(
            1,
            "maand",
            &["gepland", "uitgaven", "over"].map(str::to_owned),
            COLUMN,
        );
    }
    for month in &outlook.months {
        let cells = [month.planned, month.spent, month.left].map(known);
        let name = format!("{}-{}", month.month.month(), month.month.year());
        page.cells(1, &name, &cells, COLUMN);
    }
    calculation(page, outlook);
}

pub(super) fn known(value: Option<Euro>) -> String {
    value.map_or_else(|| "niet bekend".to_owned(), euro)
}

fn line(page: &mut Page, line: &LineOutlook) {
    let form = match line.is_pgb() {
        true => "pgb",
        false => "zorg in natura",
    };
    page.line(&format!("  {}, {form}", line.label));
    page.row(1, "periode", &steps::span(line.line.from, line.line.to));
    if !line.is_pgb() {
        if let Some(total) = &line.in_kind {
            let days = steps::span(total.from, Some(total.to));
            page.row(
                1,
                "kosten in natura",
                &format!("{} ({days})", money(&total.money)),
            );
        }
        return;
    }
    for pot in &line.pots {
        self::pot(page, line, pot);
    }
    for provider in &line.providers {
        self::provider(page, provider);
    }
}

fn pot(page: &mut Page, line: &LineOutlook, pot: &Pot) {
    page.row(1, "budgetperiode", &steps::span(pot.from, Some(pot.to)));
    rows(page, &period(line, pot));
}

fn rows(page: &mut Page, rows: &[(&str, String)]) {
    for (label, text) in rows {
        page.row(2, label, &numbers::plain(text));
    }
}

fn provider(page: &mut Page, provider: &ProviderOutlook) {
    let number = provider.place.saturating_add(1);
    let name = match provider.name.trim() {
        "" => format!("zorgverlener {number}"),
        name => name.to_owned(),
    };
    let days = steps::span(provider.from, Some(provider.to));
    page.line(&format!("    {name}, {} ({days})", provider.kind));
    rows(page, &costs(provider));
}

fn check(page: &mut Page, check: &Check, outlook: &Outlook) {
    let line = check.line.and_then(|at| outlook.lines.get(at));
    let about = line.map_or_else(String::new, |line| format!("{}: ", line.label));
    let text = format!("{}: {about}{}", check.outcome.dutch(), check.words);
    page.row(1, check.rule.dutch(), &numbers::plain(&text));
    if let Some(source) = &check.source {
        page.row(1, "", &format!("bron: {source}"));
    }
}

/// The figures whose calculation is written out.
fn roots(line: &LineOutlook) -> Vec<NodeId> {
    let mut roots = steps::figures(&line.budget);
    for pot in &line.pots {
        let top_up = pot.top_up.as_ref();
        let work = pot.work.as_ref();
        let figures = [
            pot.per_month,
            pot.spent,
            pot.left,
            top_up.map(|top_up| top_up.week),
            top_up.map(|top_up| top_up.month),
            top_up.map(|top_up| top_up.year),
            work.map(|work| work.buys),
            work.and_then(|work| work.after_rise.map(|(_, figure)| figure)),
        ];
        roots.extend(figures.into_iter().flatten().map(|figure| figure.node));
    }
    for provider in &line.providers {
        roots.extend(provider.views.iter().flatten().map(|view| view.node));
        roots.extend(provider.svb.iter().flatten().map(|rate| rate.node));
    }
    roots
}

fn calculation(page: &mut Page, outlook: &Outlook) {
    let groups: Vec<Vec<NodeId>> = outlook.lines.iter().map(roots).collect();
    let listing = Listing::new(&outlook.trace, &groups);
    for (line, group) in outlook.lines.iter().zip(&listing.groups) {
        page.line(&format!("  Berekening van {}", line.label));
        for step in group {
            page.line(&format!("    {}", steps::step(step)));
        }
    }
    if !listing.sources.is_empty() {
        page.line("  Bronnen (* rust op gegevens die niemand heeft vastgesteld)");
    }
    for source in &listing.sources {
        page.line(&format!("    {}", steps::source(source)));
    }
}

fn comparison(page: &mut Page, outlooks: &[Outlook]) {
    if outlooks.len() < 2 {
        return;
    }
    let Ok(rows) = compare(outlooks) else { return };
    page.line("");
    page.line("Naast elkaar (het verschil is met scenario 1)");
    let numbers = (1..=outlooks.len()).map(|number| format!("scenario {number}"));
    page.cells(1, "", &numbers.collect::<Vec<_>>(), COLUMN);
    let mut line = None;
    for row in &rows {
        if row.line != line {
            line.clone_from(&row.line);
            page.line(&format!("  {}", line.as_deref().unwrap_or_default()));
        }
        compared(page, row);
    }
}

pub(super) fn compared(page: &mut Page, row: &Row) {
    let values: Vec<String> = row
        .cells
        .iter()
        .map(|cell| numbers::plain(&value(&cell.value)))
        .collect();
    page.cells(1, &label(row), &values, COLUMN);
    if row
        .cells
        .iter()
        .any(|cell| cell.difference.is_some() && cell.changed)
    {
        let differences = row.cells.iter().map(|cell| match cell.difference {
            Some(one) if cell.changed => numbers::plain(&difference(one)),
            _ => String::new(),
        });
        page.cells(1, "  verschil", &differences.collect::<Vec<_>>(), COLUMN);
    }
}
