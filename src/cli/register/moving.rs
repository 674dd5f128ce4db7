//! Dossiers into a register and out of it.

use super::arguments::{Export, Import};
use super::{Exit, Stop, Surroundings, cases, confirmed, report, secrets, unlocked};
use crate::document::{Problem, write_atomic_by};
use crate::quantity::dutch::counted;
use crate::register::{DossierId, Effort, Failure, Kind, Passphrase, Protection, Register};
use jiff::Timestamp;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Takes in all dossiers of the files. One with problems does not stop the others.
pub(super) fn import(wanted: &Import, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let now = surroundings.now.timestamp();
    let mut problems = Vec::new();
    let mut count = 0usize;
    for file in &wanted.files {
        let shown = file.display().to_string();
        let mut taken = take(&mut register, file, None, now);
        if matches!(&taken, Err(failure) if failure.kind == Kind::WrongPassphrase) {
            let what = format!("Wachtzin van {shown}");
            let given = wanted.wachtzin_uitvoer.as_deref();
            let passphrase = secrets::passphrase(given, &what, surroundings)?;
            taken = take(&mut register, file, Some(&passphrase), now);
        }
        match taken {
            Ok((ids, told)) => {
                count = count.saturating_add(ids.len());
                let told = told.into_iter().map(|problem| {
                    let file = format!("{shown}, {}", problem.file);
                    problem.in_file(file)
                });
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

fn take(
    register: &mut Register,
    file: &Path,
    passphrase: Option<&Passphrase>,
    now: Timestamp,
) -> Result<(Vec<DossierId>, Vec<Problem>), Failure> {
    let unread = |_| {
        Failure::new(
            Kind::Missing,
            "dit bestand is er niet of is niet te lezen",
            "Kijk of de naam klopt en of u het mag openen.",
        )
    };
    let opened = File::open(file).map_err(unread)?;
    register.import(&mut BufReader::new(opened), passphrase, now)
}

/// Writes dossiers to a file: whole, or not at all.
pub(super) fn export(wanted: &Export, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    if wanted.onbeschermd {
        let message =
            "zonder wachtzin kan iedereen die het bestand heeft de namen en het onderzoek lezen";
        confirmed(wanted.ja, message)?;
    }
    let shown = wanted.output.display().to_string();
    let refused = |message: &str, hint: &str| -> Stop {
        Problem::error(message).hint(hint).in_file(&shown).into()
    };
    if wanted.output.exists() {
        return Err(refused("dit bestand is er al", "Kies een andere naam."));
    }
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let ids = match wanted.alles {
        true => None,
        false => {
            let ids = wanted
                .numbers
                .iter()
                .map(|number| cases::numbered(&register, number));
            Some(ids.collect::<Result<Vec<DossierId>, Stop>>()?)
        }
    };
    let passphrase = match wanted.onbeschermd {
        true => None,
        false => {
            let file = wanted.wachtzin_uitvoer.as_deref();
            Some(secrets::new_passphrase(
                file,
                "Wachtzin voor de uitvoer",
                surroundings,
            )?)
        }
    };
    let protection = match &passphrase {
        Some(passphrase) => Protection::Closed(passphrase, Effort::NORMAL),
        None => Protection::PlainConfirmed,
    };
    let now = surroundings.now.timestamp();
    let (mut count, mut unread) = (0usize, Vec::new());
    write_atomic_by(&wanted.output, |out| {
        let done = register.export(ids.as_deref(), protection, out, now);
        (count, unread) = done.map_err(|failure| failure.problem)?;
        Ok(())
    })?;
    let protected = if wanted.onbeschermd {
        "niet beveiligd"
    } else {
        "beveiligd"
    };
    let count = counted(count, "dossier", "dossiers");
    writeln!(
        surroundings.out,
        "{count} geschreven naar {shown}, {protected}"
    )?;
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
