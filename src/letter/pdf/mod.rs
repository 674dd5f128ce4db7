//! From pages to the bytes of a PDF file.
//!
//! Draws what is on the pages with printpdf and then makes the file reproducible: the same pages and details give the
//! same bytes, on every machine and every day. Nothing is placed here.

mod embedding;

use std::collections::BTreeSet;

use jiff::civil::Date;
use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{
    Color, Mm, Op, PaintMode, PdfDocument, PdfPage, PdfParseErrorSeverity, Point, Pt, Rect, Rgb,
    TextItem, WindingOrder,
};
use thiserror::Error;

use super::fonts::{FontError, Weight};
use super::pages::{Area, Ink, Length, PAGE_HEIGHT, Page, Pages, Shape, TextShape};
use embedding::{Embedding, SAVING, handle};

/// What a PDF says about itself, beside its title and language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// Who wrote it, such as the name of the municipality.
    pub author: String,
    /// The date of the letter; it stands in the file as the date it was made.
    pub date: Date,
}

/// Why a PDF cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PdfError {
    /// The typeface lacks a character.
    #[error("Het teken ‘{character}’ (U+{:04X}) staat niet in het lettertype van de brief. Vervang dit teken of laat het weg.", u32::from(*character))]
    MissingGlyph {
        /// The character.
        character: char,
    },
    /// A shipped font cannot be embedded: a fault in the program itself.
    #[error(
        "Het ingebouwde lettertype ({weight:?}) kan niet in de PDF worden opgenomen. Installeer het programma opnieuw."
    )]
    Font {
        /// Which of the two fonts.
        weight: Weight,
    },
    /// The PDF library refused something: a fault in the program itself.
    #[error("De PDF kan niet worden gemaakt: {reason}.")]
    Writer {
        /// What the library says.
        reason: String,
    },
}

impl From<FontError> for PdfError {
    fn from(error: FontError) -> PdfError {
        PdfError::Font {
            weight: error.weight,
        }
    }
}

/// Writes pages as a PDF file. The first letter of a run prepares the fonts (some milliseconds); others reuse them.
///
/// # Errors
/// [`PdfError`] when the typeface lacks a character (pages made by [`layout`](super::layout::layout) have none such),
/// or when the program itself is damaged.
pub fn write(pages: &Pages, details: &Details) -> Result<Vec<u8>, PdfError> {
    Embedding::with(&characters(pages), |embedding| {
        let mut document = PdfDocument::new(&pages.title);
        document.metadata.info.author.clone_from(&details.author);
        document.metadata.info.creator = concat!("maatwerk ", env!("CARGO_PKG_VERSION")).to_owned();
        document.metadata.info.producer = "printpdf".to_owned();
        embedding.register(&mut document);
        document.pages = pages
            .pages
            .iter()
            .map(|page| PdfPage::new(Mm(210.0), Mm(297.0), operations(page)))
            .collect();

        let mut warnings = Vec::new();
        let mut written = printpdf::to_lopdf_doc(&document, &SAVING, &mut warnings);
        if let Some(warning) = warnings
            .into_iter()
            .find(|warning| warning.severity == PdfParseErrorSeverity::Error)
        {
            return Err(PdfError::Writer {
                reason: warning.msg,
            });
        }
        embedding.finish(&mut written);
        complete(&mut written, pages, details).map_err(|error| PdfError::Writer {
            reason: error.to_string(),
        })?;
        written.compress();
        let mut bytes = Vec::new();
        written
            .save_to(&mut bytes)
            .map_err(|error| PdfError::Writer {
                reason: error.to_string(),
            })?;
        Ok(bytes)
    })
}

/// Every character on the pages.
fn characters(pages: &Pages) -> BTreeSet<char> {
    let mut seen = [false; 0x180];
    let mut others = BTreeSet::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Shape::Text(text) = &item.shape {
            for character in text.text.chars() {
                match seen.get_mut(character as usize) {
                    Some(place) => *place = true,
                    None => {
                        others.insert(character);
                    }
                }
            }
        }
    }
    let low = ('\0'..)
        .zip(seen)
        .filter_map(|(character, seen)| seen.then_some(character));
    others.extend(low);
    others
}

/// The drawing of one page.
fn operations(page: &Page) -> Vec<Op> {
    let mut operations = Vec::with_capacity(page.items.len() * 5);
    let mut current = None;
    for item in &page.items {
        match &item.shape {
            Shape::Text(text) => {
                ink(&mut operations, &mut current, text.ink);
                draw_text(&mut operations, text);
            }
            Shape::Area(area) => {
                ink(&mut operations, &mut current, area.ink);
                operations.push(Op::DrawRectangle {
                    rectangle: rectangle(*area),
                });
            }
        }
    }
    operations
}

/// Changes the colour, if it is another one.
fn ink(operations: &mut Vec<Op>, current: &mut Option<Ink>, ink: Ink) {
    if *current != Some(ink) {
        *current = Some(ink);
        let [red, green, blue] = ink.rgb().map(|value| f32::from(value) / 255.0);
        operations.push(Op::SetFillColor {
            col: Color::Rgb(Rgb::new(red, green, blue, None)),
        });
    }
}

fn draw_text(operations: &mut Vec<Op>, text: &TextShape) {
    operations.extend([
        Op::StartTextSection,
        Op::SetFont {
            font: handle(text.weight),
            size: points(text.size),
        },
        Op::SetTextCursor {
            pos: Point {
                x: points(text.x),
                y: points(PAGE_HEIGHT - text.baseline),
            },
        },
        Op::ShowText {
            items: vec![TextItem::Text(text.text.clone())],
        },
        Op::EndTextSection,
    ]);
}

fn rectangle(area: Area) -> Rect {
    Rect {
        x: points(area.x),
        y: points(PAGE_HEIGHT - area.y - area.height),
        width: points(area.width),
        height: points(area.height),
        mode: Some(PaintMode::Fill),
        winding_order: Some(WindingOrder::NonZero),
    }
}

/// A length as PDF writes it.
fn points(length: Length) -> Pt {
    Pt(length as f32 / 1000.0)
}

/// Adds what printpdf leaves out, and replaces what it takes from the clock or from chance.
fn complete(document: &mut lopdf::Document, pages: &Pages, details: &Details) -> lopdf::Result<()> {
    document.version = "1.7".to_owned();
    let catalog = document.catalog_mut()?;
    catalog.set("Lang", text_string(&pages.language));
    let preferences = Dictionary::from_iter([("DisplayDocTitle", Object::Boolean(true))]);
    catalog.set("ViewerPreferences", preferences);

    let info = document.trailer.get(b"Info")?.as_reference()?;
    let info = document.get_dictionary_mut(info)?;
    for key in [
        &b"GTS_PDFXVersion"[..],
        b"Identifier",
        b"Trapped",
        b"Subject",
        b"Keywords",
    ] {
        info.remove(key);
    }
    let Details { author, date } = details;
    let stamp = format!(
        "D:{:04}{:02}{:02}000000Z",
        date.year(),
        date.month(),
        date.day()
    );
    info.set("CreationDate", text_string(&stamp));
    info.set("ModDate", text_string(&stamp));

    let mut digest = Digest::new();
    for part in [&pages.title, &pages.language, author, &stamp] {
        digest.add(part.as_bytes());
    }
    // The drawings of the pages; the fonts are compressed already and no news.
    let streams = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok());
    for stream in streams.filter(|stream| !stream.is_compressed()) {
        digest.add(&stream.content);
    }
    let id = Object::String(digest.0.to_be_bytes().to_vec(), StringFormat::Hexadecimal);
    document
        .trailer
        .set("ID", Object::Array(vec![id.clone(), id]));
    Ok(())
}

/// A string of ASCII characters.
fn text_string(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// FNV-1a of 128 bits: tells documents apart, guards nothing.
struct Digest(u128);

impl Digest {
    fn new() -> Digest {
        Digest(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte))
                .wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

#[cfg(test)]
mod tests;
