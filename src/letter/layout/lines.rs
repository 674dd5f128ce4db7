//! Breaking text into lines.
//!
//! Knows characters and widths: nothing of blocks or pages.

use std::borrow::Cow;
use std::iter::once;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use super::super::blocks::Run;
use super::super::fonts::{Typefaces, Weight};
use super::super::pages::Length;

/// Where a word may be broken, invisible elsewhere.
const SOFT_HYPHEN: char = '\u{ad}';

/// Says nothing, is in the typeface all the same, and is not allowed in the text of a PDF that is to be kept.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Text as it is set: an accent typed apart joins its letter, tabs become spaces, every line end a line feed, and a byte
/// order mark that came along with a pasted text goes.
pub(super) fn as_set(text: &str) -> Cow<'_, str> {
    if is_nfc(text) && !text.contains(['\t', '\r', BYTE_ORDER_MARK]) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.replace("\r\n", "\n")
            .replace('\r', "\n")
            .replace('\t', " ")
            .replace(BYTE_ORDER_MARK, "")
            .nfc()
            .collect(),
    )
}

/// Type: its size and the distance from line to line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Type {
    /// The type size.
    pub size: Length,
    /// The distance from one baseline to the next.
    pub leading: Length,
}

impl Type {
    /// The distance from the top of a line to its baseline, such that capitals stand in the middle of the line.
    pub(super) fn ascent(self) -> Length {
        // Capitals of this typeface are 0.66 em high.
        (self.leading + self.size * 66 / 100) / 2
    }
}

/// A piece of a line in one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    /// How heavy.
    pub weight: Weight,
    /// The text.
    pub text: String,
    /// The width of all of it, in thousandths of an em.
    ems: Length,
}

impl Span {
    /// How wide it is at this type size, spaces at its end included.
    pub(super) fn width(&self, size: Length) -> Length {
        self.ems * size / 1000
    }
}

/// A line of text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Line {
    /// Its pieces from left to right.
    pub spans: Vec<Span>,
    /// The width without spaces at the end, in thousandths of an em.
    ems: Length,
}

impl Line {
    /// How wide it is at this type size, without spaces at its end.
    pub(super) fn width(&self, size: Length) -> Length {
        self.ems * size / 1000
    }
}

/// A place in the current line where it may end.
#[derive(Debug, Clone, Copy)]
struct Opportunity {
    /// The span, and the byte in it, after which the next line would begin.
    span: usize,
    byte: usize,
    /// Whether a hyphen is to be set there.
    hyphen: bool,
}

/// Sets runs of text into lines, greedily: each line takes what fits.
pub(super) struct Breaker<'a> {
    typefaces: &'a Typefaces,
    /// The width of a line in thousandths of an em.
    measure: Length,
    lines: Vec<Line>,
    spans: Vec<Span>,
    /// The width of the current line, without and with spaces at its end.
    visible: Length,
    all: Length,
    opportunity: Option<Opportunity>,
}

/// Sets runs into lines no wider than `measure` in type of this size. A word that is wider is broken anywhere. Spaces
/// at the end of a line may hang over. No runs give one empty line.
///
/// All characters are in the typeface; [`coverage`](super::coverage) has checked that.
pub(super) fn break_lines(
    typefaces: &Typefaces,
    runs: &[Run],
    always_strong: bool,
    size: Length,
    measure: Length,
) -> Vec<Line> {
    let mut breaker = Breaker {
        typefaces,
        measure: measure.max(0) * 1000 / size.max(1),
        lines: Vec::new(),
        spans: Vec::new(),
        visible: 0,
        all: 0,
        opportunity: None,
    };
    for run in runs {
        breaker.run(&as_set(&run.text), weight_of(run, always_strong));
    }
    breaker.finish_line();
    breaker.lines
}

/// How wide runs are when only their own line feeds break them, at this type size.
pub(super) fn natural_width(
    typefaces: &Typefaces,
    runs: &[Run],
    always_strong: bool,
    size: Length,
) -> Length {
    let (mut widest, mut all) = (0, 0);
    for run in runs {
        let typeface = typefaces.of(weight_of(run, always_strong));
        for character in as_set(&run.text).chars() {
            match character {
                '\n' => all = 0,
                SOFT_HYPHEN => {}
                _ => all += typeface.width(character).map_or(0, Length::from),
            }
            if character != ' ' {
                widest = widest.max(all);
            }
        }
    }
    // Rounded up: what is given its natural width must fit in it.
    (widest * size + 999) / 1000 + 1
}

fn weight_of(run: &Run, always_strong: bool) -> Weight {
    if run.strong || always_strong {
        Weight::Semibold
    } else {
        Weight::Regular
    }
}

impl Breaker<'_> {
    fn run(&mut self, text: &str, weight: Weight) {
        let mut previous = self.spans.last().and_then(|span| span.text.chars().last());
        let followers = text.chars().skip(1).map(Some).chain(once(None));
        for (character, next) in text.chars().zip(followers) {
            match character {
                '\n' => {
                    // So that who has the letter read aloud hears two words.
                    if !self.spans.is_empty() {
                        self.add(' ', weight);
                    }
                    self.finish_line();
                }
                SOFT_HYPHEN => self.mark(true),
                _ => {
                    self.add(character, weight);
                    let after_euro = previous == Some('€');
                    let within_word = previous.is_some_and(char::is_alphabetic)
                        && next.is_some_and(char::is_alphabetic);
                    if (character == ' ' && !after_euro) || (character == '-' && within_word) {
                        self.mark(false);
                    }
                }
            }
            previous = Some(character);
        }
    }

    /// Notes that the line may end here.
    fn mark(&mut self, hyphen: bool) {
        if let Some(last) = self.spans.last() {
            let room = self.all
                + if hyphen {
                    self.ems('-', last.weight)
                } else {
                    0
                };
            if !hyphen || room <= self.measure {
                self.opportunity = Some(Opportunity {
                    span: self.spans.len() - 1,
                    byte: last.text.len(),
                    hyphen,
                });
            }
        }
    }

    fn ems(&self, character: char, weight: Weight) -> Length {
        self.typefaces
            .of(weight)
            .width(character)
            .map_or(0, Length::from)
    }

    fn add(&mut self, character: char, weight: Weight) {
        let ems = self.ems(character, weight);
        while character != ' ' && self.all + ems > self.measure && !self.spans.is_empty() {
            self.break_line();
        }
        match self.spans.last_mut() {
            Some(span) if span.weight == weight => {
                span.text.push(character);
                span.ems += ems;
            }
            _ => self.spans.push(Span {
                weight,
                text: character.to_string(),
                ems,
            }),
        }
        self.all += ems;
        if character != ' ' {
            self.visible = self.all;
        }
    }

    /// Ends the line at the last opportunity, or right here; what stood behind the opportunity begins the next line.
    fn break_line(&mut self) {
        let Some(opportunity) = self.opportunity.take() else {
            self.finish_line();
            return;
        };
        let mut rest = self
            .spans
            .split_off((opportunity.span + 1).min(self.spans.len()));
        if let Some(last) = self.spans.last_mut() {
            let tail = last.text.split_off(opportunity.byte);
            if !tail.is_empty() {
                rest.insert(
                    0,
                    Span {
                        weight: last.weight,
                        text: tail,
                        ems: 0,
                    },
                );
            }
            if opportunity.hyphen {
                last.text.push('-');
            }
        }
        self.measure_spans();
        self.finish_line();
        self.spans = rest;
        self.measure_spans();
    }

    /// Computes the widths of the current line anew.
    fn measure_spans(&mut self) {
        self.visible = 0;
        self.all = 0;
        for span in &mut self.spans {
            span.ems = 0;
            for character in span.text.chars() {
                let ems = self
                    .typefaces
                    .of(span.weight)
                    .width(character)
                    .map_or(0, Length::from);
                span.ems += ems;
                self.all += ems;
                if character != ' ' {
                    self.visible = self.all;
                }
            }
        }
    }

    fn finish_line(&mut self) {
        self.lines.push(Line {
            spans: std::mem::take(&mut self.spans),
            ems: self.visible,
        });
        self.visible = 0;
        self.all = 0;
        self.opportunity = None;
    }
}
