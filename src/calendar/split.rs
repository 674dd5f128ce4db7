//! Cutting a period into calendar years, months, ISO weeks, 4-week periods and segments.

use super::{Period, day_from_number, day_number, days_in_year, week_number};
use jiff::civil::Date;

/// The days of one calendar unit (a year, month, ISO week or 4-week period) that lie in a period.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::Period;
///
/// let grant = Period::new(date(2023, 4, 1), date(2024, 3, 31))?;
/// let years: Vec<(i32, i32)> = grant.by_year().map(|part| (part.days(), part.unit_days)).collect();
/// assert_eq!(years, [(275, 365), (91, 366)]);
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Part {
    /// The days that lie in the period.
    pub covered: Period,
    /// How many days the whole unit has, covered or not.
    pub unit_days: i32,
}

impl Part {
    /// How many days of the unit lie in the period: 1 up to and including [`Part::unit_days`].
    #[must_use]
    pub fn days(self) -> i32 {
        self.covered.days()
    }

    /// Whether the unit lies in the period as a whole.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.days() == self.unit_days
    }
}

/// The calendar unit that a period is cut into.
#[derive(Debug, Clone, Copy)]
enum Unit {
    Year,
    Month,
    IsoWeek,
    /// Of 28 days, counted from the day with this number.
    FourWeeks(i32),
}

/// The parts of a period in order, first day to last, without gaps. Allocates nothing.
///
/// Made by [`Period::by_year`], [`Period::by_month`], [`Period::by_iso_week`] and
/// [`Period::by_four_weeks`].
#[derive(Debug, Clone)]
pub struct Parts {
    rest: Option<Period>,
    unit: Unit,
}

impl Iterator for Parts {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let rest = self.rest.take()?;
        let first = rest.from();
        // The first day of the next unit; `None` where the calendar ends with this unit.
        let (unit_days, next) = match self.unit {
            Unit::Year => (
                days_in_year(first.year()),
                first.last_of_year().tomorrow().ok(),
            ),
            Unit::Month => (
                i32::from(first.days_in_month()),
                first.last_of_month().tomorrow().ok(),
            ),
            Unit::IsoWeek => {
                let week = week_number(day_number(first));
                (7, day_from_number((week + 1) * 7 - 3).ok())
            }
            Unit::FourWeeks(start) => {
                let day = day_number(first);
                (
                    28,
                    day_from_number(day + 28 - (day - start).rem_euclid(28)).ok(),
                )
            }
        };
        let covered = match next {
            Some(next) => {
                let (before, after) = rest.split_at(next);
                self.rest = after;
                before.unwrap_or(rest)
            }
            None => rest,
        };
        Some(Part { covered, unit_days })
    }
}

impl std::iter::FusedIterator for Parts {}

/// The pieces of a period between the days at which it is cut; made by [`Period::cut_at`].
#[derive(Debug, Clone)]
pub struct Segments<'a> {
    rest: Option<Period>,
    cuts: &'a [Date],
}

impl<'a> Segments<'a> {
    pub(super) fn new(whole: Period, cuts: &'a [Date]) -> Self {
        Self {
            rest: Some(whole),
            cuts,
        }
    }
}

impl Iterator for Segments<'_> {
    type Item = Period;

    fn next(&mut self) -> Option<Period> {
        let rest = self.rest.take()?;
        let next = self
            .cuts
            .iter()
            .copied()
            .filter(|day| *day > rest.from() && *day <= rest.to())
            .min();
        match next {
            Some(day) => {
                let (before, after) = rest.split_at(day);
                self.rest = after;
                before
            }
            None => Some(rest),
        }
    }
}

impl std::iter::FusedIterator for Segments<'_> {}

/// The days of one month that lie in a period, if they are not the whole month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartOfMonth {
    /// Days in the period, at least one.
    pub days: i32,
    /// Days of that month, 28 to 31.
    pub of: i32,
}

/// A period as whole calendar months and parts of months, each part by the days of its month.
///
/// 15 March to 31 December 2023 is 9 + 17/31 months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MonthCount {
    /// Calendar months that lie in the period from their first day to their last.
    pub whole: i32,
    /// The part of a month with which the period starts, if it does not start on a first day (or
    /// if it starts and ends in one month without filling it).
    pub first: Option<PartOfMonth>,
    /// The part of another month with which the period ends.
    pub last: Option<PartOfMonth>,
}

impl MonthCount {
    /// The parts of months, in order: none, one or two.
    pub fn parts(self) -> impl Iterator<Item = PartOfMonth> {
        self.first.into_iter().chain(self.last)
    }

    /// The exact number of months as numerator and denominator; not reduced to lowest terms.
    ///
    /// The denominator is at least 1 and at most 31 × 31.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::Period;
    ///
    /// let months = Period::new(date(2023, 3, 15), date(2023, 12, 31))?.month_count();
    /// assert_eq!(months.as_fraction(), (296, 31)); // 9 + 17/31
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn as_fraction(self) -> (i64, i64) {
        self.parts().fold(
            (i64::from(self.whole), 1),
            |(numerator, denominator), part| {
                let of = i64::from(part.of);
                (
                    numerator * of + i64::from(part.days) * denominator,
                    denominator * of,
                )
            },
        )
    }
}

impl Period {
    /// The parts of the calendar years that the period touches.
    #[must_use]
    pub fn by_year(self) -> Parts {
        Parts {
            rest: Some(self),
            unit: Unit::Year,
        }
    }

    /// The parts of the calendar months that the period touches.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::Period;
    ///
    /// let grant = Period::new(date(2024, 1, 31), date(2024, 3, 1))?;
    /// let months: Vec<(i32, i32)> = grant.by_month().map(|part| (part.days(), part.unit_days)).collect();
    /// assert_eq!(months, [(1, 31), (29, 29), (1, 31)]);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn by_month(self) -> Parts {
        Parts {
            rest: Some(self),
            unit: Unit::Month,
        }
    }

    /// The parts of the ISO weeks (Monday to Sunday) that the period touches.
    ///
    /// The week's number is `part.covered.from().iso_week_date()`.
    ///
    /// ```
    /// use maatwerk::calendar::Period;
    ///
    /// let weeks: Vec<i32> = Period::calendar_year(2019)?.by_iso_week().map(|week| week.days()).collect();
    /// assert_eq!(weeks.len(), 53);
    /// assert_eq!((weeks[0], weeks[52]), (6, 2)); // Tuesday to Sunday; Monday and Tuesday
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn by_iso_week(self) -> Parts {
        Parts {
            rest: Some(self),
            unit: Unit::IsoWeek,
        }
    }

    /// The parts of the 4-week periods that the period touches, counted from `start`.
    ///
    /// Each has 28 days, and one of them starts on `start`, which may lie before, in or after the
    /// period. Counted from the period's own first day only the last can be incomplete.
    ///
    /// ```
    /// use maatwerk::calendar::Period;
    ///
    /// let year = Period::calendar_year(2018)?;
    /// let days: Vec<i32> = year.by_four_weeks(year.from()).map(|part| part.days()).collect();
    /// assert_eq!(days.len(), 14);
    /// assert_eq!((days[0], days[13]), (28, 1)); // 13 × 28 = 364
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn by_four_weeks(self, start: Date) -> Parts {
        Parts {
            rest: Some(self),
            unit: Unit::FourWeeks(day_number(start)),
        }
    }

    /// The period as whole months and parts of months.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::{PartOfMonth, Period};
    ///
    /// let months = Period::new(date(2023, 3, 15), date(2023, 12, 31))?.month_count();
    /// assert_eq!(months.whole, 9);
    /// assert_eq!(months.first, Some(PartOfMonth { days: 17, of: 31 }));
    /// assert_eq!(months.last, None);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn month_count(self) -> MonthCount {
        let month_of = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
        let (from, to) = (self.from(), self.to());
        let first_length = i32::from(from.days_in_month());
        let last_length = i32::from(to.days_in_month());
        let starts_month = from.day() == 1;
        let ends_month = i32::from(to.day()) == last_length;
        let between = month_of(to) - month_of(from);
        if between == 0 {
            return if starts_month && ends_month {
                MonthCount {
                    whole: 1,
                    first: None,
                    last: None,
                }
            } else {
                let part = PartOfMonth {
                    days: self.days(),
                    of: first_length,
                };
                MonthCount {
                    whole: 0,
                    first: Some(part),
                    last: None,
                }
            };
        }
        MonthCount {
            whole: between - 1 + i32::from(starts_month) + i32::from(ends_month),
            first: (!starts_month).then(|| PartOfMonth {
                days: first_length - i32::from(from.day()) + 1,
                of: first_length,
            }),
            last: (!ends_month).then(|| PartOfMonth {
                days: i32::from(to.day()),
                of: last_length,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::tests_support::periods;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn period(from: Date, to: Date) -> Period {
        Period::new(from, to).unwrap()
    }

    #[test]
    fn months_count_whole_ones_and_parts_by_their_own_days() {
        for (from, to, fraction) in [
            (date(2023, 1, 1), date(2023, 12, 31), (12, 1)),
            (date(2023, 2, 1), date(2023, 2, 28), (1, 1)),
            (date(2024, 2, 1), date(2024, 2, 28), (28, 29)),
            (date(2023, 1, 15), date(2023, 1, 15), (1, 31)),
            (date(2023, 1, 2), date(2023, 1, 31), (30, 31)),
            (
                date(2023, 1, 15),
                date(2023, 2, 14),
                (17 * 28 + 14 * 31, 31 * 28),
            ),
            (date(2023, 1, 31), date(2023, 2, 28), (32, 31)),
            (date(2022, 12, 1), date(2023, 1, 31), (2, 1)),
            (date(2022, 12, 31), date(2023, 1, 1), (62, 961)),
        ] {
            assert_eq!(
                period(from, to).month_count().as_fraction(),
                fraction,
                "{from} to {to}"
            );
        }
    }

    #[test]
    fn four_week_periods_can_be_counted_from_a_day_before_or_after_the_period() {
        let grant = period(date(2018, 1, 10), date(2018, 2, 28));
        let days = |start| {
            grant
                .by_four_weeks(start)
                .map(Part::days)
                .collect::<Vec<_>>()
        };
        assert_eq!(days(date(2018, 1, 10)), [28, 22]);
        assert_eq!(days(date(2018, 1, 1)), [19, 28, 3]);
        // 28 days later or earlier is the same count.
        assert_eq!(days(date(2018, 1, 29)), days(date(2018, 1, 1)));
        assert_eq!(days(date(2030, 1, 1)), [6, 28, 16]); // as from 16 January 2018
    }

    #[test]
    fn the_ends_of_the_calendar_are_parts_too() {
        let last = period(date(9999, 12, 1), Date::MAX);
        assert_eq!(last.by_year().count(), 1);
        assert_eq!(
            last.by_month().map(Part::is_whole).collect::<Vec<_>>(),
            [true]
        );
        assert_eq!(last.by_iso_week().map(Part::days).sum::<i32>(), 31);
        assert_eq!(
            last.by_four_weeks(Date::MIN).map(Part::days).sum::<i32>(),
            31
        );
        let first = period(Date::MIN, date(-9999, 1, 31));
        assert_eq!(first.by_iso_week().map(Part::days).sum::<i32>(), 31);
        assert_eq!(
            first.by_four_weeks(Date::MAX).map(Part::days).sum::<i32>(),
            31
        );
    }

    #[test]
    fn cutting_at_no_day_or_at_days_outside_leaves_the_period_whole() {
        let year = period(date(2018, 1, 1), date(2018, 12, 31));
        assert_eq!(year.cut_at(&[]).collect::<Vec<_>>(), [year]);
        let outside = [date(2018, 1, 1), date(2017, 12, 31), date(2019, 1, 1)];
        assert_eq!(year.cut_at(&outside).collect::<Vec<_>>(), [year]);
    }

    proptest! {
        #[test]
        fn parts_follow_one_another_and_have_all_days(whole in periods(), start in periods()) {
            for (name, parts) in [
                ("year", whole.by_year()),
                ("month", whole.by_month()),
                ("week", whole.by_iso_week()),
                ("four weeks", whole.by_four_weeks(start.from())),
            ] {
                let parts: Vec<Part> = parts.collect();
                prop_assert_eq!(parts.iter().map(|part| part.days()).sum::<i32>(), whole.days(), "{}", name);
                prop_assert_eq!(parts.first().map(|part| part.covered.from()), Some(whole.from()));
                prop_assert_eq!(parts.last().map(|part| part.covered.to()), Some(whole.to()));
                for pair in parts.windows(2) {
                    prop_assert_eq!(pair[0].covered.to().tomorrow().unwrap(), pair[1].covered.from());
                }
                // Only the two ends can be incomplete.
                prop_assert!(parts.iter().all(|part| part.days() <= part.unit_days));
                let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
                prop_assert!(inner.iter().all(|part| part.is_whole()), "{}", name);
            }
        }

        #[test]
        fn weeks_by_part_are_the_weeks_that_are_counted(whole in periods()) {
            let parts = whole.by_iso_week().count();
            prop_assert_eq!(i32::try_from(parts).unwrap(), whole.iso_weeks_touched());
            for part in whole.by_iso_week() {
                prop_assert_eq!(part.covered.from().iso_week_date().week(), part.covered.to().iso_week_date().week());
            }
        }

        #[test]
        fn counted_months_are_the_sum_of_the_parts_of_months(whole in periods()) {
            let count = whole.month_count();
            let parts: Vec<Part> = whole.by_month().collect();
            let complete = parts.iter().filter(|part| part.is_whole()).count();
            prop_assert_eq!(usize::try_from(count.whole).unwrap(), complete);
            let broken: Vec<(i32, i32)> =
                parts.iter().filter(|part| !part.is_whole()).map(|part| (part.days(), part.unit_days)).collect();
            let counted: Vec<(i32, i32)> = count.parts().map(|part| (part.days, part.of)).collect();
            prop_assert_eq!(counted, broken);
        }

        #[test]
        fn segments_follow_one_another_whatever_the_order_of_the_cuts(
            whole in periods(), offsets in proptest::collection::vec(-50_i32..4000, 0..8),
        ) {
            let cuts: Vec<Date> =
                offsets.iter().map(|days| crate::calendar::days_after(whole.from(), *days).unwrap()).collect();
            let segments: Vec<Period> = whole.cut_at(&cuts).collect();
            prop_assert_eq!(segments.iter().map(|part| part.days()).sum::<i32>(), whole.days());
            for pair in segments.windows(2) {
                prop_assert_eq!(pair[0].to().tomorrow().unwrap(), pair[1].from());
                prop_assert!(cuts.contains(&pair[1].from()));
            }
            for cut in cuts {
                prop_assert!(!whole.contains(cut) || segments.iter().any(|part| part.from() == cut));
            }
        }
    }
}
