//! Work that the register does not take: it opens all the same without a journal, gives back what it does not show, and
//! makes a follow-up of what a decision left out.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::Arc;

use super::program::{Start, click, ctrl, fill, give_path, keys, press, settle, surname, type_in};
use super::register::{NAME, Office, based, save, save_by_key, search, unlock};
use super::register_screens::{library, library_with, named};
use crate::budget::Library;
use crate::desk::app::Desk;
use crate::desk::document::Reads;
use crate::dossier::{Dossier, Receipt};
use crate::register::{Deciding, Deed, DossierId, Lease, Made, Protection, Register, Save, State};
use crate::trace::Status;

const TODAY: jiff::civil::Date = jiff::civil::date(2018, 3, 1);

fn says(harness: &Harness<'_, Desk>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

fn now() -> Timestamp {
    "2018-03-01T08:00:00Z".parse().unwrap()
}

/// A register with dossiers of these names, and Sanne in the first of them, in a municipality where all is confirmed.
fn at_work(office: &Office, names: &[&str]) -> (Harness<'static, Desk>, Vec<DossierId>) {
    let ids: Vec<_> = names
        .iter()
        .map(|name| {
            let id = Register::new_id().unwrap();
            save(&mut office.colleague("Karim"), id, 0, &named(name));
            id
        })
        .collect();
    (in_the_first(office, names[0]), ids)
}

fn window(office: &Office) -> Harness<'static, Desk> {
    let mut harness = office.window_with(Start {
        library: Some(library()),
        ..Start::default()
    });
    unlock(&mut harness, NAME);
    harness
}

fn in_the_first(office: &Office, name: &str) -> Harness<'static, Desk> {
    let mut harness = window(office);
    search(&mut harness, name);
    press(&mut harness, Key::Enter);
    harness
}

/// Karim makes the decision of this dossier definitive, on top of revision 1.
fn decide(office: &Office, id: DossierId) {
    decide_with(office, id, &library());
}

/// The same with these tariffs.
fn decide_with(office: &Office, id: DossierId, library: &Library) {
    let mut karim = office.colleague("Karim");
    let dossier = karim.peek(id, None).unwrap().dossier;
    let save = Save {
        id,
        base: based(&mut karim, id, 1),
        dossier: &dossier,
        token: Register::new_id().unwrap(),
        follows: None,
    };
    let receipt = |number: &str, dossier: &Dossier| {
        let texts = crate::letter::texts_fingerprint(&library.texts);
        let receipt = Receipt::of(number, dossier, library, TODAY, texts);
        Ok(receipt.unwrap().to_text().unwrap().into_bytes())
    };
    let deciding = Deciding {
        save,
        library,
        printed: Status::Established,
        today: TODAY,
    };
    let made = karim.make_definitive(&deciding, now(), receipt).unwrap();
    assert!(matches!(made, Made::Done { .. }), "{made:?}");
}

#[test]
fn with_a_broken_journal_a_dossier_opens_and_says_that_work_is_not_kept() {
    let (office, _) = Office::with_a_dossier();
    std::fs::write(office.home().journal, "geen database, maar iets anders").unwrap();
    let mut harness = office.unlocked(NAME);
    search(&mut harness, "zonneveld");
    press(&mut harness, Key::Enter);
    assert_eq!(surname(&harness), "Zonneveld");
    let warning = "Uw werk wordt nu niet tussentijds bewaard";
    assert!(says(&harness, warning));
    fill(&mut harness, "Achternaam", "Maan");
    assert!(says(&harness, warning));
    save_by_key(&mut harness);
    // Once the journal takes work again, the warning goes.
    std::fs::remove_file(office.home().journal).unwrap();
    office.pass(45);
    settle(&mut harness);
    fill(&mut harness, "Achternaam", "Ster");
    assert!(!says(&harness, warning));
}

#[test]
fn what_was_opened_and_never_shown_is_free_after_locking() {
    let office = Office::founded();
    let (mut harness, ids) = at_work(&office, &["Zonneveld", "Maan"]);
    ctrl(&mut harness, Key::Num3);
    search(&mut harness, "maan");
    let held = harness.state_mut().hold_register();
    harness.key_press(Key::Enter);
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
    harness.run();
    drop(held);
    settle(&mut harness);
    assert!(harness.state().document().is_none());
    let mut karim = office.colleague("Karim");
    for id in ids {
        assert_eq!(karim.lease(id, now()).unwrap(), Lease::Ours);
    }
}

#[test]
fn work_on_a_dossier_that_became_definitive_goes_on_as_a_follow_up() {
    let office = Office::founded();
    let (mut harness, ids) = at_work(&office, &["Zonneveld"]);
    let first = ids[0];
    fill(&mut harness, "Straat", "Kerkplein");
    drop(harness);
    office.pass(600);
    decide(&office, first);
    let before = office.colleague("Karim").peek(first, None).unwrap();

    let mut harness = window(&office);
    click(&mut harness, Role::Button, "Ga verder");
    let document = harness.state().document().unwrap();
    assert_eq!(document.reads(), Some(&Reads::Definitive));
    assert!(says(&harness, "Uw werk van daarvoor staat er niet in"));
    click(&mut harness, Role::Button, "Maak een vervolg met uw werk");
    let document = harness.state().document().unwrap();
    let address = document.dossier().client.address.as_ref();
    assert_eq!(address.unwrap().street, "Kerkplein");
    assert!(!document.is_dossier(first));
    // It is kept as what it is now, and not twice.
    drop(harness);
    office.pass(600);
    let mut harness = window(&office);
    assert_eq!(harness.query_all_by_label("Ga verder").count(), 1);
    click(&mut harness, Role::Button, "Ga verder");
    save_by_key(&mut harness);
    let mut karim = office.colleague("Karim");
    let entries = karim.index().unwrap().entries();
    let follower = entries.iter().find(|entry| entry.id != first).unwrap();
    assert_eq!(follower.about.meta.follows, Some(first));
    let after = karim.peek(first, None).unwrap();
    assert_eq!(
        (after.revision, after.dossier),
        (before.revision, before.dossier)
    );
    assert!(matches!(after.meta.state, State::Definitive { .. }));
}

#[test]
fn saving_on_a_dossier_that_became_definitive_offers_a_follow_up() {
    let office = Office::founded();
    let (mut harness, ids) = at_work(&office, &["Zonneveld"]);
    fill(&mut harness, "Straat", "Kerkplein");
    decide(&office, ids[0]);
    ctrl(&mut harness, Key::S);
    assert!(says(&harness, "definitief gemaakt"));
    assert!(!says(&harness, "Sla mijn versie op"));
    click(&mut harness, Role::Button, "Lees het besluit");
    let document = harness.state().document().unwrap();
    assert_eq!(document.reads(), Some(&Reads::Definitive));
    click(&mut harness, Role::Button, "Maak een vervolg met uw werk");
    save_by_key(&mut harness);
    let document = harness.state().document().unwrap();
    let address = document.dossier().client.address.as_ref();
    assert_eq!(address.unwrap().street, "Kerkplein");
    let entries = office.colleague("Karim").index().unwrap().entries().len();
    assert_eq!(entries, 2);
}

#[test]
fn a_conflict_with_a_decision_shows_the_amounts_that_were_decided() {
    let office = Office::founded();
    let (mut harness, ids) = at_work(&office, &["Zonneveld"]);
    fill(&mut harness, "Straat", "Kerkplein");
    // A colleague whose tariffs are newer.
    decide_with(&office, ids[0], &library_with("40.00"));
    ctrl(&mut harness, Key::S);
    assert!(says(
        &harness,
        "De bedragen van het besluit zijn die van toen."
    ));
    let told = harness.query_all_by_label_contains("was: ");
    let told: Vec<String> = told
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let rate = told.iter().find(|told| told.contains("40,00")).unwrap();
    assert!(rate.contains("was: €\u{a0}27,50"), "{told:?}");
}

#[test]
fn the_account_of_a_decision_is_made_from_the_menu_and_the_list_of_commands_and_stands_in_the_log()
{
    let (office, id) = Office::with_a_dossier();
    let folder = tempfile::tempdir().unwrap();
    let make = "Verantwoording maken…";
    for (name, by_menu) in [(NAME, true), ("Fin", false)] {
        let mut harness = office.unlocked(name);
        press(&mut harness, Key::Enter);
        if by_menu {
            click(&mut harness, Role::Button, "Register");
            let entry = harness.query_all_by_label_contains(make).next().unwrap();
            entry.click();
            settle(&mut harness);
        } else {
            ctrl(&mut harness, Key::K);
            harness.event(egui::Event::Text("verantwoording".to_owned()));
            settle(&mut harness);
            press(&mut harness, Key::Enter);
        }
        click(&mut harness, Role::Button, "Maak de verantwoording");
        let file = folder.path().join(format!("{name}.txt"));
        give_path(&mut harness, &file);
        assert!(says(&harness, "De verantwoording staat in"));
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("Verantwoording van"), "{text}");
        let control = "2. Is het budget bevestigd bij de SVB?";
        assert!(text.contains(control), "{text}");
        assert!(!text.contains("Zonneveld"), "{text}");
        // The register has one text for window and command line.
        let mut register = office.colleague("Karim");
        register.know(Arc::new(Library::shipped().unwrap()));
        let mut own = Vec::new();
        let (protection, zone) = (Protection::PlainConfirmed, (now(), &TimeZone::UTC));
        register.account(id, protection, &mut own, zone).unwrap();
        let own = String::from_utf8(own).unwrap();
        assert!(own.starts_with(text.trim_end()), "{own}");
        let made = Deed::Accounted {
            dossier: id,
            plain: true,
        };
        let log = register.log().unwrap();
        let mut lines = log.iter().filter_map(|numbered| numbered.line.as_ref());
        assert!(lines.any(|line| line.name == name && line.deed == made));
    }
    // A dossier that was never saved has no account.
    let mut harness = office.unlocked(NAME);
    ctrl(&mut harness, Key::N);
    type_in(&mut harness, "Achternaam van de cliënt", "Maan");
    press(&mut harness, Key::Enter);
    let ctrl_shift = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    keys(&mut harness, ctrl_shift, Key::Y);
    assert!(!says(&harness, "Maak de verantwoording"));
}
