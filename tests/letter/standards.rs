//! What PDF/UA-1 and PDF/A-2a ask of the objects in the file, read with a library of its own: head and end, filters,
//! colours, fonts, and what a letter must not hold at all. Its structure is held by `tagged` and `made_up`.

use super::program::{confirmed_dossier, letter, written};
use super::style::styled;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// A letter with tables and a calculation, and one with a logo.
fn letters() -> [Vec<u8>; 2] {
    let with_logo = written(&confirmed_dossier(), &styled()).expect("nothing is missing");
    [letter("brief-pgb"), with_logo].map(|letter| letter.to_pdf().expect("it can be written"))
}

fn documents() -> [Document; 2] {
    letters().map(|pdf| Document::load_mem(&pdf).expect("it can be read"))
}

/// The dictionaries of all objects, also those inside others.
fn dictionaries(document: &Document) -> Vec<&Dictionary> {
    let mut open: Vec<&Object> = document.objects.values().collect();
    let mut found = vec![&document.trailer];
    open.extend(document.trailer.iter().map(|(_, inside)| inside));
    while let Some(object) = open.pop() {
        let dictionary = match object {
            Object::Stream(stream) => &stream.dict,
            Object::Dictionary(dictionary) => dictionary,
            Object::Array(items) => {
                open.extend(items);
                continue;
            }
            _ => continue,
        };
        open.extend(dictionary.iter().map(|(_, inside)| inside));
        found.push(dictionary);
    }
    found
}

#[test]
fn the_file_begins_as_no_text_and_nothing_stands_behind_its_end() {
    for pdf in letters() {
        let head = pdf.strip_prefix(b"%PDF-1.7\n%").expect("the version");
        assert!(head[..4].iter().all(|byte| *byte > 127), "{:?}", &head[..4]);
        assert!(pdf.trim_ascii_end().ends_with(b"%%EOF"));
    }
}

#[test]
fn everything_is_compressed_in_one_way_or_not_at_all() {
    for document in documents() {
        let streams = document
            .objects
            .values()
            .filter_map(|one| one.as_stream().ok());
        let mut packed = 0;
        for stream in streams {
            let about = stream.dict.get_type().ok() == Some(b"Metadata".as_slice());
            for filter in stream.filters().unwrap_or_default() {
                // What the file says about itself is read without reading the PDF.
                assert!(filter == b"FlateDecode" && !about);
                packed += 1;
            }
        }
        assert!(packed > 3, "{packed}");
    }
}

#[test]
fn all_colours_are_red_green_and_blue_of_the_one_intent() {
    let known = [
        "BDC", "BMC", "EMC", "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "TL", "Tj", "TJ", "Tc",
        "Tw", "Tz", "Tr", "Ts", "q", "Q", "cm", "m", "l", "re", "f", "h", "n", "Do", "rg", "RG",
    ];
    for document in documents() {
        for page in document.page_iter() {
            let drawn = document.get_page_content(page);
            let drawn = Content::decode(&drawn).expect("it can be read");
            for operation in drawn.operations {
                let operator = operation.operator.as_str();
                assert!(known.contains(&operator), "{operator}");
            }
        }
        for one in dictionaries(&document) {
            if one.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image") {
                let colours = one.get(b"ColorSpace").and_then(Object::as_name);
                assert_eq!(colours.ok(), Some(b"DeviceRGB".as_slice()));
            }
        }
        let catalog = document.catalog().expect("a catalog");
        let intents = catalog.get(b"OutputIntents").and_then(Object::as_array);
        let [Object::Dictionary(intent)] = intents.expect("an intent").as_slice() else {
            panic!("one intent");
        };
        let profile = intent
            .get(b"DestOutputProfile")
            .and_then(Object::as_reference);
        let profile = document.get_object(profile.expect("a profile"));
        let profile = profile.and_then(Object::as_stream).expect("a profile");
        assert_eq!(
            profile.dict.get(b"N").and_then(Object::as_i64).ok(),
            Some(3)
        );
        assert!(profile.content.len() > 128);
    }
}

#[test]
fn every_font_is_in_the_file_with_its_widths_and_a_unicode_map() {
    for document in documents() {
        let of_type = |wanted: &'static str| {
            let all = dictionaries(&document).into_iter();
            all.filter(move |one| one.get_type().ok() == Some(wanted.as_bytes()))
        };
        let mut fonts = 0;
        for font in of_type("Font") {
            match font
                .get(b"Subtype")
                .and_then(Object::as_name)
                .expect("a kind")
            {
                b"Type0" => assert!(font.has(b"ToUnicode") && font.has(b"DescendantFonts")),
                b"CIDFontType2" => assert!(font.has(b"CIDToGIDMap") && font.has(b"W")),
                other => panic!("{}", String::from_utf8_lossy(other)),
            }
            fonts += 1;
        }
        assert!(fonts >= 4, "{fonts}");
        assert!(of_type("FontDescriptor").all(|one| one.has(b"FontFile2")));
    }
}

/// What the pages of `docs` call absent: in no letter is there a key of that name, nor a thing of that kind.
#[test]
fn nothing_is_in_a_letter_that_the_pages_about_the_standards_call_absent() {
    let keys: [&[u8]; 22] = [
        b"AA",
        b"OpenAction",
        b"A",
        b"JS",
        b"AcroForm",
        b"XFA",
        b"Annots",
        b"EmbeddedFiles",
        b"EF",
        b"OCProperties",
        b"Encrypt",
        b"Perms",
        b"RoleMap",
        b"SMask",
        b"ExtGState",
        b"Group",
        b"PresSteps",
        b"Requirements",
        b"Threads",
        b"AlternateImages",
        b"Alternates",
        b"OPI",
    ];
    let kinds: [&[u8]; 12] = [
        b"Formula",
        b"Note",
        b"Annot",
        b"Link",
        b"Sound",
        b"Movie",
        b"Form",
        b"PS",
        b"Sig",
        b"OCG",
        b"Filespec",
        b"Type3",
    ];
    for document in documents() {
        for one in dictionaries(&document) {
            let of = |key: &[u8]| one.get(key).and_then(Object::as_name).ok();
            for key in keys {
                // The attributes of an element of the structure have that name too; printpdf writes
                // lists of graphics states and annotations that are empty.
                let attributes =
                    key == b"A" && (of(b"Type") == Some(b"StructElem") || of(b"S").is_some());
                let held = one.get(key).and_then(|held| document.dereference(held));
                let none = held.is_ok_and(|(_, held)| match held {
                    Object::Dictionary(held) => held.is_empty(),
                    Object::Array(held) => held.is_empty(),
                    _ => false,
                });
                assert!(
                    !one.has(key) || attributes || none,
                    "{}",
                    String::from_utf8_lossy(key)
                );
            }
            for name in [b"Type".as_slice(), b"Subtype", b"S"] {
                let kind = of(name).unwrap_or_default();
                assert!(!kinds.contains(&kind), "{}", String::from_utf8_lossy(kind));
            }
        }
    }
}
