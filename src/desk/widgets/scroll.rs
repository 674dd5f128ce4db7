//! Where the keyboard enters an area, and scrolling there what has nothing in it that takes the keyboard. It must not know
//! what is scrolled.

use egui::accesskit::Role;
use egui::{FocusDirection, Id, Key, Modifiers, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use crate::desk::theme::Palette;

/// How far an arrow key goes, in points: about two lines of text.
const STEP: f32 = 48.0;
/// Farther than anything is long.
const ALL: f32 = 1_000_000.0;

/// Lets the arrow keys, PageUp, PageDown, Home and End scroll the area that is drawn next, which has all the room of `ui`.
fn by_keys(ui: &Ui) {
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

/// The place where the keyboard enters the area that is drawn next, called `name`, and scrolls it. It can be reached by a
/// command only (`wanted`), so that Tab has no empty stop.
pub fn entry_ui(ui: &mut Ui, (id, name): (Id, &str), wanted: bool) {
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if !wanted && !has_focus {
        return;
    }
    let mut rect = ui.max_rect();
    rect.set_height(2.0);
    let at = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .accessibility_role(Role::Group),
    );
    let response = at.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Group, true, name));
    if wanted {
        response.request_focus();
    }
    if has_focus {
        by_keys(ui);
    }
    let line = rect.translate(vec2(0.0, -6.0));
    ui.painter()
        .rect_filled(line, 0.0, Palette::of(ui).accent.strong);
}
