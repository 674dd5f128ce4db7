//! A letter with a place for everything: pages with texts, rules and areas.
//!
//! Both the PDF and the preview on screen draw from this; nothing is placed twice. Lengths are whole thousandths of a
//! point, measured from the upper left corner of the page, rightwards and downwards.

use super::blocks::Figure;
use super::fonts::Weight;

/// A length in thousandths of a point (1/72 inch).
pub type Length = i64;

/// Whole points as a [`Length`].
pub const fn pt(points: i64) -> Length {
    points.saturating_mul(1000)
}

/// Tenths of a point as a [`Length`].
pub const fn tenths(tenths_of_a_point: i64) -> Length {
    tenths_of_a_point.saturating_mul(100)
}

/// Millimetres as a [`Length`], rounded down to a thousandth of a point.
pub const fn mm(millimetres: i64) -> Length {
    millimetres.saturating_mul(720_000) / 254
}

/// The width of a page: A4.
pub const PAGE_WIDTH: Length = mm(210);

/// The height of a page: A4.
pub const PAGE_HEIGHT: Length = mm(297);

/// The pages of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pages {
    /// The title of the document.
    pub title: String,
    /// The language of all its text as a BCP 47 tag.
    pub language: String,
    /// The pages; at least one.
    pub pages: Vec<Page>,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// What stands on it, in the order of reading and of painting: later items lie over earlier ones.
    pub items: Vec<Item>,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The block it belongs to, numbered from 0 in reading order, blocks inside a frame counted too; `None` for what
    /// belongs to the page (foot, stamp), which is read before all blocks if at all.
    pub block: Option<usize>,
    /// What it is within its block, for tags and for finding it back.
    pub role: Role,
    /// What is drawn.
    pub shape: Shape,
}

/// What an item is within its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A rule, an area, a repeated table header, the foot of the page: nothing to be read aloud.
    Decoration,
    /// The stamp, on the page where it is to be read; on the others it is decoration.
    Stamp,
    /// The logo of the sender, read before its name.
    Logo,
    /// A line of the sender at the head of the letter, counted from 0.
    Sender(usize),
    /// A line of the address, counted from 0.
    Address(usize),
    /// A heading; 1 is the title.
    Heading(u8),
    /// A line of a paragraph.
    Paragraph,
    /// The bullet of a point of a list, counted from 0.
    Bullet(usize),
    /// The number of a point of a list, counted from 0.
    Number(usize),
    /// Text of a point of a list, counted from 0.
    ListBody(usize),
    /// The label of a pair, counted from 0.
    Label(usize),
    /// The value of a pair, counted from 0.
    Value(usize),
    /// The header of a column, counted from 0.
    HeaderCell(usize),
    /// A cell of a table.
    Cell {
        /// The row, counted from 0, without the header.
        row: usize,
        /// The column, counted from 0.
        column: usize,
    },
    /// The number of a line of the calculation; lines counted from 0.
    CalculationNumber(usize),
    /// The text of a line of the calculation.
    CalculationText(usize),
    /// The note of a line of the calculation, under its text.
    CalculationNote(usize),
    /// The result of a line of the calculation.
    CalculationAmount(usize),
    /// A line of the close of the letter, counted from 0.
    Signature(usize),
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// One line of text in one weight and size.
    Text(TextShape),
    /// A filled rectangle; a rule is a thin one.
    Area(Area),
    /// A picture.
    Picture(PictureShape),
}

/// A picture with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureShape {
    /// Its left side.
    pub x: Length,
    /// Its upper side.
    pub y: Length,
    /// Its width.
    pub width: Length,
    /// Its height.
    pub height: Length,
    /// What is shown, with its words.
    pub figure: Figure,
}

/// One line of text in one weight and size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextShape {
    /// Where it begins.
    pub x: Length,
    /// The line it stands on.
    pub baseline: Length,
    /// How wide it is, without spaces at its end.
    pub width: Length,
    /// The text. A space at which the line was broken stays at its end.
    pub text: String,
    /// How heavy.
    pub weight: Weight,
    /// The type size.
    pub size: Length,
    /// The colour.
    pub ink: Ink,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Its left side.
    pub x: Length,
    /// Its upper side.
    pub y: Length,
    /// Its width.
    pub width: Length,
    /// Its height.
    pub height: Length,
    /// The colour.
    pub ink: Ink,
}

/// The colours of a letter, chosen to hold on a black and white printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ink {
    /// Text.
    Text,
    /// Labels, notes and the foot of the page.
    Muted,
    /// A rule that closes or opens.
    Rule,
    /// A rule between rows.
    Hair,
    /// The ground of the decision.
    Soft,
    /// The bar beside the decision.
    Accent,
    /// The stamp.
    Stamp,
    /// A colour of a municipality.
    House([u8; 3]),
}

impl Ink {
    /// Red, green and blue, 0 to 255.
    pub fn rgb(self) -> [u8; 3] {
        match self {
            Ink::Text => [0x16, 0x20, 0x2B],
            Ink::Muted => [0x50, 0x60, 0x6F],
            Ink::Rule => [0x7A, 0x87, 0x94],
            Ink::Hair => [0xC9, 0xD0, 0xD8],
            Ink::Soft => [0xF2, 0xF6, 0xFA],
            Ink::Accent => [0x0B, 0x5C, 0xAD],
            Ink::Stamp => [0x6B, 0x3F, 0xA0],
            Ink::House(colour) => colour,
        }
    }
}
