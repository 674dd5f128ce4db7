//! Registers of every format that was ever released, as files that such a program made, and the same on a server.

use crate::places::{NAME, Place, at, example, first_phrase, put_back};
use crate::server::{Server, not_checked};
use maatwerk::register::{Address, Kind, Register};
use rusqlite::types::ValueRef;
use std::path::{Path, PathBuf};

/// The formats before the one of this program.
const OLDER: [u32; 3] = [1, 2, 3];

/// A register that was made by a program of this format.
fn kept(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/register/indeling-{format}.db"))
}

/// A copy of it, in a place of its own.
fn old(format: u32) -> Place {
    let place = Place::file();
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    std::fs::copy(kept(format), path).expect("copied");
    place
}

/// Puts the same tables and rows in an empty database on this server.
fn put_on(server: &mut Server, format: u32) {
    let file = rusqlite::Connection::open(kept(format)).expect("opens");
    let mut tables = file
        .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        .expect("asked");
    let tables = tables
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("asked");
    assert!(server.sql("DROP SCHEMA IF EXISTS maatwerk CASCADE"));
    assert!(server.sql("CREATE SCHEMA maatwerk"));
    for table in tables {
        let (name, made): (String, String) = table.expect("a table");
        let made = made
            .replace('\n', " ")
            .replace(" BLOB", " BYTEA")
            .replace(" INTEGER", " BIGINT")
            .replace(" STRICT", "")
            .replacen(&name, &format!("maatwerk.{name}"), 1);
        assert!(server.sql(&made), "{made}");
        let mut rows = file
            .prepare(&format!("SELECT * FROM {name}"))
            .expect("asked");
        let columns = rows.column_count();
        let mut rows = rows.query([]).expect("asked");
        while let Some(row) = rows.next().expect("a row") {
            let values = (0..columns).map(|at| match row.get_ref(at).expect("a value") {
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Text(text) => format!("'{}'", String::from_utf8_lossy(text)),
                ValueRef::Blob(bytes) => {
                    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                    format!("'\\x{digits}'")
                }
                other => panic!("{other:?}"),
            });
            let values = values.collect::<Vec<_>>().join(", ");
            assert!(server.sql(&format!("INSERT INTO maatwerk.{name} VALUES ({values})")));
        }
    }
}

/// Brings it up after a backup, works in it, and puts that backup back.
fn is_brought_up(place: &Place) {
    let refused = Register::open(&place.address).expect_err("older");
    assert_eq!(refused.kind, Kind::Older);
    let folder = place.folder.path().join("kopie");
    let backup = Register::upgrade(&place.address, &folder, at(8)).expect("brought up");
    let backup = backup.expect("a backup");
    assert_eq!(Register::upgrade(&place.address, &folder, at(9)), Ok(None));
    let still_old = Register::open(&Address::from(&*backup.path)).expect_err("older");
    assert_eq!(still_old.kind, Kind::Older);

    let mut register = place.open();
    register
        .set_setting("zoekopdrachten", b"wijk")
        .expect("set");
    for _ in 0..2 {
        assert_eq!(register.slot().map(|slot| slot.name.as_str()), Some(NAME));
        let entries = register.index().expect("open").entries();
        assert_eq!(entries.len(), 1);
        let loaded = register.load(entries[0].id, None, at(9)).expect("there");
        assert_eq!(loaded.dossier.client, example().client);
        assert_eq!((loaded.dossier.provisions.len(), loaded.revision), (2, 2));
        assert_eq!(register.check(None).expect("checked").faults, []);
        put_back(&mut register, &backup.path, &folder, at(10));
    }
    register.lock();
    register
        .unlock(NAME, &first_phrase(), at(10))
        .expect("unlocks again");
}

#[test]
fn a_register_of_every_older_format_is_brought_up_after_a_backup_and_that_backup_can_be_put_back() {
    for format in OLDER {
        is_brought_up(&old(format));
    }
}

#[test]
fn a_register_of_every_older_format_on_a_server_is_brought_up_after_a_backup_too() {
    let Some(mut server) = Server::start() else {
        not_checked("older registers on PostgreSQL: no server of the distribution is installed.");
        return;
    };
    for format in OLDER {
        put_on(&mut server, format);
        let address = Address::parse(&server.address("postgres")).expect("an address");
        is_brought_up(&Place {
            address,
            ..Place::file()
        });
    }
}
