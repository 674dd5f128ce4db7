//! Amounts: the one large figure, rows of figures that line up, and the same thing priced in several ways.
//!
//! The amounts come in as text, formatted once by the view; nothing is computed here.

use egui::accesskit::Role;
use egui::{Color32, CornerRadius, Rect, Response, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use super::icon::Icon;
use super::text::{line_of, lines_of};
use crate::desk::theme::{self, Palette};

/// A figure with its words, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// What it is: "Kalenderjaar 2018".
    pub label: String,
    /// The amount as printed, or words such as "niet bekend"; never empty.
    pub amount: String,
    /// Directly behind it: "per 4 weken". May be empty.
    pub unit: String,
    /// How it was made, in a few words, under the label: "365/28 × 175,51". May be empty.
    pub note: String,
    /// How it differs from what it is compared with, if it is.
    pub change: Option<Change>,
}

/// A difference, with its sign and the direction of its arrow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// More, less or the same.
    pub direction: Direction,
    /// The difference as printed with its sign: "+ € 12,00"; "gelijk" when there is none.
    pub text: String,
}

/// Which way a figure differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More than what it is compared with.
    More,
    /// Less.
    Less,
    /// Equal.
    Same,
}

/// The one figure of a screen, 34 points, its unit behind it in the muted colour, what it is above it.
pub fn one_figure_ui(ui: &mut Ui, figure: &Figure) -> Response {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let label = lines_of(ui, &figure.label, &TextStyle::Small, palette.muted, width);
    let amount = line_of(ui, &figure.amount, &theme::figure(), palette.text);
    let unit = line_of(ui, &figure.unit, &TextStyle::Body, palette.muted);
    // The unit goes to a line of its own where it does not fit behind the amount.
    let beside = amount.size().x + theme::SMALL + unit.size().x <= width;
    let top = label.size().y + 2.0;
    let height = top
        + amount.size().y
        + if beside || figure.unit.is_empty() {
            0.0
        } else {
            unit.size().y
        };
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let painter = ui.painter();
    painter.galley(rect.min, label, palette.muted);
    let base = rect.top() + top + amount.size().y;
    let at = if beside {
        // Both on one base line: the descent is about a fifth of the line in this typeface.
        pos2(
            rect.left() + amount.size().x + theme::SMALL,
            base - 0.2 * amount.size().y - 0.76 * unit.size().y,
        )
    } else {
        pos2(rect.left(), base)
    };
    painter.galley(pos2(rect.left(), rect.top() + top), amount, palette.text);
    painter.galley(at, unit, palette.muted);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, spoken(figure)));
    response
}

/// Rows of figures with their amounts in one right-aligned column and their units in the next.
pub fn figures_ui(ui: &mut Ui, name: &str, rows: &[Figure]) {
    if rows.is_empty() {
        return;
    }
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let widest = |text: fn(&Figure) -> &str| {
        rows.iter()
            .map(|row| {
                line_of(ui, text(row), &TextStyle::Small, palette.muted)
                    .size()
                    .x
            })
            .fold(0.0, f32::max)
    };
    let units = widest(|row| &row.unit);
    let changes = widest(|row| row.change.as_ref().map_or("", |change| &change.text));
    let unit_room = if units > 0.0 { units + 6.0 } else { 0.0 };
    let change_room = if changes > 0.0 { changes + 28.0 } else { 0.0 };
    // Where a name would break into single words, it stands on a line of its own above its amount.
    let amounts = rows
        .iter()
        .map(|row| {
            line_of(ui, &row.amount, &TextStyle::Body, palette.text)
                .size()
                .x
        })
        .fold(0.0, f32::max);
    let stacked = width - unit_room - change_room - amounts - theme::MEDIUM < LEAST_NAME;
    let columns = Columns {
        width,
        unit_room,
        change_room,
        stacked,
    };
    let table = egui::UiBuilder::new().accessibility_role(Role::List);
    ui.scope_builder(table, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label(name));
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in rows {
            row_ui(ui, row, &columns);
        }
    });
}

/// The least room for the name of a row beside its amount.
const LEAST_NAME: f32 = 96.0;

/// How wide the columns of a list of figures are.
struct Columns {
    width: f32,
    unit_room: f32,
    change_room: f32,
    /// Whether names stand above their amounts.
    stacked: bool,
}

fn row_ui(ui: &mut Ui, row: &Figure, columns: &Columns) {
    let Columns {
        width,
        unit_room,
        change_room,
        stacked,
    } = *columns;
    let palette = Palette::of(ui);
    let amount = line_of(ui, &row.amount, &TextStyle::Body, palette.text);
    let label_room = if stacked {
        width
    } else {
        (width - unit_room - change_room - amount.size().x - theme::MEDIUM).max(64.0)
    };
    let label = lines_of(ui, &row.label, &TextStyle::Body, palette.text, label_room);
    let note = (!row.note.is_empty())
        .then(|| lines_of(ui, &row.note, &TextStyle::Small, palette.muted, label_room));
    let above = if stacked { label.size().y } else { 0.0 };
    let text_height = label.size().y
        + note.as_ref().map_or(0.0, |note| note.size().y)
        + if stacked { amount.size().y } else { 0.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(width, text_height + 10.0), Sense::hover());
    let top = rect.top() + 5.0;
    let painter = ui.painter();
    let first_line = amount.size().y;
    let under = top + label.size().y + if stacked { first_line } else { 0.0 };
    painter.galley(pos2(rect.left(), top), label, palette.text);
    if let Some(note) = note {
        painter.galley(pos2(rect.left(), under), note, palette.muted);
    }
    let top = top + above;
    let edge = rect.right() - unit_room - change_room;
    painter.galley(pos2(edge - amount.size().x, top), amount, palette.text);
    if !row.unit.is_empty() {
        let unit = line_of(ui, &row.unit, &TextStyle::Small, palette.muted);
        ui.painter().galley(
            pos2(edge + 6.0, top + (first_line - unit.size().y) * 0.7),
            unit,
            palette.muted,
        );
    }
    if let Some(change) = &row.change {
        change_at(
            ui,
            change,
            Rect::from_min_max(
                pos2(rect.right() - change_room, top),
                pos2(rect.right(), top + first_line),
            ),
        );
    }
    ui.painter()
        .hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, spoken(row)));
}

/// The difference at the right of `rect`, with its arrow before it.
fn change_at(ui: &Ui, change: &Change, rect: Rect) {
    let palette = Palette::of(ui);
    let (icon, ink): (Option<Icon>, Color32) = match change.direction {
        Direction::More => (Some(Icon::ArrowUp), palette.text),
        Direction::Less => (Some(Icon::ArrowDown), palette.text),
        Direction::Same => (None, palette.muted),
    };
    let text = line_of(ui, &change.text, &TextStyle::Small, ink);
    let left = rect.right() - text.size().x;
    let middle = rect.center().y;
    if let Some(icon) = icon {
        icon.paint(
            ui.painter(),
            Rect::from_center_size(pos2(left - 10.0, middle), vec2(12.0, 12.0)),
            palette.muted,
        );
    }
    ui.painter()
        .galley(pos2(left, middle - text.size().y / 2.0 + 1.0), text, ink);
}

/// What a screen reader says for a figure.
fn spoken(figure: &Figure) -> String {
    let Figure {
        label,
        amount,
        unit,
        note,
        change,
    } = figure;
    let mut words = format!("{label}: {amount}");
    for part in [
        unit.as_str(),
        change.as_ref().map_or("", |change| &change.text),
        note,
    ] {
        if !part.is_empty() {
            words.push(' ');
            words.push_str(part);
        }
    }
    words
}

/// A card: a surface with a hairline around it and room inside.
pub fn card_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let palette = Palette::of(ui);
    egui::Frame::new()
        .fill(palette.surface)
        .stroke(egui::Stroke::new(1.0, palette.hairline))
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(egui::Margin::symmetric(16, 14))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            contents(ui)
        })
        .inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_screen_reader_hears_the_amount_with_its_unit_difference_and_method() {
        let figure = Figure {
            label: "Pgb, zzp".to_owned(),
            amount: "€ 223,30".to_owned(),
            unit: "per 4 weken".to_owned(),
            note: "70% van het tarief".to_owned(),
            change: Some(Change {
                direction: Direction::Less,
                text: "− € 95,70".to_owned(),
            }),
        };
        assert_eq!(
            spoken(&figure),
            "Pgb, zzp: € 223,30 per 4 weken − € 95,70 70% van het tarief"
        );
    }
}
