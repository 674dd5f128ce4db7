//! Pictures of the screens of the register, and whether anything of them is cut off.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Theme, Vec2, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};
use jiff::civil::date;

use super::program::{Start, click, ctrl, fill, press as press_key};
use super::register::{NAME, Office, example, save, search, unlock};
use super::register_screens::{Bench, Test, at, button, destroy, dossier, press, row, show, test};
use super::{LOOKS, USUAL, assert_nothing_is_cut_off};
use crate::desk::app::Desk;
use crate::desk::panels::register::Screen;
use crate::register::{Effort, Hex, Passphrase, Register, Role as Access, kept_until};

#[test]
fn pictures_of_the_register_screens() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut bench = Bench::new();
        bench.begin(&["Bakker"]);
        let id = Register::new_id().unwrap();
        let mut first = dossier();
        first.provisions[0].line.to = Some(date(2018, 6, 30));
        bench.save(id, 0, &first);
        let mut lacking = dossier();
        lacking.client.bsn = None;
        lacking.dates.decision = Some(date(2018, 3, 2));
        bench.save(id, 1, &lacking);
        bench.open_as(id, 2, lacking);
        let mut harness = test(USUAL, look, bench, Screen::Versions);
        button(&mut harness, "Toon de verschillen");
        harness.snapshot(format!("register_versions_{name}"));
        show(&mut harness, Screen::Definitive);
        harness.snapshot(format!("register_blocked_{name}"));
        harness.state_mut().open_as(id, 2, dossier());
        show(&mut harness, Screen::Definitive);
        press(
            &mut harness,
            Role::CheckBox,
            "Ik heb de brief gelezen en het besluit klopt",
        );
        button(&mut harness, "Maak definitief");
        harness.state_mut().open_as(id, 3, dossier());
        button(&mut harness, "Reken het bewijs na");
        harness.snapshot(format!("register_definitive_{name}"));
        show(&mut harness, Screen::Log);
        harness.snapshot(format!("register_log_{name}"));
        results.extend_harness(&mut harness);
    }
}

/// A register with dossiers of which some may go, a colleague, and backups.
fn full() -> Bench {
    let mut bench = Bench::new();
    for name in ["Aalders", "Bakker", "Cohen"] {
        bench.begin(&[name]);
    }
    let gone = bench.begin(&["Dekker"]);
    destroy(&mut bench.register, gone, at(900));
    bench.begin(&["El Amrani"]);
    let phrase = Passphrase::new("woorden voor de finance").unwrap();
    for (name, role) in [("Karim", Access::Full), ("Fin", Access::Finance)] {
        bench
            .register
            .add_slot(name, role, &phrase, Effort::TRIAL, at(950))
            .unwrap();
    }
    for seconds in [1000, 90_000, 180_000] {
        let folder = bench.around.backups.clone();
        bench.register.back_up(&folder, at(seconds)).unwrap();
    }
    bench
}

#[test]
fn pictures_of_backups_keeping_and_people() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut harness = test(USUAL, look, full(), Screen::Backups);
        button(&mut harness, "Controleer het register");
        button(&mut harness, "Bekijk wat erin staat");
        // Place and names are others in each run.
        let screens = &mut harness.state_mut().screens;
        screens.show_backups_at("/srv/wmo/kopie", "maatwerk-12ab34cd.reservekopie");
        harness.run();
        harness.snapshot(format!("register_backups_{name}"));
        harness.state_mut().around.today = kept_until(at(600));
        harness.state_mut().open = None;
        show(&mut harness, Screen::Keeping);
        row(&mut harness, "Bakker");
        harness.snapshot(format!("register_keeping_{name}"));
        show(&mut harness, Screen::People);
        row(&mut harness, "Karim");
        harness.snapshot(format!("register_people_{name}"));
        results.extend_harness(&mut harness);
    }
}

#[test]
fn nothing_of_a_full_register_is_cut_off_at_any_size_and_zoom() {
    for (width, height) in [(1024.0, 700.0), (512.0, 350.0)] {
        let mut bench = full();
        bench.around.today = kept_until(at(600));
        let size = vec2(width, height);
        let mut harness = test(size, Theme::Light, bench, Screen::Backups);
        button(&mut harness, "Controleer het register");
        button(&mut harness, "Bekijk wat erin staat");
        all_is_inside(&harness, size);
        show(&mut harness, Screen::Keeping);
        row(&mut harness, "Bakker");
        all_is_inside(&harness, size);
        show(&mut harness, Screen::People);
        row(&mut harness, "Karim");
        all_is_inside(&harness, size);
        button(&mut harness, "Maak een nieuwe herstelsleutel");
        all_is_inside(&harness, size);
        show(&mut harness, Screen::Log);
        all_is_inside(&harness, size);
    }
}

fn all_is_inside(harness: &Test, size: Vec2) {
    let roles = [
        Role::Heading,
        Role::Label,
        Role::Button,
        Role::TextInput,
        Role::PasswordInput,
        Role::ComboBox,
        Role::CheckBox,
        Role::ListBoxOption,
        Role::RadioButton,
        Role::Tab,
    ];
    assert_nothing_is_cut_off(harness, &roles, size);
}

/// Sanne and Karim saved the same dossier.
fn conflict(how: Start) -> Harness<'static, Desk> {
    let (office, id) = Office::with_a_dossier();
    let mut harness = office.window_with(how);
    unlock(&mut harness, NAME);
    search(&mut harness, "zonneveld");
    press_key(&mut harness, Key::Enter);
    let narrow = harness.query_by_role_and_label(Role::Tab, "Formulier");
    if narrow.is_some() {
        click(&mut harness, Role::Tab, "Formulier");
    }
    fill(&mut harness, "Voorletters", "Q.");
    fill(&mut harness, "Straat", "Kerkplein");
    let mut theirs = example("Zonneveld-Maan");
    theirs.provisions[0].line.to = Some(date(2018, 6, 30));
    save(&mut office.colleague("Karim"), id, 1, &theirs);
    ctrl(&mut harness, Key::S);
    harness
}

#[test]
fn pictures_of_two_versions_of_one_dossier() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut harness = conflict(Start {
            look,
            ..Start::default()
        });
        // The sheet takes its place in the middle once its height is known.
        harness.run_steps(4);
        harness.snapshot(format!("register_conflict_{name}"));
        results.extend_harness(&mut harness);
    }
    for size in [vec2(1024.0, 700.0), vec2(512.0, 350.0)] {
        let harness = conflict(Start {
            size,
            ..Start::default()
        });
        assert_nothing_is_cut_off(&harness, &[Role::Button, Role::Label, Role::Heading], size);
        let all = ["Sla mijn versie op", "Neem hun versie", "Beslis later"];
        for label in all {
            let rect = harness.get_by_role_and_label(Role::Button, label).rect();
            assert!(rect.bottom() <= size.y, "{label} at {rect:?} in {size:?}");
        }
    }
}

/// A caseload of so many dossiers in a window with little room.
fn low(look: Theme, size: Vec2) -> Harness<'static, Desk> {
    let office = Office::founded();
    let mut karim = office.colleague("Karim");
    for number in 0..12_u8 {
        let dossier = example(&format!("Zonneveld-{}", char::from(b'A' + number)));
        save(&mut karim, Hex([number; 16]), 0, &dossier);
    }
    let mut harness = office.window_with(Start {
        look,
        size,
        ..Start::default()
    });
    unlock(&mut harness, NAME);
    harness
}

/// How many rows stand whole between the search and the end of the window.
fn whole_rows(harness: &Harness<'_, Desk>, size: Vec2) -> usize {
    let search = harness.get_by_role_and_label(Role::TextInput, "Zoeken");
    let top = search.rect().bottom();
    let rows = harness.query_all_by_role(Role::ListBoxOption);
    rows.filter(|row| row.rect().top() >= top && row.rect().bottom() <= size.y)
        .count()
}

#[test]
fn at_twice_the_size_the_caseload_shows_a_list_and_unfolds_its_filters() {
    let mut results = SnapshotResults::new();
    let size = vec2(640.0, 400.0);
    for (look, name) in LOOKS {
        let mut harness = low(look, size);
        let rows = whole_rows(&harness, size);
        assert!(rows >= 4, "{rows}");
        assert!(harness.query_by_label("Product").is_none());
        harness.snapshot(format!("caseload_small_200_{name}"));
        click(&mut harness, Role::Button, "Filters");
        for label in [
            "Product",
            "Consulent",
            "Wijk",
            "Stand",
            "Volgorde",
            "Op slot na",
        ] {
            harness.get_by_role_and_label(Role::ComboBox, label);
        }
        assert_nothing_is_cut_off(
            &harness,
            &[Role::ComboBox, Role::Button, Role::RadioButton],
            size,
        );
        harness.snapshot(format!("caseload_small_200_filters_{name}"));
        click(&mut harness, Role::RadioButton, "Te laat (12)");
        click(&mut harness, Role::Button, "Verberg de filters");
        // What is left out is not left out unseen.
        click(&mut harness, Role::Button, "Filters (er staat er een aan)");
        results.extend_harness(&mut harness);
    }
}

#[test]
fn the_keyboard_moves_through_a_caseload_with_little_room_and_back_to_its_top() {
    for size in [vec2(640.0, 400.0), vec2(512.0, 350.0), USUAL] {
        let mut harness = low(Theme::Light, size);
        let marked = |harness: &Harness<'_, Desk>| {
            let rows = harness.query_all_by_role(Role::ListBoxOption);
            let mut marked =
                rows.filter(|row| row.accesskit_node().toggled() == Some(Toggled::True));
            marked.next().map(|row| row.rect()).unwrap()
        };
        let top = harness.get_by_label("12 dossiers").rect();
        for key in [Key::ArrowDown, Key::ArrowUp] {
            for _ in 0..11 {
                press_key(&mut harness, key);
                let at = marked(&harness);
                assert!(
                    at.top() > 40.0 && at.bottom() <= size.y,
                    "{key:?} {at:?} in {size:?}"
                );
            }
        }
        assert_eq!(harness.get_by_label("12 dossiers").rect(), top);
    }
}
