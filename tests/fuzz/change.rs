//! Changing a text at random, so that it often still reads as what it was.

/// A row of numbers that is the same every time.
pub struct Dice(u64);

impl Dice {
    /// Another row for each number.
    pub fn new(number: u64) -> Self {
        let mut dice = Self(number ^ 0x9E37_79B9_7F4A_7C15);
        dice.roll(2);
        dice
    }

    /// One of so many.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % below.max(1) as u64) as usize
    }
}

/// What stands between quotes or alone where a value is: ends of ranges, dates that are none, letters that are odd.
const VALUES: &[&str] = &[
    "0",
    "-0",
    "1",
    "-1",
    "0.005",
    "1/3",
    "1/0",
    "-1/3",
    "55/2",
    "1e400",
    "NaN",
    "4294967296",
    "9223372036854775807",
    "-9223372036854775808",
    "340282366920938463463374607431768211456",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "999999999",
    "2018-02-29",
    "2018-01-01",
    "2018-12-31",
    "2020-02-29",
    "0001-01-01",
    "9999-12-31",
    "-9999-01-01",
    "2018-13-01",
    "Week",
    "FourWeeks",
    "Year",
    "Once",
    "Total",
    "Minute",
    "Hour",
    "Euro",
    "InKind",
    "informeel",
    "ho",
    "thuisondersteuning",
    "begeleiding-basis",
    "licht",
    "zwaar",
    "0546",
    "0847",
    "9999",
    "",
    " ",
    "\u{0}",
    "\u{1e}",
    "\u{feff}",
    "é",
    "e\u{301}",
    "−",
    "€",
    "\u{202e}",
    "😀",
    "None",
    "true",
];

/// What holds a text together.
const SIGNS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "//",
    "/*",
    "*/",
    "r#\"",
    "Some(",
    "None",
    "\n",
    "#![enable(implicit_some)]",
    "((((((((((",
    "[[[[[[[[[[",
    "null",
    "{}",
    "[]",
];

/// A seed, changed one to six times.
pub fn changed(dice: &mut Dice, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut text = seeds[dice.roll(seeds.len())].clone();
    for _ in 0..=dice.roll(6) {
        match dice.roll(10) {
            0..=5 => value(dice, &mut text, seeds),
            6 => sign(dice, &mut text),
            7 => piece(dice, &mut text),
            8 => splice(dice, &mut text, seeds),
            _ => byte(dice, &mut text),
        }
        text.truncate(200_000);
    }
    text
}

/// The values in a text: what stands between quotes, and words and numbers outside of them.
fn values(text: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let start = at;
        if text[at] == b'"' {
            at += 1;
            while at < text.len() && text[at] != b'"' {
                at += 1;
            }
            found.push((start + 1, at.min(text.len())));
        } else if text[at].is_ascii_alphanumeric() {
            while at < text.len()
                && (text[at].is_ascii_alphanumeric() || b"_.-".contains(&text[at]))
            {
                at += 1;
            }
            // The name of a field stays, so that the text still says something.
            if text.get(at) != Some(&b':') {
                found.push((start, at));
            }
            continue;
        }
        at += 1;
    }
    found
}

/// Puts another value in the place of one.
fn value(dice: &mut Dice, text: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let there = values(text);
    if there.is_empty() {
        return;
    }
    let (from, to) = there[dice.roll(there.len())];
    let new = if dice.roll(2) == 0 {
        VALUES[dice.roll(VALUES.len())].as_bytes().to_vec()
    } else {
        let other = &seeds[dice.roll(seeds.len())];
        let known = values(other);
        let Some((from, to)) = known.get(dice.roll(known.len())) else {
            return;
        };
        other[*from..*to].to_vec()
    };
    text.splice(from..to, new);
}

fn sign(dice: &mut Dice, text: &mut Vec<u8>) {
    let at = dice.roll(text.len() + 1);
    let sign = SIGNS[dice.roll(SIGNS.len())].bytes();
    text.splice(at..at, sign);
}

/// Takes a piece away, or says it twice.
fn piece(dice: &mut Dice, text: &mut Vec<u8>) {
    let from = dice.roll(text.len() + 1);
    let to = (from + dice.roll(400)).min(text.len());
    let piece = text[from..to].to_vec();
    let times = 2 * dice.roll(2);
    text.splice(from..to, piece.repeat(times));
}

/// Goes on as another seed does.
fn splice(dice: &mut Dice, text: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let other = &seeds[dice.roll(seeds.len())];
    text.truncate(dice.roll(text.len() + 1));
    text.extend(&other[dice.roll(other.len() + 1)..]);
}

fn byte(dice: &mut Dice, text: &mut [u8]) {
    if !text.is_empty() {
        let at = dice.roll(text.len());
        text[at] ^= 1 << dice.roll(8);
    }
}
