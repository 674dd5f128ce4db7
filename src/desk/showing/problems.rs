//! Problems with the name of their place in Dutch, and where to jump to.

use super::words::problem as words;
use crate::budget::Library;
use crate::desk::editing::Place;
use crate::desk::view::{Part, ProblemView, View};
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::Tone;
use crate::document::{Problem, Severity};
use crate::dossier::{Dossier, InvestigationStep};

/// All problems of a dossier, errors first.
pub fn problems(dossier: &Dossier, library: &Library, problems: &[Problem]) -> Vec<ProblemView> {
    let mut views: Vec<ProblemView> = problems
        .iter()
        .map(|problem| {
            let (part, place_name) = place(dossier, library, &problem.field);
            ProblemView {
                tone: tone(problem.severity),
                place_name,
                text: words(problem),
                place: Place::of_path(&problem.field),
                part,
            }
        })
        .collect();
    views.sort_by_key(|view| view.tone != Tone::Fault);
    views
}

/// Marks each line with the worst that the list of problems has on it.
pub fn mark_lines(view: &mut View) {
    for (index, line) in view.lines.iter_mut().enumerate() {
        let mine = view
            .problems
            .iter()
            .filter(|problem| problem.part == Part::Line(index));
        let has = |tone| mine.clone().any(|problem| problem.tone == tone);
        let mark = match (has(Tone::Fault), has(Tone::Warning)) {
            (true, _) => Some(Chip::Fault),
            (false, true) => Some(Chip::Warning),
            (false, false) => None,
        };
        line.chips.retain(|chip| match chip {
            Chip::Fault | Chip::Warning => false,
            Chip::Good => mark != Some(Chip::Fault),
            _ => true,
        });
        line.chips.splice(..0, mark);
    }
}

fn tone(severity: Severity) -> Tone {
    match severity {
        Severity::Error => Tone::Fault,
        Severity::Warning => Tone::Warning,
    }
}

/// The part of the window and the name of a field: "Regel 2, einddatum".
pub fn place(dossier: &Dossier, library: &Library, path: &str) -> (Part, String) {
    let parts: Vec<&str> = path
        .split(['.', '[', ']'])
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        ["provisions", number, rest @ ..] => {
            let index: usize = number.parse().unwrap_or(0);
            let line = format!("Regel {}", index.saturating_add(1));
            let name = match rest {
                ["line", "choices", axis, ..] => axis_name(dossier, library, index, axis),
                ["line", "delivery", "providers", number, rest @ ..] => {
                    let number: usize = number.parse().unwrap_or(0);
                    let who = format!("zorgverlener {}", number.saturating_add(1));
                    match rest.first().and_then(|field| provider_field(field)) {
                        Some(field) => format!("{who}, {field}"),
                        None => who,
                    }
                }
                ["line", field, ..] => line_field(field).to_owned(),
                ["motivation", field, ..] => motivation_field(field).to_owned(),
                ["outcome", ..] => "uitkomst".to_owned(),
                ["revised_on"] => "grond van de wet".to_owned(),
                _ => String::new(),
            };
            (Part::Line(index), joined(&line, &name))
        }
        ["provisions"] => (Part::Client, "Voorzieningen".to_owned()),
        ["client", "person", field, ..] => (Part::Client, joined("Cliënt", person_field(field))),
        ["client", "address", field, ..] => (Part::Client, joined("Cliënt", address_field(field))),
        ["client", field, ..] => (Part::Client, joined("Cliënt", client_field(field))),
        ["contact", field, ..] => (
            Part::Decision,
            joined("Contactpersoon", contact_field(field)),
        ),
        ["signatory", field, ..] => (
            Part::Decision,
            joined("Ondertekenaar", contact_field(field)),
        ),
        ["overrides", ..] => (Part::Client, "Wie waarvan afweek, en wanneer".to_owned()),
        ["municipality", ..] => (Part::Client, "Gemeente".to_owned()),
        ["number", ..] => (Part::Client, "Zaaknummer".to_owned()),
        ["investigation", field, ..] => (
            Part::Investigation,
            joined("Onderzoek", &investigation_field(field)),
        ),
        ["occasion", field, ..] => (Part::Decision, joined("Brief", occasion_field(field))),
        ["wordings", ..] => (Part::Decision, "Brief, eigen tekst".to_owned()),
        ["revision_ground"] => (Part::Decision, "Besluit".to_owned()),
        ["review", field, ..] => (Part::Decision, joined("Evaluatie", review_field(field))),
        ["dates", field, ..] => (Part::Decision, joined("Besluit", date_field(field))),
        _ => (Part::Client, "Dossier".to_owned()),
    }
}

fn joined(what: &str, field: &str) -> String {
    if field.is_empty() {
        what.to_owned()
    } else {
        format!("{what}, {field}")
    }
}

fn axis_name(dossier: &Dossier, library: &Library, index: usize, id: &str) -> String {
    dossier
        .provisions
        .get(index)
        .and_then(|provision| {
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
