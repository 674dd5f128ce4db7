//! The right panel: what the chosen line costs, in one large figure, with everything behind it.

use egui::{Align, Response, ScrollArea, Ui};

use crate::desk::command::Command;
use crate::desk::theme;
use crate::desk::view::BudgetView;
use crate::desk::widgets::button::quiet_ui;
use crate::desk::widgets::figure::{card_ui, figures_ui, one_figure_ui};
use crate::desk::widgets::mark::{Chip, Origin, chip_ui, origin_ui};
use crate::desk::widgets::text::{heading_ui, message_ui, muted_ui};
use crate::desk::widgets::tree::{Unfolded, tree_ui};

/// Draws the budget, with the calculation in sight if it `shows` that; gives the command that was asked.
pub fn budget_ui(
    ui: &mut Ui,
    budget: &BudgetView,
    unfolded: &mut Unfolded,
    shows: bool,
) -> Option<Command> {
    let mut asked = None;
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            card_ui(ui, |ui| {
                one_figure_ui(ui, &budget.figure);
                if !budget.trace.is_empty() {
                    let origin = match budget.adjusted {
                        true => Origin::Adjusted,
                        false => Origin::Computed,
                    };
                    origin_ui(ui, origin, "Hoe, staat onder Berekening.");
                }
                if !budget.figure.note.is_empty() {
                    muted_ui(ui, &budget.figure.note);
                }
                if budget.example {
                    ui.add_space(theme::GAP);
                    chip_ui(ui, Chip::Example);
                }
                for (tone, words) in &budget.remarks {
                    message_ui(ui, *tone, words);
                }
            });
            if !budget.made_of.is_empty() {
                section_ui(ui, "Opbouw", "");
                figures_ui(ui, "Opbouw", &budget.made_of);
            }
            if !budget.views.is_empty() {
                section_ui(
                    ui,
                    "Omgerekend",
                    "Hetzelfde bedrag over een andere periode. Deze bedragen tellen niet op.",
                );
                figures_ui(ui, "Omgerekend", &budget.views);
            }
            if !budget.totals.is_empty() {
                section_ui(ui, "Totalen", "");
                figures_ui(ui, "Totalen", &budget.totals);
            }
            if !budget.compare.is_empty() {
                section_ui(
                    ui,
                    "Zorg in natura en pgb",
                    "Dezelfde regel per soort zorgverlener.",
                );
                figures_ui(ui, "Zorg in natura en pgb", &budget.compare);
            }
            if !budget.trace.is_empty() {
                let heading = section_ui(ui, "Berekening", "");
                if shows {
                    heading.scroll_to_me(Some(Align::Min));
                }
                if quiet_ui(ui, "Alles in- of uitklappen").clicked() {
                    asked = Some(Command::UnfoldCalculation);
                }
                tree_ui(ui, "Berekening", &budget.trace, unfolded);
            }
            for source in &budget.sources {
                muted_ui(ui, source);
            }
        });
    asked
}

fn section_ui(ui: &mut Ui, name: &str, about: &str) -> Response {
    ui.add_space(theme::SMALL);
    let heading = heading_ui(ui, name);
    if !about.is_empty() {
        muted_ui(ui, about);
    }
    heading
}
