//! Prices in force on a day, with every figure that they lean on.

use super::Inputs;
use super::hours::too_large;
use super::walk::{Known, PartView, Stop, Walk};
use crate::calendar;
use crate::catalogue::file::{Amount, OutsideTable, Stage, Strategy};
use crate::catalogue::{
    Catalogue, ConventionSet, DatedValue, InForce, ProductEntry, Selection, Tariff, in_force,
};
use crate::document::Problem;
use crate::national::Parameter;
use crate::quantity::dutch::date_long;
use crate::quantity::{Exact, QuantityError, Unit};
use crate::trace::{Calculator, Figure, Leaf, Measure, Provenance, Step, Tracer};
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
    #[inline]
    pub fn narrow(&mut self, until: Option<Date>) {
        if let Some(until) = until
            && until < self.until
        {
            self.until = until;
        }
    }
}

/// What a tariff or ceiling says on a day.
#[derive(Debug, Clone)]
pub(super) struct Price<N> {
    /// What it says.
    pub says: Says,
    /// The amount per unit of the tariff; where it says something else, the rule that says so.
    pub figure: Figure<N>,
    /// Its unit and way, where an older decision keeps others than those of the tariff.
    pub kept: (Option<Unit>, Option<Strategy>),
}

/// Whether there is an amount, or what there is instead.
#[derive(Debug, Clone)]
pub(super) enum Says {
    /// An amount per unit of the tariff.
    Amount,
    /// The line must bring an offer.
    Offer,
    /// Cannot be had.
    NotAvailable,
    /// Nobody knows.
    NotKnown(Arc<str>),
    /// No ceiling.
    NoMaximum,
    /// It leans on a price for each value of a choice that was not made: that of a band, of an extent in total.
    PerChoice,
}

impl<N> Price<N> {
    fn amount(figure: Figure<N>) -> Self {
        Self {
            says: Says::Amount,
            figure,
            kept: (None, None),
        }
    }
}

/// How deep a percentage may lean on another percentage; loading refuses circles, this is the net.
const DEEPEST: u8 = 8;

/// What is looked up: the two have prices alike, and a reader knows them by their own name.
#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Tariff,
    Ceiling,
}

impl What {
    fn name(self) -> &'static str {
        match self {
            Self::Tariff => "tarief",
            Self::Ceiling => "plafond",
        }
    }

    fn rounded(self) -> &'static str {
        match self {
            Self::Tariff => "tarief, afgerond",
            Self::Ceiling => "plafond, afgerond",
        }
    }
}

/// What to look a price up for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub what: What,
    pub product: &'a ProductEntry,
    pub choices: &'a Selection,
    pub values: &'a [DatedValue],
    pub label: &'a Arc<str>,
    pub per: Unit,
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// The price in force on the stride's day; whatever it says, the line leans on where it comes from.
    pub(super) fn price(
        &mut self,
        view: &PartView<'a, T::Node>,
        stride: &mut Stride<'a>,
        wanted: &Wanted<'_>,
    ) -> Result<Price<T::Node>, Stop> {
        let price = price(self.inputs, &mut self.calc, view.set, stride, wanted)?;
        self.status = self.status.max(price.figure.status);
        Ok(price)
    }
}

/// The price in force on the stride's day; the stride ends where the answer ends.
pub(super) fn price<T: Tracer>(
    inputs: &Inputs<'_>,
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    stride: &mut Stride<'_>,
    wanted: &Wanted<'_>,
) -> Result<Price<T::Node>, Stop> {
    price_at(inputs, calc, set, stride, wanted, DEEPEST)
}

fn price_at<T: Tracer>(
    inputs: &Inputs<'_>,
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    stride: &mut Stride<'_>,
    wanted: &Wanted<'_>,
    depth: u8,
) -> Result<Price<T::Node>, Stop> {
    let Some(found) = in_force(wanted.values, stride.day, stride.decided) else {
        return Err(outside(wanted, stride.day));
    };
    let kept = found.per.filter(|per| *per != wanted.per);
    let in_kept;
    let wanted = match kept {
        None => wanted,
        Some(per) if depth < DEEPEST => return Err(other_unit(wanted.label, per, wanted.per)),
        Some(per) => {
            in_kept = Wanted { per, ..*wanted };
            &in_kept
        }
    };
    let mut price = price_of(inputs, calc, set, stride, (wanted, &found), depth)?;
    price.kept = (kept, found.strategy);
    Ok(price)
}

/// What a value in force says.
#[inline]
fn price_of<T: Tracer>(
    inputs: &Inputs<'_>,
    calc: &mut Calculator<'_, T>,
    set: &ConventionSet,
    stride: &mut Stride<'_>,
    (wanted, found): (&Wanted<'_>, &InForce<'_>),
    depth: u8,
) -> Result<Price<T::Node>, Stop> {
    stride.narrow(found.until);
    // Before a first value there is an error and not a price, so no stride can jump over one.
    let source = found.provenance;
    let measure = Measure::EuroPerUnit(wanted.per);
    let named = |label| Step::new(label, measure).about(wanted.label);
    let (percentage, of, by) = match found.amount {
        Amount::Euro(euro) => {
            let figure = calc.leaf(
                named(wanted.what.name()),
                Leaf::Figure(source),
                euro.exact(),
            );
            return Ok(Price::amount(figure));
        }
        Amount::Offer => return Ok(said(calc, source, Says::Offer)),
        Amount::NotAvailable => return Ok(said(calc, source, Says::NotAvailable)),
        Amount::NotKnown(reason) => {
            return Ok(said(
                calc,
                source,
                Says::NotKnown(Arc::from(reason.as_str())),
            ));
        }
        Amount::NoMaximum => return Ok(said(calc, source, Says::NoMaximum)),
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
            let Some(of) = lean_on(inputs, calc, set, stride, wanted, &lean, depth)? else {
                return Ok(said(calc, source, Says::PerChoice));
            };
            (*percentage, of, "percentage van dit tarief")
        }
        Amount::Outside { percentage, table } => {
            let of = outside_table(inputs, calc, stride, *table)
                .map_err(|error| too_large(error, "delivery"))?;
            match of {
                Ok(of) => (
                    *percentage,
                    Price::amount(of),
                    "percentage van het landelijke bedrag",
                ),
                Err(reason) => return Ok(said(calc, source, Says::NotKnown(reason))),
            }
        }
    };
    if !matches!(of.says, Says::Amount) {
        // A percentage of what nobody knows is not known either (decisions 3), by both rules.
        let percent = calc.rule(source);
        let figure = calc.because(named(wanted.what.name()), of.figure, percent);
        return Ok(Price { figure, ..of });
    }
    let share = calc.leaf(
        Step::new(by, Measure::Percent),
        Leaf::Figure(source),
        percentage.exact(),
    );
    let big = |error| too_large(error, "delivery");
    let rate = calc
        .percent(named(wanted.what.name()), share, of.figure)
        .map_err(big)?;
    match set.rounding(Stage::Rate) {
        Some(rule) => {
            let step = named(wanted.what.rounded());
            let rate = calc
                .round(step, rate, &rule.value, &rule.provenance)
                .map_err(big)?;
            Ok(Price::amount(rate))
        }
        None => Ok(Price::amount(rate)),
    }
}

/// A rule that gives no amount, with where it comes from.
fn said<T: Tracer>(
    calc: &mut Calculator<'_, T>,
    source: &Arc<Provenance>,
    says: Says,
) -> Price<T::Node> {
    let figure = calc.rule(source);
    Price {
        says,
        figure,
        kept: (None, None),
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
    wanted: &Wanted<'_>,
    lean: &Lean<'_>,
    depth: u8,
) -> Result<Option<Price<T::Node>>, Stop> {
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
        let Some(tariff) = product.tariff(lean.provider, &choices) else {
            return match product.has_tariff_for_some(lean.provider, &choices) {
                true => Ok(None),
                false => Err(missing().into()),
            };
        };
        let next = of_tariff(product, tariff, &choices, wanted.per)?;
        return price_at(inputs, calc, set, stride, &next, deeper).map(Some);
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
    price_at(inputs, calc, set, &mut then, &next, deeper).map(Some)
}

fn of_tariff<'a>(
    product: &'a ProductEntry,
    tariff: &'a Tariff,
    choices: &'a Selection,
    per: Unit,
) -> Result<Wanted<'a>, Stop> {
    if tariff.per != per {
        return Err(other_unit(&tariff.label, tariff.per, per));
    }
    Ok(Wanted {
        what: What::Tariff,
        product,
        choices,
        values: &tariff.values,
        label: &tariff.label,
        per,
    })
}

/// A percentage and the amount that it is of are for the same unit.
fn other_unit(label: &str, has: Unit, wanted: Unit) -> Stop {
    Problem::error(format!(
        "{label}: dit is een bedrag per {}, en het percentage geldt per {}",
        has.singular(),
        wanted.singular()
    ))
    .field("delivery")
    .hint("Maak in de catalogus beide eenheden gelijk.")
    .into()
}

/// A day outside all values is an error that names the dates.
fn outside(wanted: &Wanted<'_>, day: Date) -> Stop {
    let first = wanted.values.first().map(|value| value.from);
    let last = wanted.values.last().and_then(|value| value.to);
    let what = wanted.what.name();
    let message = match (first, last) {
        (Some(first), _) if day < first => format!(
            "{}: er is geen {what} op {}; het eerste begint op {}",
            wanted.label,
            date_long(day),
            date_long(first)
        ),
        (_, Some(last)) if day > last => format!(
            "{}: er is geen {what} op {}; het laatste liep tot en met {}",
            wanted.label,
            date_long(day),
            date_long(last)
        ),
        _ => format!("{}: er is geen {what} op {}", wanted.label, date_long(day)),
    };
    Problem::error(message)
        .field("from")
        .hint(format!(
            "Pas de periode aan, of splits de regel op de dag waarop het {what} verandert."
        ))
        .into()
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
) -> Result<Known<Figure<T::Node>>, QuantityError> {
    let (national, day) = (inputs.library.national(inputs.municipality), stride.day);
    let found = match table {
        OutsideTable::MinimumWage => national.minimum_wage_per_hour(day, None, calc)?,
        OutsideTable::HouseholdWage => national.figure(Parameter::FloorHousehold, day, calc),
        OutsideTable::BegeleidingWage => national.figure(Parameter::FloorBegeleiding, day, calc),
    };
    stride.narrow(found.valid_until);
    Ok(match found.figure {
        Ok(found) => Ok(found.figure),
        Err(reason) => Err(Arc::from(reason)),
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
