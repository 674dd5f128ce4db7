//! The reasons of one provision and what it is for.

use std::borrow::Cow;

use egui::Ui;

use super::{Form, at, provision_place};
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::choice::check_ui;
use crate::desk::widgets::mark::{Origin, origin_ui};
use crate::desk::widgets::text::heading_ui;
use crate::dossier::Motivation;

/// The items of a list, one on each line.
fn items(text: &str) -> Vec<String> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A text: its name in the dossier, its label, its rows, its hint, its value, and how it is changed.
type TextField = (
    &'static str,
    &'static str,
    usize,
    &'static str,
    fn(&Motivation) -> String,
    fn(&mut Motivation, String),
);

/// What every decision says.
const REASONS: [TextField; 7] = [
    (
        "limitations",
        "Beperkingen",
        2,
        "Wat lukt de cliënt niet, en waardoor?",
        |m| m.limitations.clone(),
        |m, text| m.limitations = text,
    ),
    (
        "own_strength",
        "Eigen kracht",
        2,
        "Wat kan de cliënt zelf?",
        |m| m.own_strength.clone(),
        |m, text| m.own_strength = text,
    ),
    (
        "customary_help",
        "Gebruikelijke hulp",
        2,
        "Wat doen huisgenoten? Schrijf het ook op als er geen huisgenoten zijn.",
        |m| m.customary_help.clone(),
        |m, text| m.customary_help = text,
    ),
    (
        "prior",
        "Wat voorgaat",
        2,
        "Mantelzorg, netwerk, algemene voorzieningen.",
        |m| m.prior.clone(),
        |m, text| m.prior = text,
    ),
    (
        "reasons",
        "Waarom deze voorziening",
        3,
        "Waarom dit, zoveel en op deze manier?",
        |m| m.reasons.clone(),
        |m, text| m.reasons = text,
    ),
    (
        "results",
        "Resultaten",
        2,
        "Een resultaat per regel.",
        |m| m.results.join("\n"),
        |m, text| m.results = items(&text),
    ),
    (
        "activities",
        "Activiteiten",
        2,
        "Een activiteit per regel.",
        |m| m.activities.join("\n"),
        |m, text| m.activities = items(&text),
    ),
];

/// What a decision on a pgb says besides.
const TERMS: [TextField; 4] = [
    (
        "purpose",
        "Doel van het pgb",
        2,
        "Waarvoor is het pgb bedoeld?",
        |m| m.purpose.clone(),
        |m, text| m.purpose = text,
    ),
    (
        "quality",
        "Eisen aan de kwaliteit",
        2,
        "Waaraan moet de hulp voldoen?",
        |m| m.quality.clone(),
        |m, text| m.quality = text,
    ),
    (
        "free_amount",
        "Vrij besteedbaar",
        1,
        "Welk deel hoeft niet te worden verantwoord?",
        |m| m.free_amount.clone(),
        |m, text| m.free_amount = text,
    ),
    (
        "below_floor",
        "Waarom een tarief onder het minimum kan",
        1,
        "Alleen als een tarief lager is dan het bekende minimum.",
        |m| m.below_floor.clone(),
        |m, text| m.below_floor = text,
    ),
];

/// Draws the reasons of the line with this number.
pub(in crate::desk) fn motivation_ui(ui: &mut Ui, form: &mut Form<'_>, index: usize) {
    let Some(provision) = form.dossier.provisions.get(index) else {
        return;
    };
    let motivation = &provision.motivation;
    heading_ui(ui, "Motivering");
    texts_ui(ui, form, index, motivation, &REASONS);
    if !provision.line.delivery.is_pgb() {
        return;
    }
    heading_ui(ui, "Voorwaarden van het pgb");
    texts_ui(ui, form, index, motivation, &TERMS);
    let place = provision_place(index).field("motivation");
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

fn texts_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    index: usize,
    motivation: &Motivation,
    fields: &[TextField],
) {
    let place = provision_place(index).field("motivation");
    for (name, label, rows, hint, value, set) in fields {
        let text = value(motivation);
        form.letter_ui(
            ui,
            (place.field(name), *label, *rows),
            hint,
            &text,
            at(index, |p, text| set(&mut p.motivation, text)),
        );
        let Some(answer) = answer_to(form, name) else {
            continue;
        };
        if answer == text.as_str() {
            origin_ui(ui, Origin::Taken, "Uit het onderzoek van dit dossier.");
        } else if text.is_empty() {
            let answer = answer.into_owned();
            let button = format!("{label} overnemen uit het onderzoek");
            if quiet_ui(ui, &button).clicked() {
                form.change("Overnemen uit het onderzoek", |dossier| {
                    at(index, |p, text| set(&mut p.motivation, text))(dossier, answer);
                });
            }
        }
    }
}

/// What the investigation says about a field of the motivation, if it says something.
fn answer_to<'a>(form: &Form<'a>, field: &str) -> Option<Cow<'a, str>> {
    let investigation = &form.dossier.investigation;
    let answer = match field {
        "limitations" => &investigation.limitations,
        "own_strength" => &investigation.own_strength,
        "customary_help" => &investigation.customary_help,
        "reasons" => &investigation.remains,
        "prior" => {
            let list = form.dossier.priors(form.library).unwrap_or_default();
            let text = investigation.prior_in_words(&list);
            return (!text.is_empty()).then_some(Cow::Owned(text));
        }
        _ => return None,
    };
    (!answer.is_empty()).then(|| Cow::Borrowed(answer.text.trim()))
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
