//! Periods of whole days, both ends included.

use super::{CalendarError, Segments, day_number, is_working_day, week_number};
use jiff::civil::Date;

/// One or more days that follow one another, the first and the last included.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::{CalendarError, Period};
///
/// let period = Period::new(date(2023, 3, 15), date(2023, 12, 31))?;
/// assert_eq!(period.days(), 292);
/// assert!(period.contains(date(2023, 12, 31)));
/// assert!(Period::new(date(2023, 12, 31), date(2023, 3, 15)).is_err());
/// # Ok::<(), CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// The days from `from` up to and including `to`; the same day twice is a period of one day.
    ///
    /// # Errors
    ///
    /// [`CalendarError::EndBeforeStart`] if `to` lies before `from`.
    pub fn new(from: Date, to: Date) -> Result<Self, CalendarError> {
        if to < from {
            Err(CalendarError::EndBeforeStart { from, to })
        } else {
            Ok(Self { from, to })
        }
    }

    /// A calendar year, 1 January to 31 December.
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutOfRange`] outside the years −9999 to 9999.
    pub fn calendar_year(year: i16) -> Result<Self, CalendarError> {
        let from = Date::new(year, 1, 1).map_err(|_| CalendarError::OutOfRange)?;
        Ok(Self {
            from,
            to: from.last_of_year(),
        })
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day, which belongs to the period.
    #[must_use]
    pub fn to(self) -> Date {
        self.to
    }

    /// How many days the period has, at least one.
    #[must_use]
    pub fn days(self) -> i32 {
        day_number(self.to) - day_number(self.from) + 1
    }

    /// Whether a day lies in the period.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// The days that two periods share, if any.
    ///
    /// ```
    /// use maatwerk::calendar::Period;
    ///
    /// let year = Period::calendar_year(2023)?;
    /// let grant = Period::new(jiff::civil::date(2023, 4, 1), jiff::civil::date(2024, 3, 31))?;
    /// assert_eq!(grant.intersect(year).map(Period::days), Some(275));
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = self.to.min(other.to);
        (from <= to).then_some(Self { from, to })
    }

    /// Cuts the period at a day: what lies before it, and what starts with it.
    ///
    /// One of the two is `None` if the day does not lie inside, or is the first day.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::Period;
    ///
    /// let both = Period::new(date(2017, 7, 1), date(2018, 6, 30))?;
    /// let (old, new) = both.split_at(date(2018, 1, 1));
    /// assert_eq!(old.map(Period::to), Some(date(2017, 12, 31)));
    /// assert_eq!(new.map(Period::from), Some(date(2018, 1, 1)));
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn split_at(self, day: Date) -> (Option<Self>, Option<Self>) {
        if day <= self.from {
            return (None, Some(self));
        }
        if day > self.to {
            return (Some(self), None);
        }
        // A later day than `from` has a day before it.
        match day.yesterday() {
            Ok(before) => (
                Some(Self {
                    from: self.from,
                    to: before,
                }),
                Some(Self {
                    from: day,
                    to: self.to,
                }),
            ),
            Err(_) => (None, Some(self)),
        }
    }

    /// Cuts the period at several days, each the first of a new segment.
    ///
    /// Order and repetition of `days` do not matter, and days outside the period or equal to its
    /// first day cut nothing. Meant for a handful of days: each step looks at all of them.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::Period;
    ///
    /// let year = Period::calendar_year(2024)?;
    /// let changes = [date(2024, 10, 1), date(2024, 3, 1), date(2023, 7, 1)];
    /// let lengths: Vec<i32> = year.cut_at(&changes).map(Period::days).collect();
    /// assert_eq!(lengths, [60, 214, 92]);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn cut_at(self, days: &[Date]) -> Segments<'_> {
        Segments::new(self, days)
    }

    /// How many ISO weeks (Monday to Sunday) have at least one day in the period.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::Period;
    ///
    /// // Sunday and Monday: two days, two weeks.
    /// assert_eq!(Period::new(date(2018, 1, 7), date(2018, 1, 8))?.iso_weeks_touched(), 2);
    /// assert_eq!(Period::calendar_year(2018)?.iso_weeks_touched(), 53);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn iso_weeks_touched(self) -> i32 {
        week_number(day_number(self.to)) - week_number(day_number(self.from)) + 1
    }

    /// How many ISO weeks the period touches that `earlier` does not lie in or after.
    ///
    /// For periods one after another, `earlier` is the last day of the one before: then a week in
    /// which one period ends and the next starts counts once, with the first.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::Period;
    ///
    /// // The tariff changes on Wednesday 4 July 2018, in the middle of a week.
    /// let (first, second) = Period::calendar_year(2018)?.split_at(date(2018, 7, 4));
    /// let (first, second) = (first.unwrap(), second.unwrap());
    /// assert_eq!((first.iso_weeks_touched(), second.iso_weeks_touched()), (27, 27));
    /// assert_eq!(second.iso_weeks_touched_after(first.to()), 26);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn iso_weeks_touched_after(self, earlier: Date) -> i32 {
        let first = week_number(day_number(self.from)).max(week_number(day_number(earlier)) + 1);
        (week_number(day_number(self.to)) - first + 1).max(0)
    }

    /// How many working days the period has, by [`is_working_day`].
    ///
    /// Looks at every day, so not meant for the hot path.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::Period;
    ///
    /// // Good Friday, the weekend and Easter Monday fall out.
    /// assert_eq!(Period::new(date(2026, 4, 2), date(2026, 4, 7))?.working_days(), 2);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn working_days(self) -> i32 {
        let mut count = 0;
        let mut day = self.from;
        loop {
            count += i32::from(is_working_day(day));
            match day.tomorrow() {
                Ok(next) if next <= self.to => day = next,
                _ => return count,
            }
        }
    }
}

/// A period whose end may not be set yet: "from 1 May 2024, until further notice".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpenPeriod {
    from: Date,
    to: Option<Date>,
}

impl OpenPeriod {
    /// The days from `from` up to and including `to`, or without end.
    ///
    /// # Errors
    ///
    /// [`CalendarError::EndBeforeStart`] if there is an end and it lies before `from`.
    pub fn new(from: Date, to: Option<Date>) -> Result<Self, CalendarError> {
        match to {
            Some(to) if to < from => Err(CalendarError::EndBeforeStart { from, to }),
            _ => Ok(Self { from, to }),
        }
    }

    /// The first day.
    #[must_use]
    pub fn from(self) -> Date {
        self.from
    }

    /// The last day, which belongs to the period; `None` if the end is open.
    #[must_use]
    pub fn to(self) -> Option<Date> {
        self.to
    }

    /// Whether a day lies in the period.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// The period with its own end, or `None` if the end is open.
    #[must_use]
    pub fn closed(self) -> Option<Period> {
        self.to.map(|to| Period {
            from: self.from,
            to,
        })
    }

    /// The part up to and including `last`, or up to its own end if that comes first.
    ///
    /// `None` if the period starts after `last`.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::OpenPeriod;
    ///
    /// let open = OpenPeriod::new(date(2023, 7, 1), None)?;
    /// // The last day for which a tariff is known.
    /// assert_eq!(open.until(date(2023, 12, 31)).map(|known| known.days()), Some(184));
    /// assert_eq!(open.until(date(2023, 6, 30)), None);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    #[must_use]
    pub fn until(self, last: Date) -> Option<Period> {
        let to = self.to.map_or(last, |to| to.min(last));
        (self.from <= to).then_some(Period {
            from: self.from,
            to,
        })
    }

    /// The days that this period shares with a closed one, if any.
    #[must_use]
    pub fn intersect(self, other: Period) -> Option<Period> {
        self.until(other.to)?.intersect(other)
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
    fn one_day_is_a_period() {
        let day = period(date(2018, 1, 1), date(2018, 1, 1));
        assert_eq!(day.days(), 1);
        assert_eq!(day.iso_weeks_touched(), 1);
        assert_eq!(day.split_at(date(2018, 1, 1)), (None, Some(day)));
        assert_eq!(day.split_at(date(2018, 1, 2)), (Some(day), None));
    }

    #[test]
    fn the_whole_calendar_can_be_counted_and_cut() {
        let all = period(Date::MIN, Date::MAX);
        assert_eq!(all.days(), 7_304_484);
        assert!(all.iso_weeks_touched() > 1_000_000);
        assert_eq!(all.split_at(Date::MIN), (None, Some(all)));
        assert_eq!(all.split_at(Date::MAX).1.map(Period::days), Some(1));
        assert_eq!(period(date(9999, 12, 30), Date::MAX).working_days(), 2);
    }

    #[test]
    fn periods_that_only_meet_share_nothing() {
        let first = period(date(2017, 1, 1), date(2017, 12, 31));
        let second = period(date(2018, 1, 1), date(2018, 12, 31));
        assert_eq!(first.intersect(second), None);
        assert_eq!(first.intersect(first), Some(first));
    }

    #[test]
    fn an_open_end_ends_at_the_last_known_day() {
        let open = OpenPeriod::new(date(2023, 7, 1), None).unwrap();
        assert!(open.contains(Date::MAX) && !open.contains(date(2023, 6, 30)));
        assert_eq!(open.closed(), None);
        let closed = OpenPeriod::new(date(2023, 7, 1), Some(date(2023, 7, 31))).unwrap();
        assert!(closed.contains(date(2023, 7, 31)) && !closed.contains(date(2023, 8, 1)));
        assert_eq!(closed.until(Date::MAX), closed.closed());
        assert_eq!(closed.until(date(2023, 7, 1)).map(Period::days), Some(1));
        assert_eq!(
            open.intersect(period(date(2023, 1, 1), date(2023, 7, 2)))
                .map(Period::days),
            Some(2)
        );
        assert_eq!(
            open.intersect(period(date(2023, 1, 1), date(2023, 6, 30))),
            None
        );
        assert!(OpenPeriod::new(date(2023, 7, 1), Some(date(2023, 6, 30))).is_err());
    }

    #[test]
    fn a_week_after_a_gap_counts_again_and_a_shared_one_does_not() {
        // Monday 1 to Wednesday 3 January, then Friday 5 to Monday 8 January 2018.
        let first = period(date(2018, 1, 1), date(2018, 1, 3));
        let second = period(date(2018, 1, 5), date(2018, 1, 8));
        assert_eq!(second.iso_weeks_touched_after(first.to()), 1);
        assert_eq!(
            period(date(2018, 1, 5), date(2018, 1, 7)).iso_weeks_touched_after(first.to()),
            0
        );
        assert_eq!(
            period(date(2018, 1, 15), date(2018, 1, 15)).iso_weeks_touched_after(first.to()),
            1
        );
    }

    proptest! {
        #[test]
        fn the_two_sides_of_a_cut_have_all_days_of_the_whole(whole in periods(), at in 0_i32..4000) {
            let day = crate::calendar::days_after(whole.from(), at).unwrap();
            let (before, after) = whole.split_at(day);
            let count = |side: Option<Period>| side.map_or(0, Period::days);
            prop_assert_eq!(count(before) + count(after), whole.days());
            prop_assert!(before.is_none_or(|side| !side.contains(day) && side.from() == whole.from()));
            prop_assert!(after.is_none_or(|side| side.from() == day.max(whole.from()) && side.to() == whole.to()));
            if let (Some(before), Some(after)) = (before, after) {
                prop_assert_eq!(
                    before.iso_weeks_touched() + after.iso_weeks_touched_after(before.to()),
                    whole.iso_weeks_touched()
                );
            }
        }

        #[test]
        fn what_two_periods_share_lies_in_both(one in periods(), other in periods()) {
            prop_assert_eq!(one.intersect(other), other.intersect(one));
            if let Some(shared) = one.intersect(other) {
                prop_assert!(one.contains(shared.from()) && other.contains(shared.to()));
            } else {
                prop_assert!(one.to() < other.from() || other.to() < one.from());
            }
        }

        #[test]
        fn touched_weeks_are_the_different_iso_weeks_of_its_days(period in periods()) {
            let period = period.intersect(Period::new(period.from(), crate::calendar::days_after(period.from(), 400).unwrap()).unwrap()).unwrap();
            let mut weeks = std::collections::BTreeSet::new();
            for number in day_number(period.from())..=day_number(period.to()) {
                let week = crate::calendar::day_from_number(number).unwrap().iso_week_date();
                weeks.insert((week.year(), week.week()));
            }
            prop_assert_eq!(usize::try_from(period.iso_weeks_touched()).unwrap(), weeks.len());
        }
    }
}
