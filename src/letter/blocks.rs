//! What a letter consists of, before anything has a place on a page: blocks of text in reading order.
//!
//! Says what each part *is* (a heading, a table, the decision), never where it stands or how large it is; that is
//! [`layout`](super::layout). Holds finished Dutch text only: amounts, dates and units are already written out.
//!
//! In every text a no-break space (`\u{a0}`) keeps two words on one line, a soft hyphen (`\u{ad}`) allows a break
//! inside a word and a line feed (`\n`) starts a new line. The space after a euro sign never breaks.

use crate::document::Picture;
use std::sync::Arc;

/// A piece of text in one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The text, with its own spaces.
    pub text: String,
    /// Whether it is stressed (semibold).
    pub strong: bool,
}

/// Running text: runs that follow each other without a space of their own.
///
/// ```
/// use maatwerk::letter::blocks::Text;
/// let text = Text::plain("U krijgt ").strong("2 uur").then(" per week.");
/// assert_eq!(text.to_string(), "U krijgt 2 uur per week.");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The runs in reading order.
    pub runs: Vec<Run>,
}

impl Text {
    /// Text without stress.
    pub fn plain(text: impl Into<String>) -> Text {
        Text::default().then(text)
    }

    /// The same text followed by unstressed text.
    pub fn then(self, text: impl Into<String>) -> Text {
        self.with(text.into(), false)
    }

    /// The same text followed by stressed text.
    pub fn strong(self, text: impl Into<String>) -> Text {
        self.with(text.into(), true)
    }

    fn with(mut self, text: String, strong: bool) -> Text {
        self.runs.push(Run { text, strong });
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Text {
        Text::plain(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Text {
        Text::plain(text)
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.runs
            .iter()
            .try_for_each(|run| formatter.write_str(&run.text))
    }
}

/// A whole letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// The title of the document, as a reader shows it in its title bar.
    pub title: String,
    /// The language of the text as a BCP 47 tag, such as `nl-NL`.
    pub language: String,
    /// The stamp on every page, such as CONCEPT; none on a definitive letter.
    pub stamp: Option<Stamp>,
    /// The colour of headings, where a municipality has its own.
    pub headings: Option<[u8; 3]>,
    /// The line at the foot of every page, left of the page number; may be empty.
    pub footer: String,
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
}

/// A mark on every page that says that this letter is not definitive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The word, in capitals: CONCEPT or ONTWERP.
    pub word: String,
    /// Why, in a few words beside it, such as "met voorbeeldgegevens"; may be empty.
    pub reason: String,
}

/// How deep a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// What the letter or the appendix is about; once per letter and once per appendix.
    Title,
    /// A part of the letter.
    Section,
    /// A part of a part.
    Subsection,
}

/// One part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Who writes, at the head of the first page. Only at the top, not inside [`Block::Framed`].
    Sender(Sender),
    /// The lines of the address, where the window of a DL envelope shows them; the text of the letter starts below
    /// it. At most seven lines after breaking. Only on the first page, not inside [`Block::Framed`].
    Address(Vec<String>),
    /// Date, reference and the like: small labels with their values, side by side.
    Reference(Vec<Labelled>),
    /// A heading; it stays with what follows.
    Heading(Level, Text),
    /// A paragraph.
    Paragraph(Text),
    /// A list.
    List(List),
    /// Labels at the left with their values at the right.
    KeyValue(Vec<Labelled>),
    /// A table.
    Table(Table),
    /// The decision in a frame. It goes on over the next page only between its blocks, not after a heading.
    Framed(Vec<Block>),
    /// The numbered lines of the calculation.
    Calculation(Vec<CalculationLine>),
    /// The close of the letter, with room for the signature; it stays together and with the end of what precedes it.
    Signature(Signature),
    /// What follows starts on a new page. Not inside [`Block::Framed`].
    PageBreak,
}

/// Who writes the letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sender {
    /// The logo above the name.
    pub logo: Option<Figure>,
    /// The name at the head, such as "Gemeente Leiden".
    pub name: String,
    /// The department under it; may be empty.
    pub department: String,
    /// Address, telephone and the like, one line each, in small type at the right; an empty one is white space.
    pub lines: Vec<String>,
}

/// A picture with what it shows in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The picture.
    pub picture: Arc<Picture>,
    /// What it shows, for who hears the letter.
    pub text: String,
}

/// A label with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// What the value is, such as "Ingangsdatum"; without a colon.
    pub label: String,
    /// The value.
    pub value: Text,
}

impl Labelled {
    /// A label with its value.
    pub fn new(label: impl Into<String>, value: impl Into<Text>) -> Labelled {
        Labelled {
            label: label.into(),
            value: value.into(),
        }
    }
}

/// A list of points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// Numbered from 1; otherwise with bullets.
    pub numbered: bool,
    /// The points.
    pub items: Vec<Text>,
}

/// A table. Where it breaks over pages its header is repeated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns from left to right; at least one, at most twelve.
    pub columns: Vec<Column>,
    /// The rows from top to bottom.
    pub rows: Vec<TableRow>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The header; may be empty (then no header row stands above a table without any).
    pub title: String,
    /// Which side its cells are set to.
    pub align: Align,
}

impl Column {
    /// A column of words: set left, as wide as the others leave room.
    pub fn words(title: impl Into<String>) -> Column {
        Column {
            title: title.into(),
            align: Align::Left,
        }
    }

    /// A column of amounts: set right, as wide as its widest cell.
    pub fn amounts(title: impl Into<String>) -> Column {
        Column {
            title: title.into(),
            align: Align::Right,
        }
    }
}

/// Which side the cells of a column are set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Align {
    /// Words.
    Left,
    /// Amounts and other figures.
    Right,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableRow {
    /// One cell per column; missing ones at the end are empty, more than there are columns is an error.
    pub cells: Vec<Text>,
    /// A total: stressed, with a line above it, kept on the page of the row before it.
    pub total: bool,
}

impl TableRow {
    /// An ordinary row.
    pub fn new(cells: impl IntoIterator<Item = impl Into<Text>>) -> TableRow {
        TableRow {
            cells: cells.into_iter().map(Into::into).collect(),
            total: false,
        }
    }

    /// A row with totals.
    pub fn total(cells: impl IntoIterator<Item = impl Into<Text>>) -> TableRow {
        TableRow {
            total: true,
            ..TableRow::new(cells)
        }
    }
}

/// A line of the calculation: its number, what is computed, and the result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CalculationLine {
    /// The number by which the letter points at it, such as "2.1"; may be empty.
    pub number: String,
    /// How deep it stands in the calculation; 0 is outermost. Deeper lines are indented.
    pub depth: u8,
    /// What it is, such as "Uren per jaar".
    pub text: Text,
    /// How it is computed and where it comes from, in small type under it; may be empty.
    pub note: Text,
    /// The result with its unit, set right; may be empty.
    pub amount: String,
    /// A result that others build on: stressed.
    pub strong: bool,
}

/// The close of a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// The closing words, such as "Met vriendelijke groet,".
    pub closing: String,
    /// On whose behalf, one line each, such as "namens het college van burgemeester en wethouders van Leiden,".
    pub on_behalf: Vec<String>,
    /// Name and function under the room for the signature, one line each.
    pub signatory: Vec<String>,
}
