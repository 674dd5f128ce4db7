//! Every tariff of the day as a row; choosing one shows it beside the table.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    CornerRadius, Rect, Response, Sense, StrokeKind, TextStyle, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::{Kept, TariffState};
use crate::desk::showing::tariffs::{Entry, Sheet};
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{line_of, lines_of};

/// Every tariff of the day that answers to the filter; choosing one shows it beside.
pub(super) fn table_ui(ui: &mut Ui, state: &mut TariffState, kept: &Kept) {
    let list = UiBuilder::new()
        .id_salt("tariffs")
        .accessibility_role(Role::ListBox);
    ui.scope_builder(list, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label("Tarieven"));
        ui.spacing_mut().item_spacing.y = 0.0;
        for index in &kept.found {
            let Some(entry) = kept.sheet.table.get(*index) else {
                continue;
            };
            let on = is_shown(&kept.sheet, entry);
            if entry_ui(ui, entry, on).clicked() {
                state.product.clone_from(&entry.product);
                if !entry.provider.is_empty() {
                    state.provider.clone_from(&entry.provider);
                }
                state.choices.extend(entry.choices.clone());
            }
        }
    });
}

/// Whether a row is the one that is shown beside the table.
fn is_shown(sheet: &Sheet, entry: &Entry) -> bool {
    !entry.ceiling
        && entry.product == sheet.product
        && entry.provider == sheet.provider
        && sheet.axes.iter().all(|axis| {
            let wanted = entry.choices.get(&axis.id);
            wanted.is_none_or(|value| *value == axis.chosen)
        })
}

fn entry_ui(ui: &mut Ui, entry: &Entry, on: bool) -> Response {
    const PAD: f32 = 10.0;
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let amount = line_of(ui, &entry.amount, &TextStyle::Body, palette.text);
    let unit = line_of(ui, &entry.unit, &TextStyle::Small, palette.muted);
    let right = amount.size().x.max(unit.size().x);
    // An amount in words may be long; it then stands under the name.
    let beside = right <= 0.42 * width;
    let room = width - 2.0 * PAD - if beside { right + theme::LARGE } else { 0.0 };
    let style = if on { theme::strong() } else { TextStyle::Body };
    let label = lines_of(ui, &entry.label, &style, palette.text, room);
    let detail = lines_of(ui, &entry.detail, &TextStyle::Small, palette.text, room);
    let validity = lines_of(ui, &entry.validity, &TextStyle::Small, palette.muted, room);
    let amount = if beside {
        amount
    } else {
        lines_of(ui, &entry.amount, &TextStyle::Body, palette.text, room)
    };
    // The dates stand behind the detail where they fit.
    let behind = detail.size().x + theme::SMALL + validity.size().x <= room;
    let mut height = label.size().y + detail.size().y;
    if !behind {
        height += validity.size().y;
    }
    height = height.max(amount.size().y + unit.size().y);
    if !beside {
        height += amount.size().y;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, height + 14.0), Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let radius = CornerRadius::same(4);
        if on || response.hovered() {
            painter.rect_filled(rect, radius, palette.accent.soft);
        }
        if on {
            let bar = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
            painter.rect_filled(bar, CornerRadius::ZERO, palette.accent.strong);
        }
        painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
        let left = rect.left() + PAD;
        let mut top = rect.top() + 6.0;
        let (first, line) = (amount.size(), label.size().y);
        let below = (!beside).then(|| Arc::clone(&amount));
        if beside {
            let edge = rect.right() - PAD;
            painter.galley(pos2(edge - first.x, top), amount, palette.text);
            let under = pos2(edge - unit.size().x, top + first.y);
            painter.galley(under, unit, palette.muted);
            if entry.example {
                let middle = pos2(edge - first.x - 12.0, top + line.min(first.y) / 2.0);
                let at = Rect::from_center_size(middle, vec2(12.0, 12.0));
                Icon::Flask.paint(painter, at, palette.example.strong);
            }
        }
        for galley in [Some(label), below].into_iter().flatten() {
            let height = galley.size().y;
            painter.galley(pos2(left, top), galley, palette.text);
            top += height;
        }
        let size = detail.size();
        painter.galley(pos2(left, top), detail, palette.text);
        let at = if behind {
            pos2(left + size.x + theme::SMALL, top)
        } else {
            pos2(left, top + size.y)
        };
        painter.galley(at, validity, palette.muted);
        if response.has_focus() {
            let ring = (2.0, palette.accent.strong);
            painter.rect_stroke(rect, radius, ring, StrokeKind::Inside);
        }
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| {
        let Entry {
            label,
            detail,
            amount,
            unit,
            validity,
            ..
        } = entry;
        let example = if entry.example { ", voorbeeld" } else { "" };
        let words = format!("{label}, {detail}: {amount} {unit}, {validity}{example}");
        WidgetInfo::selected(Role::ListBoxOption, true, on, words)
    });
    response.on_hover_text(&entry.source)
}
