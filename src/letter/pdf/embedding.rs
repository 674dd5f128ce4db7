//! The fonts of a PDF: cut down to the characters that letters use, compressed once and then put into each letter.
//!
//! Cutting a font down and compressing it takes longer than all the rest of a letter, so it is done once for a fixed
//! set of characters; a letter with others (a Greek or Cyrillic name, say) gets fonts of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::{
    FontEmbeddingMode, FontId, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, PrintpdfFontMeta, Pt, TextItem, subset_font,
};

use super::super::fonts::{REGULAR, SEMIBOLD, Typefaces, Weight};
use super::PdfError;

/// How printpdf is to write: our own fonts as they are, nothing compressed yet.
pub(super) const SAVING: PdfSaveOptions = PdfSaveOptions {
    optimize: false,
    subset_fonts: false,
    secure: true,
    image_optimization: None,
};

/// Every font of the program; both may occur in a letter.
const WEIGHTS: [Weight; 2] = [Weight::Regular, Weight::Semibold];

/// What letters use beyond Latin-1 and Latin Extended-A.
const BEYOND_LATIN: &str = "ȘșȚț\u{2010}\u{2011}–—‘’‚“”„†•…‰‹›€™←↑→↓−≈≠≤≥";

/// Whether a character is in the fonts that all letters share.
fn is_shared(character: char) -> bool {
    matches!(character, '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{17f}')
        || BEYOND_LATIN.contains(character)
}

/// The name under which a page calls a font; printpdf wants six capitals.
fn name(weight: Weight) -> &'static str {
    match weight {
        Weight::Regular => "SRCREG",
        Weight::Semibold => "SRCSMB",
    }
}

/// How an operation names a font.
pub(super) fn handle(weight: Weight) -> PdfFontHandle {
    PdfFontHandle::External(FontId(name(weight).to_owned()))
}

/// Both fonts, ready to be put into documents.
pub(super) struct Embedding {
    fonts: Vec<EmbeddedFont>,
}

/// One font: for printpdf to look glyphs up in, and as the objects of a finished PDF.
struct EmbeddedFont {
    weight: Weight,
    cut: ParsedFont,
    objects: FontObjects,
}

/// The four objects that make up a font in a PDF.
#[derive(Clone)]
struct FontObjects {
    font: Dictionary,
    to_unicode: Object,
    descriptor: Dictionary,
    program: Object,
}

/// Where the four objects are in a document.
#[derive(Clone, Copy)]
struct FontPlaces {
    font: ObjectId,
    to_unicode: ObjectId,
    descriptor: ObjectId,
    program: ObjectId,
}

impl Embedding {
    /// The fonts for a document with these characters: the shared ones, if they have them all.
    ///
    /// # Errors
    /// [`PdfError`] when the typeface lacks one of the characters, or cannot be cut down.
    pub(super) fn with<T>(
        characters: &BTreeSet<char>,
        work: impl FnOnce(&Embedding) -> Result<T, PdfError>,
    ) -> Result<T, PdfError> {
        static SHARED: OnceLock<Result<Embedding, PdfError>> = OnceLock::new();
        let others: BTreeSet<char> = characters
            .iter()
            .copied()
            .filter(|character| !is_shared(*character))
            .collect();
        if others.is_empty() {
            let shared = SHARED.get_or_init(|| Embedding::new(&BTreeSet::new()));
            return work(shared.as_ref().map_err(Clone::clone)?);
        }
        work(&Embedding::new(&others)?)
    }

    fn new(others: &BTreeSet<char>) -> Result<Embedding, PdfError> {
        let fonts = WEIGHTS
            .iter()
            .map(|weight| EmbeddedFont::new(*weight, others))
            .collect::<Result<_, _>>()?;
        Ok(Embedding { fonts })
    }

    /// Makes the fonts known to printpdf.
    pub(super) fn register(&self, document: &mut PdfDocument) {
        for font in &self.fonts {
            register(document, font.weight, &font.cut);
        }
    }

    /// Replaces the fonts that printpdf wrote by the finished ones, so that all letters carry the same.
    pub(super) fn finish(&self, document: &mut Document) {
        for font in &self.fonts {
            // A font that no page uses is not in the document.
            if let Some(places) = FontPlaces::find(document, name(font.weight)) {
                font.objects.clone().put(document, places);
            }
        }
    }
}

fn register(document: &mut PdfDocument, weight: Weight, font: &ParsedFont) {
    let meta = PrintpdfFontMeta {
        embedding_mode: FontEmbeddingMode::Full,
        requires_subsetting: false,
        ..PrintpdfFontMeta::default()
    };
    let font = PdfFont::with_meta(font.clone(), meta);
    document
        .resources
        .fonts
        .map
        .insert(FontId(name(weight).to_owned()), font);
}

impl EmbeddedFont {
    fn new(weight: Weight, others: &BTreeSet<char>) -> Result<EmbeddedFont, PdfError> {
        let typeface = Typefaces::shipped()?.of(weight);
        if let Some(character) = others
            .iter()
            .find(|character| typeface.width(**character).is_none())
        {
            return Err(PdfError::MissingGlyph {
                character: *character,
            });
        }
        let (bytes, postscript_name) = match weight {
            Weight::Regular => (REGULAR, "SourceSans3-Regular"),
            Weight::Semibold => (SEMIBOLD, "SourceSans3-Semibold"),
        };
        let broken = || PdfError::Font { weight };
        let whole = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or_else(broken)?;
        let shared = ('\u{20}'..='\u{17f}')
            .chain(BEYOND_LATIN.chars())
            .filter(|character| is_shared(*character));
        let mut glyphs = BTreeMap::new();
        let mut text = Vec::new();
        for character in shared.chain(others.iter().copied()) {
            let glyph = whole
                .lookup_glyph_index(u32::from(character))
                .ok_or_else(broken)?;
            // Where characters share a shape (a space and a no-break space), the shape reads as the first of them.
            if let std::collections::btree_map::Entry::Vacant(place) = glyphs.entry(glyph) {
                place.insert(character.to_string());
                text.push(character);
            }
        }
        let cut = subset_font(&whole, &glyphs).map_err(|_| broken())?;
        let cut = ParsedFont::from_bytes(&cut.bytes, 0, &mut Vec::new()).ok_or_else(broken)?;
        let objects = FontObjects::new(weight, &cut, text.iter().collect(), postscript_name)
            .ok_or_else(broken)?;
        Ok(EmbeddedFont {
            weight,
            cut,
            objects,
        })
    }
}

impl FontObjects {
    /// Has printpdf write a document with all the characters, and takes the font out of it.
    fn new(
        weight: Weight,
        cut: &ParsedFont,
        text: String,
        postscript_name: &str,
    ) -> Option<FontObjects> {
        let mut document = PdfDocument::new("");
        register(&mut document, weight, cut);
        let operations = vec![
            Op::StartTextSection,
            Op::SetFont {
                font: handle(weight),
                size: Pt(1.0),
            },
            Op::ShowText {
                items: vec![TextItem::Text(text)],
            },
            Op::EndTextSection,
        ];
        document.pages.push(PdfPage::new(
            printpdf::Mm(1.0),
            printpdf::Mm(1.0),
            operations,
        ));
        let mut written = printpdf::to_lopdf_doc(&document, &SAVING, &mut Vec::new());
        written.compress();
        let places = FontPlaces::find(&written, name(weight))?;
        let mut font = written.get_dictionary(places.font).ok()?.clone();
        let mut descriptor = written.get_dictionary(places.descriptor).ok()?.clone();
        // A font with only some of its characters says so by a tag before its name.
        let tagged = || Object::Name(format!("{}+{postscript_name}", name(weight)).into_bytes());
        font.set("BaseFont", tagged());
        descendant_mut(&mut font)?.set("BaseFont", tagged());
        descriptor.set("FontName", tagged());
        Some(FontObjects {
            font,
            to_unicode: written.get_object(places.to_unicode).ok()?.clone(),
            descriptor,
            program: written.get_object(places.program).ok()?.clone(),
        })
    }

    fn put(mut self, document: &mut Document, places: FontPlaces) {
        self.font.set("ToUnicode", places.to_unicode);
        if let Some(descendant) = descendant_mut(&mut self.font) {
            descendant.set("FontDescriptor", places.descriptor);
        }
        self.descriptor.set("FontFile2", places.program);
        document
            .objects
            .insert(places.font, Object::Dictionary(self.font));
        document.objects.insert(places.to_unicode, self.to_unicode);
        document
            .objects
            .insert(places.descriptor, Object::Dictionary(self.descriptor));
        document.objects.insert(places.program, self.program);
    }
}

impl FontPlaces {
    /// Where a font is in a document that printpdf wrote.
    fn find(document: &Document, name: &str) -> Option<FontPlaces> {
        let page = document.page_iter().next()?;
        let resources = document
            .get_dictionary(page)
            .ok()?
            .get(b"Resources")
            .ok()?
            .as_reference()
            .ok()?;
        let fonts = document
            .get_dictionary(resources)
            .ok()?
            .get(b"Font")
            .ok()?
            .as_reference()
            .ok()?;
        let font = document
            .get_dictionary(fonts)
            .ok()?
            .get(name.as_bytes())
            .ok()?
            .as_reference()
            .ok()?;
        let dictionary = document.get_dictionary(font).ok()?;
        let descendant = dictionary
            .get(b"DescendantFonts")
            .ok()?
            .as_array()
            .ok()?
            .first()?
            .as_dict()
            .ok()?;
        let descriptor = descendant
            .get(b"FontDescriptor")
            .ok()?
            .as_reference()
            .ok()?;
        let program = document
            .get_dictionary(descriptor)
            .ok()?
            .get(b"FontFile2")
            .ok()?
            .as_reference()
            .ok()?;
        Some(FontPlaces {
            font,
            to_unicode: dictionary.get(b"ToUnicode").ok()?.as_reference().ok()?,
            descriptor,
            program,
        })
    }
}

/// The font proper within the font that pages name.
fn descendant_mut(font: &mut Dictionary) -> Option<&mut Dictionary> {
    font.get_mut(b"DescendantFonts")
        .ok()?
        .as_array_mut()
        .ok()?
        .first_mut()?
        .as_dict_mut()
        .ok()
}
