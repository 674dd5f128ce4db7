//! The decision: its dates, whom the client can call, and who signs.

use egui::Ui;

use super::Form;
use crate::desk::editing::Place;
use crate::desk::widgets::field::Width;
use crate::desk::widgets::text::{heading_ui, title_ui};

/// Draws the form of the decision.
pub fn decision_ui(ui: &mut Ui, form: &mut Form<'_>) {
    title_ui(ui, "Besluit");
    let dates = &form.dossier.dates;
    let place = Place::root().field("dates");
    form.row_ui(ui, |form, ui| {
        form.date_ui(
            ui,
            (place.field("report"), "Datum melding", "2-3-2026"),
            dates.report,
            |dossier, date| dossier.dates.report = date,
        );
        form.date_ui(
            ui,
            (place.field("application"), "Datum aanvraag", "2-3-2026"),
            dates.application,
            |dossier, date| dossier.dates.application = date,
        );
        form.date_ui(
            ui,
            (place.field("decision"), "Datum besluit", "2-3-2026"),
            dates.decision,
            |dossier, date| dossier.dates.decision = date,
        );
        form.date_ui(
            ui,
            (place.field("sending"), "Datum verzending", "2-3-2026"),
            dates.sending,
            |dossier, date| dossier.dates.sending = date,
        );
    });
    heading_ui(ui, "Contactpersoon");
    let contact = &form.dossier.contact;
    let place = Place::root().field("contact");
    form.row_ui(ui, |form, ui| {
        form.text_ui(
            ui,
            (place.field("name"), "Naam contactpersoon", Width::Name),
            &contact.name,
            |dossier, text| dossier.contact.name = text,
        );
        form.text_ui(
            ui,
            (place.field("telephone"), "Telefoon", Width::Middle),
            &contact.telephone,
            |dossier, text| dossier.contact.telephone = text,
        );
        form.text_ui(
            ui,
            (place.field("mail"), "E-mail", Width::Name),
            &contact.mail,
            |dossier, text| dossier.contact.mail = text,
        );
    });
    heading_ui(ui, "Ondertekening");
    let signatory = &form.dossier.signatory;
    let place = Place::root().field("signatory");
    form.row_ui(ui, |form, ui| {
        form.text_ui(
            ui,
            (place.field("name"), "Naam ondertekenaar", Width::Name),
            &signatory.name,
            |dossier, text| dossier.signatory.name = text,
        );
        form.text_ui(
            ui,
            (place.field("role"), "Functie", Width::Name),
            &signatory.role,
            |dossier, text| dossier.signatory.role = text,
        );
    });
    form.text_ui(
        ui,
        (place.field("mandate"), "Mandaat", Width::Full),
        &signatory.mandate,
        |dossier, text| dossier.signatory.mandate = text,
    );
}
