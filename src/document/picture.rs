//! Pictures: a PNG as plain colours, ready for a page and for the screen.

use std::io::{Cursor, Write as _};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{ColorType, Decoder, Limits, Transformations};

use super::Problem;

/// The largest file that is read as a picture, in bytes.
pub const MAX_PICTURE_BYTES: usize = 1_000_000;
/// The most pixels from left to right, and from top to bottom.
const MOST_PIXELS: u32 = 2400;
/// What reading may take of the memory: the most pixels, four bytes each, and as much again.
const MEMORY: usize = 48_000_000;

/// A picture without transparency: what shows through is white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    /// Red, green and blue of each pixel, row by row.
    colours: Vec<u8>,
    /// The same, compressed by zlib.
    packed: Vec<u8>,
}

impl Picture {
    /// Reads a PNG. Error: it is none, it is damaged or it is too large.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let none = |_| {
            Problem::error("dit is geen plaatje dat het programma kan lezen")
                .hint("Gebruik een PNG-bestand.")
        };
        let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), Limits { bytes: MEMORY });
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(none)?;
        let (width, height) = reader.info().size();
        if width > MOST_PIXELS || height > MOST_PIXELS {
            return Err(Problem::error(format!(
                "dit plaatje is te groot: {width} bij {height} beeldpunten"
            ))
            .hint(format!("Maak het hooguit {MOST_PIXELS} bij {MOST_PIXELS}.")));
        }
        let mut data = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let about = reader.next_frame(&mut data).map_err(none)?;
        data.truncate(about.buffer_size());
        let pixels: fn(&[u8]) -> [u8; 3] = match about.color_type {
            ColorType::Grayscale => {
                |pixel| over_white([0, 0, 0].map(|at: usize| part(pixel, at)), 255)
            }
            ColorType::GrayscaleAlpha => {
                |pixel| over_white([0, 0, 0].map(|at: usize| part(pixel, at)), part(pixel, 1))
            }
            ColorType::Rgb => |pixel| over_white([0, 1, 2].map(|at| part(pixel, at)), 255),
            ColorType::Rgba => {
                |pixel| over_white([0, 1, 2].map(|at| part(pixel, at)), part(pixel, 3))
            }
            ColorType::Indexed => |_| [255; 3],
        };
        let samples = about.color_type.samples();
        let colours: Vec<u8> = data.chunks(samples).flat_map(pixels).collect();
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        let packed = encoder.write_all(&colours).and_then(|()| encoder.finish());
        Ok(Self {
            width,
            height,
            packed: packed.map_err(|_| Problem::error("dit plaatje is niet in te pakken"))?,
            colours,
        })
    }

    /// Pixels from left to right, and from top to bottom; never none.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// Red, green and blue of each pixel, row by row.
    pub fn colours(&self) -> &[u8] {
        &self.colours
    }

    /// The same, compressed by zlib.
    pub fn packed(&self) -> &[u8] {
        &self.packed
    }
}

fn part(pixel: &[u8], at: usize) -> u8 {
    pixel.get(at).copied().unwrap_or(255)
}

/// A colour as it looks on white paper.
fn over_white(colour: [u8; 3], cover: u8) -> [u8; 3] {
    let cover = u32::from(cover);
    colour.map(|part| {
        let white = 255_u32.saturating_sub(cover).saturating_mul(255);
        let mixed = u32::from(part).saturating_mul(cover).saturating_add(white);
        u8::try_from(mixed / 255).unwrap_or(u8::MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(size: (u32, u32), colour: ColorType, data: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, size.0, size.1);
        encoder.set_color(colour);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(data).unwrap();
        writer.finish().unwrap();
        bytes
    }

    #[test]
    fn every_kind_of_png_becomes_colours_on_white() {
        for (colour, data, seen) in [
            (ColorType::Grayscale, &[7][..], [7; 3]),
            (ColorType::GrayscaleAlpha, &[0, 0], [255; 3]),
            (ColorType::Rgb, &[1, 2, 3], [1, 2, 3]),
            (ColorType::Rgba, &[255, 0, 0, 51], [255, 204, 204]),
        ] {
            let picture = Picture::read(&png((1, 1), colour, data)).unwrap();
            assert_eq!(picture.colours(), seen, "{colour:?}");
            assert_eq!(picture.size(), (1, 1));
        }
    }

    #[test]
    fn what_is_no_png_half_a_png_or_too_large_is_told() {
        let whole = png((2, 2), ColorType::Grayscale, &[0; 4]);
        let wide = png((2401, 1), ColorType::Grayscale, &[0; 2401]);
        for (bytes, words) in [
            (&b"<svg/>"[..], "geen plaatje"),
            (&[], "geen plaatje"),
            (&whole[..whole.len() - 20], "geen plaatje"),
            (&wide, "2401 bij 1 beeldpunten"),
        ] {
            let problem = Picture::read(bytes).unwrap_err();
            assert!(problem.message.contains(words), "{problem}");
            assert!(!problem.hint.is_empty());
        }
    }
}
