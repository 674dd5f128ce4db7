//! The letter, or the report of the investigation, as it will be printed: its pages at the right, at the left the texts that
//! may be changed and what may be done with it.
//!
//! The pages come from the layout that also makes the PDF; nothing is placed anew. This shows what it is given, and gives
//! back what was asked.

mod page;
mod texts;

use egui::{Align, CentralPanel, Frame, Key, Margin, Modifiers, Panel, ScrollArea, Ui};

use self::page::{Drawn, Scale, page_ui};
use self::texts::texts_ui;
use crate::budget::Library;
use crate::desk::command::Command;
use crate::desk::forms::Form;
use crate::desk::theme::{self, Palette};
use crate::desk::widgets::button::{quiet_ui, secondary_ui};
use crate::desk::widgets::choice::{Choice, tabs_ui};
use crate::desk::widgets::text::{Tone, heading_ui, message_ui, muted_ui, prose_ui, title_ui};
use crate::document::Problem;
use crate::dossier::Dossier;
use crate::letter::pages::Pages;
use crate::letter::{Letter, read_aloud};

/// From this width, in points, the texts stand beside the pages.
const TWO_COLUMNS: f32 = 780.0;
/// How large pages may be, in hundredths of their size on paper.
const SIZES: [u16; 7] = [50, 75, 100, 125, 150, 175, 200];
/// The white around a page.
const AROUND: f32 = theme::LARGE;

/// What there is to see on pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// The letter of the dossier.
    #[default]
    Letter,
    /// The report of the investigation.
    Report,
}

impl Paper {
    const ALL: [Self; 2] = [Self::Letter, Self::Report];

    fn name(self) -> &'static str {
        match self {
            Self::Letter => "Brief",
            Self::Report => "Onderzoeksverslag",
        }
    }

    /// What may be done with it, each with the words on its button.
    fn commands(self) -> [(Command, &'static str); 2] {
        let (make, print) = match self {
            Self::Letter => (Command::MakeLetter, Command::PrintLetter),
            Self::Report => (Command::MakeReport, Command::PrintReport),
        };
        [(make, "Opslaan als pdf…"), (print, "Afdrukken")]
    }
}

/// Pages with what may be changed in them, or all that stands in their way.
pub struct Laid {
    /// What is on the pages.
    pub paper: Paper,
    shown: Result<Shown, Vec<Problem>>,
}

struct Shown {
    pages: Pages,
    /// The text of each page in the order of reading.
    read: Vec<String>,
    /// "Bladzijde 1 van 4".
    names: Vec<String>,
    parts: Vec<PartText>,
    /// The provisions that the letter is about: their place in the dossier and their name.
    about: Vec<(usize, String)>,
}

/// A part of the letter that may be worded otherwise.
struct PartText {
    id: String,
    name: String,
    /// What it says when nobody changes it.
    standard: String,
    /// The words for going back to the standard.
    back: String,
}

impl Laid {
    /// The pages of this dossier.
    pub fn of(
        paper: Paper,
        letter: Result<Letter, Vec<Problem>>,
        dossier: &Dossier,
        library: &Library,
    ) -> Self {
        let shown = letter.and_then(|letter| {
            let pages = letter.pages().map_err(|problem| vec![problem])?;
            let count = pages.pages.len();
            let names = (1..=count).map(|number| format!("Bladzijde {number} van {count}"));
            let parts = letter.changeable.into_iter().map(|part| PartText {
                back: format!("Terug naar de standaardtekst van {}", part.name),
                id: part.id,
                name: part.name,
                standard: part.standard,
            });
            Ok(Shown {
                names: names.collect(),
                read: pages.pages.iter().map(read_aloud).collect(),
                parts: parts.collect(),
                about: match paper {
                    Paper::Letter => about(dossier, library),
                    Paper::Report => Vec::new(),
                },
                pages,
            })
        });
        Self { paper, shown }
    }
}

/// The provisions that a decision is about.
fn about(dossier: &Dossier, library: &Library) -> Vec<(usize, String)> {
    if !dossier.occasion.kind.is_decision() {
        return Vec::new();
    }
    let about = dossier.subject().into_iter().filter_map(|subject| {
        let line = &dossier.provisions.get(subject.place)?.line;
        let answer = library.catalogues.on(&dossier.municipality, line.from).ok();
        let product = answer.and_then(|answer| {
            let product = answer.catalogue.product(&line.product)?;
            Some(product.label.to_string())
        });
        Some((
            subject.place,
            product.unwrap_or_else(|| line.product.clone()),
        ))
    });
    about.collect()
}

/// What the screen of the letter keeps between frames.
#[derive(Default)]
pub struct PreviewState {
    /// What is asked for.
    pub paper: Paper,
    laid: Option<Laid>,
    drawn: Vec<Drawn>,
    /// How large, in hundredths of the size on paper; nothing: as wide as there is room.
    percent: Option<u16>,
    /// The page that is in sight, from 0.
    page: usize,
    scrolls_to: Option<usize>,
    /// Which side is in front where not both fit.
    front: Side,
    /// Whether the tab in front should get the keyboard.
    wants_focus: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    #[default]
    Pages,
    Texts,
}

impl PreviewState {
    /// Puts the keyboard on the tab that is in front.
    pub fn begin(&mut self) {
        self.wants_focus = true;
    }

    /// Shows other pages from now on, at the same place.
    pub fn show(&mut self, laid: Laid) {
        let count = laid
            .shown
            .as_ref()
            .map_or(0, |shown| shown.pages.pages.len());
        self.drawn = std::iter::repeat_with(Drawn::default).take(count).collect();
        self.page = self.page.min(count.saturating_sub(1));
        self.laid = Some(laid);
    }

    /// The size that is next, larger or smaller; nothing at the end.
    fn next_size(&self, now: Scale, larger: bool) -> Option<u16> {
        let mut sizes = SIZES.into_iter();
        if larger {
            sizes.find(|size| Scale::percent(*size).0 > now.0 * 1.01)
        } else {
            sizes.rfind(|size| Scale::percent(*size).0 < now.0 * 0.99)
        }
    }
}

/// What was asked on the screen of the letter.
pub enum Asked {
    /// A command.
    Do(Command),
    /// The field at this path.
    GoTo(String),
}

/// Draws the screen of the letter. The form takes what is changed; `reads` says that nothing may be.
pub fn preview_ui(
    ui: &mut Ui,
    state: &mut PreviewState,
    form: &mut Form<'_>,
    reads: bool,
) -> Option<Asked> {
    let palette = Palette::of(ui);
    let frame = |fill| {
        Frame::new()
            .fill(fill)
            .inner_margin(Margin::symmetric(16, 12))
    };
    let mut asked = None;
    let wide = ui.available_width();
    let both = wide >= TWO_COLUMNS;
    Panel::top("papers")
        .frame(frame(palette.ground))
        .show(ui, |ui| {
            let papers = Paper::ALL.map(|paper| Choice::new(paper, paper.name()));
            let row = ("Wat u bekijkt", std::mem::take(&mut state.wants_focus));
            if let Some(paper) = tabs_ui(ui, row, &state.paper, &papers) {
                state.paper = paper;
                state.laid = None;
                state.page = 0;
                ui.ctx().request_repaint();
            }
            if !both {
                let choices = [
                    Choice::new(Side::Pages, "Bladzijden"),
                    Choice::new(Side::Texts, "Teksten"),
                ];
                if let Some(side) = tabs_ui(ui, (state.paper.name(), false), &state.front, &choices)
                {
                    state.front = side;
                }
            }
        });
    let Some(laid) = state.laid.take() else {
        CentralPanel::no_frame()
            .frame(frame(palette.ground))
            .show(ui, |ui| muted_ui(ui, "De bladzijden komen eraan…"));
        return None;
    };
    if both {
        Panel::left("texts of the letter")
            .resizable(false)
            .exact_size((wide * 0.36).clamp(320.0, 480.0))
            .frame(frame(palette.surface))
            .show(ui, |ui| asked = side_ui(ui, &laid, form, reads));
    }
    CentralPanel::no_frame()
        .frame(frame(palette.sunken))
        .show(ui, |ui| {
            if both || state.front == Side::Pages {
                match &laid.shown {
                    Ok(shown) => pages_ui(ui, state, shown),
                    Err(_) if both => {
                        muted_ui(ui, "Hier staan de bladzijden zodra ze te maken zijn.");
                    }
                    Err(problems) => {
                        asked = asked.take().or(blocked_ui(ui, laid.paper, problems));
                    }
                }
            } else {
                asked = side_ui(ui, &laid, form, reads);
            }
        });
    state.laid = Some(laid);
    asked
}

/// What may be done with the letter, and its texts.
fn side_ui(ui: &mut Ui, laid: &Laid, form: &mut Form<'_>, reads: bool) -> Option<Asked> {
    let area = ScrollArea::vertical().id_salt("texts of the letter");
    area.auto_shrink([false, false])
        .show(ui, |ui| {
            title_ui(ui, laid.paper.name());
            match &laid.shown {
                Err(problems) => blocked_ui(ui, laid.paper, problems),
                Ok(shown) => {
                    let asked = ui
                        .horizontal_wrapped(|ui| {
                            let pressed = (laid.paper.commands().into_iter())
                                .find(|(_, words)| secondary_ui(ui, words).clicked());
                            pressed.map(|(command, _)| Asked::Do(command))
                        })
                        .inner;
                    ui.add_space(theme::SMALL);
                    if reads {
                        theme::read_only(ui);
                    }
                    texts_ui(ui, form, shown);
                    asked
                }
            }
        })
        .inner
}

/// Why there are no pages, each with the way to its field.
fn blocked_ui(ui: &mut Ui, paper: Paper, problems: &[Problem]) -> Option<Asked> {
    let heading = match paper {
        Paper::Letter => "De brief kan nog niet",
        Paper::Report => "Het onderzoeksverslag kan nog niet",
    };
    heading_ui(ui, heading);
    prose_ui(ui, "Los dit eerst op. Daarna staan hier de bladzijden.");
    let mut asked = None;
    for (number, problem) in problems.iter().enumerate() {
        ui.push_id(number, |ui| {
            message_ui(ui, Tone::Fault, &crate::desk::document::words(problem));
            if !problem.field.is_empty() && quiet_ui(ui, "Ga naar dit veld").clicked() {
                asked = Some(Asked::GoTo(problem.field.clone()));
            }
        });
    }
    asked
}

/// The pages under each other, with their number and their size on top.
fn pages_ui(ui: &mut Ui, state: &mut PreviewState, shown: &Shown) {
    let room = ui.available_width() - 2.0 * AROUND - ui.spacing().scroll.bar_width;
    let fits = Scale::to_width(room.max(120.0));
    let fits = Scale(fits.0.min(Scale::percent(150).0));
    let scale = state.percent.map_or(fits, Scale::percent);
    ui.horizontal_wrapped(|ui| {
        let name = shown.names.get(state.page).map_or("", String::as_str);
        muted_ui(ui, name);
        for (words, size) in [
            ("Bladzijde kleiner", state.next_size(scale, false)),
            ("Bladzijde groter", state.next_size(scale, true)),
        ] {
            if let Some(size) = size
                && quiet_ui(ui, words).clicked()
            {
                state.percent = Some(size);
                state.scrolls_to = Some(state.page);
            }
        }
        if state.percent.is_some() && quiet_ui(ui, "Passend").clicked() {
            state.percent = None;
            state.scrolls_to = Some(state.page);
        }
    });
    turn(ui, state, shown.pages.pages.len());
    let area = ScrollArea::both().id_salt("pages of the letter");
    area.auto_shrink([false, false]).show(ui, |ui| {
        let sight = ui.clip_rect();
        let mut in_sight = None;
        let mut wanted = None;
        let pages = shown.pages.pages.iter().zip(&mut state.drawn);
        let words = shown.names.iter().zip(&shown.read);
        let around = Frame::new().inner_margin(Margin::same(AROUND as i8 / 2));
        for (number, (page, (name, read))) in pages.zip(words).enumerate() {
            let rect = around
                .show(ui, |ui| page_ui(ui, page, scale, (name, read)))
                .inner;
            // Of the pages in sight the first whose lower half is.
            if rect.center().y > sight.top() && in_sight.is_none() {
                in_sight = Some(number);
            }
            if state.scrolls_to == Some(number) {
                state.scrolls_to = None;
                ui.scroll_to_rect(rect.expand(AROUND / 2.0), Some(Align::Min));
                ui.ctx().request_repaint();
                wanted = Some(number);
            }
        }
        if let Some(number) = wanted.or(in_sight) {
            state.page = number;
        }
    });
}

/// Takes the keys that turn a page.
fn turn(ui: &Ui, state: &mut PreviewState, count: usize) {
    let last = count.saturating_sub(1);
    let next = state.page.saturating_add(1).min(last);
    let before = state.page.saturating_sub(1);
    for (key, page) in [(Key::PageDown, next), (Key::PageUp, before)] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            state.scrolls_to = Some(page);
        }
    }
}
