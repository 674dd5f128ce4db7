//! Letters that nobody sends: names in every letter of Latin Extended-A, words that fit no line, tables over several
//! pages, headings in any order. Each is sound and is read as it was written.
//!
//! A dozen, five hundred with `MAATWERK_LONG`; `MAATWERK_MADE_LETTERS` names a folder that gets them all, for
//! veraPDF.

use super::outside::{kept, said_of};
use super::tagged::assert_read_as_written;
use jiff::civil::date;
use maatwerk::document::Picture;
use maatwerk::letter::blocks::{
    Block, CalculationLine, Column, Content, Figure, Labelled, Level, List, Sender, Signature,
    Stamp, Table, TableRow, Text,
};
use maatwerk::letter::layout::layout;
use maatwerk::letter::pdf::{Details, write};
use std::sync::Arc;

/// A picture of these colours, red, green and blue of each pixel.
pub(crate) fn picture(size: [u32; 2], colours: &[u8]) -> Picture {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size[0], size[1]);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(colours).expect("its colours");
    writer.finish().expect("its end");
    Picture::read(&bytes).expect("a picture")
}

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn word(&mut self) -> String {
        // Letters of Latin Extended-A, and of the alphabet in between.
        let letters = 1 + self.below(14);
        let mut word = String::new();
        for _ in 0..letters {
            let code = match self.below(3) {
                0 => 0x100 + self.below(0x80),
                _ => 0x61 + self.below(26),
            };
            word.extend(u32::try_from(code).ok().and_then(char::from_u32));
        }
        word
    }

    fn words(&mut self, most: usize) -> String {
        let count = 1 + self.below(most);
        let words: Vec<String> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn text(&mut self, most: usize) -> Text {
        let text = Text::plain(self.words(most));
        match self.below(3) {
            0 => text
                .strong(format!(" {}", self.words(3)))
                .then(" € 1.234,56."),
            _ => text,
        }
    }

    fn amount(&mut self) -> String {
        format!("€\u{a0}{}.{:03},00", self.below(1000), self.below(1000))
    }

    fn maybe(&mut self, text: String) -> String {
        if self.below(4) == 0 {
            String::new()
        } else {
            text
        }
    }

    fn pairs(&mut self) -> Vec<Labelled> {
        let count = 1 + self.below(6);
        let pair = |_| Labelled::new(self.words(2), self.text(4));
        (0..count).map(pair).collect()
    }

    fn table(&mut self) -> Table {
        let headed = self.below(4) > 0;
        let mut columns = vec![Column::words(if headed {
            self.words(2)
        } else {
            String::new()
        })];
        for _ in 0..self.below(4) {
            let title = if headed { self.word() } else { String::new() };
            let title = self.maybe(title);
            columns.push(if self.below(2) == 0 {
                Column::words(title)
            } else {
                Column::amounts(title)
            });
        }
        let rows = (0..1 + self.below(70)).map(|_| {
            let first = self.words(6);
            let mut cells = vec![self.maybe(first)];
            for _ in 1..columns.len() {
                let amount = self.amount();
                cells.push(self.maybe(amount));
            }
            TableRow::new(cells)
        });
        let mut rows: Vec<TableRow> = rows.collect();
        if self.below(2) == 0 {
            rows.push(TableRow::total(["Totaal"]));
        }
        Table { columns, rows }
    }

    fn calculation(&mut self) -> Vec<CalculationLine> {
        let count = 1_usize + self.below(50);
        let line = |number: usize| {
            let note = self.words(20);
            let amount = self.amount();
            CalculationLine {
                number: number.to_string(),
                depth: self.below(8) as u8,
                text: self.text(8),
                note: self.maybe(note).into(),
                amount: self.maybe(amount),
                strong: self.below(4) == 0,
            }
        };
        (1..=count).map(line).collect()
    }

    fn block(&mut self, framed: bool) -> Block {
        match self.below(if framed { 6 } else { 9 }) {
            0 => Block::Heading(Level::Title, self.text(8)),
            1 => Block::Heading(Level::Section, self.text(8)),
            2 => Block::Heading(Level::Subsection, self.text(8)),
            3 => Block::Paragraph(self.text(150)),
            4 => {
                let (numbered, count) = (self.below(2) == 0, 1 + self.below(12));
                let items = (0..count).map(|_| self.text(30)).collect();
                Block::List(List { numbered, items })
            }
            5 => Block::KeyValue(self.pairs()),
            6 => Block::Table(self.table()),
            7 => Block::Calculation(self.calculation()),
            _ => Block::Framed((0..4).map(|_| self.block(true)).collect()),
        }
    }

    fn logo(&mut self) -> Figure {
        let (across, down) = (1 + self.below(300), 1 + self.below(60));
        let colours: Vec<u8> = (0..across * down * 3)
            .map(|_| self.below(256) as u8)
            .collect();
        let size = [across, down].map(|one| u32::try_from(one).expect("few"));
        Figure {
            picture: Arc::new(picture(size, &colours)),
            text: self.words(5),
        }
    }

    fn letter(&mut self) -> Content {
        let mut blocks = vec![
            Block::Sender(Sender {
                logo: (self.below(2) == 0).then(|| self.logo()),
                name: self.word(),
                department: self.words(3),
                lines: (0..self.below(8)).map(|_| self.word()).collect(),
            }),
            // As long as a name may be.
            Block::Address(vec![
                self.word().repeat(40).chars().take(80).collect(),
                self.words(3),
            ]),
            Block::Reference(self.pairs()),
        ];
        for _ in 0..2 + self.below(14) {
            blocks.push(self.block(false));
        }
        blocks.push(Block::Signature(Signature {
            closing: self.words(4),
            on_behalf: vec![self.words(12)],
            signatory: vec![self.words(3), self.words(3)],
        }));
        let draft = self.below(2) == 0;
        Content {
            headings: (self.below(2) == 0).then_some([0x7A, 0x00, 0x3C]),
            title: self.words(9),
            language: "nl-NL".to_owned(),
            stamp: draft.then(|| Stamp {
                word: "CONCEPT".to_owned(),
                reason: "met voorbeeldgegevens".to_owned(),
            }),
            footer: self.words(5),
            blocks,
        }
    }
}

#[test]
fn made_up_letters_are_sound_and_read_as_written() {
    let count = match std::env::var_os("MAATWERK_LONG") {
        Some(_) => 500,
        None => 12,
    };
    let (mut dice, mut longest) = (Dice(2015), 0);
    for number in 0..count {
        let content = dice.letter();
        let name = format!("letter {number}");
        let pages = layout(&content).unwrap_or_else(|error| panic!("{name}: {error}"));
        longest = longest.max(pages.pages.len());
        let details = Details {
            author: content.blocks.len().to_string(),
            date: date(2026, 3, 2),
        };
        let pdf = write(&pages, &details).unwrap_or_else(|error| panic!("{name}: {error}"));
        kept(&format!("blokken-{number}"), &pdf);
        assert_read_as_written(&name, &content, &pdf);
        said_of(&pdf, "qpdf", &["--check", "FILE"]);
    }
    assert!(longest > 5, "{longest} pages");
}
