//! Scenarios as columns: the rows with the first scenario stay in place, the others scroll beside them.
//!
//! A row is one entry of a list for a screen reader, with everything that is drawn also said in words.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    CornerRadius, Galley, Rect, Response, ScrollArea, Sense, StrokeKind, TextStyle, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::showing::{CellView, Column, RowView, View};
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::figure::Direction;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::text::{line_of, lines_of};

/// The least room for a scenario.
const COLUMN: f32 = 152.0;
/// Room around what stands in a cell.
const PAD: f32 = 8.0;
/// Height of the head of a column.
const HEAD: f32 = 58.0;
/// Height of the head of a group.
const GROUP: f32 = 34.0;

/// How wide everything is.
struct Widths {
    label: f32,
    column: f32,
}

/// Draws the comparison; gives the scenario that was chosen in this frame.
pub(super) fn table_ui(ui: &mut Ui, view: &View, chosen: usize) -> Option<usize> {
    let width = ui.available_width();
    let label = (width * 0.26).clamp(132.0, 220.0);
    let count = view.columns.len().max(1) as f32;
    let widths = Widths {
        label,
        column: ((width - label) / count).clamp(COLUMN, 240.0),
    };
    let heights = heights(ui, view, &widths);
    let whole = HEAD + GROUP * view.groups.len() as f32 + heights.iter().sum::<f32>();
    let mut picked = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let first = ui.vertical(|ui| part_ui(ui, view, (0, 1), chosen, &widths, &heights));
        picked = first.inner;
        if view.columns.len() > 1 {
            let rest = ScrollArea::horizontal()
                .id_salt("scenarios")
                .auto_shrink([true, true])
                .min_scrolled_height(whole + 16.0)
                .max_height(whole + 16.0)
                .show(ui, |ui| {
                    let columns = (1, view.columns.len());
                    let rest =
                        ui.vertical(|ui| part_ui(ui, view, columns, chosen, &widths, &heights));
                    rest.inner
                });
            picked = picked.or(rest.inner);
        }
    });
    picked
}

/// The height of each row: as high as its highest text.
fn heights(ui: &Ui, view: &View, widths: &Widths) -> Vec<f32> {
    let rows = view.groups.iter().flat_map(|group| &group.rows);
    rows.map(|row| {
        let label = label_of(ui, row, widths).size().y;
        let changes = row.cells.iter().any(|cell| cell.change.is_some());
        let cell = if changes { 37.0 } else { 20.0 };
        label.max(cell) + PAD
    })
    .collect()
}

fn label_of(ui: &Ui, row: &RowView, widths: &Widths) -> Arc<Galley> {
    let style = match row.is_large {
        true => theme::strong(),
        false => TextStyle::Body,
    };
    let room = widths.label - PAD;
    lines_of(ui, &row.label, &style, Palette::of(ui).text, room)
}

/// The columns from the first to before the last of `columns`; the first part has the labels too.
fn part_ui(
    ui: &mut Ui,
    view: &View,
    (from, to): (usize, usize),
    chosen: usize,
    widths: &Widths,
    heights: &[f32],
) -> Option<usize> {
    let palette = Palette::of(ui);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let labels = if from == 0 { widths.label } else { 0.0 };
    let columns = || {
        let shown = view.columns.iter().enumerate();
        shown.take(to).skip(from)
    };
    let wide = labels + widths.column * to.saturating_sub(from) as f32;
    let cell = |rect: Rect, place: usize| {
        let left = rect.left() + labels + widths.column * place.saturating_sub(from) as f32;
        Rect::from_min_size(pos2(left, rect.top()), vec2(widths.column, rect.height()))
    };
    let mut picked = None;
    let (head, _) = ui.allocate_exact_size(vec2(wide, HEAD), Sense::hover());
    let tabs = UiBuilder::new()
        .id_salt(("heads", from))
        .accessibility_role(Role::TabList)
        .max_rect(head);
    let mut tabs = ui.new_child(tabs);
    for (place, column) in columns() {
        let on = place == chosen;
        if head_ui(&mut tabs, cell(head, place), (place, column), on).clicked() {
            picked = Some(place);
        }
    }
    let mut heights = heights.iter();
    for group in &view.groups {
        let (rect, _) = ui.allocate_exact_size(vec2(wide, GROUP), Sense::hover());
        let ground = rect.with_min_y(rect.top() + 6.0);
        ui.painter()
            .rect_filled(ground, CornerRadius::ZERO, palette.sunken);
        let list = UiBuilder::new()
            .id_salt((&group.title, from))
            .accessibility_role(if from == 0 {
                Role::List
            } else {
                Role::GenericContainer
            });
        if from == 0 {
            let title = line_of(ui, &group.title, &theme::strong(), palette.text);
            let at = pos2(
                ground.left() + 4.0,
                ground.center().y - title.size().y / 2.0,
            );
            ui.painter().galley(at, title, palette.text);
        }
        ui.scope_builder(list, |ui| {
            if from == 0 {
                let scope = ui.unique_id();
                ui.ctx()
                    .accesskit_node_builder(scope, |node| node.set_label(group.title.as_str()));
            }
            for row in &group.rows {
                let height = heights.next().copied().unwrap_or(GROUP);
                let (rect, response) = ui.allocate_exact_size(vec2(wide, height), Sense::hover());
                if from == 0 {
                    response.widget_info(|| {
                        WidgetInfo::labeled(Role::ListItem, true, row.spoken.as_str())
                    });
                }
                if !ui.is_rect_visible(rect) {
                    continue;
                }
                if from == 0 {
                    let label = label_of(ui, row, widths);
                    let at = pos2(rect.left() + 4.0, rect.top() + PAD / 2.0);
                    ui.painter().galley(at, label, palette.text);
                }
                let cells = row.cells.iter().enumerate().take(to).skip(from);
                for (place, one) in cells {
                    cell_ui(ui, cell(rect, place), one, (place == chosen, row.is_large));
                }
                ui.painter()
                    .hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
            }
        });
    }
    picked
}

/// The head of a column: choosing it shows that scenario below and beside.
fn head_ui(ui: &mut Ui, rect: Rect, (place, column): (usize, &Column), on: bool) -> Response {
    let palette = Palette::of(ui);
    let id = ui.scope_id().with(("scenario", place));
    let response = ui.interact(rect, id, Sense::click());
    let painter = ui.painter();
    if on || response.hovered() {
        painter.rect_filled(rect, CornerRadius::ZERO, palette.accent.soft);
    }
    if on {
        let bar = Rect::from_min_size(rect.min, vec2(rect.width(), 3.0));
        painter.rect_filled(bar, CornerRadius::ZERO, palette.accent.strong);
    }
    let room = rect.width() - 2.0 * PAD;
    let name = lines_of(ui, &column.name, &theme::strong(), palette.text, room);
    let under = match on {
        true => format!("{}, gekozen", column.place),
        false => column.place.clone(),
    };
    let under = line_of(ui, &under, &TextStyle::Small, palette.muted);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    let right = rect.right() - PAD;
    let bottom = rect.bottom() - 4.0 - under.size().y;
    let top = (bottom - name.size().y).max(rect.top() + 4.0);
    let left = right - name.size().x;
    painter.galley(pos2(left, top), name, palette.text);
    painter.galley(pos2(right - under.size().x, bottom), under, palette.muted);
    painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.border));
    if response.has_focus() {
        let ring = (2.0, palette.accent.strong);
        painter.rect_stroke(rect, CornerRadius::same(4), ring, StrokeKind::Inside);
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| {
        let words = format!("{}, {}", column.name, column.place);
        WidgetInfo::selected(Role::Tab, true, on, words)
    });
    response
}

/// A value at the right, with what it differs under it.
fn cell_ui(ui: &Ui, rect: Rect, cell: &CellView, (on, is_large): (bool, bool)) {
    let palette = Palette::of(ui);
    let painter = ui.painter();
    if on {
        painter.rect_filled(rect, CornerRadius::ZERO, palette.accent.soft);
    }
    let style = match is_large {
        true => theme::strong(),
        false => TextStyle::Body,
    };
    let ink = match cell.mark {
        Some(Chip::Fault) => palette.danger.strong,
        Some(Chip::Good) => palette.good.strong,
        _ => palette.text,
    };
    let text = line_of(ui, &cell.text, &style, ink);
    let right = rect.right() - PAD;
    let top = rect.top() + PAD / 2.0;
    let left = right - text.size().x;
    let line = text.size().y;
    if let Some(mark) = cell.mark {
        let icon = match mark {
            Chip::Good => Icon::Check,
            _ => Icon::Fault,
        };
        let middle = pos2(left - 12.0, top + line / 2.0);
        icon.paint(
            painter,
            Rect::from_center_size(middle, vec2(14.0, 14.0)),
            ink,
        );
    }
    painter.galley(pos2(left, top), text, ink);
    if let Some(change) = &cell.change {
        let text = line_of(ui, &change.text, &TextStyle::Small, palette.text);
        let icon = match change.direction {
            Direction::More => Icon::ArrowUp,
            Direction::Less => Icon::ArrowDown,
            Direction::Same => Icon::Pencil,
        };
        let left = right - text.size().x;
        let middle = pos2(left - 10.0, top + line + text.size().y / 2.0);
        let at = Rect::from_center_size(middle, vec2(12.0, 12.0));
        icon.paint(painter, at, palette.muted);
        painter.galley(pos2(left, top + line), text, palette.text);
    }
}
