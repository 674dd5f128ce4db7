//! What `read` and `Outline` do with good, bad and hostile texts.

use jiff::civil::Date;
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::*;

/// A document with every shape that ours have.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    format: u32,
    title: String,
    #[serde(default)]
    note: Option<String>,
    tariffs: Vec<Tariff>,
    #[serde(default)]
    sources: std::collections::BTreeMap<String, Source>,
    #[serde(default)]
    pair: Option<(u8, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tariff {
    product: String,
    per: Per,
    from: Date,
    #[serde(default)]
    to: Option<Date>,
    amount: Amount,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum Per {
    Hour,
    Weeks(u8),
    Share { of: String, percent: Decimal },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
struct Amount(#[serde(with = "rust_decimal::serde::str")] Decimal);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    title: String,
}

const SAMPLE: &str = r###"// Tarieven /* geen blok */
(
    format: 1,
    title: "Tarieven \"2018\" \\ (concept) 🙂", /* een blok /* in een blok */ , ] */
    note: r#"ruw: "ja" \ "#,
    tariffs: [
        (product: "ho", per: Hour, from: "2018-01-01", to: "2018-12-31", amount: "27.50"),
        Tariff(product: "bg", per: Weeks(4), from: "2018-01-01", to: Some("2018-12-31"), amount: "300.00"),
        (
            product: "dag", // de dagbesteding
            per: Share(of: "ho", percent: "70"),
            from: "2018-01-01",
            amount: "36.00",
        ),
    ],
    sources: {"x \"y\"": (title: "Besluit"), "z": (title: "Nota")},
    pair: (4, "é"),
)
"###;

/// The problems of a text, one line each, without the name of the file.
fn problems(text: &str) -> Vec<String> {
    match read::<Sheet>("t.ron", text.as_bytes()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|p| p.to_string().replacen("t.ron:", "", 1))
            .collect(),
    }
}

/// The problems of the sample with one part replaced.
fn sample_with(from: &str, to: &str) -> Vec<String> {
    assert!(SAMPLE.contains(from), "{from}");
    problems(&SAMPLE.replacen(from, to, 1))
}

#[test]
fn a_problem_reads_as_one_line_with_only_the_parts_that_are_known() {
    let bare = Problem::error("het bestand is leeg");
    assert_eq!(bare.to_string(), "het bestand is leeg.");
    assert_eq!(
        bare.clone().in_file("a.ron").to_string(),
        "a.ron: het bestand is leeg."
    );
    assert_eq!(
        bare.clone().at(3, 4).to_string(),
        "regel 3: het bestand is leeg."
    );
    let warning = Problem::warning("het bedrag is een voorbeeld")
        .in_file("a.ron")
        .at(3, 4)
        .field("x");
    assert_eq!(
        warning.to_string(),
        "a.ron:3:4: x: let op: het bedrag is een voorbeeld."
    );
}

#[test]
fn a_field_path_grows_from_the_inside_out() {
    let path = |field: &str, prefix: &str| Problem::error("x").field(field).within(prefix).field;
    assert_eq!(
        path("postcode", "client.address"),
        "client.address.postcode"
    );
    assert_eq!(path("[2].from", "lines"), "lines[2].from");
    assert_eq!(path("", "lines"), "lines");
    assert_eq!(path("lines", ""), "lines");
}

#[test]
fn the_sample_is_read_and_every_path_in_it_is_found() {
    let sheet: Sheet = read("t.ron", SAMPLE.as_bytes()).expect("sample");
    assert_eq!(sheet.tariffs.len(), 3);
    let outline = Outline::new(SAMPLE);
    assert!(
        outline.faults.is_empty() && !outline.broken,
        "{:?}",
        outline.faults
    );
    let rows = [
        ("", "(\n"),
        ("format", "1"),
        ("title", "\"Tarieven"),
        ("note", "r#\"ruw"),
        ("tariffs", "[\n"),
        ("tariffs[0]", "(product: \"ho\""),
        ("tariffs[1].to", "Some(\"2018-12-31\")"),
        ("tariffs[1].per", "Weeks(4)"),
        ("tariffs[1].per[0]", "4"),
        ("tariffs[2].per.percent", "\"70\""),
        ("tariffs[2].from", "\"2018-01-01\",\n            amount"),
        ("sources[\"z\"].title", "\"Nota\""),
        ("sources[\"x \\\"y\\\"\"]", "(title: \"Besluit\")"),
        ("pair[1]", "\"é\""),
    ];
    for (path, starts_with) in rows {
        let span = outline
            .span(path)
            .unwrap_or_else(|| panic!("{path} is not found"));
        let from_there = SAMPLE.get(span.start..).expect("a place in the text");
        assert!(from_there.starts_with(starts_with), "{path}");
    }
    for path in [
        "tariff",
        "tariffs[3]",
        "tariffs[x]",
        "tariffs[0].per.of",
        "sources[\"q\"]",
        "[",
        "tariffs[",
        ".",
        "a..b",
    ] {
        assert_eq!(outline.span(path), None, "{path}");
    }
}

#[test]
fn every_element_is_found_again_by_its_own_path() {
    let outline = Outline::new(SAMPLE);
    for node in 0..outline.nodes.len() {
        let path = outline.path(node);
        let found = outline.span(&path).unwrap_or_else(|| panic!("{path}"));
        let own = &outline.nodes[node].span;
        // Keys of a map and contents of `Some` share the path of the value around or behind them.
        assert!(
            found == *own
                || (found.start <= own.start && own.end <= found.end)
                || own.end < found.start,
            "{path}"
        );
    }
}

#[test]
fn places_count_lines_and_characters_from_one() {
    assert_eq!(
        locate(SAMPLE, "format"),
        Some(Place {
            line: 3,
            column: 13
        })
    );
    assert_eq!(
        locate("(a: \"é🙂\", b: 2)", "b"),
        Some(Place {
            line: 1,
            column: 14
        })
    );
    assert_eq!(
        locate("(a: 1,\r\n b: 2)", "b"),
        Some(Place { line: 2, column: 5 })
    );
    let outline = Outline::new("é\n");
    assert_eq!(outline.place_at(1), Place { line: 1, column: 1 });
    assert_eq!(outline.place_at(99), Place { line: 2, column: 1 });
}

#[test]
fn a_problem_of_a_field_that_is_not_there_gets_the_place_of_what_is_around_it() {
    let problem = Outline::new(SAMPLE).positioned(Problem::error("x").field("tariffs[2].to.year"));
    assert_eq!((problem.line, problem.column), (Some(9), Some(9)));
}

#[test]
fn each_mistake_is_told_with_its_place_its_path_and_what_to_do() {
    let rows = [
        (
            "amount: \"27.50\"",
            "amount: 27.50",
            "7:82: tariffs[0].amount: hier hoort een getal tussen aanhalingstekens, er staat een getal. Zet bedragen tussen \
             aanhalingstekens: \"27.50\".",
        ),
        (
            "amount: \"27.50\"",
            "amont: \"27.50\"",
            "7:74: tariffs[0].amont: het veld amont bestaat niet. Bedoelt u amount?",
        ),
        (
            "per: Hour, ",
            "",
            "7:9: tariffs[0].per: het veld per ontbreekt. Voeg toe: per: …",
        ),
        (
            "from: \"2018-01-01\", to",
            "from: \"2018-02-29\", to",
            "7:42: tariffs[0].from: deze waarde kan hier niet: er hoort een datum. Schrijf een bestaande datum als \
             jaar-maand-dag tussen aanhalingstekens: \"2018-01-31\".",
        ),
        (
            "from: \"2018-01-01\", to",
            "from: 2018-01-01, to",
            "7:42: tariffs[0].from: hier hoort een datum, er staat een getal. Schrijf een bestaande datum als \
             jaar-maand-dag tussen aanhalingstekens: \"2018-01-31\".",
        ),
        (
            "per: Hour",
            "per: Hours",
            "7:30: tariffs[0].per: de keuze Hours bestaat niet. Bedoelt u Hour?",
        ),
        (
            "per: Hour",
            "per: \"Hour\"",
            "7:30: tariffs[0].per: hier hoort een keuze, er staat tekst. Kies zonder aanhalingstekens uit: Hour, Weeks, \
             Share.",
        ),
        (
            "per: Weeks(4)",
            "per: Weeks",
            "8:36: tariffs[1].per: de keuze Weeks heeft hier een andere inhoud. Schrijf: Weeks(…).",
        ),
        (
            "per: Weeks(4)",
            "per: Weeks(300)",
            "8:42: tariffs[1].per: deze waarde kan hier niet: er hoort een heel getal van 0 tot en met 255.",
        ),
        (
            "percent: \"70\"",
            "percent: \"zeventig\"",
            "11:43: tariffs[2].per.percent: deze waarde kan hier niet: er hoort een getal tussen aanhalingstekens. Schrijf \
             het getal met een punt, zonder duizendtallen: \"1234.56\".",
        ),
        (
            "format: 1,",
            "format: \"1\",",
            "3:13: format: hier hoort een heel getal van 0 tot en met 4294967295, er staat tekst.",
        ),
        (
            "title: \"Nota\"",
            "titel: \"Nota\"",
            "16:52: sources[\"z\"].titel: het veld titel bestaat niet. Bedoelt u title?",
        ),
        (
            "(title: \"Nota\")",
            "\"Nota\"",
            "16:51: sources[\"z\"]: hier hoort een onderdeel met velden: (naam: waarde), er staat tekst.",
        ),
        (
            "product: \"ho\",",
            "product: \"ho\", product: \"bg\",",
            "7:25: tariffs[0].product: het veld product staat er twee keer. Haal een van de twee weg.",
        ),
        (
            "pair: (4, \"é\")",
            "pair: (4)",
            "17:11: pair: het aantal waarden klopt niet: er staan er 1. Verwacht: een rij van 2 waarden.",
        ),
        (
            "title: \"Tarieven",
            "title: \"\\qTarieven",
            "4:12: title: in deze tekst staat een \\ met een teken dat daar niet kan. Schrijf \\\\ voor een schuine streep en \\\" voor een aanhalingsteken.",
        ),
    ];
    for (from, to, expected) in rows {
        assert_eq!(sample_with(from, to), [expected], "{to}");
    }
}

#[test]
fn each_mistake_in_the_syntax_is_told_once_where_it_is() {
    let rows = [
        (
            "per: Hour,",
            "per: Hour",
            "7:34: tariffs[0]: hier ontbreekt een komma. Zet een komma tussen twee onderdelen.",
        ),
        (
            "title: \"Nota\"",
            "title: ",
            "16:52: sources[\"z\"]: het veld title heeft geen waarde. Vul de waarde in of haal het veld weg.",
        ),
        (
            "product: \"ho\"",
            "product ho",
            "7:10: tariffs[0]: hier hoort de naam van een veld met een dubbele punt. Schrijf: naam: waarde. Tekst staat tussen aanhalingstekens.",
        ),
        (
            "product: \"dag\"",
            "product: lange dag",
            "10:22: tariffs[2].product: tekst van meer dan een woord staat hier zonder aanhalingstekens. Zet de hele tekst \
             tussen aanhalingstekens.",
        ),
        (
            "\"36.00\",",
            "36,00,",
            "13:21: tariffs[2].amount: een getal met een komma staat hier zonder aanhalingstekens. Schrijf het met een punt \
             en tussen aanhalingstekens: \"36.00\".",
        ),
        (
            "    ],\n    sources",
            "    sources",
            "15:5: tariffs: voor dit veld ontbreekt een ]. Sluit de lijst met ] voordat het volgende veld begint.",
        ),
        (
            "pair: (4, \"é\"),\n)",
            "pair: (4, \"é\"),\n",
            "2:1: het haakje ( dat hier opent wordt niet gesloten: het bestand houdt eerder op. Zet ) waar dit onderdeel eindigt; is het bestand wel heel?",
        ),
        (
            "pair: (4, \"é\")",
            "pair: (4, \"é\"]",
            "17:18: pair: hier staat ] maar er hoort ). Elk haakje sluit met zijn eigen soort: ( ), [ ] of { }.",
        ),
        (
            "(4, \"é\"),\n)",
            "(4, \"é\"),\n)\n)",
            "19:1: na het laatste haakje staat nog tekst. Haal die tekst weg, of kijk of er een haakje te vroeg sluit.",
        ),
        (
            "(title: \"Nota\")},",
            "(title: \"Nota\"),",
            "17:5: sources: voor dit veld ontbreekt een }. Sluit de tabel met } voordat het volgende veld begint.",
        ),
        (
            "format: 1",
            ": 1",
            "3:5: voor deze dubbele punt ontbreekt de naam van het veld. Schrijf: naam: waarde.",
        ),
        (
            "{\"x \\\"y\\\"\":",
            "(\"x\":",
            "16:18: sources: hier hoort geen dubbele punt. Tussen ( en ) staan waarden, of velden met elk een naam zonder \
             aanhalingstekens ervoor.",
        ),
        (
            "// de dagbesteding",
            "/* de dagbesteding",
            "10:29: dit commentaar wordt niet afgesloten. Zet er */ achter.",
        ),
    ];
    for (from, to, expected) in rows {
        let told = sample_with(from, to);
        assert_eq!(
            told.first().map(String::as_str),
            Some(expected),
            "{to}: {told:#?}"
        );
    }
}

#[test]
fn all_mistakes_of_a_file_are_told_in_one_go() {
    let text = r#"(
    format: "een",
    titel: "x",
    tariffs: [
        (product: 1, per: Hour, from: "2018-01-01", amount: 12.34),
        (product: "b", per: Day, from: "2018-13-01"),
        (product: "c", per: Hour, from: "2018-01-01", amount: "1"),
        (product: "d", per: Share(off: "a", percent: "1"), from: "2018-01-01", amount: "1", colour: "red"),
        "geen tarief",
        (per: Weeks("4")),
    ],
    sources: {"a": (title: 1), "b": (), 3: (title: "c")},
)"#;
    let told = problems(text);
    let fields: Vec<&str> = told
        .iter()
        .map(|line| line.split(':').nth(2).unwrap_or("").trim())
        .collect();
    let expected = [
        "format",
        "titel",
        "tariffs[0].product",
        "tariffs[0].amount",
        "tariffs[1].amount",
        "tariffs[1].per",
        "tariffs[1].from",
        "tariffs[3].per.off",
        "tariffs[3].colour",
        "tariffs[4]",
        "tariffs[5].product",
        "tariffs[5].from",
        "tariffs[5].amount",
        "tariffs[5].per",
        "sources[\"a\"].title",
        "sources[\"b\"].title",
        "sources[3]",
    ];
    let mut sorted = fields.clone();
    sorted.sort_unstable();
    let mut wanted = expected.to_vec();
    wanted.sort_unstable();
    assert_eq!(sorted, wanted, "{told:#?}");
}

#[test]
fn a_file_with_many_mistakes_tells_a_hundred_and_says_that_there_are_more() {
    let tariffs = "(product: 1, per: Hour, from: \"2018-01-01\", amount: \"1\"),\n".repeat(5_000);
    let told = problems(&format!("(format: 1, title: \"x\", tariffs: [{tariffs}])"));
    assert!(told.len() >= 100, "{}", told.len());
}

#[test]
fn a_newer_format_is_said_before_its_unknown_fields() {
    let newer = "(format: 3, titel: \"x\", kleur: Rood)";
    let told = read_versioned::<Sheet>("t.ron", newer.as_bytes(), 2).expect_err("newer");
    assert_eq!(
        told.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "t.ron:1:10: format: dit bestand is gemaakt met een nieuwere versie van maatwerk. Het heeft indeling 3; deze versie \
             kent 2. Installeer de nieuwe versie en open het daarmee."
        ]
    );
    let rows = [
        ("(format: 2)", Some(Some(2))),
        ("Sheet(format:2,)", Some(Some(2))),
        ("(title: [(format: 9)], /* x */ format: 1)", Some(Some(1))),
        ("(format: 99999999999)", None),
        ("(format: \"3\")", Some(None)),
        ("(title: \"x\")", Some(None)),
        ("[format: 9]", Some(None)),
        ("(format 9)", Some(None)),
        ("", Some(None)),
    ];
    for (text, expected) in rows {
        assert_eq!(check_format("t.ron", text, 2).ok(), expected, "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_line() {
    let message = |bytes: &[u8]| read::<Sheet>("t.ron", bytes).expect_err("no text")[0].to_string();
    assert_eq!(
        message(b""),
        "t.ron: het bestand is leeg. Kies een ander bestand of zet een reservekopie terug."
    );
    assert_eq!(message(b"\xEF\xBB\xBF \n"), message(b""));
    assert!(
        message(b"(a: 1,\n b: \"\xE9\")")
            .starts_with("t.ron:2:6: hier staat een teken dat geen UTF-8 is")
    );
    assert!(message(b"\xFF\xFE(\0").contains("UTF-16"));
    assert!(message(b"(\0a\0:\0").contains("UTF-16"));
    assert!(message(b"\0(\0a").contains("UTF-16"));
    assert!(message(b"(a: 1,\n b\0: 2)").starts_with("t.ron:2:3: hier staat een nulteken"));
    assert!(message(b"\0a: 1)").starts_with("t.ron:1:1: hier staat een nulteken"));
    assert!(
        decode("t.ron", &[b' '; 11], 10)
            .expect_err("large")
            .to_string()
            .contains("hoogstens 10 bytes")
    );
    assert!(message(&vec![b' '; MAX_BYTES + 1]).contains("te groot: hoogstens 20 MB"));
    assert!(read::<Sheet>("t.ron", &[b"\xEF\xBB\xBF", SAMPLE.as_bytes()].concat()).is_ok());
    let comment = message(b"// niets");
    assert!(
        comment.contains("hier hoort de inhoud te beginnen"),
        "{comment}"
    );
}

#[test]
fn deep_and_hostile_texts_are_refused_and_cost_little() {
    let deep = |open: &str| format!("(format: 1, title: {}", open.repeat(200_000));
    for open in [
        "(",
        "[",
        "{",
        "Some(",
        "[(",
        "(a: ",
        "{1: ",
        "(a: 1, 5 (",
        "[1 : (",
        "/*",
        "r#",
        "\\",
        "((1 2",
    ] {
        let told = problems(&deep(open));
        assert!(!told.is_empty(), "{open}");
    }
    assert!(
        problems(&deep("["))[0].contains("te diep"),
        "{:?}",
        problems(&deep("["))
    );
    assert!(
        problems(&format!("({}", "1,".repeat(600_000)))
            .iter()
            .any(|line| line.contains("te veel onderdelen"))
    );
}

#[test]
fn a_file_cut_off_at_any_byte_is_refused_with_a_place() {
    let end = SAMPLE.trim_end().len();
    for cut in 0..end {
        let problems = read::<Sheet>("t.ron", &SAMPLE.as_bytes()[..cut]).expect_err("cut off");
        assert!(!problems.is_empty(), "{cut}");
        assert!(
            cut < 35 || problems[0].line.is_some(),
            "{cut}: {problems:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes_never_panic_and_never_fail_without_a_problem(
        changes in prop::collection::vec((0..SAMPLE.len(), any::<u8>(), 0..3_u8), 1..6)
    ) {
        let mut bytes = SAMPLE.as_bytes().to_vec();
        for (at, byte, kind) in changes {
            let at = at.min(bytes.len().saturating_sub(1));
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, b"()[]{},:\"'\\/*#r"[usize::from(byte) % 15]),
                _ => { bytes.remove(at); }
            }
        }
        if let Err(problems) = read::<Sheet>("t.ron", &bytes) {
            prop_assert!(!problems.is_empty());
            prop_assert!(problems.iter().all(|problem| problem.line.is_some() && !problem.message.is_empty()));
        }
    }

    #[test]
    fn any_text_has_an_outline_whose_spans_lie_in_it(text in "[(){}\\[\\],:\"'a1.#/*r\\\\ \n]{0,80}") {
        let outline = Outline::new(&text);
        for node in 0..outline.nodes.len() {
            prop_assert!(text.get(outline.nodes[node].span.clone()).is_some());
            let _ = outline.span(&outline.path(node));
        }
    }

    #[test]
    fn any_path_is_looked_up_without_panic(path in "[a-z0-9.\\[\\]\"\\\\]{0,24}") {
        let _ = Outline::new(SAMPLE).span(&path);
    }

    #[test]
    fn what_is_written_is_read_back(title in any::<String>(), key in any::<String>(), cents in any::<i32>()) {
        let mut sheet: Sheet = read("t.ron", SAMPLE.as_bytes()).map_err(|_| TestCaseError::fail("sample"))?;
        sheet.title = title;
        sheet.sources.insert(key.clone(), Source { title: key.clone() });
        sheet.tariffs[0].amount = Amount(Decimal::new(cents.into(), 2));
        let text = ron::ser::to_string_pretty(&sheet, ron::ser::PrettyConfig::default())
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(Outline::new(&text).faults.is_empty());
        prop_assert!(locate(&text, "sources").is_some());
        prop_assert_eq!(read::<Sheet>("t.ron", text.as_bytes()).ok(), Some(sheet));
    }
}

#[test]
fn a_format_counts_as_it_is_read_however_it_is_written() {
    for (written, told) in [
        ("-0", "formaat 0 bestaat niet"),
        ("0x0", "formaat 0 bestaat niet"),
        ("0x63", "dit bestand is gemaakt met een nieuwere versie"),
        ("1_0", "dit bestand is gemaakt met een nieuwere versie"),
    ] {
        let text = format!("(format: {written}, other: 1)");
        let problem = check_format("x.ron", &text, 2).expect_err("refused");
        assert!(problem.message.starts_with(told), "{written}: {problem}");
    }
    assert_eq!(check_format("x.ron", "(format: 0x1)", 2), Ok(Some(1)));
}
