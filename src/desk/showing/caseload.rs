//! The caseload in words: what fits a search, as rows that only have to be drawn, and who has how much to do.
//!
//! It runs on the thread of the register and takes along no more than a window can show.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::budget::Library;
use crate::desk::widgets::mark::Chip;
use crate::quantity::dutch::date_long;
use crate::register::{
    Counts, DossierId, Due, Entry, Failure, Query, Register, State, Step, Urgency, WITHHELD, due,
};

/// How many rows a search shows; who looks for one that is further down, types more.
pub const MOST_ROWS: usize = 200;

/// One dossier in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub id: DossierId,
    /// Name of the client.
    pub name: String,
    /// Under it: number, products, neighbourhood, consultant.
    pub detail: String,
    /// What has to be done, and by when.
    pub due: String,
    /// How urgent that is.
    pub chip: Chip,
    /// The word of the chip.
    pub urgency: &'static str,
    /// Number of the decision or the word for a draft.
    pub state: String,
}

/// A consultant or neighbourhood with what there is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its name in a search; empty where there is none.
    pub name: String,
    /// Its name on screen.
    pub shown: String,
    /// What there is to do, in words.
    pub counts: String,
    /// Whether something is late.
    pub is_late: bool,
}

/// What the screen shows of a register: the rows of a search, and the counts of everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The first rows.
    pub rows: Vec<Row>,
    /// How many fit the search in all.
    pub total: usize,
    /// Everything, by urgency.
    pub all: Counts,
    /// By consultant.
    pub consultants: Vec<Group>,
    /// By neighbourhood.
    pub neighbourhoods: Vec<Group>,
    /// The products that occur: short name and name.
    pub products: Vec<(String, String)>,
    /// How many dossiers could not be read.
    pub damaged: usize,
}

impl Listing {
    /// Takes over the counts of `before`, when only the rows were asked for.
    pub fn keep_counts(&mut self, before: Self) {
        let rows = std::mem::take(&mut self.rows);
        *self = Self {
            rows,
            total: self.total,
            ..before
        };
    }
}

/// Searches, and counts everything when `counts` asks for it; without that there are rows only.
///
/// # Errors
/// The register is locked.
pub fn listing(
    register: &mut Register,
    query: &Query,
    today: Date,
    library: &Library,
    counts: bool,
) -> Result<Listing, Failure> {
    let mut listing = Listing::default();
    if counts {
        let index = register.index()?;
        let caseload = index.caseload(today);
        listing.all = caseload.all;
        listing.consultants = groups(&caseload.consultants, "zonder consulent");
        listing.neighbourhoods = groups(&caseload.neighbourhoods, "zonder wijk");
        listing.damaged = index.damaged().len();
        let mut products = BTreeMap::new();
        for entry in index.entries() {
            for product in &entry.about.products {
                if !products.contains_key(product) {
                    let label = product_label(library, &entry.about.municipality, product);
                    products.insert(product.clone(), label);
                }
            }
        }
        listing.products = products.into_iter().collect();
    }
    let found = register.find(query, today)?;
    listing.total = found.len();
    listing.rows = found
        .into_iter()
        .take(MOST_ROWS)
        .map(|entry| row(entry, today, library))
        .collect();
    Ok(listing)
}

fn groups(counts: &BTreeMap<String, Counts>, nameless: &str) -> Vec<Group> {
    counts
        .iter()
        .map(|(name, counts)| Group {
            name: name.clone(),
            shown: if name.is_empty() { nameless } else { name }.to_owned(),
            counts: in_words(counts),
            is_late: counts.late > 0,
        })
        .collect()
}

/// `3 te laat · 5 binnen een week · 12 wacht`; what is nothing is left out.
fn in_words(counts: &Counts) -> String {
    let parts: Vec<String> = [
        (counts.late, Urgency::Late),
        (counts.soon, Urgency::Soon),
        (counts.waiting, Urgency::Waiting),
        (counts.done, Urgency::Done),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, urgency)| format!("{count} {}", urgency.dutch()))
    .collect();
    parts.join(" · ")
}

/// The name of a product in the newest catalogue that has it.
fn product_label(library: &Library, municipality: &str, id: &str) -> String {
    let catalogues = library.catalogues.of(municipality);
    catalogues
        .iter()
        .rev()
        .find_map(|catalogue| catalogue.product(id))
        .map_or_else(|| id.to_owned(), |product| product.label.to_string())
}

/// A dossier in the list.
fn row(entry: &Entry, today: Date, library: &Library) -> Row {
    let about = &entry.about;
    let mut details = Vec::new();
    if !about.number.is_empty() {
        details.push(format!("zaak {}", about.number));
    }
    for product in &about.products {
        details.push(product_label(library, &about.municipality, product));
    }
    if let Some(who) = &entry.who {
        let also = [&who.neighbourhood, &who.consultant];
        details.extend(also.into_iter().filter(|text| !text.is_empty()).cloned());
    }
    let name = match &entry.who {
        None => WITHHELD.to_owned(),
        Some(who) if who.name.is_empty() => "Nieuwe cliënt".to_owned(),
        Some(who) => who.name.clone(),
    };
    let due = due(about, today);
    Row {
        id: entry.id,
        name,
        detail: details.join(" · "),
        due: clock(due, today),
        chip: match due.urgency {
            Urgency::Late => Chip::Fault,
            Urgency::Soon => Chip::Warning,
            Urgency::Waiting => Chip::Neutral,
            Urgency::Done => Chip::Good,
        },
        urgency: due.urgency.dutch(),
        state: match &about.meta.state {
            State::Draft => about.meta.state.dutch().to_owned(),
            State::Definitive { number } => format!("besluit {number}"),
        },
    }
}

/// `besluiten uiterlijk 14 maart 2018, nog 3 dagen`.
fn clock(due: Due, today: Date) -> String {
    let what = due.step.dutch();
    let Some(day) = due.last_day else {
        return what.to_owned();
    };
    let left = today.until(day).map_or(0, |span| span.get_days());
    let many = |days: i32| match days.unsigned_abs() {
        1 => "1 dag".to_owned(),
        days => format!("{days} dagen"),
    };
    let when = date_long(day);
    match (due.step, left) {
        (Step::Plan | Step::Objection, _) => {
            format!("{what} tot en met {when}, nog {}", many(left))
        }
        (Step::Ended, _) => format!("toekenning afgelopen op {when}, geen vervolg"),
        (Step::Ending, _) => format!("{what} op {when}, over {}", many(left)),
        (_, 0) => format!("{what} uiterlijk vandaag"),
        (_, _) if left < 0 => format!("{what}, moest op {when}, {} te laat", many(left)),
        (_, _) => format!("{what} uiterlijk {when}, nog {}", many(left)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_clock_says_what_by_when_and_how_long_that_is() {
        let today = date(2018, 3, 1);
        let on = |step, day, urgency| {
            clock(
                Due {
                    step,
                    last_day: Some(day),
                    urgency,
                },
                today,
            )
        };
        assert_eq!(
            on(Step::Decide, date(2018, 3, 4), Urgency::Soon),
            "besluiten uiterlijk 4 maart 2018, nog 3 dagen"
        );
        assert_eq!(
            on(Step::Investigate, date(2018, 2, 28), Urgency::Late),
            "onderzoek afronden, moest op 28 februari 2018, 1 dag te laat"
        );
        assert_eq!(
            on(Step::Decide, today, Urgency::Soon),
            "besluiten uiterlijk vandaag"
        );
        assert_eq!(
            on(Step::Ending, date(2018, 3, 11), Urgency::Soon),
            "toekenning loopt af op 11 maart 2018, over 10 dagen"
        );
        assert_eq!(
            on(Step::Objection, date(2018, 3, 2), Urgency::Waiting),
            "bezwaar is mogelijk tot en met 2 maart 2018, nog 1 dag"
        );
        assert_eq!(
            on(Step::Plan, date(2018, 3, 8), Urgency::Waiting),
            "persoonlijk plan is mogelijk tot en met 8 maart 2018, nog 7 dagen"
        );
        assert_eq!(
            on(Step::Ended, date(2018, 2, 20), Urgency::Late),
            "toekenning afgelopen op 20 februari 2018, geen vervolg"
        );
        let none = Due {
            step: Step::Send,
            last_day: None,
            urgency: Urgency::Waiting,
        };
        assert_eq!(clock(none, today), "definitief maken en versturen");
    }
}
