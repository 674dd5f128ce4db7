//! From pages to the bytes of a PDF file that can be kept (PDF/A-2a) and read aloud (PDF/UA-1).
//!
//! * `reading`: in which order a page is read;
//! * `drawing`: its drawing, for printpdf;
//! * `structure`, `outline`: what each piece is, and the bookmarks;
//! * `standards`: what the file says about itself;
//! * `embedding`: the fonts; `pictures`: the logo.
//!
//! printpdf writes the pages; the rest is added with lopdf, the object model that it uses. The same pages and details
//! give the same bytes, on every machine and every day. Nothing is placed here.

mod drawing;
mod embedding;
mod outline;
mod pictures;
mod reading;
mod standards;
mod structure;

use std::io::Write as _;

use flate2::{Compression, write::ZlibEncoder};
use jiff::civil::Date;
use lopdf::{Dictionary, Object, ObjectId, SaveOptions, Stream, StringFormat};
use printpdf::{Mm, PdfDocument, PdfPage, PdfParseErrorSeverity, PdfSaveOptions};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::fonts::{FontError, Weight};
use super::pages::{Pages, Shape};
use embedding::Embedding;
use reading::Reading;
pub use reading::read_aloud;
use standards::About;

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

/// How printpdf is to write: with the operations of `drawing` as they are, and nothing compressed yet.
const SAVING: PdfSaveOptions = PdfSaveOptions {
    optimize: false,
    subset_fonts: false,
    secure: false,
    image_optimization: None,
};

/// The name of the program in its files.
const CREATOR: &str = concat!("maatwerk ", env!("CARGO_PKG_VERSION"));

/// Writes pages as a PDF file. The first letter of a run prepares the fonts (some milliseconds); others reuse them.
///
/// # Errors
/// [`PdfError`] when the typeface lacks a character (pages made by [`layout`](super::layout::layout) have none such),
/// or when the program itself is damaged.
pub fn write(pages: &Pages, details: &Details) -> Result<Vec<u8>, PdfError> {
    Embedding::with(characters(pages), |embedding| {
        let readings: Vec<Reading<'_>> = pages.pages.iter().map(Reading::of).collect();
        let mut document = PdfDocument::new(&pages.title);
        document.pages = readings
            .iter()
            .map(|reading| {
                let operations = drawing::operations(reading, embedding);
                PdfPage::new(Mm(210.0), Mm(297.0), operations)
            })
            .collect();
        let written = to_lopdf(&document)?;
        complete(written, &readings, embedding, pages, details).map_err(|error| PdfError::Writer {
            reason: error.to_string(),
        })
    })
}

/// The objects of a document as printpdf writes them.
fn to_lopdf(document: &PdfDocument) -> Result<lopdf::Document, PdfError> {
    let mut warnings = Vec::new();
    let written = printpdf::to_lopdf_doc(document, &SAVING, &mut warnings);
    let mut warnings = warnings.into_iter();
    match warnings.find(|warning| warning.severity == PdfParseErrorSeverity::Error) {
        Some(warning) => Err(PdfError::Writer {
            reason: warning.msg,
        }),
        None => Ok(written),
    }
}

/// Adds what printpdf leaves out, replaces what it takes from the clock or from chance, and gives the bytes.
fn complete(
    mut document: lopdf::Document,
    readings: &[Reading<'_>],
    embedding: &Embedding,
    pages: &Pages,
    details: &Details,
) -> lopdf::Result<Vec<u8>> {
    let about = About {
        title: &pages.title,
        language: &pages.language,
        author: &details.author,
        creator: CREATOR,
        producer: "printpdf",
        date: details.date,
    };
    standards::write(&mut document, &about)?;
    let page_ids: Vec<ObjectId> = document.page_iter().collect();
    embedding.put(&mut document, &page_ids)?;
    pictures::put(&mut document, readings, &page_ids)?;
    let headings = structure::write(&mut document, readings, &page_ids)?;
    outline::write(&mut document, &headings, &page_ids)?;
    let mut digest = Sha256::new();
    for page in page_ids {
        let contents = document.get_dictionary(page)?.get(b"Contents")?;
        let contents = contents.as_reference()?;
        let drawing = document.get_object_mut(contents)?.as_stream_mut()?;
        *drawing = compressed(std::mem::take(&mut drawing.dict), &drawing.content);
        digest.update(&drawing.content);
    }
    for part in [&pages.title, &pages.language, &details.author] {
        digest.update(part);
        digest.update([0]);
    }
    digest.update(details.date.to_string());
    let id: Vec<u8> = digest.finalize().into_iter().take(16).collect();
    let id = Object::String(id, StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::new();
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(1000)
        .compression_level(6)
        .build();
    document.save_with_options(&mut bytes, options)?;
    Ok(bytes)
}

/// A stream with its content compressed.
fn compressed(mut dictionary: Dictionary, content: &[u8]) -> Stream {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    // Writing to memory does not fail; if it did, the content goes in as it is.
    match encoder.write_all(content).and_then(|()| encoder.finish()) {
        Ok(smaller) => {
            dictionary.set("Filter", "FlateDecode");
            Stream::new(dictionary, smaller)
        }
        Err(_) => Stream::new(dictionary, content.to_vec()),
    }
}

/// Every character on the pages, some more than once.
fn characters(pages: &Pages) -> impl Iterator<Item = char> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let texts = items.filter_map(|item| match &item.shape {
        Shape::Text(text) => Some(text.text.chars()),
        Shape::Area(_) | Shape::Picture(_) => None,
    });
    texts.flatten()
}

#[cfg(test)]
mod tests;
