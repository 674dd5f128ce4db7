//! What a letter says for every kind of grant.

use super::printed;
use super::program::{
    KINDS, VARIANTS, assert_approved, confirmed, confirmed_dossier, dossier, letter, lines,
    shipped, shipped_with, text_of, unlike, written,
};
use jiff::civil::{Date, date};
use maatwerk::dossier::{Dossier, LetterKind};
use maatwerk::indication::{Choice, Delivery};
use maatwerk::letter::blocks::Block;
use maatwerk::letter::grant;
use maatwerk::quantity::{Euro, Rate, Unit};
use maatwerk::trace::Status;

#[test]
fn each_kind_of_grant_has_the_letter_that_was_read_and_approved() {
    let names = VARIANTS.into_iter().chain(KINDS);
    let wrong: Vec<String> = names
        .filter_map(|name| {
            let found = text_of(&letter(name).content);
            unlike(&format!("letters/{name}.txt"), &found, lines)
        })
        .collect();
    assert_approved(&wrong);
}

#[test]
fn the_first_page_tells_the_decision_the_hours_the_dates_and_whom_to_call() {
    for name in VARIANTS {
        let pages = letter(name).pages().expect("the letter can be laid out");
        let first = printed::page_text(&pages.pages[0]);
        for wanted in ["Ons besluit", "Periode", "Hoeveel", "Vragen?", "telefoon"] {
            assert!(first.contains(wanted), "{name}: {wanted} in\n{first}");
        }
    }
}

#[test]
fn with_several_provisions_the_first_page_still_tells_hours_dates_and_whom_to_call() {
    let mut dossier = dossier("brief-beide");
    for year in 2019..2022 {
        let mut more = dossier.provisions[1].clone();
        more.line.from = date(year, 1, 1);
        more.line.to = Some(date(year, 12, 31));
        dossier.provisions.push(more);
        let letter = written(&dossier, shipped()).expect("the letter can be written");
        let pages = letter.pages().expect("the letter can be laid out");
        let first = printed::page_text(&pages.pages[0]);
        for wanted in ["Ons besluit", "Periode", "Hoeveel", "Vragen?", "telefoon"] {
            assert!(first.contains(wanted), "{year}: {wanted} in\n{first}");
        }
        // A provision is not broken: as many amounts as there are periods, and nothing after a heading alone.
        let periods = first.lines().filter(|line| *line == "Periode").count();
        let decisions = first.lines().filter(|line| *line == "Besluit").count();
        assert_eq!(periods, decisions, "{first}");
    }
}

#[test]
fn each_of_several_parts_says_whether_a_norm_set_gave_its_time() {
    let text = text_of(&letter("brief-thuisondersteuning").content);
    assert!(text.contains("De tijd voor begeleiding is niet met een normenkader berekend."));
    assert!(text.contains("Wij hebben de tijd voor huishoudelijke ondersteuning berekend met"));
    assert!(!text.contains("Dit is niet met een normenkader berekend."));
    let alone = text_of(&letter("brief-pgb").content);
    assert!(alone.contains("Wij hebben de tijd berekend met het normenkader"));
}

#[test]
fn a_ceiling_is_told_with_the_amount_that_is_left() {
    let dossier = dossier("begeleiding-basis-pgb-plafond");
    let letter = written(&dossier, shipped()).expect("the letter can be written");
    let text = text_of(&letter.content);
    assert!(text.contains("U krijgt daarom €"), "{text}");
    let (_, after) = text.split_once("U krijgt daarom ").expect("it says so");
    let (after, _) = after.split_once(".\n").expect("the paragraph ends");
    assert!(text.contains(&format!("Bedrag: {after};")), "{after}");
}

#[test]
fn a_ceiling_that_changes_is_told_with_the_days_of_each() {
    let old = r#"(amount: Euro("600.00"), source: "voorbeeld", status: Example),"#;
    let new =
        r#"(from: "2018-07-01", amount: Euro("640.00"), source: "voorbeeld", status: Example),"#;
    let library = shipped_with("leiden-2018.ron", old, &format!("{old} {new}"));
    let letter = written(&dossier("begeleiding-basis-pgb-plafond"), &library);
    let text = text_of(&letter.expect("the letter can be written").content);
    for told in [
        "Van 1 januari 2018 tot en met 30 juni 2018 geldt een hoogste bedrag: € 600,00 per 4 weken.",
        "Van 1 juli 2018 tot en met 31 december 2018 geldt een hoogste bedrag: € 640,00 per 4 weken.",
    ] {
        assert!(text.contains(told), "{text}");
    }
}

#[test]
fn a_ceiling_of_one_of_several_parts_is_told_with_its_part() {
    let mut dossier = dossier("brief-thuisondersteuning");
    let line = &mut dossier.provisions[0].line;
    let choice = Choice {
        value: "licht".to_owned(),
        reason: Some("zo gekozen".to_owned()),
    };
    line.choices.insert("severity".to_owned(), choice);
    let Delivery::Pgb { providers } = &mut line.delivery else {
        panic!("it is a pgb");
    };
    providers[0].kind = "instelling".to_owned();
    let letter = written(&dossier, shipped()).expect("the letter can be written");
    let text = text_of(&letter.content);
    assert!(
        text.contains(
            "Voor huishoudelijke ondersteuning geldt een hoogste bedrag: € 220,00 per 4 weken."
        ),
        "{text}"
    );
    assert!(!text.contains("U krijgt daarom €"), "{text}");
}

#[test]
fn a_choice_against_the_hours_is_told_in_the_appendix_too() {
    let mut dossier = dossier("brief-pgb");
    let against = "Wij wijken hier af; de reden staat in de brief.";
    for (value, told) in [("midden", false), ("zwaar", true)] {
        let choice = Choice {
            value: value.to_owned(),
            reason: Some("zo gekozen".to_owned()),
        };
        let choices = &mut dossier.provisions[0].line.choices;
        choices.insert("severity".to_owned(), choice);
        let letter = written(&dossier, shipped()).expect("the letter can be written");
        assert_eq!(text_of(&letter.content).contains(against), told, "{value}");
    }
}

#[test]
fn a_part_of_a_day_and_a_day_and_night_are_explained_where_they_occur() {
    let hours = letter("brief-zin");
    for (name, word) in [
        (
            "dagbesteding-met-vervoer",
            "Dagdeel: een deel van een dag: 4 uur.",
        ),
        (
            "kortdurend-verblijf",
            "Etmaal: een dag en een nacht: 24 uur.",
        ),
    ] {
        let letter = written(&dossier(name), shipped()).expect("the letter can be written");
        assert!(text_of(&letter.content).contains(word), "{name}");
        assert!(!text_of(&hours.content).contains(word), "{name}");
    }
}

#[test]
fn exact_hours_and_granted_hours_both_stand_in_the_letter_and_parts_add_up() {
    let text = text_of(&letter("brief-pgb").content);
    assert!(text.contains("Dat is ongeveer 173,08 minuten per week. Wij hebben dat naar boven afgerond op hele minuten. Zo komen wij op 174 minuten per week"));
    assert!(text.contains("+ 26 | U woont met twee mensen en een hond in huis."));
    assert!(text.contains("11,6 uur | € 15,13 per uur | € 175,51"));
    let parts = text_of(&letter("brief-zin").content);
    assert!(parts.contains(
        "schoon en leefbaar huis 174 minuten; de was 40 minuten. Samen is dat 214 minuten per week."
    ));
}

#[test]
fn two_provisions_with_one_name_are_told_apart_by_their_first_day() {
    let mut dossier = dossier("brief-beide");
    let mut second = dossier.provisions[1].clone();
    dossier.provisions[1].line.to = Some(date(2018, 6, 30));
    second.line.from = date(2018, 7, 1);
    dossier.provisions.push(second);
    let letter = written(&dossier, shipped()).expect("the letter can be written");
    let text = text_of(&letter.content);
    assert!(text.contains("Section: Huishoudelijke ondersteuning, vanaf 1 juli 2018"));
    assert!(text.contains("Section: Begeleiding individueel\n"));
    assert!(text.contains("Al uw pgb’s zijn samen € 1.577,85 over de hele periode."));
}

#[test]
fn the_last_day_for_an_objection_is_counted_from_the_day_of_sending() {
    for (sent, last, moved) in [
        (date(2026, 3, 2), "maandag 13 april 2026", false),
        (date(2026, 3, 1), "maandag 13 april 2026", true),
        (date(2026, 2, 20), "dinsdag 7 april 2026", true),
    ] {
        let mut dossier = dossier("brief-pgb");
        dossier.dates.decision = Some(date(2026, 2, 19));
        dossier.dates.sending = Some(sent);
        let letter = written(&dossier, shipped()).expect("the letter can be written");
        let text = text_of(&letter.content);
        assert!(text.contains(&format!("uiterlijk op {last}")), "{sent}");
        let told = text.contains("De laatste dag valt in een weekend of op een feestdag.");
        assert_eq!(told, moved, "{sent}");
    }
}

#[test]
fn example_data_make_a_concept_and_confirmed_data_a_draft() {
    for name in VARIANTS {
        let stamp = letter(name)
            .content
            .stamp
            .expect("no letter is definitive yet");
        assert_eq!(stamp.word, "CONCEPT", "{name}");
    }
    let library = confirmed(|text| text);
    let letter = written(&confirmed_dossier(), &library).expect("the letter can be written");
    assert_eq!(letter.content.stamp.expect("a stamp").word, "ONTWERP");
    let library = confirmed(|text| text.replacen("status: Established", "status: Example", 1));
    let letter = written(&confirmed_dossier(), &library).expect("the letter can be written");
    assert_eq!(letter.content.stamp.expect("a stamp").word, "CONCEPT");
}

#[test]
fn a_definitive_letter_has_no_stamp_and_carries_its_number() {
    let (dossier, library) = (confirmed_dossier(), confirmed(|text| text));
    let evaluation = dossier.evaluate(&library, date(2018, 3, 1));
    let draft = grant(&dossier, &evaluation, &library, None).expect("written");
    let letter = grant(&dossier, &evaluation, &library, Some("2018-000012")).expect("written");
    assert_eq!(letter.content.stamp, None);
    assert_eq!(Some(letter.date), dossier.dates.sending);
    let text = text_of(&letter.content);
    assert!(text.contains("Besluitnummer"), "{text}");
    assert!(letter.content.footer.contains("2018-000012"), "{text}");
    assert!(!text_of(&draft.content).contains("Besluitnummer"));
    assert!(letter.to_pdf().is_ok());
    assert_eq!(
        maatwerk::letter::printed(&dossier, &evaluation, &library),
        Some(Status::Established)
    );
}

#[test]
fn a_letter_that_is_no_decision_is_a_draft_until_it_was_sent() {
    let (mut dossier, library) = (confirmed_dossier(), confirmed(|text| text));
    dossier.occasion.kind = LetterKind::Receipt;
    let letter = written(&dossier, &library).expect("the letter can be written");
    assert_eq!(letter.content.stamp.expect("a stamp").word, "ONTWERP");
    dossier.occasion.sent = Some(date(2018, 3, 6));
    let letter = written(&dossier, &library).expect("the letter can be written");
    assert_eq!(letter.content.stamp, None);
    assert_eq!(letter.date, date(2018, 3, 6));
}

#[test]
fn the_bsn_stands_in_the_letter_only_where_the_municipality_wants_it() {
    let dossier = confirmed_dossier();
    let bsn = dossier.client.bsn.expect("the fixture has one").digits();
    let plain = written(&dossier, &confirmed(|text| text)).expect("the letter can be written");
    let plain = text_of(&plain.content);
    assert!(plain.contains("Cliëntnummer: 100236") && !plain.contains(&bsn));
    let wanted =
        confirmed(|text| text.replacen("format: 1,", "format: 1, bsn_on_letter: true,", 1));
    let with = written(&dossier, &wanted).expect("the letter can be written");
    let with = text_of(&with.content);
    assert!(
        with.contains(&format!("Burgerservicenummer: {bsn}")) && !with.contains("Cliëntnummer")
    );
}

#[test]
fn no_sentence_is_left_unfilled_and_every_line_that_is_pointed_at_exists() {
    for name in VARIANTS {
        let letter = letter(name);
        let text = text_of(&letter.content);
        assert!(!text.contains(['{', '}', '*']), "{name}");
        assert!(!text.contains("  per") && !text.contains(" ."), "{name}");
        let lines = letter.content.blocks.iter().map(|block| match block {
            Block::Calculation(lines) => lines.len(),
            _ => 0,
        });
        let lines: usize = lines.sum();
        for pointed in text.split("regel ").skip(1) {
            let number: String = pointed.chars().take_while(char::is_ascii_digit).collect();
            if let Ok(number) = number.parse::<usize>() {
                assert!(
                    (1..=lines).contains(&number),
                    "{name}: regel {number} van {lines}"
                );
            }
        }
    }
}

#[test]
fn a_letter_with_a_character_that_cannot_be_printed_is_refused_at_its_field() {
    let mut dossier = dossier("brief-pgb");
    dossier.provisions[0].motivation.reasons = "u spreekt 漢字".to_owned();
    let problems = written(&dossier, shipped()).expect_err("the typeface lacks it");
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems[0].message.contains("‘漢’ (U+6F22)"));
    assert_eq!(problems[0].field, "provisions[0].motivation.reasons");
}

#[test]
fn a_character_of_the_municipality_that_cannot_be_printed_is_told_with_its_place() {
    let library = shipped_with("gemeente-leiden.ron", "Voorbeeldstraat", "漢straat");
    let letter = written(&dossier("brief-pgb"), &library).expect("its text can be written");
    let problem = letter.to_pdf().expect_err("the typeface lacks it");
    assert!(
        problem.to_string().contains("‘漢’ (U+6F22) in de afzender"),
        "{problem}"
    );
}

#[test]
fn an_error_of_the_evaluation_stops_the_letter() {
    let mut dossier = dossier("brief-pgb");
    dossier.provisions[0].line.to = Some(Date::constant(2017, 1, 1));
    let problems = written(&dossier, shipped()).expect_err("it ends before it starts");
    assert!(
        problems.iter().any(|p| p.field == "provisions[0].line.to"),
        "{problems:?}"
    );
}

#[test]
fn what_is_in_total_has_a_row_and_a_part_of_its_own_in_each_stretch_of_days() {
    let mut dossier = dossier("meer-omvangen");
    let text = text_of(
        &written(&dossier, shipped())
            .expect("the letter can be written")
            .content,
    );
    assert!(
        text.contains("U krijgt € 220,00 per 4 weken en € 120,00 in totaal."),
        "{text}"
    );
    assert!(text.contains("11 uur per 4 weken | € 20,00 per uur | € 220,00 per 4 weken"));
    assert!(text.contains("6 uur in totaal | € 20,00 per uur | € 120,00 in totaal"));
    // From July somebody else does it, at 75% of 50,00: 181 and 184 of the 365 days.
    let line = &mut dossier.provisions[0].line;
    let Delivery::Pgb { providers } = &mut line.delivery else {
        panic!("it is a pgb");
    };
    let mut second = providers[0].clone();
    providers[0].to = Some(date(2018, 6, 30));
    second.from = Some(date(2018, 7, 1));
    second.kind = "zzp".to_owned();
    providers.push(second);
    let text = text_of(
        &written(&dossier, shipped())
            .expect("the letter can be written")
            .content,
    );
    assert!(
        text.contains("ongeveer 2,98 uur in totaal | € 20,00 per uur | € 59,51 in totaal"),
        "{text}"
    );
    assert!(
        text.contains("ongeveer 3,02 uur in totaal | € 37,50 per uur | € 113,42 in totaal"),
        "{text}"
    );
}

#[test]
fn the_letter_says_what_became_of_an_agreed_rate() {
    let mut dossier = dossier("begeleiding-afgesproken-tarief");
    let said = |dossier: &Dossier| {
        text_of(
            &written(dossier, shipped())
                .expect("the letter can be written")
                .content,
        )
    };
    assert!(said(&dossier).contains("Dat is lager dan ons tarief. Daarom geldt uw afspraak."));
    let Delivery::Pgb { providers } = &mut dossier.provisions[0].line.delivery else {
        panic!("it is a pgb");
    };
    let agreed = providers[0].agreed.as_mut().expect("a rate was agreed");
    agreed.amount = "500".parse().map(Euro).expect("a number");
    assert!(said(&dossier).contains("Dat is niet lager dan ons tarief. Daarom geldt ons tarief."));
}

#[test]
fn the_rate_of_who_does_not_count_is_not_spoken_of() {
    let mut dossier = dossier("oegstgeest-zwaarste-soort");
    let Delivery::Pgb { providers } = &mut dossier.provisions[0].line.delivery else {
        panic!("it is a pgb");
    };
    for provider in providers.iter_mut() {
        (provider.from, provider.to) = (None, None);
    }
    let light = providers.iter_mut().find(|one| one.kind == "informeel");
    light.expect("informal help").agreed = Some(Rate {
        amount: "100".parse().map(Euro).expect("a number"),
        per: Unit::Month,
    });
    let letter = written(&dossier, shipped()).expect("the letter can be written");
    let text = text_of(&letter.content);
    assert!(!text.contains("100,00 per maand"), "{text}");
}

#[test]
fn only_what_was_done_against_the_rules_is_a_deviation() {
    let lifted = "Wij geven meer dan het gewone hoogste bedrag.";
    let dossier_text = |dossier: &Dossier| {
        text_of(
            &written(dossier, shipped())
                .expect("the letter can be written")
                .content,
        )
    };
    assert!(dossier_text(&dossier("ho-zwaar-intensief")).contains(lifted));
    // A reason beside a choice that follows from the hours, and one for a ceiling that is not reached.
    let mut plain = dossier("brief-pgb");
    let line = &mut plain.provisions[0].line;
    line.ceiling_reason = Some("niet nodig".to_owned());
    for (axis, value) in [("severity", "midden"), ("intensity", "standaard")] {
        let reason = Some("zo gekozen".to_owned());
        let value = value.to_owned();
        line.choices
            .insert(axis.to_owned(), Choice { value, reason });
    }
    let text = dossier_text(&plain);
    assert!(
        !text.contains(lifted) && !text.contains("Wij kiezen voor"),
        "{text}"
    );
    let line = &mut plain.provisions[0].line;
    let severity = line.choices.get_mut("severity").expect("it was chosen");
    severity.value = "zwaar".to_owned();
    let text = dossier_text(&plain);
    assert!(
        text.contains("Wij kiezen voor zwaartesoort “Zwaar”. Zo gekozen."),
        "{text}"
    );
}

#[test]
fn a_norm_set_that_is_there_as_a_file_only_is_printed_with_its_parts_and_what_it_leans_on() {
    let file = maatwerk::catalogue::SourceFile {
        name: "ander.ron",
        text: include_str!("../../fixtures/norms/ander.ron"),
    };
    let library = maatwerk::budget::Library::with(&[file]).unwrap();
    let mut dossier = dossier("brief-zin");
    let line = &mut dossier.provisions[0].line;
    line.hours[0].hours = maatwerk::indication::Hours::Norm(
        ron::from_str(
            r#"(set: (id: "ander", version: "3"), per: TwoWeeks, parts: [
                (part: "nat", start: Base("heel"), factors: [(factor: "bad", reason: "Er is een ligbad.")]),
                (part: "buiten", start: Base("heel")),
            ])"#,
        )
        .unwrap(),
    );
    let said = text_of(&written(&dossier, &library).unwrap().content);
    for words in [
        "Minuten per 2 weken",
        "Natte ruimten: alle natte ruimten",
        "+ 20",
        "natte ruimten 100 minuten; balkon 20 minuten",
        "Het normenkader gaat uit van deze keuzes:",
        "- Ramen aan de buitenkant horen er niet bij.",
    ] {
        assert!(said.contains(words), "{words} in {said}");
    }
}

#[test]
fn a_price_of_its_own_is_said_with_its_reason_beside_the_other_deviations() {
    let mut dossier = dossier("brief-pgb");
    dossier.provisions[0].line.own_prices = vec![maatwerk::indication::OwnPrice {
        part: None,
        kind: Some("informeel".to_owned()),
        price: Rate {
            amount: Euro("20.00".parse().expect("an amount")),
            per: Unit::Hour,
        },
        reason: "er is geen andere hulp te vinden".to_owned(),
        approved_by: String::new(),
    }];
    let letter = written(&dossier, shipped()).expect("the letter can be written");
    let text = text_of(&letter.content);
    for wanted in [
        "Voor informele hulp rekenen wij met € 20,00 per uur, en niet met ons gewone tarief.",
        "Er is geen andere hulp te vinden.",
        "€ 232,00 per 4 weken",
    ] {
        let text = text.replace('\u{a0}', " ");
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
    assert!(!text.contains("15,13"));
    dossier.provisions[0].line.own_prices[0].reason.clear();
    let refused = written(&dossier, shipped()).expect_err("a reason is missing");
    let field = "provisions[0].line.own_prices[0].reason";
    assert!(refused.iter().any(|problem| problem.field == field));
}
