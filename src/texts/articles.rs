//! The articles of law that letters name, as they stood on a day. What a letter is about this must not know.

use crate::document::{Problem, check_format, read_text};
use crate::quantity::dutch::listed;
use jiff::civil::Date;
use serde::Deserialize;

const FORMAT: u32 = 1;
const NAME: &str = "artikelen.ron";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "format")]
    _format: u32,
    articles: Vec<Article>,
}

/// An article, or some that belong together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    /// Short name in templates.
    id: String,
    /// `artikel 2.3.2`.
    article: String,
    /// What it is about, in plain words.
    about: String,
    /// The first day on which it said this.
    from: Date,
    /// The last day; absent: still.
    #[serde(default)]
    to: Option<Date>,
}

/// How an article is named.
#[derive(Debug, Clone, Copy)]
pub(super) enum Naming {
    /// `artikel 2.3.8 (veranderingen doorgeven)`.
    WithSubject,
    /// `artikel 2.3.8`, within a sentence that says what it is about.
    NumberAlone,
}

/// All articles.
#[derive(Debug, Clone)]
pub(super) struct Articles(Vec<Article>);

impl Articles {
    /// Those of the program. Errors: what is wrong with the file.
    pub(super) fn shipped() -> Result<Self, Vec<Problem>> {
        let text = include_str!("../../assets/letters/artikelen.ron");
        check_format(NAME, text, FORMAT).map_err(|problem| vec![problem])?;
        let file: File = read_text(NAME, text)?;
        Ok(Self(file.articles))
    }

    /// `artikel 2.3.2 (het onderzoek) en artikel 2.3.8 (veranderingen doorgeven)`, as on a day. Error: one that is not
    /// known, or not on that day.
    pub(super) fn on(&self, ids: &[String], day: Date, how: Naming) -> Result<String, String> {
        let found: Result<Vec<String>, String> = ids
            .iter()
            .map(|id| {
                let mut articles = self.0.iter().filter(|article| article.id == *id);
                let known = articles
                    .find(|article| article.from <= day && article.to.is_none_or(|to| to >= day));
                known
                    .map(|known| match how {
                        Naming::WithSubject => format!("{} ({})", known.article, known.about),
                        Naming::NumberAlone => known.article.clone(),
                    })
                    .ok_or_else(|| format!("artikel «{id}» is op {day} niet bekend"))
            })
            .collect();
        Ok(listed(&found?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_article_is_named_as_it_stood_on_the_day_and_on_no_day_before_the_law() {
        let articles = Articles::shipped().unwrap();
        let named = |day: Date| {
            let ids = ["own_contribution".to_owned()];
            articles.on(&ids, day, Naming::NumberAlone)
        };
        assert_eq!(named(date(2015, 1, 1)).unwrap(), "artikel 2.1.4");
        assert_eq!(named(date(2019, 12, 31)).unwrap(), "artikel 2.1.4");
        let later = "de artikelen 2.1.4a en 2.1.4b";
        assert_eq!(named(date(2020, 1, 1)).unwrap(), later);
        assert!(named(date(2014, 12, 31)).is_err());
    }
}
