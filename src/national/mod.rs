//! National figures by date: minimum wage, floors for informal help, own contribution, SVB units.
//!
//! Every figure is a dated [`Parameter`]: a unit and spans of days with a value, a source and a
//! status. A span may say that nobody knows the value ([`Value::NotKnown`]), or that there is no
//! amount and why ([`Value::WithoutAmount`]); gaps and overlaps are refused at load. A lookup gives
//! the last day on which its answer holds, so that an evaluator can cut its segments there.
//!
//! The wage check and the own contribution of a letter stand on these figures (domain sections 8
//! and 9, R27, decisions 22). Nothing here changes an amount: a check is a sentence.
//!
//! This room must not know catalogues, dossiers, letters or the window.

mod check;
mod contribution;
mod file;
mod load;
mod priors;
mod wage;

pub use contribution::{ContributionOutcome, ContributionRule};
pub use priors::{PriorProvision, priors};
pub use wage::{
    Activity, Floor, FloorKind, FullTimeWeek, Relation, WageCheck, WageOutcome, WageQuestion,
};

use crate::document::Problem;
use crate::quantity::dutch::date_long;
use crate::quantity::{Exact, Frequency, QuantityError, Rounding, Unit};
use crate::trace::{
    Calculator, Definition, Figure, Leaf, Measure, Provenance, Status, Step, Tracer,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The format number of the files that this program reads.
pub const FORMAT: u32 = 1;

/// Periods for which the SVB says how many hours they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SvbUnit {
    /// Dagdeel, 4 hours.
    Dagdeel,
    /// Night, 8 hours.
    Night,
    /// Day, 8 hours.
    Day,
    /// Etmaal, 24 hours.
    Etmaal,
    /// Weekend, 72 hours.
    Weekend,
    /// Midweek, 120 hours.
    Midweek,
    /// Week, 168 hours.
    Week,
}

/// What has national figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Parameter {
    /// Statutory minimum wage per week, up to and including 2023.
    MinimumWagePerWeek,
    /// Statutory minimum wage per hour, from 2024 on.
    MinimumWagePerHour,
    /// Hours in a full-time week, when the contract's own is not known; up to and including 2023.
    FullTimeWeek,
    /// Holiday allowance in percent.
    HolidayAllowance,
    /// What a wage is multiplied by for leave hours.
    LeaveHours,
    /// Floor for informal household help per hour.
    FloorHousehold,
    /// Floor for informal begeleiding per hour.
    FloorBegeleiding,
    /// The most that informal help without a contract may get per month.
    InformalMaximum,
    /// Maximum own contribution per 4 weeks, up to and including 2019.
    ContributionPerFourWeeks,
    /// Maximum own contribution per month, from 2020 on.
    ContributionPerMonth,
    /// The multiple to which indexation rounds the own contribution down.
    ContributionMultiple,
    /// Hours in a unit, for the SVB.
    SvbHours(SvbUnit),
    /// Weeks after a month within which a care provider of a pgb claims.
    SvbClaim,
    /// Weeks within which the budget holder sends a claim to the SVB.
    SvbSend,
    /// Days within which the SVB pays.
    SvbPay,
    /// The longest term of a provision that passes without a word.
    LongestTerm,
}

impl Parameter {
    /// All of them; each must be in the files.
    pub const ALL: [Self; 22] = [
        Self::MinimumWagePerWeek,
        Self::MinimumWagePerHour,
        Self::FullTimeWeek,
        Self::HolidayAllowance,
        Self::LeaveHours,
        Self::FloorHousehold,
        Self::FloorBegeleiding,
        Self::InformalMaximum,
        Self::ContributionPerFourWeeks,
        Self::ContributionPerMonth,
        Self::ContributionMultiple,
        Self::SvbHours(SvbUnit::Dagdeel),
        Self::SvbHours(SvbUnit::Night),
        Self::SvbHours(SvbUnit::Day),
        Self::SvbHours(SvbUnit::Etmaal),
        Self::SvbHours(SvbUnit::Weekend),
        Self::SvbHours(SvbUnit::Midweek),
        Self::SvbHours(SvbUnit::Week),
        Self::SvbClaim,
        Self::SvbSend,
        Self::SvbPay,
        Self::LongestTerm,
    ];

    /// What the minimum wage per hour is made from.
    pub const MINIMUM_WAGE: [Self; 3] = [
        Self::MinimumWagePerWeek,
        Self::MinimumWagePerHour,
        Self::FullTimeWeek,
    ];

    /// What the own contribution is looked up in.
    pub const CONTRIBUTION: [Self; 2] =
        [Self::ContributionPerFourWeeks, Self::ContributionPerMonth];

    /// What a letter about a pgb says of claims.
    pub const SVB_TERMS: [Self; 3] = [Self::SvbClaim, Self::SvbSend, Self::SvbPay];

    /// Short name in the files.
    pub fn id(self) -> &'static str {
        match self {
            Self::MinimumWagePerWeek => "minimumloon-per-week",
            Self::MinimumWagePerHour => "minimumloon-per-uur",
            Self::FullTimeWeek => "voltijdweek",
            Self::HolidayAllowance => "vakantiebijslag",
            Self::LeaveHours => "verlofuren",
            Self::FloorHousehold => "ondergrens-huishouden",
            Self::FloorBegeleiding => "ondergrens-begeleiding",
            Self::InformalMaximum => "informeel-zonder-contract",
            Self::ContributionPerFourWeeks => "eigen-bijdrage-per-4-weken",
            Self::ContributionPerMonth => "eigen-bijdrage-per-maand",
            Self::ContributionMultiple => "eigen-bijdrage-veelvoud",
            Self::SvbHours(unit) => match unit {
                SvbUnit::Dagdeel => "svb-uren-dagdeel",
                SvbUnit::Night => "svb-uren-nacht",
                SvbUnit::Day => "svb-uren-dag",
                SvbUnit::Etmaal => "svb-uren-etmaal",
                SvbUnit::Weekend => "svb-uren-weekend",
                SvbUnit::Midweek => "svb-uren-midweek",
                SvbUnit::Week => "svb-uren-week",
            },
            Self::SvbClaim => "svb-declaratie",
            Self::SvbSend => "svb-insturen",
            Self::SvbPay => "svb-betaling",
            Self::LongestTerm => "langste-termijn",
        }
    }

    /// The unit that its values must have, because the program reckons with it.
    pub fn unit(self) -> ParameterUnit {
        match self {
            Self::MinimumWagePerWeek => ParameterUnit::EuroPer(Unit::Week),
            Self::MinimumWagePerHour | Self::FloorHousehold | Self::FloorBegeleiding => {
                ParameterUnit::EuroPer(Unit::Hour)
            }
            Self::InformalMaximum | Self::ContributionPerMonth | Self::ContributionMultiple => {
                ParameterUnit::EuroPer(Unit::Month)
            }
            Self::ContributionPerFourWeeks => ParameterUnit::EuroPer(Unit::FourWeeks),
            Self::FullTimeWeek | Self::SvbHours(_) => ParameterUnit::Volume(Unit::Hour),
            Self::SvbClaim | Self::SvbSend => ParameterUnit::Volume(Unit::Week),
            Self::SvbPay => ParameterUnit::Volume(Unit::Day),
            Self::LongestTerm => ParameterUnit::Volume(Unit::Year),
            Self::HolidayAllowance => ParameterUnit::Percent,
            Self::LeaveHours => ParameterUnit::Number,
        }
    }
}

/// Unit of the values of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ParameterUnit {
    /// Money per unit.
    EuroPer(Unit),
    /// A volume of a unit.
    Volume(Unit),
    /// Percent: 8 is 8%.
    Percent,
    /// A bare factor.
    Number,
}

impl ParameterUnit {
    /// What it counts, for printing.
    pub fn measure(self) -> Measure {
        match self {
            Self::EuroPer(unit) => match unit.frequency() {
                Some(per) => Measure::EuroPer(per),
                None => Measure::EuroPerUnit(unit),
            },
            Self::Volume(unit) => Measure::Volume(unit),
            Self::Percent => Measure::Percent,
            Self::Number => Measure::Number,
        }
    }
}

/// A value during a span of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// The value.
    Known(Exact),
    /// There is none in this span, and why: no floor yet, or dependent on income.
    WithoutAmount(String),
    /// There is one, but not here, and why.
    NotKnown(String),
}

/// A value with its first and last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day; nothing when no end is known or meant.
    pub to: Option<Date>,
    /// What holds then.
    pub value: Value,
    /// Id of the file that answers.
    pub file: Arc<str>,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
}

/// A parameter through the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Dutch name.
    pub name: Arc<str>,
    /// Unit of the values.
    pub unit: ParameterUnit,
    /// Spans, oldest first, without gap or overlap; only the last can be open.
    pub spans: Vec<Span>,
}

/// A rounding with where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourcedRounding {
    /// Mode and step.
    pub value: Rounding,
    /// Id of the file that answers.
    pub file: Arc<str>,
    /// Where it comes from.
    pub provenance: Arc<Provenance>,
}

/// Roundings that the program reckons with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundingName {
    /// Of a weekly wage divided by the full-time week.
    WagePerHour,
    /// Of a wage with allowances, once at the end.
    WithAllowances,
    /// Of an hourly rate for the SVB.
    SvbRate,
}

impl RoundingName {
    /// All of them; each must be in the files.
    pub const ALL: [Self; 3] = [Self::WagePerHour, Self::WithAllowances, Self::SvbRate];

    /// Short name in the files.
    pub fn id(self) -> &'static str {
        match self {
            Self::WagePerHour => "minimumloon-per-uur",
            Self::WithAllowances => "met-opslagen",
            Self::SvbRate => "svb-uurtarief",
        }
    }
}

/// What holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup<'a> {
    /// This value.
    Known(Exact, &'a Span),
    /// No amount, for this reason.
    WithoutAmount(&'a str, &'a Span),
    /// Nobody knows, for this reason.
    NotKnown(&'a str, &'a Span),
    /// The day lies before the first day of the figures, which is this.
    BeforeFirst(Date),
    /// The day lies after the last day of the figures, which is this.
    AfterLast(Date),
}

impl Lookup<'_> {
    /// Last day on which this same answer holds; nothing when no end is known.
    pub fn valid_until(self) -> Option<Date> {
        match self {
            Self::Known(_, span) | Self::WithoutAmount(_, span) | Self::NotKnown(_, span) => {
                span.to
            }
            Self::BeforeFirst(first) => first.yesterday().ok(),
            Self::AfterLast(_) => None,
        }
    }
}

/// A national figure on a day, for a calculation.
#[derive(Debug, Clone)]
pub struct Answer<N> {
    /// The figure, or in Dutch why there is none.
    pub figure: Result<NationalFigure<N>, String>,
    /// Last day on which this same answer holds; nothing when no end is known.
    pub valid_until: Option<Date>,
}

/// A figure with the source of what it was made from first.
#[derive(Debug, Clone)]
pub struct NationalFigure<N> {
    /// The figure.
    pub figure: Figure<N>,
    /// Where it comes from.
    pub source: Arc<Provenance>,
}

/// A file with national figures, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NationalSource {
    /// Name of the file.
    pub name: String,
    /// Short name.
    pub id: String,
    /// Version.
    pub version: String,
    /// Its content as the text of such a file: the same for all files that say the same, however they are laid out.
    pub text: Arc<str>,
    parameters: Vec<Parameter>,
}

/// All national figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct National {
    series: BTreeMap<Parameter, Series>,
    roundings: BTreeMap<RoundingName, SourcedRounding>,
    files: Vec<NationalSource>,
}

impl National {
    /// The figures inside the program. Errors: as [`National::read`]; the program's own tests see
    /// that there are none.
    pub fn shipped() -> Result<Self, Vec<Problem>> {
        Self::read(load::SHIPPED)
    }

    /// Names and texts of the files inside the program.
    pub fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
        load::SHIPPED.into_iter()
    }

    /// The figures inside the program with files of a municipality's folder added; a copy of a file
    /// inside the program adds nothing. Errors: as [`National::read`].
    pub fn shipped_with<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Vec<Problem>> {
        let is_new = |(_, text): &(&str, &str)| load::SHIPPED.iter().all(|(_, own)| own != text);
        let added = files.into_iter().filter(is_new);
        Self::read(load::SHIPPED.into_iter().chain(added))
    }

    /// Reads files, each given as its name and content. A parameter stands in one file; another file
    /// can take over from a day on (`supersedes_from`). Errors: all problems of all files, among
    /// them a parameter that is missing.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Vec<Problem>> {
        load::read(files, true)
    }

    /// Reads files that hold what one calculation used: nothing has to be in them. Errors: all problems of all files.
    pub fn closed<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, Vec<Problem>> {
        load::read(files, false)
    }

    /// The files that together say all about these parameters.
    pub fn files(&self, about: &[Parameter]) -> impl Iterator<Item = &NationalSource> {
        let files = self.files.iter();
        files.filter(|file| file.parameters.iter().any(|own| about.contains(own)))
    }

    /// A parameter through the years.
    pub fn series(&self, parameter: Parameter) -> Option<&Series> {
        self.series.get(&parameter)
    }

    /// Days on which some value begins, oldest first.
    pub fn changes(&self) -> Vec<Date> {
        let mut days: Vec<_> = self
            .series
            .values()
            .flat_map(|series| &series.spans)
            .map(|span| span.from)
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// What holds on a day.
    pub fn lookup(&self, parameter: Parameter, day: Date) -> Lookup<'_> {
        let spans = self
            .series(parameter)
            .map_or(&[][..], |series| &series.spans);
        let place = spans
            .partition_point(|span| span.from <= day)
            .checked_sub(1);
        let Some(span) = place.and_then(|place| spans.get(place)) else {
            // The loader refuses a parameter without spans.
            return Lookup::BeforeFirst(spans.first().map_or(Date::MAX, |span| span.from));
        };
        if let Some(last) = span.to.filter(|to| *to < day) {
            return Lookup::AfterLast(last);
        }
        match &span.value {
            Value::Known(value) => Lookup::Known(*value, span),
            Value::WithoutAmount(reason) => Lookup::WithoutAmount(reason, span),
            Value::NotKnown(reason) => Lookup::NotKnown(reason, span),
        }
    }

    /// The figure of a day as a leaf of a calculation.
    pub fn figure<T: Tracer>(
        &self,
        parameter: Parameter,
        day: Date,
        calculator: &mut Calculator<'_, T>,
    ) -> Answer<T::Node> {
        let found = self.lookup(parameter, day);
        let name = self.series(parameter).map(|series| &series.name);
        let step = Step::new("landelijk bedrag", parameter.unit().measure());
        let step = name.map_or(step, |name| step.about(name));
        let label = name.map_or(parameter.id(), |name| name);
        let figure = match found {
            Lookup::Known(value, span) => Ok(NationalFigure {
                figure: calculator.leaf(step, Leaf::Figure(&span.provenance), value),
                source: Arc::clone(&span.provenance),
            }),
            Lookup::WithoutAmount(reason, _) => Err(reason.to_owned()),
            Lookup::NotKnown(reason, _) => Err(format!("{label}: {reason}")),
            Lookup::BeforeFirst(first) => {
                Err(format!("{label} is pas bekend vanaf {}", date_long(first)))
            }
            Lookup::AfterLast(last) => {
                Err(format!("{label} is bekend tot en met {}", date_long(last)))
            }
        };
        Answer {
            figure,
            valid_until: found.valid_until(),
        }
    }

    /// An amount per SVB unit as an hourly rate with 5 decimals (R41). Errors: overflow.
    pub fn svb_hourly_rate<T: Tracer>(
        &self,
        amount: Figure<T::Node>,
        unit: SvbUnit,
        day: Date,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<Answer<T::Node>, QuantityError> {
        let hours = self.figure(Parameter::SvbHours(unit), day, calculator);
        let Ok(found) = hours.figure else {
            return Ok(hours);
        };
        let step = Step::new("uurtarief voor de SVB", Measure::EuroPerUnit(Unit::Hour));
        let exact = calculator.div(step, amount, found.figure)?;
        let figure = self.round(RoundingName::SvbRate, step, exact, calculator)?;
        let source = found.source;
        Ok(Answer {
            figure: Ok(NationalFigure { figure, source }),
            valid_until: hours.valid_until,
        })
    }

    /// A rate per any unit as the SVB keeps it: per hour with 5 decimals (R41). The figure is absent for a unit of which
    /// the SVB names no hours. Errors: overflow.
    pub fn svb_rate<T: Tracer>(
        &self,
        rate: Figure<T::Node>,
        unit: Unit,
        day: Date,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<Answer<T::Node>, QuantityError> {
        let step = Step::new("uurtarief voor de SVB", Measure::EuroPerUnit(Unit::Hour));
        let per_hour = match unit {
            Unit::Hour => rate,
            Unit::Minute => {
                let minutes = Step::new("minuten in een uur", Measure::Number);
                let units = Definition::Units(Unit::Minute, Unit::Hour);
                match calculator.define(minutes, units) {
                    Some(minutes) => calculator.mul(step, rate, minutes)?,
                    None => rate,
                }
            }
            Unit::Dagdeel => {
                return self.svb_hourly_rate(rate, SvbUnit::Dagdeel, day, calculator);
            }
            Unit::Day => return self.svb_hourly_rate(rate, SvbUnit::Day, day, calculator),
            Unit::Etmaal => return self.svb_hourly_rate(rate, SvbUnit::Etmaal, day, calculator),
            Unit::Week => return self.svb_hourly_rate(rate, SvbUnit::Week, day, calculator),
            Unit::FourWeeks | Unit::Month | Unit::Year | Unit::Once | Unit::Piece | Unit::Point => {
                return Ok(Answer {
                    figure: Err(format!(
                        "een bedrag per {} heeft geen uurtarief",
                        unit.singular()
                    )),
                    valid_until: None,
                });
            }
        };
        let figure = self.round(RoundingName::SvbRate, step, per_hour, calculator)?;
        let rule = self.roundings.get(&RoundingName::SvbRate);
        let unknown = || "hoe de SVB afrondt staat niet in de tabellen".to_owned();
        Ok(Answer {
            figure: rule
                .map(|rule| NationalFigure {
                    figure,
                    source: Arc::clone(&rule.provenance),
                })
                .ok_or_else(unknown),
            valid_until: None,
        })
    }

    fn round<T: Tracer>(
        &self,
        name: RoundingName,
        step: Step<'_>,
        figure: Figure<T::Node>,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<Figure<T::Node>, QuantityError> {
        match self.roundings.get(&name) {
            Some(rounding) => calculator.round(step, figure, &rounding.value, &rounding.provenance),
            // The loader refuses files without it.
            None => Ok(figure),
        }
    }

    /// Where every figure comes from, with the id of its file.
    pub fn provenances(&self) -> impl Iterator<Item = (&str, &Provenance)> {
        let spans = self.series.values().flat_map(|series| &series.spans);
        let spans = spans.map(|span| (&*span.file, &*span.provenance));
        let roundings = self.roundings.values();
        spans.chain(roundings.map(|rounding| (&*rounding.file, &*rounding.provenance)))
    }

    /// Takes example figures as established, because a municipality confirmed them: those of which
    /// `covers` says so by the id of the file and the place of the figure (as in
    /// [`Provenance::place`]). `by` says who and by which decision. Other municipalities need a copy
    /// without. Gives how many there were.
    pub fn confirm(&mut self, covers: impl Fn(&str, &str) -> bool, by: &str) -> usize {
        let spans = self
            .series
            .values_mut()
            .flat_map(|series| &mut series.spans);
        let spans = spans.map(|span| (&span.file, &mut span.provenance));
        let roundings = self.roundings.values_mut();
        let roundings = roundings.map(|rounding| (&rounding.file, &mut rounding.provenance));
        let mut confirmed = 0usize;
        for (file, provenance) in spans.chain(roundings) {
            if provenance.status == Status::Example && covers(file, &provenance.place) {
                let provenance = Arc::make_mut(provenance);
                provenance.status = Status::Established;
                provenance.source = format!("{}; bevestigd door {by}", provenance.source);
                confirmed = confirmed.saturating_add(1);
            }
        }
        confirmed
    }
}

/// The period of an own contribution parameter.
fn period_of(parameter: Parameter) -> Frequency {
    match parameter.unit() {
        ParameterUnit::EuroPer(Unit::FourWeeks) => Frequency::FourWeeks,
        _ => Frequency::Month,
    }
}
