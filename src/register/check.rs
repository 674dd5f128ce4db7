//! Looking whether a register is whole: the database, every record, the chain of the log, and whether they agree.
//!
//! It changes nothing, and names what is wrong as near as it can.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use super::audit::{self, Head, Line, Numbered};
use super::deed::Deed;
use super::definitive::numbered;
use super::dossiers::DossierId;
use super::dossiers::{Base, base_in, digest_of, opened};
use super::entry;
use super::failure::Failure;
use super::keys::{Keys, Role, SlotPlace, is_whole};
use super::progress::Progress;
use super::retention::destroyed;
use super::seal::{Id, digest};
use super::session::Register;
use super::settings;
use super::slots::RECOVERY;
use super::store::{Database, FORMAT, Row, Value, all, every, one};
use crate::document::Hex;
use crate::quantity::dutch::date_long;

/// The first format that has settings.
const SETTINGS: i64 = 2;

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// In which dossier, if in one.
    pub dossier: Option<DossierId>,
    /// What, in Dutch.
    pub text: String,
    /// What to do about it.
    pub hint: &'static str,
}

/// What a check looked at and found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// How many dossiers there are.
    pub dossiers: usize,
    /// How many revisions were opened.
    pub revisions: usize,
    /// How many lines of the log were opened.
    pub lines: usize,
    /// What is wrong; nothing if the register is whole.
    pub faults: Vec<Fault>,
}

impl Checked {
    fn tell(&mut self, dossier: Option<DossierId>, text: impl Into<String>) {
        self.faults.push(Fault {
            dossier,
            text: text.into(),
            hint: "Zet zo nodig een reservekopie terug.",
        });
    }
}

/// What the log says of a dossier: the fingerprint of each revision.
type Said = BTreeMap<DossierId, BTreeMap<i64, Hex<32>>>;

impl Register {
    /// Checks everything. `kept` is the end of the log as it was noted elsewhere: without it, a register that was put
    /// back as a whole looks sound.
    pub fn check(&mut self, kept: Option<&Head>) -> Result<Checked, Failure> {
        let mut checked = Checked::default();
        for fault in self.store.faults()? {
            checked.tell(None, format!("database: {fault}"));
        }
        let register = self.id;
        let progress = self.progress.clone();
        let (mut store, session) = self.working()?;
        let keys = &session.keys;
        // It shows nothing of anybody, and finds a slot that was tampered with: the own one too.
        store.whoever().read(|database| {
            let whose = (keys, &register, FORMAT);
            inspect(database, whose, kept, &progress, &mut checked)
        })?;
        Ok(checked)
    }

    /// The log, oldest first.
    pub fn log(&mut self) -> Result<Vec<Numbered>, Failure> {
        let (mut store, session) = self.working()?;
        store
            .read(|database| audit::read(database, Some(&session.keys.figures)))
            .map(|(lines, _)| lines)
    }
}

/// Looks at every record of a register of this format, or of a backup, with these keys: whether it opens, and whether all
/// agrees with the log. Answers what the log says of the slots.
pub(super) fn inspect(
    database: &mut dyn Database,
    (keys, register, format): (&Keys, &Id, i64),
    kept: Option<&Head>,
    progress: &Progress,
    checked: &mut Checked,
) -> Result<SaidOfSlots, Failure> {
    let count = one(database, "SELECT count(*) FROM revision", &[], Row::int)?;
    progress.begin(
        count
            .and_then(|count| usize::try_from(count).ok())
            .unwrap_or(0),
    );
    let (lines, faults) = audit::read(database, Some(&keys.figures))?;
    for fault in faults {
        checked.tell(None, fault);
    }
    checked.lines = lines.len();
    if let Some(kept) = kept {
        compare(register, kept, &lines, checked);
    }
    let mut said = said(&lines);
    let current: BTreeMap<DossierId, i64> =
        every(database, "SELECT id, revision FROM dossier", &[], |row| {
            Ok((Hex(row.array()?), row.int()?))
        })?
        .into_iter()
        .collect();
    checked.dossiers = current.len();
    // A backup that was put back does not know what was destroyed since; these records do.
    for (id, record) in destroyed(database, keys, register)? {
        if record.is_none() {
            checked.tell(
                Some(id),
                "de aantekening van de vernietiging is beschadigd of nagemaakt",
            );
        } else if current.contains_key(&id) {
            checked.tell(Some(id), "dit dossier is vernietigd, maar staat er nog");
        } else {
            said.remove(&id);
        }
    }
    for (id, revision) in &current {
        let last = said
            .get(id)
            .and_then(|said| said.keys().next_back())
            .copied();
        match last {
            None => checked.tell(Some(*id), "dit dossier staat niet in het logboek"),
            Some(last) if last != *revision => checked.tell(
                Some(*id),
                format!("dit dossier staat op versie {revision}, volgens het logboek op {last}: het is teruggezet"),
            ),
            Some(_) => {}
        }
    }
    database.walk(
        "SELECT dossier, revision, token, person, figures FROM revision ORDER BY dossier, revision",
        &[],
        &mut |mut row| {
            progress.step()?;
            let id = Hex(row.array()?);
            let base = base_in(&mut row)?;
            let Base { revision, .. } = base;
            let (person, figures) = (row.bytes()?, row.bytes()?);
            checked.revisions = checked.revisions.saturating_add(1);
            if opened(keys, register, id, base, &person, &figures).is_err() {
                checked.tell(
                    Some(id),
                    format!("versie {revision} is beschadigd of veranderd"),
                );
            }
            let digest = said.get_mut(&id).and_then(|said| said.remove(&revision));
            if digest.is_none_or(|digest| digest != digest_of(&person, &figures)) {
                let text = format!(
                    "versie {revision} is een andere dan er volgens het logboek is opgeslagen"
                );
                checked.tell(Some(id), text);
            }
            Ok(())
        },
    )?;
    for (id, missing) in said {
        for revision in missing.into_keys() {
            let text = format!("versie {revision} ontbreekt, maar staat wel in het logboek");
            checked.tell(Some(id), text);
        }
        if !current.contains_key(&id) {
            checked.tell(
                Some(id),
                "dit dossier ontbreekt, maar is volgens het logboek niet vernietigd",
            );
        }
    }
    receipts(database, &lines, checked)?;
    if format >= SETTINGS {
        for slot in settings::damaged(database, keys, register)? {
            let text = format!("een instelling van toegang {slot} is beschadigd of verplaatst");
            checked.tell(None, text);
        }
    }
    for id in entry::damaged(database, register, keys)? {
        checked.tell(Some(id), "de regel in de zoeklijst is beschadigd");
    }
    let said = said_of_slots(&lines);
    slots(database, register, &said, checked)?;
    Ok(said)
}

/// What the log says should be there.
fn said(lines: &[Numbered]) -> Said {
    let mut said = Said::new();
    for line in lines.iter().filter_map(|line| line.line.as_ref()) {
        match &line.deed {
            Deed::Saved {
                dossier,
                revision,
                digest,
            }
            | Deed::Definitive {
                dossier,
                revision,
                digest,
                ..
            } => {
                said.entry(*dossier).or_default().insert(*revision, *digest);
            }
            Deed::Destroyed { dossier, .. } => {
                said.remove(dossier);
            }
            _ => {}
        }
    }
    said
}

/// Holds the log against its end as it was noted elsewhere.
fn compare(register: &[u8; 16], kept: &Head, lines: &[Numbered], checked: &mut Checked) {
    if kept.register.0 != *register {
        checked.tell(None, "de bewaarde stand is van een ander register");
        return;
    }
    let there = match usize::try_from(kept.seq.saturating_sub(1)) {
        Ok(place) => lines.get(place).map(|line| line.hash),
        Err(_) => Some(Hex(audit::beginning(register))),
    };
    if there == Some(kept.hash) {
        return;
    }
    if let Some(fault) = put_back_since(kept, lines) {
        checked.faults.push(fault);
        return;
    }
    match there {
        Some(_) => checked.tell(
            None,
            format!("het logboek heeft een andere geschiedenis dan op regel {} is bewaard", kept.seq),
        ),
        None => checked.tell(
            None,
            format!(
                "het hele register is teruggezet: het logboek heeft {} regels, de bewaarde stand {}",
                lines.len(),
                kept.seq
            ),
        ),
    }
}

/// What is said where a person put a backup back of before the end that was kept: then that end is in the log that was
/// replaced, and not in this one.
fn put_back_since(kept: &Head, lines: &[Numbered]) -> Option<Fault> {
    let told = lines.iter().filter_map(|line| {
        let Line { at, name, deed, .. } = line.line.as_ref()?;
        let proven = match deed {
            Deed::Restored { before } if before.seq >= kept.seq => before == kept,
            Deed::Rescued => false,
            _ => return None,
        };
        let day = date_long(at.to_zoned(TimeZone::UTC).date());
        let what = match deed {
            Deed::Rescued => "een reservekopie geworden in plaats van een beschadigd of verdwenen register; daarna opende",
            _ => "teruggezet naar een reservekopie, door",
        };
        Some((proven, format!("het register is op {day} {what} «{name}» (regel {} van het logboek)", line.seq)))
    });
    let told: Vec<(bool, String)> = told.collect();
    let (proven, said) = told
        .iter()
        .find(|(proven, _)| *proven)
        .or_else(|| told.last())?;
    let (text, hint) = if *proven {
        (
            format!("{said}; de bewaarde stand is die van vlak daarvoor"),
            "Bewaar vanaf nu de stand van nu.",
        )
    } else {
        (
            format!("{said}; de bewaarde stand staat niet in dit logboek"),
            "Bewaarde u die stand voor die dag? Dan komt het daardoor: bewaar vanaf nu de stand van nu. Bewaarde u haar \
             later, dan is het register buiten het programma om teruggezet.",
        )
    };
    Some(Fault {
        dossier: None,
        text,
        hint,
    })
}

/// What the log says of a slot.
#[derive(Default)]
pub(super) struct SaidOfSlot {
    pub(super) name: String,
    pub(super) role: Option<Role>,
    /// Nothing as long as the one of the creation was never changed.
    pub(super) digest: Option<Hex<32>>,
}

/// What the log says of the slots that there should be, by number.
pub(super) type SaidOfSlots = BTreeMap<i64, SaidOfSlot>;

fn said_of_slots(lines: &[Numbered]) -> SaidOfSlots {
    let mut said = SaidOfSlots::new();
    for line in lines.iter().filter_map(|line| line.line.as_ref()) {
        match &line.deed {
            Deed::Founded => {
                let first = (line.slot, line.name.as_str(), Role::Full);
                let spare = (line.slot.saturating_add(1), RECOVERY, Role::Recovery);
                for (slot, name, role) in [first, spare] {
                    let slot = said.entry(slot).or_default();
                    (slot.name, slot.role) = (name.to_owned(), Some(role));
                }
            }
            Deed::SlotAdded {
                slot,
                name,
                finance,
                digest,
            } => {
                let role = if *finance { Role::Finance } else { Role::Full };
                let added = SaidOfSlot {
                    name: name.clone(),
                    role: Some(role),
                    digest: Some(*digest),
                };
                said.insert(*slot, added);
            }
            Deed::PassphraseChanged { slot, digest } => {
                said.entry(*slot).or_default().digest = Some(*digest);
            }
            Deed::SlotRemoved { slot, .. } => {
                said.remove(slot);
            }
            _ => {}
        }
    }
    said
}

/// Holds the slots against the log: an older one that was put back would open with the passphrase of then, and another
/// name would have somebody stand in for a colleague.
fn slots(
    database: &mut dyn Database,
    register: &Id,
    said: &SaidOfSlots,
    checked: &mut Checked,
) -> Result<(), Failure> {
    let mut missing: BTreeSet<i64> = said.keys().copied().collect();
    let there = all(
        database,
        "SELECT id, name, role, sealed FROM slot",
        &[],
        |row| Ok((row.int()?, row.text()?, row.int()?, row.bytes()?)),
    )?;
    for (slot, name, role, sealed) in there {
        let whole = Role::from_number(role).is_some_and(|role| {
            let place = SlotPlace {
                register,
                number: slot,
                name: &name,
                role,
            };
            is_whole(&place, &sealed)
        });
        if !whole {
            checked.tell(None, format!("toegang {slot} is beschadigd of verwisseld"));
        }
        missing.remove(&slot);
        let same = said.get(&slot).is_some_and(|said| {
            let digest = said.digest.is_none_or(|said| said.0 == digest(&[&sealed]));
            digest && said.name == name && said.role == Role::from_number(role)
        });
        if !same {
            checked.tell(
                None,
                format!("toegang {slot} is een andere dan volgens het logboek"),
            );
        }
    }
    for slot in missing {
        checked.tell(
            None,
            format!("toegang {slot} ontbreekt, maar is volgens het logboek niet ingetrokken"),
        );
    }
    Ok(())
}

/// Holds the receipts of definitive decisions against the log.
fn receipts(
    database: &mut dyn Database,
    lines: &[Numbered],
    checked: &mut Checked,
) -> Result<(), Failure> {
    let left = "SELECT dossier FROM decision WHERE length(receipt) > 0 \
                AND dossier IN (SELECT dossier FROM destruction)";
    for dossier in all(database, left, &[], Row::array)? {
        let text = "dit dossier is vernietigd, maar zijn bewijsstuk staat er nog; het gaat weg bij de volgende vernietiging";
        checked.tell(Some(Hex(dossier)), text);
    }
    let numbers = all(
        database,
        "SELECT number, year, turn FROM decision",
        &[],
        |row| Ok((row.text()?, row.int()?, row.int()?)),
    )?;
    for (number, year, turn) in numbers {
        if number != numbered(year, turn) {
            checked.tell(
                None,
                format!("het nummer van besluit {number} is veranderd"),
            );
        }
    }
    for line in lines.iter().filter_map(|line| line.line.as_ref()) {
        let Deed::Definitive {
            dossier,
            number,
            receipt,
            ..
        } = &line.deed
        else {
            continue;
        };
        let rows = all(
            database,
            "SELECT dossier, receipt FROM decision WHERE number = $1",
            &[Value::Text(number)],
            |row| Ok((row.bytes()?, row.bytes()?)),
        )?;
        // Of a dossier that was destroyed only the number stays, so that it is not given again.
        let whole = rows.iter().any(|(id, sealed)| {
            *id == dossier.0 && (sealed.is_empty() || digest(&[sealed]) == receipt.0)
        });
        if !whole {
            let text = format!("het bewijsstuk bij besluit {number} ontbreekt of is veranderd");
            checked.tell(Some(*dossier), text);
        }
    }
    Ok(())
}
