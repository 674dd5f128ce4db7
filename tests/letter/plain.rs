//! Every letter can be read at level B1: no long sentences, no chains of passive verbs, no hard word without its meaning.

use super::program::{dossier, fixtures, shipped, written};
use maatwerk::letter::blocks::Block;
use maatwerk::plain::{Fault, PlainWords};
use maatwerk::texts::Texts;
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

/// What a template says in any of its branches, a line for each stretch of text.
fn sentences_of(template: &str) -> String {
    let mut said = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        let (before, tag) = rest.split_at(at);
        said.push_str(before);
        let (end, instead) = match &tag[..2] {
            "{{" => ("}}", "iets"),
            "{%" => ("%}", "\n"),
            _ => ("#}", ""),
        };
        said.push_str(instead);
        let (_, after) = tag.split_once(end).expect("the tag is closed");
        rest = after;
    }
    said.push_str(rest);
    let lines = said.lines().map(|line| {
        let line = line.trim_start_matches(['#', ':', '-', '~', '|', '[', ']', '@', ' ']);
        line.replace(['*', '|'], "")
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn faults_in(template: &str) -> Vec<Fault> {
    let words = PlainWords::shipped().expect("the shipped words are sound");
    let said = sentences_of(template);
    // A letter explains these at its end.
    let explained: Vec<&str> = words
        .meanings_in(&said)
        .iter()
        .map(|one| one.word)
        .collect();
    let found = words.check(&said, &explained);
    found.into_iter().map(|finding| finding.fault).collect()
}

#[test]
fn every_branch_of_every_template_is_plain_dutch() {
    for (name, template) in Texts::sources() {
        assert_eq!(faults_in(template), [], "{name}");
    }
}

#[test]
fn a_template_with_a_fault_in_it_is_found() {
    let (_, template) = Texts::sources().next().expect("a template");
    for (sentence, found) in [
        (
            "Dit is een zin die maar door blijft gaan en gaan en gaan omdat iemand er steeds weer een stukje bij heeft gezet en nooit een punt zette.",
            Fault::Long(28),
        ),
        (
            "Uw aanvraag wordt behandeld en er wordt besloten.",
            Fault::Passive,
        ),
        (
            "Bel ons o.a. op maandag.",
            Fault::Shortened("o.a.".to_owned()),
        ),
        (
            "Wij doen dat alsnog.",
            Fault::Replace {
                word: "alsnog".to_owned(),
                say: "toch nog".to_owned(),
            },
        ),
    ] {
        let faults = faults_in(&format!("{template}\n\n{sentence}\n"));
        assert_eq!(faults, [found], "{sentence}");
    }
}
