//! The receipt of a decision: it redoes without difference, and every change to it is told.

use jiff::civil::Date;
use maatwerk::budget::Library;
use maatwerk::catalogue::SourceFile;
use maatwerk::document::Severity;
use maatwerk::dossier::{Dossier, Receipt};
use maatwerk::letter;
use maatwerk::texts::Texts;
use maatwerk::trace::Status;
use std::path::Path;

/// A fixture with the day on which it is calculated here: that on which its first provision begins, else that of the decision or report.
fn fixture(name: &str) -> (Dossier, Date) {
    let path = Path::new("fixtures/dossiers").join(format!("{name}.ron"));
    let text = std::fs::read(path).expect("the fixture is there");
    let dossier = Dossier::read(name, &text).expect("the fixture is sound");
    let first = dossier.provisions.first();
    let day = first
        .map(|provision| provision.line.from)
        .or(dossier.dates.decision)
        .or(dossier.dates.report)
        .expect("a day to calculate on");
    (dossier, day)
}

fn receipt(name: &str) -> Receipt {
    let library = Library::shipped().expect("the shipped data are sound");
    let (dossier, day) = fixture(name);
    Receipt::of(
        "2026-000001",
        &dossier,
        &library,
        day,
        letter::texts_fingerprint(&Texts::shipped().unwrap()),
    )
    .expect("it can be written")
}

fn text(name: &str) -> String {
    receipt(name).to_text().expect("it can be written")
}

/// What is told when the receipt of a fixture is changed: every problem as a line.
fn told(name: &str, was: &str, now: &str) -> Vec<String> {
    let text = text(name);
    assert!(text.contains(was), "«{was}» is not in the receipt:\n{text}");
    redone(&text.replacen(was, now, 1))
}

fn redone(text: &str) -> Vec<String> {
    let receipt = Receipt::read("bewijs.ron", text.as_bytes()).expect("it can be read");
    let told = receipt.redo(letter::texts_fingerprint(&Texts::shipped().unwrap()));
    told.iter().map(ToString::to_string).collect()
}

#[test]
fn the_receipt_of_every_fixture_reads_back_and_redoes_without_difference() {
    let mut count = 0;
    for entry in std::fs::read_dir("fixtures/dossiers").expect("the fixtures are there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "ron") {
            continue;
        }
        let name = path
            .file_stem()
            .and_then(|name| name.to_str())
            .expect("a name");
        let receipt = receipt(name);
        let text = receipt.to_text().expect("it can be written");
        let read = Receipt::read("bewijs.ron", text.as_bytes()).expect("it can be read");
        assert!(read == receipt, "{name} reads back as it was");
        let told: Vec<_> = read
            .redo(letter::texts_fingerprint(&Texts::shipped().unwrap()))
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(told, [""; 0], "{name}");
        count += 1;
    }
    assert!(count >= 30, "{count}");
}

/// The first of what is told that names this field.
fn about<'t>(told: &'t [String], field: &str) -> &'t str {
    let found = told.iter().find(|line| line.starts_with(field));
    found.unwrap_or_else(|| panic!("nothing about {field}: {told:#?}"))
}

#[test]
fn a_changed_figure_is_told_with_the_step_that_no_longer_comes_out() {
    let told = told("ho-licht-standaard", "value: \"55/2\"", "value: \"57/2\"");
    assert!(
        about(&told, "steps.list[20]: ").contains(
            "stap 21 (omvang × tarief) is volgens dit bewijs €\u{a0}181,50 per 4 weken, maar komt uit op €\u{a0}188,10 per 4 weken"
        ),
        "{told:#?}"
    );
    assert!(
        about(&told, "steps.list[13]: ").contains(
            "1 van de 59 stappen gaan opnieuw berekend anders; de eerste is stap 14 (tarief: Huishoudelijke ondersteuning, zorg in natura)"
        ),
        "{told:#?}"
    );
}

#[test]
fn a_changed_result_is_told_beside_its_step_and_beside_the_new_calculation() {
    let told = told(
        "ho-licht-standaard",
        "worth: Euro(\"2365.98\")",
        "worth: Euro(\"2365.89\")",
    );
    let told: Vec<_> = told
        .iter()
        .filter(|line| line.starts_with("results[0][6]: "))
        .collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert!(told[0].contains("€\u{a0}2.365,89 (1 januari 2018 tot en met 31 december 2018) is niet de uitkomst van zijn stap"), "{told:#?}");
    assert!(
        told[1].contains("wordt opnieuw berekend €\u{a0}2.365,98"),
        "{told:#?}"
    );
}

#[test]
fn a_changed_rounding_is_told_even_where_the_amount_stays_the_same() {
    let step = "how: Round((mode: HalfUp, step: \"1/100\")), from: [20, 21]";
    let down = step.replace("HalfUp", "Down");
    let mode = told("ho-licht-standaard", step, &down);
    assert!(
        about(&mode, "steps.list[22]: ").contains("1 van de 59 stappen"),
        "{mode:#?}"
    );
    let coarse = step.replace("1/100", "1/10");
    let coarse = told("ho-licht-standaard", step, &coarse);
    assert!(
        about(&coarse, "steps.list[22]: ")
            .contains("rondt anders af dan de afspraak die ernaast staat"),
        "{coarse:#?}"
    );
}

#[test]
fn a_changed_convention_of_the_kept_catalogue_is_told() {
    let rule = "(at: Period, rounding: (mode: HalfUp, step: \"1/100\")";
    let told = told("ho-licht-standaard", rule, &rule.replace("1/100", "1"));
    assert!(
        about(&told, "results[0][1]: ")
            .contains("wordt opnieuw berekend €\u{a0}182,00 per 4 weken"),
        "{told:#?}"
    );
}

#[test]
fn a_figure_that_is_gone_from_the_kept_data_is_told() {
    let text = text("ho-licht-standaard");
    let start = text.find("    tariffs: [").expect("there are tariffs");
    let end = text[start..].find("\n    ],").expect("they end") + start;
    let told = redone(&format!("{}    tariffs: [{}", &text[..start], &text[end..]));
    assert!(
        about(&told, "dossier.provisions[0].line").contains("zorg in natura"),
        "{told:#?}"
    );
    assert!(
        about(&told, "results").contains("komen er meer of minder bedragen uit"),
        "{told:#?}"
    );
}

#[test]
fn kept_data_that_were_changed_are_told_with_their_file_or_with_what_they_come_to() {
    let catalogue = told("ho-licht-standaard", "id: \"4-weken\"", "id: \"5-weken\"");
    assert!(
        about(
            &catalogue,
            "leiden-2018.ron:118:26: files[1].content.products[0].conventions: "
        )
        .contains("niet opnieuw te berekenen: "),
        "{catalogue:#?}"
    );
    let norm = told(
        "ho-licht-standaard",
        "value:Known(\"108\")",
        "value:Known(\"109\")",
    );
    assert!(
        about(&norm, "results[0][0]: ").contains("99 minuten per week wordt opnieuw berekend 100"),
        "{norm:#?}"
    );
}

#[test]
fn a_step_that_is_gone_is_told_by_the_steps_that_used_it() {
    let text = text("ho-licht-standaard");
    let step = text
        .lines()
        .find(|line| line.contains("how: Figure(4)"))
        .expect("the tariff");
    let told = redone(&text.replacen(&format!("{step}\n"), "", 1));
    assert!(
        about(&told, "steps.list: ").contains("heeft 58 stappen; opnieuw berekend zijn het er 59"),
        "{told:#?}"
    );
    let later = text.replacen("from: [19, 13]", "from: [19, 913]", 1);
    let told = redone(&later);
    assert!(
        about(&told, "steps.list[20]: ")
            .contains("gebruikt een stap die er niet is of pas later komt"),
        "{told:#?}"
    );
}

#[test]
fn an_example_that_calls_itself_established_is_told() {
    let figure = "how: Figure(4), from: [], value: \"55/2\", status: Example";
    let told = told(
        "ho-licht-standaard",
        figure,
        &figure.replace("Example", "Established"),
    );
    assert!(
        about(&told, "steps.list[13]: ")
            .contains("zegt iets anders over voorbeeld of vastgesteld dan zijn bronnen"),
        "{told:#?}"
    );
}

#[test]
fn another_version_of_the_program_is_told_as_a_warning_and_is_no_difference_by_itself() {
    let own = format!("program: \"{}\"", env!("CARGO_PKG_VERSION"));
    let text = text("ho-licht-standaard").replacen(&own, "program: \"0.0.9\"", 1);
    let receipt = Receipt::read("bewijs.ron", text.as_bytes()).expect("it can be read");
    let told = receipt.redo(letter::texts_fingerprint(&Texts::shipped().unwrap()));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].severity, Severity::Warning);
    assert!(
        told[0]
            .to_string()
            .starts_with("program: let op: dit bewijs is gemaakt door versie 0.0.9")
    );
}

#[test]
fn a_receipt_that_is_cut_short_or_of_a_newer_program_is_refused_with_its_place() {
    let text = text("ho-licht-standaard");
    for part in [1, 2, 3] {
        let mut end = text.len() * part / 4;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let refused =
            Receipt::read("bewijs.ron", &text.as_bytes()[..end]).expect_err("it is not whole");
        assert!(
            refused[0].to_string().starts_with("bewijs.ron:"),
            "{refused:#?}"
        );
    }
    let newer = text.replacen("format: 1", "format: 2", 1);
    let refused = Receipt::read("bewijs.ron", newer.as_bytes()).expect_err("it is newer");
    assert_eq!(refused.len(), 1, "{refused:#?}");
}

#[test]
fn what_a_municipality_confirmed_and_only_it_has_stands_in_the_receipt() {
    let shipped = include_str!("../assets/catalogues/gemeente-leiden.ron");
    let confirmed = |what: &str| {
        format!(
            "(catalogue: \"{what}\", what: \"alles\", by: \"hoofd financiën\", on: \"2017-12-01\", decision: \"besluit 7\")"
        )
    };
    let list = ["leiden-2015", "leiden-2018", "kpmg-hhm-hbel-2021"]
        .map(confirmed)
        .join(", ");
    let (head, _) = shipped
        .rsplit_once(')')
        .expect("a file ends with its bracket");
    let municipality = format!("{head}confirmations: [{list}])");
    let catalogue = include_str!("../assets/catalogues/leiden-2018.ron");
    let catalogue = catalogue
        .replacen("version: \"1\"", "version: \"2\"", 1)
        .replace("27.50", "28.40");
    let norms = include_str!("../assets/norms/kpmg-hhm-hbel-2021.ron");
    let norms = norms.replacen("version: \"1\"", "version: \"eigen\"", 1);
    let files = [
        ("leiden.ron", &municipality),
        ("tarieven.ron", &catalogue),
        ("normen.ron", &norms),
    ];
    let files = files.map(|(name, text)| SourceFile { name, text });
    let library = Library::with(&files).expect("the files are sound");
    let (dossier, day) = fixture("ho-licht-standaard");
    let text = dossier.to_text().expect("it can be written");
    let text = text.replace("version: \"1\"", "version: \"eigen\"");
    let dossier = Dossier::read("eigen.ron", text.as_bytes()).expect("it is sound");
    let evaluation = dossier.evaluate(&library, day);
    assert_eq!(
        evaluation.status,
        Status::Established,
        "{:#?}",
        evaluation.problems
    );
    let receipt = Receipt::of(
        "2026-000001",
        &dossier,
        &library,
        day,
        letter::texts_fingerprint(&Texts::shipped().unwrap()),
    )
    .expect("it can be written");
    let told: Vec<_> = receipt
        .redo(letter::texts_fingerprint(&Texts::shipped().unwrap()))
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(told, [""; 0]);
    let text = receipt.to_text().expect("it can be written");
    assert!(
        text.contains("bevestigd door hoofd financiën (besluit 7)"),
        "{text}"
    );
    assert!(
        !text.contains("catalogue: \"leiden-2015\""),
        "a confirmation of what was not used"
    );
    assert!(
        !text.contains("id: \"vervoer\""),
        "a product that was not granted"
    );
    let without = redone(&text.replacen("decision: \"besluit 7\"", "decision: \"besluit 8\"", 1));
    assert!(
        about(&without, "steps.sources").contains("besluit 8"),
        "{without:#?}"
    );
}

#[test]
fn the_fingerprint_follows_the_content_of_a_file_and_not_its_layout() {
    let fingerprint = |catalogue: &str| {
        let file = SourceFile {
            name: "tarieven.ron",
            text: catalogue,
        };
        let library = Library::with(&[file]).expect("the file is sound");
        let (dossier, day) = fixture("ho-licht-standaard");
        let receipt = Receipt::of(
            "1",
            &dossier,
            &library,
            day,
            letter::texts_fingerprint(&Texts::shipped().unwrap()),
        )
        .expect("it can be written");
        let text = receipt.to_text().expect("it can be written");
        let (_, after) = text
            .split_once("name: \"tarieven.ron\"")
            .expect("it is kept");
        let (_, after) = after.split_once("fingerprint: \"").expect("it has one");
        after[..64].to_owned()
    };
    let catalogue = include_str!("../assets/catalogues/leiden-2018.ron");
    let catalogue = catalogue.replacen("version: \"1\"", "version: \"2\"", 1);
    let first = fingerprint(&catalogue);
    assert_eq!(
        fingerprint(&format!("// nieuw\n{}", catalogue.replace("    ", "  "))),
        first
    );
    assert_ne!(fingerprint(&catalogue.replace("95.00", "95.01")), first);
}

/// The receipt of a fixture, made with these files added.
fn made_with(name: &str, files: &[(&str, &str)]) -> Receipt {
    let files = files.iter().map(|(name, text)| SourceFile { name, text });
    let library = Library::with(&files.collect::<Vec<_>>()).expect("the files are sound");
    let (dossier, day) = fixture(name);
    Receipt::of(
        "2026-000001",
        &dossier,
        &library,
        day,
        letter::texts_fingerprint(&Texts::shipped().unwrap()),
    )
    .expect("it can be written")
}

fn lines(receipt: &Receipt) -> Vec<String> {
    let told = receipt.redo(letter::texts_fingerprint(&Texts::shipped().unwrap()));
    told.iter().map(ToString::to_string).collect()
}

#[test]
fn a_receipt_comes_out_the_same_where_the_national_figures_are_others() {
    let own = r#"(
        format: 1, id: "eigen-bijdrage-eigen", version: "1", name: "Eigen bijdrage",
        parameters: [(
            id: "eigen-bijdrage-per-maand", name: "Eigen bijdrage", unit: EuroPer(Month),
            supersedes_from: "2021-01-01",
            values: [(from: "2021-01-01", value: Known("99.00"), source: "besluit 7", status: Established)],
        )],
    )"#;
    let receipt = made_with("oegstgeest-zwaarste-soort", &[("eigen.ron", own)]);
    let text = receipt.to_text().expect("it can be written");
    assert_eq!(lines(&receipt), [""; 0]);
    let kept = "value:Known(\"99\")";
    assert!(text.contains(kept), "{text}");
    let other = redone(&text.replacen(kept, "value:Known(\"98\")", 1));
    assert!(about(&other, "contributions[0]: ").contains("eigen bijdrage"));
}

#[test]
fn the_own_contribution_stands_in_the_receipt_and_a_change_of_it_is_told() {
    let text = text("ho-licht-standaard");
    assert!(text.contains("name: \"eigen-bijdrage.ron\""), "{text}");
    let start = text.find("contributions: [").expect("they stand there");
    let kind = "IncomeDependent(";
    let at = text[start..].find(kind).expect("of 2018") + start;
    let told = redone(&format!(
        "{}Some(NotKnown(\"?\"))]{}",
        &text[..start + "contributions: [".len()],
        {
            let end = text[at..].find("],").expect("its end") + at;
            &text[end + 1..]
        }
    ));
    assert!(
        about(&told, "contributions[0]: ").contains("de eigen bijdrage komt anders uit"),
        "{told:#?}"
    );
}

#[test]
fn other_texts_of_letters_are_told_as_a_warning() {
    let receipt = receipt("ho-licht-standaard");
    let told = receipt.redo(maatwerk::document::Hex([7; 32]));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(told[0].severity, Severity::Warning);
    assert_eq!(told[0].field, "texts");
}

#[test]
fn a_catalogue_that_was_superseded_before_its_values_end_still_redoes() {
    let shipped = include_str!("../assets/catalogues/leiden-2018.ron");
    let price = "amount: Euro(\"27.50\")";
    assert!(shipped.contains(price));
    let older = shipped
        .replacen("version: \"1\"", "version: \"2\"", 1)
        .replacen(price, &format!("to: \"2018-12-31\", {price}"), 1);
    let newer = shipped
        .replacen("id: \"leiden-2018\"", "id: \"leiden-later\"", 1)
        .replacen(
            "from: \"2018-01-01\",",
            "from: \"2018-07-01\",\n    supersedes: (id: \"leiden-2018\", from: \"2018-07-01\"),",
            1,
        )
        .replacen(price, "amount: Euro(\"28.40\")", 1);
    let files = [("ouder.ron", older.as_str()), ("nieuwer.ron", &newer)];
    let receipt = made_with("ho-licht-standaard", &files);
    let text = receipt.to_text().expect("it can be written");
    for name in ["ouder.ron", "nieuwer.ron"] {
        assert!(text.contains(&format!("name: \"{name}\"")), "{name}");
    }
    assert_eq!(lines(&receipt), [""; 0]);
}
