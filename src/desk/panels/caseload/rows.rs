//! The rows of the caseload: dossiers, and who has how much to do.

use egui::accesskit::Role;
use egui::style::ScrollAnimation;
use egui::{
    Align, CornerRadius, Layout, Rect, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::{Asked, CaseloadState};
use crate::desk::showing::caseload::{Group, Row};
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::mark::chip_text_ui;
use crate::desk::widgets::text::{Tone, line_of, message_ui, muted_ui, short_of};
use crate::register::Query;

/// Height of a row, in points.
const ROW: f32 = 52.0;

/// What of the register cannot be read, if anything.
pub(super) fn damaged_ui(ui: &mut Ui, state: &CaseloadState) {
    let damaged = match state.listing.damaged {
        0 => return,
        1 => "1 dossier is".to_owned(),
        number => format!("{number} dossiers zijn"),
    };
    let text = format!(
        "{damaged} niet te lezen. Controleer het register, en zet zo nodig een reservekopie terug."
    );
    message_ui(ui, Tone::Fault, &text);
}

/// How many were found, or what to do where nothing fits.
pub(super) fn told_ui(ui: &mut Ui, state: &CaseloadState) {
    let listing = &state.listing;
    let shown = listing.rows.len();
    let text = match listing.total {
        0 if state.is_searching => return,
        // All that there is cannot be read, which was said.
        0 if listing.damaged > 0 && state.query == Query::default() => return,
        0 if state.query == Query::default() => {
            "Hier komen uw dossiers, met wat het eerst moet bovenaan. Maak het eerste met Nieuw dossier.".to_owned()
        }
        0 => "Geen dossier past hierbij. Typ minder, of kies een ruimer filter.".to_owned(),
        1 => "1 dossier".to_owned(),
        total if total > shown => {
            format!("{total} dossiers, de eerste {shown} staan hier. Typ meer om te zoeken.")
        }
        total => format!("{total} dossiers"),
    };
    muted_ui(ui, &text);
}

/// Draws the list under what `above` draws: they scroll as one.
pub(super) fn rows_ui(
    ui: &mut Ui,
    state: &mut CaseloadState,
    above: impl FnOnce(&mut Ui, &mut CaseloadState) -> Option<Asked>,
) -> Option<Asked> {
    let area = ScrollArea::vertical()
        .id_salt("list")
        .auto_shrink([false, false]);
    let output = area.show(ui, |ui| {
        let top = ui.cursor().top();
        let asked = above(ui, state);
        if state.listing.rows.is_empty() {
            return asked;
        }
        list_ui(ui, state, top).or(asked)
    });
    output.inner
}

/// The rows that are in view, in room for all; `top` is where the page begins.
fn list_ui(ui: &mut Ui, state: &mut CaseloadState, top: f32) -> Option<Asked> {
    let list = UiBuilder::new()
        .id_salt("dossiers")
        .accessibility_role(Role::ListBox);
    let opened = ui.scope_builder(list, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label("Dossiers"));
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = &state.listing.rows;
        let size = vec2(ui.available_width(), ROW * rows.len() as f32);
        let (all, _) = ui.allocate_exact_size(size, Sense::hover());
        let from = |index: usize| all.top() + ROW * index as f32;
        let known = ui.data(|data| data.get_temp::<usize>(scope));
        if known != Some(state.marked) {
            ui.data_mut(|data| data.insert_temp(scope, state.marked));
            let begins = if state.marked == 0 {
                top
            } else {
                from(state.marked)
            };
            let marked = Rect::from_x_y_ranges(all.x_range(), begins..=from(state.marked) + ROW);
            ui.scroll_to_rect_animation(marked, None, ScrollAnimation::none());
        }
        let seen = ui.clip_rect();
        let mut opened = None;
        for (index, row) in rows.iter().enumerate() {
            let at = from(index);
            if at + ROW < seen.top() || at > seen.bottom() {
                continue;
            }
            let room = Rect::from_x_y_ranges(all.x_range(), at..=at + ROW);
            let builder = UiBuilder::new().id_salt(row.id).max_rect(room);
            if row_ui(&mut ui.new_child(builder), row, index == state.marked) {
                opened = Some((index, row.id));
            }
        }
        opened
    });
    let (index, id) = opened.inner?;
    state.marked = index;
    Some(Asked::Open(id))
}

/// One dossier; gives whether it was clicked.
fn row_ui(ui: &mut Ui, row: &Row, marked: bool) -> bool {
    let palette = Palette::of(ui);
    // One stop for the keyboard, the search field, moves through all rows.
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
    ground(ui, rect, marked, response.hovered(), false);
    let inner = rect.shrink2(vec2(12.0, 6.0));
    let right = ui.new_child(
        UiBuilder::new()
            .max_rect(inner)
            .layout(Layout::right_to_left(Align::Min)),
    );
    let edge = {
        let mut right = right;
        chip_text_ui(&mut right, row.chip, row.urgency).rect.left() - 12.0
    };
    let small = |text: &str, room: f32| short_of(ui, text, &TextStyle::Small, palette.muted, room);
    let due = small(&row.due, inner.width());
    let base = inner.bottom() - due.size().y;
    let due_left = inner.right() - due.size().x;
    let clip = |to: f32| Rect::from_min_max(inner.min, pos2(to, inner.bottom()));
    let name = line_of(ui, &row.name, &theme::strong(), palette.text);
    let state = line_of(ui, &row.state, &TextStyle::Small, palette.muted);
    let painter = ui.painter();
    let after = inner.left() + name.size().x + 12.0;
    let lower = name.size().y - state.size().y;
    painter
        .with_clip_rect(clip(edge).intersect(painter.clip_rect()))
        .galley(inner.min, name, palette.text);
    painter
        .with_clip_rect(clip(edge).intersect(painter.clip_rect()))
        .galley(pos2(after, inner.top() + lower), state, palette.muted);
    let room = due_left - 12.0 - inner.left();
    if room > 40.0 {
        let detail = small(&row.detail, room);
        painter.galley(pos2(inner.left(), base), detail, palette.muted);
    }
    painter.galley(pos2(due_left, base), due, palette.muted);
    response.widget_info(|| {
        let Row {
            name,
            detail,
            due,
            urgency,
            state,
            ..
        } = row;
        let words = format!("{name}, {state}, {detail}, {due}, {urgency}");
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), marked, words)
    });
    response.clicked()
}

/// The ground of an entry: soft accent with a bar at the left when chosen, a hairline below it.
fn ground(ui: &Ui, rect: Rect, on: bool, hovered: bool, focused: bool) {
    let palette = Palette::of(ui);
    let radius = CornerRadius::same(theme::RADIUS);
    let painter = ui.painter();
    if on || hovered {
        painter.rect_filled(rect, radius, palette.accent.soft);
    }
    if on {
        let bar = Rect::from_min_max(
            rect.min + vec2(0.0, 6.0),
            pos2(rect.left() + 4.0, rect.bottom() - 6.0),
        );
        painter.rect_filled(bar, CornerRadius::same(2), palette.accent.strong);
    }
    painter.hline(rect.x_range(), rect.bottom(), (1.0, palette.hairline));
    if focused {
        painter.rect_stroke(
            rect,
            radius,
            Stroke::new(2.0, palette.accent.strong),
            StrokeKind::Inside,
        );
    }
}

/// A consultant or neighbourhood that can be chosen; gives whether it was.
pub(super) fn group_ui(ui: &mut Ui, title: &str, group: &Group, on: bool) -> bool {
    let palette = Palette::of(ui);
    let style = if on { theme::strong() } else { TextStyle::Body };
    let name = line_of(ui, &group.shown, &style, palette.text);
    let colour = if group.is_late {
        palette.danger.strong
    } else {
        palette.muted
    };
    let counts = line_of(ui, &group.counts, &TextStyle::Small, colour);
    let height = name.size().y + counts.size().y + 8.0;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    ground(ui, rect, on, response.hovered(), response.has_focus());
    let left = rect.left() + 8.0;
    let below = rect.top() + 4.0 + name.size().y;
    ui.painter()
        .galley(pos2(left, rect.top() + 4.0), name, palette.text);
    ui.painter().galley(pos2(left, below), counts, colour);
    response.widget_info(|| {
        let words = format!("{title}: {}, {}", group.shown, group.counts);
        WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, words)
    });
    response.clicked()
}
