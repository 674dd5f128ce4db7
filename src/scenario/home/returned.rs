//! What comes back from home, beside the dossier: its own grant wins, and every difference is told.
//!
//! Scenarios, lines and helpers are found again by what they were when the file was made, not by their place: see
//! `same`. This must not know how a proposal looks, or what is done with it.

use super::bare::{LEFT_OUT, bare_delivery, bare_scenario, without_norms};
use super::same;
use super::told::{Changed, Words};
use super::{Grant, Granted, ScenarioFile, fault, outlooks};
use crate::budget::Library;
use crate::catalogue::Catalogue;
use crate::document::Problem;
use crate::dossier::{Dossier, OwnFloor, Scenario, ScenarioLine};
use crate::quantity::dutch::{capital, date_long, euro};
use crate::scenario::{Row, compare};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

/// What comes back from home, beside the dossier.
#[derive(Debug, Clone)]
pub struct Returned {
    /// What the file says of the grant that the dossier does not say; the dossier wins.
    pub grant: Vec<Changed>,
    /// Per scenario of the file.
    pub scenarios: Vec<Proposal>,
}

/// A scenario that comes back.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// As it can be taken over in the dossier: with its own places, names and words again.
    pub scenario: Scenario,
    /// What was filled in otherwise than in the dossier; nothing for one that the dossier does not have.
    pub changed: Option<Vec<Changed>>,
    /// The dossier's own scenario and this one beside each other, both on the dossier's own grant; this one alone where
    /// the dossier has none.
    pub rows: Vec<Row>,
}

/// The catalogue of the first day of a line, for its words.
fn catalogue<'a>(library: &'a Library, grant: &Grant, line: &Granted) -> Option<&'a Catalogue> {
    let answer = library.catalogues.on(&grant.municipality, line.line.from);
    answer.ok().map(|answer| &**answer.catalogue)
}

/// A granted line in words.
fn named(library: &Library, grant: &Grant, line: &Granted) -> String {
    let product = catalogue(library, grant, line);
    let product = product.and_then(|catalogue| catalogue.product(&line.line.product));
    product.map_or_else(|| line.line.product.clone(), |one| one.label.to_string())
}

fn days(line: &Granted) -> String {
    match line.line.to {
        Some(to) => format!("{} tot en met {}", date_long(line.line.from), date_long(to)),
        None => format!("vanaf {}", date_long(line.line.from)),
    }
}

impl ScenarioFile {
    /// What came back from home, beside a dossier. The scenarios are worked out on the dossier's own grant; what the file
    /// says of the grant that the dossier does not say is told and not used. Errors: as [`ScenarioFile::of`].
    pub fn returned(
        &self,
        dossier: &Dossier,
        library: &Library,
        today: Date,
    ) -> Result<Returned, Vec<Problem>> {
        let own = Grant::of(dossier, library, today)?;
        let places = same::lines(&own.lines, &self.grant.lines);
        let grant = self.other_grant(&own, &places, library, today)?;
        let given = without_norms(dossier, library, today)?;
        let numbers = own.places();
        let mut bare: Vec<Scenario> = given
            .iter()
            .map(|one| bare_scenario(one, &numbers))
            .collect();
        same::mark(&mut bare);
        let mut scenarios = Vec::with_capacity(self.scenarios.len());
        for theirs in &self.scenarios {
            let (mut scenario, gone) = moved(theirs, &places);
            let key = |key: &str| bare.iter().position(|one| one.id == key);
            let mine = match (theirs.id.as_str(), theirs.copy_of.as_str()) {
                ("", "") => key(theirs.name.trim()),
                ("", _) => None,
                (id, _) => key(id),
            };
            let model = mine.or_else(|| key(&theirs.copy_of));
            let ours = model.and_then(|at| dossier.scenarios.get(at));
            let given = model.and_then(|at| Some((bare.get(at)?, given.get(at)?)));
            let mut changed = None;
            if let (Some((bare, _)), true) = (given, mine.is_some()) {
                let words = (library, &own);
                let mut found = other_scenario(words, bare, &scenario)?;
                for line in &gone {
                    let lost = self.grant.lines.get(*line);
                    found.extend(lost.map(|line| Changed {
                        place: format!("{}, {}", named(library, &self.grant, line), days(line)),
                        ours: "deze regel is er niet meer".to_owned(),
                        theirs: "een regel".to_owned(),
                    }));
                }
                changed = Some(found);
            }
            if let (Some(ours), Some((bare, given))) = (ours, given) {
                restore(&mut scenario, (ours, bare, given), &numbers);
            }
            for line in &mut scenario.lines {
                let place = numbers.get(line.provision);
                line.provision = place.copied().unwrap_or(line.provision);
            }
            same::forget(&mut scenario);
            let mut both = dossier.clone();
            let beside = ours.filter(|_| mine.is_some());
            both.scenarios = beside
                .cloned()
                .into_iter()
                .chain([scenario.clone()])
                .collect();
            let rows = compare(&outlooks(&both, library, today)).unwrap_or_default();
            scenarios.push(Proposal {
                scenario,
                changed,
                rows,
            });
        }
        Ok(Returned { grant, scenarios })
    }

    /// What the file grants otherwise than the dossier: line by line, and the amounts per year that come of it.
    fn other_grant(
        &self,
        own: &Grant,
        places: &[Option<usize>],
        library: &Library,
        today: Date,
    ) -> Result<Vec<Changed>, Vec<Problem>> {
        let mut found = Vec::new();
        let words = Words { catalogue: None };
        for (name, ours, theirs) in [
            (
                "municipality",
                tree(&own.municipality)?,
                tree(&self.grant.municipality)?,
            ),
            ("decided", tree(&own.decided)?, tree(&self.grant.decided)?),
        ] {
            words.tell("besluit", &[name], (&ours, &theirs), &mut found);
        }
        let then = self.library()?;
        let theirs = self.grant.dossier(Vec::new());
        let theirs = theirs.evaluate(&then, self.calculated);
        let ours = own.dossier(Vec::new()).evaluate(library, today);
        for (at, line) in own.lines.iter().enumerate() {
            let about = format!("besluit, {}", named(library, own, line));
            let Some(place) = places.iter().position(|place| *place == Some(at)) else {
                found.push(Changed {
                    place: capital(&about),
                    ours: format!("een regel die er later bij kwam: {}", days(line)),
                    theirs: String::new(),
                });
                continue;
            };
            let Some(other) = self.grant.lines.get(place) else {
                continue;
            };
            let words = Words {
                catalogue: catalogue(library, own, line),
            };
            words.tell(&about, &[], (&tree(line)?, &tree(other)?), &mut found);
            let budget = |lines: &[Option<crate::budget::LineBudget<_>>], at: usize| {
                let budget = lines.get(at).and_then(Option::as_ref);
                let years = budget.into_iter().flat_map(|budget| &budget.years);
                years
                    .filter_map(|year| Some((year.from.year(), euro(year.money.euro()?.0))))
                    .collect::<Vec<_>>()
            };
            let (ours, theirs) = (budget(&ours.lines, at), budget(&theirs.lines, place));
            let both = || ours.iter().chain(&theirs);
            let mut years: Vec<i16> = both().map(|(year, _)| *year).collect();
            years.sort_unstable();
            years.dedup();
            for year in years {
                let of = |all: &[(i16, String)]| {
                    let one = all.iter().find(|(other, _)| *other == year);
                    one.map_or_else(String::new, |(_, amount)| amount.clone())
                };
                let (ours, theirs) = (of(&ours), of(&theirs));
                if ours != theirs {
                    found.push(Changed {
                        place: capital(&format!("{about}, budget van {year}")),
                        ours,
                        theirs,
                    });
                }
            }
        }
        for (line, _) in self
            .grant
            .lines
            .iter()
            .zip(places)
            .filter(|(_, place)| place.is_none())
        {
            found.push(Changed {
                place: format!("Besluit, {}", named(library, &self.grant, line)),
                ours: String::new(),
                theirs: format!("een regel die er niet meer is: {}", days(line)),
            });
        }
        Ok(found)
    }
}

/// A scenario of a file with its lines at the places of the dossier's own grant, and those whose granted line is gone.
fn moved(theirs: &Scenario, places: &[Option<usize>]) -> (Scenario, Vec<usize>) {
    let mut scenario = theirs.clone();
    let mut gone = Vec::new();
    scenario.lines.retain_mut(|line| {
        let place = places.get(line.provision).copied().flatten();
        if place.is_none() {
            gone.push(line.provision);
        }
        line.provision = place.unwrap_or(line.provision);
        place.is_some()
    });
    (scenario, gone)
}

/// What a scenario of the file has otherwise than the dossier's own, both without names and words.
fn other_scenario(
    (library, grant): (&Library, &Grant),
    ours: &Scenario,
    theirs: &Scenario,
) -> Result<Vec<Changed>, Vec<Problem>> {
    let mut found = Vec::new();
    let words = Words { catalogue: None };
    let own = (tree(&ours.name)?, tree(&theirs.name)?);
    words.tell("", &["name"], (&own.0, &own.1), &mut found);
    let rise = (tree(&ours.rise)?, tree(&theirs.rise)?);
    words.tell("", &["rise"], (&rise.0, &rise.1), &mut found);
    let pairs = same::chosen(&ours.lines, &theirs.lines);
    let alone = ScenarioLine::default();
    let lost = (0..ours.lines.len()).filter(|at| !pairs.contains(&Some(*at)));
    let lost = lost.filter_map(|at| Some((Some(ours.lines.get(at)?), None)));
    let kept = pairs.iter().zip(&theirs.lines);
    let kept = kept.map(|(at, line)| (at.and_then(|at| ours.lines.get(at)), Some(line)));
    for (one, other) in kept.chain(lost) {
        let Some(place) = other.or(one).map(|line| line.provision) else {
            continue;
        };
        let Some(granted) = grant.lines.get(place) else {
            continue;
        };
        let words = Words {
            catalogue: catalogue(library, grant, granted),
        };
        let about = named(library, grant, granted);
        let is = |line: Option<&ScenarioLine>| match line {
            Some(_) => "een keuze".to_owned(),
            None => String::new(),
        };
        if one.is_none() || other.is_none() {
            found.push(Changed {
                place: about.clone(),
                ours: is(one),
                theirs: is(other),
            });
        }
        let (one, other) = (one.unwrap_or(&alone), other.unwrap_or(&alone));
        let bare = |line: &ScenarioLine| {
            tree(&ScenarioLine {
                hired: Vec::new(),
                provision: place,
                product: String::new(),
                ..line.clone()
            })
        };
        words.tell(&about, &[], (&bare(one)?, &bare(other)?), &mut found);
        let pairs = same::hired(&one.hired, &other.hired);
        let nobody = Value::Null;
        for (number, (hired, pair)) in (1_usize..).zip(other.hired.iter().zip(&pairs)) {
            let about = format!("{about}, zorgverlener {number}");
            let own = pair.and_then(|at| one.hired.get(at));
            if own.is_none() {
                found.push(Changed {
                    place: about.clone(),
                    ours: String::new(),
                    theirs: "een zorgverlener".to_owned(),
                });
            }
            let own = own.map(tree).transpose()?;
            let both = (own.as_ref().unwrap_or(&nobody), &tree(hired)?);
            words.tell(&about, &[], both, &mut found);
        }
        for (number, _) in (1_usize..)
            .zip(&one.hired)
            .filter(|(number, _)| !pairs.contains(&Some(number.saturating_sub(1))))
        {
            found.push(Changed {
                place: format!("{about}, zorgverlener {number} van het dossier"),
                ours: "een zorgverlener".to_owned(),
                theirs: String::new(),
            });
        }
    }
    Ok(found)
}

/// Puts back what stayed behind, where the same was filled in: names, conditions, reasons and norm sets. `bare` is ours as
/// it went home, `given` the same with its names, and `numbers` are the provisions that are granted.
fn restore(
    scenario: &mut Scenario,
    (ours, bare, given): (&Scenario, &Scenario, &Scenario),
    numbers: &[usize],
) {
    scenario.conditions.clone_from(&ours.conditions);
    let pairs = same::chosen(&bare.lines, &scenario.lines);
    for (line, pair) in scenario.lines.iter_mut().zip(pairs) {
        let Some(at) = pair else { continue };
        // The lines of `bare` are those of ours about what is granted, in their order.
        let both = ours.lines.iter().zip(&given.lines);
        let mut both = both.filter(|(own, _)| numbers.contains(&own.provision));
        let Some((own, given)) = both.nth(at) else {
            continue;
        };
        let values = |line: &ScenarioLine| -> Vec<(String, String)> {
            let choices = line.choices.iter();
            choices
                .map(|(axis, choice)| (axis.clone(), choice.value.clone()))
                .collect()
        };
        if line.hours == given.hours && values(line) == values(given) {
            line.hours.clone_from(&own.hours);
            line.choices.clone_from(&own.choices);
        }
        line.lower_reason.clone_from(&own.lower_reason);
        for (axis, choice) in &mut line.choices {
            if let Some(own) = own
                .choices
                .get(axis)
                .filter(|own| own.value == choice.value)
            {
                choice.clone_from(own);
            }
        }
        let mut own_delivery = own.delivery.clone();
        if let Some(delivery) = &mut own_delivery {
            bare_delivery(delivery);
        }
        if own_delivery == line.delivery {
            line.delivery.clone_from(&own.delivery);
        }
        let pairs = match bare.lines.get(at) {
            Some(bare) => same::hired(&bare.hired, &line.hired),
            None => continue,
        };
        for (hired, pair) in line.hired.iter_mut().zip(pairs) {
            let Some(own) = pair.and_then(|at| own.hired.get(at)) else {
                continue;
            };
            if hired.name.is_empty() {
                hired.name.clone_from(&own.name);
            }
            if let (Some(OwnFloor::Reason(theirs)), Some(OwnFloor::Reason(ours))) =
                (&mut hired.floor, &own.floor)
                && theirs == LEFT_OUT
            {
                theirs.clone_from(ours);
            }
        }
    }
}

fn tree<T: Serialize>(value: &T) -> Result<Value, Vec<Problem>> {
    serde_json::to_value(value).map_err(|error| vec![fault(error)])
}
