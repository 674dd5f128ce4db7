//! The dossiers and data behind the letters, and what a letter says as plain text.

use jiff::civil::date;
use maatwerk::budget::Library;
use maatwerk::catalogue::{SourceFile, shipped_files};
use maatwerk::document::Problem;
use maatwerk::dossier::Dossier;
use maatwerk::letter::blocks::{Block, Content, Labelled};
use maatwerk::letter::{Letter, grant};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The dossiers of the letters, one for each kind.
pub(crate) const VARIANTS: [&str; 9] = [
    "brief-zin",
    "brief-pgb",
    "brief-gemengd",
    "brief-beide",
    "brief-afwijzing",
    "brief-thuisondersteuning",
    "brief-maandbedrag",
    "brief-prijs-onbekend",
    "brief-open-eind",
];

/// The dossiers of all other kinds of letters.
pub(crate) const KINDS: [&str; 17] = [
    "brief-geweigerd",
    "brief-pgb-geweigerd",
    "brief-wijziging-meer",
    "brief-wijziging-minder",
    "brief-verlenging",
    "brief-beeindiging",
    "brief-intrekking",
    "brief-tarief",
    "brief-omzetting-banden",
    "brief-omzetting-algemeen",
    "brief-bezwaarbesluit",
    "brief-tijdelijk",
    "brief-stelselwijziging",
    "brief-meer-tijd",
    "brief-opschorting",
    "brief-heronderzoek",
    "brief-ontvangst",
];

pub(crate) fn fixtures(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(path)
}

pub(crate) fn shipped() -> &'static Library {
    static SHIPPED: OnceLock<Library> = OnceLock::new();
    SHIPPED.get_or_init(|| Library::shipped().expect("the shipped data are sound"))
}

/// What the program ships, with another text in one of its files.
pub(crate) fn shipped_with(changed: &str, from: &str, to: &str) -> Library {
    let texts: Vec<(&str, String)> = shipped_files()
        .iter()
        .map(|file| match file.name == changed {
            true => (file.name, file.text.replace(from, to)),
            false => (file.name, file.text.to_owned()),
        })
        .collect();
    let files: Vec<SourceFile<'_>> = texts
        .iter()
        .map(|(name, text)| SourceFile { name, text })
        .collect();
    Library::of(&files).expect("the files are sound")
}

/// A municipality where everything is confirmed; `change` edits its file first.
pub(crate) fn confirmed(change: impl Fn(String) -> String) -> Library {
    let read = |name: &str| {
        fs::read_to_string(fixtures(&format!("catalogues/{name}"))).expect("the fixture is there")
    };
    let municipality = change(read("proefgemeente.ron"));
    let catalogue = read("proef.ron");
    let files = [
        SourceFile {
            name: "proefgemeente.ron",
            text: &municipality,
        },
        SourceFile {
            name: "proef.ron",
            text: &catalogue,
        },
    ];
    Library::of(&files).expect("the fixtures are sound")
}

pub(crate) fn dossier(name: &str) -> Dossier {
    let file = fixtures(&format!("dossiers/{name}.ron"));
    let bytes = fs::read(file).expect("the fixture is there");
    Dossier::read(name, &bytes).expect("the fixture is a dossier")
}

/// The pgb dossier, moved to the municipality where everything is confirmed.
pub(crate) fn confirmed_dossier() -> Dossier {
    let mut dossier = dossier("brief-gemengd");
    dossier.municipality = "9999".to_owned();
    let line = &mut dossier.provisions[0].line;
    line.product = "hulp".to_owned();
    line.choices.remove("intensity");
    dossier
}

pub(crate) fn written(dossier: &Dossier, library: &Library) -> Result<Letter, Vec<Problem>> {
    let today = dossier.dates.decision.unwrap_or(date(2018, 1, 1));
    let evaluation = dossier.evaluate(library, today);
    grant(dossier, &evaluation, library, None)
}

pub(crate) fn letter(name: &str) -> Letter {
    match written(&dossier(name), shipped()) {
        Ok(letter) => letter,
        Err(problems) => panic!("{name}: {problems:?}"),
    }
}

/// A text line by line.
pub(crate) fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}

/// A text word by word: where its lines end does not count.
pub(crate) fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// Where a text differs from the one that was read and approved, line by line or word by word.
pub(crate) fn unlike(file: &str, found: &str, pieces: fn(&str) -> Vec<&str>) -> Option<String> {
    let path = fixtures(file);
    if std::env::var_os("MAATWERK_WRITE_LETTERS").is_some() {
        fs::write(&path, found).expect("the fixture can be written");
    }
    let known = fs::read_to_string(&path).unwrap_or_default();
    let (known, found) = (pieces(&known), pieces(found));
    let place = (0..known.len().max(found.len())).find(|at| known.get(*at) != found.get(*at))?;
    let from = |text: &[&str]| {
        text.iter()
            .skip(place)
            .take(8)
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    };
    Some(format!(
        "{file}, {place}:\n  was {}\n  is  {}",
        from(&known),
        from(&found)
    ))
}

/// Fails with all differences there are.
pub(crate) fn assert_approved(wrong: &[String]) {
    assert!(
        wrong.is_empty(),
        "set MAATWERK_WRITE_LETTERS=1 to write them anew, then read them:\n{}",
        wrong.join("\n")
    );
}

/// All that a letter says, block by block.
pub(crate) fn text_of(content: &Content) -> String {
    let mut text = String::new();
    if let Some(stamp) = &content.stamp {
        let _ = writeln!(text, "[{}: {}]", stamp.word, stamp.reason);
    }
    let _ = writeln!(text, "<{}> {}\n", content.title, content.footer);
    for block in &content.blocks {
        say(block, "", &mut text);
    }
    text
}

pub(crate) fn say(block: &Block, indent: &str, text: &mut String) {
    let mut line = |words: String| {
        for part in words.split('\n') {
            text.push_str(indent);
            text.push_str(&part.replace('\u{a0}', " "));
            text.push('\n');
        }
    };
    let pairs = |pairs: &[Labelled]| -> Vec<String> {
        let pairs = pairs.iter();
        pairs
            .map(|pair| format!("{}: {}", pair.label, pair.value))
            .collect()
    };
    match block {
        Block::Sender(sender) => {
            line(format!("{} / {}", sender.name, sender.department));
            line(sender.lines.join(" / "));
        }
        Block::Address(lines) => line(lines.join("\n")),
        Block::Heading(level, words) => line(format!("\n## {level:?}: {words}")),
        Block::Paragraph(words) => line(words.to_string()),
        Block::List(list) => list.items.iter().for_each(|item| line(format!("- {item}"))),
        Block::KeyValue(found) | Block::Reference(found) => {
            pairs(found).into_iter().for_each(line);
        }
        Block::Table(table) => {
            let titles: Vec<_> = table.columns.iter().map(|c| c.title.as_str()).collect();
            line(format!("| {} |", titles.join(" | ")));
            for row in &table.rows {
                let cells: Vec<_> = row.cells.iter().map(ToString::to_string).collect();
                line(format!(
                    "{} {} |",
                    if row.total { "=" } else { "|" },
                    cells.join(" | ")
                ));
            }
        }
        Block::Framed(blocks) => {
            let inner = format!("{indent}  ");
            blocks.iter().for_each(|block| say(block, &inner, text));
        }
        Block::Calculation(lines) => {
            for found in lines {
                line(format!(
                    "{}. {} = {}",
                    found.number, found.text, found.amount
                ));
                line(format!("   {}", found.note));
            }
        }
        Block::Signature(signature) => {
            line(format!("\n{}", signature.closing));
            line(signature.on_behalf.join("\n"));
            line(signature.signatory.join("\n"));
        }
        Block::PageBreak => line("----".to_owned()),
    }
}
