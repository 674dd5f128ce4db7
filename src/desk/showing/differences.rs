//! The differences between two revisions in words: where, what it was, what it is; and of two revisions that came from the
//! same one, who changed what.
//!
//! Which they are the register says; this only names the fields and writes the values as the forms do.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::problems::place;
use crate::budget::Library;
use crate::dossier::Dossier;
use crate::quantity::dutch::date_short;
use crate::register::{Decided, Difference, Failure, differences as between};

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
    let views = differences.iter();
    views.map(|found| view(dossier, library, found)).collect()
}

fn view(dossier: &Dossier, library: &Library, difference: &Difference) -> DifferenceView {
    DifferenceView {
        sort: difference.change.dutch(),
        place: named(dossier, library, &difference.field),
        before: format!("was: {}", value(&difference.before)),
        after: value(&difference.after),
    }
}

/// What became of a dossier in two hands since the version that both began from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// Changed by both, each to something else.
    pub both: Vec<DifferenceView>,
    /// Changed by the other alone.
    pub theirs: Vec<DifferenceView>,
    /// Changed here alone.
    pub mine: Vec<DifferenceView>,
}

impl Apart {
    /// Whether both versions are the same.
    pub fn is_empty(&self) -> bool {
        self.both.is_empty() && self.theirs.is_empty() && self.mine.is_empty()
    }
}

/// Who changed what since `base`. What both changed to the same is no difference. `other` is what the other is called.
///
/// # Errors
/// A dossier cannot be written, which would be a fault of the program.
pub fn apart(
    base: Decided<'_>,
    theirs: Decided<'_>,
    mine: Decided<'_>,
    (other, library): (&str, &Library),
) -> Result<Apart, Failure> {
    // What was filled in comes before what is worked out of it, which has a word behind its path.
    let key = |found: &Difference| {
        let worked_out = found.field.contains(": ");
        (worked_out, found.change, found.field.clone())
    };
    let theirs_since = between(base, theirs)?;
    let mine_since = between(base, mine)?;
    let by_them: BTreeMap<_, &Difference> = theirs_since
        .iter()
        .map(|found| (key(found), found))
        .collect();
    let by_me: BTreeMap<_, &Difference> =
        mine_since.iter().map(|found| (key(found), found)).collect();
    let mut apart = Apart::default();
    for (key, them) in &by_them {
        match by_me.get(key) {
            None => apart.theirs.push(view(theirs.dossier, library, them)),
            Some(me) if me.after == them.after => {}
            Some(me) => {
                let mut view = view(mine.dossier, library, me);
                view.after = format!("u: {}", view.after);
                view.before = format!("{other}: {}; {}", value(&them.after), view.before);
                apart.both.push(view);
            }
        }
    }
    let alone = by_me.iter().filter(|(key, _)| !by_them.contains_key(*key));
    let alone = alone.map(|(_, me)| view(mine.dossier, library, me));
    apart.mine = alone.collect();
    Ok(apart)
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
    fn of_two_versions_it_is_told_who_changed_what_since_the_one_that_both_began_from() {
        let library = Library::shipped().unwrap();
        let bytes = std::fs::read("fixtures/dossiers/voorbeeld.ron").unwrap();
        let base = Dossier::read("voorbeeld.ron", &bytes).unwrap();
        let with = |surname: &str, initials: &str, case: &str, client: &str| {
            let mut dossier = base.clone();
            dossier.client.person.surname = surname.to_owned();
            dossier.client.person.initials = initials.to_owned();
            dossier.number = case.to_owned();
            dossier.client.client_number = client.to_owned();
            dossier
        };
        let base = with("Bakker", "A.", "Z/1", "10");
        let theirs = with("Maan", "B.", "Z/1", "11");
        let mine = with("Ster", "A.", "Z/2", "11");
        let today = jiff::civil::date(2018, 3, 1);
        let evaluations = [&base, &theirs, &mine].map(|one| one.evaluate(&library, today));
        let decided = |dossier, at: usize| Decided {
            dossier,
            evaluation: &evaluations[at],
        };
        let (base, theirs, mine) = (decided(&base, 0), decided(&theirs, 1), decided(&mine, 2));
        let found = apart(base, theirs, mine, ("Karim", &library)).unwrap();
        let told = |views: &[DifferenceView]| -> Vec<String> {
            let told = views.iter();
            told.map(|view| format!("{}: {}, {}", view.place, view.after, view.before))
                .collect()
        };
        assert_eq!(
            told(&found.both),
            ["Cliënt, achternaam: u: Ster, Karim: Maan; was: Bakker"]
        );
        assert_eq!(told(&found.theirs), ["Cliënt, voorletters: B., was: A."]);
        assert_eq!(told(&found.mine), ["Zaaknummer: Z/2, was: Z/1"]);
        assert!(
            apart(base, mine, mine, ("Karim", &library))
                .unwrap()
                .is_empty()
        );
    }

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
