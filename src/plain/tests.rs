//! Each fault is found where it is sown, and nothing is found in a plain text.

use super::*;

fn words() -> &'static PlainWords {
    PlainWords::shipped().expect("the shipped words are sound")
}

fn faults(text: &str) -> Vec<Fault> {
    let found = words().check(text, &["Pgb"]);
    found.into_iter().map(|finding| finding.fault).collect()
}

#[test]
fn there_are_at_least_150_hard_words() {
    let known = words().words.len();
    assert!(known >= 150, "{known}");
}

#[test]
fn a_plain_text_has_no_faults() {
    let text = "U krijgt hulp in het huishouden. Wij betalen € 1.033,50 per jaar.\nDat geld heet een pgb. Bel ons als u iets wilt weten!";
    assert_eq!(faults(text), []);
}

#[test]
fn a_long_sentence_is_found_with_its_number_of_words() {
    let text = format!("Wij {}betalen.", "en zij ".repeat(13));
    assert_eq!(faults(&text), [Fault::Long(28)]);
    let parted = format!(
        "Wij {}betalen: {}wij.",
        "en zij ".repeat(6),
        "en zij ".repeat(7)
    );
    assert_eq!(faults(&parted), []);
}

#[test]
fn a_chain_of_passive_verbs_is_found_and_one_alone_is_not() {
    assert_eq!(faults("Het geld wordt betaald."), []);
    let two = "Het geld wordt betaald. Daarna worden de bonnen opgestuurd.";
    assert_eq!(faults(two), [Fault::Passive]);
    let one = "Het geld wordt betaald nadat de bonnen werden opgestuurd.";
    assert_eq!(faults(one), [Fault::Passive]);
    assert_eq!(
        faults("Het wordt koud. Zij worden moe van de gemeente."),
        []
    );
    assert_eq!(
        faults("Het geld wordt betaald.\nDe hulp wordt geregeld."),
        []
    );
}

#[test]
fn a_hard_word_is_found_in_every_form_and_only_as_a_word() {
    let replace = |word: &str, say: &str| Fault::Replace {
        word: word.to_owned(),
        say: say.to_owned(),
    };
    assert_eq!(
        faults("Derhalve krijgt u hulp."),
        [replace("derhalve", "daarom")]
    );
    assert_eq!(
        faults("De consequenties zijn groot."),
        [replace("consequenties", "gevolg")]
    );
    assert_eq!(faults("De vaas is van gisteren."), []);
    assert_eq!(
        faults("Dit staat in twee verordeningen."),
        [Fault::Unexplained("verordeningen".to_owned())]
    );
    assert_eq!(faults("Uw pgb is hoog."), []);
    assert_eq!(
        words().check("Uw pgb is hoog.", &[]).len(),
        1,
        "it is not explained here"
    );
}

#[test]
fn a_shortened_word_is_found_and_ends_no_sentence() {
    let found = faults("U krijgt o.a. hulp (bijv. bij de was), enz. per week.");
    let shortened = ["o.a.", "bijv.", "enz."].map(|word| Fault::Shortened(word.to_owned()));
    assert_eq!(found, shortened);
    assert_eq!(sentences("Zie art. 2.3.5 van de wet. Klaar.").count(), 2);
}

#[test]
fn the_meanings_of_the_words_of_a_text_come_by_the_alphabet() {
    let words = words();
    let meanings = words.meanings_in("Uw PGB volgt uit de Verordening, en de bandbreedte ook.");
    let found: Vec<_> = meanings.iter().map(|meaning| meaning.word).collect();
    assert_eq!(found, ["Bandbreedte", "Pgb", "Verordening"]);
}

#[test]
fn a_word_that_the_text_explains_itself_needs_no_list() {
    for text in [
        "De Sociale Verzekeringsbank (SVB) betaalt.\nDe SVB belt u.",
        "U krijgt een declaratie. Dat is een rekening.",
        "Een etmaal is 24 uur. U krijgt twee keer een etmaal.",
    ] {
        assert_eq!(faults(text), [], "{text}");
        assert_eq!(words().meanings_in(text), []);
    }
    assert_eq!(faults("De SVB betaalt.").len(), 1);
}

#[test]
fn every_mistake_in_a_file_of_words_is_told_with_its_line() {
    let text = "(format: 1, words: [\n (find: [\"a\"]),\n (find: [\"b\", \"b\"], say: \"c\"),\n (find: [\"D\"], say: \"e\"),\n (find: [], say: \"e\"),\n])";
    let problems = PlainWords::read("woorden.ron", text).expect_err("four mistakes");
    let lines: Vec<_> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [Some(2), Some(3), Some(4), Some(5)]);
    assert!(problems.iter().all(|problem| !problem.hint.is_empty()));
}
