//! Where the register is.

use super::{OWN, folder, program, program_with, text_of};
use maatwerk::cli::Exit;
use maatwerk::register::Address;
use maatwerk::settings::{Settings, write_register};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SERVER: &str = "postgres://wmo@db.example.nl/wmo?sslrootcert=/etc/ssl/wmo-ca.pem";

/// A settings file with this text, in a folder of its own.
fn settings(text: &str) -> (TempDir, PathBuf) {
    let folder = folder();
    let file = folder.path().join("instellingen.ron");
    fs::write(&file, text).expect("written");
    (folder, file)
}

fn file(path: &Path) -> Option<Address> {
    Some(Address::File(path.to_owned()))
}

#[test]
fn the_register_is_the_one_named_else_the_one_set_else_that_of_the_platform() {
    assert_eq!(program(&[]).register, file(Path::new(OWN)));
    let (folder, set) = settings(&format!("(register: {SERVER:?})"));
    let server = Some(Address::parse(SERVER).expect("an address"));
    assert_eq!(program_with(Some(set.clone()), &[]).register, server);
    let named = program_with(Some(set.clone()), &["--register", "/srv/wmo/register.db"]);
    assert_eq!(named.register, file(Path::new("/srv/wmo/register.db")));
    // A path in the settings counts from their folder.
    fs::write(&set, "(register: \"wmo/register.db\")").expect("written");
    let here = folder.path().join("wmo/register.db");
    assert_eq!(program_with(Some(set), &[]).register, file(&here));
}

#[test]
fn a_bad_address_is_told_with_its_file_and_field() {
    for (address, told) in [
        ("", "dit is geen plaats voor een register"),
        ("mysql://db/wmo", "dit is geen plaats voor een register"),
        ("postgres://[?", "dit adres van een server is niet te lezen"),
    ] {
        let (_folder, file) = settings(&format!("(\n    register: {address:?},\n)"));
        let done = program_with(Some(file.clone()), &[]);
        assert_eq!(done.exit, Some(Exit::Problems), "{address}");
        let line = format!("{}:2:15: register: {told}", text_of(&file));
        assert!(done.err.starts_with(&line), "{}", done.err);
        let done = program(&["--register", address]);
        assert_eq!(done.exit, Some(Exit::WrongUse), "{address}");
        assert!(done.err.contains(told), "{}", done.err);
    }
}

#[test]
fn setting_the_register_leaves_the_rest_of_the_file_alone() {
    let server = Address::parse(SERVER).expect("an address");
    let new = folder();
    let path = new.path().join("maatwerk/instellingen.ron");
    write_register(&path, &server).expect("written");
    let read = |path| Settings::read(path).expect("sound").register;
    assert_eq!(read(&path), Some(server.clone()));

    let text = "// van de beheerder\n(\n    map: \"/srv/wmo\", // tarieven\n)\n";
    let (_folder, path) = settings(text);
    write_register(&path, &server).expect("written");
    let other = Address::File(PathBuf::from("/srv/\"wmo\"/register.db"));
    write_register(&path, &other).expect("written");
    let written = fs::read_to_string(&path).expect("there");
    assert_eq!(
        written,
        "// van de beheerder\n(\n    register: \"/srv/\\\"wmo\\\"/register.db\",\n    map: \"/srv/wmo\", // tarieven\n)\n"
    );
    assert_eq!(read(&path), Some(other));

    fs::write(&path, "geen instellingen").expect("written");
    assert!(write_register(&path, &server).is_err());
    let left = fs::read_to_string(&path).expect("there");
    assert_eq!(left, "geen instellingen");
}
