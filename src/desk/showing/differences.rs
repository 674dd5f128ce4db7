//! The differences between two revisions in words: where, what it was, what it is.
//!
//! Which they are the register says; this only names the fields and writes the values as the forms do.

use jiff::civil::Date;

use super::problems::place;
use crate::budget::Library;
use crate::dossier::Dossier;
use crate::quantity::dutch::date_short;
use crate::register::Difference;

/// One difference, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceView {
    /// Hours, rate, budget, dates or text.
    pub sort: &'static str,
    /// Where, in words: "Regel 1, einddatum".
    pub place: String,
    /// What it was, with "was:" before it.
    pub before: String,
    /// What it is; words where there is nothing any more.
    pub after: String,
}

/// The differences in words. `dossier` is the later one, whose lines the places name.
pub fn differences(
    dossier: &Dossier,
    library: &Library,
    differences: &[Difference],
) -> Vec<DifferenceView> {
    let views = differences.iter().map(|difference| DifferenceView {
        sort: difference.change.dutch(),
        place: named(dossier, library, &difference.field),
        before: format!("was: {}", value(&difference.before)),
        after: value(&difference.after),
    });
    views.collect()
}

/// The name of a field, or of a figure that is worked out of a line.
fn named(dossier: &Dossier, library: &Library, path: &str) -> String {
    match path.split_once(": ") {
        Some((path, figure)) => {
            let (_, line) = place(dossier, library, path);
            format!("{line}, {}", dates(figure))
        }
        None => place(dossier, library, path).1,
    }
}

/// A text with its dates as people write them.
fn dates(text: &str) -> String {
    let words = text.split(' ').map(|word| match word.parse::<Date>() {
        Ok(day) => date_short(day),
        Err(_) => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn value(text: &str) -> String {
    match text {
        "" => "(niets)".to_owned(),
        "true" => "ja".to_owned(),
        "false" => "nee".to_owned(),
        "Granted" => "toegekend".to_owned(),
        _ => match text.parse::<Date>() {
            Ok(day) => date_short(day),
            Err(_) => text.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::Change;

    #[test]
    fn a_difference_names_its_field_and_writes_its_dates_as_the_forms_do() {
        let library = Library::shipped().unwrap();
        let bytes = std::fs::read("fixtures/dossiers/voorbeeld.ron").unwrap();
        let dossier = Dossier::read("voorbeeld.ron", &bytes).unwrap();
        let told = |field: &str, before: &str, after: &str| {
            let difference = Difference {
                change: Change::Dates,
                field: field.to_owned(),
                before: before.to_owned(),
                after: after.to_owned(),
            };
            let mut views = differences(&dossier, &library, &[difference]);
            let view = views.remove(0);
            format!("{}: {}, {}", view.place, view.after, view.before)
        };
        assert_eq!(
            told("provisions[0].line.to", "2018-12-31", ""),
            "Regel 1, einddatum: (niets), was: 31-12-2018"
        );
        assert_eq!(
            told(
                "provisions[0].line: bedrag per week vanaf 2018-01-01",
                "€ 1,00",
                "€ 2,00"
            ),
            "Regel 1, bedrag per week vanaf 1-1-2018: € 2,00, was: € 1,00"
        );
    }
}
