//! What a letter says of what is refused: of which help or of which pgb, after what investigation, by which rules.

use super::program::{dossier, shipped, text_of, written};
use jiff::civil::date;
use maatwerk::dossier::{Dossier, LineChange, Outcome};
use maatwerk::indication::Delivery;

fn said(dossier: &Dossier) -> String {
    let letter = written(dossier, shipped()).expect("the letter can be written");
    text_of(&letter.content)
}

/// Help in kind from the first provision of a dossier, and its pgb refused.
fn in_kind_and_pgb_refused(mut dossier: Dossier) -> Dossier {
    let mut refused = dossier.provisions[0].clone();
    refused.outcome = Outcome::Refused {
        ground: "u kunt het pgb niet zelf beheren".to_owned(),
    };
    dossier.provisions[0].line.delivery = Delivery::InKind {
        provider: "Schoon Thuis BV".to_owned(),
    };
    dossier.provisions.push(refused);
    dossier
}

#[test]
fn a_refused_pgb_beside_the_same_help_in_kind_is_told_as_a_refused_pgb() {
    let mut dossier = in_kind_and_pgb_refused(dossier("brief-pgb"));
    let text = said(&dossier);
    assert!(text.contains("U krijgt huishoudelijke ondersteuning van de gemeente, als zorg in natura. U krijgt van de gemeente geen pgb voor huishoudelijke ondersteuning."), "{text}");
    assert!(
        text.contains("## Subsection: Pgb voor huishoudelijke ondersteuning\n  Besluit: afgewezen")
    );
    assert!(text.contains("## Section: Pgb voor huishoudelijke ondersteuning\nWaarom niet:"));
    assert!(!text.contains("geen huishoudelijke ondersteuning"));
    dossier.provisions.remove(0);
    assert!(
        said(&dossier).contains("## Title: U krijgt geen pgb voor huishoudelijke ondersteuning\n")
    );
}

#[test]
fn what_is_granted_and_refused_of_one_product_is_told_apart_by_the_first_day() {
    for pgb in [false, true] {
        let mut dossier = in_kind_and_pgb_refused(dossier("brief-pgb"));
        dossier.provisions[1].line.from = date(2019, 1, 1);
        dossier.provisions[1].line.to = Some(date(2019, 12, 31));
        let delivery = dossier.provisions[usize::from(pgb)].line.delivery.clone();
        dossier.provisions[usize::from(!pgb)].line.delivery = delivery;
        let text = said(&dossier);
        let what = if pgb { "pgb voor " } else { "" };
        let wanted = format!(
            "U krijgt van de gemeente geen {what}huishoudelijke ondersteuning, vanaf 1 januari 2019."
        );
        assert!(text.contains(&wanted), "{text}");
        assert!(text.contains("## Section: Huishoudelijke ondersteuning, vanaf 1 januari 2018\n"));
    }
}

#[test]
fn the_rules_behind_a_refusal_stand_in_the_letter() {
    let mut dossier = dossier("brief-maandbedrag");
    dossier.provisions[0].outcome = Outcome::Refused {
        ground: "u kunt het pgb niet zelf beheren".to_owned(),
    };
    let text = said(&dossier);
    assert!(
        text.contains("- voor huishoudelijke ondersteuning: artikel 1 van het Financieel besluit"),
        "{text}"
    );
    assert!(text.contains("artikel 2.3.6 (pgb)"), "{text}");
    assert!(!text.contains("de tarieven van uw pgb"), "{text}");
    dossier.provisions[0].line.delivery = Delivery::InKind {
        provider: String::new(),
    };
    assert!(!said(&dossier).contains("2.3.6"));
    dossier.provisions[0].line.product = "klussen".to_owned();
    assert!(said(&dossier).contains("- voor klussen: de verordening die hierboven staat;"));
}

#[test]
fn a_refusal_tells_the_investigation_it_rests_on() {
    let mut dossier = dossier("brief-afwijzing");
    dossier.provisions.remove(0);
    dossier.provisions[0].motivation.reasons = "het buurthuis is genoeg".to_owned();
    let text = said(&dossier);
    assert!(text.contains("Na uw melding van 8 januari 2018 hebben wij onderzocht"));
    assert!(!text.contains("Wij geven alleen hulp voor wat dan nog overblijft."));
    assert!(text.contains("Hulp van huisgenoten (gebruikelijke hulp): U woont alleen."));
    assert!(text.contains("Daarom: Het buurthuis is genoeg."));
}

#[test]
fn a_decision_that_takes_away_over_days_before_it_says_on_what_ground_and_by_which_article() {
    let without = said(&dossier("brief-pgb"));
    assert!(!without.contains("2.3.10"), "{without}");
    let mut dossier = dossier("brief-pgb");
    dossier.revision_ground = "u gaf ons niet de juiste gegevens.".to_owned();
    let with = said(&dossier);
    for said in [
        "De reden daarvoor is: u gaf ons niet de juiste gegevens. Dan mogen wij",
        "artikel 2.3.10 (een besluit wijzigen of intrekken);",
    ] {
        assert!(with.contains(said), "{said}: {with}");
    }
}

#[test]
fn an_end_that_was_moved_and_a_line_that_is_withdrawn_say_so_with_their_reason() {
    let granted = dossier("brief-zin");
    let end = granted.provisions[0].line.to.expect("an end");
    let sooner = LineChange::End(end.yesterday().expect("a day"));
    let ended = granted
        .changed(0, &sooner, "u verhuist dan")
        .expect("it can end");
    let text = said(&ended.dossier);
    assert!(
        text.contains("De einddatum is veranderd. Eerst kreeg u deze hulp tot en met"),
        "{text}"
    );
    assert!(text.contains("U verhuist dan."), "{text}");
    let withdrawn = granted.changed(0, &LineChange::Withdraw, "de hulp is niet begonnen");
    let text = said(&withdrawn.expect("it can be withdrawn").dossier);
    assert!(text.contains("Wij trekken uw "), "{text}");
    assert!(text.contains("Besluit: ingetrokken"), "{text}");
    assert!(text.contains("De hulp is niet begonnen."), "{text}");
}
