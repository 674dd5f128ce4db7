//! Keeping and destroying: what may go, what went, and dossiers that leave the register or come in.

mod work;

use egui::Ui;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::path::PathBuf;

pub use self::work::paper;

use super::rows::{Row, rows_ui, typed_ui};
use super::{Asked, ForFile, Open, Paper, twice};
use crate::desk::document::words;
use crate::desk::editing::{Editing, Place};
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, check_ui, segments_ui};
use crate::desk::widgets::group::fields_ui;
use crate::desk::widgets::secret::Secret;
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, prose_ui, subheading_ui};
use crate::quantity::dutch::counted;
use crate::register::{Base, DossierId, Ground, Passphrase};

/// Work in the register for this screen.
#[derive(Debug)]
pub enum Job {
    /// Read what may go and what went.
    List,
    /// Destroy these.
    Destroy {
        /// Which, each as it was seen.
        seen: Vec<(DossierId, Base)>,
        /// Why.
        ground: Ground,
    },
    /// Write dossiers to a file.
    Export {
        /// This one; nothing: all.
        which: Option<DossierId>,
        /// With this passphrase; nothing: readable by everybody.
        passphrase: Option<Passphrase>,
        /// Where to.
        path: PathBuf,
    },
    /// Write what is told of a dossier to a file.
    Paper {
        /// What that is.
        what: Paper,
        /// Of which.
        id: DossierId,
        /// With this passphrase; nothing: readable by everybody.
        passphrase: Option<Passphrase>,
        /// Where to.
        path: PathBuf,
    },
    /// Take dossiers from a file.
    Import {
        /// The one that it was closed with, if it was.
        passphrase: Option<Passphrase>,
        /// Where from.
        path: PathBuf,
        /// These only, by their number in the file, also what is in the register already; nothing: what is not there yet.
        only: Option<Vec<usize>>,
    },
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Told {
    /// What may go, and what went.
    listed: Option<Listed>,
    /// What was wrong with documents that came in.
    refused: Vec<Row>,
    /// Dossiers of a file that are in the register already.
    twins: Option<Twins>,
    /// What was not destroyed although it was asked, and why.
    kept: Vec<Row>,
}

/// Dossiers of a file that are in the register already, and were not taken in.
#[derive(Debug)]
struct Twins {
    rows: Vec<Row>,
    /// Their numbers in the file.
    numbers: Vec<usize>,
    path: PathBuf,
    passphrase: Option<Passphrase>,
}

/// What may go, and what went.
#[derive(Debug, Default)]
struct Listed {
    expired: Vec<Row>,
    /// What each row is about.
    seen: Vec<(DossierId, Base)>,
    /// The day on which they may go.
    today: Date,
    destroyed: Vec<Row>,
}

/// What the screen shows.
#[derive(Default)]
pub struct KeepingState {
    listed: Listed,
    refused: Vec<Row>,
    twins: Option<Twins>,
    kept: Vec<Row>,
    chosen: BTreeSet<usize>,
    /// The person said that the chosen ones may go.
    sure: bool,
    /// The person said that the open one may go.
    sure_of_open: bool,
    all: bool,
    plain: bool,
    /// The person said that everybody may read what leaves.
    plain_confirmed: bool,
    passphrase: Secret,
    again: Secret,
    incoming: Secret,
    /// What was wrong with what was filled in.
    fault: Option<String>,
    /// The dossier and the passphrase that wait for a file.
    outgoing: Option<(Option<DossierId>, Option<Passphrase>)>,
    editing: Editing,
}

impl KeepingState {
    pub(super) fn take(&mut self, told: Told) {
        if let Some(listed) = told.listed {
            self.listed = listed;
            self.chosen.clear();
            self.sure = false;
            self.sure_of_open = false;
        }
        self.refused = told.refused;
        self.twins = told.twins;
        self.kept = told.kept;
    }

    /// The file that was asked for; gives what is done with it.
    pub(super) fn take_file(&mut self, what: ForFile, path: PathBuf) -> Option<Job> {
        match what {
            ForFile::Import => {
                let typed = std::mem::take(&mut self.incoming);
                let passphrase = if typed.is_empty() {
                    None
                } else {
                    match Passphrase::new(typed.text()) {
                        Ok(passphrase) => Some(passphrase),
                        Err(failure) => {
                            self.fault = Some(words(&failure.problem));
                            return None;
                        }
                    }
                };
                Some(Job::Import {
                    passphrase,
                    path,
                    only: None,
                })
            }
            ForFile::Export | ForFile::Paper { .. } => {
                let (which, passphrase) = self.outgoing.take()?;
                self.passphrase.clear();
                self.again.clear();
                self.plain_confirmed = false;
                Some(match (what, which) {
                    (ForFile::Paper { what, .. }, Some(id)) => Job::Paper {
                        what,
                        id,
                        passphrase,
                        path,
                    },
                    _ => Job::Export {
                        which,
                        passphrase,
                        path,
                    },
                })
            }
            ForFile::Backup | ForFile::Backups => None,
        }
    }

    /// Asks for the file that this dossier, or all, goes to, once it is clear with what that is closed.
    fn ask_for(&mut self, what: ForFile, which: Option<DossierId>) -> Option<Asked> {
        match self.protection() {
            Ok(passphrase) => {
                self.fault = None;
                self.outgoing = Some((which, passphrase));
                Some(Asked::ChooseFile(what))
            }
            Err(fault) => {
                self.fault = Some(fault);
                None
            }
        }
    }

    /// With what that leaves is closed; says what is still wrong with it.
    fn protection(&mut self) -> Result<Option<Passphrase>, String> {
        if self.plain {
            return if self.plain_confirmed {
                Ok(None)
            } else {
                Err(
                    "Zeg eerst dat iedereen het bestand mag kunnen lezen, of kies een wachtzin."
                        .to_owned(),
                )
            };
        }
        twice(&self.passphrase, &self.again).map(Some)
    }
}

fn place(name: &str) -> Place {
    Place::root().field("bewaren").field(name)
}

/// Draws the screen; gives what it asks. Who has no full access sees what there is, and can have the account of a decision.
pub fn keeping_ui(
    ui: &mut Ui,
    state: &mut KeepingState,
    open: Option<&Open>,
    full: bool,
) -> Option<Asked> {
    let job = expired_ui(ui, state, full);
    let job = job.or(request_ui(ui, state, open.filter(|_| full)));
    if !state.kept.is_empty() {
        ui.add_space(theme::GAP);
        subheading_ui(ui, "Niet vernietigd");
        rows_ui(ui, "Niet vernietigd", &state.kept, |_| false);
    }
    let mut asked = job.map(|job| Asked::Job(super::Job::Keeping(job)));
    ui.add_space(theme::LARGE);
    if full {
        asked = asked.or(outgoing_ui(ui, state, open));
        ui.add_space(theme::LARGE);
        asked = asked.or(incoming_ui(ui, state));
    } else {
        prose_ui(
            ui,
            "Dossiers vernietigen, uitvoeren en invoeren kan alleen een collega met volledige toegang.",
        );
        asked = asked.or(account_ui(ui, state, open));
    }
    if !state.listed.destroyed.is_empty() {
        ui.add_space(theme::LARGE);
        heading_ui(ui, "Wat er vernietigd is");
        rows_ui(ui, "Vernietigde dossiers", &state.listed.destroyed, |_| {
            false
        });
    }
    asked
}

/// What may go because its term has passed.
fn expired_ui(ui: &mut Ui, state: &mut KeepingState, full: bool) -> Option<Job> {
    heading_ui(ui, "Wat weg mag");
    prose_ui(
        ui,
        "Een dossier blijft 15 jaar na de laatste wijziging bewaard (Wmo 2015, artikel 5.3.4). Daarna mag het weg.",
    );
    if state.listed.expired.is_empty() {
        muted_ui(
            ui,
            "Er is geen dossier waarvan de bewaartermijn voorbij is.",
        );
        return None;
    }
    let chosen = state.chosen.clone();
    let pressed = rows_ui(
        ui,
        "Dossiers die weg mogen",
        &state.listed.expired,
        |index| chosen.contains(&index),
    );
    if !full {
        return None;
    }
    if let Some(pressed) = pressed {
        if !state.chosen.remove(&pressed) {
            state.chosen.insert(pressed);
        }
        state.sure = false;
    }
    ui.horizontal_wrapped(|ui| {
        let all = state.listed.expired.len();
        if state.chosen.len() < all && secondary_ui(ui, "Kies alle").clicked() {
            state.chosen = (0..all).collect();
            state.sure = false;
        }
        if !state.chosen.is_empty() && secondary_ui(ui, "Kies geen").clicked() {
            state.chosen.clear();
        }
    });
    if state.chosen.is_empty() {
        return None;
    }
    let number = counted(state.chosen.len(), "gekozen dossier", "gekozen dossiers");
    let text = format!("Ja, vernietig {number} voorgoed");
    if let Some(sure) = check_ui(ui, &mut state.editing, place("zeker"), &text, state.sure) {
        state.sure = sure;
    }
    let enabled = state.sure;
    let pressed = ui.add_enabled_ui(enabled, |ui| primary_ui(ui, "Vernietig").clicked());
    pressed.inner.then(|| Job::Destroy {
        seen: state
            .chosen
            .iter()
            .filter_map(|index| state.listed.seen.get(*index).copied())
            .collect(),
        ground: Ground::Expired(state.listed.today),
    })
}

/// The open dossier, because the client asks for it.
fn request_ui(ui: &mut Ui, state: &mut KeepingState, open: Option<&Open>) -> Option<Job> {
    let open = open.filter(|open| open.base != Base::NEW)?;
    ui.add_space(theme::LARGE);
    heading_ui(ui, "Vernietigen op verzoek");
    prose_ui(
        ui,
        "De cliënt mag vragen om dit dossier eerder te vernietigen (Wmo 2015, artikel 5.3.5). Kijk eerst of een ander daar nadeel van heeft.",
    );
    let text = "Ja, vernietig het open dossier voorgoed, op verzoek van de cliënt";
    let at = place("op verzoek");
    if let Some(sure) = check_ui(ui, &mut state.editing, at, text, state.sure_of_open) {
        state.sure_of_open = sure;
    }
    let enabled = state.sure_of_open;
    let pressed = ui.add_enabled_ui(enabled, |ui| {
        secondary_ui(ui, "Vernietig dit dossier").clicked()
    });
    pressed.inner.then(|| Job::Destroy {
        seen: vec![(open.id, open.base)],
        ground: Ground::Request,
    })
}

/// Dossiers that leave the register.
fn outgoing_ui(ui: &mut Ui, state: &mut KeepingState, open: Option<&Open>) -> Option<Asked> {
    let open = open.filter(|open| open.base != Base::NEW);
    heading_ui(ui, "Uitvoeren");
    let scope = [
        Choice::new(false, "Het open dossier"),
        Choice::new(true, "Alle dossiers"),
    ];
    let all = state.all || open.is_none();
    if open.is_some() {
        let at = (place("wat"), "Wat");
        if let Some(all) = segments_ui(ui, &mut state.editing, at, Some(&all), &scope, None) {
            state.all = all;
        }
    } else {
        muted_ui(ui, "Zonder open dossier gaan alle dossiers mee.");
    }
    protection_ui(
        ui,
        state,
        "In het bestand staan namen, BSN en gezondheid. Iedereen die het bestand heeft, kan het lezen.",
    );
    muted_ui(
        ui,
        "Voer uit… schrijft van elk dossier de laatste versie. Eerdere versies, het logboek, het besluitnummer en dat een besluit definitief is, gaan niet mee; in een reservekopie staan die wel.",
    );
    let mut what = None;
    ui.horizontal_wrapped(|ui| {
        if secondary_ui(ui, "Voer uit…").clicked() {
            what = Some(ForFile::Export);
        }
        let plain = state.plain;
        for (text, paper) in [
            ("Inzage voor de cliënt…", Paper::Access),
            ("Verantwoording…", Paper::Account),
        ] {
            if open.is_some() && !all && secondary_ui(ui, text).clicked() {
                what = Some(ForFile::Paper { what: paper, plain });
            }
        }
    });
    if open.is_some() && !all {
        muted_ui(
            ui,
            "Inzage is alles wat het register van dit dossier weet, in gewone woorden: elke versie, en wie er iets mee deed. Ernaast komt een bestand zoals het programma het bewaart. De verantwoording is voor wie de uitgaven controleert, en noemt geen cliënt. Met een wachtzin is het een age-bestand; dat opent met het gratis programma age.",
        );
    }
    state.ask_for(what?, open.filter(|_| !all).map(|open| open.id))
}

/// With what the file is closed that leaves; `warning` says what everybody can read in one that is not.
fn protection_ui(ui: &mut Ui, state: &mut KeepingState, warning: &str) {
    let kinds = [
        Choice::new(false, "Met een wachtzin"),
        Choice::new(true, "Voor iedereen leesbaar"),
    ];
    let at = (place("hoe"), "Beveiliging van het bestand");
    if let Some(plain) = segments_ui(ui, &mut state.editing, at, Some(&state.plain), &kinds, None) {
        state.plain = plain;
        state.fault = None;
    }
    if state.plain {
        message_ui(ui, Tone::Warning, warning);
        let text = "Ik begrijp dat iedereen het bestand kan lezen";
        let at = place("leesbaar");
        let on = state.plain_confirmed;
        if let Some(on) = check_ui(ui, &mut state.editing, at, text, on) {
            state.plain_confirmed = on;
        }
    } else {
        fields_ui(ui, |ui| {
            let at = place("wachtzin");
            typed_ui(
                ui,
                &mut state.editing,
                (at, "Wachtzin voor het bestand"),
                &mut state.passphrase,
            );
            let at = place("nog eens");
            typed_ui(
                ui,
                &mut state.editing,
                (at, "Dezelfde wachtzin nog eens"),
                &mut state.again,
            );
        });
    }
    if let Some(fault) = &state.fault {
        message_ui(ui, Tone::Fault, fault);
    }
}

/// The account of the open dossier alone, for who may have nothing else leave.
fn account_ui(ui: &mut Ui, state: &mut KeepingState, open: Option<&Open>) -> Option<Asked> {
    let open = open.filter(|open| open.base != Base::NEW)?;
    ui.add_space(theme::LARGE);
    heading_ui(ui, "Verantwoording van het open dossier");
    protection_ui(
        ui,
        state,
        "In het bestand staan hulp en bedragen, zonder naam. Iedereen die het bestand heeft, kan het lezen.",
    );
    if !secondary_ui(ui, "Verantwoording…").clicked() {
        return None;
    }
    let plain = state.plain;
    let what = ForFile::Paper {
        what: Paper::Account,
        plain,
    };
    state.ask_for(what, Some(open.id))
}

/// Dossiers that come in.
fn incoming_ui(ui: &mut Ui, state: &mut KeepingState) -> Option<Asked> {
    heading_ui(ui, "Invoeren");
    prose_ui(
        ui,
        "Elk dossier uit het bestand komt als nieuw ontwerp in het register, zonder eerdere versies en besluitnummer. Wat er al in staat, komt er niet nog een keer bij.",
    );
    let at = place("wachtzin bij invoer");
    let label = "Wachtzin van het bestand, als het er een heeft";
    typed_ui(ui, &mut state.editing, (at, label), &mut state.incoming);
    ui.add_space(theme::GAP);
    let asked = secondary_ui(ui, "Kies een bestand…")
        .clicked()
        .then_some(Asked::ChooseFile(ForFile::Import));
    if !state.refused.is_empty() {
        subheading_ui(ui, "Niet ingevoerd");
        rows_ui(ui, "Niet ingevoerd", &state.refused, |_| false);
    }
    asked.or(twins_ui(ui, state))
}

/// What of a file is in the register already, and the way to take it in all the same.
fn twins_ui(ui: &mut Ui, state: &mut KeepingState) -> Option<Asked> {
    let twins = state.twins.as_ref()?;
    let title = "Staat al in het register";
    subheading_ui(ui, title);
    rows_ui(ui, title, &twins.rows, |_| false);
    let again = secondary_ui(ui, "Voer deze toch in, als nog een dossier").clicked();
    let Twins {
        numbers,
        path,
        passphrase,
        ..
    } = state.twins.take_if(|_| again)?;
    let only = Some(numbers);
    Some(Asked::Job(super::Job::Keeping(Job::Import {
        passphrase,
        path,
        only,
    })))
}
