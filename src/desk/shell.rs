//! How the dossier fills the window: lines at the left, the form in the middle, the budget always at the right, problems
//! below. Where the window is too narrow for three columns, or the text too large, the columns take turns.
//!
//! The shell knows which part is chosen and what is unfolded; what the parts say comes from the [`View`].

use egui::{Align, CentralPanel, Frame, Id, Margin, Panel, Rect, ScrollArea, Ui, UiBuilder, vec2};

use super::command::Command;
use super::editing::Editing;
use super::panels::lines::{Asked, lines_ui, part_id};
use super::panels::{budget::budget_ui, head::is_low, problems::problems_ui};
use super::theme::{self, Palette};
use super::view::{BudgetView, Part, View};
use super::widgets::button::secondary_ui;
use super::widgets::choice::{Choice, tabs_ui};
use super::widgets::group::group_ui;
use super::widgets::scroll;
use super::widgets::tree::Unfolded;

/// From this width, in points, there is room for three columns.
const THREE_COLUMNS: f32 = 940.0;
/// From this width there is room for two.
const TWO_COLUMNS: f32 = 640.0;

/// A column of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Column {
    /// The parts and lines.
    #[default]
    Lines,
    /// The form of the chosen part.
    Form,
    /// The budget.
    Budget,
}

impl Column {
    const ALL: [Self; 3] = [Self::Lines, Self::Form, Self::Budget];

    fn name(self) -> &'static str {
        match self {
            Self::Lines => "Onderdelen",
            Self::Form => "Formulier",
            Self::Budget => "Budget",
        }
    }
}

/// What is chosen and unfolded in the window of a dossier.
#[derive(Default)]
pub struct Shell {
    /// What the middle panel shows.
    chosen: Part,
    /// Which column is in front where not all fit.
    front: Column,
    /// Which steps of the calculation are unfolded.
    unfolded: Unfolded,
    /// Whether the calculation must come into sight.
    shows_calculation: bool,
    /// Whether the list of problems is open.
    lists_problems: bool,
    /// The problem that was last jumped to.
    last_problem: Option<usize>,
    /// The column that the keyboard should move to in this frame.
    wants_focus: Option<Column>,
    /// Whether the keyboard should come to what chooses the part.
    lands: bool,
    /// The column that the keyboard was last moved to.
    last_focus: Column,
    /// Whether all parts stand under each other, instead of one at a time.
    one_page: bool,
    /// The part whose top must come into view.
    scrolls_to: Option<Part>,
    /// How high the bar of problems is.
    bar: f32,
}

impl Shell {
    /// Nothing chosen yet; all parts under each other, or one at a time.
    pub fn new(one_page: bool) -> Self {
        Self {
            one_page,
            front: Column::Form,
            ..Self::default()
        }
    }

    /// Puts the keyboard on what chooses the part that is shown, or where the columns take turns on what chooses those.
    pub fn begin(&mut self) {
        self.lands = true;
    }

    /// What the middle panel shows.
    pub fn chosen(&self) -> Part {
        self.chosen
    }

    /// Shows `part` in the middle.
    pub fn choose(&mut self, part: Part) {
        self.chosen = part;
        self.front = Column::Form;
        // The next panel is its form, and not the one after the panel that the keyboard was in before.
        self.last_focus = Column::Lines;
        self.scrolls_to = self.one_page.then_some(part);
    }

    /// Whether all parts stand under each other.
    pub fn is_one_page(&self) -> bool {
        self.one_page
    }

    /// Shows all parts under each other, or one at a time.
    pub fn show_one_page(&mut self, one_page: bool) {
        self.one_page = one_page;
        self.choose(self.chosen);
    }

    /// Chooses the next part, or the one before.
    pub fn step(&mut self, view: &View, back: bool) {
        if let Some(part) = beside(view, self.chosen, back) {
            self.choose(part);
        }
    }

    /// Chooses the line `step` further (1) or back (-1), staying on the lines.
    pub fn step_line(&mut self, view: &View, back: bool) {
        let last = view.lines.len().checked_sub(1);
        let next = match (self.chosen, last) {
            (_, None) => return,
            (Part::Line(0), _) if back => 0,
            (Part::Line(index), _) if back => index.saturating_sub(1),
            (Part::Line(index), Some(last)) => index.saturating_add(1).min(last),
            (Part::Client | Part::Investigation | Part::Decision, Some(last)) => {
                if back {
                    last
                } else {
                    0
                }
            }
        };
        self.choose(Part::Line(next));
    }

    /// Unfolds every step of the calculation of the chosen part, or folds all up when any was unfolded.
    pub fn toggle_calculation(&mut self, view: &View) {
        let rows = &self.budget(view).trace;
        let any = rows.iter().any(|row| self.unfolded.is_open(row.key));
        if any {
            self.unfolded.close_all();
        } else {
            self.unfolded.open_all(rows);
        }
        self.shows_calculation = !any;
    }

    /// Moves the keyboard to the next column.
    pub fn focus_next_column(&mut self) {
        self.last_focus = match self.last_focus {
            Column::Lines => Column::Form,
            Column::Form => Column::Budget,
            Column::Budget => Column::Lines,
        };
        self.wants_focus = Some(self.last_focus);
        self.front = self.last_focus;
    }

    /// Opens the list of problems.
    pub fn list_problems(&mut self) {
        self.lists_problems = true;
    }

    /// Jumps to the field of the next problem, from the first again after the last.
    pub fn next_problem(&mut self, view: &View, editing: &mut Editing) {
        let next = self.last_problem.map_or(0, |last| last.saturating_add(1));
        self.jump(
            if next < view.problems.len() { next } else { 0 },
            view,
            editing,
        );
    }

    fn jump(&mut self, index: usize, view: &View, editing: &mut Editing) {
        if let Some(problem) = view.problems.get(index) {
            self.last_problem = Some(index);
            self.choose(problem.part);
            editing.jump_to(problem.place);
        }
    }

    fn budget<'a>(&self, view: &'a View) -> &'a BudgetView {
        match self.chosen {
            Part::Line(index) => view
                .lines
                .get(index)
                .map_or(&view.overview, |line| &line.budget),
            Part::Client | Part::Investigation | Part::Decision => &view.overview,
        }
    }

    /// Draws the dossier in all of `ui`; `form` draws the chosen part, and `writes` says whether anything can be changed.
    /// Gives the command that was asked with the mouse.
    pub fn show_ui(
        &mut self,
        ui: &mut Ui,
        (view, writes): (&View, bool),
        editing: &mut Editing,
        mut form: impl FnMut(&mut Ui, &mut Editing, Part),
    ) -> Option<Command> {
        let palette = Palette::of(ui);
        if let Part::Line(index) = self.chosen
            && index >= view.lines.len()
        {
            self.chosen = view
                .lines
                .len()
                .checked_sub(1)
                .map_or(Part::Client, Part::Line);
        }
        let mut asked = None;
        let width = ui.available_width();
        let frame = |fill| {
            Frame::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(16, 12))
        };
        let thin = |fill| {
            Frame::new()
                .fill(fill)
                .inner_margin(Margin::symmetric(16, 6))
        };

        // The bar of problems stands at the bottom, and the keyboard comes to it last.
        let rest = ui.available_rect_before_wrap();
        let (above, _) = rest.split_top_bottom_at_y(rest.bottom() - self.bar);
        let whole = ui;
        let ui = &mut whole.new_child(UiBuilder::new().max_rect(above));
        // In a low window each column has all the room.
        let columns = if is_low(ui.ctx()) {
            1
        } else if width >= THREE_COLUMNS {
            3
        } else if width >= TWO_COLUMNS {
            2
        } else {
            1
        };
        let lands = std::mem::take(&mut self.lands);
        if lands && columns == 3 {
            self.wants_focus = Some(Column::Lines);
        }
        if columns < 3 {
            // With two columns the budget stays in sight and the others take turns.
            let choices: Vec<_> = Column::ALL
                .into_iter()
                .take(4 - columns)
                .map(|column| Choice::new(column, column.name()))
                .collect();
            if columns == 2 && self.front == Column::Budget {
                self.front = Column::Form;
            }
            if columns == 1 && self.shows_calculation {
                self.front = Column::Budget;
            }
            Panel::top("columns")
                .frame(thin(palette.ground))
                .show(ui, |ui| {
                    if let Some(column) = tabs_ui(ui, ("Kolommen", lands), &self.front, &choices) {
                        self.front = column;
                    }
                });
        }
        let shows = |column: Column| match columns {
            3 => true,
            2 => column == Column::Budget || column == self.front,
            _ => column == self.front,
        };
        let (lines, middle, budget) = (
            shows(Column::Lines),
            shows(Column::Form),
            shows(Column::Budget),
        );
        if lines && columns == 3 {
            Panel::left("lines")
                .resizable(false)
                .exact_size((width * 0.215).clamp(220.0, 320.0))
                .frame(frame(palette.ground))
                .show(ui, |ui| asked = self.lines_ui(ui, view, writes));
        }
        if budget && columns > 1 {
            let wide = (width * 0.33).clamp(300.0, 560.0);
            Panel::right("budget")
                .resizable(false)
                .exact_size(wide)
                .frame(frame(palette.sunken))
                .show(ui, |ui| {
                    asked = asked.or(self.budget_ui(ui, view));
                });
        }
        CentralPanel::no_frame()
            .frame(frame(if middle {
                palette.surface
            } else {
                palette.ground
            }))
            .show(ui, |ui| {
                if middle {
                    self.anchor_ui(ui, Column::Form);
                    let chosen = self.chosen;
                    let area = match self.one_page {
                        true => ScrollArea::vertical().id_salt("one page"),
                        false => ScrollArea::vertical().id_salt(chosen),
                    };
                    area.auto_shrink([false, false]).show(ui, |ui| {
                        ui.set_max_width(ui.available_width().min(760.0));
                        if self.one_page {
                            self.page_ui(ui, view, editing, &mut form);
                        } else {
                            form(ui, editing, chosen);
                            ui.add_space(theme::LARGE);
                            asked = asked.or(steps_ui(ui, view, chosen));
                        }
                        ui.add_space(theme::PART);
                    });
                } else if lines {
                    asked = asked.or(self.lines_ui(ui, view, writes));
                } else {
                    asked = asked.or(self.budget_ui(ui, view));
                }
            });
        self.bar_ui(whole, rest, (view, editing));
        asked
    }

    /// Draws the bar of problems at the bottom of the window.
    fn bar_ui(&mut self, ui: &mut Ui, rest: Rect, (view, editing): (&View, &mut Editing)) {
        let frame = Frame::new()
            .fill(Palette::of(ui).ground)
            .inner_margin(Margin::symmetric(8, 4));
        let ui = &mut ui.new_child(UiBuilder::new().max_rect(rest));
        let bar = Panel::bottom("problems").frame(frame).show(ui, |ui| {
            problems_ui(ui, &view.problems, &mut self.lists_problems)
        });
        if let Some(index) = bar.inner {
            self.jump(index, view, editing);
            ui.ctx().request_repaint();
        }
        let high = bar.response.rect.height();
        if (high - self.bar).abs() > 0.5 {
            // The columns above it are drawn anew before anything is seen.
            self.bar = high;
            ui.ctx()
                .request_discard("the bar of problems became higher or lower");
        }
    }

    /// All parts under each other. Of the lines only the chosen one is open, so that the page stays short.
    fn page_ui(
        &mut self,
        ui: &mut Ui,
        view: &View,
        editing: &mut Editing,
        form: &mut impl FnMut(&mut Ui, &mut Editing, Part),
    ) {
        let mut opened = None;
        for part in view.parts() {
            let top = ui.cursor().min;
            let name = View::name(part);
            match part {
                Part::Line(index) if part != self.chosen => {
                    let line = view.lines.get(index);
                    let title = line.map_or("", |line| line.title.as_str());
                    if secondary_ui(ui, &format!("{name}: {title}")).clicked() {
                        opened = Some(part);
                    }
                }
                _ => group_ui(ui, &name, |ui| form(ui, editing, part)),
            }
            if self.scrolls_to == Some(part) {
                self.scrolls_to = None;
                ui.scroll_to_rect(Rect::from_min_size(top, vec2(1.0, 1.0)), Some(Align::Min));
            }
            ui.add_space(theme::MEDIUM);
        }
        if let Some(part) = opened {
            self.choose(part);
        }
    }

    fn lines_ui(&mut self, ui: &mut Ui, view: &View, writes: bool) -> Option<Command> {
        if self
            .wants_focus
            .take_if(|column| *column == Column::Lines)
            .is_some()
        {
            ui.memory_mut(|memory| memory.request_focus(part_id(self.chosen)));
        }
        match lines_ui(ui, view, self.chosen, writes)? {
            Asked::Choose(part) => {
                self.choose(part);
                None
            }
            Asked::Do(command) => Some(command),
        }
    }

    fn budget_ui(&mut self, ui: &mut Ui, view: &View) -> Option<Command> {
        self.anchor_ui(ui, Column::Budget);
        let chosen = self.chosen;
        let budget = match chosen {
            Part::Line(index) => view
                .lines
                .get(index)
                .map_or(&view.overview, |line| &line.budget),
            Part::Client | Part::Investigation | Part::Decision => &view.overview,
        };
        let shows = std::mem::take(&mut self.shows_calculation);
        ui.push_id(chosen, |ui| {
            budget_ui(ui, budget, &mut self.unfolded, shows)
        })
        .inner
    }

    /// Where the keyboard enters a column.
    fn anchor_ui(&mut self, ui: &mut Ui, column: Column) {
        let wanted = self
            .wants_focus
            .take_if(|wanted| *wanted == column)
            .is_some();
        scroll::entry_ui(ui, (Id::unique(("column", column)), column.name()), wanted);
    }
}

/// The part after `part`, or before it.
fn beside(view: &View, part: Part, back: bool) -> Option<Part> {
    let parts: Vec<Part> = view.parts().collect();
    let place = parts.iter().position(|one| *one == part)?;
    let next = if back {
        place.checked_sub(1)
    } else {
        place.checked_add(1)
    };
    parts.get(next?).copied()
}

/// The way to the step before and the next one, under a form.
fn steps_ui(ui: &mut Ui, view: &View, chosen: Part) -> Option<Command> {
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = theme::SMALL;
        for (command, back) in [(Command::PreviousStep, true), (Command::NextStep, false)] {
            let Some(part) = beside(view, chosen, back) else {
                continue;
            };
            let words = format!("{}: {}", command.name(), View::name(part));
            if secondary_ui(ui, &words).clicked() {
                asked = Some(command);
            }
        }
    });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::view::LineView;

    #[test]
    fn stepping_through_the_lines_stays_on_the_lines() {
        let view = View {
            lines: vec![LineView::default(), LineView::default()],
            ..View::default()
        };
        let mut shell = Shell::default();
        shell.step_line(&view, false);
        assert_eq!(shell.chosen(), Part::Line(0));
        shell.step_line(&view, true);
        assert_eq!(shell.chosen(), Part::Line(0));
        shell.step_line(&view, false);
        shell.step_line(&view, false);
        assert_eq!(shell.chosen(), Part::Line(1));
        shell.step_line(&View::default(), false);
        assert_eq!(shell.chosen(), Part::Line(1));
    }
}
