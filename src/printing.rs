//! Handing a letter to the printer of this computer.
//!
//! Where there is a command that prints (`lp`, `lpr`), the letter goes to it by its standard input and stands in no file.
//! Elsewhere it stands for a moment in a folder that its owner alone can open, under a name of chance. The name of a
//! client is told to neither. What a letter says, this must not know.

use crate::document::Problem;
use crate::quantity::dutch::capital;
use std::ffi::OsString;
use std::fs;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

/// The commands that print what comes in, the best one first.
const COMMANDS: [&str; 2] = ["lp", "lpr"];
/// How the names of our files begin.
const PREFIX: &str = "maatwerk-afdruk-";
/// A command that takes longer is taken to hang.
const PATIENCE: Duration = Duration::from_secs(60);

/// What goes to the printer, in words. All that is said about printing stands here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A letter.
    Letter,
    /// The report of an investigation.
    Report,
}

impl Sort {
    fn named(self) -> &'static str {
        match self {
            Self::Letter => "de brief",
            Self::Report => "het verslag",
        }
    }

    /// That it is on its way.
    pub fn going(self) -> String {
        format!("{} gaat naar de printer.", capital(self.named()))
    }

    /// That it was handed over.
    pub fn gone(self) -> String {
        format!("{} is aan de printer gegeven.", capital(self.named()))
    }

    /// That it opens elsewhere, to be printed there.
    pub fn opens(self) -> String {
        let (named, it) = match self {
            Self::Letter => ("De brief", "hem"),
            Self::Report => ("Het verslag", "het"),
        };
        format!(
            "Dit systeem heeft geen afdrukopdracht. {named} opent in het programma voor pdf. Druk {it} daar af; daarna wordt dit bestand weggehaald."
        )
    }

    /// That nothing here prints or opens it, and what to do.
    pub fn no_viewer(self) -> String {
        format!(
            "Dit systeem heeft geen afdrukopdracht en geen programma voor pdf. {} Dat kan ook op een andere computer.",
            self.instead()
        )
    }

    /// That there is no way to a printer, and what to do.
    pub fn no_way(self) -> String {
        format!(
            "Dit programma weet hier geen weg naar de printer. {}",
            self.instead()
        )
    }

    /// What can be done without a printer.
    fn instead(self) -> String {
        let it = match self {
            Self::Letter => "die",
            Self::Report => "dat",
        };
        format!("Sla {} op als pdf en druk {it} af.", self.named())
    }

    /// The same after another advice.
    fn or_instead(self) -> String {
        format!("Of {}", self.instead().replacen("Sla", "sla", 1))
    }
}

/// How a letter went to the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handed {
    /// This command took it.
    Printed(&'static str),
    /// It stands in this file, for a program that can print it. The file goes at the next letter and the next start.
    File(PathBuf),
}

/// The way to the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printer {
    /// Where commands are looked for, as in the variable `PATH`.
    path: OsString,
    /// Where a file may stand for a moment.
    folder: PathBuf,
}

impl Printer {
    /// Looks for commands in `path`, written as the variable `PATH`.
    pub fn new(path: OsString, folder: PathBuf) -> Self {
        Self { path, folder }
    }

    /// Removes the files that were handed over, also those of an earlier run.
    pub fn tidy(&self) {
        let files = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for file in files {
            if file.file_name().to_string_lossy().starts_with(PREFIX) {
                // What is still open elsewhere goes the next time.
                let _ = fs::remove_file(file.path());
            }
        }
    }

    /// Hands over a PDF.
    ///
    /// # Errors
    /// No printer took it, or the file for it could not be written: in Dutch, with what to do.
    pub fn print(&self, sort: Sort, pdf: &[u8]) -> Result<Handed, Problem> {
        self.tidy();
        if let Some((name, command)) = self.command() {
            let printing = Command::new(command);
            given(printing, Some(pdf)).map_err(|why| refused(sort, name, &why))?;
            return Ok(Handed::Printed(name));
        }
        let file = self.file(sort, pdf)?;
        if !cfg!(windows) {
            return Ok(Handed::File(file));
        }
        let done = given(by_shell(&file), None).map_err(|why| refused(sort, "Windows", &why));
        // It was handed over, or nobody will take it.
        let _ = fs::remove_file(&file);
        done.map(|()| Handed::Printed("Windows"))
    }

    /// The first command that prints, with its file.
    fn command(&self) -> Option<(&'static str, PathBuf)> {
        COMMANDS.into_iter().find_map(|name| {
            let mut folders = std::env::split_paths(&self.path);
            let found =
                folders.find(|folder| folder.is_absolute() && is_program(&folder.join(name)));
            found.map(|folder| (name, folder.join(name)))
        })
    }

    /// The letter in a file of its own.
    fn file(&self, sort: Sort, pdf: &[u8]) -> Result<PathBuf, Problem> {
        let failed = |_| {
            let text = format!("{} is niet klaar te zetten om af te drukken", sort.named());
            Problem::error(text)
                .hint(format!("Kijk of de schijf vol is. {}", sort.or_instead()))
                .in_file(self.folder.display().to_string())
        };
        make_private(&self.folder).map_err(failed)?;
        let file = tempfile::Builder::new()
            .prefix(PREFIX)
            .suffix(".pdf")
            .rand_bytes(16)
            .tempfile_in(&self.folder);
        let mut file = file.map_err(failed)?;
        file.write_all(pdf).map_err(failed)?;
        let (_, path) = file.keep().map_err(|error| failed(error.error))?;
        Ok(path)
    }
}

/// Asks the shell of Windows to print a file as its own menu does, and waits until it was handed over.
fn by_shell(file: &Path) -> Command {
    let mut command = Command::new("powershell.exe");
    command.args(["-NoProfile", "-NonInteractive", "-Command"]);
    command.arg("Start-Process -LiteralPath $env:MAATWERK_AFDRUK -Verb Print -Wait");
    command.env("MAATWERK_AFDRUK", file);
    command
}

/// Runs a command to its end, with this on its standard input. Error: what it says, or why it did not run.
fn given(mut command: Command, input: Option<&[u8]>) -> Result<(), String> {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| error.to_string())?;
    let pipes = (child.stdin.take(), child.stderr.take());
    let input = input.map(<[u8]>::to_vec);
    let (done, waits) = channel();
    let talk = std::thread::spawn(move || {
        let (stdin, stderr) = pipes;
        let written = match (stdin, input) {
            (Some(mut stdin), Some(input)) => stdin.write_all(&input),
            _ => Ok(()),
        };
        let mut said = String::new();
        // What it says is only for the message.
        let _ = stderr.map(|stderr| stderr.take(4096).read_to_string(&mut said));
        // Nobody listens any more once it took too long.
        let _ = done.send((written, said));
    });
    let Ok((written, said)) = waits.recv_timeout(PATIENCE) else {
        stop(&mut child);
        return Err("het duurt te lang".to_owned());
    };
    // It has sent its last word.
    let _ = talk.join();
    let ended = child.wait().map_err(|error| error.to_string())?;
    let first = said.lines().next().unwrap_or_default().trim();
    match written {
        _ if !ended.success() && first.is_empty() => Err(ended.to_string()),
        _ if !ended.success() => Err(first.to_owned()),
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.to_string()),
        // A command that ends well without reading everything printed half a letter.
        Err(_) => Err("het is niet helemaal aangenomen".to_owned()),
        Ok(()) => Ok(()),
    }
}

fn stop(child: &mut Child) {
    // One that ended by itself meanwhile needs no stopping.
    let _ = child.kill();
    let _ = child.wait();
}

fn refused(sort: Sort, command: &str, why: &str) -> Problem {
    Problem::error(format!(
        "{} is niet afgedrukt: {command} zegt «{why}»",
        sort.named()
    ))
    .hint(format!(
        "Kijk of er een printer is en of hij aanstaat. {}",
        sort.or_instead()
    ))
}

/// A folder that its owner alone can open.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    // One that was there before may have been open.
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// Whether this is a file that can be run.
fn is_program(path: &Path) -> bool {
    let about = fs::metadata(path).ok().filter(fs::Metadata::is_file);
    #[cfg(unix)]
    let about = about
        .filter(|about| std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o111 != 0);
    about.is_some()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    /// A folder with commands of these names and texts, and a folder for files.
    fn printer(commands: &[(&str, &str)]) -> (tempfile::TempDir, Printer) {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in commands {
            let file = folder.path().join(name);
            fs::write(&file, format!("#!/bin/sh\n{text}\n")).expect("a command");
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("it can be run");
        }
        let files = folder.path().join("afdrukken");
        let printer = Printer::new(folder.path().into(), files);
        (folder, printer)
    }

    #[test]
    fn a_letter_goes_to_the_print_command_by_its_standard_input_and_stands_in_no_file() {
        let (folder, printer) = printer(&[
            (
                "lp",
                "cat > \"${0%/*}/got\"; echo \"$@\" > \"${0%/*}/asked\"",
            ),
            ("lpr", "exit 1"),
        ]);
        let pdf: Vec<u8> = (0..200_000_u32)
            .map(|number| number.to_le_bytes()[0])
            .collect();
        assert_eq!(printer.print(Sort::Letter, &pdf), Ok(Handed::Printed("lp")));
        assert_eq!(
            fs::read(folder.path().join("got")).expect("it was read"),
            pdf
        );
        // No name and no title goes along.
        let asked = fs::read_to_string(folder.path().join("asked")).expect("it was run");
        assert_eq!(asked.trim(), "");
        assert!(!folder.path().join("afdrukken").exists());
    }

    #[test]
    fn the_second_command_is_used_where_the_first_is_not_there_or_cannot_be_run() {
        let (folder, printer) = printer(&[("lp", ""), ("lpr", "cat > /dev/null")]);
        let lp = folder.path().join("lp");
        fs::set_permissions(&lp, fs::Permissions::from_mode(0o644)).expect("it cannot be run");
        assert_eq!(
            printer.print(Sort::Letter, b"%PDF"),
            Ok(Handed::Printed("lpr"))
        );
    }

    #[test]
    fn what_a_print_command_says_when_it_refuses_is_told() {
        for (command, said) in [
            (
                "cat > /dev/null; echo 'lp: geen printer' >&2; exit 1",
                "lp: geen printer",
            ),
            ("exit 3", "3"),
        ] {
            let (_folder, printer) = printer(&[("lp", command)]);
            let problem = printer
                .print(Sort::Letter, b"%PDF")
                .expect_err("nothing was printed");
            assert!(problem.message.contains(said), "{problem}");
            assert!(
                problem
                    .hint
                    .contains("sla de brief op als pdf en druk die af")
            );
            let problem = printer.print(Sort::Report, b"%PDF").expect_err("nor this");
            assert!(problem.message.starts_with("het verslag"), "{problem}");
            assert!(
                problem
                    .hint
                    .contains("sla het verslag op als pdf en druk dat af")
            );
        }
    }

    #[test]
    fn a_command_that_does_not_take_the_whole_letter_is_no_success() {
        let (_folder, printer) = printer(&[("lp", "exec <&-; exit 0")]);
        let problem = printer
            .print(Sort::Letter, &vec![0; 1_000_000])
            .expect_err("half a letter");
        assert!(problem.message.contains("niet helemaal"), "{problem}");
    }

    #[test]
    fn without_a_command_the_letter_stands_in_a_private_folder_until_the_next_start() {
        let (folder, printer) = printer(&[]);
        let Ok(Handed::File(file)) = printer.print(Sort::Letter, b"%PDF") else {
            panic!("it stands in a file");
        };
        let files = folder.path().join("afdrukken");
        let mode = |path: &Path| {
            fs::metadata(path)
                .expect("it is there")
                .permissions()
                .mode()
        };
        assert_eq!(mode(&files) & 0o777, 0o700);
        assert_eq!(mode(&file) & 0o777, 0o600);
        assert_eq!(fs::read(&file).expect("it can be read"), b"%PDF");
        let other = files.join("brief.txt");
        fs::write(&other, "van iemand anders").expect("written");
        let again = Printer::new(OsString::new(), files);
        again.tidy();
        assert!(!file.exists() && other.exists());
        // A second letter takes the place of the first, under another name.
        let first = again.print(Sort::Letter, b"1").expect("a file");
        let second = again.print(Sort::Letter, b"2").expect("a file");
        assert_ne!(first, second);
        let Handed::File(first) = first else {
            panic!("a file")
        };
        assert!(!first.exists());
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_named() {
        let (folder, _) = printer(&[]);
        let taken = folder.path().join("bestand");
        fs::write(&taken, "").expect("written");
        let printer = Printer::new(OsString::new(), taken.join("afdrukken"));
        let problem = printer
            .print(Sort::Letter, b"%PDF")
            .expect_err("there is no such folder");
        assert!(problem.file.contains("bestand"), "{problem}");
    }
}
