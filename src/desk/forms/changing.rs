//! Changing a line over time: from which day, to what, and why, with what it does to hours and money before it is accepted.
//!
//! The sheet works on the dossier as it would become, with the same evaluation and the same fields as the form of a line; only
//! accepting it makes a step of it.

use egui::{Align, Context, Id, Layout, ScrollArea, Ui, vec2};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::line::need_ui;
use super::{Change, Form, Messages};
use crate::budget::Library;
use crate::desk::document::{messages, words};
use crate::desk::editing::{Editing, Place};
use crate::desk::showing::effect;
use crate::desk::theme;
use crate::desk::typing;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, list_ui, segments_ui};
use crate::desk::widgets::dialog::sheet_ui;
use crate::desk::widgets::field::{Field, Width};
use crate::desk::widgets::figure::{Figure, figures_ui};
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, subheading_ui};
use crate::document::{Problem, Severity};
use crate::dossier::{Changed, Dossier, Earlier, Effect, Evaluation, LineChange, Step};
use crate::indication::{Hours, Line};
use crate::norms::NormSetRef;
use crate::quantity::dutch::date_long;

/// Which change of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// More or less, from a day on.
    Scale,
    /// Longer.
    Extend,
    /// From an earlier day.
    StartEarlier,
    /// Shorter.
    End,
    /// As if it never began.
    Withdraw,
    /// With another norm set.
    Recalculate,
}

/// The dossier and what it comes to, as they are without the change.
#[derive(Clone, Copy)]
pub struct Now<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// What it comes to.
    pub evaluation: &'a Evaluation,
    /// What it is worked out with.
    pub library: &'a Library,
    /// The day on which is calculated.
    pub today: Date,
}

/// What came of the sheet in this frame.
pub enum Answer {
    /// The person is still filling it in.
    Waiting,
    /// Do this.
    Do(Box<Change>, usize),
    /// Leave the line as it is.
    Nothing,
}

/// The dossier as it would become.
struct Becomes {
    changed: Changed,
    evaluation: Evaluation,
    messages: Messages,
    effect: Vec<Figure>,
    /// What is wrong with the line, apart from what the fields in the sheet say.
    problems: Vec<(Tone, String)>,
    steps: [Option<Step>; 2],
    what: &'static str,
}

/// A change of a line that is being filled in; what it comes to is worked out anew where it was kept.
#[derive(Serialize, Deserialize)]
pub struct Changing {
    kind: Kind,
    place: usize,
    editing: Editing,
    day: Option<Date>,
    how: Earlier,
    set: Option<NormSetRef>,
    reason: String,
    /// The line as it goes on, as far as it was changed here.
    next: Option<Line>,
    #[serde(skip)]
    becomes: Option<Becomes>,
    #[serde(skip)]
    problem: Option<Problem>,
    /// Whether accepting was tried without a reason.
    lacks_reason: bool,
    /// Whether accepting was tried while nothing changes.
    #[serde(skip)]
    lacks_change: bool,
}

/// The width at which fields and outcome stand side by side, in points.
const WIDE: f32 = 960.0;

fn place() -> Place {
    Place::root().field("changing")
}

impl Kind {
    fn title(self) -> &'static str {
        match self {
            Self::Scale => "Op- of afschalen",
            Self::Extend => "Verlengen",
            Self::StartEarlier => "Eerder laten ingaan",
            Self::End => "Beëindigen",
            Self::Withdraw => "Intrekken",
            Self::Recalculate => "Herberekenen met een ander normenkader",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Self::Scale => {
                "De regel eindigt op de dag ervoor. Vanaf deze dag geldt een nieuwe regel met andere uren of een andere keuze."
            }
            Self::Extend => {
                "Dezelfde toekenning loopt langer door. Is er iets anders nodig? Kies dan op- of afschalen."
            }
            Self::StartEarlier => {
                "Met een extra regel tot de dag ervoor, of door de regel in te trekken en opnieuw toe te kennen."
            }
            Self::End => {
                "De regel stopt eerder. De einddatum die eerst was toegekend, blijft bewaard."
            }
            Self::Withdraw => {
                "De regel eindigt op haar eerste dag en telt nergens meer mee. De einddatum die eerst was toegekend, blijft bewaard."
            }
            Self::Recalculate => {
                "Dezelfde keuzes, met de waarden van een ander normenkader. U ziet eerst wat het verschil is."
            }
        }
    }

    /// Where the keyboard begins.
    fn first(self) -> &'static str {
        match self {
            Self::Withdraw => "reason",
            Self::Recalculate => "set",
            Self::Scale | Self::Extend | Self::StartEarlier | Self::End => "day",
        }
    }

    /// The label of the day, and what an empty field says.
    fn day(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Scale => Some(("Vanaf", "zoals 1-7-2026")),
            Self::Extend => Some(("Nieuwe einddatum", "open einde")),
            Self::StartEarlier => Some(("Nieuwe ingangsdatum", "zoals 1-1-2026")),
            Self::End => Some(("Laatste dag", "zoals 30-6-2026")),
            Self::Withdraw | Self::Recalculate => None,
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Scale => "Schaal op of af",
            Self::Extend => "Verleng de regel",
            Self::StartEarlier => "Laat eerder ingaan",
            Self::End => "Beëindig de regel",
            Self::Withdraw => "Trek de regel in",
            Self::Recalculate => "Neem de nieuwe uren over",
        }
    }
}

impl Changing {
    /// The sheet for the line at `line`, with the first day that can be proposed.
    pub fn new(kind: Kind, line: usize, now: Now<'_>) -> Self {
        let mut editing = Editing::default();
        editing.jump_to(place().field(kind.first()));
        let mut changing = Self {
            kind,
            place: line,
            editing,
            day: None,
            how: Earlier::ExtraLine,
            set: None,
            reason: String::new(),
            next: None,
            becomes: None,
            problem: None,
            lacks_reason: false,
            lacks_change: false,
        };
        if kind == Kind::Scale {
            changing.day = proposed(now, line);
        }
        changing.work_out(now);
        changing
    }

    /// The sheet in which the hours of the line at `line` are built anew with `set`.
    pub fn with_set(line: usize, set: NormSetRef, now: Now<'_>) -> Self {
        let mut changing = Self::new(Kind::Recalculate, line, now);
        changing.set = Some(set);
        changing.editing.jump_to(place().field("reason"));
        changing.work_out(now);
        changing
    }

    /// What is being typed in the sheet.
    pub fn editing(&mut self) -> &mut Editing {
        &mut self.editing
    }

    /// The field of the sheet that had the keyboard last, with its label.
    pub fn entered(&self) -> Option<(Place, &str)> {
        self.editing.entered()
    }

    /// The sheet goes on on this dossier, with the keyboard in the field with this id; gives whether its line is there.
    pub fn go_on(&mut self, now: Now<'_>, field: Option<Id>) -> bool {
        self.work_out(now);
        if let Some(field) = field {
            self.editing.jump_to_widget(field);
        }
        now.dossier.provisions.len() > self.place
    }

    /// Works out the dossier as it would become.
    fn work_out(&mut self, now: Now<'_>) {
        self.becomes = None;
        self.problem = None;
        self.lacks_change = false;
        let mut lacks = Vec::new();
        let change = match (self.kind, self.day) {
            (Kind::Withdraw, _) => Ok(LineChange::Withdraw),
            (Kind::Recalculate, _) => {
                let Some(set) = &self.set else { return };
                let hours = now.dossier.recalculated(now.library, self.place, set);
                hours.map(|(hours, left_out)| {
                    lacks = left_out;
                    LineChange::Recalculate(hours)
                })
            }
            (Kind::Extend, day) => Ok(LineChange::Extend(day)),
            (_, None) => return,
            (Kind::End, Some(day)) => Ok(LineChange::End(day)),
            (Kind::StartEarlier, Some(day)) => Ok(LineChange::StartEarlier(day, self.how)),
            (Kind::Scale, Some(day)) => match self.next.take() {
                Some(next) => Ok(LineChange::Scale(Box::new(Line { from: day, ..next }))),
                None => now
                    .dossier
                    .going_on(now.library, self.place, day)
                    .map(|next| LineChange::Scale(Box::new(next))),
            },
        };
        let changed = change.and_then(|change| {
            let changed = now.dossier.changed(self.place, &change, &self.reason);
            changed.map(|changed| (change, changed))
        });
        match changed {
            Ok((change, changed)) => {
                let what = change.dutch();
                if let LineChange::Scale(next) = change {
                    self.next = Some(*next);
                }
                let mut becomes = self.becomes(now, changed, what);
                if !lacks.is_empty() {
                    let text = format!("Dit normenkader heeft niet: {}.", lacks.join(", "));
                    becomes.problems.insert(0, (Tone::Warning, text));
                }
                self.becomes = Some(becomes);
            }
            Err(problem) => self.problem = Some(problem),
        }
    }

    fn becomes(&self, now: Now<'_>, changed: Changed, what: &'static str) -> Becomes {
        let evaluation = changed.dossier.evaluate(now.library, now.today);
        let worked = Effect::of(
            (now.dossier, now.evaluation),
            self.place,
            &changed,
            &evaluation,
        );
        let new = changed.places.last().copied();
        let steps = match (self.kind, &self.next, new) {
            (Kind::Scale, Some(next), Some(new)) => {
                let budget = evaluation.lines.get(new).and_then(Option::as_ref);
                budget.map_or([None, None], |budget| next.steps(budget))
            }
            _ => [None, None],
        };
        let mine = |problem: &&Problem| {
            let shown = [
                ".hours",
                ".choices",
                ".offer",
                ".moved_end",
                "outcome.reason",
            ];
            changed.places.iter().any(|at| {
                let path = format!("provisions[{at}].");
                problem.field.starts_with(&path)
                    && !shown.iter().any(|field| problem.field.contains(field))
            })
        };
        let problems = evaluation.problems.iter().filter(mine);
        let problems = problems.map(|problem| (tone(problem), words(problem)));
        Becomes {
            effect: effect(&worked),
            problems: problems.collect(),
            messages: messages(&evaluation.problems),
            steps,
            what,
            changed,
            evaluation,
        }
    }

    /// Draws the sheet over the window.
    pub fn show_ui(&mut self, ctx: &Context, now: Now<'_>) -> Answer {
        let kind = self.kind;
        let room = ctx.content_rect();
        let (answer, leaves) = sheet_ui(ctx, (Id::unique("changing"), kind.title()), |ui| {
            let wide = room.width() - theme::PART;
            ui.set_width(WIDE.min(wide));
            ui.spacing_mut().item_spacing = vec2(theme::LARGE, theme::MEDIUM);
            heading_ui(ui, &self.title(now.dossier));
            muted_ui(ui, kind.about());
            // The height is the same from the first frame on, so that nothing moves while it is filled in.
            let high = (room.height() - 220.0).clamp(160.0, 560.0);
            let area = |id: &str| {
                let area = ScrollArea::vertical().id_salt(id.to_owned());
                area.max_height(high)
                    .min_scrolled_height(high)
                    .auto_shrink([false, false])
            };
            if wide < WIDE {
                area("all").show(ui, |ui| {
                    self.fields_ui(ui, now);
                    self.outcome_ui(ui);
                });
            } else {
                ui.horizontal_top(|ui| {
                    let columns = [("fields", 0.56), ("outcome", 0.44)];
                    let whole = ui.available_width() - theme::LARGE;
                    for (name, share) in columns {
                        let size = vec2(whole * share, high);
                        let down = Layout::top_down(Align::Min);
                        ui.allocate_ui_with_layout(size, down, |ui| {
                            area(name).show(ui, |ui| match name {
                                "fields" => self.fields_ui(ui, now),
                                _ => self.outcome_ui(ui),
                            });
                        });
                    }
                });
            }
            ui.add_space(theme::SMALL);
            ui.horizontal(|ui| {
                let done = primary_ui(ui, kind.verb()).clicked();
                if secondary_ui(ui, "Ga terug").clicked() {
                    Answer::Nothing
                } else if done {
                    self.accept(now.dossier)
                } else {
                    Answer::Waiting
                }
            })
            .inner
        });
        match answer {
            Answer::Waiting if leaves => Answer::Nothing,
            answer => answer,
        }
    }

    fn title(&self, dossier: &Dossier) -> String {
        let line = dossier
            .provisions
            .get(self.place)
            .map(|provision| &provision.line);
        let period = line.map_or_else(String::new, |line| match line.to {
            Some(to) => format!("{} tot en met {}", date_long(line.from), date_long(to)),
            None => format!("vanaf {}", date_long(line.from)),
        });
        let number = self.place.saturating_add(1);
        format!("{}: regel {number}, {period}", self.kind.title())
    }

    /// Whether the new line would be the old one, cut in two.
    fn changes_nothing(&self, dossier: &Dossier) -> bool {
        let old = dossier.provisions.get(self.place);
        let next = self.next.as_ref().filter(|_| self.kind == Kind::Scale);
        old.zip(next)
            .is_some_and(|(old, next)| old.line.goes_on_as(next))
    }

    fn accept(&mut self, dossier: &Dossier) -> Answer {
        if self.reason.trim().is_empty() {
            self.lacks_reason = true;
            self.editing.jump_to(place().field("reason"));
            return Answer::Waiting;
        }
        if self.changes_nothing(dossier) {
            self.lacks_change = true;
            return Answer::Waiting;
        }
        let Some(becomes) = self.becomes.take() else {
            self.editing.jump_to(place().field("day"));
            return Answer::Waiting;
        };
        let choose = becomes.changed.places.last().copied();
        let change = Change {
            what: becomes.what,
            dossier: becomes.changed.dossier,
            moved: true,
        };
        Answer::Do(Box::new(change), choose.unwrap_or(self.place))
    }

    /// Draws the fields, and works out anew what a change in them does.
    fn fields_ui(&mut self, ui: &mut Ui, now: Now<'_>) {
        let mut changed = false;
        if let Some((label, hint)) = self.kind.day() {
            let at = place().field("day");
            let text = self.day.map_or_else(String::new, date_long);
            // The field is marked; the words have the width of the sheet.
            let field = Field::new(at, label)
                .width(Width::Middle)
                .hint(hint)
                .message(self.problem.as_ref().map(|_| (Tone::Fault, "")));
            if let Some(day) = field.show_ui(ui, &mut self.editing, &text, typing::date) {
                self.day = day;
                // What was chosen for another day may not be there on this one.
                self.next = None;
                changed = true;
            }
        }
        if let Some(problem) = &self.problem {
            message_ui(ui, Tone::Fault, &words(problem));
        }
        if self.kind == Kind::StartEarlier {
            let ways = [
                Choice::new(Earlier::ExtraLine, "Extra regel tot de dag ervoor"),
                Choice::new(Earlier::Replace, "Intrekken en opnieuw toekennen"),
            ];
            let at = place().field("how");
            let picked = segments_ui(
                ui,
                &mut self.editing,
                (at, "Hoe"),
                Some(&self.how),
                &ways,
                None,
            );
            if let Some(how) = picked {
                self.how = how;
                changed = true;
            }
        }
        if self.kind == Kind::Recalculate {
            changed |= self.set_ui(ui, now);
        }
        changed |= self.need_ui(ui, now);
        if self.lacks_change {
            let text = "Er verandert niets. Kies andere uren of een andere stap, of ga terug.";
            message_ui(ui, Tone::Fault, text);
        }
        let at = place().field("reason");
        let lacks = self.lacks_reason && self.reason.is_empty();
        let field = Field::new(at, "Waarom")
            .width(Width::Full)
            .rows(2)
            .hint("In gewone woorden. Dit komt in de brief.")
            .message(lacks.then_some((Tone::Fault, "Schrijf op waarom dit verandert.")));
        if let Some(text) = field.text_ui(ui, &mut self.editing, &self.reason) {
            self.reason = text;
            changed = true;
        }
        if changed {
            self.work_out(now);
            ui.ctx().request_repaint();
        }
    }

    /// The norm sets other than that of the line; gives whether another was chosen.
    fn set_ui(&mut self, ui: &mut Ui, now: Now<'_>) -> bool {
        let provision = now.dossier.provisions.get(self.place);
        let used = |reference: &NormSetRef| {
            let mut hours = provision
                .into_iter()
                .flat_map(|provision| &provision.line.hours);
            hours.any(|part| matches!(&part.hours, Hours::Norm(work) if work.set == *reference))
        };
        let sets = now.library.norms(&now.dossier.municipality);
        let choices: Vec<_> = sets
            .iter()
            .filter(|set| !used(&set.reference()))
            .map(|set| {
                let name = format!("{} (versie {})", set.name, set.version);
                Choice::new(set.reference(), name)
            })
            .collect();
        let at = (place().field("set"), "Ander normenkader");
        let picked = list_ui(
            ui,
            &mut self.editing,
            at,
            Width::Full,
            self.set.as_ref(),
            "Kies een normenkader",
            &choices,
            None,
        );
        let changed = picked.is_some();
        if changed {
            self.set = picked;
        }
        changed
    }

    /// The steps and the hours of the line as it goes on; gives whether they changed.
    fn need_ui(&mut self, ui: &mut Ui, now: Now<'_>) -> bool {
        let Some(becomes) = self.becomes.as_mut().filter(|_| self.kind == Kind::Scale) else {
            return false;
        };
        let Some(new) = becomes.changed.places.last().copied() else {
            return false;
        };
        let mut next = None;
        if becomes.steps.iter().any(Option::is_some) {
            ui.horizontal_wrapped(|ui| {
                for (step, words) in becomes.steps.iter().zip(["Stap lager", "Stap hoger"]) {
                    let Some(step) = step else { continue };
                    if secondary_ui(ui, &format!("{words}: {}", step.name)).clicked() {
                        next = Some(step.line.clone());
                    }
                }
            });
        }
        let dossier = &becomes.changed.dossier;
        let mut form = Form::new(
            dossier,
            &becomes.evaluation,
            now.library,
            &becomes.messages,
            &mut self.editing,
        )
        .in_sheet();
        need_ui(ui, &mut form, new);
        if let Some(change) = form.change {
            if change.moved {
                self.editing.clear();
            }
            let provision = change.dossier.provisions.into_iter().nth(new);
            next = provision.map(|provision| provision.line);
        }
        let changed = next.is_some();
        if changed {
            self.next = next;
        }
        changed
    }

    /// What the change does.
    fn outcome_ui(&self, ui: &mut Ui) {
        let Some(becomes) = &self.becomes else {
            return;
        };
        let day = date_long(becomes.changed.day);
        subheading_ui(ui, &format!("Wat er verandert vanaf {day}"));
        figures_ui(ui, "Wat er verandert", &becomes.effect);
        for (tone, text) in &becomes.problems {
            message_ui(ui, *tone, text);
        }
    }
}

fn tone(problem: &Problem) -> Tone {
    match problem.severity {
        Severity::Error => Tone::Fault,
        Severity::Warning => Tone::Warning,
    }
}

/// The first day of the next catalogue if the line runs into it, else the day of the decision, or today, if it fits.
fn proposed(now: Now<'_>, place: usize) -> Option<Date> {
    let line = &now.dossier.provisions.get(place)?.line;
    let fits = |day: &Date| *day > line.from && line.to.is_none_or(|to| *day <= to);
    let catalogues = now.library.catalogues.of(&now.dossier.municipality).iter();
    let next = catalogues.map(|catalogue| catalogue.file.from).find(fits);
    next.or_else(|| {
        let day = now.dossier.dates.decision.unwrap_or(now.today);
        Some(day).filter(fits)
    })
}
