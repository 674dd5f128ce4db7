//! Sentences of a Dutch text, their words, their passive verbs and their shortened words.

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sentence<'t> {
    /// As it stands there, without space around it.
    pub(super) text: &'t str,
}

/// Forms of "worden", the verb of the passive. "Is" and "zijn" are left out: they say a state as often as a deed.
const WORDEN: [&str; 5] = ["word", "wordt", "worden", "werd", "werden"];

/// How the past participle of a verb begins.
const BEGINNINGS: [&str; 6] = ["ge", "be", "ver", "ont", "her", "er"];

/// Words that look like a participle and are none.
const NO_PARTICIPLES: [&str; 24] = [
    "beetje",
    "bent",
    "best",
    "beide",
    "bekend",
    "bezit",
    "gebied",
    "gebruik",
    "geduld",
    "geen",
    "geld",
    "geluid",
    "gemeente",
    "gemeenten",
    "gezin",
    "gezond",
    "gewicht",
    "ver",
    "verband",
    "verdriet",
    "verschil",
    "erg",
    "hert",
    "ernst",
];

/// Words with a point inside or at the end that end no sentence.
const SHORTENED: [&str; 26] = [
    "a.u.b.", "art.", "b.g.g.", "bijv.", "bv.", "ca.", "d.d.", "d.m.v.", "d.w.z.", "e.a.", "e.d.",
    "enz.", "etc.", "evt.", "i.p.v.", "i.v.m.", "incl.", "m.b.t.", "m.b.v.", "m.i.v.", "max.",
    "n.a.v.", "n.v.t.", "nr.", "o.a.", "t.a.v.",
];

/// The sentences of a paragraph. A colon and a semicolon end one too: what follows is read on its own.
pub(super) fn sentences(paragraph: &str) -> impl Iterator<Item = Sentence<'_>> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        let (sentence, after) = rest.split_at_checked(first_end(rest)?)?;
        rest = after;
        Some(Sentence {
            text: sentence.trim(),
        })
    })
    .filter(|sentence| !sentence.text.is_empty())
}

/// Where the first sentence ends; nothing at the end of the paragraph.
fn first_end(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    letters.peek()?;
    while let Some((at, letter)) = letters.next() {
        if !matches!(letter, '.' | '!' | '?' | ':' | ';') {
            continue;
        }
        let end = at.saturating_add(letter.len_utf8());
        let ends_word = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        let last_word = text.get(..end)?.rsplit(char::is_whitespace).next();
        let is_short = last_word.is_some_and(|word| shortened(word).is_some());
        if ends_word && !is_short {
            return Some(end);
        }
    }
    Some(text.len())
}

/// The word without brackets and quotes around it, if it is a shortened one.
fn shortened(word: &str) -> Option<&str> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let known = SHORTENED.contains(&word.to_lowercase().as_str());
    known.then_some(word)
}

impl<'t> Sentence<'t> {
    /// How many words it has.
    pub(super) fn words(&self) -> usize {
        let words = self.text.split_whitespace();
        words
            .filter(|word| word.chars().any(char::is_alphanumeric))
            .count()
    }

    /// How many passive verbs: a form of "worden" with a past participle before or after it.
    pub(super) fn passives(&self) -> usize {
        let lower = self.text.to_lowercase();
        let words = || lower.split(|c: char| !c.is_alphanumeric());
        let verbs = words().filter(|word| WORDEN.contains(word)).count();
        verbs.min(words().filter(|word| is_participle(word)).count())
    }

    /// The shortened words.
    pub(super) fn shortened(&self) -> impl Iterator<Item = &'t str> {
        self.text.split_whitespace().filter_map(shortened)
    }
}

/// Whether a word in lower case looks like the past participle of a verb: "betaald", "opgestuurd", "gegeven".
fn is_participle(word: &str) -> bool {
    let long = word.chars().count() > 4;
    let ends = ["d", "t", "en"].iter().any(|end| word.ends_with(end));
    let begins = BEGINNINGS.iter().any(|begin| word.starts_with(begin));
    // "opgestuurd", "aangevraagd": the "ge" stands after a preposition.
    let inside = [
        "af", "aan", "bij", "door", "in", "mee", "na", "om", "op", "over", "toe", "uit", "vast",
        "voor", "weg",
    ];
    let parted = (inside.iter()).any(|before| {
        let rest = word.strip_prefix(before);
        rest.is_some_and(|rest| rest.starts_with("ge"))
    });
    long && ends && (begins || parted) && !NO_PARTICIPLES.contains(&word)
}
