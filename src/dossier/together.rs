//! Lines beside one another: what may not or need not be on the same days, and days that are left empty between two lines.
//!
//! Each problem names both lines and stands at a field of the later one.

use super::file::{Dossier, Outcome, Provision, Wlz};
use crate::budget::{Library, LineBudget};
use crate::catalogue::Catalogue;
use crate::catalogue::file::Measured;
use crate::document::Problem;
use crate::indication::Line;
use crate::quantity::Frequency;
use crate::quantity::dutch::date_long;
use jiff::civil::Date;

/// With how many others one line is held to be wrong: enough to mend a dossier, and no more than a hostile one costs.
const MOST_BESIDE: usize = 5;

/// A granted line with its place and the catalogue of its first day.
#[derive(Clone, Copy)]
struct Granted<'a> {
    place: usize,
    line: &'a Line,
    catalogue: Option<&'a Catalogue>,
}

impl Dossier {
    pub(super) fn check_together(&self, library: &Library, problems: &mut Vec<Problem>) {
        let granted: Vec<Granted<'_>> = self
            .provisions
            .iter()
            .enumerate()
            .filter(|(_, provision)| is_granted(provision))
            .map(|(place, Provision { line, .. })| {
                let answer = library.catalogues.on(&self.municipality, line.from);
                Granted {
                    place,
                    line,
                    catalogue: answer.ok().map(|answer| &**answer.catalogue),
                }
            })
            .collect();
        for (at, one) in granted.iter().enumerate() {
            let later = granted.iter().skip(at.saturating_add(1));
            let found = later.filter_map(|other| beside(one, other));
            problems.extend(found.take(MOST_BESIDE));
        }
        for one in &granted {
            problems.extend(gap_after(one, &granted));
            let wlz = self.client.wlz.as_ref();
            problems.extend(wlz.and_then(|wlz| one.against(wlz)));
        }
        if let Some(Wlz { from, to: Some(to) }) = self.client.wlz
            && to < from
        {
            problems.push(
                Problem::error("de Wlz-indicatie eindigt voordat zij begint")
                    .field("client.wlz.to")
                    .hint(format!(
                        "Vul een einddatum in op of na {}.",
                        date_long(from)
                    )),
            );
        }
    }
}

pub(super) fn is_granted(provision: &Provision) -> bool {
    provision.outcome == Outcome::Granted
}

/// A weekly extent has no last week without an end date, and the exchange with the provider refuses it (R58).
pub(super) fn needs_end<N>(line: &Line, budget: &LineBudget<N>) -> Option<Problem> {
    let mut volumes = budget.granted.iter().flat_map(|part| &part.volumes);
    let weekly = line.to.is_none() && volumes.any(|volume| volume.per == Frequency::Week);
    weekly.then(|| {
        Problem::warning("bij een omvang per week hoort een einddatum")
            .field("to")
            .hint("Vul een einddatum in. Zonder einddatum kan de toewijzing niet naar de zorgaanbieder.")
    })
}

/// The days that two lines share.
fn shared(one: &Line, other: &Line) -> Option<(Date, Option<Date>)> {
    let from = one.from.max(other.from);
    let to = crate::catalogue::earliest(one.to, other.to);
    to.is_none_or(|to| to >= from).then_some((from, to))
}

/// `van 1 juni 2018 tot en met 31 december 2018`.
fn days((from, to): (Date, Option<Date>)) -> String {
    match to {
        Some(to) if to == from => format!("op {}", date_long(from)),
        Some(to) => format!("van {} tot en met {}", date_long(from), date_long(to)),
        None => format!("vanaf {}", date_long(from)),
    }
}

/// What is wrong with two lines on the same days.
fn beside(one: &Granted<'_>, other: &Granted<'_>) -> Option<Problem> {
    let overlap = shared(one.line, other.line);
    let at = |field: &str| format!("provisions[{}].line.{field}", other.place);
    let pair = format!("{} en {}", one.number(), other.number());
    let name = other.name();
    if one.line.product != other.line.product {
        let overlap = overlap.filter(|_| one.excludes(other) || other.excludes(one))?;
        return Some(
            Problem::warning(format!(
                "{} en {name} gaan niet samen: {pair} gelden beide {}",
                one.name(),
                days(overlap)
            ))
            .field(at("from"))
            .hint("Het ene omvat het andere al. Laat een van beide regels eindigen, of leg uit waarom beide nodig zijn."),
        );
    }
    let mixed = one.line.delivery.is_pgb() != other.line.delivery.is_pgb();
    if mixed && let Some(overlap) = overlap {
        return Some(
            Problem::error(format!(
                "{name} staat er als zorg in natura en als pgb op dezelfde dagen: {pair}, {}",
                days(overlap)
            ))
            .field(at("from"))
            .hint("Dat mag niet tegelijk (iWmo-regel OP043). Laat de ene regel eindigen voordat de andere begint."),
        );
    }
    if mixed && !other.mix_allowed() {
        return Some(
            Problem::error(format!(
                "{name} kan in deze gemeente niet deels in natura en deels als pgb: {pair}"
            ))
            .field(at("delivery"))
            .hint("Kies voor beide regels dezelfde leveringsvorm."),
        );
    }
    let overlap = overlap.filter(|_| one.is_same_as(other))?;
    let twice = format!(
        "{name} staat er twee keer in op dezelfde dagen: {pair}, {}",
        days(overlap)
    );
    let problem = if let Some((axis, first, second)) = one.contradicts(other) {
        Problem::error(format!("{twice}, eerst als «{first}» en dan als «{second}»")).hint(format!(
            "{axis} geldt voor alle hulp samen. Zet de hulp in een regel, of laat de ene regel eindigen voordat de andere begint."
        ))
    } else if other.is_banded() {
        Problem::error(twice)
            .hint("De bandbreedte geldt voor alle uren samen. Zet de uren in een regel.")
    } else {
        Problem::warning(twice).hint("Controleer of beide regels nodig zijn.")
    };
    Some(problem.field(at("from")))
}

/// Days without anything between a line and the next one of the same.
fn gap_after(one: &Granted<'_>, all: &[Granted<'_>]) -> Option<Problem> {
    let end = one.line.to?;
    let others = || {
        let others = all.iter().filter(|other| other.place != one.place);
        others.filter(|other| other.is_same_as(one))
    };
    if others().any(|other| other.line.from <= end && other.line.to.is_none_or(|to| to > end)) {
        return None;
    }
    let next = others()
        .filter(|other| other.line.from > end)
        .min_by_key(|other| other.line.from)?;
    let (first, last) = (end.tomorrow().ok()?, next.line.from.yesterday().ok()?);
    (first <= last).then(|| {
        Problem::warning(format!(
            "tussen {} en {} van {} is er niets toegekend {}",
            one.number(),
            next.number(),
            next.name(),
            days((first, Some(last)))
        ))
        .field(format!("provisions[{}].line.from", next.place))
        .hint("Laat de regels op elkaar aansluiten als dat zo bedoeld is.")
    })
}

impl<'a> Granted<'a> {
    fn number(&self) -> String {
        format!("regel {}", self.place.saturating_add(1))
    }

    fn name(&self) -> &str {
        let id = &self.line.product;
        let product = self.catalogue.and_then(|catalogue| catalogue.product(id));
        product.map_or(id, |product| &product.label)
    }

    /// The same product, with the same choices where they do not say how much it is.
    fn is_same_as(&self, other: &Self) -> bool {
        fn kinds<'a>(granted: &Granted<'a>) -> Vec<(&'a str, &'a str)> {
            granted.choices(false).collect()
        }
        self.line.product == other.line.product && kinds(self) == kinds(other)
    }

    /// A choice of how much that is another one in `other`: the axis and both choices, in words.
    fn contradicts(&self, other: &Self) -> Option<(&str, &str, &str)> {
        let catalogue = self.catalogue?;
        self.choices(true).find_map(|(id, first)| {
            let mut others = other.choices(true);
            let (_, second) = others.find(|(axis, second)| *axis == id && *second != first)?;
            let axis = catalogue.file.axes.get(catalogue.axis(id)?)?;
            let name = |value| axis.label_of(value).unwrap_or(value);
            Some((axis.label.as_str(), name(first), name(second)))
        })
    }

    /// The choices that were made, each with its axis: those that say how much it is, or the others.
    fn choices(&self, how_much: bool) -> impl Iterator<Item = (&'a str, &'a str)> {
        let Self {
            line, catalogue, ..
        } = *self;
        let chosen = line.choices.iter();
        let chosen = chosen.filter(move |(axis, _)| {
            let product = catalogue.and_then(|catalogue| catalogue.product(&line.product));
            let measures = catalogue.is_some_and(|catalogue| {
                let axis = product.zip(catalogue.axis(axis));
                axis.is_some_and(|(product, axis)| catalogue.is_how_much(product, axis))
            });
            measures == how_much
        });
        chosen.map(|(axis, choice)| (axis.as_str(), choice.value.as_str()))
    }

    /// Whether its hours as granted fall in one band.
    fn is_banded(&self) -> bool {
        let product = self
            .catalogue
            .and_then(|catalogue| catalogue.product(&self.line.product));
        product.is_some_and(|product| {
            let mut scales = product.scales.iter();
            scales.any(|scale| scale.measures == Measured::Granted)
        })
    }

    fn excludes(&self, other: &Self) -> bool {
        let file = self
            .catalogue
            .and_then(|catalogue| catalogue.product_file(&self.line.product));
        file.is_some_and(|file| file.excludes.contains(&other.line.product))
    }

    fn mix_allowed(&self) -> bool {
        let set = self.catalogue.and_then(|catalogue| {
            let product = catalogue.product(&self.line.product)?;
            catalogue.conventions_of(product)
        });
        set.is_none_or(|set| set.mix_of_delivery.value)
    }

    fn against(&self, wlz: &Wlz) -> Option<Problem> {
        let (from, to) = (
            self.line.from.max(wlz.from),
            crate::catalogue::earliest(self.line.to, wlz.to),
        );
        to.is_none_or(|to| to >= from).then(|| {
            let field = if wlz.from <= self.line.from { "from" } else { "to" };
            Problem::warning(format!(
                "{} ({}) loopt samen met de Wlz-indicatie {}",
                self.name(),
                self.number(),
                days((from, to))
            ))
            .field(format!("provisions[{}].line.{field}", self.place))
            .hint("Ga na of de Wlz deze ondersteuning al geeft. Zo ja, laat de regel dan voor die dag eindigen.")
        })
    }
}
