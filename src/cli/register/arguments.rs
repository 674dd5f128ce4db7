//! What can be asked of a register on the command line.

use crate::document::Problem;
use crate::register::Address;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `register`.
#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register OPDRACHT")]
pub(in crate::cli) struct Wanted {
    #[command(subcommand)]
    pub(super) command: Command,
}

/// The commands, by their Dutch names.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Maak een nieuw register, en toon zijn herstelsleutel
    Maak(Make),
    /// Werk een register van een ouder programma bij, na een reservekopie
    Bijwerken(Upgrade),
    /// Neem dossiers op uit bestanden, elk als nieuw ontwerp; wat al in het register staat, wordt genoemd en overgeslagen
    Importeer(Import),
    /// Schrijf dossiers naar een bestand, beveiligd met een wachtzin, zonder eerdere versies, logboek en besluitnummer
    Exporteer(Export),
    /// Schrijf alles wat het register van een dossier weet, voor de cliënt die erom vraagt, en ernaast een bestand zoals het register het bewaart
    #[command(override_usage = "maatwerk register inzage NUMMER -o BESTAND")]
    Inzage(Told),
    /// Schrijf de verantwoording van een dossier, zonder namen van cliënten, voor wie de uitgaven controleert
    #[command(override_usage = "maatwerk register verantwoording NUMMER -o BESTAND")]
    Verantwoording(Told),
    /// Toon wat te laat is, wat binnen een week moet en wat wacht
    Lijst(List),
    /// Zoek op naam, BSN, nummer, product, wijk of staat
    Zoek(Find),
    /// Controleer het register en de ketting van het logboek
    Controleer(Check),
    /// Maak een reservekopie
    Kopie(Copy),
    /// Zet een reservekopie terug
    Herstel(Restore),
    /// Zet het hele register over naar een andere, lege plaats, zoals een server voor een team
    Verhuis(Move),
    /// Toon wie wat deed, of de stand om elders te bewaren
    Logboek(Log),
    /// Toon welke dossiers hun bewaartermijn voorbij zijn
    Bewaren(Keep),
    /// Reken het bewijs bij een besluit na
    Bewijs(Proof),
    /// Toon wie het register kan openen
    Mensen(People),
    /// Geef iemand toegang
    Toelaten(Admit),
    /// Trek de toegang van iemand in
    Intrekken(Dismiss),
    /// Wijzig uw wachtzin, of geef iemand die hem kwijt is een nieuwe
    Wachtzin(Change),
    /// Maak een nieuwe herstelsleutel in plaats van die van nu
    Herstelsleutel(Renew),
}

/// Which register.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// Register: een bestand, of een server zoals postgres://gebruiker@server/database
    #[arg(long, value_name = "ADRES", value_parser = an_address)]
    pub(super) register: Option<Address>,
}

/// Which register, and with which slot it is unlocked.
#[derive(Debug, Args)]
pub(super) struct Opening {
    #[command(flatten)]
    pub(super) place: Place,
    /// Naam van uw toegang; hoeft niet als er maar één is
    #[arg(long, value_name = "NAAM")]
    pub(super) naam: Option<String>,
    /// Bestand met uw wachtzin als eerste regel; - is de invoer. Anders vraagt het programma erom
    #[arg(long, value_name = "BESTAND")]
    pub(super) wachtzin_bestand: Option<PathBuf>,
    /// Open met de herstelsleutel in plaats van een wachtzin
    #[arg(long, conflicts_with = "naam")]
    pub(super) herstelsleutel: bool,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register maak --naam NAAM")]
pub(super) struct Make {
    /// Naam van uw toegang, leesbaar zonder wachtzin
    #[arg(long, value_name = "NAAM", required = true)]
    pub(super) naam: String,
    /// Bestand met uw wachtzin als eerste regel; - is de invoer. Anders vraagt het programma erom
    #[arg(long, value_name = "BESTAND")]
    pub(super) wachtzin_bestand: Option<PathBuf>,
    #[command(flatten)]
    pub(super) place: Place,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register bijwerken -o MAP")]
pub(super) struct Upgrade {
    /// Map voor de reservekopie
    #[arg(short = 'o', long = "uitvoer", value_name = "MAP", required = true)]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) place: Place,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register importeer BESTAND… [--toch]")]
pub(super) struct Import {
    /// Losse dossiers, of bestanden die met exporteer zijn gemaakt
    #[arg(value_name = "BESTAND", required = true, num_args = 1..)]
    pub(super) files: Vec<PathBuf>,
    /// Neem ook op wat al in het register staat, als nog een dossier
    #[arg(long)]
    pub(super) toch: bool,
    /// Bestand met de wachtzin van beveiligde bestanden; - is de invoer
    #[arg(long, value_name = "BESTAND")]
    pub(super) wachtzin_uitvoer: Option<PathBuf>,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "maatwerk register exporteer NUMMER… -o BESTAND\n         maatwerk register exporteer --alles -o BESTAND"
)]
pub(super) struct Export {
    /// Nummers van zaken of besluiten
    #[arg(value_name = "NUMMER", required_unless_present = "alles")]
    pub(super) numbers: Vec<String>,
    /// Alle dossiers
    #[arg(long, conflicts_with = "numbers")]
    pub(super) alles: bool,
    #[command(flatten)]
    pub(super) leaving: Leaving,
    #[command(flatten)]
    pub(super) opening: Opening,
}

/// What is told of one dossier.
#[derive(Debug, Args)]
pub(super) struct Told {
    /// Nummer van de zaak of het besluit
    #[arg(value_name = "NUMMER", required = true)]
    pub(super) number: String,
    #[command(flatten)]
    pub(super) leaving: Leaving,
    #[command(flatten)]
    pub(super) opening: Opening,
}

/// What leaves the register: where to, and how it is closed.
#[derive(Debug, Args)]
pub(super) struct Leaving {
    /// Het bestand, dat er nog niet is
    #[arg(short = 'o', long = "uitvoer", value_name = "BESTAND", required = true)]
    pub(super) output: PathBuf,
    /// Bestand met de wachtzin waarmee de uitvoer wordt beveiligd; - is de invoer
    #[arg(long, value_name = "BESTAND")]
    pub(super) wachtzin_uitvoer: Option<PathBuf>,
    /// Zonder wachtzin, leesbaar voor iedereen; alleen samen met --ja
    #[arg(long, conflicts_with = "wachtzin_uitvoer")]
    pub(super) onbeschermd: bool,
    /// Ja, ik weet dat iedereen de uitvoer dan kan lezen
    #[arg(long)]
    pub(super) ja: bool,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register lijst [--alles]")]
pub(super) struct List {
    /// Ook dossiers waarvoor niets te doen is
    #[arg(long)]
    pub(super) alles: bool,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register zoek WOORDEN…")]
pub(super) struct Find {
    /// Woorden of delen van woorden, die allemaal moeten voorkomen
    #[arg(value_name = "WOORDEN", required = true, num_args = 1..)]
    pub(super) words: Vec<String>,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register controleer [--stand BESTAND]")]
pub(super) struct Check {
    /// Bestand met de stand van het logboek die u elders bewaarde
    #[arg(long, value_name = "BESTAND")]
    pub(super) stand: Option<PathBuf>,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register kopie -o MAP")]
pub(super) struct Copy {
    /// Map voor reservekopieën; wat er volgens het schema uit mag, gaat er uit
    #[arg(short = 'o', long = "uitvoer", value_name = "MAP", required = true)]
    pub(super) output: PathBuf,
    #[command(flatten)]
    pub(super) place: Place,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "maatwerk register herstel KOPIE --ja [-o MAP] [--met-schade]\n         maatwerk register herstel KOPIE --ja --beschadigd"
)]
pub(super) struct Restore {
    /// De reservekopie
    #[arg(value_name = "KOPIE", required = true)]
    pub(super) copy: PathBuf,
    /// Het register gaat niet meer open: zet de kopie ervoor in de plaats. Op een server moet de database dan leeg zijn
    #[arg(long)]
    pub(super) beschadigd: bool,
    /// Zet de kopie terug, ook als er iets in beschadigd is; dat blijft onleesbaar
    #[arg(long, conflicts_with = "beschadigd")]
    pub(super) met_schade: bool,
    /// Ja, ik weet dat weg is wat er na de kopie is gedaan
    #[arg(long)]
    pub(super) ja: bool,
    /// Map voor een kopie van het register zoals het nu is; anders die van KOPIE
    #[arg(
        short = 'o',
        long = "uitvoer",
        value_name = "MAP",
        conflicts_with = "beschadigd"
    )]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(
    override_usage = "maatwerk register verhuis ADRES\n         maatwerk register verhuis --terug --ja"
)]
pub(super) struct Move {
    /// Waarheen: een bestand dat er nog niet is, of een server waarop nog geen register staat. Alles gaat mee: versies, besluiten, nummers, logboek en toegangen. Het register zelf blijft staan en gaat dicht; Ctrl+C stopt
    #[arg(value_name = "ADRES", required_unless_present = "terug", value_parser = an_address)]
    pub(super) to: Option<Address>,
    /// Herroep een eerder overzetten: er wordt hier weer gewerkt, en niet meer op de andere plaats
    #[arg(long, conflicts_with = "to", requires = "ja")]
    pub(super) terug: bool,
    /// Ja, ik weet dat op de andere plaats niemand meer mag werken
    #[arg(long)]
    pub(super) ja: bool,
    #[command(flatten)]
    pub(super) place: Place,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register logboek [--stand]")]
pub(super) struct Log {
    /// Alleen de stand: één regel om elders te bewaren
    #[arg(long)]
    pub(super) stand: bool,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register bewaren")]
pub(super) struct Keep {
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register bewijs NUMMER")]
pub(super) struct Proof {
    /// Nummer van het besluit of de zaak
    #[arg(value_name = "NUMMER", required = true)]
    pub(super) number: String,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register mensen")]
pub(super) struct People {
    #[command(flatten)]
    pub(super) place: Place,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register toelaten PERSOON [--financien]")]
pub(super) struct Admit {
    /// Naam van wie toegang krijgt, leesbaar zonder wachtzin
    #[arg(value_name = "PERSOON", required = true)]
    pub(super) name: String,
    /// Alleen producten, uren en bedragen; geen namen en geen onderzoek
    #[arg(long)]
    pub(super) financien: bool,
    /// Bestand met de wachtzin van deze persoon als eerste regel; - is de invoer
    #[arg(long, value_name = "BESTAND")]
    pub(super) wachtzin_nieuw: Option<PathBuf>,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register intrekken PERSOON --ja")]
pub(super) struct Dismiss {
    /// Naam van wie de toegang verliest
    #[arg(value_name = "PERSOON", required = true)]
    pub(super) name: String,
    /// Ja, ik weet dat deze persoon het register dan niet meer opent
    #[arg(long)]
    pub(super) ja: bool,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register wachtzin [PERSOON]")]
pub(super) struct Change {
    /// Naam van wie de wachtzin kwijt is; zonder naam wijzigt u die van uzelf
    #[arg(value_name = "PERSOON")]
    pub(super) name: Option<String>,
    /// Bestand met de nieuwe wachtzin als eerste regel; - is de invoer
    #[arg(long, value_name = "BESTAND")]
    pub(super) wachtzin_nieuw: Option<PathBuf>,
    #[command(flatten)]
    pub(super) opening: Opening,
}

#[derive(Debug, Args)]
#[command(override_usage = "maatwerk register herstelsleutel --ja")]
pub(super) struct Renew {
    /// Ja, ik weet dat de herstelsleutel van nu dan niets meer opent
    #[arg(long)]
    pub(super) ja: bool,
    #[command(flatten)]
    pub(super) opening: Opening,
}

/// Where a register is, as typed.
pub(in crate::cli) fn an_address(typed: &str) -> Result<Address, String> {
    Address::parse(typed).map_err(|failure| {
        let Problem { message, hint, .. } = failure.problem;
        format!("{message}. {hint}")
    })
}
