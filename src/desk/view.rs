//! What the window shows of a dossier, as ready strings.
//!
//! It is made anew when the dossier changes, not in each frame, so a frame only places text. Panels read it and give back
//! what was asked; they know nothing of dossiers, catalogues or sums.

use std::collections::HashMap;
use std::sync::Arc;

use super::editing::Place;
use super::widgets::figure::Figure;
use super::widgets::mark::Chip;
use super::widgets::text::Tone;
use super::widgets::tree::Row;
use crate::dossier::StepState;

/// Everything that is shown of one dossier.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// The client's name as addressed, or "Nieuwe cliënt".
    pub client: String,
    /// Under it: birth date, municipality, number.
    pub about: String,
    /// State of the dossier: CONCEPT, voorbeeld, …
    pub chips: Vec<(Chip, String)>,
    /// The lines of the indication, in order.
    pub lines: Vec<LineView>,
    /// The figures of the whole dossier, made of totals only.
    pub overview: Arc<BudgetView>,
    /// How far each part is.
    pub states: HashMap<Part, StepState>,
    /// At each overridden field, who made it so and when.
    pub made: HashMap<Place, String>,
    /// At each choice of the intensive variant, what it changes.
    pub intensified: HashMap<Place, String>,
    /// At each field that an earlier decision had otherwise, what it was.
    pub earlier: HashMap<Place, String>,
    /// The statutory clocks.
    pub clocks: Vec<ClockView>,
    /// Everything that is not right, errors first.
    pub problems: Vec<ProblemView>,
}

impl View {
    /// The parts of the dossier, in the order in which they are walked through.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let first = [Part::Client, Part::Investigation, Part::Decision];
        first
            .into_iter()
            .chain((0..self.lines.len()).map(Part::Line))
    }

    /// The name of a part: "Onderzoek", "Regel 2".
    pub fn name(part: Part) -> String {
        match part {
            Part::Client => "Cliënt".to_owned(),
            Part::Investigation => "Onderzoek".to_owned(),
            Part::Decision => "Besluit".to_owned(),
            Part::Line(index) => format!("Regel {}", index.saturating_add(1)),
        }
    }

    /// How far a part is.
    pub fn state(&self, part: Part) -> StepState {
        self.states.get(&part).copied().unwrap_or(StepState::Empty)
    }
}

/// A statutory clock.
#[derive(Clone, Debug)]
pub struct ClockView {
    /// Which: "Onderzoek".
    pub name: &'static str,
    /// Its last day: "uiterlijk 19 februari 2018".
    pub ends: String,
    /// How it stands: "nog 3 dagen".
    pub stands: String,
    /// Where it comes from, with the article.
    pub basis: String,
    /// How bad that is.
    pub chip: Chip,
}

/// One line of the indication.
#[derive(Clone, Debug, Default)]
pub struct LineView {
    /// The product: "Huishoudelijke ondersteuning".
    pub title: String,
    /// Under it: severity, extent, delivery form.
    pub detail: String,
    /// The granted extent; empty where there is none.
    pub extent: String,
    /// The period: "1 jan 2018 t/m 31 dec 2018".
    pub period: String,
    /// Amount in its own period, or words.
    pub amount: String,
    /// The period of the amount.
    pub unit: String,
    /// Example, fault, open …
    pub chips: Vec<Chip>,
    /// The figures of the line.
    pub budget: Arc<BudgetView>,
}

/// The figures of one line: what the right panel shows.
#[derive(Clone, Debug, Default)]
pub struct BudgetView {
    /// The one large figure.
    pub figure: Figure,
    /// Which rests on what: "voorbeeld" with the reason, "tarief open na 31 december 2023".
    pub remarks: Vec<(Tone, String)>,
    /// Whether example data was touched.
    pub example: bool,
    /// Whether a person put a price in the place of a computed one.
    pub adjusted: bool,
    /// What the figure is made of: parts, providers and ceiling, each in its own period.
    pub made_of: Vec<Figure>,
    /// The rate restated per week, month, year: never summed.
    pub views: Vec<Figure>,
    /// Money over dates: segments, calendar years, the whole term.
    pub totals: Vec<Figure>,
    /// The same line in kind and per kind of provider.
    pub compare: Vec<Figure>,
    /// The calculation, in reading order.
    pub trace: Vec<Row>,
    /// Which files answered: "leiden-2018 (versie 1)".
    pub sources: Vec<String>,
}

/// All lines along one axis of days.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The lines, in the order of the dossier.
    pub bars: Vec<Bar>,
    /// The axis.
    pub axis: Axis,
}

/// An axis of days. Days are counted from its first, which is 0.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    /// How many days it has.
    pub days: i32,
    /// The days that have a name.
    pub ticks: Vec<(i32, String)>,
    /// The day on which is calculated.
    pub today: i32,
}

/// One line on the axis.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Number and product: "2. Begeleiding individueel".
    pub title: String,
    /// Severity, extent, delivery form; may be empty.
    pub detail: String,
    /// Its days in words.
    pub period: String,
    /// The first and the last day, as in a table.
    pub days: [String; 2],
    /// The granted extent; empty where there is none.
    pub extent: String,
    /// The amount in its own period; empty where there is none.
    pub amount: String,
    /// How it is drawn.
    pub state: BarState,
    /// The same in a word.
    pub word: String,
    /// How bad the worst problem of the line is.
    pub tone: Option<Tone>,
    /// First day.
    pub from: i32,
    /// The day after the last; nothing for an open end.
    pub to: Option<i32>,
    /// The end that was granted first, when it was moved.
    pub first_end: Option<i32>,
    /// The same in words; may be empty.
    pub moved: String,
}

/// What a line on the axis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarState {
    /// Granted in kind.
    InKind,
    /// Granted as a budget.
    Pgb,
    /// Refused or withdrawn: nothing comes of it.
    Void,
}

/// A problem in the list.
#[derive(Clone, Debug)]
pub struct ProblemView {
    /// How serious.
    pub tone: Tone,
    /// Where, in words: "Regel 2, einddatum".
    pub place_name: String,
    /// What is wrong and what to do.
    pub text: String,
    /// The field to jump to.
    pub place: Place,
    /// What must be chosen for that field to be visible.
    pub part: Part,
}

/// What the middle panel shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Part {
    /// Client, municipality and people.
    #[default]
    Client,
    /// What was investigated before the decision.
    Investigation,
    /// Dates and the decision.
    Decision,
    /// A line of the indication, by number from 0.
    Line(usize),
}

impl Part {
    /// What must be chosen for the field at this path to be visible.
    pub fn of_path(path: &str) -> Self {
        let index = path
            .strip_prefix("provisions[")
            .and_then(|rest| rest.split(']').next()?.parse().ok());
        match index {
            Some(index) => Self::Line(index),
            None if ["dates", "review", "contact", "signatory"]
                .iter()
                .any(|name| path.starts_with(name)) =>
            {
                Self::Decision
            }
            None if path.starts_with("investigation") => Self::Investigation,
            None => Self::Client,
        }
    }

    /// A path that leads back here, to be kept.
    pub fn path(self) -> String {
        match self {
            Self::Client => "client".to_owned(),
            Self::Investigation => "investigation".to_owned(),
            Self::Decision => "dates".to_owned(),
            Self::Line(index) => format!("provisions[{index}]"),
        }
    }
}
