//! Putting all of a register in another place: a file becomes a team's register on a server, or the other way round.
//!
//! Every record goes over as it is sealed, so nobody has to unlock anything: versions, log, decisions, numbers, who may open
//! it, and what each set. It is one transaction at the other end: all of it is there, or nothing. The register itself stays
//! where it is. It must not know who asks.

use std::fs;
use std::path::absolute;

use jiff::Timestamp;

use super::audit;
use super::copying::{copy, tally};
use super::failure::{Failure, Kind};
use super::leases::LEASE;
use super::marks::{self, Mark};
use super::progress::Progress;
use super::session::Register;
use super::store::{Address, Database, FORMAT, REGISTER, Row, Store, Value, all};

/// What was put in another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// How many dossiers.
    pub dossiers: usize,
    /// How many revisions of them.
    pub revisions: usize,
    /// How many lines of the log.
    pub lines: usize,
    /// What is wrong with the chain of the log, there as here.
    pub faults: Vec<String>,
}

fn taken() -> Failure {
    Failure::new(
        Kind::Foreign,
        "hier staat al een register; er is niets overgezet",
        "Kies een lege plaats: een bestand dat er nog niet is, of een database waarin nog geen register staat.",
    )
}

impl Register {
    /// Puts all of the register at one address in another place, where nothing is yet. Nobody can save in it meanwhile. What
    /// came over is read again and held against what was there, and the chain of the log is followed to its end. The log tells
    /// it in both places, as of the next unlocking there. From then on nobody works here, or both places would give the same
    /// numbers, until [`Register::stay`]. Errors, with the other place as empty as it was: there is something already, somebody
    /// has a dossier open, or the work was stopped.
    pub fn relocate(
        from: &Address,
        to: &Address,
        progress: &Progress,
        now: Timestamp,
    ) -> Result<Moved, Failure> {
        let mut from = Self::open(from)?.store;
        let is_new = matches!(to, Address::File(path) if !path.exists());
        let mut target = Store::connect(to, true)?;
        let done = match target.format() {
            Ok(None) => {
                let place = match to {
                    Address::File(path) => absolute(path).unwrap_or_else(|_| path.clone()),
                    Address::Server(_) => target.shown().into(),
                };
                let place = place.display().to_string();
                moved(&mut from, (&mut target, &place), progress, now)
            }
            Ok(Some(_)) => Err(taken().at(target.shown())),
            Err(failure) => Err(failure),
        };
        drop(target);
        if let (true, Err(_), Address::File(path)) = (is_new, &done, to) {
            for end in ["", "-wal", "-shm"] {
                let mut name = path.clone().into_os_string();
                name.push(end);
                let _ = fs::remove_file(name);
            }
        }
        done
    }

    /// Takes back that a register was put in another place: people work here again, and not there. Error: it was not put
    /// anywhere, or it does not open.
    pub fn stay(at: &Address, now: Timestamp) -> Result<(), Failure> {
        let mut store = Store::connect(at, false)?;
        let stays = match store.format()? {
            Some(FORMAT) => store.write(|database| {
                let stood = marks::stay(database)?;
                if stood {
                    marks::leave(database, Mark::Stayed, now)?;
                }
                Ok(stood)
            })?,
            _ => false,
        };
        let nothing = || {
            Failure::new(
                Kind::Refused,
                "dit register is niet overgezet",
                "Er is niets te herroepen: open het gewoon.",
            )
        };
        stays
            .then_some(())
            .ok_or_else(|| nothing().at(store.shown()))
    }
}

/// Fills an empty database with a register, and leaves a mark in both.
fn moved(
    from: &mut Store,
    (target, place): (&mut Store, &str),
    progress: &Progress,
    now: Timestamp,
) -> Result<Moved, Failure> {
    let mut done = None;
    let marked = from.write(|from| {
        nobody_works(from, now)?;
        done = Some(target.write(|to| {
            let moved = settle(from, to, FORMAT, progress)?;
            marks::leave(to, Mark::Arrived, now)?;
            Ok(moved)
        })?);
        marks::go_elsewhere(from, place)?;
        marks::leave(from, Mark::Moved, now)
    });
    match (done, marked) {
        (Some(moved), Ok(())) => Ok(moved),
        // It is there, and what stands here could not be closed.
        (Some(_), Err(failure)) => Err(Failure::new(
            failure.kind,
            format!(
                "alles is overgezet, maar het register hier is niet gesloten: {}",
                failure.problem.message
            ),
            "Werk alleen op de nieuwe plaats verder, en haal het register hier weg.",
        )),
        (None, Err(failure)) => Err(failure),
        (None, Ok(())) => Err(Failure::internal("het register is niet overgezet")),
    }
}

/// Makes the tables in an empty database and fills them with those of a register or backup of this format, in the
/// transactions that are running. Error: something is there, or what came over is not what was there.
pub(super) fn settle(
    from: &mut dyn Database,
    to: &mut dyn Database,
    format: i64,
    progress: &Progress,
) -> Result<Moved, Failure> {
    // Another program may have made one meanwhile.
    if to.format()?.is_some() {
        return Err(taken());
    }
    Store::migrate(to, REGISTER, 0)?;
    let there = copy(from, to, format, progress)?;
    let (lines, faults) = audit::read(from, None)?;
    let (arrived, same) = audit::read(to, None)?;
    if tally(to, format, progress)? != there || arrived != lines || same != faults {
        return Err(Failure::new(
            Kind::Failed,
            "wat er is aangekomen, is niet hetzelfde als wat er stond; er is niets overgezet",
            "Probeer het opnieuw. Gaat het weer mis, laat de beheerder dan naar de schijf en de lijn kijken.",
        ));
    }
    to.execute("UPDATE register SET format = $1", &[Value::Int(FORMAT)])?;
    Ok(Moved {
        dossiers: there.of("dossier"),
        revisions: there.of("revision"),
        lines: lines.len(),
        faults,
    })
}

/// Error: somebody has a dossier open, who would go on working in what is left behind.
fn nobody_works(from: &mut dyn Database, now: Timestamp) -> Result<(), Failure> {
    let beats = all(from, "SELECT beat FROM lease", &[], Row::int)?;
    let works = |beat: &i64| now.as_second().abs_diff(*beat) < LEASE.as_secs().unsigned_abs();
    if beats.iter().any(works) {
        return Err(Failure::new(
            Kind::Busy,
            "iemand heeft een dossier van dit register open; er is niets overgezet",
            "Laat iedereen het register sluiten, wacht twee minuten, en probeer het opnieuw.",
        ));
    }
    Ok(())
}
