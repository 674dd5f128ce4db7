//! The left panel: the parts of the dossier and the lines of its indication, each with its amount.

use egui::accesskit::Role;
use egui::{
    CornerRadius, Id, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, TextStyle, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::desk::command::Command;
use crate::desk::theme::{self, Palette};
use crate::desk::view::{LineView, Part, View};
use crate::desk::widgets::button::{ICON, focus_ring, icon_text_ui, icon_ui};
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::{CHIP_HEIGHT, Chip, chip_ui, chip_width};
use crate::desk::widgets::text::{heading_ui, line_of, lines_of, muted_ui};
use crate::dossier::StepState;

/// The room between two rows of chips.
const CHIP_GAP: f32 = 6.0;

/// What was asked in the left panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Show this part in the middle.
    Choose(Part),
    /// Do this.
    Do(Command),
}

/// Draws the parts and the lines, which may be changed if it `writes`; gives what was asked.
pub fn lines_ui(ui: &mut Ui, view: &View, chosen: Part, writes: bool) -> Option<Asked> {
    let mut asked = None;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP;
            for (part, name) in [
                (Part::Client, "Cliënt"),
                (Part::Investigation, "Onderzoek"),
                (Part::Decision, "Besluit"),
            ] {
                let faults = view.problems.iter().any(|problem| problem.part == part);
                let state = view.state(part);
                if part_ui(ui, part, name, chosen == part, (state, faults)).clicked() {
                    asked = Some(Asked::Choose(part));
                }
            }
            ui.add_space(theme::SMALL);
            ui.horizontal(|ui| {
                // A wider gap would push the buttons under the scroll bar of a narrow column.
                ui.spacing_mut().item_spacing.x = theme::GAP;
                heading_ui(ui, "Voorzieningen");
                // At the right, and walked through from left to right.
                ui.spacing_mut().item_spacing.x = 0.0;
                ui.add_space((ui.available_width() - 2.0 * ICON).max(0.0));
                let on_line = writes && matches!(chosen, Part::Line(_));
                for (icon, command) in [
                    (Icon::Copy, Command::DuplicateLine),
                    (Icon::Cross, Command::RemoveLine),
                ] {
                    let clicked = ui
                        .add_enabled_ui(on_line, |ui| icon_ui(ui, icon, command.name()).clicked())
                        .inner;
                    if clicked {
                        asked = Some(Asked::Do(command));
                    }
                }
            });
            if view.lines.is_empty() {
                muted_ui(
                    ui,
                    "Hier komen de voorzieningen die u toekent. Voeg de eerste toe.",
                );
            }
            let list = UiBuilder::new()
                .id_salt("lines")
                .accessibility_role(Role::ListBox);
            ui.scope_builder(list, |ui| {
                let scope = ui.unique_id();
                ui.ctx()
                    .accesskit_node_builder(scope, |node| node.set_label("Voorzieningen"));
                for (index, line) in view.lines.iter().enumerate() {
                    if line_ui(ui, index, line, chosen == Part::Line(index)).clicked() {
                        asked = Some(Asked::Choose(Part::Line(index)));
                    }
                }
            });
            ui.add_space(theme::GAP);
            let adds = ui.add_enabled_ui(writes, |ui| {
                icon_text_ui(ui, Icon::Plus, Command::AddLine.name()).clicked()
            });
            if adds.inner {
                asked = Some(Asked::Do(Command::AddLine));
            }
        });
    asked
}

/// The id of the widget that chooses `part`, so that the keyboard can be moved to it.
pub fn part_id(part: Part) -> Id {
    Id::unique(("part", part))
}

fn part_ui(
    ui: &mut Ui,
    part: Part,
    name: &str,
    on: bool,
    (state, faults): (StepState, bool),
) -> Response {
    let palette = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), Sense::hover());
    let response = ui.interact(rect, part_id(part), Sense::click());
    ground(ui, rect, &response, on);
    let style = if on { theme::strong() } else { TextStyle::Body };
    let text = line_of(ui, name, &style, palette.text);
    ui.painter().galley(
        rect.left_center() + vec2(theme::MEDIUM, -text.size().y / 2.0),
        text,
        palette.text,
    );
    let (icon, colour) = match state {
        _ if faults => (Some(Icon::Fault), palette.danger.strong),
        StepState::Empty => (None, palette.muted),
        StepState::Busy => (Some(Icon::Pencil), palette.muted),
        StepState::Complete => (Some(Icon::Check), palette.good.strong),
        StepState::Problem => (Some(Icon::Fault), palette.danger.strong),
    };
    let word = line_of(ui, state.dutch(), &TextStyle::Small, colour);
    let at = rect.right_center() - vec2(theme::MEDIUM + word.size().x, word.size().y / 2.0);
    if let Some(icon) = icon {
        let middle = pos2(at.x - 12.0, rect.center().y);
        let at = Rect::from_center_size(middle, vec2(14.0, 14.0));
        icon.paint(ui.painter(), at, colour);
    }
    ui.painter().galley(at, word, colour);
    response.widget_info(|| {
        let name = if faults {
            format!("{name}, met problemen")
        } else {
            name.to_owned()
        };
        WidgetInfo::selected(Role::Tab, ui.is_enabled(), on, name)
    });
    // The name stays the same while the work goes on; how far it is, is said after it.
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_description(state.dutch()));
    response
}

fn line_ui(ui: &mut Ui, index: usize, line: &LineView, on: bool) -> Response {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let inner = width - 2.0 * theme::MEDIUM;
    let title = lines_of(ui, &line.title, &theme::strong(), palette.text, inner);
    let detail = lines_of(ui, &line.detail, &TextStyle::Small, palette.muted, inner);
    let period = lines_of(ui, &line.period, &TextStyle::Small, palette.muted, inner);
    let amount = line_of(ui, &line.amount, &theme::strong(), palette.text);
    let unit = line_of(ui, &line.unit, &TextStyle::Small, palette.muted);
    let texts = title.size().y + detail.size().y + period.size().y + amount.size().y;
    let height = texts + 24.0 + chips_height(ui, &line.chips, inner);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, part_id(Part::Line(index)), Sense::click());
    ground(ui, rect, &response, on);
    let left = rect.left() + theme::MEDIUM;
    let mut top = rect.top() + 8.0;
    for galley in [title, detail, period] {
        let height = galley.size().y;
        ui.painter().galley(pos2(left, top), galley, palette.text);
        top += height;
    }
    top += 4.0;
    let base = top + (amount.size().y - unit.size().y) * 0.7;
    let after = left + amount.size().x + 6.0;
    let amount_height = amount.size().y;
    ui.painter().galley(pos2(left, top), amount, palette.text);
    ui.painter().galley(pos2(after, base), unit, palette.muted);
    top += amount_height + 6.0;
    let below = Rect::from_min_max(pos2(left, top), pos2(left + inner, rect.bottom()));
    let mut below = ui.new_child(UiBuilder::new().max_rect(below).layout(side_by_side()));
    below.spacing_mut().item_spacing = vec2(theme::GAP, CHIP_GAP);
    for chip in &line.chips {
        chip_ui(&mut below, *chip);
    }
    response.widget_info(|| {
        let LineView {
            title,
            detail,
            period,
            amount,
            unit,
            chips,
            extent: _,
            budget: _,
        } = line;
        let states: String = chips
            .iter()
            .copied()
            .map(Chip::word)
            .fold(String::new(), |all, word| all + ", " + word);
        let words = format!(
            "Regel {}: {title}, {detail}, {period}, {amount} {unit}{states}",
            index.saturating_add(1)
        );
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), on, words)
    });
    response
}

/// What fits stands beside each other.
fn side_by_side() -> egui::Layout {
    egui::Layout::left_to_right(egui::Align::Min).with_main_wrap(true)
}

/// How high the rows of chips are that fit in `width`, with the room below each.
fn chips_height(ui: &Ui, chips: &[Chip], width: f32) -> f32 {
    let (height, _) = chips.iter().fold((0.0, 0.0), |(height, left), chip| {
        let wide = chip_width(ui, *chip);
        if wide <= left {
            (height, left - wide - theme::GAP)
        } else {
            (height + CHIP_HEIGHT + CHIP_GAP, width - wide - theme::GAP)
        }
    });
    height
}

/// The ground of an entry: soft accent with a bar at the left when chosen.
fn ground(ui: &Ui, rect: Rect, response: &Response, on: bool) {
    let palette = Palette::of(ui);
    let radius = CornerRadius::same(theme::RADIUS);
    let painter = ui.painter();
    if on {
        painter.rect(
            rect,
            radius,
            palette.accent.soft,
            Stroke::new(1.0, palette.accent.strong),
            StrokeKind::Inside,
        );
        let bar = Rect::from_min_max(
            rect.min + vec2(0.0, 6.0),
            pos2(rect.left() + 4.0, rect.bottom() - 6.0),
        );
        painter.rect_filled(bar, CornerRadius::same(2), palette.accent.strong);
    } else if response.hovered() {
        painter.rect(
            rect,
            radius,
            palette.surface,
            Stroke::new(1.0, palette.border),
            StrokeKind::Inside,
        );
    } else if rect.height() > 40.0 {
        painter.rect(
            rect,
            radius,
            palette.surface,
            Stroke::new(1.0, palette.hairline),
            StrokeKind::Inside,
        );
    }
    focus_ring(ui, response);
}
