//! The program in its window: it takes commands from keys, menus and panels, and carries them out.
//!
//! In a frame nothing is read from disk and nothing is evaluated; that happens when a command or a committed field asks for
//! it.

use eframe::{App, Frame as WindowFrame};
use egui::containers::menu::MenuBar;
use egui::{
    Button, CentralPanel, Context, Frame, Margin, Panel, ScrollArea, Theme, Ui, ViewportCommand,
};

use super::command::{Command, Menu};
use super::editing::Editing;
use super::finder::{Finder, Found};
use super::panels::start::{Asked, Recent, start_ui};
use super::theme::{self, Palette};

/// The window and everything that it shows.
#[derive(Default)]
pub struct Desk {
    editing: Editing,
    finder: Option<Finder>,
    recent: Vec<Recent>,
    /// A command that waits until the fields of this frame have committed.
    queued: Option<Command>,
}

impl Desk {
    /// An empty window; `recent` are the files that were open before, the last one first.
    pub fn new(ctx: &Context, recent: Vec<Recent>) -> Self {
        theme::install(ctx);
        Self {
            recent,
            ..Self::default()
        }
    }

    /// Whether `command` is possible now.
    fn can(&self, ctx: &Context, command: Command) -> bool {
        match command {
            Command::Quit | Command::FindCommand | Command::ToggleTheme => true,
            Command::ZoomIn => ctx.zoom_factor() < theme::MOST_ZOOM,
            Command::ZoomOut | Command::ZoomReset => ctx.zoom_factor() > theme::LEAST_ZOOM,
            _ => false,
        }
    }

    /// Carries out a command.
    fn run(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            Command::FindCommand => self.finder = Some(Finder::default()),
            Command::ToggleTheme => ctx.set_theme(match ctx.theme() {
                Theme::Light => Theme::Dark,
                Theme::Dark => Theme::Light,
            }),
            Command::ZoomIn => ctx.set_zoom_factor(theme::zoom_step(ctx.zoom_factor(), true)),
            Command::ZoomOut => ctx.set_zoom_factor(theme::zoom_step(ctx.zoom_factor(), false)),
            Command::ZoomReset => ctx.set_zoom_factor(theme::LEAST_ZOOM),
            _ => {}
        }
    }

    fn menu_ui(&mut self, ui: &mut Ui) {
        MenuBar::new().ui(ui, |ui| {
            for menu in Menu::ALL {
                ui.menu_button(menu.name(), |ui| {
                    for (index, group) in menu.groups().iter().enumerate() {
                        if index > 0 {
                            ui.separator();
                        }
                        for command in *group {
                            let entry =
                                Button::new(command.name()).shortcut_text(command.keys(ui.ctx()));
                            let response = ui.add_enabled(self.can(ui.ctx(), *command), entry);
                            if response.on_hover_text(command.help()).clicked() {
                                self.queued = Some(*command);
                            }
                        }
                    }
                });
            }
        });
    }

    /// Takes the command that was typed. A field that is being typed in loses the focus, so that it commits first.
    fn take_keys(&mut self, ctx: &Context) {
        if self.finder.is_some() {
            return;
        }
        let focused = ctx.memory(egui::Memory::focused);
        let typing = focused.filter(|id| self.editing.is_typing(*id));
        // Inside a text that is being typed, undo is about the typing.
        let mine = |command| typing.is_none() || !matches!(command, Command::Undo | Command::Redo);
        self.queued = Command::pressed(ctx, |command| mine(command) && self.can(ctx, command));
        if let (Some(_), Some(id)) = (self.queued, typing) {
            ctx.memory_mut(|memory| memory.surrender_focus(id));
        }
    }
}

impl App for Desk {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut WindowFrame) {
        let ctx = ui.ctx().clone();
        self.take_keys(&ctx);
        let palette = Palette::of(ui);
        Panel::top("menu")
            .frame(
                Frame::new()
                    .fill(palette.ground)
                    .inner_margin(Margin::symmetric(8, 2)),
            )
            .show(ui, |ui| self.menu_ui(ui));
        let frame = Frame::new()
            .fill(palette.surface)
            .inner_margin(Margin::symmetric(32, 12));
        CentralPanel::no_frame().frame(frame).show(ui, |ui| {
            let asked = ScrollArea::vertical()
                .auto_shrink([false, false])
                .show(ui, |ui| start_ui(ui, &self.recent))
                .inner;
            match asked {
                Some(Asked::Do(command)) => self.queued = Some(command),
                Some(Asked::Open(_)) | None => {}
            }
        });
        if let Some(mut finder) = self.finder.take() {
            match finder.show_ui(&ctx, |command| self.can(&ctx, command)) {
                Found::Nothing => self.finder = Some(finder),
                Found::Close => {}
                Found::Do(command) => self.queued = Some(command),
            }
        }
        if let Some(command) = self.queued.take() {
            self.run(&ctx, command);
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }
}
