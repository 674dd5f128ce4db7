//! `termijnen`: which clocks run and which are late. Beside each dossier in `fixtures/terms` stands what is printed of it
//! on the day in [`DAYS`]; how the days come about stands at the head of the dossier.

use super::{changed, program, text_of, written};
use maatwerk::cli::Exit;
use maatwerk::dossier::Dossier;
use std::fs;
use std::path::Path;

const DAYS: &[(&str, &str)] = &[
    ("jaarwisseling", "20-12-2018"),
    ("pasen", "1-4-2026"),
    ("te-laat", "13-3-2018"),
    ("opgeschort", "12-3-2018"),
    ("verlengd", "27-3-2018"),
    ("leeg", "1-1-2018"),
];

fn check(beside: &Path, printed: &str) {
    if std::env::var_os("MAATWERK_GOUD").is_some() {
        fs::write(beside, printed).expect("written");
    }
    let expected = fs::read_to_string(beside)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert_eq!(printed, expected, "{}", beside.display());
}

#[test]
fn the_clocks_of_every_dossier_are_printed_as_stands_beside_it() {
    for (name, day) in DAYS {
        let path = format!("fixtures/terms/{name}.ron");
        let done = program(&["termijnen", &path, "--datum", day]);
        assert_eq!(
            (done.exit, done.err.as_str()),
            (Some(Exit::Done), ""),
            "{name}"
        );
        check(&Path::new(&path).with_extension("txt"), &done.out);
    }
}

#[test]
fn the_last_days_are_those_of_the_law() {
    for (name, day, words) in [
        (
            "jaarwisseling",
            "20-12-2018",
            "Beslissing          uiterlijk 27 december 2018: nog 7 dagen",
        ),
        (
            "jaarwisseling",
            "28-12-2018",
            "Beslissing          TE LAAT  uiterlijk 27 december 2018: 1 dag te laat",
        ),
        (
            "pasen",
            "7-4-2026",
            "Bezwaar             uiterlijk 7 april 2026: vandaag is de laatste dag",
        ),
        (
            "pasen",
            "8-4-2026",
            "Bezwaar             uiterlijk 7 april 2026: voorbij",
        ),
        (
            "opgeschort",
            "23-3-2018",
            "Beslissing          laatste dag nog niet bekend: loopt",
        ),
        (
            "opgeschort",
            "1-1-2017",
            "er loopt niets: de melding is van ",
        ),
        (
            "opgeschort",
            "25-3-2018",
            "opgeschort, het einde is nog niet bekend",
        ),
        (
            "verlengd",
            "4-4-2018",
            "TE LAAT  uiterlijk 3 april 2018 (volgens de wet 19 maart 2018): 1 dag te laat; volgens de wet 16 dagen te laat",
        ),
        (
            "verlengd",
            "20-3-2018",
            "uiterlijk 3 april 2018 (volgens de wet 19 maart 2018): nog 14 dagen; volgens de wet 1 dag te laat",
        ),
        (
            "verlengd",
            "19-3-2018",
            "uiterlijk 3 april 2018 (volgens de wet 19 maart 2018): nog 15 dagen\n",
        ),
    ] {
        let path = format!("fixtures/terms/{name}.ron");
        let done = program(&["termijnen", &path, "--datum", day]);
        assert!(done.out.contains(words), "{name} {day}: {}", done.out);
    }
}

#[test]
fn an_evaluation_before_its_decision_is_told_with_the_clocks() {
    let bytes = std::fs::read("fixtures/terms/verlengd.ron").expect("a fixture");
    let mut dossier = Dossier::read("verlengd.ron", &bytes).expect("a dossier");
    dossier.dates.decision = Some(jiff::civil::date(2018, 4, 3));
    dossier.review.agreed = Some(jiff::civil::date(2018, 4, 2));
    let (_folder, path) = written(dossier.to_text().expect("text").as_bytes());
    let done = program(&["termijnen", text_of(&path), "--datum", "1-5-2018"]);
    let told =
        "de datum van de afspraak voor de evaluatie (2 april 2018) ligt voor die van het besluit";
    assert!(done.err.contains(told), "{}", done.err);
    assert_eq!(done.exit, Some(Exit::Problems));
}

#[test]
fn the_json_of_the_clocks_keeps_its_shape() {
    let paths = ["fixtures/terms/opgeschort.ron", "fixtures/terms/pasen.ron"];
    let done = program(&[
        "termijnen",
        paths[0],
        paths[1],
        "--json",
        "--datum",
        "12-3-2018",
    ]);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    let json: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    let clock = &json["dossiers"][0]["clocks"][2];
    assert_eq!(clock["clock"], "Decision");
    assert_eq!(clock["state"], "Suspended");
    assert_eq!(clock["suspended_until"], "2018-03-14");
    check(Path::new("fixtures/terms/opgeschort.json"), &done.out);
}

#[test]
fn dates_that_contradict_each_other_are_told_at_their_field() {
    let suspended = |days: &str| {
        format!("application: \"2017-11-28\", suspensions: [({days}, reason: \"Plan volgt.\")]")
    };
    for (instead, field, words) in [
        (
            "application: \"2017-11-28\", personal_plan: \"2017-10-29\"".to_owned(),
            "dates.personal_plan",
            "ligt voor die van de melding",
        ),
        (
            "application: \"2017-11-28\", investigation: \"2017-12-09\"".to_owned(),
            "dates.investigation",
            "ligt na die van het besluit",
        ),
        (
            suspended("from: \"2017-12-04\", to: \"2017-12-02\""),
            "dates.suspensions[0].to",
            "ligt voor de begindatum",
        ),
        (
            suspended("from: \"2017-11-28\""),
            "dates.suspensions[0].from",
            "loopt pas vanaf de dag na de aanvraag",
        ),
        (
            suspended("from: \"2017-12-11\""),
            "dates.suspensions[0].from",
            "na het besluit",
        ),
        (
            suspended("to: \"2017-12-02\""),
            "dates.suspensions[0].from",
            "eerste dag van de opschorting ontbreekt",
        ),
        (
            suspended("from: \"2017-11-30\", reason: \"\"), (from: \"2017-12-01\""),
            "dates.suspensions[1].from",
            "valt samen met een andere",
        ),
        (
            suspended("from: \"2017-11-30\", to: \"2017-12-01\", ground: Consent), (from: \"2017-12-02\""),
            "dates.suspensions[0].reason",
            "reden van de opschorting ontbreekt",
        ),
        (
            "application: \"2017-11-28\", extension: (last_day: \"2017-12-12\", reason: \"Advies.\")".to_owned(),
            "dates.extension.last_day",
            "ligt niet na de laatste dag volgens de wet (12 december 2017)",
        ),
        (
            "application: \"2017-11-28\", extension: (last_day: \"2018-01-12\", told: \"2017-11-27\", reason: \"Advies.\")".to_owned(),
            "dates.extension.told",
            "dat is niet tussen de aanvraag (28 november 2017) en de nieuwe laatste dag (12 januari 2018)",
        ),
        (
            "application: \"2017-11-28\", extension: (last_day: \"2018-01-12\")".to_owned(),
            "dates.extension.reason",
            "reden van de verlenging ontbreekt",
        ),
    ] {
        let (_folder, path) = changed("application: \"2017-11-28\"", &instead);
        let done = program(&["termijnen", text_of(&path)]);
        assert_eq!(done.exit, Some(Exit::Problems), "{instead}");
        let line = done.err.lines().find(|line| line.contains(words));
        assert!(
            line.is_some_and(|line| line.contains(&format!(": {field}: "))),
            "{instead}: {}",
            done.err
        );
    }
}

#[test]
fn an_extension_that_is_long_or_was_told_late_is_a_warning() {
    let extended = |last: &str, told: &str| {
        let instead = format!(
            "application: \"2017-11-28\", extension: (last_day: \"{last}\", {told}reason: \"Advies.\")"
        );
        let (_folder, path) = changed("application: \"2017-11-28\"", &instead);
        program(&["termijnen", text_of(&path), "--datum", "15-1-2018"])
    };
    let in_time = "told: \"2017-12-12\", ";
    let done = extended("2018-01-23", in_time);
    assert_eq!((done.exit, done.err.as_str()), (Some(Exit::Done), ""));
    // The decision fell before the last day by law.
    assert!(
        done.out.contains(": op tijd, op 8 december 2017\n"),
        "{}",
        done.out
    );
    let bytes = std::fs::read("fixtures/terms/verlengd.ron").expect("a fixture");
    let mut dossier = Dossier::read("verlengd.ron", &bytes).expect("a dossier");
    dossier.dates.decision = Some(jiff::civil::date(2018, 3, 27));
    let (_folder, path) = written(dossier.to_text().expect("text").as_bytes());
    let done = program(&["termijnen", text_of(&path), "--datum", "1-5-2018"]);
    let words = "binnen de verlenging, op 27 maart 2018; volgens de wet 8 dagen te laat\n";
    assert!(done.out.contains(words), "{}", done.out);
    for (last, told, field, words) in [
        (
            "2018-01-24",
            in_time,
            "dates.extension.last_day",
            "meer dan acht weken na de aanvraag",
        ),
        (
            "2018-01-12",
            "told: \"2017-12-13\", ",
            "dates.extension.told",
            "na de laatste dag volgens de wet (12 december 2017)",
        ),
        (
            "2018-01-12",
            "",
            "dates.extension.told",
            "de dag waarop de cliënt hoorde van de verlenging ontbreekt",
        ),
    ] {
        let done = extended(last, told);
        assert_eq!(done.exit, Some(Exit::Done), "{last} {told}");
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        assert!(
            done.err.contains(&format!(": {field}: ")) && done.err.contains(words),
            "{}",
            done.err
        );
    }
}

#[test]
fn an_agreed_evaluation_is_a_clock_with_its_article() {
    let instead = "review: (agreed: \"2018-01-12\"), dates: (";
    let (_folder, path) = changed("dates: (", instead);
    let done = program(&["termijnen", text_of(&path)]);
    let words = "Evaluatie           TE LAAT  uiterlijk 12 januari 2018: 3 dagen te laat";
    assert!(done.out.contains(words), "{}", done.out);
    assert!(done.out.contains("artikel 2.3.9 Wmo 2015"), "{}", done.out);
}

#[test]
fn an_application_before_the_outcome_is_a_warning() {
    let instead = "application: \"2017-11-28\", investigation: \"2017-11-30\"";
    let (_folder, path) = changed("application: \"2017-11-28\"", instead);
    let done = program(&["termijnen", text_of(&path)]);
    assert_eq!(done.exit, Some(Exit::Done));
    assert!(done.err.contains("dates.application"), "{}", done.err);
}
