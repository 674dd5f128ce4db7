//! What lies on the disk and in the files of a server: nobody's name, and nothing of what was destroyed.

use crate::child::{command, myself, run, text_of};
use crate::places::{
    NAME, Place, TODAY, at, based, deciding, destroy, example, first_phrase, id, named, new_save,
    save,
};
use crate::server::{Server, not_checked};
use maatwerk::register::{Address, DossierId, Effort, Journal, Protection, Query, Register, Work};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The surname that is planted, and how it is folded to be found.
const PLANTED: [&str; 2] = ["Zw\u{e0}luwenb\u{fc}rg", "zwaluwenburg"];

/// What may be in no file: the surname, what else says who it is about, a word of the investigation, a passphrase.
const HIDDEN: [&str; 5] = [
    "999993653",
    "999 993 653",
    "Slaaghwijk",
    "vier losse woorden",
    "onuitwisbaar",
];

/// Hands every file under these folders to `each`, with its bytes; answers how many bytes there were.
fn read_all(folders: &[&Path], mut each: impl FnMut(&Path, Vec<u8>)) -> usize {
    let mut open: Vec<PathBuf> = folders.iter().map(|folder| folder.to_path_buf()).collect();
    let mut bytes = 0;
    while let Some(path) = open.pop() {
        // A pipe or a line has no end, and what is gone meanwhile has nothing.
        let Ok(about) = fs::metadata(&path) else {
            continue;
        };
        if about.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder that can be read");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if about.is_file()
            && let Ok(content) = fs::read(&path)
        {
            bytes += content.len();
            each(&path, content);
        }
    }
    bytes
}

/// A text in every way in which a program may write it: as bytes in small letters, where capitals of more than ASCII
/// stay what they are.
fn spelled(text: &str) -> Vec<Vec<u8>> {
    let mut spelled = Vec::new();
    for text in [text.to_lowercase(), text.to_uppercase()] {
        let (little, big): (Vec<_>, Vec<_>) = text
            .encode_utf16()
            .map(|unit| (unit.to_le_bytes(), unit.to_be_bytes()))
            .unzip();
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
        let ways = [
            text.into_bytes(),
            little.concat(),
            big.concat(),
            hex.into_bytes(),
        ];
        spelled.extend(ways.map(|bytes| bytes.to_ascii_lowercase()));
    }
    // As it was typed, in hexadecimal digits.
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    spelled.push(hex.into_bytes());
    spelled
}

/// The files under these folders in which something stands that may stand nowhere.
fn names_in(folders: &[&Path]) -> Vec<PathBuf> {
    let texts = PLANTED.into_iter().chain(HIDDEN);
    let ways: Vec<Vec<u8>> = texts.flat_map(spelled).collect();
    let finders: Vec<_> = ways.iter().map(memchr::memmem::Finder::new).collect();
    let mut found = Vec::new();
    let bytes = read_all(folders, |path, content| {
        let content = content.to_ascii_lowercase();
        if finders.iter().any(|finder| finder.find(&content).is_some()) {
            found.push(path.to_owned());
        }
    });
    assert!(bytes > 100_000, "{bytes}");
    found
}

#[test]
fn a_name_is_found_in_every_way_in_which_it_may_be_written() {
    let folder = tempfile::tempdir().expect("folder");
    fs::write(folder.path().join("groot"), vec![b'x'; 200_000]).expect("written");
    let file = folder.path().join("sub");
    fs::create_dir(&file).expect("made");
    let file = file.join("log.txt");
    let name = PLANTED[0];
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    for bytes in [
        name.as_bytes().to_vec(),
        name.to_uppercase().into_bytes(),
        b"..zwaluWENburg..".to_vec(),
        wide(name),
        wide(&name.to_uppercase()),
        b"SLAAGHWIJK".to_vec(),
        b"\\x393939393933363533".to_vec(),
    ] {
        fs::write(&file, &bytes).expect("written");
        let found = names_in(&[folder.path()]);
        assert_eq!(found, std::slice::from_ref(&file), "{bytes:?}");
    }
    fs::write(&file, "Zwaluw en burg").expect("written");
    assert_eq!(names_in(&[folder.path()]), Vec::<PathBuf>::new());
}

/// A dossier with all that is planted.
fn planted(turn: usize) -> maatwerk::dossier::Dossier {
    let mut dossier = named(PLANTED[0]);
    dossier.provisions[0].motivation.reasons =
        format!("{} heeft reden {turn}, en die is onuitwisbaar.", PLANTED[0]);
    dossier
}

/// Five hundred committed changes, a search, a setting and all else that is done in a register, with names in them; then
/// `look`s, while it is open.
pub fn plant(address: &Address, folder: &Path, look: &mut dyn FnMut()) {
    let founded = Register::found(address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let mut journal = Journal::open(&folder.join("journaal.db")).expect("made");
    let ids: Vec<DossierId> = (0..20).map(|_| id()).collect();
    for change in 0..500 {
        let one = ids[change % ids.len()];
        let dossier = planted(change);
        let base = i64::try_from(change / ids.len()).expect("few");
        let work = Work {
            dossier_id: one,
            base: based(&mut register, one, base),
            follows: None,
            at: at(base),
            field: "client".to_owned(),
            file: None,
            saved: None,
            typed: Vec::new(),
            dossier: dossier.clone(),
        };
        journal.keep(&register, &work).expect("kept");
        assert_eq!(save(&mut register, one, base, &dossier), base + 1);
        if change % 3 == 0 {
            journal.done(&register, one).expect("done");
        }
        if change % 100 == 0 {
            register.lease(one, at(base)).expect("ours");
            register
                .back_up(&folder.join("kopie"), at(1_000_000 * base))
                .expect("made");
        }
    }
    let found = register.find(&Query::words(PLANTED[1]), TODAY);
    assert_eq!(found.expect("open").len(), ids.len());
    register
        .set_setting("zoekopdrachten", PLANTED[0].as_bytes())
        .expect("set");
    let passphrase = first_phrase();
    let closed = Protection::Closed(&passphrase, Effort::TRIAL);
    let mut out = fs::File::create(folder.join("uit.age")).expect("made");
    register
        .export(None, closed, &mut out, at(8))
        .expect("written");
    destroy(&mut register, ids[0], at(9));
    look();
}

/// A command whose every file lies in this folder: settings, data, state and what is there for a moment.
fn at_home(mut command: Command, home: &Path) -> Command {
    for (name, folder) in [
        ("HOME", ""),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_RUNTIME_DIR", "run"),
        ("TMPDIR", "tmp"),
        ("SQLITE_TMPDIR", "tmp"),
    ] {
        let folder = home.join(folder);
        fs::create_dir_all(&folder).expect("made");
        command.env(name, folder);
    }
    command.current_dir(home);
    command
}

/// Plants everything from a program of its own; answers the files in which some of it is found: while the program runs,
/// in what it has open too, and afterwards.
fn found_after_planting(address: &Address, home: &Path, beside: &[&Path]) -> Vec<PathBuf> {
    let mut program = at_home(myself(), home);
    command(&mut program, "plant", &text_of(address), id(), 1);
    program.env("MAATWERK_FOLDER", home).stdin(Stdio::piped());
    let mut child = run(program);
    assert_eq!(child.next().as_deref(), Some("ready"));
    let open = PathBuf::from(format!("/proc/{}/fd", child.process.id()));
    let mut folders = vec![home];
    folders.extend(beside);
    if open.exists() {
        folders.push(&open);
    }
    let mut found = names_in(&folders);
    drop(child.process.stdin.take());
    assert!(child.process.wait().expect("ended").success());
    folders.retain(|folder| *folder != open);
    found.extend(names_in(&folders));
    found
}

#[test]
fn no_byte_on_the_disk_or_in_the_files_of_the_server_has_a_name_or_a_number() {
    let none = Vec::<PathBuf>::new();
    let place = Place::file();
    assert_eq!(
        found_after_planting(&place.address, place.folder.path(), &[]),
        none
    );

    let Some(mut server) = Server::make() else {
        not_checked("the files of a PostgreSQL server: none of the distribution is installed.");
        return;
    };
    assert!(server.begin_with(
        true,
        "-c log_statement=all -c log_min_duration_statement=0 -c log_parameter_max_length=-1"
    ));
    let place = Place::file();
    let address = Address::parse(&server.address("postgres")).expect("an address");
    let beside = [server.folder.as_path()];
    assert_eq!(
        found_after_planting(&address, place.folder.path(), &beside),
        none
    );
}

#[test]
fn the_program_itself_leaves_no_name_in_its_folders_for_data_settings_state_and_what_is_there_for_a_moment()
 {
    let (given, home) = (
        tempfile::tempdir().expect("folder"),
        tempfile::tempdir().expect("folder"),
    );
    let (file, secret) = (given.path().join("in.ron"), given.path().join("wachtzin"));
    fs::write(&file, planted(1).to_text().expect("text")).expect("written");
    fs::write(&secret, "vier losse woorden samen\n").expect("written");
    let secret = secret.to_str().expect("a name");
    let maatwerk = |words: &[&str]| {
        let mut program = at_home(Command::new(env!("CARGO_BIN_EXE_maatwerk")), home.path());
        program.arg("register").args(words);
        program.args(["--wachtzin-bestand", secret]);
        let done = program.output().expect("runs");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(done.status.success(), "{words:?}: {said} {told}");
        said
    };
    maatwerk(&["maak", "--naam", NAME]);
    maatwerk(&["importeer", file.to_str().expect("a name")]);
    assert!(maatwerk(&["zoek", PLANTED[1]]).contains(PLANTED[0]));
    assert!(maatwerk(&["lijst"]).contains(PLANTED[0]));
    let number = "2017-04711";
    maatwerk(&[
        "exporteer",
        number,
        "-o",
        "uit.age",
        "--wachtzin-uitvoer",
        secret,
    ]);
    maatwerk(&[
        "inzage",
        number,
        "-o",
        "inzage.age",
        "--wachtzin-uitvoer",
        secret,
    ]);
    maatwerk(&["controleer"]);
    // Without a passphrase.
    let mut copy = at_home(Command::new(env!("CARGO_BIN_EXE_maatwerk")), home.path());
    copy.args(["register", "kopie", "-o", "kopie"]);
    assert!(copy.output().expect("runs").status.success());
    let mut files = Vec::new();
    read_all(&[home.path()], |path, _| files.push(path.to_owned()));
    let has = |end: &str| files.iter().any(|file| file.ends_with(end));
    assert!(
        has("maatwerk/register.db") && has("uit.age") && has("inzage.age"),
        "{files:?}"
    );
    assert!(files.len() >= 4, "{files:?}");
    assert_eq!(names_in(&[home.path()]), Vec::<PathBuf>::new());
    assert_eq!(names_in(&[home.path(), given.path()]).len(), 2);
}

/// Some bytes of every sealed record of a dossier in a backup: enough of each to know it by, wherever a page ends.
fn sealed_in(backup: &Path, dossier: DossierId) -> Vec<Vec<u8>> {
    let file = rusqlite::Connection::open(backup).expect("opens");
    let mut pieces = Vec::new();
    for (statement, columns) in [
        ("SELECT person, figures FROM revision WHERE dossier = ?1", 2),
        ("SELECT person, figures FROM dossier WHERE id = ?1", 2),
        ("SELECT receipt FROM decision WHERE dossier = ?1", 1),
    ] {
        let mut rows = file.prepare(statement).expect("a statement");
        let mut rows = rows.query([dossier.0]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                let sealed: Vec<u8> = row.get(column).expect("bytes");
                pieces.extend(pieces_of(&sealed));
            }
        }
    }
    pieces
}

fn pieces_of(sealed: &[u8]) -> Vec<Vec<u8>> {
    let chunks = sealed.chunks(200).filter_map(|chunk| chunk.get(..24));
    chunks.map(<[u8]>::to_vec).collect()
}

/// The files under a folder in which one of these pieces stands, by their names.
fn holding(folder: &Path, pieces: &[Vec<u8>]) -> Vec<String> {
    let finders: Vec<_> = pieces.iter().map(memchr::memmem::Finder::new).collect();
    let mut found = Vec::new();
    read_all(&[folder], |path, content| {
        if finders.iter().any(|finder| finder.find(&content).is_some()) {
            found.push(
                path.file_name()
                    .expect("a name")
                    .to_string_lossy()
                    .into_owned(),
            );
        }
    });
    found.sort();
    found
}

/// A dossier with three revisions and a receipt, and one beside it that stays.
fn to_destroy(register: &mut Register) -> [DossierId; 2] {
    let (doomed, stays) = (id(), id());
    save(register, stays, 0, &example());
    save(register, doomed, 0, &planted(1));
    save(register, doomed, 1, &planted(2));
    let last = planted(3);
    let base = based(register, doomed, 2);
    let decided = deciding(new_save(doomed, base, &last), TODAY);
    let made = register.make_definitive(&decided, at(5), |_, dossier| {
        Ok(dossier.to_text().expect("text").into_bytes())
    });
    made.expect("definitive");
    [doomed, stays]
}

const DAY: i64 = 24 * 3600;

#[test]
fn the_bytes_of_a_destroyed_dossier_are_in_its_backups_alone_and_after_their_term_nowhere() {
    let place = Place::file();
    let folder = place.folder.path();
    let copies = folder.join("kopie");
    let mut register = place.found();
    let [doomed, stays] = to_destroy(&mut register);
    let mut journal = Journal::open(&folder.join("journaal.db")).expect("made");
    let work = Work {
        dossier_id: doomed,
        base: based(&mut register, doomed, 3),
        follows: None,
        at: at(6),
        field: "client".to_owned(),
        file: None,
        saved: None,
        typed: Vec::new(),
        dossier: planted(4),
    };
    journal.keep(&register, &work).expect("kept");
    let backup = register.back_up(&copies, at(10)).expect("made");
    let name = backup
        .path
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let (gone, left) = (
        sealed_in(&backup.path, doomed),
        sealed_in(&backup.path, stays),
    );
    assert!(gone.len() > 40, "{}", gone.len());
    let kept = rusqlite::Connection::open(folder.join("journaal.db")).expect("opens");
    let kept: Vec<u8> = kept
        .query_one("SELECT sealed FROM work", [], |row| row.get(0))
        .expect("a row");
    let kept = pieces_of(&kept);
    let live = ["register.db", "register.db-wal"];
    let found = holding(folder, &gone);
    assert!(
        found.iter().any(|found| live.contains(&found.as_str())),
        "{found:?}"
    );
    assert!(
        holding(folder, &kept)
            .iter()
            .any(|found| found.starts_with("journaal.db"))
    );

    destroy(&mut register, doomed, at(20));
    assert_eq!(holding(folder, &gone), [name.as_str()]);
    let found = holding(folder, &left);
    assert!(
        found.iter().any(|found| live.contains(&found.as_str())),
        "{found:?}"
    );
    // The journal forgets it as soon as it is read.
    assert_eq!(journal.pending(&mut register).expect("read"), []);
    assert_eq!(holding(folder, &kept), [""; 0]);

    register.thin_out(&copies, at(10 + 84 * DAY));
    drop((register, journal));
    assert_eq!(holding(folder, &gone), [""; 0]);
}

#[test]
fn the_bytes_of_a_destroyed_dossier_are_in_no_table_of_the_server_once_its_tables_are_written_anew()
{
    let Some(server) = Server::start() else {
        not_checked("the tables of a PostgreSQL server: none of the distribution is installed.");
        return;
    };
    let mut server = server;
    let folder = tempfile::tempdir().expect("folder");
    let address = Address::parse(&server.address("postgres")).expect("an address");
    let founded = Register::found(&address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let [doomed, stays] = to_destroy(&mut register);
    let backup = register.back_up(folder.path(), at(10)).expect("made");
    let (gone, left) = (
        sealed_in(&backup.path, doomed),
        sealed_in(&backup.path, stays),
    );
    let tables = server.folder.join("data/base");
    assert!(server.sql("CHECKPOINT"));
    assert!(!holding(&tables, &gone).is_empty());

    destroy(&mut register, doomed, at(20));
    // No row has them any more, whoever asks the server.
    let after = register.back_up(folder.path(), at(30)).expect("made");
    assert_eq!(sealed_in(&after.path, doomed), Vec::<Vec<u8>>::new());
    assert!(server.sql("CHECKPOINT"));
    let (table, log) = (
        holding(&tables, &gone).len(),
        holding(&server.folder.join("data/pg_wal"), &gone).len(),
    );
    println!(
        "after the destruction {table} files of tables and {log} of the server's own log have some of it"
    );
    for table in ["dossier", "revision", "decision"] {
        assert!(server.sql(&format!("VACUUM FULL maatwerk.{table}")));
    }
    assert!(server.sql("CHECKPOINT"));
    assert_eq!(holding(&tables, &gone), [""; 0]);
    assert!(!holding(&tables, &left).is_empty());
}
