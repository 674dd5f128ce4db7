//! A scenario at home: its name, and per person who helps the hours and the rate. What is granted stays as it is.

use egui::Ui;

use super::hired::At;
use super::work::amounts_ui;
use super::{Spot, name_ui, scenario_place};
use crate::desk::forms::Form;
use crate::desk::theme;
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::text::{muted_ui, subheading_ui};
use crate::dossier::Hired;
use crate::quantity::dutch::{capital, date_long, listed};
use crate::scenario::Outlook;

/// Draws the scenario with this number, with what it comes to.
pub fn home_ui(ui: &mut Ui, form: &mut Form<'_>, at: usize, outlook: &Outlook) {
    let dossier = form.dossier;
    let Some(scenario) = dossier.scenarios.get(at) else {
        return;
    };
    ui.spacing_mut().item_spacing.y = theme::MEDIUM;
    let place = scenario_place(at);
    name_ui(ui, form, (at, "Naam van dit plan"), &scenario.name);
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
                        if let Some(words) = when(hired) {
                            muted_ui(ui, &words);
                        }
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

/// From when to when somebody helps and is away, in sentences; nothing for who is always there.
fn when(hired: &Hired) -> Option<String> {
    let mut said = Vec::new();
    match (hired.from, hired.to) {
        (Some(from), Some(to)) => said.push(format!(
            "Helpt van {} tot en met {}.",
            date_long(from),
            date_long(to)
        )),
        (Some(from), None) => said.push(format!("Helpt vanaf {}.", date_long(from))),
        (None, Some(to)) => said.push(format!("Helpt tot en met {}.", date_long(to))),
        (None, None) => {}
    }
    let away: Vec<String> = (hired.away.iter())
        .map(|away| {
            format!(
                "van {} tot en met {}",
                date_long(away.from),
                date_long(away.to)
            )
        })
        .collect();
    if !away.is_empty() {
        said.push(format!("Komt niet {}.", listed(&away)));
    }
    (!said.is_empty()).then(|| said.join(" "))
}
