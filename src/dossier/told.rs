//! All that a dossier holds, field by field, in words that the person concerned can read: where it stands, and what.
//!
//! It goes by the names of the fields as they are written, so that a field that is added shows up by itself. A field or a
//! choice without a word is told by its own name between «», and a test does not let that happen.

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::labels::label;
use super::person::{NameUse, Sex};
use super::{
    Contract, CostKind, Dossier, Founded, Ground, Hearing, LetterKind, PriorOutcome, Reached,
    RevisionGround, Weekday,
};
use crate::budget::Library;
use crate::dossier::address::Designation;
use crate::norms::ReductionGround;
use crate::quantity::dutch::{date_long, euro, minutes, number, percentage};
use crate::quantity::{Euro, Extent, Frequency, Percentage, Rate, Unit};

/// A field with its name and what is in it.
pub type Told = (String, String);

impl Dossier {
    /// All that it holds but for what is empty, what belongs together beside each other. Products and choices have their names
    /// where the catalogues are known.
    pub fn told(&self, library: Option<&Library>) -> Vec<Told> {
        let mut teller = Teller {
            dossier: self,
            library,
            told: Vec::new(),
        };
        if let Ok(whole) = serde_json::to_value(self) {
            teller.tell(&whole, &mut Vec::new());
        }
        teller.told
    }
}

struct Teller<'a> {
    dossier: &'a Dossier,
    library: Option<&'a Library>,
    told: Vec<Told>,
}

impl Teller<'_> {
    fn tell(&mut self, value: &Value, path: &mut Vec<String>) {
        let key = path.iter().rev().find(|part| !is_number(part));
        let key = key.map(String::as_str).unwrap_or_default();
        match value {
            Value::Null => {}
            Value::String(text) if text.trim().is_empty() => {}
            Value::Object(fields) => match whole(fields) {
                Some(text) => self.add(path, text),
                None => {
                    for (name, child) in fields {
                        path.push(name.clone());
                        self.tell(child, path);
                        path.pop();
                    }
                }
            },
            Value::Array(items) => {
                for (place, child) in items.iter().enumerate() {
                    path.push(place.to_string());
                    self.tell(child, path);
                    path.pop();
                }
            }
            Value::String(text) => {
                let text = match key {
                    "product" => self.product(text, path),
                    "municipality" => self.municipality(text),
                    _ => said(key, text),
                };
                self.add(path, text);
            }
            Value::Bool(true) => self.add(path, "ja".to_owned()),
            Value::Bool(false) => self.add(path, "nee".to_owned()),
            Value::Number(count) => {
                let count = count.to_string();
                let text = said(key, &count);
                self.add(path, text);
            }
        }
    }

    fn add(&mut self, path: &[String], text: String) {
        self.told.push((self.named(path), text));
    }

    /// The name of a field: as the window calls it, and what lies deeper in words of its own.
    fn named(&self, path: &[String]) -> String {
        // The name of a choice between kinds of answers stands in the file, and in no path of a problem.
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        let short: Vec<&str> = parts
            .iter()
            .copied()
            .filter(|part| !part.starts_with(|letter: char| letter.is_ascii_uppercase()))
            .collect();
        let (mut name, covers) = label(self.dossier, self.library, &short);
        let mut seen = 0_usize;
        let mut before = "";
        for part in parts {
            // Below these stands a name that the municipality or the letter gave.
            let is_given = ["choices", "wordings"].contains(&before);
            before = part;
            let is_kind = part.starts_with(|letter: char| letter.is_ascii_uppercase());
            seen = seen.saturating_add(usize::from(!is_kind));
            if seen <= covers && !(is_kind && seen == covers) {
                continue;
            }
            let more = match part.parse::<usize>() {
                Ok(place) => place.saturating_add(1).to_string(),
                Err(_) if is_given => part.to_owned(),
                Err(_) => word(part).map_or_else(|| format!("«{part}»"), str::to_owned),
            };
            if !more.is_empty() {
                let space = if is_number(part) { " " } else { ", " };
                name = format!("{name}{space}{more}");
            }
        }
        name
    }

    fn product(&self, id: &str, path: &[String]) -> String {
        let place = path.iter().find_map(|part| part.parse::<usize>().ok());
        let from = place.and_then(|place| self.dossier.provisions.get(place));
        let from = from.map(|provision| provision.line.from);
        let found = self.library.zip(from).and_then(|(library, from)| {
            let of = library
                .catalogues
                .on(&self.dossier.municipality, from)
                .ok()?;
            let product = of.catalogue.product(id)?;
            Some(product.label.to_string())
        });
        found.unwrap_or_else(|| id.to_owned())
    }

    fn municipality(&self, code: &str) -> String {
        let known = self
            .library
            .and_then(|library| library.catalogues.municipality(code));
        known.map_or_else(
            || code.to_owned(),
            |known| format!("{} ({code})", known.name),
        )
    }
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

/// An amount or a time that several fields say together; nothing of other fields.
fn whole(fields: &Map<String, Value>) -> Option<String> {
    let value = || Value::Object(fields.clone());
    if let Ok(Extent { volume, unit, per }) = serde_json::from_value(value()) {
        let unit = if volume == rust_decimal::Decimal::ONE {
            unit.singular()
        } else {
            unit.plural()
        };
        return Some(format!("{} {unit} {}", number(volume), per.dutch()));
    }
    if let Ok(Rate { amount, per }) = serde_json::from_value(value()) {
        return Some(format!("{} per {}", euro(amount.0), per.singular()));
    }
    let [Some(count), Some(per)] = ["minutes", "per"].map(|name| fields.get(name)) else {
        return None;
    };
    let per = serde_json::from_value::<Frequency>(per.clone()).ok()?;
    Some(format!("{} {}", minutes(count.as_i64()?), per.dutch()))
}

/// What is in a field, in words.
fn said(key: &str, text: &str) -> String {
    // A number of eight figures is read as a day too.
    if text.contains('-')
        && let Ok(day) = text.parse::<Date>()
    {
        return date_long(day);
    }
    let value = || Value::String(text.to_owned());
    let known = match key {
        "amount" | "per_hour" | "Rate" | "Amount" => {
            read::<Euro>(value()).map(|amount| euro(amount.0))
        }
        "rise" | "OfWork" => read::<Percentage>(value()).map(|part| percentage(part.0)),
        "per" | "unit" => read::<Unit>(value()).map(|unit| format!("per {}", unit.singular())),
        _ => None,
    };
    known
        .or_else(|| choice(key, value()).map(str::to_owned))
        .unwrap_or_else(|| text.to_owned())
}

fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The word for one of a fixed row of answers; nothing for what somebody wrote.
fn choice(key: &str, value: Value) -> Option<&'static str> {
    Some(match key {
        "sex" => read::<Sex>(value)?.label(),
        "name_use" => read::<NameUse>(value)?.label(),
        "designation" => read::<Designation>(value)?.label(),
        "founded" => read::<Founded>(value)?.dutch(),
        "hearing" => read::<Hearing>(value)?.dutch(),
        "revised_on" => read::<RevisionGround>(value)?.dutch(),
        "reached" => read::<Reached>(value)?.dutch(),
        "contract" => read::<Contract>(value)?.dutch(),
        "days" => read::<Weekday>(value)?.dutch(),
        "kind" => match read::<LetterKind>(value.clone()) {
            Some(kind) => kind.dutch(),
            None => read::<CostKind>(value)?.dutch(),
        },
        "ground" => match read::<Ground>(value.clone()) {
            Some(ground) => ground.dutch(),
            None => read::<ReductionGround>(value)?.dutch(),
        },
        "outcome" => match read::<PriorOutcome>(value.clone()) {
            Some(outcome) => outcome.dutch(),
            None => word(value.as_str()?)?,
        },
        "holidays" | "hours" => word(value.as_str()?)?,
        _ => return None,
    })
}

/// The word for a part of the name of a field that the window has no name for; empty where it says nothing more.
fn word(part: &str) -> Option<&'static str> {
    Some(match part {
        "text" | "value" | "Typed" | "Activities" | "Norm" | "Pgb" | "line" | "provisions"
        | "client" | "occasion" | "investigation" | "dates" => "",
        "format" => "indeling van het bestand",
        "number" => "nummer",
        "municipality" => "gemeente",
        "contact" => "contactpersoon",
        "signatory" => "ondertekenaar",
        "wordings" => "eigen tekst",
        "revision_ground" => "reden om terug te nemen",
        "overrides" => "afwijking",
        "review" => "evaluatie",
        "scenarios" => "scenario",
        "person" => "persoon",
        "bsn" => "BSN",
        "client_number" => "cliëntnummer",
        "address" => "adres",
        "neighbourhood" => "wijk",
        "wlz" => "indicatie voor de Wlz",
        "from" => "vanaf",
        "to" => "tot en met",
        "name" => "naam",
        "telephone" => "telefoonnummer",
        "mail" => "mailadres",
        "role" => "functie",
        "mandate" => "mandaat",
        "report" => "melding",
        "personal_plan" => "persoonlijk plan",
        "application" => "aanvraag",
        "suspensions" => "opschorting",
        "extension" => "verlenging",
        "decision" => "besluit",
        "sending" => "verzending",
        "instead_of" => "in plaats van",
        "complete_by" => "aanvullen tot en met",
        "ground" => "grond",
        "reason" => "reden",
        "last_day" => "laatste dag",
        "told" => "ingelicht op",
        "outcome" => "uitkomst",
        "moved_end" => "verplaatst einde",
        "revised_on" => "grond van de wet",
        "motivation" => "motivering",
        "granted" => "toegekend tot en met",
        "decided" => "besloten op",
        "Granted" => "toegekend",
        "Refused" => "afgewezen",
        "Withdrawn" => "ingetrokken",
        "limitations" => "beperkingen",
        "own_strength" => "eigen kracht",
        "customary_help" => "gebruikelijke hulp",
        "prior" => "wat voorgaat",
        "reasons" => "redenen",
        "results" => "resultaat",
        "activities" => "activiteit",
        "purpose" => "doel",
        "quality" => "kwaliteit",
        "free_amount" => "vrij besteedbaar deel",
        "below_floor" => "tarief onder het minimum",
        "monthly_wage_allowed" => "vast maandloon mag",
        "request" => "hulpvraag",
        "needed" => "nodige ondersteuning",
        "informal_care" => "mantelzorg",
        "network" => "netwerk",
        "remains" => "wat overblijft",
        "safety" => "zorg over veiligheid",
        "shared" => "gedeeld met de cliënt",
        "taken" => "overgenomen",
        "checked" => "nagekeken",
        "provision" => "voorziening",
        "kind" => "soort",
        "earlier" => "eerder besluit van",
        "received" => "bezwaar ontvangen op",
        "contested" => "eerder besluit, regel",
        "hearing" => "hoorzitting",
        "heard" => "gehoord op",
        "founded" => "uitkomst van het bezwaar",
        "court" => "rechtbank",
        "reply_by" => "reageren tot en met",
        "sent" => "brief van",
        "street" => "straat",
        "letter" => "huisletter",
        "addition" => "toevoeging",
        "designation" => "aanduiding",
        "postcode" => "postcode",
        "place" => "plaats",
        "field" => "veld",
        "by" => "door",
        "on" => "op",
        "agreed" => "afgesproken",
        "time" => "tijd",
        "held" => "gehouden op",
        "satisfaction" => "tevredenheid",
        "remarks" => "opmerkingen",
        "result" => "resultaat",
        "reached" => "bereikt",
        "initials" => "voorletters",
        "prefix" => "voorvoegsel",
        "surname" => "achternaam",
        "partner_prefix" => "voorvoegsel partner",
        "partner_surname" => "achternaam partner",
        "name_use" => "naamgebruik",
        "sex" => "geslacht",
        "birth_date" => "geboortedatum",
        "product" => "voorziening",
        "choices" => "keuze",
        "hours" => "uren",
        "delivery" => "leveringsvorm",
        "first_granted" => "eerste toekenning",
        "reindicated" => "laatste herindicatie",
        "offer" => "offerte",
        "ceiling_reason" => "reden boven het plafond",
        "own_prices" => "aangepast tarief",
        "part" => "onderdeel",
        "Band" => "volgens de bandbreedte",
        "goal" => "doel",
        "activity" => "activiteit",
        "extent" => "omvang",
        "volume" => "hoeveel",
        "unit" => "eenheid",
        "per" => "per",
        "InKind" => "zorg in natura",
        "provider" => "aanbieder",
        "providers" => "zorgverlener",
        "share" => "aandeel",
        "set_rate" => "vastgesteld tarief",
        "amount" => "bedrag",
        "price" => "prijs",
        "approved_by" => "goedgekeurd door",
        "source" => "bron",
        "set" => "normenkader",
        "id" => "kenmerk",
        "version" => "versie",
        "parts" => "onderdeel",
        "standard_reason" => "reden bij een gewone uitkomst",
        "start" => "begin",
        "Base" => "norm",
        "Own" | "own" => "eigen tijd",
        "minutes" => "minuten",
        "factors" | "factor" => "factor",
        "count" => "aantal",
        "reductions" => "vermindering",
        "copy_of" => "kopie van",
        "lines" => "regel",
        "rise" => "stijging per jaar",
        "conditions" => "voorwaarde",
        "able" => "bekwaam",
        "motivated" => "gemotiveerd",
        "met" => "voldaan",
        "words" => "toelichting",
        "hired" => "wie u inhuurt",
        "lower_reason" => "reden voor minder",
        "contract" => "contract",
        "full_time_week" => "volledige werkweek",
        "work" => "werk",
        "days" => "dag",
        "every" => "om de zoveel weken",
        "rate" | "Rate" => "tarief",
        "later" => "later",
        "holidays" => "feestdagen",
        "Usual" => "als anders",
        "Off" => "vrij",
        "away" => "afwezig",
        "costs" => "kosten",
        "OfWork" => "deel van het loon",
        "Every" => "steeds",
        "floor" => "eigen ondergrens",
        "Amount" => "bedrag",
        "per_hour" => "per uur",
        "Reason" => "reden",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::{
        Answer, Client, Condition, Conditions, Contact, Cost, Dates, Extension, Hired,
        Investigation, LaterRate, Made, Motivation, MovedEnd, Occasion, PriorAnswer, Provision,
        ResultReview, Review, SafetySignal, Scenario, ScenarioLine, Signatory, Suspension, Taken,
        Wlz, Wording, Work,
    };
    use crate::indication::{
        Activity, CareProvider, Choice, Line, Offer, OwnPrice, PartExtent, PartHours, SetRate,
    };
    use crate::norms::{FactorUse, HoursWork, NormSetRef, OwnMinutes, PartWork, Reduction};

    /// The names that a type takes, as its reading says when it gets another.
    fn names<T: DeserializeOwned>(wrong: &str) -> Vec<String> {
        let told = match serde_json::from_str::<T>(wrong) {
            Ok(_) => panic!("{wrong} is read"),
            Err(error) => error.to_string(),
        };
        let (_, expected) = told.split_once("expected ").expect("what is expected");
        let names = expected.split('`').skip(1).step_by(2);
        names.map(str::to_owned).collect()
    }

    macro_rules! fields {
        ($($kind:ty),* $(,)?) => {
            [$((stringify!($kind), names::<$kind>(r#"{"__": 0}"#))),*]
        };
    }

    #[test]
    fn every_field_of_a_dossier_has_a_word() {
        let kinds = fields![
            Dossier,
            Client,
            Wlz,
            Contact,
            Signatory,
            Dates,
            Wording,
            Suspension,
            Extension,
            Provision,
            MovedEnd,
            Motivation,
            Investigation,
            SafetySignal,
            Answer,
            Taken,
            PriorAnswer,
            Occasion,
            Made,
            Review,
            ResultReview,
            super::super::person::Person,
            super::super::address::Address,
            Line,
            Choice,
            PartHours,
            Activity,
            CareProvider,
            SetRate,
            PartExtent,
            OwnPrice,
            Offer,
            HoursWork,
            NormSetRef,
            PartWork,
            OwnMinutes,
            FactorUse,
            Reduction,
            Scenario,
            ScenarioLine,
            Hired,
            Work,
            LaterRate,
            Cost,
            Conditions,
            Condition,
            Extent,
            Rate,
        ];
        for (kind, fields) in kinds {
            assert!(!fields.is_empty(), "{kind}");
            for field in fields {
                assert!(word(&field).is_some(), "{kind}: {field} has no word");
            }
        }
        assert_eq!(word("something_new"), None);
    }

    #[test]
    fn every_choice_of_a_dossier_has_words() {
        let wrong = "\"__\"";
        let choices = [
            ("sex", names::<Sex>(wrong)),
            ("name_use", names::<NameUse>(wrong)),
            ("designation", names::<Designation>(wrong)),
            ("founded", names::<Founded>(wrong)),
            ("hearing", names::<Hearing>(wrong)),
            ("revised_on", names::<RevisionGround>(wrong)),
            ("reached", names::<Reached>(wrong)),
            ("contract", names::<Contract>(wrong)),
            ("days", names::<Weekday>(wrong)),
            ("kind", names::<LetterKind>(wrong)),
            ("kind", names::<CostKind>(wrong)),
            ("ground", names::<Ground>(wrong)),
            ("ground", names::<ReductionGround>(wrong)),
            ("outcome", names::<PriorOutcome>(wrong)),
        ];
        for (key, names) in choices {
            assert!(!names.is_empty(), "{key}");
            for name in names {
                let told = said(key, &name);
                assert!(told != name && !told.is_empty(), "{key}: {name}");
            }
        }
        for kinds in [
            names::<super::super::Outcome>(wrong),
            names::<crate::indication::Hours>(wrong),
            names::<crate::indication::Delivery>(wrong),
            names::<crate::norms::Start>(wrong),
            names::<super::super::Holidays>(wrong),
            names::<super::super::CostAmount>(wrong),
            names::<super::super::OwnFloor>(wrong),
        ] {
            for kind in kinds {
                assert!(word(&kind).is_some(), "{kind} has no word");
            }
        }
    }

    #[test]
    fn the_example_is_told_in_words_with_amounts_and_dates_as_people_write_them() {
        let library = Library::shipped().expect("the program's own data");
        let folder = std::fs::read_dir("fixtures/dossiers").expect("fixtures");
        for path in folder.map(|entry| entry.expect("a file").path()) {
            let bytes = std::fs::read(&path).expect("read");
            let Ok(dossier) = Dossier::read("a", &bytes) else {
                continue;
            };
            for (name, text) in dossier.told(Some(&library)) {
                assert!(!name.contains('«'), "{}: {name}", path.display());
                assert!(!name.is_empty() && !text.is_empty(), "{name}: {text}");
            }
        }
        let bytes = std::fs::read("fixtures/dossiers/voorbeeld.ron").expect("read");
        let dossier = Dossier::read("voorbeeld.ron", &bytes).expect("fixture");
        let told = dossier.told(Some(&library));
        let said = |name: &str| {
            let found = told.iter().find(|(there, _)| there == name);
            found.map_or_else(|| panic!("{name}: {told:#?}"), |(_, text)| text.clone())
        };
        assert_eq!(said("Gemeente"), "Leiden (0546)");
        assert_eq!(said("Besluit, datum besluit"), "8 december 2017");
        assert_eq!(said("Cliënt, BSN"), "999993653");
        assert_eq!(said("Regel 1, uitkomst"), "toegekend");
    }
}
