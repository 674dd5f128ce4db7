//! What has the keyboard is in sight: wherever the focus goes without the mouse, on a form, in a sheet or in a list that opens,
//! what it stands on is scrolled to when it is cut off. And it keeps its place: when what has it is drawn no more, or cannot
//! be used any more, it goes to what stood beside that.
//!
//! It asks the way assistive technology does, so no control has to know of it. It must not know what it scrolls.

use egui::accesskit::{Action, ActionRequest, TreeId};
use egui::{Context, Event, Id, Key, Plugin, RawInput, Ui, WidgetRect};

/// Follows the keyboard.
#[derive(Default)]
pub struct InSight {
    /// What had the keyboard when it was last looked at.
    known: Option<Id>,
    /// What must come into sight in the next frame.
    wanted: Option<Id>,
    /// Whether the last Tab went back.
    backwards: bool,
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
        if ui.input(|input| input.key_pressed(Key::Tab)) {
            self.backwards = ui.input(|input| input.modifiers.shift);
        }
        let mut focused = ui.memory(egui::Memory::focused);
        let gone = self
            .known
            .filter(|id| focused.is_none_or(|focused| focused == *id));
        if let Some(gone) = gone
            && !drawn(ui.ctx(), gone).is_some_and(|drawn| is_stop(&drawn))
            && let Some(beside) = beside(ui.ctx(), gone, self.backwards)
        {
            ui.memory_mut(|memory| memory.request_focus(beside));
            ui.ctx().request_repaint();
            focused = Some(beside);
        }
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

/// Whether Tab stops at it.
fn is_stop(drawn: &WidgetRect) -> bool {
    drawn.enabled && drawn.sense.is_focusable()
}

/// How many stops of Tab go with the one that has the keyboard at most; where more do, other work took the place of it all.
const NEAR: usize = 8;

/// The nearest stop of Tab beside a control that was there in the frame before: the next one, or going back the one before it.
fn beside(ctx: &Context, gone: Id, backwards: bool) -> Option<Id> {
    ctx.viewport(|viewport| {
        let (before, now) = (&viewport.prev_pass.widgets, &viewport.this_pass.widgets);
        let layer = before.get(gone)?.layer_id;
        let stops = || {
            let drawn = before.get_layer(layer).filter(|drawn| is_stop(drawn));
            drawn.map(|drawn| drawn.id)
        };
        let at = stops().position(|id| id == gone)?;
        let stays = |id: &Id| {
            let now = now.get(*id);
            now.is_some_and(|now| now.layer_id == layer && is_stop(now))
        };
        let next = stops().skip(at.saturating_add(1)).take(NEAR).find(stays);
        let prior = stops()
            .skip(at.saturating_sub(NEAR))
            .take(at.min(NEAR))
            .filter(stays)
            .last();
        match backwards {
            true => prior.or(next),
            false => next.or(prior),
        }
    })
}

/// Whether a part of a control is not to be seen.
pub fn is_cut_off(drawn: &WidgetRect) -> bool {
    !drawn.interact_rect.expand(0.5).contains_rect(drawn.rect)
}
