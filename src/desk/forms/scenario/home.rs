//! A scenario at home: its name, and per person who helps the hours and the rate. What is granted stays as it is.

use egui::Ui;

use super::hired::At;
use super::work::amounts_ui;
use super::{Spot, in_scenario, scenario_place};
use crate::desk::forms::Form;
use crate::desk::theme;
use crate::desk::widgets::field::Width;
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::text::subheading_ui;
use crate::quantity::dutch::capital;
use crate::scenario::Outlook;

/// Draws the scenario with this number, with what it comes to.
pub fn home_ui(ui: &mut Ui, form: &mut Form<'_>, at: usize, outlook: &Outlook) {
    let dossier = form.dossier;
    let Some(scenario) = dossier.scenarios.get(at) else {
        return;
    };
    ui.spacing_mut().item_spacing.y = theme::MEDIUM;
    let place = scenario_place(at);
    form.text_ui(
        ui,
        (place.field("name"), "Naam van dit plan", Width::Full),
        &scenario.name,
        in_scenario(at, |scenario, name| scenario.name = name),
    );
    for line in outlook.lines.iter().filter(|line| line.is_pgb()) {
        let Some((number, chosen)) = line
            .chosen
            .and_then(|number| Some((number, scenario.lines.get(number)?)))
        else {
            continue;
        };
        let spot = Spot {
            scenario: at,
            line: number,
        };
        group_ui(ui, &line.label, |ui| {
            card_ui(ui, |ui| {
                subheading_ui(ui, &line.label);
                form.anchor_ui(ui, spot.place().field("hired"), place.field("name"));
                for (number, hired) in chosen.hired.iter().enumerate() {
                    let at = At { spot, number };
                    let kind = line.budget.segments.first().map_or_else(
                        || hired.kind.clone(),
                        |segment| segment.catalogue.provider_name(&hired.kind).to_string(),
                    );
                    let name = format!(
                        "Zorgverlener {}: {}",
                        number.saturating_add(1),
                        capital(&kind).to_lowercase()
                    );
                    group_ui(ui, &name, |ui| {
                        subheading_ui(ui, &name);
                        form.anchor_ui(ui, at.place().field("work"), place.field("name"));
                        for (row, work) in hired.work.iter().enumerate() {
                            group_ui(ui, &format!("Uren {}", row.saturating_add(1)), |ui| {
                                amounts_ui(ui, form, (at, row), work);
                            });
                        }
                    });
                }
            });
        });
    }
}
