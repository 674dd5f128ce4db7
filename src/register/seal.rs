//! Sealing one record: authenticated encryption, bound to the place where the record belongs.
//!
//! It must not know what a record says.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::failure::Failure;
use super::keys::Key;

/// The first byte of a sealed record: this way of sealing.
const VERSION: u8 = 1;
const NONCE: usize = 24;
/// Plain texts are padded to a multiple of this, so that a size says little.
const STEP: usize = 64;

/// The random id of a register, a dossier or a save.
pub type Id = [u8; 16];

/// What a record is: part of what it is bound to, so that no record can stand in for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum What {
    Person = 1,
    Figures = 2,
    PersonIndex = 3,
    FiguresIndex = 4,
    Audit = 5,
    Holder = 6,
    Journal = 7,
    Receipt = 8,
    Destruction = 9,
    Setting = 10,
    FiguresReceipt = 11,
    Aside = 12,
}

impl What {
    fn dutch(self) -> &'static str {
        match self {
            Self::Person => "het deel van een dossier met namen en onderzoek",
            Self::Figures => "het deel van een dossier met producten en uren",
            Self::PersonIndex | Self::FiguresIndex => "een regel van de zoeklijst",
            Self::Audit => "een regel van het logboek",
            Self::Holder => "de aantekening wie een dossier open heeft",
            Self::Journal => "bewaard werk dat nog niet was opgeslagen",
            Self::Receipt | Self::FiguresReceipt => "het bewijsstuk bij een besluit",
            Self::Setting => "een bewaarde instelling",
            Self::Destruction => "de aantekening van een vernietiging",
            Self::Aside => "wat u bij het vergrendelen achterliet",
        }
    }
}

/// Where a record belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) register: &'a Id,
    pub(super) what: What,
    pub(super) revision: i64,
    /// Id of the dossier, or whatever else tells this record from others of its kind.
    pub(super) record: &'a [u8],
}

impl Place<'_> {
    /// Everything but the last has a fixed length, so no two places give the same bytes.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = b"maatwerk register 1\0".to_vec();
        bytes.extend(self.register);
        bytes.push(self.what as u8);
        bytes.extend(self.revision.to_be_bytes());
        bytes.extend(self.record);
        bytes
    }
}

/// Random bytes of the system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| Failure::internal("het systeem geeft geen toevalsgetallen"))?;
    Ok(bytes)
}

/// The fingerprint of some pieces of bytes, each with its length, so that they can not run into each other.
pub(super) fn digest(pieces: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update(u64::try_from(piece.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(piece);
    }
    hasher.finalize().into()
}

/// Seals `plain` for its place.
pub(super) fn seal(key: &Key, place: &Place<'_>, plain: &[u8]) -> Result<Vec<u8>, Failure> {
    let too_long = || Failure::internal("dit is te groot om te bewaren");
    let length = u32::try_from(plain.len()).map_err(|_| too_long())?;
    let whole = plain.len().saturating_add(4).next_multiple_of(STEP);
    let mut padded = Zeroizing::new(Vec::with_capacity(whole));
    padded.extend(length.to_be_bytes());
    padded.extend(plain);
    padded.resize(whole, 0);
    let nonce: [u8; NONCE] = random()?;
    let bound = place.bytes();
    let payload = Payload {
        msg: &padded,
        aad: &bound,
    };
    let closed = XChaCha20Poly1305::new(key.bytes().into())
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| too_long())?;
    let mut sealed = Vec::with_capacity(closed.len().saturating_add(25));
    sealed.push(VERSION);
    sealed.extend(nonce);
    sealed.extend(closed);
    Ok(sealed)
}

/// Opens what [`seal`] made for this place. Error: it was altered, cut off, or belongs elsewhere.
pub(super) fn unseal(
    key: &Key,
    place: &Place<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let damaged = || Failure::damaged(place.what.dutch());
    let (version, rest) = sealed.split_first().ok_or_else(damaged)?;
    let (nonce, closed) = rest.split_first_chunk::<NONCE>().ok_or_else(damaged)?;
    if *version != VERSION {
        return Err(damaged());
    }
    let bound = place.bytes();
    let payload = Payload {
        msg: closed,
        aad: &bound,
    };
    let mut padded = Zeroizing::new(
        XChaCha20Poly1305::new(key.bytes().into())
            .decrypt(&XNonce::from(*nonce), payload)
            .map_err(|_| damaged())?,
    );
    let (length, _) = padded.split_first_chunk::<4>().ok_or_else(damaged)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| damaged())?;
    let end = length.checked_add(4).ok_or_else(damaged)?;
    if end > padded.len() {
        return Err(damaged());
    }
    padded.truncate(end);
    padded.drain(..4);
    Ok(padded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place<'a>(register: &'a Id, record: &'a [u8]) -> Place<'a> {
        Place {
            register,
            what: What::Person,
            revision: 3,
            record,
        }
    }

    #[test]
    fn what_is_sealed_opens_only_at_its_own_place_with_its_own_key() {
        let key = Key::generate().expect("key");
        let here = place(&[1; 16], &[2; 16]);
        for plain in [b"".as_slice(), b"x", &[7; 60], &[7; 61], &[9; 5000]] {
            let sealed = seal(&key, &here, plain).expect("sealed");
            assert_eq!(
                unseal(&key, &here, &sealed).expect("opens").as_slice(),
                plain
            );
            let elsewhere = [
                place(&[9; 16], &[2; 16]),
                place(&[1; 16], &[9; 16]),
                Place {
                    revision: 4,
                    ..here
                },
                Place {
                    what: What::Figures,
                    ..here
                },
            ];
            for other in elsewhere {
                assert!(unseal(&key, &other, &sealed).is_err(), "{other:?}");
            }
            let other = Key::generate().expect("key");
            assert!(unseal(&other, &here, &sealed).is_err());
        }
    }

    #[test]
    fn every_flipped_bit_and_every_shorter_record_is_told() {
        let key = Key::generate().expect("key");
        let here = place(&[1; 16], &[2; 16]);
        let sealed = seal(&key, &here, b"Jansen").expect("sealed");
        for bit in 0..sealed.len() * 8 {
            let mut altered = sealed.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            assert!(unseal(&key, &here, &altered).is_err(), "{bit}");
        }
        for length in 0..sealed.len() {
            assert!(unseal(&key, &here, &sealed[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn sizes_go_in_steps_and_no_two_seals_are_alike() {
        let key = Key::generate().expect("key");
        let here = place(&[1; 16], &[2; 16]);
        let sizes: Vec<usize> = [0, 1, 60, 61, 124, 125]
            .iter()
            .map(|length| seal(&key, &here, &vec![1; *length]).expect("sealed").len())
            .collect();
        assert_eq!(sizes, [105, 105, 105, 169, 169, 233]);
        assert_ne!(
            seal(&key, &here, b"x").expect("sealed"),
            seal(&key, &here, b"x").expect("sealed")
        );
    }
}
