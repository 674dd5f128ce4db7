//! A scenario at home: its name, and per person who helps the hours and the rate; somebody can be added. What is granted
//! stays as it is.

use egui::Ui;

use super::hired::At;
use super::work::amounts_ui;
use super::{Spot, name_ui, scenario_place};
use crate::desk::forms::Form;
use crate::desk::theme;
use crate::desk::widgets::button::{icon_text_ui, quiet_ui};
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{muted_ui, subheading_ui};
use crate::dossier::{Hired, ScenarioLine, Work};
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
                        // Whom the municipality put in the file stays; who was added here can go again.
                        if hired.id.is_empty() && quiet_ui(ui, "Haal weg").clicked() {
                            form.change_list("Zorgverlener weghalen", |dossier| {
                                spot.change(|line, number: usize| {
                                    if number < line.hired.len() {
                                        line.hired.remove(number);
                                    }
                                })(dossier, number);
                            });
                        }
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
                if !chosen.hired.is_empty()
                    && icon_text_ui(ui, Icon::Plus, "Zorgverlener toevoegen").clicked()
                {
                    add(form, spot, chosen);
                }
            });
        });
    }
}

/// Adds somebody of the same kind, with the hours and the rate of the one before until they are changed.
fn add(form: &mut Form<'_>, spot: Spot, chosen: &ScenarioLine) {
    let Some(last) = chosen.hired.last() else {
        return;
    };
    let work = last.work.last();
    let fresh = Hired {
        kind: last.kind.clone(),
        work: work
            .map(|work| Work::ordinary(work.extent, work.rate))
            .into_iter()
            .collect(),
        ..Hired::default()
    };
    let number = chosen.hired.len();
    form.change_list("Zorgverlener toevoegen", |dossier| {
        spot.change(|line, fresh| line.hired.push(fresh))(dossier, fresh);
    });
    let work = At { spot, number }.place().field("work").item(0);
    form.editing.jump_to(work.field("extent").field("volume"));
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
