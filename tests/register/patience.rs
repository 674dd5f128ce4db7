//! A server that is slow but goes on: long work is not given up as long as something comes.

use crate::places::{NAME, at, based, first_phrase, id, named, save};
use crate::server::{Server, not_checked};
use maatwerk::register::{Address, Effort, Kind, Register, spares};

/// How many dossiers.
const COUNT: usize = 48;

/// Makes every row of a table take a while to read, so that all of them take longer than the server lets one statement.
fn slow(server: &mut Server, table: &str, columns: &str) {
    assert!(server.sql(&format!(
        "ALTER TABLE maatwerk.{table} RENAME TO {table}_itself; \
         CREATE VIEW maatwerk.{table} AS SELECT {columns} FROM maatwerk.{table}_itself"
    )));
}

#[test]
fn reading_all_of_a_register_may_take_longer_than_a_statement_on_a_server() {
    let Some(mut server) = Server::start() else {
        not_checked("a slow server: no PostgreSQL of the distribution is installed.");
        return;
    };
    // A statement may then take a second and two thirds.
    let address = format!("{}&tcp_user_timeout=2", server.address("postgres"));
    let address = Address::parse(&address).expect("an address");
    let founded = Register::found(&address, NAME, &first_phrase(), Effort::TRIAL, at(0));
    let mut register = founded.expect("made").register;
    let ids: Vec<_> = (0..COUNT).map(|_| id()).collect();
    for one in &ids {
        save(&mut register, *one, 0, &named("Naam1"));
    }
    drop(register);
    assert!(server.sql(
        "CREATE FUNCTION maatwerk.slow(cell bytea) RETURNS bytea LANGUAGE plpgsql STABLE COST 100000 \
         AS 'BEGIN PERFORM pg_sleep(0.04); RETURN cell; END'"
    ));
    slow(
        &mut server,
        "revision",
        "dossier, revision, token, maatwerk.slow(person) AS person, figures",
    );
    slow(
        &mut server,
        "dossier",
        "id, revision, changed, maatwerk.slow(person) AS person, figures",
    );
    let mut register = Register::open(&address).expect("opens");
    register
        .unlock(NAME, &first_phrase(), at(1))
        .expect("unlocks");
    assert_eq!(register.index().expect("open").entries().len(), COUNT);
    slow(
        &mut server,
        "audit",
        "seq, hash, maatwerk.slow(sealed) AS sealed",
    );
    let folder = tempfile::tempdir().expect("folder");
    register.back_up(folder.path(), at(2)).expect("made");
    assert_eq!(spares(folder.path())[0].dossiers, Some(COUNT));
    let checked = register.check(None).expect("checked");
    assert_eq!((checked.faults, checked.revisions), (Vec::new(), COUNT));
    assert!(register.log().expect("read").len() > COUNT);
    // One statement alone is still given up in time, and told as that.
    let base = based(&mut register, ids[0], 1);
    assert_eq!(base.revision, 1);
    assert!(server.sql(
        "CREATE OR REPLACE FUNCTION maatwerk.slow(cell bytea) RETURNS bytea LANGUAGE plpgsql STABLE COST 100000 \
         AS 'BEGIN PERFORM pg_sleep(60); RETURN cell; END'"
    ));
    let failure = register.peek(ids[0], None).expect_err("too slow");
    assert_eq!(failure.kind, Kind::Busy, "{failure}");
}
