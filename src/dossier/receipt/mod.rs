//! What a definitive decision keeps of its calculation, so that it can be checked and redone years later.
//!
//! A [`Receipt`] holds the dossier, the day of calculation, the version of the program, every step of the calculation
//! with its source, what came of it, what the letter says of the own contribution, the fingerprint of the texts of
//! letters, and the data that were used: of each file its name, version and fingerprint, and as much of it as the
//! calculation needs. [`Receipt::redo`] checks every stored step with what it was made from, and evaluates the dossier
//! anew on the kept data and nothing else, so that it comes out the same wherever it is redone.
//!
//! * `steps`: the calculation as plain data.
//! * `results`: what came of it, amount by amount.
//! * `contribution`: the own contribution of each provision.
//! * `data`: the files, cut to what was used.
//!
//! This room must not know who keeps a receipt, or what the letter looks like.

mod contribution;
mod data;
mod results;
mod steps;

pub use data::{DataFile, slice};

use super::Dossier;
use crate::budget::Library;
use crate::document::{Hex, Problem, Severity, read_versioned};
use crate::trace::Status;
use contribution::Contributions;
use jiff::civil::Date;
use results::Results;
use serde::{Deserialize, Serialize};
use steps::Steps;

/// The format version of a receipt that this program reads and writes.
const FORMAT: u32 = 1;

/// The calculation of one decision, with all that it leaned on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    format: u32,
    /// Version of the program that calculated.
    program: String,
    /// Number of the decision.
    number: String,
    /// The day on which was calculated.
    calculated: Date,
    /// The worst status of all that was touched.
    status: Status,
    /// What was typed, as it may leave its place.
    dossier: Dossier,
    results: Results,
    steps: Steps,
    contributions: Contributions,
    /// Fingerprint of the texts of letters then.
    texts: Hex<32>,
    files: Vec<DataFile>,
}

impl Receipt {
    /// The receipt of decision `number`: `dossier`, evaluated with `library` on the day `calculated`; `texts` is the
    /// fingerprint of the texts of letters. Error: something cannot be written as RON, which would be a fault of the program.
    pub fn of(
        number: &str,
        dossier: &Dossier,
        library: &Library,
        calculated: Date,
        texts: Hex<32>,
    ) -> Result<Self, Problem> {
        let evaluation = dossier.evaluate(library, calculated);
        let contributions = Contributions::of(&evaluation);
        Ok(Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            number: number.to_owned(),
            calculated,
            status: evaluation.status,
            dossier: dossier.outward(),
            results: Results::of(&evaluation),
            steps: Steps::of(&evaluation.trace),
            files: data::touched(dossier, &evaluation, &contributions, library)?,
            contributions,
            texts,
        })
    }

    /// The receipt as text; reading it gives it back. Error: as [`Receipt::of`].
    pub fn to_text(&self) -> Result<String, Problem> {
        let style = ron::ser::PrettyConfig::new()
            .depth_limit(3)
            .indentor("    ")
            .escape_strings(false);
        let text = ron::ser::to_string_pretty(self, style).map_err(unwritable)?;
        Ok(format!("{text}\n"))
    }

    /// Reads a receipt. Errors: every problem, with file, line, column and field; a receipt of a newer program says so
    /// and nothing else.
    pub fn read(file_name: &str, bytes: &[u8]) -> Result<Self, Vec<Problem>> {
        read_versioned(file_name, bytes, FORMAT)
    }

    /// The dossier that was decided on.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// Per provision what it came to, in lines for people: extent, rates, amounts and totals; none for a refused one. As
    /// it was kept: nothing is calculated.
    pub fn told(&self) -> Vec<Vec<String>> {
        self.results.told(&self.steps)
    }

    /// The number of the decision.
    pub fn number(&self) -> &str {
        &self.number
    }

    /// The day on which was calculated.
    pub fn calculated(&self) -> Date {
        self.calculated
    }

    /// The data that were used, to calculate with as then. Errors: what keeps the kept files from being read.
    pub fn library(&self) -> Result<Library, Vec<Problem>> {
        let files = self.files.iter().map(DataFile::source).collect::<Vec<_>>();
        Library::closed(&files).map_err(|problems| {
            let problems = problems.into_iter().map(|problem| {
                let message = format!("niet opnieuw te berekenen: {}", problem.message);
                let field = data::place(&self.files, &problem.file);
                Problem { message, ..problem }.within(&field)
            });
            problems.collect()
        })
    }

    /// Redoes the calculation and tells every difference; nothing when all is as it was. First each stored step is
    /// computed from the steps that it was made from, then the dossier is evaluated anew on the kept data.
    /// A warning tells what may explain a difference but is none itself: another version of the program, or other texts
    /// of letters than `texts` is the fingerprint of.
    pub fn redo(&self, texts: Hex<32>) -> Vec<Problem> {
        let mut told = Vec::new();
        let program = env!("CARGO_PKG_VERSION");
        if self.program != program {
            told.push(
                Problem::warning(format!(
                    "dit bewijs is gemaakt door versie {} van het programma; dit is versie {program}",
                    self.program
                ))
                .field("program")
                .hint("Zoek een verschil eerst in wat het programma sindsdien anders doet."),
            );
        }
        if self.texts != texts {
            told.push(
                Problem::warning("de vaste teksten van brieven zijn na dit besluit veranderd")
                    .field("texts")
                    .hint("De brief van toen staat in het archief; een nieuwe zou andere woorden hebben."),
            );
        }
        told.extend(self.steps.check());
        told.extend(self.results.check(&self.steps));
        let library = match self.library() {
            Ok(library) => library,
            Err(problems) => {
                told.extend(problems);
                return told;
            }
        };
        let anew = self.dossier.evaluate(&library, self.calculated);
        let unlike = self.results.differences(&Results::of(&anew));
        if !unlike.is_empty() {
            let why = anew.problems.iter();
            let why = why.filter(|problem| problem.severity == Severity::Error);
            told.extend(why.cloned().map(|problem| problem.within("dossier")));
        }
        told.extend(unlike);
        told.extend(self.steps.differences(&Steps::of(&anew.trace)));
        told.extend(self.contributions.differences(&Contributions::of(&anew)));
        if anew.status != self.status {
            told.push(
                Problem::error("wat is vastgesteld en wat een voorbeeld is, komt anders uit")
                    .field("status")
                    .hint(LOOK),
            );
        }
        told
    }
}

/// What to do about a difference.
const LOOK: &str =
    "Leg het besluit en de brief ernaast, en vraag de beheerder waar het verschil vandaan komt.";

fn unwritable(error: impl std::fmt::Display) -> Problem {
    Problem::error(format!("het bewijs is niet te schrijven: {error}"))
        .hint("Meld dit bij de beheerder.")
}
