//! Bytes from outside that mean harm: exported files, keys, names and heads, altered at random. Nothing may stop the
//! program, and nothing altered may pass for the real thing.

use crate::places::{Place, at, example, id, named, phrase, save};
use maatwerk::dossier::Dossier;
use maatwerk::register::{
    Address, Effort, Head, Hex, Passphrase, Protection, RecoveryKey, backups, documents, protect,
};
use proptest::prelude::*;
use std::sync::OnceLock;

fn secret() -> Passphrase {
    phrase("een zin voor onderweg")
}

/// An exported file with three dossiers.
fn exported() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let place = Place::file();
        let mut register = place.found();
        for name in ["Aalders", "Bakker", "Cohen"] {
            save(&mut register, id(), 0, &named(name));
        }
        let mut file = Vec::new();
        let protection = Protection::Closed(&secret(), Effort::TRIAL);
        register
            .export(None, protection, &mut file, at(1))
            .expect("written");
        file
    })
}

/// What a file holds as far as it can be read, and whether nothing was told of it.
fn read(mut bytes: &[u8]) -> (Vec<Dossier>, bool) {
    let (mut found, mut told) = (Vec::new(), false);
    let done = documents(&mut bytes, Some(&secret()), |_, document| {
        match document {
            Ok(dossier) => found.push(dossier),
            Err(problems) => told |= !problems.is_empty(),
        }
        Ok(())
    });
    (found, done.is_ok() && !told)
}

/// Changes that bytes may undergo on their way.
fn altered() -> impl Strategy<Value = Vec<(usize, u8, u8)>> {
    prop::collection::vec((any::<usize>(), 0..4_u8, any::<u8>()), 1..4)
}

fn alter(bytes: &mut Vec<u8>, changes: &[(usize, u8, u8)]) {
    for (place, kind, value) in changes {
        if bytes.is_empty() {
            return;
        }
        let place = place % bytes.len();
        match kind {
            0 => bytes[place] ^= value | 1,
            1 => bytes.truncate(place),
            2 => bytes.insert(place, *value),
            _ => drop(bytes.remove(place)),
        }
    }
}

#[test]
fn a_file_of_which_nothing_is_left_is_told() {
    assert_eq!(read(b""), (Vec::new(), false));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.min(400), ..ProptestConfig::default() })]

    #[test]
    fn an_altered_export_gives_whole_dossiers_in_their_order_or_is_told(changes in altered()) {
        let whole = read(exported());
        prop_assert!(whole.1 && whole.0.len() == 3);
        let mut bytes = exported().to_vec();
        alter(&mut bytes, &changes);
        let (found, done) = read(&bytes);
        // What was sealed in one piece opens in one piece: the beginning at most, and then the fault is told.
        prop_assert!(whole.0.starts_with(&found));
        prop_assert!(!done || found.len() == 3 || bytes == exported(), "{} of 3 and no fault", found.len());
    }

    #[test]
    fn altered_documents_are_read_or_told_but_never_stop_the_program(changes in altered()) {
        let text = example().to_text().expect("text");
        let mut bytes = format!("{text}\u{1e}\n{text}\u{1e}\n").into_bytes();
        alter(&mut bytes, &changes);
        let _ = read(&bytes);
    }

    #[test]
    fn any_bytes_at_all_are_read_or_told(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = read(&bytes);
        let mut closed = b"age-encryption.org/v1\n-> scrypt ".to_vec();
        closed.extend(&bytes);
        let (found, done) = read(&closed);
        prop_assert!(found.is_empty() && !done);
    }

    #[test]
    fn any_text_is_an_end_of_a_log_a_key_an_id_an_address_or_told(text in any::<String>()) {
        if let Ok(head) = text.parse::<Head>() {
            prop_assert_eq!(head.to_string().parse::<Head>(), Ok(head));
        }
        if let Ok(id) = text.parse::<Hex<16>>() {
            prop_assert_eq!(id.to_string(), text.to_lowercase());
        }
        let _ = RecoveryKey::parse(&text);
        let _ = Passphrase::new(&text);
        for typed in [text.clone(), format!("postgres://{text}")] {
            if let Ok(address) = Address::parse(&typed) {
                let _ = address.shown();
            }
        }
    }

    #[test]
    fn names_of_files_that_look_like_backups_are_passed_over(name in "[0-9TZ:-]{0,20}") {
        let folder = tempfile::tempdir().expect("folder");
        let register = Hex([0xAB; 16]);
        std::fs::write(folder.path().join(format!("maatwerk-abababab-{name}.reservekopie")), b"").expect("written");
        let found = backups(folder.path(), register);
        prop_assert!(found.is_empty() || name.len() == 16, "{name}");
    }

    #[test]
    fn a_line_of_the_log_reads_back_from_its_text(seq in 0..i64::MAX, register: [u8; 16], hash: [u8; 32]) {
        let head = Head { register: Hex(register), seq, hash: Hex(hash) };
        prop_assert_eq!(head.to_string().parse::<Head>(), Ok(head));
    }
}

#[test]
fn a_passphrase_is_asked_for_before_anything_is_read() {
    let mut out = Vec::new();
    let secret = secret();
    let protection = Protection::Closed(&secret, Effort::TRIAL);
    protect(&mut out, protection, |out| {
        out.write_all(b"(format: 1)").expect("written");
        Ok(())
    })
    .expect("closed");
    let mut asked = 0;
    let told = documents(&mut out.as_slice(), None, |_, _| {
        asked += 1;
        Ok(())
    });
    assert!(told.is_err() && asked == 0);
}
