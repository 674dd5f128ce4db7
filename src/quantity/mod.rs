//! Quantities: exact fractions, money, minutes, units, extents and roundings.
//!
//! Everything here is exact. A `Decimal` stands at the edges (what people type, what a
//! sheet publishes, what a rounding leaves); between two roundings a value is an [`Exact`]
//! fraction, so 10/3 hour and 365/7 week stay what they are. Every operation is checked:
//! overflow and division by zero are errors. This room must not know dates, catalogues,
//! files or the window.

pub mod dutch;

mod amounts;
mod exact;
mod extent;
mod rounding;

pub use amounts::{Euro, Minutes, ParseDecimalError, Percentage, Rate, parse_plain_decimal};
pub use exact::{Exact, QuantityError};
pub use extent::{Extent, Frequency, Unit};
pub use rounding::{Rounding, RoundingMode};
