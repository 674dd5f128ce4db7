//! The house style of a municipality: its logo with its words, and the colour of its headings.

use super::made_up::picture;
use super::outside::said_of;
use super::program::{confirmed, confirmed_dossier, written};
use lopdf::{Dictionary, Document, Object};
use maatwerk::budget::Library;
use maatwerk::letter::pages::{Ink, Role, Shape, mm};
use std::collections::BTreeMap;
use std::sync::Arc;

const STYLE: &str = "style: (logo: (file: \"logo.png\", text: \"Wapen van Proefgemeente\"), headings: \"#7A003C\"),\n    regulation:";

pub(crate) fn styled() -> Library {
    let library = confirmed(|file| file.replacen("regulation:", STYLE, 1));
    // Red at the left, blue at the right.
    let logo = picture([2, 1], &[255, 0, 0, 0, 0, 255]);
    library.with_logos(BTreeMap::from([("9999".to_owned(), Arc::new(logo))]))
}

/// The dictionaries of a PDF that have this under that name.
fn with<'a>(document: &'a Document, key: &'a [u8], name: &'a [u8]) -> Vec<&'a Dictionary> {
    let objects = document.objects.values();
    let found = objects.filter_map(|object| match object {
        Object::Stream(stream) => Some(&stream.dict),
        other => other.as_dict().ok(),
    });
    let has = |one: &&Dictionary| {
        one.get(key)
            .and_then(Object::as_name)
            .is_ok_and(|is| is == name)
    };
    found.filter(has).collect()
}

#[test]
fn a_logo_stands_once_on_the_first_page_and_is_read_by_its_words() {
    let letter = written(&confirmed_dossier(), &styled()).expect("nothing is missing");
    let pages = letter.pages().expect("it can be laid out");
    let logos = |page: usize| {
        let items = pages.pages[page].items.iter();
        items
            .filter(|item| item.role == Role::Logo)
            .collect::<Vec<_>>()
    };
    let [logo] = logos(0)[..] else {
        panic!("one logo")
    };
    let Shape::Picture(shape) = &logo.shape else {
        panic!("a picture")
    };
    // Twice as wide as high, as it was drawn, and above the window of the envelope.
    assert!((shape.width - 2 * shape.height).abs() <= 1);
    assert!(shape.y + shape.height < mm(45));
    assert!((1..pages.pages.len()).all(|page| logos(page).is_empty()));

    let pdf = letter.to_pdf().expect("it can be written");
    let document = Document::load_mem(&pdf).expect("it can be read");
    let figures = with(&document, b"S", b"Figure");
    let [figure] = figures[..] else {
        panic!("{} figures", figures.len())
    };
    let alt = figure
        .get(b"Alt")
        .and_then(lopdf::decode_text_string)
        .expect("words");
    assert_eq!(alt, "Wapen van Proefgemeente");
    let place = figure
        .get(b"A")
        .and_then(Object::as_dict)
        .expect("its place");
    assert_eq!(
        place
            .get(b"BBox")
            .and_then(Object::as_array)
            .expect("sides")
            .len(),
        4
    );
    let images = with(&document, b"Subtype", b"Image");
    assert_eq!(images.len(), 1);
    assert!(images[0].get(b"SMask").is_err());
    if let Some(said) = said_of(&pdf, "pdfimages", &["-list", "FILE"]) {
        assert_eq!(said.lines().skip(2).count(), 1, "{said}");
    }
    said_of(&pdf, "qpdf", &["--check", "FILE"]);
}

#[test]
fn headings_have_the_colour_of_the_municipality_and_other_text_keeps_its_own() {
    let letter = written(&confirmed_dossier(), &styled()).expect("nothing is missing");
    let pages = letter.pages().expect("it can be laid out");
    let mut headings = 0;
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Shape::Text(text) = &item.shape else {
            continue;
        };
        let house = text.ink == Ink::House([0x7A, 0x00, 0x3C]);
        assert_eq!(
            house,
            matches!(item.role, Role::Heading(_)),
            "{}",
            text.text
        );
        headings += usize::from(house);
    }
    assert!(headings > 5);
}

#[test]
fn a_logo_that_was_not_read_keeps_the_letter_back() {
    let library = confirmed(|file| file.replacen("regulation:", STYLE, 1));
    let problems = written(&confirmed_dossier(), &library).expect_err("there is no logo");
    let told = problems
        .iter()
        .find(|problem| problem.field == "municipality");
    assert!(
        told.is_some_and(|told| told.hint.contains("logo.png")),
        "{problems:?}"
    );
}
