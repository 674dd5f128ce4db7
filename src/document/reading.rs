//! From bytes to a value, with all the problems if it does not work.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use ron::extensions::Extensions;
use serde::de::{DeserializeOwned, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::Problem;
use super::diagnose::{Finding, MAX_FINDINGS, diagnose};
use super::doubt::Doubt;
use super::outline::Outline;
use super::syntax::top_field;

/// Largest document in bytes that [`read`] takes: 20 MB. A dossier is some kilobytes, a catalogue some hundreds.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Reads a value from the bytes of a RON document; `file` is the name that the problems carry.
///
/// Optional values may be written without `Some`. On failure the answer lists every problem that could be told apart
/// (at most about a hundred), in the order of the text, each with line, column and field path.
pub fn read<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, Vec<Problem>> {
    read_text(
        file,
        decode(file, bytes, MAX_BYTES).map_err(|problem| vec![problem])?,
    )
}

/// Like [`read`], for a document that says its format in a field `format`: one that is newer than `newest` is refused
/// as such, without a list of fields that this program does not know.
pub fn read_versioned<T: DeserializeOwned>(
    file: &str,
    bytes: &[u8],
    newest: u32,
) -> Result<T, Vec<Problem>> {
    let text = decode(file, bytes, MAX_BYTES).map_err(|problem| vec![problem])?;
    check_format(file, text, newest).map_err(|problem| vec![problem])?;
    read_text(file, text)
}

/// Like [`read_versioned`], and on failure also what could be read of the rest, with stand-ins for what is wrong: only
/// for checks that look for more mistakes, never to calculate with. The doubt says where the stand-ins are.
pub fn read_as_far<T: DeserializeOwned>(
    file: &str,
    bytes: &[u8],
    newest: u32,
) -> (Option<(T, Doubt)>, Vec<Problem>) {
    let text = decode(file, bytes, MAX_BYTES)
        .and_then(|text| check_format(file, text, newest).map(|_| text));
    match text {
        Err(problem) => (None, vec![problem]),
        Ok(text) => match parse(text) {
            Ok(value) => (Some((value, Doubt::default())), Vec::new()),
            Err(error) => {
                let (problems, rest) = problems(file, text, &error);
                (rest, problems)
            }
        },
    }
}

/// Reads a table of which each key stands there once: `#[serde(deserialize_with = "unique")]`. Without this, serde takes
/// the last of several without a word.
pub fn unique<'de, D, V>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: Deserialize<'de>,
{
    struct Unique<V>(PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for Unique<V> {
        type Value = BTreeMap<String, V>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let mut all = BTreeMap::new();
            while let Some((key, value)) = entries.next_entry::<String, V>()? {
                if all.contains_key(&key) {
                    let twice = format!("«{key}» staat er twee keer in. Haal een van de twee weg.");
                    return Err(A::Error::custom(twice));
                }
                all.insert(key, value);
            }
            Ok(all)
        }
    }
    deserializer.deserialize_map(Unique(PhantomData))
}

/// The text of a document: at most `limit` bytes, UTF-8, not empty; a byte order mark is taken off.
pub fn decode<'b>(file: &str, bytes: &'b [u8], limit: usize) -> Result<&'b str, Problem> {
    if bytes.len() > limit {
        return Err(too_large(limit).in_file(file));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(nul(bytes, at).in_file(file));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(Problem::error("het bestand is leeg")
            .hint("Kies een ander bestand of zet een reservekopie terug.")
            .in_file(file)),
        Ok(text) => Ok(text),
        Err(error) => Err(not_utf8(bytes, error.valid_up_to()).in_file(file)),
    }
}

/// The problem of a document over the limit.
pub(super) fn too_large(limit: usize) -> Problem {
    let megabytes = limit / (1024 * 1024);
    let most = if megabytes > 0 {
        format!("{megabytes} MB")
    } else {
        format!("{limit} bytes")
    };
    Problem::error(format!("het bestand is te groot: hoogstens {most}"))
        .hint("Kijk of dit het goede bestand is.")
}

/// A null character: no text has one, but UTF-16 is full of them.
fn nul(bytes: &[u8], at: usize) -> Problem {
    let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    let every_other = matches!(
        bytes,
        [0, 1..=u8::MAX, 0, 1..=u8::MAX, ..] | [1..=u8::MAX, 0, 1..=u8::MAX, 0, ..]
    );
    if marked || every_other {
        return Problem::error("het bestand is opgeslagen als UTF-16")
            .hint("Sla het op als UTF-8.");
    }
    let (line, column) = place_of(bytes, at);
    Problem::error("hier staat een nulteken, dat in geen enkele tekst hoort")
        .hint("Haal het teken weg, of zet een reservekopie terug.")
        .at(line, column)
}

fn not_utf8(bytes: &[u8], valid: usize) -> Problem {
    let (line, column) = place_of(bytes, valid);
    Problem::error("hier staat een teken dat geen UTF-8 is")
        .hint("Sla het bestand op als UTF-8; is het wel een tekstbestand?")
        .at(line, column)
}

/// Line and column of a byte, both from 1.
fn place_of(bytes: &[u8], at: usize) -> (usize, usize) {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.split(|byte| *byte == b'\n').count();
    let start = before
        .rsplit(|byte| *byte == b'\n')
        .next()
        .unwrap_or(before);
    let column = String::from_utf8_lossy(start).chars().count();
    (line, column.saturating_add(1))
}

/// The number in the field `format` of the outermost record, if there is one; an error if it is zero or above `newest`.
///
/// Reads no further than that field, and leaves a wrong or missing one to [`read_text`].
pub fn check_format(file: &str, text: &str, newest: u32) -> Result<Option<u32>, Problem> {
    let Some((at, written)) = top_field(text, "format") else {
        return Ok(None);
    };
    let is_number = !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_digit());
    // As it will be read: `0x1` and `-0` are numbers too.
    match ron::from_str::<u32>(written) {
        Ok(format) if (1..=newest).contains(&format) => Ok(Some(format)),
        Err(_) if !is_number => Ok(None),
        parsed => {
            let place = Outline::new(text.get(..at).unwrap_or("")).place_at(at);
            let problem = if matches!(parsed, Ok(0)) {
                Problem::error("formaat 0 bestaat niet").hint(format!(
                    "Schrijf het formaat waarin het bestand staat, nu {newest}."
                ))
            } else {
                Problem::error("dit bestand is gemaakt met een nieuwere versie van maatwerk").hint(format!(
                    "Het heeft indeling {written}; deze versie kent {newest}. Installeer de nieuwe versie en open het \
                     daarmee."
                ))
            };
            Err(problem
                .field("format")
                .in_file(file)
                .at(place.line, place.column))
        }
    }
}

/// Like [`read`], from text that [`decode`] gave.
pub fn read_text<T: DeserializeOwned>(file: &str, text: &str) -> Result<T, Vec<Problem>> {
    parse(text).map_err(|error| problems::<T>(file, text, &error).0)
}

fn parse<T: DeserializeOwned>(text: &str) -> Result<T, ron::error::SpannedError> {
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .from_str(text)
}

fn problems<T: DeserializeOwned>(
    file: &str,
    text: &str,
    error: &ron::error::SpannedError,
) -> (Vec<Problem>, Option<(T, Doubt)>) {
    let outline = Outline::new(text);
    let mut findings: Vec<Finding> = outline
        .faults
        .iter()
        .map(|fault| Finding {
            at: fault.at,
            field: fault
                .inside
                .map_or_else(String::new, |node| outline.path(node)),
            message: fault.message.clone(),
            hint: fault.hint.clone(),
        })
        .collect();
    let mut rest = None;
    if !outline.broken {
        let (more, value) = diagnose(&outline);
        findings.extend(more);
        rest = value;
    }
    findings.sort_by_key(|finding| finding.at);
    let more = findings.len() > MAX_FINDINGS;
    findings.truncate(MAX_FINDINGS);
    let mut problems: Vec<Problem> = findings
        .into_iter()
        .map(|finding| {
            let place = outline.place_at(finding.at);
            let problem = Problem::error(finding.message)
                .hint(finding.hint)
                .field(finding.field);
            problem.in_file(file).at(place.line, place.column)
        })
        .collect();
    if more {
        problems.push(
            Problem::error("er zijn nog meer problemen")
                .hint("Los eerst deze op.")
                .in_file(file),
        );
    }
    if problems.is_empty() {
        rest = None;
        let place = error.span.end;
        problems.push(
            in_dutch(&error.code)
                .in_file(file)
                .at(place.line, place.col),
        );
    }
    (problems, rest)
}

/// What `ron` refuses although the outline found nothing wrong: rare, so said in general.
fn in_dutch(code: &ron::Error) -> Problem {
    match code {
        ron::Error::ExceededRecursionLimit => {
            Problem::error("de haakjes zijn hier te diep in elkaar gezet")
                .hint("Vergelijk het bestand met een voorbeeld.")
        }
        ron::Error::InvalidEscape(_) => {
            Problem::error("in deze tekst staat een \\ met een teken dat daar niet kan")
                .hint("Schrijf \\\\ voor een schuine streep.")
        }
        ron::Error::NoSuchExtension(name) => {
            Problem::error(format!("de uitbreiding {name} bestaat niet"))
                .hint("Haal de regel met #![enable(…)] weg.")
        }
        _ => Problem::error("het bestand klopt vanaf deze plaats niet")
            .hint("Kijk naar haakjes, komma's en aanhalingstekens vlak voor deze plaats."),
    }
}
