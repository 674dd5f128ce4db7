//! The texts of letters as templates: which there are, which file answers, and what one says with the data of a letter.
//!
//! A municipality's own file takes the place of the program's file of the same name. A template is strict: a placeholder
//! without a value stops the letter with its file and line. What a filled-in template means (a heading, a list) and what
//! a letter is about, this room must not know; it only keeps what was typed by people apart from what the template says.

mod articles;
mod prose;
mod sentences;
mod shipped;
mod wordings;

use articles::Naming;
pub use prose::prose;
pub use sentences::Sentences;
pub use wordings::{Changeable, Wordings};

use crate::document::{Hex, Problem};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Rest, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, context};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// Stands before every value that was filled in, so that a line never begins with a sign of somebody's typing.
const FENCE: char = '\u{E000}';
/// Signs with a meaning in a template, and what stands for them inside a value.
const SIGNS: [(char, char); 4] = [
    ('*', '\u{E001}'),
    ('|', '\u{E002}'),
    ('\n', '\u{E003}'),
    ('\\', '\u{E004}'),
];
/// Characters that no font has, kept for the two above.
const KEPT: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{E00F}';

/// A text of a municipality.
#[derive(Debug, Clone, Copy)]
pub struct OwnText<'a> {
    /// The file as it was named by the user.
    pub file: &'a str,
    /// The name of the text: the last part of the file name, such as `bezwaar.txt`.
    pub name: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// The texts of letters, ready to be filled in.
#[derive(Debug, Clone)]
pub struct Texts {
    environment: Environment<'static>,
    sentences: Sentences,
    /// Which file answers for a name, where it is not the program's own.
    own: BTreeMap<String, String>,
    fingerprint: Hex<32>,
}

impl Texts {
    /// The texts of the program, read once. Errors: what is wrong with them; the program's own tests see that there is
    /// nothing.
    pub fn shipped() -> Result<Arc<Self>, Vec<Problem>> {
        static TEXTS: OnceLock<Result<Arc<Texts>, Vec<Problem>>> = OnceLock::new();
        let texts = TEXTS.get_or_init(|| Self::with(&[]).map(Arc::new));
        texts.clone()
    }

    /// The texts of the program with a municipality's own in the place of those with the same name.
    ///
    /// # Errors
    /// All files that cannot be used, each with the line: it is no template, or no text of this program has its name.
    pub fn with(own: &[OwnText<'_>]) -> Result<Self, Vec<Problem>> {
        let mut environment = empty()?;
        let mut problems = Vec::new();
        let mut names = BTreeMap::new();
        let mut hasher = Sha256::new();
        let shipped = shipped::text(sentences::FILE).unwrap_or_default();
        let mut sentences = Sentences::shipped(shipped);
        if let Some(mine) = own.iter().find(|mine| mine.name == sentences::FILE) {
            match sentences.with(mine.file, mine.text) {
                Ok(all) => sentences = all,
                Err(wrong) => problems.extend(wrong),
            }
        }
        for (name, text) in shipped::TEXTS {
            let mine = own.iter().find(|mine| mine.name == *name);
            let text = mine.map_or(*text, |mine| mine.text).replace("\r\n", "\n");
            hasher.update(name);
            hasher.update(&text);
            if let Some(mine) = mine {
                if prose(mine.text).is_empty() {
                    problems.push(
                        Problem::error("deze brieftekst is leeg")
                            .hint("Schrijf de tekst, of haal het bestand weg. Dan staat de tekst van het programma in de brief.")
                            .in_file(mine.file),
                    );
                }
                names.insert((*name).to_owned(), mine.file.to_owned());
            }
            if let Err(error) = environment.add_template_owned(*name, text) {
                problems.push(told(&error, name, &names));
            }
        }
        for mine in own {
            let known = shipped::TEXTS.iter().any(|(name, _)| *name == mine.name);
            if !known {
                let known: Vec<&str> = shipped::TEXTS.iter().map(|(name, _)| *name).collect();
                problems.push(
                    Problem::error(format!("er is geen brieftekst met de naam «{}»", mine.name))
                        .hint(format!("Deze namen kunnen: {}.", known.join(", ")))
                        .in_file(mine.file),
                );
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            environment,
            sentences,
            own: names,
            fingerprint: Hex(hasher.finalize().into()),
        })
    }

    /// What a text says with these data. `day` is the day on which the rules stood as the text names them; `wordings` are
    /// those of a person, and learn which parts of the text may have one.
    ///
    /// # Errors
    /// The text names something that is not there or is empty, with its file and line.
    pub fn render(
        &self,
        name: &str,
        data: Value,
        day: jiff::civil::Date,
        wordings: &Arc<Wordings>,
    ) -> Result<String, Problem> {
        let template = self.environment.get_template(name);
        let wordings = Value::from_dyn_object(Arc::clone(wordings));
        let about = context! { today => day.to_string(), wordings };
        let data = context! { ..about, ..data };
        let said = template.and_then(|template| template.render(data));
        said.map_err(|error| told(&error, name, &self.own))
    }

    /// The sentences that go with tables and with the calculation.
    pub fn sentences(&self) -> &Sentences {
        &self.sentences
    }

    /// The file that answers for a name: a municipality's own, or nothing for the program's.
    pub fn own_file(&self, name: &str) -> Option<&str> {
        self.own.get(name).map(String::as_str)
    }

    /// The texts that a municipality's own file answers for, each with that file.
    pub fn own_files(&self) -> impl Iterator<Item = (&str, &str)> {
        let own = self.own.iter();
        own.map(|(name, file)| (name.as_str(), file.as_str()))
    }

    /// What stands in each text of a municipality, with its file.
    pub fn own_texts(&self) -> impl Iterator<Item = (&str, String)> {
        self.own.iter().filter_map(|(name, file)| {
            let template = self.environment.get_template(name).ok()?;
            Some((file.as_str(), template.source().to_owned()))
        })
    }

    /// Fingerprint of all texts: another one means that a letter would be worded otherwise.
    pub fn fingerprint(&self) -> Hex<32> {
        self.fingerprint
    }

    /// Whether a file is named as one of the texts.
    pub fn is_one(path: &str) -> bool {
        let name = std::path::Path::new(path).file_name();
        name.is_some_and(|name| shipped::TEXTS.iter().any(|(known, _)| name == *known))
    }

    /// The names of all texts with what stands in those of the program.
    pub fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
        shipped::TEXTS.iter().copied()
    }
}

/// Something that stands in a text as it is, not as somebody's typing: a place where finished blocks go.
pub fn as_it_is(text: String) -> Value {
    Value::from_safe_string(text)
}

/// The typed text again, of what a filled-in template holds.
pub fn unfenced(text: &str) -> String {
    text.chars()
        .filter(|letter| *letter != FENCE)
        .map(|letter| {
            let mut signs = SIGNS.iter();
            let sign = signs.find(|(_, kept)| *kept == letter);
            sign.map_or(letter, |(sign, _)| *sign)
        })
        .collect()
}

fn empty() -> Result<Environment<'static>, Vec<Problem>> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    let syntax = syntax.map_err(|error| vec![told(&error, "", &BTreeMap::new())])?;
    environment.set_syntax(syntax);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_formatter(|out, _, value| {
        if value.is_safe() {
            let text = value.as_str().unwrap_or_default();
            return out.write_str(text).map_err(Error::from);
        }
        let text = value.to_string();
        if value.is_none() || text.trim().is_empty() {
            return Err(Error::new(ErrorKind::UndefinedError, EMPTY));
        }
        out.write_str(&fenced(&text)).map_err(Error::from)
    });
    environment.add_filter(wordings::FILTER, wordings::filter);
    let articles = Arc::new(articles::Articles::shipped()?);
    for (name, how) in [
        ("artikelen", Naming::WithSubject),
        ("nummer", Naming::NumberAlone),
    ] {
        let articles = Arc::clone(&articles);
        environment.add_function(name, move |state: &State<'_, '_>, ids: Rest<String>| {
            let today = state.lookup("today");
            let day = today.as_ref().and_then(|day| day.as_str()?.parse().ok());
            let day = day.ok_or_else(|| Error::new(ErrorKind::UndefinedError, EMPTY))?;
            let said = articles.on(&ids, day, how);
            said.map_err(|why| Error::new(ErrorKind::InvalidOperation, why))
        });
    }
    Ok(environment)
}

const EMPTY: &str = "leeg";

fn fenced(text: &str) -> String {
    let mut out = String::with_capacity(text.len().saturating_add(4));
    out.push(FENCE);
    for letter in text.chars() {
        let sign = SIGNS.iter().find(|(sign, _)| *sign == letter);
        out.push(match sign {
            Some((_, kept)) => *kept,
            None if KEPT.contains(&letter) => '\u{FFFD}',
            None => letter,
        });
    }
    out
}

/// What is wrong, in Dutch, with file and line.
fn told(error: &Error, asked: &str, own: &BTreeMap<String, String>) -> Problem {
    // What goes wrong in a text that another one takes in is told of the inner one.
    let mut error = error;
    while let Some(inner) = std::error::Error::source(error).and_then(|one| one.downcast_ref()) {
        error = inner;
    }
    let name = error.name().unwrap_or(asked);
    let said = error.range().and_then(|range| {
        let source = error.template_source().map(str::to_owned);
        let source = source.or_else(|| shipped::text(name).map(str::to_owned))?;
        source.get(range).map(str::to_owned)
    });
    let said = said.map_or(String::new(), |said| format!(": «{}»", said.trim()));
    let problem = match error.kind() {
        ErrorKind::UndefinedError => Problem::error(format!(
            "de brieftekst noemt iets dat er niet is of leeg is{said}"
        ))
        .hint("Kijk of de naam goed gespeld is, of zet er «{% if naam %}» omheen."),
        ErrorKind::SyntaxError => Problem::error(format!(
            "deze brieftekst is niet goed geschreven{said}{}",
            reason(error)
        ))
        .hint("Kijk naar de haken en naar «if», «for» en «endif» op deze regel."),
        ErrorKind::TemplateNotFound => Problem::error(format!("deze brieftekst is er niet{said}"))
            .hint("Kijk of de naam goed gespeld is."),
        _ => Problem::error(format!(
            "deze brieftekst is niet in te vullen{said}{}",
            reason(error)
        ))
        .hint("Vergelijk de tekst met die van het programma."),
    };
    let file = own.get(name).map_or(name, String::as_str);
    let problem = problem.in_file(file);
    match error.line() {
        Some(line) => problem.at(line, 1),
        None => problem,
    }
}

fn reason(error: &Error) -> String {
    error
        .detail()
        .map_or(String::new(), |detail| format!(" ({detail})"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const DAY: jiff::civil::Date = date(2018, 1, 1);

    fn with(text: &str) -> Result<Texts, Vec<Problem>> {
        let own = OwnText {
            file: "map/brieven/veranderingen.txt",
            name: "veranderingen.txt",
            text,
        };
        Texts::with(&[own])
    }

    fn said(text: &str, data: Value) -> Result<String, Problem> {
        let texts = with(text).expect("it is a template");
        let said = texts.render("veranderingen.txt", data, DAY, &Arc::default());
        said.map(|said| unfenced(&said))
    }

    #[test]
    fn the_texts_of_the_program_are_templates() {
        let texts = Texts::shipped().expect("they are");
        assert!(Texts::sources().count() > 10);
        assert_eq!(texts.own_file("bezwaar.txt"), None);
    }

    #[test]
    fn a_name_without_a_value_is_told_with_file_and_line() {
        for (text, data) in [
            ("een\n\nU krijgt {{ watt }}.", context! { what => "hulp" }),
            ("een\n\nU krijgt {{ what }}.", context! { what => " " }),
            (
                "een\n\nU krijgt {{ one.what }}.",
                context! { one => context! {} },
            ),
        ] {
            let problem = said(text, data).expect_err(text);
            assert_eq!(problem.file, "map/brieven/veranderingen.txt");
            assert_eq!(problem.line, Some(3), "{problem}");
            assert!(problem.message.contains("«"), "{problem}");
        }
    }

    #[test]
    fn a_text_with_a_typo_is_told_with_its_line() {
        let problems = with("een\n{% if what %}twee").expect_err("it is not closed");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].file, "map/brieven/veranderingen.txt");
        assert_eq!(problems[0].line, Some(2), "{}", problems[0]);
    }

    #[test]
    fn a_text_with_a_name_that_is_not_known_is_told_with_the_names_that_are() {
        let own = OwnText {
            file: "map/brieven/bezwaarr.txt",
            name: "bezwaarr.txt",
            text: "",
        };
        let problems = Texts::with(&[own]).expect_err("there is no such text");
        assert_eq!(problems[0].file, "map/brieven/bezwaarr.txt");
        assert!(problems[0].hint.contains("bezwaar.txt"));
    }

    #[test]
    fn what_somebody_typed_never_becomes_a_sign_of_the_template() {
        let texts = with("{{ what }}\n").expect("it is a template");
        let typed = "# ons *\n| a | \u{E001}";
        let data = context! { what => typed };
        let said = texts.render("veranderingen.txt", data, DAY, &Arc::default());
        let said = said.expect("it can be filled in");
        for sign in ['*', '|'] {
            assert!(!said.contains(sign));
        }
        assert!(!said.starts_with('#') && said.lines().count() == 1);
        assert_eq!(unfenced(said.trim_end()), "# ons *\n| a | \u{FFFD}");
    }

    #[test]
    fn a_wording_takes_the_place_of_a_part_that_may_have_one() {
        let part = "Vooraf.\n{% filter aanpasbaar(\"deel\", \"Het deel\") %}\nZo is\nhet.\n{% endfilter %}\n";
        let texts = with(part).expect("it is a template");
        let said = |own: &[(&str, &str)]| {
            let own = own.iter();
            let own = own.map(|(id, text)| ((*id).to_owned(), (*text).to_owned()));
            let wordings = Arc::new(Wordings::new(own.collect()));
            let said = texts.render("veranderingen.txt", context! {}, DAY, &wordings);
            (
                unfenced(&said.expect("it can be filled in")),
                wordings.met(),
            )
        };
        let met = Changeable {
            id: "deel".to_owned(),
            name: "Het deel".to_owned(),
            standard: "Zo is het.".to_owned(),
        };
        assert_eq!(
            said(&[]),
            ("Vooraf.\nZo is\nhet.\n".to_owned(), vec![met.clone()])
        );
        let own = [("deel", "# Anders"), ("ander", "niets")];
        assert_eq!(said(&own), ("Vooraf.\n\n# Anders\n".to_owned(), vec![met]));
    }

    #[test]
    fn a_part_that_names_a_value_may_not_be_worded_otherwise() {
        let part =
            "een\n{% filter aanpasbaar(\"deel\", \"Het deel\") %}\n{{ what }}\n{% endfilter %}";
        let problem = said(part, context! { what => "€ 12" }).expect_err("it names a value");
        assert!(problem.message.contains("noemt geen gegevens"), "{problem}");
    }

    #[test]
    fn the_file_that_answers_is_known_and_changes_the_fingerprint() {
        let shipped = Texts::shipped().expect("they are");
        let own = with("Bel ons.").expect("it is a template");
        let file = own.own_file("veranderingen.txt");
        assert_eq!(file, Some("map/brieven/veranderingen.txt"));
        assert_ne!(own.fingerprint(), shipped.fingerprint());
    }

    #[test]
    fn articles_are_those_of_the_day() {
        let texts = with("{{ artikelen(\"own_contribution\") }}").expect("it is a template");
        let on = |day| {
            let said = texts.render("veranderingen.txt", context! {}, day, &Arc::default());
            unfenced(&said.expect("it can be filled in"))
        };
        assert_eq!(on(date(2019, 12, 31)), "artikel 2.1.4 (eigen bijdrage)");
        assert_eq!(
            on(date(2020, 1, 1)),
            "de artikelen 2.1.4a en 2.1.4b (eigen bijdrage)"
        );
        let wrong = said("een\n{{ artikelen(\"onbekend\") }}", context! {}).expect_err("unknown");
        assert_eq!(wrong.line, Some(2), "{wrong}");
    }
}
