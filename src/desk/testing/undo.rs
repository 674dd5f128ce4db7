//! Every command that changes the dossier, and what undo makes of it: the same bytes as before.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::home;
use super::program::{Start, click, copy, ctrl, fill, give, give_path, keys, press, start};
use super::scenarios::leiden;
use crate::desk::app::Desk;
use crate::desk::command::Command;

fn text(harness: &Harness<'_, Desk>) -> String {
    let document = harness.state().document().unwrap();
    document.dossier().to_text().unwrap()
}

/// Fills in the sheet of a change of a line, as far as it asks for something, and accepts it.
fn accept(harness: &mut Harness<'_, Desk>, day: Option<(&str, &str)>, verb: &str) {
    if let Some((label, day)) = day {
        fill(harness, label, day);
    }
    fill(harness, "Waarom", "Dat is nodig.");
    click(harness, Role::Button, verb);
}

/// Answers what a command asks for. What changes nothing is left with Esc. Each command is named, so that a new one is
/// thought of here.
fn answer(harness: &mut Harness<'_, Desk>, command: Command, proposal: &Path) {
    match command {
        Command::AddLine | Command::DuplicateLine | Command::RemoveLine => {}
        Command::DuplicateScenario | Command::RemoveScenario => {}
        Command::OpenProposal => {
            give_path(harness, proposal);
            let over = "Neem «Zestien euro per uur» over";
            harness
                .get_by_role_and_label(Role::Button, over)
                .scroll_to_me();
            harness.run();
            click(harness, Role::Button, over);
        }
        Command::ScaleLine => {
            fill(harness, "Vanaf", "1-7-2018");
            click(harness, Role::Button, "Stap hoger: Zwaar");
            accept(harness, None, "Schaal op of af");
        }
        Command::ExtendLine => {
            accept(
                harness,
                Some(("Nieuwe einddatum", "30-6-2019")),
                "Verleng de regel",
            );
        }
        Command::StartLineEarlier => {
            let day = Some(("Nieuwe ingangsdatum", "1-12-2017"));
            accept(harness, day, "Laat eerder ingaan");
        }
        Command::EndLine => {
            accept(
                harness,
                Some(("Laatste dag", "30-6-2018")),
                "Beëindig de regel",
            );
        }
        Command::WithdrawLine => accept(harness, None, "Trek de regel in"),
        Command::RecalculateHours => {
            click(harness, Role::ComboBox, "Ander normenkader");
            click(harness, Role::Button, "HHM 2025 (versie 1)");
            accept(harness, None, "Neem de nieuwe uren over");
        }
        Command::TakeOver => {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            give_path(harness, &root.join("fixtures/investigation/onderzoek.ron"));
        }
        Command::New
        | Command::Open
        | Command::Save
        | Command::SaveAs
        | Command::ShowPreview
        | Command::MakeLetter
        | Command::PrintLetter
        | Command::MakeReport
        | Command::PrintReport
        | Command::ShowLetter
        | Command::ShowLetterFolder
        | Command::Lock
        | Command::Quit
        | Command::Undo
        | Command::Redo
        | Command::ShowTimeline
        | Command::PreviousLine
        | Command::NextLine
        | Command::ShowDossier
        | Command::ShowTariffs
        | Command::ShowScenarios
        | Command::AddScenario
        | Command::GiveHome
        | Command::MakeOverview
        | Command::WriteExamples
        | Command::EditHere
        | Command::ShowVersions
        | Command::ShowDecision
        | Command::MakeAccount
        | Command::ShowLog
        | Command::ShowBackups
        | Command::ShowKeeping
        | Command::ShowPeople
        | Command::ShowCaseload
        | Command::NextProblem
        | Command::UnfoldCalculation
        | Command::NextPanel
        | Command::NextStep
        | Command::PreviousStep
        | Command::ToggleOnePage
        | Command::ExplainField
        | Command::FindCommand
        | Command::ToggleTheme
        | Command::SystemTheme
        | Command::ZoomIn
        | Command::ZoomOut
        | Command::ZoomReset => {
            press(harness, Key::Escape);
            press(harness, Key::Escape);
            ctrl(harness, Key::Num1);
        }
    }
}

/// A window to give a command in, and a proposal that came back from home.
fn begun(command: Command, folder: &Path) -> (Harness<'static, Desk>, PathBuf) {
    let proposal = folder.join("voorstel.ron");
    let on_scenarios = matches!(
        command,
        Command::DuplicateScenario | Command::RemoveScenario | Command::OpenProposal
    );
    // A copy, because saving is one of the commands.
    let file = match on_scenarios {
        true => {
            let (_made, path) = home::file();
            let text = std::fs::read_to_string(path).unwrap();
            std::fs::write(&proposal, text.replace("16.00", "15.00")).unwrap();
            let file = folder.join("leiden.ron");
            std::fs::copy(leiden(), &file).unwrap();
            file
        }
        false => copy(folder, "voorbeeld.ron"),
    };
    let mut harness = start(Start {
        file: Some(file),
        ..Start::default()
    });
    match on_scenarios {
        true => give(&mut harness, Command::ShowScenarios),
        false => give(&mut harness, Command::NextLine),
    }
    (harness, proposal)
}

#[test]
fn every_command_that_changes_the_dossier_is_undone_and_done_again_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let mut changing = Vec::new();
    for command in Command::all() {
        // Undo and redo are what is tried; leaving ends the window.
        if matches!(command, Command::Undo | Command::Redo | Command::Quit) {
            continue;
        }
        let (mut harness, proposal) = begun(command, folder.path());
        let harness = &mut harness;
        let before = text(harness);
        give(harness, command);
        answer(harness, command, &proposal);
        let after = text(harness);
        if after == before {
            continue;
        }
        changing.push(command);
        ctrl(harness, Key::Z);
        assert_eq!(text(harness), before, "{command:?} undone");
        ctrl(harness, Key::Y);
        assert_eq!(text(harness), after, "{command:?} done again");
        ctrl(harness, Key::Z);
        assert_eq!(text(harness), before, "{command:?} undone again");
    }
    assert_eq!(
        changing,
        [
            Command::OpenProposal,
            Command::AddLine,
            Command::DuplicateLine,
            Command::RemoveLine,
            Command::TakeOver,
            Command::ScaleLine,
            Command::ExtendLine,
            Command::StartLineEarlier,
            Command::EndLine,
            Command::WithdrawLine,
            Command::RecalculateHours,
            Command::AddScenario,
            Command::DuplicateScenario,
            Command::RemoveScenario,
        ]
    );
}

#[test]
fn every_kind_of_field_is_undone_to_the_byte() {
    let folder = tempfile::tempdir().unwrap();
    let file = copy(folder.path(), "voorbeeld.ron");
    let harness = &mut start(Start {
        file: Some(file),
        ..Start::default()
    });
    let first = text(harness);
    let mut states = vec![first.clone()];
    fill(harness, "Achternaam", "Zonneveld");
    states.push(text(harness));
    click(harness, Role::RadioButton, "man");
    states.push(text(harness));
    keys(harness, Modifiers::COMMAND, Key::PageDown);
    fill(harness, "Einddatum", "30-11-2018");
    states.push(text(harness));
    click(harness, Role::CheckBox, "De was");
    states.push(text(harness));
    fill(harness, "Resultaten", "uw huis is schoon");
    states.push(text(harness));
    for (step, pair) in states.windows(2).enumerate() {
        assert_ne!(pair[0], pair[1], "step {step} changed something");
    }
    for state in states.iter().rev().skip(1) {
        ctrl(harness, Key::Z);
        assert_eq!(text(harness), *state);
    }
    assert_eq!(text(harness), first);
    assert!(
        harness
            .query_by_label_contains("Ongedaan gemaakt")
            .is_some()
    );
}
