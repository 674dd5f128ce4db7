//! What came back from home, beside the dossier: its own grant wins, and what is taken over becomes a scenario of its own.

use egui::{Context, Id, ScrollArea, Ui};

use crate::desk::theme;
use crate::desk::widgets::button::{primary_ui, secondary_ui};
use crate::desk::widgets::dialog::sheet_ui;
use crate::desk::widgets::figure::{Change, Direction, Figure, figures_ui};
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, prose_ui, subheading_ui};
use crate::dossier::Scenario;
use crate::scenario::{
    Changed, Difference, Proposal, Returned, Row, What, difference, label, value,
};

/// A proposal that is looked at, with its texts ready.
pub struct Sheet {
    grant: Vec<String>,
    proposals: Vec<Shown>,
}

struct Shown {
    scenario: Scenario,
    /// What is new or changed, in a sentence.
    words: String,
    changed: Vec<String>,
    rows: Vec<Figure>,
    /// Whether it says something that the dossier does not say.
    is_new: bool,
}

/// What came of the sheet in this frame.
pub enum Answer {
    /// It is being read.
    Waiting,
    /// Put it away.
    Nothing,
    /// Take this scenario over.
    TakeOver(Box<Scenario>),
}

impl Sheet {
    /// The sheet of what came back.
    pub fn new(returned: Returned) -> Self {
        Self {
            grant: returned.grant.iter().map(changed).collect(),
            proposals: returned.scenarios.into_iter().map(shown).collect(),
        }
    }

    /// Draws it over the window.
    pub fn show_ui(&self, ctx: &Context) -> Answer {
        let room = ctx.content_rect();
        let (answer, leaves) = sheet_ui(
            ctx,
            (Id::unique("returned"), "Voorstel van de budgethouder"),
            |ui| {
                ui.set_width((room.width() - 2.0 * theme::PART).min(760.0));
                heading_ui(ui, "Voorstel van de budgethouder");
                let mut answer = Answer::Waiting;
                ScrollArea::vertical()
                    .max_height((room.height() - 200.0).max(140.0))
                    .auto_shrink([false, true])
                    .show(ui, |ui| answer = self.body_ui(ui));
                ui.add_space(theme::SMALL);
                let close = secondary_ui(ui, "Sluit het voorstel");
                if ui.memory(|memory| memory.focused().is_none()) {
                    close.request_focus();
                }
                if close.clicked() {
                    answer = Answer::Nothing;
                }
                answer
            },
        );
        match answer {
            Answer::Waiting if leaves => Answer::Nothing,
            answer => answer,
        }
    }

    fn body_ui(&self, ui: &mut Ui) -> Answer {
        if self.grant.is_empty() {
            prose_ui(ui, "Het besluit in het bestand is dat van het dossier.");
        } else {
            let words = "Het bestand rust op een ander besluit of op andere tarieven. Het dossier gaat voor; zo verschilt het:";
            message_ui(ui, Tone::Warning, words);
            for line in &self.grant {
                prose_ui(ui, line);
            }
        }
        let mut answer = Answer::Waiting;
        let mut is_first = true;
        for (number, shown) in self.proposals.iter().enumerate() {
            ui.push_id(number, |ui| {
                ui.add_space(theme::MEDIUM);
                subheading_ui(ui, &shown.scenario.name);
                prose_ui(ui, &shown.words);
                for line in &shown.changed {
                    prose_ui(ui, line);
                }
                figures_ui(ui, &shown.scenario.name, &shown.rows);
                let verb = format!("Neem «{}» over", shown.scenario.name);
                let clicked = match (shown.is_new, is_first) {
                    (true, true) => {
                        is_first = false;
                        primary_ui(ui, &verb).clicked()
                    }
                    (true, false) => secondary_ui(ui, &verb).clicked(),
                    (false, _) => false,
                };
                if clicked {
                    answer = Answer::TakeOver(Box::new(shown.scenario.clone()));
                }
            });
        }
        answer
    }
}

fn shown(proposal: Proposal) -> Shown {
    let Proposal {
        scenario,
        changed: differs,
        rows,
    } = proposal;
    let (words, is_new) = match &differs {
        None => ("Dit is een nieuw scenario.", true),
        Some(none) if none.is_empty() => ("Hier is niets veranderd.", false),
        Some(_) => ("Dit is veranderd:", true),
    };
    let changes = rows.iter().filter(|_| is_new).filter_map(figure);
    Shown {
        words: words.to_owned(),
        changed: differs.iter().flatten().map(changed).collect(),
        rows: changes.collect(),
        scenario,
        is_new,
    }
}

/// What the proposal comes to in a row, with the difference with the dossier's own scenario; of a line only what is not
/// among the totals.
fn figure(row: &Row) -> Option<Figure> {
    if row.line.is_some() && !matches!(row.what, What::Delivery | What::Chosen | What::Bought) {
        return None;
    }
    let cell = row.cells.last().filter(|cell| cell.changed)?;
    let name = match &row.line {
        Some(line) => format!("{line}: {}", label(row)),
        None => label(row),
    };
    let change = cell.difference.map(|one| Change {
        direction: match one {
            Difference::Money(amount) if amount.0.is_sign_negative() => Direction::Less,
            Difference::Days(days) if days < 0 => Direction::Less,
            Difference::Work(work, _) if work.is_negative() => Direction::Less,
            _ => Direction::More,
        },
        text: difference(one),
    });
    Some(Figure {
        label: name,
        amount: value(&cell.value),
        change,
        ..Figure::default()
    })
}

fn changed(one: &Changed) -> String {
    let text = |value: &str| match value {
        "" => "niets".to_owned(),
        value => format!("«{value}»"),
    };
    format!(
        "{}: in het dossier {}, in het bestand {}",
        one.place,
        text(&one.ours),
        text(&one.theirs)
    )
}
