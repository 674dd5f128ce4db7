//! The kinds of letters: each with its own dossier, text and first paragraph, and what each cannot do without.

use super::program::{
    KINDS, VARIANTS, confirmed, dossier, letter, shipped, shipped_with, text_of, written,
};
use jiff::civil::date;
use maatwerk::dossier::{Dossier, LetterKind, Motivation, Outcome};
use maatwerk::indication::{Choice, Delivery, Hours, OwnPrice, SetRate};
use maatwerk::letter::blocks::Block;
use maatwerk::quantity::{Euro, Extent, Frequency, Rate, Unit};
use std::collections::BTreeMap;

fn said(name: &str) -> String {
    text_of(&letter(name).content)
}

/// The first paragraph after the salutation, without what comes from the dossier: figures, and names of products.
fn first_paragraph(name: &str) -> String {
    let letter = letter(name);
    let mut paragraphs = letter
        .content
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Paragraph(text) => Some(text.to_string()),
            _ => None,
        });
    let salutation = paragraphs.next().expect("a salutation");
    assert!(salutation.starts_with("Geachte"), "{salutation}");
    let mut text = paragraphs.next().expect("a first paragraph");
    for product in ["huishoudelijke ondersteuning", "begeleiding individueel"] {
        text = text.replace(product, "#");
    }
    text.retain(|letter| !letter.is_ascii_digit());
    text
}

#[test]
fn every_kind_has_an_example_and_no_two_share_their_first_paragraph() {
    let mut kinds: Vec<LetterKind> = Vec::new();
    let mut told: BTreeMap<String, &str> = BTreeMap::new();
    for name in KINDS {
        kinds.push(dossier(name).occasion.kind);
        if let Some(other) = told.insert(first_paragraph(name), name) {
            panic!("{name} begins as {other}");
        }
    }
    for kind in LetterKind::ALL {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
    // Nor is one of them that of a grant.
    for name in VARIANTS {
        assert!(!told.contains_key(&first_paragraph(name)), "{name}");
    }
}

#[test]
fn a_change_says_from_what_to_what_and_how_much_more_or_less() {
    let more = said("brief-wijziging-meer");
    for told in [
        "U gaat van 2,5 uur per week naar 3 uur per week. Dat is 30 minuten per week meer.",
        "Dat is € 30,26 per 4 weken meer.",
        "U bent gevallen en kunt sindsdien minder zelf.",
    ] {
        assert!(more.contains(told), "{told}\n{more}");
    }
    let less = said("brief-wijziging-minder");
    let told = "U gaat van 3 uur per week naar 1,5 uur per week. Dat is 90 minuten per week (1 uur en 30 minuten) minder.";
    assert!(less.contains(told), "{less}");
}

#[test]
fn a_change_of_tariff_says_each_amount_with_its_first_day() {
    let text = said("brief-tarief");
    for told in [
        "Nu is het € ",
        "Vanaf 1 maart 2024 is het € ",
        "Vanaf 1 oktober 2024 is het € ",
        " meer.",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn a_lower_tariff_says_until_when_the_old_amount_stays() {
    let library = shipped_with("someren-2024.ron", "\"20.99\"", "\"18.00\"");
    let mut dossier = dossier("brief-tarief");
    dossier.provisions[0].motivation.below_floor = "u vindt hier hulp voor dit bedrag".to_owned();
    let letter = written(&dossier, &library).expect("the letter can be written");
    let text = text_of(&letter.content);
    let told = "Tot 1 oktober 2024 houdt u voor huishoudelijke ondersteuning het bedrag van nu.";
    assert!(text.contains(told), "{text}");
    assert!(!said("brief-tarief").contains("houdt u voor"));
    // From the day of the decision itself is too soon.
    dossier.dates.decision = Some(date(2024, 10, 1));
    dossier.dates.sending = None;
    let problems = written(&dossier, &library).expect_err("there is no time to get used to it");
    let field = "provisions[0].line.delivery";
    assert!(
        problems.iter().any(|one| one.field == field),
        "{problems:?}"
    );
}

/// Until July 55% of 27,50 is 15,13, from then on 55% of 28,10 is 15,46: 12 hours less 10 hours of that is 30,92.
#[test]
fn a_change_is_held_against_the_last_amount_before_it() {
    let mut dossier = dossier("brief-wijziging-meer");
    dossier.municipality = "9999".to_owned();
    for provision in &mut dossier.provisions {
        provision.line.product = "hulp".to_owned();
        provision.line.choices.remove("intensity");
    }
    dossier.provisions[0].line.to = Some(date(2018, 8, 31));
    dossier.provisions[1].line.from = date(2018, 9, 1);
    let letter = written(&dossier, &confirmed(|text| text)).expect("the letter can be written");
    let text = text_of(&letter.content).replace('\u{a0}', " ");
    assert!(text.contains("Dat is € 30,92 per 4 weken meer."), "{text}");
}

#[test]
fn a_letter_waits_only_for_what_it_tells() {
    let mut receipt = dossier("brief-ontvangst");
    let mut wrong = dossier("brief-pgb").provisions.remove(0);
    wrong.line.to = wrong.line.from.yesterday().ok();
    receipt.provisions = vec![wrong];
    assert!(written(&receipt, shipped()).is_ok());
    let mut ending = dossier("brief-beeindiging");
    ending.provisions[0].motivation = Motivation::default();
    assert!(written(&ending, shipped()).is_ok());
}

#[test]
fn amounts_of_different_periods_are_not_held_against_each_other() {
    let mut dossier = dossier("brief-wijziging-meer");
    assert!(said("brief-wijziging-meer").contains("Verschil in geld"));
    dossier.provisions[0].line.own_prices = vec![OwnPrice {
        part: None,
        kind: Some("informeel".to_owned()),
        price: Rate {
            amount: Euro("250".parse().expect("an amount")),
            per: Unit::Month,
        },
        reason: "er is geen andere hulp te vinden".to_owned(),
        approved_by: "K. Bakker".to_owned(),
    }];
    let letter = written(&dossier, shipped()).expect("the letter can be written");
    let text = text_of(&letter.content);
    assert!(text.contains("Verschil in tijd"), "{text}");
    assert!(!text.contains("Verschil in geld"), "{text}");
}

#[test]
fn an_objection_is_followed_by_an_appeal_and_a_notice_by_neither() {
    let objection = said("brief-bezwaarbesluit");
    assert!(objection.contains("Rechtbank Den Haag"), "{objection}");
    assert!(!objection.contains("U kunt ook bezwaar maken."));
    for told in [
        "6:23 en 8:1 (beroep)",
        "kopie van deze brief",
        "griffierecht",
    ] {
        assert!(objection.contains(told), "{told}\n{objection}");
    }
    for name in [
        "brief-ontvangst",
        "brief-meer-tijd",
        "brief-opschorting",
        "brief-heronderzoek",
    ] {
        let text = said(name);
        assert!(!text.contains("bezwaar maken"), "{name}: {text}");
        assert!(!text.contains("Bijlage"), "{name}");
    }
}

#[test]
fn the_receipt_of_a_report_says_until_when_the_law_gives_time_and_that_there_is_free_support() {
    let text = said("brief-ontvangst");
    // Reported on Monday 5 March 2018: six weeks for the investigation, seven days for a plan.
    for told in [
        "uiterlijk op 16 april 2018",
        "uiterlijk op 12 maart 2018",
        "gratis hulp krijgen van een cliëntondersteuner",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn what_a_kind_cannot_do_without_is_told_at_its_field() {
    type Spoil = fn(&mut Dossier);
    let rows: [(&str, Spoil, &str); 20] = [
        (
            "brief-wijziging-meer",
            |d| d.occasion.earlier = None,
            "occasion.earlier",
        ),
        (
            "brief-wijziging-meer",
            |d| d.occasion.earlier = Some(date(2018, 5, 22)),
            "occasion.earlier",
        ),
        (
            "brief-wijziging-meer",
            |d| d.provisions[0].moved_end = None,
            "occasion.kind",
        ),
        (
            "brief-wijziging-meer",
            |d| d.provisions[0].moved_end.as_mut().unwrap().reason.clear(),
            "provisions[0].moved_end.reason",
        ),
        (
            "brief-verlenging",
            |d| d.provisions[0].moved_end = None,
            "occasion.kind",
        ),
        (
            "brief-beeindiging",
            |d| d.provisions[0].moved_end = None,
            "occasion.kind",
        ),
        (
            "brief-intrekking",
            |d| d.provisions[0].outcome = Outcome::Withdrawn { reason: " ".into() },
            "provisions[0].outcome.reason",
        ),
        (
            "brief-geweigerd",
            |d| {
                d.provisions[0].outcome = Outcome::Refused {
                    ground: String::new(),
                }
            },
            "provisions[0].outcome.ground",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.received = None,
            "occasion.received",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.founded = None,
            "occasion.founded",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.court.clear(),
            "occasion.court",
        ),
        (
            "brief-tijdelijk",
            |d| d.provisions[0].line.to = None,
            "provisions[0].line.to",
        ),
        (
            "brief-tijdelijk",
            |d| d.occasion.text.clear(),
            "occasion.text",
        ),
        (
            "brief-tarief",
            |d| d.provisions[0].line.to = Some(date(2024, 2, 29)),
            "occasion.kind",
        ),
        (
            "brief-omzetting-algemeen",
            |d| d.occasion.text.clear(),
            "occasion.text",
        ),
        (
            "brief-stelselwijziging",
            |d| d.occasion.reply_by = Some(date(2017, 9, 18)),
            "occasion.reply_by",
        ),
        (
            "brief-stelselwijziging",
            |d| d.occasion.reply_by = d.occasion.from,
            "occasion.reply_by",
        ),
        (
            "brief-beeindiging",
            |d| d.provisions[0].moved_end.as_mut().unwrap().reason.clear(),
            "provisions[0].moved_end.reason",
        ),
        (
            "brief-meer-tijd",
            |d| d.dates.extension = None,
            "occasion.kind",
        ),
        (
            "brief-heronderzoek",
            |d| d.review.agreed = None,
            "review.agreed",
        ),
    ];
    for (name, spoil, field) in rows {
        let mut dossier = dossier(name);
        spoil(&mut dossier);
        let problems = written(&dossier, shipped()).expect_err(name);
        let found: Vec<&str> = problems.iter().map(|one| one.field.as_str()).collect();
        assert!(found.contains(&field), "{name}: {field} in {problems:?}");
        assert!(
            problems.iter().all(|problem| !problem.hint.is_empty()),
            "{problems:?}"
        );
    }
}

#[test]
fn a_dossier_without_a_kind_is_a_decision_on_an_application() {
    let dossier = dossier("brief-zin");
    assert_eq!(dossier.occasion.kind, LetterKind::Application);
    assert!(
        !dossier
            .to_text()
            .expect("it can be written")
            .contains("occasion")
    );
}

/// The decision on objection, with 35 hours a week at a rate of its own.
fn with_a_rate_of_its_own(decision: &str) -> Dossier {
    let mut dossier = dossier("brief-bezwaarbesluit");
    let line = &mut dossier.provisions[0].line;
    let week = Extent {
        volume: 35.into(),
        unit: Unit::Hour,
        per: Frequency::Week,
    };
    line.hours[0].hours = Hours::Typed(vec![week]);
    let Delivery::Pgb { providers } = &mut line.delivery else {
        panic!("it is a pgb");
    };
    providers[0].set_rate = Some(SetRate {
        amount: Euro("37.80".parse().expect("an amount")),
        per: Unit::Hour,
        decision: decision.to_owned(),
    });
    line.choices.insert(
        "severity".to_owned(),
        Choice {
            value: "zwaar".to_owned(),
            reason: None,
        },
    );
    dossier
}

#[test]
fn a_decision_on_objection_sets_the_rate_itself_and_says_which_decision_does() {
    let ruling = "besluit op bezwaar van 19 maart 2018";
    let letter = written(&with_a_rate_of_its_own(ruling), shipped());
    let text = text_of(
        &letter
            .unwrap_or_else(|problems| panic!("{problems:?}"))
            .content,
    );
    // 35 hours × 4 weeks × € 37,80, whatever the catalogue asks for an informal helper.
    for words in [
        "€ 5.292,00 per 4 weken",
        "Voor mevrouw S. de Boer geldt een tarief van € 37,80 per uur. Dat tarief is vastgesteld bij: besluit op bezwaar van 19 maart 2018.",
    ] {
        assert!(
            text.replace('\u{a0}', " ").contains(words),
            "{words}: {text}"
        );
    }
}

#[test]
fn a_rate_of_its_own_needs_its_decision_and_stands_beside_no_agreement() {
    let problems =
        written(&with_a_rate_of_its_own(" "), shipped()).expect_err("by which decision?");
    let field = "provisions[0].line.delivery.providers[0].set_rate.decision";
    assert!(
        problems.iter().any(|problem| problem.field == field),
        "{problems:?}"
    );
    let mut both = with_a_rate_of_its_own("uitspraak van de rechtbank");
    let Delivery::Pgb { providers } = &mut both.provisions[0].line.delivery else {
        panic!("it is a pgb");
    };
    providers[0].agreed = Some(Rate {
        amount: Euro("10".parse().expect("an amount")),
        per: Unit::Hour,
    });
    let problems = written(&both, shipped()).expect_err("one of the two");
    let field = "provisions[0].line.delivery.providers[0].agreed";
    assert!(
        problems.iter().any(|problem| problem.field == field),
        "{problems:?}"
    );
}
