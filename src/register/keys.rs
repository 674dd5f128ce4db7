//! The two data keys, and the slots in which they lie: each sealed with the passphrase of one person.
//!
//! It must not know what the keys are used for, nor where slots are kept.

use age::secrecy::{ExposeSecret as _, SecretString};
use age::{DecryptError, scrypt, x25519};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::failure::{Failure, Kind};
use super::seal::{Id, digest, random};

/// A key of 256 bits; wiped when it goes.
pub(super) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub(super) fn generate() -> Result<Self, Failure> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// The same key once more, to be used beside this one.
    pub(super) fn again(&self) -> Self {
        Self(self.0.clone())
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What a slot opens.
#[derive(Debug)]
pub(super) struct Keys {
    /// Names and research; a slot of finance does not have it.
    pub(super) person: Option<Key>,
    /// Products, hours, dates, the log.
    pub(super) figures: Key,
}

impl Keys {
    pub(super) fn generate() -> Result<Self, Failure> {
        Ok(Self {
            person: Some(Key::generate()?),
            figures: Key::generate()?,
        })
    }

    /// The key of names and research. Error: this slot does not have it.
    pub(super) fn person(&self) -> Result<&Key, Failure> {
        self.person.as_ref().ok_or_else(|| {
            Failure::new(
                Kind::Denied,
                "met uw toegang zijn namen en onderzoek niet te zien of te wijzigen",
                "Vraag een collega met volledige toegang.",
            )
        })
    }
}

/// What a person may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything.
    Full,
    /// Products, hours and amounts; no names and no research.
    Finance,
    /// Everything, with the recovery key in place of a passphrase.
    Recovery,
}

impl Role {
    /// The number in the table.
    pub(super) fn number(self) -> i64 {
        match self {
            Self::Full => 1,
            Self::Finance => 2,
            Self::Recovery => 3,
        }
    }

    pub(super) fn from_number(number: i64) -> Option<Self> {
        [Self::Full, Self::Finance, Self::Recovery]
            .into_iter()
            .find(|role| role.number() == number)
    }

    /// The name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Full => "volledig",
            Self::Finance => "financiën",
            Self::Recovery => "herstelsleutel",
        }
    }
}

/// How much work one guess of a passphrase takes: 2 to this power rounds of scrypt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort(u8);

impl Effort {
    /// What a register with real data uses: 2^17 rounds, 128 MB of memory, well under a second.
    pub const NORMAL: Self = Self(17);
    /// Next to no work, for trying the program out with invented data.
    pub const TRIAL: Self = Self(4);

    /// The power itself.
    pub(super) fn power(self) -> u8 {
        self.0
    }
}

/// The most work that opening a slot may ask, so that an altered slot does not eat the memory.
const MOST_EFFORT: u8 = 20;

/// Passphrases that many people choose, one a line, in small letters and without spaces.
const COMMON: &str = include_str!("../../assets/passphrases/common.txt");

/// How many letters a pattern has that is typed over and over.
const PATTERN: std::ops::RangeInclusive<usize> = 1..=4;

/// Whether a passphrase is blank, a letter or a short pattern over and over, or one that many people choose.
fn is_guessed(typed: &str) -> bool {
    let lower = typed.chars().flat_map(char::to_lowercase);
    let letters: Zeroizing<Vec<char>> =
        Zeroizing::new(lower.filter(|letter| !letter.is_whitespace()).collect());
    let repeats = |length: usize| {
        let later = letters.iter().skip(length);
        later.zip(letters.iter()).all(|(one, other)| one == other)
    };
    let is_same = |common: &str| common.chars().eq(letters.iter().copied());
    PATTERN.into_iter().any(repeats) || COMMON.lines().any(is_same)
}

/// The least and the most letters of a passphrase.
const LENGTHS: std::ops::RangeInclusive<usize> = 12..=1024;

/// A passphrase as typed; wiped when it goes.
pub struct Passphrase(SecretString);

impl Passphrase {
    /// Takes what was typed. Letters that a keyboard makes in two ways count as the same. Error: too short or too long.
    pub fn new(typed: &str) -> Result<Self, Failure> {
        let told = |message: String, hint: &str| Failure::new(Kind::Refused, message, hint);
        let letters = typed.chars().count();
        if letters > *LENGTHS.end() {
            return Err(told(
                format!(
                    "de wachtzin is te lang: {letters} tekens, hoogstens {}",
                    LENGTHS.end()
                ),
                "Kies een kortere zin. Staat er per ongeluk een hele tekst in het vak?",
            ));
        }
        if letters < *LENGTHS.start() {
            return Err(told(
                format!(
                    "de wachtzin is te kort: ten minste {} tekens",
                    LENGTHS.start()
                ),
                "Neem een paar woorden die u onthoudt en die een ander niet raadt.",
            ));
        }
        Ok(Self(SecretString::from(typed.nfc().collect::<String>())))
    }

    /// The same for one that is to close something from now on. Error: it is easily guessed too.
    pub fn choose(typed: &str) -> Result<Self, Failure> {
        let passphrase = Self::new(typed)?;
        if is_guessed(typed) {
            return Err(Failure::new(
                Kind::Refused,
                "deze wachtzin is te makkelijk te raden",
                "Neem vier of meer losse woorden die niets met elkaar te maken hebben.",
            ));
        }
        Ok(passphrase)
    }

    pub(super) fn secret(&self) -> SecretString {
        self.0.clone()
    }
}

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// With what every recovery key begins.
const RECOVERY: &str = "AGE-SECRET-KEY-1";
/// What may stand between the letters of a key, as keyboards and word processors write it.
const DASHES: [char; 6] = [
    '-', '\u{2010}', '\u{2011}', '\u{2013}', '\u{2014}', '\u{2212}',
];

/// The key that opens the register when passphrases are lost: shown once at creation, kept on paper in a safe.
pub struct RecoveryKey(x25519::Identity);

impl RecoveryKey {
    pub(super) fn generate() -> Self {
        Self(x25519::Identity::generate())
    }

    /// Reads a key as it was printed; spaces, line ends, dashes and lower case do not matter, nor whether the first word of
    /// it was typed too. A slip in the rest is found by the check in the key itself.
    pub fn parse(typed: &str) -> Result<Self, Failure> {
        let letters = typed
            .chars()
            .filter(|letter| !letter.is_whitespace() && !DASHES.contains(letter));
        let joined: Zeroizing<String> = Zeroizing::new(
            letters
                .map(|letter| letter.to_ascii_uppercase())
                .take(200)
                .collect(),
        );
        // None of the letters of a key after its first word is a 1, so where that ends is certain.
        let own = joined.strip_prefix("AGESECRETKEY1").unwrap_or(&joined);
        let whole = Zeroizing::new(format!("{RECOVERY}{own}"));
        whole.parse().map(Self).map_err(|_| {
            Failure::new(
                Kind::WrongPassphrase,
                "dit is geen herstelsleutel",
                "Een herstelsleutel begint met AGE-SECRET-KEY-1. Typ hem precies over.",
            )
        })
    }

    /// The text to show, write down and keep: its first word, and then groups of four.
    pub fn text(&self) -> Zeroizing<String> {
        let secret = self.0.to_string();
        let whole = secret.expose_secret();
        let own = whole.strip_prefix(RECOVERY).unwrap_or(whole);
        let mut text = Zeroizing::new(String::with_capacity(whole.len().saturating_mul(2)));
        text.push_str(RECOVERY);
        for (at, letter) in own.chars().enumerate() {
            if at % 4 == 0 {
                text.push(' ');
            }
            text.push(letter);
        }
        text
    }
}

impl std::fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

/// With what a slot is sealed.
pub(super) enum Lock<'a> {
    Passphrase(&'a Passphrase, Effort),
    Recovery(&'a RecoveryKey),
}

/// Which slot it is: bound to what lies in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct SlotPlace<'a> {
    pub(super) register: &'a Id,
    pub(super) number: i64,
    pub(super) name: &'a str,
    pub(super) role: Role,
}

/// Length of the fingerprint behind the age file.
const FINGERPRINT: usize = 32;

impl SlotPlace<'_> {
    /// A fingerprint over the slot as a whole. It protects nothing; it tells damage from a wrong passphrase.
    fn fingerprint(&self, closed: &[u8]) -> [u8; FINGERPRINT] {
        digest(&[
            b"maatwerk slot 1",
            self.register,
            &self.number.to_be_bytes(),
            self.name.as_bytes(),
            &self.role.number().to_be_bytes(),
            closed,
        ])
    }

    /// What the sealed content begins with.
    fn heading(&self) -> [u8; 32] {
        self.fingerprint(b"")
    }
}

/// Seals the keys that belong to the role of the slot.
pub(super) fn close_slot(
    place: &SlotPlace<'_>,
    keys: &Keys,
    lock: &Lock<'_>,
) -> Result<Vec<u8>, Failure> {
    let mut content = Zeroizing::new(Vec::with_capacity(96));
    content.extend(place.heading());
    content.extend(keys.figures.bytes());
    if place.role != Role::Finance {
        content.extend(keys.person()?.bytes());
    }
    let closed = match lock {
        Lock::Passphrase(passphrase, effort) => {
            let mut recipient = scrypt::Recipient::new(passphrase.secret());
            recipient.set_work_factor(effort.0);
            age::encrypt(&recipient, &content)
        }
        Lock::Recovery(key) => age::encrypt(&key.0.to_public(), &content),
    };
    let mut closed = closed.map_err(|_| Failure::internal("de sleutels zijn niet te sluiten"))?;
    let fingerprint = place.fingerprint(&closed);
    closed.extend(fingerprint);
    Ok(closed)
}

/// Whether a slot is as it was sealed, and in its place; without opening it.
pub(super) fn is_whole(place: &SlotPlace<'_>, sealed: &[u8]) -> bool {
    let parts = sealed.split_last_chunk::<FINGERPRINT>();
    parts.is_some_and(|(closed, fingerprint)| *fingerprint == place.fingerprint(closed))
}

/// With what a slot is opened.
pub(super) enum Opener<'a> {
    Passphrase(&'a Passphrase),
    Recovery(&'a RecoveryKey),
}

/// Opens a slot. Errors: wrong passphrase; or damaged, truncated, or a slot from elsewhere.
pub(super) fn open_slot(
    place: &SlotPlace<'_>,
    sealed: &[u8],
    opener: &Opener<'_>,
) -> Result<Keys, Failure> {
    let damaged = || {
        Failure::new(
            Kind::Damaged,
            format!(
                "de toegang van «{}» is beschadigd of verwisseld",
                place.name
            ),
            "Open het register met een andere toegang of met de herstelsleutel, of zet een reservekopie terug.",
        )
    };
    let (closed, fingerprint) = sealed
        .split_last_chunk::<FINGERPRINT>()
        .ok_or_else(damaged)?;
    if *fingerprint != place.fingerprint(closed) {
        return Err(damaged());
    }
    let opened = match opener {
        Opener::Passphrase(passphrase) => {
            let mut identity = scrypt::Identity::new(passphrase.secret());
            identity.set_max_work_factor(MOST_EFFORT);
            age::decrypt(&identity, closed)
        }
        Opener::Recovery(key) => age::decrypt(&key.0, closed),
    };
    let content = Zeroizing::new(opened.map_err(|error| match error {
        DecryptError::DecryptionFailed
        | DecryptError::KeyDecryptionFailed
        | DecryptError::NoMatchingKeys => wrong(opener),
        _ => damaged(),
    })?);
    let (heading, rest) = content.split_first_chunk::<32>().ok_or_else(damaged)?;
    let (figures, rest) = rest.split_first_chunk::<32>().ok_or_else(damaged)?;
    let person = match place.role {
        Role::Finance => None,
        Role::Full | Role::Recovery => {
            let (person, _) = rest.split_first_chunk::<32>().ok_or_else(damaged)?;
            Some(Key(Zeroizing::new(*person)))
        }
    };
    if *heading != place.heading() {
        return Err(damaged());
    }
    Ok(Keys {
        person,
        figures: Key(Zeroizing::new(*figures)),
    })
}

fn wrong(opener: &Opener<'_>) -> Failure {
    match opener {
        Opener::Passphrase(_) => Failure::new(
            Kind::WrongPassphrase,
            "de wachtzin klopt niet",
            "Probeer het opnieuw; let op hoofdletters. Wie een wachtzin kwijt is, krijgt een nieuwe van een collega.",
        ),
        Opener::Recovery(_) => Failure::new(
            Kind::WrongPassphrase,
            "deze herstelsleutel hoort niet bij dit register",
            "Zoek de sleutel die bij het maken van dit register is afgedrukt.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: SlotPlace<'_> = SlotPlace {
        register: &[1; 16],
        number: 2,
        name: "Sanne",
        role: Role::Full,
    };

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text).expect("long enough")
    }

    #[test]
    fn a_slot_opens_with_its_passphrase_and_gives_its_role_the_keys() {
        let keys = Keys::generate().expect("keys");
        let phrase = passphrase("vier losse woorden hier");
        for role in [Role::Full, Role::Finance] {
            let place = SlotPlace { role, ..PLACE };
            let sealed = close_slot(&place, &keys, &Lock::Passphrase(&phrase, Effort::TRIAL));
            let sealed = sealed.expect("closed");
            let opened = open_slot(&place, &sealed, &Opener::Passphrase(&phrase)).expect("opens");
            assert_eq!(opened.figures.bytes(), keys.figures.bytes());
            assert_eq!(opened.person.is_some(), role == Role::Full);
            let other = passphrase("vier losse woorden daar");
            let wrong = open_slot(&place, &sealed, &Opener::Passphrase(&other));
            assert_eq!(wrong.expect_err("wrong").kind, Kind::WrongPassphrase);
        }
    }

    #[test]
    fn in_a_slot_of_finance_the_key_of_names_does_not_lie_at_all() {
        let keys = Keys::generate().expect("keys");
        let phrase = passphrase("vier losse woorden hier");
        let held = |role| {
            let place = SlotPlace { role, ..PLACE };
            let lock = Lock::Passphrase(&phrase, Effort::TRIAL);
            let sealed = close_slot(&place, &keys, &lock).expect("closed");
            let (closed, _) = sealed
                .split_last_chunk::<FINGERPRINT>()
                .expect("long enough");
            let identity = scrypt::Identity::new(phrase.secret());
            let content = age::decrypt(&identity, closed).expect("opens");
            let person = keys.person().expect("there").bytes();
            content.windows(person.len()).any(|part| part == person)
        };
        assert!(held(Role::Full));
        assert!(!held(Role::Finance));
    }

    #[test]
    fn an_altered_or_swapped_slot_is_told_apart_from_a_wrong_passphrase() {
        let keys = Keys::generate().expect("keys");
        let phrase = passphrase("vier losse woorden hier");
        let lock = Lock::Passphrase(&phrase, Effort::TRIAL);
        let sealed = close_slot(&PLACE, &keys, &lock).expect("closed");
        let kind = |place: &SlotPlace<'_>, sealed: &[u8]| {
            open_slot(place, sealed, &Opener::Passphrase(&phrase))
                .expect_err("told")
                .kind
        };
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 4;
            assert_eq!(kind(&PLACE, &altered), Kind::Damaged, "{at}");
        }
        assert_eq!(kind(&PLACE, &sealed[..40]), Kind::Damaged);
        assert_eq!(kind(&PLACE, &[]), Kind::Damaged);
        let other = SlotPlace { number: 3, ..PLACE };
        assert_eq!(kind(&other, &sealed), Kind::Damaged);
        let other = SlotPlace {
            role: Role::Finance,
            ..PLACE
        };
        assert_eq!(kind(&other, &sealed), Kind::Damaged);
    }

    #[test]
    fn the_recovery_key_is_read_back_as_it_was_printed_and_a_slip_is_told() {
        let keys = Keys::generate().expect("keys");
        let key = RecoveryKey::generate();
        let place = SlotPlace {
            role: Role::Recovery,
            ..PLACE
        };
        let sealed = close_slot(&place, &keys, &Lock::Recovery(&key)).expect("closed");
        let printed = key.text();
        let groups: Vec<&str> = printed.split(' ').collect();
        assert_eq!(groups.first(), Some(&RECOVERY));
        let lengths: Vec<usize> = groups[1..].iter().map(|group| group.len()).collect();
        assert_eq!(lengths, [[4; 14].as_slice(), &[2]].concat());
        let (first, second) = printed.split_at(30);
        for typed in [
            printed.to_string(),
            printed.to_lowercase(),
            printed.replace([' ', '-'], ""),
            printed.replace(' ', "-"),
            printed.replace('-', "\u{2013}"),
            groups[1..].join(" "),
            format!(" {first}\n {second} "),
        ] {
            let read = RecoveryKey::parse(&typed).expect("read");
            assert!(open_slot(&place, &sealed, &Opener::Recovery(&read)).is_ok());
        }
        let slip = match printed.ends_with('Q') {
            true => 'P',
            false => 'Q',
        };
        let slipped = format!("{}{slip}", &printed[..printed.len() - 1]);
        assert!(RecoveryKey::parse(&slipped).is_err());
        assert!(RecoveryKey::parse("AGE-SECRET-KEY-1ABC").is_err());
        assert!(RecoveryKey::parse("").is_err());
        let other = RecoveryKey::generate();
        let wrong = open_slot(&place, &sealed, &Opener::Recovery(&other)).expect_err("wrong");
        assert_eq!(wrong.kind, Kind::WrongPassphrase);
    }

    #[test]
    fn a_passphrase_of_ten_thousand_letters_is_told_and_one_in_two_spellings_is_the_same() {
        let long = Passphrase::new(&"a".repeat(10_000)).expect_err("too long");
        assert_eq!(
            long.to_string(),
            "de wachtzin is te lang: 10000 tekens, hoogstens 1024. Kies een kortere zin. Staat er per ongeluk een hele \
             tekst in het vak?"
        );
        assert!(Passphrase::new("kort").is_err());
        assert!(Passphrase::new(&"é".repeat(1024)).is_ok());
        let composed = passphrase("caf\u{e9} op de hoek");
        let apart = passphrase("cafe\u{301} op de hoek");
        assert_eq!(
            composed.secret().expose_secret(),
            apart.secret().expose_secret()
        );
    }

    #[test]
    fn a_passphrase_that_is_easily_guessed_is_told() {
        for typed in [
            "            ",
            "aaaaaaaaaaaa",
            "Aaaaaa aaaaaa",
            "abababababab",
            "abc abc abc abc",
            "jan!jan!jan!ja",
            "123456789012",
            "Welkom 01 Welkom 01",
            "Wachtwoord123",
        ] {
            let told = Passphrase::choose(typed).expect_err(typed);
            assert!(told.to_string().contains("te makkelijk te raden"), "{told}");
            // What was chosen before still opens.
            assert!(Passphrase::new(typed).is_ok(), "{typed}");
        }
        for typed in ["vier losse woorden hier", "aaaaaaaaaaab", "regen regenboog"] {
            assert!(Passphrase::choose(typed).is_ok(), "{typed}");
        }
        assert!(Passphrase::choose("kort").is_err());
    }

    #[test]
    fn no_secret_shows_itself_to_a_debugger() {
        let shown = format!(
            "{:?} {:?} {:?}",
            Keys::generate().expect("keys"),
            passphrase("vier losse woorden hier"),
            RecoveryKey::generate()
        );
        assert_eq!(
            shown,
            "Keys { person: Some(Key(…)), figures: Key(…) } Passphrase(…) RecoveryKey(…)"
        );
    }
}
