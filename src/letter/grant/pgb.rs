//! A pgb: what it is for, its rates and amounts, over which days, and how the client accounts for it.

use super::super::blocks::{Block, Column, Level, Table, TableRow};
use super::words::{self, date};
use super::{Case, Grant, amount, paragraph};
use crate::budget::{Agreed, LineBudget, Money, ProviderAmount, Segment, Total};
use crate::catalogue::file::{BudgetPeriod, Mixed};
use crate::indication::CareProvider;
use crate::quantity::Frequency;
use crate::quantity::dutch::listed;
use crate::texts::Sentences;
use crate::trace::{Figure, Measure, NodeId, shown};
use jiff::civil::Date;

/// Purpose, quality, amounts and accounting.
pub(super) fn blocks(case: &Case<'_>, grant: &Grant<'_>, providers: &[CareProvider]) -> Vec<Block> {
    let say = grant.say;
    let why = &grant.provision.motivation;
    let mut blocks = vec![
        Block::Heading(Level::Subsection, say.of("pgb").into()),
        paragraph(say.of("pgb_what"), &[]),
        paragraph(
            say.of("pgb_purpose"),
            &[("purpose", &words::sentence(&why.purpose))],
        ),
        paragraph(
            say.of("pgb_quality"),
            &[("quality", &words::sentence(&why.quality))],
        ),
    ];
    blocks.extend(amounts(case, grant, providers));
    blocks.extend(totals(grant));
    let free = why.free_amount.trim();
    blocks.push(if free.is_empty() {
        paragraph(say.of("no_free"), &[])
    } else {
        paragraph(say.of("free"), &[("free", &words::sentence(free))])
    });
    let wage = why.monthly_wage_allowed;
    blocks.push(paragraph(
        if wage {
            say.of("wage")
        } else {
            say.of("no_wage")
        },
        &[],
    ));
    blocks
}

/// The amounts per period with the rates behind them.
fn amounts(case: &Case<'_>, grant: &Grant<'_>, providers: &[CareProvider]) -> Vec<Block> {
    let say = grant.say;
    let segments = &grant.budget.segments;
    let mut blocks = Vec::new();
    let Some(first) = segments.first() else {
        return blocks;
    };
    let all = amounts_of(first);
    let equal = segments.iter().all(|segment| amounts_of(segment) == all);
    blocks.push(if segments.iter().all(once_only) {
        paragraph(say.of("pgb_in_table"), &[])
    } else if equal {
        paragraph(say.of("pgb_amount"), &[("amount", &all)])
    } else {
        paragraph(say.of("pgb_amounts"), &[])
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
        blocks.push(paragraph(say.of("pgb_no_rate"), &values));
    }
    let together = together(grant, providers);
    let heaviest = grant
        .catalogue
        .conventions_of(grant.product)
        .is_some_and(|set| set.mixed.value == Mixed::Heaviest);
    if together && heaviest {
        blocks.push(paragraph(say.of("pgb_heaviest"), &[]));
    }
    blocks.extend(agreed(grant, providers));
    blocks.extend(super::ceilings::told(say, segments));
    if let [segment] = segments.as_slice()
        && segment.per != Frequency::Month
        && let ([_, _, Some(month), _], Some(method)) =
            (&segment.views, segment.method(Frequency::Month))
        && let Some(line) = case.listing.number(month.node)
    {
        let amount = words::money(month.rounded.0, Frequency::Total);
        let line = line.to_string();
        let values = [
            ("amount", amount.as_str()),
            ("method", method),
            ("line", line.as_str()),
        ];
        blocks.push(paragraph(say.of("pgb_month"), &values));
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
    let pointed = match lines.len() {
        0 => None,
        1 => Some(say.of("pgb_line")),
        _ => Some(say.of("pgb_lines")),
    };
    blocks.extend(pointed.map(|pointed| paragraph(pointed, &[("lines", &listed(&lines))])));
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
    let say = grant.say;
    let mut blocks = Vec::new();
    for (place, provider) in providers.iter().enumerate() {
        if let Some(set) = &provider.set_rate {
            let kind = grant.catalogue.provider_name(&provider.kind);
            let who = match provider.name.trim() {
                "" => kind.as_ref(),
                name => name,
            };
            let rate = shown(set.amount.exact(), Measure::EuroPerUnit(set.per));
            let values = [
                ("who", who),
                ("rate", &rate),
                ("decision", set.decision.trim()),
            ];
            blocks.push(paragraph(say.of("rate_set"), &values));
            continue;
        }
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
            (true, true) => say.of("agreed_sometimes"),
            (true, false) => say.of("agreed_lower"),
            (false, true) => say.of("agreed_not_lower"),
            (false, false) => say.of("agreed_not_used"),
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

/// A row per stretch of days, part and care provider, and one more for what is in total. Each says what hours × rate comes
/// to; what a ceiling leaves of it stands below them. A period that all rows share
/// stands in the header.
fn table(grant: &Grant<'_>, segments: &[Segment<NodeId>], providers: &[CareProvider]) -> Block {
    let say = grant.say;
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
                        rate(say, paid),
                        money,
                    ]));
                };
                for (money, per) in paid.uncut(part.per) {
                    let volume = paid.volume.of(per);
                    let named = Some(per).filter(|_| shared.is_none());
                    let help = help(say, volume, paid, named);
                    if per == Frequency::Total {
                        row(help, in_total(money));
                        once += 1;
                    } else {
                        row(help, per_amount(money, per));
                        recurring += 1;
                    }
                }
            }
            for (money, per) in part.amount.each(part.per) {
                if part.cut.of(per).is_none() {
                    continue;
                }
                let mut name = say.of("table_ceiling").to_owned();
                if several_parts {
                    name = format!("{}: {}", part.label, words::mid(&name));
                }
                let (money, count) = match per {
                    Frequency::Total => (in_total(money), &mut once),
                    _ => (per_amount(money, per), &mut recurring),
                };
                rows.push(sum_of_rows(name, money));
                if !several_parts {
                    *count = 0;
                }
            }
        }
        let together = || say.of("table_together").to_owned();
        if let (Some(money), 2..) = (&segment.amount.recurring, recurring) {
            rows.push(sum_of_rows(together(), per_amount(money, segment.per)));
        }
        if let (Some(money), 2..) = (&segment.amount.once, once) {
            rows.push(sum_of_rows(together(), in_total(money)));
        }
    }
    let titled = |title: &str| match shared {
        Some(per) => format!("{title} {}", per.dutch()),
        None => title.to_owned(),
    };
    Block::Table(Table {
        columns: vec![
            Column::words(say.of("table_period")),
            Column::words(say.of("table_provider")),
            Column::amounts(titled(say.of("table_help"))),
            Column::amounts(say.of("table_rate")),
            Column::amounts(titled(say.of("table_amount"))),
        ],
        rows,
    })
}

/// What the rows above it come to: a name in the first of the five columns and an amount in the last.
fn sum_of_rows(name: String, money: String) -> TableRow {
    let empty = String::new;
    TableRow::total([name, empty(), empty(), empty(), money])
}

/// Whether nothing in these days comes back every period.
fn once_only(segment: &Segment<NodeId>) -> bool {
    segment.amount.recurring.is_none()
}

/// What is counted with the rate, with its period where the header does not say it.
fn help(
    say: &Sentences,
    volume: Option<&Figure<NodeId>>,
    paid: &ProviderAmount<NodeId>,
    per: Option<Frequency>,
) -> String {
    match (volume, &paid.rate, per) {
        (Some(volume), Some((_, unit)), None) => words::number_of(volume.value, *unit),
        (Some(volume), Some((_, unit)), Some(per)) => words::with_unit(volume.value, *unit, per),
        _ => say.of("fixed_amount").to_owned(),
    }
}

fn rate(say: &Sentences, paid: &ProviderAmount<NodeId>) -> String {
    match &paid.rate {
        Some((rate, unit)) => shown(rate.value, Measure::EuroPerUnit(*unit)),
        None => say.of("no_hourly_rate").to_owned(),
    }
}

/// Name and kind: `M. de Boer, informele hulp`.
fn name(grant: &Grant<'_>, provider: &CareProvider) -> String {
    let kind = grant.catalogue.provider_name(&provider.kind);
    match provider.name.trim() {
        "" => format!("{kind}, naam {}", grant.say.of("provider_open")),
        name => format!("{name}, {kind}"),
    }
}

/// Totals per calendar year and over the whole term, each with its days.
pub(super) fn totals(grant: &Grant<'_>) -> Vec<Block> {
    let say = grant.say;
    let budget = grant.budget;
    let mut blocks = Vec::new();
    if let (Some(term), 1) = (&budget.term, budget.years.len()) {
        let told = match budget.open_from {
            Some(_) => say.of("pgb_known"),
            None => say.of("pgb_total"),
        };
        let values = [
            ("from", date(term.from)),
            ("to", date(term.to)),
            ("amount", amount(&term.money, Frequency::Total)),
        ];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        blocks.push(paragraph(told, &values));
    } else {
        blocks.extend(per_year(say, budget));
    }
    if budget.open_from.is_none()
        && budget.endless_from.is_some()
        && let Some(last) = budget.years.last()
    {
        blocks.push(paragraph(
            say.of("pgb_no_total_endless"),
            &[("last", &date(last.to))],
        ));
    }
    if let Some(last) = last_known(grant) {
        blocks.push(paragraph(say.of("pgb_open"), &[("last", &date(last))]));
    }
    blocks.push(paragraph(
        match budget.budget_period {
            Some(BudgetPeriod::WholeTerm) => say.of("period_whole_term"),
            Some(BudgetPeriod::Month) => say.of("period_month"),
            Some(BudgetPeriod::CalendarYear) | None => say.of("period_calendar_year"),
        },
        &[],
    ));
    blocks
}

/// A row per calendar year, and one for all of them.
fn per_year(say: &Sentences, budget: &LineBudget<NodeId>) -> [Block; 2] {
    let intro = match budget.years_are_maxima {
        true => say.of("pgb_years_maxima"),
        false => say.of("pgb_years"),
    };
    let years = budget.years.iter();
    let mut rows: Vec<TableRow> = years.map(|year| total(say, year, false)).collect();
    if let Some(term) = &budget.term {
        rows.push(total(say, term, true));
    }
    let columns = vec![
        Column::words(say.of("table_year")),
        Column::words(say.of("table_days")),
        Column::amounts(say.of("table_amount")),
    ];
    [paragraph(intro, &[]), Block::Table(Table { columns, rows })]
}

fn total(say: &Sentences, total: &Total<NodeId>, whole: bool) -> TableRow {
    let days = format!("{} tot en met {}", date(total.from), date(total.to));
    let money = amount(&total.money, Frequency::Total);
    if whole {
        TableRow::total([say.of("table_total").to_owned(), days, money])
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
