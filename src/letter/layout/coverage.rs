//! Whether the typeface has every character of a letter.
//!
//! A PDF writer drops a character that its font lacks without a word; a name or a minus sign would be gone. So nothing
//! is laid out before every text has been looked at here.

use std::fmt;

use super::super::blocks::{Block, Content, Labelled, Table, Text};
use super::super::fonts::{FontError, Typefaces, Weight};
use super::lines::as_set;

/// A character that the typeface of the letter lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingGlyph {
    /// The character.
    pub character: char,
    /// Which part of the letter, in Dutch, such as "de tabel, rij 3, kolom 2".
    pub place: String,
    /// The text around it.
    pub excerpt: String,
}

impl fmt::Display for MissingGlyph {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let MissingGlyph {
            character,
            place,
            excerpt,
        } = self;
        let code = u32::from(*character);
        let shown = if character.is_control() {
            String::new()
        } else {
            format!(" ‘{character}’")
        };
        write!(
            formatter,
            "Het teken{shown} (U+{code:04X}) in {place} staat niet in het lettertype van de brief: “{excerpt}”. \
             Vervang dit teken of laat het weg."
        )
    }
}

/// Whether both weights of the typeface have a character: the same text may be stressed elsewhere.
fn has(typefaces: &Typefaces, character: char) -> bool {
    [Weight::Regular, Weight::Semibold]
        .iter()
        .all(|weight| typefaces.of(*weight).width(character).is_some())
}

/// The characters of a text that the typeface lacks, each once.
pub fn lacking(text: &str) -> Result<Vec<char>, FontError> {
    let typefaces = Typefaces::shipped()?;
    let mut found = Vec::new();
    for character in as_set(text).chars() {
        if character != '\n' && !has(typefaces, character) && !found.contains(&character) {
            found.push(character);
        }
    }
    Ok(found)
}

/// How many missing characters are reported at most; a text in another script would name thousands.
const REPORTED: usize = 50;

/// How many characters before and after a missing one are quoted.
const QUOTED: usize = 20;

/// All characters of a letter that the typeface lacks, each once per place, at most fifty.
pub(super) fn missing_glyphs(content: &Content, typefaces: &Typefaces) -> Vec<MissingGlyph> {
    let mut check = Check {
        typefaces,
        missing: Vec::new(),
    };
    if let Some(stamp) = &content.stamp {
        check.look("de stempel", &stamp.word);
        check.look("de stempel", &stamp.reason);
    }
    check.look("de voettekst", &content.footer);
    for block in &content.blocks {
        check.block(block);
    }
    check.missing
}

struct Check<'a> {
    typefaces: &'a Typefaces,
    missing: Vec<MissingGlyph>,
}

impl Check<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Sender(sender) => {
                if let Some(logo) = &sender.logo {
                    self.look("de tekst bij het logo", &logo.text);
                }
                self.look("de afzender", &sender.name);
                self.look("de afzender", &sender.department);
                self.all("de afzender", &sender.lines);
            }
            Block::Address(lines) => self.all("het adres", lines),
            Block::Reference(pairs) => self.pairs("de kenmerken", pairs),
            Block::Heading(_, text) => self.text("een kop", text),
            Block::Paragraph(text) => self.text("een alinea", text),
            Block::List(list) => list
                .items
                .iter()
                .for_each(|item| self.text("een lijst", item)),
            Block::KeyValue(pairs) => self.pairs("een overzicht", pairs),
            Block::Table(table) => self.table(table),
            Block::Framed(blocks) => blocks.iter().for_each(|block| self.block(block)),
            Block::Calculation(lines) => {
                for line in lines {
                    let place = || format!("de berekening, regel {}", line.number);
                    self.text_at(&place, &line.text);
                    self.text_at(&place, &line.note);
                    self.look_at(&place, &line.number);
                    self.look_at(&place, &line.amount);
                }
            }
            Block::Signature(signature) => {
                self.look("de ondertekening", &signature.closing);
                self.all("de ondertekening", &signature.on_behalf);
                self.all("de ondertekening", &signature.signatory);
            }
            Block::PageBreak => {}
        }
    }

    fn table(&mut self, table: &Table) {
        for (column, header) in (1..).zip(&table.columns) {
            self.look_at(
                &|| format!("de kop van de tabel, kolom {column}"),
                &header.title,
            );
        }
        for (number, row) in (1..).zip(&table.rows) {
            for (column, cell) in (1..).zip(&row.cells) {
                self.text_at(&|| format!("de tabel, rij {number}, kolom {column}"), cell);
            }
        }
    }

    fn pairs(&mut self, place: &str, pairs: &[Labelled]) {
        for pair in pairs {
            self.look(place, &pair.label);
            self.text_at(&|| format!("{place} bij “{}”", pair.label), &pair.value);
        }
    }

    fn all(&mut self, place: &str, lines: &[String]) {
        lines.iter().for_each(|line| self.look(place, line));
    }

    fn text(&mut self, place: &str, text: &Text) {
        self.text_at(&|| place.to_owned(), text);
    }

    fn text_at(&mut self, place: &dyn Fn() -> String, text: &Text) {
        text.runs
            .iter()
            .for_each(|run| self.look_at(place, &run.text));
    }

    fn look(&mut self, place: &str, text: &str) {
        self.look_at(&|| place.to_owned(), text);
    }

    fn look_at(&mut self, place: &dyn Fn() -> String, text: &str) {
        let text = as_set(text);
        for (index, character) in text.chars().enumerate() {
            if self.missing.len() >= REPORTED {
                return;
            }
            if character == '\n' || has(self.typefaces, character) {
                continue;
            }
            let place = place();
            if !self
                .missing
                .iter()
                .any(|known| known.character == character && known.place == place)
            {
                let excerpt = excerpt(&text, index);
                self.missing.push(MissingGlyph {
                    character,
                    place,
                    excerpt,
                });
            }
        }
    }
}

/// The text around a character, with an ellipsis where it goes on.
fn excerpt(text: &str, index: usize) -> String {
    let start = index.saturating_sub(QUOTED);
    let length = index - start + QUOTED + 1;
    let mut rest = text.chars().skip(start);
    let quoted: String = rest
        .by_ref()
        .take(length)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let before = if start > 0 { "…" } else { "" };
    let after = if rest.next().is_some() { "…" } else { "" };
    format!("{before}{}{after}", quoted.trim())
}
