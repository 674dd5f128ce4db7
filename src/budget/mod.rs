//! From indication to money: one evaluation, a pure function of its inputs (decisions 4).
//!
//! A line is walked day by day in strides: at each first day everything that is in force is
//! looked up, and the stride ends where the first of these answers ends. So a change of tariff,
//! of catalogue, of provider or of transition cuts a line into [`Segment`]s by itself.
//!
//! * `walk`: the strides, and what the pieces add up to: calendar years and whole term.
//! * `parts`, `hours`: product, choices and extent under one catalogue.
//! * `lookup`, `quote`: prices in force on a day.
//! * `amounts`, `ceilings`, `views`: money per period.
//! * `pieces`, `totals`: money over dates.
//!
//! A view restates a rate; a total counts dates. They are two types, so that nobody adds views.
//! This room must not know clients, letters or the window; it does no I/O and reads no clock.

mod alternatives;
mod amounts;
mod ceilings;
mod hours;
mod library;
mod lookup;
mod parts;
mod pieces;
mod quote;
mod totals;
mod views;
mod walk;

use crate::catalogue::Catalogue;
use crate::catalogue::file::BudgetPeriod;
use crate::document::Problem;
use crate::indication::Line;
use crate::quantity::{Euro, Exact, Frequency, Unit};
use crate::trace::{Figure, Status, Tracer};
use jiff::civil::Date;
use std::sync::Arc;

pub use alternatives::{Alternative, alternatives};
pub use hours::{GrantedPart, Volume};
pub use library::{FileKind, Library};
pub use quote::{Quote, quote};

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
    pub granted: Vec<GrantedPart<N>>,
    /// Stretches in which nothing changes, in order.
    pub segments: Vec<Segment<N>>,
    /// Total per calendar year.
    pub years: Vec<Total<N>>,
    /// Whether the totals of calendar years are maxima that must not be summed (weeks touched).
    pub years_are_maxima: bool,
    /// Total over the whole term; absent for an open end. With an open tail (`open_from`) it is the
    /// total up to there: its dates say which days it covers.
    pub term: Option<Total<N>>,
    /// First day without a known tariff: from here the line is open.
    pub open_from: Option<Date>,
    /// First day that is not in the totals because the line has no end.
    pub endless_from: Option<Date>,
    /// The period over which a pgb may be spent.
    pub budget_period: Option<BudgetPeriod>,
    /// Place of the segment of the one large figure: that of the calculation date, else the first.
    pub large: usize,
    /// Worst status of all that was touched.
    pub status: Status,
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
    /// The amount in its own period, after ceilings.
    pub amount: Money<N>,
    /// Its own period.
    pub per: Frequency,
    /// The amount restated per week, 4 weeks, month and year; a view that the catalogue gives no
    /// method for is absent.
    pub views: [Option<View<N>>; 4],
    /// Total over the days of the segment.
    pub total: Money<N>,
}

/// What one part comes to in a segment.
#[derive(Debug, Clone)]
pub struct PartSegment<N> {
    /// Short name of the part, for a product that is made of parts.
    pub part: Option<Arc<str>>,
    /// Dutch name of the product or part.
    pub label: Arc<str>,
    /// The choices that hold, derived ones included.
    pub choices: crate::catalogue::Selection,
    /// Per care provider; one for in kind.
    pub providers: Vec<ProviderAmount<N>>,
    /// The amount before the ceiling, in the period of the part.
    pub before_ceiling: Option<Figure<N>>,
    /// The ceiling, in its own period.
    pub ceiling: Option<(Figure<N>, Frequency)>,
    /// What the ceiling cuts off per period of the part.
    pub cut: Option<Figure<N>>,
    /// The amount after the ceiling, in the period of the part.
    pub amount: Money<N>,
    /// The period of the part.
    pub per: Frequency,
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
    /// Volume per period, in the unit of the rate; absent for a fixed amount.
    pub volume: Option<Figure<N>>,
    /// Amount per period of the part, after the share in a ceiling.
    pub amount: Money<N>,
    /// Total over the days of the segment.
    pub total: Money<N>,
}

/// Money, or the reason why nobody knows.
#[derive(Debug, Clone)]
pub enum Money<N> {
    /// A known amount: rounded for reading, with the exact figure before that rounding.
    Known {
        /// Rounded by the catalogue's convention.
        rounded: Euro,
        /// As it goes on in the calculation.
        figure: Figure<N>,
    },
    /// Not known, and why.
    NotKnown(Arc<str>),
}

impl<N: Copy> Money<N> {
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
            Self::Known { figure, .. } => Some(*figure),
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
    /// The rounded figure with its steps.
    pub figure: Figure<N>,
    /// Before that rounding.
    pub exact: Exact,
    /// The method of the catalogue.
    pub method: Arc<str>,
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
