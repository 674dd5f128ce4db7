//! The real program in a real window on a virtual display, driven by the keyboard alone.
//!
//! Nothing here waits for a while: every step waits for the thing itself (the display, the window,
//! the end of the program). Without Xvfb and xdotool the test says so and stops, except in CI.

#![cfg(target_os = "linux")]

use jiff::Timestamp;
use maatwerk::dossier::Dossier;
use maatwerk::register::{
    Address, Base, DossierId, Effort, Journal, Passphrase, Pending, Register, Save,
};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use unchecked::not_checked;

#[path = "../register/unchecked.rs"]
mod unchecked;
mod whole;

/// A virtual display that ends with the test.
struct Display {
    server: Child,
    name: String,
    /// Milliseconds between two keys.
    pause: &'static str,
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
            pause: "60",
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

    /// Waits for the window and gives it the keyboard; answers which it is.
    fn take_keyboard(&self) -> String {
        let found = self.tool(&["search", "--sync", "--onlyvisible", "--name", "Maatwerk"]);
        let window = String::from_utf8(found.stdout).expect("a number");
        let window = window
            .lines()
            .next()
            .expect("the window is there")
            .to_owned();
        self.tool(&["windowfocus", "--sync", &window]);
        window
    }

    fn write(&self, text: &str) {
        let typed = self.tool(&["type", "--delay", self.pause, text]);
        assert!(typed.status.success(), "{text}");
    }

    fn press(&self, keys: &[&str]) {
        let mut words = vec!["key", "--delay", self.pause];
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
    if !all {
        not_checked("the real window, because Xvfb or xdotool is missing.");
    }
    all
}

/// The program with `file` open in a window that has the keyboard.
fn open(file: &Path, home: &Path, display: &Display) -> Child {
    let mut program = Command::new("timeout");
    program
        .arg("120")
        .arg(env!("CARGO_BIN_EXE_maatwerk"))
        .arg(file);
    let program = at_home(&mut program, home, display)
        .spawn()
        .expect("the program starts");
    display.take_keyboard();
    program
}

/// Has a program draw on this display, and keep everything in this folder.
fn at_home<'a>(program: &'a mut Command, home: &Path, display: &Display) -> &'a mut Command {
    program
        .env("DISPLAY", &display.name)
        .env_remove("WAYLAND_DISPLAY")
        // Without a session there is no dialog of the system: the path of a file is typed in the window itself.
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env_remove("XDG_RUNTIME_DIR")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", home)
        .env("XDG_DATA_HOME", home)
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
    display.write("Zonneveld");
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
        Err(_) => not_checked("the text of the letter, because pdftotext is missing."),
    }
}

const PHRASE: &str = "vier losse woorden samen";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_520_000_000 + second).expect("a moment")
}

/// The file of the register and that of unsaved work, where the platform has them.
fn files(home: &Path) -> [PathBuf; 2] {
    ["register.db", "onopgeslagen.db"].map(|name| home.join("maatwerk").join(name))
}

/// The register there, unlocked.
fn register(home: &Path) -> Register {
    let [file, _] = files(home);
    let mut register = Register::open(&Address::File(file)).expect("whole");
    let phrase = Passphrase::new(PHRASE).expect("a passphrase");
    register.unlock("Sanne", &phrase, at(1)).expect("unlocks");
    register
}

/// Makes it, with one dossier, of Naam1.
fn founded(home: &Path) -> DossierId {
    let [file, _] = files(home);
    let phrase = Passphrase::new(PHRASE).expect("a passphrase");
    let address = Address::File(file);
    let founded = Register::found(&address, "Sanne", &phrase, Effort::TRIAL, at(0));
    let mut dossier = read(&example(home));
    dossier.client.person.surname = "Naam1".to_owned();
    let save = Save {
        id: Register::new_id().expect("an id"),
        base: Base::NEW,
        dossier: &dossier,
        token: Register::new_id().expect("a token"),
        follows: None,
    };
    let saved = founded.expect("made").register.save(&save, at(0));
    saved.expect("saved");
    save.id
}

/// The number in a surname of this test.
fn number(dossier: &Dossier) -> usize {
    let name = dossier.client.person.surname.strip_prefix("Naam");
    name.and_then(|name| name.parse().ok())
        .expect("a name that was typed and committed as a whole")
}

/// The number in the name of the work that is offered.
fn offered(home: &Path) -> Option<usize> {
    let [_, file] = files(home);
    let mut register = register(home);
    let pending = Journal::open(&file).expect("whole").pending(&mut register);
    pending.expect("read").pop().map(|pending| match pending {
        Pending::Work(work) | Pending::Orphaned(work) => number(&work.dossier),
        Pending::Damaged(_) => panic!("work that was kept does not open"),
    })
}

/// The program with its register open, to be killed.
struct Victim {
    display: Display,
    program: Child,
    window: String,
}

impl Drop for Victim {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Victim {
    /// Starts it, unlocks the register and opens its only dossier.
    fn start(home: &Path) -> Self {
        let display = Display::start();
        let mut program = Command::new(env!("CARGO_BIN_EXE_maatwerk"));
        let program = at_home(&mut program, home, &display).stderr(Stdio::null());
        let program = program.spawn().expect("the program starts");
        let window = display.take_keyboard();
        let victim = Self {
            display,
            program,
            window,
        };
        let [file, _] = files(home);
        let lines = || {
            let mut register = Register::open(&Address::File(file.clone())).expect("whole");
            register.head().expect("read").seq
        };
        let before = lines();
        // What is typed before the door is there is lost, and then typed again.
        let unlocked = (0..20).any(|_| {
            victim.display.press(&["ctrl+BackSpace"]);
            victim.display.write(PHRASE);
            victim.display.press(&["Return"]);
            (0..500).any(|_| victim.title().is_some() && lines() > before)
        });
        assert!(unlocked, "the register is unlocked");
        let opened = (0..50).any(|_| {
            victim.display.press(&["Return"]);
            (0..500).any(|_| {
                victim
                    .title()
                    .is_some_and(|title| title.contains("dossier"))
            })
        });
        assert!(opened, "the dossier is open");
        victim
    }

    fn title(&self) -> Option<String> {
        let told = self.display.tool(&["getwindowname", &self.window]);
        let title = String::from_utf8(told.stdout).expect("text");
        assert!(!title.contains("Naam"), "whose dossier it is: {title}");
        told.status.success().then_some(title)
    }

    /// Waits until the title says that there is, or is no, work that is not saved.
    fn wait_for(&self, changed: bool) {
        let is_there = (0..2_000).any(|_| {
            self.title()
                .is_some_and(|title| title.starts_with('*') == changed)
        });
        assert!(
            is_there,
            "the title does not say that it is changed or not, {changed}: {:?}",
            self.title()
        );
    }

    /// Types the name with this number over the one that is there, and commits it.
    fn name(&self, number: usize) {
        self.display.press(&["ctrl+a"]);
        self.display.write(&format!("Naam{number}"));
        self.display.press(&["Return"]);
    }

    /// The same, saved when this returns.
    fn save(&self, number: usize) {
        self.name(number);
        self.wait_for(true);
        self.display.press(&["ctrl+s"]);
        self.wait_for(false);
    }
}

#[test]
fn a_window_that_is_killed_while_typing_and_saving_loses_nothing_that_it_saved() {
    if !possible() {
        return;
    }
    let kills = match std::env::var_os("MAATWERK_LONG") {
        Some(_) => 40,
        None => 4,
    };
    let moments = [
        "typing",
        "committing",
        "saving",
        "typing after work was kept",
    ];
    for kill in 0..kills {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        let id = founded(home);
        let mut victim = Victim::start(home);
        // Into the surname.
        victim.display.press(&["F6", "Tab", "Tab", "Tab"]);
        let saved = 2 + kill % 3;
        for number in 2..=saved {
            victim.save(number);
        }
        let last = saved + 1;
        let moment = moments[kill % moments.len()];
        match moment {
            "typing" => victim.display.write("Naa"),
            "committing" => victim.name(last),
            "saving" => {
                victim.name(last);
                victim.display.press(&["ctrl+s"]);
            }
            _ => {
                victim.name(last);
                assert!(
                    (0..2_000).any(|_| offered(home) == Some(last)),
                    "it is kept"
                );
                victim.display.write("Naa");
            }
        }
        let until = Instant::now() + Duration::from_micros(kill as u64 * 7_919 % 30_000);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        victim.program.kill().expect("killed");
        victim.program.wait().expect("ended");
        drop(victim);

        let in_register = register(home).peek(id, None).expect("there").dossier;
        let in_register = number(&in_register);
        let there = offered(home).unwrap_or(in_register);
        let least = match moment {
            "typing after work was kept" => last,
            _ => saved,
        };
        assert!(
            in_register >= saved && (least..=last).contains(&there),
            "{moment}: {saved} saved, {in_register} in the register, {there} offered"
        );
        if in_register < there {
            // At the next start the work is there again, and goes into the register. The program that was killed still
            // has the dossier for a while: past the four menus and what is said of it stands the offer to work on here.
            let victim = Victim::start(home);
            victim.display.press(&["Tab", "Tab", "Tab"]);
            victim.display.press(&["Tab", "Tab", "Tab", "Return"]);
            victim.wait_for(true);
            victim.display.press(&["ctrl+s"]);
            victim.wait_for(false);
            drop(victim);
            let saved = register(home).peek(id, None).expect("there").dossier;
            assert_eq!(number(&saved), there, "{moment}");
            assert_eq!(offered(home), None);
        }
        let checked = register(home).check(None).expect("checked");
        assert_eq!(checked.faults, []);
        println!("killed while {moment}: {in_register} in the register, {there} offered");
    }
    println!("{kills} kills of the window");
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
