//! The strip above the dossier: whose it is and how it stands.

use egui::{Label, RichText, TextStyle, Ui};

use crate::desk::theme::{self, Palette};
use crate::desk::view::View;
use crate::desk::widgets::mark::chip_text_ui;
use crate::desk::widgets::text::{line_of, title_ui};

/// Draws the strip on one line, or on two where it does not fit.
pub fn head_ui(ui: &mut Ui, view: &View) {
    let palette = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(theme::MEDIUM, theme::GAP);
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
        let about = RichText::new(view.about.as_str())
            .text_style(TextStyle::Small)
            .color(palette.muted);
        ui.add(Label::new(about).extend());
        for (chip, words) in &view.chips {
            chip_text_ui(ui, *chip, words);
        }
    });
}
