//! The grant letter: from a dossier and its evaluation to the blocks of a decision letter.
//!
//! * `missing`: what the letter cannot do without; each with the field of the dossier.
//! * `data`, `change`: what the templates of the letter may name.
//! * `hours`, `pgb`, `ceilings`: the tables and what goes with them.
//! * `appendix`: the calculation, from the same trace as the screen.
//! * `words`: filling in the sentences that are no template of their own ([`Sentences`]).
//!
//! Nothing is computed here: every figure comes from the evaluation. The letter never states a fact that nobody wrote
//! down: what is missing is refused with its field, or said to be missing.

mod appendix;
mod ceilings;
mod change;
mod data;
mod hours;
mod missing;
mod pgb;
mod status;
pub(super) mod words;

pub use missing::problems as needed;

use super::blocks::{Block, Content, Stamp};
use super::layout::layout;
use super::markup::Finished;
use super::pages::Pages;
use super::pdf::{self, Details};
use super::sheet::{DRAFT, Sheet};
use super::unprintable::in_the_way;
use crate::budget::{Library, LineBudget};
use crate::catalogue::file::Product;
use crate::catalogue::{Catalogue, MunicipalityFile, ProductEntry};
use crate::document::{Hex, Problem};
use crate::dossier::{Contribution, Dossier, Evaluation, LetterKind, Outcome, Provision};
use crate::quantity::Frequency;
use crate::quantity::dutch::capital;
use crate::texts::{Changeable, Sentences, Texts};
use crate::trace::{Listing, NodeId, Status};
use change::Before;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use words::{fill, filled};

/// A grant letter, ready to be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What it says, block by block.
    pub content: Content,
    /// The day of sending, else of the decision; it stands in the PDF as the day it was made.
    pub date: Date,
    /// Who writes, for the PDF.
    pub author: String,
    /// The parts that may be worded otherwise in this letter.
    pub changeable: Vec<Changeable>,
}

impl Letter {
    /// The letter on pages. Errors: a character that the typeface lacks, or an address that does not fit, in Dutch.
    pub fn pages(&self) -> Result<Pages, Problem> {
        layout(&self.content).map_err(|error| unprintable(&error.to_string()))
    }

    /// The letter as a PDF; the same letter gives the same bytes. Errors: as [`Letter::pages`].
    pub fn to_pdf(&self) -> Result<Vec<u8>, Problem> {
        let details = Details {
            author: self.author.clone(),
            date: self.date,
        };
        pdf::write(&self.pages()?, &details).map_err(|error| unprintable(&error.to_string()))
    }
}

fn unprintable(why: &str) -> Problem {
    Problem::error(format!("de brief is niet te maken. {why}"))
}

/// The letter of a dossier, of the kind that its occasion says, about the provisions of that kind. `number` is that of the
/// decision once it is definitive: the letter then carries it, and no stamp (decisions 18).
///
/// # Errors
/// All that stands in the way: errors of the evaluation, amounts of a pgb that nobody knows, and data that the letter
/// cannot do without, each with the path of its field in the dossier.
pub fn grant(
    dossier: &Dossier,
    evaluation: &Evaluation,
    library: &Library,
    number: Option<&str>,
) -> Result<Letter, Vec<Problem>> {
    let problems = missing::problems(dossier, evaluation, library);
    if !problems.is_empty() {
        return Err(problems);
    }
    let case = Case::new(dossier, evaluation, library).map_err(|problem| vec![problem])?;
    let sheet = Sheet {
        dossier,
        municipality: case.municipality,
        texts: &library.texts,
        logo: library.logo(&dossier.municipality),
        day: case.decision,
    };
    let mut finished = Finished::default();
    let data = data::of(&case, number, &mut finished);
    let kind = dossier.occasion.kind;
    let (done, sent) = if kind.is_decision() {
        (number.is_some(), dossier.dates.sending)
    } else {
        (dossier.occasion.sent.is_some(), dossier.occasion.sent)
    };
    let stamp = stamp(
        library.texts.sentences(),
        kind,
        status::printed(&case),
        done,
    );
    let (mut content, changeable) = sheet.letter(template(kind), data, &finished, stamp)?;
    if kind.is_decision() {
        content.blocks.extend(appendix::blocks(&case));
    }
    let odd = in_the_way(dossier, &content);
    if !odd.is_empty() {
        return Err(odd);
    }
    Ok(Letter {
        content,
        date: sent.unwrap_or(case.decision),
        author: case.municipality.sender.clone(),
        changeable,
    })
}

/// The worst status of what the letter of a dossier prints, which decides whether it may become definitive (decisions
/// 17); nothing while there is no telling what it will print.
pub fn printed(dossier: &Dossier, evaluation: &Evaluation, library: &Library) -> Option<Status> {
    let case = Case::new(dossier, evaluation, library).ok()?;
    Some(status::printed(&case))
}

/// Fingerprint of the texts that letters are made of, with the words that they explain: another one means that a letter
/// would be worded otherwise now.
pub fn texts_fingerprint(texts: &Texts) -> Hex<32> {
    let mut hasher = Sha256::new();
    hasher.update(texts.fingerprint().0);
    let words = include_str!("../../../assets/letters/moeilijke-woorden.ron");
    for line in words.lines() {
        hasher.update(line);
        hasher.update("\n");
    }
    Hex(hasher.finalize().into())
}

/// The template of a kind of letter.
fn template(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Application => "besluit.txt",
        LetterKind::Change => "wijziging.txt",
        LetterKind::Extension => "verlenging.txt",
        LetterKind::Ending => "beeindiging.txt",
        LetterKind::Tariff => "tarief.txt",
        LetterKind::Conversion => "omzetting.txt",
        LetterKind::Objection => "bezwaarbesluit.txt",
        LetterKind::Temporary => "tijdelijk.txt",
        LetterKind::System => "stelselwijziging.txt",
        LetterKind::Term => "meer-tijd.txt",
        LetterKind::Review => "heronderzoek.txt",
        LetterKind::Receipt => "ontvangst.txt",
    }
}

/// CONCEPT where example data stands in the letter, else ONTWERP (decisions 17, 18); nothing once a decision has its
/// number. A letter that is no decision has no number: it loses its stamp when it is sent.
fn stamp(say: &Sentences, kind: LetterKind, status: Status, done: bool) -> Option<Stamp> {
    let (word, reason) = match (kind.is_decision(), status) {
        (true, _) if done => return None,
        (_, Status::Example) => (say.of("concept"), say.of("concept_reason")),
        (true, Status::Established) => (DRAFT, say.of("draft_reason")),
        (false, Status::Established) if done => return None,
        (false, Status::Established) => (DRAFT, say.of("not_sent_reason")),
    };
    Some(Stamp {
        word: word.to_owned(),
        reason: reason.to_owned(),
    })
}

/// All that the letter is made from.
pub(super) struct Case<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) evaluation: &'a Evaluation,
    pub(super) library: &'a Library,
    pub(super) municipality: &'a MunicipalityFile,
    /// The day of the decision; of a letter that is none, of the letter.
    pub(super) decision: Date,
    pub(super) decided: Vec<Decided<'a>>,
    /// The calculation, a group per granted provision.
    pub(super) listing: Listing,
}

/// A provision with its decision.
pub(super) enum Decided<'a> {
    Granted(Grant<'a>),
    Refused(Refusal<'a>),
}

impl Decided<'_> {
    pub(super) fn provision(&self) -> &Provision {
        match self {
            Decided::Granted(grant) => grant.provision,
            Decided::Refused(refusal) => refusal.provision,
        }
    }
}

/// A refused or withdrawn provision.
pub(super) struct Refusal<'a> {
    pub(super) provision: &'a Provision,
    /// The name of the product: of the catalogue if it has one, else as it was typed.
    pub(super) label: String,
    pub(super) file: Option<&'a Product>,
    /// What is refused, the help or only the pgb: with its first day where something else has the same name.
    pub(super) heading: String,
    pub(super) ground: &'a str,
}

impl Refusal<'_> {
    /// Whether it was granted before, and is taken back.
    pub(super) fn is_withdrawn(&self) -> bool {
        matches!(self.provision.outcome, Outcome::Withdrawn { .. })
    }
}

impl<'a> Refusal<'a> {
    fn new(
        dossier: &Dossier,
        provision: &'a Provision,
        ground: &'a str,
        library: &'a Library,
    ) -> Self {
        let say = library.texts.sentences();
        let line = &provision.line;
        let answer = library.catalogues.on(&dossier.municipality, line.from).ok();
        let catalogue = answer.map(|answer| answer.catalogue);
        let product = catalogue.and_then(|catalogue| catalogue.product(&line.product));
        let label = product.map_or_else(|| line.product.clone(), |known| known.label.to_string());
        let heading = if line.delivery.is_pgb() {
            filled(
                say.of("heading_refused_pgb"),
                &[("what", &words::mid(&label))],
            )
        } else {
            capital(&label)
        };
        Self {
            provision,
            label,
            file: catalogue.and_then(|catalogue| catalogue.product_file(&line.product)),
            heading,
            ground,
        }
    }
}

/// A granted provision with what it comes to.
pub(super) struct Grant<'a> {
    pub(super) provision: &'a Provision,
    pub(super) budget: &'a LineBudget<NodeId>,
    pub(super) contribution: &'a Contribution,
    pub(super) catalogue: &'a Catalogue,
    pub(super) product: &'a ProductEntry,
    pub(super) file: Option<&'a Product>,
    /// The name above its part of the letter: with its first day where another provision has the same name.
    pub(super) heading: String,
    /// The sentences of the letter.
    pub(super) say: &'a Sentences,
    /// The line that it takes the place of, where the letter tells of that.
    pub(super) before: Option<Before<'a>>,
}

impl<'a> Grant<'a> {
    fn new(
        say: &'a Sentences,
        provision: &'a Provision,
        evaluation: &'a Evaluation,
        place: usize,
    ) -> Option<Self> {
        let budget = evaluation.lines.get(place)?.as_ref()?;
        let contribution = evaluation.contributions.get(place)?.as_ref()?;
        let catalogue: &Catalogue = budget.segments.first()?.catalogue.as_ref();
        let product = catalogue.product(&provision.line.product)?;
        Some(Self {
            provision,
            budget,
            contribution,
            catalogue,
            product,
            file: catalogue.product_file(&provision.line.product),
            heading: product.label.to_string(),
            say,
            before: None,
        })
    }

    pub(super) fn is_pgb(&self) -> bool {
        self.provision.line.delivery.is_pgb()
    }

    /// The name of the product within a sentence.
    pub(super) fn name(&self) -> String {
        words::mid(&self.product.label)
    }

    /// How much, of all parts: `174 minuten per week (2 uur en 54 minuten)`.
    pub(super) fn extent(&self) -> String {
        hours::of_all_parts(self.file, self.budget)
    }
}

impl<'a> Case<'a> {
    fn new(
        dossier: &'a Dossier,
        evaluation: &'a Evaluation,
        library: &'a Library,
    ) -> Result<Self, Problem> {
        let municipality = library
            .catalogues
            .municipality(&dossier.municipality)
            .ok_or_else(|| missing::unknown("municipality"))?;
        let (dates, occasion) = (&dossier.dates, &dossier.occasion);
        let day = if occasion.kind.is_decision() {
            dates.decision
        } else {
            occasion.sent.or(dates.application).or(dates.report)
        };
        let decision = day.ok_or_else(|| {
            missing::unknown(if occasion.kind.is_decision() {
                "dates.decision"
            } else {
                "occasion.sent"
            })
        })?;
        let say = library.texts.sentences();
        let mut decided = Vec::with_capacity(dossier.provisions.len());
        for subject in dossier.subject() {
            let place = subject.place;
            let Some(provision) = dossier.provisions.get(place) else {
                continue;
            };
            decided.push(match &provision.outcome {
                Outcome::Refused { ground } => {
                    Decided::Refused(Refusal::new(dossier, provision, ground, library))
                }
                Outcome::Withdrawn { reason } => {
                    Decided::Refused(Refusal::new(dossier, provision, reason, library))
                }
                Outcome::Granted => {
                    let mut grant =
                        Grant::new(say, provision, evaluation, place).ok_or_else(|| {
                            missing::unknown(&format!("provisions[{place}].line.product"))
                        })?;
                    grant.before = match (subject.before, subject.contested) {
                        (Some(old), _) => Before::replaced(dossier, evaluation, old),
                        (None, Some(old)) => Before::contested(dossier, evaluation, old),
                        (None, None) => None,
                    };
                    Decided::Granted(grant)
                }
            });
        }
        tell_apart(say, &mut decided);
        let groups: Vec<Vec<NodeId>> = decided
            .iter()
            .filter_map(|decided| match decided {
                Decided::Granted(grant) => Some(appendix::figures(grant)),
                Decided::Refused(_) => None,
            })
            .collect();
        Ok(Self {
            dossier,
            evaluation,
            library,
            municipality,
            decision,
            decided,
            listing: Listing::new(&evaluation.trace, &groups),
        })
    }

    pub(super) fn grants(&self) -> impl Iterator<Item = &Grant<'a>> {
        self.decided.iter().filter_map(|decided| match decided {
            Decided::Granted(grant) => Some(grant),
            Decided::Refused(_) => None,
        })
    }
}

/// Adds the first day to headings that are the same, and to what is granted and refused of one product in one form.
fn tell_apart(say: &Sentences, decided: &mut [Decided<'_>]) {
    let names: Vec<(String, String, bool)> = decided
        .iter()
        .map(|decided| {
            let (label, heading) = match decided {
                Decided::Granted(grant) => (grant.product.label.to_string(), &grant.heading),
                Decided::Refused(refusal) => (refusal.label.clone(), &refusal.heading),
            };
            let pgb = decided.provision().line.delivery.is_pgb();
            (heading.clone(), label, pgb)
        })
        .collect();
    for (decided, (name, label, pgb)) in decided.iter_mut().zip(&names) {
        let same = names.iter().filter(|(other, other_label, other_pgb)| {
            other == name || (other_label == label && other_pgb == pgb)
        });
        if same.count() > 1 {
            let from = words::date(decided.provision().line.from);
            let heading = filled(say.of("heading_from"), &[("what", name), ("from", &from)]);
            match decided {
                Decided::Granted(grant) => grant.heading = heading,
                Decided::Refused(refusal) => refusal.heading = heading,
            }
        }
    }
}

/// A paragraph of one sentence.
fn paragraph(template: &str, values: &[(&str, &str)]) -> Block {
    Block::Paragraph(fill(template, values))
}

/// An amount that is known, with its period; what is not known was refused before.
fn amount(money: &crate::budget::Money<NodeId>, per: Frequency) -> String {
    match money.euro() {
        Some(euro) => words::money(euro.0, per),
        None => "niet bekend".to_owned(),
    }
}
