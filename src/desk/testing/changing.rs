//! Lines over time through the window: scaling, extending, ending and withdrawing in their sheet, and undoing it.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotResults};
use jiff::civil::date;

use super::program::{Start, click, ctrl, fill, fixture, keys, lines, press, start};
use super::{LOOKS, USUAL};
use crate::budget::Library;
use crate::desk::app::Desk;
use crate::desk::view::Part;
use crate::dossier::{Dossier, Outcome};
use crate::quantity::Exact;

fn on_the_line(look: egui::Theme, name: &str) -> Harness<'static, Desk> {
    let mut harness = start(Start {
        size: USUAL,
        look,
        file: Some(fixture(name)),
        ..Start::default()
    });
    ctrl(&mut harness, Key::PageDown);
    harness
}

fn dossier(harness: &Harness<'_, Desk>) -> Dossier {
    harness.state().document().unwrap().dossier().clone()
}

#[test]
fn a_band_is_scaled_up_in_one_step_that_undoes_to_the_same_bytes() {
    let harness = &mut on_the_line(egui::Theme::Light, "begeleiding-basis-zin.ron");
    let before = dossier(harness).to_text().unwrap();
    ctrl(harness, Key::G);
    fill(harness, "Vanaf", "1-1-2019");
    click(
        harness,
        Role::Button,
        "Stap hoger: meer dan 2 tot en met 4 uur per week",
    );
    harness.get_by_label_contains("Uren per week: 3 uur");
    harness.get_by_label_contains("Hele periode: €\u{a0}19.575,00");
    // Without a reason nothing happens.
    click(harness, Role::Button, "Schaal op of af");
    harness.get_by_label_contains("Schrijf op waarom dit verandert.");
    assert_eq!(lines(harness), 1);
    fill(harness, "Waarom", "Na de val is meer hulp nodig.");
    click(harness, Role::Button, "Schaal op of af");
    assert_eq!(lines(harness), 2);
    assert_eq!(harness.state().chosen(), Part::Line(1));
    let after = dossier(harness);
    assert_eq!(after.provisions[0].line.to, Some(date(2018, 12, 31)));
    assert_eq!(after.provisions[1].line.choices["band"].value, "2-4");
    ctrl(harness, Key::Z);
    assert_eq!(dossier(harness).to_text().unwrap(), before);
}

#[test]
fn a_scaling_that_changes_nothing_is_not_done() {
    let harness = &mut on_the_line(egui::Theme::Light, "begeleiding-basis-zin.ron");
    let nothing = "Er verandert niets. Kies andere uren of een andere stap, of ga terug.";
    ctrl(harness, Key::G);
    fill(harness, "Vanaf", "1-1-2019");
    fill(harness, "Waarom", "Zo moet het.");
    assert!(harness.query_by_label_contains(nothing).is_none());
    click(harness, Role::Button, "Schaal op of af");
    harness.get_by_label_contains(nothing);
    assert_eq!(lines(harness), 1);
    click(
        harness,
        Role::Button,
        "Stap hoger: meer dan 2 tot en met 4 uur per week",
    );
    assert!(harness.query_by_label_contains(nothing).is_none());
    click(harness, Role::Button, "Schaal op of af");
    assert_eq!(lines(harness), 2);
}

#[test]
fn hours_that_an_old_band_brings_along_are_taken_over_and_not_typed() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oud.ron");
    let old = std::fs::read_to_string(fixture("begeleiding-2017-twee-banden.ron")).unwrap();
    let runs_on = old.replace("to: \"2017-12-31\"", "to: \"2018-12-31\"");
    assert_ne!(old, runs_on);
    std::fs::write(&file, runs_on).unwrap();
    let harness = &mut start(Start {
        file: Some(file),
        ..Start::default()
    });
    ctrl(harness, Key::PageDown);
    let marks = |harness: &Harness<'_, Desk>, word: &str| {
        let granted = harness.query_all_by_label(word);
        granted.count()
    };
    let before = [marks(harness, "overgenomen"), marks(harness, "getypt")];
    ctrl(harness, Key::G);
    fill(harness, "Vanaf", "1-1-2018");
    let granted = harness.query_all_by_label("Toegekend: 2 uur per week");
    assert!(granted.count() > 0);
    let brought = [marks(harness, "overgenomen"), marks(harness, "getypt")];
    // The kind of help stands there too, and was typed.
    assert_eq!(brought, [before[0] + 1, before[1] + 1]);
    // Other hours are typed.
    fill(harness, "Omvang", "3");
    let granted = harness.query_all_by_label("Toegekend: 3 uur per week");
    assert!(granted.count() > 0);
    let typed = [marks(harness, "overgenomen"), marks(harness, "getypt")];
    assert_eq!(typed, [before[0], before[1] + 2]);
}

#[test]
fn thuisondersteuning_goes_a_severity_up_with_both_parts_and_the_difference_shown_before() {
    let harness = &mut on_the_line(egui::Theme::Light, "thuisondersteuning.ron");
    ctrl(harness, Key::G);
    fill(harness, "Vanaf", "1-7-2018");
    click(harness, Role::Button, "Stap hoger: Zwaar");
    // 174 minutes of household support and 90 of begeleiding stay what they are.
    harness.get_by_label_contains("Uren per week: 4 uur en 24 minuten");
    for per in ["per week", "per maand", "per jaar"] {
        let label = format!("Bedrag {per}: ");
        assert!(
            harness.query_all_by_label_contains(&label).count() > 0,
            "{per}"
        );
    }
    fill(
        harness,
        "Waarom anders dan uit de uren volgt",
        "Het huis is groot.",
    );
    fill(harness, "Waarom", "Na de val is meer hulp nodig.");
    click(harness, Role::Button, "Schaal op of af");
    let after = dossier(harness);
    assert_eq!(after.provisions.len(), 2);
    assert_eq!(after.provisions[1].line.choices["severity"].value, "zwaar");
    assert_eq!(
        after.provisions[1].line.hours,
        after.provisions[0].line.hours
    );
}

#[test]
fn the_sheet_can_be_left_and_says_which_day_would_fit() {
    let harness = &mut on_the_line(egui::Theme::Light, "begeleiding-basis-zin.ron");
    keys(harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    fill(harness, "Laatste dag", "1-1-2022");
    harness.get_by_label_contains("Deze regel eindigt al op 31 december 2020.");
    press(harness, Key::Escape);
    assert!(harness.query_by_label("Laatste dag").is_none());
    assert_eq!(lines(harness), 1);
}

#[test]
fn a_line_is_extended_ended_and_withdrawn_by_keyboard_with_its_first_end_kept() {
    let harness = &mut on_the_line(egui::Theme::Light, "begeleiding-basis-zin.ron");
    ctrl(harness, Key::E);
    fill(harness, "Nieuwe einddatum", "30-6-2021");
    fill(harness, "Waarom", "Nog een half jaar nodig.");
    click(harness, Role::Button, "Verleng de regel");
    let provision = &dossier(harness).provisions[0];
    assert_eq!(provision.line.to, Some(date(2021, 6, 30)));
    harness.get_by_label_contains("Eerst toegekend tot en met 31 december 2020.");
    keys(harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    fill(harness, "Waarom", "De hulp is nooit begonnen.");
    click(harness, Role::Button, "Trek de regel in");
    let provision = &dossier(harness).provisions[0];
    assert!(matches!(provision.outcome, Outcome::Withdrawn { .. }));
    let moved = provision.moved_end.as_ref().unwrap();
    assert_eq!(moved.granted, Some(date(2020, 12, 31)));
    harness.get_by_label_contains("Deze voorziening is ingetrokken.");
}

#[test]
fn the_sheet_looks_the_same_in_light_and_dark() {
    let mut results = SnapshotResults::new();
    for (look, end) in LOOKS {
        let mut harness = on_the_line(look, "begeleiding-basis-zin.ron");
        ctrl(&mut harness, Key::G);
        fill(&mut harness, "Vanaf", "1-1-2019");
        click(
            &mut harness,
            Role::Button,
            "Stap hoger: meer dan 2 tot en met 4 uur per week",
        );
        results.add(harness.try_snapshot(format!("changing-{end}")));
    }
}

/// A dossier of forty lines: one ended, one withdrawn, one refused, one without end, some as a pgb.
fn forty_lines() -> Dossier {
    let bytes = std::fs::read(fixture("begeleiding-basis-zin.ron")).unwrap();
    let mut dossier = Dossier::read("veertig.ron", &bytes).unwrap();
    let one = dossier.provisions.remove(0);
    for index in 0..40_i16 {
        let mut provision = one.clone();
        let month = i8::try_from(index % 12).unwrap() + 1;
        provision.line.from = date(2018 + index / 12, month, 1);
        provision.line.to = provision
            .line
            .from
            .checked_add(jiff::Span::new().months(5))
            .ok();
        dossier.provisions.push(provision);
    }
    let provisions = &mut dossier.provisions;
    provisions[39].line.to = None;
    provisions[1].outcome = Outcome::Refused {
        ground: "u kunt dit zelf".to_owned(),
    };
    let ended = crate::dossier::LineChange::End(date(2018, 4, 30));
    let dossier = dossier.changed(2, &ended, "verhuisd").unwrap().dossier;
    let gone = crate::dossier::LineChange::Withdraw;
    let dossier = dossier.changed(3, &gone, "nooit begonnen").unwrap();
    dossier.dossier
}

#[test]
fn the_timeline_says_every_line_in_words_and_leads_to_it_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("veertig.ron");
    std::fs::write(&file, forty_lines().to_text().unwrap()).unwrap();
    let mut results = SnapshotResults::new();
    for (look, end) in LOOKS {
        let mut harness = start(Start {
            look,
            file: Some(file.clone()),
            ..Start::default()
        });
        ctrl(&mut harness, Key::J);
        let rows = |harness: &Harness<'_, Desk>, words: &str| {
            let found = harness.query_all_by_label_contains(words);
            found
                .filter(|node| node.accesskit_node().role() == Role::ListBoxOption)
                .count()
        };
        assert_eq!(rows(&harness, "vanaf 1 april 2021, zorg in natura"), 1);
        assert_eq!(rows(&harness, "eerst tot en met 1 augustus 2018"), 1);
        assert_eq!(
            rows(
                &harness,
                ". Begeleiding individueel, 1 april 2018, ingetrokken"
            ),
            1
        );
        assert_eq!(
            rows(&harness, "afgewezen"),
            2,
            "in the list and on the timeline"
        );
        for head in ["Van", "Tot en met", "Omvang", "Bedrag"] {
            assert!(is_drawn(&harness, head), "{head}");
        }
        assert!(is_drawn(&harness, "1-4-2021") && is_drawn(&harness, "open"));
        results.add(harness.try_snapshot(format!("timeline-{end}")));
        press(&mut harness, Key::ArrowDown);
        press(&mut harness, Key::Enter);
        assert_eq!(harness.state().chosen(), Part::Line(1));
        assert_eq!(rows(&harness, "ingetrokken"), 1, "the timeline is gone");
    }
}

/// Whether this text is drawn, and in the window from left to right.
fn is_drawn(harness: &Harness<'_, Desk>, words: &str) -> bool {
    let right = harness.ctx.content_rect().right();
    harness.output().shapes.iter().any(|drawn| {
        let egui::Shape::Text(text) = &drawn.shape else {
            return false;
        };
        text.galley.text() == words && text.visual_bounding_rect().right() <= right
    })
}

#[test]
fn today_at_the_end_of_the_axis_stands_whole_in_the_timeline() {
    let mut results = SnapshotResults::new();
    // Twice the size: the drawing stands below the cells.
    for (size, name) in [(USUAL, "100"), (super::LOW, "200")] {
        for (look, end) in LOOKS {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("oud.ron");
            let text = std::fs::read_to_string(fixture("begeleiding-2017-twee-banden.ron"));
            std::fs::write(&file, text.unwrap()).unwrap();
            let mut harness = start(Start {
                size,
                look,
                file: Some(file),
                ..Start::default()
            });
            ctrl(&mut harness, Key::J);
            let drawn = harness.output().shapes.iter().find_map(|drawn| {
                let egui::Shape::Text(text) = &drawn.shape else {
                    return None;
                };
                let is_it = text.galley.text() == "vandaag";
                is_it.then(|| (text.visual_bounding_rect(), drawn.clip_rect))
            });
            let (rect, clip) = drawn.expect("today is named");
            assert!(
                rect.right() <= size.x && clip.contains_rect(rect),
                "{size:?}"
            );
            results.add(harness.try_snapshot(format!("timeline_old_{name}_{end}")));
        }
    }
}

#[test]
fn hours_are_recalculated_with_another_norm_set_after_the_difference_was_shown() {
    let harness = &mut on_the_line(egui::Theme::Light, "ho-licht-standaard.ron");
    ctrl(harness, Key::U);
    click(harness, Role::ComboBox, "Ander normenkader");
    let entry = "KPMG/HHM in minuten per week, zoals toegekend in Tilburg (versie 1)";
    click(harness, Role::Button, entry);
    harness.get_by_label_contains("Uren per week: 2 uur en 5 minuten");
    harness.get_by_label_contains("Schoon en leefbaar huis: 2 uur en 5 minuten");
    harness.get_by_label_contains("Dit normenkader heeft niet: eigen-kracht.");
    fill(harness, "Waarom", "De norm was verkeerd.");
    click(harness, Role::Button, "Neem de nieuwe uren over");
    let crate::indication::Hours::Norm(work) = &dossier(harness).provisions[0].line.hours[0].hours
    else {
        panic!("hours of a norm set")
    };
    assert_eq!(work.set.id, "kpmg-hhm-tilburg");
}

/// The program with a norm set that is there as a file only.
fn with_file(name: &str) -> Harness<'static, Desk> {
    let file = crate::catalogue::SourceFile {
        name: "ander.ron",
        text: include_str!("../../../fixtures/norms/ander.ron"),
    };
    let mut harness = start(Start {
        file: Some(fixture(name)),
        library: Some(Library::with(&[file]).unwrap()),
        ..Start::default()
    });
    ctrl(&mut harness, Key::PageDown);
    harness
}

#[test]
fn another_norm_set_in_the_form_shows_old_new_and_difference_before_anything_is_cleared() {
    let harness = &mut with_file("ho-licht-standaard.ron");
    let before = dossier(harness);
    click(harness, Role::ComboBox, "Normenkader");
    click(harness, Role::Button, "Zelf in te vullen (versie 1)");
    // The sheet is open, with the set that was picked; the dossier is as it was.
    harness.get_by_label_contains("Dit normenkader heeft niet: volledige-overname.");
    assert_eq!(dossier(harness), before);
    press(harness, Key::Escape);
    assert_eq!(dossier(harness), before);
}

#[test]
fn a_norm_set_given_as_a_file_works_in_the_form_and_in_the_letter() {
    let harness = &mut with_file("ho-licht-standaard.ron");
    click(harness, Role::ComboBox, "Normenkader");
    click(harness, Role::Button, "Kader van de proef (versie 3)");
    fill(harness, "Waarom", "De gemeente heeft een eigen kader.");
    click(harness, Role::Button, "Neem de nieuwe uren over");
    harness.get_by_label_contains("Ramen aan de buitenkant horen er niet bij.");
    click(harness, Role::CheckBox, "Natte ruimten");
    click(harness, Role::CheckBox, "Balkon");
    // Of two factors that exclude each other the last one stays.
    for factor in [
        "ligbad (+ 20 minuten per 2 weken)",
        "alleen een douche (−10 minuten per 2 weken)",
    ] {
        click(harness, Role::ComboBox, "Wat meer of minder tijd kost");
        click(harness, Role::Button, factor);
    }
    fill(harness, "Reden", "Er is geen bad.");
    // 80 − 10 + 22 = 92 minutes per two weeks, 46 per week, 45 on five minutes.
    harness.get_by_label_contains("Precies 46 minuten per week, toegekend 45 minuten.");
    let document = harness.state().document().unwrap();
    let crate::indication::Hours::Norm(work) =
        &document.dossier().provisions[0].line.hours[0].hours
    else {
        panic!("hours of a norm set")
    };
    assert_eq!(work.parts[0].factors.len(), 1);
    let worked = document.evaluation().lines[0].as_ref().unwrap().granted[0]
        .worked
        .as_ref()
        .unwrap();
    let shown: Vec<_> = worked.parts.iter().map(|part| part.shown.value).collect();
    assert_eq!(shown, [Exact::from(35), Exact::from(10)]);
}

#[test]
fn an_overridden_value_says_so_with_who_and_when_and_undo_forgets_it() {
    let harness = &mut on_the_line(egui::Theme::Light, "ho-licht-standaard.ron");
    let before = dossier(harness).to_text().unwrap();
    let marks = |harness: &Harness<'_, Desk>, word: &str| harness.query_all_by_label(word).count();
    assert_eq!(marks(harness, "aangepast"), 0);
    // Severity, intensity and the granted minutes, and the amount beside them.
    assert_eq!(marks(harness, "berekend"), 4);
    assert_eq!(marks(harness, "uit norm"), 2);
    click(harness, Role::RadioButton, "eigen minuten");
    fill(
        harness,
        "Reden van de eigen minuten",
        "De norm past niet bij dit huis.",
    );
    assert_eq!(marks(harness, "aangepast"), 1);
    harness.get_by_label("Door Sanne de Wit, op 1 maart 2018.");
    let made = &dossier(harness).overrides;
    assert_eq!(made.len(), 1);
    assert_eq!(
        made[0].field,
        "provisions[0].line.hours[0].hours.parts[0].start"
    );
    // The choice and its reason were two steps.
    ctrl(harness, Key::Z);
    ctrl(harness, Key::Z);
    assert_eq!(dossier(harness).to_text().unwrap(), before);
}
