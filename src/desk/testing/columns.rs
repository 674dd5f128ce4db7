//! The dossier in its columns: choosing, jumping, walking with the keyboard, and every size and zoom.

use egui::accesskit::Role;
use egui::{Key, Theme, Ui, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};

use super::{LOOKS, LOW, USUAL, assert_nothing_is_cut_off, sample, window};
use crate::desk::command::Command;
use crate::desk::editing::{Editing, Place};
use crate::desk::panels::head::head_ui;
use crate::desk::shell::Shell;
use crate::desk::theme;
use crate::desk::view::{Part, View};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::text::title_ui;

/// The dossier in its shell, with a small form.
struct Dossier {
    shell: Shell,
    editing: Editing,
    view: View,
    asked: Option<Command>,
}

impl Default for Dossier {
    fn default() -> Self {
        Self {
            shell: Shell::default(),
            editing: Editing::default(),
            view: sample::view(),
            asked: None,
        }
    }
}

fn dossier_ui(ui: &mut Ui, dossier: &mut Dossier) {
    let Dossier {
        shell,
        editing,
        view,
        asked,
    } = dossier;
    head_ui(ui, view, None);
    let wish = shell.show_ui(ui, (view, true), editing, |ui, editing, part| match part {
        Part::Client => {
            title_ui(ui, "Cliënt");
            Field::new(Place::of_path("client.bsn"), "BSN")
                .width(Width::Middle)
                .text_ui(ui, editing, "");
        }
        Part::Investigation => {
            title_ui(ui, "Onderzoek");
        }
        Part::Decision => {
            title_ui(ui, "Besluit");
        }
        Part::Line(index) => {
            ui.spacing_mut().item_spacing = vec2(16.0, 14.0);
            title_ui(ui, &view.lines[index].title);
            let line = Place::root().field("regels").item(index);
            ui.horizontal_top(|ui| {
                Field::new(line.field("van"), "Ingangsdatum")
                    .width(Width::Middle)
                    .text_ui(ui, editing, "1 maart 2026");
                Field::new(line.field("tot"), "Einddatum")
                    .width(Width::Middle)
                    .text_ui(ui, editing, "28 februari 2026");
            });
        }
    });
    *asked = asked.or(wish);
}

#[test]
fn a_problem_in_the_list_chooses_its_line_and_focuses_its_field() {
    let mut harness = window(USUAL, Theme::Light, Dossier::default(), dossier_ui);
    harness
        .get_by_label_contains("Problemen: 1 fout, 1 waarschuwing")
        .click();
    harness.run();
    harness
        .get_by_label_contains("Fout, Regel 2, einddatum")
        .click();
    harness.run();
    assert_eq!(harness.state().shell.chosen(), Part::Line(1));
    assert!(harness.get_by_label("Einddatum").is_focused());
    let Dossier {
        shell,
        view,
        editing,
        ..
    } = harness.state_mut();
    shell.next_problem(view, editing);
    harness.run();
    assert!(harness.get_by_label("BSN").is_focused());
}

#[test]
fn lines_are_chosen_and_added_from_the_left() {
    let mut harness = window(USUAL, Theme::Light, Dossier::default(), dossier_ui);
    harness
        .get_by_label_contains("Regel 1: Huishoudelijke ondersteuning")
        .click();
    harness.run();
    assert_eq!(harness.state().shell.chosen(), Part::Line(0));
    harness
        .get_by_role_and_label(Role::Button, "Regel toevoegen")
        .click();
    harness.run();
    assert_eq!(harness.state().asked, Some(Command::AddLine));
}

#[test]
fn headings_are_headings_for_a_screen_reader() {
    let harness = window(USUAL, Theme::Light, Dossier::default(), dossier_ui);
    for name in [
        "Cliënt",
        "Voorzieningen",
        "Omgerekend",
        "Totalen",
        "Berekening",
    ] {
        assert!(
            harness
                .query_by_role_and_label(Role::Heading, name)
                .is_some(),
            "{name}"
        );
    }
}

#[test]
fn the_keyboard_walks_from_column_to_column() {
    let mut harness = window(USUAL, Theme::Light, Dossier::default(), dossier_ui);
    harness.state_mut().shell.focus_next_column();
    harness.run();
    assert!(
        harness
            .get_by_role_and_label(Role::Group, "Formulier")
            .is_focused()
    );
    harness.key_press(Key::Tab);
    harness.run();
    assert!(harness.get_by_label("BSN").is_focused());
    harness.state_mut().shell.focus_next_column();
    harness.run();
    harness.state_mut().shell.focus_next_column();
    harness.run();
    assert!(
        harness
            .get_by_role_and_label(Role::Tab, "Cliënt, met problemen")
            .is_focused()
    );
}

#[test]
fn the_keys_scroll_the_column_that_the_keyboard_is_in() {
    let mut harness = window(LOW, Theme::Light, Dossier::default(), dossier_ui);
    harness.state_mut().shell.choose(Part::Line(0));
    for _ in 0..2 {
        harness.state_mut().shell.focus_next_column();
        harness.run();
    }
    let top = |harness: &Harness<'_, Dossier>| {
        let heading = harness.get_by_role_and_label(Role::Heading, "Totalen");
        heading.rect().top()
    };
    let begin = top(&harness);
    for (there, back) in [
        (Key::ArrowDown, Key::ArrowUp),
        (Key::PageDown, Key::PageUp),
        (Key::End, Key::Home),
    ] {
        harness.key_press(there);
        harness.run();
        assert!(top(&harness) < begin - 20.0, "{there:?}");
        let column = harness.get_by_role_and_label(Role::Group, "Budget");
        assert!(column.is_focused(), "{there:?}");
        harness.key_press(back);
        harness.run();
        assert!((top(&harness) - begin).abs() < 1.0, "{back:?}");
    }
}

#[test]
fn the_calculation_comes_into_sight_when_it_unfolds() {
    for size in [LOW, vec2(1280.0, 560.0)] {
        let mut harness = window(size, Theme::Light, Dossier::default(), dossier_ui);
        harness.state_mut().shell.choose(Part::Line(0));
        harness.run();
        let Dossier { shell, view, .. } = harness.state_mut();
        shell.toggle_calculation(view);
        harness.run();
        let heading = harness.get_by_role_and_label(Role::Heading, "Berekening");
        assert!(heading.rect().bottom() < size.y * 0.7, "{size:?}");
        let step = harness.get_by_label("Uren × tarief: € 175,508");
        assert!(step.rect().bottom() < size.y, "{size:?}");
    }
}

#[test]
fn in_a_low_window_most_of_the_height_is_for_one_column() {
    let mut harness = window(LOW, Theme::Light, Dossier::default(), dossier_ui);
    harness.state_mut().shell.choose(Part::Line(0));
    harness.run();
    let none = |harness: &Harness<'_, Dossier>, name| {
        harness
            .query_by_role_and_label(Role::Heading, name)
            .is_none()
    };
    assert!(none(&harness, "Totalen") && none(&harness, "Voorzieningen"));
    let tabs = harness.get_by_role_and_label(Role::Tab, "Formulier");
    let problems = harness.get_by_label_contains("Problemen: ");
    let room = problems.rect().top() - tabs.rect().bottom();
    assert!(room >= 0.6 * LOW.y, "{room} of {}", LOW.y);
    harness.state_mut().shell.focus_next_column();
    harness.run();
    harness.state_mut().shell.focus_next_column();
    harness.run();
    assert!(none(&harness, "Huishoudelijke ondersteuning") && !none(&harness, "Totalen"));
}

#[test]
fn an_unchanged_window_asks_for_no_further_frame() {
    let mut harness = window(USUAL, Theme::Light, Dossier::default(), dossier_ui);
    harness.run();
    harness.step();
    let delay = harness
        .output()
        .viewport_output
        .values()
        .map(|viewport| viewport.repaint_delay)
        .min();
    assert_eq!(delay, Some(std::time::Duration::MAX));
}

/// What must stay inside the window at every size and zoom.
const INSIDE: [Role; 5] = [
    Role::Heading,
    Role::Button,
    Role::TextInput,
    Role::Tab,
    Role::ListBoxOption,
];

#[test]
fn nothing_is_cut_off_at_any_size_and_zoom() {
    for (width, height) in [(1024.0, 700.0), (1280.0, 800.0), (2560.0, 1440.0)] {
        for zoom in theme::ZOOM_STEPS {
            let size = vec2(width, height) / zoom;
            let mut harness = window(size, Theme::Light, Dossier::default(), dossier_ui);
            for part in [Part::Client, Part::Line(0), Part::Line(1)] {
                harness.state_mut().shell.choose(part);
                harness.run();
                assert_nothing_is_cut_off(&harness, &INSIDE, size);
            }
        }
    }
}

#[test]
fn pictures_of_the_shell() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut harness = window(USUAL, look, Dossier::default(), dossier_ui);
        harness.state_mut().shell.choose(Part::Line(0));
        let Dossier { shell, view, .. } = harness.state_mut();
        shell.toggle_calculation(view);
        harness.run();
        harness.snapshot(format!("shell_{name}"));
        results.extend_harness(&mut harness);
    }
    for (size, name) in [
        (vec2(1024.0, 700.0), "small"),
        (vec2(512.0, 350.0), "small_200"),
        (vec2(819.0, 560.0), "small_125"),
    ] {
        let mut harness = window(size, Theme::Light, Dossier::default(), dossier_ui);
        harness.state_mut().shell.choose(Part::Line(0));
        harness.run();
        harness.snapshot(format!("shell_{name}"));
        results.extend_harness(&mut harness);
    }
}
