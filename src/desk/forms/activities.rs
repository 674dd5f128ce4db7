//! Hours by goal and activity: what the client wants to reach, what is done for it, and how much time that takes.

use egui::Ui;

use super::Form;
use super::hours::{digits, frequency_choices, in_hours};
use super::line::hours_place;
use crate::desk::typing;
use crate::desk::widgets::button::{icon_text_ui, quiet_ui};
use crate::desk::widgets::choice::Choice;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::card_ui;
use crate::desk::widgets::group::group_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::muted_ui;
use crate::dossier::Dossier;
use crate::indication::{Activity, Hours};
use crate::quantity::dutch::number;
use crate::quantity::{Extent, Frequency, Unit};
use rust_decimal::Decimal;

/// Activities to begin with: one for each extent that was typed, else one of an hour a week.
pub(super) fn begun(extents: Vec<Extent>) -> Hours {
    let mut rows: Vec<Activity> = extents.into_iter().map(empty).collect();
    if rows.is_empty() {
        rows.push(empty(Extent {
            volume: Decimal::from(60),
            unit: Unit::Minute,
            per: Frequency::Week,
        }));
    }
    Hours::Activities(rows)
}

fn empty(extent: Extent) -> Activity {
    Activity {
        goal: String::new(),
        activity: String::new(),
        extent,
    }
}

/// Draws the activities of a part of a line, with their sum.
pub(super) fn activities_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, part): (usize, Option<&str>),
    rows: &[Activity],
) {
    for (row, activity) in rows.iter().enumerate() {
        let name = format!("Activiteit {}", row.saturating_add(1));
        let removes = group_ui(ui, &name, |ui| {
            card_ui(ui, |ui| activity_ui(ui, form, (index, part, row), activity))
        });
        if removes {
            form.change_list("Activiteit weghalen", |dossier| {
                change(dossier, (index, part), |rows| {
                    if row < rows.len() {
                        rows.remove(row);
                    }
                });
            });
        }
    }
    if icon_text_ui(ui, Icon::Plus, "Activiteit toevoegen").clicked() {
        let last = rows.last().map(|row| (row.goal.clone(), row.extent));
        form.change_list("Activiteit toevoegen", |dossier| {
            change(dossier, (index, part), |rows| {
                rows.extend(last.map(|(goal, extent)| Activity {
                    goal,
                    ..empty(extent)
                }));
                if rows.is_empty()
                    && let Hours::Activities(fresh) = begun(Vec::new())
                {
                    *rows = fresh;
                }
            });
        });
        let next = hours_place(form, index, part).item(rows.len());
        form.editing.jump_to(next.field("activity"));
    }
    if let Some(words) = together(form, index, part) {
        muted_ui(ui, &words);
    }
}

/// The sum, where all of it comes back.
fn together(form: &Form<'_>, index: usize, part: Option<&str>) -> Option<String> {
    let budget = form.line_budget(index)?;
    let mut granted = budget.granted.iter();
    let granted = granted.find(|granted| granted.part.as_deref() == part)?;
    let sum = match granted.volumes.as_slice() {
        [one] => *one,
        _ => granted.together?,
    };
    Some(format!(
        "Samen {} {} {}.",
        digits(sum.figure.value),
        sum.unit.plural(),
        sum.per.dutch()
    ))
}

fn change(
    dossier: &mut Dossier,
    (index, part): (usize, Option<&str>),
    apply: impl FnOnce(&mut Vec<Activity>),
) {
    in_hours(dossier, index, part, |hours| {
        if let Hours::Activities(rows) = hours {
            apply(rows);
        }
    });
}

/// Draws one activity; gives whether it is to be removed.
fn activity_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (index, part, row): (usize, Option<&str>, usize),
    activity: &Activity,
) -> bool {
    let place = hours_place(form, index, part).item(row);
    let set = |dossier: &mut Dossier, apply: &dyn Fn(&mut Activity)| {
        change(dossier, (index, part), |rows| {
            if let Some(activity) = rows.get_mut(row) {
                apply(activity);
            }
        });
    };
    form.anchor_ui(ui, place, place.field("goal"));
    form.text_ui(
        ui,
        (place.field("goal"), "Doel", Width::Full),
        &activity.goal,
        |dossier, text| set(dossier, &|row| row.goal.clone_from(&text)),
    );
    form.text_ui(
        ui,
        (place.field("activity"), "Activiteit", Width::Full),
        &activity.activity,
        |dossier, text| set(dossier, &|row| row.activity.clone_from(&text)),
    );
    let place = place.field("extent");
    form.row_ui(ui, |form, ui| {
        let at = place.field("volume");
        let field = Field::new(at, "Tijd").width(Width::Short);
        let text = number(activity.extent.volume);
        if let Some(Some(volume)) = form.field_ui(ui, at, field, &text, typing::amount) {
            form.change("Tijd", |dossier| {
                set(dossier, &|row| row.extent.volume = volume);
            });
        }
        let units = [Unit::Minute, Unit::Hour].map(|unit| Choice::new(unit, unit.plural()));
        form.list_ui(
            ui,
            (place.field("unit"), "Eenheid", Width::Short),
            (Some(&activity.extent.unit), activity.extent.unit.plural()),
            &units,
            |dossier, unit| set(dossier, &|row| row.extent.unit = unit),
        );
        form.list_ui(
            ui,
            (place.field("per"), "Hoe vaak", Width::Middle),
            (Some(&activity.extent.per), ""),
            &frequency_choices(),
            |dossier, per| set(dossier, &|row| row.extent.per = per),
        );
    });
    quiet_ui(ui, "Activiteit weghalen").clicked()
}
