//! The door of the register: making one, keeping its recovery key, unlocking it, and what to do when it does not open.
//!
//! It draws and says what was asked; what a register is, and what comes of it, it must not know.

use egui::{ScrollArea, Ui};

use crate::desk::document::words;
use crate::desk::editing::{Editing, Place};
use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, quiet_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, list_ui, segments_ui};
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::secret::{Secret, Shows, key_ui, secret_ui};
use crate::desk::widgets::text::{Tone, message_ui, muted_ui, prose_ui, title_ui};
use crate::register::{Failure, Kind, Passphrase, RecoveryKey, Role, Slot};

/// What was asked at the door.
pub enum Asked {
    /// Make a register, with a first slot of this name and passphrase.
    Found(String, Passphrase),
    /// Put all of the register of the place before here.
    Bring,
    /// The recovery key is written down.
    Kept,
    /// Unlock with this slot.
    Unlock(String, Passphrase),
    /// Unlock with the recovery key, and give this slot this passphrase.
    Recover(RecoveryKey, String, Passphrase),
    /// Make a backup and bring the register up to date.
    Upgrade,
    /// Look again.
    Retry,
    /// Go on without the register.
    Loose,
    /// Show the backups that can take the place of the register.
    Spares,
    /// Choose another place for the register.
    Elsewhere,
}

/// What every page of the door says and offers beside its own.
#[derive(Clone, Copy)]
pub struct Doorstep<'a> {
    /// Where the register is.
    pub at: &'a str,
    /// Why the last attempt did not work.
    pub refusal: Option<&'a Failure>,
    /// Whether a backup can take the place of the register.
    pub has_spares: bool,
    /// Whether another place can be chosen.
    pub moves: bool,
    /// Where the register is that can be put here, if this place is empty and another was chosen before.
    pub former: Option<&'a str>,
}

impl Doorstep<'_> {
    /// Draws the quiet ways at the foot of a page.
    fn foot_ui(self, ui: &mut Ui) -> Option<Asked> {
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            if self.has_spares && quiet_ui(ui, "Zet een reservekopie terug…").clicked() {
                asked = Some(Asked::Spares);
            }
            if self.moves && quiet_ui(ui, "Andere plaats…").clicked() {
                asked = Some(Asked::Elsewhere);
            }
        });
        asked
    }
}

/// What is being filled in at the door.
#[derive(Default)]
pub struct Entry {
    editing: Editing,
    /// The name that was typed or chosen.
    name: String,
    passphrase: Secret,
    again: Secret,
    key: Secret,
    /// Whether the way with the recovery key is open.
    recovers: bool,
    /// Whether the recovery key is said to be written down.
    is_written: bool,
    /// What is wrong with what was filled in, at the field that it is about.
    refused: Option<(Place, String)>,
    /// Whether the first field already got the keyboard.
    is_known: bool,
}

fn place(name: &str) -> Place {
    Place::root().field("deur").field(name)
}

/// A word on how hard a passphrase is to guess. Length and variety say little about words from a song, so it is a hint.
fn strength(typed: &str) -> (Tone, &'static str) {
    let letters = typed.chars().count();
    let different: std::collections::BTreeSet<char> = typed.chars().collect();
    let words = typed.split_whitespace().count();
    match (letters, different.len(), words) {
        (0..12, ..) => (Tone::Warning, "Nog te kort: ten minste 12 tekens."),
        (_, 0..7, _) => (Tone::Warning, "Zwak: steeds dezelfde tekens."),
        (20.., 10.., 4..) | (24.., 12.., _) => (Tone::Info, "Sterk."),
        (16.., ..) => (Tone::Info, "Redelijk. Een woord erbij maakt hem sterker."),
        _ => (Tone::Warning, "Zwak. Neem vier of meer losse woorden."),
    }
}

impl Entry {
    /// Forgets what was typed, and puts the keyboard in the first field again.
    pub fn forget(&mut self) {
        let name = std::mem::take(&mut self.name);
        *self = Self {
            name,
            ..Self::default()
        };
    }

    /// The name to begin with: the one that unlocked last.
    pub fn suggest(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// Draws the making of a register.
    pub fn found_ui(&mut self, ui: &mut Ui, step: Doorstep<'_>) -> Option<Asked> {
        self.begin_at("naam");
        page_ui(ui, |ui| {
            title_ui(ui, "Maak uw register");
            prose_ui(
                ui,
                "In het register staan uw dossiers versleuteld. Alleen wie een wachtzin heeft, kan erin lezen.",
            );
            muted_ui(ui, &format!("Plaats: {}", step.at));
            failure_ui(ui, step.refusal);
            if let Some(former) = step.former
                && bring_ui(ui, former)
            {
                return Some(Asked::Bring);
            }
            if step.has_spares {
                message_ui(
                    ui,
                    Tone::Warning,
                    "Stond hier al een register? Maak dan geen nieuw, maar zet een reservekopie terug.",
                );
            }
            let message = self.refused.clone();
            let field = Field::new(place("naam"), "Uw naam")
                .message(own_message(message.as_ref(), "naam"))
                .width(Width::Name);
            if let Some(name) = field.text_ui(ui, &mut self.editing, &self.name) {
                self.name = name;
            }
            muted_ui(
                ui,
                "Deze naam is leesbaar zonder wachtzin. Een schuilnaam mag ook.",
            );
            let enter = self.new_passphrase_ui(ui);
            ui.add_space(theme::SMALL);
            let asked = ui.horizontal_wrapped(|ui| {
                let make = primary_ui(ui, "Maak het register").clicked() || enter;
                if loose_ui(ui) {
                    Some(Asked::Loose)
                } else if make {
                    self.found()
                } else {
                    None
                }
            });
            step.foot_ui(ui).or(asked.inner)
        })
    }

    /// Draws the recovery key of a register that was just made.
    pub fn recovery_ui(&mut self, ui: &mut Ui, key: &str) -> Option<Asked> {
        self.begin_at("opgeschreven");
        page_ui(ui, |ui| {
            title_ui(ui, "Bewaar de herstelsleutel");
            prose_ui(
                ui,
                "Bent u uw wachtzin kwijt, dan komt u alleen met deze sleutel weer bij de dossiers. U ziet hem één keer. Schrijf hem op papier en leg dat in een kluis.",
            );
            let at = place("opgeschreven");
            key_ui(ui, &mut self.editing, at, key, &mut self.is_written);
            ui.add_space(theme::SMALL);
            let on = ui.add_enabled_ui(self.is_written, |ui| primary_ui(ui, "Ga verder").clicked());
            on.inner.then_some(Asked::Kept)
        })
    }

    /// Draws the unlocking, for one of these slots.
    pub fn unlock_ui(&mut self, ui: &mut Ui, slots: &[Slot], step: Doorstep<'_>) -> Option<Asked> {
        let refusal = step.refusal;
        let people: Vec<Choice<String>> = slots
            .iter()
            .filter(|slot| slot.role != Role::Recovery)
            .map(|slot| Choice::new(slot.name.clone(), slot.name.as_str()))
            .collect();
        if !people.iter().any(|choice| choice.value == self.name) {
            self.name = people
                .first()
                .map(|choice| choice.value.clone())
                .unwrap_or_default();
        }
        self.begin_at(if self.recovers { "sleutel" } else { "wachtzin" });
        page_ui(ui, |ui| {
            title_ui(ui, "Ontgrendel het register");
            muted_ui(ui, step.at);
            let told = refusal.filter(|failure| failure.kind != Kind::WrongPassphrase);
            failure_ui(ui, told);
            if self.recovers {
                prose_ui(
                    ui,
                    "Typ de herstelsleutel over van papier, en kies een nieuwe wachtzin voor uw naam.",
                );
            }
            self.people_ui(ui, &people);
            let wrong = refusal
                .filter(|failure| failure.kind == Kind::WrongPassphrase)
                .map(|failure| words(&failure.problem));
            let wrong = wrong.as_deref().map(|text| (Tone::Fault, text));
            if self.recovers {
                self.recover_ui(ui, wrong)
            } else {
                let asked = self.passphrase_ui(ui, wrong);
                step.foot_ui(ui).or(asked)
            }
        })
    }

    /// Draws a register of an older version.
    pub fn upgrade_ui(&mut self, ui: &mut Ui, step: Doorstep<'_>, backups: &str) -> Option<Asked> {
        page_ui(ui, |ui| {
            title_ui(ui, "Werk het register bij");
            prose_ui(
                ui,
                "Dit register is van een oudere versie van maatwerk. Eerst maakt het programma een reservekopie, dan werkt het het register bij. Er gaat niets verloren.",
            );
            muted_ui(ui, &format!("Register: {}", step.at));
            muted_ui(ui, &format!("Reservekopie in: {backups}"));
            ui.add_space(theme::SMALL);
            let asked = ui.horizontal_wrapped(|ui| {
                if primary_ui(ui, "Maak een kopie en werk bij").clicked() {
                    Some(Asked::Upgrade)
                } else {
                    loose_ui(ui).then_some(Asked::Loose)
                }
            });
            step.foot_ui(ui).or(asked.inner)
        })
    }

    /// Draws why the register does not open.
    pub fn shut_ui(&mut self, ui: &mut Ui, step: Doorstep<'_>, failure: &Failure) -> Option<Asked> {
        page_ui(ui, |ui| {
            title_ui(ui, "Het register gaat niet open");
            muted_ui(ui, step.at);
            failure_ui(ui, Some(failure));
            ui.add_space(theme::SMALL);
            let asked = ui.horizontal_wrapped(|ui| {
                if primary_ui(ui, "Probeer opnieuw").clicked() {
                    Some(Asked::Retry)
                } else {
                    loose_ui(ui).then_some(Asked::Loose)
                }
            });
            step.foot_ui(ui).or(asked.inner)
        })
    }

    /// Puts the keyboard in this field, once.
    fn begin_at(&mut self, name: &str) {
        if !self.is_known {
            self.is_known = true;
            self.editing.jump_to(place(name));
        }
    }

    fn people_ui(&mut self, ui: &mut Ui, people: &[Choice<String>]) {
        let at = (place("wie"), "Naam");
        let chosen = Some(&self.name);
        let picked = if people.len() <= 4 {
            segments_ui(ui, &mut self.editing, at, chosen, people, None)
        } else {
            let width = Width::Name;
            list_ui(ui, &mut self.editing, at, width, chosen, "", people, None)
        };
        if let Some(name) = picked {
            self.name = name;
            self.editing.jump_to(place("wachtzin"));
        }
    }

    fn passphrase_ui(&mut self, ui: &mut Ui, wrong: Option<(Tone, &str)>) -> Option<Asked> {
        let refused = self.refused.clone();
        let message = own_message(refused.as_ref(), "wachtzin").or(wrong);
        let field = (place("wachtzin"), "Wachtzin", Shows::Dots);
        let enter = secret_ui(ui, &mut self.editing, field, &mut self.passphrase, message);
        ui.add_space(theme::SMALL);
        let asked = ui
            .horizontal_wrapped(|ui| {
                let unlock = primary_ui(ui, "Ontgrendel").clicked() || enter;
                if loose_ui(ui) {
                    Some(Asked::Loose)
                } else if unlock {
                    self.unlock()
                } else {
                    None
                }
            })
            .inner;
        if quiet_ui(ui, "Wachtzin kwijt? Gebruik de herstelsleutel").clicked() {
            self.forget();
            self.recovers = true;
        }
        asked
    }

    fn recover_ui(&mut self, ui: &mut Ui, wrong: Option<(Tone, &str)>) -> Option<Asked> {
        let refused = self.refused.clone();
        let message = own_message(refused.as_ref(), "sleutel").or(wrong);
        let field = (place("sleutel"), "Herstelsleutel", Shows::Letters);
        let mut enter = secret_ui(ui, &mut self.editing, field, &mut self.key, message);
        enter |= self.new_passphrase_ui(ui);
        ui.add_space(theme::SMALL);
        ui.horizontal_wrapped(|ui| {
            let recover = primary_ui(ui, "Ontgrendel met de sleutel").clicked() || enter;
            if secondary_ui(ui, "Ga terug").clicked() {
                self.forget();
                None
            } else if recover {
                self.recover()
            } else {
                None
            }
        })
        .inner
    }

    /// A new passphrase, twice; gives whether Enter was pressed in the last field.
    fn new_passphrase_ui(&mut self, ui: &mut Ui) -> bool {
        let refused = self.refused.clone();
        let hint = (!self.passphrase.is_empty()).then(|| strength(self.passphrase.text()));
        let message = own_message(refused.as_ref(), "wachtzin").or(hint);
        let field = (place("wachtzin"), "Nieuwe wachtzin", Shows::Dots);
        if secret_ui(ui, &mut self.editing, field, &mut self.passphrase, message) {
            self.editing.jump_to(place("nogmaals"));
        }
        if self.passphrase.is_empty() {
            muted_ui(
                ui,
                "Neem vier of meer losse woorden die een ander niet raadt.",
            );
        }
        let message = own_message(refused.as_ref(), "nogmaals");
        let field = (place("nogmaals"), "Nog een keer", Shows::Dots);
        secret_ui(ui, &mut self.editing, field, &mut self.again, message)
    }

    /// Says what is wrong at a field, and goes there.
    fn refuse(&mut self, name: &str, text: String) {
        self.refused = Some((place(name), text));
        self.editing.jump_to(place(name));
    }

    /// The passphrase that was typed twice, or nothing and a message.
    fn new_passphrase(&mut self) -> Option<Passphrase> {
        match Passphrase::choose(self.passphrase.text()) {
            Err(failure) => {
                self.refuse("wachtzin", words(&failure.problem));
                None
            }
            Ok(_) if self.passphrase.text() != self.again.text() => {
                self.again.clear();
                let text = "Dit is een andere zin dan hierboven. Typ dezelfde nog een keer.";
                self.refuse("nogmaals", text.to_owned());
                None
            }
            Ok(passphrase) => Some(passphrase),
        }
    }

    fn found(&mut self) -> Option<Asked> {
        self.refused = None;
        if self.name.trim().is_empty() {
            self.refuse("naam", "Vul uw naam in.".to_owned());
            return None;
        }
        let passphrase = self.new_passphrase()?;
        let name = self.name.clone();
        self.forget();
        Some(Asked::Found(name, passphrase))
    }

    fn unlock(&mut self) -> Option<Asked> {
        self.refused = None;
        match Passphrase::new(self.passphrase.text()) {
            Ok(passphrase) => {
                let name = self.name.clone();
                self.forget();
                Some(Asked::Unlock(name, passphrase))
            }
            Err(failure) => {
                self.refuse("wachtzin", words(&failure.problem));
                None
            }
        }
    }

    fn recover(&mut self) -> Option<Asked> {
        self.refused = None;
        match RecoveryKey::parse(self.key.text()) {
            Ok(key) => {
                let passphrase = self.new_passphrase()?;
                let name = self.name.clone();
                self.forget();
                self.recovers = true;
                Some(Asked::Recover(key, name, passphrase))
            }
            Err(failure) => {
                self.refuse("sleutel", words(&failure.problem));
                None
            }
        }
    }
}

fn own_message<'a>(refused: Option<&'a (Place, String)>, name: &str) -> Option<(Tone, &'a str)> {
    let (at, text) = refused?;
    (*at == place(name)).then_some((Tone::Fault, text.as_str()))
}

/// A calm page with one column.
pub(super) fn page_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.vertical(|ui| {
                ui.set_max_width(theme::READING_WIDTH);
                ui.spacing_mut().item_spacing.y = theme::MEDIUM;
                ui.add_space(theme::PART);
                contents(ui)
            })
            .inner
        })
        .inner
}

/// Draws the way to put the register of another place here; gives whether that was asked.
fn bring_ui(ui: &mut Ui, former: &str) -> bool {
    let words = format!(
        "Hier staat nog geen register. U kunt alles uit {former} hierheen overzetten: dossiers met hun versies, besluiten, \
         nummers, het logboek en wie erbij mag. De wachtzinnen blijven gelijk. Het register daar blijft staan; werk er daarna \
         niet in verder."
    );
    message_ui(ui, Tone::Info, &words);
    let asked = secondary_ui(ui, "Zet dat register hierheen over").clicked();
    prose_ui(ui, "Of maak hier een nieuw register, zonder dossiers:");
    asked
}

fn loose_ui(ui: &mut Ui) -> bool {
    secondary_ui(ui, "Werk met losse bestanden").clicked()
}

pub(super) fn failure_ui(ui: &mut Ui, failure: Option<&Failure>) {
    if let Some(failure) = failure {
        message_ui(ui, Tone::Fault, &words(&failure.problem));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_on_a_passphrase_says_weak_before_strong() {
        for (typed, word) in [
            ("kort", "Nog te kort"),
            ("aaaaaaaaaaaaaaaaaaaaaaaa", "Zwak"),
            ("wachtwoord12", "Zwak"),
            ("wachtwoord 2026 nu", "Redelijk"),
            ("paard batterij nietje lamp", "Sterk"),
        ] {
            let (_, said) = strength(typed);
            assert!(said.starts_with(word), "{typed}: {said}");
        }
    }
}
