//! Dossiers out of a register and in again, as RON documents: closed with a passphrase, or plain if somebody says so.
//!
//! One document is the text of one dossier, as a loose file has it. Several stand one after another, each ended by a
//! line with the character RS (30), which no dossier can hold outside a text and our writer never writes.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

use age::{DecryptError, Decryptor, Encryptor, scrypt};
use jiff::Timestamp;

use super::deed::Deed;
use super::dossiers::{Base, DossierId, Save, Saved};
use super::entry::{Entry, who};
use super::failure::{Failure, Kind};
use super::keys::{Effort, Passphrase};
use super::session::Register;
use crate::document::Hex;
use crate::document::{MAX_BYTES, Problem, write_atomic_by};
use crate::dossier::Dossier;

/// What ends a document among several.
const END: u8 = 0x1E;

/// The most work that opening an exported file may ask.
const MOST_EFFORT: u8 = 20;

/// How what leaves the register is protected.
#[derive(Debug, Clone, Copy)]
pub enum Protection<'a> {
    /// As an age file with this passphrase.
    Closed(&'a Passphrase, Effort),
    /// Readable by everybody: only after somebody was told that, and said yes.
    PlainConfirmed,
}

pub(super) fn unwritable(_: impl std::fmt::Debug) -> Failure {
    Failure::new(
        Kind::Failed,
        "het bestand is niet te schrijven",
        "Kies een andere map, of maak ruimte vrij.",
    )
}

/// Writes through `fill` to `out`, closed or plain.
pub fn protect(
    out: &mut dyn Write,
    protection: Protection<'_>,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    match protection {
        Protection::PlainConfirmed => fill(out)?,
        Protection::Closed(passphrase, effort) => {
            let mut recipient = scrypt::Recipient::new(passphrase.secret());
            recipient.set_work_factor(effort.power());
            let recipients = std::iter::once(&recipient as &dyn age::Recipient);
            let encryptor = Encryptor::with_recipients(recipients).map_err(unwritable)?;
            let mut closed = encryptor.wrap_output(&mut *out).map_err(unwritable)?;
            fill(&mut closed)?;
            closed.finish().map_err(unwritable)?;
        }
    }
    out.flush().map_err(unwritable)
}

/// Where what the register keeps of a dossier goes, beside what is told of it in words: `inzage-bron.txt` beside `inzage.txt`.
pub fn source_beside(path: &Path) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push("-bron");
    if let Some(end) = path.extension() {
        name.push(".");
        name.push(end);
    }
    path.with_file_name(name)
}

/// Writes a file: whole, or not at all.
pub fn write_whole(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
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

/// Which dossiers of a file are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incoming<'a> {
    /// Those that are not in the register yet.
    New,
    /// All, also what is there already.
    All,
    /// These, by their number in the file, also what is there already.
    Only(&'a [usize]),
}

/// What came of taking in a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// The new dossiers.
    pub taken: Vec<DossierId>,
    /// Those that are in the register already, and were not taken in.
    pub there: Vec<Twin>,
    /// What went wrong.
    pub told: Vec<Problem>,
}

/// A dossier of a file that is in the register already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twin {
    /// The how-manieth it is in the file, from 1.
    pub number: usize,
    /// Which it is in the register.
    pub id: DossierId,
    /// Whether the two say the same; else they are the same case of the same client.
    pub is_same: bool,
}

impl Twin {
    /// In words.
    pub fn dutch(&self) -> &'static str {
        if self.is_same {
            "staat al in het register, met dezelfde inhoud"
        } else {
            "staat al in het register, met een andere inhoud"
        }
    }
}

fn broken() -> Failure {
    Failure::new(
        Kind::Damaged,
        "dit bestand is beschadigd of niet heel",
        "Vraag het opnieuw aan wie het maakte.",
    )
}

/// Reads documents that [`Register::export`] wrote, or a loose file, one by one into `each`; the number counts from 1.
/// Errors: a passphrase is needed or wrong, the file is damaged, or `each` stops.
pub fn documents(
    input: &mut dyn BufRead,
    passphrase: Option<&Passphrase>,
    mut each: impl FnMut(usize, Result<Dossier, Vec<Problem>>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let start = input.fill_buf().map_err(|_| broken())?;
    if !start.starts_with(b"age-encryption.org/") {
        return pieces(input, &mut each);
    }
    let passphrase = passphrase.ok_or_else(|| {
        Failure::new(
            Kind::WrongPassphrase,
            "dit bestand is beveiligd met een wachtzin",
            "Vul de wachtzin in waarmee het is gemaakt.",
        )
    })?;
    let mut identity = scrypt::Identity::new(passphrase.secret());
    identity.set_max_work_factor(MOST_EFFORT);
    let told = |error: DecryptError| match error {
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => Failure::new(
            Kind::WrongPassphrase,
            "de wachtzin klopt niet",
            "Vul de wachtzin in waarmee dit bestand is gemaakt.",
        ),
        _ => broken(),
    };
    let decryptor = Decryptor::new_buffered(input).map_err(told)?;
    let opened = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(told)?;
    pieces(&mut std::io::BufReader::new(opened), &mut each)
}

fn pieces(
    input: &mut dyn BufRead,
    each: &mut impl FnMut(usize, Result<Dossier, Vec<Problem>>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let most = u64::try_from(MAX_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    for number in 1_usize.. {
        let mut piece = zeroize::Zeroizing::new(Vec::new());
        // A document that is too large is refused by the reading of it.
        let read = (&mut *input).take(most).read_until(END, &mut piece);
        let length = read.map_err(|_| broken())?;
        if piece.last() == Some(&END) {
            piece.pop();
        }
        if length == 0 && number == 1 {
            return Err(Failure::new(
                Kind::Damaged,
                "dit bestand is leeg",
                "Vraag het opnieuw aan wie het maakte.",
            ));
        }
        if length == 0 || (number > 1 && piece.iter().all(u8::is_ascii_whitespace)) {
            break;
        }
        each(number, Dossier::read(&format!("dossier {number}"), &piece))?;
    }
    Ok(())
}

impl Register {
    /// Writes dossiers to `out`: these, or with nothing all that can be read, each without a worry about safety that is
    /// not to be shared; a backup is what holds everything. Answers how many, and which could not.
    pub fn export(
        &mut self,
        which: Option<&[DossierId]>,
        protection: Protection<'_>,
        out: &mut dyn Write,
        now: Timestamp,
    ) -> Result<(usize, Vec<DossierId>), Failure> {
        let session = self.session()?;
        session.keys.person()?;
        let ids: Vec<DossierId> = match which {
            Some(ids) => ids.to_vec(),
            None => session
                .index
                .entries()
                .iter()
                .map(|entry| entry.id)
                .collect(),
        };
        let plain = matches!(protection, Protection::PlainConfirmed);
        // First the log, then the data: what left is never without its line.
        match which {
            Some(ids) => {
                for id in ids {
                    let dossier = Some(*id);
                    self.note(Deed::Exported { dossier, plain }, now)?;
                }
            }
            None => self.note(
                Deed::Exported {
                    dossier: None,
                    plain,
                },
                now,
            )?,
        }
        let (mut count, mut unread) = (0_usize, Vec::new());
        let progress = self.progress.clone();
        progress.begin(ids.len());
        protect(out, protection, |out| {
            for id in &ids {
                progress.step()?;
                let loaded = match self.peek(*id, None) {
                    Ok(loaded) => loaded,
                    Err(failure) if failure.kind == Kind::Damaged => {
                        unread.push(*id);
                        continue;
                    }
                    Err(failure) => return Err(failure),
                };
                let text = loaded
                    .dossier
                    .outward()
                    .to_text()
                    .map_err(|problem| Failure {
                        kind: Kind::Failed,
                        problem,
                    })?;
                let text = zeroize::Zeroizing::new(text);
                out.write_all(text.as_bytes()).map_err(unwritable)?;
                if ids.len() > 1 {
                    out.write_all(&[END, b'\n']).map_err(unwritable)?;
                }
                count = count.saturating_add(1);
            }
            Ok(())
        })?;
        Ok((count, unread))
    }

    /// Takes in dossiers of a file that is called `name`, each as a new one: `which` of them. Answers which, those that are
    /// in the register already, and everything that went wrong, at its place in the file: a document with problems is passed
    /// over, and what stops the reading half way hides nothing of what was taken in before. Errors, with nothing taken in: as
    /// [`documents`], or the register fails.
    pub fn import(
        &mut self,
        input: &mut dyn BufRead,
        (name, passphrase): (&str, Option<&Passphrase>),
        which: Incoming<'_>,
        now: Timestamp,
    ) -> Result<Imported, Failure> {
        let (mut imported, mut last) = (Imported::default(), 0_usize);
        let progress = self.progress.clone();
        progress.begin(0);
        let read = documents(input, passphrase, |number, document| {
            progress.step()?;
            match document {
                Ok(_) if matches!(which, Incoming::Only(these) if !these.contains(&number)) => {}
                Ok(dossier) => {
                    let twin = match which {
                        // One of the same file is no twin: a follow-up has the number of the case that it follows.
                        Incoming::New => self.twin_of(&dossier, &imported.taken)?,
                        Incoming::All | Incoming::Only(_) => None,
                    };
                    match twin {
                        Some((id, is_same)) => imported.there.push(Twin {
                            number,
                            id,
                            is_same,
                        }),
                        None => imported.taken.extend(self.take_in(&dossier, now)?),
                    }
                }
                Err(problems) => {
                    let placed = problems.into_iter().map(|problem| {
                        let place = format!("{name}, {}", problem.file);
                        problem.in_file(place)
                    });
                    imported.told.extend(placed);
                }
            }
            last = number;
            Ok(())
        });
        match read {
            Ok(()) => {}
            Err(failure) if last == 0 && failure.kind != Kind::Stopped => {
                return Err(Failure {
                    problem: failure.problem.in_file(name),
                    ..failure
                });
            }
            Err(failure) => {
                let Problem { message, hint, .. } = failure.problem;
                let rest = match last {
                    0 => "er is niets ingevoerd".to_owned(),
                    last => format!("na dossier {last} is er niets meer ingevoerd"),
                };
                let again = "Voert u het hele bestand opnieuw in, dan slaat het programma over wat er al in staat.";
                let hint = format!("{hint} {again}");
                let problem = Problem::error(format!("{rest}: {message}")).in_file(name);
                imported.told.push(problem.hint(hint.trim_start()));
            }
        }
        Ok(imported)
    }

    /// Saves a dossier as a new one.
    fn take_in(&mut self, dossier: &Dossier, now: Timestamp) -> Result<Option<DossierId>, Failure> {
        let id: DossierId = Self::new_id()?;
        let token: Hex<16> = Self::new_id()?;
        let save = Save {
            id,
            base: Base::NEW,
            dossier,
            token,
            follows: None,
        };
        Ok(matches!(self.save(&save, now)?, Saved::Done { .. }).then_some(id))
    }

    /// The dossier of the register that this one is, but for `these`, and whether it says the same: the same case of the same
    /// client, or, where it has no number, the same words.
    fn twin_of(
        &mut self,
        dossier: &Dossier,
        these: &[DossierId],
    ) -> Result<Option<(DossierId, bool)>, Failure> {
        let own = who(dossier);
        let is_like = |entry: &&Entry| {
            let same = entry.who.as_ref().is_some_and(|there| {
                let is_named = (&there.name, there.born) == (&own.name, own.born);
                there.bsn == own.bsn && (!own.bsn.is_empty() || is_named)
            });
            same && entry.about.number == dossier.number
        };
        let alike = self.session()?.index.entries().iter().filter(is_like);
        let alike: Vec<DossierId> = alike.map(|entry| entry.id).collect();
        let outward = dossier.outward();
        let mut twin = None;
        for id in alike.into_iter().filter(|id| !these.contains(id)) {
            match self.peek(id, None) {
                Ok(loaded) if loaded.dossier.outward() == outward => return Ok(Some((id, true))),
                Ok(_) => twin = twin.or(Some((id, false))),
                Err(failure) if failure.kind == Kind::Damaged => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(twin.filter(|_| !dossier.number.trim().is_empty()))
    }
}
