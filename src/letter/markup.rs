//! From a filled-in template to blocks: the few signs with which a text says what its lines are.
//!
//! | line begins with | is |
//! |---|---|
//! | `# `, `## `, `### ` | a heading: title, part, part of a part |
//! | `- `, `1. ` | a point of a list |
//! | `: Label \| value` | a label with its value; with `:: ` one of the references at the head |
//! | `\|\| `, `\| ` | the heads of the columns of a table, each column of amounts after `>`; a row |
//! | `[[`, `]]` | the begin and the end of a frame |
//! | `~ `, `~~ `, `~~~ ` | the close: the closing words, on whose behalf, who signs |
//! | `@foot `, `@document ` | the foot of the page; what sort of document it is |
//!
//! Other lines are paragraphs, parted by an empty line. Between two `*` is stress, a `\` begins a new line. What was
//! filled in has no signs ([`crate::texts`]). A paragraph that is one of the places of a template gives way to finished blocks.

use super::blocks::{Block, Column, Labelled, Level, List, Signature, Table, TableRow, Text};
use crate::document::Problem;
use crate::texts::{as_it_is, unfenced};
use minijinja::value::Value;

/// Stands around the number of finished blocks.
const PLACE: char = '\u{E00F}';

/// What a template came to.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// The references, for the head of the letter.
    pub(super) references: Vec<Labelled>,
    /// Everything else.
    pub(super) blocks: Vec<Block>,
    /// The foot of every page.
    pub(super) foot: String,
    /// What sort of document it is, before the title in the bar of a reader.
    pub(super) document: String,
}

impl Parsed {
    /// The text of the title.
    pub(super) fn title(&self) -> String {
        let mut titles = self.blocks.iter().filter_map(|block| match block {
            Block::Heading(Level::Title, text) => Some(text.to_string()),
            _ => None,
        });
        titles.next().unwrap_or_default()
    }
}

/// Finished blocks for which templates hold a place.
#[derive(Debug, Default)]
pub(super) struct Finished(Vec<Vec<Block>>);

impl Finished {
    /// Keeps blocks, and gives what a template writes in their place; nothing for no blocks.
    pub(super) fn keep(&mut self, blocks: Vec<Block>) -> Value {
        if blocks.is_empty() {
            return Value::from(());
        }
        self.0.push(blocks);
        as_it_is(format!("{PLACE}{}{PLACE}", self.0.len()))
    }

    fn at(&self, line: &str) -> Option<&[Block]> {
        let number: usize = line
            .strip_prefix(PLACE)?
            .strip_suffix(PLACE)?
            .parse()
            .ok()?;
        self.0.get(number.checked_sub(1)?).map(Vec::as_slice)
    }
}

/// What is being read.
#[derive(Default)]
enum Open {
    #[default]
    Nothing,
    Paragraph(String),
    List(bool, Vec<String>),
    Pairs(Vec<Labelled>),
    Table(Table),
    Close(Signature),
}

#[derive(Default)]
struct Reader {
    open: Open,
    parsed: Parsed,
    /// The blocks before a frame, while inside it.
    outside: Option<Vec<Block>>,
}

/// Reads a filled-in template. Error: a sign without its other half.
pub(super) fn parsed(said: &str, finished: &Finished) -> Result<Parsed, Problem> {
    let mut reader = Reader::default();
    for line in said.lines() {
        reader.line(line.trim(), finished)?;
    }
    reader.flush();
    if reader.outside.is_some() {
        return Err(wrong(
            "[[",
            "Zet onder het kader een regel met alleen «]]».",
        ));
    }
    Ok(reader.parsed)
}

fn wrong(line: &str, hint: &str) -> Problem {
    Problem::error(format!(
        "deze regel van een brieftekst klopt niet: «{}»",
        unfenced(line)
    ))
    .hint(hint)
}

impl Reader {
    fn push(&mut self, block: Block) {
        self.parsed.blocks.push(block);
    }

    fn flush(&mut self) {
        match std::mem::take(&mut self.open) {
            Open::Nothing => {}
            Open::Paragraph(text) => self.push(Block::Paragraph(stressed(&text))),
            Open::List(numbered, items) => {
                let items = items.iter().map(|item| stressed(item)).collect();
                self.push(Block::List(List { numbered, items }));
            }
            Open::Pairs(pairs) => self.push(Block::KeyValue(pairs)),
            Open::Table(table) => self.push(Block::Table(table)),
            Open::Close(signature) => self.push(Block::Signature(signature)),
        }
    }

    fn line(&mut self, line: &str, finished: &Finished) -> Result<(), Problem> {
        if line.is_empty() {
            self.flush();
        } else if let Some(blocks) = finished.at(line) {
            self.flush();
            self.parsed.blocks.extend_from_slice(blocks);
        } else if line == "[[" {
            self.flush();
            if self.outside.is_some() {
                return Err(wrong(line, "Een kader kan niet in een kader staan."));
            }
            self.outside = Some(std::mem::take(&mut self.parsed.blocks));
        } else if line == "]]" {
            self.flush();
            let outside = self.outside.take();
            let outside = outside
                .ok_or_else(|| wrong(line, "Zet boven het kader een regel met alleen «[[»."))?;
            let framed = std::mem::replace(&mut self.parsed.blocks, outside);
            self.push(Block::Framed(framed));
        } else if let Some((level, text)) = heading(line) {
            self.flush();
            self.push(Block::Heading(level, stressed(text)));
        } else if let Some(text) = line.strip_prefix("@foot ") {
            self.parsed.foot = unfenced(text);
        } else if let Some(text) = line.strip_prefix("@document ") {
            self.parsed.document = unfenced(text);
        } else if let Some(pair) = line.strip_prefix(":: ") {
            self.parsed.references.push(labelled(line, pair)?);
        } else if let Some(pair) = line.strip_prefix(": ") {
            let pair = labelled(line, pair)?;
            if let Open::Pairs(pairs) = &mut self.open {
                pairs.push(pair);
            } else {
                self.flush();
                self.open = Open::Pairs(vec![pair]);
            }
        } else if let Some((numbered, item)) = point(line) {
            match &mut self.open {
                Open::List(same, items) if *same == numbered => items.push(item.to_owned()),
                _ => {
                    self.flush();
                    self.open = Open::List(numbered, vec![item.to_owned()]);
                }
            }
        } else if let Some(heads) = line.strip_prefix("|| ") {
            self.flush();
            let columns = heads.split(" | ").map(|head| match head.strip_prefix('>') {
                Some(head) => Column::amounts(unfenced(head)),
                None => Column::words(unfenced(head)),
            });
            let columns = columns.collect();
            let rows = Vec::new();
            self.open = Open::Table(Table { columns, rows });
        } else if let (Open::Table(table), Some(cells)) = (&mut self.open, line.strip_prefix("| "))
        {
            let row = TableRow::new(cells.split(" | ").map(stressed));
            table.rows.push(row);
        } else if line.starts_with('~') {
            self.close(line);
        } else {
            self.more(line);
        }
        Ok(())
    }

    fn close(&mut self, line: &str) {
        if !matches!(self.open, Open::Close(_)) {
            self.flush();
            self.open = Open::Close(Signature::default());
        }
        if let Open::Close(signature) = &mut self.open {
            if let Some(text) = line.strip_prefix("~~~ ") {
                signature.signatory.push(unfenced(text));
            } else if let Some(text) = line.strip_prefix("~~ ") {
                signature.on_behalf.push(unfenced(text));
            } else {
                signature.closing = unfenced(line.trim_start_matches(['~', ' ']));
            }
        }
    }

    /// A line that goes on with the paragraph or the point before it.
    fn more(&mut self, line: &str) {
        let text = match &mut self.open {
            Open::Paragraph(text) => Some(text),
            Open::List(_, items) => items.last_mut(),
            Open::Nothing | Open::Pairs(_) | Open::Table(_) | Open::Close(_) => None,
        };
        match text {
            Some(text) => {
                text.push(' ');
                text.push_str(line);
            }
            None => {
                self.flush();
                self.open = Open::Paragraph(line.to_owned());
            }
        }
    }
}

fn heading(line: &str) -> Option<(Level, &str)> {
    let signs = [
        ("# ", Level::Title),
        ("## ", Level::Section),
        ("### ", Level::Subsection),
    ];
    signs
        .into_iter()
        .find_map(|(sign, level)| Some((level, line.strip_prefix(sign)?)))
}

fn point(line: &str) -> Option<(bool, &str)> {
    let bullet = line.strip_prefix("- ").map(|item| (false, item));
    bullet.or_else(|| Some((true, line.strip_prefix("1. ")?)))
}

fn labelled(line: &str, pair: &str) -> Result<Labelled, Problem> {
    let parts = pair.split_once(" | ");
    let (label, value) = parts.ok_or_else(|| {
        wrong(
            line,
            "Zet tussen het opschrift en de waarde een streep met spaties: « | ».",
        )
    })?;
    Ok(Labelled::new(unfenced(label), stressed(value)))
}

/// Text with its stress and its line ends.
fn stressed(text: &str) -> Text {
    let mut out = Text::default();
    for (place, piece) in text.split('*').enumerate() {
        if piece.is_empty() {
            continue;
        }
        let lines: Vec<&str> = piece.split('\\').collect();
        let last = lines.len().saturating_sub(1);
        let lines = lines.iter().enumerate().map(|(at, line)| {
            let line = if at > 0 { line.trim_start() } else { line };
            if at < last { line.trim_end() } else { line }
        });
        let piece = unfenced(&lines.collect::<Vec<_>>().join("\n"));
        out = if place % 2 == 1 {
            out.strong(piece)
        } else {
            out.then(piece)
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(said: &str) -> Vec<Block> {
        parsed(said, &Finished::default())
            .expect("it is right")
            .blocks
    }

    #[test]
    fn each_sign_gives_its_block() {
        let found = blocks(
            "# Titel\n\nEen *zin*\ndie doorgaat.\n\n- een\n  en nog wat\n- twee\n\n1. eerst\n1. dan\n: Wat | hulp\n\n[[\n## Deel\n]]\n~ Groet,\n~~ namens mij,\n~~~ Ik",
        );
        let list = |numbered, items: &[&str]| {
            let items = items.iter().map(|item| Text::plain(*item)).collect();
            Block::List(List { numbered, items })
        };
        let paragraph = Text::plain("Een ").strong("zin").then(" die doorgaat.");
        let signature = Signature {
            closing: "Groet,".to_owned(),
            on_behalf: vec!["namens mij,".to_owned()],
            signatory: vec!["Ik".to_owned()],
        };
        assert_eq!(
            found,
            [
                Block::Heading(Level::Title, "Titel".into()),
                Block::Paragraph(paragraph),
                list(false, &["een en nog wat", "twee"]),
                list(true, &["eerst", "dan"]),
                Block::KeyValue(vec![Labelled::new("Wat", "hulp")]),
                Block::Framed(vec![Block::Heading(Level::Section, "Deel".into())]),
                Block::Signature(signature),
            ]
        );
    }

    #[test]
    fn a_table_has_heads_and_rows() {
        let found = blocks("|| Wat | >Bedrag\n| *hulp* | 1\n| meer | 2\n");
        let columns = vec![Column::words("Wat"), Column::amounts("Bedrag")];
        let hulp = Text::default().strong("hulp");
        let rows = vec![
            TableRow::new([hulp, "1".into()]),
            TableRow::new(["meer", "2"]),
        ];
        assert_eq!(found, [Block::Table(Table { columns, rows })]);
    }

    #[test]
    fn finished_blocks_take_their_place() {
        let mut finished = Finished::default();
        let place = finished.keep(vec![Block::PageBreak]).to_string();
        let said = format!("Eerst.\n{place}\nDan.");
        let found = parsed(&said, &finished).expect("it is right").blocks;
        assert_eq!(found.len(), 3);
        assert_eq!(found[1], Block::PageBreak);
        assert!(finished.keep(Vec::new()).is_none());
    }

    #[test]
    fn a_new_line_is_a_backslash_and_references_and_foot_stand_apart() {
        let found = parsed(
            "@foot Brief 1\n@document Brief\n:: Datum | vandaag\n\neen \\ twee\n",
            &Finished::default(),
        );
        let found = found.expect("it is right");
        assert_eq!(found.foot, "Brief 1");
        assert_eq!(found.document, "Brief");
        assert_eq!(found.references, [Labelled::new("Datum", "vandaag")]);
        assert_eq!(found.blocks, [Block::Paragraph("een\ntwee".into())]);
    }

    #[test]
    fn a_sign_without_its_other_half_is_told() {
        for wrong in ["[[\nkader", "]]", "[[\n[[\n]]", ": zonder streep"] {
            let problem = parsed(wrong, &Finished::default()).expect_err(wrong);
            assert!(problem.message.contains('«') && !problem.hint.is_empty());
        }
    }
}
