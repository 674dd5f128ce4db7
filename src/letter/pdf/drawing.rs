//! The drawing of a page: every piece of text marked with its number in the reading order, all else as an artefact.

use std::collections::BTreeMap;

use printpdf::{Color, CurTransMat, DictItem, Op, PaintMode, Point, Pt, Rect, Rgb, WindingOrder};

use super::super::fonts::Weight;
use super::super::pages::{Area, Ink, Length, PAGE_HEIGHT, PictureShape, TextShape};
use super::embedding::{Embedding, handle};
use super::pictures;
use super::reading::{Piece, Reading};

/// What printpdf is to draw for a page.
pub(super) fn operations(reading: &Reading<'_>, embedding: &Embedding) -> Vec<Op> {
    let mut pen = Pen {
        embedding,
        operations: Vec::new(),
        ink: None,
        font: None,
        at: (0, 0),
        pictures: 0,
    };
    if !reading.areas.is_empty() {
        pen.artefact("Layout");
        reading.areas.iter().for_each(|area| pen.area(*area));
        pen.operations.push(Op::EndMarkedContent);
    }
    pen.operations.push(Op::StartTextSection);
    for (number, mark) in (0..).zip(reading.marks()) {
        let pictures: Vec<&PictureShape> = mark.iter().filter_map(Piece::picture).collect();
        if !pictures.is_empty() {
            pen.operations.push(Op::EndTextSection);
        }
        // The structure tree says what it is; here any name will do.
        pen.begin("Span", [("MCID".to_owned(), DictItem::Int(number))]);
        pictures.iter().for_each(|picture| pen.picture(picture));
        let texts = mark.iter().filter_map(Piece::text);
        texts.for_each(|text| pen.text(text));
        pen.operations.push(Op::EndMarkedContent);
        if !pictures.is_empty() {
            pen.operations.push(Op::StartTextSection);
            // A section of text begins in the corner.
            pen.at = (0, 0);
        }
    }
    if !reading.unread.is_empty() {
        pen.artefact("Pagination");
        reading.unread.iter().for_each(|text| pen.text(text));
        pen.operations.push(Op::EndMarkedContent);
    }
    pen.operations.push(Op::EndTextSection);
    pen.operations
}

/// Draws, and knows what was set last.
struct Pen<'a> {
    embedding: &'a Embedding,
    operations: Vec<Op>,
    ink: Option<Ink>,
    font: Option<(Weight, Length)>,
    /// Where the last line of text began, from the lower left corner.
    at: (Length, Length),
    /// How many pictures were drawn.
    pictures: usize,
}

impl Pen<'_> {
    fn begin(&mut self, tag: &str, properties: [(String, DictItem); 1]) {
        self.operations.push(Op::BeginMarkedContentWithProperties {
            tag: tag.to_owned(),
            properties: DictItem::Dict {
                map: BTreeMap::from(properties),
            },
        });
    }

    fn artefact(&mut self, kind: &str) {
        let kind = DictItem::Name(kind.as_bytes().to_vec());
        self.begin("Artifact", [("Type".to_owned(), kind)]);
    }

    fn ink(&mut self, ink: Ink) {
        if self.ink.replace(ink) != Some(ink) {
            let [red, green, blue] = ink.rgb().map(|value| f32::from(value) / 255.0);
            self.operations.push(Op::SetFillColor {
                col: Color::Rgb(Rgb::new(red, green, blue, None)),
            });
        }
    }

    fn area(&mut self, area: Area) {
        self.ink(area.ink);
        self.operations.push(Op::DrawRectangle {
            rectangle: Rect {
                x: points(area.x),
                y: points(PAGE_HEIGHT - area.y - area.height),
                width: points(area.width),
                height: points(area.height),
                mode: Some(PaintMode::Fill),
                winding_order: Some(WindingOrder::NonZero),
            },
        });
    }

    fn picture(&mut self, picture: &PictureShape) {
        let corner = (picture.x, PAGE_HEIGHT - picture.y - picture.height);
        let size = (picture.width, picture.height);
        let [width, height, x, y] = [size.0, size.1, corner.0, corner.1].map(|one| points(one).0);
        let name = DictItem::Name(pictures::name(self.pictures).into_bytes());
        self.pictures += 1;
        self.operations.extend([
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix {
                matrix: CurTransMat::Raw([width, 0.0, 0.0, height, x, y]),
            },
            Op::Unknown {
                key: "Do".to_owned(),
                value: vec![name],
            },
            Op::RestoreGraphicsState,
        ]);
    }

    fn text(&mut self, text: &TextShape) {
        self.ink(text.ink);
        let font = (text.weight, text.size);
        if self.font.replace(font) != Some(font) {
            self.operations.push(Op::SetFont {
                font: handle(text.weight),
                size: points(text.size),
            });
        }
        // A text cursor moves from where the line before it began.
        let at = (text.x, PAGE_HEIGHT - text.baseline);
        let from = std::mem::replace(&mut self.at, at);
        self.operations.push(Op::SetTextCursor {
            pos: Point {
                x: points(at.0 - from.0),
                y: points(at.1 - from.1),
            },
        });
        // Not by `Op::ShowText`: for that printpdf has to know the font, and then it reads it anew for every letter.
        let shown = DictItem::String {
            data: self.embedding.encoded(&text.text, text.weight),
            literal: true,
        };
        self.operations.push(Op::Unknown {
            key: "Tj".to_owned(),
            value: vec![shown],
        });
    }
}

/// A length as PDF writes it.
fn points(length: Length) -> Pt {
    Pt(length as f32 / 1000.0)
}
