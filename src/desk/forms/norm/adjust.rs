//! What makes the time of a part more or less: the factors of the norm set and what others do, each with a reason.

use egui::Ui;

use super::own::own_ui;
use super::{Of, remove, remove_ui, value_words};
use crate::desk::editing::Rejected;
use crate::desk::forms::Form;
use crate::desk::forms::hours::digits;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::mark::{Chip, Origin, chip_text_ui, origin_ui};
use crate::desk::widgets::text::{muted_ui, subheading_ui};
use crate::norms::{
    Effect, Factor, FactorUse, MOST_COUNT, NormSet, NormValue, OwnMinutes, Part, PartWork,
    Reduction, ReductionGround,
};
use crate::quantity::Frequency;
use crate::quantity::dutch::capital;

/// Draws a factor that is in use.
pub(super) fn factor_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (of, row, number): (Of<'_>, usize, usize),
    set: &NormSet,
    norm: &Part,
    used: &FactorUse,
) {
    let place = of
        .place
        .field("parts")
        .item(row)
        .field("factors")
        .item(number);
    let Some(factor) = norm.factor(&used.factor) else {
        let words = format!("Haal factor {} weg", used.factor);
        if remove_ui(ui, form, place.field("factor"), &words) {
            remove_factor(form, (of, row), number);
        }
        return;
    };
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        subheading_ui(ui, &capital(&factor.name));
        muted_ui(ui, &factor_words(set, factor));
        if used.own.is_none() && matches!(factor.norm.value, NormValue::Known(_)) {
            origin_ui(ui, Origin::Norm, &factor.norm.provenance.source);
        }
        if factor.aggravating {
            chip_text_ui(ui, Chip::Neutral, "verzwarende omstandigheid")
                .on_hover_text("Hierdoor is het de intensieve variant.");
        }
        if quiet_ui(ui, "Haal weg").clicked() {
            remove_factor(form, (of, row), number);
        }
    });
    form.anchor_ui(ui, place.field("factor"), place.field("reason"));
    let origin = match factor.norm.value {
        NormValue::Known(_) => Origin::Adjusted,
        NormValue::NotKnown(_) => Origin::Typed,
    };
    form.row_ui(ui, |form, ui| {
        if let Some(per) = &factor.per {
            let at = place.field("count");
            let unit = format!("× {per}");
            let field = Field::new(at, "Aantal").width(Width::Short).unit(&unit);
            let typed = form.field_ui(ui, at, field, &used.count.to_string(), count);
            if let Some(count) = typed {
                form.change("Aantal", |dossier| {
                    of.in_factor((row, number), |used, count| used.count = count)(dossier, count);
                });
            }
        } else {
            form.anchor_ui(ui, place.field("count"), place.field("reason"));
        }
        own_ui(
            ui,
            form,
            (place.field("own"), "Eigen minuten"),
            (used.own, origin),
            of.in_factor((row, number), |used, own| used.own = own),
        );
    });
    form.text_ui(
        ui,
        (place.field("reason"), "Reden", Width::Full),
        &used.reason,
        of.in_factor((row, number), |used, text| used.reason = text),
    );
    form.made_ui(ui, place.field("own"));
}

fn remove_factor(form: &mut Form<'_>, (of, row): (Of<'_>, usize), number: usize) {
    form.change_list("Factor weghalen", |dossier| {
        of.in_part(row, |part, number| remove(&mut part.factors, number))(dossier, number);
    });
}

fn count(text: &str) -> Result<u32, Rejected> {
    text.trim()
        .parse()
        .ok()
        .filter(|count| (1..=MOST_COUNT).contains(count))
        .ok_or_else(|| Rejected::new(format!("Vul een aantal in van 1 tot en met {MOST_COUNT}.")))
}

/// What a factor is worth, and per what.
fn factor_words(set: &NormSet, factor: &Factor) -> String {
    let value = match (&factor.norm.value, factor.effect) {
        (NormValue::Known(value), Effect::Visits) => {
            format!("{} bezoeken per week", digits(*value))
        }
        (value, _) => value_words(set, value),
    };
    let sign = match &factor.norm.value {
        NormValue::Known(value) if !value.is_negative() => "+ ",
        _ => "",
    };
    let per = factor
        .per
        .as_ref()
        .map_or_else(String::new, |per| format!(" per {per}"));
    format!("{sign}{value}{per}")
}

/// Draws what others do.
pub(super) fn reduction_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (of, row, number): (Of<'_>, usize, usize),
    reduction: &Reduction,
) {
    let place = of
        .place
        .field("parts")
        .item(row)
        .field("reductions")
        .item(number);
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        subheading_ui(ui, "Minder uren door anderen");
        if quiet_ui(ui, "Haal weg").clicked() {
            form.change_list("Vermindering weghalen", |dossier| {
                of.in_part(row, |part, number| remove(&mut part.reductions, number))(
                    dossier, number,
                );
            });
        }
    });
    form.row_ui(ui, |form, ui| {
        let grounds = ReductionGround::ALL.map(|ground| Choice::new(ground, ground.dutch()));
        form.list_ui(
            ui,
            (place.field("ground"), "Grond", Width::Name),
            (Some(&reduction.ground), ""),
            &grounds,
            of.in_reduction((row, number), |reduction, ground| reduction.ground = ground),
        );
        own_ui(
            ui,
            form,
            (place.field("minutes"), "Minuten minder"),
            (Some(reduction.minutes), Origin::Typed),
            of.in_reduction((row, number), |reduction, own: Option<OwnMinutes>| {
                if let Some(own) = own {
                    reduction.minutes = own;
                }
            }),
        );
    });
    form.text_ui(
        ui,
        (place.field("reason"), "Wie doet wat", Width::Full),
        &reduction.reason,
        of.in_reduction((row, number), |reduction, text| reduction.reason = text),
    );
}

/// Adding a factor or a reduction. A factor of a group that is in use takes the place of the other one.
pub(super) fn add_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (of, row): (Of<'_>, usize),
    set: &NormSet,
    norm: &Part,
    part: &PartWork,
) {
    let place = of.place.field("parts").item(row);
    let used = |id: &str| part.factors.iter().any(|used| used.factor == id);
    let choices: Vec<_> = norm
        .factors
        .iter()
        .filter(|factor| !used(&factor.id))
        .map(|factor| {
            let words = format!("{} ({})", factor.name, factor_words(set, factor));
            Choice::new(factor.id.clone(), words)
        })
        .collect();
    if !choices.is_empty() {
        let added = place.field("factors").item(part.factors.len());
        let mut picked = false;
        form.list_ui(
            ui,
            (
                place.field("add"),
                "Wat meer of minder tijd kost",
                Width::Name,
            ),
            (None, "Voeg een factor toe"),
            &choices,
            |dossier, id: String| {
                picked = true;
                of.in_part(row, |part, id: String| {
                    let group = norm.factor(&id).and_then(|factor| factor.group.clone());
                    part.factors.retain(|used| {
                        group.is_none()
                            || norm
                                .factor(&used.factor)
                                .is_none_or(|other| other.group != group)
                    });
                    part.factors.push(FactorUse {
                        factor: id,
                        count: 1,
                        own: None,
                        reason: String::new(),
                    });
                })(dossier, id);
            },
        );
        if picked {
            form.editing.jump_to(added.field("reason"));
        }
    }
    ui.vertical(|ui| {
        ui.add_space(22.0);
        if quiet_ui(ui, "Minder uren door anderen").clicked() {
            form.change("Vermindering toevoegen", |dossier| {
                of.in_part(row, |part, ()| {
                    part.reductions.push(Reduction {
                        ground: ReductionGround::CustomaryHelp,
                        minutes: OwnMinutes {
                            minutes: 0,
                            per: Frequency::Week,
                        },
                        reason: String::new(),
                    });
                })(dossier, ());
            });
            let added = place.field("reductions").item(part.reductions.len());
            form.editing
                .jump_to(added.field("minutes").field("minutes"));
        }
    });
}
