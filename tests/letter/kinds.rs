//! The kinds of letters: each with its own dossier, text and first paragraph, and what each cannot do without.

use super::program::{
    KINDS, VARIANTS, confirmed, dossier, fixtures, letter, shipped, shipped_with, text_of, written,
};
use super::report;
use jiff::civil::date;
use maatwerk::budget::Library;
use maatwerk::catalogue::{SourceFile, shipped_files};
use maatwerk::dossier::{
    Dossier, Founded, Ground, Hearing, LetterKind, Motivation, Outcome, RevisionGround,
};
use maatwerk::indication::{Choice, Delivery, Hours, Line, OwnPrice, SetRate};
use maatwerk::letter::blocks::{Block, Content};
use maatwerk::quantity::{Euro, Extent, Frequency, Rate, Unit};
use std::collections::{BTreeMap, BTreeSet};

fn said(name: &str) -> String {
    text_of(&letter(name).content)
}

/// The first paragraph after the salutation, without what comes from the dossier: figures, and names of products.
fn first_paragraph(content: &Content) -> String {
    let mut paragraphs = content.blocks.iter().filter_map(|block| match block {
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

/// Every kind of letter there is, with the dossier that shows it.
const SHOWN: [(&str, &str); 21] = [
    ("grant in kind", "brief-zin"),
    ("grant as a pgb", "brief-pgb"),
    ("both, as two provisions", "brief-beide"),
    ("some granted and some refused", "brief-afwijzing"),
    ("refusal", "brief-geweigerd"),
    ("the pgb refused, in kind instead", "brief-pgb-geweigerd"),
    ("change to more", "brief-wijziging-meer"),
    ("change to less", "brief-wijziging-minder"),
    ("extension", "brief-verlenging"),
    ("ending", "brief-beeindiging"),
    ("withdrawal", "brief-intrekking"),
    ("change of tariff", "brief-tarief"),
    ("change of system announced", "brief-stelselwijziging"),
    (
        "conversion from the general provision",
        "brief-omzetting-algemeen",
    ),
    (
        "conversion from two to four bands",
        "brief-omzetting-banden",
    ),
    ("decision on an objection", "brief-bezwaarbesluit"),
    ("temporary provision", "brief-tijdelijk"),
    ("more time for the decision", "brief-meer-tijd"),
    ("a term that stands still", "brief-opschorting"),
    ("evaluation", "brief-heronderzoek"),
    ("receipt of a report", "brief-ontvangst"),
];

#[test]
fn each_kind_has_its_own_dossier_first_paragraph_and_letters_that_were_read_and_approved() {
    let mut told: BTreeMap<String, &str> = BTreeMap::new();
    let mut kinds: Vec<LetterKind> = Vec::new();
    let mut own = |content: &Content, files: [String; 2], kind: &'static str| {
        if let Some(other) = told.insert(first_paragraph(content), kind) {
            panic!("{kind} begins as {other}");
        }
        for file in files {
            assert!(fixtures(&file).exists(), "{kind}: {file}");
        }
    };
    for (kind, name) in SHOWN {
        let files = [
            format!("dossiers/{name}.ron"),
            format!("letters/{name}.txt"),
        ];
        own(&letter(name).content, files, kind);
        kinds.push(dossier(name).occasion.kind);
        // Those of these two lists are held against what was approved.
        assert!(VARIANTS.contains(&name) || KINDS.contains(&name), "{kind}");
    }
    // The report of the investigation is made apart, from the dossier as it stands.
    let report = report::written(&report::investigated());
    let files = ["ron", "txt"].map(|end| format!("investigation/onderzoek.{end}"));
    own(&report.content, files, "report of the investigation");
    for name in KINDS {
        assert!(SHOWN.iter().any(|(_, shown)| *shown == name), "{name}");
    }
    for kind in LetterKind::ALL {
        assert!(kinds.contains(&kind), "{kind:?}");
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

/// Each part of the year is the sum up to it less the sum up to the one before: only the last sum is left.
#[test]
fn a_sum_in_which_lines_fall_away_says_which_one_is_left() {
    let text = said("brief-tarief").replace('\u{a0}', " ");
    let told = "regel 15: elk volgend deel is zijn regel min de regel ervoor, dus de andere regels vallen weg (regel 10 + regel 13 − regel 10 + regel 15 − regel 13)";
    assert!(text.contains(told), "{text}");
}

#[test]
fn where_nothing_is_worked_out_the_appendix_speaks_of_no_rounding_and_no_sources() {
    let text = said("brief-omzetting-algemeen");
    assert!(
        text.contains("In deze bijlage staat waar elk getal vandaan komt."),
        "{text}"
    );
    for not in [
        "Wij ronden alleen af",
        "wijst naar een bron",
        "Een plafond is",
        "Bronnen",
    ] {
        assert!(!text.contains(not), "{not}\n{text}");
    }
    assert!(said("brief-tarief").contains("Wij ronden alleen af waar dat staat."));
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
    let rows: [(&str, Spoil, &str); 44] = [
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
        (
            "brief-heronderzoek",
            |d| d.review.time.clear(),
            "review.time",
        ),
        (
            "brief-heronderzoek",
            |d| d.review.place.clear(),
            "review.place",
        ),
        (
            "brief-beeindiging",
            |d| d.provisions[0].revised_on = None,
            "provisions[0].revised_on",
        ),
        (
            "brief-intrekking",
            |d| d.provisions[0].revised_on = None,
            "provisions[0].revised_on",
        ),
        (
            "brief-wijziging-minder",
            |d| d.provisions[0].revised_on = None,
            "provisions[0].revised_on",
        ),
        (
            "brief-omzetting-banden",
            |d| d.provisions[0].revised_on = None,
            "provisions[0].revised_on",
        ),
        (
            "brief-omzetting-banden",
            |d| d.occasion.earlier = None,
            "occasion.earlier",
        ),
        (
            "brief-opschorting",
            |d| d.dates.suspensions[0].complete_by = None,
            "dates.suspensions[0].complete_by",
        ),
        (
            "brief-opschorting",
            |d| d.dates.suspensions[0].ground = Ground::Consent,
            "dates.suspensions[0].to",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.hearing = None,
            "occasion.hearing",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.hearing = Some(Hearing::Evident),
            "occasion.hearing",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.hearing = Some(Hearing::AllGranted),
            "occasion.hearing",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.heard = None,
            "occasion.heard",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.contested = None,
            "occasion.contested",
        ),
        (
            "brief-bezwaarbesluit",
            |d| "bestaat-niet".clone_into(&mut contested(d).product),
            "provisions",
        ),
        (
            "brief-bezwaarbesluit",
            |d| contested(d).from = date(2010, 1, 1),
            "occasion.contested",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.founded = Some(Founded::No),
            "provisions[0].line",
        ),
        (
            "brief-bezwaarbesluit",
            |d| {
                d.occasion.founded = Some(Founded::No);
                d.occasion.contested = Some(d.granted_lines());
                d.provisions[0].outcome = Outcome::Refused {
                    ground: "niet nodig".into(),
                };
            },
            "provisions[0].line",
        ),
        // Right, in all or in part, and yet nothing changes: whatever the reasons say.
        (
            "brief-bezwaarbesluit",
            |d| d.provisions[0].line.hours = contested(d).hours.clone(),
            "occasion.founded",
        ),
        (
            "brief-bezwaarbesluit",
            |d| {
                d.occasion.founded = Some(Founded::Yes);
                let mut hours = contested(d).hours.clone();
                hours[0].reason = "Dit is genoeg.".into();
                d.provisions[0].line.hours = hours;
            },
            "occasion.founded",
        ),
        // Right, and less than before: fewer hours, fewer days, or nothing.
        (
            "brief-bezwaarbesluit",
            |d| {
                let now = d.provisions[0].line.hours.clone();
                d.provisions[0].line.hours = std::mem::replace(&mut contested(d).hours, now);
            },
            "provisions[0].line",
        ),
        (
            "brief-bezwaarbesluit",
            |d| contested(d).to = None,
            "provisions[0].line",
        ),
        (
            "brief-bezwaarbesluit",
            |d| {
                d.provisions[0].outcome = Outcome::Refused {
                    ground: "niet nodig".into(),
                };
            },
            "provisions[0].line",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.received = Some(date(1817, 1, 15)),
            "occasion.received",
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

/// The line that the objection is about.
fn contested(dossier: &mut Dossier) -> &mut Line {
    &mut dossier.occasion.contested.as_mut().unwrap()[0]
}

#[test]
fn days_of_a_letter_that_cannot_follow_each_other_are_told() {
    type Spoil = fn(&mut Dossier);
    let rows: [(&str, Spoil, &str); 12] = [
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.received = Some(date(2017, 12, 21)),
            "occasion.received",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.received = Some(date(2018, 3, 20)),
            "dates.decision",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.heard = Some(date(2018, 1, 14)),
            "occasion.heard",
        ),
        (
            "brief-bezwaarbesluit",
            |d| d.occasion.heard = Some(date(2018, 3, 20)),
            "dates.decision",
        ),
        (
            "brief-ontvangst",
            |d| d.occasion.sent = Some(date(2018, 3, 4)),
            "occasion.sent",
        ),
        (
            "brief-heronderzoek",
            |d| d.occasion.sent = d.review.agreed,
            "review.agreed",
        ),
        (
            "brief-stelselwijziging",
            |d| d.occasion.from = d.occasion.sent,
            "occasion.from",
        ),
        (
            "brief-meer-tijd",
            |d| d.occasion.sent = Some(date(2018, 3, 12)),
            "dates.extension.last_day",
        ),
        (
            "brief-meer-tijd",
            |d| d.occasion.sent = Some(date(2018, 2, 11)),
            "occasion.sent",
        ),
        (
            "brief-opschorting",
            |d| d.occasion.sent = Some(date(2018, 2, 21)),
            "dates.suspensions[0].from",
        ),
        (
            "brief-opschorting",
            |d| d.occasion.sent = Some(date(2018, 3, 6)),
            "dates.suspensions[0].complete_by",
        ),
        (
            "brief-opschorting",
            |d| d.dates.suspensions[0].complete_by = Some(date(2018, 2, 20)),
            "dates.suspensions[0].complete_by",
        ),
    ];
    for (name, spoil, field) in rows {
        let mut dossier = dossier(name);
        spoil(&mut dossier);
        let problems = written(&dossier, shipped()).expect_err(name);
        let found: Vec<&str> = problems.iter().map(|one| one.field.as_str()).collect();
        assert!(found.contains(&field), "{name}: {field} in {problems:?}");
    }
}

#[test]
fn each_ground_of_the_law_has_its_own_sentence_and_its_own_article() {
    let mut told = BTreeSet::new();
    let mut last = String::new();
    for (ground, letter) in RevisionGround::ALL
        .into_iter()
        .zip(["a", "b", "c", "d", "e"])
    {
        for name in [
            "brief-beeindiging",
            "brief-intrekking",
            "brief-wijziging-minder",
        ] {
            let mut dossier = dossier(name);
            dossier.provisions[0].revised_on = Some(ground);
            let letter_of = written(&dossier, shipped()).expect(name);
            let text = text_of(&letter_of.content);
            let article = format!("artikel 2.3.10 lid 1 onder {letter}");
            assert_eq!(text.matches(&article).count(), 2, "{name}: {text}");
            let (before, _) = text
                .split_once(" Daarom mogen wij ons besluit van")
                .expect("it says so");
            if name == "brief-beeindiging" {
                let (_, sentence) = before
                    .rsplit_once("naar een andere gemeente. ")
                    .expect("the reason goes before");
                assert!(told.insert(sentence.to_owned()), "{ground:?}");
                last.clear();
                last.push_str(sentence);
            }
            assert!(before.ends_with(&last), "{name}, {ground:?}: {before}");
        }
    }
}

#[test]
fn a_conversion_says_from_which_band_to_which_and_why() {
    let text = said("brief-omzetting-banden");
    for told in [
        "Uw bandbreedte gaat van “0 tot en met 4 uur per week” naar “0 tot en met 2 uur per week”.",
        "U gebruikte in 2017 gemiddeld anderhalf uur per week. Dat past in de kleinste bandbreedte.",
        "Daarom mogen wij ons besluit van 20 februari 2017 wijzigen of intrekken (artikel 2.3.10 lid 1 onder b van de Wmo 2015).",
        "in de plaats van ons besluit van 20 februari 2017",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn a_decision_on_an_objection_is_held_against_the_decision_that_it_is_about() {
    let text = said("brief-bezwaarbesluit").replace('\u{a0}', " ");
    // 3 hours in the place of 2,5, at 55% of 27,50 for 4 weeks: 181,56 − 151,30.
    for told in [
        "U gaat van 2,5 uur per week naar 3 uur per week. Dat is 30 minuten per week meer.",
        "Uw pgb gaat van € 151,30 per 4 weken naar € 181,56 per 4 weken. Dat is € 30,26 per 4 weken meer.",
        "Op 19 februari 2018 kon u in een gesprek uitleggen",
        "artikel 7:2 (het gesprek over uw bezwaar), artikel 7:11 (opnieuw kijken naar het besluit) en artikel 7:12",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    // Not right: what was granted stays, and nothing is told to change.
    let mut kept = dossier("brief-bezwaarbesluit");
    kept.occasion.founded = Some(Founded::No);
    kept.occasion.hearing = Some(Hearing::Evident);
    kept.occasion.contested = Some(kept.granted_lines());
    let letter = written(&kept, shipped()).expect("nothing differs");
    let text = text_of(&letter.content);
    assert!(
        text.contains("U houdt 3 uur per week huishoudelijke ondersteuning"),
        "{text}"
    );
    assert!(
        text.contains("artikel 7:3 (geen gesprek over uw bezwaar)"),
        "{text}"
    );
    assert!(!text.contains("U gaat van"), "{text}");
    // Other words for why it is so much are no other help.
    kept.provisions[0].line.hours[0].reason = "Dit is genoeg.".into();
    written(&kept, shipped()).expect("only the reason differs");
    // Less after an objection, on a ground that is written down.
    let mut less = dossier("brief-bezwaarbesluit");
    let now = less.provisions[0].line.hours.clone();
    less.provisions[0].line.hours = std::mem::replace(&mut contested(&mut less).hours, now);
    less.revision_ground = "u gaf ons niet de juiste gegevens".to_owned();
    let letter = written(&less, shipped()).expect("the ground is there");
    assert!(text_of(&letter.content).contains("u gaf ons niet de juiste gegevens"));
    // What the contested decision did not give is new.
    let mut new = dossier("brief-bezwaarbesluit");
    new.occasion.contested = Some(Vec::new());
    let letter = written(&new, shipped()).expect("it can be written");
    assert!(text_of(&letter.content).contains("Eerst kreeg u deze hulp niet."));
}

#[test]
fn a_suspension_says_what_to_send_until_when_and_what_follows() {
    let text = said("brief-opschorting");
    for told in [
        "De termijn loopt weer als wij alles van u hebben, of na 6 maart 2018. U krijgt ons besluit dan uiterlijk op 12 maart 2018.",
        "Stuur ons wat nog ontbreekt, uiterlijk op 6 maart 2018.",
        "Dan kunnen wij besluiten om uw aanvraag niet te behandelen.",
        "de artikelen 4:5 en 4:15 lid 1 onder a",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let mut abroad = dossier("brief-opschorting");
    abroad.dates.suspensions[0].ground = Ground::ForeignInformation;
    let letter = written(&abroad, shipped()).expect("it can be written");
    let text = text_of(&letter.content);
    assert!(
        text.contains("De termijn loopt weer als wij de informatie hebben."),
        "{text}"
    );
    assert!(!text.contains("Stuur ons"), "{text}");
}

#[test]
fn a_product_without_an_article_keeps_a_decision_from_becoming_definitive() {
    let told = |dossier: &Dossier| -> Vec<String> {
        let problems = dossier
            .evaluate(shipped(), date(2018, 3, 1))
            .without_articles;
        problems.into_iter().map(|problem| problem.field).collect()
    };
    assert_eq!(told(&dossier("brief-tarief")), [""; 0]);
    let leiden = dossier("brief-zin");
    assert!(said("brief-zin").contains("Het nummer van het artikel ontbreekt hier nog"));
    assert_eq!(told(&leiden), ["provisions[0].line.product"]);
    // What no catalogue knows rests on the regulation as a whole.
    let mut refused = leiden;
    refused.provisions[0].line.product = "klussen".to_owned();
    assert_eq!(told(&refused), [""; 0]);
}

#[test]
fn a_lower_tariff_comes_no_sooner_than_the_municipality_says() {
    let lower = |from: &str| {
        let texts: Vec<(&str, String)> = shipped_files()
            .iter()
            .map(|file| {
                let text = match file.name {
                    "someren-2024.ron" => file.text.replace("\"20.99\"", "\"18.00\""),
                    "gemeente-someren.ron" => {
                        file.text
                            .replacen("    regulation:", &format!("{from}    regulation:"), 1)
                    }
                    _ => file.text.to_owned(),
                };
                (file.name, text)
            })
            .collect();
        let files: Vec<SourceFile<'_>> = texts
            .iter()
            .map(|(name, text)| SourceFile { name, text })
            .collect();
        Library::of(&files).expect("the files are sound")
    };
    let mut dossier = dossier("brief-tarief");
    dossier.provisions[0].motivation.below_floor = "u vindt hier hulp voor dit bedrag".to_owned();
    dossier.dates.decision = Some(date(2024, 7, 1));
    dossier.dates.sending = None;
    let months = |months: u8| {
        lower(&format!(
            "    lower_tariff: (months: {months}, source: \"verordening, artikel 12\"),\n"
        ))
    };
    // Three months after 1 July is 1 October, the day of the lower amount.
    assert!(written(&dossier, &lower("")).is_ok());
    assert!(written(&dossier, &months(3)).is_ok());
    dossier.dates.decision = Some(date(2024, 7, 2));
    let problems = written(&dossier, &months(3)).expect_err("a day too soon");
    assert_eq!(problems[0].field, "provisions[0].line.delivery");
    assert!(
        problems[0].message.contains("ten minste 3 maanden"),
        "{problems:?}"
    );
    assert!(
        problems[0].message.contains("verordening, artikel 12"),
        "{problems:?}"
    );
    assert!(problems[0].hint.contains("2 oktober 2024"), "{problems:?}");
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
