//! The wage check: is an hourly rate of a pgb at least what the law and the courts ask (R27)?
//!
//! A check is a sentence, it never changes an amount. What nobody knows is "niet te toetsen": it
//! neither passes nor fails.

use super::{Answer, Lookup, National, NationalFigure, Parameter, RoundingName};
use crate::quantity::{Exact, QuantityError, Unit};
use crate::trace::{Calculator, Figure, Leaf, Measure, Provenance, Step, Tracer};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The kind of work that has a floor of its own for informal help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Activity {
    /// Huishoudelijke ondersteuning: cao VVT, huishoudelijke hulp.
    Household,
    /// Begeleiding: cao VVT, FWG 30.
    Begeleiding,
}

/// Who is paid, and on what footing: how a care provider stands towards the budget holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// An institution or company.
    Institution,
    /// An entrepreneur (zzp).
    SelfEmployed,
    /// Overeenkomst van opdracht with someone who is no entrepreneur.
    Assignment,
    /// Arbeidsovereenkomst: leave hours count too.
    Employment,
    /// Partner, family or another person from the social network.
    Informal,
}

/// The full-time week of a contract, for the years in which the minimum wage was set per week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FullTimeWeek {
    /// 36 hours.
    Hours36,
    /// 38 hours.
    Hours38,
    /// 40 hours.
    Hours40,
}

impl FullTimeWeek {
    /// How many hours.
    pub fn hours(self) -> i64 {
        match self {
            Self::Hours36 => 36,
            Self::Hours38 => 38,
            Self::Hours40 => 40,
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct WageQuestion {
    /// Euro per hour, gross, as the helper gets it.
    pub rate: Exact,
    /// Which work; nothing when it has no floor of its own.
    pub activity: Option<Activity>,
    /// Who is paid.
    pub relation: Relation,
    /// The contract's full-time week, when known; otherwise the national figure (36).
    pub full_time_week: Option<FullTimeWeek>,
    /// The day.
    pub day: Date,
}

/// Which floor a rate was held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FloorKind {
    /// Statutory minimum wage with holiday allowance, and with leave hours in employment.
    MinimumWage,
    /// Top step of the cao VVT for informal help (CRvB 16-8-2023).
    CaoVvt,
}

/// A floor.
#[derive(Debug, Clone)]
pub struct Floor<N> {
    /// Which.
    pub kind: FloorKind,
    /// Euro per hour.
    pub figure: Figure<N>,
    /// Where it comes from.
    pub source: Arc<Provenance>,
}

/// Outcome of a wage check.
#[derive(Debug, Clone)]
pub enum WageOutcome<N> {
    /// The rate is at least every floor; this is the highest.
    Passes(Floor<N>),
    /// The rate is below this floor; the highest of those that it is below.
    Fails(Floor<N>),
    /// A floor is not known, and the rate is not below one that is. Why, in Dutch.
    NotTestable(String),
    /// No floor holds for this relation. Why, in Dutch.
    NotApplicable(String),
}

/// A wage check on a day.
#[derive(Debug, Clone)]
pub struct WageCheck<N> {
    /// How it came out.
    pub outcome: WageOutcome<N>,
    /// Last day on which the same floors hold; nothing when no end is known.
    pub valid_until: Option<Date>,
}

impl National {
    /// The statutory minimum wage per hour of someone of 21 or older, without allowances. Before
    /// 2024 the weekly wage divided by the full-time week, up to the cent. Errors: overflow.
    pub fn minimum_wage_per_hour<T: Tracer>(
        &self,
        day: Date,
        week: Option<FullTimeWeek>,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<Answer<T::Node>, QuantityError> {
        let mut answer = self.exact_wage(day, week, calculator)?;
        if let Ok(found) = &mut answer.figure {
            let step = Step::new("minimumloon per uur", Measure::EuroPerUnit(Unit::Hour));
            found.figure = self.round(RoundingName::WagePerHour, step, found.figure, calculator)?;
        }
        Ok(answer)
    }

    /// The least that may be paid per hour: minimum wage with holiday allowance, with leave hours in
    /// employment, rounded up once at the end. Errors: overflow.
    pub fn minimum_wage_threshold<T: Tracer>(
        &self,
        day: Date,
        week: Option<FullTimeWeek>,
        with_leave: bool,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<Answer<T::Node>, QuantityError> {
        let wage = self.exact_wage(day, week, calculator)?;
        let Ok(found) = wage.figure else {
            return Ok(wage);
        };
        let mut answer = self.with_allowances(found.figure, day, with_leave, calculator)?;
        answer.valid_until = earliest(answer.valid_until, wage.valid_until);
        if let Ok(threshold) = &mut answer.figure {
            threshold.source = found.source;
        }
        Ok(answer)
    }

    /// A wage per hour with holiday allowance and, if asked, leave hours, rounded up once at the end
    /// (SVB). Errors: overflow.
    pub fn with_allowances<T: Tracer>(
        &self,
        wage: Figure<T::Node>,
        day: Date,
        with_leave: bool,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<Answer<T::Node>, QuantityError> {
        let measure = Measure::EuroPerUnit(Unit::Hour);
        let percentage = self.figure(Parameter::HolidayAllowance, day, calculator);
        let mut valid_until = percentage.valid_until;
        let allowance = match percentage.figure {
            Ok(found) => found,
            Err(reason) => {
                return Ok(Answer {
                    figure: Err(reason),
                    valid_until,
                });
            }
        };
        let step = Step::new("vakantiebijslag", measure);
        let extra = calculator.percent(step, allowance.figure, wage)?;
        let mut figure = calculator.add(Step::new("met vakantiebijslag", measure), wage, extra)?;
        if with_leave {
            let leave = self.figure(Parameter::LeaveHours, day, calculator);
            valid_until = earliest(valid_until, leave.valid_until);
            match leave.figure {
                Ok(found) => {
                    let step = Step::new("met verlofuren", measure);
                    figure = calculator.mul(step, figure, found.figure)?;
                }
                Err(reason) => {
                    return Ok(Answer {
                        figure: Err(reason),
                        valid_until,
                    });
                }
            }
        }
        let step = Step::new("minimumloon met opslagen", measure);
        let figure = self.round(RoundingName::WithAllowances, step, figure, calculator)?;
        let source = allowance.source;
        Ok(Answer {
            figure: Ok(NationalFigure { figure, source }),
            valid_until,
        })
    }

    /// Holds an hourly rate against the floors of the day.
    ///
    /// Informal help: the cao VVT floor of the activity (from 16 August 2023) and the minimum wage
    /// with holiday allowance, as the SVB named it for 2018. Assignment: the same without the cao.
    /// Employment: the minimum wage with leave hours too. Institution and entrepreneur: none.
    /// Errors: overflow.
    pub fn wage_check<T: Tracer>(
        &self,
        question: &WageQuestion,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<WageCheck<T::Node>, QuantityError> {
        let none = match question.relation {
            Relation::Informal | Relation::Assignment | Relation::Employment => None,
            Relation::SelfEmployed => Some("voor een ondernemer geldt geen minimumloon"),
            Relation::Institution => Some("een instelling betaalt haar mensen zelf"),
        };
        if let Some(reason) = none {
            let outcome = WageOutcome::NotApplicable(reason.to_owned());
            return Ok(WageCheck {
                outcome,
                valid_until: None,
            });
        }
        let with_leave = question.relation == Relation::Employment;
        let (day, week) = (question.day, question.full_time_week);
        let mut answers = vec![(
            FloorKind::MinimumWage,
            self.minimum_wage_threshold(day, week, with_leave, calculator)?,
        )];
        if question.relation == Relation::Informal
            && let Some(parameter) = question.activity.map(floor_of)
        {
            if let Lookup::WithoutAmount(_, span) = self.lookup(parameter, day) {
                // No such floor yet, but there will be after this day.
                if let Some((_, answer)) = answers.first_mut() {
                    answer.valid_until = earliest(answer.valid_until, span.to);
                }
            } else {
                answers.push((FloorKind::CaoVvt, self.figure(parameter, day, calculator)));
            }
        }
        Ok(decide(question.rate, answers))
    }

    /// The minimum wage per hour before any rounding.
    fn exact_wage<T: Tracer>(
        &self,
        day: Date,
        week: Option<FullTimeWeek>,
        calculator: &mut Calculator<'_, T>,
    ) -> Result<Answer<T::Node>, QuantityError> {
        if let Lookup::AfterLast(_) = self.lookup(Parameter::MinimumWagePerWeek, day) {
            return Ok(self.figure(Parameter::MinimumWagePerHour, day, calculator));
        }
        let wage = self.figure(Parameter::MinimumWagePerWeek, day, calculator);
        let Ok(found) = wage.figure else {
            return Ok(wage);
        };
        let hours = match week {
            Some(week) => {
                let step = Step::new("voltijdweek van het contract", Measure::Volume(Unit::Hour));
                calculator.leaf(
                    step,
                    Leaf::Input(format_args!("full_time_week")),
                    Exact::from(week.hours()),
                )
            }
            None => match self.figure(Parameter::FullTimeWeek, day, calculator).figure {
                Ok(hours) => hours.figure,
                Err(reason) => {
                    return Ok(Answer {
                        figure: Err(reason),
                        valid_until: wage.valid_until,
                    });
                }
            },
        };
        let step = Step::new("weekloon per uur", Measure::EuroPerUnit(Unit::Hour));
        let figure = calculator.div(step, found.figure, hours)?;
        let source = found.source;
        Ok(Answer {
            figure: Ok(NationalFigure { figure, source }),
            valid_until: wage.valid_until,
        })
    }
}

fn floor_of(activity: Activity) -> Parameter {
    match activity {
        Activity::Household => Parameter::FloorHousehold,
        Activity::Begeleiding => Parameter::FloorBegeleiding,
    }
}

/// The outcome against all floors: below one that is known fails, also when another is not known.
fn decide<N>(rate: Exact, answers: Vec<(FloorKind, Answer<N>)>) -> WageCheck<N> {
    let mut valid_until = None;
    let mut highest: Option<Floor<N>> = None;
    let mut unknown: Option<String> = None;
    for (kind, answer) in answers {
        valid_until = earliest(valid_until, answer.valid_until);
        match answer.figure {
            Err(reason) => unknown = Some(reason),
            Ok(found) => {
                let higher = highest
                    .as_ref()
                    .is_none_or(|floor| floor.figure.value < found.figure.value);
                if higher {
                    highest = Some(Floor {
                        kind,
                        figure: found.figure,
                        source: found.source,
                    });
                }
            }
        }
    }
    let outcome = match (highest, unknown) {
        (Some(floor), _) if rate < floor.figure.value => WageOutcome::Fails(floor),
        (_, Some(reason)) => WageOutcome::NotTestable(reason),
        (Some(floor), None) => WageOutcome::Passes(floor),
        (None, None) => WageOutcome::NotApplicable("er geldt geen ondergrens".to_owned()),
    };
    WageCheck {
        outcome,
        valid_until,
    }
}

/// The earlier of two last days, where none means no end.
fn earliest(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (one, None) | (None, one) => one,
    }
}
