//! The reasons of one provision and what it is for.

use egui::Ui;

use super::{Form, at, provision_place};
use crate::desk::widgets::choice::check_ui;
use crate::desk::widgets::text::heading_ui;

/// The items of a list, one on each line.
fn items(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Draws the reasons of the line with this number.
pub(super) fn motivation_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize) {
    let Some(provision) = form.dossier.provisions.get(index) else {
        return;
    };
    let place = provision_place(index).field("motivation");
    let motivation = &provision.motivation;
    heading_ui(ui, "Motivering");
    form.lines_ui(
        ui,
        (place.field("limitations"), "Beperkingen", 2),
        "Wat lukt de cliënt niet, en waardoor?",
        &motivation.limitations,
        at(index, |p, text| p.motivation.limitations = text),
    );
    form.lines_ui(
        ui,
        (place.field("own_strength"), "Eigen kracht", 2),
        "Wat kan de cliënt zelf?",
        &motivation.own_strength,
        at(index, |p, text| p.motivation.own_strength = text),
    );
    form.lines_ui(
        ui,
        (place.field("customary_help"), "Gebruikelijke hulp", 2),
        "Wat doen huisgenoten? Schrijf het ook op als er geen huisgenoten zijn.",
        &motivation.customary_help,
        at(index, |p, text| p.motivation.customary_help = text),
    );
    form.lines_ui(
        ui,
        (place.field("prior"), "Wat voorgaat", 2),
        "Mantelzorg, netwerk, algemene voorzieningen.",
        &motivation.prior,
        at(index, |p, text| p.motivation.prior = text),
    );
    form.lines_ui(
        ui,
        (place.field("reasons"), "Waarom deze voorziening", 3),
        "Waarom dit, zoveel en op deze manier?",
        &motivation.reasons,
        at(index, |p, text| p.motivation.reasons = text),
    );
    form.lines_ui(
        ui,
        (place.field("results"), "Resultaten", 2),
        "Een resultaat per regel.",
        &motivation.results.join("\n"),
        at(index, |p, text: String| p.motivation.results = items(&text)),
    );
    form.lines_ui(
        ui,
        (place.field("activities"), "Activiteiten", 2),
        "Een activiteit per regel.",
        &motivation.activities.join("\n"),
        at(index, |p, text: String| {
            p.motivation.activities = items(&text);
        }),
    );
    if !provision.line.delivery.is_pgb() {
        return;
    }
    heading_ui(ui, "Voorwaarden van het pgb");
    form.lines_ui(
        ui,
        (place.field("purpose"), "Doel van het pgb", 2),
        "Waarvoor is het pgb bedoeld?",
        &motivation.purpose,
        at(index, |p, text| p.motivation.purpose = text),
    );
    form.lines_ui(
        ui,
        (place.field("quality"), "Eisen aan de kwaliteit", 2),
        "Waaraan moet de hulp voldoen?",
        &motivation.quality,
        at(index, |p, text| p.motivation.quality = text),
    );
    form.lines_ui(
        ui,
        (place.field("free_amount"), "Vrij besteedbaar", 1),
        "Welk deel hoeft niet te worden verantwoord?",
        &motivation.free_amount,
        at(index, |p, text| p.motivation.free_amount = text),
    );
    let answer = check_ui(
        ui,
        form.editing,
        place.field("monthly_wage_allowed"),
        "Een vast maandloon is toegestaan",
        motivation.monthly_wage_allowed,
    );
    if let Some(allowed) = answer {
        form.change("Vast maandloon", |dossier| {
            at(index, |p, allowed| {
                p.motivation.monthly_wage_allowed = allowed;
            })(dossier, allowed);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_one_item_on_each_line_that_is_not_empty() {
        assert_eq!(
            items(" stofzuigen \n\ndweilen\n"),
            ["stofzuigen", "dweilen"]
        );
        assert!(items(" \n").is_empty());
    }
}
