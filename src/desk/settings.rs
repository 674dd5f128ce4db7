//! What the window remembers between two starts: light or dark, how large, when it locks, and the files
//! that were open before.
//!
//! One small file of its own, apart from the settings that an administrator writes. It knows what is remembered, not when it
//! is written.

use std::path::{Path, PathBuf};

use egui::{Context, ThemePreference};
use serde::{Deserialize, Serialize};

use super::panels::start::Recent;
use super::theme;
use crate::document::{Problem, read_file, write_atomic};

/// How many files are remembered.
const MOST: usize = 8;
/// A larger file is not one of ours.
const MOST_BYTES: usize = 64 * 1024;

/// Which colours the window has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
enum Look {
    /// Those of the computer.
    #[default]
    System,
    Light,
    Dark,
}

/// What stands in the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    theme: Look,
    /// The zoom in percent.
    zoom: u8,
    /// After how many minutes without a key or the mouse the register locks.
    lock_after: u8,
    /// Whether a dossier is shown on one page instead of in steps.
    one_page: bool,
    /// The last file first.
    recent: Vec<PathBuf>,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            theme: Look::System,
            zoom: 100,
            lock_after: 15,
            one_page: false,
            recent: Vec::new(),
        }
    }
}

/// What is remembered.
#[derive(Default)]
pub struct Settings {
    /// The file; nowhere when the platform has no place for it.
    place: Option<PathBuf>,
    kept: Kept,
    /// What the file holds, or will once it is written.
    written: Kept,
    recent: Vec<Recent>,
}

impl Settings {
    /// What is remembered in the file `place`. A file that cannot be read counts as none: it is a convenience.
    pub fn load(place: Option<PathBuf>) -> Self {
        let text = place
            .as_deref()
            .and_then(|place| read_file(place, MOST_BYTES).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default();
        let mut kept: Kept = ron::from_str(&text).unwrap_or_default();
        kept.recent.truncate(MOST);
        let recent = kept.recent.iter().map(|path| Recent::of(path)).collect();
        Self {
            place,
            written: kept.clone(),
            kept,
            recent,
        }
    }

    /// Gives the window the colours and the size that it had.
    pub fn apply(&self, ctx: &Context) {
        ctx.set_theme(match self.kept.theme {
            Look::System => ThemePreference::System,
            Look::Light => ThemePreference::Light,
            Look::Dark => ThemePreference::Dark,
        });
        let zoom = f32::from(self.kept.zoom) / 100.0;
        ctx.set_zoom_factor(zoom.clamp(theme::LEAST_ZOOM, theme::MOST_ZOOM));
    }

    /// Remembers the colours and the size that the window has now.
    pub fn note(&mut self, ctx: &Context) {
        self.kept.theme = match ctx.options(|options| options.theme_preference) {
            ThemePreference::System => Look::System,
            ThemePreference::Light => Look::Light,
            ThemePreference::Dark => Look::Dark,
        };
        // Between 100 and 200, so it fits.
        self.kept.zoom = (ctx.zoom_factor() * 100.0).round() as u8;
    }

    /// After how many minutes without a key or the mouse the register locks: 5 to 60.
    pub fn lock_after(&self) -> u8 {
        self.kept.lock_after.clamp(5, 60)
    }

    /// Sets that.
    pub fn set_lock_after(&mut self, minutes: u8) {
        self.kept.lock_after = minutes.clamp(5, 60);
    }

    /// Whether a dossier is shown on one page instead of in steps.
    pub fn one_page(&self) -> bool {
        self.kept.one_page
    }

    /// Sets that.
    pub fn set_one_page(&mut self, one_page: bool) {
        self.kept.one_page = one_page;
    }

    /// The files that were open before, the last one first.
    pub fn recent(&self) -> &[Recent] {
        &self.recent
    }

    /// Puts a file in front.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        // A path that is no text cannot stand in the file.
        if path.to_str().is_none() {
            return;
        }
        self.kept.recent.retain(|file| *file != path);
        self.kept.recent.insert(0, path);
        self.kept.recent.truncate(MOST);
        self.show_recent();
    }

    /// Forgets a file that is no longer there.
    pub fn forget(&mut self, path: &Path) {
        self.kept.recent.retain(|file| file != path);
        self.show_recent();
    }

    fn show_recent(&mut self) {
        self.recent = self
            .kept
            .recent
            .iter()
            .map(|path| Recent::of(path))
            .collect();
    }

    /// The file and its text, when it must be written because something changed since it last was.
    pub fn to_write(&mut self) -> Option<(PathBuf, String)> {
        if self.kept == self.written {
            return None;
        }
        let place = self.place.clone()?;
        self.written = self.kept.clone();
        let text = ron::ser::to_string_pretty(&self.kept, ron::ser::PrettyConfig::default());
        Some((place, text.ok()?))
    }
}

/// Writes the file that is asked for by [`Settings::to_write`], in a folder that may not be there yet.
///
/// # Errors
/// Why it was not written; the program then works all the same.
pub fn write(place: &Path, text: &str) -> Result<(), Problem> {
    if let Some(folder) = place.parent() {
        // What went wrong here, goes wrong below and is told there.
        let _ = std::fs::create_dir_all(folder);
    }
    write_atomic(place, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(settings: &Settings) -> Vec<&str> {
        settings
            .recent()
            .iter()
            .map(|file| file.name.as_str())
            .collect()
    }

    fn frame(ctx: &Context) {
        let mut output = ctx.run_ui(egui::RawInput::default(), |_| {});
        output.textures_delta.clear();
    }

    #[test]
    fn files_colours_and_size_are_there_again_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("nieuw").join("venster.ron");
        let ctx = Context::default();
        let mut settings = Settings::load(Some(place.clone()));
        settings.apply(&ctx);
        settings.note(&ctx);
        assert_eq!(settings.to_write(), None, "nothing changed yet");
        for name in ["a.ron", "b.ron", "a.ron"] {
            settings.remember(&folder.path().join(name));
        }
        ctx.set_theme(ThemePreference::Dark);
        ctx.set_zoom_factor(1.75);
        // A zoom factor counts from the next frame on.
        frame(&ctx);
        settings.note(&ctx);
        let (path, text) = settings.to_write().unwrap();
        write(&path, &text).unwrap();
        assert_eq!(settings.to_write(), None, "it was written");

        let mut again = Settings::load(Some(place));
        assert_eq!(names(&again), ["a.ron", "b.ron"]);
        let later = Context::default();
        again.apply(&later);
        frame(&later);
        assert_eq!(
            later.options(|options| options.theme_preference),
            ThemePreference::Dark
        );
        assert!((later.zoom_factor() - 1.75).abs() < 0.001);
        again.forget(&folder.path().join("a.ron"));
        assert_eq!(names(&again), ["b.ron"]);
    }

    #[test]
    fn a_file_that_makes_no_sense_counts_as_none_and_one_of_a_later_version_is_read_as_far_as_known()
     {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("venster.ron");
        std::fs::write(&place, "(zoom: 999, theme: Pink").unwrap();
        assert_eq!(Settings::load(Some(place.clone())).kept, Kept::default());
        std::fs::write(&place, "(zoom: 150, sound: true)").unwrap();
        assert_eq!(Settings::load(Some(place)).kept.zoom, 150);
    }
}
