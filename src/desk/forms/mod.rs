//! The forms in the middle of the window: each shows one part of the dossier and says what a person changed in it.
//!
//! A form reads the dossier and its evaluation; a committed field gives a changed copy with the name of the step. Forms
//! compute no amounts and touch no files.

mod activities;
mod advice;
pub(super) use advice::advice_ui;
pub mod begin;
pub mod changing;
pub mod client;
mod clocks;
pub mod decision;
mod delivery;
mod hours;
mod investigation;
pub mod line;
mod motivation;
pub(super) use motivation::motivation_ui;
mod occasion;
mod norm;
mod own_price;
mod review;
pub mod scenario;

use std::collections::HashMap;

use egui::{Align, Layout, Ui, vec2};
use jiff::civil::Date;

use super::command::Command;
use super::editing::{Editing, Place, Rejected};
use super::theme;
use super::typing;
use super::view::{ClockView, Part};
use super::widgets::choice::{Choice, list_ui, segments_ui};
use super::widgets::field::{Field, Given, Width};
use super::widgets::mark::{Origin, origin_ui};
use super::widgets::text::{Tone, message_ui, muted_ui};
use crate::budget::{Library, LineBudget};
use crate::dossier::{Dossier, Evaluation, Provision};
use crate::indication::Line;
use crate::norms::NormSetRef;
use crate::quantity::dutch::date_long;
use crate::register::WITHHELD;
use crate::trace::NodeId;

/// What is wrong at each field, the worst of it.
pub type Messages = HashMap<Place, (Tone, String)>;

/// A step that a form asks for.
pub struct Change {
    /// The name of the step, for undo.
    pub what: &'static str,
    /// The dossier after it.
    pub dossier: Dossier,
    /// Whether items of a list moved, so that texts that were being typed have lost their place.
    pub moved: bool,
}

/// What a form reads, and what it was asked.
pub struct Form<'a> {
    /// The dossier as it is.
    pub dossier: &'a Dossier,
    /// What it comes to.
    pub evaluation: &'a Evaluation,
    /// Catalogues, norm sets and municipalities.
    pub library: &'a Library,
    /// What is being typed.
    pub editing: &'a mut Editing,
    /// What is wrong at each field.
    pub messages: &'a Messages,
    /// The clocks of the dossier.
    pub clocks: &'a [ClockView],
    /// At each overridden field, who made it so and when.
    made: Option<&'a HashMap<Place, String>>,
    /// At each choice of the intensive variant, what it changes.
    intensified: Option<&'a HashMap<Place, String>>,
    /// At each field that an earlier decision had otherwise, what it was.
    earlier: Option<&'a HashMap<Place, String>>,
    /// What was changed in this frame.
    pub change: Option<Change>,
    /// What would be changed by what is being typed, where that is tried out.
    pub typed: Option<Change>,
    /// Whether what is being typed is tried out.
    tries: bool,
    /// Whether the value that a field gave last is only being typed.
    is_typed: bool,
    /// The line whose hours should be built anew with another norm set, once the difference was seen.
    pub recalculates: Option<(usize, NormSetRef)>,
    /// The command that a button in the form asks for.
    pub asks: Option<Command>,
    /// Whether it stands in a sheet that shows what a change does before it is accepted.
    in_sheet: bool,
    /// Where the one line of this dossier really stands; nothing where it stands among the provisions.
    elsewhere: Option<Elsewhere<'a>>,
    /// What is wrong in the row of fields that is being drawn, to be said below it; none outside a row.
    row: Option<Vec<(Tone, String)>>,
}

/// A line that stands elsewhere than among the provisions of a dossier, to be changed with the widgets of a line.
#[derive(Clone, Copy)]
struct Elsewhere<'a> {
    /// Where it stands.
    place: Place,
    /// What it comes to.
    budget: Option<&'a LineBudget<NodeId>>,
    /// The line that it departs from: what was chosen there can be chosen otherwise, and not be left out.
    granted: &'a Line,
}

/// Draws the form of `part`.
pub fn part_ui(ui: &mut Ui, form: &mut Form<'_>, part: Part) {
    ui.spacing_mut().item_spacing = vec2(theme::LARGE, theme::MEDIUM);
    match part {
        Part::Client => client::client_ui(ui, form),
        Part::Investigation => investigation::investigation_ui(ui, form),
        Part::Decision => decision::decision_ui(ui, form),
        Part::Line(index) => line::line_ui(ui, form, index),
    }
}

/// The first place of a line of the indication.
pub(super) fn provision_place(index: usize) -> Place {
    Place::root().field("provisions").item(index)
}

/// Makes a change of one provision out of a change of the dossier.
fn at<T>(index: usize, apply: impl FnOnce(&mut Provision, T)) -> impl FnOnce(&mut Dossier, T) {
    move |dossier, value| {
        if let Some(provision) = dossier.provisions.get_mut(index) {
            apply(provision, value);
        }
    }
}

/// `None` for a text without anything in it.
fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

impl<'a> Form<'a> {
    /// A form of `dossier` as it is, with what it comes to and what is wrong at each field.
    pub fn new(
        dossier: &'a Dossier,
        evaluation: &'a Evaluation,
        library: &'a Library,
        messages: &'a Messages,
        editing: &'a mut Editing,
    ) -> Self {
        Self {
            dossier,
            evaluation,
            library,
            editing,
            messages,
            clocks: &[],
            made: None,
            intensified: None,
            earlier: None,
            change: None,
            typed: None,
            tries: false,
            is_typed: false,
            recalculates: None,
            asks: None,
            in_sheet: false,
            elsewhere: None,
            row: None,
        }
    }

    /// For a screen that answers while it is being typed.
    pub fn trying(mut self) -> Self {
        self.tries = true;
        self
    }

    /// In a sheet that shows what a change does before it is accepted.
    pub fn in_sheet(mut self) -> Self {
        self.in_sheet = true;
        self
    }

    /// For a dossier of one line that stands elsewhere. What is built anew there needs no second look.
    fn elsewhere(mut self, elsewhere: Elsewhere<'a>) -> Self {
        self.elsewhere = Some(elsewhere);
        self.in_sheet()
    }

    /// The place of a line.
    fn line_place(&self, index: usize) -> Place {
        self.elsewhere.map_or_else(
            || provision_place(index).field("line"),
            |elsewhere| elsewhere.place,
        )
    }

    /// What a line comes to.
    fn line_budget(&self, index: usize) -> Option<&'a LineBudget<NodeId>> {
        match self.elsewhere {
            Some(elsewhere) => elsewhere.budget,
            None => self.evaluation.lines.get(index)?.as_ref(),
        }
    }

    /// With the clocks of the dossier.
    pub fn with_clocks(mut self, clocks: &'a [ClockView]) -> Self {
        self.clocks = clocks;
        self
    }

    /// With who overrode what, and when.
    pub fn with_intensified(mut self, intensified: &'a HashMap<Place, String>) -> Self {
        self.intensified = Some(intensified);
        self
    }

    /// With who overrode each overridden field, and when.
    pub fn with_made(mut self, made: &'a HashMap<Place, String>) -> Self {
        self.made = Some(made);
        self
    }

    /// With what an earlier decision had otherwise.
    pub fn with_earlier(mut self, earlier: &'a HashMap<Place, String>) -> Self {
        self.earlier = Some(earlier);
        self
    }

    /// What an earlier decision had at `place`; in a row it is said below the row.
    fn earlier_ui(&mut self, ui: &mut Ui, place: Place) {
        let Some(words) = self.earlier.and_then(|earlier| earlier.get(&place)) else {
            return;
        };
        match &mut self.row {
            Some(row) => row.push((Tone::Info, words.clone())),
            None => {
                message_ui(ui, Tone::Info, words);
            }
        }
    }

    /// That what stands at `place` is as an earlier decision had it.
    fn taken_ui(&self, ui: &mut Ui, place: Place) {
        if let Some(words) = self.earlier.and_then(|earlier| earlier.get(&place)) {
            ui.horizontal_wrapped(|ui| {
                origin_ui(ui, Origin::Taken, words);
                muted_ui(ui, words);
            });
        }
    }

    /// Who overrode the value at `place`, and when; nothing where it is not overridden.
    fn made_ui(&self, ui: &mut Ui, place: Place) {
        if let Some(made) = self.made.and_then(|made| made.get(&place)) {
            muted_ui(ui, made);
        }
    }

    /// What the intensive variant changes, where it is chosen or follows.
    fn intensified_at(&self, place: Place) -> Option<&'a str> {
        let found = self.intensified.and_then(|found| found.get(&place));
        found.map(String::as_str)
    }

    /// Fields beside each other, wrapping where there is no room. What is wrong with them stands below the row, where it has
    /// the room of a sentence.
    fn row_ui<R>(&mut self, ui: &mut Ui, contents: impl FnOnce(&mut Self, &mut Ui) -> R) -> R {
        let layout = Layout::left_to_right(Align::Min).with_main_wrap(true);
        self.row = Some(Vec::new());
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = theme::GAP;
            let result = ui
                .with_layout(layout, |ui| {
                    ui.spacing_mut().item_spacing = vec2(theme::LARGE, theme::MEDIUM);
                    contents(self, ui)
                })
                .inner;
            for (tone, message) in self.row.take().into_iter().flatten() {
                message_ui(ui, tone, &message);
            }
            result
        })
        .inner
    }

    /// Changes the dossier in a step called `what`. Several changes in one frame are one step.
    /// What a field gave while it is being typed is no step, and is kept apart.
    pub fn change(&mut self, what: &'static str, apply: impl FnOnce(&mut Dossier)) {
        if std::mem::take(&mut self.is_typed) {
            let mut dossier = self.dossier.clone();
            apply(&mut dossier);
            self.typed = Some(Change {
                what,
                dossier,
                moved: false,
            });
            return;
        }
        let (mut dossier, moved) = self.change.take().map_or_else(
            || (self.dossier.clone(), false),
            |change| (change.dossier, change.moved),
        );
        apply(&mut dossier);
        self.change = Some(Change {
            what,
            dossier,
            moved,
        });
    }

    /// The same, where items of a list come, go or move.
    pub fn change_list(&mut self, what: &'static str, apply: impl FnOnce(&mut Dossier)) {
        self.is_typed = false;
        self.change(what, apply);
        if let Some(change) = &mut self.change {
            change.moved = true;
        }
    }

    /// What is wrong at a place, to be said there; in a row it is said below the row, and here only how bad it is. Of a text that
    /// was refused the field itself says why.
    fn message(&mut self, place: Place) -> Option<(Tone, String)> {
        if self.editing.is_rejected(place) {
            return None;
        }
        let message = self.messages.get(&place).cloned()?;
        let Some(row) = &mut self.row else {
            return Some(message);
        };
        let tone = message.0;
        row.push(message);
        Some((tone, String::new()))
    }

    /// A place without a field of its own: shows what is wrong there, and passes a jump on to `first`.
    fn anchor_ui(&mut self, ui: &mut Ui, place: Place, first: Place) {
        if self.editing.take_jump(place) {
            self.editing.jump_to(first);
            // It may stand above this place, and takes the keyboard when it is drawn again.
            ui.ctx().request_repaint();
        }
        if let Some((tone, message)) = self.message(place)
            && !message.is_empty()
        {
            message_ui(ui, tone, &message);
        }
    }

    /// A field that is drawn with its message and gives the value when it is committed, or with each key where that is tried
    /// out; [`Form::change`] knows which.
    fn field_ui<T>(
        &mut self,
        ui: &mut Ui,
        place: Place,
        field: Field<'_>,
        value: &str,
        parse: impl FnOnce(&str) -> Result<T, Rejected>,
    ) -> Option<T> {
        let message = self.message(place);
        let message = message.as_ref().map(|(tone, text)| (*tone, text.as_str()));
        let value = match value {
            WITHHELD => "niet zichtbaar voor u",
            value => value,
        };
        let given = field
            .message(message)
            .given_ui(ui, self.editing, value, (self.tries, parse));
        self.earlier_ui(ui, place);
        self.is_typed = matches!(given, Some(Given::Typed(_)));
        given.map(Given::value)
    }

    /// A text of one line.
    fn text_ui(
        &mut self,
        ui: &mut Ui,
        (place, label, width): (Place, &'static str, Width),
        value: &str,
        apply: impl FnOnce(&mut Dossier, String),
    ) {
        let field = Field::new(place, label).width(width);
        if let Some(text) =
            self.field_ui(ui, place, field, value, |text| Ok(text.trim().to_owned()))
        {
            self.change(label, |dossier| apply(dossier, text));
        }
    }

    /// A text of several lines.
    fn lines_ui(
        &mut self,
        ui: &mut Ui,
        (place, label, rows): (Place, &'static str, usize),
        hint: &str,
        value: &str,
        apply: impl FnOnce(&mut Dossier, String),
    ) {
        let field = Field::new(place, label)
            .width(Width::Full)
            .rows(rows)
            .hint(hint);
        if let Some(text) =
            self.field_ui(ui, place, field, value, |text| Ok(text.trim().to_owned()))
        {
            self.change(label, |dossier| apply(dossier, text));
        }
    }

    /// A text of several lines that a letter prints, with advice on its language.
    fn letter_ui(
        &mut self,
        ui: &mut Ui,
        named: (Place, &'static str, usize),
        hint: &str,
        value: &str,
        apply: impl FnOnce(&mut Dossier, String),
    ) {
        self.lines_ui(ui, named, hint, value, apply);
        if value != WITHHELD {
            advice_ui(ui, value);
        }
    }

    /// A date that may be absent.
    fn date_ui(
        &mut self,
        ui: &mut Ui,
        (place, label, hint): (Place, &'static str, &str),
        value: Option<Date>,
        apply: impl FnOnce(&mut Dossier, Option<Date>),
    ) {
        let text = value.map_or_else(String::new, date_long);
        let field = Field::new(place, label).width(Width::Middle).hint(hint);
        if let Some(date) = self.field_ui(ui, place, field, &text, typing::date) {
            self.change(label, |dossier| apply(dossier, date));
        }
    }

    /// The first and the last day of something within the line, beside each other.
    fn stretch_ui(
        &mut self,
        ui: &mut Ui,
        place: Place,
        (first, last): (&'static str, &'static str),
        (from, to): (Option<Date>, Option<Date>),
        apply_from: impl FnOnce(&mut Dossier, Option<Date>),
        apply_to: impl FnOnce(&mut Dossier, Option<Date>),
    ) {
        self.row_ui(ui, |form, ui| {
            let field = (place.field("from"), first, "begin van de regel");
            form.date_ui(ui, field, from, apply_from);
            let field = (place.field("to"), last, "einde van de regel");
            form.date_ui(ui, field, to, apply_to);
        });
    }

    /// A few choices, all visible.
    fn segments_ui<T: Clone + PartialEq>(
        &mut self,
        ui: &mut Ui,
        (place, label): (Place, &'static str),
        chosen: Option<&T>,
        choices: &[Choice<T>],
        apply: impl FnOnce(&mut Dossier, T),
    ) {
        let message = self.message(place);
        let message = message.as_ref().map(|(tone, text)| (*tone, text.as_str()));
        let picked = segments_ui(ui, self.editing, (place, label), chosen, choices, message);
        self.earlier_ui(ui, place);
        if let Some(value) = picked {
            self.change(label, |dossier| apply(dossier, value));
        }
    }

    /// Many choices, in a list that opens.
    fn list_ui<T: Clone + PartialEq>(
        &mut self,
        ui: &mut Ui,
        (place, label, width): (Place, &'static str, Width),
        (chosen, nothing): (Option<&T>, &str),
        choices: &[Choice<T>],
        apply: impl FnOnce(&mut Dossier, T),
    ) {
        let message = self.message(place);
        let message = message.as_ref().map(|(tone, text)| (*tone, text.as_str()));
        let picked = list_ui(
            ui,
            self.editing,
            (place, label),
            width,
            chosen,
            nothing,
            choices,
            message,
        );
        self.earlier_ui(ui, place);
        if let Some(value) = picked {
            self.change(label, |dossier| apply(dossier, value));
        }
    }
}
