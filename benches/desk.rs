//! How long the window works on one committed change: `cargo bench --locked --bench desk`.
//!
//! | benchmark | aim |
//! |---|---|
//! | `venster/wijziging met 40 regels` | a dossier of 40 lines evaluated anew and laid out in under 8 ms of one core, without rasterising |
//! | `venster/wijziging met 8 scenario's` | a rate in one of 8 scenarios of 6 care providers over 5 years: worked out anew and laid out in under 16 ms |
//!
//! A change is an end date or a rate that is committed with Tab: the frames from that key until the window stands still again.

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Event, Key, Modifiers, RawInput, Rect, pos2, vec2};
use jiff::civil::date;
use maatwerk::budget::Library;
use maatwerk::desk::app::Desk;
use maatwerk::desk::editing::Place;
use maatwerk::desk::settings::Settings;
use maatwerk::dossier::Dossier;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

const LINES: usize = 40;

/// A dossier of forty lines that follow each other, of two products by turns.
fn forty_lines() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/dossiers/voorbeeld.ron");
    let bytes = std::fs::read(file).expect("the example");
    let mut dossier = Dossier::read("voorbeeld.ron", &bytes).expect("a dossier");
    let two = dossier.provisions.clone();
    dossier.provisions.clear();
    for number in 0..LINES {
        let mut provision = two.get(number % two.len()).expect("one of two").clone();
        let year = 2018 + i16::try_from(number / two.len()).expect("a small number");
        provision.line.from = date(year, 1, 1);
        provision.line.to = Some(date(year, 12, 31));
        dossier.provisions.push(provision);
    }
    dossier.to_text().expect("it can be written")
}

/// A dossier of five years of household support with eight scenarios, each of six care providers that follow each other or
/// help beside each other.
fn eight_scenarios() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/scenarios/leiden-2018.ron");
    let bytes = std::fs::read(file).expect("the example");
    let mut dossier = Dossier::read("leiden-2018.ron", &bytes).expect("a dossier");
    dossier.provisions.truncate(1);
    dossier.provisions[0].line.to = Some(date(2022, 12, 31));
    let mut scenario = dossier.scenarios.get(1).expect("the second").clone();
    scenario.lines.truncate(1);
    let one = scenario.lines[0].hired[0].clone();
    scenario.lines[0].hired = (0..6)
        .map(|number| {
            let mut hired = one.clone();
            hired.name = format!("Helper {number}");
            hired.work[0].extent.volume = (20 + number).into();
            hired
        })
        .collect();
    dossier.scenarios = (0..8)
        .map(|number| {
            let mut scenario = scenario.clone();
            scenario.name = format!("Manier {number}");
            scenario
        })
        .collect();
    dossier.to_text().expect("it can be written")
}

struct Window {
    ctx: Context,
    desk: Desk,
    now: f64,
}

impl Window {
    fn open(dossier: &Path) -> Self {
        let library = Arc::new(Library::shipped().expect("the program's own files are sound"));
        let ctx = Context::default();
        let mut desk = Desk::new(
            library,
            date(2018, 3, 1),
            Settings::load(None),
            |_| Ok(()),
            Some(dossier.to_owned()),
            None,
        );
        desk.enter(&ctx);
        let mut window = Self {
            ctx,
            desk,
            now: 0.0,
        };
        while window.desk.document().is_none() {
            window.frame(Vec::new());
            std::thread::yield_now();
        }
        window.rest();
        window
    }

    /// One frame; gives whether the window wants another at once.
    fn frame(&mut self, events: Vec<Event>) -> bool {
        self.now += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            time: Some(self.now),
            events,
            focused: true,
            ..RawInput::default()
        };
        let desk = &mut self.desk;
        let mut output = self.ctx.run_ui(input, |ui| desk.show_ui(ui));
        // Nothing is drawn, so nothing of the textures is wanted.
        output.textures_delta.clear();
        black_box(output.shapes.len());
        let views = output.viewport_output.values();
        views.into_iter().any(|view| view.repaint_delay.is_zero())
    }

    /// Draws until nothing moves.
    fn rest(&mut self) {
        for _ in 0..30 {
            if !self.frame(Vec::new()) {
                return;
            }
        }
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        self.frame(vec![event(true), event(false)]);
        self.rest();
    }
}

/// Walks with Tab to a field.
fn walk_to(window: &mut Window, place: &str) {
    let field = Place::of_path(place).id();
    for _ in 0..90 {
        if window.ctx.memory(|memory| memory.has_focus(field)) {
            return;
        }
        window.press(Key::Tab, Modifiers::NONE);
    }
    panic!("Tab comes to {place}");
}

/// Types each text by turns in the field that has the keyboard, commits it with Tab, and measures from that key.
fn measure(c: &mut Criterion, name: &str, window: &mut Window, texts: [&str; 2]) {
    let mut texts = texts.into_iter().cycle();
    c.bench_function(name, |b| {
        b.iter_custom(|times| {
            let mut spent = Duration::ZERO;
            for _ in 0..times {
                let now = |window: &Window| {
                    let document = window.desk.document();
                    document.map(|document| document.now().clone())
                };
                let before = now(window);
                let text = texts.next().unwrap_or_default();
                window.frame(vec![Event::Text(text.to_owned())]);
                window.rest();
                let begun = Instant::now();
                window.press(Key::Tab, Modifiers::NONE);
                spent += begun.elapsed();
                assert_ne!(before, now(window), "the change was committed");
                window.press(Key::Tab, Modifiers::SHIFT);
            }
            spent
        });
    });
}

fn changes(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("veertig.ron");
    std::fs::write(&file, forty_lines()).expect("written");
    let mut window = Window::open(&file);
    let ctrl = Modifiers::COMMAND | Modifiers::CTRL;
    window.press(Key::PageDown, ctrl);
    window.press(Key::F6, Modifiers::NONE);
    walk_to(&mut window, "provisions[0].line.to");
    let days = ["30-11-2018", "31-12-2018"];
    measure(c, "venster/wijziging met 40 regels", &mut window, days);
}

fn scenarios(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("acht.ron");
    std::fs::write(&file, eight_scenarios()).expect("written");
    let mut window = Window::open(&file);
    window.press(Key::Num4, Modifiers::COMMAND | Modifiers::CTRL);
    let rate = "scenarios[0].lines[0].hired[0].work[0].rate.amount";
    walk_to(&mut window, rate);
    let rates = ["15,50", "16,50"];
    measure(c, "venster/wijziging met 8 scenario's", &mut window, rates);
}

criterion_group!(benches, changes, scenarios);
criterion_main!(benches);
