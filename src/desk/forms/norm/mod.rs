//! Building hours with a norm set: parts, where each starts, factors and reductions, each with a reason.

mod adjust;
mod own;

use egui::{Align, Ui};

use self::adjust::{add_ui, factor_ui, reduction_ui};
use self::own::{own_ui, periods};
use super::Form;
use super::hours::{digits, in_hours};
use super::line::hours_place;
use crate::desk::editing::Place;
use crate::desk::theme;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::choice::{Choice, check_ui};
use crate::desk::widgets::field::Width;
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::mark::{Chip, Origin, chip_text_ui, origin_ui};
use crate::desk::widgets::text::{Tone, message_ui, muted_ui, prose_ui};
use crate::dossier::Dossier;
use crate::indication::Hours;
use crate::norms::{
    Base, FactorUse, HoursWork, NormSet, NormSetRef, NormValue, OwnMinutes, Part, PartWork,
    Reduction, Start,
};
use crate::quantity::Frequency;
use crate::quantity::dutch::capital;

/// Which work: of which line, and which part of its product.
#[derive(Clone, Copy)]
struct Of<'a> {
    index: usize,
    part: Option<&'a str>,
    place: Place,
}

impl Of<'_> {
    fn change<T>(self, apply: impl FnOnce(&mut HoursWork, T)) -> impl FnOnce(&mut Dossier, T) {
        move |dossier, value| {
            in_hours(dossier, self.index, self.part, |hours| {
                if let Hours::Norm(work) = hours {
                    apply(work, value);
                }
            });
        }
    }

    /// Changes the part at this place of the work.
    fn in_part<T>(
        self,
        row: usize,
        apply: impl FnOnce(&mut PartWork, T),
    ) -> impl FnOnce(&mut Dossier, T) {
        self.change(move |work, value| {
            if let Some(part) = work.parts.get_mut(row) {
                apply(part, value);
            }
        })
    }

    fn in_factor<T>(
        self,
        (row, factor): (usize, usize),
        apply: impl FnOnce(&mut FactorUse, T),
    ) -> impl FnOnce(&mut Dossier, T) {
        self.in_part(row, move |part, value| {
            if let Some(factor) = part.factors.get_mut(factor) {
                apply(factor, value);
            }
        })
    }

    fn in_reduction<T>(
        self,
        (row, reduction): (usize, usize),
        apply: impl FnOnce(&mut Reduction, T),
    ) -> impl FnOnce(&mut Dossier, T) {
        self.in_part(row, move |part, value| {
            if let Some(reduction) = part.reductions.get_mut(reduction) {
                apply(reduction, value);
            }
        })
    }
}

/// Draws the work on the hours of a line, or of one part of its product.
pub(super) fn norm_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, part): (usize, Option<&str>),
    work: &HoursWork,
) {
    let place = hours_place(form, index, part);
    let of = Of { index, part, place };
    let in_sheet = form.in_sheet;
    let sets = form.library.norms(&form.dossier.municipality);
    let choices: Vec<_> = sets
        .iter()
        .map(|set| {
            Choice::new(
                set.reference(),
                format!("{} (versie {})", set.name, set.version),
            )
        })
        .collect();
    let mut wanted = None;
    form.list_ui(
        ui,
        (place.field("set"), "Normenkader", Width::Full),
        (Some(&work.set), "onbekend normenkader"),
        &choices,
        |dossier, to: NormSetRef| {
            // In the sheet of a change, and where nothing was built yet, there is nothing more to be seen first.
            match sets.find(&to) {
                Some(set) if in_sheet || work.parts.is_empty() => {
                    let (anew, _) = work.with_set(set);
                    of.change(|work, anew| *work = anew)(dossier, anew);
                }
                _ => wanted = Some(to),
            }
        },
    );
    if let Some(set) = wanted {
        form.recalculates = Some((index, set));
    }
    form.list_ui(
        ui,
        (place.field("per"), "Toekennen", Width::Middle),
        (Some(&work.per), ""),
        &periods(),
        of.change(|work, per| work.per = per),
    );
    let Some(set) = sets.find(&work.set) else {
        let words =
            "Dit normenkader is er niet. Kies een ander, of zet het in de map van de gemeente.";
        message_ui(ui, Tone::Fault, words);
        return;
    };
    assumes_ui(ui, set);
    let parts = place.field("parts");
    let first = set.parts.first().map(|part| on_place(parts, &part.id));
    form.anchor_ui(ui, parts, first.unwrap_or(parts));
    for norm in &set.parts {
        norm_part_ui(ui, form, of, set, norm, work);
    }
    if work.is_standard() {
        form.lines_ui(
            ui,
            (
                place.field("standard_reason"),
                "Waarom de standaarduitkomst past",
                2,
            ),
            "Kost bij deze cliënt niets meer of minder tijd? Schrijf op waarom. Het komt in de brief.",
            &work.standard_reason,
            of.change(|work, reason| work.standard_reason = reason),
        );
    }
    // A part that this set does not have, or that is there already, can only be taken away.
    for (row, part) in work.parts.iter().enumerate() {
        let mut earlier = work.parts.iter().take(row);
        let name = match set.part(&part.part) {
            None => part.part.as_str(),
            Some(norm) if earlier.any(|other| other.part == part.part) => &norm.name,
            Some(_) => continue,
        };
        let words = format!("Haal onderdeel {name} weg");
        if remove_ui(ui, form, parts.item(row).field("part"), &words) {
            form.change_list("Onderdeel weghalen", |dossier| {
                of.change(|work, row| remove(&mut work.parts, row))(dossier, row);
            });
        }
    }
}

/// What can only be taken away, with what is wrong with it: a jump to it comes to the button.
fn remove_ui(ui: &mut Ui, form: &mut Form<'_>, place: Place, words: &str) -> bool {
    let button = place.field("remove");
    form.anchor_ui(ui, place, button);
    let response = quiet_ui(ui, words);
    if form.editing.take_jump(button) {
        response.request_focus();
        response.scroll_to_me(Some(Align::Center));
    }
    response.clicked()
}

/// The choices of policy that the set leans on, and which of them the municipality confirmed as its own.
fn assumes_ui(ui: &mut Ui, set: &NormSet) {
    if set.assumes.is_empty() {
        return;
    }
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP;
        muted_ui(
            ui,
            "Dit normenkader gaat uit van deze keuzes. Past dat bij het beleid van de gemeente?",
        );
        for one in set.assumes.iter() {
            ui.horizontal_top(|ui| {
                let (chip, word) = if one.is_confirmed() {
                    (Chip::Good, "bevestigd")
                } else {
                    (Chip::Open, "nog niet bevestigd")
                };
                chip_text_ui(ui, chip, word).on_hover_text(&one.choice.provenance.source);
                prose_ui(ui, &one.choice.value);
            });
        }
    });
}

fn on_place(parts: Place, id: &str) -> Place {
    parts.field("on").entry(id)
}

fn remove<T>(list: &mut Vec<T>, index: usize) {
    if index < list.len() {
        list.remove(index);
    }
}

fn norm_part_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    of: Of<'_>,
    set: &NormSet,
    norm: &Part,
    work: &HoursWork,
) {
    let parts = of.place.field("parts");
    let row = work.parts.iter().position(|part| part.part == norm.id);
    let name = capital(&norm.name);
    let answer = check_ui(
        ui,
        form.editing,
        on_place(parts, &norm.id),
        &name,
        row.is_some(),
    );
    if let Some(on) = answer {
        form.change_list("Onderdeel", |dossier| {
            of.change(|work, on: bool| {
                work.parts.retain(|part| part.part != norm.id);
                if on {
                    work.parts.push(PartWork {
                        part: norm.id.clone(),
                        start: norm.start(),
                        factors: Vec::new(),
                        reductions: Vec::new(),
                    });
                    let place =
                        |part: &PartWork| set.parts.iter().position(|norm| norm.id == part.part);
                    work.parts.sort_by_key(place);
                }
            })(dossier, on);
        });
    }
    let Some((row, part)) = row.and_then(|row| Some((row, work.parts.get(row)?))) else {
        return;
    };
    group_ui(ui, &name, |ui| {
        card_ui(ui, |ui| {
            if let Some(note) = &norm.note {
                muted_ui(ui, note);
            }
            let place = parts.item(row);
            form.anchor_ui(ui, place.field("part"), place.field("start"));
            // Too much was taken off, mostly by others.
            let first = match part.reductions.first() {
                Some(_) => {
                    let reduction = place.field("reductions").item(0);
                    reduction.field("minutes").field("minutes")
                }
                None => on_place(parts, &norm.id),
            };
            form.anchor_ui(ui, place, first);
            start_ui(ui, form, (of, row), set, norm, part);
            for (number, used) in part.factors.iter().enumerate() {
                let factor = norm.factor(&used.factor);
                let name = factor.map_or(used.factor.as_str(), |factor| &factor.name);
                group_ui(ui, name, |ui| {
                    factor_ui(ui, form, (of, row, number), set, norm, used);
                });
            }
            for (number, reduction) in part.reductions.iter().enumerate() {
                let name = format!("Vermindering {}", number.saturating_add(1));
                group_ui(ui, &name, |ui| {
                    reduction_ui(ui, form, (of, row, number), reduction);
                });
            }
            form.row_ui(ui, |form, ui| add_ui(ui, form, (of, row), set, norm, part));
            worked_ui(ui, form, of, norm);
        })
    });
}

/// Exact and granted minutes of one part.
fn worked_ui(ui: &mut Ui, form: &Form<'_>, of: Of<'_>, norm: &Part) {
    let worked = form.line_budget(of.index).and_then(|budget| {
        let granted = &budget.granted;
        let part = granted.iter().find(|part| part.part.as_deref() == of.part);
        part?.worked.as_ref()
    });
    let Some(worked) = worked else { return };
    if let Some(part) = worked.parts.iter().find(|part| part.id == norm.id) {
        let once = match worked.parts.len() > 1 && part.exact.value != part.shown.value {
            true => " Alle onderdelen samen zijn één keer afgerond.",
            false => "",
        };
        let words = format!(
            "Samen precies {} minuten {}, toegekend {}.{once}",
            digits(part.exact.value),
            worked.per.dutch(),
            digits(part.shown.value)
        );
        muted_ui(ui, &words);
    }
}

fn value_words(set: &NormSet, value: &NormValue) -> String {
    match value {
        NormValue::Known(value) => {
            format!("{} {}", digits(*value), unit_words(set))
        }
        NormValue::NotKnown(_) => "waarde niet bekend".to_owned(),
    }
}

fn unit_words(set: &NormSet) -> String {
    format!("{} {}", set.unit.unit().plural(), set.unit.per().dutch())
}

fn start_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (of, row): (Of<'_>, usize),
    set: &NormSet,
    norm: &Part,
    part: &PartWork,
) {
    let place = of.place.field("parts").item(row).field("start");
    let mut choices: Vec<Choice<Option<String>>> = norm
        .bases
        .iter()
        .map(|base| {
            let words = format!("{}: {}", base.name, value_words(set, &base.norm.value));
            Choice::new(Some(base.id.clone()), words)
        })
        .collect();
    choices.push(Choice::new(None, "eigen minuten"));
    let chosen = match &part.start {
        Start::Base(id) => Some(id.clone()),
        Start::Own { .. } => None,
    };
    form.segments_ui(
        ui,
        (place, "Begint met"),
        Some(&chosen),
        &choices,
        of.in_part(row, |part, base: Option<String>| {
            part.start = base.map_or_else(
                || Start::Own {
                    minutes: OwnMinutes {
                        minutes: 0,
                        per: Frequency::Week,
                    },
                    reason: String::new(),
                },
                Start::Base,
            );
        }),
    );
    if let Start::Own {
        minutes: own,
        reason,
    } = &part.start
    {
        let known = |base: &Base| matches!(base.norm.value, NormValue::Known(_));
        let origin = match norm.bases.iter().any(known) {
            true => Origin::Adjusted,
            false => Origin::Typed,
        };
        form.row_ui(ui, |form, ui| {
            own_ui(
                ui,
                form,
                (place.field("minutes"), "Eigen minuten"),
                (Some(*own), origin),
                of.in_part(row, |part, typed: Option<OwnMinutes>| {
                    if let (Start::Own { minutes, .. }, Some(typed)) = (&mut part.start, typed) {
                        *minutes = typed;
                    }
                }),
            );
        });
        form.text_ui(
            ui,
            (
                place.field("reason"),
                "Reden van de eigen minuten",
                Width::Full,
            ),
            reason,
            of.in_part(row, |part, text| {
                if let Start::Own { reason, .. } = &mut part.start {
                    *reason = text;
                }
            }),
        );
        form.made_ui(ui, place);
    } else {
        origin_ui(ui, Origin::Norm, &set.source);
    }
}
