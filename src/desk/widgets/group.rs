//! Controls that belong together: under a name that a screen reader says with each of them (the second care provider, one
//! factor of a norm), or on one line. It draws nothing.

use egui::accesskit::Role;
use egui::{Align, Layout, Ui, UiBuilder};

use crate::desk::theme;

/// Draws `contents` as the group called `name`.
pub fn group_ui<R>(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let group = UiBuilder::new().accessibility_role(Role::Group);
    ui.scope_builder(group, |ui| {
        let scope = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(scope, |node| node.set_label(name));
        contents(ui)
    })
    .inner
}

/// Fields beside each other, with their labels on one line, as far as they fit.
pub fn fields_ui(ui: &mut Ui, contents: impl FnOnce(&mut Ui)) {
    let layout = Layout::left_to_right(Align::Min).with_main_wrap(true);
    ui.vertical(|ui| {
        ui.with_layout(layout, |ui| {
            ui.spacing_mut().item_spacing.x = theme::LARGE;
            contents(ui);
        });
    });
}
