//! What the register tells of one dossier on paper, and to whom; and what a search finds.

use crate::child::finance_phrase;
use crate::places::{
    NAME, Place, TODAY, at, deciding, example, first_phrase, id, named, new_save, on_each, save,
};
use jiff::tz::TimeZone;
use maatwerk::budget::Library;
use maatwerk::catalogue::SourceFile;
use maatwerk::dossier::{Dossier, Receipt};
use maatwerk::indication::Delivery;
use maatwerk::register::{Base, DossierId, Effort, Hex, Made, Protection, Query, Register, Role};
use std::sync::Arc;

/// A definitive decision; answers its number.
fn decided(register: &mut Register, one: DossierId) -> String {
    let dossier = example();
    let save = new_save(one, Base::NEW, &dossier);
    let receipt = |number: &str, _: &_| Ok(format!("bewijs van {number}").into_bytes());
    match register.make_definitive(&deciding(save, TODAY), at(20), receipt) {
        Ok(Made::Done { number, .. }) => number,
        other => panic!("{other:?}"),
    }
}

fn account(register: &mut Register, id: DossierId) -> String {
    let mut text = Vec::new();
    let plain = Protection::PlainConfirmed;
    register
        .account(id, plain, &mut text, (at(40), &TimeZone::UTC))
        .expect("written");
    String::from_utf8(text).expect("text")
}

#[test]
fn the_person_concerned_gets_the_decision_number_and_the_receipt_too() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        let number = decided(&mut register, one);
        let (mut text, mut source) = (Vec::new(), Vec::new());
        let plain = Protection::PlainConfirmed;
        register
            .access(
                one,
                plain,
                (&mut text, &mut source),
                (at(30), &TimeZone::UTC),
            )
            .expect("written");
        let text = String::from_utf8(text).expect("text");
        for expected in [
            format!("Versie 1, besluit {number}, definitief"),
            format!("Wat er is besloten, in besluit {number}"),
        ] {
            assert!(text.contains(&expected), "{expected}: {text}");
        }
        let source = String::from_utf8(source).expect("text");
        for expected in [
            format!("Bewijsstuk bij besluit {number}"),
            format!("bewijs van {number}"),
        ] {
            assert!(source.contains(&expected), "{expected}: {source}");
        }
    });
}

#[test]
fn the_person_concerned_reads_names_of_fields_amounts_and_days_as_people_write_them() {
    let place = Place::file();
    let mut register = place.found();
    let library = Library::shipped().expect("the program's own data");
    register.know(Arc::new(library));
    let one = id();
    save(&mut register, one, 0, &example());
    let (mut text, mut source) = (Vec::new(), Vec::new());
    let zone = TimeZone::fixed(jiff::tz::offset(1));
    let plain = Protection::PlainConfirmed;
    let out: (&mut dyn std::io::Write, &mut dyn std::io::Write) = (&mut text, &mut source);
    register
        .access(one, plain, out, (at(30), &zone))
        .expect("written");
    let text = String::from_utf8(text).expect("text");
    for line in [
        "Gemaakt op 2-2-2026 03.40",
        "Versie 1, ontwerp, opgeslagen op 2-2-2026 03.40 door Sanne",
        "Gemeente: Leiden (0546)",
        "Cliënt, achternaam: Meer",
        "Cliënt, BSN: 999993653",
        "Besluit, datum besluit: 8 december 2017",
        "Regel 1, uitkomst: toegekend",
        "2-2-2026 03.40  Sanne: opgeslagen als versie 1",
    ] {
        assert!(text.lines().any(|there| there == line), "{line}: {text}");
    }
    // Nothing of how a program writes it down.
    for sign in [
        "«",
        "::",
        "T02:",
        "Z\n",
        "Some(",
        "surname",
        "Granted",
        "2017-12-08",
        "{",
        "(",
    ] {
        let said = text.replace("(0546)", "").replace("(afgeschermd)", "");
        let told = said.lines().filter(|line| line.contains(sign));
        let told: Vec<&str> = told.collect();
        assert!(sign == "(" || told.is_empty(), "{sign}: {told:?}");
    }
    let source = String::from_utf8(source).expect("text");
    let whole = example().to_text().expect("text");
    assert!(source.contains(&whole), "{source}");
}

#[test]
fn the_account_of_a_decision_tells_what_is_known_of_the_four_controls_and_names_no_client() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        let number = decided(&mut register, one);
        register
            .add_slot(
                "Finance",
                Role::Finance,
                &finance_phrase(),
                Effort::TRIAL,
                at(21),
            )
            .expect("added");
        register.lock();
        register
            .unlock("Finance", &finance_phrase(), at(22))
            .expect("unlocks");
        let text = account(&mut register, one);
        for expected in [
            "Verantwoording van zaak 2017-04711",
            "1. Toekenning",
            "Melding: ",
            &format!("Bewijsstuk bij besluit {number}: bewaard"),
            "2. Is het budget bevestigd bij de SVB?",
            "bericht van de SVB",
            "3. Wat heeft de cliënt gebruikt?",
            "4. Is de hulp geleverd?",
            "Evaluatie met de cliënt",
            &format!("definitief gemaakt: besluit {number}"),
            "Finance: verantwoording zonder namen gemaakt, zonder beveiliging",
        ] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        assert!(!text.contains(&example().client.person.surname), "{text}");
    });
}

#[test]
fn the_account_tells_hours_rate_and_amounts_as_they_were_decided_also_after_the_tariff_changed() {
    let then = Library::shipped().expect("data");
    let catalogue = include_str!("../../assets/catalogues/leiden-2018.ron");
    let catalogue = catalogue
        .replacen("version: \"1\"", "version: \"2\"", 1)
        .replace("27.50", "28.40");
    let changed = SourceFile {
        name: "tarieven.ron",
        text: &catalogue,
    };
    let now = Arc::new(Library::with(&[changed]).expect("data"));
    let bytes = include_bytes!("../../fixtures/dossiers/ho-licht-standaard.ron");
    let dossier = Dossier::read("ho.ron", bytes).expect("fixture");
    on_each(|place| {
        let mut register = place.found();
        register.know(Arc::clone(&now));
        let one = id();
        let deciding = deciding(new_save(one, Base::NEW, &dossier), TODAY);
        let made = register.make_definitive(&deciding, at(20), |number, dossier| {
            let receipt = Receipt::of(number, dossier, &then, TODAY, Hex([0; 32]));
            let text = receipt.expect("made").to_text().expect("written");
            Ok(text.into_bytes())
        });
        assert!(matches!(made, Ok(Made::Done { .. })), "{made:?}");
        let text = account(&mut register, one);
        let told = "Huishoudelijke ondersteuning: toegekend, zorg in natura, vanaf 1 januari 2018, tot en met 31 december 2018
  Omvang: 99 minuten per week
  Tarief: €\u{a0}27,50 per uur
  Plafond: €\u{a0}220,00 per 4 weken
  Bedrag: €\u{a0}181,50 per 4 weken (1 januari 2018 tot en met 31 december 2018)
  Totaal in het kalenderjaar: €\u{a0}2.365,98 (1 januari 2018 tot en met 31 december 2018)
  Totaal: €\u{a0}2.365,98 (1 januari 2018 tot en met 31 december 2018)
";
        assert!(text.contains(told), "{text}");
    });
}

#[test]
fn an_account_before_the_decision_and_without_a_budget_says_so() {
    on_each(|place| {
        let mut register = place.found();
        let one = id();
        let mut dossier = example();
        for provision in &mut dossier.provisions {
            provision.line.delivery = Delivery::InKind {
                provider: String::new(),
            };
        }
        save(&mut register, one, 0, &dossier);
        let text = account(&mut register, one);
        for expected in [
            "ontwerp, versie 1",
            "nog geen definitief besluit",
            "Er is geen pgb toegekend.",
            "zorg in natura",
        ] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
    });
}

#[test]
fn a_search_finds_by_decision_number_case_number_product_neighbourhood_and_state() {
    on_each(|place| {
        let mut register = place.found();
        let (one, other) = (id(), id());
        let number = decided(&mut register, one);
        let mut draft = named("Anders");
        draft.number = "2026-0099".to_owned();
        draft.client.neighbourhood = Some("Stevenshof".to_owned());
        draft.provisions.clear();
        save(&mut register, other, 0, &draft);
        let product = example().provisions[0].line.product.clone();
        for (words, expected) in [
            (number.as_str(), one),
            ("definitief", one),
            ("stevens", other),
            ("ontwerp", other),
            ("0099 stevenshof", other),
        ] {
            let found = register.find(&Query::words(words), TODAY).expect("open");
            let ids: Vec<DossierId> = found.iter().map(|entry| entry.id).collect();
            assert_eq!(ids, [expected], "{words}");
        }
        let with = Query {
            product: Some(product),
            ..Query::default()
        };
        let found = register.find(&with, TODAY).expect("open");
        assert!(found.len() == 1 && found[0].id == one);
    });
}

/// The same dossier in Leiden, in household support with hours that make it heavy, and one in guidance.
#[test]
fn a_search_finds_a_product_by_its_full_name_its_short_name_and_what_follows_from_its_hours() {
    on_each(|place| {
        let library = Arc::new(Library::shipped().expect("data"));
        let mut register = place.found();
        let (before, heavy, guidance) = (id(), id(), id());
        let mut household = example();
        household.provisions.truncate(1);
        household.provisions[0].line.product = "ho".to_owned();
        // Saved by a program that knew no catalogue.
        save(&mut register, before, 0, &household);
        register.know(Arc::clone(&library));
        save(&mut register, heavy, 0, &household);
        let chosen = register
            .index()
            .expect("open")
            .entry(heavy)
            .expect("there")
            .about
            .chosen
            .clone();
        assert!(!chosen.is_empty(), "the hours say how heavy it is");
        let grade = chosen.join(" ").to_lowercase();
        let mut other = household.clone();
        other.provisions[0].line.product = "begeleiding".to_owned();
        other.municipality = "0546".to_owned();
        save(&mut register, guidance, 0, &other);
        let graded = format!("huishoudelijke ondersteuning {grade}");
        let check = |register: &mut Register, graded_ones: &[DossierId]| {
            for (words, expected) in [
                ("ho", vec![before, heavy]),
                ("huishoudelijke ondersteuning", vec![before, heavy]),
                ("Ondersteuning huish", vec![before, heavy]),
                (graded.as_str(), graded_ones.to_vec()),
                ("individuele begeleiding", vec![guidance]),
                ("begeleiding individueel", vec![guidance]),
            ] {
                let found = register.find(&Query::words(words), TODAY).expect("open");
                let mut ids: Vec<DossierId> = found.iter().map(|entry| entry.id).collect();
                ids.sort();
                let mut expected = expected;
                expected.sort();
                assert_eq!(ids, expected, "{words}");
            }
        };
        check(&mut register, &[heavy]);
        // Also after unlocking, and for who knew nothing until then.
        register.lock();
        register
            .unlock(NAME, &first_phrase(), at(40))
            .expect("unlocks");
        check(&mut register, &[heavy]);
        let mut fresh = place.open();
        assert_eq!(fresh.renew().expect("nothing is known"), 0);
        fresh.know(Arc::clone(&library));
        check(&mut fresh, &[heavy]);
        // What the older program left out is put in once, for all, and changes nothing of the dossier.
        let saved = fresh.revisions(before).expect("there").len();
        assert_eq!(fresh.renew().expect("renewed"), 1);
        assert_eq!(fresh.renew().expect("nothing left"), 0);
        check(&mut fresh, &[before, heavy]);
        let mut later = place.open();
        later.know(library);
        check(&mut later, &[before, heavy]);
        assert_eq!(later.renew().expect("nothing left"), 0);
        assert_eq!(later.revisions(before).expect("there").len(), saved);
        assert_eq!(later.check(None).expect("checked").faults, []);
    });
}

#[test]
fn what_is_saved_while_the_list_is_renewed_stays() {
    on_each(|place| {
        let library = Arc::new(Library::shipped().expect("data"));
        let one = id();
        let mut household = example();
        household.provisions.truncate(1);
        household.provisions[0].line.product = "ho".to_owned();
        // Saved by a program that knew no catalogue.
        save(&mut place.found(), one, 0, &household);
        let mut slow = place.open();
        slow.know(Arc::clone(&library));
        household.number = "2026-777777".to_owned();
        save(&mut place.open(), one, 1, &household);
        assert_eq!(slow.renew().expect("renewed"), 1);
        let mut later = place.open();
        let found = later
            .find(&Query::words("2026-777777"), TODAY)
            .expect("open");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].revision, 2);
    });
}
