//! From indication to money: one evaluation, a pure function of its inputs (decisions 4).
//!
//! A line is walked day by day in strides: at each first day everything that is in force is
//! looked up, and the stride ends where the first of these answers ends. So a change of tariff,
//! of catalogue, of provider or of transition cuts a line into [`Segment`]s by itself.
//!
//! * `walk`: the strides; `sums`: what the pieces add up to, calendar years and whole term.
//! * `parts`, `hours`, `activities`, `time`: product, choices and extent under one catalogue.
//! * `shares`: who does what of it.
//! * `lookup`, `quote`: prices in force on a day.
//! * `amounts`, `rates`, `own`, `agreed`, `ceilings`, `views`: money per period, and in total.
//! * `pieces`, `roundings`, `totals`: money over dates.
//!
//! A view restates a rate; a total counts dates. They are two types, so that nobody adds views.
//! This room must not know clients, letters or the window; it does no I/O and reads no clock.

mod activities;
mod agreed;
mod alternatives;
mod amounts;
mod ceilings;
mod hours;
mod intensified;
mod library;
mod lookup;
mod own;
mod parts;
mod pieces;
mod quote;
mod rates;
mod roundings;
mod shares;
mod sums;
mod time;
mod totals;
mod views;
mod walk;

use crate::catalogue::file::{BudgetPeriod, Stage};
use crate::catalogue::{Catalogue, Selection, Sourced};
use crate::document::Problem;
use crate::indication::Line;
use crate::quantity::{Euro, Exact, Frequency, QuantityError, Rounding, Unit};
use crate::trace::{Figure, Status, Tracer};
use jiff::civil::Date;
use smallvec::SmallVec;
use std::sync::Arc;

pub use alternatives::{Alternative, alternatives};
pub use hours::{GrantedPart, Volume, convert};
pub use intensified::{Intensified, intensified};
pub use library::{FileKind, Library};
pub use lookup::parameters_of;
pub use quote::{Quote, quote};
pub use time::check_extent;
pub use totals::months;
pub use views::restated;

/// All that an evaluation takes beside the line itself.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// Tariffs, national tables and norm sets.
    pub library: &'a Library,
    /// CBS code of the municipality.
    pub municipality: &'a str,
    /// The day on which is calculated.
    pub calculation_date: Date,
    /// The day of the decision; absent: the calculation date.
    pub decision_date: Option<Date>,
}

/// What one line comes to.
#[derive(Debug, Clone)]
pub struct LineBudget<N> {
    /// What is wrong or deserves a look; fields are relative to the line. With an error among
    /// them amounts may be missing.
    pub problems: Vec<Problem>,
    /// The extent per part, as in the first segment.
    pub granted: SmallVec<[GrantedPart<N>; 1]>,
    /// Stretches in which nothing changes, in order.
    pub segments: Vec<Segment<N>>,
    /// Total per calendar year.
    pub years: SmallVec<[Total<N>; 1]>,
    /// Whether the totals of calendar years are maxima that must not be summed (weeks touched).
    pub years_are_maxima: bool,
    /// Total over the whole term; absent for an open end. With an open tail (`open_from`) it is the
    /// total up to there: its dates say which days it covers.
    pub term: Option<Total<N>>,
    /// First day without a known tariff: from here the line is open.
    pub open_from: Option<Date>,
    /// First day that is not in the totals because the line has no end.
    pub endless_from: Option<Date>,
    /// The period over which a pgb may be spent; absent in kind.
    pub budget_period: Option<BudgetPeriod>,
    /// Place of the segment of the one large figure: that of the calculation date, else the first.
    pub large: usize,
    /// Whether the amount of the offer counts somewhere: as rate or as ceiling.
    pub offer_used: bool,
    /// In words, where the care providers together do less than was granted: for the rest there is no money.
    pub undivided: Option<String>,
    /// Worst status of all that was touched, also when nothing came of it.
    pub status: Status,
    /// Worst status of extent and choices with their edges: all that a decision in kind prints of this.
    pub granted_status: Status,
}

impl<N> LineBudget<N> {
    /// Whether anything came of it. Without a segment no amount, and no status, says anything.
    pub fn is_calculated(&self) -> bool {
        !self.segments.is_empty()
    }

    /// The one large figure with its period (decisions 14): what comes back, in the segment of the calculation date;
    /// else all that was granted in total.
    pub fn main_amount(&self) -> Option<(&Money<N>, Frequency)> {
        let segment = self.segments.get(self.large)?;
        match (&segment.amount.recurring, &self.term) {
            (Some(recurring), _) => Some((recurring, segment.per)),
            (None, Some(term)) => Some((&term.money, Frequency::Total)),
            (None, None) => segment.amount.first().map(|money| (money, segment.per)),
        }
    }
}

/// What comes back every period, and what was granted in total over the whole term: two kinds that are never compared
/// with each other. A kind that does not occur is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amounts<V> {
    /// Every period.
    pub recurring: Option<V>,
    /// In total.
    pub once: Option<V>,
}

impl<V> Amounts<V> {
    /// Neither.
    pub const NONE: Self = Self {
        recurring: None,
        once: None,
    };

    /// The one that counts as the amount: what comes back, else what is in total.
    pub fn first(&self) -> Option<&V> {
        self.recurring.as_ref().or(self.once.as_ref())
    }

    /// The kind that goes with a period: [`Frequency::Total`] is in total.
    pub fn of(&self, per: Frequency) -> Option<&V> {
        match per {
            Frequency::Total => self.once.as_ref(),
            _ => self.recurring.as_ref(),
        }
    }

    /// Both, as far as they occur, each with its period when what comes back does so every `per`.
    pub fn each(&self, per: Frequency) -> impl Iterator<Item = (&V, Frequency)> {
        let recurring = self.recurring.iter().map(move |one| (one, per));
        recurring.chain(self.once.iter().map(|one| (one, Frequency::Total)))
    }

    /// Both, as far as they occur.
    pub fn iter(&self) -> impl Iterator<Item = &V> {
        self.recurring.iter().chain(&self.once)
    }
}

/// A stretch of days in which nothing changes.
#[derive(Debug, Clone)]
pub struct Segment<N> {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// The catalogue that answers.
    pub catalogue: Arc<Catalogue>,
    /// Per part of the product; one for a product without parts.
    pub parts: Vec<PartSegment<N>>,
    /// What comes back every `per`, and what was granted in total as far as it falls in these days; after ceilings.
    pub amount: Amounts<Money<N>>,
    /// The period of what comes back; [`Frequency::Total`] when nothing does.
    pub per: Frequency,
    /// What comes back restated per week, 4 weeks, month and year; a view that the catalogue gives no
    /// method for is absent.
    pub views: [Option<View<N>>; 4],
    /// Total over the days of the segment.
    pub total: Money<N>,
    /// Place of the convention set of its first part, which says how it is restated.
    conventions: usize,
}

impl<N> Segment<N> {
    /// How the catalogue rounds an amount that is restated per another period.
    pub fn view_rounding(&self) -> Option<&Sourced<Rounding>> {
        let set = self.catalogue.conventions.get(self.conventions)?;
        set.rounding(Stage::View)
    }

    /// The catalogue's name for the way to a view; nothing when there is none.
    pub fn method(&self, goal: Frequency) -> Option<&Arc<str>> {
        let set = self.catalogue.conventions.get(self.conventions)?;
        set.method(self.per, goal)
    }
}

/// What one part comes to in a segment.
#[derive(Debug, Clone)]
pub struct PartSegment<N> {
    /// Short name of the part, for a product that is made of parts.
    pub part: Option<Arc<str>>,
    /// Dutch name of the product or part.
    pub label: Arc<str>,
    /// The choices that hold, derived ones included.
    pub choices: Selection,
    /// The choices among them that were made against what follows from the hours.
    pub overrides: Vec<Override>,
    /// Per care provider who does something of it; one for in kind.
    pub providers: SmallVec<[ProviderAmount<N>; 1]>,
    /// The amount before the ceiling.
    pub before_ceiling: Amounts<Figure<N>>,
    /// The ceiling, in its own period.
    pub ceiling: Option<(Figure<N>, Frequency)>,
    /// Whether a written reason lifted the ceiling of the catalogue.
    pub ceiling_lifted: bool,
    /// What the ceiling cuts off.
    pub cut: Amounts<Figure<N>>,
    /// The amount after the ceiling; in total as far as it falls in these days.
    pub amount: Amounts<Money<N>>,
    /// The period of what comes back; [`Frequency::Total`] when nothing does.
    pub per: Frequency,
}

/// A choice against what follows from the hours, with its reason (decisions 15).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Place of the axis in the catalogue.
    pub axis: usize,
    /// Place of the chosen value.
    pub value: usize,
    /// Why, as it was written down.
    pub reason: Arc<str>,
}

/// What the evaluation did with a rate that was agreed with a care provider (R26).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed {
    /// It is lower than the tariff, and counts.
    Lower,
    /// It is not lower: the tariff counts.
    NotLower,
    /// The catalogue does not look at it.
    NotUsed,
}

/// A price that a person put in the place of that of the catalogue (R63).
#[derive(Debug, Clone, Copy)]
pub struct Adjusted<N> {
    /// Place among the own prices of the line.
    pub own: usize,
    /// What it takes the place of; nothing where nobody knows that.
    pub computed: Option<(Figure<N>, Unit)>,
}

/// What one care provider comes to.
#[derive(Debug, Clone)]
pub struct ProviderAmount<N> {
    /// Place among the providers of the line; absent for in kind.
    pub provider: Option<usize>,
    /// Dutch name of the kind.
    pub kind: Arc<str>,
    /// Rate, after percentage and rounding; absent for a fixed amount.
    pub rate: Option<(Figure<N>, Unit)>,
    /// Volume in the unit of the rate, in total as far as it falls in these days; absent for a fixed amount.
    pub volume: Amounts<Figure<N>>,
    /// What became of an agreed rate; absent without one, or when nobody knows the tariff.
    pub agreed: Option<Agreed>,
    /// The price of the line's own that counts in the place of the tariff, if there is one.
    pub adjusted: Option<Adjusted<N>>,
    /// Volume × rate, or the fixed amount, of each kind that a ceiling cuts: what stood before `amount`. Absent where
    /// none cuts.
    pub before_ceiling: Option<Box<Amounts<Money<N>>>>,
    /// Amount after the share in a ceiling: per period of the part, and in total as far as it falls in these days.
    pub amount: Amounts<Money<N>>,
    /// Total over the days of the segment.
    pub total: Money<N>,
}

impl<N> ProviderAmount<N> {
    /// What volume × rate or the fixed amount comes to, each with its period when what comes back does so every `per`:
    /// of what a ceiling cuts, the amount before it.
    pub fn uncut(&self, per: Frequency) -> impl Iterator<Item = (&Money<N>, Frequency)> {
        self.amount.each(per).map(|(after, per)| {
            let before = self.before_ceiling.as_ref();
            (
                before.and_then(|before| before.of(per)).unwrap_or(after),
                per,
            )
        })
    }
}

/// Money, or the reason why nobody knows.
#[derive(Debug, Clone)]
pub enum Money<N> {
    /// A known amount.
    Known {
        /// Rounded by the catalogue's convention.
        rounded: Euro,
        /// The worst status of what it touched.
        status: Status,
        /// The step that ends in it: that rounding, where it changes the amount.
        node: N,
    },
    /// Not known, and why.
    NotKnown(Arc<str>),
}

impl<N: Copy> Money<N> {
    /// A figure that is rounded already. Error: it is no decimal number.
    fn of(figure: Figure<N>) -> Result<Self, QuantityError> {
        Ok(Self::Known {
            rounded: Euro::from_exact(figure.value)?,
            status: figure.status,
            node: figure.node,
        })
    }

    /// The rounded amount, if it is known.
    pub fn euro(&self) -> Option<Euro> {
        match self {
            Self::Known { rounded, .. } => Some(*rounded),
            Self::NotKnown(_) => None,
        }
    }

    /// The figure, if it is known.
    pub fn figure(&self) -> Option<Figure<N>> {
        match self {
            Self::Known {
                rounded,
                status,
                node,
            } => Some(Figure {
                value: rounded.exact(),
                status: *status,
                node: *node,
            }),
            Self::NotKnown(_) => None,
        }
    }

    /// The worst status of what it touched, if it is known.
    pub fn status(&self) -> Option<Status> {
        match self {
            Self::Known { status, .. } => Some(*status),
            Self::NotKnown(_) => None,
        }
    }

    /// Why it is not known.
    pub fn reason(&self) -> Option<&Arc<str>> {
        match self {
            Self::Known { .. } => None,
            Self::NotKnown(reason) => Some(reason),
        }
    }
}

/// A rate restated per another period. Never added to anything.
#[derive(Debug, Clone)]
pub struct View<N> {
    /// Rounded, for reading.
    pub rounded: Euro,
    /// Before that rounding.
    pub exact: Exact,
    /// The worst status of what it touched.
    pub status: Status,
    /// The step of that rounding.
    pub node: N,
}

/// Money over counted dates.
#[derive(Debug, Clone)]
pub struct Total<N> {
    /// First day.
    pub from: Date,
    /// Last day, included.
    pub to: Date,
    /// How much: rounded, with the sum of the exact parts in `exact`.
    pub money: Money<N>,
    /// The sum before rounding.
    pub exact: Exact,
}

/// Works out one line.
/// What is wrong with the line stands in [`LineBudget::problems`]; other lines are not touched.
pub fn evaluate<T: Tracer>(
    inputs: &Inputs<'_>,
    line: &Line,
    tracer: &mut T,
) -> LineBudget<T::Node> {
    walk::evaluate(inputs, line, tracer)
}
