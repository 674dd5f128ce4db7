//! The command line in Dutch: what can be asked, its help, and what to say when it is not understood.

use super::register::{self, an_address};
use crate::quantity::dutch::parse_date;
use crate::register::Address;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use jiff::civil::Date;
use std::error::Error as _;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// All that can be asked.
#[derive(Debug, Parser)]
#[command(
    name = "maatwerk",
    about = "Wmo-indicaties en budgetten: uren, pgb en beschikking, met de berekening achter elk bedrag.",
    override_usage = "maatwerk [DOSSIER]\n         maatwerk bereken DOSSIER… [--json]\n         maatwerk brief DOSSIER… -o BESTAND_OF_MAP\n         maatwerk onderzoek DOSSIER… -o BESTAND_OF_MAP\n         maatwerk controleer BESTAND…\n         maatwerk voorbeelden -o MAP\n         maatwerk register OPDRACHT\n         maatwerk termijnen DOSSIER… [--json]\n         maatwerk scenario DOSSIER… [--json]\n         maatwerk budgethouder BESTAND",
    after_help = "Zonder opdracht opent het venster. Meer over een opdracht: maatwerk bereken --help\n\nHet programma eindigt met 0 (klaar), 1 (de invoer heeft problemen, allemaal genoemd) of 2 (verkeerd gebruik).",
    version,
    disable_version_flag = true,
    args_conflicts_with_subcommands = true
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Dossier dat het venster opent
    #[arg(value_name = "DOSSIER")]
    pub(super) dossier: Option<PathBuf>,
    #[command(flatten)]
    pub(super) given: Given,
    /// Register: een bestand, of een server zoals postgres://gebruiker@server/database
    #[arg(long, value_name = "ADRES", value_parser = an_address)]
    pub(super) register: Option<Address>,
    /// Toon de versie van het programma
    #[arg(long = "versie", short = 'V', action = ArgAction::Version)]
    version: Option<bool>,
}

/// The commands, by their Dutch names.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Druk de berekening van dossiers af
    Bereken(Calculate),
    /// Schrijf de brief bij elk dossier, als PDF
    Brief(Letters),
    /// Schrijf het verslag van het onderzoek bij elk dossier, als PDF
    Onderzoek(Reports),
    /// Controleer dossiers, catalogi, gemeentebestanden, normenkaders en landelijke tabellen
    Controleer(Check),
    /// Schrijf de catalogi, normenkaders, tabellen en brieven van het programma naar een map, met uitleg
    Voorbeelden(Examples),
    /// Maak, vul, doorzoek, controleer en kopieer een register
    Register(register::Wanted),
    /// Druk af welke termijnen van dossiers lopen, en wat te laat is
    Termijnen(Terms),
    /// Druk af wat scenario's van een pgb opleveren, geef er een mee naar huis, of vergelijk wat terugkomt
    Scenario(Scenarios),
    /// Druk een scenariobestand af, in gewone woorden
    Budgethouder(Home),
}

/// `bereken`.
#[derive(Debug, Args)]
#[command(
    override_usage = "maatwerk bereken DOSSIER… [--json] [--catalogus BESTAND…] [--map MAP] [--datum DATUM]"
)]
pub(super) struct Calculate {
    /// Dossiers
    #[arg(value_name = "DOSSIER", required = true, num_args = 1..)]
    pub(super) dossiers: Vec<PathBuf>,
    /// Druk JSON af in plaats van tekst (vaste vorm, zie docs/json.md)
    #[arg(long)]
    pub(super) json: bool,
    #[command(flatten)]
    pub(super) given: Given,
}

/// `brief`.
#[derive(Debug, Args)]
#[command(
    override_usage = "maatwerk brief DOSSIER… -o BESTAND_OF_MAP [--alle] [--afdrukken] [--catalogus BESTAND…] [--map MAP] [--datum DATUM]"
)]
pub(super) struct Letters {
    /// Dossiers
    #[arg(value_name = "DOSSIER", required = true, num_args = 1..)]
    pub(super) dossiers: Vec<PathBuf>,
    /// Waar de brieven komen: een bestand dat op .pdf eindigt, of een map
    #[arg(
        short = 'o',
        long = "uitvoer",
        value_name = "BESTAND_OF_MAP",
        required_unless_present = "afdrukken"
    )]
    pub(super) output: Option<PathBuf>,
    /// Geef de brieven aan de printer van dit systeem; met -o komen ze ook in een bestand
    #[arg(long, conflicts_with = "alle")]
    pub(super) afdrukken: bool,
    /// Neem alle dossiers van een map, en sla brieven over die er al zijn en niet veranderen; Ctrl+C stopt
    #[arg(long)]
    pub(super) alle: bool,
    #[command(flatten)]
    pub(super) given: Given,
}

/// `onderzoek`.
#[derive(Debug, Args)]
#[command(override_usage = "maatwerk onderzoek DOSSIER… -o BESTAND_OF_MAP [--map MAP]")]
pub(super) struct Reports {
    /// Dossiers
    #[arg(value_name = "DOSSIER", required = true, num_args = 1..)]
    pub(super) dossiers: Vec<PathBuf>,
    /// Waar de verslagen komen: een bestand dat op .pdf eindigt, of een map
    #[arg(
        short = 'o',
        long = "uitvoer",
        value_name = "BESTAND_OF_MAP",
        required = true
    )]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) given: Given,
}

/// `controleer`.
#[derive(Debug, Args)]
#[command(
    override_usage = "maatwerk controleer BESTAND… [--catalogus BESTAND…] [--map MAP] [--datum DATUM]"
)]
pub(super) struct Check {
    /// Dossiers, catalogi, gemeentebestanden, normenkaders of landelijke tabellen
    #[arg(value_name = "BESTAND", required = true, num_args = 1..)]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) given: Given,
}

/// `voorbeelden`.
#[derive(Debug, Args)]
#[command(override_usage = "maatwerk voorbeelden -o MAP")]
pub(super) struct Examples {
    /// Waar de bestanden komen: een nieuwe of een lege map
    #[arg(short = 'o', long = "uitvoer", value_name = "MAP", required = true)]
    pub(super) output: PathBuf,
}

/// `termijnen`.
#[derive(Debug, Args)]
#[command(override_usage = "maatwerk termijnen DOSSIER… [--json] [--datum DATUM]")]
pub(super) struct Terms {
    /// Dossiers
    #[arg(value_name = "DOSSIER", required = true, num_args = 1..)]
    pub(super) dossiers: Vec<PathBuf>,
    /// Druk JSON af in plaats van tekst (vaste vorm, zie docs/json.md)
    #[arg(long)]
    pub(super) json: bool,
    /// Dag waarop u de termijnen wilt zien, zoals 2-3-2026; anders vandaag
    #[arg(long, value_name = "DATUM", value_parser = a_date)]
    pub(super) datum: Option<Date>,
}

/// `scenario`.
#[derive(Debug, Args)]
#[command(
    override_usage = "maatwerk scenario DOSSIER… [--json] [--meegeven BESTAND] [--voorstel BESTAND] [--overzicht BESTAND] [--map MAP] [--datum DATUM]"
)]
pub(super) struct Scenarios {
    /// Dossiers
    #[arg(value_name = "DOSSIER", required = true, num_args = 1..)]
    pub(super) dossiers: Vec<PathBuf>,
    /// Druk JSON af in plaats van tekst (vaste vorm, zie docs/json.md)
    #[arg(long)]
    pub(super) json: bool,
    /// Schrijf de scenario's in een bestand voor thuis, zonder BSN, namen en onderzoek
    #[arg(long, value_name = "BESTAND", conflicts_with_all = ["json", "proposal"])]
    pub(super) meegeven: Option<PathBuf>,
    /// Vergelijk met een bestand dat van thuis terugkomt
    #[arg(
        long = "voorstel",
        id = "proposal",
        value_name = "BESTAND",
        conflicts_with = "json"
    )]
    pub(super) proposal: Option<PathBuf>,
    /// Maak een overzicht van ten hoogste twee pagina's als pdf, met de berekening
    #[arg(long, value_name = "BESTAND", conflicts_with_all = ["json", "proposal", "meegeven"])]
    pub(super) overzicht: Option<PathBuf>,
    #[command(flatten)]
    pub(super) given: Given,
}

/// `budgethouder`.
#[derive(Debug, Args)]
#[command(override_usage = "maatwerk budgethouder BESTAND [--tekst]")]
pub(super) struct Home {
    /// Scenariobestand
    #[arg(value_name = "BESTAND")]
    pub(super) file: PathBuf,
    /// Druk het bestand af, ook waar een venster kan
    #[arg(long)]
    pub(super) tekst: bool,
}

/// What every command that calculates takes.
#[derive(Debug, Args)]
pub(super) struct Given {
    /// Catalogi en tabellen naast die van het programma; een hogere versie van een catalogus vervangt de lagere
    #[arg(long, value_name = "BESTAND", num_args = 1..)]
    pub(super) catalogus: Vec<PathBuf>,
    /// Map van de gemeente, waaruit alle .ron-bestanden meedoen
    #[arg(long, value_name = "MAP")]
    pub(super) map: Option<PathBuf>,
    /// Dag van de berekening, zoals 2-3-2026; anders vandaag
    #[arg(long, value_name = "DATUM", value_parser = a_date)]
    pub(super) datum: Option<Date>,
}

fn a_date(typed: &str) -> Result<Date, String> {
    parse_date(typed).map_err(|error| error.message())
}

/// What a command line comes down to.
pub(super) enum Wish {
    /// Work to do.
    Do(Box<Arguments>),
    /// Help or version: to show, and done.
    Show(String),
    /// Not understood, and why.
    Explain(String),
}

/// Reads a command line; the first argument is the name of the program.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Wish {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = as_all_commands(Arguments::command())
        .try_get_matches_from(&arguments)
        .and_then(|words| Arguments::from_arg_matches(&words));
    let error = match parsed {
        Ok(arguments) => return Wish::Do(Box::new(arguments)),
        Err(error) => error,
    };
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        return Wish::Show(error.to_string());
    }
    let command = command_of(&arguments);
    // A word where a command can stand, with more words behind it.
    if error.kind() == ErrorKind::ArgumentConflict
        && error.get(ContextKind::InvalidArg).is_none_or(is_empty)
        && let Some(first) = arguments
            .get(1)
            .map(Path::new)
            .filter(|path| !path.exists())
    {
        return Wish::Explain(no_such_command(first));
    }
    let many = arguments.iter().any(|word| word == "--catalogus");
    Wish::Explain(explain(&error, command.as_deref(), many))
}

/// A command with what all of them have alike: the shape of their help, and how it is asked for.
fn as_all_commands(command: clap::Command) -> clap::Command {
    command
        .help_template("{about}\n\nGebruik: {usage}\n\n{all-args}{after-help}\n")
        .subcommand_help_heading("Opdrachten")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help("Toon deze uitleg"),
        )
        .mut_args(|argument| {
            let positional = argument.is_positional();
            argument.help_heading(if positional { "Argumenten" } else { "Opties" })
        })
        .mut_subcommands(as_all_commands)
}

/// The command that a line begins with, of a register with what is asked of it.
fn command_of(arguments: &[OsString]) -> Option<String> {
    let word = |place: usize| arguments.get(place).and_then(|name| name.to_str());
    let root = Arguments::command();
    let first = root.find_subcommand(word(1)?)?;
    let second = word(2).and_then(|name| first.find_subcommand(name));
    let names = [Some(first), second].into_iter().flatten();
    let names: Vec<&str> = names.map(clap::Command::get_name).collect();
    Some(names.join(" "))
}

/// For `maatwerk berken x.ron`: a file that is not there, in a place where a command can stand.
pub(super) fn no_such_command(path: &Path) -> String {
    format!(
        "«{}» is geen opdracht, en een bestand met die naam is er niet. Opdrachten zijn bereken, brief, onderzoek, controleer, voorbeelden, register, termijnen, scenario en budgethouder.\n{}",
        path.display(),
        more(None)
    )
}

fn more(command: Option<&str>) -> String {
    let command = command.map(|name| format!(" {name}")).unwrap_or_default();
    format!("Uitleg: maatwerk{command} --help\n")
}

fn is_empty(value: &ContextValue) -> bool {
    match value {
        ContextValue::String(text) => text.is_empty(),
        ContextValue::Strings(texts) => texts.is_empty(),
        _ => true,
    }
}

/// An error of the argument parser in Dutch. `many`: an option was given that takes every file behind it.
fn explain(error: &clap::Error, command: Option<&str>, many: bool) -> String {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        _ => None,
    };
    let argument = text(ContextKind::InvalidArg).unwrap_or_default();
    let argument = argument.replace("...", "…");
    let value = text(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            format!("Optie «{argument}» bestaat hier niet.")
        }
        ErrorKind::UnknownArgument => {
            format!("«{argument}» is er een te veel: dit verwacht de opdracht niet.")
        }
        ErrorKind::InvalidSubcommand => format!(
            "«{}» is geen opdracht.",
            text(ContextKind::InvalidSubcommand).unwrap_or_default()
        ),
        ErrorKind::MissingRequiredArgument if many && argument.starts_with('<') => format!(
            "Er ontbreekt {argument}; zet bestanden vóór --catalogus, want alles daarachter telt als catalogus."
        ),
        ErrorKind::MissingRequiredArgument => format!("Er ontbreekt {argument}."),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "Er ontbreekt wat u met het register wilt doen.".to_owned()
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("Achter «{argument}» ontbreekt een waarde.")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let why = error.source().map(ToString::to_string);
            let why = why.unwrap_or_else(|| format!("«{value}» kan hier niet."));
            format!("{argument}: {why}")
        }
        ErrorKind::ArgumentConflict => match text(ContextKind::PriorArg) {
            Some(prior) if prior != argument && !argument.is_empty() => {
                format!("«{argument}» gaat niet samen met «{prior}».")
            }
            _ if argument.is_empty() => {
                "Achter een dossier kan geen opdracht meer staan.".to_owned()
            }
            _ => format!("«{argument}» staat er meer dan eens."),
        },
        ErrorKind::TooFewValues | ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("Achter «{argument}» staat een verkeerd aantal waarden.")
        }
        ErrorKind::InvalidUtf8 => "Een van de woorden is geen leesbare tekst.".to_owned(),
        _ => "Deze opdracht is niet te begrijpen.".to_owned(),
    };
    format!("{message}\n{}", more(command))
}
