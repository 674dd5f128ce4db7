//! The decision: its dates and clocks, whom the client can call, and who signs.

use egui::Ui;
use jiff::civil::Date;

use super::Form;
use super::clocks::clocks_ui;
use super::occasion::occasion_ui;
use super::review::review_ui;
use crate::desk::editing::Place;
use crate::desk::widgets::field::Width;
use crate::desk::widgets::text::{heading_ui, title_ui};
use crate::dossier::Dossier;

/// A date: its name in the dossier, its label, its value, and how it is changed.
type DateField = (
    &'static str,
    &'static str,
    Option<Date>,
    fn(&mut Dossier, Option<Date>),
);
/// A text, the same with its width.
type TextField<'a> = (
    &'static str,
    &'static str,
    Width,
    &'a str,
    fn(&mut Dossier, String),
);

/// Draws the form of the decision.
pub fn decision_ui(ui: &mut Ui, form: &mut Form<'_>) {
    title_ui(ui, "Besluit");
    let dates = &form.dossier.dates;
    let fields: [DateField; 6] = [
        ("report", "Datum melding", dates.report, |d, date| {
            d.dates.report = date;
        }),
        (
            "personal_plan",
            "Persoonlijk plan ontvangen",
            dates.personal_plan,
            |d, date| {
                d.dates.personal_plan = date;
            },
        ),
        (
            "investigation",
            "Uitkomst onderzoek verstuurd",
            dates.investigation,
            |d, date| {
                d.dates.investigation = date;
            },
        ),
        (
            "application",
            "Datum aanvraag",
            dates.application,
            |d, date| {
                d.dates.application = date;
            },
        ),
        ("decision", "Datum besluit", dates.decision, |d, date| {
            d.dates.decision = date;
        }),
        ("sending", "Datum verzending", dates.sending, |d, date| {
            d.dates.sending = date;
        }),
    ];
    form.row_ui(ui, |form, ui| {
        let place = Place::root().field("dates");
        for (name, label, value, set) in fields {
            form.date_ui(ui, (place.field(name), label, "2-3-2026"), value, set);
        }
    });

    form.letter_ui(
        ui,
        (
            Place::root().field("revision_ground"),
            "Grond om minder te geven vóór de dag van het besluit",
            1,
        ),
        "Alleen als dit besluit terugkijkt (artikel 2.3.10 Wmo 2015).",
        &form.dossier.revision_ground,
        |d, text| d.revision_ground = text,
    );

    occasion_ui(ui, form);
    clocks_ui(ui, form);

    heading_ui(ui, "Contactpersoon");
    let contact = &form.dossier.contact;
    let fields: [TextField<'_>; 3] = [
        (
            "name",
            "Naam contactpersoon",
            Width::Name,
            &contact.name,
            |d, text| {
                d.contact.name = text;
            },
        ),
        (
            "telephone",
            "Telefoon",
            Width::Middle,
            &contact.telephone,
            |d, text| {
                d.contact.telephone = text;
            },
        ),
        ("mail", "E-mail", Width::Name, &contact.mail, |d, text| {
            d.contact.mail = text;
        }),
    ];
    texts_ui(ui, form, Place::root().field("contact"), fields);

    heading_ui(ui, "Ondertekening");
    let signatory = &form.dossier.signatory;
    let fields: [TextField<'_>; 3] = [
        (
            "name",
            "Naam ondertekenaar",
            Width::Name,
            &signatory.name,
            |d, text| {
                d.signatory.name = text;
            },
        ),
        (
            "role",
            "Functie",
            Width::Name,
            &signatory.role,
            |d, text| {
                d.signatory.role = text;
            },
        ),
        (
            "mandate",
            "Mandaat",
            Width::Full,
            &signatory.mandate,
            |d, text| {
                d.signatory.mandate = text;
            },
        ),
    ];
    texts_ui(ui, form, Place::root().field("signatory"), fields);

    review_ui(ui, form);
}

/// Draws texts beside each other, as many as fit.
fn texts_ui<const N: usize>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    place: Place,
    fields: [TextField<'_>; N],
) {
    form.row_ui(ui, |form, ui| {
        for (name, label, width, value, set) in fields {
            form.text_ui(ui, (place.field(name), label, width), value, set);
        }
    });
}
