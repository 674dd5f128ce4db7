//! What stands inside an element, one by one, for [`super::element`]: items, entries, fields, choices.

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::diagnose::{Work, join};
use super::element::Element;
use super::fault::Fault;
use super::outline::{Body, Field};
use super::stand_in::name;

/// The items of a list or tuple.
pub(super) struct Items<'w, 'o> {
    work: &'w mut Work<'o>,
    node: usize,
    left: &'o [usize],
    is_list: bool,
}

impl<'w, 'o> Items<'w, 'o> {
    pub(super) fn new(element: Element<'w, 'o>, left: &'o [usize], is_list: bool) -> Self {
        let Element { work, node } = element;
        Items {
            work,
            node,
            left,
            is_list,
        }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, '_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        while let Some((item, rest)) = self.left.split_first() {
            self.left = rest;
            let marks = self.work.mark(*item);
            if self.is_list
                && !self.work.complete
                && (marks.bad || (marks.done && self.work.mark(self.node).tainted))
            {
                continue;
            }
            let since = self.work.progress;
            return match self.work.descend(self.node, *item, seed) {
                Ok(value) => {
                    if let (true, Some(marks)) =
                        (self.work.progress == since, self.work.marks.get_mut(*item))
                    {
                        marks.done = true;
                    }
                    Ok(Some(value))
                }
                // A list may end here; the items after it have their turn in the next pass.
                Err(_) if self.is_list && !self.work.complete => Ok(None),
                Err(fault) => Err(fault),
            };
        }
        Ok(None)
    }
}

/// The entries of a map.
pub(super) struct Entries<'w, 'o> {
    work: &'w mut Work<'o>,
    node: usize,
    left: &'o [(usize, usize)],
    value: Option<usize>,
}

impl<'w, 'o> Entries<'w, 'o> {
    pub(super) fn new(element: Element<'w, 'o>, left: &'o [(usize, usize)]) -> Self {
        let Element { work, node } = element;
        Entries {
            work,
            node,
            left,
            value: None,
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        while let Some(((key, value), rest)) = self.left.split_first() {
            self.left = rest;
            if !self.work.mark(*key).bad && !self.work.mark(*value).bad {
                self.value = Some(*value);
                return self.work.descend(self.node, *key, seed).map(Some);
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.value.take() {
            Some(node) => self.work.descend(self.node, node, seed),
            None => Err(Fault::Told),
        }
    }
}

/// The fields of a record, and stand-ins for those that are needed and not there.
pub(super) struct Fields<'w, 'o> {
    work: &'w mut Work<'o>,
    node: usize,
    left: &'o [Field],
    stand_ins: Vec<&'static str>,
    next: Next,
}

/// The value that belongs to the name just given.
enum Next {
    Nothing,
    Value(usize),
    StandIn,
}

impl<'w, 'o> Fields<'w, 'o> {
    pub(super) fn new(element: Element<'w, 'o>) -> Self {
        let Element { work, node } = element;
        let stand_ins = work.stand_ins.get(&node).cloned().unwrap_or_default();
        let left = work.fields(node);
        Fields {
            work,
            node,
            left,
            stand_ins,
            next: Next::Nothing,
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        while let Some((field, rest)) = self.left.split_first() {
            self.left = rest;
            if self.work.mark(field.value).bad {
                continue;
            }
            self.next = Next::Value(field.value);
            let outline = self.work.outline;
            let written = outline.name(&field.name);
            return seed.deserialize(name(written)).map(Some).map_err(|fault| {
                self.work.find(
                    field.name.start,
                    join(&outline.path(self.node), written),
                    &fault,
                    written,
                );
                self.work.leave_out(field.value);
                Fault::Told
            });
        }
        match self.stand_ins.pop() {
            Some(missing) => {
                self.next = Next::StandIn;
                seed.deserialize(name(missing)).map(Some)
            }
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Value(node) => self.work.descend(self.node, node, seed),
            Next::StandIn => self.work.stand_in(self.node, seed),
            Next::Nothing => Err(Fault::Told),
        }
    }
}

/// A choice of an enum, with what stands after its name.
pub(super) struct Choice<'w, 'o> {
    element: Element<'w, 'o>,
}

impl<'w, 'o> Choice<'w, 'o> {
    pub(super) fn new(element: Element<'w, 'o>) -> Self {
        Choice { element }
    }

    fn name(&self) -> &str {
        match self.element.body() {
            Some(
                Body::Tuple {
                    name: Some(name), ..
                }
                | Body::Record {
                    name: Some(name), ..
                },
            ) => self.element.work.outline.name(name),
            _ => self.element.work.outline.slice(self.element.node),
        }
    }

    fn wrong_shape(&self, form: &str) -> Fault {
        let name = self.name();
        Fault::Shape {
            message: format!("de keuze {name} heeft hier een andere inhoud"),
            hint: format!("Schrijf: {}.", form.replace('%', name)),
        }
    }
}

impl<'de, 'w, 'o> EnumAccess<'de> for Choice<'w, 'o> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let variant = seed.deserialize(name(self.name()))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'_, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.element.body() {
            Some(Body::Word) => Ok(()),
            _ => Err(self.wrong_shape("%")),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        match self.element.body() {
            Some(Body::Tuple { items, .. }) if items.len() == 1 => match items.first() {
                Some(item) => self.element.work.descend(self.element.node, *item, seed),
                None => Err(Fault::Told),
            },
            Some(Body::Record { .. }) => Err(self.wrong_shape("%((…)), met dubbele haakjes")),
            _ => Err(self.wrong_shape("%(…)")),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        match self.element.body() {
            Some(Body::Tuple { items, .. }) => {
                visitor.visit_seq(Items::new(self.element, items, false))
            }
            _ => Err(self.wrong_shape("%(…, …)")),
        }
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.element.body() {
            Some(Body::Record { .. }) => visitor.visit_map(Fields::new(self.element)),
            Some(Body::Tuple { items, .. }) if items.is_empty() => {
                visitor.visit_map(Fields::new(self.element))
            }
            _ => Err(self.wrong_shape(&format!("%({}: …)", fields.join(": …, ")))),
        }
    }
}
