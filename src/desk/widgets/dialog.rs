//! The two ways in which the window speaks up by itself: a line that confirms what was done, and a question that must be
//! answered before work could be lost.

use egui::accesskit::{Live, Role};
use egui::{
    Context, CornerRadius, Frame, Id, Key, Margin, Modal, ModalResponse, Modifiers, Stroke, Ui,
};

use super::button::{icon_ui, primary_ui, quiet_ui, secondary_ui};
use super::icon::Icon;
use super::text::{Tone, heading_ui, prose_ui};
use crate::desk::command::Command;
use crate::desk::theme::{self, Palette};

/// A line that says what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// `None` for a thing done, else how bad it is.
    pub tone: Option<Tone>,
    /// What happened and, if it went wrong, what to do.
    pub text: String,
    /// What can be done about it at once.
    pub offers: &'static [Command],
}

/// What a person did with a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAnswer {
    /// Do this about it.
    Do(Command),
    /// Put the line away.
    Dismiss,
}

/// Draws the notice over the full width; gives the answer when there is one.
pub fn notice_ui(ui: &mut Ui, notice: &Notice) -> Option<NoticeAnswer> {
    let palette = Palette::of(ui);
    let (hue, icon) = match notice.tone {
        None => (palette.good, Icon::Check),
        Some(Tone::Fault) => (palette.danger, Icon::Fault),
        Some(Tone::Warning) => (palette.warning, Icon::Warning),
        Some(Tone::Info) => (palette.accent, Icon::Info),
    };
    Frame::new()
        .fill(hue.soft)
        .inner_margin(Margin::symmetric(16, 6))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                icon.show_ui(ui, 16.0, hue.strong);
                let offers = 150.0 * notice.offers.len() as f32;
                let words = ui.available_width() - offers - 40.0;
                let said = ui
                    .scope(|ui| {
                        ui.set_max_width(words.max(120.0));
                        ui.label(notice.text.as_str())
                    })
                    .inner;
                ui.ctx().accesskit_node_builder(said.id, |node| {
                    node.set_role(Role::Status);
                    node.set_label(notice.text.as_str());
                    node.set_live(if notice.tone == Some(Tone::Fault) {
                        Live::Assertive
                    } else {
                        Live::Polite
                    });
                });
                let mut asked = None;
                for offer in notice.offers {
                    let response = quiet_ui(ui, offer.name()).on_hover_text(offer.help());
                    if response.clicked() {
                        asked = Some(NoticeAnswer::Do(*offer));
                    }
                }
                let away = ui
                    .with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        icon_ui(ui, Icon::Cross, "Melding sluiten").clicked()
                    })
                    .inner;
                asked.or(away.then_some(NoticeAnswer::Dismiss))
            })
            .inner
        })
        .inner
}

/// A sheet that stands over the window until it is answered, with room around its contents.
pub fn sheet(ctx: &Context, id: Id) -> Modal {
    let style = ctx.global_style();
    let frame = Frame::new()
        .fill(style.visuals.window_fill)
        .stroke(style.visuals.window_stroke)
        .shadow(style.visuals.window_shadow)
        .corner_radius(CornerRadius::same(theme::RADIUS))
        .inner_margin(Margin::same(20));
    Modal::new(id).frame(frame)
}

/// A sheet with its contents, and its name for who does not see it. Gives what the contents gave, and whether Esc leaves it.
pub fn sheet_ui<R>(
    ctx: &Context,
    (id, name): (Id, &str),
    contents: impl FnOnce(&mut Ui) -> R,
) -> (R, bool) {
    let modal = sheet(ctx, id).show(ctx, contents);
    ctx.accesskit_node_builder(modal.response.id, |node| {
        node.set_role(Role::Dialog);
        node.set_label(name);
        node.set_modal();
    });
    let leaves = is_left(&modal);
    (modal.inner, leaves)
}

/// Whether Esc leaves a sheet: at once, but a list that stands open in it closes first.
pub fn is_left<R>(modal: &ModalResponse<R>) -> bool {
    let ctx = &modal.response.ctx;
    !modal.any_popup_open && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

/// A question that stands before everything else. `verbs` are its buttons, the first one meant to be pressed; Esc is the last
/// one. Gives the number of the verb that was chosen.
pub fn question_ui(
    ctx: &Context,
    id: &str,
    title: &str,
    text: &str,
    verbs: &[&str],
) -> Option<usize> {
    let id = Id::unique(id);
    let mut answer = None;
    let modal = sheet(ctx, id).show(ctx, |ui| {
        let palette = Palette::of(ui);
        ui.set_max_width(460.0_f32.min(ui.ctx().content_rect().width() - 2.0 * theme::PART));
        Frame::new()
            .inner_margin(Margin::same(8))
            .corner_radius(CornerRadius::same(theme::RADIUS))
            .stroke(Stroke::NONE)
            .fill(palette.surface)
            .show(ui, |ui| {
                heading_ui(ui, title);
                prose_ui(ui, text);
                ui.add_space(theme::SMALL);
                ui.horizontal_wrapped(|ui| {
                    for (index, verb) in verbs.iter().enumerate() {
                        let response = if index == 0 {
                            primary_ui(ui, verb)
                        } else {
                            secondary_ui(ui, verb)
                        };
                        // The question has the keyboard as soon as it stands there.
                        let mut known = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
                        if index == 0 && !known {
                            response.request_focus();
                            known = true;
                            ui.data_mut(|data| data.insert_temp(id, known));
                        }
                        if response.clicked() {
                            answer = Some(index);
                        }
                    }
                });
            });
    });
    ctx.accesskit_node_builder(modal.response.id, |node| {
        node.set_role(Role::AlertDialog);
        node.set_label(title);
        node.set_modal();
    });
    if answer.is_none() && is_left(&modal) {
        answer = verbs.len().checked_sub(1);
    }
    if answer.is_some() {
        ctx.data_mut(|data| data.remove::<bool>(id));
    }
    answer
}
