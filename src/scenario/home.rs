//! A scenario file: what a budget holder takes home, and what comes back.
//!
//! It holds what is granted, without client, texts, names or investigation, the scenarios, and as much of all data as they
//! need, so that it opens on a computer without register or catalogues. The granted part is fixed: a fingerprint tells
//! when it was changed. What comes back is a proposal: the dossier's own grant always wins, and every difference with it
//! is shown.
//!
//! This must not know who keeps the file, or how it looks on a screen.

use super::{Outlook, Row, compare, evaluate};
use crate::budget::{Library, LineBudget};
use crate::document::{Hex, Outline, Problem, Severity, decode, read_versioned};
use crate::dossier::{
    Conditions, DataFile, Dossier, Motivation, Outcome, OwnFloor, Provision, Scenario,
    ScenarioLine, slice,
};
use crate::indication::{Choice, Delivery, Hours, Line};
use crate::national::Parameter;
use crate::quantity::dutch::date_long;
use crate::quantity::{Extent, Unit};
use crate::trace::{NodeId, Trace};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The format version of a scenario file that this program reads and writes.
const FORMAT: u32 = 1;

/// What stands where a text was left out. Not empty, because a reason that is given can change an amount.
const LEFT_OUT: &str = "(weggelaten)";

/// A file for home.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    format: u32,
    /// Version of the program that made it.
    program: String,
    /// The day on which was calculated.
    calculated: Date,
    /// What is granted: fixed.
    grant: Grant,
    /// The data that were used: fixed.
    files: Vec<DataFile>,
    /// Fingerprint of what is fixed.
    fixed: Hex<32>,
    /// What may be played with.
    pub scenarios: Vec<Scenario>,
}

/// What is granted, without anything about the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Grant {
    /// CBS code of the municipality.
    municipality: String,
    /// The day of the decision.
    decided: Option<Date>,
    lines: Vec<Granted>,
}

/// A granted line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Granted {
    /// Its place among the provisions of the dossier.
    provision: usize,
    line: Line,
    monthly_wage_allowed: bool,
}

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

/// Texts and names that stay behind.
fn bare_delivery(delivery: &mut Delivery) {
    match delivery {
        Delivery::InKind { provider } => provider.clear(),
        Delivery::Pgb { providers } => {
            for provider in providers {
                provider.name.clear();
            }
        }
    }
}

fn bare_choice(choice: &mut Choice) {
    if let Some(reason) = &mut choice.reason {
        LEFT_OUT.clone_into(reason);
    }
}

/// A granted line without texts, names and the work on its hours: hours as they were granted, and the choices as they came
/// out.
fn bare_line(line: &Line, budget: &LineBudget<NodeId>) -> Option<Line> {
    let mut bare = line.clone();
    bare_delivery(&mut bare.delivery);
    if let Some(offer) = &mut bare.offer {
        LEFT_OUT.clone_into(&mut offer.source);
    }
    if let Some(reason) = &mut bare.ceiling_reason {
        LEFT_OUT.clone_into(reason);
    }
    bare.choices.values_mut().for_each(bare_choice);
    let mut worked = false;
    for hours in &mut bare.hours {
        let Hours::Norm(_) = &hours.hours else {
            continue;
        };
        worked = true;
        let mut parts = budget.granted.iter();
        let granted = parts.find(|part| part.part.as_deref() == hours.part.as_deref())?;
        let extents = granted.volumes.iter().map(|volume| {
            Some(Extent {
                volume: volume.figure.value.finite_decimal()?,
                unit: Unit::Minute,
                per: volume.per,
            })
        });
        hours.hours = Hours::Typed(extents.collect::<Option<Vec<_>>>()?);
    }
    let segment = budget.segments.first()?;
    if worked {
        let product = segment.catalogue.product(&line.product)?;
        for part in &segment.parts {
            for (place, axis) in segment.catalogue.file.axes.iter().enumerate() {
                let own = product.axes.contains(&place);
                let value = part
                    .choices
                    .get(place)
                    .and_then(|value| axis.values.get(value));
                if let (true, Some(value)) = (own, value) {
                    let choice = Choice {
                        value: value.id.clone(),
                        reason: Some(LEFT_OUT.to_owned()),
                    };
                    bare.choices.entry(axis.id.clone()).or_insert(choice);
                }
            }
        }
    }
    Some(bare)
}

/// A scenario without names, conditions and reasons.
fn bare_scenario(scenario: &Scenario, places: &[usize]) -> Scenario {
    let mut bare = scenario.clone();
    bare.conditions = Conditions::default();
    bare.lines.retain_mut(|line| {
        let place = places.iter().position(|place| *place == line.provision);
        line.provision = place.unwrap_or(line.provision);
        line.lower_reason.clear();
        line.choices.values_mut().for_each(bare_choice);
        if let Some(delivery) = &mut line.delivery {
            bare_delivery(delivery);
        }
        for hired in &mut line.hired {
            hired.name.clear();
            if let Some(OwnFloor::Reason(reason)) = &mut hired.floor {
                LEFT_OUT.clone_into(reason);
            }
        }
        let norm = |hours: &crate::indication::PartHours| matches!(hours.hours, Hours::Norm(_));
        place.is_some() && !line.hours.iter().any(norm)
    });
    bare
}

impl Grant {
    /// The grant of a dossier. Error: a line that nothing came of.
    fn of(dossier: &Dossier, library: &Library, today: Date) -> Result<Self, Vec<Problem>> {
        let evaluation = dossier.evaluate(library, today);
        let wrong: Vec<Problem> = (evaluation.problems.iter())
            .filter(|one| one.severity == Severity::Error && one.field.contains(".line"))
            .cloned()
            .collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut lines = Vec::new();
        let all = dossier.provisions.iter().zip(&evaluation.lines);
        for (provision, (granted, budget)) in all.enumerate() {
            let Some(budget) = budget else { continue };
            let line = bare_line(&granted.line, budget);
            let same = line.filter(|line| {
                let inputs = dossier.inputs(library, today);
                let again = crate::budget::evaluate(&inputs, line, &mut crate::trace::Silent);
                let years = again.years.iter().map(|year| year.money.euro());
                years.eq(budget.years.iter().map(|year| year.money.euro()))
            });
            let Some(line) = same else {
                return Err(vec![
                    Problem::error(
                        "deze regel is niet zonder gegevens over de persoon mee te geven",
                    )
                    .field(format!("provisions[{provision}].line"))
                    .hint("Meld dit bij de beheerder."),
                ]);
            };
            lines.push(Granted {
                provision,
                line,
                monthly_wage_allowed: granted.motivation.monthly_wage_allowed,
            });
        }
        Ok(Self {
            municipality: dossier.municipality.clone(),
            decided: dossier.dates.decision,
            lines,
        })
    }

    /// A dossier with these lines and no client.
    fn dossier(&self, scenarios: Vec<Scenario>) -> Dossier {
        let mut dossier = Dossier::new(&self.municipality);
        dossier.dates.decision = self.decided;
        let provisions = self.lines.iter().map(|granted| Provision {
            outcome: Outcome::Granted,
            line: granted.line.clone(),
            moved_end: None,
            motivation: Motivation {
                monthly_wage_allowed: granted.monthly_wage_allowed,
                ..Motivation::default()
            },
        });
        dossier.provisions = provisions.collect();
        dossier.scenarios = scenarios;
        dossier
    }

    fn places(&self) -> Vec<usize> {
        self.lines.iter().map(|granted| granted.provision).collect()
    }
}

fn fault(error: impl std::fmt::Display) -> Problem {
    Problem::error(format!("het scenariobestand is niet te schrijven: {error}"))
        .hint("Meld dit bij de beheerder.")
}

impl ScenarioFile {
    /// The scenarios of a dossier to take home. Errors: there are none, one is wrong, or a line of the dossier is.
    pub fn of(dossier: &Dossier, library: &Library, today: Date) -> Result<Self, Vec<Problem>> {
        if dossier.scenarios.is_empty() {
            return Err(vec![
                Problem::error("dit dossier heeft geen scenario om mee te geven")
                    .field("scenarios")
                    .hint("Voeg eerst een scenario toe."),
            ]);
        }
        let grant = Grant::of(dossier, library, today)?;
        let places = grant.places();
        let scenarios = dossier.scenarios.iter();
        let scenarios: Vec<Scenario> = scenarios.map(|one| bare_scenario(one, &places)).collect();
        let bare = grant.dossier(scenarios.clone());
        let outlooks = outlooks(&bare, library, today);
        let wrong = outlooks.iter().flat_map(|outlook| &outlook.problems);
        let wrong: Vec<Problem> = wrong
            .filter(|problem| problem.severity == Severity::Error)
            .cloned()
            .collect();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let evaluation = bare.evaluate(library, today);
        let mut traces: Vec<&Trace> = outlooks.iter().map(|outlook| &outlook.trace).collect();
        traces.push(&evaluation.trace);
        let files = slice(&bare, &evaluation, &traces, &Parameter::ALL, library);
        let files = files.map_err(|problem| vec![problem])?;
        let mut file = Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            calculated: today,
            grant,
            files,
            fixed: Hex([0; 32]),
            scenarios,
        };
        file.fixed = file.fingerprint().map_err(|problem| vec![problem])?;
        Ok(file)
    }

    /// The fingerprint of what is fixed. Error: as [`ScenarioFile::to_text`].
    fn fingerprint(&self) -> Result<Hex<32>, Problem> {
        let fixed = (&self.program, self.calculated, &self.grant, &self.files);
        let text = ron::to_string(&fixed).map_err(fault)?;
        Ok(Hex(Sha256::digest(text.as_bytes()).into()))
    }

    /// The file as text; reading it gives it back. Error: it cannot be written as RON, which would be a fault of the
    /// program.
    pub fn to_text(&self) -> Result<String, Problem> {
        let style = ron::ser::PrettyConfig::new()
            .indentor("    ")
            .escape_strings(false)
            .extensions(ron::extensions::Extensions::IMPLICIT_SOME);
        let text = ron::ser::to_string_pretty(self, style).map_err(fault)?;
        Ok(format!("{text}\n"))
    }

    /// Whether a document is a scenario file, by the fields that only this kind has.
    pub fn is_one(outline: &Outline<'_>) -> bool {
        outline.place("grant").is_some() && outline.place("fixed").is_some()
    }

    /// Reads a scenario file. Errors: every problem, with file, line, column and field; a file of a newer program,
    /// and one whose fixed part was changed, are told as such.
    pub fn read(file_name: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        let file: Self = read_versioned(file_name, bytes, FORMAT)?;
        let place = |problem: Problem| {
            let problem = problem.in_file(file_name);
            match decode(file_name, bytes, crate::document::MAX_BYTES) {
                Ok(text) => vec![Outline::new(text).positioned(problem)],
                Err(other) => vec![problem, other],
            }
        };
        match file.fingerprint() {
            Ok(now) if now == file.fixed => Ok(file),
            Ok(_) => Err(place(
                Problem::error("het vaste deel van dit bestand is veranderd: het besluit of de tarieven kloppen niet meer")
                    .field("fixed")
                    .hint("Gebruik het bestand zoals u het kreeg, of vraag de gemeente om een nieuw bestand."),
            )),
            Err(problem) => Err(place(problem)),
        }
    }

    /// What makes the file old on a day: made by another version of the program, or all that it grants is over.
    pub fn age(&self, today: Date) -> Vec<Problem> {
        let mut told = Vec::new();
        let program = env!("CARGO_PKG_VERSION");
        if self.program != program {
            told.push(
                Problem::warning(format!(
                    "dit bestand is gemaakt door versie {} van het programma; dit is versie {program}",
                    self.program
                ))
                .field("program")
                .hint("Klopt iets niet, vraag de gemeente dan om een nieuw bestand."),
            );
        }
        let ends = self.grant.lines.iter().map(|granted| granted.line.to);
        let last = ends
            .collect::<Option<Vec<Date>>>()
            .and_then(|ends| ends.into_iter().max());
        if let Some(last) = last.filter(|last| *last < today) {
            told.push(
                Problem::warning(format!(
                    "wat dit bestand toekent, liep tot en met {}",
                    date_long(last)
                ))
                .field("grant")
                .hint("Vraag de gemeente om een nieuw bestand."),
            );
        }
        told
    }

    /// The day on which was calculated.
    pub fn calculated(&self) -> Date {
        self.calculated
    }

    /// The data inside. Errors: what keeps them from being read.
    pub fn library(&self) -> Result<Library, Vec<Problem>> {
        let files = self.files.iter().map(DataFile::source).collect::<Vec<_>>();
        Library::closed(&files)
    }

    /// The name of the municipality.
    pub fn municipality<'a>(&'a self, library: &'a Library) -> &'a str {
        let code = &self.grant.municipality;
        library
            .catalogues
            .municipality(code)
            .map_or(code, |found| &found.name)
    }

    /// What each scenario comes to on the day of the file, with nothing but the data inside.
    pub fn outlooks(&self, library: &Library) -> Vec<Outlook> {
        let dossier = self.grant.dossier(self.scenarios.clone());
        outlooks(&dossier, library, self.calculated)
    }

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
        let mut scenarios = Vec::with_capacity(self.scenarios.len());
        for theirs in &self.scenarios {
            let mut scenario = theirs.clone();
            scenario.lines.retain_mut(|line| {
                let place = places.get(line.provision);
                line.provision = place.copied().unwrap_or(line.provision);
                place.is_some()
            });
            let ours = dossier
                .scenarios
                .iter()
                .find(|one| one.name == scenario.name);
            let mut changed = None;
            if let Some(ours) = ours {
                restore(&mut scenario, ours);
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

    /// Problems of the scenarios and of the age of the file, at their place in its text.
    pub fn located(
        &self,
        (file_name, text): (&str, &str),
        outlooks: &[Outlook],
        today: Date,
    ) -> Vec<Problem> {
        let outline = Outline::new(text);
        let problems = outlooks.iter().flat_map(|outlook| &outlook.problems);
        let all = self.age(today).into_iter().chain(problems.cloned());
        all.map(|mut problem| {
            if let Some(rest) = problem.field.strip_prefix("provisions") {
                problem.field = format!("grant.lines{rest}");
            }
            outline.positioned(problem.in_file(file_name))
        })
        .collect()
    }
}

fn outlooks(dossier: &Dossier, library: &Library, today: Date) -> Vec<Outlook> {
    (0..dossier.scenarios.len())
        .filter_map(|place| evaluate(dossier, place, library, today))
        .collect()
}

/// Puts back what stayed behind, where the same was filled in: names, conditions and reasons.
fn restore(scenario: &mut Scenario, ours: &Scenario) {
    scenario.conditions.clone_from(&ours.conditions);
    let same_line = |one: &ScenarioLine, other: &ScenarioLine| {
        (one.provision, one.from, one.to) == (other.provision, other.from, other.to)
    };
    for line in &mut scenario.lines {
        let Some(own) = ours.lines.iter().find(|own| same_line(own, line)) else {
            continue;
        };
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_file_of_another_version_and_one_that_is_over_say_so() {
        let text = include_bytes!("../../fixtures/scenarios/leiden-2018.ron");
        let dossier = Dossier::read("d.ron", text).unwrap();
        let library = Library::shipped().unwrap();
        let mut file = ScenarioFile::of(&dossier, &library, date(2018, 1, 15)).unwrap();
        assert_eq!(file.age(date(2018, 12, 31)), []);
        let fields = |file: &ScenarioFile, today| -> Vec<String> {
            file.age(today).into_iter().map(|one| one.field).collect()
        };
        assert_eq!(fields(&file, date(2019, 1, 1)), ["grant"]);
        file.program = "0.0.1".to_owned();
        assert_eq!(fields(&file, date(2018, 2, 1)), ["program"]);
        file.fixed = file.fingerprint().unwrap();
        let again = ScenarioFile::read("t.ron", file.to_text().unwrap().as_bytes()).unwrap();
        assert_eq!(again, file);
    }
}
