//! Words on the screen: headings that a screen reader finds, labels, and messages that say what to do.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Color32, Galley, Label, Response, RichText, Sense, TextFormat, TextStyle, Ui, WidgetInfo,
};

use super::icon::Icon;
use crate::desk::theme::{self, Palette};

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something must change before the result can be used.
    Fault,
    /// Something to look at.
    Warning,
    /// Good to know.
    Info,
}

impl Tone {
    /// The picture that goes with the colour.
    pub fn icon(self) -> Icon {
        match self {
            Self::Fault => Icon::Fault,
            Self::Warning => Icon::Warning,
            Self::Info => Icon::Info,
        }
    }

    /// The colour of text and picture.
    pub fn colour(self, palette: &Palette) -> Color32 {
        match self {
            Self::Fault => palette.danger.strong,
            Self::Warning => palette.warning.strong,
            Self::Info => palette.muted,
        }
    }

    /// The word that goes with the colour.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fault => "Fout",
            Self::Warning => "Waarschuwing",
            Self::Info => "Let op",
        }
    }
}

/// The title of a screen: 22 points, heading of level 1 for a screen reader.
pub fn title_ui(ui: &mut Ui, text: &str) -> Response {
    heading(ui, text, theme::title(), 1)
}

/// The heading of a section: 18 points, heading of level 2.
pub fn heading_ui(ui: &mut Ui, text: &str) -> Response {
    heading(ui, text, TextStyle::Heading, 2)
}

/// A small heading inside a section: 15 points semibold, heading of level 3.
pub fn subheading_ui(ui: &mut Ui, text: &str) -> Response {
    heading(ui, text, theme::strong(), 3)
}

fn heading(ui: &mut Ui, text: &str, style: TextStyle, level: usize) -> Response {
    let colour = Palette::of(ui).text;
    let (at, galley, response) = Label::new(RichText::new(text).text_style(style))
        .wrap()
        .layout_in_ui(ui);
    ui.painter().galley(at, galley, colour);
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_level(level));
    response
}

/// Secondary text of 13 points in the muted colour.
pub fn muted_ui(ui: &mut Ui, text: &str) -> Response {
    let colour = Palette::of(ui).muted;
    ui.add(
        Label::new(
            RichText::new(text)
                .text_style(TextStyle::Small)
                .color(colour),
        )
        .wrap(),
    )
}

/// Running text, never wider than about 75 characters.
pub fn prose_ui(ui: &mut Ui, text: &str) -> Response {
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(theme::READING_WIDTH));
        ui.add(Label::new(text).wrap())
    })
    .inner
}

/// A message with its icon, in the colour of its tone; the words say what to do.
pub fn message_ui(ui: &mut Ui, tone: Tone, text: &str) -> Response {
    let palette = Palette::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        tone.icon().show_ui(ui, 16.0, tone.colour(palette));
        let colour = if tone == Tone::Info {
            palette.muted
        } else {
            tone.colour(palette)
        };
        ui.add(
            Label::new(
                RichText::new(text)
                    .text_style(TextStyle::Small)
                    .color(colour),
            )
            .wrap(),
        )
    })
    .inner
}

/// Lays `text` out on one line. egui keeps the result between frames.
pub fn line_of(ui: &Ui, text: &str, style: &TextStyle, colour: Color32) -> Arc<Galley> {
    laid_out(ui, text, style, colour, TextWrapping::default())
}

/// Lays `text` out on one line, cut off with three dots where it does not fit in `width`.
pub fn short_of(
    ui: &Ui,
    text: &str,
    style: &TextStyle,
    colour: Color32,
    width: f32,
) -> Arc<Galley> {
    let wrap = TextWrapping::truncate_at_width(width.max(0.0));
    laid_out(ui, text, style, colour, wrap)
}

/// Lays `text` out in lines of at most `width` points.
pub fn lines_of(
    ui: &Ui,
    text: &str,
    style: &TextStyle,
    colour: Color32,
    width: f32,
) -> Arc<Galley> {
    laid_out(ui, text, style, colour, TextWrapping::wrap_at_width(width))
}

fn laid_out(
    ui: &Ui,
    text: &str,
    style: &TextStyle,
    colour: Color32,
    wrap: TextWrapping,
) -> Arc<Galley> {
    let format = TextFormat::simple(style.resolve(ui.style()), colour);
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = wrap;
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// The thin line between two areas.
pub fn hairline_ui(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(
        rect.x_range(),
        rect.center().y,
        (1.0, Palette::of(ui).hairline),
    );
}
