//! The names of the fields of a dossier, as the window calls them: "Regel 2, einddatum".
//!
//! One place for all who name a field: problems, differences between versions, and what the person concerned gets to read.

use super::{Dossier, InvestigationStep};
use crate::budget::Library;

/// The name of the field at this path, and how many parts of the path it says. Axes have the name of the catalogue, where that
/// is known.
pub fn label(dossier: &Dossier, library: Option<&Library>, path: &[&str]) -> (String, usize) {
    match path {
        ["provisions", number, rest @ ..] => {
            let index: usize = number.parse().unwrap_or(0);
            let line = format!("Regel {}", index.saturating_add(1));
            let (name, deep) = match rest {
                ["line", "choices", axis, ..] => (axis_name(dossier, library, index, axis), 3),
                ["line", "delivery", "providers", number, rest @ ..] => {
                    let number: usize = number.parse().unwrap_or(0);
                    let who = format!("zorgverlener {}", number.saturating_add(1));
                    match rest.first().and_then(|field| provider_field(field)) {
                        Some(field) => (format!("{who}, {field}"), 5),
                        None => (who, 4),
                    }
                }
                ["line", field, ..] => named(line_field(field), 2),
                ["motivation", field, ..] => named(motivation_field(field), 2),
                ["outcome", ..] => named("uitkomst", 1),
                ["revised_on"] => named("grond van de wet", 1),
                _ => (String::new(), 0),
            };
            (joined(&line, &name), deep.saturating_add(2))
        }
        ["provisions"] => ("Voorzieningen".to_owned(), 1),
        ["client", "person", field, ..] => below("Cliënt", named(person_field(field), 3)),
        ["client", "address", field, ..] => below("Cliënt", named(address_field(field), 3)),
        ["client", field, ..] => below("Cliënt", named(client_field(field), 2)),
        ["contact", field, ..] => below("Contactpersoon", named(contact_field(field), 2)),
        ["signatory", field, ..] => below("Ondertekenaar", named(contact_field(field), 2)),
        ["overrides", ..] => ("Wie waarvan afweek, en wanneer".to_owned(), 1),
        ["municipality", ..] => ("Gemeente".to_owned(), 1),
        ["number", ..] => ("Zaaknummer".to_owned(), 1),
        ["investigation", field, ..] => {
            let name = investigation_field(field);
            let covers = if name.is_empty() { 1 } else { 2 };
            (joined("Onderzoek", &name), covers)
        }
        ["occasion", field, ..] => below("Brief", named(occasion_field(field), 2)),
        ["wordings", ..] => ("Brief, eigen tekst".to_owned(), 1),
        ["revision_ground"] => ("Besluit".to_owned(), 1),
        ["review", field, ..] => below("Evaluatie", named(review_field(field), 2)),
        ["dates", field, ..] => below("Besluit", named(date_field(field), 2)),
        _ => ("Dossier".to_owned(), 0),
    }
}

/// A name, and how many parts of a path it says; of no name the last is left to others.
fn named(name: &str, covers: usize) -> (String, usize) {
    let covers = covers.saturating_sub(usize::from(name.is_empty()));
    (name.to_owned(), covers)
}

fn below(what: &str, (name, covers): (String, usize)) -> (String, usize) {
    (joined(what, &name), covers)
}

fn joined(what: &str, field: &str) -> String {
    if field.is_empty() {
        what.to_owned()
    } else {
        format!("{what}, {field}")
    }
}

fn axis_name(dossier: &Dossier, library: Option<&Library>, index: usize, id: &str) -> String {
    dossier
        .provisions
        .get(index)
        .zip(library)
        .and_then(|(provision, library)| {
            let day = provision.line.from;
            library.catalogues.on(&dossier.municipality, day).ok()
        })
        .and_then(|answer| {
            let axes = &answer.catalogue.file.axes;
            axes.iter().find(|axis| axis.id == id)
        })
        .map_or_else(|| "keuze".to_owned(), |axis| axis.label.to_lowercase())
}

fn line_field(field: &str) -> &'static str {
    match field {
        "product" => "voorziening",
        "choices" => "keuzes",
        "from" => "ingangsdatum",
        "to" => "einddatum",
        "hours" => "omvang",
        "delivery" => "leveringsvorm",
        "first_granted" => "eerste toekenning",
        "reindicated" => "laatste herindicatie",
        "offer" => "offerte",
        "ceiling_reason" => "reden boven het plafond",
        "own_prices" => "aangepast tarief",
        _ => "",
    }
}

fn provider_field(field: &str) -> Option<&'static str> {
    Some(match field {
        "name" => "naam",
        "kind" => "soort",
        "share" => "aandeel",
        "from" => "ingangsdatum",
        "to" => "einddatum",
        "agreed" => "afgesproken tarief",
        "set_rate" => "vastgesteld tarief",
        _ => return None,
    })
}

fn motivation_field(field: &str) -> &'static str {
    match field {
        "limitations" => "beperkingen",
        "own_strength" => "eigen kracht",
        "customary_help" => "gebruikelijke hulp",
        "prior" => "wat voorgaat",
        "reasons" => "reden",
        "results" => "resultaten",
        "activities" => "activiteiten",
        "purpose" => "doel van het pgb",
        "quality" => "kwaliteitseisen",
        "free_amount" => "vrij besteedbaar deel",
        "below_floor" => "tarief onder het minimum",
        "monthly_wage_allowed" => "vast maandloon",
        _ => "motivering",
    }
}

fn person_field(field: &str) -> &'static str {
    match field {
        "initials" => "voorletters",
        "prefix" => "voorvoegsel",
        "surname" => "achternaam",
        "partner_prefix" => "voorvoegsel partner",
        "partner_surname" => "achternaam partner",
        "name_use" => "naamgebruik",
        "sex" => "geslacht",
        "birth_date" => "geboortedatum",
        _ => "naam",
    }
}

fn address_field(field: &str) -> &'static str {
    match field {
        "street" => "straat",
        "number" | "house_number" => "huisnummer",
        "letter" | "house_letter" => "huisletter",
        "addition" => "toevoeging",
        "postcode" => "postcode",
        "place" | "city" => "plaats",
        _ => "adres",
    }
}

fn client_field(field: &str) -> &'static str {
    match field {
        "bsn" => "BSN",
        "client_number" => "cliëntnummer",
        "neighbourhood" => "wijk",
        "address" => "adres",
        _ => "",
    }
}

fn contact_field(field: &str) -> &'static str {
    match field {
        "name" => "naam",
        "telephone" => "telefoonnummer",
        "mail" => "mailadres",
        "role" => "functie",
        "mandate" => "mandaat",
        _ => "",
    }
}

fn investigation_field(field: &str) -> String {
    InvestigationStep::ALL
        .iter()
        .find(|step| step.field() == field)
        .map_or_else(String::new, |step| step.dutch().to_lowercase())
}

fn occasion_field(field: &str) -> &'static str {
    match field {
        "kind" => "soort brief",
        "earlier" => "datum eerdere besluit",
        "received" => "datum bezwaar",
        "hearing" => "hoorzitting",
        "heard" => "datum hoorzitting",
        "contested" => "eerdere besluit",
        "founded" => "uitkomst bezwaar",
        "court" => "rechtbank",
        "from" => "nieuwe regels vanaf",
        "reply_by" => "reageren tot en met",
        "sent" => "datum brief",
        "text" => "uitleg",
        _ => "",
    }
}

fn review_field(field: &str) -> &'static str {
    match field {
        "agreed" => "afgesproken datum",
        "time" => "tijd",
        "place" => "plaats",
        "held" => "datum",
        "results" => "resultaten",
        "satisfaction" => "tevredenheid",
        _ => "",
    }
}

fn date_field(field: &str) -> &'static str {
    match field {
        "report" => "datum melding",
        "personal_plan" => "persoonlijk plan",
        "investigation" => "uitkomst onderzoek",
        "suspensions" => "opschorting",
        "extension" => "verlenging",
        "application" => "datum aanvraag",
        "decision" => "datum besluit",
        "sending" => "datum verzending",
        _ => "data",
    }
}
