//! The investigation, step by step: each short to fill, with its state, and where an answer was taken over from.

use egui::Ui;

use super::Form;
use crate::desk::command::Command;
use crate::desk::editing::Place;
use crate::desk::theme;
use crate::desk::widgets::button::{icon_ui, quiet_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, check_ui};
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::{Chip, Origin, chip_text_ui, origin_ui};
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, subheading_ui, title_ui};
use crate::dossier::{Dossier, InvestigationStep, PriorAnswer, PriorOutcome, StepState, Taken};
use crate::national::PriorProvision;

fn place() -> Place {
    Place::root().field("investigation")
}

/// Draws the form of the investigation.
pub fn investigation_ui(ui: &mut Ui, form: &mut Form<'_>) {
    title_ui(ui, "Onderzoek");
    for step in InvestigationStep::ALL {
        group_ui(ui, step.dutch(), |ui| {
            head_ui(ui, form, step);
            match step {
                InvestigationStep::Prior => priors_ui(ui, form),
                _ => answer_ui(ui, form, step),
            }
        });
    }
    safety_ui(ui, form);
    heading_ui(ui, "Verslag");
    muted_ui(
        ui,
        "Het verslag is voor de cliënt. U kunt het opslaan en openen, of meteen afdrukken.",
    );
    ui.horizontal_wrapped(|ui| {
        for command in [Command::MakeReport, Command::PrintReport] {
            if secondary_ui(ui, command.name()).clicked() {
                form.asks = Some(command);
            }
        }
    });
}

/// The name of a step with its state.
fn head_ui(ui: &mut Ui, form: &Form<'_>, step: InvestigationStep) {
    let list = form.dossier.priors(form.library).unwrap_or_default();
    let state = form.dossier.step_state(step, &list);
    let chip = match state {
        StepState::Empty => Chip::Neutral,
        StepState::Busy => Chip::Open,
        StepState::Complete => Chip::Good,
        StepState::Problem => Chip::Warning,
    };
    ui.horizontal_wrapped(|ui| {
        heading_ui(ui, step.dutch());
        chip_text_ui(ui, chip, state.dutch());
    });
}

fn answer_ui(ui: &mut Ui, form: &mut Form<'_>, step: InvestigationStep) {
    let Some(answer) = form.dossier.investigation.answer(step) else {
        return;
    };
    let at = place().field(step.field());
    form.letter_ui(
        ui,
        (at.field("text"), step.question(), 2),
        "",
        &answer.text,
        |dossier, text| {
            if let Some(answer) = dossier.investigation.answer_mut(step) {
                answer.set(text);
            }
        },
    );
    if taken_ui(ui, answer.taken.as_ref()) {
        form.change("Antwoord nagekeken", |dossier| {
            let answer = dossier.investigation.answer_mut(step);
            check(answer.and_then(|answer| answer.taken.as_mut()));
        });
    }
}

fn check(taken: Option<&mut Taken>) {
    if let Some(taken) = taken {
        taken.checked = true;
    }
}

/// Says where an answer comes from; gives whether somebody says that it still holds.
fn taken_ui(ui: &mut Ui, taken: Option<&Taken>) -> bool {
    let Some(taken) = taken else { return false };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::GAP;
        origin_ui(ui, Origin::Taken, "");
        muted_ui(ui, "uit");
        muted_ui(ui, &taken.from);
        if taken.checked {
            muted_ui(ui, "en nagekeken");
            return false;
        }
        quiet_ui(ui, "Klopt nog").clicked()
    })
    .inner
}

fn priors_ui(ui: &mut Ui, form: &mut Form<'_>) {
    let list = match form.dossier.priors(form.library) {
        Ok(list) => list,
        Err(problems) => {
            for problem in problems {
                message_ui(ui, Tone::Fault, &problem.to_string());
            }
            return;
        }
    };
    let at = place().field("prior");
    let answers = &form.dossier.investigation.prior;
    form.anchor_ui(ui, at, at.item(0).field("reason"));
    for known in &list {
        let found = answers
            .iter()
            .enumerate()
            .find(|(_, one)| one.provision == known.id);
        card_ui(ui, |ui| {
            group_ui(ui, &known.label, |ui| prior_ui(ui, form, known, found));
        });
    }
    // What the list does not have can only be taken away.
    for (number, one) in answers.iter().enumerate() {
        if list.iter().any(|known| known.id == one.provision) {
            continue;
        }
        form.anchor_ui(ui, at.item(number).field("provision"), at.item(number));
        if quiet_ui(ui, "Onbekende voorziening verwijderen").clicked() {
            remove(form, number);
        }
    }
}

/// Forgets what was found about a prior provision.
fn remove(form: &mut Form<'_>, number: usize) {
    form.change_list("Voorgaande voorziening wissen", |dossier| {
        if number < dossier.investigation.prior.len() {
            dossier.investigation.prior.remove(number);
        }
    });
}

fn prior_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    known: &PriorProvision,
    found: Option<(usize, &PriorAnswer)>,
) {
    ui.horizontal_wrapped(|ui| {
        subheading_ui(ui, &known.label);
        if let Some((number, _)) = found
            && icon_ui(ui, Icon::Cross, "Wissen").clicked()
        {
            remove(form, number);
        }
    });
    muted_ui(ui, &known.about);
    let at = place().field("prior");
    // Until it has a place in the list, its fields go by its name.
    let at = found.map_or_else(|| at.entry(&known.id), |(number, _)| at.item(number));
    let chosen = found.map(|(_, one)| one.outcome);
    let choices = PriorOutcome::ALL.map(|outcome| Choice::new(outcome, outcome.dutch()));
    let before = form.change.is_some();
    form.segments_ui(
        ui,
        (at.field("outcome"), "Uitkomst"),
        chosen.as_ref(),
        &choices,
        |dossier: &mut Dossier, outcome| {
            let prior = &mut dossier.investigation.prior;
            match prior.iter_mut().find(|one| one.provision == known.id) {
                Some(one) => one.outcome = outcome,
                None => prior.push(PriorAnswer {
                    provision: known.id.clone(),
                    outcome,
                    reason: String::new(),
                    taken: None,
                }),
            }
        },
    );
    let Some((number, one)) = found else {
        if form.change.is_some() && !before {
            let next = place()
                .field("prior")
                .item(form.dossier.investigation.prior.len());
            form.editing.jump_to(next.field("reason"));
        }
        return;
    };
    form.anchor_ui(ui, at.field("provision"), at.field("reason"));
    form.lines_ui(
        ui,
        (at.field("reason"), "Reden", 1),
        "Waarom?",
        &one.reason,
        |dossier, text| {
            if let Some(one) = dossier.investigation.prior.get_mut(number)
                && one.reason != text
            {
                one.reason = text;
                one.taken = None;
            }
        },
    );
    if taken_ui(ui, one.taken.as_ref()) {
        form.change("Antwoord nagekeken", |dossier| {
            let one = dossier.investigation.prior.get_mut(number);
            check(one.and_then(|one| one.taken.as_mut()));
        });
    }
}

fn safety_ui(ui: &mut Ui, form: &mut Form<'_>) {
    heading_ui(ui, "Zorgen over veiligheid");
    muted_ui(
        ui,
        "Meldcode en MDA++. Dit staat nooit in een brief. Het staat alleen in het verslag, het bewijs en een export als u daarvoor kiest.",
    );
    let safety = &form.dossier.investigation.safety;
    let at = place().field("safety");
    form.lines_ui(
        ui,
        (at.field("text"), "Wat zag of hoorde u?", 2),
        "Schrijf ook op welke stap van de meldcode u zette.",
        &safety.text,
        |dossier, text| dossier.investigation.safety.text = text,
    );
    let label = "Dit mag in het verslag en in een export";
    if let Some(shared) = check_ui(ui, form.editing, at.field("shared"), label, safety.shared) {
        form.change(label, |dossier| {
            dossier.investigation.safety.shared = shared;
        });
    }
}
