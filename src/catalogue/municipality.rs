//! A municipality: who decides, where to write to, and what it confirmed.

use crate::document::Problem;
use crate::trace::Status;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A municipality file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MunicipalityFile {
    /// Format version, now 1.
    pub format: u32,
    /// CBS code of four digits.
    pub code: String,
    /// `Leiden`.
    pub name: String,
    /// `Gemeente Leiden`, as sender.
    pub sender: String,
    /// On whose behalf decisions are taken.
    pub college: String,
    /// Example until somebody filled in the true addresses.
    pub status: Status,
    /// Where the addresses come from.
    pub source: String,
    /// Where the department can be reached.
    pub office: Office,
    /// Where an objection goes.
    pub objection: Office,
    /// Whether the letter carries the BSN; otherwise the client number.
    #[serde(default)]
    pub bsn_on_letter: bool,
    /// The municipality's own regulation, as cited in letters.
    pub regulation: String,
    /// Neighbourhoods that a client can live in.
    #[serde(default)]
    pub neighbourhoods: Vec<String>,
    /// What the municipality confirmed.
    #[serde(default)]
    pub confirmations: Vec<Confirmation>,
}

/// An address with telephone and mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// Department.
    pub name: String,
    /// Street and number, or P.O. box.
    pub street: String,
    /// Postcode and place.
    pub place: String,
    /// Telephone.
    #[serde(default)]
    pub telephone: Option<String>,
    /// Mail address or web form.
    #[serde(default)]
    pub online: Option<String>,
}

/// A municipality says that a figure or convention of a catalogue is right: from then on it
/// counts as established there (domain.md 6.14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// Id of the catalogue or table.
    pub catalogue: String,
    /// What: the name that the tariff screen shows, or its beginning up to a colon, slash or comma;
    /// or `alles`.
    pub what: String,
    /// Who.
    pub by: String,
    /// When.
    pub on: Date,
    /// By which decision.
    pub decision: String,
}

impl Confirmation {
    /// Whether this is about that place of that file.
    pub fn covers(&self, file: &str, place: &str) -> bool {
        let within = |rest: &str| rest.is_empty() || rest.starts_with([':', '/', ',']);
        let named = || place.strip_prefix(self.what.as_str()).is_some_and(within);
        self.catalogue == file && (self.what == "alles" || named())
    }
}

/// Whether this is a CBS code: four digits.
pub(super) fn is_code(code: &str) -> bool {
    code.len() == 4 && code.bytes().all(|byte| byte.is_ascii_digit())
}

impl MunicipalityFile {
    /// Problems of the content, each with its field.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if !is_code(&self.code) {
            problems.push(
                Problem::error(format!("«{}» is geen gemeentecode", self.code))
                    .field("code")
                    .hint("Een CBS-code heeft vier cijfers, zoals \"0546\"."),
            );
        }
        for (field, text) in [
            ("name", &self.name),
            ("sender", &self.sender),
            ("college", &self.college),
            ("regulation", &self.regulation),
        ] {
            if text.trim().is_empty() {
                problems.push(
                    Problem::error("dit veld is leeg")
                        .field(field)
                        .hint("Vul het in."),
                );
            }
        }
        for (place, confirmation) in self.confirmations.iter().enumerate() {
            for (field, text) in [
                ("what", &confirmation.what),
                ("by", &confirmation.by),
                ("decision", &confirmation.decision),
            ] {
                if text.trim().is_empty() {
                    problems.push(
                        Problem::error("een bevestiging zegt wat, door wie en bij welk besluit")
                            .field(format!("confirmations[{place}].{field}"))
                            .hint("Vul het in."),
                    );
                }
            }
        }
        problems
    }
}
