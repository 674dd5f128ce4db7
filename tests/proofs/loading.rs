//! Every mistake in a file is told at its place, in Dutch, with what to do; and no text, however
//! mangled, makes the program stop.

use crate::cases::{Change, fixtures, line, lines, patched, some, text_of};
use maatwerk::budget::{Inputs, Library, evaluate};
use maatwerk::catalogue::file::CatalogueFile;
use maatwerk::catalogue::{Catalogues, SourceFile, shipped_files};
use maatwerk::document::{Problem, Severity, read_versioned};
use maatwerk::trace::Silent;
use proptest::prelude::*;
use serde::Deserialize;

/// One mistake in the test catalogue or its municipality file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mistake {
    /// What somebody did wrong.
    name: String,
    /// The file, when it is not the catalogue.
    #[serde(default)]
    file: Option<String>,
    /// Look only after this text.
    #[serde(default)]
    after: Option<String>,
    /// This text …
    find: String,
    /// … became this.
    replace: String,
    /// What is said about it, each with its place.
    told: Vec<Told>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    /// Line and column in the changed file.
    at: (usize, usize),
    /// Path of the field.
    field: String,
    /// A part of the message.
    message: String,
}

fn mistakes() -> Vec<Mistake> {
    let path = fixtures().join("catalogues").join("fouten.ron");
    let bytes = std::fs::read(path).unwrap();
    maatwerk::document::read("fouten.ron", &bytes)
        .unwrap_or_else(|problems: Vec<Problem>| panic!("{}", lines(&problems)))
}

fn load(files: &[(&str, String)]) -> Result<Library, Vec<Problem>> {
    let files: Vec<SourceFile<'_>> = files
        .iter()
        .map(|(name, text)| SourceFile { name, text })
        .collect();
    Library::of(&files)
}

fn with(changes: &[(&str, Change)]) -> Result<Library, Vec<Problem>> {
    let mut files = [
        ("proefgemeente.ron", text_of("proefgemeente.ron")),
        ("proef.ron", text_of("proef.ron")),
    ];
    for (who, change) in changes {
        let (_, text) = files
            .iter_mut()
            .find(|(name, _)| *name == change.file)
            .unwrap();
        *text = patched(text, change, who);
    }
    load(&files)
}

fn change(mistake: &Mistake) -> Change {
    Change {
        file: mistake.file.clone().unwrap_or_else(|| "proef.ron".into()),
        after: mistake.after.clone(),
        find: mistake.find.clone(),
        replace: mistake.replace.clone(),
    }
}

/// What every problem of a file must be, for the person who reads it.
fn for_people(problem: &Problem) -> Vec<String> {
    let mut wrong = Vec::new();
    let text = problem.to_string();
    if problem.file.is_empty() || problem.line.is_none() || problem.column.is_none() {
        wrong.push(format!("zonder plaats: {text}"));
    }
    // What to do stands in the hint, or in the message after a semicolon.
    if problem.hint.trim().is_empty() && !problem.message.contains(';') {
        wrong.push(format!("zonder raad: {text}"));
    }
    if problem.message.ends_with('.') {
        wrong.push(format!("met een punt: {text}"));
    }
    let words = format!(" {} {} ", problem.message, problem.hint).to_lowercase();
    for english in [
        " expected",
        " missing",
        " unexpected",
        " invalid",
        " unknown",
        " found ",
        " the ",
        " error",
        " failed",
    ] {
        if words.contains(english) {
            wrong.push(format!("Engels: {text}"));
        }
    }
    wrong
}

#[test]
fn each_kind_of_mistake_is_told_at_its_line_and_column_with_what_to_do() {
    let mut wrong = Vec::new();
    for mistake in mistakes() {
        let name = &mistake.name;
        let Err(problems) = with(&[(name, change(&mistake))]) else {
            wrong.push(format!("{name}: geen enkel probleem"));
            continue;
        };
        let file = change(&mistake).file;
        let seen: Vec<String> = problems.iter().map(ToString::to_string).collect();
        if problems.len() != mistake.told.len() || mistake.told.is_empty() {
            wrong.push(format!(
                "{name}: {} verwacht, gezien: {seen:#?}",
                mistake.told.len()
            ));
            continue;
        }
        for (told, problem) in mistake.told.iter().zip(&problems) {
            wrong.extend(
                for_people(problem)
                    .into_iter()
                    .map(|text| format!("{name}: {text}")),
            );
            let place = problem.line.zip(problem.column);
            if problem.file != file
                || place != Some(told.at)
                || problem.field != told.field
                || !problem.message.contains(&told.message)
            {
                wrong.push(format!("{name}: {told:?} verwacht, gezien: {problem}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_file_with_five_mistakes_tells_five() {
    let all = mistakes();
    let chosen = [
        "een bron die er niet is",
        "twee plafonds voor één geval",
        "een gat tussen banden",
        "afronden op nul",
        "een vast bedrag per uur",
    ];
    let changes: Vec<(&str, Change)> = chosen
        .iter()
        .map(|name| {
            (
                *name,
                change(all.iter().find(|mistake| mistake.name == *name).unwrap()),
            )
        })
        .collect();
    let problems = with(&changes).unwrap_err();
    assert_eq!(problems.len(), 5, "{}", lines(&problems));
    for name in chosen {
        let mistake = all.iter().find(|mistake| mistake.name == name).unwrap();
        let told = &mistake.told[0];
        let fits = |problem: &&Problem| {
            problem.line == Some(told.at.0) && problem.message.contains(&told.message)
        };
        assert_eq!(
            problems.iter().filter(fits).count(),
            1,
            "{name}: {}",
            lines(&problems)
        );
    }
}

/// All that is told about the test catalogue with this text.
fn told_about(text: &str) -> Vec<String> {
    let municipality = text_of("proefgemeente.ron");
    let files = [("proef.ron", text), ("proefgemeente.ron", &municipality)];
    let files = files.map(|(name, text)| SourceFile { name, text });
    let problems = Catalogues::load(&files, None).err().unwrap_or_default();
    problems
        .into_iter()
        .map(|problem| problem.message)
        .collect()
}

/// Every mistake in writing beside every mistake in meaning. Nothing is told that neither of them is, and one hides
/// the other only where they meet: in one element, or where a list that a name is looked up in could not be read.
#[test]
fn a_mistake_in_writing_hides_no_mistake_in_meaning_and_causes_none() {
    let original = text_of("proef.ron");
    let mut all = mistakes();
    // A file from a newer program, or with a character that no text has, is not looked into.
    let closed = [
        "een formaat van later",
        "een formaat dat nooit bestond",
        "een nulteken",
    ];
    all.retain(|mistake| mistake.file.is_none() && !closed.contains(&mistake.name.as_str()));
    let read = |text: &str| read_versioned::<CatalogueFile>("proef.ron", text.as_bytes(), 1);
    let (writing, meaning): (Vec<Mistake>, Vec<Mistake>) = all.into_iter().partition(|mistake| {
        let text = patched(&original, &change(mistake), &mistake.name);
        read(&text).is_err()
    });
    let (mut wrong, mut both, mut hidden) = (Vec::new(), 0, 0);
    for first in &writing {
        let broken = patched(&original, &change(first), &first.name);
        for second in &meaning {
            let texts = second.after.iter().chain([&second.find]);
            // Two changes of one place cannot be put together.
            if texts.clone().any(|text| {
                let count = |whole: &str| whole.matches(text.as_str()).count();
                count(&broken) != count(&original)
            }) {
                continue;
            }
            let found = told_about(&patched(&broken, &change(second), &second.name));
            let is = |told: &Told, message: &String| message.contains(&told.message);
            let all_told = |of: &Mistake| {
                let mut told = of.told.iter();
                told.all(|told| found.iter().any(|message| is(told, message)))
            };
            let caused = found.iter().find(|message| {
                let mut known = first.told.iter().chain(&second.told);
                !known.any(|told| is(told, message))
            });
            if caused.is_some() || !all_told(first) {
                wrong.push(format!("{} + {}: {found:#?}", first.name, second.name));
            } else if all_told(second) {
                both += 1;
            } else {
                hidden += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(both > 700 && hidden <= 19, "{both} {hidden}");
}

#[test]
fn an_axis_that_cannot_be_read_is_told_once_and_not_for_all_that_use_it() {
    let text = text_of("proef.ron");
    for (find, replace) in [
        (
            "(id: \"severity\", label: \"Zwaartesoort\"",
            "(idd: \"severity\", label: \"Zwaartesoort\"",
        ),
        (
            "(id: \"severity\", label: \"Zwaartesoort\"",
            "(id: severity, label: \"Zwaartesoort\"",
        ),
        ("    axes: [\n", "    axis: [\n"),
        ("    providers: [\n", "    provider: [\n"),
        ("    products: [\n", "    producten: [\n"),
        ("    sources: {\n", "    source: {\n"),
        ("            id: \"gewoon\",\n", "            id: gewoon,\n"),
        (
            "(id: \"midden\", label: \"Midden\")",
            "(id: \"midden\", label: Midden)",
        ),
        (
            "(id: \"midden\", label: \"Midden\")",
            "(id: \"midden\" label: \"Midden\")",
        ),
    ] {
        assert_eq!(text.matches(find).count(), 1, "{find}");
        let found = told_about(&text.replace(find, replace));
        assert_eq!(found.len(), 1, "{replace}: {found:#?}");
    }
}

/// A hostile file costs no more than its reading.
#[test]
fn a_list_longer_than_any_catalogue_has_is_told_and_looked_into_no_further() {
    let line =
        r#"(product: "hulp", provider: "zin", strategy: FixedAmount, per: Hour, values: []),"#;
    let text = text_of("proef.ron");
    let text = text.replacen(
        "    tariffs: [",
        &format!("    tariffs: [{}", line.repeat(20_000)),
        1,
    );
    assert_eq!(
        told_about(&text),
        ["hier staan 20030 regels; 1000 is het meeste"]
    );
}

/// Also when nobody wrote a municipality file for it.
#[test]
fn a_catalogue_without_its_municipality_still_tells_its_own_mistakes() {
    let all = mistakes();
    let mistake = all
        .iter()
        .find(|mistake| mistake.name == "een bron die er niet is")
        .unwrap();
    let text = patched(&text_of("proef.ron"), &change(mistake), "zonder gemeente");
    let problems = load(&[("proef.ron", text)]).unwrap_err();
    assert_eq!(problems.len(), 2, "{}", lines(&problems));
    assert!(
        problems[0].message.contains("krant"),
        "{}",
        lines(&problems)
    );
    assert!(
        problems[1].message.contains("geen gemeentebestand"),
        "{}",
        lines(&problems)
    );
}

#[test]
fn mistakes_in_two_files_are_all_told_each_with_its_file() {
    let all = mistakes();
    let pick = |name: &'static str| {
        let mistake = all.iter().find(|mistake| mistake.name == name).unwrap();
        (name, change(mistake))
    };
    let problems = with(&[
        pick("een bron die er niet is"),
        pick("een bevestiging zonder besluit"),
    ])
    .unwrap_err();
    let files: Vec<&str> = problems
        .iter()
        .map(|problem| problem.file.as_str())
        .collect();
    assert_eq!(files, ["proefgemeente.ron", "proef.ron"]);
}

#[test]
fn two_files_that_answer_the_same_day_are_an_error_and_a_preview_is_not() {
    let municipality = ("proefgemeente.ron", text_of("proefgemeente.ron"));
    let old = ("proef.ron", text_of("proef.ron"));
    let next = text_of("proef-2020.ron").replace("from: \"2020-01-01\"", "from: \"2019-12-31\"");
    let files = [municipality, old, ("proef-2020.ron", next.clone())];
    let problems = load(&files).unwrap_err();
    assert_eq!(problems.len(), 1, "{}", lines(&problems));
    let problem = &problems[0];
    assert_eq!(
        (problem.file.as_str(), problem.line, problem.column),
        ("proef-2020.ron", Some(8), Some(11)),
        "{problem}"
    );
    assert!(
        problem
            .message
            .contains("«proef» en «proef-2020» allebei antwoord"),
        "{problem}"
    );
    let preview = next.replace("version: \"1\"", "version: \"1\",\n    preview: true");
    let [municipality, old, _] = files;
    load(&[municipality, old, ("proef-2020.ron", preview)]).unwrap();
}

#[test]
fn no_file_a_wrong_file_and_an_empty_file_are_told() {
    for text in [
        "",
        " \n ",
        "()",
        "[]",
        "niets",
        "(format: 1)",
        "\u{feff}",
        "{",
        "(((((",
        "\"",
        "r#\"",
    ] {
        let problems = load(&[("leeg.ron", text.to_owned())]).unwrap_err();
        assert!(!problems.is_empty());
        for problem in &problems {
            assert_eq!(problem.file, "leeg.ron", "{problem}");
            assert_eq!(problem.severity, Severity::Error);
        }
    }
}

/// A percentage may lean on its own tariff of an earlier day: that is how a price is indexed.
#[test]
fn a_percentage_of_the_same_tariff_on_an_earlier_day_is_no_circle() {
    let indexed = Change {
        file: "proef.ron".into(),
        after: None,
        find: "Euro(\"28.10\")".into(),
        replace: "Percent(percentage: \"102\", provider: \"zin\", on: \"2018-06-30\")".into(),
    };
    let library =
        with(&[("indexering", indexed)]).unwrap_or_else(|problems| panic!("{}", lines(&problems)));
    let line = line(
        r#"(product: "hulp", choices: {"severity": (value: "midden")}, from: "2018-07-01", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "2", unit: Hour, per: Week)]))], delivery: InKind(provider: ""))"#,
    );
    let budget = evaluate(&inputs(&library), &line, &mut Silent);
    // 102% × 27,50 = 28,05; × 8 = 224,40.
    assert_eq!(
        budget.segments[0]
            .amount
            .first()
            .unwrap()
            .euro()
            .unwrap()
            .0
            .to_string(),
        "224.40"
    );
}

fn inputs(library: &Library) -> Inputs<'_> {
    crate::cases::inputs(library, jiff::civil::date(2018, 1, 1))
}

/// Ways to damage a text.
#[derive(Debug, Clone)]
enum Damage {
    /// Leaves out so many bytes from here.
    Cut(usize, usize),
    /// Says so many bytes from here again, there.
    Copy(usize, usize, usize),
    /// Puts this text here.
    Put(usize, String),
    /// Everything from here is gone.
    End(usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = 0usize..40_000;
    let bits = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\"".to_owned()),
        Just("]".to_owned()),
        Just(",".to_owned()),
        Just("-".to_owned()),
        Just("0".to_owned()),
        Just("9999999999999999999999999999".to_owned()),
        Just("\"1/0\"".to_owned()),
        Just("Month".to_owned()),
        Just("Every(Total)".to_owned()),
        Just("é€\u{1F600}".to_owned()),
        "\\PC{0,6}",
    ];
    prop_oneof![
        (place.clone(), 1usize..60).prop_map(|(at, count)| Damage::Cut(at, count)),
        (place.clone(), 1usize..200, place.clone())
            .prop_map(|(at, count, to)| Damage::Copy(at, count, to)),
        (place.clone(), bits).prop_map(|(at, text)| Damage::Put(at, text)),
        place.prop_map(Damage::End),
    ]
}

/// The nearest place where a character starts.
fn start(text: &str, at: usize) -> usize {
    let mut at = if text.is_empty() {
        0
    } else {
        at % (text.len() + 1)
    };
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn damaged(text: &str, all: &[Damage]) -> String {
    let mut text = text.to_owned();
    for damage in all {
        match damage {
            Damage::Cut(at, count) => {
                let from = start(&text, *at);
                let to = start(&text, (from + count).min(text.len()));
                text.replace_range(from.min(to)..to.max(from), "");
            }
            Damage::Copy(at, count, to) => {
                let from = start(&text, *at);
                let end = start(&text, (from + count).min(text.len())).max(from);
                let piece = text[from..end].to_owned();
                let to = start(&text, *to);
                text.insert_str(to, &piece);
            }
            Damage::Put(at, put) => {
                let at = start(&text, *at);
                text.insert_str(at, put);
            }
            // Seldom from the first half, so that more of the file is read.
            Damage::End(at) => {
                let at = start(&text, at.saturating_add(20_000).min(text.len()));
                text.truncate(at);
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(some(32))]

    #[test]
    fn no_damage_to_a_catalogue_makes_loading_or_evaluating_panic(
        all in prop::collection::vec(damage(), 1..4),
        which in 0usize..40,
    ) {
        let shipped = shipped_files();
        let (files, broken): (Vec<(&str, String)>, &str) = if which < 20 {
            let name = ["proef.ron", "proefgemeente.ron"][usize::from(which == 0)];
            (["proefgemeente.ron", "proef.ron"].into_iter().map(|file| {
                let text = text_of(file);
                (file, if file == name { damaged(&text, &all) } else { text })
            }).collect(), name)
        } else {
            let broken = shipped[which % shipped.len()].name;
            (shipped.iter().map(|file| {
                (file.name, if file.name == broken { damaged(file.text, &all) } else { file.text.to_owned() })
            }).collect(), broken)
        };
        match load(&files) {
            Err(problems) => {
                prop_assert!(!problems.is_empty());
                for problem in problems {
                    prop_assert!(!problem.message.is_empty() && !problem.file.is_empty(), "{}: {}", broken, problem);
                }
            }
            Ok(library) => {
                for municipality in library.catalogues.municipalities() {
                    for line in lines_to_try() {
                        let mut inputs = inputs(&library);
                        inputs.municipality = &municipality.code;
                        let _ = evaluate(&inputs, &line, &mut Silent);
                    }
                }
            }
        }
    }
}

/// A few lines that reach most of the evaluation.
fn lines_to_try() -> Vec<maatwerk::indication::Line> {
    [
        r#"(product: "hulp", choices: {"severity": (value: "midden")}, from: "2018-01-10", to: "2019-02-03",
        hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]))], delivery: Pgb(providers: [(kind: "informeel")]))"#,
        r#"(product: "begeleiding", choices: {"kind": (value: "basis")}, from: "2018-01-10",
        hours: [(hours: Typed([(volume: "10", unit: Hour, per: Month)]))], delivery: Pgb(providers: [(kind: "zzp")]))"#,
        r#"(product: "maandhulp", choices: {"severity": (value: "midden")}, from: "2018-03-15", to: "2018-12-31",
        hours: [(hours: Typed([(volume: "120", unit: Minute, per: Week)]))],
        delivery: Pgb(providers: [(kind: "informeel", to: "2018-06-30"), (kind: "instelling", from: "2018-07-01")]))"#,
        r#"(product: "ho", choices: {"severity": (value: "midden"), "intensity": (value: "standard")}, from: "2018-01-10", to: "2024-02-03",
        hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]))], delivery: InKind(provider: ""))"#,
    ]
    .map(line)
    .into()
}
