//! Everything a person can do, in one list: menu, shortcuts and the search for a command all read it.
//!
//! A command says what was asked, not how it is done; that is for the window. Commands have no parameters: what they work on
//! is what is open and chosen.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

/// One thing a person can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Begin a dossier.
    New,
    /// Open a dossier from a file.
    Open,
    /// Save the dossier in its file.
    Save,
    /// Save the dossier in another file.
    SaveAs,
    /// Show the pages of the letter, with the texts that may be changed.
    ShowPreview,
    /// Make the letter as a PDF.
    MakeLetter,
    /// Hand the letter to the printer.
    PrintLetter,
    /// Make the report of the investigation as a PDF.
    MakeReport,
    /// Give that report to the printer.
    PrintReport,
    /// Take over answers of an earlier investigation from a file.
    TakeOver,
    /// Open the letter that was made.
    ShowLetter,
    /// Open the folder that it is in.
    ShowLetterFolder,
    /// Lock the register.
    Lock,
    /// Leave the program.
    Quit,
    /// Take back the last step.
    Undo,
    /// Do again what was undone.
    Redo,
    /// Add a line to the indication.
    AddLine,
    /// Add a line like the chosen one.
    DuplicateLine,
    /// Remove the chosen line.
    RemoveLine,
    /// Give more or less from a day on.
    ScaleLine,
    /// Let the chosen line last longer.
    ExtendLine,
    /// Let the chosen line begin earlier.
    StartLineEarlier,
    /// Let the chosen line end sooner.
    EndLine,
    /// Take the chosen line back as if it never began.
    WithdrawLine,
    /// Build the hours of the chosen line anew with another norm set.
    RecalculateHours,
    /// Show all lines along one axis of days.
    ShowTimeline,
    /// Choose the line above.
    PreviousLine,
    /// Choose the line below.
    NextLine,
    /// Show the dossier.
    ShowDossier,
    /// Show which tariffs are in force on a date.
    ShowTariffs,
    /// Show the scenarios of the dossier beside each other.
    ShowScenarios,
    /// Add a scenario.
    AddScenario,
    /// Add a scenario like the chosen one.
    DuplicateScenario,
    /// Remove the chosen scenario.
    RemoveScenario,
    /// Write the scenarios in a file for home.
    GiveHome,
    /// Show what came back from home.
    OpenProposal,
    /// Make the overview of the scenarios as a PDF.
    MakeOverview,
    /// Write the data of the program to a folder.
    WriteExamples,
    /// Change the dossier here, which was open elsewhere.
    EditHere,
    /// Show the versions of the dossier.
    ShowVersions,
    /// Make the decision definitive, or see that it is.
    ShowDecision,
    /// Write the account of the decision for who controls the spending.
    MakeAccount,
    /// Show who did what in the register.
    ShowLog,
    /// Show the backups of the register.
    ShowBackups,
    /// Show what may go, and take dossiers out or in.
    ShowKeeping,
    /// Show who may open the register.
    ShowPeople,
    /// Show what is due in the register, or its door.
    ShowCaseload,
    /// Go to the field of the next problem.
    NextProblem,
    /// Unfold the whole calculation, or fold it up.
    UnfoldCalculation,
    /// Move the keyboard to the next panel.
    NextPanel,
    /// Go to the next step of the dossier.
    NextStep,
    /// Go to the step before.
    PreviousStep,
    /// Change between steps and all on one page.
    ToggleOnePage,
    /// Explain the field that has the keyboard.
    ExplainField,
    /// Search this list.
    FindCommand,
    /// Change between light and dark.
    ToggleTheme,
    /// The colours of the computer.
    SystemTheme,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// 100%.
    ZoomReset,
}

/// A menu of the menu bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Menu {
    /// Files and leaving.
    Dossier,
    /// Undo and the lines.
    Edit,
    /// The register.
    Register,
    /// Screens, problems, appearance.
    View,
}

impl Menu {
    /// All menus, in the order of the menu bar.
    pub const ALL: [Self; 4] = [Self::Dossier, Self::Edit, Self::Register, Self::View];

    /// The word in the menu bar.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dossier => "Dossier",
            Self::Edit => "Bewerken",
            Self::Register => "Register",
            Self::View => "Beeld",
        }
    }

    /// Its commands, in groups that a line divides.
    pub fn groups(self) -> &'static [&'static [Command]] {
        use Command as C;
        match self {
            Self::Dossier => &[
                &[C::New, C::Open],
                &[C::Save, C::SaveAs],
                &[
                    C::ShowPreview,
                    C::MakeLetter,
                    C::PrintLetter,
                    C::MakeReport,
                    C::PrintReport,
                    C::ShowLetter,
                    C::ShowLetterFolder,
                ],
                &[C::MakeOverview, C::GiveHome, C::OpenProposal],
                &[C::WriteExamples],
                &[C::Quit],
            ],
            Self::Edit => &[
                &[C::Undo, C::Redo],
                &[C::AddLine, C::DuplicateLine, C::RemoveLine],
                &[C::TakeOver],
                &[
                    C::ScaleLine,
                    C::ExtendLine,
                    C::StartLineEarlier,
                    C::EndLine,
                    C::WithdrawLine,
                    C::RecalculateHours,
                ],
                &[C::AddScenario, C::DuplicateScenario, C::RemoveScenario],
                &[C::ShowTimeline],
                &[C::PreviousLine, C::NextLine],
            ],
            Self::Register => &[
                &[C::ShowCaseload],
                &[C::EditHere],
                &[C::ShowVersions, C::ShowDecision, C::MakeAccount],
                &[C::ShowLog, C::ShowBackups, C::ShowKeeping, C::ShowPeople],
                &[C::Lock],
            ],
            Self::View => &[
                &[C::ShowDossier, C::ShowScenarios, C::ShowTariffs],
                &[C::PreviousStep, C::NextStep, C::ToggleOnePage],
                &[
                    C::ExplainField,
                    C::NextProblem,
                    C::UnfoldCalculation,
                    C::NextPanel,
                    C::FindCommand,
                ],
                &[C::ToggleTheme, C::SystemTheme],
                &[C::ZoomIn, C::ZoomOut, C::ZoomReset],
            ],
        }
    }
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
const BARE: Modifiers = Modifiers::NONE;

impl Command {
    /// Whether it shows or changes the dossier on the screen.
    pub fn is_about_dossier(self) -> bool {
        matches!(
            self,
            Self::ShowDossier
                | Self::Undo
                | Self::Redo
                | Self::AddLine
                | Self::DuplicateLine
                | Self::RemoveLine
                | Self::ScaleLine
                | Self::ExtendLine
                | Self::StartLineEarlier
                | Self::EndLine
                | Self::WithdrawLine
                | Self::RecalculateHours
                | Self::ShowTimeline
                | Self::PreviousLine
                | Self::NextLine
                | Self::NextProblem
                | Self::UnfoldCalculation
                | Self::NextPanel
                | Self::NextStep
                | Self::PreviousStep
                | Self::ToggleOnePage
        )
    }

    /// All commands, in the order of the menus.
    pub fn all() -> impl Iterator<Item = Self> {
        Menu::ALL
            .into_iter()
            .flat_map(|menu| menu.groups().iter().flat_map(|group| group.iter().copied()))
    }

    /// Name, help and keys.
    fn spec(self) -> (&'static str, &'static str, &'static [(Modifiers, Key)]) {
        match self {
            Self::New => (
                "Nieuw dossier",
                "Begin een leeg dossier.",
                &[(CTRL, Key::N)],
            ),
            Self::Open => (
                "Dossier openen…",
                "Open een dossier uit een bestand.",
                &[(CTRL, Key::O)],
            ),
            Self::Save => (
                "Opslaan",
                "Sla het dossier op in het register of in zijn bestand.",
                &[(CTRL, Key::S)],
            ),
            Self::SaveAs => (
                "Opslaan als…",
                "Sla het dossier op in een bestand; dat is niet beveiligd.",
                &[(CTRL_SHIFT, Key::S)],
            ),
            Self::MakeLetter => (
                "Brief maken…",
                "Maak de beschikking met de berekening als pdf.",
                &[(CTRL, Key::P)],
            ),
            Self::ShowPreview => (
                "Brief bekijken",
                "Toon de bladzijden van de brief, met de teksten die u mag aanpassen.",
                &[(CTRL, Key::Num5)],
            ),
            Self::PrintLetter => (
                "Brief afdrukken",
                "Geef de brief aan de printer van dit systeem.",
                &[(CTRL_SHIFT, Key::K)],
            ),
            Self::PrintReport => (
                "Onderzoeksverslag afdrukken",
                "Geef het verslag van het onderzoek aan de printer van dit systeem.",
                &[(CTRL_SHIFT, Key::L)],
            ),
            Self::MakeReport => (
                "Onderzoeksverslag maken…",
                "Maak het verslag van het onderzoek als pdf.",
                &[(CTRL_SHIFT, Key::V)],
            ),
            Self::TakeOver => (
                "Onderzoek overnemen…",
                "Neem antwoorden over uit het bestand van een eerder dossier, en zie bij elke voorziening wat toen anders was. Wat u al invulde, blijft staan.",
                &[(CTRL_SHIFT, Key::J)],
            ),
            Self::ShowLetter => (
                "Brief openen",
                "Open de gemaakte brief in het programma dat dit systeem voor pdf heeft.",
                &[(CTRL_SHIFT, Key::P)],
            ),
            Self::ShowLetterFolder => (
                "Map openen",
                "Open de map waarin de gemaakte brief staat.",
                &[(CTRL_SHIFT, Key::O)],
            ),
            Self::Lock => (
                "Op slot",
                "Sluit het register af. Wat niet is opgeslagen, blijft bewaard en komt terug na uw wachtzin.",
                &[(CTRL, Key::L)],
            ),
            Self::Quit => (
                "Afsluiten",
                "Sluit het programma. Bij niet opgeslagen werk komt er eerst een vraag.",
                &[(CTRL, Key::Q)],
            ),
            Self::Undo => (
                "Ongedaan maken",
                "Draai de laatste stap terug.",
                &[(CTRL, Key::Z)],
            ),
            Self::Redo => (
                "Opnieuw doen",
                "Doe de stap die ongedaan is gemaakt weer.",
                &[(CTRL, Key::Y), (CTRL_SHIFT, Key::Z)],
            ),
            Self::AddLine => (
                "Regel toevoegen",
                "Voeg een voorziening toe aan de indicatie.",
                &[(CTRL, Key::R)],
            ),
            Self::DuplicateLine => (
                "Regel verdubbelen",
                "Voeg een regel toe die gelijk is aan de gekozen regel.",
                &[(CTRL, Key::D)],
            ),
            Self::RemoveLine => (
                "Regel verwijderen",
                "Verwijder de gekozen regel.",
                &[(CTRL_SHIFT, Key::Delete)],
            ),
            Self::ScaleLine => (
                "Op- of afschalen…",
                "Geef vanaf een dag meer of minder: de gekozen regel eindigt, en een nieuwe begint.",
                &[(CTRL, Key::G)],
            ),
            Self::ExtendLine => (
                "Verlengen…",
                "Laat de gekozen regel langer doorlopen.",
                &[(CTRL, Key::E)],
            ),
            Self::StartLineEarlier => (
                "Eerder laten ingaan…",
                "Laat de gekozen regel op een eerdere dag beginnen.",
                &[(CTRL_SHIFT, Key::U)],
            ),
            Self::EndLine => (
                "Beëindigen…",
                "Laat de gekozen regel eerder eindigen.",
                &[(CTRL_SHIFT, Key::E)],
            ),
            Self::WithdrawLine => (
                "Intrekken…",
                "Trek de gekozen regel in, alsof zij nooit begon.",
                &[(CTRL_SHIFT, Key::I)],
            ),
            Self::RecalculateHours => (
                "Uren herberekenen…",
                "Bereken de uren van de gekozen regel met een ander normenkader, en toon het verschil.",
                &[(CTRL, Key::U)],
            ),
            Self::ShowTimeline => (
                "Tijdlijn",
                "Toon alle regels met hun dagen naast elkaar.",
                &[(CTRL, Key::J)],
            ),
            Self::PreviousLine => (
                "Vorige regel",
                "Kies de regel hierboven.",
                &[(CTRL, Key::PageUp)],
            ),
            Self::NextLine => (
                "Volgende regel",
                "Kies de regel hieronder.",
                &[(CTRL, Key::PageDown)],
            ),
            Self::ShowDossier => (
                "Dossier",
                "Toon het dossier met zijn regels en het budget.",
                &[(CTRL, Key::Num1)],
            ),
            Self::ShowTariffs => (
                "Tarieven",
                "Toon welk tarief op een dag geldt, en waarom.",
                &[(CTRL, Key::Num2)],
            ),
            Self::ShowScenarios => (
                "Scenario's vergelijken",
                "Toon manieren om het pgb te besteden naast elkaar.",
                &[(CTRL, Key::Num4)],
            ),
            Self::AddScenario => (
                "Scenario toevoegen",
                "Voeg een scenario toe dat begint zoals de hulp is toegekend.",
                &[(CTRL_SHIFT, Key::N)],
            ),
            Self::DuplicateScenario => (
                "Scenario verdubbelen",
                "Voeg een scenario toe dat gelijk is aan het gekozen scenario.",
                &[(CTRL_SHIFT, Key::F)],
            ),
            Self::RemoveScenario => (
                "Scenario verwijderen",
                "Verwijder het gekozen scenario.",
                &[(CTRL_SHIFT, Key::W)],
            ),
            Self::GiveHome => (
                "Meegeven naar huis…",
                "Schrijf de scenario's in een bestand voor thuis, zonder BSN, namen en onderzoek.",
                &[(CTRL, Key::H)],
            ),
            Self::OpenProposal => (
                "Voorstel openen…",
                "Toon wat de budgethouder terugstuurt naast dit dossier.",
                &[(CTRL, Key::M)],
            ),
            Self::MakeOverview => (
                "Overzicht maken…",
                "Maak een overzicht van de scenario's als pdf, met de berekening.",
                &[(CTRL, Key::I)],
            ),
            Self::WriteExamples => (
                "Voorbeelden van catalogi opslaan…",
                "Zet de catalogi, normenkaders, tabellen en brieven van het programma in een nieuwe map, met uitleg.",
                &[(CTRL_SHIFT, Key::Q)],
            ),
            Self::EditHere => (
                "Bewerk het hier",
                "Bewerk het dossier dat alleen te lezen is, zodra wie het open had het heeft losgelaten.",
                &[(BARE, Key::F2)],
            ),
            Self::ShowVersions => (
                "Versies",
                "Toon de versies van dit dossier en wat ertussen veranderde.",
                &[(CTRL_SHIFT, Key::H)],
            ),
            Self::ShowDecision => (
                "Definitief maken…",
                "Toon wat nog in de weg staat, en maak het besluit definitief.",
                &[(CTRL_SHIFT, Key::D)],
            ),
            Self::MakeAccount => (
                "Verantwoording maken…",
                "Schrijf op hoe het besluit tot stand kwam, zonder naam van de cliënt, voor wie de uitgaven controleert.",
                &[(CTRL_SHIFT, Key::Y)],
            ),
            Self::ShowLog => (
                "Logboek",
                "Toon wie wat deed in het register.",
                &[(CTRL_SHIFT, Key::G)],
            ),
            Self::ShowBackups => (
                "Reservekopieën",
                "Maak een reservekopie van het register, of zet er een terug.",
                &[(CTRL_SHIFT, Key::R)],
            ),
            Self::ShowKeeping => (
                "Bewaren en vernietigen",
                "Toon wat weg mag, en voer dossiers uit of in.",
                &[(CTRL_SHIFT, Key::B)],
            ),
            Self::ShowPeople => (
                "Mensen en sleutels",
                "Toon wie het register kan openen, en wijzig uw wachtzin.",
                &[(CTRL_SHIFT, Key::M)],
            ),
            Self::ShowCaseload => (
                "Werkvoorraad",
                "Toon uw dossiers uit het register, met wat eerst moet bovenaan.",
                &[(CTRL, Key::Num3)],
            ),
            Self::NextProblem => (
                "Volgende probleem",
                "Ga naar het veld van het volgende probleem.",
                &[(BARE, Key::F8)],
            ),
            Self::UnfoldCalculation => (
                "Berekening in- of uitklappen",
                "Toon alle stappen van de berekening, of alleen de uitkomst.",
                &[(CTRL, Key::B)],
            ),
            Self::NextPanel => (
                "Volgend paneel",
                "Ga met het toetsenbord naar het volgende deel van het venster.",
                &[(BARE, Key::F6)],
            ),
            Self::NextStep => (
                "Volgende stap",
                "Ga naar het volgende onderdeel van het dossier.",
                &[(CTRL_SHIFT, Key::PageDown)],
            ),
            Self::PreviousStep => (
                "Vorige stap",
                "Ga naar het vorige onderdeel van het dossier.",
                &[(CTRL_SHIFT, Key::PageUp)],
            ),
            Self::ToggleOnePage => (
                "Stappen of één pagina",
                "Toon het dossier in stappen, of alles onder elkaar op één pagina.",
                &[(CTRL_SHIFT, Key::A)],
            ),
            Self::ExplainField => (
                "Uitleg bij dit veld",
                "Toon wat er in het veld hoort waar u bent, en op welk artikel dat rust.",
                &[(BARE, Key::F1)],
            ),
            Self::FindCommand => (
                "Opdracht zoeken…",
                "Typ een deel van de naam van een opdracht.",
                &[(CTRL, Key::K)],
            ),
            Self::ToggleTheme => (
                "Licht of donker",
                "Wissel tussen lichte en donkere kleuren.",
                &[(CTRL, Key::T)],
            ),
            Self::SystemTheme => (
                "Kleuren van het systeem",
                "Volg de lichte of donkere kleuren van deze computer.",
                &[(CTRL_SHIFT, Key::T)],
            ),
            Self::ZoomIn => (
                "Groter",
                "Maak alles groter, tot 200%.",
                &[(CTRL, Key::Plus), (CTRL, Key::Equals)],
            ),
            Self::ZoomOut => (
                "Kleiner",
                "Maak alles kleiner, tot 100%.",
                &[(CTRL, Key::Minus)],
            ),
            Self::ZoomReset => (
                "Normale grootte",
                "Toon alles op 100%.",
                &[(CTRL, Key::Num0)],
            ),
        }
    }

    /// The name in menus and lists.
    pub fn name(self) -> &'static str {
        self.spec().0
    }

    /// One sentence that says what it does.
    pub fn help(self) -> &'static str {
        self.spec().1
    }

    /// The keys that give it; the first one is shown.
    pub fn shortcuts(self) -> impl Iterator<Item = KeyboardShortcut> {
        self.spec()
            .2
            .iter()
            .map(|&(modifiers, key)| KeyboardShortcut::new(modifiers, key))
    }

    /// The keys as shown in a menu: "Ctrl+Shift+S".
    pub fn keys(self, ctx: &Context) -> String {
        self.shortcuts()
            .next()
            .map_or_else(String::new, |shortcut| ctx.format_shortcut(&shortcut))
    }

    /// The command whose keys were pressed in this frame, taken out of the input so that no field sees them. A command that
    /// is not possible now (`can`) leaves its keys alone.
    pub fn pressed(ctx: &Context, can: impl Fn(Self) -> bool) -> Option<Self> {
        if !ctx.input(|input| {
            input
                .events
                .iter()
                .any(|event| matches!(event, egui::Event::Key { pressed: true, .. }))
        }) {
            return None;
        }
        // A shortcut also answers to more modifiers than it names, so the ones with most go first. Keys that name a command
        // which is not possible now are nobody else's: Ctrl+Shift+D is never Ctrl+D.
        let (command, shortcut) = [3, 2, 1, 0].into_iter().find_map(|wanted| {
            Self::all().find_map(|command| {
                let mut shortcuts = command.shortcuts();
                let found = shortcuts.find(|shortcut| {
                    strength(shortcut.modifiers) == wanted && is_pressed(ctx, *shortcut)
                });
                found.map(|shortcut| (command, shortcut))
            })
        })?;
        (can(command) && ctx.input_mut(|input| input.consume_shortcut(&shortcut)))
            .then_some(command)
    }
}

/// Whether these keys were pressed in this frame, and nobody took them yet.
fn is_pressed(ctx: &Context, shortcut: KeyboardShortcut) -> bool {
    ctx.input(|input| {
        input.events.iter().any(|event| {
            matches!(event, egui::Event::Key { key, pressed: true, modifiers, .. }
                if *key == shortcut.logical_key && modifiers.matches_logically(shortcut.modifiers))
        })
    })
}

fn strength(modifiers: Modifiers) -> usize {
    [modifiers.command, modifiers.shift, modifiers.alt]
        .into_iter()
        .filter(|on| *on)
        .count()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_command_stands_in_a_menu_with_a_name_and_help_that_is_a_sentence() {
        for command in Command::all() {
            assert!(!command.name().is_empty());
            assert!(command.help().ends_with('.'), "{command:?}");
            assert!(
                command.shortcuts().next().is_some(),
                "{command:?} has no keys"
            );
        }
    }

    /// The enum is read from its own source, so that a command that stands in no menu is missed.
    #[test]
    fn every_command_there_is_stands_in_a_menu_and_so_in_the_search() {
        let source = include_str!("command.rs");
        let (_, rest) = source.split_once("pub enum Command {").unwrap();
        let (body, _) = rest.split_once("\n}").unwrap();
        let names: Vec<&str> = body
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("///") && !line.is_empty())
            .map(|line| line.trim_end_matches(','))
            .collect();
        let shown: HashSet<String> = Command::all().map(|one| format!("{one:?}")).collect();
        let missing: Vec<_> = names
            .iter()
            .filter(|name| !shown.contains(**name))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(names.len(), Command::all().count(), "each once");
    }

    #[test]
    fn no_two_commands_share_a_name_or_keys() {
        let names: HashSet<_> = Command::all().map(Command::name).collect();
        assert_eq!(names.len(), Command::all().count());
        let mut keys = HashSet::new();
        for command in Command::all() {
            for shortcut in command.shortcuts() {
                assert!(keys.insert(shortcut), "{command:?}: {shortcut:?}");
            }
        }
    }

    #[test]
    fn the_keys_of_a_command_that_is_not_possible_now_are_not_taken_for_another() {
        let mut harness = egui_kittest::Harness::new_ui_state(
            |ui, taken: &mut Vec<Command>| {
                let can = |command| command != Command::ShowDecision;
                taken.extend(Command::pressed(ui.ctx(), can));
            },
            Vec::new(),
        );
        harness.key_press_modifiers(CTRL_SHIFT, Key::D);
        harness.run();
        assert!(harness.state().is_empty(), "{:?}", harness.state());
        harness.key_press_modifiers(CTRL, Key::D);
        harness.run();
        assert_eq!(harness.state(), &[Command::DuplicateLine]);
    }

    #[test]
    fn save_as_is_not_taken_for_save() {
        let mut harness = egui_kittest::Harness::new_ui_state(
            |ui, taken: &mut Vec<Command>| taken.extend(Command::pressed(ui.ctx(), |_| true)),
            Vec::new(),
        );
        harness.key_press_modifiers(CTRL_SHIFT, Key::S);
        harness.run();
        harness.key_press_modifiers(CTRL, Key::S);
        harness.run();
        harness.key_press_modifiers(CTRL_SHIFT, Key::Z);
        harness.run();
        assert_eq!(
            harness.state(),
            &[Command::SaveAs, Command::Save, Command::Redo]
        );
    }
}
