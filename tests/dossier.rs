//! What is told about a dossier whose lines exclude each other.

use maatwerk::budget::Library;
use maatwerk::document::Severity;
use maatwerk::dossier::Dossier;

/// A dossier in Leiden with two lines for household support: each its days and its form of delivery.
fn told(lines: [(&str, &str, &str); 2]) -> Vec<(Severity, String)> {
    let line = |(from, to, delivery): (&str, &str, &str)| {
        format!(
            r#"(line: (product: "ho", from: "{from}", to: "{to}",
            choices: {{"severity": (value: "midden", reason: "zo gekozen"), "intensity": (value: "standaard", reason: "zo gekozen")}},
            hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]))], delivery: {delivery}))"#
        )
    };
    let text = format!(
        r#"(format: 1, municipality: "0546", client: (person: (initials: "A.", surname: "Proef")), provisions: [{}])"#,
        lines.map(line).join(", ")
    );
    let library = Library::shipped().expect("the shipped data are sound");
    let dossier = Dossier::read("proef.ron", text.as_bytes()).expect("the test writes a dossier");
    let evaluation = dossier.evaluate(&library, jiff::civil::date(2018, 1, 1));
    let problems = evaluation.problems.into_iter();
    problems
        .filter(|problem| problem.field.starts_with("provisions[1]"))
        .map(|problem| (problem.severity, problem.to_string()))
        .collect()
}

const IN_KIND: &str = r#"InKind(provider: "")"#;
const PGB: &str = r#"Pgb(providers: [(kind: "informeel")])"#;

#[test]
fn lines_that_exclude_each_other_are_told_by_the_name_of_the_product() {
    let both = told([
        ("2018-01-01", "2018-12-31", IN_KIND),
        ("2018-06-01", "2018-12-31", PGB),
    ]);
    assert_eq!(both.len(), 1, "{both:#?}");
    assert_eq!(both[0].0, Severity::Error);
    assert!(
        both[0].1.starts_with(
            "provisions[1].line.from: Huishoudelijke ondersteuning staat er als zorg in natura en als pgb op dezelfde dagen."
        ),
        "{both:#?}"
    );
    let twice = told([
        ("2018-01-01", "2018-12-31", PGB),
        ("2018-12-31", "2019-12-31", PGB),
    ]);
    assert_eq!(twice.len(), 1, "{twice:#?}");
    assert_eq!(twice[0].0, Severity::Warning);
    assert!(
        twice[0]
            .1
            .contains("Huishoudelijke ondersteuning staat er twee keer in op dezelfde dagen"),
        "{twice:#?}"
    );
}

#[test]
fn lines_that_follow_each_other_exclude_nothing() {
    let after = told([
        ("2018-01-01", "2018-05-31", PGB),
        ("2018-06-01", "2018-12-31", PGB),
    ]);
    assert_eq!(after, []);
}
