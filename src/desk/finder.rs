//! Searching for a command by a part of its name: type, walk with the arrow keys, Enter does it, Esc goes back.

use egui::accesskit::Role;
use egui::{
    Context, Id, Key, Modifiers, ScrollArea, Sense, TextEdit, TextStyle, Ui, WidgetInfo, vec2,
};

use super::command::Command;
use super::theme::{self, Palette};
use super::widgets::dialog::sheet_ui;
use super::widgets::text::{heading_ui, line_of, lines_of, muted_ui};

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

/// Whether a command answers to what was typed: every word stands somewhere in its name, its help or what it
/// is called elsewhere.
fn answers(command: Command, typed: &str) -> bool {
    let called = called(command);
    let words = format!("{} {} {called}", command.name(), command.help()).to_lowercase();
    typed
        .to_lowercase()
        .split_whitespace()
        .all(|word| words.contains(word))
}

/// Other words for a command that people search with.
fn called(command: Command) -> &'static str {
    match command {
        Command::ScaleLine => "opschalen afschalen schaal hoger lager meer uren minder uren",
        Command::ExtendLine => "langer doorgaan",
        Command::EndLine => "stoppen stopzetten",
        Command::WithdrawLine => "ongedaan terugnemen",
        _ => "",
    }
}

impl Finder {
    /// Draws the search over everything else. `hindrance` says why a command is not possible now; such a one is shown with
    /// that, below those that can be done.
    pub fn show_ui(
        &mut self,
        ctx: &Context,
        hindrance: impl Fn(Command) -> Option<&'static str>,
    ) -> Found {
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
            let mut found: Vec<(Command, Option<&str>)> = Command::all()
                .filter(|command| answers(*command, &self.text))
                .map(|command| (command, hindrance(command)))
                .collect();
            found.sort_by_key(|(_, why)| why.is_some());
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
            let possible =
                |&(command, why): &(Command, Option<&str>)| why.is_none().then_some(command);
            let marked = found.get(self.marked);
            let mut chosen = marked.filter(|_| enter).and_then(possible);
            ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for (index, entry) in found.iter().enumerate() {
                    if entry_ui(ui, *entry, index == self.marked, up || down) {
                        chosen = possible(entry).or(chosen);
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

/// One command of the list, with why it is not possible if it is not; gives whether it was clicked.
fn entry_ui(
    ui: &mut Ui,
    (command, why): (Command, Option<&str>),
    marked: bool,
    moved: bool,
) -> bool {
    let palette = Palette::of(ui);
    let ink = match why {
        Some(_) => palette.muted,
        None => palette.text,
    };
    let width = ui.available_width();
    let name = line_of(ui, command.name(), &TextStyle::Body, ink);
    let keys = line_of(
        ui,
        &command.keys(ui.ctx()),
        &TextStyle::Small,
        palette.muted,
    );
    let why_not = why.map(|why| {
        let room = width - 2.0 * theme::MEDIUM;
        lines_of(ui, why, &TextStyle::Small, palette.muted, room)
    });
    let below = why_not.as_ref().map_or(0.0, |why| why.size().y);
    // The arrow keys come to what is not possible as well; Tab only to what can be done.
    let sense = why.map_or(Sense::click(), |_| Sense::CLICK);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 30.0 + below), sense);
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
    let middle = rect.top() + 15.0;
    let left = rect.left() + theme::MEDIUM;
    ui.painter()
        .galley(egui::pos2(left, middle - name.size().y / 2.0), name, ink);
    ui.painter().galley(
        egui::pos2(
            rect.right() - theme::MEDIUM - keys.size().x,
            middle - keys.size().y / 2.0,
        ),
        keys,
        palette.muted,
    );
    if let Some(why) = why_not {
        ui.painter()
            .galley(egui::pos2(left, rect.top() + 26.0), why, palette.muted);
    }
    response.widget_info(|| {
        let role = Role::ListBoxOption;
        match why {
            Some(why) => {
                let said = format!("{}, kan nu niet: {why}", command.name());
                WidgetInfo::selected(role, false, marked, said)
            }
            None => WidgetInfo::selected(role, true, marked, command.name()),
        }
    });
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
        for typed in "schaal,hoger,opschalen,afschalen,meer uren,lager".split(',') {
            assert!(answers(Command::ScaleLine, typed), "{typed}");
        }
        assert!(answers(Command::EndLine, "stoppen"));
    }
}
