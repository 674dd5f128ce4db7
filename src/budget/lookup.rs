//! Prices in force on a day, with every figure that they lean on.

use super::Inputs;
use super::hours::too_large;
use crate::calendar;
use crate::catalogue::file::{Amount, OutsideTable, Stage};
use crate::catalogue::{
    Catalogue, ConventionSet, DatedValue, ProductEntry, Selection, Tariff, in_force,
};
use crate::document::Problem;
use crate::national::Parameter;
use crate::quantity::dutch::date_long;
use crate::quantity::{Exact, QuantityError, Unit};
use crate::trace::{Calculator, Figure, Leaf, Measure, Step, Tracer};
use jiff::civil::Date;
use std::sync::Arc;

/// The days that one look-up answers for. It only ever gets shorter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stride<'a> {
    /// First day.
    pub day: Date,
    /// Last day.
    pub until: Date,
    /// The catalogue in force.
    pub catalogue: &'a Arc<Catalogue>,
    /// The day of the decision that counts for transitions.
    pub decided: Date,
}

impl Stride<'_> {
    /// Ends the stride at an answer's last day.
    pub fn narrow(&mut self, until: Option<Date>) {
        if let Some(until) = until {
            self.until = self.until.min(until);
        }
    }
}

/// What a tariff or ceiling says on a day.
#[derive(Debug, Clone)]
pub(super) enum Price<N> {
    /// An amount per unit of the tariff.
    Amount(Figure<N>),
    /// The line must bring an offer.
    Offer,
    /// Cannot be had.
    NotAvailable,
    /// Nobody knows.
    NotKnown(Arc<str>),
    /// No ceiling.
    NoMaximum,
}

/// How deep a percentage may lean on another percentage; loading refuses circles, this is the net.
const DEEPEST: u8 = 8;

/// What to look a price up for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub product: &'a ProductEntry,
    pub choices: &'a Selection,
    pub values: &'a [DatedValue],
    pub label: &'a Arc<str>,
    pub per: Unit,
}

/// The price in force on the stride's day; the stride ends where the answer ends.
pub(super) fn price<T: Tracer>(
    inputs: &Inputs<'_>,
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    stride: &mut Stride<'_>,
    wanted: Wanted<'_>,
) -> Result<Price<T::Node>, Problem> {
    price_at(inputs, calc, set, stride, wanted, DEEPEST)
}

fn price_at<T: Tracer>(
    inputs: &Inputs<'_>,
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    stride: &mut Stride<'_>,
    wanted: Wanted<'_>,
    depth: u8,
) -> Result<Price<T::Node>, Problem> {
    let Some(found) = in_force(wanted.values, stride.day, stride.decided) else {
        return Err(outside(wanted, stride.day));
    };
    stride.narrow(found.until);
    // Before a first value there is an error and not a price, so no stride can jump over one.
    let source = &found.value.provenance;
    let measure = Measure::EuroPerUnit(wanted.per);
    let named = |label| Step::new(label, measure).about(wanted.label);
    let (percentage, of, by) = match found.amount {
        Amount::Euro(euro) => {
            return Ok(Price::Amount(calc.leaf(
                named("tarief"),
                Leaf::Figure(source),
                euro.exact(),
            )));
        }
        Amount::Offer => return Ok(Price::Offer),
        Amount::NotAvailable => return Ok(Price::NotAvailable),
        Amount::NotKnown(reason) => return Ok(Price::NotKnown(Arc::from(reason.as_str()))),
        Amount::NoMaximum => return Ok(Price::NoMaximum),
        Amount::Percent {
            percentage,
            provider,
            product,
            on,
            ..
        } => {
            let lean = Lean {
                provider,
                product: product.as_deref(),
                on: *on,
                overlay: found.overlay,
            };
            match lean_on(inputs, calc, set, stride, wanted, &lean, depth)? {
                Price::Amount(of) => (*percentage, of, "percentage van dit tarief"),
                other => return Ok(other),
            }
        }
        Amount::Outside { percentage, table } => {
            match outside_table(inputs, calc, stride, *table)
                .map_err(|e| too_large(e, "delivery"))?
            {
                Price::Amount(of) => (*percentage, of, "percentage van het landelijke bedrag"),
                other => return Ok(other),
            }
        }
    };
    let share = calc.leaf(
        Step::new(by, Measure::Percent),
        Leaf::Figure(source),
        percentage.exact(),
    );
    let big = |error| too_large(error, "delivery");
    let rate = calc.percent(named("tarief"), share, of).map_err(big)?;
    match set.rounding(Stage::Rate) {
        Some(rule) => {
            let step = named("tarief, afgerond");
            let rate = calc
                .round(step, rate, &rule.value, &rule.provenance)
                .map_err(big)?;
            Ok(Price::Amount(rate))
        }
        None => Ok(Price::Amount(rate)),
    }
}

/// The tariff that a percentage leans on.
struct Lean<'a> {
    provider: &'a str,
    product: Option<&'a str>,
    on: Option<Date>,
    overlay: &'a Selection,
}

fn lean_on<T: Tracer>(
    inputs: &Inputs<'_>,
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    stride: &mut Stride<'_>,
    wanted: Wanted<'_>,
    lean: &Lean<'_>,
    depth: u8,
) -> Result<Price<T::Node>, Problem> {
    let missing = || {
        Problem::error(format!(
            "{}: het tarief waarvan dit een percentage is, ontbreekt",
            wanted.label
        ))
        .field("delivery")
        .hint("Kies een andere zorgverlener, of vul de catalogus aan.")
    };
    let deeper = depth.checked_sub(1).ok_or_else(missing)?;
    let choices = wanted.choices.overlaid(lean.overlay);
    let Some(on) = lean.on else {
        let product = match lean.product {
            Some(id) => stride.catalogue.product(id).ok_or_else(missing)?,
            None => wanted.product,
        };
        let tariff = product
            .tariff(lean.provider, &choices)
            .ok_or_else(missing)?;
        let next = of_tariff(product, tariff, &choices, wanted.per)?;
        return price_at(inputs, calc, set, stride, next, deeper);
    };
    // A fixed day: maybe in an older catalogue, whose axes may stand in another order.
    let answer = inputs
        .library
        .catalogues
        .on(inputs.municipality, on)
        .map_err(|_| missing())?;
    let id = lean.product.unwrap_or(&wanted.product.id);
    let product = answer.catalogue.product(id).ok_or_else(missing)?;
    let names = &stride.catalogue.file.axes;
    let chosen = names.iter().enumerate().filter_map(|(place, axis)| {
        let value = axis.values.get(choices.get(place)?)?;
        Some((axis.id.as_str(), value.id.as_str()))
    });
    let choices = answer.catalogue.select(chosen).map_err(|_| missing())?;
    let tariff = product
        .tariff(lean.provider, &choices)
        .ok_or_else(missing)?;
    let next = of_tariff(product, tariff, &choices, wanted.per)?;
    let mut then = Stride {
        day: on,
        until: on,
        catalogue: answer.catalogue,
        decided: stride.decided,
    };
    price_at(inputs, calc, set, &mut then, next, deeper)
}

fn of_tariff<'a>(
    product: &'a ProductEntry,
    tariff: &'a Tariff,
    choices: &'a Selection,
    per: Unit,
) -> Result<Wanted<'a>, Problem> {
    if tariff.per != per {
        return Err(Problem::error(format!(
            "{}: dit is een bedrag per {}, en het percentage geldt per {}",
            tariff.label,
            tariff.per.singular(),
            per.singular()
        ))
        .field("delivery")
        .hint("Maak in de catalogus beide eenheden gelijk."));
    }
    Ok(Wanted {
        product,
        choices,
        values: &tariff.values,
        label: &tariff.label,
        per,
    })
}

/// A day outside all values is an error that names the dates.
fn outside(wanted: Wanted<'_>, day: Date) -> Problem {
    let first = wanted.values.first().map(|value| value.from);
    let last = wanted.values.last().and_then(|value| value.to);
    let message = match (first, last) {
        (Some(first), _) if day < first => format!(
            "{}: er is geen tarief op {}; het eerste begint op {}",
            wanted.label,
            date_long(day),
            date_long(first)
        ),
        (_, Some(last)) if day > last => format!(
            "{}: er is geen tarief op {}; het laatste liep tot en met {}",
            wanted.label,
            date_long(day),
            date_long(last)
        ),
        _ => format!("{}: er is geen tarief op {}", wanted.label, date_long(day)),
    };
    Problem::error(message)
        .field("from")
        .hint("Pas de periode aan, of splits de regel op de dag waarop het tarief verandert.")
}

/// The national figures that a table is made from.
pub fn parameters_of(table: OutsideTable) -> &'static [Parameter] {
    match table {
        OutsideTable::MinimumWage => &Parameter::MINIMUM_WAGE,
        OutsideTable::HouseholdWage => &[Parameter::FloorHousehold],
        OutsideTable::BegeleidingWage => &[Parameter::FloorBegeleiding],
    }
}

fn outside_table<T: Tracer>(
    inputs: &Inputs<'_>,
    calc: &mut Calculator<'_, T>,
    stride: &mut Stride<'_>,
    table: OutsideTable,
) -> Result<Price<T::Node>, QuantityError> {
    let (national, day) = (inputs.library.national(inputs.municipality), stride.day);
    let found = match table {
        OutsideTable::MinimumWage => national.minimum_wage_per_hour(day, None, calc)?,
        OutsideTable::HouseholdWage => national.figure(Parameter::FloorHousehold, day, calc),
        OutsideTable::BegeleidingWage => national.figure(Parameter::FloorBegeleiding, day, calc),
    };
    stride.narrow(found.valid_until);
    Ok(match found.figure {
        Ok(found) => Price::Amount(found.figure),
        Err(reason) => Price::NotKnown(Arc::from(reason)),
    })
}

/// Days of a period, as a count over typed dates.
pub(super) fn days<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    from: Date,
    to: Date,
) -> Figure<T::Node> {
    let count = number_of_days((from, to));
    calc.leaf(
        Step::new("dagen, begin en einde meegeteld", Measure::Days).during(from, to),
        Leaf::Count(from, to),
        Exact::from(count),
    )
}

/// The days from one to another, both counted.
pub(super) fn number_of_days((from, to): (Date, Date)) -> i64 {
    let last = i64::from(calendar::day_number(to));
    last.saturating_sub(i64::from(calendar::day_number(from)))
        .saturating_add(1)
}
