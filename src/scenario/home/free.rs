//! What people typed themselves and goes home: it says nobody's number and, as far as can be seen, nobody's name.
//!
//! This must not know the file that it goes in.

use crate::document::Problem;
use crate::dossier::bsn::Bsn;
use crate::dossier::{Dossier, OwnFloor, Scenario};
use crate::quantity::dutch::capital;

/// Every text of a scenario that goes home as somebody typed it, with its field.
fn texts(scenarios: &[Scenario]) -> Vec<(String, &str)> {
    let mut all = Vec::new();
    for (place, scenario) in scenarios.iter().enumerate() {
        let path = format!("scenarios[{place}]");
        all.push((format!("{path}.name"), scenario.name.as_str()));
        for (at, line) in scenario.lines.iter().enumerate() {
            for (number, hired) in line.hired.iter().enumerate() {
                if let Some(OwnFloor::Amount { source, .. }) = &hired.floor {
                    let field = format!("{path}.lines[{at}].hired[{number}].floor");
                    all.push((field, source.as_str()));
                }
            }
        }
    }
    all
}

/// Whether a text holds a burgerservicenummer: nine digits that pass its check, with spaces, dots or dashes between them
/// or not.
fn has_number(text: &str) -> bool {
    let is_between = |letter: char| matches!(letter, ' ' | '.' | '-');
    let groups = text.split(|letter: char| !letter.is_ascii_digit() && !is_between(letter));
    groups.into_iter().any(|group| {
        let pieces: Vec<&str> = group
            .split(is_between)
            .filter(|one| !one.is_empty())
            .collect();
        (0..pieces.len()).any(|from| {
            let mut digits = String::new();
            pieces.iter().skip(from).any(|piece| {
                digits.push_str(piece);
                digits.len() == 9 && Bsn::parse(&digits).is_ok()
            })
        })
    })
}

/// Texts with somebody's number: they do not go home.
pub(super) fn numbers(scenarios: &[Scenario]) -> Vec<Problem> {
    let texts = texts(scenarios).into_iter();
    let wrong = texts.filter(|(_, text)| has_number(text));
    wrong
        .map(|(field, _)| {
            Problem::error("hier staat een burgerservicenummer, en dat gaat niet mee naar huis")
                .field(field)
                .hint("Haal het nummer weg.")
        })
        .collect()
}

/// Texts with the name of somebody whom the dossier names: they go home, and somebody looks at them first.
pub fn names(dossier: &Dossier) -> Vec<Problem> {
    let person = &dossier.client.person;
    let client = [&person.surname, &person.partner_surname];
    let hired = dossier.scenarios.iter().flat_map(|one| &one.lines);
    let hired = hired
        .flat_map(|line| &line.hired)
        .map(|one| one.name.as_str());
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_alphabetic());
        let words = words.filter(|word| word.chars().count() > 2);
        let names = words.filter(|word| word.chars().next().is_some_and(char::is_uppercase));
        names.map(str::to_lowercase).collect()
    };
    let named: Vec<String> = client
        .into_iter()
        .map(String::as_str)
        .chain(hired)
        .flat_map(words)
        .collect();
    let texts = texts(&dossier.scenarios).into_iter();
    let with = texts.filter_map(|(field, text)| {
        let name = words(text).into_iter().find(|word| named.contains(word))?;
        let name = capital(&name);
        Some(
            Problem::warning(format!("hier staat een naam uit het dossier: «{name}»"))
                .field(field)
                .hint("Kijk of die naam mee naar huis mag."),
        )
    });
    with.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_with_spaces_and_dots_and_another_number_is_not() {
        for text in [
            "Met mevrouw (BSN 999993653)",
            "9999.93.653",
            "Plan 2 999 993 653",
        ] {
            assert!(has_number(text), "{text}");
        }
        for text in ["999993654", "Plan 2", "1999993653", "0612345678"] {
            assert!(!has_number(text), "{text}");
        }
    }
}
