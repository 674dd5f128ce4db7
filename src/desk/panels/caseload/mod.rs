//! The first screen of who works in a register: what is late, due and waiting, found by typing.
//!
//! It draws a [`Listing`] and says what was asked; where that comes from it must not know.

mod filters;
mod rows;

use egui::{
    Align, CentralPanel, CornerRadius, EventFilter, Frame, Id, Key, Layout, Margin, Modifiers,
    Panel, Stroke, TextEdit, Ui, UiBuilder, vec2,
};

use self::filters::{filters_ui, foot_ui, groups_ui};
use self::rows::{damaged_ui, rows_ui, told_ui};
use crate::desk::command::Command;
use crate::desk::editing::{Editing, Place};
use crate::desk::showing::caseload::Listing;
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::button::{primary_ui, primary_width, quiet_ui};
use crate::desk::widgets::field::select_all;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{subheading_ui, title_ui};
use crate::register::{DossierId, Query};

/// From this width there is room for who has what beside the list.
const BESIDE: f32 = 900.0;
/// Below this height the filters fold away, and all but the search scrolls as one page.
const LOW: f32 = 520.0;

/// What was asked on this screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Search anew: the query is another one.
    Find,
    /// Open this dossier.
    Open(DossierId),
    /// Go on with this work that was not saved.
    Resume(DossierId),
    /// Throw it away.
    Discard(DossierId),
    /// Keep the query under this name.
    KeepView(String),
    /// Forget the kept query of this name.
    DropView(String),
    /// Lock after so many minutes without a key or the mouse.
    LockAfter(u8),
    /// Do this.
    Do(Command),
}

/// Work that was not saved, in the list above the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// Of which dossier.
    pub id: DossierId,
    /// Whose, and since when.
    pub text: String,
    /// Whether it can still be opened.
    pub opens: bool,
}

/// What is chosen and typed on this screen.
#[derive(Default)]
pub struct CaseloadState {
    editing: Editing,
    /// What is looked for.
    pub query: Query,
    /// What was found.
    pub listing: Listing,
    /// Work that was not saved.
    pub unsaved: Vec<Unsaved>,
    /// Queries that were kept, with their names.
    pub views: Vec<(String, Query)>,
    /// Whether the answer to the query is still to come.
    pub is_searching: bool,
    /// Whether the first row opens as soon as it is there.
    opens_first: bool,
    /// The row that Enter opens.
    marked: usize,
    /// The name that is being given to a view.
    naming: Option<String>,
    /// Whether the search field should get the keyboard.
    wants_focus: bool,
    /// Whether the filters are shown where there is little room.
    unfolded: bool,
}

fn place(name: &str) -> Place {
    Place::root().field("werkvoorraad").field(name)
}

/// The id of the search field.
fn search_id() -> Id {
    place("zoeken").id()
}

impl CaseloadState {
    /// Puts the keyboard in the search field.
    pub fn begin(&mut self) {
        self.wants_focus = true;
    }

    /// Takes in what was found.
    pub fn show(&mut self, listing: Listing) {
        self.listing = listing;
        self.marked = self.marked.min(self.listing.rows.len().saturating_sub(1));
    }

    /// Says that what is shown is what was typed. Gives the dossier to open when Enter came before that.
    pub fn settle(&mut self) -> Option<DossierId> {
        self.is_searching = false;
        let opens = std::mem::take(&mut self.opens_first);
        let first = self.listing.rows.first().filter(|_| opens);
        first.map(|row| row.id)
    }
}

/// Draws the screen; gives what was asked. `lock_after` is the number of minutes after which it locks.
pub fn caseload_ui(ui: &mut Ui, state: &mut CaseloadState, lock_after: u8) -> Option<Asked> {
    let palette = Palette::of(ui);
    let wide = ui.available_width() >= BESIDE;
    let low = ui.available_height() < LOW;
    let mut asked = keys(ui, state);
    let frame = |fill, x, y| {
        Frame::new()
            .fill(fill)
            .inner_margin(Margin::symmetric(x, y))
    };
    Panel::top("search")
        .frame(frame(palette.surface, 16, if low { 6 } else { 12 }))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(theme::MEDIUM, theme::SMALL);
            asked = head_ui(ui, state).or(asked.take());
            if !low {
                asked = unsaved_ui(ui, state).or(asked.take());
                asked = filters_ui(ui, state, wide).or(asked.take());
            }
        });
    if !low {
        Panel::bottom("foot")
            .frame(frame(palette.ground, 16, 6))
            .show(ui, |ui| {
                asked = foot_ui(ui, state, lock_after).or(asked.take());
            });
    }
    if wide {
        Panel::right("who")
            .resizable(false)
            .exact_size(300.0)
            .frame(frame(palette.sunken, 16, 12))
            .show(ui, |ui| {
                asked = groups_ui(ui, state).or(asked.take());
            });
    }
    CentralPanel::no_frame()
        .frame(frame(palette.surface, 16, 4))
        .show(ui, |ui| {
            if !low {
                damaged_ui(ui, state);
                if state.listing.rows.is_empty() {
                    ui.add_space(theme::LARGE);
                }
                told_ui(ui, state);
            }
            let above = |ui: &mut Ui, state: &mut CaseloadState| {
                low.then(|| above_ui(ui, state, wide, lock_after)).flatten()
            };
            asked = rows_ui(ui, state, above).or(asked.take());
        });
    if asked == Some(Asked::Find) {
        state.marked = 0;
        state.is_searching = true;
    }
    asked
}

/// What stands above the list where there is little room, and scrolls along: unsaved work, and the filters when unfolded.
fn above_ui(ui: &mut Ui, state: &mut CaseloadState, wide: bool, lock_after: u8) -> Option<Asked> {
    let mut asked = unsaved_ui(ui, state);
    let fold = match (state.unfolded, state.query.is_filtered()) {
        (true, _) => "Verberg de filters",
        (false, true) => "Filters (er staat er een aan)",
        (false, false) => "Filters",
    };
    damaged_ui(ui, state);
    ui.horizontal_wrapped(|ui| {
        told_ui(ui, state);
        if quiet_ui(ui, fold).clicked() {
            state.unfolded = !state.unfolded;
            ui.ctx().request_repaint();
        }
    });
    if state.unfolded {
        asked = filters_ui(ui, state, wide).or(asked);
        asked = foot_ui(ui, state, lock_after).or(asked);
    }
    asked
}

/// Fields beside each other, wrapping where there is no room.
fn row() -> Layout {
    Layout::left_to_right(Align::Min).with_main_wrap(true)
}

/// The keys that move through the list while the search field has the keyboard.
fn keys(ui: &Ui, state: &mut CaseloadState) -> Option<Asked> {
    let focused = ui.memory(egui::Memory::focused);
    if focused.is_some_and(|id| id != search_id()) {
        return None;
    }
    let last = state.listing.rows.len().saturating_sub(1);
    let (by, enter) = ui.input_mut(|input| {
        let mut typed = |key| input.consume_key(Modifiers::NONE, key);
        let by = [
            (Key::ArrowUp, -1_isize),
            (Key::ArrowDown, 1),
            (Key::PageUp, -8),
            (Key::PageDown, 8),
        ]
        .into_iter()
        .filter(|(key, _)| typed(*key))
        .map(|(_, by)| by)
        .sum::<isize>();
        (by, typed(Key::Enter))
    });
    if by != 0 {
        state.marked = state.marked.saturating_add_signed(by).min(last);
    }
    if !enter {
        return None;
    }
    if state.is_searching {
        // What is shown is not yet what was typed.
        state.opens_first = true;
        return None;
    }
    let row = state.listing.rows.get(state.marked)?;
    Some(Asked::Open(row.id))
}

fn head_ui(ui: &mut Ui, state: &mut CaseloadState) -> Option<Asked> {
    let mut asked = None;
    ui.horizontal(|ui| {
        let title = title_ui(ui, "Werkvoorraad");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            // It stands at the right, and comes after the search.
            let begin = "Nieuw dossier";
            let room = vec2(primary_width(ui, begin), theme::CONTROL);
            let (_, at_right) = ui.allocate_space(room);
            let width = ui.available_width().clamp(120.0, 480.0);
            let palette = Palette::of(ui);
            let focused = ui.memory(|memory| memory.has_focus(search_id()));
            let (thick, colour) = if focused {
                (2, palette.accent.strong)
            } else {
                (1, palette.border)
            };
            let inside = |margin: i8| margin.saturating_sub(thick);
            let frame = Frame {
                inner_margin: Margin::symmetric(inside(12), inside(4)),
                fill: palette.surface,
                stroke: Stroke::new(f32::from(thick), colour),
                corner_radius: CornerRadius::same(theme::RADIUS),
                ..Frame::default()
            };
            let before = state.query.words.len();
            let field = TextEdit::singleline(&mut state.query.words)
                .id(search_id())
                .frame(frame)
                .return_key(None)
                .align(egui::Align2::LEFT_CENTER)
                .desired_width(width)
                .min_size(vec2(width, theme::CONTROL))
                .event_filter(EventFilter {
                    horizontal_arrows: true,
                    vertical_arrows: true,
                    escape: true,
                    tab: false,
                })
                .hint_text("Zoek op naam, BSN, nummer, product, wijk of stand");
            let response = ui.add(field).labelled_by(title.id);
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_label("Zoeken"));
            if std::mem::take(&mut state.wants_focus) {
                response.request_focus();
            }
            if response.gained_focus() && !ui.input(|input| input.pointer.any_down()) {
                select_all(ui, &response, &state.query.words);
            }
            let escapes = response.has_focus()
                && before > 0
                && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
            if escapes {
                state.query.words.clear();
            }
            if response.changed() || escapes {
                asked = Some(Asked::Find);
                ui.ctx().request_repaint();
            }
            let at_right = UiBuilder::new().max_rect(at_right);
            let begins = ui.scope_builder(at_right, |ui| primary_ui(ui, begin).clicked());
            if begins.inner {
                asked = Some(Asked::Do(Command::New));
            }
        });
    });
    asked
}

fn unsaved_ui(ui: &mut Ui, state: &CaseloadState) -> Option<Asked> {
    if state.unsaved.is_empty() {
        return None;
    }
    let palette = Palette::of(ui);
    let mut asked = None;
    Frame::new()
        .fill(palette.warning.soft)
        .stroke(Stroke::new(1.0, palette.warning.strong))
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            subheading_ui(ui, "Werk dat nog niet is opgeslagen");
            for unsaved in &state.unsaved {
                ui.horizontal_wrapped(|ui| {
                    Icon::Warning.show_ui(ui, 16.0, palette.warning.strong);
                    ui.label(unsaved.text.as_str());
                    if unsaved.opens && quiet_ui(ui, "Ga verder").clicked() {
                        asked = Some(Asked::Resume(unsaved.id));
                    }
                    if quiet_ui(ui, "Gooi weg").clicked() {
                        asked = Some(Asked::Discard(unsaved.id));
                    }
                });
            }
        });
    asked
}
