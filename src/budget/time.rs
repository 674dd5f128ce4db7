//! Whether an extent can be: above zero, in whole minutes (R07), and within the time that there is.

use super::Volume;
use super::hours::{GrantedPart, hours_field, too_large};
use super::lookup::number_of_days;
use super::walk::{Stop, Walk};
use crate::document::Problem;
use crate::indication::Hours;
use crate::quantity::{Exact, Extent, Frequency, Unit};
use crate::trace::{Measure, Tracer, shown};
use jiff::civil::Date;

/// What is granted of one kind so far, as a share of what fits in the time.
#[derive(Clone, Copy)]
pub(super) struct Taken {
    of: Unit,
    share: Exact,
}

impl<'a, T: Tracer> Walk<'a, '_, T> {
    /// Nothing, parts of a minute (R07), and more than there is time for are slips: of every extent by itself, and of all
    /// parts of the line together.
    pub(super) fn check_volumes(
        &mut self,
        granted: &GrantedPart<T::Node>,
        at: usize,
    ) -> Result<(), Stop> {
        let several = self.line.hours.len() > 1 || granted.volumes.len() > 1;
        let days = self.spread(None);
        for (row, volume) in granted.volumes.iter().enumerate() {
            let most = most_of(volume.unit, volume.per, days);
            let value = volume.figure.value;
            let found = check_time(value, measure_of(volume), most);
            let found = found.and_then(|()| check_minutes(volume));
            let found = found.and_then(|()| match several {
                true => self.take(volume, most),
                false => Ok(()),
            });
            found.map_err(|problem| {
                let field = hours_field(at);
                match self.line.hours.get(at).map(|part| &part.hours) {
                    Some(Hours::Typed(_)) => problem.field(format!("{field}[{row}].volume")),
                    _ => problem.field(field),
                }
            })?;
        }
        Ok(())
    }

    /// Adds an extent to those before it: together they are at most what there is time for. Minutes, hours and dagdelen
    /// are one kind; a day of transport or a point takes none of that time.
    fn take(&mut self, volume: &Volume<T::Node>, most: i64) -> Result<(), Stop> {
        let of = match volume.unit {
            Unit::Hour | Unit::Dagdeel => Unit::Minute,
            other => other,
        };
        let big = |error| too_large(error, "hours");
        let share = volume.figure.value.div(Exact::from(most)).map_err(big)?;
        let known = self.taken.iter_mut().find(|taken| taken.of == of);
        let sum = match known {
            Some(taken) => {
                taken.share = taken.share.add(share).map_err(big)?;
                taken.share
            }
            None => {
                self.taken.push(Taken { of, share });
                share
            }
        };
        if sum > Exact::ONE {
            let words = shown(volume.figure.value, measure_of(volume));
            return Err(Problem::error(format!(
                "{words} past niet in de tijd naast de rest van de omvang"
            ))
            .hint("Controleer de getallen en de eenheden: samen is dit te veel.")
            .into());
        }
        Ok(())
    }
}

fn measure_of<N>(volume: &Volume<N>) -> Measure {
    Measure::VolumePer(volume.unit, volume.per)
}

/// The most of a unit that fits in a period, or in the days of the line.
fn most_of(unit: Unit, per: Frequency, line_days: Option<(Date, Date)>) -> i64 {
    let days = (per.most_days())
        .or_else(|| line_days.map(number_of_days))
        .unwrap_or(36_600);
    match unit {
        Unit::Minute => days.saturating_mul(1440),
        Unit::Hour => days.saturating_mul(24),
        Unit::Dagdeel => days.saturating_mul(6),
        Unit::Etmaal | Unit::Day => days,
        Unit::Week | Unit::FourWeeks | Unit::Month | Unit::Year => days,
        Unit::Once | Unit::Piece | Unit::Point => 1_000_000,
    }
}

/// More than there is time in the period, or in the days of the line, or nothing, is a slip.
/// Error: a problem at the field of the extent.
pub fn check_extent(extent: &Extent, line_days: Option<(Date, Date)>) -> Result<(), Problem> {
    let most = most_of(extent.unit, extent.per, line_days);
    let measure = Measure::VolumePer(extent.unit, extent.per);
    check_time(Exact::from(extent.volume), measure, most).map_err(|problem| problem.field("volume"))
}

fn check_time(value: Exact, measure: Measure, most: i64) -> Result<(), Stop> {
    if value <= Exact::ZERO {
        return Err(Problem::error("de omvang moet meer dan nul zijn")
            .hint("Vul een aantal boven nul in, of haal de regel weg.")
            .into());
    }
    if value > Exact::from(most) {
        let words = shown(value, measure);
        return Err(Problem::error(format!("{words} past niet in die tijd"))
            .hint("Controleer het getal en de eenheid.")
            .into());
    }
    Ok(())
}

/// Granted time is a whole number of minutes (R07).
fn check_minutes<N>(volume: &Volume<N>) -> Result<(), Stop> {
    let value = volume.figure.value;
    let whole = match volume.unit {
        Unit::Minute => value.whole().is_some(),
        Unit::Hour => value.whole().is_some() || in_minutes(value).is_some(),
        _ => true,
    };
    match whole {
        true => Ok(()),
        false => Err(Problem::error(format!(
            "{} is geen heel aantal minuten",
            shown(value, measure_of(volume))
        ))
        .hint("Vul de tijd in hele minuten in, bijvoorbeeld 1 uur en 20 minuten.")
        .into()),
    }
}

/// Hours in whole minutes, if they are.
fn in_minutes(hours: Exact) -> Option<i128> {
    hours.mul(Exact::from(60)).ok()?.whole()
}
