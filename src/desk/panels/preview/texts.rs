//! The texts of a letter that may be changed: those that people typed for this client, and standard parts that may be worded
//! otherwise for this one letter.

use egui::Ui;

use super::{PartText, Shown};
use crate::desk::editing::Place;
use crate::desk::forms::{Form, advice_ui, motivation_ui};
use crate::desk::theme;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::mark::{Origin, origin_ui};
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, subheading_ui};
use crate::dossier::Wording;

/// The name of the step.
const STEP: &str = "Tekst in de brief";

/// Draws the texts; what is changed goes to the form.
pub(super) fn texts_ui(ui: &mut Ui, form: &mut Form<'_>, shown: &Shown) {
    ui.spacing_mut().item_spacing.y = theme::MEDIUM;
    heading_ui(ui, "Standaardteksten");
    if shown.parts.is_empty() {
        muted_ui(ui, "Hier is geen standaardtekst aan te passen.");
    } else {
        muted_ui(
            ui,
            "U mag deze stukken voor deze ene brief anders schrijven. Elke regel is een alinea. De andere stukken liggen vast.",
        );
    }
    for part in &shown.parts {
        part_ui(ui, form, part);
    }
    if !shown.about.is_empty() {
        heading_ui(ui, "Wat u over deze cliënt schreef");
    }
    for (place, name) in &shown.about {
        group_ui(ui, name, |ui| {
            subheading_ui(ui, name);
            motivation_ui(ui, form, *place);
        });
    }
}

/// One standard part, with the mark that it was changed and the way back.
fn part_ui(ui: &mut Ui, form: &mut Form<'_>, part: &PartText) {
    let place = Place::root()
        .field("wordings")
        .entry(&part.id)
        .field("text");
    let own = form.dossier.wordings.get(&part.id);
    let shown = own.map_or(part.standard.as_str(), |own| &own.text);
    let field = Field::new(place, &part.name)
        .width(Width::Full)
        .rows(shown.lines().count().clamp(3, 8));
    let typed = field.text_ui(ui, form.editing, shown);
    let mut back = false;
    if let Some(own) = own {
        origin_ui(ui, Origin::Adjusted, "Anders dan de standaardtekst.");
        if own.instead_of != part.standard {
            message_ui(
                ui,
                Tone::Warning,
                "De standaardtekst is veranderd sinds u dit schreef. Kijk of uw tekst nog klopt.",
            );
        }
        advice_ui(ui, &own.text);
        back = quiet_ui(ui, &part.back).clicked();
    }
    let text = match (typed, back) {
        (_, true) => String::new(),
        (Some(text), false) => text,
        (None, false) => return,
    };
    form.change(STEP, |dossier| {
        if text.is_empty() || text == part.standard {
            dossier.wordings.remove(&part.id);
        } else {
            let instead_of = part.standard.clone();
            let wording = Wording { text, instead_of };
            dossier.wordings.insert(part.id.clone(), wording);
        }
    });
}
