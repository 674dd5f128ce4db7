//! What stands in a catalogue, in words: amounts, units, transitions and where they come from.

use super::words::{NOT_KNOWN, open_span, sentence};
use crate::catalogue::file::{Amount, Kept, OutsideTable, Transition};
use crate::catalogue::{Catalogue, DatedValue, ProductEntry};
use crate::quantity::Unit;
use crate::quantity::dutch::{date_long, euro, percentage};
use crate::trace::Status;
use jiff::civil::Date;

/// Why a value answers.
pub(super) fn of_value(
    catalogue: &Catalogue,
    product: &ProductEntry,
    value: &DatedValue,
    until: Option<Date>,
) -> Vec<(&'static str, String)> {
    let provenance = &value.provenance;
    let mut facts = vec![
        ("Zo staat het er", amount(catalogue, &value.amount)),
        ("Geldig", open_span(value.from, until)),
        ("Bron", provenance.source.clone()),
        (
            "Status",
            match provenance.status {
                Status::Example => "voorbeeld: niet gepubliceerd of nog niet bevestigd".to_owned(),
                Status::Established => "vastgesteld".to_owned(),
            },
        ),
    ];
    if let Some(found) = &value.transition {
        facts.push(("Overgang", transition(catalogue, product, found)));
    }
    if let Some(note) = &provenance.note {
        facts.push(("Opmerking", sentence(note)));
    }
    facts
}

/// The file that answered, with its dates.
pub(super) fn about(catalogue: &Catalogue) -> Vec<(&'static str, String)> {
    let file = &catalogue.file;
    let mut facts = vec![
        (
            "Bestand",
            format!("{} ({})", catalogue.name, catalogue.file_name),
        ),
        ("Catalogus", file.title.clone()),
        ("Catalogus geldt", open_span(file.from, catalogue.last)),
    ];
    let day = |day: Option<Date>| day.map_or_else(|| NOT_KNOWN.to_owned(), date_long);
    facts.push(("Gepubliceerd", day(file.published)));
    facts.push(("In werking", day(file.in_force)));
    if let Some(older) = &file.supersedes {
        let words = format!("{} vanaf {}", older.id, date_long(older.from));
        facts.push(("Vervangt", words));
    }
    if let Some(note) = &file.note {
        facts.push(("Over de catalogus", sentence(note)));
    }
    facts
}

/// Whether an amount is a number, so that a unit belongs behind it.
pub(super) fn priced_amount(amount: &Amount) -> bool {
    matches!(amount, Amount::Euro(_))
}

/// An amount as it stands in the file, in words.
pub(super) fn amount(catalogue: &Catalogue, amount: &Amount) -> String {
    match amount {
        Amount::Euro(amount) => euro(amount.0),
        Amount::Percent {
            percentage: part,
            provider,
            product,
            on,
            ..
        } => {
            let of = product
                .as_deref()
                .and_then(|id| catalogue.product(id))
                .map_or_else(String::new, |product| format!(" {}", product.label));
            let way = catalogue.provider_name(provider);
            let on = on.map_or_else(String::new, |on| format!(" van {}", date_long(on)));
            format!("{} van het tarief{of} {way}{on}", percentage(part.0))
        }
        Amount::Outside {
            percentage: part,
            table,
        } => {
            let table = match table {
                OutsideTable::MinimumWage => "het wettelijk minimumloon per uur",
                OutsideTable::HouseholdWage => "het cao-loon voor hulp bij het huishouden",
                OutsideTable::BegeleidingWage => "het cao-loon voor begeleiding",
            };
            format!("{} van {table}", percentage(part.0))
        }
        Amount::Offer => "op offerte".to_owned(),
        Amount::NotAvailable => "niet mogelijk".to_owned(),
        Amount::NotKnown(_) => NOT_KNOWN.to_owned(),
        Amount::NoMaximum => "geen plafond".to_owned(),
    }
}

pub(super) fn transition(
    catalogue: &Catalogue,
    product: &ProductEntry,
    transition: &Transition,
) -> String {
    let keeps = match &transition.keeps {
        Kept::Previous => "het vorige bedrag".to_owned(),
        Kept::Amount {
            amount: Amount::NotKnown(reason),
            ..
        } => format!("een ouder bedrag dat niet bekend is ({reason})"),
        Kept::Amount {
            amount: kept, per, ..
        } => match per {
            Some(per) => format!(
                "{} {}",
                amount(catalogue, kept),
                unit_words(catalogue, product, *per)
            ),
            None => amount(catalogue, kept),
        },
    };
    let until = transition.until.map_or_else(
        || "tot een nieuwe indicatie".to_owned(),
        |until| {
            format!(
                "tot een nieuwe indicatie, uiterlijk t/m {}",
                date_long(until)
            )
        },
    );
    format!(
        "Wie voor {} is geïndiceerd, houdt {keeps} {until}.",
        date_long(transition.decided_before)
    )
}

/// `per uur`, `per rit`.
pub(super) fn unit_words(catalogue: &Catalogue, product: &ProductEntry, per: Unit) -> String {
    let own = match per {
        Unit::Piece | Unit::Point => catalogue
            .product_file(&product.id)
            .and_then(|file| file.piece_name.as_deref()),
        _ => None,
    };
    match (own, per) {
        (Some(name), _) => format!("per {name}"),
        (None, Unit::Once) => "eenmalig".to_owned(),
        (None, per) => format!("per {}", per.singular()),
    }
}
