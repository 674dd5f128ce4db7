//! The list of all dossiers in memory: what searching and the caseload read, so that no key stroke asks the database.
//!
//! Unlocking reads the records of them all (`entry`). This must not know how a list looks on screen.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::audit;
use super::dossiers::DossierId;
use super::entry::{Entry, read_row};
use super::failure::Failure;
use super::keys::Keys;
use super::named::Names;
use super::seal::Id;
use super::search::Order;
use super::store::{Database, Value, all, every, one};
use crate::document::Hex;

/// All dossiers.
#[derive(Debug, Default)]
pub struct Index {
    pub(super) entries: Vec<Entry>,
    places: HashMap<DossierId, usize>,
    /// Everything that can be searched, folded, one after another so that a search is one walk; each ends a line.
    pub(super) texts: Vec<u8>,
    /// Where each text begins, and at which place its entry stands; no place where it is no longer used.
    pub(super) owners: Vec<(usize, Option<usize>)>,
    /// What products are called, so that they are found by that too.
    names: Arc<Names>,
    /// The dossiers that another one follows up.
    followed: HashSet<DossierId>,
    /// The places of all entries in an order that was asked for, until something changes.
    pub(super) arranged: Option<(Order, Date, Vec<usize>)>,
    /// Number and hash of the last line of the log that this list knows of.
    seen: (i64, Vec<u8>),
    /// Dossiers whose record did not open.
    pub(super) damaged: Vec<DossierId>,
    /// Dossiers whose record was written by a program that knew less, to be renewed; or they were since.
    pub(super) older: Vec<DossierId>,
}

impl Index {
    /// An empty list that finds products by these names too.
    fn named(names: &Arc<Names>) -> Self {
        Self {
            names: Arc::clone(names),
            ..Self::default()
        }
    }

    /// From now on products are found by these names.
    pub(super) fn go_by(&mut self, names: &Arc<Names>) {
        self.names = Arc::clone(names);
        self.tidy();
    }

    /// Reads the whole list.
    pub(super) fn read(
        database: &mut dyn Database,
        register: &Id,
        keys: &Keys,
        names: &Arc<Names>,
    ) -> Result<Self, Failure> {
        let mut index = Self::named(names);
        index.refresh(database, register, keys)?;
        Ok(index)
    }

    /// Takes in what changed since, by whomever. Answers which dossiers that were.
    pub(super) fn refresh(
        &mut self,
        database: &mut dyn Database,
        register: &Id,
        keys: &Keys,
    ) -> Result<Vec<DossierId>, Failure> {
        let head = audit::head(database)?;
        // A register that was put back from a backup has another history: then all is read again.
        let known = one(
            database,
            "SELECT hash FROM audit WHERE seq = $1",
            &[Value::Int(self.seen.0)],
            super::store::Row::bytes,
        )?;
        let mut before = Vec::new();
        if known.is_none_or(|hash| hash != self.seen.1) {
            before.extend(self.entries.iter().map(|entry| entry.id));
            *self = Self::named(&self.names);
        }
        let since = [Value::Int(self.seen.0)];
        let rows = every(
            database,
            "SELECT id, revision, person, figures FROM dossier WHERE changed > $1 ORDER BY changed",
            &since,
            read_row,
        )?;
        let gone = all(
            database,
            "SELECT dossier FROM destruction WHERE changed > $1",
            &since,
            |row| Ok(Hex(row.array()?)),
        )?;
        self.seen = (head.seq, head.hash.0.to_vec());
        let opened: Vec<(DossierId, Option<(Entry, String)>)> = rows
            .par_iter()
            .with_min_len(64)
            .map(|row| {
                let entry = Entry::opened(row, register, keys);
                let with_text = entry.map(|entry| {
                    let text = entry.text(&self.names);
                    (entry, text)
                });
                (Hex(row.id), with_text)
            })
            .collect();
        let mut changed = before;
        for (id, entry) in opened {
            changed.push(id);
            match entry {
                Some((entry, text)) => {
                    if entry.is_older() {
                        self.older.push(id);
                    }
                    self.put_with(entry, &text);
                }
                None => {
                    self.remove(id);
                    self.damaged.push(id);
                }
            }
        }
        for id in gone {
            changed.push(id);
            self.remove(id);
        }
        changed.sort();
        changed.dedup();
        Ok(changed)
    }

    /// Puts in an entry, in place of the one that it follows.
    pub(super) fn put(&mut self, entry: Entry) {
        let text = entry.text(&self.names);
        self.put_with(entry, &text);
    }

    fn put_with(&mut self, mut entry: Entry, text: &str) {
        self.arranged = None;
        if self.owners.len() > self.entries.len().saturating_mul(2).saturating_add(64) {
            self.tidy();
        }
        self.damaged.retain(|id| *id != entry.id);
        entry.about.is_followed = self.followed.contains(&entry.id);
        if let Some(before) = entry.about.meta.follows {
            self.followed.insert(before);
            self.note_followed(before, true);
        }
        let known = self.places.get(&entry.id).copied();
        let place = known.unwrap_or(self.entries.len());
        entry.own_text = self.owners.len();
        self.owners.push((self.texts.len(), Some(place)));
        self.texts.extend(text.as_bytes());
        self.texts.push(b'\n');
        match self.entries.get_mut(place) {
            Some(old) => {
                let unused = std::mem::replace(old, entry).own_text;
                if let Some((_, owner)) = self.owners.get_mut(unused) {
                    *owner = None;
                }
            }
            None => {
                self.places.insert(entry.id, place);
                self.entries.push(entry);
            }
        }
    }

    /// Leaves out the texts that are no longer used.
    fn tidy(&mut self) {
        self.texts.clear();
        self.owners.clear();
        for (place, entry) in self.entries.iter_mut().enumerate() {
            entry.own_text = self.owners.len();
            self.owners.push((self.texts.len(), Some(place)));
            self.texts.extend(entry.text(&self.names).as_bytes());
            self.texts.push(b'\n');
        }
    }

    pub(super) fn remove(&mut self, id: DossierId) {
        self.arranged = None;
        self.damaged.retain(|damaged| *damaged != id);
        let Some(place) = self.places.remove(&id) else {
            return;
        };
        if place >= self.entries.len() {
            return;
        }
        let gone = self.entries.swap_remove(place);
        let unused = gone.own_text;
        if let Some((_, owner)) = self.owners.get_mut(unused) {
            *owner = None;
        }
        if let Some(moved) = self.entries.get(place) {
            self.places.insert(moved.id, place);
            if let Some((_, owner)) = self.owners.get_mut(moved.own_text) {
                *owner = Some(place);
            }
        }
        if let Some(before) = gone.about.meta.follows {
            let follow = |entry: &Entry| entry.about.meta.follows == Some(before);
            if !self.entries.iter().any(follow) {
                self.followed.remove(&before);
                self.note_followed(before, false);
            }
        }
    }

    /// Notes at a dossier whether another one follows it up.
    fn note_followed(&mut self, id: DossierId, is_followed: bool) {
        let place = self.places.get(&id).copied();
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place)) {
            entry.about.is_followed = is_followed;
        }
    }

    /// All entries, in no particular order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a dossier.
    pub fn entry(&self, id: DossierId) -> Option<&Entry> {
        self.entries.get(*self.places.get(&id)?)
    }

    /// Dossiers that are there but whose record in the list is damaged.
    pub fn damaged(&self) -> &[DossierId] {
        &self.damaged
    }
}
