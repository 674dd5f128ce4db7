//! Searching for a command by a part of its name: type, walk with the arrow keys, Enter does it, Esc goes back.

use egui::accesskit::Role;
use egui::{
    Context, Id, Key, Modifiers, ScrollArea, Sense, TextEdit, TextStyle, Ui, WidgetInfo, vec2,
};

use super::command::Command;
use super::theme::{self, Palette};
use super::widgets::dialog::sheet_ui;
use super::widgets::text::{heading_ui, line_of, muted_ui};

/// An open search.
#[derive(Default)]
pub struct Finder {
    text: String,
    marked: usize,
    is_known: bool,
}

/// What came of the search in this frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// The search goes on.
    Nothing,
    /// Do this and close.
    Do(Command),
    /// Close.
    Close,
}

/// Whether a command answers to what was typed: every word stands somewhere in its name or help.
fn answers(command: Command, typed: &str) -> bool {
    let words = format!("{} {}", command.name(), command.help()).to_lowercase();
    typed
        .to_lowercase()
        .split_whitespace()
        .all(|word| words.contains(word))
}

impl Finder {
    /// Draws the search over everything else. `can` says which commands are possible now.
    pub fn show_ui(&mut self, ctx: &Context, can: impl Fn(Command) -> bool) -> Found {
        let id = Id::unique("finder");
        let (chosen, leaves) = sheet_ui(ctx, (id, "Opdracht zoeken"), |ui| {
            ui.set_width(480.0_f32.min(ctx.content_rect().width() - theme::PART));
            let name = heading_ui(ui, "Opdracht zoeken");
            // The arrow keys move through the list, not through the text.
            let (up, down, enter) = ui.input_mut(|input| {
                let mut typed = |key| input.consume_key(Modifiers::NONE, key);
                (
                    typed(Key::ArrowUp),
                    typed(Key::ArrowDown),
                    typed(Key::Enter),
                )
            });
            let field = ui.add(
                TextEdit::singleline(&mut self.text)
                    .desired_width(f32::INFINITY)
                    .hint_text("Typ een deel van de naam"),
            );
            let field = field.labelled_by(name.id);
            if !self.is_known {
                self.is_known = true;
                field.request_focus();
            }
            if field.changed() {
                self.marked = 0;
                // The first letter takes the place of the hint in the next frame.
                ui.ctx().request_repaint();
            }
            let found: Vec<Command> = Command::all()
                .filter(|command| can(*command) && answers(*command, &self.text))
                .collect();
            let last = found.len().saturating_sub(1);
            if up {
                self.marked = self.marked.checked_sub(1).unwrap_or(last);
            }
            if down {
                self.marked = if self.marked >= last {
                    0
                } else {
                    self.marked.saturating_add(1)
                };
            }
            if found.is_empty() {
                muted_ui(ui, "Geen opdracht gevonden. Typ een ander woord.");
            }
            let mut chosen = enter.then(|| found.get(self.marked).copied()).flatten();
            ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, command) in found.iter().enumerate() {
                    if entry_ui(ui, *command, index == self.marked, up || down) {
                        chosen = Some(*command);
                    }
                }
            });
            chosen
        });
        match chosen {
            Some(command) => Found::Do(command),
            None if leaves => Found::Close,
            None => Found::Nothing,
        }
    }
}

/// One command of the list; gives whether it was clicked.
fn entry_ui(ui: &mut Ui, command: Command, marked: bool, moved: bool) -> bool {
    let palette = Palette::of(ui);
    let name = line_of(ui, command.name(), &TextStyle::Body, palette.text);
    let keys = line_of(
        ui,
        &command.keys(ui.ctx()),
        &TextStyle::Small,
        palette.muted,
    );
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), Sense::click());
    if marked || response.hovered() {
        ui.painter().rect_filled(rect, 4.0, palette.accent.soft);
    }
    if marked {
        ui.painter().rect_filled(
            egui::Rect::from_min_size(rect.min, vec2(3.0, rect.height())),
            0.0,
            palette.accent.strong,
        );
        if moved {
            response.scroll_to_me(None);
        }
    }
    let middle = rect.center().y;
    ui.painter().galley(
        egui::pos2(rect.left() + 12.0, middle - name.size().y / 2.0),
        name,
        palette.text,
    );
    ui.painter().galley(
        egui::pos2(
            rect.right() - 12.0 - keys.size().x,
            middle - keys.size().y / 2.0,
        ),
        keys,
        palette.muted,
    );
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, marked, command.name()));
    response.on_hover_text(command.help()).clicked()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_found_by_parts_of_its_name_or_help_in_any_order() {
        assert!(answers(Command::AddLine, "toevoegen regel"));
        assert!(answers(Command::MakeLetter, "PDF"));
        assert!(answers(Command::New, ""));
        assert!(!answers(Command::New, "brief"));
    }
}
