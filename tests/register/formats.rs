//! Registers of every format that was ever released, as files that such a program made.

use crate::places::{NAME, Place, at, example, first_phrase};
use maatwerk::register::Address;
use std::path::Path;

/// A copy of a register that was made by a program of this format, in a place of its own.
fn old(format: u32) -> Place {
    let place = Place::file();
    let kept = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(format!("fixtures/register/indeling-{format}.db"));
    let Address::File(path) = &place.address else {
        unreachable!("a file");
    };
    std::fs::copy(kept, path).expect("copied");
    place
}

#[test]
fn a_register_of_format_1_opens_whole() {
    let place = old(1);
    let mut register = place.open();
    assert_eq!(register.slot().map(|slot| slot.name.as_str()), Some(NAME));
    let ids: Vec<_> = register
        .index()
        .expect("open")
        .entries()
        .iter()
        .map(|entry| entry.id)
        .collect();
    assert_eq!(ids.len(), 1);
    let loaded = register.load(ids[0], None, at(9)).expect("there");
    assert_eq!(loaded.dossier.client, example().client);
    assert_eq!((loaded.dossier.provisions.len(), loaded.revision), (2, 2));
    assert_eq!(register.check(None).expect("checked").faults, []);
    register.lock();
    register
        .unlock(NAME, &first_phrase(), at(10))
        .expect("unlocks again");
}
