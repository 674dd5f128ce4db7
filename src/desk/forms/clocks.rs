//! The clocks of the dossier, and what makes the term of the decision stand still or puts it off.

use egui::{Label, Ui, vec2};

use super::Form;
use crate::desk::editing::Place;
use crate::desk::theme;
use crate::desk::view::ClockView;
use crate::desk::widgets::button::{icon_text_ui, icon_ui};
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::Width;
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::chip_text_ui;
use crate::desk::widgets::text::{heading_ui, muted_ui, subheading_ui};
use crate::dossier::{Dossier, Extension, Ground, Suspension};

/// Draws the clocks, then the suspensions and the extension of the term of the decision.
pub(super) fn clocks_ui(ui: &mut Ui, form: &mut Form<'_>) {
    heading_ui(ui, "Termijnen");
    if form.clocks.is_empty() {
        muted_ui(ui, "De termijnen lopen vanaf de datum van de melding.");
    }
    for clock in form.clocks {
        group_ui(ui, clock.name, |ui| clock_ui(ui, clock));
    }
    let place = Place::of_path("dates.suspensions");
    for (number, suspension) in form.dossier.dates.suspensions.iter().enumerate() {
        card_ui(ui, |ui| suspension_ui(ui, form, number, suspension));
    }
    if let Some(extension) = &form.dossier.dates.extension {
        card_ui(ui, |ui| extension_ui(ui, form, extension));
    }
    ui.horizontal_wrapped(|ui| {
        if icon_text_ui(ui, Icon::Plus, "Opschorting toevoegen").clicked() {
            form.change("Opschorting toevoegen", |dossier| {
                dossier.dates.suspensions.push(Suspension::default());
            });
            let next = place.item(form.dossier.dates.suspensions.len());
            form.editing.jump_to(next.field("from"));
        }
        if form.dossier.dates.extension.is_none()
            && icon_text_ui(ui, Icon::Plus, "Verlenging toevoegen").clicked()
        {
            form.change("Verlenging toevoegen", |dossier| {
                dossier.dates.extension = Some(Extension::default());
            });
            let next = Place::of_path("dates.extension.last_day");
            form.editing.jump_to(next);
        }
    });
}

fn clock_ui(ui: &mut Ui, clock: &ClockView) {
    ui.spacing_mut().item_spacing = vec2(theme::SMALL, theme::GAP);
    ui.horizontal_wrapped(|ui| {
        subheading_ui(ui, clock.name);
        ui.add(Label::new(clock.ends.as_str()));
        chip_text_ui(ui, clock.chip, &clock.stands);
    });
    muted_ui(ui, &clock.basis);
}

/// Changes one suspension of the dossier.
fn at<T>(number: usize, apply: impl FnOnce(&mut Suspension, T)) -> impl FnOnce(&mut Dossier, T) {
    move |dossier, value| {
        if let Some(one) = dossier.dates.suspensions.get_mut(number) {
            apply(one, value);
        }
    }
}

/// The name of a card with a button that takes it away; gives whether it was clicked.
fn head_ui(ui: &mut Ui, name: &str, remove: &str) -> bool {
    ui.horizontal(|ui| {
        subheading_ui(ui, name);
        icon_ui(ui, Icon::Cross, remove).clicked()
    })
    .inner
}

fn suspension_ui(ui: &mut Ui, form: &mut Form<'_>, number: usize, one: &Suspension) {
    let place = Place::of_path("dates.suspensions").item(number);
    let name = format!("Opschorting {}", number.saturating_add(1));
    group_ui(ui, &name, |ui| {
        if head_ui(ui, &name, &format!("{name} verwijderen")) {
            form.change_list("Opschorting verwijderen", |dossier| {
                if number < dossier.dates.suspensions.len() {
                    dossier.dates.suspensions.remove(number);
                }
            });
        }
        form.row_ui(ui, |form, ui| {
            form.date_ui(
                ui,
                (place.field("from"), "Eerste dag opschorting", "2-3-2026"),
                one.from,
                at(number, |one: &mut Suspension, day| one.from = day),
            );
            form.date_ui(
                ui,
                (
                    place.field("to"),
                    "Laatste dag opschorting",
                    "nog niet bekend",
                ),
                one.to,
                at(number, |one: &mut Suspension, day| one.to = day),
            );
            if one.ground == Ground::Incomplete {
                form.date_ui(
                    ui,
                    (
                        place.field("complete_by"),
                        "Aanvullen tot en met",
                        "2-3-2026",
                    ),
                    one.complete_by,
                    at(number, |one: &mut Suspension, day| one.complete_by = day),
                );
            }
        });
        let grounds = Ground::ALL.map(|ground| Choice::new(ground, ground.dutch()));
        form.list_ui(
            ui,
            (
                place.field("ground"),
                "Grond van de opschorting",
                Width::Name,
            ),
            (Some(&one.ground), ""),
            &grounds,
            at(number, |one: &mut Suspension, ground| one.ground = ground),
        );
        muted_ui(ui, one.ground.article());
        form.letter_ui(
            ui,
            (place.field("reason"), "Reden van de opschorting", 1),
            "Waarom staat de termijn stil?",
            &one.reason,
            at(number, |one: &mut Suspension, text| one.reason = text),
        );
    });
}

fn extension_ui(ui: &mut Ui, form: &mut Form<'_>, extension: &Extension) {
    let place = Place::of_path("dates.extension");
    group_ui(ui, "Verlenging", |ui| {
        if head_ui(ui, "Verlenging", "Verlenging verwijderen") {
            form.change_list("Verlenging verwijderen", |dossier| {
                dossier.dates.extension = None;
            });
        }
        muted_ui(
            ui,
            "Schrijf de cliënt dat het later wordt en noem de nieuwe laatste dag (artikel 4:14 lid 1 Awb).",
        );
        let within = |dossier: &mut Dossier, apply: &mut dyn FnMut(&mut Extension)| {
            if let Some(extension) = &mut dossier.dates.extension {
                apply(extension);
            }
        };
        form.row_ui(ui, |form, ui| {
            form.date_ui(
                ui,
                (place.field("last_day"), "Nieuwe laatste dag", "2-3-2026"),
                extension.last_day,
                |dossier, day| within(dossier, &mut |extension| extension.last_day = day),
            );
            form.date_ui(
                ui,
                (place.field("told"), "Cliënt ingelicht op", "2-3-2026"),
                extension.told,
                |dossier, day| within(dossier, &mut |extension| extension.told = day),
            );
        });
        form.letter_ui(
            ui,
            (place.field("reason"), "Reden van de verlenging", 1),
            "Waarom lukt het niet op tijd?",
            &extension.reason,
            |dossier, text| {
                within(dossier, &mut |extension| extension.reason.clone_from(&text));
            },
        );
    });
}
