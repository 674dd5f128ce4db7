//! The register at the door: another place for it, and a backup in the place of one that does not open.

use std::path::{Path, PathBuf};

use egui::Ui;

use super::door::Door;
use super::{Desk, Gate};
use crate::desk::document::words;
use crate::desk::files::Purpose;
use crate::desk::keeper::{Found, Kept};
use crate::desk::panels::elsewhere::{self, Elsewhere};
use crate::desk::panels::entry::Entry;
use crate::desk::panels::spares::{self, Spares};
use crate::desk::widgets::text::Tone;
use crate::quantity::dutch::counted;
use crate::register::{Address, Failure, Kind, Progress};

impl Door {
    /// Takes the file that was chosen for the register.
    pub(super) fn take_place(&mut self, path: &Path) {
        if let Some(elsewhere) = &mut self.elsewhere {
            elsewhere.take_file(path);
        }
    }

    /// Whether it stands closed and nothing is being done to it.
    fn is_closed(&self) -> bool {
        matches!(
            self.gate,
            Gate::Absent | Gate::Older | Gate::Shut(_) | Gate::Locked(_)
        )
    }
}

impl Desk {
    /// Draws the choosing of another place or of a backup, if that is what the door shows; gives whether it did.
    pub(super) fn place_ui(&mut self, ui: &mut Ui) -> bool {
        if !self.door.is_closed() {
            return false;
        }
        let door = &mut self.door;
        if let Some(elsewhere) = &mut door.elsewhere {
            match elsewhere.show_ui(ui, &door.shown) {
                None => return true,
                Some(elsewhere::Asked::Try(address)) => self.move_register(address),
                Some(elsewhere::Asked::Choose) => self.ask(ui.ctx(), Purpose::Place),
                Some(elsewhere::Asked::Back) => self.begin_at_door(),
            }
        } else if door.shows_spares {
            match door.spares.show_ui(ui, &door.shown) {
                None => return true,
                Some(spares::Asked::Put(path)) => self.rescue_register(path),
                Some(spares::Asked::Choose) => self.ask(ui.ctx(), Purpose::Spare),
                Some(spares::Asked::Back) => self.begin_at_door(),
            }
        } else {
            return false;
        }
        ui.ctx().request_repaint();
        true
    }

    /// Shows the page of the door again, from its beginning.
    fn begin_at_door(&mut self) {
        self.door.elsewhere = None;
        self.door.shows_spares = false;
        self.door.entry.forget();
    }

    /// Shows the choosing of another place.
    pub(super) fn choose_place(&mut self) {
        if let Some(home) = &self.door.home {
            let elsewhere = Elsewhere::new(&home.address, &home.own, home.is_named);
            self.door.elsewhere = Some(elsewhere);
        }
    }

    /// Goes on with the register at another place, if there is one or one can be made; else all stays as it is.
    fn move_register(&mut self, address: Address) {
        let before = std::mem::replace(&mut self.door.gate, Gate::Busy);
        self.ask_register(
            move |kept| kept.move_to(address),
            move |desk, _, moved| match moved {
                Ok((address, found)) => {
                    let former = desk.door.former.take();
                    desk.door.former = match (&before, &found) {
                        (Gate::Locked(_), Found::Nothing) => Some(desk.door.shown.clone()),
                        (Gate::Absent, Found::Nothing) => former,
                        _ => None,
                    };
                    desk.take_place(address, found);
                }
                Err(failure) => {
                    desk.door.gate = before;
                    if let Some(elsewhere) = &mut desk.door.elsewhere {
                        elsewhere.refuse(failure);
                    }
                }
            },
        );
    }

    fn take_place(&mut self, address: Address, found: Found) {
        self.turn_register();
        let door = &mut self.door;
        door.shown = address.shown();
        if let Some(home) = &mut door.home {
            home.address = address;
            home.is_named = false;
        }
        door.entry = Entry::default();
        door.refusal = None;
        door.spares = Spares::default();
        // Of another register: a dossier there can have the same id in a copy.
        door.back = None;
        door.behind.clear();
        self.begin_at_door();
        self.stand_before(Ok(found));
    }

    /// Puts all of the register of the place before in this empty one.
    pub(super) fn bring_register(&mut self) {
        self.door.gate = Gate::Busy;
        let progress = Progress::default();
        self.door.bringing = Some(progress.clone());
        self.ask_register(
            move |kept| kept.bring(&progress),
            |desk, _, brought| {
                desk.door.bringing = None;
                match brought {
                    Ok((moved, found)) => {
                        let former = desk.door.former.take().unwrap_or_default();
                        desk.begin_at_door();
                        desk.stand_before(Ok(found));
                        let text = format!(
                            "Het register staat nu op {}, en is nagelezen: {}, {}. Dat op {former} blijft staan; werk daar niet \
                             in verder.",
                            desk.door.shown,
                            counted(moved.dossiers, "dossier", "dossiers"),
                            counted(moved.revisions, "versie", "versies"),
                        );
                        desk.tell(None, &text);
                    }
                    Err(failure) => {
                        desk.door.gate = Gate::Absent;
                        desk.door.refusal = Some(failure);
                    }
                }
            },
        );
    }

    /// Keeps the place that was chosen for the next start, now that a register stands there.
    pub(super) fn keep_place(&mut self) {
        self.ask_register(Kept::keep_place, |desk, _, kept| {
            if let Err(failure) = kept {
                let text = format!(
                    "Deze plaats van het register is niet bewaard voor de volgende keer. {}",
                    words(&failure.problem)
                );
                desk.tell(Some(Tone::Fault), &text);
            }
        });
    }

    /// Whether a backup may take the place of the register: it is gone or damaged.
    fn can_be_replaced(&self) -> bool {
        let is_damaged = |failure: &Failure| failure.kind == Kind::Damaged;
        match &self.door.gate {
            Gate::Absent => true,
            Gate::Shut(failure) => is_damaged(failure),
            Gate::Locked(_) => self.door.refusal.as_ref().is_some_and(is_damaged),
            Gate::Without | Gate::Busy | Gate::Older | Gate::Open(_) => false,
        }
    }

    /// Whether the door offers that: where nothing was ever made, only if there are backups.
    pub(super) fn offers_spares(&self) -> bool {
        let home = self.door.home.as_ref();
        home.is_some_and(|home| matches!(home.address, Address::File(_)))
            && self.can_be_replaced()
            && (*self.gate() != Gate::Absent || !self.door.spares.is_empty())
    }

    /// Reads which backups can take the place of the register, if it is gone or damaged.
    pub(super) fn read_spares(&mut self) {
        if !self.can_be_replaced() {
            return;
        }
        self.ask_register(
            |kept| Ok(Spares::of(kept.spares(), &kept.home().zone)),
            |desk, _, spares| match spares {
                Ok(spares) => desk.door.spares = spares,
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Puts a backup in the place of the register.
    pub(super) fn rescue_register(&mut self, backup: PathBuf) {
        if !self.door.shows_spares || !self.can_be_replaced() {
            return;
        }
        let before = std::mem::replace(&mut self.door.gate, Gate::Busy);
        self.ask_register(
            move |kept| kept.rescue(&backup),
            move |desk, _, rescued| match rescued {
                Ok((rescued, found)) => {
                    desk.door.refusal = None;
                    desk.begin_at_door();
                    desk.stand_before(Ok(found));
                    let mut text = "De reservekopie is nu het register. Open het, en kies bij Register, Reservekopieën \
                                    ‘Controleer het register’: dan ziet u of alles erin te lezen is. "
                        .to_owned();
                    text.push_str(&rescued.access());
                    if let Some(aside) = rescued.aside {
                        let more =
                            format!(" Het beschadigde bestand staat in {}.", aside.display());
                        text.push_str(&more);
                    }
                    desk.tell(None, &text);
                }
                Err(failure) => {
                    desk.door.gate = before;
                    desk.door.spares.refuse(failure);
                }
            },
        );
    }
}
