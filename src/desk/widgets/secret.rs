//! A field for a passphrase: what is typed is never shown and is wiped when it goes.
//!
//! It keeps no history of what was typed, so that no older text stays behind; it does not know what the secret opens.

use egui::text::CharIndex;
use egui::text_edit::TextEditState;
use egui::{Align2, CornerRadius, Frame, Margin, Response, Stroke, TextBuffer, TextEdit, Ui, vec2};
use std::ops::Range;
use zeroize::Zeroizing;

use super::field::Width;
use super::text::{Tone, message_ui, muted_ui};
use crate::desk::editing::Place;
use crate::desk::theme::{self, Palette};

/// Room for the longest passphrase that is accepted, so that typing one leaves no copies behind.
const ROOM: usize = 4096;

/// A text that is wiped when it goes.
pub struct Secret(Zeroizing<String>);

impl Default for Secret {
    fn default() -> Self {
        Self(Zeroizing::new(String::with_capacity(ROOM)))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

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
    pub fn wipe(&mut self) {
        *self = Self::default();
    }
}

impl TextBuffer for Secret {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        &self.0
    }

    fn insert_text(&mut self, text: &str, at: CharIndex) -> usize {
        let needed = self.0.len().saturating_add(text.len());
        if needed > self.0.capacity() {
            // Growing in place would leave the old text behind.
            let mut larger = Zeroizing::new(String::with_capacity(needed.saturating_mul(2)));
            larger.push_str(&self.0);
            self.0 = larger;
        }
        let byte = self.byte_index_from_char_index(at);
        self.0.insert_str(byte.0, text);
        text.chars().count()
    }

    fn delete_char_range(&mut self, range: Range<CharIndex>) {
        let start = self.byte_index_from_char_index(range.start);
        let end = self.byte_index_from_char_index(range.end);
        self.0.replace_range(start.0..end.0, "");
    }

    fn clear(&mut self) {
        self.wipe();
    }

    fn take(&mut self) -> String {
        // Nobody gets a copy that is not wiped.
        self.wipe();
        String::new()
    }

    fn type_id(&self) -> std::any::TypeId {
        std::any::TypeId::of::<Self>()
    }
}

/// Draws the field under the words `label`, with a message under it.
pub fn secret_ui(
    ui: &mut Ui,
    place: Place,
    label: &str,
    secret: &mut Secret,
    message: Option<(Tone, &str)>,
) -> Response {
    let width = Width::Name.points(ui.available_width());
    let layout = egui::Layout::top_down(egui::Align::Min);
    ui.allocate_ui_with_layout(vec2(width, 0.0), layout, |ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = theme::GAP;
        let name = muted_ui(ui, label);
        let palette = Palette::of(ui);
        let id = place.id();
        let focused = ui.memory(|memory| memory.has_focus(id));
        let fault = matches!(message, Some((Tone::Fault, _)));
        let (thick, colour) = match (focused, fault) {
            (true, _) => (2, palette.accent.strong),
            (false, true) => (1, palette.danger.strong),
            (false, false) => (1, palette.border),
        };
        let inside = |margin: i8| margin.saturating_sub(thick);
        let frame = Frame {
            inner_margin: Margin::symmetric(inside(12), inside(4)),
            fill: palette.surface,
            stroke: Stroke::new(f32::from(thick), colour),
            corner_radius: CornerRadius::same(theme::RADIUS),
            ..Frame::default()
        };
        let response = ui
            .add(
                TextEdit::singleline(secret)
                    .id(id)
                    .password(true)
                    .align(Align2::LEFT_CENTER)
                    .frame(frame)
                    .desired_width(width)
                    .min_size(vec2(width, theme::CONTROL)),
            )
            .labelled_by(name.id);
        if response.changed()
            && let Some(mut state) = TextEditState::load(ui.ctx(), id)
        {
            state.clear_undoer();
            state.store(ui.ctx(), id);
        }
        if let Some((tone, message)) = message
            && !message.is_empty()
        {
            message_ui(ui, tone, message);
        }
        response
    })
    .inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_go_in_and_out_at_their_place_and_a_long_text_stays_whole() {
        let mut secret = Secret::default();
        secret.insert_text("één twee", CharIndex(0));
        secret.insert_text("x", CharIndex(3));
        secret.delete_char_range(CharIndex(4)..CharIndex(5));
        assert_eq!(secret.text(), "éénxtwee");
        secret.insert_text(&"z".repeat(10_000), CharIndex(8));
        assert_eq!(secret.text().chars().count(), 10_008);
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        secret.wipe();
        assert!(secret.is_empty());
    }
}
