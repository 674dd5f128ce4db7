//! `scenario` and `budgethouder`. Beside the dossier in `fixtures/scenarios` stands what is printed of it; the figures
//! worked out by hand stand at its head.

use super::{changed, folder, program, text_of};
use maatwerk::cli::Exit;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const DOSSIER: &str = "fixtures/scenarios/leiden-2018.ron";

fn check(beside: &str, printed: &str) {
    if std::env::var_os("MAATWERK_GOUD").is_some() {
        fs::write(beside, printed).expect("written");
    }
    let expected = fs::read_to_string(beside).unwrap_or_default();
    assert_eq!(printed, expected.replace("\r\n", "\n"), "{beside}");
}

#[test]
fn the_scenarios_of_a_dossier_are_printed_as_stands_beside_it() {
    let done = program(&["scenario", DOSSIER]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    for worked in [
        "€ 190,66 per maand",
        "tot en met 11 december 2018",
        "€ 2.419,43",
        "€ 131,53",
        "€ 2,53 per week, € 10,97 per maand of € 131,53 per jaar",
        "€ 5.866,07",
        "€ 15,13000 per uur",
    ] {
        assert!(done.out.contains(worked), "{worked}\n{}", done.out);
    }
    check("fixtures/scenarios/leiden-2018.txt", &done.out);
}

#[test]
fn the_json_of_scenarios_keeps_its_shape_and_says_no_names() {
    let done = program(&["scenario", DOSSIER, "--json"]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    let second = &json["dossiers"][0]["scenarios"][1];
    assert_eq!(second["together"]["short"], "131.53");
    assert_eq!(
        second["lines"][0]["periods"][0]["lasts_until"],
        "2018-12-11"
    );
    let rows = json["dossiers"][0]["comparison"].as_array().expect("rows");
    let of = |what: &str| rows.iter().find(|row| row["what"] == what).expect("a row");
    assert_eq!(of("Spent")["cells"][1]["difference"], "131.56");
    assert_eq!(of("Enough")["cells"][1]["kind"], "No");
    assert_eq!(of("TopUp")["cells"][1]["value"], "10.97");
    for name in ["Yilmaz", "999993653", "Jansen"] {
        assert!(!done.out.contains(name), "{name}");
    }
    check("fixtures/scenarios/leiden-2018.json", &done.out);
}

#[test]
fn a_slip_in_a_scenario_is_told_at_its_line_and_field() {
    let text = fs::read_to_string(DOSSIER).expect("the dossier");
    for (find, replace, field, words) in [
        (
            "amount: \"16.00\"",
            "amount: \"1600\"",
            "scenarios[1].lines[0].hired[0].work[0].rate.amount",
            "in centen",
        ),
        (
            "volume: \"3\", unit: Hour, per: Week),\n                            rate",
            "volume: \"169\", unit: Hour, per: Week),\n                            rate",
            "scenarios[2].lines[1].hired[0].work[0].extent.volume",
            "past niet in die tijd",
        ),
        (
            "from: \"2018-07-01\",\n                            work",
            "from: \"2019-07-01\",\n                            work",
            "scenarios[2].lines[0].hired[1].from",
            "buiten de periode",
        ),
    ] {
        assert!(text.contains(find), "{find}");
        let folder = folder();
        let path = folder.path().join("dossier.ron");
        let text = text.replacen(find, replace, 1);
        fs::write(&path, &text).expect("written");
        let done = program(&["scenario", text_of(&path)]);
        assert_eq!(done.exit, Some(Exit::Problems), "{replace}");
        let told = done
            .err
            .lines()
            .find(|line| line.contains(&format!(": {field}: ")));
        let told = told.unwrap_or_else(|| panic!("{field}: {}", done.err));
        assert!(told.contains(words), "{told}");
        let at = text
            .lines()
            .position(|line| line.contains(replace.lines().next().unwrap()))
            .unwrap()
            + 1;
        assert!(told.contains(&format!("dossier.ron:{at}:")), "{at}: {told}");
    }
}

#[test]
fn a_dossier_without_scenarios_and_an_empty_one_are_told() {
    let none = program(&["scenario", super::EXAMPLE]);
    assert_eq!(none.exit, Some(Exit::Problems));
    assert!(none.err.contains("geen scenario's"), "{}", none.err);
    let (_folder, path) = changed(
        "    provisions: [",
        "    scenarios: [(name: \"Leeg\")],\n    provisions: [",
    );
    let empty = program(&["scenario", text_of(&path)]);
    assert_eq!(empty.exit, Some(Exit::Problems));
    assert!(
        empty
            .err
            .contains("scenarios[0].lines: dit scenario is leeg"),
        "{}",
        empty.err
    );
}

/// A file for home.
fn home() -> (TempDir, PathBuf) {
    let folder = folder();
    let path = folder.path().join("thuis.ron");
    let done = program(&["scenario", DOSSIER, "--meegeven", text_of(&path)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    (folder, path)
}

#[test]
fn a_file_for_home_says_nothing_about_a_person_and_prints_without_catalogues() {
    let (_folder, path) = home();
    let text = fs::read_to_string(&path).expect("the file");
    for personal in [
        "999993653",
        "Meer",
        "Jansen",
        "Yilmaz",
        "Bos",
        "1941",
        "Hooigracht",
        "kleinzoon",
        "artrose",
        "dochter",
        "Sanne",
        "Bakker",
        "2017-04711",
        "10047",
    ] {
        assert!(!text.contains(personal), "{personal}");
    }
    let done = program(&["budgethouder", text_of(&path)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    for words in [
        "U kunt gemiddeld € 190,66 per maand uitgeven.",
        "Uw geld is op na 11 december 2018.",
        "€ 131,53 te kort",
    ] {
        assert!(done.out.contains(words), "{words}\n{}", done.out);
    }
    check("fixtures/scenarios/leiden-2018-thuis.txt", &done.out);
}

/// The file for home with one change.
fn changed_home(find: &str, replace: &str) -> (TempDir, PathBuf, String) {
    let (folder, path) = home();
    let text = fs::read_to_string(&path).expect("the file");
    assert!(text.contains(find), "{find}");
    let text = text.replacen(find, replace, 1);
    fs::write(&path, &text).expect("written");
    (folder, path, text)
}

#[test]
fn a_changed_grant_or_tariff_and_an_older_or_newer_file_are_told() {
    for (find, replace, words) in [
        (
            "to: \"2018-12-31\"",
            "to: \"2018-12-30\"",
            "het vaste deel van dit bestand is veranderd",
        ),
        (
            "27.50",
            "37.50",
            "het vaste deel van dit bestand is veranderd",
        ),
        ("format: 2", "format: 3", "nieuwere versie"),
        ("format: 2", "indeling: 2", "indeling"),
    ] {
        let (_folder, path, _) = changed_home(find, replace);
        let done = program(&["budgethouder", text_of(&path)]);
        assert_eq!(done.exit, Some(Exit::Problems), "{replace}");
        assert!(done.err.contains(words), "{replace}: {}", done.err);
        assert_eq!(done.out, "", "{replace}");
    }
}

#[test]
fn hours_and_rates_may_change_at_home_and_a_slip_is_told_at_its_line() {
    let (_folder, path, _) = changed_home("amount: \"16.00\"", "amount: \"15.00\"");
    let done = program(&["budgethouder", text_of(&path)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    // 2,9 × 15,00 × 365/7 = 2.268,21, below the tariff: the budget is what is paid.
    assert!(done.out.contains("U houdt € 0,00 over."), "{}", done.out);
    assert!(
        done.out.contains("U betaalt minder dan het tarief"),
        "{}",
        done.out
    );
    let (_folder, path, text) = changed_home("amount: \"16.00\"", "amount: \"1600.01\"");
    let done = program(&["budgethouder", text_of(&path)]);
    assert_eq!(done.exit, Some(Exit::Problems));
    let line = text
        .lines()
        .position(|line| line.contains("1600.01"))
        .unwrap()
        + 1;
    assert!(
        done.err.contains(&format!("thuis.ron:{line}:")) && done.err.contains("in centen"),
        "{}",
        done.err
    );
}

#[test]
fn a_proposal_is_a_difference_and_the_grant_of_the_dossier_wins() {
    let (_folder, path, _) = changed_home("amount: \"16.00\"", "amount: \"15.00\"");
    let same = program(&["scenario", DOSSIER, "--voorstel", text_of(&path)]);
    assert_eq!((same.exit, same.err.as_str()), (Some(Exit::Done), ""));
    assert!(
        same.out
            .contains("Het besluit in het bestand is dat van het dossier."),
        "{}",
        same.out
    );
    let words = "Huishoudelijke ondersteuning, zorgverlener 1, uren 1, tarief: in het dossier € 16,00, in het bestand € 15,00";
    assert!(same.out.contains(words), "{}", same.out);
    assert!(same.out.contains("−€ 151,22"), "{}", same.out);
    assert_eq!(
        same.out.matches("Er is niets veranderd.").count(),
        2,
        "{}",
        same.out
    );
    // Meanwhile the dossier grants half a year: its own grant counts, and the difference is shown.
    let text = fs::read_to_string(DOSSIER).expect("the dossier");
    let folder = folder();
    let dossier = folder.path().join("dossier.ron");
    fs::write(
        &dossier,
        text.replacen(
            "to: \"2018-12-31\",\n                hours: [(\n                    hours: Norm",
            "to: \"2018-11-30\",\n                hours: [(\n                    hours: Norm",
            1,
        ),
    )
    .expect("written");
    let other = program(&["scenario", text_of(&dossier), "--voorstel", text_of(&path)]);
    assert!(
        other.out.contains(
            "Besluit, Huishoudelijke ondersteuning, tot en met: in het dossier 30 november 2018, in het bestand 31 december 2018"
        ),
        "{}",
        other.out
    );
    assert!(
        other
            .out
            .contains("Besluit, Huishoudelijke ondersteuning, budget van 2018"),
        "{}",
        other.out
    );
}

#[test]
fn a_file_that_is_no_scenario_file_is_told() {
    for line in [
        &["budgethouder", DOSSIER][..],
        &["scenario", DOSSIER, "--voorstel", DOSSIER],
    ] {
        let done = program(line);
        assert_eq!(done.exit, Some(Exit::Problems));
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        assert!(
            done.err.contains("dit is een dossier") && done.err.contains("--meegeven"),
            "{}",
            done.err
        );
    }
    let gone = program(&["budgethouder", "er/is/niets.ron"]);
    assert_eq!(gone.exit, Some(Exit::Problems));
}

#[test]
fn scenarios_and_files_for_home_are_checked_with_the_others() {
    let (_folder, path) = home();
    let sound = program(&["controleer", DOSSIER, text_of(&path)]);
    assert_eq!(sound.exit, Some(Exit::Done), "{}", sound.out);
    assert!(
        sound.out.contains("thuis.ron: scenariobestand, in orde"),
        "{}",
        sound.out
    );
    let (_folder, changed) = changed(
        "    provisions: [",
        "    scenarios: [(name: \"Leeg\")],\n    provisions: [",
    );
    let empty = program(&["controleer", text_of(&changed)]);
    assert_eq!(empty.exit, Some(Exit::Problems));
    assert!(empty.out.contains("dit scenario is leeg"), "{}", empty.out);
    let (_folder, broken, _) = changed_home("27.50", "37.50");
    let broken = program(&["controleer", text_of(&broken)]);
    assert!(broken.out.contains("het vaste deel"), "{}", broken.out);
}

#[test]
fn the_overview_is_written_as_a_pdf_and_a_slip_is_told_instead() {
    let folder = folder();
    let file = folder.path().join("overzicht.pdf");
    let done = program(&["scenario", DOSSIER, "--overzicht", text_of(&file)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    assert!(fs::read(&file).expect("the overview").starts_with(b"%PDF"));
    let none = folder.path().join("niets.pdf");
    let refused = program(&["scenario", super::EXAMPLE, "--overzicht", text_of(&none)]);
    assert_eq!(refused.exit, Some(Exit::Problems));
    assert!(refused.err.contains("geen scenario's"), "{}", refused.err);
    assert!(!none.exists());
}

#[test]
fn a_file_for_home_is_printed_where_there_is_no_display() {
    let (_folder, path) = home();
    for line in [
        &["budgethouder", text_of(&path)][..],
        &["budgethouder", text_of(&path), "--tekst"],
        &[text_of(&path)],
    ] {
        let done = program(line);
        assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
        assert!(done.out.contains("€ 190,66 per maand"), "{line:?}");
    }
}

#[test]
fn no_file_that_is_there_is_written_over_and_the_dossier_least_of_all() {
    let folder = folder();
    let dossier = folder.path().join("zelf.ron");
    fs::copy(DOSSIER, &dossier).expect("copied");
    let before = fs::read(&dossier).expect("the dossier");
    let other = folder.path().join("ander.pdf");
    fs::write(&other, "iets anders").expect("written");
    for option in ["--meegeven", "--overzicht"] {
        let own = program(&["scenario", text_of(&dossier), option, text_of(&dossier)]);
        assert_eq!(own.exit, Some(Exit::Problems), "{option}");
        assert!(own.err.contains("dit is het dossier zelf"), "{}", own.err);
        let taken = program(&["scenario", text_of(&dossier), option, text_of(&other)]);
        assert_eq!(taken.exit, Some(Exit::Problems), "{option}");
        assert!(taken.err.contains("dit bestand is er al"), "{}", taken.err);
    }
    assert_eq!(fs::read(&dossier).expect("the dossier"), before);
    assert_eq!(fs::read(&other).expect("the file"), b"iets anders");
    // A dossier with the name of a letter.
    let named = folder.path().join("brief.pdf");
    fs::copy(DOSSIER, &named).expect("copied");
    for command in ["brief", "onderzoek"] {
        for output in [named.as_path(), folder.path()] {
            let letter = program(&[command, text_of(&named), "-o", text_of(output)]);
            assert_eq!(letter.exit, Some(Exit::Problems), "{command}");
            assert!(
                letter.err.contains("dit is het dossier zelf"),
                "{}",
                letter.err
            );
        }
    }
    assert_eq!(fs::read(&named).expect("the dossier"), before);
}

/// Has an outside tool check a file of the desktop; nothing where there is no such tool.
fn checked_by(tool: &str, options: &[&str], file: &str) {
    let mut command = std::process::Command::new(tool);
    if let Ok(done) = command.args(options).arg(file).output() {
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(
            done.status.success(),
            "{said}{}",
            String::from_utf8_lossy(&done.stderr)
        );
    }
}

#[test]
fn a_double_click_on_a_file_for_home_is_made_known_to_the_desktop() {
    let entry = "assets/desktop/maatwerk.desktop";
    let kind = "assets/desktop/maatwerk-pgb.xml";
    checked_by("desktop-file-validate", &[], entry);
    checked_by("xmllint", &["--noout"], kind);
    let read = |file: &str| fs::read_to_string(file).expect("it is there");
    let (entry, kind) = (read(entry), read(kind));
    let mut lines = entry.lines();
    assert_eq!(lines.next(), Some("[Desktop Entry]"));
    assert!(lines.all(|line| line.split_once('=').is_some()), "{entry}");
    for (text, part) in [
        (&entry, "Exec=maatwerk %f"),
        (&entry, "MimeType=application/x-maatwerk-pgb;"),
        (&kind, "<mime-type type=\"application/x-maatwerk-pgb\">"),
        (&kind, "<glob pattern=\"*.pgb\"/>"),
    ] {
        assert!(text.contains(part), "{part}");
    }
    for tag in ["mime-info", "mime-type"] {
        let open = kind.matches(&format!("<{tag} ")).count();
        assert_eq!((open, kind.matches(&format!("</{tag}>")).count()), (1, 1));
    }
    let windows = read("assets/desktop/maatwerk-pgb.reg");
    assert!(windows.starts_with("Windows Registry Editor Version 5.00"));
    assert!(
        windows.contains("Classes\\.pgb]") && windows.contains("\\\"%1\\\""),
        "{windows}"
    );
    // What the desktop starts is the window for home, whatever the file is called; without a display it is printed.
    let (folder, path) = home();
    let named = folder.path().join("van-de-gemeente.pgb");
    fs::copy(path, &named).expect("copied");
    let done = program(&[text_of(&named)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    assert!(done.out.starts_with("Uw pgb: wat kunt u ermee doen?"));
}
