//! Who may open a register: the list, giving and taking access, other passphrases, and a new recovery key.

use super::arguments::{Admit, Change, Dismiss, People, Renew};
use super::{Exit, Stop, Surroundings, address, confirmed, opened, secrets, unlocked};
use crate::document::Problem;
use crate::register::{Effort, Register, Role};

/// The names and what each opens.
pub(super) fn list(wanted: &People, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = Register::open(&address(&wanted.place, surroundings)?)?;
    for slot in register.slots()? {
        writeln!(surroundings.out, "{:<14}  {}", slot.role.label(), slot.name)?;
    }
    Ok(Exit::Done)
}

/// Gives somebody access.
pub(super) fn admit(wanted: &Admit, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let name = wanted.name.trim();
    let file = wanted.wachtzin_nieuw.as_deref();
    let what = format!("Wachtzin voor {name}");
    let passphrase = secrets::new_passphrase(file, &what, surroundings)?;
    let role = if wanted.financien {
        Role::Finance
    } else {
        Role::Full
    };
    let now = surroundings.now.timestamp();
    register.add_slot(name, role, &passphrase, Effort::NORMAL, now)?;
    let sees = role.label();
    writeln!(
        surroundings.out,
        "{name} kan het register nu openen ({sees})."
    )?;
    Ok(Exit::Done)
}

/// Takes access away.
pub(super) fn dismiss(wanted: &Dismiss, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    confirmed(
        wanted.ja,
        "deze persoon kan het register daarna niet meer openen; een kopie die iemand al heeft, blijft met de oude wachtzin te openen",
    )?;
    let mut register = unlocked(&wanted.opening, surroundings)?;
    register.remove_slot(&wanted.name, surroundings.now.timestamp())?;
    let name = &wanted.name;
    writeln!(surroundings.out, "De toegang van {name} is ingetrokken.")?;
    Ok(Exit::Done)
}

/// Another passphrase: for oneself, or for somebody who lost it.
pub(super) fn change(wanted: &Change, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    let (mut register, own) = opened(&wanted.opening, surroundings)?;
    let file = wanted.wachtzin_nieuw.as_deref();
    let now = surroundings.now.timestamp();
    match (&wanted.name, own) {
        (Some(name), _) => {
            let what = format!("Nieuwe wachtzin voor {name}");
            let new = secrets::new_passphrase(file, &what, surroundings)?;
            register.give_passphrase(name, &new, Effort::NORMAL, now)?;
            let out = &mut surroundings.out;
            writeln!(out, "{name} opent het register nu met de nieuwe wachtzin.")?;
        }
        (None, Some(old)) => {
            let new = secrets::new_passphrase(file, "Nieuwe wachtzin", surroundings)?;
            register.change_passphrase(&old, &new, Effort::NORMAL, now)?;
            writeln!(surroundings.out, "Uw wachtzin is gewijzigd.")?;
        }
        (None, None) => {
            return Err(Problem::error("een herstelsleutel heeft geen wachtzin")
                .hint("Noem de persoon die een nieuwe wachtzin krijgt.")
                .into());
        }
    }
    Ok(Exit::Done)
}

/// A new recovery key, shown once.
pub(super) fn renew(wanted: &Renew, surroundings: &mut Surroundings<'_>) -> Result<Exit, Stop> {
    confirmed(
        wanted.ja,
        "de herstelsleutel van nu opent daarna niets meer",
    )?;
    let mut register = unlocked(&wanted.opening, surroundings)?;
    let key = register.renew_recovery(surroundings.now.timestamp())?;
    writeln!(
        surroundings.out,
        "Er is een nieuwe herstelsleutel; de oude opent niets meer."
    )?;
    secrets::show(&key, surroundings)?;
    Ok(Exit::Done)
}
