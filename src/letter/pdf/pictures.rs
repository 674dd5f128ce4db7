//! The pictures of a PDF: put into the document once for each place, compressed as they were read.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::reading::{Piece, Reading};

/// The name by which a page calls its picture number so much.
pub(super) fn name(number: usize) -> String {
    format!("Beeld{number}")
}

/// Puts the pictures of all pages into a document and makes them known to their pages.
pub(super) fn put(
    document: &mut Document,
    readings: &[Reading<'_>],
    pages: &[ObjectId],
) -> lopdf::Result<()> {
    for (reading, page) in readings.iter().zip(pages) {
        let pictures = reading.marks().flatten().filter_map(Piece::picture);
        let mut known = Dictionary::new();
        for (number, shape) in pictures.enumerate() {
            let picture = &shape.figure.picture;
            let (width, height) = picture.size();
            let about = dictionary! {
                "Type" => "XObject",
                "Subtype" => "Image",
                "Width" => i64::from(width),
                "Height" => i64::from(height),
                "ColorSpace" => "DeviceRGB",
                "BitsPerComponent" => 8,
                "Filter" => "FlateDecode",
            };
            let stream = Stream::new(about, picture.packed().to_vec());
            known.set(name(number), document.add_object(stream));
        }
        if known.is_empty() {
            continue;
        }
        let resources = document.get_dictionary(*page)?.get(b"Resources")?;
        let resources = resources.as_reference()?;
        // Pages may share what they draw with; a picture is one page's own.
        let mut own = document.get_dictionary(resources)?.clone();
        own.set("XObject", Object::Dictionary(known));
        let own = document.add_object(own);
        document.get_dictionary_mut(*page)?.set("Resources", own);
    }
    Ok(())
}
