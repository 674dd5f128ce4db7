//! The overview of scenarios on paper: its figures are those of the evaluation, it fits on two pages, and it is plain.

use super::outside::said_of;
use super::program::{fixtures, shipped, text_of};
use jiff::civil::{Date, date};
use maatwerk::dossier::{Dossier, Hired, Scenario};
use maatwerk::letter::blocks::Block;
use maatwerk::letter::{Letter, overview};
use maatwerk::plain::PlainWords;
use maatwerk::quantity::dutch::euro;
use maatwerk::quantity::{Euro, Rounding};
use maatwerk::scenario::{Outlook, answer, evaluate};
use maatwerk::texts::OwnText;
use std::fs;

const DAY: Date = date(2018, 1, 15);

fn leiden() -> Dossier {
    let bytes = fs::read(fixtures("scenarios/leiden-2018.ron")).expect("the fixture is there");
    Dossier::read("leiden-2018.ron", &bytes).expect("it is sound")
}

fn outlooks(dossier: &Dossier) -> Vec<Outlook> {
    let places = 0..dossier.scenarios.len();
    places
        .filter_map(|place| evaluate(dossier, place, shipped(), DAY))
        .collect()
}

fn made(dossier: &Dossier) -> Letter {
    overview(dossier, shipped(), (&outlooks(dossier), DAY)).expect("the overview can be made")
}

/// Eight scenarios, each with so many care providers for the first line.
fn eight(providers: usize) -> Dossier {
    let mut dossier = leiden();
    let second = dossier.scenarios[1].clone();
    dossier.scenarios = (1..=8)
        .map(|number| {
            let mut scenario: Scenario = second.clone();
            scenario.name = format!("Manier {number} om te helpen");
            let one: Hired = scenario.lines[0].hired[0].clone();
            scenario.lines[0].hired = vec![one; providers];
            for (at, hired) in scenario.lines[0].hired.iter_mut().enumerate() {
                hired.name = format!("Helper {number}-{at}");
                hired.work[0].rate.amount = Euro((1600 + 10 * number as i64).into());
                hired.work[0].rate.amount.0.set_scale(2).expect("cents");
                hired.work[0].extent.volume = 30.into();
            }
            scenario
        })
        .collect();
    dossier
}

/// Text without the difference between one white space and another.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_figure_of_the_evaluation_is_read_back_from_the_pdf() {
    let dossier = leiden();
    let outlooks = outlooks(&dossier);
    let pdf = made(&dossier).to_pdf().expect("a pdf");
    let Some(text) = said_of(&pdf, "pdftotext", &["-layout", "FILE", "-"]) else {
        return;
    };
    let text = plain(&text);
    for outlook in &outlooks {
        let all = &outlook.together;
        let amounts = [all.per_month, all.budget, all.spent, all.left, all.short];
        for amount in amounts {
            let amount = plain(&euro(amount.expect("it is known").0));
            assert!(text.contains(&amount), "{}: {amount}\n{text}", outlook.name);
        }
        let words = plain(&answer(outlook));
        assert!(text.contains(&words), "the window says: {words}\n{text}");
        for line in outlook.lines.iter().filter(|line| line.is_pgb()) {
            let pot = line.pot().expect("a period");
            let spent = pot.spent.expect("somebody is paid").value;
            let spent = Euro::rounded(spent, &Rounding::CENT).expect("it fits");
            assert!(text.contains(&plain(&euro(spent.0))), "{}", line.label);
        }
    }
    // 2,9 hours a week at € 16,00: what the reader needs to redo it.
    for step in ["174 minuten per week", "365 dagen", "€ 16,00 per uur"] {
        assert!(text.contains(step), "{step}\n{text}");
    }
}

#[test]
fn eight_scenarios_fit_on_two_pages_and_what_is_left_out_is_said() {
    for providers in [1, 2, 6] {
        let letter = made(&eight(providers));
        let pages = letter.pages().expect("it can be laid out");
        assert!(pages.pages.len() <= 2, "{providers} providers");
        let text = text_of(&letter.content);
        for number in 1..=8 {
            assert!(text.contains(&format!("{number}. Manier {number}")));
        }
        let worked = text.matches("Uitgaven:").count();
        assert!(worked > 1, "{providers} providers");
        let said = text.contains("past niet op deze twee pagina's");
        assert_eq!(said, worked < 8, "{providers} providers: {worked}");
        assert!(
            worked == 8 || providers > 1,
            "{providers} providers: {worked}"
        );
    }
    assert!(made(&leiden()).pages().expect("pages").pages.len() <= 2);
}

#[test]
fn the_overview_reads_as_plain_dutch() {
    let letter = made(&leiden());
    let mut running = Vec::new();
    let mut explained = Vec::new();
    for block in &letter.content.blocks {
        match block {
            Block::Paragraph(words) => running.push(words.to_string()),
            Block::List(list) => running.extend(list.items.iter().map(ToString::to_string)),
            Block::KeyValue(pairs) => explained.extend(pairs.iter().map(|pair| &*pair.label)),
            _ => {}
        }
    }
    let words = PlainWords::shipped().expect("the shipped words are sound");
    let found = words.check(&running.join("\n").replace('\u{a0}', " "), &explained);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_head_is_that_of_a_letter_without_an_address() {
    let letter = made(&leiden());
    let Some(Block::Sender(sender)) = letter.content.blocks.first() else {
        panic!("the sender comes first")
    };
    assert_eq!(sender.name, "Gemeente Leiden");
    let is_address = |block: &Block| matches!(block, Block::Address(_));
    assert!(!letter.content.blocks.iter().any(is_address));
    let text = text_of(&letter.content);
    for part in ["mevrouw", "burgerservicenummer"] {
        assert!(!text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_municipality_words_the_overview_and_its_calculation_itself() {
    let own = [
        OwnText {
            file: "brieven/overzicht.txt",
            name: "overzicht.txt",
            text: "# Onze eigen titel\n\n{% for one in worked %}\n{{ one.steps }}\n{% endfor %}\n",
        },
        OwnText {
            file: "brieven/zinnen.txt",
            name: "zinnen.txt",
            text: "## overview_left\n{{ what }}: dit houdt u over\n",
        },
    ];
    let library = shipped().clone().with_texts(&own).expect("they are right");
    let dossier = leiden();
    let letter = overview(&dossier, &library, (&outlooks(&dossier), DAY)).expect("it is made");
    let text = text_of(&letter.content);
    assert!(text.contains("Onze eigen titel"), "{text}");
    assert!(
        text.contains("Huishoudelijke ondersteuning: dit houdt u over"),
        "{text}"
    );
}

#[test]
fn what_a_budget_is_per_month_and_what_is_paid_beside_it_can_be_redone_by_hand() {
    let text = text_of(&made(&leiden()).content).replace('\u{a0}', " ");
    for step in [
        "Per maand: € 2.287,90 ÷ 12 maanden = € 190,66.",
        "Budget € 2.287,90 − uitgaven € 2.419,43.",
        "Zelf bijbetalen per maand: € 131,53 ÷ 12 maanden, naar boven afgerond, is € 10,97.",
    ] {
        assert!(text.contains(step), "{step}\n{text}");
    }
    assert!(!text.contains("volgens de afspraak"), "{text}");
}

#[test]
fn periods_beside_that_of_today_are_told_with_their_budget_and_what_is_spent() {
    let mut dossier = leiden();
    for provision in &mut dossier.provisions {
        provision.line.to = Some(date(2019, 6, 30));
    }
    let worked = outlooks(&dossier);
    let text = text_of(&made(&dossier).content).replace('\u{a0}', " ");
    let line = worked[0]
        .lines
        .iter()
        .find(|line| line.is_pgb())
        .expect("a pgb");
    assert_eq!(line.pots.len(), 2);
    assert!(line.pots.iter().all(|pot| pot.top_up.is_none()));
    let other = &line.pots[1];
    let amount = |amount: Euro| euro(amount.0).replace('\u{a0}', " ");
    let spent = other.spent.expect("somebody is paid").value;
    let said = format!(
        "1 januari 2019 tot en met 30 juni 2019: budget {} − uitgaven {}.",
        amount(other.budget.euro().expect("it is known")),
        amount(Euro::from_exact(spent).expect("whole cents")),
    );
    assert!(text.contains(&said), "{said}\n{text}");
}

#[test]
fn each_stretch_of_another_period_is_told_with_its_hours_its_rate_and_its_cost() {
    let mut dossier = leiden();
    dossier.scenarios.remove(0);
    dossier.scenarios.truncate(1);
    for provision in &mut dossier.provisions {
        provision.line.to = Some(date(2019, 6, 30));
    }
    let hired = &mut dossier.scenarios[0].lines[0].hired[0];
    hired.work[0].later = vec![maatwerk::dossier::LaterRate {
        from: date(2019, 4, 1),
        amount: Euro("16.50".parse().expect("an amount")),
    }];
    hired.costs = vec![maatwerk::dossier::Cost {
        kind: maatwerk::dossier::CostKind::Travel,
        amount: maatwerk::dossier::CostAmount::Every(maatwerk::quantity::Rate {
            amount: Euro(10.into()),
            per: maatwerk::quantity::Unit::Month,
        }),
    }];
    let letter = made(&dossier);
    assert!(letter.pages().expect("pages").pages.len() <= 2);
    let text = text_of(&letter.content).replace('\u{a0}', " ");
    // 2018 is short too, and worked out. 2,9 hours a week over 90 and 91 days, and 6 months of travel.
    for words in [
        "Budget van 1 januari 2019 tot en met 30 juni 2019: 11,6 uur per 4 weken × € 15,13 per uur = € 175,51 per 4 weken.",
        "Zorgverlener 1 van 1 januari 2019 tot en met 31 maart 2019: 37,2857… uur × € 16,00 per uur = € 596,5714….",
        "van 1 april 2019 tot en met 30 juni 2019: 37,7 uur × € 16,50 per uur = € 622,05.",
        "van 1 januari 2019 tot en met 30 juni 2019: 6 perioden × € 10,00 per maand = € 60,00.",
        // 596,5714… + 622,05 + 60,00.
        "uitgaven € 1.278,6",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    assert!(!text.contains("zijn opgebouwd, past niet"), "{text}");
    assert!(!text.contains("Yilmaz"), "{text}");
}

#[test]
fn where_the_stretches_of_other_periods_do_not_fit_it_says_where_they_are() {
    let mut said = 0;
    for (years, mut dossier) in [
        (2019, leiden()),
        (2020, leiden()),
        (2019, eight(1)),
        (2019, eight(2)),
    ] {
        for provision in &mut dossier.provisions {
            provision.line.to = Some(date(years, 12, 31));
        }
        let letter = made(&dossier);
        assert!(letter.pages().expect("pages").pages.len() <= 2);
        let text = text_of(&letter.content);
        let is_told = text.contains("Budget van 1 januari 2019");
        let is_said = text.contains("zijn opgebouwd, past niet");
        let has_others = text.contains("de andere perioden");
        assert!(has_others && is_told != is_said, "{years}\n{text}");
        said += usize::from(is_said);
    }
    assert!((1..4).contains(&said), "{said}");
}

#[test]
fn a_period_that_is_short_is_the_one_that_is_worked_out() {
    let mut dossier = leiden();
    dossier.scenarios.remove(0);
    dossier.scenarios.truncate(1);
    for provision in &mut dossier.provisions {
        provision.line.to = Some(date(2019, 6, 30));
    }
    let work = &mut dossier.scenarios[0].lines[0].hired[0].work[0];
    work.rate.amount = Euro("15.13".parse().expect("an amount"));
    work.later = vec![maatwerk::dossier::LaterRate {
        from: date(2019, 1, 1),
        amount: Euro(20.into()),
    }];
    let text = text_of(&made(&dossier).content).replace('\u{a0}', " ");
    for words in [
        "budget van 1 januari 2019 tot en met 30 juni 2019",
        "€ 20,00 per uur",
        "Zelf bijbetalen per maand",
        "U kunt van 1 januari 2018 tot en met 31 december 2018 ",
        "Met dit geld kunt u 2,9 uur per week kopen.",
        "wij weten niet of dit loon hoog genoeg is",
        "eigen bijdrage",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn the_overview_is_the_same_twice_and_carries_the_stamp_of_examples() {
    let dossier = leiden();
    let once = made(&dossier);
    assert_eq!(
        once.content.stamp.as_ref().map(|stamp| stamp.word.as_str()),
        Some("CONCEPT")
    );
    assert!(once.to_pdf().expect("a pdf") == made(&dossier).to_pdf().expect("a pdf"));
}

#[test]
fn a_dossier_without_scenarios_or_with_a_slip_in_one_has_no_overview() {
    let mut dossier = leiden();
    dossier.scenarios[1].lines[0].hired[0].work[0].rate.amount = Euro(1600.into());
    let worked = outlooks(&dossier);
    let problems = overview(&dossier, shipped(), (&worked, DAY)).expect_err("a slip");
    assert!(
        problems[0].field.starts_with("scenarios[1]"),
        "{problems:#?}"
    );
    dossier.scenarios.clear();
    let problems = overview(&dossier, shipped(), (&[], DAY)).expect_err("nothing to show");
    assert_eq!(problems[0].field, "scenarios");
}
