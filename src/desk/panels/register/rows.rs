//! Lists of the register: rows of ready text of which one can be chosen, and the differences between two dossiers.

use egui::accesskit::Role;
use egui::{
    CornerRadius, Rect, Response, Sense, StrokeKind, TextStyle, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};
use std::sync::Arc;

use crate::desk::editing::{Editing, Place};
use crate::desk::showing::differences::DifferenceView;
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::mark::Chip;
use crate::desk::widgets::secret::{Secret, Shows, secret_ui};
use crate::desk::widgets::text::{Tone, line_of, lines_of, short_of};

/// One thing in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub title: String,
    /// More about it; may be empty.
    pub detail: String,
    /// At the right, such as when; may be empty.
    pub aside: String,
    /// How bad it is, if it is.
    pub tone: Option<Tone>,
}

impl Row {
    /// All of it as one text, for a screen reader.
    fn words(&self) -> String {
        let tone = self.tone.map(|tone| format!("{}: ", tone.word()));
        let mut words = tone.unwrap_or_default();
        words.push_str(&self.title);
        for part in [&self.detail, &self.aside] {
            if !part.is_empty() {
                words.push_str(", ");
                words.push_str(part);
            }
        }
        words
    }
}

const PAD: f32 = 10.0;

/// Draws the list called `name`; gives the number of the row that was pressed. All chosen rows have the soft accent.
pub fn rows_ui(
    ui: &mut Ui,
    name: &str,
    rows: &[Row],
    chosen: impl Fn(usize) -> bool,
) -> Option<usize> {
    let list = UiBuilder::new()
        .id_salt(name)
        .accessibility_role(Role::ListBox);
    ui.scope_builder(list, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label(name));
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut pressed = None;
        for (index, row) in rows.iter().enumerate() {
            if row_ui(ui, row, chosen(index)).clicked() {
                pressed = Some(index);
            }
        }
        pressed
    })
    .inner
}

fn row_ui(ui: &mut Ui, row: &Row, on: bool) -> Response {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let icon = if row.tone.is_some() { 24.0 } else { 0.0 };
    let aside = line_of(ui, &row.aside, &TextStyle::Small, palette.muted);
    let beside = aside.size().x <= 0.45 * width;
    let room = (width - 2.0 * PAD - icon).max(40.0);
    let first = if beside && !row.aside.is_empty() {
        room - aside.size().x - theme::LARGE
    } else {
        room
    };
    let style = if on { theme::strong() } else { TextStyle::Body };
    let title = lines_of(ui, &row.title, &style, palette.text, first.max(40.0));
    let detail = (!row.detail.is_empty())
        .then(|| lines_of(ui, &row.detail, &TextStyle::Small, palette.muted, room));
    let mut height = title.size().y + 12.0;
    height += detail.as_ref().map_or(0.0, |detail| detail.size().y);
    if !beside {
        height += aside.size().y;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
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
        let mut top = rect.top() + 6.0;
        if let Some(tone) = row.tone {
            let at = Rect::from_min_size(pos2(rect.left() + PAD, top + 2.0), vec2(16.0, 16.0));
            tone.icon().paint(painter, at, tone.colour(palette));
        }
        let left = rect.left() + PAD + icon;
        let size = title.size();
        painter.galley(pos2(left, top), title, palette.text);
        if beside {
            let at = pos2(rect.right() - PAD - aside.size().x, top + 2.0);
            painter.galley(at, Arc::clone(&aside), palette.muted);
        }
        top += size.y;
        if let Some(detail) = detail {
            let size = detail.size();
            painter.galley(pos2(left, top), detail, palette.muted);
            top += size.y;
        }
        if !beside {
            painter.galley(pos2(left, top), aside, palette.muted);
        }
        if response.has_focus() {
            let ring = (2.0, palette.accent.strong);
            painter.rect_stroke(rect, radius, ring, StrokeKind::Inside);
        }
    }
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), on, row.words())
    });
    response
}

/// Draws the differences, each with what it was and what it is.
pub fn differences_ui(ui: &mut Ui, name: &str, differences: &[DifferenceView]) {
    let list = UiBuilder::new()
        .id_salt(name)
        .accessibility_role(Role::List);
    ui.scope_builder(list, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label(name));
        ui.spacing_mut().item_spacing.y = 0.0;
        for difference in differences {
            difference_ui(ui, difference);
        }
    });
}

fn difference_ui(ui: &mut Ui, difference: &DifferenceView) {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let room = width - 2.0 * PAD;
    let sort = line_of(ui, difference.sort, &TextStyle::Small, palette.muted);
    let place_room = (room - sort.size().x - theme::LARGE).max(40.0);
    let place = short_of(
        ui,
        &difference.place,
        &theme::strong(),
        palette.text,
        place_room,
    );
    let was = lines_of(
        ui,
        &difference.before,
        &TextStyle::Small,
        palette.muted,
        room,
    );
    let now = lines_of(ui, &difference.after, &TextStyle::Body, palette.text, room);
    let height = place.size().y + was.size().y + now.size().y + 14.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    if ui.is_rect_visible(rect) {
        let painter = ui.painter();
        let left = rect.left() + PAD;
        let mut top = rect.top() + 6.0;
        let at = pos2(rect.right() - PAD - sort.size().x, top + 2.0);
        painter.galley(at, sort, palette.muted);
        for galley in [place, now, was] {
            let height = galley.size().y;
            painter.galley(pos2(left, top), galley, palette.text);
            top += height;
        }
        painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
    }
    response.widget_info(|| {
        let DifferenceView {
            sort,
            place,
            before,
            after,
        } = difference;
        WidgetInfo::labeled(
            Role::ListItem,
            true,
            format!("{place} ({sort}): {after}, {before}"),
        )
    });
}

/// A line with a check or a fault before it: how something came out.
pub fn verdict_ui(ui: &mut Ui, good: bool, text: &str) {
    if good {
        crate::desk::widgets::mark::chip_text_ui(ui, Chip::Good, text);
    } else {
        crate::desk::widgets::mark::chip_text_ui(ui, Chip::Fault, text);
    }
}

/// A field for a passphrase, with nothing said under it: what is wrong is said where the button is.
pub fn typed_ui(
    ui: &mut Ui,
    editing: &mut Editing,
    (at, label): (Place, &str),
    typed: &mut Secret,
) {
    secret_ui(ui, editing, (at, label, Shows::Dots), typed, None);
}
