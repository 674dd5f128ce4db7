//! Amounts, dates and sentences as they stand on the screen.

use crate::document::Problem;
use crate::quantity::dutch::{capital, date_long, euro, month_name};
use crate::quantity::{Euro, Frequency};
use jiff::civil::Date;

/// What stands where an amount would stand that nobody knows.
pub(super) const NOT_KNOWN: &str = "niet bekend";
/// What stands where an amount would stand, when the reason why there is none stands elsewhere.
pub(super) const NOTHING: &str = "–";
/// What stands where a tariff is still to come.
pub(super) const NOT_SETTLED: &str = "nog niet vastgesteld";

/// An amount: `€ 1.234,56`.
pub(super) fn money(amount: Euro) -> String {
    euro(amount.0)
}

/// Days with both ends: `1 januari t/m 31 december 2018`.
pub(super) fn span(from: Date, to: Date) -> String {
    if from == to {
        return date_long(from);
    }
    if from.year() == to.year() {
        let (day, month) = (from.day(), month_name(from.month()));
        return format!("{day} {month} t/m {}", date_long(to));
    }
    format!("{} t/m {}", date_long(from), date_long(to))
}

/// Days with an end that may be open: `vanaf 1 januari 2018`.
pub(super) fn open_span(from: Date, to: Option<Date>) -> String {
    match to {
        Some(to) => span(from, to),
        None => format!("vanaf {}", date_long(from)),
    }
}

/// A month in three letters, from 1 for January.
pub(super) fn month_short(month: i8) -> &'static str {
    let name = month_name(month);
    name.get(..3)
        .map_or(name, |short| if short == "maa" { "mrt" } else { short })
}

/// A text as a sentence: with a capital and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut sentence = capital(text.trim());
    if !sentence.ends_with(['.', '?', '!', '…']) && !sentence.is_empty() {
        sentence.push('.');
    }
    sentence
}

/// What is wrong and what to do, as sentences.
pub(super) fn problem(problem: &Problem) -> String {
    if problem.hint.is_empty() {
        return sentence(&problem.message);
    }
    format!("{} {}", sentence(&problem.message), sentence(&problem.hint))
}

/// The name of a view: `Per week`.
pub(super) fn per(per: Frequency) -> String {
    capital(per.dutch())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_name_their_year_once_where_that_is_clear() {
        assert_eq!(
            span(date(2018, 1, 1), date(2018, 12, 31)),
            "1 januari t/m 31 december 2018"
        );
        assert_eq!(
            span(date(2017, 12, 1), date(2018, 1, 2)),
            "1 december 2017 t/m 2 januari 2018"
        );
        assert_eq!(span(date(2018, 1, 1), date(2018, 1, 1)), "1 januari 2018");
        assert_eq!(open_span(date(2018, 1, 1), None), "vanaf 1 januari 2018");
    }

    #[test]
    fn a_problem_says_what_is_wrong_and_then_what_to_do() {
        let text = problem(&Problem::error("de einddatum ligt te vroeg").hint("Pas hem aan."));
        assert_eq!(text, "De einddatum ligt te vroeg. Pas hem aan.");
    }
}
