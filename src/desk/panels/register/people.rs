//! People and keys: who may open the register, one's own passphrase, and the recovery key.

use egui::Ui;
use jiff::Timestamp;
use zeroize::Zeroizing;

use super::rows::{Row, rows_ui, typed_ui};
use super::{Around, Asked, Made, News, twice};
use crate::desk::document::words;
use crate::desk::editing::{Editing, Place};
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, segments_ui};
use crate::desk::widgets::dialog::question_ui;
use crate::desk::widgets::field::Field;
use crate::desk::widgets::group::fields_ui;
use crate::desk::widgets::secret::{Secret, key_ui};
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, prose_ui};
use crate::quantity::dutch::capital;
use crate::register::{Failure, Passphrase, Register, Role, Slot};

/// Work in the register for this screen.
#[derive(Debug)]
pub enum Job {
    /// Read who may open it.
    List,
    /// Give somebody access.
    Add {
        /// Who.
        name: String,
        /// What it opens.
        role: Role,
        /// With what.
        passphrase: Passphrase,
    },
    /// Take access away.
    Remove(String),
    /// Another passphrase for somebody who lost it.
    Give {
        /// Who.
        name: String,
        /// The one from now on.
        passphrase: Passphrase,
    },
    /// Another passphrase for oneself.
    Change {
        /// The one of now.
        old: Passphrase,
        /// The one from now on.
        new: Passphrase,
    },
    /// A new recovery key.
    Renew,
}

/// What came of it.
pub struct Told {
    slots: Vec<Slot>,
    own: Option<Slot>,
    recovery: Option<Zeroizing<String>>,
}

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Told(…)")
    }
}

/// What the screen shows.
#[derive(Default)]
pub struct PeopleState {
    slots: Vec<Slot>,
    rows: Vec<Row>,
    own: Option<Slot>,
    chosen: Option<usize>,
    /// Whose access is about to be taken away.
    removing: Option<String>,
    name: String,
    finance: bool,
    first: Secret,
    again: Secret,
    old: Secret,
    new: Secret,
    new_again: Secret,
    given: Secret,
    given_again: Secret,
    give_fault: Option<String>,
    add_fault: Option<String>,
    change_fault: Option<String>,
    /// Shown until the person says that it is written down.
    pub(super) recovery: Option<Zeroizing<String>>,
    written_down: bool,
    editing: Editing,
}

impl PeopleState {
    pub(super) fn take(&mut self, told: Told) {
        let Told {
            slots,
            own,
            recovery,
        } = told;
        self.rows = slots
            .iter()
            .map(|slot| Row {
                title: match slot.role {
                    Role::Recovery => "Herstelsleutel".to_owned(),
                    Role::Full | Role::Finance => slot.name.clone(),
                },
                detail: match slot.role {
                    Role::Full => "ziet en wijzigt alles",
                    Role::Finance => {
                        "ziet producten, uren en bedragen; geen namen en geen onderzoek"
                    }
                    Role::Recovery => "opent het register als wachtzinnen kwijt zijn",
                }
                .to_owned(),
                aside: match slot.role {
                    _ if own.as_ref().is_some_and(|own| own.number == slot.number) => "dit bent u",
                    Role::Full | Role::Finance => slot.role.label(),
                    Role::Recovery => "",
                }
                .to_owned(),
                tone: None,
            })
            .collect();
        self.slots = slots;
        self.own = own;
        self.chosen = None;
        for secret in [
            &mut self.first,
            &mut self.again,
            &mut self.old,
            &mut self.new,
            &mut self.new_again,
            &mut self.given,
            &mut self.given_again,
        ] {
            secret.clear();
        }
        self.name.clear();
        (self.add_fault, self.change_fault, self.give_fault) = (None, None, None);
        if recovery.is_some() {
            self.recovery = recovery;
            self.written_down = false;
        }
    }

    pub(super) fn is_asking(&self) -> bool {
        self.removing.is_some()
    }
}

fn place(name: &str) -> Place {
    Place::root().field("mensen").field(name)
}

/// Draws the screen; gives what it asks.
pub fn people_ui(ui: &mut Ui, state: &mut PeopleState) -> Option<Asked> {
    let job = recovery_ui(ui, state);
    let full = state
        .own
        .as_ref()
        .is_some_and(|own| own.role != Role::Finance);
    heading_ui(ui, "Wie het register kan openen");
    muted_ui(ui, "Deze namen zijn leesbaar zonder wachtzin.");
    let chosen = state.chosen;
    if let Some(pressed) = rows_ui(ui, "Toegangen", &state.rows, |index| chosen == Some(index)) {
        state.chosen = Some(pressed);
    }
    let slot = state.chosen.and_then(|chosen| state.slots.get(chosen));
    let other = slot.filter(|slot| full && is_other(state.own.as_ref(), slot));
    let job = match other.map(|slot| slot.name.clone()) {
        Some(name) => job.or(other_ui(ui, state, name)),
        None => job,
    };
    let job = job.or(question(ui, state));
    let job = if full { job.or(add_ui(ui, state)) } else { job };
    let job = job.or(change_ui(ui, state));
    let job = if full {
        job.or(renew_ui(ui, state))
    } else {
        job
    };
    job.map(|job| Asked::Job(super::Job::People(job)))
}

/// What can be done about the access of somebody else.
fn other_ui(ui: &mut Ui, state: &mut PeopleState, name: String) -> Option<Job> {
    ui.add_space(theme::GAP);
    if secondary_ui(ui, "Trek de toegang in…").clicked() {
        state.removing = Some(name.clone());
    }
    let words = format!("Is {name} de wachtzin kwijt? Geef dan een nieuwe.");
    muted_ui(ui, &words);
    fields_ui(ui, |ui| {
        let at = (place("gegeven"), "Wachtzin van deze persoon");
        typed_ui(ui, &mut state.editing, at, &mut state.given);
        let at = (
            place("gegeven nog eens"),
            "Wachtzin van deze persoon nog eens",
        );
        typed_ui(ui, &mut state.editing, at, &mut state.given_again);
    });
    if let Some(fault) = &state.give_fault {
        message_ui(ui, Tone::Fault, fault);
    }
    if !secondary_ui(ui, "Geef deze wachtzin").clicked() {
        return None;
    }
    match twice(&state.given, &state.given_again) {
        Ok(passphrase) => {
            state.give_fault = None;
            Some(Job::Give { name, passphrase })
        }
        Err(fault) => {
            state.give_fault = Some(fault);
            None
        }
    }
}

/// Whether somebody's access can be taken away by the person who works now.
fn is_other(own: Option<&Slot>, slot: &Slot) -> bool {
    slot.role != Role::Recovery && own.is_some_and(|own| own.number != slot.number)
}

/// The question before access is taken away.
fn question(ui: &Ui, state: &mut PeopleState) -> Option<Job> {
    let name = state.removing.take()?;
    let title = format!("De toegang van {name} intrekken?");
    let text = "Deze persoon kan het register dan niet meer openen. Een kopie van het register die iemand al heeft, blijft met de oude wachtzin te openen.";
    match question_ui(
        ui.ctx(),
        "remove slot",
        &title,
        text,
        &["Trek in", "Annuleren"],
    ) {
        None => state.removing = Some(name),
        Some(0) => return Some(Job::Remove(name)),
        Some(_) => {}
    }
    None
}

fn add_ui(ui: &mut Ui, state: &mut PeopleState) -> Option<Job> {
    ui.add_space(theme::LARGE);
    heading_ui(ui, "Iemand toegang geven");
    let name = Field::new(place("naam"), "Naam").text_ui(ui, &mut state.editing, &state.name);
    if let Some(name) = name {
        state.name = name;
    }
    let roles = [(false, Role::Full), (true, Role::Finance)]
        .map(|(finance, role)| Choice::new(finance, capital(role.label())));
    let at = (place("rol"), "Rol");
    if let Some(role) = segments_ui(
        ui,
        &mut state.editing,
        at,
        Some(&state.finance),
        &roles,
        None,
    ) {
        state.finance = role;
    }
    fields_ui(ui, |ui| {
        typed_ui(
            ui,
            &mut state.editing,
            (place("eerste"), "Eerste wachtzin"),
            &mut state.first,
        );
        let label = "Eerste wachtzin nog eens";
        typed_ui(
            ui,
            &mut state.editing,
            (place("eerste nog eens"), label),
            &mut state.again,
        );
    });
    muted_ui(
        ui,
        "Laat die persoon de wachtzin zelf typen, of daarna meteen wijzigen.",
    );
    if let Some(fault) = &state.add_fault {
        message_ui(ui, Tone::Fault, fault);
    }
    if !secondary_ui(ui, "Geef toegang").clicked() {
        return None;
    }
    match twice(&state.first, &state.again) {
        Ok(passphrase) => {
            state.add_fault = None;
            Some(Job::Add {
                name: state.name.clone(),
                role: if state.finance {
                    Role::Finance
                } else {
                    Role::Full
                },
                passphrase,
            })
        }
        Err(fault) => {
            state.add_fault = Some(fault);
            None
        }
    }
}

fn change_ui(ui: &mut Ui, state: &mut PeopleState) -> Option<Job> {
    if state
        .own
        .as_ref()
        .is_none_or(|own| own.role == Role::Recovery)
    {
        return None;
    }
    ui.add_space(theme::LARGE);
    heading_ui(ui, "Uw eigen wachtzin wijzigen");
    typed_ui(
        ui,
        &mut state.editing,
        (place("oude"), "Uw wachtzin van nu"),
        &mut state.old,
    );
    fields_ui(ui, |ui| {
        typed_ui(
            ui,
            &mut state.editing,
            (place("nieuwe"), "Nieuwe wachtzin"),
            &mut state.new,
        );
        let label = "Nieuwe wachtzin nog eens";
        typed_ui(
            ui,
            &mut state.editing,
            (place("nieuwe nog eens"), label),
            &mut state.new_again,
        );
    });
    if let Some(fault) = &state.change_fault {
        message_ui(ui, Tone::Fault, fault);
    }
    if !secondary_ui(ui, "Wijzig de wachtzin").clicked() {
        return None;
    }
    let old = Passphrase::new(state.old.text()).map_err(|failure| {
        if state.old.is_empty() {
            "Typ eerst uw wachtzin van nu.".to_owned()
        } else {
            words(&failure.problem)
        }
    });
    match old.and_then(|old| Ok((old, twice(&state.new, &state.new_again)?))) {
        Ok((old, new)) => {
            state.change_fault = None;
            Some(Job::Change { old, new })
        }
        Err(fault) => {
            state.change_fault = Some(fault);
            None
        }
    }
}

fn renew_ui(ui: &mut Ui, state: &mut PeopleState) -> Option<Job> {
    if state.recovery.is_some() {
        return None;
    }
    ui.add_space(theme::LARGE);
    heading_ui(ui, "Herstelsleutel");
    prose_ui(
        ui,
        "Met de herstelsleutel opent u het register als wachtzinnen kwijt zijn. Een nieuwe sleutel maakt de oude onbruikbaar.",
    );
    secondary_ui(ui, "Maak een nieuwe herstelsleutel")
        .clicked()
        .then_some(Job::Renew)
}

/// The new recovery key, until it is written down.
fn recovery_ui(ui: &mut Ui, state: &mut PeopleState) -> Option<Job> {
    let key = state.recovery.as_ref()?;
    heading_ui(ui, "De nieuwe herstelsleutel");
    prose_ui(
        ui,
        "Schrijf deze sleutel op en bewaar hem in een kluis. U ziet hem maar één keer.",
    );
    let at = place("opgeschreven");
    key_ui(ui, &mut state.editing, at, key, &mut state.written_down);
    let ready = state.written_down;
    let done = ui.add_enabled_ui(ready, |ui| primary_ui(ui, "Klaar").clicked());
    if done.inner {
        state.recovery = None;
    }
    ui.add_space(theme::LARGE);
    None
}

impl Job {
    pub(super) fn carry_out(
        self,
        register: &mut Register,
        around: &Around,
        now: Timestamp,
    ) -> Made<Told> {
        match self {
            Self::List => told(register, None, None),
            Self::Add {
                name,
                role,
                passphrase,
            } => {
                register.add_slot(&name, role, &passphrase, around.effort, now)?;
                let said = format!("{} kan het register nu openen.", name.trim());
                told(register, Some(said), None)
            }
            Self::Remove(name) => {
                register.remove_slot(&name, now)?;
                told(
                    register,
                    Some(format!("De toegang van {name} is ingetrokken.")),
                    None,
                )
            }
            Self::Give { name, passphrase } => {
                register.give_passphrase(&name, &passphrase, around.effort, now)?;
                let said = format!("{name} opent het register nu met de nieuwe wachtzin.");
                told(register, Some(said), None)
            }
            Self::Change { old, new } => {
                register.change_passphrase(&old, &new, around.effort, now)?;
                told(register, Some("Uw wachtzin is gewijzigd.".to_owned()), None)
            }
            Self::Renew => {
                let key = register.renew_recovery(now)?;
                let said = "Er is een nieuwe herstelsleutel. De oude opent niets meer.";
                told(register, Some(said.to_owned()), Some(key.text()))
            }
        }
    }
}

fn told(
    register: &mut Register,
    said: Option<String>,
    recovery: Option<Zeroizing<String>>,
) -> Made<Told> {
    let slots = register.slots()?;
    let own = register.slot().cloned();
    let told = Told {
        slots,
        own,
        recovery,
    };
    Ok::<_, Failure>((told, said.map(News::Done)))
}
