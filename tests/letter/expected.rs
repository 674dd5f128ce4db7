//! What a letter must read like to someone who has it read aloud, told from its blocks alone.

use maatwerk::letter::blocks::{Block, CalculationLine, Content, Labelled, Level, Table, Text};

/// The structure of a letter, an element on a line with its text behind it, deeper ones indented.
pub(crate) fn structure(content: &Content) -> String {
    let mut tree = Tree::default();
    tree.open("Document");
    if let Some(stamp) = &content.stamp {
        tree.leaf("P", &format!("{} {}", stamp.word, stamp.reason));
    }
    tree.blocks(&content.blocks);
    tree.text
}

/// The headings with their levels, none more than one deeper than the one before.
pub(crate) fn headings(blocks: &[Block]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut level = 0;
    collect(blocks, &mut level, &mut found);
    found
}

fn collect(blocks: &[Block], level: &mut usize, found: &mut Vec<(usize, String)>) {
    for block in blocks {
        match block {
            Block::Heading(wanted, text) if !squeezed(&text.to_string()).is_empty() => {
                let wanted = match wanted {
                    Level::Title => 1,
                    Level::Section => 2,
                    Level::Subsection => 3,
                };
                *level = wanted.min(*level + 1);
                found.push((*level, squeezed(&text.to_string())));
            }
            Block::Framed(blocks) => collect(blocks, level, found),
            _ => {}
        }
    }
}

/// The words of a text with one space between them.
pub(crate) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Default)]
struct Tree {
    text: String,
    depth: usize,
    level: usize,
}

impl Tree {
    fn line(&mut self, tag: &str, said: &str) {
        let line = format!("{}{tag} {}", "  ".repeat(self.depth), squeezed(said));
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn open(&mut self, tag: &str) {
        self.line(tag, "");
        self.depth += 1;
    }

    fn leaf(&mut self, tag: &str, said: &str) {
        if !squeezed(said).is_empty() {
            self.line(tag, said);
        }
    }

    fn lines<'a>(&mut self, lines: impl IntoIterator<Item = &'a String>) {
        lines.into_iter().for_each(|line| self.leaf("P", line));
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Sender(sender) => {
                    if sender.logo.is_some() {
                        self.line("Figure", "");
                    }
                    self.lines([&sender.name, &sender.department]);
                    self.lines(&sender.lines);
                }
                Block::Address(lines) => self.lines(lines),
                Block::Reference(pairs) | Block::KeyValue(pairs) => self.pairs(pairs),
                Block::Heading(..) => {
                    let before = std::mem::take(&mut self.level);
                    let mut level = before;
                    let mut found = Vec::new();
                    collect(std::slice::from_ref(block), &mut level, &mut found);
                    self.level = level;
                    for (level, text) in found {
                        self.leaf(&format!("H{level}"), &text);
                    }
                }
                Block::Paragraph(text) => self.leaf("P", &text.to_string()),
                Block::List(list) if !list.items.is_empty() => {
                    self.open(if list.numbered { "L/Decimal" } else { "L/Disc" });
                    for (number, item) in (1..).zip(&list.items) {
                        let label = if list.numbered {
                            format!("{number}.")
                        } else {
                            "•".to_owned()
                        };
                        self.point(&label, item);
                    }
                    self.depth -= 1;
                }
                Block::Table(table) => self.table(table),
                Block::Framed(blocks) => self.blocks(blocks),
                Block::Calculation(lines) => self.calculation(lines),
                Block::Signature(signature) => {
                    self.lines([&signature.closing]);
                    self.lines(&signature.on_behalf);
                    self.lines(&signature.signatory);
                }
                Block::List(_) | Block::PageBreak => {}
            }
        }
    }

    fn pairs(&mut self, pairs: &[Labelled]) {
        if !pairs.is_empty() {
            self.open("L/None");
            pairs
                .iter()
                .for_each(|pair| self.point(&pair.label, &pair.value));
            self.depth -= 1;
        }
    }

    fn point(&mut self, label: &str, text: &Text) {
        self.open("LI");
        self.leaf("Lbl", label);
        self.leaf("LBody", &text.to_string());
        self.depth -= 1;
    }

    fn table(&mut self, table: &Table) {
        let titles: Vec<String> = table.columns.iter().map(|c| c.title.clone()).collect();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for row in &table.rows {
            let cells = row.cells.iter().map(ToString::to_string);
            rows.push(cells.collect());
        }
        self.rows(&titles, &rows);
    }

    fn calculation(&mut self, lines: &[CalculationLine]) {
        let rows: Vec<Vec<String>> = lines
            .iter()
            .map(|line| {
                let (text, note) = (line.text.to_string(), line.note.to_string());
                vec![line.number.clone(), text, note, line.amount.clone()]
            })
            .collect();
        self.rows(&[], &rows);
    }

    /// All filled cells of the first row are headers; in the others the first filled one is. What is empty to the
    /// right of everything is no column.
    fn rows(&mut self, titles: &[String], rows: &[Vec<String>]) {
        let filled = |cell: &String| !squeezed(cell).is_empty();
        let all = rows.iter().map(Vec::as_slice).chain([titles]);
        let columns = all
            .filter_map(|row| Some(row.iter().rposition(filled)? + 1))
            .max();
        let Some(columns) = columns else { return };
        self.open("Table");
        let headed = titles.iter().any(filled).then_some(titles);
        let rows = rows.iter().map(|row| (false, row.as_slice()));
        for (header, row) in headed.map(|titles| (true, titles)).into_iter().chain(rows) {
            let Some(first) = row.iter().position(filled) else {
                continue;
            };
            self.open("TR");
            for column in 0..columns {
                let cell = row.get(column).map_or("", String::as_str);
                let is_header = column == first || (header && !squeezed(cell).is_empty());
                let tag = match (is_header, header) {
                    (true, true) => "TH/Column",
                    (true, false) => "TH/Row",
                    (false, _) => "TD",
                };
                self.line(tag, cell);
            }
            self.depth -= 1;
        }
        self.depth -= 1;
    }
}
