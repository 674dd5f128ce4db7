//! The work in the register of keeping and destroying: what may go and what went, destroying, and files out and in.
//!
//! It draws nothing.

use jiff::Timestamp;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use super::super::rows::Row;
use super::super::{Around, Made, News, Paper, called};
use super::{Job, Listed, Told};
use crate::desk::document::words;
use crate::desk::widgets::text::Tone;
use crate::document::write_atomic_by;
use crate::quantity::dutch::{capital, counted, date_long, date_short};
use crate::register::{
    BACKUP_WEEKS, DossierId, Effort, Failure, Kind, Passphrase, Protection, Register, kept_until,
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
            Self::Destroy { ids, on_request } => {
                let news = destroy(register, around, &ids, on_request, now)?;
                Ok((listed(register, around)?, Some(news)))
            }
            Self::Export {
                which,
                passphrase,
                path,
            } => {
                let mut written = (0, Vec::new());
                write(&path, |out| {
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
            Self::Import { passphrase, path } => {
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
                let (taken, problems) = register.import(input, passphrase.as_ref(), now)?;
                let said = format!(
                    "{} ingevoerd uit {shown}.",
                    counted(taken.len(), "dossier", "dossiers")
                );
                let told = Told {
                    listed: None,
                    refused: problems
                        .iter()
                        .map(|problem| Row {
                            title: words(problem),
                            detail: format!("{} {}", problem.file, problem.field),
                            tone: Some(Tone::Fault),
                            ..Row::default()
                        })
                        .collect(),
                };
                Ok((told, Some(News::Changed(said))))
            }
        }
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
    write(path, |out| {
        let protection = closed(passphrase.as_ref(), around.effort);
        match what {
            Paper::Access => register.access(id, protection, out, now),
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

/// Destroys these, and makes a backup, with which the older ones, that still hold them, pass their term. What goes wrong
/// after the first is gone stands in the news.
fn destroy(
    register: &mut Register,
    around: &Around,
    ids: &[DossierId],
    on_request: bool,
    now: Timestamp,
) -> Result<News, Failure> {
    let progress = register.progress().clone();
    progress.begin(ids.len());
    let mut tries = ids.iter().map(|id| {
        progress.step()?;
        register.destroy(*id, on_request, now)
    });
    let stopped = tries.find_map(Result::err);
    // One that failed half way can be gone all the same.
    let index = register.index()?;
    let (left, gone): (Vec<DossierId>, Vec<DossierId>) =
        ids.iter().partition(|id| index.entry(**id).is_some());
    if let (Some(failure), true) = (&stopped, gone.is_empty()) {
        return Err(failure.clone());
    }
    let mut told = match gone.len() {
        1 => "Het dossier is vernietigd.".to_owned(),
        number => format!("{number} dossiers zijn vernietigd."),
    };
    if let Some(failure) = stopped {
        let left = counted(left.len(), "dossier niet", "dossiers niet");
        told = format!("{told} {}: {}", capital(&left), words(&failure.problem));
    }
    let backup = match register.back_up(&around.backups, now) {
        Ok(_) => "Er is een nieuwe reservekopie gemaakt.".to_owned(),
        Err(failure) => format!(
            "De nieuwe reservekopie is niet gemaakt: {}",
            words(&failure.problem)
        ),
    };
    Ok(News::Gone {
        ids: gone,
        words: format!("{told} {backup}"),
    })
}

fn closed(passphrase: Option<&Passphrase>, effort: Effort) -> Protection<'_> {
    match passphrase {
        Some(passphrase) => Protection::Closed(passphrase, effort),
        None => Protection::PlainConfirmed,
    }
}

/// Writes a file: whole, or not at all.
fn write(
    path: &Path,
    fill: impl FnOnce(&mut dyn std::io::Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut failed = None;
    let written = write_atomic_by(path, |out| {
        fill(out).map_err(|failure| {
            let problem = failure.problem.clone();
            failed = Some(failure);
            problem
        })
    });
    written.map_err(|problem| {
        failed.unwrap_or(Failure {
            kind: Kind::Failed,
            problem,
        })
    })
}

fn listed(register: &mut Register, around: &Around) -> Result<Told, Failure> {
    let index = register.index()?;
    let expired = index.expired(around.today);
    let ids = expired.iter().map(|entry| entry.id).collect();
    let rows = expired.into_iter().map(|entry| {
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
            ids,
            destroyed,
        }),
        refused: Vec::new(),
    })
}
