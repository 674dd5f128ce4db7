//! Dutch addresses: their parts, and the two lines on a letter.
//!
//! The lines follow NEN 5825:2002 as the BRP gives them (`features/…/adres-regels/overzicht.feature` of Haal Centraal
//! BRP bevragen). Addresses abroad and places without a house number are not in this table.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

use crate::document::Problem;

/// A Dutch postcode: four digits, the first not 0, and two letters (pattern `^[1-9][0-9]{3}[ ]?[A-Za-z]{2}$` of the
/// BRP). In a document it is text without a space, as in iWmo: `2311AB`.
///
/// `Display` is the form for a letter, with a space: `2311 AB`.
///
/// ```
/// use maatwerk::dossier::address::Postcode;
/// let postcode = Postcode::parse("2311 ab").unwrap();
/// assert_eq!(postcode.to_string(), "2311 AB");
/// assert_eq!(postcode.compact(), "2311AB");
/// assert!(Postcode::parse("0123 AB").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Postcode {
    digits: u16,
    letters: [char; 2],
}

/// Why a text is not a postcode, in Dutch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("dit is geen postcode. Schrijf vier cijfers en twee letters: 2311 AB.")]
pub struct PostcodeError;

impl Postcode {
    /// Reads a postcode as typed: upper or lower case, with or without spaces between digits and letters.
    pub fn parse(text: &str) -> Result<Self, PostcodeError> {
        let text = text.trim();
        let (digits, letters) = text.split_at_checked(4).ok_or(PostcodeError)?;
        let letters = letters.trim_start_matches(' ');
        let all_digits =
            digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        let mut characters = letters.chars().map(|letter| letter.to_ascii_uppercase());
        match (characters.next(), characters.next(), characters.next()) {
            (Some(first), Some(second), None)
                if all_digits && first.is_ascii_uppercase() && second.is_ascii_uppercase() =>
            {
                let digits = digits.parse().map_err(|_| PostcodeError)?;
                Ok(Postcode {
                    digits,
                    letters: [first, second],
                })
            }
            _ => Err(PostcodeError),
        }
    }

    /// The form without a space: `2311AB`.
    pub fn compact(&self) -> String {
        let [first, second] = self.letters;
        format!("{:04}{first}{second}", self.digits)
    }
}

impl fmt::Display for Postcode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.letters;
        write!(f, "{:04} {first}{second}", self.digits)
    }
}

impl Serialize for Postcode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.compact())
    }
}

impl<'de> Deserialize<'de> for Postcode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Postcode::parse(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

/// How a house stands to its number (BRP 11.50 aanduiding bij huisnummer).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Designation {
    /// Near the house with that number: "bij" (BRP `by`).
    Near,
    /// Opposite the house with that number: "t/o" (BRP `to`).
    Opposite,
}

impl Designation {
    /// Both, in the order of a choice on screen.
    pub const ALL: [Designation; 2] = [Designation::Near, Designation::Opposite];

    /// The name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Designation::Near => "bij",
            Designation::Opposite => "tegenover",
        }
    }

    /// The word in an address line.
    fn in_line(self) -> &'static str {
        match self {
            Designation::Near => "bij",
            Designation::Opposite => "t/o",
        }
    }
}

/// An address in the Netherlands. The default is an address that is still to be filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Address {
    /// Street or other public space, at most 80 characters (BRP 11.15).
    pub street: String,
    /// House number, 1 to 99999 (BRP 11.20); 0 is not filled in.
    pub number: u32,
    /// House letter, one letter (BRP 11.30); empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub letter: String,
    /// Addition to the number, at most four letters, digits, spaces or hyphens (BRP 11.40); empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub addition: String,
    /// For a house without a number of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub designation: Option<Designation>,
    /// Postcode; `None` is not filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postcode: Option<Postcode>,
    /// Place of residence (woonplaats, BRP 11.70), at most 80 characters.
    pub place: String,
}

impl Address {
    /// Street and number in one line: `Atatürkstraat 9-2`, `St. Jacobsstraat 400 LToe`, `1e Exloërmond t/o 3`.
    ///
    /// Parts that are not filled in are left out, as are spaces too many; whether the address is complete is told by
    /// [`Address::problems`].
    pub fn street_line(&self) -> String {
        let number = match self.number {
            0 => String::new(),
            number => number.to_string(),
        };
        let (letter, addition) = (self.letter.trim(), self.addition.trim());
        let hyphen = letter.is_empty() && addition.starts_with(|c: char| c.is_ascii_digit());
        let house = if hyphen {
            format!("{number}-{addition}")
        } else {
            format!("{number} {letter}{addition}")
        };
        let designation = self.designation.map_or("", Designation::in_line);
        spaced([self.street.as_str(), designation, &house])
    }

    /// Postcode and place in one line, two spaces between them and the place in capitals: `2583 XL  SCHEVENINGEN`.
    ///
    /// Parts that are not filled in are left out.
    pub fn place_line(&self) -> String {
        let place = spaced([self.place.as_str()]).to_uppercase();
        match &self.postcode {
            Some(postcode) if place.is_empty() => postcode.to_string(),
            Some(postcode) => format!("{postcode}  {place}"),
            None => place,
        }
    }

    /// The two lines under the name on a letter.
    pub fn lines(&self) -> [String; 2] {
        [self.street_line(), self.place_line()]
    }

    /// What is missing or cannot be, each at its own field. Empty if a letter can be sent here.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut tell = |wrong: bool, field: &str, message: &str, hint: &str| {
            if wrong {
                problems.push(Problem::error(message).field(field).hint(hint));
            }
        };
        let (street, letter) = (self.street.trim(), self.letter.trim());
        let (addition, place) = (self.addition.trim(), self.place.trim());
        tell(
            street.is_empty(),
            "street",
            "de straat ontbreekt",
            "Vul de straat in.",
        );
        tell(
            street.chars().count() > 80,
            "street",
            "de straat is langer dan 80 tekens",
            "Kort de straat af.",
        );
        tell(
            self.number == 0,
            "number",
            "het huisnummer ontbreekt",
            "Vul een huisnummer in van 1 tot en met 99999.",
        );
        tell(
            self.number > 99_999,
            "number",
            "dit huisnummer is te groot",
            "Vul een huisnummer in van 1 tot en met 99999.",
        );
        let one_letter =
            letter.chars().count() == 1 && letter.chars().all(|c| c.is_ascii_alphabetic());
        tell(
            !letter.is_empty() && !one_letter,
            "letter",
            "de huisletter is één letter",
            "Zet de rest in de toevoeging.",
        );
        let addition_fits = addition
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-'));
        tell(
            addition.chars().count() > 4 || !addition_fits,
            "addition",
            "deze toevoeging kan niet",
            "Gebruik hoogstens vier letters, cijfers, spaties of streepjes.",
        );
        tell(
            self.postcode.is_none(),
            "postcode",
            "de postcode ontbreekt",
            "Vul vier cijfers en twee letters in.",
        );
        tell(
            place.is_empty(),
            "place",
            "de woonplaats ontbreekt",
            "Vul de woonplaats in.",
        );
        tell(
            place.chars().count() > 80,
            "place",
            "de woonplaats is langer dan 80 tekens",
            "Kort de woonplaats af.",
        );
        problems
    }
}

/// The words of the parts with one space between them.
fn spaced<const N: usize>(parts: [&str; N]) -> String {
    parts
        .iter()
        .flat_map(|part| part.split_whitespace())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Row {
        address: Address,
        street_line: Option<String>,
        place_line: Option<String>,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rows {
        #[expect(dead_code, reason = "stands in the file for who reads it")]
        source: String,
        rows: Vec<Row>,
    }

    #[test]
    fn every_published_address_gives_its_published_lines() {
        let bytes = include_bytes!("../../fixtures/published/adresregels.ron");
        let table: Rows = document::read("adresregels.ron", bytes).expect("fixture");
        for row in table.rows {
            let [street, place] = row.address.lines();
            if let Some(expected) = row.street_line {
                assert_eq!(street, expected);
            }
            if let Some(expected) = row.place_line {
                assert_eq!(place, expected);
            }
        }
    }

    fn complete() -> Address {
        Address {
            street: "Breestraat".to_owned(),
            number: 1,
            postcode: Postcode::parse("2311 CS").ok(),
            place: "Leiden".to_owned(),
            ..Address::default()
        }
    }

    #[test]
    fn a_complete_address_has_no_problems_and_each_fault_is_told_at_its_field() {
        assert_eq!(complete().problems(), []);
        let told = |change: fn(&mut Address)| {
            let mut address = complete();
            change(&mut address);
            address
                .problems()
                .into_iter()
                .map(|problem| problem.field)
                .collect::<Vec<_>>()
        };
        assert_eq!(told(|a| a.street = " ".to_owned()), ["street"]);
        assert_eq!(told(|a| a.street = "x".repeat(81)), ["street"]);
        assert_eq!(told(|a| a.number = 0), ["number"]);
        assert_eq!(told(|a| a.number = 100_000), ["number"]);
        assert_eq!(told(|a| a.number = 99_999), [""; 0]);
        assert_eq!(told(|a| a.letter = "AB".to_owned()), ["letter"]);
        assert_eq!(told(|a| a.letter = "1".to_owned()), ["letter"]);
        assert_eq!(told(|a| a.addition = "rood!".to_owned()), ["addition"]);
        assert_eq!(told(|a| a.addition = "1 -a".to_owned()), [""; 0]);
        assert_eq!(told(|a| a.postcode = None), ["postcode"]);
        assert_eq!(told(|a| a.place = String::new()), ["place"]);
        assert_eq!(told(|a| a.place = "x".repeat(81)), ["place"]);
        assert_eq!(
            told(|a| *a = Address::default()),
            ["street", "number", "postcode", "place"]
        );
        assert_eq!(Address::default().lines(), ["", ""]);
    }

    #[test]
    fn a_postcode_is_four_digits_and_two_letters_in_any_case_and_spacing() {
        for text in ["2311AB", "2311 AB", "2311ab", " 2311  aB "] {
            assert_eq!(
                Postcode::parse(text).map(|postcode| postcode.to_string()),
                Ok("2311 AB".to_owned()),
                "{text}"
            );
        }
        for text in [
            "",
            "2311",
            "2311A",
            "2311ABC",
            "0311AB",
            "231AB",
            "23 11AB",
            "2311A1",
            "AB2311",
            "２３11AB",
            "2311ÄB",
            "€€AB",
        ] {
            assert_eq!(Postcode::parse(text), Err(PostcodeError), "{text}");
        }
    }

    #[test]
    fn a_wrong_postcode_in_a_document_is_told_in_dutch_at_its_place() {
        let told = document::read::<Address>("x.ron", b"(postcode: \"231AB\")").expect_err("wrong");
        assert_eq!(
            told.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "x.ron:1:12: postcode: dit is geen postcode. Schrijf vier cijfers en twee letters: 2311 AB."
            ]
        );
    }

    proptest! {
        #[test]
        fn a_postcode_written_is_the_postcode_read(digits in 1000..10_000_u16, letters in "[A-Z]{2}", space in " ?") {
            let postcode = Postcode::parse(&format!("{digits}{space}{letters}")).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert_eq!(Postcode::parse(&postcode.to_string()), Ok(postcode.clone()));
            prop_assert_eq!(Postcode::parse(&postcode.compact()), Ok(postcode));
        }

        #[test]
        fn no_line_has_double_or_outer_spaces_but_the_two_of_the_norm(street in any::<String>(), addition in "[a-z0-9 -]{0,4}", place in any::<String>()) {
            let [first, second] = Address { street, addition, place, ..complete() }.lines();
            prop_assert!(!first.contains("  ") && first.trim() == first);
            prop_assert!(!second.replacen("  ", "", 1).contains("  ") && second.trim() == second);
        }
    }
}
