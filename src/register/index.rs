//! The list of all dossiers in memory: what searching and the caseload read, so that no key stroke asks the database.
//!
//! Each dossier has two small sealed records beside it, made when it is saved; unlocking reads them all. This must not
//! know how a list looks on screen.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::audit;
use super::dossiers::DossierId;
use super::dossiers::{Meta, State};
use super::failure::Failure;
use super::keys::Keys;
use super::named::Names;
use super::seal::{Id, Place, What, seal, unseal};
use super::search::{Order, fold};
use super::store::{Database, Value, all, every, one};
use crate::document::Hex;
use crate::dossier::{Course, Dossier, Outcome};
use crate::indication::Delivery;

/// What this program writes in the list: a record with a lower number lacks something, and is renewed from its dossier. 1: what
/// is chosen of products.
const WRITTEN: u8 = 1;

/// Who a dossier is about; for full access only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Name as above an address.
    #[serde(rename = "n")]
    pub name: String,
    /// Surname first, for sorting.
    #[serde(rename = "o")]
    pub order: String,
    /// Citizen service number.
    #[serde(rename = "b", default, skip_serializing_if = "String::is_empty")]
    pub bsn: String,
    /// Number of the client at the municipality.
    #[serde(rename = "c", default, skip_serializing_if = "String::is_empty")]
    pub client_number: String,
    /// Neighbourhood.
    #[serde(rename = "w", default, skip_serializing_if = "String::is_empty")]
    pub neighbourhood: String,
    /// Name of the consultant.
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    pub consultant: String,
    /// Date of birth.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Date>,
}

/// What a dossier is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Case number.
    #[serde(rename = "n", default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// CBS code of the municipality.
    #[serde(rename = "g")]
    pub municipality: String,
    /// Short names of the products, each once.
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// What was chosen of them or follows from the hours, in Dutch words: `Zwaar`; for searching. Nothing where it was saved
    /// by a program that did not know the catalogues.
    #[serde(rename = "c", default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<String>,
    /// How much the program that wrote this knew to write in it, as a number that grows.
    #[serde(rename = "y", default)]
    pub written: u8,
    /// Something is granted as a budget.
    #[serde(rename = "b", default)]
    pub pgb: bool,
    /// Something is granted in kind.
    #[serde(rename = "k", default)]
    pub in_kind: bool,
    /// The days that decide what is due; they lie in the same record, so no letter may be one of theirs.
    #[serde(flatten)]
    pub course: Course,
    /// Last day of what ends last; nothing if something has no end.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Date>,
    /// When it was last saved, by whom, and in which state.
    #[serde(rename = "m")]
    pub meta: Meta,
    /// Whether another dossier follows it up; the list finds that out.
    #[serde(skip)]
    pub is_followed: bool,
}

impl About {
    /// Notes what is chosen; nothing is known of that without the catalogues.
    pub(super) fn choose(&mut self, chosen: Option<Vec<String>>) {
        self.written = if chosen.is_some() { WRITTEN } else { 0 };
        self.chosen = chosen.unwrap_or_default();
    }
}

/// One dossier in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub id: DossierId,
    /// Its current revision.
    pub revision: i64,
    /// Nothing for a slot of finance.
    pub who: Option<Who>,
    /// What it is about.
    pub about: About,
    /// Which of the index's texts is its own.
    own_text: usize,
}

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

/// The index records of a dossier, sealed.
pub(super) struct Records {
    pub(super) person: Vec<u8>,
    pub(super) figures: Vec<u8>,
}

/// A row of the table, still sealed.
struct Row {
    id: Id,
    revision: i64,
    person: Vec<u8>,
    figures: Vec<u8>,
}

/// Who a dossier is about.
pub(super) fn who(dossier: &Dossier) -> Who {
    let client = &dossier.client;
    let person = &client.person;
    let order = [person.surname.as_str(), &person.initials, &person.prefix];
    Who {
        name: person.name_line().unwrap_or_default(),
        order: order.join(" ").trim().to_owned(),
        bsn: client.bsn.map(|bsn| bsn.digits()).unwrap_or_default(),
        client_number: client.client_number.clone(),
        neighbourhood: client.neighbourhood.clone().unwrap_or_default(),
        consultant: dossier.contact.name.clone(),
        born: person.birth_date,
    }
}

fn about(dossier: &Dossier, meta: &Meta, chosen: Option<Vec<String>>) -> About {
    let granted: Vec<_> = dossier
        .provisions
        .iter()
        .filter(|provision| provision.outcome == Outcome::Granted)
        .map(|provision| &provision.line)
        .collect();
    let mut products: Vec<String> = dossier
        .provisions
        .iter()
        .map(|provision| provision.line.product.clone())
        .collect();
    products.sort();
    products.dedup();
    let ends: Option<Vec<Date>> = granted.iter().map(|line| line.to).collect();
    let mut about = About {
        number: dossier.number.clone(),
        municipality: dossier.municipality.clone(),
        products,
        chosen: Vec::new(),
        written: 0,
        pgb: granted.iter().any(|line| line.delivery.is_pgb()),
        in_kind: granted
            .iter()
            .any(|line| matches!(line.delivery, Delivery::InKind { .. })),
        course: dossier.course(),
        ends: ends.and_then(|ends| ends.into_iter().max()),
        meta: meta.clone(),
        is_followed: false,
    };
    about.choose(chosen);
    about
}

fn place<'a>(register: &'a Id, what: What, id: &'a Id, revision: i64) -> Place<'a> {
    Place {
        register,
        what,
        revision,
        record: id,
    }
}

impl Entry {
    /// Everything of it that can be searched, folded.
    fn text(&self, names: &Names) -> String {
        let mut text = String::with_capacity(160);
        let mut add = |part: &str| {
            if !part.is_empty() {
                fold(part, &mut text);
                text.push(' ');
            }
        };
        if let Some(who) = &self.who {
            let parts = [
                &who.name,
                &who.bsn,
                &who.client_number,
                &who.neighbourhood,
                &who.consultant,
            ];
            parts.into_iter().for_each(|part| add(part));
        }
        let about = &self.about;
        add(&about.number);
        for product in &about.products {
            add(product);
            names
                .of(&about.municipality, product)
                .iter()
                .for_each(|name| add(name));
        }
        about.chosen.iter().for_each(|chosen| add(chosen));
        add(about.meta.state.dutch());
        if let State::Definitive { number } = &about.meta.state {
            add(number);
        }
        text
    }

    /// The entry of a dossier as it is saved now.
    pub(super) fn of(
        id: DossierId,
        revision: i64,
        dossier: &Dossier,
        meta: &Meta,
        chosen: Option<Vec<String>>,
    ) -> Self {
        Self {
            id,
            revision,
            who: Some(who(dossier)),
            about: about(dossier, meta, chosen),
            own_text: 0,
        }
    }

    /// Whether its record was written by a program that knew less.
    pub(super) fn is_older(&self) -> bool {
        self.about.written < WRITTEN
    }

    /// Its records for the table. Error: no full access.
    pub(super) fn sealed(&self, register: &Id, keys: &Keys) -> Result<Records, Failure> {
        let text = |written: Result<Vec<u8>, serde_json::Error>| {
            written
                .map_err(|_| Failure::internal("de regel voor de zoeklijst is niet te schrijven"))
        };
        let person = text(serde_json::to_vec(&self.who))?;
        let figures = text(serde_json::to_vec(&self.about))?;
        let at = |what| place(register, what, &self.id.0, self.revision);
        Ok(Records {
            person: seal(keys.person()?, &at(What::PersonIndex), &person)?,
            figures: seal(&keys.figures, &at(What::FiguresIndex), &figures)?,
        })
    }

    fn opened(row: &Row, register: &Id, keys: &Keys) -> Option<Self> {
        let at = |what| place(register, what, &row.id, row.revision);
        let about = unseal(&keys.figures, &at(What::FiguresIndex), &row.figures).ok()?;
        let who = match &keys.person {
            Some(key) => {
                let text = unseal(key, &at(What::PersonIndex), &row.person).ok()?;
                Some(serde_json::from_slice(&text).ok()?)
            }
            None => None,
        };
        Some(Self {
            id: Hex(row.id),
            revision: row.revision,
            who,
            about: serde_json::from_slice(&about).ok()?,
            own_text: 0,
        })
    }
}

/// The entry of a dossier as it stands in the database now; nothing if it is not there. Error: its record is damaged.
pub(super) fn entry_of(
    database: &mut dyn Database,
    register: &Id,
    keys: &Keys,
    id: DossierId,
) -> Result<Option<Entry>, Failure> {
    let statement = "SELECT id, revision, person, figures FROM dossier WHERE id = $1";
    let row = one(database, statement, &[Value::Bytes(&id.0)], read_row)?;
    row.map(|row| {
        let damaged = || Failure::damaged("de regel van dit dossier in de zoeklijst");
        Entry::opened(&row, register, keys).ok_or_else(damaged)
    })
    .transpose()
}

/// The dossiers whose record for the list does not open.
pub(super) fn damaged(
    database: &mut dyn Database,
    register: &Id,
    keys: &Keys,
) -> Result<Vec<DossierId>, Failure> {
    let mut damaged = Vec::new();
    let statement = "SELECT id, revision, person, figures FROM dossier ORDER BY id";
    database.walk(statement, &[], &mut |mut row| {
        let row = read_row(&mut row)?;
        if Entry::opened(&row, register, keys).is_none() {
            damaged.push(Hex(row.id));
        }
        Ok(())
    })?;
    Ok(damaged)
}

fn read_row(row: &mut super::store::Row) -> Result<Row, Failure> {
    Ok(Row {
        id: row.array()?,
        revision: row.int()?,
        person: row.bytes()?,
        figures: row.bytes()?,
    })
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
