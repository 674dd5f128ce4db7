//! Saving and reading dossiers: each save is a revision, and none overwrites what it has not seen.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value as Tree;

use super::audit;
use super::deed::Deed;
use super::entry::{Entry, Records};
use super::failure::{Failure, Kind};
use super::index::Index;
use super::keys::Keys;
use super::parts::{Parts, figures_only, join, split};
use super::restore::next;
use super::retention::is_destroyed;
use super::seal::{Id, Place, What, digest, random, seal, unseal};
use super::session::{Register, Session};
use super::store::{Database, Row, Value, all, one};
use crate::document::Hex;
use crate::dossier::Dossier;

/// The id of a dossier: random, so that it says nothing about the client or the order.
pub type DossierId = Hex<16>;

/// What a revision says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// When it was saved, by the clock of who did.
    pub at: Timestamp,
    /// By whom: the name of the slot then.
    pub by: String,
    /// Draft or definitive.
    pub state: State,
    /// The dossier with the decision that this one follows up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<DossierId>,
}

/// How far a decision is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum State {
    /// It can change.
    Draft,
    /// It can not change any more.
    Definitive {
        /// Number of the decision, given by the register.
        number: String,
    },
}

impl State {
    /// In words.
    pub fn dutch(&self) -> &'static str {
        match self {
            Self::Draft => "ontwerp",
            Self::Definitive { .. } => "definitief",
        }
    }
}

/// A revision that work stands on: its number, and the token of its save. The number alone is not enough: where a
/// backup was put back in the place of a damaged register, another revision can have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Base {
    /// Its number; 0 for a dossier that was never saved.
    pub revision: i64,
    /// The token of its save.
    pub token: Hex<16>,
}

impl Base {
    /// What a dossier stands on that was never saved.
    pub const NEW: Self = Self {
        revision: 0,
        token: Hex([0; 16]),
    };
}

/// A revision in the list of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Which.
    pub base: Base,
    /// What it says about itself; nothing if that is damaged.
    pub meta: Option<Meta>,
    /// Whether all of it opens that this person may read.
    pub is_whole: bool,
}

/// A dossier as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// Which.
    pub id: DossierId,
    /// Which revision.
    pub revision: i64,
    /// The token of its save.
    pub token: Hex<16>,
    /// The dossier; for a slot of finance without names and with withheld texts.
    pub dossier: Dossier,
    /// What the revision says about itself.
    pub meta: Meta,
}

impl Loaded {
    /// What work on it stands on.
    pub fn base(&self) -> Base {
        Base {
            revision: self.revision,
            token: self.token,
        }
    }
}

/// What is to be saved.
#[derive(Debug, Clone, Copy)]
pub struct Save<'a> {
    /// Which; [`Register::new_id`] makes one.
    pub id: DossierId,
    /// The revision that it was based on.
    pub base: Base,
    /// The dossier.
    pub dossier: &'a Dossier,
    /// Random, one per save: sent again after a line that broke, the save happens once.
    pub token: Hex<16>,
    /// For a new dossier: the one whose decision it follows up.
    pub follows: Option<DossierId>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is on the disk as this revision.
    Done {
        /// The new one.
        revision: i64,
    },
    /// Somebody saved another revision meanwhile, and nothing was changed.
    Changed {
        /// The one that is there now.
        current: i64,
    },
}

/// The sealed columns of a revision and its index records.
pub(super) struct Sealed {
    pub(super) person: Vec<u8>,
    pub(super) figures: Vec<u8>,
    pub(super) index: Records,
}

impl Sealed {
    /// What the log remembers of it.
    pub(super) fn digest(&self) -> Hex<32> {
        digest_of(&self.person, &self.figures)
    }
}

/// The fingerprint of a revision, as sealed. The index records need none: they are bound to the revision.
pub(super) fn digest_of(person: &[u8], figures: &[u8]) -> Hex<32> {
    Hex(digest(&[person, figures]))
}

/// The figures part with what the revision says about itself.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FiguresPart {
    meta: Meta,
    figures: Tree,
}

fn place<'a>(register: &'a Id, what: What, id: &'a DossierId, revision: i64) -> Place<'a> {
    Place {
        register,
        what,
        revision,
        record: &id.0,
    }
}

/// Seals a revision with its index records.
pub(super) fn sealed(
    keys: &Keys,
    register: &Id,
    dossier: &Dossier,
    entry: &Entry,
) -> Result<Sealed, Failure> {
    let unwritable = |_| Failure::internal("het dossier is niet te schrijven");
    let parts = split(dossier)?;
    let figures = FiguresPart {
        meta: entry.about.meta.clone(),
        figures: parts.figures,
    };
    let person = zeroize::Zeroizing::new(serde_json::to_vec(&parts.person).map_err(unwritable)?);
    let figures = serde_json::to_vec(&figures).map_err(unwritable)?;
    let at = |what| place(register, what, &entry.id, entry.revision);
    Ok(Sealed {
        person: seal(keys.person()?, &at(What::Person), &person)?,
        figures: seal(&keys.figures, &at(What::Figures), &figures)?,
        index: entry.sealed(register, keys)?,
    })
}

/// Opens the figures of a revision.
fn figures_of(
    keys: &Keys,
    register: &Id,
    id: &DossierId,
    revision: i64,
    figures: &[u8],
) -> Result<FiguresPart, Failure> {
    let place = place(register, What::Figures, id, revision);
    let text = unseal(&keys.figures, &place, figures)?;
    serde_json::from_slice(&text).map_err(|_| Failure::damaged("een dossier"))
}

/// Opens a revision from its two columns.
pub(super) fn opened(
    keys: &Keys,
    register: &Id,
    id: DossierId,
    base: Base,
    person: &[u8],
    figures: &[u8],
) -> Result<Loaded, Failure> {
    let Base { revision, token } = base;
    let damaged = |_| Failure::damaged("een dossier");
    let part = figures_of(keys, register, &id, revision, figures)?;
    let dossier = match &keys.person {
        Some(key) => {
            let text = unseal(key, &place(register, What::Person, &id, revision), person)?;
            join(Parts {
                person: serde_json::from_slice(&text).map_err(damaged)?,
                figures: part.figures,
            })?
        }
        None => figures_only(part.figures)?,
    };
    Ok(Loaded {
        id,
        revision,
        token,
        dossier,
        meta: part.meta,
    })
}

/// Reads one revision, or the current one.
pub(super) fn load(
    database: &mut dyn Database,
    keys: &Keys,
    register: &Id,
    id: DossierId,
    revision: Option<i64>,
) -> Result<Loaded, Failure> {
    let statement = "SELECT r.revision, r.token, r.person, r.figures, d.revision FROM revision r \
                     JOIN dossier d ON d.id = r.dossier \
                     WHERE d.id = $1 AND r.revision = CASE WHEN $2 = 0 THEN d.revision ELSE $2 END";
    let values = [Value::Bytes(&id.0), Value::Int(revision.unwrap_or(0))];
    let found = one(database, statement, &values, |row| {
        Ok((base_in(row)?, row.bytes()?, row.bytes()?, row.int()?))
    })?;
    let (base, person, figures) = match found {
        // A damaged index of the database can lead to another revision than was asked.
        Some((base, .., current)) if base.revision != revision.unwrap_or(current) => {
            return Err(Failure::damaged("een dossier"));
        }
        Some((base, person, figures, _)) => (base, person, figures),
        None if current(database, id)?.is_some() => return Err(Failure::damaged("een dossier")),
        None => return Err(gone()),
    };
    opened(keys, register, id, base, &person, &figures)
}

/// A base from its two columns.
pub(super) fn base_in(row: &mut Row) -> Result<Base, Failure> {
    Ok(Base {
        revision: row.int()?,
        token: Hex(row.array()?),
    })
}

/// The current revision of a dossier, if it is there.
pub(super) fn current(database: &mut dyn Database, id: DossierId) -> Result<Option<Base>, Failure> {
    let statement = "SELECT d.revision, r.token FROM dossier d \
                     LEFT JOIN revision r ON r.dossier = d.id AND r.revision = d.revision WHERE d.id = $1";
    one(database, statement, &[Value::Bytes(&id.0)], base_in)
}

pub(super) fn gone() -> Failure {
    Failure::new(
        Kind::Missing,
        "dit dossier is er niet (meer)",
        "Kijk in het logboek of het is vernietigd.",
    )
}

/// Writes a sealed revision as the current one, with its line in the log. The caller has looked at what was there.
pub(super) fn put(
    database: &mut dyn Database,
    session: &Session,
    entry: &Entry,
    token: Hex<16>,
    sealed: &Sealed,
    now: Timestamp,
    deed: Deed,
) -> Result<(), Failure> {
    database.execute(
        "INSERT INTO revision (dossier, revision, token, person, figures) VALUES ($1, $2, $3, $4, $5)",
        &[
            Value::Bytes(&entry.id.0),
            Value::Int(entry.revision),
            Value::Bytes(&token.0),
            Value::Bytes(&sealed.person),
            Value::Bytes(&sealed.figures),
        ],
    )?;
    let changed = audit::append(database, &session.keys.figures, &session.line(now, deed))?;
    database.execute(
        "INSERT INTO dossier (id, revision, changed, person, figures) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET revision = $2, changed = $3, person = $4, figures = $5",
        &[
            Value::Bytes(&entry.id.0),
            Value::Int(entry.revision),
            Value::Int(changed),
            Value::Bytes(&sealed.index.person),
            Value::Bytes(&sealed.index.figures),
        ],
    )?;
    Ok(())
}

/// What stands in the way of a save, or the meta of the revision that it is based on.
pub(super) enum Standing {
    /// This token was saved before, as this revision.
    Known(i64),
    /// Another revision is there.
    Changed(i64),
    /// Go on; nothing for a new dossier.
    Fits(Option<Meta>),
}

/// Looks whether a save may go on, in the transaction that is running.
pub(super) fn base(
    database: &mut dyn Database,
    keys: &Keys,
    register: &Id,
    save: &Save<'_>,
) -> Result<Standing, Failure> {
    let known = one(
        database,
        "SELECT revision FROM revision WHERE token = $1 AND dossier = $2",
        &[Value::Bytes(&save.token.0), Value::Bytes(&save.id.0)],
        Row::int,
    )?;
    if let Some(revision) = known {
        return Ok(Standing::Known(revision));
    }
    let current = current(database, save.id)?.unwrap_or(Base::NEW);
    // What is destroyed is not told as changed: there is nothing to compare with.
    if current == Base::NEW && is_destroyed(database, save.id)? {
        return Err(gone());
    }
    if current != save.base {
        return Ok(Standing::Changed(current.revision));
    }
    if current == Base::NEW {
        return Ok(Standing::Fits(None));
    }
    let before = load(database, keys, register, save.id, None)?;
    if let State::Definitive { number } = &before.meta.state {
        return Err(Failure::new(
            Kind::Refused,
            format!("besluit {number} is definitief en verandert niet meer"),
            "Maak een vervolgbesluit; dat begint met een kopie van dit dossier.",
        ));
    }
    Ok(Standing::Fits(Some(before.meta)))
}

impl Register {
    /// A new random id, for a dossier or for one save.
    pub fn new_id() -> Result<Hex<16>, Failure> {
        random().map(Hex)
    }

    /// Saves. When it answers [`Saved::Done`], it is on the disk.
    pub fn save(&mut self, save: &Save<'_>, now: Timestamp) -> Result<Saved, Failure> {
        let register = self.id;
        let chosen = self.chosen(save.dossier, now);
        let (mut store, session) = self.working()?;
        session.keys.person()?;
        let working: &Session = session;
        let done = store.write(|database| {
            let before = match base(database, &working.keys, &register, save)? {
                Standing::Known(revision) => return Ok((Saved::Done { revision }, None)),
                Standing::Changed(current) => return Ok((Saved::Changed { current }, None)),
                Standing::Fits(before) => before,
            };
            let meta = Meta {
                at: now,
                by: working.slot.name.clone(),
                state: State::Draft,
                follows: before.map_or(save.follows, |before| before.follows),
            };
            let revision = next(database, &save.id.0, save.base.revision)?;
            let entry = Entry::of(save.id, revision, save.dossier, &meta, chosen);
            let sealed = sealed(&working.keys, &register, save.dossier, &entry)?;
            let deed = Deed::Saved {
                dossier: save.id,
                revision,
                digest: sealed.digest(),
            };
            put(database, working, &entry, save.token, &sealed, now, deed)?;
            Ok((Saved::Done { revision }, Some(entry)))
        })?;
        let (saved, entry) = done;
        if let Some(entry) = entry {
            session.index.put(entry);
        }
        Ok(saved)
    }

    /// Reads a dossier, the current revision or an older one, and notes that in the log.
    pub fn load(
        &mut self,
        id: DossierId,
        revision: Option<i64>,
        now: Timestamp,
    ) -> Result<Loaded, Failure> {
        let loaded = self.peek(id, revision)?;
        let deed = Deed::Opened {
            dossier: id,
            revision: loaded.revision,
        };
        self.note(deed, now)?;
        Ok(loaded)
    }

    /// Reads a dossier for the program itself, which shows it to nobody and so leaves no line in the log.
    pub fn peek(&mut self, id: DossierId, revision: Option<i64>) -> Result<Loaded, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        store.read(|database| load(database, &session.keys, &register, id, revision))
    }

    /// The revisions of a dossier, oldest first, with what each says about itself. One that is damaged is in it, and hides
    /// no other.
    pub fn revisions(&mut self, id: DossierId) -> Result<Vec<Version>, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        let rows = store.read(|database| {
            all(
                database,
                "SELECT revision, token, person, figures FROM revision WHERE dossier = $1 ORDER BY revision",
                &[Value::Bytes(&id.0)],
                |row| Ok((base_in(row)?, row.bytes()?, row.bytes()?)),
            )
        })?;
        let keys = &session.keys;
        let versions = rows.into_iter().map(|(base, person, figures)| {
            let part = figures_of(keys, &register, &id, base.revision, &figures);
            Version {
                base,
                meta: part.ok().map(|part| part.meta),
                is_whole: opened(keys, &register, id, base, &person, &figures).is_ok(),
            }
        });
        Ok(versions.collect())
    }

    /// The list of all dossiers.
    pub fn index(&self) -> Result<&Index, Failure> {
        self.session().map(|session| &session.index)
    }

    /// Takes in what colleagues changed; answers which dossiers that were.
    pub fn refresh(&mut self) -> Result<Vec<DossierId>, Failure> {
        let register = self.id;
        let (mut store, session) = self.working()?;
        let Session { keys, index, .. } = session;
        store.read(|database| index.refresh(database, &register, keys))
    }
}
