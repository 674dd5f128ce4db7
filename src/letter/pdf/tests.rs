//! Letters written as PDF, read back by an outside tool.

use std::process::{Command, Stdio};

use jiff::civil::date;

use super::super::blocks::{Block, Content, Text};
use super::super::layout::layout;
use super::super::pages::{Ink, Item, Page, Role, TextShape, mm, pt};
use super::super::sample;
use super::*;

fn details() -> Details {
    Details {
        author: "Gemeente Leiden".to_owned(),
        date: date(2026, 3, 2),
    }
}

fn written(content: &Content) -> Vec<u8> {
    let pages = layout(content).expect("the letter can be laid out");
    write(&pages, &details()).expect("the letter can be written")
}

fn paragraph(text: &str) -> Content {
    Content {
        language: "nl-NL".to_owned(),
        blocks: vec![Block::Paragraph(Text::plain(text))],
        ..Content::default()
    }
}

/// What `pdftotext` reads in a PDF; `None`, with a line that says so, where the tool is not installed.
fn read_back(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), pdf).expect("the PDF is written");
    let output = Command::new("pdftotext")
        .arg("-layout")
        .arg(file.path())
        .arg("-")
        .stderr(Stdio::inherit())
        .output();
    match output {
        Ok(output) => {
            assert!(output.status.success(), "pdftotext refuses the PDF");
            Some(String::from_utf8(output.stdout).expect("pdftotext writes UTF-8"))
        }
        Err(error) => {
            assert!(
                std::env::var_os("CI").is_none(),
                "pdftotext is not installed: {error}"
            );
            eprintln!("skipped: pdftotext (poppler-utils) is not installed");
            None
        }
    }
}

#[test]
fn every_word_of_the_sample_letter_is_read_back() {
    let letter = sample::letter();
    let pages = layout(&letter).expect("the letter can be laid out");
    let Some(text) = read_back(&written(&letter)) else {
        return;
    };
    let squeeze = |text: &str| {
        text.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let mut wanted: Vec<String> = Vec::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Shape::Text(text) = &item.shape {
            wanted.extend(squeeze(&text.text));
        }
    }
    let mut found = squeeze(&text);
    // A stressed word and the comma behind it are one word for the reader.
    let sorted = |words: &mut Vec<String>| {
        let mut all: Vec<char> = words.iter().flat_map(|word| word.chars()).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(sorted(&mut found), sorted(&mut wanted));
    for phrase in [
        "Mevrouw J.M. van den Bergh-Šimková",
        "€ 18.146,14",
        "− € 120,00",
        "2 × 12 minuten",
        "2 van 4",
        "÷ 7 × 7,5 uur",
    ] {
        assert!(text.contains(phrase), "{phrase} is not in the PDF:\n{text}");
    }
}

#[test]
fn every_letter_of_latin_extended_a_is_read_back() {
    let letters: String = ('\u{a1}'..='\u{17f}')
        .filter(|letter| *letter != '\u{ad}')
        .collect();
    let Some(text) = read_back(&written(&paragraph(&letters))) else {
        return;
    };
    for letter in letters.chars() {
        assert!(
            text.contains(letter),
            "{letter} U+{:04X} is lost",
            u32::from(letter)
        );
    }
}

#[test]
fn names_in_greek_and_cyrillic_get_fonts_of_their_own() {
    let Some(text) = read_back(&written(&paragraph("Ελένη Петрова en Nguyễn")))
    else {
        return;
    };
    assert!(text.contains("Ελένη Петрова en Nguyễn"), "{text}");
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let letter = sample::letter();
    assert!(written(&letter) == written(&letter));
    let greek = paragraph("Ελένη");
    assert!(written(&greek) == written(&greek));
}

#[test]
fn another_text_or_another_date_gives_another_document_id() {
    let id = |pdf: &[u8]| {
        let document = lopdf::Document::load_mem(pdf).expect("the PDF can be read");
        format!("{:?}", document.trailer.get(b"ID").expect("there is an ID"))
    };
    let one = written(&paragraph("een"));
    assert_ne!(id(&one), id(&written(&paragraph("twee"))));
    let pages = layout(&paragraph("een")).expect("the letter can be laid out");
    let later = Details {
        date: date(2026, 3, 3),
        ..details()
    };
    assert_ne!(
        id(&one),
        id(&write(&pages, &later).expect("the letter can be written"))
    );
}

#[test]
fn the_file_says_its_title_its_language_and_the_date_of_the_letter() {
    let pdf = written(&sample::letter());
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let mut document = lopdf::Document::load_mem(&pdf).expect("the PDF can be read");
    let language = document
        .catalog_mut()
        .expect("a catalog")
        .get(b"Lang")
        .and_then(Object::as_str)
        .expect("a language");
    assert_eq!(language, b"nl-NL");
    let info = document
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .expect("details");
    let info = document.get_dictionary(info).expect("details");
    assert_eq!(
        info.get(b"CreationDate")
            .and_then(Object::as_str)
            .expect("a date"),
        b"D:20260302000000Z"
    );
    assert!(!info.has(b"GTS_PDFXVersion") && !info.has(b"Identifier"));
    let title = lopdf::decode_text_string(info.get(b"Title").expect("a title")).expect("a title");
    assert_eq!(title, sample::letter().title);
}

#[test]
fn a_title_with_signs_of_xml_is_written_so_that_the_file_stays_xml() {
    let letter = Content {
        title: "Hulp & <zorg>\u{7}".to_owned(),
        ..paragraph("een")
    };
    let mut document = lopdf::Document::load_mem(&written(&letter)).expect("the PDF can be read");
    let metadata = document
        .catalog_mut()
        .and_then(|catalog| catalog.get(b"Metadata")?.as_reference())
        .expect("it says something about itself");
    let metadata = document.get_object(metadata).and_then(Object::as_stream);
    let xmp = String::from_utf8_lossy(&metadata.expect("a stream").content);
    assert!(xmp.contains(">Hulp &amp; &lt;zorg&gt; </rdf:li>"), "{xmp}");
}

#[test]
fn every_mark_on_a_page_leads_back_to_the_element_that_holds_it() {
    let document = lopdf::Document::load_mem(&written(&sample::letter())).expect("it can be read");
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let root = document
        .catalog()
        .and_then(|catalog| catalog.get(b"StructTreeRoot"));
    let root = document.get_dictionary(root.and_then(Object::as_reference).expect("a tree"));
    let parents = root.and_then(|root| root.get(b"ParentTree")?.as_reference());
    let parents = document.get_dictionary(parents.expect("a way back"));
    let numbers = parents.and_then(|parents| parents.get(b"Nums")?.as_array());
    let mut owners = Vec::new();
    for entry in numbers.expect("the pages").chunks(2) {
        let page = pages[entry[0].as_i64().expect("a number") as usize];
        for (mark, owner) in (0_i64..).zip(entry[1].as_array().expect("its marks")) {
            owners.push((page, mark, owner.as_reference().expect("an element")));
        }
    }
    let mut held = Vec::new();
    for (id, object) in &document.objects {
        let Ok(element) = object.as_dict() else {
            continue;
        };
        let page = element.get(b"Pg").and_then(Object::as_reference);
        if let (Ok(page), Ok(Object::Integer(mark))) = (page, element.get(b"K")) {
            held.push((page, *mark, *id));
        }
        for kid in element
            .get(b"K")
            .and_then(Object::as_array)
            .into_iter()
            .flatten()
        {
            let Ok(kid) = kid.as_dict() else { continue };
            let page = kid
                .get(b"Pg")
                .and_then(Object::as_reference)
                .expect("a page");
            let mark = kid.get(b"MCID").and_then(Object::as_i64).expect("a mark");
            held.push((page, mark, *id));
        }
    }
    owners.sort_unstable();
    held.sort_unstable();
    assert!(held.len() > 100, "{} marks", held.len());
    assert_eq!(owners, held);
}

#[test]
fn a_letter_of_four_pages_stays_under_80_kilobytes() {
    let size = written(&sample::letter()).len();
    assert!(size < 80_000, "{size} bytes");
}

#[test]
fn a_missing_character_on_pages_made_by_hand_is_refused() {
    let text = TextShape {
        x: mm(25),
        baseline: mm(25),
        width: 0,
        text: "漢".to_owned(),
        weight: Weight::Regular,
        size: pt(11),
        ink: Ink::Text,
    };
    let item = Item {
        block: None,
        role: Role::Decoration,
        shape: Shape::Text(text),
    };
    let pages = Pages {
        title: String::new(),
        language: String::new(),
        pages: vec![Page { items: vec![item] }],
    };
    assert_eq!(
        write(&pages, &details()),
        Err(PdfError::MissingGlyph { character: '漢' })
    );
}
