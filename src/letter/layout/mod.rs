//! From blocks to pages: sizes, places and breaks.
//!
//! A4 with margins of 25 mm. Running text is 11 on 15 points and at most 132 mm wide, about 80 characters; tables and
//! the decision use the whole width. Widths are added up without kerning, in whole thousandths of a point, so that a
//! letter breaks the same on every machine. Knows nothing of PDF, nor of what a letter is about.

mod compose;
mod coverage;
mod head;
mod lines;
mod paginate;
mod tables;

use thiserror::Error;

use super::blocks::{Content, Stamp};
use super::fonts::{FontError, Typefaces, Weight};
use super::pages::{
    Ink, Item, Length, PAGE_HEIGHT, PAGE_WIDTH, Pages, Role, Shape, TextShape, mm, pt, tenths,
};
use compose::Composer;
pub use coverage::{MissingGlyph, lacking};
use lines::{Type, break_lines, natural_width};
use paginate::{Body, area, paginate};

/// The white edge of a page.
const MARGIN: Length = mm(25);
/// The width between the edges.
const WIDTH: Length = PAGE_WIDTH - 2 * MARGIN;
/// How wide running text is at most: lines of about 80 characters at most, mostly 70 to 75.
const MEASURE: Length = mm(132);
/// The last line of the foot of the page stands on this.
const FOOT: Length = PAGE_HEIGHT - mm(13);
/// How many lines the foot of the page may have.
const FOOT_LINES: usize = 3;

const BODY: Type = Type {
    size: pt(11),
    leading: pt(15),
};
const TABLE: Type = Type {
    size: pt(10),
    leading: pt(14),
};
const SMALL: Type = Type {
    size: pt(9),
    leading: pt(12),
};
const TITLE: Type = Type {
    size: pt(16),
    leading: pt(21),
};
const SECTION: Type = Type {
    size: pt(13),
    leading: pt(18),
};
const NAME: Type = Type {
    size: pt(17),
    leading: pt(22),
};

/// Why a letter cannot be laid out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LayoutError {
    /// The typeface lacks characters. Leaving them out would change what the letter says.
    #[error("{}", joined(.0))]
    MissingGlyphs(Vec<MissingGlyph>),
    /// A part with a fixed place is too long for it.
    #[error("{place} heeft {lines} regels, maar er is plaats voor {room}. Maak de tekst korter.")]
    TooLong {
        /// Which part, in Dutch, such as "Het adres".
        place: &'static str,
        /// How many lines it takes.
        lines: usize,
        /// How many lines there are.
        room: usize,
    },
    /// A row of a table has more cells than the table has columns.
    #[error(
        "Rij {row} van een tabel heeft {cells} cellen, maar de tabel heeft {columns} kolommen."
    )]
    TooManyCells {
        /// The row, counted from 1.
        row: usize,
        /// Its cells.
        cells: usize,
        /// The columns of the table.
        columns: usize,
    },
    /// A table has more columns than can stand side by side.
    #[error("Een tabel heeft {columns} kolommen, maar er is plaats voor {room}. Verdeel de tabel.")]
    TooManyColumns {
        /// The columns of the table.
        columns: usize,
        /// How many there is room for.
        room: usize,
    },
    /// A block that has a place of its own on the page stands in a frame.
    #[error("{block} kan niet in een kader staan.")]
    NotInFrame {
        /// Which block, in Dutch, such as "Het adres".
        block: &'static str,
    },
    /// The typeface cannot be read.
    #[error(transparent)]
    Font(#[from] FontError),
}

/// All characters of a letter that the typeface lacks. Error: the typeface cannot be read.
pub fn missing_glyphs(content: &Content) -> Result<Vec<MissingGlyph>, FontError> {
    Ok(coverage::missing_glyphs(content, Typefaces::shipped()?))
}

fn joined(missing: &[MissingGlyph]) -> String {
    missing
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Lays a letter out on pages.
///
/// Takes any length of text and of tables: a word wider than its line is broken, a block higher than a page goes on
/// over the next. An empty letter is one page.
///
/// # Errors
/// [`LayoutError`] when a character would be lost, when the address, the sender, the stamp or the foot of the page is
/// too long for its place, or when blocks are nested that cannot be.
pub fn layout(content: &Content) -> Result<Pages, LayoutError> {
    let typefaces = Typefaces::shipped()?;
    let missing = coverage::missing_glyphs(content, typefaces);
    if !missing.is_empty() {
        return Err(LayoutError::MissingGlyphs(missing));
    }
    let foot = foot(typefaces, &content.footer)?;
    let stamp = content
        .stamp
        .as_ref()
        .map(|stamp| stamp_items(typefaces, stamp))
        .transpose()?;

    let headings = content.headings.map_or(Ink::Text, Ink::House);
    let mut composer = Composer::new(typefaces, headings);
    for block in &content.blocks {
        composer.block(block)?;
    }
    let composed = composer.finish();
    let body = Body {
        first_top: composed.first_top,
        top: MARGIN,
        bottom: PAGE_HEIGHT - MARGIN,
        left: MARGIN,
        width: WIDTH,
    };
    let mut pages = paginate(composed.flow, composed.first_page, body);
    let count = pages.len();
    for (number, page) in (1_usize..).zip(&mut pages) {
        page.items.extend(foot.iter().cloned());
        page.items.push(page_number(typefaces, number, count));
        page.items
            .extend(stamp.iter().flatten().cloned().map(|item| Item {
                // Read once, on the first page.
                role: if number == 1 {
                    item.role
                } else {
                    Role::Decoration
                },
                ..item
            }));
    }
    Ok(Pages {
        title: content.title.clone(),
        language: content.language.clone(),
        pages,
    })
}

/// The line or lines at the foot of every page.
fn foot(typefaces: &Typefaces, text: &str) -> Result<Vec<Item>, LayoutError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let lines = break_lines(typefaces, &plain(text), false, SMALL.size, MEASURE);
    if lines.len() > FOOT_LINES {
        return Err(LayoutError::TooLong {
            place: "De voettekst",
            lines: lines.len(),
            room: FOOT_LINES,
        });
    }
    let first = FOOT - SMALL.leading * (lines.len() as Length - 1);
    let placed = (0..).zip(&lines).flat_map(|(number, line)| {
        let baseline = first + SMALL.leading * number;
        compose::line_items(
            line,
            MARGIN,
            baseline,
            SMALL.size,
            Ink::Muted,
            None,
            Role::Decoration,
        )
    });
    Ok(placed.collect())
}

/// "2 van 4", right of the foot.
fn page_number(typefaces: &Typefaces, number: usize, count: usize) -> Item {
    let text = format!("{number} van {count}");
    let width = natural_width(typefaces, &plain(&text), false, SMALL.size);
    let x = PAGE_WIDTH - MARGIN - width;
    let shape = TextShape {
        x,
        baseline: FOOT,
        width,
        text,
        weight: Weight::Regular,
        size: SMALL.size,
        ink: Ink::Muted,
    };
    Item {
        block: None,
        role: Role::Decoration,
        shape: Shape::Text(shape),
    }
}

/// The stamp: its word in a box in the upper right corner, the reason before it.
fn stamp_items(typefaces: &Typefaces, stamp: &Stamp) -> Result<Vec<Item>, LayoutError> {
    let padding = pt(7);
    let (upper, lower) = (mm(9), mm(9) + pt(20));
    let line = tenths(9);
    let word_width = natural_width(typefaces, &plain(&stamp.word), true, BODY.size);
    let reason_width = natural_width(typefaces, &plain(&stamp.reason), false, SMALL.size);
    let box_width = word_width + 2 * padding;
    if box_width + padding + reason_width > WIDTH
        || stamp.word.contains('\n')
        || stamp.reason.contains('\n')
    {
        return Err(LayoutError::TooLong {
            place: "De stempel",
            lines: 2,
            room: 1,
        });
    }
    let right = PAGE_WIDTH - MARGIN;
    let left = right - box_width;
    let baseline = upper + (lower - upper + BODY.size * 66 / 100) / 2;
    let mut items = vec![
        area(left, upper, box_width, line, Ink::Stamp),
        area(left, lower - line, box_width, line, Ink::Stamp),
        area(left, upper, line, lower - upper, Ink::Stamp),
        area(right - line, upper, line, lower - upper, Ink::Stamp),
    ];
    let mut write = |x, width, text: &str, weight, size| {
        let shape = TextShape {
            x,
            baseline,
            width,
            text: text.to_owned(),
            weight,
            size,
            ink: Ink::Stamp,
        };
        items.push(Item {
            block: None,
            role: Role::Stamp,
            shape: Shape::Text(shape),
        });
    };
    write(
        left + padding,
        word_width,
        // A space before what is read next.
        &format!("{} ", stamp.word),
        Weight::Semibold,
        BODY.size,
    );
    if !stamp.reason.is_empty() {
        write(
            left - padding - reason_width,
            reason_width,
            &stamp.reason,
            Weight::Regular,
            SMALL.size,
        );
    }
    Ok(items)
}

/// One unstressed run.
fn plain(text: &str) -> [super::blocks::Run; 1] {
    [super::blocks::Run {
        text: text.to_owned(),
        strong: false,
    }]
}

#[cfg(test)]
mod tests;
