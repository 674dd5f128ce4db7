//! The files that were open before, kept between two starts of the program.

use std::path::{Path, PathBuf};

use super::panels::start::Recent;
use crate::document::{read_file, write_atomic};

/// How many files are remembered.
const MOST: usize = 8;
/// A longer list is not one of ours.
const MOST_BYTES: usize = 64 * 1024;

/// The remembered files, the last one first.
#[derive(Default)]
pub struct RecentFiles {
    /// Where the list is kept; nowhere when the platform has no place for it.
    list: Option<PathBuf>,
    files: Vec<Recent>,
}

impl RecentFiles {
    /// The list that is kept in the file `list`. A list that cannot be read is empty: it is a convenience.
    pub fn load(list: Option<PathBuf>) -> Self {
        let text = list
            .as_deref()
            .and_then(|list| read_file(list, MOST_BYTES).ok())
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .unwrap_or_default();
        let files = text
            .lines()
            .filter(|line| !line.trim().is_empty())
            .take(MOST)
            .map(|line| Recent::of(Path::new(line)))
            .collect();
        Self { list, files }
    }

    /// The place where the platform keeps such a list.
    pub fn usual_place() -> Option<PathBuf> {
        directories::ProjectDirs::from("nl", "", "maatwerk")
            .map(|folders| folders.data_local_dir().join("recent.txt"))
    }

    /// The files, the last one first.
    pub fn files(&self) -> &[Recent] {
        &self.files
    }

    /// Puts a file in front.
    pub fn remember(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.files.retain(|file| file.path != path);
        self.files.insert(0, Recent::of(&path));
        self.files.truncate(MOST);
        self.keep();
    }

    /// Forgets a file that is no longer there.
    pub fn forget(&mut self, path: &Path) {
        self.files.retain(|file| file.path != path);
        self.keep();
    }

    fn keep(&self) {
        let Some(list) = &self.list else { return };
        let lines: Vec<String> = self
            .files
            .iter()
            .filter_map(|file| file.path.to_str())
            .map(str::to_owned)
            .collect();
        if let Some(folder) = list.parent() {
            // Without the list the program works all the same.
            let _ = std::fs::create_dir_all(folder);
        }
        let _ = write_atomic(list, lines.join("\n").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_file_comes_first_and_the_list_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("lijst").join("recent.txt");
        let mut recent = RecentFiles::load(Some(list.clone()));
        for name in ["a.ron", "b.ron", "a.ron"] {
            recent.remember(&folder.path().join(name));
        }
        let names = |recent: &RecentFiles| -> Vec<String> {
            recent
                .files()
                .iter()
                .map(|file| file.name.clone())
                .collect()
        };
        assert_eq!(names(&recent), ["a.ron", "b.ron"]);
        let mut again = RecentFiles::load(Some(list));
        assert_eq!(names(&again), ["a.ron", "b.ron"]);
        again.forget(&folder.path().join("a.ron"));
        assert_eq!(names(&again), ["b.ron"]);
    }
}
