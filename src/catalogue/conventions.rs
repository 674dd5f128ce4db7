//! Conventions of a catalogue with their sources, and the ways from one period to another.

use super::Sourced;
use super::file::{Base, BudgetPeriod, Conventions, Counting, Mixed, Stage, Takes, TotalRounding};
use crate::quantity::{Exact, Frequency, Rounding};
use crate::trace::Provenance;
use std::sync::Arc;

/// The periods between which a catalogue can convert, in the order of [`Frequency`].
const PERIODS: [Frequency; 6] = [
    Frequency::Day,
    Frequency::Week,
    Frequency::TwoWeeks,
    Frequency::FourWeeks,
    Frequency::Month,
    Frequency::Year,
];

/// One step from a period to another.
#[derive(Debug, Clone)]
pub struct Hop {
    /// From this period.
    pub from: Frequency,
    /// To this one.
    pub to: Frequency,
    /// What an amount per `from` is multiplied by.
    pub factor: Exact,
    /// Whether the rounded figure per `from` goes on, or the exact one.
    pub takes: Takes,
    /// Name of the method.
    pub name: Arc<str>,
    /// The convention; nothing when it holds by definition (4 weeks are 4 × 1 week).
    pub convention: Option<Arc<Provenance>>,
}

/// For every start and goal the last hop of the shortest way, agreed hops before definitions.
#[derive(Debug, Clone, Default)]
pub struct Path {
    last: Vec<Vec<Option<Hop>>>,
}

impl Path {
    /// Lays out the ways over these agreed hops and the definitions.
    fn new(agreed: &[Hop]) -> Self {
        let mut hops = agreed.to_vec();
        for from in PERIODS {
            for to in PERIODS {
                if let Some(factor) = from.per(to).filter(|_| from != to) {
                    hops.push(Hop {
                        from,
                        to,
                        factor,
                        takes: Takes::Rounded,
                        name: Arc::from(definition(from, to)),
                        convention: None,
                    });
                }
            }
        }
        let last = PERIODS.iter().map(|start| ways(*start, &hops)).collect();
        Self { last }
    }

    /// Where the agreed hops come from; one can occur more than once.
    fn provenances(&self) -> impl Iterator<Item = &Arc<Provenance>> {
        let hops = self.last.iter().flatten().flatten();
        hops.filter_map(|hop| hop.convention.as_ref())
    }

    /// The last hop on the way from `start` to `goal`; nothing when there is no way, or none needed.
    pub fn last_hop(&self, start: Frequency, goal: Frequency) -> Option<&Hop> {
        self.last.get(start as usize)?.get(goal as usize)?.as_ref()
    }

    /// The hops from `start` to `goal` in order; nothing when the catalogue does not say how.
    pub fn hops(&self, start: Frequency, goal: Frequency) -> Option<Vec<&Hop>> {
        let mut hops = Vec::new();
        let mut at = goal;
        while at != start {
            let hop = self.last_hop(start, at)?;
            hops.push(hop);
            at = hop.from;
        }
        hops.reverse();
        Some(hops)
    }
}

fn definition(from: Frequency, to: Frequency) -> &'static str {
    match (from, to) {
        (Frequency::Month, Frequency::Year) => "12 maanden in een jaar",
        (Frequency::Year, Frequency::Month) => "jaar ÷ 12",
        (Frequency::Week, Frequency::FourWeeks) => "4 × week",
        (Frequency::FourWeeks, Frequency::Week) => "4 weken ÷ 4",
        (Frequency::Day, _) => "aantal dagen in de periode",
        (_, Frequency::Day) => "gedeeld door het aantal dagen",
        _ => "aantal weken in de periode",
    }
}

/// Breadth first from one start; a period reached by an agreed hop keeps it.
fn ways(start: Frequency, hops: &[Hop]) -> Vec<Option<Hop>> {
    let mut last: Vec<Option<Hop>> = vec![None; PERIODS.len()];
    let mut reached = vec![start];
    let mut frontier = vec![start];
    while !frontier.is_empty() {
        let mut next = Vec::new();
        for agreed in [true, false] {
            for hop in hops.iter().filter(|hop| hop.convention.is_some() == agreed) {
                if frontier.contains(&hop.from) && !reached.contains(&hop.to) {
                    reached.push(hop.to);
                    next.push(hop.to);
                    if let Some(way) = last.get_mut(hop.to as usize) {
                        *way = Some(hop.clone());
                    }
                }
            }
        }
        frontier = next;
    }
    last
}

/// A convention set with its sources.
#[derive(Debug, Clone)]
pub struct ConventionSet {
    /// Short name.
    pub id: String,
    /// Name of the way from a period to itself.
    pub own_period: Arc<str>,
    /// The period over which hours × rate is worked out.
    pub base: Sourced<Base>,
    /// Ways to convert an extent.
    pub conversions: Path,
    /// Ways to restate an amount.
    pub views: Path,
    /// How dates are counted.
    pub totals: Sourced<Counting>,
    /// Where the rounding of totals stands.
    pub total_rounding: Sourced<TotalRounding>,
    /// Several kinds of provider.
    pub mixed: Sourced<Mixed>,
    /// The period over which a pgb may be spent.
    pub budget_period: Sourced<BudgetPeriod>,
    /// Whether a lower agreed rate replaces the tariff.
    pub real_cost_if_lower: Sourced<bool>,
    /// Whether in kind and pgb may both occur within a product.
    pub mix_of_delivery: Sourced<bool>,
    roundings: [Option<Sourced<Rounding>>; 6],
}

impl ConventionSet {
    /// Makes a set from a checked file; `source` gives the provenance of a convention by its
    /// place, short source name and status.
    pub(super) fn new(
        file: &Conventions,
        mut source: impl FnMut(String, &str, crate::trace::Status, Option<&str>) -> Arc<Provenance>,
    ) -> Self {
        macro_rules! sourced {
            ($field:ident, $name:literal) => {
                Sourced {
                    value: file.$field.value,
                    provenance: source(
                        concat!("afspraak ", $name).to_owned(),
                        &file.$field.source,
                        file.$field.status,
                        file.$field.note.as_deref(),
                    ),
                }
            };
        }
        let conversions: Vec<Hop> = file
            .conversions
            .iter()
            .map(|c| Hop {
                from: c.from,
                to: c.to,
                factor: c.factor,
                takes: Takes::Exact,
                name: Arc::from(c.name.as_str()),
                convention: Some(source(
                    format!("afspraak omrekenen omvang: {}", c.name),
                    &c.source,
                    c.status,
                    None,
                )),
            })
            .collect();
        let views: Vec<Hop> = file
            .views
            .iter()
            .map(|v| Hop {
                from: v.from,
                to: v.to,
                factor: v.factor,
                takes: v.takes,
                name: Arc::from(v.name.as_str()),
                convention: Some(source(
                    format!("afspraak omrekenen bedrag: {}", v.name),
                    &v.source,
                    v.status,
                    None,
                )),
            })
            .collect();
        let mut roundings = [const { None }; 6];
        for rule in &file.roundings {
            let place = format!("afspraak afronding {}", stage_name(rule.at));
            let provenance = source(place, &rule.source, rule.status, None);
            if let Some(slot) = roundings.get_mut(stage_place(rule.at)) {
                *slot = Some(Sourced {
                    value: rule.rounding,
                    provenance,
                });
            }
        }
        Self {
            id: file.id.clone(),
            own_period: Arc::from("eigen periode"),
            base: sourced!(base, "rekenperiode"),
            conversions: Path::new(&conversions),
            views: Path::new(&views),
            totals: sourced!(totals, "gebroken periode"),
            total_rounding: sourced!(total_rounding, "afronden van totalen"),
            mixed: sourced!(mixed, "verschillende zorgverleners"),
            budget_period: sourced!(budget_period, "budgetperiode"),
            real_cost_if_lower: sourced!(
                real_cost_if_lower,
                "werkelijke kosten als die lager zijn"
            ),
            mix_of_delivery: sourced!(mix_of_delivery, "zin en pgb naast elkaar"),
            roundings,
        }
    }

    /// The name of the way from a period to another; nothing when there is none.
    pub fn method(&self, from: Frequency, to: Frequency) -> Option<&Arc<str>> {
        if from == to {
            return Some(&self.own_period);
        }
        self.views.last_hop(from, to).map(|hop| &hop.name)
    }

    /// Where every convention of the set comes from.
    pub(super) fn provenances(&self) -> impl Iterator<Item = &Arc<Provenance>> {
        let agreed = [
            &self.base.provenance,
            &self.totals.provenance,
            &self.total_rounding.provenance,
            &self.mixed.provenance,
            &self.budget_period.provenance,
            &self.real_cost_if_lower.provenance,
            &self.mix_of_delivery.provenance,
        ];
        let roundings = self.roundings.iter().flatten().map(|rule| &rule.provenance);
        let ways = [&self.conversions, &self.views].into_iter();
        agreed
            .into_iter()
            .chain(roundings)
            .chain(ways.flat_map(Path::provenances))
    }

    /// The rounding at a stage, if the catalogue has one.
    #[inline]
    pub fn rounding(&self, at: Stage) -> Option<&Sourced<Rounding>> {
        self.roundings.get(stage_place(at))?.as_ref()
    }
}

const fn stage_place(stage: Stage) -> usize {
    match stage {
        Stage::Rate => 0,
        Stage::MinuteRate => 1,
        Stage::Volume => 2,
        Stage::Period => 3,
        Stage::View => 4,
        Stage::Total => 5,
    }
}

/// Dutch name of a stage.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Rate => "van het tarief",
        Stage::MinuteRate => "van het tarief per minuut",
        Stage::Volume => "van de omvang",
        Stage::Period => "van het bedrag per periode",
        Stage::View => "van omgerekende bedragen",
        Stage::Total => "van totalen",
    }
}
