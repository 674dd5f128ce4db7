//! Finding dossiers: words as they are typed, filters, and an order.
//!
//! It works on the list in memory alone.

use jiff::civil::Date;
use memchr::memmem::Finder;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::caseload::{Urgency, due};
use super::dossiers::DossierId;
use super::dossiers::State;
use super::entry::{Entry, Who};
use super::failure::Failure;
use super::index::Index;
use super::session::Register;

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

/// Adds `text` to `out` in small letters without accents, so that `José` is found by `jose` and `Yılmaz` by `yilmaz`.
pub(super) fn fold(text: &str, out: &mut String) {
    if text.is_ascii() {
        out.extend(text.chars().map(|letter| letter.to_ascii_lowercase()));
    } else {
        out.extend(
            text.nfd()
                .filter(|letter| !is_combining_mark(*letter))
                .flat_map(char::to_lowercase)
                .map(plain),
        );
    }
}

/// The letter that a Dutch keyboard has in place of one with its mark in it.
fn plain(letter: char) -> char {
    match letter {
        'ı' => 'i',
        'ø' => 'o',
        'ł' => 'l',
        'đ' => 'd',
        other => other,
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

    /// Whether more is asked than words, in an order.
    pub fn is_filtered(&self) -> bool {
        self.neighbourhood.is_some()
            || self.consultant.is_some()
            || self.product.is_some()
            || self.definitive.is_some()
            || self.urgency.is_some()
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
}

impl Index {
    /// What fits, in order; `today` decides what is late. The order is kept until something changes, so that a key
    /// stroke only walks over the texts.
    pub(super) fn find(&mut self, query: &Query, today: Date) -> Vec<&Entry> {
        let fresh = matches!(&self.arranged, Some((order, day, _)) if *order == query.order && *day == today);
        if !fresh {
            let places = self.arrange(query.order, today);
            self.arranged = Some((query.order, today, places));
        }
        let matching = self.matching(&query.words);
        let places = self
            .arranged
            .as_ref()
            .map_or(&[][..], |(_, _, places)| places);
        let fitting = |place: &usize| {
            let matches = matching
                .as_ref()
                .is_none_or(|matching| matching.get(*place) == Some(&true));
            let entry = matches.then(|| self.entries.get(*place)).flatten();
            entry.filter(|entry| query.passes(entry, today))
        };
        if query.descending {
            places.iter().rev().filter_map(fitting).collect()
        } else {
            places.iter().filter_map(fitting).collect()
        }
    }

    /// At which places all words occur; nothing if there are no words.
    fn matching(&self, words: &str) -> Option<Vec<bool>> {
        let mut folded = String::new();
        fold(words, &mut folded);
        let mut words: Vec<Finder<'_>> = folded.split_whitespace().map(Finder::new).collect();
        // The longest occurs least, and leaves the least to look at for the others.
        words.sort_by_key(|word| word.needle().len());
        let longest = words.pop()?;
        let mut matching = vec![false; self.entries.len()];
        let mut owner = 0_usize;
        let mut from = 0_usize;
        while let Some(rest) = self.texts.get(from..) {
            let Some(found) = longest.find(rest) else {
                break;
            };
            let at = from.saturating_add(found);
            let after = |number: usize| self.owners.get(number).map(|(start, _)| *start);
            owner = match self.owners.get(owner..) {
                Some(later) => {
                    let passed = later.partition_point(|(start, _)| *start <= at);
                    owner.saturating_add(passed.saturating_sub(1))
                }
                None => break,
            };
            let end = after(owner.saturating_add(1)).unwrap_or(self.texts.len());
            if let Some((start, Some(place))) = self.owners.get(owner) {
                let text = self.texts.get(*start..end).unwrap_or_default();
                if let Some(matches) = matching.get_mut(*place) {
                    *matches = words.iter().all(|word| word.find(text).is_some());
                }
            }
            from = end;
        }
        Some(matching)
    }

    /// The places of all entries in an order. Keys are made once per entry; equal ones keep the order of their ids.
    fn arrange(&self, order: Order, today: Date) -> Vec<usize> {
        let day = |entry: &Entry| due(&entry.about, today).must_by().unwrap_or(Date::MAX);
        let who = |entry: &Entry, of: fn(&Who) -> &String| {
            let mut key = String::new();
            if let Some(who) = &entry.who {
                fold(of(who), &mut key);
            }
            key
        };
        match order {
            Order::Due => self.sorted(day),
            Order::Name => self.sorted(|entry| who(entry, |who| &who.order)),
            Order::Number => self.sorted(|entry| entry.about.number.clone()),
            Order::Saved => self.sorted(|entry| entry.about.meta.at),
            Order::Neighbourhood => {
                self.sorted(|entry| (who(entry, |who| &who.neighbourhood), day(entry)))
            }
            Order::Consultant => {
                self.sorted(|entry| (who(entry, |who| &who.consultant), day(entry)))
            }
        }
    }

    fn sorted<K: Ord + Send>(&self, key: impl Fn(&Entry) -> K + Sync) -> Vec<usize> {
        let entries = self.entries.par_iter().enumerate().with_min_len(1024);
        let mut keys: Vec<(K, DossierId, usize)> = entries
            .map(|(place, entry)| (key(entry), entry.id, place))
            .collect();
        keys.par_sort_unstable();
        keys.into_iter().map(|(_, _, place)| place).collect()
    }
}

impl Register {
    /// What fits a search, in order; `today` decides what is late.
    pub fn find(&mut self, query: &Query, today: Date) -> Result<Vec<&Entry>, Failure> {
        let (_, session) = self.working()?;
        Ok(session.index.find(query, today))
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn a_name_is_found_by_the_letters_of_a_dutch_keyboard() {
        for (name, typed) in [
            ("José", "jose"),
            ("Yılmaz", "yilmaz"),
            ("İpek", "ipek"),
            ("Sørensen", "sorensen"),
            ("Łukasz", "lukasz"),
        ] {
            let mut folded = String::new();
            fold(name, &mut folded);
            assert_eq!(folded, typed);
        }
    }
}
