//! Which commands are possible now, and why the others are not: the one answer for menu, keys and search.

use egui::{Context, ThemePreference};

use super::{Desk, Gate, Screen};
use crate::desk::command::Command;
use crate::desk::document::{Document, Reads};
use crate::desk::theme;
use crate::desk::view::Part;
use crate::dossier::Outcome;
use crate::register::Base;

const NO_DOSSIER: &str = "Open eerst een dossier.";
const NO_LINE: &str = "Kies eerst een regel.";
const NO_REGISTER: &str = "Er is geen register open.";
const NOT_KEPT: &str = "Dit dossier staat nog niet in het register. Sla het eerst op.";
const ON_SCREEN: &str = "Dit staat al op het scherm.";
const NOTHING_DONE: &str = "Er is niets om ongedaan te maken.";
const NOTHING_UNDONE: &str = "Er is niets om opnieuw te doen.";

/// The reason, unless it is possible.
fn unless(possible: bool, reason: &'static str) -> Option<&'static str> {
    (!possible).then_some(reason)
}

impl Desk {
    /// Whether `command` is possible now.
    pub(super) fn can(&self, ctx: &Context, command: Command) -> bool {
        self.hindrance(ctx, command).is_none()
    }

    /// Why `command` is not possible now, in a sentence; nothing when it is.
    pub(super) fn hindrance(&self, ctx: &Context, command: Command) -> Option<&'static str> {
        let shut = match command {
            // What shows and changes nothing of anybody.
            Command::Quit
            | Command::ToggleTheme
            | Command::SystemTheme
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset => false,
            Command::FindCommand => self.door.is_covered(),
            Command::Lock => self.door.is_locking(),
            _ => self.is_shut_out(),
        };
        if shut {
            return Some("Open eerst het register.");
        }
        let of_looks = match command {
            Command::ZoomIn => unless(
                ctx.zoom_factor() < theme::MOST_ZOOM,
                "Groter dan dit kan niet.",
            ),
            Command::ZoomOut | Command::ZoomReset => unless(
                ctx.zoom_factor() > theme::LEAST_ZOOM,
                "Alles staat al op 100%.",
            ),
            Command::Lock => unless(self.slot().is_some(), NO_REGISTER),
            _ => None,
        };
        let always = matches!(
            command,
            Command::ZoomIn
                | Command::ZoomOut
                | Command::ZoomReset
                | Command::Lock
                | Command::Open
                | Command::Quit
                | Command::ToggleTheme
        );
        match &self.home {
            _ if always => of_looks,
            Some(home) => match command {
                Command::Undo => unless(home.undoes().is_some(), NOTHING_DONE),
                Command::Redo => unless(home.redoes().is_some(), NOTHING_UNDONE),
                Command::ShowDossier => unless(*self.gate() != Gate::Without, NO_REGISTER),
                Command::Save => None,
                _ => Some("Dit kan niet bij een bestand voor thuis."),
            },
            None => self.hindrance_at_desk(ctx, command),
        }
    }

    /// The same for whoever works here, and not at home.
    fn hindrance_at_desk(&self, ctx: &Context, command: Command) -> Option<&'static str> {
        let document = self.document.as_ref();
        let opened = || unless(document.is_some(), NO_DOSSIER);
        let writes = || match document.map(Document::reads) {
            None => Some(NO_DOSSIER),
            Some(None) => None,
            Some(Some(_)) => Some("Dit dossier is alleen te lezen."),
        };
        let names = || match document.map(Document::reads) {
            None => Some(NO_DOSSIER),
            Some(Some(Reads::Finance)) => Some("U mag de gegevens van de cliënt niet zien."),
            Some(_) => None,
        };
        let in_register = || unless(self.slot().is_some(), NO_REGISTER);
        let on_line = matches!(self.shell.chosen(), Part::Line(_));
        let scenarios = document.map_or(0, |document| document.dossier().scenarios.len());
        let no_scenario = || unless(scenarios > 0, "Er is nog geen scenario.");
        match command {
            Command::New
            | Command::Open
            | Command::Quit
            | Command::FindCommand
            | Command::ToggleTheme
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset
            | Command::Lock
            | Command::WriteExamples => None,
            Command::ShowLetter | Command::ShowLetterFolder => {
                unless(self.letter.is_some(), "Er is nog geen brief gemaakt.")
            }
            Command::SystemTheme => unless(
                ctx.options(|options| options.theme_preference) != ThemePreference::System,
                "Het venster volgt de kleuren van deze computer al.",
            ),
            Command::Undo => unless(
                document.is_some_and(|document| document.undoes().is_some()),
                NOTHING_DONE,
            ),
            Command::Redo => unless(
                document.is_some_and(|document| document.redoes().is_some()),
                NOTHING_UNDONE,
            ),
            Command::Save
            | Command::AddLine
            | Command::TakeOver
            | Command::AddScenario
            | Command::OpenProposal => writes(),
            Command::SaveAs
            | Command::ShowPreview
            | Command::MakeLetter
            | Command::PrintLetter
            | Command::MakeReport
            | Command::PrintReport => names(),
            Command::UnfoldCalculation
            | Command::NextPanel
            | Command::NextStep
            | Command::PreviousStep
            | Command::ToggleOnePage
            | Command::ShowTimeline => opened(),
            Command::ExplainField => {
                unless(self.field_in_front().is_some(), "Ga eerst naar een veld.")
            }
            Command::ShowCaseload => unless(*self.gate() != Gate::Without, NO_REGISTER)
                .or_else(|| unless(self.screen != Screen::Caseload, ON_SCREEN)),
            Command::ShowDossier => {
                unless(self.screen != Screen::Dossier, ON_SCREEN).or_else(|| {
                    unless(
                        document.is_some() || self.screen == Screen::Tariffs,
                        NO_DOSSIER,
                    )
                })
            }
            Command::ShowTariffs => unless(self.screen != Screen::Tariffs, ON_SCREEN),
            Command::ShowScenarios => {
                opened().or_else(|| unless(self.screen != Screen::Scenarios, ON_SCREEN))
            }
            Command::DuplicateLine | Command::RemoveLine => {
                writes().or_else(|| unless(on_line, NO_LINE))
            }
            Command::ScaleLine
            | Command::ExtendLine
            | Command::StartLineEarlier
            | Command::EndLine
            | Command::WithdrawLine
            | Command::RecalculateHours => {
                writes().or_else(|| unless(on_line, NO_LINE)).or_else(|| {
                    unless(
                        self.line_is_granted(),
                        "Dit kan alleen bij een regel die is toegekend.",
                    )
                })
            }
            Command::PreviousLine | Command::NextLine => opened().or_else(|| {
                unless(
                    document.is_some_and(|document| !document.view().lines.is_empty()),
                    "Er is nog geen regel. Voeg eerst een regel toe.",
                )
            }),
            Command::NextProblem => opened().or_else(|| {
                unless(
                    document.is_some_and(|document| !document.view().problems.is_empty()),
                    "Er zijn geen problemen.",
                )
            }),
            Command::ShowVersions | Command::ShowDecision => {
                in_register().or_else(opened).or_else(|| {
                    unless(
                        document.is_some_and(|document| document.in_register().is_some()),
                        NOT_KEPT,
                    )
                })
            }
            Command::EditHere => opened().or_else(|| {
                unless(
                    document.is_some_and(|document| {
                        matches!(document.reads(), Some(Reads::Held { .. }))
                    }),
                    "Niemand anders heeft dit dossier open.",
                )
            }),
            Command::MakeAccount => in_register().or_else(opened).or_else(|| {
                let place = document.and_then(Document::in_register);
                unless(place.is_some_and(|place| place.base != Base::NEW), NOT_KEPT)
            }),
            Command::ShowLog
            | Command::ShowBackups
            | Command::ShowKeeping
            | Command::ShowPeople => in_register(),
            Command::DuplicateScenario | Command::RemoveScenario => {
                writes().or_else(no_scenario).or_else(|| {
                    unless(
                        self.screen == Screen::Scenarios,
                        "Ga eerst naar de scenario's.",
                    )
                })
            }
            Command::GiveHome | Command::MakeOverview => names().or_else(no_scenario),
        }
    }

    /// Whether whoever sits here has not come in: the window locks or is locked, and nobody chose to work on loose files.
    pub(super) fn is_shut_out(&self) -> bool {
        let locked = matches!(self.gate(), Gate::Busy | Gate::Locked(_));
        let is_loose = self.door.is_loose || self.document.is_some() || self.home.is_some();
        self.door.is_covered() || (locked && !is_loose)
    }

    /// Whether the chosen line is one that was granted.
    fn line_is_granted(&self) -> bool {
        let (Some(document), Part::Line(index)) = (&self.document, self.shell.chosen()) else {
            return false;
        };
        let provision = document.dossier().provisions.get(index);
        provision.is_some_and(|provision| provision.outcome == Outcome::Granted)
    }
}
