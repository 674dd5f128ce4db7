//! What the window refuses at the door of a register: passphrases that are far too long, and folders of the network.

use std::path::Path;
use std::process::Command;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::program::{Start, click, keys, press, settle, start, type_in};
use super::register::{NAME, Office, WORDS, secret, unlock};
use super::unchecked::not_checked;
use crate::desk::app::Gate;
use crate::desk::keeper::Home;
use crate::register::Address;

#[test]
fn a_passphrase_of_ten_thousand_letters_is_told_wherever_it_is_typed() {
    let told = "De wachtzin is te lang: 10000 tekens, hoogstens 1024.";
    let long = "é".repeat(10_000);
    let office = Office::new();
    let mut harness = office.window();
    type_in(&mut harness, "Uw naam", NAME);
    secret(&mut harness, "Nieuwe wachtzin", &long);
    secret(&mut harness, "Nog een keer", &long);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.query_all_by_label_contains(told).count(), 1);
    assert_eq!(*harness.state().gate(), Gate::Absent);

    let office = Office::founded();
    let mut harness = office.window();
    secret(&mut harness, "Wachtzin", &long);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.query_all_by_label_contains(told).count(), 1);
    assert!(matches!(harness.state().gate(), Gate::Locked(_)));
    // What is too long is wiped as easily as it came.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Backspace);
    settle(&mut harness);
    unlock(&mut harness, NAME);

    keys(&mut harness, Modifiers::COMMAND | Modifiers::SHIFT, Key::M);
    secret(&mut harness, "Uw wachtzin van nu", &long);
    for field in ["Nieuwe wachtzin", "Nieuwe wachtzin nog eens"] {
        secret(&mut harness, field, "iets heel anders");
    }
    click(&mut harness, Role::Button, "Wijzig de wachtzin");
    assert_eq!(harness.query_all_by_label_contains(told).count(), 1);
    for field in ["Eerste wachtzin", "Eerste wachtzin nog eens"] {
        secret(&mut harness, field, &long);
    }
    click(&mut harness, Role::Button, "Geef toegang");
    assert_eq!(harness.query_all_by_label_contains(told).count(), 2);
}

/// Where the window of the test below looks, in the program that the test starts.
const SHARE: &str = "MAATWERK_TEST_SHARE";

#[test]
#[cfg(target_os = "linux")]
fn a_network_folder_is_refused_with_the_reason() {
    if let Some(folder) = std::env::var_os(SHARE) {
        let folder = Path::new(&folder);
        for (file, makes) in [("register.db", false), ("nieuw.db", true)] {
            let home = Home {
                address: Address::File(folder.join(file)),
                ..Office::new().home()
            };
            let mut harness = start(Start {
                register: Some(home),
                ..Start::default()
            });
            if makes && *harness.state().gate() == Gate::Absent {
                type_in(&mut harness, "Uw naam", NAME);
                secret(&mut harness, "Nieuwe wachtzin", WORDS);
                secret(&mut harness, "Nog een keer", WORDS);
                press(&mut harness, Key::Enter);
            }
            harness.get_by_label_contains("register kan niet in een netwerkmap staan");
            harness.get_by_label_contains("Kies een map op deze computer");
            assert!(!folder.join("nieuw.db").exists());
        }
        return;
    }
    // This test again, in a program that sees another list of mounts than that of this computer.
    let office = Office::founded();
    let folder = std::fs::canonicalize(office.folder.path()).unwrap();
    let mounts = folder.join("mounts");
    let list = format!(
        "40 22 0:35 / {} rw - nfs4 server:/wmo rw\n",
        folder.display()
    );
    std::fs::write(&mounts, list).unwrap();
    let shim = folder.join("fail.so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&shim)
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/register/fail.c"
        ))
        .status();
    if !built.is_ok_and(|status| status.success()) {
        not_checked("a network folder in the window, because there is no C compiler.");
        return;
    }
    let again = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "desk::testing::register_refusals::a_network_folder_is_refused_with_the_reason",
        ])
        .env("LD_PRELOAD", &shim)
        .env("SHOW_MOUNTS", &mounts)
        .env(SHARE, &folder)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(
        again.status.success() && said.contains("1 passed"),
        "{said}"
    );
}
