//! The window: screens, panels and controls of our own on egui, with every key and word in Dutch.
//!
//! It shows what the rooms below have worked out and never computes an amount itself. Floats are pixels here and nothing
//! else.

pub mod app;
pub mod command;
pub mod disk;
pub mod document;
pub mod editing;
pub mod files;
pub mod finder;
pub mod forms;
pub mod help;
pub mod history;
pub mod home;
pub mod keeper;
pub mod keys;
pub mod left;
#[cfg(test)]
mod testing;
pub mod panels;
pub mod settings;
pub mod shell;
pub mod showing;
pub mod sight;
pub mod theme;
pub mod typing;
pub mod view;
pub mod widgets;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{IconData, ViewportBuilder, vec2};
use jiff::Zoned;
use jiff::civil::Date;

use crate::budget::Library;
use crate::printing::Printer;

/// Why there is no window, as one line in Dutch that names the way without one.
#[derive(Debug)]
pub struct NoWindow(String);

impl fmt::Display for NoWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(why) = self;
        write!(
            f,
            "{why}. Reken zonder venster met: maatwerk bereken DOSSIER"
        )
    }
}

impl std::error::Error for NoWindow {}

/// Opens the window, with the dossier in the file `dossier` or without one, and stays in it until it is closed.
///
/// `library` holds the catalogues and norm sets, those of the municipality's folder included; it is
/// worked out for `today`, which the window then says, else for the day of the `clock`, also when that changes while it is open; `settings` is the file where the window keeps its looks and its recent files, or nothing where it
/// keeps none; `register` says where the register is, or nothing where the window works on loose files only;
/// `printer` is the way to the printer.
///
/// # Errors
/// When this computer has no display, or its display cannot show a window.
pub fn open(
    dossier: Option<PathBuf>,
    library: Library,
    (today, clock): (Option<Date>, fn() -> Zoned),
    settings: Option<PathBuf>,
    register: Option<keeper::Home>,
    printer: Option<Printer>,
) -> Result<(), NoWindow> {
    if !has_display(|name| std::env::var_os(name)) {
        return Err(NoWindow(
            "Er is geen beeldscherm, dus het venster kan niet open".to_owned(),
        ));
    }
    let viewport = ViewportBuilder::default()
        .with_title("Maatwerk")
        .with_app_id("maatwerk")
        .with_inner_size(vec2(1280.0, 760.0))
        .with_min_inner_size(vec2(480.0, 320.0))
        .with_icon(IconData::default());
    let options = eframe::NativeOptions {
        viewport,
        // Said here because a library of the tests brings a second renderer along, which would then be the one tested.
        renderer: eframe::Renderer::Glow,
        // All characters that the program shows are in its own typeface.
        system_font_fallback: false,
        persist_window: false,
        dithering: false,
        ..eframe::NativeOptions::default()
    };
    let settings = settings::Settings::load(settings);
    let mut desk = app::Desk::new(
        Arc::new(library),
        today.unwrap_or_else(|| clock().date()),
        settings,
        |path| open::that_detached(path),
        dossier,
        register,
    );
    if let Some(printer) = printer {
        desk.print_with(printer);
    }
    eframe::run_native(
        "maatwerk",
        options,
        Box::new(move |creation| {
            desk.enter(&creation.egui_ctx);
            match today {
                Some(_) => desk.stay(),
                None => desk.go_by(clock),
            }
            Ok(Box::new(desk))
        }),
    )
    .map_err(|error| NoWindow(why_not(&error).to_owned()))
}

/// Why the platform gave no window, in words for people.
fn why_not(error: &eframe::Error) -> &'static str {
    use eframe::Error as E;
    if matches!(error, E::Winit(_) | E::WinitEventLoop(_)) {
        "Het beeldscherm antwoordt niet, dus het venster kan niet open"
    } else if matches!(error, E::Glutin(_) | E::NoGlutinConfigs(..) | E::OpenGL(_)) {
        "Deze computer kan niet tekenen met OpenGL, dus het venster kan niet open"
    } else {
        "Het venster kan niet open"
    }
}

/// Whether there is a display to open a window on. `variable` reads the environment.
pub fn has_display(variable: impl Fn(&str) -> Option<std::ffi::OsString>) -> bool {
    !cfg!(all(unix, not(target_os = "macos")))
        || ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
            .into_iter()
            .any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_without_a_window_names_the_command_line() {
        let line = NoWindow("Er is geen beeldscherm, dus het venster kan niet open".to_owned())
            .to_string();
        assert_eq!(
            line,
            "Er is geen beeldscherm, dus het venster kan niet open. Reken zonder venster met: maatwerk bereken DOSSIER"
        );
        assert!(!line.contains('\n'));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_empty_variable_is_no_display() {
        assert!(!has_display(|_| None));
        assert!(!has_display(|_| Some("".into())));
        assert!(has_display(|name| (name == "DISPLAY").then(|| ":0".into())));
        assert!(has_display(
            |name| (name == "WAYLAND_DISPLAY").then(|| "wayland-0".into())
        ));
    }
}
