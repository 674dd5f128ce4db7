//! Plain Dutch: what in a text is hard to read at level B1, and the words that a letter explains.
//!
//! The words are data (`assets/letters/moeilijke-woorden.ron`). This room reads text only: what a text is about, where it
//! will be printed and who wrote it, it must not know.

mod sentences;

use std::sync::OnceLock;

use serde::Deserialize;

use self::sentences::{Sentence, sentences};
use crate::document::{Outline, Problem, check_format, read_text};

/// The format that this program reads.
const FORMAT: u32 = 1;

/// The words inside the program.
const SHIPPED: (&str, &str) = (
    "moeilijke-woorden.ron",
    include_str!("../../assets/letters/moeilijke-woorden.ron"),
);

/// Most words in a sentence. No law says so; guides for B1 ask ten to fifteen on average.
pub const MOST_WORDS: usize = 25;

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    #[serde(rename = "format")]
    _format: u32,
    words: Vec<HardWord>,
}

/// A word that many people find hard.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct HardWord {
    /// How it stands in a text, in lower case; `*` at the end is any ending.
    find: Vec<String>,
    /// What to write instead: the word itself has no place in a letter.
    #[serde(default)]
    say: Option<String>,
    /// The word as a list of meanings shows it.
    #[serde(default)]
    word: Option<String>,
    /// What it means: the word may stay where the text says so.
    #[serde(default)]
    means: Option<String>,
}

/// The hard words that are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainWords {
    words: Vec<HardWord>,
}

/// A word with its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning<'a> {
    /// The word.
    pub word: &'a str,
    /// What it means, as the rest of a sentence: "een hoogste bedrag."
    pub means: &'a str,
}

/// What is hard to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A sentence with so many words, more than [`MOST_WORDS`].
    Long(usize),
    /// Two or more passive verbs in a sentence, or a passive sentence after a passive one.
    Passive,
    /// This word has an easier one.
    Replace {
        /// The word as it stands there.
        word: String,
        /// What to write instead.
        say: String,
    },
    /// This word is not explained.
    Unexplained(String),
    /// A shortened word, such as `o.a.`.
    Shortened(String),
}

/// A fault and the sentence in which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What.
    pub fault: Fault,
    /// Where.
    pub sentence: String,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.fault {
            Fault::Long(words) => write!(f, "{words} woorden, maak er twee zinnen van")?,
            Fault::Passive => write!(f, "schrijf wie het doet: de zin is lijdend")?,
            Fault::Replace { word, say } => write!(f, "schrijf voor «{word}» liever: {say}")?,
            Fault::Unexplained(word) => write!(f, "leg «{word}» uit")?,
            Fault::Shortened(word) => write!(f, "schrijf «{word}» voluit")?,
        }
        write!(f, ". In: {}", self.sentence)
    }
}

impl PlainWords {
    /// The words inside the program, read once. Errors: as [`PlainWords::read`]; the program's own tests see that there
    /// are none.
    pub fn shipped() -> Result<&'static Self, Vec<Problem>> {
        static WORDS: OnceLock<Result<PlainWords, Vec<Problem>>> = OnceLock::new();
        let words = WORDS.get_or_init(|| Self::read(SHIPPED.0, SHIPPED.1));
        words.as_ref().map_err(Clone::clone)
    }

    /// Reads a file of words, given as its name and content. Errors: all its problems.
    pub fn read(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        check_format(name, text, FORMAT).map_err(|problem| vec![problem])?;
        let file: WordsFile = read_text(name, text)?;
        let outline = Outline::new(text);
        let mut seen = std::collections::BTreeSet::new();
        let mut problems = Vec::new();
        for (place, word) in file.words.iter().enumerate() {
            let mut wrong = |message: String, hint: &str| {
                let problem = Problem::error(message).field(format!("words[{place}]"));
                problems.push(outline.positioned(problem.hint(hint).in_file(name)));
            };
            if word.say.is_some() == (word.means.is_some() && word.word.is_some()) {
                wrong(
                    "bij dit woord staat geen raad, of twee".to_owned(),
                    "Zet er «say» bij, of «word» met «means».",
                );
            }
            if word.find.iter().all(|find| find.trim().is_empty()) {
                wrong(
                    "er staat niet bij hoe dit woord te vinden is".to_owned(),
                    "Vul «find» in.",
                );
            }
            for find in &word.find {
                if *find != find.to_lowercase() {
                    wrong(
                        format!("«{find}» heeft hoofdletters"),
                        "Schrijf het woord in «find» met kleine letters.",
                    );
                }
                if !seen.insert(find.as_str()) {
                    wrong(format!("«{find}» staat er twee keer"), "Haal er een weg.");
                }
            }
        }
        match problems.is_empty() {
            true => Ok(Self { words: file.words }),
            false => Err(problems),
        }
    }

    /// The meanings of the words in a text that it does not explain itself, by the alphabet.
    pub fn meanings_in<'a>(&'a self, text: &str) -> Vec<Meaning<'a>> {
        let text = text.to_lowercase();
        let mut found: Vec<_> = (self.words.iter())
            .filter(|hard| hard.found_in(&text).is_some() && !hard.is_explained_by(&text))
            .filter_map(HardWord::meaning)
            .collect();
        found.sort_by_key(|meaning| meaning.word.to_lowercase());
        found
    }

    /// What is hard in a text. `explained` are the words that a list beside the text explains; paragraphs are parted by
    /// line ends.
    pub fn check(&self, text: &str, explained: &[&str]) -> Vec<Finding> {
        let mut found = Vec::new();
        let whole = text.to_lowercase();
        for paragraph in text.lines() {
            let mut was_passive = false;
            for sentence in sentences(paragraph) {
                let mut tell = |fault| {
                    found.push(Finding {
                        fault,
                        sentence: sentence.text.to_owned(),
                    });
                };
                let words = sentence.words();
                if words > MOST_WORDS {
                    tell(Fault::Long(words));
                }
                let passives = sentence.passives();
                if passives > 1 || passives == 1 && was_passive {
                    tell(Fault::Passive);
                }
                was_passive = passives > 0;
                for short in sentence.shortened() {
                    tell(Fault::Shortened(short.to_owned()));
                }
                self.check_words(&sentence, (&whole, explained), &mut tell);
            }
        }
        found
    }

    fn check_words(
        &self,
        sentence: &Sentence<'_>,
        (whole, explained): (&str, &[&str]),
        tell: &mut impl FnMut(Fault),
    ) {
        let lower = sentence.text.to_lowercase();
        for hard in &self.words {
            let Some(word) = hard.found_in(&lower) else {
                continue;
            };
            match (&hard.say, hard.meaning()) {
                (Some(say), _) => tell(Fault::Replace {
                    word: word.to_owned(),
                    say: say.clone(),
                }),
                (None, Some(meaning))
                    if !explained.contains(&meaning.word) && !hard.is_explained_by(whole) =>
                {
                    tell(Fault::Unexplained(word.to_owned()));
                }
                (None, _) => {}
            }
        }
    }
}

impl HardWord {
    fn meaning(&self) -> Option<Meaning<'_>> {
        Some(Meaning {
            word: self.word.as_deref()?,
            means: self.means.as_deref()?,
        })
    }

    /// Whether a text in lower case says itself what it means: "een etmaal is …", "een declaratie. dat is …", and of
    /// a name in capitals what it stands for: "Sociale Verzekeringsbank (SVB)".
    fn is_explained_by(&self, text: &str) -> bool {
        let name = self.word.as_deref().unwrap_or_default();
        let in_capitals = !name.chars().any(char::is_lowercase);
        self.find.iter().any(|find| {
            let word = find.trim_end_matches('*');
            in_capitals
                && (text.contains(&format!("({word})")) || text.contains(&format!("{word} (")))
                || text.contains(&format!("een {word} is "))
                || text.contains(&format!("{word}. dat is "))
        })
    }

    /// The word as it stands in a text in lower case, whole.
    fn found_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.find.iter().find_map(|find| {
            let (stem, any_end) = match find.strip_suffix('*') {
                Some(stem) => (stem, true),
                None => (find.as_str(), false),
            };
            text.match_indices(stem).find_map(|(at, _)| {
                let before = text.get(..at)?.chars().next_back();
                let after = text.get(at..)?.get(stem.len()..)?;
                let end = after
                    .find(|c: char| !c.is_alphanumeric())
                    .unwrap_or(after.len());
                let whole = !before.is_some_and(char::is_alphanumeric) && (any_end || end == 0);
                text.get(at..at.checked_add(stem.len())?.checked_add(end)?)
                    .filter(|_| whole)
            })
        })
    }
}

#[cfg(test)]
mod tests;
