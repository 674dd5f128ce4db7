//! The letter for who can not see it: what an outside tool reads in its structure, in which order, with which bookmarks.

use super::expected::{headings, squeezed, structure};
use super::outside::said_of;
use super::program::{KINDS, VARIANTS, letter};
use maatwerk::letter::blocks::Content;
use serde_json::Value;
use std::fmt::Write as _;

/// The structure of a PDF as `pdfinfo` reads it, in the shape of [`structure`].
fn read_structure(pdf: &[u8]) -> Option<String> {
    let said = said_of(pdf, "pdfinfo", &["-struct-text", "FILE"])?;
    let mut tree = String::new();
    for line in said.lines() {
        let element = line.trim_start();
        let depth = line.len() - element.len();
        if let Some(text) = element.strip_prefix('"') {
            // Text that goes on over the next page is read in two parts.
            let end = tree.trim_end().len();
            tree.truncate(end);
            let text = text.strip_suffix('"').unwrap_or(text);
            let first = !tree.ends_with('\u{1}');
            tree.push(if first { ' ' } else { '\u{0}' });
            tree.push_str(text);
            tree.push_str("\u{1}\n");
        } else if let Some(attribute) = element.strip_prefix('/') {
            // What a header cell is the header of, and how a list is numbered, go with their tag.
            if let Some(("Scope" | "ListNumbering", value)) = attribute.split_once(' ') {
                tree.truncate(tree.trim_end().len());
                let _ = writeln!(tree, "{value}");
            }
        } else {
            let tag = element.split([' ', ':']).next().unwrap_or_default();
            let _ = writeln!(tree, "{}{tag}", " ".repeat(depth));
        }
    }
    let tree = tree.replace("\u{1}\u{0}", "").replace('\u{1}', "");
    let lines = tree.lines().map(|line| {
        let element = line.trim_start();
        let indent = " ".repeat(line.len() - element.len());
        format!("{indent}{}\n", squeezed(element))
    });
    Some(lines.collect())
}

/// The bookmarks of a PDF as `qpdf` reads them: level and title.
fn read_bookmarks(pdf: &[u8]) -> Option<Vec<(usize, String)>> {
    let said = said_of(pdf, "qpdf", &["--json", "--json-key=outlines", "FILE"])?;
    let json: Value = serde_json::from_str(&said).expect("qpdf writes JSON");
    let mut found = Vec::new();
    bookmarks(&json["outlines"], 1, &mut found);
    Some(found)
}

fn bookmarks(entries: &Value, level: usize, found: &mut Vec<(usize, String)>) {
    for entry in entries.as_array().expect("a list of bookmarks") {
        let title = entry["title"].as_str().expect("a title").to_owned();
        assert!(
            entry["destpageposfrom1"].is_number(),
            "{title} leads nowhere"
        );
        found.push((level, title));
        bookmarks(&entry["kids"], level + 1, found);
    }
}

/// Structure and bookmarks are those of the blocks; false where the tools are not installed.
pub(crate) fn assert_read_as_written(name: &str, content: &Content, pdf: &[u8]) -> bool {
    let (Some(tree), Some(marks)) = (read_structure(pdf), read_bookmarks(pdf)) else {
        return false;
    };
    assert_eq!(tree, structure(content), "{name}");
    assert_eq!(marks, headings(&content.blocks), "{name}");
    true
}

#[test]
fn every_letter_is_read_aloud_in_the_order_of_its_blocks() {
    for name in VARIANTS.into_iter().chain(KINDS) {
        let letter = letter(name);
        let pdf = letter.to_pdf().expect("the PDF can be written");
        assert_read_as_written(name, &letter.content, &pdf);
    }
}

#[test]
fn a_letter_says_that_it_keeps_to_both_standards_and_in_which_language_it_is() {
    let letter = letter("brief-pgb");
    let pdf = letter.to_pdf().expect("the PDF can be written");
    let Some(said) = said_of(&pdf, "pdfinfo", &["-meta", "FILE"]) else {
        return;
    };
    for wanted in [
        "<pdfuaid:part>1</pdfuaid:part>",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<rdf:li>nl-NL</rdf:li>",
        &format!(
            "<rdf:li xml:lang=\"x-default\">{}</rdf:li>",
            letter.content.title
        ),
        &format!("<xmp:CreateDate>{}T00:00:00Z</xmp:CreateDate>", letter.date),
    ] {
        assert!(said.contains(wanted), "{wanted} is not in:\n{said}");
    }
    let said = said_of(&pdf, "pdfinfo", &["FILE"]).expect("it is installed");
    let tagged = said.lines().find(|line| line.starts_with("Tagged:"));
    assert!(tagged.is_some_and(|line| line.ends_with("yes")), "{said}");
    assert!(said.contains(&letter.content.title), "{said}");
}

#[test]
fn what_stands_on_every_page_is_not_read_aloud_on_every_page() {
    let letter = letter("brief-zin");
    let pdf = letter.to_pdf().expect("the PDF can be written");
    let Some(said) = said_of(&pdf, "pdfinfo", &["-struct-text", "FILE"]) else {
        return;
    };
    // The stamp once, at the very beginning; the foot with the number of the page not at all.
    assert_eq!(said.matches("CONCEPT ").count(), 1, "{said}");
    assert!(
        !said.contains(&letter.content.footer) && !said.contains("1 van "),
        "{said}"
    );
}
