//! The written report of the investigation: what it says, and what keeps it from being written.

use crate::program::{assert_approved, fixtures, lines, shipped, text_of, unlike};
use maatwerk::document::Problem;
use maatwerk::dossier::{Dossier, InvestigationStep, PriorOutcome};
use maatwerk::letter::{Letter, report};
use maatwerk::plain::PlainWords;
use std::fs;

pub(crate) fn investigated() -> Dossier {
    let bytes = fs::read(fixtures("investigation/onderzoek.ron")).expect("the fixture is there");
    Dossier::read("onderzoek", &bytes).expect("it is sound")
}

pub(crate) fn written(dossier: &Dossier) -> Letter {
    report(dossier, shipped()).expect("the report can be written")
}

#[test]
fn the_report_says_what_was_read_and_approved() {
    let text = text_of(&written(&investigated()).content);
    let wrong = unlike("investigation/onderzoek.txt", &text, lines);
    assert_approved(&Vec::from_iter(wrong));
}

#[test]
fn the_report_has_every_answer_and_becomes_a_pdf() {
    let dossier = investigated();
    let letter = written(&dossier);
    let text = text_of(&letter.content);
    for step in InvestigationStep::ALL {
        if let Some(answer) = dossier.investigation.answer(step) {
            assert!(text.contains(&answer.text[1..]), "{step:?}: {text}");
        }
    }
    for one in &dossier.investigation.prior {
        assert!(text.contains(&one.reason) && text.contains(one.outcome.dutch()));
    }
    assert!(!text.contains("Z/16/000121"));
    let pdf = letter.to_pdf().expect("a pdf");
    assert!(pdf.starts_with(b"%PDF-"));
    assert_eq!(written(&dossier).to_pdf().expect("a pdf"), pdf);
}

#[test]
fn a_worry_about_safety_stands_in_the_report_only_when_it_may() {
    const SAW: &str = "U heeft blauwe plekken.";
    let mut dossier = investigated();
    dossier.investigation.safety.text = SAW.to_owned();
    for shared in [false, true] {
        dossier.investigation.safety.shared = shared;
        let text = text_of(&written(&dossier).content);
        assert_eq!(text.contains(SAW), shared, "{text}");
    }
}

#[test]
fn the_report_is_a_draft_until_it_was_sent() {
    let mut dossier = investigated();
    assert_eq!(written(&dossier).content.stamp, None);
    dossier.dates.investigation = None;
    let stamp = written(&dossier).content.stamp.expect("a stamp");
    assert_eq!(stamp.word, "ONTWERP");
}

#[test]
fn a_step_that_is_empty_or_not_looked_at_keeps_the_report_from_being_written() {
    type Spoil = fn(&mut Dossier);
    let rows: [(Spoil, &str); 7] = [
        (|d| d.client.address = None, "client.address"),
        (|d| d.dates.report = None, "dates.report"),
        (|d| d.municipality = "9999".to_owned(), "municipality"),
        (
            |d| d.investigation.network.text.clear(),
            "investigation.network.text",
        ),
        (
            |d| {
                d.investigation
                    .limitations
                    .taken
                    .as_mut()
                    .expect("taken")
                    .checked = false
            },
            "investigation.limitations.text",
        ),
        (
            |d| d.investigation.prior[0].reason.clear(),
            "investigation.prior",
        ),
        (|d| d.investigation.prior.clear(), "investigation.prior"),
    ];
    for (spoil, field) in rows {
        let mut dossier = investigated();
        spoil(&mut dossier);
        let problems = report(&dossier, shipped()).expect_err(field);
        let fields: Vec<&str> = problems
            .iter()
            .map(|one: &Problem| one.field.as_str())
            .collect();
        assert_eq!(fields, [field]);
        assert!(problems.iter().all(|problem| !problem.hint.is_empty()));
    }
}

#[test]
fn the_sentences_of_the_report_are_plain() {
    let mut dossier = investigated();
    // Only what the program says of itself: what somebody typed is theirs.
    for step in InvestigationStep::ALL {
        if let Some(answer) = dossier.investigation.answer_mut(step) {
            answer.set("Dit schreef iemand".to_owned());
        }
    }
    for one in &mut dossier.investigation.prior {
        one.reason = "Dit schreef iemand.".to_owned();
        one.outcome = PriorOutcome::Used;
    }
    let text = text_of(&written(&dossier).content);
    let words = PlainWords::shipped().expect("the list is sound");
    let explained: Vec<&str> = words
        .meanings_in(&text)
        .iter()
        .map(|one| one.word)
        .collect();
    let found = words.check(&text, &explained);
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(told, [""; 0], "{text}");
}
