//! What finance staff see: catalogues that cannot be used, files in the wrong place, and rows that read as a sum.

use super::{dossiers, folder, program, text_of, written};
use maatwerk::cli::Exit;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const CATALOGUE: &str = "fixtures/catalogues/weekbedragen.ron";
const MUNICIPALITY: &str = "fixtures/catalogues/weekgemeente.ron";

/// The catalogue with amounts per week with one piece of text replaced, in a folder.
fn catalogue(folder: &Path, from: &str, to: &str) -> PathBuf {
    let text = fs::read_to_string(CATALOGUE).expect("the catalogue");
    assert!(text.contains(from), "the catalogue has no {from:?}");
    let path = folder.join("catalogus.ron");
    fs::write(&path, text.replacen(from, to, 1)).expect("written");
    path
}

/// What `controleer` says of the catalogue with one piece of text replaced.
fn checked(from: &str, to: &str) -> (Option<Exit>, String) {
    let folder = folder();
    let path = catalogue(folder.path(), from, to);
    let done = program(&["controleer", text_of(&path), "--catalogus", MUNICIPALITY]);
    (done.exit, done.out)
}

#[test]
fn a_catalogue_that_is_sound_and_cannot_be_used_is_a_warning() {
    for (from, to, line, words) in [
        (
            "base: (value: Every(Week)",
            "base: (value: Every(Month)",
            ":19:",
            "in de afspraken «52-weken» staat niet hoe een omvang van week naar maand gaat",
        ),
        (
            "id: \"per-hele-week\", label",
            "id: \"nieuw\", label: \"Nieuw\", conventions: \"52-weken\", own_contribution: (value: Due, source: \"proef\", status: Example)), (id: \"per-hele-week\", label",
            ":82:",
            "product «nieuw» heeft geen enkel tarief",
        ),
    ] {
        let (exit, out) = checked(from, to);
        assert_eq!(exit, Some(Exit::Done), "{out}");
        let told = out.lines().find(|told| told.contains(words));
        let told = told.unwrap_or_else(|| panic!("no {words:?} in\n{out}"));
        assert!(told.contains(line), "{told}");
        assert!(!out.contains("in orde"), "{out}");
        assert!(out.contains("0 fouten"), "{out}");
    }
}

#[test]
fn a_code_of_iwmo_and_a_text_for_the_reader_are_not_left_half() {
    for (from, to, words) in [
        (
            "id: \"per-dag\",",
            "id: \"per-dag\", category: \"8\",",
            "products[0].category: «8» is geen productcategorie van iWmo",
        ),
        (
            "title: \"Weekbedragen\"",
            "title: \" \"",
            "title: dit veld is leeg",
        ),
        (
            "label: \"instelling\"",
            "label: \"\"",
            "providers[0].label: dit veld is leeg",
        ),
    ] {
        let (exit, out) = checked(from, to);
        assert_eq!(exit, Some(Exit::Problems), "{out}");
        assert!(out.contains(words), "{out}");
        assert!(out.contains("1 fout,"), "{out}");
    }
}

/// A dossier of the municipality with amounts per week.
fn dossier(per: &str, to: &str) -> (tempfile::TempDir, PathBuf) {
    let text = format!(
        r#"(
    format: 1,
    municipality: "9998",
    client: (person: (initials: "A.", surname: "Proef")),
    provisions: [(line: (
        product: "per-dag",
        from: "2018-01-01",
        to: "{to}",
        hours: [(hours: Typed([(volume: "2", unit: Hour, per: {per})]))],
        delivery: Pgb(providers: [(kind: "informeel")]),
    ))],
)"#
    );
    written(text.as_bytes())
}

#[test]
fn an_extent_that_has_no_way_to_the_price_names_the_set_and_the_way() {
    let (_folder, path) = dossier("Month", "2018-12-31");
    let files = ["--catalogus", CATALOGUE, MUNICIPALITY];
    let done = program(&[&["bereken", text_of(&path)][..], &files].concat());
    assert_eq!(done.exit, Some(Exit::Problems));
    for words in [
        "van maand naar week",
        "«52-weken»",
        "from: Month en to: Week",
    ] {
        assert!(done.err.contains(words), "{}", done.err);
    }
}

#[test]
fn a_term_of_more_than_ten_years_is_asked_about_at_its_last_day() {
    for (to, warned) in [
        ("2027-12-31", false),
        ("2028-01-01", true),
        ("2199-12-31", true),
    ] {
        let (_folder, path) = dossier("Week", to);
        let files = ["--catalogus", CATALOGUE, MUNICIPALITY];
        let done = program(&[&["bereken", text_of(&path)][..], &files].concat());
        assert_eq!(done.exit, Some(Exit::Done), "{}", done.err);
        let told = done
            .err
            .lines()
            .find(|line| line.contains("langer dan 10 jaar"));
        assert_eq!(told.is_some(), warned, "{to}: {}", done.err);
        if let Some(told) = told {
            assert!(told.contains("provisions[0].line.to: "), "{told}");
            assert!(
                told.contains("Afspraak van de makers van maatwerk"),
                "{told}"
            );
        }
    }
}

#[test]
fn a_file_of_another_kind_in_the_place_of_a_dossier_is_told_in_one_line() {
    let folder = folder();
    let home = folder.path().join("thuis.ron");
    let scenarios = "fixtures/scenarios/leiden-2018.ron";
    let given = program(&["scenario", scenarios, "--meegeven", text_of(&home)]);
    assert_eq!(given.exit, Some(Exit::Done), "{}", given.err);
    for (file, words) in [
        (CATALOGUE, "dit is een catalogus, geen dossier"),
        (MUNICIPALITY, "dit is een gemeentebestand, geen dossier"),
        (
            "assets/norms/hhm-2025.ron",
            "dit is een normenkader, geen dossier",
        ),
        (
            "assets/national/svb.ron",
            "dit is een landelijke tabel, geen dossier",
        ),
        (
            "assets/letters/besluit.txt",
            "dit is een tekst van een brief, geen dossier",
        ),
        (text_of(&home), "dit is een scenariobestand, geen dossier"),
    ] {
        for command in ["bereken", "termijnen"] {
            let done = program(&[command, file]);
            assert_eq!(done.exit, Some(Exit::Problems), "{file}");
            assert_eq!(done.err.lines().count(), 1, "{}", done.err);
            assert!(done.err.contains(words), "{}", done.err);
        }
    }
}

#[test]
fn the_files_of_the_program_are_written_whole_and_never_over_others() {
    let folder = folder();
    let target = folder.path().join("voorbeelden");
    let done = program(&["voorbeelden", "-o", text_of(&target)]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    assert!(done.out.contains("LEESMIJ.md"), "{}", done.out);
    let mut data = Vec::new();
    for (shelf, assets) in [
        ("catalogi", "assets/catalogues"),
        ("normenkaders", "assets/norms"),
        ("landelijk", "assets/national"),
        ("brieven", "assets/letters"),
    ] {
        let names = |folder: &Path| -> BTreeSet<String> {
            let files = super::all_of(folder);
            files
                .map(|path| {
                    path.file_name()
                        .expect("a name")
                        .to_string_lossy()
                        .into_owned()
                })
                .filter(|name| shelf != "brieven" || !name.ends_with(".ron"))
                .collect()
        };
        let (written, own) = (target.join(shelf), Path::new(assets));
        assert_eq!(names(&written), names(own), "{shelf}");
        for name in names(own) {
            let same = fs::read(written.join(&name)).expect("written");
            assert_eq!(same, fs::read(own.join(&name)).expect("shipped"), "{name}");
            if name.ends_with(".ron") {
                data.push(written.join(name));
            }
        }
    }
    let mut check = vec!["controleer"];
    check.extend(data.iter().map(|path| text_of(path)));
    let done = program(&check);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.out);
    assert!(
        done.out.contains("0 fouten, 0 waarschuwingen"),
        "{}",
        done.out
    );

    let kept = target.join("catalogi").join("leiden-2018.ron");
    fs::write(&kept, "van mij").expect("written");
    let done = program(&["voorbeelden", "-o", text_of(&target)]);
    assert_eq!(done.exit, Some(Exit::Problems));
    assert!(done.err.contains("er is niets geschreven"), "{}", done.err);
    assert_eq!(fs::read_to_string(&kept).expect("mine"), "van mij");
}

/// A number as it is printed, in ten-thousandths, and whether all of its decimals are there.
fn number(text: &str) -> Option<(i128, bool)> {
    let (text, whole) = match text.strip_suffix('…') {
        Some(cut) => (cut, false),
        None => (text, true),
    };
    let (before, after) = text.split_once(',').unwrap_or((text, ""));
    let digits = format!("{}{after:0<4}", before.replace('.', ""));
    Some((digits.get(..digits.len())?.parse().ok()?, whole))
}

/// `16 uur × € 50,00 per uur = € 800,00 per 4 weken` as its three numbers.
fn product(row: &str) -> Option<[(i128, bool); 3]> {
    let (volume, rest) = row.split_once(" × € ")?;
    let (rate, amount) = rest
        .split_once(" = € ")
        .or_else(|| rest.split_once(", afgerond € "))?;
    let volume = volume.split(' ').rev().nth(1)?;
    let first = |text: &str| number(text.split(' ').next()?);
    Some([number(volume)?, first(rate)?, first(amount)?])
}

#[test]
fn every_row_with_hours_and_a_rate_reads_as_the_sum_that_it_is() {
    let mut read = 0;
    for path in dossiers() {
        let done = program(&["bereken", text_of(&path)]);
        for row in done
            .out
            .lines()
            .filter(|row| row.starts_with("    tarief "))
        {
            for piece in row.split("; ").filter(|piece| piece.contains(" × € ")) {
                let Some([volume, rate, amount]) = product(piece) else {
                    assert!(piece.contains("niet bekend"), "{}: {piece}", path.display());
                    continue;
                };
                // In hundred-millionths; half a cent, and what the cut decimals may be.
                let off = (volume.0 * rate.0 - amount.0 * 10_000).abs();
                let cut = if volume.1 { 0 } else { rate.0 };
                let most = match piece.contains(" = € ") {
                    true => cut,
                    false => 500_000 + cut,
                };
                assert!(off <= most, "{}: {piece}", path.display());
                read += 1;
            }
        }
    }
    assert!(read > 40, "{read} rows");
}

#[test]
fn a_ceiling_is_called_a_ceiling_and_cuts_below_the_row_that_it_cuts() {
    let done = program(&[
        "bereken",
        "fixtures/dossiers/someren-plafond-over-twee-jaren.ron",
    ]);
    for words in [
        "] Plafond: Begeleiding individueel: volgens bron [b] = € 7.812,84 per jaar",
        "3 uur × € 62,00 per uur = € 186,00 per week\n",
        "van € 186,00 naar € 150,25 per week\n",
    ] {
        assert!(done.out.contains(words), "no {words:?} in\n{}", done.out);
    }
    assert!(
        !done
            .out
            .contains("Tarief: Begeleiding individueel: volgens"),
        "{}",
        done.out
    );
}
