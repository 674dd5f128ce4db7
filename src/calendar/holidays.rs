//! Easter, the recognised holidays and working days.
//!
//! The Algemene termijnenwet art. 3 names the holidays that move the end of a statutory term:
//! lid 1 by name, lid 2 Good Friday, and lid 3 further days that a royal decree puts on a par with
//! them, three years at a time. They are stored here as far as a source for them was found.

use super::{CalendarError, day_from_number, day_number};
use jiff::civil::{Date, Weekday};

/// A day on which no statutory term ends (Algemene termijnenwet art. 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// 1 January.
    NewYear,
    /// The Friday before Easter, treated alike by lid 2.
    GoodFriday,
    /// The day after Easter.
    EasterMonday,
    /// The thirty-ninth day after Easter, a Thursday.
    Ascension,
    /// The fiftieth day after Easter.
    WhitMonday,
    /// The King's or Queen's birthday as it is celebrated: from 2014 on 27 April, or 26 April if
    /// that is a Sunday; before, 30 April, or 29 April if that is a Sunday.
    KingsDay,
    /// 5 May, every year (most employers give the day off every five years; terms do not care).
    LiberationDay,
    /// 25 December.
    ChristmasDay,
    /// 26 December.
    BoxingDay,
    /// A day that a royal decree puts on a par with a holiday (lid 3).
    Decreed,
}

impl Holiday {
    /// The Dutch name, as it can stand in a sentence.
    ///
    /// ```
    /// assert_eq!(maatwerk::calendar::Holiday::GoodFriday.name(), "Goede Vrijdag");
    /// ```
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NewYear => "Nieuwjaarsdag",
            Self::GoodFriday => "Goede Vrijdag",
            Self::EasterMonday => "tweede paasdag",
            Self::Ascension => "Hemelvaartsdag",
            Self::WhitMonday => "tweede pinksterdag",
            Self::KingsDay => "Koningsdag",
            Self::LiberationDay => "Bevrijdingsdag",
            Self::ChristmasDay => "eerste kerstdag",
            Self::BoxingDay => "tweede kerstdag",
            Self::Decreed => "een dag die met een feestdag is gelijkgesteld",
        }
    }
}

/// A royal decree under Algemene termijnenwet art. 3 lid 3.
struct Decree {
    /// The calendar years it covers.
    years: std::ops::RangeInclusive<i16>,
    /// Its name, for the explanation of a term.
    source: &'static str,
    /// Year, month and day of each day it names.
    days: &'static [(i16, i8, i8)],
}

/// The decrees whose days are known. 2020 to 2022 are not: no source with all their days was found.
const DECREES: [Decree; 4] = [
    Decree {
        years: 2014..=2016,
        source: "Besluit van 17 juni 2013, nr. 13.001210",
        days: &[
            (2014, 5, 30),
            (2015, 1, 2),
            (2015, 5, 4),
            (2015, 5, 15),
            (2016, 5, 6),
        ],
    },
    Decree {
        years: 2017..=2019,
        source: "Besluit van 31 oktober 2016, Stcrt. 2016, 58653",
        days: &[
            (2017, 4, 28),
            (2017, 5, 26),
            (2018, 5, 11),
            (2018, 12, 24),
            (2018, 12, 31),
            (2019, 5, 31),
            (2019, 12, 27),
        ],
    },
    Decree {
        years: 2023..=2025,
        source: "Besluit gelijkstelling van 28 april 2023, 19 mei 2023, 10 mei 2024, 27 december 2024 en \
                 30 mei 2025 met een algemeen erkende feestdag",
        days: &[
            (2023, 4, 28),
            (2023, 5, 19),
            (2024, 5, 10),
            (2024, 12, 27),
            (2025, 5, 30),
        ],
    },
    Decree {
        years: 2026..=2028,
        source: "Besluit gelijkstelling van 2 januari 2026, 15 mei 2026, 7 mei 2027, 28 april 2028 en \
                 26 mei 2028 met een algemeen erkende feestdag",
        days: &[
            (2026, 1, 2),
            (2026, 5, 15),
            (2027, 5, 7),
            (2028, 4, 28),
            (2028, 5, 26),
        ],
    },
];

/// The decree that says which further days of a year count as holidays; `None` if it is not known.
///
/// Where it is not known, a term may in truth end a day later than computed, never earlier.
///
/// ```
/// use maatwerk::calendar::decreed_days_source;
///
/// assert_eq!(decreed_days_source(2018), Some("Besluit van 31 oktober 2016, Stcrt. 2016, 58653"));
/// assert_eq!(decreed_days_source(2021), None);
/// ```
#[must_use]
pub fn decreed_days_source(year: i16) -> Option<&'static str> {
    DECREES
        .iter()
        .find(|decree| decree.years.contains(&year))
        .map(|decree| decree.source)
}

/// Easter Sunday of a year in the Gregorian calendar.
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] outside the years −9999 to 9999.
///
/// ```
/// use jiff::civil::date;
///
/// assert_eq!(maatwerk::calendar::easter(2026)?, date(2026, 4, 5));
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
pub fn easter(year: i16) -> Result<Date, CalendarError> {
    let first = Date::new(year, 3, 1).map_err(|_| CalendarError::OutOfRange)?;
    day_from_number(day_number(first) + days_from_march_to_easter(year))
}

/// How many days Easter Sunday lies after 1 March: 21 (22 March) to 55 (25 April).
///
/// The anonymous Gregorian computus in the short form of New Scientist, 30 March 1961.
fn days_from_march_to_easter(year: i16) -> i32 {
    let year = i32::from(year);
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let year_of_century = year.rem_euclid(100);
    let moon_correction = (8 * century + 13).div_euclid(25);
    let epact =
        (19 * golden + century - century.div_euclid(4) - moon_correction + 15).rem_euclid(30);
    let late = (golden + 11 * epact) / 319;
    let weekday_shift = (2 * century.rem_euclid(4) + 2 * (year_of_century / 4)
        - year_of_century.rem_euclid(4)
        - epact
        + late
        + 32)
        .rem_euclid(7);
    epact - late + weekday_shift + 21
}

/// The recognised holiday that a day is, if it is one.
///
/// If two fall on one day (Ascension and 5 May in 2016) the first of them in the order of
/// [`Holiday`] is named. Saturdays and Sundays are no holidays.
///
/// The list is that of the law's present text; years before the product's data (2015) are answered
/// by it too, except that the Queen's birthday then stands for the King's.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::{Holiday, holiday};
///
/// assert_eq!(holiday(date(2026, 4, 3)), Some(Holiday::GoodFriday));
/// assert_eq!(holiday(date(2025, 4, 26)), Some(Holiday::KingsDay)); // the 27th is a Sunday
/// assert_eq!(holiday(date(2018, 5, 11)), Some(Holiday::Decreed));
/// assert_eq!(holiday(date(2026, 3, 2)), None);
/// ```
#[must_use]
pub fn holiday(day: Date) -> Option<Holiday> {
    let (year, month, of_month) = (day.year(), day.month(), day.day());
    if (month, of_month) == (1, 1) {
        return Some(Holiday::NewYear);
    }
    let from_march =
        day_number(day) - day_number(day.first_of_year()) - 59 - i32::from(day.in_leap_year());
    let by_easter = match from_march - days_from_march_to_easter(year) {
        -2 => Some(Holiday::GoodFriday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::Ascension),
        50 => Some(Holiday::WhitMonday),
        _ => None,
    };
    by_easter.or_else(|| match (month, of_month) {
        (4, _) if is_kings_day(day) => Some(Holiday::KingsDay),
        (5, 5) => Some(Holiday::LiberationDay),
        (12, 25) => Some(Holiday::ChristmasDay),
        (12, 26) => Some(Holiday::BoxingDay),
        _ => {
            let decree = DECREES.iter().find(|decree| decree.years.contains(&year))?;
            decree
                .days
                .contains(&(year, month, of_month))
                .then_some(Holiday::Decreed)
        }
    })
}

/// Whether a day in April is the King's or Queen's birthday as celebrated.
fn is_kings_day(day: Date) -> bool {
    let birthday = if day.year() >= 2014 { 27 } else { 30 };
    if day.day() == birthday {
        day.weekday() != Weekday::Sunday
    } else {
        day.day() == birthday - 1 && day.weekday() == Weekday::Saturday
    }
}

/// Whether a day is no Saturday, no Sunday and no recognised holiday.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::is_working_day;
///
/// assert!(is_working_day(date(2026, 4, 7)));
/// assert!(!is_working_day(date(2026, 4, 6))); // Easter Monday
/// ```
#[must_use]
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && holiday(day).is_none()
}

/// The day itself if it is a working day, else the first one after it: the rule of Algemene
/// termijnenwet art. 1 lid 1.
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] if that would be after 31 December 9999.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::next_working_day;
///
/// assert_eq!(next_working_day(date(2026, 4, 3))?, date(2026, 4, 7));
/// assert_eq!(next_working_day(date(2026, 4, 7))?, date(2026, 4, 7));
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
pub fn next_working_day(day: Date) -> Result<Date, CalendarError> {
    let mut day = day;
    while !is_working_day(day) {
        day = day.tomorrow().map_err(|_| CalendarError::OutOfRange)?;
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Period;
    use jiff::civil::date;

    /// All holidays of a year that are not Decreed, in order of date.
    fn by_law(year: i16) -> Vec<(Date, Holiday)> {
        let year = Period::calendar_year(year).unwrap();
        (day_number(year.from())..=day_number(year.to()))
            .filter_map(|number| {
                let day = day_from_number(number).unwrap();
                holiday(day)
                    .filter(|found| *found != Holiday::Decreed)
                    .map(|found| (day, found))
            })
            .collect()
    }

    #[test]
    fn easter_falls_on_the_published_days() {
        // Published tables of Easter dates; 1818 and 2285 are the earliest, 1943 and 2038 the latest.
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (1954, 4, 18),
            (1981, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2015, 4, 5),
            (2016, 3, 27),
            (2017, 4, 16),
            (2018, 4, 1),
            (2019, 4, 21),
            (2020, 4, 12),
            (2021, 4, 4),
            (2022, 4, 17),
            (2023, 4, 9),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2028, 4, 16),
            (2029, 4, 1),
            (2030, 4, 21),
            (2038, 4, 25),
            (2285, 3, 22),
        ] {
            assert_eq!(easter(year), Ok(date(year, month, day)));
        }
    }

    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april_in_every_year_of_the_calendar() {
        for year in -9999..=9999 {
            let day = easter(year).unwrap();
            assert_eq!(day.weekday(), Weekday::Sunday, "{year}");
            assert!(
                date(year, 3, 22) <= day && day <= date(year, 4, 25),
                "{year}"
            );
        }
        assert_eq!(easter(10_000), Err(CalendarError::OutOfRange));
        assert_eq!(easter(i16::MIN), Err(CalendarError::OutOfRange));
    }

    #[test]
    fn a_year_has_the_nine_holidays_of_the_law() {
        use Holiday as H;
        assert_eq!(
            by_law(2026),
            [
                (date(2026, 1, 1), H::NewYear),
                (date(2026, 4, 3), H::GoodFriday),
                (date(2026, 4, 6), H::EasterMonday),
                (date(2026, 4, 27), H::KingsDay),
                (date(2026, 5, 5), H::LiberationDay),
                (date(2026, 5, 14), H::Ascension),
                (date(2026, 5, 25), H::WhitMonday),
                (date(2026, 12, 25), H::ChristmasDay),
                (date(2026, 12, 26), H::BoxingDay),
            ]
        );
        // One fewer only where Ascension falls on 5 May.
        for year in 1990..=2200 {
            let shared = holiday(date(year, 5, 5)) == Some(H::Ascension);
            assert_eq!(by_law(year).len(), if shared { 8 } else { 9 }, "{year}");
        }
    }

    #[test]
    fn the_birthday_of_king_and_queen_moves_to_saturday_when_it_is_a_sunday() {
        for (day, is) in [
            (date(2026, 4, 27), true),
            (date(2026, 4, 26), false),
            (date(2025, 4, 27), false),
            (date(2025, 4, 26), true),
            (date(2014, 4, 27), false),
            (date(2014, 4, 26), true),
            (date(2014, 4, 30), false),
            (date(2013, 4, 30), true),
            (date(2013, 4, 27), false),
            (date(2006, 4, 30), false),
            (date(2006, 4, 29), true),
        ] {
            assert_eq!(holiday(day) == Some(Holiday::KingsDay), is, "{day}");
        }
    }

    #[test]
    fn a_day_that_is_two_holidays_is_one_holiday() {
        assert_eq!(holiday(date(2016, 5, 5)), Some(Holiday::Ascension));
    }

    #[test]
    fn every_decreed_day_is_a_weekday_in_the_years_of_its_decree_and_no_holiday_by_itself() {
        for decree in &DECREES {
            for (year, month, day) in decree.days {
                let day = date(*year, *month, *day);
                assert!(decree.years.contains(year), "{day}");
                assert!(
                    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
                    "{day}"
                );
                assert_eq!(holiday(day), Some(Holiday::Decreed), "{day}");
            }
            // The Friday after Ascension is in every decree.
            for year in decree.years.clone() {
                let friday = day_number(easter(year).unwrap()) + 40;
                assert_eq!(
                    holiday(day_from_number(friday).unwrap()),
                    Some(Holiday::Decreed),
                    "{year}"
                );
            }
        }
    }

    #[test]
    fn years_without_a_known_decree_say_so() {
        let known: Vec<i16> = (2010..=2032)
            .filter(|year| decreed_days_source(*year).is_some())
            .collect();
        assert_eq!(
            known,
            [
                2014, 2015, 2016, 2017, 2018, 2019, 2023, 2024, 2025, 2026, 2027, 2028
            ]
        );
    }

    #[test]
    fn there_is_a_working_day_within_a_week_of_any_day_and_none_after_the_calendar() {
        for number in day_number(date(1990, 1, 1))..day_number(date(2200, 1, 1)) {
            let day = day_from_number(number).unwrap();
            let next = next_working_day(day).unwrap();
            assert!(
                (0..=5).contains(&(day_number(next) - number)),
                "{day}: {next}"
            );
        }
        // 31 December 9999 is a Friday.
        assert_eq!(next_working_day(Date::MAX), Ok(Date::MAX));
    }
}
