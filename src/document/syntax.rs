//! The syntax of RON: follows the brackets of a text and keeps where each element starts and ends.
//!
//! Goes on after a mistake where the structure is still clear, so that several can be told at once; where it is lost,
//! reading ends. Recursion is bounded by [`MAX_DEPTH`].

use std::ops::Range;

use super::outline::{Body, Field, MAX_DEPTH, Node};
use super::scan::{Bracket, Reader, is_name, is_space};

/// Most elements that an outline keeps; a larger text has no outline.
const MAX_NODES: usize = 500_000;

/// The value of a field of the outermost record, as written, with the offset at which it starts. Reads no further than
/// that field.
pub(super) fn top_field<'t>(text: &'t str, name: &str) -> Option<(usize, &'t str)> {
    let mut reader = Reader::new(text);
    reader.skip_header();
    if reader.peek().is_some_and(|c| c == '_' || c.is_alphabetic()) {
        reader.scan_word();
        reader.skip_space();
    }
    if !reader.take("(") {
        return None;
    }
    loop {
        reader.skip_space();
        if !reader.at_field_name() {
            return None;
        }
        let found = reader.scan_word();
        reader.skip_space();
        reader.bump();
        let value = reader.value(None)?;
        if text.get(found) == Some(name) {
            let span = reader.nodes.get(value)?.span.clone();
            return Some((span.start, text.get(span)?));
        }
        reader.skip_space();
        if !reader.take(",") {
            return None;
        }
    }
}

impl Reader<'_> {
    /// Skips what may stand before the content: space, comments and `#![enable(…)]`.
    fn skip_header(&mut self) {
        self.skip_space();
        while self.rest().starts_with("#!") {
            match self.rest().find(']') {
                Some(end) => self.at = self.at.saturating_add(end).saturating_add(1),
                None => self.give_up(
                    self.at,
                    None,
                    "deze eerste regel wordt niet afgesloten",
                    "Zet er )] achter.",
                ),
            }
            self.skip_space();
        }
    }

    pub(super) fn document(&mut self) -> Option<usize> {
        self.skip_header();
        let root = self.value(None);
        self.skip_space();
        if root.is_none() {
            self.give_up(
                self.at,
                None,
                "hier hoort de inhoud te beginnen",
                "Een document begint met een haakje: (.",
            );
        } else if self.peek().is_some() {
            // After an earlier fault this is a consequence of it.
            if self.faults.is_empty() {
                let hint = "Haal die tekst weg, of kijk of er een haakje te vroeg sluit.";
                self.fault(self.at, None, "na het laatste haakje staat nog tekst", hint);
            }
            self.broken = true;
        }
        root
    }

    /// Reads one value; `None` where none starts, with nothing consumed.
    fn value(&mut self, parent: Option<usize>) -> Option<usize> {
        self.skip_space();
        let start = self.at;
        let first = self.peek()?;
        if matches!(first, ',' | ':' | ')' | ']' | '}') {
            return None;
        }
        if self.depth > MAX_DEPTH {
            let hint = format!("Een document gaat hoogstens {MAX_DEPTH} haakjes diep.");
            self.give_up(
                start,
                parent,
                "de haakjes zijn hier te diep in elkaar gezet",
                hint,
            );
            return None;
        }
        if self.nodes.len() >= MAX_NODES {
            let hint = format!("Een document heeft hoogstens {MAX_NODES} onderdelen.");
            self.give_up(start, parent, "het document heeft te veel onderdelen", hint);
            return None;
        }
        let id = self.nodes.len();
        self.nodes.push(Node {
            span: start..start,
            parent,
            body: Body::Word,
        });
        self.depth = self.depth.saturating_add(1);
        let body = match first {
            '[' => Body::List(self.items(id, ']')),
            '{' => self.map(id),
            '(' => self.group(id, None),
            '"' => self.quoted(id, '"', Body::Text),
            '\'' => self.quoted(id, '\'', Body::Character),
            _ => self.word(id),
        };
        self.depth = self.depth.saturating_sub(1);
        if let Some(node) = self.nodes.get_mut(id) {
            node.span = start..self.at;
            node.body = body;
        }
        Some(id)
    }

    /// A number or name, or what starts with a letter: raw strings, bytes, a name before a bracket.
    fn word(&mut self, id: usize) -> Body {
        let start = self.at;
        for (prefix, body) in [("br", Body::Bytes), ("r", Body::Text)] {
            if let Some(after) = self.rest().strip_prefix(prefix) {
                let hashes = after
                    .len()
                    .saturating_sub(after.trim_start_matches('#').len());
                if after
                    .get(hashes..)
                    .is_some_and(|opening| opening.starts_with('"'))
                {
                    self.at = start
                        .saturating_add(prefix.len())
                        .saturating_add(hashes)
                        .saturating_add(1);
                    let closing = format!("\"{}", "#".repeat(hashes));
                    match self.rest().find(&closing) {
                        Some(end) => {
                            self.at = self.at.saturating_add(end).saturating_add(closing.len())
                        }
                        None => self.unclosed_quote(id, start),
                    }
                    return body;
                }
            }
        }
        for (prefix, quote) in [("b\"", '"'), ("b'", '\'')] {
            if self.rest().starts_with(prefix) {
                self.bump();
                return self.quoted(id, quote, Body::Bytes);
            }
        }
        let name = self.scan_word();
        if !self.text.get(name.clone()).is_some_and(is_name) {
            return Body::Word;
        }
        let end = self.at;
        self.skip_space();
        if self.peek() == Some('(') {
            return self.group(id, Some(name));
        }
        if !self.broken {
            self.at = end;
        }
        Body::Word
    }

    /// Takes an opening bracket.
    fn opens(&mut self, closing: char, names: bool) {
        let at = self.at;
        self.brackets.push(Bracket { at, closing, names });
        self.bump();
    }

    /// Ends a bracketed element at its bracket; `false` if there is more to read.
    ///
    /// A bracket of another kind ends it too: without being taken if it closes an element further out, so that this
    /// one only lacks its own.
    fn closes(&mut self, id: usize) -> bool {
        self.skip_space();
        let Some(open) = self.brackets.last().copied() else {
            return true;
        };
        let closing = open.closing;
        match self.peek() {
            None => {
                let bracket = self
                    .text
                    .get(open.at..)
                    .and_then(|text| text.chars().next())
                    .unwrap_or('(');
                self.give_up(
                    open.at,
                    Some(id),
                    format!("het haakje {bracket} dat hier opent wordt niet gesloten: het bestand houdt eerder op"),
                    format!("Zet {closing} waar dit onderdeel eindigt; is het bestand wel heel?"),
                );
            }
            Some(found @ (')' | ']' | '}')) => {
                let further_out = self
                    .brackets
                    .iter()
                    .rev()
                    .skip(1)
                    .any(|bracket| bracket.closing == found);
                if found != closing {
                    self.fault(
                        self.at,
                        Some(id),
                        format!("hier staat {found} maar er hoort {closing}"),
                        "Elk haakje sluit met zijn eigen soort: ( ), [ ] of { }.",
                    );
                }
                if found == closing || !further_out {
                    self.bump();
                }
            }
            Some(_) if self.broken => {}
            Some(_) => return false,
        }
        self.brackets.pop();
        true
    }

    /// After a value: takes the comma, or records that it is missing.
    fn comma(&mut self, id: usize, value: usize) {
        let end = self.at;
        self.skip_space();
        match self.peek() {
            Some(',') => self.bump(),
            None | Some(')' | ']' | '}') => {}
            Some(_) if self.runs_on(value) => {
                let start = self.nodes.get(value).map_or(end, |node| node.span.start);
                self.fault(
                    start,
                    Some(value),
                    "deze tekst loopt door op volgende regels",
                    "Kijk of aan het eind van de regel een aanhalingsteken ontbreekt.",
                );
                self.skip_to_comma(id);
            }
            Some(':') => {
                let message = "hier hoort geen dubbele punt";
                let told = self
                    .faults
                    .last()
                    .is_some_and(|fault| fault.inside == Some(id) && fault.message == message);
                if !told {
                    let hint = match self.brackets.last() {
                        Some(Bracket { closing: ')', .. }) => {
                            "Tussen ( en ) staan waarden, of velden met elk een naam zonder aanhalingstekens ervoor."
                        }
                        _ => "In een lijst staan waarden zonder naam.",
                    };
                    self.fault(self.at, Some(id), message, hint);
                }
                self.skip_to_comma(id);
            }
            Some(_) => self.fault(
                end,
                Some(id),
                "hier ontbreekt een komma",
                "Zet een komma tussen twee onderdelen.",
            ),
        }
    }

    /// Whether a value is text over more than one line, as when a quote is missing.
    fn runs_on(&self, value: usize) -> bool {
        self.nodes.get(value).is_some_and(|node| {
            matches!(node.body, Body::Text)
                && self
                    .text
                    .get(node.span.clone())
                    .is_some_and(|text| text.contains('\n'))
        })
    }

    /// Skips to behind the next comma at this level, or to the closing bracket.
    fn skip_to_comma(&mut self, id: usize) {
        loop {
            self.skip_space();
            match self.peek() {
                None | Some(')' | ']' | '}') => return,
                Some(',') => return self.bump(),
                Some(':') => self.bump(),
                Some(_) => {
                    if self.value(Some(id)).is_none() {
                        return;
                    }
                }
            }
        }
    }

    fn items(&mut self, id: usize, closing: char) -> Vec<usize> {
        self.opens(closing, false);
        let mut items = Vec::new();
        let mut end = self.at;
        while !self.closes(id) {
            let start = self.at;
            match self.value(Some(id)) {
                Some(item) => {
                    if !items.is_empty() && self.next_field_begins(item) {
                        let hint = "Sluit de lijst met ] voordat het volgende veld begint.";
                        self.fault(start, Some(id), "voor dit veld ontbreekt een ]", hint);
                        self.at = end;
                        self.brackets.pop();
                        return items;
                    }
                    end = self.at;
                    items.push(item);
                    self.comma(id, item);
                }
                None => self.stray(id),
            }
        }
        items
    }

    /// Whether the item just read of a list, or key of a map, is the name of the next field of the record around it:
    /// the list or map was not closed.
    fn next_field_begins(&mut self, item: usize) -> bool {
        let in_record = match self.brackets.as_slice() {
            [.., around, _] => around.names,
            _ => false,
        };
        let node = self.nodes.get(item);
        let name = node.is_some_and(|node| {
            matches!(node.body, Body::Word) && self.text.get(node.span.clone()).is_some_and(is_name)
        });
        in_record && name && {
            self.skip_space();
            self.peek() == Some(':')
        }
    }

    /// A comma or colon where an element should start.
    fn stray(&mut self, id: usize) {
        let at = self.at;
        if let Some(found) = self.peek() {
            self.fault(
                at,
                Some(id),
                format!("hier staat een losse {found}"),
                "Haal het teken weg of vul aan.",
            );
        }
        self.bump();
    }

    fn map(&mut self, id: usize) -> Body {
        self.opens('}', false);
        let mut entries = Vec::new();
        let mut after_entry = self.at;
        while !self.closes(id) {
            let start = self.at;
            let Some(key) = self.value(Some(id)) else {
                self.stray(id);
                continue;
            };
            if !entries.is_empty() && self.next_field_begins(key) {
                let hint = "Sluit de tabel met } voordat het volgende veld begint.";
                self.fault(start, Some(id), "voor dit veld ontbreekt een }", hint);
                self.at = after_entry;
                self.brackets.pop();
                break;
            }
            let end = self.at;
            self.skip_space();
            if self.take(":") {
                match self.value(Some(id)) {
                    Some(value) => {
                        after_entry = self.at;
                        entries.push((key, value));
                        self.comma(id, value);
                    }
                    None => {
                        self.fault(
                            end,
                            Some(id),
                            "na de dubbele punt ontbreekt de waarde",
                            "Vul de waarde in.",
                        );
                        self.skip_to_comma(id);
                    }
                }
            } else {
                self.fault(
                    end,
                    Some(id),
                    "hier hoort een dubbele punt",
                    "Schrijf: \"sleutel\": waarde.",
                );
                self.skip_to_comma(id);
            }
        }
        Body::Map(entries)
    }

    /// What stands between ( and ): fields with names, or values.
    fn group(&mut self, id: usize, name: Option<Range<usize>>) -> Body {
        let open = self.at;
        self.bump();
        self.skip_space();
        let has_names =
            self.peek() == Some(':') || self.at_field_name() || self.at_name_before_value();
        self.at = if self.broken { self.at } else { open };
        if has_names {
            Body::Record {
                name,
                fields: self.fields(id),
            }
        } else {
            Body::Tuple {
                name,
                items: self.items(id, ')'),
            }
        }
    }

    /// Whether a name and a colon come next. Leaves the place where it was.
    fn at_field_name(&mut self) -> bool {
        let start = self.at;
        if self.peek().is_none_or(|c| !(c == '_' || c.is_alphabetic())) {
            return false;
        }
        self.scan_word();
        self.skip_space();
        let found = self.peek() == Some(':');
        if !self.broken {
            self.at = start;
        }
        found
    }

    /// Whether a name comes next with a value right behind it, as in a field without its colon. Leaves the place where
    /// it was.
    fn at_name_before_value(&mut self) -> bool {
        let start = self.at;
        if self.peek().is_none_or(|c| !(c == '_' || c.is_alphabetic())) {
            return false;
        }
        self.scan_word();
        let spaced = self.peek().is_some_and(is_space);
        self.skip_space();
        let found = spaced && self.peek().is_some_and(|c| c.is_alphanumeric() || c == '"');
        if !self.broken {
            self.at = start;
        }
        found
    }

    fn fields(&mut self, id: usize) -> Vec<Field> {
        self.opens(')', true);
        let mut fields = Vec::new();
        while !self.closes(id) {
            let start = self.at;
            if !self.at_field_name() {
                self.not_a_field(id, start);
                continue;
            }
            let name = self.scan_word();
            self.skip_space();
            self.bump();
            match self.value(Some(id)) {
                Some(value) => {
                    fields.push(Field { name, value });
                    self.field_ends(id, value);
                }
                None => {
                    let field = self.text.get(name).unwrap_or("").to_owned();
                    self.fault(
                        start,
                        Some(id),
                        format!("het veld {field} heeft geen waarde"),
                        "Vul de waarde in of haal het veld weg.",
                    );
                    self.skip_to_comma(id);
                }
            }
        }
        fields
    }

    /// Where a field should start, something else does.
    fn not_a_field(&mut self, id: usize, start: usize) {
        match self.peek() {
            Some(',') => self.stray(id),
            Some(':') => {
                let hint = "Schrijf: naam: waarde.";
                self.fault(
                    start,
                    Some(id),
                    "voor deze dubbele punt ontbreekt de naam van het veld",
                    hint,
                );
                self.skip_to_comma(id);
            }
            Some(digit) if digit.is_ascii_digit() => {
                self.fault(
                    start,
                    Some(id),
                    "hier hoort de naam van een veld, er staat een getal",
                    "Zet bedragen tussen aanhalingstekens, met een punt: \"150.50\".",
                );
                self.skip_to_comma(id);
            }
            _ => {
                self.fault(
                    start,
                    Some(id),
                    "hier hoort de naam van een veld met een dubbele punt",
                    "Schrijf: naam: waarde. Tekst staat tussen aanhalingstekens.",
                );
                self.skip_to_comma(id);
            }
        }
    }

    /// A number such as `36,00` without quotes: records it, and takes the part behind the comma.
    fn decimal_comma(&mut self, value: usize) -> bool {
        let start = self
            .nodes
            .get(value)
            .map_or(self.at, |node| node.span.start);
        let whole = self.text.get(start..self.at).unwrap_or("").to_owned();
        let cents = self.rest().strip_prefix(',').unwrap_or("");
        let length = cents
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(cents.len());
        let cents = cents.get(..length).unwrap_or("").to_owned();
        let is_number = whole.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        if !is_number || cents.is_empty() {
            return false;
        }
        self.fault(
            start,
            Some(value),
            "een getal met een komma staat hier zonder aanhalingstekens",
            format!("Schrijf het met een punt en tussen aanhalingstekens: \"{whole}.{cents}\"."),
        );
        self.at = self.at.saturating_add(1).saturating_add(length);
        true
    }

    /// After the value of a field: a comma, or a fault that says what is probably meant.
    fn field_ends(&mut self, id: usize, value: usize) {
        let end = self.at;
        self.skip_space();
        let word = matches!(
            self.nodes.get(value).map(|node| &node.body),
            Some(Body::Word)
        );
        if word && self.decimal_comma(value) {
            self.comma(id, value);
            return;
        }
        if matches!(self.peek(), None | Some(',' | ')' | ']' | '}' | ':'))
            || self.at_field_name()
            || !word
        {
            self.at = if self.broken { self.at } else { end };
            self.comma(id, value);
        } else if !self.broken {
            let start = self.nodes.get(value).map_or(end, |node| node.span.start);
            self.fault(
                start,
                Some(value),
                "tekst van meer dan een woord staat hier zonder aanhalingstekens",
                "Zet de hele tekst tussen aanhalingstekens.",
            );
            self.skip_to_comma(id);
        }
    }
}
