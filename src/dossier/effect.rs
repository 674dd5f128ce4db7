//! What a change of a line does to hours and money, read from two evaluations: the one before and the one after it.

use super::changes::Changed;
use super::evaluation::Evaluation;
use super::file::Dossier;
use super::taken_back::minutes;
use crate::budget::{LineBudget, Total};
use crate::indication::Line;
use crate::quantity::{Euro, Exact, Frequency, QuantityError};
use crate::trace::NodeId;
use jiff::civil::Date;

/// A figure before and after a change; nothing where nobody knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared<V> {
    /// As it was.
    pub before: Option<V>,
    /// As it becomes.
    pub after: Option<V>,
}

/// What a change of one line does. Other lines of the dossier are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The first day on which something is different.
    pub day: Date,
    /// Minutes per week on that day; unknown where the extent is not one of time per week.
    pub minutes: Compared<Exact>,
    /// Minutes of each part of a norm set, by its name, per granted period: exact, before they are rounded. Zero on the side
    /// where the part is not there.
    pub parts: Vec<(String, Compared<Exact>)>,
    /// Money per week, 4 weeks, month and year on that day, as in [`Frequency::VIEWS`]: views, never summed.
    pub views: [Compared<Euro>; 4],
    /// Money per calendar year; unknown for a year that has days for which nothing was calculated.
    pub years: Vec<(i16, Compared<Euro>)>,
    /// Whether the years are maxima.
    pub years_are_maxima: bool,
    /// Money over the whole term; unknown for an open end, or for days without a known tariff.
    pub term: Compared<Euro>,
}

/// One side of a change: its granted lines, each with what came of it.
struct Side<'a> {
    lines: Vec<(&'a Line, &'a LineBudget<NodeId>)>,
    day: Date,
}

fn side<'a>(
    dossier: &'a Dossier,
    evaluation: &'a Evaluation,
    places: &[usize],
    day: Date,
) -> Side<'a> {
    let lines = places.iter().filter_map(|place| {
        let provision = dossier.provisions.get(*place)?;
        // Only of a line that was granted is there a budget.
        let budget = evaluation.lines.get(*place)?.as_ref()?;
        Some((&provision.line, budget))
    });
    Side {
        lines: lines.collect(),
        day,
    }
}

impl<'a> Side<'a> {
    /// The lines that hold on the day.
    fn running(&self) -> impl Iterator<Item = &'a LineBudget<NodeId>> {
        let there = self
            .lines
            .iter()
            .filter(|(line, _)| line.from <= self.day && line.to.is_none_or(|to| to >= self.day));
        there.map(|(_, budget)| *budget)
    }

    fn minutes(&self) -> Option<Exact> {
        let mut sum = Exact::ZERO;
        for line in self.running() {
            for part in &line.granted {
                sum = sum.add(minutes(&part.volumes, Frequency::Week)?).ok()?;
            }
            if line.granted.is_empty() {
                return None;
            }
        }
        Some(sum)
    }

    fn parts(&self) -> Vec<(String, Exact)> {
        let granted = self.running().flat_map(|line| &line.granted);
        let worked = granted.filter_map(|part| part.worked.as_ref());
        let parts = worked.flat_map(|worked| &worked.parts);
        parts
            .map(|part| (part.name.to_string(), part.exact.value))
            .collect()
    }

    fn view(&self, at: usize) -> Option<Euro> {
        let goal = Frequency::VIEWS.get(at)?;
        sum(self.running().map(|line| {
            // A line of a system that ended is compared as it stood last.
            let mut segments = line.segments.iter().rev();
            let segment = segments.find(|segment| segment.from <= self.day)?;
            if segment.to < self.day && line.open_from.is_some() {
                return None;
            }
            if segment.per == *goal {
                return segment.amount.recurring.as_ref()?.euro();
            }
            Some(segment.views.get(at)?.as_ref()?.rounded)
        }))
    }

    /// The calendar years that have a total.
    fn years(&self) -> impl Iterator<Item = i16> {
        let totals = self.lines.iter().flat_map(|(_, line)| &line.years);
        totals.map(|total| total.from.year())
    }

    /// Money in a calendar year; unknown where a line holds on days of it for which nothing was calculated.
    fn year(&self, year: i16) -> Option<Euro> {
        let (first, last) = (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?);
        sum(self.lines.iter().map(|(line, budget)| {
            let from = line.from.max(first);
            let to = line.to.map_or(last, |to| to.min(last));
            if to < from {
                return Some(Euro::ZERO);
            }
            let mut totals = budget.years.iter();
            whole(totals.find(|total| total.from.year() == year)?, from, to)
        }))
    }

    fn term(&self) -> Option<Euro> {
        sum(self
            .lines
            .iter()
            .map(|(line, budget)| whole(budget.term.as_ref()?, line.from, line.to?)))
    }
}

/// A total, if it is of all these days.
fn whole(total: &Total<NodeId>, from: Date, to: Date) -> Option<Euro> {
    (total.from <= from && to <= total.to)
        .then(|| total.money.euro())
        .flatten()
}

fn add(one: Option<Euro>, other: Option<Euro>) -> Option<Euro> {
    one?.plus(other?).ok()
}

fn sum(amounts: impl Iterator<Item = Option<Euro>>) -> Option<Euro> {
    amounts.fold(Some(Euro::ZERO), add)
}

impl Compared<Euro> {
    /// After less before, where both are known.
    ///
    /// # Errors
    /// It does not fit in an amount.
    pub fn difference(&self) -> Result<Option<Euro>, QuantityError> {
        let both = self.after.zip(self.before);
        both.map(|(after, before)| after.minus(before)).transpose()
    }
}

impl Effect {
    /// Compares the line at `place` of a dossier with what became of it.
    pub fn of(
        before: (&Dossier, &Evaluation),
        place: usize,
        changed: &Changed,
        after: &Evaluation,
    ) -> Self {
        let day = changed.day;
        let old = side(before.0, before.1, &[place], day);
        let new = side(&changed.dossier, after, &changed.places, day);
        let mut years: Vec<i16> = old.years().chain(new.years()).collect();
        years.sort_unstable();
        years.dedup();
        let (old_parts, new_parts) = (old.parts(), new.parts());
        let mut parts: Vec<(String, Compared<Exact>)> = Vec::new();
        for (name, _) in old_parts.iter().chain(&new_parts) {
            if !parts.iter().any(|(known, _)| known == name) {
                let of = |parts: &[(String, Exact)]| {
                    let mut parts = parts.iter();
                    let found = parts.find(|(known, _)| known == name);
                    Some(found.map_or(Exact::ZERO, |(_, minutes)| *minutes))
                };
                let (before, after) = (of(&old_parts), of(&new_parts));
                parts.push((name.clone(), Compared { before, after }));
            }
        }
        Self {
            day,
            parts,
            minutes: Compared {
                before: old.minutes(),
                after: new.minutes(),
            },
            views: [0, 1, 2, 3].map(|at| Compared {
                before: old.view(at),
                after: new.view(at),
            }),
            years_are_maxima: old
                .lines
                .iter()
                .chain(&new.lines)
                .any(|(_, line)| line.years_are_maxima),
            years: years
                .into_iter()
                .map(|at| {
                    let (before, after) = (old.year(at), new.year(at));
                    (at, Compared { before, after })
                })
                .collect(),
            term: Compared {
                before: old.term(),
                after: new.term(),
            },
        }
    }
}
