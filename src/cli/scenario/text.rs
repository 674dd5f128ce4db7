//! Scenarios for reading: answers largest first, who is paid, the rules, the months, what differs, and the calculation.

use crate::cli::calculate::mark;
use crate::cli::dossiers::Opened;
use crate::cli::numbers::{self, euro, money};
use crate::cli::page::Page;
use crate::cli::steps;
use crate::quantity::dutch::{date_long, percentage};
use crate::quantity::{Euro, Exact, Frequency, Unit};
use crate::scenario::{
    Check, Lasts, LineOutlook, Outlook, Pot, ProviderOutlook, Row, compare, difference, value,
};
use crate::trace::{Figure, Listing, Measure, NodeId};
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
        page.row(1, "te besteden per maand", &known(together.per_month));
        page.row(1, "budget", &known(together.budget));
        page.row(1, "uitgaven", &known(together.spent));
        page.row(1, "over", &known(together.left));
        page.row(1, "te kort", &known(together.short));
        page.row(1, "dezelfde hulp in natura", &known(together.in_kind));
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

fn figure(value: Option<Figure<NodeId>>, measure: Measure) -> String {
    value.map_or_else(
        || "niet bekend".to_owned(),
        |value| numbers::figure(value.value, measure),
    )
}

fn line(page: &mut Page, line: &LineOutlook) {
    let form = match line.is_pgb() {
        true => "pgb",
        false => "zorg in natura",
    };
    page.line(&format!("  {}, {form}", line.label));
    page.row(1, "periode", &steps::span(line.line.from, line.line.to));
    if !line.is_pgb() {
        let total = line.in_kind.term.as_ref().or(line.in_kind.years.first());
        if let Some(total) = total {
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
        self::pot(page, pot);
    }
    for provider in &line.providers {
        self::provider(page, provider);
    }
}

fn pot(page: &mut Page, pot: &Pot) {
    page.row(1, "budgetperiode", &steps::span(pot.from, Some(pot.to)));
    let month = Measure::EuroPer(Frequency::Month);
    page.row(2, "te besteden", &figure(pot.per_month, month));
    let enough = match pot.is_enough() {
        Some(true) => "ja",
        Some(false) => "nee",
        None => "niet te zeggen",
    };
    page.row(2, "genoeg", enough);
    let until = match pot.lasts {
        Some(Lasts::Whole) => format!("de hele periode, tot en met {}", date_long(pot.to)),
        Some(Lasts::Until(day)) => format!("tot en met {}", date_long(day)),
        Some(Lasts::NotADay) => "geen dag".to_owned(),
        None => "niet te zeggen".to_owned(),
    };
    page.row(2, "toereikend", &until);
    page.row(2, "budget", &money(&pot.budget));
    page.row(2, "uitgaven", &figure(pot.spent, Measure::Euro));
    if let Some(used) = pot.used() {
        page.row(2, "gebruik", &numbers::figure(used, Measure::Percent));
    }
    match pot.left {
        Some(left) if left.value.is_negative() => {}
        left => page.row(2, "over", &figure(left, Measure::Euro)),
    }
    if let Some(top_up) = &pot.top_up {
        page.row(2, "te kort", &figure(Some(top_up.total), Measure::Euro));
        let text = format!(
            "{}, {} of {}",
            figure(Some(top_up.week), Measure::EuroPer(Frequency::Week)),
            figure(Some(top_up.month), month),
            figure(Some(top_up.year), Measure::EuroPer(Frequency::Year))
        );
        page.row(2, "zelf bijbetalen", &text);
    }
    if let Some(work) = &pot.work {
        let (chosen, bought, risen) = work.per_week;
        page.row(2, "gekozen", &per_week(chosen, work.unit));
        page.row(2, "te koop", &per_week(bought, work.unit));
        if let (Some(risen), Some((rise, _))) = (risen, work.after_rise) {
            let text = format!(
                "{} als tarieven {} stijgen",
                per_week(risen, work.unit),
                percentage(rise.0)
            );
            page.row(2, "na een stijging", &numbers::plain(&text));
        }
    }
    page.row(2, "in natura", &money(&pot.in_kind));
}

fn per_week(value: Exact, unit: Unit) -> String {
    numbers::figure(value, Measure::VolumePer(unit, Frequency::Week))
}

fn provider(page: &mut Page, provider: &ProviderOutlook) {
    let number = provider.place.saturating_add(1);
    let name = match provider.name.trim() {
        "" => format!("zorgverlener {number}"),
        name => name.to_owned(),
    };
    let days = steps::span(provider.from, Some(provider.to));
    page.line(&format!("    {name}, {} ({days})", provider.kind));
    for ((per, view), method) in Frequency::VIEWS
        .iter()
        .zip(&provider.views)
        .zip(&provider.methods)
    {
        if let (Some(view), Some(method)) = (view, method) {
            page.row(
                2,
                per.dutch(),
                &format!("{} ({method})", euro(view.rounded)),
            );
        }
    }
    for svb in &provider.svb {
        let text = match svb {
            Ok(rate) => format!("€ {} per uur", five(rate.value)),
            Err(why) => why.clone(),
        };
        page.row(2, "bij de SVB", &text);
    }
    page.row(
        2,
        "in alle perioden",
        &figure(provider.total, Measure::Euro),
    );
}

/// A rate with five decimals.
fn five(value: Exact) -> String {
    let text = value.finite_decimal().map(|decimal| {
        let mut decimal = decimal;
        decimal.rescale(5);
        decimal.to_string().replace('.', ",")
    });
    text.unwrap_or_default()
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
    page.cells(1, row.what.dutch(), &values, COLUMN);
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
