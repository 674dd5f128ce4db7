//! How the window looks: colour tokens in light and dark, spacing, type sizes, zoom and patience.
//!
//! Every widget takes its colours from a [`Palette`] and its distances from the constants here, so that a change is made
//! once. This module knows nothing of dossiers or money.

use std::sync::Arc;

use egui::epaint::Shadow;
use egui::style::{ScrollAnimation, ScrollStyle, Selection, TextCursorStyle, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    Style, TextStyle, Theme, ThemePreference, Ui, Visuals, vec2,
};

use crate::letter::fonts;

/// One step of the 4-point grid.
pub const GAP: f32 = 4.0;
/// Between things that belong together.
pub const SMALL: f32 = 8.0;
/// Between a field and the next.
pub const MEDIUM: f32 = 12.0;
/// Around the content of a panel.
pub const LARGE: f32 = 16.0;
/// Between groups.
pub const GROUP: f32 = 24.0;
/// Between parts of a screen.
pub const PART: f32 = 32.0;
/// Corner radius of fields, buttons and boxes, in points.
pub const RADIUS: u8 = 6;
/// Height of a field and of a button, in points.
pub const CONTROL: f32 = 32.0;
/// Widest running text, in points: about 75 characters of 15 points.
pub const READING_WIDTH: f32 = 560.0;

/// After so many seconds the window says that it waits; before, the words would only flash.
pub const PATIENCE: f64 = 0.4;

/// Size of running text, in points.
pub const TEXT_SIZE: f32 = 15.0;
/// Size of labels, units and messages under a field, in points.
pub const SMALL_SIZE: f32 = 13.0;
/// Size of a section heading, in points.
pub const HEADING_SIZE: f32 = 18.0;
/// Size of a screen title, in points.
pub const TITLE_SIZE: f32 = 22.0;
/// Size of the one figure, in points.
pub const FIGURE_SIZE: f32 = 34.0;

/// The zoom factors that the commands step through.
pub const ZOOM_STEPS: [f32; 6] = [LEAST_ZOOM, 1.1, 1.25, 1.5, 1.75, MOST_ZOOM];
/// 100%.
pub const LEAST_ZOOM: f32 = 1.0;
/// 200%.
pub const MOST_ZOOM: f32 = 2.0;

/// A colour of meaning: the strong colour for text and icons, and its soft ground.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hue {
    /// For text, icons and borders.
    pub strong: Color32,
    /// The ground under a chip or a message of this colour.
    pub soft: Color32,
}

/// The colours of one theme. Text is at least 4.5:1 on each of its grounds, borders at least 3:1; a test computes both.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Panels, fields and cards.
    pub surface: Color32,
    /// Sunken areas: the budget panel, the status line, striped rows.
    pub sunken: Color32,
    /// Running text.
    pub text: Color32,
    /// Labels, units and secondary text.
    pub muted: Color32,
    /// Borders of controls.
    pub border: Color32,
    /// Decorative hairlines between areas; carries no meaning, so it may be faint.
    pub hairline: Color32,
    /// The one accent: actions, focus, selection.
    pub accent: Hue,
    /// Errors.
    pub danger: Hue,
    /// Warnings.
    pub warning: Hue,
    /// Done and in order.
    pub good: Hue,
    /// Example data.
    pub example: Hue,
    /// Text on an accent button.
    pub on_accent: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const fn hue(strong: u32, soft: u32) -> Hue {
    Hue {
        strong: rgb(strong),
        soft: rgb(soft),
    }
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    ground: rgb(0xF6F7F9),
    surface: rgb(0xFFFFFF),
    sunken: rgb(0xECEFF3),
    text: rgb(0x16202B),
    muted: rgb(0x50606F),
    border: rgb(0x7A8794),
    hairline: rgb(0xD5DBE2),
    accent: hue(0x0B5CAD, 0xE3EEF9),
    danger: hue(0xB3261E, 0xFCEBEA),
    warning: hue(0x8A5A00, 0xFFF4DB),
    good: hue(0x1E6B3A, 0xE6F4EA),
    example: hue(0x6B3FA0, 0xF1EAFB),
    on_accent: rgb(0xFFFFFF),
};

/// The dark theme.
pub const DARK: Palette = Palette {
    ground: rgb(0x12181F),
    surface: rgb(0x1A222B),
    sunken: rgb(0x0D1217),
    text: rgb(0xE8EDF2),
    muted: rgb(0xA9B6C2),
    border: rgb(0x74818E),
    hairline: rgb(0x2C3844),
    accent: hue(0x7DB7F0, 0x1D3550),
    danger: hue(0xFF9B93, 0x45201E),
    warning: hue(0xF2C265, 0x3F3115),
    good: hue(0x86D39E, 0x173A24),
    example: hue(0xC9A8F5, 0x33254A),
    on_accent: rgb(0x0D1217),
};

impl Palette {
    /// The palette of the theme that `ui` is drawn in.
    pub fn of(ui: &Ui) -> &'static Self {
        if ui.visuals().dark_mode {
            &DARK
        } else {
            &LIGHT
        }
    }

    /// Ground and border of a field that is there to be read: no room to write in, and as readable as ever.
    pub fn fixed(&self) -> (Color32, Color32) {
        (self.sunken, self.hairline)
    }
}

/// Draws all that follows in `ui` to be read: nothing answers, what could be filled in looks fixed, and every text stays as
/// readable as it was.
pub fn read_only(ui: &mut Ui) {
    let (ground, border) = Palette::of(ui).fixed();
    let visuals = ui.visuals_mut();
    visuals.disabled_alpha = 1.0;
    let widgets = &mut visuals.widgets;
    for fixed in [&mut widgets.noninteractive, &mut widgets.inactive] {
        (fixed.bg_fill, fixed.weak_bg_fill) = (ground, ground);
        fixed.bg_stroke = Stroke::new(1.0, border);
    }
    ui.disable();
}

/// The semibold face.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// Running text in the semibold face.
pub fn strong() -> TextStyle {
    TextStyle::Name("strong".into())
}

/// The title of a screen.
pub fn title() -> TextStyle {
    TextStyle::Name("title".into())
}

/// The one figure of a screen.
pub fn figure() -> TextStyle {
    TextStyle::Name("figure".into())
}

/// Gives `ctx` our fonts, both themes and our input habits. Call once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(font_definitions());
    ctx.set_style_of(Theme::Light, style_of(&LIGHT, Visuals::light()));
    ctx.set_style_of(Theme::Dark, style_of(&DARK, Visuals::dark()));
    ctx.options_mut(|options| {
        options.theme_preference = ThemePreference::System;
        options.fallback_theme = Theme::Light;
        // Zooming and quitting are commands of ours, with our limits and our question about unsaved work.
        options.zoom_with_keyboard = false;
        options.quit_shortcuts.clear();
    });
}

/// The next zoom factor above (`up`) or below `now`, staying within 100% and 200%.
pub fn zoom_step(now: f32, up: bool) -> f32 {
    // A factor that came from elsewhere may lie just beside a step.
    const NEAR: f32 = 0.01;
    if up {
        ZOOM_STEPS
            .into_iter()
            .find(|step| *step > now + NEAR)
            .unwrap_or(MOST_ZOOM)
    } else {
        ZOOM_STEPS
            .into_iter()
            .rev()
            .find(|step| *step < now - NEAR)
            .unwrap_or(LEAST_ZOOM)
    }
}

fn font_definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    for (name, bytes) in [("regular", fonts::REGULAR), ("semibold", fonts::SEMIBOLD)] {
        definitions
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, face) in [
        (FontFamily::Proportional, "regular"),
        (FontFamily::Monospace, "regular"),
        (semibold(), "semibold"),
    ] {
        definitions.families.insert(family, vec![face.to_owned()]);
    }
    definitions
}

fn style_of(palette: &Palette, base: Visuals) -> Style {
    let mut style = Style {
        text_styles: [
            (
                TextStyle::Small,
                FontId::new(SMALL_SIZE, FontFamily::Proportional),
            ),
            (
                TextStyle::Body,
                FontId::new(TEXT_SIZE, FontFamily::Proportional),
            ),
            (
                TextStyle::Button,
                FontId::new(TEXT_SIZE, FontFamily::Proportional),
            ),
            (
                TextStyle::Monospace,
                FontId::new(TEXT_SIZE, FontFamily::Proportional),
            ),
            (TextStyle::Heading, FontId::new(HEADING_SIZE, semibold())),
            (strong(), FontId::new(TEXT_SIZE, semibold())),
            (title(), FontId::new(TITLE_SIZE, semibold())),
            (figure(), FontId::new(FIGURE_SIZE, semibold())),
        ]
        .into(),
        visuals: visuals_of(palette, base),
        // Nothing moves by itself: an idle window draws nothing.
        animation_time: 0.0,
        scroll_animation: ScrollAnimation::none(),
        ..Style::default()
    };
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(SMALL, SMALL);
    spacing.button_padding = vec2(MEDIUM, GAP);
    spacing.interact_size = vec2(CONTROL, CONTROL);
    spacing.window_margin = Margin::same(24);
    spacing.menu_margin = Margin::same(4);
    spacing.indent = LARGE;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 8.0;
    spacing.icon_spacing = SMALL;
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 360.0;
    spacing.menu_width = 320.0;
    // A bar of its own beside the content, always to be seen where there is more.
    spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        floating_width: 8.0,
        floating_allocated_width: 14.0,
        foreground_color: true,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.45,
        active_handle_opacity: 0.6,
        interact_handle_opacity: 0.8,
        ..ScrollStyle::floating()
    };
    spacing.scroll.fade.strength = 0.0;
    style.interaction.selectable_labels = false;
    style
}

fn visuals_of(palette: &Palette, base: Visuals) -> Visuals {
    let radius = CornerRadius::same(RADIUS);
    let control = |fill: Color32, border: Stroke| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: border,
        corner_radius: radius,
        fg_stroke: Stroke::new(1.5, palette.text),
        expansion: 0.0,
    };
    let shadow = Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(if base.dark_mode { 112 } else { 36 }),
    };
    let mut visuals = Visuals {
        override_text_color: None,
        weak_text_color: Some(palette.muted),
        selection: Selection {
            bg_fill: palette.accent.soft,
            stroke: Stroke::new(2.0, palette.accent.strong),
        },
        hyperlink_color: palette.accent.strong,
        faint_bg_color: palette.sunken,
        extreme_bg_color: palette.surface,
        text_edit_bg_color: Some(palette.surface),
        code_bg_color: palette.sunken,
        warn_fg_color: palette.warning.strong,
        error_fg_color: palette.danger.strong,
        window_corner_radius: radius,
        window_shadow: shadow,
        window_fill: palette.surface,
        window_stroke: Stroke::new(1.0, palette.border),
        menu_corner_radius: radius,
        panel_fill: palette.ground,
        popup_shadow: shadow,
        text_cursor: TextCursorStyle {
            stroke: Stroke::new(2.0, palette.text),
            blink: false,
            ..TextCursorStyle::default()
        },
        indent_has_left_vline: false,
        disabled_alpha: 0.6,
        ..base
    };
    let widgets = &mut visuals.widgets;
    widgets.noninteractive = control(palette.surface, Stroke::new(1.0, palette.hairline));
    widgets.inactive = control(palette.surface, Stroke::new(1.0, palette.border));
    widgets.hovered = control(palette.accent.soft, Stroke::new(1.0, palette.accent.strong));
    // Pressed or focused: the ring of two points.
    widgets.active = control(palette.surface, Stroke::new(2.0, palette.accent.strong));
    widgets.open = control(palette.accent.soft, Stroke::new(1.0, palette.accent.strong));
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2.2 contrast ratio of two opaque colours, 1 to 21.
    fn contrast(one: Color32, other: Color32) -> f64 {
        let luminance = |colour: Color32| {
            let channel = |byte: u8| {
                let part = f64::from(byte) / 255.0;
                if part <= 0.04045 {
                    part / 12.92
                } else {
                    ((part + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * channel(colour.r())
                + 0.7152 * channel(colour.g())
                + 0.0722 * channel(colour.b())
        };
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn both() -> [(&'static str, &'static Palette); 2] {
        [("light", &LIGHT), ("dark", &DARK)]
    }

    fn hues(p: &Palette) -> [(&'static str, Hue); 5] {
        [
            ("accent", p.accent),
            ("danger", p.danger),
            ("warning", p.warning),
            ("good", p.good),
            ("example", p.example),
        ]
    }

    #[test]
    fn text_is_readable_on_every_ground() {
        for (theme, p) in both() {
            let inks = [("text", p.text), ("muted", p.muted)]
                .into_iter()
                .chain(hues(p).map(|(name, hue)| (name, hue.strong)));
            for (ink, colour) in inks {
                // The sunken ground carries hardly any text; 4.5 is the norm, 5.4 is what we hold elsewhere.
                for (ground, under, least) in [
                    ("ground", p.ground, 5.4),
                    ("surface", p.surface, 5.4),
                    ("sunken", p.sunken, 4.5),
                ] {
                    let ratio = contrast(colour, under);
                    assert!(ratio >= least, "{theme}: {ink} on {ground} is {ratio:.2}:1");
                }
            }
        }
    }

    #[test]
    fn text_on_a_soft_ground_and_on_an_accent_button_is_readable() {
        for (theme, p) in both() {
            for (name, hue) in hues(p) {
                for (ink, colour) in [
                    ("its own colour", hue.strong),
                    ("text", p.text),
                    ("muted", p.muted),
                ] {
                    let ratio = contrast(colour, hue.soft);
                    assert!(
                        ratio >= 5.4,
                        "{theme}: {ink} on soft {name} is {ratio:.2}:1"
                    );
                }
            }
            let ratio = contrast(p.on_accent, p.accent.strong);
            assert!(
                ratio >= 5.4,
                "{theme}: text on an accent button is {ratio:.2}:1"
            );
        }
    }

    #[test]
    fn borders_and_the_focus_ring_have_a_contrast_of_three() {
        for (theme, p) in both() {
            for (ground, under) in [
                ("ground", p.ground),
                ("surface", p.surface),
                ("sunken", p.sunken),
            ] {
                for (line, colour) in [
                    ("border", p.border),
                    ("focus ring", p.accent.strong),
                    ("fault", p.danger.strong),
                ] {
                    let ratio = contrast(colour, under);
                    assert!(ratio >= 3.0, "{theme}: {line} on {ground} is {ratio:.2}:1");
                }
            }
        }
    }

    #[test]
    fn the_digits_of_both_faces_are_equally_wide() {
        for bytes in [fonts::REGULAR, fonts::SEMIBOLD] {
            let face = ttf_parser::Face::parse(bytes, 0).expect("the shipped font can be read");
            let widths: std::collections::BTreeSet<_> = ('0'..='9')
                .map(|digit| {
                    face.glyph_index(digit)
                        .and_then(|glyph| face.glyph_hor_advance(glyph))
                })
                .collect();
            assert_eq!(widths.len(), 1, "widths of the digits: {widths:?}");
        }
    }

    #[test]
    fn zooming_steps_up_and_down_and_stays_between_the_limits() {
        assert!((zoom_step(1.0, true) - 1.1).abs() < f32::EPSILON);
        assert!((zoom_step(2.0, true) - 2.0).abs() < f32::EPSILON);
        assert!((zoom_step(1.1, false) - 1.0).abs() < f32::EPSILON);
        assert!((zoom_step(1.0, false) - 1.0).abs() < f32::EPSILON);
        assert!((zoom_step(1.3, true) - 1.5).abs() < f32::EPSILON);
        assert!((zoom_step(1.3, false) - 1.25).abs() < f32::EPSILON);
    }

    #[test]
    fn the_text_cursor_does_not_blink_so_an_idle_window_draws_nothing() {
        for palette in [&LIGHT, &DARK] {
            assert!(
                !style_of(palette, Visuals::light())
                    .visuals
                    .text_cursor
                    .blink
            );
        }
    }
}
