//! The bookmarks: the headings of the letter as a tree beside its pages.

use lopdf::{Document, Object, ObjectId, dictionary, text_string};

use super::super::pages::Length;
use super::structure::Heading;

/// Writes the bookmarks into the document, if there are headings.
pub(super) fn write(
    document: &mut Document,
    headings: &[Heading],
    pages: &[ObjectId],
) -> lopdf::Result<()> {
    let root = document.new_object_id();
    if let Some(entries) = entries(document, root, headings, pages) {
        document.set_object(
            root,
            dictionary! {
                "Type" => "Outlines",
                "First" => entries.first,
                "Last" => entries.last,
                "Count" => entries.count,
            },
        );
        document.catalog_mut()?.set("Outlines", root);
    }
    Ok(())
}

/// Bookmarks side by side.
struct Entries {
    first: ObjectId,
    last: ObjectId,
    /// How many there are, with all below them.
    count: i64,
}

fn entries(
    document: &mut Document,
    parent: ObjectId,
    headings: &[Heading],
    pages: &[ObjectId],
) -> Option<Entries> {
    let top = headings.first()?.level;
    // Each heading of this level with the deeper ones that follow it.
    let parts: Vec<(ObjectId, &[Heading])> = headings
        .chunk_by(|_, next| next.level > top)
        .map(|part| (document.new_object_id(), part))
        .collect();
    let mut count = 0_i64;
    for (place, (id, part)) in parts.iter().enumerate() {
        let (heading, below) = part.split_first()?;
        let page = pages.get(heading.page).copied()?;
        let target: Vec<Object> = vec![
            page.into(),
            "XYZ".into(),
            Object::Null,
            points(heading.top),
            Object::Null,
        ];
        let mut entry = dictionary! {
            "Title" => text_string(&heading.title), "Parent" => parent, "Dest" => target,
        };
        let neighbour = |place: Option<usize>| Some(parts.get(place?)?.0);
        if let Some(before) = neighbour(place.checked_sub(1)) {
            entry.set("Prev", before);
        }
        if let Some(next) = neighbour(Some(place + 1)) {
            entry.set("Next", next);
        }
        count += 1;
        if let Some(below) = entries(document, *id, below, pages) {
            entry.set("First", below.first);
            entry.set("Last", below.last);
            entry.set("Count", below.count);
            count += below.count;
        }
        document.set_object(*id, entry);
    }
    Some(Entries {
        first: parts.first()?.0,
        last: parts.last()?.0,
        count,
    })
}

/// A length as PDF writes it.
fn points(length: Length) -> Object {
    Object::Real(length as f32 / 1000.0)
}
