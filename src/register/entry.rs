//! One dossier in the list of all: what is told of it there, and the two small sealed records in which that lies.
//!
//! They are made when the dossier is saved. This must not know which dossiers there are besides.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::dossiers::DossierId;
use super::dossiers::{Meta, State};
use super::failure::Failure;
use super::keys::Keys;
use super::named::Names;
use super::seal::{Id, Place, What, seal, unseal};
use super::search::fold;
use super::store::{Database, Value, one};
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
    pub(super) own_text: usize,
}

/// The index records of a dossier, sealed.
pub(super) struct Records {
    pub(super) person: Vec<u8>,
    pub(super) figures: Vec<u8>,
}

/// A row of the table, still sealed.
pub(super) struct Row {
    pub(super) id: Id,
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
    pub(super) fn text(&self, names: &Names) -> String {
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

    pub(super) fn opened(row: &Row, register: &Id, keys: &Keys) -> Option<Self> {
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

pub(super) fn read_row(row: &mut super::store::Row) -> Result<Row, Failure> {
    Ok(Row {
        id: row.array()?,
        revision: row.int()?,
        person: row.bytes()?,
        figures: row.bytes()?,
    })
}
