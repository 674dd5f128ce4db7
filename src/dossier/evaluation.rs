//! One evaluation of a whole dossier: what window, letter, command line and list all read.

use super::contribution::Contribution;
use super::file::{Dossier, Outcome};
use super::summary::{Summary, summary};
use super::together::needs_end;
use crate::budget::{Inputs, Library, LineBudget, evaluate};
use crate::document::{Problem, Severity};
use crate::trace::{NodeId, Recorder, Status, Trace, Tracer};
use jiff::civil::Date;

/// What a dossier comes to.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// Per provision, in the order of the dossier; nothing for a refused or withdrawn one.
    pub lines: Vec<Option<LineBudget<NodeId>>>,
    /// What the contested decision comes to, line by line, where this decides about an objection.
    pub contested: Vec<LineBudget<NodeId>>,
    /// The calculation behind every figure of every line.
    pub trace: Trace,
    /// Totals of the dossier.
    pub summary: Summary,
    /// The own contribution of each provision, in the order of the dossier; nothing for a refused one.
    pub contributions: Vec<Option<Contribution>>,
    /// All problems, with the path of their field in the dossier.
    pub problems: Vec<Problem>,
    /// What of the dossier itself takes away over days before its decision, without a ground for it (decisions 21). Among
    /// the problems as well, as warnings: they keep a decision from becoming definitive.
    pub taken_back: Vec<Problem>,
    /// Hours that were filled in beside a norm set, without a reason for it (R63). Among the problems as well, as warnings:
    /// they keep a decision from becoming definitive.
    pub beside_norm: Vec<Problem>,
    /// Rates of a pgb below a wage floor that is known, without a reason for it (R27). Not among the problems: they only keep
    /// a decision from becoming definitive.
    pub below_floor: Vec<Problem>,
    /// What is decided about on no article of the municipality's regulation (R68). Not among the problems: it only keeps a
    /// decision from becoming definitive.
    pub without_articles: Vec<Problem>,
    /// Worst status of all that was touched.
    pub status: Status,
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
        let own = self.check(library, today);
        let placeless = own.iter().any(|problem| problem.field == "municipality");
        let mut problems = own.clone();
        let mut lines = Vec::with_capacity(self.provisions.len());
        let mut status = Status::Established;
        for (place, provision) in self.provisions.iter().enumerate() {
            if provision.outcome != Outcome::Granted {
                lines.push(None);
                continue;
            }
            let mark = recorder.enter(format_args!("provisions[{place}].line"));
            let mut budget = evaluate(&inputs, &provision.line, &mut recorder);
            recorder.leave(mark);
            budget.problems.extend(needs_end(&provision.line, &budget));
            for problem in &mut budget.problems {
                let path = format!("provisions[{place}].line");
                *problem = problem.clone().within(&path);
            }
            // What the dossier itself says of a field is the cause of what the evaluation finds there.
            let told = |problem: &&Problem| {
                let field = &problem.field;
                let at =
                    |other: &Problem| other.severity == Severity::Error && other.field == *field;
                own.iter().any(at) || (placeless && field.ends_with(".line.from"))
            };
            let found = budget.problems.iter().filter(|problem| !told(problem));
            problems.extend(found.cloned());
            status = status.max(budget.status);
            lines.push(Some(budget));
        }
        let taken_back = self.taken_back(library, today, &lines);
        problems.extend(taken_back.iter().cloned());
        let beside_norm = self.beside_norm(library);
        problems.extend(beside_norm.iter().cloned());
        let below_floor = self.below_floor(library, &lines);
        let contributions = self.contributions(library, &mut recorder);
        let each = contributions.iter().flatten();
        status = each.fold(status, |worst, one| worst.max(one.status));
        let summary = match summary(&self.provisions, &lines, &mut recorder) {
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
        // Last: who may not see it comes to the same steps.
        let contested: Vec<LineBudget<NodeId>> = self
            .contested()
            .iter()
            .enumerate()
            .map(|(place, line)| {
                let mark = recorder.enter(format_args!("occasion.contested[{place}]"));
                let budget = evaluate(&inputs, line, &mut recorder);
                recorder.leave(mark);
                status = status.max(budget.status);
                budget
            })
            .collect();
        Evaluation {
            lines,
            contested,
            trace: recorder.trace,
            summary,
            contributions,
            problems,
            taken_back,
            beside_norm,
            below_floor,
            without_articles: self.without_articles(library),
            status,
        }
    }
}
