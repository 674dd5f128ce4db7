//! An element of the outline as serde reads it, for [`super::diagnose`].
//!
//! Takes what `ron` takes; what goes wrong is told to the [`Work`] at hand, with the element where it happened.

use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::diagnose::Work;
use super::fault::{Fault, expectation, is_date};
use super::outline::Body;
use super::parts::{Choice, Entries, Fields, Items};
use super::stand_in::StandIn;

/// One element as serde sees it.
pub(super) struct Element<'w, 'o> {
    pub(super) work: &'w mut Work<'o>,
    pub(super) node: usize,
}

impl<'w, 'o> Element<'w, 'o> {
    /// Reads this element by `read`, and lists what goes wrong.
    fn reading<V>(
        self,
        read: impl FnOnce(Element<'_, 'o>) -> Result<V, Fault>,
    ) -> Result<V, Fault> {
        let Element { work, node } = self;
        let since = work.progress;
        if !work.may_visit() {
            return Err(Fault::Told);
        }
        read(Element {
            work: &mut *work,
            node,
        })
        .map_err(|fault| work.told(node, since, fault))
    }

    pub(super) fn body(&self) -> Option<&'o Body> {
        self.work.body(self.node)
    }

    fn child(self, node: usize) -> Element<'w, 'o> {
        Element {
            work: self.work,
            node,
        }
    }

    /// The fault of an element of another kind than the visitor wants.
    fn wrong_kind<'de, V: Visitor<'de>>(&self, visitor: &V) -> Fault {
        Fault::Kind {
            found: self.kind(),
            expected: expectation(visitor),
        }
    }

    /// What stands here, in words.
    fn kind(&self) -> &'static str {
        match self.body() {
            Some(Body::Word) => match self.work.outline.slice(self.node) {
                word if word
                    .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) =>
                {
                    "een getal"
                }
                _ => "een naam zonder aanhalingstekens",
            },
            Some(Body::Text) => "tekst",
            Some(Body::Character) => "een letterteken",
            Some(Body::Bytes) => "bytes",
            Some(Body::List(_)) => "een lijst",
            Some(Body::Map(_)) => "een tabel",
            Some(Body::Record { .. }) => "een onderdeel met velden",
            Some(Body::Tuple { .. }) => "een onderdeel tussen haakjes",
            None => "niets",
        }
    }

    /// The fault of text with an escape that does not exist.
    fn bad_escape() -> Fault {
        Fault::Shape {
            message: "in deze tekst staat een \\ met een teken dat daar niet kan".to_owned(),
            hint: "Schrijf \\\\ voor een schuine streep en \\\" voor een aanhalingsteken."
                .to_owned(),
        }
    }

    /// A word or number as serde sees it when it asks for anything.
    fn word<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let word = self.work.outline.slice(self.node);
        match word {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            "None" => visitor.visit_none(),
            _ => match (ron::from_str::<u64>(word), ron::from_str::<i64>(word)) {
                (Ok(number), _) => visitor.visit_u64(number),
                (_, Ok(number)) => visitor.visit_i64(number),
                // A float only shows that something is one; money and hours refuse it.
                _ => match ron::from_str::<f64>(word) {
                    Ok(number) => visitor.visit_f64(number),
                    Err(_) if self.kind() == "een getal" => Err(self.wrong_kind(&visitor)),
                    Err(_) => visitor.visit_str(word),
                },
            },
        }
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.work.outline.text_of(self.node) {
            Some(text) => visitor.visit_string(text),
            None => Err(Self::bad_escape()),
        }
    }

    /// The fault of a type name before the bracket that is not the type's.
    fn wrong_name(&self, found: Option<&std::ops::Range<usize>>, expected: &str) -> Option<Fault> {
        let found = self.work.outline.name(found?);
        (found != expected).then(|| Fault::Shape {
            message: format!("hier staat de naam {found}, er hoort {expected}"),
            hint: "Laat de naam voor het haakje weg.".to_owned(),
        })
    }
}

impl<'de> Deserializer<'de> for Element<'_, '_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Word) => element.word(visitor),
            Some(Body::Text) => element.text(visitor),
            Some(Body::Character) => {
                match ron::from_str::<char>(element.work.outline.slice(element.node)) {
                    Ok(character) => visitor.visit_char(character),
                    Err(_) => Err(Self::bad_escape()),
                }
            }
            Some(Body::Bytes) => {
                visitor.visit_bytes(element.work.outline.slice(element.node).as_bytes())
            }
            Some(Body::List(items)) => visitor.visit_seq(Items::new(element, items, true)),
            Some(Body::Map(entries)) => visitor.visit_map(Entries::new(element, entries)),
            Some(Body::Record { .. }) => visitor.visit_map(Fields::new(element)),
            Some(Body::Tuple { items, .. }) if items.is_empty() => visitor.visit_unit(),
            Some(Body::Tuple { items, .. }) => visitor.visit_seq(Items::new(element, items, false)),
            None => Err(Fault::Told),
        })
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.body() {
            Some(Body::Character) => self.deserialize_any(visitor),
            _ => self.reading(|element| Err(element.wrong_kind(&visitor))),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Text) => {
                let expected = expectation(&visitor);
                element.text(visitor).map_err(|fault| match fault {
                    Fault::Own(_) if is_date(&expected) => Fault::Value { expected },
                    other => other,
                })
            }
            _ => Err(element.wrong_kind(&visitor)),
        })
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Word) if element.work.outline.slice(element.node) == "None" => {
                visitor.visit_none()
            }
            Some(Body::Tuple {
                name: Some(name),
                items,
            }) if element.work.outline.name(name) == "Some" => match items.as_slice() {
                [item] if element.work.mark(*item).bad => visitor.visit_some(StandIn::new()),
                [item] => visitor.visit_some(element.child(*item)),
                _ => Err(element.wrong_kind(&visitor)),
            },
            _ => visitor.visit_some(element),
        })
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Tuple { name: None, items }) if items.is_empty() => visitor.visit_unit(),
            _ => Err(element.wrong_kind(&visitor)),
        })
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.body() {
            Some(Body::Word) if self.work.outline.slice(self.node) == name => visitor.visit_unit(),
            _ => self.deserialize_unit(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Tuple { name: found, items }) => {
                match (element.wrong_name(found.as_ref(), name), items.as_slice()) {
                    (Some(fault), _) => Err(fault),
                    (None, [item]) if element.work.mark(*item).bad => {
                        visitor.visit_newtype_struct(StandIn::new())
                    }
                    (None, [item]) => visitor.visit_newtype_struct(element.child(*item)),
                    _ => Err(element.wrong_kind(&visitor)),
                }
            }
            _ => Err(Fault::Shape {
                message: "hier hoort een waarde tussen haakjes".to_owned(),
                hint: format!(
                    "Schrijf: ({}).",
                    element
                        .work
                        .outline
                        .slice(element.node)
                        .chars()
                        .take(30)
                        .collect::<String>()
                ),
            }),
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::List(items)) => visitor.visit_seq(Items::new(element, items, true)),
            _ => Err(element.wrong_kind(&visitor)),
        })
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Tuple { items, .. }) => visitor.visit_seq(Items::new(element, items, false)),
            _ => Err(element.wrong_kind(&visitor)),
        })
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Map(entries)) => visitor.visit_map(Entries::new(element, entries)),
            _ => Err(element.wrong_kind(&visitor)),
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(Body::Record { name: found, .. }) => {
                match element.wrong_name(found.as_ref(), name) {
                    Some(fault) => Err(fault),
                    None => visitor.visit_map(Fields::new(element)),
                }
            }
            Some(Body::Tuple { items, .. }) if items.is_empty() => {
                visitor.visit_map(Fields::new(element))
            }
            _ => Err(element.wrong_kind(&visitor)),
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.reading(|element| match element.body() {
            Some(
                Body::Word | Body::Tuple { name: Some(_), .. } | Body::Record { name: Some(_), .. },
            ) => visitor.visit_enum(Choice::new(element)),
            _ => Err(Fault::Shape {
                message: format!("hier hoort een keuze, er staat {}", element.kind()),
                hint: format!("Kies zonder aanhalingstekens uit: {}.", known.join(", ")),
            }),
        })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 bytes byte_buf identifier
    }
}
