//! `register`: what the window does with a register, for scripts and for who looks after it.
//!
//! * `arguments`: what can be asked.
//! * `secrets`: passphrases, from the keyboard or a file, never from the command line.
//! * `cases`: the list of dossiers, and finding one by its number.
//! * `moving`: dossiers in and out.
//! * `care`: making, checking, copies, the log.
//! * `people`: who may open it.
//!
//! Nothing is decided here: it asks the room `register` and tells what that says.

mod arguments;
mod care;
mod cases;
mod moving;
mod people;
mod secrets;

use super::{Exit, Surroundings, report, sources};
use crate::document::Problem;
use crate::register::{Address, Failure, Passphrase, Progress, Register, Role, Slot};
use arguments::{Command, Opening, Place};
pub(super) use arguments::{Wanted, an_address};
use std::io;
use std::sync::Arc;

/// Why a command stopped.
enum Stop {
    /// The handles take nothing any more.
    Writing(io::Error),
    /// Told to the user; then the exit.
    Told(Vec<Problem>, Exit),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Writing(error)
    }
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Told(vec![problem], Exit::Problems)
    }
}

impl From<Vec<Problem>> for Stop {
    fn from(problems: Vec<Problem>) -> Self {
        Self::Told(problems, Exit::Problems)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        failure.problem.into()
    }
}

/// Does what is asked; tells what stood in the way.
pub(super) fn run(wanted: &Wanted, surroundings: &mut Surroundings<'_>) -> io::Result<Exit> {
    let done = match &wanted.command {
        Command::Maak(wanted) => care::make(wanted, surroundings),
        Command::Bijwerken(wanted) => care::upgrade(wanted, surroundings),
        Command::Importeer(wanted) => moving::import(wanted, surroundings),
        Command::Exporteer(wanted) => moving::export(wanted, surroundings),
        Command::Inzage(wanted) => moving::access(wanted, surroundings),
        Command::Verantwoording(wanted) => moving::account(wanted, surroundings),
        Command::Lijst(wanted) => cases::list(wanted, surroundings),
        Command::Zoek(wanted) => cases::find(wanted, surroundings),
        Command::Controleer(wanted) => care::check(wanted, surroundings),
        Command::Kopie(wanted) => care::copy(wanted, surroundings),
        Command::Herstel(wanted) => care::restore(wanted, surroundings),
        Command::Verhuis(wanted) => care::relocate(wanted, surroundings),
        Command::Logboek(wanted) => care::log(wanted, surroundings),
        Command::Bewaren(wanted) => cases::expired(wanted, surroundings),
        Command::Bewijs(wanted) => cases::redo(wanted, surroundings),
        Command::Mensen(wanted) => people::list(wanted, surroundings),
        Command::Toelaten(wanted) => people::admit(wanted, surroundings),
        Command::Intrekken(wanted) => people::dismiss(wanted, surroundings),
        Command::Wachtzin(wanted) => people::change(wanted, surroundings),
        Command::Herstelsleutel(wanted) => people::renew(wanted, surroundings),
    };
    match done {
        Ok(exit) => Ok(exit),
        Err(Stop::Writing(error)) => Err(error),
        Err(Stop::Told(problems, exit)) => {
            surroundings.out.flush()?;
            report::problems(surroundings.err, &problems)?;
            Ok(exit)
        }
    }
}

/// The address of the register that is meant.
fn address(place: &Place, surroundings: &Surroundings<'_>) -> Result<Address, Stop> {
    super::register_of(place.register.as_ref(), surroundings)?.ok_or_else(|| {
        Problem::error("dit systeem heeft geen eigen plaats voor een register")
            .hint("Noem het achter --register.")
            .into()
    })
}

/// The register that is meant, unlocked.
fn unlocked(opening: &Opening, surroundings: &mut Surroundings<'_>) -> Result<Register, Stop> {
    opened(opening, surroundings).map(|(register, _)| register)
}

/// The same, for what searches or saves: products have their names in the catalogues.
fn knowing(opening: &Opening, surroundings: &mut Surroundings<'_>) -> Result<Register, Stop> {
    let folder = super::settings(surroundings)?.folder;
    let library = sources::load(&[], folder.as_deref())?;
    let mut register = unlocked(opening, surroundings)?;
    register.know(Arc::new(library));
    while register.renew()? > 0 {}
    Ok(register)
}

/// The same, with the passphrase that unlocked it; nothing after the recovery key.
fn opened(
    opening: &Opening,
    surroundings: &mut Surroundings<'_>,
) -> Result<(Register, Option<Passphrase>), Stop> {
    let address = address(&opening.place, surroundings)?;
    let mut register = Register::open(&address)?;
    let now = surroundings.now.timestamp();
    let file = opening.wachtzin_bestand.as_deref();
    if opening.herstelsleutel {
        let key = secrets::recovery_key(file, surroundings)?;
        register.recover(&key, now)?;
        return Ok((register, None));
    }
    let name = match &opening.naam {
        Some(name) => name.clone(),
        None => only_name(&register.slots()?)?,
    };
    let passphrase = secrets::passphrase(file, &format!("Wachtzin van {name}"), surroundings)?;
    register.unlock(&name, &passphrase, now)?;
    Ok((register, Some(passphrase)))
}

/// The name of the only slot with a passphrase.
fn only_name(slots: &[Slot]) -> Result<String, Stop> {
    let people = slots.iter().filter(|slot| slot.role != Role::Recovery);
    let names: Vec<&str> = people.map(|slot| slot.name.as_str()).collect();
    match names.as_slice() {
        [name] => Ok((*name).to_owned()),
        _ => Err(Problem::error("dit register heeft meer dan één toegang")
            .hint(format!("Zet uw naam achter --naam: {}.", names.join(", ")))
            .into()),
    }
}

/// Of long work that Ctrl+C stops.
fn stoppable(surroundings: &mut Surroundings<'_>) -> Progress {
    Progress::stopped_by((surroundings.stop)())
}

/// Stops where `--ja` is missing.
fn confirmed(yes: bool, message: &str) -> Result<(), Stop> {
    if yes {
        return Ok(());
    }
    let problem = Problem::error(message).hint("Weet u het zeker? Zet er dan --ja bij.");
    Err(Stop::Told(vec![problem], Exit::WrongUse))
}
