//! A tree whose rows unfold, for the calculation behind a figure. The arrow keys walk through it as in any tree: right opens
//! or goes in, left closes or goes out, up and down go to the row above and below.

use std::collections::HashSet;

use egui::accesskit::Role;
use egui::{
    CornerRadius, EventFilter, Id, Key, Modifiers, Rect, Response, Sense, TextStyle, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use super::button::focus_ring_within;
use super::icon::Icon;
use super::text::{line_of, lines_of};
use crate::desk::theme::{self, Palette};

/// One row of a tree, ready to be shown. The rows of a tree stand in reading order: a row, then everything under it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Stays the same when the figures change, so that an open row stays open: a hash of the path of labels.
    pub key: u64,
    /// How deep: 0 for a root.
    pub depth: usize,
    /// Whether rows follow that are under this one.
    pub has_children: bool,
    /// What it is.
    pub label: String,
    /// Its value with its unit; may be empty.
    pub value: String,
    /// How it was made, or its source, in small type under the label; may be empty.
    pub note: String,
    /// Whether it rests on example data.
    pub example: bool,
}

/// Which rows of a tree are open.
#[derive(Clone, Debug, Default)]
pub struct Unfolded(HashSet<u64>);

impl Unfolded {
    /// Whether the row with this key is open.
    pub fn is_open(&self, key: u64) -> bool {
        self.0.contains(&key)
    }

    /// Opens or closes the row with this key.
    pub fn set(&mut self, key: u64, open: bool) {
        if open {
            self.0.insert(key);
        } else {
            self.0.remove(&key);
        }
    }

    /// Opens every row that has something under it.
    pub fn open_all(&mut self, rows: &[Row]) {
        self.0.extend(
            rows.iter()
                .filter(|row| row.has_children)
                .map(|row| row.key),
        );
    }

    /// Closes every row.
    pub fn close_all(&mut self) {
        self.0.clear();
    }
}

/// The rows that are visible: those of which every row above them in the tree is open.
fn visible<'a>(rows: &'a [Row], open: &Unfolded) -> Vec<&'a Row> {
    let mut closed_at: Option<usize> = None;
    rows.iter()
        .filter(|row| {
            if closed_at.is_some_and(|depth| row.depth > depth) {
                return false;
            }
            closed_at = (row.has_children && !open.is_open(row.key)).then_some(row.depth);
            true
        })
        .collect()
}

/// What a key asks for in the row that has the focus.
#[derive(Clone, Copy)]
enum Move {
    Up,
    Down,
    In,
    Out,
}

/// Draws the tree called `name`. `open` keeps which rows are unfolded.
pub fn tree_ui(ui: &mut Ui, name: &str, rows: &[Row], open: &mut Unfolded) {
    let root = UiBuilder::new()
        .id_salt(name)
        .accessibility_role(Role::Tree);
    ui.scope_builder(root, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label(name));
        ui.spacing_mut().item_spacing.y = 0.0;
        let shown = visible(rows, open);
        for (index, row) in shown.iter().enumerate() {
            let id = row_id(scope, row);
            let response = row_ui(ui, id, row, open.is_open(row.key));
            if response.clicked() && row.has_children {
                open.set(row.key, !open.is_open(row.key));
            }
            if let Some(wish) = response.has_focus().then(|| key_of(ui, id)).flatten() {
                walk(ui, scope, &shown, index, wish, open);
            }
        }
    });
}

fn row_id(scope: Id, row: &Row) -> Id {
    scope.with(row.key)
}

/// The move that was typed; the arrow keys belong to the tree while a row of it has the focus.
fn key_of(ui: &Ui, id: Id) -> Option<Move> {
    let arrows = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
    // Taken out of the input, or the row that gets the focus would see the key too.
    ui.input_mut(|input| {
        [
            (Key::ArrowUp, Move::Up),
            (Key::ArrowDown, Move::Down),
            (Key::ArrowRight, Move::In),
            (Key::ArrowLeft, Move::Out),
        ]
        .into_iter()
        .find_map(|(key, wish)| input.consume_key(Modifiers::NONE, key).then_some(wish))
    })
}

fn walk(ui: &Ui, scope: Id, shown: &[&Row], index: usize, wish: Move, open: &mut Unfolded) {
    let Some(row) = shown.get(index) else { return };
    let is_open = open.is_open(row.key);
    let target = match wish {
        Move::In if row.has_children && !is_open => {
            open.set(row.key, true);
            return;
        }
        Move::Out if row.has_children && is_open => {
            open.set(row.key, false);
            return;
        }
        Move::In if !row.has_children => return,
        Move::In | Move::Down => shown.get(index.saturating_add(1)),
        Move::Up => index.checked_sub(1).and_then(|above| shown.get(above)),
        Move::Out => shown
            .iter()
            .take(index)
            .rev()
            .find(|above| above.depth < row.depth),
    };
    if let Some(target) = target {
        ui.memory_mut(|memory| memory.request_focus(row_id(scope, target)));
    }
}

fn row_ui(ui: &mut Ui, id: Id, row: &Row, is_open: bool) -> Response {
    const STEP: f32 = 14.0;
    const MARK: f32 = 18.0;
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let indent = STEP * (row.depth.min(12) as f32) + MARK;
    let style = if row.depth == 0 {
        theme::strong()
    } else {
        TextStyle::Body
    };
    let value = line_of(ui, &row.value, &style, palette.text);
    // A value in words may be long; it then stands under the label.
    let beside = value.size().x <= 0.55 * (width - indent);
    let mark = if row.example { 18.0 } else { 0.0 };
    let label_room = (width
        - indent
        - mark
        - if beside {
            value.size().x + theme::MEDIUM
        } else {
            0.0
        })
    .max(64.0);
    let label = lines_of(ui, &row.label, &style, palette.text, label_room);
    let note = (!row.note.is_empty())
        .then(|| lines_of(ui, &row.note, &TextStyle::Small, palette.muted, label_room));
    let value = if beside {
        value
    } else {
        lines_of(ui, &row.value, &TextStyle::Body, palette.text, label_room)
    };
    let below = if beside { 0.0 } else { value.size().y };
    let height = label.size().y + below + note.as_ref().map_or(0.0, |note| note.size().y) + 8.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        if response.hovered() && row.has_children {
            painter.rect_filled(rect, CornerRadius::same(4), palette.accent.soft);
        }
        let top = rect.top() + 4.0;
        let line = line_height(ui, &style);
        if row.has_children {
            let icon = if is_open {
                Icon::ChevronDown
            } else {
                Icon::ChevronRight
            };
            let middle = pos2(rect.left() + indent - MARK / 2.0 - 2.0, top + line / 2.0);
            icon.paint(
                painter,
                Rect::from_center_size(middle, vec2(12.0, 12.0)),
                palette.muted,
            );
        }
        let left = rect.left() + indent;
        let at_value = if beside {
            pos2(rect.right() - value.size().x, top)
        } else {
            pos2(left, top + label.size().y)
        };
        let at_note = top + label.size().y + below;
        let after_label = left + label.size().x + 10.0;
        painter.galley(pos2(left, top), label, palette.text);
        painter.galley(at_value, value, palette.text);
        if let Some(note) = note {
            painter.galley(pos2(left, at_note), note, palette.muted);
        }
        if row.example {
            // Behind the label, so that it never meets the arrow.
            let middle = pos2(after_label, top + line / 2.0);
            Icon::Flask.paint(
                painter,
                Rect::from_center_size(middle, vec2(11.0, 11.0)),
                palette.example.strong,
            );
        }
        focus_ring_within(ui, &response);
    }
    response.widget_info(|| {
        let example = if row.example { ", voorbeeld" } else { "" };
        WidgetInfo::labeled(
            Role::TreeItem,
            true,
            match row.value.as_str() {
                "" => format!("{}{example}", row.label),
                value => format!("{}: {value}{example}", row.label),
            },
        )
    });
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_level(row.depth.saturating_add(1));
        if row.has_children {
            node.set_expanded(is_open);
        }
        if !row.note.is_empty() {
            node.set_description(row.note.as_str());
        }
    });
    response
}

fn line_height(ui: &Ui, style: &TextStyle) -> f32 {
    let font = style.resolve(ui.style());
    ui.fonts_mut(|fonts| fonts.row_height(&font))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(key: u64, depth: usize, has_children: bool) -> Row {
        Row {
            key,
            depth,
            has_children,
            ..Row::default()
        }
    }

    #[test]
    fn only_rows_under_open_rows_are_visible() {
        let rows = [
            row(1, 0, true),
            row(2, 1, true),
            row(3, 2, false),
            row(4, 1, false),
            row(5, 0, false),
        ];
        let keys = |open: &Unfolded| {
            visible(&rows, open)
                .iter()
                .map(|row| row.key)
                .collect::<Vec<_>>()
        };
        let mut open = Unfolded::default();
        assert_eq!(keys(&open), [1, 5]);
        open.set(2, true);
        assert_eq!(
            keys(&open),
            [1, 5],
            "an open row under a closed one stays hidden"
        );
        open.set(1, true);
        assert_eq!(keys(&open), [1, 2, 3, 4, 5]);
        open.set(2, false);
        assert_eq!(keys(&open), [1, 2, 4, 5]);
        open.open_all(&rows);
        assert_eq!(keys(&open), [1, 2, 3, 4, 5]);
        open.close_all();
        assert_eq!(keys(&open), [1, 5]);
    }
}
