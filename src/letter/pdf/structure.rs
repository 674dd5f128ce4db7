//! The structure tree: what each marked piece of a page is, for those who have the letter read aloud.
//!
//! The tree is built from the marks in reading order ([`Reading`]). Headings go no more than one level deeper at a time,
//! whatever the letter asks for, because a reader who jumps from heading to heading would look for the one between.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};

use super::super::pages::{Length, PAGE_HEIGHT, PictureShape, Role};
use super::reading::{Piece, Place, Reading};

/// A heading, for the bookmarks.
pub(super) struct Heading {
    /// How deep: 1 is outermost, and never more than one deeper than the heading before.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// On which page, counted from 0.
    pub page: usize,
    /// Where it begins, from the bottom of the page.
    pub top: Length,
}

/// Writes the tree of all pages into the document and gives the headings.
pub(super) fn write(
    document: &mut Document,
    readings: &[Reading<'_>],
    pages: &[ObjectId],
) -> lopdf::Result<Vec<Heading>> {
    let mut marks = Vec::new();
    for (page, reading) in readings.iter().enumerate() {
        for (number, pieces) in reading.marks().enumerate() {
            // A mark has at least one piece.
            if let Some(first) = pieces.first() {
                marks.push(Mark {
                    place: first.place,
                    role: first.role,
                    picture: first.picture(),
                    page,
                    number,
                });
            }
        }
    }
    // What goes on over the next page is one thing with marks on both.
    marks.sort_by_key(|mark| mark.place);

    let root = document.new_object_id();
    let mut tree = Tree {
        document,
        pages,
        owners: vec![Vec::new(); pages.len()],
    };
    let mut headings = Vec::new();
    let whole = tree.document.new_object_id();
    let mut kids = Vec::new();
    for block in marks.chunk_by(|one, next| one.place.block == next.place.block) {
        match block.first().map(|mark| mark.role) {
            Some(Role::Heading(level)) => {
                let heading = heading(level, block, readings, headings.last());
                let tag = format!("H{}", heading.level);
                kids.push(tree.leaf(whole, &tag, None, block));
                headings.push(heading);
            }
            Some(Role::Bullet(_)) => kids.push(tree.list(whole, block, "Disc")),
            Some(Role::Number(_)) => kids.push(tree.list(whole, block, "Decimal")),
            Some(Role::Label(_) | Role::Value(_) | Role::ListBody(_)) => {
                kids.push(tree.list(whole, block, "None"));
            }
            Some(
                Role::HeaderCell(_)
                | Role::Cell { .. }
                | Role::CalculationNumber(_)
                | Role::CalculationText(_)
                | Role::CalculationNote(_)
                | Role::CalculationAmount(_),
            ) => kids.push(tree.table(whole, block)),
            Some(
                Role::Stamp
                | Role::Logo
                | Role::Sender(_)
                | Role::Address(_)
                | Role::Paragraph
                | Role::Signature(_)
                | Role::Decoration,
            ) => {
                for line in rows(block) {
                    let picture = line.first().and_then(|mark| mark.picture);
                    kids.push(match picture {
                        Some(picture) => tree.figure(whole, picture, line),
                        None => tree.leaf(whole, "P", None, line),
                    });
                }
            }
            None => {}
        }
    }
    tree.branch(whole, root, "Document", None, kids);
    let owners = tree.owners;
    let numbers = (0_i64..).zip(owners).flat_map(|(page, owners)| {
        let owners = owners.into_iter().map(Object::Reference).collect();
        [Object::Integer(page), Object::Array(owners)]
    });
    let parents = document.add_object(dictionary! { "Nums" => numbers.collect::<Vec<_>>() });
    document.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => whole,
            "ParentTree" => parents,
            "ParentTreeNextKey" => pages.len() as i64,
        },
    );
    for (number, page) in (0_i64..).zip(pages) {
        let page = document.get_dictionary_mut(*page)?;
        page.set("StructParents", number);
        page.set("Tabs", "S");
    }
    let catalog = document.catalog_mut()?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(headings)
}

/// What is marked on one page with one number.
struct Mark<'a> {
    place: Place,
    role: Role,
    /// What is shown, of a picture.
    picture: Option<&'a PictureShape>,
    page: usize,
    number: usize,
}

/// The marks of each row, point or line of a block.
fn rows<'m, 'a>(block: &'m [Mark<'a>]) -> impl Iterator<Item = &'m [Mark<'a>]> {
    block.chunk_by(|one, next| one.place.row == next.place.row)
}

/// The marks of each cell of a row.
fn cells<'m, 'a>(row: &'m [Mark<'a>]) -> impl Iterator<Item = &'m [Mark<'a>]> {
    row.chunk_by(|one, next| one.place == next.place)
}

fn heading(
    level: u8,
    block: &[Mark<'_>],
    readings: &[Reading<'_>],
    before: Option<&Heading>,
) -> Heading {
    let deepest = before.map_or(0, |before| before.level).saturating_add(1);
    let pieces = block.iter().flat_map(|mark| {
        let reading = readings.get(mark.page);
        let pieces = reading.and_then(|reading| reading.marks().nth(mark.number));
        pieces.unwrap_or_default()
    });
    let title: String = pieces
        .clone()
        .filter_map(|piece| Some(piece.text()?.text.as_str()))
        .collect();
    let texts = pieces.filter_map(Piece::text);
    let first = texts.map(|text| PAGE_HEIGHT - text.baseline + text.size);
    Heading {
        level: level.min(deepest),
        title: title.trim().to_owned(),
        page: block.first().map_or(0, |mark| mark.page),
        top: first.max().unwrap_or(PAGE_HEIGHT),
    }
}

struct Tree<'a> {
    document: &'a mut Document,
    pages: &'a [ObjectId],
    /// For each page the element of each mark.
    owners: Vec<Vec<ObjectId>>,
}

impl Tree<'_> {
    /// An element of other elements.
    fn branch(
        &mut self,
        id: ObjectId,
        parent: ObjectId,
        tag: &str,
        attributes: Option<Dictionary>,
        kids: Vec<ObjectId>,
    ) {
        let mut element = dictionary! { "S" => tag, "P" => parent };
        if let Some(attributes) = attributes {
            element.set("A", attributes);
        }
        let kids: Vec<Object> = kids.into_iter().map(Object::Reference).collect();
        element.set("K", kids);
        self.document.set_object(id, element);
    }

    /// An element of marks; without any it is an empty cell.
    fn leaf(
        &mut self,
        parent: ObjectId,
        tag: &str,
        attributes: Option<Dictionary>,
        marks: &[Mark<'_>],
    ) -> ObjectId {
        let id = self.document.new_object_id();
        let mut element = dictionary! { "S" => tag, "P" => parent };
        if let Some(attributes) = attributes {
            element.set("A", attributes);
        }
        let number = |mark: &Mark<'_>| mark.number as i64;
        let page = |mark: &Mark<'_>| self.pages.get(mark.page).copied().unwrap_or_default();
        match marks {
            [] => {}
            [mark] => {
                element.set("Pg", page(mark));
                element.set("K", number(mark));
            }
            _ => {
                let kids = marks.iter().map(|mark| {
                    Object::from(dictionary! {
                        "Type" => "MCR", "Pg" => page(mark), "MCID" => number(mark),
                    })
                });
                element.set("K", kids.collect::<Vec<_>>());
            }
        }
        // Marks come in the order of their numbers on the page.
        for mark in marks {
            if let Some(owners) = self.owners.get_mut(mark.page) {
                owners.push(id);
            }
        }
        self.document.set_object(id, element);
        id
    }

    /// A picture with its words and its place on the page.
    fn figure(&mut self, parent: ObjectId, picture: &PictureShape, marks: &[Mark<'_>]) -> ObjectId {
        let points = |length: Length| Object::Real(length as f32 / 1000.0);
        let (left, bottom) = (picture.x, PAGE_HEIGHT - picture.y - picture.height);
        let sides = [left, bottom, left + picture.width, bottom + picture.height];
        let place = dictionary! {
            "O" => "Layout",
            "Placement" => "Block",
            "BBox" => sides.map(points).to_vec(),
        };
        let id = self.leaf(parent, "Figure", Some(place), marks);
        if let Ok(element) = self.document.get_dictionary_mut(id) {
            element.set("Alt", text_string(&picture.figure.text));
        }
        id
    }

    /// A list of points with a label and a text.
    fn list(&mut self, parent: ObjectId, block: &[Mark<'_>], numbering: &str) -> ObjectId {
        let list = self.document.new_object_id();
        let mut points = Vec::new();
        for row in rows(block) {
            let point = self.document.new_object_id();
            let mut kids = Vec::new();
            for part in cells(row) {
                let label = part.first().is_some_and(|mark| mark.place.column == 0);
                kids.push(self.leaf(point, if label { "Lbl" } else { "LBody" }, None, part));
            }
            self.branch(point, list, "LI", None, kids);
            points.push(point);
        }
        let attributes = dictionary! { "O" => "List", "ListNumbering" => numbering };
        self.branch(list, parent, "L", Some(attributes), points);
        list
    }

    /// A table. Every row gets all its cells, empty ones too; what stands first in a row is its header.
    fn table(&mut self, parent: ObjectId, block: &[Mark<'_>]) -> ObjectId {
        let table = self.document.new_object_id();
        let last = block.iter().map(|mark| mark.place.column).max();
        let last = last.unwrap_or(0);
        let mut lines = Vec::new();
        for row in rows(block) {
            let line = self.document.new_object_id();
            let first = row.first().map(|mark| mark.place);
            let mut parts = cells(row).peekable();
            let mut kids = Vec::new();
            for column in 0..=last {
                let here =
                    |part: &&[Mark<'_>]| part.first().is_some_and(|m| m.place.column == column);
                let Some(part) = parts.next_if(here) else {
                    kids.push(self.leaf(line, "TD", None, &[]));
                    continue;
                };
                let scope = match first {
                    Some(Place { row: 0, .. }) => Some("Column"),
                    Some(place) if place.column == column => Some("Row"),
                    _ => None,
                };
                let attributes =
                    scope.map(|scope| dictionary! { "O" => "Table", "Scope" => scope });
                let tag = if attributes.is_some() { "TH" } else { "TD" };
                kids.push(self.leaf(line, tag, attributes, part));
            }
            self.branch(line, table, "TR", None, kids);
            lines.push(line);
        }
        self.branch(table, parent, "Table", None, lines);
        table
    }
}
