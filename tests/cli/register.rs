//! Where the register is, and all that can be done with it.

use super::{
    Around, Done, EXAMPLE, OWN, TODAY, example, folder, program, program_in, program_with, text_of,
};
use crate::articles::library_with_articles;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use maatwerk::cli::Exit;
use maatwerk::dossier::{Dates, Dossier, Receipt};
use maatwerk::letter;
use maatwerk::register::{
    Address, Base, Deciding, DossierId, Effort, Made, Passphrase, Register, Role, Save,
};
use maatwerk::settings::{Settings, write_backups, write_register};
use maatwerk::texts::Texts;
use maatwerk::trace::Status;
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

#[test]
fn setting_the_folder_for_backups_leaves_the_rest_of_the_file_alone() {
    let (_folder, path) = settings("(\n    map: \"/srv/wmo\", // tarieven\n)\n");
    for folder in ["/media/stick/kopie", "/srv/kopie"] {
        write_backups(&path, Path::new(folder)).expect("written");
        let read = Settings::read(&path).expect("sound");
        assert_eq!(read.backups, Some(PathBuf::from(folder)));
        assert_eq!(read.folder, Some(PathBuf::from("/srv/wmo")));
    }
    let written = fs::read_to_string(&path).expect("there");
    assert_eq!(
        written,
        "(\n    reservekopieen: \"/srv/kopie\",\n    map: \"/srv/wmo\", // tarieven\n)\n"
    );
    // One that is typed there counts from the folder of the settings.
    let (folder, path) = settings("(reservekopieen: \"kopie\")");
    let read = Settings::read(&path).expect("sound");
    assert_eq!(read.backups, Some(folder.path().join("kopie")));
}

const NAME: &str = "A. de Wit";
const PHRASE: &str = "vier losse woorden hier";
const OTHER: &str = "een heel andere wachtzin";

/// A register for trying out, in a folder of its own.
struct Trial {
    folder: TempDir,
}

/// The noon of a day, as a moment.
fn noon(day: Date) -> Timestamp {
    let noon = day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC);
    noon.expect("a moment").timestamp()
}

impl Trial {
    /// With one slot, and these dossiers, saved on a day.
    fn with(dossiers: &[&Dossier], day: Date) -> Self {
        let folder = folder();
        let trial = Self { folder };
        let address = Address::File(trial.path("register.db"));
        let phrase = Passphrase::new(PHRASE).expect("a passphrase");
        let founded = Register::found(&address, NAME, &phrase, Effort::TRIAL, noon(day));
        let mut register = founded.expect("made").register;
        for dossier in dossiers {
            let save = Save {
                id: Register::new_id().expect("an id"),
                base: Base::NEW,
                dossier,
                token: Register::new_id().expect("an id"),
                follows: None,
            };
            register.save(&save, noon(day)).expect("saved");
        }
        trial
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self) -> Register {
        let address = Address::File(self.path("register.db"));
        let mut register = Register::open(&address).expect("a register");
        let phrase = Passphrase::new(PHRASE).expect("a passphrase");
        register
            .unlock(NAME, &phrase, noon(TODAY))
            .expect("unlocks");
        register
    }

    /// Runs `maatwerk register …` on it, with these secrets typed.
    fn typed(&self, typed: &[&str], arguments: &[&str]) -> Done {
        let register = self.path("register.db");
        let mut all = vec!["register"];
        all.extend(arguments);
        all.extend(["--register", text_of(&register)]);
        let around = Around {
            typed,
            ..Around::default()
        };
        program_in(around, &all)
    }

    fn run(&self, arguments: &[&str]) -> Done {
        self.typed(&[PHRASE], arguments)
    }

    /// The same, where all goes well.
    fn done(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert_eq!(
            (done.exit, done.err.as_str()),
            (Some(Exit::Done), ""),
            "{arguments:?}"
        );
        self.plain(&done.out)
    }

    /// Without the name of the folder, which is another each time.
    fn plain(&self, said: &str) -> String {
        said.replace(text_of(self.folder.path()), "MAP")
    }
}

/// The example, of this case and person.
fn of(number: &str, surname: &str) -> Dossier {
    let mut dossier = Dossier::read("voorbeeld.ron", example().as_bytes()).expect("sound");
    dossier.number = number.to_owned();
    dossier.client.person.surname = surname.to_owned();
    dossier
}

#[test]
fn a_register_is_made_with_a_passphrase_that_is_typed_twice_and_shows_its_recovery_key() {
    let place = folder();
    let path = place.path().join("nieuw/register.db");
    let make = |typed: &[&str]| {
        let around = Around {
            typed,
            ..Around::default()
        };
        let words = [
            "register",
            "maak",
            "--naam",
            NAME,
            "--register",
            text_of(&path),
        ];
        program_in(around, &words)
    };
    let unlike = make(&[PHRASE, OTHER]);
    assert_eq!(unlike.exit, Some(Exit::Problems));
    assert!(unlike.err.contains("niet gelijk"), "{}", unlike.err);
    let nobody = make(&[]);
    assert!(nobody.err.contains("--wachtzin-bestand"), "{}", nobody.err);
    assert!(!path.exists());

    let made = make(&[PHRASE, PHRASE]);
    assert_eq!((made.exit, made.err.as_str()), (Some(Exit::Done), ""));
    let key = made.out.lines().last().expect("the key");
    assert!(key.starts_with("AGE-SECRET-KEY-1"), "{}", made.out);
    let again = make(&[PHRASE, PHRASE]);
    assert!(
        again.err.contains("hier staat al een register"),
        "{}",
        again.err
    );

    let lijst = |input: &str, more: &[&str]| {
        let around = Around {
            input,
            ..Around::default()
        };
        let mut words = vec!["register", "lijst", "--register", text_of(&path)];
        words.extend(more);
        program_in(around, &words)
    };
    let from_input = lijst(&format!("{PHRASE}\r\n"), &["--wachtzin-bestand", "-"]);
    assert_eq!(
        from_input.out, "0 te laat, 0 binnen een week, 0 wacht, 0 klaar\n",
        "{}",
        from_input.err
    );
    let recovered = lijst(key, &["--wachtzin-bestand", "-", "--herstelsleutel"]);
    assert_eq!(recovered.exit, Some(Exit::Done), "{}", recovered.err);
    let wrong = lijst(OTHER, &["--wachtzin-bestand", "-"]);
    assert_eq!(wrong.exit, Some(Exit::Problems));
    assert!(
        wrong.err.contains("de wachtzin klopt niet"),
        "{}",
        wrong.err
    );
}

#[test]
fn the_list_says_what_is_late_and_search_finds_by_name_and_number() {
    let mut late = of("2017-1", "Jansen");
    late.dates = Dates {
        report: Some(date(2017, 11, 1)),
        ..Dates::default()
    };
    let mut waiting = of("2017-2", "Çapek");
    waiting.dates = Dates {
        report: Some(date(2018, 1, 10)),
        ..Dates::default()
    };
    let trial = Trial::with(&[&late, &waiting], TODAY);
    // The client may still hand in a plan, and the investigation comes after it.
    assert_eq!(
        trial.done(&["lijst"]),
        "\
1 te laat, 0 binnen een week, 1 wacht, 0 klaar

te laat         13-12-2017  onderzoek afronden            2017-1           M. van der Jansen-Jansen, Slaaghwijk, Sanne de Wit
wacht           17-1-2018   persoonlijk plan is mogelijk  2017-2           M. van der Çapek-Jansen, Slaaghwijk, Sanne de Wit
"
    );
    assert_eq!(trial.done(&["zoek", "capek"]).lines().count(), 1);
    assert_eq!(trial.done(&["zoek", "2017-1", "jansen"]).lines().count(), 1);
    assert_eq!(trial.done(&["zoek", "nergens"]), "Niets gevonden.\n");
    assert_eq!(
        trial.done(&["bewaren"]),
        "Van geen dossier is de bewaartermijn voorbij.\n"
    );
    let old = Trial::with(&[&late], date(2003, 1, 14));
    assert_eq!(
        old.done(&["bewaren"]),
        "mag weg vanaf 15-1-2018   2017-1           M. van der Jansen-Jansen, Slaaghwijk, Sanne de Wit\n"
    );
}

#[test]
fn dossiers_leave_closed_and_come_back_the_same() {
    let (one, two) = (of("2017-1", "Jansen"), of("2017-2", "Smit"));
    let trial = Trial::with(&[&one, &two], TODAY);
    let out = trial.path("uit.age");
    let words = ["exporteer", "--alles", "-o", text_of(&out)];
    let done = trial.typed(&[PHRASE, OTHER, OTHER], &words);
    assert_eq!(
        (trial.plain(&done.out).as_str(), done.err.as_str()),
        ("2 dossiers geschreven naar MAP/uit.age, beveiligd\n", "")
    );
    let bytes = fs::read(&out).expect("there");
    assert!(bytes.starts_with(b"age-encryption.org/"));
    let there = trial.typed(&[PHRASE], &words);
    assert!(there.err.contains("dit bestand is er al"), "{}", there.err);

    let fresh = Trial::with(&[], TODAY);
    let taken = fresh.typed(&[PHRASE, OTHER], &["importeer", text_of(&out), EXAMPLE]);
    assert_eq!(
        (fresh.plain(&taken.out).as_str(), taken.err.as_str()),
        ("3 dossiers opgenomen in MAP/register.db\n", "")
    );
    let mut register = fresh.open();
    let ids: Vec<DossierId> = register
        .index()
        .expect("open")
        .entries()
        .iter()
        .map(|entry| entry.id)
        .collect();
    let loaded = ids.iter().map(|id| {
        register
            .load(*id, None, noon(TODAY))
            .expect("there")
            .dossier
    });
    let loaded: Vec<Dossier> = loaded.collect();
    assert!(loaded.contains(&one) && loaded.contains(&two));
    let wrong = fresh.typed(&[PHRASE, PHRASE], &["importeer", text_of(&out)]);
    assert_eq!(wrong.exit, Some(Exit::Problems));
    assert!(
        wrong.err.contains("de wachtzin klopt niet"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_file_that_breaks_off_tells_how_many_were_taken_in_and_names_the_file() {
    let dossiers: Vec<Dossier> = (0..40)
        .map(|turn| of(&format!("2017-{turn}"), "Jansen"))
        .collect();
    let trial = Trial::with(&dossiers.iter().collect::<Vec<_>>(), TODAY);
    let out = trial.path("uit.age");
    let words = ["exporteer", "--alles", "-o", text_of(&out)];
    trial.typed(&[PHRASE, OTHER, OTHER], &words);
    let bytes = fs::read(&out).expect("there");
    fs::write(&out, &bytes[..bytes.len() - 20]).expect("cut");

    let fresh = Trial::with(&[], TODAY);
    // The file after it is taken in all the same.
    let taken = fresh.typed(&[PHRASE, OTHER], &["importeer", text_of(&out), EXAMPLE]);
    assert_eq!(taken.exit, Some(Exit::Problems));
    let count = fresh.open().index().expect("open").entries().len();
    assert!((2..41).contains(&count), "{count}");
    assert_eq!(
        fresh.plain(&taken.out),
        format!("{count} dossiers opgenomen in MAP/register.db\n")
    );
    let told = trial.plain(&taken.err);
    let start = format!(
        "MAP/uit.age: na dossier {} is er niets meer ingevoerd: ",
        count - 1
    );
    assert!(told.starts_with(&start), "{told}");
    assert!(!told.contains("register.db"), "{told}");
}

#[test]
fn a_file_that_is_taken_in_twice_is_told_and_comes_in_again_only_when_asked() {
    let trial = Trial::with(&[&of("2017-1", "Jansen"), &of("2017-2", "Bakker")], TODAY);
    let out = trial.path("uit.ron");
    let words = [
        "exporteer",
        "--alles",
        "-o",
        text_of(&out),
        "--onbeschermd",
        "--ja",
    ];
    assert_eq!(trial.run(&words).exit, Some(Exit::Done));
    let again = trial.run(&["importeer", text_of(&out)]);
    assert_eq!(again.exit, Some(Exit::Done));
    assert_eq!(
        trial.plain(&again.out),
        "0 dossiers opgenomen in MAP/register.db\n"
    );
    for part in [
        "MAP/uit.ron, dossier 1: ",
        "staat al in het register, met dezelfde inhoud",
        "Jansen, ontwerp, opgeslagen op",
        "Zet er dan --toch bij.",
    ] {
        assert!(trial.plain(&again.err).contains(part), "{}", again.err);
    }
    let twice = trial.run(&["importeer", text_of(&out), "--toch"]);
    assert_eq!((twice.exit, twice.err.as_str()), (Some(Exit::Done), ""));
    assert_eq!(trial.open().index().expect("open").entries().len(), 4);
}

#[test]
fn a_register_goes_to_another_place_by_command_and_says_what_went_over() {
    let trial = Trial::with(&[&of("2017-1", "Jansen")], TODAY);
    let there = trial.path("ander.db");
    let moved = trial.run(&["verhuis", text_of(&there)]);
    assert_eq!((moved.exit, moved.err.as_str()), (Some(Exit::Done), ""));
    let told = trial.plain(&moved.out);
    assert!(
        told.starts_with("Overgezet naar MAP/ander.db en nagelezen: 1 dossier, 1 versie en "),
        "{told}"
    );
    assert!(
        told.contains("Het register op MAP/register.db blijft staan en is gesloten"),
        "{told}"
    );
    Register::open(&Address::File(there.clone())).expect("a register");
    let again = trial.run(&["verhuis", text_of(&there)]);
    assert_eq!(again.exit, Some(Exit::Problems));
    let told = trial.plain(&again.err);
    assert!(
        told.contains("dit register is overgezet naar MAP/ander.db; hier wordt niet meer gewerkt"),
        "{told}"
    );
    assert_eq!(
        trial.run(&["verhuis", "--terug"]).exit,
        Some(Exit::WrongUse)
    );
    let back = trial.run(&["verhuis", "--terug", "--ja"]);
    assert_eq!((back.exit, back.err.as_str()), (Some(Exit::Done), ""));
    assert!(
        back.out.contains("Er wordt weer gewerkt in "),
        "{}",
        back.out
    );
    let log = trial.run(&["logboek"]).out;
    assert!(
        log.contains("zonder ontgrendelen: het overzetten naar een andere plaats herroepen"),
        "{log}"
    );
    let again = trial.run(&["verhuis", text_of(&there)]);
    assert!(
        again.err.contains("hier staat al een register"),
        "{}",
        again.err
    );
}

#[test]
fn a_damaged_copy_is_put_back_only_when_the_damage_is_accepted() {
    let trial = Trial::with(&[&of("2017-1", "Jansen")], TODAY);
    let copies = trial.path("kopie");
    let made = trial.run(&["kopie", "-o", text_of(&copies)]).out;
    let copy = made.trim().to_owned();
    let file = rusqlite::Connection::open(&copy).expect("opens");
    file.execute("UPDATE revision SET figures = zeroblob(64)", [])
        .expect("damaged");
    drop(file);
    let before = trial.open().head().expect("read");
    let told = trial.run(&["herstel", &copy, "--ja"]);
    assert_eq!((told.exit, told.out.as_str()), (Some(Exit::Problems), ""));
    for part in [
        "versie 1 is beschadigd of veranderd",
        "er is niets teruggezet; bekeken: 1 dossier, 1 versie en ",
        "--met-schade",
    ] {
        assert!(told.err.contains(part), "{part}: {}", told.err);
    }
    let lines = |trial: &Trial| trial.open().log().expect("read");
    let after = lines(&trial);
    let line = |seq: i64| usize::try_from(seq - 1).expect("a line");
    assert_eq!(after[line(before.seq)].hash, before.hash);
    assert!(!trial.done(&["logboek"]).contains("teruggezet"));

    let done = trial.run(&["herstel", &copy, "--ja", "--met-schade"]);
    assert_eq!(done.exit, Some(Exit::Done));
    assert!(done.out.starts_with("De reservekopie is teruggezet.\n"));
    assert!(
        done.err.contains("versie 1 is beschadigd of veranderd"),
        "{}",
        done.err
    );
    let checked = trial.run(&["controleer"]);
    assert_eq!(checked.exit, Some(Exit::Problems));
    assert!(checked.out.contains("versie 1 is beschadigd of veranderd"));
}

#[test]
fn one_dossier_leaves_readable_only_after_yes_and_by_a_number_that_is_clear() {
    let (one, two) = (of("2017-1", "Jansen"), of("2017-1", "Smit"));
    let trial = Trial::with(&[&one, &two, &of("2017-3", "Bos")], TODAY);
    let out = trial.path("uit.ron");
    let plain = ["exporteer", "2017-3", "-o", text_of(&out), "--onbeschermd"];
    let asked = trial.run(&plain);
    assert_eq!(asked.exit, Some(Exit::WrongUse));
    assert!(asked.err.contains("Zet er dan --ja bij"), "{}", asked.err);
    let mut sure = plain.to_vec();
    sure.push("--ja");
    assert_eq!(
        trial.done(&sure),
        "1 dossier geschreven naar MAP/uit.ron, niet beveiligd\n"
    );
    let read = Dossier::read("uit.ron", &fs::read(&out).expect("there")).expect("sound");
    assert_eq!(read, of("2017-3", "Bos"));
    for (number, told) in [
        ("2017-1", "2 dossiers hebben nummer «2017-1»"),
        ("2017-1", "Smit-Jansen, ontwerp, opgeslagen op 15-1-2018"),
        ("2017-9", "er is geen dossier met nummer «2017-9»"),
    ] {
        let done = trial.run(&["exporteer", number, "-o", text_of(&trial.path("x"))]);
        assert_eq!(done.exit, Some(Exit::Problems));
        assert!(done.err.contains(told), "{}", done.err);
    }
    assert!(!trial.path("x").exists());
}

#[test]
fn the_person_concerned_gets_all_that_is_known_closed_unless_somebody_says_yes_to_plain() {
    let trial = Trial::with(&[&of("2017-1", "Jansen"), &of("2017-2", "Smit")], TODAY);
    let closed = trial.path("inzage.age");
    let words = ["inzage", "2017-1", "-o", text_of(&closed)];
    let done = trial.typed(&[PHRASE, OTHER, OTHER], &words);
    assert_eq!(
        (trial.plain(&done.out).as_str(), done.err.as_str()),
        (
            "inzage in 2017-1 geschreven naar MAP/inzage.age, beveiligd\n",
            ""
        )
    );
    let bytes = fs::read(&closed).expect("there");
    assert!(bytes.starts_with(b"age-encryption.org/"));

    let plain = trial.path("inzage.txt");
    let words = ["inzage", "2017-1", "-o", text_of(&plain), "--onbeschermd"];
    let asked = trial.run(&words);
    assert_eq!(asked.exit, Some(Exit::WrongUse));
    assert!(!plain.exists());
    let mut sure = words.to_vec();
    sure.push("--ja");
    trial.done(&sure);
    let text = fs::read_to_string(&plain).expect("there");
    assert!(text.contains("Jansen") && !text.contains("Smit"), "{text}");
    assert!(text.contains("Cliënt, achternaam: Jansen"), "{text}");
    // What the program itself reads stands beside each, protected in the same way.
    let source = fs::read_to_string(trial.path("inzage-bron.txt")).expect("there");
    assert!(source.contains("surname: \"Jansen\""), "{source}");
    let source = fs::read(trial.path("inzage-bron.age")).expect("there");
    assert!(source.starts_with(b"age-encryption.org/"));
    // The log knows which of the two was closed.
    for said in ["gemaakt, beveiligd", "gemaakt, zonder beveiliging"] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn a_check_a_copy_and_putting_it_back_are_told_and_stand_in_the_log() {
    let trial = Trial::with(&[&of("2017-1", "Jansen")], TODAY);
    let stand = trial.path("stand.txt");
    fs::write(&stand, trial.done(&["logboek", "--stand"])).expect("written");
    let copies = trial.path("kopieën");
    let made = trial.done(&["kopie", "-o", text_of(&copies)]);
    let copy = made.trim_end().replace("MAP", text_of(trial.folder.path()));
    let mut register = trial.open();
    let late = of("2017-2", "Later");
    let save = Save {
        id: Register::new_id().expect("an id"),
        base: Base::NEW,
        dossier: &late,
        token: Register::new_id().expect("an id"),
        follows: None,
    };
    register.save(&save, noon(TODAY)).expect("saved");
    drop(register);
    let log = trial.done(&["logboek"]);
    assert!(
        log.contains("zonder ontgrendelen: reservekopie gemaakt\n"),
        "{log}"
    );
    assert_eq!(trial.run(&["herstel", &copy]).exit, Some(Exit::WrongUse));
    let done = trial.done(&["herstel", &copy, "--ja"]);
    assert!(
        done.starts_with("De reservekopie is teruggezet.\n"),
        "{done}"
    );
    assert_eq!(trial.done(&["zoek", "2017-2"]), "Niets gevonden.\n");
    let log = trial.done(&["logboek"]);
    let lines: Vec<&str> = log.lines().collect();
    assert_eq!(
        lines[0],
        "     1  15-1-2018 12.00  A. de Wit: register gemaakt"
    );
    assert_eq!(
        lines[1],
        "     2  15-1-2018 12.00  A. de Wit: opgeslagen als versie 1 (2017-1)"
    );
    assert!(log.contains("reservekopie teruggezet"), "{log}");
    let checked = trial.done(&["controleer", "--stand", text_of(&stand)]);
    assert!(
        checked.starts_with("1 dossier, 1 versie en ")
            && checked.ends_with("gecontroleerd: 0 fouten\n"),
        "{checked}"
    );
    // An end that was kept just before that is told as such, with the one to keep from now on.
    let now = trial.done(&["logboek", "--stand"]);
    let copy_of_now = trial.done(&["kopie", "-o", text_of(&copies)]);
    assert_eq!(trial.done(&["zoek", "2017-2"]), "Niets gevonden.\n");
    fs::write(&stand, trial.done(&["logboek", "--stand"])).expect("written");
    let copy_of_now = copy_of_now
        .trim_end()
        .replace("MAP", text_of(trial.folder.path()));
    trial.done(&["herstel", &copy_of_now, "--ja"]);
    let told = trial.run(&["controleer", "--stand", text_of(&stand)]);
    assert_eq!(told.exit, Some(Exit::Problems));
    let words = format!("{}{}", told.out, told.err);
    assert!(
        words.contains(
            "het register is op 15 januari 2018 teruggezet naar een reservekopie, door «A. de Wit»"
        ),
        "{words}"
    );
    assert!(
        words.contains("bewaar vanaf nu de stand van nu."),
        "{words}"
    );
    let new = trial.done(&["logboek", "--stand"]);
    assert!(
        new != now && words.contains(&format!("De stand van nu: {new}")),
        "{words}"
    );

    let told = trial.run(&["herstel", &copy, "--ja", "--beschadigd"]);
    assert_eq!(told.exit, Some(Exit::Problems));
    assert!(
        told.err.contains("dit register gaat open en is heel"),
        "{}",
        told.err
    );
    fs::write(trial.path("register.db"), b"stuk").expect("written");
    let told = trial.run(&["controleer"]);
    assert_eq!(told.exit, Some(Exit::Problems));
    let done = trial.done(&["herstel", &copy, "--ja", "--beschadigd"]);
    assert!(
        done.contains("Het beschadigde bestand staat in MAP/"),
        "{done}"
    );
    assert_eq!(trial.done(&["zoek", "2017-1"]).lines().count(), 1);
    let log = trial.done(&["logboek"]);
    assert!(log.contains("in plaats van een beschadigd"), "{log}");
}

#[test]
fn a_register_put_back_as_a_whole_is_told_by_the_end_of_its_log_that_was_kept() {
    let trial = Trial::with(&[&of("2017-1", "Jansen")], TODAY);
    let before = trial.path("vorige.db");
    fs::copy(trial.path("register.db"), &before).expect("copied");
    for _ in 0..3 {
        trial.done(&["lijst"]);
    }
    let stand = trial.path("stand.txt");
    fs::write(&stand, trial.done(&["logboek", "--stand"])).expect("written");
    fs::copy(&before, trial.path("register.db")).expect("put back");
    let told = trial.run(&["controleer", "--stand", text_of(&stand)]);
    assert_eq!(told.exit, Some(Exit::Problems));
    assert!(
        told.out.contains("het hele register is teruggezet"),
        "{}",
        told.out
    );
    fs::write(&stand, "iets anders").expect("written");
    let told = trial.run(&["controleer", "--stand", text_of(&stand)]);
    assert!(
        told.err
            .contains("stand.txt: dit is geen stand van een logboek"),
        "{}",
        told.err
    );
}

#[test]
fn the_proof_of_a_decision_is_redone_by_its_number() {
    let dossier = of("2017-1", "Jansen");
    let trial = Trial::with(&[], TODAY);
    let mut register = trial.open();
    let library = library_with_articles();
    let save = Save {
        id: Register::new_id().expect("an id"),
        base: Base::NEW,
        dossier: &dossier,
        token: Register::new_id().expect("an id"),
        follows: None,
    };
    let receipt = |number: &str, dossier: &Dossier| {
        let receipt = Receipt::of(
            number,
            dossier,
            &library,
            TODAY,
            letter::texts_fingerprint(&Texts::shipped().unwrap()),
        );
        let receipt = receipt.expect("written");
        Ok(receipt.to_text().expect("written").into_bytes())
    };
    let deciding = Deciding {
        save,
        library: &library,
        printed: Status::Established,
        today: TODAY,
    };
    let made = register.make_definitive(&deciding, noon(TODAY), receipt);
    assert!(matches!(made, Ok(Made::Done { .. })), "{made:?}");
    let draft = of("2017-8", "Bakker");
    let draft = Save {
        id: Register::new_id().expect("an id"),
        dossier: &draft,
        token: Register::new_id().expect("an id"),
        ..save
    };
    register.save(&draft, noon(TODAY)).expect("saved");
    drop(register);
    let none = trial.run(&["bewijs", "2017-8"]);
    assert_eq!(none.exit, Some(Exit::Problems));
    let told = "dit dossier heeft geen definitief besluit, dus ook geen bewijs";
    assert!(none.err.contains(told), "{}", none.err);
    let redone = "Besluit 2018-000001: nagerekend, alle bedragen komen weer uit.\n";
    assert_eq!(trial.done(&["bewijs", "2018-000001"]), redone);
    assert_eq!(trial.done(&["bewijs", "2017-1"]), redone);

    // Finance redoes one of its own, without a name in it.
    let mut register = trial.open();
    let other = Passphrase::new(OTHER).expect("a passphrase");
    register
        .add_slot("Finance", Role::Finance, &other, Effort::TRIAL, noon(TODAY))
        .expect("added");
    drop(register);
    let done = trial.typed(&[OTHER], &["bewijs", "2018-000001", "--naam", "Finance"]);
    assert_eq!((done.out.as_str(), done.err.as_str()), (redone, ""));
}

#[test]
fn wrong_use_of_register_is_explained_in_dutch() {
    for (arguments, words) in [
        (
            &["register"][..],
            "Er ontbreekt wat u met het register wilt doen",
        ),
        (&["register", "wis"], "«wis» is geen opdracht"),
        (&["register", "maak"], "Er ontbreekt --naam"),
        (&["register", "exporteer", "1"], "Er ontbreekt --uitvoer"),
        (&["register", "exporteer", "-o", "x"], "Er ontbreekt"),
        (
            &["register", "exporteer", "1", "--alles", "-o", "x"],
            "gaat niet samen met",
        ),
        (&["register", "zoek"], "Er ontbreekt"),
    ] {
        let done = program(arguments);
        assert_eq!(done.exit, Some(Exit::WrongUse), "{arguments:?}");
        assert!(done.err.contains(words), "{arguments:?}: {}", done.err);
        assert!(
            done.err.contains("Uitleg: maatwerk register"),
            "{}",
            done.err
        );
        assert!(!done.err.contains("--catalogus"), "{}", done.err);
    }
}

#[test]
fn more_than_one_slot_asks_for_a_name() {
    let trial = Trial::with(&[], TODAY);
    let mut register = trial.open();
    let other = Passphrase::new(OTHER).expect("a passphrase");
    register
        .add_slot("Finance", Role::Finance, &other, Effort::TRIAL, noon(TODAY))
        .expect("added");
    drop(register);
    let told = trial.run(&["lijst"]);
    assert!(
        told.err
            .contains("Zet uw naam achter --naam: A. de Wit, Finance."),
        "{}",
        told.err
    );
    let done = trial.typed(&[OTHER], &["lijst", "--naam", "Finance"]);
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.err);
    let refused = trial.typed(
        &[OTHER],
        &[
            "exporteer",
            "--alles",
            "-o",
            "x",
            "--naam",
            "Finance",
            "--onbeschermd",
            "--ja",
        ],
    );
    assert!(
        refused.err.contains("namen en onderzoek niet te zien"),
        "{}",
        refused.err
    );
}

/// What a person or the recovery key sees after opening it: an empty list, or why not.
fn opens(trial: &Trial, secret: &str, more: &[&str]) -> bool {
    let words = [&["lijst"], more].concat();
    trial.typed(&[secret], &words).exit == Some(Exit::Done)
}

#[test]
fn people_are_listed_let_in_and_sent_away_and_the_log_says_so() {
    let trial = Trial::with(&[], TODAY);
    assert_eq!(
        trial.done(&["mensen"]),
        "volledig        A. de Wit\nherstelsleutel  herstelsleutel\n"
    );
    for (words, said) in [
        (
            &["toelaten", "Karim"][..],
            "Karim kan het register nu openen (volledig).\n",
        ),
        (
            &["toelaten", "Fin", "--financien"],
            "Fin kan het register nu openen (financiën).\n",
        ),
    ] {
        let words = [words, &["--naam", NAME]].concat();
        let done = trial.typed(&[PHRASE, OTHER, OTHER], &words);
        assert_eq!((done.out.as_str(), done.err.as_str()), (said, ""));
    }
    assert_eq!(trial.done(&["mensen"]).lines().count(), 4);
    assert!(opens(&trial, OTHER, &["--naam", "Karim"]));
    assert!(!opens(&trial, PHRASE, &["--naam", "Karim"]));

    let unlike = trial.typed(
        &[PHRASE, OTHER, PHRASE],
        &["toelaten", "Nog een", "--naam", NAME],
    );
    assert!(unlike.err.contains("niet gelijk"), "{}", unlike.err);
    let again = trial.typed(
        &[PHRASE, OTHER, OTHER],
        &["toelaten", "Karim", "--naam", NAME],
    );
    assert_eq!(again.exit, Some(Exit::Problems));
    assert!(
        again
            .err
            .contains("er is al een toegang met de naam «Karim»"),
        "{}",
        again.err
    );
    // Finance gives nobody access.
    let refused = trial.typed(
        &[OTHER, PHRASE, PHRASE],
        &["toelaten", "Vriend", "--naam", "Fin"],
    );
    assert_eq!(refused.exit, Some(Exit::Problems));

    let asked = trial.run(&["intrekken", "Karim", "--naam", NAME]);
    assert_eq!(asked.exit, Some(Exit::WrongUse));
    assert!(asked.err.contains("Zet er dan --ja bij"), "{}", asked.err);
    let gone = trial.run(&["intrekken", "Karim", "--ja", "--naam", NAME]);
    assert_eq!(
        gone.out, "De toegang van Karim is ingetrokken.\n",
        "{}",
        gone.err
    );
    assert!(!opens(&trial, OTHER, &["--naam", "Karim"]));
    let own = trial.run(&["intrekken", NAME, "--ja", "--naam", NAME]);
    assert!(own.err.contains("uw eigen toegang"), "{}", own.err);
    let nobody = trial.run(&["intrekken", "Karim", "--ja", "--naam", NAME]);
    assert!(
        nobody
            .err
            .contains("er is geen toegang met de naam «Karim»"),
        "{}",
        nobody.err
    );
    let log = trial.run(&["logboek", "--naam", NAME]).out;
    for deed in [
        "toegang gegeven aan «Karim» (volledig)",
        "toegang gegeven aan «Fin» (financiën)",
        "toegang van «Karim» ingetrokken",
    ] {
        assert!(log.contains(deed), "{log}");
    }
}

#[test]
fn a_passphrase_is_changed_or_given_anew_and_the_old_one_opens_nothing() {
    let trial = Trial::with(&[], TODAY);
    let changed = trial.typed(&[PHRASE, OTHER, OTHER], &["wachtzin"]);
    assert_eq!(
        (changed.out.as_str(), changed.err.as_str()),
        ("Uw wachtzin is gewijzigd.\n", "")
    );
    assert!(opens(&trial, OTHER, &[]) && !opens(&trial, PHRASE, &[]));
    let wrong = trial.typed(&[PHRASE, OTHER, OTHER], &["wachtzin"]);
    assert!(
        wrong.err.contains("de wachtzin klopt niet"),
        "{}",
        wrong.err
    );

    // From files, as a task of the computer would.
    let (old, new) = (trial.path("oud"), trial.path("nieuw"));
    fs::write(&old, OTHER).expect("written");
    fs::write(&new, PHRASE).expect("written");
    let files = [
        "--wachtzin-bestand",
        text_of(&old),
        "--wachtzin-nieuw",
        text_of(&new),
    ];
    let done = trial.typed(&[], &[&["wachtzin"][..], &files].concat());
    assert_eq!(done.exit, Some(Exit::Done), "{}", done.err);
    assert!(opens(&trial, PHRASE, &[]));

    // Somebody who lost it gets another one from a colleague.
    let admitted = trial.typed(&[PHRASE, OTHER, OTHER], &["toelaten", "Karim"]);
    assert_eq!(admitted.exit, Some(Exit::Done), "{}", admitted.err);
    let third = "en nog een derde zin";
    let given = trial.typed(
        &[PHRASE, third, third],
        &["wachtzin", "Karim", "--naam", NAME],
    );
    assert_eq!(
        (given.out.as_str(), given.err.as_str()),
        ("Karim opent het register nu met de nieuwe wachtzin.\n", "")
    );
    let karim = ["--naam", "Karim"];
    assert!(opens(&trial, third, &karim) && !opens(&trial, OTHER, &karim));
}

#[test]
fn a_new_recovery_key_is_shown_once_and_the_old_one_opens_nothing() {
    let trial = Trial::with(&[], TODAY);
    let asked = trial.run(&["herstelsleutel"]);
    assert_eq!(asked.exit, Some(Exit::WrongUse));
    let key = |done: &Done| {
        let key = done.out.lines().last().expect("a key").to_owned();
        assert!(
            key.starts_with("AGE-SECRET-KEY-1"),
            "{}{}",
            done.out,
            done.err
        );
        key
    };
    let first = trial.run(&["herstelsleutel", "--ja"]);
    assert!(
        first.out.starts_with(
            "Er is een nieuwe herstelsleutel; de oude opent niets meer.\n\nBewaar deze"
        ),
        "{}",
        first.out
    );
    let first = key(&first);
    let second = key(&trial.run(&["herstelsleutel", "--ja"]));
    let recovery = ["--herstelsleutel"];
    assert!(opens(&trial, &second, &recovery) && !opens(&trial, &first, &recovery));
    // With it somebody gets a new passphrase; it has none of its own.
    let words = ["wachtzin", "--herstelsleutel"];
    let own = trial.typed(&[&second, OTHER, OTHER], &words);
    assert!(
        own.err.contains("een herstelsleutel heeft geen wachtzin"),
        "{}",
        own.err
    );
    let words = ["wachtzin", NAME, "--herstelsleutel"];
    let given = trial.typed(&[&second, OTHER, OTHER], &words);
    assert_eq!(given.exit, Some(Exit::Done), "{}", given.err);
    assert!(opens(&trial, OTHER, &[]) && !opens(&trial, PHRASE, &[]));
}

#[test]
fn a_passphrase_of_ten_thousand_letters_is_told_in_one_line_wherever_it_is_given() {
    let trial = Trial::with(&[], TODAY);
    let out = trial.path("uit.age");
    // Each letter four bytes.
    let long = "\u{1F600}".repeat(10_000);
    let told = "de wachtzin is te lang: 10000 tekens, hoogstens 1024. Kies een kortere zin. Staat er per ongeluk een hele tekst in het vak?";
    let file = trial.path("lang");
    fs::write(&file, &long).expect("written");
    let export = ["exporteer", "--alles", "-o", text_of(&out)];
    for (typed, words) in [
        (&[long.as_str()][..], &["lijst"][..]),
        (&[PHRASE, &long, &long], &export),
        (&[PHRASE, &long, &long], &["wachtzin"]),
        (&[PHRASE, &long, &long], &["toelaten", "Karim"]),
        (&[], &["lijst", "--wachtzin-bestand", text_of(&file)]),
    ] {
        let done = trial.typed(typed, words);
        assert_eq!(done.exit, Some(Exit::Problems), "{words:?}");
        assert_eq!((done.out.as_str(), done.err.lines().count()), ("", 1));
        assert!(done.err.contains(told), "{words:?}: {}", done.err);
        assert!(!done.err.contains('\u{1F600}'));
    }
    let input = Around {
        input: &long,
        ..Around::default()
    };
    let register = trial.path("register.db");
    let words = [
        "register",
        "lijst",
        "--wachtzin-bestand",
        "-",
        "--register",
        text_of(&register),
    ];
    assert!(program_in(input, &words).err.contains(told));
    assert!(!out.exists());
    assert_eq!(trial.done(&["mensen"]).lines().count(), 2);
    // The longest that may be opens what it closed.
    let longest = format!("{}vier losse woorden", "é".repeat(1006));
    let changed = trial.typed(&[PHRASE, &longest, &longest], &["wachtzin"]);
    assert_eq!(changed.exit, Some(Exit::Done), "{}", changed.err);
    assert!(opens(&trial, &longest, &[]));
}
