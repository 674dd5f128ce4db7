//! Every letter can be read at level B1: no long sentences, no chains of passive verbs, no hard word without its meaning.

use super::program::{dossier, fixtures, shipped, written};
use maatwerk::letter::blocks::Block;
use maatwerk::plain::PlainWords;
use std::fs;

/// The running text of a letter, a paragraph on a line; what a table or a calculation says is no sentence.
fn running(blocks: &[Block], text: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph(words) => text.push(words.to_string()),
            Block::List(list) => text.extend(list.items.iter().map(ToString::to_string)),
            Block::Framed(blocks) => running(blocks, text),
            _ => {}
        }
    }
}

fn explained(blocks: &[Block]) -> Vec<&str> {
    let lists = blocks.iter().filter_map(|block| match block {
        Block::KeyValue(pairs) => Some(pairs),
        _ => None,
    });
    lists.flatten().map(|pair| pair.label.as_str()).collect()
}

#[test]
fn every_letter_reads_as_plain_dutch() {
    let words = PlainWords::shipped().expect("the shipped words are sound");
    let mut found = Vec::new();
    let mut letters = 0;
    for file in fs::read_dir(fixtures("dossiers")).expect("the fixtures are there") {
        let path = file.expect("a file").path();
        if path.extension().is_none_or(|end| end != "ron") {
            continue;
        }
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .expect("a name");
        let Ok(letter) = written(&dossier(name), shipped()) else {
            continue;
        };
        letters += 1;
        let mut text = Vec::new();
        running(&letter.content.blocks, &mut text);
        let text = text.join("\n").replace('\u{a0}', " ");
        for finding in words.check(&text, &explained(&letter.content.blocks)) {
            found.push(finding.to_string());
        }
    }
    found.sort();
    found.dedup();
    assert!(letters > 30, "{letters} letters");
    assert!(
        found.is_empty(),
        "{}\n{} found",
        found.join("\n"),
        found.len()
    );
}
