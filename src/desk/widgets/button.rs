//! Buttons: one that is meant to be pressed, others beside it, and quiet ones in a line of text. Labels are verbs.

use egui::accesskit::Role;
use egui::{
    Align2, Button, Color32, CornerRadius, Frame, Margin, Painter, Panel, Rect, Response, RichText,
    Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, vec2,
};

use super::icon::Icon;
use super::text::line_of;
use crate::desk::theme::{self, Palette};

/// The button that is meant to be pressed: accent ground. At most one on a screen.
pub fn primary_ui(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui);
    let button = Button::new(
        RichText::new(text)
            .text_style(theme::strong())
            .color(palette.on_accent),
    )
    .fill(palette.accent.strong)
    .stroke(Stroke::new(1.0, palette.accent.strong));
    let response = ui.add(button);
    focus_ring(ui, &response);
    response
}

/// How wide such a button is.
pub fn primary_width(ui: &Ui, text: &str) -> f32 {
    let words = line_of(ui, text, &theme::strong(), Palette::of(ui).on_accent);
    words.size().x + 2.0 * ui.spacing().button_padding.x
}

/// A bar over the screen with the way back; gives whether it was taken.
pub fn back_ui(ui: &mut Ui, text: &str) -> bool {
    let frame = Frame::new()
        .fill(Palette::of(ui).surface)
        .inner_margin(Margin::symmetric(12, 4));
    let bar = Panel::top("back").frame(frame);
    bar.show(ui, |ui| quiet_ui(ui, text).clicked()).inner
}

/// A button beside it.
pub fn secondary_ui(ui: &mut Ui, text: &str) -> Response {
    ui.button(text)
}

/// A small button in a line of text, without a frame until it is pointed at; the accent colour and a line under it say that
/// it can be pressed.
pub fn quiet_ui(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui);
    let galley = line_of(ui, text, &TextStyle::Small, palette.accent.strong);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(8.0, 8.0), Sense::click());
    if response.hovered() {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(4), palette.accent.soft);
    }
    let at = Align2::CENTER_CENTER.align_size_within_rect(galley.size(), rect);
    ui.painter()
        .hline(at.x_range(), at.bottom(), (1.0, palette.accent.strong));
    ui.painter().galley(at.min, galley, palette.accent.strong);
    focus_ring(ui, &response);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), text));
    response
}

/// How wide and high a button with a picture only is.
pub const ICON: f32 = 28.0;

/// A button that shows a picture only; `name` is its accessible name and is shown on hover.
pub fn icon_ui(ui: &mut Ui, icon: Icon, name: &str) -> Response {
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ICON, ICON), Sense::click());
    let on = response.hovered() && ui.is_enabled();
    if on {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(theme::RADIUS), palette.accent.soft);
    }
    let colour = if on {
        palette.accent.strong
    } else {
        palette.muted
    };
    icon.paint(ui.painter(), rect.shrink(6.0), colour);
    focus_ring(ui, &response);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    response.on_hover_text(name)
}

/// A button with a picture before its words, as wide as its content.
pub fn icon_text_ui(ui: &mut Ui, icon: Icon, text: &str) -> Response {
    let palette = Palette::of(ui);
    let enabled = ui.is_enabled();
    let galley = line_of(ui, text, &TextStyle::Body, palette.text);
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 44.0, theme::CONTROL), Sense::click());
    let on = enabled && response.hovered();
    let (fill, border) = if on {
        (palette.accent.soft, palette.accent.strong)
    } else {
        (palette.surface, palette.border)
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS),
        fill,
        Stroke::new(1.0, border),
        StrokeKind::Inside,
    );
    icon.paint(
        ui.painter(),
        Rect::from_center_size(rect.left_center() + vec2(18.0, 0.0), vec2(14.0, 14.0)),
        border_ink(palette, on),
    );
    let at = rect.left_center() + vec2(32.0, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, palette.text);
    focus_ring(ui, &response);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
    response
}

fn border_ink(palette: &Palette, on: bool) -> Color32 {
    if on {
        palette.accent.strong
    } else {
        palette.muted
    }
}

/// The ring of two points around a thing that has the keyboard focus. [`focus_ring_within`] is for where there is no room.
pub fn focus_ring(ui: &Ui, response: &Response) {
    if response.has_focus() {
        // A thing at the edge of what scrolls keeps its whole ring.
        let mut painter = ui.painter().clone();
        painter.set_clip_rect(ui.clip_rect().expand(4.0));
        ring(
            &painter,
            response.rect.expand(2.0),
            Palette::of(ui).accent.strong,
        );
    }
}

/// The same within its edges, for things that stand against each other or against the edge of what they are in.
pub fn focus_ring_within(ui: &Ui, response: &Response) {
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect,
            CornerRadius::same(4),
            Stroke::new(2.0, Palette::of(ui).accent.strong),
            StrokeKind::Inside,
        );
    }
}

fn ring(painter: &Painter, rect: Rect, colour: Color32) {
    painter.rect_stroke(
        rect,
        CornerRadius::same(theme::RADIUS.saturating_add(2)),
        Stroke::new(2.0, colour),
        StrokeKind::Outside,
    );
}
