//! The log: who did what and when, whether its chain is whole, and its end to keep elsewhere.

use egui::{Align, Label, Layout, RichText, Ui, UiBuilder, vec2};
use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Row, rows_ui, verdict_ui};
use super::{Around, Asked, Made, dossier_name};
use crate::desk::document::words;
use crate::desk::editing::{Editing, Place, Rejected};
use crate::desk::theme;
use crate::desk::widgets::button::{icon_text_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, list_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{Tone, heading_ui, muted_ui, prose_ui};
use crate::quantity::dutch::{capital, counted};
use crate::register::{Checked, Deed, DossierId, Failure, Head, Line, Numbered, Register};

/// How many lines are shown at most; a filter brings the others.
const MOST: usize = 300;

/// What sort of deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Reading a dossier.
    Opened,
    /// Saving one, or making it definitive.
    Saved,
    /// Printing.
    Printed,
    /// What left the register.
    Exported,
    /// What was destroyed.
    Destroyed,
    /// Who may open the register, and who did.
    Access,
    /// The register as a whole.
    Register,
}

impl Sort {
    const ALL: [Self; 7] = [
        Self::Opened,
        Self::Saved,
        Self::Printed,
        Self::Exported,
        Self::Destroyed,
        Self::Access,
        Self::Register,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Opened => "geopend",
            Self::Saved => "gewijzigd",
            Self::Printed => "afgedrukt",
            Self::Exported => "uitgevoerd",
            Self::Destroyed => "vernietigd",
            Self::Access => "toegang",
            Self::Register => "het hele register",
        }
    }

    fn of(deed: &Deed) -> Self {
        match deed {
            Deed::Opened { .. } => Self::Opened,
            Deed::Saved { .. } | Deed::Definitive { .. } => Self::Saved,
            Deed::Printed { .. } => Self::Printed,
            Deed::Exported { .. } | Deed::Accessed { .. } | Deed::Accounted { .. } => {
                Self::Exported
            }
            Deed::Destroyed { .. } => Self::Destroyed,
            Deed::Unlocked
            | Deed::SlotAdded { .. }
            | Deed::SlotRemoved { .. }
            | Deed::PassphraseChanged { .. } => Self::Access,
            Deed::Founded
            | Deed::Restored { .. }
            | Deed::Rescued
            | Deed::Copied
            | Deed::Unknown { .. }
            | Deed::Moved
            | Deed::Arrived
            | Deed::Stayed => Self::Register,
        }
    }
}

/// Which lines are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words in the name or the number of the dossier.
    pub words: String,
    /// Who did it.
    pub who: Option<String>,
    /// What was done.
    pub what: Option<Sort>,
}

/// Work in the register for this screen.
#[derive(Debug)]
pub enum Job {
    /// Read the lines that fit.
    List(Filter),
    /// Check everything, with the end of the log as it was kept elsewhere.
    Check(Option<Head>),
}

/// What came of it.
#[derive(Debug)]
pub enum Told {
    /// The lines that fit, newest first.
    Lines(Lines),
    /// What the check found.
    Checked(Verdict),
}

/// The lines that fit a filter.
#[derive(Debug, Default)]
pub struct Lines {
    rows: Vec<Row>,
    /// How many, in words.
    count: String,
    /// Everybody who did something.
    people: Vec<String>,
    /// The end of the log, as text to keep.
    head: String,
}

/// What a check found, in words.
#[derive(Debug)]
pub struct Verdict {
    /// Whether nothing is wrong.
    whole: bool,
    summary: String,
    faults: Vec<Row>,
}

/// What the screen shows.
#[derive(Default)]
pub struct LogState {
    filter: Filter,
    lines: Lines,
    people: Vec<Choice<Option<String>>>,
    verdict: Option<Verdict>,
    /// Whether the check and the end of the log are shown.
    checks: bool,
    /// The end of the log as it was kept elsewhere.
    kept: String,
    editing: Editing,
}

impl LogState {
    /// What the screen has to read.
    pub(super) fn begin(&mut self) -> Job {
        self.verdict = None;
        Job::List(self.filter.clone())
    }

    pub(super) fn take(&mut self, told: Told) {
        match told {
            Told::Lines(lines) => {
                let people = lines.people.iter();
                let people = people.map(|name| Choice::new(Some(name.clone()), name.as_str()));
                let all = Choice::new(None, "iedereen");
                self.people = std::iter::once(all).chain(people).collect();
                self.lines = lines;
            }
            Told::Checked(verdict) => self.verdict = Some(verdict),
        }
    }
}

fn place(name: &str) -> Place {
    Place::root().field("logboek").field(name)
}

/// Draws the screen; gives what it asks.
pub fn log_ui(ui: &mut Ui, state: &mut LogState) -> Option<Asked> {
    let mut job = filter_ui(ui, state);
    ui.add_space(theme::GAP);
    if state.checks {
        check_ui(ui, state, &mut job);
    } else if secondary_ui(ui, "Controle en stand…").clicked() {
        state.checks = true;
    }
    ui.add_space(theme::MEDIUM);
    muted_ui(ui, &state.lines.count);
    rows_ui(ui, "Regels van het logboek", &state.lines.rows, |_| false);
    job.map(|job| Asked::Job(super::Job::Log(job)))
}

fn filter_ui(ui: &mut Ui, state: &mut LogState) -> Option<Job> {
    let mut filter = state.filter.clone();
    let row = Layout::left_to_right(Align::Min).with_main_wrap(true);
    ui.scope_builder(UiBuilder::new().layout(row), |ui| {
        ui.spacing_mut().item_spacing = vec2(theme::LARGE, theme::GAP);
        let words = Field::new(place("woorden"), "Dossier")
            .hint("naam of zaaknummer")
            .text_ui(ui, &mut state.editing, &filter.words);
        filter.words = words.unwrap_or(std::mem::take(&mut filter.words));
        let at = (place("wie"), "Wie");
        let editing = &mut state.editing;
        let who = list_ui(
            ui,
            editing,
            at,
            Width::Middle,
            Some(&filter.who),
            "iedereen",
            &state.people,
            None,
        );
        if let Some(who) = who {
            filter.who = who;
        }
        let all = std::iter::once(Choice::new(None, "alles"));
        let sorts = Sort::ALL.map(|sort| Choice::new(Some(sort), sort.name()));
        let sorts: Vec<_> = all.chain(sorts).collect();
        let at = (place("wat"), "Wat");
        let what = list_ui(
            ui,
            editing,
            at,
            Width::Middle,
            Some(&filter.what),
            "alles",
            &sorts,
            None,
        );
        if let Some(what) = what {
            filter.what = what;
        }
    });
    if filter == state.filter {
        return None;
    }
    state.filter = filter;
    Some(Job::List(state.filter.clone()))
}

/// The chain, and the end of the log to keep elsewhere.
fn check_ui(ui: &mut Ui, state: &mut LogState, job: &mut Option<Job>) {
    heading_ui(ui, "Stand van het logboek");
    prose_ui(
        ui,
        "Bewaar deze regel buiten dit register, bijvoorbeeld in een mail aan uzelf. Daarmee ziet u later of iemand een ouder register heeft teruggezet.",
    );
    ui.horizontal_wrapped(|ui| {
        ui.add(
            Label::new(RichText::new(&state.lines.head).text_style(egui::TextStyle::Small)).wrap(),
        );
        if icon_text_ui(ui, Icon::Copy, "Kopieer de stand").clicked() {
            ui.ctx().copy_text(state.lines.head.clone());
        }
    });
    let kept = Field::new(place("stand"), "Eerder bewaarde stand (hoeft niet)")
        .width(Width::Full)
        .hint("maatwerk-logboek …")
        .show_ui(ui, &mut state.editing, &state.kept, |text| {
            match text.trim() {
                "" => Ok(String::new()),
                text => match text.parse::<Head>() {
                    Ok(head) => Ok(head.to_string()),
                    Err(failure) => Err(Rejected::new(words(&failure.problem))),
                },
            }
        });
    if let Some(kept) = kept {
        state.kept = kept;
    }
    if secondary_ui(ui, "Controleer het register").clicked() {
        *job = Some(Job::Check(state.kept.parse().ok()));
    }
    if let Some(verdict) = &state.verdict {
        ui.add_space(theme::GAP);
        verdict_rows_ui(ui, verdict);
    }
}

impl Job {
    pub(super) fn carry_out(self, register: &mut Register, around: &Around) -> Made<Told> {
        match self {
            Self::List(filter) => Ok((Told::Lines(list(register, around, &filter)?), None)),
            Self::Check(kept) => {
                let checked = register.check(kept.as_ref())?;
                Ok((Told::Checked(verdict(register, &checked)), None))
            }
        }
    }
}

fn list(register: &mut Register, around: &Around, filter: &Filter) -> Result<Lines, Failure> {
    let head = register.head()?.to_string();
    let log = register.log()?;
    let gone: BTreeMap<DossierId, String> = register
        .destructions()?
        .into_iter()
        .map(|(id, record)| {
            let number = record.map(|record| record.number);
            let number = match number.as_deref().unwrap_or_default() {
                "" => "vernietigd dossier".to_owned(),
                number => format!("vernietigd dossier, zaak {number}"),
            };
            (id, number)
        })
        .collect();
    let wanted: Vec<String> = filter
        .words
        .to_lowercase()
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let mut people = BTreeSet::new();
    let mut names: BTreeMap<DossierId, (String, String)> = BTreeMap::new();
    let (mut rows, mut count) = (Vec::new(), 0_usize);
    for numbered in log.iter().rev() {
        let Numbered { seq, line, .. } = numbered;
        let Some(line) = line else {
            count = count.saturating_add(1);
            rows.push(Row {
                title: format!("Regel {seq} is niet te lezen"),
                detail: "Deze regel is veranderd of verplaatst.".to_owned(),
                aside: String::new(),
                tone: Some(Tone::Fault),
            });
            continue;
        };
        people.insert(line.by().to_owned());
        let (Line { at, deed, .. }, name) = (line, line.by());
        if filter.who.as_ref().is_some_and(|who| who != name)
            || filter.what.is_some_and(|what| what != Sort::of(deed))
        {
            continue;
        }
        let about = deed.dossier().map(|id| {
            names.entry(id).or_insert_with(|| {
                let known = dossier_name(register, id).or_else(|| gone.get(&id).cloned());
                let shown = known.unwrap_or_else(|| "dossier dat er niet meer is".to_owned());
                let folded = shown.to_lowercase();
                (shown, folded)
            })
        });
        let folded = about.as_ref().map_or("", |(_, folded)| folded.as_str());
        if !wanted.iter().all(|word| folded.contains(word.as_str())) {
            continue;
        }
        count = count.saturating_add(1);
        if rows.len() >= MOST {
            continue;
        }
        let what = match about {
            Some((shown, _)) => format!("{name}: {shown}, regel {seq}"),
            None => format!("{name}, regel {seq}"),
        };
        rows.push(Row {
            title: capital(&deed.dutch()),
            detail: what,
            aside: around.moment(*at),
            tone: None,
        });
    }
    let shown = rows.len();
    Ok(Lines {
        rows,
        count: if count > shown {
            format!("De nieuwste {shown} van {count} regels. Zoek gerichter voor de andere.")
        } else {
            counted(count, "regel", "regels")
        },
        people: people.into_iter().collect(),
        head,
    })
}

/// What a check found, in words and with the names of the dossiers.
pub(super) fn verdict(register: &Register, checked: &Checked) -> Verdict {
    let Checked {
        dossiers,
        revisions,
        lines,
        faults,
    } = checked;
    let seen = format!(
        "{}, {} en {} bekeken",
        counted(*dossiers, "dossier", "dossiers"),
        counted(*revisions, "versie", "versies"),
        counted(*lines, "regel van het logboek", "regels van het logboek")
    );
    let whole = faults.is_empty();
    let summary = if whole {
        format!("Het register is heel: {seen}")
    } else {
        let wrong = match faults.len() {
            1 => "1 ding klopt niet".to_owned(),
            number => format!("{number} dingen kloppen niet"),
        };
        format!("{wrong}; {seen}")
    };
    let rows = faults.iter().map(|fault| Row {
        title: capital(&fault.text),
        detail: fault
            .dossier
            .map(|id| dossier_name(register, id).unwrap_or_else(|| format!("dossier {id}")))
            .unwrap_or_else(|| fault.hint.to_owned()),
        aside: String::new(),
        tone: Some(Tone::Fault),
    });
    Verdict {
        whole,
        summary,
        faults: rows.collect(),
    }
}

/// Draws what a check found.
pub(super) fn verdict_rows_ui(ui: &mut Ui, verdict: &Verdict) {
    verdict_ui(ui, verdict.whole, &verdict.summary);
    rows_ui(ui, "Wat er mis is", &verdict.faults, |_| false);
}
