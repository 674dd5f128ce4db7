//! One page of a letter on the screen, drawn from the same places as the PDF.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::LayoutJob;
use egui::{
    Color32, ColorImage, FontFamily, FontId, Galley, Pos2, Rect, Sense, Stroke, StrokeKind,
    TextFormat, TextStyle, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::desk::theme::{self, Palette};
use crate::letter::fonts::{Typefaces, Weight};
use crate::letter::pages::{
    Ink, Length, PAGE_HEIGHT, PAGE_WIDTH, Page, PictureShape, Shape, TextShape,
};

/// How large a page is on the screen, for one point of paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale(pub(super) f32);

impl Scale {
    /// As large as on paper: 96 points of the screen to the inch.
    const REAL: f32 = 96.0 / 72.0;

    /// So many hundredths of the size on paper.
    pub(super) fn percent(percent: u16) -> Self {
        Self(Self::REAL * f32::from(percent) / 100.0)
    }

    /// So that the page is this wide.
    pub(super) fn to_width(width: f32) -> Self {
        Self(width * 1000.0 / PAGE_WIDTH as f32)
    }

    fn of(self, length: Length) -> f32 {
        length as f32 / 1000.0 * self.0
    }

    pub(super) fn page(self) -> Vec2 {
        vec2(self.of(PAGE_WIDTH), self.of(PAGE_HEIGHT))
    }
}

enum Piece {
    Area(Rect, Color32),
    Text(Pos2, Arc<Galley>),
    Picture(Rect, TextureHandle),
}

/// A page made ready to be drawn at one size. It is made anew only when the page, the size or the fonts of the screen change.
#[derive(Default)]
pub(super) struct Drawn {
    scale: Option<(Scale, f32)>,
    /// Known to the fonts of the screen for as long as all other texts are.
    probe: Option<Arc<Galley>>,
    pieces: Vec<Piece>,
}

impl Drawn {
    /// Draws a page with its upper left corner here.
    fn show(&mut self, ui: &Ui, page: &Page, scale: Scale, corner: Pos2) {
        let now = (scale, ui.pixels_per_point());
        let probe = probe(ui);
        let known = self
            .probe
            .as_ref()
            .is_some_and(|known| Arc::ptr_eq(known, &probe));
        if self.scale != Some(now) || !known {
            self.pieces = page
                .items
                .iter()
                .map(|item| match &item.shape {
                    Shape::Area(area) => {
                        let at = pos2(scale.of(area.x), scale.of(area.y));
                        let size = vec2(scale.of(area.width), scale.of(area.height));
                        Piece::Area(Rect::from_min_size(at, size), colour(area.ink))
                    }
                    Shape::Text(text) => piece_of(ui, text, scale),
                    Shape::Picture(picture) => {
                        let at = pos2(scale.of(picture.x), scale.of(picture.y));
                        let size = vec2(scale.of(picture.width), scale.of(picture.height));
                        Piece::Picture(Rect::from_min_size(at, size), texture(ui, picture))
                    }
                })
                .collect();
            self.scale = Some(now);
            self.probe = Some(probe);
        }
        let painter = ui.painter();
        let offset = corner.to_vec2();
        for piece in &self.pieces {
            match piece {
                Piece::Area(rect, colour) => {
                    painter.rect_filled(rect.translate(offset), 0.0, *colour);
                }
                Piece::Picture(rect, texture) => {
                    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                    painter.image(texture.id(), rect.translate(offset), whole, Color32::WHITE);
                }
                Piece::Text(at, galley) => {
                    painter.galley(*at + offset, Arc::clone(galley), Color32::BLACK);
                }
            }
        }
    }
}

/// A text that the fonts of the screen keep while it is drawn in every frame, and lay out anew when they begin anew.
fn probe(ui: &Ui) -> Arc<Galley> {
    let font = TextStyle::Body.resolve(ui.style());
    let job = LayoutJob::single_section(String::new(), TextFormat::simple(font, Color32::BLACK));
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// One line of text where the PDF has it, and as wide: the PDF sets without kerning.
fn piece_of(ui: &Ui, text: &TextShape, scale: Scale) -> Piece {
    let family = match text.weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Semibold => theme::semibold(),
    };
    let font = FontId::new(scale.of(text.size), family);
    let mut format = TextFormat::simple(font, colour(text.ink));
    let words = text.text.trim_end();
    let lay = |format: TextFormat| {
        let job = LayoutJob::single_section(words.to_owned(), format);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let natural = lay(format.clone());
    let gaps = words.chars().count().saturating_sub(1);
    let galley = match width(words, text) {
        Some(width) if gaps > 0 => {
            let short = scale.of(width) - natural.size().x;
            format.extra_letter_spacing = short / gaps as f32;
            lay(format)
        }
        _ => natural,
    };
    let first = galley.rows.first();
    let glyph = first.and_then(|row| Some((row.pos.y, row.glyphs.first()?.pos.y)));
    let baseline = glyph.map_or(0.0, |(row, glyph)| row + glyph);
    let at = pos2(scale.of(text.x), scale.of(text.baseline) - baseline);
    Piece::Text(at, galley)
}

/// A picture as the screen draws it.
fn texture(ui: &Ui, shape: &PictureShape) -> TextureHandle {
    let picture = &shape.figure.picture;
    let (width, height) = picture.size();
    let image = ColorImage::from_rgb([width as usize, height as usize], picture.colours());
    ui.ctx().load_texture("logo", image, TextureOptions::LINEAR)
}

/// How wide these words of a text are on paper.
fn width(words: &str, text: &TextShape) -> Option<Length> {
    let face = Typefaces::shipped().ok()?.of(text.weight);
    let widths = words.chars().filter_map(|letter| face.width(letter));
    let sum: Length = widths.map(Length::from).sum();
    Some(sum * text.size / 1000)
}

fn colour(ink: Ink) -> Color32 {
    let [red, green, blue] = ink.rgb();
    Color32::from_rgb(red, green, blue)
}

/// Draws a page with its name and its text for who hears it. Gives the place that it takes.
pub(super) fn page_ui(
    ui: &mut Ui,
    (page, drawn): (&Page, &mut Drawn),
    scale: Scale,
    (name, text): (&str, &str),
) -> Rect {
    let (rect, response) = ui.allocate_exact_size(scale.page(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, name));
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(text));
    if ui.is_rect_visible(rect) {
        let palette = Palette::of(ui);
        let stroke = if response.has_focus() {
            Stroke::new(2.0, palette.accent.strong)
        } else {
            Stroke::new(1.0, palette.border)
        };
        ui.painter()
            .rect(rect, 0.0, Color32::WHITE, stroke, StrokeKind::Outside);
        drawn.show(ui, page, scale, rect.min);
    }
    rect
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::testing::window;
    use crate::letter::pages::{Item, Role as Part, mm, pt};
    use egui::Theme;

    fn page(text: &str) -> Page {
        let text = TextShape {
            x: mm(25),
            baseline: mm(25),
            width: 0,
            text: text.to_owned(),
            weight: Weight::Regular,
            size: pt(11),
            ink: Ink::Text,
        };
        let item = Item {
            block: None,
            role: Part::Paragraph,
            shape: Shape::Text(text),
        };
        Page { items: vec![item] }
    }

    #[test]
    fn a_page_is_made_ready_once_and_anew_for_another_size_and_stands_as_wide_as_on_paper() {
        let state = (Drawn::default(), Scale::percent(100), Vec::new());
        let mut harness = window(vec2(900.0, 400.0), Theme::Light, state, |ui, state| {
            let (drawn, scale, seen) = state;
            page_ui(ui, (&page("AVAVAV Tarief. "), drawn), *scale, ("", ""));
            seen.push(drawn.pieces.as_ptr());
        });
        harness.run();
        harness.run();
        let (drawn, _, seen) = harness.state();
        assert!(seen.len() > 2 && seen.windows(2).all(|pair| pair[0] == pair[1]));
        let Some(Piece::Text(_, galley)) = drawn.pieces.first() else {
            panic!("it is drawn");
        };
        let text = page("AVAVAV Tarief. ");
        let Shape::Text(shape) = &text.items[0].shape else {
            panic!("it is a text");
        };
        let wanted = Scale::percent(100).of(width("AVAVAV Tarief.", shape).unwrap());
        let is = galley.size().x;
        assert!((is - wanted).abs() < 1.5, "{is} for {wanted}");
        harness.state_mut().1 = Scale::percent(200);
        harness.run();
        let (drawn, ..) = harness.state();
        let Some(Piece::Text(_, galley)) = drawn.pieces.first() else {
            panic!("it is drawn");
        };
        assert!((galley.size().x - 2.0 * wanted).abs() < 2.0);
    }
}
