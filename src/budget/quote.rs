//! One price on one day, apart from any line: what a tariff screen shows.

use super::Inputs;
use super::lookup::{Says, Stride, Wanted, What, price};
use crate::catalogue::{Catalogue, ProductEntry, Selection, Tariff};
use crate::document::Problem;
use crate::trace::{Calculator, Figure, Tracer};
use jiff::civil::Date;
use std::sync::Arc;

/// What a tariff comes to on a day.
#[derive(Debug, Clone)]
pub enum Quote<N> {
    /// An amount per unit of the tariff, percentages and roundings carried out; its last day, if
    /// an answer that it leans on ends.
    Amount(Figure<N>, Option<Date>),
    /// The line must bring an offer.
    Offer,
    /// Cannot be had.
    NotAvailable,
    /// Nobody knows, and why.
    NotKnown(Arc<str>),
}

/// The price of `tariff` of `product` in `catalogue` on the calculation date, for these choices.
/// Errors: the day lies outside all its values, or what it leans on is missing.
pub fn quote<T: Tracer>(
    inputs: &Inputs<'_>,
    catalogue: &Arc<Catalogue>,
    product: &ProductEntry,
    tariff: &Tariff,
    choices: &Selection,
    tracer: &mut T,
) -> Result<Quote<T::Node>, Problem> {
    let day = inputs.calculation_date;
    let Some(set) = catalogue.conventions_of(product) else {
        return Ok(Quote::NotKnown(Arc::from("de afspraken ontbreken")));
    };
    let mut stride = Stride {
        day,
        until: Date::MAX,
        catalogue,
        decided: inputs.decision_date.unwrap_or(day),
    };
    let wanted = Wanted {
        what: What::Tariff,
        product,
        choices,
        values: &tariff.values,
        label: &tariff.label,
        per: tariff.per,
    };
    let mut calc = Calculator { tracer };
    let price = price(inputs, &mut calc, set, &mut stride, &wanted).map_err(|stop| *stop)?;
    Ok(match price.says {
        Says::Amount => {
            let until = Some(stride.until).filter(|until| *until < Date::MAX);
            Quote::Amount(price.figure, until)
        }
        Says::Offer => Quote::Offer,
        Says::NotAvailable | Says::NoMaximum | Says::PerChoice => Quote::NotAvailable,
        Says::NotKnown(reason) => Quote::NotKnown(reason),
    })
}
