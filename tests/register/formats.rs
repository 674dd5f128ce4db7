//! Registers of every format that was ever released, as files that such a program made.

use crate::places::{NAME, Place, at, example, first_phrase};
use maatwerk::register::{Address, Kind, Register};
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
fn a_register_of_format_1_is_brought_up_after_a_backup_and_that_backup_can_be_put_back() {
    let place = old(1);
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
        register
            .restore(&backup.path, &folder, at(10))
            .expect("put back");
    }
    register.lock();
    register
        .unlock(NAME, &first_phrase(), at(10))
        .expect("unlocks again");
}
