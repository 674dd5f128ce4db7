//! What is not the same in two trees of a scenario file, as places and values in Dutch words.
//!
//! A tree is what serialisation makes of the plain data; every field and every choice of it has a word here, and a test
//! holds that to the shape itself. This must not know what is compared with what.

use crate::catalogue::Catalogue;
use crate::dossier::{Contract, CostKind, Weekday};
use crate::national::FullTimeWeek;
use crate::quantity::dutch::{capital, date_long, euro, number, percentage};
use crate::quantity::{Frequency, Unit};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Something that is not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What it is about, in words.
    pub place: String,
    /// In the dossier; empty where it has none.
    pub ours: String,
    /// In the file; empty where it has none.
    pub theirs: String,
}

/// Fields that say which of a list something is, and nothing about it.
const PLACES: [&str; 3] = ["provision", "id", "copy_of"];

/// The word for a field; empty for one that says nothing beside what is in it.
fn field_word(name: &str) -> Option<&'static str> {
    Some(match name {
        "line" | "extent" | "value" | "amount" | "Typed" | "Pgb" | "Rate" | "Every" | "Amount"
        | "choices" | "price" => "",
        "name" => "naam",
        "product" => "voorziening",
        "from" => "vanaf",
        "to" => "tot en met",
        "rise" => "stijging van de tarieven",
        "lines" => "regel",
        "hours" => "uren",
        "part" => "onderdeel",
        "Activities" => "activiteit",
        "goal" => "doel",
        "activity" => "wat er gedaan wordt",
        "Norm" => "normenkader",
        "volume" => "hoeveel",
        "unit" => "eenheid",
        "per" => "per",
        "delivery" => "vorm",
        "InKind" => "zorg in natura",
        "provider" => "aanbieder",
        "providers" => "soort hulp in het budget",
        "kind" => "soort",
        "share" => "aandeel",
        "agreed" => "afgesproken tarief",
        "set_rate" => "vastgesteld tarief",
        "decision" => "beslissing",
        "hired" => "zorgverlener",
        "contract" => "contract",
        "full_time_week" => "volledige werkweek",
        "work" => "uren",
        "days" => "dag",
        "every" => "eens in zoveel weken",
        "rate" => "tarief",
        "later" => "later tarief",
        "holidays" => "feestdagen",
        "away" => "afwezig",
        "costs" => "kosten",
        "OfWork" => "deel van het loon",
        "floor" => "laagste loon",
        "per_hour" => "bedrag per uur",
        "source" => "bron",
        "Reason" | "reason" => "reden",
        "lower_reason" => "reden van een lager pgb",
        "conditions" => "voorwaarden",
        "able" => "kan een pgb beheren",
        "motivated" => "waarom een pgb",
        "quality" => "kwaliteit",
        "met" => "voldaan",
        "words" => "uitleg",
        "municipality" => "gemeente",
        "decided" => "dag van het besluit",
        "first_granted" => "voor het eerst toegekend",
        "reindicated" => "opnieuw vastgesteld",
        "offer" => "offerte",
        "ceiling_reason" => "reden voor meer dan het plafond",
        "own_prices" => "eigen prijs",
        "approved_by" => "goedgekeurd door",
        "monthly_wage_allowed" => "vast loon mag",
        _ => return None,
    })
}

/// The word for a choice that holds more, or nothing, of its own.
fn choice_word(name: &str) -> Option<&'static str> {
    Some(match name {
        "InKind" => "zorg in natura",
        "Pgb" => "pgb",
        "Typed" => "zelf ingevuld",
        "Activities" => "per activiteit",
        "Norm" => "met een normenkader",
        "Band" => "die van de bandbreedte",
        "Usual" => "als andere dagen",
        "Off" => "komt niet",
        "Rate" => "een ander tarief",
        "OfWork" => "een deel van het loon",
        "Every" => "een vast bedrag",
        "Amount" => "zelf opgezocht",
        "Reason" => "blijft open",
        _ => return None,
    })
}

/// The choice that a value is, where it is one with a name of its own.
fn choice_of(value: &Value) -> Option<&'static str> {
    let name = match value {
        Value::String(name) => name.as_str(),
        Value::Object(fields) if fields.len() == 1 => fields.keys().next()?,
        _ => return None,
    };
    choice_word(name)
}

fn as_known<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// A tree of fields with the words of the catalogue that its names come from.
pub(super) struct Words<'a> {
    pub(super) catalogue: Option<&'a Catalogue>,
}

impl Words<'_> {
    /// The word for a part of a path behind others; nothing for one that nobody knows.
    fn part(&self, before: &[&str], name: &str) -> Option<String> {
        if before.last() == Some(&"choices") {
            let axes = self.catalogue.map(|catalogue| &catalogue.file.axes);
            let axis = axes.into_iter().flatten().find(|axis| axis.id == name);
            return Some(axis.map_or_else(|| name.to_owned(), |axis| axis.label.to_lowercase()));
        }
        if let Ok(place) = name.parse::<usize>() {
            return Some(place.saturating_add(1).to_string());
        }
        field_word(name).map(str::to_owned)
    }

    /// A path in words: `work`, `0`, `rate`, `amount` is `uren 1, tarief`. Nothing with a field that nobody knows.
    fn place(&self, path: &[&str]) -> Option<String> {
        let mut words: Vec<String> = Vec::new();
        for (at, name) in path.iter().enumerate() {
            let word = self.part(path.get(..at).unwrap_or_default(), name)?;
            let is_number = name.parse::<usize>().is_ok();
            match words.last_mut().filter(|_| is_number) {
                Some(last) => *last = format!("{last} {word}"),
                None if word.is_empty() || is_number => {}
                None => words.push(word),
            }
        }
        Some(words.join(", "))
    }

    /// A value that holds no others, in words; nothing for one that nobody knows.
    fn value(&self, path: &[&str], value: &Value) -> Option<String> {
        let name = path
            .iter()
            .rev()
            .find(|part| part.parse::<usize>().is_err());
        let name = *name.unwrap_or(&"");
        let before = path.iter().rev().nth(1).copied().unwrap_or_default();
        let is_in = |part: &str| path.contains(&part);
        if let Value::Bool(is) = value {
            return Some(if *is { "ja" } else { "nee" }.to_owned());
        }
        if *value == Value::Null {
            return Some(String::new());
        }
        let label = |found: Option<String>| found.or_else(|| Some(value.as_str()?.to_owned()));
        match name {
            "amount" | "per_hour" | "Rate" => decimal(value).map(euro),
            "rise" | "OfWork" => decimal(value).map(percentage),
            "volume" | "every" => decimal(value).map(number),
            "from" | "to" | "decided" | "first_granted" | "reindicated" => {
                as_known::<Date>(value).map(date_long)
            }
            "unit" => as_known::<Unit>(value).map(|unit| unit.plural().to_owned()),
            "per" if before == "extent" || is_in("Typed") && !is_in("rate") => {
                let per = as_known::<Frequency>(value)?.dutch();
                Some(per.strip_prefix("per ").unwrap_or(per).to_owned())
            }
            "per" => match as_known::<Unit>(value) {
                Some(unit) => Some(unit.singular().to_owned()),
                None => as_known::<Frequency>(value).map(|per| per.dutch().to_owned()),
            },
            "contract" => as_known::<Contract>(value).map(|one| one.dutch().to_owned()),
            "full_time_week" => {
                as_known::<FullTimeWeek>(value).map(|week| format!("{} uur", week.hours()))
            }
            "days" => as_known::<Weekday>(value).map(|day| day.dutch().to_owned()),
            "kind" if is_in("costs") => {
                as_known::<CostKind>(value).map(|kind| kind.dutch().to_owned())
            }
            "kind" => {
                let id = value.as_str()?;
                let known = self.catalogue.filter(|one| one.provider(id).is_some());
                label(known.map(|catalogue| catalogue.provider_name(id).to_string()))
            }
            "product" | "part" => {
                let id = value.as_str()?;
                let product = self.catalogue.and_then(|one| one.product(id));
                label(product.map(|product| product.label.to_string()))
            }
            "value" => {
                let id = value.as_str()?;
                let axes = self.catalogue.map(|catalogue| &catalogue.file.axes);
                let axis = axes.into_iter().flatten().find(|axis| axis.id == before);
                let found = axis.and_then(|axis| axis.values.iter().find(|one| one.id == id));
                label(found.map(|value| value.label.clone()))
            }
            "hours" | "holidays" | "delivery" | "floor" => {
                choice_word(value.as_str()?).map(str::to_owned)
            }
            "name" | "municipality" | "source" | "reason" | "Reason" | "words" | "goal"
            | "activity" | "approved_by" | "lower_reason" | "decision" | "provider"
            | "ceiling_reason" => value.as_str().map(str::to_owned),
            _ => None,
        }
    }

    /// Tells every value that is not the same in two trees; `before` is what the trees are about.
    pub(super) fn tell(
        &self,
        before: &str,
        path: &[&str],
        (ours, theirs): (&Value, &Value),
        found: &mut Vec<Changed>,
    ) {
        if ours == theirs || path.last().is_some_and(|name| PLACES.contains(name)) {
            return;
        }
        let (one, other) = (choice_of(ours), choice_of(theirs));
        if one != other && (one.is_some() || other.is_some()) {
            let [ours, theirs] = [one, other].map(|choice| choice.unwrap_or_default().to_owned());
            found.push(self.changed(before, path, (ours, theirs)));
        }
        let holds = |value: &Value| matches!(value, Value::Object(_) | Value::Array(_));
        if holds(ours) || holds(theirs) {
            let mut names: Vec<String> = Vec::new();
            for (name, _) in parts(ours).into_iter().chain(parts(theirs)) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            for name in &names {
                let inside = |value: &Value| {
                    let mine = parts(value).into_iter().find(|(own, _)| own == name);
                    mine.map_or(Value::Null, |(_, value)| value)
                };
                let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
                self.tell(before, &path, (&inside(ours), &inside(theirs)), found);
            }
            return;
        }
        if one.is_some() || other.is_some() {
            return;
        }
        let text = |value: &Value| {
            let words = self.value(path, value);
            words.unwrap_or_else(|| "een andere waarde".to_owned())
        };
        let both = (text(ours), text(theirs));
        if both.0 != both.1 {
            found.push(self.changed(before, path, both));
        }
    }

    fn changed(&self, before: &str, path: &[&str], (ours, theirs): (String, String)) -> Changed {
        let place = self.place(path);
        let place = place.unwrap_or_else(|| "een ander gegeven".to_owned());
        let place = match (before, place.as_str()) {
            ("", place) => place.to_owned(),
            (before, "") => before.to_owned(),
            (before, place) => format!("{before}, {place}"),
        };
        Changed {
            place: capital(&place),
            ours,
            theirs,
        }
    }
}

/// What a value holds, by name or number.
fn parts(value: &Value) -> Vec<(String, Value)> {
    match value {
        Value::Object(fields) => {
            let fields = fields.iter();
            fields
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect()
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .map(|(at, value)| (at.to_string(), value.clone()))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{
        Away, Condition, Conditions, Cost, CostAmount, Hired, Holidays, LaterRate, OwnFloor,
        Scenario, ScenarioLine, Work,
    };
    use crate::indication::{
        Activity, CareProvider, Choice, Delivery, Hours, Line, Offer, OwnPrice, PartExtent,
        PartHours, SetRate,
    };
    use crate::quantity::{Euro, Extent, Percentage, Rate};
    use jiff::civil::date;
    use std::collections::BTreeMap;

    const DAY: Date = date(2018, 3, 1);

    fn text() -> String {
        "tekst".to_owned()
    }

    fn extents() -> Vec<Extent> {
        let units = [
            Unit::Minute,
            Unit::Hour,
            Unit::Dagdeel,
            Unit::Etmaal,
            Unit::Day,
            Unit::Piece,
            Unit::Point,
        ];
        let often = [
            Frequency::Day,
            Frequency::Week,
            Frequency::TwoWeeks,
            Frequency::FourWeeks,
            Frequency::Month,
            Frequency::Year,
            Frequency::Total,
        ];
        let both = units.into_iter().zip(often);
        both.map(|(unit, per)| Extent {
            volume: 3.into(),
            unit,
            per,
        })
        .collect()
    }

    fn rates() -> Vec<Rate> {
        [
            Unit::Hour,
            Unit::Week,
            Unit::FourWeeks,
            Unit::Month,
            Unit::Year,
            Unit::Once,
        ]
        .map(|per| Rate {
            amount: Euro(15.into()),
            per,
        })
        .into()
    }

    fn deliveries() -> [Delivery; 2] {
        let [rate, ..] = rates()[..] else { panic!() };
        let share = extents().into_iter().map(|extent| PartExtent {
            part: Some(text()),
            extent,
        });
        let pgb = CareProvider {
            name: text(),
            kind: text(),
            share: share.collect(),
            from: Some(DAY),
            to: Some(DAY),
            agreed: Some(rate),
            set_rate: Some(SetRate {
                amount: rate.amount,
                per: rate.per,
                decision: text(),
            }),
        };
        [
            Delivery::InKind { provider: text() },
            Delivery::Pgb {
                providers: vec![pgb],
            },
        ]
    }

    fn hours() -> Vec<PartHours> {
        let activities = extents().into_iter().map(|extent| Activity {
            goal: text(),
            activity: text(),
            extent,
        });
        [
            Hours::Typed(extents()),
            Hours::Activities(activities.collect()),
            Hours::Band,
        ]
        .map(|hours| PartHours {
            part: Some(text()),
            hours,
            reason: text(),
        })
        .into()
    }

    fn choices() -> BTreeMap<String, Choice> {
        let choice = Choice {
            value: text(),
            reason: Some(text()),
        };
        [("severity".to_owned(), choice)].into()
    }

    /// Everything that a file for home can say of a scenario, all fields filled in. A field that comes to a shape keeps
    /// this from compiling, and then it needs a word.
    fn scenarios() -> Vec<Scenario> {
        let condition = || Condition {
            met: Some(true),
            words: text(),
        };
        let holidays = [
            Holidays::Usual,
            Holidays::Off,
            Holidays::Rate(Euro(18.into())),
        ];
        let work = rates().into_iter().enumerate().map(|(at, rate)| Work {
            extent: extents()[at],
            days: Weekday::ALL.into(),
            every: Some(2),
            rate,
            later: vec![LaterRate {
                from: DAY,
                amount: rate.amount,
            }],
            holidays: holidays[at % 3],
        });
        let floors = [
            OwnFloor::Amount {
                per_hour: Euro(11.into()),
                source: text(),
            },
            OwnFloor::Reason(text()),
        ];
        let weeks = [
            FullTimeWeek::Hours36,
            FullTimeWeek::Hours38,
            FullTimeWeek::Hours40,
        ];
        let work: Vec<Work> = work.collect();
        let hired = Contract::ALL.into_iter().enumerate();
        let hired = hired.map(|(at, contract)| Hired {
            name: text(),
            id: text(),
            kind: text(),
            contract: Some(contract),
            full_time_week: Some(weeks[at % 3]),
            from: Some(DAY),
            to: Some(DAY),
            work: work.clone(),
            away: vec![Away { from: DAY, to: DAY }],
            costs: vec![
                Cost {
                    kind: CostKind::Employer,
                    amount: CostAmount::OfWork(Percentage(12.into())),
                },
                Cost {
                    kind: CostKind::Travel,
                    amount: CostAmount::Every(rates()[3]),
                },
            ],
            floor: Some(floors[at % 2].clone()),
        });
        let hired: Vec<Hired> = hired.collect();
        let lines = deliveries().map(|delivery| ScenarioLine {
            provision: 1,
            product: text(),
            from: Some(DAY),
            to: Some(DAY),
            choices: choices(),
            hours: hours(),
            delivery: Some(delivery),
            hired: hired.clone(),
            lower_reason: text(),
        });
        vec![Scenario {
            name: text(),
            id: text(),
            copy_of: text(),
            lines: lines.into(),
            rise: Some(Percentage(5.into())),
            conditions: Conditions {
                able: condition(),
                motivated: condition(),
                quality: condition(),
            },
        }]
    }

    fn grant() -> super::super::Grant {
        let lines = deliveries().map(|delivery| super::super::Granted {
            provision: 1,
            line: Line {
                product: text(),
                choices: choices(),
                from: DAY,
                to: Some(DAY),
                hours: hours(),
                delivery,
                first_granted: Some(DAY),
                reindicated: Some(DAY),
                offer: Some(Offer {
                    amount: Euro(15.into()),
                    per: Unit::Month,
                    source: text(),
                }),
                ceiling_reason: Some(text()),
                own_prices: vec![OwnPrice {
                    part: Some(text()),
                    kind: Some(text()),
                    price: rates()[0],
                    reason: text(),
                    approved_by: text(),
                }],
            },
            monthly_wage_allowed: true,
        });
        super::super::Grant {
            municipality: "0546".to_owned(),
            decided: Some(DAY),
            lines: lines.into(),
        }
    }

    /// Walks a tree to every value that holds no others.
    fn walk(words: &Words<'_>, path: &[&str], value: &Value) {
        if path.last().is_some_and(|name| PLACES.contains(name)) {
            return;
        }
        assert!(words.place(path).is_some(), "no word for {path:?}");
        let inside = parts(value);
        for (name, value) in &inside {
            let path: Vec<&str> = path.iter().copied().chain([name.as_str()]).collect();
            walk(words, &path, value);
        }
        if inside.is_empty() && !value.is_array() {
            let said = words.value(path, value);
            let said = said.unwrap_or_else(|| panic!("no words for {value} at {path:?}"));
            let is_raw = said.contains(['{', '"', '_']);
            assert!(!is_raw, "{said} at {path:?}");
        }
    }

    #[test]
    fn every_field_and_every_value_of_a_file_for_home_has_dutch_words() {
        let words = Words { catalogue: None };
        for scenario in scenarios() {
            walk(&words, &[], &serde_json::to_value(scenario).unwrap());
        }
        walk(&words, &[], &serde_json::to_value(grant()).unwrap());
    }

    #[test]
    fn a_field_that_nobody_knows_is_not_told_by_its_own_name() {
        let words = Words { catalogue: None };
        let mut found = Vec::new();
        let both = (&Value::Null, &Value::String("Secret".to_owned()));
        words.tell("", &["unheard_of"], both, &mut found);
        assert_eq!(found[0].place, "Een ander gegeven");
        assert_eq!(found[0].theirs, "een andere waarde");
    }
}
