//! Days, and what the law and a tariff sheet make of them: periods, weeks, months, holidays and
//! statutory terms.
//!
//! Every day is a [`jiff::civil::Date`], a day without a clock and without a time zone. A
//! [`Period`] holds both its ends, as decisions do: "from 15 March to 31 December" includes 31
//! December.
//!
//! * [`Period`] and [`OpenPeriod`]: counting, cutting, and cutting into calendar units ([`Part`]s).
//! * [`easter`], [`holiday`], [`is_working_day`]: the Algemene termijnenwet.
//! * [`objection_term`] and its siblings: the terms of Awb and Wmo 2015.
//!
//! Nothing here reads a clock: whoever needs "today" is told. Nothing here knows money, products
//! or which of these counts a catalogue chooses. Counting days allocates nothing and takes a few
//! nanoseconds, because every evaluated line does it several times.
//!
//! ```
//! use jiff::civil::date;
//! use maatwerk::calendar::{Period, objection_term};
//!
//! let year = Period::new(date(2018, 1, 1), date(2018, 12, 31))?;
//! assert_eq!(year.days(), 365);
//! // It starts and ends on a Monday, so it touches 53 weeks.
//! assert_eq!(year.iso_weeks_touched(), 53);
//!
//! // Sent on Friday 20 February 2026: six weeks later is Good Friday.
//! assert_eq!(objection_term(date(2026, 2, 20))?.last_day, date(2026, 4, 7));
//! # Ok::<(), maatwerk::calendar::CalendarError>(())
//! ```

#![expect(
    clippy::arithmetic_side_effects,
    reason = "day numbers lie within 4.4 million of zero and counts are made of their differences; \
              a number from outside goes through `days_after`, which checks"
)]

mod holidays;
mod period;
mod split;
mod terms;

pub use holidays::{
    Holiday, decreed_days_source, easter, holiday, is_working_day, next_working_day,
};
pub use period::{OpenPeriod, Period};
pub use split::{MonthCount, Part, PartOfMonth, Parts, Segments};
pub use terms::{Term, decision_term, investigation_term, objection_term, personal_plan_term};

use jiff::civil::Date;

/// Why a calendar question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A period that ends before it starts.
    #[error(
        "De einddatum {}-{}-{} ligt voor de begindatum {}-{}-{}. Kies een einddatum op of na de begindatum.",
        to.day(), to.month(), to.year(), from.day(), from.month(), from.year()
    )]
    EndBeforeStart {
        /// The first day as given.
        from: Date,
        /// The last day as given.
        to: Date,
    },
    /// A day before the year −9999 or after 9999, which the calendar does not hold.
    #[error("De datum valt buiten de kalender. Kies een datum tot en met 31-12-9999.")]
    OutOfRange,
}

/// The earliest and the latest day number that the calendar holds.
const DAY_NUMBERS: std::ops::RangeInclusive<i32> = -4_371_587..=2_932_896;

/// The number of a day, counted from 1 January 1970, which is 0.
///
/// Days that follow one another have numbers that follow one another, so differences are days.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::day_number;
///
/// assert_eq!(day_number(date(1970, 1, 1)), 0);
/// assert_eq!(day_number(date(2018, 1, 1)) - day_number(date(2017, 1, 1)), 365);
/// ```
#[must_use]
pub fn day_number(date: Date) -> i32 {
    // January and February count as months 13 and 14 of the year before, which puts the leap day
    // last; (979 m − 2919) / 32 are then the days before month m, counted from March. Shifting by
    // 12 000 years, a multiple of 400, keeps every division above zero. After Neri and Schneider,
    // Euclidean affine functions and their application to calendar algorithms (2022).
    let early = date.month() <= 2;
    let year = (i32::from(date.year()) + 12_000 - i32::from(early)).unsigned_abs();
    let month = (i32::from(date.month()) + if early { 12 } else { 0 }).unsigned_abs();
    let century = year / 100;
    let before_month = 1_461 * year / 4 - century + century / 4 + (979 * month - 2_919) / 32;
    before_month.cast_signed() + i32::from(date.day()) - 5_102_379
}

/// The day with a number: the other way round of [`day_number`].
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] for a day outside the years −9999 to 9999.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::{CalendarError, day_from_number, day_number};
///
/// assert_eq!(day_from_number(day_number(date(2024, 2, 28)) + 1), Ok(date(2024, 2, 29)));
/// assert_eq!(day_from_number(i32::MAX), Err(CalendarError::OutOfRange));
/// ```
pub fn day_from_number(number: i32) -> Result<Date, CalendarError> {
    if !DAY_NUMBERS.contains(&number) {
        return Err(CalendarError::OutOfRange);
    }
    let shifted = number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i32::from(month <= 2);
    let out_of_range = |_| CalendarError::OutOfRange;
    Date::new(
        i16::try_from(year).map_err(out_of_range)?,
        i8::try_from(month).map_err(out_of_range)?,
        i8::try_from(day).map_err(out_of_range)?,
    )
    .map_err(|_| CalendarError::OutOfRange)
}

/// The day that lies `days` after `date`, or before it if `days` is negative.
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] beyond the years −9999 to 9999.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::days_after;
///
/// assert_eq!(days_after(date(2026, 3, 2), 42)?, date(2026, 4, 13));
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
pub fn days_after(date: Date, days: i32) -> Result<Date, CalendarError> {
    day_from_number(
        day_number(date)
            .checked_add(days)
            .ok_or(CalendarError::OutOfRange)?,
    )
}

/// The day a number of months later; in a month without that day its last one.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::months_after;
///
/// assert_eq!(months_after(date(2026, 11, 30), 3)?, date(2027, 2, 28));
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
pub fn months_after(date: Date, months: u8) -> Result<Date, CalendarError> {
    date.checked_add(jiff::Span::new().months(months))
        .map_err(|_| CalendarError::OutOfRange)
}

/// Whether a year has 29 February.
///
/// ```
/// use maatwerk::calendar::is_leap_year;
///
/// assert!(is_leap_year(2024) && is_leap_year(2000));
/// assert!(!is_leap_year(2023) && !is_leap_year(2100));
/// ```
#[must_use]
pub fn is_leap_year(year: i16) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// The days of a calendar year: 365 or 366.
#[must_use]
pub fn days_in_year(year: i16) -> i32 {
    365 + i32::from(is_leap_year(year))
}

/// The number of the ISO week that a day lies in, counted so that weeks that follow one another
/// have numbers that follow one another. Weeks start on Monday.
fn week_number(day: i32) -> i32 {
    // Day 0 was a Thursday.
    (day + 3).div_euclid(7)
}

#[cfg(test)]
mod tests_support {
    //! Periods for the property tests of this room.

    use super::{Period, day_from_number};
    use proptest::prelude::*;

    /// Periods of one day up to ten years, starting between 1940 and 2105.
    pub(super) fn periods() -> impl Strategy<Value = Period> {
        (-11_000_i32..50_000, 0_i32..3_700).prop_map(|(first, more)| {
            Period::new(
                day_from_number(first).unwrap(),
                day_from_number(first + more).unwrap(),
            )
            .unwrap()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn the_first_and_last_day_of_the_calendar_have_the_first_and_last_number() {
        assert_eq!(day_number(Date::MIN), *DAY_NUMBERS.start());
        assert_eq!(day_number(Date::MAX), *DAY_NUMBERS.end());
        assert_eq!(day_from_number(*DAY_NUMBERS.start()), Ok(Date::MIN));
        assert_eq!(day_from_number(*DAY_NUMBERS.end()), Ok(Date::MAX));
        assert_eq!(
            day_from_number(DAY_NUMBERS.start() - 1),
            Err(CalendarError::OutOfRange)
        );
        assert_eq!(
            day_from_number(DAY_NUMBERS.end() + 1),
            Err(CalendarError::OutOfRange)
        );
    }

    #[test]
    fn a_step_past_the_end_of_the_calendar_is_an_error() {
        assert_eq!(days_after(Date::MAX, 1), Err(CalendarError::OutOfRange));
        assert_eq!(days_after(Date::MIN, -1), Err(CalendarError::OutOfRange));
        assert_eq!(
            days_after(Date::MAX, i32::MAX),
            Err(CalendarError::OutOfRange)
        );
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_day_before_it() {
        let mut day = date(1800, 1, 1);
        let mut number = day_number(day);
        while day < date(2200, 12, 31) {
            day = day.tomorrow().unwrap();
            number += 1;
            assert_eq!(day_number(day), number, "{day}");
            assert_eq!(day_from_number(number), Ok(day));
        }
    }

    #[test]
    fn errors_name_the_dates_in_dutch() {
        let error = Period::new(date(2018, 3, 2), date(2018, 3, 1)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "De einddatum 1-3-2018 ligt voor de begindatum 2-3-2018. Kies een einddatum op of na de begindatum."
        );
    }

    proptest! {
        #[test]
        fn a_day_number_agrees_with_the_library_over_the_whole_calendar(number in DAY_NUMBERS) {
            let day = day_from_number(number).unwrap();
            prop_assert_eq!(day_number(day), number);
            let library = date(1970, 1, 1).checked_add(jiff::Span::new().days(number)).unwrap();
            prop_assert_eq!(day, library);
            prop_assert_eq!(days_in_year(day.year()), i32::from(day.days_in_year()));
        }
    }
}
