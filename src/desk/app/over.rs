//! What stands over or beside a screen: questions, sheets, and lines that say how things are.

use std::sync::Arc;

use egui::{Context, Frame, Panel, Ui};

use super::{Confirm, Desk, Gate, Screen, Then, whole};
use crate::desk::command::Command;
use crate::desk::document::{Document, Keeping, Reads};
use crate::desk::editing::Place;
use crate::desk::files::{Answer, Purpose};
use crate::desk::finder::Found;
use crate::desk::forms::begin::Begun;
use crate::desk::panels::conflict;
use crate::desk::panels::head::Banner;
use crate::desk::view::Part;
use crate::desk::widgets::dialog::{NoticeAnswer, notice_ui, question_ui};

impl Desk {
    /// Everything that can stand over the window.
    pub(super) fn over_ui(&mut self, ctx: &Context) {
        if let Some(mut finder) = self.finder.take() {
            match finder.show_ui(ctx, |command| self.hindrance(ctx, command)) {
                Found::Nothing => self.finder = Some(finder),
                Found::Close => {}
                Found::Do(command) => self.queued = Some(command),
            }
        }
        if let Some(mut beginning) = self.beginning.take() {
            match beginning.show_ui(ctx, &self.library) {
                Begun::Waiting => self.beginning = Some(beginning),
                Begun::Nothing => self.let_go = None,
                Begun::Dossier(dossier) => {
                    self.begin(*dossier);
                    // Also in a window where the columns take turns.
                    self.shell.choose(Part::Client);
                    let first = Place::of_path("client.person.initials");
                    self.editing.jump_to(first);
                }
            }
        }
        // What a field of the sheet is for takes the place of the sheet while it is read.
        if self.explained.is_none() {
            self.changing_ui(ctx);
            if let Some(button) = self.explained_on.take() {
                // It was just drawn again.
                ctx.memory_mut(|memory| memory.request_focus(button));
            }
        }
        self.timeline_ui(ctx);
        self.explain_ui(ctx);
        if let Some(mut asking) = self.asking.take() {
            match asking.poll_ui(ctx) {
                Answer::Waiting => self.asking = Some(asking),
                Answer::Nothing => {
                    let saved = self.after_save.take();
                    self.turn_down(saved);
                    self.let_go = None;
                }
                Answer::File { path, agreed } => {
                    let path = whole(path);
                    match asking.purpose {
                        Purpose::Open => self.open_or_propose(ctx, path),
                        Purpose::Proposal => self.read_proposal(path),
                        Purpose::TakeOver => self.take_over(path),
                        Purpose::Place => self.door.take_place(&path),
                        Purpose::Spare => self.rescue_register(path),
                        // It takes the place of nothing, and says so.
                        Purpose::Examples => self.write_examples(path),
                        purpose if agreed || purpose.reads() => self.write(purpose, path),
                        purpose => self.write_if_free(purpose, path),
                    }
                }
            }
        }
        self.returned_ui(ctx);
        self.taken_ui(ctx);
        self.register_questions_ui(ctx);
        if let Some(then) = self.question.take() {
            let home = self.home.is_some();
            let (title, save) = match home {
                true => ("Wilt u uw voorstel bewaren?", "Bewaren"),
                false => ("Wilt u het dossier opslaan?", "Opslaan"),
            };
            let verbs = match home {
                true => [save, "Niet bewaren", "Annuleren"],
                false => [save, "Niet opslaan", "Annuleren"],
            };
            let in_register = self.document.as_ref().and_then(Document::in_register);
            let changed = self.document.as_ref().is_some_and(Document::is_changed);
            let text = if home {
                "U heeft uren of tarieven veranderd. Bewaar ze in een bestand, dan kunt u dat terugsturen naar de gemeente."
            } else if !changed {
                "In een veld staat een tekst die niet klopt. Die wordt niet opgeslagen. Verbeter hem eerst, of ga door zonder die tekst."
            } else if in_register.is_some() {
                "Dit dossier heeft wijzigingen die nog niet in het register staan."
            } else {
                "Dit dossier heeft wijzigingen die nog niet in een bestand staan."
            };
            let answer = question_ui(ctx, "unsaved", title, text, &verbs);
            match answer {
                None => self.question = Some(then),
                Some(0) => {
                    self.after_save = Some(then);
                    self.queued = Some(Command::Save);
                }
                Some(1) => {
                    self.editing.clear();
                    self.scenarios.editing.clear();
                    self.home = self.home.take().filter(|_| matches!(then, Then::Quit));
                    self.let_go = self
                        .document
                        .as_ref()
                        .map(|document| Arc::clone(document.now()));
                    self.go_on(ctx, then);
                }
                Some(_) => self.turn_down(Some(then)),
            }
        }
    }

    /// Keeps what has the keyboard, and gives it back in the frame after the last sheet that stood over it: until then
    /// nothing beneath can have it. A field that the answer led to has it by then.
    pub(super) fn return_keyboard(&mut self, ctx: &Context) {
        let asks = self.is_asking();
        let asked = std::mem::replace(&mut self.was_asking, asks);
        let focused = ctx.memory(egui::Memory::focused);
        if asks {
            return;
        }
        if asked {
            self.gives_back = true;
            if let Some(id) = focused {
                // What the sheet had is gone with it.
                ctx.memory_mut(|memory| memory.surrender_focus(id));
            }
            ctx.request_repaint();
            return;
        }
        if std::mem::take(&mut self.gives_back)
            && focused.is_none()
            && let Some(id) = self.beneath.filter(|id| ctx.read_response(*id).is_some())
        {
            ctx.memory_mut(|memory| memory.request_focus(id));
            ctx.request_repaint();
            return;
        }
        self.beneath = focused;
    }

    /// What must be known of how the open dossier is kept.
    pub(super) fn banner(&self) -> Option<Banner> {
        let document = self.document.as_ref()?;
        let (text, offer) = match (document.keeping(), document.reads()) {
            (
                _,
                Some(Reads::Held {
                    name,
                    since,
                    by_oneself,
                    is_free,
                }),
            ) => (
                match (is_free, by_oneself) {
                    (true, true) => "Alleen lezen: het andere venster heeft dit dossier losgelaten. U kunt het hier bewerken.".to_owned(),
                    (true, false) => format!(
                        "Alleen lezen: {name} heeft dit dossier losgelaten. U kunt het nu bewerken."
                    ),
                    (false, true) => format!(
                        "Alleen lezen: u heeft dit dossier zelf al open sinds {since}, in een ander venster of in een programma dat is gestopt. Sla daar eerst op wat u wilt bewaren."
                    ),
                    (false, false) => format!(
                        "Alleen lezen: {name} heeft dit dossier open sinds {since}. Zodra {name} het loslaat, kunt u het bewerken."
                    ),
                },
                Some(Command::EditHere.name()),
            ),
            (_, Some(Reads::Finance)) => (
                "U ziet producten, uren en bedragen. Namen en teksten zijn niet zichtbaar voor u."
                    .to_owned(),
                None,
            ),
            (_, Some(Reads::Definitive)) if self.keeper.left.is_some() => (
                "Dit besluit is definitief en verandert niet meer. Uw werk van daarvoor staat er niet in."
                    .to_owned(),
                Some("Maak een vervolg met uw werk"),
            ),
            (_, Some(Reads::Definitive)) => (
                "Dit besluit is definitief en verandert niet meer.".to_owned(),
                None,
            ),
            (_, Some(Reads::Earlier)) => (
                "Alleen lezen: dit is een oudere versie.".to_owned(),
                None,
            ),
            (Keeping::Register(_), None) if self.keeper.fails => (
                "Uw werk wordt nu niet tussentijds bewaard. Sla vaak op.".to_owned(),
                None,
            ),
            (Keeping::Register(_), None) => return None,
            (Keeping::Nowhere | Keeping::File(_), None) => {
                let kept = self.has_full_access() && !self.keeper.fails;
                let what = if kept {
                    "Dit dossier staat niet in het register en is niet beveiligd."
                } else {
                    "Dit dossier is niet beveiligd en wordt niet tussentijds bewaard. Sla vaak op."
                };
                (what.to_owned(), self.way_to_register())
            }
        };
        Some(Banner { text, offer })
    }

    /// Does what the banner offers.
    pub(super) fn take_offer(&mut self) {
        match self.document.as_ref().and_then(Document::reads) {
            Some(Reads::Held { .. }) => self.queued = Some(Command::EditHere),
            Some(Reads::Definitive) => self.follow_with_left(),
            _ if self.has_full_access() => self.take_in(),
            _ => {
                self.door.returns = true;
                self.door.is_loose = false;
                self.screen = Screen::Caseload;
            }
        }
    }

    /// What brings a loose dossier nearer to the register; nothing where it cannot go there.
    fn way_to_register(&self) -> Option<&'static str> {
        match self.gate() {
            Gate::Open(_) if self.has_full_access() => Some("Zet in het register"),
            Gate::Absent => Some("Maak een register"),
            Gate::Locked(_) => Some("Ontgrendel het register"),
            Gate::Older | Gate::Shut(_) => Some("Ga naar het register"),
            Gate::Open(_) | Gate::Without | Gate::Busy => None,
        }
    }

    /// The questions that the register brings along.
    fn register_questions_ui(&mut self, ctx: &Context) {
        if let Some(mut conflict) = self.conflict.take() {
            match conflict.show_ui(ctx) {
                None => self.conflict = Some(conflict),
                Some(conflict::Answer::Mine) => self.keep_mine(&conflict.theirs),
                Some(conflict::Answer::Theirs) => self.take_theirs(conflict.theirs),
                Some(conflict::Answer::FollowUp) => {
                    self.take_theirs(conflict.theirs);
                    self.follow_with_left();
                }
                Some(conflict::Answer::File) => self.confirm = Some(Confirm::PlainCopy),
                Some(conflict::Answer::Later) => {}
            }
        }
        let Some(confirm) = self.confirm else { return };
        let (title, text, verbs) = match confirm {
            Confirm::LeaveWork | Confirm::LeaveKey => return self.leaving_ui(ctx),
            Confirm::PlainCopy => (
                "Wilt u een kopie zonder beveiliging?",
                "Wie het bestand heeft, kan alles lezen: namen, BSN en onderzoek. Het logboek onthoudt dat u de kopie maakt.",
                ["Maak de kopie", "Annuleren"],
            ),
            Confirm::PlainAccount => (
                "Wilt u de verantwoording zonder beveiliging?",
                "In het bestand staan het besluit, de dagen en wie er iets mee deed, en geen naam van een cliënt. Het logboek onthoudt dat u hem maakt. Met een wachtzin maakt u hem bij Bewaren en vernietigen.",
                ["Maak de verantwoording", "Annuleren"],
            ),
            Confirm::NamesHome => (
                "Mag deze naam mee naar huis?",
                "In de naam van een scenario of in een bron staat een naam uit het dossier. Wie het bestand opent, leest die naam. Bij het veld staat welke naam het is.",
                ["Geef het bestand mee", "Ga naar het veld"],
            ),
            Confirm::Discard(_) => (
                "Wilt u dit werk weggooien?",
                "De wijzigingen die niet zijn opgeslagen, zijn dan weg. De opgeslagen versie blijft.",
                ["Gooi het weg", "Annuleren"],
            ),
        };
        match (question_ui(ctx, "confirm", title, text, &verbs), confirm) {
            (None, _) => return,
            (Some(0), Confirm::PlainCopy) => self.ask(ctx, Purpose::Save),
            (Some(0), Confirm::PlainAccount) => self.ask(ctx, Purpose::Account),
            (Some(0), Confirm::NamesHome) => self.ask(ctx, Purpose::GiveHome),
            (Some(_), Confirm::NamesHome) => self.go_to_name(),
            (Some(0), Confirm::Discard(id)) => self.discard(id),
            (Some(_), _) => {}
        }
        self.confirm = None;
    }

    /// The questions before the window closes that also stand over the door: they say nothing of what is behind it.
    pub(super) fn leaving_ui(&mut self, ctx: &Context) {
        let (title, text, verbs) = match self.confirm {
            Some(Confirm::LeaveWork) => (
                "Wilt u sluiten zonder dit werk?",
                "Achter het slot staat werk dat nergens is bewaard. Wie het heeft gemaakt, kan het na de wachtzin nog opslaan. Na het sluiten is het weg.",
                ["Sluit en verlies het werk", "Ga terug"],
            ),
            Some(Confirm::LeaveKey) => (
                "Is de herstelsleutel opgeschreven?",
                "Na het sluiten is de sleutel niet meer te zien. Is hij niet opgeschreven, ga dan terug, of maak later een nieuwe onder Mensen en sleutels.",
                ["Sluit het programma", "Ga terug"],
            ),
            Some(
                Confirm::PlainCopy
                | Confirm::PlainAccount
                | Confirm::NamesHome
                | Confirm::Discard(_),
            )
            | None => return,
        };
        let answer = question_ui(ctx, "leaving", title, text, &verbs);
        if answer.is_none() {
            return;
        }
        let asked = self.confirm.take();
        if answer != Some(0) {
            return;
        }
        if asked == Some(Confirm::LeaveKey) {
            self.door.recovery = None;
            // It goes with the window.
            let _ = self.records.screens.take_recovery();
            self.wish(ctx, Then::Quit);
        } else {
            self.leave(ctx);
        }
    }

    pub(super) fn notice_ui(&mut self, ui: &mut Ui) {
        // What is said can name a file, and waits for who may read it.
        let notice = self.notice.as_ref();
        let Some(notice) = notice.filter(|_| !self.door.is_covered()) else {
            return;
        };
        let answer = Panel::bottom("notice")
            .frame(Frame::NONE)
            .show(ui, |ui| notice_ui(ui, notice))
            .inner;
        match answer {
            Some(NoticeAnswer::Do(command)) => self.queued = Some(command),
            Some(NoticeAnswer::Dismiss) => self.notice = None,
            None => {}
        }
    }
}
