//! Which letter is written, and the facts that only that letter needs.

use egui::Ui;

use super::Form;
use crate::desk::editing::Place;
use crate::desk::widgets::button::icon_text_ui;
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::Width;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{heading_ui, muted_ui};
use crate::dossier::{Founded, Hearing, LetterKind};
use crate::quantity::dutch::counted;

/// Draws the choice of the letter with its fields.
pub(super) fn occasion_ui(ui: &mut Ui, form: &mut Form<'_>) {
    use LetterKind as Kind;
    heading_ui(ui, "Brief");
    let occasion = &form.dossier.occasion;
    let kind = occasion.kind;
    let place = Place::root().field("occasion");
    let kinds = Kind::ALL.map(|kind| Choice::new(kind, kind.dutch()));
    form.list_ui(
        ui,
        (place.field("kind"), "Soort brief", Width::Name),
        (Some(&kind), ""),
        &kinds,
        |d, kind| d.occasion.kind = kind,
    );
    form.row_ui(ui, |form, ui| {
        if matches!(
            kind,
            Kind::Change | Kind::Extension | Kind::Ending | Kind::Conversion | Kind::Objection
        ) {
            form.date_ui(
                ui,
                (place.field("earlier"), "Datum eerdere besluit", "2-3-2026"),
                occasion.earlier,
                |d, day| d.occasion.earlier = day,
            );
        }
        if kind == Kind::Objection {
            form.date_ui(
                ui,
                (place.field("received"), "Bezwaar ontvangen", "2-3-2026"),
                occasion.received,
                |d, day| d.occasion.received = day,
            );
            if occasion.hearing == Some(Hearing::Held) {
                form.date_ui(
                    ui,
                    (place.field("heard"), "Hoorzitting gehouden", "2-3-2026"),
                    occasion.heard,
                    |d, day| d.occasion.heard = day,
                );
            }
        }
        if kind == Kind::System {
            form.date_ui(
                ui,
                (place.field("from"), "Nieuwe regels vanaf", "2-3-2026"),
                occasion.from,
                |d, day| d.occasion.from = day,
            );
            form.date_ui(
                ui,
                (place.field("reply_by"), "Reageren tot en met", "2-3-2026"),
                occasion.reply_by,
                |d, day| d.occasion.reply_by = day,
            );
        }
        if !kind.is_decision() {
            form.date_ui(
                ui,
                (place.field("sent"), "Brief verstuurd", "2-3-2026"),
                occasion.sent,
                |d, day| d.occasion.sent = day,
            );
        }
    });
    if kind == Kind::Objection {
        let outcomes = Founded::ALL.map(|founded| Choice::new(founded, founded.dutch()));
        form.segments_ui(
            ui,
            (place.field("founded"), "Het bezwaar is"),
            occasion.founded.as_ref(),
            &outcomes,
            |d, founded| d.occasion.founded = Some(founded),
        );
        let hearings = Hearing::ALL.map(|hearing| Choice::new(hearing, hearing.dutch()));
        form.list_ui(
            ui,
            (place.field("hearing"), "Hoorzitting", Width::Full),
            (occasion.hearing.as_ref(), "Kies of de cliënt is gehoord"),
            &hearings,
            |d, hearing| d.occasion.hearing = Some(hearing),
        );
        contested_ui(ui, form);
        form.lines_ui(
            ui,
            (place.field("court"), "Rechtbank voor beroep", 3),
            "Naam en adres, elk deel op een eigen regel.",
            &occasion.court,
            |d, text| d.occasion.court = text,
        );
    }
    if matches!(
        kind,
        Kind::Tariff | Kind::Conversion | Kind::Objection | Kind::Temporary | Kind::System
    ) {
        let hint = match kind {
            Kind::Conversion => "De algemene voorziening die de cliënt had, als die er was.",
            Kind::Objection => "Wat u van het bezwaar vindt, en waarom.",
            Kind::System => "Wat er verandert, in gewone woorden.",
            _ => "Waarom, in gewone woorden.",
        };
        form.letter_ui(
            ui,
            (place.field("text"), "Uitleg in de brief", 2),
            hint,
            &occasion.text,
            |d, text| d.occasion.text = text,
        );
    }
}

/// What the decision granted that the objection is about, which the letter holds against what is granted now.
fn contested_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let place = Place::root().field("occasion").field("contested");
    form.anchor_ui(ui, place, place);
    let (words, verb) = match &form.dossier.occasion.contested {
        Some(lines) => (
            format!(
                "Het eerdere besluit is vastgelegd, met {}.",
                counted(lines.len(), "toegekende voorziening", "toegekende voorzieningen")
            ),
            "Leg het eerdere besluit opnieuw vast",
        ),
        None => (
            "Het eerdere besluit is nog niet vastgelegd. Zet de voorzieningen zoals ze waren, leg ze vast, en verander ze daarna."
                .to_owned(),
            "Leg het eerdere besluit vast",
        ),
    };
    muted_ui(ui, &words);
    if icon_text_ui(ui, Icon::Check, verb).clicked() {
        form.change("Eerdere besluit vastleggen", |dossier| {
            dossier.occasion.contested = Some(dossier.granted_lines());
        });
    }
}
