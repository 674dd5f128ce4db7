//! The letter as a PDF: read back with an outside tool, nothing lost, the same bytes each time.

use super::outside::said_of;
use super::program::{
    KINDS, VARIANTS, assert_approved, dossier, fixtures, letter, say, shipped, unlike, words,
    written,
};
use super::report;
use maatwerk::letter::pages::{PAGE_HEIGHT, Page, Pages, Shape, mm};
use std::collections::{BTreeMap, BTreeSet};

/// All text of a page, a line for each piece.
pub(crate) fn page_text(page: &Page) -> String {
    let texts = page.items.iter().filter_map(|item| match &item.shape {
        Shape::Text(text) => Some(text.text.as_str()),
        Shape::Area(_) | Shape::Picture(_) => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// How often each character occurs, white space aside.
fn counted(text: &str) -> BTreeMap<char, usize> {
    let mut count: BTreeMap<char, usize> = BTreeMap::new();
    for letter in text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{c}')
    {
        let found = count.entry(letter).or_default();
        *found = found.saturating_add(1);
    }
    count
}

fn all(pages: &Pages) -> String {
    pages
        .pages
        .iter()
        .map(page_text)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn an_outside_tool_reads_every_character_back() {
    for name in VARIANTS {
        let letter = letter(name);
        let pages = letter.pages().expect("the letter can be laid out");
        let pdf = letter.to_pdf().expect("the PDF can be written");
        let Some(found) = said_of(&pdf, "pdftotext", &["-raw", "FILE", "-"]) else {
            return;
        };
        assert_eq!(counted(&found), counted(&all(&pages)), "{name}");
        let words: String = found.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains("Bent u het niet eens met dit besluit?"),
            "{name}"
        );
        assert!(words.contains("(artikel 2.3.8 van de Wmo 2015)"), "{name}");
    }
}

/// `pdftotext` reads what a program that reads aloud gets: the text in its order, stamp and feet of pages included.
#[test]
fn an_outside_tool_reads_back_the_letter_of_each_kind_that_was_approved() {
    let names = VARIANTS.into_iter().chain(KINDS);
    let letters = names.map(|name| (name, letter(name)));
    let report = ("onderzoek", report::written(&report::investigated()));
    let mut wrong = Vec::new();
    for (name, letter) in letters.chain([report]) {
        let pdf = letter.to_pdf().expect("the PDF can be written");
        let Some(found) = said_of(&pdf, "pdftotext", &["-raw", "FILE", "-"]) else {
            return;
        };
        wrong.extend(unlike(&format!("letters/pdf/{name}.txt"), &found, words));
    }
    assert_approved(&wrong);
}

/// How many lines of text stand on a page, without its foot and what stands above its margin.
fn lines_on(page: &Page) -> usize {
    let texts = page.items.iter().filter_map(|item| match &item.shape {
        Shape::Text(text) => Some(text.baseline),
        Shape::Area(_) | Shape::Picture(_) => None,
    });
    let body = mm(25)..PAGE_HEIGHT - mm(25);
    texts
        .filter(|baseline| body.contains(baseline))
        .collect::<BTreeSet<_>>()
        .len()
}

#[test]
fn no_page_of_any_letter_is_nearly_empty() {
    let mut letters = 0;
    let mut bare = Vec::new();
    for file in std::fs::read_dir(fixtures("dossiers")).expect("the fixtures are there") {
        let path = file.expect("a file").path();
        let name = path.file_stem().and_then(|name| name.to_str());
        let name = name.expect("a name").to_owned();
        if path.extension().is_none_or(|end| end != "ron") {
            continue;
        }
        let Ok(letter) = written(&dossier(&name), shipped()) else {
            continue;
        };
        letters += 1;
        let pages = letter.pages().expect("the letter can be laid out");
        let starts = |page: &Page| page_text(page).starts_with("Bijlage: hoe wij");
        for (place, page) in pages.pages.iter().enumerate().skip(1) {
            // An appendix of one page is as long as it is.
            let last = pages.pages.len() == place + 1;
            let lines = lines_on(page);
            if lines < 8 && !(starts(page) && last) {
                bare.push(format!("{name} {}: {lines}", place + 1));
            }
        }
    }
    assert!(letters > 30, "{letters} letters");
    assert_eq!(bare, [""; 0]);
}

#[test]
fn the_pages_hold_every_character_of_the_blocks() {
    for name in VARIANTS {
        let letter = letter(name);
        let pages = letter.pages().expect("the letter can be laid out");
        let there = counted(&all(&pages));
        let mut blocks = String::new();
        for block in &letter.content.blocks {
            say(block, "", &mut blocks);
        }
        // Only letters and figures: signs of the listing itself are not on the page.
        for (letter, count) in counted(&blocks) {
            let own = "#|-=:./".contains(letter) || letter.is_ascii_alphabetic();
            let found = there.get(&letter).copied().unwrap_or(0);
            assert!(
                own || found >= count,
                "{name}: {letter:?} {found} < {count}"
            );
        }
    }
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    for name in VARIANTS {
        let once = letter(name).to_pdf().expect("the PDF can be written");
        let twice = letter(name).to_pdf().expect("the PDF can be written");
        assert!(once == twice, "{name}");
        assert!(once.starts_with(b"%PDF-"));
    }
}

#[test]
fn the_stamp_stands_on_every_page() {
    let pages = letter("brief-zin")
        .pages()
        .expect("the letter can be laid out");
    assert!(pages.pages.len() > 3);
    for page in &pages.pages {
        assert!(page_text(page).contains("CONCEPT"));
    }
}
