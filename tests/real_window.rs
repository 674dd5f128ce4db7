//! The real program in a real window on a virtual display, driven by the keyboard alone.
//!
//! Nothing here waits for a while: every step waits for the thing itself (the display, the window,
//! the end of the program). Without Xvfb and xdotool the test says so and stops, except in CI.

#![cfg(target_os = "linux")]

use maatwerk::dossier::Dossier;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A virtual display that ends with the test.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1280x800x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        let out = server.stdout.take().expect("Xvfb says its number");
        BufReader::new(out)
            .read_line(&mut number)
            .expect("a number");
        Self {
            server,
            name: format!(":{}", number.trim()),
        }
    }

    fn tool(&self, words: &[&str]) -> Output {
        Command::new("timeout")
            .arg("60")
            .arg("xdotool")
            .args(words)
            .env("DISPLAY", &self.name)
            .output()
            .expect("xdotool runs")
    }

    fn press(&self, keys: &[&str]) {
        let mut words = vec!["key", "--delay", "60"];
        words.extend(keys);
        assert!(self.tool(&words).status.success(), "{keys:?}");
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn possible() -> bool {
    let has = |tool: &str| {
        let found = Command::new("which")
            .arg(tool)
            .stdout(Stdio::null())
            .status();
        found.is_ok_and(|status| status.success())
    };
    let all = ["Xvfb", "xdotool", "timeout"].into_iter().all(has);
    assert!(
        all || std::env::var_os("CI").is_none(),
        "CI has Xvfb and xdotool"
    );
    if !all {
        println!("NOT CHECKED: the real window, because Xvfb or xdotool is missing.");
    }
    all
}

/// The program with `file` open in a window that has the keyboard.
fn open(file: &Path, home: &Path, display: &Display) -> Child {
    let program = Command::new("timeout")
        .arg("120")
        .arg(env!("CARGO_BIN_EXE_maatwerk"))
        .arg(file)
        .env("DISPLAY", &display.name)
        .env_remove("WAYLAND_DISPLAY")
        // Without a session there is no dialog of the system: the path of a file is typed in the window itself.
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("XDG_DATA_HOME", home)
        .spawn()
        .expect("the program starts");
    let found = display.tool(&["search", "--sync", "--onlyvisible", "--name", "Maatwerk"]);
    let window = String::from_utf8(found.stdout).expect("a number");
    let window = window
        .lines()
        .next()
        .expect("the window is there")
        .to_owned();
    display.tool(&["windowfocus", "--sync", &window]);
    program
}

/// An example dossier that may be written to, in `home`.
fn example(home: &Path) -> PathBuf {
    let file = home.join("dossier.ron");
    std::fs::copy("fixtures/dossiers/voorbeeld.ron", &file).expect("an example");
    file
}

fn read(file: &Path) -> Dossier {
    Dossier::read("dossier.ron", &std::fs::read(file).expect("a file")).expect("a dossier")
}

#[test]
fn a_line_is_duplicated_and_saved_with_the_keyboard_alone() {
    if !possible() {
        return;
    }
    let home = tempfile::tempdir().expect("a folder");
    let file = example(home.path());
    let before = read(&file);
    let display = Display::start();
    let mut program = open(&file, home.path(), &display);
    // To the first line, duplicate it, save, close.
    display.press(&["ctrl+Next", "ctrl+d", "ctrl+s", "ctrl+q"]);
    assert_eq!(program.wait().expect("the program ends").code(), Some(0));
    assert_eq!(read(&file).provisions.len(), before.provisions.len() + 1);
}

#[test]
fn a_name_is_typed_saved_and_printed_with_the_keyboard_alone() {
    if !possible() {
        return;
    }
    let home = tempfile::tempdir().expect("a folder");
    let file = example(home.path());
    let letter = file.with_extension("pdf");
    let display = Display::start();
    let mut program = open(&file, home.path(), &display);
    // Into the form, past initials and prefix; what is there is replaced.
    display.press(&["F6", "Tab", "Tab", "Tab"]);
    let typed = display.tool(&["type", "--delay", "60", "Zonneveld"]);
    assert!(typed.status.success());
    display.press(&["Return", "ctrl+s", "ctrl+p"]);
    // Enter agrees with the path as soon as it is asked for; before and after that it does nothing.
    let is_there = (0..100).any(|_| {
        display.press(&["Return"]);
        letter.is_file()
    });
    assert!(is_there, "the letter is on disk");
    display.press(&["ctrl+q"]);
    assert_eq!(program.wait().expect("the program ends").code(), Some(0));
    assert_eq!(read(&file).client.person.surname, "Zonneveld");
    let bytes = std::fs::read(&letter).expect("the letter");
    assert!(bytes.starts_with(b"%PDF"));
    let text = Command::new("pdftotext").arg(&letter).arg("-").output();
    match text {
        Ok(text) => assert!(String::from_utf8_lossy(&text.stdout).contains("Zonneveld")),
        Err(_) => {
            assert!(std::env::var_os("CI").is_none(), "CI has pdftotext");
            println!("NOT CHECKED: the text of the letter, because pdftotext is missing.");
        }
    }
}

#[test]
fn without_a_display_one_line_names_the_command_line() {
    let output = Command::new(env!("CARGO_BIN_EXE_maatwerk"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("text");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("maatwerk bereken"), "{said}");
}
