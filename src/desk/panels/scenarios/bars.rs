//! Where the money of a scenario goes: a bar of parts, with the figures of each part in text under it.

use egui::accesskit::Role;
use egui::{
    CornerRadius, Rect, Sense, Shape, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use super::showing::{Bar, BarKind, BarPart};
use crate::desk::theme::{Hue, Palette, strong};
use crate::desk::widgets::text::line_of;

/// Height of a bar.
const BAR: f32 = 26.0;
/// Between two parts in the text under a bar.
const BETWEEN: f32 = 18.0;

fn hue(kind: BarKind, palette: &Palette) -> Hue {
    let paid = [
        palette.accent,
        palette.example,
        palette.warning,
        palette.good,
    ];
    match kind {
        BarKind::Paid(number) => {
            let at = number.checked_rem(paid.len()).unwrap_or(0);
            paid.get(at).copied().unwrap_or(palette.accent)
        }
        BarKind::Left => Hue {
            strong: palette.border,
            soft: palette.surface,
        },
        BarKind::Short => palette.danger,
    }
}

/// The mark that says which part is which: a number, or a sign.
fn mark(kind: BarKind) -> String {
    match kind {
        BarKind::Paid(number) => number.saturating_add(1).to_string(),
        BarKind::Left => "+".to_owned(),
        BarKind::Short => "−".to_owned(),
    }
}

/// Draws the bar of the scenario with this name.
pub(crate) fn bar_ui(ui: &mut Ui, name: &str, bar: &Bar) {
    let palette = Palette::of(ui);
    let width = ui.available_width();
    let title = line_of(ui, name, &strong(), palette.text);
    let top = title.size().y + 4.0;
    let lines = text_lines(ui, bar, width);
    let height = top + BAR + 4.0 + lines.len().max(1) as f32 * 20.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(Role::ListItem, true, format!("{name}: {}", bar.spoken))
    });
    if !ui.is_rect_visible(rect) {
        return;
    }
    ui.painter().galley(rect.min, title, palette.text);
    let strip = Rect::from_min_size(pos2(rect.left(), rect.top() + top), vec2(width, BAR));
    ui.painter()
        .rect_filled(strip, CornerRadius::same(4), palette.sunken);
    let mut left = strip.left();
    let mut paid_to = left;
    for part in &bar.parts {
        let wide = part.share * width;
        let from = match part.kind {
            BarKind::Short => paid_to - wide,
            BarKind::Paid(_) | BarKind::Left => left,
        };
        let area = Rect::from_min_size(pos2(from, strip.top()), vec2(wide, BAR));
        part_ui(ui, area, part);
        match part.kind {
            BarKind::Paid(_) => {
                left += wide;
                paid_to = left;
            }
            BarKind::Left => left += wide,
            BarKind::Short => {}
        }
    }
    let mut y = strip.bottom() + 4.0;
    if bar.parts.is_empty() {
        let text = line_of(ui, &bar.spoken, &TextStyle::Small, palette.muted);
        ui.painter()
            .galley(pos2(rect.left(), y), text, palette.muted);
    }
    for line in lines {
        let mut x = rect.left();
        for part in line {
            x = key_ui(ui, pos2(x, y), part) + BETWEEN;
        }
        y += 20.0;
    }
}

fn part_ui(ui: &Ui, area: Rect, part: &BarPart) {
    let palette = Palette::of(ui);
    let hue = hue(part.kind, palette);
    let painter = ui.painter();
    let stroke = Stroke::new(1.0, hue.strong);
    let radius = CornerRadius::same(2);
    painter.rect(area, radius, hue.soft, stroke, StrokeKind::Inside);
    if part.kind == BarKind::Short {
        // Slanted lines, so that it is not told by colour alone.
        let clipped = painter.with_clip_rect(area.intersect(ui.clip_rect()));
        let mut x = area.left() - BAR;
        while x < area.right() {
            let line = [pos2(x, area.bottom()), pos2(x + BAR, area.top())];
            clipped.add(Shape::line_segment(line, stroke));
            x += 7.0;
        }
        return;
    }
    let mark = line_of(
        ui,
        &mark(part.kind),
        &TextStyle::Small,
        hue_text(palette, part),
    );
    if mark.size().x + 8.0 <= area.width() {
        let at = area.center() - mark.size() / 2.0;
        painter.galley(at, mark, palette.text);
    }
}

fn hue_text(palette: &Palette, part: &BarPart) -> egui::Color32 {
    match part.kind {
        BarKind::Left => palette.text,
        kind => hue(kind, palette).strong,
    }
}

fn words(part: &BarPart) -> String {
    format!("{} {}", part.label, part.amount)
}

/// The parts over lines of at most this width.
fn text_lines<'a>(ui: &Ui, bar: &'a Bar, width: f32) -> Vec<Vec<&'a BarPart>> {
    let palette = Palette::of(ui);
    let mut lines: Vec<Vec<&BarPart>> = Vec::new();
    let mut used = width + 1.0;
    for part in &bar.parts {
        let text = line_of(ui, &words(part), &TextStyle::Small, palette.text);
        let wide = text.size().x + 24.0 + BETWEEN;
        if used + wide > width || lines.is_empty() {
            lines.push(Vec::new());
            used = 0.0;
        }
        used += wide;
        if let Some(line) = lines.last_mut() {
            line.push(part);
        }
    }
    lines
}

/// The mark of a part with its words; gives where they end.
fn key_ui(ui: &Ui, at: egui::Pos2, part: &BarPart) -> f32 {
    let palette = Palette::of(ui);
    let hue = hue(part.kind, palette);
    let square = Rect::from_min_size(at + vec2(0.0, 1.0), vec2(18.0, 16.0));
    let painter = ui.painter();
    let stroke = Stroke::new(1.0, hue.strong);
    painter.rect(
        square,
        CornerRadius::same(2),
        hue.soft,
        stroke,
        StrokeKind::Inside,
    );
    let ink = hue_text(palette, part);
    let mark = line_of(ui, &mark(part.kind), &TextStyle::Small, ink);
    painter.galley(square.center() - mark.size() / 2.0, mark, ink);
    let text = line_of(ui, &words(part), &TextStyle::Small, palette.text);
    let left = square.right() + 6.0;
    let end = left + text.size().x;
    painter.galley(pos2(left, at.y), text, palette.text);
    end
}
