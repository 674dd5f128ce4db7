//! The real program on a register, and what can stand between it and its files.

use crate::child::text_of;
use maatwerk::register::Address;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The program that does this in the register there.
pub fn program(address: &Address, words: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_maatwerk"));
    program.arg("register").args(words);
    program.args(["--register", &text_of(address)]);
    program
}

/// The same, with the passphrase that unlocks it in a file in this folder.
pub fn unlocking(address: &Address, words: &[&str], folder: &Path) -> Command {
    let secret = folder.join("wachtzin");
    fs::write(&secret, "vier losse woorden samen").expect("written");
    let mut program = program(address, words);
    program.arg("--wachtzin-bestand").arg(secret);
    program
}

/// Has a program see this folder as one of the network. `shim` stands between it and its files.
pub fn seen_as_share(program: &mut Command, shim: &Path, folder: &Path) {
    let mounts = shim.with_extension("mounts");
    let real = fs::canonicalize(folder).expect("there");
    let list = format!(
        "22 1 254:0 / / rw - ext4 /dev/vda rw\n40 22 0:35 / {} rw - nfs4 server:/wmo rw\n",
        real.display()
    );
    fs::write(&mounts, list).expect("written");
    program.env("LD_PRELOAD", shim).env("SHOW_MOUNTS", &mounts);
}

/// Has calls of this kind fail, all of them, on files with this in their name.
pub fn failing(program: &mut Command, shim: &Path, kind: &str, part: &str) {
    program
        .env("LD_PRELOAD", shim)
        .env("FAIL_KIND", kind)
        .env("FAIL_PATH", part)
        .env("FAIL_FIRST", "1")
        .env("FAIL_TIMES", "1000000");
}

/// The exit code of a program, and what it printed and told.
pub fn ended(program: &mut Command) -> (Option<i32>, String, String) {
    let done = program.output().expect("the program runs");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (done.status.code(), text(done.stdout), text(done.stderr))
}
