//! From the work of a consultant to exact and granted minutes.

use super::inspect::{inspect, most_minutes};
use super::{
    Assumption, Effect, Factor, FactorUse, HoursWork, NormSet, NormUnit, NormValue, OwnMinutes,
    Part, PartWork, ReductionGround, Start,
};
use crate::document::{Problem, Severity};
use crate::quantity::{Exact, Extent, Frequency, Minutes, QuantityError, Unit};
use crate::trace::{Calculator, Definition, Figure, Leaf, Measure, Provenance, Step, Tracer};
use std::fmt;
use std::sync::Arc;

/// Hours as far as they can be worked out, and what is wrong.
#[derive(Debug, Clone)]
pub struct HoursOutcome<N> {
    /// The hours; nothing when an error stands in the way. With an error such as a missing reason
    /// they are there, so that the window can show them while the consultant is still writing.
    pub hours: Option<WorkedHours<N>>,
    /// Errors and warnings, in the order of the fields; field paths start at the work:
    /// `parts[0].factors[1].reason`.
    pub problems: Vec<Problem>,
}

impl<N> HoursOutcome<N> {
    /// Whether there is an error: then nothing can be granted on these hours.
    pub fn has_errors(&self) -> bool {
        self.problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
    }
}

/// Hours that were worked out.
#[derive(Debug, Clone)]
pub struct WorkedHours<N> {
    /// The period over which minutes are granted.
    pub per: Frequency,
    /// The unit of the norm set.
    pub unit: NormUnit,
    /// The parts, in the order of the work.
    pub parts: Vec<PartHours<N>>,
    /// Outcome of the norm in its own unit, exact.
    pub in_own_unit: Figure<N>,
    /// The same in minutes per `per`, exact.
    pub exact: Figure<N>,
    /// Whole minutes per `per`, after the one rounding of the set.
    pub granted: Figure<N>,
    /// Exact minutes per week without the aggravating factors, at least zero: severity follows from
    /// these.
    pub before_aggravating: Figure<N>,
    /// Whether at least one aggravating factor applies: then the variant is intensive.
    pub aggravated: bool,
    /// Extra visits per week, when a factor gives them.
    pub extra_visits: Option<Figure<N>>,
    /// The choices of policy that the norm set leans on.
    pub assumes: Arc<[Assumption]>,
}

impl<N> WorkedHours<N> {
    /// What is granted: whole minutes per `per`. Nothing only if the number is out of all range.
    pub fn extent(&self) -> Option<Extent> {
        let minutes = i64::try_from(self.granted.value.whole()?).ok()?;
        Some(Extent::minutes(Minutes(minutes), self.per))
    }
}

/// One part, worked out.
#[derive(Debug, Clone)]
pub struct PartHours<N> {
    /// Short name in the norm set.
    pub id: String,
    /// Dutch name.
    pub name: Arc<str>,
    /// Where it starts, factors and reductions, in the order of the work.
    pub lines: Vec<HoursLine<N>>,
    /// Their sum in the unit of the norm set, exact; zero or more.
    pub in_own_unit: Figure<N>,
    /// The same in minutes per granted period, exact.
    pub exact: Figure<N>,
    /// Whole minutes per granted period. The parts add up to the granted minutes: each is the
    /// rounded sum up to here minus the rounded sum before it (R04).
    pub shown: Figure<N>,
}

/// What a line of a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// Base value of the norm set.
    Base,
    /// The consultant's own minutes to start from.
    Own,
    /// A factor on the time.
    Factor,
    /// A factor on visits only; adds no time.
    Visits,
    /// Support by others.
    Reduction(ReductionGround),
}

/// One line of a part: what the reader of the letter sees.
#[derive(Debug, Clone)]
pub struct HoursLine<N> {
    /// What it is.
    pub kind: LineKind,
    /// Dutch name.
    pub name: Arc<str>,
    /// How many times it counts.
    pub count: u32,
    /// What is counted, when that is more than once: `kamer`.
    pub counted: Option<String>,
    /// What it adds, signed, in the unit of the norm set; of a visits line, visits per week.
    pub value: Figure<N>,
    /// What the consultant typed, if the value does not come from the norm.
    pub own: Option<OwnMinutes>,
    /// Why; only a base value has none.
    pub reason: Option<String>,
    /// Whether it is an aggravating factor.
    pub aggravating: bool,
    /// Whether own minutes replace a value that the norm has (R08).
    pub deviates: bool,
    /// Where the norm's value comes from.
    pub source: Option<Arc<Provenance>>,
}

/// Works out the hours.
///
/// The sum stays exact in the unit of the set, from there to minutes per granted period; the set's
/// rounding is the only one. Never fails: what is wrong is in `problems`.
pub fn evaluate<T: Tracer>(
    set: &NormSet,
    work: &HoursWork,
    tracer: &mut T,
) -> HoursOutcome<T::Node> {
    let mut inspection = inspect(set, work);
    let mut hours = None;
    if inspection.computable {
        match (Evaluation {
            set,
            work,
            calculator: Calculator { tracer },
        })
        .run()
        {
            Ok(worked) => {
                for (index, part) in worked.parts.iter().enumerate() {
                    if part.in_own_unit.value.is_negative() {
                        inspection.stop(
                            &format!("parts[{index}]"),
                            format!("onderdeel «{}» komt onder nul", part.name),
                            "Er gaat meer af dan er is: kijk de factoren en de hulp van anderen na.",
                        );
                    }
                }
                if inspection.computable && worked.granted.value <= Exact::ZERO {
                    inspection.error(
                        "parts",
                        "er blijft geen tijd over om toe te kennen",
                        "Kijk de factoren en de hulp van anderen na. Is er geen hulp nodig, wijs dan af.",
                    );
                }
                let most = most_minutes(work.per).unwrap_or(i64::MAX);
                if worked.exact.value > Exact::from(most) {
                    inspection.stop(
                        "parts",
                        format!("dit zijn meer minuten dan er {} zijn", work.per.dutch()),
                        "Kijk de aantallen na.",
                    );
                }
                hours = inspection.computable.then_some(worked);
            }
            Err(error) => inspection.stop("parts", error.to_string(), "Kijk de aantallen na."),
        }
    }
    HoursOutcome {
        hours,
        problems: inspection.problems,
    }
}

/// Sum of the parts so far, exact and rounded.
type SoFar<N> = (Figure<N>, Figure<N>);

/// Work of which everything is known to exist.
struct Evaluation<'a, 't, T: Tracer> {
    set: &'a NormSet,
    work: &'a HoursWork,
    calculator: Calculator<'t, T>,
}

impl<T: Tracer> Evaluation<'_, '_, T> {
    fn run(mut self) -> Result<WorkedHours<T::Node>, QuantityError> {
        let measure = self.set.unit.measure();
        let per = self.work.per;
        let mut parts = Vec::with_capacity(self.work.parts.len());
        for (place, work) in self.work.parts.iter().enumerate() {
            if let Some(norm) = self.set.part(&work.part) {
                let mark = self.calculator.tracer.enter(format_args!("parts[{place}]"));
                let part = self.part(norm, work);
                self.calculator.tracer.leave(mark);
                parts.push(part?);
            }
        }
        let sums: Vec<_> = parts.iter().map(|part| part.in_own_unit).collect();
        let in_own_unit = self
            .calculator
            .sum(Step::new("uitkomst van de norm", measure), &sums)?;
        let exact = self.in_minutes(in_own_unit, per)?;
        let rounding = &self.set.rounding;
        let minutes = Measure::VolumePer(Unit::Minute, per);
        let granted = self.calculator.round(
            Step::new("toegekende minuten", minutes),
            exact,
            &rounding.value,
            &rounding.provenance,
        )?;
        self.show(&mut parts, exact, granted)?;
        let aggravating: Vec<_> = parts
            .iter()
            .flat_map(|part| &part.lines)
            .filter(|line| line.aggravating && line.kind == LineKind::Factor)
            .map(|line| line.value)
            .collect();
        let visits: Vec<_> = parts
            .iter()
            .flat_map(|part| &part.lines)
            .filter(|line| line.kind == LineKind::Visits)
            .map(|line| line.value)
            .collect();
        let aggravated = parts
            .iter()
            .flat_map(|part| &part.lines)
            .any(|line| line.aggravating);
        let before_aggravating = self.before(in_own_unit, &aggravating)?;
        let step = Step::new(
            "extra bezoeken",
            Measure::VolumePer(Unit::Piece, Frequency::Week),
        );
        let extra_visits = if visits.is_empty() {
            None
        } else {
            Some(self.calculator.sum(step, &visits)?)
        };
        Ok(WorkedHours {
            per,
            unit: self.set.unit,
            parts,
            in_own_unit,
            exact,
            granted,
            before_aggravating,
            aggravated,
            extra_visits,
            assumes: Arc::clone(&self.set.assumes),
        })
    }

    fn part(&mut self, norm: &Part, work: &PartWork) -> Result<PartHours<T::Node>, QuantityError> {
        let measure = self.set.unit.measure();
        let mut lines = Vec::new();
        lines.push(self.start(norm, &work.start)?);
        for (place, used) in work.factors.iter().enumerate() {
            if let Some(factor) = norm.factor(&used.factor) {
                lines.push(self.factor(factor, used, format_args!("factors[{place}]"))?);
            }
        }
        let time = |line: &&HoursLine<T::Node>| line.kind != LineKind::Visits;
        let values: Vec<_> = lines.iter().filter(time).map(|line| line.value).collect();
        let step = Step::new("onderdeel", measure).about(&norm.name);
        let mut total = self.calculator.sum(step, &values)?;
        for (place, reduction) in work.reductions.iter().enumerate() {
            let name: Arc<str> = reduction.ground.dutch().into();
            let field = format_args!("reductions[{place}].minutes.minutes");
            let less = self.own(reduction.minutes, field, &name)?;
            let step = Step::new("na aftrek", measure).about(&norm.name);
            total = self.calculator.sub(step, total, less)?;
            lines.push(HoursLine {
                kind: LineKind::Reduction(reduction.ground),
                name,
                count: 1,
                counted: None,
                value: Figure {
                    value: less.value.negated()?,
                    ..less
                },
                own: Some(reduction.minutes),
                reason: Some(reduction.reason.clone()),
                aggravating: false,
                deviates: false,
                source: None,
            });
        }
        Ok(PartHours {
            id: norm.id.clone(),
            name: norm.name.clone(),
            lines,
            in_own_unit: total,
            exact: total,
            shown: total,
        })
    }

    fn start(&mut self, norm: &Part, start: &Start) -> Result<HoursLine<T::Node>, QuantityError> {
        let line = |kind, name: Arc<str>, value| HoursLine {
            kind,
            name,
            count: 1,
            counted: None,
            value,
            own: None,
            reason: None,
            aggravating: false,
            deviates: false,
            source: None,
        };
        match start {
            Start::Own { minutes, reason } => {
                let field = format_args!("start.minutes.minutes");
                let value = self.own(*minutes, field, &norm.name)?;
                Ok(HoursLine {
                    own: Some(*minutes),
                    reason: Some(reason.clone()),
                    deviates: !norm.bases.is_empty(),
                    ..line(LineKind::Own, "eigen minuten".into(), value)
                })
            }
            Start::Base(id) => {
                let base = norm.base(id);
                let name = base.map_or_else(|| norm.name.clone(), |base| base.name.clone());
                let step = Step::new("basis", self.set.unit.measure()).about(&name);
                let value = match base.map(|base| (&base.norm.value, &base.norm.provenance)) {
                    Some((NormValue::Known(value), provenance)) => {
                        self.calculator.leaf(step, Leaf::Figure(provenance), *value)
                    }
                    // Inspected before: a base that is not there, or without a value, cannot be chosen.
                    _ => return Err(QuantityError::Overflow),
                };
                let source = base.map(|base| base.norm.provenance.clone());
                Ok(HoursLine {
                    source,
                    ..line(LineKind::Base, name, value)
                })
            }
        }
    }

    fn factor(
        &mut self,
        factor: &Factor,
        used: &FactorUse,
        at: fmt::Arguments<'_>,
    ) -> Result<HoursLine<T::Node>, QuantityError> {
        let (kind, measure) = match factor.effect {
            Effect::Time => (LineKind::Factor, self.set.unit.measure()),
            Effect::Visits => (
                LineKind::Visits,
                Measure::VolumePer(Unit::Piece, Frequency::Week),
            ),
        };
        let provenance = &factor.norm.provenance;
        let value = match (used.own, &factor.norm.value) {
            (Some(own), _) => self.own(own, format_args!("{at}.own.minutes"), &factor.name)?,
            (None, NormValue::Known(value)) => {
                let step = Step::new("factor", measure).about(&factor.name);
                let one = self.calculator.leaf(step, Leaf::Figure(provenance), *value);
                if factor.per.is_some() {
                    let count = self.calculator.leaf(
                        Step::new("aantal", Measure::Number).about(&factor.name),
                        Leaf::Input(format_args!("{at}.count")),
                        Exact::from(i64::from(used.count)),
                    );
                    self.calculator.mul(step, one, count)?
                } else {
                    one
                }
            }
            // Inspected before: a factor without a value has own minutes.
            (None, NormValue::NotKnown(_)) => return Err(QuantityError::Overflow),
        };
        Ok(HoursLine {
            kind,
            name: factor.name.clone(),
            count: used.count,
            counted: factor.per.clone(),
            value,
            own: used.own,
            reason: Some(used.reason.clone()),
            aggravating: factor.aggravating,
            deviates: used.own.is_some() && matches!(factor.norm.value, NormValue::Known(_)),
            source: Some(provenance.clone()),
        })
    }

    /// Fills in the minutes of the parts, whole ones that add up included.
    fn show(
        &mut self,
        parts: &mut [PartHours<T::Node>],
        exact: Figure<T::Node>,
        granted: Figure<T::Node>,
    ) -> Result<(), QuantityError> {
        let minutes = Measure::VolumePer(Unit::Minute, self.work.per);
        let Some((last, others)) = parts.split_last_mut() else {
            return Ok(());
        };
        let mut so_far: Option<SoFar<T::Node>> = None;
        for part in others {
            part.exact = self.in_minutes(part.in_own_unit, self.work.per)?;
            let step = Step::new("tot en met dit onderdeel", minutes).about(&part.name);
            let sum = match so_far {
                None => part.exact,
                Some((before, _)) => self.calculator.add(step, before, part.exact)?,
            };
            let rounding = &self.set.rounding;
            let rounded =
                self.calculator
                    .round(step, sum, &rounding.value, &rounding.provenance)?;
            part.shown = self.difference(part, rounded, so_far)?;
            so_far = Some((sum, rounded));
        }
        last.exact = match so_far {
            None => exact,
            Some(_) => self.in_minutes(last.in_own_unit, self.work.per)?,
        };
        last.shown = self.difference(last, granted, so_far)?;
        Ok(())
    }

    fn difference(
        &mut self,
        part: &PartHours<T::Node>,
        rounded: Figure<T::Node>,
        so_far: Option<SoFar<T::Node>>,
    ) -> Result<Figure<T::Node>, QuantityError> {
        let minutes = Measure::VolumePer(Unit::Minute, self.work.per);
        match so_far {
            None => Ok(rounded),
            Some((_, before)) => {
                let step = Step::new("minuten van dit onderdeel", minutes).about(&part.name);
                self.calculator.sub(step, rounded, before)
            }
        }
    }

    /// Minutes per week without what the aggravating factors add; not below zero.
    fn before(
        &mut self,
        total: Figure<T::Node>,
        aggravating: &[Figure<T::Node>],
    ) -> Result<Figure<T::Node>, QuantityError> {
        let measure = self.set.unit.measure();
        let mut before = total;
        if !aggravating.is_empty() {
            let step = Step::new("verzwaring", measure);
            let mut added = self.calculator.sum(step, aggravating)?;
            if added.value > total.value {
                let step = Step::new("verzwaring, hoogstens het geheel", measure);
                added = self.calculator.least(step, added, total);
            }
            let step = Step::new("zonder verzwaring", measure);
            before = self.calculator.sub(step, total, added)?;
        }
        self.in_minutes(before, Frequency::Week)
    }

    /// Own minutes in the unit of the set.
    fn own(
        &mut self,
        own: OwnMinutes,
        field: fmt::Arguments<'_>,
        about: &Arc<str>,
    ) -> Result<Figure<T::Node>, QuantityError> {
        let step = Step::new("eigen minuten", Measure::VolumePer(Unit::Minute, own.per));
        let typed = self.calculator.leaf(
            step.about(about),
            Leaf::Input(field),
            Exact::from(own.minutes),
        );
        let unit = self.set.unit;
        let minutes = self.restate(typed, own.per, unit.per())?;
        if unit.unit() == Unit::Hour {
            let sixty = self.sixty()?;
            return self
                .calculator
                .div(Step::new("in uren", unit.measure()), minutes, sixty);
        }
        Ok(minutes)
    }

    /// A volume in the unit of the set as minutes per `per`.
    fn in_minutes(
        &mut self,
        volume: Figure<T::Node>,
        per: Frequency,
    ) -> Result<Figure<T::Node>, QuantityError> {
        let unit = self.set.unit;
        let mut minutes = volume;
        if unit.unit() == Unit::Hour {
            let sixty = self.sixty()?;
            let step = Step::new("in minuten", Measure::VolumePer(Unit::Minute, unit.per()));
            minutes = self.calculator.mul(step, volume, sixty)?;
        }
        self.restate(minutes, unit.per(), per)
    }

    /// Minutes per one period as minutes per another: by definition, or over the weeks in a year.
    fn restate(
        &mut self,
        minutes: Figure<T::Node>,
        from: Frequency,
        to: Frequency,
    ) -> Result<Figure<T::Node>, QuantityError> {
        if from.per(to).is_some() {
            return self.by_definition(minutes, from, to);
        }
        let weeks = self.calculator.leaf(
            Step::new("weken in een jaar", Measure::Weeks),
            Leaf::Convention(&self.set.weeks_per_year.provenance),
            self.set.weeks_per_year.value,
        );
        if Frequency::Week.per(from).is_some() {
            let minutes = self.restate(minutes, from, Frequency::Week)?;
            let step = Step::new(
                "per jaar",
                Measure::VolumePer(Unit::Minute, Frequency::Year),
            );
            let minutes = self.calculator.mul(step, minutes, weeks)?;
            self.restate(minutes, Frequency::Year, to)
        } else {
            let minutes = self.restate(minutes, from, Frequency::Year)?;
            let step = Step::new(
                "per week",
                Measure::VolumePer(Unit::Minute, Frequency::Week),
            );
            let minutes = self.calculator.div(step, minutes, weeks)?;
            self.restate(minutes, Frequency::Week, to)
        }
    }

    fn by_definition(
        &mut self,
        minutes: Figure<T::Node>,
        from: Frequency,
        to: Frequency,
    ) -> Result<Figure<T::Node>, QuantityError> {
        if from == to {
            return Ok(minutes);
        }
        let step = Step::new("omgerekend", Measure::VolumePer(Unit::Minute, to));
        let several = from.per(to).is_some_and(|factor| factor > Exact::ONE);
        let (less, more) = if several { (from, to) } else { (to, from) };
        let number = self.defined("aantal periodes", Definition::Periods(less, more))?;
        if several {
            return self.calculator.mul(step, minutes, number);
        }
        self.calculator.div(step, minutes, number)
    }

    /// Minutes in an hour.
    fn sixty(&mut self) -> Result<Figure<T::Node>, QuantityError> {
        self.defined(
            "minuten in een uur",
            Definition::Units(Unit::Minute, Unit::Hour),
        )
    }

    /// A definition whose two sides are known to compare.
    fn defined(
        &mut self,
        label: &'static str,
        definition: Definition,
    ) -> Result<Figure<T::Node>, QuantityError> {
        let step = Step::new(label, Measure::Number);
        let figure = self.calculator.define(step, definition);
        figure.ok_or(QuantityError::DivisionByZero)
    }
}
