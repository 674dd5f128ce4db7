//! A text field with its label above, its unit inside and its message under it.
//!
//! Enter, Tab and leaving the field commit; Esc takes back what was typed. What the text means is the caller's: it gives a
//! parser, and gets the value back in the frame in which it was committed. Money, hours and rates pass through here as text
//! only, never as a float.

use egui::accesskit::Invalid;
use egui::text::CCursorRange;
use egui::text_edit::TextEditState;
use egui::{
    Align2, CornerRadius, EventFilter, Frame, Key, Label, Margin, Rect, Response, RichText, Stroke,
    TextEdit, TextStyle, Ui, UiBuilder, vec2,
};

use super::button::quiet_ui;
use super::mark::{Origin, origin_ui};
use super::text::{Tone, message_ui};
use crate::desk::editing::{Draft, Editing, Place, Rejected};
use crate::desk::theme::{self, Palette};

/// How wide a field is: as wide as what goes into it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Width {
    /// A number of a few digits with its unit.
    Short,
    /// A date, an amount, a duration.
    Middle,
    /// A name.
    Name,
    /// All the room there is, up to the reading width.
    Full,
}

impl Width {
    pub(super) fn points(self, available: f32) -> f32 {
        match self {
            Self::Short => 112.0_f32.min(available),
            Self::Middle => 168.0_f32.min(available),
            Self::Name => 280.0_f32.min(available),
            Self::Full => available.min(theme::READING_WIDTH),
        }
    }
}

/// What a field gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given<T> {
    /// What was committed in this frame.
    Committed(T),
    /// What is being typed, to try out: it may change with every key and may be taken back.
    Typed(T),
}

impl<T> Given<T> {
    /// The value, committed or not.
    pub fn value(self) -> T {
        match self {
            Self::Committed(value) | Self::Typed(value) => value,
        }
    }
}

/// A field that is about to be drawn.
pub struct Field<'a> {
    place: Place,
    label: &'a str,
    unit: &'a str,
    hint: &'a str,
    width: Width,
    rows: usize,
    message: Option<(Tone, &'a str)>,
    origin: Option<(Origin, &'a str)>,
}

impl<'a> Field<'a> {
    /// A field for the value at `place`, under the words `label`.
    pub fn new(place: Place, label: &'a str) -> Self {
        Self {
            place,
            label,
            unit: "",
            hint: "",
            width: Width::Name,
            rows: 1,
            message: None,
            origin: None,
        }
    }

    /// The unit behind the value, inside the field: "per week".
    pub fn unit(mut self, unit: &'a str) -> Self {
        self.unit = unit;
        self
    }

    /// What an empty field shows, such as an example of what to type.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// How wide the field is.
    pub fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// Room for this many lines of text; Enter then begins a new line.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// A problem of the committed value, from the list of problems. A refusal of the typed text goes before it. An empty text
    /// marks the field only: the words then stand elsewhere.
    pub fn message(mut self, message: Option<(Tone, &'a str)>) -> Self {
        self.message = message;
        self
    }

    /// Where the value came from, with the reason or source that is shown on hover.
    pub fn origin(mut self, origin: Origin, why: &'a str) -> Self {
        self.origin = Some((origin, why));
        self
    }

    /// Draws the field as text without a grammar; gives the new text when it is committed.
    pub fn text_ui(self, ui: &mut Ui, editing: &mut Editing, committed: &str) -> Option<String> {
        self.show_ui(ui, editing, committed, |text| Ok(text.trim().to_owned()))
    }

    /// Draws the field with `committed`, the text of the value in the document. Gives the value that `parse` makes of a
    /// changed text, in the frame in which it is committed; a refused text stays with its reason.
    pub fn show_ui<T>(
        self,
        ui: &mut Ui,
        editing: &mut Editing,
        committed: &str,
        parse: impl FnOnce(&str) -> Result<T, Rejected>,
    ) -> Option<T> {
        match self.given_ui(ui, editing, committed, (false, parse)) {
            Some(Given::Committed(value)) => Some(value),
            Some(Given::Typed(_)) | None => None,
        }
    }

    /// The same; if it `tries`, also gives each value that is being typed, once. Of a text that is no value it gives nothing, and
    /// says nothing before it is committed.
    pub fn given_ui<T>(
        self,
        ui: &mut Ui,
        editing: &mut Editing,
        committed: &str,
        (tries, parse): (bool, impl FnOnce(&str) -> Result<T, Rejected>),
    ) -> Option<Given<T>> {
        let width = self.width.points(ui.available_width());
        ui.allocate_ui_with_layout(
            vec2(width, 0.0),
            egui::Layout::top_down(egui::Align::Min),
            |ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = theme::GAP;
                let label = self.label_ui(ui);
                let (mut text, mut rejected) = match editing.take(self.place, committed) {
                    Some(draft) => (draft.text, draft.rejected),
                    None => (committed.to_owned(), None),
                };
                let response = self
                    .input_ui(ui, &mut text, rejected.is_some(), width)
                    .labelled_by(label.id);
                if response.has_focus() {
                    editing.enter(self.place, self.label);
                }
                if editing.take_jump(self.place) {
                    response.request_focus();
                    response.scroll_to_me(Some(egui::Align::Center));
                }
                let mut commits = self.keys(ui, &response, &mut text, committed);
                if let Some(rejected) = &mut rejected {
                    message_ui(ui, Tone::Fault, &rejected.message);
                    if let Some(proposal) = proposals_ui(ui, &rejected.proposals) {
                        text = proposal;
                        commits = true;
                    }
                } else if let Some((tone, message)) = self.message
                    && !message.is_empty()
                {
                    message_ui(ui, tone, message);
                }
                if (commits || text == committed) && editing.forget_tried(self.place) {
                    ui.ctx().request_repaint();
                }
                if text == committed {
                    return None;
                }
                let mut given = None;
                if commits {
                    match parse(&text) {
                        Ok(parsed) => given = Some(Given::Committed(parsed)),
                        Err(reason) => rejected = Some(reason),
                    }
                } else if tries && response.has_focus() && editing.tries(self.place, &text) {
                    given = parse(&text).ok().map(Given::Typed);
                }
                if !matches!(given, Some(Given::Committed(_))) {
                    editing.keep(
                        self.place,
                        Draft::new(self.label, committed, text, rejected),
                    );
                }
                given
            },
        )
        .inner
    }

    fn label_ui(&self, ui: &mut Ui) -> Response {
        let palette = Palette::of(ui);
        let text = RichText::new(self.label)
            .text_style(TextStyle::Small)
            .color(palette.muted);
        let label = ui.add(Label::new(text).wrap());
        if let Some((origin, why)) = self.origin {
            // Behind the label, without making the row higher than that of a field without a mark.
            let rect = Rect::from_min_max(
                label.rect.right_top() + vec2(theme::SMALL, 0.0),
                ui.max_rect().max,
            );
            origin_ui(
                &mut ui.new_child(UiBuilder::new().max_rect(rect)),
                origin,
                why,
            );
        }
        label
    }

    /// The control itself.
    fn input_ui(&self, ui: &mut Ui, text: &mut String, refused: bool, width: f32) -> Response {
        let palette = Palette::of(ui);
        let id = self.place.id();
        let focused = ui.memory(|memory| memory.has_focus(id));
        let fault = refused || matches!(self.message, Some((Tone::Fault, _)));
        let (ground, border) = match ui.is_enabled() {
            true => (palette.surface, palette.border),
            false => palette.fixed(),
        };
        let (thick, colour) = match (focused, fault) {
            (true, _) => (2, palette.accent.strong),
            (false, true) => (1, palette.danger.strong),
            (false, false) => (1, border),
        };
        let inside = |margin: i8| margin.saturating_sub(thick);
        let frame = Frame {
            inner_margin: Margin::symmetric(inside(12), inside(if self.rows > 1 { 8 } else { 4 })),
            fill: ground,
            stroke: Stroke::new(f32::from(thick), colour),
            corner_radius: CornerRadius::same(theme::RADIUS),
            ..Frame::default()
        };
        let edit = if self.rows > 1 {
            TextEdit::multiline(text).desired_rows(self.rows)
        } else {
            // Enter commits and keeps the focus, so that Tab goes on from here.
            TextEdit::singleline(text)
                .return_key(None)
                .align(Align2::LEFT_CENTER)
        };
        let edit = edit
            .id(id)
            .frame(frame)
            .desired_width(width)
            .min_size(vec2(width, theme::CONTROL))
            .event_filter(EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
                tab: false,
            });
        let edit = if self.hint.is_empty() {
            edit
        } else {
            edit.hint_text(RichText::new(self.hint))
        };
        let edit = if self.unit.is_empty() {
            edit
        } else {
            edit.suffix(
                RichText::new(self.unit)
                    .text_style(TextStyle::Small)
                    .color(palette.muted),
            )
        };
        let output = edit.show(ui);
        let response = output.response.response;
        if response.changed() && !self.hint.is_empty() {
            // The first letter takes the place of the hint in the next frame.
            ui.ctx().request_repaint();
        }
        if fault {
            ui.ctx()
                .accesskit_node_builder(id, |node| node.set_invalid(Invalid::True));
        }
        response
    }

    /// Whether the keys commit. Esc takes back what was typed.
    fn keys(&self, ui: &Ui, response: &Response, text: &mut String, committed: &str) -> bool {
        if response.gained_focus() && !ui.input(|input| input.pointer.any_down()) {
            select_all(ui, response, text);
        }
        if response.has_focus() {
            if ui.input(|input| input.key_pressed(Key::Escape)) {
                committed.clone_into(text);
                select_all(ui, response, text);
                return false;
            }
            if self.rows == 1 && ui.input(|input| input.key_pressed(Key::Enter)) {
                select_all(ui, response, text);
                return true;
            }
        }
        // A text set by assistive technology comes without focus and is whole at once.
        response.lost_focus() || (response.changed() && !response.has_focus())
    }
}

/// Buttons for the texts that would be accepted; gives the one that was chosen.
fn proposals_ui(ui: &mut Ui, proposals: &[String]) -> Option<String> {
    if proposals.is_empty() {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        proposals
            .iter()
            .filter(|proposal| quiet_ui(ui, proposal).clicked())
            .last()
            .cloned()
    })
    .inner
}

/// Selects the whole text of a field, so that what is typed takes its place.
pub fn select_all(ui: &Ui, response: &Response, text: &str) {
    let mut state = TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
    state
        .cursor
        .set_char_range(Some(CCursorRange::select_all_str(text)));
    state.store(ui.ctx(), response.id);
}
