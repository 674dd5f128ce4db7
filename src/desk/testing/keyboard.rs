//! A whole dossier, from nothing to the letter on disk, with the keyboard alone: no click, and no focus that Tab did not give.

use std::cell::RefCell;
use std::collections::HashSet;
use std::path::Path;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Popup, Vec2, WidgetRect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};

use super::job::read_back;
use super::program::{self, Start, fixture, settle, start};
use super::register::Office;
use super::{LOOKS, LOW, USUAL, has_ring};
use crate::desk::app::Desk;
use crate::desk::editing::Place;
use crate::desk::sight::is_cut_off;
use crate::desk::view::Part;
use crate::dossier::{Dossier, InvestigationStep, StepState};
use crate::indication::Hours;

thread_local! {
    /// What was pressed and typed in this test, a step a line, with the names that xdotool has for keys.
    static STEPS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn note(step: String) {
    STEPS.with_borrow_mut(|steps| steps.push(step));
}

fn keys(harness: &mut Harness<'_, Desk>, modifiers: Modifiers, key: Key) {
    let name = match key {
        Key::Tab => "Tab".to_owned(),
        Key::Space => "space".to_owned(),
        Key::Enter => "Return".to_owned(),
        Key::Escape => "Escape".to_owned(),
        Key::PageDown => "Next".to_owned(),
        Key::ArrowDown => "Down".to_owned(),
        Key::ArrowRight => "Right".to_owned(),
        key => key.name().to_lowercase(),
    };
    let held = [(modifiers.command, "ctrl+"), (modifiers.shift, "shift+")];
    let held: String = held
        .iter()
        .filter(|held| held.0)
        .map(|held| held.1)
        .collect();
    note(format!("key {held}{name}"));
    program::keys(harness, modifiers, key);
}

fn ctrl(harness: &mut Harness<'_, Desk>, key: Key) {
    keys(harness, Modifiers::COMMAND, key);
}

fn press(harness: &mut Harness<'_, Desk>, key: Key) {
    keys(harness, Modifiers::NONE, key);
}

/// The steps so far, several keys on one line.
fn steps() -> String {
    STEPS.with_borrow(|steps| {
        let mut text = String::new();
        let mut last = "";
        for step in steps {
            match (last.strip_prefix("key "), step.strip_prefix("key ")) {
                // What saves or prints is a step of its own.
                (Some(before), Some(key)) if !before.contains('+') && !key.contains('+') => {
                    text.push(' ');
                    text.push_str(key);
                }
                (_, _) => {
                    text.push('\n');
                    text.push_str(step);
                }
            }
            last = step;
        }
        text.push('\n');
        text.trim_start().to_owned()
    })
}

/// Finds a file of the test in the real window as it is to be, or writes it.
fn compare(name: &str, made: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real_window");
    let file = folder.join(name);
    if std::env::var_os("MAATWERK_GOUD").is_some() {
        std::fs::write(&file, made).unwrap();
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    let there = there.replace("\r\n", "\n");
    assert_eq!(
        there, made,
        "{name}: write it anew with MAATWERK_GOUD=schrijf"
    );
}

/// Role and name of what has the keyboard.
pub(super) fn focused(harness: &Harness<'_, Desk>) -> Option<(Role, String)> {
    let mut nodes = harness.root().children_recursive();
    let found = nodes.find(|node| node.accesskit_node().is_focused())?;
    let node = found.accesskit_node();
    Some((node.role(), node.label().unwrap_or_default()))
}

/// What has the keyboard, as it was drawn.
fn drawn(harness: &Harness<'_, Desk>) -> Option<WidgetRect> {
    let id = harness.ctx.memory(egui::Memory::focused)?;
    harness
        .ctx
        .viewport(|viewport| viewport.prev_pass.widgets.get(id).copied())
}

/// Goes on with Tab, and finds what has the keyboard then whole in sight.
pub(super) fn tab(harness: &mut Harness<'_, Desk>) {
    press(harness, Key::Tab);
    let Some(drawn) = drawn(harness) else {
        return;
    };
    let at = focused(harness);
    assert!(
        !is_cut_off(&drawn),
        "{at:?} has the keyboard and is at {:?}, of which {:?} is in sight",
        drawn.rect,
        drawn.interact_rect
    );
}

/// Walks on with Tab to the control with this role and name.
pub(super) fn walk(harness: &mut Harness<'_, Desk>, role: Role, name: &str) {
    let mut met = Vec::new();
    for _ in 0..120 {
        if let Some((at, label)) = focused(harness) {
            if at == role && label.starts_with(name) {
                return;
            }
            met.push(label);
        }
        tab(harness);
    }
    panic!("Tab does not come to {role:?} {name}; it met {met:?}");
}

/// Types in the field that has the keyboard, in place of what stands there.
pub(super) fn write(harness: &mut Harness<'_, Desk>, text: &str) {
    note(format!("type {text}"));
    harness
        .input_mut()
        .events
        .push(Event::Text(text.to_owned()));
    settle(harness);
}

pub(super) fn fill(harness: &mut Harness<'_, Desk>, name: &str, text: &str) {
    let fields = [Role::TextInput, Role::MultilineTextInput];
    let mut met = Vec::new();
    for _ in 0..120 {
        if let Some((at, label)) = focused(harness) {
            if fields.contains(&at) && label == name {
                write(harness, text);
                tab(harness);
                return;
            }
            met.push(label);
        }
        tab(harness);
    }
    panic!("Tab does not come to the field {name}; it met {met:?}");
}

/// Whether what has the keyboard is one of the choices of which this is another.
fn is_beside(harness: &Harness<'_, Desk>, name: &str) -> bool {
    let mut nodes = harness.root().children_recursive();
    let found = nodes.find(|node| node.accesskit_node().is_focused());
    let Some(group) = found.and_then(|node| node.parent()) else {
        return false;
    };
    let named = |node: Node<'_>| {
        let label = node.accesskit_node().label();
        label.is_some_and(|label| label.starts_with(name))
    };
    group.accesskit_node().role() == Role::RadioGroup && group.children().any(named)
}

/// Walks on with Tab to the choices of which this is one, and with the arrow keys to it.
fn choose(harness: &mut Harness<'_, Desk>, name: &str) {
    let tabs = (0..120).find(|_| {
        is_beside(harness, name) || {
            tab(harness);
            false
        }
    });
    assert!(
        tabs.is_some(),
        "Tab does not come to the choices with {name}"
    );
    for _ in 0..12 {
        let at = focused(harness);
        if at.is_some_and(|(_, label)| label.starts_with(name)) {
            press(harness, Key::Space);
            return;
        }
        press(harness, Key::ArrowRight);
    }
    panic!("the arrow keys do not come to {name}");
}

/// Opens the list that has the keyboard, and takes an entry of it.
fn pick(harness: &mut Harness<'_, Desk>, list: &str, entry: &str) {
    walk(harness, Role::ComboBox, list);
    press(harness, Key::Space);
    walk(harness, Role::Button, entry);
    press(harness, Key::Space);
    assert!(!Popup::is_any_open(&harness.ctx), "{list} is still open");
    assert_eq!(focused(harness), Some((Role::ComboBox, list.to_owned())));
}

#[test]
fn a_whole_dossier_is_made_with_the_keyboard_alone() {
    make_a_dossier(USUAL, None);
}

#[test]
fn a_whole_dossier_is_made_with_the_keyboard_alone_at_twice_the_size() {
    make_a_dossier(LOW, None);
}

/// As the program is in the real window of `tests/real_window`, which is given these keys.
#[test]
fn a_whole_dossier_is_made_beside_another_with_keys_that_the_real_window_is_given() {
    let dossier = make_a_dossier(vec2(1280.0, 760.0), Some("voorbeeld.ron"));
    compare("dossier.keys", &steps());
    compare("dossier.ron", &dossier);
}

/// From nothing to the letter, in a window of this size, that had another dossier open or none; gives what was saved.
fn make_a_dossier(size: Vec2, open: Option<&str>) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nieuw.ron");
    let letter = folder.path().join("brief.pdf");
    // As at the first start: there is no register yet.
    let office = Office::new();
    let harness = &mut start(Start {
        size,
        file: open.map(fixture),
        register: Some(office.home()),
        given_day: open.is_some(),
        ..Start::default()
    });
    ctrl(harness, Key::N);
    pick(harness, "Gemeente", "Leiden");
    fill(harness, "Achternaam van de cliënt", "Jansen");
    walk(harness, Role::Button, "Begin het dossier");
    press(harness, Key::Space);
    for (name, text) in [
        ("Voorletters", "A.B."),
        ("Voorvoegsel", "de"),
        ("Geboortedatum", "12-3-1948"),
    ] {
        fill(harness, name, text);
    }
    choose(harness, "vrouw");
    for (name, text) in [
        ("BSN", "999993653"),
        ("Cliëntnummer", "100235"),
        ("Straat", "Hooigracht"),
        ("Huisnummer", "12"),
        ("Postcode", "2312KM"),
        ("Woonplaats", "Leiden"),
        ("Zaaknummer", "Z/18/000452"),
    ] {
        fill(harness, name, text);
    }
    let next = Modifiers::COMMAND | Modifiers::SHIFT;
    keys(harness, next, Key::PageDown);
    assert_eq!(harness.state().chosen(), Part::Investigation);
    for step in InvestigationStep::ALL {
        if step == InvestigationStep::Prior {
            // Of what goes before, one is looked at; why is asked for at once.
            choose(harness, "overwogen");
            write(harness, "u wilt eerst weten wat er kan");
            tab(harness);
        } else {
            fill(harness, step.question(), "dat is in het gesprek besproken");
        }
    }
    keys(harness, next, Key::PageDown);
    assert_eq!(harness.state().chosen(), Part::Decision);
    for (name, text) in [
        ("Datum melding", "1-2-2018"),
        ("Datum aanvraag", "15-2-2018"),
        ("Datum besluit", "26-2-2018"),
        ("Datum verzending", "27-2-2018"),
        ("Naam contactpersoon", "A. de Wit"),
        ("Telefoon", "071 000 00 01"),
        ("Naam ondertekenaar", "mr. P.A. Jansen"),
        ("Functie", "teamleider"),
        ("Mandaat", "mandaatbesluit Wmo, artikel 3"),
    ] {
        fill(harness, name, text);
    }
    // The term of the decision stands still for some days.
    walk(harness, Role::Button, "Opschorting toevoegen");
    press(harness, Key::Space);
    fill(harness, "Eerste dag opschorting", "20-2-2018");
    fill(harness, "Laatste dag opschorting", "23-2-2018");
    fill(harness, "Reden van de opschorting", "u was op reis");
    ctrl(harness, Key::R);
    pick(harness, "Product", "Huishoudelijke ondersteuning");
    fill(harness, "Ingangsdatum", "1-3-2018");
    fill(harness, "Einddatum", "28-2-2019");
    // The hours of the norm set: 108 + 26 + 16 a year. Each factor asks for its reason at once.
    walk(harness, Role::CheckBox, "Schoon en leefbaar huis");
    press(harness, Key::Space);
    for (factor, reason) in [
        ("samenstelling van het huishouden", "uw zoon woont thuis"),
        ("extra kamer in gebruik", "uw zoon heeft een eigen kamer"),
    ] {
        walk(harness, Role::ComboBox, "Wat meer of minder tijd kost");
        press(harness, Key::Space);
        walk(harness, Role::Button, factor);
        press(harness, Key::Space);
        write(harness, reason);
        tab(harness);
    }
    choose(harness, "Persoonsgebonden budget (pgb)");
    fill(harness, "Naam zorgverlener", "mevrouw S. de Boer");
    for (name, text) in [
        ("Beperkingen", "door reuma kunt u niet meer stofzuigen"),
        ("Eigen kracht", "u stoft zelf af"),
        ("Gebruikelijke hulp", "u woont alleen"),
        ("Wat voorgaat", "uw dochter doet de boodschappen"),
        ("Waarom deze voorziening", "u heeft elke week hulp nodig"),
        ("Resultaten", "uw huis is schoon"),
        ("Activiteiten", "stofzuigen en dweilen"),
        ("Doel van het pgb", "u koopt hulp bij het schoonmaken"),
        ("Eisen aan de kwaliteit", "de hulp komt op vaste dagen"),
    ] {
        fill(harness, name, text);
    }
    ctrl(harness, Key::S);
    fill(harness, "Pad van het bestand", &file.display().to_string());
    press(harness, Key::Enter);
    if !file.is_file() {
        walk(harness, Role::Button, "Opslaan");
        press(harness, Key::Space);
    }
    assert!(file.is_file(), "saved");
    ctrl(harness, Key::P);
    fill(
        harness,
        "Pad van het bestand",
        &letter.display().to_string(),
    );
    if !letter.is_file() {
        press(harness, Key::Enter);
    }
    if !letter.is_file() {
        walk(harness, Role::Button, "Brief maken");
        press(harness, Key::Space);
    }
    assert!(std::fs::read(&letter).unwrap().starts_with(b"%PDF"));
    let saved = std::fs::read(&file).unwrap();
    let saved = Dossier::read("nieuw.ron", &saved).unwrap();
    let list = saved
        .priors(harness.state().document().unwrap().library())
        .unwrap();
    for step in InvestigationStep::ALL {
        let state = saved.step_state(step, &list);
        assert_ne!(state, StepState::Empty, "{step:?}");
    }
    assert_eq!(saved.dates.suspensions.len(), 1);
    let Hours::Norm(work) = &saved.provisions[0].line.hours[0].hours else {
        panic!("built with a norm set");
    };
    assert_eq!(work.parts[0].factors.len(), 2);
    if let Some(text) = read_back(&letter) {
        for part in [
            "A.B. de Jansen",
            "175,51",
            "mevrouw S. de Boer",
            "Uw zoon woont thuis",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
    STEPS.with_borrow_mut(|steps| {
        for step in steps {
            for (path, name) in [(&file, "{dossier}"), (&letter, "{letter}")] {
                *step = step.replace(&path.display().to_string(), name);
            }
        }
    });
    std::fs::read_to_string(&file).unwrap()
}

#[test]
fn a_dossier_that_is_begun_has_the_keyboard_in_its_first_field_also_where_the_columns_take_turns() {
    for size in [USUAL, vec2(640.0, 400.0), vec2(512.0, 350.0)] {
        let harness = &mut start(Start {
            size,
            ..Start::default()
        });
        ctrl(harness, Key::N);
        fill(harness, "Achternaam van de cliënt", "Jansen");
        walk(harness, Role::Button, "Begin het dossier");
        press(harness, Key::Space);
        let first = (Role::TextInput, "Voorletters".to_owned());
        assert_eq!(focused(harness), Some(first), "{size:?}");
    }
}

#[test]
fn tab_goes_through_a_name_in_the_order_in_which_it_is_written() {
    let harness = &mut start(Start {
        file: Some(fixture("brief-pgb.ron")),
        ..Start::default()
    });
    walk(harness, Role::TextInput, "Voorletters");
    for next in ["Voorvoegsel", "Achternaam"] {
        tab(harness);
        assert_eq!(focused(harness), Some((Role::TextInput, next.to_owned())));
    }
}

#[test]
fn whatever_has_the_keyboard_has_a_ring_around_it() {
    for (look, _) in LOOKS {
        let harness = &mut start(Start {
            look,
            file: Some(fixture("brief-pgb.ron")),
            ..Start::default()
        });
        ctrl(harness, Key::PageDown);
        let mut met = HashSet::new();
        for _ in 0..110 {
            tab(harness);
            let (Some(drawn), Some((role, name))) = (drawn(harness), focused(harness)) else {
                continue;
            };
            assert!(has_ring(harness, drawn.rect), "{look:?}: {role:?} {name}");
            met.insert(role);
        }
        for role in [
            Role::Button,
            Role::Tab,
            Role::ListBoxOption,
            Role::TextInput,
            Role::MultilineTextInput,
            Role::ComboBox,
            Role::RadioButton,
            Role::TreeItem,
        ] {
            assert!(met.contains(&role), "{role:?} of {met:?}");
        }
        // In an open menu and in an open list.
        for (role, name) in [(Role::Button, "Bewerken"), (Role::ComboBox, "Product")] {
            walk(harness, role, name);
            press(harness, Key::Space);
            press(harness, Key::ArrowDown);
            press(harness, Key::ArrowDown);
            let entry = drawn(harness).unwrap();
            assert!(has_ring(harness, entry.rect), "{look:?}: in {name}");
            press(harness, Key::Escape);
            assert!(!Popup::is_any_open(&harness.ctx), "{name}");
            assert_eq!(focused(harness), Some((role, name.to_owned())));
        }
    }
}

#[test]
fn escape_in_an_open_list_leaves_the_sheet_around_it() {
    let harness = &mut start(Start::default());
    ctrl(harness, Key::N);
    walk(harness, Role::ComboBox, "Gemeente");
    for key in [Key::Space, Key::ArrowDown, Key::Escape] {
        press(harness, key);
    }
    assert!(!Popup::is_any_open(&harness.ctx));
    assert!(harness.query_all_by_role(Role::Dialog).count() > 0);
    press(harness, Key::Escape);
    assert_eq!(harness.query_all_by_role(Role::Dialog).count(), 0);
}

#[test]
fn a_postcode_that_is_none_is_one_fault_and_stands_once() {
    let harness = &mut start(Start::default());
    ctrl(harness, Key::N);
    fill(harness, "Achternaam van de cliënt", "Jansen");
    walk(harness, Role::Button, "Begin het dossier");
    press(harness, Key::Space);
    let place = Place::of_path("client.address.postcode");
    let told = |harness: &Harness<'_, Desk>| {
        let problems = &harness.state().document().unwrap().view().problems;
        let told = problems.iter().filter(|problem| problem.place == place);
        let words: Vec<String> = told.map(|problem| problem.text.clone()).collect();
        words
    };
    fill(harness, "Straat", "Hooigracht");
    assert_eq!(told(harness).len(), 1);
    assert!(told(harness)[0].contains("ontbreekt"));
    fill(harness, "Postcode", "12");
    assert_eq!(told(harness).len(), 1);
    assert!(!told(harness)[0].contains("ontbreekt"));
    let missing = harness.query_all_by_label_contains("postcode ontbreekt");
    assert_eq!(missing.count(), 0);
}

#[test]
fn why_a_new_line_has_no_amount_is_said_once() {
    let harness = &mut start(Start::default());
    ctrl(harness, Key::N);
    fill(harness, "Achternaam van de cliënt", "Jansen");
    walk(harness, Role::Button, "Begin het dossier");
    press(harness, Key::Space);
    ctrl(harness, Key::R);
    pick(harness, "Product", "Huishoudelijke ondersteuning");
    let line = &harness.state().document().unwrap().view().lines[0];
    let budget = &line.budget;
    let why = &budget.remarks[0].1;
    assert_ne!(&budget.figure.note, why);
    assert!(budget.compare.iter().all(|row| row.note != *why));
    assert!(
        budget.compare.iter().all(|row| row.amount == "–"),
        "{:?}",
        budget.compare
    );
}
