//! Choosing one of a few (all visible) or one of many (a list that opens), and yes or no.

use egui::accesskit::Role;
use egui::{
    Align, Button, ComboBox, CornerRadius, FocusDirection, Key, Label, Layout, Modifiers, Popup,
    Response, RichText, Sense, Stroke, StrokeKind, TextStyle, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::button::focus_ring;
use super::field::Width;
use super::icon::Icon;
use super::text::{Tone, line_of, message_ui};
use crate::desk::editing::{Editing, Place};
use crate::desk::theme::{self, Palette};

/// One thing that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// What choosing it means.
    pub value: T,
    /// The words on the screen.
    pub text: String,
    /// A remark shown on hover, such as why it is there; may be empty.
    pub note: String,
}

impl<T> Choice<T> {
    /// A choice without a remark.
    pub fn new(value: T, text: impl Into<String>) -> Self {
        Self {
            value,
            text: text.into(),
            note: String::new(),
        }
    }
}

/// A row of choices of which one may be taken; gives the one that was just chosen. `message` stands under it.
///
/// Tab comes once, to the chosen one or else to the first; the arrow keys walk along them, and Space or Enter chooses: a
/// choice can put other work in the place of what stands there, so none is made in passing.
pub fn segments_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    editing: &mut Editing,
    (place, label): (Place, &str),
    chosen: Option<&T>,
    choices: &[Choice<T>],
    message: Option<(Tone, &str)>,
) -> Option<T> {
    let jump = editing.take_jump(place);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = theme::GAP;
        label_ui(ui, label);
        let group = UiBuilder::new()
            .id_salt(place.id())
            .accessibility_role(Role::RadioGroup)
            .layout(Layout::left_to_right(Align::Min).with_main_wrap(true));
        let picked = ui
            .scope_builder(group, |ui| {
                let scope = ui.unique_id();
                ui.ctx()
                    .accesskit_node_builder(scope, |node| node.set_label(label));
                ui.spacing_mut().item_spacing = vec2(theme::GAP, theme::GAP);
                let on_at = choices
                    .iter()
                    .position(|choice| chosen == Some(&choice.value));
                let focused = choices.iter().enumerate().position(|(index, _)| {
                    ui.memory(|memory| memory.has_focus(place.item(index).id()))
                });
                let moved = focused.and_then(|from| moved_by_arrows(ui, from, choices.len()));
                if let Some(to) = moved {
                    ui.memory_mut(|memory| memory.request_focus(place.item(to).id()));
                }
                let stop = moved.or(focused).or(on_at).unwrap_or(0);
                let mut picked = None;
                for (index, choice) in choices.iter().enumerate() {
                    let on = on_at == Some(index);
                    let response =
                        segment_ui(ui, place.item(index), &choice.text, (on, index == stop));
                    if response.has_focus() {
                        editing.enter(place, label);
                    }
                    if jump && index == stop {
                        response.request_focus();
                        response.scroll_to_me(Some(Align::Center));
                    }
                    if response.clicked() && !on {
                        picked = Some(choice.value.clone());
                    }
                    if !choice.note.is_empty() {
                        response.on_hover_text(&choice.note);
                    }
                }
                picked
            })
            .inner;
        if let Some((tone, message)) = message
            && !message.is_empty()
        {
            message_ui(ui, tone, message);
        }
        picked
    })
    .inner
}

/// The choice that the arrow keys go to from the one at `from`, past the last one to the first.
fn moved_by_arrows(ui: &Ui, from: usize, count: usize) -> Option<usize> {
    if !ui.is_enabled() {
        return None;
    }
    let (further, back) = ui.input_mut(|input| {
        let mut typed = |key| input.consume_key(Modifiers::NONE, key);
        let further = [Key::ArrowRight, Key::ArrowDown].map(&mut typed);
        let back = [Key::ArrowLeft, Key::ArrowUp].map(&mut typed);
        (further.contains(&true), back.contains(&true))
    });
    if further == back {
        return None;
    }
    // The keys are for these choices, and do not move the keyboard on by themselves.
    ui.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    let last = count.checked_sub(1)?;
    if back {
        Some(from.checked_sub(1).unwrap_or(last))
    } else if from >= last {
        Some(0)
    } else {
        from.checked_add(1)
    }
}

fn segment_ui(ui: &mut Ui, place: Place, text: &str, (on, is_stop): (bool, bool)) -> Response {
    let palette = Palette::of(ui);
    let style = if on { theme::strong() } else { TextStyle::Body };
    let ink = if on {
        palette.accent.strong
    } else {
        palette.text
    };
    let galley = line_of(ui, text, &style, ink);
    // As wide chosen as not, so that choosing moves nothing.
    let widest = line_of(ui, text, &theme::strong(), ink).size().x;
    let (rect, _) = ui.allocate_exact_size(vec2(widest + 40.0, theme::CONTROL), Sense::hover());
    let sense = if is_stop {
        Sense::click()
    } else {
        Sense::CLICK
    };
    let response = ui.interact(rect, place.id(), sense);
    let (fill, border) = match (on, response.hovered()) {
        (true, _) => (palette.accent.soft, palette.accent.strong),
        (false, _) if !ui.is_enabled() => palette.fixed(),
        (false, true) => (palette.accent.soft, palette.border),
        (false, false) => (palette.surface, palette.border),
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::RADIUS),
        fill,
        Stroke::new(1.0, border),
        StrokeKind::Inside,
    );
    let knob = rect.left_center() + vec2(16.0, 0.0);
    ui.painter().circle_stroke(
        knob,
        5.5,
        Stroke::new(
            1.5,
            if on {
                palette.accent.strong
            } else {
                palette.border
            },
        ),
    );
    if on {
        ui.painter().circle_filled(knob, 2.8, palette.accent.strong);
    }
    ui.painter().galley(
        rect.left_center() + vec2(28.0, -galley.size().y / 2.0),
        galley,
        ink,
    );
    focus_ring(ui, &response);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, text));
    response
}

/// A row of tabs of which one is in front; gives the one that was just chosen.
///
/// Tab comes once, to the one in front; the arrow keys bring another in front. It gets the keyboard when it `lands` here.
pub fn tabs_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    (name, lands): (&str, bool),
    front: &T,
    choices: &[Choice<T>],
) -> Option<T> {
    let list = UiBuilder::new()
        .id_salt(name)
        .accessibility_role(Role::TabList)
        .layout(Layout::left_to_right(Align::Min).with_main_wrap(true));
    ui.scope_builder(list, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label(name));
        ui.spacing_mut().item_spacing = vec2(theme::GAP, theme::GAP);
        let palette = Palette::of(ui);
        let on_at = choices.iter().position(|choice| choice.value == *front);
        let id = |index: usize| scope.with(("tab", index));
        let focused =
            (0..choices.len()).find(|index| ui.memory(|memory| memory.has_focus(id(*index))));
        let moved = focused.and_then(|from| moved_by_arrows(ui, from, choices.len()));
        if let Some(to) = moved {
            ui.memory_mut(|memory| memory.request_focus(id(to)));
        }
        let stop = moved.or(focused).or(on_at).unwrap_or(0);
        let mut picked = None;
        for (index, choice) in choices.iter().enumerate() {
            let on = on_at == Some(index);
            let ink = if on {
                palette.accent.strong
            } else {
                palette.text
            };
            let style = if on { theme::strong() } else { TextStyle::Body };
            let galley = line_of(ui, &choice.text, &style, ink);
            let widest = line_of(ui, &choice.text, &theme::strong(), ink).size().x;
            let (rect, _) = ui.allocate_exact_size(vec2(widest + 24.0, 28.0), Sense::hover());
            let sense = if index == stop {
                Sense::click()
            } else {
                Sense::CLICK
            };
            let response = ui.interact(rect, id(index), sense);
            if lands && index == stop {
                response.request_focus();
            }
            if response.hovered() {
                ui.painter()
                    .rect_filled(rect, CornerRadius::same(4), palette.accent.soft);
            }
            let left = rect.left() + 12.0;
            ui.painter().galley(
                egui::pos2(left, rect.center().y - galley.size().y / 2.0),
                galley,
                ink,
            );
            if on {
                ui.painter().hline(
                    rect.x_range(),
                    rect.bottom() - 1.0,
                    Stroke::new(2.0, palette.accent.strong),
                );
            }
            focus_ring(ui, &response);
            response
                .widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), on, &choice.text));
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_selected(on));
            if (response.clicked() || moved == Some(index)) && !on {
                picked = Some(choice.value.clone());
            }
        }
        picked
    })
    .inner
}

/// A list that opens to choose from; `nothing` is shown while nothing is chosen. Gives what was just chosen.
///
/// Choosing and Esc close it and give the keyboard back to it, before anything around it hears of the key.
#[expect(
    clippy::too_many_arguments,
    reason = "a list has a place, a name, a choice and a message; a builder would hide that"
)]
pub fn list_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    editing: &mut Editing,
    (place, label): (Place, &str),
    width: Width,
    chosen: Option<&T>,
    nothing: &str,
    choices: &[Choice<T>],
    message: Option<(Tone, &str)>,
) -> Option<T> {
    let wide = width.points(ui.available_width());
    let layout = Layout::top_down(Align::Min);
    ui.allocate_ui_with_layout(vec2(wide, 0.0), layout, |ui| {
        ui.set_width(wide);
        ui.spacing_mut().item_spacing.y = theme::GAP;
        let name = label_ui(ui, label);
        let shown = choices
            .iter()
            .find(|choice| chosen == Some(&choice.value))
            .map_or(nothing, |choice| choice.text.as_str());
        let mut picked = None;
        let (mut taken, mut inside, mut left) = (false, false, false);
        let shown = ComboBox::from_id_salt(place.id())
            .width(wide)
            .truncate()
            .selected_text(shown)
            .icon(|ui, rect, visuals, _| {
                Icon::ChevronDown.paint(ui.painter(), rect, visuals.fg_stroke.color)
            })
            .show_ui(ui, |ui| {
                ui.set_min_width(wide - 8.0);
                for choice in choices {
                    let on = chosen == Some(&choice.value);
                    let entry = ui.add(
                        Button::selectable(on, choice.text.as_str())
                            .min_size(vec2(wide - 8.0, 28.0)),
                    );
                    let entry = if choice.note.is_empty() {
                        entry
                    } else {
                        entry.on_hover_text(&choice.note)
                    };
                    inside |= entry.has_focus();
                    left |= entry.lost_focus();
                    if entry.clicked() {
                        taken = true;
                        picked = (!on).then(|| choice.value.clone());
                        ui.close();
                    }
                }
            });
        let is_open = shown.inner.is_some();
        let response = shown.response.labelled_by(name.id);
        let escaped =
            is_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        let elsewhere = ui.memory(|memory| memory.focused().is_some());
        if taken || escaped {
            response.request_focus();
        } else if is_open && left && elsewhere && !inside && !response.has_focus() {
            // Tab went on past the last entry.
            Popup::close_all(ui.ctx());
        }
        if response.has_focus() {
            editing.enter(place, label);
        }
        if editing.take_jump(place) {
            response.request_focus();
            response.scroll_to_me(Some(Align::Center));
        }
        if let Some((tone, message)) = message
            && !message.is_empty()
        {
            message_ui(ui, tone, message);
        }
        picked
    })
    .inner
}

/// Yes or no; gives the new answer when it was just changed.
pub fn check_ui(
    ui: &mut Ui,
    editing: &mut Editing,
    place: Place,
    text: &str,
    on: bool,
) -> Option<bool> {
    let palette = Palette::of(ui);
    let galley = super::text::lines_of(
        ui,
        text,
        &TextStyle::Body,
        palette.text,
        (ui.available_width() - 28.0).max(64.0),
    );
    let size = vec2(galley.size().x + 28.0, galley.size().y.max(24.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let response = ui.interact(rect, place.id(), Sense::click());
    let square = super::icon::left_of(rect, 18.0);
    let (fill, border) = match (on, response.hovered()) {
        (true, _) => (palette.accent.strong, palette.accent.strong),
        (false, _) if !ui.is_enabled() => palette.fixed(),
        (false, true) => (palette.accent.soft, palette.accent.strong),
        (false, false) => (palette.surface, palette.border),
    };
    ui.painter().rect(
        square,
        CornerRadius::same(4),
        fill,
        Stroke::new(1.0, border),
        StrokeKind::Inside,
    );
    if on {
        Icon::Check.paint(ui.painter(), square.shrink(3.0), palette.on_accent);
    }
    ui.painter().galley(
        rect.left_center() + vec2(28.0, -galley.size().y / 2.0),
        galley,
        palette.text,
    );
    focus_ring(ui, &response);
    if response.has_focus() {
        editing.enter(place, text);
    }
    if editing.take_jump(place) {
        response.request_focus();
        response.scroll_to_me(Some(Align::Center));
    }
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, text));
    response.clicked().then_some(!on)
}

fn label_ui(ui: &mut Ui, label: &str) -> Response {
    let colour = Palette::of(ui).muted;
    ui.add(
        Label::new(
            RichText::new(label)
                .text_style(TextStyle::Small)
                .color(colour),
        )
        .wrap(),
    )
}
