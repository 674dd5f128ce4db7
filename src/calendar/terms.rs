//! The terms that Awb and Wmo 2015 set, and how the Algemene termijnenwet moves their end.

use super::{
    CalendarError, OpenPeriod, day_number, days_after, decreed_days_source, is_working_day,
    next_working_day,
};
use jiff::civil::Date;

/// A statutory term that starts the day after an event.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::objection_term;
///
/// let term = objection_term(date(2026, 2, 20))?;
/// assert_eq!(term.counted_end, date(2026, 4, 3)); // Good Friday
/// assert_eq!(term.last_day, date(2026, 4, 7)); // Tuesday after Easter
/// assert!(term.is_moved());
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// The day of the event, which itself does not count.
    pub event: Date,
    /// The last day by counting alone.
    pub counted_end: Date,
    /// The last day by law: [`Term::counted_end`], or the first working day after it if that is a
    /// Saturday, a Sunday or a recognised holiday (Algemene termijnenwet art. 1 lid 1).
    pub last_day: Date,
}

impl Term {
    /// A term of a number of days that starts the day after `event`.
    ///
    /// Art. 2 of the Algemene termijnenwet (a term of three days or more has at least two working
    /// days) needs nothing here: seven days always have two.
    fn after(event: Date, days: i32) -> Result<Self, CalendarError> {
        let counted_end = days_after(event, days)?;
        Ok(Self {
            event,
            counted_end,
            last_day: next_working_day(counted_end)?,
        })
    }

    /// The same term, standing still on the days of `pauses` (Awb 4:15): as many days count as
    /// before, and it ends on a working day on which it runs. `None` while a pause without an end
    /// holds it. Pauses may be in any order and overlap; what lies outside the term has no effect.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use maatwerk::calendar::{OpenPeriod, decision_term};
    ///
    /// let term = decision_term(date(2018, 3, 5))?;
    /// let pause = OpenPeriod::new(date(2018, 3, 10), Some(date(2018, 3, 14)))?;
    /// let later = term.standing_still(&[pause])?.map(|term| term.last_day);
    /// assert_eq!(later, Some(date(2018, 3, 26)));
    ///
    /// let open = OpenPeriod::new(date(2018, 3, 10), None)?;
    /// assert_eq!(term.standing_still(&[open])?, None);
    /// # Ok::<(), maatwerk::calendar::CalendarError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`CalendarError::OutOfRange`] if it then ends after 31 December 9999.
    pub fn standing_still(self, pauses: &[OpenPeriod]) -> Result<Option<Self>, CalendarError> {
        let mut left = day_number(self.counted_end) - day_number(self.event);
        let mut counted_end = self.event;
        let mut day = self.event;
        loop {
            day = days_after(day, 1)?;
            if let Some(pause) = pauses.iter().find(|pause| pause.contains(day)) {
                let Some(to) = pause.to() else {
                    return Ok(None);
                };
                day = to;
                continue;
            }
            if left > 0 {
                left -= 1;
                counted_end = day;
            }
            if left <= 0 && is_working_day(day) {
                return Ok(Some(Self {
                    event: self.event,
                    counted_end,
                    last_day: day,
                }));
            }
        }
    }

    /// Whether a weekend or holiday moved the last day.
    #[must_use]
    pub fn is_moved(self) -> bool {
        self.counted_end != self.last_day
    }

    /// The royal decree with the further days that count as holidays in the year of the last day
    /// (Algemene termijnenwet art. 3 lid 3); `None` if it is not known, and then the term may in
    /// truth end a day later.
    #[must_use]
    pub fn decree(self) -> Option<&'static str> {
        decreed_days_source(self.last_day.year())
    }
}

/// The term for objecting to a decision that was sent on `sent`: six weeks, starting the day after
/// (Awb 6:7 and 6:8 lid 1).
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] if it ends after 31 December 9999.
pub fn objection_term(sent: Date) -> Result<Term, CalendarError> {
    Term::after(sent, 6 * 7)
}

/// The term for investigating a report received on `reported`: six weeks (Wmo 2015 art. 2.3.2
/// lid 1).
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] if it ends after 31 December 9999.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::investigation_term;
///
/// assert_eq!(investigation_term(date(2018, 1, 8))?.last_day, date(2018, 2, 19));
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
pub fn investigation_term(reported: Date) -> Result<Term, CalendarError> {
    Term::after(reported, 6 * 7)
}

/// The term for handing in a personal plan after a report received on `reported`: seven days (Wmo
/// 2015 art. 2.3.2 lid 2).
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] if it ends after 31 December 9999.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::personal_plan_term;
///
/// assert_eq!(personal_plan_term(date(2018, 1, 8))?.last_day, date(2018, 1, 15));
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
pub fn personal_plan_term(reported: Date) -> Result<Term, CalendarError> {
    Term::after(reported, 7)
}

/// The term for deciding on an application received on `applied`: two weeks (Wmo 2015 art. 2.3.5
/// lid 2).
///
/// # Errors
///
/// [`CalendarError::OutOfRange`] if it ends after 31 December 9999.
///
/// ```
/// use jiff::civil::date;
/// use maatwerk::calendar::decision_term;
///
/// // Two weeks after Tuesday 11 December 2018 is Christmas Day.
/// assert_eq!(decision_term(date(2018, 12, 11))?.last_day, date(2018, 12, 27));
/// # Ok::<(), maatwerk::calendar::CalendarError>(())
/// ```
pub fn decision_term(applied: Date) -> Result<Term, CalendarError> {
    Term::after(applied, 2 * 7)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Period, day_from_number};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn every_term_ends_on_a_working_day_and_never_before_it_is_counted_out() {
        for number in day_number(date(1990, 1, 1))..day_number(date(2200, 1, 1)) {
            let event = day_from_number(number).unwrap();
            for (term, days) in [
                (objection_term(event), 42),
                (investigation_term(event), 42),
                (personal_plan_term(event), 7),
                (decision_term(event), 14),
            ] {
                let term = term.unwrap();
                assert!(is_working_day(term.last_day), "{event}");
                assert_eq!(day_number(term.counted_end) - number, days, "{event}");
                assert!(term.last_day >= term.counted_end);
                assert_eq!(term.is_moved(), !is_working_day(term.counted_end));
            }
        }
    }

    #[test]
    fn seven_days_always_have_the_two_working_days_that_the_law_asks_for() {
        for number in day_number(date(1990, 1, 1))..day_number(date(2200, 1, 1)) {
            let event = day_from_number(number).unwrap();
            let term = personal_plan_term(event).unwrap();
            let days = Period::new(event.tomorrow().unwrap(), term.last_day).unwrap();
            assert!(days.working_days() >= 2, "{event}");
        }
    }

    proptest! {
        #[test]
        fn a_term_that_stands_still_has_as_many_days_outside_its_pauses_as_before(
            event in 15_000_i32..25_000,
            pauses in prop::collection::vec((-5_i32..60, 0_i32..40), 0..4),
        ) {
            let day = |number| day_from_number(number).unwrap();
            let pauses: Vec<OpenPeriod> = pauses
                .into_iter()
                .map(|(from, more)| OpenPeriod::new(day(event + from), Some(day(event + from + more))).unwrap())
                .collect();
            let runs = |number: i32| !pauses.iter().any(|pause| pause.contains(day(number)));
            let term = decision_term(day(event)).unwrap();
            let later = term.standing_still(&pauses).unwrap().unwrap();
            let end = day_number(later.counted_end);
            prop_assert_eq!((event + 1..=end).filter(|day| runs(*day)).count(), 14);
            prop_assert!(runs(end));
            let last = day_number(later.last_day);
            prop_assert!(runs(last) && is_working_day(later.last_day));
            prop_assert!(!(end..last).any(|number| runs(number) && is_working_day(day(number))));
            if pauses.is_empty() {
                prop_assert_eq!(later, term);
            }
        }
    }

    #[test]
    fn a_pause_without_end_holds_only_a_term_that_still_runs() {
        let term = decision_term(date(2018, 3, 5)).unwrap();
        let from = |day| OpenPeriod::new(date(2018, 3, day), None).unwrap();
        assert_eq!(term.standing_still(&[from(19)]), Ok(None));
        assert_eq!(term.standing_still(&[from(20)]), Ok(Some(term)));
    }

    #[test]
    fn a_term_that_runs_out_of_the_calendar_is_an_error() {
        assert_eq!(objection_term(Date::MAX), Err(CalendarError::OutOfRange));
        assert_eq!(
            personal_plan_term(date(9999, 12, 25)),
            Err(CalendarError::OutOfRange)
        );
    }

    #[test]
    fn a_term_says_whether_the_decreed_days_of_its_year_are_known() {
        assert!(objection_term(date(2018, 1, 8)).unwrap().decree().is_some());
        assert_eq!(objection_term(date(2021, 1, 8)).unwrap().decree(), None);
    }
}
