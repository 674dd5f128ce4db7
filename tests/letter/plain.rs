//! Every letter can be read at level B1: no long sentences, no chains of passive verbs, no hard word without its meaning.

use super::program::{dossier, fixtures, shipped, written};
use maatwerk::letter::blocks::Block;
use maatwerk::plain::{Fault, PlainWords};
use maatwerk::texts::{Texts, prose};
use std::collections::BTreeSet;
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

fn faults_in(template: &str) -> Vec<Fault> {
    let words = PlainWords::shipped().expect("the shipped words are sound");
    let said: Vec<String> = prose(template).into_iter().map(|(_, said)| said).collect();
    let said = said.join("\n");
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

/// A text without what the template language keeps for itself: remarks and what is filled in.
fn typed(template: &str) -> String {
    let mut typed = template.to_owned();
    for (open, close) in [("{#", "#}"), ("{{", "}}"), ("{%", "%}")] {
        while let Some(from) = typed.find(open) {
            let end = typed[from..]
                .find(close)
                .map_or(typed.len(), |end| from + end + 2);
            typed.replace_range(from..end, "");
        }
    }
    typed
}

/// Numbers of articles that stand in a text as they were typed: `artikel 4`, `2.3.10`, `6:8`.
fn article_numbers(text: &str) -> Vec<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let digit = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
    let joined = |word: &str, sign: char| {
        let word = word.trim_matches(|letter: char| !letter.is_ascii_digit());
        let mut parts = word.split(sign);
        word.contains(sign)
            && parts.all(|part| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit()))
    };
    let pairs = words.iter().zip(words.iter().skip(1));
    let named = pairs.filter(|(word, next)| {
        let word = word.trim_start_matches('(').to_lowercase();
        matches!(word.as_str(), "artikel" | "artikelen" | "art.") && digit(next)
    });
    let alone = words
        .iter()
        .filter(|word| joined(word, '.') || joined(word, ':'));
    named.map(|(_, next)| *next).chain(alone.copied()).collect()
}

#[test]
fn the_numbers_of_articles_stand_in_one_file_and_in_no_template() {
    for (name, template) in Texts::sources() {
        assert_eq!(article_numbers(&typed(template)), [""; 0], "{name}");
    }
    for wrong in [
        "Dat mag (artikel 12 van de wet).",
        "Zie 2.3.10.",
        "Zie 6:8.",
    ] {
        assert!(!article_numbers(&typed(wrong)).is_empty(), "{wrong}");
    }
}

#[test]
fn the_words_that_made_letters_hard_to_read_are_found() {
    let words = PlainWords::shipped().expect("the shipped words are sound");
    for said in [
        "De afdoeningstermijn is zes weken.",
        "Uw indicatie is geëindigd.",
        "De indicatie geëindigd op 1 mei.",
    ] {
        let found = words.check(said, &[]);
        let replaced = found
            .iter()
            .any(|one| matches!(&one.fault, Fault::Replace { .. }));
        assert!(replaced, "{said}: {found:?}");
    }
    for word in [
        "afdoeningstermijn",
        "afdoeningstermijnen",
        "geëindigd",
        "indicatie",
    ] {
        let found = words.check(&format!("Dit is de {word}."), &[]);
        assert!(!found.is_empty(), "{word}");
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

#[test]
fn a_word_that_nobody_explains_is_found_where_no_list_follows() {
    let words = PlainWords::shipped().expect("the shipped words are sound");
    let found = words.check("Uw zorgplan volgt uit de verordening.", &[]);
    let faults: Vec<Fault> = found.into_iter().map(|finding| finding.fault).collect();
    assert!(
        faults.contains(&Fault::Unexplained("verordening".to_owned())),
        "{faults:?}"
    );
}

/// Where the program speaks to budget holders: in the window, on paper and on the command line.
const TO_BUDGET_HOLDERS: [&str; 2] = ["scenario", "letter/overview"];

/// Words that a budget holder gets explained elsewhere, or that are the names of things on the screen.
const KNOWN: [&str; 3] = ["Pgb", "Zorg in natura", "Zorgverlener"];

/// The texts in a source file that read as a sentence, what is filled in as a word. Tests at its end do not count.
fn spoken(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    for line in code.lines() {
        let line = line.trim_start();
        if line.starts_with("//") || line.contains("reason =") {
            continue;
        }
        let mut rest = line;
        while let Some((_, after)) = rest.split_once('"') {
            let mut end = 0;
            let mut escaped = false;
            for letter in after.chars() {
                if letter == '"' && !escaped {
                    break;
                }
                escaped = letter == '\\' && !escaped;
                end += letter.len_utf8();
            }
            found.push(filled_in(&after[..end]));
            rest = after.get(end + 1..).unwrap_or_default();
        }
    }
    found.retain(|text| {
        let starts = text.trim_start().starts_with(char::is_uppercase);
        let ends = text.trim_end().ends_with(['.', '?', '!']);
        starts && ends && text.split_whitespace().count() > 3
    });
    found
}

fn filled_in(text: &str) -> String {
    let mut said = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        said.push_str("iets");
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    said.push_str(rest);
    said
}

#[test]
fn what_the_program_says_to_budget_holders_is_plain_dutch() {
    let words = PlainWords::shipped().expect("the shipped words are sound");
    let folder = fixtures("").join("../src");
    let mut open = vec![folder];
    let (mut found, mut sentences) = (Vec::new(), 0);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let files = fs::read_dir(&path).expect("a folder");
            open.extend(files.map(|file| file.expect("a file").path()));
            continue;
        }
        let name = path.display().to_string().replace('\\', "/");
        if !TO_BUDGET_HOLDERS.iter().any(|part| name.contains(part)) || name.contains("/testing/") {
            continue;
        }
        for text in spoken(&fs::read_to_string(&path).expect("a source file")) {
            sentences += 1;
            let findings = words.check(&text, &KNOWN);
            found.extend(findings.iter().map(|finding| format!("{name}: {finding}")));
        }
    }
    assert!(sentences > 10, "{sentences} sentences");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_hard_sentence_to_budget_holders_is_found() {
    let source =
        "page.line(\"Derhalve houdt u {} over.\"); // een opmerking \"Derhalve is dit niets.\"";
    let spoken = spoken(source);
    assert_eq!(spoken[0], "Derhalve houdt u iets over.");
    let words = PlainWords::shipped().expect("the shipped words are sound");
    assert_eq!(words.check(&spoken[0], &KNOWN).len(), 1);
}

#[test]
fn every_sentence_that_a_letter_asks_for_is_there_and_none_is_there_for_nothing() {
    let texts = Texts::shipped().expect("the shipped texts are sound");
    let there: BTreeSet<&str> = texts.sentences().names().collect();
    let mut asked = BTreeSet::new();
    let mut open = vec![fixtures("").join("../src/letter")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let files = fs::read_dir(&path).expect("a folder");
            open.extend(files.map(|file| file.expect("a file").path()));
            continue;
        }
        let source = fs::read_to_string(&path).expect("a source file");
        for rest in source.split(".of(\"").skip(1) {
            asked.extend(rest.split('"').next().map(str::to_owned));
        }
    }
    let asked: BTreeSet<&str> = asked.iter().map(String::as_str).collect();
    assert_eq!(there, asked);
    assert!(there.len() > 80, "{}", there.len());
}
