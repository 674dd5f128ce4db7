//! What a person put in the place of what the program computes or a norm gives: where, why, who and when (R63).
//!
//! The values themselves stand in the lines; this only finds them and keeps who made them.

use super::file::Dossier;
use crate::indication::{Hours, Line};
use crate::norms::Start;
use crate::trace::{Measure, shown};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Who overrode a value, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// The field, as in a problem.
    pub field: String,
    /// Who; empty when nobody is known.
    pub by: String,
    /// On which day.
    pub on: Date,
}

/// An overridden value of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The field, as in a problem.
    pub field: String,
    /// What was put there.
    pub value: String,
    /// Why.
    pub reason: String,
}

impl Dossier {
    /// Every value that was overridden, in the order of the dossier.
    pub fn overridden(&self) -> Vec<Override> {
        let lines = self.provisions.iter().enumerate();
        lines
            .flat_map(|(index, provision)| {
                of_line(&provision.line, &format!("provisions[{index}].line"))
            })
            .collect()
    }

    /// Who overrode the value of a field, if that is known.
    pub fn made(&self, field: &str) -> Option<&Made> {
        self.overrides.iter().find(|made| made.field == field)
    }

    /// Writes down who overrode what is overridden here and was not in `before`. What moved with its line keeps who made it;
    /// what is not overridden any more is forgotten.
    pub fn sign_overrides(&mut self, before: &Self, by: &str, on: Date) {
        let earlier = before.overridden();
        let made = self.overridden().into_iter().filter_map(|one| {
            let same = |old: &&Override| old.value == one.value && old.reason == one.reason;
            let here = |old: &&Override| old.field == one.field;
            let found = self.made(&one.field);
            let brought = found.filter(|made| before.made(&one.field) != Some(*made));
            if let Some(brought) = brought {
                // A version of somebody else says itself who made it.
                return Some(brought.clone());
            }
            let mut all = earlier.iter().filter(same);
            let old = all.clone().find(here).or_else(|| all.next());
            match old {
                Some(old) => before.made(&old.field).map(|made| Made {
                    field: one.field.clone(),
                    ..made.clone()
                }),
                None => Some(Made {
                    field: one.field,
                    by: by.to_owned(),
                    on,
                }),
            }
        });
        self.overrides = made.collect();
    }
}

fn of_line(line: &Line, path: &str) -> Vec<Override> {
    let mut found = Vec::new();
    let mut add = |field: String, value: String, reason: &str| {
        found.push(Override {
            field,
            value,
            reason: reason.to_owned(),
        });
    };
    for (axis, choice) in &line.choices {
        if let Some(reason) = &choice.reason {
            add(
                format!("{path}.choices.{axis}"),
                choice.value.clone(),
                reason,
            );
        }
    }
    for (number, part) in line.hours.iter().enumerate() {
        let work = match &part.hours {
            Hours::Norm(work) => work,
            Hours::Typed(_) | Hours::Activities(_) if !part.reason.trim().is_empty() => {
                let field = format!("{path}.hours[{number}].reason");
                add(field, part.hours.shown(), &part.reason);
                continue;
            }
            Hours::Typed(_) | Hours::Activities(_) | Hours::Band => continue,
        };
        for (row, part) in work.parts.iter().enumerate() {
            let path = format!("{path}.hours[{number}].hours.parts[{row}]");
            if let Start::Own { minutes, reason } = &part.start {
                let value = format!("{}: {} {}", part.part, minutes.minutes, minutes.per.dutch());
                add(format!("{path}.start"), value, reason);
            }
            for (place, used) in part.factors.iter().enumerate() {
                if let Some(own) = used.own {
                    let value = format!("{}: {} {}", used.factor, own.minutes, own.per.dutch());
                    add(format!("{path}.factors[{place}].own"), value, &used.reason);
                }
            }
        }
    }
    if let Some(reason) = &line.ceiling_reason {
        add(format!("{path}.ceiling_reason"), String::new(), reason);
    }
    for (place, own) in line.own_prices.iter().enumerate() {
        let names = [&own.part, &own.kind].into_iter().flatten();
        let names = names.map(|name| format!("{name}: "));
        let price = shown(
            own.price.amount.exact(),
            Measure::EuroPerUnit(own.price.per),
        );
        let value = names.chain([price]).collect();
        add(format!("{path}.own_prices[{place}]"), value, &own.reason);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indication::Choice;
    use jiff::civil::date;

    fn example() -> Dossier {
        let bytes = std::fs::read("fixtures/dossiers/voorbeeld.ron").unwrap();
        Dossier::read("voorbeeld.ron", &bytes).unwrap()
    }

    fn overridden(reason: &str) -> Dossier {
        let mut dossier = example();
        let choice = Choice {
            value: "zwaar".to_owned(),
            reason: Some(reason.to_owned()),
        };
        let line = &mut dossier.provisions[0].line;
        line.choices.insert("severity".to_owned(), choice);
        dossier
    }

    #[test]
    fn who_overrode_a_value_and_when_is_kept_with_the_line_until_it_is_overridden_no_more() {
        let first = example();
        let mut dossier = overridden("De norm past niet.");
        dossier.sign_overrides(&first, "S. de Wit", date(2018, 3, 1));
        let field = "provisions[0].line.choices.severity";
        let by = |dossier: &Dossier, field: &str| dossier.made(field).map(|made| made.by.clone());
        assert_eq!(by(&dossier, field).as_deref(), Some("S. de Wit"));
        // Another step by somebody else leaves it; a line before it takes it along.
        let before = dossier.clone();
        dossier.provisions.insert(0, first.provisions[1].clone());
        dossier.sign_overrides(&before, "K. Bakker", date(2018, 3, 2));
        let moved = "provisions[1].line.choices.severity";
        assert_eq!(by(&dossier, moved).as_deref(), Some("S. de Wit"));
        assert_eq!(dossier.overrides.len(), 1);
        // Another reason is another override.
        let before = dossier.clone();
        let line = &mut dossier.provisions[1].line;
        line.choices.get_mut("severity").unwrap().reason = Some("Toch.".to_owned());
        dossier.sign_overrides(&before, "K. Bakker", date(2018, 3, 2));
        assert_eq!(by(&dossier, moved).as_deref(), Some("K. Bakker"));
        // It is written and read back, and gone with the override.
        let text = dossier.to_text().unwrap();
        let read = Dossier::read("a.ron", text.as_bytes()).unwrap();
        assert_eq!(read, dossier);
        let before = dossier.clone();
        dossier.provisions[1].line.choices.remove("severity");
        dossier.sign_overrides(&before, "K. Bakker", date(2018, 3, 2));
        assert!(dossier.overrides.is_empty());
    }

    #[test]
    fn what_a_version_of_a_colleague_says_about_its_overrides_is_taken_as_it_is() {
        let first = example();
        let mut theirs = overridden("De norm past niet.");
        theirs.sign_overrides(&first, "K. Bakker", date(2018, 2, 1));
        let mut taken = theirs.clone();
        taken.sign_overrides(&first, "S. de Wit", date(2018, 3, 1));
        assert_eq!(taken, theirs);
    }
}
