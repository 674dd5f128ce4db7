//! A worry about safety stays with the dossier: nothing that leaves has it, unless that was chosen.

use crate::places::{Place, TODAY, at, id, phrase, save};
use jiff::tz::TimeZone;
use maatwerk::budget::Library;
use maatwerk::cli::{Surroundings, run};
use maatwerk::dossier::{Dossier, Receipt};
use maatwerk::letter;
use maatwerk::register::{Effort, Protection, Role};
use maatwerk::texts::Texts;
use std::path::Path;

const WORRY: &str = "Zorgwoord uit de meldcode";

fn worried(shared: bool) -> Dossier {
    let path = Path::new("fixtures/dossiers/brief-pgb.ron");
    let bytes = std::fs::read(path).expect("the fixture is there");
    let mut dossier = Dossier::read("brief-pgb", &bytes).expect("it is sound");
    let path = Path::new("fixtures/investigation/onderzoek.ron");
    let bytes = std::fs::read(path).expect("the fixture is there");
    let investigated = Dossier::read("onderzoek", &bytes).expect("it is sound");
    dossier.investigation = investigated.investigation;
    dossier.investigation.safety.text = WORRY.to_owned();
    dossier.investigation.safety.shared = shared;
    dossier
}

/// What the command line prints and writes of a dossier.
fn printed(dossier: &Dossier) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dossier.ron");
    std::fs::write(&path, dossier.to_text().expect("text")).expect("written");
    let path = path.to_str().expect("UTF-8");
    let mut all = Vec::new();
    for arguments in [
        &["bereken", path][..],
        &["bereken", path, "--json"],
        &["termijnen", path],
        &["termijnen", path, "--json"],
        &["controleer", path],
    ] {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let arguments = std::iter::once("maatwerk").chain(arguments.iter().copied());
        run(
            arguments.map(std::ffi::OsString::from),
            &mut Surroundings {
                now: at(1).to_zoned(jiff::tz::TimeZone::UTC),
                settings: None,
                register: None,
                out: &mut out,
                err: &mut err,
                input: &mut std::io::empty(),
                ask: &mut |_| Err(std::io::ErrorKind::NotFound.into()),
                display: false,
                watched: false,
                printer: None,
                stop: &mut Default::default,
            },
        );
        all.extend(out);
        all.extend(err);
    }
    String::from_utf8(all).expect("UTF-8")
}

#[test]
fn a_worry_about_safety_is_in_no_letter_and_on_no_command_line_shared_or_not() {
    let library = Library::shipped().expect("the program's own data");
    for shared in [false, true] {
        let dossier = worried(shared);
        let evaluation = dossier.evaluate(&library, TODAY);
        for number in [None, Some("2018-000001")] {
            let letter = letter::grant(&dossier, &evaluation, &library, number).expect("a letter");
            assert!(!format!("{letter:?}").contains(WORRY));
        }
        assert!(!format!("{:?}", evaluation.problems).contains(WORRY));
        let printed = printed(&dossier);
        assert!(printed.contains("Beslissing") && !printed.contains(WORRY));
    }
}

#[test]
fn a_worry_about_safety_is_in_a_report_a_proof_and_an_export_only_where_that_was_chosen() {
    let library = Library::shipped().expect("the program's own data");
    for shared in [false, true] {
        let dossier = worried(shared);
        let has = |text: &str| text.contains(WORRY);
        let report = letter::report(&dossier, &library).expect("a report");
        assert_eq!(has(&format!("{report:?}")), shared);
        let texts = letter::texts_fingerprint(&Texts::shipped().unwrap());
        let receipt = Receipt::of("2018-000001", &dossier, &library, TODAY, texts);
        let receipt = receipt.and_then(|receipt| receipt.to_text());
        assert_eq!(has(&receipt.expect("a proof")), shared);

        let place = Place::file();
        let mut register = place.found();
        let id = id();
        save(&mut register, id, 0, &dossier);
        let kept = register.load(id, None, at(2)).expect("there").dossier;
        assert_eq!(kept, dossier);
        for which in [None, Some(&[id][..])] {
            let mut out = Vec::new();
            register
                .export(which, Protection::PlainConfirmed, &mut out, at(3))
                .expect("exported");
            assert_eq!(has(&String::from_utf8(out).expect("UTF-8")), shared);
        }
        let (mut text, mut source) = (Vec::new(), Vec::new());
        register
            .access(
                id,
                Protection::PlainConfirmed,
                (&mut text, &mut source),
                (at(4), &TimeZone::UTC),
            )
            .expect("text");
        for told in [text, source] {
            assert_eq!(has(&String::from_utf8(told).expect("UTF-8")), shared);
        }
        let secret = phrase("woorden voor de finance");
        register
            .add_slot("Finance", Role::Finance, &secret, Effort::TRIAL, at(5))
            .expect("added");
        register.lock();
        register.unlock("Finance", &secret, at(6)).expect("unlocks");
        let seen = register.load(id, None, at(7)).expect("there").dossier;
        assert!(!has(&format!("{seen:?}")));
        assert!(seen.investigation.is_empty());
    }
}
