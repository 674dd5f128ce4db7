//! The evaluation with the client: when, what was reached, how satisfied.

use egui::Ui;

use super::Form;
use crate::desk::editing::Place;
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::Width;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::text::{heading_ui, muted_ui};
use crate::dossier::{Reached, Review};

/// Draws the evaluation.
pub(super) fn review_ui(ui: &mut Ui, form: &mut Form<'_>) {
    heading_ui(ui, "Evaluatie");
    let dossier = form.dossier;
    let review = &dossier.review;
    let place = Place::root().field("review");
    form.row_ui(ui, |form, ui| {
        form.date_ui(
            ui,
            (place.field("agreed"), "Afgesproken voor", "2-3-2026"),
            review.agreed,
            |d, date| d.review.agreed = date,
        );
        form.date_ui(
            ui,
            (place.field("held"), "Geëvalueerd op", "2-3-2026"),
            review.held,
            |d, date| d.review.held = date,
        );
    });
    form.row_ui(ui, |form, ui| {
        form.text_ui(
            ui,
            (place.field("time"), "Tijd van het gesprek", Width::Middle),
            &review.time,
            |d, text| d.review.time = text,
        );
        form.text_ui(
            ui,
            (place.field("place"), "Plaats van het gesprek", Width::Name),
            &review.place,
            |d, text| d.review.place = text,
        );
    });
    if review.held.is_none() {
        muted_ui(ui, "Vul na het gesprek in wat er is bereikt.");
        return;
    }
    let at = place.field("results");
    form.anchor_ui(ui, at, at.item(0));
    let choices = Reached::ALL.map(|reached| Choice::new(reached, reached.dutch()));
    for (number, result) in dossier.results().into_iter().enumerate() {
        let found = review.of(result);
        group_ui(ui, result, |ui| {
            muted_ui(ui, result);
            form.segments_ui(
                ui,
                (at.item(number), "Resultaat"),
                found.as_ref(),
                &choices,
                |dossier, reached| dossier.review.set(result, reached),
            );
        });
    }
    let marks: Vec<Choice<u8>> = Review::SATISFACTION
        .map(|mark| Choice::new(mark, mark.to_string()))
        .collect();
    form.segments_ui(
        ui,
        (place.field("satisfaction"), "Tevreden, van 1 tot 5"),
        review.satisfaction.as_ref(),
        &marks,
        |dossier, mark| dossier.review.satisfaction = Some(mark),
    );
    form.lines_ui(
        ui,
        (place.field("remarks"), "Wat is er besproken?", 2),
        "",
        &review.remarks,
        |d, text| d.review.remarks = text,
    );
}
