//! What F1 tells: what belongs in a field, and where that stands.

use egui::{Context, Id, Key, Modifiers};

use crate::desk::help::FieldHelp;
use crate::desk::theme;
use crate::desk::widgets::button::primary_ui;
use crate::desk::widgets::dialog::sheet_ui;
use crate::desk::widgets::icon::Icon;
use crate::desk::widgets::text::{heading_ui, muted_ui, prose_ui};

/// Draws the help on the field called `label`; gives whether it was read.
pub fn help_ui(ctx: &Context, label: &str, help: Option<&FieldHelp>) -> bool {
    let (read, leaves) = sheet_ui(ctx, (Id::unique("help"), "Uitleg bij dit veld"), |ui| {
        ui.set_width(480.0_f32.min(ctx.content_rect().width() - theme::PART));
        heading_ui(ui, label);
        match help {
            Some(help) => {
                prose_ui(ui, &help.text);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = theme::GAP;
                    let colour = theme::Palette::of(ui).muted;
                    Icon::Book.show_ui(ui, 16.0, colour);
                    muted_ui(ui, &help.source);
                });
            }
            None => {
                prose_ui(
                    ui,
                    "Ga naar een veld en druk op F1. Dan staat hier wat erin hoort.",
                );
            }
        }
        ui.add_space(theme::SMALL);
        let done = primary_ui(ui, "Terug naar het veld");
        if ui.memory(|memory| memory.focused().is_none()) {
            done.request_focus();
        }
        done.clicked()
    });
    read || leaves || ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F1))
}
