//! The timeline: every line with its words at the left and its days drawn at the right, along one axis.
//!
//! A row is one entry of a list for a screen reader, with everything that is drawn also said in words.

use egui::accesskit::Role;
use egui::{
    Align2, Context, CornerRadius, Id, Painter, Rect, Response, ScrollArea, Sense, Shape, Stroke,
    StrokeKind, TextStyle, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::desk::theme::{self, Hue, Palette};
use crate::desk::view::{Axis, Bar, BarState, Timeline};
use crate::desk::widgets::button::secondary_ui;
use crate::desk::widgets::dialog::sheet_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{Tone, heading_ui, lines_of, muted_ui};

/// What came of the timeline in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is being read.
    Waiting,
    /// Show this line.
    Line(usize),
    /// Put it away.
    Nothing,
}

/// Draws the timeline over the window.
pub fn timeline_ui(ctx: &Context, timeline: &Timeline) -> Answer {
    let room = ctx.content_rect();
    let id = Id::unique("timeline");
    let (answer, leaves) = sheet_ui(ctx, (id, "Tijdlijn"), |ui| {
        ui.set_width((room.width() - 2.0 * theme::PART).min(1180.0));
        heading_ui(ui, "Tijdlijn");
        if timeline.bars.is_empty() {
            muted_ui(
                ui,
                "Hier komen de regels met hun dagen. Voeg eerst een regel toe.",
            );
        }
        let words = (ui.available_width() * 0.42).clamp(200.0, 460.0);
        axis_ui(ui, &timeline.axis, words);
        let mut answer = Answer::Waiting;
        ScrollArea::vertical()
            .max_height((room.height() - 230.0).max(120.0))
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let list = UiBuilder::new().accessibility_role(Role::ListBox);
                ui.scope_builder(list, |ui| {
                    let scope = ui.unique_id();
                    ui.ctx()
                        .accesskit_node_builder(scope, |node| node.set_label("Tijdlijn"));
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (index, bar) in timeline.bars.iter().enumerate() {
                        let row = row_ui(ui, index, bar, &timeline.axis, words);
                        // The keyboard begins at the first line.
                        if index == 0 && ui.memory(|memory| memory.focused().is_none()) {
                            row.request_focus();
                        }
                        if row.clicked() {
                            answer = Answer::Line(index);
                        }
                    }
                });
            });
        ui.add_space(theme::SMALL);
        if secondary_ui(ui, "Sluit de tijdlijn").clicked() {
            answer = Answer::Nothing;
        }
        answer
    });
    match answer {
        Answer::Waiting if leaves => Answer::Nothing,
        answer => answer,
    }
}

/// Where the drawing of a row stands.
fn drawing(rect: Rect, words: f32) -> Rect {
    Rect::from_min_max(
        pos2(rect.left() + words + theme::LARGE, rect.top()),
        rect.max,
    )
}

/// The place of a day on the axis.
fn x_of(rect: Rect, axis: &Axis, day: i32) -> f32 {
    let share = day as f32 / axis.days.max(1) as f32;
    rect.left() + rect.width() * share.clamp(0.0, 1.0)
}

fn axis_ui(ui: &mut Ui, axis: &Axis, words: f32) {
    let palette = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    let line = drawing(rect, words);
    let font = TextStyle::Small.resolve(ui.style());
    let painter = ui.painter();
    for (day, name) in &axis.ticks {
        let at = pos2(x_of(line, axis, *day), rect.bottom());
        painter.text(at, Align2::LEFT_BOTTOM, name, font.clone(), palette.muted);
    }
    let at = pos2(x_of(line, axis, axis.today), rect.top());
    painter.text(at, Align2::LEFT_TOP, "vandaag", font, palette.text);
}

fn row_ui(ui: &mut Ui, index: usize, bar: &Bar, axis: &Axis, words: f32) -> Response {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let inner = words - theme::MEDIUM;
    let title = lines_of(ui, &bar.title, &theme::strong(), palette.text, inner);
    let mut detail = format!("{} · {}", bar.period, bar.detail);
    if bar.detail.is_empty() {
        detail.clone_from(&bar.period);
    }
    let detail = lines_of(ui, &detail, &TextStyle::Small, palette.muted, inner);
    let height = title.size().y + detail.size().y + 12.0;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, Id::unique(("timeline", index)), Sense::click());
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, CornerRadius::same(theme::RADIUS), palette.accent.soft);
    }
    painter.hline(
        rect.x_range(),
        rect.bottom(),
        Stroke::new(1.0, palette.hairline),
    );
    let left = rect.left() + 4.0;
    let second = rect.top() + 6.0 + title.size().y;
    painter.galley(pos2(left, rect.top() + 6.0), title, palette.text);
    painter.galley(pos2(left, second), detail, palette.muted);
    let area = drawing(rect, words);
    for (day, _) in &axis.ticks {
        let x = x_of(area, axis, *day);
        painter.vline(x, rect.y_range(), Stroke::new(1.0, palette.hairline));
    }
    let today = x_of(area, axis, axis.today);
    painter.vline(today, rect.y_range(), Stroke::new(1.0, palette.text));
    bar_ui(
        painter,
        palette,
        area,
        bar,
        axis,
        &TextStyle::Small.resolve(ui.style()),
    );
    if response.has_focus() {
        painter.rect_stroke(
            rect,
            CornerRadius::same(theme::RADIUS),
            Stroke::new(2.0, palette.accent.strong),
            StrokeKind::Inside,
        );
    }
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), false, said(bar))
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

/// The days of a line: filled where it is granted, an outline where nothing comes of it, a dashed line up to its first end.
fn bar_ui(
    painter: &Painter,
    palette: &Palette,
    area: Rect,
    bar: &Bar,
    axis: &Axis,
    font: &egui::FontId,
) {
    let hue: Hue = match (bar.tone, bar.state) {
        (Some(Tone::Fault), _) => palette.danger,
        (Some(Tone::Warning), _) => palette.warning,
        (_, BarState::Pgb) => palette.good,
        _ => palette.accent,
    };
    let middle = area.center().y;
    let left = x_of(area, axis, bar.from);
    let right = x_of(area, axis, bar.to.unwrap_or(axis.days)).max(left + 3.0);
    let rect = Rect::from_min_max(pos2(left, middle - 9.0), pos2(right, middle + 9.0));
    let radius = CornerRadius::same(3);
    if let Some(end) = bar.first_end {
        let until = pos2(x_of(area, axis, end), middle);
        let dashes = [pos2(right, middle), until];
        painter.extend(Shape::dashed_line(
            &dashes,
            Stroke::new(1.5, palette.muted),
            4.0,
            3.0,
        ));
    }
    if bar.state == BarState::Void {
        painter.rect_stroke(
            rect,
            radius,
            Stroke::new(1.0, palette.muted),
            StrokeKind::Inside,
        );
    } else {
        painter.rect(
            rect,
            radius,
            hue.soft,
            Stroke::new(1.0, hue.strong),
            StrokeKind::Inside,
        );
    }
    if bar.to.is_none() {
        // No end: an arrow out of the axis.
        let tip = pos2(area.right(), middle);
        let stroke = Stroke::new(2.0, hue.strong);
        painter.line_segment([tip - vec2(6.0, 6.0), tip], stroke);
        painter.line_segment([tip - vec2(6.0, -6.0), tip], stroke);
    }
    let icon = match bar.tone {
        Some(Tone::Fault) => Some(Icon::Fault),
        Some(Tone::Warning) => Some(Icon::Warning),
        _ => None,
    };
    if let Some(icon) = icon {
        let at = pos2((left - 12.0).max(area.left() - 12.0), middle);
        let size = vec2(14.0, 14.0);
        icon.paint(painter, Rect::from_center_size(at, size), hue.strong);
    }
    let word = painter.layout_no_wrap(bar.word.clone(), font.clone(), palette.text);
    if word.size().x + 12.0 <= rect.width() {
        let at = pos2(rect.left() + 6.0, middle - word.size().y / 2.0);
        painter.galley(at, word, palette.text);
    }
}

/// A line with its days in words.
fn said(bar: &Bar) -> String {
    let tone = bar.tone.map(|tone| format!("{}: ", tone.word()));
    let mut words = tone.unwrap_or_default();
    words.push_str(&bar.title);
    for part in [&bar.period, &bar.word, &bar.detail, &bar.moved] {
        if !part.is_empty() && !words.contains(part.as_str()) {
            words.push_str(", ");
            words.push_str(part);
        }
    }
    words
}
