//! Scrolling with the keyboard what has nothing in it that takes the keyboard. It must not know what is scrolled.

use egui::{FocusDirection, Key, Modifiers, Ui, vec2};

/// How far an arrow key goes, in points: about two lines of text.
const STEP: f32 = 48.0;
/// Farther than anything is long.
const ALL: f32 = 1_000_000.0;

/// Lets the arrow keys, PageUp, PageDown, Home and End scroll the area that is drawn next, which has all the room of `ui`.
pub fn by_keys(ui: &Ui) {
    // Of a page a little stays in sight, to read on from.
    let page = (ui.available_height() - STEP).max(STEP);
    let typed = ui.input_mut(|input| {
        let moves = [
            (Key::ArrowDown, -STEP),
            (Key::ArrowUp, STEP),
            (Key::PageDown, -page),
            (Key::PageUp, page),
            (Key::End, -ALL),
            (Key::Home, ALL),
        ];
        let mut moves = moves.into_iter();
        moves.find(|(key, _)| input.consume_key(Modifiers::NONE, *key))
    });
    if let Some((_, way)) = typed {
        // The arrow keys do not take the keyboard to another control.
        ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        ui.scroll_with_delta(vec2(0.0, way));
    }
}
