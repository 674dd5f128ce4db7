//! Looking after a register: making it, bringing it up to date, checking it, copies, and the log.

use super::arguments::{Check, Copy, Log, Make, Move, Restore, Upgrade};
use super::{Exit, Stop, Surroundings, address, confirmed, report, secrets, stoppable, unlocked};
use crate::document::{Problem, read_file};
use crate::quantity::dutch::counted;
use crate::register::{Address, Checked, Damage, Effort, Head, Register, Restored};
use std::path::{Path, PathBuf};

/// A file with the end of a log is no larger.
const MOST_BYTES: usize = 16 * 1024;

/// Makes a register.
pub(super) fn make(wanted: &Make, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let address = address(&wanted.place, surroundings)?;
    let file = wanted.wachtzin_bestand.as_deref();
    let passphrase = secrets::new_passphrase(file, "Nieuwe wachtzin", surroundings)?;
    let now = surroundings.now.timestamp();
    let founded = Register::found(&address, &wanted.naam, &passphrase, Effort::NORMAL, now)?;
    let shown = founded.register.shown();
    writeln!(surroundings.out, "Het register is gemaakt: {shown}")?;
    secrets::show(&founded.recovery, surroundings)?;
    Ok(Exit::Done)
}

/// Brings a register of an older program up to date.
pub(super) fn upgrade(wanted: &Upgrade, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let address = address(&wanted.place, surroundings)?;
    let now = surroundings.now.timestamp();
    match Register::upgrade(&address, &wanted.output, now)? {
        Some(backup) => {
            let path = backup.path.display();
            writeln!(
                surroundings.out,
                "Het register is bijgewerkt. Reservekopie van daarvoor: {path}"
            )?;
        }
        None => writeln!(surroundings.out, "Het register is al van deze versie.")?,
    }
    Ok(Exit::Done)
}

/// Checks everything, the log with its end that was kept elsewhere.
pub(super) fn check(wanted: &Check, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let kept = wanted.stand.as_deref().map(head).transpose()?;
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let checked = register.check(kept.as_ref())?;
    let problems = told(&checked, register.shown(), Problem::error);
    report::problems(surroundings.out, &problems)?;
    let found = counted(problems.len(), "fout", "fouten");
    writeln!(
        surroundings.out,
        "{} gecontroleerd: {found}",
        looked(&checked)
    )?;
    if wanted.stand.is_some() && !problems.is_empty() {
        writeln!(surroundings.out, "De stand van nu: {}", register.head()?)?;
    }
    Ok(report::exit(&problems))
}

/// How much a check looked at.
fn looked(checked: &Checked) -> String {
    amounts(checked.dossiers, checked.revisions, checked.lines)
}

fn amounts(dossiers: usize, revisions: usize, lines: usize) -> String {
    let dossiers = counted(dossiers, "dossier", "dossiers");
    let revisions = counted(revisions, "versie", "versies");
    let lines = counted(lines, "regel van het logboek", "regels van het logboek");
    format!("{dossiers}, {revisions} en {lines}")
}

/// What a check found, each in its dossier or else at this place.
fn told(checked: &Checked, place: &str, problem: fn(String) -> Problem) -> Vec<Problem> {
    let faults = checked.faults.iter().map(|fault| {
        let dossier = fault.dossier.map(|id| format!("dossier {id}"));
        problem(fault.text.clone())
            .hint(fault.hint)
            .in_file(dossier.unwrap_or_else(|| place.to_owned()))
    });
    faults.collect()
}

/// The end of a log in a file.
fn head(file: &Path) -> Result<Head, Stop> {
    let bytes = read_file(file, MOST_BYTES)?;
    let text = String::from_utf8_lossy(&bytes);
    let head: Result<Head, _> = text.trim().parse();
    head.map_err(|failure| failure.problem.in_file(file.display().to_string()).into())
}

/// Makes a backup.
pub(super) fn copy(wanted: &Copy, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = Register::open(&address(&wanted.place, surroundings)?)?;
    register.watch(stoppable(surroundings));
    let now = surroundings.now.timestamp();
    let backup = register.back_up(&wanted.output, now)?;
    writeln!(surroundings.out, "{}", backup.path.display())?;
    register.note_copy(now)?;
    Ok(Exit::Done)
}

/// Puts a backup back, after a backup of what is there now.
pub(super) fn restore(wanted: &Restore, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    confirmed(
        wanted.ja,
        "wat er na deze reservekopie is gedaan, is daarna weg",
    )?;
    let now = surroundings.now.timestamp();
    let address = address(&wanted.opening.place, surroundings)?;
    if wanted.beschadigd {
        let rescued = match &address {
            Address::File(path) => Register::rescue(path, &wanted.copy, now)?,
            server @ Address::Server(_) => {
                Register::rescue_to(server, &wanted.copy, &stoppable(surroundings), now)?
            }
        };
        writeln!(
            surroundings.out,
            "De reservekopie is nu het register. Kijk met maatwerk register controleer of alles erin te lezen is."
        )?;
        writeln!(surroundings.out, "{}", rescued.access())?;
        if let Some(aside) = rescued.aside {
            writeln!(
                surroundings.out,
                "Het beschadigde bestand staat in {}",
                aside.display()
            )?;
        }
        return Ok(Exit::Done);
    }
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let folder = match (&wanted.output, wanted.copy.parent()) {
        (Some(named), _) => named.clone(),
        (None, Some(parent)) if !parent.as_os_str().is_empty() => parent.to_owned(),
        (None, _) => PathBuf::from("."),
    };
    let damage = match wanted.met_schade {
        true => Damage::Accepted,
        false => Damage::Refused,
    };
    let shown = wanted.copy.display().to_string();
    let before = match register.restore(&wanted.copy, &folder, damage, now)? {
        Restored::Done { before, checked } => {
            let left = told(&checked, &shown, Problem::warning);
            report::problems(surroundings.err, &left)?;
            before
        }
        Restored::Damaged(checked) => {
            report::problems(surroundings.err, &told(&checked, &shown, Problem::error))?;
            let message = format!("er is niets teruggezet; bekeken: {}", looked(&checked));
            return Err(Problem::error(message)
                .in_file(shown)
                .hint("Kies een andere reservekopie, of zet deze terug zonder wat beschadigd is: met --met-schade.")
                .into());
        }
    };
    writeln!(surroundings.out, "De reservekopie is teruggezet.")?;
    writeln!(
        surroundings.out,
        "Het register van daarvoor staat in {}",
        before.path.display()
    )?;
    Ok(Exit::Done)
}

/// Puts all of a register in another, empty place, or takes that back.
pub(super) fn relocate(wanted: &Move, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let from = address(&wanted.place, surroundings)?;
    let now = surroundings.now.timestamp();
    let Some(to) = &wanted.to else {
        Register::stay(&from, now)?;
        writeln!(
            surroundings.out,
            "Er wordt weer gewerkt in {}. Haal het register op de andere plaats weg.",
            from.shown()
        )?;
        return Ok(Exit::Done);
    };
    let progress = stoppable(surroundings);
    let moved = Register::relocate(&from, to, &progress, now)?;
    let all = amounts(moved.dossiers, moved.revisions, moved.lines);
    writeln!(
        surroundings.out,
        "Overgezet naar {} en nagelezen: {all}",
        to.shown()
    )?;
    writeln!(
        surroundings.out,
        "Het register op {} blijft staan en is gesloten: niemand werkt daar nog in.",
        from.shown()
    )?;
    writeln!(
        surroundings.out,
        "Kies het nieuwe in het venster met Andere plaats…, of zet het in instellingen.ron achter register."
    )?;
    let faults = moved.faults.into_iter();
    let faults: Vec<Problem> = faults
        .map(|fault| Problem::warning(fault).hint("Dit was al zo voor het overzetten."))
        .collect();
    report::problems(surroundings.err, &faults)?;
    Ok(Exit::Done)
}

/// The log, oldest first, or its end.
pub(super) fn log(wanted: &Log, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    if wanted.stand {
        let mut register = Register::open(&address(&wanted.opening.place, surroundings)?)?;
        writeln!(surroundings.out, "{}", register.head()?)?;
        return Ok(Exit::Done);
    }
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let zone = surroundings.now.time_zone().clone();
    let mut problems = Vec::new();
    for numbered in register.log()? {
        let seq = numbered.seq;
        let Some(line) = numbered.line else {
            problems.push(
                Problem::error(format!(
                    "logboek, regel {seq}: deze regel is veranderd of verplaatst"
                ))
                .hint("Controleer het register."),
            );
            continue;
        };
        let at = line.at.to_zoned(zone.clone()).strftime("%-d-%-m-%Y %H.%M");
        let about = line.deed.dossier().map(|id| {
            let entry = register.index().ok().and_then(|index| index.entry(id));
            let number = entry.map(|entry| entry.about.number.as_str());
            number
                .filter(|number| !number.is_empty())
                .map_or_else(|| id.to_string(), str::to_owned)
        });
        let about = about
            .map(|number| format!(" ({number})"))
            .unwrap_or_default();
        let (name, deed) = (line.by(), line.deed.dutch());
        writeln!(
            surroundings.out,
            "{seq:>6}  {at:<16}  {name}: {deed}{about}"
        )?;
    }
    report::problems(surroundings.err, &problems)?;
    Ok(report::exit(&problems))
}
