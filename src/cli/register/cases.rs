//! The list of dossiers with what is due, finding one by its number, and the proof of its decision.

use super::arguments::{Find, Keep, List, Proof};
use super::{Exit, Stop, Surroundings, knowing, report, unlocked};
use crate::document::Problem;
use crate::dossier::Receipt;
use crate::letter;
use crate::quantity::dutch::date_short;
use crate::register::{DossierId, Entry, Query, Register, State, Urgency, due, kept_until};
use crate::texts::Texts;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io;

/// What has to be done, the most urgent first.
pub(super) fn list(wanted: &List, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let today = surroundings.now.date();
    let counts = register.index()?.caseload(today).all;
    let named = [
        (counts.late, Urgency::Late),
        (counts.soon, Urgency::Soon),
        (counts.waiting, Urgency::Waiting),
        (counts.done, Urgency::Done),
    ];
    let named = named.map(|(count, urgency)| format!("{count} {}", urgency.dutch()));
    writeln!(surroundings.out, "{}", named.join(", "))?;
    let query = Query {
        urgency: (!wanted.alles).then_some(Urgency::Waiting),
        ..Query::default()
    };
    let found = register.find(&query, today)?;
    if !found.is_empty() {
        writeln!(surroundings.out)?;
    }
    rows(surroundings.out, &found, today)?;
    damaged(&register, surroundings)
}

/// What holds all words.
pub(super) fn find(wanted: &Find, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = knowing(&wanted.opening, surroundings)?;
    let today = surroundings.now.date();
    let found = register.find(&Query::words(&wanted.words.join(" ")), today)?;
    if found.is_empty() {
        writeln!(surroundings.out, "Niets gevonden.")?;
    }
    rows(surroundings.out, &found, today)?;
    damaged(&register, surroundings)
}

/// What may be destroyed.
pub(super) fn expired(wanted: &Keep, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let register = unlocked(&wanted.opening, surroundings)?;
    let expired = register.index()?.expired(surroundings.now.date());
    if expired.is_empty() {
        writeln!(
            surroundings.out,
            "Van geen dossier is de bewaartermijn voorbij."
        )?;
    }
    for entry in expired {
        let day = date_short(kept_until(entry.about.meta.at));
        writeln!(surroundings.out, "mag weg vanaf {day:<11} {}", about(entry))?;
    }
    damaged(&register, surroundings)
}

/// Redoes the calculation of a decision from what was kept with it.
pub(super) fn redo(wanted: &Proof, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let id = numbered(&register, &wanted.number, surroundings.now.time_zone())?;
    let bytes = register.receipt(id)?;
    let receipt = Receipt::read(&format!("bewijs bij {}", wanted.number), &bytes)?;
    let texts = letter::texts_fingerprint(&*Texts::shipped()?);
    let problems = receipt.redo(texts);
    if !report::has_errors(&problems) {
        let number = receipt.number();
        writeln!(
            surroundings.out,
            "Besluit {number}: nagerekend, alle bedragen komen weer uit."
        )?;
    }
    report::problems(surroundings.err, &problems)?;
    Ok(report::exit(&problems))
}

/// One line for each dossier.
fn rows(out: &mut dyn io::Write, found: &[&Entry], today: Date) -> io::Result<()> {
    for entry in found {
        let due = due(&entry.about, today);
        let day = due.last_day.map(date_short).unwrap_or_default();
        let (urgency, step) = (due.urgency.dutch(), due.step.dutch());
        let line = format!("{urgency:<15} {day:<11} {step:<29} {}", about(entry));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// Which dossier it is, as far as the slot may see.
fn about(entry: &Entry) -> String {
    let number = match &entry.about.meta.state {
        State::Definitive { number } => number.clone(),
        State::Draft if entry.about.number.is_empty() => entry.id.to_string(),
        State::Draft => entry.about.number.clone(),
    };
    let who = entry.who.as_ref();
    let who = who.map(|who| [who.name.as_str(), &who.neighbourhood, &who.consultant]);
    let who: Vec<&str> = who
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    format!("{number:<16} {}", who.join(", "))
        .trim_end()
        .to_owned()
}

/// Dossiers that are there but can not be shown.
fn damaged(register: &Register, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let problems: Vec<Problem> = register
        .index()?
        .damaged()
        .iter()
        .map(|id| {
            Problem::error(format!(
                "dossier {id} is beschadigd en staat niet in de lijst"
            ))
            .hint("Controleer het register, en zet zo nodig een reservekopie terug.")
        })
        .collect();
    report::problems(surroundings.err, &problems)?;
    Ok(report::exit(&problems))
}

/// What tells a dossier from another of the same number: the name by which it can be asked for, whose it is, its state and
/// when it was saved last.
pub(super) fn told_apart(entry: &Entry, zone: &TimeZone) -> String {
    let meta = &entry.about.meta;
    let who = entry.who.as_ref();
    let who = who.map(|who| format!(" {},", who.name)).unwrap_or_default();
    let saved = date_short(meta.at.to_zoned(zone.clone()).date());
    format!(
        "{}:{who} {}, opgeslagen op {saved}",
        entry.id,
        meta.state.dutch()
    )
}

/// The dossier with this number of a decision, a case, or its own.
pub(super) fn numbered(
    register: &Register,
    typed: &str,
    zone: &TimeZone,
) -> Result<DossierId, Stop> {
    let typed = typed.trim();
    let entries = register.index()?.entries();
    let own = |entry: &&Entry| {
        let decision =
            matches!(&entry.about.meta.state, State::Definitive { number } if number == typed);
        decision || entry.id.to_string() == typed
    };
    if let Some(entry) = entries.iter().find(own) {
        return Ok(entry.id);
    }
    let same: Vec<&Entry> = entries
        .iter()
        .filter(|entry| entry.about.number == typed)
        .collect();
    match same.as_slice() {
        [entry] => Ok(entry.id),
        [] => Err(
            Problem::error(format!("er is geen dossier met nummer «{typed}»"))
                .hint("Zoek het met maatwerk register zoek.")
                .into(),
        ),
        several => {
            let each: Vec<String> = several
                .iter()
                .map(|entry| told_apart(entry, zone))
                .collect();
            Err(Problem::error(format!(
                "{} dossiers hebben nummer «{typed}»",
                several.len()
            ))
            .hint(format!(
                "Noem het besluit, of de eerste reeks tekens van een van deze: {}.",
                each.join("; ")
            ))
            .into())
        }
    }
}
