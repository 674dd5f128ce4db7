//! Dossiers into a register and out of it.

use super::arguments::{Export, Import, Leaving, Told};
use super::{Exit, Stop, Surroundings, cases, confirmed, knowing, report, secrets, unlocked};
use crate::document::Problem;
use crate::quantity::dutch::counted;
use crate::register::{
    DossierId, Effort, Failure, Imported, Incoming, Kind, Passphrase, Protection, Register, Twin,
    source_beside, write_whole,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

/// Takes in all dossiers of the files. One with problems does not stop the others.
pub(super) fn import(wanted: &Import, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = knowing(&wanted.opening, surroundings)?;
    let now = surroundings.now.timestamp();
    let mut problems = Vec::new();
    let mut count = 0usize;
    for file in &wanted.files {
        let shown = file.display().to_string();
        let which = match wanted.toch {
            true => Incoming::All,
            false => Incoming::New,
        };
        let mut taken = take(&mut register, file, None, which, now);
        if matches!(&taken, Err(failure) if failure.kind == Kind::WrongPassphrase) {
            let what = format!("Wachtzin van {shown}");
            let given = wanted.wachtzin_uitvoer.as_deref();
            let passphrase = secrets::passphrase(given, &what, surroundings)?;
            taken = take(&mut register, file, Some(&passphrase), which, now);
        }
        match taken {
            Ok(Imported { taken, there, told }) => {
                count = count.saturating_add(taken.len());
                let zone = surroundings.now.time_zone();
                problems.extend(
                    there
                        .iter()
                        .map(|twin| known(twin, &register, &shown, zone)),
                );
                problems.extend(told);
            }
            Err(failure) => problems.push(failure.problem.in_file(shown)),
        }
    }
    let count = counted(count, "dossier", "dossiers");
    writeln!(
        surroundings.out,
        "{count} opgenomen in {}",
        register.shown()
    )?;
    report::problems(surroundings.err, &problems)?;
    Ok(report::exit(&problems))
}

/// Says of a dossier of a file that it is in the register already, and which it is there.
fn known(twin: &Twin, register: &Register, file: &str, zone: &TimeZone) -> Problem {
    let entry = register.index().ok().and_then(|index| index.entry(twin.id));
    let there = entry.map(|entry| cases::told_apart(entry, zone));
    let there = there.unwrap_or_else(|| twin.id.to_string());
    Problem::warning(format!(
        "dit dossier {} ({there}), en is niet opgenomen",
        twin.dutch()
    ))
    .in_file(format!("{file}, dossier {}", twin.number))
    .hint("Wilt u het toch opnemen, als nog een dossier? Zet er dan --toch bij.")
}

fn take(
    register: &mut Register,
    file: &Path,
    passphrase: Option<&Passphrase>,
    which: Incoming<'_>,
    now: Timestamp,
) -> Result<Imported, Failure> {
    let unread = |_| {
        Failure::new(
            Kind::Missing,
            "dit bestand is er niet of is niet te lezen",
            "Kijk of de naam klopt en of u het mag openen.",
        )
    };
    let opened = File::open(file).map_err(unread)?;
    let name = file.display().to_string();
    register.import(&mut BufReader::new(opened), (&name, passphrase), which, now)
}

/// Writes dossiers to a file: whole, or not at all.
pub(super) fn export(wanted: &Export, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    may_leave(&wanted.leaving)?;
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let ids = match wanted.alles {
        true => None,
        false => {
            let ids = wanted
                .numbers
                .iter()
                .map(|number| cases::numbered(&register, number, surroundings.now.time_zone()));
            Some(ids.collect::<Result<Vec<DossierId>, Stop>>()?)
        }
    };
    let (mut count, mut unread) = (0usize, Vec::new());
    let now = surroundings.now.timestamp();
    let said = leave(&wanted.leaving, surroundings, |protection, out| {
        (count, unread) = register.export(ids.as_deref(), protection, out, now)?;
        Ok(())
    })?;
    let count = counted(count, "dossier", "dossiers");
    writeln!(surroundings.out, "{count} geschreven naar {said}")?;
    let problems: Vec<Problem> = unread
        .iter()
        .map(|id| {
            Problem::error(format!(
                "dossier {id} is beschadigd en staat niet in de uitvoer"
            ))
            .hint("Controleer het register, en zet zo nodig een reservekopie terug.")
        })
        .collect();
    report::problems(surroundings.err, &problems)?;
    Ok(report::exit(&problems))
}

/// Writes all that is known of a dossier to a file, for the person concerned.
pub(super) fn access(wanted: &Told, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let zone = surroundings.now.time_zone().clone();
    let now = surroundings.now.timestamp();
    let source = source_beside(&wanted.leaving.output);
    is_free(&source)?;
    tell(
        wanted,
        "inzage in",
        surroundings,
        |register, id, protection, out| {
            write_whole(&source, |source| {
                register.access(id, protection, (out, source), (now, &zone))
            })
        },
    )
}

/// Writes the account of a decision to a file, for who controls the spending.
pub(super) fn account(wanted: &Told, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let zone = surroundings.now.time_zone().clone();
    let now = surroundings.now.timestamp();
    tell(
        wanted,
        "verantwoording van",
        surroundings,
        |register, id, protection, out| register.account(id, protection, out, (now, &zone)),
    )
}

/// Writes to a file what `told` says of a dossier.
fn tell(
    wanted: &Told,
    what: &str,
    surroundings: &mut Surroundings<'_>,
    told: impl FnOnce(&mut Register, DossierId, Protection<'_>, &mut dyn Write) -> Result<(), Failure>,
) -> Result<Exit, Stop> {
    may_leave(&wanted.leaving)?;
    let mut register = knowing(&wanted.opening, surroundings)?;
    let id = cases::numbered(&register, &wanted.number, surroundings.now.time_zone())?;
    let said = leave(&wanted.leaving, surroundings, |protection, out| {
        told(&mut register, id, protection, out)
    })?;
    let number = &wanted.number;
    writeln!(surroundings.out, "{what} {number} geschreven naar {said}")?;
    Ok(Exit::Done)
}

/// Stops where nobody said that everybody may read what leaves, and where there is a file already.
fn may_leave(leaving: &Leaving) -> Result<(), Stop> {
    if leaving.onbeschermd {
        let message =
            "zonder wachtzin kan iedereen die het bestand heeft de namen en het onderzoek lezen";
        confirmed(leaving.ja, message)?;
    }
    is_free(&leaving.output)
}

/// Stops where there is a file already.
fn is_free(path: &Path) -> Result<(), Stop> {
    if path.exists() {
        let problem = Problem::error("dit bestand is er al").hint("Kies een andere naam.");
        return Err(problem.in_file(path.display().to_string()).into());
    }
    Ok(())
}

/// Has `write` fill the file, closed or not; gives its name and how it is closed.
fn leave(
    leaving: &Leaving,
    surroundings: &mut Surroundings<'_>,
    write: impl FnOnce(Protection<'_>, &mut dyn Write) -> Result<(), Failure>,
) -> Result<String, Stop> {
    let passphrase = match leaving.onbeschermd {
        true => None,
        false => {
            let file = leaving.wachtzin_uitvoer.as_deref();
            let what = "Wachtzin voor de uitvoer";
            Some(secrets::new_passphrase(file, what, surroundings)?)
        }
    };
    let (protection, how) = match &passphrase {
        Some(passphrase) => (Protection::Closed(passphrase, Effort::NORMAL), "beveiligd"),
        None => (Protection::PlainConfirmed, "niet beveiligd"),
    };
    write_whole(&leaving.output, |out| write(protection, out))?;
    Ok(format!("{}, {how}", leaving.output.display()))
}
