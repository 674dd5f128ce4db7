//! The typeface of the program: the font files, which characters they have and how wide each is.
//!
//! Knows fonts only: nothing of letters, pages or PDF. Widths are in thousandths of an em, so that a width times a
//! type size in points is a length in thousandths of a point, exactly.
use std::sync::OnceLock;
use thiserror::Error;
use ttf_parser::Face;

/// Source Sans 3 Regular, the whole TrueType file (SIL Open Font License 1.1, see `assets/fonts/OFL.txt`).
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf");

/// Source Sans 3 Semibold, the whole TrueType file (SIL Open Font License 1.1, see `assets/fonts/OFL.txt`).
pub const SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/SourceSans3-Semibold.ttf");

/// How heavy the type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Running text.
    Regular,
    /// Headings, totals and what is stressed.
    Semibold,
}

/// A font file that cannot be read. For the shipped fonts that is a fault in the program itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("Het ingebouwde lettertype ({weight:?}) is beschadigd. Installeer het programma opnieuw.")]
pub struct FontError {
    /// Which of the two fonts.
    pub weight: Weight,
}

/// Code points below this are looked up in a table; the few above it in the font itself.
const TABLE_END: usize = 0x2600;

/// One font: its characters and their widths.
#[derive(Debug)]
pub struct Typeface {
    face: Face<'static>,
    /// Width by code point, for all code points below [`TABLE_END`].
    table: Vec<Option<u16>>,
}

impl Typeface {
    fn read(bytes: &'static [u8], weight: Weight) -> Result<Typeface, FontError> {
        let face = Face::parse(bytes, 0).map_err(|_| FontError { weight })?;
        let table = (0..TABLE_END)
            .map(|code| {
                u32::try_from(code)
                    .ok()
                    .and_then(char::from_u32)
                    .and_then(|character| width_in(&face, character))
            })
            .collect();
        Ok(Typeface { face, table })
    }

    /// The width of a character in thousandths of an em, or `None` when the font has no shape for it.
    pub fn width(&self, character: char) -> Option<u16> {
        match self.table.get(character as usize) {
            Some(width) => *width,
            None => width_in(&self.face, character),
        }
    }
}

/// The width of a character in thousandths of an em, straight from the font.
fn width_in(face: &Face<'static>, character: char) -> Option<u16> {
    let glyph = face.glyph_index(character)?;
    let units = u32::from(face.glyph_hor_advance(glyph)?);
    let per_em = u32::from(face.units_per_em());
    u16::try_from(units.checked_mul(1000)?.checked_div(per_em)?).ok()
}

/// Both weights of the typeface.
#[derive(Debug)]
pub struct Typefaces {
    regular: Typeface,
    semibold: Typeface,
}

impl Typefaces {
    /// The shipped typeface, read once and kept.
    ///
    /// # Errors
    /// [`FontError`] when a shipped font file is damaged.
    pub fn shipped() -> Result<&'static Typefaces, FontError> {
        static SHIPPED: OnceLock<Result<Typefaces, FontError>> = OnceLock::new();
        let shipped = SHIPPED.get_or_init(|| {
            Ok(Typefaces {
                regular: Typeface::read(REGULAR, Weight::Regular)?,
                semibold: Typeface::read(SEMIBOLD, Weight::Semibold)?,
            })
        });
        shipped.as_ref().map_err(|error| *error)
    }

    /// The font of the given weight.
    pub fn of(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Semibold => &self.semibold,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_have_every_character_a_letter_relies_on() {
        let typefaces = Typefaces::shipped().expect("the shipped fonts are sound");
        let latin = ('\u{20}'..='\u{7e}').chain('\u{a0}'..='\u{17f}');
        for character in latin.chain("€–—‘’‚“”„…−×→←↑↓•≤≥≈ȘșȚț\u{2011}".chars())
        {
            for weight in [Weight::Regular, Weight::Semibold] {
                let width = typefaces.of(weight).width(character);
                assert!(
                    width.is_some(),
                    "{weight:?} lacks {character:?} U+{:04X}",
                    u32::from(character)
                );
            }
        }
    }

    #[test]
    fn figures_and_signs_of_amounts_all_have_one_width() {
        let typefaces = Typefaces::shipped().expect("the shipped fonts are sound");
        for weight in [Weight::Regular, Weight::Semibold] {
            let face = typefaces.of(weight);
            for character in "123456789€−+".chars() {
                assert_eq!(
                    face.width(character),
                    face.width('0'),
                    "{weight:?} {character:?}"
                );
            }
        }
    }

    #[test]
    fn a_character_the_font_lacks_has_no_width() {
        let typefaces = Typefaces::shipped().expect("the shipped fonts are sound");
        assert_eq!(typefaces.of(Weight::Regular).width('漢'), None);
        assert_eq!(typefaces.of(Weight::Regular).width('\u{1F9D1}'), None);
        assert_eq!(typefaces.of(Weight::Regular).width('\n'), None);
    }
}
