//! Making the decision of the open dossier definitive: what is in the way, its number, its receipt and what follows it.

use egui::Ui;
use jiff::Timestamp;

use super::rows::{Row, rows_ui, verdict_ui};
use super::versions::changed;
use super::{Around, Asked, Made, News, Open};
use crate::desk::editing::{Editing, Place};
use crate::desk::showing::problems as in_words;
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::check_ui;
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, prose_ui, subheading_ui};
use crate::document::{Problem, Severity};
use crate::dossier::{Evaluation, Receipt};
use crate::letter;
use crate::quantity::dutch::counted;
use crate::register::{
    Deciding, DossierId, Failure, Kind, Made as Outcome, Meta, Register, Save, State,
};
use crate::trace::Status;

/// Work in the register for this screen.
#[derive(Debug)]
pub enum Job {
    /// Look how far the decision is, and what is in the way.
    Look(Box<Open>),
    /// Make it definitive.
    Make(Box<Open>),
    /// Redo the calculation from its receipt.
    Redo(DossierId),
    /// Begin a dossier that follows it up.
    FollowUp(DossierId),
}

/// What came of it.
#[derive(Debug)]
pub enum Told {
    /// It can not become definitive yet, for these reasons.
    Blocked(Points),
    /// It can become definitive; of this is to be thought first.
    Ready(Points),
    /// It is definitive: its number, when and by whom.
    Definitive(String, String),
    /// Whether the receipt comes out the same, in words, and what differs.
    Redone(bool, String, Vec<Row>),
    /// Nothing to show here.
    Nothing,
}

/// Problems as rows, each with its field.
#[derive(Debug, Default)]
pub struct Points {
    rows: Vec<Row>,
    fields: Vec<String>,
}

impl Points {
    fn of(around: &Around, open: &Open, problems: Vec<Problem>) -> Self {
        let mut points = Self::default();
        for problem in problems {
            let views = in_words(
                &open.dossier,
                &around.library,
                std::slice::from_ref(&problem),
            );
            points.rows.extend(views.into_iter().map(|view| Row {
                title: view.place_name,
                detail: view.text,
                aside: String::new(),
                tone: Some(view.tone),
            }));
            points.fields.push(problem.field);
        }
        points
    }

    /// Draws them; gives the field of the one that was pressed.
    fn show_ui(&self, ui: &mut Ui, name: &str) -> Option<Asked> {
        let pressed = rows_ui(ui, name, &self.rows, |_| false);
        let field = pressed.and_then(|pressed| self.fields.get(pressed));
        field.map(|field| Asked::GoTo(field.clone()))
    }
}

/// How far the decision is.
#[derive(Debug, Default)]
enum Stand {
    /// Not looked yet.
    #[default]
    Unknown,
    Blocked(Points),
    Ready(Points),
    Definitive(String, String),
}

/// What the screen shows.
#[derive(Default)]
pub struct DefinitiveState {
    stand: Stand,
    /// The person said that the letter was read.
    sure: bool,
    redone: Option<(bool, String, Vec<Row>)>,
    editing: Editing,
}

impl DefinitiveState {
    /// Empties the screen; gives what it has to read of the open dossier.
    pub(super) fn begin(&mut self, open: Option<&Open>) -> Option<Job> {
        *self = Self::default();
        open.map(|open| Job::Look(Box::new(open.clone())))
    }

    pub(super) fn take(&mut self, told: Told) {
        match told {
            Told::Blocked(points) => self.stand = Stand::Blocked(points),
            Told::Ready(points) => self.stand = Stand::Ready(points),
            Told::Definitive(number, by) => self.stand = Stand::Definitive(number, by),
            Told::Redone(same, words, rows) => self.redone = Some((same, words, rows)),
            Told::Nothing => {}
        }
    }
}

/// Draws the screen; gives what it asks.
pub fn definitive_ui(
    ui: &mut Ui,
    state: &mut DefinitiveState,
    open: Option<&Open>,
    full: bool,
) -> Option<Asked> {
    let Some(open) = open else {
        prose_ui(
            ui,
            "Hier maakt u een besluit definitief. Open eerst een dossier uit het register.",
        );
        return None;
    };
    let ask = |job: Job| Some(Asked::Job(super::Job::Definitive(job)));
    if open.by_oneself {
        message_ui(
            ui,
            Tone::Info,
            "U heeft dit dossier zelf al open, in een ander venster of in een programma dat is gestopt. Ga terug naar het dossier en kies «Bewerk het hier».",
        );
        ui.add_space(theme::GAP);
    }
    match &state.stand {
        Stand::Unknown => None,
        Stand::Blocked(..) | Stand::Ready(_) if !full => {
            prose_ui(
                ui,
                "Dit is nog een ontwerp. Het besluit definitief maken kan alleen een collega met volledige toegang.",
            );
            None
        }
        Stand::Blocked(points) => {
            let number = counted(points.rows.len(), "punt staat", "punten staan");
            heading_ui(ui, &format!("{number} nog in de weg"));
            prose_ui(ui, "Kies een punt om naar het veld te gaan.");
            ui.add_space(theme::GAP);
            points.show_ui(ui, "Wat in de weg staat")
        }
        Stand::Ready(points) => {
            heading_ui(ui, "Niets staat in de weg");
            prose_ui(
                ui,
                "Het besluit krijgt een nummer. Daarna verandert het niet meer: niet door u en niet door een collega. Het register bewaart het bewijs van de berekening erbij.",
            );
            if !open.writes {
                if !open.by_oneself {
                    message_ui(ui, Tone::Info, "U heeft dit dossier open om te lezen.");
                }
                return None;
            }
            let mut asked = None;
            if !points.rows.is_empty() {
                ui.add_space(theme::GAP);
                subheading_ui(ui, "Let op");
                asked = points.show_ui(ui, "Waar u op moet letten");
                ui.add_space(theme::GAP);
            }
            let text = "Ik heb de brief gelezen en het besluit klopt";
            let at = Place::root().field("definitief").field("zeker");
            if let Some(sure) = check_ui(ui, &mut state.editing, at, text, state.sure) {
                state.sure = sure;
            }
            ui.add_space(theme::GAP);
            ui.horizontal_wrapped(|ui| {
                let sure = state.sure;
                let pressed =
                    ui.add_enabled_ui(sure, |ui| primary_ui(ui, "Maak definitief").clicked());
                if pressed.inner {
                    asked = ask(Job::Make(Box::new(open.clone())));
                }
                if secondary_ui(ui, "Bekijk eerst de brief…").clicked() {
                    asked = Some(Asked::Letter);
                }
            });
            asked
        }
        Stand::Definitive(number, by) => {
            heading_ui(ui, &format!("Besluit {number} is definitief"));
            muted_ui(ui, by);
            prose_ui(
                ui,
                "Het besluit verandert niet meer. Een wijziging is een nieuw besluit, dat met een kopie van dit dossier begint.",
            );
            ui.add_space(theme::GAP);
            let mut asked = None;
            ui.horizontal_wrapped(|ui| {
                if full && primary_ui(ui, "Maak de brief…").clicked() {
                    asked = Some(Asked::Letter);
                }
                if secondary_ui(ui, "Reken het bewijs na").clicked() {
                    asked = ask(Job::Redo(open.id));
                }
                if full && secondary_ui(ui, "Nieuw dossier op basis van dit besluit").clicked() {
                    asked = ask(Job::FollowUp(open.id));
                }
            });
            if let Some((same, words, rows)) = &state.redone {
                ui.add_space(theme::LARGE);
                verdict_ui(ui, *same, words);
                rows_ui(ui, "Wat anders is", rows, |_| false);
            }
            asked
        }
    }
}

impl Job {
    /// The dossier that it asks about.
    pub(super) fn about(&self) -> DossierId {
        match self {
            Self::Look(open) | Self::Make(open) => open.id,
            Self::Redo(id) | Self::FollowUp(id) => *id,
        }
    }

    pub(super) fn carry_out(
        self,
        register: &mut Register,
        around: &Around,
        now: Timestamp,
    ) -> Made<Told> {
        match self {
            Self::Look(open) => Ok((look(register, around, &open)?, None)),
            Self::Make(open) => make(register, around, &open, now),
            Self::Redo(id) => Ok((redo(register, around, id)?, None)),
            Self::FollowUp(id) => {
                let dossier = register.follow_up(id)?;
                let news = News::FollowUp(Box::new(dossier), id);
                Ok((Told::Nothing, Some(news)))
            }
        }
    }
}

/// What the revision that is open says about itself; nothing before the first save.
fn meta_of(register: &mut Register, open: &Open) -> Result<Option<Meta>, Failure> {
    let found = register.revisions(open.id)?.into_iter();
    let mut open_one = found.filter(|version| version.base == open.base);
    Ok(open_one.next().and_then(|version| version.meta))
}

fn look(register: &mut Register, around: &Around, open: &Open) -> Result<Told, Failure> {
    let meta = meta_of(register, open)?;
    if let Some(Meta {
        at,
        by,
        state: State::Definitive { number },
        ..
    }) = &meta
    {
        let by = format!("Sinds {}, door {by}.", around.moment(*at));
        return Ok(Told::Definitive(number.clone(), by));
    }
    let evaluation = open.dossier.evaluate(&around.library, around.today);
    let mut problems = register.in_the_way(&deciding(around, open, &evaluation)?)?;
    for problem in lacking(around, open, &evaluation) {
        let known = problems
            .iter()
            .any(|known| known.field == problem.field && known.message == problem.message);
        if !known {
            problems.push(problem);
        }
    }
    if !problems.is_empty() {
        return Ok(Told::Blocked(Points::of(around, open, problems)));
    }
    let mut warnings = evaluation.problems;
    warnings.retain(|problem| problem.severity == Severity::Warning);
    Ok(Told::Ready(Points::of(around, open, warnings)))
}

/// What the letter lacks.
fn lacking(around: &Around, open: &Open, evaluation: &Evaluation) -> Vec<Problem> {
    let letter = letter::grant(&open.dossier, evaluation, &around.library, None);
    letter.err().unwrap_or_default()
}

/// The decision, as the register is asked about it.
fn deciding<'a>(
    around: &'a Around,
    open: &'a Open,
    evaluation: &Evaluation,
) -> Result<Deciding<'a>, Failure> {
    let Around { library, today, .. } = around;
    let printed = letter::printed(&open.dossier, evaluation, library);
    Ok(Deciding {
        save: Save {
            id: open.id,
            base: open.base,
            dossier: &open.dossier,
            token: Register::new_id()?,
            follows: open.follows,
        },
        library,
        printed: printed.unwrap_or(Status::Established),
        today: *today,
    })
}

fn make(register: &mut Register, around: &Around, open: &Open, now: Timestamp) -> Made<Told> {
    let Around { library, today, .. } = around;
    let evaluation = open.dossier.evaluate(library, *today);
    if !lacking(around, open, &evaluation).is_empty() {
        return Ok((look(register, around, open)?, None));
    }
    let failed = |problem| Failure {
        kind: Kind::Failed,
        problem,
    };
    let deciding = deciding(around, open, &evaluation)?;
    let made = register.make_definitive(&deciding, now, |number, dossier| {
        let texts = letter::texts_fingerprint(&library.texts);
        let receipt = Receipt::of(number, dossier, library, *today, texts);
        let text = receipt.and_then(|receipt| receipt.to_text());
        text.map(String::into_bytes).map_err(failed)
    })?;
    match made {
        Outcome::Done { number, .. } => {
            let loaded = register.peek(open.id, None)?;
            let by = format!(
                "Sinds {}, door {}.",
                around.moment(loaded.meta.at),
                loaded.meta.by
            );
            let said = format!("Besluit {number} is definitief.");
            let news = News::Stands(Box::new(loaded), said);
            Ok((Told::Definitive(number, by), Some(news)))
        }
        Outcome::Changed { .. } => Err(changed()),
        Outcome::Blocked(problems) => Ok((Told::Blocked(Points::of(around, open, problems)), None)),
    }
}

/// Redoes the receipt of a decision, and looks whether it is the one of this dossier.
fn redo(register: &mut Register, around: &Around, id: DossierId) -> Result<Told, Failure> {
    let bytes = register.receipt(id)?;
    let loaded = register.peek(id, None)?;
    let mut told = match Receipt::read("bewijs", &bytes) {
        Ok(receipt) => {
            let mut told = receipt.redo(letter::texts_fingerprint(&around.library.texts));
            let number = match &loaded.meta.state {
                State::Definitive { number } => number.as_str(),
                State::Draft => "",
            };
            if *receipt.dossier() != loaded.dossier || receipt.number() != number {
                told.push(
                    Problem::error("dit bewijs is niet van het besluit dat in het register staat")
                        .hint("Vraag de beheerder om het register te controleren."),
                );
            }
            told
        }
        Err(problems) => problems,
    };
    told.sort_by_key(|problem| problem.severity != Severity::Error);
    let same = told
        .iter()
        .all(|problem| problem.severity == Severity::Warning);
    let rows: Vec<Row> = told
        .iter()
        .map(|problem| Row {
            title: crate::desk::document::words(problem),
            detail: problem.field.clone(),
            aside: String::new(),
            tone: Some(match problem.severity {
                Severity::Error => Tone::Fault,
                Severity::Warning => Tone::Warning,
            }),
        })
        .collect();
    let words = if same {
        "Het bewijs klopt: elke stap en elk bedrag komt opnieuw hetzelfde uit".to_owned()
    } else {
        let wrong = told.iter();
        let wrong = wrong.filter(|problem| problem.severity == Severity::Error);
        let wrong = counted(wrong.count(), "verschil", "verschillen");
        format!("Het bewijs komt anders uit: {wrong}")
    };
    Ok(Told::Redone(same, words, rows))
}
