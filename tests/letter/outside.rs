//! Outside tools that read a PDF back.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

/// What a program says of a PDF; `FILE` stands for it among the arguments. Nothing, with a line that says so, where the program is
/// not installed. Continuous integration has them all.
pub(crate) fn said_of(pdf: &[u8], program: &str, arguments: &[&str]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("brief.pdf");
    std::fs::write(&file, pdf).expect("the PDF can be written");
    let named = arguments.iter().map(|argument| match *argument {
        "FILE" => file.as_os_str(),
        argument => OsStr::new(argument),
    });
    let run = Command::new(program).args(named).output();
    match run {
        Ok(run) => {
            let errors = String::from_utf8_lossy(&run.stderr);
            assert!(run.status.success(), "{program}: {errors}");
            Some(String::from_utf8(run.stdout).expect("the text is UTF-8"))
        }
        Err(error) => {
            let ci = std::env::var_os("CI").is_some();
            assert!(!ci, "{program} is not installed: {error}");
            println!("skipped: {program} is not installed");
            None
        }
    }
}

/// Keeps a made-up letter in the folder that `MAATWERK_MADE_LETTERS` names, for veraPDF.
pub(crate) fn kept(name: &str, pdf: &[u8]) {
    if let Some(folder) = std::env::var_os("MAATWERK_MADE_LETTERS") {
        let file = Path::new(&folder).join(format!("{name}.pdf"));
        std::fs::write(file, pdf).expect("the letter is kept");
    }
}
