//! Percentages that lean on another tariff: each must lead to one, and never back to itself.
//!
//! A chain is followed on every day on which some amount changes, because what is a percentage in
//! one year can be an amount in another. A percentage of the same tariff on an earlier day is fine.

use super::file::{Amount, CatalogueFile, Kept, Value};
use super::{DatedValue, ProductEntry, Selection, selection_of};
use crate::document::{Doubt, Problem};
use crate::quantity::Unit;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Where a chain of percentages is: product, tariff, day.
type Place = (usize, usize, Date);

/// What leans on a tariff.
#[derive(Clone, Copy)]
struct Leaning<'a> {
    product: usize,
    choices: Selection,
    per: Option<Unit>,
    amount: &'a Amount,
    overlay: &'a Selection,
}

/// The tariffs that percentages lean on.
struct Sheet<'a> {
    entries: &'a [ProductEntry],
    /// Every day on which some amount changes.
    days: BTreeSet<Date>,
    /// Whether no line was left out: one that could not be read may be the tariff that is looked for.
    complete: bool,
}

/// What is wrong with the percentages of a file, each at its field. `entries` hold the lines that are not in doubt.
pub(super) fn check(file: &CatalogueFile, entries: &[ProductEntry], doubt: &Doubt) -> Vec<Problem> {
    let values = entries.iter().flat_map(|entry| {
        let tariffs = entry.tariffs.iter().flat_map(|tariff| &tariff.values);
        tariffs.chain(entry.ceilings.iter().flat_map(|ceiling| &ceiling.values))
    });
    let sheet = Sheet {
        entries,
        days: values.map(|value| value.from).collect(),
        complete: !doubt.about("tariffs"),
    };
    let mut problems = Vec::new();
    for (place, line) in file.tariffs.iter().enumerate() {
        let own = entries.iter().enumerate().find_map(|(at, entry)| {
            let when = selection_of(&file.axes, &line.when)?;
            let fits = |t: &&super::Tariff| t.provider == line.provider && t.when == when;
            let tariff = entry.tariffs.iter().find(fits)?;
            (entry.id == line.product).then_some((at, when, &tariff.values))
        });
        let path = format!("tariffs[{place}]");
        if let Some((product, when, dated)) = own.filter(|_| !doubt.about(&path)) {
            let from = (product, when, Some((line.provider.as_str(), line.per)));
            problems.extend(sheet.line(from, (&line.values, dated), &path));
        }
    }
    for (place, line) in file.ceilings.iter().enumerate() {
        let own = entries.iter().enumerate().find_map(|(at, entry)| {
            let when = selection_of(&file.axes, &line.when)?;
            let fits = |c: &&super::Ceiling| c.providers == line.providers && c.when == when;
            let ceiling = entry.ceilings.iter().find(fits)?;
            (entry.id == line.product).then_some((at, when, &ceiling.values))
        });
        let path = format!("ceilings[{place}]");
        if let Some((product, when, dated)) = own.filter(|_| !doubt.about(&path)) {
            let from = (product, when, None);
            problems.extend(sheet.line(from, (&line.values, dated), &path));
        }
    }
    problems
}

impl Sheet<'_> {
    fn line(
        &self,
        (product, choices, own): (usize, Selection, Option<(&str, Unit)>),
        (written, dated): (&[Value], &[DatedValue]),
        path: &str,
    ) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (at, (value, dated)) in written.iter().zip(dated).enumerate() {
            let kept = value
                .transition
                .as_ref()
                .and_then(|kept| match &kept.keeps {
                    Kept::Amount { amount, per, .. } => {
                        let overlay = &dated.kept.as_ref()?.overlay;
                        Some((amount, overlay, "transition.keeps.amount", *per))
                    }
                    Kept::Previous => None,
                });
            let main = (&value.amount, &dated.overlay, "amount", None);
            for (amount, overlay, field, other) in std::iter::once(main).chain(kept) {
                let start = Leaning {
                    product,
                    choices,
                    per: own.map(|(_, per)| other.unwrap_or(per)),
                    amount,
                    overlay,
                };
                let last = dated.to.unwrap_or(Date::MAX).max(dated.from);
                let wrong = self
                    .days
                    .range(dated.from..=last)
                    .find_map(|day| self.follow(start, own.map(|(provider, _)| provider), *day));
                if let Some((message, hint)) = wrong {
                    let field = format!("{path}.values[{at}].{field}");
                    problems.push(Problem::error(message).field(field).hint(hint));
                }
            }
        }
        problems
    }

    /// Follows a chain of percentages on a day; `own` is the provider of a tariff that it starts from. The answer is what
    /// is wrong, with what to do. A circle is told to the tariffs that are part of it, not to all that lean on them.
    fn follow(
        &self,
        start: Leaning<'_>,
        own: Option<&str>,
        day: Date,
    ) -> Option<(String, &'static str)> {
        let mut day = day;
        let mut at = start;
        let mut in_circle = false;
        let mut seen: Vec<Place> = Vec::new();
        while let Amount::Percent {
            provider,
            product,
            on,
            ..
        } = at.amount
        {
            let target = match product {
                Some(id) => self.entries.iter().position(|entry| entry.id == *id)?,
                None => at.product,
            };
            let wanted = at.choices.overlaid(at.overlay);
            let entry = self.entries.get(target)?;
            let fits = |t: &super::Tariff| t.provider == *provider && t.when.meets(&wanted);
            let Some(place) = entry.tariffs.iter().position(fits) else {
                return self.complete.then(|| {
                    (
                        format!("er is geen tarief «{provider}» waarvan dit een percentage is"),
                        "Zet dat tarief er ook in, of noem een ander.",
                    )
                });
            };
            let tariff = entry.tariffs.get(place)?;
            if at.per.is_some_and(|per| per != tariff.per) {
                return Some((
                    format!(
                        "dit percentage leunt op een bedrag per {}",
                        tariff.per.singular()
                    ),
                    "Een percentage geldt in dezelfde eenheid: maak beide eenheden gelijk.",
                ));
            }
            day = on.unwrap_or(day);
            if seen.contains(&(target, place, day)) {
                return in_circle.then(|| {
                    (
                        "dit percentage verwijst naar zichzelf".into(),
                        "Laat het naar een tarief met een bedrag verwijzen.",
                    )
                });
            }
            in_circle |= target == start.product
                && tariff.when == start.choices
                && own == Some(tariff.provider.as_str());
            seen.push((target, place, day));
            // A day outside this file is answered by another one, or not at all.
            let value = tariff
                .values
                .iter()
                .find(|value| value.from <= day && value.to.is_none_or(|to| day <= to))?;
            at = Leaning {
                product: target,
                choices: wanted,
                per: Some(tariff.per),
                amount: &value.amount,
                overlay: &value.overlay,
            };
        }
        None
    }
}
