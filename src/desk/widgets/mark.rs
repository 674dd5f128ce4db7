//! Small marks beside a value: where it came from, and how sure it is. Always a picture with a word, never colour alone.

use egui::accesskit::Role;
use egui::{CornerRadius, Response, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, vec2};

use super::icon::Icon;
use super::text::line_of;
use crate::desk::theme::{Hue, Palette};

/// Where a value came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person typed it.
    Typed,
    /// The program computed it.
    Computed,
    /// A norm or catalogue gave it.
    Norm,
    /// Taken over from another line, dossier or file.
    Taken,
    /// A person changed what the program proposed, with a reason.
    Adjusted,
}

impl Origin {
    /// The word on the screen.
    pub fn word(self) -> &'static str {
        match self {
            Self::Typed => "getypt",
            Self::Computed => "berekend",
            Self::Norm => "uit norm",
            Self::Taken => "overgenomen",
            Self::Adjusted => "aangepast",
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Typed => Icon::Pencil,
            Self::Computed => Icon::Equals,
            Self::Norm => Icon::Ruler,
            Self::Taken => Icon::Tray,
            Self::Adjusted => Icon::Sliders,
        }
    }
}

/// Shows where a value came from; `why` is shown on hover and read with it.
pub fn origin_ui(ui: &mut Ui, origin: Origin, why: &str) -> Response {
    let palette = Palette::of(ui);
    let colour = if origin == Origin::Adjusted {
        palette.warning.strong
    } else {
        palette.muted
    };
    let galley = line_of(ui, origin.word(), &TextStyle::Small, colour);
    let (rect, response) = ui.allocate_exact_size(
        vec2(galley.size().x + 16.0, galley.size().y),
        Sense::hover(),
    );
    origin
        .icon()
        .paint(ui.painter(), super::icon::left_of(rect, 12.0), colour);
    ui.painter()
        .galley(rect.left_top() + vec2(16.0, 0.0), galley, colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, origin.word()));
    if why.is_empty() {
        response
    } else {
        response.on_hover_text(why)
    }
}

/// What a chip says about the thing it stands by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip {
    /// Rests on example data.
    Example,
    /// Holds an error.
    Fault,
    /// Holds a warning.
    Warning,
    /// Confirmed or complete.
    Good,
    /// Not complete yet.
    Busy,
    /// Holds a value that a person put in the place of a computed one.
    Adjusted,
    /// Open, such as a tariff that is not settled yet.
    Open,
    /// Neutral: a kind or a state.
    Neutral,
}

impl Chip {
    /// The word of the chip when the caller has no better one.
    pub fn word(self) -> &'static str {
        match self {
            Self::Example => "voorbeeld",
            Self::Fault => "fout",
            Self::Warning => "waarschuwing",
            Self::Good => "compleet",
            Self::Busy => "bezig",
            Self::Adjusted => "aangepast",
            Self::Open => "open",
            Self::Neutral => "",
        }
    }

    fn icon(self) -> Option<Icon> {
        match self {
            Self::Example => Some(Icon::Flask),
            Self::Fault => Some(Icon::Fault),
            Self::Warning => Some(Icon::Warning),
            Self::Good => Some(Icon::Check),
            Self::Busy => Some(Icon::Pencil),
            Self::Adjusted => Some(Icon::Sliders),
            Self::Open => Some(Icon::Info),
            Self::Neutral => None,
        }
    }

    fn hue(self, palette: &Palette) -> Hue {
        match self {
            Self::Example => palette.example,
            Self::Fault => palette.danger,
            Self::Warning | Self::Adjusted => palette.warning,
            Self::Good => palette.good,
            Self::Open => palette.accent,
            Self::Busy | Self::Neutral => Hue {
                strong: palette.muted,
                soft: palette.sunken,
            },
        }
    }
}

/// How high a chip is.
pub const CHIP_HEIGHT: f32 = 22.0;

/// How wide a chip with its own word is.
pub fn chip_width(ui: &Ui, chip: Chip) -> f32 {
    let word = line_of(ui, chip.word(), &TextStyle::Small, Palette::of(ui).text);
    before(chip) + word.size().x + 8.0
}

/// The room before the word of a chip, with its icon.
fn before(chip: Chip) -> f32 {
    if chip.icon().is_some() { 24.0 } else { 8.0 }
}

/// A chip with its own word.
pub fn chip_ui(ui: &mut Ui, chip: Chip) -> Response {
    chip_text_ui(ui, chip, chip.word())
}

/// A chip that says `text`.
pub fn chip_text_ui(ui: &mut Ui, chip: Chip, text: &str) -> Response {
    let hue = chip.hue(Palette::of(ui));
    let galley = line_of(ui, text, &TextStyle::Small, hue.strong);
    let before = before(chip);
    let size = vec2(before + galley.size().x + 8.0, CHIP_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter().rect(
        rect,
        CornerRadius::same(11),
        hue.soft,
        Stroke::new(1.0, hue.strong),
        StrokeKind::Inside,
    );
    if let Some(icon) = chip.icon() {
        icon.paint(
            ui.painter(),
            super::icon::left_of(rect.translate(vec2(7.0, 0.0)), 13.0),
            hue.strong,
        );
    }
    ui.painter().galley(
        rect.left_center() + vec2(before, -galley.size().y / 2.0),
        galley,
        hue.strong,
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}
