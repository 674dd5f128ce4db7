//! What narrows the list of the caseload: filters above it, who has what beside it, views that are kept below it.
//!
//! It changes the query and says that it did; what is found, it must not know.

use egui::{Key, ScrollArea, Ui};

use super::rows::group_ui;
use super::{Asked, CaseloadState, place, row};
use crate::desk::editing::{Editing, Place};
use crate::desk::theme;
use crate::desk::widgets::button::{quiet_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, list_ui, segments_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::text::{heading_ui, muted_ui};
use crate::register::{Order, Query, Urgency};

pub(super) fn filters_ui(ui: &mut Ui, state: &mut CaseloadState, wide: bool) -> Option<Asked> {
    let mut changed = false;
    let all = state.listing.all;
    let late = all.late;
    let soon = late.saturating_add(all.soon);
    let open = soon.saturating_add(all.waiting);
    let every = open.saturating_add(all.done);
    let choices = [
        Choice::new(None, format!("Alles ({every})")),
        Choice::new(Some(Urgency::Waiting), format!("Te doen ({open})")),
        Choice::new(Some(Urgency::Soon), format!("Deze week ({soon})")),
        Choice::new(Some(Urgency::Late), format!("Te laat ({late})")),
    ];
    let CaseloadState { editing, query, .. } = state;
    ui.with_layout(row(), |ui| {
        let at = (place("urgentie"), "Wat");
        if let Some(least) = segments_ui(ui, editing, at, Some(&query.urgency), &choices, None) {
            query.urgency = least;
            changed = true;
        }
        let products: Vec<_> = std::iter::once(Choice::new(None, "alle"))
            .chain(
                (state.listing.products.iter())
                    .map(|(id, name)| Choice::new(Some(id.clone()), name.as_str())),
            )
            .collect();
        let at = (place("product"), "Product");
        if let Some(product) = filter_ui(ui, editing, at, &query.product, &products) {
            query.product = product;
            changed = true;
        }
        if !wide {
            let groups = [
                (
                    "consulent",
                    "Consulent",
                    &state.listing.consultants,
                    &mut query.consultant,
                ),
                (
                    "wijk",
                    "Wijk",
                    &state.listing.neighbourhoods,
                    &mut query.neighbourhood,
                ),
            ];
            for (name, label, groups, chosen) in groups {
                let choices: Vec<_> = std::iter::once(Choice::new(None, "alle"))
                    .chain(groups.iter().map(|group| {
                        let text = format!("{} ({})", group.shown, group.counts);
                        Choice::new(Some(group.name.clone()), text)
                    }))
                    .collect();
                if let Some(picked) = filter_ui(ui, editing, (place(name), label), chosen, &choices)
                {
                    *chosen = picked;
                    changed = true;
                }
            }
        }
        let states = [
            Choice::new(None, "alle"),
            Choice::new(Some(false), "ontwerp"),
            Choice::new(Some(true), "definitief"),
        ];
        let at = (place("stand"), "Stand");
        if let Some(definitive) = filter_ui(ui, editing, at, &query.definitive, &states) {
            query.definitive = definitive;
            changed = true;
        }
        let orders = [
            ((Order::Due, false), "wat eerst moet"),
            ((Order::Name, false), "naam"),
            ((Order::Number, false), "zaaknummer"),
            ((Order::Saved, true), "laatst opgeslagen"),
            ((Order::Neighbourhood, false), "wijk"),
            ((Order::Consultant, false), "consulent"),
        ]
        .map(|(order, text)| Choice::new(order, text));
        let at = (place("volgorde"), "Volgorde");
        let chosen = (query.order, query.descending);
        if let Some((order, descending)) = filter_ui(ui, editing, at, &chosen, &orders) {
            (query.order, query.descending) = (order, descending);
            changed = true;
        }
    });
    changed.then_some(Asked::Find)
}

fn filter_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    editing: &mut Editing,
    at: (Place, &str),
    chosen: &T,
    choices: &[Choice<T>],
) -> Option<T> {
    list_ui(
        ui,
        editing,
        at,
        Width::Middle,
        Some(chosen),
        "alle",
        choices,
        None,
    )
}

pub(super) fn groups_ui(ui: &mut Ui, state: &mut CaseloadState) -> Option<Asked> {
    let mut changed = false;
    let CaseloadState { query, listing, .. } = state;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP;
            for (title, groups, chosen) in [
                ("Per consulent", &listing.consultants, &mut query.consultant),
                (
                    "Per wijk",
                    &listing.neighbourhoods,
                    &mut query.neighbourhood,
                ),
            ] {
                heading_ui(ui, title);
                if groups.is_empty() {
                    muted_ui(ui, "Hier komt wie wat te doen heeft.");
                }
                for group in groups {
                    let on = chosen.as_ref() == Some(&group.name);
                    if group_ui(ui, title, group, on) {
                        *chosen = (!on).then(|| group.name.clone());
                        changed = true;
                    }
                }
                ui.add_space(theme::LARGE);
            }
        });
    changed.then_some(Asked::Find)
}

pub(super) fn foot_ui(ui: &mut Ui, state: &mut CaseloadState, lock_after: u8) -> Option<Asked> {
    let mut asked = None;
    ui.with_layout(row(), |ui| {
        ui.spacing_mut().item_spacing.x = theme::MEDIUM;
        let CaseloadState {
            editing,
            query,
            views,
            naming,
            ..
        } = state;
        let kept = views.iter().find(|(_, kept)| kept == query);
        let names: Vec<_> = std::iter::once(Choice::new(Query::default(), "geen"))
            .chain((views.iter()).map(|(name, query)| Choice::new(query.clone(), name.as_str())))
            .collect();
        let width = Width::Middle;
        let at = (place("weergave"), "Weergave");
        let picked = list_ui(
            ui,
            editing,
            at,
            width,
            Some(query),
            "niet bewaard",
            &names,
            None,
        );
        if let Some(name) = naming {
            let field = Field::new(place("naam van weergave"), "Naam van de weergave");
            let enter = ui.input(|input| input.key_pressed(Key::Enter));
            let typed = field.text_ui(ui, editing, name);
            if let Some(text) = typed {
                *name = text;
            }
            let done = secondary_ui(ui, "Bewaar").clicked() || enter;
            if done && !name.is_empty() {
                asked = Some(Asked::KeepView(std::mem::take(name)));
            }
            if quiet_ui(ui, "Ga terug").clicked() || asked.is_some() {
                *naming = None;
            }
        } else if let Some((name, _)) = kept {
            if quiet_ui(ui, "Vergeet deze weergave").clicked() {
                asked = Some(Asked::DropView(name.clone()));
            }
        } else if *query != Query::default() && quiet_ui(ui, "Bewaar deze weergave").clicked() {
            *naming = Some(String::new());
            editing.jump_to(place("naam van weergave"));
        }
        if let Some(picked) = picked {
            *query = picked;
            asked = Some(Asked::Find);
        }
        ui.add_space(theme::GROUP);
        let minutes: Vec<_> = [5_u8, 10, 15, 30, 60]
            .into_iter()
            .map(|minutes| Choice::new(minutes, format!("{minutes} minuten")))
            .collect();
        let at = (place("slot"), "Op slot na");
        if let Some(minutes) = list_ui(
            ui,
            editing,
            at,
            width,
            Some(&lock_after),
            "",
            &minutes,
            None,
        ) {
            asked = Some(Asked::LockAfter(minutes));
        }
    });
    asked
}
