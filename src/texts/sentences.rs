//! Sentences by name: those that go with tables and with the calculation, where a whole text would be too much.
//!
//! They stand in one file, each under its name. A municipality's own file may leave sentences out; those it has must be
//! known, and name the same values as the sentence of the program, so that no amount is lost and none is asked in vain.

use crate::document::Problem;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the file.
pub(super) const FILE: &str = "zinnen.txt";

/// Sentences by name. In a sentence `{{ name }}` is filled in and `*` begins and ends what is stressed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sentences(BTreeMap<String, String>);

impl Sentences {
    /// The sentence with this name. The program's own tests see that it is there.
    pub fn of<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// The names of all sentences.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Reads the sentences of the program.
    pub(super) fn shipped(text: &str) -> Self {
        let sentences = parsed(text).into_iter();
        Self(sentences.map(|(name, (_, said))| (name, said)).collect())
    }

    /// These sentences with those of a municipality's file in the place of those with the same name.
    ///
    /// # Errors
    /// Every sentence that is not known, is empty or names other values, each with its line.
    pub(super) fn with(&self, file: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let mut all = self.clone();
        let mut problems = Vec::new();
        for (name, (line, said)) in parsed(text) {
            let mut wrong = |message: String, hint: String| {
                problems.push(Problem::error(message).hint(hint).in_file(file).at(line, 1));
            };
            let Some(standard) = self.0.get(&name) else {
                wrong(
                    format!("er is geen zin met de naam «{name}»"),
                    "Vergelijk de naam met die in het bestand van het programma.".to_owned(),
                );
                continue;
            };
            let (wanted, found) = (values(standard), values(&said));
            if said.is_empty() {
                wrong(
                    format!("de zin «{name}» is leeg"),
                    "Schrijf de zin, of haal het kopje weg.".to_owned(),
                );
            } else if wanted != found || said.matches('*').count() % 2 != 0 {
                let wanted: Vec<String> = wanted
                    .iter()
                    .map(|one| format!("{{{{ {one} }}}}"))
                    .collect();
                let wanted = match wanted.is_empty() {
                    true => "niets".to_owned(),
                    false => wanted.join(", "),
                };
                wrong(
                    format!("de zin «{name}» vult iets anders in dan die van het programma"),
                    format!("Vul in: {wanted}. Zet nadruk tussen twee sterretjes."),
                );
            } else {
                all.0.insert(name, said);
            }
        }
        if problems.is_empty() {
            Ok(all)
        } else {
            Err(problems)
        }
    }
}

/// The values that a sentence names.
fn values(sentence: &str) -> BTreeSet<&str> {
    let named = sentence.split("{{").skip(1);
    named
        .filter_map(|rest| Some(rest.split_once("}}")?.0.trim()))
        .collect()
}

/// The sentences of a file by name, each with the line of its name.
fn parsed(text: &str) -> BTreeMap<String, (usize, String)> {
    let mut found: BTreeMap<String, (usize, String)> = BTreeMap::new();
    let mut open: Option<String> = None;
    let mut in_remark = false;
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        in_remark |= line.starts_with("{#");
        if in_remark {
            in_remark = !line.ends_with("#}");
        } else if let Some(name) = line.strip_prefix("## ") {
            let name = name.trim().to_owned();
            found.insert(name.clone(), (number, String::new()));
            open = Some(name);
        } else if let Some((_, said)) = open.as_ref().and_then(|name| found.get_mut(name)) {
            if !said.is_empty() && !line.is_empty() {
                said.push(' ');
            }
            said.push_str(line);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped() -> Sentences {
        Sentences::shipped(
            "{# uitleg\nover twee regels #}\n## one\nU krijgt *{{ what }}*.\n\n## two\nKlaar\nis het.\n",
        )
    }

    #[test]
    fn a_sentence_is_found_by_its_name_and_goes_on_over_lines() {
        assert_eq!(shipped().of("one"), "U krijgt *{{ what }}*.");
        assert_eq!(shipped().of("two"), "Klaar is het.");
        assert_eq!(shipped().names().count(), 2);
    }

    #[test]
    fn an_own_sentence_takes_the_place_of_the_one_with_its_name() {
        let own = shipped().with("eigen.txt", "## one\nDit is voor u: {{what}}\n");
        let own = own.expect("it is right");
        assert_eq!(own.of("one"), "Dit is voor u: {{what}}");
        assert_eq!(own.of("two"), "Klaar is het.");
    }

    #[test]
    fn an_own_sentence_that_is_unknown_empty_or_names_something_else_is_told_with_its_line() {
        for (text, line, words) in [
            ("## drie\nx", 1, "geen zin met de naam «drie»"),
            ("\n## two\n\n", 2, "is leeg"),
            ("## one\nU krijgt {{ who }}.", 1, "vult iets anders in"),
            ("## one\nU krijgt hulp.", 1, "vult iets anders in"),
            ("## one\nU *krijgt {{ what }}.", 1, "vult iets anders in"),
        ] {
            let problems = shipped().with("eigen.txt", text).expect_err(text);
            assert_eq!(problems[0].line, Some(line));
            assert!(problems[0].message.contains(words), "{}", problems[0]);
        }
    }
}
