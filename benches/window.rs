//! How soon the real window is painted, what memory it takes, and what it does when nothing happens:
//! `cargo bench --locked --bench window [-- [--program=PATH] [DOSSIER]]`. Needs Xvfb; everything is drawn in software.
//!
//! Cargo builds the program of a benchmark with all that the tests need, a second renderer among it. The program as people
//! get it is built by `cargo build --release --locked --target-dir target/own`, and measured with
//! `--program=target/own/release/maatwerk`.
//!
//! | measured | aim |
//! |---|---|
//! | from the start of the process to the first pixel on the screen | under 150 ms |
//! | memory (RSS) a second and a half later | under 125 MB |
//! | processor time while nothing happens | 0 |

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("Dit meet alleen een venster op X11.");
}

#[cfg(target_os = "linux")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    linux::measure()
}

#[cfg(target_os = "linux")]
mod linux {
    use std::error::Error;
    use std::fs;
    use std::io::{BufRead as _, BufReader};
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::thread::sleep;
    use std::time::{Duration, Instant};
    use x11rb::connection::Connection as _;
    use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat};
    use x11rb::rust_connection::RustConnection;

    const STARTS: usize = 15;
    const PATIENCE: Duration = Duration::from_secs(20);
    const SETTLED: Duration = Duration::from_millis(1_500);
    const QUIET: Duration = Duration::from_secs(3);

    /// A process that ends with the measurement.
    struct Running(Child);

    impl Drop for Running {
        fn drop(&mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    /// Whether anything stands in the middle of the screen, which is black while it is empty.
    fn painted(server: &RustConnection, root: u32) -> Result<bool, Box<dyn Error>> {
        let image = server.get_image(ImageFormat::Z_PIXMAP, root, 636, 396, 8, 8, u32::MAX)?;
        let image = image.reply()?;
        Ok(image
            .data
            .chunks(4)
            .any(|pixel| pixel.iter().take(3).any(|&part| part > 0)))
    }

    /// A word of `/proc/PID/status`, in kB.
    fn memory(program: u32) -> Result<u64, Box<dyn Error>> {
        let text = fs::read_to_string(format!("/proc/{program}/status"))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        Ok(number.ok_or("no memory")?.parse()?)
    }

    /// Processor time so far, in ticks of the system.
    fn ticks(program: u32) -> Result<u64, Box<dyn Error>> {
        let text = fs::read_to_string(format!("/proc/{program}/stat"))?;
        let after = text.rsplit_once(')').ok_or("no times")?.1;
        let words: Vec<_> = after.split_whitespace().collect();
        Ok(words[11].parse::<u64>()? + words[12].parse::<u64>()?)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "rest is measured while time passes"
    )]
    pub fn measure() -> Result<(), Box<dyn Error>> {
        let named =
            std::env::args().find_map(|word| Some(word.strip_prefix("--program=")?.to_owned()));
        let program = named.unwrap_or_else(|| env!("CARGO_BIN_EXE_maatwerk").into());
        let dossier = std::env::args().skip(1).find(|word| !word.starts_with('-'));
        let dossier = dossier.unwrap_or_else(|| "fixtures/dossiers/voorbeeld.ron".into());
        let mut display = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x800x24"])
            .args(["-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let says = display.stdout.take().ok_or("Xvfb says nothing")?;
        let _display = Running(display);
        let mut number = String::new();
        BufReader::new(says).read_line(&mut number)?;
        let name = format!(":{}", number.trim());
        let (server, screen) = x11rb::connect(Some(&name))?;
        let root = server.setup().roots[screen].root;
        let home = tempfile::tempdir()?;

        let (mut times, mut kilobytes, mut idle) = (Vec::new(), Vec::new(), 0);
        for _ in 0..STARTS {
            let start = Instant::now();
            let program = Running(started(&program, &name, home.path(), &dossier)?);
            while !painted(&server, root)? {
                if start.elapsed() > PATIENCE {
                    return Err("no window appears".into());
                }
            }
            times.push(start.elapsed().as_millis());
            sleep(SETTLED);
            kilobytes.push(memory(program.0.id())?);
            let before = ticks(program.0.id())?;
            sleep(QUIET);
            idle = idle.max(ticks(program.0.id())? - before);
            drop(program);
            while painted(&server, root)? {}
        }
        times.sort_unstable();
        kilobytes.sort_unstable();
        println!(
            "painted after  {} ms (median; {times:?})",
            times[STARTS / 2]
        );
        println!(
            "memory (RSS)   {} MB at most",
            kilobytes[STARTS - 1] / 1_000
        );
        println!("idle           {idle} ticks in {QUIET:?} at most");
        Ok(())
    }

    fn started(program: &str, display: &str, home: &Path, dossier: &str) -> std::io::Result<Child> {
        Command::new(program)
            .arg(dossier)
            .env("DISPLAY", display)
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home)
            .env("XDG_DATA_HOME", home)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    }
}
