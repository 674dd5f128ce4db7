//! How fast the work goes: `cargo bench --locked`. The measured figures stand in the README with machine and command.
//!
//! | benchmark | aim |
//! |---|---|
//! | `gegevens laden` | all catalogues, norm sets and tables in under 20 ms |
//! | `regel/zonder berekening` | 750,000 lines a second on one core |
//! | `regel/met berekening` | 150,000 lines a second on one core |
//! | `dossiers lezen/10000` | 10,000 dossiers of one line, about 3 kB each, in under 0.5 s on both cores |
//! | `scenario's/een getal anders` | one changed figure in a dossier with 8 scenarios of 6 care providers over 5 years, with the comparison: with the drawing of it under 16 ms |
//! | `brieven/een brief` | 750 tagged pages of letter a second on one core, after the first (1.5 in 2 ms) |
//! | `brieven/alle kernen` | 2,500 tagged pages of letter a second on two cores |
//!
//! A line is one provision over one year with one change of tariff, all views and totals.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;
use maatwerk::budget::{Inputs, Library, evaluate};
use maatwerk::catalogue::SourceFile;
use maatwerk::document::read_text;
use maatwerk::dossier::Dossier;
use maatwerk::indication::Line;
use maatwerk::letter;
use maatwerk::quantity::Euro;
use maatwerk::scenario;
use maatwerk::trace::{Recorder, Silent};
use rayon::prelude::*;
use rust_decimal::Decimal;
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

/// A figure of one scenario is changed: that scenario is worked out anew, and all are laid beside each other.
fn scenarios(c: &mut Criterion) {
    let library = Library::shipped().expect("the program's own files are sound");
    let example = include_bytes!("../fixtures/scenarios/leiden-2018.ron");
    let mut dossier = Dossier::read("leiden-2018.ron", example).expect("the example is sound");
    let day = date(2018, 1, 15);
    for provision in &mut dossier.provisions {
        provision.line.to = Some(date(2022, 12, 31));
    }
    let mut six = dossier.scenarios.pop().expect("there are three");
    for line in &mut six.lines {
        for hired in &mut line.hired {
            (hired.from, hired.to) = (None, None);
        }
        while line.hired.len() < 3 {
            line.hired.extend(line.hired.first().cloned());
        }
    }
    dossier.scenarios = vec![six; 8];
    let all = 0..dossier.scenarios.len();
    let mut outlooks: Vec<_> = all
        .filter_map(|place| scenario::evaluate(&dossier, place, &library, day))
        .collect();
    assert!(outlooks.len() == 8 && outlooks.iter().all(|one| one.together.spent.is_some()));
    let mut cents = 0_i64;
    c.bench_function("scenario's/een getal anders", |b| {
        b.iter(|| {
            cents = (cents + 1) % 100;
            let work = &mut dossier.scenarios[7].lines[0].hired[0].work[0];
            work.rate.amount = Euro(Decimal::new(1_500 + cents, 2));
            if let (Some(slot), Some(anew)) = (
                outlooks.get_mut(7),
                scenario::evaluate(&dossier, 7, &library, day),
            ) {
                *slot = anew;
            }
            black_box(scenario::compare(&outlooks).is_ok())
        });
    });
}

criterion_group!(benches, loading, lines, reading, scenarios, letters);
criterion_main!(benches);
