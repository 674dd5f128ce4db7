//! Where things stand in a RON text: a small tolerant reader that keeps the place of every element.
//!
//! `ron` turns text into values but forgets where they stood. This reader forgets the values and keeps the places, so
//! that a check on the third tariff can name its line. It goes on after a mistake where it can, never panics, and
//! stops at a fixed depth and size, so hostile text costs no more than an error.
//!
//! It must not know what the text is about.

use std::ops::Range;

use super::Problem;
use super::scan::Reader;

/// Deepest nesting of brackets that a document may have.
pub const MAX_DEPTH: usize = 64;

/// A place in a text, for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// The place of the element with this field path, such as `tariffs[12].values[0].from` or `sources["x"].title`.
/// `None` if the text has no such element. For more than one question about a text, keep an [`Outline`].
pub fn locate(text: &str, path: &str) -> Option<Place> {
    Outline::new(text).place(path)
}

/// The elements of a RON text with their places.
///
/// A path has a name for each field, `[n]` from 0 for the items of a list or tuple, and `["key"]` for the entries of a
/// map. `Some(…)`, newtypes and enum variants with one content add nothing to a path.
#[derive(Debug)]
pub struct Outline<'t> {
    pub(super) text: &'t str,
    /// Byte offset at which each line starts.
    line_starts: Vec<usize>,
    pub(super) nodes: Vec<Node>,
    pub(super) root: Option<usize>,
    pub(super) faults: Vec<SyntaxFault>,
    /// Whether the reader lost the structure: what follows the last fault is not in the outline.
    pub(super) broken: bool,
}

/// One element.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) parent: Option<usize>,
    pub(super) body: Body,
}

/// What an element is made of; numbers in lists are places in [`Outline::nodes`].
#[derive(Debug)]
pub(super) enum Body {
    /// A number or a bare name.
    Word,
    /// Text between quotes.
    Text,
    /// A character between single quotes.
    Character,
    /// Bytes: `b"…"`.
    Bytes,
    /// `[…]`
    List(Vec<usize>),
    /// `{key: value}`
    Map(Vec<(usize, usize)>),
    /// `(field: value)`, possibly with a name before it.
    Record {
        name: Option<Range<usize>>,
        fields: Vec<Field>,
    },
    /// `(value, value)` or `()`, possibly with a name before it.
    Tuple {
        name: Option<Range<usize>>,
        items: Vec<usize>,
    },
}

/// One field of a record.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: Range<usize>,
    pub(super) value: usize,
}

/// A mistake in the syntax.
#[derive(Debug)]
pub(super) struct SyntaxFault {
    pub(super) at: usize,
    pub(super) inside: Option<usize>,
    pub(super) message: String,
    pub(super) hint: String,
}

impl<'t> Outline<'t> {
    /// Reads the places of a text. Never fails: of a text that is not RON it keeps what it could follow.
    pub fn new(text: &'t str) -> Self {
        let mut reader = Reader::new(text);
        let root = reader.document();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at.saturating_add(1)))
            .collect();
        let Reader {
            nodes,
            faults,
            broken,
            ..
        } = reader;
        Outline {
            text,
            line_starts,
            nodes,
            root,
            faults,
            broken,
        }
    }

    /// The place of the value with this path.
    pub fn place(&self, path: &str) -> Option<Place> {
        self.span(path).map(|span| self.place_at(span.start))
    }

    /// The bytes of the value with this path, without the comma or space around it.
    pub fn span(&self, path: &str) -> Option<Range<usize>> {
        match self.find(path) {
            (Some(node), true) => self.nodes.get(node).map(|node| node.span.clone()),
            _ => None,
        }
    }

    /// The place of a byte offset; an offset past the end is the end.
    pub fn place_at(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset = offset.saturating_sub(1);
        }
        let line = self.line_starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|index| self.line_starts.get(index))
            .copied()
            .unwrap_or(0);
        let column = self
            .text
            .get(start..offset)
            .map_or(0, |before| before.chars().count());
        Place {
            line,
            column: column.saturating_add(1),
        }
    }

    /// The problem with line and column of its field filled in; a field that the text does not have gets the place of
    /// the nearest element around it.
    pub fn positioned(&self, problem: Problem) -> Problem {
        let start = self
            .find(&problem.field)
            .0
            .and_then(|node| self.nodes.get(node))
            .map_or(0, |node| node.span.start);
        let place = self.place_at(start);
        problem.at(place.line, place.column)
    }

    /// The path of an element, as [`Outline::span`] takes it.
    pub(super) fn path(&self, node: usize) -> String {
        let mut steps = Vec::new();
        let mut child = node;
        while let Some(parent) = self.nodes.get(child).and_then(|node| node.parent) {
            match self.nodes.get(parent).map(|node| &node.body) {
                Some(Body::Record { fields, .. }) => {
                    if let Some(field) = fields.iter().find(|field| field.value == child) {
                        steps.push(format!(".{}", self.name(&field.name)));
                    }
                }
                Some(Body::List(items)) => {
                    steps.extend(
                        items
                            .iter()
                            .position(|item| *item == child)
                            .map(|index| format!("[{index}]")),
                    );
                }
                Some(Body::Tuple { items, .. }) if items.len() != 1 => {
                    steps.extend(
                        items
                            .iter()
                            .position(|item| *item == child)
                            .map(|index| format!("[{index}]")),
                    );
                }
                Some(Body::Map(entries)) => {
                    if let Some((key, _)) = entries
                        .iter()
                        .find(|(key, value)| *key == child || *value == child)
                    {
                        steps.push(match self.text_of(*key) {
                            Some(text) => {
                                format!("[\"{}\"]", text.replace('\\', "\\\\").replace('"', "\\\""))
                            }
                            None => format!("[{}]", self.slice(*key)),
                        });
                    }
                }
                _ => {}
            }
            child = parent;
        }
        steps.reverse();
        let path = steps.concat();
        path.strip_prefix('.').map(str::to_owned).unwrap_or(path)
    }

    /// The element at the path, or the last one on the way to it; the flag tells which.
    fn find(&self, path: &str) -> (Option<usize>, bool) {
        let mut rest = path;
        let Some(mut here) = self.root else {
            return (None, false);
        };
        while !rest.is_empty() {
            let next = match Step::split(rest) {
                Some((step, after)) => {
                    rest = after;
                    self.step(here, &step)
                }
                None => None,
            };
            match next {
                Some(next) => here = next,
                None => return (Some(here), false),
            }
        }
        (Some(here), true)
    }

    /// One step down, looking through wrappers with one content.
    fn step(&self, from: usize, step: &Step<'_>) -> Option<usize> {
        let mut here = from;
        loop {
            match (&self.nodes.get(here)?.body, step) {
                (Body::Record { fields, .. }, Step::Field(name)) => {
                    return fields
                        .iter()
                        .find(|field| self.name(&field.name) == *name)
                        .map(|field| field.value);
                }
                (Body::Map(entries), Step::Field(name)) => {
                    return entries
                        .iter()
                        .find(|(key, _)| self.slice(*key) == *name)
                        .map(|(_, value)| *value);
                }
                (Body::Map(entries), Step::Key(name)) => {
                    return entries
                        .iter()
                        .find(|(key, _)| self.text_of(*key).as_deref() == Some(name.as_str()))
                        .map(|(_, value)| *value);
                }
                (Body::Map(entries), Step::Index(name)) => {
                    return entries
                        .iter()
                        .find(|(key, _)| self.slice(*key) == *name)
                        .map(|(_, value)| *value);
                }
                (Body::List(items), Step::Index(index)) => {
                    return items.get(index.parse::<usize>().ok()?).copied();
                }
                (Body::Tuple { items, .. }, step) => match (items.as_slice(), step) {
                    ([only], Step::Index("0")) if !self.is_list(*only) => return Some(*only),
                    ([only], _) => here = *only,
                    (several, Step::Index(index)) => {
                        return several.get(index.parse::<usize>().ok()?).copied();
                    }
                    _ => return None,
                },
                _ => return None,
            }
        }
    }

    fn is_list(&self, node: usize) -> bool {
        matches!(
            self.nodes.get(node).map(|node| &node.body),
            Some(Body::List(_))
        )
    }

    /// The text of an element as it stands in the file.
    pub(super) fn slice(&self, node: usize) -> &'t str {
        self.nodes
            .get(node)
            .and_then(|node| self.text.get(node.span.clone()))
            .unwrap_or("")
    }

    /// The content of a text element, its escapes resolved.
    pub(super) fn text_of(&self, node: usize) -> Option<String> {
        match self.nodes.get(node)?.body {
            Body::Text => ron::from_str(self.slice(node)).ok(),
            _ => None,
        }
    }

    /// A name without the `r#` that lets it be a reserved word.
    pub(super) fn name(&self, span: &Range<usize>) -> &'t str {
        let name = self.text.get(span.clone()).unwrap_or("");
        name.strip_prefix("r#").unwrap_or(name)
    }
}

/// One step of a path.
enum Step<'p> {
    /// `name`
    Field(&'p str),
    /// `[0]`, or a key that is not text
    Index(&'p str),
    /// `["key"]`
    Key(String),
}

impl<'p> Step<'p> {
    /// The first step of a path and what follows it; `None` if it is not a path.
    fn split(path: &'p str) -> Option<(Step<'p>, &'p str)> {
        if let Some(quoted) = path.strip_prefix("[\"") {
            let mut key = String::new();
            let mut characters = quoted.char_indices();
            while let Some((at, character)) = characters.next() {
                match character {
                    '\\' => key.push(characters.next()?.1),
                    '"' => return Some((Step::Key(key), quoted.get(at..)?.strip_prefix("\"]")?)),
                    other => key.push(other),
                }
            }
            None
        } else if let Some(inner) = path.strip_prefix('[') {
            let (index, rest) = inner.split_once(']')?;
            Some((Step::Index(index), rest))
        } else {
            let path = path.strip_prefix('.').unwrap_or(path);
            let end = path.find(['.', '[']).unwrap_or(path.len());
            let (name, rest) = path.split_at_checked(end)?;
            (!name.is_empty()).then_some((Step::Field(name), rest))
        }
    }
}
