//! What is done to a line over time: more or less from a day on, longer, from an earlier day, shorter, withdrawn (R55–R57).
//!
//! Each is a pure function of a dossier that gives the dossier after it; what it does to hours and money is for
//! [`Effect`](super::Effect). A line is never rewritten over days that it was granted for: another need is another line.

use super::file::{Dossier, MovedEnd, Outcome, Provision};
use super::together::is_granted;
use crate::budget::{Library, LineBudget};
use crate::catalogue::file::Measured;
use crate::catalogue::{Catalogue, ProductEntry};
use crate::document::Problem;
use crate::indication::{Choice, Delivery, Hours, Line, PartHours};
use crate::norms::NormSetRef;
use crate::quantity::Extent;
use crate::quantity::dutch::date_long;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is done to a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineChange {
    /// From the first day of this line on it takes the place of the old one, which ends the day before.
    Scale(Box<Line>),
    /// The same grant lasts longer (R55); nothing: it loses its end.
    Extend(Option<Date>),
    /// It begins earlier (R56).
    StartEarlier(Date, Earlier),
    /// It ends sooner (R57).
    End(Date),
    /// It is withdrawn as if it never began (R57).
    Withdraw,
    /// Its hours are built anew with another norm set (R11): these hours.
    Recalculate(Vec<PartHours>),
}

/// How a line is made to begin earlier (R56).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Earlier {
    /// With a line of its own up to the day before.
    ExtraLine,
    /// By withdrawing the line, and granting it anew from the earlier day.
    Replace,
}

/// A dossier after a change of a line.
#[derive(Debug, Clone)]
pub struct Changed {
    /// The dossier.
    pub dossier: Dossier,
    /// Where what became of the line stands in it, in order of time.
    pub places: Vec<usize>,
    /// The first day on which something is different.
    pub day: Date,
}

impl LineChange {
    /// What it is called as a step: `Regel verlengen`.
    pub fn dutch(&self) -> &'static str {
        match self {
            Self::Scale(_) => "Op- of afschalen",
            Self::Extend(_) => "Regel verlengen",
            Self::StartEarlier(..) => "Regel eerder laten ingaan",
            Self::End(_) => "Regel beëindigen",
            Self::Withdraw => "Regel intrekken",
            Self::Recalculate(_) => "Uren herberekenen",
        }
    }
}

fn wrong(field: &str, message: impl Into<String>, hint: impl Into<String>) -> Problem {
    Problem::error(message).field(field).hint(hint)
}

fn before(day: Date) -> Result<Date, Problem> {
    day.yesterday().map_err(|_| {
        wrong(
            "from",
            "deze dag heeft geen dag ervoor",
            "Kies een latere dag.",
        )
    })
}

fn after(day: Date) -> Result<Date, Problem> {
    day.tomorrow().map_err(|_| {
        wrong(
            "to",
            "deze dag heeft geen dag erna",
            "Kies een eerdere dag.",
        )
    })
}

impl Provision {
    /// Moves the end, and keeps the one that was granted first.
    fn move_end(&mut self, to: Option<Date>, reason: &str) {
        let first = self.moved_end.take();
        self.moved_end = Some(MovedEnd {
            granted: first.map_or(self.line.to, |moved| moved.granted),
            reason: reason.to_owned(),
            decided: None,
        });
        // Another change stands on a ground of its own.
        self.revised_on = None;
        self.line.to = to;
        trim(&mut self.line);
    }
}

/// Cuts the days of care providers to those of the line, and drops who has none left.
pub(crate) fn trim(line: &mut Line) {
    let (from, to) = (line.from, line.to);
    let Delivery::Pgb { providers } = &mut line.delivery else {
        return;
    };
    let outside = |first: Option<Date>, last: Option<Date>| {
        last.is_some_and(|last| last < from) || first.zip(to).is_some_and(|(first, to)| first > to)
    };
    if providers
        .iter()
        .all(|provider| outside(provider.from, provider.to))
    {
        return;
    }
    providers.retain(|provider| !outside(provider.from, provider.to));
    for provider in providers {
        provider.from = provider.from.filter(|first| *first > from);
        provider.to = provider.to.filter(|last| to.is_none_or(|to| *last < to));
    }
}

impl Dossier {
    /// Changes the line at `place`, and writes down why. Without a reason the dossier after it has a problem that says so.
    ///
    /// # Errors
    /// Why it can not: a day that does not fit, a line that is not granted. The field is `from`, `to` or empty.
    pub fn changed(
        &self,
        place: usize,
        change: &LineChange,
        reason: &str,
    ) -> Result<Changed, Problem> {
        let old = self.granted_line(place)?;
        let reason = reason.trim();
        let line = &old.line;
        let (from, to) = (line.from, line.to);
        let mut dossier = self.clone();
        let mut kept = old.clone();
        let mut added = None;
        let day;
        match change {
            LineChange::Scale(next) => {
                day = next.from;
                self.goes_on(line, day)?;
                kept.move_end(Some(before(day)?), reason);
                let mut following = Provision {
                    line: (**next).clone(),
                    moved_end: None,
                    revised_on: None,
                    ..old.clone()
                };
                add_reason(&mut following, reason);
                added = Some((following, place.saturating_add(1)));
            }
            LineChange::Extend(later) => {
                let Some(end) = to else {
                    let hint = "Beëindig haar als zij moet ophouden.";
                    return Err(wrong("to", "deze regel heeft geen einde", hint));
                };
                if later.is_some_and(|later| later <= end) {
                    let end = date_long(end);
                    let message = format!("deze regel loopt al tot en met {end}");
                    return Err(wrong("to", message, format!("Vul een dag in na {end}.")));
                }
                day = after(end)?;
                kept.move_end(*later, reason);
            }
            LineChange::StartEarlier(earlier, how) => {
                if *earlier >= from {
                    let from = date_long(from);
                    let message = format!("deze regel begint al op {from}");
                    return Err(wrong(
                        "from",
                        message,
                        format!("Vul een dag in voor {from}."),
                    ));
                }
                day = *earlier;
                let mut new = old.clone();
                new.line.from = day;
                match how {
                    Earlier::ExtraLine => {
                        new.moved_end = None;
                        new.revised_on = None;
                        new.line.to = Some(before(from)?);
                        trim(&mut new.line);
                        add_reason(&mut new, reason);
                        added = Some((new, place));
                    }
                    Earlier::Replace => {
                        add_reason(&mut new, reason);
                        withdraw(&mut kept, reason);
                        added = Some((new, place.saturating_add(1)));
                    }
                }
            }
            LineChange::End(last) => {
                if *last < from {
                    let message = format!("deze regel begint pas op {}", date_long(from));
                    let hint = "Kies een latere dag, of trek de regel in.";
                    return Err(wrong("to", message, hint));
                }
                if to.is_some_and(|to| *last >= to) {
                    let end = to.map(date_long).unwrap_or_default();
                    let message = format!("deze regel eindigt al op {end}");
                    return Err(wrong("to", message, format!("Vul een dag in voor {end}.")));
                }
                day = after(*last)?;
                kept.move_end(Some(*last), reason);
            }
            LineChange::Withdraw => {
                day = from;
                withdraw(&mut kept, reason);
            }
            LineChange::Recalculate(hours) => {
                day = from;
                kept.line.hours.clone_from(hours);
                add_reason(&mut kept, reason);
            }
        }
        if let Some(at) = dossier.provisions.get_mut(place) {
            *at = kept;
        }
        let mut places = vec![place];
        if let Some((provision, at)) = added {
            dossier.insert_provision(at, provision);
            places = vec![place, place.saturating_add(1)];
        }
        Ok(Changed {
            dossier,
            places,
            day,
        })
    }

    /// The hours of the line at `place` built anew with the norm set `to` (R11), and the short names of what that set does
    /// not have. Hours without a norm set stay as they are.
    ///
    /// # Errors
    /// The line is not granted, no hours of it come from a norm set, or there is no such set; the field is `set` or empty.
    pub fn recalculated(
        &self,
        library: &Library,
        place: usize,
        to: &NormSetRef,
    ) -> Result<(Vec<PartHours>, Vec<String>), Problem> {
        let mut hours = self.granted_line(place)?.line.hours.clone();
        let sets = library.norms(&self.municipality);
        let set = sets.find(to).ok_or_else(|| {
            let message = format!("normenkader {} versie {} is er niet", to.id, to.version);
            wrong("set", message, "Kies een ander normenkader.")
        })?;
        let (mut found, mut left_out) = (false, Vec::new());
        for part in &mut hours {
            if let Hours::Norm(work) = &part.hours {
                let (anew, lacks) = work.with_set(set);
                part.hours = Hours::Norm(anew);
                left_out.extend(lacks);
                found = true;
            }
        }
        if !found {
            let hint = "Kies bij Omvang eerst voor het normenkader.";
            return Err(wrong(
                "set",
                "de uren van deze regel komen niet uit een normenkader",
                hint,
            ));
        }
        Ok((hours, left_out))
    }

    fn granted_line(&self, place: usize) -> Result<&Provision, Problem> {
        let provision = self.provisions.get(place);
        provision
            .filter(|provision| is_granted(provision))
            .ok_or_else(|| {
                wrong(
                    "",
                    "alleen een toegekende voorziening kan veranderen",
                    "Kies een regel die is toegekend.",
                )
            })
    }

    /// Error: the line does not run both on a day and before it.
    fn goes_on(&self, line: &Line, day: Date) -> Result<(), Problem> {
        if day <= line.from {
            let from = date_long(line.from);
            let message = format!("deze regel begint op {from}");
            let hint = format!("Kies een dag na {from}, of pas de regel zelf aan.");
            return Err(wrong("from", message, hint));
        }
        if let Some(to) = line.to.filter(|to| day > *to) {
            let to = date_long(to);
            let message = format!("deze regel eindigt op {to}");
            let hint = format!("Kies een dag tot en met {to}, of verleng de regel eerst.");
            return Err(wrong("from", message, hint));
        }
        Ok(())
    }

    /// The line at `place` as it goes on from a day with the same hours, to begin another one with.
    ///
    /// A choice that the catalogue of that day no longer has is left out: a band then follows from the hours, so that a line
    /// of an older system proposes its place in the new one.
    ///
    /// # Errors
    /// The day does not fit, or the product is not granted any more on that day; the field is `from`.
    pub fn going_on(&self, library: &Library, place: usize, from: Date) -> Result<Line, Problem> {
        let line = &self.granted_line(place)?.line;
        self.goes_on(line, from)?;
        let on = |day: Date| library.catalogues.on(&self.municipality, day).ok();
        let catalogue = on(from).map(|answer| answer.catalogue);
        let product = catalogue.and_then(|catalogue| catalogue.product(&line.product));
        let (Some(catalogue), Some(product)) = (catalogue, product) else {
            let message = format!("dit product is er niet meer op {}", date_long(from));
            let hint = "Kies een eerdere dag, of laat de regel eindigen en maak een regel met een ander product.";
            return Err(wrong("from", message, hint));
        };
        let mut next = line.clone();
        next.from = from;
        next.offer = None;
        next.own_prices.clear();
        trim(&mut next);
        next.choices
            .retain(|axis, choice| has(catalogue, product, axis, &choice.value));
        let lost = line.choices.len() != next.choices.len();
        let old = on(line.from).map(|answer| answer.catalogue);
        if lost && let Some(old) = old {
            for hours in next
                .hours
                .iter_mut()
                .filter(|hours| hours.hours == Hours::Band)
            {
                if let Some(extent) = band_hours(old, line) {
                    hours.hours = Hours::Typed(vec![extent]);
                }
            }
        }
        Ok(next)
    }
}

/// A place on the scale of bands, or of severity, beside the one of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it is called: `meer dan 4 tot en met 8 uur per week`, `Zwaar`.
    pub name: String,
    /// The line on it: of a band with the hours that it is calculated with, or without hours where it has none; of a
    /// severity with the hours that it has, and a choice that asks for its reason.
    pub line: Line,
}

impl Line {
    /// Whether `next`, which goes on from a later day, gives the same as this line on all its days.
    pub fn goes_on_as(&self, next: &Self) -> bool {
        let mut same = Self {
            from: next.from,
            ..self.clone()
        };
        trim(&mut same);
        same == *next
    }

    /// This line a step lower and a step higher on the scale that its granted hours fall on, else on that of its severity;
    /// `budget` is what it comes to. Nothing where there is no such step, and on a product without a scale.
    pub fn steps<N>(&self, budget: &LineBudget<N>) -> [Option<Step>; 2] {
        let step = |up: bool| {
            let segment = budget.segments.first()?;
            let catalogue = &segment.catalogue;
            let product = catalogue.product(&self.product)?;
            let mut scales = product.scales.iter();
            let banded = scales.find(|scale| scale.measures == Measured::Granted);
            // A product of parts has the severity of the part that has one.
            let parts = product.parts.iter();
            let parts = parts.filter_map(|part| catalogue.products.get(part.product));
            let mut severities = parts.flat_map(|part| &part.scales);
            let severity = || severities.find(|scale| product.axes.contains(&scale.axis));
            let scale = banded.or(product.scales.first()).or_else(severity)?;
            let mut parts = segment.parts.iter();
            let value = parts.find_map(|part| part.choices.get(scale.axis))?;
            let now = scale.steps.iter().position(|step| step.value == value)?;
            let place = if up {
                now.checked_add(1)
            } else {
                now.checked_sub(1)
            };
            let step = scale.steps.get(place?)?;
            let axis = catalogue.file.axes.get(scale.axis)?;
            let named = axis.values.get(step.value)?;
            let mut line = self.clone();
            line.offer = None;
            line.own_prices.clear();
            line.choices.remove(&axis.id);
            let choice = Choice {
                value: named.id.clone(),
                reason: None,
            };
            if banded.is_none() {
                line.choices.insert(axis.id.clone(), choice);
            } else {
                let hours = if step.calculation.is_some() {
                    line.choices.insert(axis.id.clone(), choice);
                    Hours::Band
                } else {
                    Hours::Typed(Vec::new())
                };
                line.hours = vec![PartHours::new(None, hours)];
            }
            Some(Step {
                name: named.label.clone(),
                line,
            })
        };
        [step(false), step(true)]
    }
}

fn withdraw(provision: &mut Provision, reason: &str) {
    provision.move_end(Some(provision.line.from), reason);
    provision.outcome = Outcome::Withdrawn {
        reason: reason.to_owned(),
    };
}

/// Writes a reason behind those that the line already has.
fn add_reason(provision: &mut Provision, reason: &str) {
    if reason.is_empty() {
        return;
    }
    let reasons = &mut provision.motivation.reasons;
    if !reasons.trim().is_empty() {
        reasons.push('\n');
    }
    reasons.push_str(reason);
}

fn has(catalogue: &Catalogue, product: &ProductEntry, axis: &str, value: &str) -> bool {
    let place = catalogue
        .axis(axis)
        .filter(|axis| product.axes.contains(axis));
    let axis = place.and_then(|axis| catalogue.file.axes.get(axis));
    axis.is_some_and(|axis| axis.values.iter().any(|known| known.id == value))
}

/// The hours with which a band is calculated, as an extent.
fn band_hours(catalogue: &Catalogue, line: &Line) -> Option<Extent> {
    let product = catalogue.product(&line.product)?;
    product.scales.iter().find_map(|scale| {
        let names = catalogue.file.axes.get(scale.axis)?;
        let chosen = line.choices.get(&names.id)?;
        let value = names
            .values
            .iter()
            .position(|value| value.id == chosen.value)?;
        let volume = scale.step_of(value)?.calculation?.finite_decimal()?;
        Some(Extent {
            volume,
            unit: scale.unit,
            per: scale.per,
        })
    })
}
