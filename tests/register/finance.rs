//! What a slot of finance works with: the same amounts as everybody, and none of the words.

use crate::places::{NAME, Place, TODAY, at, id, phrase, save};
use jiff::civil::date;
use maatwerk::budget::Library;
use maatwerk::dossier::{Dossier, Evaluation, Extension, Ground, Suspension};
use maatwerk::register::{Effort, Role, withholds};
use std::path::Path;

/// Every dossier among the fixtures.
fn all() -> Vec<Dossier> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/dossiers");
    let mut dossiers = Vec::new();
    for entry in std::fs::read_dir(folder).expect("fixtures") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|end| end == "ron") {
            let bytes = std::fs::read(&path).expect("read");
            if let Ok(dossier) = Dossier::read("fixture", &bytes) {
                dossiers.push(dossier);
            }
        }
    }
    assert!(dossiers.len() > 20);
    dossiers
}

/// All amounts and extents of an evaluation, as text.
fn figures(evaluation: &Evaluation) -> String {
    let lines = evaluation.lines.iter().flatten().map(|line| {
        let amounts = line.segments.iter().map(|segment| &segment.amount);
        let extents = line.granted.iter().map(|part| &part.volumes);
        format!(
            "{:?} {:?} {:?} {:?}",
            amounts.collect::<Vec<_>>(),
            extents.collect::<Vec<_>>(),
            line.years,
            line.term
        )
    });
    let lines: Vec<String> = lines.collect();
    format!("{:?}\n{}", evaluation.summary, lines.join("\n"))
}

#[test]
fn finance_comes_to_the_same_amounts_for_every_dossier_and_reads_no_text_of_it() {
    let library = Library::shipped().expect("the program's own data");
    let place = Place::file();
    let mut register = place.found();
    let mut dossiers: Vec<_> = all().into_iter().map(|dossier| (id(), dossier)).collect();
    for (_, dossier) in &mut dossiers {
        dossier.dates.suspensions.push(Suspension {
            complete_by: None,
            from: Some(date(2018, 1, 2)),
            to: None,
            ground: Ground::Applicant,
            reason: "De cliënt ligt in het ziekenhuis.".to_owned(),
        });
        dossier.dates.extension = Some(Extension {
            last_day: Some(date(2018, 2, 1)),
            told: None,
            reason: "Het medisch advies komt later.".to_owned(),
        });
    }
    for (id, dossier) in &dossiers {
        save(&mut register, *id, 0, dossier);
        let whole = register.load(*id, None, at(1)).expect("there");
        assert_eq!(whole.dossier, *dossier);
    }
    let secret = phrase("woorden voor de finance");
    register
        .add_slot("Finance", Role::Finance, &secret, Effort::TRIAL, at(2))
        .expect("added");
    register.lock();
    register.unlock("Finance", &secret, at(3)).expect("unlocks");
    for (id, dossier) in &dossiers {
        let seen = register.load(*id, None, at(4)).expect("there").dossier;
        // Of what is left out nothing is told as missing; the rest is told to finance as to everybody.
        let told = |dossier: &Dossier| {
            let problems = dossier.evaluate(&library, TODAY).problems.into_iter();
            let seen = problems.filter(|problem| !withholds(&problem.field));
            seen.map(|problem| (problem.field, problem.severity))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(&seen), told(dossier), "{}", dossier.number);
        assert_eq!(
            figures(&seen.evaluate(&library, TODAY)),
            figures(&dossier.evaluate(&library, TODAY)),
            "{}",
            dossier.number
        );
        let text = format!("{seen:?}");
        let client = &dossier.client;
        let address = client.address.clone().unwrap_or_default();
        let mut personal = vec![
            client.person.surname.clone(),
            client.person.partner_surname.clone(),
            address.street,
            client.neighbourhood.clone().unwrap_or_default(),
            dossier.contact.name.clone(),
            dossier.signatory.name.clone(),
            dossier.dates.suspensions[0].reason.clone(),
            "Het medisch advies komt later.".to_owned(),
        ];
        assert_eq!(seen.course(), dossier.course());
        for provision in &dossier.provisions {
            let motivation = &provision.motivation;
            personal.extend([
                motivation.limitations.clone(),
                motivation.own_strength.clone(),
                motivation.customary_help.clone(),
                motivation.reasons.clone(),
            ]);
        }
        for said in personal.iter().filter(|said| said.chars().count() > 3) {
            assert!(!text.contains(said.as_str()), "{said}");
        }
    }
    assert_ne!(register.slot().map(|slot| slot.name.as_str()), Some(NAME));
}
