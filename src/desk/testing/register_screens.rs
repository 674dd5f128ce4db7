//! The screens of the register on a real one in a folder that is thrown away: by role and name, and as pictures.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Theme, Ui, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{AccessKitNode, NodeT as _, Queryable as _};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use tempfile::TempDir;

use super::register::based;
use super::{USUAL, assert_nothing_is_cut_off, window};
use crate::budget::Library;
use crate::catalogue::SourceFile;
use crate::desk::panels::register::{
    Around, Asked, Job, News, Open, Screen, Screens, backups, definitive,
};
use crate::dossier::Dossier;
use crate::register::{
    Address, Deed, Destroyed, DossierId, Effort, Ground, Kind, Passphrase, Progress, Register,
    Role as Access, Save, Saved, Schedule, documents, kept_until,
};

const NAME: &str = "Sanne";
const PHRASE: &str = "vier losse woorden samen";

/// The screens with the register that they work in, which answers at once.
pub(super) struct Bench {
    pub(super) screens: Screens,
    pub(super) register: Register,
    pub(super) around: Around,
    pub(super) open: Option<Open>,
    /// Seconds since the first moment: every job is a minute later.
    clock: i64,
    pub(super) news: Vec<News>,
    asked: Vec<Asked>,
    pub(super) folder: TempDir,
}

pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_519_900_000 + seconds).unwrap()
}

/// Destroys a dossier as it stands now, because the client asks.
pub(super) fn destroy(register: &mut Register, id: DossierId, now: Timestamp) {
    let seen = register.peek(id, None).unwrap().base();
    let done = register.destroy(id, seen, Ground::Request, now);
    assert_eq!(done, Ok(Destroyed::Done));
}

/// A municipality where everything is confirmed.
pub(super) fn library() -> Library {
    library_with("27.50")
}

/// The same with this rate for an hour of help.
pub(super) fn library_with(rate: &str) -> Library {
    let read = |name: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/catalogues");
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        text.replace("Euro(\"27.50\")", &format!("Euro({rate:?})"))
    };
    let files = ["proefgemeente.ron", "proef.ron"].map(|name| (name, read(name)));
    let files = files
        .each_ref()
        .map(|(name, text)| SourceFile { name, text });
    Library::of(&files).unwrap()
}

/// A dossier of that municipality, about which can be decided.
pub(super) fn dossier() -> Dossier {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/dossiers/brief-gemengd.ron");
    let mut dossier = Dossier::read("brief-gemengd", &std::fs::read(file).unwrap()).unwrap();
    dossier.municipality = "9999".to_owned();
    let line = &mut dossier.provisions[0].line;
    line.product = "hulp".to_owned();
    line.choices.remove("intensity");
    dossier
}

pub(super) fn named(surname: &str) -> Dossier {
    let mut dossier = dossier();
    dossier.client.person.surname = surname.to_owned();
    dossier
}

fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text).unwrap()
}

impl Bench {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::File(folder.path().join("register.db"));
        let founded = Register::found(&address, NAME, &phrase(PHRASE), Effort::TRIAL, at(0));
        Self {
            screens: Screens::default(),
            register: founded.unwrap().register,
            around: Around {
                library: Arc::new(library()),
                today: date(2018, 3, 1),
                zone: TimeZone::UTC,
                backups: folder.path().join("kopieën"),
                effort: Effort::TRIAL,
                progress: Progress::default(),
            },
            open: None,
            clock: 0,
            news: Vec::new(),
            asked: Vec::new(),
            folder,
        }
    }

    pub(super) fn save(&mut self, id: DossierId, base: i64, dossier: &Dossier) -> i64 {
        self.clock += 60;
        let save = Save {
            id,
            base: based(&mut self.register, id, base),
            dossier,
            token: Register::new_id().unwrap(),
            follows: None,
        };
        match self.register.save(&save, at(self.clock)).unwrap() {
            Saved::Done { revision } => revision,
            Saved::Changed { current } => panic!("changed: {current}"),
        }
    }

    /// A new dossier with these names of the client one after another; it is the open one from now on.
    pub(super) fn begin(&mut self, names: &[&str]) -> DossierId {
        let id = Register::new_id().unwrap();
        let mut revision = 0;
        for name in names {
            revision = self.save(id, revision, &named(name));
        }
        self.open_as(id, revision, named(names.last().unwrap()));
        id
    }

    pub(super) fn open_as(&mut self, id: DossierId, revision: i64, dossier: Dossier) {
        self.open = Some(Open {
            id,
            base: based(&mut self.register, id, revision),
            dossier: Arc::new(dossier),
            follows: None,
            writes: true,
            by_oneself: false,
            changed: false,
        });
    }

    fn show_ui(&mut self, ui: &mut Ui) {
        let slot = self.register.slot();
        let full = slot.is_some_and(|slot| slot.role != Access::Finance);
        match self.screens.show_ui(ui, self.open.as_ref(), full) {
            Some(Asked::Job(job)) => {
                self.clock += 60;
                let answer = job.carry_out(&mut self.register, &self.around, at(self.clock));
                self.news.extend(self.screens.take(answer));
                ui.ctx().request_repaint();
            }
            Some(asked) => self.asked.push(asked),
            None => {}
        }
    }

    /// The register that it works in, unlocked by a second program.
    pub(super) fn colleague(&self) -> Register {
        let address = Address::File(self.folder.path().join("register.db"));
        let mut register = Register::open(&address).unwrap();
        register.unlock(NAME, &phrase(PHRASE), at(700)).unwrap();
        register
    }

    fn deeds(&mut self) -> Vec<String> {
        let log = self.register.log().unwrap();
        let lines = log.into_iter().filter_map(|line| line.line);
        lines.map(|line| line.deed.dutch()).collect()
    }
}

pub(super) type Test = Harness<'static, Bench>;

pub(super) fn test(size: Vec2, look: Theme, mut bench: Bench, screen: Screen) -> Test {
    bench.screens.show(screen, bench.open.as_ref());
    let mut harness = window(size, look, bench, |ui, bench: &mut Bench| bench.show_ui(ui));
    harness.run();
    harness
}

pub(super) fn usual(bench: Bench, screen: Screen) -> Test {
    test(USUAL, Theme::Light, bench, screen)
}

/// Puts another screen in front, or has the same one read again.
pub(super) fn show(harness: &mut Test, screen: Screen) {
    let bench = harness.state_mut();
    bench.screens.show(screen, bench.open.as_ref());
    harness.run();
}

pub(super) fn press(harness: &mut Test, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).scroll_to_me();
    harness.run();
    harness.get_by_role_and_label(role, label).click();
    harness.run();
}

pub(super) fn button(harness: &mut Test, label: &str) {
    press(harness, Role::Button, label);
}

pub(super) fn row(harness: &mut Test, part: &str) {
    let fits = |node: &AccessKitNode<'_>| {
        node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.contains(part))
    };
    harness.get_by(fits).scroll_to_me();
    harness.run();
    harness.get_by(fits).click();
    harness.run();
}

fn type_in(harness: &mut Test, label: &str, text: &str) {
    let fits = |node: &AccessKitNode<'_>| {
        matches!(node.role(), Role::TextInput | Role::PasswordInput)
            && node.label().is_some_and(|found| found == label)
    };
    harness.get_by(fits).focus();
    harness.run();
    harness.get_by(fits).type_text(text);
    harness.run();
}

pub(super) fn says(harness: &Test, part: &str) {
    let found = harness.query_all_by_label_contains(part).next();
    assert!(found.is_some(), "the screen does not say: {part}");
}

pub(super) fn is_silent_about(harness: &Test, part: &str) {
    let found = harness.query_all_by_label_contains(part).next();
    assert!(found.is_none(), "the screen says: {part}");
}

#[test]
fn versions_are_listed_compared_opened_and_taken_back() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Jansen", "Janssen", "Anders"]);
    let mut harness = usual(bench, Screen::Versions);
    says(&harness, "Versie 3, Sanne, ontwerp, 1-3-2018");
    button(&mut harness, "Toon de verschillen");
    says(&harness, "Van versie 2 naar versie 3: 1 verschil");
    says(&harness, "Cliënt, achternaam (tekst): Anders, was: Janssen");
    row(&mut harness, "Versie 1");
    button(&mut harness, "Open om te lezen");
    let Some(News::Read(loaded, _)) = harness.state_mut().news.pop() else {
        panic!("nothing to read");
    };
    assert_eq!(
        (loaded.revision, &*loaded.dossier.client.person.surname),
        (1, "Jansen")
    );
    button(&mut harness, "Neem terug als nieuwe versie");
    let Some(News::Stands(loaded, said)) = harness.state_mut().news.pop() else {
        panic!("nothing stands");
    };
    assert_eq!(said, "Versie 1 is teruggenomen als versie 4.");
    assert_eq!(loaded.dossier, named("Jansen"));
    says(&harness, "Versie 4, Sanne, ontwerp");
    // A colleague saves; taking back on top of what was not seen is refused.
    let bench = harness.state_mut();
    bench.save(id, 4, &named("Collega"));
    row(&mut harness, "Versie 2");
    button(&mut harness, "Neem terug als nieuwe versie");
    says(
        &harness,
        "Een collega heeft dit dossier intussen opgeslagen.",
    );
}

#[test]
fn a_decision_about_which_nothing_was_investigated_is_warned_of_before_it_becomes_definitive() {
    let mut bench = Bench::new();
    let id = Register::new_id().unwrap();
    let mut silent = dossier();
    silent.investigation = crate::dossier::Investigation::default();
    let revision = bench.save(id, 0, &silent);
    bench.open_as(id, revision, silent);
    let mut harness = usual(bench, Screen::Definitive);
    says(&harness, "Niets staat in de weg");
    says(&harness, "Let op");
    says(&harness, "van het onderzoek staat niets op papier");
    row(&mut harness, "Onderzoek, hulpvraag");
    let Some(Asked::GoTo(field)) = harness.state_mut().asked.pop() else {
        panic!("no field to go to");
    };
    assert_eq!(field, "investigation.request.text");
    harness.state_mut().open_as(id, revision, dossier());
    show(&mut harness, Screen::Definitive);
    says(&harness, "Niets staat in de weg");
    let told = harness.query_all_by_label_contains("van het onderzoek staat niets op papier");
    assert_eq!(told.count(), 0);
}

#[test]
fn a_decision_is_blocked_then_mended_then_numbered_and_never_changes_again() {
    let mut bench = Bench::new();
    let id = Register::new_id().unwrap();
    let mut lacking = dossier();
    lacking.client.bsn = None;
    lacking.signatory.name.clear();
    let revision = bench.save(id, 0, &lacking);
    bench.open_as(id, revision, lacking);
    let mut harness = usual(bench, Screen::Definitive);
    says(&harness, "2 punten staan nog in de weg");
    row(&mut harness, "Cliënt, BSN");
    let Some(Asked::GoTo(field)) = harness.state_mut().asked.pop() else {
        panic!("no field to go to");
    };
    assert_eq!(field, "client.bsn");

    // Mended, and not saved: making it definitive saves it.
    harness.state_mut().open_as(id, revision, dossier());
    show(&mut harness, Screen::Definitive);
    says(&harness, "Niets staat in de weg");
    press(
        &mut harness,
        Role::CheckBox,
        "Ik heb de brief gelezen en het besluit klopt",
    );
    button(&mut harness, "Maak definitief");
    says(&harness, "Besluit 2018-000001 is definitief");
    let Some(News::Stands(loaded, _)) = harness.state_mut().news.pop() else {
        panic!("nothing stands");
    };
    assert_eq!((loaded.revision, &loaded.dossier), (2, &dossier()));

    let bench = harness.state_mut();
    bench.open_as(id, 2, dossier());
    let late = named("Later");
    let save = Save {
        id,
        base: based(&mut bench.register, id, 2),
        dossier: &late,
        token: Register::new_id().unwrap(),
        follows: None,
    };
    let refused = bench.register.save(&save, at(9000)).unwrap_err();
    assert_eq!(refused.kind, Kind::Refused);
    button(&mut harness, "Reken het bewijs na");
    says(
        &harness,
        "Het bewijs klopt: elke stap en elk bedrag komt opnieuw hetzelfde uit",
    );
    show(&mut harness, Screen::Versions);
    says(&harness, "Versie 2, Sanne, besluit 2018-000001");
    row(&mut harness, "Versie 1");
    let taken_back = harness.query_by_label("Neem terug als nieuwe versie");
    assert!(
        taken_back.is_none(),
        "nothing is saved on top of a decision"
    );

    show(&mut harness, Screen::Definitive);
    button(&mut harness, "Nieuw dossier op basis van dit besluit");
    let Some(News::FollowUp(dossier, follows)) = harness.state_mut().news.pop() else {
        panic!("nothing follows");
    };
    assert_eq!(follows, id);
    assert_eq!(dossier.dates.decision, None);
}

#[test]
fn a_receipt_that_was_altered_is_told() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Jansen"]);
    let mut harness = usual(bench, Screen::Definitive);
    press(
        &mut harness,
        Role::CheckBox,
        "Ik heb de brief gelezen en het besluit klopt",
    );
    button(&mut harness, "Maak definitief");
    let bench = harness.state_mut();
    bench.open_as(id, 2, named("Jansen"));
    let behind = rusqlite::Connection::open(bench.folder.path().join("register.db")).unwrap();
    let altered = behind.execute(
        "UPDATE decision SET receipt = zeroblob(length(receipt))",
        [],
    );
    assert_eq!(altered.unwrap(), 1);
    button(&mut harness, "Reken het bewijs na");
    says(&harness, "beschadigd of veranderd buiten het programma om");
    is_silent_about(&harness, "Het bewijs klopt");
    show(&mut harness, Screen::Log);
    button(&mut harness, "Controle en stand…");
    button(&mut harness, "Controleer het register");
    says(
        &harness,
        "Het bewijsstuk bij besluit 2018-000001 ontbreekt of is veranderd",
    );
}

#[test]
fn what_is_found_of_another_dossier_is_not_shown_with_the_one_that_is_open() {
    let mut bench = Bench::new();
    bench.begin(&["Aalders"]);
    let look = definitive::Job::Look(Box::new(bench.open.clone().unwrap()));
    let ready = Job::Definitive(look).carry_out(&mut bench.register, &bench.around, at(100));
    let mut lacking = named("Bakker");
    lacking.client.bsn = None;
    let other = Register::new_id().unwrap();
    bench.save(other, 0, &lacking);
    bench.open_as(other, 1, lacking);
    let mut harness = usual(bench, Screen::Definitive);
    says(&harness, "nog in de weg");
    assert!(harness.state_mut().screens.take(ready).is_none());
    harness.run();
    says(&harness, "nog in de weg");
}

#[test]
fn the_log_is_searched_by_dossier_person_and_deed() {
    let mut bench = Bench::new();
    bench.begin(&["Bakker"]);
    let id = bench.begin(&["Aalders"]);
    bench.register.load(id, None, at(500)).unwrap();
    let mut harness = usual(bench, Screen::Log);
    says(&harness, "4 regels");
    says(&harness, "Geopend, versie 1, Sanne: ");
    type_in(&mut harness, "Dossier", "aalders");
    harness.key_press(Key::Enter);
    harness.run();
    says(&harness, "2 regels");
    is_silent_about(&harness, "Bakker");
    press(&mut harness, Role::ComboBox, "Wat");
    press(&mut harness, Role::Button, "geopend");
    says(&harness, "1 regel");
}

#[test]
fn a_register_that_was_put_back_is_told_by_the_end_of_the_log_that_was_kept() {
    let mut bench = Bench::new();
    bench.begin(&["Bakker"]);
    let path = bench.folder.path().join("register.db");
    let older = bench
        .register
        .back_up(&bench.around.backups, at(70))
        .unwrap();
    bench.begin(&["Aalders"]);
    let kept = bench.register.head().unwrap().to_string();
    // Somebody puts the whole file back, behind the program.
    let nowhere = Bench::new();
    drop(std::mem::replace(&mut bench.register, nowhere.register));
    let _ = std::fs::remove_file(path.with_extension("db-wal"));
    std::fs::copy(&older.path, &path).unwrap();
    bench.register = Register::open(&Address::File(path)).unwrap();
    bench
        .register
        .unlock(NAME, &phrase(PHRASE), at(500))
        .unwrap();
    bench.open = None;
    let mut harness = usual(bench, Screen::Log);
    button(&mut harness, "Controle en stand…");
    button(&mut harness, "Controleer het register");
    says(&harness, "Het register is heel: 1 dossier, 1 versie");
    let label = "Eerder bewaarde stand (hoeft niet)";
    type_in(&mut harness, label, "maatwerk-logboek onzin");
    harness.key_press(Key::Enter);
    harness.run();
    says(&harness, "Dit is geen stand van een logboek.");
    harness.key_press(Key::Escape);
    harness.run();
    type_in(&mut harness, label, &kept);
    harness.key_press(Key::Enter);
    harness.run();
    button(&mut harness, "Controleer het register");
    says(
        &harness,
        "Het logboek heeft een andere geschiedenis dan op regel 3 is bewaard",
    );
}

#[test]
fn a_backup_is_made_looked_into_and_put_back_after_a_question() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Bakker"]);
    let mut harness = usual(bench, Screen::Backups);
    says(&harness, "Er is nog geen reservekopie.");
    button(&mut harness, "Maak nu een reservekopie");
    assert_eq!(harness.query_all_by_role(Role::ListBoxOption).count(), 1);
    harness.state_mut().save(id, 1, &named("Later"));
    button(&mut harness, "Bekijk wat erin staat");
    says(&harness, "In deze kopie: 1 dossier");
    row(&mut harness, "Bakker");
    button(&mut harness, "Open om te lezen");
    let Some(News::Read(loaded, _)) = harness.state_mut().news.pop() else {
        panic!("nothing to read");
    };
    assert_eq!(loaded.dossier, named("Bakker"));

    button(&mut harness, "Zet deze kopie terug…");
    button(&mut harness, "Annuleren");
    button(&mut harness, "Zet deze kopie terug…");
    button(&mut harness, "Zet de kopie terug");
    let bench = harness.state_mut();
    assert!(matches!(bench.news.pop(), Some(News::Replaced(_))));
    let there = bench.register.peek(id, None).unwrap();
    assert_eq!((there.revision, there.dossier), (1, named("Bakker")));
    // What there was before stands in a backup of its own.
    let folder = bench.around.backups.clone();
    let kept = crate::register::backups(&folder, bench.register.id());
    assert_eq!(kept.len(), 2);
    let entries = bench.register.entries_of(&kept[1].path).unwrap();
    assert_eq!(entries[0].revision, 2);
}

#[test]
fn a_backup_is_made_by_itself_once_a_day_and_never_when_that_was_said() {
    let mut bench = Bench::new();
    bench.begin(&["Bakker"]);
    let address = Address::File(bench.folder.path().join("register.db"));
    let folder = bench.around.backups.clone();
    let made = |schedule, seconds| {
        let backup = backups::make_if_due(&address, schedule, (&folder, &folder), at(seconds));
        backup.unwrap().is_some()
    };
    assert!(!made(Schedule::Off, 100));
    assert!(made(Schedule::Daily, 100));
    assert!(!made(Schedule::Daily, 3600));
    assert!(made(Schedule::Daily, 24 * 3600));
    assert!(!made(Schedule::Weekly, 3 * 24 * 3600));
    assert!(made(Schedule::Weekly, 9 * 24 * 3600));
    // What has passed its term goes although no copy is made: only the newest stays.
    let damaged = bench
        .folder
        .path()
        .join("register.20180301T000000Z.beschadigd");
    std::fs::write(&damaged, b"").unwrap();
    assert!(!made(Schedule::Off, 20 * 24 * 3600));
    assert!(damaged.exists());
    assert!(!made(Schedule::Off, 200 * 24 * 3600));
    assert!(!damaged.exists());
    let there = crate::register::backups(&folder, bench.register.id());
    assert_eq!(there.len(), 1);
    let mut harness = usual(bench, Screen::Backups);
    press(&mut harness, Role::RadioButton, "elke week");
    let bench = harness.state_mut();
    assert_eq!(bench.register.schedule().unwrap(), Schedule::Weekly);
}

#[test]
fn what_is_past_its_term_is_destroyed_once_somebody_is_sure() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Bakker"]);
    bench.open = None;
    bench.around.today = kept_until(at(60));
    let mut harness = usual(bench, Screen::Keeping);
    row(&mut harness, "Bakker");
    button(&mut harness, "Vernietig");
    assert!(
        harness.state_mut().register.peek(id, None).is_ok(),
        "nobody was sure yet"
    );
    press(
        &mut harness,
        Role::CheckBox,
        "Ja, vernietig 1 gekozen dossier voorgoed",
    );
    button(&mut harness, "Vernietig");
    let bench = harness.state_mut();
    assert!(matches!(bench.news.pop(), Some(News::Gone { ids, .. }) if ids == [id]));
    assert_eq!(
        bench.register.peek(id, None).unwrap_err().kind,
        Kind::Missing
    );
    let folder = bench.around.backups.clone();
    assert_eq!(
        crate::register::backups(&folder, bench.register.id()).len(),
        1
    );
    says(
        &harness,
        "Er is geen dossier waarvan de bewaartermijn voorbij is.",
    );
    says(
        &harness,
        "bewaartermijn voorbij, door Sanne; uit alle reservekopieën weg op",
    );
}

#[test]
fn what_is_gone_is_told_also_when_the_backup_or_the_next_dossier_fails() {
    let mut bench = Bench::new();
    let one = bench.begin(&["Bakker"]);
    let other = bench.begin(&["Aalders"]);
    bench.open = None;
    bench.around.today = kept_until(at(600));
    // A file where the folder of the backups should be.
    std::fs::write(&bench.around.backups, b"").unwrap();
    // A colleague destroyed the second meanwhile.
    let mut colleague = bench.colleague();
    let mut harness = usual(bench, Screen::Keeping);
    destroy(&mut colleague, other, at(710));
    button(&mut harness, "Kies alle");
    let sure = "Ja, vernietig 2 gekozen dossiers voorgoed";
    press(&mut harness, Role::CheckBox, sure);
    button(&mut harness, "Vernietig");
    let bench = harness.state_mut();
    let Some(News::Gone { ids, words }) = bench.news.pop() else {
        panic!("nothing is told to be gone");
    };
    assert_eq!(ids, [one]);
    for part in [
        "Het dossier is vernietigd.",
        "1 dossier niet:",
        "De nieuwe reservekopie is niet gemaakt: De reservekopie is niet te schrijven.",
    ] {
        assert!(words.contains(part), "{words}");
    }
}

#[test]
fn the_open_dossier_is_destroyed_on_request() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Bakker"]);
    let mut harness = usual(bench, Screen::Keeping);
    let sure = "Ja, vernietig het open dossier voorgoed, op verzoek van de cliënt";
    press(&mut harness, Role::CheckBox, sure);
    button(&mut harness, "Vernietig dit dossier");
    let bench = harness.state_mut();
    assert!(matches!(bench.news.pop(), Some(News::Gone { ids, .. }) if ids == [id]));
    let log = bench.register.log().unwrap();
    let last = log.last().unwrap().line.clone().unwrap();
    assert_eq!(
        last.deed,
        Deed::Destroyed {
            dossier: id,
            on_request: true
        }
    );
}

/// Presses the button that asks for a file, and gives this one.
pub(super) fn with_file(harness: &mut Test, label: &str, path: PathBuf) {
    button(harness, label);
    let Some(Asked::ChooseFile(what)) = harness.state_mut().asked.pop() else {
        panic!("no file is asked for");
    };
    harness.state_mut().screens.take_file(what, path);
    harness.run();
}

#[test]
fn what_leaves_is_closed_unless_somebody_says_that_everybody_may_read_it() {
    let mut bench = Bench::new();
    let id = bench.begin(&["Bakker"]);
    let file = bench.folder.path().join("uit.age");
    let plain = bench.folder.path().join("uit.ron");
    let mut harness = usual(bench, Screen::Keeping);
    button(&mut harness, "Voer uit…");
    says(&harness, "De wachtzin is te kort");
    type_in(
        &mut harness,
        "Wachtzin voor het bestand",
        "een zin voor onderweg",
    );
    type_in(
        &mut harness,
        "Dezelfde wachtzin nog eens",
        "een zin voor onderweh",
    );
    button(&mut harness, "Voer uit…");
    says(&harness, "De twee wachtzinnen zijn niet gelijk.");
    assert!(harness.state().asked.is_empty());
    harness.key_press(Key::Backspace);
    type_in(&mut harness, "Dezelfde wachtzin nog eens", "");
    harness.key_press(Key::End);
    harness.key_press(Key::Backspace);
    harness.run();
    type_in(&mut harness, "Dezelfde wachtzin nog eens", "g");
    with_file(&mut harness, "Voer uit…", file.clone());
    let closed = std::fs::read(&file).unwrap();
    assert!(closed.starts_with(b"age-encryption.org/"));
    let mut found = Vec::new();
    documents(
        &mut closed.as_slice(),
        Some(&phrase("een zin voor onderweg")),
        |_, dossier| {
            found.push(dossier.unwrap());
            Ok(())
        },
    )
    .unwrap();
    assert_eq!(found, [named("Bakker")]);

    press(&mut harness, Role::RadioButton, "Voor iedereen leesbaar");
    button(&mut harness, "Voer uit…");
    says(
        &harness,
        "Zeg eerst dat iedereen het bestand mag kunnen lezen",
    );
    press(
        &mut harness,
        Role::CheckBox,
        "Ik begrijp dat iedereen het bestand kan lezen",
    );
    with_file(&mut harness, "Voer uit…", plain.clone());
    let text = std::fs::read_to_string(&plain).unwrap();
    assert_eq!(text, named("Bakker").to_text().unwrap());
    press(
        &mut harness,
        Role::CheckBox,
        "Ik begrijp dat iedereen het bestand kan lezen",
    );
    with_file(&mut harness, "Inzage voor de cliënt…", plain.clone());
    let text = std::fs::read_to_string(&plain).unwrap();
    assert!(
        text.starts_with(&format!("Inzage in dossier {id}")),
        "{text}"
    );
    let deeds = harness.state_mut().deeds();
    assert!(
        deeds.contains(&"dossier uitgevoerd, beveiligd".to_owned()),
        "{deeds:?}"
    );
    assert!(
        deeds.contains(&"dossier uitgevoerd, zonder beveiliging".to_owned()),
        "{deeds:?}"
    );

    // And in again, as a dossier of its own.
    type_in(
        &mut harness,
        "Wachtzin van het bestand, als het er een heeft",
        "een zin voor onderweg",
    );
    with_file(&mut harness, "Kies een bestand…", file);
    button(&mut harness, "Voer deze toch in, als nog een dossier");
    let bench = harness.state_mut();
    assert!(
        matches!(bench.news.last(), Some(News::Changed(said)) if said.starts_with("1 dossier ingevoerd"))
    );
    assert_eq!(bench.register.index().unwrap().entries().len(), 2);
}

#[test]
fn people_come_and_go_and_change_their_own_passphrase() {
    let bench = Bench::new();
    let address = Address::File(bench.folder.path().join("register.db"));
    let mut harness = usual(bench, Screen::People);
    says(&harness, "Sanne, ziet en wijzigt alles, dit bent u");
    type_in(&mut harness, "Naam", "Karim");
    press(&mut harness, Role::RadioButton, "Financiën");
    type_in(&mut harness, "Eerste wachtzin", "woorden voor de finance");
    type_in(
        &mut harness,
        "Eerste wachtzin nog eens",
        "woorden voor de financ",
    );
    button(&mut harness, "Geef toegang");
    says(&harness, "De twee wachtzinnen zijn niet gelijk.");
    is_silent_about(&harness, "Karim, ziet");
    type_in(&mut harness, "Eerste wachtzin nog eens", "e");
    button(&mut harness, "Geef toegang");
    says(&harness, "Karim, ziet producten, uren en bedragen");
    let mut other = Register::open(&address).unwrap();
    other
        .unlock("Karim", &phrase("woorden voor de finance"), at(900))
        .unwrap();
    assert_eq!(other.slot().unwrap().role, Access::Finance);
    drop(other);

    type_in(&mut harness, "Uw wachtzin van nu", PHRASE);
    for label in ["Nieuwe wachtzin", "Nieuwe wachtzin nog eens"] {
        type_in(&mut harness, label, "nieuwe woorden van maart");
    }
    button(&mut harness, "Wijzig de wachtzin");
    let mut other = Register::open(&address).unwrap();
    assert!(other.unlock(NAME, &phrase(PHRASE), at(901)).is_err());
    other
        .unlock(NAME, &phrase("nieuwe woorden van maart"), at(902))
        .unwrap();
    drop(other);

    // Who lost a passphrase gets another one.
    row(&mut harness, "Karim");
    type_in(
        &mut harness,
        "Wachtzin van deze persoon",
        "opnieuw bedacht in maart",
    );
    button(&mut harness, "Geef deze wachtzin");
    says(&harness, "De twee wachtzinnen zijn niet gelijk.");
    type_in(
        &mut harness,
        "Wachtzin van deze persoon nog eens",
        "opnieuw bedacht in maart",
    );
    button(&mut harness, "Geef deze wachtzin");
    let mut other = Register::open(&address).unwrap();
    other
        .unlock("Karim", &phrase("opnieuw bedacht in maart"), at(903))
        .unwrap();
    drop(other);

    row(&mut harness, "Karim");
    button(&mut harness, "Trek de toegang in…");
    button(&mut harness, "Trek in");
    is_silent_about(&harness, "Karim, ziet");
    // One's own access and the recovery key can not be taken away.
    row(&mut harness, "Sanne");
    assert!(harness.query_by_label("Trek de toegang in…").is_none());
}

#[test]
fn a_new_recovery_key_is_shown_until_it_is_written_down() {
    let bench = Bench::new();
    let mut harness = usual(bench, Screen::People);
    button(&mut harness, "Maak een nieuwe herstelsleutel");
    let key = harness
        .get_by_label_contains("Herstelsleutel: AGE-SECRET-KEY-1 ")
        .accesskit_node()
        .value()
        .unwrap();
    let key = key.trim_start_matches("Herstelsleutel: ");
    let key = crate::register::RecoveryKey::parse(key).unwrap();
    press(
        &mut harness,
        Role::CheckBox,
        "Ik heb de sleutel opgeschreven en bewaar hem op een veilige plaats",
    );
    button(&mut harness, "Klaar");
    is_silent_about(&harness, "AGE-SECRET-KEY-1 ");
    let bench = harness.state_mut();
    bench.register.lock();
    bench.register.recover(&key, at(900)).unwrap();
    assert!(
        bench
            .deeds()
            .contains(&"herstelsleutel vernieuwd".to_owned())
    );
}

#[test]
fn finance_sees_the_log_without_names_and_gives_nobody_access() {
    let mut bench = Bench::new();
    bench.begin(&["Bakker"]);
    let other = phrase("woorden voor de finance");
    bench
        .register
        .add_slot("Karim", Access::Finance, &other, Effort::TRIAL, at(300))
        .unwrap();
    bench.register.lock();
    bench.register.unlock("Karim", &other, at(301)).unwrap();
    let mut harness = usual(bench, Screen::Log);
    says(&harness, "Opgeslagen als versie 1, Sanne: ");
    is_silent_about(&harness, "Bakker");
    show(&mut harness, Screen::People);
    says(&harness, "Uw eigen wachtzin wijzigen");
    is_silent_about(&harness, "Iemand toegang geven");
}

#[test]
fn finance_is_offered_nothing_that_is_refused_to_it_and_hears_why() {
    let mut bench = Bench::new();
    bench.begin(&["Bakker"]);
    let folder = bench.around.backups.clone();
    bench.register.back_up(&folder, at(299)).unwrap();
    let other = phrase("woorden voor de finance");
    bench
        .register
        .add_slot("Karim", Access::Finance, &other, Effort::TRIAL, at(300))
        .unwrap();
    bench.register.lock();
    bench.register.unlock("Karim", &other, at(301)).unwrap();
    let mut harness = usual(bench, Screen::Definitive);
    says(&harness, "kan alleen een collega met volledige toegang");
    is_silent_about(&harness, "in de weg");
    show(&mut harness, Screen::Backups);
    says(&harness, "Een kopie terugzetten kan alleen een collega");
    is_silent_about(&harness, "Zet deze kopie terug");
    show(&mut harness, Screen::Keeping);
    says(
        &harness,
        "Dossiers vernietigen, uitvoeren en invoeren kan alleen",
    );
    for refused in [
        "Vernietig dit dossier",
        "Voer uit…",
        "Inzage voor de cliënt…",
        "Kies een bestand…",
    ] {
        assert!(
            harness
                .query_by_role_and_label(Role::Button, refused)
                .is_none(),
            "{refused}"
        );
    }
    // What it may have is there, and is made.
    press(&mut harness, Role::RadioButton, "Voor iedereen leesbaar");
    press(
        &mut harness,
        Role::CheckBox,
        "Ik begrijp dat iedereen het bestand kan lezen",
    );
    let path = harness.state().folder.path().join("uit.txt");
    with_file(&mut harness, "Verantwoording…", path.clone());
    let text = std::fs::read_to_string(path).unwrap();
    assert!(!text.contains("Bakker"));
}

#[test]
fn a_screen_without_a_dossier_says_what_comes_there() {
    let mut harness = usual(Bench::new(), Screen::Versions);
    says(&harness, "Open eerst een dossier uit het register.");
    press(&mut harness, Role::Tab, "Besluit");
    says(&harness, "Hier maakt u een besluit definitief.");
}

#[test]
fn nothing_of_the_screens_is_cut_off_at_any_size_and_zoom() {
    for (width, height) in [(1024.0, 700.0), (512.0, 350.0)] {
        let mut bench = Bench::new();
        bench.begin(&["Jansen", "Anders"]);
        let size = vec2(width, height);
        let mut harness = test(size, Theme::Light, bench, Screen::Versions);
        for screen in Screen::ALL {
            show(&mut harness, screen);
            let roles = [
                Role::Heading,
                Role::Button,
                Role::TextInput,
                Role::ComboBox,
                Role::CheckBox,
                Role::ListBoxOption,
                Role::RadioButton,
                Role::Tab,
            ];
            assert_nothing_is_cut_off(&harness, &roles, size);
        }
    }
}
