//! The log: who did what and when, each line chained to all before it.
//!
//! It must not know what a dossier says: lines hold ids, revisions and fingerprints, and no name of a client.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

use super::deed::Deed;
use super::failure::{Failure, Kind};
use super::keys::Key;
use super::marks::NOBODY;
use super::seal::{Id, Place, What, digest, seal, unseal};
use super::store::{Database, Value, every, one};
use crate::document::Hex;

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// When, by the clock of who did it.
    pub at: Timestamp,
    /// The number of the slot of who did it; 0: somebody who unlocked nothing.
    pub slot: i64,
    /// The name of that slot then; empty where nothing was unlocked.
    pub name: String,
    /// What was done.
    pub deed: Deed,
}

impl Line {
    /// A line about something that was done while nobody had unlocked the register.
    pub(super) fn of_nobody(at: Timestamp, deed: Deed) -> Self {
        let (slot, name) = (NOBODY, String::new());
        Self {
            at,
            slot,
            name,
            deed,
        }
    }

    /// Who did it, for a list: the name of the slot.
    pub fn by(&self) -> &str {
        match self.slot {
            NOBODY => "zonder ontgrendelen",
            _ => &self.name,
        }
    }
}

/// The end of the log: how many lines, and the hash that all of them come to. As a line of text it can be kept
/// elsewhere, and later show whether the register was put back to an older state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Of which register.
    pub register: Hex<16>,
    /// How many lines.
    pub seq: i64,
    /// Hash of the last, and so of all.
    pub hash: Hex<32>,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "maatwerk-logboek {} {} {}",
            self.register, self.seq, self.hash
        )
    }
}

impl FromStr for Head {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let mut words = text.split_whitespace();
        let mut word = || words.next().unwrap_or_default();
        let head = (word() == "maatwerk-logboek")
            .then(|| {
                Some(Self {
                    register: word().parse().ok()?,
                    seq: word().parse().ok()?,
                    hash: word().parse().ok()?,
                })
            })
            .flatten();
        head.ok_or_else(|| {
            Failure::new(
                Kind::Refused,
                "dit is geen stand van een logboek",
                "Plak de hele regel die begint met maatwerk-logboek.",
            )
        })
    }
}

/// The hash before the first line.
pub(super) fn beginning(register: &Id) -> [u8; 32] {
    digest(&[b"maatwerk log 1", register])
}

/// The hash after a line.
fn chained(register: &Id, seq: i64, before: &[u8; 32], sealed: &[u8]) -> [u8; 32] {
    digest(&[
        b"maatwerk log 1",
        register,
        &seq.to_be_bytes(),
        before,
        sealed,
    ])
}

/// The end of the log as the register has it.
pub(super) fn head(database: &mut dyn Database) -> Result<Head, Failure> {
    let found = one(database, "SELECT id, seq, head FROM register", &[], |row| {
        Ok(Head {
            register: Hex(row.array()?),
            seq: row.int()?,
            hash: Hex(row.array()?),
        })
    })?;
    found.ok_or_else(|| Failure::damaged("het register"))
}

/// Adds a line, in the transaction that is running. Answers its number.
pub(super) fn append(database: &mut dyn Database, key: &Key, line: &Line) -> Result<i64, Failure> {
    let text = serde_json::to_vec(line)
        .map_err(|_| Failure::internal("de regel van het logboek is niet te schrijven"))?;
    append_text(database, key, &text)
}

fn append_text(database: &mut dyn Database, key: &Key, text: &[u8]) -> Result<i64, Failure> {
    let before = head(database)?;
    let register = &before.register.0;
    let seq = before.seq.saturating_add(1);
    let place = Place {
        register,
        what: What::Audit,
        revision: seq,
        record: &before.hash.0,
    };
    let sealed = seal(key, &place, text)?;
    let hash = chained(register, seq, &before.hash.0, &sealed);
    database.execute(
        "INSERT INTO audit (seq, hash, sealed) VALUES ($1, $2, $3)",
        &[Value::Int(seq), Value::Bytes(&hash), Value::Bytes(&sealed)],
    )?;
    database.execute(
        "UPDATE register SET seq = $1, head = $2",
        &[Value::Int(seq), Value::Bytes(&hash)],
    )?;
    Ok(seq)
}

/// Reads a line that opened. A deed of which the name or the words are not known was done with a newer program.
fn line_of(text: &[u8]) -> Option<Line> {
    #[derive(Deserialize)]
    struct Newer {
        at: Timestamp,
        slot: i64,
        name: String,
        deed: serde_json::Value,
    }
    if let Ok(line) = serde_json::from_slice(text) {
        return Some(line);
    }
    let Newer {
        at,
        slot,
        name,
        deed,
    } = serde_json::from_slice(text).ok()?;
    let told = deed.as_object().and_then(|deed| deed.values().next());
    let dossier = told.and_then(|told| told.get("dossier")?.as_str()?.parse().ok());
    let deed = Deed::Unknown { dossier };
    Some(Line {
        at,
        slot,
        name,
        deed,
    })
}

/// A line with its number and hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// From 1.
    pub seq: i64,
    /// Hash of this line and all before it.
    pub hash: Hex<32>,
    /// The line; nothing if it does not open.
    pub line: Option<Line>,
}

/// All lines in order, each opened, with what is wrong with the chain: in Dutch, with the number of the line. Without a key
/// no line is opened, and only the chain is looked at.
pub(super) fn read(
    database: &mut dyn Database,
    key: Option<&Key>,
) -> Result<(Vec<Numbered>, Vec<String>), Failure> {
    let end = head(database)?;
    let register = end.register.0;
    let rows = every(
        database,
        "SELECT seq, hash, sealed FROM audit ORDER BY seq",
        &[],
        // A column that is not what it should be does not hide the lines after it.
        |row| {
            let seq = row.int()?;
            Ok((seq, row.array::<32>().ok(), row.bytes().unwrap_or_default()))
        },
    )?;
    let mut faults = Vec::new();
    let mut lines = Vec::with_capacity(rows.len());
    let mut before = beginning(&register);
    let mut expected = 1_i64;
    for (seq, hash, sealed) in rows {
        if seq != expected {
            faults.push(format!(
                "logboek: er ontbreken regels tussen {} en {seq}",
                expected.saturating_sub(1)
            ));
        }
        let comes_to = chained(&register, seq, &before, &sealed);
        if hash != Some(comes_to) {
            faults.push(format!("logboek, regel {seq}: de ketting klopt hier niet"));
        }
        let place = Place {
            register: &register,
            what: What::Audit,
            revision: seq,
            record: &before,
        };
        let line = key
            .and_then(|key| unseal(key, &place, &sealed).ok())
            .and_then(|text| line_of(&text));
        if key.is_some() && line.is_none() {
            faults.push(format!(
                "logboek, regel {seq}: deze regel is veranderd of verplaatst"
            ));
        }
        let hash = hash.unwrap_or(comes_to);
        lines.push(Numbered {
            seq,
            hash: Hex(hash),
            line,
        });
        before = hash;
        expected = seq.saturating_add(1);
    }
    if end.seq != expected.saturating_sub(1) || end.hash.0 != before {
        faults.push(format!(
            "logboek: het eind klopt niet, er horen {} regels te zijn",
            end.seq
        ));
    }
    Ok((lines, faults))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::{Address, DossierId, Effort, Passphrase, Register};

    #[test]
    fn the_hash_of_a_line_is_of_its_register_its_place_all_before_it_and_what_is_sealed_in_it() {
        let hash = chained(&[1; 16], 2, &[3; 32], b"sealed");
        for other in [
            chained(&[9; 16], 2, &[3; 32], b"sealed"),
            chained(&[1; 16], 9, &[3; 32], b"sealed"),
            chained(&[1; 16], 2, &[9; 32], b"sealed"),
            chained(&[1; 16], 2, &[3; 32], b"zealed"),
        ] {
            assert_ne!(other, hash);
        }
    }

    #[test]
    fn a_deed_of_a_newer_program_is_read_as_one_that_is_not_known_and_its_place_in_the_chain_is_checked()
     {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::File(folder.path().join("register.db"));
        let words = Passphrase::new("vier losse woorden samen").unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let founded = Register::found(&address, "Sanne", &words, Effort::TRIAL, now);
        let mut register = founded.unwrap().register;
        let dossier: DossierId = Register::new_id().unwrap();
        // A deed with another name, one with more words than this program knows, and what is no line at all.
        let texts = [
            format!(r#"{{"at":"1970-01-01T00:00:00Z","slot":1,"name":"Sanne","deed":{{"Lent":{{"dossier":"{dossier}"}}}}}}"#),
            r#"{"at":"1970-01-01T00:00:00Z","slot":1,"name":"Sanne","deed":{"Copied":{"to":"elders"}},"desk":3}"#.to_owned(),
            r#"{"at":"1970-01-01T00:00:00Z","slot":1,"name":"Sanne","deed":"Sung"}"#.to_owned(),
        ];
        let (mut store, session) = register.working().unwrap();
        store
            .write(|database| {
                let mut texts = texts.iter();
                texts.try_for_each(|text| {
                    append_text(database, &session.keys.figures, text.as_bytes()).map(drop)
                })
            })
            .unwrap();
        register.note(Deed::Copied, now).unwrap();
        let lines = register.log().unwrap();
        let deeds: Vec<_> = lines
            .into_iter()
            .map(|line| line.line.unwrap().deed)
            .collect();
        let unknown = |dossier| Deed::Unknown { dossier };
        assert_eq!(
            deeds[1..],
            [
                unknown(Some(dossier)),
                unknown(None),
                unknown(None),
                Deed::Copied
            ]
        );
        assert_eq!(register.check(None).unwrap().faults, []);
        // One that was left out is still told.
        let (mut store, _) = register.working().unwrap();
        let drop_line = "DELETE FROM audit WHERE seq = 3";
        store
            .write(|database| database.execute(drop_line, &[]))
            .unwrap();
        let faults = register.check(None).unwrap().faults;
        assert!(
            faults
                .iter()
                .any(|fault| fault.text.contains("er ontbreken regels tussen 2 en 4"))
        );
    }
}
