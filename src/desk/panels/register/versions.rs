//! The versions of the open dossier: when and by whom, what differs between two, opening an old one, taking it back.

use egui::Ui;
use jiff::Timestamp;
use jiff::civil::Date;

use super::rows::{Row, differences_ui, rows_ui};
use super::{Around, Asked, Made, News, Open};
use crate::budget::Library;
use crate::desk::editing::{Editing, Place};
use crate::desk::showing::differences::{DifferenceView, differences as in_words};
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, list_ui};
use crate::desk::widgets::field::Width;
use crate::desk::widgets::text::{Tone, heading_ui, muted_ui, prose_ui};
use crate::dossier::Evaluation;
use crate::quantity::dutch::counted;
use crate::register::{
    Base, Decided, DossierId, Failure, Kind, Loaded, Register, Save, Saved, State, differences,
};

/// Work in the register for this screen.
#[derive(Debug)]
pub enum Job {
    /// Read which versions there are.
    List(DossierId),
    /// Read what differs between two.
    Compare {
        /// Of which dossier.
        id: DossierId,
        /// The earlier one.
        before: i64,
        /// The later one.
        after: i64,
    },
    /// Read an old one.
    Open(DossierId, i64),
    /// Save an old one as the newest.
    TakeBack {
        /// Of which dossier.
        id: DossierId,
        /// The old one.
        revision: i64,
        /// The newest that was seen.
        base: Base,
    },
}

/// What came of it.
#[derive(Debug)]
pub enum Told {
    /// The versions, newest first, and whether none can be added any more.
    List(Vec<(Base, Row)>, bool),
    /// What differs between these two, and with what the amounts were worked out where that is not the same for both.
    Differences((i64, i64), Vec<DifferenceView>, Option<&'static str>),
    /// Nothing to show here.
    Nothing,
}

/// What the screen shows.
#[derive(Default)]
pub struct VersionsState {
    revisions: Vec<i64>,
    newest: Option<Base>,
    rows: Vec<Row>,
    /// Nothing can be saved on top any more.
    definitive: bool,
    chosen: usize,
    /// The version to compare with; the one before the chosen one if nothing else is said.
    other: Option<i64>,
    others: Vec<Choice<i64>>,
    compared: Option<(String, Vec<DifferenceView>, Option<&'static str>)>,
    editing: Editing,
}

impl VersionsState {
    /// Empties the screen; gives what it has to read of the open dossier.
    pub(super) fn begin(&mut self, open: Option<&Open>) -> Option<Job> {
        *self = Self::default();
        open.filter(|open| open.base != Base::NEW)
            .map(|open| Job::List(open.id))
    }

    pub(super) fn take(&mut self, told: Told) {
        match told {
            Told::List(rows, definitive) => {
                self.newest = rows.first().map(|(base, _)| *base);
                let rows = rows.into_iter().map(|(base, row)| (base.revision, row));
                (self.revisions, self.rows) = rows.unzip();
                self.definitive = definitive;
                self.compared = None;
                self.choose(0);
            }
            Told::Differences((before, after), rows, note) => {
                let count = match rows.len() {
                    0 => "geen verschillen".to_owned(),
                    number => counted(number, "verschil", "verschillen"),
                };
                let heading = format!("Van versie {before} naar versie {after}: {count}");
                self.compared = Some((heading, rows, note));
            }
            Told::Nothing => {}
        }
    }

    fn choose(&mut self, index: usize) {
        self.chosen = index;
        let chosen = self.revisions.get(index).copied();
        self.other = self.revisions.get(index.saturating_add(1)).copied();
        let others = self.revisions.iter().copied();
        self.others = others
            .filter(|other| Some(*other) != chosen)
            .map(|other| Choice::new(other, format!("Versie {other}")))
            .collect();
        self.other = self
            .other
            .or(self.others.first().map(|choice| choice.value));
    }
}

/// Draws the screen; gives what it asks.
pub fn versions_ui(ui: &mut Ui, state: &mut VersionsState, open: Option<&Open>) -> Option<Asked> {
    let Some(open) = open else {
        prose_ui(
            ui,
            "Hier komen de versies van een dossier. Open eerst een dossier uit het register.",
        );
        return None;
    };
    if open.base == Base::NEW {
        prose_ui(
            ui,
            "Dit dossier is nog niet opgeslagen. Na het opslaan staat hier de eerste versie.",
        );
        return None;
    }
    let mut job = None;
    let chosen = state.chosen;
    if let Some(pressed) = rows_ui(ui, "Versies", &state.rows, |index| index == chosen) {
        state.choose(pressed);
        state.compared = None;
    }
    let (Some(revision), Some(newest)) = (state.revisions.get(state.chosen).copied(), state.newest)
    else {
        return None;
    };
    ui.add_space(theme::MEDIUM);
    if state.others.is_empty() {
        muted_ui(
            ui,
            "Er is één versie, dus er is nog niets om te vergelijken.",
        );
    } else {
        let at = Place::root().field("versies").field("vergelijk");
        let picked = list_ui(
            ui,
            &mut state.editing,
            (at, "Vergelijk met"),
            Width::Middle,
            state.other.as_ref(),
            "",
            &state.others,
            None,
        );
        state.other = picked.or(state.other);
    }
    ui.add_space(theme::GAP);
    ui.horizontal_wrapped(|ui| {
        if let Some(other) = state.other
            && primary_ui(ui, "Toon de verschillen").clicked()
        {
            job = Some(Job::Compare {
                id: open.id,
                before: other.min(revision),
                after: other.max(revision),
            });
        }
        if revision != newest.revision {
            if secondary_ui(ui, "Open om te lezen").clicked() {
                job = Some(Job::Open(open.id, revision));
            }
            if !state.definitive
                && open.writes
                && !open.changed
                && secondary_ui(ui, "Neem terug als nieuwe versie").clicked()
            {
                job = Some(Job::TakeBack {
                    id: open.id,
                    revision,
                    base: newest,
                });
            }
        }
    });
    if revision != newest.revision && open.changed {
        muted_ui(
            ui,
            "Sla eerst uw wijzigingen op. Daarna kunt u een oude versie terugnemen.",
        );
    }
    if state.definitive {
        muted_ui(
            ui,
            "Het besluit is definitief. Er komt geen versie meer bij.",
        );
    }
    if let Some((heading, rows, note)) = &state.compared {
        ui.add_space(theme::LARGE);
        heading_ui(ui, heading);
        if let Some(note) = note {
            muted_ui(ui, note);
        }
        differences_ui(ui, "Verschillen", rows);
    }
    job.map(|job| Asked::Job(super::Job::Versions(job)))
}

impl Job {
    /// The dossier that it asks about.
    pub(super) fn about(&self) -> DossierId {
        match self {
            Self::List(id) | Self::Open(id, _) => *id,
            Self::Compare { id, .. } | Self::TakeBack { id, .. } => *id,
        }
    }

    pub(super) fn carry_out(
        self,
        register: &mut Register,
        around: &Around,
        now: Timestamp,
    ) -> Made<Told> {
        match self {
            Self::List(id) => Ok((list(register, around, id)?, None)),
            Self::Compare { id, before, after } => {
                let mut note = None;
                let mut read = |register: &mut Register, revision| {
                    let loaded = register.load(id, Some(revision), now)?;
                    let with = (&*around.library, around.today);
                    let (evaluation, said) = evaluated(register, &loaded, with);
                    note = note.or(said);
                    Ok::<_, Failure>((loaded, evaluation))
                };
                let (old, new) = (read(register, before)?, read(register, after)?);
                let found = differences(
                    Decided {
                        dossier: &old.0.dossier,
                        evaluation: &old.1,
                    },
                    Decided {
                        dossier: &new.0.dossier,
                        evaluation: &new.1,
                    },
                )?;
                let rows = in_words(&new.0.dossier, &around.library, &found);
                Ok((Told::Differences((before, after), rows, note), None))
            }
            Self::Open(id, revision) => {
                let loaded = register.load(id, Some(revision), now)?;
                let what = format!("Dit is versie {revision}, om te lezen.");
                Ok((Told::Nothing, Some(News::Read(Box::new(loaded), what))))
            }
            Self::TakeBack { id, revision, base } => {
                let old = register.load(id, Some(revision), now)?;
                let save = Save {
                    id,
                    base,
                    dossier: &old.dossier,
                    token: Register::new_id()?,
                    follows: None,
                };
                match register.save(&save, now)? {
                    Saved::Done { revision: new } => {
                        let loaded = register.load(id, None, now)?;
                        let what = format!("Versie {revision} is teruggenomen als versie {new}.");
                        let list = list(register, around, id)?;
                        Ok((list, Some(News::Stands(Box::new(loaded), what))))
                    }
                    Saved::Changed { .. } => Err(changed()),
                }
            }
        }
    }
}

/// What is said where a definitive decision is compared with a draft.
const OF_THEN: &str = "De bedragen van het besluit zijn die van toen. De bedragen van het ontwerp zijn berekend met de gegevens van nu.";

/// What is said where the receipt of the decision cannot be read.
const UNREAD: &str = "Het bewijs van het besluit is niet te lezen. Alle bedragen zijn berekend met de gegevens van nu en kunnen anders zijn dan in het besluit.";

/// A version worked out to be laid beside another: a definitive decision as it was then, a draft with the data and the day
/// of now. With what is to be said about the data of a decision.
pub fn evaluated(
    register: &mut Register,
    loaded: &Loaded,
    (library, today): (&Library, Date),
) -> (Evaluation, Option<&'static str>) {
    let now = || loaded.dossier.evaluate(library, today);
    match loaded.meta.state {
        State::Draft => (now(), None),
        State::Definitive { .. } => match register.data_of(loaded.id) {
            Some((library, then)) => (loaded.dossier.evaluate(&library, then), Some(OF_THEN)),
            None => (now(), Some(UNREAD)),
        },
    }
}

fn list(register: &mut Register, around: &Around, id: DossierId) -> Result<Told, Failure> {
    let revisions = register.revisions(id)?;
    let definitive = revisions
        .last()
        .and_then(|version| version.meta.as_ref())
        .is_some_and(|meta| matches!(meta.state, State::Definitive { .. }));
    let rows = revisions.into_iter().rev().map(|version| {
        let meta = version.meta.as_ref();
        let said = meta.map(|meta| match &meta.state {
            State::Draft => format!("{}, {}", meta.by, meta.state.dutch()),
            State::Definitive { number } => format!("{}, besluit {number}", meta.by),
        });
        let damaged = (!version.is_whole).then(|| "beschadigd, niet te openen".to_owned());
        let row = Row {
            title: format!("Versie {}", version.base.revision),
            detail: said
                .into_iter()
                .chain(damaged)
                .collect::<Vec<_>>()
                .join(", "),
            aside: meta.map(|meta| around.moment(meta.at)).unwrap_or_default(),
            tone: (!version.is_whole).then_some(Tone::Fault),
        };
        (version.base, row)
    });
    Ok(Told::List(rows.collect(), definitive))
}

/// Somebody saved meanwhile.
pub(super) fn changed() -> Failure {
    Failure::new(
        Kind::Refused,
        "een collega heeft dit dossier intussen opgeslagen",
        "Open het dossier opnieuw en kijk wat er is veranderd.",
    )
}
