//! A dossier in two parts: what finance may see, and everything else.
//!
//! The split goes by the field: only what [`FIGURES`] names is a figure, so a field that is added to the dossier and
//! forgotten here is hidden from finance instead of shown. Together the two parts are the dossier again.
//! This must not know how parts are sealed or kept.

use serde_json::{Map, Value};

use super::failure::{Failure, Kind};
use crate::dossier::{Dossier, StoredError, bring_up};

/// The fields that finance may see. `*` is any one name or place in a list, `**` at the end is everything below.
const FIGURES: &[&str] = &[
    "format",
    "number",
    "municipality",
    "dates.*",
    "dates.suspensions.*.from",
    "dates.suspensions.*.to",
    "dates.suspensions.*.complete_by",
    "dates.suspensions.*.ground",
    "dates.extension.last_day",
    "dates.extension.told",
    "review.agreed",
    "review.held",
    "provisions.*.outcome",
    "provisions.*.outcome.Refused",
    "provisions.*.outcome.Withdrawn",
    "provisions.*.moved_end.granted",
    "provisions.*.revised_on",
    "provisions.*.line.product",
    "provisions.*.line.choices.*.value",
    "provisions.*.line.from",
    "provisions.*.line.to",
    "provisions.*.line.first_granted",
    "provisions.*.line.reindicated",
    "provisions.*.line.hours.*.part",
    "provisions.*.line.hours.*.hours",
    "provisions.*.line.hours.*.hours.Typed.**",
    "provisions.*.line.hours.*.hours.Activities.*.extent.**",
    "provisions.*.line.hours.*.hours.Norm.set.*",
    "provisions.*.line.hours.*.hours.Norm.per",
    "provisions.*.line.hours.*.hours.Norm.parts.*.part",
    "provisions.*.line.hours.*.hours.Norm.parts.*.start.Base",
    "provisions.*.line.hours.*.hours.Norm.parts.*.start.Own.minutes.*",
    "provisions.*.line.hours.*.hours.Norm.parts.*.factors.*.factor",
    "provisions.*.line.hours.*.hours.Norm.parts.*.factors.*.count",
    "provisions.*.line.hours.*.hours.Norm.parts.*.factors.*.own.*",
    "provisions.*.line.hours.*.hours.Norm.parts.*.reductions.*.ground",
    "provisions.*.line.hours.*.hours.Norm.parts.*.reductions.*.minutes.*",
    "provisions.*.line.delivery.InKind",
    "provisions.*.line.delivery.Pgb.providers.*.kind",
    "provisions.*.line.delivery.Pgb.providers.*.share.**",
    "provisions.*.line.delivery.Pgb.providers.*.from",
    "provisions.*.line.delivery.Pgb.providers.*.to",
    "provisions.*.line.delivery.Pgb.providers.*.agreed.**",
    "provisions.*.line.delivery.Pgb.providers.*.set_rate.amount",
    "provisions.*.line.delivery.Pgb.providers.*.set_rate.per",
    "provisions.*.line.offer.amount",
    "provisions.*.line.offer.per",
    "provisions.*.line.own_prices.*.part",
    "provisions.*.line.own_prices.*.kind",
    "provisions.*.line.own_prices.*.price.**",
];

/// What finance reads where a text is withheld. Not empty, because a reason that is given can change an amount.
pub const WITHHELD: &str = "(afgeschermd)";

/// The two parts of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Parts {
    pub(super) person: Value,
    pub(super) figures: Value,
}

/// Takes a dossier apart.
pub(super) fn split(dossier: &Dossier) -> Result<Parts, Failure> {
    let whole = serde_json::to_value(dossier)
        .map_err(|_| Failure::internal("het dossier is niet te schrijven"))?;
    let (figures, person) = divide(whole, &mut Vec::new());
    Ok(Parts {
        person: person.unwrap_or(Value::Null),
        figures: figures.unwrap_or(Value::Null),
    })
}

/// The dossier of two parts. Error: they do not belong together.
pub(super) fn join(parts: Parts) -> Result<Dossier, Failure> {
    let whole = merge(parts.figures, parts.person).ok_or_else(not_a_dossier)?;
    Dossier::from_stored(whole).map_err(unreadable)
}

/// The dossier as finance sees it: without names, with [`WITHHELD`] for texts.
pub(super) fn figures_only(mut figures: Value) -> Result<Dossier, Failure> {
    bring_up(&mut figures).map_err(unreadable)?;
    let blank = serde_json::to_value(Dossier::new(""))
        .map_err(|_| Failure::internal("het dossier is niet te schrijven"))?;
    let whole = merge(blank, figures).ok_or_else(not_a_dossier)?;
    Dossier::from_stored(whole).map_err(unreadable)
}

fn unreadable(error: StoredError) -> Failure {
    match error {
        StoredError::Newer(_) => Failure::new(
            Kind::Newer,
            error.to_string(),
            "Installeer de nieuwe versie. De andere dossiers blijven leesbaar.",
        ),
        StoredError::Unreadable => not_a_dossier(),
    }
}

fn not_a_dossier() -> Failure {
    Failure::damaged("een dossier")
}

/// How a path stands to the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    /// Named on it, or inside of it.
    Figure,
    /// Something inside it is.
    Above,
    Personal,
}

fn standing(path: &[String]) -> Standing {
    let mut best = Standing::Personal;
    for pattern in FIGURES {
        let mut names = pattern.split('.');
        let mut fits = true;
        let mut deep = false;
        for part in path {
            match names.next() {
                Some("**") => {
                    deep = true;
                    break;
                }
                Some(name) if name == "*" || name == part => {}
                _ => {
                    fits = false;
                    break;
                }
            }
        }
        if !fits {
            continue;
        }
        if deep || names.next().is_none() {
            return Standing::Figure;
        }
        best = Standing::Above;
    }
    best
}

/// Whether finance sees nothing of the part of a dossier that a field stands in: what it says there of what is missing
/// is not known.
///
/// ```
/// use maatwerk::register::withholds;
///
/// assert!(withholds("client.person.surname") && withholds("investigation"));
/// assert!(!withholds("dates.decision") && !withholds("provisions[0].line.from"));
/// ```
pub fn withholds(field: &str) -> bool {
    let part = field.split('[').next().unwrap_or_default();
    let path: Vec<String> = part.split('.').map(ToOwned::to_owned).collect();
    !part.is_empty() && standing(&path) == Standing::Personal
}

/// The figures and the rest of a value; nothing where a side has nothing.
fn divide(value: Value, path: &mut Vec<String>) -> (Option<Value>, Option<Value>) {
    let standing = standing(path);
    let mut inside = |name: String, child: Value| {
        path.push(name);
        let sides = divide(child, path);
        path.pop();
        sides
    };
    match value {
        value if standing == Standing::Personal => {
            let shown = matches!(&value, Value::String(text) if !text.trim().is_empty())
                .then(|| Value::String(WITHHELD.to_owned()));
            let shown = shown.or_else(|| value.is_string().then(|| Value::String(String::new())));
            (shown, Some(value))
        }
        Value::Object(fields) => {
            let (mut figures, mut person) = (Map::new(), Map::new());
            for (name, child) in fields {
                let (figure, rest) = inside(name.clone(), child);
                // At the top nothing of a personal text is needed: a blank dossier has a place for each.
                if let Some(figure) = figure {
                    figures.insert(name.clone(), figure);
                }
                if let Some(rest) = rest {
                    person.insert(name, rest);
                }
            }
            let person = (!person.is_empty()).then_some(Value::Object(person));
            (Some(Value::Object(figures)), person)
        }
        Value::Array(items) => {
            let (mut figures, mut person) = (Vec::new(), Vec::new());
            for (place, child) in items.into_iter().enumerate() {
                let (figure, rest) = inside(place.to_string(), child);
                figures.push(figure.unwrap_or(Value::Null));
                person.push(rest.unwrap_or(Value::Null));
            }
            let personal = person.iter().any(|item| !item.is_null());
            let person = personal.then_some(Value::Array(person));
            (Some(Value::Array(figures)), person)
        }
        leaf => (Some(leaf), None),
    }
}

/// Both together; `over` wins. Nothing if their shapes differ.
fn merge(under: Value, over: Value) -> Option<Value> {
    match (under, over) {
        (under, Value::Null) => Some(under),
        (Value::Object(mut under), Value::Object(over)) => {
            for (name, value) in over {
                let before = under.remove(&name).unwrap_or(Value::Null);
                under.insert(name, merge(before, value)?);
            }
            Some(Value::Object(under))
        }
        (Value::Array(under), Value::Array(over)) if under.is_empty() => Some(Value::Array(over)),
        (Value::Array(under), Value::Array(over)) => {
            if under.len() != over.len() {
                return None;
            }
            let both = under.into_iter().zip(over);
            both.map(|(under, over)| merge(under, over))
                .collect::<Option<Vec<_>>>()
                .map(Value::Array)
        }
        (_, over) => Some(over),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A dossier as it was stored by a program of another format.
    fn stored(format: u32) -> (Failure, Failure) {
        let mut parts = split(&Dossier::new("0546")).expect("parts");
        parts.figures["format"] = format.into();
        let finance = figures_only(parts.figures.clone()).expect_err("refused");
        (join(parts).expect_err("refused"), finance)
    }

    #[test]
    fn a_stored_dossier_of_a_newer_format_is_told_as_such_and_of_none_as_damaged() {
        for (format, kind) in [(99, Kind::Newer), (0, Kind::Damaged)] {
            let (whole, finance) = stored(format);
            assert_eq!((whole.kind, finance.kind), (kind, kind));
        }
        let (newer, _) = stored(99);
        assert_eq!(
            newer.to_string(),
            "dit dossier is gemaakt met een nieuwere versie van maatwerk (indeling 99). Installeer de nieuwe versie. De \
             andere dossiers blijven leesbaar."
        );
    }
}
