//! Quiet advice on language below what a consultant types for a letter. It stands in nobody's way, and a text is read
//! once and not in every frame.

use std::sync::Arc;

use egui::Ui;
use egui::cache::{ComputerMut, FrameCache};

use crate::desk::widgets::text::{Tone, message_ui};
use crate::plain::PlainWords;

/// Most tips below one text: whoever follows these sees the others after.
const MOST: usize = 3;

/// What is hard to read in a text, as sentences. The letter itself explains hard words at its end.
fn advice(text: &str) -> Arc<[String]> {
    let Ok(words) = PlainWords::shipped() else {
        return Arc::default();
    };
    let explained: Vec<&str> = words.meanings_in(text).iter().map(|one| one.word).collect();
    let found = words.check(text, &explained).into_iter().take(MOST);
    found.map(|finding| format!("Tip: {finding}")).collect()
}

#[derive(Default)]
struct Advisor;

impl ComputerMut<&str, Arc<[String]>> for Advisor {
    fn compute(&mut self, text: &str) -> Arc<[String]> {
        advice(text)
    }
}

/// Draws the advice on a text, when there is any.
pub(in crate::desk) fn advice_ui(ui: &mut Ui, text: &str) {
    let tips = ui.memory_mut(|memory| {
        let known = memory.caches.cache::<FrameCache<Arc<[String]>, Advisor>>();
        Arc::clone(known.get(text))
    });
    for tip in tips.iter() {
        message_ui(ui, Tone::Info, tip);
    }
}
