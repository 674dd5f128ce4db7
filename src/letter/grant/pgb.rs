//! A pgb: what it is for, its rates and amounts, over which days, and how the client accounts for it.

use super::super::blocks::{Block, Column, Level, Table, TableRow};
use super::words::{self, date};
use super::{Case, Grant, amount, paragraph, texts};
use crate::budget::{Agreed, Money, ProviderAmount, Segment, Total};
use crate::catalogue::file::{BudgetPeriod, Mixed};
use crate::indication::CareProvider;
use crate::quantity::Frequency;
use crate::quantity::dutch::listed;
use crate::trace::{Figure, Measure, NodeId, shown};
use jiff::civil::Date;

/// Purpose, quality, amounts and accounting.
pub(super) fn blocks(case: &Case<'_>, grant: &Grant<'_>, providers: &[CareProvider]) -> Vec<Block> {
    let why = &grant.provision.motivation;
    let mut blocks = vec![
        Block::Heading(Level::Subsection, texts::PGB.into()),
        paragraph(
            texts::PGB_WHAT,
            &[("purpose", &words::sentence(&why.purpose))],
        ),
        paragraph(
            texts::PGB_QUALITY,
            &[("quality", &words::sentence(&why.quality))],
        ),
    ];
    blocks.extend(amounts(case, grant, providers));
    blocks.extend(totals(grant));
    let free = why.free_amount.trim();
    blocks.push(if free.is_empty() {
        paragraph(texts::NO_FREE, &[])
    } else {
        paragraph(texts::FREE, &[("free", &words::sentence(free))])
    });
    let wage = why.monthly_wage_allowed;
    blocks.push(paragraph(
        if wage { texts::WAGE } else { texts::NO_WAGE },
        &[],
    ));
    blocks
}

/// The amounts per period with the rates behind them.
fn amounts(case: &Case<'_>, grant: &Grant<'_>, providers: &[CareProvider]) -> Vec<Block> {
    let segments = &grant.budget.segments;
    let mut blocks = Vec::new();
    let Some(first) = segments.first() else {
        return blocks;
    };
    let all = amounts_of(first);
    let equal = segments.iter().all(|segment| amounts_of(segment) == all);
    blocks.push(if segments.iter().all(once_only) {
        paragraph(texts::PGB_IN_TABLE, &[])
    } else if equal {
        paragraph(texts::PGB_AMOUNT, &[("amount", &all)])
    } else {
        paragraph(texts::PGB_AMOUNTS, &[])
    });
    blocks.push(table(grant, segments, providers));
    let fixed = segments
        .iter()
        .flat_map(|segment| &segment.parts)
        .find(|part| {
            part.providers
                .iter()
                .all(|provider| provider.rate.is_none())
                && !part.providers.is_empty()
        });
    if let Some(part) = fixed {
        let extent = grant.extent();
        let values = [("per", part.per.dutch()), ("extent", extent.as_str())];
        blocks.push(paragraph(texts::PGB_NO_RATE, &values));
    }
    let together = together(grant, providers);
    let heaviest = grant
        .catalogue
        .conventions_of(grant.product)
        .is_some_and(|set| set.mixed.value == Mixed::Heaviest);
    if together && heaviest {
        blocks.push(paragraph(texts::PGB_HEAVIEST, &[]));
    }
    blocks.extend(agreed(grant, providers));
    blocks.extend(super::ceilings::told(segments));
    if let [segment] = segments.as_slice()
        && segment.per != Frequency::Month
        && let ([_, _, Some(month), _], Some(method)) =
            (&segment.views, segment.method(Frequency::Month))
    {
        let amount = words::money(month.rounded.0, Frequency::Total);
        let values = [("amount", amount.as_str()), ("method", method)];
        blocks.push(paragraph(texts::PGB_MONTH, &values));
    }
    let lines: Vec<String> = segments
        .iter()
        .flat_map(|segment| segment.amount.iter())
        .filter_map(Money::figure)
        .filter_map(|figure| case.listing.number(figure.node))
        .map(|number| number.to_string())
        .collect();
    let mut lines = lines;
    lines.dedup();
    if !lines.is_empty() {
        let lines = listed(&lines);
        blocks.push(paragraph(texts::PGB_LINE, &[("lines", &lines)]));
    }
    blocks
}

/// Whether two care providers are at work on one day.
fn together(grant: &Grant<'_>, providers: &[CareProvider]) -> bool {
    let line = &grant.provision.line;
    let days = |provider: &CareProvider| {
        let to = provider.to.or(line.to).unwrap_or(Date::MAX);
        (provider.from.unwrap_or(line.from), to)
    };
    providers.iter().enumerate().any(|(place, one)| {
        let (from, to) = days(one);
        providers
            .iter()
            .skip(place + 1)
            .map(days)
            .any(|(other_from, other_to)| from <= other_to && other_from <= to)
    })
}

/// What became of the rates that were agreed with care providers.
fn agreed(grant: &Grant<'_>, providers: &[CareProvider]) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (place, provider) in providers.iter().enumerate() {
        let Some(agreed) = provider.agreed else {
            continue;
        };
        let parts = grant.budget.segments.iter().flat_map(|s| &s.parts);
        let paid = parts.flat_map(|part| &part.providers);
        let mine = paid.filter(|paid| paid.provider == Some(place));
        let became: Vec<Agreed> = mine.filter_map(|paid| paid.agreed).collect();
        // Under the rule of the heaviest kind somebody may not count at all.
        if became.is_empty() {
            continue;
        }
        let lower = became.contains(&Agreed::Lower);
        let text = match (lower, became.contains(&Agreed::NotLower)) {
            (true, true) => texts::AGREED_SOMETIMES,
            (true, false) => texts::AGREED_LOWER,
            (false, true) => texts::AGREED_NOT_LOWER,
            (false, false) => texts::AGREED_NOT_USED,
        };
        let kind = grant.catalogue.provider_name(&provider.kind);
        let who = match provider.name.trim() {
            "" => kind.as_ref(),
            name => name,
        };
        let rate = shown(agreed.amount.exact(), Measure::EuroPerUnit(agreed.per));
        blocks.push(paragraph(text, &[("who", who), ("rate", &rate)]));
    }
    blocks
}

/// What somebody gets in these days: `€ 220,00 per 4 weken en € 120,00 in totaal`.
fn amounts_of(segment: &Segment<NodeId>) -> String {
    let recurring = segment.amount.recurring.as_ref();
    let recurring = recurring.map(|money| amount(money, segment.per));
    let once = segment.amount.once.as_ref().map(in_total);
    let both: Vec<String> = recurring.into_iter().chain(once).collect();
    listed(&both)
}

/// `€ 120,00 in totaal`.
fn in_total(money: &Money<NodeId>) -> String {
    format!("{} in totaal", amount(money, Frequency::Total))
}

/// A row per stretch of days, part and care provider, and one more for what is in total. A period that all rows share
/// stands in the header.
fn table(grant: &Grant<'_>, segments: &[Segment<NodeId>], providers: &[CareProvider]) -> Block {
    let parts = || segments.iter().flat_map(|segment| &segment.parts);
    let mut periods = parts().map(|part| part.per);
    let first = periods.next().unwrap_or(Frequency::Total);
    let shared = Some(first).filter(|first| {
        *first != Frequency::Total
            && parts().all(|part| part.amount.once.is_none())
            && periods.all(|per| per == *first)
    });
    let per_amount = |money, per| match shared {
        Some(_) => amount(money, Frequency::Total),
        None => amount(money, per),
    };
    let mut rows = Vec::new();
    for segment in segments {
        let mut period = format!("{} tot en met {}", date(segment.from), date(segment.to));
        let several_parts = segment.parts.len() > 1;
        let (mut recurring, mut once) = (0usize, 0usize);
        for part in &segment.parts {
            for paid in &part.providers {
                let mut who = match paid.provider.and_then(|place| providers.get(place)) {
                    Some(provider) => name(grant, provider),
                    None => paid.kind.to_string(),
                };
                if several_parts {
                    who = format!("{}: {who}", part.label);
                }
                let mut row = |help: String, money: String| {
                    let period = std::mem::take(&mut period);
                    rows.push(TableRow::new([
                        period,
                        who.clone(),
                        help,
                        rate(paid),
                        money,
                    ]));
                };
                if let Some(money) = &paid.amount.recurring {
                    let volume = paid.volume.recurring.as_ref();
                    let per = Some(part.per).filter(|_| shared.is_none());
                    row(help(volume, paid, per), per_amount(money, part.per));
                    recurring += 1;
                }
                if let Some(money) = &paid.amount.once {
                    let volume = paid.volume.once.as_ref();
                    row(help(volume, paid, Some(Frequency::Total)), in_total(money));
                    once += 1;
                }
            }
        }
        let mut together = |name: &str, money: String| {
            let mut cells = vec![String::new(); 4];
            cells.insert(0, name.to_owned());
            cells.truncate(4);
            cells.push(money);
            rows.push(TableRow::total(cells));
        };
        if let (Some(money), 2..) = (&segment.amount.recurring, recurring) {
            together("Samen", per_amount(money, segment.per));
        }
        if let (Some(money), 2..) = (&segment.amount.once, once) {
            together("Samen", in_total(money));
        }
    }
    let titled = |title: &str| match shared {
        Some(per) => format!("{title} {}", per.dutch()),
        None => title.to_owned(),
    };
    Block::Table(Table {
        columns: vec![
            Column::words("Periode"),
            Column::words("Zorgverlener"),
            Column::amounts(titled("Hulp")),
            Column::amounts("Tarief"),
            Column::amounts(titled("Bedrag")),
        ],
        rows,
    })
}

/// Whether nothing in these days comes back every period.
fn once_only(segment: &Segment<NodeId>) -> bool {
    segment.amount.recurring.is_none()
}

/// What is counted with the rate, with its period where the header does not say it.
fn help(
    volume: Option<&Figure<NodeId>>,
    paid: &ProviderAmount<NodeId>,
    per: Option<Frequency>,
) -> String {
    match (volume, &paid.rate, per) {
        (Some(volume), Some((_, unit)), None) => words::number_of(volume.value, *unit),
        (Some(volume), Some((_, unit)), Some(per)) => words::with_unit(volume.value, *unit, per),
        _ => "vast bedrag".to_owned(),
    }
}

fn rate(paid: &ProviderAmount<NodeId>) -> String {
    match &paid.rate {
        Some((rate, unit)) => shown(rate.value, Measure::EuroPerUnit(*unit)),
        None => "geen uurtarief".to_owned(),
    }
}

/// Name and kind: `M. de Boer, informele hulp`.
fn name(grant: &Grant<'_>, provider: &CareProvider) -> String {
    let kind = grant.catalogue.provider_name(&provider.kind);
    match provider.name.trim() {
        "" => format!("{kind}, naam {}", texts::PROVIDER_OPEN),
        name => format!("{name}, {kind}"),
    }
}

/// Totals per calendar year and over the whole term, each with its days.
pub(super) fn totals(grant: &Grant<'_>) -> Vec<Block> {
    let budget = grant.budget;
    let mut blocks = Vec::new();
    let maxima = budget.years_are_maxima;
    let intro = match maxima {
        _ if budget.open_from.is_some() && budget.years.len() == 1 => texts::PGB_KNOWN,
        _ if budget.years.len() == 1 && budget.term.is_some() => texts::PGB_TOTAL,
        true => texts::PGB_YEARS_MAXIMA,
        false => texts::PGB_YEARS,
    };
    blocks.push(paragraph(intro, &[]));
    let one = budget.years.len() == 1 && budget.term.is_some();
    let years = budget.years.iter().filter(|_| !one);
    let mut rows: Vec<TableRow> = years.map(|year| total(year, false)).collect();
    if let Some(term) = &budget.term {
        rows.push(total(term, true));
    }
    blocks.push(Block::Table(Table {
        columns: vec![
            Column::words("Jaar"),
            Column::words("Van en tot en met"),
            Column::amounts("Bedrag"),
        ],
        rows,
    }));
    if budget.open_from.is_none()
        && budget.endless_from.is_some()
        && let Some(last) = budget.years.last()
    {
        blocks.push(paragraph(
            texts::PGB_NO_TOTAL_ENDLESS,
            &[("last", &date(last.to))],
        ));
    }
    if let Some(last) = last_known(grant) {
        blocks.push(paragraph(texts::PGB_OPEN, &[("last", &date(last))]));
    }
    blocks.push(paragraph(
        match budget.budget_period {
            Some(BudgetPeriod::WholeTerm) => texts::PERIOD_WHOLE_TERM,
            Some(BudgetPeriod::Month) => texts::PERIOD_MONTH,
            Some(BudgetPeriod::CalendarYear) | None => texts::PERIOD_CALENDAR_YEAR,
        },
        &[],
    ));
    blocks
}

fn total(total: &Total<NodeId>, whole: bool) -> TableRow {
    let days = format!("{} tot en met {}", date(total.from), date(total.to));
    let money = amount(&total.money, Frequency::Total);
    if whole {
        TableRow::total(["Totaal".to_owned(), days, money])
    } else {
        TableRow::new([total.from.year().to_string(), days, money])
    }
}

/// The last day with a known tariff, when the provision goes on after it.
pub(super) fn last_known(grant: &Grant<'_>) -> Option<Date> {
    let budget = grant.budget;
    let last = budget.segments.last()?;
    let tariff_ends = last.catalogue.last.is_some_and(|day| day <= last.to);
    match (budget.open_from, budget.endless_from) {
        (Some(open), _) => open.yesterday().ok(),
        (None, Some(_)) if tariff_ends => Some(last.to),
        (None, _) => None,
    }
}
