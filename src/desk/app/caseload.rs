//! The caseload in the window: asking the register what fits, and doing what was asked in the list.

use std::sync::Arc;

use egui::{Context, Ui};

use super::{Confirm, Desk};
use crate::desk::panels::caseload::{Asked, Unsaved, caseload_ui};
use crate::desk::showing::caseload::{Listing, listing};
use crate::desk::showing::moment;
use crate::register::{Failure, Kind, Pending, Query, Register, Work};

/// The name under which a person's views are kept.
const VIEWS: &str = "weergaven";

/// Whether a search is under way, and whether another must follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Searching {
    is_asked: bool,
    /// Another search is needed, because something was typed or changed since; with the counts if the list changed.
    again: Option<bool>,
    /// Whether the screen has what it needs.
    pub(super) is_fresh: bool,
}

/// The searches that a person keeps, each under its name.
type Views = Vec<(String, Query)>;

/// The views of the person who works now.
fn views(register: &mut Register) -> Result<Views, Failure> {
    match register.setting(VIEWS)? {
        Some(text) => serde_json::from_slice(&text).map_err(|_| unreadable()),
        None => Ok(Views::new()),
    }
}

fn unreadable() -> Failure {
    Failure::new(
        Kind::Damaged,
        "uw bewaarde weergaven zijn niet te lezen",
        "De lijst zelf werkt. Controleer het register.",
    )
}

impl Desk {
    /// Reads what the caseload needs at its beginning: views, unsaved work, and the list itself.
    pub(super) fn begin_caseload(&mut self) {
        self.searching = Searching::default();
        self.caseload.begin();
        self.read_unsaved();
        self.ask_register(|kept| views(kept.register()?), Self::take_views);
        self.search_again(true);
    }

    /// Reads which work was left unsaved.
    pub(super) fn read_unsaved(&mut self) {
        self.ask_register(
            |kept| {
                let pending = kept.pending()?;
                let zone = kept.home().zone.clone();
                let of_work = |work: &Work, more: &str| {
                    let person = &work.dossier.client.person;
                    let name = person.name_line();
                    let name = name.unwrap_or_else(|| "Nieuwe cliënt".to_owned());
                    Unsaved {
                        id: work.dossier_id,
                        text: format!("{name}, van {}{more}", moment(work.at, &zone)),
                        opens: true,
                    }
                };
                let unsaved = pending.into_iter().map(|pending| match pending {
                    Pending::Work(work) => of_work(&work, ""),
                    Pending::Orphaned(work) => {
                        of_work(&work, ", van iemand van wie de toegang is ingetrokken")
                    }
                    Pending::Damaged(id) => Unsaved {
                        id,
                        text: "Werk dat is beschadigd en niet meer open kan".to_owned(),
                        opens: false,
                    },
                });
                Ok(unsaved.collect::<Vec<_>>())
            },
            |desk, _, unsaved| match unsaved {
                Ok(unsaved) => desk.caseload.unsaved = unsaved,
                Err(failure) => desk.tell_failure(&failure),
            },
        );
    }

    /// Searches anew, one search at a time; `changed` says that the list itself changed.
    pub(super) fn search_again(&mut self, changed: bool) {
        if self.slot().is_none() {
            return;
        }
        if self.searching.is_asked {
            let before = self.searching.again.unwrap_or(false);
            self.searching.again = Some(before || changed);
            return;
        }
        self.searching.is_asked = true;
        self.caseload.is_searching = true;
        let (query, today) = (self.caseload.query.clone(), self.today);
        let library = Arc::clone(&self.library);
        self.ask_register(
            move |kept| listing(kept.register()?, &query, today, &library, changed),
            move |desk, ctx, found| desk.take_listing(ctx, changed, found),
        );
    }

    fn take_listing(&mut self, ctx: &Context, counted: bool, found: Result<Listing, Failure>) {
        self.searching.is_asked = false;
        self.searching.is_fresh = true;
        if let Some(changed) = self.searching.again.take() {
            // What was found is of before what was typed since; it is drawn all the same, so that typing is answered.
            let _ = self.take_found(counted, found);
            self.search_again(changed);
            return;
        }
        if let Some(id) = self
            .take_found(counted, found)
            .and_then(|()| self.caseload.settle())
        {
            self.open_from_list(ctx, id);
        }
    }

    fn take_found(&mut self, counted: bool, found: Result<Listing, Failure>) -> Option<()> {
        match found {
            Ok(mut listing) => {
                if !counted {
                    listing.keep_counts(std::mem::take(&mut self.caseload.listing));
                }
                self.caseload.show(listing);
                Some(())
            }
            Err(failure) => {
                self.tell_failure(&failure);
                None
            }
        }
    }

    /// Draws the caseload, and does what was asked.
    pub(super) fn caseload_ui(&mut self, ui: &mut Ui) {
        let lock_after = self.settings.lock_after();
        let ctx = ui.ctx().clone();
        // What is open is not thrown away from under the person who works in it.
        let mut unsaved = std::mem::take(&mut self.caseload.unsaved);
        unsaved
            .retain(|unsaved| !self.writes_in(unsaved.id) && self.loose_work() != Some(unsaved.id));
        self.caseload.unsaved = unsaved;
        match caseload_ui(ui, &mut self.caseload, lock_after) {
            None => {}
            Some(Asked::Find) => self.search_again(false),
            Some(Asked::Open(id)) => self.open_from_list(&ctx, id),
            Some(Asked::Resume(id)) => self.wish(&ctx, super::Then::Resume(id)),
            Some(Asked::Discard(id)) => self.confirm = Some(Confirm::Discard(id)),
            Some(Asked::KeepView(name)) => {
                let query = self.caseload.query.clone();
                self.write_view(name, Some(query));
            }
            Some(Asked::DropView(name)) => self.write_view(name, None),
            Some(Asked::LockAfter(minutes)) => self.settings.set_lock_after(minutes),
            Some(Asked::Do(command)) => self.queued = Some(command),
        }
    }

    /// Keeps a view under this name, or drops it, among those that are kept in the register. Where those cannot be read
    /// nothing is written over them.
    fn write_view(&mut self, name: String, query: Option<Query>) {
        self.ask_register(
            move |kept| {
                let register = kept.register()?;
                let mut views = views(register)?;
                views.retain(|(known, _)| *known != name);
                views.extend(query.map(|query| (name, query)));
                let text = serde_json::to_vec(&views).map_err(|_| unreadable())?;
                register.set_setting(VIEWS, &zeroize::Zeroizing::new(text))?;
                Ok(views)
            },
            Self::take_views,
        );
    }

    fn take_views(&mut self, _: &Context, views: Result<Views, Failure>) {
        match views {
            Ok(views) => self.caseload.views = views,
            Err(failure) => self.tell_failure(&failure),
        }
    }

    /// Shows the caseload, with the keyboard in its search field.
    pub(super) fn show_caseload(&mut self) {
        self.screen = super::Screen::Caseload;
        self.caseload.begin();
        if self.slot().is_some() {
            self.read_unsaved();
        }
    }
}
