//! How fast the work goes: `cargo bench --locked`. The measured figures stand in the README with machine and command.
//!
//! | benchmark | aim |
//! |---|---|
//! | `gegevens laden` | all catalogues, norm sets and tables in under 20 ms |
//! | `regel/zonder berekening` | 750,000 lines a second on one core |
//! | `regel/met berekening` | 150,000 lines a second on one core |
//! | `dossiers lezen/10000` | 10,000 dossiers of one line, about 3 kB each, in under 0.5 s on both cores |
//! | `brieven/een brief` | 1,250 tagged pages of letter a second on one core |
//! | `brieven/alle kernen` | 2,500 tagged pages of letter a second on two cores |
//!
//! A line is one provision over one year with one change of tariff, all views and totals.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use maatwerk::budget::{Inputs, Library, evaluate};
use maatwerk::catalogue::SourceFile;
use maatwerk::document::read_text;
use maatwerk::dossier::Dossier;
use maatwerk::indication::Line;
use maatwerk::letter;
use maatwerk::trace::{Recorder, Silent};
use rayon::prelude::*;
use std::hint::black_box;
use std::time::Duration;

fn loading(c: &mut Criterion) {
    c.bench_function("gegevens laden", |b| {
        b.iter(|| Library::shipped().expect("the program's own files are sound"));
    });
}

/// A tariff that changes on 1 July, with a percentage, roundings and a ceiling.
const LINE: &str = r#"(
    product: "hulp",
    choices: {"severity": (value: "midden")},
    from: "2018-01-01",
    to: "2018-12-31",
    hours: [(hours: Typed([(volume: "174", unit: Minute, per: Week)]))],
    delivery: Pgb(providers: [(kind: "informeel")]),
)"#;

fn lines(c: &mut Criterion) {
    let files = [
        SourceFile {
            name: "proef.ron",
            text: include_str!("../fixtures/catalogues/proef.ron"),
        },
        SourceFile {
            name: "proefgemeente.ron",
            text: include_str!("../fixtures/catalogues/proefgemeente.ron"),
        },
    ];
    let library = Library::of(&files).expect("the test catalogue is sound");
    let line: Line = read_text("regel", LINE).expect("the line is sound");
    let inputs = Inputs {
        library: &library,
        municipality: "9999",
        calculation_date: line.from,
        decision_date: None,
    };
    let budget = evaluate(&inputs, &line, &mut Silent);
    assert!(budget.problems.is_empty() && budget.segments.len() == 2);
    let mut group = c.benchmark_group("regel");
    group.throughput(Throughput::Elements(1));
    group.bench_function("zonder berekening", |b| {
        b.iter(|| evaluate(&inputs, black_box(&line), &mut Silent));
    });
    let mut recorder = Recorder::default();
    group.bench_function("met berekening", |b| {
        b.iter(|| {
            recorder.trace.clear();
            evaluate(&inputs, black_box(&line), &mut recorder)
        });
    });
    group.finish();
}

fn reading(c: &mut Criterion) {
    const COUNT: u32 = 10_000;
    let example = include_bytes!("../fixtures/dossiers/voorbeeld.ron");
    let mut dossier = Dossier::read("voorbeeld.ron", example).expect("the example is sound");
    dossier.provisions.truncate(1);
    let texts: Vec<String> = (0..COUNT)
        .map(|number| {
            dossier.number = format!("2018-{number:05}");
            dossier.to_text().expect("a dossier can be written")
        })
        .collect();
    let mut group = c.benchmark_group("dossiers lezen");
    group.sample_size(10);
    group.measurement_time(Duration::from_secs(10));
    group.throughput(Throughput::Elements(u64::from(COUNT)));
    group.bench_function("10000", |b| {
        b.iter(|| {
            let read = |text: &String| Dossier::read("dossier.ron", text.as_bytes()).is_ok();
            assert!(texts.par_iter().all(read));
        });
    });
    group.finish();
}

/// From an evaluated dossier to the bytes of its letter. The throughput counts pages. The typeface is read before the
/// first one.
fn letters(c: &mut Criterion) {
    let library = Library::shipped().expect("the program's own files are sound");
    let example = include_bytes!("../fixtures/dossiers/voorbeeld.ron");
    let dossier = Dossier::read("voorbeeld.ron", example).expect("the example is sound");
    let day = dossier.dates.decision.expect("the example has a decision");
    let evaluation = dossier.evaluate(&library, day);
    let made =
        || letter::grant(&dossier, &evaluation, &library, None).expect("the example has a letter");
    let pages = made().pages().expect("the letter has pages").pages.len();
    let mut group = c.benchmark_group("brieven");
    let pages = u64::try_from(pages).unwrap_or(u64::MAX);
    group.throughput(Throughput::Elements(pages));
    group.bench_function("een brief", |b| {
        b.iter(|| made().to_pdf().expect("the letter can be written"));
    });
    const MANY: u64 = 100;
    group.throughput(Throughput::Elements(pages.saturating_mul(MANY)));
    group.bench_function("alle kernen", |b| {
        b.iter(|| {
            let sizes = (0..MANY).into_par_iter().map(|_| {
                let letter = made().to_pdf().expect("the letter can be written");
                letter.len()
            });
            assert!(sizes.sum::<usize>() > 0);
        });
    });
    group.finish();
}

criterion_group!(benches, loading, lines, reading, letters);
criterion_main!(benches);
