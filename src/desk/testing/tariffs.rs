//! The tariff screen and the budget panel with the shipped catalogues: by role and name, at every size, and as pictures.

use egui::accesskit::Role;
use egui::{Key, Theme, Ui, Vec2, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotResults};
use jiff::civil::{Date, date};

use super::{LOOKS, USUAL, assert_nothing_is_cut_off, window};
use crate::budget::Library;
use crate::desk::panels::budget::budget_ui;
use crate::desk::panels::tariffs::{TariffState, tariffs_ui};
use crate::desk::showing::view;
use crate::desk::theme::{self, Palette};
use crate::desk::view::BudgetView;
use crate::desk::widgets::tree::Unfolded;
use crate::dossier::Dossier;
use std::sync::Arc;

/// The panel at the right with the figures of a line.
struct Panel {
    budget: Arc<BudgetView>,
    unfolded: Unfolded,
}

fn panel_ui(ui: &mut Ui, panel: &mut Panel) {
    let fill = Palette::of(ui).sunken;
    let frame = egui::Frame::new()
        .fill(fill)
        .inner_margin(egui::Margin::symmetric(16, 12));
    egui::CentralPanel::no_frame().frame(frame).show(ui, |ui| {
        budget_ui(ui, &panel.budget, &mut panel.unfolded, false);
    });
}

fn panel(size: Vec2, look: Theme, dossier: &str, day: Date) -> Harness<'static, Panel> {
    let library = Library::shipped().unwrap();
    let dossier = Dossier::read("proef.ron", dossier.as_bytes()).unwrap();
    let evaluation = dossier.evaluate(&library, day);
    let view = view(&dossier, &evaluation, &library, day);
    let panel = Panel {
        budget: Arc::clone(&view.lines[0].budget),
        unfolded: Unfolded::default(),
    };
    window(size, look, panel, panel_ui)
}

/// Household help by a relative in Leiden, and two tariff years with a ceiling and an open tail in Someren.
const LEIDEN: &str = r#"(format: 1, municipality: "0546", client: (person: (surname: "Proef")), provisions: [(line: (
    product: "ho", choices: {"severity": (value: "midden"), "intensity": (value: "standaard")},
    from: "2018-01-01", to: Some("2018-12-31"),
    hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]))],
    delivery: Pgb(providers: [(kind: "informeel")]),
))])"#;
const SOMEREN: &str = r#"(format: 1, municipality: "0847", client: (person: (surname: "Proef")), provisions: [(line: (
    product: "begeleiding", choices: {"band": (value: "2-4"), "variant": (value: "regulier")},
    from: "2023-04-01", to: Some("2025-03-31"),
    hours: [(hours: Typed([(volume: "3", unit: Hour, per: Week)]))],
    delivery: Pgb(providers: [(kind: "professional")]),
))])"#;

#[test]
fn the_calculation_is_walked_with_the_keyboard_down_to_its_source() {
    let mut harness = panel(vec2(400.0, 2400.0), Theme::Light, LEIDEN, date(2018, 3, 1));
    let amount = "Bedrag per 4 weken: €\u{a0}175,51 per 4 weken, voorbeeld";
    harness
        .get_by_role_and_label(Role::TreeItem, amount)
        .focus();
    harness.run();
    for _ in 0..3 {
        harness.key_press(Key::ArrowRight);
        harness.run();
    }
    harness.get_by_label_contains("Bedrag per periode, afgerond: €\u{a0}175,51");
    harness.get_by_label_contains("Tarief, afgerond: Huishoudelijke ondersteuning, informele hulp");
    harness
        .get_by_label_contains("Pgb, zelfstandige (zzp): €\u{a0}223,30 per 4 weken +€\u{a0}47,79");
}

#[test]
fn pictures_of_the_budget() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut harness = panel(vec2(420.0, 1500.0), look, SOMEREN, date(2024, 2, 1));
        harness.run();
        let rows = harness.state().budget.trace.clone();
        for row in rows.iter().filter(|row| row.depth < 2).take(8) {
            harness.state_mut().unfolded.set(row.key, true);
        }
        harness.run();
        harness.snapshot(format!("budget_{name}"));
        results.extend_harness(&mut harness);
    }
    let mut harness = panel(vec2(300.0, 1500.0), Theme::Light, LEIDEN, date(2018, 3, 1));
    harness.run();
    let rows = harness.state().budget.trace.clone();
    harness.state_mut().unfolded.open_all(&rows[..12]);
    harness.run();
    harness.snapshot("budget_narrow");
    results.extend_harness(&mut harness);
}

struct Screen {
    state: TariffState,
    library: Library,
    municipality: &'static str,
}

fn screen_ui(ui: &mut Ui, screen: &mut Screen) {
    tariffs_ui(ui, &mut screen.state, &screen.library, screen.municipality);
}

fn screen(
    size: Vec2,
    look: Theme,
    municipality: &'static str,
    day: Date,
) -> Harness<'static, Screen> {
    let screen = Screen {
        state: TariffState::new(day),
        library: Library::shipped().unwrap(),
        municipality,
    };
    window(size, look, screen, screen_ui)
}

#[test]
fn a_row_of_the_table_shows_what_is_in_force_and_why() {
    let mut harness = screen(USUAL, Theme::Light, "0546", date(2018, 3, 1));
    harness
        .get_by_label_contains("Huishoudelijke ondersteuning, Informele hulp: 55% van het tarief")
        .click();
    harness.run();
    harness.get_by_label_contains(
        "Huishoudelijke ondersteuning, informele hulp: €\u{a0}15,13 per uur",
    );
    harness.get_by_label_contains("Bestand: leiden-2018, versie 1 (leiden-2018.ron)");
    harness.get_by_label_contains("Geldig: vanaf 1 januari 2018");
    harness.get_by_label_contains("Bron: Verordening maatschappelijke ondersteuning Leiden 2020");
    harness.get_by_role_and_label(Role::Heading, "Afspraken over rekenen");
}

#[test]
fn another_day_gives_the_answer_of_another_file() {
    let mut harness = screen(USUAL, Theme::Light, "0546", date(2018, 3, 1));
    harness
        .get_by_role_and_label(Role::Button, "Vanaf 1 januari 2015")
        .click();
    harness.run();
    harness.get_by_label_contains("Bestand: leiden-2015, versie 1");
    harness.get_by_label("Wat geldt op").focus();
    harness.run();
    harness.get_by_label("Wat geldt op").type_text("1-1-2010");
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label_contains(
        "Op 1 januari 2010 is er geen tarief. Het eerste begint op 1 januari 2015.",
    );
    harness.get_by_label_contains("Op deze dag is er geen tarief.");
}

#[test]
fn the_table_follows_what_is_typed_in_the_filter() {
    let mut harness = screen(USUAL, Theme::Light, "0546", date(2018, 3, 1));
    harness.get_by_label("Zoeken in de tabel").focus();
    harness.run();
    harness
        .get_by_label("Zoeken in de tabel")
        .type_text("waakvlam 75,00");
    harness.run();
    harness.get_by_label_contains("1 van 51 tarieven");
    assert_eq!(harness.query_all_by_role(Role::ListBoxOption).count(), 1);
}

#[test]
fn a_tariff_that_is_not_settled_or_not_known_says_so() {
    let mut harness = screen(USUAL, Theme::Light, "0847", date(2026, 1, 1));
    harness.run();
    harness.get_by_label_contains("Someren, 1 januari 2026: nog niet vastgesteld");
    harness.get_by_label_contains("Het tarief na 31 december 2024 is nog niet vastgesteld.");
    let mut harness = screen(USUAL, Theme::Light, "0847", date(2024, 1, 1));
    harness.run();
    harness.get_by_label_contains("zorg in natura: niet bekend");
    harness
        .get_by_role_and_label(Role::CheckBox, "Ook voorlopige tarieven")
        .click();
    harness.run();
    harness.get_by_label_contains("Er zijn geen voorlopige tarieven.");
}

#[test]
fn nothing_of_the_tariff_screen_is_cut_off_at_any_size_and_zoom() {
    for (width, height) in [(1024.0, 700.0), (2560.0, 1440.0)] {
        for zoom in theme::ZOOM_STEPS {
            let size = vec2(width, height) / zoom;
            let mut harness = screen(size, Theme::Light, "0579", date(2023, 3, 1));
            harness.run();
            let roles = [
                Role::Heading,
                Role::Button,
                Role::TextInput,
                Role::ComboBox,
                Role::CheckBox,
                Role::ListItem,
                Role::ListBoxOption,
                Role::TreeItem,
            ];
            assert_nothing_is_cut_off(&harness, &roles, size);
        }
    }
}

#[test]
fn pictures_of_the_tariff_screen() {
    let mut results = SnapshotResults::new();
    for (look, name) in LOOKS {
        let mut harness = screen(USUAL, look, "0546", date(2018, 3, 1));
        harness
            .get_by_label_contains(
                "Huishoudelijke ondersteuning, Informele hulp: 55% van het tarief",
            )
            .click();
        harness.run();
        harness.snapshot(format!("tariffs_{name}"));
        results.extend_harness(&mut harness);
    }
    for (size, name) in [
        (vec2(1024.0, 700.0), "small"),
        (vec2(512.0, 350.0), "small_200"),
    ] {
        let mut harness = screen(size, Theme::Light, "0579", date(2023, 3, 1));
        harness.run();
        harness.snapshot(format!("tariffs_{name}"));
        results.extend_harness(&mut harness);
    }
}
