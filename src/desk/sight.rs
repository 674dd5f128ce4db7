//! What has the keyboard is in sight: wherever the focus goes without the mouse, on a form, in a sheet or in a list that opens,
//! what it stands on is scrolled to when it is cut off.
//!
//! It asks the way assistive technology does, so no control has to know of it. It must not know what it scrolls.

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Context, Event, Id, Plugin, RawInput, Ui, WidgetRect};

/// Follows the keyboard.
#[derive(Default)]
pub struct InSight {
    /// What had the keyboard when it was last looked at.
    known: Option<Id>,
    /// What must come into sight in the next frame.
    wanted: Option<Id>,
}

impl Plugin for InSight {
    fn debug_name(&self) -> &'static str {
        "focus in sight"
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        if let Some(id) = self.wanted.take() {
            input
                .events
                .push(Event::AccessKitActionRequest(ActionRequest {
                    action: Action::ScrollIntoView,
                    target_tree: TreeId::ROOT,
                    target_node: id.accesskit_id(),
                    data: None,
                }));
        }
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let focused = ui.memory(egui::Memory::focused);
        if focused == self.known {
            return;
        }
        let Some(id) = focused else {
            self.known = None;
            return;
        };
        // What was only just asked to take the keyboard may not be drawn yet; it is looked at when it is.
        let Some(drawn) = drawn(ui.ctx(), id) else {
            return;
        };
        self.known = focused;
        // Nothing moves away under a mouse that is being pressed.
        let by_mouse = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
        if !by_mouse && is_cut_off(&drawn) {
            self.wanted = Some(id);
            ui.ctx().request_repaint();
        }
    }
}

/// Where a control is drawn in this frame. A response would tell it too, but asking for one can take the keyboard away.
pub fn drawn(ctx: &Context, id: Id) -> Option<WidgetRect> {
    ctx.viewport(|viewport| viewport.this_pass.widgets.get(id).copied())
}

/// Whether a part of a control is not to be seen.
pub fn is_cut_off(drawn: &WidgetRect) -> bool {
    !drawn.interact_rect.expand(0.5).contains_rect(drawn.rect)
}
