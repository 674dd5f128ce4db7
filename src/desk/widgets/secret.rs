//! A field for a secret: a passphrase that is typed and never shown, or a key that is copied from paper.
//!
//! It is no text field: nothing can be selected, copied or undone in it, so that no copy of the secret stays in the memory
//! of the window. What is typed is wiped when it goes.

use egui::accesskit::{Invalid, Role};
use egui::output::IMEOutput;
use egui::{
    Align, CornerRadius, Event, EventFilter, Frame, IMEPurpose, ImeEvent, Key, Layout, Margin,
    Response, Sense, Stroke, StrokeKind, TextStyle, Ui, WidgetInfo, pos2, vec2,
};
use zeroize::{Zeroize as _, Zeroizing};

use super::choice::check_ui;
use super::field::Width;
use super::text::{Tone, lines_of, message_ui};
use crate::desk::editing::{Editing, Place};
use crate::desk::theme::{self, Palette};

/// The longest text that is kept; more than any passphrase may have, so that one that is too long is told and not cut.
const MOST_LETTERS: usize = 20_000;

/// A secret as it is being typed.
#[derive(Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// What was typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Wipes it.
    pub fn clear(&mut self) {
        self.0 = Zeroizing::default();
    }

    fn push(&mut self, text: &str) {
        let needed = self.0.len().saturating_add(text.len());
        if needed > self.0.capacity() {
            // A string that grows by itself leaves its old text behind in memory.
            let mut larger =
                Zeroizing::new(String::with_capacity(needed.saturating_mul(2).max(256)));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        let room = MOST_LETTERS.saturating_sub(self.0.chars().count());
        self.0.extend(
            text.chars()
                .filter(|letter| !letter.is_control())
                .take(room),
        );
    }
}

/// Draws a recovery key, which is written to be copied by hand, and the question whether that was done.
pub fn key_ui(ui: &mut Ui, editing: &mut Editing, place: Place, key: &str, is_written: &mut bool) {
    let palette = Palette::of(ui);
    Frame::new()
        .fill(palette.sunken)
        .stroke(Stroke::new(1.0, palette.border))
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(Margin::same(16))
        .show(ui, |ui| {
            let width = ui.available_width();
            let galley = lines_of(ui, key, &TextStyle::Heading, palette.text, width);
            let (rect, response) =
                ui.allocate_exact_size(galley.size(), Sense::focusable_noninteractive());
            ui.painter().galley(rect.min, galley, palette.text);
            response.widget_info(|| {
                let words = format!("Herstelsleutel: {key}");
                WidgetInfo::labeled(Role::Label, true, words)
            });
        });
    let text = "Ik heb de sleutel opgeschreven en bewaar hem op een veilige plaats";
    *is_written = check_ui(ui, editing, place, text, *is_written).unwrap_or(*is_written);
}

/// How a secret is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// A dot for each letter.
    Dots,
    /// The letters, for a long key that is copied from paper.
    Letters,
}

/// Draws the field under its label, with a message below it; gives whether Enter was pressed in it.
pub fn secret_ui(
    ui: &mut Ui,
    editing: &mut Editing,
    (place, label, shows): (Place, &str, Shows),
    secret: &mut Secret,
    message: Option<(Tone, &str)>,
) -> bool {
    let width = match shows {
        Shows::Dots => Width::Name,
        Shows::Letters => Width::Full,
    };
    let width = width.points(ui.available_width());
    let down = Layout::top_down(Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), down, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = theme::GAP;
        super::text::muted_ui(ui, label);
        let fault = matches!(message, Some((Tone::Fault, _)));
        let response = input_ui(ui, place, (label, shows), secret, fault, width);
        if editing.take_jump(place) {
            response.request_focus();
            response.scroll_to_me(Some(egui::Align::Center));
        }
        if let Some((tone, text)) = message
            && !text.is_empty()
        {
            message_ui(ui, tone, text);
        }
        response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter))
    })
    .inner
}

fn input_ui(
    ui: &mut Ui,
    place: Place,
    (label, shows): (&str, Shows),
    secret: &mut Secret,
    fault: bool,
    width: f32,
) -> Response {
    let palette = Palette::of(ui);
    let id = place.id();
    let inner = width - 24.0;
    let drawn = match shows {
        // A dot for each letter shows that a key was taken; beyond these the length is nobody's business.
        Shows::Dots => Zeroizing::new("•".repeat(secret.0.chars().count().min(32))),
        Shows::Letters => secret.0.clone(),
    };
    let galley = lines_of(ui, &drawn, &TextStyle::Body, palette.text, inner);
    let height = (galley.size().y + 12.0).max(theme::CONTROL);
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    if response.clicked() {
        response.request_focus();
    }
    let focused = response.has_focus();
    if focused {
        take_typing(ui, &response, secret);
    }
    let (thick, colour) = match (focused, fault) {
        (true, _) => (2.0, palette.accent.strong),
        (false, true) => (1.0, palette.danger.strong),
        (false, false) => (1.0, palette.border),
    };
    let stroke = Stroke::new(thick, colour);
    let radius = CornerRadius::same(theme::RADIUS);
    ui.painter()
        .rect(rect, radius, palette.surface, stroke, StrokeKind::Inside);
    let at = pos2(rect.left() + 12.0, rect.center().y - galley.size().y / 2.0);
    let caret = galley.pos_from_cursor(galley.end()).translate(at.to_vec2());
    let empty = drawn.is_empty();
    ui.painter().galley(at, galley, palette.text);
    if focused {
        let top = if empty {
            rect.center().y - 9.0
        } else {
            caret.top()
        };
        let bottom = if empty {
            rect.center().y + 9.0
        } else {
            caret.bottom()
        };
        ui.painter().vline(
            caret.right() + 1.0,
            top..=bottom,
            (1.5, palette.accent.strong),
        );
    }
    response.widget_info(|| WidgetInfo::labeled(Role::PasswordInput, ui.is_enabled(), label));
    if fault {
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_invalid(Invalid::True));
    }
    response
}

/// Takes what was typed in this frame out of the input.
fn take_typing(ui: &Ui, response: &Response, secret: &mut Secret) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: false,
        tab: false,
        escape: false,
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    ui.output_mut(|output| {
        output.ime = Some(IMEOutput {
            purpose: IMEPurpose::Password,
            rect: response.rect,
            cursor_rect: response.rect,
            should_interrupt_composition: false,
        });
    });
    let changed = ui.input_mut(|input| {
        let before = input.events.len();
        // The window keeps the events of a frame twice, and would drop them with their texts in memory.
        for event in &mut input.raw.events {
            if let Event::Text(text) | Event::Paste(text) | Event::Ime(ImeEvent::Commit(text)) =
                event
            {
                text.zeroize();
            }
        }
        input.events.retain_mut(|event| match event {
            Event::Text(text) | Event::Paste(text) | Event::Ime(ImeEvent::Commit(text)) => {
                secret.push(text);
                text.zeroize();
                false
            }
            Event::Key {
                key: Key::Backspace | Key::Delete,
                pressed: true,
                modifiers,
                ..
            } => {
                if modifiers.command {
                    secret.clear();
                } else {
                    secret.0.pop();
                }
                false
            }
            _ => true,
        });
        before != input.events.len()
    });
    if changed {
        // What was typed shows in the next frame.
        ui.ctx().request_repaint();
    }
}
