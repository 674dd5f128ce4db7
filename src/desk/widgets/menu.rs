//! A button that opens a list of entries under it.

use egui::{Key, Response, ScrollArea, Ui};

use crate::desk::theme;

/// Draws the button, and the entries while it is open. In a low window they scroll, and Esc gives the keyboard back to the
/// button.
pub fn menu_ui(ui: &mut Ui, name: &str, entries: impl FnOnce(&mut Ui)) -> Response {
    let button = ui.menu_button(name, |ui| {
        let room = ui.ctx().content_rect().height() - theme::LARGE;
        ScrollArea::vertical().max_height(room).show(ui, entries);
    });
    let escaped = ui.input(|input| input.key_pressed(Key::Escape));
    if button.inner.is_some() && escaped {
        button.response.request_focus();
    }
    button.response
}
