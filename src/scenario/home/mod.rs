//! A scenario file: what a budget holder takes home, and what comes back.
//!
//! It holds what is granted, without client, texts, names or investigation, the scenarios, and as much of all data as they
//! need, so that it opens on a computer without register or catalogues. The granted part is fixed: a fingerprint tells
//! when it was changed. What comes back is a proposal: the dossier's own grant always wins, and every difference with it
//! is shown.
//!
//! This must not know who keeps the file, or how it looks on a screen.

mod bare;
mod free;
mod returned;
mod same;
mod told;

use super::{Outlook, evaluate, evaluate_seen};
use crate::budget::Library;
use crate::document::{Hex, Outline, Problem, Severity, decode, read_versioned};
use crate::dossier::{DataFile, Dossier, Motivation, Outcome, Provision, Scenario, slice};
use crate::indication::Line;
use crate::national::Parameter;
use crate::quantity::dutch::date_long;
use crate::trace::Trace;
use bare::{bare_line, bare_scenario, without_norms};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use free::names as names_going_home;
pub use returned::{Proposal, Returned};
pub use told::Changed;

/// The format version of a scenario file that this program reads and writes.
///
/// Format 1 had no ids of scenarios and care providers: such a file is read, and found again by names and days.
const FORMAT: u32 = 2;

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
            revised_on: None,
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
        let scenarios = without_norms(dossier, library, today)?;
        let scenarios = scenarios.iter().map(|one| bare_scenario(one, &places));
        let mut scenarios: Vec<Scenario> = scenarios.collect();
        same::mark(&mut scenarios);
        let told = free::numbers(&scenarios);
        if !told.is_empty() {
            return Err(told);
        }
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

    /// What is granted with the scenarios, as a dossier without a client.
    pub fn dossier(&self) -> Dossier {
        self.grant.dossier(self.scenarios.clone())
    }

    /// What each scenario comes to on the day of the file, looked at today, with nothing but the data inside.
    pub fn outlooks(&self, library: &Library, today: Date) -> Vec<Outlook> {
        let dossier = self.dossier();
        (0..dossier.scenarios.len())
            .filter_map(|at| evaluate_seen(&dossier, at, library, (self.calculated, today)))
            .collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_file_of_another_version_and_one_that_is_over_say_so() {
        let text = include_bytes!("../../../fixtures/scenarios/leiden-2018.ron");
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

    #[test]
    fn hours_of_a_norm_set_go_home_as_they_came_out_and_are_not_told_as_a_change() {
        let text = include_bytes!("../../../fixtures/scenarios/leiden-2018.ron");
        let mut dossier = Dossier::read("d.ron", text).unwrap();
        let hours = dossier.provisions[0].line.hours.clone();
        dossier.scenarios[1].lines[0].hours = hours;
        let library = Library::shipped().unwrap();
        let today = date(2018, 1, 15);
        let file = ScenarioFile::of(&dossier, &library, today).unwrap();
        let home = &file.scenarios[1].lines[0].hours[0].hours;
        assert!(
            matches!(home, crate::indication::Hours::Typed(_)),
            "{home:?}"
        );
        assert!(!file.to_text().unwrap().contains("kleinzoon"));
        let library_inside = file.library().unwrap();
        let there = file.outlooks(&library_inside, today);
        let here = outlooks(&dossier, &library, today);
        assert_eq!(there[1].together.budget, here[1].together.budget);
        let returned = file.returned(&dossier, &library, today).unwrap();
        assert_eq!(returned.scenarios[1].changed, Some(Vec::new()));
        let own = &dossier.scenarios[1];
        assert_eq!(returned.scenarios[1].scenario, *own);
    }
}
