//! Finding dossiers: words as they are typed, filters, and an order.
//!
//! It works on the list in memory alone.

use jiff::civil::Date;
use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::caseload::{Urgency, due};
use super::dossiers::State;
use super::index::{Entry, Index};

/// What to look for. It can be kept under a name and used again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Query {
    /// Words that must all occur somewhere: in name, BSN, numbers, products, neighbourhood, consultant or state.
    pub words: String,
    /// Only this neighbourhood.
    pub neighbourhood: Option<String>,
    /// Only this consultant.
    pub consultant: Option<String>,
    /// Only with this product.
    pub product: Option<String>,
    /// Only definitive ones, or only the others.
    pub definitive: Option<bool>,
    /// Only what is this urgent or more.
    pub urgency: Option<Urgency>,
    /// In which order.
    pub order: Order,
    /// The other way round.
    pub descending: bool,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Order {
    /// What is due first, first.
    #[default]
    Due,
    /// By surname.
    Name,
    /// By case number.
    Number,
    /// By the last time that it was saved.
    Saved,
    /// By neighbourhood, then what is due.
    Neighbourhood,
    /// By consultant, then what is due.
    Consultant,
}

/// Adds `text` to `out` in small letters without accents, so that `José` is found by `jose`.
pub(super) fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        out.extend(
            text.nfd()
                .filter(|letter| !is_combining_mark(*letter))
                .flat_map(char::to_lowercase),
        );
    }
}

impl Query {
    /// A search for words alone.
    pub fn words(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            ..Self::default()
        }
    }

    /// What fits, in order; `today` decides what is late.
    pub fn find<'i>(&self, index: &'i Index, today: Date) -> Vec<&'i Entry> {
        let mut words = String::new();
        fold(&self.words, &mut words);
        let words: Vec<Finder<'_>> = words.split_whitespace().map(Finder::new).collect();
        let fits = |entry: &&Entry| {
            words
                .iter()
                .all(|word| word.find(entry.hay.as_bytes()).is_some())
                && self.passes(entry, today)
        };
        let mut found: Vec<&Entry> = index.entries.iter().filter(fits).collect();
        self.sort(&mut found, today);
        found
    }

    fn passes(&self, entry: &Entry, today: Date) -> bool {
        let who = entry.who.as_ref();
        let same = |wanted: &Option<String>, found: Option<&String>| {
            wanted.as_ref().is_none_or(|wanted| found == Some(wanted))
        };
        let definitive = matches!(entry.about.meta.state, State::Definitive { .. });
        same(&self.neighbourhood, who.map(|who| &who.neighbourhood))
            && same(&self.consultant, who.map(|who| &who.consultant))
            && self
                .product
                .as_ref()
                .is_none_or(|product| entry.about.products.contains(product))
            && self.definitive.is_none_or(|wanted| wanted == definitive)
            && self
                .urgency
                .is_none_or(|least| due(&entry.about, today).urgency >= least)
    }

    /// Keys are made once per entry; equal ones keep the order of number and id.
    fn sort(&self, found: &mut [&Entry], today: Date) {
        let who = |entry: &Entry, of: fn(&super::index::Who) -> &String| {
            let mut key = String::new();
            if let Some(who) = &entry.who {
                fold(of(who), &mut key);
            }
            key
        };
        let day = |entry: &Entry| due(&entry.about, today).last_day.unwrap_or(Date::MAX);
        match self.order {
            Order::Due => found.sort_by_cached_key(|entry| (day(entry), entry.id)),
            Order::Name => {
                found.sort_by_cached_key(|entry| (who(entry, |who| &who.order), entry.id));
            }
            Order::Number => {
                found.sort_by(|a, b| (&a.about.number, a.id).cmp(&(&b.about.number, b.id)));
            }
            Order::Saved => found.sort_by_key(|entry| (entry.about.meta.at, entry.id)),
            Order::Neighbourhood => found.sort_by_cached_key(|entry| {
                (who(entry, |who| &who.neighbourhood), day(entry), entry.id)
            }),
            Order::Consultant => found.sort_by_cached_key(|entry| {
                (who(entry, |who| &who.consultant), day(entry), entry.id)
            }),
        }
        if self.descending {
            found.reverse();
        }
    }
}
