//! In which order a page is read, and what on it is not read at all.
//!
//! The order is that of the blocks, and within a block that of its rows and cells: it follows from what each item on
//! the page is ([`Role`]), not from where it stands. The drawing of a page and the structure tree both go through this,
//! so that they can not differ.

use super::super::pages::{Area, Item, Page, PictureShape, Role, Shape, TextShape};

/// Where a piece of text comes in the reading order: block, row, column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The block; the stamp has none and comes first.
    pub block: Option<usize>,
    /// The row of a table with 0 for its header, the point of a list, the line of an address.
    pub row: usize,
    /// The column of a table; in a list 0 for the label and 1 for the text.
    pub column: usize,
}

/// One line of text with its place in the reading order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// When it is read.
    pub place: Place,
    /// What it is.
    pub role: Role,
    /// What is drawn.
    pub drawn: Drawn<'a>,
}

/// What is drawn and read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Drawn<'a> {
    /// A line of text.
    Text(&'a TextShape),
    /// A picture, of which the words are read.
    Picture(&'a PictureShape),
}

impl<'a> Piece<'a> {
    /// The line of text, if it is one.
    pub(super) fn text(&self) -> Option<&'a TextShape> {
        match self.drawn {
            Drawn::Text(text) => Some(text),
            Drawn::Picture(_) => None,
        }
    }

    /// The picture, if it is one.
    pub(super) fn picture(&self) -> Option<&'a PictureShape> {
        match self.drawn {
            Drawn::Picture(picture) => Some(picture),
            Drawn::Text(_) => None,
        }
    }

    /// The words that are read.
    fn words(&self) -> &'a str {
        match self.drawn {
            Drawn::Text(text) => &text.text,
            Drawn::Picture(picture) => &picture.figure.text,
        }
    }
}

/// A page, sorted out.
pub(super) struct Reading<'a> {
    /// Rules and grounds, in the order of painting; all text lies over them.
    pub areas: Vec<Area>,
    /// What is read, in reading order.
    pieces: Vec<Piece<'a>>,
    /// Text that is not read aloud: the foot of the page, repeated headers.
    pub unread: Vec<&'a TextShape>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(page: &'a Page) -> Reading<'a> {
        let mut reading = Reading {
            areas: Vec::new(),
            pieces: Vec::with_capacity(page.items.len()),
            unread: Vec::new(),
        };
        for item in &page.items {
            match (&item.shape, place(item)) {
                (Shape::Area(area), _) => reading.areas.push(*area),
                (Shape::Text(text), Some(place)) => reading.pieces.push(Piece {
                    place,
                    role: item.role,
                    drawn: Drawn::Text(text),
                }),
                (Shape::Picture(picture), place) => {
                    reading.pieces.extend(place.map(|place| Piece {
                        place,
                        role: item.role,
                        drawn: Drawn::Picture(picture),
                    }));
                }
                (Shape::Text(text), None) => reading.unread.push(text),
            }
        }
        // Lines of one place stay in the order in which they stand on the page.
        reading.pieces.sort_by_key(|piece| piece.place);
        reading
    }

    /// The lines of each place: a marked piece of the page, numbered from 0 on the page.
    pub(super) fn marks(&self) -> impl Iterator<Item = &[Piece<'a>]> {
        self.pieces.chunk_by(|one, next| one.place == next.place)
    }
}

/// Where an item comes in the reading order; nothing for what is not read.
fn place(item: &Item) -> Option<Place> {
    let (row, column) = match item.role {
        Role::Decoration => return None,
        Role::Stamp | Role::Heading(_) | Role::Paragraph => (0, 0),
        Role::Logo => (0, 0),
        // After the logo.
        Role::Sender(line) => (line + 1, 0),
        Role::Address(line) | Role::Signature(line) => (line, 0),
        Role::Bullet(number) | Role::Number(number) | Role::Label(number) => (number, 0),
        Role::ListBody(number) | Role::Value(number) => (number, 1),
        Role::HeaderCell(column) => (0, column),
        Role::Cell { row, column } => (row + 1, column),
        Role::CalculationNumber(line) => (line + 1, 0),
        Role::CalculationText(line) => (line + 1, 1),
        Role::CalculationNote(line) => (line + 1, 2),
        Role::CalculationAmount(line) => (line + 1, 3),
    };
    let block = item.block;
    Some(Place { block, row, column })
}

/// The text of a page as it is read aloud: each paragraph, point or cell on a line.
pub fn read_aloud(page: &Page) -> String {
    let reading = Reading::of(page);
    let lines = reading.marks().map(|mark| {
        let pieces = mark.iter().map(Piece::words);
        pieces.collect::<String>().trim().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
