//! A folder of dossiers to letters on the disk, by the program itself: how many pages a second, and how much memory:
//! `cargo bench --locked --bench batch [-- [--program=PATH] [--letters=NUMBER]]`, 10,000 of the example without a number.
//!
//! Everything counts: the start of the program, reading and evaluating each dossier, laying its letter out, and the PDFs
//! in their folder with the record that lets a batch go on where it was.
//!
//! | measured | aim |
//! |---|---|
//! | pages a second | none of its own: `brieven/alle kernen` has one, for the letters alone |
//! | memory at most | under 200 MB for 10,000 letters |

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("Dit leest het geheugen zoals Linux het bijhoudt.");
}

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    linux::measure()
}

#[cfg(target_os = "linux")]
mod linux {
    use maatwerk::budget::Library;
    use maatwerk::dossier::Dossier;
    use maatwerk::letter;
    use std::error::Error;
    use std::fs;
    use std::process::{Command, Stdio};
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    const EXAMPLE: &[u8] = include_bytes!("../fixtures/dossiers/voorbeeld.ron");

    /// What stands behind `--name=` among the arguments.
    fn given(name: &str) -> Option<String> {
        std::env::args().find_map(|word| Some(word.strip_prefix(name)?.to_owned()))
    }

    /// How many pages the letter of the example has.
    fn pages() -> Result<usize, Box<dyn Error>> {
        let library = Library::shipped().map_err(|_| "the data of the program are not sound")?;
        let dossier = Dossier::read("voorbeeld.ron", EXAMPLE).map_err(|_| "no dossier")?;
        let day = dossier.dates.decision.ok_or("the example has a decision")?;
        let evaluation = dossier.evaluate(&library, day);
        let letter =
            letter::grant(&dossier, &evaluation, &library, None).map_err(|_| "no letter")?;
        Ok(letter.pages().map_err(|_| "no pages")?.pages.len())
    }

    /// The most memory that a process has held so far, in kB; nothing when it has ended.
    fn peak(process: u32) -> Option<u64> {
        let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "memory is looked at while the program works"
    )]
    pub fn measure() -> Result<(), Box<dyn Error>> {
        let program =
            given("--program=").unwrap_or_else(|| env!("CARGO_BIN_EXE_maatwerk").to_owned());
        let letters: usize = given("--letters=").map_or(Ok(10_000), |number| number.parse())?;
        let folder = tempfile::tempdir()?;
        let (from, to) = (
            folder.path().join("dossiers"),
            folder.path().join("brieven"),
        );
        fs::create_dir(&from)?;
        for number in 0..letters {
            fs::write(from.join(format!("{number:05}.ron")), EXAMPLE)?;
        }
        let start = Instant::now();
        let mut running = Command::new(program)
            .arg("brief")
            .arg(&from)
            .arg("--alle")
            .arg("-o")
            .arg(&to)
            .env("XDG_CONFIG_HOME", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut most = 0;
        let ended = loop {
            most = most.max(peak(running.id()).unwrap_or(0));
            if let Some(ended) = running.try_wait()? {
                break ended;
            }
            sleep(Duration::from_millis(20));
        };
        let seconds = start.elapsed().as_secs_f64();
        let mut bytes = 0;
        let mut made = 0;
        for file in fs::read_dir(&to)? {
            let file = file?;
            if file.path().extension().is_some_and(|end| end == "pdf") {
                bytes += file.metadata()?.len();
                made += 1;
            }
        }
        if !ended.success() || made != letters {
            return Err(format!("{made} of {letters} letters, {ended}").into());
        }
        let all = letters * pages()?;
        println!("letters        {letters}, {all} pages in {seconds:.1} s");
        println!("pages          {:.0} a second", all as f64 / seconds);
        println!("memory         {} MB at most", most / 1_000);
        println!("a letter       {} kB", bytes / letters as u64 / 1_000);
        Ok(())
    }
}
