//! Finds all the problems of a text that could not be read as a value, each at its place.
//!
//! serde stops at the first mistake. This reader walks the [`Outline`] with the same types again and again: what it
//! found wrong in one pass it leaves out in the next, or gives a stand-in where the field is needed, until a pass finds
//! nothing new. A last pass makes a value with the stand-ins in it, for checks that want to tell more mistakes; `ron`
//! alone decides what is accepted.
//!
//! Termination: every pass but the last two marks at least one element or asks for one stand-in more, and the number of
//! findings and of visited elements is bounded.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed};

use super::doubt::Doubt;
use super::element::Element;
use super::fault::{Fault, is_near};
use super::outline::{Body, Field, Outline};
use super::stand_in::StandIn;

/// Most problems listed for one text.
pub(super) const MAX_FINDINGS: usize = 100;
/// Most elements visited in all passes together: well under a second.
const MAX_VISITS: usize = 2_000_000;

/// One problem with the place where it stands.
#[derive(Debug)]
pub(super) struct Finding {
    /// Byte offset.
    pub(super) at: usize,
    /// Path of the field.
    pub(super) field: String,
    pub(super) message: String,
    pub(super) hint: String,
}

/// All that keeps the text from being a `T`, in the order of the text; empty if nothing was found. Beside it the value
/// with stand-ins for what is wrong, and where those are; nothing where no value can be made.
pub(super) fn diagnose<T: DeserializeOwned>(
    outline: &Outline<'_>,
) -> (Vec<Finding>, Option<(T, Doubt)>) {
    let Some(root) = outline.root else {
        return (Vec::new(), None);
    };
    let mut work = Work {
        outline,
        marks: vec![Marks::default(); outline.nodes.len()],
        stand_ins: BTreeMap::new(),
        progress: 0,
        visits: 0,
        complete: false,
        found: Vec::new(),
    };
    work.mark_syntax_faults();
    let settled = loop {
        let before = work.progress;
        // What was read is of no use: only the marks and findings are.
        let _ = work.descend(root, root, PhantomData::<T>);
        if work.progress == before {
            break true;
        }
        if work.found.len() >= MAX_FINDINGS || work.mark(root).bad || work.visits > MAX_VISITS {
            break false;
        }
    };
    let value = settled.then(|| work.value(root)).flatten();
    let value = value.map(|value| (value, work.doubt()));
    let mut found = work.found;
    found.sort_by_key(|finding| finding.at);
    (found, value)
}

/// What is known of one element.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    /// It is wrong: leave it out.
    pub(super) bad: bool,
    /// Something in it is wrong or stood in for: what its type says of the whole is not to be trusted.
    pub(super) tainted: bool,
    /// It was read to the end.
    pub(super) done: bool,
    /// A mistake in the syntax may hide some of its fields.
    torn: bool,
}

pub(super) struct Work<'o> {
    pub(super) outline: &'o Outline<'o>,
    pub(super) marks: Vec<Marks>,
    /// Per record: the fields that get a stand-in.
    pub(super) stand_ins: BTreeMap<usize, Vec<&'static str>>,
    /// Goes up with every finding and mark.
    pub(super) progress: usize,
    visits: usize,
    /// Whether every item of a list must be there, with a stand-in for one that is wrong, so that places keep.
    pub(super) complete: bool,
    found: Vec<Finding>,
}

impl<'o> Work<'o> {
    /// The value with stand-ins, when everything that is wrong is known; nothing if that still brings up something.
    fn value<T: DeserializeOwned>(&mut self, root: usize) -> Option<T> {
        self.complete = true;
        let before = self.progress;
        let value = self.descend(root, root, PhantomData::<T>).ok();
        value.filter(|_| self.progress == before)
    }

    /// Where stand-ins are, and where something may be missing.
    fn doubt(&self) -> Doubt {
        let mut doubt = Doubt::default();
        for (node, marks) in self.marks.iter().enumerate() {
            if marks.bad {
                doubt.wrong(self.outline.path(node));
            } else if marks.torn {
                doubt.incomplete(self.outline.path(node));
            }
        }
        for (node, missing) in &self.stand_ins {
            let path = self.outline.path(*node);
            for name in missing {
                doubt.wrong(join(&path, name));
            }
        }
        doubt
    }

    pub(super) fn mark(&self, node: usize) -> Marks {
        self.marks.get(node).copied().unwrap_or_default()
    }

    pub(super) fn body(&self, node: usize) -> Option<&'o Body> {
        self.outline.nodes.get(node).map(|node| &node.body)
    }

    /// Counts a visit; false when there have been enough.
    pub(super) fn may_visit(&mut self) -> bool {
        self.visits = self.visits.saturating_add(1);
        self.visits <= MAX_VISITS
    }

    fn advance(&mut self) {
        self.progress = self.progress.saturating_add(1);
    }

    /// Marks the elements in which the syntax is wrong: that has been told.
    fn mark_syntax_faults(&mut self) {
        for fault in &self.outline.faults {
            let Some(node) = fault.inside else { continue };
            if matches!(
                self.body(node),
                Some(Body::Word | Body::Text | Body::Character | Body::Bytes)
            ) {
                self.leave_out(node);
            } else {
                if let Some(marks) = self.marks.get_mut(node) {
                    marks.torn = true;
                }
                self.taint(node);
            }
        }
    }

    fn taint(&mut self, node: usize) {
        let mut next = Some(node);
        while let Some(here) = next {
            if let Some(marks) = self.marks.get_mut(here) {
                marks.tainted = true;
            }
            next = self.outline.nodes.get(here).and_then(|node| node.parent);
        }
    }

    pub(super) fn leave_out(&mut self, node: usize) {
        if let Some(marks) = self.marks.get_mut(node).filter(|marks| !marks.bad) {
            marks.bad = true;
            self.taint(node);
            self.advance();
        }
    }

    pub(super) fn find(&mut self, at: usize, field: String, fault: &Fault, text: &str) {
        if self.found.len() < MAX_FINDINGS {
            let (message, hint) = fault.in_dutch(text);
            self.found.push(Finding {
                at,
                field,
                message,
                hint,
            });
        }
        self.advance();
    }

    /// A fault came up at this element, whose visit began when `progress` was `since`: lists it, unless it is known,
    /// or follows from something else.
    pub(super) fn told(&mut self, node: usize, since: usize, fault: Fault) -> Fault {
        let start = self
            .outline
            .nodes
            .get(node)
            .map_or(0, |node| node.span.start);
        match fault {
            Fault::Told => {}
            // Something inside is new; the next pass tells whether this remains.
            _ if self.progress != since || self.mark(node).bad => {}
            Fault::MissingField(missing) => {
                if !self.is_accounted_for(node, missing) {
                    let path = join(&self.outline.path(node), missing);
                    self.find(start, path, &Fault::MissingField(missing), "");
                }
                self.stand_ins.entry(node).or_default().push(missing);
                self.taint(node);
                self.advance();
            }
            Fault::DuplicateField(twice) => {
                let second = self
                    .fields(node)
                    .iter()
                    .filter(|field| self.outline.name(&field.name) == twice)
                    .nth(1);
                let (at, left_out) =
                    second.map_or((start, node), |field| (field.name.start, field.value));
                let path = join(&self.outline.path(node), twice);
                self.find(at, path, &Fault::DuplicateField(twice), "");
                self.leave_out(left_out);
            }
            Fault::Kind { .. } if self.mark(node).torn => self.leave_out(node),
            Fault::Own(_) | Fault::Value { .. } | Fault::Length { .. }
                if self.mark(node).tainted =>
            {
                self.leave_out(node);
            }
            fault => {
                self.find(
                    start,
                    self.outline.path(node),
                    &fault,
                    self.outline.slice(node),
                );
                self.leave_out(node);
            }
        }
        Fault::Told
    }

    pub(super) fn fields(&self, node: usize) -> &'o [Field] {
        match self.body(node) {
            Some(Body::Record { fields, .. }) => fields,
            _ => &[],
        }
    }

    /// Whether the record has this field in a form that has been found wrong: its value, or the spelling of its name.
    fn is_accounted_for(&self, node: usize, name: &str) -> bool {
        self.mark(node).torn
            || self.fields(node).iter().any(|field| {
                self.mark(field.value).bad && is_near(self.outline.name(&field.name), name)
            })
    }

    /// Reads one element by its seed and lists what goes wrong. Something stands in for one that is known to be wrong;
    /// if that is not good enough, the element around it is left out.
    pub(super) fn descend<'de, S: DeserializeSeed<'de>>(
        &mut self,
        around: usize,
        node: usize,
        seed: S,
    ) -> Result<S::Value, Fault> {
        if self.mark(node).bad {
            return self.stand_in(around, seed);
        }
        let since = self.progress;
        seed.deserialize(Element {
            work: &mut *self,
            node,
        })
        .map_err(|fault| self.told(node, since, fault))
    }

    /// A stand-in for something in the element `around`, which is left out if none will do.
    pub(super) fn stand_in<'de, S: DeserializeSeed<'de>>(
        &mut self,
        around: usize,
        seed: S,
    ) -> Result<S::Value, Fault> {
        seed.deserialize(StandIn::new()).map_err(|_| {
            self.leave_out(around);
            Fault::Told
        })
    }
}

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
