//! The work in the register of keeping and destroying: what may go and what went, destroying, and files out and in.
//!
//! It draws nothing.

use jiff::Timestamp;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::super::rows::Row;
use super::super::{Around, Made, News, Paper, called, dossier_name};
use super::{Job, Listed, Told, Twins};
use crate::desk::document::words;
use crate::desk::widgets::text::Tone;
use crate::quantity::dutch::{capital, counted, date_long, date_short};
use crate::register::{
    BACKUP_WEEKS, Base, Destroyed, DossierId, Effort, Failure, Ground, Imported, Incoming, Kind,
    Passphrase, Protection, Register, Twin, kept_until, source_beside, write_whole,
};

impl Job {
    pub(in super::super) fn carry_out(
        self,
        register: &mut Register,
        around: &Around,
        now: Timestamp,
    ) -> Made<Told> {
        match self {
            Self::List => Ok((listed(register, around)?, None)),
            Self::Destroy { seen, ground } => {
                let (kept, news) = destroy(register, around, &seen, ground, now)?;
                // What is done is told, also where the list cannot be read again.
                let listed = listed(register, around).unwrap_or_default();
                Ok((Told { kept, ..listed }, Some(news)))
            }
            Self::Export {
                which,
                passphrase,
                path,
            } => {
                let mut written = (0, Vec::new());
                write_whole(&path, |out| {
                    let protection = closed(passphrase.as_ref(), around.effort);
                    let ids = which.map(|id| vec![id]);
                    written = register.export(ids.as_deref(), protection, out, now)?;
                    Ok(())
                })?;
                let (count, unread) = written;
                let said = format!(
                    "{} staat in {}.",
                    capital(&counted(count, "dossier", "dossiers")),
                    path.display()
                );
                let said = if unread.is_empty() {
                    said
                } else {
                    let unread = counted(unread.len(), "dossier is", "dossiers zijn");
                    format!("{said} {unread} beschadigd en staat er niet in.")
                };
                Ok((Told::default(), Some(News::Done(said))))
            }
            Self::Paper {
                what,
                id,
                passphrase,
                path,
            } => {
                let said = paper(register, what, (id, passphrase, &path), around, now)?;
                Ok((Told::default(), Some(News::Done(said))))
            }
            Self::Import {
                passphrase,
                path,
                only,
            } => {
                let shown = path.display().to_string();
                let file = File::open(&path).map_err(|_| {
                    let told = "het bestand is niet te openen";
                    let mut failure = Failure::new(
                        Kind::Failed,
                        told,
                        "Kijk of het er nog is, en of u het mag lezen.",
                    );
                    failure.problem.file.clone_from(&shown);
                    failure
                })?;
                let input = &mut BufReader::new(file);
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let which = only.as_deref().map_or(Incoming::New, Incoming::Only);
                let given = (&*name, passphrase.as_ref());
                let Imported {
                    taken,
                    there,
                    told: problems,
                } = register.import(input, given, which, now)?;
                let said = format!(
                    "{} ingevoerd uit {shown}.",
                    counted(taken.len(), "dossier", "dossiers")
                );
                let said = match problems.is_empty() && there.is_empty() {
                    true => said,
                    false => {
                        format!("{said} Niet alles is ingevoerd; onder Invoeren staat waarom.")
                    }
                };
                let twins = (!there.is_empty()).then(|| Twins {
                    rows: there
                        .iter()
                        .map(|twin| twin_row(register, twin, around))
                        .collect(),
                    numbers: there.iter().map(|twin| twin.number).collect(),
                    path,
                    passphrase,
                });
                let told = Told {
                    refused: problems
                        .iter()
                        .map(|problem| Row {
                            title: words(problem),
                            detail: format!("{} {}", problem.file, problem.field),
                            tone: Some(Tone::Fault),
                            ..Row::default()
                        })
                        .collect(),
                    twins,
                    ..Told::default()
                };
                Ok((told, Some(News::Changed(said))))
            }
        }
    }
}

/// Which dossier of the register one of a file is.
fn twin_row(register: &Register, twin: &Twin, around: &Around) -> Row {
    let index = register.index().ok();
    let entry = index.and_then(|index| index.entry(twin.id));
    Row {
        title: entry.map(called).unwrap_or_default(),
        detail: format!("dossier {} in het bestand: {}", twin.number, twin.dutch()),
        aside: entry
            .map(|entry| around.moment(entry.about.meta.at))
            .unwrap_or_default(),
        tone: None,
    }
}

/// Writes what is told of a dossier to a file, closed with the passphrase if there is one; gives what came of it, in words.
///
/// # Errors
/// It cannot be read or written.
pub fn paper(
    register: &mut Register,
    what: Paper,
    (id, passphrase, path): (DossierId, Option<Passphrase>, &Path),
    around: &Around,
    now: Timestamp,
) -> Result<String, Failure> {
    write_whole(path, |out| {
        let protection = closed(passphrase.as_ref(), around.effort);
        match what {
            Paper::Access => write_whole(&source_beside(path), |source| {
                register.access(id, protection, (out, source), (now, &around.zone))
            }),
            Paper::Account => register.account(id, protection, out, (now, &around.zone)),
        }
    })?;
    let how = match passphrase {
        Some(_) => "Het bestand is een age-bestand, beveiligd met de wachtzin.",
        None => "Het bestand is niet beveiligd.",
    };
    Ok(format!(
        "De {} staat in {}. {how}",
        what.name(),
        path.display()
    ))
}

/// Destroys these, and makes a backup, with which the older ones, that still hold them, pass their term. Gives what was not
/// destroyed and why; what goes wrong after the first is gone stands in the news too.
fn destroy(
    register: &mut Register,
    around: &Around,
    seen: &[(DossierId, Base)],
    ground: Ground,
    now: Timestamp,
) -> Result<(Vec<Row>, News), Failure> {
    let progress = register.progress().clone();
    progress.begin(seen.len());
    let (mut ids, mut kept, mut stopped) = (Vec::new(), Vec::new(), None);
    for (id, base) in seen {
        let name = dossier_name(register, *id).unwrap_or_else(|| "Dit dossier".to_owned());
        let tried = progress
            .step()
            .and_then(|()| register.destroy(*id, *base, ground, now));
        match tried {
            Ok(done) => match why_kept(&done, around) {
                None => ids.push(*id),
                Some(why) => kept.push(Row {
                    title: name,
                    detail: why,
                    tone: Some(Tone::Warning),
                    ..Row::default()
                }),
            },
            Err(failure) => {
                // One that failed half way can be gone all the same.
                if register.index()?.entry(*id).is_none() {
                    ids.push(*id);
                }
                stopped = Some(failure);
                break;
            }
        }
    }
    if !kept.is_empty() {
        // So that the list shows what a colleague did, and the next try is about that. What cannot be read now hides
        // nothing of what was done.
        let _ = register.refresh();
    }
    if ids.is_empty() {
        if let Some(failure) = stopped {
            return Err(failure);
        }
        let words = "Er is niets vernietigd. Bij de dossiers staat waarom.".to_owned();
        return Ok((kept, News::Gone { ids, words }));
    }
    let mut told = match ids.len() {
        1 => "Het dossier is vernietigd.".to_owned(),
        number => format!("{number} dossiers zijn vernietigd."),
    };
    let left = seen.len().saturating_sub(ids.len());
    let left = capital(&counted(left, "dossier niet", "dossiers niet"));
    if let Some(failure) = stopped {
        told = format!("{told} {left}: {}", words(&failure.problem));
    } else if !kept.is_empty() {
        told = format!("{told} {left}; bij de dossiers staat waarom.");
    }
    let backup = match register.back_up(&around.backups, now) {
        Ok(_) => "Er is een nieuwe reservekopie gemaakt.".to_owned(),
        Err(failure) => format!(
            "De nieuwe reservekopie is niet gemaakt: {}",
            words(&failure.problem)
        ),
    };
    let words = format!("{told} {backup}");
    Ok((kept, News::Gone { ids, words }))
}

/// Why a dossier was not destroyed, and what to do; nothing if it was.
fn why_kept(done: &Destroyed, around: &Around) -> Option<String> {
    Some(match done {
        Destroyed::Done => return None,
        Destroyed::Changed { current } => format!(
            "Een collega heeft dit dossier intussen opgeslagen als versie {current}. Kijk eerst wat er is veranderd."
        ),
        Destroyed::Kept { until } => format!(
            "De bewaartermijn is nog niet voorbij. Het dossier mag weg vanaf {}.",
            date_long(*until)
        ),
        Destroyed::Open(holder) => format!(
            "{} heeft dit dossier open sinds {}. Laat het daar sluiten, en probeer het daarna opnieuw.",
            holder.name,
            around.moment(holder.since)
        ),
    })
}

fn closed(passphrase: Option<&Passphrase>, effort: Effort) -> Protection<'_> {
    match passphrase {
        Some(passphrase) => Protection::Closed(passphrase, effort),
        None => Protection::PlainConfirmed,
    }
}

fn listed(register: &mut Register, around: &Around) -> Result<Told, Failure> {
    let expired = register.expired(around.today)?;
    let seen = expired.iter().map(|(base, entry)| (entry.id, *base));
    let seen = seen.collect();
    let rows = expired.iter().map(|(_, entry)| {
        let changed = entry.about.meta.at;
        Row {
            title: called(entry),
            detail: format!("laatste wijziging {}", around.moment(changed)),
            aside: format!("mag weg sinds {}", date_short(kept_until(changed))),
            tone: None,
        }
    });
    let expired = rows.collect();
    let mut records = register.destructions()?;
    records.reverse();
    let destroyed = records.iter().map(|(_, record)| {
        let Some(record) = record else {
            return Row {
                title: "Een aantekening van een vernietiging is beschadigd".to_owned(),
                detail: "Controleer het register.".to_owned(),
                aside: String::new(),
                tone: Some(Tone::Warning),
            };
        };
        let why = if record.on_request {
            "op verzoek"
        } else {
            "bewaartermijn voorbij"
        };
        let number = match record.number.as_str() {
            "" => "zonder zaaknummer".to_owned(),
            number => format!("zaak {number}"),
        };
        let decision = record.decision.iter();
        let decision: String = decision
            .map(|number| format!(", besluit {number}"))
            .collect();
        let until = record.at.to_zoned(around.zone.clone()).date();
        let until = until.saturating_add(jiff::Span::new().weeks(BACKUP_WEEKS));
        Row {
            title: format!("Dossier {number}{decision}"),
            detail: format!(
                "{why}, door {}; uit alle reservekopieën weg op {}",
                record.by,
                date_long(until)
            ),
            aside: around.moment(record.at),
            tone: None,
        }
    });
    let destroyed = destroyed.collect();
    Ok(Told {
        listed: Some(Listed {
            expired,
            seen,
            today: around.today,
            destroyed,
        }),
        ..Told::default()
    })
}
