//! Keys in their order, however slow the window draws: after a key that may move the keyboard or do a command, the next one
//! waits until the window shows what that one led to.
//!
//! Without this, Tab and a letter that arrive in one frame (over a remote desktop, say) go to the same field. It must not know
//! what a key means.

use egui::{Context, Event, Key, Plugin, RawInput};

/// What was typed too early for this frame.
pub struct InOrder {
    held: Vec<Event>,
    /// Whether the last frame did what a key asked: this one shows it, and the next one takes keys again.
    shows: bool,
    /// Whether what is typed must wait for something that is still being read.
    pub waits: bool,
}

impl InOrder {
    /// Holds nothing yet; `waits` as in the field of that name.
    pub fn new(waits: bool) -> Self {
        Self {
            held: Vec::new(),
            shows: false,
            waits,
        }
    }
}

impl Plugin for InOrder {
    fn debug_name(&self) -> &'static str {
        "keys in order"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let mut events = std::mem::take(&mut self.held);
        events.append(&mut input.events);
        if self.waits || std::mem::take(&mut self.shows) {
            (self.held, events) = events.into_iter().partition(is_typing);
        } else if let Some(at) = events.iter().position(moves_on) {
            // What was pressed or typed before it is for what has the keyboard now.
            let waits = events.iter().take(at).any(acts);
            let next = at.saturating_add(1);
            // What the space bar types belongs to the key: where that moved the keyboard, no space is left over.
            let spaced = matches!(events.get(next), Some(Event::Text(text)) if text == " ");
            let last = match (waits, spaced) {
                (true, _) => at,
                (false, false) => next,
                (false, true) => next.saturating_add(1),
            };
            self.held = events.split_off(last);
            self.shows = !waits;
        }
        input.events = events;
        if !self.held.is_empty() && !self.waits {
            ctx.request_repaint();
        }
    }
}

fn is_typing(event: &Event) -> bool {
    matches!(
        event,
        Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Ime(_)
    )
}

/// Whether this event does something where the keyboard is.
fn acts(event: &Event) -> bool {
    is_typing(event) && !matches!(event, Event::Key { pressed: false, .. })
}

/// Whether after this event the keyboard may be elsewhere.
fn moves_on(event: &Event) -> bool {
    let Event::Key {
        key,
        pressed: true,
        modifiers,
        ..
    } = event
    else {
        return false;
    };
    modifiers.command
        || matches!(
            key,
            Key::Tab | Key::Enter | Key::Space | Key::Escape | Key::F1 | Key::F6 | Key::F8
        )
}
