//! What cannot be undone, in the screens of the register: it is refused with the reason, and what was done is told.

use std::sync::Arc;

use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::Timestamp;

use super::register::based;
use super::register_screens::{
    Bench, Test, at, button, is_silent_about, library, library_with, named, press, row, says, show,
    usual, with_file,
};
use crate::desk::panels::register::{News, Screen};
use crate::dossier::{Dossier, Receipt};
use crate::register::{
    Base, Deciding, DossierId, Made, Protection, Register, Save, backups, kept_until,
};
use crate::trace::Status;

/// Has everything destroyed that may go; gives what is told about it.
fn destroy_all(harness: &mut Test, sure: &str) -> (Vec<DossierId>, String) {
    button(harness, "Kies alle");
    press(harness, Role::CheckBox, sure);
    button(harness, "Vernietig");
    match harness.state_mut().news.pop() {
        Some(News::Gone { ids, words }) => (ids, words),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_dossier_that_a_colleague_saved_or_has_open_is_not_destroyed_and_that_is_told() {
    let mut bench = Bench::new();
    let saved = bench.begin(&["Aalders"]);
    let held = bench.begin(&["Bakker"]);
    let other = bench.begin(&["Cohen"]);
    bench.open = None;
    bench.around.today = kept_until(at(600));
    let mut colleague = bench.colleague();
    let mut harness = usual(bench, Screen::Keeping);
    let late = named("Aalders");
    let save = Save {
        id: saved,
        base: based(&mut colleague, saved, 1),
        dossier: &late,
        token: Register::new_id().unwrap(),
        follows: None,
    };
    colleague.save(&save, at(200)).unwrap();
    // A minute later the window destroys, by its own clock.
    colleague.lease(held, at(200)).unwrap();
    let (ids, words) = destroy_all(&mut harness, "Ja, vernietig 3 gekozen dossiers voorgoed");
    assert_eq!(ids, [other]);
    assert!(
        words.contains("Het dossier is vernietigd. 2 dossiers niet; bij de dossiers staat waarom."),
        "{words}"
    );
    says(
        &harness,
        "Een collega heeft dit dossier intussen opgeslagen als versie 2.",
    );
    says(&harness, "Sanne heeft dit dossier open sinds 1-3-2018");
    // The list is that of now: asked again, what was saved is destroyed as it was seen.
    colleague.release(held).unwrap();
    let (ids, words) = destroy_all(&mut harness, "Ja, vernietig 2 gekozen dossiers voorgoed");
    assert_eq!(ids.len(), 2, "{words}");
    is_silent_about(&harness, "Niet vernietigd");
}

#[test]
fn an_open_dossier_that_a_colleague_saved_since_is_not_destroyed_on_request() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Bakker"]);
    bench.save(id, 1, &named("Later"));
    let mut harness = usual(bench, Screen::Keeping);
    let sure = "Ja, vernietig het open dossier voorgoed, op verzoek van de cliënt";
    press(&mut harness, Role::CheckBox, sure);
    button(&mut harness, "Vernietig dit dossier");
    let bench = harness.state_mut();
    assert!(matches!(bench.news.pop(), Some(News::Gone { ids, .. }) if ids.is_empty()));
    assert!(bench.register.peek(id, None).is_ok());
    // No backup is made of nothing.
    let id = bench.register.id();
    assert_eq!(backups(&bench.around.backups, id), []);
    says(
        &harness,
        "Een collega heeft dit dossier intussen opgeslagen als versie 2.",
    );
}

#[test]
fn a_damaged_backup_is_put_back_only_after_a_second_yes_and_goes_on_to_be_told() {
    let mut bench = Bench::new();
    let lost = bench.begin(&["Bakker"]);
    bench.begin(&["Cohen"]);
    bench.open = None;
    let folder = bench.around.backups.clone();
    let backup = bench.register.back_up(&folder, at(300)).unwrap();
    let file = rusqlite::Connection::open(&backup.path).unwrap();
    let statement = "UPDATE revision SET person = zeroblob(64) WHERE dossier = ?1";
    file.execute(statement, [lost.0]).unwrap();
    drop(file);
    bench.begin(&["Dekker"]);
    bench.open = None;
    let mut harness = usual(bench, Screen::Backups);
    button(&mut harness, "Zet deze kopie terug…");
    button(&mut harness, "Zet de kopie terug");
    says(&harness, "Deze kopie is beschadigd");
    says(&harness, "Versie 1 is beschadigd of veranderd");
    says(&harness, "2 dossiers, 2 versies en");
    let bench = harness.state_mut();
    assert!(bench.news.is_empty());
    assert_eq!(bench.register.index().unwrap().entries().len(), 3);
    button(&mut harness, "Zet deze beschadigde kopie toch terug…");
    button(&mut harness, "Annuleren");
    assert_eq!(harness.state().register.index().unwrap().entries().len(), 3);
    button(&mut harness, "Zet deze beschadigde kopie toch terug…");
    button(&mut harness, "Zet de beschadigde kopie terug");
    let bench = harness.state_mut();
    let Some(News::Replaced(words)) = bench.news.pop() else {
        panic!("nothing is put back");
    };
    assert_eq!(
        words,
        "De reservekopie is teruggezet. Wat erin beschadigd is, staat bij Reservekopieën."
    );
    assert_eq!(bench.register.index().unwrap().entries().len(), 2);
    says(&harness, "Versie 1 is beschadigd of veranderd");
    button(&mut harness, "Controleer het register");
    says(&harness, "Versie 1 is beschadigd of veranderd");
}

/// What was told last about the list of dossiers.
fn changed(harness: &mut Test) -> String {
    match harness.state_mut().news.pop() {
        Some(News::Changed(words)) => words,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_that_is_taken_in_twice_is_told_and_comes_in_again_only_when_asked() {
    let mut bench = Bench::new();
    bench.begin(&["Aalders"]);
    bench.open = None;
    let mut text = Vec::new();
    let plain = Protection::PlainConfirmed;
    let out = bench.register.export(None, plain, &mut text, at(300));
    out.unwrap();
    let file = bench.folder.path().join("uit.ron");
    std::fs::write(&file, &text).unwrap();
    let mut harness = usual(bench, Screen::Keeping);
    with_file(&mut harness, "Kies een bestand…", file);
    let words = changed(&mut harness);
    assert!(words.starts_with("0 dossiers ingevoerd uit "), "{words}");
    says(&harness, "Staat al in het register");
    says(
        &harness,
        "dossier 1 in het bestand: staat al in het register, met dezelfde inhoud",
    );
    button(&mut harness, "Voer deze toch in, als nog een dossier");
    let words = changed(&mut harness);
    assert!(words.starts_with("1 dossier ingevoerd uit "), "{words}");
    assert_eq!(
        harness
            .state_mut()
            .register
            .index()
            .unwrap()
            .entries()
            .len(),
        2
    );
    is_silent_about(&harness, "Staat al in het register");
}

#[test]
fn a_file_that_breaks_off_tells_what_was_taken_in_and_what_was_not() {
    let mut bench = Bench::new();
    for name in ["Aalders", "Bakker"] {
        bench.begin(&[name]);
    }
    bench.open = None;
    let mut text = Vec::new();
    let plain = Protection::PlainConfirmed;
    bench
        .register
        .export(None, plain, &mut text, at(300))
        .unwrap();
    let file = bench.folder.path().join("uit.ron");
    std::fs::write(&file, &text[..text.len() - 100]).unwrap();
    // In another register, where it is new.
    let mut harness = usual(Bench::new(), Screen::Keeping);
    with_file(&mut harness, "Kies een bestand…", file);
    let words = changed(&mut harness);
    assert!(words.starts_with("1 dossier ingevoerd uit "), "{words}");
    assert!(
        words.ends_with("Niet alles is ingevoerd; onder Invoeren staat waarom."),
        "{words}"
    );
    says(&harness, "Niet ingevoerd");
    says(&harness, "uit.ron, dossier 2");
}

fn decide(bench: &mut Bench, id: DossierId, dossier: &Dossier, now: Timestamp) {
    let (library, today) = (library(), bench.around.today);
    let save = Save {
        id,
        base: based(&mut bench.register, id, 1),
        dossier,
        token: Register::new_id().unwrap(),
        follows: None,
    };
    let deciding = Deciding {
        save,
        library: &library,
        printed: Status::Established,
        today,
    };
    let made = bench
        .register
        .make_definitive(&deciding, now, |number, dossier| {
            let texts = crate::letter::texts_fingerprint(&library.texts);
            let receipt = Receipt::of(number, dossier, &library, today, texts);
            Ok(receipt.unwrap().to_text().unwrap().into_bytes())
        });
    assert!(matches!(made, Ok(Made::Done { .. })), "{made:?}");
}

#[test]
fn the_amounts_of_a_definitive_version_are_those_of_its_receipt_when_versions_are_compared() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Bakker"]);
    decide(&mut bench, id, &named("Bakker"), at(90));
    bench.open_as(id, 2, named("Bakker"));
    let mut harness = usual(bench, Screen::Versions);
    button(&mut harness, "Toon de verschillen");
    says(&harness, "Van versie 1 naar versie 2: geen verschillen");
    // The tariff of the municipality went up since: the draft costs more now, and the decision what it did.
    harness.state_mut().around.library = Arc::new(library_with("40.00"));
    show(&mut harness, Screen::Versions);
    button(&mut harness, "Toon de verschillen");
    says(&harness, "De bedragen van het besluit zijn die van toen.");
    let told = harness.query_all_by_label_contains("was: ");
    let told: Vec<String> = told
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let rate = told.iter().find(|told| told.contains("27,50"));
    let (after, before) = rate.and_then(|told| told.split_once("was: ")).unwrap();
    assert!(
        after.contains("27,50") && before.contains("40,00"),
        "{told:?}"
    );
    // Without its receipt that is told.
    let file = bench_file(&harness);
    file.execute("UPDATE decision SET receipt = zeroblob(64)", [])
        .unwrap();
    row(&mut harness, "Versie 2");
    button(&mut harness, "Toon de verschillen");
    says(&harness, "Het bewijs van het besluit is niet te lezen.");
}

#[test]
fn less_than_a_decision_gave_then_blocks_what_follows_it_up_whatever_the_tariff_is_now() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Bakker"]);
    decide(&mut bench, id, &named("Bakker"), at(90));
    let mut later = named("Bakker");
    later.dates.decision = Some(bench.around.today);
    later.dates.sending = None;
    let mut blocks = |rate: &str| {
        let library = library_with(rate);
        let deciding = Deciding {
            save: Save {
                id: Register::new_id().unwrap(),
                base: Base::NEW,
                dossier: &later,
                token: Register::new_id().unwrap(),
                follows: Some(id),
            },
            library: &library,
            printed: Status::Established,
            today: bench.around.today,
        };
        let told = bench.register.in_the_way(&deciding).unwrap();
        told.iter()
            .any(|problem| problem.field == "provisions[0].line.from")
    };
    assert!(!blocks("27.50"));
    assert!(blocks("20.00"), "the decision gave 27.50");
    assert!(!blocks("40.00"));
}

/// The database behind the register.
fn bench_file(harness: &Test) -> rusqlite::Connection {
    let folder = harness.state().folder.path();
    rusqlite::Connection::open(folder.join("register.db")).unwrap()
}
