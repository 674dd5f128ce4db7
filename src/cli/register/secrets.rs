//! Passphrases and keys: typed without showing them, or the first line of a file. Never an argument, because every
//! program on a computer can read those.

use super::{Stop, Surroundings};
use crate::document::{Problem, read_file};
use crate::register::{Passphrase, RecoveryKey};
use std::io::{self, BufRead, Read as _};
use std::path::Path;
use zeroize::Zeroizing;

/// A file with a passphrase is no larger; more than any passphrase may have, so that one that is too long is told and not
/// cut.
const MOST_BYTES: usize = 64 * 1024;

/// A passphrase that opens something.
pub(super) fn passphrase(
    file: Option<&Path>,
    what: &str,
    surroundings: &mut Surroundings<'_>,
) -> Result<Passphrase, Stop> {
    Ok(Passphrase::new(&secret(file, what, surroundings)?)?)
}

/// A passphrase that will close something: typed twice.
pub(super) fn new_passphrase(
    file: Option<&Path>,
    what: &str,
    surroundings: &mut Surroundings<'_>,
) -> Result<Passphrase, Stop> {
    let first = secret(file, what, surroundings)?;
    if file.is_none() {
        let again = secret(None, &format!("{what}, nog eens"), surroundings)?;
        if *first != *again {
            return Err(Problem::error("de twee wachtzinnen zijn niet gelijk")
                .hint("Begin opnieuw, en typ twee keer dezelfde.")
                .into());
        }
    }
    Ok(Passphrase::choose(&first)?)
}

/// The recovery key.
pub(super) fn recovery_key(
    file: Option<&Path>,
    surroundings: &mut Surroundings<'_>,
) -> Result<RecoveryKey, Stop> {
    Ok(RecoveryKey::parse(&secret(
        file,
        "Herstelsleutel",
        surroundings,
    )?)?)
}

/// Shows a recovery key, once.
pub(super) fn show(key: &RecoveryKey, surroundings: &mut Surroundings<'_>) -> io::Result<()> {
    writeln!(
        surroundings.out,
        "\nBewaar deze herstelsleutel op papier, in een kluis. Hij opent het register als wachtzinnen kwijt zijn, en komt niet nog eens in beeld.\n"
    )?;
    writeln!(surroundings.out, "{}", key.text().as_str())
}

/// The first line of a file, `-` being standard input, or what is typed.
fn secret(
    file: Option<&Path>,
    what: &str,
    surroundings: &mut Surroundings<'_>,
) -> Result<Zeroizing<String>, Stop> {
    let Some(file) = file else {
        return (surroundings.ask)(&format!("{what}: ")).map_err(|_| {
            Problem::error("hier is geen toetsenbord om een wachtzin te typen")
                .hint("Zet hem in een bestand dat alleen u kunt lezen, en noem dat achter --wachtzin-bestand.")
                .into()
        });
    };
    if file.as_os_str() == "-" {
        return line(surroundings.input).map_err(|_| {
            Problem::error("de wachtzin is niet te lezen")
                .hint("Geef hem als een regel tekst op de invoer.")
                .into()
        });
    }
    let bytes = Zeroizing::new(read_file(file, MOST_BYTES)?);
    line(&mut bytes.as_slice()).map_err(|_| {
        Problem::error("dit bestand is geen tekst")
            .hint("Zet de wachtzin op de eerste regel van een tekstbestand.")
            .in_file(file.display().to_string())
            .into()
    })
}

/// One line, without its end.
fn line(input: &mut dyn BufRead) -> io::Result<Zeroizing<String>> {
    // A string that grows by itself leaves its old text behind in memory.
    let mut line = Zeroizing::new(String::with_capacity(MOST_BYTES));
    let most = u64::try_from(MOST_BYTES).unwrap_or(u64::MAX);
    input.take(most).read_line(&mut line)?;
    let length = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(length);
    Ok(line)
}
