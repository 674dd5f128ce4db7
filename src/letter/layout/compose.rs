//! From blocks to rows: which type, how much white, what stays together.
//!
//! Knows no pages except the first, where sender and address have fixed places.

use super::super::blocks::{Block, Labelled, Level, List, Run, Signature, Text};
use super::super::fonts::Typefaces;
use super::super::pages::{Ink, Item, Length, Page, Role, Shape, TextShape, mm, pt};
use super::lines::{Line, Type, break_lines, natural_width};
use super::paginate::{Flow, Row};
use super::{BODY, LayoutError, MARGIN, MEASURE, SECTION, SMALL, TABLE, TITLE, WIDTH, plain};

/// Where the column with the sender's details begins.
pub(super) const SENDER_DETAILS: Length = mm(137);
/// The white between two paragraphs.
pub(super) const GAP: Length = pt(8);
/// The white between two columns.
pub(super) const COLUMN_GAP: Length = pt(12);
/// The white between the sides of a frame and what is in it.
const FRAME_PADDING: Length = pt(14);
/// The room for a signature.
const SIGNATURE_ROOM: Length = mm(17);
/// How many columns of labels stand side by side.
const REFERENCE_COLUMNS: usize = 4;

/// What the blocks became.
pub(super) struct Composed {
    /// The rows.
    pub flow: Flow,
    /// What has a fixed place on the first page.
    pub first_page: Page,
    /// Where the rows begin on the first page.
    pub first_top: Length,
}

/// Lines of one column of a row, each in its own type.
pub(super) struct Cell {
    /// The left side of the column.
    pub x: Length,
    /// The width of the column, when its lines are set to its right side.
    pub right: Option<Length>,
    /// What the text is.
    pub role: Role,
    /// The lines from top to bottom.
    pub lines: Vec<(Line, Type, Ink)>,
}

/// What of a group of lines stays on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// All lines.
    All,
    /// The first two lines, and the last two.
    Ends,
}

/// Turns blocks into rows, one after the other.
pub(super) struct Composer<'a> {
    pub(super) typefaces: &'a Typefaces,
    pub(super) flow: Flow,
    pub(super) first_page: Page,
    pub(super) first_top: Length,
    /// The number of the current block.
    pub(super) block: usize,
    blocks: usize,
    /// The column in which blocks are set.
    pub(super) left: Length,
    pub(super) width: Length,
    /// The white that the block before asks for.
    pub(super) gap: Length,
    /// The frame around the current block, and how many there were.
    frame: Option<usize>,
    frames: usize,
    new_page: bool,
    /// The colour of headings.
    headings: Ink,
}

impl<'a> Composer<'a> {
    pub(super) fn new(typefaces: &'a Typefaces, headings: Ink) -> Composer<'a> {
        Composer {
            typefaces,
            flow: Flow::default(),
            first_page: Page::default(),
            first_top: MARGIN,
            block: 0,
            blocks: 0,
            left: MARGIN,
            width: WIDTH,
            gap: 0,
            frame: None,
            frames: 0,
            new_page: false,
            headings,
        }
    }

    pub(super) fn finish(self) -> Composed {
        Composed {
            flow: self.flow,
            first_page: self.first_page,
            first_top: self.first_top,
        }
    }

    pub(super) fn block(&mut self, block: &Block) -> Result<(), LayoutError> {
        self.block = self.blocks;
        self.blocks += 1;
        match block {
            Block::Sender(sender) => self.sender(sender)?,
            Block::Address(lines) => self.address(lines)?,
            Block::Reference(pairs) => self.reference(pairs),
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => self.paragraph(text),
            Block::List(list) => self.list(list),
            Block::KeyValue(pairs) => self.key_value(pairs),
            Block::Table(table) => self.table(table)?,
            Block::Framed(blocks) => self.framed(blocks)?,
            Block::Calculation(lines) => self.calculation(lines),
            Block::Signature(signature) => self.signature(signature),
            Block::PageBreak => {
                self.refuse_in_frame("Een nieuwe bladzijde")?;
                self.new_page = true;
            }
        }
        Ok(())
    }

    pub(super) fn refuse_in_frame(&self, block: &'static str) -> Result<(), LayoutError> {
        if self.frame.is_some() {
            Err(LayoutError::NotInFrame { block })
        } else {
            Ok(())
        }
    }

    /// How wide running text is here, from this far to the right of the left side.
    fn measure(&self, indent: Length) -> Length {
        self.width.min(MEASURE) - indent
    }

    pub(super) fn lines(
        &self,
        runs: &[Run],
        strong: bool,
        kind: Type,
        measure: Length,
    ) -> Vec<Line> {
        break_lines(self.typefaces, runs, strong, kind.size, measure)
    }

    /// Lines with their type and ink, for a cell.
    pub(super) fn set(
        &self,
        runs: &[Run],
        strong: bool,
        kind: Type,
        ink: Ink,
        measure: Length,
    ) -> Vec<(Line, Type, Ink)> {
        self.lines(runs, strong, kind, measure)
            .into_iter()
            .map(|line| (line, kind, ink))
            .collect()
    }

    /// Adds a row of our own making.
    pub(super) fn push(&mut self, mut row: Row) {
        row.space = row.space.max(std::mem::take(&mut self.gap));
        row.new_page = std::mem::take(&mut self.new_page);
        row.frame = self.frame;
        self.flow.rows.push(row);
    }

    /// The rows of cells that stand side by side: the first lines of all cells beside each other, and so on.
    pub(super) fn rows_of(&self, cells: Vec<Cell>, keep: Keep) -> Vec<Row> {
        let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
        let mut rows = vec![Row::default(); count];
        for cell in cells {
            for (row, (line, kind, ink)) in rows.iter_mut().zip(cell.lines) {
                row.height = row.height.max(kind.leading);
                let x = cell
                    .right
                    .map_or(cell.x, |width| cell.x + width - line.width(kind.size));
                let items = line_items(
                    &line,
                    x,
                    kind.ascent(),
                    kind.size,
                    ink,
                    Some(self.block),
                    cell.role,
                );
                row.items.extend(items);
            }
        }
        for (number, row) in rows.iter_mut().enumerate() {
            let last = number + 1 == count;
            row.keep = !last && (keep == Keep::All || number == 0 || number + 2 == count);
        }
        rows
    }

    fn push_all(&mut self, rows: Vec<Row>) {
        rows.into_iter().for_each(|row| self.push(row));
    }

    /// Makes the last row stay with what comes next.
    pub(super) fn keep_last(&mut self) {
        if let Some(row) = self.flow.rows.last_mut() {
            row.keep = true;
        }
    }

    fn reference(&mut self, pairs: &[Labelled]) {
        // The last column stands below the details of the sender.
        let last = REFERENCE_COLUMNS as Length - 1;
        let step = (SENDER_DETAILS - MARGIN) / last;
        let mut number = 0;
        for group in pairs.chunks(REFERENCE_COLUMNS) {
            let mut cells = Vec::new();
            for (column, pair) in (0..).zip(group) {
                let x = self.left + step * column;
                let measure = if column < last {
                    step - COLUMN_GAP
                } else {
                    self.width - step * last
                };
                let label = self.set(&plain(&pair.label), false, SMALL, Ink::Muted, measure);
                let value = self.set(&pair.value.runs, false, TABLE, Ink::Text, measure);
                // The label first, then the value: columns need not line up.
                let labels = label.len();
                cells.push(Cell {
                    x,
                    right: None,
                    role: Role::Label(number),
                    lines: label,
                });
                cells.push(Cell {
                    x,
                    right: None,
                    role: Role::Value(number),
                    lines: below(labels, value),
                });
                number += 1;
            }
            let rows = self.rows_of(cells, Keep::All);
            self.push_all(rows);
            self.gap = pt(6);
        }
        self.gap = pt(26);
    }

    fn heading(&mut self, level: Level, text: &Text) {
        let (kind, before, after, number) = match level {
            Level::Title => (TITLE, pt(20), pt(8), 1),
            Level::Section => (SECTION, pt(16), pt(4), 2),
            Level::Subsection => (BODY, pt(10), pt(1), 3),
        };
        self.gap = self.gap.max(before);
        let lines = self.set(&text.runs, true, kind, self.headings, self.width);
        let cell = Cell {
            x: self.left,
            right: None,
            role: Role::Heading(number),
            lines,
        };
        let rows = self.rows_of(vec![cell], Keep::All);
        self.push_all(rows);
        self.keep_last();
        self.gap = after;
    }

    fn paragraph(&mut self, text: &Text) {
        let lines = self.set(&text.runs, false, BODY, Ink::Text, self.measure(0));
        let cell = Cell {
            x: self.left,
            right: None,
            role: Role::Paragraph,
            lines,
        };
        let rows = self.rows_of(vec![cell], Keep::Ends);
        self.push_all(rows);
        // What is announced stays with its announcement.
        if text.runs.last().is_some_and(|run| run.text.ends_with(':')) {
            self.keep_last();
        }
        self.gap = GAP;
    }

    fn list(&mut self, list: &List) {
        let labels: Vec<String> = (1..=list.items.len())
            .map(|number| {
                if list.numbered {
                    format!("{number}.")
                } else {
                    "•".to_owned()
                }
            })
            .collect();
        let widest = labels
            .iter()
            .map(|label| natural_width(self.typefaces, &plain(label), false, BODY.size))
            .max();
        let indent = widest.unwrap_or(0) + pt(7);
        for (number, (label, item)) in labels.iter().zip(&list.items).enumerate() {
            let mark = self.set(&plain(label), false, BODY, Ink::Muted, indent);
            let body = self.set(&item.runs, false, BODY, Ink::Text, self.measure(indent));
            let cells = vec![
                Cell {
                    x: self.left,
                    right: None,
                    role: if list.numbered {
                        Role::Number(number)
                    } else {
                        Role::Bullet(number)
                    },
                    lines: mark,
                },
                Cell {
                    x: self.left + indent,
                    right: None,
                    role: Role::ListBody(number),
                    lines: body,
                },
            ];
            let rows = self.rows_of(cells, Keep::Ends);
            self.push_all(rows);
            self.gap = pt(3);
        }
        self.gap = GAP;
    }

    fn key_value(&mut self, pairs: &[Labelled]) {
        let widest = pairs
            .iter()
            .map(|pair| natural_width(self.typefaces, &plain(&pair.label), false, BODY.size))
            .max();
        let labels = widest.unwrap_or(0).min(self.width * 45 / 100);
        let values = labels + COLUMN_GAP + pt(4);
        for (number, pair) in pairs.iter().enumerate() {
            let label = self.set(&plain(&pair.label), false, BODY, Ink::Muted, labels);
            let value = self.set(
                &pair.value.runs,
                false,
                BODY,
                Ink::Text,
                self.width - values,
            );
            let cells = vec![
                Cell {
                    x: self.left,
                    right: None,
                    role: Role::Label(number),
                    lines: label,
                },
                Cell {
                    x: self.left + values,
                    right: None,
                    role: Role::Value(number),
                    lines: value,
                },
            ];
            let rows = self.rows_of(cells, Keep::All);
            self.push_all(rows);
            self.gap = pt(2);
        }
        self.gap = GAP;
    }

    fn framed(&mut self, blocks: &[Block]) -> Result<(), LayoutError> {
        if self.frame.is_some() {
            return Err(LayoutError::NotInFrame { block: "Een kader" });
        }
        self.gap = self.gap.max(pt(10));
        self.frame = Some(self.frames);
        self.frames += 1;
        let start = self.flow.rows.len();
        self.push(Row {
            height: pt(11),
            keep: true,
            ..Row::default()
        });
        let (left, width) = (self.left, self.width);
        self.left += FRAME_PADDING + mm(1);
        self.width -= 2 * FRAME_PADDING + mm(1);
        for block in blocks {
            let first = self.flow.rows.len();
            self.block(block)?;
            self.keep_together(first);
        }
        (self.left, self.width) = (left, width);
        self.keep_last();
        self.gap = 0;
        self.push(Row {
            height: pt(12),
            ..Row::default()
        });
        // The padding is white enough before the first block.
        if let Some(first) = self.flow.rows.get_mut(start + 1) {
            first.space = 0;
        }
        self.frame = None;
        self.gap = pt(14);
        Ok(())
    }

    fn signature(&mut self, signature: &Signature) {
        self.keep_last();
        self.gap = self.gap.max(pt(14));
        let start = self.flow.rows.len();
        let mut number = 0;
        for text in std::iter::once(&signature.closing)
            .chain(&signature.on_behalf)
            .filter(|text| !text.is_empty())
        {
            self.signature_line(number, text);
            number += 1;
        }
        self.push(Row {
            height: SIGNATURE_ROOM,
            ..Row::default()
        });
        for text in &signature.signatory {
            self.signature_line(number, text);
            number += 1;
        }
        self.keep_together(start);
        self.gap = GAP;
    }

    /// Keeps all rows from this one on one page.
    fn keep_together(&mut self, start: usize) {
        let end = self.flow.rows.len().saturating_sub(1);
        for row in self.flow.rows.iter_mut().take(end).skip(start) {
            row.keep = true;
        }
    }

    fn signature_line(&mut self, number: usize, text: &str) {
        let lines = self.set(&plain(text), false, BODY, Ink::Text, self.measure(0));
        let cell = Cell {
            x: self.left,
            right: None,
            role: Role::Signature(number),
            lines,
        };
        let rows = self.rows_of(vec![cell], Keep::All);
        self.push_all(rows);
    }
}

/// The same lines below this many empty ones.
pub(super) fn below(empty: usize, lines: Vec<(Line, Type, Ink)>) -> Vec<(Line, Type, Ink)> {
    let blank = (Line::default(), SMALL, Ink::Muted);
    std::iter::repeat_n(blank, empty).chain(lines).collect()
}

/// The texts of a line, from left to right.
pub(super) fn line_items(
    line: &Line,
    x: Length,
    baseline: Length,
    size: Length,
    ink: Ink,
    block: Option<usize>,
    role: Role,
) -> Vec<Item> {
    let mut start = x;
    let mut items = Vec::with_capacity(line.spans.len());
    for span in &line.spans {
        let end = start + span.width(size);
        let shape = TextShape {
            x: start,
            baseline,
            width: end.min(x + line.width(size)) - start,
            text: span.text.clone(),
            weight: span.weight,
            size,
            ink,
        };
        items.push(Item {
            block,
            role,
            shape: Shape::Text(shape),
        });
        start = end;
    }
    items
}
