//! Controls that belong together, under a name that a screen reader says with each of them: the second care provider, one
//! factor of a norm. It draws nothing.

use egui::accesskit::Role;
use egui::{Ui, UiBuilder};

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
