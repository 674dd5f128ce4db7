//! What comes back from home, beside the dossier: its own grant wins, and every difference is told.
//!
//! This must not know how a proposal looks, or what is done with it.

use super::bare::{LEFT_OUT, bare_delivery, without_norms};
use super::{Grant, ScenarioFile, fault, outlooks};
use crate::budget::Library;
use crate::document::Problem;
use crate::dossier::{Dossier, OwnFloor, Scenario, ScenarioLine};
use crate::scenario::{Row, compare};
use crate::trace::NodeId;
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

/// A field that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The path of the field.
    pub field: String,
    /// In the dossier; empty where it has none.
    pub ours: String,
    /// In the file; empty where it has none.
    pub theirs: String,
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
        let mut grant = Vec::new();
        differences("grant", &tree(&own)?, &tree(&self.grant)?, &mut grant);
        grant.extend(self.other_amounts(&own, library, today)?);
        let places = self.grant.places();
        let given = without_norms(dossier, library, today)?;
        let mut scenarios = Vec::with_capacity(self.scenarios.len());
        for theirs in &self.scenarios {
            let mut scenario = theirs.clone();
            scenario.lines.retain_mut(|line| {
                let place = places.get(line.provision);
                line.provision = place.copied().unwrap_or(line.provision);
                place.is_some()
            });
            let mut own = dossier.scenarios.iter().zip(&given);
            let own = own.find(|(one, _)| one.name == scenario.name);
            let ours = own.map(|(ours, _)| ours);
            let mut changed = None;
            if let Some((ours, given)) = own {
                restore(&mut scenario, ours, given);
                let mut found = Vec::new();
                differences("", &tree(ours)?, &tree(&scenario)?, &mut found);
                changed = Some(found);
            }
            let mut both = dossier.clone();
            both.scenarios = ours
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

    /// Amounts per year that the file's own data give and those of the dossier do not: a tariff was changed since.
    fn other_amounts(
        &self,
        own: &Grant,
        library: &Library,
        today: Date,
    ) -> Result<Vec<Changed>, Vec<Problem>> {
        let then = self.library()?;
        let theirs = self
            .grant
            .dossier(Vec::new())
            .evaluate(&then, self.calculated);
        let ours = own.dossier(Vec::new()).evaluate(library, today);
        let mut found = Vec::new();
        for (place, (ours, theirs)) in ours.lines.iter().zip(&theirs.lines).enumerate() {
            let (Some(ours), Some(theirs)) = (ours, theirs) else {
                continue;
            };
            for year in &ours.years {
                let same = theirs
                    .years
                    .iter()
                    .find(|other| other.from.year() == year.from.year());
                let text = |total: Option<&crate::budget::Total<NodeId>>| {
                    let money = total.and_then(|total| total.money.euro());
                    money.map_or_else(String::new, |euro| euro.0.to_string())
                };
                let (ours, theirs) = (text(Some(year)), text(same));
                if ours != theirs {
                    found.push(Changed {
                        field: format!("grant.lines[{place}].budget.{}", year.from.year()),
                        ours,
                        theirs,
                    });
                }
            }
        }
        Ok(found)
    }
}

/// Puts back what stayed behind, where the same was filled in: names, conditions, reasons and norm sets. `given` is ours
/// with its hours as they went home.
fn restore(scenario: &mut Scenario, ours: &Scenario, given: &Scenario) {
    scenario.conditions.clone_from(&ours.conditions);
    let same_line = |one: &ScenarioLine, other: &ScenarioLine| {
        (one.provision, one.from, one.to) == (other.provision, other.from, other.to)
    };
    for line in &mut scenario.lines {
        let mut both = ours.lines.iter().zip(&given.lines);
        let Some((own, given)) = both.find(|(own, _)| same_line(own, line)) else {
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
        for (hired, own) in line.hired.iter_mut().zip(&own.hired) {
            if hired.kind != own.kind {
                continue;
            }
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

/// Every value that is not the same in two trees.
fn differences(path: &str, ours: &Value, theirs: &Value, found: &mut Vec<Changed>) {
    let within = |name: &str| match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    };
    match (ours, theirs) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, value) in one {
                let theirs = other.get(name).unwrap_or(&Value::Null);
                differences(&within(name), value, theirs, found);
            }
            for (name, value) in other.iter().filter(|(name, _)| !one.contains_key(*name)) {
                differences(&within(name), &Value::Null, value, found);
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            for place in 0..one.len().max(other.len()) {
                let at = |list: &[Value]| list.get(place).cloned().unwrap_or(Value::Null);
                differences(&format!("{path}[{place}]"), &at(one), &at(other), found);
            }
        }
        (one, other) if one == other => {}
        (one, other) => {
            let text = |value: &Value| match value {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                value => value.to_string(),
            };
            found.push(Changed {
                field: path.to_owned(),
                ours: text(one),
                theirs: text(other),
            });
        }
    }
}
