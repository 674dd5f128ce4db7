//! An earlier decision beside the present dossier: at each field of a provision what it was, and the difference in words.
//!
//! Which fields differ the register says; this only finds their places in the forms and puts them into words.

use super::problems::place;
use crate::budget::Library;
use crate::desk::editing::Place;
use crate::dossier::{Dossier, Evaluation};
use crate::quantity::dutch::{capital, date_long, number};
use crate::quantity::{Frequency, Unit};
use crate::register::{Decided, differences};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// The names of the ways in which hours and delivery can be filled in, which forms do not have in their paths.
const WAYS: [&str; 8] = [
    "Typed",
    "Activities",
    "Norm",
    "Base",
    "Own",
    "Pgb",
    "InKind",
    "Granted",
];

/// A dossier that was decided about before.
pub struct Earlier {
    name: String,
    dossier: Dossier,
    evaluation: Evaluation,
}

impl Earlier {
    /// The dossier that people call `name`.
    pub fn new(name: &str, dossier: Dossier, library: &Library, today: Date) -> Self {
        Self {
            name: name.to_owned(),
            evaluation: dossier.evaluate(library, today),
            dossier,
        }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The dossier itself.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// What was otherwise, at its field; at a provision that is as it was, where it was taken over from.
    pub fn at_fields(
        &self,
        now: &Dossier,
        evaluation: &Evaluation,
        library: &Library,
    ) -> HashMap<Place, String> {
        let before = Decided {
            dossier: &self.dossier,
            evaluation: &self.evaluation,
        };
        let after = Decided {
            dossier: now,
            evaluation,
        };
        let mut told = HashMap::new();
        for (index, (one, was)) in now
            .provisions
            .iter()
            .zip(&self.dossier.provisions)
            .enumerate()
        {
            if one.line == was.line {
                let path = format!("provisions[{index}]");
                let words = format!("Zoals in {}.", self.name);
                told.insert(Place::of_path(&path), words);
            }
        }
        for one in differences(before, after).unwrap_or_default() {
            let Some(field) = form_field(&one.field).filter(|_| !one.before.is_empty()) else {
                continue;
            };
            if !self.is_same_line(now, &field) {
                continue;
            }
            let was = self.words(library, &one.field, &one.before);
            let name = place(now, library, &field).1;
            let name = name.rsplit(", ").next().unwrap_or_default();
            let mut words = format!("{} eerder ({}): {was}.", capital(name), self.name);
            if let Some(difference) = difference(&one.before, &one.after) {
                words = format!("{words} Nu {difference}.");
            }
            told.insert(Place::of_path(&field), words);
        }
        told
    }

    /// Whether the provision of a field is of the same product in both; else only the product is compared.
    fn is_same_line(&self, now: &Dossier, field: &str) -> bool {
        let index = field
            .strip_prefix("provisions[")
            .and_then(|rest| rest.split(']').next()?.parse::<usize>().ok());
        let product = |dossier: &Dossier| {
            let line = &dossier.provisions.get(index?)?.line;
            Some(line.product.clone())
        };
        let same = product(&self.dossier) == product(now);
        same || field.ends_with(".product")
    }

    /// A value of the earlier dossier as the forms write it.
    fn words(&self, library: &Library, field: &str, value: &str) -> String {
        let last = field.rsplit('.').next().unwrap_or_default();
        if let Ok(day) = value.parse::<Date>() {
            return date_long(day);
        }
        let known = match last {
            "unit" => read::<Unit>(value).map(|unit| unit.plural().to_owned()),
            "per" => read::<Frequency>(value)
                .map(|per| per.dutch().to_owned())
                .or_else(|| read::<Unit>(value).map(|unit| format!("per {}", unit.singular()))),
            "product" | "value" | "kind" => self.label(library, field, value),
            _ => value.parse::<Decimal>().ok().map(number),
        };
        known.unwrap_or_else(|| value.to_owned())
    }

    /// The Dutch name of a product, of a choice or of a kind of care provider.
    fn label(&self, library: &Library, field: &str, value: &str) -> Option<String> {
        let index = field.strip_prefix("provisions[")?.split(']').next()?;
        let line = &self
            .dossier
            .provisions
            .get(index.parse::<usize>().ok()?)?
            .line;
        let answer = library.catalogues.on(&self.dossier.municipality, line.from);
        let catalogue = answer.ok()?.catalogue;
        if field.ends_with(".product") {
            return Some(catalogue.product(value)?.label.to_string());
        }
        if field.ends_with(".kind") {
            return Some(catalogue.provider_name(value).to_string());
        }
        let axis = field.split(".choices.").nth(1)?.split('.').next()?;
        let axes = &catalogue.file.axes;
        let axis = axes.iter().find(|known| known.id == axis)?;
        let value = axis.values.iter().find(|known| known.id == value)?;
        Some(value.label.clone())
    }
}

fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// The path by which a form knows a field of a line; nothing for reasons and other texts, and for what is worked out.
fn form_field(path: &str) -> Option<String> {
    let texts = [
        "reason",
        "goal",
        "activity",
        "name",
        "approved_by",
        "source",
    ];
    let last = path.rsplit('.').next()?;
    if !path.contains("].line.") || path.contains(": ") || texts.contains(&last) {
        return None;
    }
    let mut field = String::new();
    for part in path.split('.') {
        let name = part.split('[').next().unwrap_or(part);
        if WAYS.contains(&name) {
            field.push_str(part.get(name.len()..).unwrap_or_default());
            continue;
        }
        if !field.is_empty() {
            field.push('.');
        }
        field.push_str(part);
    }
    let chosen = field
        .strip_suffix(".value")
        .filter(|at| at.contains(".choices."));
    Some(chosen.map(str::to_owned).unwrap_or(field))
}

/// `24 meer`, `31 dagen later`.
fn difference(before: &str, after: &str) -> Option<String> {
    if let (Ok(was), Ok(is)) = (before.parse::<Date>(), after.parse::<Date>()) {
        let days = was.until(is).ok()?.get_days();
        let count = match days.unsigned_abs() {
            1 => "1 dag".to_owned(),
            count => format!("{count} dagen"),
        };
        let way = if days > 0 { "later" } else { "eerder" };
        return Some(format!("{count} {way}"));
    }
    let (was, is) = (
        before.parse::<Decimal>().ok()?,
        after.parse::<Decimal>().ok()?,
    );
    let more = is.checked_sub(was)?;
    let way = if more.is_sign_negative() {
        "minder"
    } else {
        "meer"
    };
    Some(format!("{} {way}", number(more.abs())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_was_otherwise_stands_at_the_field_of_the_form_with_the_difference_in_words() {
        let library = Library::shipped().unwrap();
        let today = date(2018, 3, 1);
        let bytes = std::fs::read("fixtures/dossiers/brief-beide.ron").unwrap();
        let was = Dossier::read("a.ron", &bytes).unwrap();
        let mut now = was.clone();
        let line = &mut now.provisions[0].line;
        line.from = line.from.tomorrow().unwrap();
        line.choices.clear();
        now.provisions[0].motivation.reasons = "anders".to_owned();
        let evaluation = now.evaluate(&library, today);
        let earlier = Earlier::new("Z/1", was, &library, today);
        let told = earlier.at_fields(&now, &evaluation, &library);
        let at = |path: &str| told.get(&Place::of_path(path)).map(String::as_str);
        assert_eq!(
            at("provisions[0].line.from"),
            Some("Ingangsdatum eerder (Z/1): 1 januari 2018. Nu 1 dag later.")
        );
        assert_eq!(at("provisions[0]"), None);
        assert_eq!(at("provisions[1]"), Some("Zoals in Z/1."));
        assert_eq!(at("provisions[0].motivation.reasons"), None);
    }

    #[test]
    fn the_path_of_a_form_has_no_ways_of_filling_in_and_numbers_say_how_much_more_or_less() {
        for (path, field) in [
            (
                "provisions[0].line.hours[0].hours.Typed[1].volume",
                Some("provisions[0].line.hours[0].hours[1].volume"),
            ),
            (
                "provisions[0].line.choices.severity.value",
                Some("provisions[0].line.choices.severity"),
            ),
            (
                "provisions[0].line.delivery.Pgb.providers[0].agreed.amount",
                Some("provisions[0].line.delivery.providers[0].agreed.amount"),
            ),
            (
                "provisions[0].line.ceiling_reason",
                Some("provisions[0].line.ceiling_reason"),
            ),
            ("provisions[0].line: bedrag per week", None),
            ("provisions[0].motivation.reasons", None),
        ] {
            assert_eq!(form_field(path).as_deref(), field);
        }
        assert_eq!(difference("150", "174").as_deref(), Some("24 meer"));
        assert_eq!(difference("2.5", "2").as_deref(), Some("0,5 minder"));
        assert_eq!(
            difference("2018-03-31", "2018-03-01").as_deref(),
            Some("30 dagen eerder")
        );
        assert_eq!(difference("licht", "zwaar"), None);
    }
}
