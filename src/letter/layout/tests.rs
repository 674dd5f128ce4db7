//! Letters laid out, looked at as items on pages.

use proptest::prelude::*;

use super::super::blocks::{
    Block, Column, Labelled, Level, List, Sender, Signature, Table, TableRow, Text,
};
use super::super::pages::{Item, Page, TextShape};
use super::super::sample;
use super::*;

fn content(blocks: Vec<Block>) -> Content {
    Content {
        language: "nl-NL".to_owned(),
        blocks,
        ..Content::default()
    }
}

fn pages_of(blocks: Vec<Block>) -> Vec<Page> {
    layout(&content(blocks))
        .expect("the letter can be laid out")
        .pages
}

fn texts(page: &Page) -> Vec<(&Item, &TextShape)> {
    let all = page.items.iter();
    all.filter_map(|item| match &item.shape {
        Shape::Text(text) => Some((item, text)),
        Shape::Area(_) | Shape::Picture(_) => None,
    })
    .collect()
}

/// All texts of blocks in a row, without what belongs to the page.
fn said(pages: &[Page]) -> String {
    let all = pages
        .iter()
        .flat_map(texts)
        .filter(|(item, _)| !matches!(item.role, Role::Decoration | Role::Stamp));
    all.map(|(_, text)| text.text.as_str()).collect()
}

fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph(Text::plain(text))
}

fn words(count: usize) -> String {
    vec!["woord"; count].join(" ")
}

fn baselines(page: &Page, role: Role) -> Vec<Length> {
    texts(page)
        .iter()
        .filter(|(item, _)| item.role == role)
        .map(|(_, text)| text.baseline)
        .collect()
}

/// Everything stands between the edges of its page, and the text of blocks between the margins.
fn assert_inside(pages: &[Page]) {
    for (item, text) in pages.iter().flat_map(texts) {
        assert!(text.x >= MARGIN, "left of the margin: {text:?}");
        assert!(
            text.x + text.width <= PAGE_WIDTH - MARGIN,
            "right of the margin: {text:?}"
        );
        let bottom = if item.role == Role::Decoration {
            PAGE_HEIGHT
        } else {
            PAGE_HEIGHT - MARGIN
        };
        assert!(
            text.baseline > 0 && text.baseline <= bottom,
            "below the margin: {text:?}"
        );
    }
}

#[test]
fn the_sample_letter_stays_inside_its_margins_and_ends_with_page_four_of_four() {
    let pages = layout(&sample::letter())
        .expect("the sample can be laid out")
        .pages;
    assert_inside(&pages);
    let numbers: Vec<&str> = pages
        .iter()
        .flat_map(texts)
        .map(|(_, text)| text.text.as_str())
        .filter(|text| text.contains(" van 4"))
        .collect();
    assert_eq!(numbers, ["1 van 4", "2 van 4", "3 van 4", "4 van 4"]);
}

#[test]
fn stamp_and_foot_stand_on_every_page() {
    let letter = sample::letter();
    for page in layout(&letter).expect("the sample can be laid out").pages {
        let has = |wanted: &str| {
            texts(&page)
                .iter()
                .any(|(_, text)| text.text.trim_end() == wanted)
        };
        assert!(has("CONCEPT") && has("met voorbeeldgegevens") && has(&letter.footer));
    }
}

#[test]
fn an_empty_letter_is_one_numbered_page() {
    let pages = pages_of(Vec::new());
    assert_eq!(pages.len(), 1);
    assert_eq!(texts(&pages[0])[0].1.text, "1 van 1");
}

#[test]
fn a_page_break_starts_a_page_but_never_leaves_an_empty_one() {
    let breaks = || [Block::PageBreak, Block::PageBreak];
    let blocks: Vec<Block> = breaks()
        .into_iter()
        .chain([paragraph("een")])
        .chain(breaks())
        .chain([paragraph("twee")])
        .chain(breaks())
        .collect();
    let pages = pages_of(blocks);
    assert_eq!(pages.len(), 2);
    assert_eq!(
        baselines(&pages[0], Role::Paragraph),
        baselines(&pages[1], Role::Paragraph)
    );
}

#[test]
fn a_character_the_typeface_lacks_is_named_with_its_place() {
    let table = Table {
        columns: vec![Column::words("Naam"), Column::amounts("Bedrag")],
        rows: vec![
            TableRow::new(["een", "€ 1,00"]),
            TableRow::new(["twee", "₪ 2,00"]),
        ],
    };
    let blocks = vec![
        paragraph("Beste mevrouw 漢, u krijgt een pgb van € 1,00 per maand."),
        Block::Table(table),
    ];
    let error = layout(&content(blocks)).expect_err("two characters are missing");
    let LayoutError::MissingGlyphs(missing) = &error else {
        panic!("{error}")
    };
    assert_eq!(missing[0].character, '漢');
    assert_eq!(missing[1].place, "de tabel, rij 2, kolom 2");
    assert_eq!(
        error.to_string().lines().next(),
        Some(
            "Het teken ‘漢’ (U+6F22) in een alinea staat niet in het lettertype van de brief: “Beste mevrouw 漢, u krijgt een pgb v…”. \
             Vervang dit teken of laat het weg."
        )
    );
}

#[test]
fn a_text_in_another_script_does_not_give_thousands_of_messages() {
    let text: String = ('\u{4e00}'..'\u{5000}').collect();
    let Err(LayoutError::MissingGlyphs(missing)) = layout(&content(vec![paragraph(text)])) else {
        panic!("missing")
    };
    assert_eq!(missing.len(), 50);
}

#[test]
fn an_accent_typed_apart_joins_its_letter() {
    assert_eq!(
        said(&pages_of(vec![paragraph(
            "Zoe\u{308} S\u{30c}imkova\u{301}\tJansen\r\n"
        )])),
        "Zoë Šimková Jansen "
    );
}

#[test]
fn a_byte_order_mark_in_a_pasted_text_is_left_out() {
    let pages = pages_of(vec![paragraph("\u{feff}Zij woont\u{feff} alleen.")]);
    assert_eq!(said(&pages), "Zij woont alleen.");
}

#[test]
fn a_line_that_is_ended_on_purpose_still_keeps_its_words_apart() {
    let pages = pages_of(vec![paragraph("per 4 weken;\nin totaal\n\ntwee")]);
    assert_eq!(said(&pages), "per 4 weken; in totaal twee");
}

#[test]
fn amounts_dates_and_unbreakable_spaces_stay_on_one_line() {
    for count in 1..40 {
        let text = format!("{} € 1.234,56 op 2-3-2026 en 20\u{a0}uur", words(count));
        let pages = pages_of(vec![paragraph(text)]);
        let lines: Vec<&str> = texts(&pages[0])
            .iter()
            .map(|(_, text)| text.text.as_str())
            .collect();
        for whole in ["€ 1.234,56", "2-3-2026", "20\u{a0}uur"] {
            assert!(
                lines.iter().any(|line| line.contains(whole)),
                "{whole} is broken in {lines:?}"
            );
        }
    }
}

#[test]
fn a_soft_hyphen_shows_only_where_it_breaks() {
    let pages = pages_of(vec![paragraph("huis\u{ad}houdelijk")]);
    assert_eq!(said(&pages), "huishoudelijk");
    let pages = pages_of(vec![paragraph("huis\u{ad}houdelijk".repeat(20))]);
    let lines: Vec<&str> = texts(&pages[0])
        .iter()
        .map(|(_, text)| text.text.as_str())
        .collect();
    assert!(
        lines.len() > 2 && lines[0].ends_with('-') && !lines[0].contains('\u{ad}'),
        "{lines:?}"
    );
    assert_eq!(
        said(&pages).replace('-', ""),
        format!("{}1 van 1", "huishoudelijk".repeat(20)).replace("1 van 1", "")
    );
}

#[test]
fn a_word_wider_than_its_line_is_broken_and_nothing_is_lost() {
    let word = "x".repeat(1000);
    let pages = pages_of(vec![paragraph(word.clone())]);
    assert_inside(&pages);
    assert_eq!(said(&pages), word);
}

#[test]
fn a_paragraph_of_a_megabyte_is_set_whole() {
    let text = words(180_000);
    let pages = pages_of(vec![paragraph(text.clone())]);
    assert_inside(&pages);
    assert!(said(&pages) == text, "the text came back changed");
}

#[test]
fn a_table_of_ten_thousand_rows_repeats_its_header_on_every_page() {
    let rows = (1..=10_000)
        .map(|number| TableRow::new([format!("regel {number}"), format!("€ {number},00")]))
        .collect();
    let columns = vec![Column::words("Omschrijving"), Column::amounts("Bedrag")];
    let pages = pages_of(vec![Block::Table(Table { columns, rows })]);
    assert_inside(&pages);
    assert!(pages.len() > 200);
    let mut rows = 0;
    for page in &pages {
        let texts = texts(page);
        assert_eq!(texts[0].1.text, "Omschrijving");
        assert_eq!(texts[1].1.text, "Bedrag");
        rows += texts
            .iter()
            .filter(|(item, _)| matches!(item.role, Role::Cell { column: 1, .. }))
            .count();
    }
    assert_eq!(rows, 10_000);
}

#[test]
fn only_the_first_header_of_a_table_is_content() {
    let rows = (0..200).map(|_| TableRow::new(["een"])).collect();
    let pages = pages_of(vec![Block::Table(Table {
        columns: vec![Column::words("Kop")],
        rows,
    })]);
    let headers: Vec<Role> = pages
        .iter()
        .flat_map(texts)
        .filter(|(_, text)| text.text == "Kop")
        .map(|(item, _)| item.role)
        .collect();
    assert_eq!(headers[0], Role::HeaderCell(0));
    assert!(headers.len() > 2 && headers[1..].iter().all(|role| *role == Role::Decoration));
}

#[test]
fn amounts_end_on_the_right_margin() {
    let rows = vec![
        TableRow::new(["een", "€ 1,00"]),
        TableRow::total(["Totaal", "€ 1.000.000.000.000,00"]),
    ];
    let pages = pages_of(vec![Block::Table(Table {
        columns: vec![Column::words(""), Column::amounts("")],
        rows,
    })]);
    for (_, text) in texts(&pages[0])
        .iter()
        .filter(|(item, _)| matches!(item.role, Role::Cell { column: 1, .. }))
    {
        let short = PAGE_WIDTH - MARGIN - (text.x + text.width);
        assert!(
            (0..10).contains(&short),
            "{text:?} ends {short} thousandths of a point before the margin"
        );
    }
}

#[test]
fn a_total_is_never_the_first_row_on_a_page() {
    for count in 1..60 {
        let mut rows: Vec<TableRow> = (0..count)
            .map(|_| TableRow::new(["een", "€ 1,00"]))
            .collect();
        rows.push(TableRow::total(["Totaal", "€ 1,00"]));
        let pages = pages_of(vec![Block::Table(Table {
            columns: vec![Column::words("Wat"), Column::amounts("Bedrag")],
            rows,
        })]);
        let last = pages.last().expect("there is a page");
        let cells: Vec<&str> = texts(last)
            .iter()
            .filter(|(item, _)| matches!(item.role, Role::Cell { .. }))
            .map(|(_, text)| text.text.as_str())
            .collect();
        assert!(
            cells.len() >= 4,
            "with {count} rows the last page has only {cells:?}"
        );
    }
}

#[test]
fn a_cell_higher_than_a_page_goes_on_over_the_next() {
    let text = words(5_000);
    let columns = vec![
        Column::words("Wat"),
        Column::words("Toelichting"),
        Column::amounts("Bedrag"),
    ];
    let row = TableRow {
        cells: vec!["een".into(), text.clone().into(), "€ 1,00".into()],
        total: false,
    };
    let pages = pages_of(vec![Block::Table(Table {
        columns,
        rows: vec![row],
    })]);
    assert_inside(&pages);
    let cell = pages
        .iter()
        .flat_map(texts)
        .filter(|(item, _)| item.role == Role::Cell { row: 0, column: 1 });
    assert_eq!(
        cell.map(|(_, text)| text.text.as_str()).collect::<String>(),
        text
    );
}

#[test]
fn a_heading_stands_above_at_least_two_lines_on_its_page() {
    for lines in 1..60 {
        let filler = (0..lines).map(|_| "regel\n").collect::<String>();
        let blocks = vec![
            paragraph(filler),
            Block::Heading(Level::Section, "Kop".into()),
            paragraph(words(60)),
        ];
        for page in pages_of(blocks) {
            let Some(heading) = baselines(&page, Role::Heading(2)).first().copied() else {
                continue;
            };
            let below = baselines(&page, Role::Paragraph)
                .into_iter()
                .filter(|baseline| *baseline > heading)
                .count();
            assert!(
                below >= 2,
                "{below} lines below the heading after {lines} lines"
            );
        }
    }
}

#[test]
fn no_line_of_a_paragraph_stands_alone_on_a_page() {
    for lines in 1..50 {
        let filler = (0..lines).map(|_| "regel\n").collect::<String>();
        let pages = pages_of(vec![
            Block::List(List {
                numbered: false,
                items: vec![filler.into()],
            }),
            paragraph(words(100)),
        ]);
        for page in pages {
            assert_ne!(
                baselines(&page, Role::Paragraph).len(),
                1,
                "a line alone after {lines} lines"
            );
        }
    }
}

#[test]
fn a_framed_block_moves_whole_to_the_next_page_if_it_fits_there() {
    let frame = || {
        Block::Framed(vec![
            Block::Heading(Level::Section, "Besluit".into()),
            paragraph(words(120)),
        ])
    };
    for lines in 30..50 {
        let filler = (0..lines).map(|_| "regel\n").collect::<String>();
        let pages = pages_of(vec![
            Block::List(List {
                numbered: true,
                items: vec![filler.into()],
            }),
            frame(),
        ]);
        let on: Vec<usize> = pages
            .iter()
            .map(|page| baselines(page, Role::Paragraph).len())
            .filter(|count| *count > 0)
            .collect();
        assert_eq!(on.len(), 1, "the frame is broken after {lines} lines");
    }
}

#[test]
fn a_frame_with_several_blocks_is_broken_between_them_with_white_inside_it() {
    let part = |name: &str| {
        [
            Block::Heading(Level::Subsection, name.into()),
            Block::KeyValue((0..8).map(|_| Labelled::new("Wat", "waarde")).collect()),
        ]
    };
    let parts = ["een", "twee", "drie", "vier", "vijf", "zes"];
    for lines in 0..40 {
        let filler = (0..lines).map(|_| "regel\n").collect::<String>();
        let pages = pages_of(vec![
            paragraph(filler),
            Block::Framed(parts.iter().flat_map(|name| part(name)).collect()),
        ]);
        assert_inside(&pages);
        for page in &pages {
            let values = baselines(page, Role::Value(7)).len();
            assert_eq!(baselines(page, Role::Value(0)).len(), values);
            let ground = page.items.iter().find_map(|item| match item.shape {
                Shape::Area(area) if area.ink == Ink::Soft => Some(area),
                _ => None,
            });
            let Some(ground) = ground else { continue };
            let inside = texts(page)
                .into_iter()
                .filter(|(_, text)| text.x > MARGIN && text.baseline > ground.y);
            let inside: Vec<Length> = inside
                .filter(|(item, _)| item.role != Role::Decoration)
                .map(|(_, text)| text.baseline)
                .collect();
            let (first, last) = (inside.first(), inside.last());
            assert!(
                first.is_some_and(|first| *first > ground.y + pt(16)),
                "{lines}"
            );
            assert!(
                last.is_some_and(|last| last + pt(8) < ground.y + ground.height),
                "{lines}"
            );
        }
    }
}

#[test]
fn a_framed_block_higher_than_a_page_has_its_ground_on_each() {
    let pages = pages_of(vec![Block::Framed(vec![paragraph(words(3_000))])]);
    assert!(pages.len() > 2);
    assert_inside(&pages);
    for page in &pages {
        assert!(matches!(page.items[0].shape, Shape::Area(ground) if ground.ink == Ink::Soft));
    }
}

#[test]
fn a_signature_stays_whole_and_with_the_end_of_the_letter() {
    for lines in 20..50 {
        let filler = (0..lines).map(|_| "regel\n").collect::<String>();
        let signature = Signature {
            closing: "Met vriendelijke groet,".to_owned(),
            on_behalf: vec!["namens het college,".to_owned()],
            signatory: vec!["J. Jansen".to_owned()],
        };
        let pages = pages_of(vec![paragraph(filler), Block::Signature(signature)]);
        let last = pages.last().expect("there is a page");
        let lines = (0..3).map(|line| baselines(last, Role::Signature(line)).len());
        assert!(lines.eq([1, 1, 1]));
        assert!(!baselines(last, Role::Paragraph).is_empty());
    }
}

#[test]
fn the_address_stands_in_the_window_and_one_that_is_too_long_is_refused() {
    let address =
        |lines: usize| Block::Address((0..lines).map(|line| format!("regel {line}")).collect());
    let pages = pages_of(vec![address(7), paragraph("Beste mevrouw,")]);
    for line in 0..7 {
        let baseline = baselines(&pages[0], Role::Address(line))[0];
        assert!(baseline > mm(52) && baseline < mm(87), "{baseline}");
    }
    assert!(baselines(&pages[0], Role::Paragraph)[0] > mm(97));
    let error = layout(&content(vec![address(8)])).expect_err("eight lines are too many");
    assert_eq!(
        error.to_string(),
        "Het adres heeft 8 regels, maar er is plaats voor 7. Maak de tekst korter."
    );
    let long = Block::Address(vec![words(200)]);
    assert!(matches!(
        layout(&content(vec![long])),
        Err(LayoutError::TooLong { .. })
    ));
}

#[test]
fn a_foot_and_a_stamp_that_do_not_fit_are_refused() {
    let foot = Content {
        footer: words(200),
        ..Content::default()
    };
    assert!(matches!(
        layout(&foot),
        Err(LayoutError::TooLong {
            place: "De voettekst",
            ..
        })
    ));
    let stamp = Stamp {
        word: words(50),
        reason: String::new(),
    };
    let stamp = Content {
        stamp: Some(stamp),
        ..Content::default()
    };
    assert!(matches!(
        layout(&stamp),
        Err(LayoutError::TooLong {
            place: "De stempel",
            ..
        })
    ));
}

#[test]
fn a_sender_that_would_reach_the_address_is_refused() {
    let sender = |name: String, lines: usize| {
        Block::Sender(Sender {
            logo: None,
            name,
            department: String::new(),
            lines: vec!["regel".to_owned(); lines],
        })
    };
    assert!(layout(&content(vec![sender(words(10), 20)])).is_ok());
    for block in [sender(words(40), 1), sender(String::new(), 21)] {
        let error = layout(&content(vec![block])).expect_err("there is no room");
        assert!(matches!(error, LayoutError::TooLong { .. }), "{error}");
    }
}

#[test]
fn blocks_with_a_place_of_their_own_are_refused_in_a_frame() {
    for block in [
        Block::PageBreak,
        Block::Address(Vec::new()),
        Block::Framed(Vec::new()),
    ] {
        assert!(matches!(
            layout(&content(vec![Block::Framed(vec![block])])),
            Err(LayoutError::NotInFrame { .. })
        ));
    }
}

#[test]
fn a_row_with_more_cells_than_columns_is_refused() {
    let table = Table {
        columns: vec![Column::words("een")],
        rows: vec![TableRow::new(["een", "twee"])],
    };
    let error =
        layout(&content(vec![Block::Table(table)])).expect_err("the second cell would be lost");
    assert_eq!(
        error,
        LayoutError::TooManyCells {
            row: 1,
            cells: 2,
            columns: 1
        }
    );
}

#[test]
fn twelve_columns_fit_side_by_side_and_more_are_refused() {
    let table = |count: usize| {
        Block::Table(Table {
            columns: (0..count).map(|_| Column::amounts("Bedrag")).collect(),
            rows: vec![TableRow::new(vec!["€ 1.000.000,00"; count])],
        })
    };
    assert_inside(&pages_of(vec![table(12)]));
    let error = layout(&content(vec![table(13)])).expect_err("they would leave the page");
    assert_eq!(
        error,
        LayoutError::TooManyColumns {
            columns: 13,
            room: 12
        }
    );
}

#[test]
fn blocks_are_numbered_in_reading_order_also_inside_a_frame() {
    let blocks = vec![
        paragraph("nul"),
        Block::Framed(vec![paragraph("twee"), paragraph("drie")]),
        paragraph("vier"),
    ];
    let pages = pages_of(blocks);
    let numbered: Vec<(Option<usize>, &str)> = texts(&pages[0])
        .iter()
        .map(|(item, text)| (item.block, text.text.as_str()))
        .collect();
    assert_eq!(
        numbered[..4],
        [
            (Some(0), "nul"),
            (Some(2), "twee"),
            (Some(3), "drie"),
            (Some(4), "vier")
        ]
    );
}

#[test]
fn empty_blocks_do_no_harm() {
    let blocks = vec![
        paragraph(""),
        Block::Heading(Level::Title, Text::default()),
        Block::List(List::default()),
        Block::KeyValue(Vec::new()),
        Block::Reference(vec![Labelled::new("", "")]),
        Block::Table(Table::default()),
        Block::Calculation(Vec::new()),
        Block::Framed(Vec::new()),
        Block::Address(Vec::new()),
        Block::Sender(Sender::default()),
        Block::Signature(Signature::default()),
    ];
    assert_inside(&pages_of(blocks));
}

proptest! {
    #[test]
    fn no_character_of_any_text_is_lost(text in "[ -~éŠđ€−\u{a0}-]{0,400}", strong in "[ -~]{0,40}") {
        let runs = Text::plain(text.clone()).strong(strong.clone());
        let pages = pages_of(vec![Block::Paragraph(runs.clone()), Block::List(List { numbered: false, items: vec![runs] })]);
        assert_inside(&pages);
        let wanted = format!("{text}{strong}•{text}{strong}");
        let body = pages.iter().flat_map(texts).filter(|(item, _)| matches!(item.role, Role::Paragraph | Role::ListBody(0) | Role::Bullet(0)));
        let mut all: Vec<(Role, &str)> = body.map(|(item, text)| (item.role, text.text.as_str())).collect();
        // The bullet is placed before the first line of its point.
        all.sort_by_key(|(role, _)| match role { Role::Paragraph => 0, Role::Bullet(_) => 1, _ => 2 });
        prop_assert_eq!(all.into_iter().map(|(_, text)| text).collect::<String>(), wanted);
    }
}
