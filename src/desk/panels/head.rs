//! The strip above the dossier: whose it is, how it stands and how it is kept. In a low window all of that is one line, so
//! that the form keeps the room.

use egui::accesskit::Role;
use egui::{
    Align, Color32, Context, Frame, Label, Layout, Margin, Panel, RichText, TextStyle, Ui, vec2,
};

use crate::desk::theme::{self, Palette};
use crate::desk::view::View;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::mark::chip_text_ui;
use crate::desk::widgets::text::{line_of, title_ui};

/// Below this height, in points, a window is low: that of 1280 by 800 at 175% and more.
const LOW: f32 = 480.0;

/// What must be known of how a dossier is kept: why it can be read only, that its file is not protected, or that its work is
/// not kept.
pub struct Banner {
    /// In words.
    pub text: String,
    /// What can be done about it.
    pub offer: Option<&'static str>,
}

/// Whether the window is so low that what stands around a form gives way to it.
pub fn is_low(ctx: &Context) -> bool {
    ctx.content_rect().height() < LOW
}

/// Draws the strip; gives whether what the banner offers was asked.
pub fn head_ui(ui: &mut Ui, view: &View, banner: Option<&Banner>) -> bool {
    if is_low(ui.ctx()) {
        return strip("head", Palette::of(ui).surface, 2)
            .show(ui, |ui| line_ui(ui, view, banner))
            .inner;
    }
    let asked = banner.is_some_and(|banner| banner_ui(ui, banner));
    strip("head", Palette::of(ui).surface, 6).show(ui, |ui| whole_ui(ui, view));
    asked
}

/// Draws the banner alone; gives whether what it offers was asked.
pub fn banner_ui(ui: &mut Ui, banner: &Banner) -> bool {
    let hue = Palette::of(ui).warning;
    let row = |ui: &mut Ui| {
        Icon::Info.show_ui(ui, 16.0, hue.strong);
        ui.label(banner.text.as_str());
        offer_ui(ui, banner)
    };
    strip("banner", hue.soft, 4)
        .show(ui, |ui| ui.horizontal_wrapped(row).inner)
        .inner
}

/// Says on one line which day the window works with, where that is not today.
pub fn day_ui(ui: &mut Ui, words: &str) {
    let hue = Palette::of(ui).warning;
    strip("day", hue.soft, 2).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            Icon::Warning.show_ui(ui, 16.0, hue.strong);
            ui.label(words);
        });
    });
}

fn strip(name: &'static str, fill: Color32, above: i8) -> Panel {
    let frame = Frame::new().fill(fill);
    Panel::top(name).frame(frame.inner_margin(Margin::symmetric(16, above)))
}

fn offer_ui(ui: &mut Ui, banner: &Banner) -> bool {
    banner
        .offer
        .is_some_and(|offer| quiet_ui(ui, offer).clicked())
}

/// On one line, or on two where it does not fit.
fn whole_ui(ui: &mut Ui, view: &View) {
    let palette = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::MEDIUM, theme::GAP);
        // The name may be long; what is about it then goes to the next line.
        let room = ui.available_width();
        if line_of(ui, &view.client, &theme::title(), palette.text)
            .size()
            .x
            > room
        {
            ui.set_max_width(room);
        }
        title_ui(ui, &view.client);
        ui.add(about(ui, view).extend());
        for (chip, words) in &view.chips {
            chip_text_ui(ui, *chip, words);
        }
    });
}

/// On one line whatever it says: what does not fit is cut off and shown on hover.
fn line_ui(ui: &mut Ui, view: &View, banner: Option<&Banner>) -> bool {
    let hue = Palette::of(ui).warning;
    let size = vec2(ui.available_width(), theme::GROUP);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let asked = banner.is_some_and(|banner| offer_ui(ui, banner));
        let rest = Layout::left_to_right(Align::Center);
        ui.with_layout(rest, |ui| {
            ui.spacing_mut().item_spacing.x = theme::SMALL;
            let room = ui.available_width() / 2.0;
            ui.scope(|ui| {
                ui.set_max_width(room);
                let name = RichText::new(&view.client).text_style(theme::strong());
                let name = ui.add(Label::new(name).truncate());
                ui.ctx().accesskit_node_builder(name.id, |node| {
                    node.set_role(Role::Heading);
                    node.set_label(view.client.as_str());
                    node.set_level(1);
                });
                name.on_hover_text(&view.about);
            });
            for (chip, words) in &view.chips {
                chip_text_ui(ui, *chip, words);
            }
            match banner {
                Some(banner) => {
                    Icon::Info.show_ui(ui, 16.0, hue.strong);
                    ui.add(Label::new(banner.text.as_str()).truncate());
                }
                None => {
                    ui.add(about(ui, view).truncate());
                }
            }
        });
        asked
    })
    .inner
}

fn about(ui: &Ui, view: &View) -> Label {
    let about = RichText::new(view.about.as_str())
        .text_style(TextStyle::Small)
        .color(Palette::of(ui).muted);
    Label::new(about)
}
