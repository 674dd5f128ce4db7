//! The fonts of a PDF: cut down to the characters that letters use, compressed once and then put into each letter.
//!
//! Cutting a font down and compressing it takes longer than all the rest of a letter, so it is done once for a fixed
//! set of characters; a letter with others (a Greek or Cyrillic name, say) gets fonts of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use printpdf::{
    FontEmbeddingMode, FontId, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PrintpdfFontMeta, Pt, TextItem, subset_font,
};

use super::super::fonts::{REGULAR, SEMIBOLD, Typefaces, Weight};
use super::{PdfError, compressed, to_lopdf};

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

/// One font: which glyph stands for a character, and the objects that make it up in a PDF.
struct EmbeddedFont {
    weight: Weight,
    /// The glyph of each code point; 0 where there is none.
    glyphs: Vec<u16>,
    font: Dictionary,
    to_unicode: Stream,
    descriptor: Dictionary,
    program: Stream,
}

impl Embedding {
    /// The fonts for a document with these characters: the shared ones, if they have them all.
    ///
    /// # Errors
    /// [`PdfError`] when the typeface lacks one of the characters, or cannot be cut down.
    pub(super) fn with<T>(
        characters: impl Iterator<Item = char>,
        work: impl FnOnce(&Embedding) -> Result<T, PdfError>,
    ) -> Result<T, PdfError> {
        static SHARED: OnceLock<Result<Embedding, PdfError>> = OnceLock::new();
        let others: BTreeSet<char> = characters
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

    /// Text as a page shows it in a font: two bytes for each glyph.
    pub(super) fn encoded(&self, text: &str, weight: Weight) -> Vec<u8> {
        let Some(font) = self.fonts.iter().find(|font| font.weight == weight) else {
            return Vec::new();
        };
        let glyphs = text.chars().map(|character| {
            let glyph = font.glyphs.get(character as usize);
            glyph.copied().unwrap_or(0)
        });
        glyphs.flat_map(u16::to_be_bytes).collect()
    }

    /// Puts the fonts into a document and makes them known to its pages.
    pub(super) fn put(&self, document: &mut Document, pages: &[ObjectId]) -> lopdf::Result<()> {
        // printpdf gives all pages the same list of fonts.
        let Some(page) = pages.first() else {
            return Ok(());
        };
        let known = fonts_of(document, *page)?;
        for font in &self.fonts {
            let program = document.add_object(font.program.clone());
            let to_unicode = document.add_object(font.to_unicode.clone());
            let mut descriptor = font.descriptor.clone();
            descriptor.set("FontFile2", program);
            let descriptor = document.add_object(descriptor);
            let mut whole = font.font.clone();
            whole.set("ToUnicode", to_unicode);
            descendant_mut(&mut whole)?.set("FontDescriptor", descriptor);
            let whole = document.add_object(whole);
            let known = document.get_dictionary_mut(known)?;
            known.set(name(font.weight), whole);
        }
        Ok(())
    }
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
        let bytes = match weight {
            Weight::Regular => REGULAR,
            Weight::Semibold => SEMIBOLD,
        };
        let broken = || PdfError::Font { weight };
        let whole = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or_else(broken)?;
        let shared = ('\u{20}'..='\u{17f}')
            .chain(BEYOND_LATIN.chars())
            .filter(|character| is_shared(*character));
        let characters: Vec<char> = shared.chain(others.iter().copied()).collect();
        let mut named = BTreeMap::new();
        for character in &characters {
            let glyph = whole
                .lookup_glyph_index(u32::from(*character))
                .ok_or_else(broken)?;
            // Where characters share a shape (a space and a no-break space), the shape reads as the first of them.
            named.entry(glyph).or_insert_with(|| character.to_string());
        }
        let cut = subset_font(&whole, &named).map_err(|_| broken())?;
        let mut glyphs = Vec::new();
        for character in &characters {
            let glyph = whole.lookup_glyph_index(u32::from(*character));
            let glyph = glyph.and_then(|glyph| cut.glyph_mapping.get(&glyph));
            let place = *character as usize;
            if glyphs.len() <= place {
                glyphs.resize(place + 1, 0);
            }
            if let (Some(place), Some((glyph, _))) = (glyphs.get_mut(place), glyph) {
                *place = *glyph;
            }
        }
        let cut = ParsedFont::from_bytes(&cut.bytes, 0, &mut Vec::new()).ok_or_else(broken)?;
        let text = named.into_values().collect();
        let written = to_lopdf(&sheet(weight, cut, text))?;
        EmbeddedFont::taken_from(&written, weight, glyphs).map_err(|_| broken())
    }

    /// Takes the font out of a document in which printpdf wrote it.
    fn taken_from(
        document: &Document,
        weight: Weight,
        glyphs: Vec<u16>,
    ) -> lopdf::Result<EmbeddedFont> {
        let postscript_name = match weight {
            Weight::Regular => "SourceSans3-Regular",
            Weight::Semibold => "SourceSans3-Semibold",
        };
        let page = document.page_iter().next().unwrap_or_default();
        let known = document.get_dictionary(fonts_of(document, page)?)?;
        let named = |dictionary: &Dictionary, key: &[u8]| dictionary.get(key)?.as_reference();
        let stream = |id| {
            let stream = document.get_object(id)?.as_stream()?;
            lopdf::Result::Ok(compressed(stream.dict.clone(), &stream.content))
        };
        let mut font = document
            .get_dictionary(named(known, name(weight).as_bytes())?)?
            .clone();
        let to_unicode = stream(named(&font, b"ToUnicode")?)?;
        // A font with only some of its characters says so by a tag before its name.
        let tagged = || Object::Name(format!("{}+{postscript_name}", name(weight)).into_bytes());
        font.set("BaseFont", tagged());
        let descendant = descendant_mut(&mut font)?;
        descendant.set("BaseFont", tagged());
        descendant.set("CIDToGIDMap", "Identity");
        let descriptor = named(descendant, b"FontDescriptor")?;
        let mut descriptor = document.get_dictionary(descriptor)?.clone();
        descriptor.set("FontName", tagged());
        let program = stream(named(&descriptor, b"FontFile2")?)?;
        Ok(EmbeddedFont {
            weight,
            glyphs,
            font,
            to_unicode,
            descriptor,
            program,
        })
    }
}

/// A document with all the characters of a font.
fn sheet(weight: Weight, font: ParsedFont, text: String) -> PdfDocument {
    let meta = PrintpdfFontMeta {
        embedding_mode: FontEmbeddingMode::Full,
        requires_subsetting: false,
        ..PrintpdfFontMeta::default()
    };
    let mut document = PdfDocument::new("");
    let fonts = &mut document.resources.fonts.map;
    let id = FontId(name(weight).to_owned());
    fonts.insert(id, PdfFont::with_meta(font, meta));
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
    let page = PdfPage::new(Mm(1.0), Mm(1.0), operations);
    document.pages.push(page);
    document
}

/// The list of fonts of a page.
fn fonts_of(document: &Document, page: ObjectId) -> lopdf::Result<ObjectId> {
    let resources = document.get_dictionary(page)?.get(b"Resources")?;
    let resources = document.get_dictionary(resources.as_reference()?)?;
    resources.get(b"Font")?.as_reference()
}

/// The font proper within the font that pages name.
fn descendant_mut(font: &mut Dictionary) -> lopdf::Result<&mut Dictionary> {
    let descendants = font.get_mut(b"DescendantFonts")?.as_array_mut()?;
    let first = descendants.first_mut();
    first
        .ok_or_else(|| lopdf::Error::DictKey("DescendantFonts".to_owned()))?
        .as_dict_mut()
}
