//! What changed between two revisions: hours, rates, budget, dates and texts.
//!
//! Fields come from the dossiers themselves, rates and amounts from their evaluations; nothing is computed here.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::definitive::Decided;
use super::failure::Failure;
use crate::budget::{LineBudget, Money};
use crate::quantity::dutch::euro;
use crate::trace::NodeId;

/// What sort of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// How much is granted.
    Hours,
    /// A rate, agreed, offered or found in a catalogue.
    Rate,
    /// An amount.
    Budget,
    /// A date.
    Dates,
    /// Anything else that was filled in.
    Text,
}

impl Change {
    /// In words.
    pub fn dutch(self) -> &'static str {
        match self {
            Self::Hours => "uren",
            Self::Rate => "tarief",
            Self::Budget => "budget",
            Self::Dates => "data",
            Self::Text => "tekst",
        }
    }
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What sort.
    pub change: Change,
    /// The path of the field in the dossier, as in a problem; with a word for what is worked out.
    pub field: String,
    /// What it was; empty if it was not there.
    pub before: String,
    /// What it is; empty if it is not there any more.
    pub after: String,
}

/// All changes from one decision to another, sorted by sort and field.
pub fn differences(before: Decided<'_>, after: Decided<'_>) -> Result<Vec<Difference>, Failure> {
    let fields = |decided: Decided<'_>| {
        let whole = serde_json::to_value(decided.dossier)
            .map_err(|_| Failure::internal("het dossier is niet te schrijven"))?;
        let mut found = BTreeMap::new();
        leaves(&whole, &mut String::new(), &mut found);
        for (place, line) in decided.evaluation.lines.iter().enumerate() {
            if let Some(line) = line {
                worked_out(line, &format!("provisions[{place}].line"), &mut found);
            }
        }
        Ok::<_, Failure>(found)
    };
    let (before, after) = (fields(before)?, fields(after)?);
    let mut differences = Vec::new();
    let mut tell =
        |change: Change, field: &str, before: Option<&String>, after: Option<&String>| {
            if before != after {
                differences.push(Difference {
                    change,
                    field: field.to_owned(),
                    before: before.cloned().unwrap_or_default(),
                    after: after.cloned().unwrap_or_default(),
                });
            }
        };
    for ((field, change), was) in &before {
        tell(
            *change,
            field,
            Some(was),
            after.get(&(field.clone(), *change)),
        );
    }
    for (key, is) in &after {
        if !before.contains_key(key) {
            tell(key.1, &key.0, None, Some(is));
        }
    }
    differences.sort();
    Ok(differences)
}

/// A field with its sort, and what it reads.
type Fields = BTreeMap<(String, Change), String>;

fn leaves(value: &Value, path: &mut String, found: &mut Fields) {
    let length = path.len();
    match value {
        Value::Object(fields) => {
            // What a wording took the place of is no change of the letter.
            for (name, child) in fields.iter().filter(|(name, _)| *name != "instead_of") {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
                leaves(child, path, found);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for (place, child) in items.iter().enumerate() {
                let _ = write!(path, "[{place}]");
                leaves(child, path, found);
                path.truncate(length);
            }
        }
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => {
            found.insert((path.clone(), sort(path)), text.clone());
        }
        other => {
            found.insert((path.clone(), sort(path)), other.to_string());
        }
    }
}

/// What sort of change it is when this field changes.
fn sort(path: &str) -> Change {
    let last = path.rsplit('.').next().unwrap_or_default();
    let dates = [
        "agreed",
        "held",
        "from",
        "to",
        "first_granted",
        "reindicated",
        "birth_date",
    ];
    let texts = ["reason", "name"];
    if texts.contains(&last)
        || path.contains("motivation")
        || path.starts_with("investigation")
        || path.starts_with("review.results")
    {
        Change::Text
    } else if path.starts_with("dates.") || dates.contains(&last) {
        Change::Dates
    } else if [".agreed", ".set_rate", ".offer", ".own_prices"]
        .iter()
        .any(|rate| path.contains(rate))
    {
        Change::Rate
    } else if path.contains(".hours") || path.contains(".share") {
        Change::Hours
    } else {
        Change::Text
    }
}

/// Rates and amounts of a line, as its evaluation gives them.
fn worked_out(line: &LineBudget<NodeId>, path: &str, found: &mut Fields) {
    let mut add = |change: Change, what: String, text: String| {
        found.insert((format!("{path}: {what}"), change), text);
    };
    let said = |money: &Money<NodeId>| match money {
        Money::Known { rounded, .. } => euro(rounded.0),
        Money::NotKnown(reason) => format!("niet bekend: {reason}"),
    };
    for segment in &line.segments {
        let from = segment.from;
        for (amount, per) in segment.amount.each(segment.per) {
            let what = format!("bedrag {} vanaf {from}", per.dutch());
            add(Change::Budget, what, said(amount));
        }
        for part in &segment.parts {
            for provider in &part.providers {
                if let Some((rate, _)) = &provider.rate {
                    let what = format!("tarief {} {} vanaf {from}", part.label, provider.kind);
                    let rate = rate.value.finite_decimal();
                    let text = rate.map_or_else(|| "een breuk".to_owned(), euro);
                    add(Change::Rate, what, text);
                }
            }
        }
    }
    for total in &line.years {
        let what = format!("totaal {} tot en met {}", total.from, total.to);
        add(Change::Budget, what, said(&total.money));
    }
    if let Some(total) = &line.term {
        add(Change::Budget, "totaal".to_owned(), said(&total.money));
    }
}
