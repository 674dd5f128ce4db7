//! Making a decision definitive: what stands in the way, its number, its receipt, and that it never changes after.
//!
//! It must not know how a receipt is made or how a letter looks.

use jiff::Timestamp;
use jiff::civil::Date;
use zeroize::Zeroizing;

use super::deed::Deed;
use super::dossiers::DossierId;
use super::dossiers::{Meta, Save, Standing, State, base, gone, load, put, sealed};
use super::entry::Entry;
use super::failure::{Failure, Kind};
use super::keys::Keys;
use super::named;
use super::parts::{figures_only, split};
use super::restore::next;
use super::seal::{Id, Place, What, digest, seal, unseal};
use super::session::{Register, Session};
use super::store::{Database, Row, Value, one};
use crate::budget::Library;
use crate::document::Hex;
use crate::document::{Problem, Severity};
pub use crate::dossier::Decided;
use crate::dossier::{Dossier, Evaluation, Receipt, taken_back_since};
use crate::quantity::dutch::date_long;
use crate::trace::Status;

/// What is asked before a decision becomes definitive.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The decision.
    pub decided: Decided<'a>,
    /// The decision that it follows up, if there is one.
    pub earlier: Option<Decided<'a>>,
    /// The worst status of what the letter prints (decisions 17).
    pub printed: Status,
    /// The day on which it is asked.
    pub today: Date,
}

/// What keeps a decision from becoming definitive (decisions 17, 21); nothing if it may.
pub fn blocks(asked: &Asked<'_>) -> Vec<Problem> {
    let Decided {
        dossier,
        evaluation,
    } = asked.decided;
    let errors = evaluation.problems.iter();
    let errors = errors.filter(|problem| problem.severity == Severity::Error);
    let mut problems: Vec<Problem> = errors.cloned().collect();
    if asked.printed == Status::Example {
        problems.push(
            Problem::error("in de brief staat een bedrag of afspraak die niet is vastgesteld")
                .field("provisions")
                .hint("Laat de gemeente het bevestigen in haar eigen map, of kies iets dat is vastgesteld."),
        );
    }
    if !dossier.occasion.kind.is_decision() {
        problems.push(
            Problem::error("deze brief is geen besluit")
                .field("occasion.kind")
                .hint("Alleen een besluit kan definitief worden. Kies een andere soort brief."),
        );
    }
    let unexplained = evaluation.beside_norm.iter();
    problems.extend(
        unexplained
            .chain(&evaluation.below_floor)
            .cloned()
            .map(|problem| Problem {
                severity: Severity::Error,
                ..problem
            }),
    );
    if dossier.client.bsn.is_none() {
        problems.push(
            Problem::error("het BSN ontbreekt")
                .field("client.bsn")
                .hint("Een definitief besluit gaat over een bekende persoon. Vul het BSN in."),
        );
    }
    if dossier.provisions.is_empty() {
        problems.push(
            Problem::error("er is nog geen voorziening om over te besluiten")
                .field("provisions")
                .hint("Voeg een voorziening toe die u toekent of afwijst."),
        );
    }
    problems.extend(unfinished(dossier));
    problems.extend(evaluation.without_articles.iter().cloned());
    match dossier.dates.decision {
        None => problems.push(
            Problem::error("de datum van het besluit ontbreekt")
                .field("dates.decision")
                .hint("Vul in op welke dag het besluit is genomen."),
        ),
        Some(day) if day > asked.today => problems.push(
            Problem::error(format!(
                "het besluit is van een dag die nog komt: {}",
                date_long(day)
            ))
            .field("dates.decision")
            .hint("Maak het op die dag definitief, of pas de datum aan."),
        ),
        Some(day) => {
            let since = asked.earlier.map_or_else(Vec::new, |earlier| {
                taken_back_since(asked.decided, earlier, day)
            });
            for problem in evaluation.taken_back.iter().cloned().chain(since) {
                if !problems.iter().any(|told| told.field == problem.field) {
                    problems.push(Problem {
                        severity: Severity::Error,
                        ..problem
                    });
                }
            }
        }
    }
    problems
}

/// What the letter of a draft says is still to come. A definitive decision never changes, so nothing can be added to it
/// later: the last day to object counts from the day of sending (Awb 6:8), which is therefore known before.
fn unfinished(dossier: &Dossier) -> Vec<Problem> {
    let mut problems = Vec::new();
    if dossier.number.trim().is_empty() {
        problems.push(
            Problem::error("het zaaknummer ontbreekt")
                .field("number")
                .hint("Vul het nummer in waarmee de cliënt deze brief kan aanwijzen."),
        );
    }
    if dossier.dates.sending.is_none() {
        problems.push(
            Problem::error("de dag van verzending ontbreekt")
                .field("dates.sending")
                .hint("Vul in op welke dag de brief wordt verstuurd. Daarna telt de termijn voor bezwaar (Awb 6:8)."),
        );
    }
    problems
}

/// A decision that is to become definitive. What the register can find out by itself it does not take from who asks: it
/// works out the budget and looks up the decision before this one.
#[derive(Debug, Clone, Copy)]
pub struct Deciding<'a> {
    /// The dossier, saved in the same step.
    pub save: Save<'a>,
    /// The data that the budget is worked out with.
    pub library: &'a Library,
    /// The worst status of what the letter prints (decisions 17): the register knows no letters.
    pub printed: Status,
    /// The day on which it is asked; the number of the decision is of its year.
    pub today: Date,
}

/// What came of making a decision definitive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It is definitive, on the disk.
    Done {
        /// The revision that can not change any more.
        revision: i64,
        /// The number of the decision.
        number: String,
    },
    /// Somebody saved another revision meanwhile, and nothing was changed.
    Changed {
        /// The one that is there now.
        current: i64,
    },
    /// It may not become definitive for these reasons, and nothing was changed.
    Blocked(Vec<Problem>),
}

/// What keeps a decision from becoming definitive that follows up `follows`.
fn in_the_way(
    database: &mut dyn Database,
    keys: &Keys,
    register: &Id,
    deciding: &Deciding<'_>,
    evaluation: &Evaluation,
    follows: Option<DossierId>,
) -> Result<Vec<Problem>, Failure> {
    let Deciding { library, today, .. } = *deciding;
    let earlier = match follows.map(|id| load(database, keys, register, id, None)) {
        Some(Ok(loaded)) => Some(loaded.dossier),
        // One that was destroyed meanwhile has nothing left to compare with.
        Some(Err(failure)) if failure.kind == Kind::Missing => None,
        Some(Err(failure)) => return Err(failure),
        None => None,
    };
    let before = earlier.zip(follows).map(|(dossier, id)| {
        // What was given is what came out then.
        let evaluation = match data_of(database, keys, register, id) {
            Some((library, calculated)) => dossier.evaluate(&library, calculated),
            None => dossier.evaluate(library, today),
        };
        (dossier, evaluation)
    });
    Ok(blocks(&Asked {
        decided: Decided {
            dossier: deciding.save.dossier,
            evaluation,
        },
        earlier: before.as_ref().map(|(dossier, evaluation)| Decided {
            dossier,
            evaluation,
        }),
        printed: deciding.printed,
        today,
    }))
}

fn place<'a>(register: &'a Id, what: What, id: &'a DossierId) -> Place<'a> {
    Place {
        register,
        what,
        revision: 0,
        record: &id.0,
    }
}

/// Both receipts sealed, the whole one first, after its length in four bytes.
fn packed(
    keys: &Keys,
    register: &Id,
    id: &DossierId,
    whole: &[u8],
    figures: &[u8],
) -> Result<Vec<u8>, Failure> {
    let whole = seal(keys.person()?, &place(register, What::Receipt, id), whole)?;
    let figures = seal(
        &keys.figures,
        &place(register, What::FiguresReceipt, id),
        figures,
    )?;
    let length = u32::try_from(whole.len())
        .map_err(|_| Failure::internal("het bewijsstuk is te groot om te bewaren"))?;
    let mut packed = length.to_be_bytes().to_vec();
    packed.extend(whole);
    packed.extend(figures);
    Ok(packed)
}

/// The receipt that these keys open.
fn unpacked(
    keys: &Keys,
    register: &Id,
    id: &DossierId,
    packed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let damaged = || Failure::damaged("het bewijsstuk bij een besluit");
    let (length, both) = packed.split_first_chunk::<4>().ok_or_else(damaged)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| damaged())?;
    let (whole, figures) = both.split_at_checked(length).ok_or_else(damaged)?;
    match &keys.person {
        Some(key) => unseal(key, &place(register, What::Receipt, id), whole),
        None => unseal(
            &keys.figures,
            &place(register, What::FiguresReceipt, id),
            figures,
        ),
    }
}

/// The sealed receipt of a decision, opened.
fn receipt(
    database: &mut dyn Database,
    keys: &Keys,
    register: &Id,
    id: DossierId,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let statement = "SELECT receipt FROM decision WHERE dossier = $1";
    let found = one(database, statement, &[Value::Bytes(&id.0)], |row| {
        row.bytes()
    })?;
    let none = || {
        Failure::new(
            Kind::Missing,
            "dit dossier heeft geen definitief besluit, dus ook geen bewijs",
            "Maak het besluit eerst definitief. Is het dossier er niet meer? Kijk dan in het logboek of het is vernietigd.",
        )
    };
    unpacked(keys, register, &id, &found.ok_or_else(none)?)
}

/// The data and the day with which a definitive decision was calculated; nothing if its receipt can not be read.
fn data_of(
    database: &mut dyn Database,
    keys: &Keys,
    register: &Id,
    id: DossierId,
) -> Option<(Library, Date)> {
    let bytes = receipt(database, keys, register, id).ok()?;
    let receipt = Receipt::read("bewijs", &bytes).ok()?;
    Some((receipt.library().ok()?, receipt.calculated()))
}

/// The number of a decision, from its year and which one it is of that year.
pub(super) fn numbered(year: i64, turn: i64) -> String {
    format!("{year}-{turn:06}")
}

pub(super) fn number_of(
    database: &mut dyn Database,
    id: DossierId,
) -> Result<Option<String>, Failure> {
    let statement = "SELECT number FROM decision WHERE dossier = $1";
    one(database, statement, &[Value::Bytes(&id.0)], |row| {
        row.text()
    })
}

/// The dossier with which a follow-up begins that takes over this content, which was decided about or was left when the
/// decision fell.
pub fn as_follow_up(mut dossier: Dossier) -> Dossier {
    dossier.occasion = crate::dossier::Occasion {
        earlier: dossier.dates.decision,
        contested: Some(dossier.granted_lines()),
        ..crate::dossier::Occasion::default()
    };
    for provision in &mut dossier.provisions {
        if let Some(moved) = &mut provision.moved_end {
            moved.decided = moved.decided.or(dossier.dates.decision);
        }
        provision.revised_on = None;
    }
    dossier.dates = crate::dossier::Dates::default();
    dossier.revision_ground.clear();
    dossier.wordings.clear();
    let earlier = std::mem::take(&mut dossier.investigation);
    let from = match dossier.number.trim() {
        "" => "het vorige dossier",
        number => number,
    };
    dossier.investigation.take_over(&earlier, from);
    dossier
}

impl Register {
    /// What keeps a decision from becoming definitive as it stands now; nothing if it may.
    pub fn in_the_way(&mut self, deciding: &Deciding<'_>) -> Result<Vec<Problem>, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        let Save {
            id,
            dossier,
            follows,
            ..
        } = deciding.save;
        let known = session.index.entry(id);
        let follows = known.map_or(follows, |entry| entry.about.meta.follows);
        let evaluation = dossier.evaluate(deciding.library, deciding.today);
        store.read(|database| {
            in_the_way(
                database,
                &session.keys,
                &register,
                deciding,
                &evaluation,
                follows,
            )
        })
    }

    /// Makes a decision definitive if nothing is in the way: gives it a number, has `receipt` write the receipt with that
    /// number, and saves all at once. The receipt is asked for twice: of the dossier, and of what a slot of finance sees
    /// of it. A number that was given is never given again.
    pub fn make_definitive(
        &mut self,
        deciding: &Deciding<'_>,
        now: Timestamp,
        receipt: impl Fn(&str, &Dossier) -> Result<Vec<u8>, Failure>,
    ) -> Result<Made, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        session.keys.person()?;
        let working: &Session = session;
        let Deciding {
            save,
            library,
            today,
            ..
        } = deciding;
        let year = today.year();
        let evaluation = save.dossier.evaluate(library, *today);
        let chosen = Some(named::chosen(&evaluation));
        let (made, entry) = store.write(|database| {
            let before = match base(database, &working.keys, &register, save)? {
                Standing::Known(revision) => {
                    let number = number_of(database, save.id)?.ok_or_else(gone)?;
                    return Ok((Made::Done { revision, number }, None));
                }
                Standing::Changed(current) => return Ok((Made::Changed { current }, None)),
                Standing::Fits(before) => before,
            };
            let follows = before.map_or(save.follows, |before| before.follows);
            let blocked = in_the_way(
                database,
                &working.keys,
                &register,
                deciding,
                &evaluation,
                follows,
            )?;
            if !blocked.is_empty() {
                return Ok((Made::Blocked(blocked), None));
            }
            let last = one(
                database,
                "SELECT COALESCE(max(turn), 0) FROM decision WHERE year = $1",
                &[Value::Int(year.into())],
                Row::int,
            )?;
            let turn = last.unwrap_or(0).saturating_add(1);
            let number = numbered(year.into(), turn);
            let meta = Meta {
                at: now,
                by: working.slot.name.clone(),
                state: State::Definitive {
                    number: number.clone(),
                },
                follows,
            };
            let revision = next(database, &save.id.0, save.base.revision)?;
            let entry = Entry::of(save.id, revision, save.dossier, &meta, chosen);
            let parts = sealed(&working.keys, &register, save.dossier, &entry)?;
            let whole = Zeroizing::new(receipt(&number, save.dossier)?);
            let figures = receipt(&number, &figures_only(split(save.dossier)?.figures)?)?;
            let receipt = packed(&working.keys, &register, &save.id, &whole, &figures)?;
            database.execute(
                "INSERT INTO decision (number, year, turn, dossier, receipt) VALUES ($1, $2, $3, $4, $5)",
                &[
                    Value::Text(&number),
                    Value::Int(year.into()),
                    Value::Int(turn),
                    Value::Bytes(&save.id.0),
                    Value::Bytes(&receipt),
                ],
            )?;
            let deed = Deed::Definitive {
                dossier: save.id,
                revision,
                digest: parts.digest(),
                number: number.clone(),
                receipt: Hex(digest(&[&receipt])),
            };
            put(database, working, &entry, save.token, &parts, now, deed)?;
            Ok((Made::Done { revision, number }, Some(entry)))
        })?;
        if let Some(entry) = entry {
            session.index.put(entry);
        }
        Ok(made)
    }

    /// The receipt of a definitive decision, as it was made; for a slot of finance the one without names and texts.
    /// Errors: there is none, or it is damaged.
    pub fn receipt(&mut self, id: DossierId) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        store.read(|database| receipt(database, &session.keys, &register, id))
    }

    /// The data and the day with which a definitive decision was calculated; nothing if its receipt can not be read.
    pub fn data_of(&mut self, id: DossierId) -> Option<(Library, Date)> {
        let register = self.id;
        let (mut store, session) = self.working().ok()?;
        let read = store.read(|database| Ok(data_of(database, &session.keys, &register, id)));
        read.ok()?
    }

    /// The dossier with which a follow-up of a definitive decision begins: a copy, to be saved as a new dossier that
    /// names this one in [`Save::follows`]. What was investigated is taken over, to be looked at again; the
    /// evaluation that was agreed goes on here.
    pub fn follow_up(&mut self, id: DossierId) -> Result<Dossier, Failure> {
        Ok(as_follow_up(self.peek(id, None)?.dossier))
    }
}
