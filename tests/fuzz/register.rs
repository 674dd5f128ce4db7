//! Rows of a register, changed behind the program's back: told, or harmless.

use crate::articles::library_with_articles;
use crate::{Dice, times};
use jiff::Timestamp;
use maatwerk::dossier::Dossier;
use maatwerk::register::{
    Address, Base, Deciding, DossierId, Effort, Made, Passphrase, Register, Role, Save, Saved,
};
use maatwerk::trace::Status;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const NAME: &str = "Sanne";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + seconds).expect("a moment")
}

fn phrase() -> Passphrase {
    Passphrase::new("vier losse woorden samen").expect("a passphrase")
}

fn named(surname: &str) -> Dossier {
    let bytes = include_bytes!("../../fixtures/dossiers/voorbeeld.ron");
    let mut dossier = Dossier::read("voorbeeld.ron", bytes).expect("fixture");
    dossier.client.person.surname = surname.to_owned();
    dossier
}

/// Every revision that was saved.
type Saves = BTreeMap<(DossierId, i64), Dossier>;

/// A register with some of everything, and what was saved in it.
fn sound(folder: &Path) -> Saves {
    let address = Address::File(folder.join("register.db"));
    let founded = Register::found(&address, NAME, &phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let mut saves = Saves::new();
    let library = library_with_articles();
    let finance = Passphrase::new("woorden voor financiën").expect("a passphrase");
    register
        .add_slot("Finance", Role::Finance, &finance, Effort::TRIAL, at(1))
        .expect("added");
    for (number, name) in (1..).zip(["Aalders", "Bakker", "Cohen", "Dijk"]) {
        let id: DossierId = Register::new_id().expect("an id");
        let mut base = Base::NEW;
        for (before, end) in (0..).zip(["", "-Later"]) {
            let dossier = named(&format!("{name}{end}"));
            let save = Save {
                id,
                base,
                dossier: &dossier,
                token: Register::new_id().expect("an id"),
                follows: None,
            };
            let revision = if number == 1 && before == 1 {
                let receipt = |number: &str, _: &Dossier| Ok(number.as_bytes().to_vec());
                let deciding = Deciding {
                    save,
                    library: &library,
                    printed: Status::Established,
                    today: jiff::civil::date(2026, 3, 2),
                };
                match register.make_definitive(&deciding, at(5), receipt) {
                    Ok(Made::Done { revision, .. }) => revision,
                    other => panic!("{other:?}"),
                }
            } else {
                match register.save(&save, at(5)) {
                    Ok(Saved::Done { revision }) => revision,
                    other => panic!("{other:?}"),
                }
            };
            let token = save.token;
            base = Base { revision, token };
            saves.insert((id, revision), dossier);
        }
        register.lease(id, at(6)).expect("taken");
    }
    register
        .set_setting("zoekopdrachten", b"wijk")
        .expect("set");
    saves
}

/// The columns of each table that can be changed.
fn columns(file: &Connection) -> Vec<(String, Vec<String>)> {
    let mut tables = file
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .expect("asked");
    let names = tables
        .query_map([], |row| row.get::<_, String>(0))
        .expect("asked");
    let names: Vec<String> = names.map(|name| name.expect("a name")).collect();
    let columns = |table: &String| {
        let mut columns = file
            .prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")
            .expect("asked");
        let found = columns.query_map([table], |row| row.get(0)).expect("asked");
        found.map(|name| name.expect("a name")).collect()
    };
    names
        .iter()
        .map(|table| (table.clone(), columns(table)))
        .collect()
}

/// Another value in the place of one: its bytes altered, cut off, longer, or those of another row.
fn other(dice: &mut Dice, was: &Value, elsewhere: &Value) -> Value {
    match (dice.roll(4), was) {
        (0, _) => elsewhere.clone(),
        (_, Value::Integer(number)) => {
            let others = [0, -1, 1, number + 1, number - 1, i64::MAX, i64::MIN];
            Value::Integer(others[dice.roll(others.len())])
        }
        (1, Value::Blob(bytes)) => Value::Blob(bytes[..dice.roll(bytes.len() + 1)].to_vec()),
        (2, Value::Blob(bytes)) => Value::Blob([bytes.as_slice(), &[0; 7]].concat()),
        (_, Value::Blob(bytes)) => {
            let mut bytes = bytes.clone();
            if !bytes.is_empty() {
                let at = dice.roll(bytes.len());
                bytes[at] ^= 1 << dice.roll(8);
            }
            Value::Blob(bytes)
        }
        (_, Value::Text(text)) => Value::Text(format!("{text}x")),
        (_, other) => other.clone(),
    }
}

/// Changes one cell, or takes a row away. Nothing where the tables do not let it.
fn change(file: &Connection, dice: &mut Dice, tables: &[(String, Vec<String>)]) {
    let (table, columns) = &tables[dice.roll(tables.len())];
    let column = &columns[dice.roll(columns.len())];
    let mut rows = file
        .prepare(&format!(
            "SELECT rowid, {column} FROM {table} ORDER BY rowid"
        ))
        .expect("asked");
    let cells = rows
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("asked");
    let cells: Vec<(i64, Value)> = cells.map(|cell| cell.expect("a cell")).collect();
    if cells.is_empty() {
        return;
    }
    let (row, was) = &cells[dice.roll(cells.len())];
    let (_, elsewhere) = &cells[dice.roll(cells.len())];
    if dice.roll(8) == 0 {
        let _ = file.execute(&format!("DELETE FROM {table} WHERE rowid = ?1"), [row]);
        return;
    }
    let new = other(dice, was, elsewhere);
    let statement = format!("UPDATE {table} SET {column} = ?1 WHERE rowid = ?2");
    let _ = file.execute(&statement, params_from_iter([new, Value::Integer(*row)]));
}

/// Reads everything there is. What is read as a revision is that revision; answers whether something was told.
fn read_all(address: &Address, saves: &Saves) -> bool {
    let mut told = false;
    let Ok(mut register) = Register::open(address) else {
        return true;
    };
    told |= register.slots().is_err();
    if register.unlock(NAME, &phrase(), at(10)).is_err() {
        return true;
    }
    for (id, revision) in saves.keys() {
        match register.load(*id, Some(*revision), at(11)) {
            Ok(loaded) => assert_eq!(&loaded.dossier, &saves[&(*id, *revision)]),
            Err(_) => told = true,
        }
        told |= register.load(*id, None, at(11)).is_err();
        let versions = register.revisions(*id);
        told |= versions.map_or(true, |all| all.iter().any(|version| !version.is_whole));
        told |= register.lease(*id, at(12)).is_err();
        let _ = register.receipt(*id);
    }
    told |= register
        .index()
        .map_or(true, |index| !index.damaged().is_empty());
    told |= register.log().is_err();
    told |= register.setting("zoekopdrachten").is_err();
    let records = register.destructions();
    told |= records.map_or(true, |all| all.iter().any(|(_, record)| record.is_none()));
    match register.check(None) {
        Ok(checked) => told || !checked.faults.is_empty(),
        Err(_) => true,
    }
}

#[test]
fn a_changed_row_of_a_register_is_told_or_changes_nothing_that_is_read() {
    let folder = TempDir::new().expect("a folder");
    let saves = sound(folder.path());
    let sound = folder.path().join("register.db");
    assert!(
        !read_all(&Address::File(sound.clone()), &saves),
        "it is sound"
    );
    let count = times(300, 30_000);
    let mut told = 0;
    for number in 0..count {
        let path = folder.path().join("veranderd.db");
        fs::copy(&sound, &path).expect("copied");
        let file = Connection::open(&path).expect("opens");
        let mut dice = Dice::new(number);
        let tables = columns(&file);
        for _ in 0..=dice.roll(2) {
            change(&file, &mut dice, &tables);
        }
        drop(file);
        told += u64::from(read_all(&Address::File(path), &saves));
        for end in ["db-wal", "db-shm"] {
            let _ = fs::remove_file(folder.path().join(format!("veranderd.{end}")));
        }
    }
    assert!(told > count / 2, "{told} of {count} were told");
}
