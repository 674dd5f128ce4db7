//! Rules of the house that a compiler does not check, read from the source text itself.
//!
//! They keep the rooms in order (who may know whom), floats away from amounts, and this machine's paths out of the
//! repository. They know nothing of what the program calculates.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms and their floors: a room may name rooms on lower floors only, and none on its own.
const ROOMS: &[(&str, u8)] = &[
    ("quantity", 0),
    ("calendar", 0),
    ("trace", 1),
    ("document", 1),
    ("plain", 2),
    ("texts", 2),
    ("national", 2),
    ("norms", 2),
    ("catalogue", 3),
    ("indication", 4),
    ("budget", 5),
    ("dossier", 6),
    ("scenario", 7),
    ("register", 7),
    ("letter", 8),
    ("settings", 8),
    ("examples", 8),
    ("printing", 8),
    ("desk", 9),
    ("cli", 9),
];

/// The rooms where a float would be a wrong amount sooner or later.
const EXACT_ROOMS: &[&str] = &[
    "quantity",
    "calendar",
    "trace",
    "catalogue",
    "national",
    "norms",
    "indication",
    "budget",
    "dossier",
    "scenario",
    "register",
];

/// The ends of names of the files that people read and write here.
const TEXT_ENDS: &[&str] = &[
    "rs", "ron", "toml", "md", "json", "sh", "txt", "csv", "yml", "html",
];

fn house() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files under `folder`, sorted, without what is built or belongs to git.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of the repository can be read") {
            let path = entry.expect("an entry can be read").path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            if path.is_dir() {
                if !matches!(name, "target" | ".git" | "look-out") {
                    open.push(path);
                }
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(PathBuf, String)> {
    files_under(&house().join("src"))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file is UTF-8");
            (path, text)
        })
        .collect()
}

/// The path as written in the repository, with forward slashes everywhere.
fn shown(path: &Path) -> String {
    path.strip_prefix(house())
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}

/// The room a source file belongs to: `src/letter/pdf.rs` and `src/letter.rs` are both `letter`.
fn room_of(path: &Path) -> Option<&'static (&'static str, u8)> {
    let shown = shown(path);
    let first = shown
        .strip_prefix("src/")?
        .split('/')
        .next()?
        .trim_end_matches(".rs");
    ROOMS.iter().find(|(name, _)| *name == first)
}

/// The line without its `//` comment. A `//` inside a text, as in a web address, also ends it: no rule here minds.
fn code_of(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// The words of a line of code: runs of letters, digits and underscores.
fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
}

/// The names directly after `crate::` in a source text, `crate::{a::b, c}` taken apart.
fn names_after_crate(source: &str) -> Vec<String> {
    let code = source.lines().map(code_of).collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 1;
            let mut at_start = true;
            let mut name = String::new();
            for letter in group.chars() {
                match letter {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
                if depth == 1 && letter == ',' {
                    names.push(std::mem::take(&mut name));
                    at_start = true;
                } else if at_start && (letter.is_alphanumeric() || letter == '_') {
                    name.push(letter);
                } else if !letter.is_whitespace() {
                    at_start = false;
                }
            }
            names.push(name);
        } else {
            names.extend(words(rest).next().map(str::to_owned));
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn every_source_file_begins_by_saying_what_it_is_for() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| shown(&path))
        .collect();
    assert!(
        silent.is_empty(),
        "no `//!` on the first line of: {silent:#?}"
    );
}

#[test]
fn every_room_is_on_the_list_of_floors() {
    let library = fs::read_to_string(house().join("src/lib.rs")).expect("src/lib.rs can be read");
    let mut homeless = Vec::new();
    for line in library.lines() {
        if let Some(name) = line
            .trim()
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
            && !ROOMS.iter().any(|(room, _)| *room == name)
        {
            homeless.push(name.to_owned());
        }
    }
    assert!(
        homeless.is_empty(),
        "give these rooms a floor in tests/house.rs: {homeless:?}"
    );
}

#[test]
fn a_room_names_only_rooms_on_lower_floors() {
    let mut wrong = String::new();
    for (path, text) in sources() {
        let Some((room, floor)) = room_of(&path) else {
            continue;
        };
        for name in names_after_crate(&text) {
            let allowed = match ROOMS.iter().find(|(other, _)| *other == name) {
                Some((other, its_floor)) => other == room || its_floor < floor,
                // Something that stands in lib.rs itself belongs to no room.
                None => false,
            };
            if !allowed {
                let _ = writeln!(
                    wrong,
                    "{}: `{room}` may not use `crate::{name}`",
                    shown(&path)
                );
            }
        }
    }
    assert!(wrong.is_empty(), "arrows point down only:\n{wrong}");
}

#[test]
fn no_float_comes_near_an_amount() {
    let mut wrong = String::new();
    for (path, text) in sources() {
        let Some((room, _)) = room_of(&path) else {
            continue;
        };
        if !EXACT_ROOMS.contains(room) {
            continue;
        }
        for (index, line) in text.lines().enumerate() {
            let code = code_of(line);
            // A reader of data may have to say how it refuses a float.
            if words(code).any(|word| word == "f32" || word == "f64") && !code.contains("visit_f") {
                let _ = writeln!(wrong, "{}:{}: {}", shown(&path), index + 1, line.trim());
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "floats in rooms that hold amounts:\n{wrong}"
    );
}

#[test]
fn no_text_names_a_path_of_the_machine_it_was_made_on() {
    let folders: [String; 4] = ["work", "tmp", "home", "root"].map(|folder| format!("/{folder}/"));
    let mut wrong = String::new();
    for path in files_under(house()) {
        let end = path
            .extension()
            .and_then(|end| end.to_str())
            .unwrap_or_default();
        if !TEXT_ENDS.contains(&end) && path.file_name().is_some_and(|name| name != "Makefile") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for (index, line) in text.lines().enumerate() {
            for folder in &folders {
                // Inside a longer path or a web address it is another folder.
                let rooted = line.match_indices(folder.as_str()).any(|(at, _)| {
                    !line
                        .get(..at)
                        .and_then(|before| before.chars().next_back())
                        .is_some_and(|before| {
                            before.is_alphanumeric()
                                || matches!(before, '.' | '_' | '-' | '~' | '}' | ')')
                        })
                });
                if rooted {
                    let _ = writeln!(wrong, "{}:{}: {}", shown(&path), index + 1, line.trim());
                }
            }
        }
    }
    assert!(wrong.is_empty(), "paths of one machine:\n{wrong}");
}

/// The tests that a page names: every second piece stands between backticks, and the name is what stands last in it.
fn tests_named(page: &str) -> impl Iterator<Item = &str> {
    let named = page.split('`').skip(1).step_by(2);
    named
        .filter_map(|named| named.rsplit([' ', ':']).next())
        .filter(|name| name.matches('_').count() > 2)
}

/// All code in which a test may stand.
fn code_with_tests() -> Vec<String> {
    let mut code: Vec<String> = sources().into_iter().map(|(_, source)| source).collect();
    for file in files_under(&house().join("tests")) {
        if file.extension().is_some_and(|end| end == "rs") {
            code.push(fs::read_to_string(file).expect("a test"));
        }
    }
    code
}

fn assert_tests_are_there(names: &[&str]) {
    let code = code_with_tests();
    for name in names {
        let head = format!("fn {name}(");
        assert!(code.iter().any(|source| source.contains(&head)), "{name}");
    }
}

#[test]
fn every_test_that_the_page_of_the_register_names_is_there() {
    let page = fs::read_to_string(house().join("docs/register.md")).expect("a page");
    let tables = page
        .split("## What is promised")
        .nth(1)
        .expect("its tables");
    let names: Vec<&str> = tests_named(tables).collect();
    assert!(names.len() > 50, "{names:?}");
    assert_tests_are_there(&names);
}

#[test]
fn every_clause_of_the_standards_of_letters_has_a_test_that_is_there() {
    for name in ["docs/pdf-ua-1.md", "docs/pdf-a-2a.md"] {
        let page = fs::read_to_string(house().join(name)).expect("a page");
        let clauses = page.lines().filter(|line| {
            let first = line.strip_prefix("| ");
            first.is_some_and(|first| first.starts_with(|one: char| one.is_ascii_digit()))
        });
        let clauses: Vec<&str> = clauses.collect();
        assert!(clauses.len() > 20, "{name}: {}", clauses.len());
        for clause in clauses {
            let held = clause.rsplit(" | ").next().unwrap_or_default();
            let names: Vec<&str> = tests_named(held).collect();
            assert!(
                !names.is_empty() || held.starts_with("the same two"),
                "{clause}"
            );
            assert_tests_are_there(&names);
        }
    }
}

#[test]
fn the_versions_of_all_libraries_are_pinned() {
    let lock = fs::read_to_string(house().join("Cargo.lock"))
        .expect("Cargo.lock is part of the repository");
    assert!(
        lock.contains("name = \"maatwerk\""),
        "Cargo.lock is not the one of this package"
    );
    let ignored = fs::read_to_string(house().join(".gitignore")).expect(".gitignore can be read");
    assert!(
        !ignored
            .lines()
            .any(|line| line.trim().ends_with("Cargo.lock")),
        "Cargo.lock must be committed"
    );
}

#[test]
fn the_names_in_a_grouped_import_are_all_seen() {
    let source = "use crate::{quantity::{Euro, Minutes}, calendar};\nlet x = crate::budget::evaluate(); // crate::desk";
    assert_eq!(
        names_after_crate(source),
        ["quantity", "calendar", "budget"]
    );
}
