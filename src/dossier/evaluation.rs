//! One evaluation of a whole dossier: what window, letter, command line and list all read.

use super::file::{Dossier, Outcome};
use super::together::needs_end;
use crate::budget::{Inputs, Library, LineBudget, Money, evaluate};
use crate::calendar::Period;
use crate::document::Problem;
use crate::quantity::{Euro, Exact, QuantityError, Rounding};
use crate::trace::{NodeId, Recorder, Status, Trace};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What a dossier comes to.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Per provision, in the order of the dossier; nothing for a refused or withdrawn one.
    pub lines: Vec<Option<LineBudget<NodeId>>>,
    /// The calculation behind every figure of every line.
    pub trace: Trace,
    /// Totals of the dossier.
    pub summary: Summary,
    /// All problems, with the path of their field in the dossier.
    pub problems: Vec<Problem>,
    /// What of the dossier itself takes away over days before its decision, without a ground for it (decisions 21). Among
    /// the problems as well, as warnings: they keep a decision from becoming definitive.
    pub taken_back: Vec<Problem>,
    /// Rates of a pgb below a wage floor that is known, without a reason for it (R27). Not among the problems: they only keep
    /// a decision from becoming definitive.
    pub below_floor: Vec<Problem>,
    /// Worst status of all that was touched.
    pub status: Status,
}

/// Totals of a dossier: in kind and pgb apart and together (R53). From totals only (decisions 14).
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Per calendar year.
    pub years: Vec<YearSummary>,
    /// Whether some years are maxima that must not be summed.
    pub years_are_maxima: bool,
    /// Over the whole term of the lines that have one.
    pub term: Sums,
    /// Whether every line has an end within the known tariffs, so that `term` is complete.
    pub term_is_complete: bool,
}

/// Totals of one calendar year.
#[derive(Debug, Clone)]
pub struct YearSummary {
    /// First day that is counted.
    pub from: Date,
    /// Last day that is counted.
    pub to: Date,
    /// The sums.
    pub sums: Sums,
}

impl YearSummary {
    /// What a month comes to on average: the total of everything ÷ the months from its first to
    /// its last day, to the cent. Nothing while a part of the total is not known.
    pub fn average_per_month(&self) -> Option<Euro> {
        if self.sums.together.unknown > 0 {
            return None;
        }
        let months = Period::new(self.from, self.to).ok()?.month_count();
        let (above, below) = months.as_fraction();
        let months = Exact::new(above.into(), below.into()).ok()?;
        let average = self.sums.together.known.exact().div(months).ok()?;
        Euro::rounded(average, &Rounding::CENT).ok()
    }
}

/// Sums apart and together.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// In kind.
    pub in_kind: Sum,
    /// Persoonsgebonden budget.
    pub pgb: Sum,
    /// Together.
    pub together: Sum,
}

/// A sum of known amounts, with the number of lines whose amount nobody knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    /// What is known.
    pub known: Euro,
    /// Lines without a known amount: with one of them the sum reads "niet bekend".
    pub unknown: usize,
    /// Lines in the sum.
    pub lines: usize,
}

impl Sum {
    fn add(&mut self, money: &Money<NodeId>) -> Result<(), QuantityError> {
        self.lines = self.lines.saturating_add(1);
        match money.euro() {
            Some(euro) => self.known = self.known.plus(euro)?,
            None => self.unknown = self.unknown.saturating_add(1),
        }
        Ok(())
    }
}

impl Sums {
    fn add(&mut self, pgb: bool, money: &Money<NodeId>) -> Result<(), QuantityError> {
        if pgb {
            self.pgb.add(money)?
        } else {
            self.in_kind.add(money)?
        }
        self.together.add(money)
    }
}

impl Dossier {
    /// The inputs of an evaluation of this dossier on a day.
    pub fn inputs<'a>(&'a self, library: &'a Library, today: Date) -> Inputs<'a> {
        Inputs {
            library,
            municipality: &self.municipality,
            calculation_date: today,
            decision_date: self.dates.decision,
        }
    }

    /// Evaluates the whole dossier on a day. Never fails: what is wrong is in the problems.
    pub fn evaluate(&self, library: &Library, today: Date) -> Evaluation {
        let inputs = self.inputs(library, today);
        let mut recorder = Recorder::default();
        let mut problems = self.check(library, today);
        let mut lines = Vec::with_capacity(self.provisions.len());
        let mut status = Status::Established;
        for (place, provision) in self.provisions.iter().enumerate() {
            if provision.outcome != Outcome::Granted {
                lines.push(None);
                continue;
            }
            let mut budget = evaluate(&inputs, &provision.line, &mut recorder);
            budget.problems.extend(needs_end(&provision.line, &budget));
            for problem in &mut budget.problems {
                let path = format!("provisions[{place}].line");
                *problem = problem.clone().within(&path);
            }
            problems.extend(budget.problems.iter().cloned());
            status = status.max(budget.status);
            lines.push(Some(budget));
        }
        let taken_back = self.taken_back(library, today, &lines);
        problems.extend(taken_back.iter().cloned());
        let below_floor = self.below_floor(library, &lines);
        let summary = match self.summary(&lines) {
            Ok(summary) => summary,
            Err(error) => {
                problems.push(
                    Problem::error(error.to_string())
                        .field("provisions")
                        .hint("Controleer de getallen van de regels."),
                );
                Summary::default()
            }
        };
        Evaluation {
            lines,
            trace: recorder.trace,
            summary,
            problems,
            taken_back,
            below_floor,
            status,
        }
    }

    fn summary(&self, lines: &[Option<LineBudget<NodeId>>]) -> Result<Summary, QuantityError> {
        let mut summary = Summary {
            term_is_complete: true,
            ..Summary::default()
        };
        let mut years: BTreeMap<i16, YearSummary> = BTreeMap::new();
        for (provision, line) in self.provisions.iter().zip(lines) {
            let Some(line) = line else { continue };
            let pgb = provision.line.delivery.is_pgb();
            summary.years_are_maxima |= line.years_are_maxima;
            for total in &line.years {
                let (from, to) = (total.from, total.to);
                let fresh = || YearSummary {
                    from,
                    to,
                    sums: Sums::default(),
                };
                let year = years.entry(from.year()).or_insert_with(fresh);
                year.from = year.from.min(from);
                year.to = year.to.max(to);
                year.sums.add(pgb, &total.money)?;
            }
            match &line.term {
                Some(total) => summary.term.add(pgb, &total.money)?,
                None => summary.term_is_complete = false,
            }
            summary.term_is_complete &= line.open_from.is_none();
        }
        summary.years = years.into_values().collect();
        Ok(summary)
    }
}
