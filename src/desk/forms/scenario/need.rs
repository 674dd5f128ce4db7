//! Other choices or hours than granted for a line of a scenario, with the widgets of the line itself.
//!
//! The grant stays what it is: what is chosen here only counts in this scenario.

use egui::Ui;

use super::Spot;
use crate::budget::LineBudget;
use crate::desk::forms::{Elsewhere, Form, line};
use crate::desk::widgets::choice::check_ui;
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::text::{Tone, message_ui, muted_ui};
use crate::dossier::{Dossier, Provision, ScenarioLine};
use crate::scenario::{Value, choices, extent, laid, value};
use crate::trace::NodeId;

/// Draws what a scenario takes in place of the granted choices and hours. It stays folded while all is as granted.
pub(super) fn need_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    spot: Spot,
    (chosen, provision): (&ScenarioLine, &Provision),
    budget: Option<&LineBudget<NodeId>>,
) {
    let place = spot.place();
    let unfolds = place.field("need");
    let has = chosen.has_own_need();
    let asked = ui.data(|data| data.get_temp::<bool>(unfolds.id()));
    let open = has || asked.unwrap_or(false);
    let label = "Andere keuzes of uren dan toegekend";
    if let Some(open) = check_ui(ui, form.editing, unfolds, label, open) {
        ui.data_mut(|data| data.insert_temp(unfolds.id(), open));
        if has && !open {
            form.change_list("Keuzes en uren zoals toegekend", |dossier| {
                spot.change(|line, ()| {
                    line.choices.clear();
                    line.hours.clear();
                })(dossier, ());
            });
        }
    }
    if !open {
        form.anchor_ui(ui, place.field("choices"), unfolds);
        form.anchor_ui(ui, place.field("hours"), unfolds);
        return;
    }
    group_ui(ui, label, |ui| {
        card_ui(ui, |ui| {
            let granted = form.evaluation.lines.get(chosen.provision);
            told_ui(ui, has, granted.and_then(Option::as_ref), budget);
            line_ui(ui, form, spot, (chosen, provision), budget);
        });
    });
}

/// What was granted and what this scenario has.
fn told_ui(
    ui: &mut Ui,
    has: bool,
    granted: Option<&LineBudget<NodeId>>,
    budget: Option<&LineBudget<NodeId>>,
) {
    let Some((granted, budget)) = granted.zip(budget) else {
        return;
    };
    if !has {
        muted_ui(ui, &format!("Nu zoals toegekend: {}.", said(granted)));
        return;
    }
    let words = format!(
        "Toegekend: {}. In dit scenario: {}. Het besluit verandert niet.",
        said(granted),
        said(budget)
    );
    message_ui(ui, Tone::Info, &words);
}

/// The choices and the hours of a line in words.
fn said(budget: &LineBudget<NodeId>) -> String {
    let hours = match extent(budget) {
        hours @ Value::Work(..) => format!("{} per week", value(&hours)),
        other => value(&other),
    };
    match choices(budget) {
        Value::Nothing => hours,
        choices => format!("{}; {hours}", value(&choices)),
    }
}

/// The widgets of the line itself, on the line as this scenario has it.
fn line_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    spot: Spot,
    (chosen, provision): (&ScenarioLine, &Provision),
    budget: Option<&LineBudget<NodeId>>,
) {
    let granted = &provision.line;
    let mut alone = Dossier::new(&form.dossier.municipality);
    alone.provisions.push(Provision {
        line: laid(chosen, granted),
        ..provision.clone()
    });
    let mut inner = Form::new(
        &alone,
        form.evaluation,
        form.library,
        form.messages,
        form.editing,
    )
    .elsewhere(Elsewhere {
        place: spot.place(),
        budget,
        granted,
    });
    inner.tries = form.tries;
    line::need_ui(ui, &mut inner, 0);
    let is_typed = inner.change.is_none();
    let Some(change) = inner.change.or(inner.typed) else {
        return;
    };
    let Some(changed) = change.dossier.provisions.into_iter().next() else {
        return;
    };
    let take = |dossier: &mut Dossier| {
        spot.change(|line, changed: Provision| line.take_need(changed.line, granted))(
            dossier, changed,
        );
    };
    match change.moved {
        true => form.change_list(change.what, take),
        false => {
            form.is_typed = is_typed;
            form.change(change.what, take);
        }
    }
}
