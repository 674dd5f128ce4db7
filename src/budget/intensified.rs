//! What the intensive variant changes: the same line without what makes it heavier, evaluated the same way and held against it.

use super::{Inputs, LineBudget, Money, PartSegment, evaluate};
use crate::catalogue::file::Follows;
use crate::indication::{Choice, Hours, Line};
use crate::quantity::{Exact, Frequency, Unit};
use crate::trace::{Measure, Silent, shown};

/// A value of the standard variant, and of the intensive one.
type Pair = (Exact, Exact);

/// What the intensive variant of a line changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intensified {
    /// Short name of the axis.
    pub axis: String,
    /// Name of the standard variant, and of the intensive one.
    pub names: (String, String),
    /// Granted minutes; nothing where the hours were filled in, because then nobody knows what the circumstance adds.
    pub minutes: Option<(Pair, Frequency)>,
    /// Extra visits a week.
    pub visits: Exact,
    /// The price of one of its unit, where it is priced so.
    pub rate: Option<(Pair, Unit)>,
    /// The most that it may come to.
    pub ceiling: Option<(Pair, Frequency)>,
    /// What it comes to.
    pub amount: Option<(Pair, Frequency)>,
}

/// What the intensive variant changes on the days of the one large figure; nothing for a line that has none.
pub fn intensified<N: Copy>(
    inputs: &Inputs<'_>,
    line: &Line,
    budget: &LineBudget<N>,
) -> Option<Intensified> {
    let segment = budget.segments.get(budget.large)?;
    let axes = || segment.catalogue.file.axes.iter().enumerate();
    let (at, place, names) = segment.parts.iter().enumerate().find_map(|(at, part)| {
        let mut axes = axes();
        let (place, names) = axes.find(|(place, names)| {
            let value = part.choices.get(*place);
            let value = value.and_then(|value| names.values.get(value));
            value.is_some_and(|value| names.is_aggravated(&value.id))
        })?;
        Some((at, place, names))
    })?;
    let Follows::Aggravation { without, .. } = names.follows.as_ref()?;
    let plain = evaluate(
        inputs,
        &standard(inputs, line, &names.id, without),
        &mut Silent,
    );
    let part = segment.parts.get(at)?;
    let before = plain.segments.iter().find(|one| one.from == segment.from);
    let before = before.and_then(|one| one.parts.get(at));
    let worked = (budget.granted.get(at)).and_then(|granted| granted.worked.as_ref());
    let standard_work = (plain.granted.get(at)).and_then(|granted| granted.worked.as_ref());
    let intensive = names.values.get(part.choices.get(place)?)?;
    let amount = plain.main_amount().zip(budget.main_amount());
    Some(Intensified {
        axis: names.id.clone(),
        names: (
            names.label_of(without).unwrap_or(without).to_owned(),
            intensive.label.clone(),
        ),
        minutes: standard_work.zip(worked).map(|(old, new)| {
            let minutes = (old.granted.value, new.granted.value);
            (minutes, new.per)
        }),
        visits: worked
            .and_then(|worked| worked.extra_visits)
            .map_or(Exact::ZERO, |visits| visits.value),
        rate: rate(before).zip(rate(Some(part))).and_then(|(old, new)| {
            let same = old.1 == new.1;
            same.then_some(((old.0, new.0), new.1))
        }),
        ceiling: ceiling(before)
            .zip(ceiling(Some(part)))
            .and_then(|(old, new)| {
                let same = old.1 == new.1;
                same.then_some(((old.0, new.0), new.1))
            }),
        amount: amount.and_then(|((old, old_per), (new, per))| {
            let both = money(old).zip(money(new))?;
            (old_per == per).then_some((both, per))
        }),
    })
}

/// The line without its aggravating circumstances.
fn standard(inputs: &Inputs<'_>, line: &Line, axis: &str, without: &str) -> Line {
    let mut line = line.clone();
    if let Some(choice) = line.choices.get_mut(axis) {
        *choice = Choice {
            value: without.to_owned(),
            reason: None,
        };
    }
    let sets = inputs.library.norms(inputs.municipality);
    for hours in &mut line.hours {
        let Hours::Norm(work) = &mut hours.hours else {
            continue;
        };
        let Ok(set) = sets.set_of(work) else { continue };
        for part in &mut work.parts {
            let norm = set.part(&part.part);
            part.factors.retain(|used| {
                let factor = norm.and_then(|norm| norm.factor(&used.factor));
                !factor.is_some_and(|factor| factor.aggravating)
            });
        }
    }
    line
}

fn rate<N: Copy>(part: Option<&PartSegment<N>>) -> Option<(Exact, Unit)> {
    let (rate, unit) = part?.providers.first()?.rate?;
    Some((rate.value, unit))
}

fn ceiling<N: Copy>(part: Option<&PartSegment<N>>) -> Option<(Exact, Frequency)> {
    let (ceiling, per) = part?.ceiling?;
    Some((ceiling.value, per))
}

fn money<N: Copy>(money: &Money<N>) -> Option<Exact> {
    Some(money.euro()?.exact())
}

impl Intensified {
    /// In Dutch: `standaard → intensief: minuten van 150 naar 174 minuten per week; …`.
    pub fn words(&self) -> String {
        let mut said = Vec::new();
        match self.minutes {
            Some((minutes, per)) => {
                said.push(pair(
                    "de tijd",
                    minutes,
                    Measure::VolumePer(Unit::Minute, per),
                ));
            }
            None => said.push(
                "hoeveel tijd de omstandigheid kost, staat er niet: de uren zijn ingevuld"
                    .to_owned(),
            ),
        }
        said.push(match self.visits.is_zero() {
            true => "geen extra bezoeken".to_owned(),
            false => {
                let visits = shown(self.visits, Measure::Number);
                format!("{visits} extra bezoeken per week")
            }
        });
        if let Some((rate, unit)) = self.rate {
            said.push(pair("het tarief", rate, Measure::EuroPerUnit(unit)));
        }
        match self.ceiling {
            Some((ceiling, per)) => {
                said.push(pair("het plafond", ceiling, Measure::EuroPer(per)));
            }
            None => said.push("geen plafond".to_owned()),
        }
        if let Some((amount, per)) = self.amount {
            said.push(pair("het bedrag", amount, Measure::EuroPer(per)));
        }
        let (standard, intensive) = &self.names;
        format!("{standard} → {intensive}: {}.", said.join("; "))
    }
}

/// `het plafond gaat van € 385,00 naar € 481,25 per 4 weken`.
fn pair(what: &str, (old, new): Pair, measure: Measure) -> String {
    if old == new {
        return format!("{what} blijft {}", shown(new, measure));
    }
    format!(
        "{what} gaat van {} naar {}",
        shown(old, measure),
        shown(new, measure)
    )
}
