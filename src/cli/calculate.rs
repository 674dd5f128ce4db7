//! `bereken`: what a dossier comes to, for reading: per provision the hours, the amounts and every step, then the totals.

use super::arguments::Calculate;
use super::dossiers::{self, Opened};
use super::numbers::{self, euro, money, money_per};
use super::page::Page;
use super::{Exit, Surroundings, json, steps};
use crate::budget::{
    Agreed, Amounts, GrantedPart, Inputs, Library, LineBudget, Money, PartSegment, ProviderAmount,
    Segment, Total, intensified,
};
use crate::catalogue::file::BudgetPeriod;
use crate::dossier::{Dossier, Evaluation, Outcome, Provision, Sum, Sums};
use crate::indication::{CareProvider, Delivery, Hours};
use crate::quantity::dutch::{counted, date_long};
use crate::quantity::{Exact, Frequency, Unit};
use crate::trace::{Line, Listing, Measure, NodeId, Status};
use jiff::civil::Date;
use std::io;

/// Prints the calculation of every dossier, in the order in which they were named.
pub(super) fn run(
    wanted: &Calculate,
    library: &Library,
    today: Date,
    surroundings: &mut Surroundings<'_>,
) -> io::Result<Exit> {
    dossiers::print(&wanted.dossiers, wanted.json, surroundings, |opened| {
        let evaluation = opened.evaluate(library, today);
        let text = match wanted.json {
            true => json::dossier(opened, &evaluation, library, today)?,
            false => text(opened, &evaluation, library, today),
        };
        Ok((text, evaluation.problems))
    })
}

/// Nothing came of a line: its problems say why.
const NOT_CALCULATED: &str = "niet berekend";

/// Of what nobody published it says so.
pub(super) fn mark(status: Status) -> &'static str {
    match status {
        Status::Established => "vastgesteld",
        Status::Example => "VOORBEELD: rust op gegevens die niemand heeft vastgesteld",
    }
}

fn text(opened: &Opened, evaluation: &Evaluation, library: &Library, today: Date) -> String {
    let dossier = &opened.dossier;
    let mut page = Page::default();
    page.line(&format!("{} ", opened.file));
    if !dossier.number.is_empty() {
        page.row(0, "Zaak", &dossier.number);
    }
    let municipality = library.catalogues.municipality(&dossier.municipality);
    let municipality = municipality.map_or(dossier.municipality.as_str(), |file| &file.name);
    page.row(0, "Gemeente", municipality);
    page.row(0, "Berekend op", &date_long(today));
    if let Some(decision) = dossier.dates.decision {
        page.row(0, "Besluit van", &date_long(decision));
    }
    page.row(0, "Status", &status_of(evaluation));
    let figures = |line: &Option<LineBudget<NodeId>>| line.as_ref().map(steps::figures);
    let figures: Vec<_> = evaluation
        .lines
        .iter()
        .map(|line| figures(line).unwrap_or_default())
        .chain([steps::figures_of_all(&evaluation.summary)])
        .collect();
    let listing = Listing::new(&evaluation.trace, &figures);
    let calculations = listing.groups.iter().map(Vec::as_slice);
    let provisions = dossier
        .provisions
        .iter()
        .zip(&evaluation.lines)
        .zip(calculations);
    for (number, ((provision, line), calculation)) in (1usize..).zip(provisions) {
        page.line("");
        let product = &provision.line.product;
        let answer = library
            .catalogues
            .on(&dossier.municipality, provision.line.from);
        let known = answer
            .ok()
            .and_then(|answer| answer.catalogue.product(product));
        let label = known.map_or(product.as_str(), |known| &known.label);
        self::provision(
            &mut page,
            (number, label),
            provision,
            line.as_ref(),
            calculation,
            &dossier.inputs(library, today),
        );
    }
    let of_all = listing.groups.last().map_or(&[][..], Vec::as_slice);
    summary(&mut page, dossier, evaluation, of_all);
    if !listing.sources.is_empty() {
        page.line("");
        page.line("Bronnen (* rust op gegevens die niemand heeft vastgesteld)");
    }
    for source in &listing.sources {
        page.line(&format!("  {}", steps::source(source)));
    }
    page.into_text()
}

fn provision(
    page: &mut Page,
    (number, label): (usize, &str),
    provision: &Provision,
    line: Option<&LineBudget<NodeId>>,
    calculation: &[Line],
    inputs: &Inputs<'_>,
) {
    let granted = &provision.line;
    let segment = line.and_then(|line| line.segments.get(line.large));
    page.line(&format!("{number}. {label}"));
    match &provision.outcome {
        Outcome::Refused { ground } => {
            page.row(0, "Besluit", &format!("afgewezen: {ground}"));
            return;
        }
        Outcome::Withdrawn { reason } => {
            page.row(0, "Besluit", &format!("ingetrokken: {reason}"));
            return;
        }
        Outcome::Granted => {}
    }
    let end = if granted.to.is_none() {
        ", zonder einddatum"
    } else {
        ""
    };
    page.row(
        0,
        "Periode",
        &format!("{}{end}", steps::span(granted.from, granted.to)),
    );
    let delivery = match &granted.delivery {
        Delivery::InKind { provider } if provider.is_empty() => "zorg in natura".to_owned(),
        Delivery::InKind { provider } => format!("zorg in natura, {provider}"),
        Delivery::Pgb { .. } => "persoonsgebonden budget (pgb)".to_owned(),
    };
    page.row(0, "Levering", &delivery);
    let Some(line) = line else { return };
    for part in &line.granted {
        hours(page, part);
        for one in granted
            .hours
            .iter()
            .filter(|one| one.part.as_deref() == part.part.as_deref())
        {
            activities(page, &one.hours);
        }
    }
    if let Some(found) = intensified(inputs, granted, line) {
        page.row(0, "Intensief", &numbers::plain(&found.words()));
    }
    match (segment, line.main_amount()) {
        (Some(segment), _) if segment.amount.recurring.is_some() => {
            let part = line.segments.len() > 1;
            page.row(0, "Bedrag", &amounts(&segment.amount, segment.per, part));
        }
        (_, Some((money, per))) => page.row(0, "Bedrag", &money_per(money, per)),
        (_, None) => {}
    }
    let providers = match &granted.delivery {
        Delivery::Pgb { providers } => providers.as_slice(),
        Delivery::InKind { .. } => &[],
    };
    for (place, segment) in line.segments.iter().enumerate() {
        let chosen = line.segments.len() > 1 && place == line.large;
        self::segment(page, segment, providers, chosen);
    }
    totals(page, line);
    let status = match line.is_calculated() {
        true => mark(line.status),
        false => NOT_CALCULATED,
    };
    page.row(0, "Status", status);
    self::calculation(page, calculation);
}

fn calculation(page: &mut Page, calculation: &[Line]) {
    if !calculation.is_empty() {
        page.line("  Berekening");
    }
    for step in calculation {
        page.line(&format!("    {}", steps::step(step)));
    }
}

/// What the hours are for, where they were filled in by goal and activity.
fn activities(page: &mut Page, hours: &Hours) {
    let Hours::Activities(rows) = hours else {
        return;
    };
    for row in rows {
        let extent = row.extent;
        let time = numbers::volume(Exact::from(extent.volume), extent.unit, extent.per);
        let what = format!("{time} {}, voor {}", row.activity.trim(), row.goal.trim());
        page.row(1, "waarvan", &what);
    }
}

fn hours(page: &mut Page, part: &GrantedPart<NodeId>) {
    let extents = part.volumes.iter();
    let extents: Vec<String> = extents
        .map(|volume| numbers::volume(volume.figure.value, volume.unit, volume.per))
        .collect();
    let mut value = extents.join(" en ");
    if part.part.is_some() {
        value = format!("{}: {value}", part.label);
    }
    page.row(0, "Toegekend", &value);
    if let Some(sum) = &part.together {
        let sum = numbers::volume(sum.figure.value, sum.unit, sum.per);
        page.row(1, "samen", &sum);
    }
    let Some(worked) = &part.worked else { return };
    for norm in &worked.parts {
        let minutes = numbers::volume(norm.shown.value, Unit::Minute, worked.per);
        page.row(1, "waarvan", &format!("{minutes} {}", norm.name));
    }
    let exact = numbers::volume(worked.exact.value, Unit::Minute, worked.per);
    let own = numbers::volume(
        worked.in_own_unit.value,
        worked.unit.unit(),
        worked.unit.per(),
    );
    let restated = match own == exact {
        true => String::new(),
        false => format!(", dat is {exact}"),
    };
    page.row(1, "uit de norm", &format!("{own}{restated}"));
    if let Some(visits) = &worked.extra_visits {
        page.row(
            1,
            "extra bezoeken",
            &format!(
                "{} per week",
                numbers::figure(visits.value, Measure::Number)
            ),
        );
    }
}

fn segment(page: &mut Page, segment: &Segment<NodeId>, providers: &[CareProvider], chosen: bool) {
    let now = if chosen {
        ", bij het bedrag hierboven"
    } else {
        ""
    };
    page.line(&format!(
        "  Van {} ({}{now})",
        steps::span(segment.from, Some(segment.to)),
        segment.catalogue.name
    ));
    for part in &segment.parts {
        self::part(page, part, segment, providers);
    }
    page.row(1, "bedrag", &amounts(&segment.amount, segment.per, true));
    for (per, view) in Frequency::VIEWS.into_iter().zip(&segment.views) {
        if let (Some(view), Some(method)) = (view, segment.method(per))
            && per != segment.per
        {
            let value = format!("{} ({method})", euro(view.rounded));
            page.row(1, &format!("omgerekend {}", per.dutch()), &value);
        }
    }
    page.row(1, "over deze dagen", &money(&segment.total));
}

fn part(
    page: &mut Page,
    part: &PartSegment<NodeId>,
    segment: &Segment<NodeId>,
    providers: &[CareProvider],
) {
    let choices = segment.catalogue.describe(&part.choices);
    match (part.part.is_some(), choices.is_empty()) {
        (true, true) => page.row(1, "onderdeel", &part.label),
        (true, false) => page.row(1, "onderdeel", &format!("{}: {choices}", part.label)),
        (false, false) => page.row(1, "soort", &choices),
        (false, true) => {}
    }
    for provider in &part.providers {
        let name = provider.provider.and_then(|place| providers.get(place));
        let name = name
            .map(|provider| provider.name.as_str())
            .filter(|name| !name.is_empty());
        let name = match name {
            Some(name) => format!("{name}, {}", provider.kind),
            None => provider.kind.to_string(),
        };
        let total = match (&provider.total, part.providers.len()) {
            (Money::Known { .. }, 2..) => format!("; over deze dagen {}", money(&provider.total)),
            _ => String::new(),
        };
        page.row(
            1,
            "tarief",
            &format!("{name}: {}{total}", rate(provider, part.per)),
        );
        if part.providers.len() > 1 && provider.before_ceiling.is_some() {
            let after = amounts(&provider.amount, part.per, true);
            page.row(2, "na het plafond", &after);
        }
        let agreed = provider.agreed.map(|agreed| match agreed {
            Agreed::Lower => "is lager dan het tarief en geldt",
            Agreed::NotLower => "is niet lager; het tarief geldt",
            Agreed::NotUsed => "telt in deze gemeente niet mee",
        });
        if let Some(agreed) = agreed {
            page.row(2, "afspraak", agreed);
        }
    }
    if let Some((ceiling, every)) = &part.ceiling {
        let every = Measure::EuroPer(*every);
        page.row(1, "ten hoogste", &numbers::figure(ceiling.value, every));
    }
    if part.ceiling_lifted {
        page.row(
            1,
            "ten hoogste",
            "vervalt door de reden die is opgeschreven",
        );
    }
    for (after, per) in part.amount.each(part.per) {
        if part.cut.of(per).is_some()
            && let Some(before) = part.before_ceiling.of(per)
        {
            let before = numbers::figure(before.value, Measure::Euro);
            let after = amount_of(after, per, true);
            page.row(1, "afgetopt", &format!("van {before} naar {after}"));
        }
    }
    if segment.parts.len() > 1 {
        page.row(1, "van dit deel", &amounts(&part.amount, part.per, true));
    }
}

/// What comes back and what is in total: `€ 220,00 per 4 weken en € 120,00 in totaal`; of the last only a `part` where the
/// line has other days too.
fn amounts(amount: &Amounts<Money<NodeId>>, per: Frequency, part: bool) -> String {
    let each = amount.each(per);
    let each = each.map(|(amount, per)| amount_of(amount, per, part));
    each.collect::<Vec<_>>().join(" en ")
}

fn amount_of(amount: &Money<NodeId>, per: Frequency, part: bool) -> String {
    match amount {
        Money::Known { .. } if part && per == Frequency::Total => {
            format!("{} in deze dagen", money(amount))
        }
        _ => money_per(amount, per),
    }
}

fn rate(provider: &ProviderAmount<NodeId>, per: Frequency) -> String {
    let each = provider.uncut(per).map(|(money, per)| {
        let amount = money_per(money, per);
        match (&provider.rate, provider.volume.of(per)) {
            (Some((rate, unit)), Some(volume)) => {
                let product = volume.value.mul(rate.value).ok();
                let is = match money.euro() {
                    None => ",",
                    Some(euro) if product == Some(euro.exact()) => " =",
                    Some(_) => ", afgerond",
                };
                format!(
                    "{} × {}{is} {amount}",
                    numbers::figure(volume.value, Measure::Volume(*unit)),
                    numbers::figure(rate.value, Measure::EuroPerUnit(*unit)),
                )
            }
            _ => amount,
        }
    });
    each.collect::<Vec<_>>().join("; ")
}

fn totals(page: &mut Page, line: &LineBudget<NodeId>) {
    for total in &line.years {
        let year = format!("Totaal {}", total.from.year());
        let most = if line.years_are_maxima {
            "ten hoogste "
        } else {
            ""
        };
        page.row(0, &year, &format!("{most}{}", dated(total)));
    }
    if let Some(term) = &line.term {
        page.row(0, "Totaal", &dated(term));
    }
    if let Some(open) = line.open_from {
        let last = open.yesterday().unwrap_or(open);
        let text = format!("tarief na {} nog niet vastgesteld", date_long(last));
        page.row(0, "Let op", &text);
    }
    if let Some(endless) = line.endless_from {
        let last = endless.yesterday().unwrap_or(endless);
        let text = format!("loopt door; geteld tot en met {}", date_long(last));
        page.row(0, "Let op", &text);
    }
    let period = line.budget_period.map(|period| match period {
        BudgetPeriod::CalendarYear => "per kalenderjaar, zonder rest mee te nemen",
        BudgetPeriod::WholeTerm => "over de hele periode",
        BudgetPeriod::Month => "per maand",
    });
    if let Some(period) = period {
        page.row(0, "Te besteden", period);
    }
}

fn dated(total: &Total<NodeId>) -> String {
    format!(
        "{} ({})",
        money(&total.money),
        steps::span(total.from, Some(total.to))
    )
}

fn summary(page: &mut Page, dossier: &Dossier, evaluation: &Evaluation, calculation: &[Line]) {
    let summary = &evaluation.summary;
    if summary.years.is_empty() {
        return;
    }
    page.line("");
    page.line("Dossier samen");
    let most = if summary.years_are_maxima {
        "ten hoogste "
    } else {
        ""
    };
    for year in &summary.years {
        let name = format!("Totaal {}", year.from.year());
        let days = format!(" ({})", steps::span(year.from, Some(year.to)));
        sums(page, &name, most, &year.sums, &days);
        if let Some(average) = &year.average_per_month {
            page.row(1, "gemiddeld per maand", &euro(average.rounded));
        }
    }
    let days = summary.term_days.filter(|_| summary.term_is_complete);
    if let Some((from, to)) = days {
        let days = format!(" ({})", steps::span(from, Some(to)));
        sums(page, "Totaal", "", &summary.term, &days);
    } else if dossier
        .provisions
        .iter()
        .any(|one| one.outcome == Outcome::Granted)
    {
        page.row(
            0,
            "Totaal",
            "niet over de hele periode: een regel loopt door, of een tarief is nog niet bekend",
        );
    }
    page.row(0, "Status", &status_of(evaluation));
    self::calculation(page, calculation);
}

/// The status of the dossier, which says nothing about a provision that was not calculated.
fn status_of(evaluation: &Evaluation) -> String {
    let lines = || evaluation.lines.iter().flatten();
    let calculated = lines().filter(|line| line.is_calculated()).count();
    match (calculated, lines().count()) {
        (0, 1..) => NOT_CALCULATED.to_owned(),
        (some, all) if some < all => format!("{}; niet alles is berekend", mark(evaluation.status)),
        _ => mark(evaluation.status).to_owned(),
    }
}

fn sums(page: &mut Page, name: &str, most: &str, sums: &Sums, days: &str) {
    page.row(0, name, &format!("{most}{}{days}", sum(&sums.together)));
    if sums.in_kind.lines > 0 && sums.pgb.lines > 0 {
        page.row(1, "in natura", &sum(&sums.in_kind));
        page.row(1, "pgb", &sum(&sums.pgb));
    }
}

/// A sum, or that it is not known, with the part that is (decisions 3).
fn sum(sum: &Sum) -> String {
    if sum.unknown == 0 {
        return euro(sum.known);
    }
    if sum.node.is_none() {
        return "niet bekend; van geen enkele regel is het bedrag bekend".to_owned();
    }
    let lines = counted(sum.unknown, "regel", "regels");
    format!("niet bekend; zonder {lines} {}", euro(sum.known))
}
