//! Backups: a copy of the whole register in a stamped file, kept by a schedule that thins out, and put back when needed.
//!
//! A backup holds the same sealed records as the register, of a server too, so it needs no passphrase to make and is
//! worth nothing without one. None is kept longer than twelve weeks, except the newest, and that one neither once it holds
//! what was destroyed since: what is destroyed in the register is gone from its backups within three months (Wmo 2015
//! art. 5.3.5).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::audit;
use super::copying::{bring_up, copy_to, refused, tidy, unwritable};
use super::deed::Deed;
use super::dossiers::DossierId;
use super::dossiers::{Loaded, gone, load};
use super::entry::Entry;
use super::failure::{Failure, Kind};
use super::index::Index;
use super::marks::{self, Mark};
use super::progress::Progress;
use super::retention::destroyed;
use super::seal::Id;
use super::session::Register;
use super::store::{Address, FORMAT, Row, Store, all};
use crate::document::Hex;

/// The beginning of the name of a backup.
const PREFIX: &str = "maatwerk-";
/// The end of it.
const SUFFIX: &str = ".reservekopie";
/// A backup in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backup {
    /// When it was made.
    pub at: Timestamp,
    /// The file.
    pub path: PathBuf,
}

/// The backups of a register in a folder, oldest first.
pub fn backups(folder: &Path, register: Hex<16>) -> Vec<Backup> {
    let own = short(register);
    let mut found = all_backups(folder);
    found.retain(|(of, _)| *of == own);
    found.into_iter().map(|(_, backup)| backup).collect()
}

/// The backups in a folder with what the name of each says of its register, oldest first.
pub(super) fn all_backups(folder: &Path) -> Vec<(String, Backup)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<(String, Backup)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let name = path.file_name()?.to_str()?;
            let rest = name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?;
            let (register, stamp) = rest.split_once('-')?;
            let (register, at) = (register.to_owned(), stamp_read(stamp)?);
            Some((register, Backup { at, path }))
        })
        .collect();
    found.sort_by(|(_, one), (_, other)| one.cmp(other));
    found
}

/// Enough of the id to tell registers apart in a name.
fn short(register: Hex<16>) -> String {
    register.to_string().chars().take(8).collect()
}

pub(super) fn stamp(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

pub(super) fn stamp_read(text: &str) -> Option<Timestamp> {
    let civil = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    let zoned = civil.to_zoned(TimeZone::UTC).ok()?;
    Some(zoned.timestamp())
}

/// How many weeks a backup is kept at most, unless it is the newest.
pub const BACKUP_WEEKS: i64 = 12;

/// Which of these moments no longer need a backup: kept are all of the last day, the last of each day for two weeks,
/// the last of each week for twelve weeks, and always the newest.
///
/// ```
/// use maatwerk::register::thin;
/// let at = |hours: i64| jiff::Timestamp::from_second(hours * 3600).unwrap();
/// // Two in the last day, two on one earlier day, one too old.
/// let moments = [at(0), at(9000), at(9001), at(9030), at(9031)];
/// assert_eq!(thin(&moments, at(9031)), [at(0), at(9000)]);
/// ```
pub fn thin(moments: &[Timestamp], now: Timestamp) -> Vec<Timestamp> {
    let mut sorted = moments.to_vec();
    sorted.sort();
    let mut kept: BTreeSet<(bool, Date)> = BTreeSet::new();
    let mut gone = Vec::new();
    for (place, at) in sorted.iter().rev().enumerate() {
        let hours = now.duration_since(*at).as_hours();
        let day = at.to_zoned(TimeZone::UTC).date();
        let keep = match hours {
            _ if place == 0 => {
                kept.insert((false, day));
                kept.insert((true, monday(day)));
                true
            }
            hours if hours < 24 => {
                kept.insert((false, day));
                kept.insert((true, monday(day)));
                true
            }
            hours if hours < 14 * 24 => {
                kept.insert((true, monday(day)));
                kept.insert((false, day))
            }
            hours if hours < BACKUP_WEEKS * 7 * 24 => kept.insert((true, monday(day))),
            _ => false,
        };
        if !keep {
            gone.push(*at);
        }
    }
    gone.reverse();
    gone
}

/// The Monday of the week of a day.
fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(jiff::Span::new().days(back)).unwrap_or(day)
}

/// How often a backup is made. It is made at unlocking, when the newest is this old.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Schedule {
    /// Never by itself.
    Off,
    /// Once a day.
    #[default]
    Daily,
    /// Once a week.
    Weekly,
}

impl Schedule {
    /// In words.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Off => "niet vanzelf",
            Self::Daily => "elke dag",
            Self::Weekly => "elke week",
        }
    }

    /// Whether a backup has to be made now, where the newest is of then. A newest one of later than now (a clock that was
    /// wrong) does not hold the next one up.
    pub fn is_due(self, newest: Option<Timestamp>, now: Timestamp) -> bool {
        let hours = match self {
            Self::Off => return false,
            // A little less than a day, so that somebody who begins earlier each morning skips none.
            Self::Daily => 20,
            Self::Weekly => 7 * 24 - 4,
        };
        newest.is_none_or(|at| at > now || now.duration_since(at).as_hours() >= hours)
    }
}

/// The name of the setting that holds the schedule.
const SCHEDULE: &str = "reservekopie";

/// Makes a backup under its stamped name, and takes away what one that was cut off left behind. It never takes the place
/// of another backup: then its stamp is a second later.
pub(super) fn stamped(
    store: &mut Store,
    register: Hex<16>,
    format: i64,
    (folder, progress): (&Path, &Progress),
    now: Timestamp,
) -> Result<Backup, Failure> {
    // The folder that it is in has to be there: else a disk that was taken out would seem to be there still.
    match fs::create_dir(folder) {
        Err(error) if !folder.is_dir() => return Err(refused(folder, &error)),
        _ => {}
    }
    tidy(folder);
    tidy(&store.workplace(folder));
    let named =
        |at: Timestamp| folder.join(format!("{PREFIX}{}-{}{SUFFIX}", short(register), stamp(at)));
    let mut at = now;
    while named(at).exists() {
        at = at
            .checked_add(SignedDuration::from_secs(1))
            .map_err(|_| unwritable(folder))?;
    }
    let path = named(at);
    copy_to(store, &path, format, progress)?;
    Ok(Backup { at, path })
}

impl Register {
    /// Brings a register of an older program up to the format of this one, after a backup in this folder. Answers that
    /// backup; nothing if there was nothing to do.
    pub fn upgrade(
        address: &Address,
        folder: &Path,
        now: Timestamp,
    ) -> Result<Option<Backup>, Failure> {
        let mut store = Store::connect(address, false)?;
        let Some(format) = store.format()?.filter(|format| *format < FORMAT) else {
            return Ok(None);
        };
        let register = store.read(audit::head)?.register;
        let unwatched = Progress::default();
        let backup = stamped(&mut store, register, format, (folder, &unwatched), now)?;
        store.write(bring_up)?;
        Ok(Some(backup))
    }

    /// Makes a backup in this folder, and takes away the ones that the schedule no longer keeps and what a backup that
    /// was cut off left behind. Needs no passphrase. Error: nothing of it is there, also when somebody stopped it.
    pub fn back_up(&mut self, folder: &Path, now: Timestamp) -> Result<Backup, Failure> {
        let register = Hex(self.id);
        let to = (folder, &self.progress);
        let backup = stamped(&mut self.store, register, FORMAT, to, now)?;
        self.thin_out(folder, now);
        Ok(backup)
    }

    /// Takes away the backups in this folder that the schedule no longer keeps. The newest is kept whatever its age, but
    /// not with what was destroyed since: then a new one takes its place. Needs no passphrase.
    pub fn thin_out(&mut self, folder: &Path, now: Timestamp) {
        let there = backups(folder, self.id());
        let moments: Vec<Timestamp> = there.iter().map(|backup| backup.at).collect();
        let mut gone = thin(&moments, now);
        if let Some(newest) = there.last()
            && now.duration_since(newest.at).as_hours() >= BACKUP_WEEKS * 7 * 24
            && self.destroyed_since(&newest.path)
        {
            // Where no other can be made, the law comes first: the register itself is there.
            let to = (folder, &Progress::default());
            let _ = stamped(&mut self.store, Hex(self.id), FORMAT, to, now);
            gone.push(newest.at);
        }
        for old in there.iter().filter(|backup| gone.contains(&backup.at)) {
            // One that cannot be removed now is tried again the next time.
            let _ = fs::remove_file(&old.path);
        }
    }

    /// Whether a backup holds a dossier that was destroyed in this register.
    fn destroyed_since(&mut self, backup: &Path) -> bool {
        let statement = "SELECT dossier FROM destruction";
        let gone = self
            .store
            .read(|database| all(database, statement, &[], Row::array::<16>));
        let held = sound(backup, None).and_then(|(mut from, _)| {
            from.read(|database| all(database, "SELECT id FROM dossier", &[], Row::array::<16>))
        });
        let (Ok(gone), Ok(held)) = (gone, held) else {
            // What does not open gives nothing back, and is no backup.
            return false;
        };
        held.iter().any(|id| gone.contains(id))
    }

    /// Has the log say that somebody made a backup: now, or for a register that is locked at the next unlocking.
    pub fn note_copy(&mut self, now: Timestamp) -> Result<(), Failure> {
        match self.slot() {
            Some(_) => self.note(Deed::Copied, now),
            None => self
                .store
                .write(|database| marks::leave(database, Mark::Copied, now)),
        }
    }

    /// How often the person who works now wants a backup; daily if nothing was set.
    pub fn schedule(&mut self) -> Result<Schedule, Failure> {
        let set = self.setting(SCHEDULE)?;
        let read = set.and_then(|text| serde_json::from_slice(&text).ok());
        Ok(read.unwrap_or_default())
    }

    /// Sets how often.
    pub fn set_schedule(&mut self, schedule: Schedule) -> Result<(), Failure> {
        let text = serde_json::to_vec(&schedule)
            .map_err(|_| Failure::internal("de instelling is niet te schrijven"))?;
        self.set_setting(SCHEDULE, &text)
    }

    /// The dossiers in a backup of this register, without the ones that were destroyed since.
    pub fn entries_of(&mut self, backup: &Path) -> Result<Vec<Entry>, Failure> {
        let register = self.id;
        let (mut from, _) = sound(backup, Some(&register))?;
        let (mut store, session) = self.working()?;
        let keys = &session.keys;
        let index =
            from.read(|database| Index::read(database, &register, keys, &Arc::default()))?;
        let gone = store.read(|database| destroyed(database, keys, &register))?;
        let gone: BTreeSet<DossierId> = gone.into_iter().map(|(id, _)| id).collect();
        let mut entries = index.entries;
        entries.retain(|entry| !gone.contains(&entry.id));
        Ok(entries)
    }

    /// Reads a dossier as it is in a backup of this register, and notes that in the log. Error: it was destroyed since, or
    /// it is not in there.
    pub fn load_of(
        &mut self,
        backup: &Path,
        id: DossierId,
        now: Timestamp,
    ) -> Result<Loaded, Failure> {
        if !self.entries_of(backup)?.iter().any(|entry| entry.id == id) {
            return Err(gone());
        }
        let register = self.id;
        let (mut from, _) = sound(backup, Some(&register))?;
        let keys = &self.session()?.keys;
        let loaded = from.read(|database| load(database, keys, &register, id, None))?;
        let deed = Deed::Opened {
            dossier: id,
            revision: loaded.revision,
        };
        self.note(deed, now)?;
        Ok(loaded)
    }
}

/// Opens a backup and looks whether it is whole and of this register. Answers its format too.
pub(super) fn sound(backup: &Path, register: Option<&Id>) -> Result<(Store, i64), Failure> {
    let shown = backup.display().to_string();
    let broken = || {
        Failure::new(
            Kind::Damaged,
            "deze reservekopie is beschadigd, en daardoor niet te gebruiken",
            "Er is niets veranderd. Kies een andere kopie. Is er geen andere, bewaar dit bestand dan en vraag de beheerder om hulp.",
        )
        .at(&shown)
    };
    let told = |failure: Failure| match failure.kind {
        Kind::Damaged => broken(),
        _ => failure,
    };
    let mut store = Store::backup(backup).map_err(told)?;
    let format = store.format().map_err(told)?.ok_or_else(broken)?;
    if !store.faults().map_err(told)?.is_empty() {
        return Err(broken());
    }
    let id = store.read(|database| all(database, "SELECT id FROM register", &[], Row::bytes))?;
    if register.is_some_and(|register| id != [register.to_vec()]) {
        return Err(Failure::new(
            Kind::Refused,
            "deze reservekopie is van een ander register",
            "Kies een kopie van dit register.",
        )
        .at(shown));
    }
    Ok((store, format))
}
