//! Dossiers out of a register and in again, as RON documents: closed with a passphrase, or plain if somebody says so.
//!
//! One document is the text of one dossier, as a loose file has it. Several stand one after another, each ended by a
//! line with the character RS (30), which no dossier can hold outside a text and our writer never writes.

use std::io::{BufRead, Read, Write};

use age::{DecryptError, Decryptor, Encryptor, scrypt};
use jiff::Timestamp;

use super::audit::Deed;
use super::dossiers::{Base, DossierId, Save, Saved};
use super::failure::{Failure, Kind};
use super::keys::{Effort, Passphrase};
use super::session::Register;
use crate::document::Hex;
use crate::document::{MAX_BYTES, Problem};
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

    /// Takes in all dossiers of a file that is called `name`, each as a new one. Answers which, and everything that went
    /// wrong, at its place in the file: a document with problems is passed over, and what stops the reading half way
    /// hides nothing of what was taken in before. Errors, with nothing taken in: as [`documents`], or the register fails.
    pub fn import(
        &mut self,
        input: &mut dyn BufRead,
        name: &str,
        passphrase: Option<&Passphrase>,
        now: Timestamp,
    ) -> Result<(Vec<DossierId>, Vec<Problem>), Failure> {
        let (mut taken, mut told, mut last) = (Vec::new(), Vec::new(), 0_usize);
        let progress = self.progress.clone();
        progress.begin(0);
        let read = documents(input, passphrase, |number, document| {
            progress.step()?;
            match document {
                Ok(dossier) => {
                    let id: DossierId = Self::new_id()?;
                    let token: Hex<16> = Self::new_id()?;
                    let save = Save {
                        id,
                        base: Base::NEW,
                        dossier: &dossier,
                        token,
                        follows: None,
                    };
                    if let Saved::Done { .. } = self.save(&save, now)? {
                        taken.push(id);
                    }
                }
                Err(problems) => told.extend(problems.into_iter().map(|problem| {
                    let place = format!("{name}, {}", problem.file);
                    problem.in_file(place)
                })),
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
                let again = "Voert u het hele bestand opnieuw in, dan komt wat er al in staat er nog een keer bij.";
                told.push(
                    Problem::error(format!("{rest}: {message}"))
                        .in_file(name)
                        .hint(format!("{hint} {again}").trim_start()),
                );
            }
        }
        Ok((taken, told))
    }
}
