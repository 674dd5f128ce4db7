//! What is in force for the product that was asked about, and why.

use egui::accesskit::Role;
use egui::{Sense, TextStyle, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{TariffState, place};
use crate::desk::showing::tariffs::{Answer, Sheet};
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::choice::list_ui;
use crate::desk::widgets::field::Width;
use crate::desk::widgets::figure::{card_ui, figures_ui, one_figure_ui};
use crate::desk::widgets::mark::chip_text_ui;
use crate::desk::widgets::text::{heading_ui, lines_of, muted_ui};
use crate::desk::widgets::tree::tree_ui;

/// What is in force, and why.
pub(super) fn answer_ui(ui: &mut Ui, state: &mut TariffState, sheet: &Sheet) {
    let editing = &mut state.editing;
    let lists = [
        ("Product", "product", &sheet.products, &sheet.product),
        (
            "Leveringsvorm",
            "levering",
            &sheet.providers,
            &sheet.provider,
        ),
    ];
    for (label, name, choices, chosen) in lists {
        if choices.is_empty() {
            continue;
        }
        let at = (place(name), label);
        let picked = list_ui(
            ui,
            editing,
            at,
            Width::Full,
            Some(chosen),
            "",
            choices,
            None,
        );
        if let Some(picked) = picked {
            if name == "product" {
                state.product = picked;
            } else {
                state.provider = picked;
            }
        }
    }
    for axis in &sheet.axes {
        let at = (place("keuze").field(&axis.id), axis.label.as_str());
        let chosen = Some(&axis.chosen);
        if let Some(picked) = list_ui(ui, editing, at, Width::Full, chosen, "", &axis.values, None)
        {
            state.choices.insert(axis.id.clone(), picked);
        }
    }
    let Answer {
        figure,
        chips,
        facts,
        calculation,
        ceilings,
        values,
        conventions,
    } = &sheet.answer;
    if figure.amount.is_empty() {
        return;
    }
    ui.add_space(theme::GAP);
    card_ui(ui, |ui| {
        one_figure_ui(ui, figure);
        if !figure.note.is_empty() {
            muted_ui(ui, &figure.note);
        }
        if !chips.is_empty() {
            ui.add_space(theme::GAP);
            ui.horizontal_wrapped(|ui| {
                for (chip, words) in chips {
                    chip_text_ui(ui, *chip, words);
                }
            });
        }
    });
    if !ceilings.is_empty() {
        figures_ui(ui, "Plafond", ceilings);
    }
    if calculation
        .iter()
        .any(|row| row.depth > 0 && row.has_children)
    {
        section_ui(ui, "Zo is het berekend");
        tree_ui(
            ui,
            "Berekening van het tarief",
            calculation,
            &mut state.unfolded,
        );
    }
    if !facts.is_empty() {
        section_ui(ui, "Waarom dit geldt");
        facts_ui(ui, facts);
    }
    if values.len() > 1 || values.iter().any(|value| !value.note.is_empty()) {
        section_ui(ui, "Door de tijd");
        figures_ui(ui, "Door de tijd", values);
    }
    if !conventions.is_empty() {
        section_ui(ui, "Afspraken over rekenen");
        tree_ui(ui, "Afspraken", conventions, &mut state.unfolded);
    }
}

fn section_ui(ui: &mut Ui, name: &str) {
    ui.add_space(theme::SMALL);
    heading_ui(ui, name);
}

/// Names with their values, in two columns.
fn facts_ui(ui: &mut Ui, facts: &[(&'static str, String)]) {
    const NAME: f32 = 124.0;
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let list = UiBuilder::new().accessibility_role(Role::List);
    ui.scope_builder(list, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (name, value) in facts {
            let label = lines_of(ui, name, &TextStyle::Small, palette.muted, NAME - 8.0);
            let room = (width - NAME).max(64.0);
            let text = lines_of(ui, value, &TextStyle::Small, palette.text, room);
            let height = label.size().y.max(text.size().y) + 8.0;
            let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
            let top = rect.top() + 4.0;
            let painter = ui.painter();
            painter.galley(pos2(rect.left(), top), label, palette.muted);
            painter.galley(pos2(rect.left() + NAME, top), text, palette.text);
            painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
            response.widget_info(|| {
                WidgetInfo::labeled(Role::ListItem, true, format!("{name}: {value}"))
            });
        }
    });
}
