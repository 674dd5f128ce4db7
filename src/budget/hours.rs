//! The granted extent of a line: typed, from a norm set, or the calculation hours of a band.

use super::activities::activities;
use super::walk::Stop;
use super::{Inputs, Override};
use crate::catalogue::{Catalogue, ConventionSet, Hop, Path, ProductEntry, Selection};
use crate::document::{Problem, Severity};
use crate::indication::Hours;
use crate::norms::WorkedHours;
use crate::quantity::{Exact, Frequency, QuantityError, Unit};
use crate::trace::{Calculator, Definition, Figure, Leaf, Measure, Status, Step, Tracer};
use smallvec::SmallVec;
use std::sync::Arc;

/// A volume of a unit per period.
#[derive(Debug, Clone, Copy)]
pub struct Volume<N> {
    /// How much.
    pub figure: Figure<N>,
    /// Of what.
    pub unit: Unit,
    /// How often.
    pub per: Frequency,
}

impl<N> Volume<N> {
    /// Whether it is in total over the whole term, and does not come back.
    pub fn is_once(&self) -> bool {
        self.per == Frequency::Total
    }
}

/// What is granted of a part, before money.
#[derive(Debug, Clone)]
pub struct GrantedPart<N> {
    /// Short name of the part, for a product that is made of parts.
    pub part: Option<Arc<str>>,
    /// Dutch name of the product or part.
    pub label: Arc<str>,
    /// The extents, which are added.
    pub volumes: SmallVec<[Volume<N>; 1]>,
    /// The extents together, where there are more than one and all of them come back: in the unit and period of the band,
    /// else per week.
    pub together: Option<Volume<N>>,
    /// How a norm set came to the extent, when one was used.
    pub worked: Option<Box<WorkedHours<N>>>,
    /// What makes it heavier, as it was written down, where no norm set says so.
    pub aggravation: Option<Arc<str>>,
}

impl<N> GrantedPart<N> {
    /// Whether nothing of it comes back: then it has neither band nor views (decisions 13).
    pub fn is_in_total(&self) -> bool {
        self.volumes.iter().all(Volume::is_once)
    }
}

/// A number that does not fit is a typing slip; say so at the field.
pub(super) fn too_large(error: QuantityError, field: &str) -> Stop {
    Problem::error(error.to_string())
        .field(field)
        .hint("Controleer de getallen van deze regel.")
        .into()
}

/// Where the hours themselves stand, seen from the line.
pub(super) fn hours_field(at: usize) -> String {
    format!("hours[{at}].hours")
}

/// The extents of a part, of the entry `at` of the line's hours. `first` is what the band of the first catalogue of the
/// line filled in: these hours were granted, and a later catalogue with other calculation hours does not silently change
/// them (R18, domain section 4). Errors: a problem at the field of the hours.
pub(super) fn granted<T: Tracer>(
    inputs: &Inputs<'_>,
    hours: &Hours,
    product: &ProductEntry,
    (chosen, first): (Selection, Option<Volume<T::Node>>),
    calc: &mut Calculator<'_, T>,
    problems: &mut Vec<Problem>,
    at: usize,
) -> Result<GrantedPart<T::Node>, Stop> {
    let mut part = GrantedPart {
        part: None,
        label: Arc::clone(&product.label),
        volumes: SmallVec::new(),
        together: None,
        worked: None,
        aggravation: None,
    };
    match hours {
        Hours::Typed(extents) => {
            if extents.is_empty() {
                return Err(Problem::error("er is geen omvang ingevuld")
                    .field(hours_field(at))
                    .hint("Vul in hoeveel ondersteuning iemand krijgt, en hoe vaak.")
                    .into());
            }
            for (row, extent) in extents.iter().enumerate() {
                let measure = Measure::VolumePer(extent.unit, extent.per);
                let figure = calc.leaf(
                    Step::new("omvang", measure),
                    Leaf::Input(format_args!("hours[{at}].hours[{row}].volume")),
                    Exact::from(extent.volume),
                );
                part.volumes.push(Volume {
                    figure,
                    unit: extent.unit,
                    per: extent.per,
                });
            }
        }
        Hours::Activities(rows) => {
            let mark = calc.tracer.enter(format_args!("hours[{at}].hours"));
            let added = activities(rows, calc);
            calc.tracer.leave(mark);
            part.volumes = added.map_err(|problem| problem.within(&hours_field(at)))?;
        }
        Hours::Norm(work) => {
            let set = (inputs.library.norms(inputs.municipality).set_of(work))
                .map_err(|problem| problem.within(&hours_field(at)))?;
            let mark = calc.tracer.enter(format_args!("hours[{at}].hours"));
            let outcome = crate::norms::evaluate(set, work, calc.tracer);
            calc.tracer.leave(mark);
            let mut found: Vec<_> = (outcome.problems.into_iter())
                .map(|problem| problem.within(&hours_field(at)))
                .collect();
            let Some(worked) = outcome.hours else {
                let first = found.iter().position(|it| it.severity == Severity::Error);
                let first = first.map(|place| found.remove(place));
                problems.append(&mut found);
                return Err(first
                    .unwrap_or_else(|| {
                        Problem::error("de uren zijn nog niet compleet").field(hours_field(at))
                    })
                    .into());
            };
            problems.append(&mut found);
            part.volumes.push(Volume {
                figure: worked.granted,
                unit: Unit::Minute,
                per: worked.per,
            });
            part.worked = Some(Box::new(worked));
        }
        Hours::Band if let Some(first) = first => part.volumes.push(first),
        Hours::Band => {
            let found = product.scales.iter().find_map(|scale| {
                let step = scale.step_of(chosen.get(scale.axis)?)?;
                Some((scale, step, step.calculation?))
            });
            let Some((scale, step, volume)) = found else {
                let mut scales = product.scales.iter();
                let chosen = scales.any(|scale| chosen.get(scale.axis).is_some());
                let (message, hint) = match chosen {
                    true => (
                        "bij deze bandbreedte horen geen rekenuren",
                        "Vul de uren zelf in.",
                    ),
                    false => (
                        "de uren volgen uit de bandbreedte, en die is nog niet gekozen",
                        "Kies een bandbreedte, of vul de uren zelf in.",
                    ),
                };
                return Err(Problem::error(message)
                    .field(hours_field(at))
                    .hint(hint)
                    .into());
            };
            let figure = calc.leaf(
                Step::new(
                    "rekenuren van de bandbreedte",
                    Measure::VolumePer(scale.unit, scale.per),
                ),
                Leaf::Figure(&step.provenance),
                volume,
            );
            part.volumes.push(Volume {
                figure,
                unit: scale.unit,
                per: scale.per,
            });
        }
    }
    Ok(part)
}

/// `figure` per `from` restated per `to`, along the agreed ways, exact; nothing when the catalogue gives no way.
/// Errors: overflow.
#[inline]
pub fn convert<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    ways: &Path,
    figure: Figure<T::Node>,
    (from, to): (Frequency, Frequency),
    measure: impl Fn(Frequency) -> Measure + Copy,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    match from == to {
        true => Ok(Some(figure)),
        false => along(calc, ways, figure, (from, to), measure),
    }
}

/// By the last hop of the way, after all that goes before it.
fn along<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    ways: &Path,
    figure: Figure<T::Node>,
    (from, to): (Frequency, Frequency),
    measure: impl Fn(Frequency) -> Measure + Copy,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    let Some(hop) = ways.last_hop(from, to) else {
        return Ok(None);
    };
    let Some(before) = convert(calc, ways, figure, (from, hop.from), measure)? else {
        return Ok(None);
    };
    let factor = factor(calc, hop);
    calc.mul(Step::new("omgerekend", measure(to)), before, factor)
        .map(Some)
}

/// What a hop multiplies by: as the catalogue agreed, else by definition.
#[inline(always)]
pub(super) fn factor<T: Tracer>(calc: &mut Calculator<'_, T>, hop: &Hop) -> Figure<T::Node> {
    let source = match &hop.convention {
        Some(convention) => Leaf::Convention(convention),
        None => Leaf::Definition(Definition::Periods(hop.from, hop.to)),
    };
    let step = Step::new("omrekenen", Measure::Number).about(&hop.name);
    calc.leaf(step, source, hop.factor)
}

/// The sum of volumes in one unit per one period. Volumes "in total" are left out.
/// Nothing when the units do not compare or the catalogue does not say how to convert.
pub(super) fn volume_in<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    volumes: &[Volume<T::Node>],
    (unit, per): (Unit, Frequency),
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    let mut sum: Option<Figure<T::Node>> = None;
    let once = per == Frequency::Total;
    for volume in volumes
        .iter()
        .filter(|volume| (volume.per == Frequency::Total) == once)
    {
        let Some(figure) = in_unit(calc, volume.figure, (volume.unit, unit), volume.per)? else {
            return Ok(None);
        };
        let converted = if once {
            Some(figure)
        } else {
            let measure = |per| Measure::VolumePer(unit, per);
            convert(calc, &set.conversions, figure, (volume.per, per), measure)?
        };
        let Some(figure) = converted else {
            return Ok(None);
        };
        sum = Some(match sum {
            None => figure,
            Some(before) => calc.add(
                Step::new("omvang samen", Measure::VolumePer(unit, per)),
                before,
                figure,
            )?,
        });
    }
    Ok(sum)
}

fn in_unit<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    figure: Figure<T::Node>,
    (from, to): (Unit, Unit),
    per: Frequency,
) -> Result<Option<Figure<T::Node>>, QuantityError> {
    if from == to {
        return Ok(Some(figure));
    }
    let Some(factor) = to.per(from) else {
        return Ok(None);
    };
    let step = Step::new("omvang", Measure::VolumePer(to, per));
    let label = Step::new(definition_of(from, to), Measure::Number);
    if factor < Exact::ONE {
        let divisor = calc.define(label, Definition::Units(from, to));
        divisor
            .map(|divisor| calc.div(step, figure, divisor))
            .transpose()
    } else {
        let factor = calc.define(label, Definition::Units(to, from));
        factor
            .map(|factor| calc.mul(step, figure, factor))
            .transpose()
    }
}

fn definition_of(a: Unit, b: Unit) -> &'static str {
    match (a.min(b), a.max(b)) {
        (Unit::Minute, Unit::Hour) => "minuten in een uur",
        (Unit::Minute, Unit::Dagdeel) => "minuten in een dagdeel",
        (Unit::Hour, Unit::Dagdeel) => "uren in een dagdeel",
        _ => "omrekenen van de eenheid",
    }
}

/// The choices of a part, and what they lean on.
pub(super) struct Chosen<N> {
    pub(super) choices: Selection,
    /// The granted time as it was laid along the edges of a band.
    pub(super) measured: Option<Volume<N>>,
    pub(super) overrides: Vec<Override>,
    /// What makes it heavier, as it was written down, where no norm set says so.
    pub(super) aggravation: Option<Arc<str>>,
    /// Worst status of the rules that choices follow from.
    pub(super) status: Status,
    /// Worst status of the rules and edges that explain what the choices mean.
    pub(super) edges: Status,
}

/// The choices of a part: fixed, chosen, or following from the hours. Problems are added; an axis without any choice is
/// an error.
pub(super) fn choices<'r, T: Tracer>(
    catalogue: &Catalogue,
    product: &ProductEntry,
    granted: &GrantedPart<T::Node>,
    (fixed, chosen): (&Selection, &Selection),
    reason: impl Fn(usize) -> Option<&'r str>,
    calc: &mut Calculator<'_, T>,
    problems: &mut Vec<Problem>,
) -> Result<Chosen<T::Node>, QuantityError> {
    use crate::catalogue::file::{Axis, Follows, Measured};
    let mut made = Chosen {
        choices: Selection::NONE,
        measured: None,
        overrides: Vec::new(),
        aggravation: None,
        status: Status::Established,
        edges: Status::Established,
    };
    let Some(set) = catalogue.conventions_of(product) else {
        return Ok(made);
    };
    let in_total = granted.is_in_total();
    let is_aggravated = |names: &Axis, value: usize| {
        let value = names.values.get(value);
        value.is_some_and(|value| names.is_aggravated(&value.id))
    };
    let aggravated = product.axes.iter().any(|&axis| {
        let value = fixed.get(axis).or_else(|| chosen.get(axis));
        let names = catalogue.file.axes.get(axis);
        (names.zip(value)).is_some_and(|(names, value)| is_aggravated(names, value))
    });
    for &axis in &product.axes {
        let Some(names) = catalogue.file.axes.get(axis) else {
            continue;
        };
        let edges = product.scale(axis).map(|scale| &scale.provenance);
        for source in edges.into_iter().chain(catalogue.follows_source(axis)) {
            made.edges = made.edges.max(source.status);
        }
        if let Some(value) = fixed.get(axis) {
            made.choices = made.choices.with(axis, value);
            continue;
        }
        let mut outside = false;
        let mut derived = None;
        let mut most = None;
        let mut rule = Status::Established;
        if let Some(scale) = product.scale(axis) {
            let along = match scale.measures {
                Measured::BeforeAggravation => match &granted.worked {
                    Some(worked) => {
                        let figure = worked.before_aggravating;
                        let week = Volume {
                            figure,
                            unit: Unit::Minute,
                            per: Frequency::Week,
                        };
                        volume_in(calc, set, &[week], (scale.unit, scale.per))?
                    }
                    // Without a norm set nobody knows what aggravation adds: then the whole is only the most it can be.
                    None if aggravated => {
                        let goal = (scale.unit, scale.per);
                        most = volume_in(calc, set, &granted.volumes, goal)?;
                        None
                    }
                    None => volume_in(calc, set, &granted.volumes, (scale.unit, scale.per))?,
                },
                Measured::Granted => {
                    let (unit, per) = (scale.unit, scale.per);
                    let sum = volume_in(calc, set, &granted.volumes, (unit, per))?;
                    made.measured = sum.map(|figure| Volume { figure, unit, per });
                    sum
                }
            };
            if let Some(along) = along {
                derived = scale.step(along.value).map(|step| step.value);
                rule = scale.provenance.status.max(along.status);
                outside = derived.is_none();
            }
        }
        if let Some(Follows::Aggravation { without, with, .. }) = &names.follows
            && let Some(worked) = &granted.worked
        {
            let wanted = if worked.aggravated { with } else { without };
            derived = names.values.iter().position(|value| value.id == *wanted);
            rule = catalogue
                .follows_source(axis)
                .map_or(rule, |source| source.status);
        }
        let too_heavy = product.scale(axis).zip(most).and_then(|(scale, most)| {
            let place = |value| scale.steps.iter().position(|step| step.value == value);
            let heaviest = scale.step(most.value)?.value;
            (place(chosen.get(axis)?)? > place(heaviest)?).then_some(heaviest)
        });
        let field = || format!("choices.{}", names.id);
        let name = |value: usize| {
            names
                .values
                .get(value)
                .map_or("onbekend", |value| value.label.as_str())
        };
        if let Some(value) = chosen.get(axis)
            && (outside || too_heavy.is_some() || derived.is_some_and(|follows| follows != value))
            && let Some(reason) = reason(axis)
        {
            made.overrides.push(Override {
                axis,
                value,
                reason: Arc::from(reason),
            });
        }
        match (chosen.get(axis), derived) {
            (Some(value), Some(follows)) if value != follows && reason(axis).is_none() => {
                made.choices = made.choices.with(axis, value);
                problems.push(
                    Problem::error(format!(
                        "{} «{}» past niet bij de uren: daaruit volgt «{}»",
                        names.label.to_lowercase(),
                        name(value),
                        name(follows)
                    ))
                    .field(field())
                    .hint("Kies wat uit de uren volgt, of schrijf op waarom het anders is."),
                );
            }
            (Some(value), _) => {
                made.choices = made.choices.with(axis, value);
                if outside && reason(axis).is_none() {
                    problems.push(
                        Problem::error(format!(
                            "de omvang valt buiten alle grenzen van {}",
                            names.label.to_lowercase()
                        ))
                        .field(field())
                        .hint("Controleer de omvang, of schrijf op waarom het anders is."),
                    );
                }
            }
            (None, Some(value)) => made.choices = made.choices.with(axis, value),
            // What is in total has no band (decisions 13).
            (None, None) if in_total && product.scale(axis).is_some() => {}
            (None, None) if outside => problems.push(
                Problem::error(format!(
                    "de omvang valt buiten alle grenzen van {}",
                    names.label.to_lowercase()
                ))
                .field(field())
                .hint("Controleer de omvang."),
            ),
            (None, None) => problems.push(
                Problem::error(format!(
                    "{} is nog niet gekozen",
                    names.label.to_lowercase()
                ))
                .field(field())
                .hint("Maak een keuze."),
            ),
        }
        if let Some(heaviest) = too_heavy
            && reason(axis).is_none()
        {
            problems.push(
                Problem::error(format!(
                    "{} «{}» past niet bij de uren: het is ten hoogste «{}»",
                    names.label.to_lowercase(),
                    chosen.get(axis).map_or("", name),
                    name(heaviest)
                ))
                .field(format!("choices.{}", names.id))
                .hint("Kies wat bij de uren past, of schrijf op waarom het anders is."),
            );
        }
        if let (Some(value), None) = (chosen.get(axis), &granted.worked)
            && is_aggravated(names, value)
        {
            match reason(axis) {
                Some(reason) => made.aggravation = Some(Arc::from(reason)),
                None => problems.push(
                    Problem::error(format!(
                        "bij «{}» ontbreekt de verzwarende omstandigheid",
                        name(value)
                    ))
                    .field(format!("choices.{}.reason", names.id))
                    .hint("Schrijf op welke omstandigheid het zwaarder maakt."),
                ),
            }
        }
        // A choice of one's own, with a reason, does not lean on the rule.
        if derived.is_some() && made.choices.get(axis) == derived {
            made.status = made.status.max(rule);
        }
    }
    Ok(made)
}
