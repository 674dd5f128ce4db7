//! Tests of the open dossier: what it shows of a change, a day and a problem.

use super::*;

#[test]
fn a_field_shows_its_error_before_its_warning() {
    let problems = [
        Problem::warning("dit is oud").field("a"),
        Problem::error("dit klopt niet")
            .field("a")
            .hint("Pas het aan."),
    ];
    let messages = messages(&problems);
    assert_eq!(
        messages.get(&Place::of_path("a")),
        Some(&(Tone::Fault, "Dit klopt niet. Pas het aan.".to_owned()))
    );
}

#[test]
fn a_new_day_works_out_what_is_of_today_and_leaves_a_decision_on_the_day_it_was_made() {
    let library = Arc::new(Library::shipped().unwrap());
    let bytes = std::fs::read("fixtures/dossiers/brief-open-eind.ron").unwrap();
    let mut dossier = Dossier::read("brief-open-eind.ron", &bytes).unwrap();
    // The clock of the decision runs on.
    (dossier.dates.decision, dossier.dates.sending) = (None, None);
    let day = |year| jiff::civil::date(year, 3, 1);
    let on = |day| Document::new(dossier.clone(), Keeping::Nowhere, Arc::clone(&library), day);
    let mut document = on(day(2021));
    let shown = |document: &Document| format!("{:?}", document.view().clocks);
    assert_ne!(shown(&on(day(2021))), shown(&on(day(2023))));
    document.turn_to(day(2020), day(2023));
    assert_eq!(shown(&document), shown(&on(day(2021))));
    document.turn_to(day(2021), day(2023));
    assert_eq!(shown(&document), shown(&on(day(2023))));
}

#[test]
fn a_character_that_no_letter_can_print_is_listed_at_its_field() {
    let library = Arc::new(Library::shipped().unwrap());
    let bytes = std::fs::read("fixtures/dossiers/brief-pgb.ron").unwrap();
    let mut dossier = Dossier::read("brief-pgb.ron", &bytes).unwrap();
    dossier.provisions[0].motivation.results[1].push('漢');
    let today = jiff::civil::date(2018, 3, 1);
    let mut document = Document::new(dossier, Keeping::Nowhere, library, today);
    let place = Place::of_path("provisions[0].motivation.results[1]");
    let told = |document: &Document, tone| {
        let problems = &document.view().problems;
        let told = problems.iter().find(|problem| problem.place == place);
        told.is_some_and(|told| told.tone == tone && told.text.contains("U+6F22"))
    };
    assert!(told(&document, Tone::Warning));
    // The letter itself is refused at the same field.
    let problems = document.letter().unwrap_err();
    assert_eq!(problems.len(), 1);
    assert!(told(&document, Tone::Fault));
}

#[test]
fn what_a_letter_still_needs_is_listed_until_the_letter_can_be_made() {
    let library = Arc::new(Library::shipped().unwrap());
    let bytes = std::fs::read("fixtures/dossiers/brief-pgb.ron").unwrap();
    let whole = Dossier::read("brief-pgb.ron", &bytes).unwrap();
    let mut lacking = whole.clone();
    lacking.signatory.name.clear();
    let today = jiff::civil::date(2018, 3, 1);
    let mut document = Document::new(lacking, Keeping::Nowhere, library, today);
    let before = document.view().problems.len();
    assert!(document.letter().is_err());
    let problems = &document.view().problems;
    assert_eq!(problems.len(), before + 1);
    let place = Place::of_path("signatory.name");
    let listed = problems.iter().find(|problem| problem.place == place);
    assert_eq!(listed.map(|problem| problem.part), Some(Part::Decision));
    assert!(document.messages().contains_key(&place));
    let change = Change {
        what: "Naam ondertekenaar",
        dossier: whole,
        moved: false,
    };
    assert!(document.step(change, &mut Editing::default()));
    assert_eq!(document.view().problems.len(), before);
    assert!(document.letter().is_ok());
}

#[test]
fn a_line_has_the_mark_of_the_worst_that_is_listed_of_it() {
    let library = Arc::new(Library::shipped().unwrap());
    let bytes = std::fs::read("fixtures/dossiers/brief-pgb.ron").unwrap();
    let mut dossier = Dossier::read("brief-pgb.ron", &bytes).unwrap();
    dossier.provisions[0].motivation.reasons.clear();
    let today = jiff::civil::date(2018, 3, 1);
    let mut document = Document::new(dossier, Keeping::Nowhere, library, today);
    let marks = |document: &Document| document.view().lines[0].chips.clone();
    assert!(!marks(&document).contains(&Chip::Fault));
    // The letter needs more than the amount does.
    assert!(document.letter().is_err());
    let problems = &document.view().problems;
    let mut mine = problems
        .iter()
        .filter(|problem| problem.part == Part::Line(0));
    assert!(mine.any(|problem| problem.tone == Tone::Fault));
    let marks = marks(&document);
    assert!(marks.contains(&Chip::Fault) && !marks.contains(&Chip::Warning));
    assert!(!marks.contains(&Chip::Good));
}
