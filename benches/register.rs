//! A register with a hundred thousand dossiers: how long opening, searching and saving take, and what it weighs.
//!
//! Prints its figures; `MAATWERK_DOSSIERS` makes it smaller. The register is filled in memory where the system has such
//! a folder, and measured on the disk.

use jiff::Timestamp;
use jiff::civil::date;
use maatwerk::dossier::Dossier;
use maatwerk::register::{Address, Effort, Passphrase, Query, Register, Save};
use std::path::Path;
use std::time::{Duration, Instant};

const NAMES: [&str; 12] = [
    "Jansen", "de Vries", "Bakker", "Visser", "Smit", "Meijer", "Mulder", "de Groot", "Bos",
    "Peters", "Hendriks", "Yılmaz",
];

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + seconds).expect("a moment")
}

/// The memory of this program in MB: now, and at most so far.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|rest| rest.split_whitespace().next()?.parse::<u64>().ok());
        number.unwrap_or(0) / 1024
    };
    (of("VmRSS:"), of("VmHWM:"))
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}

fn vary(dossier: &mut Dossier, number: usize) {
    let person = &mut dossier.client.person;
    person.surname = format!("{}{}", NAMES[number % NAMES.len()], number % 977);
    dossier.number = format!("2026-{number:06}");
    dossier.client.neighbourhood = Some(format!("Wijk {}", number % 23));
    dossier.contact.name = format!("Consulent {}", number % 40);
    let days = i64::try_from(number % 120).expect("few");
    dossier.dates.report = date(2025, 12, 1)
        .checked_add(jiff::Span::new().days(days))
        .ok();
    dossier.dates.application = None;
    dossier.dates.decision = None;
    dossier.dates.sending = None;
}

fn main() {
    let wanted = std::env::var("MAATWERK_DOSSIERS").ok();
    let count: usize = wanted.and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let today = date(2026, 3, 2);
    let phrase = Passphrase::new("vier losse woorden samen").expect("long enough");
    let bytes = include_bytes!("../fixtures/dossiers/voorbeeld.ron");
    let mut dossier = Dossier::read("voorbeeld.ron", bytes).expect("fixture");

    let memory_folder = Path::new("/dev/shm");
    let building = if memory_folder.is_dir() {
        tempfile::tempdir_in(memory_folder)
    } else {
        tempfile::tempdir()
    };
    let building = building.expect("folder");
    let first = building.path().join("register.db");
    let ((), took) = timed(|| {
        let founded = Register::found(
            &Address::from(&*first),
            "Sanne",
            &phrase,
            Effort::NORMAL,
            at(0),
        );
        let mut register = founded.expect("made").register;
        for number in 0..count {
            vary(&mut dossier, number);
            let save = Save {
                id: Register::new_id().expect("id"),
                base: 0,
                dossier: &dossier,
                token: Register::new_id().expect("id"),
                follows: None,
            };
            register.save(&save, at(0)).expect("saves");
        }
    });
    println!("{count} dossiers made in {took:.1?}");
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("register.db");
    std::fs::copy(&first, &file).expect("copied");
    drop(building);
    println!(
        "file: {} MB",
        std::fs::metadata(&file).expect("there").len() >> 20
    );

    let mut register = Register::open(&Address::from(&*file)).expect("opens");
    let wrong = Passphrase::new("heel andere woorden hier").expect("long enough");
    let (_, key) = timed(|| register.unlock("Sanne", &wrong, at(1)).expect_err("wrong"));
    let ((), unlocked) = timed(|| register.unlock("Sanne", &phrase, at(1)).expect("unlocks"));
    let ((consultants, rows), shown) = timed(|| {
        let caseload = register.index().expect("open").caseload(today);
        let rows = register.find(&Query::default(), today).expect("open").len();
        (caseload.consultants.len(), rows)
    });
    println!(
        "passphrase {key:.1?}; unlock with the whole list {unlocked:.1?}; caseload and sorted list {shown:.1?}"
    );
    println!(
        "passphrase right to caseload: {:.1?}",
        (unlocked + shown).saturating_sub(key)
    );
    assert_eq!((rows, consultants), (count, 40.min(count)));
    for typed in [
        "j",
        "ja",
        "jan",
        "jans",
        "jansen1",
        "jansen1 wijk 7",
        "999993653",
        "zzz",
        "2026-0999",
    ] {
        let query = Query::words(typed);
        let (found, took) = timed(|| register.find(&query, today).expect("open").len());
        println!("typed «{typed}»: {found} found in {took:.1?}");
    }
    let mut slowest = Duration::ZERO;
    let mut sum = Duration::ZERO;
    for number in 0..200_u32 {
        let entry = &register.index().expect("open").entries()[number as usize % count];
        let (id, base) = (entry.id, entry.revision);
        let save = Save {
            id,
            base,
            dossier: &dossier,
            token: Register::new_id().expect("id"),
            follows: None,
        };
        let (_, took) = timed(|| register.save(&save, at(2)).expect("saves"));
        slowest = slowest.max(took);
        sum += took;
    }
    println!("save: {:.1?} on average, {slowest:.1?} at most", sum / 200);
    let (now, most) = memory();
    println!(
        "memory: {now} MB, {most} MB at most (128 MB of that for a moment, for the passphrase)"
    );
}
