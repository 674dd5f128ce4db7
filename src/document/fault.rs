//! What can be wrong with one element while a value is read, and how that is said in Dutch.
//!
//! It must not know where the element stands: places are the work of [`super::diagnose`].

use std::fmt::{self, Display};

use serde::de::{self, Unexpected, Visitor};

/// What is wrong with one element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fault {
    /// Already listed, or the consequence of something that is.
    Told,
    /// A sentence of the type that was read.
    Own(String),
    /// Another kind of value than expected.
    Kind {
        found: &'static str,
        expected: String,
    },
    /// The right kind, but not a possible value.
    Value { expected: String },
    /// Too many or too few items.
    Length { found: usize, expected: String },
    /// A choice that does not exist.
    Choice {
        found: String,
        known: &'static [&'static str],
    },
    /// A field that does not exist.
    UnknownField {
        found: String,
        known: &'static [&'static str],
    },
    /// A field that must be there.
    MissingField(&'static str),
    /// A field that is there twice.
    DuplicateField(&'static str),
    /// A choice with other content than it has.
    Shape { message: String, hint: String },
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (message, hint) = self.in_dutch("");
        write!(f, "{message}. {hint}")
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Fault::Own(message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Fault::Kind {
            found: kind(&found),
            expected: expected.to_string(),
        }
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Fault::Value {
            expected: expected.to_string(),
        }
    }

    fn invalid_length(found: usize, expected: &dyn de::Expected) -> Self {
        Fault::Length {
            found,
            expected: expected.to_string(),
        }
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        Fault::Choice {
            found: found.to_owned(),
            known,
        }
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Self {
        Fault::UnknownField {
            found: found.to_owned(),
            known,
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Fault::MissingField(field)
    }

    fn duplicate_field(field: &'static str) -> Self {
        Fault::DuplicateField(field)
    }
}

/// The kind of a value in words; never the value, which may be a person's.
fn kind(found: &Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "ja of nee (true of false)",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "een heel getal",
        Unexpected::Float(_) => "een getal met een punt",
        Unexpected::Char(_) => "een letterteken",
        Unexpected::Str(_) => "tekst",
        Unexpected::Bytes(_) => "bytes",
        Unexpected::Unit => "niets",
        Unexpected::Option => "een waarde die er niet hoeft te zijn",
        Unexpected::NewtypeStruct => "een waarde tussen haakjes",
        Unexpected::Seq => "een lijst",
        Unexpected::Map => "een onderdeel met velden",
        Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "een keuze",
        Unexpected::Other(_) => "iets anders",
    }
}

/// What a reader of a value says that it expects, as text.
pub(super) fn expectation<'de, V: Visitor<'de>>(visitor: &V) -> String {
    (visitor as &dyn de::Expected).to_string()
}

/// Whether an expectation is that of a date.
pub(super) fn is_date(expected: &str) -> bool {
    expected
        .split(|c: char| !c.is_alphabetic())
        .any(|word| word.eq_ignore_ascii_case("date") || word == "datum")
}

/// Whether an expectation is that of a decimal number.
fn is_decimal(expected: &str) -> bool {
    expected.to_ascii_lowercase().contains("decimal")
}

impl Fault {
    /// The message and the hint, for an element that reads `text` in the file.
    pub(super) fn in_dutch(&self, text: &str) -> (String, String) {
        match self {
            Fault::Told => ("dit onderdeel klopt niet".to_owned(), String::new()),
            Fault::Own(message) => own_sentence(message),
            Fault::Kind { found, expected } => (
                format!("hier hoort {}, er staat {found}", in_words(expected)),
                kind_hint(text, expected),
            ),
            Fault::Value { expected } => (
                format!("deze waarde kan hier niet: er hoort {}", in_words(expected)),
                value_hint(expected),
            ),
            Fault::Length { found, expected } => {
                let hint = format!("Verwacht: {}.", in_words(expected));
                (
                    format!("het aantal waarden klopt niet: er staan er {found}"),
                    hint,
                )
            }
            Fault::Choice { found, known } => (
                format!("de keuze {found} bestaat niet"),
                suggestion(found, known, "Kies"),
            ),
            Fault::UnknownField { found, known } => (
                format!("het veld {found} bestaat niet"),
                suggestion(found, known, "Bekende velden:"),
            ),
            Fault::MissingField(field) => (
                format!("het veld {field} ontbreekt"),
                format!("Voeg toe: {field}: …"),
            ),
            Fault::DuplicateField(field) => (
                format!("het veld {field} staat er twee keer"),
                "Haal een van de twee weg.".to_owned(),
            ),
            Fault::Shape { message, hint } => (message.clone(), hint.clone()),
        }
    }
}

/// A sentence of the type itself: ours are Dutch already; what serde says of its own accord is translated.
fn own_sentence(message: &str) -> (String, String) {
    if message.starts_with("data did not match any variant") {
        let hint = "Vergelijk dit onderdeel met een voorbeeld.";
        return (
            "dit onderdeel past bij geen van de mogelijke vormen".to_owned(),
            hint.to_owned(),
        );
    }
    match message.split_once(". ") {
        Some((first, hint)) => (first.to_owned(), hint.to_owned()),
        None => (message.trim_end_matches('.').to_owned(), String::new()),
    }
}

/// What serde expects, in Dutch; what our own types say passes unchanged.
fn in_words(expected: &str) -> String {
    if is_date(expected) {
        return "een datum".to_owned();
    }
    if is_decimal(expected) {
        return "een getal tussen aanhalingstekens".to_owned();
    }
    match expected {
        "a string" | "a borrowed string" | "str" => "tekst tussen aanhalingstekens".to_owned(),
        "a boolean" => "true of false".to_owned(),
        "a character" => "één letterteken".to_owned(),
        "u8" => whole_number(u8::MAX.into()),
        "u16" => whole_number(u16::MAX.into()),
        "u32" => whole_number(u32::MAX.into()),
        "u64" | "u128" | "usize" => "een heel getal van 0 of meer".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => "een heel getal".to_owned(),
        "f32" | "f64" => "een getal".to_owned(),
        "a sequence" => "een lijst [ … ]".to_owned(),
        "a map" => "een tabel { sleutel: waarde }".to_owned(),
        "unit" => "niets: ()".to_owned(),
        "option" => "een waarde of None".to_owned(),
        other if other.starts_with("struct ") => {
            "een onderdeel met velden: (naam: waarde)".to_owned()
        }
        other if other.starts_with("enum ") => "een keuze".to_owned(),
        other if other.starts_with("a nonzero ") => "een getal dat niet 0 is".to_owned(),
        other => match other
            .strip_prefix("a tuple of size ")
            .or_else(|| other.strip_prefix("an array of length "))
        {
            Some(size) => format!("een rij van {size} waarden"),
            None => other.to_owned(),
        },
    }
}

fn whole_number(largest: u64) -> String {
    format!("een heel getal van 0 tot en met {largest}")
}

/// What to do about a value of the wrong kind.
fn kind_hint(text: &str, expected: &str) -> String {
    let wants_text =
        is_decimal(expected) || expected.contains("string") || expected.contains("tekst");
    let starts_as_number =
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    if is_date(expected) {
        date_hint()
    } else if starts_as_number && (wants_text || text.contains('.')) {
        if text.contains('.') || is_decimal(expected) {
            format!("Zet bedragen tussen aanhalingstekens: \"{text}\".")
        } else {
            "Zet er aanhalingstekens omheen.".to_owned()
        }
    } else if wants_text {
        "Zet er aanhalingstekens omheen.".to_owned()
    } else {
        value_hint(expected)
    }
}

fn value_hint(expected: &str) -> String {
    if is_date(expected) {
        date_hint()
    } else if is_decimal(expected) {
        "Schrijf het getal met een punt, zonder duizendtallen: \"1234.56\".".to_owned()
    } else {
        String::new()
    }
}

fn date_hint() -> String {
    "Schrijf een bestaande datum als jaar-maand-dag tussen aanhalingstekens: \"2018-01-31\"."
        .to_owned()
}

/// The known names nearest to what was written, or all of them if there are few.
fn suggestion(found: &str, known: &[&str], lead: &str) -> String {
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|name| (distance(found, name), *name))
        .filter(|(_, name)| is_near(found, name))
        .collect();
    near.sort();
    if near.is_empty() {
        return match known {
            [] => "Hier horen geen velden.".to_owned(),
            names if names.len() <= 12 => format!("{lead} {}.", names.join(", ")),
            names => format!(
                "{lead} {} en meer.",
                names.get(..12).unwrap_or(names).join(", ")
            ),
        };
    }
    let names: Vec<&str> = near.into_iter().take(3).map(|(_, name)| name).collect();
    format!("Bedoelt u {}?", names.join(" of "))
}

/// Whether one name is probably a slip of the pen for the other: at most one letter in three differs.
pub(super) fn is_near(found: &str, name: &str) -> bool {
    distance(found, name) <= found.chars().count().min(name.chars().count()).div_ceil(3)
}

/// How many letters must be added, dropped, changed or swapped with their neighbour to go from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.to_lowercase().chars().take(64).collect();
    let to: Vec<char> = to.to_lowercase().chars().take(64).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, a) in from.iter().enumerate() {
        let mut current = vec![row.saturating_add(1)];
        for (column, b) in to.iter().enumerate() {
            let cell = |line: &[usize], at: usize| line.get(at).copied().unwrap_or(usize::MAX);
            let next = column.saturating_add(1);
            let mut best = cell(&above, column).saturating_add(usize::from(a != b));
            best = best
                .min(cell(&above, next).saturating_add(1))
                .min(cell(&current, column).saturating_add(1));
            let swapped = row.checked_sub(1).and_then(|index| from.get(index)) == Some(b)
                && column.checked_sub(1).and_then(|index| to.get(index)) == Some(a);
            if let (true, Some(two_back)) = (swapped, column.checked_sub(1)) {
                best = best.min(cell(&before, two_back).saturating_add(1));
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_counts_slips_of_the_pen() {
        let rows = [
            ("tariff", "tariff", 0),
            ("tarif", "tariff", 1),
            ("traiff", "tariff", 1),
            ("", "abc", 3),
            ("from", "to", 3),
        ];
        for (from, to, expected) in rows {
            assert_eq!(distance(from, to), expected, "{from} {to}");
            assert_eq!(distance(to, from), expected, "{to} {from}");
        }
    }

    #[test]
    fn a_suggestion_names_the_nearest_or_else_all() {
        assert_eq!(
            suggestion("amont", &["amount", "from", "to"], "Bekende velden:"),
            "Bedoelt u amount?"
        );
        assert_eq!(
            suggestion("bedrag", &["amount", "from"], "Bekende velden:"),
            "Bekende velden: amount, from."
        );
        assert_eq!(
            suggestion("bedrag", &[], "Bekende velden:"),
            "Hier horen geen velden."
        );
    }
}
