//! The characters of RON: space, comments, words and quotes, for [`super::syntax`].

use std::ops::Range;

use super::outline::{Body, Node, SyntaxFault};

/// Most faults in the syntax that one text lists.
const MAX_FAULTS: usize = 100;

/// An open bracket.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bracket {
    pub(super) at: usize,
    pub(super) closing: char,
    /// Whether fields with names stand in it.
    pub(super) names: bool,
}

/// The reader at work; its children are places in `nodes`.
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
    pub(super) nodes: Vec<Node>,
    pub(super) faults: Vec<SyntaxFault>,
    /// The brackets that are open here, outermost first.
    pub(super) brackets: Vec<Bracket>,
    /// How many brackets are open here; bounds the recursion.
    pub(super) depth: usize,
    pub(super) broken: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Reader {
            text,
            at: 0,
            nodes: Vec::new(),
            faults: Vec::new(),
            brackets: Vec::new(),
            depth: 0,
            broken: false,
        }
    }

    pub(super) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self) {
        self.at = self
            .at
            .saturating_add(self.peek().map_or(0, char::len_utf8));
    }

    pub(super) fn take(&mut self, part: &str) -> bool {
        let found = self.rest().starts_with(part);
        if found {
            self.at = self.at.saturating_add(part.len());
        }
        found
    }

    pub(super) fn fault(
        &mut self,
        at: usize,
        inside: Option<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        // One mistake may be met at several levels; its first report is the nearest.
        let known = self.faults.last().is_some_and(|fault| fault.at == at);
        if !self.broken && !known && self.faults.len() < MAX_FAULTS {
            self.faults.push(SyntaxFault {
                at,
                inside,
                message: message.into(),
                hint: hint.into(),
            });
        }
    }

    /// Records a fault after which the structure is lost, and ends reading.
    pub(super) fn give_up(
        &mut self,
        at: usize,
        inside: Option<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.fault(at, inside, message, hint);
        self.broken = true;
        self.at = self.text.len();
    }

    /// Skips white space and comments; block comments may be nested.
    pub(super) fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(is_space);
            self.at = self
                .at
                .saturating_add(rest.len().saturating_sub(trimmed.len()));
            let start = self.at;
            if self.take("//") {
                let line = self.rest().find('\n').unwrap_or(self.rest().len());
                self.at = self.at.saturating_add(line);
            } else if self.take("/*") {
                let mut depth = 1_usize;
                while depth > 0 {
                    let Some(next) = self.rest().find(['/', '*']) else {
                        self.give_up(
                            start,
                            None,
                            "dit commentaar wordt niet afgesloten",
                            "Zet er */ achter.",
                        );
                        return;
                    };
                    self.at = self.at.saturating_add(next);
                    if self.take("/*") {
                        depth = depth.saturating_add(1);
                    } else if self.take("*/") {
                        depth = depth.saturating_sub(1);
                    } else {
                        self.bump();
                    }
                }
            } else {
                return;
            }
        }
    }

    /// Takes a run of characters that are neither space nor bracket nor quote; at least one.
    pub(super) fn scan_word(&mut self) -> Range<usize> {
        let start = self.at;
        self.bump();
        let rest = self.rest();
        let stop = |c: char| {
            is_space(c)
                || matches!(
                    c,
                    ',' | ':' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '\''
                )
        };
        let end = rest.find(stop).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        let end = [word.find("//"), word.find("/*")]
            .into_iter()
            .flatten()
            .min()
            .unwrap_or(end);
        self.at = self.at.saturating_add(end);
        start..self.at
    }

    /// Text between quotes in which `\` protects the next character.
    pub(super) fn quoted(&mut self, id: usize, quote: char, body: Body) -> Body {
        let start = self.at;
        self.bump();
        loop {
            let Some(next) = self.rest().find(['\\', quote]) else {
                self.unclosed_quote(id, start);
                return body;
            };
            self.at = self.at.saturating_add(next);
            let closes = self.peek() == Some(quote);
            self.bump();
            if closes {
                return body;
            }
            self.bump();
        }
    }

    pub(super) fn unclosed_quote(&mut self, id: usize, start: usize) {
        self.give_up(
            start,
            Some(id),
            "de tekst die hier begint heeft geen aanhalingsteken aan het einde",
            "Zet een aanhalingsteken achter de tekst; is het bestand wel heel?",
        );
    }
}

/// White space as RON has it.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t'
            | '\n'
            | '\r'
            | '\x0B'
            | '\x0C'
            | '\u{85}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'
            | '\u{2029}'
    )
}

/// Whether a word is a name and not a number.
pub(super) fn is_name(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|c| c == '_' || c.is_alphabetic())
}
