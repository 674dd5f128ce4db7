//! Building hours with a norm set: parts, where each starts, factors and reductions, each with a reason.

use egui::Ui;

use super::Form;
use super::hours::{digits, in_hours};
use super::line::hours_place;
use crate::desk::editing::{Place, Rejected};
use crate::desk::typing;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::choice::{Choice, check_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::mark::Origin;
use crate::desk::widgets::text::{Tone, message_ui, muted_ui, subheading_ui};
use crate::dossier::Dossier;
use crate::indication::Hours;
use crate::norms::{
    Factor, FactorUse, HoursWork, MOST_COUNT, NormSet, NormValue, OwnMinutes, Part, PartWork,
    Reduction, ReductionGround, Start,
};
use crate::quantity::Frequency;
use crate::quantity::dutch::{DurationUnit, minutes};

/// Which work: of which line, and which part of its product.
#[derive(Clone, Copy)]
struct Of<'a> {
    index: usize,
    part: Option<&'a str>,
}

impl Of<'_> {
    fn place(self) -> Place {
        hours_place(self.index, self.part)
    }

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

/// The periods over which minutes are granted.
fn periods() -> Vec<Choice<Frequency>> {
    [
        Frequency::Week,
        Frequency::TwoWeeks,
        Frequency::FourWeeks,
        Frequency::Month,
        Frequency::Year,
    ]
    .map(|per| Choice::new(per, per.dutch()))
    .to_vec()
}

/// Draws the work on the hours of a line, or of one part of its product.
pub(super) fn norm_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, part): (usize, Option<&str>),
    work: &HoursWork,
) {
    let of = Of { index, part };
    let place = of.place();
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
    form.list_ui(
        ui,
        (place.field("set"), "Normenkader", Width::Full),
        (Some(&work.set), "onbekend normenkader"),
        &choices,
        of.change(|work, set| {
            work.set = set;
            work.parts.clear();
        }),
    );
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
    let parts = place.field("parts");
    let first = set.parts.first().map(|part| on_place(parts, &part.id));
    form.anchor_ui(ui, parts, first.unwrap_or(parts));
    for norm in &set.parts {
        norm_part_ui(ui, form, of, set, norm, work);
    }
    // A part that this set does not have can only be taken away.
    for (row, unknown) in work.parts.iter().enumerate() {
        if set.part(&unknown.part).is_none() {
            form.anchor_ui(ui, parts.item(row).field("part"), parts);
            if quiet_ui(ui, "Haal dit onderdeel weg").clicked() {
                form.change_list("Onderdeel weghalen", |dossier| {
                    of.change(|work, row| remove(&mut work.parts, row))(dossier, row);
                });
            }
        }
    }
}

fn on_place(parts: Place, id: &str) -> Place {
    parts.field("on").field(id)
}

fn remove<T>(list: &mut Vec<T>, index: usize) {
    if index < list.len() {
        list.remove(index);
    }
}

/// Where a part starts before a person chooses: its first base, or own minutes.
fn first_start(norm: &Part) -> Start {
    norm.bases.first().map_or_else(
        || Start::Own {
            minutes: OwnMinutes {
                minutes: 0,
                per: Frequency::Week,
            },
            reason: String::new(),
        },
        |base| Start::Base(base.id.clone()),
    )
}

fn norm_part_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    of: Of<'_>,
    set: &NormSet,
    norm: &Part,
    work: &HoursWork,
) {
    let parts = of.place().field("parts");
    let row = work.parts.iter().position(|part| part.part == norm.id);
    let name = super::client::sentence(&norm.name);
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
                        start: first_start(norm),
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
    card_ui(ui, |ui| {
        if let Some(note) = &norm.note {
            muted_ui(ui, note);
        }
        form.anchor_ui(
            ui,
            parts.item(row).field("part"),
            parts.item(row).field("start"),
        );
        start_ui(ui, form, (of, row), set, norm, part);
        for (number, used) in part.factors.iter().enumerate() {
            factor_ui(ui, form, (of, row, number), set, norm, used);
        }
        for (number, reduction) in part.reductions.iter().enumerate() {
            reduction_ui(ui, form, (of, row, number), reduction);
        }
        form.row_ui(ui, |form, ui| add_ui(ui, form, (of, row), set, norm, part));
        worked_ui(ui, form, of, norm);
    });
}

/// Exact and granted minutes of one part.
fn worked_ui(ui: &mut Ui, form: &Form<'_>, of: Of<'_>, norm: &Part) {
    let budget = form.evaluation.lines.get(of.index);
    let worked = budget.and_then(Option::as_ref).and_then(|budget| {
        let granted = &budget.granted;
        let part = granted.iter().find(|part| part.part.as_deref() == of.part);
        part?.worked.as_ref()
    });
    let Some(worked) = worked else { return };
    if let Some(part) = worked.parts.iter().find(|part| part.id == norm.id) {
        let words = format!(
            "Samen precies {} minuten {}, toegekend {}.",
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
    let place = of.place().field("parts").item(row).field("start");
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
        form.row_ui(ui, |form, ui| {
            own_ui(
                ui,
                form,
                (place.field("minutes"), "Eigen minuten"),
                Some(*own),
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
    }
}

/// Minutes with their own period; none for an empty text.
fn own_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (place, label): (Place, &'static str),
    own: Option<OwnMinutes>,
    apply: impl FnOnce(&mut Dossier, Option<OwnMinutes>),
) {
    let at = place.field("minutes");
    let per = own.map_or(Frequency::Week, |own| own.per);
    let text = own.map_or_else(String::new, |own| minutes(own.minutes));
    let field = Field::new(at, label).width(Width::Middle);
    let field = if own.is_some() {
        field.origin(
            Origin::Adjusted,
            "Een consulent vulde dit in, met een reden.",
        )
    } else {
        field.hint("uit de norm")
    };
    form.anchor_ui(ui, place, at);
    let typed = form.field_ui(ui, at, field, &text, signed_minutes);
    if let Some(typed) = typed {
        let own = typed.map(|minutes| OwnMinutes { minutes, per });
        form.change(label, |dossier| apply(dossier, own));
    } else if let Some(own) = own {
        form.list_ui(
            ui,
            (place.field("per"), "Hoe vaak", Width::Middle),
            (Some(&per), ""),
            &periods(),
            |dossier, per| apply(dossier, Some(OwnMinutes { per, ..own })),
        );
    }
}

/// Minutes that may be less than nothing: a factor can take time off.
fn signed_minutes(text: &str) -> Result<Option<i64>, Rejected> {
    let text = text.trim();
    match text.strip_prefix(['-', '−']) {
        Some(rest) => {
            let minutes = typing::minutes(rest, DurationUnit::Minutes)?;
            Ok(minutes.map(i64::saturating_neg))
        }
        None => typing::minutes(text, DurationUnit::Minutes),
    }
}

fn factor_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (of, row, number): (Of<'_>, usize, usize),
    set: &NormSet,
    norm: &Part,
    used: &FactorUse,
) {
    let place = of
        .place()
        .field("parts")
        .item(row)
        .field("factors")
        .item(number);
    let Some(factor) = norm.factor(&used.factor) else {
        form.anchor_ui(ui, place.field("factor"), place);
        if quiet_ui(ui, "Haal deze factor weg").clicked() {
            remove_factor(form, (of, row), number);
        }
        return;
    };
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        subheading_ui(ui, &super::client::sentence(&factor.name));
        muted_ui(ui, &factor_words(set, factor));
        if quiet_ui(ui, "Haal weg").clicked() {
            remove_factor(form, (of, row), number);
        }
    });
    form.anchor_ui(ui, place.field("factor"), place.field("reason"));
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
            used.own,
            of.in_factor((row, number), |used, own| used.own = own),
        );
    });
    form.text_ui(
        ui,
        (place.field("reason"), "Reden", Width::Full),
        &used.reason,
        of.in_factor((row, number), |used, text| used.reason = text),
    );
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
        (NormValue::Known(value), crate::norms::Effect::Visits) => {
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

fn reduction_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (of, row, number): (Of<'_>, usize, usize),
    reduction: &Reduction,
) {
    let place = of
        .place()
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
            Some(reduction.minutes),
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
fn add_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (of, row): (Of<'_>, usize),
    set: &NormSet,
    norm: &Part,
    part: &PartWork,
) {
    let place = of.place().field("parts").item(row);
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
